//! `reading_grade` in the front matter of a page: held against what is measured, and written.

use toml::de::DeTable;

use crate::cli::lint::readability::Readability;
use crate::cli::lint::texts::split_page;
use crate::engine::guide::problem_at;
use crate::engine::guide::reader::{Lines, Place};
use crate::engine::problem::{Problem, Severity};

/// The key in the front matter.
const KEY: &str = "reading_grade";

/// Adds a warning for a page that does not say how hard it is to read, or says it wrong.
pub fn check(reading: &Readability, raw: &str, problems: &mut Vec<Problem>) {
    let right = reading.figures.of_page();
    let mut warn = |line: usize, what: String, remedy: String| {
        problems.push(problem_at(Severity::Warning, &reading.file, Place::line(line), what, &remedy));
    };
    let name = reading.figures.name();
    let write = format!("Write `{KEY} = {right}`; `anteroom check --write-grades` does it for all pages.");
    match said(raw) {
        None => warn(1, format!("The page does not say how hard it is to read: {right} ({name})."), write),
        Some((said, line)) if (said - right).abs() > reading.figures.leeway() + 1e-9 => {
            warn(line, format!("`{KEY}` says {said}, and the page reads at {right} ({name})."), write);
        }
        Some(_) => {}
    }
}

/// What the front matter says, and on which line.
fn said(raw: &str) -> Option<(f64, usize)> {
    let (front, _, _) = split_page(raw);
    let table = DeTable::parse(front).ok()?;
    let value = table.get_ref().get(KEY)?;
    let text = front.get(value.span())?;
    Some((text.trim().parse().ok()?, Lines::of(front).line(value.span().start)))
}

/// The page with the right figure in its front matter; none if it says it already, or has no front matter.
pub fn written(reading: &Readability, raw: &str) -> Option<String> {
    let right = reading.figures.of_page();
    let (front, body, _) = split_page(raw);
    if front.is_empty() || said(raw).is_some_and(|(said, _)| said == right) {
        return None;
    }
    let start = raw.find("+++")?;
    let line = format!("{KEY} = {right}");
    let is_ours = |text: &str| text.split('=').next().is_some_and(|key| key.trim() == KEY);
    let line_break = if front.contains("\r\n") { "\r\n" } else { "\n" };
    let mut new = String::with_capacity(front.len() + line.len());
    let mut found = false;
    for old in front.split_inclusive('\n') {
        if is_ours(old) && !found {
            found = true;
            new.push_str(&line);
            new.push_str(line_break);
        } else {
            new.push_str(old);
        }
    }
    if !found {
        new.push_str(&line);
        new.push_str(line_break);
    }
    Some(format!("{}+++{new}+++{body}", raw.get(..start).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::lint::readability::Figures;

    fn reading(figure: f64) -> Readability {
        let figures = Figures::English { flesch_kincaid: figure, smog: 0.0, smog_topic: 0.0 };
        Readability { file: "en/pages/a.md".to_owned(), figures }
    }

    #[test]
    fn the_figure_is_written_in_its_place_or_at_the_end() {
        let table = [
            ("+++\na = 1\n+++\nbody", Some("+++\na = 1\nreading_grade = 4.2\n+++\nbody")),
            ("+++\nreading_grade = 9\na = 1\n+++\n", Some("+++\nreading_grade = 4.2\na = 1\n+++\n")),
            ("+++\r\na = 1\r\n+++\r\nbody", Some("+++\r\na = 1\r\nreading_grade = 4.2\r\n+++\r\nbody")),
            ("+++\nreading_grade = 4.2\n+++\n", None),
            ("no front matter", None),
        ];
        for (raw, expected) in table {
            assert_eq!(written(&reading(4.2), raw).as_deref(), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_figure_that_is_near_enough_is_let_be() {
        let said = |grade: &str| {
            let mut problems = Vec::new();
            check(&reading(4.2), &format!("+++\na = 1\n{grade}\n+++\n"), &mut problems);
            problems.into_iter().map(|problem| (problem.line, problem.what)).collect::<Vec<_>>()
        };
        assert_eq!(said("reading_grade = 4.5"), []);
        assert_eq!(said("reading_grade = 4"), []);
        assert_eq!(
            said("reading_grade = 4.6"),
            [(3, "`reading_grade` says 4.6, and the page reads at 4.2 (Flesch-Kincaid).".to_owned())]
        );
        assert_eq!(said("")[0].0, 1);
    }
}
