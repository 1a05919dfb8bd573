//! The sealed ways to the clinic: to its endpoint, as a file, on the clipboard, as codes to scan.
//!
//! The engine says what is to be sealed and what for; the browser seals. A packet is sealed once for each way of sealing, so
//! that a second try sends the same bytes.

use crate::engine::handoff::seal::{SealFailure, SealRequest};

/// What a packet is sealed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be sent to the clinic's endpoint.
    Send,
    /// To be saved as a file.
    Save,
    /// To be copied.
    Copy,
    /// To be shown as QR codes.
    Show,
}

/// Where sealing stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sealing {
    /// Nothing is asked of the browser.
    #[default]
    Idle,
    /// The browser seals.
    UnderWay,
    /// It could not.
    Failed(SealFailure),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SealEvent {
    /// The packet is to be saved, copied or shown.
    Pressed(Purpose),
    /// The browser sealed, or could not.
    Sealed(Purpose, Box<SealRequest>, Result<String, SealFailure>),
    /// The next code is to be shown; after the last one the first.
    TurnedOn,
    /// The code before is to be shown; before the first one the last.
    TurnedBack,
    /// The codes are to be larger, or smaller again.
    ToggledLarger,
    /// The codes are to be put away.
    PutAway,
}

/// The sealed packet and its codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sealed {
    /// Where sealing stands.
    pub sealing: Sealing,
    /// What each code says, while codes are shown.
    pub codes: Vec<String>,
    /// Which code is shown, counted from 0.
    pub code: usize,
    /// Whether it is shown as large as the screen allows.
    pub larger: bool,
    done: Vec<(SealRequest, String)>,
}

impl Sealed {
    /// What a request was sealed to, if it was.
    pub fn text(&self, request: &SealRequest) -> Option<&str> {
        self.done.iter().find(|(done, _)| done == request).map(|(_, text)| text.as_str())
    }

    /// Keeps what a request was sealed to. Only the last packet's are of use.
    pub fn keep(&mut self, request: SealRequest, text: String) {
        self.done.retain(|(done, _)| done.packet == request.packet && *done != request);
        self.done.push((request, text));
    }

    /// What the code says that is shown.
    pub fn shown(&self) -> Option<&str> {
        self.codes.get(self.code).map(String::as_str)
    }

    /// Goes on by this many codes, round and round.
    pub fn turn(&mut self, by: usize) {
        self.code = (self.code + by).checked_rem(self.codes.len()).unwrap_or_default();
    }

    /// Shows these codes.
    pub fn show(&mut self, codes: Vec<String>) {
        (self.codes, self.code) = (codes, 0);
    }
}
