//! An education page: front matter in TOML between two lines of `+++`, then Markdown.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::engine::guide::markdown::{self, Block, Fault};
use crate::engine::guide::reader::{self, Lines, MOST_PROBLEMS, Place, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::words::Filler;
use crate::engine::guide::{Guide, Review, problem_at};
use crate::engine::ids::{Lang, PageId, SourceCode};
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
                    blocks: Vec::new(),
                };
                // For whoever looks after the page: the command line holds it against what it measures.
                table.number("reading_grade");
                let said = table.needed_text("lang");
                if said.as_deref().is_some_and(|said| said != lang.as_str()) {
                    table.error_at(
                        "lang",
                        format!("This page says it is in another language than its folder, `{lang}`."),
                        "Move the file to its language's folder, or correct `lang`.",
                    );
                }
                for note in ["reviewer_role", "evidence_level", "funding_note"] {
                    table.text(note);
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
                "Begin the file with a line +++, the keys that docs/content-format.md names, and a second line +++.",
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
    page.blocks = markdown::parse(
        body,
        &|words, line| {
            filler.fill(words, path, Place::line(body_line + line - 1), &mut unfilled.borrow_mut())
        },
        &mut |fault, line| {
            if faults.len() < MOST_PROBLEMS {
                faults.push(fault_problem(path, body_line + line - 1, &fault));
            }
        },
    );
    problems.append(&mut unfilled.into_inner());
    problems.append(&mut faults);
    report_dead_links(&page, path, text, guide, problems);
    page
}

fn fault_problem(path: &str, line: usize, fault: &Fault) -> Problem {
    let (what, remedy) = match fault {
        Fault::Link(address) => (
            format!("The link to `{address}` is not allowed, so its words are shown without it."),
            "Link to https:, mailto:, tel: or sms:, to another page as `name.md`, or to `#help`.",
        ),
        Fault::OpenComment => (
            "The comment that begins with `<!--` is never closed, so patients see it.".to_owned(),
            "Put `-->` behind it.",
        ),
    };
    problem_at(Severity::Error, path, Place::line(line), what, remedy)
}

/// Says which links lead to pages that the guide does not list.
fn report_dead_links(page: &Page, path: &str, text: &str, guide: &Guide, problems: &mut Vec<Problem>) {
    let listed = &guide.settings.pages;
    // Without a list the settings are not there or are broken, which was said already.
    if listed.is_empty() {
        return;
    }
    let dead: BTreeSet<_> =
        markdown::page_links(&page.blocks).into_iter().filter(|id| !listed.contains(id)).collect();
    let lines = Lines::of(text);
    for id in dead.into_iter().take(MOST_PROBLEMS) {
        problems.push(problem_at(
            Severity::Error,
            path,
            Place::line(lines.line(text.find(&format!("({id}.md")).unwrap_or(0))),
            format!("The link to `{id}.md` leads to a page that settings.toml does not list."),
            &did_you_mean(
                id.as_str(),
                listed.iter().map(PageId::as_str),
                "Add the page to `pages`, or take the link out.",
            ),
        ));
    }
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
