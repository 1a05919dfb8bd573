//! Reads the advice of screening.toml, `[[ask]]`, `[[next_step]]` and `[[alternative]]`, and checks what it refers to.

use crate::engine::map::Set;

use crate::engine::guide::conditions::{condition_faults, read_condition};
use crate::engine::guide::reader::Table;
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::settings::Settings;
use crate::engine::guide::{Guide, paths, problem_at};
use crate::engine::ids::{AdviceId, RuleId, SourceCode};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::advice::{Advice, AdviceKind, Call};
use crate::engine::screening::level::Level;

/// Reads all advice of the file, if the `WHOLE` of the widget is there. `lost` gains the ids of what could not be read.
pub(super) fn read<const WHOLE: bool>(
    file: &Table,
    settings: &Settings,
    lost: &mut Set<String>,
) -> Vec<Advice> {
    let mut all = Vec::new();
    for kind in AdviceKind::ALL {
        let mut ids = Set::new();
        for table in file.tables(kind.as_str()).into_iter().filter(|_| WHOLE) {
            let Some(id) = table.needed_id("id") else { continue };
            let table = table.named(format!("the {} `{id}`", kind.in_words()));
            let called_by = table.texts("for").into_iter().map(|(name, _)| {
                let level = Level::ALL.into_iter().find(|level| level.as_str() == name);
                level.map_or_else(|| Call::Reason(RuleId::from(name.as_str())), Call::Level)
            });
            let advice = Advice {
                called_by: called_by.collect(),
                show_if: table.table("show_if").and_then(|table| read_condition(&table, settings, 0)),
                sources: table
                    .texts("sources")
                    .iter()
                    .map(|(code, _)| SourceCode::from(code.as_str()))
                    .collect(),
                line: table.line(),
                id: AdviceId::from(id.as_str()),
                kind,
            };
            // What was written and could not be read must not be shown to everyone.
            let unread = (table.has("show_if") && advice.show_if.is_none())
                || (table.has("for") && advice.called_by.is_empty());
            table.finish();
            if !ids.insert(advice.id.clone()) {
                table.error(
                    format!("The {} `{id}` is there twice.", kind.in_words()),
                    "Give one of the two another id. The first one is used.",
                );
            } else if unread {
                lost.insert(id);
            } else {
                all.push(advice);
            }
        }
    }
    all
}

/// Drops advice that refers to what does not exist, with a problem for each.
pub(super) fn check(guide: &mut Guide, problems: &mut Vec<Problem>) {
    let mut all = std::mem::take(&mut guide.advice);
    all.retain(|advice| {
        let mut faults: Vec<(String, String)> =
            advice.show_if.iter().flat_map(|condition| condition_faults(guide, condition)).collect();
        faults.extend(advice.called_by.iter().filter_map(|call| call_fault(guide, call)));
        // What the clinic switched off takes along what was said about it.
        let off = |id: &str| guide.off.contains(id.split('.').next().unwrap_or_default());
        let gone =
            advice.show_if.iter().flat_map(|condition| condition.questions()).any(|id| off(id.as_str()))
                || (!advice.called_by.is_empty()
                    && advice.called_by.iter().all(|call| match call {
                        Call::Level(_) => false,
                        Call::Reason(id) => off(id.as_str()),
                    }));
        let faults: Vec<_> = faults.into_iter().filter(|_| !gone).collect();
        for (what, remedy) in &faults {
            let what = format!("The {} `{}` {what}, so it is not shown.", advice.kind.in_words(), advice.id);
            problems.push(problem_at(Severity::Error, paths::SCREENING, advice.line, what, remedy));
        }
        let used = !gone && faults.is_empty();
        if !used {
            guide.lost.insert(advice.id.to_string());
        }
        used
    });
    guide.advice = all;
}

/// What is wrong with what calls for a line of advice: the end of a sentence, and a remedy.
fn call_fault(guide: &Guide, call: &Call) -> Option<(String, String)> {
    let id = match call {
        Call::Level(Level::GetHelp) => {
            return Some((
                "is for `get-help`, beside which no advice is shown".to_owned(),
                "Take `get-help` out of `for`.".to_owned(),
            ));
        }
        Call::Level(_) => return None,
        Call::Reason(id) => id,
    };
    let raising = guide.questions.iter().flat_map(|question| {
        let raising = question.choices().iter().filter(|choice| choice.level > Level::Clear);
        raising.map(|choice| question.choice_rule(&choice.id))
    });
    let choices: Vec<RuleId> = raising.collect();
    let known = || {
        let rules = guide.rules.iter().map(|rule| rule.id.as_str());
        let questions = guide.questions.iter().map(|question| question.id.as_str());
        rules.chain(questions).chain(choices.iter().map(RuleId::as_str))
    };
    let known_or_off = known().any(|known| known == id.as_str())
        || guide.off.contains(id.as_str().split('.').next().unwrap_or_default())
        || guide.lost.contains(id.as_str().split('.').next().unwrap_or_default());
    (!known_or_off).then(|| {
        (
            format!("is for a reason `{id}` that no answer gives"),
            did_you_mean(
                id.as_str(),
                known().chain(Level::ALL.map(Level::as_str)),
                "Name a rule, a choice that raises a level as `question.choice`, a question, or a level.",
            ),
        )
    })
}
