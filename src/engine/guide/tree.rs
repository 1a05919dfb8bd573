//! A TOML file as an owned tree in which every key and value knows where it stands, so that a clinic's file can be
//! laid over the guide's and each slip is still said with its own file and line.

use crate::engine::map::Map;

use toml::de::{DeTable, DeValue};

use crate::engine::guide::reader::Date;

/// Where something stands: which of the two files, and how far into it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct At {
    /// Whether it stands in the clinic's own file.
    pub clinic: bool,
    /// The offset in bytes.
    pub offset: usize,
}

/// The keys of a table.
pub(super) type Branch = Map<String, Entry>;

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    /// Where the key stands.
    pub key: At,
    /// Its value.
    pub node: Node,
}

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// The value.
    pub value: Value,
    /// Where it stands.
    pub at: At,
    /// Where the clinic's file says something about it, if it is a table of the guide.
    pub touched: Option<At>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// None for a number that cannot be used, such as an infinite one.
    Number(Option<f64>),
    Flag(bool),
    /// None for a time without a date.
    Date(Option<Date>),
    List(Vec<Node>),
    Table(Branch),
}

/// The tree of a parsed file.
pub(super) fn tree(table: &DeTable, clinic: bool) -> Node {
    Node { value: Value::Table(branch(table, clinic)), at: At { clinic, offset: 0 }, touched: None }
}

fn branch(table: &DeTable, clinic: bool) -> Branch {
    let entry = |(key, value): (&toml::Spanned<_>, &toml::Spanned<DeValue>)| {
        let key: &toml::Spanned<std::borrow::Cow<str>> = key;
        let place = At { clinic, offset: key.span().start };
        (key.get_ref().to_string(), Entry { key: place, node: node(value, clinic) })
    };
    table.iter().map(entry).collect()
}

fn node(value: &toml::Spanned<DeValue>, clinic: bool) -> Node {
    let at = At { clinic, offset: value.span().start };
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(integer) => Value::Number(
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|number| number as f64),
        ),
        DeValue::Float(float) => {
            Value::Number(float.as_str().parse().ok().filter(|number: &f64| number.is_finite()))
        }
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(when) => {
            Value::Date(when.date.map(|date| Date { year: date.year, month: date.month, day: date.day }))
        }
        DeValue::Array(array) => Value::List(array.iter().map(|entry| node(entry, clinic)).collect()),
        DeValue::Table(table) => Value::Table(branch(table, clinic)),
    };
    Node { value, at, touched: None }
}

impl Value {
    /// What kind of value it is, for a sentence.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::Date(_) => "a date or time",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
        }
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub fn list(&self) -> &[Node] {
        if let Self::List(list) = self { list } else { &[] }
    }

    pub fn table(&self) -> Option<&Branch> {
        if let Self::Table(table) = self { Some(table) } else { None }
    }

    /// Whether two values say the same, wherever they stand.
    pub fn says(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::List(one), Self::List(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| one.value.says(&other.value))
            }
            (Self::Table(one), Self::Table(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|((key, one), (other_key, other))| {
                        key == other_key && one.node.value.says(&other.node.value)
                    })
            }
            (one, other) => one == other,
        }
    }
}

impl Node {
    /// A key of the table that this is.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.value.table()?.get(key).map(|entry| &entry.node)
    }

    /// The text of a key of the table that this is.
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.value.text()
    }

    /// Whether a key of the table that this is says `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).is_some_and(|node| node.value == Value::Flag(true))
    }

    /// The entries of a list under a key.
    pub fn list_of(&self, key: &str) -> &[Node] {
        self.get(key).map_or(&[], |node| node.value.list())
    }

    /// The entry of a list of tables that has this id.
    pub fn entry(&self, key: &str, id: &str) -> Option<&Node> {
        self.list_of(key).iter().find(|entry| entry.text_of("id") == Some(id))
    }
}
