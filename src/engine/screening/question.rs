//! What is asked: the language-neutral structure of a question.

use crate::engine::calendar::plus_days;
use crate::engine::guide::reader::{Date, Place};
use crate::engine::ids::{ChoiceId, PartId, QuestionId, RuleId, SectionId, SourceCode, UnitId};
use crate::engine::screening::level::Level;
use crate::engine::screening::rule::Condition;

/// A question of the guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The section it is asked in.
    pub section: SectionId,
    /// What kind of answer it takes.
    pub kind: Kind,
    /// "Not sure" and "rather not say" for a question that is typed into. Each is `unsure` and stands alone.
    pub unsure_choices: Vec<Choice>,
    /// Whether a result needs an explicit answer to it.
    pub required: bool,
    /// The condition it is asked under; none means always.
    pub ask_if: Option<Condition>,
    /// Whether its answer starts unticked in the hand-off.
    pub private: bool,
    /// Whether the answer can be another one before the next visit, so that it is asked again then.
    pub changes: bool,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
    /// The line of screening.toml it begins on.
    pub line: Place,
}

/// What kind of answer a question takes.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// Exactly one of the choices.
    One(Vec<Choice>),
    /// Any number of the choices, at least one; an exclusive choice stands alone.
    Several(Vec<Choice>),
    /// A number with a unit, or with units to choose from.
    Number(Bounds),
    /// Two numbers that belong together, such as a blood pressure.
    Pair([Part; 2]),
    /// A day of the calendar.
    Date(Days),
    /// Words that never enter a rule.
    Text(Letters),
    /// Entries of the same fields, such as medicines with their doses; like text, they never enter a rule.
    List(Entries),
}

/// One option of a question.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its id, unique within the question.
    pub id: ChoiceId,
    /// The level it raises; `Clear` if none.
    pub level: Level,
    /// Whether choosing it opens the crisis panel at once.
    pub crisis: bool,
    /// Whether it tells of signs that need an ambulance: the crisis panel then begins with the emergency number.
    pub emergency: bool,
    /// "Not sure" and "rather not say": read as unknown by conditions.
    pub unsure: bool,
    /// Whether an overlay must never lower its level.
    pub floor: bool,
    /// "None of these": choosing it clears the others.
    pub exclusive: bool,
    /// Sources of its own; empty means the question's.
    pub sources: Vec<SourceCode>,
}

/// The unit and the bounds of what can be typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Bounds {
    /// The unit as it is shown, for example `mmHg`.
    pub unit: String,
    /// The least value that is taken.
    pub least: f64,
    /// The greatest value that is taken.
    pub most: f64,
    /// The units to choose from, the one of `unit`, `least` and `most` first; empty if there is no choice.
    pub units: Vec<Unit>,
}

/// A unit that a number may be typed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// Its id, for example `lb`.
    pub id: UnitId,
    /// How many of the first unit one of it is: 0.45359237 for pounds beside kilograms. Always above zero.
    pub per: f64,
}

/// The first and the last day that is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first day; none if any is early enough.
    pub earliest: Option<Day>,
    /// The last day; none if any is late enough.
    pub latest: Option<Day>,
}

/// A day of the calendar, or a number of days from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// This day.
    On(Date),
    /// So many days after today; before it if less than zero.
    FromToday(i32),
}

impl Day {
    /// Which day it is. None if that goes by today and today is not known, or outside of the calendar.
    pub fn on(self, today: Option<Date>) -> Option<Date> {
        match self {
            Self::On(date) => Some(date),
            Self::FromToday(days) => plus_days(today?, days.into()),
        }
    }
}

/// How much may be typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letters {
    /// Whether a field of several lines is shown.
    pub long: bool,
    /// How many characters are taken at most.
    pub most: usize,
}

/// What an entry of a list holds, and how many entries are taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Entries {
    /// The fields of an entry, in order; never empty, and the first is always `required`.
    pub fields: Vec<EntryField>,
    /// How many entries are taken at most.
    pub most: usize,
}

/// One field of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryField {
    /// Its id, for example `dose`.
    pub id: PartId,
    /// Whether an entry needs it.
    pub required: bool,
    /// How many characters are taken at most.
    pub most: usize,
}

/// One of the two numbers of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its id, for example `systolic`.
    pub id: PartId,
    /// Its unit and bounds.
    pub bounds: Bounds,
}

impl Question {
    /// The question's choices; for a question that is typed into, its `unsure_choices`.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::One(choices) | Kind::Several(choices) => choices,
            Kind::Number(_) | Kind::Pair(_) | Kind::Date(_) | Kind::Text(_) | Kind::List(_) => {
                &self.unsure_choices
            }
        }
    }

    /// A choice by its id.
    pub fn choice(&self, id: &ChoiceId) -> Option<&Choice> {
        self.choices().iter().find(|choice| choice.id == *id)
    }

    /// The id of the rule that a choice of this question is.
    pub fn choice_rule(&self, choice: &ChoiceId) -> RuleId {
        RuleId::from(format!("{}.{choice}", self.id).as_str())
    }
}

impl Kind {
    /// The names of all kinds.
    pub const NAMES: [&'static str; 7] = ["one", "several", "number", "pair", "date", "text", "list"];

    /// Whether the answer is typed, so that its choices are only "not sure" and the like.
    pub fn is_typed(&self) -> bool {
        match self {
            Self::One(_) | Self::Several(_) => false,
            Self::Number(_) | Self::Pair(_) | Self::Date(_) | Self::Text(_) | Self::List(_) => true,
        }
    }

    /// The kind's name in screening.toml and in `anteroom list`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::One(_) => "one",
            Self::Several(_) => "several",
            Self::Number(_) => "number",
            Self::Pair(_) => "pair",
            Self::Date(_) => "date",
            Self::Text(_) => "text",
            Self::List(_) => "list",
        }
    }
}
