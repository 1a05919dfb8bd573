//! Questions and answers: what a person chooses, ticks and types, and the question that comes next.

use super::entries::keep_entry;
use super::help::open_help;
use super::result::press_result;
use super::screens::go;
use super::{Effect, HostEvent, Screen, Session, Target};
use crate::engine::handoff::sealed::Sealed;
use crate::engine::ids::{ChoiceId, QuestionId};
use crate::engine::map::Set;
use crate::engine::screening::answer::{Answer, Answers, EntryError, parse_entry};
use crate::engine::screening::journey::{Journey, journey};
use crate::engine::screening::names::names_of;
use crate::engine::screening::question::{Kind, Question};
use crate::engine::screening::result::opens_crisis_panel;

/// The id of a question's input: the first choice, or a field counted from 0.
pub fn input_id(question: &QuestionId, field: usize) -> String {
    if field == 0 { format!("q-{question}") } else { format!("q-{question}-{field}") }
}

pub(super) fn press_start(session: &mut Session, effects: &mut Vec<Effect>) {
    let begun = !session.answers.is_empty();
    let journey = session.journey();
    let screen = match (&journey.next, journey.asked.first()) {
        (Some(next), _) => Screen::Question(next.clone()),
        (None, Some(_)) if begun && journey.ended_by_get_help => Screen::Result,
        (None, Some(_)) => Screen::Review,
        // Without questions there is nothing to start; the start page says so.
        (None, None) => return,
    };
    go(session, screen, effects);
    if !begun {
        effects.push(Effect::TellHost(HostEvent::Started));
    }
}

pub(super) fn answer(session: &mut Session, question: QuestionId, answer: Answer, effects: &mut Vec<Effect>) {
    if keep_answer(session, question, answer) {
        open_help(session, effects);
    }
}

/// Keeps an answer. Whether it asks for help, and the answer before it did not.
pub(super) fn keep_answer(session: &mut Session, question: QuestionId, answer: Answer) -> bool {
    let opens = opens_crisis_panel(&session.guide, &question, &answer, session.answers.get(&question));
    session.answers.set(question, answer);
    session.entry_error = None;
    session.help_offered = false;
    answers_changed(session);
    opens
}

/// Another answer may change what is shared and what was made of it.
pub(super) fn answers_changed(session: &mut Session) {
    session.delivery.forget();
    session.sealed = Sealed::default();
    session.stamp = None;
}

/// Puts other answers in the place of those that are there.
pub(in crate::engine) fn replace_answers(session: &mut Session, answers: Answers) {
    session.answers = answers;
    session.offered.clear();
    session.sharing.answers.clear();
    session.editing = None;
    session.set_aside = None;
    (session.asking_again, session.asked_again) = (false, false);
    answers_changed(session);
}

pub(super) fn toggle(session: &mut Session, id: QuestionId, choice: ChoiceId, effects: &mut Vec<Effect>) {
    let guide = session.guide.clone();
    let Some(question) = guide.question(&id) else { return };
    if question.kind.is_typed() {
        toggle_beside(session, id, choice, effects);
        return;
    }
    let exclusive = |id: &ChoiceId| question.choice(id).is_some_and(|choice| choice.exclusive);
    let before = session.answers.get(&id);
    let mut chosen = Set::new();
    chosen.extend(before.map(Answer::chosen).unwrap_or_default().into_iter().cloned());
    let names = before.map(Answer::names).unwrap_or_default().to_vec();
    if !chosen.remove(&choice) {
        if exclusive(&choice) {
            chosen.clear();
        } else {
            chosen.retain(|other| !exclusive(other));
        }
        chosen.insert(choice);
    }
    let names = names_of(&chosen, &names);
    match Answer::ticked(chosen, names) {
        Some(changed) => answer(session, id, changed, effects),
        None => {
            session.answers.clear(&id);
            answers_changed(session);
        }
    }
}

/// Ticks or unticks a "not sure" beside what is typed. Only one of them stands, and nothing typed beside it; what was
/// typed comes back when it is unticked.
fn toggle_beside(session: &mut Session, id: QuestionId, choice: ChoiceId, effects: &mut Vec<Effect>) {
    let before = session.answers.get(&id).cloned();
    session.entry_error = None;
    session.editing = None;
    match before {
        Some(Answer::One(ticked)) if ticked == choice => {
            let (fields, answer) = session.set_aside.take().unwrap_or_default();
            session.fields = fields;
            session.answers.clear(&id);
            if let Some(answer) = answer {
                session.answers.set(id, answer);
            }
            answers_changed(session);
        }
        Some(Answer::One(_)) => answer(session, id, Answer::One(choice), effects),
        before => {
            session.set_aside = Some((std::mem::take(&mut session.fields), before));
            answer(session, id, Answer::One(choice), effects);
        }
    }
}

pub(super) fn type_field(session: &mut Session, index: usize, text: String) {
    if session.fields.len() <= index {
        session.fields.resize(index + 1, String::new());
    }
    if let Some(field) = session.fields.get_mut(index) {
        *field = text;
    }
    typed_instead(session);
}

/// Whoever types is not "not sure" any more.
fn typed_instead(session: &mut Session) {
    let Screen::Question(id) = session.screen.clone() else { return };
    let typed = session.guide.question(&id).is_some_and(|question| question.kind.is_typed());
    if typed && matches!(session.answers.get(&id), Some(Answer::One(_))) {
        session.answers.clear(&id);
        // The entries of a list were not typed anew: they are there again.
        if let Some((_, Some(entries @ Answer::List(_)))) = session.set_aside.take() {
            session.answers.set(id, entries);
        }
        answers_changed(session);
    }
}

/// Takes what is typed into a question's fields as its answer.
fn take_typed(session: &mut Session, question: &Question) -> Result<Option<Answer>, (usize, EntryError)> {
    let id = &question.id;
    let blank = session.fields.iter().all(|typed| typed.trim().is_empty());
    match (&question.kind, session.answers.get(id)) {
        (_, Some(Answer::One(_))) => Ok(None),
        (Kind::List(_), Some(Answer::List(_))) if blank && session.editing.is_none() => Ok(None),
        // What is typed and not yet added is not lost.
        (Kind::List(_), _) if !blank || session.editing.is_some() => keep_entry(session).map(|_| None),
        _ => {
            let read = parse_entry(question, &session.fields, session.today)?;
            Ok((session.answers.get(id) != Some(&read)).then_some(read))
        }
    }
}

pub(super) fn continue_from_question(session: &mut Session, id: &QuestionId, effects: &mut Vec<Effect>) {
    let guide = session.guide.clone();
    let Some(question) = guide.question(id) else {
        go(session, Screen::Review, effects);
        return;
    };
    if session.help_offered {
        open_help(session, effects);
        return;
    }
    let outcome = match &question.kind {
        Kind::One(_) | Kind::Several(_) => match session.answers.get(id) {
            Some(_) => Ok(()),
            None if question.required => Err((0, EntryError::NothingChosen)),
            None => {
                answer(session, id.clone(), Answer::Blank, effects);
                Ok(())
            }
        },
        Kind::Number(_) | Kind::Pair(_) | Kind::Date(_) | Kind::Text(_) | Kind::List(_) => {
            take_typed(session, question).map(|read| {
                if let Some(read) = read {
                    answer(session, id.clone(), read, effects);
                }
            })
        }
    };
    if let Err(error) = outcome {
        session.entry_error = Some(error);
        effects.push(Effect::Focus(Target::ErrorSummary));
        return;
    }
    if let Some(screen) = after_who_answers(session, id) {
        go(session, screen, effects);
        return;
    }
    let changing = session.changing;
    let journey = session.journey();
    let screen = if journey.ended_by_get_help {
        Screen::Result
    } else if changing {
        // A change can open new questions; they come before the review.
        journey.next.map_or(Screen::Review, Screen::Question)
    } else {
        let after = journey.position(id).and_then(|place| journey.asked.get(place + 1));
        match after {
            Some(next) => Screen::Question(next.id.clone()),
            None => Screen::Review,
        }
    };
    if screen == Screen::Result {
        press_result(session, effects);
    } else {
        go(session, screen.clone(), effects);
        session.changing = changing && matches!(screen, Screen::Question(_));
    }
}

/// Where the question on who answers leads, if it is this one and leads anywhere but on. What was answered before it
/// may have been about the one who answers, so it is asked once more about the one who is helped; the answers are kept.
fn after_who_answers(session: &mut Session, id: &QuestionId) -> Option<Screen> {
    if session.guide.carer.as_ref().is_none_or(|(question, _)| question != id) {
        return None;
    }
    if !session.guide.is_for_another(&session.answers) {
        (session.asking_again, session.asked_again) = (false, false);
        return None;
    }
    let journey = session.journey();
    if session.asking_again {
        let screen = journey.next.map_or(Screen::Review, Screen::Question);
        session.asking_again = false;
        return Some(screen);
    }
    let first = journey.asked.first().filter(|first| first.id != *id).map(|first| first.id.clone());
    let first = first.filter(|_| !session.asked_again)?;
    (session.asking_again, session.asked_again) = (true, true);
    Some(Screen::Question(first))
}

impl Session {
    /// The journey for the answers so far.
    pub fn journey(&self) -> Journey<'_> {
        journey(&self.guide, &self.answers)
    }

    /// What the fields of a question show when it is opened.
    pub(super) fn typed(&self, id: &QuestionId) -> Vec<String> {
        match self.answers.get(id) {
            Some(Answer::Number(number)) => {
                let units = match self.guide.question(id).map(|question| &question.kind) {
                    Some(Kind::Number(bounds)) => bounds.units.first().map(|unit| unit.id.to_string()),
                    _ => None,
                };
                [number.to_string()].into_iter().chain(units).collect()
            }
            Some(Answer::Measured(measured)) => vec![measured.typed.to_string(), measured.unit.to_string()],
            Some(Answer::Date(date)) => {
                vec![date.day.to_string(), date.month.to_string(), date.year.to_string()]
            }
            Some(Answer::Pair(parts)) => parts.iter().map(|(_, number)| number.to_string()).collect(),
            Some(Answer::Text(text)) => vec![text.clone()],
            Some(
                Answer::One(_) | Answer::Several(_) | Answer::Named(..) | Answer::List(_) | Answer::Blank,
            )
            | None => Vec::new(),
        }
    }
}
