//! Writes HTML. Every text and every value of an attribute is escaped here and nowhere else, so a guide's words can
//! never become marks.

use crate::engine::session::Session;
use crate::ui;

/// HTML that is sound: made by [`text`] and [`element`] alone, or drawn by the widget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

impl Html {
    /// The HTML as it is written into a file.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A session as the widget draws it. Leptos escapes for itself.
    pub fn of_widget(session: Session) -> Self {
        Self(ui::early::draw(session))
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds more behind it.
    pub fn push(&mut self, more: Html) {
        self.0.push_str(&more.0);
    }
}

impl FromIterator<Html> for Html {
    fn from_iter<T: IntoIterator<Item = Html>>(parts: T) -> Self {
        Self(parts.into_iter().map(|part| part.0).collect())
    }
}

impl<const N: usize> From<[Html; N]> for Html {
    fn from(parts: [Html; N]) -> Self {
        parts.into_iter().collect()
    }
}

/// A text.
pub fn text(words: &str) -> Html {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            // A file of HTML has none of the other control characters.
            letter if letter.is_control() && !letter.is_whitespace() => {}
            letter => escaped.push(letter),
        }
    }
    Html(escaped)
}

/// An element. `attributes` are names and values; one whose value is empty is left out.
pub fn element(name: &str, attributes: &[(&str, &str)], inner: impl Into<Html>) -> Html {
    let mut html = open(name, attributes);
    html.push_str(&inner.into().0);
    html.push_str("</");
    html.push_str(name);
    html.push('>');
    Html(html)
}

/// An element that holds nothing and is not closed, such as `<br>`.
pub fn void(name: &str, attributes: &[(&str, &str)]) -> Html {
    Html(open(name, attributes))
}

/// Nothing.
pub fn nothing() -> Html {
    Html::default()
}

fn open(name: &str, attributes: &[(&str, &str)]) -> String {
    let mut html = format!("<{name}");
    for (key, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        html.push_str(&format!(" {key}=\"{}\"", text(value).0));
    }
    html.push('>');
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_and_no_value_becomes_a_mark(words in ".*") {
            let html = element("a", &[("title", &words)], text(&words));
            prop_assert_eq!(html.as_str().matches(['<', '>']).count(), 4);
            prop_assert_eq!(html.as_str().matches('"').count(), if words.is_empty() { 0 } else { 2 });
        }
    }
}
