//! Lints of words: promises that nobody can keep, hard sentences, claims without a source, gaps left to fill.
//!
//! Nearly all are warnings: they go by words, and a person has to judge. They are only in the command line, so that
//! no patient's phone has to fetch them.

mod claims;
mod grades;
mod links;
mod ours;
mod placeholders;
mod promises;
pub mod readability;
mod sentence;
mod spanish;
mod texts;
pub mod translations;
mod units;

use std::collections::BTreeMap;

use crate::cli::folder::Folder;
use crate::cli::lint::readability::Readability;
use crate::cli::lint::sentence::{sentences, words};
use crate::cli::lint::texts::{Kind, Text, quoted};
use crate::cli::lint::translations::Translation;
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::Place;
use crate::engine::guide::settings::Clinic;
use crate::engine::guide::source::Source;
use crate::engine::guide::{Guide, paths, problem_at};
use crate::engine::problem::{Problem, Severity};

/// How many words a sentence should have at most (clinical-facts.md 7.2).
const MOST_WORDS: usize = 20;

/// The clinic that the shipped settings name as an example.
const EXAMPLE: [(&str, &str); 3] = [
    ("clinic.name", "Example Infusion Clinic"),
    ("clinic.phone", "+1 555 010 0142"),
    ("clinic.address", "12 Example Street, Springfield"),
];

/// What the words of a folder should be mended for, and figures about them.
#[derive(Default)]
pub struct Words {
    /// What should be mended.
    pub problems: Vec<Problem>,
    /// How hard each page is to read.
    pub readability: Vec<Readability>,
    /// The pages that say wrongly how hard they are to read, with what should stand in their file.
    pub graded: Vec<(String, String)>,
    /// How much of the guide each further language has.
    pub translations: Vec<Translation>,
}

/// Looks at every word of a folder.
pub fn lint(folder: &Folder, guide: &Guide) -> Words {
    let mut found = Words::default();
    let problems = &mut found.problems;
    let mut by_file = BTreeMap::new();
    for source in &folder.sources {
        // A file that cannot be read was reported by the engine.
        let raw = source.text(&mut Vec::new());
        if bare(&source.path) == paths::SCREENING {
            units::check(&source.path, &raw, guide, problems);
        }
        if bare(&source.path) == paths::AFTERCARE && !is_in_a_language(source) {
            ours::check(&source.path, &raw, guide, problems);
        }
        let Some(texts) = laid(folder, source, &raw, guide) else { continue };
        for text in &texts {
            links::check(text, problems);
            if is_official(source, text) {
                continue;
            }
            if is_in_a_language(source) {
                promises::check(text, problems);
                placeholders::check(text, problems);
                check_sentences(text, problems);
            } else if bare(&source.path) == paths::SETTINGS {
                placeholders::check(text, problems);
                check_example(text, problems);
            }
        }
        if source.path.ends_with(".md") {
            claims::check(&source.path, &raw, guide, problems);
        }
        if let Some(reading) = readability::of_file(&source.path, &texts, guide, problems) {
            // The guide's pages are not the clinic's to mend, and its numbers move their figures a little.
            let own = source.path.starts_with(CLINIC) == folder.clinic.is_some();
            if source.path.ends_with(".md") && own {
                grades::check(&reading, &raw, problems);
                let written = grades::written(&reading, &raw);
                found.graded.extend(written.map(|text| (source.path.clone(), text)));
            }
            found.readability.push(reading);
        }
        if source.content.is_ok() {
            by_file.insert(source.path.clone(), texts);
        }
    }
    problems.extend(guide.settings.keep_on_device.map(keeps));
    found.readability.sort_by(|one, other| one.file.cmp(&other.file));
    found.translations = translations::count(&by_file, guide);
    found
}

/// What a clinic must know that lets people keep answers on their device. It stands in every check: nobody else can see
/// where the computers stand.
fn keeps(at: Place) -> Problem {
    problem_at(
        Severity::Warning,
        paths::SETTINGS,
        at,
        "People may keep their answers on their device, sealed with a passphrase.".to_owned(),
        "On every computer or tablet that several people use, such as one in your waiting room, open the page with \
         ?shared behind its address: then it does not offer this. Read docs/embed.html, \"Keeping answers on a device\".",
    )
}

/// The path of a file inside its folder, the guide's or the clinic's own.
fn bare(path: &str) -> &str {
    path.strip_prefix(CLINIC).unwrap_or(path)
}

/// The words of an instrument's items are as they were published, and not ours to judge.
fn is_official(source: &Source, text: &Text) -> bool {
    let official = |key: &String| ["stem.", "scale.", "item."].iter().any(|start| key.starts_with(start));
    source.path.ends_with(paths::INSTRUMENTS) && matches!(&text.kind, Kind::Words(key) if official(key))
}

fn is_in_a_language(source: &Source) -> bool {
    bare(&source.path).contains('/')
}

/// The texts of a file with what the clinic's own lays over it; `None` for a file whose texts are read with those of
/// the other of the two, or never shown.
fn laid(folder: &Folder, source: &Source, raw: &str, guide: &Guide) -> Option<Vec<Text>> {
    let mut texts = texts::of_file(&source.path, raw, guide);
    let other = folder
        .sources
        .iter()
        .find(|other| other.path != source.path && bare(&other.path) == bare(&source.path))
        .map(|other| (other, other.text(&mut Vec::new())))
        .filter(|(_, raw)| !raw.is_empty());
    let Some((other, raw)) = other else { return Some(texts) };
    let (own, page) = (source.path.starts_with(CLINIC), source.path.ends_with(".md"));
    // A page stands in for the guide's.
    if own != page {
        return None;
    }
    if !page {
        let over = texts::of_file(&other.path, &raw, guide);
        texts.retain(|text| over.iter().all(|over| over.is_blank() || over.kind != text.kind));
        texts.extend(over);
    }
    Some(texts)
}

/// A warning about a text.
fn warning(text: &Text, what: String, remedy: &str) -> Problem {
    problem_at(Severity::Warning, &text.file, Place::line(text.line), what, remedy)
}

fn check_sentences(text: &Text, problems: &mut Vec<Problem>) {
    if text.said.contains('!') {
        problems.push(warning(
            text,
            format!("There is an exclamation mark in {}.", quoted(&text.said)),
            "End the sentence with a full stop: a calm voice is easier to trust.",
        ));
    }
    for sentence in sentences(&text.said) {
        let number = words(sentence).len();
        if number > MOST_WORDS {
            problems.push(warning(
                text,
                format!("This sentence has {number} words: {}.", quoted(sentence)),
                &format!("Split it: {MOST_WORDS} words at most, one idea each."),
            ));
        }
    }
}

/// Whether the clinic is that of the shipped settings: its name or its phone number is still there.
pub fn is_example(clinic: &Clinic) -> bool {
    let said = [("clinic.name", &clinic.name), ("clinic.phone", &clinic.phone)];
    said.iter().any(|(key, said)| EXAMPLE.contains(&(key, said.as_str())))
}

fn check_example(text: &Text, problems: &mut Vec<Problem>) {
    if let Kind::Words(key) = &text.kind
        && EXAMPLE.iter().any(|(name, example)| name == key && text.said.trim() == *example)
    {
        problems.push(warning(
            text,
            format!(
                "`{}` is still that of the example clinic, {}.",
                key.replace("clinic.", ""),
                quoted(&text.said)
            ),
            "Write your own clinic's between the quotes.",
        ));
    }
}
