//! An education page: front matter in TOML between two lines of `+++`, then Markdown.

use crate::engine::guide::markdown::{self, Block};
use crate::engine::guide::reader;
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
            reader::read(path, &front, problems, |table| {
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
                1,
                "This page has no front matter, so it has no title, sources or review date.".to_owned(),
                "Begin the file with a line +++, the keys that docs/content-format.md names, and a second line +++.",
            ));
            Page::default()
        }
    };
    let filler = Filler::new(guide, lang);
    page.title = filler.fill(&page.title, path, 1, problems);
    page.summary = filler.fill(&page.summary, path, 1, problems);
    if page.title.is_empty() {
        page.title = id.replace(['-', '_'], " ");
    }
    let line_of = |offset: usize| {
        body_line
            + body.as_bytes().get(..offset).unwrap_or_default().iter().filter(|byte| **byte == b'\n').count()
    };
    let mut refused = Vec::new();
    let found = std::cell::RefCell::new(Vec::new());
    page.blocks = markdown::parse(
        body,
        &|words, offset| filler.fill(words, path, line_of(offset), &mut found.borrow_mut()),
        &mut |address, offset| refused.push((address.to_owned(), line_of(offset))),
    );
    problems.extend(found.into_inner());
    for (address, line) in refused {
        problems.push(problem_at(
            Severity::Error,
            path,
            line,
            format!("The link to `{address}` is not allowed, so its words are shown without it."),
            "Link to https:, mailto:, tel: or sms:, to another page as `name.md`, or to `#help`.",
        ));
    }
    page
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
