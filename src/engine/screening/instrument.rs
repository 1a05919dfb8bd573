//! Instruments: published short questionnaires with a score, such as the PHQ-2. A score informs; it changes no level.

use serde::Serialize;

use crate::engine::guide::Guide;
use crate::engine::guide::reader::Place;
use crate::engine::ids::{BandId, ChoiceId, InstrumentId, QuestionId, SourceCode};
use crate::engine::screening::answer::{Answer, Answers};
use crate::engine::screening::journey::journey;
use crate::engine::screening::rule::{Look, Seen, Truth};

/// A questionnaire with a score: the sum of the values of its items.
#[derive(Clone, Debug, PartialEq)]
pub struct Instrument {
    /// Its id, for example `phq2`.
    pub id: InstrumentId,
    /// The items that are scored, in order.
    pub items: Vec<Item>,
    /// Items that are asked and not scored.
    pub unscored: Vec<QuestionId>,
    /// The item that opens the others: with a value of 0 the score is 0.
    pub gate: Option<QuestionId>,
    /// The item of which it is said if all points come from it.
    pub alone: Option<QuestionId>,
    /// Ranges of the score, from 0 to the most without a gap.
    pub bands: Vec<Band>,
    /// The LOINC code of the panel, where it is verified.
    pub loinc_panel: Option<String>,
    /// The LOINC code of the score, where it is verified.
    pub loinc_total: Option<String>,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
    /// The line of instruments.toml it begins on.
    pub line: Place,
}

/// An item of an instrument: a question whose choices have values.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The question.
    pub question: QuestionId,
    /// What each choice counts.
    pub values: Vec<(ChoiceId, f64)>,
    /// The LOINC code of each choice, where it is verified.
    pub answer_codes: Vec<(ChoiceId, String)>,
    /// The LOINC code of the item, where it is verified.
    pub loinc: Option<String>,
    /// Whether it asks about harm to oneself: any value above 0 opens the crisis panel, and the answer leaves only
    /// for a clinic that watches for it.
    pub self_harm: bool,
}

/// A range of a score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    /// Its id, for example `mild`.
    pub id: BandId,
    /// The least score of it.
    pub from: u32,
    /// The greatest score of it.
    pub to: u32,
}

/// What is known of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// The score; none while an item is open or was passed by.
    pub score: Option<f64>,
    /// The least that the instrument can give.
    pub least: f64,
    /// The most that it can give.
    pub most: f64,
    /// The range that the score is in; none without a score.
    pub band: Option<BandId>,
    /// How many of its items count: those answered, and those that an earlier answer settled.
    pub answered: usize,
    /// How many of its items are open or were passed by.
    pub open: usize,
    /// Whether there are points, and all of them from the one item that can mislead.
    #[serde(skip)]
    pub alone: bool,
}

impl Item {
    fn value(&self, answer: &Answer) -> Option<f64> {
        self.values.iter().find(|(choice, _)| answer.has(choice)).map(|(_, value)| *value)
    }

    /// The most that the item can add.
    pub fn most(&self) -> f64 {
        self.values.iter().map(|(_, value)| *value).fold(0.0, f64::max)
    }
}

/// What items add up to, as far as they are answered.
#[derive(Default)]
struct Sum {
    known: f64,
    /// What the open items could add at most.
    open_most: f64,
    answered: usize,
    open: usize,
    alone: bool,
}

impl Instrument {
    /// The most that the score can be.
    pub fn most(&self) -> f64 {
        self.items.iter().map(Item::most).sum()
    }

    /// Every question that it asks.
    pub fn questions(&self) -> impl Iterator<Item = &QuestionId> {
        self.gate.iter().chain(self.items.iter().map(|item| &item.question)).chain(&self.unscored)
    }

    fn sum<'a>(&self, look: &Look<'_, 'a>) -> Sum {
        let mut sum = Sum::default();
        let gate_open = self.gate.as_ref().is_some_and(|gate| match look(gate) {
            Seen::Answered { answer, .. } => answer.chosen().is_empty(),
            Seen::Open | Seen::NotAsked => true,
        });
        for item in &self.items {
            let value = match look(&item.question) {
                Seen::Answered { answer, .. } => item.value(answer),
                Seen::Open => None,
                // An earlier answer settles it, as "never" does for how much one drinks.
                // Not one that is open: then it is not known whether this item will be asked.
                Seen::NotAsked if !gate_open && sum.open == 0 => Some(0.0),
                Seen::NotAsked => None,
            };
            match value {
                Some(value) => {
                    sum.answered += 1;
                    sum.known += value;
                    if self.alone.as_ref() == Some(&item.question) {
                        sum.alone = value > 0.0;
                    } else if value > 0.0 {
                        sum.alone = false;
                    }
                }
                None => {
                    sum.open += 1;
                    sum.open_most += item.most();
                }
            }
        }
        sum
    }

    /// Whether the score is at least this. Unknown while open items can still decide it.
    pub fn at_least<'a>(&self, least: f64, look: &Look<'_, 'a>) -> Truth {
        let sum = self.sum(look);
        if sum.known >= least {
            Truth::True
        } else if sum.known + sum.open_most < least {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    /// What is known of the score.
    fn score<'a>(&self, look: &Look<'_, 'a>) -> Score {
        let sum = self.sum(look);
        let score = (sum.open == 0).then_some(sum.known);
        let within = |band: &&Band| {
            score.is_some_and(|score| (f64::from(band.from)..=f64::from(band.to)).contains(&score))
        };
        Score {
            score,
            least: 0.0,
            most: self.most(),
            band: self.bands.iter().find(within).map(|band| band.id.clone()),
            answered: sum.answered,
            open: sum.open,
            alone: sum.alone && score.is_some(),
        }
    }
}

/// The scores of all instruments that are asked, in the guide's order. None where an answer ended the form: help
/// comes before any score.
pub fn scores<'g>(guide: &'g Guide, answers: &Answers) -> Vec<(&'g Instrument, Score)> {
    let journey = journey(guide, answers);
    if journey.ended_by_get_help {
        return Vec::new();
    }
    let look = |id: &QuestionId| journey.look(id);
    let spoken = guide.instruments.iter().filter(|instrument| guide.speaks(instrument));
    spoken.map(|instrument| (instrument.as_ref(), instrument.score(&look))).collect()
}
