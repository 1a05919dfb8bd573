//! Reads a packet back: what the clinic's side does with it. Without the guide at hand an answer's kind is not known, so
//! its words are what counts; written again, a packet that was read is the same.

use crate::engine::map::Set;

use serde::de::{Deserialize, Deserializer, Error as _};
use serde_json::{Map, Value};

use crate::engine::guide::reader::Date;
use crate::engine::handoff::packet::{FORMAT, Packet};
use crate::engine::ids::{ChoiceId, PartId, UnitId};
use crate::engine::screening::answer::{Answer, Measured};
use crate::engine::screening::names::ChosenName;

/// Why a text is no packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PacketFault {
    /// It ends too early.
    Cut,
    /// It is of a newer format than this one reads.
    Newer,
    /// It is something else.
    NotAPacket,
    /// It is a packet, and a part of it is missing or changed.
    Changed,
}

/// Reads a packet from its JSON.
pub fn read(text: &str) -> Result<Packet, PacketFault> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        if error.is_eof() && text.trim_start().starts_with('{') {
            PacketFault::Cut
        } else {
            PacketFault::NotAPacket
        }
    })?;
    let (name, version) = FORMAT.split_once('/').unwrap_or((FORMAT, ""));
    let named = value.get("format").and_then(Value::as_str).and_then(|format| format.split_once('/'));
    match named {
        Some((other, _)) if other != name => Err(PacketFault::NotAPacket),
        Some((_, other)) if other != version => Err(PacketFault::Newer),
        Some(_) => serde_json::from_value(value).map_err(|_| PacketFault::Changed),
        None => Err(PacketFault::NotAPacket),
    }
}

/// The format of a packet that is read, which is ours or none.
pub(super) fn format<'de, D: Deserializer<'de>>(text: D) -> Result<String, D::Error> {
    let text = String::deserialize(text)?;
    if text == FORMAT { Ok(text) } else { Err(D::Error::custom("another format")) }
}

/// An answer that is read. Null is an optional question that was passed by.
pub(super) fn answer<'de, D: Deserializer<'de>>(json: D) -> Result<Option<Answer>, D::Error> {
    answer_from(Value::deserialize(json)?).map(Some).ok_or_else(|| D::Error::custom("no answer"))
}

fn answer_from(value: Value) -> Option<Answer> {
    Some(match value {
        Value::Null => Answer::Blank,
        Value::String(text) => match Date::from_iso(&text) {
            Some(date) => Answer::Date(date),
            None => Answer::Text(text),
        },
        Value::Number(number) => Answer::Number(number.as_f64()?),
        Value::Array(all) if all.iter().all(Value::is_object) && !all.is_empty() => {
            let entry = |entry: &Value| {
                let fields = entry.as_object()?.iter();
                fields
                    .map(|(id, text)| Some((PartId::from(id.as_str()), text.as_str()?.to_owned())))
                    .collect()
            };
            Answer::List(all.iter().map(entry).collect::<Option<_>>()?)
        }
        Value::Array(all) => Answer::Several(choices(&all)?),
        Value::Object(all) => of_object(&all)?,
        Value::Bool(_) => return None,
    })
}

fn choices(all: &[Value]) -> Option<Set<ChoiceId>> {
    all.iter().map(|choice| choice.as_str().map(ChoiceId::from)).collect()
}

fn of_object(all: &Map<String, Value>) -> Option<Answer> {
    if let (Some(chosen), Some(names)) = (all.get("choices"), all.get("names")) {
        let name = |name: &Value| {
            Some(ChosenName { words: name.as_str()?.to_owned(), groups: Set::new(), ticked: Set::new() })
        };
        let names = names.as_array()?.iter().map(name).collect::<Option<_>>()?;
        return Some(Answer::Named(choices(chosen.as_array()?)?, names));
    }
    if let (Some(value), Some(unit)) = (all.get("value"), all.get("unit")) {
        let typed = value.as_f64()?;
        return Some(Answer::Measured(Measured { typed, unit: UnitId::from(unit.as_str()?), number: typed }));
    }
    let mut parts = all.iter().map(|(id, number)| Some((PartId::from(id.as_str()), number.as_f64()?)));
    match (parts.next(), parts.next(), parts.next()) {
        (Some(first), Some(second), None) => Some(Answer::Pair([first?, second?])),
        _ => None,
    }
}
