//! Turns Markdown into typed blocks that a component draws.
//!
//! The text is a clinic's, fetched at run time, and untrusted: raw HTML becomes text, comments are dropped, and a
//! link goes to the web, a phone, a mail address, a page of the guide or the crisis panel, or it is plain text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::engine::guide::reader::Lines;
use crate::engine::ids::{PageId, is_id};

/// How deep lists and quotes may be nested; what is deeper is kept, flattened.
const MOST_DEPTH: usize = 12;

/// A block of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading, level 2 or 3: the page's title is level 1.
    Heading(u8, Vec<Inline>),
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list without numbers.
    Bullets(Vec<Vec<Block>>),
    /// A numbered list.
    Steps(Vec<Vec<Block>>),
    /// A call-out.
    Quote(Vec<Block>),
    /// A table: its head, and its rows.
    Table(Vec<Vec<Inline>>, Vec<Vec<Vec<Inline>>>),
    /// A line between two parts.
    Rule,
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
}

/// Parses the body of a page. `fill` replaces placeholders in text and link addresses; `report` hears of every
/// fault. Both are told the line, counted from 1.
pub fn parse(
    text: &str,
    fill: &dyn Fn(&str, usize) -> String,
    report: &mut dyn FnMut(Fault, usize),
) -> Vec<Block> {
    let (text, open_comment) = without_comments(text);
    let lines = Lines::of(&text);
    if let Some(offset) = open_comment {
        report(Fault::OpenComment, lines.line(offset));
    }
    let mut builder = Builder { stack: Vec::new(), done: Vec::new(), loose: Vec::new(), flattened: 0 };
    for (event, range) in Parser::new_ext(&text, Options::ENABLE_TABLES).into_offset_iter() {
        let line = lines.line(range.start);
        match event {
            Event::Start(tag) => builder.start(tag.into_static(), line, fill, report),
            Event::End(tag) => builder.end(tag),
            Event::Text(words) | Event::Code(words) => builder.text(fill(&words, line)),
            Event::Html(html) | Event::InlineHtml(html) => builder.text(html.into_string()),
            Event::SoftBreak => builder.text(" ".to_owned()),
            Event::HardBreak => builder.inline(Inline::Break),
            Event::Rule => builder.block(Block::Rule),
            Event::InlineMath(words) | Event::DisplayMath(words) => builder.text(words.into_string()),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
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
                self.block(Block::Heading(level, inlines));
            }
            Tag::List(first) => {
                flush(&mut blocks, inlines);
                let items = blocks
                    .into_iter()
                    .map(|block| match block {
                        Block::Bullets(mut items) if items.len() == 1 => items.pop().unwrap_or_default(),
                        // The text of items that were too deep for a place of their own.
                        flattened => vec![flattened],
                    })
                    .collect();
                self.block(if first.is_some() { Block::Steps(items) } else { Block::Bullets(items) });
            }
            // An item travels to its list as a list of one.
            Tag::Item => {
                flush(&mut blocks, inlines);
                self.block(Block::Bullets(vec![blocks]));
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

/// Where an address leads, if it is one that is allowed.
pub fn link_target(address: &str) -> Option<LinkTarget> {
    let address = address.trim();
    if address == "#help" {
        return Some(LinkTarget::Help);
    }
    if let Some(page) = address.strip_suffix(".md").filter(|page| is_id(page)) {
        return Some(LinkTarget::Page(PageId::from(page)));
    }
    let lower = address.to_ascii_lowercase();
    let allowed =
        ["https://", "http://", "mailto:", "tel:", "sms:"].iter().any(|start| lower.starts_with(start));
    // A browser drops control characters from an address, so one with any is not what it seems.
    (allowed && !address.chars().any(char::is_control)).then(|| LinkTarget::Address(address.to_owned()))
}

/// The pages that these blocks link to, each as often as it is linked.
pub fn page_links(blocks: &[Block]) -> Vec<&PageId> {
    blocks
        .iter()
        .flat_map(|block| match block {
            Block::Heading(_, inlines) | Block::Paragraph(inlines) => inline_page_links(inlines),
            Block::Bullets(items) | Block::Steps(items) => {
                items.iter().flat_map(|item| page_links(item)).collect()
            }
            Block::Quote(blocks) => page_links(blocks),
            Block::Table(head, rows) => {
                head.iter().chain(rows.iter().flatten()).flat_map(|cell| inline_page_links(cell)).collect()
            }
            Block::Rule => Vec::new(),
        })
        .collect()
}

fn inline_page_links(inlines: &[Inline]) -> Vec<&PageId> {
    inlines
        .iter()
        .flat_map(|inline| match inline {
            Inline::Link(target, inner) => {
                let mut links = inline_page_links(inner);
                if let LinkTarget::Page(page) = target {
                    links.push(page);
                }
                links
            }
            Inline::Strong(inner) | Inline::Emphasis(inner) => inline_page_links(inner),
            Inline::Text(_) | Inline::Break => Vec::new(),
        })
        .collect()
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
                Block::Heading(2, text("Big")),
                Block::Heading(2, text("Next")),
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
                Block::Heading(2, text("More")),
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
