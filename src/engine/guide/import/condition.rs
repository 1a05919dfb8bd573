//! `enableWhen` as a condition over answers that were given before.

use crate::engine::map::{Map, Set};

use serde_json::Value;

use crate::engine::calendar::is_real;
use crate::engine::guide::import::bounds::{per, unit_name};
use crate::engine::guide::import::options::Offered;
use crate::engine::guide::import::{entries, one_line, slug, text_of};
use crate::engine::guide::reader::Date;
use crate::engine::ids::{PartId, QuestionId};
use crate::engine::screening::question::{Bounds, Question};
use crate::engine::screening::rule::{Condition, Operand};

/// What a condition can look at.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A question with choices.
    Choice {
        /// The question.
        id: QuestionId,
        /// Whether several can be ticked.
        several: bool,
        /// Its choices.
        options: Vec<Offered>,
    },
    /// A number.
    Number {
        /// The question.
        id: QuestionId,
        /// Its unit and bounds.
        bounds: Bounds,
    },
    /// One number of a pair.
    Part(QuestionId, PartId),
    /// A day.
    Date {
        /// The question.
        id: QuestionId,
        /// Whether it has hours there.
        hours: bool,
    },
    /// "Not sure" beside what is typed.
    Unsure {
        /// The question.
        id: QuestionId,
        /// Its choices.
        options: Vec<Offered>,
    },
    /// Words, of which only can be said whether there are any.
    Words(QuestionId),
}

impl Target {
    /// The question.
    pub fn question(&self) -> &QuestionId {
        match self {
            Self::Choice { id, .. } | Self::Number { id, .. } | Self::Unsure { id, .. } => id,
            Self::Part(id, _) | Self::Date { id, .. } | Self::Words(id) => id,
        }
    }
}

/// What the conditions of the items to come can look at.
pub struct Known<'k> {
    /// What was read already, by `linkId`.
    pub targets: &'k Map<String, Target>,
    /// The type of every item by its `linkId`.
    pub links: &'k Map<&'k str, &'k str>,
    /// The questions that were read already.
    pub questions: &'k [Question],
    /// The questions that more people are asked here than there, and the places where that began.
    pub of_more: &'k Map<QuestionId, Vec<usize>>,
    /// The questions whose answers here are not quite the answers there.
    pub coarse: &'k Set<QuestionId>,
    /// The places where it began that the item stands in.
    pub within: &'k [usize],
}

impl Known<'_> {
    /// Whether more people may answer a question here, of all that are asked the item there.
    fn is_of_more(&self, question: &QuestionId) -> bool {
        let begin = |began: &Vec<usize>| began.iter().any(|place| !self.within.contains(place));
        self.coarse.contains(question) || self.of_more.get(question).is_some_and(begin)
    }
}

/// What was carried over of the condition of an item.
#[derive(Default)]
pub struct Carried {
    /// The condition; none if everyone is asked.
    pub condition: Option<Condition>,
    /// Whether it may hold for more people here than there, of those who are asked what it stands in.
    pub of_more: bool,
    /// What could not be carried over.
    pub said: Vec<String>,
}

/// The condition of an item, and what of it could not be carried over. A test that is lost makes the item be asked of
/// more people, never of fewer. So do an answer left out and "not sure", which are unknown here.
pub fn condition(item: &Value, link: &str, known: &Known<'_>) -> Carried {
    let tests = entries(item, "enableWhen");
    if tests.is_empty() {
        return Carried::default();
    }
    let mut said = Vec::new();
    let mut of_more = false;
    let any = match text_of(item, "enableBehavior") {
        Some("all") => false,
        Some("any") => true,
        Some(other) => {
            of_more = true;
            said.push(format!(
                "`enableBehavior` is `{}`; one test that holds is enough here.",
                one_line(other)
            ));
            true
        }
        None => {
            if tests.len() > 1 {
                of_more = true;
                said.push("It does not say whether all tests must hold; one is enough here.".to_owned());
            }
            true
        }
    };
    let mut found = Vec::new();
    let mut lost = false;
    for test in tests {
        match read(test, link, known) {
            Ok(condition) => found.push(condition),
            Err(why) => {
                lost = true;
                said.push(format!("{why} So it is asked of more people."));
            }
        }
    }
    if found.is_empty() || any && lost {
        return Carried { condition: None, of_more: true, said };
    }
    of_more |= lost || found.iter().any(|test| may_hold_for_more(test, &found, any, known));
    let condition = match found.len() {
        1 => found.pop(),
        _ if any => Some(Condition::Any(found)),
        _ => Some(Condition::All(found)),
    };
    Carried { condition, of_more, said }
}

/// Whether a test holds here where it may not hold there: of a question that more are asked, or of one that may be left
/// open, which is unknown here. Not where another test says what an open one means.
fn may_hold_for_more(test: &Condition, beside: &[Condition], any: bool, known: &Known<'_>) -> bool {
    let denied = matches!(test, Condition::Not(_) | Condition::IsNot(..));
    test.questions().into_iter().any(|id| {
        if known.is_of_more(id) {
            return true;
        }
        let answered = Condition::Answered(id.clone());
        let of_open = if any { not(answered.clone()) } else { answered.clone() };
        if *test == answered || *test == not(answered) || beside.contains(&of_open) {
            return false;
        }
        let question = known.questions.iter().find(|question| question.id == *id);
        question.is_none_or(|question| !question.required || denied && question.ask_if.is_some())
    })
}

fn read(test: &Value, link: &str, known: &Known<'_>) -> Result<Condition, String> {
    let asked = text_of(test, "question").ok_or("A test of its condition names no question.")?;
    let name = one_line(asked);
    let Some(target) = known.targets.get(asked) else {
        return Err(match known.links.get(asked) {
            _ if asked == link => "Its condition looks at the item itself.".to_owned(),
            None => format!("Its condition looks at `{name}`, which is not in the Questionnaire."),
            Some(&"group" | &"display") => format!("Its condition looks at `{name}`, which has no answer."),
            Some(_) => {
                format!("Its condition looks at `{name}`, which is not asked here, or only later.")
            }
        });
    };
    let operator = text_of(test, "operator").unwrap_or("=");
    let answer = test.as_object().and_then(|test| test.iter().find(|(key, _)| key.starts_with("answer")));
    let Some((_, answer)) = answer else {
        return Err(format!("Its condition on `{name}` has no answer to compare with."));
    };
    let denied = operator == "!=" || operator == "exists" && *answer == Value::Bool(false);
    if denied && known.is_of_more(target.question()) {
        return Err(format!(
            "Its condition asks for no answer or another answer to `{name}`, which more people answer here."
        ));
    }
    if operator == "exists" {
        let exists = exists(target);
        return match answer {
            Value::Bool(true) => Ok(exists),
            Value::Bool(false) => Ok(not(exists)),
            _ => Err(format!("Its condition on `{name}` asks for something else than an answer.")),
        };
    }
    let cannot =
        || format!("Its condition compares `{name}` by `{}`, which a guide cannot.", one_line(operator));
    match target {
        Target::Choice { id, several, options } => {
            let option = find(options, answer)
                .ok_or_else(|| format!("Its condition asks for a choice that `{name}` does not have."))?;
            let (id, choice) = (id.clone(), option.id.clone());
            match (operator, several) {
                ("=", false) => Ok(Condition::Is(id, choice)),
                ("!=", false) => Ok(Condition::IsNot(id, choice)),
                ("=", true) => Ok(Condition::Includes(id, choice)),
                ("!=", true) => Ok(not(Condition::Includes(id, choice))),
                _ => Err(cannot()),
            }
        }
        Target::Unsure { id, options } => {
            let option = find(options, answer)
                .ok_or_else(|| format!("Its condition asks for a choice that `{name}` does not have."))?;
            let is = Condition::Is(id.clone(), option.id.clone());
            match operator {
                "=" => Ok(is),
                "!=" => Ok(not(is)),
                _ => Err(cannot()),
            }
        }
        Target::Number { id, bounds } => {
            let operand = Operand { question: id.clone(), part: None };
            let number = number(answer, Some(bounds)).ok_or_else(|| {
                format!("Its condition compares `{name}` in a unit that it is not asked in.")
            })?;
            compared(operand, operator, number).ok_or_else(cannot)
        }
        Target::Part(id, part) => {
            let operand = Operand { question: id.clone(), part: Some(part.clone()) };
            let number = number(answer, None).ok_or_else(cannot)?;
            compared(operand, operator, number).ok_or_else(cannot)
        }
        Target::Date { id, hours } => {
            let text = answer.as_str().unwrap_or_default();
            let hours = *hours || text.len() > 10;
            let date = text.get(..10).and_then(Date::from_iso);
            let date = date.filter(|date| is_real(*date)).ok_or_else(cannot)?;
            let (before, after) =
                (|| Condition::Before(id.clone(), date), || Condition::After(id.clone(), date));
            match operator {
                // Some of that day is before an hour of it, and some after.
                "<" if hours => Ok(not(after())),
                ">" if hours => Ok(not(before())),
                "!=" if hours => Err(cannot()),
                "<" => Ok(before()),
                ">" => Ok(after()),
                ">=" => Ok(not(before())),
                "<=" => Ok(not(after())),
                "=" => Ok(Condition::All(vec![exists(target), not(before()), not(after())])),
                "!=" => Ok(Condition::Any(vec![not(exists(target)), before(), after()])),
                _ => Err(cannot()),
            }
        }
        Target::Words(_) => Err(format!(
            "Its condition compares the words of `{name}`, and a guide decides nothing by words."
        )),
    }
}

/// That there is an answer.
fn exists(target: &Target) -> Condition {
    match target {
        Target::Unsure { id, options } => {
            let mut is: Vec<Condition> =
                options.iter().map(|option| Condition::Is(id.clone(), option.id.clone())).collect();
            match (is.len(), is.pop()) {
                (1, Some(only)) => only,
                (_, last) => {
                    is.extend(last);
                    Condition::Any(is)
                }
            }
        }
        other => Condition::Answered(other.question().clone()),
    }
}

fn not(condition: Condition) -> Condition {
    Condition::Not(Box::new(condition))
}

fn compared(operand: Operand, operator: &str, number: f64) -> Option<Condition> {
    Some(match operator {
        ">=" => Condition::AtLeast(operand, number),
        "<=" => Condition::AtMost(operand, number),
        ">" => not(Condition::AtMost(operand, number)),
        "<" => not(Condition::AtLeast(operand, number)),
        "=" => Condition::Between(operand, number, number),
        "!=" => not(Condition::Between(operand, number, number)),
        _ => return None,
    })
}

/// A number in the first unit of a question.
fn number(answer: &Value, bounds: Option<&Bounds>) -> Option<f64> {
    let number = |value: &Value| value.as_f64().filter(|number| number.is_finite() && number.abs() < 1e15);
    if let Some(plain) = number(answer) {
        return Some(plain);
    }
    let value = number(answer.get("value")?)?;
    let bounds = bounds?;
    let named = serde_json::json!({"code": answer.get("code"), "display": answer.get("unit")});
    let Some(unit) = unit_name(&named) else { return Some(value) };
    if unit == bounds.unit || slug(&unit, "") == bounds.unit {
        return Some(value);
    }
    per(&unit, &bounds.unit).map(|factor| value * factor)
}

/// The choice that an answer means.
fn find<'o>(options: &'o [Offered], answer: &Value) -> Option<&'o Offered> {
    let same = |option: &&Offered| match (&option.value, answer) {
        (Value::Object(_), Value::Object(_)) => {
            let part = |value: &Value, key: &str| text_of(value, key).map(str::to_owned);
            let (code, wanted) = (part(&option.value, "code"), part(answer, "code"));
            let (system, asked) = (part(&option.value, "system"), part(answer, "system"));
            match (code, wanted) {
                (Some(code), Some(wanted)) => {
                    code == wanted && (system == asked || system.is_none() || asked.is_none())
                }
                _ => part(&option.value, "display") == part(answer, "display"),
            }
        }
        (value, answer) => value == answer,
    };
    options.iter().find(same)
}
