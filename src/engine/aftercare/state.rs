//! What a session knows of the time after a visit, and what happens there.

use crate::engine::map::Set;

use crate::engine::aftercare::journal::{BEST_MOOD, Day, MOST_LETTERS, SelfHarm, Sleep};
use crate::engine::aftercare::signs::{Call, Mark, Marks, Sorted, sort};
use crate::engine::aftercare::summary::{Part, summary};
use crate::engine::guide::reader::Date;
use crate::engine::ids::{SignId, SignListId};
use crate::engine::one_by_one::{day_place, of_list};
use crate::engine::own_file::put_day;
use crate::engine::session::{Effect, Moment, Screen, Session, Target, open_help, show};

/// The name of the file that the summary is saved as.
pub const SUMMARY_FILE: &str = "my-summary.txt";

/// A screen of the time after a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AfterScreen {
    /// What can be done here.
    Home,
    /// One list of signs, counted from 0.
    List(usize),
    /// How soon to call.
    Sorted,
    /// The days, as a chart and a table.
    Journal,
    /// One day of the journal is written.
    Day,
    /// What can be taken along to the next visit.
    Summary,
}

/// What a session knows of the time after a visit, beyond the journal, which is in the own file's state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What was said to the lists of signs.
    pub marks: Marks,
    /// The list that Continue was pressed on without an answer, if it is shown still.
    pub unanswered: bool,
    /// The day that is being written.
    pub draft: Draft,
    /// What is missing in it.
    pub missing: Option<Missing>,
    /// What the person ticked to be in the summary, of what is private.
    pub parts: Set<Part>,
}

/// A day that is being written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Which day; none until one is begun.
    pub date: Option<Date>,
    /// The mood, 0 to 10.
    pub mood: Option<u8>,
    /// The night.
    pub sleep: Option<Sleep>,
    /// The side effects.
    pub effects: Set<SignId>,
    /// What stood out.
    pub stood_out: String,
    /// Thoughts of self-harm. Blank is no answer.
    pub self_harm: Option<SelfHarm>,
}

/// What is missing in a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The mood.
    Mood,
    /// The answer about thoughts of self-harm.
    SelfHarm,
}

/// What happened after a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterMessage {
    /// One of the screens was opened.
    Opened(AfterScreen),
    /// The check was begun anew.
    StartedCheck,
    /// A sign was ticked or unticked.
    ToggledSign(SignListId, SignId),
    /// "None of these" was ticked or unticked.
    ToggledNone(SignListId),
    /// "Not sure" was ticked or unticked.
    ToggledNotSure(SignListId),
    /// Continue was pressed on a list.
    PressedContinue,
    /// A day is to be written: today, or one that is there.
    StartedDay(Option<Date>),
    /// A mood was chosen.
    ChoseMood(u8),
    /// A night was chosen.
    ChoseSleep(Sleep),
    /// A side effect was ticked or unticked.
    ToggledEffect(SignId),
    /// Something was typed into "what stood out".
    TypedStoodOut(String),
    /// An answer about thoughts of self-harm was chosen.
    ChoseSelfHarm(SelfHarm),
    /// The day is to be kept.
    PressedKeepDay,
    /// A day was taken out.
    RemovedDay(Date),
    /// A private part of the summary was ticked or unticked.
    ToggledPart(Part),
    /// The summary is to be copied.
    PressedCopySummary,
    /// The summary is to be saved.
    PressedSaveSummary,
}

/// What follows.
pub fn update(session: &mut Session, message: AfterMessage, moment: &Moment, effects: &mut Vec<Effect>) {
    match message {
        AfterMessage::Opened(screen) => show(session, Screen::After(screen), effects),
        AfterMessage::StartedCheck => {
            session.after.marks = Marks::default();
            session.after.unanswered = false;
            show(session, Screen::After(AfterScreen::List(0)), effects);
        }
        AfterMessage::ToggledSign(list, sign) => {
            session.after.unanswered = false;
            session.after.marks.flip(list, sign.clone());
            let urgent = session.guide.aftercare.sign(&sign).is_some_and(|sign| sign.call >= Call::Lifeline);
            if urgent && session.after.marks.has(&sign) {
                open_help(session, effects);
            }
        }
        AfterMessage::ToggledNone(list) => {
            session.after.unanswered = false;
            session.after.marks.flip_alone(list, Mark::None);
        }
        AfterMessage::ToggledNotSure(list) => {
            session.after.unanswered = false;
            session.after.marks.flip_alone(list.clone(), Mark::NotSure);
            let urgent =
                session.sorted().unsure.iter().any(|(id, call)| *id == list && *call >= Call::Lifeline);
            if urgent {
                open_help(session, effects);
            }
        }
        AfterMessage::PressedContinue => press_continue(session, effects),
        AfterMessage::StartedDay(date) => start_day(session, date, effects),
        AfterMessage::ChoseMood(mood) => {
            session.after.draft.mood = Some(mood.min(BEST_MOOD));
            session.after.missing = None;
        }
        AfterMessage::ChoseSleep(sleep) => session.after.draft.sleep = Some(sleep),
        AfterMessage::ToggledEffect(sign) => {
            let ticked = &mut session.after.draft.effects;
            if !ticked.remove(&sign) {
                ticked.insert(sign);
            }
        }
        AfterMessage::TypedStoodOut(typed) => {
            session.after.draft.stood_out = typed.chars().take(MOST_LETTERS).collect();
        }
        AfterMessage::ChoseSelfHarm(answer) => {
            session.after.missing = None;
            let before = session.after.draft.self_harm.replace(answer);
            if answer.opens_help() && before != Some(answer) {
                open_help(session, effects);
            }
        }
        AfterMessage::PressedKeepDay => keep_day(session, effects),
        AfterMessage::RemovedDay(date) => {
            session.own.journal.retain(|day| day.date != date);
            effects.push(Effect::Focus(Target::Heading));
        }
        AfterMessage::ToggledPart(part) => {
            let parts = &mut session.after.parts;
            if !parts.remove(&part) {
                parts.insert(part);
            }
        }
        AfterMessage::PressedCopySummary => effects.push(Effect::Copy(session.summary(&moment.now))),
        AfterMessage::PressedSaveSummary => effects
            .push(Effect::SaveFile { name: SUMMARY_FILE.to_owned(), text: session.summary(&moment.now) }),
    }
}

/// On to the next list; at once to the end where an emergency is ticked.
fn press_continue(session: &mut Session, effects: &mut Vec<Effect>) {
    let Screen::After(AfterScreen::List(place)) = session.screen else { return };
    let guide = session.guide.clone();
    let Some(list) = guide.aftercare.lists.get(place) else {
        show(session, Screen::After(AfterScreen::Sorted), effects);
        return;
    };
    if !session.after.marks.0.contains_key(&list.id) {
        session.after.unanswered = true;
        session.calm.place = of_list(&guide.aftercare, &list.id).len().saturating_sub(1);
        effects.push(Effect::Focus(Target::ErrorSummary));
        return;
    }
    let sorted = session.sorted();
    let ends = sorted.call == Some(Call::Emergency) || place + 1 >= guide.aftercare.lists.len();
    let screen = if ends { AfterScreen::Sorted } else { AfterScreen::List(place + 1) };
    show(session, Screen::After(screen), effects);
}

fn start_day(session: &mut Session, date: Option<Date>, effects: &mut Vec<Effect>) {
    let Some(date) = date.or(session.today) else { return };
    let draft = &session.after.draft;
    if draft.date != Some(date) {
        let known = session.own.journal.iter().find(|day| day.date == date);
        session.after.draft = known.map_or_else(
            || Draft { date: Some(date), ..Draft::default() },
            |day| Draft {
                date: Some(date),
                mood: Some(day.mood),
                sleep: day.sleep,
                effects: day.effects.clone(),
                stood_out: day.stood_out.clone(),
                self_harm: Some(day.self_harm),
            },
        );
    }
    session.after.missing = None;
    show(session, Screen::After(AfterScreen::Day), effects);
}

fn keep_day(session: &mut Session, effects: &mut Vec<Effect>) {
    let draft = &session.after.draft;
    let missing = match (draft.mood, draft.self_harm) {
        (None, _) => Missing::Mood,
        (_, None) => Missing::SelfHarm,
        (Some(mood), Some(self_harm)) => {
            let Some(date) = draft.date.or(session.today) else { return };
            let day = Day {
                date,
                mood,
                sleep: draft.sleep,
                effects: draft.effects.clone(),
                stood_out: draft.stood_out.trim().to_owned(),
                self_harm,
            };
            put_day(&mut session.own.journal, day);
            session.after.draft = Draft::default();
            show(session, Screen::After(AfterScreen::Journal), effects);
            return;
        }
    };
    session.after.missing = Some(missing);
    session.calm.place = day_place(missing);
    effects.push(Effect::Focus(Target::ErrorSummary));
}

/// Where Back leads from a screen; none where it was opened from.
pub fn before(screen: AfterScreen) -> Option<AfterScreen> {
    match screen {
        AfterScreen::Home => None,
        AfterScreen::List(place) => Some(place.checked_sub(1).map_or(AfterScreen::Home, AfterScreen::List)),
        AfterScreen::Sorted | AfterScreen::Journal => Some(AfterScreen::Home),
        AfterScreen::Day | AfterScreen::Summary => Some(AfterScreen::Journal),
    }
}

impl Session {
    /// How soon to call, by what was said so far.
    pub fn sorted(&self) -> Sorted {
        sort(&self.guide.aftercare, &self.after.marks)
    }

    /// The summary for the next visit, on a day given as an RFC 3339 time.
    pub fn summary(&self, now: &str) -> String {
        summary(self, now)
    }
}
