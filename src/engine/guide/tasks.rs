//! Reads plan.toml: the tasks of the preparation list.

use std::collections::BTreeSet;

use crate::engine::guide::reader::{self, Text};
use crate::engine::guide::screening::{condition_faults, did_you_mean, read_condition};
use crate::engine::guide::{Guide, paths};
use crate::engine::ids::{SourceCode, TaskId};
use crate::engine::plan::{Group, Task};
use crate::engine::problem::Problem;

/// Reads the tasks, and the ids of those that the clinic's own folder switched off. A task whose condition cannot be used is always shown.
pub(super) fn read(text: Text, guide: &Guide, problems: &mut Vec<Problem>) -> (Vec<Task>, Vec<String>) {
    reader::read(paths::PLAN, text, problems, |file| {
        let mut tasks = Vec::new();
        let mut seen = BTreeSet::new();
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
            let show_if = table.table("show_if").and_then(|table| {
                let mut condition = read_condition(&table, &guide.settings, 0)?;
                condition.settle(&guide.instruments);
                let faults = condition_faults(guide, &condition);
                let expected = guide.questions.is_empty()
                    || condition.questions().iter().any(|id| guide.off.contains(id.as_str()));
                for (what, remedy) in faults.iter().filter(|_| !expected) {
                    table.error(
                        format!("The condition of the task `{id}` {what}, so it is always shown."),
                        remedy,
                    );
                }
                // A question that the clinic switched off leaves the task shown, which is right.
                // With no questions at all the screening is not there yet or is broken, which was said already.
                faults.is_empty().then_some(condition)
            });
            // Only what a clinic lays over it needs to know.
            table.flag("floor");
            let task = Task {
                id: TaskId::from(id.as_str()),
                group: group.unwrap_or(Group::Before),
                firm: table.flag("firm"),
                show_if,
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
        (tasks, file.switched_off())
    })
}
