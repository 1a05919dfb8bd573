//! After a visit: the most urgent sign decides, blank is never "none", and help opens at once.

use anteroom::engine::map::Set;

use anteroom::engine::aftercare::journal::SelfHarm;
use anteroom::engine::aftercare::signs::{Call, Mark, Marks, sort};
use anteroom::engine::aftercare::state::{AfterMessage, AfterScreen, Missing};
use anteroom::engine::aftercare::summary::{Part, points};
use anteroom::engine::guide::reader::Date;
use anteroom::engine::guide::{Guide, source::Source};
use anteroom::engine::ids::{SignId, SignListId};
use anteroom::engine::problem::Severity;
use anteroom::engine::session::Message::{After, PressedBack, PressedClear};
use anteroom::engine::session::{Effect, Screen, Target};
use proptest::prelude::*;

use crate::session::Person;
use crate::support::{Folder, cases, shipped};

/// Marks for every list: 0 none, 1 not sure, 2 left open, else the signs of these bits.
fn marks(guide: &Guide, dice: &[u64]) -> Marks {
    let mut marks = Marks::default();
    for (list, dice) in guide.aftercare.lists.iter().zip(dice) {
        let ticked: Set<SignId> = guide
            .aftercare
            .signs_of(&list.id)
            .enumerate()
            .filter(|(place, _)| dice >> (place + 2) & 1 == 1)
            .map(|(_, sign)| sign.id.clone())
            .collect();
        let mark = match dice % 4 {
            0 => Mark::None,
            1 => Mark::NotSure,
            2 => continue,
            _ if ticked.is_empty() => Mark::None,
            _ => Mark::Signs(ticked),
        };
        marks.0.insert(list.id.clone(), mark);
    }
    marks
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_sign_more_is_never_milder(dice in prop::collection::vec(any::<u64>(), 6), which in any::<prop::sample::Index>()) {
        let guide = shipped();
        let before = marks(guide, &dice);
        let sign = which.get(&guide.aftercare.signs);
        let mut after = before.clone();
        if !after.has(&sign.id) && after.0.get(&sign.list) != Some(&Mark::NotSure) {
            after.flip(sign.list.clone(), sign.id.clone());
        }
        let (was, is) = (sort(&guide.aftercare, &before), sort(&guide.aftercare, &after));
        // An open list may turn nothing into "for now", and nothing else.
        prop_assert!(is.call >= was.call || was.call.is_none(), "{was:?} {is:?}");
        if after.has(&sign.id) {
            prop_assert!(is.call.is_none() && sign.call == Call::ForNow || is.call >= Some(sign.call));
        }
    }

    #[test]
    fn blank_is_never_no(dice in prop::collection::vec(any::<u64>(), 6), which in any::<prop::sample::Index>()) {
        let guide = shipped();
        let mut some = marks(guide, &dice);
        let list = which.get(&guide.aftercare.lists);
        some.0.remove(&list.id);
        let sorted = sort(&guide.aftercare, &some);
        prop_assert_ne!(sorted.call, Some(Call::ForNow));
        prop_assert!(sorted.open.contains(&list.id));
    }

    #[test]
    fn not_sure_is_as_urgent_as_any_sign_of_its_list(dice in prop::collection::vec(any::<u64>(), 6)) {
        let guide = shipped();
        let some = marks(guide, &dice);
        for list in &guide.aftercare.lists {
            let mut unsure = some.clone();
            unsure.0.insert(list.id.clone(), Mark::NotSure);
            for sign in guide.aftercare.signs_of(&list.id) {
                let mut sure = some.clone();
                sure.0.insert(list.id.clone(), Mark::Signs([sign.id.clone()].into()));
                prop_assert!(sort(&guide.aftercare, &unsure).call >= sort(&guide.aftercare, &sure).call);
            }
        }
    }

    #[test]
    fn no_clinic_makes_a_call_less_urgent(place in any::<prop::sample::Index>(), call in 0_usize..5, off in any::<bool>()) {
        let sign = place.get(&shipped().aftercare.signs);
        let call = Call::ALL[call];
        let own = format!(
            "[[sign]]\nid = \"{}\"\ncall = \"{}\"\n{}",
            sign.id, call.as_str(), if off { "off = true\n" } else { "" }
        );
        let mut folder = Folder::shipped();
        folder.sources.push(Source::new("clinic:settings.toml", "files = [\"aftercare.toml\"]"));
        folder.sources.push(Source::new("clinic:aftercare.toml", own));
        let (guide, problems) = folder.parse();
        let laid = guide.aftercare.sign(&sign.id).map(|sign| sign.call);
        prop_assert_eq!(laid, Some(call.max(sign.call)));
        let said = problems.iter().any(|problem| {
            problem.file == "clinic:aftercare.toml" && problem.severity == Severity::Error
        });
        prop_assert_eq!(said, off || call < sign.call);
    }
}

/// The call of each sign is held by tests/content/timeline.rs.
#[test]
fn the_lists_about_mood_and_use_are_private_and_each_sign_has_a_source() {
    let private: Vec<&str> =
        shipped().aftercare.lists.iter().filter(|list| list.private).map(|list| list.id.as_str()).collect();
    assert_eq!(private, ["mind-now", "use"]);
    assert!(shipped().aftercare.signs.iter().all(|sign| !sign.sources.is_empty()));
}

#[test]
fn a_slip_in_the_file_makes_nothing_milder() {
    let folder = Folder::shipped().replaced(
        "aftercare.toml",
        "id = \"fall\"\nlist = \"same-day\"\ncall = \"today\"",
        "id = \"fall\"\nlist = \"same-dya\"\ncall = \"tomorrow\"",
    );
    let (guide, problems) = folder.parse();
    let fall = guide.aftercare.sign(&SignId::from("fall")).unwrap();
    assert_eq!((fall.call, fall.list.as_str()), (Call::Emergency, "emergency"));
    let said: Vec<String> =
        problems.iter().filter(|problem| problem.file == "aftercare.toml").map(ToString::to_string).collect();
    assert!(said.iter().any(|problem| problem.contains("`tomorrow` is not a call")), "{said:?}");
    assert!(said.iter().any(|problem| problem.contains("list of the sign `fall`")), "{said:?}");
}

fn list(id: &str) -> SignListId {
    SignListId::from(id)
}

fn ticks(list_id: &str, sign: &str) -> AfterMessage {
    AfterMessage::ToggledSign(list(list_id), SignId::from(sign))
}

#[test]
fn help_opens_at_once_and_the_emergency_ends_the_check() {
    let mut person = Person::arrives_at(Folder::shipped());
    person.does(After(AfterMessage::StartedCheck));
    person.does(After(AfterMessage::PressedContinue));
    assert!(person.session.after.unanswered);
    assert!(person.effects.contains(&Effect::Focus(Target::ErrorSummary)));
    person.does(After(ticks("emergency", "chest-pain")));
    assert!(person.session.help_open && person.session.emergency());
    person.does(anteroom::engine::session::Message::ClosedHelp).does(After(AfterMessage::PressedContinue));
    assert_eq!(person.session.screen, Screen::After(AfterScreen::Sorted));
    assert_eq!(person.session.sorted().call, Some(Call::Emergency));

    person.does(After(AfterMessage::StartedCheck)).does(After(AfterMessage::ToggledNone(list("emergency"))));
    person
        .does(After(AfterMessage::PressedContinue))
        .does(After(AfterMessage::ToggledNotSure(list("mind-now"))));
    assert!(person.session.help_open, "not sure is no \"no\"");
    // Unticking opens nothing.
    person
        .does(anteroom::engine::session::Message::ClosedHelp)
        .does(After(AfterMessage::ToggledNotSure(list("mind-now"))));
    assert!(!person.session.help_open);
}

#[test]
fn every_list_is_asked_and_back_leads_through_them() {
    let mut person = Person::arrives_at(Folder::shipped());
    person.does(After(AfterMessage::Opened(AfterScreen::Home))).does(After(AfterMessage::StartedCheck));
    for (place, asked) in shipped().aftercare.lists.iter().enumerate() {
        assert_eq!(person.session.screen, Screen::After(AfterScreen::List(place)));
        person
            .does(After(AfterMessage::ToggledNone(asked.id.clone())))
            .does(After(AfterMessage::PressedContinue));
    }
    assert_eq!(person.session.sorted().call, Some(Call::ForNow));
    person.does(PressedBack);
    assert_eq!(person.session.screen, Screen::After(AfterScreen::Home));
    person.does(PressedBack);
    assert_eq!(person.session.screen, Screen::Start);
}

#[test]
fn a_day_needs_a_mood_and_an_answer_about_self_harm() {
    for answer in SelfHarm::ALL {
        let mut person = Person::arrives_at(Folder::shipped());
        person.does(After(AfterMessage::StartedDay(None)));
        person.does(After(AfterMessage::PressedKeepDay));
        assert_eq!(person.session.after.missing, Some(Missing::Mood));
        person.does(After(AfterMessage::ChoseMood(7))).does(After(AfterMessage::PressedKeepDay));
        assert_eq!(person.session.after.missing, Some(Missing::SelfHarm));
        assert!(person.session.own.journal.is_empty());
        person.does(After(AfterMessage::ChoseSelfHarm(answer)));
        assert_eq!(person.session.help_open, answer != SelfHarm::No, "{answer:?}");
        person.does(After(AfterMessage::PressedKeepDay));
        let day = &person.session.own.journal[0];
        assert_eq!((day.mood, day.self_harm), (7, answer));
        assert_eq!(day.date, Date { year: 2026, month: 11, day: 21 });
        // The same day is changed, not added.
        person.does(After(AfterMessage::StartedDay(None))).does(After(AfterMessage::ChoseMood(3)));
        person.does(After(AfterMessage::PressedKeepDay));
        assert_eq!(person.session.own.journal.len(), 1);
        assert!(person.session.has_something_to_lose());
        person.does(PressedClear);
        assert!(person.session.own.journal.is_empty());
    }
}

#[test]
fn what_is_private_is_in_no_summary_until_it_is_ticked() {
    let mut person = Person::arrives_at(Folder::shipped());
    person.does(After(AfterMessage::StartedDay(None))).does(After(AfterMessage::ChoseMood(4)));
    person.does(After(AfterMessage::TypedStoodOut("the river".to_owned())));
    person
        .does(After(AfterMessage::ChoseSelfHarm(SelfHarm::Thoughts)))
        .does(After(AfterMessage::PressedKeepDay));
    person.does(After(ticks("use", "urge"))).does(After(ticks("over-weeks", "hurts-to-pee")));
    let words = person.session.words().clone();
    let private = [
        "the river".to_owned(),
        words.say(anteroom::engine::guide::words::Say::AfterSelfHarmThoughts).to_owned(),
        words.aftercare().sign(&SignId::from("urge")).to_owned(),
    ];
    let summary = person.session.summary("");
    assert!(summary.contains("4/10"), "{summary}");
    assert!(summary.contains(words.aftercare().sign(&SignId::from("hurts-to-pee"))), "{summary}");
    assert!(private.iter().all(|words| !summary.contains(words)), "{summary}");
    for part in Part::ALL {
        person.does(After(AfterMessage::ToggledPart(part)));
    }
    let summary = person.session.summary("");
    assert!(private.iter().all(|words| summary.contains(words)), "{summary}");
    person.does(After(AfterMessage::PressedCopySummary));
    assert!(matches!(&person.effects[..], [Effect::Copy(text)] if text.contains("the river")));
    person.does(After(AfterMessage::PressedSaveSummary));
    assert!(matches!(&person.effects[..], [Effect::SaveFile { .. }]));
}

#[test]
fn the_chart_stays_in_its_frame() {
    assert!(points(&[]).is_empty());
    let mut person = Person::arrives_at(Folder::shipped());
    for (number, mood) in [(1, 0), (2, 10), (30, 5)] {
        let date = Date { year: 2026, month: 11, day: number };
        person.does(After(AfterMessage::StartedDay(Some(date)))).does(After(AfterMessage::ChoseMood(mood)));
        person
            .does(After(AfterMessage::ChoseSelfHarm(SelfHarm::No)))
            .does(After(AfterMessage::PressedKeepDay));
    }
    let drawn = points(&person.session.own.journal);
    assert_eq!((drawn[0].x, drawn[0].y), (0.0, 100.0));
    assert_eq!(drawn[1].y, 0.0);
    assert_eq!((drawn[2].x, drawn[2].y), (100.0, 50.0));
}

#[test]
fn every_language_has_words_for_every_sign() {
    for (lang, words) in &shipped().words {
        for sign in &shipped().aftercare.signs {
            assert_ne!(words.aftercare().sign(&sign.id), sign.id.as_str(), "{lang} {}", sign.id);
        }
        for list in &shipped().aftercare.lists {
            assert_ne!(words.aftercare().list(&list.id), "", "{lang} {}", list.id);
        }
    }
}
