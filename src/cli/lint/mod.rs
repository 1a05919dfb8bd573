//! Lints of words: promises that nobody can keep, hard sentences, claims without a source, an example clinic left in.
//!
//! All of them are warnings: they go by words, and a person has to judge. They are only in the command line, so
//! that no patient's phone has to fetch them.

mod claims;
mod promises;
pub mod readability;
mod sentence;
mod texts;

use crate::cli::folder::Folder;
use crate::cli::lint::readability::Readability;
use crate::cli::lint::sentence::{sentences, words};
use crate::cli::lint::texts::{Kind, Text, quoted};
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::Place;
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

/// Everything that the words of a folder should be mended for, and how hard its pages are to read.
pub fn lint(folder: &Folder, guide: &Guide) -> (Vec<Problem>, Vec<Readability>) {
    let mut problems = Vec::new();
    let mut readings = Vec::new();
    for source in &folder.sources {
        // A file that cannot be read was reported by the engine.
        let raw = source.text(&mut Vec::new());
        let Some(texts) = laid(folder, source, &raw, guide) else { continue };
        for text in &texts {
            check_links(text, &mut problems);
            if is_in_a_language(source) {
                promises::check(text, &mut problems);
                check_sentences(text, &mut problems);
            } else if bare(&source.path) == paths::SETTINGS {
                check_example(text, &mut problems);
            }
        }
        if source.path.ends_with(".md") {
            claims::check(&source.path, &raw, guide, &mut problems);
        }
        readings.extend(readability::of_file(&source.path, &texts, guide, &mut problems));
    }
    readings.sort_by(|one, other| one.file.cmp(&other.file));
    (problems, readings)
}

/// The path of a file inside its folder, the guide's or the clinic's own.
fn bare(path: &str) -> &str {
    path.strip_prefix(CLINIC).unwrap_or(path)
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

fn check_links(text: &Text, problems: &mut Vec<Problem>) {
    for address in text.links.iter().filter(|address| address.starts_with("http://")) {
        problems.push(warning(
            text,
            format!("The link to `{address}` is not encrypted."),
            "Write it with https:// in front, and try it.",
        ));
    }
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
