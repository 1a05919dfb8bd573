//! What must hold of every guide that can be written, tried on random ones: replay is deterministic, the journey ends,
//! more worry is never milder, not knowing never passes for knowing, no clinic lowers a floor.

use anteroom::engine::map::Set;

use anteroom::engine::guide::overlay::clinic_path;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::problem::Severity;
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::journey::{is_unsure, journey, worst_choice};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Choice, Kind, Question};
use anteroom::engine::screening::result::result;
use proptest::prelude::*;

use crate::support::random::{Dice, Sort, sources};
use crate::support::{TODAY, cases, changed, full_answers, removed};

fn guide_of(seed: u64, size: usize, sort: Sort) -> Guide {
    let (guide, problems) = guide::parse(&sources(seed, size, sort), Some(TODAY));
    // Rules that never hold and safety questions that can be passed by are said, and are what is wanted here.
    let lost: Vec<_> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .filter(|problem| !problem.what.contains("can never hold"))
        .filter(|problem| !problem.what.contains("can be passed by"))
        .filter(|problem| !problem.what.contains("can never be asked"))
        .filter(|problem| !problem.what.contains("The journey of everyone ends"))
        .collect();
    assert!(lost.is_empty(), "{lost:#?}");
    assert_eq!(guide.questions.len(), size);
    guide
}

fn answers_of(guide: &Guide, seed: u64) -> Answers {
    let mut dice = Dice::new(seed);
    let rolled: Vec<u64> = guide.questions.iter().map(|_| dice.below(usize::MAX) as u64).collect();
    full_answers(guide, &rolled)
}

/// The answers with about a third of them left out.
fn some_of(answers: &Answers, seed: u64) -> Answers {
    let mut dice = Dice::new(seed);
    let mut some = answers.clone();
    for (question, _) in answers.iter() {
        if dice.one_in(3) {
            some.clear(question);
        }
    }
    some
}

/// An answer that is more worrying than `old` in an ordered guide; none if there is none.
fn more_worrying(question: &Question, old: &Answer, dice: &mut Dice) -> Option<Answer> {
    match (&question.kind, old) {
        (Kind::One(choices), Answer::One(_)) => {
            let worst = worst_choice(question, old);
            let worse: Vec<&Choice> =
                choices.iter().filter(|choice| !choice.unsure && choice.level > worst).collect();
            // Who is not sure was asked what follows from the worst; only that answer keeps all of it.
            let worse =
                if is_unsure(question, old) { worse.last().copied().into_iter().collect() } else { worse };
            (!worse.is_empty()).then(|| Answer::One(dice.of(&worse).id.clone()))
        }
        (Kind::Several(choices), Answer::Several(chosen)) => {
            let free: Vec<&Choice> = choices.iter().filter(|choice| !choice.exclusive).collect();
            let alone = choices.iter().any(|choice| choice.exclusive && chosen.contains(&choice.id));
            if alone {
                return None;
            }
            let more = dice.of(&free).id.clone();
            Some(Answer::Several(chosen.iter().cloned().chain([more]).collect()))
        }
        (Kind::Number(bounds), Answer::Number(number)) => {
            Some(Answer::Number((number + dice.below(6) as f64).min(bounds.most)))
        }
        (Kind::Pair([high, low]), Answer::Pair([(_, one), (_, other)])) => {
            let other = (other + dice.below(4) as f64).min(low.bounds.most);
            let one = (one + dice.below(4) as f64).max(other + 1.0).min(high.bounds.most);
            Some(Answer::Pair([(high.id.clone(), one), (low.id.clone(), other)]))
        }
        _ => None,
    }
}

/// The worst level that a rule alone gives.
fn by_rules(guide: &Guide, answers: &Answers) -> Level {
    let reasons = result(guide, answers).reasons;
    reasons
        .iter()
        .filter(|reason| reason.choice.is_none())
        .map(|reason| reason.level)
        .max()
        .unwrap_or(Level::Clear)
}

/// A random wish of a clinic about a random guide.
fn wish(guide: &Guide, dice: &mut Dice) -> String {
    let level = dice.word(&["get-help", "stop", "review", "plan", "note", "clear"]);
    let key =
        dice.word(&["crisis", "emergency", "unsure", "floor", "exclusive", "off", "required", "private"]);
    let value = dice.word(&["true", "false", "\"text\"", "0", "[]"]);
    if !guide.rules.is_empty() && dice.one_in(3) {
        let rule = &dice.of(&guide.rules).id;
        return match dice.below(3) {
            0 => format!("[[rule]]\nid = \"{rule}\"\noff = true\n"),
            1 => format!("[[rule]]\nid = \"{rule}\"\nlevel = \"{level}\"\n"),
            _ => format!(
                "[[rule]]\nid = \"{rule}\"\n{key} = {value}\nwhen = {{ question = \"q0\", answered = true }}\n"
            ),
        };
    }
    let question = dice.of(&guide.questions);
    let id = &question.id;
    if dice.one_in(3) || question.choices().is_empty() {
        return format!("[[question]]\nid = \"{id}\"\n{key} = {value}\n");
    }
    let choice = &dice.of(question.choices()).id;
    let list = if question.kind.is_typed() { "unsure_choices" } else { "choices" };
    match dice.below(2) {
        0 => format!(
            "[[question]]\nid = \"{id}\"\n{list} = [ {{ id = \"{choice}\", level = \"{level}\" }} ]\n"
        ),
        _ => format!("[[question]]\nid = \"{id}\"\n{list} = [ {{ id = \"{choice}\", {key} = {value} }} ]\n"),
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn replay_is_deterministic(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>()) {
        let guide = guide_of(seed, size, Sort::Any);
        prop_assert!(guide == guide_of(seed, size, Sort::Any));
        let answers = some_of(&answers_of(&guide, said), said);
        // However the answers came to be: in the order of the questions, or in any other.
        let mut again = Answers::default();
        let mut backwards: Vec<_> = answers.iter().collect();
        backwards.reverse();
        for (question, answer) in backwards {
            again.set(question.clone(), Answer::Blank);
            again.set(question.clone(), answer.clone());
        }
        prop_assert_eq!(result(&guide, &answers), result(&guide, &again));
        let ids = |answers: &Answers| {
            journey(&guide, answers).asked.iter().map(|question| question.id.clone()).collect::<Vec<_>>()
        };
        prop_assert_eq!(ids(&answers), ids(&again));
    }

    #[test]
    fn the_journey_always_ends(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>()) {
        let guide = guide_of(seed, size, Sort::Any);
        let wishes = answers_of(&guide, said);
        let mut answers = Answers::default();
        let mut asked = Set::new();
        while let Some(next) = journey(&guide, &answers).next {
            prop_assert!(asked.insert(next.clone()), "{next} is asked twice");
            answers.set(next.clone(), wishes.get(&next).unwrap().clone());
        }
        let end = journey(&guide, &answers);
        prop_assert!(end.unanswered.is_empty() || end.ended_by_get_help);
        // With nothing open, nothing more can be called for.
        prop_assert_eq!(end.may_follow, 0);
        let places: Vec<_> = end.asked.iter().map(|question| guide.place(&question.id)).collect();
        prop_assert!(places.is_sorted());
        prop_assert_ne!(result(&guide, &answers).level, Level::Incomplete);
    }

    #[test]
    fn the_result_is_the_worst_of_what_was_said(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>()) {
        let guide = guide_of(seed, size, Sort::Any);
        let answers = some_of(&answers_of(&guide, said), said);
        let outcome = result(&guide, &answers);
        let worst = outcome.reasons.iter().map(|reason| reason.level).max().unwrap_or(Level::Clear);
        let journey = journey(&guide, &answers);
        for question in &journey.asked {
            let Some(answer) = answers.get(&question.id) else { continue };
            prop_assert!(worst >= worst_choice(question, answer), "{}", question.id);
            for choice in question.choices().iter().filter(|choice| answer.has(&choice.id)) {
                prop_assert!(outcome.crisis || !choice.crisis, "{}.{}", question.id, choice.id);
                let rule = question.choice_rule(&choice.id);
                let given = outcome.reasons.iter().any(|reason| reason.rule == rule && reason.level == choice.level);
                prop_assert!(given || choice.level == Level::Clear, "{rule}");
            }
        }
        if outcome.level == Level::Incomplete {
            prop_assert!(worst < Level::Stop && !journey.unanswered.is_empty());
        } else {
            prop_assert_eq!(outcome.level, worst);
            prop_assert!(worst >= Level::Stop || journey.unanswered.is_empty());
        }
    }

    #[test]
    fn more_worry_is_never_milder(
        seed in any::<u64>(), size in 1..14_usize, said in any::<u64>(), steps in 1..6_usize,
    ) {
        let guide = guide_of(seed, size, Sort::Ordered);
        let mut answers = answers_of(&guide, said);
        let mut dice = Dice::new(said);
        for _ in 0..steps {
            let question = dice.of(&guide.questions);
            let old = answers.get(&question.id).unwrap().clone();
            let Some(worse) = more_worrying(question, &old, &mut dice) else { continue };
            let after = changed(&answers, &question.id, worse.clone());
            let levels = [&answers, &after].map(|answers| result(&guide, answers).level);
            prop_assert!(levels[1] >= levels[0], "{}: {old:?} gives {:?}, {worse:?} {:?}", question.id, levels[0], levels[1]);
            answers = after;
        }
    }

    /// What a rule says of every definite answer it says of "not sure" too, or asks for a talk.
    #[test]
    fn not_knowing_never_lowers_a_level(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>()) {
        let guide = guide_of(seed, size, Sort::Definite);
        let answers = answers_of(&guide, said);
        for question in &guide.questions {
            let Kind::One(choices) = &question.kind else { continue };
            let Some(unsure) = choices.iter().find(|choice| choice.unsure) else { continue };
            let with = |choice: &Choice| changed(&answers, &question.id, Answer::One(choice.id.clone()));
            if journey(&guide, &answers).position(&question.id).is_none() {
                continue;
            }
            // Who is not sure is asked more, and a rule may hold for those only who were not asked.
            let asked = |choice: &Choice| {
                let answers = with(choice);
                let journey = journey(&guide, &answers);
                journey.asked.iter().map(|question| question.id.clone()).collect::<Vec<_>>()
            };
            if choices.iter().any(|choice| asked(choice) != asked(unsure)) {
                continue;
            }
            let definite = choices.iter().filter(|choice| !choice.unsure);
            let least = definite.map(|choice| by_rules(&guide, &with(choice))).min().unwrap();
            let found = by_rules(&guide, &with(unsure));
            prop_assert!(found >= least.min(Level::Review), "{}: {found:?} under {least:?}", question.id);
        }
    }

    #[test]
    fn what_is_left_out_settles_nothing(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>()) {
        let guide = guide_of(seed, size, Sort::Any);
        let answers = answers_of(&guide, said);
        for question in guide.questions.iter().filter(|question| question.required) {
            let without = removed(&answers, &question.id);
            if journey(&guide, &without).position(&question.id).is_some() {
                let level = result(&guide, &without).level;
                prop_assert!(level == Level::Incomplete || level >= Level::Stop, "{}: {level:?}", question.id);
            }
        }
    }

    #[test]
    fn no_overlay_lowers_a_floor_of_any_guide(
        seed in any::<u64>(), size in 1..10_usize, wishes in 1..8_usize, said in any::<u64>(),
    ) {
        let mut files = sources(seed, size, Sort::Any);
        let base = guide::parse(&files, Some(TODAY)).0;
        let mut dice = Dice::new(said);
        let text: String = (0..wishes).map(|_| wish(&base, &mut dice)).collect();
        files.push(Source::new(&clinic_path("screening.toml"), text.as_str()));
        let guide = guide::parse(&files, Some(TODAY)).0;
        let is_floor = |choice: &&Choice| choice.floor || choice.crisis || choice.level == Level::GetHelp;
        for old in &base.questions {
            for floor in old.choices().iter().filter(is_floor) {
                let new = guide.question(&old.id);
                prop_assert!(new.is_some(), "{} is gone: {text}", old.id);
                let new = new.unwrap();
                prop_assert_eq!(&new.ask_if, &old.ask_if, "{}", text);
                prop_assert!(new.required || !old.required, "{}: {text}", old.id);
                let choice = new.choice(&floor.id).unwrap();
                let held = if floor.floor || floor.level == Level::GetHelp { floor.level } else { Level::Clear };
                prop_assert!(choice.level >= held && choice.crisis >= floor.crisis, "{}.{}: {text}", old.id, floor.id);
            }
        }
        for old in base.rules.iter().filter(|rule| rule.floor || rule.level == Level::GetHelp) {
            let held = guide.rule(&old.id).is_some_and(|new| new.level >= old.level && new.when == old.when);
            prop_assert!(held, "{}: {text}", old.id);
        }
        // Whoever gave the answer of a floor gets at least its level.
        let answers = answers_of(&base, said);
        for reason in result(&base, &answers).reasons {
            let (Some(choice), Some(question)) = (&reason.choice, reason.answers.first()) else { continue };
            let known = base.question(question).and_then(|question| question.choice(choice)).unwrap();
            if known.floor || known.level == Level::GetHelp {
                prop_assert!(result(&guide, &answers).level >= known.level, "{}: {text}", reason.rule);
            }
        }
    }
}

/// The dice make what they are there for.
#[test]
fn random_guides_have_everything_in_them() {
    let mut kinds = Set::new();
    let (mut rules, mut conditions, mut floors, mut levels) = (0, 0, 0, Set::new());
    for seed in 0..60 {
        let guide = guide_of(seed, 9, Sort::Any);
        kinds.extend(guide.questions.iter().map(|question| question.kind.name()));
        rules += guide.rules.len();
        conditions += guide.questions.iter().filter(|question| question.ask_if.is_some()).count();
        floors += guide.questions.iter().flat_map(Question::choices).filter(|choice| choice.floor).count();
        let answers = answers_of(&guide, seed);
        levels.extend([&answers, &some_of(&answers, seed)].map(|answers| result(&guide, answers).level));
    }
    assert_eq!(kinds.len(), Kind::NAMES.len(), "{kinds:?}");
    assert!(rules > 60 && conditions > 60 && floors > 60, "{rules} {conditions} {floors}");
    assert!(levels.len() >= 5, "{levels:?}");
}
