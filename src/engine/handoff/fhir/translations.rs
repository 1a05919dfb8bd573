//! The words of a guide's other languages in a Questionnaire, by FHIR's `translation` extension.

use crate::engine::map::Map;

use crate::engine::handoff::fhir::definition;
use crate::engine::handoff::fhir::json::{Json, Object, texts};
use crate::engine::ids::Lang;

/// The Questionnaire `form` with the words of the same guide's Questionnaires in other languages beside its own. What an
/// other language lacks, such as the official words of an instrument, has no translation; nor has what is the same in both.
pub fn translated(form: Json, others: &[(Lang, Json)]) -> Json {
    let others: Vec<Spoken> = others
        .iter()
        .map(|(lang, other)| {
            let mut texts = Map::new();
            collect(other, &mut texts);
            Spoken { lang, texts }
        })
        .collect();
    match form {
        Json::Object(form) => whole(form, &others).into(),
        other => other,
    }
}

/// The texts of a language, by where they stand.
struct Spoken<'l> {
    lang: &'l Lang,
    texts: Map<Place, String>,
}

/// Where a text stands: of which item, and of which choice of it; or a text of the Questionnaire as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Whole(&'static str),
    Item(String),
    Choice(String, String),
}

/// An item's own name: a group that has no name of its own in the guide, as it is numbered, goes by what stands in it first.
fn name_of(item: &Object) -> String {
    let link = item.text("linkId").unwrap_or_default();
    match (link.strip_prefix("stem/"), item.list("item").first()) {
        (Some(_), Some(Json::Object(first))) => format!("stem of {}", name_of(first)),
        _ => link.to_owned(),
    }
}

fn code_of(option: &Object) -> Option<(&str, &str)> {
    let Some(Json::Object(coding)) = option.get("valueCoding") else { return None };
    Some((coding.text("code")?, coding.text("display")?))
}

fn collect(form: &Json, found: &mut Map<Place, String>) {
    let Json::Object(form) = form else { return };
    for key in ["title", "description"] {
        if let Some(text) = form.text(key) {
            found.insert(Place::Whole(key), text.to_owned());
        }
    }
    collect_items(form.list("item"), found);
}

fn collect_items(items: &[Json], found: &mut Map<Place, String>) {
    for item in items {
        let Json::Object(item) = item else { continue };
        let name = name_of(item);
        for option in item.list("answerOption") {
            let Json::Object(option) = option else { continue };
            if let Some((code, display)) = code_of(option) {
                found.insert(Place::Choice(name.clone(), code.to_owned()), display.to_owned());
            }
        }
        if let Some(text) = item.text("text") {
            found.insert(Place::Item(name), text.to_owned());
        }
        collect_items(item.list("item"), found);
    }
}

fn whole(form: Object, others: &[Spoken]) -> Object {
    form.each(|(key, value)| match (key, value) {
        ("title", value) => beside("title", "_title", value, &Place::Whole("title"), others),
        ("description", value) => {
            beside("description", "_description", value, &Place::Whole("description"), others)
        }
        ("item", Json::List(items)) => vec![("item", all_items(items, others))],
        other => vec![other],
    })
}

fn all_items(items: Vec<Json>, others: &[Spoken]) -> Json {
    let one = |item| match item {
        Json::Object(item) => Json::Object(one_item(item, others)),
        other => other,
    };
    Json::List(items.into_iter().map(one).collect())
}

fn one_item(item: Object, others: &[Spoken]) -> Object {
    let name = name_of(&item);
    item.each(|(key, value)| match (key, value) {
        ("text", value) => beside("text", "_text", value, &Place::Item(name.clone()), others),
        ("item", Json::List(items)) => vec![("item", all_items(items, others))],
        ("answerOption", Json::List(options)) => {
            let option = |option| match option {
                Json::Object(option) => Json::Object(one_option(option, &name, others)),
                other => other,
            };
            vec![("answerOption", Json::List(options.into_iter().map(option).collect()))]
        }
        other => vec![other],
    })
}

fn one_option(option: Object, name: &str, others: &[Spoken]) -> Object {
    let Some(code) = code_of(&option).map(|(code, _)| code.to_owned()) else { return option };
    let place = Place::Choice(name.to_owned(), code);
    option.each(|(key, value)| match (key, value) {
        ("valueCoding", Json::Object(coding)) => {
            let coding = coding.each(|(key, value)| match key {
                "display" => beside("display", "_display", value, &place, others),
                _ => vec![(key, value)],
            });
            vec![("valueCoding", coding.into())]
        }
        other => vec![other],
    })
}

/// A text under its key, and its translations under the key for what is said of it.
fn beside(
    key: &'static str,
    said: &'static str,
    value: Json,
    place: &Place,
    others: &[Spoken],
) -> Vec<(&'static str, Json)> {
    let translations: Vec<Object> = others
        .iter()
        .filter_map(|other| {
            let text = other.texts.get(place)?;
            (value != Json::from(text.as_str())).then(|| {
                let lang = texts(&[("url", "lang"), ("valueCode", other.lang.as_str())]);
                let content = texts(&[("url", "content"), ("valueString", text)]);
                Object::default()
                    .with("extension", vec![lang, content])
                    .with("url", definition("translation"))
            })
        })
        .collect();
    if translations.is_empty() {
        return vec![(key, value)];
    }
    vec![(key, value), (said, Object::default().with("extension", translations).into())]
}
