//! From what a person types to the medicine that is meant, and the choices that it ticks.
//!
//! Nothing is ever picked for the person. Whatever was typed leads to a list of full descriptions, "Xanax (alprazolam):
//! sleep or nerve pills", and a name that looks like another brings that other one along.

use crate::engine::map::{Map, Set};

use crate::engine::find::{Finder, Found, How, key};
use crate::engine::ids::ChoiceId;
use crate::engine::screening::answer::Answer;
use crate::engine::screening::question::Question;

/// The longest name that is kept, in letters. More is no name.
pub const MOST_LETTERS: usize = 80;
/// How many names one answer keeps.
pub const MOST_NAMES: usize = 60;
/// How many names are offered at once.
const MOST_OFFERED: usize = 8;
/// How many are offered for each of several names that were typed at once.
const MOST_OFFERED_EACH: usize = 3;
/// How many words one name may have.
const MOST_WORDS: usize = 5;

/// The names behind the choices of a question, in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NameList {
    /// What the names stand for.
    pub medicines: Vec<Medicine>,
    /// The names.
    pub names: Vec<Name>,
    /// The short names of the choices.
    pub groups: Map<ChoiceId, String>,
    /// The choice for a name that is not listed.
    pub unlisted: Option<ChoiceId>,
    pub(crate) finder: Finder,
    /// Sets of places of names that are easily taken for one another.
    pub(crate) look_alikes: Vec<Vec<usize>>,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Medicine {
    /// Its generic name, the same in every language.
    pub name: String,
    /// Its generic name in this language.
    pub shown: String,
    /// The choices that it ticks; never empty.
    pub groups: Vec<ChoiceId>,
}

/// A name that can be typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The name as it is shown.
    pub words: String,
    /// The place of its medicine; none for a common one that belongs to no choice.
    pub medicine: Option<usize>,
}

/// Something that can be chosen for what was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What is offered.
    pub what: Offered,
    /// What is left of the typed text once this is chosen.
    pub rest: String,
}

/// What is offered.
#[derive(Clone, Debug, PartialEq)]
pub enum Offered {
    /// A name of the list.
    Listed {
        /// The name with its generic name, as it is kept with the answer.
        kept: String,
        /// The name, its generic name and its groups, in the person's language.
        described: String,
        /// The choices that it ticks.
        groups: Vec<ChoiceId>,
    },
    /// A name that is not on the list, to be told to the team.
    Unlisted(String),
}

/// A name that was chosen, beside the choices of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ChosenName {
    /// The name as it is shown and handed over.
    pub words: String,
    /// The choices that it belongs to; empty if it came from a file.
    pub groups: Set<ChoiceId>,
    /// Those of them that were not ticked before.
    pub ticked: Set<ChoiceId>,
}

impl NameList {
    /// What may be meant by the typed text, in its order. An exact name comes with those that it is easily taken for; for
    /// anything else a way to keep it as it is comes last.
    pub fn offers(&self, typed: &str) -> Vec<Offer> {
        let parts = self.read(typed);
        let each = if parts.len() > 1 { MOST_OFFERED_EACH } else { MOST_OFFERED };
        let mut offers: Vec<Offer> = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            let others = parts.iter().enumerate().filter(|(other, _)| *other != place);
            let rest: Vec<&str> = others.map(|(_, other)| other.typed.as_str()).collect();
            let rest = rest.join(", ");
            for what in self.offers_for(part, each) {
                if offers.iter().all(|other| other.what != what) {
                    offers.push(Offer { what, rest: rest.clone() });
                }
            }
        }
        offers
    }

    fn offers_for(&self, part: &Part, most: usize) -> Vec<Offered> {
        let first = part.found.first();
        // A common medicine of no group is never taken for one like it. One that begins with its name is another kind of
        // it: Zyrtec and Zyrtec-D.
        let stands_alone =
            first.is_some_and(|first| first.how == How::Exactly && self.medicine_of(first.place).is_none());
        let mut places: Vec<usize> = Vec::new();
        for found in part.found.iter().filter(|found| !stands_alone || found.how <= How::Begins).take(most) {
            places.push(found.place);
        }
        for place in places.clone().into_iter().filter(|_| !stands_alone).take(2) {
            for alike in self.look_alikes.iter().filter(|set| set.contains(&place)).flatten() {
                if !places.contains(alike) {
                    places.push(*alike);
                }
            }
        }
        let mut offers: Vec<Offered> = Vec::new();
        for offered in places.into_iter().filter_map(|place| self.offered(place)) {
            if !offers.contains(&offered) {
                offers.push(offered);
            }
        }
        let begun = part.found.first().is_some_and(|found| found.how <= How::Begins);
        let words: String = part.typed.chars().take(MOST_LETTERS).collect();
        if !begun && key(&words).chars().count() > 2 && self.unlisted.is_some() {
            offers.push(Offered::Unlisted(words));
        }
        offers
    }

    fn medicine_of(&self, place: usize) -> Option<&Medicine> {
        self.names.get(place)?.medicine.and_then(|medicine| self.medicines.get(medicine))
    }

    fn offered(&self, place: usize) -> Option<Offered> {
        let words = &self.names.get(place)?.words;
        let Some(medicine) = self.medicine_of(place) else {
            return self.unlisted.is_some().then(|| Offered::Unlisted(words.clone()));
        };
        // The generic name of another language is shown in this one's words.
        let words = if key(words) == key(&medicine.name) { &medicine.shown } else { words };
        let with = |generic: &str| {
            if key(words) == key(generic) { words.clone() } else { format!("{words} ({generic})") }
        };
        let groups: Vec<&str> = medicine
            .groups
            .iter()
            .map(|group| self.groups.get(group).map_or(group.as_str(), String::as_str))
            .collect();
        Some(Offered::Listed {
            kept: with(&medicine.name),
            described: format!("{}: {}", with(&medicine.shown), groups.join("; ")),
            groups: medicine.groups.clone(),
        })
    }

    /// Takes a text apart into names: at commas and the like, and where one name ends and the next begins.
    fn read(&self, typed: &str) -> Vec<Part> {
        let mut parts = Vec::new();
        for segment in segments(typed) {
            let mut unknown: Vec<&str> = Vec::new();
            let mut rest = segment.as_slice();
            while let Some((word, behind)) = rest.split_first() {
                if let Some((count, found)) = self.longest(rest) {
                    parts.extend(Part::unknown(&mut unknown));
                    parts.push(Part { typed: rest.get(..count).unwrap_or_default().join(" "), found });
                    rest = rest.get(count..).unwrap_or_default();
                } else {
                    // The dose, or "tablets", says nothing about which medicine it is.
                    if !is_noise(word) {
                        unknown.push(word);
                    }
                    rest = behind;
                }
            }
            parts.extend(Part::unknown(&mut unknown));
        }
        parts
    }

    /// How many of the words that come next make a name, and which names that may be.
    fn longest(&self, words: &[&str]) -> Option<(usize, Vec<Found>)> {
        let most = words.len().min(MOST_WORDS);
        (1..=most).rev().find_map(|count| {
            let candidate = words.get(..count)?;
            if candidate.iter().any(|word| is_noise(word)) && count == 1 {
                return None;
            }
            let typed = candidate.concat();
            let short = key(&typed).chars().count() < 4;
            let mut found = self.finder.find(&typed, 3 * MOST_OFFERED);
            // While little is typed, what belongs to no group would only be in the way.
            found.retain(|found| {
                !short || found.how == How::Exactly || self.medicine_of(found.place).is_some()
            });
            let sure = |how| count == 1 || how < How::Nearly(6);
            found.first().filter(|first| sure(first.how))?;
            Some((count, found))
        })
    }
}

/// A name in what was typed.
struct Part {
    typed: String,
    found: Vec<Found>,
}

impl Part {
    fn unknown(words: &mut Vec<&str>) -> Option<Self> {
        let typed = std::mem::take(words).join(" ");
        (!typed.is_empty()).then_some(Self { typed, found: Vec::new() })
    }
}

/// What stands between commas, "and" and the like, each as its words.
pub(crate) fn segments(typed: &str) -> Vec<Vec<&str>> {
    typed
        .split([',', ';', '+', '&', '\n'])
        .flat_map(|segment| {
            let words: Vec<&str> = segment.split_whitespace().collect();
            words.split(|word| is_between(word)).map(<[&str]>::to_vec).collect::<Vec<_>>()
        })
        .filter(|words| !words.is_empty())
        .collect()
}

/// Words that stand between two names.
fn is_between(word: &str) -> bool {
    ["and", "or", "plus", "y", "o"].iter().any(|between| word.eq_ignore_ascii_case(between))
}

/// A dose, a unit, a kind of pill or a salt, which people copy from the bottle along with the name.
fn is_noise(word: &str) -> bool {
    const KINDS: &str = " mg mcg ml g units xr er sr xl cr la dr ir odt hcl tablet tablets pill pills capsule \
        capsules daily twice pastillas tabletas diario hydrochloride hydrobromide carbonate sodium tartrate succinate \
        maleate fumarate besylate sulfate acetate ";
    let word = key(word);
    let unit = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
    unit.is_empty() || KINDS.contains(&format!(" {unit} "))
}

impl ChosenName {
    /// A name of which nothing is known but its words, cut where it is too long to be one.
    pub fn from_file(words: String) -> Self {
        let words = words.chars().take(2 * MOST_LETTERS).collect();
        Self { words, groups: Set::new(), ticked: Set::new() }
    }
}

/// An answer with a name more: its choices are ticked, and "none of these" no longer is.
pub fn with_name(
    question: &Question,
    answer: Option<&Answer>,
    words: String,
    groups: &[ChoiceId],
) -> Option<Answer> {
    let may = |id: &&ChoiceId| question.choice(id).is_some_and(|choice| !choice.exclusive);
    let mut chosen = Set::new();
    chosen.extend(answer.map(Answer::chosen).unwrap_or_default().into_iter().filter(may).cloned());
    let mut names = answer.map(Answer::names).unwrap_or_default().to_vec();
    let mut name = ChosenName::from_file(words);
    for group in groups.iter().filter(may) {
        name.groups.insert(group.clone());
        if chosen.insert(group.clone()) {
            name.ticked.insert(group.clone());
        }
    }
    if names.len() < MOST_NAMES && names.iter().all(|known| known.words != name.words) {
        names.push(name);
    }
    Answer::ticked(chosen, names)
}

/// An answer with one name less. The choices that only this name ticked go with it; what the person ticked stays.
pub fn without_name(answer: &Answer, place: usize) -> Option<Answer> {
    let mut chosen = Set::new();
    chosen.extend(answer.chosen().into_iter().cloned());
    let mut names = answer.names().to_vec();
    if place >= names.len() {
        return Some(answer.clone());
    }
    let gone = names.remove(place);
    for choice in gone.ticked {
        match names.iter_mut().find(|name| name.groups.contains(&choice)) {
            // Another name still needs the choice, and takes it along when it goes.
            Some(heir) => {
                heir.ticked.insert(choice);
            }
            None => {
                chosen.remove(&choice);
            }
        }
    }
    Answer::ticked(chosen, names)
}

/// The names that still belong to a ticked choice.
pub fn names_of(chosen: &Set<ChoiceId>, names: &[ChosenName]) -> Vec<ChosenName> {
    let mut left = names.to_vec();
    left.retain(|name| name.groups.is_empty() || name.groups.iter().any(|group| chosen.contains(group)));
    for name in &mut left {
        // What the person took away and ticks again is the person's own tick.
        name.ticked.retain(|group| chosen.contains(group));
    }
    left
}
