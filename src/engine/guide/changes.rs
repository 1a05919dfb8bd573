//! What a clinic's own folder changed in the guide: the report that a medical director signs.

use serde::Serialize;

use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::paths;
use crate::engine::guide::reader::{Lines, Text, both_trees};
use crate::engine::guide::source::Source;
use crate::engine::guide::tree::{At, Node, Value};
use crate::engine::screening::level::Level;

/// One thing that the clinic's own folder changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// Whether it changes what is asked, what a result says, or a number.
    pub safety: bool,
    /// What was changed, as a path of ids and keys.
    pub id: String,
    /// What the guide says; empty if nothing.
    pub from: String,
    /// What the clinic says; empty if it was taken out.
    pub to: String,
    /// The clinic's file.
    pub file: String,
    /// The line of it.
    pub line: usize,
}

/// The kinds of change, in the order of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A level is lower, or something is asked less or shared more.
    Milder,
    /// A rule is switched off.
    RuleOff,
    /// A question is switched off.
    QuestionOff,
    /// A task is switched off.
    TaskOff,
    /// A number, perhaps a threshold.
    Number,
    /// A level is higher, or a flag was added.
    Stricter,
    /// A new rule.
    RuleAdded,
    /// A new question.
    QuestionAdded,
    /// A new choice.
    ChoiceAdded,
    /// Anything else about what is asked.
    Screening,
    /// Who reviewed the screening, and when.
    Review,
    /// The clinic's own data.
    Settings,
    /// The preparation list.
    Plan,
    /// The virtual patients.
    Patients,
    /// The sources.
    Sources,
    /// A text.
    Words,
    /// A page.
    Page,
}

impl ChangeKind {
    /// Whether a medical director must look at it first.
    pub fn is_safety(self) -> bool {
        self <= Self::Screening
    }

    /// The kind in words.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Milder => "milder",
            Self::RuleOff => "rule switched off",
            Self::QuestionOff => "question switched off",
            Self::TaskOff => "task switched off",
            Self::Number => "number",
            Self::Stricter => "stricter",
            Self::RuleAdded => "rule added",
            Self::QuestionAdded => "question added",
            Self::ChoiceAdded => "choice added",
            Self::Screening => "screening",
            Self::Review => "review",
            Self::Settings => "settings",
            Self::Plan => "preparation list",
            Self::Patients => "virtual patient",
            Self::Sources => "source",
            Self::Words => "words",
            Self::Page => "page",
        }
    }
}

/// What the clinic's own files among `sources` change, safety first and the milder before the stricter. What is
/// refused, because it would lower a floor or cannot be used, is a problem and not a change.
pub fn changes(sources: &[Source]) -> Vec<Change> {
    let mut changes = Vec::new();
    for own in sources {
        let Some(path) = own.path.strip_prefix(CLINIC) else { continue };
        let base = sources.iter().find(|source| source.path == path).filter(|base| base.content.is_ok());
        let said = own.text(&mut Vec::new());
        if said.is_empty() {
            continue;
        }
        let guide = base.map(|base| base.text(&mut Vec::new())).unwrap_or_default();
        let mut differ = Differ { path, file: &own.path, lines: Lines::of(&said), changes: &mut changes };
        if path.ends_with(".toml") {
            let (old, new) = both_trees(path, Text { base: &guide, clinic: &said });
            differ.table(&old, &new, &mut Vec::new());
        } else if said != guide {
            let was = if guide.is_empty() { "" } else { "the guide's page" };
            differ.add(ChangeKind::Page, path.to_owned(), was, "a page of the clinic's own", At::default());
        }
    }
    changes.sort_by(|one, other| {
        (one.kind, &one.file, one.line, &one.id).cmp(&(other.kind, &other.file, other.line, &other.id))
    });
    changes
}

struct Differ<'a> {
    path: &'a str,
    file: &'a str,
    lines: Lines,
    changes: &'a mut Vec<Change>,
}

impl Differ<'_> {
    fn add(&mut self, kind: ChangeKind, id: String, from: &str, to: &str, at: At) {
        self.changes.push(Change {
            kind,
            safety: kind.is_safety(),
            id,
            from: from.to_owned(),
            to: to.to_owned(),
            file: self.file.to_owned(),
            line: self.lines.line(at.offset),
        });
    }

    fn table(&mut self, old: &Node, new: &Node, trail: &mut Vec<String>) {
        for (key, entry) in new.value.table().into_iter().flatten() {
            let (was, now) = (old.get(key), &entry.node);
            trail.push(key.clone());
            match (was, &now.value) {
                // Which files are there is no change in itself.
                _ if self.path == paths::SETTINGS && key == "files" && trail.len() == 1 => {}
                (Some(was), _) if was.value.says(&now.value) => {}
                // Saying what stands anyway changes nothing.
                (None, Value::Flag(flag)) if *flag == (key == "required") => {}
                (_, Value::List(entries)) if is_by_id(key) => {
                    entries.iter().for_each(|now| self.entry(old, key, now, trail));
                }
                (_, Value::Table(_)) if !is_condition(key) => {
                    self.table(was.unwrap_or(&nothing()), now, trail);
                }
                (was, _) => {
                    let kind = self.kind(trail, was, now);
                    let from = was.map(|was| said(&was.value)).unwrap_or_default();
                    self.add(kind, trail.join("."), &from, &said(&now.value), now.at);
                }
            }
            trail.pop();
        }
    }

    fn entry(&mut self, old: &Node, list: &str, now: &Node, trail: &mut Vec<String>) {
        let Some(id) = now.text_of("id") else { return };
        trail.push(id.to_owned());
        match old.entry(list, id) {
            Some(_) if now.flag("off") => {
                let kind = match list {
                    "rule" => ChangeKind::RuleOff,
                    "question" => ChangeKind::QuestionOff,
                    "task" => ChangeKind::TaskOff,
                    "page_group" => ChangeKind::Settings,
                    _ => self.plain_kind(),
                };
                self.add(kind, trail.join("."), "on", "off", now.at);
            }
            Some(was) => self.table(was, now, trail),
            None => {
                let kind = match list {
                    "rule" => ChangeKind::RuleAdded,
                    "question" => ChangeKind::QuestionAdded,
                    "choices" | "unsure_choices" => ChangeKind::ChoiceAdded,
                    _ => self.plain_kind(),
                };
                self.add(kind, trail.join("."), "", &said(&now.value), now.at);
            }
        }
        trail.pop();
    }

    fn kind(&self, trail: &[String], was: Option<&Node>, now: &Node) -> ChangeKind {
        let key = trail.last().map_or("", String::as_str);
        let first = trail.first().map_or("", String::as_str);
        match (self.path, key) {
            (paths::SETTINGS, _) if first == "numbers" => ChangeKind::Number,
            (paths::SETTINGS, _) if first == "instruments" => ChangeKind::Screening,
            (paths::SCREENING, "level") => {
                let level = |node: &Node| node.value.text().and_then(Level::raising_from);
                if level(now) < was.and_then(level) { ChangeKind::Milder } else { ChangeKind::Stricter }
            }
            (paths::SCREENING, "ask_if") => ChangeKind::Milder,
            (paths::SCREENING, "required" | "private" | "changes" | "crisis" | "emergency" | "floor") => {
                if now.value == Value::Flag(true) {
                    ChangeKind::Stricter
                } else {
                    ChangeKind::Milder
                }
            }
            _ if first == "reviewer" || first.starts_with("review") => ChangeKind::Review,
            _ => self.plain_kind(),
        }
    }

    fn plain_kind(&self) -> ChangeKind {
        match self.path {
            paths::SETTINGS => ChangeKind::Settings,
            paths::SCREENING => ChangeKind::Screening,
            paths::AFTERCARE => ChangeKind::Screening,
            paths::PLAN => ChangeKind::Plan,
            paths::PATIENTS => ChangeKind::Patients,
            paths::SOURCES => ChangeKind::Sources,
            _ => ChangeKind::Words,
        }
    }
}

fn is_by_id(key: &str) -> bool {
    matches!(
        key,
        "section"
            | "question"
            | "rule"
            | "task"
            | "choices"
            | "unsure_choices"
            | "patient"
            | "page_group"
            | "ask"
            | "scale"
            | "item"
            | "instrument"
            | "next_step"
            | "alternative"
    )
}

fn is_condition(key: &str) -> bool {
    matches!(key, "when" | "ask_if" | "show_if")
}

fn nothing() -> Node {
    Node { value: Value::Table(Default::default()), at: At::default(), touched: None }
}

/// A value as it could stand in a file.
fn said(value: &Value) -> String {
    let list = |parts: Vec<String>| parts.join(", ");
    match value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.map(|number| number.to_string()).unwrap_or_default(),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.map(|date| date.to_string()).unwrap_or_default(),
        Value::List(entries) => {
            format!("[{}]", list(entries.iter().map(|entry| said(&entry.value)).collect()))
        }
        Value::Table(table) => {
            let pairs = table.iter().map(|(key, entry)| format!("{key} = {}", said(&entry.node.value)));
            format!("{{ {} }}", list(pairs.collect()))
        }
    }
}
