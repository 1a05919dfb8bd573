//! Sending: what goes out, and what can come back. Every failure has its own kind, so that it has its own words.

use serde::Deserialize;

use crate::engine::handoff::channel::Format;

/// How long a request may take before it counts as failed, in milliseconds.
pub const TIMEOUT_MS: u32 = 20_000;

/// A request to the clinic's endpoint, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendRequest {
    /// The https address.
    pub endpoint: String,
    /// The packet as JSON, or as a FHIR Bundle.
    pub body: String,
    /// Which of the two.
    pub format: Format,
    /// The same for every try of one request, so that a clinic files it once (`Idempotency-Key`).
    pub idempotency_key: String,
    /// When it counts as failed, in milliseconds.
    pub timeout_ms: u32,
}

/// Where a request stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sending {
    /// Not sent.
    #[default]
    Idle,
    /// On its way.
    UnderWay,
    /// It failed; everything is still here.
    Failed(SendFailure),
    /// The clinic's system confirmed it.
    Received,
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendFailure {
    /// The device has no connection.
    Offline,
    /// No connection to the clinic's system, or it was cut.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The clinic's system answered with this HTTP status.
    Refused(u16),
    /// An answer came that does not confirm the request.
    Unclear,
}

/// An answer from the clinic's endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
}

#[derive(Deserialize)]
struct Receipt {
    reference: String,
}

/// Whether the reply confirms the request with this reference.
///
/// A success status alone is not enough: a parked domain answers 200 to everything. The endpoint repeats the
/// reference: `{"reference": "K7Q-4MD"}`.
pub fn confirm(reply: &Reply, reference: &str) -> Result<(), SendFailure> {
    match reply.status {
        200..=299 => match serde_json::from_str::<Receipt>(&reply.body) {
            Ok(receipt) if receipt.reference == reference => Ok(()),
            Ok(_) | Err(_) => Err(SendFailure::Unclear),
        },
        status => Err(SendFailure::Refused(status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_repeated_reference_confirms() {
        let table = [
            (200, r#"{"reference":"K7Q-4MD"}"#, Ok(())),
            (201, r#"{"reference":"K7Q-4MD","more":1}"#, Ok(())),
            (200, r#"{"reference":"another"}"#, Err(SendFailure::Unclear)),
            (200, "<html>Welcome</html>", Err(SendFailure::Unclear)),
            (200, "", Err(SendFailure::Unclear)),
            (204, "", Err(SendFailure::Unclear)),
            (302, "", Err(SendFailure::Refused(302))),
            (500, r#"{"reference":"K7Q-4MD"}"#, Err(SendFailure::Refused(500))),
        ];
        for (status, body, expected) in table {
            assert_eq!(
                confirm(&Reply { status, body: body.to_owned() }, "K7Q-4MD"),
                expected,
                "{status} {body}"
            );
        }
    }
}
