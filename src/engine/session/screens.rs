//! Which screen is shown: the screens, and the ways from one to another by Continue and Back.

use super::questions::continue_from_question;
use super::{Effect, Lookup, Search, Session, Target};
use crate::engine::aftercare::state::{self as aftercare, AfterScreen};
use crate::engine::calm::{self, Rest};
use crate::engine::ids::{PageId, QuestionId};
use crate::engine::plan::state::PlanScreen;
use crate::engine::screening::journey::Journey;

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// What this is, how long it takes, who sees it.
    #[default]
    Start,
    /// The search over the education pages.
    Search,
    /// The list of the education pages.
    Pages,
    /// An education page.
    Page(PageId),
    /// One question.
    Question(QuestionId),
    /// What this page did since it was opened.
    Deeds,
    /// The person's own file: opened, looked at, saved.
    OwnFile,
    /// A pause, or no more for now.
    Rest(Rest),
    /// The time after a visit.
    After(AfterScreen),
    /// All answers with Change links.
    Review,
    /// The result with its reasons and the preparation list.
    Result,
    /// The dated plan around an appointment.
    Plan(PlanScreen),
    /// Which answers to share.
    Share,
    /// How the clinic may reach the person.
    Contact,
    /// Exactly what leaves, the consents, and the ways it can travel.
    Preview,
    /// The clinic's system confirmed the request.
    Receipt,
}

/// How many screens back the way is remembered.
const MOST_TRAIL: usize = 30;

/// Remembers the screen that is shown, since a page is about to be opened from it.
pub(super) fn remember(session: &mut Session) {
    if session.trail.len() < MOST_TRAIL {
        session.trail.push(session.screen.clone());
    }
}

/// Shows a screen; one that Back leads away from to where it was opened is remembered.
pub(in crate::engine) fn show(session: &mut Session, screen: Screen, effects: &mut Vec<Effect>) {
    let apart = |screen: &Screen| matches!(screen, Screen::OwnFile | Screen::After(AfterScreen::Home));
    if apart(&screen) && session.screen != screen && !matches!(session.screen, Screen::After(_)) {
        remember(session);
    }
    go(session, screen, effects);
}

pub(in crate::engine) fn go(session: &mut Session, screen: Screen, effects: &mut Vec<Effect>) {
    session.help_open = false;
    session.help_offered = false;
    session.entry_error = None;
    session.handoff_error = None;
    session.changing = false;
    session.lookup = Lookup::default();
    session.editing = None;
    session.set_aside = None;
    session.fields = match &screen {
        Screen::Question(question) => session.typed(question),
        _ => Vec::new(),
    };
    session.anchor = None;
    session.calm.place = 0;
    if !matches!(
        screen,
        Screen::Page(_)
            | Screen::Pages
            | Screen::Deeds
            | Screen::Search
            | Screen::OwnFile
            | Screen::After(_)
            | Screen::Rest(_)
    ) {
        session.trail.clear();
    }
    if screen == Screen::Start {
        session.search = Search::default();
    }
    session.screen = screen;
    effects.push(Effect::Focus(Target::Heading));
}

pub(super) fn press_continue(session: &mut Session, effects: &mut Vec<Effect>) {
    match session.screen.clone() {
        Screen::Question(id) => continue_from_question(session, &id, effects),
        Screen::Share => go(session, Screen::Contact, effects),
        Screen::Contact => go(session, Screen::Preview, effects),
        Screen::Start
        | Screen::Search
        | Screen::Pages
        | Screen::Page(_)
        | Screen::Deeds
        | Screen::OwnFile
        | Screen::After(_)
        | Screen::Rest(_)
        | Screen::Review
        | Screen::Result
        | Screen::Preview
        | Screen::Plan(_)
        | Screen::Receipt => {}
    }
}

pub(super) fn press_back(session: &mut Session, effects: &mut Vec<Effect>) {
    if matches!(session.screen, Screen::Rest(_)) {
        calm::go_on(session, effects);
        return;
    }
    let screen = match &session.screen {
        Screen::Question(_) if session.changing => Screen::Review,
        Screen::Question(id) => {
            let journey = session.journey();
            let before = journey.position(id).and_then(|place| place.checked_sub(1));
            match before.and_then(|place| journey.asked.get(place)) {
                Some(question) => Screen::Question(question.id.clone()),
                None => Screen::Start,
            }
        }
        Screen::Deeds => session.trail.pop().unwrap_or_default(),
        Screen::Review => match session.journey().asked.last() {
            Some(last) => Screen::Question(last.id.clone()),
            None => Screen::Start,
        },
        Screen::Result => match session.journey() {
            Journey { ended_by_get_help: true, asked, .. } => match asked.last() {
                Some(last) => Screen::Question(last.id.clone()),
                None => Screen::Start,
            },
            _ => Screen::Review,
        },
        Screen::Share | Screen::Receipt => Screen::Result,
        Screen::Plan(screen) => session.plan.back_from(*screen),
        Screen::Contact => Screen::Share,
        Screen::Preview => Screen::Contact,
        Screen::After(screen) if let Some(screen) = aftercare::before(*screen) => Screen::After(screen),
        Screen::After(_) | Screen::OwnFile | Screen::Search | Screen::Pages | Screen::Page(_) => {
            session.trail.pop().unwrap_or_default()
        }
        Screen::Rest(_) | Screen::Start => Screen::Start,
    };
    go(session, screen, effects);
}

/// Moves the focus to the notice, unless the crisis panel stands in front of it.
pub(super) fn focus_notice(session: &Session, effects: &mut Vec<Effect>) {
    if !session.help_open {
        effects.push(Effect::Focus(Target::Notice));
    }
}
