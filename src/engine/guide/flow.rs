//! Follows the conditions of a screening through the answers that can be given: questions that are never asked,
//! rules that never or always hold, safety questions that can be passed by.
//!
//! Sound, not complete: it names only what it has seen to hold for every answer. Answers that a condition cannot
//! tell apart are tried once, and what would take too long is left unsaid.

use crate::engine::map::{Map, Set};

use crate::engine::calendar::plus_days;
use crate::engine::guide::reader::Date;
use crate::engine::guide::{Guide, paths, problem_at};
use crate::engine::ids::{ChoiceId, PartId, QuestionId};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::answer::Answer;
use crate::engine::screening::journey::{see, worst_choice};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Bounds, Choice, Days, Kind, Question};
use crate::engine::screening::rule::{Condition, Operand, Rule, Seen, Trace, Truth};

/// How many sets of answers are tried for one condition.
const MOST_TRIED: usize = 4_000;

/// How many are tried for a whole guide: it is checked on phones too.
const MOST_TRIED_IN_ALL: usize = 100_000;

/// How many things to tick are combined with each other.
const MOST_TICKED: usize = 8;

/// Adds what the conditions of a guide can never do, and safety questions that can be passed by.
pub(super) fn check(guide: &Guide, problems: &mut Vec<Problem>) {
    let mut left = MOST_TRIED_IN_ALL;
    check_dead_ends(guide, problems);
    // Items of instruments raise nothing, and may be passed by.
    for question in guide.questions.iter().filter(|question| !guide.is_item(&question.id)) {
        check_question(guide, question, &mut left, problems);
    }
    for rule in &guide.rules {
        check_parts(guide, rule, &mut left, problems);
        let Some(truths) = truths(guide, &rule.when, Reach::Rule, &mut left) else { continue };
        let mut report = |severity: Severity, what: &str, remedy: &str| {
            let what = format!("The rule `{}` {what}", rule.id);
            problems.push(problem_at(severity, paths::SCREENING, rule.line, what, remedy));
        };
        if !truths.holds {
            let grave = rule.floor || rule.level >= Level::Stop;
            report(
                if grave { Severity::Error } else { Severity::Warning },
                "can never hold: no answers that can be given together make its `when` true.",
                "Correct `when`: its choices, and its numbers against the `least` and `most` of their questions.",
            );
        } else if !truths.fails {
            report(
                Severity::Warning,
                "always holds, whatever is answered, so it raises its level for everyone.",
                "Correct `when`, or take the rule out.",
            );
        }
    }
}

/// Names a question that nobody can answer, and one that lets nobody go on.
fn check_dead_ends(guide: &Guide, problems: &mut Vec<Problem>) {
    for (place, question) in guide.questions.iter().enumerate() {
        let mut report = |what: String, remedy: &str| {
            problems.push(problem_at(Severity::Error, paths::SCREENING, question.line, what, remedy));
        };
        let id = &question.id;
        if let Kind::Pair([high, low]) = &question.kind
            && high.bounds.most <= low.bounds.least
        {
            report(
                format!(
                    "Nobody can answer the question `{id}`: `{}` must be greater than `{}`, and its bounds are not.",
                    high.id, low.id
                ),
                "Correct `least` and `most` of the two parts; the greater number comes first.",
            );
        }
        let choices = if question.kind.is_typed() { &[] } else { question.choices() };
        let ends = !choices.is_empty() && choices.iter().all(|choice| choice.level == Level::GetHelp);
        if ends && question.required && question.ask_if.is_none() && place + 1 < guide.questions.len() {
            report(
                format!(
                    "The journey of everyone ends with the question `{id}`, since each of its choices asks for help \
                     now; what comes after it can never be asked."
                ),
                "Give it a choice of another level, or ask it last.",
            );
        }
    }
}

/// Names parts of an `any` that can never hold: what they were to catch passes by unseen while the others hold.
fn check_parts(guide: &Guide, rule: &Rule, left: &mut usize, problems: &mut Vec<Problem>) {
    let Condition::Any(parts) = &rule.when else { return };
    let seen: Vec<Option<Truths>> = parts.iter().map(|part| truths(guide, part, Reach::Rule, left)).collect();
    let never = |seen: &Option<Truths>| seen.as_ref().is_some_and(|seen| !seen.holds);
    if seen.iter().all(never) {
        // The whole rule never holds, which is said once.
        return;
    }
    for (place, _) in seen.iter().enumerate().filter(|(_, seen)| never(seen)) {
        problems.push(problem_at(
            if rule.floor { Severity::Error } else { Severity::Warning },
            paths::SCREENING,
            rule.line,
            format!(
                "Part {} of the `any` of the rule `{}` can never hold, so it catches nobody.",
                place + 1,
                rule.id
            ),
            "Correct it against the choices and the bounds of its questions, or take it out.",
        ));
    }
}

fn check_question(guide: &Guide, question: &Question, left: &mut usize, problems: &mut Vec<Problem>) {
    let id = &question.id;
    let mut report = |severity: Severity, what: String, remedy: &str| {
        problems.push(problem_at(severity, paths::SCREENING, question.line, what, remedy));
    };
    let opens_help = |choice: &Choice| choice.crisis || choice.floor || choice.level == Level::GetHelp;
    let severity = if question.choices().iter().any(opens_help) {
        Some(Severity::Error)
    } else if question.choices().iter().any(|choice| choice.level == Level::Stop) {
        Some(Severity::Warning)
    } else {
        None
    };
    if let Some(severity) = severity.filter(|_| !question.required) {
        report(
            severity,
            format!("The safety question `{id}` can be passed by, since it has `required = false`."),
            "Take the line `required = false` out, and give it a choice \"not sure\" or \"rather not say\".",
        );
    }
    let Some(condition) = &question.ask_if else { return };
    match truths(guide, condition, Reach::Question, left) {
        Some(truths) if !truths.holds && !truths.unknown => report(
            severity.unwrap_or(Severity::Warning),
            format!("The question `{id}` can never be asked: no answers before it make its `ask_if` true."),
            "Correct `ask_if`, or take it out. Nothing is asked after an answer with the level get-help.",
        ),
        Some(_) | None if severity.is_some() => report(
            Severity::Warning,
            format!("The safety question `{id}` is not asked of everyone, since it has `ask_if`."),
            "Take `ask_if` out, or have a clinician confirm that those who are not asked do not need it.",
        ),
        Some(_) | None => {}
    }
}

/// Where a condition stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// It decides whether a question is asked, so nothing before it has ended the form.
    Question,
    /// It is a rule's, which is read at the end of the form.
    Rule,
}

/// The truth values that a condition was seen to take.
#[derive(Default)]
struct Truths {
    holds: bool,
    fails: bool,
    unknown: bool,
}

/// The truth values that a condition takes over all answers that can be given to what it depends on; none if
/// there are too many to try.
///
/// Where there are too many for a whole `all` or `any`, its parts may settle it: an `any` never holds if no part of
/// it does, and an `all` never if one part of it does not.
fn truths(guide: &Guide, condition: &Condition, reach: Reach, left: &mut usize) -> Option<Truths> {
    if let Some(whole) = truths_of_whole(guide, condition, reach, left) {
        return Some(whole);
    }
    let mut parts = match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().map(|part| truths(guide, part, reach, left)).collect::<Vec<_>>().into_iter()
        }
        Condition::Not(part) => {
            let part = truths(guide, part, reach, left)?;
            return Some(Truths { holds: part.fails, fails: part.holds, unknown: part.unknown });
        }
        Condition::Is(..)
        | Condition::IsNot(..)
        | Condition::Includes(..)
        | Condition::AtLeast(..)
        | Condition::AtMost(..)
        | Condition::Between(..)
        | Condition::Before(..)
        | Condition::After(..)
        | Condition::TickedAtLeast(..)
        | Condition::Count(..)
        | Condition::Score(..)
        | Condition::Answered(_) => return None,
    };
    // A truth value that is not known to be out of reach counts as reached: nothing is said then.
    match condition {
        Condition::All(_) => {
            let never = parts.any(|part| part.is_some_and(|part| !part.holds && !part.unknown));
            never.then_some(Truths { holds: false, fails: true, unknown: false })
        }
        _ => {
            let never = parts.all(|part| part.is_some_and(|part| !part.holds && !part.unknown));
            never.then_some(Truths { holds: false, fails: true, unknown: false })
        }
    }
}

fn truths_of_whole(guide: &Guide, condition: &Condition, reach: Reach, left: &mut usize) -> Option<Truths> {
    let questions = depends_on(guide, condition);
    let mut named = Named::default();
    named.add(condition);
    for question in &questions {
        question.ask_if.iter().for_each(|condition| named.add(condition));
    }
    let mut tried = Map::new();
    for question in &questions {
        let mut answers = telling_answers(question, &named)?;
        if reach == Reach::Question {
            answers.retain(|answer| worst_choice(question, answer) != Level::GetHelp);
        }
        tried.insert(&question.id, answers);
    }
    let mut search = Search {
        condition,
        questions: &questions,
        tried: &tried,
        may_end: questions
            .iter()
            .map(|question| reach == Reach::Rule && may_end_before(guide, question))
            .collect(),
        given: Map::new(),
        found: Truths::default(),
        left: MOST_TRIED.min(*left),
    };
    let before = search.left;
    let ended = search.from(0);
    *left -= before - search.left;
    ended.map(|()| search.found)
}

/// The questions that a condition names, and those that decide whether these are asked, in the asking order.
fn depends_on<'g>(guide: &'g Guide, condition: &Condition) -> Vec<&'g Question> {
    let mut places: Map<usize, &Question> = Map::new();
    let mut waiting: Vec<QuestionId> = condition.questions().into_iter().cloned().collect();
    while let Some(id) = waiting.pop() {
        let (Some(place), Some(question)) = (guide.place(&id), guide.question(&id)) else { continue };
        if places.insert(place, question).is_none() {
            waiting.extend(question.ask_if.iter().flat_map(Condition::questions).cloned());
        }
    }
    places.into_values().collect()
}

/// Whether an answer to an earlier question can ask for help now, which ends the form.
fn may_end_before(guide: &Guide, question: &Question) -> bool {
    let earlier = guide.questions.iter().take_while(|earlier| earlier.id != question.id);
    earlier.flat_map(Question::choices).any(|choice| choice.level == Level::GetHelp)
}

/// What conditions name, by question.
#[derive(Default)]
struct Named {
    choices: Set<(QuestionId, ChoiceId)>,
    numbers: Vec<(Operand, f64)>,
    days: Vec<(QuestionId, Date)>,
    /// How many ticks must be told apart.
    ticks: Map<QuestionId, usize>,
}

impl Named {
    fn add(&mut self, condition: &Condition) {
        match condition {
            Condition::Is(question, choice)
            | Condition::IsNot(question, choice)
            | Condition::Includes(question, choice) => {
                self.choices.insert((question.clone(), choice.clone()));
            }
            Condition::AtLeast(operand, number) | Condition::AtMost(operand, number) => {
                self.numbers.push((operand.clone(), *number));
            }
            Condition::Between(operand, least, most) => {
                self.numbers.extend([(operand.clone(), *least), (operand.clone(), *most)]);
            }
            Condition::Before(question, day) | Condition::After(question, day) => {
                self.days.push((question.clone(), *day));
            }
            Condition::Answered(_) => {}
            // No rule and no question looks at a score.
            Condition::Score(..) => {}
            Condition::TickedAtLeast(question, least) => {
                let ticks = self.ticks.entry(question.clone()).or_default();
                *ticks = (*ticks).max(*least);
            }
            Condition::All(parts) | Condition::Any(parts) | Condition::Count(parts, _) => {
                parts.iter().for_each(|part| self.add(part));
            }
            Condition::Not(part) => self.add(part),
        }
    }

    /// The choices of a question that conditions can tell apart: the named ones, and one of each other sort.
    fn telling_choices<'q>(&self, question: &'q Question) -> Vec<&'q Choice> {
        let sort = |choice: &Choice| (choice.unsure, choice.exclusive, choice.level == Level::GetHelp);
        let mut sorts = Set::new();
        let mut ticks = self.ticks.get(&question.id).copied().unwrap_or(0);
        let choices = question.choices().iter();
        choices
            .filter(|choice| {
                let named = self.choices.contains(&(question.id.clone(), choice.id.clone()));
                let free = ticks > 0 && !choice.unsure && !choice.exclusive;
                ticks -= usize::from(free);
                free || named || sorts.insert(sort(choice))
            })
            .collect()
    }

    /// Days before, on and after those that conditions name. A bound that goes by today keeps none out.
    fn telling_days(&self, question: &QuestionId, days: Days) -> Vec<Date> {
        let named = self.days.iter().filter(|(named, _)| named == question);
        let mut near: Set<Date> = named
            .flat_map(|(_, day)| [-1, 0, 1].into_iter().filter_map(|offset| plus_days(*day, offset)))
            .collect();
        let bounds = [days.earliest, days.latest];
        near.extend(bounds.iter().filter_map(|bound| bound.and_then(|bound| bound.on(None))));
        if near.is_empty() {
            near.insert(Date { year: 2000, month: 1, day: 1 });
        }
        near.into_iter().filter(|day| days.check(*day, None).is_ok()).collect()
    }

    /// Numbers of every range between those that conditions name.
    fn telling_numbers(&self, question: &QuestionId, part: Option<&PartId>, bounds: &Bounds) -> Vec<f64> {
        let mut numbers = vec![bounds.least, bounds.most];
        let named = self
            .numbers
            .iter()
            .filter(|(operand, _)| operand.question == *question && operand.part.as_ref() == part);
        numbers.extend(
            named.map(|(_, number)| *number).filter(|number| (bounds.least..=bounds.most).contains(number)),
        );
        numbers.sort_by(f64::total_cmp);
        numbers.dedup();
        let between: Vec<f64> = numbers
            .iter()
            .zip(numbers.iter().skip(1))
            .map(|(low, high)| f64::midpoint(*low, *high))
            .collect();
        numbers.extend(between);
        numbers
    }
}

/// "Not sure" and the like of a question that is typed into.
fn unsure_answers(question: &Question, named: &Named) -> Vec<Answer> {
    if !question.kind.is_typed() {
        return Vec::new();
    }
    named.telling_choices(question).iter().map(|choice| Answer::One(choice.id.clone())).collect()
}

/// Answers to a question that together show everything that a condition can see; none if there are too many.
fn telling_answers(question: &Question, named: &Named) -> Option<Vec<Answer>> {
    let mut answers: Vec<Answer> = match &question.kind {
        Kind::One(_) => {
            named.telling_choices(question).iter().map(|choice| Answer::One(choice.id.clone())).collect()
        }
        Kind::Several(_) => {
            let (alone, free): (Vec<&Choice>, Vec<&Choice>) =
                named.telling_choices(question).into_iter().partition(|choice| choice.exclusive);
            if free.len() > MOST_TICKED {
                return None;
            }
            let mut ticked: Vec<Set<ChoiceId>> = vec![Set::new()];
            for choice in free {
                let with = ticked.iter().map(|set| set.iter().cloned().chain([choice.id.clone()]).collect());
                let with: Vec<Set<ChoiceId>> = with.collect();
                ticked.extend(with);
            }
            ticked.retain(|set| !set.is_empty());
            ticked.extend(alone.iter().map(|choice| Set::from([choice.id.clone()])));
            ticked.into_iter().map(Answer::Several).collect()
        }
        Kind::Number(bounds) => {
            named.telling_numbers(&question.id, None, bounds).into_iter().map(Answer::Number).collect()
        }
        Kind::Pair([first, second]) => {
            let numbers =
                [first, second].map(|part| named.telling_numbers(&question.id, Some(&part.id), &part.bounds));
            let [one, other] = numbers;
            let pair =
                |one: f64, other: f64| Answer::Pair([(first.id.clone(), one), (second.id.clone(), other)]);
            one.iter().flat_map(|one| other.iter().map(|other| pair(*one, *other))).collect()
        }
        Kind::Date(days) => named.telling_days(&question.id, *days).into_iter().map(Answer::Date).collect(),
        Kind::Text(_) => vec![Answer::Text(String::new())],
        Kind::List(_) => vec![Answer::List(Vec::new())],
    };
    answers.extend(unsure_answers(question, named));
    if !question.required {
        answers.push(Answer::Blank);
    }
    Some(answers)
}

/// A walk through all answers to some questions, in the order they are asked.
struct Search<'s, 'g> {
    condition: &'s Condition,
    questions: &'s [&'g Question],
    tried: &'s Map<&'g QuestionId, Vec<Answer>>,
    /// For each question, whether the form may have ended before it, so that it is not asked.
    may_end: Vec<bool>,
    /// The answers given on the way here; none for a question that was not asked.
    given: Map<&'g QuestionId, Option<&'s Answer>>,
    found: Truths,
    left: usize,
}

impl Search<'_, '_> {
    /// Tries every answer from the question at `place` on; none when there are too many.
    fn from(&mut self, place: usize) -> Option<()> {
        if self.found.holds && self.found.fails {
            return Some(());
        }
        let Some(question) = self.questions.get(place).copied() else {
            self.left = self.left.checked_sub(1)?;
            match self.evaluate(self.condition) {
                Truth::True => self.found.holds = true,
                Truth::False => self.found.fails = true,
                Truth::Unknown => self.found.unknown = true,
            }
            return Some(());
        };
        if self.may_end.get(place) == Some(&true) {
            self.left = self.left.checked_sub(1)?;
            let rest = self.questions.get(place..).unwrap_or_default();
            self.given.extend(rest.iter().map(|question| (&question.id, None)));
            // That it does not hold on a form that ended early says nothing about whole ones.
            self.found.holds |= self.evaluate(self.condition) == Truth::True;
            for question in rest {
                self.given.remove(&question.id);
            }
        }
        let asked = question.ask_if.as_ref().is_none_or(|condition| self.evaluate(condition) != Truth::False);
        if asked {
            for answer in self.tried.get(&question.id).into_iter().flatten() {
                self.given.insert(&question.id, Some(answer));
                self.from(place + 1)?;
            }
        } else {
            self.given.insert(&question.id, None);
            self.from(place + 1)?;
        }
        self.given.remove(&question.id);
        Some(())
    }

    fn evaluate(&self, condition: &Condition) -> Truth {
        let look = |id: &QuestionId| match self.given.get(id) {
            Some(Some(answer)) => {
                see(self.questions.iter().find(|question| question.id == *id).copied(), answer)
            }
            Some(None) => Seen::NotAsked,
            None => Seen::Open,
        };
        condition.evaluate(&look, &mut Trace::default())
    }
}
