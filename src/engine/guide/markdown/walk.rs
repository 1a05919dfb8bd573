//! What stands in blocks: their links, texts and headings.

use super::{Block, Inline, LinkTarget};

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
