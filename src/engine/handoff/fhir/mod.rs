//! FHIR R4: the guide as a Questionnaire, and a packet as a Bundle.
//!
//! The Bundle is made of the packet that the person saw before consenting, and of nothing else about them: what the
//! packet does not hold cannot be in it. Ids come from the packet's reference and time, so the same packet is the same
//! Bundle, and a server that gets it twice files it once.

mod bundle;
mod condition;
pub mod json;
pub(crate) mod layout;
mod questionnaire;
mod response;
mod translations;

pub use bundle::{Extra, Wanted, bundle, bundle_of, is_filed};
pub use questionnaire::{Exported, FIRST_IS_GREATER, questionnaire};
pub use translations::translated;

use crate::engine::guide::Guide;
use crate::engine::handoff::fhir::json::{Object, texts};
use crate::engine::handoff::packet::Packet;

/// The code system of units.
pub(crate) const UCUM: &str = "http://unitsofmeasure.org";

/// The code system of LOINC.
pub(crate) const LOINC: &str = "http://loinc.org";

/// Units of the guide that have another name in UCUM.
pub(crate) const UCUM_NAMES: [(&str, &str); 24] = [
    ("kg", "kg"),
    ("g", "g"),
    ("mg", "mg"),
    ("lb", "[lb_av]"),
    ("lbs", "[lb_av]"),
    ("oz", "[oz_av]"),
    ("cm", "cm"),
    ("m", "m"),
    ("in", "[in_i]"),
    ("ft", "[ft_i]"),
    ("mmHg", "mm[Hg]"),
    ("bpm", "/min"),
    ("%", "%"),
    ("minutes", "min"),
    ("hours", "h"),
    ("days", "d"),
    ("weeks", "wk"),
    ("months", "mo"),
    ("years", "a"),
    ("ml", "mL"),
    ("mL", "mL"),
    ("L", "L"),
    ("mg/dL", "mg/dL"),
    ("mmol/L", "mmol/L"),
];

fn ucum(unit: &str) -> Option<&'static str> {
    UCUM_NAMES.iter().find(|(known, _)| *known == unit).map(|(_, code)| *code)
}

/// The Bundle that a person or a clinic keeps as a file.
pub fn file(guide: &Guide, packet: &Packet) -> String {
    let wanted = Wanted { transaction: false, ..guide.settings.handoff.fhir.clone() };
    bundle(guide, packet, &wanted).to_text()
}

/// An address of FHIR's own definitions.
fn definition(name: &str) -> String {
    format!("http://hl7.org/fhir/StructureDefinition/{name}")
}

/// An extension of FHIR's own, whose value is under `key`.
fn extension(name: &str, key: &'static str, value: impl Into<json::Json>) -> Object {
    Object::default().with("url", definition(name)).with(key, value)
}

fn coding(system: &str, code: &str, display: &str) -> Object {
    texts(&[("system", system), ("code", code), ("display", display)])
}

/// A concept of one code.
fn concept(system: &str, code: &str, display: &str) -> Object {
    Object::default().with("coding", vec![coding(system, code, display)])
}

/// A UUID that is made of these words: the same words give the same one. Version 8 of RFC 9562, from two FNV-1a sums.
pub(crate) fn uuid(words: &[&str]) -> String {
    let sum = |start: u64| {
        let mut sum = start;
        for byte in words.iter().flat_map(|word| word.bytes().chain([0])) {
            sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        // FNV leaves the high bits of short words alike.
        sum = (sum ^ sum >> 32).wrapping_mul(0xd6e8_feb8_6659_fd93);
        sum ^ sum >> 32
    };
    let (high, low) = (sum(0xcbf2_9ce4_8422_2325), sum(0x6c62_272e_07bb_0142));
    format!(
        "{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_have_the_same_uuid_and_others_another() {
        let one = uuid(&["K7Q-4MD", "2026-11-21T10:00:00Z", "response"]);
        assert_eq!(one, uuid(&["K7Q-4MD", "2026-11-21T10:00:00Z", "response"]));
        assert_ne!(one, uuid(&["K7Q-4MD", "2026-11-21T10:00:01Z", "response"]));
        assert_ne!(uuid(&["ab", "c"]), uuid(&["a", "bc"]));
        assert_eq!(one.len(), 36);
        assert_eq!(one.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert_eq!(one.as_bytes()[14], b'8');
    }
}
