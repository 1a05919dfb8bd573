//! The clinic's pair of keys: made here, kept by the clinic in a file that a passphrase locks.

use p256::elliptic_curve::sec1::ToSec1Point;
use serde_json::Value;

use crate::desk::fault::Fault;
use crate::desk::jwe::{Parts, lock};
use crate::engine::handoff::base64url::{decode, encode};
use crate::engine::handoff::key::{KeyFault, PublicKey, fingerprint_of};

/// The fewest letters of a passphrase for a new key file.
pub const FEWEST_LETTERS: usize = 12;

/// The clinic's private key.
pub struct PrivateKey {
    secret: p256::SecretKey,
    public: PublicKey,
}

impl PrivateKey {
    /// A new key out of 32 random bytes; none for the few values that are no key, so that others have to be tried.
    pub fn from_random(random: &[u8; 32]) -> Option<Self> {
        Self::of(p256::SecretKey::from_slice(random).ok()?)
    }

    fn of(secret: p256::SecretKey) -> Option<Self> {
        let point = secret.public_key().to_sec1_point(false);
        let (x, y) = (point.x()?.as_slice().try_into().ok()?, point.y()?.as_slice().try_into().ok()?);
        Some(Self { secret, public: PublicKey { x, y } })
    }

    /// Reads a key file: a private JWK, or one that is locked with a passphrase.
    pub fn read(text: &str, passphrase: Option<&str>) -> Result<Self, Fault> {
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            return Err(Fault::NotAKey);
        }
        if text.starts_with('{') {
            return Self::from_jwk(text);
        }
        let parts = Parts::read(text).map_err(|fault| match fault {
            Fault::Cut => Fault::KeyCut,
            Fault::Changed => Fault::KeyChanged,
            _ => Fault::NotAKey,
        })?;
        if !parts.is_locked_key() {
            return Err(Fault::PacketForKey);
        }
        let passphrase =
            passphrase.filter(|passphrase| !passphrase.is_empty()).ok_or(Fault::NeedsPassphrase)?;
        let jwk = parts.unlock(passphrase)?;
        Self::from_jwk(&String::from_utf8(jwk).map_err(|_| Fault::OtherKey)?)
    }

    fn from_jwk(text: &str) -> Result<Self, Fault> {
        let jwk: Value = serde_json::from_str(text)
            .map_err(|error| if error.is_eof() { Fault::KeyCut } else { Fault::NotAKey })?;
        if jwk.get("format").is_some() {
            return Err(Fault::PacketForKey);
        }
        let secret = jwk.get("d").and_then(Value::as_str);
        match PublicKey::from_value(&jwk) {
            Ok(_) => return Err(Fault::PublicKey),
            Err(KeyFault::Private) => {}
            Err(_) => return Err(Fault::NotAKey),
        }
        let curve = ["kty", "crv"].map(|name| jwk.get(name).and_then(Value::as_str));
        if curve != [Some("EC"), Some("P-256")] {
            return Err(Fault::OtherKey);
        }
        let secret = secret.and_then(decode).ok_or(Fault::KeyChanged)?;
        let secret = p256::SecretKey::from_slice(&secret).map_err(|_| Fault::KeyChanged)?;
        let key = Self::of(secret).ok_or(Fault::KeyChanged)?;
        // A pair whose halves do not belong together would never open what is sealed with the public one.
        let same = |name: &str, own: &[u8; 32]| jwk.get(name).and_then(Value::as_str) == Some(&encode(own));
        if same("x", &key.public.x) && same("y", &key.public.y) { Ok(key) } else { Err(Fault::KeyChanged) }
    }

    /// The public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    /// What this key and another's public half share.
    pub fn shared_secret(&self, other: &PublicKey) -> Option<[u8; 32]> {
        let point = [&[4][..], &other.x, &other.y].concat();
        let other = p256::PublicKey::from_sec1_bytes(&point).ok()?;
        let shared = self.secret.diffie_hellman(&other);
        shared.raw_secret_bytes().as_slice().try_into().ok()
    }

    /// The key in a file that the passphrase locks. The random bytes are used for nothing else.
    pub fn locked(&self, passphrase: &str, random: &[u8; 60]) -> Option<String> {
        let secret = encode(&self.secret.to_bytes());
        let public = self.public.to_jwk();
        let jwk = public.replacen('{', &format!(r#"{{"d":"{secret}","#), 1);
        lock(jwk.as_bytes(), &self.public.kid(), passphrase, random)
    }

    /// What the file is called: with the first of the fingerprint, so that two keys are told apart.
    pub fn file_name(&self) -> String {
        let fingerprint = self.public.fingerprint();
        let first: String = fingerprint.chars().filter(|letter| !letter.is_whitespace()).take(8).collect();
        format!("anteroom-key-{first}.txt")
    }
}

/// Whether a JSON text is a key of any kind.
pub fn is_key(json: &str) -> bool {
    serde_json::from_str::<Value>(json).is_ok_and(|value| value.get("kty").is_some())
}

/// The line to paste into settings.toml, under `[handoff]`.
pub fn settings_line(key: &PublicKey) -> String {
    format!("key = '{}'", key.to_jwk())
}

/// The fingerprint for people of a `kid` that is a thumbprint.
pub fn fingerprint_of_kid(kid: &str) -> Option<String> {
    Some(fingerprint_of(&decode(kid)?.try_into().ok()?))
}
