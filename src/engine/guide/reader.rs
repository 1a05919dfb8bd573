//! Reads TOML as typed values and says every slip with its line and a remedy.
//!
//! Not serde: a deserialiser stops at the first error and forgets the line, while a clinic must see all problems
//! at once and keep what is sound. Every key that is asked for is ticked off; those left over are unknown.

use crate::engine::map::Set;
use std::cell::{Cell, RefCell};

use toml::de::DeTable;

use crate::engine::calendar::is_real;
use crate::engine::guide::mend::mend;
use crate::engine::guide::overlay::{self, clinic_path};
use crate::engine::guide::tree::{At, Entry, Node, Value, tree};
use crate::engine::ids::is_id;
use crate::engine::nearest::nearest;
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::question::Day;

mod strays;

use strays::{Home, Strays, unknown};

/// How many problems of one file are said one by one. A video saved as settings.toml has a hundred thousand.
pub(super) const MOST_PROBLEMS: usize = 200;

/// A file's text, and what the clinic's own folder lays over it; each may be empty.
#[derive(Clone, Copy, Default)]
pub struct Text<'t> {
    /// What the guide says.
    pub base: &'t str,
    /// What the clinic's folder says.
    pub clinic: &'t str,
}

impl Text<'_> {
    /// Whether neither says anything.
    pub fn is_empty(self) -> bool {
        self.base.is_empty() && self.clinic.is_empty()
    }

    /// The place that stands for the whole file.
    pub fn start(self) -> Place {
        Place { clinic: self.base.is_empty() && !self.clinic.is_empty(), line: 1 }
    }
}

/// A line of a file, and which of two files of one name it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Whether the file is in the clinic's own folder.
    pub clinic: bool,
    /// The line, counted from 1.
    pub line: usize,
}

impl Place {
    /// A line of the guide's file.
    pub fn line(line: usize) -> Self {
        Self { clinic: false, line }
    }

    /// The path of the file, given its name.
    pub fn file(self, path: &str) -> String {
        if self.clinic { clinic_path(path) } else { path.to_owned() }
    }
}

/// Parses `text` and hands its root table to `read`. What cannot be parsed is reported and skipped.
pub fn read<T>(path: &str, text: Text, problems: &mut Vec<Problem>, read: impl FnOnce(&Table) -> T) -> T {
    let file = File::of(path, text);
    let root = file.tree(path, text);
    let table = Table::new(&file, &root, "this file", Home::Top);
    let value = read(&table);
    table.finish();
    drop(table);
    for (layer, clinic) in [(file.base, false), (file.clinic, true)] {
        let mut said = layer.problems.into_inner();
        file.strays.settle(clinic, &mut said);
        problems.extend(said);
        let unsaid = layer.unsaid.get();
        if unsaid > 0 {
            problems.push(Problem {
                severity: Severity::Error,
                file: layer.path,
                line: 1,
                what: format!("There are {unsaid} more problems in this file."),
                remedy: "Check that it is the right file, mend what is said here, then check again."
                    .to_owned(),
            });
        }
    }
    value
}

/// The trees of a file and of what a clinic lays over it, the latter without what must not be.
pub(super) fn both_trees(path: &str, text: Text) -> (Node, Node) {
    let file = File::of(path, text);
    let base = file.parse(text.base, false);
    let mut clinic = file.parse(text.clinic, true);
    overlay::hold(path, &base, &mut clinic, &mut |_, _, _, _| {});
    (base, clinic)
}

/// Where the lines of a text begin, so that an offset finds its line without a walk through the whole text.
pub struct Lines(Vec<usize>);

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Self {
        let breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset);
        Self(breaks.collect())
    }

    /// The line that an offset falls on, counted from 1.
    pub fn line(&self, offset: usize) -> usize {
        1 + self.0.partition_point(|line_break| *line_break < offset)
    }
}

/// The file that is being read, and the clinic's own that is laid over it.
struct File {
    base: Layer,
    clinic: Layer,
    /// The ids of what the clinic's file switched off.
    off: RefCell<Vec<String>>,
    /// The keys that stand where nothing asks for them.
    strays: Strays,
}

/// A text that is being read, and what was found wrong in it.
struct Layer {
    path: String,
    lines: Lines,
    problems: RefCell<Vec<Problem>>,
    /// How many problems were found beyond [`MOST_PROBLEMS`].
    unsaid: Cell<usize>,
}

impl Layer {
    fn of(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            lines: Lines::of(text),
            problems: RefCell::default(),
            unsaid: Cell::new(0),
        }
    }

    fn is_full(&self) -> bool {
        self.problems.borrow().len() >= MOST_PROBLEMS
    }
}

impl File {
    fn of(path: &str, text: Text) -> Self {
        Self {
            base: Layer::of(path, text.base),
            clinic: Layer::of(&clinic_path(path), text.clinic),
            off: RefCell::default(),
            strays: Strays::default(),
        }
    }

    fn tree(&self, path: &str, text: Text) -> Node {
        let mut root = self.parse(text.base, false);
        if !text.clinic.is_empty() {
            let mut clinic = self.parse(text.clinic, true);
            overlay::hold(path, &root, &mut clinic, &mut |severity, at, what, remedy| {
                self.say(severity, self.place(at), what, remedy);
            });
            *self.off.borrow_mut() = overlay::switched_off(&clinic);
            overlay::lay(&mut root, clinic);
        }
        root
    }

    fn parse(&self, text: &str, clinic: bool) -> Node {
        let at = |offset| At { clinic, offset };
        let mended;
        let (mut root, mut errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            mended = mend(text);
            for (offset, message) in &mended.faults {
                self.not_toml(at(*offset), message, text);
            }
            (root, errors) = DeTable::parse_recoverable(&mended.text);
        }
        for error in errors {
            self.not_toml(at(error.span().map_or(0, |span| span.start)), error.message(), text);
        }
        tree(root.get_ref(), clinic)
    }

    fn layer(&self, clinic: bool) -> &Layer {
        if clinic { &self.clinic } else { &self.base }
    }

    fn place(&self, at: At) -> Place {
        Place { clinic: at.clinic, line: self.layer(at.clinic).lines.line(at.offset) }
    }

    /// Says that a line cannot be parsed; once, since what follows a slip on its line is not worth reading.
    fn not_toml(&self, at: At, message: &str, text: &str) {
        let line = self.place(at).line;
        let said = self.layer(at.clinic).problems.borrow().last().is_some_and(|problem| problem.line == line);
        if message.contains("duplicate key") {
            self.error(
                at,
                "This line names something that the file has already.".to_owned(),
                "The first one is used. If it is a part in [ ], put its lines below the first one; otherwise take one of the two out, or give it another name.",
            );
        } else if !said
            && message.contains("must be quoted")
            && text
                .lines()
                .nth(line.saturating_sub(1))
                .is_some_and(|written| written.contains(['“', '”', '„']))
        {
            self.error(
                at,
                "The quotation marks on this line are curly ones.".to_owned(),
                "Write straight ones, \"like this\". Some text editors make them curly as you type: switch that off there.",
            );
        } else if !said {
            self.error(
                at,
                format!("This line is not TOML: {}.", message.trim_end_matches('.').replace('\n', "; ")),
                "Compare it with the lines around it: a quote, a comma or a bracket is often missing.",
            );
        }
    }

    fn error(&self, at: At, what: String, remedy: &str) {
        self.say(Severity::Error, self.place(at), what, remedy);
    }

    fn say(&self, severity: Severity, place: Place, what: String, remedy: &str) {
        let layer = self.layer(place.clinic);
        if layer.is_full() {
            layer.unsaid.set(layer.unsaid.get() + 1);
            return;
        }
        layer.problems.borrow_mut().push(Problem {
            severity,
            file: layer.path.clone(),
            line: place.line,
            what,
            remedy: remedy.to_owned(),
        });
    }
}

/// A table of the file, with the keys that were asked for so far.
pub struct Table<'a> {
    file: &'a File,
    node: &'a Node,
    /// What the table is, for sentences: "the question `age`".
    what: String,
    home: Home,
    asked_for: RefCell<Set<String>>,
    /// Those of them that are tables.
    headings: RefCell<Set<String>>,
    /// Whether its keys are ids or names, so that any key may stand in it.
    any_key: Cell<bool>,
}

impl<'a> Table<'a> {
    fn new(file: &'a File, node: &'a Node, what: &str, home: Home) -> Self {
        Self {
            file,
            node,
            what: what.to_owned(),
            home,
            asked_for: RefCell::default(),
            headings: RefCell::default(),
            any_key: Cell::default(),
        }
    }

    /// Where the table begins: in the clinic's own file if that says anything about it.
    pub fn line(&self) -> Place {
        self.file.place(self.node.touched.unwrap_or(self.node.at))
    }

    /// The ids of what the clinic's own file switched off.
    pub fn switched_off(&self) -> Vec<String> {
        self.file.off.borrow().clone()
    }

    fn entries(&self) -> impl Iterator<Item = (&'a String, &'a Entry)> + use<'a> {
        self.node.value.table().into_iter().flatten()
    }

    /// Names the table for the sentences that follow, for example "the question `age`".
    pub fn named(mut self, what: String) -> Self {
        self.what = what;
        self
    }

    /// Reports an error at this table.
    pub fn error(&self, what: String, remedy: &str) {
        self.file.error(self.node.at, what, remedy);
    }

    /// Reports an error at a line of this table's file.
    pub fn error_on(&self, place: Place, what: String, remedy: &str) {
        self.file.say(Severity::Error, place, what, remedy);
    }

    /// Reports an error at the value of `key`, or at the table if the key is not there.
    pub fn error_at(&self, key: &str, what: String, remedy: &str) {
        let at = self.peek(key).map_or(self.node.at, |found| found.at);
        self.file.error(at, what, remedy);
    }

    /// The line of the value of `key`, or of the table if the key is not there.
    pub fn line_of(&self, key: &str) -> Place {
        self.file.place(self.peek(key).map_or(self.node.at, |found| found.at))
    }

    fn peek(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key)
    }

    fn find(&self, key: &str) -> Option<&'a Node> {
        self.asked_for.borrow_mut().insert(key.to_owned());
        self.peek(key)
    }

    /// The text of a key, if it is there and a text, without counting it as read.
    pub fn glance(&self, key: &str) -> Option<String> {
        self.peek(key).and_then(|found| found.value.text().map(str::to_owned))
    }

    /// Whether the key is there, without counting it as read.
    pub fn has(&self, key: &str) -> bool {
        self.peek(key).is_some()
    }

    fn wrong_kind(&self, key: &str, found: &Node, wanted: &str) {
        self.file.error(
            found.at,
            format!("`{key}` in {} must be {wanted}, but it is {}.", self.what, found.value.kind()),
            "Write it as docs/content-format.html shows.",
        );
        if self.any_key.get() && found.value.table().is_none() {
            self.stray(key, found.at.clinic, false);
        }
    }

    /// Notes that nothing asks for a key here; the last problem is about it.
    fn stray(&self, key: &str, clinic: bool, meant: bool) {
        let layer = self.file.layer(clinic);
        if let Some(last) = layer.problems.borrow().len().checked_sub(1).filter(|_| layer.unsaid.get() == 0) {
            self.file.strays.found(key, &self.what, clinic, last, meant);
        }
    }

    fn missing(&self, key: &str) {
        self.file.error(
            self.node.at,
            format!("`{key}` is missing in {}.", self.what),
            &format!("Add a line `{key} = ...`."),
        );
    }

    /// A text, if the key is there.
    pub fn text(&self, key: &str) -> Option<String> {
        let found = self.find(key)?;
        match found.value.text() {
            Some(text) => Some(text.to_owned()),
            None => {
                self.wrong_kind(key, found, "a text in quotes");
                None
            }
        }
    }

    /// A text that must be there and must say something.
    pub fn needed_text(&self, key: &str) -> Option<String> {
        if !self.has(key) {
            self.find(key);
            self.missing(key);
            return None;
        }
        let text = self.text(key)?;
        if text.trim().is_empty() {
            self.error_at(
                key,
                format!("`{key}` is empty in {}.", self.what),
                "Write the words between the quotes.",
            );
            return None;
        }
        Some(text)
    }

    /// An id that must be there.
    pub fn needed_id(&self, key: &str) -> Option<String> {
        let text = self.needed_text(key)?;
        self.checked_id(key, text)
    }

    /// An id, if the key is there.
    pub fn id(&self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        self.checked_id(key, text)
    }

    fn checked_id(&self, key: &str, text: String) -> Option<String> {
        if is_id(&text) {
            return Some(text);
        }
        self.error_at(
            key,
            format!("`{text}` cannot be an id."),
            "Use small letters, digits, `-` and `_`, at most 64 of them.",
        );
        None
    }

    /// `true` or `false`; `false` if the key is not there.
    pub fn flag(&self, key: &str) -> bool {
        self.flag_or(key, false)
    }

    /// `true` or `false`; `otherwise` if the key is not there.
    pub fn flag_or(&self, key: &str, otherwise: bool) -> bool {
        let Some(found) = self.find(key) else { return otherwise };
        match found.value {
            Value::Flag(flag) => flag,
            _ => {
                self.wrong_kind(key, found, "`true` or `false`");
                otherwise
            }
        }
    }

    /// A number, if the key is there. Whole or with a decimal point; never infinite.
    pub fn number(&self, key: &str) -> Option<f64> {
        let found = self.find(key)?;
        let number = number_of(&found.value);
        if number.is_none() {
            self.wrong_kind(key, found, "a number");
        }
        number
    }

    /// A number that must be there.
    pub fn needed_number(&self, key: &str) -> Option<f64> {
        if !self.has(key) {
            self.missing(key);
        }
        self.number(key)
    }

    /// A number, or the name of one of the settings' numbers; `Err` holds the name.
    pub fn number_or_name(&self, key: &str) -> Option<Result<f64, String>> {
        let found = self.find(key)?;
        number_or_name_of(&found.value).or_else(|| {
            self.wrong_kind(key, found, "a number, or the name of a number in settings.toml");
            None
        })
    }

    /// Two numbers or names, for `between`.
    pub fn two_numbers_or_names(&self, key: &str) -> Option<[Result<f64, String>; 2]> {
        let found = self.find(key)?;
        let two = match found.value.list() {
            [low, high] => number_or_name_of(&low.value).zip(number_or_name_of(&high.value)),
            _ => None,
        };
        let two = two.map(|(low, high)| [low, high]);
        if two.is_none() {
            self.wrong_kind(key, found, "two numbers in brackets, the low one first");
        }
        two
    }

    /// One whole number, which then counts twice, or two in brackets.
    pub fn one_or_two_whole_numbers(&self, key: &str) -> Option<(i64, i64)> {
        let found = self.find(key)?;
        let whole = |value: &Value| {
            number_of(value)
                .filter(|number| number.fract() == 0.0 && number.abs() < 1e6)
                .map(|number| number as i64)
        };
        let two = match found.value.list() {
            [one, other] => whole(&one.value).zip(whole(&other.value)),
            _ => whole(&found.value).map(|number| (number, number)),
        };
        if two.is_none() {
            self.wrong_kind(key, found, "a whole number, or two of them in brackets");
        }
        two
    }

    /// A date, if the key is there, as `2026-11-21`.
    pub fn date(&self, key: &str) -> Option<Date> {
        let found = self.find(key)?;
        let date = if let Value::Date(date) = found.value { date } else { None };
        if date.is_none() {
            self.wrong_kind(key, found, "a date without quotes, such as 2026-11-21");
        }
        date
    }

    /// A day of the calendar, or one that is counted from today, as `2026-11-21`, `"2026-11-21"`, `"today"` or
    /// `"today-30"`; if the key is there.
    pub fn day(&self, key: &str) -> Option<Day> {
        let found = self.find(key)?;
        let day = match &found.value {
            Value::Date(date) => date.filter(|date| is_real(*date)).map(Day::On),
            Value::Text(text) => day_from(text),
            Value::Number(_) | Value::Flag(_) | Value::List(_) | Value::Table(_) => None,
        };
        if day.is_none() {
            self.wrong_kind(
                key,
                found,
                "a date such as 2026-11-21, or \"today\", \"today-30\" or \"today+30\"",
            );
        }
        day
    }

    /// A list of texts with the line of each; empty if the key is not there.
    pub fn texts(&self, key: &str) -> Vec<(String, Place)> {
        let Some(found) = self.find(key) else { return Vec::new() };
        let Value::List(array) = &found.value else {
            self.wrong_kind(key, found, "a list of texts in brackets");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in array {
            match entry.value.text() {
                Some(text) => texts.push((text.to_owned(), self.file.place(entry.at))),
                None => self.wrong_kind(key, entry, "a list of texts only"),
            }
        }
        texts
    }

    /// A table under a key, if it is there.
    pub fn table(&self, key: &str) -> Option<Table<'a>> {
        self.headings.borrow_mut().insert(key.to_owned());
        let found = self.find(key)?;
        let home = if self.home == Home::Top { Home::Part(key.to_owned()) } else { Home::Deeper };
        match found.value.table() {
            Some(_) => Some(Table::new(self.file, found, &format!("`{key}`"), home)),
            None => {
                self.wrong_kind(key, found, "a table");
                None
            }
        }
    }

    /// A list of tables under a key; empty if it is not there.
    pub fn tables(&self, key: &str) -> Vec<Table<'a>> {
        self.headings.borrow_mut().insert(key.to_owned());
        let Some(found) = self.find(key) else { return Vec::new() };
        let Value::List(array) = &found.value else {
            self.wrong_kind(key, found, &format!("a list of tables, such as `[[{key}]]`"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in array {
            match entry.value.table() {
                Some(_) => tables.push(Table::new(self.file, entry, &format!("this `{key}`"), Home::Deeper)),
                None => self.wrong_kind(key, entry, "a list of tables only"),
            }
        }
        tables
    }

    /// All entries that are tables, by key, for tables whose keys are ids.
    pub fn tables_by_id(&self) -> Vec<(String, Table<'a>)> {
        let mut tables = Vec::new();
        self.any_key.set(true);
        for (key, _) in self.entries() {
            if let Some(table) = self.table(key) {
                tables.push((key.clone(), table.named(format!("`{key}`"))));
            }
        }
        tables
    }

    /// All entries that are lists of texts, by key, each text with its line, for tables whose keys are names.
    pub fn lists_by_key(&self) -> Vec<(String, Vec<(String, Place)>)> {
        self.any_key.set(true);
        self.entries().map(|(key, _)| (key.clone(), self.texts(key))).collect()
    }

    /// All entries as JSON, by key with their line, for tables whose keys are question ids.
    pub fn values_by_key(&self) -> Vec<(String, serde_json::Value, Place)> {
        self.any_key.set(true);
        let entries = self.entries().map(|(key, entry)| {
            self.asked_for.borrow_mut().insert(key.clone());
            (key.clone(), json_of(&entry.node.value), self.file.place(entry.node.at))
        });
        entries.collect()
    }

    /// All entries that are texts, by key with their line, for tables whose keys are ids or names.
    pub fn texts_by_key(&self) -> Vec<(String, String, Place)> {
        let mut texts = Vec::new();
        self.any_key.set(true);
        for (key, entry) in self.entries() {
            if let Some(text) = self.text(key) {
                texts.push((key.clone(), text, self.file.place(entry.node.at)));
            }
        }
        texts
    }

    /// Reports every key that nothing asked for. Call it when the table was read.
    pub fn finish(&self) {
        let asked_for = self.asked_for.borrow();
        for (name, entry) in self.entries() {
            if asked_for.contains(name) {
                continue;
            }
            let layer = self.file.layer(entry.key.clinic);
            if layer.is_full() {
                layer.unsaid.set(layer.unsaid.get() + 1);
                continue;
            }
            let meant = nearest(name, asked_for.iter().map(String::as_str));
            let remedy = match meant {
                Some(meant) => format!("Did you mean `{meant}`? Otherwise take the line out."),
                None => {
                    "Take the line out, or see docs/content-format.html for what can stand here.".to_owned()
                }
            };
            let at = At { offset: entry.key.offset.min(entry.node.at.offset), ..entry.key };
            self.file.error(at, unknown(name, &self.what), &remedy);
            if entry.node.value.table().is_none() {
                self.stray(name, at.clinic, meant.is_some());
            }
        }
        if !self.any_key.get() {
            let headings = self.headings.borrow();
            let plain = asked_for.iter().filter(|key| !headings.contains(*key)).cloned();
            self.file.strays.asked_for(&self.home, plain.collect());
        }
    }
}

/// A day of the calendar, as written in the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year, for example 2026.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Date {
    /// Reads `2026-11-21`; anything after the day (a time) is ignored. `None` if it is not such a date.
    pub fn from_iso(text: &str) -> Option<Self> {
        let digits = |from: usize, to: usize| -> Option<&str> {
            text.get(from..to).filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let date = Self {
            year: digits(0, 4)?.parse().ok()?,
            month: digits(5, 7)?.parse().ok()?,
            day: digits(8, 10)?.parse().ok()?,
        };
        if text.get(4..5) != Some("-") || text.get(7..8) != Some("-") {
            return None;
        }
        ((1..=12).contains(&date.month) && (1..=31).contains(&date.day)).then_some(date)
    }
}

/// Reads `2026-11-21`, `today`, `today-30` or `today + 30`.
fn day_from(text: &str) -> Option<Day> {
    let Some(offset) = text.trim().strip_prefix("today") else {
        return Date::from_iso(text).filter(|date| is_real(*date) && text.len() == 10).map(Day::On);
    };
    let offset = offset.replace(' ', "");
    if offset.is_empty() {
        return Some(Day::FromToday(0));
    }
    let signed = offset.starts_with(['+', '-']);
    offset.parse().ok().filter(|_| signed).map(Day::FromToday)
}

fn number_of(value: &Value) -> Option<f64> {
    if let Value::Number(number) = value { *number } else { None }
}

/// A value as JSON; a date as a text. An infinite number, which JSON has no like of, becomes `false`, which is no
/// answer.
fn json_of(value: &Value) -> serde_json::Value {
    use serde_json::Value as Json;
    match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Number(number) => number.map_or(Json::Bool(false), Json::from),
        Value::Flag(flag) => Json::from(*flag),
        Value::Date(date) => date.map_or(Json::Bool(false), |date| Json::from(date.to_string())),
        Value::List(entries) => entries.iter().map(|entry| json_of(&entry.value)).collect(),
        Value::Table(table) => {
            table.iter().map(|(key, entry)| (key.clone(), json_of(&entry.node.value))).collect()
        }
    }
}

fn number_or_name_of(value: &Value) -> Option<Result<f64, String>> {
    match value.text() {
        Some(name) => Some(Err(name.to_owned())),
        None => number_of(value).map(Ok),
    }
}
