//! How much of the widget is there. A phone loads first what it takes to ask the questions and to help; the rest comes in
//! a second file while somebody reads the first question. What needs the rest waits for it here, and nothing is lost.

use crate::engine::guide;
use crate::engine::guide::words::Say;
use crate::engine::keep::KeepEffect;
use crate::engine::session::{Effect, Message, Moment, Session, Target, send_only_to_the_clinic, update};

/// How much of the widget is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// The first part. What waits for the rest is done when that comes.
    First(Waiting),
}

/// What waits for the rest of the widget.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waiting {
    /// What happened that needs the rest, in order.
    messages: Vec<Message>,
    /// Whether a person waits: something was pressed that needs the rest.
    pub wanted: bool,
    /// Whether the rest could not be loaded.
    pub failed: bool,
}

/// What happened around the second file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartMessage {
    /// It is there.
    Came,
    /// It could not be loaded.
    Failed,
    /// It is to be tried again.
    PressedAgain,
}

/// What waits; none if everything is there.
fn waiting(session: &mut Session) -> Option<&mut Waiting> {
    match &mut session.part {
        Part::Whole => None,
        Part::First(waiting) => Some(waiting),
    }
}

/// Keeps a message for when the rest has come.
pub(in crate::engine) fn keep(session: &mut Session, message: Message, effects: &mut Vec<Effect>) {
    let pressed = !matches!(message, Message::FilesArrived(_));
    let words = session.words().say(Say::CommonLoading).to_owned();
    let Some(waiting) = waiting(session) else { return };
    if pressed && waiting.wanted {
        // Whoever presses something else while one thing is on its way means the last.
        waiting.messages.retain(|message| matches!(message, Message::FilesArrived(_)));
    }
    waiting.messages.push(message);
    if !pressed {
        return;
    }
    waiting.wanted = true;
    waiting.failed = false;
    effects.push(Effect::LoadPart);
    effects.push(Effect::Announce(words));
    effects.push(Effect::Focus(Target::Heading));
}

/// Nobody waits any more: what was pressed is forgotten, and files are kept.
pub(in crate::engine) fn wait_no_more(session: &mut Session) {
    if let Some(waiting) = waiting(session) {
        waiting.wanted = false;
        waiting.messages.retain(|message| matches!(message, Message::FilesArrived(_)));
    }
}

/// What follows before the rest is there.
pub(in crate::engine) fn before(session: &mut Session, message: PartMessage, effects: &mut Vec<Effect>) {
    let screen_waits = session.waits_for_part();
    let Some(waiting) = waiting(session) else { return };
    match message {
        PartMessage::Came => {}
        PartMessage::Failed => {
            waiting.failed = true;
            if screen_waits {
                effects.push(Effect::Focus(Target::Heading));
            }
        }
        PartMessage::PressedAgain => {
            waiting.failed = false;
            effects.push(Effect::LoadPart);
            effects.push(Effect::Focus(Target::Heading));
        }
    }
}

/// The rest came: what waited happens now, in its order.
pub(in crate::engine) fn after(
    session: &mut Session,
    message: PartMessage,
    moment: &Moment,
    effects: &mut Vec<Effect>,
) {
    if message != PartMessage::Came {
        return;
    }
    let Part::First(waiting) = std::mem::take(&mut session.part) else { return };
    #[cfg(in_parts)]
    crate::engine::guide::words::all_came();
    effects.push(Effect::Keep(KeepEffect::Look));
    let was_ready = session.ready;
    // What has come already was read for the questions alone, and not checked as a whole.
    let (mut files, mut pages, mut pressed) = (Vec::new(), Vec::new(), Vec::new());
    for message in waiting.messages {
        match message {
            Message::FilesArrived(come) => {
                let (page, other): (Vec<_>, Vec<_>) =
                    come.into_iter().partition(|file| guide::is_page(&file.path));
                files.extend(other);
                pages.extend(page);
            }
            other => pressed.push(other),
        }
    }
    let pages = Some(pages).filter(|pages| !pages.is_empty());
    let messages =
        [Message::FilesArrived(files)].into_iter().chain(pages.map(Message::FilesArrived)).chain(pressed);
    for message in messages {
        let (next, more) = update(std::mem::take(session), message, moment);
        *session = next;
        effects.extend(more);
    }
    if was_ready {
        effects.push(send_only_to_the_clinic(session));
    }
}
