//! Reads plan.toml: the tasks of the plan, when they are to be done, and how long a visit is.

use crate::engine::map::Set;

use crate::engine::guide::conditions::{condition_faults, read_condition};
use crate::engine::guide::reader::{self, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::{Guide, paths};
use crate::engine::ids::{NumberKey, SourceCode, TaskId};
use crate::engine::plan::when::{Anchor, Quantity, Start, Until, VisitLengths, When, Which};
use crate::engine::plan::{DripLength, Group, Task};
use crate::engine::problem::Problem;
use crate::engine::screening::level::Level;
use crate::engine::screening::rule::Condition;

/// What plan.toml says.
#[derive(Default)]
pub(super) struct Read {
    pub tasks: Vec<Task>,
    pub visit_lengths: VisitLengths,
    pub drip_lengths: Vec<DripLength>,
    /// The ids of the tasks that the clinic's own folder switched off.
    pub off: Vec<String>,
}

/// How many days before or after a visit a task can be at most.
const MOST_DAYS: i64 = 60;

/// Reads the file. A task whose condition cannot be used is always shown; one whose time cannot be used is at the time of
/// its group.
pub(super) fn read(text: Text, guide: &Guide, problems: &mut Vec<Problem>) -> Read {
    reader::read(paths::PLAN, text, problems, |file| {
        let mut tasks = Vec::new();
        let mut seen = Set::new();
        for table in file.tables("task") {
            let Some(id) = table.needed_id("id") else { continue };
            let table = table.named(format!("the task `{id}`"));
            let name = table.needed_text("group").unwrap_or_default();
            let group = Group::ALL.into_iter().find(|group| group.as_str() == name);
            if group.is_none() {
                table.error_at(
                    "group",
                    format!("`{name}` is not a group of tasks; `before` is used."),
                    &did_you_mean(
                        &name,
                        Group::ALL.map(Group::as_str),
                        "The groups are before, eating, bring, day and after.",
                    ),
                );
            }
            let group = group.unwrap_or(Group::Before);
            let what = format!("The condition of the task `{id}`");
            let show_if = read_show_if(&table, guide, &what, "so it is always shown");
            // Only what a clinic lays over it needs to know.
            table.flag("floor");
            let firm = table.flag("firm");
            let task = Task {
                id: TaskId::from(id.as_str()),
                group,
                firm,
                show_if,
                when: read_when(&table, guide).unwrap_or_else(|| usual_when(group)),
                level: read_level(&table).unwrap_or(if firm { Level::Plan } else { Level::Review }),
                sources: table
                    .texts("sources")
                    .iter()
                    .map(|(code, _)| SourceCode::from(code.as_str()))
                    .collect(),
                line: table.line(),
            };
            table.finish();
            if seen.insert(task.id.clone()) {
                tasks.push(task);
            } else {
                table.error(format!("The task `{id}` is there twice."), "Give one of the two another id.");
            }
        }
        let visit_lengths = file.table("visit").map(|table| {
            let lengths = VisitLengths {
                check_in: read_quantity(&table, guide, "check_in"),
                rest: read_quantity(&table, guide, "rest"),
                night_ends: read_quantity(&table, guide, "night_ends"),
            };
            table.finish();
            lengths
        });
        let drip_lengths = file.tables("drip").into_iter().filter_map(|table| {
            let show_if = read_show_if(&table, guide, "The condition of this length", "so it always counts");
            let minutes = read_quantity(&table, guide, "minutes");
            table.finish();
            Some(DripLength { minutes: minutes?, show_if })
        });
        let drip_lengths = drip_lengths.collect();
        Read {
            tasks,
            visit_lengths: visit_lengths.unwrap_or_default(),
            drip_lengths,
            off: file.switched_off(),
        }
    })
}

fn read_show_if(table: &Table, guide: &Guide, what: &str, so: &str) -> Option<Condition> {
    let table = table.table("show_if")?;
    let mut condition = read_condition(&table, &guide.settings, 0)?;
    condition.settle(&guide.instruments);
    let faults = condition_faults(guide, &condition);
    let expected =
        guide.questions.is_empty() || condition.questions().iter().any(|id| guide.off.contains(id.as_str()));
    for (fault, remedy) in faults.iter().filter(|_| !expected) {
        table.error(format!("{what} {fault}, {so}."), remedy);
    }
    // A question that the clinic switched off leaves the task shown, which is right.
    // With no questions at all the screening is not there yet or is broken, which was said already.
    faults.is_empty().then_some(condition)
}

/// When a task of a group is if the file does not say.
fn usual_when(group: Group) -> When {
    let start = match group {
        Group::Before => Start::Days(-14, -1),
        Group::Eating => Start::Days(-1, -1),
        Group::Bring => Start::Days(-1, 0),
        Group::Day => Start::At(Anchor::Arrival),
        Group::After => Start::At(Anchor::Leave),
    };
    When { start, until: None, visit: Which::Each }
}

fn read_level(table: &Table) -> Option<Level> {
    let name = table.text("level")?;
    let level = Level::raising_from(&name);
    if level.is_none() {
        table.error_at(
            "level",
            format!("`{name}` is not a level; the task's usual one is used."),
            &did_you_mean(
                &name,
                Level::RAISING.map(Level::as_str),
                "The levels are get-help, stop, review, plan and note.",
            ),
        );
    }
    level
}

/// A number or the name of one.
fn read_quantity(table: &Table, guide: &Guide, key: &str) -> Option<Quantity> {
    let name = match table.number_or_name(key)? {
        Ok(number) if (0.0..=1000.0).contains(&number) => return Some(Quantity::Plain(number)),
        Ok(_) => {
            table.error_at(
                key,
                format!("`{key}` is not a length of time."),
                "Write a number from 0 to 1000.",
            );
            return None;
        }
        Err(name) => name,
    };
    let numbers = &guide.settings.numbers;
    if !numbers.is_empty() && !numbers.contains_key(name.as_str()) {
        table.error_at(
            key,
            format!("There is no number `{name}` in settings.toml."),
            &did_you_mean(
                &name,
                numbers.keys().map(NumberKey::as_str),
                "Add it under [numbers], or write a number here.",
            ),
        );
        return None;
    }
    Some(Quantity::Named(NumberKey::from(name.as_str())))
}

/// When a task begins and ends; none if it does not say so or if it cannot be used.
fn read_when(table: &Table, guide: &Guide) -> Option<When> {
    let when = table.table("when")?;
    let days = |key: &str, sign: i64| {
        let (one, other) = when.one_or_two_whole_numbers(key)?;
        if [one, other].iter().any(|days| !(0..=MOST_DAYS).contains(days)) {
            when.error_at(
                key,
                format!("`{key}` goes further than {MOST_DAYS} days, or the wrong way."),
                &format!("Write whole numbers from 0 to {MOST_DAYS}."),
            );
            return None;
        }
        Some(Start::Days((sign * one).min(sign * other), (sign * one).max(sign * other)))
    };
    let mut starts = Vec::new();
    let mut said = 0;
    for key in ["days_before", "days_after", "hours_before", "at"] {
        said += usize::from(when.has(key));
        starts.extend(match key {
            "days_before" => days(key, -1),
            "days_after" => days(key, 1),
            "hours_before" => read_quantity(&when, guide, key).map(Start::HoursBefore),
            _ => read_anchor(&when, key).map(Start::At),
        });
    }
    let until_at = read_anchor(&when, "until").map(Until::At);
    let hours = read_quantity(&when, guide, "until_hours");
    let sleep = when.flag("until_sleep");
    let visit = read_which(&when);
    when.finish();
    if said != 1 {
        when.error(
            "A time has one beginning.".to_owned(),
            "Write one of days_before, days_after, hours_before and at; the time of the group is used until then.",
        );
    }
    let start = starts.into_iter().next().filter(|_| said == 1)?;
    // An hours rule that cannot be read asks for the floor rather than for nothing.
    let hours = hours.or_else(|| when.has("until_hours").then_some(Quantity::Plain(24.0)));
    let after = (hours.is_some() || sleep).then_some(Until::After { hours, sleep });
    if until_at.is_some() && after.is_some() {
        when.error_at(
            "until",
            "A time has one end.".to_owned(),
            "Take `until` out, or `until_hours` and `until_sleep`. The later rule is used.",
        );
    }
    Some(When { start, until: after.or(until_at), visit })
}

fn read_anchor(table: &Table, key: &str) -> Option<Anchor> {
    let name = table.text(key)?;
    let anchor = Anchor::ALL.into_iter().find(|anchor| anchor.as_str() == name);
    if anchor.is_none() {
        table.error_at(
            key,
            format!("`{name}` is not a moment of the visit."),
            &did_you_mean(
                &name,
                Anchor::ALL.map(Anchor::as_str),
                "The moments are arrival, drip, end and leave.",
            ),
        );
    }
    anchor
}

fn read_which(table: &Table) -> Which {
    if !table.has("visit") {
        return Which::Each;
    }
    match table.number_or_name("visit") {
        Some(Ok(number)) if number.fract() == 0.0 && (1.0..=100.0).contains(&number) => {
            Which::Number(number as usize)
        }
        Some(Err(name)) if name == "first" => Which::First,
        Some(Err(name)) if name == "each" => Which::Each,
        Some(Err(name)) if name == "last" => Which::Last,
        found => {
            if found.is_some() {
                table.error_at(
                    "visit",
                    "`visit` does not name a visit; the task is there at each.".to_owned(),
                    "Write \"first\", \"each\", \"last\", or the number of one.",
                );
            }
            Which::Each
        }
    }
}
