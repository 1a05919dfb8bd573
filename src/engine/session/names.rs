//! Names: found as they are typed, chosen, and taken out.

use super::questions::{answer, answers_changed};
use super::{Direction, Effect, Screen, Session, Target};
use crate::engine::guide::words::Say;
use crate::engine::ids::QuestionId;
use crate::engine::screening::names::{Offer, Offered, with_name, without_name};

/// A name that is being looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lookup {
    /// What is typed.
    pub typed: String,
    /// What may be meant by it.
    pub offers: Vec<Offer>,
    /// Which of the offers Enter would choose, counted from 0. None until an arrow key came to one.
    pub active: Option<usize>,
    /// Whether the offers were put away with Escape.
    pub shut: bool,
}

impl Lookup {
    /// Whether offers are shown.
    pub fn is_open(&self) -> bool {
        !self.shut && !self.offers.is_empty()
    }

    /// Whether nothing of the list was found for what is typed.
    pub fn found_nothing(&self) -> bool {
        let unlisted = |offer: &Offer| matches!(offer.what, Offered::Unlisted(_));
        !self.offers.is_empty() && self.offers.iter().all(unlisted)
    }
}

/// The id of the field that a question's names are typed into.
pub fn name_field_id(question: &QuestionId) -> String {
    format!("n-{question}")
}

/// The id of one of the names that are offered, counted from 0.
pub fn offer_id(question: &QuestionId, place: usize) -> String {
    format!("n-{question}-{place}")
}

pub(super) fn typed_name(session: &mut Session, typed: String, effects: &mut Vec<Effect>) {
    let before = session.lookup.offers.len();
    session.lookup = Lookup { offers: session.offers(&typed), typed, ..Lookup::default() };
    let lookup = &session.lookup;
    if lookup.offers.len() != before {
        effects.extend(session.lookup_words().map(Effect::Announce));
    }
}

pub(super) fn move_in_names(session: &mut Session, direction: Direction, effects: &mut Vec<Effect>) {
    let lookup = &mut session.lookup;
    lookup.shut = false;
    let Some(last) = lookup.offers.len().checked_sub(1) else { return };
    let place = match (direction, lookup.active) {
        (Direction::Next, Some(active)) if active < last => active + 1,
        (Direction::Next, _) => 0,
        (Direction::Back, Some(active)) if active > 0 => active - 1,
        (Direction::Back, _) => last,
    };
    lookup.active = Some(place);
    if let Screen::Question(id) = &session.screen {
        effects.push(Effect::Reveal(offer_id(id, place)));
    }
}

pub(super) fn choose_name(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let (guide, Screen::Question(id)) = (session.guide.clone(), session.screen.clone()) else { return };
    let (Some(question), Some(offer)) = (guide.question(&id), session.lookup.offers.get(place).cloned())
    else {
        return;
    };
    let (words, groups) = match offer.what {
        Offered::Listed { kept, groups, .. } => (kept, groups),
        Offered::Unlisted(words) => {
            let unlisted = guide.names_of(&id, session.lang()).and_then(|list| list.unlisted.clone());
            (words, unlisted.into_iter().collect())
        }
    };
    let added = session.words().fill(Say::NamesAdded, &[("name", &words)]);
    if let Some(changed) = with_name(question, session.answers.get(&id), words, &groups) {
        answer(session, id.clone(), changed, effects);
    }
    session.lookup = Lookup { offers: session.offers(&offer.rest), typed: offer.rest, ..Lookup::default() };
    if !session.help_open {
        effects.push(Effect::Focus(Target::Field(name_field_id(&id))));
    }
    effects.push(Effect::Announce(added));
}

pub(super) fn remove_name(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let Screen::Question(id) = session.screen.clone() else { return };
    let Some(before) = session.answers.get(&id) else { return };
    let Some(name) = before.names().get(place) else { return };
    let removed = session.words().fill(Say::NamesRemoved, &[("name", &name.words)]);
    match without_name(before, place) {
        Some(changed) => answer(session, id.clone(), changed, effects),
        None => {
            session.answers.clear(&id);
            answers_changed(session);
        }
    }
    effects.push(Effect::Focus(Target::Field(name_field_id(&id))));
    effects.push(Effect::Announce(removed));
}

impl Session {
    /// What may be meant by a name that is typed for the question that is shown.
    pub(super) fn offers(&self, typed: &str) -> Vec<Offer> {
        let Screen::Question(id) = &self.screen else { return Vec::new() };
        self.guide.names_of(id, self.lang()).map_or_else(Vec::new, |list| list.offers(typed))
    }

    /// How many names were found, or that there are none, for the eye and the ear; none while nothing is typed.
    pub fn lookup_words(&self) -> Option<String> {
        let Screen::Question(id) = &self.screen else { return None };
        let words = self.words();
        if self.lookup.found_nothing() {
            let unlisted = self.guide.names_of(id, self.lang()).and_then(|list| list.unlisted.as_ref());
            let name = unlisted.map_or("", |choice| words.question(id).choice(choice));
            return Some(words.fill(Say::NamesNotListed, &[("name", name)]));
        }
        let listed = |offer: &&Offer| matches!(offer.what, Offered::Listed { .. });
        let found = self.lookup.offers.iter().filter(listed).count();
        (found > 0).then(|| words.fill(Say::NamesFound, &[("number", &found.to_string())]))
    }
}
