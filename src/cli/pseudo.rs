//! `anteroom pseudo`: a language that nobody speaks, made of the English one, to see what is not translated.
//!
//! Every text gets accents, brackets around it and a third more letters: what stands without brackets on a screen is
//! not taken from the content, and what is cut off would be cut off in a longer language. With `--rtl` the texts run
//! from right to left, in a language whose tag is of an Arabic script, so that a layout that is not mirrored shows.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::cli::folder::{Folder, why};
use crate::cli::{Exit, Format, Report, json, plain};
use crate::engine::guide::blocks;
use crate::engine::guide::markdown;

/// The language that the pseudo-language is made of.
const FROM: &str = "en/";

/// The keys whose texts are no words: ids, names of other files' entries, dates and marks.
const NOT_WORDS: [&str; 6] = ["id", "number", "lang", "reviewer", "reviewed_on", "review_due"];

#[derive(Serialize)]
struct Answer {
    lang: &'static str,
    files: Vec<String>,
}

/// How the texts are changed.
#[derive(Clone, Copy)]
enum Script {
    /// Accents, brackets and more letters.
    Accents,
    /// The same words, written from right to left.
    RightToLeft,
}

/// Writes the language's folder below `out`. Nothing that is there already is ever touched.
pub fn pseudo(folder: &Folder, out: &Path, rtl: bool, format: Format) -> Report {
    let (lang, script) = if rtl { ("ar-XB", Script::RightToLeft) } else { ("en-XA", Script::Accents) };
    let place = out.join(lang);
    if place.exists() {
        return Report::wrong_use(&format!(
            "`{}` is there already, so nothing was written. Give the name of another folder.",
            place.display()
        ));
    }
    let mut files = Vec::new();
    for source in &folder.sources {
        let Some(name) = source.path.strip_prefix(FROM) else { continue };
        if source.content.is_err() {
            continue;
        }
        let raw = source.text(&mut Vec::new());
        let text = if name.ends_with(".md") { page(&raw, lang, script) } else { words(&raw, script) };
        if let Err(error) = write(&place.join(name), &text) {
            return Report::wrong_use(&format!(
                "`{}` could not be written: {}.",
                place.join(name).display(),
                why(&error)
            ));
        }
        files.push(format!("{lang}/{name}"));
    }
    if files.is_empty() {
        return Report::wrong_use("The content folder has no English files to make it of.");
    }
    let text = match format {
        Format::Json => json(&Answer { lang, files }),
        Format::Text => plain(&format!(
            "{} files were written to {}. Name {lang} in `languages` of settings.toml to see it.\n",
            files.len(),
            place.display()
        )),
    };
    Report { out: text, err: String::new(), exit: Exit::Fine }
}

fn write(place: &Path, content: &str) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(place, content)
}

/// A text in the pseudo-language. What is filled in, `{name}`, stays as it is.
fn said(text: &str, script: Script) -> String {
    let mut words = String::with_capacity(text.len() * 2);
    let mut filled_in = false;
    let mut letters = 0;
    for letter in text.chars() {
        filled_in = (filled_in || letter == '{') && letter != '}';
        if filled_in || matches!(script, Script::RightToLeft) {
            words.push(letter);
        } else {
            letters += usize::from(letter.is_alphabetic());
            words.push(accented(letter));
        }
    }
    match script {
        Script::Accents => {
            // A third longer, in pieces that can be wrapped.
            let more: String = "~".repeat(letters.div_ceil(3)).chars().enumerate().fold(
                String::new(),
                |mut more, (place, letter)| {
                    if place % 8 == 0 {
                        more.push(' ');
                    }
                    more.push(letter);
                    more
                },
            );
            format!("⟦{words}{more}⟧")
        }
        // Override and its end, line by line, since a line break would end it.
        Script::RightToLeft => {
            let lines: Vec<String> =
                words.split('\n').map(|line| format!("\u{202e}{line}\u{202c}")).collect();
            lines.join("\n")
        }
    }
}

fn accented(letter: char) -> char {
    match letter {
        'a' => 'á',
        'c' => 'ç',
        'e' => 'é',
        'i' => 'í',
        'n' => 'ñ',
        'o' => 'ö',
        's' => 'š',
        'u' => 'ü',
        'y' => 'ý',
        'A' => 'Á',
        'C' => 'Ç',
        'E' => 'É',
        'I' => 'Í',
        'N' => 'Ñ',
        'O' => 'Ö',
        'S' => 'Š',
        'U' => 'Ü',
        other => other,
    }
}

/// A text of TOML with its words changed. A file that cannot be read stays as it is: the check says why.
fn words(raw: &str, script: Script) -> String {
    let Ok(table) = DeTable::parse(raw) else { return raw.to_owned() };
    let mut changes = Vec::new();
    // Next to its caption or its parts, the name of a drawing is no word.
    let drawing = ["caption", "parts"].iter().any(|key| table.get_ref().contains_key(*key));
    for (key, value) in table.get_ref() {
        let key = key.get_ref().as_ref();
        if !(NOT_WORDS.contains(&key) || (drawing && key == "name")) {
            walk(value, script, &mut changes);
        }
    }
    changed(raw, changes)
}

fn walk_table(table: &DeTable, script: Script, changes: &mut Vec<(Range<usize>, String)>) {
    for (key, value) in table {
        // The part of a picture is an id; a table called `part` holds words.
        let part = key.get_ref() == "part" && matches!(value.get_ref(), DeValue::String(_));
        if !part && !NOT_WORDS.contains(&key.get_ref().as_ref()) {
            walk(value, script, changes);
        }
    }
}

fn walk(value: &Spanned<DeValue>, script: Script, changes: &mut Vec<(Range<usize>, String)>) {
    match value.get_ref() {
        DeValue::String(text) if !text.trim().is_empty() => {
            changes.push((value.span(), quoted(&in_markdown(text, script))))
        }
        DeValue::Table(table) => walk_table(table, script, changes),
        // A list of texts holds ids, such as source codes; a list of tables holds texts.
        DeValue::Array(values) => values
            .iter()
            .filter(|value| matches!(value.get_ref(), DeValue::Table(_)))
            .for_each(|value| walk(value, script, changes)),
        DeValue::String(_)
        | DeValue::Integer(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_) => {}
    }
}

/// A text that may hold links, whose addresses stay as they are.
fn in_markdown(text: &str, script: Script) -> String {
    if text.contains("](") { body(text, script) } else { said(text, script) }
}

/// A text between quotes, as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// The text with these places replaced.
fn changed(raw: &str, mut changes: Vec<(Range<usize>, String)>) -> String {
    changes.sort_by_key(|(place, _)| place.start);
    let mut text = String::with_capacity(raw.len() * 2);
    let mut from = 0;
    for (place, words) in changes {
        text.push_str(raw.get(from..place.start).unwrap_or_default());
        text.push_str(&words);
        from = place.end;
    }
    text.push_str(raw.get(from..).unwrap_or_default());
    text
}

/// A page: the words of its front matter, and its body.
fn page(raw: &str, lang: &str, script: Script) -> String {
    let mut parts = raw.splitn(3, "+++");
    let (Some(before), Some(front), Some(text)) = (parts.next(), parts.next(), parts.next()) else {
        return body(raw, script);
    };
    let front = words(front, script).replace("lang = \"en\"", &format!("lang = \"{lang}\""));
    format!("{before}+++{front}+++{}", body(text, script))
}

/// Markdown with its words changed. Headings keep the names that links find them by.
fn body(raw: &str, script: Script) -> String {
    let mut slugs = headings(raw).into_iter();
    let mut changes = Vec::new();
    let (mut fence, mut heading): (Option<Range<usize>>, bool) = (None, false);
    let options = Options::ENABLE_TABLES | Options::ENABLE_TASKLISTS;
    for (event, place) in Parser::new_ext(raw, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => fence = Some(place),
            Event::End(TagEnd::CodeBlock) => fence = None,
            Event::Start(Tag::Heading { .. }) => heading = true,
            Event::End(TagEnd::Heading(_)) => {
                heading = false;
                let end = raw.get(place.clone()).unwrap_or_default().trim_end().len() + place.start;
                if let Some(slug) = slugs.next() {
                    changes.push((end..end, format!(" {{#{slug}}}")));
                }
            }
            Event::Text(_) if fence.is_some() => {}
            Event::Text(text) => {
                let text = raw.get(place.clone()).unwrap_or(&text);
                // A name that a heading has already is given to it again behind its words.
                let kept = if heading { text.split(" {#").next().unwrap_or(text) } else { text };
                if kept.chars().any(char::is_alphabetic) {
                    changes.push((place, said(kept, script)));
                }
            }
            _ => {}
        }
    }
    let text = changed(raw, changes);
    drawn_blocks(&text, script)
}

/// The slugs of all headings of a body, in order, nested ones too.
fn headings(raw: &str) -> Vec<String> {
    let blocks = markdown::parse(raw, &|words, _| words.to_owned(), &mut |_, _| {});
    markdown::headings(&blocks).map(|(_, _, slug)| slug.to_owned()).collect()
}

/// The words of the drawn blocks of a body.
fn drawn_blocks(raw: &str, script: Script) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut open: Option<String> = None;
    for line in raw.split_inclusive('\n') {
        let name = line.trim().strip_prefix("```");
        match (&mut open, name) {
            (Some(inside), Some("")) => {
                text.push_str(&words(inside, script));
                text.push_str(line);
                open = None;
            }
            (Some(inside), _) => inside.push_str(line),
            (None, Some(name)) if blocks::NAMES.contains(&name) => {
                text.push_str(line);
                open = Some(String::new());
            }
            (None, _) => text.push_str(line),
        }
    }
    text.push_str(&open.unwrap_or_default());
    text
}
