//! Rules are data: a closed vocabulary of conditions over answers, in three-valued (Kleene) logic.
//!
//! An operand that was not answered, passed blank or answered "not sure" is unknown. An unknown condition can
//! raise a level, and never lowers one.

use std::sync::Arc;

use crate::engine::guide::reader::{Date, Place};
use crate::engine::ids::{ChoiceId, InstrumentId, PartId, QuestionId, RuleId, SourceCode};
use crate::engine::screening::answer::Answer;
use crate::engine::screening::instrument::Instrument;
use crate::engine::screening::level::Level;

/// A condition over answers with the level it raises.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its id.
    pub id: RuleId,
    /// The level it raises while its condition holds.
    pub level: Level,
    /// When it holds.
    pub when: Condition,
    /// Whether an overlay must never lower or remove it.
    pub floor: bool,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
    /// The line of screening.toml it begins on.
    pub line: Place,
}

/// A condition over answers.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The one choice of a question is this one.
    Is(QuestionId, ChoiceId),
    /// The one choice of a question is another one.
    IsNot(QuestionId, ChoiceId),
    /// This choice is among the ticked ones.
    Includes(QuestionId, ChoiceId),
    /// The number is at least this.
    AtLeast(Operand, f64),
    /// The number is at most this.
    AtMost(Operand, f64),
    /// The number is at least the first and at most the second.
    Between(Operand, f64, f64),
    /// The date is before this day.
    Before(QuestionId, Date),
    /// The date is after this day.
    After(QuestionId, Date),
    /// The question was answered, with anything but a blank.
    Answered(QuestionId),
    /// At least so many choices of a question are ticked; those that stand alone, such as "none", do not count.
    TickedAtLeast(QuestionId, usize),
    /// At least so many of these hold.
    Count(Vec<Condition>, usize),
    /// The score of an instrument is at least this. Never in a rule: a score decides no level.
    Score(ScoreOf, f64),
    /// All of these hold.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
}

/// The instrument whose score a condition looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreOf {
    /// Its id.
    pub id: InstrumentId,
    /// The instrument, once it is read and if it is switched on.
    pub instrument: Option<Arc<Instrument>>,
}

/// A number that a condition compares: a question's, or one part of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// The question.
    pub question: QuestionId,
    /// The part, for a pair.
    pub part: Option<PartId>,
}

impl std::fmt::Display for Operand {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.part {
            Some(part) => write!(out, "{}.{part}", self.question),
            None => write!(out, "{}", self.question),
        }
    }
}

/// A truth value of Kleene's strong logic of indeterminacy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// It holds.
    True,
    /// It does not hold.
    False,
    /// It cannot be told from what was answered.
    Unknown,
}

impl Truth {
    /// Both hold. One false makes it false, whatever the other is.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::False, _) | (_, Self::False) => Self::False,
            (Self::True, Self::True) => Self::True,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
        }
    }

    /// At least one holds. One true makes it true, whatever the other is.
    pub fn or(self, other: Self) -> Self {
        self.negate().and(other.negate()).negate()
    }

    /// The opposite; unknown stays unknown.
    pub fn negate(self) -> Self {
        match self {
            Self::True => Self::False,
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(holds: bool) -> Self {
        if holds { Self::True } else { Self::False }
    }
}

/// What a condition can see of a question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Seen<'a> {
    /// It was asked and answered. `unsure` says whether the answer holds a "not sure" or "rather not say".
    Answered {
        /// The answer.
        answer: &'a Answer,
        /// Whether it is an unsure one.
        unsure: bool,
        /// How many choices it holds, without the unsure ones and those that stand alone.
        ticked: usize,
    },
    /// It was asked and not answered yet.
    Open,
    /// It does not apply to this person, so nothing about it holds.
    NotAsked,
}

/// How a condition looks at a question. One kind for all who ask, so that the conditions are compiled once.
pub type Look<'l, 'a> = dyn Fn(&QuestionId) -> Seen<'a> + 'l;

/// What an evaluation found, and what it read on the way.
#[derive(Debug, Default)]
pub struct Trace {
    /// The answered questions that the condition looked at, each once, in the condition's order.
    pub read: Vec<QuestionId>,
    /// Whether one of them was answered "not sure" or "rather not say".
    pub unsure: bool,
}

impl Condition {
    /// Whether the condition holds for what `look` shows of each question. `trace` gains what was read.
    pub fn evaluate<'a>(&self, look: &Look<'_, 'a>, trace: &mut Trace) -> Truth {
        match self {
            Self::Is(question, choice) | Self::Includes(question, choice) => {
                choice_holds(question, choice, look, trace)
            }
            Self::IsNot(question, choice) => choice_holds(question, choice, look, trace).negate(),
            Self::AtLeast(operand, least) => compare(operand, look, trace, |number| number >= *least),
            Self::AtMost(operand, most) => compare(operand, look, trace, |number| number <= *most),
            Self::Between(operand, least, most) => {
                compare(operand, look, trace, |number| (*least..=*most).contains(&number))
            }
            Self::Before(question, day) => compare_date(question, look, trace, |date| date < *day),
            Self::After(question, day) => compare_date(question, look, trace, |date| date > *day),
            Self::Answered(question) => match look_at(question, look, trace) {
                Seen::Answered { answer, .. } => Truth::from(*answer != Answer::Blank),
                Seen::Open | Seen::NotAsked => Truth::False,
            },
            Self::TickedAtLeast(question, least) => match look_at(question, look, trace) {
                Seen::Answered { ticked, .. } if ticked >= *least => Truth::True,
                Seen::Answered { answer, unsure, .. } if unsure || *answer == Answer::Blank => Truth::Unknown,
                Seen::Answered { .. } | Seen::NotAsked => Truth::False,
                Seen::Open => Truth::Unknown,
            },
            Self::Score(of, least) => match &of.instrument {
                Some(instrument) => {
                    instrument.at_least(*least, &|id| look_at(id, look, &mut Trace::default()))
                }
                None => Truth::False,
            },
            Self::Count(parts, least) => {
                let truths = parts.iter().map(|part| part.evaluate(look, trace));
                Tally::of(truths).reaches(*least)
            }
            // No short cut: the trace names every answer that the rule looks at.
            Self::All(parts) => {
                parts.iter().fold(Truth::True, |truth, part| truth.and(part.evaluate(look, trace)))
            }
            Self::Any(parts) => {
                parts.iter().fold(Truth::False, |truth, part| truth.or(part.evaluate(look, trace)))
            }
            Self::Not(part) => part.evaluate(look, trace).negate(),
        }
    }

    /// Whether the condition is thresholds on numbers or dates and nothing else.
    pub fn only_compares(&self) -> bool {
        match self {
            Self::AtLeast(..) | Self::AtMost(..) | Self::Between(..) | Self::Before(..) | Self::After(..) => {
                true
            }
            Self::All(parts) | Self::Any(parts) => parts.iter().all(Self::only_compares),
            Self::Is(..)
            | Self::IsNot(..)
            | Self::Includes(..)
            | Self::Answered(_)
            | Self::TickedAtLeast(..)
            | Self::Count(..)
            | Self::Score(..)
            | Self::Not(_) => false,
        }
    }

    /// The questions that the condition names.
    pub fn questions(&self) -> Vec<&QuestionId> {
        match self {
            Self::Is(question, _) | Self::IsNot(question, _) | Self::Includes(question, _) => vec![question],
            Self::AtLeast(operand, _) | Self::AtMost(operand, _) | Self::Between(operand, _, _) => {
                vec![&operand.question]
            }
            Self::Before(question, _)
            | Self::After(question, _)
            | Self::Answered(question)
            | Self::TickedAtLeast(question, _) => vec![question],
            Self::All(parts) | Self::Any(parts) | Self::Count(parts, _) => {
                parts.iter().flat_map(Self::questions).collect()
            }
            Self::Not(part) => part.questions(),
            Self::Score(of, _) => {
                of.instrument.iter().flat_map(|instrument| instrument.questions()).collect()
            }
        }
    }

    /// Whether the condition looks at a score.
    pub fn has_score(&self) -> bool {
        match self {
            Self::Score(..) => true,
            Self::All(parts) | Self::Any(parts) | Self::Count(parts, _) => parts.iter().any(Self::has_score),
            Self::Not(part) => part.has_score(),
            Self::Is(..)
            | Self::IsNot(..)
            | Self::Includes(..)
            | Self::AtLeast(..)
            | Self::AtMost(..)
            | Self::Between(..)
            | Self::Before(..)
            | Self::After(..)
            | Self::Answered(_)
            | Self::TickedAtLeast(..) => false,
        }
    }

    /// Gives each score the instrument that it is of.
    pub(crate) fn settle(&mut self, instruments: &[Arc<Instrument>]) {
        match self {
            Self::Score(of, _) => {
                of.instrument = instruments.iter().find(|instrument| instrument.id == of.id).cloned();
            }
            Self::All(parts) | Self::Any(parts) | Self::Count(parts, _) => {
                parts.iter_mut().for_each(|part| part.settle(instruments));
            }
            Self::Not(part) => part.settle(instruments),
            _ => {}
        }
    }

    /// Every single test of the condition with what it found, in the condition's order; `denied` for those under a
    /// `not`. It is for explaining a reason, so it is asked for only where there is one.
    pub fn steps<'a>(&self, look: &Look<'_, 'a>) -> Vec<Step> {
        let mut steps = Vec::new();
        self.add_steps(look, false, &mut steps);
        steps
    }

    fn add_steps<'a>(&self, look: &Look<'_, 'a>, denied: bool, steps: &mut Vec<Step>) {
        let found = match self {
            Self::All(parts) | Self::Any(parts) => {
                return parts.iter().for_each(|part| part.add_steps(look, denied, steps));
            }
            Self::Not(part) => return part.add_steps(look, !denied, steps),
            Self::Count(parts, _) => {
                parts.iter().for_each(|part| part.add_steps(look, denied, steps));
                let truths = parts.iter().map(|part| part.evaluate(look, &mut Trace::default()));
                Found::Number(Tally::of(truths).known as f64)
            }
            Self::Is(question, _)
            | Self::IsNot(question, _)
            | Self::Includes(question, _)
            | Self::Answered(question) => match look(question) {
                Seen::Answered { answer, .. } => {
                    Found::Choices(answer.chosen().into_iter().cloned().collect())
                }
                Seen::Open | Seen::NotAsked => Found::Nothing,
            },
            Self::Score(..) => Found::Nothing,
            Self::TickedAtLeast(question, _) => match look(question) {
                Seen::Answered { ticked, .. } => Found::Number(ticked as f64),
                Seen::Open | Seen::NotAsked => Found::Nothing,
            },
            Self::Before(question, _) | Self::After(question, _) => match look(question) {
                Seen::Answered { answer: Answer::Date(date), .. } => Found::Date(*date),
                Seen::Answered { .. } | Seen::Open | Seen::NotAsked => Found::Nothing,
            },
            Self::AtLeast(operand, _) | Self::AtMost(operand, _) | Self::Between(operand, ..) => {
                match look(&operand.question) {
                    Seen::Answered { answer, .. } => {
                        number_of(answer, operand.part.as_ref()).map_or(Found::Nothing, Found::Number)
                    }
                    Seen::Open | Seen::NotAsked => Found::Nothing,
                }
            }
        };
        let truth = self.evaluate(look, &mut Trace::default());
        steps.push(Step { test: self.clone(), found, truth, denied });
    }
}

/// One test that a condition made, and what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The test: a condition on one question, or a count.
    pub test: Condition,
    /// What it was held against.
    pub found: Found,
    /// Whether it holds.
    pub truth: Truth,
    /// Whether the rule asks for the opposite, by a `not`.
    pub denied: bool,
}

impl Step {
    /// Whether the step speaks for the rule, and not against it or not at all.
    pub fn speaks_for_it(&self) -> bool {
        self.truth == Truth::from(!self.denied)
    }
}

/// What a test was held against.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// There is no answer to go by.
    Nothing,
    /// The chosen choices; none for an answer of another kind.
    Choices(Vec<ChoiceId>),
    /// A number: a reading, or how many hold or are ticked.
    Number(f64),
    /// A day.
    Date(Date),
}

/// How many of several conditions hold.
struct Tally {
    /// How many are known to hold.
    known: usize,
    /// How many hold or may hold.
    possible: usize,
}

impl Tally {
    fn of(truths: impl Iterator<Item = Truth>) -> Self {
        let mut tally = Self { known: 0, possible: 0 };
        for truth in truths {
            tally.known += usize::from(truth == Truth::True);
            tally.possible += usize::from(truth != Truth::False);
        }
        tally
    }

    fn reaches(&self, least: usize) -> Truth {
        if self.known >= least {
            Truth::True
        } else if self.possible < least {
            Truth::False
        } else {
            Truth::Unknown
        }
    }
}

fn look_at<'a>(question: &QuestionId, look: &Look<'_, 'a>, trace: &mut Trace) -> Seen<'a> {
    let seen = look(question);
    if let Seen::Answered { unsure, .. } = seen {
        if !trace.read.contains(question) {
            trace.read.push(question.clone());
        }
        trace.unsure |= unsure;
    }
    seen
}

fn choice_holds<'a>(
    question: &QuestionId,
    choice: &ChoiceId,
    look: &Look<'_, 'a>,
    trace: &mut Trace,
) -> Truth {
    match look_at(question, look, trace) {
        Seen::Answered { answer, unsure, .. } => {
            if answer.has(choice) {
                Truth::True
            } else if unsure || *answer == Answer::Blank {
                Truth::Unknown
            } else {
                Truth::False
            }
        }
        Seen::Open => Truth::Unknown,
        Seen::NotAsked => Truth::False,
    }
}

fn compare<'a>(
    operand: &Operand,
    look: &Look<'_, 'a>,
    trace: &mut Trace,
    holds: impl Fn(f64) -> bool,
) -> Truth {
    match look_at(&operand.question, look, trace) {
        Seen::Answered { answer, .. } => match number_of(answer, operand.part.as_ref()) {
            Some(number) => Truth::from(holds(number)),
            None => Truth::Unknown,
        },
        Seen::Open => Truth::Unknown,
        Seen::NotAsked => Truth::False,
    }
}

fn compare_date<'a>(
    question: &QuestionId,
    look: &Look<'_, 'a>,
    trace: &mut Trace,
    holds: impl Fn(Date) -> bool,
) -> Truth {
    match look_at(question, look, trace) {
        Seen::Answered { answer: Answer::Date(date), .. } => Truth::from(holds(*date)),
        Seen::Answered { .. } | Seen::Open => Truth::Unknown,
        Seen::NotAsked => Truth::False,
    }
}

fn number_of(answer: &Answer, part: Option<&PartId>) -> Option<f64> {
    match (answer, part) {
        (Answer::Number(number), None) => Some(*number),
        (Answer::Measured(measured), None) => Some(measured.number),
        (Answer::Pair(parts), Some(part)) => {
            parts.iter().find(|(id, _)| id == part).map(|(_, number)| *number)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Truth::{False, True, Unknown};

    #[test]
    fn the_truth_table_is_kleenes() {
        let table = [
            // one, other, and, or
            (True, True, True, True),
            (True, False, False, True),
            (True, Unknown, Unknown, True),
            (False, True, False, True),
            (False, False, False, False),
            (False, Unknown, False, Unknown),
            (Unknown, True, Unknown, True),
            (Unknown, False, False, Unknown),
            (Unknown, Unknown, Unknown, Unknown),
        ];
        for (one, other, and, or) in table {
            assert_eq!(one.and(other), and, "{one:?} and {other:?}");
            assert_eq!(one.or(other), or, "{one:?} or {other:?}");
        }
        assert_eq!([True.negate(), False.negate(), Unknown.negate()], [False, True, Unknown]);
    }
}
