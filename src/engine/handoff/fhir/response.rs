//! The answers of a packet as a QuestionnaireResponse. Made of the packet alone: what is not shared is marked as masked.

use crate::engine::handoff::coded::{Coded, CodedKind, Named};
use crate::engine::handoff::fhir::json::{Json, Object, texts};
use crate::engine::handoff::fhir::layout::{link_of, part_link, score_link, unsure_link};
use crate::engine::handoff::fhir::questionnaire::quantity;
use crate::engine::handoff::fhir::{LOINC, coding, extension};
use crate::engine::handoff::packet::{Packet, SharedAnswer};
use crate::engine::ids::PartId;
use crate::engine::screening::answer::Answer;

/// How many groups may be inside of each other. Ours are two; a stranger's packet may say anything.
const MOST_GROUPS: usize = 4;

/// An item, or a group that is still being filled.
enum Node {
    Item(Object),
    Group { link: String, below: Vec<Node> },
}

/// The groups of answers, in the Questionnaire's order; without the questions that did not apply.
pub fn items(packet: &Packet) -> Vec<Object> {
    let mut nodes = Vec::new();
    for given in &packet.answers {
        let groups = given.coded.as_ref().map(|coded| coded.groups.as_slice()).unwrap_or_default();
        put(&mut nodes, groups.get(..MOST_GROUPS).unwrap_or(groups), question_items(given));
    }
    for score in &packet.scores {
        let Some(coded) = &score.coded else { continue };
        let link = score_link(score.instrument.as_str(), coded.loinc.as_deref());
        let item = texts(&[("linkId", &link), ("text", &coded.title)]);
        let item = item.with("answer", vec![Object::default().with("valueDecimal", score.score)]);
        put(&mut nodes, std::slice::from_ref(&coded.group), vec![item]);
    }
    written(packet, nodes)
}

fn put(nodes: &mut Vec<Node>, groups: &[String], items: Vec<Object>) {
    let Some((first, inner)) = groups.split_first() else {
        nodes.extend(items.into_iter().map(Node::Item));
        return;
    };
    let found = nodes.iter_mut().rev().find_map(|node| match node {
        Node::Group { link, below } if link == first => Some(below),
        _ => None,
    });
    if let Some(below) = found {
        return put(below, inner, items);
    }
    let mut below = Vec::new();
    put(&mut below, inner, items);
    nodes.push(Node::Group { link: first.clone(), below });
}

fn written(packet: &Packet, nodes: Vec<Node>) -> Vec<Object> {
    let write = |node| match node {
        Node::Item(item) => item,
        Node::Group { link, below } => {
            let title = packet.groups.get(&link).map(String::as_str).unwrap_or_default();
            texts(&[("linkId", &link), ("text", title)]).with("item", written(packet, below))
        }
    };
    nodes.into_iter().map(write).collect()
}

/// The items of one question: more than one for the entries of a list.
fn question_items(given: &SharedAnswer) -> Vec<Object> {
    let loinc = given.coded.as_ref().and_then(|coded| coded.loinc.as_deref());
    let link = link_of(given.question.as_str(), loinc);
    let item = |absent: Option<&str>| {
        let reason = absent.map(|code| extension("data-absent-reason", "valueCode", code));
        Object::default()
            .with("extension", reason.into_iter().collect::<Vec<_>>())
            .and(texts(&[("linkId", &link), ("text", &given.words)]))
    };
    if !given.shared {
        return vec![item(Some("masked"))];
    }
    let Some(answer) = &given.answer else { return vec![item(Some("unknown"))] };
    if *answer == Answer::Blank {
        return vec![item(Some("asked-declined"))];
    }
    let in_words = || {
        let words = given.answer_words.as_deref().unwrap_or_default();
        vec![Object::default().with("valueString", words)]
    };
    // A packet of before says what was answered in words alone.
    let Some(coded) = &given.coded else { return vec![item(None).with("answer", in_words())] };
    let part = |named: &Named, value: Object| {
        texts(&[("linkId", &part_link(&link, &named.id)), ("text", &named.words)]).with("answer", vec![value])
    };
    let values = match (coded.kind, answer) {
        (kind, _) if kind.is_typed() && !coded.chosen.is_empty() => {
            let unsure = texts(&[("linkId", &unsure_link(&link)), ("text", &given.words)]);
            return vec![item(Some("asked-unknown")), unsure.with("answer", choices(coded))];
        }
        (CodedKind::One | CodedKind::Several, answer) if !coded.chosen.is_empty() => {
            let names = answer.names().iter();
            let names = names.map(|name| Object::default().with("valueString", name.words.as_str()));
            choices(coded).into_iter().chain(names).collect()
        }
        (CodedKind::Number, Answer::Number(number)) => {
            vec![Object::default().with("valueDecimal", *number)]
        }
        (CodedKind::Quantity, Answer::Number(number)) => in_unit(coded, *number),
        (CodedKind::Quantity, Answer::Measured(measured)) => in_unit(coded, measured.typed),
        (CodedKind::Pair, Answer::Pair(parts)) => {
            let number = |id: &str| parts.iter().find(|(part, _)| part.as_str() == id).map(|(_, it)| *it);
            let named = coded.parts.iter().filter_map(|named| {
                Some(part(named, Object::default().with("valueDecimal", number(&named.id)?)))
            });
            return vec![item(None).with("item", named.collect::<Vec<_>>())];
        }
        (CodedKind::List, Answer::List(entries)) => {
            let field = |entry: &[(PartId, String)], named: &Named| {
                let (_, text) = entry.iter().find(|(field, _)| field.as_str() == named.id)?;
                Some(part(named, Object::default().with("valueString", text.as_str())))
            };
            let entry = |entry: &Vec<(PartId, String)>| {
                let fields = coded.parts.iter().filter_map(|named| field(entry, named));
                item(None).with("item", fields.collect::<Vec<_>>())
            };
            return entries.iter().map(entry).collect();
        }
        (CodedKind::Date, Answer::Date(date)) => {
            vec![Object::default().with("valueDate", date.to_string())]
        }
        // What looks like a date and was typed as words.
        (CodedKind::Text, Answer::Date(date)) => {
            vec![Object::default().with("valueString", date.to_string())]
        }
        (CodedKind::Text, Answer::Text(text)) => {
            vec![Object::default().with("valueString", text.as_str())]
        }
        _ => in_words(),
    };
    vec![item(None).with("answer", values)]
}

/// The choices that were made: LOINC's answers where verified ones stand for them, else the guide's own ids.
fn choices(coded: &Coded) -> Vec<Object> {
    let choice = |named: &Named| {
        let coding = match &named.loinc {
            Some(code) => coding(LOINC, code, &named.words),
            None => coding("", &named.id, &named.words),
        };
        Object::default().with("valueCoding", coding)
    };
    coded.chosen.iter().map(choice).collect()
}

fn in_unit(coded: &Coded, number: f64) -> Vec<Object> {
    let (unit, words) = coded.unit.as_ref().map_or(("", ""), |unit| (&unit.id, &unit.words));
    vec![Object::default().with("valueQuantity", quantity(number, unit, words))]
}

/// The response as a resource; `subject` is the person, if anything is known of them.
pub fn response(packet: &Packet, questionnaire: &str, identifier: Object, subject: Option<Json>) -> Object {
    let is_open = packet.answers.iter().any(|answer| answer.shared && answer.answer.is_none());
    // In a packet of before nothing says where an answer stands in the Questionnaire.
    let is_coded = packet.answers.iter().all(|answer| answer.coded.is_some());
    let mut response =
        texts(&[("resourceType", "QuestionnaireResponse"), ("language", packet.language.as_str())])
            .with("identifier", identifier);
    if is_coded {
        response.put("questionnaire", format!("{questionnaire}|{}", packet.guide_version));
    }
    response.put("status", if is_open { "in-progress" } else { "completed" });
    if let Some(subject) = subject {
        response.put("subject", subject.clone());
        response.put("source", subject);
    }
    response.with("authored", packet.created.as_str()).with("item", items(packet))
}
