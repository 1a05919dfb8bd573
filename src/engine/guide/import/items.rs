//! Goes through the items of a Questionnaire and makes sections, questions and words of them.

use crate::engine::map::{Map, Set};

use serde_json::Value;

use crate::engine::guide::import::bounds::unit_words;
use crate::engine::guide::import::condition::{Known, Target, condition};
use crate::engine::guide::import::options::{self, Offered, options};
use crate::engine::guide::import::{
    Note, clean, constraint_key, counted, entries, extension_name, list, one_line, slug, text_of, unique,
    whole,
};
use crate::engine::guide::reader::Place;
use crate::engine::guide::words::{QuestionWords, SectionWords, Words};
use crate::engine::handoff::fhir::FIRST_IS_GREATER;
use crate::engine::ids::{ChoiceId, Lang, PartId, QuestionId, SectionId};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{
    Bounds, Choice, Entries, EntryField, Kind, Letters, Part, Question,
};
use crate::engine::screening::rule::Condition;

/// The extension that holds a condition as an expression.
const EXPRESSION: &str = "sdc-questionnaire-enableWhenExpression";

/// How many letters a short and a long text may have where the Questionnaire does not say, and at most.
const LETTERS: [usize; 3] = [200, 2_000, 10_000];

/// What is read of a form in one language.
pub struct Read {
    pub words: Words,
    pub sections: Vec<SectionId>,
    pub questions: Vec<Question>,
    pub notes: Vec<Note>,
    pub title: String,
}

/// Reads a form. Ids that are `taken` are not given again.
pub fn read(form: &Value, lang: &Lang, taken: &Set<String>) -> Read {
    let mut reader = Reader {
        taken,
        used: taken.clone(),
        links: Map::new(),
        targets: Map::new(),
        of_more: Map::new(),
        coarse: Set::new(),
        places: 0,
        contained: form.get("contained").map(list).unwrap_or_default(),
        words: Words::for_language(lang),
        sections: Vec::new(),
        questions: Vec::new(),
        pending: Vec::new(),
        notes: Vec::new(),
        groups: 0,
        last_group: None,
        coded: 0,
    };
    let items = entries(form, "item");
    reader.find_links(items);
    let title = text_of(form, "title").or_else(|| text_of(form, "name")).unwrap_or("Questions").to_owned();
    reader.look_at_whole(form);
    let top = Group::new(&mut reader, "questions".to_owned(), clean(&title), When::default());
    reader.items(items, &top);
    reader.finish();
    let Reader { words, sections, questions, notes, .. } = reader;
    Read { words, sections, questions, notes, title }
}

/// A group of items: where its questions go.
struct Group {
    number: usize,
    id: String,
    title: String,
    when: When,
}

/// Who is asked what stands in a group.
#[derive(Clone, Default)]
struct When {
    /// All of these hold.
    conditions: Vec<Condition>,
    /// The places where it began that more people are asked here than there; none if the same are.
    of_more: Vec<usize>,
}

impl Group {
    fn new(reader: &mut Reader, id: String, title: String, when: When) -> Self {
        reader.groups += 1;
        Self { number: reader.groups, id, title, when }
    }
}

/// What has been read of a form so far.
pub struct Reader<'v> {
    /// Ids of a guide that this is laid over.
    taken: &'v Set<String>,
    /// The ids that are taken: of sections, questions and rules, in one.
    used: Set<String>,
    /// The type of every item by its `linkId`.
    links: Map<&'v str, &'v str>,
    /// What a condition can look at: the items that were read already.
    targets: Map<String, Target>,
    /// The questions that more people are asked here than there, and the places where that began. That one of them has
    /// an answer says nothing of what is answered there.
    of_more: Map<QuestionId, Vec<usize>>,
    /// The questions whose answers here are not quite the answers there: there is a choice more, or no hour.
    coarse: Set<QuestionId>,
    /// How many such places there are.
    places: usize,
    contained: &'v [Value],
    words: Words,
    sections: Vec<SectionId>,
    questions: Vec<Question>,
    /// Words between questions, which go to the next one.
    pending: Vec<(String, String)>,
    notes: Vec<Note>,
    groups: usize,
    last_group: Option<usize>,
    coded: usize,
}

impl<'v> Reader<'v> {
    pub fn note(&mut self, link: &str, lost: bool, what: impl Into<String>) {
        self.notes.push(Note { item: Some(link.to_owned()), lost, what: what.into() });
    }

    fn find_links(&mut self, items: &'v [Value]) {
        let mut waiting: Vec<&Value> = items.iter().collect();
        while let Some(item) = waiting.pop() {
            if let Some(link) = text_of(item, "linkId") {
                self.links.insert(link, text_of(item, "type").unwrap_or_default());
            }
            waiting.extend(entries(item, "item"));
        }
    }

    /// What is said of the Questionnaire as a whole and has no place in a guide.
    fn look_at_whole(&mut self, form: &Value) {
        let mut said = |what: String| self.notes.push(Note { item: None, lost: true, what });
        for extension in entries(form, "extension") {
            said(format!("The extension `{}` has no place in a guide.", extension_name(extension)));
        }
        if form.get("modifierExtension").is_some() {
            said(
                "The Questionnaire has an extension that changes its meaning, which is not understood."
                    .to_owned(),
            );
        }
        if text_of(form, "language").is_none() {
            self.notes.push(Note {
                item: None,
                lost: false,
                what: "The Questionnaire does not say its language; English is assumed.".to_owned(),
            });
        }
    }

    fn finish(&mut self) {
        for (link, _) in std::mem::take(&mut self.pending) {
            self.note(&link, true, "No question follows these words, so they have no place.");
        }
        if self.coded > 0 {
            let what = format!("The codes of {} have no place in a guide.", counted(self.coded, "item"));
            self.notes.push(Note { item: None, lost: true, what });
        }
    }

    fn items(&mut self, items: &'v [Value], group: &Group) {
        for item in items {
            self.item(item, group);
        }
    }

    fn item(&mut self, item: &'v Value, group: &Group) {
        let link = text_of(item, "linkId").unwrap_or_default();
        let kind = text_of(item, "type").unwrap_or_default();
        if item.get("code").is_some() {
            self.coded += 1;
        }
        self.look_at_extensions(item, link);
        let is_set = |name: &str| {
            entries(item, "extension").iter().any(|extension| {
                extension_name(extension) == name && extension.get("valueBoolean") == Some(&Value::Bool(true))
            })
        };
        if is_set("questionnaire-hidden") {
            return self.note(link, true, "It is hidden from whoever fills the form in, so nobody is asked.");
        }
        if item.get("readOnly") == Some(&Value::Bool(true)) && kind != "group" && kind != "display" {
            return self.note(link, true, "It can only be read, so nobody is asked.");
        }
        match kind {
            "display" => self.display(item, link),
            "group" => self.group(item, link, group),
            _ => self.question(item, link, kind, group),
        }
    }

    fn look_at_extensions(&mut self, item: &Value, link: &str) {
        const CARRIED: [&str; 20] = [
            "questionnaire-itemControl",
            "questionnaire-unit",
            "questionnaire-unitOption",
            "questionnaire-hidden",
            "questionnaire-maxOccurs",
            "questionnaire-choiceOrientation",
            "questionnaire-displayCategory",
            "questionnaire-constraint",
            "questionnaire-minOccurs",
            "sdc-questionnaire-minQuantity",
            "sdc-questionnaire-maxQuantity",
            "sdc-questionnaire-choiceColumn",
            "sdc-questionnaire-observationExtract",
            "minValue",
            "maxValue",
            "maxDecimalPlaces",
            "entryFormat",
            "rendering-style",
            "rendering-xhtml",
            "rendering-markdown",
        ];
        let said: Vec<String> = entries(item, "extension")
            .iter()
            .filter_map(|extension| {
                let name = extension_name(extension);
                match name.as_str() {
                    EXPRESSION => {
                        Some("Its condition is an expression, which a guide does not have, so it is asked of everyone.".to_owned())
                    }
                    "questionnaire-constraint" if constraint_key(extension) != Some(FIRST_IS_GREATER) => {
                        Some("What its answer must fulfil is an expression, which a guide does not have.".to_owned())
                    }
                    known if CARRIED.contains(&known) => None,
                    _ => Some(format!("The extension `{name}` has no place in a guide.")),
                }
            })
            .collect();
        for what in said {
            self.note(link, true, what);
        }
        if item.get("modifierExtension").is_some() {
            self.note(link, true, "It has an extension that changes its meaning, which is not understood.");
        }
        if !entries(item, "initial").is_empty()
            || entries(item, "answerOption")
                .iter()
                .any(|option| option.get("initialSelected") == Some(&Value::Bool(true)))
        {
            self.note(link, true, "It is filled in beforehand there. Here nothing is, since a blank must never pass for an answer.");
        }
    }

    fn display(&mut self, item: &Value, link: &str) {
        if !entries(item, "enableWhen").is_empty() {
            self.note(link, false, "These words are shown to some people there, and to everyone here.");
        }
        match text_of(item, "text") {
            Some(text) => self.pending.push((link.to_owned(), clean(text))),
            None => self.note(link, true, "It has no words."),
        }
    }

    fn group(&mut self, item: &'v Value, link: &str, group: &Group) {
        let below = entries(item, "item");
        let asks: Vec<&Value> =
            below.iter().filter(|item| text_of(item, "type") != Some("display")).collect();
        let is = |kinds: &[&str]| {
            asks.iter().all(|item| kinds.contains(&text_of(item, "type").unwrap_or_default()))
        };
        let repeats = item.get("repeats") == Some(&Value::Bool(true));
        let is_pair =
            entries(item, "extension").iter().any(|ext| constraint_key(ext) == Some(FIRST_IS_GREATER));
        if is_pair && asks.len() == 2 && is(&["decimal", "integer"]) {
            return self.pair(item, link, &asks, group);
        }
        if repeats && !asks.is_empty() && is(&["string", "text", "url"]) {
            return self.entries(item, link, &asks, group);
        }
        if repeats {
            self.note(
                link,
                true,
                "The group can be filled in several times there. Its questions are asked once here.",
            );
        }
        let when = self.when(item, link, group);
        let own = text_of(item, "text").map(clean);
        let title =
            own.unwrap_or_else(|| if group.title.is_empty() { link.to_owned() } else { group.title.clone() });
        let id = link.strip_prefix("section/").unwrap_or(link);
        let inner = Group::new(self, id.to_owned(), title, when);
        self.items(below, &inner);
        // What follows the group belongs to the one around it again.
    }

    fn pair(&mut self, item: &'v Value, link: &str, asks: &[&'v Value], group: &Group) {
        let mut words = QuestionWords::default();
        let mut parts = Vec::new();
        for part in asks {
            let own = text_of(part, "linkId").unwrap_or_default();
            let name = own.strip_prefix(link).and_then(|rest| rest.strip_prefix('.')).unwrap_or(own);
            let id =
                unique(&slug(name, "part"), &mut |id| parts.iter().any(|part: &Part| part.id.as_str() == id));
            let id = PartId::from(id.as_str());
            words.parts.insert(id.clone(), text_of(part, "text").map_or_else(|| name.to_owned(), clean));
            let bounds = self.bounds(part, own);
            parts.push(Part { id, bounds: Bounds { units: Vec::new(), ..bounds } });
        }
        let required = asks.iter().all(|part| part.get("required") == Some(&Value::Bool(true)));
        let Ok(parts) = <[Part; 2]>::try_from(parts) else { return };
        let ids: Vec<PartId> = parts.iter().map(|part| part.id.clone()).collect();
        let id = self.push(item, link, Kind::Pair(parts), required, words, group);
        for (part, part_id) in asks.iter().zip(ids) {
            let own = text_of(part, "linkId").unwrap_or_default();
            self.targets.insert(own.to_owned(), Target::Part(id.clone(), part_id));
        }
    }

    fn entries(&mut self, item: &'v Value, link: &str, asks: &[&'v Value], group: &Group) {
        let mut words = QuestionWords::default();
        let mut fields: Vec<EntryField> = Vec::new();
        for field in asks {
            let own = text_of(field, "linkId").unwrap_or_default();
            let name = own.strip_prefix(link).and_then(|rest| rest.strip_prefix('.')).unwrap_or(own);
            let id =
                unique(&slug(name, "field"), &mut |id| fields.iter().any(|field| field.id.as_str() == id));
            let id = PartId::from(id.as_str());
            words.parts.insert(id.clone(), text_of(field, "text").map_or_else(|| name.to_owned(), clean));
            let most = whole(field.get("maxLength")).unwrap_or(100).clamp(1, LETTERS[2]);
            let required = fields.is_empty() || field.get("required") == Some(&Value::Bool(true));
            fields.push(EntryField { id, required, most });
        }
        let most = entries(item, "extension")
            .iter()
            .find(|extension| extension_name(extension) == "questionnaire-maxOccurs")
            .and_then(|extension| whole(extension.get("valueInteger")));
        let most = most.unwrap_or(20).clamp(1, LETTERS[2]);
        let required = item.get("required") == Some(&Value::Bool(true));
        let id = self.push(item, link, Kind::List(Entries { fields, most }), required, words, group);
        for field in asks {
            let own = text_of(field, "linkId").unwrap_or_default();
            self.targets.insert(own.to_owned(), Target::Words(id.clone()));
        }
    }

    fn question(&mut self, item: &'v Value, link: &str, kind: &str, group: &Group) {
        if let Some(typed) = link.strip_suffix("/unsure")
            && self.unsure(item, link, typed)
        {
            return;
        }
        let mut words = QuestionWords::default();
        let required = item.get("required") == Some(&Value::Bool(true));
        let repeats = item.get("repeats") == Some(&Value::Bool(true));
        let several = repeats && matches!(kind, "choice" | "open-choice");
        if repeats && !several {
            self.note(link, true, "It can be answered several times there, and once here.");
        }
        let letters = |long: bool| {
            let most = whole(item.get("maxLength")).unwrap_or(if long { LETTERS[1] } else { LETTERS[0] });
            Kind::Text(Letters { long, most: most.clamp(1, LETTERS[2]) })
        };
        let mut found = Vec::new();
        let mut coarse = kind == "dateTime";
        let kind = match kind {
            "boolean" => {
                found = self.yes_and_no();
                self.choices(&found, &mut words);
                Kind::One(choices_of(&found))
            }
            "choice" | "open-choice" => {
                found = self.options_of(item, link);
                if found.is_empty() {
                    self.note(link, false, "Its choices are not in the file, so it is asked as a text.");
                    letters(false)
                } else {
                    if kind == "open-choice" {
                        self.note(
                            link,
                            true,
                            "An answer in own words can be given there, and only a choice here.",
                        );
                    }
                    if let [only] = found.as_slice() {
                        let differs = |other: &Offered| other.id != only.id && other.words != only.words;
                        let beside = self.yes_and_no().into_iter().rfind(differs);
                        let label = beside.as_ref().map_or("", |other| other.words.as_str());
                        self.note(
                            link,
                            false,
                            format!("It has a single choice, so `{label}` stands beside it here."),
                        );
                        found.extend(beside);
                        coarse = true;
                    }
                    self.choices(&found, &mut words);
                    let choices = choices_of(&found);
                    if several { Kind::Several(choices) } else { Kind::One(choices) }
                }
            }
            "decimal" | "integer" | "quantity" => {
                if kind == "integer" {
                    self.note(link, false, "A number with a fraction can be typed here too.");
                }
                let bounds = self.bounds(item, link);
                for unit in &bounds.units {
                    let said = unit_words(item, unit.id.as_str());
                    words.units.insert(unit.id.clone(), said);
                }
                Kind::Number(bounds)
            }
            "date" => Kind::Date(self.days(item, link)),
            "dateTime" => {
                self.note(link, false, "A day and a time there is a day here.");
                Kind::Date(self.days(item, link))
            }
            "time" => {
                self.note(link, false, "A time there is a text here.");
                letters(false)
            }
            "string" => letters(false),
            "text" => letters(true),
            "url" => {
                self.note(link, false, "A web address there is a text here.");
                letters(false)
            }
            "attachment" => return self.skip(item, link, "A file cannot be given here.", group),
            "reference" => {
                return self.skip(
                    item,
                    link,
                    "A link to something in the clinic's system cannot be given here.",
                    group,
                );
            }
            "" => return self.skip(item, link, "It has no `type`.", group),
            other => {
                let what = format!("`{}` is not a type of FHIR R4.", one_line(other));
                return self.skip(item, link, &what, group);
            }
        };
        let id = self.push(item, link, kind, required, words, group);
        if coarse {
            self.coarse.insert(id.clone());
        }
        let Some(question) = self.questions.last() else { return };
        let target = match &question.kind {
            Kind::One(_) => Target::Choice { id, several: false, options: found },
            Kind::Several(_) => Target::Choice { id, several: true, options: found },
            Kind::Number(bounds) => Target::Number { id, bounds: bounds.clone() },
            Kind::Date(_) => Target::Date { id, hours: text_of(item, "type") == Some("dateTime") },
            Kind::Pair(_) | Kind::Text(_) | Kind::List(_) => Target::Words(id),
        };
        // Where a `linkId` is there twice, conditions mean the first.
        if self.targets.get(link) == Some(&Target::Words(target.question().clone())) {
            self.targets.insert(link.to_owned(), target);
        }
        self.below(item, group);
    }

    /// Says why an item is not there, and goes on with what stands below it.
    fn skip(&mut self, item: &'v Value, link: &str, what: &str, group: &Group) {
        self.note(link, true, what);
        self.below(item, group);
    }

    /// The items below a question are asked of those who answered it.
    fn below(&mut self, item: &'v Value, group: &Group) {
        let below = entries(item, "item");
        let asks: Vec<&Value> =
            below.iter().filter(|item| text_of(item, "type") != Some("display")).collect();
        if asks.is_empty() {
            return;
        }
        let mut when = group.when.clone();
        let link = text_of(item, "linkId").unwrap_or_default();
        match self.targets.get(link).map(Target::question) {
            Some(question) => {
                when.conditions.push(Condition::Answered(question.clone()));
                when.of_more.extend(self.of_more.get(question).into_iter().flatten());
                if self.coarse.contains(question) {
                    when.of_more.push(self.place());
                }
            }
            None => when.of_more.push(self.place()),
        }
        let inner = Group { number: group.number, id: group.id.clone(), title: group.title.clone(), when };
        for item in asks {
            self.item(item, &inner);
        }
    }

    /// "Not sure" and the like beside the question that was typed into just before, as our own Questionnaires have it.
    fn unsure(&mut self, item: &'v Value, link: &str, typed: &str) -> bool {
        let Some(target) = self.targets.get(typed).map(|target| target.question().clone()) else {
            return false;
        };
        let Some(question) = self.questions.last() else { return false };
        if question.id != target || !question.kind.is_typed() || !question.unsure_choices.is_empty() {
            return false;
        }
        let found = self.options_of(item, link);
        if found.is_empty() {
            return false;
        }
        let Some(question) = self.questions.last_mut() else { return false };
        let choices = choices_of(&found).into_iter();
        question.unsure_choices =
            choices.map(|choice| Choice { unsure: true, exclusive: true, ..choice }).collect();
        question.required |= item.get("required") == Some(&Value::Bool(true));
        let words = self.words.questions.entry(target.clone()).or_default();
        for option in &found {
            words.choices.insert(option.id.clone(), option.words.clone());
        }
        self.targets.insert(link.to_owned(), Target::Unsure { id: target, options: found });
        true
    }

    fn options_of(&mut self, item: &Value, link: &str) -> Vec<Offered> {
        let (found, said) = options(item, self.contained);
        for what in said {
            self.note(link, true, what);
        }
        if let Some(scores) = options::ordinals(item) {
            let what = format!(
                "What its answers count ({scores}) is not carried over: scores stand in instruments.toml, where a published score belongs."
            );
            self.note(link, true, what);
        }
        found
    }

    fn choices(&self, found: &[Offered], words: &mut QuestionWords) {
        for option in found {
            words.choices.insert(option.id.clone(), option.words.clone());
        }
    }

    /// The two answers of a boolean, in the language of the form where it is known here.
    fn yes_and_no(&mut self) -> Vec<Offered> {
        let lang = self.words.lang.as_str().split('-').next().unwrap_or_default().to_owned();
        let (yes, no) = match lang.as_str() {
            "es" => ("Sí", "No"),
            "fr" => ("Oui", "Non"),
            "de" => ("Ja", "Nein"),
            "pt" => ("Sim", "Não"),
            "it" => ("Sì", "No"),
            _ => ("Yes", "No"),
        };
        if yes == "Yes" && lang != "en" && !self.notes.iter().any(|note| note.what == UNTRANSLATED) {
            self.notes.push(Note { item: None, lost: false, what: UNTRANSLATED.to_owned() });
        }
        let option = |id: &str, words: &str, value: bool| Offered {
            id: ChoiceId::from(id),
            words: words.to_owned(),
            value: Value::Bool(value),
            exclusive: false,
        };
        vec![option("yes", yes, true), option("no", no, false)]
    }

    /// Adds a question, and its section if that is not the one before.
    fn push(
        &mut self,
        item: &'v Value,
        link: &str,
        kind: Kind,
        required: bool,
        mut words: QuestionWords,
        group: &Group,
    ) -> QuestionId {
        let When { mut conditions, of_more } = self.when(item, link, group);
        if link.is_empty() {
            self.note("", false, "An item has no `linkId`, so its id is made of its place.");
        }
        let place = self.questions.len() + 1;
        let used = &mut self.used;
        let id = unique(&slug(link, &format!("q{place}")), &mut |id| used.contains(id));
        self.used.insert(id.clone());
        if !link.is_empty() && slug(link, "") != id {
            let what = format!("Another one has this id already, so it is `{id}` here.");
            self.note(link, false, what);
        }
        let id = QuestionId::from(id.as_str());
        let pending = std::mem::take(&mut self.pending);
        let said: Vec<&str> = pending.iter().map(|(_, text)| text.as_str()).collect();
        let first = self.last_group != Some(group.number);
        let section = self.section(group, &said);
        if !first && !said.is_empty() {
            words.hint = said.join("\n");
        }
        for below in entries(item, "item").iter().filter(|below| text_of(below, "type") == Some("display")) {
            let Some(text) = text_of(below, "text").map(clean) else { continue };
            let is_help = entries(below, "extension").iter().any(|extension| {
                let codes = extension.get("valueCodeableConcept").map(|concept| entries(concept, "coding"));
                codes.unwrap_or_default().iter().any(|coding| text_of(coding, "code") == Some("help"))
            });
            let place = if is_help { &mut words.why } else { &mut words.hint };
            if !place.is_empty() {
                place.push('\n');
            }
            place.push_str(&text);
        }
        let ask = text_of(item, "text").map(clean).filter(|ask| !ask.is_empty());
        words.ask = match (text_of(item, "prefix").map(clean), ask) {
            (Some(prefix), Some(ask)) => format!("{prefix} {ask}"),
            (None, Some(ask)) => ask,
            (_, None) => {
                self.note(link, false, "It has no words, so its id stands for them.");
                id.to_string()
            }
        };
        self.words.questions.insert(id.clone(), words);
        let ask_if = match conditions.len() {
            0 => None,
            1 => conditions.pop(),
            _ => Some(Condition::All(conditions)),
        };
        self.questions.push(Question {
            id: id.clone(),
            section,
            kind,
            unsure_choices: Vec::new(),
            required,
            ask_if,
            private: false,
            changes: false,
            sources: Vec::new(),
            line: Place::default(),
        });
        if !of_more.is_empty() {
            self.of_more.insert(id.clone(), of_more);
        }
        self.targets.entry(link.to_owned()).or_insert(Target::Words(id.clone()));
        id
    }

    /// The section that a group's next question goes to: a new one if another group stood between.
    fn section(&mut self, group: &Group, intro: &[&str]) -> SectionId {
        if self.last_group == Some(group.number)
            && let Some(section) = self.sections.last()
        {
            return section.clone();
        }
        self.last_group = Some(group.number);
        let (known, taken) = (&self.sections, self.taken);
        let id = unique(&slug(&group.id, "section"), &mut |id| {
            taken.contains(id) || known.iter().any(|known| known.as_str() == id)
        });
        let id = SectionId::from(id.as_str());
        self.sections.push(id.clone());
        let title = if group.title.is_empty() { id.to_string() } else { group.title.clone() };
        self.words.sections.insert(id.clone(), SectionWords { title, intro: intro.join("\n") });
        id
    }

    /// Who is asked an item of a group, or what stands below it.
    fn when(&mut self, item: &Value, link: &str, group: &Group) -> When {
        let known = Known {
            targets: &self.targets,
            links: &self.links,
            questions: &self.questions,
            of_more: &self.of_more,
            coarse: &self.coarse,
            within: &group.when.of_more,
        };
        let read = condition(item, link, &known);
        for what in read.said {
            self.note(link, true, what);
        }
        let mut when = group.when.clone();
        when.conditions.extend(read.condition);
        let is_expression = |extension: &Value| extension_name(extension) == EXPRESSION;
        if read.of_more
            || item.get("modifierExtension").is_some()
            || entries(item, "extension").iter().any(is_expression)
        {
            when.of_more.push(self.place());
        }
        when
    }

    /// A new place where more people begin to be asked.
    fn place(&mut self) -> usize {
        self.places += 1;
        self.places
    }
}

const UNTRANSLATED: &str = "`Yes` and `No` stand in English. Translate them in the file of words.";

fn choices_of(found: &[Offered]) -> Vec<Choice> {
    let choice = |option: &Offered| Choice {
        id: option.id.clone(),
        level: Level::Clear,
        crisis: false,
        emergency: false,
        unsure: false,
        floor: false,
        exclusive: option.exclusive,
        sources: Vec::new(),
    };
    found.iter().map(choice).collect()
}
