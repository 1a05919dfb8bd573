//! A request's way to the clinic: whatever the line and the clinic's system do, at most one request is under way, it
//! keeps its key, and the answers stay.

use anteroom::engine::guide::words::{Say, built_in};
use anteroom::engine::handoff::delivery::{Heard, LONGEST_WAIT, MOST_TRIES, Sending, Step};
use anteroom::engine::handoff::packet::Consent;
use anteroom::engine::handoff::send::{Reply, SendFailure, SendRequest};
use anteroom::engine::session::Message::*;
use anteroom::engine::session::{ContactField, Effect, Screen, Target};
use proptest::prelude::*;

use crate::session::Person;
use crate::support::cases;

/// One of each failure, and whether it is tried again by itself.
fn failures() -> Vec<(SendFailure, bool)> {
    vec![
        (SendFailure::Offline, false),
        (SendFailure::Unreachable, true),
        (SendFailure::CutOff, true),
        (SendFailure::TimedOut, true),
        (SendFailure::Redirected, false),
        (SendFailure::Mistaken("No phone".to_owned()), false),
        (SendFailure::NotAllowed, false),
        (SendFailure::NotThere, false),
        (SendFailure::TooLarge, false),
        (SendFailure::Busy(None), true),
        (SendFailure::Busy(Some(30)), true),
        (SendFailure::Busy(Some(LONGEST_WAIT + 1)), false),
        (SendFailure::Broken(500), true),
        (SendFailure::Refused(418), false),
        (SendFailure::Unclear, false),
    ]
}

fn steps(person: &Person) -> Vec<Step> {
    let step = |effect: &Effect| match effect {
        Effect::Deliver(step) => Some(step.clone()),
        _ => None,
    };
    person.effects.iter().filter_map(step).collect()
}

fn tells(person: &mut Person, heard: impl FnOnce(u64) -> Heard) {
    let ticket = person.session.delivery.ticket().unwrap_or_default();
    person.does(Delivery(heard(ticket)));
}

#[test]
fn what_may_pass_is_tried_again_with_longer_waits_and_the_same_request() {
    for (failure, again) in failures() {
        let mut person = Person::arrives();
        let first = person.is_about_to_send().sends();
        let mut waits = Vec::new();
        let mut tries = 1;
        loop {
            tells(&mut person, |ticket| Heard::Failed(ticket, failure.clone()));
            let [Step::Wait(ticket, ms)] = steps(&person)[..] else { break };
            waits.push(ms);
            assert!(matches!(person.session.delivery.sending, Sending::Waiting(..)));
            assert!(person.session.waiting_words().unwrap().contains(&failure.in_words(built_in())));
            person.does(Delivery(Heard::Waited(ticket)));
            let [Step::Send(_, request)] = &steps(&person)[..] else { panic!("{:?}", person.effects) };
            assert_eq!(*request, first);
            tries += 1;
        }
        assert_eq!(tries, if again { MOST_TRIES } else { 1 }, "{failure:?}");
        assert_eq!(person.session.delivery.sending, Sending::Failed(failure.clone()));
        person.sees(&[Effect::Focus(Target::Notice)]);
        let least = if failure == SendFailure::Busy(Some(30)) { [30_000, 30_000] } else { [2_000, 6_000] };
        for (ms, least) in waits.iter().zip(least) {
            assert!((least..=least + least / 4).contains(ms), "{failure:?}: {ms}");
        }
    }
}

#[test]
fn every_failure_has_words_of_its_own() {
    let mut said: Vec<String> = failures().iter().map(|(failure, _)| failure.in_words(built_in())).collect();
    said.push(SendFailure::Stopped.in_words(built_in()));
    said.sort();
    let all = said.len();
    said.dedup();
    // How long a short wait is stands in the words about the wait.
    assert_eq!(said.len(), all - 1, "{said:#?}");
    assert!(said.iter().all(|words| !words.contains(['{', '!'])), "{said:#?}");
    let mistaken = SendFailure::Mistaken("No phone".to_owned()).in_words(built_in());
    assert!(mistaken.contains("No phone") && mistaken.starts_with(built_in().say(Say::SendMistaken)));
}

#[test]
fn a_person_can_stop_the_tries_or_not_wait_for_the_next() {
    let mut person = Person::arrives();
    let first = person.is_about_to_send().sends();
    tells(&mut person, |ticket| Heard::Failed(ticket, SendFailure::TimedOut));
    let again = person.sends();
    assert_eq!(again, first);
    assert_eq!(steps(&person)[0], Step::Stop, "the wait is over");
    person.does(PressedStop).sees(&[Effect::Deliver(Step::Stop), Effect::Focus(Target::Notice)]);
    assert_eq!(person.session.delivery.sending, Sending::Failed(SendFailure::Stopped));
    assert_eq!(person.sends(), first);
    person.does(PressedBack).does(PressedStop);
    assert_eq!(person.session.screen, Screen::Contact, "stopping changes nothing else");
}

#[test]
fn a_success_that_comes_twice_is_one() {
    let mut person = Person::arrives();
    person.is_about_to_send().sends();
    let (ticket, reference) = (person.session.delivery.ticket().unwrap(), person.session.reference());
    let body = format!(r#"{{"reference": "{reference}"}}"#);
    let reply = Heard::Replied(ticket, Reply { status: 201, body, retry_after: None });
    person.does(Delivery(reply.clone())).is_at(Screen::Receipt);
    let before = person.session.clone();
    person.does(Delivery(reply)).sees(&[]);
    assert_eq!(person.session, before);
}

/// What can happen while something is sent: the person's acts and what the line does.
#[derive(Clone, Debug)]
enum Happening {
    Sends,
    Stops,
    Types(u8),
    Consents,
    Help,
    Back,
    Fails(usize),
    Replies(u16, bool),
    Waits,
    /// The same as one of the last things that the browser told, once more.
    Echo(usize),
}

fn any_happening() -> impl Strategy<Value = Happening> {
    let status = prop::sample::select(vec![0u16, 200, 201, 204, 302, 400, 401, 404, 413, 429, 500, 503]);
    prop_oneof![
        4 => Just(Happening::Sends),
        1 => Just(Happening::Stops),
        1 => any::<u8>().prop_map(Happening::Types),
        1 => Just(Happening::Consents),
        1 => Just(Happening::Help),
        1 => Just(Happening::Back),
        4 => (0..failures().len()).prop_map(Happening::Fails),
        3 => (status, any::<bool>()).prop_map(|(status, right)| Happening::Replies(status, right)),
        3 => Just(Happening::Waits),
        2 => (0usize..4).prop_map(Happening::Echo),
    ]
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn whatever_happens_the_answers_stay_and_one_request_at_most_is_under_way(
        happenings in prop::collection::vec(any_happening(), 1..60)
    ) {
        let mut person = Person::arrives();
        person.is_about_to_send();
        let answers = person.session.answers.clone();
        let mut on_the_wire: Option<SendRequest> = None;
        let mut told: Vec<Heard> = Vec::new();
        let mut last: Option<SendRequest> = None;
        for happening in happenings {
            let ticket = person.session.delivery.ticket().unwrap_or_default();
            person.effects.clear();
            let mut heard = None;
            match happening {
                Happening::Sends => { person.does(PressedSend); }
                Happening::Stops => { person.does(PressedStop); }
                Happening::Types(letter) => { person.does(TypedContact(ContactField::Name, letter.to_string())); }
                Happening::Consents => { person.does(ToggledConsent(Consent::ContactByPhone)); }
                Happening::Help => { person.does(OpenedHelp); }
                Happening::Back => { person.does(PressedBack).does(PressedContinue); }
                Happening::Fails(which) => heard = Some(Heard::Failed(ticket, failures()[which].0.clone())),
                Happening::Replies(status, right) => {
                    let reference = if right { person.session.reference() } else { "ZZZ-ZZZ".to_owned() };
                    let body = format!(r#"{{"reference": "{reference}"}}"#);
                    heard = Some(Heard::Replied(ticket, Reply { status, body, retry_after: Some(u32::from(status)) }));
                }
                Happening::Waits => heard = Some(Heard::Waited(ticket)),
                Happening::Echo(back) => heard = told.iter().rev().nth(back).cloned(),
            }
            if let Some(heard) = heard {
                if !matches!(heard, Heard::Waited(_)) && person.session.delivery.sending == Sending::UnderWay
                    && matches!(&heard, Heard::Replied(of, _) | Heard::Failed(of, _) if *of == ticket) {
                    on_the_wire = None;
                }
                told.push(heard.clone());
                person.does(Delivery(heard));
            }
            for step in steps(&person) {
                match step {
                    Step::Stop => on_the_wire = None,
                    Step::Wait(..) => prop_assert_eq!(&on_the_wire, &None),
                    Step::Send(_, request) => {
                        prop_assert_eq!(&on_the_wire, &None, "two at a time");
                        if let Some(last) = &last {
                            let same = last.body == request.body;
                            prop_assert_eq!(same, last.idempotency_key == request.idempotency_key);
                        }
                        last = Some(request.clone());
                        on_the_wire = Some(request);
                    }
                }
            }
            prop_assert_eq!(person.session.delivery.sending == Sending::UnderWay, on_the_wire.is_some());
            prop_assert_eq!(&person.session.answers, &answers);
            prop_assert!(person.session.packet().is_some());
        }
    }
}
