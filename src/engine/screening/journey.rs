//! Which questions are asked, in order, for these answers. Replayed from the answers each time, never stored.

use crate::engine::map::{Map, Set};

use crate::engine::guide::Guide;
use crate::engine::ids::QuestionId;
use crate::engine::screening::answer::{Answer, Answers};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Choice, Kind, Question};
use crate::engine::screening::rule::{Seen, Trace, Truth};

/// The journey of one person through a guide.
#[derive(Debug)]
pub struct Journey<'a> {
    /// Every question that applies, in the order it is asked. Ends with the question whose answer asks for help
    /// now, if one does.
    pub asked: Vec<&'a Question>,
    /// The first question that is neither answered nor passed by; none when the journey is at its end.
    pub next: Option<QuestionId>,
    /// How many more questions would be asked if answers that are still open called for them.
    pub may_follow: usize,
    /// Required questions that have no answer yet, in order.
    pub unanswered: Vec<QuestionId>,
    /// Whether an answer asks for help now, which ends the form.
    pub ended_by_get_help: bool,
    /// What a condition sees of each question, in the guide's order. Rules look at the same answers many times.
    sight: Vec<Seen<'a>>,
    places: &'a Map<QuestionId, usize>,
}

/// Replays the answers through the guide. Always ends: each question is looked at once, in the guide's order.
///
/// A question whose condition is unknown is asked: not knowing never hides a safety question.
pub fn journey<'a>(guide: &'a Guide, answers: &'a Answers) -> Journey<'a> {
    let mut journey = Journey {
        asked: Vec::with_capacity(guide.questions.len()),
        next: None,
        may_follow: 0,
        unanswered: Vec::new(),
        ended_by_get_help: false,
        sight: Vec::with_capacity(guide.questions.len()),
        places: guide.places(),
    };
    // Questions that are not asked, and may be once others are answered.
    let mut waiting: Set<&QuestionId> = Set::new();
    for question in &guide.questions {
        // An instrument that this language has no official words for is not asked in it.
        if guide.is_unspoken(&question.id) {
            journey.sight.push(Seen::NotAsked);
            continue;
        }
        let applies = question.ask_if.as_ref().is_none_or(|condition| {
            let look = |id: &QuestionId| journey.passed(id).unwrap_or_else(|| seen(guide, answers, id));
            condition.evaluate(&look, &mut Trace::default()) != Truth::False
        });
        if !applies {
            let open =
                |id: &QuestionId| waiting.contains(id) || matches!(journey.passed(id), Some(Seen::Open));
            if question.ask_if.iter().flat_map(|condition| condition.questions()).any(open) {
                waiting.insert(&question.id);
            }
            journey.sight.push(Seen::NotAsked);
            continue;
        }
        journey.asked.push(question);
        match answers.get(&question.id) {
            Some(answer) => {
                journey.sight.push(see(Some(question), answer));
                if worst_choice(question, answer) == Level::GetHelp {
                    journey.next = None;
                    journey.ended_by_get_help = true;
                    return journey;
                }
            }
            None => {
                journey.sight.push(Seen::Open);
                journey.next.get_or_insert_with(|| question.id.clone());
                if question.required {
                    journey.unanswered.push(question.id.clone());
                }
            }
        }
    }
    journey.may_follow = waiting.len();
    journey
}

/// What a condition sees of a question's answer, before knowing whether it applies.
pub fn seen<'a>(guide: &Guide, answers: &'a Answers, id: &QuestionId) -> Seen<'a> {
    match answers.get(id) {
        Some(answer) => see(guide.question(id), answer),
        None => Seen::Open,
    }
}

/// What a condition sees of an answer to a question.
pub(crate) fn see<'a>(question: Option<&Question>, answer: &'a Answer) -> Seen<'a> {
    Seen::Answered {
        answer,
        unsure: question.is_some_and(|question| is_unsure(question, answer)),
        ticked: question.map_or(0, |question| ticked(question, answer)),
    }
}

/// How many choices the answer holds, without the unsure ones and those that stand alone.
fn ticked(question: &Question, answer: &Answer) -> usize {
    let counts = |choice: &&Choice| !choice.unsure && !choice.exclusive && answer.has(&choice.id);
    match &question.kind {
        Kind::Several(choices) => choices.iter().filter(counts).count(),
        _ => 0,
    }
}

/// Whether the answer holds a "not sure" or "rather not say".
pub fn is_unsure(question: &Question, answer: &Answer) -> bool {
    question.choices().iter().any(|choice| choice.unsure && answer.has(&choice.id))
}

/// The worst level among the answer's choices.
pub fn worst_choice(question: &Question, answer: &Answer) -> Level {
    question
        .choices()
        .iter()
        .filter(|choice| answer.has(&choice.id))
        .map(|choice| choice.level)
        .max()
        .unwrap_or(Level::Clear)
}

impl<'a> Journey<'a> {
    /// What a condition sees of a question: its answer counts only where the question is asked.
    pub fn look(&self, id: &QuestionId) -> Seen<'a> {
        self.passed(id).unwrap_or(Seen::NotAsked)
    }

    /// What a condition sees of a question that the journey came by.
    fn passed(&self, id: &QuestionId) -> Option<Seen<'a>> {
        self.places.get(id).and_then(|place| self.sight.get(*place)).copied()
    }

    /// The place of a question, counted from 1, and how many questions there are at most. Going on from one question
    /// to the next, the share that is done never becomes less: what an open answer may call for is counted already.
    pub fn step(&self, id: &QuestionId) -> (usize, usize) {
        (self.position(id).map_or(0, |place| place + 1), self.asked.len() + self.may_follow)
    }

    /// The place of a question among those that apply, counted from 0.
    pub fn position(&self, id: &QuestionId) -> Option<usize> {
        self.asked.iter().position(|question| question.id == *id)
    }
}
