//! Turns Markdown into typed blocks that a component draws.
//!
//! The text is a clinic's, fetched at run time, and untrusted: raw HTML becomes text, comments are dropped, and a
//! link goes to the web, a phone, a mail address, a page of the guide or the crisis panel, or it is plain text.

use std::collections::BTreeSet;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::engine::guide::blocks::{self, Compare, Figure, Icons, Timeline};
use crate::engine::guide::pictures::Picture;
use crate::engine::guide::problem_at;
use crate::engine::guide::reader::{Lines, Place};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::slug::{slug, unique};
use crate::engine::ids::{PageId, TermId, is_id};
use crate::engine::problem::{Problem, Severity};

/// How deep lists and quotes may be nested; what is deeper is kept, flattened.
const MOST_DEPTH: usize = 12;

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

/// What stands open while the events go by.
enum Open {
    Block(Tag<'static>, Vec<Block>, Vec<Inline>),
    Inline(Tag<'static>, Vec<Inline>),
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
        slugs: BTreeSet::from(["help".to_owned()]),
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

struct Builder {
    stack: Vec<Open>,
    done: Vec<Block>,
    /// Text that stands outside of any block, such as raw HTML.
    loose: Vec<Inline>,
    /// Containers that were too deep and are not on the stack.
    flattened: usize,
    /// The names of the headings so far, and those that mean something else.
    slugs: BTreeSet<String>,
    /// The words of the heading that is open, as the page has them.
    heading: String,
}

impl Builder {
    fn start(
        &mut self,
        tag: Tag<'static>,
        line: usize,
        fill: &dyn Fn(&str, usize) -> String,
        report: &mut dyn FnMut(Fault, usize),
    ) {
        let inline = matches!(
            tag,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. }
        );
        if self.stack.len() >= MOST_DEPTH * 2 {
            self.flattened += 1;
            if !inline {
                self.text(" ".to_owned());
            }
            return;
        }
        if inline {
            let tag = match tag {
                Tag::Link { link_type, dest_url, title, id } => {
                    let dest_url = fill(&dest_url, line);
                    if link_target(&dest_url).is_none() {
                        report(Fault::Link(dest_url.clone()), line);
                    }
                    Tag::Link { link_type, dest_url: dest_url.into(), title, id }
                }
                other => other,
            };
            self.stack.push(Open::Inline(tag, Vec::new()));
        } else {
            self.close_loose();
            self.stack.push(Open::Block(tag, Vec::new(), Vec::new()));
        }
    }

    fn end(&mut self, _tag: TagEnd) {
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        match self.stack.pop() {
            Some(Open::Inline(tag, inlines)) => match tag {
                Tag::Emphasis => self.inline(Inline::Emphasis(inlines)),
                Tag::Strong => self.inline(Inline::Strong(inlines)),
                Tag::Link { dest_url, .. } => match link_target(&dest_url) {
                    Some(target) => self.inline(Inline::Link(target, inlines)),
                    None => inlines.into_iter().for_each(|inline| self.inline(inline)),
                },
                // A picture would be a request to somewhere: its description stands in for it.
                _ => inlines.into_iter().for_each(|inline| self.inline(inline)),
            },
            Some(Open::Block(tag, blocks, inlines)) => self.close(tag, blocks, inlines),
            None => {}
        }
    }

    fn close(&mut self, tag: Tag<'static>, mut blocks: Vec<Block>, inlines: Vec<Inline>) {
        match tag {
            Tag::Heading { level, .. } => {
                let level = if level <= HeadingLevel::H2 { 2 } else { 3 };
                let mut inlines = inlines;
                let slug = own_slug(&mut inlines).unwrap_or_else(|| slug(&without_keys(&self.heading)));
                let slug = unique(slug, &mut self.slugs);
                self.block(Block::Heading(level, inlines, slug));
            }
            Tag::List(first) => {
                flush(&mut blocks, inlines);
                let to_tick = blocks.iter().any(|block| matches!(block, Block::Checklist(_)));
                let items = blocks
                    .into_iter()
                    .map(|block| match block {
                        Block::Bullets(mut items) | Block::Checklist(mut items) if items.len() == 1 => {
                            items.pop().unwrap_or_default()
                        }
                        // The text of items that were too deep for a place of their own.
                        flattened => vec![flattened],
                    })
                    .collect();
                self.block(match first {
                    _ if to_tick => Block::Checklist(items),
                    Some(_) => Block::Steps(items),
                    None => Block::Bullets(items),
                });
            }
            // An item travels to its list as a list of one, of the kind that the list will be.
            Tag::Item => {
                flush(&mut blocks, inlines);
                let to_tick = blocks.first() == Some(&Block::Checklist(Vec::new()));
                if to_tick {
                    blocks.remove(0);
                }
                let item = vec![blocks];
                self.block(if to_tick { Block::Checklist(item) } else { Block::Bullets(item) });
            }
            Tag::BlockQuote(_) => {
                flush(&mut blocks, inlines);
                self.block(Block::Quote(blocks));
            }
            Tag::Table(_) => {
                let mut rows = blocks.into_iter().filter_map(|block| match block {
                    Block::Table(cells, _) => Some(cells),
                    _ => None,
                });
                let head = rows.next().unwrap_or_default();
                let rows = rows.collect();
                self.block(Block::Table(head, rows));
                if !inlines.is_empty() {
                    self.block(Block::Paragraph(inlines));
                }
            }
            // A row travels to its table as a table that is only a head.
            Tag::TableHead | Tag::TableRow => {
                flush(&mut blocks, inlines);
                let cells = blocks
                    .into_iter()
                    .filter_map(|block| match block {
                        Block::Paragraph(inlines) => Some(inlines),
                        _ => None,
                    })
                    .collect();
                self.block(Block::Table(cells, Vec::new()));
            }
            Tag::HtmlBlock => {
                // Its lines end in line breaks, which mean nothing in the text it is shown as.
                let html = plain(&inlines);
                if !html.trim().is_empty() {
                    self.block(Block::Paragraph(vec![Inline::Text(html.trim_end().to_owned())]));
                }
            }
            Tag::TableCell => self.block(Block::Paragraph(inlines)),
            _ => {
                for block in blocks {
                    self.block(block);
                }
                if !inlines.is_empty() {
                    self.block(Block::Paragraph(inlines));
                }
            }
        }
    }

    fn block(&mut self, block: Block) {
        for open in self.stack.iter_mut().rev() {
            if let Open::Block(_, blocks, inlines) = open {
                let waiting = std::mem::take(inlines);
                flush(blocks, waiting);
                blocks.push(block);
                return;
            }
        }
        self.close_loose();
        self.done.push(block);
    }

    /// Marks the item that was just begun as one to tick off.
    fn tick(&mut self) {
        let item = self.stack.iter_mut().rev().find_map(|open| match open {
            Open::Block(Tag::Item, blocks, inlines) => Some((blocks, inlines)),
            _ => None,
        });
        if let Some((blocks, inlines)) = item
            && blocks.is_empty()
            && inlines.is_empty()
            && self.flattened == 0
        {
            blocks.push(Block::Checklist(Vec::new()));
        }
    }

    fn inline(&mut self, inline: Inline) {
        match self.stack.last_mut() {
            Some(Open::Inline(_, inlines) | Open::Block(_, _, inlines)) => inlines.push(inline),
            None => self.loose.push(inline),
        }
    }

    fn text(&mut self, words: String) {
        let inlines = match self.stack.last_mut() {
            Some(Open::Inline(_, inlines) | Open::Block(_, _, inlines)) => inlines,
            None => &mut self.loose,
        };
        match inlines.last_mut() {
            Some(Inline::Text(text)) => text.push_str(&words),
            _ => inlines.push(Inline::Text(words)),
        }
    }

    fn close_loose(&mut self) {
        if self.stack.is_empty() {
            flush(&mut self.done, std::mem::take(&mut self.loose));
        }
    }

    fn finish(mut self) -> Vec<Block> {
        self.stack.clear();
        self.close_loose();
        self.done
    }
}

fn flush(blocks: &mut Vec<Block>, inlines: Vec<Inline>) {
    if !inlines.is_empty() {
        blocks.push(Block::Paragraph(inlines));
    }
}

/// The words without their `{keys}`: a link must find a heading whatever the clinic's phone number is.
fn without_keys(words: &str) -> String {
    let parts = words.split('{').enumerate().map(|(place, part)| match part.split_once('}') {
        Some((_, behind)) if place > 0 => behind,
        _ => part,
    });
    parts.collect()
}

/// The slug that a heading names itself, as in `## Before you come {#before}`, taken out of its words.
fn own_slug(inlines: &mut [Inline]) -> Option<String> {
    let Some(Inline::Text(words)) = inlines.last_mut() else { return None };
    let (before, name) = words.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    let name = Some(name.to_owned()).filter(|name| !name.is_empty() && slug(name) == *name)?;
    *words = before.trim_end().to_owned();
    Some(name)
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

/// Hands every run of text that stands in these blocks to `see`.
fn each_run<'b>(blocks: &'b [Block], see: &mut dyn FnMut(&'b [Inline])) {
    for block in blocks {
        match block {
            Block::Heading(_, inlines, _) | Block::Paragraph(inlines) => see(inlines),
            Block::Bullets(items) | Block::Steps(items) | Block::Checklist(items) => {
                items.iter().for_each(|item| each_run(item, see));
            }
            Block::Quote(blocks) => each_run(blocks, see),
            Block::Table(head, rows) => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| see(cell));
            }
            Block::Icons(icons) => see(&icons.note),
            Block::Timeline(timeline) => timeline.steps.iter().for_each(|step| see(&step.text)),
            Block::Compare(compare) => {
                compare.aspects.iter().flat_map(|aspect| &aspect.texts).for_each(|text| see(text));
            }
            Block::Figure(figure) => see(&figure.caption),
            Block::Picture(picture) => picture.parts.iter().for_each(|part| see(&part.text)),
            Block::Rule | Block::Glossary => {}
        }
    }
}

/// Where the links of these blocks lead, each as often as it is there.
pub fn links(blocks: &[Block]) -> Vec<&LinkTarget> {
    let mut links = Vec::new();
    each_run(blocks, &mut |inlines| inline_links(inlines, &mut links));
    links
}

fn inline_links<'b>(inlines: &'b [Inline], links: &mut Vec<&'b LinkTarget>) {
    for inline in inlines {
        match inline {
            Inline::Link(target, inner) => {
                links.push(target);
                inline_links(inner, links);
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) => inline_links(inner, links),
            Inline::Text(_) | Inline::Break => {}
        }
    }
}

/// Every text of these blocks, one for each heading, paragraph, item, cell, label or caption, without its marks. The
/// terms of the glossary are not among them.
pub fn texts(blocks: &[Block]) -> Vec<String> {
    let mut texts = Vec::new();
    for block in blocks {
        match block {
            Block::Heading(_, inlines, _) | Block::Paragraph(inlines) => texts.push(plain(inlines)),
            Block::Bullets(items) | Block::Steps(items) | Block::Checklist(items) => {
                items.iter().for_each(|item| texts.extend(self::texts(item)));
            }
            Block::Quote(inner) => texts.extend(self::texts(inner)),
            Block::Table(head, rows) => {
                texts.extend(head.iter().chain(rows.iter().flatten()).map(|cell| plain(cell)));
            }
            Block::Icons(icons) => {
                texts.push(icons.title.clone());
                texts.extend(icons.rows.iter().map(|row| row.label.clone()));
                texts.push(plain(&icons.note));
            }
            Block::Timeline(timeline) => {
                texts.push(timeline.title.clone());
                for step in &timeline.steps {
                    texts.extend([step.label.clone(), plain(&step.text)]);
                }
            }
            Block::Compare(compare) => {
                texts.push(compare.title.clone());
                texts.extend(compare.options.iter().map(|option| option.name.clone()));
                for aspect in &compare.aspects {
                    texts.extend([aspect.name.clone(), aspect.matters.clone(), aspect.ask.clone()]);
                    texts.extend(aspect.texts.iter().map(|text| plain(text)));
                }
            }
            Block::Figure(figure) => texts.push(plain(&figure.caption)),
            Block::Picture(picture) => {
                texts.push(picture.title.clone());
                for part in &picture.parts {
                    texts.extend([part.label.clone(), plain(&part.text)]);
                }
            }
            Block::Rule | Block::Glossary => {}
        }
    }
    texts.retain(|text| !text.is_empty());
    texts
}

/// The headings of a page: level, words and slug.
pub fn headings(blocks: &[Block]) -> impl Iterator<Item = (u8, &[Inline], &str)> {
    blocks.iter().filter_map(|block| match block {
        Block::Heading(level, words, slug) => Some((*level, words.as_slice(), slug.as_str())),
        _ => None,
    })
}

/// The words of a run of text, without its marks.
pub fn plain(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Text(words) => text.push_str(words),
            Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) => {
                text.push_str(&plain(inner))
            }
            Inline::Break => text.push('\n'),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<Block> {
        parse(text, &|words, _| words.to_owned(), &mut |_, _| {})
    }

    fn text(words: &str) -> Vec<Inline> {
        vec![Inline::Text(words.to_owned())]
    }

    #[test]
    fn a_page_becomes_blocks() {
        assert_eq!(
            blocks("# Big\n\n## Next\n\nOne\ntwo **three**.\n\n- a\n- b\n\n> Mind this.\n\n1. first\n"),
            [
                Block::Heading(2, text("Big"), "big".to_owned()),
                Block::Heading(2, text("Next"), "next".to_owned()),
                Block::Paragraph(vec![
                    Inline::Text("One two ".to_owned()),
                    Inline::Strong(text("three")),
                    Inline::Text(".".to_owned()),
                ]),
                Block::Bullets(vec![vec![Block::Paragraph(text("a"))], vec![Block::Paragraph(text("b"))]]),
                Block::Quote(vec![Block::Paragraph(text("Mind this."))]),
                Block::Steps(vec![vec![Block::Paragraph(text("first"))]]),
            ]
        );
    }

    #[test]
    fn a_nested_list_stays_nested() {
        assert_eq!(
            blocks("- a\n  - b\n"),
            [Block::Bullets(vec![vec![
                Block::Paragraph(text("a")),
                Block::Bullets(vec![vec![Block::Paragraph(text("b"))]]),
            ]])]
        );
    }

    #[test]
    fn items_with_a_box_are_a_checklist() {
        let items = [vec![Block::Paragraph(text("a"))], vec![Block::Paragraph(text("b"))]];
        assert_eq!(blocks("- [ ] a\n- [x] b\n"), [Block::Checklist(items.to_vec())]);
        assert_eq!(blocks("- [ ] a\n\n- [ ] b\n"), [Block::Checklist(items.to_vec())]);
        assert_eq!(
            blocks("- a\n  - [ ] b\n"),
            [Block::Bullets(vec![vec![
                Block::Paragraph(text("a")),
                Block::Checklist(vec![vec![Block::Paragraph(text("b"))]]),
            ]])]
        );
    }

    #[test]
    fn every_heading_has_a_slug_of_its_own() {
        let blocks = blocks("## Help\n\n## Risks\n\n### Risks\n\n## Before you come {#before}\n\n## {#}\n");
        let slugs: Vec<&str> = headings(&blocks).map(|(_, _, slug)| slug).collect();
        assert_eq!(slugs, ["help-2", "risks", "risks-2", "before", "part"]);
        assert!(
            matches!(blocks.get(3), Some(Block::Heading(2, words, _)) if plain(words) == "Before you come")
        );
    }

    #[test]
    fn the_name_of_a_heading_does_not_change_with_the_settings() {
        let fill = |words: &str, _| words.replace("{clinic.phone}", "+1 555 010 0142");
        let blocks = parse("## Call {clinic.phone} today\n", &fill, &mut |_, _| {});
        let names: Vec<_> =
            headings(&blocks).map(|(_, words, slug)| (plain(words), slug.to_owned())).collect();
        assert_eq!(names, [("Call +1 555 010 0142 today".to_owned(), "call-today".to_owned())]);
    }

    #[test]
    fn a_fence_that_names_a_block_is_drawn_and_any_other_is_text() {
        let source = "one\n\n```icons\nof = 1\n```\n\n```\nplain\n```\n\n```icnos\nx\n```\n";
        let (mut faults, mut drawn) = (Vec::new(), Vec::new());
        let blocks = parse_with(
            source,
            &|words, _| words.to_owned(),
            &mut |fault, line| faults.push((fault, line)),
            &mut |name, body, line| {
                drawn.push((name.to_owned(), body.to_owned(), line));
                Some(Block::Glossary)
            },
        );
        assert_eq!(drawn, [("icons".to_owned(), "of = 1\n".to_owned(), 3)]);
        assert_eq!(faults, [(Fault::Block("icnos".to_owned()), 11)]);
        assert_eq!(
            blocks,
            [
                Block::Paragraph(text("one")),
                Block::Glossary,
                Block::Paragraph(text("plain\n")),
                Block::Paragraph(text("x\n")),
            ]
        );
    }

    #[test]
    fn a_table_has_a_head_and_rows() {
        assert_eq!(
            blocks("| a | b |\n|---|---|\n| 1 | 2 |\n"),
            [Block::Table(vec![text("a"), text("b")], vec![vec![text("1"), text("2")]])]
        );
    }

    #[test]
    fn raw_html_is_text_and_comments_are_dropped() {
        assert_eq!(
            blocks("<script>alert(1)</script>\n\nHi <b>there</b> <!-- MUR13 -->\n\n<!-- ASAF23 -->\n"),
            [Block::Paragraph(text("<script>alert(1)</script>")), Block::Paragraph(text("Hi <b>there</b>")),]
        );
    }

    #[test]
    fn a_comment_takes_nothing_with_it() {
        let table = [
            ("<!-- one\ntwo -->\nafter\n", "after"),
            ("<!-- MUR13 --> Some text\n", "Some text"),
            ("Some <!-- MUR13 -->text", "Some text"),
            ("<!---->a<!-->b<!--->c", "abc"),
        ];
        for (source, expected) in table {
            assert_eq!(blocks(source), [Block::Paragraph(text(expected))], "{source:?}");
        }
    }

    #[test]
    fn a_comment_that_is_left_open_is_shown_and_the_rest_of_the_page_stays() {
        let mut faults = Vec::new();
        let source = "One.\n\n<!-- MUR13\n\n## More\n";
        let blocks =
            parse(source, &|words, _| words.to_owned(), &mut |fault, line| faults.push((fault, line)));
        assert_eq!(faults, [(Fault::OpenComment, 3)]);
        assert_eq!(
            blocks,
            [
                Block::Paragraph(text("One.")),
                Block::Paragraph(text("<!-- MUR13")),
                Block::Heading(2, text("More"), "more".to_owned()),
            ]
        );
    }

    #[test]
    fn only_harmless_addresses_are_links() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " data:text/html,x",
            "vbscript:x",
            "//evil.example",
            "https://a\u{1}b",
            "../up.md",
            "file:///etc/passwd",
        ] {
            assert_eq!(link_target(bad), None, "{bad}");
        }
        assert_eq!(link_target("#help"), Some(LinkTarget::Help));
        assert_eq!(link_target("aftercare.md"), Some(LinkTarget::Page(PageId::from("aftercare"))));
        for bad in ["#", "#Not a slug", "aftercare.md#", "Big.md#x", "term:", "term:Not an id"] {
            assert_eq!(link_target(bad), None, "{bad}");
        }
        assert_eq!(link_target("#red-flags"), Some(LinkTarget::Heading(None, "red-flags".to_owned())));
        assert_eq!(
            link_target("aftercare.md#red-flags"),
            Some(LinkTarget::Heading(Some(PageId::from("aftercare")), "red-flags".to_owned()))
        );
        assert_eq!(link_target("term:off-label"), Some(LinkTarget::Term(TermId::from("off-label"))));
        assert_eq!(link_target("tel:988"), Some(LinkTarget::Address("tel:988".to_owned())));
    }

    #[test]
    fn a_refused_link_keeps_its_words() {
        let mut faults = Vec::new();
        let blocks =
            parse("See [this](javascript:alert(1)).", &|words, _| words.to_owned(), &mut |fault, line| {
                faults.push((fault, line));
            });
        assert_eq!(faults, [(Fault::Link("javascript:alert(1)".to_owned()), 1)]);
        assert_eq!(
            blocks,
            [Block::Paragraph(vec![Inline::Text("See ".to_owned()), Inline::Text("this.".to_owned()),])]
        );
    }

    #[test]
    fn a_thousand_nested_quotes_do_not_overflow() {
        let text = "> ".repeat(5_000) + "deep";
        assert!(!blocks(&text).is_empty());
    }
}
