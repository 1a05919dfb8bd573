//! Reads instruments.toml: scales, items and instruments. The items of those that are switched on become questions.

use crate::engine::map::{Map, Set};
use std::sync::Arc;

use crate::engine::guide::reader::{self, Place, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::settings::check_format;
use crate::engine::guide::{Guide, Review, paths, problem_at};
use crate::engine::ids::{BandId, ChoiceId, InstrumentId, QuestionId, SectionId, SourceCode};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::instrument::{Band, Instrument, Item};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Choice, Kind, Question};
use crate::engine::screening::rule::Condition;

/// The section that items are asked in.
pub const SECTION: &str = "mood";

/// LOINC codes that were held against loinc.org (clinical-facts.md 3.1 and 3.2), by what they stand for.
const VERIFIED: [(&str, &str); 27] = [
    ("phq2", "55757-9"),
    ("phq2 total", "55758-7"),
    ("phq9", "44249-1"),
    ("phq9 total", "44261-6"),
    ("gad7 total", "70274-6"),
    ("auditc", "72109-2"),
    ("auditc total", "75626-2"),
    ("phq-interest", "44250-9"),
    ("phq-down", "44255-8"),
    ("phq-sleep", "44259-0"),
    ("phq-tired", "44254-1"),
    ("phq-appetite", "44251-7"),
    ("phq-failure", "44258-2"),
    ("phq-concentrating", "44252-5"),
    ("phq-moving", "44253-3"),
    ("phq-self-harm", "44260-8"),
    ("gad-nervous", "69725-0"),
    ("gad-control", "68509-9"),
    ("gad-worry", "69733-4"),
    ("gad-relax", "69734-2"),
    ("gad-restless", "69735-9"),
    ("gad-irritable", "69689-8"),
    ("gad-afraid", "69736-7"),
    ("days not-at-all", "LA6568-5"),
    ("days several-days", "LA6569-3"),
    ("days more-than-half", "LA6570-1"),
    ("days nearly-every-day", "LA6571-9"),
];

/// What the file defines, whether it is switched on or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defined {
    /// The most that the score of each instrument can be.
    pub most: Map<InstrumentId, f64>,
    /// The ids of all items, for words of those that are off.
    pub items: Set<QuestionId>,
    /// The choices of each scale.
    pub scales: Map<String, Vec<ChoiceId>>,
    /// The scale of each item.
    pub scale_of: Map<QuestionId, String>,
    /// The stem of each item, by its name.
    pub stem_of: Map<QuestionId, String>,
    /// Items about harm to oneself.
    pub self_harm: Set<QuestionId>,
}

struct Scale {
    choices: Vec<(ChoiceId, f64, Option<String>)>,
}

/// Reads the file, and puts the items of the instruments that are on among the guide's questions.
pub(super) fn read(text: Text, guide: &mut Guide, problems: &mut Vec<Problem>) -> Review {
    let on = guide.settings.instruments.on.clone();
    let mut defined = Defined::default();
    let (review, instruments, questions) = reader::read(paths::INSTRUMENTS, text, problems, |file| {
        check_format(file);
        let review = Review {
            reviewed_on: file.date("reviewed_on"),
            review_due: file.date("review_due"),
            reviewer: file.text("reviewer").unwrap_or_default(),
        };
        let mut scales: Map<String, Scale> = Map::new();
        for table in file.tables("scale") {
            if let Some((id, scale)) = read_scale(&table) {
                defined
                    .scales
                    .insert(id.clone(), scale.choices.iter().map(|(choice, ..)| choice.clone()).collect());
                scales.insert(id, scale);
            }
        }
        let mut items: Vec<(Item, Question, Vec<QuestionId>)> = Vec::new();
        for table in file.tables("item") {
            items.extend(read_item(&table, &scales, &mut defined));
        }
        let mut instruments = Vec::new();
        for table in file.tables("instrument") {
            if let Some(instrument) = read_instrument(&table, &items) {
                defined.most.insert(instrument.id.clone(), instrument.most());
                instruments.push(instrument);
            }
        }
        let instruments: Vec<Instrument> =
            instruments.into_iter().filter(|instrument| on.contains(&instrument.id)).collect();
        let asked: Set<&QuestionId> = instruments.iter().flat_map(Instrument::questions).collect();
        let zeros: Map<QuestionId, Vec<ChoiceId>> = items
            .iter()
            .map(|(item, ..)| {
                let zero = item.values.iter().filter(|(_, value)| *value == 0.0);
                (item.question.clone(), zero.map(|(choice, _)| choice.clone()).collect())
            })
            .collect();
        let questions: Vec<Question> = items
            .iter()
            .filter(|(_, question, _)| asked.contains(&question.id))
            .map(|(_, question, only_if)| Question {
                ask_if: above_zero(only_if, &zeros),
                ..question.clone()
            })
            .collect();
        (review, instruments, questions)
    });
    guide.defined = defined;
    guide.instruments = instruments.into_iter().map(Arc::new).collect();
    guide.items = questions.iter().map(|question| question.id.clone()).collect();
    // The items come before whatever is asked in a later section.
    let place_of = |section: &SectionId| guide.sections.iter().position(|known| known == section);
    let mood = place_of(&SectionId::from(SECTION));
    let place = mood.and_then(|mood| {
        guide.questions.iter().position(|question| place_of(&question.section).is_some_and(|own| own > mood))
    });
    let place = place.unwrap_or(guide.questions.len());
    guide.questions.splice(place..place, questions);
    for advice in &mut guide.advice {
        advice.show_if.iter_mut().for_each(|condition| condition.settle(&guide.instruments));
    }
    review
}

/// Says so when the settings switch on what does not exist, or there is no section to ask it in.
pub(super) fn check_on(guide: &Guide, problems: &mut Vec<Problem>) {
    let known = &guide.defined.most;
    let settings = &guide.settings.instruments;
    let mut report = |file: &str, place: Place, what: String, remedy: &str| {
        problems.push(problem_at(Severity::Error, file, place, what, remedy));
    };
    for id in settings.on.iter().filter(|id| !known.contains_key(*id)) {
        report(
            paths::SETTINGS,
            settings.line,
            format!("`on` switches on an instrument `{id}` that instruments.toml does not have."),
            &did_you_mean(id.as_str(), known.keys().map(InstrumentId::as_str), "Correct the name."),
        );
    }
    if !guide.items.is_empty() && !guide.sections.contains(&SectionId::from(SECTION)) {
        report(
            paths::SCREENING,
            Place::line(1),
            format!("There is no section `{SECTION}` to ask the instruments in."),
            &format!("Add a [[section]] with `id = \"{SECTION}\"`."),
        );
    }
    if let Some(item) = guide
        .defined
        .items
        .iter()
        .find(|item| guide.questions.iter().filter(|question| question.id == **item).count() > 1)
    {
        report(
            paths::INSTRUMENTS,
            Place::line(1),
            format!("The item `{item}` has the id of a question of screening.toml."),
            "Give one of the two another id.",
        );
    }
}

/// Asked while one of these was answered with a value above 0. No items: always.
fn above_zero(items: &[QuestionId], zeros: &Map<QuestionId, Vec<ChoiceId>>) -> Option<Condition> {
    let one = |id: &QuestionId| {
        let zero = zeros.get(id).into_iter().flatten();
        let mut parts = vec![Condition::Answered(id.clone())];
        parts.extend(zero.map(|choice| Condition::IsNot(id.clone(), choice.clone())));
        Condition::All(parts)
    };
    (!items.is_empty()).then(|| Condition::Any(items.iter().map(one).collect()))
}

fn read_scale(table: &Table) -> Option<(String, Scale)> {
    let id = table.needed_id("id")?;
    let mut choices = Vec::new();
    for entry in table.tables("choices") {
        let choice = entry.needed_id("id");
        let loinc = entry.text("loinc");
        if let (Some(choice), Some(code)) = (&choice, &loinc) {
            verify(&entry, &format!("{id} {choice}"), code);
        }
        let value = entry.needed_number("value");
        if value.is_some_and(|value| value < 0.0 || value.fract() != 0.0) {
            entry.error_at(
                "value",
                "A value must be a whole number from 0 up.".to_owned(),
                "Write the value as the instrument was published.",
            );
        }
        entry.finish();
        choices.push(
            choice
                .map(|choice| ChoiceId::from(choice.as_str()))
                .zip(value)
                .map(|(id, value)| (id, value, loinc)),
        );
    }
    table.finish();
    let choices: Vec<_> = choices.into_iter().collect::<Option<_>>()?;
    if choices.len() < 2 {
        table.error(
            format!("The scale `{id}` has fewer than two choices."),
            "Give it at least two in `choices`, each with an `id` and a `value`.",
        );
        return None;
    }
    Some((id, Scale { choices }))
}

fn verify(table: &Table, what: &str, code: &str) {
    if !VERIFIED.contains(&(what, code)) {
        table.error_at(
            "loinc",
            format!("The LOINC code `{code}` of `{what}` is not among those that were verified."),
            "Take the code out. A wrong one puts a wrong result into a chart.",
        );
    }
}

fn read_item(
    table: &Table,
    scales: &Map<String, Scale>,
    defined: &mut Defined,
) -> Option<(Item, Question, Vec<QuestionId>)> {
    let id = QuestionId::from(table.needed_id("id")?.as_str());
    let name = table.needed_text("scale");
    let self_harm = table.flag("self_harm");
    let loinc = table.text("loinc");
    if let Some(code) = &loinc {
        verify(table, id.as_str(), code);
    }
    let only_if: Vec<QuestionId> = table
        .texts("only_if")
        .into_iter()
        .filter_map(|(other, line)| {
            let other = QuestionId::from(other.as_str());
            let known = defined.items.contains(&other);
            if !known {
                table.error_on(
                    line,
                    format!("`only_if` of `{id}` names `{other}`, which is no item before it."),
                    &did_you_mean(
                        other.as_str(),
                        defined.items.iter().map(QuestionId::as_str),
                        "Name an item that stands above.",
                    ),
                );
            }
            known.then_some(other)
        })
        .collect();
    let sources: Vec<SourceCode> =
        table.texts("sources").iter().map(|(code, _)| SourceCode::from(code.as_str())).collect();
    let stem = table.text("stem");
    table.finish();
    let name = name?;
    let Some(scale) = scales.get(&name) else {
        table.error_at(
            "scale",
            format!("The item `{id}` has no values: there is no scale `{name}`."),
            &did_you_mean(&name, scales.keys().map(String::as_str), "Add it as a [[scale]]."),
        );
        return None;
    };
    if !defined.items.insert(id.clone()) {
        table.error(format!("The item `{id}` is there twice."), "Take one of the two out.");
        return None;
    }
    defined.scale_of.insert(id.clone(), name);
    if let Some(stem) = stem {
        defined.stem_of.insert(id.clone(), stem);
    }
    if self_harm {
        defined.self_harm.insert(id.clone());
    }
    let choice = |(choice, value, _): &(ChoiceId, f64, Option<String>)| Choice {
        id: choice.clone(),
        level: Level::Clear,
        // Not for the file to say: it cannot be forgotten there.
        crisis: self_harm && *value > 0.0,
        emergency: false,
        unsure: false,
        floor: self_harm && *value > 0.0,
        exclusive: false,
        sources: Vec::new(),
    };
    let question = Question {
        id: id.clone(),
        section: SectionId::from(SECTION),
        kind: Kind::One(scale.choices.iter().map(choice).collect()),
        unsure_choices: Vec::new(),
        required: false,
        ask_if: None,
        private: true,
        // How somebody feels is asked before each visit.
        changes: true,
        sources,
        line: table.line(),
    };
    let item = Item {
        question: id,
        values: scale.choices.iter().map(|(choice, value, _)| (choice.clone(), *value)).collect(),
        answer_codes: scale
            .choices
            .iter()
            .filter_map(|(choice, _, code)| Some((choice.clone(), code.clone()?)))
            .collect(),
        loinc,
        self_harm,
    };
    Some((item, question, only_if))
}

fn read_instrument(table: &Table, items: &[(Item, Question, Vec<QuestionId>)]) -> Option<Instrument> {
    let id = table.needed_id("id")?;
    let mut sound = true;
    let mut known = |name: &str, table: &Table, key: &str| {
        let found = items.iter().find(|(item, ..)| item.question.as_str() == name);
        if found.is_none() {
            sound = false;
            table.error_at(
                key,
                format!("The instrument `{id}` names an item `{name}` that does not exist or has no values."),
                &did_you_mean(
                    name,
                    items.iter().map(|(item, ..)| item.question.as_str()),
                    "Add it as an [[item]].",
                ),
            );
        }
        found.map(|(item, ..)| item.clone())
    };
    let scored: Vec<Item> =
        table.texts("items").iter().filter_map(|(name, _)| known(name, table, "items")).collect();
    let unscored = table.texts("unscored");
    let unscored: Vec<QuestionId> = unscored
        .iter()
        .filter_map(|(name, _)| known(name, table, "unscored").map(|item| item.question))
        .collect();
    let gate = table.text("gate").and_then(|name| known(&name, table, "gate")).map(|item| item.question);
    let alone = table.text("alone").and_then(|name| known(&name, table, "alone")).map(|item| item.question);
    let mut bands = Vec::new();
    for entry in table.tables("bands") {
        let (band, from, to) =
            (entry.needed_id("id"), entry.needed_number("from"), entry.needed_number("to"));
        entry.finish();
        if let (Some(band), Some(from), Some(to)) = (band, from, to) {
            bands.push(Band { id: BandId::from(band.as_str()), from: from as u32, to: to as u32 });
        }
    }
    let code = |key: &str, what: &str| {
        let code = table.text(key);
        if let Some(code) = &code {
            verify(table, what, code);
        }
        code
    };
    let instrument = Instrument {
        loinc_panel: code("loinc", &id),
        loinc_total: code("loinc_total", &format!("{id} total")),
        id: InstrumentId::from(id.as_str()),
        items: scored,
        unscored,
        gate,
        alone,
        bands,
        sources: table.texts("sources").iter().map(|(code, _)| SourceCode::from(code.as_str())).collect(),
        line: table.line(),
    };
    table.finish();
    if instrument.items.is_empty() {
        table.error(format!("The instrument `{id}` has no items."), "List them in `items`.");
        return None;
    }
    if sound && !bands_fit(table, &instrument) {
        sound = false;
    }
    sound.then_some(instrument)
}

/// Whether the bands cover every score once. Says where they do not.
fn bands_fit(table: &Table, instrument: &Instrument) -> bool {
    let mut next = 0;
    let most = instrument.most() as u32;
    for band in &instrument.bands {
        let what = if band.from > next {
            Some(format!("no band has the score {next}"))
        } else if band.from < next {
            Some(format!("the band `{}` begins inside of the one before it", band.id))
        } else if band.to < band.from {
            Some(format!("the band `{}` ends before it begins", band.id))
        } else if band.to > most {
            Some(format!("the band `{}` goes beyond the most, {most}", band.id))
        } else {
            None
        };
        if let Some(what) = what {
            table.error_at(
                "bands",
                format!("The bands of `{}` do not fit: {what}.", instrument.id),
                &format!("Let them go from 0 to {most}, each from the number after the one before."),
            );
            return false;
        }
        next = band.to + 1;
    }
    if next != most + 1 {
        table.error_at(
            "bands",
            format!("The bands of `{}` do not fit: no band has the score {next}.", instrument.id),
            &format!("Let them go from 0 to {most}, each from the number after the one before."),
        );
        return false;
    }
    true
}
