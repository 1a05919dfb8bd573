//! Help: the crisis panel, and whom to call.

use super::{Effect, Screen, Session, Target};
use crate::engine::aftercare::signs::Call;

pub(in crate::engine) fn open_help(session: &mut Session, effects: &mut Vec<Effect>) {
    session.help_open = true;
    session.help_offered = false;
    effects.push(Effect::Focus(Target::Help));
}

impl Session {
    /// The clinic's phone number: from the settings, or else from the host page; empty if neither has one.
    pub fn phone(&self) -> &str {
        let phone = &self.guide.settings.clinic.phone;
        if phone.is_empty() { &self.fallback_phone } else { phone }
    }

    /// Whether an answer tells of signs that need an ambulance, so that the emergency number comes first.
    pub fn emergency(&self) -> bool {
        let after = matches!(self.screen, Screen::After(_));
        let signs = || self.sorted().signs.iter().any(|(_, call)| *call == Call::Emergency);
        (after && signs())
            || self.journey().asked.iter().any(|question| {
                self.answers.get(&question.id).is_some_and(|answer| {
                    question.choices().iter().any(|choice| choice.emergency && answer.has(&choice.id))
                })
            })
    }
}
