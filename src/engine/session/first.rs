//! The session before the rest of the widget has come: the start page, the questions and help.
//!
//! Nothing in here may name what only the rest has (the result's screens, the plan, the hand-off, the pages): each such
//! name makes the first file bigger. What is not for the first part waits ([`crate::engine::part`]).

use super::files::files_arrived;
use super::help::open_help;
use super::language::choose_language;
use super::messages::today;
use super::questions::{answer, continue_from_question, keep_answer, press_start, toggle, type_field};
use super::screens::{go, press_back};
use super::{Effect, HostEvent, Message, Moment, Screen, Session, Target};
use crate::engine::calm::{self, CalmMessage};
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::Date;
use crate::engine::guide::source::Source;
use crate::engine::guide::words::Say;
use crate::engine::guide::{self, Guide};
use crate::engine::ids::{Lang, PageId};
use crate::engine::keep;
use crate::engine::part::{self, Part};
use crate::engine::problem::Problem;
use crate::engine::screening::answer::Answer;
use crate::engine::shared;

/// How much is made of files that come.
pub(super) trait Depth {
    /// Reads the guide.
    fn parse(sources: &[Source], today: Option<Date>) -> (Guide, Vec<Problem>);
    /// Takes a language into use.
    fn speak(session: &mut Session, lang: &Lang);
    /// Reads pages again that were read before, looks again for what is typed and kept, since the guide is another one.
    fn look_again(session: &mut Session, pages: Vec<PageId>);
}

/// What the first part knows of: the questions.
pub(super) struct First;

impl Depth for First {
    fn parse(sources: &[Source], today: Option<Date>) -> (Guide, Vec<Problem>) {
        guide::parse_first(sources, today)
    }

    /// Only instruments are not asked in each language, and they are not read yet.
    fn speak(_: &mut Session, _: &Lang) {}

    fn look_again(_: &mut Session, _: Vec<PageId>) {}
}

/// Whether the first part can show a screen.
fn can_show(screen: &Screen) -> bool {
    matches!(screen, Screen::Start | Screen::Question(_))
}

/// Whether these files are all of the first view, in whichever language.
fn are_first(files: &[Source]) -> bool {
    files.iter().all(|file| {
        let path = file.path.strip_prefix(CLINIC).unwrap_or(&file.path);
        let name = path.split_once('/').map_or(path, |(_, name)| name);
        matches!(name, "settings.toml" | "words.toml" | "screening.toml")
    })
}

/// What follows when something happened, as [`super::update`], for as long as only the first part is there: the same, or it
/// waits.
pub fn update_first(mut session: Session, message: Message, moment: &Moment) -> (Session, Vec<Effect>) {
    let mut effects = Vec::new();
    if !message.is_in_the_background() {
        session.shared.wiped = false;
    }
    session.today = today(moment).or(session.today);
    let shown = can_show(&session.screen);
    match message {
        Message::FilesArrived(files) if are_first(&files) => {
            files_arrived::<First>(&mut session, files, moment, &mut effects);
        }
        Message::ChoseLanguage(lang) => choose_language::<First>(&mut session, lang, &mut effects),
        Message::Part(message) => part::before(&mut session, message, &mut effects),
        Message::PressedBack if session.is_asked_to_wait() => {
            part::wait_no_more(&mut session);
            effects.push(Effect::Focus(Target::Heading));
        }
        Message::PressedBack => press_back(&mut session, &mut effects),
        Message::PressedContinue if shown => press_continue(&mut session, &mut effects),
        Message::FollowedError(field) => effects.push(Effect::Focus(Target::Field(field))),
        Message::Calm(CalmMessage::Switched) => {
            calm::update(&mut session, CalmMessage::Switched, &mut effects);
        }
        other => {
            if let Some(other) = alike(&mut session, other, &mut effects) {
                part::keep(&mut session, other, &mut effects);
            }
        }
    }
    (session, effects)
}

/// What both parts do alike, with the whole widget there or not: the questions, help, and the ways out. What it does not do comes back.
pub(super) fn alike(session: &mut Session, message: Message, effects: &mut Vec<Effect>) -> Option<Message> {
    match message {
        Message::PressedStart => press_start(session, effects),
        Message::PressedHome => {
            part::wait_no_more(session);
            go(session, Screen::Start, effects);
        }
        Message::ChoseOption(question, choice) => answer(session, question, Answer::One(choice), effects),
        Message::MovedToOption(question, choice) => {
            let asks_for_help = keep_answer(session, question, Answer::One(choice));
            session.help_offered = asks_for_help;
            if asks_for_help {
                effects.push(Effect::Announce(session.words().say(Say::HelpOffered).to_owned()));
            }
        }
        Message::ToggledOption(question, choice) => toggle(session, question, choice, effects),
        Message::TypedField(index, text) => type_field(session, index, text),
        Message::OpenedHelp => {
            open_help(session, effects);
            // Told only of a press: of a panel that an answer opened, the host page would learn the answer.
            effects.push(Effect::TellHost(HostEvent::HelpOpened));
        }
        Message::ClosedHelp => {
            session.help_open = false;
            effects.push(Effect::Focus(Target::Heading));
        }
        Message::Shared(what) => shared::happened(session, what, effects),
        Message::PressedClear => {
            part::wait_no_more(session);
            *session = session.forgotten();
            effects.push(Effect::Focus(Target::Heading));
            effects.push(Effect::Announce(session.words().say(Say::Cleared).to_owned()));
        }
        Message::PressedLeave => {
            *session = session.forgotten();
            keep::leave(session, effects);
            effects.push(Effect::Leave);
        }
        other => return Some(other),
    }
    None
}

fn press_continue(session: &mut Session, effects: &mut Vec<Effect>) {
    if let Screen::Question(id) = session.screen.clone() {
        continue_from_question(session, &id, effects);
    }
}

impl Session {
    /// Whether what was pressed waits for the rest of the widget.
    fn is_asked_to_wait(&self) -> bool {
        matches!(&self.part, Part::First(waiting) if waiting.wanted)
    }

    /// Whether the person waits for the rest of the widget: for what was pressed, or for the screen that comes next.
    pub fn waits_for_part(&self) -> bool {
        matches!(&self.part, Part::First(waiting) if waiting.wanted || !can_show(&self.screen))
    }

    /// Whether the rest of the widget could not be loaded.
    pub fn lacks_part(&self) -> bool {
        matches!(&self.part, Part::First(waiting) if waiting.failed)
    }
}
