//! Reads TOML as typed values and says every slip with its line and a remedy.
//!
//! Not serde: a deserialiser stops at the first error and forgets the line, while a clinic must see all problems
//! at once and keep what is sound. Every key that is asked for is ticked off; those left over are unknown.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use crate::engine::guide::mend::mend;
use crate::engine::ids::is_id;
use crate::engine::nearest::nearest;
use crate::engine::problem::{Problem, Severity};

/// How many problems of one file are said one by one. A video saved as settings.toml has a hundred thousand.
pub(super) const MOST_PROBLEMS: usize = 200;

/// Parses `text` and hands its root table to `read`. What cannot be parsed is reported and skipped.
pub fn read<T>(path: &str, text: &str, problems: &mut Vec<Problem>, read: impl FnOnce(&Table) -> T) -> T {
    let file = File { path, lines: Lines::of(text), problems: RefCell::default(), unsaid: Cell::new(0) };
    let mended;
    let (mut root, mut errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        mended = mend(text);
        for (offset, message) in &mended.faults {
            file.not_toml(*offset, message);
        }
        (root, errors) = DeTable::parse_recoverable(&mended.text);
    }
    for error in errors {
        file.not_toml(error.span().map_or(0, |span| span.start), error.message());
    }
    let table = Table::new(&file, root.get_ref(), 0, "this file");
    let value = read(&table);
    table.finish();
    drop(table);
    problems.extend(file.problems.into_inner());
    let unsaid = file.unsaid.get();
    if unsaid > 0 {
        problems.push(Problem {
            severity: Severity::Error,
            file: path.to_owned(),
            line: 1,
            what: format!("There are {unsaid} more problems in this file."),
            remedy: "Check that it is the right file, mend what is said here, then check again.".to_owned(),
        });
    }
    value
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

/// The file that is being read, and what was found wrong in it.
struct File<'t> {
    path: &'t str,
    lines: Lines,
    problems: RefCell<Vec<Problem>>,
    /// How many problems were found beyond [`MOST_PROBLEMS`].
    unsaid: Cell<usize>,
}

impl File<'_> {
    fn line(&self, offset: usize) -> usize {
        self.lines.line(offset)
    }

    fn is_full(&self) -> bool {
        self.problems.borrow().len() >= MOST_PROBLEMS
    }

    /// Says that a line cannot be parsed; once, since what follows a slip on its line is not worth reading.
    fn not_toml(&self, offset: usize, message: &str) {
        let line = self.line(offset);
        let said = self.problems.borrow().last().is_some_and(|problem| problem.line == line);
        if message.contains("duplicate key") {
            self.error(
                offset,
                "This line names something that the file has already.".to_owned(),
                "Take one of the two out, or give it another name. The first one is used.",
            );
        } else if !said {
            self.error(
                offset,
                format!("This line is not TOML: {}.", message.trim_end_matches('.').replace('\n', "; ")),
                "Compare it with the lines around it: a quote, a comma or a bracket is often missing.",
            );
        }
    }

    fn error(&self, offset: usize, what: String, remedy: &str) {
        self.error_on(self.line(offset), what, remedy);
    }

    fn error_on(&self, line: usize, what: String, remedy: &str) {
        if self.is_full() {
            self.unsaid.set(self.unsaid.get() + 1);
            return;
        }
        self.problems.borrow_mut().push(Problem {
            severity: Severity::Error,
            file: self.path.to_owned(),
            line,
            what,
            remedy: remedy.to_owned(),
        });
    }
}

/// A table of the file, with the keys that were asked for so far.
pub struct Table<'a> {
    file: &'a File<'a>,
    table: &'a DeTable<'a>,
    start: usize,
    /// What the table is, for sentences: "the question `age`".
    what: String,
    asked_for: RefCell<BTreeSet<String>>,
}

/// A key's value and where it stands.
struct Found<'a> {
    value: &'a DeValue<'a>,
    offset: usize,
}

impl<'a> Table<'a> {
    fn new(file: &'a File<'a>, table: &'a DeTable<'a>, start: usize, what: &str) -> Self {
        Self { file, table, start, what: what.to_owned(), asked_for: RefCell::default() }
    }

    /// The line that the table begins on.
    pub fn line(&self) -> usize {
        self.file.line(self.start)
    }

    /// The path of the file that is being read.
    pub fn path(&self) -> &str {
        self.file.path
    }

    /// Names the table for the sentences that follow, for example "the question `age`".
    pub fn named(mut self, what: String) -> Self {
        self.what = what;
        self
    }

    /// Reports an error at this table.
    pub fn error(&self, what: String, remedy: &str) {
        self.file.error(self.start, what, remedy);
    }

    /// Reports an error at a line of this table's file.
    pub fn error_on(&self, line: usize, what: String, remedy: &str) {
        self.file.error_on(line, what, remedy);
    }

    /// Reports an error at the value of `key`, or at the table if the key is not there.
    pub fn error_at(&self, key: &str, what: String, remedy: &str) {
        let offset = self.peek(key).map_or(self.start, |found| found.offset);
        self.file.error(offset, what, remedy);
    }

    /// The line of the value of `key`, or of the table if the key is not there.
    pub fn line_of(&self, key: &str) -> usize {
        self.file.line(self.peek(key).map_or(self.start, |found| found.offset))
    }

    fn peek(&self, key: &str) -> Option<Found<'a>> {
        self.table.get(key).map(|value| Found { value: value.get_ref(), offset: value.span().start })
    }

    fn find(&self, key: &str) -> Option<Found<'a>> {
        self.asked_for.borrow_mut().insert(key.to_owned());
        self.peek(key)
    }

    /// The text of a key, if it is there and a text, without counting it as read.
    pub fn glance(&self, key: &str) -> Option<String> {
        self.peek(key).and_then(|found| found.value.as_str().map(str::to_owned))
    }

    /// Whether the key is there, without counting it as read.
    pub fn has(&self, key: &str) -> bool {
        self.peek(key).is_some()
    }

    fn wrong_kind(&self, key: &str, found: &Found, wanted: &str) {
        self.file.error(
            found.offset,
            format!("`{key}` in {} must be {wanted}, but it is {}.", self.what, a_kind(found.value)),
            "Write it as docs/content-format.md shows.",
        );
    }

    fn missing(&self, key: &str) {
        self.file.error(
            self.start,
            format!("`{key}` is missing in {}.", self.what),
            &format!("Add a line `{key} = ...`."),
        );
    }

    /// A text, if the key is there.
    pub fn text(&self, key: &str) -> Option<String> {
        let found = self.find(key)?;
        match found.value.as_str() {
            Some(text) => Some(text.to_owned()),
            None => {
                self.wrong_kind(key, &found, "a text in quotes");
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
        match found.value.as_bool() {
            Some(flag) => flag,
            None => {
                self.wrong_kind(key, &found, "`true` or `false`");
                otherwise
            }
        }
    }

    /// A number, if the key is there. Whole or with a decimal point; never infinite.
    pub fn number(&self, key: &str) -> Option<f64> {
        let found = self.find(key)?;
        let number = number_of(found.value);
        if number.is_none() {
            self.wrong_kind(key, &found, "a number");
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
        number_or_name_of(found.value).or_else(|| {
            self.wrong_kind(key, &found, "a number, or the name of a number in settings.toml");
            None
        })
    }

    /// Two numbers or names, for `between`.
    pub fn two_numbers_or_names(&self, key: &str) -> Option<[Result<f64, String>; 2]> {
        let found = self.find(key)?;
        let two = found.value.as_array().and_then(|array| {
            let mut entries = array.iter();
            match (entries.next(), entries.next(), entries.next()) {
                (Some(low), Some(high), None) => {
                    Some([number_or_name_of(low.get_ref())?, number_or_name_of(high.get_ref())?])
                }
                _ => None,
            }
        });
        if two.is_none() {
            self.wrong_kind(key, &found, "two numbers in brackets, the low one first");
        }
        two
    }

    /// A date, if the key is there, as `2026-11-21`.
    pub fn date(&self, key: &str) -> Option<Date> {
        let found = self.find(key)?;
        let date = found.value.as_datetime().and_then(|when| when.date).map(|date| Date {
            year: date.year,
            month: date.month,
            day: date.day,
        });
        if date.is_none() {
            self.wrong_kind(key, &found, "a date without quotes, such as 2026-11-21");
        }
        date
    }

    /// A list of texts with the line of each; empty if the key is not there.
    pub fn texts(&self, key: &str) -> Vec<(String, usize)> {
        let Some(found) = self.find(key) else { return Vec::new() };
        let Some(array) = found.value.as_array() else {
            self.wrong_kind(key, &found, "a list of texts in brackets");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for entry in array.iter() {
            match entry.get_ref().as_str() {
                Some(text) => texts.push((text.to_owned(), self.file.line(entry.span().start))),
                None => self.wrong_kind(
                    key,
                    &Found { value: entry.get_ref(), offset: entry.span().start },
                    "a list of texts only",
                ),
            }
        }
        texts
    }

    /// A table under a key, if it is there.
    pub fn table(&self, key: &str) -> Option<Table<'a>> {
        let found = self.find(key)?;
        match found.value.as_table() {
            Some(table) => Some(Table::new(self.file, table, found.offset, &format!("`{key}`"))),
            None => {
                self.wrong_kind(key, &found, "a table");
                None
            }
        }
    }

    /// A list of tables under a key; empty if it is not there.
    pub fn tables(&self, key: &str) -> Vec<Table<'a>> {
        let Some(found) = self.find(key) else { return Vec::new() };
        let Some(array) = found.value.as_array() else {
            self.wrong_kind(key, &found, &format!("a list of tables, such as `[[{key}]]`"));
            return Vec::new();
        };
        let mut tables = Vec::new();
        for entry in array.iter() {
            match entry.get_ref().as_table() {
                Some(table) => {
                    tables.push(Table::new(self.file, table, entry.span().start, &format!("this `{key}`")));
                }
                None => self.wrong_kind(
                    key,
                    &Found { value: entry.get_ref(), offset: entry.span().start },
                    "a list of tables only",
                ),
            }
        }
        tables
    }

    /// All entries that are tables, by key, for tables whose keys are ids.
    pub fn tables_by_id(&self) -> Vec<(String, Table<'a>)> {
        let mut tables = Vec::new();
        for key in self.table.keys() {
            let key = key.get_ref().to_string();
            if let Some(table) = self.table(&key) {
                let named = format!("`{key}`");
                tables.push((key, table.named(named)));
            }
        }
        tables
    }

    /// All entries as JSON, by key with their line, for tables whose keys are question ids.
    pub fn values_by_key(&self) -> Vec<(String, serde_json::Value, usize)> {
        let entries = self.table.iter().map(|(key, value)| {
            self.asked_for.borrow_mut().insert(key.get_ref().to_string());
            (key.get_ref().to_string(), json_of(value.get_ref()), self.file.line(value.span().start))
        });
        entries.collect()
    }

    /// All entries that are texts, by key with their line, for tables whose keys are ids or names.
    pub fn texts_by_key(&self) -> Vec<(String, String, usize)> {
        let mut texts = Vec::new();
        for (key, value) in self.table {
            let line = self.file.line(value.span().start);
            let key = key.get_ref().to_string();
            if let Some(text) = self.text(&key) {
                texts.push((key, text, line));
            }
        }
        texts
    }

    /// Reports every key that nothing asked for. Call it when the table was read.
    pub fn finish(&self) {
        let asked_for = self.asked_for.borrow();
        for (key, value) in self.table {
            let name = key.get_ref().as_ref();
            if asked_for.contains(name) {
                continue;
            }
            if self.file.is_full() {
                self.file.unsaid.set(self.file.unsaid.get() + 1);
                continue;
            }
            let remedy = match nearest(name, asked_for.iter().map(String::as_str)) {
                Some(meant) => format!("Did you mean `{meant}`? Otherwise take the line out."),
                None => {
                    "Take the line out, or see docs/content-format.md for what can stand here.".to_owned()
                }
            };
            let offset = key.span().start.min(value.span().start);
            self.file.error(offset, format!("`{name}` is not known in {}.", self.what), &remedy);
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
        let mut parts = text.get(..10)?.split('-');
        let date = Self {
            year: parts.next()?.parse().ok()?,
            month: parts.next()?.parse().ok()?,
            day: parts.next()?.parse().ok()?,
        };
        ((1..=12).contains(&date.month) && (1..=31).contains(&date.day)).then_some(date)
    }
}

fn number_of(value: &DeValue) -> Option<f64> {
    let number = match value {
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix()).ok()? as f64,
        DeValue::Float(float) => float.as_str().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// A value as JSON. What JSON has no like of, a date or an infinite number, becomes `false`, which is no answer.
fn json_of(value: &DeValue) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Integer(_) | DeValue::Float(_) => number_of(value).map_or(Value::Bool(false), Value::from),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Datetime(_) => Value::Bool(false),
        DeValue::Array(entries) => entries.iter().map(|entry| json_of(entry.get_ref())).collect(),
        DeValue::Table(entries) => {
            let entries = entries.iter();
            entries.map(|(key, value)| (key.get_ref().to_string(), json_of(value.get_ref()))).collect()
        }
    }
}

fn number_or_name_of(value: &DeValue) -> Option<Result<f64, String>> {
    match value.as_str() {
        Some(name) => Some(Err(name.to_owned())),
        None => number_of(value).map(Ok),
    }
}

fn a_kind(value: &DeValue) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
