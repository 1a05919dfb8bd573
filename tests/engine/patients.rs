//! Virtual patients: read with every slip said, and run with every difference said.

use anteroom::engine::guide::patients::{Expected, Patient, run};
use anteroom::engine::guide::reader::Place;
use anteroom::engine::guide::{self, paths};
use anteroom::engine::ids::{PatientId, QuestionId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::answer::Answers;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::{Outcome, result};
use proptest::prelude::*;

use crate::support::{Folder, cases, english, full_answers, shipped, small};

const FILE: &str = "patients.toml";
const CHANGE_BACK: &str =
    "Change the rule back, or change the patient if the change is meant and a clinician agrees.";
const SEE_FORMAT: &str = "Write it as docs/content-format.html shows.";

fn error(line: usize, what: &str, remedy: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        file: FILE.to_owned(),
        line,
        what: what.to_owned(),
        remedy: remedy.to_owned(),
    }
}

/// The small guide with one patient more, who begins on this line.
fn with_patient(lines: &str) -> (Folder, usize) {
    let folder = Folder::small();
    let line = folder.text(FILE).lines().count() + 2;
    (folder.and(FILE, &format!("\n[[patient]]\n{lines}\n")), line)
}

/// One slip in a further patient: said on the `below`th line of them, and none of the others is lost.
#[track_caller]
fn check_slip(lines: &str, below: usize, what: &str, remedy: &str) {
    let (folder, line) = with_patient(lines);
    assert_eq!(folder.checked(), [error(line + below, what, remedy)]);
    assert_eq!(folder.patients().len(), Folder::small().patients().len(), "the patient is left out");
}

/// A further patient who is sound and gets another result.
#[track_caller]
fn check_failing(lines: &str, differences: &str) {
    let (folder, line) = with_patient(&format!("id = \"x\"\nabout = \"X.\"\n{lines}"));
    let what = format!("The patient `x` gets another result: {differences}.");
    assert_eq!(folder.checked(), [error(line, &what, CHANGE_BACK)]);
}

#[test]
fn the_patients_of_the_small_guide_are_read() {
    let patients = Folder::small().patients();
    let ids: Vec<&str> = patients.iter().map(|patient| patient.id.as_str()).collect();
    assert_eq!(ids, ["well", "danger-now", "red-and-high"]);
    let patient = &patients[2];
    assert_eq!(patient.about, "Kim takes the red pill and has a high pressure.");
    assert_eq!(patient.line, Place::line(Folder::small().line(FILE, "red-and-high") - 1));
    let said = |id: &str| serde_json::to_value(patient.answers.get(&QuestionId::from(id))).unwrap();
    assert_eq!(said("pressure"), serde_json::json!({"high": 150.0, "low": 80.0}));
    assert_eq!(said("pills"), serde_json::json!(["blue", "red"]));
    assert_eq!(said("danger"), "no", "from the base");
    assert_eq!(said("remarks"), serde_json::Value::Null, "passed by");
}

#[test]
fn a_level_that_was_lowered_fails_the_patient_who_needed_it() {
    let folder = Folder::small().replaced("screening.toml", "id = \"red\", level = \"stop\"", "id = \"red\"");
    let line = folder.line(FILE, "red-and-high") - 1;
    let what = "The patient `red-and-high` gets another result: the level must be `stop` and is `review`; the \
                reason `pills.red` must be given and is not.";
    assert_eq!(folder.checked(), [error(line, what, CHANGE_BACK)]);
    assert_eq!(
        folder.checked()[0].to_string(),
        format!("patients.toml:{line}: error: {what} {CHANGE_BACK}"),
        "said as every other problem"
    );
}

#[test]
fn every_difference_is_said() {
    check_failing("from = \"well\"\nlevel = \"note\"", "the level must be `note` and is `clear`");
    check_failing(
        "from = \"well\"\nanswers = { smoke = \"yes\" }\nlevel = \"note\"",
        "the reason `smoke.yes` is given and must not be",
    );
    check_failing(
        "from = \"well\"\nanswers = { smoke = \"yes\" }\nlevel = \"note\"\nreasons = { plan = [\"smoke.yes\"] }",
        "the reason `smoke.yes` must be `plan` and is `note`",
    );
    check_failing(
        "from = \"well\"\nlevel = \"clear\"\ncrisis = true",
        "the crisis panel must open and does not",
    );
    check_failing(
        "from = \"well\"\nanswers = { pills = \"voices\" }\nlevel = \"clear\"",
        "the crisis panel opens and must not",
    );
    check_failing("level = \"incomplete\"", "the next question must be none and is `danger`");
    check_failing(
        "from = \"well\"\nwithout = [\"pills\"]\nlevel = \"incomplete\"\nnext = \"smoke\"\nunanswered = []",
        "the next question must be `smoke` and is `pills`; the open questions must be none and are `pills`",
    );
}

#[test]
fn a_slip_is_said_with_its_line_and_remedy() {
    let x = "id = \"x\"\nabout = \"X.\"\nfrom = \"well\"\nlevel = \"clear\"\n";
    let slip = |more: &str, what: &str, remedy: &str| check_slip(&format!("{x}{more}"), 5, what, remedy);
    slip("answers = { smokee = \"no\" }", "There is no question `smokee`.", "Did you mean `smoke`?");
    slip("answers = { sleep = 1 }", "There is no question `sleep`.", "`anteroom list` names them all.");
    slip(
        "answers = { smoke = \"not-shure\" }",
        "The question `smoke` has no choice `not-shure`.",
        "Did you mean `not-sure`?",
    );
    slip(
        "answers = { smoke = \"sometimes\" }",
        "The question `smoke` has no choice `sometimes`.",
        "The choices are `no`, `yes`, `not-sure`.",
    );
    slip(
        "answers = { pills = [\"red\", \"bleu\"] }",
        "The question `pills` has no choice `bleu`.",
        "Did you mean `blue`?",
    );
    slip(
        "answers = { pills = [\"red\", \"none\"] }",
        "The answer to `pills` cannot be used: a choice that stands alone, such as `none`, was given together with \
         others.",
        SEE_FORMAT,
    );
    slip(
        "answers = { pressure = { high = 150 } }",
        "The answer to `pressure` cannot be used: `low` is missing.",
        SEE_FORMAT,
    );
    slip(
        "answers = { packs = 500 }",
        "The answer to `packs` cannot be used: 500 is outside of 0 to 100 packs.",
        SEE_FORMAT,
    );
    slip(
        "answers = { packs = inf }",
        "The answer to `packs` cannot be used: the answer must be a number.",
        SEE_FORMAT,
    );
    slip(
        "answers = { smoke = \"\" }",
        "The answer to `smoke` cannot be used: this question needs an answer; leave it out if there is none yet.",
        SEE_FORMAT,
    );
    slip("without = [\"pils\"]", "There is no question `pils`.", "Did you mean `pills`?");
    slip("next = \"pils\"", "There is no question `pils`.", "Did you mean `pills`?");
    slip("unanswered = [\"pils\"]", "There is no question `pils`.", "Did you mean `pills`?");
    slip(
        "reasons = { stop = [\"pills.rde\"] }",
        "There is no rule `pills.rde`.",
        "Did you mean `pills.red`?",
    );
    slip(
        "reasons = { stop = [\"something else altogether\"] }",
        "There is no rule `something else altogether`.",
        "Name a rule of screening.toml, or a choice as `question.choice`.",
    );
    slip(
        "reasons = { stop = [\"pills.red\"], note = [\"pills.red\"] }",
        "The reason `pills.red` is there twice.",
        "Take one of the two out.",
    );
    check_slip(
        "id = \"x\"\nabout = \"X.\"\nfrom = \"wel\"\nlevel = \"clear\"",
        3,
        "There is no base `wel`.",
        "Did you mean `well`?",
    );
    check_slip(
        "id = \"x\"\nabout = \"X.\"\nlevel = \"stpo\"",
        3,
        "`stpo` is not the level of a result.",
        "Did you mean `stop`?",
    );
    check_slip(
        "id = \"x\"\nabout = \"X.\"\nfrom = \"well\"",
        0,
        "`level` is missing in the patient `x`.",
        "Add a line `level = ...`.",
    );
    check_slip(
        "id = \"x\"\nfrom = \"well\"\nlevel = \"clear\"",
        0,
        "`about` is missing in the patient `x`.",
        "Add a line `about = ...`.",
    );
    check_slip(
        "id = \"well\"\nabout = \"X.\"\nlevel = \"stop\"",
        0,
        "The patient `well` is there twice.",
        "Give one of the two another id, or take it out. The first one is used.",
    );
}

#[test]
fn a_key_that_is_not_known_is_said() {
    let (folder, line) = with_patient(
        "id = \"x\"\nabout = \"X.\"\nform = \"well\"\nlevel = \"incomplete\"\nnext = \"danger\"",
    );
    let remedy = "Did you mean `from`? Otherwise take the line out.";
    assert_eq!(folder.checked(), [error(line + 3, "`form` is not known in the patient `x`.", remedy)]);

    let (folder, line) = with_patient(
        "id = \"x\"\nabout = \"X.\"\nfrom = \"well\"\nlevel = \"clear\"\nreasons = { stpo = [\"pills.red\"] }",
    );
    let what = "`stpo` is not known in the reasons, which stand by their level.";
    let remedy = "Did you mean `stop`? Otherwise take the line out.";
    assert_eq!(folder.checked(), [error(line + 5, what, remedy)]);
}

#[test]
fn all_slips_of_a_patient_are_said_at_once() {
    let (folder, _) = with_patient(
        "id = \"x\"\nanswers = { smoke = \"nein\", packs = \"two\" }\nlevel = \"fine\"\nnext = \"there\"",
    );
    let whats: Vec<String> = folder.checked().into_iter().map(|problem| problem.what).collect();
    assert_eq!(whats.len(), 5, "{whats:#?}");
}

#[test]
fn a_question_that_was_added_is_said_once_and_not_by_each_patient() {
    let folder = Folder::small().replaced(FILE, "smoke = \"no\"\n", "").replaced(FILE, "packs = 0\n", "");
    let line = folder.line(FILE, "[base.well]");
    let what = "The base `well` has no answer to `smoke`, `packs`.";
    let remedy = "Add a line for each; \"\" passes by a question that is not required.";
    assert_eq!(folder.checked(), [error(line, what, remedy)]);
    assert_eq!(folder.patients().len(), 1, "those who do not rest on it are still run");
}

#[test]
fn without_the_file_there_is_a_warning_and_no_error() {
    let folder = Folder::small().without(FILE);
    let problems = folder.checked();
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(
        problem.to_string(),
        "patients.toml:1: warning: There are no virtual patients, so nobody notices a level that was lowered by a \
         slip: there is no such file. Copy patients.toml from the guide you started from."
    );
    assert_eq!(folder.patients(), []);
}

#[test]
fn a_file_without_patients_is_said() {
    for text in ["format = 1\n", "format = 1\npatient = []\n"] {
        let remedy = "Copy the file again from the guide you started from.";
        let expected = error(1, "There are no patients in this file.", remedy);
        assert_eq!(Folder::small().with(FILE, text).checked(), [expected]);
    }
}

#[test]
fn a_slip_in_the_screening_is_said_once_and_not_by_each_patient() {
    let folder = Folder::small().replaced("screening.toml", "id = \"red\", level", "id = \"red\", levle");
    assert_eq!(folder.checked().len(), 1);
    assert_eq!(folder.patients(), [], "nobody is run over half a screening");
}

/// Whatever is wrong with the patients, the people who use the guide are asked and helped as before.
#[test]
fn a_failing_patient_changes_nothing_for_anybody_else() {
    let (folder, _) = with_patient("id = \"x\"\nabout = \"X.\"\nfrom = \"well\"\nlevel = \"stop\"");
    assert_eq!(folder.parse(), Folder::small().parse());
}

#[test]
fn the_widget_does_not_fetch_them() {
    let settings = &shipped().settings;
    let lang = english();
    let fetched =
        [guide::first_paths(&lang), guide::later_paths(settings, &lang), guide::page_paths(settings, &lang)]
            .concat();
    assert!(!fetched.contains(&paths::PATIENTS.to_owned()));
    assert!(guide::all_paths(settings).contains(&paths::PATIENTS.to_owned()));
}

fn patient_who_expects(outcome: &Outcome, answers: &Answers) -> Patient {
    Patient {
        id: PatientId::from("anybody"),
        about: "Anybody.".to_owned(),
        answers: answers.clone(),
        expected: Expected {
            scores: None,
            level: outcome.level,
            crisis: outcome.crisis,
            reasons: outcome.reasons.iter().map(|reason| (reason.rule.clone(), reason.level)).collect(),
            next: outcome.next.clone(),
            unanswered: Some(outcome.unanswered.iter().cloned().collect()),
        },
        line: Place::line(1),
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn only_the_very_result_is_as_expected(
        dice in prop::collection::vec(any::<u64>(), 200),
        open: u64,
        other: u64,
        wrong in 0..5_usize,
    ) {
        for shared in [shipped(), small()] {
            let mut answers = full_answers(shared, &dice);
            for (place, question) in shared.questions.iter().enumerate() {
                if open >> (place % 64) & 1 == 1 {
                    answers.clear(&question.id);
                }
            }
            let mut patient = patient_who_expects(&result(shared, &answers), &answers);
            prop_assert_eq!(run(shared, std::slice::from_ref(&patient)), []);

            let expected = &mut patient.expected;
            let some = &shared.questions[other as usize % shared.questions.len()].id;
            match wrong {
                0 => expected.level = Level::ALL[(expected.level as usize + 1 + other as usize % 6) % 7],
                1 => expected.crisis = !expected.crisis,
                2 => match expected.reasons.first().map(|(rule, _)| rule.clone()) {
                    Some(rule) => drop(expected.reasons.remove(&rule)),
                    None => drop(expected.reasons.insert(shared.rules[0].id.clone(), Level::Note)),
                },
                3 => expected.next = if expected.next.as_ref() == Some(some) { None } else { Some(some.clone()) },
                _ => {
                    let open = expected.unanswered.as_mut().unwrap();
                    if !open.remove(some) {
                        open.insert(some.clone());
                    }
                }
            }
            prop_assert_eq!(run(shared, &[patient]).len(), 1);
        }
    }
}
