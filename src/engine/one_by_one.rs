//! What low-energy mode shows one at a time where there is no page to read: the plan, the day, the check and the journal
//! after a visit. Each list holds all that its screen does, the most pressing first.

use crate::engine::aftercare::signs::{About, Aftercare};
use crate::engine::aftercare::state::Missing;
use crate::engine::aftercare::summary::Part;
use crate::engine::guide::Guide;
use crate::engine::ids::{PromptId, SignId, SignListId};
use crate::engine::plan::schedule::Dated;
use crate::engine::plan::state::PlanError;
use crate::engine::plan::zone::Instant;

/// A piece of the form for the visits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormPiece {
    /// How many visits.
    Count,
    /// Day and time of a visit, counted from 0.
    Visit(usize),
    /// The clinic's zone, and the way on.
    Zone,
}

/// The form for so many visits.
pub fn of_form(visits: usize) -> Vec<FormPiece> {
    let visits = (0..visits).map(FormPiece::Visit);
    [FormPiece::Count].into_iter().chain(visits).chain([FormPiece::Zone]).collect()
}

/// The place of the piece in which a mistake is to be mended.
pub fn form_place(error: &PlanError, visits: usize) -> usize {
    match error {
        PlanError::Day(visit) | PlanError::Time(visit) | PlanError::Twice(visit) => visit + 1,
        PlanError::Zone => visits + 1,
    }
}

/// A piece of the plan.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanPiece<'g> {
    /// Whose plan comes first, and by which clock.
    Lead,
    /// A task.
    Task(Dated<'g>),
    /// How to keep it.
    Keep,
    /// The calendar file.
    Calendar,
    /// The sheets.
    Sheets,
}

/// The plan: what is to come, by its time; then what may not concern the person; then what is over.
pub fn of_plan(plan: Vec<Dated<'_>>, now: Instant) -> Vec<PlanPiece<'_>> {
    let mut plan = plan;
    plan.sort_by_key(|dated| (dated.is_past(now), dated.unsure, dated.at));
    let tasks = plan.into_iter().map(PlanPiece::Task);
    let rest = [PlanPiece::Keep, PlanPiece::Calendar, PlanPiece::Sheets];
    [PlanPiece::Lead].into_iter().chain(tasks).chain(rest).collect()
}

/// A piece of what can be done after a visit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HomePiece {
    /// What is here, and that the clinic's own plan comes first.
    Lead,
    /// The check.
    Check,
    /// The journal.
    Journal,
    /// Getting ready for the next visit.
    Visit,
    /// Things to talk over, that belong together.
    Prompts(About, Vec<PromptId>),
}

impl HomePiece {
    /// The piece in as many as one at a time makes of it.
    pub fn one_by_one(&self) -> Vec<Self> {
        match self {
            Self::Prompts(about, prompts) => {
                prompts.iter().map(|prompt| Self::Prompts(*about, vec![prompt.clone()])).collect()
            }
            Self::Lead | Self::Check | Self::Journal | Self::Visit => vec![self.clone()],
        }
    }
}

/// What can be done after a visit.
pub fn of_home(guide: &Guide) -> Vec<HomePiece> {
    let check = Some(HomePiece::Check).filter(|_| !guide.aftercare.lists.is_empty());
    let prompts = About::ALL.into_iter().map(|about| {
        let own = guide.aftercare.prompts.iter().filter(|prompt| prompt.about == about);
        HomePiece::Prompts(about, own.map(|prompt| prompt.id.clone()).collect())
    });
    let first = [HomePiece::Lead].into_iter().chain(check);
    first.chain([HomePiece::Journal, HomePiece::Visit]).chain(prompts).collect()
}

/// A piece of a list of signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListPiece {
    /// A sign.
    Sign(SignId),
    /// "None of these" and "not sure", and the way on: a list that is left blank is not answered.
    Rest,
}

/// A list of signs.
pub fn of_list(aftercare: &Aftercare, list: &SignListId) -> Vec<ListPiece> {
    let signs = aftercare.signs_of(list).map(|sign| ListPiece::Sign(sign.id.clone()));
    signs.chain([ListPiece::Rest]).collect()
}

/// A piece of a day in the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPiece {
    /// Thoughts of self-harm.
    SelfHarm,
    /// The mood.
    Mood,
    /// The night.
    Sleep,
    /// Side effects.
    Effects,
    /// What stood out, and the way to keep the day.
    StoodOut,
}

/// A day in the journal.
pub fn of_day(aftercare: &Aftercare) -> Vec<DayPiece> {
    let effects = Some(DayPiece::Effects).filter(|_| aftercare.common().next().is_some());
    let first = [DayPiece::SelfHarm, DayPiece::Mood, DayPiece::Sleep].into_iter();
    first.chain(effects).chain([DayPiece::StoodOut]).collect()
}

/// The place of what is missing in a day.
pub fn day_place(missing: Missing) -> usize {
    match missing {
        Missing::SelfHarm => 0,
        Missing::Mood => 1,
    }
}

/// A piece of the journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JournalPiece {
    /// The chart of the mood.
    Chart,
    /// The day at this place of the journal.
    Day(usize),
}

/// A journal of so many days: the chart, then the days, the last one first.
pub fn of_journal(days: usize) -> Vec<JournalPiece> {
    let all = (0..days).rev().map(JournalPiece::Day);
    Some(JournalPiece::Chart).filter(|_| days > 0).into_iter().chain(all).collect()
}

/// A piece of the summary for the next visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SummaryPiece {
    /// Whether something private is in it.
    Part(Part),
    /// The summary, and what can be done with it.
    Text,
}

/// The summary for the next visit.
pub fn of_summary() -> Vec<SummaryPiece> {
    Part::ALL.into_iter().map(SummaryPiece::Part).chain([SummaryPiece::Text]).collect()
}
