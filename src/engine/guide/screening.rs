//! Reads screening.toml: sections, questions, choices and rules.

use crate::engine::map::{Map, Set};
use std::collections::VecDeque;

use crate::engine::guide::reader::{self, Date, Place, Table, Text};
use crate::engine::guide::settings::check_format;
use crate::engine::guide::{Guide, Review, advice, paths, problem_at};
use crate::engine::ids::{ChoiceId, InstrumentId, PartId, QuestionId, RuleId, SectionId, SourceCode, UnitId};
use crate::engine::nearest::nearest;
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{
    Bounds, Choice, Day, Days, Entries, EntryField, Kind, Letters, Part, Question, Unit,
};
use crate::engine::screening::rule::{Condition, Operand, Rule, ScoreOf};

/// How deep `all`, `any` and `not` may be nested.
const MOST_DEPTH: usize = 8;

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

/// Reads a condition. `None` when it cannot be understood, which was reported then.
pub(super) fn read_condition(
    table: &Table,
    numbers: &crate::engine::guide::settings::Settings,
    depth: usize,
) -> Option<Condition> {
    if depth > MOST_DEPTH {
        table.error(
            format!("This condition is nested more than {MOST_DEPTH} deep."),
            "Split it into two rules.",
        );
        return None;
    }
    let nested = |entries: Vec<Table>| {
        entries.iter().map(|entry| read_condition(entry, numbers, depth + 1)).collect::<Option<Vec<_>>>()
    };
    let condition = if table.has("score") {
        let (id, least) = (table.needed_id("score"), table.needed_number("at-least"));
        id.zip(least).map(|(id, least)| {
            Condition::Score(ScoreOf { id: InstrumentId::from(id.as_str()), instrument: None }, least)
        })
    } else if table.has("count") {
        let (parts, least) = (nested(table.tables("count")), whole_number(table, "at-least"));
        parts.zip(least).map(|(parts, least)| Condition::Count(parts, least))
    } else if table.has("all") {
        nested(table.tables("all")).map(Condition::All)
    } else if table.has("any") {
        nested(table.tables("any")).map(Condition::Any)
    } else if table.has("not") {
        table
            .table("not")
            .and_then(|part| read_condition(&part, numbers, depth + 1))
            .map(|part| Condition::Not(Box::new(part)))
    } else {
        read_comparison(table, numbers)
    };
    table.finish();
    condition
}

/// A number of things, which must be there.
fn whole_number(table: &Table, key: &str) -> Option<usize> {
    let number = table.needed_number(key)?;
    if number.fract() != 0.0 || !(1.0..=1000.0).contains(&number) {
        table.error_at(
            key,
            format!("`{key}` must be a whole number from 1 up, but it is {number}."),
            "Write how many it takes, such as 2.",
        );
        return None;
    }
    Some(number as usize)
}

fn read_comparison(table: &Table, numbers: &crate::engine::guide::settings::Settings) -> Option<Condition> {
    let name = table.needed_text("question")?;
    let question = QuestionId::from(name.as_str());
    let choice = |key: &str| table.needed_id(key).map(|id| ChoiceId::from(id.as_str()));
    let value = |key: &str, number: Result<f64, String>| match number {
        Ok(number) => Some(number),
        Err(name) => {
            let found = numbers.threshold(&name);
            if found.is_none() {
                table.error_at(
                    key,
                    format!("settings.toml has no number `{name}`."),
                    &did_you_mean(
                        &name,
                        numbers.numbers.keys().map(|key| key.as_str()),
                        &format!("Add it there as [numbers.{name}], or write a number here."),
                    ),
                );
            }
            found
        }
    };
    if table.has("is") {
        choice("is").map(|id| Condition::Is(question, id))
    } else if table.has("is-not") {
        choice("is-not").map(|id| Condition::IsNot(question, id))
    } else if table.has("includes") {
        choice("includes").map(|id| Condition::Includes(question, id))
    } else if table.has("answered") {
        let answered = Condition::Answered(question);
        Some(if table.flag("answered") { answered } else { Condition::Not(Box::new(answered)) })
    } else if table.has("before") {
        day(table, "before").map(|day| Condition::Before(question, day))
    } else if table.has("after") {
        day(table, "after").map(|day| Condition::After(question, day))
    } else if table.has("ticked-at-least") {
        whole_number(table, "ticked-at-least").map(|least| Condition::TickedAtLeast(question, least))
    } else if let Some(least) = table.number_or_name("at-least") {
        value("at-least", least).map(|least| Condition::AtLeast(operand(&name), least))
    } else if let Some(most) = table.number_or_name("at-most") {
        value("at-most", most).map(|most| Condition::AtMost(operand(&name), most))
    } else if let Some([least, most]) = table.two_numbers_or_names("between") {
        let (least, most) = (value("between", least), value("between", most));
        Some(Condition::Between(operand(&name), least?, most?))
    } else {
        table.error(
            format!("This condition on `{name}` says nothing about it."),
            "Add one of is, is-not, includes, at-least, at-most, between, before, after, answered, ticked-at-least.",
        );
        None
    }
}

/// A day that a date is compared with. It is one of the calendar: what it meant yesterday it means tomorrow.
fn day(table: &Table, key: &str) -> Option<Date> {
    match table.day(key)? {
        Day::On(date) => Some(date),
        Day::FromToday(_) => {
            table.error_at(
                key,
                format!("`{key}` cannot go by today."),
                "Write a date such as 2026-11-21; `earliest` and `latest` of the question can go by today.",
            );
            None
        }
    }
}

fn operand(name: &str) -> Operand {
    match name.split_once('.') {
        Some((question, part)) => {
            Operand { question: QuestionId::from(question), part: Some(PartId::from(part)) }
        }
        None => Operand { question: QuestionId::from(name), part: None },
    }
}

/// Checks that every condition names questions, choices and parts that exist, and asks only about what was asked
/// before. A rule that fails is dropped with a problem; a question whose condition fails is always asked.
pub(super) fn check_conditions(guide: &mut Guide, problems: &mut Vec<Problem>) {
    let mut rules = std::mem::take(&mut guide.rules);
    rules.retain(|rule| {
        let mut sound = true;
        let scored = rule.when.has_score().then(|| {
            (
                "looks at a score, and a score never decides a level".to_owned(),
                "Use scores in `show_if` of an [[ask]], a [[next_step]] or a [[task]].".to_owned(),
            )
        });
        for what in condition_faults(guide, &rule.when).into_iter().chain(scored) {
            sound = false;
            problems.push(problem_at(
                Severity::Error,
                paths::SCREENING,
                rule.line,
                format!("The rule `{}` {}, so it is not used.", rule.id, what.0),
                &what.1,
            ));
        }
        if !sound {
            guide.lost.insert(rule.id.to_string());
        }
        sound
    });
    guide.rules = rules;

    let mut always_asked = Vec::new();
    for (place, question) in guide.questions.iter().enumerate() {
        let Some(condition) = &question.ask_if else { continue };
        let earlier = |id: &QuestionId| guide.place(id).map(|found| found < place);
        // Scores are of questions that come late and may be passed by.
        let scored = condition.has_score().then(|| {
            (
                "looks at a score, and a score decides nothing that is asked".to_owned(),
                "Name the item and its choices in place of the score.".to_owned(),
            )
        });
        let fault = scored.or_else(|| condition_faults_among(guide, condition, &earlier).pop());
        if let Some((mut what, mut remedy)) = fault {
            if let Some(round) = cycle(guide, &question.id) {
                what = format!("waits for itself ({})", round.join(", which waits for "));
                remedy = "Take one `ask_if` of the circle out.".to_owned();
            }
            problems.push(problem_at(
                Severity::Error,
                paths::SCREENING,
                question.line,
                format!("The condition of the question `{}` {what}, so it is always asked.", question.id),
                &remedy,
            ));
            always_asked.push(question.id.clone());
        }
    }
    for question in &mut guide.questions {
        if always_asked.contains(&question.id) {
            question.ask_if = None;
        }
    }
}

/// The shortest circle of questions that wait for each other's answers, from this question back to it.
fn cycle(guide: &Guide, from: &QuestionId) -> Option<Vec<String>> {
    let asks = |id: &QuestionId| -> Vec<QuestionId> {
        let condition = guide.question(id).and_then(|question| question.ask_if.as_ref());
        condition.into_iter().flat_map(Condition::questions).cloned().collect()
    };
    let mut came_from: Map<QuestionId, QuestionId> = Map::new();
    let mut waiting = VecDeque::from([from.clone()]);
    while let Some(id) = waiting.pop_front() {
        for next in asks(&id) {
            if next == *from {
                let mut round = vec![format!("`{from}`")];
                let mut at = &id;
                while at != from {
                    round.push(format!("`{at}`"));
                    at = came_from.get(at)?;
                }
                round.push(format!("`{from}`"));
                round.reverse();
                return Some(round);
            }
            if !came_from.contains_key(&next) {
                came_from.insert(next.clone(), id.clone());
                waiting.push_back(next);
            }
        }
    }
    None
}

/// What is wrong with a condition: the end of a sentence, and a remedy.
pub(super) fn condition_faults(guide: &Guide, condition: &Condition) -> Vec<(String, String)> {
    condition_faults_among(guide, condition, &|id| guide.place(id).map(|_| true))
}

fn condition_faults_among(
    guide: &Guide,
    condition: &Condition,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            if parts.is_empty() {
                return vec![(
                    "has an empty list".to_owned(),
                    "Put at least one condition between the brackets.".to_owned(),
                )];
            }
            parts.iter().flat_map(|part| condition_faults_among(guide, part, earlier)).collect()
        }
        Condition::Count(parts, least) => {
            if *least > parts.len() {
                return vec![(
                    format!("counts to {least} and lists only {}", parts.len()),
                    "Lower `at-least`, or list more conditions.".to_owned(),
                )];
            }
            parts.iter().flat_map(|part| condition_faults_among(guide, part, earlier)).collect()
        }
        Condition::Not(part) => condition_faults_among(guide, part, earlier),
        Condition::Is(question, choice) | Condition::IsNot(question, choice) => {
            choice_fault(guide, question, choice, earlier, "one", "is", "includes")
        }
        Condition::Includes(question, choice) => {
            choice_fault(guide, question, choice, earlier, "several", "includes", "is")
        }
        Condition::AtLeast(operand, _)
        | Condition::AtMost(operand, _)
        | Condition::Between(operand, _, _) => operand_fault(guide, operand, earlier),
        Condition::Before(question, _) | Condition::After(question, _) => {
            date_fault(guide, question, earlier)
        }
        Condition::Answered(question) => question_fault(question, guide, earlier).into_iter().collect(),
        Condition::Score(of, least) => score_fault(guide, &of.id, *least).into_iter().collect(),
        Condition::TickedAtLeast(question, least) => ticked_fault(guide, question, *least, earlier),
    }
}

fn question_fault(
    id: &QuestionId,
    guide: &Guide,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Option<(String, String)> {
    match earlier(id) {
        Some(true) => None,
        Some(false) => Some((
            format!("asks about `{id}`, which is asked later or is the question itself"),
            "Move that question before this one.".to_owned(),
        )),
        None if guide.lost.contains(id.as_str()) => Some((
            format!("asks about the question `{id}`, which could not be read"),
            "Mend that question first.".to_owned(),
        )),
        None => Some((
            format!("asks about a question `{id}` that does not exist"),
            did_you_mean(id.as_str(), guide.places.keys().map(QuestionId::as_str), "Correct the name."),
        )),
    }
}

fn score_fault(guide: &Guide, id: &InstrumentId, least: f64) -> Option<(String, String)> {
    let known = &guide.defined.most;
    // The file of instruments has not come, or says nothing; that is said elsewhere.
    if known.is_empty() {
        return None;
    }
    match known.get(id) {
        None => Some((
            format!("asks for the score of an instrument `{id}` that does not exist"),
            did_you_mean(id.as_str(), known.keys().map(InstrumentId::as_str), "Correct the name."),
        )),
        Some(most) if least <= 0.0 || least > *most => Some((
            format!("asks for a score of {least} of `{id}`, which goes from 0 to {most}"),
            format!("Write a number from 1 to {most}."),
        )),
        Some(_) => None,
    }
}

fn ticked_fault(
    guide: &Guide,
    id: &QuestionId,
    least: usize,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    let Some(question) = guide.question(id) else { return Vec::new() };
    let Kind::Several(choices) = &question.kind else {
        return vec![(
            format!("uses `ticked-at-least` on `{id}`, which is of the kind {}", question.kind.name()),
            "Only a question of the kind several has choices to tick.".to_owned(),
        )];
    };
    let free = choices.iter().filter(|choice| !choice.unsure && !choice.exclusive).count();
    if least <= free {
        return Vec::new();
    }
    vec![(
        format!("asks for {least} ticked choices of `{id}`, of which only {free} can be ticked together"),
        "Lower `ticked-at-least`.".to_owned(),
    )]
}

fn choice_fault(
    guide: &Guide,
    id: &QuestionId,
    choice: &ChoiceId,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
    kind: &str,
    word: &str,
    other_word: &str,
) -> Vec<(String, String)> {
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    let Some(question) = guide.question(id) else { return Vec::new() };
    // "Not sure" is the one choice of a question that is typed into.
    let one_beside_typed = kind == "one" && question.kind.is_typed() && question.choice(choice).is_some();
    if question.kind.name() != kind && !one_beside_typed {
        return vec![(
            format!("uses `{word}` on `{id}`, which is of the kind {}", question.kind.name()),
            format!("For that kind, use `{other_word}` or a comparison of numbers."),
        )];
    }
    match question.choice(choice) {
        Some(_) => Vec::new(),
        None => vec![(
            format!("asks for a choice `{choice}` that `{id}` does not have"),
            did_you_mean(
                choice.as_str(),
                question.choices().iter().map(|choice| choice.id.as_str()),
                "Correct the name.",
            ),
        )],
    }
}

fn date_fault(
    guide: &Guide,
    id: &QuestionId,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    match guide.question(id).map(|question| &question.kind) {
        Some(Kind::Date(_)) | None => Vec::new(),
        Some(kind) => vec![(
            format!("compares `{id}` with a date, and it is of the kind {}", kind.name()),
            "Compare a question of the kind date.".to_owned(),
        )],
    }
}

fn operand_fault(
    guide: &Guide,
    operand: &Operand,
    earlier: &dyn Fn(&QuestionId) -> Option<bool>,
) -> Vec<(String, String)> {
    let id = &operand.question;
    if let Some(fault) = question_fault(id, guide, earlier) {
        return vec![fault];
    }
    let Some(question) = guide.question(id) else { return Vec::new() };
    let fits = match (&question.kind, &operand.part) {
        (Kind::Number(_), None) => true,
        (Kind::Pair(parts), Some(part)) => parts.iter().any(|known| known.id == *part),
        _ => false,
    };
    if fits {
        return Vec::new();
    }
    let remedy = match &question.kind {
        Kind::Pair([first, second]) => format!("Name the part: `{id}.{}` or `{id}.{}`.", first.id, second.id),
        Kind::Number(_) => format!("Write `{id}` without a part."),
        Kind::Date(_) => "Use `before` or `after` with a date.".to_owned(),
        Kind::One(_) | Kind::Several(_) | Kind::Text(_) | Kind::List(_) => {
            "Compare a question of the kind number or pair.".to_owned()
        }
    };
    vec![(format!("compares `{id}` as a number, which it is not"), remedy)]
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
