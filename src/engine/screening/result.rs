//! The result: the worst level, every reason with its trace, and whether the crisis panel opens.

use crate::engine::map::Map;
use std::cmp::Reverse;

use serde::Serialize;

use crate::engine::guide::Guide;
use crate::engine::guide::reader::Date;
use crate::engine::ids::{ChoiceId, QuestionId, RuleId, SourceCode};
use crate::engine::screening::answer::{Answer, Answers};
use crate::engine::screening::journey::{Journey, journey};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::Kind;
use crate::engine::screening::rule::{Condition, Step, Trace, Truth};

/// What the answers come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The worst level; `Incomplete` while a required answer is missing, unless a `stop` or `get-help` is known
    /// already, which no further answer could make milder.
    pub level: Level,
    /// Whether an answer opens the crisis panel.
    pub crisis: bool,
    /// Every reason, worst first, then in the guide's order.
    pub reasons: Vec<Reason>,
    /// Required questions without an answer.
    pub unanswered: Vec<QuestionId>,
    /// The next question to ask.
    pub next: Option<QuestionId>,
}

/// One line of a result, with its trace.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// The rule; for a level that a choice raises, `question.choice`.
    pub rule: RuleId,
    /// The level it raises.
    pub level: Level,
    /// The answered questions that it read.
    pub answers: Vec<QuestionId>,
    /// The choice that raised it, if it was one.
    pub choice: Option<ChoiceId>,
    /// Whether it is raised because an answer is "not sure" or "rather not say".
    pub unsure: bool,
    /// Every test that the rule made, with what it found.
    #[serde(skip)]
    pub trace: Vec<Step>,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
    /// When the rule was last held against its sources.
    #[serde(serialize_with = "as_text")]
    pub reviewed_on: Option<Date>,
}

fn as_text<S: serde::Serializer>(date: &Option<Date>, out: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => out.collect_str(date),
        None => out.serialize_none(),
    }
}

/// The rule of the one reason that no answer gives: part of the screening could not be read.
pub const GUIDE_RULE: &str = "guide.partly-read";

/// Works out the result of these answers. Pure: the same guide and answers give the same result.
pub fn result(guide: &Guide, answers: &Answers) -> Outcome {
    let journey = journey(guide, answers);
    let mut reasons = choice_reasons(guide, answers, &journey);
    reasons.extend(rule_reasons(guide, &journey));
    if guide.partly_read && reasons.iter().all(|reason| reason.level < Level::Review) {
        reasons.push(broken_guide_reason());
    }
    // A stable sort: within a level the guide's own order stays.
    reasons.sort_by_key(|reason| Reverse(reason.level));

    let worst = reasons.first().map_or(Level::Clear, |reason| reason.level);
    // Blank is never "no": with answers missing, or with nothing asked, nothing milder than a stop is settled.
    let open = !journey.unanswered.is_empty() || guide.questions.is_empty();
    let level = if worst < Level::Stop && open { Level::Incomplete } else { worst };
    let crisis = level == Level::GetHelp
        || journey.asked.iter().any(|question| {
            answers.get(&question.id).is_some_and(|answer| {
                question.choices().iter().any(|choice| choice.crisis && answer.has(&choice.id))
            })
        });
    Outcome { level, crisis, reasons, unanswered: journey.unanswered, next: journey.next }
}

/// What a slip in screening.toml took away may have been a stop, so somebody has to look.
fn broken_guide_reason() -> Reason {
    Reason {
        rule: RuleId::from(GUIDE_RULE),
        level: Level::Review,
        answers: Vec::new(),
        choice: None,
        unsure: false,
        trace: Vec::new(),
        sources: Vec::new(),
        reviewed_on: None,
    }
}

fn choice_reasons(guide: &Guide, answers: &Answers, journey: &Journey) -> Vec<Reason> {
    let look = |id: &QuestionId| journey.look(id);
    let mut reasons = Vec::new();
    for question in &journey.asked {
        let Some(answer) = answers.get(&question.id) else { continue };
        let test = match &question.kind {
            Kind::Several(_) => Condition::Includes,
            _ => Condition::Is,
        };
        for choice in question.choices() {
            if choice.level > Level::Clear && answer.has(&choice.id) {
                reasons.push(Reason {
                    rule: question.choice_rule(&choice.id),
                    level: choice.level,
                    answers: vec![question.id.clone()],
                    choice: Some(choice.id.clone()),
                    unsure: choice.unsure,
                    trace: test(question.id.clone(), choice.id.clone()).steps(&look),
                    sources: if choice.sources.is_empty() {
                        question.sources.clone()
                    } else {
                        choice.sources.clone()
                    },
                    reviewed_on: guide.review.reviewed_on,
                });
            }
        }
    }
    reasons
}

fn rule_reasons(guide: &Guide, journey: &Journey) -> Vec<Reason> {
    let look = |id: &QuestionId| journey.look(id);
    let mut reasons: Vec<Reason> = Vec::new();
    let mut thresholds: Map<Vec<QuestionId>, usize> = Map::new();
    for rule in &guide.rules {
        let mut trace = Trace::default();
        let truth = rule.when.evaluate(&look, &mut trace);
        let (level, unsure) = match truth {
            Truth::True => (rule.level, false),
            // "Not sure" never passes: it asks for a talk, or for the rule's own level if that is milder.
            Truth::Unknown if trace.unsure => (rule.level.min(Level::Review), true),
            Truth::Unknown | Truth::False => continue,
        };
        // Of several thresholds on the same numbers only the strictest speaks: one reading, one reason.
        let place = if rule.when.only_compares() {
            *thresholds.entry(trace.read.clone()).or_insert(reasons.len())
        } else {
            reasons.len()
        };
        let reason = Reason {
            rule: rule.id.clone(),
            level,
            answers: trace.read,
            choice: None,
            unsure,
            trace: rule.when.steps(&look),
            sources: rule.sources.clone(),
            reviewed_on: guide.review.reviewed_on,
        };
        match reasons.get_mut(place) {
            Some(same) if level > same.level => *same = reason,
            Some(_) => {}
            None => reasons.push(reason),
        }
    }
    reasons
}

/// Whether a choice that the answer has, and the answer before it did not, opens the crisis panel. A further tick
/// beside such a choice does not open it again.
pub fn opens_crisis_panel(
    guide: &Guide,
    question: &QuestionId,
    answer: &Answer,
    before: Option<&Answer>,
) -> bool {
    guide.question(question).is_some_and(|question| {
        question.choices().iter().any(|choice| {
            choice.crisis && answer.has(&choice.id) && !before.is_some_and(|before| before.has(&choice.id))
        })
    })
}
