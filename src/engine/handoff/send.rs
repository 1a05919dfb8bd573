//! Sending: what goes out, and what can come back. Every failure has its own kind, so that it has its own words.

use serde::Deserialize;

use crate::engine::guide::words::{Say, Words};
use crate::engine::handoff::delivery::LONGEST_WAIT;

/// How long a request may take before it counts as failed, in milliseconds.
pub const TIMEOUT_MS: u32 = 20_000;

/// What a packet in JSON is sent as.
pub const JSON: &str = "application/json";

/// What a FHIR Bundle is sent as.
pub const FHIR_JSON: &str = "application/fhir+json";

/// A request to the clinic's endpoint, ready to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendRequest {
    /// The https address.
    pub endpoint: String,
    /// What the body is (`Content-Type`).
    pub content_type: &'static str,
    /// The body.
    pub body: String,
    /// The same for every try of one request, so that a clinic files it once (`Idempotency-Key`).
    pub idempotency_key: String,
    /// When it counts as failed, in milliseconds.
    pub timeout_ms: u32,
}

/// Why a request failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendFailure {
    /// The device has no connection.
    Offline,
    /// No connection to the clinic's system: no such name, no valid certificate, nobody listens, or it does not allow
    /// this page to ask. A browser does not tell which.
    Unreachable,
    /// An answer began and broke off.
    CutOff,
    /// No whole answer in time.
    TimedOut,
    /// The address leads to another one. Health answers go where the clinic said or nowhere.
    Redirected,
    /// The clinic's system found a mistake in the request (400, 422), perhaps with its own words for it.
    Mistaken(String),
    /// The clinic's system wants a key that the widget does not have (401, 403, 407).
    NotAllowed,
    /// Nothing takes requests at this address (404, 405, 410).
    NotThere,
    /// It is too large for the clinic's system (413).
    TooLarge,
    /// Too many requests just now (429, 503), and how many seconds to wait, if that was said.
    Busy(Option<u32>),
    /// Something in the clinic's system is broken (other codes from 500).
    Broken(u16),
    /// The clinic's system answered with another HTTP status than success.
    Refused(u16),
    /// An answer came that does not confirm the request.
    Unclear,
    /// The person stopped it.
    Stopped,
}

impl SendFailure {
    /// Whether another try, a little later, may go well with nothing changed.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable | Self::CutOff | Self::TimedOut | Self::Busy(_) | Self::Broken(_) => true,
            Self::Offline
            | Self::Redirected
            | Self::Mistaken(_)
            | Self::NotAllowed
            | Self::NotThere
            | Self::TooLarge
            | Self::Refused(_)
            | Self::Unclear
            | Self::Stopped => false,
        }
    }

    /// What the person is told.
    pub fn in_words(&self, words: &Words) -> String {
        let with = |say: Say, key: &str, value: &str| words.fill(say, &[(key, value)]);
        match self {
            Self::Offline => words.say(Say::SendOffline).to_owned(),
            Self::Unreachable => words.say(Say::SendUnreachable).to_owned(),
            Self::CutOff => words.say(Say::SendCutOff).to_owned(),
            Self::TimedOut => words.say(Say::SendTimedOut).to_owned(),
            Self::Redirected => words.say(Say::SendRedirected).to_owned(),
            Self::Mistaken(said) if said.is_empty() => words.say(Say::SendMistaken).to_owned(),
            Self::Mistaken(said) => {
                format!("{} {}", words.say(Say::SendMistaken), with(Say::SendTheySay, "what", said))
            }
            Self::NotAllowed => words.say(Say::SendNotAllowed).to_owned(),
            Self::NotThere => words.say(Say::SendNotThere).to_owned(),
            Self::TooLarge => words.say(Say::SendTooLarge).to_owned(),
            Self::Busy(Some(seconds)) if *seconds > LONGEST_WAIT => {
                with(Say::SendBusyUntil, "number", &seconds.div_ceil(60).to_string())
            }
            Self::Busy(_) => words.say(Say::SendBusy).to_owned(),
            Self::Broken(status) => with(Say::SendBroken, "status", &status.to_string()),
            Self::Refused(status) => with(Say::SendRefused, "status", &status.to_string()),
            Self::Unclear => words.say(Say::SendUnclear).to_owned(),
            Self::Stopped => words.say(Say::SendStopped).to_owned(),
        }
    }
}

/// An answer from the clinic's endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body as text.
    pub body: String,
    /// How many seconds `Retry-After` asks to wait.
    pub retry_after: Option<u32>,
}

#[derive(Deserialize)]
struct Receipt {
    reference: String,
}

/// What a FHIR server answers to a transaction.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Carried {
    resource_type: String,
    r#type: String,
    entry: Vec<CarriedEntry>,
}

#[derive(Deserialize)]
struct CarriedEntry {
    response: CarriedResponse,
}

#[derive(Deserialize)]
struct CarriedResponse {
    status: String,
}

impl Carried {
    /// Whether all of a transaction was carried out.
    fn is_whole(&self) -> bool {
        self.resource_type == "Bundle"
            && self.r#type == "transaction-response"
            && !self.entry.is_empty()
            && self.entry.iter().all(|entry| entry.response.status.starts_with('2'))
    }
}

/// Words for a mistake, as `{"message": ...}`, as RFC 9457 has them, or as a FHIR OperationOutcome.
#[derive(Deserialize)]
struct Complaint {
    message: Option<String>,
    detail: Option<String>,
    title: Option<String>,
    #[serde(default)]
    issue: Vec<Issue>,
}

/// One thing that a FHIR server has to say.
#[derive(Deserialize)]
struct Issue {
    #[serde(default)]
    severity: String,
    diagnostics: Option<String>,
    details: Option<IssueDetails>,
}

#[derive(Deserialize)]
struct IssueDetails {
    text: Option<String>,
}

impl Issue {
    fn is_mild(&self) -> bool {
        matches!(self.severity.as_str(), "information" | "success" | "warning")
    }
}

/// Whether the reply confirms the request with this reference.
///
/// A success status alone is not enough: a parked domain answers 200 to everything. The endpoint repeats the
/// reference: `{"reference": "K7Q-4MD"}`. A FHIR server, which knows no reference, answers that every entry of the
/// transaction was carried out, or with an OperationOutcome that names no error.
pub fn confirm(reply: &Reply, reference: &str) -> Result<(), SendFailure> {
    Err(match reply.status {
        200..=299 => match serde_json::from_str::<Receipt>(&reply.body) {
            Ok(receipt) if receipt.reference == reference => return Ok(()),
            Ok(_) => SendFailure::Unclear,
            Err(_) => match serde_json::from_str::<Carried>(&reply.body) {
                Ok(carried) if carried.is_whole() => return Ok(()),
                Ok(_) | Err(_) => match serde_json::from_str::<Complaint>(&reply.body) {
                    Ok(outcome) if outcome.issue.is_empty() => SendFailure::Unclear,
                    Ok(outcome) if outcome.issue.iter().all(Issue::is_mild) => return Ok(()),
                    Ok(_) => SendFailure::Mistaken(complaint(&reply.body)),
                    Err(_) => SendFailure::Unclear,
                },
            },
        },
        300..=399 => SendFailure::Redirected,
        400 | 409 | 412 | 422 => SendFailure::Mistaken(complaint(&reply.body)),
        401 | 403 | 407 => SendFailure::NotAllowed,
        404 | 405 | 410 => SendFailure::NotThere,
        413 => SendFailure::TooLarge,
        429 | 503 => SendFailure::Busy(reply.retry_after),
        500..=599 => SendFailure::Broken(reply.status),
        status => SendFailure::Refused(status),
    })
}

/// How long the words of somebody else's system may be, in characters.
const MOST_COMPLAINT: usize = 200;

/// What the clinic's system says is wrong, as one short line; empty if it says nothing that can be read.
fn complaint(body: &str) -> String {
    let Ok(said) = serde_json::from_str::<Complaint>(body) else { return String::new() };
    let worst = said.issue.iter().position(|issue| !issue.is_mild()).unwrap_or_default();
    let issue = said.issue.into_iter().nth(worst);
    let issue = issue.and_then(|issue| issue.details.and_then(|details| details.text).or(issue.diagnostics));
    let said = said.message.or(said.detail).or(said.title).or(issue).unwrap_or_default();
    let line = said.split(|letter: char| letter.is_control() || letter.is_whitespace());
    let line = line.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    line.chars().take(MOST_COMPLAINT).collect()
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
            (
                200,
                r#"{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201 Created"}}]}"#,
                Ok(()),
            ),
            (
                200,
                r#"{"resourceType":"Bundle","type":"transaction-response","entry":[{"response":{"status":"201"}},{"response":{"status":"400"}}]}"#,
                Err(SendFailure::Unclear),
            ),
            (
                200,
                r#"{"resourceType":"Bundle","type":"transaction-response","entry":[]}"#,
                Err(SendFailure::Unclear),
            ),
            (
                200,
                r#"{"resourceType":"Bundle","type":"searchset","entry":[{"response":{"status":"200"}}]}"#,
                Err(SendFailure::Unclear),
            ),
            (
                201,
                r#"{"resourceType":"OperationOutcome","issue":[{"severity":"information","code":"informational"},{"severity":"warning","code":"processing"}]}"#,
                Ok(()),
            ),
            (
                200,
                r#"{"resourceType":"OperationOutcome","issue":[{"severity":"warning","diagnostics":"Mild"},{"severity":"error","diagnostics":"No subject"}]}"#,
                Err(SendFailure::Mistaken("No subject".to_owned())),
            ),
            (200, r#"{"resourceType":"OperationOutcome","issue":[]}"#, Err(SendFailure::Unclear)),
            (302, "", Err(SendFailure::Redirected)),
            (401, "", Err(SendFailure::NotAllowed)),
            (404, "", Err(SendFailure::NotThere)),
            (413, "", Err(SendFailure::TooLarge)),
            (418, "", Err(SendFailure::Refused(418))),
            (500, r#"{"reference":"K7Q-4MD"}"#, Err(SendFailure::Broken(500))),
            (0, "", Err(SendFailure::Refused(0))),
        ];
        for (status, body, expected) in table {
            let reply = Reply { status, body: body.to_owned(), retry_after: None };
            assert_eq!(confirm(&reply, "K7Q-4MD"), expected, "{status} {body}");
        }
        let busy = Reply { status: 429, retry_after: Some(7), ..Reply::default() };
        assert_eq!(confirm(&busy, "K7Q-4MD"), Err(SendFailure::Busy(Some(7))));
    }

    #[test]
    fn the_words_of_the_clinics_system_are_one_short_line() {
        let said = |body: &str| match confirm(
            &Reply { status: 400, body: body.to_owned(), retry_after: None },
            "",
        ) {
            Err(SendFailure::Mistaken(said)) => said,
            other => panic!("{other:?}"),
        };
        assert_eq!(said(r#"{"message": " Phone\n is \u0007 missing "}"#), "Phone is missing");
        assert_eq!(said(r#"{"title": "Bad", "detail": "No phone"}"#), "No phone");
        let outcome =
            |issue: &str| said(&format!(r#"{{"resourceType":"OperationOutcome","issue":[{issue}]}}"#));
        assert_eq!(outcome(r#"{"severity":"error","code":"invalid","diagnostics":"No\nphone"}"#), "No phone");
        assert_eq!(
            outcome(r#"{"severity":"fatal","details":{"text":"No phone"},"diagnostics":"at line 7"}"#),
            "No phone"
        );
        assert_eq!(outcome(r#"{"severity":"error","code":"invalid"}"#), "");
        assert_eq!(said("<h1>Bad request</h1>"), "");
        assert_eq!(said(&format!(r#"{{"message": "{}"}}"#, "é".repeat(999))).chars().count(), MOST_COMPLAINT);
    }
}
