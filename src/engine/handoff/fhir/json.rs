//! JSON as FHIR wants it: in the order it was written, and nothing empty. FHIR forbids an empty text, list or object.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A JSON value.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// A text.
    Text(String),
    /// A number; one without a fraction is written as a whole number.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
    /// A list.
    List(Vec<Json>),
    /// An object.
    Object(Object),
}

/// An object whose keys stay in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object(Vec<(&'static str, Json)>);

/// An object with these texts; empty ones are left out.
pub fn texts(entries: &[(&'static str, &str)]) -> Object {
    entries.iter().fold(Object::default(), |object, (key, text)| object.with(key, *text))
}

impl Object {
    /// With a value under a key; without it if the value is empty.
    pub fn with(mut self, key: &'static str, value: impl Into<Json>) -> Self {
        self.put(key, value);
        self
    }

    /// With everything that another object has, behind.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The value under a key.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
    }

    /// The text under a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key)? {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The list under a key; empty if there is none.
    pub fn list(&self, key: &str) -> &[Json] {
        match self.get(key) {
            Some(Json::List(list)) => list,
            _ => &[],
        }
    }

    /// With other entries in the place of each.
    pub fn each(self, change: impl FnMut((&'static str, Json)) -> Vec<(&'static str, Json)>) -> Self {
        Self(self.0.into_iter().flat_map(change).collect())
    }

    /// Puts a value under a key, unless it is empty.
    pub fn put(&mut self, key: &'static str, value: impl Into<Json>) {
        let value = value.into();
        if !value.is_empty() {
            self.0.push((key, value));
        }
    }
}

impl Json {
    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.trim().is_empty(),
            Self::Number(_) | Self::Flag(_) => false,
            Self::List(list) => list.is_empty(),
            Self::Object(object) => object.0.is_empty(),
        }
    }

    /// The value as JSON, indented for a reader.
    ///
    /// Serialisation of plain data cannot fail; an empty object would be refused by every receiver.
    pub fn to_text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

impl From<&str> for Json {
    /// Control characters have no place in a FHIR text; line breaks and tabs do.
    fn from(text: &str) -> Self {
        let allowed = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\r' | '\t');
        Self::Text(text.chars().filter(allowed).collect())
    }
}

impl From<String> for Json {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<f64> for Json {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Json {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Object> for Json {
    fn from(object: Object) -> Self {
        Self::Object(object)
    }
}

impl From<Vec<Object>> for Json {
    fn from(list: Vec<Object>) -> Self {
        Self::List(list.into_iter().map(Self::Object).collect())
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => out.serialize_str(text),
            // Both ends of what a 64-bit number tells apart are far from here.
            Self::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => {
                out.serialize_i64(*number as i64)
            }
            Self::Number(number) => out.serialize_f64(*number),
            Self::Flag(flag) => out.serialize_bool(*flag),
            Self::List(list) => out.collect_seq(list),
            Self::Object(object) => {
                let mut map = out.serialize_map(Some(object.0.len()))?;
                for (key, value) in &object.0 {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_empty_is_written_and_the_order_stays() {
        let object = texts(&[("z", "last first"), ("a", "")])
            .with("b", Object::default())
            .with("c", Vec::<Object>::new())
            .with("d", 3.0)
            .with("e", 0.5)
            .with("f", "bell\u{7}\nline");
        let text = Json::from(object).to_text().split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(text, r#"{ "z": "last first", "d": 3, "e": 0.5, "f": "bell\nline" }"#);
    }
}
