//! Lays a clinic's file over the guide's, key by key.
//!
//! First [`hold`] takes out of the clinic's file whatever must not be: what lowers a floor, loosens a bound or cannot
//! be used, each with a problem. What is left can only be laid over the guide's file by [`lay`], which cannot fail.
//! A slip of the clinic's therefore costs that line and never what the guide says.

use crate::engine::map::Set;

use crate::engine::aftercare::signs::Call;
use crate::engine::guide::paths;
use crate::engine::guide::tree::{At, Branch, Node, Value};
use crate::engine::problem::Severity;
use crate::engine::screening::level::Level;

/// What stands before the path of a file of the clinic's own folder.
pub const CLINIC: &str = "clinic:";

/// The lists of instruments.toml.
const INSTRUMENTS: [&str; 3] = ["scale", "item", "instrument"];

/// The lists whose entries have ids and are merged by them.
const LISTS_BY_ID: [&str; 17] = [
    "sign_list",
    "sign",
    "prompt",
    "scale",
    "item",
    "instrument",
    "section",
    "question",
    "rule",
    "task",
    "choices",
    "unsure_choices",
    "patient",
    "page_group",
    "ask",
    "next_step",
    "alternative",
];

/// The lists of which a clinic can switch entries off.
const MAY_GO: [&str; 7] = ["question", "rule", "task", "page_group", "ask", "next_step", "alternative"];

/// The lists of advice.
const ADVICE: [&str; 3] = ["ask", "next_step", "alternative"];

/// Tables that are one statement: half of one condition and half of another say nothing.
const WHOLE: [&str; 3] = ["when", "ask_if", "show_if"];

/// Texts that may be empty.
const MAY_BE_BLANK: [&str; 11] = [
    "monitored_hours",
    "address",
    "hours",
    "privacy_url",
    "zone",
    "endpoint",
    "email",
    "reviewer",
    "hint",
    "why",
    "intro",
];

/// The remedy for what is allowed and milder.
const SIGN: &str = "Have the medical director sign what `anteroom check` prints.";

/// Hears what is wrong with the clinic's file: how bad, where, what, and the remedy.
pub(super) type Say<'a> = dyn FnMut(Severity, At, String, &str) + 'a;

/// The path of a file in the clinic's own folder.
pub fn clinic_path(path: &str) -> String {
    format!("{CLINIC}{path}")
}

/// Lays a clinic's tree over the guide's. Nothing is refused here; see [`hold`].
pub(super) fn lay(base: &mut Node, clinic: Node) {
    let Node { value: Value::Table(changes), at, .. } = clinic else { return };
    base.touched = Some(at);
    let Value::Table(table) = &mut base.value else { return };
    for (key, change) in changes {
        let Some(old) = table.get_mut(&key) else {
            table.insert(key, change);
            continue;
        };
        match (&mut old.node.value, change.node.value) {
            (Value::List(entries), Value::List(changes)) if LISTS_BY_ID.contains(&key.as_str()) => {
                let may_go = MAY_GO.contains(&key.as_str());
                changes.into_iter().for_each(|change| lay_entry(entries, change, may_go));
            }
            (Value::Table(_), Value::Table(changes)) if !WHOLE.contains(&key.as_str()) => {
                lay(&mut old.node, Node { value: Value::Table(changes), ..change.node });
            }
            (_, value) => *old = super::tree::Entry { key: change.key, node: Node { value, ..change.node } },
        }
    }
}

fn lay_entry(entries: &mut Vec<Node>, change: Node, may_go: bool) {
    let Some(id) = change.text_of("id") else { return };
    let place = entries.iter().position(|entry| entry.text_of("id") == Some(id));
    match place {
        Some(place) if may_go && change.flag("off") => {
            entries.remove(place);
        }
        Some(place) => entries.get_mut(place).into_iter().for_each(|entry| lay(entry, change.clone())),
        None if may_go && change.flag("off") => {}
        None => {
            // A new question is asked at the end of its section.
            let section = change.text_of("section");
            let last =
                entries.iter().rposition(|entry| section.is_some() && entry.text_of("section") == section);
            entries.insert(last.map_or(entries.len(), |last| last + 1), change);
        }
    }
}

/// The ids of what a clinic's tree switches off.
pub(super) fn switched_off(clinic: &Node) -> Vec<String> {
    let entries = MAY_GO.into_iter().flat_map(|list| clinic.list_of(list));
    entries
        .filter(|entry| entry.flag("off"))
        .filter_map(|entry| entry.text_of("id"))
        .map(str::to_owned)
        .collect()
}

/// Takes out of a clinic's tree whatever must not be laid over the guide's, and says so.
pub(super) fn hold(path: &str, base: &Node, clinic: &mut Node, say: &mut Say) {
    fit(base, clinic, say);
    match path {
        paths::SETTINGS => hold_numbers(base, clinic, say),
        paths::SCREENING => hold_screening(base, clinic, say),
        paths::PLAN => {
            let mut heard = Vec::new();
            let mut hear =
                |severity, at, what, remedy: &str| heard.push((severity, at, what, remedy.to_owned()));
            each_entry(base, clinic, "task", &mut |old, new| hold_task(old, new, &mut hear), say);
            for (severity, at, what, remedy) in heard {
                say(severity, at, what, &remedy);
            }
            hold_lengths(base, clinic, say);
        }
        paths::PATIENTS => hold_patients(base, clinic, say),
        paths::AFTERCARE => hold_aftercare(base, clinic, say),
        paths::INSTRUMENTS => hold_instruments(base, clinic, say),
        words if words.ends_with(paths::INSTRUMENTS) => hold_official_words(base, clinic, say),
        _ => {}
    }
}

/// An instrument is asked and scored as it was published. A clinic may add one of its own.
fn hold_instruments(base: &Node, clinic: &mut Node, say: &mut Say) {
    for list in INSTRUMENTS {
        let mut heard = Vec::new();
        let mut keep = |old: &Node, new: &mut Node| {
            heard.push((new.at, old.text_of("id").unwrap_or_default().to_owned()));
            false
        };
        each_entry(base, clinic, list, &mut keep, say);
        for (at, id) in heard {
            say(
                Severity::Error,
                at,
                format!("The {list} `{id}` is not the clinic's to change; what the guide says stands."),
                "Take the entry out. Instruments are switched on and off by `on` under [instruments] in settings.toml.",
            );
        }
    }
}

/// The words of stems, items and answers are official and stay.
fn hold_official_words(base: &Node, clinic: &mut Node, say: &mut Say) {
    let Value::Table(table) = &mut clinic.value else { return };
    for list in ["stem", "scale", "item"] {
        let Some(Value::Table(words)) = table.get_mut(list).map(|entry| &mut entry.node.value) else {
            continue;
        };
        let known: Vec<String> = words
            .keys()
            .filter(|key| base.get(list).is_some_and(|old| old.get(key).is_some()))
            .cloned()
            .collect();
        for key in known {
            let what = format!("The words of the {list} `{key}` are official; what the guide says stands.");
            refuse(words, &key, |_| true, what, "Take them out.", say);
        }
    }
}

/// The guide's patients and their answers stay: changed ones could no longer show what the clinic's changes do. A
/// base may get answers to the clinic's own questions.
fn hold_patients(base: &Node, clinic: &mut Node, say: &mut Say) {
    let mut heard = Vec::new();
    let mut keep = |old: &Node, new: &mut Node| {
        heard.push((new.at, old.text_of("id").unwrap_or_default().to_owned()));
        false
    };
    each_entry(base, clinic, "patient", &mut keep, say);
    for (at, id) in heard {
        say(
            Severity::Error,
            at,
            format!(
                "The patient `{id}` is the guide's and not the clinic's to change; what the guide says stands."
            ),
            "Take the entry out, or give a patient of your own another id.",
        );
    }
    let Value::Table(table) = &mut clinic.value else { return };
    let Some(Value::Table(bases)) = table.get_mut("base").map(|entry| &mut entry.node.value) else { return };
    for (name, change) in bases {
        let old = base.get("base").and_then(|bases| bases.get(name));
        let (Some(old), Value::Table(answers)) = (old, &mut change.node.value) else { continue };
        let known: Vec<String> = answers.keys().filter(|key| old.get(key).is_some()).cloned().collect();
        for key in known {
            refuse(
                answers,
                &key,
                |_| true,
                format!(
                    "`{key}` of the base `{name}` is not the clinic's to change; what the guide says stands."
                ),
                "Take the line out, or write a base of your own under another name.",
                say,
            );
        }
    }
}

/// Every sign is a floor: a clinic makes its call more urgent, never less, and takes none away.
fn hold_aftercare(base: &Node, clinic: &mut Node, say: &mut Say) {
    let Value::Table(table) = &mut clinic.value else { return };
    for (list, keys) in [("sign", &["call", "list", "off"][..]), ("sign_list", &["private", "off"])] {
        let Some(Value::List(entries)) = table.get_mut(list).map(|entry| &mut entry.node.value) else {
            continue;
        };
        for entry in entries {
            let Some(old) = entry.text_of("id").and_then(|id| base.entry(list, id)) else { continue };
            let id = old.text_of("id").unwrap_or_default();
            let Value::Table(change) = &mut entry.value else { continue };
            let call = |value: &Value| value.text().and_then(Call::from_name);
            for key in keys {
                let was = old.get(key).map(|old| &old.value);
                let wrong = |new: &Value| match *key {
                    "call" => call(new).is_none_or(|new| was.and_then(call).is_some_and(|was| new < was)),
                    "private" => was == Some(&Value::Flag(true)) && *new != Value::Flag(true),
                    "off" => true,
                    _ => was.is_none_or(|was| !was.says(new)),
                };
                let what = format!("`{key}` of `{id}` cannot be made milder; what the guide says stands.");
                refuse(
                    change,
                    key,
                    wrong,
                    what,
                    "Take the line out. A call can only be made more urgent.",
                    say,
                );
            }
        }
    }
}

/// Refuses values of another kind than the guide's, and empty texts: both would take away what the guide says.
fn fit(base: &Node, clinic: &mut Node, say: &mut Say) {
    let (Value::Table(old), Value::Table(new)) = (&base.value, &mut clinic.value) else { return };
    new.retain_mut(|key, change| {
        let Some(old) = old.get(key) else { return true };
        let (old, new) = (&old.node, &mut change.node);
        let blank = |text: &str| text.trim().is_empty();
        let lost = match (&old.value, &new.value) {
            (Value::Text(old), Value::Text(new)) => {
                blank(new) && !blank(old) && !MAY_BE_BLANK.contains(&key.as_str())
            }
            (Value::Number(_), Value::Number(new)) => new.is_none(),
            (Value::Date(_), Value::Date(new)) => new.is_none(),
            (Value::List(old), Value::List(new)) => {
                let text = |node: &Node| node.value.text().is_some();
                old.iter().all(text) && !old.is_empty() && !new.iter().all(text)
            }
            (old, new) => old.kind() != new.kind(),
        };
        if lost {
            say(
                Severity::Error,
                new.at,
                format!("`{key}` cannot be {} here; what the guide says stands.", said_kind(&new.value)),
                &format!("Write {}, or take the line out.", said_wanted(&old.value)),
            );
            return false;
        }
        let Value::List(entries) = &mut new.value else {
            if !WHOLE.contains(&key.as_str()) {
                fit(old, new, say);
            }
            return true;
        };
        if LISTS_BY_ID.contains(&key.as_str()) {
            let mut seen = Set::new();
            entries.retain_mut(|entry| {
                let Some(id) = entry.text_of("id").map(str::to_owned) else {
                    say(
                        Severity::Error,
                        entry.at,
                        format!("This entry of `{key}` has no `id`, so it changes nothing."),
                        "Add a line `id = \"...\"` with the id of what it changes, or a new one.",
                    );
                    return false;
                };
                let known = old.value.list().iter().find(|known| known.text_of("id") == Some(&id));
                if let Some(known) = known {
                    fit(known, entry, say);
                }
                let new = seen.insert(id.clone());
                if !new {
                    say(
                        Severity::Error,
                        entry.at,
                        format!("The id `{id}` is there twice in `{key}`."),
                        "Put all that changes into one entry. The first one is used.",
                    );
                }
                new
            });
        }
        true
    });
}

fn said_kind(value: &Value) -> &'static str {
    match value {
        Value::Text(text) if text.trim().is_empty() => "empty",
        Value::Number(None) => "such a number",
        other => other.kind(),
    }
}

fn said_wanted(value: &Value) -> &'static str {
    match value {
        Value::Text(_) => "a text that says something",
        Value::List(entries) if entries.iter().any(|entry| entry.value.table().is_some()) => {
            "a list of tables"
        }
        Value::List(_) => "a list of texts",
        other => other.kind(),
    }
}

/// Takes a key out of a table, with a problem, if `wrong` says so of its value.
fn refuse(
    table: &mut Branch,
    key: &str,
    wrong: impl FnOnce(&Value) -> bool,
    what: String,
    remedy: &str,
    say: &mut Say,
) {
    if let Some(entry) = table.get(key)
        && wrong(&entry.node.value)
    {
        say(Severity::Error, entry.node.at, what, remedy);
        table.remove(key);
    }
}

fn hold_numbers(base: &Node, clinic: &mut Node, say: &mut Say) {
    let Some(known) = base.get("numbers").and_then(|numbers| numbers.value.table()) else { return };
    let Value::Table(settings) = &mut clinic.value else { return };
    let Some(Value::Table(numbers)) = settings.get_mut("numbers").map(|entry| &mut entry.node.value) else {
        return;
    };
    for (id, change) in numbers {
        let Some(old) = known.get(id).map(|entry| &entry.node) else { continue };
        let Value::Table(change) = &mut change.node.value else { continue };
        for key in ["least", "most", "unit"] {
            refuse(
                change,
                key,
                |new| old.get(key).is_some_and(|old| !old.value.says(new)),
                format!("`{key}` of `{id}` is not the clinic's to change; what the guide says stands."),
                "Take the line out.",
                say,
            );
        }
        let number = |node: Option<&Node>| match node.map(|node| &node.value) {
            Some(Value::Number(number)) => *number,
            _ => None,
        };
        let (least, most) = (number(old.get("least")), number(old.get("most")));
        for key in ["value", "from", "to"] {
            refuse(
                change,
                key,
                |_| old.get(key).is_none(),
                format!(
                    "`{id}` is {} in the guide, so `{key}` cannot stand here.",
                    if old.get("value").is_some() { "one number" } else { "a range" }
                ),
                if old.get("value").is_some() {
                    "Write `value = ...`."
                } else {
                    "Write `from = ...` and `to = ...`."
                },
                say,
            );
            let bounds = format!("{} to {}", least.unwrap_or_default(), most.unwrap_or_default());
            refuse(
                change,
                key,
                |new| {
                    let Value::Number(Some(new)) = new else { return false };
                    least.is_some_and(|least| *new < least) || most.is_some_and(|most| *new > most)
                },
                format!("`{id}` is outside of its bounds, {bounds}; what the guide says stands."),
                "Write a number within the bounds. They are not the clinic's to change.",
                say,
            );
        }
        let end =
            |key: &str, change: &Branch| number(change.get(key).map(|entry| &entry.node).or(old.get(key)));
        if let (Some(from), Some(to)) = (end("from", change), end("to", change))
            && to < from
        {
            let what = format!("The range of `{id}` ends before it begins; what the guide says stands.");
            let key = if change.contains_key("to") { "to" } else { "from" };
            refuse(change, key, |_| true, what, "Put the smaller number in `from`.", say);
            change.remove("from");
        }
    }
}

/// Walks the clinic's entries of a list. `keep` sees each that the guide has too and says whether it stays; one that
/// switches off what is not there is taken out here.
fn each_entry(
    base: &Node,
    clinic: &mut Node,
    list: &str,
    keep: &mut dyn FnMut(&Node, &mut Node) -> bool,
    say: &mut Say,
) {
    let Value::Table(table) = &mut clinic.value else { return };
    let Some(Value::List(entries)) = table.get_mut(list).map(|entry| &mut entry.node.value) else { return };
    entries.retain_mut(|entry| {
        let id = entry.text_of("id").unwrap_or_default().to_owned();
        match base.entry(list, &id) {
            Some(old) => {
                let off = entry.flag("off");
                if let Value::Table(table) = &mut entry.value {
                    refuse(
                        table,
                        "off",
                        |off| !matches!(off, Value::Flag(_)),
                        format!(
                            "`off` of the {list} `{id}` must be `true` or `false`; it is not switched off."
                        ),
                        "Write `off = true`, or take the line out.",
                        say,
                    );
                    if !off {
                        table.remove("off");
                    }
                }
                keep(old, entry)
            }
            None if entry.flag("off") => {
                say(
                    Severity::Error,
                    entry.at,
                    format!("There is no {list} `{id}` that could be switched off."),
                    "Correct the id, or take the entry out.",
                );
                false
            }
            None => true,
        }
    });
}

fn level_of(node: &Node) -> Level {
    match node.get("level").map(|level| &level.value) {
        Some(Value::Text(level)) => Level::raising_from(level).unwrap_or(Level::Review),
        Some(_) => Level::Review,
        None => Level::Clear,
    }
}

/// Whether a choice or a rule of the guide may only become stricter.
fn is_floor(node: &Node) -> bool {
    node.flag("floor") || level_of(node) == Level::GetHelp
}

fn hold_screening(base: &Node, clinic: &mut Node, say: &mut Say) {
    let guarded = guarded(base);
    let rules_off: Set<String> = clinic
        .list_of("rule")
        .iter()
        .filter(|rule| rule.flag("off"))
        .filter_map(|rule| rule.text_of("id"))
        .filter(|id| base.entry("rule", id).is_some_and(|rule| !is_floor(rule)))
        .map(str::to_owned)
        .collect();
    let mut heard: Vec<(Severity, At, String, String)> = Vec::new();
    let mut hear = |severity, at, what, remedy: &str| heard.push((severity, at, what, remedy.to_owned()));
    let mut question = |old: &Node, new: &mut Node| {
        let id = old.text_of("id").unwrap_or_default();
        if new.flag("off") {
            return may_go(base, old, new.at, guarded.contains(id), &rules_off, &mut hear);
        }
        hold_question(old, new, guarded.contains(id), &mut hear);
        true
    };
    each_entry(base, clinic, "question", &mut question, say);
    let mut rule = |old: &Node, new: &mut Node| hold_rule(old, new, &mut hear);
    each_entry(base, clinic, "rule", &mut rule, say);
    for list in ADVICE {
        let mut advice = |old: &Node, new: &mut Node| {
            if new.flag("off") {
                let id = old.text_of("id").unwrap_or_default();
                hear(Severity::Warning, new.at, format!("The {list} `{id}` is switched off."), SIGN);
            }
            true
        };
        each_entry(base, clinic, list, &mut advice, say);
    }
    for (severity, at, what, remedy) in heard {
        say(severity, at, what, &remedy);
    }
}

/// The questions that must be asked as the guide asks them: those with a floor, those that open the crisis panel,
/// and those that decide whether a floor is asked about or holds.
fn guarded(base: &Node) -> Set<String> {
    let mut guarded = Set::new();
    for question in base.list_of("question") {
        let mut choices = question.list_of("choices").iter().chain(question.list_of("unsure_choices"));
        if choices.any(|choice| is_floor(choice) || choice.flag("crisis")) {
            guarded.extend(question.text_of("id").map(str::to_owned));
        }
    }
    for rule in base.list_of("rule").iter().filter(|rule| is_floor(rule)) {
        rule.get("when").into_iter().for_each(|when| asked_by(when, &mut guarded));
    }
    loop {
        let before = guarded.len();
        for id in guarded.clone() {
            let condition = base.entry("question", &id).and_then(|question| question.get("ask_if"));
            condition.into_iter().for_each(|condition| asked_by(condition, &mut guarded));
        }
        if guarded.len() == before {
            return guarded;
        }
    }
}

/// The questions that a condition asks about.
fn asked_by(condition: &Node, questions: &mut Set<String>) {
    match &condition.value {
        Value::Table(table) => {
            if let Some(name) = condition.text_of("question") {
                questions.insert(name.split('.').next().unwrap_or_default().to_owned());
            }
            table.values().for_each(|entry| asked_by(&entry.node, questions));
        }
        Value::List(entries) => entries.iter().for_each(|entry| asked_by(entry, questions)),
        _ => {}
    }
}

/// Whether a question may be switched off; says why not.
fn may_go(
    base: &Node,
    question: &Node,
    at: At,
    guarded: bool,
    rules_off: &Set<String>,
    say: &mut Say,
) -> bool {
    let id = question.text_of("id").unwrap_or_default();
    if guarded {
        say(
            Severity::Error,
            at,
            format!("The question `{id}` is a safety floor and cannot be switched off; it is still asked."),
            "Take `off` out.",
        );
        return false;
    }
    let asks = |condition: Option<&Node>| {
        let mut asked = Set::new();
        condition.into_iter().for_each(|condition| asked_by(condition, &mut asked));
        asked.contains(id)
    };
    let rule = base
        .list_of("rule")
        .iter()
        .filter(|rule| rule.text_of("id").is_none_or(|id| !rules_off.contains(id)))
        .find(|rule| asks(rule.get("when")));
    let later = base.list_of("question").iter().find(|question| asks(question.get("ask_if")));
    if let Some(user) = rule.or(later).and_then(|user| user.text_of("id")) {
        say(
            Severity::Error,
            at,
            format!(
                "`{user}` depends on the question `{id}`, so it cannot be switched off; it is still asked."
            ),
            &match rule {
                Some(_) => format!("Switch the rule `{user}` off too, or take `off` out."),
                None => "Take `off` out.".to_owned(),
            },
        );
        return false;
    }
    say(Severity::Warning, at, format!("The question `{id}` is switched off."), SIGN);
    true
}

fn hold_question(old: &Node, new: &mut Node, guarded: bool, say: &mut Say) {
    let id = old.text_of("id").unwrap_or_default().to_owned();
    let Value::Table(table) = &mut new.value else { return };
    for key in ["kind", "parts", "unit", "units", "least", "most", "earliest", "latest", "long", "entry"] {
        refuse(
            table,
            key,
            |new| old.get(key).is_none_or(|old| !old.value.says(new)),
            format!(
                "`{key}` of the question `{id}` is not the clinic's to change; what the guide says stands."
            ),
            "Take the line out, or ask a question of your own under a new id.",
            say,
        );
    }
    for key in ["section", "ask_if", "required", "private", "changes"] {
        let Some(change) = table.get(key) else { continue };
        let (value, at) = (&change.node.value, change.node.at);
        let milder = match (key, value) {
            ("required", value) => {
                old.get(key).is_none() && *value == Value::Flag(false)
                    || old.get(key).is_some_and(|old| old.value == Value::Flag(true))
                        && *value == Value::Flag(false)
            }
            ("private" | "changes", value) => old.flag(key) && *value == Value::Flag(false),
            _ => old.get(key).is_none_or(|old| !old.value.says(value)),
        };
        if !milder {
            continue;
        }
        if guarded {
            say(
                Severity::Error,
                at,
                format!(
                    "`{key}` of the question `{id}` belongs to a safety floor; what the guide says stands."
                ),
                "Take the line out.",
            );
            table.remove(key);
        } else if key != "section" {
            say(
                Severity::Warning,
                at,
                format!("`{key}` makes the question `{id}` milder than in the guide."),
                SIGN,
            );
        }
    }
    hold_unsure(old, table, &id, guarded, say);
    let Some(Value::List(choices)) = table.get_mut("choices").map(|entry| &mut entry.node.value) else {
        return;
    };
    for choice in choices {
        let Some(name) = choice.text_of("id").map(str::to_owned) else { continue };
        match old.entry("choices", &name) {
            Some(known) => hold_choice(known, choice, &format!("the choice `{name}` of `{id}`"), say),
            None if guarded && choice.get("level").is_none() => say(
                Severity::Warning,
                choice.at,
                format!("The new choice `{name}` of `{id}`, a question about safety, raises nothing."),
                "Give it a `level`, or have the medical director sign what `anteroom check` prints.",
            ),
            None => {}
        }
    }
}

/// Holds "not sure" and the like beside what is typed. On a safety question a new one must raise what any "not sure"
/// raises: whoever ticks it gives no number that a rule could read.
fn hold_unsure(old: &Node, table: &mut Branch, id: &str, guarded: bool, say: &mut Say) {
    let Some(Value::List(choices)) = table.get_mut("unsure_choices").map(|entry| &mut entry.node.value)
    else {
        return;
    };
    choices.retain_mut(|choice| {
        let Some(name) = choice.text_of("id").map(str::to_owned) else { return true };
        if let Value::Table(table) = &mut choice.value {
            for key in ["unsure", "exclusive"] {
                refuse(
                    table,
                    key,
                    |new| *new != Value::Flag(true),
                    format!("The choice `{name}` of `{id}` is always unsure and stands alone."),
                    "Take the line out.",
                    say,
                );
            }
            // It goes without saying.
            table.retain(|key, _| key != "unsure" && key != "exclusive");
        }
        if let Some(known) = old.entry("unsure_choices", &name) {
            hold_choice(known, choice, &format!("the choice `{name}` of `{id}`"), say);
            return true;
        }
        let milder = guarded && level_of(choice) < Level::Review;
        if milder {
            say(
                Severity::Error,
                choice.at,
                format!("The new choice `{name}` would let people pass the safety question `{id}`; it is left out."),
                "Give it `level = \"review\"` or a stricter one.",
            );
        }
        !milder
    });
}

fn hold_choice(old: &Node, new: &mut Node, what: &str, say: &mut Say) {
    hold_level(old, new, what, say);
    let Value::Table(table) = &mut new.value else { return };
    for key in ["crisis", "emergency", "floor"] {
        refuse(
            table,
            key,
            |new| old.flag(key) && *new != Value::Flag(true) || !matches!(new, Value::Flag(_)),
            format!("`{key}` cannot be taken away from {what}; what the guide says stands."),
            "Take the line out.",
            say,
        );
    }
    // Either way of changing these changes what conditions read, or what an answer clears.
    for key in ["unsure", "exclusive"] {
        refuse(
            table,
            key,
            |new| *new != Value::Flag(old.flag(key)),
            format!("`{key}` of {what} is not the clinic's to change; what the guide says stands."),
            "Take the line out, or add a choice of your own.",
            say,
        );
    }
}

/// Refuses a milder level on a floor, warns of one elsewhere.
fn hold_level(old: &Node, new: &mut Node, what: &str, say: &mut Say) {
    let Some((at, level)) = new.get("level").map(|level| (level.at, level.value.text().map(str::to_owned)))
    else {
        return;
    };
    let Value::Table(table) = &mut new.value else { return };
    let Some(new) = level.as_deref().and_then(Level::raising_from) else {
        let named = level.unwrap_or_default();
        say(
            Severity::Error,
            at,
            format!("`{named}` is not a level; {what} stays as in the guide."),
            &super::screening::did_you_mean(
                &named,
                Level::RAISING.map(Level::as_str),
                "The levels are get-help, stop, review, plan and note.",
            ),
        );
        table.remove("level");
        return;
    };
    let was = level_of(old);
    if new >= was {
        return;
    }
    if is_floor(old) {
        say(
            Severity::Error,
            at,
            format!(
                "The level of {what} is a floor and cannot be lowered to `{}`; it stays `{}`.",
                new.as_str(),
                was.as_str()
            ),
            "Take the line out. A floor can only be made stricter.",
        );
        table.remove("level");
    } else {
        say(
            Severity::Warning,
            at,
            format!("The level of {what} is lowered from `{}` to `{}`.", was.as_str(), new.as_str()),
            SIGN,
        );
    }
}

/// From how long a visit is follows when a person may drive again: only the numbers are the clinic's, in its settings.
fn hold_lengths(base: &Node, clinic: &mut Node, say: &mut Say) {
    let Value::Table(table) = &mut clinic.value else { return };
    for key in ["visit", "drip"] {
        refuse(
            table,
            key,
            |new| base.get(key).is_some_and(|old| !old.value.says(new)),
            format!("`{key}` is not the clinic's to change; what the guide says stands."),
            "Take it out, and set the lengths under [numbers] in settings.toml.",
            say,
        );
    }
}

fn hold_task(old: &Node, new: &mut Node, say: &mut Say) -> bool {
    let id = old.text_of("id").unwrap_or_default().to_owned();
    let floor = old.flag("floor");
    if new.flag("off") {
        let (severity, what, remedy) = if floor {
            (Severity::Error, "is a floor and cannot be switched off; it is still shown", "Take `off` out.")
        } else {
            (Severity::Warning, "is switched off", SIGN)
        };
        say(severity, new.at, format!("The task `{id}` {what}."), remedy);
        return !floor;
    }
    let Value::Table(table) = &mut new.value else { return true };
    for key in ["floor", "firm", "group", "level", "show_if", "when"].into_iter().filter(|_| floor) {
        refuse(
            table,
            key,
            |new| old.get(key).is_none_or(|old| !old.value.says(new)),
            format!("`{key}` of the task `{id}` belongs to a floor; what the guide says stands."),
            "Take the line out.",
            say,
        );
    }
    true
}

fn hold_rule(old: &Node, new: &mut Node, say: &mut Say) -> bool {
    let id = old.text_of("id").unwrap_or_default().to_owned();
    if new.flag("off") {
        let floor = is_floor(old);
        let (severity, what, remedy) = if floor {
            (Severity::Error, "is a floor and cannot be switched off; it still holds", "Take `off` out.")
        } else {
            (Severity::Warning, "is switched off", SIGN)
        };
        say(severity, new.at, format!("The rule `{id}` {what}."), remedy);
        return !floor;
    }
    hold_level(old, new, &format!("the rule `{id}`"), say);
    let Value::Table(table) = &mut new.value else { return true };
    refuse(
        table,
        "when",
        |new| old.get("when").is_none_or(|old| !old.value.says(new)),
        format!("`when` of the rule `{id}` is not the clinic's to change; what the guide says stands."),
        "Add a rule of your own under a new id.",
        say,
    );
    refuse(
        table,
        "floor",
        |new| *new != Value::Flag(true),
        format!("`floor` cannot be taken away from the rule `{id}`; what the guide says stands."),
        "Take the line out.",
        say,
    );
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use toml::de::DeTable;

    use super::*;
    use crate::engine::guide::tree::tree;

    fn parsed(text: &str, clinic: bool) -> Node {
        tree(DeTable::parse_recoverable(text).0.get_ref(), clinic)
    }

    fn laid(path: &str, base: &Node, clinic: &str) -> Node {
        let mut clinic = parsed(clinic, true);
        hold(path, base, &mut clinic, &mut |_, _, _, _| {});
        let mut base = base.clone();
        lay(&mut base, clinic);
        base
    }

    #[track_caller]
    fn check(base: &str, clinic: &str, expected: &str) {
        let both = laid("en/words.toml", &parsed(base, false), clinic);
        assert!(both.value.says(&parsed(expected, false).value), "{base} with {clinic} gives {both:?}");
    }

    #[test]
    fn tables_merge_key_by_key() {
        check("[a]\nb = 'x'\nc = 'y'", "[a]\nc = 'z'", "[a]\nb = 'x'\nc = 'z'");
        check("[a]\nb = 'x'", "[a.d]\ne = 1\n[f]\n", "[a]\nb = 'x'\nd = { e = 1 }\n[f]");
        check("a = ['x', 'y']", "a = ['z']", "a = ['z']");
        check("a = 'x'", "", "a = 'x'");
        check("", "a = 'x'", "a = 'x'");
    }

    #[test]
    fn lists_of_tables_merge_by_id() {
        check(
            "rule = [{ id = 'a', x = 1 }, { id = 'b', x = 2 }]",
            "rule = [{ id = 'c', x = 3 }, { id = 'a', y = 4 }]",
            "rule = [{ id = 'a', x = 1, y = 4 }, { id = 'b', x = 2 }, { id = 'c', x = 3 }]",
        );
        check(
            "task = [{ id = 'a' }, { id = 'b' }]",
            "task = [{ id = 'a', off = true }]",
            "task = [{ id = 'b' }]",
        );
        check(
            "task = [{ id = 'a' }]",
            "task = [{ id = 'a', x = 1 }, { id = 'a', off = true }]",
            "task = [{ id = 'a', x = 1 }]",
        );
        check("task = [{ id = 'a' }]", "task = [{ x = 1 }]", "task = [{ id = 'a' }]");
    }

    #[test]
    fn a_new_question_comes_at_the_end_of_its_section() {
        check(
            "question = [{ id = 'a', section = 's' }, { id = 'b', section = 't' }]",
            "question = [{ id = 'c', section = 's' }, { id = 'd', section = 'u' }]",
            "question = [{ id = 'a', section = 's' }, { id = 'c', section = 's' }, { id = 'b', section = 't' }, \
             { id = 'd', section = 'u' }]",
        );
    }

    #[test]
    fn a_condition_is_replaced_as_a_whole() {
        check(
            "[x]\nask_if = { question = 'a', is = 'b' }",
            "[x]\nask_if = { question = 'a', is-not = 'c' }",
            "[x]\nask_if = { question = 'a', is-not = 'c' }",
        );
    }

    #[test]
    fn what_is_empty_or_of_another_kind_leaves_the_guide_as_it_is() {
        for clinic in ["a = ''", "a = 1", "a = []", "a = { b = 1 }", "a = 'x", "a = true"] {
            check("a = 'x'", clinic, "a = 'x'");
        }
        check("hours = 'x'", "hours = ''", "hours = ''");
        check("a = ['x']", "a = [1]", "a = ['x']");
        check("a = 1", "a = inf", "a = 1");
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn laying_twice_is_laying_once(
            entries in prop::collection::vec(("[a-e]", "[xyz]", 0..4_u8), 0..8),
        ) {
            let base = parsed(
                "rule = [{ id = 'a', x = 'k' }, { id = 'b', level = 'stop', floor = true }]\nx = { y = 'k' }",
                false,
            );
            let clinic: String = entries.iter().map(|(id, key, kind)| match kind {
                0 => format!("[[rule]]\nid = '{id}'\noff = true\n"),
                1 => format!("[[rule]]\nid = '{id}'\nlevel = 'note'\n"),
                _ => format!("[[rule]]\nid = '{id}'\n{key} = 'v'\n"),
            }).collect();
            let once = laid(paths::SCREENING, &base, &clinic);
            let twice = laid(paths::SCREENING, &once, &clinic);
            prop_assert!(once.value.says(&twice.value), "{clinic}: {once:?} {twice:?}");
        }
    }
}
