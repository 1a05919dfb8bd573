//! How hard the pages are to read (clinical-facts.md 7.2): Flesch-Kincaid and SMOG for English, Fernández Huerta and
//! INFLESZ for Spanish.
//!
//! Syllables of English words come from the crate `syllable`: rules with a list of their exceptions. Over the words of
//! the shipped files it agrees with the CMU pronouncing dictionary on 98 of 100 and counts 0.6 of 100 syllables too few.
//! Those of Spanish words come from `spanish.rs`.

use serde::Serialize;

use crate::cli::lint::sentence::{sentences, words};
use crate::cli::lint::spanish;
use crate::cli::lint::texts::{Kind, Text};
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::Place;
use crate::engine::guide::{Guide, problem_at};
use crate::engine::problem::{Problem, Severity};

const MOST_FLESCH_KINCAID: f64 = 6.0;
const MOST_SMOG: f64 = 9.0;
const MOST_SMOG_TOPIC: f64 = 7.0;

/// INFLESZ from here on is "bastante fácil" (Barrio-Cantalejo et al. 2008).
const LEAST_INFLESZ: f64 = 65.0;

/// SMOG was made for 30 sentences; with fewer than this, one word decides it, and so it does for the words of a file
/// that is no page.
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

/// The files beside the pages that are measured, each as a whole.
const MEASURED: [&str; 4] = ["screening.toml", "plan.toml", "glossary.toml", "words.toml"];

/// How hard a file is to read.
#[derive(Debug, Serialize)]
pub struct Readability {
    /// The file.
    pub file: String,
    /// The figures of its language.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The figures of a language.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Figures {
    /// Grades of school in the United States.
    English {
        /// Words a sentence and syllables a word.
        flesch_kincaid: f64,
        /// Words of three syllables or more; about 3 grades higher.
        smog: f64,
        /// The same with the words of the topic and the clinic's name left out.
        smog_topic: f64,
    },
    /// Scores up to 100; the higher, the easier.
    Spanish {
        /// Fernández Huerta 1959, as corrected by Law 2011: from 80 on it is easy.
        fernandez_huerta: f64,
        /// Szigriszt-Pazos 1993 on the scale INFLESZ: from 65 on it is quite easy, from 80 on very easy.
        inflesz: f64,
    },
}

impl Figures {
    /// The figure that a page says of itself in `reading_grade`.
    pub fn of_page(self) -> f64 {
        match self {
            Self::English { flesch_kincaid, .. } => flesch_kincaid,
            Self::Spanish { inflesz, .. } => inflesz,
        }
    }

    /// What that figure is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::English { .. } => "Flesch-Kincaid",
            Self::Spanish { .. } => "INFLESZ",
        }
    }

    /// How far `reading_grade` may be from the figure: a number of the clinic's moves it a little.
    pub fn leeway(self) -> f64 {
        match self {
            Self::English { .. } => 0.3,
            Self::Spanish { .. } => 3.0,
        }
    }

    /// The figures in words.
    pub fn in_words(self) -> String {
        match self {
            Self::English { flesch_kincaid, smog, smog_topic } => format!(
                "reads at grade {flesch_kincaid:.1} (Flesch-Kincaid), {smog:.1} (SMOG), {smog_topic:.1} (SMOG without \
                 the words of the topic)"
            ),
            Self::Spanish { fernandez_huerta, inflesz } => {
                let scale = match inflesz {
                    80.0.. => "muy fácil",
                    65.0.. => "bastante fácil",
                    55.0.. => "normal",
                    40.0.. => "algo difícil",
                    _ => "muy difícil",
                };
                format!("reads at {inflesz:.1} (INFLESZ, {scale}), {fernandez_huerta:.1} (Fernández Huerta)")
            }
        }
    }
}

/// Measures a page, or the words of a file as a whole, if it is in English or Spanish. Adds a warning for each figure
/// that is too hard.
pub fn of_file(
    path: &str,
    texts: &[Text],
    guide: &Guide,
    problems: &mut Vec<Problem>,
) -> Option<Readability> {
    let (lang, file) = path.strip_prefix(CLINIC).unwrap_or(path).split_once('/')?;
    let page = file.ends_with(".md");
    if !page && !MEASURED.contains(&file) {
        return None;
    }
    let body = texts.iter().filter(|text| match &text.kind {
        Kind::Heading | Kind::Body => true,
        // A hard word stands in the glossary because it is hard; its meaning must not be.
        Kind::Words(key) => !page && !(file == "glossary.toml" && key.ends_with(".word")),
        Kind::Label => false,
    });
    let body = body.map(|text| text.said.as_str());
    let clinic = guide.settings.clinic.name.to_lowercase();
    let tenths = |grade: f64| (grade * 10.0).round() / 10.0;
    let mut warn = |what: String, remedy: &str| {
        problems.push(problem_at(Severity::Warning, path, Place::line(1), what, remedy));
    };
    let figures = match lang.split('-').next() {
        Some("en") => {
            let measure = Measure::english(body, &words(&clinic));
            let figures = Figures::English {
                flesch_kincaid: tenths(measure.flesch_kincaid()),
                smog: tenths(measure.smog(measure.long_words)),
                smog_topic: tenths(measure.smog(measure.long_words - measure.long_topic_words)),
            };
            warn_of_english(figures, page, &measure, &mut warn);
            (measure.words > 0.0).then_some(figures)
        }
        Some("es") => {
            let measure = Measure::spanish(body);
            let inflesz = tenths(measure.inflesz());
            if inflesz < LEAST_INFLESZ && measure.tells(page) {
                warn(
                    format!(
                        "This reads at {inflesz:.1} (INFLESZ); {LEAST_INFLESZ:.0} is the least, \"bastante fácil\"."
                    ),
                    "Shorten sentences and words.",
                );
            }
            (measure.words > 0.0)
                .then_some(Figures::Spanish { fernandez_huerta: tenths(measure.fernandez_huerta()), inflesz })
        }
        _ => None,
    };
    figures.map(|figures| Readability { file: path.to_owned(), figures })
}

fn warn_of_english(figures: Figures, page: bool, measure: &Measure, warn: &mut impl FnMut(String, &str)) {
    let Figures::English { flesch_kincaid, smog, smog_topic } = figures else { return };
    if !measure.tells(page) {
        return;
    }
    let mut above = |name: &str, grade: f64, most: f64, remedy: &str| {
        if grade > most {
            warn(format!("This reads at grade {grade:.1} ({name}); {most:.0} is the most."), remedy);
        }
    };
    let shorter = "Use shorter words.";
    above("Flesch-Kincaid", flesch_kincaid, MOST_FLESCH_KINCAID, "Shorten sentences and words.");
    let enough = measure.sentences >= SENTENCES_FOR_SMOG;
    if enough {
        above("SMOG", smog, MOST_SMOG, shorter);
    }
    if enough && page {
        // The questions have to name drugs and illnesses, and explain them.
        above("SMOG without the words of the topic", smog_topic, MOST_SMOG_TOPIC, shorter);
    }
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
    fn spanish<'t>(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut measure = Self::default();
        for sentence in texts.flat_map(sentences) {
            measure.sentences += 1.0;
            for word in words(sentence) {
                measure.words += 1.0;
                let syllables =
                    if is_spelled(word) { word.chars().count() } else { spanish::syllables(word) };
                measure.syllables += syllables as f64;
            }
        }
        measure
    }

    fn fernandez_huerta(&self) -> f64 {
        206.84 - 60.0 * self.syllables / self.words - 1.02 * self.words / self.sentences
    }

    fn inflesz(&self) -> f64 {
        206.835 - 62.3 * self.syllables / self.words - self.words / self.sentences
    }

    fn english<'t>(texts: impl Iterator<Item = &'t str>, names: &[&str]) -> Self {
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

    /// Whether there is enough to be judged by.
    fn tells(&self, page: bool) -> bool {
        self.words > 0.0 && (page || self.sentences >= SENTENCES_FOR_SMOG)
    }

    fn flesch_kincaid(&self) -> f64 {
        0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59
    }

    fn smog(&self, long_words: f64) -> f64 {
        1.0430 * (long_words * 30.0 / self.sentences).sqrt() + 3.1291
    }
}

/// Numbers, and names in capitals, which are read letter by letter.
fn is_spelled(word: &str) -> bool {
    let plain: String = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    let letters = plain.chars().count();
    plain.is_empty() || (2..=4).contains(&letters) && plain.chars().all(char::is_uppercase)
}

fn syllables(counter: &mut syllable::Counter, word: &str) -> usize {
    let plain: String = word.chars().filter(char::is_ascii_alphabetic).collect();
    if is_spelled(word) || plain.is_empty() {
        return word.chars().count();
    }
    counter.count(&plain).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measure_knows_easy_from_hard() {
        let grade = |text: &str| Measure::english([text].into_iter(), &[]).flesch_kincaid();
        assert!(grade("The cat sat on the mat. It was warm.") < 1.0);
        assert!(
            grade(
                "Contemporaneous administration necessitates physiological monitoring by anesthesiologists."
            ) > 20.0
        );
    }

    #[test]
    fn words_of_the_topic_are_left_out_of_the_second_reading() {
        let measure = Measure::english(
            ["Ketamine is a medicine, lamotrigine too, for anybody at Evergreen."].into_iter(),
            &["evergreen"],
        );
        assert_eq!((measure.long_words, measure.long_topic_words), (5.0, 4.0));
    }

    /// Worked out by hand: 2 sentences, 9 words, 16 syllables.
    #[test]
    fn the_spanish_formulas_are_those_of_their_authors() {
        let measure = Measure::spanish(["Llame a la clínica. Le ayudamos con sus dudas."].into_iter());
        assert_eq!((measure.sentences, measure.words, measure.syllables), (2.0, 9.0, 16.0));
        assert!((measure.inflesz() - (206.835 - 62.3 * 16.0 / 9.0 - 4.5)).abs() < 1e-9);
        assert!((measure.fernandez_huerta() - (206.84 - 60.0 * 16.0 / 9.0 - 1.02 * 4.5)).abs() < 1e-9);
        let hard = "La administración concomitante requiere monitorización anestesiológica especializada.";
        assert!(Measure::spanish([hard].into_iter()).inflesz() < 20.0);
    }
}
