//! Every text of a content file, with the line it stands on.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::engine::guide::Guide;
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::{Lines, Place};
use crate::engine::guide::words::Filler;
use crate::engine::ids::Lang;

/// A text as a patient sees it.
pub struct Text {
    /// The file it stands in.
    pub file: String,
    /// The line it begins on.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
    /// The words, with every number filled in.
    pub said: String,
    /// The addresses it links to.
    pub links: Vec<String>,
}

impl Text {
    /// Whether it says nothing; the engine refuses to lay that over a text of the guide.
    pub fn is_blank(&self) -> bool {
        self.said.trim().is_empty() && self.links.is_empty()
    }
}

/// What a text is.
#[derive(PartialEq, Eq)]
pub enum Kind {
    /// A heading of a page.
    Heading,
    /// A paragraph, item or cell of a page, or its summary.
    Body,
    /// A name in a drawing or a comparison, which is no sentence.
    Label,
    /// A text of a file in TOML, with its keys: `question.age.ask`.
    Words(String),
}

/// The texts of a file. What cannot be read gives none; the engine says why.
pub fn of_file(path: &str, raw: &str, guide: &Guide) -> Vec<Text> {
    let lang =
        Lang::from(path.strip_prefix(CLINIC).unwrap_or(path).split_once('/').map_or("", |(lang, _)| lang));
    let filler = Filler::new(guide, &lang);
    let mut texts = if path.ends_with(".md") { of_page(path, raw) } else { of_toml(path, raw, 0) };
    for text in &mut texts {
        text.said = filler.fill(&text.said, path, Place::line(text.line), &mut Vec::new());
    }
    texts
}

/// A text between quotation marks, cut if it is long.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 160;
    let text = text.trim();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("\"{}...\"", text.get(..end).unwrap_or(text)),
        None => format!("\"{text}\""),
    }
}

fn of_toml(path: &str, raw: &str, lines_before: usize) -> Vec<Text> {
    let Ok(table) = DeTable::parse(raw) else { return Vec::new() };
    let lines = Lines::of(raw);
    let mut texts = Vec::new();
    let mut add = |key: &str, value: &str, offset: usize| {
        let web = value.starts_with("http://") || value.starts_with("https://");
        texts.push(Text {
            file: path.to_owned(),
            line: lines_before + lines.line(offset),
            kind: Kind::Words(key.to_owned()),
            said: if web { String::new() } else { value.to_owned() },
            links: if web { vec![value.to_owned()] } else { Vec::new() },
        });
    };
    walk_table(table.get_ref(), "", &mut add);
    texts
}

fn walk_table(table: &DeTable, keys: &str, add: &mut impl FnMut(&str, &str, usize)) {
    for (key, value) in table {
        let name = key.get_ref();
        let keys = if keys.is_empty() { name.to_string() } else { format!("{keys}.{name}") };
        walk(value, &keys, add);
    }
}

fn walk(value: &Spanned<DeValue>, keys: &str, add: &mut impl FnMut(&str, &str, usize)) {
    match value.get_ref() {
        DeValue::String(text) => add(keys, text, value.span().start),
        DeValue::Table(table) => walk_table(table, keys, add),
        DeValue::Array(values) => values.iter().for_each(|value| walk(value, keys, add)),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

/// The front matter and the body of a page, and the line that the body begins on, counted from 0.
pub fn split_page(raw: &str) -> (&str, &str, usize) {
    let mut fences = raw.match_indices("+++").map(|(place, _)| place);
    let (Some(first), Some(second)) = (fences.next(), fences.next()) else { return ("", raw, 0) };
    let body = second + 3;
    let line_breaks = raw.get(..body).unwrap_or_default().matches('\n').count();
    (raw.get(first + 3..second).unwrap_or_default(), raw.get(body..).unwrap_or_default(), line_breaks)
}

fn of_page(path: &str, raw: &str) -> Vec<Text> {
    let (front, body, lines_before) = split_page(raw);
    let shown = ["title", "summary"].map(|key| Kind::Words(key.to_owned()));
    let mut texts = of_toml(path, front, 0);
    texts.retain(|text| shown.contains(&text.kind));
    let body = without_comments(body);
    let lines = Lines::of(&body);
    let mut open = None;
    // The line and the text of a drawing's block, while it stands open.
    let mut fence: Option<(usize, String)> = None;
    for (event, range) in Parser::new_ext(&body, Options::ENABLE_TABLES).into_offset_iter() {
        let line = lines_before + lines.line(range.start);
        let begin =
            |kind: Kind| Text { file: path.to_owned(), line, kind, said: String::new(), links: Vec::new() };
        match event {
            Event::Start(Tag::CodeBlock(_)) => {
                texts.extend(open.take());
                fence = Some((line, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((line, block)) = fence.take() {
                    texts.extend(of_block(path, &block, line));
                }
            }
            Event::Text(words) if fence.is_some() => {
                fence.iter_mut().for_each(|(_, block)| block.push_str(&words))
            }
            Event::Start(Tag::Heading { .. }) => texts.extend(open.replace(begin(Kind::Heading))),
            Event::Start(Tag::Link { dest_url, .. }) => {
                open.get_or_insert_with(|| begin(Kind::Body)).links.push(dest_url.into_string());
            }
            Event::Start(Tag::Paragraph | Tag::Item | Tag::TableCell) => {
                texts.extend(open.replace(begin(Kind::Body)))
            }
            Event::Text(words) | Event::Code(words) => {
                open.get_or_insert_with(|| begin(Kind::Body)).said.push_str(&words);
            }
            Event::SoftBreak => open.iter_mut().for_each(|text| text.said.push(' ')),
            Event::HardBreak => open.iter_mut().for_each(|text| text.said.push('\n')),
            _ => {}
        }
    }
    texts.extend(open);
    texts
}

/// The texts of a drawing's block, which is TOML: what is drawn, without the ids it is drawn by.
fn of_block(path: &str, block: &str, line: usize) -> Vec<Text> {
    let unseen = |text: &Text| {
        let Kind::Words(keys) = &text.kind else { return false };
        // What a whole block is named by is the drawing's.
        keys == "name" || matches!(keys.rsplit('.').next(), Some("id" | "number" | "part"))
    };
    let mut texts = of_toml(path, block, line);
    texts.retain(|text| !unseen(text));
    for text in &mut texts {
        text.kind = if text.said.trim_end().ends_with(['.', '?', '!']) { Kind::Body } else { Kind::Label };
        take_links_out(text);
    }
    texts
}

/// A text of a block may hold links: their words are said, and they lead where they lead.
fn take_links_out(text: &mut Text) {
    let mut said = String::new();
    for event in Parser::new(&text.said) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => text.links.push(dest_url.into_string()),
            Event::Text(words) | Event::Code(words) => said.push_str(&words),
            Event::SoftBreak | Event::HardBreak => said.push(' '),
            _ => {}
        }
    }
    if !text.links.is_empty() {
        text.said = said;
    }
}

/// The text with its comments blanked out, with as many lines as before.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("<!--") {
        let Some((comment, behind)) = after.split_once("-->") else { break };
        kept.push_str(before);
        kept.extend(comment.chars().filter(|letter| *letter == '\n'));
        rest = behind;
    }
    kept.push_str(rest);
    kept
}
