//! An education page: front matter in TOML between two lines of `+++`, then Markdown.

use std::cell::RefCell;

use crate::engine::guide::blocks::{self, Fence};
use crate::engine::guide::markdown::{self, Block};
use crate::engine::guide::reader::{self, MOST_PROBLEMS, Place, Text};
use crate::engine::guide::words::Filler;
use crate::engine::guide::{Guide, Review, problem_at};
use crate::engine::ids::{Lang, SourceCode};
use crate::engine::problem::{Problem, Severity};

/// A page in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its main message, one sentence.
    pub summary: String,
    /// The sources of what it says.
    pub sources: Vec<SourceCode>,
    /// Who reviewed it, and when.
    pub review: Review,
    /// What the one who reviewed it is; may be empty.
    pub reviewer_role: String,
    /// How strong the proof is for what it says; may be empty.
    pub evidence_level: String,
    /// Who paid for it; may be empty.
    pub funding_note: String,
    /// The grade of school that it reads at, as its author measured it.
    pub reading_grade: Option<f64>,
    /// Its body.
    pub blocks: Vec<Block>,
}

/// Reads a page. A page whose front matter is missing or broken keeps its body, with its id for a title.
pub(super) fn read(path: &str, text: &str, guide: &Guide, lang: &Lang, problems: &mut Vec<Problem>) -> Page {
    let id = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".md");
    let (front, body, body_line) = split(text);
    let mut page = match front {
        Some(front) => {
            // One line is put in front so that lines are counted as in the file.
            let front = format!("\n{front}");
            reader::read(path, Text { base: &front, clinic: "" }, problems, |table| {
                let text = |key| table.text(key).unwrap_or_default().trim().to_owned();
                let page = Page {
                    title: table.needed_text("title").unwrap_or_default(),
                    summary: table.needed_text("summary").unwrap_or_default(),
                    sources: table
                        .texts("sources")
                        .iter()
                        .map(|(code, _)| SourceCode::from(code.as_str()))
                        .collect(),
                    review: Review {
                        reviewed_on: table.date("reviewed_on"),
                        review_due: table.date("review_due"),
                        reviewer: table.text("reviewer").unwrap_or_default(),
                    },
                    reviewer_role: text("reviewer_role"),
                    evidence_level: text("evidence_level"),
                    funding_note: text("funding_note"),
                    reading_grade: read_grade(table),
                    blocks: Vec::new(),
                };
                let said = table.needed_text("lang");
                if said.as_deref().is_some_and(|said| said != lang.as_str()) {
                    table.error_at(
                        "lang",
                        format!("This page says it is in another language than its folder, `{lang}`."),
                        "Move the file to its language's folder, or correct `lang`.",
                    );
                }
                page
            })
        }
        None => {
            problems.push(problem_at(
                Severity::Error,
                path,
                Place::line(1),
                "This page has no front matter, so it has no title, sources or review date.".to_owned(),
                "Begin the file with a line +++, the keys that docs/content-format.html names, and a second line +++.",
            ));
            Page::default()
        }
    };
    let filler = Filler::new(guide, lang);
    page.title = filler.fill(&page.title, path, Place::line(1), problems);
    page.summary = filler.fill(&page.summary, path, Place::line(1), problems);
    if page.title.is_empty() {
        page.title = id.replace(['-', '_'], " ");
    }
    let unfilled = RefCell::new(Vec::new());
    let mut faults = Vec::new();
    let mut in_blocks = Vec::new();
    page.blocks = markdown::parse_with(
        body,
        &|words, line| {
            filler.fill(words, path, Place::line(body_line + line - 1), &mut unfilled.borrow_mut())
        },
        &mut |fault, line| {
            if faults.len() < MOST_PROBLEMS {
                faults.push(fault.problem(path, body_line + line - 1));
            }
        },
        &mut |name, body, line| {
            let fence = Fence { path, name, body, line: body_line + line - 1 };
            blocks::read(fence, guide, &filler, &mut in_blocks)
        },
    );
    in_blocks.truncate(MOST_PROBLEMS);
    problems.append(&mut unfilled.into_inner());
    problems.append(&mut faults);
    problems.append(&mut in_blocks);
    page
}

/// What a page can say of itself: a grade of school, which very short sentences bring below 0, or a score up to 100 and
/// a little more, where the language has one.
const GRADES: std::ops::RangeInclusive<f64> = -20.0..=220.0;

fn read_grade(table: &reader::Table) -> Option<f64> {
    let grade = table.number("reading_grade")?;
    let sound = GRADES.contains(&grade);
    if !sound {
        table.error_at(
            "reading_grade",
            "`reading_grade` must be what `anteroom check` measures.".to_owned(),
            "Run `anteroom check --write-grades`, or take the line out.",
        );
    }
    Some(grade).filter(|_| sound)
}

/// The front matter, the body, and the line that the body begins on.
fn split(text: &str) -> (Option<&str>, &str, usize) {
    let mut offset = 0;
    let mut start = None;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let fence = line.trim_end() == "+++";
        match start {
            None if fence => start = Some(offset + line.len()),
            None if line.trim().is_empty() => {}
            None => return (None, text, 1),
            Some(start) if fence => {
                return (
                    text.get(start..offset),
                    text.get(offset + line.len()..).unwrap_or_default(),
                    index + 2,
                );
            }
            Some(_) => {}
        }
        offset += line.len();
    }
    (None, text, 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_split_from_the_body() {
        let table = [
            ("+++\na = 1\n+++\nbody", (Some("a = 1\n"), "body", 4)),
            ("+++\r\na = 1\r\n+++\r\nbody", (Some("a = 1\r\n"), "body", 4)),
            ("\n+++\n+++\n", (Some(""), "", 4)),
            ("no front\n+++\n", (None, "no front\n+++\n", 1)),
            ("+++\nnever closed", (None, "+++\nnever closed", 1)),
            ("", (None, "", 1)),
        ];
        for (text, expected) in table {
            assert_eq!(split(text), expected, "{text:?}");
        }
    }
}
