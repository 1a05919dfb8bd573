//! How hard the pages are to read (clinical-facts.md 7.2). The formulas are made for English.
//!
//! Syllables come from the crate `syllable`: rules with a list of their exceptions. Over the words of the shipped
//! files it agrees with the CMU pronouncing dictionary on 98 of 100 and counts 0.6 of 100 syllables too few.

use serde::Serialize;

use crate::cli::lint::sentence::{sentences, words};
use crate::cli::lint::texts::{Kind, Text};
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::Place;
use crate::engine::guide::{Guide, problem_at};
use crate::engine::problem::{Problem, Severity};

const MOST_FLESCH_KINCAID: f64 = 6.0;
const MOST_SMOG: f64 = 9.0;
const MOST_SMOG_TOPIC: f64 = 7.0;

/// SMOG was made for 30 sentences; with fewer than this, one word decides it.
const SENTENCES_FOR_SMOG: f64 = 10.0;

/// Words that the subject cannot do without; for the second reading of SMOG they count as two syllables.
const TOPIC: [&str; 7] =
    ["ketamine", "esketamine", "infusion", "infusions", "medicine", "medicines", "spravato"];

/// Names of drugs, which nobody can shorten: they count as two syllables as well.
const DRUGS: [&str; 50] = [
    "abilify",
    "adderall",
    "aminophylline",
    "ativan",
    "auvelity",
    "benzodiazepine",
    "benzodiazepines",
    "buprenorphine",
    "bupropion",
    "carbamazepine",
    "clopidogrel",
    "dextromethorphan",
    "diazepam",
    "farxiga",
    "fentanyl",
    "gabapentin",
    "heroin",
    "jardiance",
    "klonopin",
    "lamictal",
    "lamotrigine",
    "lithium",
    "lorazepam",
    "memantine",
    "methadone",
    "midazolam",
    "mirtazapine",
    "modafinil",
    "mounjaro",
    "naltrexone",
    "oxycodone",
    "ozempic",
    "parnate",
    "phenytoin",
    "pregabalin",
    "pseudoephedrine",
    "rifampin",
    "ritalin",
    "rybelsus",
    "semaglutide",
    "seroquel",
    "theophylline",
    "ticlopidine",
    "tirzepatide",
    "trulicity",
    "valproate",
    "wegovy",
    "zepbound",
    "zolpidem",
    "zyprexa",
];

/// How hard a file is to read, as grades of school in the United States.
#[derive(Serialize)]
pub struct Readability {
    /// The file.
    pub file: String,
    /// Words a sentence and syllables a word.
    pub flesch_kincaid: f64,
    /// Words of three syllables or more; about 3 grades higher.
    pub smog: f64,
    /// The same with the words of the topic and the clinic's name left out.
    pub smog_topic: f64,
}

/// Measures a page, or the words of the screening or of the plan, if it is in English. Adds a warning for each
/// figure that is too high.
pub fn of_file(
    path: &str,
    texts: &[Text],
    guide: &Guide,
    problems: &mut Vec<Problem>,
) -> Option<Readability> {
    let (lang, file) = path.strip_prefix(CLINIC).unwrap_or(path).split_once('/')?;
    let page = file.ends_with(".md");
    let measured = page || file == "screening.toml" || file == "plan.toml";
    if !(measured && (lang == "en" || lang.starts_with("en-"))) {
        return None;
    }
    let body = texts.iter().filter(|text| match &text.kind {
        Kind::Heading | Kind::Body => true,
        Kind::Words(_) => !page,
    });
    let clinic = guide.settings.clinic.name.to_lowercase();
    let measure = Measure::of(body.map(|text| text.said.as_str()), &words(&clinic));
    if measure.words == 0.0 {
        return None;
    }
    let tenths = |grade: f64| (grade * 10.0).round() / 10.0;
    let reading = Readability {
        file: path.to_owned(),
        flesch_kincaid: tenths(measure.flesch_kincaid()),
        smog: tenths(measure.smog(measure.long_words)),
        smog_topic: tenths(measure.smog(measure.long_words - measure.long_topic_words)),
    };
    let mut warn = |name: &str, grade: f64, most: f64, remedy: &str| {
        if grade > most {
            let what = format!("This reads at grade {grade:.1} ({name}); {most:.0} is the most.");
            problems.push(problem_at(Severity::Warning, path, Place::line(1), what, remedy));
        }
    };
    let shorter = "Use shorter words.";
    warn("Flesch-Kincaid", reading.flesch_kincaid, MOST_FLESCH_KINCAID, "Shorten sentences and words.");
    let enough = measure.sentences >= SENTENCES_FOR_SMOG;
    if enough {
        warn("SMOG", reading.smog, MOST_SMOG, shorter);
    }
    if enough && page {
        // The questions have to name drugs and illnesses, and explain them.
        warn("SMOG without the words of the topic", reading.smog_topic, MOST_SMOG_TOPIC, shorter);
    }
    Some(reading)
}

#[derive(Default)]
struct Measure {
    sentences: f64,
    words: f64,
    syllables: f64,
    long_words: f64,
    long_topic_words: f64,
}

impl Measure {
    fn of<'t>(texts: impl Iterator<Item = &'t str>, names: &[&str]) -> Self {
        let mut counter = syllable::Counter::new();
        let mut measure = Self::default();
        for sentence in texts.flat_map(sentences) {
            measure.sentences += 1.0;
            for word in words(sentence) {
                let syllables = syllables(&mut counter, word);
                measure.words += 1.0;
                measure.syllables += syllables as f64;
                if syllables >= 3 {
                    measure.long_words += 1.0;
                    let word = word.to_lowercase();
                    let word = word.as_str();
                    if TOPIC.contains(&word) || DRUGS.contains(&word) || names.contains(&word) {
                        measure.long_topic_words += 1.0;
                    }
                }
            }
        }
        measure
    }

    fn flesch_kincaid(&self) -> f64 {
        0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
    }

    fn smog(&self, long_words: f64) -> f64 {
        1.0430 * (long_words * 30.0 / self.sentences).sqrt() + 3.1291
    }
}

/// Numbers and names in capitals are read letter by letter.
fn syllables(counter: &mut syllable::Counter, word: &str) -> usize {
    let plain: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    let spelled =
        plain.len() >= 2 && plain.chars().all(|letter| letter.is_ascii_uppercase()) && plain.len() <= 4;
    if plain.is_empty() || spelled {
        return word.chars().count();
    }
    counter.count(&plain).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_knows_easy_from_hard() {
        let grade = |text: &str| Measure::of([text].into_iter(), &[]).flesch_kincaid();
        assert!(grade("The cat sat on the mat. It was warm.") < 1.0);
        assert!(
            grade(
                "Contemporaneous administration necessitates physiological monitoring by anesthesiologists."
            ) > 20.0
        );
    }

    #[test]
    fn words_of_the_topic_are_left_out_of_the_second_reading() {
        let measure = Measure::of(
            ["Ketamine is a medicine, lamotrigine too, for anybody at Evergreen."].into_iter(),
            &["evergreen"],
        );
        assert_eq!((measure.long_words, measure.long_topic_words), (5.0, 4.0));
    }
}
