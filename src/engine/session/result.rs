//! The result: when it is shown, and what is known before.

use super::screens::go;
use super::{Effect, HostEvent, Screen, Session};
use crate::engine::screening::level::Level;
use crate::engine::screening::result::{Outcome, result};

pub(super) fn press_result(session: &mut Session, effects: &mut Vec<Effect>) {
    let outcome = session.outcome();
    let settled = outcome.level == Level::GetHelp
        || (outcome.unanswered.is_empty() && outcome.level != Level::Incomplete);
    if settled {
        go(session, Screen::Result, effects);
        // Nothing more, even for `get-help`: the host page would know the level from it.
        effects.push(Effect::TellHost(HostEvent::Finished));
    } else {
        go(session, Screen::Review, effects);
    }
}

/// Shows what is known already. It is no result: the host page hears of none, and nothing is handed over from it.
pub(super) fn press_so_far(session: &mut Session, effects: &mut Vec<Effect>) {
    if session.outcome().unanswered.is_empty() {
        press_result(session, effects);
    } else if !session.answers.is_empty() {
        go(session, Screen::Result, effects);
    }
}

impl Session {
    /// The result of the answers so far.
    pub fn outcome(&self) -> Outcome {
        result(&self.guide, &self.answers)
    }
}
