//! The choices of an item: `answerOption`, or a ValueSet that the Questionnaire contains.

use serde_json::Value;

use crate::engine::guide::import::{clean, entries, one_line, slug, text_of, unique};
use crate::engine::ids::ChoiceId;

/// A choice with the value that conditions compare it by.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// Its id in the guide.
    pub id: ChoiceId,
    /// Its words.
    pub words: String,
    /// What stands for it in FHIR: a Coding, a text, a number, `true` or `false`.
    pub value: Value,
    /// Whether it stands alone.
    pub exclusive: bool,
}

/// The choices of an item, and what could not be carried over.
pub fn options(item: &Value, contained: &[Value]) -> (Vec<Offered>, Vec<String>) {
    let mut found: Vec<Offered> = Vec::new();
    let mut said = Vec::new();
    for option in entries(item, "answerOption") {
        let value =
            option.as_object().and_then(|option| option.iter().find(|(key, _)| key.starts_with("value")));
        match value {
            Some((key, _)) if key == "valueReference" => {
                said.push("A choice that is a link to something else is left out.".to_owned());
            }
            Some((_, value)) => add(&mut found, value, is_exclusive(option)),
            None => said.push("A choice without a value is left out.".to_owned()),
        }
    }
    if let Some(address) = text_of(item, "answerValueSet") {
        match value_set(address, contained) {
            Some(set) => concepts(set).iter().for_each(|concept| add(&mut found, concept, false)),
            None if address.starts_with("http://hl7.org/fhir/ValueSet/yesnodontknow") => {
                for (code, display) in [("Y", "Yes"), ("N", "No"), ("asked-unknown", "Don't know")] {
                    add(&mut found, &serde_json::json!({"code": code, "display": display}), false);
                }
            }
            None => said.push(format!("The list of choices `{}` is not in the file.", one_line(address))),
        }
    }
    (found, said)
}

/// What the answers of an item count, if they do.
pub fn ordinals(item: &Value) -> Option<String> {
    let counts = |extensions: &[Value]| {
        extensions
            .iter()
            .find(|extension| {
                text_of(extension, "url")
                    .is_some_and(|url| url.ends_with("/ordinalValue") || url.ends_with("/itemWeight"))
            })
            .and_then(|extension| extension.get("valueDecimal").cloned())
    };
    let found: Vec<String> = entries(item, "answerOption")
        .iter()
        .filter_map(|option| {
            let coding = option.get("valueCoding").map(|coding| entries(coding, "extension"));
            counts(entries(option, "extension")).or_else(|| counts(coding.unwrap_or_default()))
        })
        .map(|number| number.to_string())
        .collect();
    (!found.is_empty()).then(|| found.join(", "))
}

fn add(found: &mut Vec<Offered>, value: &Value, exclusive: bool) {
    let (code, words) = match value {
        Value::Object(_) => {
            let code = text_of(value, "code");
            let display = text_of(value, "display");
            (code.or(display).unwrap_or_default().to_owned(), display.or(code).unwrap_or_default().to_owned())
        }
        Value::String(text) => (text.clone(), text.clone()),
        other => (other.to_string(), other.to_string()),
    };
    let words = clean(&words);
    if words.is_empty() {
        return;
    }
    let place = found.len() + 1;
    let id = unique(&slug(&code, &format!("c{place}")), &mut |id| {
        found.iter().any(|known| known.id.as_str() == id)
    });
    found.push(Offered { id: ChoiceId::from(id.as_str()), words, value: value.clone(), exclusive });
}

fn is_exclusive(option: &Value) -> bool {
    entries(option, "extension").iter().any(|extension| {
        text_of(extension, "url").is_some_and(|url| url.ends_with("/questionnaire-optionExclusive"))
            && extension.get("valueBoolean") == Some(&Value::Bool(true))
    })
}

fn value_set<'v>(address: &str, contained: &'v [Value]) -> Option<&'v Value> {
    let plain = address.split('|').next().unwrap_or_default();
    contained.iter().find(|resource| {
        text_of(resource, "resourceType") == Some("ValueSet")
            && (address.strip_prefix('#').is_some_and(|id| text_of(resource, "id") == Some(id))
                || text_of(resource, "url") == Some(plain))
    })
}

/// The codes of a ValueSet: as it was worked out, or as it is composed.
fn concepts(set: &Value) -> Vec<Value> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Value> = set
        .get("expansion")
        .map(|expansion| entries(expansion, "contains").iter().rev().collect())
        .unwrap_or_default();
    while let Some(concept) = waiting.pop() {
        let is_abstract = concept.get("abstract") == Some(&Value::Bool(true));
        if text_of(concept, "code").is_some() && !is_abstract {
            found.push(concept.clone());
        }
        waiting.extend(entries(concept, "contains").iter().rev());
    }
    if found.is_empty() {
        for include in set.get("compose").map(|compose| entries(compose, "include")).unwrap_or_default() {
            for concept in entries(include, "concept") {
                let mut coding = concept.clone();
                if let (Some(coding), Some(system)) = (coding.as_object_mut(), include.get("system")) {
                    coding.insert("system".to_owned(), system.clone());
                }
                found.push(coding);
            }
        }
    }
    found
}
