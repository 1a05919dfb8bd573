//! The dated plan: right about time in any zone, held against another implementation of time zones.

use anteroom::engine::calendar::{day_number, day_of, weekday};
use anteroom::engine::guide::Guide;
use anteroom::engine::guide::reader::Date;
use anteroom::engine::plan::schedule::{Dated, Visits, moments, schedule, stretch};
use anteroom::engine::plan::when::{Start, Until};
use anteroom::engine::plan::zone::{DAY, HOUR, Instant, Wall, Zone};
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::level::Level;
use jiff::civil::{DateTime, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

use crate::support::{Folder, all_clear, cases, one, several, shipped};

/// Zones that change their clocks at midnight, by half an hour, by two hours, around a month, or never.
const ZONES: [&str; 14] = [
    "America/New_York",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Havana",
    "America/Santiago",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Europe/Dublin",
    "Pacific/Auckland",
    "UTC",
];

/// The zone as the engine sees it through the eyes of the other implementation.
fn seen(name: &str, times: &[Wall]) -> (Zone, TimeZone) {
    let other = TimeZone::get(name).unwrap();
    let (from, until) = stretch(times).unwrap();
    let mut ahead = |at: Instant| Some(i64::from(other.to_offset(stamp(at)).seconds()));
    (Zone::seen(name, from, until, &mut ahead).unwrap(), other)
}

fn stamp(at: Instant) -> Timestamp {
    Timestamp::from_second(at.0).unwrap()
}

fn wall(text: &str) -> Wall {
    Wall::from_iso(text).unwrap_or_else(|| panic!("{text}"))
}

fn civil(wall: Wall) -> DateTime {
    wall.to_string().parse().unwrap()
}

/// When the other implementation says that a clock of the zone shows a time, by RFC 5545's rule.
fn instant(zone: &TimeZone, wall: DateTime) -> Instant {
    Instant(zone.to_ambiguous_timestamp(wall).compatible().unwrap().as_second())
}

fn a_wall() -> impl Strategy<Value = Wall> {
    (
        day_number(Date { year: 2024, month: 1, day: 1 })..day_number(Date { year: 2033, month: 1, day: 1 }),
        0..1440_u16,
    )
        .prop_map(|(day, minute)| Wall { date: day_of(day).unwrap(), minute })
}

/// The answers of somebody whom nothing concerns, who comes for low mood.
fn mood() -> Answers {
    let mut answers = all_clear(shipped());
    answers.set("goal".into(), several(&["depression-two-or-more"]));
    answers
}

fn plan<'g>(guide: &'g Guide, answers: &Answers, zone: &str, times: &[&str]) -> (Vec<Dated<'g>>, Zone) {
    let times: Vec<Wall> = times.iter().map(|time| wall(time)).collect();
    let zone = seen(zone, &times).0;
    (schedule(guide, answers, &zone, &Visits { times, first: 1 }), zone)
}

#[track_caller]
fn task<'a, 'g>(plan: &'a [Dated<'g>], id: &str) -> &'a Dated<'g> {
    plan.iter().find(|dated| dated.task.id.as_str() == id).unwrap_or_else(|| panic!("no task `{id}`"))
}

/// When a task begins and ends, in the clinic's zone.
#[track_caller]
fn times(zone: &str, appointment: &str, id: &str) -> (String, String) {
    let answers = mood();
    let (plan, zone) = plan(shipped(), &answers, zone, &[appointment]);
    let dated = task(&plan, id);
    (zone.rfc3339(dated.at), dated.until.map(|until| zone.rfc3339(until)).unwrap_or_default())
}

#[track_caller]
fn check(zone: &str, appointment: &str, id: &str, at: &str, until: &str) {
    let (found, found_until) = times(zone, appointment, id);
    assert_eq!((found.as_str(), found_until.as_str()), (at, until), "{id} of {appointment} in {zone}");
}

#[test]
fn hours_are_elapsed_hours_whatever_the_clocks_do() {
    let new_york = "America/New_York";
    // An ordinary day.
    check(
        new_york,
        "2026-12-03T09:30",
        "light-meal",
        "2026-12-03T03:30:00-05:00",
        "2026-12-03T11:00:00-05:00",
    );
    check(
        new_york,
        "2026-12-03T09:30",
        "fatty-food",
        "2026-12-03T01:30:00-05:00",
        "2026-12-03T11:00:00-05:00",
    );
    check(
        new_york,
        "2026-12-03T09:30",
        "clear-liquids",
        "2026-12-03T07:30:00-05:00",
        "2026-12-03T11:00:00-05:00",
    );
    // The night in which the clocks go forward has an hour less: 6 hours before 6:00 is 23:00.
    check(
        new_york,
        "2027-03-14T06:00",
        "light-meal",
        "2027-03-13T23:00:00-05:00",
        "2027-03-14T07:30:00-04:00",
    );
    // And the one in which they go back an hour more: 6 hours before 6:00 is 1:00 for the second time.
    check(
        new_york,
        "2026-11-01T06:00",
        "light-meal",
        "2026-11-01T01:00:00-04:00",
        "2026-11-01T07:30:00-05:00",
    );
    // A fast that begins the day before.
    check(
        new_york,
        "2026-12-03T00:30",
        "fatty-food",
        "2026-12-02T16:30:00-05:00",
        "2026-12-03T02:00:00-05:00",
    );
}

#[test]
fn driving_waits_for_the_later_of_the_hours_and_the_morning_after_a_night() {
    let new_york = "America/New_York";
    let drives = |appointment: &str, until: &str| {
        assert_eq!(times(new_york, appointment, "after-no-driving").1, until, "{appointment}");
    };
    // The drip ends at 11:00, so that 24 hours are the later.
    drives("2026-12-03T09:30", "2026-12-04T11:00:00-05:00");
    // It ends at 02:00: 24 hours later the person is asleep, in the night that has begun on the third.
    drives("2026-12-03T00:30", "2026-12-04T08:00:00-05:00");
    // It ends at 06:30; the night after that day.
    drives("2026-12-03T05:00", "2026-12-04T08:00:00-05:00");
    // The clocks go forward in the night between: 24 hours are 24 hours.
    drives("2027-03-13T09:30", "2027-03-14T12:00:00-04:00");
    // They go back.
    drives("2026-10-31T09:30", "2026-11-01T10:00:00-05:00");
}

#[test]
fn the_day_before_is_a_day_of_the_calendar() {
    let new_york = "America/New_York";
    let day = |appointment: &str, id: &str, first: &str, last: &str| {
        let (at, until) = times(new_york, appointment, id);
        assert_eq!(
            (&at[..16], &until[..16]),
            (format!("{first}T00:00").as_str(), format!("{last}T23:59").as_str())
        );
    };
    day("2026-12-03T00:30", "confirm-day-before", "2026-12-02", "2026-12-02");
    day("2028-03-01T09:30", "confirm-day-before", "2028-02-29", "2028-02-29");
    day("2027-03-01T09:30", "confirm-day-before", "2027-02-28", "2027-02-28");
    day("2028-02-29T09:30", "after-day-1-journal", "2028-03-01", "2028-03-01");
    day("2028-02-29T09:30", "medicines-review", "2028-02-15", "2028-02-22");
    // Thirteen days of 24 hours and one of 25 lie between.
    day("2026-11-05T09:30", "medicines-review", "2026-10-22", "2026-10-29");
    // A drip that ends after midnight: the first day after it is the day after that.
    day("2026-12-03T23:30", "after-day-1-journal", "2026-12-05", "2026-12-05");
}

#[test]
fn a_time_that_the_clocks_leave_out_or_show_twice_follows_rfc_5545() {
    let (zone, _) = seen("America/New_York", &[wall("2027-03-14T02:30")]);
    assert_eq!(zone.rfc3339(zone.instant(wall("2027-03-14T02:30"))), "2027-03-14T03:30:00-04:00");
    let (zone, _) = seen("America/New_York", &[wall("2026-11-01T01:30")]);
    assert_eq!(zone.rfc3339(zone.instant(wall("2026-11-01T01:30"))), "2026-11-01T01:30:00-04:00");
}

#[test]
fn a_longer_drip_is_taken_where_it_may_be_meant() {
    let mut answers = mood();
    let arrival = Instant(0);
    let minutes = |answers: &Answers| {
        let moments = moments(shipped(), answers, arrival);
        (
            (moments.end.0 - moments.drip.0) / 60,
            (moments.drip.0 - arrival.0) / 60,
            (moments.leave.0 - moments.end.0) / 60,
        )
    };
    assert_eq!(minutes(&answers), (60, 30, 60));
    answers.set("goal".into(), several(&["ptsd", "crps"]));
    assert_eq!(minutes(&answers), (240, 30, 60));
    assert_eq!(minutes(&Answers::default()), (240, 30, 60));
    // A guide that says nothing takes the longest that there is.
    assert_eq!(moments(&Guide::default(), &answers, arrival).end, Instant((30 + 480) * 60));
}

#[test]
fn the_answers_choose_the_tasks() {
    let has = |answers: &Answers, id: &str| {
        plan(shipped(), answers, "UTC", &["2026-12-03T09:30"])
            .0
            .iter()
            .any(|dated| dated.task.id.as_str() == id)
    };
    let table: [(&str, Answer, &[&str], &[&str]); 6] = [
        (
            "diabetes",
            one("yes"),
            &["diabetes", "eating-own-plan"],
            &["fatty-food", "light-meal", "clear-liquids"],
        ),
        ("medicines", several(&["glp1"]), &["glp1", "eating-own-plan"], &["diabetes"]),
        ("sleep_apnea", one("yes-machine"), &["sleep-apnea-machine"], &[]),
        ("ride", one("no"), &["ride"], &["ride-booked"]),
        ("dependents", one("yes"), &["dependents", "after-no-sole-care"], &[]),
        ("language", one("yes"), &["interpreter"], &[]),
    ];
    for (question, answer, there, not_there) in table {
        let mut answers = mood();
        let before = answers.clone();
        answers.set(question.into(), answer);
        for id in there {
            assert!(has(&answers, id), "{question}: {id}");
            assert!(!has(&before, id), "nothing was said that asks for {id}");
        }
        for id in not_there {
            assert!(!has(&answers, id), "{question}: {id}");
        }
    }
}

#[test]
fn a_series_has_a_middle_and_an_end() {
    let days = ["2026-12-01", "2026-12-04", "2026-12-08", "2026-12-11"].map(|day| format!("{day}T09:30"));
    let days: Vec<&str> = days.iter().map(String::as_str).collect();
    let visits = |times: &[&str], id: &str| -> Vec<usize> {
        let plan = plan(shipped(), &mood(), "America/New_York", times).0;
        plan.iter().filter(|dated| dated.task.id.as_str() == id).map(|dated| dated.visit).collect()
    };
    assert_eq!(visits(&days, "day-third-visit"), [3]);
    assert_eq!(visits(&days, "after-last-visit"), [4]);
    assert_eq!(visits(&days, "medicines-review"), [1]);
    assert_eq!(visits(&days, "after-no-driving"), [1, 2, 3, 4]);
    assert_eq!(visits(&days[..1], "after-last-visit"), [0_usize; 0]);
    assert_eq!(visits(&days[..1], "day-third-visit"), [0_usize; 0]);
    // In whatever order they are typed.
    let turned: Vec<&str> = days.iter().rev().copied().collect();
    assert_eq!(plan(shipped(), &mood(), "UTC", &turned).0, plan(shipped(), &mood(), "UTC", &days).0);
}

#[test]
fn nobody_drives_sooner_for_what_a_clinic_writes() {
    let until = |folder: &Folder| {
        let guide = folder.guide();
        let (plan, zone) = plan(&guide, &mood(), "America/New_York", &["2026-12-03T00:30"]);
        zone.rfc3339(task(&plan, "after-no-driving").until.unwrap())
    };
    let shipped = Folder::shipped();
    let before = until(&shipped);
    let task = |rest: &str| format!("[[task]]\nid = \"after-no-driving\"\n{rest}\n");
    let table = [
        ("plan.toml", task("when = { at = \"end\" }")),
        ("plan.toml", task("when = { at = \"end\", until_hours = 1 }")),
        ("plan.toml", task("level = \"note\"")),
        ("plan.toml", task("off = true")),
        ("plan.toml", "[visit]\nnight_ends = 1\n".to_owned()),
        ("plan.toml", "[[drip]]\nminutes = 1\n".to_owned()),
        ("settings.toml", "[numbers.no_drive_hours]\nvalue = 12\n".to_owned()),
        ("settings.toml", "[numbers.night_ends_hour]\nvalue = 5\n".to_owned()),
        ("settings.toml", "[numbers.no_drive_hours]\nleast = 0\n".to_owned()),
    ];
    for (file, text) in table {
        let folder = shipped.clone().with(&format!("clinic:{file}"), text.clone());
        assert!(!folder.errors().is_empty(), "{text}");
        assert_eq!(until(&folder), before, "{text}");
    }
    // Stricter is fine.
    let stricter = shipped.clone().with("clinic:settings.toml", "[numbers.no_drive_hours]\nvalue = 48\n");
    assert_eq!(stricter.errors(), []);
    assert_eq!(until(&stricter), "2026-12-05T02:00:00-05:00");
    // Nor for a slip in the guide itself.
    let text =
        Folder::shipped().text("plan.toml").replace("until_hours = \"no_drive_hours\"", "until_hours = 2");
    let own = Folder::shipped().with("plan.toml", text);
    assert_eq!(until(&own), before);
}

#[test]
fn a_time_that_cannot_be_used_is_said_and_costs_nothing_else() {
    let table = [
        ("{ days_before = \"soon\" }", "must be a whole number"),
        ("{ days_before = [1, 2, 3] }", "must be a whole number"),
        ("{ days_before = -3 }", "further than 60 days"),
        ("{ days_after = 1.5 }", "must be a whole number"),
        ("{ at = \"lunch\" }", "`lunch` is not a moment of the visit"),
        ("{ at = \"end\", days_after = 1 }", "one beginning"),
        ("{ until = \"end\" }", "one beginning"),
        ("{ hours_before = \"hours\" }", "no number `hours`"),
        ("{ hours_before = -1 }", "not a length of time"),
        ("{ at = \"end\", until = \"leave\", until_sleep = true }", "one end"),
        ("{ at = \"end\", visit = \"second\" }", "`visit` does not name a visit"),
        ("{ at = \"end\", visit = 0 }", "`visit` does not name a visit"),
        ("{ on = \"monday\", at = \"end\" }", "`on` is not known"),
        ("5", "must be a table"),
    ];
    for (when, said) in table {
        let new = format!("id = \"ride\"\nwhen = {when}\n");
        let folder = Folder::small().replaced("plan.toml", "id = \"ride\"\n", &new);
        let errors = folder.errors();
        assert_eq!(errors.len(), 1, "{when}: {errors:#?}");
        assert!(errors[0].what.contains(said), "{when}: {}", errors[0].what);
        assert_eq!((errors[0].file.as_str(), errors[0].line), ("plan.toml", 3), "{when}");
        let guide = folder.guide();
        assert_eq!(plan(&guide, &Answers::default(), "UTC", &["2026-12-03T09:30"]).0.len(), 2, "{when}");
    }
}

#[test]
fn every_task_of_the_guide_says_when_and_how_much_it_matters() {
    for task in &shipped().tasks {
        if let Start::HoursBefore(hours) = &task.when.start {
            assert!(hours.of(&shipped().settings).is_some(), "{}", task.id);
        }
        // What is forbidden ends, or is for a day.
        if task.level == Level::Stop {
            assert!(task.when.until.is_some() || matches!(task.when.start, Start::Days(..)), "{}", task.id);
        }
    }
    let drives = shipped().task(&"after-no-driving".into()).unwrap();
    assert!(matches!(&drives.when.until, Some(Until::After { hours: Some(_), sleep: true })));
}

#[test]
fn a_time_is_read_as_it_is_written_and_nothing_else() {
    for text in ["2026-12-03T09:30", "2028-02-29T00:00", "1999-12-31T23:59"] {
        assert_eq!(wall(text).to_string(), text);
    }
    for text in [
        "",
        "2026-12-03",
        "2026-12-03 09:30",
        "2026-12-03T9:30",
        "2026-12-03T24:00",
        "2026-12-03T09:60",
        "2027-02-29T09:30",
        "2026-12-03T09:30Z",
        "2026-12-03T09:30:00",
        "+026-12-03T09:30",
        "2026-12-03T+9:30",
        "26-12-03T09:30",
        "2026-13-03T09:30",
    ] {
        assert_eq!(Wall::from_iso(text), None, "{text}");
    }
    assert_eq!(Instant::from_utc("1970-01-02T00:00:01.250Z"), Some(Instant(86_401)));
    for text in ["1970-01-02T00:00:01", "1970-01-02T00:00:61Z", "1970-01-02T00:00:01.2x5Z", "x", ""] {
        assert_eq!(Instant::from_utc(text), None, "{text}");
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_zone_shows_what_another_implementation_shows(name in prop::sample::select(&ZONES[..]), time in a_wall(), other in a_wall()) {
        let (zone, theirs) = seen(name, &[time]);
        prop_assert_eq!(zone.instant(time), instant(&theirs, civil(time)), "{} in {}", time, name);
        let at = zone.instant(time).plus((i64::from(other.minute) - 720) * 60 * 40);
        prop_assert_eq!(zone.wall(at).to_string(), theirs.to_datetime(stamp(at)).strftime("%Y-%m-%dT%H:%M").to_string());
        let text = zone.rfc3339(at);
        prop_assert_eq!(text.parse::<Timestamp>().unwrap(), stamp(at), "{}", text);
        prop_assert_eq!(Instant::from_utc(&stamp(at).to_string()), Some(at));
        let day = other.date;
        let theirs = date(day.year as i16, day.month as i8, day.day as i8);
        prop_assert_eq!(weekday(day) as i8, theirs.weekday().to_sunday_zero_offset());
    }

    #[test]
    fn every_task_is_where_another_implementation_puts_it(name in prop::sample::select(&ZONES[..]), time in a_wall()) {
        let (zone, theirs) = seen(name, &[time]);
        let guide = shipped();
        let answers = Answers::default();
        let plan = schedule(guide, &answers, &zone, &Visits { times: vec![time], first: 3 });
        let arrival = instant(&theirs, civil(time));
        let moments = moments(guide, &answers, arrival);
        let ended = theirs.to_datetime(stamp(moments.end)).date();
        prop_assert_eq!(plan.len(), guide.tasks.iter().filter(|task| task.when.visit.includes(3, 3)).count());
        for dated in &plan {
            let id = dated.task.id.as_str();
            match &dated.task.when.start {
                Start::Days(first, last) => {
                    let day = |days: i64| if days > 0 { ended + days.days() } else { civil(time).date() + days.days() };
                    prop_assert_eq!(dated.at, instant(&theirs, day(*first).at(0, 0, 0, 0)), "{}", id);
                    prop_assert_eq!(dated.until, Some(instant(&theirs, day(*last).at(23, 59, 0, 0))), "{}", id);
                }
                Start::HoursBefore(hours) => {
                    let hours = hours.of(&guide.settings).unwrap() as i64;
                    prop_assert_eq!(stamp(dated.at), stamp(arrival) - hours.hours(), "{}", id);
                }
                Start::At(anchor) => prop_assert_eq!(dated.at, moments.of(*anchor), "{}", id),
            }
            if let Some(Until::After { hours, sleep: true }) = &dated.task.when.until {
                let hours = hours.as_ref().map_or(0, |hours| hours.of(&guide.settings).unwrap() as i64);
                let elapsed = stamp(moments.end) + hours.hours();
                let slept = stamp(instant(&theirs, (ended + 1.day()).at(8, 0, 0, 0)));
                prop_assert_eq!(dated.until.map(stamp), Some(elapsed.max(slept)), "{}", id);
                if hours > 0 {
                    prop_assert!(dated.until.unwrap().0 - moments.end.0 >= 24 * HOUR, "{}", id);
                }
            }
            prop_assert!(dated.until.is_none_or(|until| until >= dated.at), "{}", id);
        }
        prop_assert!(plan.is_sorted_by_key(|dated| dated.at));
    }

    #[test]
    fn a_moved_appointment_moves_all(name in prop::sample::select(&ZONES[..]), time in a_wall(), days in 1..30_i64) {
        let moved = Wall { date: day_of(day_number(time.date) + days).unwrap(), ..time };
        let (guide, answers) = (shipped(), mood());
        let zone = seen(name, &[time, moved]).0;
        let plan = |time| schedule(guide, &answers, &zone, &Visits { times: vec![time], first: 1 });
        let (before, after) = (plan(time), plan(moved));
        prop_assert_eq!(before.len(), after.len());
        let mut ids: Vec<_> = before.iter().map(|dated| &dated.task.id).collect();
        ids.sort();
        for id in ids {
            let (old, new) = (task(&before, id.as_str()), task(&after, id.as_str()));
            // A day of a changed clock is an hour or two longer or shorter, a moment beside one as well.
            prop_assert!((new.at.0 - old.at.0 - days * DAY).abs() <= 2 * HOUR, "{}", id);
        }
    }

    #[test]
    fn a_plan_of_any_text_and_any_time_ends(text in "\\PC{0,20}", time in any::<(u16, u8, u8, u16)>()) {
        let _ = (Wall::from_iso(&text), Instant::from_utc(&text));
        let odd = Wall { date: Date { year: time.0, month: time.1, day: time.2 }, minute: time.3 };
        let _ = schedule(shipped(), &Answers::default(), &Zone::default(), &Visits { times: vec![odd], first: 0 });
    }
}
