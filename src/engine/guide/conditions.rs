//! Conditions: read from the files of a guide, and held against its questions.

use crate::engine::map::Map;
use std::collections::VecDeque;

use crate::engine::guide::reader::{Date, Table};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::settings::Settings;
use crate::engine::guide::{Guide, paths, problem_at};
use crate::engine::ids::{ChoiceId, InstrumentId, PartId, QuestionId};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::question::{Day, Kind};
use crate::engine::screening::rule::{Condition, Operand, ScoreOf};

/// How deep `all`, `any` and `not` may be nested.
const MOST_DEPTH: usize = 8;

/// Reads a condition. `None` when it cannot be understood, which was reported then.
pub(super) fn read_condition(table: &Table, numbers: &Settings, depth: usize) -> Option<Condition> {
    if depth > MOST_DEPTH {
        table.error(
            format!("This condition is nested more than {MOST_DEPTH} deep."),
            "Split it into two rules.",
        );
        return None;
    }
    let nested = |entries: Vec<Table>| {
        entries.iter().map(|entry| read_condition(entry, numbers, depth + 1)).collect::<Option<Vec<_>>>()
    };
    let condition = if table.has("score") {
        let (id, least) = (table.needed_id("score"), table.needed_number("at-least"));
        id.zip(least).map(|(id, least)| {
            Condition::Score(ScoreOf { id: InstrumentId::from(id.as_str()), instrument: None }, least)
        })
    } else if table.has("count") {
        let (parts, least) = (nested(table.tables("count")), whole_number(table, "at-least"));
        parts.zip(least).map(|(parts, least)| Condition::Count(parts, least))
    } else if table.has("all") {
        nested(table.tables("all")).map(Condition::All)
    } else if table.has("any") {
        nested(table.tables("any")).map(Condition::Any)
    } else if table.has("not") {
        table
            .table("not")
            .and_then(|part| read_condition(&part, numbers, depth + 1))
            .map(|part| Condition::Not(Box::new(part)))
    } else {
        read_comparison(table, numbers)
    };
    table.finish();
    condition
}

/// A number of things, which must be there.
fn whole_number(table: &Table, key: &str) -> Option<usize> {
    let number = table.needed_number(key)?;
    if number.fract() != 0.0 || !(1.0..=1000.0).contains(&number) {
        table.error_at(
            key,
            format!("`{key}` must be a whole number from 1 up, but it is {number}."),
            "Write how many it takes, such as 2.",
        );
        return None;
    }
    Some(number as usize)
}

fn read_comparison(table: &Table, numbers: &Settings) -> Option<Condition> {
    let name = table.needed_text("question")?;
    let question = QuestionId::from(name.as_str());
    let choice = |key: &str| table.needed_id(key).map(|id| ChoiceId::from(id.as_str()));
    let value = |key: &str, number: Result<f64, String>| match number {
        Ok(number) => Some(number),
        Err(name) => {
            let found = numbers.threshold(&name);
            if found.is_none() {
                table.error_at(
                    key,
                    format!("settings.toml has no number `{name}`."),
                    &did_you_mean(
                        &name,
                        numbers.numbers.keys().map(|key| key.as_str()),
                        &format!("Add it there as [numbers.{name}], or write a number here."),
                    ),
                );
            }
            found
        }
    };
    if table.has("is") {
        choice("is").map(|id| Condition::Is(question, id))
    } else if table.has("is-not") {
        choice("is-not").map(|id| Condition::IsNot(question, id))
    } else if table.has("includes") {
        choice("includes").map(|id| Condition::Includes(question, id))
    } else if table.has("answered") {
        let answered = Condition::Answered(question);
        Some(if table.flag("answered") { answered } else { Condition::Not(Box::new(answered)) })
    } else if table.has("before") {
        day(table, "before").map(|day| Condition::Before(question, day))
    } else if table.has("after") {
        day(table, "after").map(|day| Condition::After(question, day))
    } else if table.has("ticked-at-least") {
        whole_number(table, "ticked-at-least").map(|least| Condition::TickedAtLeast(question, least))
    } else if let Some(least) = table.number_or_name("at-least") {
        value("at-least", least).map(|least| Condition::AtLeast(operand(&name), least))
    } else if let Some(most) = table.number_or_name("at-most") {
        value("at-most", most).map(|most| Condition::AtMost(operand(&name), most))
    } else if let Some([least, most]) = table.two_numbers_or_names("between") {
        let (least, most) = (value("between", least), value("between", most));
        Some(Condition::Between(operand(&name), least?, most?))
    } else {
        table.error(
            format!("This condition on `{name}` says nothing about it."),
            "Add one of is, is-not, includes, at-least, at-most, between, before, after, answered, ticked-at-least.",
        );
        None
    }
}

/// A day that a date is compared with. It is one of the calendar: what it meant yesterday it means tomorrow.
fn day(table: &Table, key: &str) -> Option<Date> {
    match table.day(key)? {
        Day::On(date) => Some(date),
        Day::FromToday(_) => {
            table.error_at(
                key,
                format!("`{key}` cannot go by today."),
                "Write a date such as 2026-11-21; `earliest` and `latest` of the question can go by today.",
            );
            None
        }
    }
}

fn operand(name: &str) -> Operand {
    match name.split_once('.') {
        Some((question, part)) => {
            Operand { question: QuestionId::from(question), part: Some(PartId::from(part)) }
        }
        None => Operand { question: QuestionId::from(name), part: None },
    }
}

/// Checks that every condition names questions, choices and parts that exist, and asks only about what was asked
/// before. A rule that fails is dropped with a problem; a question whose condition fails is always asked.
pub(super) fn check(guide: &mut Guide, problems: &mut Vec<Problem>) {
    let mut rules = std::mem::take(&mut guide.rules);
    rules.retain(|rule| {
        let mut sound = true;
        let scored = rule.when.has_score().then(|| {
            (
                "looks at a score, and a score never decides a level".to_owned(),
                "Use scores in `show_if` of an [[ask]], a [[next_step]] or a [[task]].".to_owned(),
            )
        });
        for what in condition_faults(guide, &rule.when).into_iter().chain(scored) {
            sound = false;
            problems.push(problem_at(
                Severity::Error,
                paths::SCREENING,
                rule.line,
                format!("The rule `{}` {}, so it is not used.", rule.id, what.0),
                &what.1,
            ));
        }
        if !sound {
            guide.lost.insert(rule.id.to_string());
        }
        sound
    });
    guide.rules = rules;

    let mut always_asked = Vec::new();
    for (place, question) in guide.questions.iter().enumerate() {
        let Some(condition) = &question.ask_if else { continue };
        let earlier = |id: &QuestionId| guide.place(id).map(|found| found < place);
        // Scores are of questions that come late and may be passed by.
        let scored = condition.has_score().then(|| {
            (
                "looks at a score, and a score decides nothing that is asked".to_owned(),
                "Name the item and its choices in place of the score.".to_owned(),
            )
        });
        let fault = scored.or_else(|| condition_faults_among(guide, condition, &earlier).pop());
        if let Some((mut what, mut remedy)) = fault {
            if let Some(round) = cycle(guide, &question.id) {
                what = format!("waits for itself ({})", round.join(", which waits for "));
                remedy = "Take one `ask_if` of the circle out.".to_owned();
            }
            problems.push(problem_at(
                Severity::Error,
                paths::SCREENING,
                question.line,
                format!("The condition of the question `{}` {what}, so it is always asked.", question.id),
                &remedy,
            ));
            always_asked.push(question.id.clone());
        }
    }
    for question in &mut guide.questions {
        if always_asked.contains(&question.id) {
            question.ask_if = None;
        }
    }
}

/// The shortest circle of questions that wait for each other's answers, from this question back to it.
fn cycle(guide: &Guide, from: &QuestionId) -> Option<Vec<String>> {
    let asks = |id: &QuestionId| -> Vec<QuestionId> {
        let condition = guide.question(id).and_then(|question| question.ask_if.as_ref());
        condition.into_iter().flat_map(Condition::questions).cloned().collect()
    };
    let mut came_from: Map<QuestionId, QuestionId> = Map::new();
    let mut waiting = VecDeque::from([from.clone()]);
    while let Some(id) = waiting.pop_front() {
        for next in asks(&id) {
            if next == *from {
                let mut round = vec![format!("`{from}`")];
                let mut at = &id;
                while at != from {
                    round.push(format!("`{at}`"));
                    at = came_from.get(at)?;
                }
                round.push(format!("`{from}`"));
                round.reverse();
                return Some(round);
            }
            if !came_from.contains_key(&next) {
                came_from.insert(next.clone(), id.clone());
                waiting.push_back(next);
            }
        }
    }
    None
}

/// What is wrong with a condition: the end of a sentence, and a remedy.
pub(super) fn condition_faults(guide: &Guide, condition: &Condition) -> Vec<(String, String)> {
    condition_faults_among(guide, condition, &|id| guide.place(id).map(|_| true))
}

fn condition_faults_among(
    guide: &Guide,
    condition: &Condition,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            if parts.is_empty() {
                return vec![(
                    "has an empty list".to_owned(),
                    "Put at least one condition between the brackets.".to_owned(),
                )];
            }
            parts.iter().flat_map(|part| condition_faults_among(guide, part, earlier)).collect()
        }
        Condition::Count(parts, least) => {
            if *least > parts.len() {
                return vec![(
                    format!("counts to {least} and lists only {}", parts.len()),
                    "Lower `at-least`, or list more conditions.".to_owned(),
                )];
            }
            parts.iter().flat_map(|part| condition_faults_among(guide, part, earlier)).collect()
        }
        Condition::Not(part) => condition_faults_among(guide, part, earlier),
        Condition::Is(question, choice) | Condition::IsNot(question, choice) => {
            choice_fault(guide, question, choice, earlier, "one", "is", "includes")
        }
        Condition::Includes(question, choice) => {
            choice_fault(guide, question, choice, earlier, "several", "includes", "is")
        }
        Condition::AtLeast(operand, _)
        | Condition::AtMost(operand, _)
        | Condition::Between(operand, _, _) => operand_fault(guide, operand, earlier),
        Condition::Before(question, _) | Condition::After(question, _) => {
            date_fault(guide, question, earlier)
        }
        Condition::Answered(question) => question_fault(question, guide, earlier).into_iter().collect(),
        Condition::Score(of, least) => score_fault(guide, &of.id, *least).into_iter().collect(),
        Condition::TickedAtLeast(question, least) => ticked_fault(guide, question, *least, earlier),
    }
}

fn question_fault(
    id: &QuestionId,
    guide: &Guide,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Option<(String, String)> {
    match earlier(id) {
        Some(true) => None,
        Some(false) => Some((
            format!("asks about `{id}`, which is asked later or is the question itself"),
            "Move that question before this one.".to_owned(),
        )),
        None if guide.lost.contains(id.as_str()) => Some((
            format!("asks about the question `{id}`, which could not be read"),
            "Mend that question first.".to_owned(),
        )),
        None => Some((
            format!("asks about a question `{id}` that does not exist"),
            did_you_mean(id.as_str(), guide.places.keys().map(QuestionId::as_str), "Correct the name."),
        )),
    }
}

fn score_fault(guide: &Guide, id: &InstrumentId, least: f64) -> Option<(String, String)> {
    let known = &guide.defined.most;
    // The file of instruments has not come, or says nothing; that is said elsewhere.
    if known.is_empty() {
        return None;
    }
    match known.get(id) {
        None => Some((
            format!("asks for the score of an instrument `{id}` that does not exist"),
            did_you_mean(id.as_str(), known.keys().map(InstrumentId::as_str), "Correct the name."),
        )),
        Some(most) if least <= 0.0 || least > *most => Some((
            format!("asks for a score of {least} of `{id}`, which goes from 0 to {most}"),
            format!("Write a number from 1 to {most}."),
        )),
        Some(_) => None,
    }
}

fn ticked_fault(
    guide: &Guide,
    id: &QuestionId,
    least: usize,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    let Some(question) = guide.question(id) else { return Vec::new() };
    let Kind::Several(choices) = &question.kind else {
        return vec![(
            format!("uses `ticked-at-least` on `{id}`, which is of the kind {}", question.kind.name()),
            "Only a question of the kind several has choices to tick.".to_owned(),
        )];
    };
    let free = choices.iter().filter(|choice| !choice.unsure && !choice.exclusive).count();
    if least <= free {
        return Vec::new();
    }
    vec![(
        format!("asks for {least} ticked choices of `{id}`, of which only {free} can be ticked together"),
        "Lower `ticked-at-least`.".to_owned(),
    )]
}

fn choice_fault(
    guide: &Guide,
    id: &QuestionId,
    choice: &ChoiceId,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
    kind: &str,
    word: &str,
    other_word: &str,
) -> Vec<(String, String)> {
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    let Some(question) = guide.question(id) else { return Vec::new() };
    // "Not sure" is the one choice of a question that is typed into.
    let one_beside_typed = kind == "one" && question.kind.is_typed() && question.choice(choice).is_some();
    if question.kind.name() != kind && !one_beside_typed {
        return vec![(
            format!("uses `{word}` on `{id}`, which is of the kind {}", question.kind.name()),
            format!("For that kind, use `{other_word}` or a comparison of numbers."),
        )];
    }
    match question.choice(choice) {
        Some(_) => Vec::new(),
        None => vec![(
            format!("asks for a choice `{choice}` that `{id}` does not have"),
            did_you_mean(
                choice.as_str(),
                question.choices().iter().map(|choice| choice.id.as_str()),
                "Correct the name.",
            ),
        )],
    }
}

fn date_fault(
    guide: &Guide,
    id: &QuestionId,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    match guide.question(id).map(|question| &question.kind) {
        Some(Kind::Date(_)) | None => Vec::new(),
        Some(kind) => vec![(
            format!("compares `{id}` with a date, and it is of the kind {}", kind.name()),
            "Compare a question of the kind date.".to_owned(),
        )],
    }
}

fn operand_fault(
    guide: &Guide,
    operand: &Operand,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    let id = &operand.question;
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    let Some(question) = guide.question(id) else { return Vec::new() };
    let fits = match (&question.kind, &operand.part) {
        (Kind::Number(_), None) => true,
        (Kind::Pair(parts), Some(part)) => parts.iter().any(|known| known.id == *part),
        _ => false,
    };
    if fits {
        return Vec::new();
    }
    let remedy = match &question.kind {
        Kind::Pair([first, second]) => format!("Name the part: `{id}.{}` or `{id}.{}`.", first.id, second.id),
        Kind::Number(_) => format!("Write `{id}` without a part."),
        Kind::Date(_) => "Use `before` or `after` with a date.".to_owned(),
        Kind::One(_) | Kind::Several(_) | Kind::Text(_) | Kind::List(_) => {
            "Compare a question of the kind number or pair.".to_owned()
        }
    };
    vec![(format!("compares `{id}` as a number, which it is not"), remedy)]
}
