//! What stands in braces in the words of a guide, and what it is replaced by.

use crate::engine::guide::reader::{MOST_PROBLEMS, Place};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::words::{Say, Words};
use crate::engine::guide::{Guide, problem_at};
use crate::engine::ids::{Lang, NumberKey};
use crate::engine::problem::{Problem, Severity};

/// Names in braces that are replaced when the phrase is shown, by [`Words::fill`].
const NAMES_FILLED_LATER: [&str; 31] = [
    "what",
    "found",
    "against",
    "clinic",
    "number",
    "total",
    "section",
    "least",
    "most",
    "unit",
    "part",
    "earliest",
    "latest",
    "typed",
    "entry",
    "day",
    "month",
    "year",
    "reference",
    "created",
    "status",
    "date",
    "name",
    "level",
    "hour",
    "minute",
    "half",
    "condition",
    "choice",
    "choices",
    "value",
];

/// Replaces `{keys}` by the clinic's numbers and names.
pub struct Filler<'g> {
    guide: &'g Guide,
    range_to: String,
    /// Stands for a clinic whose name is not known.
    the_clinic: String,
}

impl<'g> Filler<'g> {
    /// For the words of a language.
    pub fn new(guide: &'g Guide, lang: &Lang) -> Self {
        Self::of_phrases(guide, guide.words.get(lang))
    }

    pub(in crate::engine::guide) fn of_phrases(guide: &'g Guide, words: Option<&Words>) -> Self {
        let phrase = |say, otherwise: &str| {
            words.and_then(|words| words.phrases.get(&say)).cloned().unwrap_or_else(|| otherwise.to_owned())
        };
        Self {
            guide,
            range_to: phrase(Say::CommonRangeTo, "to"),
            the_clinic: phrase(Say::CommonTheClinic, "the clinic"),
        }
    }

    /// The text with every `{key}` replaced. An unknown key stays as it is and is reported at `line`.
    pub fn fill(&self, text: &str, path: &str, line: Place, problems: &mut Vec<Problem>) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let Some((key, behind)) = split_key(after) else {
                filled.push('{');
                rest = after;
                continue;
            };
            match self.value(key) {
                Some(value) => filled.push_str(&value),
                None => {
                    filled.push('{');
                    filled.push_str(key);
                    filled.push('}');
                    // `{#name}` behind a heading is the name that links find it by.
                    if self.knows_settings()
                        && !key.starts_with('#')
                        && !NAMES_FILLED_LATER.contains(&key)
                        && problems.len() < MOST_PROBLEMS
                    {
                        problems.push(self.unknown(key, path, line));
                    }
                }
            }
            rest = behind;
        }
        filled.push_str(rest);
        filled
    }

    /// Without settings nothing can be filled, and that was said about the settings.
    fn knows_settings(&self) -> bool {
        let settings = &self.guide.settings;
        !settings.numbers.is_empty() || !settings.clinic.name.is_empty()
    }

    fn value(&self, key: &str) -> Option<String> {
        let settings = &self.guide.settings;
        match key {
            "clinic.name" if settings.clinic.name.is_empty() => return Some(self.the_clinic.clone()),
            "clinic.name" => return Some(settings.clinic.name.clone()),
            "clinic.phone" => return Some(settings.clinic.phone.clone()),
            "clinic.address" => return Some(settings.clinic.address.clone()),
            "clinic.hours" => return Some(settings.clinic.hours.clone()),
            _ => {}
        }
        let (name, end) = key.split_once('.').map_or((key, None), |(name, end)| (name, Some(end)));
        let number = settings.numbers.get(&NumberKey::from(name))?;
        match (end, number.to) {
            (None, None) | (Some("from"), _) => Some(number.from.to_string()),
            (None, Some(to)) => Some(format!("{} {} {to}", number.from, self.range_to)),
            (Some("to"), Some(to)) => Some(to.to_string()),
            (Some(_), _) => None,
        }
    }

    fn unknown(&self, key: &str, path: &str, line: Place) -> Problem {
        let known = self.guide.settings.numbers.keys().map(|key| key.as_str());
        let remedy = did_you_mean(
            key,
            known.chain(["clinic.name", "clinic.phone", "clinic.address", "clinic.hours"]),
            "Add the number to settings.toml, or take the braces out.",
        );
        problem_at(Severity::Error, path, line, format!("Nothing is known under `{{{key}}}`."), &remedy)
    }
}

/// The key before the next closing brace, and what stands behind it; none if no key can be meant.
fn split_key(after: &str) -> Option<(&str, &str)> {
    const MOST_KEY: usize = 80;
    let end = after.bytes().take(MOST_KEY).position(|byte| matches!(byte, b'{' | b'}'))?;
    let (key, behind) = (after.get(..end)?, after.get(end..)?);
    Some((key, behind.strip_prefix('}')?))
}
