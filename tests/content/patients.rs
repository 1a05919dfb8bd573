//! The virtual patients of the shipped guide: there is one for every choice that raises a level, and none of these
//! levels can be lowered without a patient who tells.

use std::collections::BTreeSet;

use anteroom::engine::guide::Guide;
use anteroom::engine::guide::patients::{run, run_under_clinic};
use anteroom::engine::problem::Severity;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Choice, Kind};
use anteroom::engine::screening::result::result;
use anteroom::engine::screening::rule::Condition;

use crate::support::{Folder, shipped, shipped_patients};

/// The level just below one that can be raised.
fn lower(level: Level) -> Level {
    match level {
        Level::GetHelp => Level::Stop,
        Level::Stop => Level::Review,
        Level::Review => Level::Plan,
        Level::Plan => Level::Note,
        Level::Note | Level::Clear | Level::Incomplete => Level::Clear,
    }
}

/// Every choice that something can be taken away from, by its place.
fn choices_that(matter: impl Fn(&Choice) -> bool) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    // An item of an instrument raises nothing and can raise nothing: its file has no levels.
    let asked = shipped().questions.iter().enumerate();
    for (place, question) in asked.filter(|(_, question)| !shipped().is_item(&question.id)) {
        let choices = question.choices().iter().enumerate();
        places.extend(choices.filter(|(_, choice)| matter(choice)).map(|(number, _)| (place, number)));
    }
    places
}

/// The shipped guide with one choice changed.
fn with_choice((place, number): (usize, usize), change: impl Fn(&mut Choice)) -> (Guide, String) {
    let mut guide = shipped().clone();
    let question = &mut guide.questions[place];
    let id = question.id.clone();
    let choices = match &mut question.kind {
        Kind::One(choices) | Kind::Several(choices) => choices,
        _ => &mut question.unsure_choices,
    };
    change(&mut choices[number]);
    let name = format!("{id}.{}", choices[number].id);
    (guide, name)
}

/// Whether at least one patient gets another result from this guide.
fn somebody_tells(guide: &Guide) -> bool {
    !run(guide, shipped_patients()).is_empty()
}

/// The level just above one that can be raised.
fn higher(level: Level) -> Level {
    Level::RAISING.into_iter().find(|higher| *higher > level).unwrap_or(level)
}

/// One in seven, another one for each test: all of them would take a minute.
fn some<T>(of: Vec<T>, from: usize) -> Vec<T> {
    of.into_iter().skip(from).step_by(7).collect()
}

#[test]
fn a_clinic_may_be_stricter_with_the_patients_and_not_milder() {
    for place in some(choices_that(|choice| choice.level < Level::Stop && !choice.unsure), 3) {
        let (guide, name) = with_choice(place, |choice| choice.level = higher(choice.level));
        for problem in run_under_clinic(&guide, shipped_patients()) {
            assert_eq!(problem.severity, Severity::Warning, "{name}: {problem}");
        }
    }
    for place in some(choices_that(|choice| choice.level > Level::Clear), 1) {
        let (guide, name) = with_choice(place, |choice| choice.level = lower(choice.level));
        let problems = run_under_clinic(&guide, shipped_patients());
        assert!(problems.iter().any(|problem| problem.severity == Severity::Error), "{name}: {problems:#?}");
    }
}

fn raised_by_patients() -> BTreeSet<String> {
    let patients = shipped_patients().iter();
    let outcomes = patients.map(|patient| result(shipped(), &patient.answers));
    outcomes.flat_map(|outcome| outcome.reasons).map(|reason| reason.rule.to_string()).collect()
}

#[test]
fn there_are_many_and_all_get_what_they_must() {
    assert!(shipped_patients().len() >= 60, "{}", shipped_patients().len());
    assert_eq!(run(shipped(), shipped_patients()), []);
}

#[test]
fn each_has_a_name_of_their_own_and_one_sentence() {
    let mut names = BTreeSet::new();
    for patient in shipped_patients() {
        let name = patient.id.as_str().split('-').next().unwrap();
        assert!(names.insert(name), "{name} stands twice");
        let one_sentence = patient.about.ends_with('.') && !patient.about.contains(['!', '?']);
        assert!(one_sentence && patient.about.len() <= 120, "{}: {}", patient.id, patient.about);
        assert!(patient.about.starts_with(char::is_uppercase), "{}", patient.about);
    }
}

#[test]
fn every_choice_that_raises_a_level_and_every_rule_has_a_patient() {
    let raised = raised_by_patients();
    let mut seen = 0;
    for question in &shipped().questions {
        for choice in question.choices().iter().filter(|choice| choice.level > Level::Clear) {
            let rule = question.choice_rule(&choice.id);
            assert!(raised.contains(rule.as_str()), "nobody gets {rule}");
            seen += 1;
        }
    }
    for rule in &shipped().rules {
        assert!(raised.contains(rule.id.as_str()), "nobody gets {}", rule.id);
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn every_floor_has_a_patient_for_whom_it_alone_decides() {
    let alone: BTreeSet<String> = shipped_patients()
        .iter()
        .filter_map(|patient| {
            let reasons = result(shipped(), &patient.answers).reasons;
            let worst = reasons.first()?;
            let next = reasons.get(1).map_or(Level::Clear, |reason| reason.level);
            (worst.level > next).then(|| worst.rule.to_string())
        })
        .collect();
    for place in choices_that(|choice| choice.floor) {
        let (_, name) = with_choice(place, |_| {});
        assert!(alone.contains(&name), "{name}");
    }
}

#[test]
fn every_level_and_every_kind_of_journey_has_a_patient() {
    let expected = || shipped_patients().iter().map(|patient| &patient.expected);
    for level in Level::ALL {
        assert!(expected().any(|expected| expected.level == level), "{}", level.as_str());
    }
    assert!(expected().any(|expected| expected.level == Level::Stop && expected.next.is_some()));
    assert!(expected().any(|expected| expected.level == Level::Stop && expected.crisis));
    assert!(expected().any(|expected| expected.level == Level::Clear && expected.crisis));
    assert!(expected().any(|expected| expected.level == Level::Incomplete && expected.crisis));
    assert!(shipped_patients().iter().any(|patient| patient.answers.is_empty()));
}

#[test]
fn no_level_of_a_choice_can_be_lowered_without_a_patient_who_tells() {
    for place in choices_that(|choice| choice.level > Level::Clear) {
        let (guide, name) = with_choice(place, |choice| choice.level = lower(choice.level));
        assert!(somebody_tells(&guide), "{name} can be lowered, and nobody notices");
    }
}

#[test]
fn no_choice_can_stop_opening_help_without_a_patient_who_tells() {
    // A choice that asks for help now opens the panel by its level.
    for place in choices_that(|choice| choice.crisis && choice.level < Level::GetHelp) {
        let (guide, name) = with_choice(place, |choice| choice.crisis = false);
        assert!(somebody_tells(&guide), "{name} can stop opening help, and nobody notices");
    }
}

#[test]
fn no_choice_can_begin_to_raise_a_level_without_a_patient_who_tells() {
    for place in choices_that(|choice| choice.level == Level::Clear) {
        let (guide, name) = with_choice(place, |choice| choice.level = Level::Note);
        assert!(somebody_tells(&guide), "{name} can be raised, and nobody notices");
    }
}

#[test]
fn no_rule_can_be_lowered_or_lost_without_a_patient_who_tells() {
    for place in 0..shipped().rules.len() {
        let mut guide = shipped().clone();
        guide.rules[place].level = lower(guide.rules[place].level);
        assert!(somebody_tells(&guide), "{} lowered", guide.rules[place].id);
        let lost = guide.rules.remove(place);
        assert!(somebody_tells(&guide), "{} lost", lost.id);
    }
}

/// Every number that a condition compares with.
fn thresholds(condition: &mut Condition) -> Vec<&mut f64> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, _) => {
            parts.iter_mut().flat_map(thresholds).collect()
        }
        Condition::Not(part) => thresholds(part),
        Condition::AtLeast(_, number) | Condition::AtMost(_, number) => vec![number],
        Condition::Between(_, low, high) => vec![low, high],
        Condition::Is(..)
        | Condition::IsNot(..)
        | Condition::Includes(..)
        | Condition::Before(..)
        | Condition::After(..)
        | Condition::Answered(_)
        | Condition::TickedAtLeast(..)
        | Condition::Score(..) => Vec::new(),
    }
}

#[test]
fn no_threshold_can_move_by_one_without_a_patient_who_tells() {
    let mut seen = 0;
    for place in 0..shipped().rules.len() {
        for number in 0..thresholds(&mut shipped().rules[place].when.clone()).len() {
            for step in [-1.0, 1.0] {
                let mut guide = shipped().clone();
                *thresholds(&mut guide.rules[place].when)[number] += step;
                assert!(somebody_tells(&guide), "{}: {step}", guide.rules[place].id);
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 8, "two rules, two numbers each, both ways");
}

#[test]
fn a_slip_in_the_file_is_said_at_the_patient_with_what_to_do() {
    let folder = Folder::shipped().replaced(
        "screening.toml",
        "{ id = \"yes\", level = \"stop\", floor = true },\n  { id = \"could-be-or-trying\"",
        "{ id = \"yes\", level = \"review\", floor = true },\n  { id = \"could-be-or-trying\"",
    );
    let errors = folder.checked();
    let maria = errors.iter().find(|problem| problem.what.contains("`maria-pregnant`")).unwrap();
    let line = folder.line("patients.toml", "maria-pregnant") - 1;
    assert_eq!(
        maria.to_string(),
        format!(
            "patients.toml:{line}: error: The patient `maria-pregnant` gets another result: the level must be `stop` \
             and is `review`; the reason `pregnant.yes` must be `stop` and is `review`. Change the rule back, or \
             change the patient if the change is meant and a clinician agrees."
        )
    );
}
