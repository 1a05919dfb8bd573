//! Writes a guide as content files: screening.toml, plan.toml, sources.toml and the words of a language.
//!
//! The other way round of the readers: what is written here is read as the same guide. Numbers and names that stood in
//! braces are written as they were filled in, and thresholds as bare numbers; a signature is left out, since what is
//! written anew is to be signed anew. Settings, pages and the interface's words
//! are files that a clinic has already. Not in the widget: nothing in it writes a guide.

use std::fmt::Write;

use crate::engine::guide::Guide;
use crate::engine::guide::words::{ReasonWords, Words};
use crate::engine::ids::SourceCode;
use crate::engine::plan::when::{Quantity, Start, Until, When, Which};
use crate::engine::screening::advice::Call;
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Bounds, Choice, Day, Kind, Question};
use crate::engine::screening::rule::Condition;

/// screening.toml: sections, questions, rules and advice.
pub fn screening(guide: &Guide) -> String {
    let mut out = String::from("format = 1\n");
    let review = &guide.review;
    for (key, date) in [("reviewed_on", review.reviewed_on), ("review_due", review.review_due)] {
        if let Some(date) = date {
            line(&mut out, key, &date.to_string());
        }
    }
    line(&mut out, "reviewer", &text(&review.reviewer));
    for section in &guide.sections {
        out.push_str("\n[[section]]\n");
        line(&mut out, "id", &text(section.as_str()));
    }
    // The items of instruments stand in a file of their own, whose words are not to be written anew.
    for question in guide.questions.iter().filter(|question| !guide.is_item(&question.id)) {
        write_question(&mut out, question);
    }
    for rule in &guide.rules {
        out.push_str("\n[[rule]]\n");
        line(&mut out, "id", &text(rule.id.as_str()));
        line(&mut out, "level", &text(rule.level.as_str()));
        flag(&mut out, "floor", rule.floor);
        sources(&mut out, &rule.sources);
        line(&mut out, "when", &condition(&rule.when));
    }
    for advice in &guide.advice {
        push(&mut out, format_args!("\n[[{}]]\n", advice.kind.as_str()));
        line(&mut out, "id", &text(advice.id.as_str()));
        if !advice.called_by.is_empty() {
            let calls = advice.called_by.iter().map(|call| match call {
                Call::Level(level) => text(level.as_str()),
                Call::Reason(rule) => text(rule.as_str()),
            });
            line(&mut out, "for", &format!("[{}]", joined(calls)));
        }
        if let Some(show_if) = &advice.show_if {
            line(&mut out, "show_if", &condition(show_if));
        }
        sources(&mut out, &advice.sources);
    }
    out
}

/// plan.toml: the tasks of the preparation list. Which of them are floors only the file itself knows, for whoever lays
/// another over it.
pub fn plan(guide: &Guide) -> String {
    let mut out = String::new();
    for task in &guide.tasks {
        out.push_str("[[task]]\n");
        line(&mut out, "id", &text(task.id.as_str()));
        line(&mut out, "group", &text(task.group.as_str()));
        flag(&mut out, "firm", task.firm);
        sources(&mut out, &task.sources);
        line(&mut out, "level", &text(task.level.as_str()));
        line(&mut out, "when", &when(&task.when));
        if let Some(show_if) = &task.show_if {
            line(&mut out, "show_if", &condition(show_if));
        }
        out.push('\n');
    }
    let lengths = &guide.visit_lengths;
    out.push_str("[visit]\n");
    for (key, of) in
        [("check_in", &lengths.check_in), ("rest", &lengths.rest), ("night_ends", &lengths.night_ends)]
    {
        if let Some(of) = of {
            line(&mut out, key, &quantity(of));
        }
    }
    for length in &guide.drip_lengths {
        out.push_str("\n[[drip]]\n");
        line(&mut out, "minutes", &quantity(&length.minutes));
        if let Some(show_if) = &length.show_if {
            line(&mut out, "show_if", &condition(show_if));
        }
    }
    out
}

/// A number, or the name of one.
fn quantity(of: &Quantity) -> String {
    match of {
        Quantity::Plain(number) => number.to_string(),
        Quantity::Named(name) => text(name.as_str()),
    }
}

/// A time as an inline table.
fn when(when: &When) -> String {
    let mut parts = vec![match &when.start {
        Start::Days(first, last) if *last > 0 => format!("days_after = [{first}, {last}]"),
        Start::Days(first, last) => format!("days_before = [{}, {}]", -first, -last),
        Start::HoursBefore(hours) => format!("hours_before = {}", quantity(hours)),
        Start::At(anchor) => format!("at = {}", text(anchor.as_str())),
    }];
    match &when.until {
        None => {}
        Some(Until::At(anchor)) => parts.push(format!("until = {}", text(anchor.as_str()))),
        Some(Until::After { hours, sleep }) => {
            parts.extend(hours.as_ref().map(|hours| format!("until_hours = {}", quantity(hours))));
            parts.extend(sleep.then(|| "until_sleep = true".to_owned()));
        }
    }
    match when.visit {
        Which::Each => {}
        Which::First => parts.push("visit = \"first\"".to_owned()),
        Which::Last => parts.push("visit = \"last\"".to_owned()),
        Which::Number(number) => parts.push(format!("visit = {number}")),
    }
    format!("{{ {} }}", joined(parts.into_iter()))
}

/// sources.toml: what each source code stands for.
pub fn citations(guide: &Guide) -> String {
    let mut out = String::new();
    for (code, citation) in &guide.citations {
        push(&mut out, format_args!("[{}]\n", key(code.as_str())));
        line(&mut out, "title", &text(&citation.title));
        if let Some(address) = &citation.address {
            line(&mut out, "address", &text(address));
        }
        out.push('\n');
    }
    out
}

/// LANG/screening.toml: the words of the sections, questions, rules and advice.
pub fn screening_words(words: &Words) -> String {
    let mut out = String::new();
    for (id, section) in &words.sections {
        push(&mut out, format_args!("[section.{}]\n", key(id.as_str())));
        line(&mut out, "title", &text(&section.title));
        said(&mut out, "intro", &section.intro);
        out.push('\n');
    }
    for (id, question) in words.questions.iter().filter(|(_, question)| !question.item) {
        let name = format!("question.{}", key(id.as_str()));
        push(&mut out, format_args!("[{name}]\n"));
        line(&mut out, "ask", &text(&question.ask));
        said(&mut out, "hint", &question.hint);
        said(&mut out, "why", &question.why);
        said(&mut out, "too_low", &question.too_low);
        said(&mut out, "too_high", &question.too_high);
        reason(&mut out, &question.reason);
        table(&mut out, &name, "choices", question.choices.iter().map(|(id, words)| (id.as_str(), words)));
        table(&mut out, &name, "reasons", question.reasons.iter().map(|(id, words)| (id.as_str(), words)));
        table(&mut out, &name, "nexts", question.nexts.iter().map(|(id, words)| (id.as_str(), words)));
        table(&mut out, &name, "parts", question.parts.iter().map(|(id, words)| (id.as_str(), words)));
        table(&mut out, &name, "units", question.units.iter().map(|(id, words)| (id.as_str(), words)));
        table(
            &mut out,
            &name,
            "terms",
            question.terms.iter().map(|(name, meaning)| (name.as_str(), meaning)),
        );
        out.push('\n');
    }
    for (id, rule) in &words.rules {
        push(&mut out, format_args!("[rule.{}]\n", key(id.as_str())));
        reason(&mut out, rule);
        out.push('\n');
    }
    for ((kind, id), words) in &words.advice {
        push(&mut out, format_args!("[{}.{}]\n", kind.as_str(), key(id.as_str())));
        line(&mut out, "text", &text(words));
        out.push('\n');
    }
    out
}

/// LANG/plan.toml: the words of the tasks.
pub fn plan_words(words: &Words) -> String {
    let mut out = String::new();
    for (id, task) in &words.tasks {
        push(&mut out, format_args!("[task.{}]\n", key(id.as_str())));
        line(&mut out, "title", &text(&task.title));
        said(&mut out, "text", &task.text);
        out.push('\n');
    }
    out
}

fn write_question(out: &mut String, question: &Question) {
    out.push_str("\n[[question]]\n");
    line(out, "id", &text(question.id.as_str()));
    line(out, "section", &text(question.section.as_str()));
    line(out, "kind", &text(question.kind.name()));
    if !question.required {
        line(out, "required", "false");
    }
    flag(out, "private", question.private);
    flag(out, "changes", question.changes);
    sources(out, &question.sources);
    if let Some(ask_if) = &question.ask_if {
        line(out, "ask_if", &condition(ask_if));
    }
    match &question.kind {
        Kind::One(choices) | Kind::Several(choices) => choice_list(out, "choices", choices, false),
        Kind::Number(bounds) => {
            if bounds.units.is_empty() {
                line(out, "unit", &text(&bounds.unit));
            } else {
                let units = bounds.units.iter();
                let units =
                    units.map(|unit| format!("{{ id = {}, per = {} }}", text(unit.id.as_str()), unit.per));
                line(out, "units", &format!("[{}]", joined(units)));
            }
            line(out, "least", &bounds.least.to_string());
            line(out, "most", &bounds.most.to_string());
        }
        Kind::Pair(parts) => {
            let part = parts.iter().map(|part| {
                let Bounds { unit, least, most, .. } = &part.bounds;
                let (id, unit) = (text(part.id.as_str()), text(unit));
                format!("{{ id = {id}, unit = {unit}, least = {least}, most = {most} }}")
            });
            line(out, "parts", &format!("[{}]", joined(part)));
        }
        Kind::Date(days) => {
            for (key, day) in [("earliest", days.earliest), ("latest", days.latest)] {
                match day {
                    Some(Day::On(date)) => line(out, key, &date.to_string()),
                    Some(Day::FromToday(days)) => line(out, key, &text(&format!("today{days:+}"))),
                    None => {}
                }
            }
        }
        Kind::Text(letters) => {
            flag(out, "long", letters.long);
            line(out, "most", &letters.most.to_string());
        }
        Kind::List(entries) => {
            let fields = entries.fields.iter().map(|field| {
                let id = text(field.id.as_str());
                format!("{{ id = {id}, required = {}, most = {} }}", field.required, field.most)
            });
            line(out, "entry", &format!("[{}]", joined(fields)));
            line(out, "most", &entries.most.to_string());
        }
    }
    if !question.unsure_choices.is_empty() {
        choice_list(out, "unsure_choices", &question.unsure_choices, true);
    }
}

/// Choices, one a line. Those beside what is typed are unsure and exclusive without saying so.
fn choice_list(out: &mut String, key: &str, choices: &[Choice], all_unsure: bool) {
    push(out, format_args!("{key} = [\n"));
    for choice in choices {
        push(out, format_args!("  {{ id = {}", text(choice.id.as_str())));
        if choice.level > Level::Clear {
            push(out, format_args!(", level = {}", text(choice.level.as_str())));
        }
        for (name, set) in [
            ("crisis", choice.crisis),
            ("emergency", choice.emergency),
            ("unsure", choice.unsure && !all_unsure),
            ("floor", choice.floor),
            ("exclusive", choice.exclusive && !all_unsure),
        ] {
            if set {
                push(out, format_args!(", {name} = true"));
            }
        }
        if !choice.sources.is_empty() {
            push(out, format_args!(", sources = {}", codes(&choice.sources)));
        }
        out.push_str(" },\n");
    }
    out.push_str("]\n");
}

/// A condition as an inline table.
fn condition(condition: &Condition) -> String {
    let parts = |parts: &[Condition]| joined(parts.iter().map(self::condition));
    let on = |question: &str, rest: String| format!("{{ question = {}, {rest} }}", text(question));
    match condition {
        Condition::Is(question, choice) => on(question.as_str(), format!("is = {}", text(choice.as_str()))),
        Condition::IsNot(question, choice) => {
            on(question.as_str(), format!("is-not = {}", text(choice.as_str())))
        }
        Condition::Includes(question, choice) => {
            on(question.as_str(), format!("includes = {}", text(choice.as_str())))
        }
        Condition::AtLeast(operand, least) => on(&operand.to_string(), format!("at-least = {least}")),
        Condition::AtMost(operand, most) => on(&operand.to_string(), format!("at-most = {most}")),
        Condition::Between(operand, least, most) => {
            on(&operand.to_string(), format!("between = [{least}, {most}]"))
        }
        Condition::Before(question, date) => on(question.as_str(), format!("before = {date}")),
        Condition::After(question, date) => on(question.as_str(), format!("after = {date}")),
        Condition::Answered(question) => on(question.as_str(), "answered = true".to_owned()),
        Condition::TickedAtLeast(question, least) => {
            on(question.as_str(), format!("ticked-at-least = {least}"))
        }
        Condition::Score(of, least) => format!("{{ score = {}, at-least = {least} }}", text(of.id.as_str())),
        Condition::Count(list, least) => format!("{{ count = [{}], at-least = {least} }}", parts(list)),
        Condition::All(list) => format!("{{ all = [{}] }}", parts(list)),
        Condition::Any(list) => format!("{{ any = [{}] }}", parts(list)),
        Condition::Not(part) => format!("{{ not = {} }}", self::condition(part)),
    }
}

fn reason(out: &mut String, words: &ReasonWords) {
    said(out, "reason", &words.reason);
    said(out, "next", &words.next);
}

fn table<'w>(out: &mut String, of: &str, name: &str, words: impl Iterator<Item = (&'w str, &'w String)>) {
    let mut words = words.peekable();
    if words.peek().is_none() {
        return;
    }
    push(out, format_args!("[{of}.{name}]\n"));
    for (id, words) in words {
        line(out, &key(id), &text(words));
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn sources(out: &mut String, list: &[SourceCode]) {
    if !list.is_empty() {
        line(out, "sources", &codes(list));
    }
}

fn codes(list: &[SourceCode]) -> String {
    format!("[{}]", joined(list.iter().map(|code| text(code.as_str()))))
}

fn flag(out: &mut String, key: &str, set: bool) {
    if set {
        line(out, key, "true");
    }
}

/// A text that is left out if it says nothing.
fn said(out: &mut String, key: &str, words: &str) {
    if !words.is_empty() {
        line(out, key, &text(words));
    }
}

fn line(out: &mut String, key: &str, value: &str) {
    push(out, format_args!("{key} = {value}\n"));
}

/// Writing to a string cannot fail.
fn push(out: &mut String, words: std::fmt::Arguments) {
    let _ = out.write_fmt(words);
}

/// A key as it may stand before an equals sign.
fn key(name: &str) -> String {
    let bare = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'-' | b'_');
    if !name.is_empty() && name.bytes().all(bare) { name.to_owned() } else { text(name) }
}

/// A text in quotes, in which TOML finds the same letters again.
fn text(words: &str) -> String {
    let mut quoted = String::with_capacity(words.len() + 2);
    quoted.push('"');
    for letter in words.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_control() => {
                push(&mut quoted, format_args!("\\u{:04X}", u32::from(control)))
            }
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}
