//! Before the widget runs: its start page, its first question and help stand in the page as plain HTML, so that on a bad line a
//! person reads and answers at once (docs/decisions/0026-before-the-widget-runs.md).
//!
//! [`screens`] says what each of them shows, when the pages are made. What a person did there is written down by embed/early.js
//! and is done once more by [`catch_up`], so that no rule is decided outside of the engine.

use std::sync::Arc;

use super::messages::Moment;
use super::{Effect, Message, Screen, Session, update_first};
use crate::engine::guide::Guide;
use crate::engine::ids::{ChoiceId, Lang, QuestionId};
use crate::engine::part::{Part, Waiting};
use crate::engine::screening::question::Kind;

/// What a person did before the widget ran.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Did {
    /// Took the way to the questions.
    Started,
    /// Chose an option of the first question.
    Chose(ChoiceId),
    /// Came to an option of the first question by an arrow key.
    MovedTo(ChoiceId),
    /// Asked for help.
    OpenedHelp,
    /// Closed help.
    ClosedHelp,
    /// Went back from the first question.
    WentBack,
    /// Pressed Continue on the first question.
    Continued,
}

/// A session as each of the screens shows it, by the screen's name: `start`, `question`, `help`, `offer` for help that is offered
/// beside the question, and `help-` with the id of a choice for the help that this choice opens.
///
/// None where there are no questions, or the first is not one of one choice.
pub fn screens(guide: &Guide, lang: &Lang) -> Vec<(String, Session)> {
    let mut guide = guide.clone();
    guide.speak(lang);
    let start = Session {
        guide: Arc::new(guide),
        ready: true,
        lang: Some(lang.clone()),
        part: Part::First(Waiting::default()),
        ..Session::default()
    };
    let after = |session: &Session, message| update_first(session.clone(), message, &Moment::default()).0;
    let question = after(&start, Message::PressedStart);
    let Some(id) = first_question(&question) else { return Vec::new() };
    let help = after(&start, Message::OpenedHelp);
    let choices: Vec<ChoiceId> = question
        .guide
        .question(&id)
        .filter(|question| matches!(question.kind, Kind::One(_)))
        .map(|question| question.choices().iter().map(|choice| choice.id.clone()).collect())
        .unwrap_or_default();
    if choices.is_empty() {
        return Vec::new();
    }
    let opened = choices.iter().cloned().filter_map(|choice| {
        let name = format!("help-{choice}");
        let chosen = after(&question, Message::ChoseOption(id.clone(), choice));
        chosen.help_open.then_some((name, chosen))
    });
    let opened: Vec<_> = opened.collect();
    let moved =
        choices.into_iter().map(|choice| after(&question, Message::MovedToOption(id.clone(), choice)));
    let offer = moved.into_iter().find(|session| session.help_offered).map(|session| ("offer", session));
    let first = [("start", start), ("question", question.clone()), ("help", help)];
    let first = first.into_iter().chain(offer).map(|(name, session)| (name.to_owned(), session));
    first.chain(opened).collect()
}

/// Does what was done before the widget ran.
///
/// The person has seen it already, so nothing moves the focus and nothing is said but what follows of that for which they wait:
/// Continue, or the way on from an answer that they gave before.
pub fn catch_up(
    mut session: Session,
    did: &[Did],
    update: impl Fn(Session, Message, &Moment) -> (Session, Vec<Effect>),
    moment: &Moment,
) -> (Session, Vec<Effect>) {
    let mut effects = Vec::new();
    for did in did {
        let Some(message) = message(&session, did) else { continue };
        let waits = match did {
            Did::Continued => true,
            Did::Started => !session.answers.is_empty(),
            _ => false,
        };
        let (next, mut more) = update(session, message, moment);
        if !waits {
            more.retain(|effect| !matches!(effect, Effect::Focus(_) | Effect::Announce(_)));
        }
        session = next;
        effects.extend(more);
    }
    (session, effects)
}

/// What happened, as the engine says it; none if it does not fit what is shown.
fn message(session: &Session, did: &Did) -> Option<Message> {
    let asked = |choice: &ChoiceId| {
        first_question(session)
            .filter(|id| session.guide.question(id).is_some_and(|it| it.choice(choice).is_some()))
    };
    Some(match did {
        Did::Started => Message::PressedStart,
        Did::Chose(choice) => Message::ChoseOption(asked(choice)?, choice.clone()),
        Did::MovedTo(choice) => Message::MovedToOption(asked(choice)?, choice.clone()),
        Did::OpenedHelp => Message::OpenedHelp,
        Did::ClosedHelp => Message::ClosedHelp,
        Did::WentBack => Message::PressedBack,
        Did::Continued => Message::PressedContinue,
    })
}

fn first_question(session: &Session) -> Option<QuestionId> {
    match &session.screen {
        Screen::Question(id) => Some(id.clone()),
        _ => None,
    }
}
