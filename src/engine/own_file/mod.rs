//! The person's own file: what they answered and wrote, kept where they choose, opened again another day.
//!
//! [`to_json`] and [`read`] are inverses. What a file holds and this guide cannot use is kept beside the rest and
//! written back, so that no saving loses anything. The answers about today's danger are never in it: they are about
//! now, and are asked afresh each time.

mod state;
mod visits;

pub(in crate::engine) use state::has_something;
pub use state::{ASK_HEADING, Opened, OwnFileMessage, State, UNLOCK_FIELD, Waiting, update};
pub use visits::{OwnVisit, OwnVisits};

use serde_json::error::Category;
use serde_json::{Map, Value, json};

use crate::engine::aftercare::journal::{Day, MOST_DAYS};
use crate::engine::guide::Guide;
use crate::engine::guide::reader::Date;
use crate::engine::handoff::packet;
use crate::engine::ids::{Lang, QuestionId};
use crate::engine::screening::answer::{Answers, Strict, read_answer};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Choice, Question};

/// The name of the format.
pub const FORMAT: &str = "anteroom-own-file";

/// The version that is written. A file of a later one is read as far as it is understood.
///
/// Version 1 had one appointment and one list of ticks; version 2 has each visit with its own.
pub const VERSION: u64 = 2;

/// The most bytes that are read. A year of notes every day comes to a tenth of it.
pub const MOST_BYTES: usize = 2_000_000;

/// The name of the file that is saved.
pub const FILE_NAME: &str = "my-anteroom-file.json";

/// The name of the file that is saved with a passphrase.
pub const LOCKED_FILE_NAME: &str = "my-anteroom-file.jwe";

/// Everything that is in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnFile {
    /// When it was saved, as an RFC 3339 time in UTC; empty if the file does not say.
    pub saved: String,
    /// The clinic whose guide was answered; empty if the file does not say.
    pub clinic: String,
    /// The guide's version when it was saved.
    pub guide_version: String,
    /// What the questions were when it was saved; see [`questions_version`].
    pub questions_version: String,
    /// The language in use; none if the file does not say.
    pub language: Option<Lang>,
    /// The answers that this guide can use.
    pub answers: Answers,
    /// The answers as they were before a re-check, if there was one.
    pub before: Option<Before>,
    /// The journal, by day.
    pub journal: Vec<Day>,
    /// The visits of the plan, with what is ticked off for each.
    pub plan: OwnVisits,
    /// What the file holds and this guide cannot use.
    pub kept: Kept,
}

/// Answers as they were on an earlier day.
#[derive(Clone, Debug, PartialEq)]
pub struct Before {
    /// When they were saved, as an RFC 3339 time in UTC.
    pub saved: String,
    /// The answers.
    pub answers: Answers,
}

/// What a file holds and this guide cannot use. It goes back into the next file that is saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Keys that this version of the format does not know.
    pub more: Map<String, Value>,
    /// Answers to questions or with choices that are gone.
    pub answers: Map<String, Value>,
    /// Days of the journal that cannot be read.
    pub journal: Vec<Value>,
    /// Visits that cannot be read.
    pub visits: Vec<Value>,
}

/// Why a file cannot be opened at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser could not read it.
    Unreadable,
    /// There is nothing in it.
    Empty,
    /// It has more than [`MOST_BYTES`].
    TooBig,
    /// It ends in the middle.
    Cut,
    /// It is no JSON.
    NotJson,
    /// It is JSON of something else.
    Foreign,
    /// The passphrase does not fit, or the file was changed.
    WrongPassphrase,
    /// It is locked in a way that this browser or this guide cannot open.
    CannotUnlock,
    /// This browser cannot lock a file.
    CannotLock,
}

/// What the person should know about a file that was opened.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// It was saved by a later version of the guide; what is new in it is kept and not shown.
    Newer,
    /// It does not say which version it is of.
    Older,
    /// It is the packet for a clinic, which holds only what was shared.
    Packet,
    /// It was saved for another clinic, by its name.
    OtherClinic(String),
    /// The questions have changed since.
    QuestionsChanged,
    /// So many answers are to questions that are not asked here.
    Gone(usize),
    /// The answers to these questions do not fit any more.
    AskAgain(Vec<QuestionId>),
    /// So many days of the journal cannot be read.
    JournalUnread(usize),
    /// So many visits cannot be read.
    VisitsUnread(usize),
}

/// Whether a question is about danger right now: it can end the form, or opens help and cannot be made milder. Its answer is about this moment: it is never written into a file
/// (clinical-facts.md 2.2 A) and is asked afresh each time.
pub fn is_about_now(question: &Question) -> bool {
    let about_now = |choice: &Choice| choice.level == Level::GetHelp || (choice.crisis && choice.floor);
    question.choices().iter().any(about_now)
}

/// The answers that may be in a file.
pub fn keepable(guide: &Guide, answers: &Answers) -> Answers {
    let mut keepable = Answers::default();
    for (id, answer) in answers.iter() {
        if !guide.question(id).is_some_and(is_about_now) {
            keepable.set(id.clone(), answer.clone());
        }
    }
    keepable
}

/// Sixteen hexadecimal digits that change when a question, a choice or the level of one does; words change nothing.
pub fn questions_version(guide: &Guide) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    // Items of instruments come with files of their own, perhaps later.
    for question in guide.questions.iter().filter(|question| !guide.is_item(&question.id)) {
        take(question.id.as_str());
        take(question.kind.name());
        for choice in question.choices() {
            take(choice.id.as_str());
            take(choice.level.as_str());
        }
    }
    format!("{hash:016x}")
}

/// The file as JSON, indented for a reader.
///
/// Serialisation of plain data cannot fail; an empty object would be refused when it is opened.
pub fn to_json(guide: &Guide, file: &OwnFile) -> String {
    let both = |answers: &Answers, kept: &Map<String, Value>| {
        let mut all = kept.clone();
        if let Ok(Value::Object(answers)) = serde_json::to_value(keepable(guide, answers)) {
            all.extend(answers);
        }
        Value::Object(all)
    };
    let mut object = file.kept.more.clone();
    let mut put = |key: &str, value: Value| object.insert(key.to_owned(), value);
    put("format", FORMAT.into());
    put("version", VERSION.into());
    put("saved", file.saved.as_str().into());
    put("clinic", file.clinic.as_str().into());
    put("guide_version", file.guide_version.as_str().into());
    put("questions_version", file.questions_version.as_str().into());
    put("language", file.language.as_ref().map_or(Value::Null, |lang| lang.as_str().into()));
    put("answers", both(&file.answers, &file.kept.answers));
    if let Some(before) = &file.before {
        let answers = both(&before.answers, &Map::new());
        put("before", json!({ "saved": before.saved, "answers": answers }));
    }
    let days = file.journal.iter().map(Day::to_json).chain(file.kept.journal.iter().cloned());
    put("journal", days.collect());
    if file.plan != OwnVisits::default() || !file.kept.visits.is_empty() {
        put("plan", file.plan.to_json(&file.kept.visits));
    }
    serde_json::to_string_pretty(&Value::Object(object)).unwrap_or_else(|_| "{}".to_owned())
}

/// Whether a text is a file locked with a passphrase: a JWE in five parts.
pub fn is_locked(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("eyJ")
        && text.split('.').count() == 5
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}

/// Opens a file. `today` is held against the bounds of dates.
///
/// `Err` says why nothing can be made of it. What can not be used of a sound file is kept, and said in a remark.
pub fn read(guide: &Guide, text: &str, today: Option<Date>) -> Result<(OwnFile, Vec<Remark>), Trouble> {
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{feff}');
    if text.is_empty() {
        return Err(Trouble::Empty);
    }
    if text.len() > MOST_BYTES {
        return Err(Trouble::TooBig);
    }
    let object = match serde_json::from_str::<Strict>(text) {
        Ok(Strict(Value::Object(object))) => object,
        Ok(_) => return Err(Trouble::Foreign),
        Err(error) => {
            return Err(match error.classify() {
                Category::Eof => Trouble::Cut,
                Category::Data => Trouble::Foreign,
                Category::Syntax | Category::Io => Trouble::NotJson,
            });
        }
    };
    match object.get("format").and_then(Value::as_str) {
        Some(FORMAT) => Ok(read_own(guide, object, today)),
        Some(packet::FORMAT) => Ok(read_packet(guide, &object, today)),
        Some(_) | None => Err(Trouble::Foreign),
    }
}

/// Reads a file of our own format, taking what is known out of `object`; what is left is kept.
fn read_own(guide: &Guide, mut object: Map<String, Value>, today: Option<Date>) -> (OwnFile, Vec<Remark>) {
    let mut remarks = Vec::new();
    object.remove("format");
    match object.remove("version").and_then(|version| version.as_u64()) {
        Some(version) if version > VERSION => remarks.push(Remark::Newer),
        Some(1..=VERSION) => {}
        Some(_) | None => remarks.push(Remark::Older),
    }
    let mut file = OwnFile {
        saved: text_of(&mut object, "saved"),
        clinic: text_of(&mut object, "clinic"),
        guide_version: text_of(&mut object, "guide_version"),
        questions_version: text_of(&mut object, "questions_version"),
        language: Some(text_of(&mut object, "language"))
            .filter(|lang| !lang.is_empty())
            .map(|lang| Lang::from(lang.as_str())),
        ..OwnFile::default()
    };
    let known = guide.settings.clinic.name.as_str();
    if !file.clinic.is_empty() && !known.is_empty() && file.clinic != known {
        remarks.push(Remark::OtherClinic(file.clinic.clone()));
    }
    if !file.questions_version.is_empty() && file.questions_version != questions_version(guide) {
        remarks.push(Remark::QuestionsChanged);
    }
    let mut ask_again = Vec::new();
    if let Some(Value::Object(answers)) = object.get_mut("answers").map(Value::take) {
        object.remove("answers");
        (file.answers, file.kept.answers) = read_answers(guide, answers, today);
        ask_again = unfit(guide, &file.kept.answers);
    }
    let gone = file.kept.answers.len() - ask_again.len();
    if gone > 0 {
        remarks.push(Remark::Gone(gone));
    }
    if !ask_again.is_empty() {
        remarks.push(Remark::AskAgain(ask_again));
    }
    if let Some(Value::Object(mut before)) = object.remove("before") {
        let saved = text_of(&mut before, "saved");
        if let Some(Value::Object(answers)) = before.remove("answers") {
            let (answers, _) = read_answers(guide, answers, None);
            file.before = Some(Before { saved, answers });
        }
    }
    if let Some(Value::Array(days)) = object.get_mut("journal").map(Value::take) {
        object.remove("journal");
        for value in days {
            match Day::from_json(&value) {
                Some(day) if file.journal.len() < MOST_DAYS => put_day(&mut file.journal, day),
                Some(_) | None => file.kept.journal.push(value),
            }
        }
    }
    if !file.kept.journal.is_empty() {
        remarks.push(Remark::JournalUnread(file.kept.journal.len()));
    }
    (file.plan, file.kept.visits) = OwnVisits::take_from(&mut object);
    if !file.kept.visits.is_empty() {
        remarks.push(Remark::VisitsUnread(file.kept.visits.len()));
    }
    // What `get_mut` emptied and could not use says nothing.
    object.retain(|_, value| !value.is_null());
    file.kept.more = object;
    (file, remarks)
}

/// Reads the answers out of a packet for a clinic.
fn read_packet(guide: &Guide, object: &Map<String, Value>, today: Option<Date>) -> (OwnFile, Vec<Remark>) {
    let text = |key: &str| short(object.get(key).and_then(Value::as_str).unwrap_or_default());
    let shared = object.get("answers").and_then(Value::as_array).into_iter().flatten();
    let answers = shared.filter_map(|shared| {
        let question = shared.get("question")?.as_str()?;
        Some((question.to_owned(), shared.get("answer")?.clone()))
    });
    let (answers, kept) = read_answers(guide, answers.collect(), today);
    let mut remarks = vec![Remark::Packet];
    let ask_again = unfit(guide, &kept);
    if !ask_again.is_empty() {
        remarks.push(Remark::AskAgain(ask_again));
    }
    let file = OwnFile {
        saved: text("created"),
        clinic: text("clinic"),
        guide_version: text("guide_version"),
        answers,
        ..OwnFile::default()
    };
    (file, remarks)
}

/// The answers that the guide can use, and the others.
fn read_answers(
    guide: &Guide,
    answers: Map<String, Value>,
    today: Option<Date>,
) -> (Answers, Map<String, Value>) {
    let mut read = Answers::default();
    let mut kept = Map::new();
    for (id, value) in answers {
        match guide.question(&QuestionId::from(id.as_str())) {
            Some(question) if is_about_now(question) => {}
            Some(question) => match read_answer(question, &value, today) {
                Ok(answer) => read.set(question.id.clone(), answer),
                Err(_) => {
                    kept.insert(id, value);
                }
            },
            None => {
                kept.insert(id, value);
            }
        }
    }
    (read, kept)
}

/// The questions of the guide whose answers could not be used.
fn unfit(guide: &Guide, kept: &Map<String, Value>) -> Vec<QuestionId> {
    let asked = guide.questions.iter().map(|question| &question.id);
    asked.filter(|id| kept.contains_key(id.as_str())).cloned().collect()
}

/// Puts a day into a journal at its place; a day that is there already gives way.
pub fn put_day(journal: &mut Vec<Day>, day: Day) {
    match journal.binary_search_by_key(&day.date, |known| known.date) {
        Ok(place) => journal.get_mut(place).into_iter().for_each(|known| *known = day.clone()),
        Err(place) => journal.insert(place, day),
    }
}

fn text_of(object: &mut Map<String, Value>, key: &str) -> String {
    match object.remove(key) {
        Some(Value::String(text)) => short(&text),
        Some(_) | None => String::new(),
    }
}

/// A text about the file, cut where it is too long to be one.
fn short(text: &str) -> String {
    text.chars().take(200).collect()
}

/// One answer that is not what it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The question.
    pub question: QuestionId,
    /// The answer as it was, in words; empty if there was none.
    pub was: String,
    /// The answer as it is, in words; empty if there is none yet.
    pub is: String,
}

/// What has changed since, in the order of the questions. An answer that was not kept is no change.
pub fn changes(guide: &Guide, lang: &Lang, before: &Answers, now: &Answers) -> Vec<Change> {
    let words = guide.words_for(lang, now);
    let said = |question: &Question, answers: &Answers| {
        answers.get(&question.id).map_or_else(String::new, |answer| words.answer(question, answer))
    };
    let asked = guide.questions.iter().filter(|question| !is_about_now(question));
    asked
        .filter(|question| before.get(&question.id) != now.get(&question.id))
        .map(|question| Change {
            question: question.id.clone(),
            was: said(question, before),
            is: said(question, now),
        })
        .collect()
}

/// The answers without those that may be others by the next visit, so that these are asked again.
pub fn without_changeable(guide: &Guide, answers: &Answers) -> Answers {
    let mut left = Answers::default();
    for (id, answer) in answers.iter() {
        if guide.question(id).is_some_and(|question| !question.changes && !is_about_now(question)) {
            left.set(id.clone(), answer.clone());
        }
    }
    left
}
