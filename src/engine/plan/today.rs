//! The plan at one moment: what to do now, what next, and what not to any more.

use crate::engine::map::Set;

use crate::engine::guide::Guide;
use crate::engine::ids::TaskId;
use crate::engine::plan::Group;
use crate::engine::plan::schedule::{Dated, Moments, moments, schedule};
use crate::engine::plan::state::Made;
use crate::engine::plan::zone::{DAY, Instant};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::level::Level;

/// The plan at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Today<'g> {
    /// Where in the series that moment is.
    pub phase: Phase,
    /// The number of the visit that is next, or that is going on, or that was last.
    pub visit: usize,
    /// When that visit is.
    pub moments: Moments,
    /// What to do or to know now, and is not ticked off; also what should be arranged already.
    pub now: Vec<Dated<'g>>,
    /// What not to do now, with the time at which that ends.
    pub not_now: Vec<Dated<'g>>,
    /// What comes next: all that begins together.
    pub next: Vec<Dated<'g>>,
    /// When to call whom; only after a drip has begun.
    pub calls: Vec<Dated<'g>>,
}

/// A part of the view of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TodayPart {
    /// What to do or to know now. It is there also when there is nothing.
    Now,
    /// What not to do now.
    NotNow,
    /// What comes next. It is there also when there is nothing.
    Next,
    /// When to call whom.
    Calls,
}

impl<'g> Today<'g> {
    /// What is shown, in order.
    pub fn parts(&self) -> Vec<(TodayPart, &[Dated<'g>])> {
        let all: [(TodayPart, &[Dated]); 4] = [
            (TodayPart::Now, &self.now),
            (TodayPart::NotNow, &self.not_now),
            (TodayPart::Next, &self.next),
            (TodayPart::Calls, &self.calls),
        ];
        let always = |part| matches!(part, TodayPart::Now | TodayPart::Next);
        all.into_iter().filter(|(part, tasks)| always(*part) || !tasks.is_empty()).collect()
    }
}

/// Where in a visit a moment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Before the person comes in; so many seconds are left.
    Before(i64),
    /// At the visit.
    There,
    /// After it.
    After,
}

/// For how long after a visit its rules are still of today.
const AFTER: i64 = 7 * DAY;

/// The plan at one moment. Only what belongs to the visit that is next or that was last within a week is in it.
pub fn today<'g>(
    guide: &'g Guide,
    answers: &Answers,
    made: &Made,
    done: &Set<(usize, TaskId)>,
    now: Instant,
) -> Today<'g> {
    let numbered = made.visits.numbered();
    let all: Vec<(usize, Moments)> = numbered
        .iter()
        .map(|(visit, wall)| (*visit, moments(guide, answers, made.zone.instant(*wall))))
        .collect();
    let last = all.iter().rev().find(|(_, moments)| moments.arrival <= now);
    let coming = all.iter().find(|(_, moments)| moments.arrival > now);
    // After a visit its rules come first, for as long as the person may not drive; then the next one does.
    let fresh = last.filter(|(_, moments)| now < moments.end.plus(2 * DAY));
    let empty = Moments { arrival: now, drip: now, end: now, leave: now };
    let (visit, moments) = fresh.or(coming).or(last).copied().unwrap_or((0, empty));
    let phase = if now < moments.arrival {
        Phase::Before(moments.arrival.0 - now.0)
    } else if now < moments.leave {
        Phase::There
    } else {
        Phase::After
    };
    let mut today = Today {
        phase,
        visit,
        moments,
        now: Vec::new(),
        not_now: Vec::new(),
        next: Vec::new(),
        calls: Vec::new(),
    };
    for dated in schedule(guide, answers, &made.zone, &made.visits) {
        let ticked = done.contains(&(dated.visit, dated.task.id.clone()));
        let over = dated.until.unwrap_or(dated.at.plus(AFTER)) < now;
        // What had to be arranged before the visit is still to be done while that is to come: no ride, no visit.
        let overdue = over
            && matches!(phase, Phase::Before(_))
            && dated.visit == visit
            && dated.task.group == Group::Before;
        match dated.task.level {
            Level::GetHelp if dated.visit == visit && now >= moments.drip => today.calls.push(dated),
            // Of what is forbidden everything counts, of whichever visit, and also where an answer is not known.
            Level::Stop if dated.at <= now && !over => today.not_now.push(dated),
            Level::GetHelp => {}
            _ if ticked || dated.unsure => {}
            Level::Plan | Level::Review if overdue => today.now.push(dated),
            _ if over => {}
            Level::Stop | Level::Review | Level::Plan | Level::Note | Level::Clear | Level::Incomplete => {
                if dated.at > now {
                    today.next.push(dated);
                } else if dated.visit == visit && dated.until.is_some() {
                    today.now.push(dated);
                }
            }
        }
    }
    // What ends first is the most pressing.
    today.now.sort_by_key(|dated| dated.until);
    today.next.sort_by_key(|dated| dated.at);
    if let Some(first) = today.next.first().map(|dated| dated.at) {
        today.next.retain(|dated| dated.at == first);
    }
    // A rule of two visits is one rule; the later end counts.
    today.not_now.sort_by(|one, other| (&one.task.id, other.until).cmp(&(&other.task.id, one.until)));
    today.not_now.dedup_by(|one, other| one.task.id == other.task.id);
    today.not_now.sort_by_key(|dated| dated.at);
    today
}
