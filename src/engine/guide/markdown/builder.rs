//! Makes blocks of the events of the Markdown parser, however deep they are nested.

use pulldown_cmark::{HeadingLevel, Tag, TagEnd};

use super::{Block, Fault, Inline, link_target, plain};
use crate::engine::guide::slug::{slug, unique};
use crate::engine::map::Set;

/// How deep lists and quotes may be nested; what is deeper is kept, flattened.
const MOST_DEPTH: usize = 12;

/// What stands open while the events go by.
pub(super) enum Open {
    Block(Tag<'static>, Vec<Block>, Vec<Inline>),
    Inline(Tag<'static>, Vec<Inline>),
}

/// The blocks that are done, and what stands open.
pub(super) struct Builder {
    pub(super) stack: Vec<Open>,
    pub(super) done: Vec<Block>,
    /// Text that stands outside of any block, such as raw HTML.
    pub(super) loose: Vec<Inline>,
    /// Containers that were too deep and are not on the stack.
    pub(super) flattened: usize,
    /// The names of the headings so far, and those that mean something else.
    pub(super) slugs: Set<String>,
    /// The words of the heading that is open, as the page has them.
    pub(super) heading: String,
}

impl Builder {
    pub(super) fn start(
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

    pub(super) fn end(&mut self, _tag: TagEnd) {
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

    pub(super) fn block(&mut self, block: Block) {
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
    pub(super) fn tick(&mut self) {
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

    pub(super) fn inline(&mut self, inline: Inline) {
        match self.stack.last_mut() {
            Some(Open::Inline(_, inlines) | Open::Block(_, _, inlines)) => inlines.push(inline),
            None => self.loose.push(inline),
        }
    }

    pub(super) fn text(&mut self, words: String) {
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

    pub(super) fn finish(mut self) -> Vec<Block> {
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
