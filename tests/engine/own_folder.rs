//! A clinic's own folder in the widget: which files are asked for, and what a patient meets when some are missing.

use std::collections::BTreeSet;

use anteroom::engine::guide::source::Source;
use anteroom::engine::ids::QuestionId;
use anteroom::engine::screening::level::Level;
use anteroom::engine::session::{Effect, HostEvent, Message, Moment, Session, Wish, open, update};

use crate::support::{Folder, one};

const SETTINGS: &str = "[clinic]\nname = \"Springfield Infusion\"\nphone = \"+1 555 010 0123\"\n";

/// The files that the browser is told to read.
fn asked_for(effects: &[Effect]) -> Vec<String> {
    let paths = effects.iter().filter_map(|effect| match effect {
        Effect::Load(paths) => Some(paths.clone()),
        _ => None,
    });
    paths.flatten().collect()
}

/// Opens the widget and hands in whatever it asks for, as a browser does. Gives the session, and what was asked for.
fn opened(served: &Folder) -> (Session, Vec<String>) {
    let moment = Moment { now: "2026-12-01T10:00:00Z".to_owned(), dice: 1, today: None };
    let wish = Wish { clinic: true, phone: "+1 555 010 0177".to_owned(), ..Wish::default() };
    let (mut session, mut effects) = open(wish);
    let mut asked = Vec::new();
    for _ in 0..10 {
        let paths = asked_for(&effects);
        if paths.is_empty() {
            let once: BTreeSet<&String> = asked.iter().collect();
            assert_eq!(once.len(), asked.len(), "a file was asked for twice: {asked:?}");
            return (session, asked);
        }
        let files = paths.iter().map(|path| {
            let found = served.sources.iter().find(|source| source.path == *path);
            found.cloned().unwrap_or_else(|| Source::missing(path, "the server answered 404"))
        });
        let files = files.collect();
        asked.extend(paths);
        (session, effects) = update(session, Message::FilesArrived(files), &moment);
    }
    panic!("the widget asks for files for ever: {asked:?}");
}

fn level_of(session: &Session, question: &str, choice: &str) -> Level {
    let question = session.guide.question(&QuestionId::from(question)).unwrap();
    question.choices().iter().find(|entry| entry.id.as_str() == choice).unwrap().level
}

#[test]
fn only_the_files_that_the_clinic_names_are_asked_for() {
    let served = Folder::small()
        .with(
            "clinic:settings.toml",
            format!("files = [\"screening.toml\", \"en/pages/visit.md\"]\n{SETTINGS}"),
        )
        .with(
            "clinic:screening.toml",
            "[[question]]\nid = \"smoke\"\nchoices = [{ id = \"yes\", level = \"stop\" }]\n",
        )
        .with("clinic:en/pages/visit.md", Folder::small().text("en/pages/visit.md"));
    let (session, asked) = opened(&served);
    assert!(session.ready);
    assert_eq!(session.problems.len(), 0, "{:?}", session.problems);
    assert_eq!(session.guide.settings.clinic.name, "Springfield Infusion");
    assert_eq!(level_of(&session, "smoke", "yes"), Level::Stop);
    let own: Vec<&String> = asked.iter().filter(|path| path.starts_with("clinic:")).collect();
    assert_eq!(own, ["clinic:settings.toml", "clinic:screening.toml", "clinic:en/pages/visit.md"]);
    assert!(!asked.contains(&"en/pages/visit.md".to_owned()), "the clinic's own page stands in for it");
}

#[test]
fn nothing_is_asked_before_the_clinics_own_settings_have_come() {
    let moment = Moment::default();
    let (session, effects) = open(Wish { clinic: true, ..Wish::default() });
    let [Effect::Keep(_), Effect::Load(first)] = effects.as_slice() else { panic!("{effects:?}") };
    let base: Vec<Source> =
        Folder::small().sources.into_iter().filter(|source| first.contains(&source.path)).collect();
    assert_eq!(base.len() + 1, first.len());
    let (session, effects) = update(session, Message::FilesArrived(base), &moment);
    assert!(!session.ready);
    assert_eq!(effects, []);
}

#[test]
fn a_clinic_whose_folder_is_missing_gets_no_milder_result_and_no_other_clinics_phone() {
    let (mut session, _) = opened(&Folder::small());
    assert!(session.ready);
    assert!(
        session.errors().iter().any(|error| error.contains("clinic:settings.toml")),
        "{:?}",
        session.errors()
    );
    assert_eq!(session.guide.settings.clinic.name, "");
    assert_eq!(session.phone(), "+1 555 010 0177");
    session.answers.set(QuestionId::from("danger"), one("no"));
    assert!(session.outcome().reasons.iter().any(|reason| reason.level == Level::Review));
}

#[test]
fn a_stricter_file_that_is_named_and_missing_gets_no_milder_result() {
    let served =
        Folder::small().with("clinic:settings.toml", format!("files = [\"screening.toml\"]\n{SETTINGS}"));
    let (session, _) = opened(&served);
    assert!(session.guide.partly_read);
    assert!(
        session.errors().iter().any(|error| error.contains("clinic:screening.toml")),
        "{:?}",
        session.errors()
    );
}

#[test]
fn a_name_that_no_file_of_the_guide_has_is_an_error_with_the_likely_one() {
    let served =
        Folder::small().with("clinic:settings.toml", format!("files = [\"screening.tml\"]\n{SETTINGS}"));
    let (session, _) = opened(&served);
    let errors = session.errors();
    assert!(errors.iter().any(|error| error.contains("Did you mean `screening.toml`?")), "{errors:?}");
}

#[test]
fn the_guides_own_settings_name_no_files() {
    let folder = Folder::small();
    let text = folder.text("settings.toml");
    let problems = folder.with("settings.toml", format!("files = [\"screening.toml\"]\n{text}")).errors();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].what.contains("clinic's own folder"), "{problems:?}");
}

#[test]
fn a_language_and_a_page_of_the_clinics_own_are_not_looked_for_in_the_guide() {
    let settings = format!(
        "files = [\"fr/words.toml\", \"fr/screening.toml\", \"fr/plan.toml\", \"fr/glossary.toml\", \"fr/pages/visit.md\", \"fr/pages/after.md\"]\n\
         [guide]\nlanguages = [\"en\", \"es\", \"fr\"]\n{SETTINGS}"
    );
    let mut served = Folder::small().with("clinic:settings.toml", settings);
    for name in
        ["words.toml", "screening.toml", "plan.toml", "glossary.toml", "pages/visit.md", "pages/after.md"]
    {
        let text = served.text(&format!("en/{name}")).replace("lang = \"en\"", "lang = \"fr\"");
        served = served.with(&format!("clinic:fr/{name}"), text);
    }
    let (session, _) = opened(&served);
    let moment = Moment::default();
    let (mut session, mut effects) =
        update(session, Message::ChoseLanguage(anteroom::engine::ids::Lang::from("fr")), &moment);
    let mut asked = Vec::new();
    for _ in 0..5 {
        let paths = asked_for(&effects);
        let files = paths.iter().map(|path| {
            let found = served.sources.iter().find(|source| source.path == *path);
            found.cloned().unwrap_or_else(|| panic!("{path} is nowhere"))
        });
        let files = files.collect();
        asked.extend(paths);
        (session, effects) = update(session, Message::FilesArrived(files), &moment);
    }
    assert!(asked.iter().all(|path| path.starts_with("clinic:fr/")), "{asked:?}");
    assert_eq!(session.lang().as_str(), "fr");
    let errors = session.errors();
    assert_eq!(errors, [""; 0]);
}

#[test]
fn the_host_is_told_that_the_widget_is_ready_once() {
    let served = Folder::small().with("clinic:settings.toml", SETTINGS);
    let moment = Moment::default();
    let (mut session, effects) = open(Wish { clinic: true, ..Wish::default() });
    let [Effect::Keep(_), Effect::Load(first)] = effects.as_slice() else { panic!("{effects:?}") };
    let files = served.sources.iter().filter(|source| first.contains(&source.path)).cloned().collect();
    let effects;
    (session, effects) = update(session, Message::FilesArrived(files), &moment);
    assert!(session.ready);
    assert!(effects.contains(&Effect::TellHost(HostEvent::Ready)));
}
