//! The plan as a calendar file by RFC 5545.
//!
//! Whole days are days of the calendar; hours are in UTC, so that no calendar program needs to know the clinic's zone. An
//! entry has the same UID each time that it is made, wherever and whenever that is, and its SEQUENCE grows with the time
//! at which it is made: a second import changes what the first one brought.

use std::fmt::Write;

use crate::engine::calendar::plus_days;
use crate::engine::guide::Guide;
use crate::engine::guide::reader::Date;
use crate::engine::guide::words::{Say, Words};
use crate::engine::plan::schedule::{Dated, Visits, moments};
use crate::engine::plan::when::{Start, Until};
use crate::engine::plan::zone::{Instant, Zone};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::level::Level;

/// What a shared calendar gives away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Titles {
    /// Nothing: no drug, no condition, no name of a clinic.
    #[default]
    Private,
    /// What each entry is.
    Plain,
}

/// How long an entry is that has no end of its own, in seconds.
const SHORT: i64 = 15 * 60;

/// An entry of the calendar.
struct Entry {
    uid: String,
    when: Days,
    summary: String,
    description: String,
    location: String,
    /// Whether the person is not free meanwhile.
    busy: bool,
    /// When it reminds, as durations from its beginning.
    alarms: &'static [&'static str],
}

enum Days {
    /// From one day to another, both included.
    Whole(Date, Date),
    /// From one moment to another.
    Hours(Instant, Instant),
}

/// The calendar file of a plan: an entry for each visit, and one for all tasks that fall together. What is only to know
/// is left out.
pub fn calendar(
    guide: &Guide,
    words: &Words,
    answers: &Answers,
    (zone, visits): (&Zone, &Visits),
    plan: &[Dated],
    titles: Titles,
    now: Instant,
) -> String {
    let mut out = Lines::default();
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//Anteroom//Plan//EN");
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    for (visit, wall) in visits.numbered() {
        let moments = moments(guide, answers, zone.instant(wall));
        out.entry(
            &visit_entry(guide, words, visit, Days::Hours(moments.arrival, moments.leave), titles),
            now,
        );
        let mut left: Vec<&Dated> =
            plan.iter().filter(|dated| dated.visit == visit && belongs_in_a_calendar(dated)).collect();
        while let Some(first) = left.first().copied() {
            let (together, others): (Vec<&Dated>, Vec<&Dated>) =
                left.into_iter().partition(|other| falls_with(first, other));
            out.entry(&tasks_entry(guide, words, zone, &together, titles), now);
            left = others;
        }
    }
    out.line("END", "VCALENDAR");
    out.text
}

/// What is to be done or not to be done. Whom to call and what happens at the visit is in the plan.
fn belongs_in_a_calendar(dated: &Dated) -> bool {
    matches!(dated.task.level, Level::Plan | Level::Review | Level::Stop)
}

fn falls_with(one: &Dated, other: &Dated) -> bool {
    one.task.when.start == other.task.when.start
        && one.task.when.until == other.task.when.until
        && one.at == other.at
        && one.until == other.until
}

fn visit_entry(guide: &Guide, words: &Words, visit: usize, when: Days, titles: Titles) -> Entry {
    let clinic = &guide.settings.clinic;
    let (summary, description, location) = match titles {
        Titles::Private => (words.say(Say::CalendarVisit).to_owned(), String::new(), String::new()),
        Titles::Plain => (
            words.say(Say::CalendarVisitPlain).to_owned(),
            words.say(Say::FooterCall).to_owned(),
            clinic.address.clone(),
        ),
    };
    Entry {
        uid: uid(guide, visit, "visit"),
        when,
        summary,
        description,
        location,
        busy: true,
        alarms: &["-P1D", "-PT2H"],
    }
}

fn tasks_entry(guide: &Guide, words: &Words, zone: &Zone, together: &[&Dated], titles: Titles) -> Entry {
    let title = |dated: &&Dated| words.task(&dated.task.id).title.clone();
    let first = together.first();
    let when = first.map_or(Days::Hours(Instant(0), Instant(0)), |first| {
        let until = first.until.unwrap_or(first.at).max(first.at.plus(SHORT));
        match &first.task.when.start {
            Start::Days(..) => Days::Whole(zone.wall(first.at).date, zone.wall(until).date),
            // What begins to hold is a moment to remember, not a day that is taken.
            Start::HoursBefore(_) => Days::Hours(first.at, first.at.plus(SHORT)),
            Start::At(_) => Days::Hours(first.at, until),
        }
    });
    let (summary, description) = match titles {
        Titles::Private => {
            (words.say(Say::CalendarPrivate).to_owned(), words.say(Say::CalendarPrivateMore).to_owned())
        }
        Titles::Plain => {
            let summary = match together {
                [only] => title(only),
                several => words.fill(Say::CalendarSeveral, &[("number", &several.len().to_string())]),
            };
            let lines = together.iter().map(|dated| {
                let ask =
                    if dated.task.firm { String::new() } else { format!(" ({})", words.say(Say::PlanAsk)) };
                format!("{}{ask}. {}", title(dated), words.task(&dated.task.id).text)
            });
            (summary, lines.collect::<Vec<_>>().join("\n\n"))
        }
    };
    let slot = first.map(|first| slot(first)).unwrap_or_default();
    Entry {
        uid: uid(guide, first.map_or(0, |first| first.visit), &slot),
        alarms: match when {
            // Nine in the morning of the first day.
            Days::Whole(..) => &["PT9H"],
            Days::Hours(..) => &["-PT30M"],
        },
        when,
        summary,
        description,
        location: String::new(),
        busy: false,
    }
}

/// What tells the times of a visit apart, and stays when the visit is moved.
fn slot(dated: &Dated) -> String {
    let when = &dated.task.when;
    let start = match &when.start {
        Start::Days(first, last) => format!("days {first} {last}"),
        Start::HoursBefore(hours) => format!("hours {hours:?}"),
        Start::At(anchor) => anchor.as_str().to_owned(),
    };
    match &when.until {
        None => start,
        Some(Until::At(anchor)) => format!("{start} until {}", anchor.as_str()),
        Some(Until::After { hours, sleep }) => format!("{start} until {hours:?} {sleep}"),
    }
}

/// The same for the same clinic, visit and slot, and telling nothing of them.
fn uid(guide: &Guide, visit: usize, slot: &str) -> String {
    let clinic = &guide.settings.clinic;
    let mut hash: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for byte in format!("{}\n{}\n{visit}\n{slot}", clinic.name, clinic.phone).bytes() {
        hash = (hash ^ u128::from(byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
    }
    format!("{hash:032x}@anteroom")
}

/// Content lines of a calendar file.
#[derive(Default)]
struct Lines {
    text: String,
}

impl Lines {
    /// Adds a line, folded so that none is longer than 75 octets without its line break, and none is cut within a letter.
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for letter in name.chars().chain([':']).chain(value.chars()) {
            if length + letter.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                // The space counts.
                length = 1;
            }
            self.text.push(letter);
            length += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }

    fn text(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            self.line(name, &escaped(words));
        }
    }

    fn entry(&mut self, entry: &Entry, now: Instant) {
        self.line("BEGIN", "VEVENT");
        self.line("UID", &entry.uid);
        self.line("DTSTAMP", &utc(now));
        // Minutes since 2020, which fit for four thousand years.
        let minutes = (now.0 - 1_577_836_800).div_euclid(60).clamp(0, i64::from(i32::MAX));
        self.line("SEQUENCE", &minutes.to_string());
        match entry.when {
            Days::Whole(first, last) => {
                self.line("DTSTART;VALUE=DATE", &day(first));
                // The end is the day after the last one.
                self.line("DTEND;VALUE=DATE", &day(plus_days(last, 1).unwrap_or(last)));
            }
            Days::Hours(from, until) => {
                self.line("DTSTART", &utc(from));
                self.line("DTEND", &utc(until));
            }
        }
        self.text("SUMMARY", &entry.summary);
        self.text("DESCRIPTION", &entry.description);
        self.text("LOCATION", &entry.location);
        self.line("CLASS", "PRIVATE");
        self.line("TRANSP", if entry.busy { "OPAQUE" } else { "TRANSPARENT" });
        for alarm in entry.alarms {
            self.line("BEGIN", "VALARM");
            self.line("ACTION", "DISPLAY");
            self.text("DESCRIPTION", &entry.summary);
            self.line("TRIGGER", alarm);
            self.line("END", "VALARM");
        }
        self.line("END", "VEVENT");
    }
}

/// A text as a value: what means something to a calendar is escaped, and a line break is `\n`.
fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.replace("\r\n", "\n").chars() {
        match letter {
            '\\' | ';' | ',' => text.extend(['\\', letter]),
            '\n' | '\r' => text.push_str("\\n"),
            '\t' => text.push(letter),
            // No other steering sign may stand in a calendar file.
            control if control.is_control() => text.push(' '),
            other => text.push(other),
        }
    }
    text
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year, date.month, date.day)
}

fn utc(at: Instant) -> String {
    let wall = Zone::default().wall(at);
    let mut text = day(wall.date);
    // Writing to a string cannot fail.
    let _ = write!(text, "T{:02}{:02}{:02}Z", wall.minute / 60, wall.minute % 60, at.0.rem_euclid(60));
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Reads a content line back by RFC 5545, section 3.1 and 3.3.11: unfold, then unescape.
    fn read_back(text: &str) -> (String, String) {
        let text = text.strip_suffix("\r\n").unwrap().replace("\r\n ", "");
        let (name, value) = text.split_once(':').unwrap();
        let (mut words, mut letters) = (String::new(), value.chars());
        while let Some(letter) = letters.next() {
            words.push(match letter {
                '\\' => match letters.next().unwrap() {
                    'n' | 'N' => '\n',
                    other => other,
                },
                other => other,
            });
        }
        (name.to_owned(), words)
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_folded_and_escaped_reads_back_the_same(words in "([\\PC\n\t,;:\\\\]|[á-ÿ😀-😂漢]){0,200}") {
            let mut lines = Lines::default();
            lines.line("SUMMARY", &escaped(&words));
            prop_assert_eq!(read_back(&lines.text), ("SUMMARY".to_owned(), words));
            for line in lines.text.split("\r\n") {
                prop_assert!(line.len() <= 75, "{}", line);
                prop_assert!(!line.contains(['\r', '\n']), "{:?}", line);
            }
        }
    }

    #[test]
    fn no_steering_sign_gets_into_a_calendar() {
        assert_eq!(escaped("a\u{0}b\u{7f}c\r\nd\re"), "a b c\\nd\\ne");
    }
}
