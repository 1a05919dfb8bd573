//! Every language of the shipped content says the same things: same ids, same numbers, same sources.

use std::collections::BTreeMap;
use std::fs;

use anteroom::engine::guide;
use anteroom::engine::guide::words::{Say, built_in_for};
use anteroom::engine::ids::Lang;
use toml::de::{DeTable, DeValue};

use crate::support::{Folder, shipped, shipped_place};

fn spanish() -> Lang {
    Lang::from("es")
}

/// The languages that are translations.
fn translations() -> &'static [Lang] {
    shipped().settings.languages.get(1..).unwrap()
}

/// Every text of a file in TOML, by its keys. Hard names stand under words of the language, so they are left out, and
/// so is who signed.
fn texts(toml: &str) -> BTreeMap<String, String> {
    fn walk(table: &DeTable, keys: &str, texts: &mut BTreeMap<String, String>) {
        for (key, value) in table {
            let keys = format!("{keys}.{}", key.get_ref());
            match value.get_ref() {
                DeValue::Table(_) if keys.ends_with(".terms") || keys == ".translation" => {}
                DeValue::Table(table) => walk(table, &keys, texts),
                DeValue::String(text) => {
                    texts.insert(keys, text.to_string());
                }
                _ => {}
            }
        }
    }
    let file = DeTable::parse(toml).unwrap();
    let mut all = BTreeMap::new();
    walk(file.get_ref(), "", &mut all);
    all
}

/// The `{keys}` of a text, sorted.
fn placeholders(text: &str) -> Vec<&str> {
    let mut found: Vec<&str> =
        text.split('{').skip(1).filter_map(|after| after.split_once('}')).map(|(key, _)| key).collect();
    found.sort_unstable();
    found
}

/// The numbers of a text as they are written, sorted, but for 988: Spanish has a key of its own to press there.
fn numbers(text: &str) -> Vec<String> {
    let text = text.replace("oprima 2", "").replace("oprime 2", "");
    let mut found: Vec<String> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|number| !number.is_empty() && *number != "988")
        .map(str::to_owned)
        .collect();
    found.sort_unstable();
    found
}

/// The comments of a page and the sources among its front matter: which facts it rests on, in order.
fn facts(page: &str) -> Vec<&str> {
    page.split("<!--")
        .skip(1)
        .filter_map(|after| after.split_once("-->"))
        .map(|(fact, _)| fact.trim())
        .collect()
}

/// The lines of a page that begin like this, as many as there are.
fn lines(page: &str, begin: &str) -> usize {
    page.lines().filter(|line| line.starts_with(begin)).count()
}

fn both(lang: &Lang, name: &str) -> (String, String) {
    let first = shipped().settings.languages.first().unwrap();
    let read = |lang: &Lang| fs::read_to_string(shipped_place().join(lang.as_str()).join(name));
    (read(first).unwrap(), read(lang).unwrap_or_else(|error| panic!("{lang}/{name}: {error}")))
}

#[test]
fn every_language_has_the_same_words_with_the_same_numbers() {
    for lang in translations() {
        for name in ["words.toml", "screening.toml", "plan.toml", "glossary.toml"] {
            let (first, other) = both(lang, name);
            let (first, other) = (texts(&first), texts(&other));
            let keys = |texts: &BTreeMap<String, String>| texts.keys().cloned().collect::<Vec<_>>();
            assert_eq!(keys(&other), keys(&first), "{lang}/{name}");
            for (key, text) in &first {
                let said = &other[key];
                assert_eq!(placeholders(said), placeholders(text), "{lang}/{name} {key}: {said}");
                assert_eq!(numbers(said), numbers(text), "{lang}/{name} {key}: {said}");
            }
        }
    }
}

#[test]
fn every_question_explains_as_many_hard_names_or_more() {
    let guide = shipped();
    let first = guide.words(guide.settings.languages.first().unwrap());
    for lang in translations() {
        for question in &guide.questions {
            let (own, other) = (guide.words(lang).question(&question.id), first.question(&question.id));
            assert!(own.terms.len() >= other.terms.len(), "{lang}: {}", question.id);
            assert_eq!(own.why.is_empty(), other.why.is_empty(), "{lang}: {}", question.id);
        }
    }
}

#[test]
fn every_translated_page_rests_on_the_same_facts_in_the_same_order() {
    for lang in translations() {
        for page in &shipped().settings.pages {
            let name = format!("pages/{page}.md");
            let (first, other) = both(lang, &name);
            let place = format!("{lang}/{name}");
            assert_eq!(facts(&other), facts(&first), "{place}");
            for begin in ["## ", "### ", "- ", "- [ ] ", "```", "> "] {
                assert_eq!(
                    lines(&other, begin),
                    lines(&first, begin),
                    "{place} has as many lines with `{begin}`"
                );
            }
            let (mut own, mut theirs) = (placeholders(&other), placeholders(&first));
            own.retain(|key| !key.contains(['=', '\n', '#']));
            theirs.retain(|key| !key.contains(['=', '\n', '#']));
            assert_eq!(own, theirs, "{place}");
            let sources =
                |page: &str| page.lines().find(|line| line.starts_with("sources = ")).map(str::to_owned);
            assert_eq!(sources(&other), sources(&first), "{place}");
        }
    }
}

#[test]
fn the_help_that_is_built_in_in_spanish_is_that_of_the_words_file() {
    let (built_in, words) = (built_in_for(&spanish()), shipped().words(&spanish()));
    let english = built_in_for(&Lang::from("en"));
    let mut spoken = 0;
    for say in Say::ALL {
        let help = ["header.", "help.", "problems."].iter().any(|table| say.key().starts_with(table));
        if help {
            assert_eq!(built_in.say(*say), words.say(*say), "{}", say.key());
            assert_ne!(built_in.say(*say), "", "{}", say.key());
            spoken += 1;
        } else {
            assert_eq!(built_in.say(*say), english.say(*say), "{}", say.key());
        }
    }
    assert!(spoken > 25);
}

#[test]
fn help_is_in_spanish_when_the_spanish_words_are_lost() {
    for path in [guide::paths::words(&spanish()), guide::paths::screening_words(&spanish())] {
        let guide = Folder::shipped().without(&path).guide();
        assert_eq!(guide.words(&spanish()).say(Say::HelpCall), "Llame al 988 y oprima 2", "without {path}");
    }
    let broken = Folder::shipped().with("es/words.toml", "[help\ncall = ");
    assert_eq!(broken.guide().words(&spanish()).say(Say::HelpCall), "Llame al 988 y oprima 2");
}

#[test]
fn a_person_is_told_that_nobody_has_signed_the_spanish() {
    assert!(shipped().words(&spanish()).unsigned);
    let mut folder = Folder::shipped();
    for path in ["es/words.toml", "es/screening.toml", "es/plan.toml", "es/instruments.toml"] {
        assert!(folder.guide().words(&spanish()).unsigned, "{path} is still open");
        folder = folder.replaced(path, "reviewer = \"\"", "reviewer = \"Ana Ruiz, RN\"");
    }
    assert!(!folder.guide().words(&spanish()).unsigned);
}
