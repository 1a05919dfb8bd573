//! What a person did before the widget ran: the screens that stand in the page, and that the engine does all of it once more.

use anteroom::engine::guide::source::Source;
use anteroom::engine::ids::{ChoiceId, Lang};
use anteroom::engine::screening::question::Kind;
use anteroom::engine::session::Message::{self, *};
use anteroom::engine::session::early::{Did, catch_up, screens};
use anteroom::engine::session::{Effect, Moment, Screen, Session, Target, Wish, open, update_first};
use proptest::prelude::*;

use crate::support::{Folder, cases, english, shipped};

fn moment() -> Moment {
    Moment { now: "2026-11-21T10:00:00Z".to_owned(), dice: 7, today: None }
}

/// Somebody who opened the widget in a language, as it stands before anything was done.
fn arrives(lang: &str) -> Session {
    let first = anteroom::engine::guide::first_paths(&Lang::from(lang));
    let files: Vec<Source> =
        Folder::shipped().sources.into_iter().filter(|source| first.contains(&source.path)).collect();
    let wish = Wish { in_parts: true, lang: Some(Lang::from(lang)), ..Wish::default() };
    let session = update_first(open(wish).0, FilesArrived(files), &moment()).0;
    assert!(session.ready);
    session
}

fn after(session: &Session, message: Message) -> Session {
    update_first(session.clone(), message, &moment()).0
}

/// Answers, screen and help: what a person sees of a session here.
fn seen(session: &Session) -> (Screen, bool, bool, String) {
    let answers = format!("{:?}", session.answers);
    (session.screen.clone(), session.help_open, session.help_offered, answers)
}

fn moves(effects: &[Effect]) -> Vec<&Effect> {
    effects.iter().filter(|effect| matches!(effect, Effect::Focus(_) | Effect::Announce(_))).collect()
}

#[test]
fn each_choice_that_opens_help_has_its_own_and_no_other_has() {
    for lang in ["en", "es"] {
        let drawn = screens(shipped(), &Lang::from(lang));
        let names: Vec<&str> = drawn.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names[..4], ["start", "question", "help", "offer"]);
        let live = after(&arrives(lang), PressedStart);
        let Screen::Question(id) = live.screen.clone() else { panic!("{:?}", live.screen) };
        let question = live.guide.question(&id).unwrap();
        assert!(matches!(question.kind, Kind::One(_)));
        let mut opened = 0;
        for choice in question.choices() {
            let chosen = after(&live, ChoseOption(id.clone(), choice.id.clone()));
            let found = drawn.iter().find(|(name, _)| *name == format!("help-{}", choice.id));
            assert_eq!(found.is_some(), chosen.help_open, "{}", choice.id);
            if let Some((_, found)) = found {
                opened += 1;
                assert_eq!(seen(found), seen(&chosen));
                assert_eq!(found.emergency(), chosen.emergency());
            }
        }
        assert_eq!(drawn.len(), 4 + opened);
        assert!(drawn[3].1.help_offered && !drawn[3].1.help_open);
        assert!(opened > 0);
    }
}

#[test]
fn the_screens_are_those_that_the_widget_shows() {
    for lang in ["en", "es"] {
        let drawn = screens(shipped(), &Lang::from(lang));
        let start = arrives(lang);
        let live = [start.clone(), after(&start, PressedStart), after(&start, OpenedHelp)];
        for ((name, drawn), live) in drawn.iter().zip(live) {
            assert_eq!(seen(drawn), seen(&live), "{name}");
            assert_eq!(drawn.lang(), live.lang(), "{name}");
            assert!(drawn.ready && !drawn.waits_for_part(), "{name}");
        }
    }
}

#[test]
fn without_a_first_question_of_one_choice_there_are_no_screens() {
    let one = Folder::small();
    let several = one.text("screening.toml").replacen("kind = \"one\"", "kind = \"several\"", 1);
    assert!(!screens(&one.guide(), &english()).is_empty());
    assert_eq!(screens(&one.with("screening.toml", several).parse().0, &english()).len(), 0);
    let none = Folder::small().with("screening.toml", "format = 1\n").parse().0;
    assert_eq!(screens(&none, &english()).len(), 0);
}

#[test]
fn a_choice_that_the_question_does_not_have_is_not_an_answer() {
    let did = [Did::Started, Did::Chose("nothing".into()), Did::MovedTo("nor-this".into())];
    let session = catch_up(arrives("en"), &did, update_first, &moment()).0;
    assert!(matches!(session.screen, Screen::Question(_)) && session.answers.is_empty());
    // Nor is one that comes where no question is shown.
    let session = catch_up(arrives("en"), &did[1..], update_first, &moment()).0;
    assert!(session.screen == Screen::Start && session.answers.is_empty());
}

#[test]
fn only_what_the_person_waits_for_moves_the_focus() {
    let (session, effects) =
        catch_up(arrives("en"), &[Did::Started, Did::Chose("no".into())], update_first, &moment());
    assert_eq!(moves(&effects), Vec::<&Effect>::new());
    let first = session.screen.clone();
    let did = [Did::Started, Did::Chose("no".into()), Did::Continued];
    let (session, effects) = catch_up(arrives("en"), &did, update_first, &moment());
    assert!(matches!(session.screen, Screen::Question(_)) && session.screen != first);
    assert_eq!(moves(&effects), [&Effect::Focus(Target::Heading)]);
    // Without an answer it is said what is missing.
    let (_, effects) = catch_up(arrives("en"), &[Did::Started, Did::Continued], update_first, &moment());
    assert_eq!(moves(&effects), [&Effect::Focus(Target::ErrorSummary)]);
    // From an answer that they went back from, the way leads on.
    let did = [Did::Started, Did::Chose("no".into()), Did::WentBack, Did::Started];
    let (session, effects) = catch_up(arrives("en"), &did, update_first, &moment());
    assert!(matches!(session.screen, Screen::Question(_)) && session.screen != first);
    assert_eq!(moves(&effects), [&Effect::Focus(Target::Heading)]);
}

proptest! {
    #![proptest_config(cases(48))]
    #[test]
    fn what_was_done_is_done_once_more(did in prop::collection::vec(did(), 0..12)) {
        let mut live = arrives("en");
        for did in &did {
            let Some(message) = message(&live, did) else { continue };
            live = after(&live, message);
        }
        let (caught_up, _) = catch_up(arrives("en"), &did, update_first, &moment());
        prop_assert_eq!(caught_up, live);
    }
}

fn did() -> impl Strategy<Value = Did> {
    let choice = || {
        prop_oneof![Just("no"), Just("yes-might-act"), Just("yes-would-not-act"), Just("rather-not-say")]
            .prop_map(ChoiceId::from)
    };
    prop_oneof![
        Just(Did::Started),
        choice().prop_map(Did::Chose),
        choice().prop_map(Did::MovedTo),
        Just(Did::OpenedHelp),
        Just(Did::ClosedHelp),
        Just(Did::WentBack),
        Just(Did::Continued),
    ]
}

/// What the widget would have sent, written anew: a press on the question that is shown.
fn message(session: &Session, did: &Did) -> Option<Message> {
    let shown = match &session.screen {
        Screen::Question(id) => Some(id.clone()),
        _ => None,
    };
    let has = |choice: &ChoiceId| {
        let question = session.guide.question(shown.as_ref()?)?;
        question.choice(choice).map(|_| question.id.clone())
    };
    Some(match did {
        Did::Started => PressedStart,
        Did::Chose(choice) => ChoseOption(has(choice)?, choice.clone()),
        Did::MovedTo(choice) => MovedToOption(has(choice)?, choice.clone()),
        Did::OpenedHelp => OpenedHelp,
        Did::ClosedHelp => ClosedHelp,
        Did::WentBack => PressedBack,
        Did::Continued => PressedContinue,
    })
}
