//! The dated plan: every task that fits the answers, at its time, for each visit of a series.

use crate::engine::calendar::plus_days;
use crate::engine::guide::Guide;
use crate::engine::guide::reader::Date;
use crate::engine::plan::when::{Anchor, Quantity, Start, Until, When};
use crate::engine::plan::zone::{DAY, HOUR, Instant, Wall, Zone};
use crate::engine::plan::{Task, fitting};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::rule::Truth;

/// A task at its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated<'g> {
    /// The task.
    pub task: &'g Task,
    /// The number of the visit it belongs to, counted from 1.
    pub visit: usize,
    /// Whether it belongs to whole days of the calendar and not to an hour.
    pub whole_days: bool,
    /// When it begins.
    pub at: Instant,
    /// When it ends: of whole days the last minute of the last; none if it has no end.
    pub until: Option<Instant>,
    /// Whether it is there because an answer is missing or unsure.
    pub unsure: bool,
}

impl Dated<'_> {
    /// Whether it is over.
    pub fn is_past(&self, now: Instant) -> bool {
        self.until.unwrap_or(self.at) < now
    }

    /// Whether it has begun and is not over.
    pub fn is_now(&self, now: Instant) -> bool {
        self.at <= now && self.until.is_none_or(|until| now <= until)
    }
}

/// The visits of a series, in order, and the number of the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visits {
    /// When each begins, as the clinic's clocks show it.
    pub times: Vec<Wall>,
    /// The number of the first of them, counted from 1.
    pub first: usize,
}

impl Visits {
    /// Each visit with its number, by time: whoever types the second one first means the same series.
    pub fn numbered(&self) -> Vec<(usize, Wall)> {
        let mut times = self.times.clone();
        times.sort_unstable();
        times.into_iter().enumerate().map(|(place, time)| (place + self.first.max(1), time)).collect()
    }
}

/// The moments of one visit. Each part takes its longest time, so that nobody is told to be ready too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moments {
    /// The person comes in.
    pub arrival: Instant,
    /// The drip begins.
    pub drip: Instant,
    /// The drip ends.
    pub end: Instant,
    /// The person may leave.
    pub leave: Instant,
}

impl Moments {
    /// The moment that an anchor names.
    pub fn of(&self, anchor: Anchor) -> Instant {
        match anchor {
            Anchor::Arrival => self.arrival,
            Anchor::Drip => self.drip,
            Anchor::End => self.end,
            Anchor::Leave => self.leave,
        }
    }
}

/// Minutes from coming in to the drip if the guide does not say.
const CHECK_IN: f64 = 30.0;
/// Minutes of a drip if the guide does not say: the longest that any clinic may set, since driving counts from its end.
const DRIP: f64 = 480.0;
/// Minutes of rest if the guide does not say.
const REST: f64 = 60.0;
/// The hour at which a night is over if the guide does not say.
const MORNING: f64 = 8.0;
/// Nobody drives sooner than this many hours after a drip, whatever a file says.
const FLOOR_HOURS: f64 = 24.0;

/// The moments of a visit. Of the lengths of a drip that may be meant the longest counts.
pub fn moments(guide: &Guide, answers: &Answers, arrival: Instant) -> Moments {
    let look = super::look(guide, answers);
    let number = |quantity: Option<&Quantity>| quantity.and_then(|quantity| quantity.of(&guide.settings));
    let lengths = &guide.visit_lengths;
    let drips = guide
        .drip_lengths
        .iter()
        .filter(|length| super::holds(length.show_if.as_ref(), &look) != Truth::False);
    let longest = drips
        .filter_map(|length| number(Some(&length.minutes)))
        .fold(None, |longest: Option<f64>, minutes| {
            Some(longest.map_or(minutes, |longest| longest.max(minutes)))
        });
    let drip = arrival.plus(minutes(number(lengths.check_in.as_ref()).unwrap_or(CHECK_IN)));
    let end = drip.plus(minutes(longest.unwrap_or(DRIP)));
    let leave = end.plus(minutes(number(lengths.rest.as_ref()).unwrap_or(REST)));
    Moments { arrival, drip, end, leave }
}

/// The plan for these visits: every task that fits the answers, by visit and then by time. What falls together stands in
/// the guide's order.
pub fn schedule<'g>(guide: &'g Guide, answers: &Answers, zone: &Zone, visits: &Visits) -> Vec<Dated<'g>> {
    let tasks = fitting(guide, answers);
    let numbered = visits.numbered();
    let last = numbered.last().map_or(0, |(number, _)| *number);
    let mut plan = Vec::new();
    for (visit, wall) in numbered {
        let moments = moments(guide, answers, zone.instant(wall));
        let mut dated: Vec<Dated> = tasks
            .iter()
            .filter(|(task, _)| task.when.visit.includes(visit, last))
            .filter_map(|(task, truth)| {
                let (at, until) = times(guide, task, zone, wall.date, &moments)?;
                let whole_days = matches!(task.when.start, Start::Days(..));
                Some(Dated { task, visit, whole_days, at, until, unsure: *truth == Truth::Unknown })
            })
            .collect();
        dated.sort_by_key(|dated| dated.at);
        plan.append(&mut dated);
    }
    plan
}

/// When a task begins and ends; none if the calendar ends before that.
fn times(
    guide: &Guide,
    task: &Task,
    zone: &Zone,
    day: Date,
    moments: &Moments,
) -> Option<(Instant, Option<Instant>)> {
    let When { start, until, .. } = &task.when;
    let (at, last) = match start {
        Start::Days(first, last) => {
            // Days before are those before the appointment; days after are counted from the day on which the drip ended.
            let ended = zone.wall(moments.end).date;
            let on = |days: i64| plus_days(if days > 0 { ended } else { day }, days);
            let at = zone.instant(Wall { date: on(*first)?, minute: 0 });
            (at, Some(zone.instant(Wall { date: on(*last)?, minute: 24 * 60 - 1 })))
        }
        Start::HoursBefore(hours) => {
            // Without its number no hour would be right, and too long a fast does harm: it is the day before then.
            match hours.of(&guide.settings) {
                Some(hours) => (moments.arrival.plus(-minutes(hours * 60.0)), None),
                None => (zone.instant(Wall { date: plus_days(day, -1)?, minute: 0 }), None),
            }
        }
        Start::At(anchor) => (moments.of(*anchor), None),
    };
    let until = match until {
        None => last,
        Some(Until::At(anchor)) => Some(moments.of(*anchor)),
        Some(Until::After { hours, sleep }) => {
            let named = hours.as_ref().and_then(|hours| hours.of(&guide.settings));
            let hours = match (hours, sleep) {
                // A rule that asks for a night as well is about driving and the like.
                (Some(_), true) => Some(named.unwrap_or(FLOOR_HOURS).max(FLOOR_HOURS)),
                (Some(_), false) => Some(named.unwrap_or(FLOOR_HOURS)),
                (None, _) => None,
            };
            let elapsed = hours.map(|hours| moments.end.plus(minutes(hours * 60.0)));
            let slept = sleep.then(|| morning_after(guide, zone, moments.end)).flatten();
            elapsed.max(slept)
        }
    };
    Some((at, until))
}

/// The morning after the night that follows a moment: of the next day of the calendar, since who comes home after
/// midnight has a whole day before the night.
fn morning_after(guide: &Guide, zone: &Zone, end: Instant) -> Option<Instant> {
    let hour =
        guide.visit_lengths.night_ends.as_ref().and_then(|hour| hour.of(&guide.settings)).unwrap_or(MORNING);
    let date = plus_days(zone.wall(end).date, 1)?;
    let minute = (hour.clamp(0.0, 23.0) * 60.0) as u16;
    Some(zone.instant(Wall { date, minute }))
}

/// Minutes in seconds, to the minute.
fn minutes(minutes: f64) -> i64 {
    // A cast of a number that is too large takes the largest; no plan needs more than a year.
    (minutes.round() as i64).clamp(-366 * DAY / 60, 366 * DAY / 60) * 60
}

/// The stretch of time within which a zone must be known for these visits: longer than any task reaches.
pub fn stretch(times: &[Wall]) -> Option<(Instant, Instant)> {
    let utc = Zone::default();
    let (first, last) = (times.iter().min()?, times.iter().max()?);
    Some((utc.instant(*first).plus(-40 * DAY), utc.instant(*last).plus(70 * DAY + 2 * HOUR)))
}
