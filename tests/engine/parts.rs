//! The widget in two parts: what the first one does is what the whole does, and what needs the rest waits and is not lost.

use anteroom::engine::guide::source::Source;
use anteroom::engine::ids::{ChoiceId, Lang, PageId, QuestionId};
use anteroom::engine::keep::KeepEffect;
use anteroom::engine::part::PartMessage;
use anteroom::engine::problem::Severity;
use anteroom::engine::session::Message::{self, *};
use anteroom::engine::session::{Effect, Moment, Screen, Session, Wish, open, update, update_first};
use proptest::prelude::*;

use crate::support::{Folder, cases};

fn moment() -> Moment {
    Moment { now: "2026-11-21T10:00:00Z".to_owned(), dice: 7, today: None }
}

/// The files of the first view, and the others.
fn files() -> (Vec<Source>, Vec<Source>) {
    let first = anteroom::engine::guide::first_paths(&Lang::from("en"));
    let groups = "\n[[page_group]]\nid = \"read\"\npages = [\"visit\", \"after\"]\n";
    Folder::small()
        .and("settings.toml", groups)
        .sources
        .into_iter()
        .partition(|source| first.contains(&source.path))
}

/// Somebody who opened the widget, of which only the first part has come.
fn arrives() -> Session {
    let (session, _) = open(Wish { in_parts: true, ..Wish::default() });
    let (session, effects) = update_first(session, FilesArrived(files().0), &moment());
    assert!(session.ready && effects.contains(&Effect::LoadPart));
    session
}

/// The same where everything is there at once.
fn arrives_whole() -> Session {
    update(open(Wish::default()).0, FilesArrived(files().0), &moment()).0
}

fn first(session: Session, message: Message) -> Session {
    update_first(session, message, &moment()).0
}

fn whole(session: Session, message: Message) -> Session {
    update(session, message, &moment()).0
}

fn came(session: Session) -> Session {
    whole(session, Part(PartMessage::Came))
}

/// What a person can do before the result.
fn early() -> impl Strategy<Value = Message> {
    let question = prop_oneof![Just("danger"), Just("smoke"), Just("pills")].prop_map(QuestionId::from);
    let choice = prop_oneof![Just("yes"), Just("no"), Just("none")].prop_map(ChoiceId::from);
    prop_oneof![
        Just(PressedStart),
        Just(PressedHome),
        Just(PressedBack),
        Just(OpenedHelp),
        Just(ClosedHelp),
        Just(PressedClear),
        Just(Calm(anteroom::engine::calm::CalmMessage::Switched)),
        (question.clone(), choice.clone()).prop_map(|(question, choice)| ChoseOption(question, choice)),
        (question.clone(), choice.clone()).prop_map(|(question, choice)| MovedToOption(question, choice)),
        (question, choice).prop_map(|(question, choice)| ToggledOption(question, choice)),
        (0..3_usize, "[0-9]{0,3}").prop_map(|(field, text)| TypedField(field, text)),
        Just(PressedContinue),
        Just(PressedContinue),
        Just(PressedContinue),
    ]
}

/// What needs the rest.
fn late() -> impl Strategy<Value = Message> {
    prop_oneof![
        Just(OpenedPages(None)),
        Just(OpenedSearch),
        Just(OpenedDeeds),
        Just(OpenedPage(PageId::from("costs"))),
        Just(PressedSeeSoFar),
        Just(PressedReview),
        Just(PressedSeeResult),
    ]
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn what_the_first_part_does_is_what_the_whole_does(
        messages in prop::collection::vec(early(), 0..24),
        waits in prop::option::of(late()),
    ) {
        let mut parted = arrives();
        let mut all = arrives_whole();
        for message in messages {
            parted = first(parted, message.clone());
            all = whole(all, message);
        }
        // The files of what comes later are there sooner than the code that reads them, and are read before what waits.
        all = whole(all, FilesArrived(files().1));
        if let Some(message) = waits {
            parted = first(parted, message.clone());
            all = whole(all, message);
        }
        parted = first(parted, FilesArrived(files().1));
        prop_assert_eq!(came(parted), all);
    }
}

#[test]
fn whoever_presses_what_has_not_come_waits_and_then_gets_it() {
    let waiting = first(arrives(), OpenedPage(PageId::from("costs")));
    assert!(waiting.waits_for_part() && waiting.screen == Screen::Start);
    assert_eq!(came(waiting).screen, Screen::Page(PageId::from("costs")));
}

#[test]
fn a_second_wish_replaces_the_first_and_back_takes_it_away() {
    let twice = first(first(arrives(), OpenedSearch), OpenedDeeds);
    assert_eq!(came(twice.clone()).screen, Screen::Deeds);
    let back = first(twice, PressedBack);
    assert!(!back.waits_for_part());
    assert_eq!(came(back).screen, Screen::Start);
}

#[test]
fn a_part_that_fails_to_load_loses_nothing_and_can_be_tried_again() {
    let answered =
        first(first(arrives(), PressedStart), ChoseOption(QuestionId::from("danger"), ChoiceId::from("no")));
    let failed = first(first(answered, PressedSeeSoFar), Part(PartMessage::Failed));
    assert!(failed.waits_for_part() && failed.lacks_part());
    let (again, effects) = update_first(failed, Part(PartMessage::PressedAgain), &moment());
    assert!(effects.contains(&Effect::LoadPart) && !again.lacks_part());
    let there = came(again);
    assert_eq!(there.screen, Screen::Result);
    assert!(!there.answers.is_empty());
}

#[test]
fn help_and_the_way_out_wait_for_nothing() {
    let waiting = first(first(arrives(), OpenedSearch), Part(PartMessage::Failed));
    assert!(first(waiting.clone(), OpenedHelp).help_open);
    let (_, effects) = update_first(waiting, PressedLeave, &moment());
    assert_eq!(effects, [Effect::Keep(KeepEffect::Wipe), Effect::Leave]);
}

#[test]
fn a_page_that_is_asked_for_by_its_address_asks_for_the_rest_at_once() {
    let wish = Wish { in_parts: true, page: Some(PageId::from("costs")), ..Wish::default() };
    assert!(open(wish).1.contains(&Effect::LoadPart));
}

#[test]
fn what_is_wrong_with_the_whole_guide_is_said_once_the_rest_is_there() {
    let session = came(arrives());
    assert_eq!(session.problems, arrives_whole().problems);
}

#[test]
fn the_first_part_reads_the_questions_as_the_whole_does_and_finds_nothing_wrong_with_them() {
    for lang in ["en", "es"].map(Lang::from) {
        let paths = anteroom::engine::guide::first_paths(&lang);
        let sources: Vec<Source> =
            Folder::shipped().sources.into_iter().filter(|source| paths.contains(&source.path)).collect();
        let (first, problems) = anteroom::engine::guide::parse_first(&sources, None);
        assert_eq!(problems.iter().filter(|problem| problem.severity == Severity::Error).count(), 0);
        let (whole, _) = anteroom::engine::guide::parse(&sources, None);
        assert_eq!((first.questions.len(), first.rules.len()), (whole.questions.len(), whole.rules.len()));
        assert!(
            first.questions == whole.questions && first.rules == whole.rules && first.carer == whole.carer
        );
        assert_eq!(first.settings.numbers, whole.settings.numbers);
        for question in &whole.questions {
            assert_eq!(first.words[&lang].question(&question.id), whole.words[&lang].question(&question.id));
        }
    }
}

/// The shipped files, those of the first view apart from the others.
fn shipped_files() -> (Vec<Source>, Vec<Source>) {
    let first = anteroom::engine::guide::first_paths(&Lang::from("en"));
    Folder::shipped().sources.into_iter().partition(|source| first.contains(&source.path))
}

/// The first question, with all files there.
fn first_with(early: &[Source], late: &[Source]) -> Session {
    let (session, _) = open(Wish { in_parts: true, ..Wish::default() });
    let session = first(first(session, FilesArrived(early.to_vec())), PressedStart);
    first(session, FilesArrived(late.to_vec()))
}

#[test]
fn how_many_questions_there_are_is_said_once_all_of_them_are_known() {
    let (early, late) = shipped_files();
    let (question, all) = (QuestionId::from("safety_now"), Folder::shipped().guide().questions.len());
    let (session, _) = open(Wish { in_parts: true, ..Wish::default() });
    let session = first(first(session, FilesArrived(early.clone())), PressedStart);
    assert!(session.guide.questions.len() < all);
    assert_eq!(session.step(&question), (1, None));
    // The files can be there before what reads them.
    let session = first(session, FilesArrived(late.clone()));
    assert_eq!(session.step(&question), (1, None));
    assert_eq!(came(session).step(&question), (1, Some(all)));

    let session = whole(open(Wish::default()).0, FilesArrived(early.clone()));
    assert_eq!(session.step(&question), (1, None));
    let (scores, others): (Vec<Source>, Vec<Source>) =
        late.iter().cloned().partition(|source| source.path.ends_with("instruments.toml"));
    let session = whole(session, FilesArrived(others));
    assert_eq!(session.step(&question), (1, None));
    assert_eq!(whole(session, FilesArrived(scores)).step(&question), (1, Some(all)));

    // An answer that asks for help now ends the questions, and is no "1 of 1".
    let danger = first(
        came(first_with(&early, &late)),
        ChoseOption(question.clone(), ChoiceId::from("yes-might-act")),
    );
    assert!(danger.journey().ended_by_get_help);
    assert_eq!(danger.step(&question), (1, None));

    // A file that could not be loaded has no more questions to come.
    let lost = |path: &str| Source { path: path.to_owned(), content: Err("not found".to_owned()) };
    let session = whole(open(Wish::default()).0, FilesArrived(early.clone()));
    let session = whole(session, FilesArrived(vec![lost("instruments.toml"), lost("en/instruments.toml")]));
    let (_, total) = session.step(&question);
    assert_eq!(total, Some(session.guide.questions.len()));

    // Nothing more comes where all instruments are switched off.
    let off = Folder::shipped().replaced("settings.toml", "on = [\"phq2\", \"gad2\"]", "on = []").sources;
    let paths = anteroom::engine::guide::first_paths(&Lang::from("en"));
    let off = off.into_iter().filter(|source| paths.contains(&source.path)).collect();
    let (session, _) = open(Wish { in_parts: true, ..Wish::default() });
    let session = first(session, FilesArrived(off));
    assert_eq!(session.step(&question), (1, Some(session.guide.questions.len())));
}
