//! Claims without a source: a paragraph or list of a page with a number in it, and no comment that names a source.

use crate::cli::lint::texts::{quoted, split_page};
use crate::engine::guide::reader::Place;
use crate::engine::guide::{Guide, problem_at};
use crate::engine::problem::{Problem, Severity};

/// Numbers that are called, not claimed.
const HELP_LINES: [&str; 3] = ["988", "911", "112"];

/// A run of lines between blank lines.
struct Chunk<'t> {
    line: usize,
    text: String,
    first: &'t str,
}

/// Adds a warning for each claim without a source.
pub fn check(path: &str, raw: &str, guide: &Guide, problems: &mut Vec<Problem>) {
    let (_, body, lines_before) = split_page(raw);
    let chunks = chunks(body);
    for (place, chunk) in chunks.iter().enumerate() {
        let (said, comments) = apart(&chunk.text);
        if said.trim_start().starts_with('#') || !has_number(&said) {
            continue;
        }
        let next = chunks.get(place + 1).map(|next| apart(&next.text));
        let behind = next.filter(|(said, _)| said.trim().is_empty()).map(|(_, comments)| comments);
        let named = comments + &behind.unwrap_or_default();
        let mut codes = named.split(|letter: char| !(letter.is_alphanumeric() || "-_".contains(letter)));
        if !codes.any(|code| guide.citations.contains_key(code)) {
            problems.push(problem_at(
                Severity::Warning,
                path,
                Place::line(lines_before + chunk.line),
                format!("This has a number in it and names no source: {}.", quoted(chunk.first)),
                "Write a comment behind it with a code of sources.toml, such as `<!-- MUR13 -->`, or take the number out.",
            ));
        }
    }
}

/// The parts of a page; a list with blank lines in it is one part.
fn chunks(body: &str) -> Vec<Chunk<'_>> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut blank = true;
    for (place, line) in body.lines().enumerate() {
        // A comment may have blank lines in it, and so may a drawing's block.
        let commented = chunks.last().is_some_and(|chunk| is_open(&chunk.text) || is_drawn(&chunk.text));
        if line.trim().is_empty() && !commented {
            blank = true;
            continue;
        }
        let goes_on = is_item(line) || line.starts_with("  ");
        match chunks.last_mut() {
            Some(chunk) if !blank || commented || (goes_on && is_item(chunk.first)) => {
                chunk.text.push('\n');
                chunk.text.push_str(line);
            }
            _ => chunks.push(Chunk { line: place + 1, text: line.to_owned(), first: line }),
        }
        blank = false;
    }
    chunks
}

/// Whether a comment begins and does not end.
fn is_open(text: &str) -> bool {
    text.rsplit_once("<!--").is_some_and(|(_, comment)| !comment.contains("-->"))
}

/// Whether a drawing's block begins and does not end.
fn is_drawn(text: &str) -> bool {
    text.starts_with("```") && text.lines().filter(|line| line.starts_with("```")).count() < 2
}

/// The mark of an item of a list is taken off a line; none if it is no item.
fn item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = if rest.len() < line.len() {
        rest.strip_prefix(['.', ')'])?
    } else {
        line.strip_prefix(['-', '*', '+'])?
    };
    rest.strip_prefix(' ')
}

fn is_item(line: &str) -> bool {
    item(line).is_some()
}

/// What is said, and what its comments say.
fn apart(text: &str) -> (String, String) {
    let (mut said, mut comments) = (String::new(), String::new());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((comment, behind)) = after.split_once("-->") else { break };
        said.push_str(before);
        comments.push_str(comment);
        comments.push(' ');
        rest = behind;
    }
    said.push_str(rest);
    (said, comments)
}

/// Whether a number is claimed. Those of the settings have their sources there.
fn has_number(said: &str) -> bool {
    said.lines().any(|line| {
        let line = item(line).unwrap_or(line);
        let line = without(&without(line, "](", ")"), "{", "}");
        line.split(|letter: char| !letter.is_alphanumeric())
            .any(|word| word.contains(|letter: char| letter.is_ascii_digit()) && !HELP_LINES.contains(&word))
    })
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, behind)) = after.split_once(close) else { break };
        kept.push_str(before);
        rest = behind;
    }
    kept + rest
}
