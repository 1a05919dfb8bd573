//! The clinic's side of a sealed packet: opens it with the clinic's private key. `anteroom open` and front-desk.html are
//! both this, so that both say the same of what cannot be opened.
//!
//! Pure as the engine is: random bytes are handed in. Nothing in here may panic: a packet comes from anyone.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable
)]

pub mod fault;
pub mod jwe;
pub mod key;

use crate::desk::fault::Fault;
use crate::desk::key::PrivateKey;
use crate::engine::guide::words::{Say, built_in};
use crate::engine::handoff::chunks;
use crate::engine::handoff::fhir::{Extra, Wanted, bundle_of};
use crate::engine::handoff::note::chart_note;
use crate::engine::handoff::packet::Packet;
use crate::engine::handoff::read::{PacketFault, read};

/// A packet in clear.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// The packet.
    pub packet: Packet,
    /// Its JSON, letter by letter as the person's browser wrote it.
    pub json: String,
    /// Whether it came sealed.
    pub sealed: bool,
}

impl Opened {
    /// The chart note in English, by the same function that made the preview which the person saw.
    pub fn note(&self) -> String {
        chart_note(&self.packet, built_in())
    }

    /// The packet as a FHIR Bundle: the same resources as the widget makes of it, without the Questionnaire, which needs the
    /// guide, and with the Patient, since the clinic files it for somebody.
    pub fn fhir(&self) -> String {
        let mut wanted = Wanted::of(&self.packet);
        if !wanted.include.contains(&Extra::Patient) {
            wanted.include.push(Extra::Patient);
        }
        bundle_of(&self.packet, &wanted, None).to_text()
    }

    /// The lines of the note that mark an answer as not shared.
    pub fn withheld(&self) -> Vec<String> {
        let mark = built_in().say(Say::NotShared);
        let withheld = self.packet.answers.iter().filter(|answer| !answer.shared);
        withheld.map(|answer| format!("- {} {mark}", answer.words)).collect()
    }
}

/// Opens what somebody dropped, pasted or scanned: a sealed packet, the parts of one from QR codes, or a packet in clear,
/// for which no key is needed.
pub fn open(text: &str, key: Option<&PrivateKey>) -> Result<Opened, Fault> {
    let mut text = text.trim_start_matches('\u{feff}').trim().to_owned();
    if chunks::is_split(&text) {
        text = chunks::join(&text)?;
    }
    if text.is_empty() {
        return Err(Fault::Nothing);
    }
    if text.starts_with('{') {
        if key::is_key(&text) {
            return Err(Fault::KeyForPacket);
        }
        let packet = read(&text)?;
        return Ok(Opened { packet, json: text, sealed: false });
    }
    let parts = jwe::Parts::read(&text)?;
    if parts.is_locked_key() {
        return Err(Fault::KeyForPacket);
    }
    let json = parts.open(key.ok_or(Fault::NeedsKey)?)?;
    let json = String::from_utf8(json).map_err(|_| Fault::NotAPacket)?;
    Ok(Opened { packet: read(&json)?, json, sealed: true })
}

impl From<PacketFault> for Fault {
    fn from(fault: PacketFault) -> Self {
        match fault {
            PacketFault::Cut => Self::Cut,
            PacketFault::Newer => Self::Newer,
            PacketFault::NotAPacket => Self::NotAPacket,
            PacketFault::Changed => Self::PlainChanged,
        }
    }
}

impl From<chunks::ChunkFault> for Fault {
    fn from(fault: chunks::ChunkFault) -> Self {
        match fault {
            chunks::ChunkFault::Missing(missing, count) => Self::MissingCodes(missing, count),
            chunks::ChunkFault::Mixed => Self::MixedCodes,
            chunks::ChunkFault::Changed => Self::ChangedCode,
        }
    }
}
