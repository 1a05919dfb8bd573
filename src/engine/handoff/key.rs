//! The clinic's public key: what a sealed packet is locked with. The private key that opens it never comes near a patient.

use serde_json::Value;

use crate::engine::handoff::base64url;
use crate::engine::handoff::sha256::sha256;

/// A point on the curve P-256 (secp256r1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    /// The first coordinate, big-endian.
    pub x: [u8; 32],
    /// The second coordinate, big-endian.
    pub y: [u8; 32],
}

/// Why something is no public key to seal with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// It holds the private part, and the settings are open to everyone.
    Private,
    /// It is no JSON object.
    NotJson,
    /// It is a key of another type.
    WrongType,
    /// It is on another curve.
    WrongCurve,
    /// A coordinate is missing, cut or changed.
    Coordinates,
    /// The point is not on the curve.
    NotOnCurve,
    /// It is marked for signing.
    WrongUse,
}

impl KeyFault {
    /// What is wrong and what to do, as two sentences. Neither repeats anything of the key.
    pub fn sentences(self) -> (&'static str, &'static str) {
        const NEW_KEY: &str = "Copy it again from front-desk.html, or make a new pair there.";
        match self {
            Self::Private => (
                "STOP: this is the PRIVATE key, and everyone can read this file. Whoever has read it can open every packet sealed with this key.",
                "Take it out of this file and off the server now. Make a new pair on front-desk.html, paste its public key here, and never use this one again.",
            ),
            Self::NotJson => {
                ("The key is not written as a JWK, a line that begins with { and ends with }.", NEW_KEY)
            }
            Self::WrongType => {
                ("The key is of a type that packets are not sealed with; `kty` must be \"EC\".", NEW_KEY)
            }
            Self::WrongCurve => ("The key is on another curve; `crv` must be \"P-256\".", NEW_KEY),
            Self::Coordinates => {
                ("The key is cut or changed: `x` and `y` must each be 43 letters and digits.", NEW_KEY)
            }
            Self::NotOnCurve => (
                "The key is changed somewhere: its point is not on the curve P-256, so nobody could open what it seals.",
                NEW_KEY,
            ),
            Self::WrongUse => ("The key is marked for signing, not for sealing.", NEW_KEY),
        }
    }
}

impl PublicKey {
    /// Reads a public key from a JWK (RFC 7517) in JSON.
    pub fn from_jwk(text: &str) -> Result<Self, KeyFault> {
        match serde_json::from_str(text.trim()) {
            Ok(value) => Self::from_value(&value),
            // A private key with a typing slip is a private key.
            Err(_) if text.contains("\"d\"") => Err(KeyFault::Private),
            Err(_) => Err(KeyFault::NotJson),
        }
    }

    /// Reads a public key from the members of a JWK.
    pub fn from_value(jwk: &Value) -> Result<Self, KeyFault> {
        if !jwk.is_object() {
            return Err(KeyFault::NotJson);
        }
        let text = |name: &str| jwk.get(name).and_then(Value::as_str);
        // `d` is the private part of EC, OKP and RSA keys, `k` of a shared one.
        if jwk.get("d").is_some() || jwk.get("k").is_some() {
            return Err(KeyFault::Private);
        }
        if text("kty") != Some("EC") {
            return Err(KeyFault::WrongType);
        }
        if text("crv") != Some("P-256") {
            return Err(KeyFault::WrongCurve);
        }
        if text("use").is_some_and(|purpose| purpose != "enc") {
            return Err(KeyFault::WrongUse);
        }
        let coordinate = |name| -> Result<[u8; 32], KeyFault> {
            let bytes = text(name).and_then(base64url::decode).ok_or(KeyFault::Coordinates)?;
            bytes.try_into().map_err(|_| KeyFault::Coordinates)
        };
        let key = Self { x: coordinate("x")?, y: coordinate("y")? };
        if key.is_on_curve() { Ok(key) } else { Err(KeyFault::NotOnCurve) }
    }

    /// The key as a JWK with its members in the order of RFC 7638, and nothing else.
    pub fn to_jwk(&self) -> String {
        let (x, y) = (base64url::encode(&self.x), base64url::encode(&self.y));
        format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#)
    }

    /// The key's thumbprint (RFC 7638, SHA-256) as JOSE writes it: the `kid` of what is sealed with it.
    pub fn kid(&self) -> String {
        base64url::encode(&self.thumbprint())
    }

    /// [`fingerprint_of`] this key.
    pub fn fingerprint(&self) -> String {
        fingerprint_of(&self.thumbprint())
    }

    fn thumbprint(&self) -> [u8; 32] {
        sha256(self.to_jwk().as_bytes())
    }

    /// Whether y² = x³ - 3x + b holds modulo p. The key is public, so that the time this takes tells nobody anything.
    fn is_on_curve(&self) -> bool {
        let (x, y) = (number(&self.x), number(&self.y));
        if !is_less(&x, &P) || !is_less(&y, &P) {
            return false;
        }
        let cube = times(&times(&x, &x), &x);
        let three_x = plus(&plus(&x, &x), &x);
        times(&y, &y) == plus(&minus(&cube, &three_x), &B)
    }
}

/// The first half of a thumbprint for people to compare: eight groups of four, such as `9F3C 02B7 ...`.
pub fn fingerprint_of(thumbprint: &[u8; 32]) -> String {
    let mut groups = String::new();
    for (place, byte) in thumbprint.iter().take(16).enumerate() {
        let space = if place > 0 && place % 2 == 0 { " " } else { "" };
        groups.push_str(&format!("{space}{byte:02X}"));
    }
    groups
}

/// A number of 256 bits, its least 32 first.
type Number = [u32; 8];

/// The prime that P-256 counts by.
const P: Number = [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0, 0, 0, 1, 0xffff_ffff];
/// The coefficient b of P-256.
const B: Number =
    [0x27d2_604b, 0x3bce_3c3e, 0xcc53_b0f6, 0x651d_06b0, 0x7698_86bc, 0xb3eb_bd55, 0xaa3a_93e7, 0x5ac6_35d8];

fn number(bytes: &[u8; 32]) -> Number {
    let mut number = [0; 8];
    for (word, four) in number.iter_mut().rev().zip(bytes.chunks_exact(4)) {
        *word = four.iter().fold(0, |word, byte| (word << 8) | u32::from(*byte));
    }
    number
}

fn is_less(a: &Number, b: &Number) -> bool {
    a.iter().rev().lt(b.iter().rev())
}

/// The sum, and whether it ran over 256 bits.
fn sum(a: &Number, b: &Number) -> (Number, bool) {
    let (mut out, mut carry) = ([0; 8], 0);
    for (word, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        let all = u64::from(*a) + u64::from(*b) + carry;
        (*word, carry) = (all as u32, all >> 32);
    }
    (out, carry > 0)
}

/// `a - b`, as if 2^256 were added where it is below nothing.
fn difference(a: &Number, b: &Number) -> Number {
    let (mut out, mut borrow) = ([0; 8], 0);
    for (word, (a, b)) in out.iter_mut().zip(a.iter().zip(b)) {
        let all = i64::from(*a) - i64::from(*b) - borrow;
        (*word, borrow) = (all as u32, i64::from(all < 0));
    }
    out
}

fn plus(a: &Number, b: &Number) -> Number {
    let (all, over) = sum(a, b);
    if over || !is_less(&all, &P) { difference(&all, &P) } else { all }
}

fn minus(a: &Number, b: &Number) -> Number {
    if is_less(a, b) { difference(&sum(a, &P).0, b) } else { difference(a, b) }
}

fn times(a: &Number, b: &Number) -> Number {
    let mut product = [0; 8];
    for word in b.iter().rev() {
        for bit in (0..32).rev() {
            product = plus(&product, &product);
            if (word >> bit) & 1 == 1 {
                product = plus(&product, a);
            }
        }
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public part of the example key of RFC 7517, appendix A.1.
    const KEY: &str = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","use":"enc","kid":"1"}"#;

    fn with(from: &str, to: &str) -> Result<PublicKey, KeyFault> {
        assert!(KEY.contains(from), "{from}");
        PublicKey::from_jwk(&KEY.replace(from, to))
    }

    #[test]
    fn a_public_key_is_read_and_keeps_its_thumbprint() {
        let key = PublicKey::from_jwk(KEY).expect("a key");
        assert_eq!(PublicKey::from_jwk(&key.to_jwk()), Ok(key.clone()));
        assert_eq!(key.kid(), "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s");
        assert_eq!(key.fingerprint(), "727F 88FD 634C 0A57 A189 5A79 D62F F456");
    }

    #[test]
    fn each_fault_of_a_key_is_told_apart() {
        assert_eq!(
            with(r#""use":"enc""#, r#""d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE""#),
            Err(KeyFault::Private)
        );
        assert_eq!(with(r#""use":"enc""#, r#""d":"870MB6gfuTJ4Ht"#), Err(KeyFault::Private));
        assert_eq!(with(r#""EC""#, r#""OKP""#), Err(KeyFault::WrongType));
        assert_eq!(with("P-256", "P-384"), Err(KeyFault::WrongCurve));
        assert_eq!(with("MKBC", "MKB"), Err(KeyFault::Coordinates));
        assert_eq!(with("MKBC", "MKBD"), Err(KeyFault::NotOnCurve));
        assert_eq!(with(r#""use":"enc""#, r#""use":"sig""#), Err(KeyFault::WrongUse));
        assert_eq!(PublicKey::from_jwk("-----BEGIN PUBLIC KEY-----"), Err(KeyFault::NotJson));
        assert_eq!(PublicKey::from_jwk("[]"), Err(KeyFault::NotJson));
        let over = base64url::encode(&[0xff; 32]);
        assert_eq!(with("MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", &over), Err(KeyFault::NotOnCurve));
    }
}
