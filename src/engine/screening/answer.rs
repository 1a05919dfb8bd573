//! What the person said, kept by question id.

use crate::engine::map::{Map, Set};

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::Value;
use serde_json::error::Category;

use crate::engine::calendar::is_real;
use crate::engine::guide::Guide;
use crate::engine::guide::reader::Date;
use crate::engine::ids::{ChoiceId, PartId, QuestionId, UnitId};
use crate::engine::nearest::nearest;
use crate::engine::screening::names::{ChosenName, MOST_NAMES};
use crate::engine::screening::question::{Bounds, Day, Days, Entries, Kind, Letters, Part, Question};
use crate::engine::screening::unit::{MOST_DIGITS, converted};

/// An answer to one question.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The one choice; for a question that is typed into, a "not sure" or "rather not say".
    One(ChoiceId),
    /// The ticked choices; never empty.
    Several(Set<ChoiceId>),
    /// The ticked choices, with the names that were looked up or typed beside them; neither is ever empty. No rule
    /// reads a name.
    Named(Set<ChoiceId>, Vec<ChosenName>),
    /// A number within the question's bounds, in its first unit.
    Number(f64),
    /// A number within the question's bounds, in another of its units.
    Measured(Measured),
    /// Two numbers within their bounds, in the order of the question's parts.
    Pair([(PartId, f64); 2]),
    /// A day within the question's bounds.
    Date(Date),
    /// Words.
    Text(String),
    /// Entries; never empty. Each has its fields in the order of the question's, without those left blank.
    List(Vec<Entry>),
    /// An optional question that the person passed by.
    Blank,
}

/// One entry of a list: its fields with what was typed.
pub type Entry = Vec<(PartId, String)>;

/// A number as it was typed, and what it comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// What was typed.
    pub typed: f64,
    /// The unit it was typed in.
    pub unit: UnitId,
    /// The same in the question's first unit: what conditions see.
    pub number: f64,
}

impl Answer {
    /// Whether the answer holds this choice.
    pub fn has(&self, choice: &ChoiceId) -> bool {
        match self {
            Self::One(chosen) => chosen == choice,
            Self::Several(chosen) | Self::Named(chosen, _) => chosen.contains(choice),
            Self::Number(_)
            | Self::Measured(_)
            | Self::Pair(_)
            | Self::Date(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Blank => false,
        }
    }

    /// The names beside the ticked choices; none for other kinds.
    pub fn names(&self) -> &[ChosenName] {
        match self {
            Self::Named(_, names) => names,
            Self::One(_)
            | Self::Several(_)
            | Self::Number(_)
            | Self::Measured(_)
            | Self::Pair(_)
            | Self::Date(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Blank => &[],
        }
    }

    /// The ticked choices with the names beside them; none if nothing is ticked.
    pub fn ticked(chosen: Set<ChoiceId>, names: Vec<ChosenName>) -> Option<Self> {
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
            Self::Number(_)
            | Self::Measured(_)
            | Self::Pair(_)
            | Self::Date(_)
            | Self::Text(_)
            | Self::List(_)
            | Self::Blank => Vec::new(),
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
            Self::Measured(measured) => {
                let mut object = out.serialize_map(Some(2))?;
                object.serialize_entry("value", &measured.typed)?;
                object.serialize_entry("unit", &measured.unit)?;
                object.end()
            }
            Self::Pair(parts) => out.collect_map(parts.iter().map(|(id, number)| (id, number))),
            Self::Date(date) => out.collect_str(date),
            Self::Text(text) => out.serialize_str(text),
            Self::List(entries) => out.collect_seq(entries.iter().map(EntryObject)),
            Self::Blank => out.serialize_unit(),
        }
    }
}

/// An entry of a list as an object.
struct EntryObject<'a>(&'a Entry);

impl Serialize for EntryObject<'_> {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(self.0.iter().map(|(id, text)| (id, text)))
    }
}

/// All answers so far. Answers to questions that no longer apply stay in here and are not counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Answers(Map<QuestionId, Answer>);

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
    /// {"value":..,"unit":".."} | {"systolic":..,"diastolic":..} | {"choices": ["choice-id"], "names": ["text"]} | "2026-11-21" | "text" |
    /// [{"name":"..","dose":".."}] | null}`) against the guide.
    ///
    /// What cannot be used is left out and said in a sentence with a remedy; the rest is kept. Bounds that go by
    /// today are not looked at; [`Self::from_json_on`] does.
    pub fn from_json(guide: &Guide, text: &str) -> (Self, Vec<String>) {
        Self::from_json_on(guide, text, None)
    }

    /// The same on a day.
    pub fn from_json_on(guide: &Guide, text: &str, today: Option<Date>) -> (Self, Vec<String>) {
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
            match read_answer(question, &value, today) {
                Ok(answer) => answers.set(question.id.clone(), answer),
                Err(problem) => problems.push(format!("`{id}`: {problem}")),
            }
        }
        (answers, problems)
    }
}

/// JSON in which no name stands twice in one object. `Value` alone would keep the last of the two without a word,
/// and no answer may be dropped so.
pub(crate) struct Strict(pub(crate) Value);

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
///
/// Without `today`, bounds that go by today are not looked at.
pub(crate) fn read_answer(question: &Question, value: &Value, today: Option<Date>) -> Result<Answer, String> {
    if value.is_null() {
        return if question.required {
            Err("this question needs an answer; leave it out if there is none yet.".to_owned())
        } else {
            Ok(Answer::Blank)
        };
    }
    if let Some(choice) = value.as_str().map(ChoiceId::from)
        && question.kind.is_typed()
        && question.choice(&choice).is_some()
    {
        return Ok(Answer::One(choice));
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
                Value::Null => Set::new(),
                Value::Array(entries) => {
                    entries.iter().map(|entry| read_choice(question, entry)).collect::<Result<Set<_>, _>>()?
                }
                one => Set::from([read_choice(question, one)?]),
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
        Kind::Number(bounds) => read_measured(bounds, value),
        Kind::Pair([first, second]) => {
            let read_part = |part: &Part| match value.get(part.id.as_str()) {
                Some(number) => Ok((part.id.clone(), read_number(&part.bounds, number)?)),
                None => Err(format!("`{}` is missing.", part.id)),
            };
            no_stray(value, [first, second].map(|part| part.id.as_str()))?;
            let (high, low) = (read_part(first)?, read_part(second)?);
            if low.1 >= high.1 {
                return Err(format!("`{}` must be greater than `{}`.", high.0, low.0));
            }
            Ok(Answer::Pair([high, low]))
        }
        Kind::Date(days) => {
            let date = value
                .as_str()
                .filter(|text| text.len() == 10)
                .and_then(Date::from_iso)
                .filter(|date| is_real(*date))
                .ok_or_else(|| "the answer must be a date in quotes, such as \"2026-11-21\".".to_owned())?;
            days.check(date, today).map(Answer::Date).map_err(|(error, bound)| match error {
                EntryError::TooLow => format!("{date} is before {bound}, the earliest day that is taken."),
                _ => format!("{date} is after {bound}, the latest day that is taken."),
            })
        }
        Kind::Text(letters) => match value.as_str().map(str::trim) {
            Some("") if question.required => Err("the text is empty.".to_owned()),
            Some("") => Ok(Answer::Blank),
            Some(text) if text.chars().count() > letters.most => {
                Err(format!("the text has more than {} characters.", letters.most))
            }
            Some(text) => Ok(Answer::Text(text.to_owned())),
            None => Err("the answer must be a text in quotes.".to_owned()),
        },
        Kind::List(list) => read_list(list, value),
    }
}

/// Refuses names in an object that are none of `known`.
fn no_stray<const N: usize>(value: &Value, known: [&str; N]) -> Result<(), String> {
    let stray =
        value.as_object().and_then(|object| object.keys().find(|name| !known.contains(&name.as_str())));
    match stray {
        Some(stray) => Err(format!("`{stray}` is not one of `{}`.", known.join("` and `"))),
        None => Ok(()),
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

/// A number in the first unit, or `{"value": .., "unit": ".."}`.
fn read_measured(bounds: &Bounds, value: &Value) -> Result<Answer, String> {
    if !value.is_object() || bounds.units.is_empty() {
        return read_number(bounds, value).map(Answer::Number);
    }
    no_stray(value, ["value", "unit"])?;
    let typed =
        value.get("value").and_then(Value::as_f64).ok_or_else(|| "`value` must be a number.".to_owned())?;
    let name = value.get("unit").and_then(Value::as_str).unwrap_or_default();
    let unit = UnitId::from(name);
    let units = || -> Vec<&str> { bounds.units.iter().map(|unit| unit.id.as_str()).collect() };
    bounds.measure(typed, &unit).map_err(|error| match error {
        EntryError::NoUnit => format!("`unit` must be one of `{}`.", units().join("`, `")),
        _ => format!("{typed} {name} is outside of {} to {} {}.", bounds.least, bounds.most, bounds.unit),
    })
}

fn read_list(list: &Entries, value: &Value) -> Result<Answer, String> {
    let Value::Array(values) = value else {
        return Err("the answer must be a list of objects in brackets.".to_owned());
    };
    if values.is_empty() {
        return Err("the list is empty; give at least one entry, or null.".to_owned());
    }
    if values.len() > list.most {
        return Err(format!("there are more than {} entries.", list.most));
    }
    let mut entries = Vec::new();
    for value in values {
        let Value::Object(object) = value else {
            return Err("each entry must be an object in braces.".to_owned());
        };
        if let Some(stray) =
            object.keys().find(|name| list.fields.iter().all(|field| field.id.as_str() != *name))
        {
            let known: Vec<&str> = list.fields.iter().map(|field| field.id.as_str()).collect();
            return Err(format!("`{stray}` is not one of `{}`.", known.join("`, `")));
        }
        let typed = |name: &str| match object.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Null) | None => Ok(String::new()),
            Some(_) => Err(format!("`{name}` must be a text in quotes.")),
        };
        let typed: Vec<String> =
            list.fields.iter().map(|field| typed(field.id.as_str())).collect::<Result<_, _>>()?;
        let entry = list.entry(&typed).map_err(|(place, error)| {
            let field = list.fields.get(place);
            let name = field.map_or("", |field| field.id.as_str());
            match error {
                EntryError::TooLong => {
                    format!("`{name}` has more than {} characters.", field.map_or(0, |field| field.most))
                }
                _ => format!("`{name}` is missing."),
            }
        })?;
        entries.push(entry);
    }
    Ok(Answer::List(entries))
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
    /// No unit was chosen for the number.
    NoUnit,
    /// The number is less than the least, or the date before the earliest.
    TooLow,
    /// The number is greater than the most, or the date after the latest.
    TooHigh,
    /// The first number of a pair must be greater than the second.
    PairReversed,
    /// The day, the month or the year of a date is missing.
    HalfADate,
    /// The day is not one of a month.
    NotADay,
    /// The month is not one of the twelve.
    NotAMonth,
    /// The year does not have four digits.
    NotAYear,
    /// The month does not have this day in this year.
    NoSuchDate,
    /// More characters were typed than are taken.
    TooLong,
    /// A field of an entry that is needed was left blank.
    EntryNeeds,
    /// The list has as many entries as are taken.
    ListFull,
}

impl Bounds {
    /// A number in one of the units as an answer.
    fn measure(&self, typed: f64, unit: &UnitId) -> Result<Answer, EntryError> {
        let place = self.units.iter().position(|known| known.id == *unit).ok_or(EntryError::NoUnit)?;
        match self.units.get(place) {
            Some(other) if place > 0 => {
                let number = self.check(converted(typed, other))?;
                Ok(Answer::Measured(Measured { typed, unit: unit.clone(), number }))
            }
            Some(_) | None => self.check(typed).map(Answer::Number),
        }
    }

    fn parse(&self, typed: &str) -> Result<f64, EntryError> {
        self.check(number_from(typed)?)
    }
}

/// A number as people type it. A comma stands for a decimal point, but for one before exactly three digits: nobody
/// can tell whether `1,000` is one or a thousand.
fn number_from(typed: &str) -> Result<f64, EntryError> {
    let typed = typed.trim();
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let unclear = typed.split_once(',').is_some_and(|(_, after)| after.len() == 3 && digits(after) == 3);
    let significant = typed.split(['e', 'E']).next().map_or(0, digits);
    if unclear || significant > MOST_DIGITS {
        return Err(EntryError::NotANumber);
    }
    typed.replace(',', ".").parse().map_err(|_| EntryError::NotANumber)
}

impl Days {
    /// The date, if it is within the bounds; else the bound that it breaks. Without `today`, bounds that go by today
    /// are not looked at.
    pub fn check(&self, date: Date, today: Option<Date>) -> Result<Date, (EntryError, Date)> {
        let day = |bound: Option<Day>| bound.and_then(|bound| bound.on(today));
        match (day(self.earliest), day(self.latest)) {
            (Some(earliest), _) if date < earliest => Err((EntryError::TooLow, earliest)),
            (_, Some(latest)) if date > latest => Err((EntryError::TooHigh, latest)),
            _ => Ok(date),
        }
    }

    /// Reads a day, a month and a year as they are typed. `Err` names the field, counted from 0.
    fn parse(&self, fields: [&str; 3], today: Option<Date>) -> Result<Date, (usize, EntryError)> {
        if let Some(empty) = fields.iter().position(|typed| typed.is_empty()) {
            return Err((empty, EntryError::HalfADate));
        }
        let [day, month, year] = fields;
        let within =
            |typed: &str, most: u8| typed.parse::<u8>().ok().filter(|number| (1..=most).contains(number));
        let date = Date {
            day: within(day, 31).ok_or((0, EntryError::NotADay))?,
            month: within(month, 12).ok_or((1, EntryError::NotAMonth))?,
            year: year
                .parse()
                .ok()
                .filter(|year| (1000..=9999).contains(year))
                .ok_or((2, EntryError::NotAYear))?,
        };
        if !is_real(date) {
            return Err((0, EntryError::NoSuchDate));
        }
        self.check(date, today).map_err(|(error, _)| (0, error))
    }
}

impl Letters {
    fn check(self, typed: &str) -> Result<String, EntryError> {
        if typed.chars().count() > self.most { Err(EntryError::TooLong) } else { Ok(typed.to_owned()) }
    }
}

impl Entries {
    /// Reads the fields of one entry. `Err` names the field, counted from 0, that the person should look at.
    pub fn entry(&self, fields: &[String]) -> Result<Entry, (usize, EntryError)> {
        let mut entry = Entry::new();
        for (place, field) in self.fields.iter().enumerate() {
            let typed = fields.get(place).map_or("", |typed| typed.trim());
            if typed.chars().count() > field.most {
                return Err((place, EntryError::TooLong));
            }
            if !typed.is_empty() {
                entry.push((field.id.clone(), typed.to_owned()));
            } else if field.required {
                return Err((place, EntryError::EntryNeeds));
            }
        }
        Ok(entry)
    }
}

/// Reads what was typed into a question's fields: one; two for a pair; day, month and year for a date; the number and
/// the id of its unit for a number with units. Entries of a list are read one by one, by [`Entries::entry`].
///
/// `Err` names the field, counted from 0, that the person should look at. Without `today`, bounds that go by today
/// are not looked at.
pub fn parse_entry(
    question: &Question,
    fields: &[String],
    today: Option<Date>,
) -> Result<Answer, (usize, EntryError)> {
    let field = |index: usize| fields.get(index).map_or("", |typed| typed.trim());
    // A unit alone says nothing.
    let looked_at = match &question.kind {
        Kind::Number(_) => 1,
        _ => 3,
    };
    if (0..looked_at).all(|index| field(index).is_empty()) {
        return if question.required { Err((0, EntryError::NothingTyped)) } else { Ok(Answer::Blank) };
    }
    match &question.kind {
        Kind::Number(bounds) if bounds.units.is_empty() => {
            bounds.parse(field(0)).map(Answer::Number).map_err(|error| (0, error))
        }
        Kind::Number(bounds) => {
            let typed = number_from(field(0)).map_err(|error| (0, error))?;
            bounds.measure(typed, &UnitId::from(field(1))).map_err(|error| match error {
                EntryError::NoUnit => (1, error),
                _ => (0, error),
            })
        }
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
        Kind::Date(days) => days.parse([field(0), field(1), field(2)], today).map(Answer::Date),
        Kind::Text(_) if field(0).is_empty() => Err((0, EntryError::NothingTyped)),
        Kind::Text(letters) => letters.check(field(0)).map(Answer::Text).map_err(|error| (0, error)),
        Kind::List(list) => list.entry(fields).map(|entry| Answer::List(vec![entry])),
        Kind::One(_) | Kind::Several(_) => Err((0, EntryError::NothingChosen)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::Strict;

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            (-1e9..1e9_f64).prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::btree_map("[a-c]{1,2}", inner, 0..4)
                    .prop_map(|entries| Value::Object(entries.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_in_which_no_name_stands_twice_is_read_as_any_json_is(value in any_json()) {
            let text = value.to_string();
            let Strict(read) = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read, serde_json::from_str::<Value>(&text).unwrap());
        }
    }

    #[test]
    fn a_name_that_stands_twice_is_refused_however_deep() {
        for text in [r#"{"a": 1, "a": 1}"#, r#"[{"b": {"a": null, "c": 2, "a": 3}}]"#] {
            let said = serde_json::from_str::<Strict>(text).map(|Strict(read)| read).unwrap_err().to_string();
            assert!(said.starts_with("`a` is there twice"), "{said}");
        }
        let Strict(read) = serde_json::from_str(r#"{"a": {"a": 1}}"#).unwrap();
        assert_eq!(read, json!({ "a": { "a": 1 } }), "in two objects it may stand");
    }
}
