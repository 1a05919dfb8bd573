//! What a person keeps on this device: their own file, sealed with a passphrase, in the storage of this browser.
//!
//! The only thing that the widget ever stores (docs/decisions/0018-keep-on-device.md). It happens on the full page alone,
//! where the clinic allows it, and when the person presses the button; the browser does the storing and tells what
//! became of it. What is there already can always be opened and wiped, whatever the settings say now.

use std::sync::Arc;

use crate::engine::guide::words::Say;
use crate::engine::own_file::{self, OwnFile, OwnFileMessage, is_locked};
use crate::engine::part::Part;
use crate::engine::session::{Effect, Moment, Screen, Session, Target, show};

/// The name under which it stands in the browser's storage.
pub const KEY: &str = "anteroom-kept";
/// The fewest letters of a passphrase. Other pages of the same address can copy what is stored and try
/// passphrases for as long as they like.
pub const FEWEST_LETTERS: usize = 12;
/// How many different letters it has at least.
const FEWEST_DIFFERENT: usize = 5;

/// The id of the field for the passphrase that opens.
pub const OPEN_FIELD: &str = "kept-open";
/// The id of the field for a new passphrase.
pub const NEW_FIELD: &str = "keep-new";
/// The id of the field for the same once more.
pub const AGAIN_FIELD: &str = "keep-again";
/// The id of the question whether it is to be wiped.
pub const WIPE_ASK: &str = "keep-wipe-ask";

/// What a session knows of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// The storage of this browser, as it was looked at last.
    pub store: Store,
    /// The passphrase that is typed, to open or to keep with.
    pub passphrase: String,
    /// The same once more.
    pub again: String,
    /// Whether the person asked to wipe it, and is asked back.
    pub asks_to_wipe: bool,
    /// What became of what was pressed last.
    pub said: Option<Said>,
    /// What is being sealed.
    sealing: Option<Kept>,
    /// The passphrase that is being tried.
    opening: Option<String>,
    /// What is kept, if this person opened it or put it there.
    kept: Option<Kept>,
}

/// The storage of this browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Store {
    /// It is not to be used: the page stands in a frame, or nobody has looked yet.
    #[default]
    Closed,
    /// The browser refuses it.
    Refused,
    /// It can be looked at.
    Open {
        /// What stands there; none if nothing does.
        there: Option<Arc<str>>,
        /// Whether this is a computer for everybody, so that nothing more is to be kept.
        many: bool,
    },
}

/// What this person keeps, as this session knows it.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    /// When, as an RFC 3339 time in UTC.
    at: String,
    /// What is in it, to tell whether something has changed.
    contents: String,
    /// What it is sealed with, so that it can be kept again without typing. In memory only.
    passphrase: String,
}

/// What became of what was pressed last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// It is kept.
    Kept,
    /// It is wiped.
    Wiped,
    /// It did not work.
    Trouble(Trouble),
}

/// Why it did not work. In each case nothing that was there is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The passphrase is too easy to find.
    Weak,
    /// The two passphrases differ.
    NotSame,
    /// This browser cannot seal.
    CannotSeal,
    /// This browser did not store it: it refuses, or there is no room.
    NotStored,
    /// Something else was kept here in the meantime, perhaps in another tab.
    Other,
    /// The passphrase does not fit, or what is kept was damaged.
    Passphrase,
    /// It is sealed in a way that this browser or this guide cannot open.
    CannotOpen,
    /// It opens, and holds nothing that this guide knows.
    NotOurs,
    /// The browser did not wipe it.
    NotWiped,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum KeepMessage {
    /// The browser looked.
    Looked(Store),
    /// Something was typed as the passphrase.
    TypedPassphrase(String),
    /// Something was typed as the passphrase once more.
    TypedAgain(String),
    /// It is to be kept.
    PressedKeep,
    /// The browser sealed it; none if it can not.
    Sealed(Option<Arc<str>>),
    /// The browser stored it, or could not.
    Stored(Result<Arc<str>, Trouble>),
    /// What is kept is to be opened.
    PressedOpen,
    /// The browser opened it, or could not.
    Opened(Result<String, own_file::Trouble>),
    /// What is kept is to be wiped.
    PressedWipe,
    /// It is to be wiped for good.
    PressedWipeForGood,
    /// It is not to be wiped after all.
    PressedLeaveIt,
    /// The browser wiped it, or could not.
    Wiped(bool),
}

/// What the browser must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeepEffect {
    /// Look what is kept, and answer with [`KeepMessage::Looked`].
    Look,
    /// Seal a text and answer with [`KeepMessage::Sealed`]. Nothing is stored yet.
    Seal {
        /// The text.
        text: String,
        /// The passphrase; never empty.
        passphrase: String,
    },
    /// Store a sealed text if `over` still stands there, and answer with [`KeepMessage::Stored`].
    Store {
        /// The sealed text.
        text: Arc<str>,
        /// What it takes the place of; none if nothing.
        over: Option<Arc<str>>,
    },
    /// Open a sealed text and answer with [`KeepMessage::Opened`].
    Open {
        /// The text.
        text: Arc<str>,
        /// The passphrase; never empty.
        passphrase: String,
    },
    /// Take it out of the storage and answer with [`KeepMessage::Wiped`].
    Wipe,
}

impl State {
    /// What stands in the storage.
    pub fn there(&self) -> Option<&Arc<str>> {
        match &self.store {
            Store::Open { there, .. } => there.as_ref(),
            Store::Closed | Store::Refused => None,
        }
    }

    /// Whether what stands there is something that a passphrase may open.
    pub fn can_be_opened(&self) -> bool {
        self.there().is_some_and(|text| is_locked(text))
    }

    /// When this person kept it last, as an RFC 3339 time in UTC; none if it was neither kept nor opened since the page
    /// was opened.
    pub fn kept_at(&self) -> Option<&str> {
        self.kept.as_ref().map(|kept| kept.at.as_str())
    }

    /// Whether something is being sealed or opened.
    pub fn is_busy(&self) -> bool {
        self.sealing.is_some() || self.opening.is_some()
    }

    /// Whether it holds anything of the person in memory.
    pub fn holds_something(&self) -> bool {
        self.kept.is_some() || !self.passphrase.is_empty() || self.is_busy()
    }

    /// The trouble, if there was one.
    pub fn trouble(&self) -> Option<Trouble> {
        match self.said {
            Some(Said::Trouble(trouble)) => Some(trouble),
            Some(Said::Kept | Said::Wiped) | None => None,
        }
    }

    /// What stays when everything of the person is forgotten: what stands in the storage, sealed.
    pub(in crate::engine) fn forgotten(&self) -> Self {
        Self { store: self.store.clone(), ..Self::default() }
    }
}

/// Whether the person may keep something here: the clinic allows it, the page was opened by itself, and this is no
/// computer for everybody.
pub fn is_offered(session: &Session) -> bool {
    session.guide.settings.keep_on_device.is_some()
        && match session.keep.store {
            Store::Closed => false,
            // Then it is said what to do instead.
            Store::Refused => true,
            Store::Open { many, .. } => !many,
        }
}

/// Whether there is anything to keep.
pub fn has_something(session: &Session) -> bool {
    own_file::has_something(session)
}

/// Whether what is kept is what would be kept now.
pub fn is_up_to_date(session: &Session) -> bool {
    session.keep.kept.as_ref().is_some_and(|kept| kept.contents == contents(session, session.own_file("")))
}

/// What is in a file, without when and by which guide it was saved.
fn contents(session: &Session, file: OwnFile) -> String {
    let bare = OwnFile {
        saved: String::new(),
        clinic: String::new(),
        guide_version: String::new(),
        questions_version: String::new(),
        language: None,
        before: None,
        ..file
    };
    own_file::to_json(&session.guide, &bare)
}

/// What follows.
pub fn update(session: &mut Session, message: KeepMessage, moment: &Moment, effects: &mut Vec<Effect>) {
    match message {
        KeepMessage::Looked(store) => {
            if session.keep.store != store {
                session.keep.kept = None;
            }
            session.keep.store = store;
        }
        KeepMessage::TypedPassphrase(typed) => session.keep.passphrase = typed,
        KeepMessage::TypedAgain(typed) => session.keep.again = typed,
        KeepMessage::PressedKeep => press_keep(session, &moment.now, effects),
        KeepMessage::Sealed(text) => {
            let over = session.keep.there().cloned();
            match (text, &session.keep.sealing) {
                // Somebody left or cleared everything in the meantime.
                (_, None) => {}
                (Some(text), Some(_)) => effects.push(Effect::Keep(KeepEffect::Store { text, over })),
                (None, Some(_)) => {
                    session.keep.sealing = None;
                    say(session, Said::Trouble(Trouble::CannotSeal), effects);
                }
            }
        }
        KeepMessage::Stored(stored) => {
            let sealed = session.keep.sealing.take();
            match stored {
                Ok(text) => {
                    session.keep.store = Store::Open { there: Some(text), many: false };
                    session.keep.kept = sealed;
                    session.keep.passphrase.clear();
                    session.keep.again.clear();
                    say(session, Said::Kept, effects);
                }
                Err(trouble) => {
                    if trouble == Trouble::Other {
                        effects.push(Effect::Keep(KeepEffect::Look));
                    }
                    say(session, Said::Trouble(trouble), effects);
                }
            }
        }
        KeepMessage::PressedOpen => press_open(session, effects),
        KeepMessage::Opened(opened) => {
            // Somebody left or cleared everything in the meantime: then nothing comes back.
            let Some(passphrase) = session.keep.opening.take() else { return };
            take_opened(session, opened, passphrase, moment, effects);
        }
        KeepMessage::PressedWipe => {
            session.keep.asks_to_wipe = true;
            effects.push(Effect::Focus(Target::Field(WIPE_ASK.to_owned())));
        }
        KeepMessage::PressedLeaveIt => {
            session.keep.asks_to_wipe = false;
            effects.push(Effect::Focus(Target::Heading));
        }
        KeepMessage::PressedWipeForGood => effects.push(Effect::Keep(KeepEffect::Wipe)),
        KeepMessage::Wiped(wiped) => {
            session.keep.asks_to_wipe = false;
            if wiped {
                if let Store::Open { there, .. } = &mut session.keep.store {
                    *there = None;
                }
                session.keep = session.keep.forgotten();
            }
            let said = if wiped { Said::Wiped } else { Said::Trouble(Trouble::NotWiped) };
            say(session, said, effects);
        }
    }
}

/// Says what became of it, in a notice that takes the focus.
fn say(session: &mut Session, said: Said, effects: &mut Vec<Effect>) {
    session.keep.said = Some(said);
    if !session.help_open {
        effects.push(Effect::Focus(Target::Notice));
    }
}

fn press_keep(session: &mut Session, now: &str, effects: &mut Vec<Effect>) {
    if !is_offered(session) || session.keep.is_busy() || !has_something(session) {
        return;
    }
    let keep = &session.keep;
    let passphrase = match &keep.kept {
        Some(kept) => kept.passphrase.clone(),
        None if is_weak(&keep.passphrase) => {
            return say(session, Said::Trouble(Trouble::Weak), effects);
        }
        None if keep.passphrase != keep.again => {
            return say(session, Said::Trouble(Trouble::NotSame), effects);
        }
        None => keep.passphrase.clone(),
    };
    let text = session.own_file_json(now);
    let contents = contents(session, session.own_file(""));
    session.keep.sealing = Some(Kept { at: now.to_owned(), contents, passphrase: passphrase.clone() });
    effects.push(Effect::Announce(session.words().say(Say::CommonLoading).to_owned()));
    effects.push(Effect::Keep(KeepEffect::Seal { text, passphrase }));
}

/// Whether a passphrase is one of the first that would be tried.
fn is_weak(passphrase: &str) -> bool {
    let mut letters: Vec<char> = passphrase.chars().collect();
    let all = letters.len();
    letters.sort_unstable();
    letters.dedup();
    all < FEWEST_LETTERS || letters.len() < FEWEST_DIFFERENT
}

fn press_open(session: &mut Session, effects: &mut Vec<Effect>) {
    if session.keep.is_busy() || !session.keep.can_be_opened() {
        return;
    }
    let Some(text) = session.keep.there().cloned() else { return };
    let passphrase = std::mem::take(&mut session.keep.passphrase);
    if passphrase.is_empty() {
        return say(session, Said::Trouble(Trouble::Passphrase), effects);
    }
    session.keep.opening = Some(passphrase.clone());
    effects.push(Effect::Announce(session.words().say(Say::CommonLoading).to_owned()));
    effects.push(Effect::Keep(KeepEffect::Open { text, passphrase }));
}

fn take_opened(
    session: &mut Session,
    opened: Result<String, own_file::Trouble>,
    passphrase: String,
    moment: &Moment,
    effects: &mut Vec<Effect>,
) {
    let trouble = match opened {
        Ok(text) => match own_file::read(&session.guide, &text, session.today) {
            Ok((file, _)) => {
                let at = file.saved.clone();
                session.keep.kept = Some(Kept { at, contents: contents(session, file), passphrase });
                show(session, Screen::OwnFile, effects);
                own_file::update(session, OwnFileMessage::Unlocked(Ok(text)), moment, effects);
                return;
            }
            Err(_) => Trouble::NotOurs,
        },
        Err(own_file::Trouble::WrongPassphrase) => Trouble::Passphrase,
        Err(_) => Trouble::CannotOpen,
    };
    say(session, Said::Trouble(trouble), effects);
}

/// What follows when the person leaves in a hurry: what is kept goes too, also if another tab put it there, or if there was
/// no time to look.
pub(in crate::engine) fn leave(session: &Session, effects: &mut Vec<Effect>) {
    if matches!(session.keep.store, Store::Open { .. }) || session.part != Part::Whole {
        effects.push(Effect::Keep(KeepEffect::Wipe));
    }
}
