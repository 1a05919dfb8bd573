//! Pages come when somebody reads, all of them at once, and are read one by one.

use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, is_page};
use anteroom::engine::ids::PageId;
use anteroom::engine::session::Message::*;
use anteroom::engine::session::{Effect, Message, Screen, Wish, open};
use proptest::prelude::*;

use crate::session::Person;
use crate::support::{Folder, TODAY};

/// Somebody at the shipped guide, of which everything has come but the pages.
fn arrives() -> Person {
    let (_, others): (Vec<Source>, Vec<Source>) = pages_and_others();
    Person::arrives_at(Folder { sources: others })
}

fn pages_and_others() -> (Vec<Source>, Vec<Source>) {
    Folder::shipped().sources.into_iter().partition(|source| is_page(&source.path))
}

/// The pages that are asked for, in order.
fn asked_for(effects: &[Effect]) -> Vec<String> {
    let load = |effect: &Effect| if let Effect::Load(paths) = effect { paths.clone() } else { Vec::new() };
    effects.iter().flat_map(load).filter(|path| is_page(path)).collect()
}

fn id(page: &str) -> PageId {
    PageId::from(page)
}

/// What the network brings of these files.
fn brought(paths: &[String]) -> Message {
    let (pages, _) = pages_and_others();
    FilesArrived(pages.into_iter().filter(|source| paths.contains(&source.path)).collect())
}

fn shipped_pages() -> Vec<PageId> {
    crate::support::shipped().settings.pages.clone()
}

proptest! {
    #![proptest_config(crate::support::cases(24))]

    #[test]
    fn pages_read_in_later_make_the_guide_that_is_read_at_once(order in Just(shipped_pages()).prop_shuffle(), cuts in prop::collection::vec(0_usize..24, 0..4)) {
        let sources = Folder::shipped().sources;
        let (at_once, _) = guide::parse(&sources, Some(TODAY));
        let (mut guide, mut problems) = guide::parse_without_pages(&sources, Some(TODAY));
        prop_assert!(guide.pages.is_empty());
        let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(order.len())).chain([0, order.len()]).collect();
        cuts.sort_unstable();
        for ends in cuts.windows(2) {
            guide::read_pages(&mut guide, &order[ends[0]..ends[1]], &sources, Some(TODAY), &mut problems);
        }
        prop_assert_eq!(guide, at_once);
    }

    #[test]
    fn whichever_page_is_opened_the_same_files_are_asked_for_in_the_same_order(place in 0_usize..24) {
        let pages = shipped_pages();
        let mut person = arrives();
        person.does(OpenedPage(pages[place % pages.len()].clone()));
        let asked = asked_for(&person.effects);
        let mut other = arrives();
        other.does(OpenedSearch);
        prop_assert_eq!(&asked, &asked_for(&other.effects));
        prop_assert_eq!(asked.len(), pages.len());
        // No later page tells anything either.
        person.does(brought(&asked));
        person.does(OpenedPage(pages[(place + 7) % pages.len()].clone()));
        prop_assert_eq!(asked_for(&person.effects), [""; 0]);
    }
}

#[test]
fn what_is_wrong_with_pages_is_said_whenever_they_are_read() {
    let path = "en/pages/visit.md";
    let folder =
        Folder::small().and(path, "\n[There](after.md#nowhere) and [no](gone.md) and ![x](http:y)\n");
    let (_, at_once) = guide::parse(&folder.sources, Some(TODAY));
    let (mut guide, mut problems) = guide::parse_without_pages(&folder.sources, Some(TODAY));
    assert!(problems.iter().all(|problem| problem.file != path), "{problems:?}");
    let pages = guide.settings.pages.clone();
    guide::read_pages(&mut guide, &pages, &folder.sources, Some(TODAY), &mut problems);
    assert!(problems.iter().any(|problem| problem.file == path));
    let told = |problems: &[_]| -> Vec<String> {
        let mut told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        told.sort();
        told
    };
    assert_eq!(told(&problems), told(&at_once));
}

#[test]
fn nothing_is_asked_for_before_somebody_reads_and_only_what_is_shown_is_read() {
    let mut person = arrives();
    assert_eq!(asked_for(&person.effects), [""; 0]);
    person.does(PressedStart);
    assert_eq!(asked_for(&person.effects), [""; 0]);
    let version = person.session.guide.version.clone();

    person.does(OpenedPage(id("risks")));
    assert!(person.session.is_coming(&id("risks")));
    let asked = asked_for(&person.effects);
    person.does(brought(&asked));
    let read = person.session.guide.pages.len();
    assert!(person.session.page(&id("risks")).is_some());
    // Itself and its neighbours.
    assert_eq!(read, 2 + usize::from(person.session.guide.settings.neighbours(&id("risks")).1.is_some()));
    assert_eq!(person.session.guide.version, version, "a version tells nobody what was read");

    person.does(OpenedPages(None));
    assert_eq!(person.session.guide.pages.len(), shipped_pages().len());
}

#[test]
fn a_page_that_the_host_page_wished_for_comes_alone() {
    let (session, effects) = open(Wish { page: Some(id("risks")), ..Wish::default() });
    let mut person = Person::at(session, effects);
    let (_, others) = pages_and_others();
    person.does(FilesArrived(others));
    assert_eq!(asked_for(&person.effects), ["en/pages/risks.md"]);
    person.does(brought(&["en/pages/risks.md".to_owned()]));
    assert!(person.session.page(&id("risks")).is_some());
    assert_eq!(asked_for(&person.effects), [""; 0]);
    // What is read from there on is nobody's business.
    person.does(OpenedPage(id("costs")));
    assert_eq!(asked_for(&person.effects).len(), shipped_pages().len() - 1);
}

#[test]
fn a_page_that_did_not_load_is_tried_again_when_it_is_opened_again() {
    let mut person = arrives();
    person.does(OpenedPage(id("risks")));
    let asked = asked_for(&person.effects);
    let lost = "en/pages/risks.md".to_owned();
    let (pages, _) = pages_and_others();
    let come = pages.into_iter().filter(|source| asked.contains(&source.path)).map(|source| {
        if source.path == lost { Source::missing(&lost, "the network did not answer") } else { source }
    });
    person.does(FilesArrived(come.collect()));
    assert!(person.session.page(&id("risks")).is_none());
    assert!(!person.session.is_coming(&id("risks")));
    assert!(
        person.session.errors().iter().any(|error| error.contains("risks.md")),
        "{:?}",
        person.session.errors()
    );

    person.does(PressedBack).does(OpenedPage(id("risks")));
    assert_eq!(asked_for(&person.effects), [lost.as_str()]);
    assert!(person.session.is_coming(&id("risks")));
    person.does(brought(&[lost]));
    assert!(person.session.page(&id("risks")).is_some());
    assert_eq!(person.session.errors(), [""; 0]);
    assert_eq!(person.session.screen, Screen::Page(id("risks")));
}

#[test]
fn the_pages_of_another_language_come_when_it_is_chosen_while_one_is_read() {
    let mut person = arrives();
    person.does(OpenedPage(id("risks")));
    let asked = asked_for(&person.effects);
    person.does(brought(&asked));
    person.does(ChoseLanguage("es".into()));
    let asked = asked_for(&person.effects);
    assert_eq!(asked.iter().filter(|path| is_page(path)).count(), shipped_pages().len(), "{asked:?}");
    person.does(brought(&asked));
    let (lang, _) = person.session.page(&id("risks")).unwrap();
    assert_eq!(lang.as_str(), "es");
}

#[test]
fn the_pages_of_a_language_are_named_once_for_when_there_is_no_network() {
    let named = |effects: &[Effect]| -> Vec<usize> {
        let kept = |effect: &Effect| {
            if let Effect::KeepForOffline(paths) = effect { Some(paths.len()) } else { None }
        };
        effects.iter().filter_map(kept).collect()
    };
    let mut person = arrives();
    assert_eq!(named(&person.effects), [shipped_pages().len()]);
    person.does(PressedStart);
    assert_eq!(named(&person.effects), [0; 0]);
}
