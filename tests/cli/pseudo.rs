//! `anteroom pseudo`.

use std::fs;
use std::path::Path;

use anteroom::engine::guide::markdown::{headings, texts};
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::words::Say;
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::ids::Lang;
use anteroom::engine::problem::{Problem, Severity};

use crate::Clinic;
use crate::support::Folder;

/// The shipped guide with a pseudo-language beside the others, and its errors.
fn with(lang: &str, flags: &[&str]) -> (Guide, Vec<Problem>) {
    let folder = Folder::shipped();
    let clinic = Clinic::with(&folder);
    clinic.runs(&[&["pseudo", "--out", "made"], flags].concat()).exits(0);
    let mut sources = folder.sources;
    for source in &mut sources {
        if source.path == "settings.toml" {
            let settings = String::from_utf8(source.content.clone().unwrap()).unwrap();
            let settings =
                settings.replace("languages = [\"en\"", &format!("languages = [\"en\", \"{lang}\""));
            *source = Source::new("settings.toml", settings);
        }
    }
    read_into(&clinic.path("made").join(lang), lang, &mut sources);
    let (guide, problems) = guide::parse(&sources, None);
    (guide, problems.into_iter().filter(|problem| problem.severity == Severity::Error).collect())
}

fn read_into(place: &Path, path: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(place).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{path}/{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            read_into(&entry.path(), &path, sources);
        } else {
            sources.push(Source::new(&path, fs::read(entry.path()).unwrap()));
        }
    }
}

#[test]
fn every_text_of_the_pseudo_language_is_marked() {
    let (guide, errors) = with("en-XA", &[]);
    assert_eq!(errors, []);
    let lang = Lang::from("en-XA");
    let words = guide.words(&lang);
    for say in Say::ALL {
        let phrase = words.say(*say);
        assert!(phrase.starts_with('⟦') && phrase.ends_with('⟧'), "{}: {phrase}", say.key());
    }
    for question in &guide.questions {
        let words = words.question(&question.id);
        assert!(words.ask.starts_with('⟦'), "{}", words.ask);
        for choice in question.choices() {
            assert!(words.choice(&choice.id).starts_with('⟦'), "{}", choice.id);
        }
    }
    for page in &guide.settings.pages {
        let page = &guide.pages[&(page.clone(), lang.clone())];
        assert!(page.title.starts_with('⟦'), "{}", page.title);
        for text in texts(&page.blocks) {
            let bare = !text.contains('⟦') && text.chars().any(char::is_alphabetic);
            assert!(!bare, "{text} in {}", page.title);
        }
    }
}

/// So that links lead to the same places in every language.
#[test]
fn headings_keep_their_names_and_words_keep_what_is_filled_in() {
    let (guide, _) = with("en-XA", &[]);
    for id in &guide.settings.pages {
        let slugs = |lang: &str| -> Vec<String> {
            let page = &guide.pages[&(id.clone(), Lang::from(lang))];
            headings(&page.blocks).map(|(_, _, slug)| slug.to_owned()).collect()
        };
        assert_eq!(slugs("en-XA"), slugs("en"), "{id}");
    }
    let clinic = &guide.settings.clinic.name;
    assert!(guide.words(&Lang::from("en-XA")).say(Say::StartLead).contains(clinic.as_str()));
}

#[test]
fn the_other_one_runs_from_right_to_left() {
    let (guide, errors) = with("ar-XB", &["--rtl"]);
    assert_eq!(errors, []);
    let lang = Lang::from("ar-XB");
    assert_eq!(lang.direction(), "rtl");
    for say in Say::ALL {
        let phrase = guide.words(&lang).say(*say);
        assert!(phrase.starts_with('\u{202e}') && phrase.ends_with('\u{202c}'), "{}: {phrase}", say.key());
    }
}

#[test]
fn nothing_is_written_over() {
    let clinic = Clinic::with(&Folder::shipped());
    clinic.runs(&["pseudo", "--out", "made"]).exits(0);
    let said = clinic.runs(&["pseudo", "--out", "made"]);
    said.exits(2);
    assert!(said.err.contains("is there already, so nothing was written"), "{}", said.err);
    let said = clinic.runs(&["pseudo", "--out", "more", "--format", "json"]);
    assert_eq!(said.json()["lang"], "en-XA");
}
