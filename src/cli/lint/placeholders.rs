//! Gaps that somebody meant to fill before patients see them.

use crate::cli::lint::texts::{Text, quoted};
use crate::cli::lint::warning;
use crate::engine::problem::Problem;

/// Notes to oneself, as whole words in capitals.
const NOTES: [&str; 7] = ["TODO", "FIXME", "TBD", "TBC", "XXX", "XXXX", "PENDIENTE"];

/// Filler text, in small letters.
const FILLER: [&str; 6] = [
    "lorem ipsum",
    "dolor sit amet",
    "your clinic here",
    "insert text",
    "su clínica aquí",
    "texto de ejemplo",
];

/// Adds a warning for each gap in a text.
pub fn check(text: &Text, problems: &mut Vec<Problem>) {
    if let Some(gap) = gap(&text.said) {
        problems.push(warning(
            text,
            format!("\"{gap}\" is still to be filled in: {}.", quoted(&text.said)),
            "Write what patients should read in its place, or take it out.",
        ));
    }
}

/// The first gap in a text.
fn gap(said: &str) -> Option<String> {
    let mut words = said.split(|letter: char| !letter.is_alphanumeric());
    if let Some(note) = words.find(|word| NOTES.contains(word)) {
        return Some(note.to_owned());
    }
    let lower = said.to_lowercase();
    if let Some(filler) = FILLER.iter().find(|filler| lower.contains(**filler)) {
        return Some((*filler).to_owned());
    }
    bracketed(said)
}

/// Words between brackets, such as `[clinic name]` or `<phone>`. Marks of Markdown are gone from a text by now.
fn bracketed(said: &str) -> Option<String> {
    for (open, close) in [('[', ']'), ('<', '>')] {
        for (start, _) in said.match_indices(open) {
            let inner = said.get(start + open.len_utf8()..)?.split(close).next().unwrap_or_default();
            let closed = inner.trim() == inner
                && said.get(start + open.len_utf8() + inner.len()..)?.starts_with(close);
            let words = inner.chars().all(|letter| letter.is_alphanumeric() || " '’_-".contains(letter));
            let tick = inner.trim().is_empty() || inner.trim().eq_ignore_ascii_case("x");
            if closed && words && !tick && inner.chars().any(char::is_alphabetic) {
                return Some(format!("{open}{inner}{close}"));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_is_known_from_a_sentence() {
        for (said, found) in [
            ("Call [clinic name] today.", "[clinic name]"),
            ("Call <phone>.", "<phone>"),
            ("TODO: say how long.", "TODO"),
            ("It costs XXX dollars.", "XXX"),
            ("Lorem ipsum dolor.", "lorem ipsum"),
            ("Llame a [nombre de la clínica].", "[nombre de la clínica]"),
        ] {
            assert_eq!(gap(said).as_deref(), Some(found), "{said}");
        }
        for said in
            ["[ ] Book a ride.", "[x] Done.", "Less than 5 < 6 and 7 > 6.", "It is [1].", "Todo va bien."]
        {
            assert_eq!(gap(said), None, "{said}");
        }
    }
}
