//! Many hand-offs to the reference receiver over a line that fails in every way: none is lost and none is doubled.
//!
//! The engine decides and Node answers; between them is a client that breaks the line as the dice say. Nothing sleeps: a
//! wait is over at once, and its length is only added up. `SOAK` says how many (500 if it does not), `SOAK_SEED` which.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, Command, Stdio};

use anteroom::engine::guide::Guide;
use anteroom::engine::handoff::delivery::{Heard, Sending, Step};
use anteroom::engine::handoff::packet::{Consent, Weekday};
use anteroom::engine::handoff::send::{Reply, SendFailure, SendRequest};
use anteroom::engine::screening::answer::Answers;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::result;
use anteroom::engine::session::{ContactField, Effect, Message, Moment, Screen, Session, Wish, open, update};

#[path = "../support/mod.rs"]
mod support;

use support::{Folder, all_clear, any_answer};

/// Random bits from a seed (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }
}

/// What the line does to one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    None,
    /// The request never gets there.
    DropBefore,
    /// Half of it gets there.
    DropWithin,
    /// It is filed, and the answer is lost.
    DropAfter,
    /// It is filed, and the answer takes too long.
    Slow,
    /// Something in front of the receiver is broken.
    BrokenBefore,
    /// It is filed, and something behind is broken.
    BrokenAfter,
    /// The receiver wants no more just now.
    Busy,
    /// The line delivers it twice.
    Twice,
    /// It is filed, and somebody else answers.
    Nonsense,
    /// It comes in small pieces.
    Pieces,
}

const FAULTS: [Fault; 11] = [
    Fault::None,
    Fault::DropBefore,
    Fault::DropWithin,
    Fault::DropAfter,
    Fault::Slow,
    Fault::BrokenBefore,
    Fault::BrokenAfter,
    Fault::Busy,
    Fault::Twice,
    Fault::Nonsense,
    Fault::Pieces,
];

/// The reference receiver, in Node. It ends with this program.
struct Receiver {
    child: Child,
    port: u16,
}

impl Receiver {
    fn start() -> Self {
        let mut child = Command::new("node")
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/receiver/soak.mjs"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is needed; run scripts/tools.sh test");
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let port = line.trim().parse().expect("the receiver starts; run scripts/tools.sh test");
        Self { child, port }
    }

    /// One exchange on a connection of its own; none if the line broke.
    fn exchange(&self, head: &str, body: &str, cut: Option<usize>, pieces: usize) -> Option<Reply> {
        let mut line = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        let head =
            format!("{head}\r\nHost: clinic\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
        let whole = head + body;
        let bytes = &whole.as_bytes()[..cut.unwrap_or(whole.len())];
        for piece in bytes.chunks(bytes.len().div_ceil(pieces).max(1)) {
            line.write_all(piece).ok()?;
        }
        if cut.is_some() {
            line.shutdown(Shutdown::Write).ok()?;
        }
        let mut answer = String::new();
        line.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        let status = head.split_whitespace().nth(1)?.parse().ok()?;
        let chunked = head.to_lowercase().contains("transfer-encoding: chunked");
        let body = if chunked { unchunked(body) } else { body.to_owned() };
        Some(Reply { status, body, retry_after: None })
    }

    fn post(&self, request: &SendRequest, cut: bool, pieces: usize) -> Option<Reply> {
        let head = format!(
            "POST / HTTP/1.1\r\nContent-Type: {}\r\nIdempotency-Key: {}",
            request.content_type, request.idempotency_key
        );
        self.exchange(&head, &request.body, cut.then_some(request.body.len() / 2), pieces)
    }

    fn told(&self) -> serde_json::Value {
        let reply = self.exchange("GET / HTTP/1.1", "", None, 1).unwrap();
        serde_json::from_str(&reply.body).unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn unchunked(body: &str) -> String {
    let mut rest = body;
    let mut whole = String::new();
    while let Some((size, more)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        whole += &more[..size];
        rest = more.get(size + 2..).unwrap_or("");
    }
    whole
}

/// Tries a request over the faulty line; gives what the browser would tell.
fn tries(receiver: &Receiver, ticket: u64, request: &SendRequest, fault: Fault, dice: &mut Dice) -> Heard {
    let reply = |status, body: &str, retry_after| {
        Heard::Replied(ticket, Reply { status, body: body.to_owned(), retry_after })
    };
    let or_cut = |answer: Option<Reply>| match answer {
        Some(reply) => Heard::Replied(ticket, reply),
        None => Heard::Failed(ticket, SendFailure::CutOff),
    };
    match fault {
        Fault::None => or_cut(receiver.post(request, false, 1)),
        Fault::Pieces => or_cut(receiver.post(request, false, 9)),
        Fault::DropBefore => Heard::Failed(ticket, SendFailure::Unreachable),
        Fault::DropWithin => {
            receiver.post(request, true, 1);
            Heard::Failed(ticket, SendFailure::CutOff)
        }
        Fault::DropAfter => {
            receiver.post(request, false, 1);
            Heard::Failed(ticket, SendFailure::CutOff)
        }
        Fault::Slow => {
            receiver.post(request, false, 1);
            Heard::Failed(ticket, SendFailure::TimedOut)
        }
        Fault::BrokenBefore => reply(502, "<h1>Bad gateway</h1>", None),
        Fault::BrokenAfter => {
            receiver.post(request, false, 1);
            reply(500, "", None)
        }
        Fault::Busy => reply(429, "", u32::try_from(dice.below(120)).ok()),
        Fault::Twice => {
            receiver.post(request, false, 1);
            or_cut(receiver.post(request, false, 1))
        }
        Fault::Nonsense => {
            receiver.post(request, false, 1);
            reply(200, "<!DOCTYPE html><title>Welcome</title>", None)
        }
    }
}

/// Answers with which a request can be handed over: random, but for those that ask for help at once.
fn some_answers(guide: &Guide, clear: &Answers, dice: &mut Dice) -> Answers {
    let mut answers = Answers::default();
    for question in &guide.questions {
        answers.set(question.id.clone(), any_answer(question, dice.roll()));
    }
    for _ in 0..guide.questions.len() {
        let outcome = result(guide, &answers);
        if !matches!(outcome.level, Level::GetHelp | Level::Incomplete) {
            break;
        }
        let worst = outcome.reasons.iter().find(|reason| reason.level == Level::GetHelp);
        let open = worst.map_or(&outcome.unanswered, |reason| &reason.answers);
        for question in open.clone() {
            answers.set(question.clone(), clear.get(&question).unwrap().clone());
        }
    }
    answers
}

/// One person with the session that the widget would have.
struct Person {
    session: Session,
    effects: Vec<Effect>,
}

impl Person {
    fn does(&mut self, message: Message, dice: &mut Dice) {
        let bits = (u128::from(dice.roll()) << 64) | u128::from(dice.roll());
        let moment = Moment { now: "2026-12-01T10:00:00Z".to_owned(), dice: bits, today: None };
        (self.session, self.effects) = update(std::mem::take(&mut self.session), message, &moment);
    }

    fn steps(&mut self) -> Vec<Step> {
        let steps = std::mem::take(&mut self.effects).into_iter();
        steps
            .filter_map(|effect| match effect {
                Effect::Deliver(step) => Some(step),
                _ => None,
            })
            .collect()
    }
}

#[test]
fn no_hand_off_is_lost_and_none_is_doubled() {
    let setting = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (many, seed) = (setting("SOAK").unwrap_or(500), setting("SOAK_SEED").unwrap_or(2026));
    let folder = Folder::shipped().replaced(
        "settings.toml",
        "endpoint = \"\"",
        "endpoint = \"https://clinic.example/requests\"",
    );
    let (session, _) = open(Wish::default());
    let mut first = Person { session, effects: Vec::new() };
    let mut dice = Dice(seed);
    first.does(Message::FilesArrived(folder.sources), &mut dice);
    let clear = all_clear(&first.session.guide);
    let guide = first.session.guide.clone();
    let receiver = Receiver::start();

    let mut confirmed: BTreeMap<String, String> = BTreeMap::new();
    let mut faults: BTreeMap<Fault, u64> = BTreeMap::new();
    let (mut posts, mut waited_ms, mut presses) = (0_u64, 0_u64, 0_u64);
    for number in 0..many {
        let mut person = Person { session: first.session.clone(), effects: Vec::new() };
        person.session.answers = some_answers(&guide, &clear, &mut dice);
        let answers = person.session.answers.clone();
        person.does(Message::PressedShare, &mut dice);
        assert_eq!(person.session.screen, Screen::Share, "hand-off {number}");
        for question in &guide.questions {
            if dice.below(3) == 0 {
                person.does(Message::ToggledShared(question.id.clone()), &mut dice);
            }
        }
        for reason in person.session.outcome().reasons {
            if dice.below(6) == 0 {
                person.does(Message::ToggledReason(reason.rule), &mut dice);
            }
        }
        person.does(Message::PressedContinue, &mut dice);
        let typed = format!("Sam\u{2028} \"Ünï\" <{number}>");
        person.does(Message::TypedContact(ContactField::Name, typed), &mut dice);
        person.does(Message::TypedContact(ContactField::Phone, "+1 555 010 0101".to_owned()), &mut dice);
        if dice.below(2) == 0 {
            person.does(Message::ToggledDay(Weekday::ALL[dice.below(7) as usize]), &mut dice);
        }
        person.does(Message::PressedContinue, &mut dice);
        person.does(Message::ToggledConsent(Consent::ShareAnswers), &mut dice);
        let shown = person.session.packet().unwrap().to_json();

        let mut under_way = 0;
        let mut steps = Vec::new();
        while person.session.delivery.sending != Sending::Received {
            assert!(presses < many * 50, "it never arrives");
            if steps.is_empty() {
                presses += 1;
                person.does(Message::PressedSend, &mut dice);
                steps = person.steps();
            }
            for step in std::mem::take(&mut steps) {
                let heard = match step {
                    Step::Send(ticket, request) => {
                        under_way += 1;
                        assert_eq!(under_way, 1, "two at a time");
                        assert_eq!(request.body, shown, "the preview is the payload");
                        let fault = FAULTS[dice.below(FAULTS.len() as u64) as usize];
                        *faults.entry(fault).or_default() += 1;
                        posts += 1;
                        confirmed.insert(person.session.reference(), request.idempotency_key.clone());
                        let heard = tries(&receiver, ticket, &request, fault, &mut dice);
                        under_way -= 1;
                        heard
                    }
                    Step::Wait(ticket, ms) => {
                        assert!(ms <= 62_000, "{ms}");
                        waited_ms += u64::from(ms);
                        Heard::Waited(ticket)
                    }
                    Step::Stop => continue,
                };
                person.does(Message::Delivery(heard.clone()), &mut dice);
                steps.extend(person.steps());
                // The browser never tells twice; a second time must change nothing.
                let before = person.session.clone();
                person.does(Message::Delivery(heard), &mut dice);
                assert_eq!(person.steps(), []);
                assert_eq!(person.session.delivery, before.delivery);
            }
            assert_eq!(person.session.answers, answers, "the answers stay");
        }
        assert_eq!(person.session.screen, Screen::Receipt);
    }

    let told = receiver.told();
    assert_eq!(told["wrong"], serde_json::json!([]), "judged by the published schema and description");
    let filed = told["filed"].as_array().unwrap();
    let by_reference: BTreeMap<String, String> = filed
        .iter()
        .map(|one| (one["reference"].as_str().unwrap().to_owned(), one["key"].as_str().unwrap().to_owned()))
        .collect();
    assert_eq!(filed.len() as u64, many, "one filing for each hand-off");
    assert_eq!(by_reference, confirmed, "none is lost and none is doubled");
    println!("hand-offs {many}, filed {}, seed {seed}", filed.len());
    println!("tries {posts}, requests at the receiver {}, presses of Send {presses}", told["posts"]);
    println!("waits: {} minutes, passed over", waited_ms / 60_000);
    for (fault, times) in faults {
        println!("  {fault:?}: {times}");
    }
}
