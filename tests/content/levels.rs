//! Every choice of the shipped guide, on answers that are otherwise all clear, gives exactly its own level.

use anteroom::engine::ids::{ChoiceId, QuestionId};
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::journey::journey;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Choice, Kind, Question};
use anteroom::engine::screening::result::result;

use crate::support::{all_clear, changed, english, pair, shipped};

fn choose(question: &Question, choice: &Choice) -> Answer {
    match question.kind {
        Kind::Several(_) => Answer::Several([choice.id.clone()].into()),
        _ => Answer::One(choice.id.clone()),
    }
}

fn every_choice() -> impl Iterator<Item = (&'static Question, &'static Choice)> {
    let questions = shipped().questions.iter();
    questions.flat_map(|question| question.choices().iter().map(move |choice| (question, choice)))
}

#[test]
fn nothing_to_worry_about_is_clear() {
    let outcome = result(shipped(), &all_clear(shipped()));
    assert_eq!(outcome.level, Level::Clear, "{:?}", outcome.reasons);
    assert!(outcome.reasons.is_empty() && outcome.unanswered.is_empty() && !outcome.crisis);
}

#[test]
fn nothing_answered_is_incomplete() {
    let outcome = result(shipped(), &Answers::default());
    assert_eq!(outcome.level, Level::Incomplete);
    assert_eq!(outcome.next.unwrap().as_str(), "safety_now", "safety comes first");
    let required = shipped().questions.iter().filter(|question| question.required);
    assert_eq!(outcome.unanswered.len(), required.count());
}

#[test]
fn every_choice_gives_its_own_level_with_a_reason_and_a_next_step() {
    let guide = shipped();
    let words = guide.words(&english());
    let clear = all_clear(guide);
    for (question, choice) in every_choice() {
        let name = format!("{}.{}", question.id, choice.id);
        if question.ask_if.is_some() {
            // Asked because of another answer, which raises something of its own: a virtual patient tells of it.
            continue;
        }
        let outcome = result(guide, &changed(&clear, &question.id, choose(question, choice)));
        assert_eq!(outcome.level, choice.level, "{name}");
        assert_eq!(outcome.crisis, choice.crisis, "{name}");
        if choice.level == Level::Clear {
            assert!(outcome.reasons.is_empty(), "{name}: {:?}", outcome.reasons);
            continue;
        }
        let [reason] = outcome.reasons.as_slice() else { panic!("{name}: {:?}", outcome.reasons) };
        assert_eq!(reason.rule.as_str(), name);
        assert_eq!(reason.answers.as_slice(), std::slice::from_ref(&question.id), "{name}");
        assert_eq!(reason.unsure, choice.unsure, "{name}");
        assert_ne!(words.reason(reason), "", "{name}");
        if choice.level >= Level::Review {
            assert_ne!(words.next_step(reason), "", "{name}");
        }
        for code in &reason.sources {
            assert!(guide.citations.contains_key(code), "{name} rests on {code}");
        }
        assert!(
            !reason.sources.is_empty() || name == "medicines.not-sure" || name == "medicines.other",
            "{name}"
        );
    }
}

#[test]
fn help_now_ends_the_journey() {
    let guide = shipped();
    let mut seen = 0;
    for (question, choice) in every_choice().filter(|(_, choice)| choice.level == Level::GetHelp) {
        let answers = changed(&all_clear(guide), &question.id, choose(question, choice));
        let journey = journey(guide, &answers);
        assert!(journey.ended_by_get_help, "{}.{}", question.id, choice.id);
        assert_eq!(journey.asked.last().unwrap().id, question.id);
        assert_eq!(journey.next, None);
        assert!(choice.crisis, "{}.{} opens the panel", question.id, choice.id);
        seen += 1;
    }
    assert_eq!(seen, 3, "safety_now, med_emergency, voices_harm");
}

#[test]
fn an_unsure_answer_never_passes() {
    for (question, choice) in every_choice().filter(|(_, choice)| choice.unsure) {
        assert!(choice.level > Level::Clear, "{}.{}", question.id, choice.id);
        // Section A and every question with a stop: not knowing asks for a talk.
        let has_stop = question.choices().iter().any(|choice| choice.level >= Level::Stop);
        assert!(!has_stop || choice.level >= Level::Review, "{}.{}", question.id, choice.id);
    }
}

/// What a clinic's overlay may never lower (clinical-facts.md 2.1, rule 7): the whole of section A, and these.
#[test]
fn the_floors_are_there() {
    let floors = [
        ("age", "under-18"),
        ("pregnant", "yes"),
        ("allergy", "yes"),
        ("aneurysm_avm", "yes"),
        ("psychosis", "now-or-last-year"),
        ("mania_now", "yes"),
        ("medicines", "theophylline"),
        ("heart_event", "recent"),
    ];
    for (question, choice) in floors {
        let question = shipped().question(&QuestionId::from(question)).unwrap();
        let choice = question.choice(&ChoiceId::from(choice)).unwrap();
        assert!(choice.floor, "{}.{}", question.id, choice.id);
        assert_eq!(choice.level, Level::Stop, "{}.{}", question.id, choice.id);
    }
    for (question, choice) in every_choice().filter(|(question, _)| question.section.as_str() == "safety") {
        assert!(question.required, "{}", question.id);
        assert!(choice.floor || choice.level == Level::Clear, "{}.{}", question.id, choice.id);
    }
}

#[test]
fn the_safety_questions_come_first() {
    let guide = shipped();
    assert_eq!(guide.sections[0].as_str(), "safety");
    let places: Vec<usize> = guide
        .questions
        .iter()
        .map(|question| guide.sections.iter().position(|section| *section == question.section).unwrap())
        .collect();
    assert!(places.is_sorted(), "questions are asked section by section");
}

#[test]
fn the_blood_pressure_thresholds_are_those_of_the_facts() {
    let guide = shipped();
    let question = guide.question(&QuestionId::from("bp_reading")).unwrap();
    let table = [
        (139.0, 89.0, Level::Clear),
        (140.0, 89.0, Level::Review),
        (139.0, 90.0, Level::Review),
        (179.0, 99.0, Level::Review),
        (180.0, 99.0, Level::Stop),
        (179.0, 100.0, Level::Stop),
    ];
    for (high, low, level) in table {
        let outcome = result(guide, &changed(&all_clear(guide), &question.id, pair(question, high, low)));
        assert_eq!(outcome.level, level, "{high}/{low}");
        assert_eq!(outcome.reasons.len(), usize::from(level > Level::Clear), "{high}/{low}");
    }
    // Not knowing one's blood pressure holds nobody up.
    let outcome = result(guide, &changed(&all_clear(guide), &question.id, Answer::Blank));
    assert_eq!(outcome.level, Level::Clear);
}

/// Every level of the tables in clinical-facts.md 2.2 and 2.3 that stops, so that none is lost by a slip.
#[test]
fn every_stop_of_the_facts_is_there() {
    let expected = [
        "age.under-18",
        "pregnant.yes",
        "bp_history.yes-high",
        "heart_event.recent",
        "chest_pain.yes",
        "heart_other.yes-short-of-breath",
        "aneurysm_avm.yes",
        "icp.yes",
        "seizures.recent",
        "eye_pressure.yes-not-treated",
        "confusion.yes-very-confused",
        "psychosis.now-or-last-year",
        "mania_now.yes",
        "thyroid.yes-not-treated",
        "liver.yes-severe",
        "bladder.yes-after-ketamine",
        "allergy.yes",
        "alcohol.withdrawal",
        "ketamine_use.in-last-year",
        "stimulants_street.yes",
        "opioids_street.yes",
        "medicines.theophylline",
    ];
    let stops: Vec<String> = every_choice()
        .filter(|(_, choice)| choice.level == Level::Stop)
        .map(|(question, choice)| format!("{}.{}", question.id, choice.id))
        .collect();
    assert_eq!(stops, expected);
}
