//! JWE in compact form (RFC 7516): opens `ECDH-ES` and `PBES2`, and locks with `PBES2`. The content is `A256GCM` always.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_kw::{KwAes128, KwAes192, KwAes256};
use serde_json::Value;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::desk::fault::Fault;
use crate::desk::key::{PrivateKey, fingerprint_of_kid};
use crate::engine::handoff::base64url::{decode, encode};
use crate::engine::handoff::key::PublicKey;
use crate::engine::handoff::seal::{compact, to_digest};

/// The most that a packet may be, in bytes: some hundred times what an honest one is.
pub const MOST_BYTES: usize = 4_000_000;
/// The rounds of PBKDF2 that a key file is locked with.
pub const ROUNDS: u32 = 600_000;
/// The most rounds that are tried: a file of somebody else must not keep a computer busy for hours.
const MOST_ROUNDS: u64 = 5_000_000;

/// The five parts of a JWE.
pub struct Parts<'t> {
    protected: &'t str,
    header: Value,
    wrapped: &'t str,
    iv: &'t str,
    ciphertext: &'t str,
    tag: &'t str,
}

impl<'t> Parts<'t> {
    /// Takes a JWE apart. A line break inside of it, as mail programs make them, is refused as a change.
    pub fn read(text: &'t str) -> Result<Self, Fault> {
        // Every header begins with `{"`.
        if !text.starts_with("eyJ") {
            return Err(Fault::NotAPacket);
        }
        if text.len() > MOST_BYTES {
            return Err(Fault::TooBig);
        }
        let mut parts = text.split('.');
        let mut next = || parts.next().ok_or(Fault::Cut);
        let (protected, wrapped, iv, ciphertext, tag) = (next()?, next()?, next()?, next()?, next()?);
        if parts.next().is_some() {
            return Err(Fault::Changed);
        }
        // A tag of 16 bytes is 22 letters.
        if tag.len() < 22 {
            return Err(Fault::Cut);
        }
        let header =
            decode(protected).and_then(|json| serde_json::from_slice(&json).ok()).ok_or(Fault::Changed)?;
        Ok(Self { protected, header, wrapped, iv, ciphertext, tag })
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }

    /// Whether a passphrase locks it, as it does a key file.
    pub fn is_locked_key(&self) -> bool {
        self.text("alg").is_some_and(|algorithm| algorithm.starts_with("PBES2-"))
    }

    /// What stands in it, opened with the clinic's private key.
    pub fn open(&self, key: &PrivateKey) -> Result<Vec<u8>, Fault> {
        let ours = self.text("alg") == Some("ECDH-ES") && self.is_gcm();
        if !ours {
            return Err(Fault::OtherSeal);
        }
        let (own, kid) = (key.public(), self.text("kid"));
        if kid.is_some_and(|kid| fingerprint_of_kid(kid).is_some() && kid != own.kid()) {
            return Err(Fault::WrongKey(kid.and_then(fingerprint_of_kid), own.fingerprint()));
        }
        // Without a name of ours a wrong key and a changed byte cannot be told apart.
        let refused = if kid == Some(own.kid().as_str()) {
            Fault::Changed
        } else {
            Fault::WrongKeyOrChanged(own.fingerprint())
        };
        let ephemeral = self.header.get("epk").ok_or(Fault::Changed)?;
        let ephemeral = PublicKey::from_value(ephemeral).map_err(|_| Fault::Changed)?;
        let party = |name| self.text(name).map_or(Some(Vec::new()), decode).ok_or(Fault::Changed);
        let shared = key.shared_secret(&ephemeral).ok_or(Fault::Changed)?;
        let input = to_digest(&shared, "A256GCM", &party("apu")?, &party("apv")?, 256);
        if !self.wrapped.is_empty() {
            return Err(Fault::Changed);
        }
        self.decrypt(&Sha256::digest(&input)).ok_or(refused).and_then(|content| self.inflated(content))
    }

    /// What stands in it, opened with a passphrase.
    pub fn unlock(&self, passphrase: &str) -> Result<Vec<u8>, Fault> {
        let algorithm = self.text("alg").unwrap_or_default();
        let rounds = self
            .header
            .get("p2c")
            .and_then(Value::as_u64)
            .filter(|rounds| (1..=MOST_ROUNDS).contains(rounds));
        let salt = self.text("p2s").and_then(decode).ok_or(Fault::KeyChanged)?;
        let rounds = rounds.and_then(|rounds| u32::try_from(rounds).ok()).ok_or(Fault::OtherKey)?;
        if !self.is_gcm() {
            return Err(Fault::OtherKey);
        }
        let wrapped = decode(self.wrapped).filter(|wrapped| wrapped.len() == 40).ok_or(Fault::KeyChanged)?;
        let key = unwrap_key(algorithm, passphrase, &salt, rounds, &wrapped)?;
        self.decrypt(&key).ok_or(Fault::KeyChanged).and_then(|content| self.inflated(content))
    }

    fn is_gcm(&self) -> bool {
        self.text("enc") == Some("A256GCM") && self.header.get("crit").is_none()
    }

    fn decrypt(&self, key: &[u8]) -> Option<Vec<u8>> {
        let iv: [u8; 12] = decode(self.iv)?.try_into().ok()?;
        let tag = decode(self.tag).filter(|tag| tag.len() == 16)?;
        let sealed = [decode(self.ciphertext)?, tag].concat();
        let payload = Payload { msg: &sealed, aad: self.protected.as_bytes() };
        Aes256Gcm::new_from_slice(key).ok()?.decrypt(&iv.into(), payload).ok()
    }

    fn inflated(&self, content: Vec<u8>) -> Result<Vec<u8>, Fault> {
        match self.text("zip") {
            None if self.header.get("zip").is_none() => Ok(content),
            Some("DEF") => {
                miniz_oxide::inflate::decompress_to_vec_with_limit(&content, MOST_BYTES).map_err(|error| {
                    match error.status {
                        miniz_oxide::inflate::TINFLStatus::HasMoreOutput => Fault::TooBig,
                        _ => Fault::Changed,
                    }
                })
            }
            _ => Err(Fault::OtherSeal),
        }
    }
}

/// The key that PBES2 gives (RFC 7518, section 4.8), with the length that the algorithm asks for.
fn passphrase_key(algorithm: &str, passphrase: &str, salt: &[u8], rounds: u32) -> Option<Vec<u8>> {
    let salt = [algorithm.as_bytes(), &[0], salt].concat();
    let passphrase = passphrase.as_bytes();
    let mut key = vec![0; 32];
    match algorithm {
        "PBES2-HS256+A128KW" => {
            key.truncate(16);
            pbkdf2::pbkdf2_hmac::<Sha256>(passphrase, &salt, rounds, &mut key);
        }
        "PBES2-HS384+A192KW" => {
            key.truncate(24);
            pbkdf2::pbkdf2_hmac::<Sha384>(passphrase, &salt, rounds, &mut key);
        }
        "PBES2-HS512+A256KW" => pbkdf2::pbkdf2_hmac::<Sha512>(passphrase, &salt, rounds, &mut key),
        _ => return None,
    }
    Some(key)
}

fn unwrap_key(
    algorithm: &str,
    passphrase: &str,
    salt: &[u8],
    rounds: u32,
    wrapped: &[u8],
) -> Result<Vec<u8>, Fault> {
    let key = passphrase_key(algorithm, passphrase, salt, rounds).ok_or(Fault::OtherKey)?;
    let mut out = [0; 32];
    let unwrapped = match key.len() {
        16 => KwAes128::new_from_slice(&key).map(|by| by.unwrap_key(wrapped, &mut out).is_ok()),
        24 => KwAes192::new_from_slice(&key).map(|by| by.unwrap_key(wrapped, &mut out).is_ok()),
        _ => KwAes256::new_from_slice(&key).map(|by| by.unwrap_key(wrapped, &mut out).is_ok()),
    };
    if unwrapped == Ok(true) { Ok(out.to_vec()) } else { Err(Fault::WrongPassphrase) }
}

/// Locks a private key with a passphrase: `PBES2-HS512+A256KW`, as RFC 7517 section 7 has it. The random bytes are the
/// content's key, its IV and the salt. None for nothing that can happen.
pub fn lock(content: &[u8], kid: &str, passphrase: &str, random: &[u8; 60]) -> Option<String> {
    const ALGORITHM: &str = "PBES2-HS512+A256KW";
    let (key, rest) = random.split_at_checked(32)?;
    let (iv, salt) = rest.split_at_checked(12)?;
    let by = passphrase_key(ALGORITHM, passphrase, salt, ROUNDS)?;
    let mut wrapped = [0; 40];
    KwAes256::new_from_slice(&by).ok()?.wrap_key(key, &mut wrapped).ok()?;
    let salt = encode(salt);
    let header = format!(
        r#"{{"alg":"{ALGORITHM}","enc":"A256GCM","cty":"jwk+json","kid":"{kid}","p2s":"{salt}","p2c":{ROUNDS}}}"#
    );
    let protected = encode(header.as_bytes());
    let cipher = Aes256Gcm::new_from_slice(key).ok()?;
    let payload = Payload { msg: content, aad: protected.as_bytes() };
    let sealed = cipher.encrypt(&<[u8; 12]>::try_from(iv).ok()?.into(), payload).ok()?;
    let text = compact(&protected, iv, &sealed)?;
    Some(text.replacen("..", &format!(".{}.", encode(&wrapped)), 1))
}
