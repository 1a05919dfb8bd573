//! Locks a text with a passphrase and opens it again: a JWE in compact form (RFC 7516) with PBES2-HS512+A256KW and
//! A256GCM (RFC 7518), by the browser's own cryptography, so that any JOSE library opens it as well.

use js_sys::{Array, JsString, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::engine::own_file::Trouble;

/// How the key is made of the passphrase, by its name in the header.
const ALGORITHM: &str = "PBES2-HS512+A256KW";
/// How the text is encrypted, by its name in the header.
const ENCRYPTION: &str = "A256GCM";
/// How often the passphrase is hashed: what OWASP advises for PBKDF2 with SHA-512, and more.
const ROUNDS: u32 = 300_000;
/// The most rounds that are done for a file of others: some seconds on an old phone.
const MOST_ROUNDS: f64 = 2_000_000.0;

/// Locks a text; none if the browser can not.
pub async fn lock(text: &str, passphrase: &str) -> Option<String> {
    let subtle = subtle()?;
    let (salt, iv) = (random::<16>()?, random::<12>()?);
    let header = format!(
        r#"{{"alg":"{ALGORITHM}","enc":"{ENCRYPTION}","p2c":{ROUNDS},"p2s":"{}"}}"#,
        to_base64(&salt)
    );
    let header = to_base64(header.as_bytes());
    let content =
        key(subtle.generate_key_with_object(&aes("AES-GCM"), true, &uses(&["encrypt"])).ok()?).await?;
    let wrapping = wrapping_key(&subtle, passphrase, &salt, f64::from(ROUNDS), "wrapKey").await?;
    let wrapped = subtle.wrap_key_with_str("raw", &content, &wrapping, "AES-KW").ok()?;
    let wrapped = bytes(wrapped).await?;
    let algorithm = gcm(&iv, &header)?;
    let mut text = text.as_bytes().to_vec();
    let sealed = subtle.encrypt_with_object_and_u8_array(&algorithm, &content, &mut text).ok()?;
    let sealed = bytes(sealed).await?;
    let (body, tag) = sealed.split_at_checked(sealed.len().checked_sub(16)?)?;
    let parts = [&wrapped, &iv.to_vec(), &body.to_vec(), &tag.to_vec()].map(|part| to_base64(part));
    Some(format!("{header}.{}", parts.join(".")))
}

/// Opens a locked text.
pub async fn unlock(locked: &str, passphrase: &str) -> Result<String, Trouble> {
    let subtle = subtle().ok_or(Trouble::CannotUnlock)?;
    let parts: Vec<&str> = locked.trim().split('.').collect();
    let [header, wrapped, iv, body, tag] = parts[..] else { return Err(Trouble::CannotUnlock) };
    let (salt, rounds) = read_header(header).ok_or(Trouble::CannotUnlock)?;
    let open = async {
        let wrapping = wrapping_key(&subtle, passphrase, &salt, rounds, "unwrapKey").await?;
        let (wrapped, iv) = (from_base64(wrapped)?, from_base64(iv)?);
        let content = subtle
            .unwrap_key_with_u8_array_and_str_and_object(
                "raw",
                &wrapped,
                &wrapping,
                "AES-KW",
                &aes("AES-GCM"),
                false,
                &uses(&["decrypt"]),
            )
            .ok()?;
        let content = key(content).await?;
        let sealed = [from_base64(body)?, from_base64(tag)?].concat();
        let text = subtle.decrypt_with_object_and_u8_array(&gcm(&iv, header)?, &content, &sealed).ok()?;
        String::from_utf8(bytes(text).await?).ok()
    };
    open.await.ok_or(Trouble::WrongPassphrase)
}

/// The salt and the rounds of a header that names our algorithms and nothing that must be understood besides.
fn read_header(header: &str) -> Option<(Vec<u8>, f64)> {
    let text = String::from_utf8(from_base64(header)?).ok()?;
    let header = js_sys::JSON::parse(&text).ok()?;
    let field = |name: &str| Reflect::get(&header, &name.into()).ok();
    let is =
        |name: &str, value: &str| field(name).and_then(|field| field.as_string()).as_deref() == Some(value);
    let plain = ["crit", "zip"].iter().all(|name| field(name).is_some_and(|field| field.is_undefined()));
    (is("alg", ALGORITHM) && is("enc", ENCRYPTION) && plain).then_some(())?;
    let rounds = field("p2c")?.as_f64().filter(|rounds| (1_000.0..=MOST_ROUNDS).contains(rounds))?;
    Some((from_base64(&field("p2s")?.as_string()?)?, rounds))
}

/// The key that the content's key is wrapped with (RFC 7518, 4.8.1).
async fn wrapping_key(
    subtle: &web_sys::SubtleCrypto,
    passphrase: &str,
    salt: &[u8],
    rounds: f64,
    usage: &str,
) -> Option<web_sys::CryptoKey> {
    let raw: JsValue = Uint8Array::from(passphrase.as_bytes()).into();
    let base = subtle.import_key_with_str("raw", raw.unchecked_ref(), "PBKDF2", false, &uses(&["deriveKey"]));
    let base = key(base.ok()?).await?;
    let salt = [ALGORITHM.as_bytes(), &[0], salt].concat();
    let derive = object(&[
        ("name", "PBKDF2".into()),
        ("hash", "SHA-512".into()),
        ("salt", Uint8Array::from(salt.as_slice()).into()),
        ("iterations", rounds.into()),
    ]);
    let derived =
        subtle.derive_key_with_object_and_object(&derive, &base, &aes("AES-KW"), false, &uses(&[usage]));
    key(derived.ok()?).await
}

/// The browser's cryptography; none on a page that is not secure.
fn subtle() -> Option<web_sys::SubtleCrypto> {
    let crypto = web_sys::window()?.crypto().ok()?;
    let subtle = Reflect::get(&crypto, &"subtle".into()).ok()?;
    subtle.is_object().then(|| subtle.unchecked_into())
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

async fn key(promise: js_sys::Promise) -> Option<web_sys::CryptoKey> {
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn bytes(promise: js_sys::Promise) -> Option<Vec<u8>> {
    Some(Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec())
}

fn uses(names: &[&str]) -> JsValue {
    names.iter().map(|name| JsString::from(*name)).collect::<Array>().into()
}

fn aes(name: &str) -> Object {
    object(&[("name", name.into()), ("length", 256.into())])
}

fn gcm(iv: &[u8], header: &str) -> Option<Object> {
    (iv.len() == 12).then(|| {
        object(&[
            ("name", "AES-GCM".into()),
            ("iv", Uint8Array::from(iv).into()),
            ("additionalData", Uint8Array::from(header.as_bytes()).into()),
        ])
    })
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // A plain object takes every property.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Base64url without padding (RFC 4648, 5).
fn to_base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three
            .iter()
            .enumerate()
            .fold(0_u32, |bits, (place, byte)| bits | u32::from(*byte) << (16 - 8 * place));
        for place in 0..=three.len() {
            let letter = bits >> (18 - 6 * place) & 63;
            text.extend(LETTERS.get(letter as usize).map(|letter| char::from(*letter)));
        }
    }
    text
}

/// The bytes of a base64url text; none if it is not one.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    for four in text.as_bytes().chunks(4) {
        let mut bits = 0_u32;
        for (place, letter) in four.iter().enumerate() {
            let value = LETTERS.iter().position(|known| known == letter)?;
            bits |= (value as u32) << (18 - 6 * place);
        }
        let whole = four.len().checked_sub(1).filter(|whole| *whole > 0)?;
        bytes.extend(bits.to_be_bytes().into_iter().skip(1).take(whole));
    }
    Some(bytes)
}
