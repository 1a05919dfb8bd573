//! Every page can be read at grade 6 (clinical-facts.md 7.2), and no sentence runs on.
//!
//! Syllables come from the crate `syllable`: rules with a list of their exceptions. Over the words of these files
//! it agrees with the CMU pronouncing dictionary on 98 of 100 and counts 0.6 of 100 syllables too few.

use std::collections::BTreeMap;

use anteroom::engine::guide::Guide;
use anteroom::engine::ids::Lang;

use crate::sound::{block_texts, every_text};
use crate::support::shipped;

/// Words that the subject cannot do without; for the second reading of SMOG they count as two syllables.
const TOPIC: [&str; 6] = ["ketamine", "infusion", "infusions", "medicine", "medicines", "spravato"];

const MOST_WORDS: usize = 20;

#[derive(Default)]
struct Measure {
    sentences: f64,
    words: f64,
    syllables: f64,
    long_words: f64,
    long_topic_words: f64,
    longest: (usize, String),
}

impl Measure {
    fn of(texts: &[String]) -> Self {
        let mut counter = syllable::Counter::new();
        let mut measure = Self::default();
        for sentence in texts.iter().flat_map(|text| sentences(text)) {
            let words = words(&sentence);
            if words.is_empty() {
                continue;
            }
            measure.sentences += 1.0;
            if words.len() > measure.longest.0 {
                measure.longest = (words.len(), sentence.clone());
            }
            for word in words {
                let syllables = syllables(&mut counter, word);
                measure.words += 1.0;
                measure.syllables += syllables as f64;
                if syllables >= 3 {
                    measure.long_words += 1.0;
                    if TOPIC.contains(&word.to_lowercase().as_str()) {
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

fn sentences(text: &str) -> Vec<String> {
    let mut sentences = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        sentences.last_mut().unwrap().push(letter);
        let ends = matches!(letter, '.' | '!' | '?');
        if letter == '\n'
            || (ends && letters.peek().is_none_or(|next| next.is_whitespace() || "”\")".contains(*next)))
        {
            sentences.push(String::new());
        }
    }
    sentences
}

/// The words of a sentence. A phone number is one word, however it is grouped.
fn words(sentence: &str) -> Vec<&str> {
    let mut words: Vec<&str> = sentence
        .split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’')))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &str| word.chars().all(|letter| letter.is_ascii_digit());
    words.dedup_by(|word, before| number(word) && number(before));
    words
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

/// The texts of each page, and of all questions, in one language.
fn readings(guide: &Guide, lang: &Lang) -> BTreeMap<String, Vec<String>> {
    let mut readings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for ((page, page_lang), content) in &guide.pages {
        if page_lang == lang {
            let name = format!("the page {page}");
            readings.insert(name, block_texts(&content.blocks));
        }
    }
    for (place, text) in every_text(guide, lang) {
        if place.starts_with("question") || place.starts_with("reason") {
            readings.entry("the questions and reasons".to_owned()).or_default().push(text);
        } else if place.starts_with("task") {
            readings.entry("the preparation list".to_owned()).or_default().push(text);
        }
    }
    readings
}

#[test]
fn every_page_reads_at_grade_six() {
    let guide = shipped();
    let mut too_hard = Vec::new();
    // The formulas are made for English.
    for (name, texts) in readings(guide, &Lang::from("en")) {
        let measure = Measure::of(&texts);
        let grade = measure.flesch_kincaid();
        let smog = measure.smog(measure.long_words);
        let without_topic = measure.smog(measure.long_words - measure.long_topic_words);
        let figures = format!(
            "{name}: Flesch-Kincaid {grade:.1}, SMOG {smog:.1}, without its topic words {without_topic:.1}; the longest \
             sentence has {} words: {}",
            measure.longest.0,
            measure.longest.1.trim()
        );
        println!("{figures}");
        let page = name.starts_with("the page");
        let hard_words = smog > 9.0 || (page && without_topic > 7.0);
        if grade > 6.0 || hard_words || measure.longest.0 > MOST_WORDS {
            too_hard.push(figures);
        }
    }
    assert!(too_hard.is_empty(), "{}", too_hard.join("\n"));
}

#[test]
fn the_measure_knows_easy_from_hard() {
    let grade = |text: &str| Measure::of(&[text.to_owned()]).flesch_kincaid();
    assert!(grade("The cat sat on the mat. It was warm.") < 1.0);
    assert!(
        grade("Contemporaneous administration necessitates physiological monitoring by anesthesiologists.")
            > 20.0
    );
    assert_eq!(Measure::of(&["Call 988 now. Rest.".to_owned()]).longest.0, 3);
}
