//! Turns Markdown into typed blocks that a component draws.
//!
//! The text is a clinic's, fetched at run time, and untrusted: raw HTML becomes text, comments are dropped, and a
//! link goes to the web, a phone, a mail address, a page of the guide or the crisis panel, or it is plain text.

use crate::engine::map::Set;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::engine::guide::blocks::{self, Compare, Figure, Icons, Timeline};
use crate::engine::guide::pictures::Picture;
use crate::engine::guide::problem_at;
use crate::engine::guide::reader::{Lines, Place};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::slug::slug;
use crate::engine::ids::{PageId, TermId, is_id};
use crate::engine::problem::{Problem, Severity};

mod builder;
#[cfg(test)]
mod tests;
mod walk;

use builder::Builder;
pub use walk::{headings, links, plain, texts};

/// A block of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading, level 2 or 3: the page's title is level 1. Its slug, by which links find it, is its page's only
    /// one of that name.
    Heading(u8, Vec<Inline>, String),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list without numbers.
    Bullets(Vec<Vec<Block>>),
    /// A numbered list.
    Steps(Vec<Vec<Block>>),
    /// Things to tick off.
    Checklist(Vec<Vec<Block>>),
    /// A call-out.
    Quote(Vec<Block>),
    /// A table: its head, and its rows.
    Table(Vec<Vec<Inline>>, Vec<Vec<Vec<Inline>>>),
    /// A line between two parts.
    Rule,
    /// "54 of 100" as pictures.
    Icons(Icons),
    /// The parts of a visit in order.
    Timeline(Timeline),
    /// Several options side by side.
    Compare(Compare),
    /// Every term of the glossary.
    Glossary,
    /// One of our own drawings.
    Figure(Figure),
    /// A picture whose parts are numbered and explained.
    Picture(Picture),
}

/// A run of text within a block.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Strong text.
    Strong(Vec<Inline>),
    /// Emphasised text.
    Emphasis(Vec<Inline>),
    /// A link.
    Link(LinkTarget, Vec<Inline>),
    /// A line break.
    Break,
}

/// Where a link may lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A page of the guide.
    Page(PageId),
    /// A heading, by its slug, of a page of the guide; none is the page that the link stands in.
    Heading(Option<PageId>, String),
    /// The meaning of a term of the glossary.
    Term(TermId),
    /// The crisis panel.
    Help,
    /// An address of the web, a phone number, a mail address or a text message.
    Address(String),
}

/// Something in a page that is not shown as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A link to an address that is not allowed; its words are shown without it.
    Link(String),
    /// A comment that is never closed; it is shown, since otherwise the rest of the page would be part of it.
    OpenComment,
    /// A fenced block of a kind that is not known; it is shown as text.
    Block(String),
}

impl Fault {
    /// The fault as a sentence with a remedy.
    pub(super) fn problem(&self, path: &str, line: usize) -> Problem {
        let (what, remedy) = match self {
            Self::Link(address) => (
                format!("The link to `{address}` is not allowed, so its words are shown without it."),
                "Link to https:, mailto:, tel: or sms:, to another page as `name.md`, to a heading as `#its-words`, to a \
                 term as `term:name`, or to `#help`."
                    .to_owned(),
            ),
            Self::OpenComment => (
                "The comment that begins with `<!--` is never closed, so patients see it.".to_owned(),
                "Put `-->` behind it.".to_owned(),
            ),
            Self::Block(name) => (
                format!("There is no block `{name}`, so patients see this as text."),
                did_you_mean(
                    name,
                    blocks::NAMES,
                    "The blocks are icons, timeline, compare, glossary, figure and picture. Take the word out if text is meant.",
                ),
            ),
        };
        problem_at(Severity::Error, path, Place::line(line), what, &remedy)
    }
}

/// What makes a drawn block of a fenced one: its name, its body, and the line of its opening fence.
pub type DrawBlock<'d> = dyn FnMut(&str, &str, usize) -> Option<Block> + 'd;

/// Parses the body of a page. `fill` replaces placeholders in text and link addresses; `report` hears of every
/// fault. Both are told the line, counted from 1. Drawn blocks are left out.
pub fn parse(
    text: &str,
    fill: &dyn Fn(&str, usize) -> String,
    report: &mut dyn FnMut(Fault, usize),
) -> Vec<Block> {
    parse_with(text, fill, report, &mut |_, _, _| None)
}

/// The first paragraph of a text: its words with links and emphasis.
pub fn inlines(text: &str, report: &mut dyn FnMut(Fault)) -> Vec<Inline> {
    let blocks = parse(text, &|words, _| words.to_owned(), &mut |fault, _| report(fault));
    blocks
        .into_iter()
        .find_map(|block| match block {
            Block::Paragraph(inlines) => Some(inlines),
            _ => None,
        })
        .unwrap_or_else(
            || if text.trim().is_empty() { Vec::new() } else { vec![Inline::Text(text.to_owned())] },
        )
}

/// Parses the body of a page as [`parse`] does, and its drawn blocks by `draw`.
pub fn parse_with(
    text: &str,
    fill: &dyn Fn(&str, usize) -> String,
    report: &mut dyn FnMut(Fault, usize),
    draw: &mut DrawBlock,
) -> Vec<Block> {
    let (text, open_comment) = without_comments(text);
    let lines = Lines::of(&text);
    if let Some(offset) = open_comment {
        report(Fault::OpenComment, lines.line(offset));
    }
    let mut builder = Builder {
        stack: Vec::new(),
        done: Vec::new(),
        loose: Vec::new(),
        flattened: 0,
        slugs: Set::from(["help".to_owned()]),
        heading: String::new(),
    };
    // The name, the body and the line of the drawn block that is open.
    let mut fence: Option<(String, String, usize)> = None;
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    for (event, range) in Parser::new_ext(&text, options).into_offset_iter() {
        let line = lines.line(range.start);
        match (&mut fence, &event) {
            (Some((_, body, _)), Event::Text(words)) => {
                body.push_str(words);
                continue;
            }
            (Some(_), Event::End(TagEnd::CodeBlock)) => {
                if let Some((name, body, line)) = fence.take()
                    && let Some(block) = draw(&name, &body, line)
                {
                    builder.block(block);
                }
                continue;
            }
            (_, Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))) => {
                let name = info.split_whitespace().next().unwrap_or_default();
                if blocks::NAMES.contains(&name) {
                    fence = Some((name.to_owned(), String::new(), line));
                    continue;
                }
                if !name.is_empty() {
                    report(Fault::Block(name.to_owned()), line);
                }
            }
            _ => {}
        }
        match event {
            Event::Start(tag) => {
                if matches!(tag, Tag::Heading { .. }) {
                    builder.heading.clear();
                }
                builder.start(tag.into_static(), line, fill, report);
            }
            Event::End(tag) => builder.end(tag),
            Event::Text(words) | Event::Code(words) => {
                builder.heading.push_str(&words);
                builder.text(fill(&words, line));
            }
            Event::Html(html) | Event::InlineHtml(html) => builder.text(html.into_string()),
            Event::SoftBreak => builder.text(" ".to_owned()),
            Event::HardBreak => builder.inline(Inline::Break),
            Event::Rule => builder.block(Block::Rule),
            Event::InlineMath(words) | Event::DisplayMath(words) => builder.text(words.into_string()),
            Event::TaskListMarker(_) => builder.tick(),
            Event::FootnoteReference(_) => {}
        }
    }
    builder.finish()
}

/// The text without its comments, with as many lines as before, and where a comment begins that is never closed.
///
/// Not left to the parser: it gives the lines of a comment one by one, takes what follows a comment on its line
/// for a part of it, and takes the whole rest of a page for a comment that was left open.
fn without_comments(text: &str) -> (String, Option<usize>) {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        kept.push_str(before);
        // `<!-->` is a whole comment too.
        let end = if after.starts_with('>') || after.starts_with("->") {
            after.find('>').map(|end| end + 1)
        } else {
            after.find("-->").map(|end| end + 3)
        };
        let Some(end) = end else {
            let offset = kept.len();
            kept.push_str("\\<!--");
            kept.push_str(after);
            return (kept, Some(offset));
        };
        let (comment, behind) = after.split_at_checked(end).unwrap_or((after, ""));
        kept.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = behind;
    }
    kept.push_str(rest);
    (kept, None)
}

/// Where an address leads, if it is one that is allowed.
pub fn link_target(address: &str) -> Option<LinkTarget> {
    let address = address.trim();
    if address == "#help" {
        return Some(LinkTarget::Help);
    }
    if let Some(term) = address.strip_prefix("term:") {
        return is_id(term).then(|| LinkTarget::Term(TermId::from(term)));
    }
    let (page, heading) = address.split_once('#').map_or((address, None), |(page, name)| (page, Some(name)));
    let id = page.strip_suffix(".md").filter(|page| is_id(page)).map(PageId::from);
    match heading {
        Some(name) if id.is_some() || page.is_empty() => {
            // A slug is its own slug; everything else could be no heading's.
            return (!name.is_empty() && slug(name) == name)
                .then(|| LinkTarget::Heading(id, name.to_owned()));
        }
        Some(_) => {}
        None => {
            if let Some(id) = id {
                return Some(LinkTarget::Page(id));
            }
        }
    }
    let lower = address.to_ascii_lowercase();
    let allowed =
        ["https://", "http://", "mailto:", "tel:", "sms:"].iter().any(|start| lower.starts_with(start));
    // A browser drops control characters from an address, so one with any is not what it seems.
    (allowed && !address.chars().any(char::is_control)).then(|| LinkTarget::Address(address.to_owned()))
}
