//! `docs/facts.md` names every fact that the pages rest on, and places that exist.

use std::collections::BTreeSet;
use std::path::Path;

use anteroom::engine::guide::markdown;
use anteroom::engine::guide::page::Page;
use anteroom::engine::ids::{Lang, PageId};

use crate::support::{english, shipped};

/// A row of the tables: which fact, where it stands, and what was done with it.
struct Row {
    fact: String,
    places: Vec<String>,
    done: String,
}

fn rows() -> Vec<Row> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/facts.md");
    let document = std::fs::read_to_string(path).unwrap();
    let table = document.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| fact |"));
    table
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            let [fact, short, places, done] = cells.as_slice() else { panic!("four cells: {line}") };
            assert_ne!(*short, "", "{line}");
            Row {
                fact: (*fact).to_owned(),
                places: places.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
                done: (*done).to_owned(),
            }
        })
        .collect()
}

/// The levels and names of the headings of a page.
fn headings(page: &Page) -> Vec<(u8, &str)> {
    markdown::headings(&page.blocks).map(|(level, _, slug)| (level, slug)).collect()
}

#[test]
fn every_fact_is_in_the_list_once() {
    let rows = rows();
    let named: BTreeSet<&str> = rows.iter().map(|row| row.fact.as_str()).collect();
    let mut expected: BTreeSet<String> = (1..=96).map(|fact: u32| fact.to_string()).collect();
    expected.extend(["1.3-extra", "1.9-extra"].map(str::to_owned));
    expected.extend(('a'..='h').map(|claim| format!("1.13-{claim}")));
    expected.extend(('a'..='l').map(|topic| format!("1.14-{topic}")));
    assert_eq!(named, expected.iter().map(String::as_str).collect());
    assert_eq!(rows.len(), expected.len(), "a fact stands twice");
}

#[test]
fn every_fact_has_a_place_or_the_reason_why_it_is_left_out() {
    for row in rows() {
        let left_out = row.done.starts_with("Left out: ");
        assert_eq!(row.places.is_empty(), left_out, "{}", row.fact);
        assert!(row.done.len() >= "As it is".len(), "{} says what was done", row.fact);
    }
}

/// In a translation a place is the heading at the same position, on the same level.
#[test]
fn every_place_exists_in_every_language_that_has_the_page() {
    let guide = shipped();
    for row in rows() {
        for place in &row.places {
            let (id, slug) =
                place.split_once('#').map_or((place.as_str(), None), |(id, slug)| (id, Some(slug)));
            let page = |lang: &Lang| guide.pages.get(&(PageId::from(id), lang.clone()));
            let english = page(&english()).unwrap_or_else(|| panic!("{}: no page {id}", row.fact));
            let Some(slug) = slug else { continue };
            let english = headings(english);
            let at = english.iter().position(|(_, name)| *name == slug);
            let at = at.unwrap_or_else(|| panic!("{}: no heading {place}", row.fact));
            for lang in &guide.settings.languages {
                let Some(page) = page(lang) else { continue };
                let level = headings(page).get(at).map(|(level, _)| *level);
                assert_eq!(level, Some(english[at].0), "{}: {place} in `{lang}`", row.fact);
            }
        }
    }
}

/// The numbers that clinics differ in are keys of the settings in the list, so that none is baked into a page.
#[test]
fn every_key_that_the_list_names_is_a_number_of_the_settings() {
    let numbers = &shipped().settings.numbers;
    for row in rows() {
        for key in row.done.split('`').skip(1).step_by(2).filter(|key| key.contains('_')) {
            assert!(numbers.keys().any(|number| number.as_str() == key), "{}: {key}", row.fact);
        }
    }
}
