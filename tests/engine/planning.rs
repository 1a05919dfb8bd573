//! The part of the session that is about an appointment, and the plan at one moment.

use anteroom::engine::map::Set;
use std::sync::LazyLock;

use anteroom::engine::guide::words::Say;
use anteroom::engine::ids::TaskId;
use anteroom::engine::own_file::{OwnFileMessage, Waiting};
use anteroom::engine::plan::schedule::Visits;
use anteroom::engine::plan::state::{Made, PlanEffect, PlanError, PlanMessage, PlanScreen, day_id};
use anteroom::engine::plan::today::Phase;
use anteroom::engine::plan::zone::{Instant, Wall, Zone};
use anteroom::engine::session::{Effect, Message, Moment, Screen, Session, Target, Wish, open, update};

use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Folder, cases, one, shipped};

const VISIT: &str = "2026-12-03T09:30";

fn moment(now: &str) -> Moment {
    Moment { now: now.to_owned(), ..Moment::default() }
}

/// The shipped guide on its start page.
fn started() -> Session {
    static STARTED: LazyLock<Session> = LazyLock::new(|| {
        let (session, _) = open(Wish::default());
        let files = Message::FilesArrived(Folder::shipped().sources);
        update(session, files, &moment("2026-11-20T00:00:00Z")).0
    });
    STARTED.clone()
}

fn says(session: Session, message: PlanMessage) -> (Session, Vec<Effect>) {
    update(session, Message::Plan(message), &moment("2026-11-20T00:00:00Z"))
}

fn typed(times: &[(&str, &str)]) -> Session {
    let mut session = says(started(), PlanMessage::Opened).0;
    session = says(session, PlanMessage::ChoseCount(times.len())).0;
    for (place, (day, time)) in times.iter().enumerate() {
        session = says(session, PlanMessage::TypedDay(place, (*day).to_owned())).0;
        session = says(session, PlanMessage::TypedTime(place, (*time).to_owned())).0;
    }
    says(session, PlanMessage::ChoseZone("Etc/Somewhere".to_owned())).0
}

/// A plan of these visits in a zone that is UTC.
fn made(times: &[&str]) -> Session {
    let times = times.iter().map(|time| Wall::from_iso(time).unwrap()).collect();
    let made = Made { visits: Visits { times, first: 1 }, zone: Zone::default(), own: None };
    says(typed(&[("2026-12-03", "09:30")]), PlanMessage::ZoneSeen(Some(Box::new(made)))).0
}

fn at(session: &Session, now: &str) -> Session {
    update(session.clone(), Message::Plan(PlanMessage::MinutePassed), &moment(now)).0
}

#[test]
fn a_typed_appointment_asks_the_browser_for_the_zone_and_becomes_a_plan() {
    let (session, effects) = says(typed(&[("2026-12-03", "09:30")]), PlanMessage::PressedMake);
    let [Effect::Plan(PlanEffect::SeeZone { zone, visits, from, until })] = &effects[..] else {
        panic!("{effects:?}")
    };
    assert_eq!((zone.as_str(), visits.times[0].to_string().as_str()), ("Etc/Somewhere", VISIT));
    assert!(*from < Instant(1_796_290_200 - 15 * 86_400) && *until > Instant(1_796_290_200 + 30 * 86_400));
    assert!(session.dated_plan().is_empty(), "without a zone there are no times");
    let session = made(&[VISIT]);
    assert_eq!(session.screen, Screen::Plan(PlanScreen::Days));
    assert!(session.dated_plan().len() > 40);
}

#[test]
fn what_is_missing_is_said_at_its_field() {
    let table: [(&[(&str, &str)], PlanError); 6] = [
        (&[("", "")], PlanError::Day(0)),
        (&[("3 December", "09:30")], PlanError::Day(0)),
        (&[("2027-02-29", "09:30")], PlanError::Day(0)),
        (&[("2026-12-03", "")], PlanError::Time(0)),
        (&[("2026-12-03", "09:30"), ("2026-12-05", "soon")], PlanError::Time(1)),
        (&[("2026-12-03", "09:30"), ("2026-12-03", "09:30")], PlanError::Twice(1)),
    ];
    for (times, error) in table {
        let (session, effects) = says(typed(times), PlanMessage::PressedMake);
        assert_eq!(session.plan.error, Some(error), "{times:?}");
        assert_eq!(effects, [Effect::Focus(Target::ErrorSummary)]);
    }
    let (session, _) = says(typed(&[("2026-12-03", "09:30")]), PlanMessage::ZoneSeen(None));
    assert_eq!(session.plan.error, Some(PlanError::Zone));
    assert_eq!(PlanError::Twice(1).field(), day_id(1));
}

#[test]
fn whoever_needs_help_now_is_shown_help_and_no_appointment() {
    let mut session = started();
    session.answers.set("safety_now".into(), one("yes-might-act"));
    let (session, _) = says(session, PlanMessage::Opened);
    assert!(session.help_open);
    assert_eq!(session.screen, Screen::Start);
    // Nor does an answer of the browser take the panel away.
    let mut session = typed(&[("2026-12-03", "09:30")]);
    session.help_open = true;
    let (session, _) = says(session, PlanMessage::ZoneSeen(Some(Box::default())));
    assert!(session.help_open);
    assert_eq!(session.screen, Screen::Plan(PlanScreen::Form));
}

#[test]
fn back_leads_to_where_the_plan_was_opened() {
    let mut session = says(made(&[VISIT]), PlanMessage::OpenedToday).0;
    let screens = [Screen::Plan(PlanScreen::Days), Screen::Plan(PlanScreen::Form), Screen::Start];
    for screen in screens {
        session = update(session, Message::PressedBack, &moment("2026-11-20T00:00:00Z")).0;
        assert_eq!(session.screen, screen);
    }
}

#[test]
fn the_person_is_forgotten_and_the_minutes_are_told_once() {
    let (session, effects) = says(made(&[VISIT]), PlanMessage::OpenedToday);
    assert!(effects.contains(&Effect::Plan(PlanEffect::TellMinutes)));
    let session = says(session, PlanMessage::Ticked(1, TaskId::from("confirm-day-before"))).0;
    assert!(session.has_something_to_lose());
    let session = update(session, Message::PressedClear, &moment("2026-11-20T00:00:00Z")).0;
    assert!(session.plan.made.is_none() && session.plan.typed.is_empty() && session.plan.done.is_empty());
    assert!(!session.has_something_to_lose());
    let (_, effects) = says(session, PlanMessage::OpenedToday);
    assert!(!effects.contains(&Effect::Plan(PlanEffect::TellMinutes)));
}

#[test]
fn the_view_of_the_day_says_what_to_do_what_next_and_what_not() {
    let session = made(&[VISIT]);
    let ids = |tasks: &[anteroom::engine::plan::schedule::Dated]| -> Vec<String> {
        tasks.iter().map(|dated| dated.task.id.to_string()).collect()
    };
    let has = |tasks: &[anteroom::engine::plan::schedule::Dated], id: &str| {
        ids(tasks).iter().any(|task| task == id)
    };
    // The day before.
    let before = at(&session, "2026-12-02T08:00:00Z");
    let today = before.plan_today().unwrap();
    assert_eq!(today.phase, Phase::Before(25 * 3600 + 1800));
    assert!(has(&today.now, "confirm-day-before"), "{:?}", ids(&today.now));
    assert_eq!(ids(&today.next), ["alcohol-cannabis"]);
    assert!(today.calls.is_empty() && today.not_now.is_empty());
    // What should be arranged already is still to be done, until it is ticked off or the visit begins.
    assert!(has(&today.now, "medicines-review"), "{:?}", ids(&today.now));
    let arranged = says(before.clone(), PlanMessage::Ticked(1, "medicines-review".into())).0;
    assert!(!has(&at(&arranged, "2026-12-02T08:00:00Z").plan_today().unwrap().now, "medicines-review"));
    // What is ticked off is gone.
    let ticked = says(before.clone(), PlanMessage::Ticked(1, "confirm-day-before".into())).0;
    assert!(!has(&at(&ticked, "2026-12-02T08:00:00Z").plan_today().unwrap().now, "confirm-day-before"));
    // The morning: no food, since nobody knows of diabetes, and water still.
    let morning = at(&session, "2026-12-03T04:00:00Z");
    let today = morning.plan_today().unwrap();
    assert!(has(&today.not_now, "light-meal") && has(&today.not_now, "fatty-food"));
    assert!(!has(&today.not_now, "clear-liquids"));
    // There.
    let there = at(&session, "2026-12-03T10:30:00Z");
    let today = there.plan_today().unwrap();
    assert_eq!(today.phase, Phase::There);
    assert!(has(&today.now, "day-drip") && has(&today.calls, "after-call-911"));
    assert!(!has(&today.now, "medicines-review"));
    // After it, until the rule of driving ends to the minute.
    let today = at(&session, "2026-12-04T13:59:00Z");
    assert!(has(&today.plan_today().unwrap().not_now, "after-no-driving"));
    let today = at(&session, "2026-12-04T14:01:00Z");
    let today = today.plan_today().unwrap();
    assert_eq!(today.phase, Phase::After);
    assert!(!has(&today.not_now, "after-no-driving"));
    assert!(has(&today.now, "after-day-1-journal"));
}

#[test]
fn between_two_visits_the_later_end_of_a_rule_counts() {
    let session = made(&[VISIT, "2026-12-04T09:30"]);
    let now = at(&session, "2026-12-04T15:00:00Z");
    let today = now.plan_today().unwrap();
    let driving: Vec<_> =
        today.not_now.iter().filter(|dated| dated.task.id.as_str() == "after-no-driving").collect();
    assert_eq!(driving.len(), 1);
    assert_eq!(driving[0].visit, 2);
}

#[test]
fn times_are_in_the_words_of_the_language() {
    let session = started();
    let words = session.words();
    let wall = |text: &str| Wall::from_iso(text).unwrap();
    assert_eq!(words.moment(wall(VISIT)), "Thursday, December 3, 2026, 9:30 am");
    assert_eq!(words.moment_in(wall(VISIT), Some(2026)), "Thursday, December 3, 9:30 am");
    assert_eq!(words.moment_in(wall(VISIT), Some(2027)), "Thursday, December 3, 2026, 9:30 am");
    for (time, said) in [("00:30", "12:30 am"), ("12:05", "12:05 pm"), ("23:59", "11:59 pm")] {
        assert_eq!(words.time(wall(&format!("2026-12-03T{time}"))), said);
    }
    assert_eq!(words.left(5 * 3600 + 1741), "5 h 30 min");
    assert_eq!(words.left(59), "0 h 1 min");
    assert_eq!(words.left(3 * 86_400 + 5), "3 days");
    assert!(!words.say(Say::DatedTitle).is_empty());
}

#[test]
fn a_year_stands_where_it_is_not_known_and_never_twice() {
    let visits = |time: &str| making(started(), &[time.to_owned()], "2026-11-20T09:00:00Z");
    let days = |session: &Session, known: Option<u16>| -> Vec<String> {
        let made = session.plan.made.as_ref().unwrap();
        let plan = session.dated_plan();
        plan.iter().map(|dated| session.words().days_of(&made.zone, dated, known)).collect()
    };
    let session = visits("2026-12-03T09:30");
    assert_eq!(session.plan.made.as_ref().unwrap().year_of(1), Some(2026));
    let known = days(&session, Some(2026));
    assert!(known.iter().any(|day| day == "Thursday, November 19 until Thursday, November 26"), "{known:?}");
    assert!(known.iter().all(|day| !day.contains("20")), "{known:?}");
    let whole = days(&session, None);
    assert!(
        whole.iter().any(|day| day == "Thursday, November 19 until Thursday, November 26, 2026"),
        "{whole:?}"
    );
    assert!(whole.iter().all(|day| day.matches("2026").count() == 1), "{whole:?}");
    let across = days(&visits("2027-01-05T09:30"), Some(2027));
    assert!(across.iter().any(|day| day == "Tuesday, January 5"), "{across:?}");
    assert!(
        across.iter().any(|day| day == "Tuesday, December 22 until Tuesday, December 29, 2026"),
        "{across:?}"
    );
}

/// A plan of these visits, made of what is typed as a browser in UTC would.
fn making(session: Session, times: &[String], now: &str) -> Session {
    let does = |session, message| update(session, Message::Plan(message), &moment(now)).0;
    let mut session = does(session, PlanMessage::Opened);
    if session.screen != Screen::Plan(PlanScreen::Form) {
        session = does(session, PlanMessage::PressedChange);
    }
    session = does(session, PlanMessage::ChoseCount(times.len()));
    for (place, time) in times.iter().enumerate() {
        let (day, time) = time.split_once('T').unwrap();
        session = does(session, PlanMessage::TypedDay(place, day.to_owned()));
        session = does(session, PlanMessage::TypedTime(place, time.to_owned()));
    }
    session = does(session, PlanMessage::ChoseZone("Etc/Somewhere".to_owned()));
    let (session, effects) = update(session, Message::Plan(PlanMessage::PressedMake), &moment(now));
    zone_told(session, &effects, now)
}

/// What a browser in UTC answers.
fn zone_told(session: Session, effects: &[Effect], now: &str) -> Session {
    let told = effects.iter().find_map(|effect| match effect {
        Effect::Plan(PlanEffect::SeeZone { zone, visits, from, until }) => {
            let zone = Zone::seen(zone, *from, *until, &mut |_| Some(0)).unwrap();
            Some(Made { visits: visits.clone(), zone, own: None })
        }
        _ => None,
    });
    let made = told.expect("the browser is asked for the zone");
    update(session, Message::Plan(PlanMessage::ZoneSeen(Some(Box::new(made)))), &moment(now)).0
}

fn opens(session: Session, file: &str) -> (Session, Vec<Effect>) {
    let message = Message::OwnFile(OwnFileMessage::FileRead(Ok(file.to_owned())));
    update(session, message, &moment("2026-11-21T00:00:00Z"))
}

/// The plan as it stands in a file.
fn plan_in(file: &str) -> Value {
    serde_json::from_str::<Value>(file).unwrap()["plan"].clone()
}

const NOW: &str = "2026-11-20T00:00:00Z";

fn any_times() -> impl Strategy<Value = Vec<String>> {
    let time = (2026_u32..2029, 1_u32..=12, 1_u32..=28, 0_u32..24, 0_u32..60);
    let time = time.prop_map(|(year, month, day, hour, minute)| {
        format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}")
    });
    // In any order: whoever types the second visit first means the same series.
    prop::collection::hash_set(time, 1..=12).prop_map(|times| times.into_iter().collect())
}

fn any_ticks() -> impl Strategy<Value = Vec<(usize, TaskId)>> {
    let tasks: Vec<TaskId> = shipped().tasks.iter().map(|task| task.id.clone()).collect();
    prop::collection::vec((1_usize..=12, prop::sample::select(tasks)), 0..30)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_plan_that_is_saved_and_opened_goes_on_where_it_was(times in any_times(), ticks in any_ticks()) {
        let mut session = making(started(), &times, NOW);
        for (visit, task) in ticks.into_iter().filter(|(visit, _)| *visit <= times.len()) {
            session = says(session, PlanMessage::Ticked(visit, task)).0;
        }
        let file = session.own_file_json(NOW);
        let (opened, effects) = opens(started(), &file);
        let opened = zone_told(opened, &effects, NOW);
        prop_assert_eq!(&opened.plan.done, &session.plan.done);
        prop_assert_eq!(&opened.plan.typed, &session.plan.typed);
        prop_assert_eq!(&opened.plan.made, &session.plan.made);
        prop_assert_eq!(opened.dated_plan(), session.dated_plan());
        prop_assert_eq!(&opened.screen, &Screen::Start, "nothing is opened unasked");
        prop_assert_eq!(plan_in(&opened.own_file_json(NOW)), plan_in(&file));
        let opened = says(opened, PlanMessage::Opened).0;
        prop_assert_eq!(opened.screen, Screen::Plan(PlanScreen::Days));
    }

    #[test]
    fn a_tick_goes_with_its_visit_wherever_it_is_moved(
        times in any_times(),
        others in any_times(),
        ticks in any_ticks(),
    ) {
        let count = times.len().min(others.len());
        let (times, others) = (&times[..count], &others[..count]);
        let mut session = making(started(), times, "2020-01-01T00:00:00Z");
        for (visit, task) in ticks.into_iter().filter(|(visit, _)| *visit <= count) {
            session = says(session, PlanMessage::Ticked(visit, task)).0;
        }
        // What is ticked off for the visit of each row.
        let by_row = |session: &Session, times: &[String]| -> Vec<Set<TaskId>> {
            let rows = times.iter().map(|time| {
                let number = times.iter().filter(|other| *other <= time).count();
                let own = session.plan.done.iter().filter(move |(visit, _)| *visit == number);
                own.map(|(_, task)| task.clone()).collect()
            });
            rows.collect()
        };
        let before = by_row(&session, times);
        let moved = making(session, others, "2020-01-01T00:00:00Z");
        prop_assert_eq!(by_row(&moved, others), before);
    }
}

#[test]
fn a_visit_that_is_over_takes_its_ticks_along_to_no_other_day() {
    let day = |day: &str| vec![format!("{day}T09:30")];
    let ticked = |session| says(session, PlanMessage::Ticked(1, "ride".into())).0;
    let session = ticked(making(started(), &day("2026-12-03"), NOW));
    let moved = making(session.clone(), &day("2026-12-10"), "2026-12-01T00:00:00Z");
    assert_eq!(moved.plan.done.len(), 1);
    assert!(moved.plan.moved, "the person is told to look again");
    let anew = making(session, &day("2026-12-10"), "2026-12-04T00:00:00Z");
    assert_eq!(anew.plan.done.len(), 0, "a ride that was booked for the last visit is none for this one");
    assert!(!anew.plan.moved);
}

#[test]
fn a_tick_for_a_task_that_is_gone_is_said_and_stays_in_the_file() {
    let session = making(started(), &["2026-12-03T09:30".to_owned()], NOW);
    let session = says(session, PlanMessage::Ticked(1, "gone".into())).0;
    assert_eq!(session.ticks_without_task(), 1);
    let plan = plan_in(&session.own_file_json(NOW));
    assert_eq!(plan["visits"][0]["done"], serde_json::json!(["gone"]));
}

#[test]
fn a_file_with_a_plan_replaces_no_plan_unasked_and_an_unknown_zone_loses_no_visit() {
    let session = making(started(), &["2026-12-03T09:30".to_owned()], NOW);
    let file = session.own_file_json(NOW);
    let here = typed(&[("2027-01-01", "08:00")]);
    let (asked, _) = opens(here.clone(), &file);
    assert!(matches!(asked.own.waiting, Some(Waiting::Asks(..))));
    assert_eq!(asked.plan, here.plan);

    // Also where the browser does not know the zone, the visits stay, in the form and in the next file.
    let (opened, _) = opens(started(), &file);
    let (opened, effects) = says(opened, PlanMessage::ZoneSeen(None));
    assert_eq!(effects, []);
    assert_eq!(opened.plan.error, Some(PlanError::Zone));
    assert_eq!(plan_in(&opened.own_file_json(NOW)), plan_in(&file));
}
