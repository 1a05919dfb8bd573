//! The answers of a packet as a QuestionnaireResponse. Made of the packet alone: what is not shared is marked as masked.

use std::collections::BTreeMap;

use crate::engine::guide::Guide;
use crate::engine::handoff::fhir::extension;
use crate::engine::handoff::fhir::json::{Json, Object, texts};
use crate::engine::handoff::fhir::layout::{Layout, Part};
use crate::engine::handoff::fhir::questionnaire::quantity;
use crate::engine::handoff::packet::{Packet, SharedAnswer};
use crate::engine::ids::{ChoiceId, QuestionId};
use crate::engine::screening::answer::Answer;
use crate::engine::screening::question::{Kind, Question};

/// The groups of answers, in the Questionnaire's order; without the questions that did not apply.
pub fn items(guide: &Guide, packet: &Packet) -> Vec<Object> {
    let words = guide.words(&packet.language);
    let layout = Layout::new(guide, words);
    let given: BTreeMap<&QuestionId, &SharedAnswer> =
        packet.answers.iter().map(|answer| (&answer.question, answer)).collect();
    let answer = |question: &Question| -> Vec<Object> {
        given.get(&question.id).map(|answer| question_items(&layout, question, answer)).unwrap_or_default()
    };
    let groups = layout.groups().into_iter().filter_map(|group| {
        let mut below = Vec::new();
        for part in &group.parts {
            match part {
                Part::Question(question) => below.extend(answer(question)),
                Part::Stem { link, words, questions } => {
                    let items: Vec<Object> = questions.iter().flat_map(|question| answer(question)).collect();
                    if !items.is_empty() {
                        below.push(texts(&[("linkId", link), ("text", words)]).with("item", items));
                    }
                }
                Part::Score(instrument) => {
                    let score = packet.scores.iter().find(|score| score.instrument == instrument.id);
                    below.extend(score.map(|score| {
                        let title = words.instrument(&instrument.id).title.as_str();
                        texts(&[("linkId", &layout.score_link(instrument)), ("text", title)])
                            .with("answer", vec![Object::default().with("valueDecimal", score.score)])
                    }));
                }
            }
        }
        let title = words.section(group.section).title.as_str();
        (!below.is_empty()).then(|| texts(&[("linkId", &group.link), ("text", title)]).with("item", below))
    });
    groups.collect()
}

/// The items of one question: more than one for the entries of a list.
fn question_items(layout: &Layout, question: &Question, given: &SharedAnswer) -> Vec<Object> {
    let link = layout.link(&question.id);
    let item = |absent: Option<&str>| {
        let reason = absent.map(|code| extension("data-absent-reason", "valueCode", code));
        Object::default()
            .with("extension", reason.into_iter().collect::<Vec<_>>())
            .and(texts(&[("linkId", &link), ("text", &given.words)]))
    };
    let part = |id: &str, words: &str, value: Object| {
        texts(&[("linkId", &layout.part_link(&question.id, id)), ("text", words)]).with("answer", vec![value])
    };
    if !given.shared {
        return vec![item(Some("masked"))];
    }
    let words = layout.words.question(&question.id);
    let Some(answer) = &given.answer else { return vec![item(Some("unknown"))] };
    let values = match answer {
        Answer::Blank => return vec![item(Some("asked-declined"))],
        Answer::One(chosen) if question.kind.is_typed() => {
            let unsure = texts(&[("linkId", &layout.unsure_link(&question.id)), ("text", &given.words)]);
            return vec![
                item(Some("asked-unknown")),
                unsure.with("answer", coded(layout, question, [chosen])),
            ];
        }
        Answer::One(chosen) => coded(layout, question, [chosen]),
        Answer::Several(chosen) => coded(layout, question, chosen),
        Answer::Named(chosen, names) => {
            let names = names.iter().map(|name| Object::default().with("valueString", name.words.as_str()));
            coded(layout, question, chosen).into_iter().chain(names).collect()
        }
        Answer::Number(number) => match &question.kind {
            Kind::Number(bounds) if !bounds.units.is_empty() => {
                let quantity = quantity(*number, &bounds.unit, words.unit_of(bounds));
                vec![Object::default().with("valueQuantity", quantity)]
            }
            _ => vec![Object::default().with("valueDecimal", *number)],
        },
        Answer::Measured(measured) => {
            let quantity = quantity(measured.typed, measured.unit.as_str(), words.unit(&measured.unit));
            vec![Object::default().with("valueQuantity", quantity)]
        }
        Answer::Pair(parts) => {
            let parts = parts
                .iter()
                .map(|(id, number)| {
                    part(id.as_str(), words.part(id), Object::default().with("valueDecimal", *number))
                })
                .collect::<Vec<_>>();
            return vec![item(None).with("item", parts)];
        }
        Answer::Date(date) => vec![Object::default().with("valueDate", date.to_string())],
        Answer::Text(text) => vec![Object::default().with("valueString", text.as_str())],
        Answer::List(entries) => {
            return entries
                .iter()
                .map(|entry| {
                    let fields = entry
                        .iter()
                        .map(|(id, text)| {
                            part(
                                id.as_str(),
                                words.part(id),
                                Object::default().with("valueString", text.as_str()),
                            )
                        })
                        .collect::<Vec<_>>();
                    item(None).with("item", fields)
                })
                .collect();
        }
    };
    vec![item(None).with("answer", values)]
}

/// Chosen choices as answers, in the order of the question.
fn coded<'c>(
    layout: &Layout,
    question: &Question,
    chosen: impl IntoIterator<Item = &'c ChoiceId>,
) -> Vec<Object> {
    let chosen: Vec<&ChoiceId> = chosen.into_iter().collect();
    let choices = question.choices().iter().filter(|choice| chosen.contains(&&choice.id));
    choices.map(|choice| Object::default().with("valueCoding", layout.coding(question, choice))).collect()
}

/// Whether a question that a result needs an answer to was shared without one.
pub fn is_open(guide: &Guide, packet: &Packet) -> bool {
    packet.answers.iter().any(|answer| {
        answer.shared
            && answer.answer.is_none()
            && guide.question(&answer.question).is_some_and(|question| question.required)
    })
}

/// The response as a resource; `subject` is the person, if anything is known of them.
pub fn response(
    guide: &Guide,
    packet: &Packet,
    questionnaire: &str,
    identifier: Object,
    subject: Option<Json>,
) -> Object {
    let mut response =
        texts(&[("resourceType", "QuestionnaireResponse"), ("language", packet.language.as_str())])
            .with("identifier", identifier)
            .with("questionnaire", format!("{questionnaire}|{}", packet.guide_version))
            .with("status", if is_open(guide, packet) { "in-progress" } else { "completed" });
    if let Some(subject) = subject {
        response.put("subject", subject.clone());
        response.put("source", subject);
    }
    response.with("authored", packet.created.as_str()).with("item", items(guide, packet))
}
