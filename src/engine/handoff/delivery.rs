//! A request's way to the clinic: tries, waits and answers.
//!
//! The engine decides when to try again; the browser owns the wire and the timer. Each try and each wait has a ticket
//! of its own. Whatever comes back with another ticket than the last is no news, so at most one request is under way,
//! and a late or doubled answer changes nothing.

use crate::engine::handoff::fhir::is_filed;
use crate::engine::handoff::send::{FHIR_JSON, Reply, SendFailure, SendRequest, TIMEOUT_MS, confirm};

/// How often a request is tried before the person is asked.
pub const MOST_TRIES: u32 = 3;

/// The longest wait that a clinic's system can ask for before the next try, in seconds. Whoever asks for more is told
/// to the person, who has better things to do.
pub const LONGEST_WAIT: u32 = 60;

/// Which try, or which wait, something belongs to.
pub type Ticket = u64;

/// Where a request stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    /// Not sent.
    #[default]
    Idle,
    /// On its way.
    UnderWay,
    /// A try failed; the next one is made by itself after some seconds.
    Waiting(SendFailure, u32),
    /// It failed; everything is still here.
    Failed(SendFailure),
    /// The clinic's system confirmed it.
    Received,
}

/// What is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outgoing {
    /// The https address.
    pub endpoint: String,
    /// What the body is.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
    /// The packet in the body, as JSON: the same packet is the same request, however its body is made.
    pub packet: String,
}

/// What the browser must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Send the request and answer with [`Heard::Replied`] or [`Heard::Failed`].
    Send(Ticket, SendRequest),
    /// Answer with [`Heard::Waited`] after this many milliseconds.
    Wait(Ticket, u32),
    /// Drop the request that is under way, or the wait.
    Stop,
}

/// What the browser tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The clinic's endpoint answered.
    Replied(Ticket, Reply),
    /// No answer came.
    Failed(Ticket, SendFailure),
    /// The wait is over.
    Waited(Ticket),
}

/// A request's way to the clinic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Where it stands.
    pub sending: Sending,
    /// How often it was tried since the person pressed Send.
    pub tries: u32,
    /// The ticket of the try or wait that is going on.
    ticket: Option<Ticket>,
    /// The last request, and the packet in it.
    last: Option<(SendRequest, String)>,
}

impl Delivery {
    /// Whether a request is on its way, or waits for its next try.
    pub fn is_under_way(&self) -> bool {
        matches!(self.sending, Sending::UnderWay | Sending::Waiting(..))
    }

    /// The ticket of the try or wait that is going on; none if nothing is.
    pub fn ticket(&self) -> Option<Ticket> {
        self.ticket.filter(|_| self.is_under_way())
    }

    /// Sends: for the first time, again after a failure, or at once instead of waiting. While a request is on the wire
    /// nothing happens.
    ///
    /// The same packet keeps its key, so that a clinic that got it before the line broke files it once. `dice` are
    /// random bits for a new key.
    pub fn send(&mut self, outgoing: Outgoing, dice: u128) -> Vec<Step> {
        if self.sending == Sending::UnderWay {
            return Vec::new();
        }
        let mut steps = Vec::new();
        if self.is_under_way() {
            steps.push(Step::Stop);
        }
        let key = match &self.last {
            Some((request, packet)) if *packet == outgoing.packet => request.idempotency_key.clone(),
            Some(_) | None => key_from(dice),
        };
        let request = SendRequest {
            endpoint: outgoing.endpoint,
            content_type: outgoing.content_type,
            body: outgoing.body,
            idempotency_key: key,
            timeout_ms: TIMEOUT_MS,
        };
        self.last = Some((request, outgoing.packet));
        self.tries = 0;
        steps.extend(self.try_once(dice));
        steps
    }

    /// What follows from what the browser tells. `reference` is the packet's, `dice` are random bits.
    pub fn hear(&mut self, heard: Heard, reference: &str, dice: u128) -> Vec<Step> {
        let (ticket, failure) = match heard {
            Heard::Replied(ticket, reply) => (ticket, self.fault_of(&reply, reference)),
            Heard::Failed(ticket, failure) => (ticket, Some(failure)),
            Heard::Waited(ticket) => {
                let due = self.ticket == Some(ticket) && matches!(self.sending, Sending::Waiting(..));
                return if due { self.try_once(dice) } else { Vec::new() };
            }
        };
        if self.ticket != Some(ticket) || self.sending != Sending::UnderWay {
            return Vec::new();
        }
        let Some(failure) = failure else {
            self.sending = Sending::Received;
            return Vec::new();
        };
        let wait = self.wait_after(&failure, dice).filter(|_| self.tries < MOST_TRIES && failure.may_pass());
        let Some(wait_ms) = wait else {
            self.sending = Sending::Failed(failure);
            return Vec::new();
        };
        let ticket = ticket_from(dice);
        self.ticket = Some(ticket);
        self.sending = Sending::Waiting(failure, wait_ms.div_ceil(1000));
        vec![Step::Wait(ticket, wait_ms)]
    }

    /// What is wrong with a reply; nothing if it confirms the request. A FHIR server names no reference: it says that
    /// every resource is filed.
    fn fault_of(&self, reply: &Reply, reference: &str) -> Option<SendFailure> {
        let is_fhir = self.last.as_ref().is_some_and(|(request, _)| request.content_type == FHIR_JSON);
        let fault = confirm(reply, reference).err()?;
        let filed = is_fhir && fault == SendFailure::Unclear && is_filed(&reply.body);
        (!filed).then_some(fault)
    }

    /// The person stops it.
    pub fn stop(&mut self) -> Vec<Step> {
        if !self.is_under_way() {
            return Vec::new();
        }
        self.ticket = None;
        self.sending = Sending::Failed(SendFailure::Stopped);
        vec![Step::Stop]
    }

    /// The packet is another one now: whatever is under way no longer speaks for it. Whether anything was.
    pub fn forget(&mut self) -> bool {
        let under_way = self.is_under_way();
        self.ticket = None;
        self.sending = Sending::Idle;
        under_way
    }

    fn try_once(&mut self, dice: u128) -> Vec<Step> {
        let Some((request, _)) = &self.last else { return Vec::new() };
        let ticket = ticket_from(dice);
        self.tries += 1;
        self.ticket = Some(ticket);
        self.sending = Sending::UnderWay;
        vec![Step::Send(ticket, request.clone())]
    }

    /// How long to wait before the next try, in milliseconds: 2 seconds, then 6, and up to a quarter more, so that
    /// not everybody comes back at once. None if the clinic's system asks for more than [`LONGEST_WAIT`].
    fn wait_after(&self, failure: &SendFailure, dice: u128) -> Option<u32> {
        let own: u32 = if self.tries <= 1 { 2_000 } else { 6_000 };
        let asked = match failure {
            SendFailure::Busy(Some(seconds)) => *seconds,
            _ => 0,
        };
        let more = u32::try_from(dice % u128::from(own / 4)).unwrap_or_default();
        (asked <= LONGEST_WAIT).then(|| (asked * 1000).max(own) + more)
    }
}

/// Drawn and not counted, so that a ticket from before everything was forgotten fits nothing after it.
fn ticket_from(dice: u128) -> Ticket {
    (dice >> 32) as u64
}

/// 128 random bits as a UUID of version 4 (RFC 9562).
fn key_from(dice: u128) -> String {
    let bits = (dice & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}
