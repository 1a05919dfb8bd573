//! Lists: entries that are added, changed and taken out.

use super::questions::{answers_changed, keep_answer};
use super::{Effect, Screen, Session, Target, input_id};
use crate::engine::guide::entry_words::entry_in_words;
use crate::engine::guide::words::Say;
use crate::engine::ids::QuestionId;
use crate::engine::screening::answer::{Answer, Entry, EntryError};
use crate::engine::screening::question::{Entries, EntryField, Kind};

/// The id of the heading over the entries of a list.
pub fn list_id(question: &QuestionId) -> String {
    format!("q-{question}-list")
}

/// The list that is asked for on the screen, and its entries.
fn list_on_screen(session: &Session) -> Option<(QuestionId, Entries, Vec<Entry>)> {
    let Screen::Question(id) = &session.screen else { return None };
    let Kind::List(list) = &session.guide.question(id)?.kind else { return None };
    let entries = match session.answers.get(id) {
        Some(Answer::List(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    Some((id.clone(), list.clone(), entries))
}

pub(super) fn press_add_entry(session: &mut Session, effects: &mut Vec<Effect>) {
    let Some((id, ..)) = list_on_screen(session) else { return };
    let changing = session.editing.is_some();
    match keep_entry(session) {
        Ok(entry) => {
            let (say, place) =
                if changing { (Say::ListChanged, list_id(&id)) } else { (Say::ListAdded, input_id(&id, 0)) };
            let words = session.words().fill(say, &[("entry", &entry_in_words(&entry))]);
            effects.push(Effect::Announce(words));
            effects.push(Effect::Focus(Target::Field(place)));
        }
        Err(error) => {
            session.entry_error = Some(error);
            effects.push(Effect::Focus(Target::ErrorSummary));
        }
    }
}

/// Puts the entry in the fields into the list, at its old place if it is being changed.
pub(super) fn keep_entry(session: &mut Session) -> Result<Entry, (usize, EntryError)> {
    let Some((id, list, mut entries)) = list_on_screen(session) else {
        return Err((0, EntryError::NothingTyped));
    };
    let entry = list.entry(&session.fields)?;
    let full = entries.len() >= list.most;
    match session.editing.and_then(|place| entries.get_mut(place)) {
        Some(old) => *old = entry.clone(),
        None if full => return Err((0, EntryError::ListFull)),
        None => entries.push(entry.clone()),
    }
    keep_answer(session, id, Answer::List(entries));
    session.fields = Vec::new();
    session.editing = None;
    Ok(entry)
}

pub(super) fn change_entry(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let Some((id, list, entries)) = list_on_screen(session) else { return };
    let Some(entry) = entries.get(place) else { return };
    let typed =
        |field: &EntryField| entry.iter().find(|(id, _)| *id == field.id).map(|(_, text)| text.clone());
    session.fields = list.fields.iter().map(|field| typed(field).unwrap_or_default()).collect();
    session.editing = Some(place);
    session.entry_error = None;
    effects
        .push(Effect::Announce(session.words().fill(Say::ListEntry, &[("entry", &entry_in_words(entry))])));
    effects.push(Effect::Focus(Target::Field(input_id(&id, 0))));
}

pub(super) fn remove_entry(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let Some((id, _, mut entries)) = list_on_screen(session) else { return };
    if place >= entries.len() {
        return;
    }
    let entry = entries.remove(place);
    match session.editing {
        Some(editing) if editing == place => {
            session.editing = None;
            session.fields = Vec::new();
        }
        Some(editing) if editing > place => session.editing = Some(editing - 1),
        Some(_) | None => {}
    }
    session.entry_error = None;
    // The button is gone with its entry: the focus goes to what is left of the list.
    let focus = if entries.is_empty() { input_id(&id, 0) } else { list_id(&id) };
    if entries.is_empty() {
        session.answers.clear(&id);
        answers_changed(session);
    } else {
        keep_answer(session, id, Answer::List(entries));
    }
    let words = session.words().fill(Say::ListRemoved, &[("entry", &entry_in_words(&entry))]);
    effects.push(Effect::Announce(words));
    effects.push(Effect::Focus(Target::Field(focus)));
}
