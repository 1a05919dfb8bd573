//! The words of a Questionnaire in one language: those of FHIR's `translation` extension in the place of its own, and
//! Markdown as plain words.

use crate::engine::map::Set;

use serde_json::{Map, Value};

use crate::engine::guide::import::{entries, extension_name, text_of};
use crate::engine::guide::settings::is_language;

/// The languages that anything is translated into, but for its own.
pub fn languages(form: &Value, own: &str) -> Set<String> {
    let mut found = Set::new();
    each_object(form, &mut |object| {
        for (key, said) in object {
            if key.starts_with('_') {
                found.extend(
                    translations(said).filter(|(lang, _)| is_language(lang)).map(|(lang, _)| lang.to_owned()),
                );
            }
        }
    });
    found.remove(own);
    found
}

/// How many words of what is asked have no translation into a language.
pub fn untranslated(form: &Value, lang: &str) -> usize {
    let is_missing = |value: &Value, key: &str, said: &str| {
        let translated = |said: &Value| translations(said).any(|(tag, _)| tag == lang);
        text_of(value, key).is_some() && !value.get(said).is_some_and(translated)
    };
    let mut count = 0;
    let mut waiting: Vec<&Value> = entries(form, "item").iter().collect();
    while let Some(item) = waiting.pop() {
        let codings = entries(item, "answerOption").iter().filter_map(|option| option.get("valueCoding"));
        count += codings.filter(|coding| is_missing(coding, "display", "_display")).count();
        count += usize::from(is_missing(item, "text", "_text"));
        waiting.extend(entries(item, "item"));
    }
    count
}

/// The form with its words in a language, so far as there are any, and without Markdown; `true` if there was some.
pub fn spoken(form: &Value, lang: Option<&str>) -> (Value, bool) {
    let mut form = form.clone();
    let mut any = false;
    speak(&mut form, lang, &mut any);
    (form, any)
}

fn speak(value: &mut Value, lang: Option<&str>, any: &mut bool) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|each| speak(each, lang, any)),
        Value::Object(object) => {
            // The ids of choices that are texts come from the texts.
            for key in ["title", "text", "display"] {
                if let Some(said) = object.get(&format!("_{key}")).cloned() {
                    let own = object.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
                    let own = own.as_str();
                    if let Some(words) = words(own, &said, lang, any) {
                        // A choice without a code goes by its own words, whatever it is called elsewhere.
                        if key == "display" && !own.is_empty() && !object.contains_key("code") {
                            object.insert("code".to_owned(), Value::from(own));
                        }
                        object.insert(key.to_owned(), Value::String(words));
                    }
                }
            }
            object.values_mut().for_each(|each| speak(each, lang, any));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What stands in the place of a text, if something does.
fn words(own: &str, said: &Value, lang: Option<&str>, any: &mut bool) -> Option<String> {
    let markdown = entries(said, "extension")
        .iter()
        .find(|extension| extension_name(extension) == "rendering-markdown")
        .and_then(|extension| text_of(extension, "valueMarkdown").or(text_of(extension, "valueString")));
    let translated =
        lang.and_then(|lang| translations(said).find(|(tag, _)| *tag == lang)).map(|(_, text)| text);
    match (translated, markdown) {
        (Some(text), Some(markdown)) if own == markdown => Some(plain(text)),
        (Some(text), _) => Some(text.to_owned()),
        (None, Some(markdown)) => {
            *any = true;
            (own.trim().is_empty() || own == markdown).then(|| plain(markdown))
        }
        (None, None) => None,
    }
}

/// The translations that are said of a text: language and words.
fn translations(said: &Value) -> impl Iterator<Item = (&str, &str)> {
    let all =
        entries(said, "extension").iter().filter(|extension| extension_name(extension) == "translation");
    all.filter_map(|extension| {
        let part =
            |name: &str| entries(extension, "extension").iter().find(|it| text_of(it, "url") == Some(name));
        let lang = part("lang").and_then(|it| text_of(it, "valueCode").or(text_of(it, "valueString")))?;
        let content = part("content");
        Some((lang, content.and_then(|it| text_of(it, "valueString").or(text_of(it, "valueMarkdown")))?))
    })
}

/// Markdown as plain words, a paragraph or an entry of a list a line. An address stays, behind the words of its link.
fn plain(markdown: &str) -> String {
    use pulldown_cmark::{Event, Parser, Tag, TagEnd};
    let mut out = String::new();
    let mut address = Vec::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Item) => out.push_str("- "),
            Event::Start(Tag::Link { dest_url, .. }) => address.push(dest_url),
            Event::End(TagEnd::Link) => {
                if let Some(address) = address.pop().filter(|address| !out.ends_with(&**address)) {
                    out.push_str(&format!(" ({address})"));
                }
            }
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock) => {
                if !out.ends_with('\n') {
                    out.push('\n');
                }
            }
            _ => {}
        }
    }
    out.trim().to_owned()
}

fn each_object(value: &Value, look: &mut impl FnMut(&Map<String, Value>)) {
    match value {
        Value::Array(list) => list.iter().for_each(|each| each_object(each, look)),
        Value::Object(object) => {
            look(object);
            object.values().for_each(|each| each_object(each, look));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
