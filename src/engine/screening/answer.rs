//! What the person said, kept by question id.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::error::Category;

use crate::engine::guide::Guide;
use crate::engine::ids::{ChoiceId, PartId, QuestionId};
use crate::engine::nearest::nearest;
use crate::engine::screening::names::{ChosenName, MOST_NAMES};
use crate::engine::screening::question::{Bounds, Kind, Part, Question};

/// An answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The one choice.
    One(ChoiceId),
    /// The ticked choices; never empty.
    Several(BTreeSet<ChoiceId>),
    /// The ticked choices, with the names that were looked up or typed beside them; neither is ever empty. No rule
    /// reads a name.
    Named(BTreeSet<ChoiceId>, Vec<ChosenName>),
    /// A number within the question's bounds.
    Number(f64),
    /// Two numbers within their bounds, in the order of the question's parts.
    Pair([(PartId, f64); 2]),
    /// A few words.
    Text(String),
    /// An optional question that the person passed by.
    Blank,
}

impl Answer {
    /// Whether the answer holds this choice.
    pub fn has(&self, choice: &ChoiceId) -> bool {
        match self {
            Self::One(chosen) => chosen == choice,
            Self::Several(chosen) | Self::Named(chosen, _) => chosen.contains(choice),
            Self::Number(_) | Self::Pair(_) | Self::Text(_) | Self::Blank => false,
        }
    }

    /// The names beside the ticked choices; none for other kinds.
    pub fn names(&self) -> &[ChosenName] {
        match self {
            Self::Named(_, names) => names,
            Self::One(_)
            | Self::Several(_)
            | Self::Number(_)
            | Self::Pair(_)
            | Self::Text(_)
            | Self::Blank => &[],
        }
    }

    /// The ticked choices with the names beside them; none if nothing is ticked.
    pub fn ticked(chosen: BTreeSet<ChoiceId>, names: Vec<ChosenName>) -> Option<Self> {
        match (chosen.is_empty(), names.is_empty()) {
            (true, _) => None,
            (false, true) => Some(Self::Several(chosen)),
            (false, false) => Some(Self::Named(chosen, names)),
        }
    }

    /// The chosen choices' ids; none for other kinds.
    pub fn chosen(&self) -> Vec<&ChoiceId> {
        match self {
            Self::One(chosen) => vec![chosen],
            Self::Several(chosen) | Self::Named(chosen, _) => chosen.iter().collect(),
            Self::Number(_) | Self::Pair(_) | Self::Text(_) | Self::Blank => Vec::new(),
        }
    }
}

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(chosen) => chosen.serialize(out),
            Self::Several(chosen) => chosen.serialize(out),
            Self::Named(chosen, names) => {
                let mut answer = out.serialize_struct("Named", 2)?;
                answer.serialize_field("choices", chosen)?;
                let words: Vec<&str> = names.iter().map(|name| name.words.as_str()).collect();
                answer.serialize_field("names", &words)?;
                answer.end()
            }
            Self::Number(number) => number.serialize(out),
            Self::Pair(parts) => out.collect_map(parts.iter().map(|(id, number)| (id, number))),
            Self::Text(text) => out.serialize_str(text),
            Self::Blank => out.serialize_unit(),
        }
    }
}

/// All answers so far. Answers to questions that no longer apply stay in here and are not counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<QuestionId, Answer>);

impl Answers {
    /// The answer to a question, if one was given.
    pub fn get(&self, question: &QuestionId) -> Option<&Answer> {
        self.0.get(question)
    }

    /// Keeps an answer in place of an earlier one.
    pub fn set(&mut self, question: QuestionId, answer: Answer) {
        self.0.insert(question, answer);
    }

    /// Forgets the answer to a question.
    pub fn clear(&mut self, question: &QuestionId) {
        self.0.remove(question);
    }

    /// Whether nothing was answered yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many questions have an answer.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All answers by question id.
    pub fn iter(&self) -> impl Iterator<Item = (&QuestionId, &Answer)> {
        self.0.iter()
    }

    /// Reads an answers file (design: `{"question-id": "choice-id" | ["choice-id"] | number |
    /// {"systolic":..,"diastolic":..} | {"choices": ["choice-id"], "names": ["text"]} | "text" | null}`) against the guide.
    ///
    /// What cannot be used is left out and said in a sentence with a remedy; the rest is kept.
    pub fn from_json(guide: &Guide, text: &str) -> (Self, Vec<String>) {
        let mut answers = Self::default();
        let mut problems = Vec::new();
        let file = match serde_json::from_str::<Strict>(text) {
            Ok(Strict(Value::Object(file))) => file,
            Ok(_) => {
                problems.push(
                    "The answers must be one JSON object: {\"question-id\": \"choice-id\"}.".to_owned(),
                );
                return (answers, problems);
            }
            Err(error) if error.classify() == Category::Data => {
                problems.push(format!("{error}. Take one of the two out."));
                return (answers, problems);
            }
            Err(error) => {
                problems.push(format!(
                    "The answers are not JSON (line {}, column {}). Check the quotes and commas there.",
                    error.line(),
                    error.column()
                ));
                return (answers, problems);
            }
        };
        for (id, value) in file {
            let Some(question) = guide.question(&QuestionId::from(id.as_str())) else {
                let known = guide.questions.iter().map(|question| question.id.as_str());
                problems.push(match nearest(&id, known) {
                    Some(meant) => format!("There is no question `{id}`. Did you mean `{meant}`?"),
                    None => format!("There is no question `{id}`. `anteroom list` names them all."),
                });
                continue;
            };
            match read_answer(question, &value) {
                Ok(answer) => answers.set(question.id.clone(), answer),
                Err(problem) => problems.push(format!("`{id}`: {problem}")),
            }
        }
        (answers, problems)
    }
}

/// JSON in which no name stands twice in one object. `Value` alone would keep the last of the two without a word,
/// and no answer may be dropped so.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct StrictVisitor;

        impl<'de> Visitor<'de> for StrictVisitor {
            type Value = Value;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str("JSON")
            }
            fn visit_unit<E>(self) -> Result<Value, E> {
                Ok(Value::Null)
            }
            fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
                Ok(Value::from(flag))
            }
            fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
                Ok(Value::from(number))
            }
            fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
                Ok(Value::from(number))
            }
            fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
                Ok(Value::from(number))
            }
            fn visit_str<E>(self, text: &str) -> Result<Value, E> {
                Ok(Value::from(text))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
                let mut list = Vec::new();
                while let Some(Strict(entry)) = entries.next_element()? {
                    list.push(entry);
                }
                Ok(Value::Array(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
                let mut object = serde_json::Map::new();
                while let Some((name, Strict(value))) = entries.next_entry::<String, Strict>()? {
                    if object.contains_key(&name) {
                        return Err(A::Error::custom(format!("`{name}` is there twice")));
                    }
                    object.insert(name, value);
                }
                Ok(Value::Object(object))
            }
        }

        json.deserialize_any(StrictVisitor).map(Self)
    }
}

/// Reads one answer as an answers file says it. `Err` ends the sentence "cannot be used: ...".
pub(crate) fn read_answer(question: &Question, value: &Value) -> Result<Answer, String> {
    if value.is_null() {
        return if question.required {
            Err("this question needs an answer; leave it out if there is none yet.".to_owned())
        } else {
            Ok(Answer::Blank)
        };
    }
    match &question.kind {
        Kind::One(_) => Ok(Answer::One(read_choice(question, value)?)),
        Kind::Several(_) => {
            let (ticked, names) = match value {
                Value::Object(both) => {
                    if let Some(stray) =
                        both.keys().find(|name| !["choices", "names"].contains(&name.as_str()))
                    {
                        return Err(format!("`{stray}` is not one of `choices` and `names`."));
                    }
                    let names = both.get("names").map_or(Ok(Vec::new()), read_names)?;
                    (both.get("choices").unwrap_or(&Value::Null), names)
                }
                ticked => (ticked, Vec::new()),
            };
            let chosen = match ticked {
                Value::Null => BTreeSet::new(),
                Value::Array(entries) => entries
                    .iter()
                    .map(|entry| read_choice(question, entry))
                    .collect::<Result<BTreeSet<_>, _>>()?,
                one => BTreeSet::from([read_choice(question, one)?]),
            };
            let exclusive = |id: &ChoiceId| question.choice(id).is_some_and(|choice| choice.exclusive);
            let alone = chosen.iter().any(exclusive);
            if alone && chosen.len() > 1 {
                Err("a choice that stands alone, such as `none`, was given together with others.".to_owned())
            } else if alone && !names.is_empty() {
                Err("a choice that stands alone, such as `none`, was given together with names.".to_owned())
            } else {
                Answer::ticked(chosen, names)
                    .ok_or_else(|| "the list is empty; give at least one choice.".to_owned())
            }
        }
        Kind::Number(bounds) => Ok(Answer::Number(read_number(bounds, value)?)),
        Kind::Pair([first, second]) => {
            let read_part = |part: &Part| match value.get(part.id.as_str()) {
                Some(number) => Ok((part.id.clone(), read_number(&part.bounds, number)?)),
                None => Err(format!("`{}` is missing.", part.id)),
            };
            let known = |name: &String| [first.id.as_str(), second.id.as_str()].contains(&name.as_str());
            if let Some(stray) = value.as_object().and_then(|parts| parts.keys().find(|name| !known(name))) {
                return Err(format!("`{stray}` is not one of `{}` and `{}`.", first.id, second.id));
            }
            let (high, low) = (read_part(first)?, read_part(second)?);
            if low.1 >= high.1 {
                return Err(format!("`{}` must be greater than `{}`.", high.0, low.0));
            }
            Ok(Answer::Pair([high, low]))
        }
        Kind::Text => match value.as_str().map(str::trim) {
            Some("") if question.required => Err("the text is empty.".to_owned()),
            Some("") => Ok(Answer::Blank),
            Some(text) => Ok(Answer::Text(text.to_owned())),
            None => Err("the answer must be a text in quotes.".to_owned()),
        },
    }
}

/// Names are kept as they are: no rule reads them, and the list that they came from may have changed.
fn read_names(value: &Value) -> Result<Vec<ChosenName>, String> {
    let words =
        |entry: &Value| entry.as_str().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
    let names: Option<Vec<String>> =
        value.as_array().and_then(|entries| entries.iter().map(words).collect::<Option<_>>());
    let Some(names) = names.filter(|names| names.len() <= MOST_NAMES) else {
        return Err(format!("`names` must be a list of at most {MOST_NAMES} texts, such as [\"Xanax\"]."));
    };
    Ok(names.into_iter().map(ChosenName::from_file).collect())
}

fn read_choice(question: &Question, value: &Value) -> Result<ChoiceId, String> {
    let names = || {
        let ids: Vec<&str> = question.choices().iter().map(|choice| choice.id.as_str()).collect();
        ids.join("`, `")
    };
    let Some(text) = value.as_str() else {
        return Err(format!("the answer must be one of `{}`.", names()));
    };
    let id = ChoiceId::from(text);
    match question.choice(&id) {
        Some(_) => Ok(id),
        None => Err(format!("there is no choice `{text}`. The choices are `{}`.", names())),
    }
}

fn read_number(bounds: &Bounds, value: &Value) -> Result<f64, String> {
    let number = value.as_f64().ok_or_else(|| "the answer must be a number.".to_owned())?;
    bounds
        .check(number)
        .map_err(|_| format!("{number} is outside of {} to {} {}.", bounds.least, bounds.most, bounds.unit))
}

/// Why what was typed is not an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryError {
    /// Nothing was chosen, and the question needs an answer.
    NothingChosen,
    /// Nothing was typed, and the question needs an answer.
    NothingTyped,
    /// Only one of the two numbers of a pair was typed.
    HalfAPair,
    /// What was typed is not a number.
    NotANumber,
    /// The number is outside of the bounds.
    OutOfBounds,
    /// The first number of a pair must be greater than the second.
    PairReversed,
}

impl Bounds {
    /// The number, if it is finite and within the bounds.
    pub fn check(&self, number: f64) -> Result<f64, EntryError> {
        if number.is_finite() && (self.least..=self.most).contains(&number) {
            Ok(number)
        } else {
            Err(EntryError::OutOfBounds)
        }
    }

    fn parse(&self, typed: &str) -> Result<f64, EntryError> {
        let number: f64 = typed.trim().replace(',', ".").parse().map_err(|_| EntryError::NotANumber)?;
        self.check(number)
    }
}

/// Reads what was typed into a question's fields (one, or two for a pair).
///
/// `Err` names the field, counted from 0, that the person should look at.
pub fn parse_entry(question: &Question, fields: &[String]) -> Result<Answer, (usize, EntryError)> {
    let field = |index: usize| fields.get(index).map_or("", |typed| typed.trim());
    let nothing = field(0).is_empty() && field(1).is_empty();
    if nothing {
        return if question.required { Err((0, EntryError::NothingTyped)) } else { Ok(Answer::Blank) };
    }
    match &question.kind {
        Kind::Number(bounds) => bounds.parse(field(0)).map(Answer::Number).map_err(|error| (0, error)),
        Kind::Pair([first, second]) => {
            if let Some(empty) = [0, 1].into_iter().find(|index| field(*index).is_empty()) {
                return Err((empty, EntryError::HalfAPair));
            }
            let high = first.bounds.parse(field(0)).map_err(|error| (0, error))?;
            let low = second.bounds.parse(field(1)).map_err(|error| (1, error))?;
            if low >= high {
                return Err((0, EntryError::PairReversed));
            }
            Ok(Answer::Pair([(first.id.clone(), high), (second.id.clone(), low)]))
        }
        Kind::Text if field(0).is_empty() => Err((0, EntryError::NothingTyped)),
        Kind::Text => Ok(Answer::Text(field(0).to_owned())),
        Kind::One(_) | Kind::Several(_) => Err((0, EntryError::NothingChosen)),
    }
}
