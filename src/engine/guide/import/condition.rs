//! `enableWhen` as a condition over answers that were given before.

use crate::engine::map::Map;

use serde_json::Value;

use crate::engine::calendar::is_real;
use crate::engine::guide::import::bounds::{per, unit_name};
use crate::engine::guide::import::options::Offered;
use crate::engine::guide::import::{entries, one_line, slug, text_of};
use crate::engine::guide::reader::Date;
use crate::engine::ids::{PartId, QuestionId};
use crate::engine::screening::question::Bounds;
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
    Date(QuestionId),
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
            Self::Part(id, _) | Self::Date(id) | Self::Words(id) => id,
        }
    }
}

/// The condition of an item, and what of it could not be carried over. A test that is lost makes the item be asked of
/// more people, never of fewer.
pub fn condition(
    item: &Value,
    link: &str,
    targets: &Map<String, Target>,
    links: &Map<&str, &str>,
) -> (Option<Condition>, Vec<String>) {
    let tests = entries(item, "enableWhen");
    let mut said = Vec::new();
    let any = match text_of(item, "enableBehavior") {
        Some("all") => false,
        Some("any") => true,
        Some(other) => {
            said.push(format!(
                "`enableBehavior` is `{}`; one test that holds is enough here.",
                one_line(other)
            ));
            true
        }
        None => {
            if tests.len() > 1 {
                said.push("It does not say whether all tests must hold; one is enough here.".to_owned());
            }
            true
        }
    };
    let mut found = Vec::new();
    let mut lost = false;
    for test in tests {
        match read(test, link, targets, links) {
            Ok(condition) => found.push(condition),
            Err(why) => {
                lost = true;
                said.push(format!("{why} So it is asked of more people."));
            }
        }
    }
    if found.is_empty() || any && lost {
        return (None, said);
    }
    let condition = match found.len() {
        1 => found.pop(),
        _ if any => Some(Condition::Any(found)),
        _ => Some(Condition::All(found)),
    };
    (condition, said)
}

fn read(
    test: &Value,
    link: &str,
    targets: &Map<String, Target>,
    links: &Map<&str, &str>,
) -> Result<Condition, String> {
    let asked = text_of(test, "question").ok_or("A test of its condition names no question.")?;
    let name = one_line(asked);
    let Some(target) = targets.get(asked) else {
        return Err(match links.get(asked) {
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
        Target::Date(id) => {
            let date = answer.as_str().and_then(|text| text.get(..10)).and_then(Date::from_iso);
            let date = date.filter(|date| is_real(*date)).ok_or_else(cannot)?;
            let (before, after) =
                (|| Condition::Before(id.clone(), date), || Condition::After(id.clone(), date));
            match operator {
                "<" => Ok(before()),
                ">" => Ok(after()),
                ">=" => Ok(not(before())),
                "<=" => Ok(not(after())),
                "=" => Ok(Condition::All(vec![not(before()), not(after())])),
                "!=" => Ok(Condition::Any(vec![before(), after()])),
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
