//! Sealing: a packet as a JWE in compact form (RFC 7516) that the clinic's private key alone opens.
//!
//! `ECDH-ES` on P-256, direct, with `A256GCM`. Here is all of it that needs no secret: the header, what the key is derived
//! from, the form. The browser's WebCrypto does the rest, with a key of its own for each packet.

use crate::engine::handoff::base64url::encode;
use crate::engine::handoff::key::PublicKey;

/// The content type of a sealed packet that is sent.
pub const MEDIA_TYPE: &str = "application/jose";

/// What is to be sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealRequest {
    /// The packet as JSON.
    pub packet: String,
    /// The packet's reference. It stands outside of the seal too, so that an endpoint that cannot read the packet can
    /// repeat it; it means nothing to anyone else.
    pub reference: String,
    /// The clinic's key.
    pub key: PublicKey,
    /// Whether the packet is to be made small first, where the browser can.
    pub small: bool,
}

/// Why nothing was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SealFailure {
    /// The browser offers no WebCrypto here, as on a page without https.
    NoCrypto,
    /// The browser's WebCrypto refused.
    Refused,
}

/// The agreement party information: who seals, as `apu`.
const PARTY: &[u8] = b"anteroom";

/// The protected header of a sealed packet, as JSON. `ephemeral` is the public half of the key made for this packet alone.
pub fn header(request: &SealRequest, ephemeral: &PublicKey, deflated: bool) -> String {
    let kid = request.key.kid();
    // A reference is letters, digits and a hyphen.
    let reference: String =
        request.reference.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    let (apu, apv, epk) = (encode(PARTY), encode(kid.as_bytes()), ephemeral.to_jwk());
    let zip = if deflated { r#","zip":"DEF""# } else { "" };
    format!(
        r#"{{"alg":"ECDH-ES","enc":"A256GCM"{zip},"cty":"json","kid":"{kid}","ref":"{reference}","apu":"{apu}","apv":"{apv}","epk":{epk}}}"#
    )
}

/// What the packet's key is the SHA-256 digest of: one round of the Concat KDF (RFC 7518, section 4.6.2).
pub fn to_digest(shared_secret: &[u8], algorithm: &str, apu: &[u8], apv: &[u8], bits: u32) -> Vec<u8> {
    let mut input = vec![0, 0, 0, 1];
    input.extend_from_slice(shared_secret);
    for part in [algorithm.as_bytes(), apu, apv] {
        input.extend_from_slice(&(part.len() as u32).to_be_bytes());
        input.extend_from_slice(part);
    }
    input.extend_from_slice(&bits.to_be_bytes());
    input
}

/// [`to_digest`] for a packet sealed to this key.
pub fn to_digest_for(key: &PublicKey, shared_secret: &[u8]) -> Vec<u8> {
    to_digest(shared_secret, "A256GCM", PARTY, key.kid().as_bytes(), 256)
}

/// Puts the parts together. `sealed` is the ciphertext with its tag of 16 bytes behind it, as WebCrypto gives it; none
/// if it is shorter than that.
pub fn compact(protected: &str, iv: &[u8], sealed: &[u8]) -> Option<String> {
    let (ciphertext, tag) = sealed.split_at_checked(sealed.len().checked_sub(16)?)?;
    Some(format!("{protected}..{}.{}.{}", encode(iv), encode(ciphertext), encode(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::handoff::base64url::decode;
    use crate::engine::handoff::sha256::sha256;

    /// RFC 7518, appendix C.
    #[test]
    fn the_key_of_rfc_7518_appendix_c_is_derived() {
        let z = [
            158, 86, 217, 29, 129, 113, 53, 211, 114, 131, 66, 131, 191, 132, 38, 156, 251, 49, 110, 163,
            218, 128, 106, 72, 246, 218, 167, 121, 140, 254, 144, 196,
        ];
        let digest = sha256(&to_digest(&z, "A128GCM", b"Alice", b"Bob", 128));
        assert_eq!(encode(digest.get(..16).expect("16 bytes")), "VqqN6vgjbSBcIijNcacQGg");
    }

    #[test]
    fn a_sealed_packet_has_five_parts_and_its_header_is_json() {
        let key = PublicKey::from_jwk(
            r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
            "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"}"#,
        )
        .expect("a key");
        let request = SealRequest {
            packet: "{}".to_owned(),
            reference: "K7Q-4MD\"".to_owned(),
            key: key.clone(),
            small: false,
        };
        let header = header(&request, &key, true);
        let read: serde_json::Value = serde_json::from_str(&header).expect("JSON");
        assert_eq!(read["ref"], "K7Q-4MD");
        assert_eq!(read["zip"], "DEF");
        assert_eq!(decode(read["apv"].as_str().expect("text")), Some(key.kid().into_bytes()));
        let text = compact(&encode(header.as_bytes()), &[0; 12], &[7; 18]).expect("five parts");
        assert_eq!(text.split('.').count(), 5);
        assert_eq!(compact("", &[], &[7; 15]), None);
    }
}
