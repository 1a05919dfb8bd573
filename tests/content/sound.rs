//! The files of the shipped content fit together, and say all that they must.

use std::fs;

use anteroom::engine::guide::markdown::texts as texts_of;
use anteroom::engine::guide::words::{Say, Words, spelled_out};
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::ids::{ChoiceId, Lang, QuestionId, RuleId};
use anteroom::engine::problem::Severity;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::Kind;
use anteroom::engine::screening::result::Reason;
use toml::de::DeTable;

use crate::support::{Folder, shipped, shipped_place};

#[test]
fn the_shipped_content_has_no_errors() {
    assert_eq!(Folder::shipped().errors(), []);
}

/// What may still be open: the signature of a clinician or a translator, which is not ours to give.
#[test]
fn the_only_warnings_are_that_nobody_has_signed() {
    for problem in Folder::shipped().parse().1 {
        assert_eq!(problem.severity, Severity::Warning, "{problem}");
        let open = ["No clinician has signed this yet.", "Nobody has signed this translation yet."];
        assert!(open.contains(&problem.what.as_str()), "{problem}");
    }
}

#[test]
fn the_words_file_has_every_phrase_and_nothing_else() {
    for lang in &shipped().settings.languages {
        let path = guide::paths::words(lang);
        let text = Folder::shipped().text(&path);
        let file = DeTable::parse(&text).unwrap();
        let mut keys = Vec::new();
        for (table, phrases) in file.get_ref() {
            if ["page_group", "page_title", "translation"].contains(&table.get_ref().as_ref()) {
                continue;
            }
            for (key, phrase) in phrases.get_ref().as_table().unwrap() {
                let key = format!("{}.{}", table.get_ref(), key.get_ref());
                assert_ne!(phrase.get_ref().as_str().unwrap().trim(), "", "{key} in {path}");
                keys.push(key);
            }
        }
        let mut expected: Vec<&str> = Say::ALL.iter().map(|say| say.key()).collect();
        keys.sort_unstable();
        expected.sort_unstable();
        assert_eq!(keys, expected, "{path}");
    }
}

#[test]
fn every_page_says_where_it_comes_from() {
    let keys = [
        "title",
        "summary",
        "sources",
        "reviewed_on",
        "review_due",
        "reviewer",
        "reviewer_role",
        "evidence_level",
        "funding_note",
        "lang",
    ];
    let guide = shipped();
    for page in &guide.settings.pages {
        for lang in &guide.settings.languages {
            let path = guide::paths::page(page, lang);
            let text = Folder::shipped().text(&path);
            let front = text.split("+++").nth(1).unwrap();
            let front = DeTable::parse(front).unwrap();
            let value = |key: &str| {
                front.get_ref().get(key).unwrap_or_else(|| panic!("{path} has no `{key}`")).get_ref()
            };
            for key in keys {
                value(key);
            }
            assert!(value("sources").as_array().unwrap().iter().next().is_some(), "{path}");
            let date = |key: &str| value(key).as_datetime().unwrap().date.unwrap();
            let (from, due) = (date("reviewed_on"), date("review_due"));
            let latest = (from.year + 1, from.month, from.day);
            assert!((due.year, due.month, due.day) <= latest, "{path} is reviewed within twelve months");
        }
    }
}

/// Every text that a patient can see, with where it stands.
fn every_text(guide: &Guide, lang: &Lang) -> Vec<(String, String)> {
    let words = guide.words(lang);
    let mut texts = Vec::new();
    for section in &guide.sections {
        let said = words.section(section);
        texts.push((format!("section {section}"), said.title.clone()));
        texts.push((format!("section {section}"), said.intro.clone()));
    }
    for question in &guide.questions {
        let said = words.question(&question.id);
        let name = format!("question {}", question.id);
        texts.extend([&said.ask, &said.hint, &said.why].map(|text| (name.clone(), text.clone())));
        texts.extend(said.terms.iter().map(|(term, meaning)| (name.clone(), format!("{term}: {meaning}"))));
        texts.extend(said.parts.values().map(|label| (name.clone(), label.clone())));
        texts.extend(
            question.choices().iter().map(|choice| (name.clone(), said.choice(&choice.id).to_owned())),
        );
        for choice in question.choices().iter().filter(|choice| choice.level > Level::Clear) {
            let rule = question.choice_rule(&choice.id);
            texts.extend(reason_texts(words, rule, Some(&choice.id), vec![question.id.clone()]));
        }
    }
    for rule in &guide.rules {
        texts.extend(reason_texts(words, rule.id.clone(), None, Vec::new()));
    }
    for advice in &guide.advice {
        texts.push((format!("advice {}", advice.id), words.advice(advice).to_owned()));
    }
    for task in &guide.tasks {
        let said = words.task(&task.id);
        texts.push((format!("task {}", task.id), said.title.clone()));
        texts.push((format!("task {}", task.id), said.text.clone()));
    }
    for ((page, page_lang), content) in &guide.pages {
        if page_lang == lang {
            texts.push((format!("page {page}"), content.title.clone()));
            texts.push((format!("page {page}"), content.summary.clone()));
            texts.extend(texts_of(&content.blocks).into_iter().map(|text| (format!("page {page}"), text)));
        }
    }
    texts
}

fn reason_texts(
    words: &Words,
    rule: RuleId,
    choice: Option<&ChoiceId>,
    answers: Vec<QuestionId>,
) -> [(String, String); 2] {
    let name = format!("reason {rule}");
    let reason = Reason {
        rule,
        level: Level::Note,
        answers,
        choice: choice.cloned(),
        trace: Vec::new(),
        unsure: false,
        sources: Vec::new(),
        reviewed_on: None,
    };
    [(name.clone(), words.reason(&reason).to_owned()), (name, words.next_step(&reason).to_owned())]
}

#[test]
fn every_placeholder_is_filled() {
    let guide = shipped();
    for lang in &guide.settings.languages {
        for (place, text) in every_text(guide, lang) {
            assert!(!text.contains(['{', '}']), "{place}: {text}");
        }
        // Phrases may keep the names that are filled when they are shown, and no others.
        for say in Say::ALL {
            let phrase = guide.words(lang).say(*say);
            assert!(!phrase.contains("{clinic."), "{}: {phrase}", say.key());
        }
    }
}

/// Words that promise what nobody can (clinical-facts.md 2.1, rule 3; 1.13), outside of the page that answers myths.
#[test]
fn no_result_promises_anything() {
    let guide = shipped();
    let banned = [
        "eligible",
        "approved for you",
        "qualify",
        "qualified",
        "good candidate",
        "safe for you",
        "guarantee",
    ];
    for lang in &guide.settings.languages {
        let words = guide.words(lang);
        let shown = Say::ALL.iter().map(|say| (say.key().to_owned(), words.say(*say).to_owned()));
        for (place, text) in shown.chain(every_text(guide, lang)) {
            let lower = text.to_lowercase();
            for word in banned {
                assert!(!lower.contains(word), "{place} says \"{word}\": {text}");
            }
        }
    }
}

#[test]
fn no_file_lies_in_the_folder_unnamed() {
    let named = guide::all_paths(&shipped().settings);
    let mut waiting = vec![shipped_place()];
    while let Some(place) = waiting.pop() {
        for entry in fs::read_dir(place).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
                continue;
            }
            let name = path.strip_prefix(shipped_place()).unwrap().to_string_lossy().replace('\\', "/");
            assert!(named.contains(&name), "{name} is not named in settings.toml");
        }
    }
}

#[test]
fn every_pair_has_labels_and_every_number_a_unit() {
    let guide = shipped();
    for lang in &guide.settings.languages {
        for question in &guide.questions {
            if let Kind::Pair(parts) = &question.kind {
                let said = guide.words(lang).question(&question.id);
                assert!(parts.iter().all(|part| said.parts.contains_key(&part.id)), "{}", question.id);
            }
        }
    }
    for (key, number) in &guide.settings.numbers {
        assert_ne!(number.unit, "", "{key}");
    }
}

/// What is shown until a page has come must not be another title than the page's own.
#[test]
fn the_titles_that_stand_in_for_pages_are_theirs() {
    let guide = shipped();
    for ((id, lang), page) in &guide.pages {
        let said = guide.words(lang).page_title(id);
        let first = guide.settings.languages.first() == Some(lang);
        assert!(
            said == page.title || (!first && said == spelled_out(id.as_str())),
            "[page_title] {id} in {lang}/words.toml is \"{said}\", and the page's title is \"{}\"",
            page.title
        );
    }
}

/// The scored questions are in a file of their own, and must not be all that is asked.
#[test]
fn without_the_screening_nothing_is_asked() {
    let guide = Folder::shipped().without(guide::paths::SCREENING).guide();
    assert!(guide.questions.is_empty(), "{:?}", guide.questions.first());
}
