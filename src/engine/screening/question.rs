//! What is asked: the language-neutral structure of a question.

use crate::engine::guide::reader::Place;
use crate::engine::ids::{ChoiceId, PartId, QuestionId, RuleId, SectionId, SourceCode};
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
    /// Whether a result needs an explicit answer to it.
    pub required: bool,
    /// The condition it is asked under; none means always.
    pub ask_if: Option<Condition>,
    /// Whether its answer starts unticked in the hand-off.
    pub private: bool,
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
    /// A number with a unit.
    Number(Bounds),
    /// Two numbers that belong together, such as a blood pressure.
    Pair([Part; 2]),
    /// A few words that never enter a rule.
    Text,
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
    /// The question's choices; empty for kinds that have none.
    pub fn choices(&self) -> &[Choice] {
        match &self.kind {
            Kind::One(choices) | Kind::Several(choices) => choices,
            Kind::Number(_) | Kind::Pair(_) | Kind::Text => &[],
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
    /// The kind's name in screening.toml and in `anteroom list`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::One(_) => "one",
            Self::Several(_) => "several",
            Self::Number(_) => "number",
            Self::Pair(_) => "pair",
            Self::Text => "text",
        }
    }
}
