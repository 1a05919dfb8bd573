//! What a further language lacks: an error where somebody in danger has to understand it, one warning a file for the
//! rest; and the first language lends its words meanwhile.

use anteroom::engine::guide::words::Say;
use anteroom::engine::ids::{Lang, QuestionId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::result::result;

use crate::support::{Folder, all_clear, changed, one, several};

#[track_caller]
fn only(folder: &Folder) -> Problem {
    let problems = folder.parse().1;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    problem.clone()
}

#[test]
fn what_is_not_translated_is_one_warning_a_file() {
    let folder = Folder::small().replaced("es/screening.toml", "next = \"Cuente otra vez.\"\n", "").replaced(
        "es/screening.toml",
        "  yes = \"Fumo\"\n",
        "",
    );
    let problem = only(&folder);
    assert_eq!(
        (problem.severity, problem.file.as_str(), problem.line),
        (Severity::Warning, "es/screening.toml", 1)
    );
    assert!(
        problem.what.starts_with("2 of ")
            && problem.what.ends_with(
                " texts are not translated, so they are shown in \"en\": `question.smoke.choices.yes`, \
                 `rule.many_packs.next`."
            ),
        "{problem}"
    );
}

#[test]
fn what_somebody_in_danger_must_understand_is_an_error() {
    let slips = [
        ("es/screening.toml", "  now = \"Peligro ahora\"\n", "The choice `now` of `danger` has no words."),
        (
            "es/screening.toml",
            "reason = \"Usted merece ayuda.\"\n",
            "The choice `thoughts` of `danger` raises a level and has no reason to show.",
        ),
        (
            "es/screening.toml",
            "reason = \"Demasiado alta.\"\n",
            "The rule `pressure_stop` has no reason to show.",
        ),
        (
            "es/words.toml",
            "call = \"Call 988\"\n",
            "The phrase `help.call` is missing; the English one is shown.",
        ),
    ];
    for (path, text, what) in slips {
        let folder = Folder::small().replaced(path, text, "");
        let errors = folder.errors();
        assert!(!errors.is_empty(), "{text}");
        assert!(errors[0].what.starts_with(what), "{}", errors[0]);
        assert!(errors[0].what.ends_with("A person in danger may not understand \"en\"."), "{}", errors[0]);
        assert_eq!(errors[0].file, path);
    }
}

#[test]
fn a_page_or_a_list_that_is_not_there_in_a_further_language_is_a_warning() {
    for path in ["es/pages/visit.md", "es/plan.toml"] {
        let problem = only(&Folder::small().without(path));
        assert_eq!((problem.severity, problem.file.as_str()), (Severity::Warning, path));
        assert!(problem.remedy.starts_with("Translate it"), "{problem}");
    }
    for path in ["es/screening.toml", "es/words.toml", "en/pages/visit.md"] {
        assert_eq!(only(&Folder::small().without(path)).severity, Severity::Error, "{path}");
    }
}

#[test]
fn the_interfaces_words_of_a_further_language_are_counted() {
    let words = "[translation]\nreviewer = \"Ana Ruiz, RN\"\n[common]\nback = \"Atrás\"\n";
    let problems = Folder::small().with("es/words.toml", words).parse().1;
    let safety = Say::ALL.iter().filter(|say| say.is_about_safety()).count();
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    assert_eq!(errors, safety);
    let warnings: Vec<&Problem> =
        problems.iter().filter(|problem| problem.severity == Severity::Warning).collect();
    let [warning] = warnings.as_slice() else { panic!("{warnings:#?}") };
    let (missing, all) = (Say::ALL.len() - safety - 1, Say::ALL.len());
    assert!(warning.what.starts_with(&format!("{missing} of {all} texts are not translated")), "{warning}");
    assert!(warning.what.contains(" and "), "{warning}");
}

/// Whatever is missing, nobody stands before an empty reason or next step.
#[test]
fn the_first_language_lends_reasons_and_next_steps() {
    let gone =
        ["reason = \"El humo importa.\"\nnext = \"Dígalo al equipo.\"\n", "next = \"Cuente otra vez.\"\n"];
    let folder =
        gone.into_iter().fold(Folder::small(), |folder, text| folder.replaced("es/screening.toml", text, ""));
    let guide = folder.guide();
    let answers = changed(&all_clear(&guide), &QuestionId::from("smoke"), one("yes"));
    let answers = changed(&answers, &QuestionId::from("pills"), several(&["red"]));
    let mut answers = answers;
    answers.set(QuestionId::from("packs"), anteroom::engine::screening::answer::Answer::Number(99.0));
    let outcome = result(&guide, &answers);
    assert_eq!(outcome.reasons.len(), 3);
    let (spanish, english) = (guide.words(&Lang::from("es")), guide.words(&Lang::from("en")));
    for reason in &outcome.reasons {
        assert_ne!(spanish.reason(reason), "", "{}", reason.rule);
        assert_ne!(spanish.next_step(reason), "", "{}", reason.rule);
    }
    let smoke = outcome.reasons.iter().find(|reason| reason.rule.as_str() == "smoke.yes").unwrap();
    assert_eq!(spanish.reason(smoke), english.reason(smoke));
    let packs = outcome.reasons.iter().find(|reason| reason.rule.as_str() == "many_packs").unwrap();
    assert_ne!(spanish.reason(packs), english.reason(packs));
    assert_eq!(spanish.next_step(packs), english.next_step(packs));
}
