//! How a guide is laid out in FHIR: sections as groups, items under their stems, and the `linkId` of everything. The
//! Questionnaire and the QuestionnaireResponse are both made of it, so that each finds itself in the other.

use crate::engine::map::{Map, Set};

use crate::engine::guide::words::Words;
use crate::engine::guide::{Guide, MOOD_SECTION};
use crate::engine::handoff::fhir::condition::enable_when;
use crate::engine::handoff::fhir::json::Object;
use crate::engine::handoff::fhir::{LOINC, coding};
use crate::engine::ids::{ChoiceId, QuestionId, SectionId};
use crate::engine::screening::instrument::{Instrument, Item};
use crate::engine::screening::question::{Choice, Question};

/// A section with what is asked in it.
pub struct Group<'g> {
    /// Its `linkId`.
    pub link: String,
    /// The section.
    pub section: &'g SectionId,
    /// Whether it is the first group of the section, which has its words.
    pub first: bool,
    /// What stands in it, in order.
    pub parts: Vec<Part<'g>>,
}

/// What stands in a group.
pub enum Part<'g> {
    /// A question.
    Question(&'g Question),
    /// Items under words that they share.
    Stem {
        /// Its `linkId`.
        link: String,
        /// The words.
        words: &'g str,
        /// The items.
        questions: Vec<&'g Question>,
    },
    /// The score of an instrument.
    Score(&'g Instrument),
}

/// The `linkId` of a question: the path of its LOINC code if it has a verified one, else its own id.
pub fn link_of(question: &str, loinc: Option<&str>) -> String {
    loinc.map_or_else(|| question.to_owned(), |code| format!("/{code}"))
}

/// The `linkId` of one part of a pair, or one field of a list, below the question's own.
pub fn part_link(link: &str, part: &str) -> String {
    format!("{link}.{part}")
}

/// The `linkId` of the "not sure" beside a question that is typed into.
pub fn unsure_link(link: &str) -> String {
    format!("{link}/unsure")
}

/// The `linkId` of a score.
pub fn score_link(instrument: &str, loinc: Option<&str>) -> String {
    loinc.map_or_else(|| format!("score/{instrument}"), |code| format!("/{code}"))
}

/// The `linkId`s and codes of a guide.
pub struct Layout<'g> {
    /// The guide.
    pub guide: &'g Guide,
    /// The words of its language.
    pub words: &'g Words,
    items: Map<&'g QuestionId, &'g Item>,
    /// The questions that FHIR asks of the same people as the guide does; see [`Layout::settled`].
    exact: Set<&'g QuestionId>,
}

impl<'g> Layout<'g> {
    pub fn new(guide: &'g Guide, words: &'g Words) -> Self {
        let items = guide.instruments.iter().flat_map(|instrument| &instrument.items);
        let items = items.map(|item| (&item.question, item)).collect();
        Self { guide, words, items, exact: Set::new() }
    }

    /// With the questions found whose whole condition FHIR can say, and whose condition looks at such questions alone. Of
    /// another question FHIR may have an answer where the guide has none.
    pub fn settled(mut self) -> Self {
        for question in &self.guide.questions {
            let is_exact = question.ask_if.as_ref().is_none_or(|condition| {
                enable_when(&self, condition).whole
                    && condition.questions().iter().all(|read| self.exact.contains(read))
            });
            if is_exact {
                self.exact.insert(&question.id);
            }
        }
        self
    }

    /// Whether FHIR asks a question of the same people as the guide does.
    pub fn is_exact(&self, question: &QuestionId) -> bool {
        self.exact.contains(question)
    }

    /// Whether a question is asked in the language in use.
    pub fn is_asked(&self, question: &QuestionId) -> bool {
        self.guide.question(question).is_some() && !self.guide.is_unspoken(question)
    }

    pub fn item(&self, question: &QuestionId) -> Option<&'g Item> {
        self.items.get(question).copied()
    }

    /// The `linkId` of a question.
    pub fn link(&self, question: &QuestionId) -> String {
        link_of(question.as_str(), self.item(question).and_then(|item| item.loinc.as_deref()))
    }

    /// The `linkId` of one part of a pair, or one field of a list.
    pub fn part_link(&self, question: &QuestionId, part: &str) -> String {
        part_link(&self.link(question), part)
    }

    /// The `linkId` of the "not sure" beside a question that is typed into.
    pub fn unsure_link(&self, question: &QuestionId) -> String {
        unsure_link(&self.link(question))
    }

    /// The `linkId` of a score.
    pub fn score_link(&self, instrument: &Instrument) -> String {
        score_link(instrument.id.as_str(), instrument.loinc_total.as_deref())
    }

    /// A choice as a Coding: LOINC's answer if a verified one stands for it, else the guide's own id, which means
    /// something only in its question and so has no system.
    pub fn coding(&self, question: &Question, choice: &Choice) -> Object {
        let display = self.words.question(&question.id).choice(&choice.id);
        match self.loinc_answer(&question.id, &choice.id) {
            Some(code) => coding(LOINC, code, display),
            None => coding("", choice.id.as_str(), display),
        }
    }

    /// The verified LOINC answer code of a choice.
    pub fn loinc_answer(&self, question: &QuestionId, choice: &ChoiceId) -> Option<&'g str> {
        let codes = &self.item(question)?.answer_codes;
        codes.iter().find(|(id, _)| id == choice).map(|(_, code)| code.as_str())
    }

    /// What a choice counts in an instrument.
    pub fn value(&self, question: &QuestionId, choice: &ChoiceId) -> Option<f64> {
        self.item(question)?.values.iter().find(|(id, _)| id == choice).map(|(_, value)| *value)
    }

    /// The groups, in the order of the guide.
    pub fn groups(&self) -> Vec<Group<'g>> {
        let mut groups: Vec<Group<'g>> = Vec::new();
        let mut stems = 0;
        for question in self.guide.questions.iter().filter(|question| self.is_asked(&question.id)) {
            if groups.last().is_none_or(|group| *group.section != question.section) {
                let before = groups.iter().filter(|group| *group.section == question.section).count();
                let link = match before {
                    0 => format!("section/{}", question.section),
                    more => format!("section/{}/{}", question.section, more + 1),
                };
                let first = before == 0;
                groups.push(Group { link, section: &question.section, first, parts: Vec::new() });
            }
            let Some(group) = groups.last_mut() else { continue };
            let stem = self.words.question(&question.id).stem.as_str();
            match group.parts.last_mut() {
                Some(Part::Stem { words, questions, .. }) if !stem.is_empty() && *words == stem => {
                    questions.push(question);
                }
                _ if stem.is_empty() => group.parts.push(Part::Question(question)),
                _ => {
                    stems += 1;
                    let link = format!("stem/{stems}");
                    group.parts.push(Part::Stem { link, words: stem, questions: vec![question] });
                }
            }
        }
        let spoken = self.guide.instruments.iter().filter(|instrument| self.guide.speaks(instrument));
        let scores = spoken.map(|instrument| Part::Score(instrument.as_ref()));
        if let Some(mood) = groups.iter_mut().rev().find(|group| group.section.as_str() == MOOD_SECTION) {
            mood.parts.extend(scores);
        }
        groups
    }
}
