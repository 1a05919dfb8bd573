//! A computer that others use, too: the way out by a key, and what becomes of answers when nobody is there.

use anteroom::engine::deeds::Deeds;
use anteroom::engine::guide::words::Say;
use anteroom::engine::plan::state::PlanScreen;
use anteroom::engine::session::Message::{self, *};
use anteroom::engine::session::{Effect, Screen, Session};
use anteroom::engine::shared::{GaveUp, Happened, Happened::*, IDLE_MINUTES, WARNING_SECONDS};
use proptest::prelude::*;

use crate::session::Person;

const LIMIT: u32 = (IDLE_MINUTES * 60.0) as u32;

fn with_answers() -> Person {
    let mut person = Person::arrives();
    person.does(PressedStart).chooses("danger", "no").goes_on();
    person
}

impl Person {
    fn meets(&mut self, what: Happened) -> &mut Self {
        self.does(Message::Shared(what))
    }

    fn is_told(&self, say: Say) -> bool {
        self.effects.contains(&Effect::Announce(self.session.words().say(say).to_owned()))
    }
}

#[test]
fn three_presses_of_shift_wipe_and_leave_and_each_is_announced() {
    let mut person = with_answers();
    assert!(person.meets(PressedShift).is_told(Say::SharedShiftTwo));
    assert!(person.meets(PressedShift).is_told(Say::SharedShiftOne));
    assert!(person.session.holds_something());
    assert!(person.meets(PressedShift).is_told(Say::SharedLeaving));
    assert!(person.effects.contains(&Effect::Leave));
    assert!(!person.session.holds_something());
}

#[test]
fn a_capital_letter_or_a_long_pause_begins_the_count_anew() {
    for (why, said) in [(GaveUp::OtherKey, false), (GaveUp::TooLate, true)] {
        let mut person = with_answers();
        person.meets(PressedShift).meets(PressedShift).meets(GaveUpShift(why));
        assert_eq!(person.is_told(Say::SharedShiftLate), said, "{why:?}");
        person.meets(PressedShift).meets(PressedShift);
        assert!(!person.effects.contains(&Effect::Leave), "{why:?}");
        assert!(person.session.holds_something());
    }
}

#[test]
fn nobody_there_warns_first_and_wipes_later() {
    let mut person = with_answers();
    person.meets(TimePassed(LIMIT - WARNING_SECONDS - 1));
    assert!(!person.session.shared.is_warning());
    person.meets(TimePassed(LIMIT - WARNING_SECONDS));
    assert!(person.session.shared.is_warning());
    person.meets(TimePassed(LIMIT - 1));
    assert!(person.session.holds_something());
    person.meets(TimePassed(LIMIT));
    assert!(!person.session.holds_something());
    assert!(person.session.shared.wiped && person.session.screen == Screen::Start);
    assert!(person.is_told(Say::SharedWiped));
    assert!(!person.does(PressedStart).session.shared.wiped);
}

#[test]
fn a_computer_that_slept_for_hours_warns_when_it_wakes() {
    let mut person = with_answers();
    person.meets(TimePassed(10 * LIMIT));
    assert!(person.session.shared.is_warning() && person.session.holds_something());
    person.meets(TimePassed(10 * LIMIT + WARNING_SECONDS));
    assert!(!person.session.holds_something());
}

#[test]
fn one_key_keeps_the_answers_and_the_screen() {
    let mut person = with_answers();
    let before = person.session.clone();
    person.meets(TimePassed(LIMIT)).meets(Stayed);
    assert!(person.is_told(Say::SharedIdleKept));
    assert_eq!((&before.answers, &before.screen), (&person.session.answers, &person.session.screen));
    assert!(!person.session.shared.is_warning());
}

#[test]
fn nothing_takes_the_crisis_panel_away() {
    let mut person = with_answers();
    person.does(OpenedHelp);
    for seconds in [LIMIT, 2 * LIMIT, 20 * LIMIT] {
        person.meets(TimePassed(seconds));
    }
    assert!(person.session.help_open && person.session.holds_something());
    assert!(!person.session.shared.is_warning());
}

#[test]
fn the_view_of_the_day_stays_for_the_whole_day() {
    let mut person = with_answers();
    person.session.screen = Screen::Plan(PlanScreen::Today);
    for seconds in [LIMIT, 2 * LIMIT, 20 * LIMIT] {
        person.meets(TimePassed(seconds));
    }
    assert!(person.session.holds_something() && !person.session.shared.is_warning());
    person.session.screen = Screen::Plan(PlanScreen::Days);
    person.meets(TimePassed(LIMIT));
    assert!(person.session.shared.is_warning());
}

#[test]
fn who_has_said_nothing_is_left_in_peace() {
    let mut person = Person::arrives();
    person.meets(TimePassed(20 * LIMIT));
    assert!(!person.session.shared.is_warning() && person.effects.is_empty());
}

#[test]
fn a_page_that_is_put_away_holds_nothing() {
    let mut person = Person::arrives();
    person.is_about_to_send().meets(PutAway);
    assert!(!person.session.holds_something());
    assert!(person.session.ready && person.session.packet().is_none());
}

#[test]
fn what_happens_in_the_background_takes_no_notice_away() {
    let mut person = Person::arrives();
    person.is_about_to_send().does(Noticed(anteroom::engine::session::Notice::Copied));
    let before = person.session.notice;
    person.meets(TimePassed(60)).does(Counted(Deeds::default()));
    assert!(before.is_some() && person.session.notice == before);
}

#[test]
fn the_page_may_send_only_to_the_clinics_address() {
    let only = |person: &Person| {
        person.effects.iter().find_map(|effect| match effect {
            Effect::SendOnlyTo(endpoint) => Some(endpoint.clone()),
            _ => None,
        })
    };
    let person = Person::arrives();
    assert_eq!(only(&person), Some(person.session.guide.settings.handoff.endpoint.clone()));
}

#[test]
fn a_request_to_anybody_but_the_clinic_is_counted_as_one() {
    let deeds = Deeds {
        files: 3,
        others: ["https://a.example/in", "https://b.example/", "https://a.example/in"]
            .map(str::to_owned)
            .to_vec(),
    };
    assert_eq!(
        (deeds.sent(Some("https://a.example/in")), deeds.strangers(Some("https://a.example/in"))),
        (2, 1)
    );
    assert_eq!((deeds.sent(None), deeds.strangers(None)), (0, 3));
}

fn anything() -> impl Strategy<Value = Happened> {
    prop_oneof![
        Just(PressedShift),
        Just(GaveUpShift(GaveUp::OtherKey)),
        Just(GaveUpShift(GaveUp::TooLate)),
        (0..4 * LIMIT).prop_map(TimePassed),
        Just(Stayed),
    ]
}

proptest! {
    /// Whatever comes in whatever order: answers go only by three presses of Shift, or after a warning that stood long
    /// enough; and what goes is everything.
    #[test]
    fn answers_never_go_without_a_warning(events in proptest::collection::vec(anything(), 0..40)) {
        let mut person = with_answers();
        let mut shifts = 0;
        let mut warned: Option<u32> = None;
        for event in events {
            let before = person.session.clone();
            person.meets(event);
            shifts = match event { PressedShift => shifts + 1, GaveUpShift(_) => 0, TimePassed(_) | Stayed | PutAway => shifts };
            let gone = before.holds_something() && !person.session.holds_something();
            if gone {
                let by_key = event == PressedShift && shifts == 3;
                let by_time = matches!((event, warned), (TimePassed(now), Some(since)) if now >= since + WARNING_SECONDS);
                prop_assert!(by_key || by_time, "{event:?} after {warned:?}");
                let rest: &Session = &person.session;
                prop_assert!(rest.answers.is_empty() && rest.fields.is_empty() && rest.screen == Screen::Start);
                return Ok(());
            }
            warned = match (person.session.shared.is_warning(), event, warned) {
                (true, TimePassed(now), None) => Some(now),
                (true, _, since) => since,
                (false, ..) => None,
            };
        }
    }
}
