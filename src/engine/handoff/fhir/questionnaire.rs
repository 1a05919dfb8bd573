//! The guide as a Questionnaire, in one language.

use crate::engine::guide::Guide;
use crate::engine::guide::words::{QuestionWords, Say};
use crate::engine::handoff::fhir::condition::enable_when;
use crate::engine::handoff::fhir::json::{Json, Object, texts};
use crate::engine::handoff::fhir::layout::{Layout, Part};
use crate::engine::handoff::fhir::{LOINC, UCUM, coding, concept, definition, extension, ucum, uuid};
use crate::engine::ids::{Lang, QuestionId};
use crate::engine::screening::instrument::Instrument;
use crate::engine::screening::question::{Bounds, Choice, Day, Entries, Kind, Part as PairPart, Question};

/// How many choices of one question are shown as a list to tick; more are a menu.
const MOST_BUTTONS: usize = 10;

/// What the notices of LOINC and of the instruments say where their codes and words stand.
const COPYRIGHT: &str = "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc. The PHQ and GAD instruments were developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.";

/// A Questionnaire, and what FHIR could not say of it.
pub struct Exported {
    /// The resource.
    pub resource: Json,
    /// The questions whose conditions are only partly there: FHIR asks them of more people than the guide does.
    pub asked_of_more: Vec<QuestionId>,
}

/// The canonical address of a clinic's guide in a language. `base` is the clinic's own address for FHIR; without one it
/// is a UUID made of the clinic's name.
pub fn canonical(clinic: &str, lang: &Lang, base: &str) -> String {
    match base {
        "" => format!("urn:uuid:{}", uuid(&["questionnaire", clinic, lang.as_str()])),
        base => format!("{base}/Questionnaire/anteroom-{lang}"),
    }
}

/// The guide as a Questionnaire in a language that it has taken into use.
pub fn questionnaire(guide: &Guide, lang: &Lang, base: &str) -> Exported {
    let words = guide.words(lang);
    let layout = Layout::new(guide, words).settled();
    let mut writer = Writer { layout: &layout, asked_of_more: Vec::new() };
    let items: Vec<Object> = layout
        .groups()
        .iter()
        .map(|group| {
            let section = words.section(group.section);
            let title = if section.title.is_empty() { group.section.as_str() } else { &section.title };
            let mut items = Vec::new();
            if group.first {
                items.extend(display(&format!("{}/intro", group.link), &section.intro, None));
            }
            for part in &group.parts {
                match part {
                    Part::Question(question) => items.extend(writer.question(question)),
                    Part::Stem { link, words, questions } => {
                        let below = questions.iter().flat_map(|question| writer.question(question));
                        items.push(item(link, "group", words).with("item", below.collect::<Vec<_>>()));
                    }
                    Part::Score(instrument) => items.push(writer.score(instrument)),
                }
            }
            item(&group.link, "group", title).with("item", items)
        })
        .collect();
    let review = &guide.review;
    let reviewed = review.reviewed_on.map(|date| date.to_string()).unwrap_or_default();
    let due = review.review_due.map(|date| date.to_string()).unwrap_or_default();
    let signed = !review.reviewer.trim().is_empty();
    let copyright = if guide.instruments.is_empty() { "" } else { COPYRIGHT };
    let resource = texts(&[
        ("resourceType", "Questionnaire"),
        ("language", lang.as_str()),
        ("url", &canonical(&guide.settings.clinic.name, lang, base)),
        ("version", &guide.version),
        ("name", "AnteroomGuide"),
        ("title", words.say(Say::StartTitle)),
        // Nobody has signed a draft yet.
        ("status", if signed { "active" } else { "draft" }),
    ])
    .with("subjectType", Json::List(vec![Json::from("Patient")]))
    .with("date", reviewed.as_str())
    .with("publisher", guide.settings.clinic.name.as_str())
    .with("description", words.say(Say::StartNot))
    .with("copyright", copyright)
    .with("lastReviewDate", reviewed)
    .with("effectivePeriod", texts(&[("end", &due)]))
    .with("item", items);
    Exported { resource: resource.into(), asked_of_more: writer.asked_of_more }
}

struct Writer<'l, 'g> {
    layout: &'l Layout<'g>,
    asked_of_more: Vec<QuestionId>,
}

impl Writer<'_, '_> {
    /// The item of a question, and the one of its "not sure" if that stands beside what is typed.
    fn question(&mut self, question: &Question) -> Vec<Object> {
        let layout = self.layout;
        let words = layout.words.question(&question.id);
        let link = layout.link(&question.id);
        let ask = if words.ask.is_empty() { question.id.as_str() } else { &words.ask };
        let beside = question.kind.is_typed() && !question.unsure_choices.is_empty();
        let mut below: Vec<Object> = Vec::new();
        below.extend(display(&format!("{link}/hint"), &words.hint, None));
        below.extend(display(&format!("{link}/why"), &words.why, Some("help")));
        let mut extensions = Vec::new();
        let mut rest = Object::default();
        let kind = match &question.kind {
            Kind::One(choices) => {
                let control = if choices.len() > MOST_BUTTONS { "drop-down" } else { "radio-button" };
                extensions.push(item_control(control));
                rest.put("answerOption", self.options(question, choices));
                "choice"
            }
            Kind::Several(choices) => {
                extensions.push(item_control("check-box"));
                rest.put("repeats", true);
                rest.put("answerOption", self.options(question, choices));
                // Names of medicines are typed beside the choices.
                let named = layout.guide.settings.medicines.as_ref() == Some(&question.id);
                if named { "open-choice" } else { "choice" }
            }
            Kind::Number(bounds) => measure(bounds, words, &mut extensions),
            Kind::Pair(parts) => {
                extensions.push(first_is_greater(layout, question, parts));
                below.extend(parts.iter().map(|part| self.part(question, part)));
                "group"
            }
            Kind::Date(days) => {
                extensions.extend(
                    [("minValue", days.earliest), ("maxValue", days.latest)]
                        .into_iter()
                        .filter_map(|(name, day)| Some(day_extension(name, day?))),
                );
                "date"
            }
            Kind::Text(letters) => {
                rest.put("maxLength", letters.most as f64);
                if letters.long { "text" } else { "string" }
            }
            Kind::List(entries) => {
                rest.put("repeats", true);
                extensions.push(extension("questionnaire-maxOccurs", "valueInteger", entries.most as f64));
                below.extend(self.fields(question, entries));
                "group"
            }
        };
        let mut own = Object::default();
        own.put("extension", extensions);
        own.put("linkId", link.as_str());
        if let Some(code) = layout.item(&question.id).and_then(|item| item.loinc.as_ref()) {
            own.put("code", vec![coding(LOINC, code, ask)]);
        }
        own.put("text", ask);
        own.put("type", kind);
        let (tests, all) = self.condition(question);
        enabled(&mut own, tests.clone(), all);
        if question.required && !beside {
            own.put("required", true);
        }
        let mut items = vec![own.and(rest).with("item", below)];
        if beside {
            items.push(self.unsure(question, tests, all));
        }
        items
    }

    /// "Not sure" and the like beside what is typed. Who need not pass it by chooses it when nothing is typed.
    fn unsure(&self, question: &Question, mut tests: Vec<Object>, all: bool) -> Object {
        let layout = self.layout;
        let link = layout.unsure_link(&question.id);
        let mut item = Object::default()
            .with("extension", vec![item_control("radio-button")])
            .with("linkId", link)
            .with("text", layout.words.question(&question.id).ask.as_str())
            .with("type", "choice");
        let typed = match &question.kind {
            Kind::Pair([first, _]) => layout.part_link(&question.id, first.id.as_str()),
            Kind::List(Entries { fields, .. }) => fields.first().map_or_else(
                || layout.link(&question.id),
                |field| layout.part_link(&question.id, field.id.as_str()),
            ),
            _ => layout.link(&question.id),
        };
        if all || tests.len() < 2 {
            let open = texts(&[("question", typed.as_str()), ("operator", "exists")]);
            tests.push(open.with("answerBoolean", false));
            enabled(&mut item, tests, true);
            if question.required {
                item.put("required", true);
            }
        } else {
            enabled(&mut item, tests, all);
        }
        item.with("answerOption", self.options(question, &question.unsure_choices))
    }

    fn condition(&mut self, question: &Question) -> (Vec<Object>, bool) {
        let Some(condition) = &question.ask_if else { return (Vec::new(), true) };
        let told = enable_when(self.layout, condition);
        if !told.whole {
            self.asked_of_more.push(question.id.clone());
        }
        (told.tests, told.all)
    }

    fn options(&self, question: &Question, choices: &[Choice]) -> Vec<Object> {
        choices
            .iter()
            .map(|choice| {
                let mut extensions = Vec::new();
                if let Some(value) = self.layout.value(&question.id, &choice.id) {
                    extensions.push(extension("ordinalValue", "valueDecimal", value));
                }
                if choice.exclusive && matches!(question.kind, Kind::Several(_)) {
                    extensions.push(extension("questionnaire-optionExclusive", "valueBoolean", true));
                }
                let coding = self.layout.coding(question, choice);
                Object::default().with("extension", extensions).with("valueCoding", coding)
            })
            .collect()
    }

    fn part(&self, question: &Question, part: &PairPart) -> Object {
        let words = self.layout.words.question(&question.id);
        let mut extensions = Vec::new();
        let kind = measure(&part.bounds, words, &mut extensions);
        let mut item = Object::default()
            .with("extension", extensions)
            .with("linkId", self.layout.part_link(&question.id, part.id.as_str()))
            .with("text", words.part(&part.id))
            .with("type", kind);
        if question.required && question.unsure_choices.is_empty() {
            item.put("required", true);
        }
        item
    }

    fn fields(&self, question: &Question, entries: &Entries) -> Vec<Object> {
        let words = self.layout.words.question(&question.id);
        entries
            .fields
            .iter()
            .map(|field| {
                let link = self.layout.part_link(&question.id, field.id.as_str());
                let mut item = item(&link, "string", words.part(&field.id));
                if field.required {
                    item.put("required", true);
                }
                item.with("maxLength", field.most as f64)
            })
            .collect()
    }

    /// The score of an instrument: read only, and hidden unless the clinic shows scores to people.
    fn score(&self, instrument: &Instrument) -> Object {
        let title = self.layout.words.instrument(&instrument.id).title.as_str();
        let mut item = Object::default();
        if !self.layout.guide.settings.instruments.show_scores {
            item.put("extension", vec![extension("questionnaire-hidden", "valueBoolean", true)]);
        }
        item.put("linkId", self.layout.score_link(instrument));
        if let Some(code) = &instrument.loinc_total {
            item.put("code", vec![coding(LOINC, code, title)]);
        }
        item.with("text", title).with("type", "decimal").with("readOnly", true)
    }
}

fn item(link: &str, kind: &'static str, text: &str) -> Object {
    texts(&[("linkId", link), ("text", text), ("type", kind)])
}

/// Words that ask nothing; none if there are none.
fn display(link: &str, text: &str, control: Option<&str>) -> Option<Object> {
    let controls: Vec<Object> = control.into_iter().map(item_control).collect();
    (!text.trim().is_empty())
        .then(|| Object::default().with("extension", controls).and(item(link, "display", text)))
}

fn item_control(code: &str) -> Object {
    let control = concept("http://hl7.org/fhir/questionnaire-item-control", code, "");
    extension("questionnaire-itemControl", "valueCodeableConcept", control)
}

fn enabled(item: &mut Object, tests: Vec<Object>, all: bool) {
    if tests.len() > 1 {
        item.put("enableBehavior", if all { "all" } else { "any" });
    }
    item.put("enableWhen", tests);
}

/// The kind of a number, with its unit and bounds among the extensions.
fn measure(bounds: &Bounds, words: &QuestionWords, extensions: &mut Vec<Object>) -> &'static str {
    if bounds.units.is_empty() {
        extensions.push(extension(
            "questionnaire-unit",
            "valueCoding",
            unit_coding(&bounds.unit, &bounds.unit),
        ));
        extensions.push(extension("minValue", "valueDecimal", bounds.least));
        extensions.push(extension("maxValue", "valueDecimal", bounds.most));
        return "decimal";
    }
    for unit in &bounds.units {
        let coding = unit_coding(unit.id.as_str(), words.unit(&unit.id));
        extensions.push(extension("questionnaire-unitOption", "valueCoding", coding));
    }
    for (name, number) in [("minQuantity", bounds.least), ("maxQuantity", bounds.most)] {
        let url = format!("http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-{name}");
        let bound = quantity(number, &bounds.unit, &bounds.unit);
        extensions.push(texts(&[("url", &url)]).with("valueQuantity", bound));
    }
    "quantity"
}

fn unit_coding(unit: &str, display: &str) -> Object {
    match ucum(unit) {
        Some(code) => coding(UCUM, code, display),
        None => coding("", unit, display),
    }
}

/// A number with its unit, by its id and its words.
pub fn quantity(number: f64, unit: &str, words: &str) -> Object {
    let quantity = Object::default().with("value", number).with("unit", words);
    match ucum(unit) {
        Some(code) => quantity.with("system", UCUM).with("code", code),
        None => quantity.with("code", unit),
    }
}

/// That the first number of a pair is greater than the second.
fn first_is_greater(layout: &Layout, question: &Question, parts: &[PairPart; 2]) -> Object {
    let [first, second] = parts.each_ref().map(|part| layout.part_link(&question.id, part.id.as_str()));
    let answer = |link: &str| format!("item.where(linkId='{link}').answer.value");
    let words = layout.words.question(&question.id);
    let [high, low] = parts.each_ref().map(|part| words.part(&part.id));
    let detail = [
        texts(&[("url", "key"), ("valueId", FIRST_IS_GREATER)]),
        texts(&[("url", "severity"), ("valueCode", "error")]),
        texts(&[("url", "expression")]).with(
            "valueString",
            format!("{}.empty() or {} > {}", answer(&second), answer(&first), answer(&second)),
        ),
        texts(&[("url", "human")]).with("valueString", format!("{high} > {low}")),
    ];
    Object::default().with("extension", detail.to_vec()).with("url", definition("questionnaire-constraint"))
}

/// The key of the constraint by which a pair is known.
pub const FIRST_IS_GREATER: &str = "first-is-greater";

/// A bound of a date. One that goes by today is an expression.
fn day_extension(name: &str, day: Day) -> Object {
    match day {
        Day::On(date) => extension(name, "valueDate", date.to_string()),
        Day::FromToday(days) => {
            let sign = if days < 0 { '-' } else { '+' };
            let expression = format!("today() {sign} {} days", days.unsigned_abs());
            let expression = texts(&[("language", "text/fhirpath"), ("expression", &expression)]);
            let value = extension("cqf-calculatedValue", "valueExpression", expression);
            extension(name, "_valueDate", Object::default().with("extension", vec![value]))
        }
    }
}
