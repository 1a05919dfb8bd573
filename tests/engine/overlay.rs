//! A clinic's own folder is laid over the guide: what may change changes, floors hold, slips cost their line only.

use anteroom::engine::guide::Guide;
use anteroom::engine::guide::changes::{ChangeKind, changes};
use anteroom::engine::guide::reader::Place;
use anteroom::engine::ids::{ChoiceId, Lang, PageId, QuestionId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Choice, Question};
use anteroom::engine::screening::rule::Rule;
use proptest::prelude::*;

use crate::support::{Folder, cases, shipped, small};

const SCREENING: &str = "clinic:screening.toml";

/// What is asked and what it raises, wherever it stands.
fn asked(guide: &Guide) -> (Vec<Question>, Vec<Rule>) {
    let questions = guide.questions.iter().map(|old| Question { line: Place::default(), ..old.clone() });
    let rules = guide.rules.iter().map(|old| Rule { line: Place::default(), ..old.clone() });
    (questions.collect(), rules.collect())
}

fn choice<'a>(guide: &'a Guide, question: &str, choice: &str) -> &'a Choice {
    guide.question(&QuestionId::from(question)).unwrap().choice(&ChoiceId::from(choice)).unwrap()
}

#[track_caller]
fn only(problems: Vec<Problem>) -> Problem {
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.into_iter().next().unwrap()
}

#[test]
fn an_empty_folder_changes_nothing() {
    let said_nothing = Folder::shipped().with(SCREENING, "").with("clinic:settings.toml", "# Nothing yet.\n");
    let (mut guide, problems) = said_nothing.parse();
    // The version tells files apart, and an empty file is one.
    guide.version = shipped().version.clone();
    for question in &mut guide.questions {
        question.line.clinic = false;
    }
    assert_eq!(&guide, shipped());
    assert_eq!(problems, Folder::shipped().parse().1);
    assert_eq!(changes(&said_nothing.sources), []);
}

#[test]
fn settings_words_and_pages_are_laid_over_key_by_key() {
    let (guide, problems) = Folder::small()
        .with(
            "clinic:settings.toml",
            "[clinic]\nphone = \"+1 555 010 0123\"\n[numbers.packs_most]\nvalue = 15\n",
        )
        .with("clinic:en/screening.toml", "[question.smoke]\nask = \"Any smoke?\"\n")
        .with("clinic:en/plan.toml", "[task.ride]\ntitle = \"A ride\"\n")
        .with(
            "clinic:en/pages/visit.md",
            "+++\ntitle = \"Ours\"\nsummary = \"Ours.\"\nsources = [\"BOOK\"]\nreviewed_on = 2026-01-10\n\
             review_due = 2027-01-10\nreviewer = \"A. Clinician\"\nlang = \"en\"\n+++\nOurs.\n",
        )
        .parse();
    assert_eq!(problems, []);
    assert_eq!(guide.settings.clinic.name, "Small Clinic");
    assert_eq!(guide.settings.clinic.phone, "+1 555 010 0123");
    assert_eq!(guide.settings.threshold("packs_most"), Some(15.0));
    let words = &guide.words[&Lang::from("en")];
    assert_eq!(words.question(&QuestionId::from("smoke")).ask, "Any smoke?");
    assert_eq!(
        words.question(&QuestionId::from("smoke")).choice(&ChoiceId::from("no")),
        small().words[&Lang::from("en")].question(&QuestionId::from("smoke")).choice(&ChoiceId::from("no"))
    );
    assert_eq!(guide.pages[&(PageId::from("visit"), Lang::from("en"))].title, "Ours");
    assert_ne!(guide.pages[&(PageId::from("visit"), Lang::from("es"))].title, "Ours");
}

#[test]
fn stricter_is_always_fine() {
    let folder = Folder::small().with(
        SCREENING,
        "[[question]]\nid = \"smoke\"\nchoices = [ { id = \"yes\", level = \"stop\", floor = true } ]\n\
         [[rule]]\nid = \"many_packs\"\nlevel = \"stop\"\n",
    );
    let (guide, problems) = folder.parse();
    assert_eq!(problems, []);
    let yes = choice(&guide, "smoke", "yes");
    assert_eq!((yes.level, yes.floor), (Level::Stop, true));
    assert_eq!(guide.rule(&"many_packs".into()).unwrap().level, Level::Stop);
    assert_eq!(guide.questions.len(), small().questions.len());
    let kinds: Vec<_> = changes(&folder.sources).iter().map(|change| (change.kind, change.line)).collect();
    let stricter = ChangeKind::Stricter;
    assert_eq!(kinds, [(stricter, 3), (stricter, 3), (stricter, 6)]);
}

#[test]
fn milder_is_applied_where_no_floor_is_and_said() {
    let table = [
        (
            "[[question]]\nid = \"pills\"\nchoices = [ { id = \"red\", level = \"note\" } ]\n",
            "is lowered from",
        ),
        ("[[rule]]\nid = \"pressure_stop\"\nlevel = \"review\"\n", "is lowered from"),
        ("[[rule]]\nid = \"pressure_stop\"\noff = true\n", "is switched off"),
        ("[[question]]\nid = \"remarks\"\noff = true\n", "is switched off"),
        ("[[question]]\nid = \"smoke\"\nrequired = false\n", "milder than in the guide"),
    ];
    for (text, what) in table {
        let folder = Folder::small().with(SCREENING, text);
        let (guide, problems) = folder.parse();
        let problem = only(problems);
        assert_eq!((problem.severity, problem.file.as_str()), (Severity::Warning, SCREENING), "{text}");
        assert!(problem.what.contains(what), "{problem}");
        assert_ne!(asked(&guide), asked(small()), "{text}");
        assert!(!guide.partly_read);
        let changes = changes(&folder.sources);
        assert_eq!(changes.len(), 1, "{changes:?}");
        assert!(changes[0].safety && changes[0].kind < ChangeKind::Stricter, "{changes:?}");
    }
}

#[test]
fn floors_hold() {
    let of = |rest: &str| format!("[[question]]\nid = \"danger\"\n{rest}\n");
    let choice = |rest: &str| of(&format!("choices = [ {{ id = \"now\", {rest} }} ]"));
    let table = [
        choice("level = \"stop\""),
        choice("level = \"clear\""),
        choice("level = 1"),
        choice("crisis = false"),
        choice("crisis = \"no\""),
        choice("floor = false"),
        choice("unsure = true"),
        choice("exclusive = true"),
        of("off = true"),
        of("off = \"yes\"\nrequired = true"),
        of("required = false"),
        of("private = false"),
        of("ask_if = { question = \"smoke\", is = \"no\" }"),
        of("kind = \"text\""),
        of("section = \"health\""),
        of("choices = []"),
        "[[question]]\nid = \"pills\"\noff = true\n".to_owned(),
        "[[question]]\nid = \"pills\"\nchoices = [ { id = \"not-sure\", unsure = false } ]\n".to_owned(),
        "[[question]]\nid = \"pressure\"\nparts = []\n".to_owned(),
        "[[question]]\nid = \"packs\"\nmost = 1000\n".to_owned(),
        "[[question]]\nid = \"packs\"\noff = true\n".to_owned(),
        "[[question]]\nid = \"nobody\"\noff = true\n".to_owned(),
        "[[rule]]\nid = \"pressure_stop\"\nwhen = { question = \"danger\", is = \"no\" }\n".to_owned(),
    ];
    for text in table {
        let folder = Folder::small().with(SCREENING, text.as_str());
        let (guide, problems) = folder.parse();
        assert_eq!(asked(&guide), asked(small()), "{text}");
        assert_eq!(changes(&folder.sources), [], "{text}");
        if !text.contains("choices = []") {
            let problem = only(problems);
            assert_eq!((problem.severity, problem.file.as_str()), (Severity::Error, SCREENING), "{text}");
            assert!(!problem.remedy.is_empty());
        }
    }
}

#[test]
fn a_question_that_decides_whether_a_floor_is_asked_is_guarded_too() {
    let base = Folder::small().replaced(
        "screening.toml",
        "{ id = \"red\", level = \"stop\" },",
        "{ id = \"red\", level = \"stop\", floor = true },",
    );
    let base = base.replaced(
        "screening.toml",
        "kind = \"several\"\n",
        "kind = \"several\"\nask_if = { question = \"packs\", at-least = 1 }\n",
    );
    let before = base.guide();
    let condition = "ask_if = { question = \"danger\", is = \"now\" }";
    for (question, rest) in [("packs", condition), ("smoke", condition), ("smoke", "required = false")] {
        let text = format!("[[question]]\nid = \"{question}\"\n{rest}\n");
        let folder = base.clone().with(SCREENING, text);
        assert_eq!(only(folder.errors()).line, 3);
        assert_eq!(asked(&folder.guide()), asked(&before), "{question}: {rest}");
    }
}

#[test]
fn a_task_that_is_a_floor_is_always_shown() {
    let own = |rest: &str| {
        let text = format!("[[task]]\nid = \"after-no-driving\"\n{rest}\n");
        Folder::shipped().with("clinic:plan.toml", text)
    };
    let id = "after-no-driving".into();
    let before = shipped().task(&id).unwrap();
    let condition = "show_if = { question = \"safety_now\", is = \"yes-might-act\" }";
    for rest in ["off = true", "firm = false", "floor = false", "group = \"bring\"", condition] {
        let folder = own(rest);
        let guide = folder.guide();
        let after = guide.task(&id).unwrap();
        assert_eq!((after.group, after.firm, &after.show_if), (before.group, before.firm, &before.show_if));
        assert_eq!(only(folder.errors()).file, "clinic:plan.toml", "{rest}");
        assert_eq!(changes(&folder.sources), []);
    }
}

#[test]
fn another_task_may_go_and_is_said() {
    let folder = Folder::small().with("clinic:plan.toml", "[[task]]\nid = \"ride\"\noff = true\n");
    let (guide, problems) = folder.parse();
    assert_eq!(guide.task(&"ride".into()), None);
    assert_eq!(only(problems).severity, Severity::Warning);
    assert_eq!(changes(&folder.sources)[0].kind, ChangeKind::TaskOff);
}

#[test]
fn a_number_stays_within_the_guides_bounds() {
    let table = [
        "[numbers.packs_most]\nvalue = 31\n",
        "[numbers.packs_most]\nmost = 100\n",
        "[numbers.packs_most]\nleast = 0\n",
        "[numbers.packs_most]\nfrom = 12\n",
        "[numbers.packs_most]\nvalue = \"many\"\n",
        "[numbers.visit_minutes]\nfrom = 80\n",
        "[numbers.visit_minutes]\nvalue = 50\n",
        "[numbers.visit_minutes]\nto = 900\n",
        "[clinic]\nphone = \"\"\n",
        "clinic = 5\n",
    ];
    for text in table {
        let (guide, problems) = Folder::small().with("clinic:settings.toml", text).parse();
        let problem = only(problems);
        assert_eq!(
            (problem.severity, problem.file.as_str(), problem.line),
            (Severity::Error, "clinic:settings.toml", if text.starts_with("clinic") { 1 } else { 2 }),
            "{problem}"
        );
        assert_eq!(guide.settings.clinic, small().settings.clinic);
        for (key, number) in &small().settings.numbers {
            let now = &guide.settings.numbers[key];
            assert_eq!((now.from, now.to), (number.from, number.to), "{text}");
        }
    }
}

#[test]
fn a_rule_and_a_question_of_the_clinics_own_are_added() {
    let screening = "[[question]]\nid = \"tea\"\nsection = \"safety\"\nkind = \"one\"\nsources = [\"BOOK\"]\n\
                     choices = [ { id = \"no\" }, { id = \"yes\" } ]\n\
                     [[rule]]\nid = \"much_tea\"\nlevel = \"stop\"\nsources = [\"BOOK\"]\n\
                     when = { question = \"tea\", is = \"yes\" }\n";
    let words = "[question.tea]\nask = \"Tea?\"\nchoices = { no = \"No\", yes = \"Yes\" }\n\
                 [rule.much_tea]\nreason = \"Tea.\"\nnext = \"Ask.\"\n";
    let folder = Folder::small().with(SCREENING, screening).with("clinic:en/screening.toml", words);
    let (guide, problems) = folder.parse();
    // Spanish has no words for them: that is said about the clinic's own file.
    assert!(!problems.is_empty());
    for problem in &problems {
        assert_eq!((problem.file.as_str(), problem.line), ("clinic:es/screening.toml", 1), "{problem}");
    }
    assert_eq!(guide.questions[1].id, QuestionId::from("tea"));
    assert_eq!(guide.rules.last().unwrap().id, "much_tea".into());
    let kinds: Vec<_> = changes(&folder.sources).iter().map(|change| change.kind).collect();
    assert_eq!(kinds[..2], [ChangeKind::RuleAdded, ChangeKind::QuestionAdded]);
}

#[test]
fn a_question_switched_off_leaves_no_loose_ends() {
    let text = "[[question]]\nid = \"pressure\"\noff = true\n[[rule]]\nid = \"pressure_stop\"\noff = true\n\
                [[rule]]\nid = \"pressure_review\"\noff = true\n";
    let (guide, problems) = Folder::small().with(SCREENING, text).parse();
    assert_eq!(guide.question(&QuestionId::from("pressure")), None);
    assert_eq!(problems.len(), 3, "{problems:#?}");
    assert!(problems.iter().all(|problem| problem.severity == Severity::Warning), "{problems:#?}");
}

#[test]
fn a_slip_in_the_clinics_file_harms_nothing_else() {
    let table: [&[u8]; 8] = [
        b"[[question]]\nid = \"smoke\"\nchoices = [ { id = \"yes\", levle = \"stop\" } ]\n",
        b"[[question]\nid = \"danger\"\noff = true\n",
        b"question = 5\nrule = \"all\"\nsection = {}\n",
        b"[[rule]]\nid = \"pressure_stop\"\nlevel = \"stpo\"\n",
        b"[[rule]]\nlevel = \"stop\"\n",
        b"\xff\xfe\x00\x00",
        b"format = 9\n",
        b"[[rule]]\nid = \"mine\"\nlevel = \"stop\"\nwhen = { question = \"nobody\", is = \"yes\" }\n",
    ];
    for text in table {
        let (guide, problems) = Folder::small().with(SCREENING, text).parse();
        assert_eq!(asked(&guide), asked(small()), "{}", String::from_utf8_lossy(text));
        assert!(problems.iter().any(|problem| problem.severity == Severity::Error));
        for problem in &problems {
            assert_eq!(problem.file, SCREENING, "{problem}");
        }
        // Something that the clinic wanted may be lost, so no result may be too mild.
        assert!(guide.partly_read);
    }
}

/// How many patients are run over the small guide with these files of a clinic's own, and what is said of them.
fn patients_with(screening: &str, patients: &str) -> (usize, Vec<String>) {
    let folder = Folder::small().with(SCREENING, screening).with("clinic:patients.toml", patients);
    let said = folder.checked().into_iter().filter(|problem| problem.file.ends_with("patients.toml"));
    let said = said.map(|problem| format!("{}:{}: {}", problem.file, problem.line, problem.what));
    (folder.patients().len(), said.collect())
}

#[test]
fn the_guides_patients_stay_and_are_joined_by_the_clinics_own() {
    let own = "[[patient]]\nid = \"more\"\nabout = \"More.\"\nfrom = \"well\"\nlevel = \"clear\"\n";
    assert_eq!(patients_with("", own), (4, vec![]));
    let table = [
        (
            "[[patient]]\nid = \"danger-now\"\nlevel = \"clear\"\n",
            "1: The patient `danger-now` is the guide's and not the clinic's to change; what the guide says stands.",
        ),
        (
            "[[patient]]\nid = \"danger-now\"\noff = true\n",
            "1: The patient `danger-now` is the guide's and not the clinic's to change; what the guide says stands.",
        ),
        (
            "[base.well]\nsmoke = \"yes\"\n",
            "2: `smoke` of the base `well` is not the clinic's to change; what the guide says stands.",
        ),
    ];
    for (text, what) in table {
        assert_eq!(patients_with("", text), (3, vec![format!("clinic:patients.toml:{what}")]), "{text}");
    }
}

#[test]
fn the_guides_patients_are_run_over_questions_that_come_and_go() {
    let off = "[[question]]\nid = \"remarks\"\noff = true\n";
    assert_eq!(patients_with(off, ""), (3, vec![]));

    let off = "[[rule]]\nid = \"pressure_review\"\noff = true\n";
    let line = Folder::small().line("patients.toml", "red-and-high") - 1;
    let what = "The patient `red-and-high` gets another result: the reason `pressure_review` must be given and is not.";
    assert_eq!(patients_with(off, ""), (3, vec![format!("patients.toml:{line}: {what}")]));

    let new = "[[question]]\nid = \"tea\"\nsection = \"health\"\nkind = \"one\"\nsources = [\"BOOK\"]\n\
               choices = [ { id = \"no\" }, { id = \"yes\" } ]\n";
    let line = Folder::small().line("patients.toml", "[base.well]");
    let what = "The base `well` has no answer to `tea`.";
    assert_eq!(patients_with(new, ""), (1, vec![format!("patients.toml:{line}: {what}")]));
    assert_eq!(patients_with(new, "[base.well]\ntea = \"no\"\n"), (3, vec![]));
}

/// What is to come of the patients changes nothing of the guide.
#[test]
fn a_clinics_patients_are_no_part_of_the_guide() {
    let folder = Folder::small().with("clinic:patients.toml", "nonsense");
    assert_eq!(folder.parse(), Folder::small().parse());
}

/// One random wish of a clinic about a choice of the shipped guide, or about a rule.
fn wish() -> impl Strategy<Value = String> {
    let level = prop::sample::select(vec!["get-help", "stop", "review", "plan", "note", "clear", ""]);
    let key = prop::sample::select(vec![
        "crisis",
        "emergency",
        "unsure",
        "floor",
        "exclusive",
        "off",
        "required",
        "private",
        "kind",
        "ask_if",
    ]);
    let value = prop::sample::select(vec!["true", "false", "\"text\"", "0", "{}", "[]"]);
    (any::<prop::sample::Index>(), any::<prop::sample::Index>(), level, key, value, any::<bool>()).prop_map(
        |(place, nth, level, key, value, of_question)| {
            let guide = shipped();
            let place = place.index(guide.questions.len() + guide.rules.len());
            let Some(question) = guide.questions.get(place) else {
                let rule = &guide.rules[place - guide.questions.len()];
                return format!("[[rule]]\nid = \"{}\"\nlevel = \"{level}\"\n{key} = {value}\n", rule.id);
            };
            let own = if of_question { format!("{key} = {value}\n") } else { String::new() };
            let Some(choice) = question.choices().get(nth.index(question.choices().len().max(1))) else {
                return format!("[[question]]\nid = \"{}\"\n{own}", question.id);
            };
            format!(
                "[[question]]\nid = \"{}\"\n{own}choices = [ {{ id = \"{}\", level = \"{level}\", {key} = {value} }} ]\n",
                question.id, choice.id
            )
        },
    )
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn no_clinic_lowers_a_floor(wishes in prop::collection::vec(wish(), 1..12)) {
        let text: String = wishes.concat();
        let guide = Folder::shipped().with(SCREENING, text.as_str()).guide();
        let is_floor = |choice: &Choice| choice.floor || choice.crisis || choice.level == Level::GetHelp;
        for old in &shipped().questions {
            for floor in old.choices().iter().filter(|choice| is_floor(choice)) {
                let new = guide.question(&old.id);
                prop_assert!(new.is_some(), "{} is gone: {text}", old.id);
                let new = new.unwrap();
                prop_assert_eq!(&new.ask_if, &old.ask_if);
                prop_assert!(new.required || !old.required, "{} may be left out: {text}", old.id);
                let choice = new.choice(&floor.id).unwrap();
                let held = if floor.floor || floor.level == Level::GetHelp { floor.level } else { Level::Clear };
                prop_assert!(choice.level >= held, "{}.{}: {text}", old.id, floor.id);
                prop_assert!(choice.floor || !floor.floor);
                prop_assert!(choice.crisis || !floor.crisis);
                prop_assert!(choice.emergency || !floor.emergency);
                prop_assert_eq!(choice.unsure, floor.unsure);
                prop_assert_eq!(choice.exclusive, floor.exclusive);
            }
        }
        for old in shipped().rules.iter().filter(|rule| rule.floor || rule.level == Level::GetHelp) {
            prop_assert!(guide.rule(&old.id).is_some_and(|new| new.level >= old.level && new.when == old.when));
        }
    }
}
