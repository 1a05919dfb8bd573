//! The search over the shipped pages finds what is there.

use anteroom::engine::find::key;
use anteroom::engine::guide::markdown::{Block, plain};
use anteroom::engine::ids::Lang;
use anteroom::engine::search::{Index, PageFound};

use crate::support::shipped;

fn languages() -> Vec<Lang> {
    shipped().settings.languages.clone()
}

fn find(lang: &str, query: &str) -> Vec<PageFound> {
    Index::new(shipped(), &Lang::from(lang)).find(query)
}

/// The text of a piece, and what is marked in it.
fn marked(found: &PageFound) -> Vec<&str> {
    let pieces = found.places.iter().flat_map(|place| &place.snippet);
    pieces.filter(|(_, mark)| *mark).map(|(text, _)| text.as_str()).collect()
}

#[test]
fn every_title_finds_its_own_page_first() {
    for lang in languages() {
        let index = Index::new(shipped(), &lang);
        for ((id, spoken), page) in &shipped().pages {
            if *spoken == lang {
                let found = index.find(&page.title);
                assert_eq!(found[0].page, *id, "{lang}: {}", page.title);
            }
        }
    }
}

#[test]
fn every_heading_finds_its_own_page_first_unless_another_has_the_same_words() {
    for lang in languages() {
        let index = Index::new(shipped(), &lang);
        let pages = || shipped().pages.iter().filter(|((_, spoken), _)| *spoken == lang);
        let headings = |blocks: &[Block]| -> Vec<(String, String)> {
            let heading = |block: &Block| match block {
                Block::Heading(_, words, slug) => Some((plain(words), slug.clone())),
                _ => None,
            };
            blocks.iter().filter_map(heading).collect()
        };
        let mut all: Vec<String> =
            pages().flat_map(|(_, page)| headings(&page.blocks)).map(|(words, _)| key(&words)).collect();
        all.extend(pages().map(|(_, page)| key(&page.title)));
        for ((id, _), page) in pages() {
            for (words, slug) in headings(&page.blocks) {
                let found = index.find(&words);
                if all.iter().filter(|other| **other == key(&words)).count() > 1 {
                    assert!(!found.is_empty(), "{lang}: {words}");
                    continue;
                }
                let own = found.first().filter(|found| found.page == *id);
                let place = own
                    .is_some_and(|found| found.places.iter().any(|place| place.slug.as_ref() == Some(&slug)));
                let first: Vec<_> = found.iter().take(3).map(|found| found.page.as_str()).collect();
                assert!(place, "{lang}: {id}#{slug} {words:?} finds {first:?}");
            }
        }
    }
}

#[test]
fn slips_accents_and_endings_do_not_hide_a_page() {
    for (lang, typed, same) in [
        ("en", "ketmine", "ketamine"),
        ("en", "infussion", "infusion"),
        ("en", "DRIVING", "drive"),
        ("en", "medicine", "medicines"),
        ("es", "infusion", "infusión"),
        ("es", "medicina", "medicinas"),
        ("es", "ketamna", "ketamina"),
    ] {
        let pages = |query| find(lang, query).into_iter().map(|found| found.page).collect::<Vec<_>>();
        assert!(!pages(same).is_empty(), "{lang}: {same}");
        assert_eq!(pages(typed), pages(same), "{lang}: {typed}");
    }
}

#[test]
fn half_a_word_finds_it_while_it_is_typed() {
    let found = find("en", "drivi");
    assert!(
        marked(&found[0]).iter().all(|word| word.to_lowercase().starts_with("driv")),
        "{:?}",
        marked(&found[0])
    );
}

#[test]
fn every_term_of_the_glossary_is_found() {
    for lang in languages() {
        let index = Index::new(shipped(), &lang);
        for term in shipped().words(&lang).glossary() {
            assert!(!index.find(&term.word).is_empty(), "{lang}: {}", term.word);
        }
    }
}

#[test]
fn what_is_nowhere_finds_nothing() {
    for query in ["", " ", "a", "?!", "xylophonist", "qqqqqq"] {
        assert_eq!(find("en", query), [], "{query}");
        assert_eq!(find("es", query), [], "{query}");
    }
}

#[test]
fn what_is_found_is_marked_and_the_piece_is_short() {
    for query in ["blood pressure", "ride home", "ketamine"] {
        for found in find("en", query) {
            for place in &found.places {
                let length: usize = place.snippet.iter().map(|(text, _)| text.chars().count()).sum();
                assert!(length < 400, "{length}: {:?}", place.snippet);
            }
        }
        assert!(!marked(&find("en", query)[0]).is_empty(), "{query}");
    }
}
