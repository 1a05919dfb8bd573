//! Reads screening.toml: sections, questions, choices and rules.

use crate::engine::map::Set;

use crate::engine::guide::conditions::read_condition;
use crate::engine::guide::reader::{self, Place, Table, Text};
use crate::engine::guide::settings::check_format;
use crate::engine::guide::{Guide, Review, advice, paths};
use crate::engine::ids::{ChoiceId, PartId, QuestionId, RuleId, SectionId, SourceCode, UnitId};
use crate::engine::nearest::nearest;
use crate::engine::problem::Problem;
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{
    Bounds, Choice, Day, Days, Entries, EntryField, Kind, Letters, Part, Question, Unit,
};
use crate::engine::screening::rule::Rule;

/// How many characters a text may have, unless the guide says otherwise.
const MOST_LETTERS: usize = 200;

/// How many of a long text.
const MOST_LETTERS_LONG: usize = 2_000;

/// How many of one field of an entry.
const MOST_LETTERS_ENTRY: usize = 100;

/// How many entries a list may have, unless the guide says otherwise.
const MOST_ENTRIES: usize = 20;

/// The most that a guide may say for any of these.
const MOST_OF_ALL: f64 = 10_000.0;

/// Reads the structure of the screening into the guide, which has its settings already; what is advised at the end only if
/// the `WHOLE` of the widget is there.
pub(super) fn read<const WHOLE: bool>(text: Text, guide: &mut Guide, problems: &mut Vec<Problem>) {
    let numbers = guide.settings.clone();
    let mut lost = Set::new();
    let mut off = Vec::new();
    let mut carer = None;
    let (review, sections, questions, rules, advice) =
        reader::read(paths::SCREENING, text, problems, |file| {
            check_format(file);
            off = file.switched_off();
            let review = Review {
                reviewed_on: file.date("reviewed_on"),
                review_due: file.date("review_due"),
                reviewer: file.text("reviewer").unwrap_or_default(),
            };
            let mut sections: Vec<SectionId> = Vec::new();
            for table in file.tables("section") {
                if let Some(id) = table.needed_id("id") {
                    let id = SectionId::from(id.as_str());
                    if sections.contains(&id) {
                        table
                            .error(format!("The section `{id}` is there twice."), "Take one of the two out.");
                    } else {
                        sections.push(id);
                    }
                }
                table.finish();
            }
            let mut questions: Vec<Question> = Vec::new();
            let mut ids = Set::new();
            for table in file.tables("question") {
                let (name, line) = (table.glance("id"), table.line());
                match read_question(table, &sections, &numbers) {
                    Some(question) if ids.insert(question.id.clone()) => questions.push(question),
                    Some(question) => said_twice(file, line, question.id.as_str()),
                    None => lost.extend(name),
                }
            }
            carer = file.table("carer").and_then(|table| read_carer(&table, &questions));
            let mut rules: Vec<Rule> = Vec::new();
            let mut rule_ids = Set::new();
            for table in file.tables("rule") {
                let (name, line) = (table.glance("id"), table.line());
                match read_rule(table, &numbers) {
                    Some(rule) if rule_ids.insert(rule.id.clone()) => rules.push(rule),
                    Some(rule) => said_twice(file, line, rule.id.as_str()),
                    None => lost.extend(name),
                }
            }
            (review, sections, questions, rules, advice::read::<WHOLE>(file, &numbers, &mut lost))
        });
    guide.review = review;
    guide.sections = sections;
    guide.questions = questions;
    guide.rules = rules;
    guide.carer = carer;
    guide.advice = advice;
    guide.lost = lost;
    guide.off = off.into_iter().collect();
}

/// Reads which choice says that somebody answers for a person they help.
fn read_carer(table: &Table, questions: &[Question]) -> Option<(QuestionId, ChoiceId)> {
    let (question, choice) = (table.needed_id("question"), table.needed_id("choice"));
    table.finish();
    let (question, choice) = (QuestionId::from(question?.as_str()), ChoiceId::from(choice?.as_str()));
    let asked = questions.iter().find(|asked| asked.id == question);
    let sound = asked.is_some_and(|asked| {
        matches!(asked.kind, Kind::One(_)) && asked.ask_if.is_none() && asked.choice(&choice).is_some()
    });
    if !sound {
        table.error(
            format!("`{choice}` of `{question}` cannot say who answers."),
            "Name a question of the kind one that is asked of everyone, and one of its choices.",
        );
    }
    sound.then_some((question, choice))
}

fn said_twice(file: &Table, line: Place, id: &str) {
    file.error_on(
        line,
        format!("The id `{id}` is there twice."),
        "Give one of the two another id, or take it out. The first one is used.",
    );
}

fn read_question(
    table: Table,
    sections: &[SectionId],
    numbers: &crate::engine::guide::settings::Settings,
) -> Option<Question> {
    let id = table.needed_id("id");
    let table = match &id {
        Some(id) => table.named(format!("the question `{id}`")),
        None => table,
    };
    let section = table.needed_id("section").map(|section| SectionId::from(section.as_str()));
    if let Some(section) = &section
        && !sections.contains(section)
    {
        table.error_at(
            "section",
            format!("There is no section `{section}`."),
            &did_you_mean(
                section.as_str(),
                sections.iter().map(SectionId::as_str),
                "Add it as a [[section]].",
            ),
        );
    }
    let kind = read_kind(&table);
    let question = Question {
        id: QuestionId::from(id.as_deref().unwrap_or_default()),
        section: section.unwrap_or_else(|| SectionId::from("")),
        unsure_choices: kind.as_ref().map(|kind| read_unsure(&table, kind)).unwrap_or_default(),
        kind: kind.clone().unwrap_or(Kind::One(Vec::new())),
        required: table.flag_or("required", true),
        ask_if: table.table("ask_if").and_then(|condition| read_condition(&condition, numbers, 0)),
        private: table.flag("private"),
        changes: table.flag("changes"),
        sources: read_sources(&table),
        line: table.line(),
    };
    table.finish();
    // A question without an id or a kind cannot be asked; both were reported.
    (id.is_some() && kind.is_some()).then_some(question)
}

fn read_kind(table: &Table) -> Option<Kind> {
    let name = table.needed_text("kind")?;
    match name.as_str() {
        "one" => read_choices(table).map(Kind::One),
        "several" => read_choices(table).map(Kind::Several),
        "number" => read_measure(table).map(Kind::Number),
        "pair" => read_parts(table).map(Kind::Pair),
        "date" => Some(Kind::Date(read_days(table))),
        "text" => Some(Kind::Text(read_letters(table))),
        "list" => read_entries(table).map(Kind::List),
        other => {
            table.error_at(
                "kind",
                format!("`{other}` is not a kind of question."),
                &did_you_mean(
                    other,
                    Kind::NAMES,
                    "The kinds are one, several, number, pair, date, text and list.",
                ),
            );
            None
        }
    }
}

fn read_choices(table: &Table) -> Option<Vec<Choice>> {
    let choices = read_choice_list(table, "choices", false);
    if choices.len() < 2 {
        table.error_at(
            "choices",
            "This question has fewer than two choices, so it cannot be answered.".to_owned(),
            "Give it at least two in `choices = [ { id = \"no\" }, { id = \"yes\" } ]`.",
        );
        return None;
    }
    Some(choices)
}

/// "Not sure" and the like, for a question that is typed into.
fn read_unsure(table: &Table, kind: &Kind) -> Vec<Choice> {
    if kind.is_typed() {
        return read_choice_list(table, "unsure_choices", true);
    }
    if table.has("unsure_choices") {
        table.tables("unsure_choices");
        table.error_at(
            "unsure_choices",
            format!("A question of the kind {} has no `unsure_choices`.", kind.name()),
            "Put the choice among its `choices`, with `unsure = true`.",
        );
    }
    Vec::new()
}

/// Choices under a key. Unsure ones are all `unsure` and stand alone.
fn read_choice_list(table: &Table, key: &str, all_unsure: bool) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for entry in table.tables(key) {
        let id = entry.needed_id("id");
        let (unsure, exclusive) =
            (entry.flag_or("unsure", all_unsure), entry.flag_or("exclusive", all_unsure));
        if all_unsure && !(unsure && exclusive) {
            entry.error(
                "A choice beside what is typed is always unsure and stands alone.".to_owned(),
                "Take the lines `unsure` and `exclusive` out.",
            );
        }
        let choice = Choice {
            id: ChoiceId::from(id.as_deref().unwrap_or_default()),
            level: read_level(&entry).unwrap_or(Level::Clear),
            crisis: entry.flag("crisis"),
            emergency: entry.flag("emergency"),
            unsure: unsure || all_unsure,
            floor: entry.flag("floor"),
            exclusive: exclusive || all_unsure,
            sources: read_sources(&entry),
        };
        if choices.iter().any(|other| other.id == choice.id) {
            entry.error(
                format!("The choice `{}` is there twice.", choice.id),
                "Give one of the two another id. The first one is used.",
            );
        } else if id.is_some() {
            choices.push(choice);
        }
        entry.finish();
    }
    choices
}

fn read_level(table: &Table) -> Option<Level> {
    let name = table.text("level")?;
    let level = Level::raising_from(&name);
    if level.is_none() {
        // Leaving a mistyped level out would make a rule milder; the caller takes the cautious reading.
        table.error_at(
            "level",
            format!("`{name}` is not a level; `review` is used instead."),
            &did_you_mean(
                &name,
                Level::RAISING.map(Level::as_str),
                "The levels are get-help, stop, review, plan and note.",
            ),
        );
        return Some(Level::Review);
    }
    level
}

fn read_sources(table: &Table) -> Vec<SourceCode> {
    table.texts("sources").into_iter().map(|(code, _)| SourceCode::from(code.as_str())).collect()
}

fn read_bounds(table: &Table) -> Option<Bounds> {
    bounds_with(table, table.needed_text("unit"))
}

fn bounds_with(table: &Table, unit: Option<String>) -> Option<Bounds> {
    let (least, most) = (table.needed_number("least"), table.needed_number("most"));
    let (unit, least, most) = (unit?, least?, most?);
    if least >= most {
        table.error_at("most", "`most` must be greater than `least`.".to_owned(), "Swap or correct the two.");
        return None;
    }
    Some(Bounds { unit, least, most, units: Vec::new() })
}

/// The bounds of a number, with the units to choose from if there are any.
fn read_measure(table: &Table) -> Option<Bounds> {
    if !table.has("units") {
        return read_bounds(table);
    }
    let mut units: Vec<Unit> = Vec::new();
    let mut sound = true;
    for entry in table.tables("units") {
        let (id, per) = (entry.needed_id("id"), entry.needed_number("per"));
        entry.finish();
        let (Some(id), Some(per)) = (id, per) else {
            sound = false;
            continue;
        };
        let unit = Unit { id: UnitId::from(id.as_str()), per };
        let mut fault = |what: String, remedy: &str| {
            entry.error(what, remedy);
            sound = false;
        };
        if per <= 0.0 {
            fault(
                format!("`per` of the unit `{id}` must be above zero."),
                "Write how many of the first unit it is.",
            );
        } else if units.is_empty() && per != 1.0 {
            fault(
                format!("`{id}` is the first unit, so its `per` must be 1: bounds and rules are in it."),
                "Write `per = 1`, or put the unit of `least`, `most` and the rules first.",
            );
        } else if units.iter().any(|known| known.id == unit.id) {
            fault(format!("The unit `{id}` is there twice."), "Take one of the two out.");
        }
        units.push(unit);
    }
    if units.len() < 2 && sound {
        table.error_at(
            "units",
            "There is nothing to choose from with fewer than two `units`.".to_owned(),
            "Write `unit = \"kg\"` for one unit, or units = [ { id = \"kg\", per = 1 }, { id = \"lb\", per = 0.45359237 } ].",
        );
        sound = false;
    }
    let first = units.first().map(|unit| unit.id.to_string());
    if let Some(unit) = table.text("unit")
        && first.as_deref().is_some_and(|first| first != unit)
    {
        table.error_at(
            "unit",
            format!("`unit` is `{unit}`, and the first of `units` is another one."),
            "Take the line `unit` out: bounds and rules are in the first of `units`.",
        );
        sound = false;
    }
    let bounds = bounds_with(table, first)?;
    sound.then_some(Bounds { units, ..bounds })
}

fn read_days(table: &Table) -> Days {
    let days = Days { earliest: table.day("earliest"), latest: table.day("latest") };
    let reversed = match (days.earliest, days.latest) {
        (Some(Day::On(earliest)), Some(Day::On(latest))) => earliest > latest,
        (Some(Day::FromToday(earliest)), Some(Day::FromToday(latest))) => earliest > latest,
        _ => false,
    };
    if reversed {
        // Without bounds any day can be given; with these none.
        table.error_at(
            "latest",
            "`latest` is before `earliest`, so no date could be given; both are passed over.".to_owned(),
            "Swap or correct the two.",
        );
        return Days::default();
    }
    days
}

/// A whole number from 1 that bounds what can be typed.
fn read_most(table: &Table, otherwise: usize) -> usize {
    let Some(most) = table.number("most") else { return otherwise };
    if most.fract() == 0.0 && (1.0..=MOST_OF_ALL).contains(&most) {
        return most as usize;
    }
    table.error_at(
        "most",
        format!("`most` must be a whole number from 1 to {MOST_OF_ALL}; {otherwise} is used."),
        "Correct the number, or take the line out.",
    );
    otherwise
}

fn read_letters(table: &Table) -> Letters {
    let long = table.flag("long");
    Letters { long, most: read_most(table, if long { MOST_LETTERS_LONG } else { MOST_LETTERS }) }
}

fn read_entries(table: &Table) -> Option<Entries> {
    let mut fields: Vec<EntryField> = Vec::new();
    for entry in table.tables("entry") {
        let id = entry.needed_id("id");
        if entry.text("kind").is_some_and(|kind| kind != "text") {
            entry.error_at(
                "kind",
                "A field of an entry takes a text; this one is read as a text.".to_owned(),
                "Write `kind = \"text\"`, or ask a question of its own for it.",
            );
        }
        // Without its first field an entry says nothing.
        let required = entry.flag_or("required", fields.is_empty()) || fields.is_empty();
        let most = read_most(&entry, MOST_LETTERS_ENTRY);
        entry.finish();
        let Some(id) = id.map(|id| PartId::from(id.as_str())) else { continue };
        if fields.iter().any(|known| known.id == id) {
            entry.error(format!("The field `{id}` is there twice."), "Take one of the two out.");
            continue;
        }
        fields.push(EntryField { id, required, most });
    }
    if fields.is_empty() {
        table.error_at(
            "entry",
            "A list needs at least one field in `entry`.".to_owned(),
            "Write entry = [ { id = \"name\", kind = \"text\" }, { id = \"dose\", kind = \"text\" } ].",
        );
        return None;
    }
    Some(Entries { fields, most: read_most(table, MOST_ENTRIES) })
}

fn read_parts(table: &Table) -> Option<[Part; 2]> {
    let mut parts = Vec::new();
    for entry in table.tables("parts") {
        let (id, bounds) = (entry.needed_id("id"), read_bounds(&entry));
        entry.finish();
        parts.push(Part { id: PartId::from(id?.as_str()), bounds: bounds? });
    }
    match <[Part; 2]>::try_from(parts) {
        Ok(parts) => Some(parts),
        Err(_) => {
            table.error_at(
                "parts",
                "A pair needs exactly two `parts`.".to_owned(),
                "Write parts = [ { id = ..., unit = ..., least = ..., most = ... }, { ... } ].",
            );
            None
        }
    }
}

fn read_rule(table: Table, numbers: &crate::engine::guide::settings::Settings) -> Option<Rule> {
    let id = table.needed_id("id");
    let table = match &id {
        Some(id) => table.named(format!("the rule `{id}`")),
        None => table,
    };
    if !table.has("level") {
        table.error(
            "This rule has no `level`; `review` is used.".to_owned(),
            "Add a line `level = \"review\"`.",
        );
    }
    let level = read_level(&table).unwrap_or(Level::Review);
    let when = match table.table("when") {
        Some(condition) => read_condition(&condition, numbers, 0),
        None => {
            table.error(
                "This rule has no `when`, so it never holds.".to_owned(),
                "Add a line `when = { ... }`.",
            );
            None
        }
    };
    let rule = (id, when);
    let floor = table.flag("floor");
    let sources = read_sources(&table);
    table.finish();
    match rule {
        (Some(id), Some(when)) => {
            Some(Rule { id: RuleId::from(id.as_str()), level, when, floor, sources, line: table.line() })
        }
        _ => None,
    }
}

/// A remedy that offers the nearest known name, or `otherwise`.
pub(crate) fn did_you_mean<'a>(
    typed: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    match nearest(typed, known) {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None => otherwise.to_owned(),
    }
}
