//! `anteroom plan`.

use std::fs;

use serde_json::Value;

use crate::support::{all_clear, shipped};
use crate::{Clinic, Said};

const ZONE: [&str; 2] = ["--zone", "America/New_York"];

fn plan(clinic: &Clinic, more: &[&str]) -> Said {
    clinic.runs(&[&["plan", "--format", "json"][..], more].concat())
}

#[track_caller]
fn task<'a>(plan: &'a Value, id: &str) -> &'a Value {
    plan["tasks"].as_array().unwrap().iter().find(|task| task["id"] == id).unwrap_or_else(|| panic!("{id}"))
}

/// The calendar file that is written for an appointment.
fn calendar(clinic: &Clinic, appointment: &str, more: &[&str]) -> String {
    let arguments = [&["--appointment", appointment, "--ics", "plan.ics"], &ZONE[..], more].concat();
    plan(clinic, &arguments).exits(0);
    fs::read_to_string(clinic.path("plan.ics")).unwrap()
}

/// The values of a property, unfolded.
fn values(text: &str, name: &str) -> Vec<String> {
    let text = text.replace("\r\n ", "");
    let lines = text.split("\r\n").filter_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_plan_gives_every_task_its_time_with_the_distance_from_utc() {
    let clinic = Clinic::shipped();
    let mut answers = serde_json::to_value(all_clear(shipped())).unwrap();
    answers["goal"] = serde_json::json!(["depression-two-or-more"]);
    clinic.writes("answers.json", answers.to_string());
    let arguments = [&["--appointment", "2026-12-03T09:30", "--answers", "answers.json"], &ZONE[..]].concat();
    let said = plan(&clinic, &arguments);
    said.exits(0);
    assert_eq!(said.err, "");
    let given = said.json();
    let meal = task(&given, "light-meal");
    assert_eq!(
        (&meal["at"], &meal["until"]),
        (&"2026-12-03T03:30:00-05:00".into(), &"2026-12-03T11:00:00-05:00".into())
    );
    assert_eq!(
        (&meal["level"], &meal["firm"], &meal["title"]),
        (&"stop".into(), &false.into(), &"Last light meal".into())
    );
    assert_eq!(task(&given, "after-no-driving")["until"], "2026-12-04T11:00:00-05:00");
    assert_eq!(task(&given, "after-call-911")["until"], Value::Null);
    assert_eq!(task(&given, "medicines-review")["at"], "2026-11-19T00:00:00-05:00");
    let spanish = plan(&clinic, &[&arguments[..], &["--lang", "es"]].concat()).json();
    assert_eq!(task(&spanish, "light-meal")["title"], "Última comida ligera");
    let series =
        plan(&clinic, &[&arguments[..], &["--appointment", "2026-12-07T09:30", "--visit", "2"]].concat())
            .json();
    assert_eq!(task(&series, "day-third-visit")["visit"], 3);
    let words = clinic.runs(&[&["plan"][..], &arguments].concat());
    assert!(words.exits(0).out.contains("2026-12-03 03:30"), "{}", words.out);
}

#[test]
fn the_zone_of_the_clinic_is_in_its_settings() {
    let clinic = Clinic::shipped();
    let settings = fs::read_to_string(clinic.path("content/settings.toml")).unwrap();
    clinic.writes("content/settings.toml", settings.replace("zone = \"\"", "zone = \"Europe/Madrid\""));
    let given = plan(&clinic, &["--appointment", "2026-07-01T09:30"]).json();
    assert_eq!(task(&given, "day-check-in")["at"], "2026-07-01T09:30:00+02:00");
}

#[test]
fn what_cannot_be_meant_is_said_in_a_sentence() {
    let clinic = Clinic::shipped();
    let when = ["--appointment", "2026-12-03T09:30"];
    let table: [(&[&str], &str); 8] = [
        (&["--appointment", "tomorrow", "--zone", "UTC"], "`tomorrow` is not a day and a time."),
        (&["--appointment", "2027-02-29T09:30", "--zone", "UTC"], "is not a day and a time."),
        (&["--appointment", "2026-12-03T25:00", "--zone", "UTC"], "is not a day and a time."),
        (
            &["--appointment", "2026-12-03T09:30", "--zone", "Mars/Olympus"],
            "There is no time zone `Mars/Olympus`.",
        ),
        (&["--appointment", "2026-12-03T09:30", "--zone", "../etc/passwd"], "There is no time zone"),
        (&["--appointment", "2026-12-03T09:30"], "The time zone of the clinic is not known."),
        (
            &["--appointment", "2026-12-03T09:30", "--zone", "UTC", "--answers", "none.json"],
            "could not be read",
        ),
        (
            &["--appointment", "2026-12-03T09:30", "--zone", "UTC", "--lang", "xx"],
            "This guide has no language `xx`",
        ),
    ];
    for (arguments, sentence) in table {
        let said = plan(&clinic, arguments);
        said.exits(2);
        assert!(said.err.contains(sentence), "{arguments:?}: {}", said.err);
        assert_eq!(said.out, "", "{arguments:?}");
    }
    let twice = plan(&clinic, &[&when[..], &when, &ZONE].concat());
    assert!(twice.exits(2).err.contains("is there twice"), "{}", twice.err);
    let nowhere = plan(&clinic, &[&when[..], &ZONE, &["--ics", "no/such/folder.ics"]].concat());
    assert!(nowhere.exits(2).err.contains("could not be written"), "{}", nowhere.err);
    clinic.writes("answers.json", "{\"age\": \"old\"}");
    let refused = plan(&clinic, &[&when[..], &ZONE, &["--answers", "answers.json"]].concat());
    assert!(refused.exits(1).json()["problems"][0].is_string());
}

#[test]
fn a_calendar_gives_nothing_away_unless_it_is_told_to() {
    let clinic = Clinic::shipped();
    let private = calendar(&clinic, "2026-12-03T09:30", &[]);
    let mut summaries = values(&private, "SUMMARY");
    summaries.sort();
    summaries.dedup();
    assert_eq!(summaries, ["Appointment", "Appointment preparation"]);
    let text = private.replace("\r\n ", "").to_lowercase();
    for word in [
        "ketamine",
        "infusion",
        "springfield",
        "alcohol",
        "medicine",
        "drip",
        "depress",
        "pain",
        "clinic",
        "fast_",
    ] {
        assert!(!text.contains(word), "{word}");
    }
    let plain = calendar(&clinic, "2026-12-03T09:30", &["--plain-titles"]);
    assert!(values(&plain, "SUMMARY").contains(&"Last light meal".to_owned()), "{plain}");
    assert!(
        private.split("\r\n").chain(plain.split("\r\n")).all(|line| line.len() <= 75 && !line.contains('\n'))
    );
}

#[test]
fn a_moved_appointment_has_the_same_entries() {
    let clinic = Clinic::shipped();
    let uids = |text: &str| {
        let mut uids = values(text, "UID");
        let all = uids.len();
        uids.sort();
        uids.dedup();
        assert_eq!(uids.len(), all, "no two entries share a UID");
        uids
    };
    let (first, second) =
        (calendar(&clinic, "2026-12-03T09:30", &[]), calendar(&clinic, "2027-03-14T00:30", &[]));
    assert_eq!(uids(&first), uids(&second));
    assert_ne!(values(&first, "DTSTART"), values(&second, "DTSTART"));
    let sequence = |text: &str| values(text, "SEQUENCE")[0].parse::<i64>().unwrap();
    assert!(sequence(&second) >= sequence(&first));
}
