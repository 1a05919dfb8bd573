//! Leaving: what would be lost, and what stays when all of a person is forgotten.

use super::Session;
use crate::engine::aftercare::state as aftercare;
use crate::engine::handoff::delivery::Sending;
use crate::engine::handoff::packet::Contact;
use crate::engine::keep;
use crate::engine::own_file;

impl Session {
    /// Whether leaving now would lose something that the person typed.
    pub fn has_something_to_lose(&self) -> bool {
        (self.has_something_of_its_own() && !keep::is_up_to_date(self)) || self.after.draft.mood.is_some()
    }

    /// Whether there is anything that was not handed over. For as long as only the first part of the widget is there, this is
    /// what would be lost: nothing can have been kept yet.
    pub fn has_something_of_its_own(&self) -> bool {
        let handed_over = self.delivery.sending == Sending::Received;
        (!self.answers.is_empty() && !handed_over)
            || !self.own.journal.is_empty()
            || self.plan.has_something_to_lose()
    }

    /// Whether anything of the person is kept in memory.
    pub fn holds_something(&self) -> bool {
        let typed = self.fields.iter().any(|field| !field.is_empty());
        typed
            || !self.answers.is_empty()
            || !self.search.typed.is_empty()
            || self.sharing.contact != Contact::default()
            || self.own != own_file::State::default()
            || self.keep.holds_something()
            || self.plan.made.is_some()
            || self.after != aftercare::State::default()
    }

    /// The same guide and language, and nothing of the person.
    pub(in crate::engine) fn forgotten(&self) -> Self {
        Self {
            guide: self.guide.clone(),
            problems: self.problems.clone(),
            ready: self.ready,
            part: self.part.clone(),
            lang: self.lang.clone(),
            fallback_phone: self.fallback_phone.clone(),
            sources: self.sources.clone(),
            today: self.today,
            calm: self.calm.kept(),
            keep: self.keep.forgotten(),
            plan: self.plan.forgotten(),
            asked_for: self.asked_for.clone(),
            read: self.read.clone(),
            offline: self.offline.clone(),
            lang_wanted: self.lang_wanted.clone(),
            ..Self::default()
        }
    }
}
