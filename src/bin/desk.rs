//! What front-desk.html can do, as a wasm of its own: [`anteroom::desk`], which `anteroom open` is too. No patient loads it.

use anteroom::desk::key::{FEWEST_LETTERS, PrivateKey, settings_line};
use anteroom::desk::open as open_packet;
use wasm_bindgen::prelude::*;

fn main() {}

/// The clinic's private key while the page is open.
#[wasm_bindgen]
pub struct Key(PrivateKey);

#[wasm_bindgen]
impl Key {
    /// Reads a key file. What is wrong is thrown as a sentence.
    pub fn read(text: &str, passphrase: &str) -> Result<Key, JsValue> {
        PrivateKey::read(text, Some(passphrase)).map(Key).map_err(|fault| fault.sentence().into())
    }

    /// A new key out of 32 random bytes; none for the few values that are no key.
    pub fn make(random: &[u8]) -> Option<Key> {
        PrivateKey::from_random(random.try_into().ok()?).map(Key)
    }

    /// The key file, locked with a passphrase, out of 60 other random bytes.
    pub fn locked(&self, passphrase: &str, random: &[u8]) -> Option<String> {
        self.0.locked(passphrase, random.try_into().ok()?)
    }

    /// Opens a packet, sealed or in clear. What is wrong is thrown as a sentence.
    pub fn open(&self, text: &str) -> Result<Opened, JsValue> {
        opened(text, Some(&self.0))
    }

    /// What the key file is called.
    pub fn file_name(&self) -> String {
        self.0.file_name()
    }

    /// The fingerprint of the public key.
    pub fn fingerprint(&self) -> String {
        self.0.public().fingerprint()
    }

    /// The line for settings.toml.
    pub fn settings_line(&self) -> String {
        settings_line(self.0.public())
    }
}

/// A packet in clear.
#[wasm_bindgen(getter_with_clone)]
pub struct Opened {
    /// The chart note.
    pub note: String,
    /// Those of its lines that mark an answer as not shared.
    pub withheld: Vec<String>,
    /// The packet's JSON.
    pub json: String,
    /// The packet as a FHIR Bundle.
    pub fhir: String,
    /// Its reference.
    pub reference: String,
    /// Whether it came sealed.
    pub sealed: bool,
}

/// Opens a packet in clear, for which no key is needed. What is wrong is thrown as a sentence.
#[wasm_bindgen]
pub fn open(text: &str) -> Result<Opened, JsValue> {
    opened(text, None)
}

fn opened(text: &str, key: Option<&PrivateKey>) -> Result<Opened, JsValue> {
    let opened = open_packet(text, key).map_err(|fault| fault.sentence())?;
    Ok(Opened {
        note: opened.note(),
        withheld: opened.withheld(),
        sealed: opened.sealed,
        fhir: opened.fhir(),
        reference: opened.packet.reference,
        json: opened.json,
    })
}

/// The fewest letters of a new passphrase.
#[wasm_bindgen]
pub fn fewest_letters() -> usize {
    FEWEST_LETTERS
}
