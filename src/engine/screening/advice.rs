//! What to do about a result: questions to ask the clinic, next steps, and other care, chosen by the answers.
//!
//! None of it changes a level. It is the person's own to keep: nothing of it is in the packet, where it could give
//! away an answer that is not shared.

use crate::engine::guide::Guide;
use crate::engine::guide::reader::Place;
use crate::engine::ids::{AdviceId, QuestionId, RuleId, SourceCode};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::journey::journey;
use crate::engine::screening::level::Level;
use crate::engine::screening::result::Outcome;
use crate::engine::screening::rule::{Condition, Trace, Truth};

/// One line of advice.
#[derive(Clone, Debug, PartialEq)]
pub struct Advice {
    /// Its id, unique among those of its kind.
    pub id: AdviceId,
    /// What kind of advice it is.
    pub kind: AdviceKind,
    /// What in the result calls for it; empty means any result.
    pub called_by: Vec<Call>,
    /// The condition it is shown under; none means always. Both this and `called_by` must fit.
    pub show_if: Option<Condition>,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
    /// The line of screening.toml it begins on.
    pub line: Place,
}

/// What in a result calls for a line of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// The level of the result.
    Level(Level),
    /// A reason, by its rule; or by a question, any reason that one of its choices gives.
    Reason(RuleId),
}

/// The kinds of advice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AdviceKind {
    /// A question to ask the clinic.
    Ask,
    /// A thing that the person can do next.
    NextStep,
    /// Other care to ask about.
    Alternative,
}

impl AdviceKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Ask, Self::NextStep, Self::Alternative];

    /// The kind's table in screening.toml and in its words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::NextStep => "next_step",
            Self::Alternative => "alternative",
        }
    }

    /// The kind in a sentence.
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Ask => "question to ask",
            Self::NextStep => "next step",
            Self::Alternative => "other care",
        }
    }
}

/// The advice of a kind that fits these answers and their result, in the guide's order. With `get-help` there is
/// none: nothing may stand beside the help.
///
/// An unknown condition shows it where an answer was "not sure", as a rule would ask for a talk then.
pub fn advice<'g>(
    guide: &'g Guide,
    answers: &Answers,
    outcome: &Outcome,
    kind: AdviceKind,
) -> Vec<&'g Advice> {
    if outcome.level == Level::GetHelp {
        return Vec::new();
    }
    let journey = journey(guide, answers);
    let look = |id: &QuestionId| journey.look(id);
    let fits = |advice: &&Advice| {
        let called = advice.called_by.is_empty() || advice.called_by.iter().any(|call| call.fits(outcome));
        called
            && advice.show_if.as_ref().is_none_or(|condition| {
                let mut trace = Trace::default();
                match condition.evaluate(&look, &mut trace) {
                    Truth::True => true,
                    Truth::False => false,
                    Truth::Unknown => trace.unsure,
                }
            })
    };
    guide.advice.iter().filter(|advice| advice.kind == kind).filter(fits).collect()
}

impl Call {
    fn fits(&self, outcome: &Outcome) -> bool {
        match self {
            Self::Level(level) => outcome.level == *level,
            Self::Reason(id) => outcome.reasons.iter().any(|reason| {
                let of_question =
                    reason.choice.is_some() && reason.answers.iter().any(|one| one.as_str() == id.as_str());
                reason.rule == *id || of_question
            }),
        }
    }
}
