//! What a reader without the guide needs in order to file a packet: where each answer stands in the Questionnaire, of
//! which kind it is, and what its ids say. Static but for the choices, which are there for what is shared alone.

use crate::engine::map::Map;

use serde::{Deserialize, Serialize};

use crate::engine::guide::Guide;
use crate::engine::guide::words::Words;
use crate::engine::handoff::fhir::Wanted;
use crate::engine::handoff::fhir::layout::{Layout, Part};
use crate::engine::ids::{ChoiceId, InstrumentId, QuestionId};
use crate::engine::screening::answer::Answer;
use crate::engine::screening::instrument::Instrument;
use crate::engine::screening::question::{Kind, Question};

/// What the ids of an answer mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coded {
    /// The `linkId`s of the groups around the question in the guide's Questionnaire, the outermost first.
    pub groups: Vec<String>,
    /// The question's LOINC code, if it has a verified one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loinc: Option<String>,
    /// What can be answered.
    pub kind: CodedKind,
    /// The choices that were made, in the order of the question. Beside what is typed: "not sure" and the like.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chosen: Vec<Named>,
    /// The unit of a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Named>,
    /// The two parts of a pair, or the fields of a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Named>,
}

/// What can be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum CodedKind {
    One,
    Several,
    /// A number in one unit.
    Number,
    /// A number in one of several units.
    Quantity,
    Pair,
    Date,
    Text,
    List,
}

impl CodedKind {
    fn of(kind: &Kind) -> Self {
        match kind {
            Kind::One(_) => Self::One,
            Kind::Several(_) => Self::Several,
            Kind::Number(bounds) if bounds.units.is_empty() => Self::Number,
            Kind::Number(_) => Self::Quantity,
            Kind::Pair(_) => Self::Pair,
            Kind::Date(_) => Self::Date,
            Kind::Text(_) => Self::Text,
            Kind::List(_) => Self::List,
        }
    }

    /// Whether something is typed and not chosen.
    pub fn is_typed(self) -> bool {
        !matches!(self, Self::One | Self::Several)
    }
}

/// An id with what it says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// The id.
    pub id: String,
    /// Its words.
    pub words: String,
    /// Its LOINC answer code, if it has a verified one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loinc: Option<String>,
}

impl Named {
    fn new(id: &str, words: &str) -> Self {
        Self { id: id.to_owned(), words: words.to_owned(), loinc: None }
    }
}

/// What a score is called, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodedScore {
    /// The `linkId` of the group that it stands in.
    pub group: String,
    /// What it is called.
    pub title: String,
    /// Its LOINC code, if it has a verified one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loinc: Option<String>,
}

/// What the clinic's settings say about FHIR, so far as the clinic's side must know it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForFhir {
    /// `base` of the settings.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub base: String,
    /// `include` of the settings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
}

impl ForFhir {
    /// None where the settings say nothing about FHIR.
    pub fn of(wanted: &Wanted) -> Option<Self> {
        let include: Vec<String> = wanted.include.iter().map(|extra| extra.name().to_owned()).collect();
        let said = Self { base: wanted.base.clone(), include };
        (said != Self::default()).then_some(said)
    }
}

/// Codes the answers of one guide in one language.
pub struct Coder<'g> {
    layout: Layout<'g>,
    groups: Map<&'g QuestionId, Vec<String>>,
    scores: Map<&'g InstrumentId, String>,
    titles: Map<String, String>,
}

impl<'g> Coder<'g> {
    /// `words` are those of the language, as anybody reads them.
    pub fn new(guide: &'g Guide, words: &'g Words) -> Self {
        let layout = Layout::new(guide, words);
        let (mut groups, mut scores, mut titles) = (Map::new(), Map::new(), Map::new());
        for group in layout.groups() {
            titles.insert(group.link.clone(), words.section(group.section).title.clone());
            for part in group.parts {
                match part {
                    Part::Question(question) => {
                        groups.insert(&question.id, vec![group.link.clone()]);
                    }
                    Part::Stem { link, words, questions } => {
                        titles.insert(link.clone(), words.to_owned());
                        let around = vec![group.link.clone(), link];
                        groups.extend(questions.iter().map(|question| (&question.id, around.clone())));
                    }
                    Part::Score(instrument) => {
                        scores.insert(&instrument.id, group.link.clone());
                    }
                }
            }
        }
        Self { layout, groups, scores, titles }
    }

    /// What a question's ids mean; its choices only as far as the `answer`, which is shared, made them.
    pub fn answer(&self, question: &Question, answer: Option<&Answer>) -> Coded {
        let words = self.layout.words.question(&question.id);
        let chosen = question.choices().iter().filter(|choice| answer.is_some_and(|it| it.has(&choice.id)));
        let (unit, parts) = match &question.kind {
            Kind::Number(bounds) => {
                let unit = match answer {
                    Some(Answer::Measured(measured)) => {
                        Named::new(measured.unit.as_str(), words.unit(&measured.unit))
                    }
                    _ => Named::new(&bounds.unit, words.unit_of(bounds)),
                };
                (Some(unit), Vec::new())
            }
            Kind::Pair(parts) => {
                let named = parts.iter().map(|part| Named::new(part.id.as_str(), words.part(&part.id)));
                let unit = parts.first().map(|part| Named::new(&part.bounds.unit, &part.bounds.unit));
                (unit, named.collect())
            }
            Kind::List(entries) => {
                let fields = entries.fields.iter();
                (None, fields.map(|field| Named::new(field.id.as_str(), words.part(&field.id))).collect())
            }
            Kind::One(_) | Kind::Several(_) | Kind::Date(_) | Kind::Text(_) => (None, Vec::new()),
        };
        Coded {
            groups: self.groups.get(&question.id).cloned().unwrap_or_default(),
            loinc: self.layout.item(&question.id).and_then(|item| item.loinc.clone()),
            kind: CodedKind::of(&question.kind),
            chosen: chosen.map(|choice| self.choice(&question.id, &choice.id)).collect(),
            unit,
            parts,
        }
    }

    fn choice(&self, question: &QuestionId, choice: &ChoiceId) -> Named {
        Named {
            loinc: self.layout.loinc_answer(question, choice).map(str::to_owned),
            ..Named::new(choice.as_str(), self.layout.words.question(question).choice(choice))
        }
    }

    /// What a score is called, and where it stands.
    pub fn score(&self, instrument: &Instrument) -> CodedScore {
        CodedScore {
            group: self.scores.get(&instrument.id).cloned().unwrap_or_default(),
            title: self.layout.words.instrument(&instrument.id).title.clone(),
            loinc: instrument.loinc_total.clone(),
        }
    }

    /// The words of the groups that these answers and scores stand in.
    pub fn titles<'a>(
        &self,
        answers: impl Iterator<Item = &'a Coded>,
        scores: impl Iterator<Item = &'a CodedScore>,
    ) -> Map<String, String> {
        let links = answers.flat_map(|coded| &coded.groups).chain(scores.map(|score| &score.group));
        let said = links.filter_map(|link| self.titles.get_key_value(link));
        said.filter(|(_, title)| !title.is_empty())
            .map(|(link, title)| (link.clone(), title.clone()))
            .collect()
    }
}
