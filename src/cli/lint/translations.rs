//! How much of the guide each further language has: texts by file, and pages.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::cli::lint::bare;
use crate::cli::lint::texts::{Kind, Text};
use crate::engine::guide::{Guide, paths};

/// How much of a file of the first language a further one has.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// The language.
    pub lang: String,
    /// The file in that language; `es/pages` stands for all pages together.
    pub file: String,
    /// How many texts, or pages, the first language has.
    pub of: usize,
    /// How many of them this language has.
    pub there: usize,
}

/// Counts the texts of every file, and the pages, in each language but the first. `texts` are those of each file
/// that could be read, by its path.
pub fn count(texts: &BTreeMap<String, Vec<Text>>, guide: &Guide) -> Vec<Translation> {
    let Some((first, further)) = guide.settings.languages.split_first() else { return Vec::new() };
    let mut keys: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for text in texts.values().flatten() {
        if let Kind::Words(key) = &text.kind
            && !text.said.trim().is_empty()
            // A hard name that is explained is a word of its language, and each language has hard ones of its own.
            && !key.contains(".terms.")
        {
            keys.entry(bare(&text.file)).or_default().insert(key);
        }
    }
    let mut counted = Vec::new();
    for lang in further {
        for (file, known) in &keys {
            let Some(name) = file.strip_prefix(&format!("{first}/")).filter(|name| name.ends_with(".toml"))
            else {
                continue;
            };
            let file = format!("{lang}/{name}");
            let own = keys.get(file.as_str());
            let there = known.iter().filter(|key| own.is_some_and(|own| own.contains(*key))).count();
            counted.push(Translation { lang: lang.to_string(), file, of: known.len(), there });
        }
        let pages = &guide.settings.pages;
        let has = |lang| {
            pages.iter().filter(move |page| texts.keys().any(|file| bare(file) == paths::page(page, lang)))
        };
        counted.push(Translation {
            lang: lang.to_string(),
            file: format!("{lang}/pages"),
            of: has(first).count(),
            there: has(lang).count(),
        });
    }
    counted
}

impl Translation {
    /// The count as a sentence.
    pub fn in_words(&self) -> String {
        let what = if self.file.ends_with(".toml") { "texts" } else { "pages" };
        format!("{}: {} of {} {what} in this language", self.file, self.there, self.of)
    }
}
