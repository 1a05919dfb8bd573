//! Reads a FHIR R4 Questionnaire of somebody else as guide files, and says all that could not be carried over.
//!
//! What is written raises no level: a Questionnaire does not know any. Where FHIR says more than the guide can, a
//! question is rather asked of too many than hidden. Not in the widget: nothing in it reads a Questionnaire.

mod accept;
mod bounds;
mod condition;
mod items;
mod options;
mod spoken;

use crate::engine::map::Set;

use serde_json::Value;

use crate::engine::guide::import::accept::{check_version, not_json, questionnaire_in};
use crate::engine::guide::import::items::{Read, read};
use crate::engine::guide::settings::is_language;
use crate::engine::guide::words::Words;
use crate::engine::guide::{Guide, paths, write};
use crate::engine::ids::{Lang, QuestionId};

/// A Questionnaire as guide files.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// Its language.
    pub lang: Lang,
    /// The languages that it is translated into.
    pub others: Vec<Lang>,
    /// The files by their paths in a content folder.
    pub files: Vec<(String, String)>,
    /// How many questions they hold.
    pub questions: usize,
    /// What could not be carried over, or only as something else, in the order of the items.
    pub notes: Vec<Note>,
}

/// Something that could not be carried over as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The item's `linkId`; none if it is about the whole Questionnaire.
    pub item: Option<String>,
    /// Whether it is gone; otherwise it is there in another form.
    pub lost: bool,
    /// What and why, in a sentence.
    pub what: String,
}

/// Reads a Questionnaire. Ids that are `taken` are not given again.
///
/// `Err` says in a sentence why nothing could be read of it.
pub fn import(text: &str, taken: &Set<String>) -> Result<Imported, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| not_json(text, &error))?;
    let (form, more) = questionnaire_in(&value)?;
    check_version(form)?;
    let lang = form.get("language").and_then(Value::as_str).filter(|tag| is_language(tag)).unwrap_or("en");
    let lang = Lang::from(lang);
    let (own, had_markdown) = spoken::spoken(form, None);
    let mut read = read(&own, &lang, taken);
    if read.questions.is_empty() {
        return Err(
            "This Questionnaire has no item that can be asked, so there is nothing to write.".to_owned()
        );
    }
    let mut of_whole = Vec::new();
    let mut said = |lost: bool, what: String| of_whole.push(Note { item: None, lost, what });
    if had_markdown {
        said(false, "Words that are Markdown there are plain words here.".to_owned());
    }
    if more > 0 {
        said(true, format!("The Bundle holds {} more; the first is read.", counted(more, "Questionnaire")));
    }
    let mut others = Vec::new();
    for other in spoken::languages(form, lang.as_str()) {
        let missing = spoken::untranslated(form, &other);
        if missing > 0 {
            let texts = counted(missing, "text");
            said(
                false,
                format!(
                    "Not translated into `{other}`, and as in `{lang}` there: {texts}. Look whether that is right."
                ),
            );
        }
        let other = Lang::from(other.as_str());
        let (form, _) = spoken::spoken(form, Some(other.as_str()));
        others.push(in_place_of(&read, self::read(&form, &other, taken).words));
    }
    of_whole.append(&mut read.notes);
    let Read { words, sections, questions, notes: _, title } = read;
    let mut guide = Guide { sections, ..Guide::of_questions(questions, Vec::new()) };
    let all: Vec<&Words> = std::iter::once(&words).chain(&others).collect();
    guide.settings.languages = all.iter().map(|words| words.lang.clone()).collect();
    let from = match text_of(form, "url") {
        Some(url) => format!("{} ({})", one_line(&title), one_line(url)),
        None => one_line(&title),
    };
    let head = format!(
        "# From the FHIR Questionnaire {from}.\n# Levels, rules and sources are for a clinician to add.\n\n"
    );
    let mut files = vec![(paths::SCREENING.to_owned(), head + &write::screening(&guide))];
    files
        .extend(all.iter().map(|words| (paths::screening_words(&words.lang), write::screening_words(words))));
    let others = others.iter().map(|words| words.lang.clone()).collect();
    Ok(Imported { lang, others, files, questions: guide.questions.len(), notes: of_whole })
}

/// The words of another language for the ids of `read`. Ids do not come from translated words, so they are the same.
fn in_place_of(read: &Read, mut words: Words) -> Words {
    let known: Set<&QuestionId> = read.questions.iter().map(|question| &question.id).collect();
    words.questions.retain(|id, _| known.contains(id));
    words.sections.retain(|id, _| read.sections.contains(id));
    words
}

fn constraint_key(extension: &Value) -> Option<&str> {
    if extension_name(extension) != "questionnaire-constraint" {
        return None;
    }
    entries(extension, "extension").iter().find_map(|part| text_of(part, "valueId"))
}

/// The last part of an extension's address.
fn extension_name(extension: &Value) -> String {
    let url = text_of(extension, "url").unwrap_or_default();
    one_line(url.rsplit('/').next().unwrap_or_default())
}

/// The objects of a list; none if it is not there or no list.
fn entries<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value.get(key).map(list).unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// A text that says something.
fn text_of<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

fn whole(value: Option<&Value>) -> Option<usize> {
    value.and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

/// Words without braces, which would stand for a number of the settings, and without letters that steer a terminal.
fn clean(text: &str) -> String {
    let letter = |letter: char| match letter {
        '{' => '(',
        '}' => ')',
        '\n' => '\n',
        control if control.is_control() => ' ',
        other => other,
    };
    text.trim().chars().map(letter).collect()
}

/// The beginning of a text on one line, for a sentence.
fn one_line(text: &str) -> String {
    text.chars().take(120).map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

/// An id made of a text: small letters, digits, `-` and `_`. `otherwise` if nothing of it is left.
pub(super) fn slug(text: &str, otherwise: &str) -> String {
    let mut slug = String::new();
    for letter in text.chars() {
        // Room for a number behind it.
        if slug.len() >= 56 {
            break;
        }
        match letter.to_ascii_lowercase() {
            letter @ ('a'..='z' | '0'..='9' | '_') => slug.push(letter),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { otherwise.to_owned() } else { slug.to_owned() }
}

/// The id, or the id with the first number behind it that makes it another one.
pub(super) fn unique(id: &str, is_taken: &mut impl FnMut(&str) -> bool) -> String {
    if !is_taken(id) {
        return id.to_owned();
    }
    (2_u32..).map(|number| format!("{id}-{number}")).find(|id| !is_taken(id)).unwrap_or_default()
}
