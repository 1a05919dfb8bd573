//! More worry never gives a milder result, and not knowing never passes for "no": over the shipped guide, and over
//! the small one, which asks some questions only of some people.

use anteroom::engine::map::Set;

use anteroom::engine::guide::Guide;
use anteroom::engine::ids::QuestionId;
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::journey::{journey, worst_choice};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Kind, Question};
use anteroom::engine::screening::result::result;
use proptest::prelude::*;

use crate::support::{all_clear, any_answer, cases, changed, full_answers, removed, shipped, small};

/// An answer at least as worrying as `old`, chosen by `dice`.
fn more_worrying(question: &Question, old: &Answer, dice: u64) -> Answer {
    let worst = worst_choice(question, old);
    match (&question.kind, old) {
        (Kind::One(choices), _) => {
            let candidates: Vec<_> = choices.iter().filter(|choice| choice.level >= worst).collect();
            Answer::One(candidates[(dice % candidates.len() as u64) as usize].id.clone())
        }
        (Kind::Several(_), Answer::Several(chosen)) => {
            let alone = |answer: &Answer| {
                question.choices().iter().any(|choice| choice.exclusive && answer.has(&choice.id))
            };
            let new = any_answer(question, dice);
            if alone(old) || alone(&new) {
                return if worst_choice(question, &new) >= worst { new } else { old.clone() };
            }
            let more = new.chosen().into_iter().cloned();
            Answer::Several(chosen.iter().cloned().chain(more).collect())
        }
        (Kind::Pair([first, second]), Answer::Pair([(_, high), (_, low)])) => {
            let raise = |number: f64, most: f64, dice: u64| (number + (dice % 120) as f64).min(most);
            let low = raise(*low, second.bounds.most, dice >> 32);
            let high = raise(*high, first.bounds.most, dice).max(low + 1.0);
            Answer::Pair([(first.id.clone(), high), (second.id.clone(), low)])
        }
        (Kind::Number(bounds), Answer::Number(number)) => {
            Answer::Number((number + (dice % 50) as f64).min(bounds.most))
        }
        (_, old) => old.clone(),
    }
}

fn check_more_worrying(guide: &Guide, person: &Person, place: usize, new: u64) -> Result<(), TestCaseError> {
    let answers = person.answers(guide);
    let question = &guide.questions[place % guide.questions.len()];
    let old = answers.get(&question.id).unwrap();
    let worse = more_worrying(question, old, new);
    let before = result(guide, &answers).level;
    let after = result(guide, &changed(&answers, &question.id, worse.clone())).level;
    prop_assert!(after >= before, "{}: {old:?} gives {before:?}, {worse:?} gives {after:?}", question.id);
    Ok(())
}

fn check_removed(guide: &Guide, person: &Person, place: usize) -> Result<(), TestCaseError> {
    let answers = person.answers(guide);
    let question = &guide.questions[place % guide.questions.len()];
    let without = result(guide, &removed(&answers, &question.id));
    let asked = journey(guide, &removed(&answers, &question.id)).position(&question.id).is_some();
    if !asked {
        // An answer after "help now", or to a question that is not asked of this person, counts for nothing.
        prop_assert_eq!(&without, &result(guide, &answers));
    } else if question.required {
        prop_assert!(
            without.level == Level::Incomplete || without.level >= Level::Stop,
            "{} left out gives {:?}",
            question.id,
            without.level
        );
        prop_assert!(without.unanswered.contains(&question.id));
    } else {
        let blank = result(guide, &changed(&answers, &question.id, Answer::Blank));
        prop_assert_eq!(without.level, blank.level);
        prop_assert_eq!(without.reasons, blank.reasons);
    }
    Ok(())
}

fn check_unsure(guide: &Guide, person: &Person, place: usize) -> Result<(), TestCaseError> {
    let answers = person.answers(guide);
    let question = &guide.questions[place % guide.questions.len()];
    let as_answer = |id| match &question.kind {
        Kind::Several(_) => Answer::Several(Set::from([id])),
        _ => Answer::One(id),
    };
    let level = |answer: Answer| result(guide, &changed(&answers, &question.id, answer)).level;
    for unsure in question.choices().iter().filter(|choice| choice.unsure) {
        let clear = question.choices().iter().filter(|choice| choice.level == Level::Clear && !choice.unsure);
        for no in clear {
            let (not_sure, no_level) = (level(as_answer(unsure.id.clone())), level(as_answer(no.id.clone())));
            prop_assert!(
                not_sure >= no_level || not_sure == Level::Incomplete,
                "{}: `{}` gives {:?}, `{}` gives {:?}",
                question.id,
                unsure.id,
                not_sure,
                no.id,
                no_level
            );
            prop_assert_ne!(not_sure, Level::Clear, "{}", question.id);
        }
    }
    Ok(())
}

fn check_journey(guide: &Guide, answers: &Answers) -> Result<(), TestCaseError> {
    let journey = journey(guide, answers);
    let asked: Vec<&QuestionId> = journey.asked.iter().map(|question| &question.id).collect();
    let places: Vec<usize> = asked.iter().map(|id| guide.place(id).unwrap()).collect();
    prop_assert!(places.is_sorted() && places.windows(2).all(|two| two[0] != two[1]), "each once, in order");
    if let Some(next) = &journey.next {
        prop_assert!(asked.contains(&next) && answers.get(next).is_none());
    }
    prop_assert!(journey.unanswered.iter().all(|id| asked.contains(&id) && answers.get(id).is_none()));

    let outcome = result(guide, answers);
    prop_assert_eq!(&outcome, &result(guide, answers), "the same answers give the same result");
    let worst = outcome.reasons.first().map_or(Level::Clear, |reason| reason.level);
    prop_assert!(outcome.level == worst || outcome.level == Level::Incomplete);
    for reason in &outcome.reasons {
        prop_assert!(!reason.answers.is_empty(), "{} names no answer", reason.rule);
        prop_assert!(reason.answers.iter().all(|id| asked.contains(&id) && answers.get(id).is_some()));
    }
    Ok(())
}

/// Answers what is asked next until nothing is; how many answers that took.
fn walk(guide: &Guide, dice: &[u64]) -> Result<usize, TestCaseError> {
    let mut answers = Answers::default();
    for step in 0..=guide.questions.len() {
        let Some(next) = journey(guide, &answers).next else { return Ok(step) };
        let question = guide.question(&next).unwrap();
        prop_assert!(answers.get(&next).is_none());
        answers.set(next, any_answer(question, dice[step % dice.len()]));
        check_journey(guide, &answers)?;
    }
    Err(TestCaseError::fail("the journey does not end"))
}

const MOST_QUESTIONS: usize = 200;

/// Somebody who answers everything.
#[derive(Clone, Debug)]
enum Person {
    /// With answers of all kinds, and so nearly always with a stop among them.
    Any(Vec<u64>),
    /// With nothing to worry about but for these few answers, where each of them decides.
    MostlyClear(Vec<(usize, u64)>),
}

impl Person {
    fn answers(&self, guide: &Guide) -> Answers {
        match self {
            Self::Any(dice) => full_answers(guide, dice),
            Self::MostlyClear(changes) => {
                let mut answers = all_clear(guide);
                for (place, dice) in changes {
                    let question = &guide.questions[place % guide.questions.len()];
                    answers.set(question.id.clone(), any_answer(question, *dice));
                }
                answers
            }
        }
    }
}

fn person() -> impl Strategy<Value = Person> {
    let change = (0..MOST_QUESTIONS, any::<u64>());
    prop_oneof![
        1 => dice().prop_map(Person::Any),
        3 => prop::collection::vec(change, 0..4).prop_map(Person::MostlyClear),
    ]
}

fn dice() -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(any::<u64>(), MOST_QUESTIONS)
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn more_worry_never_gives_a_milder_level(person in person(), place in 0..MOST_QUESTIONS, new: u64) {
        check_more_worrying(shipped(), &person, place, new)?;
        check_more_worrying(small(), &person, place, new)?;
    }

    #[test]
    fn an_answer_left_out_never_gives_a_mild_level(person in person(), place in 0..MOST_QUESTIONS) {
        check_removed(shipped(), &person, place)?;
        check_removed(small(), &person, place)?;
    }

    #[test]
    fn not_sure_is_never_milder_than_no(person in person(), place in 0..MOST_QUESTIONS) {
        check_unsure(shipped(), &person, place)?;
        check_unsure(small(), &person, place)?;
    }

    #[test]
    fn every_result_is_the_worst_of_its_reasons_and_every_reason_names_its_answers(person in person(), some: u64) {
        for guide in [shipped(), small()] {
            let mut answers = person.answers(guide);
            check_journey(guide, &answers)?;
            for (place, question) in guide.questions.iter().enumerate() {
                if some >> (place % 64) & 1 == 1 {
                    answers.clear(&question.id);
                }
            }
            check_journey(guide, &answers)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn every_journey_ends(dice in dice()) {
        for guide in [shipped(), small()] {
            prop_assert!(walk(guide, &dice)? <= guide.questions.len());
        }
    }
}

#[test]
fn the_dice_reach_every_question_of_the_shipped_guide() {
    assert!(shipped().questions.len() <= MOST_QUESTIONS);
}
