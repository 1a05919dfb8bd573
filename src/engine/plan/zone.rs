//! Instants, the time on the wall, and how a zone turns one into the other.
//!
//! The engine has no time-zone data. Whoever has some (the browser, the command line) is asked for the zone's distance
//! from UTC at moments within a stretch of time, and [`Zone::seen`] finds from them when it changes.

use std::fmt;

use crate::engine::calendar::{day_number, day_of, is_real};
use crate::engine::guide::reader::Date;

/// Seconds of an hour.
pub const HOUR: i64 = 3_600;
/// Seconds of a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;
/// Minutes of a day of 24 hours.
const DAY_MINUTES: i64 = 24 * 60;

/// A moment, in seconds since 1970-01-01 00:00 UTC. Between two of them lie elapsed hours, whatever any clock shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

impl Instant {
    /// So many seconds later, or earlier if less than zero.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Reads a time in UTC such as `2026-11-21T09:30:00Z`, of which a fraction of a second is dropped.
    pub fn from_utc(text: &str) -> Option<Self> {
        let wall = Wall::from_iso(text.get(..16)?)?;
        let (seconds, rest) = (text.get(16..19)?.strip_prefix(':')?, text.get(19..)?);
        let seconds: i64 = seconds.parse().ok()?;
        let fraction = rest.strip_suffix('Z')?;
        let whole = fraction.is_empty()
            || fraction
                .strip_prefix('.')
                .is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        (whole && (0..60).contains(&seconds)).then(|| Self(wall.seconds() + seconds))
    }
}

/// What a clock on the wall and a calendar beside it show, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wall {
    /// The day.
    pub date: Date,
    /// Minutes since midnight as the clock shows them, 0 to 1439.
    pub minute: u16,
}

impl Wall {
    /// Reads `2026-12-03T09:30`; nothing else, and only a day that the calendar has.
    pub fn from_iso(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('T')?;
        let (hour, minute) = time.split_once(':')?;
        let two = |digits: &str| -> Option<u16> {
            let all = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
            all.then(|| digits.parse().ok()).flatten()
        };
        let date = Date::from_iso(day).filter(|date| day.len() == 10 && is_real(*date))?;
        let (hour, minute) = (two(hour)?, two(minute)?);
        (hour < 24 && minute < 60).then_some(Self { date, minute: hour * 60 + minute })
    }

    /// Seconds since 1970-01-01 00:00 on the same clock.
    fn seconds(self) -> i64 {
        day_number(self.date) * DAY + i64::from(self.minute) * 60
    }

    fn from_seconds(seconds: i64) -> Option<Self> {
        let minute = seconds.div_euclid(60).rem_euclid(DAY_MINUTES).try_into().ok()?;
        Some(Self { date: day_of(seconds.div_euclid(DAY))?, minute })
    }
}

impl fmt::Display for Wall {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}T{:02}:{:02}", self.date, self.minute / 60, self.minute % 60)
    }
}

/// A time zone over a stretch of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// Its name, for example `America/New_York`.
    pub name: String,
    /// Seconds that its clocks are ahead of UTC at first.
    first: i64,
    /// When that changes and what it is from then on, in order.
    changes: Vec<(Instant, i64)>,
}

/// The clocks of no place are further from UTC than this many seconds.
const FURTHEST: i64 = 26 * HOUR;

impl Zone {
    /// The zone from one moment to another, given how many seconds its clocks are ahead of UTC at any of them. Before and
    /// after them it goes on as it is there. A change that is taken back within a day is not seen; no zone has one.
    ///
    /// `None` if a distance is not told, or is none that any clock has.
    pub fn seen(
        name: &str,
        from: Instant,
        until: Instant,
        ahead_at: &mut dyn FnMut(Instant) -> Option<i64>,
    ) -> Option<Self> {
        let mut ahead = |at| ahead_at(at).filter(|ahead| ahead.abs() < FURTHEST);
        let first = ahead(from)?;
        let (mut changes, mut low, mut was) = (Vec::new(), from, first);
        while low < until {
            let day = low.plus(DAY);
            let is = ahead(day)?;
            if is != was {
                let (mut before, mut after) = (low, day);
                while after.0 - before.0 > 1 {
                    let middle = Instant(before.0 + (after.0 - before.0) / 2);
                    if ahead(middle)? == was { before = middle } else { after = middle }
                }
                changes.push((after, is));
            }
            (low, was) = (day, is);
        }
        Some(Self { name: name.to_owned(), first, changes })
    }

    /// Seconds that its clocks are ahead of UTC at a moment.
    pub fn ahead(&self, at: Instant) -> i64 {
        self.changes.iter().rev().find(|(from, _)| *from <= at).map_or(self.first, |(_, ahead)| *ahead)
    }

    /// What its clocks show at a moment.
    pub fn wall(&self, at: Instant) -> Wall {
        let epoch = Wall { date: Date { year: 1970, month: 1, day: 1 }, minute: 0 };
        Wall::from_seconds(at.0.saturating_add(self.ahead(at))).unwrap_or(epoch)
    }

    /// The moment at which its clocks show a time, by the rule of RFC 5545: of a time that comes twice the first one, and
    /// for a time that is left out what the clock would show if it had not been changed yet.
    pub fn instant(&self, wall: Wall) -> Instant {
        let shown = wall.seconds();
        let mut ahead = self.first;
        for (from, after) in &self.changes {
            // A moment counted by the clocks before a change is right if it comes before it.
            if shown - ahead < from.0 {
                break;
            }
            // It is left out: the clocks have been changed already, and after that they show more.
            if shown - after < from.0 {
                break;
            }
            ahead = *after;
        }
        Instant(shown - ahead)
    }

    /// A moment as RFC 3339 has it, with the distance from UTC: `2026-12-03T09:30:00-05:00`.
    pub fn rfc3339(&self, at: Instant) -> String {
        let ahead = self.ahead(at);
        let seconds = at.0.saturating_add(ahead).rem_euclid(60);
        let (sign, minutes) = (if ahead < 0 { '-' } else { '+' }, ahead.abs() / 60);
        format!("{}:{seconds:02}{sign}{:02}:{:02}", self.wall(at), minutes / 60, minutes % 60)
    }
}
