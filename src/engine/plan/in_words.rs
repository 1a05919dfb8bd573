//! Times of the plan in words, as a language writes them.

use crate::engine::calendar::weekday;
use crate::engine::guide::reader::Date;
use crate::engine::guide::words::{Say, Words};
use crate::engine::plan::schedule::Dated;
use crate::engine::plan::zone::{DAY, HOUR, Instant, Wall, Zone};

impl Words {
    /// A day with its name: "Thursday, December 3, 2026".
    pub fn day(&self, date: Date) -> String {
        self.day_in(date, None)
    }

    /// A day with its name, and with its year unless that is the one that is known: "Thursday, December 3".
    pub fn day_in(&self, date: Date, known: Option<u16>) -> String {
        let name =
            self.say(Say::TimeWeekdays).split(',').nth(weekday(date)).map(str::trim).unwrap_or_default();
        let date = if known == Some(date.year) { self.short_date(date) } else { self.date(date) };
        self.fill(Say::TimeDay, &[("name", name), ("date", &date)])
    }

    /// A time of day: "9:30 am", or "09:30" where the language's clock has 24 hours.
    pub fn time(&self, wall: Wall) -> String {
        let (hour, minute) = (wall.minute / 60, format!("{:02}", wall.minute % 60));
        if !self.say(Say::TimeClock).contains("{half}") {
            return self.fill(Say::TimeClock, &[("hour", &format!("{hour:02}")), ("minute", &minute)]);
        }
        let half = self.say(Say::TimeHalves).split(',').nth(usize::from(hour >= 12)).map(str::trim);
        let twelve = match hour % 12 {
            0 => 12,
            hour => hour,
        };
        let values =
            [("hour", twelve.to_string()), ("minute", minute), ("half", half.unwrap_or_default().to_owned())];
        self.fill(Say::TimeClock, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    /// A moment with its day: "Thursday, December 3, 2026, 9:30 am".
    pub fn moment(&self, wall: Wall) -> String {
        self.moment_in(wall, None)
    }

    /// A moment with its day, and with its year unless that is the one that is known.
    pub fn moment_in(&self, wall: Wall, known: Option<u16>) -> String {
        self.fill(Say::TimeAt, &[("date", &self.day_in(wall.date, known)), ("day", &self.time(wall))])
    }

    /// The day or days under which a task stands. A year that is `known`, such as that of the visit above it, is not
    /// said, and none is said twice.
    pub fn days_of(&self, zone: &Zone, dated: &Dated, known: Option<u16>) -> String {
        let first = zone.wall(dated.at).date;
        let last = dated.until.filter(|_| dated.whole_days).map_or(first, |until| zone.wall(until).date);
        if first == last {
            return self.day_in(first, known);
        }
        // Days of two years both have theirs, or "December 28 until January 4, 2027" leaves one to be guessed.
        let (earliest, latest) =
            if first.year == last.year { (Some(first.year), known) } else { (None, None) };
        self.fill(
            Say::TimeSpan,
            &[("earliest", &self.day_in(first, earliest)), ("latest", &self.day_in(last, latest))],
        )
    }

    /// The hours of a task: its beginning, and its end with the day if that is another one. Empty for whole days.
    pub fn hours_of(&self, zone: &Zone, dated: &Dated) -> String {
        if dated.whole_days {
            return String::new();
        }
        let at = zone.wall(dated.at);
        let Some(until) = dated.until.map(|until| zone.wall(until)) else { return self.time(at) };
        let latest =
            if until.date == at.date { self.time(until) } else { self.moment_in(until, Some(at.date.year)) };
        self.fill(Say::TimeSpan, &[("earliest", &self.time(at)), ("latest", &latest)])
    }

    /// How long it is until something, to the minute: "3 h 20 min", or in days from two on.
    pub fn left(&self, seconds: i64) -> String {
        if seconds >= 2 * DAY {
            return self.fill(Say::DatedDays, &[("number", &(seconds / DAY).to_string())]);
        }
        // Up, so that nobody is told of no time left while there is some.
        let minutes = (seconds + 59).div_euclid(60).max(0);
        let (hours, minutes) = (minutes * 60 / HOUR, minutes % 60);
        self.fill(Say::DatedHours, &[("number", &hours.to_string()), ("part", &minutes.to_string())])
    }

    /// A moment by the person's own clock, where that shows another time than the clinic's; none where it does not.
    pub fn your_time(&self, zone: &Zone, own: Option<&Zone>, at: Instant) -> Option<String> {
        let own = own.filter(|own| own.ahead(at) != zone.ahead(at))?;
        Some(
            self.fill(
                Say::TimeYours,
                &[("date", &self.moment_in(own.wall(at), Some(zone.wall(at).date.year)))],
            ),
        )
    }
}

/// A zone by its city: `America/New_York` is "New York, America".
pub fn zone_words(name: &str) -> String {
    match name.split_once('/') {
        Some((region, city)) => format!("{}, {region}", city.replace('_', " ").replace('/', ", ")),
        None => name.to_owned(),
    }
}
