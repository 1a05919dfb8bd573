//! What a session knows of the person's own file, and what happens when it is opened or saved.

use crate::engine::aftercare::journal::Day;
use crate::engine::own_file::{
    Before, FILE_NAME, Kept, LOCKED_FILE_NAME, OwnFile, Remark, Trouble, is_locked, keepable,
    questions_version, read, read_answers, to_json, without_changeable,
};
use crate::engine::plan::state as plan;
use crate::engine::session::{Effect, Moment, Screen, Session, Target, replace_answers, show};

/// What a session knows of the person's own file, beyond the answers and the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The journal, by day.
    pub journal: Vec<Day>,
    /// The answers as they were, once a file was opened.
    pub before: Option<Before>,
    /// What the file held that this guide cannot use.
    pub kept: Kept,
    /// What is to be said of the file that was opened last.
    pub opened: Option<Opened>,
    /// What must happen before a file can be opened.
    pub waiting: Option<Waiting>,
    /// Why the last file could not be opened.
    pub trouble: Option<Trouble>,
    /// The passphrase that is typed, to open or to save.
    pub passphrase: String,
}

/// A file that was opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    /// When it was saved, as an RFC 3339 time in UTC; empty if it does not say.
    pub saved: String,
    /// How many answers it held that can be used.
    pub answers: usize,
    /// How many days of the journal.
    pub days: usize,
    /// How many visits.
    pub visits: usize,
    /// What the person should know.
    pub remarks: Vec<Remark>,
}

/// A file that is not opened yet.
#[derive(Clone, Debug, PartialEq)]
pub enum Waiting {
    /// It is locked.
    Locked(String),
    /// There is something here that it would replace.
    Asks(Box<OwnFile>, Vec<Remark>),
}

/// What happened around the file.
#[derive(Clone, Debug, PartialEq)]
pub enum OwnFileMessage {
    /// The screen was opened.
    OpenedScreen,
    /// A file was chosen in the field of this id.
    ChoseFile(String),
    /// The browser read it, or could not.
    FileRead(Result<String, Trouble>),
    /// Something was typed as the passphrase.
    TypedPassphrase(String),
    /// The locked file is to be opened with the passphrase.
    PressedUnlock,
    /// The browser opened the lock, or could not.
    Unlocked(Result<String, Trouble>),
    /// The file is to replace what is here.
    PressedReplace,
    /// What is here stays, and the file is not opened.
    PressedKeep,
    /// The file is to be saved.
    PressedSave,
    /// The browser cannot lock.
    LockRefused,
    /// The way on with the questions was taken.
    PressedGoOn,
    /// Only what can change is to be asked again.
    PressedAskAgain,
}

/// What follows.
pub fn update(session: &mut Session, message: OwnFileMessage, moment: &Moment, effects: &mut Vec<Effect>) {
    match message {
        OwnFileMessage::OpenedScreen => {
            session.own.trouble = None;
            show(session, Screen::OwnFile, effects);
        }
        OwnFileMessage::ChoseFile(field) => effects.push(Effect::ReadFile(field)),
        OwnFileMessage::FileRead(Ok(text)) if is_locked(&text) => {
            session.own = State {
                waiting: Some(Waiting::Locked(text)),
                trouble: None,
                passphrase: String::new(),
                ..std::mem::take(&mut session.own)
            };
            effects.push(Effect::Focus(Target::Field(UNLOCK_FIELD.to_owned())));
        }
        OwnFileMessage::FileRead(text) | OwnFileMessage::Unlocked(text) => {
            let opened = text.and_then(|text| read(&session.guide, &text, session.today));
            match opened {
                Ok((file, remarks)) if has_something(session) => {
                    session.own.trouble = None;
                    session.own.waiting = Some(Waiting::Asks(Box::new(file), remarks));
                    effects.push(Effect::Focus(Target::Field(ASK_HEADING.to_owned())));
                }
                Ok((file, remarks)) => take(session, file, remarks, effects),
                Err(trouble) => {
                    session.own.trouble = Some(trouble);
                    effects.push(Effect::Focus(Target::Notice));
                }
            }
        }
        OwnFileMessage::TypedPassphrase(typed) => session.own.passphrase = typed,
        OwnFileMessage::PressedUnlock => {
            if let Some(Waiting::Locked(text)) = &session.own.waiting {
                effects
                    .push(Effect::Unlock { text: text.clone(), passphrase: session.own.passphrase.clone() });
            }
        }
        OwnFileMessage::PressedReplace => {
            if let Some(Waiting::Asks(file, remarks)) = session.own.waiting.take() {
                take(session, *file, remarks, effects);
            }
        }
        OwnFileMessage::PressedKeep => {
            session.own.waiting = None;
            session.own.passphrase = String::new();
            effects.push(Effect::Focus(Target::Heading));
        }
        OwnFileMessage::PressedSave => {
            let text = session.own_file_json(&moment.now);
            let passphrase = std::mem::take(&mut session.own.passphrase);
            effects.push(if passphrase.is_empty() {
                Effect::SaveFile { name: FILE_NAME.to_owned(), text }
            } else {
                Effect::SaveLocked { name: LOCKED_FILE_NAME.to_owned(), text, passphrase }
            });
        }
        OwnFileMessage::LockRefused => {
            session.own.trouble = Some(Trouble::CannotLock);
            effects.push(Effect::Focus(Target::Notice));
        }
        OwnFileMessage::PressedGoOn => go_on(session, effects),
        OwnFileMessage::PressedAskAgain => {
            let left = without_changeable(&session.guide, &session.answers);
            if session.own.before.is_none() {
                let answers = keepable(&session.guide, &session.answers);
                session.own.before = Some(Before { saved: moment.now.clone(), answers });
            }
            replace_answers(session, left);
            go_on(session, effects);
        }
    }
}

/// The id of the field for the passphrase of a locked file.
pub const UNLOCK_FIELD: &str = "own-file-unlock";

/// The id of the heading of the question whether a file replaces what is here.
pub const ASK_HEADING: &str = "own-file-ask";

/// Whether opening a file would replace anything.
fn has_something(session: &Session) -> bool {
    !session.answers.is_empty() || !session.own.journal.is_empty() || session.plan.has_something_to_lose()
}

/// Takes a file into use in place of what is here.
fn take(session: &mut Session, file: OwnFile, remarks: Vec<Remark>, effects: &mut Vec<Effect>) {
    let whole =
        |before: &Before| before.answers.iter().all(|(question, _)| file.answers.get(question).is_some());
    // What changes from now on is held against the file; if that was saved in the middle of a re-check, against what
    // the re-check itself is held against.
    let before = match file.before {
        Some(before) if !whole(&before) => before,
        Some(_) | None => Before { saved: file.saved.clone(), answers: file.answers.clone() },
    };
    session.own = State {
        opened: Some(Opened {
            saved: file.saved.clone(),
            answers: file.answers.len(),
            days: file.journal.len(),
            visits: file.plan.visits.len(),
            remarks,
        }),
        journal: file.journal,
        before: Some(before),
        kept: file.kept,
        ..State::default()
    };
    replace_answers(session, file.answers);
    plan::resume(session, file.plan, effects);
    effects.push(Effect::Focus(Target::Notice));
}

/// To the first question that has no answer, past all that have one; to the review if there is none.
fn go_on(session: &mut Session, effects: &mut Vec<Effect>) {
    let next = session.journey().next;
    let screen = next.map_or(Screen::Review, Screen::Question);
    show(session, screen, effects);
    session.changing = matches!(session.screen, Screen::Question(_));
}

impl Session {
    /// The person's own file as it would be saved now, an RFC 3339 time in UTC.
    pub fn own_file_json(&self, now: &str) -> String {
        let own = &self.own;
        let file = OwnFile {
            saved: now.to_owned(),
            clinic: self.guide.settings.clinic.name.clone(),
            guide_version: self.guide.version.clone(),
            questions_version: questions_version(&self.guide),
            language: Some(self.lang().clone()),
            answers: self.answers.clone(),
            before: own.before.clone(),
            journal: own.journal.clone(),
            plan: self.plan.own_visits(&self.guide.settings.clinic.zone),
            kept: own.kept.clone(),
        };
        to_json(&self.guide, &file)
    }

    /// Answers of an opened file to questions whose files came only after it.
    pub(in crate::engine) fn take_kept_answers(&mut self) {
        if self.own.kept.answers.is_empty() {
            return;
        }
        let (read, kept) = read_answers(&self.guide, std::mem::take(&mut self.own.kept.answers), self.today);
        self.own.kept.answers = kept;
        for (question, answer) in read.iter() {
            if self.answers.get(question).is_none() {
                self.answers.set(question.clone(), answer.clone());
            }
        }
    }
}
