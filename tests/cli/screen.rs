//! `anteroom screen`.

use serde_json::{Value, json};

use anteroom::engine::guide::words::Say;
use anteroom::engine::screening::level::Level;

use crate::Clinic;
use crate::support::{Folder, english, small};

const FINE: &str = r#"{"danger": "no", "smoke": "no", "pressure": null, "pills": ["none"], "remarks": null}"#;

#[test]
fn a_result_has_its_level_and_every_reason() {
    let answers = r#"{"danger": "thoughts", "smoke": "yes", "packs": 25, "pressure": {"high": 190, "low": 80},
        "pills": ["blue"], "remarks": "words"}"#;
    let reason = |rule: &str, level: &str, question: &str, text: &str| json!({"rule": rule, "level": level, "answers": [question], "text": text, "sources": ["BOOK"]});
    let mut result = Clinic::small().screens(answers);
    // What is there beside these keys has tests of its own.
    result.as_object_mut().unwrap().retain(|key, _| KEYS.contains(&key.as_str()));
    for reason in result["reasons"].as_array_mut().unwrap() {
        reason.as_object_mut().unwrap().remove("trace");
    }
    assert_eq!(
        result,
        json!({
            "level": "stop",
            "crisis": true,
            "reasons": [
                reason("pressure_stop", "stop", "pressure", "Far too high."),
                reason("danger.thoughts", "review", "danger", "You deserve help."),
                reason("many_packs", "review", "packs", "More than 20 packs."),
                reason("smoke.yes", "note", "smoke", "Smoke matters."),
                reason("pills.blue", "note", "pills", "Pills matter."),
            ],
            "unanswered": [],
            "next": null,
            "scores": {},
        })
    );
}

/// The keys that others rely on.
const KEYS: [&str; 6] = ["level", "crisis", "reasons", "unanswered", "next", "scores"];

#[test]
fn a_reason_is_traced_to_the_tests_of_its_rule() {
    let clinic = Clinic::small();
    let answers = FINE.replace("null, \"pills\"", "{\"high\": 190, \"low\": 80}, \"pills\"");
    let step = |part: &str, against: f64, found: f64, holds: bool, words: &str| {
        json!({"question": "pressure", "part": part, "test": "at-least", "against": against, "found": found,
            "holds": holds, "denied": false, "words": words})
    };
    assert_eq!(
        clinic.screens(&answers)["reasons"][0]["trace"],
        json!([
            step("high", 180.0, 190.0, true, "Top number: 190 is at least 180 mmHg."),
            step("low", 100.0, 80.0, false, "Bottom number: 80 is less than 100 mmHg."),
        ])
    );
    let unsure = FINE.replace("\"smoke\": \"no\"", "\"smoke\": \"not-sure\", \"packs\": 1");
    assert_eq!(
        clinic.screens(&unsure)["reasons"][0]["trace"],
        json!([{"question": "smoke", "test": "is", "against": "not-sure", "found": ["not-sure"], "holds": true,
            "denied": false, "words": "Do you smoke? Smoke unsure"}])
    );
}

#[test]
fn questions_to_ask_next_steps_and_other_care_follow_the_answers() {
    let clinic = Clinic::shipped();
    let ids = |result: &Value, key: &str| -> Vec<String> {
        let given = result[key].as_array().unwrap();
        assert!(given.iter().all(|line| line["text"] != "" && line["sources"] != json!([])), "{given:?}");
        given.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect()
    };
    let guide = crate::support::shipped();
    let mut answers = crate::support::all_clear(guide);
    let fine = clinic.screens(&serde_json::to_string(&answers).unwrap());
    assert!(!ids(&fine, "ask").contains(&"pregnancy-test".to_owned()), "{fine}");
    assert_eq!(ids(&fine, "alternatives"), [""; 0]);
    answers.set("pregnant".into(), crate::support::one("yes"));
    let result = clinic.screens(&serde_json::to_string(&answers).unwrap());
    assert!(ids(&result, "ask").contains(&"pregnancy-test".to_owned()), "{result}");
    assert!(ids(&result, "next_steps").contains(&"own-doctor-first".to_owned()), "{result}");
    assert!(ids(&result, "alternatives").contains(&"ask-own-doctor".to_owned()), "{result}");
}

#[test]
fn scores_are_given_by_instrument() {
    let guide = crate::support::shipped();
    let mut answers = crate::support::all_clear(guide);
    answers.set("phq-interest".into(), crate::support::one("nearly-every-day"));
    answers.clear(&"gad-control".into());
    let result = Clinic::shipped().screens(&serde_json::to_string(&answers).unwrap());
    assert_eq!(
        result["scores"],
        json!({
            "phq2": {"score": 3.0, "least": 0.0, "most": 6.0, "band": "at-or-above", "answered": 2, "open": 0},
            "gad2": {"score": null, "least": 0.0, "most": 6.0, "band": null, "answered": 1, "open": 1},
        })
    );
    assert_eq!(result["level"], "clear");
}

#[test]
fn each_level_has_its_name() {
    let clinic = Clinic::small();
    let table = [
        (FINE.to_owned(), "clear", false),
        ("{}".to_owned(), "incomplete", false),
        (FINE.replace("\"smoke\": \"no\"", "\"smoke\": \"yes\", \"packs\": 1"), "note", false),
        (FINE.replace("\"smoke\": \"no\"", "\"smoke\": \"not-sure\", \"packs\": 1"), "review", false),
        (FINE.replace("none", "red"), "stop", false),
        (FINE.replace("none", "voices"), "clear", true),
        (r#"{"danger": "now"}"#.to_owned(), "get-help", true),
    ];
    for (answers, level, crisis) in table {
        let result = clinic.screens(&answers);
        assert_eq!((&result["level"], &result["crisis"]), (&json!(level), &json!(crisis)), "{answers}");
    }
}

#[test]
fn what_is_open_is_named() {
    let result = Clinic::small().screens(r#"{"smoke": "yes"}"#);
    assert_eq!(result["unanswered"], json!(["danger", "packs", "pills"]));
    assert_eq!(result["next"], "danger");
}

#[test]
fn a_review_that_is_all_clear_in_the_shipped_guide_is_clear() {
    let guide = crate::support::shipped();
    let answers = serde_json::to_string(&crate::support::all_clear(guide)).unwrap();
    let result = Clinic::shipped().screens(&answers);
    assert_eq!((&result["level"], &result["reasons"]), (&json!("clear"), &json!([])));
}

#[test]
fn reasons_speak_the_language_that_is_asked_for() {
    let clinic = Clinic::small();
    clinic.writes("answers.json", FINE.replace("none", "red"));
    let text = |arguments: &[&str]| {
        let mut all = vec!["screen", "--answers", "answers.json", "--format", "json"];
        all.extend(arguments);
        clinic.runs(&all).json()["reasons"][0]["text"].clone()
    };
    assert_eq!(text(&[]), "Pills matter.");
    assert_eq!(text(&["--lang", "en"]), "Pills matter.");
    assert_eq!(text(&["--lang", "es"]), "Las pastillas importan.");
    let said = clinic.runs(&["screen", "--answers", "answers.json", "--lang", "fr"]);
    said.exits(2);
    assert_eq!(said.out, "");
    assert_eq!(said.err, "This guide has no language `fr`. It has: en, es.\n");
}

#[test]
fn a_result_reads_as_words() {
    let clinic = Clinic::small();
    clinic.writes("answers.json", r#"{"danger": "no", "smoke": "not-sure", "pills": ["red"]}"#);
    let said = clinic.runs(&["screen", "--answers", "answers.json"]);
    said.exits(0);
    let words = small().words(&english());
    let (stop, review) = (words.level(Level::Stop), words.level(Level::Review));
    for line in [
        stop.title.to_owned(),
        format!("  [{}] Pills matter.", stop.tag),
        format!("    {}: Ask about the pills.", words.say(Say::ResultNext)),
        format!("    {}: Which pills? Red pills", words.say(Say::ResultYouSaid)),
        format!("    {}: pills.red. {}: BOOK", words.say(Say::ResultRule), words.say(Say::ResultSources)),
        format!("  [{}] Smoke matters.", review.tag),
        words.say(Say::ReviewMissing).to_owned(),
        "  packs: How many packs?".to_owned(),
    ] {
        assert!(said.out.lines().any(|said| said == line), "{line} is not in\n{}", said.out);
    }
    let help = words.say(Say::HelpCall);
    assert!(!said.out.contains(help), "help stands there only when it is called for");
    assert!(clinic.runs_on(r#"{"danger": "now"}"#, &["screen", "--answers", "-"]).out.contains(help));
}

/// Refused answers: the sentences on standard error, and as JSON; no result in either.
#[track_caller]
fn check_refused(answers: &str, problems: &[&str]) {
    let clinic = Clinic::small();
    clinic.writes("answers.json", answers);
    let said = clinic.runs(&["screen", "--answers", "answers.json", "--format", "json"]);
    said.exits(1);
    assert_eq!(said.json(), json!({"problems": problems}));
    let in_words = clinic.runs(&["screen", "--answers", "answers.json"]);
    in_words.exits(1);
    assert_eq!(in_words.out, "");
    assert_eq!(in_words.err, problems.iter().map(|problem| format!("{problem}\n")).collect::<String>());
    assert_eq!(said.err, in_words.err);
}

#[test]
fn with_one_wrong_answer_there_is_no_result() {
    check_refused(
        r#"{"danger": "now", "smok": "yes"}"#,
        &["There is no question `smok`. Did you mean `smoke`?"],
    );
    check_refused(
        r#"{"smoke": "perhaps", "packs": -1}"#,
        &[
            "`packs`: -1 is outside of 0 to 100 packs.",
            "`smoke`: there is no choice `perhaps`. The choices are `no`, `yes`, `not-sure`.",
        ],
    );
    check_refused(
        r#"{"danger": "now", "danger": "no"}"#,
        &["`danger` is there twice at line 1 column 33. Take one of the two out."],
    );
    check_refused(
        "not JSON",
        &["The answers are not JSON (line 1, column 2). Check the quotes and commas there."],
    );
    check_refused("", &["The answers are not JSON (line 1, column 0). Check the quotes and commas there."]);
}

#[test]
fn answers_that_are_not_text_are_refused() {
    let clinic = Clinic::small();
    clinic.writes("answers.json", b"{\"remarks\": \"\xff\"}");
    let said = clinic.runs(&["screen", "--answers", "answers.json"]);
    said.exits(1);
    assert_eq!(said.err, "The answers are not UTF-8 text. Save the file with the encoding UTF-8.\n");
    clinic.writes("answers.json", format!("\u{feff}{FINE}"));
    clinic.runs(&["screen", "--answers", "answers.json"]).exits(0);
}

#[test]
fn an_answers_file_that_cannot_be_read_is_wrong_use() {
    let clinic = Clinic::small();
    for (file, why) in [("nowhere.json", "there is no such file"), ("content", "it is not a file")] {
        let said = clinic.runs(&["screen", "--answers", file, "--format", "json"]);
        said.exits(2);
        assert_eq!(said.out, "");
        assert_eq!(said.err, format!("The answers `{file}` could not be read: {why}.\n"));
    }
}

#[test]
fn what_is_wrong_in_the_content_is_said_and_stops_nothing() {
    let broken = Folder::small().replaced("screening.toml", "question = \"packs\"", "question = \"pack\"");
    let clinic = Clinic::with(&broken);
    let said = clinic.runs_on(FINE, &["screen", "--answers", "-", "--format", "json"]);
    said.exits(0);
    assert_eq!(
        said.err,
        "screening.toml:75: error: The rule `many_packs` asks about a question `pack` that does not exist, so it is \
         not used. Did you mean `packs`?\n"
    );
    let result: Value = said.json();
    assert_eq!(result["level"], "review", "a rule is lost, and it may have been a stop");
    assert_eq!(result["reasons"][0]["rule"], "guide.partly-read");
    assert_eq!(result["reasons"][0]["answers"], json!([]));
    assert_ne!(result["reasons"][0]["text"], "");
    // Warnings are for `anteroom check`.
    let lapsed =
        Folder::small().replaced("screening.toml", "review_due = 2027-01-10", "review_due = 2020-01-10");
    let said = Clinic::with(&lapsed).runs_on(FINE, &["screen", "--answers", "-"]);
    assert_eq!((said.code, said.err.as_str()), (0, ""));
}

#[test]
fn without_questions_there_is_no_result() {
    let clinic = Clinic::with(&Folder::small().without("screening.toml"));
    let said = clinic.runs_on("{}", &["screen", "--answers", "-", "--format", "json"]);
    said.exits(1);
    let none = "This guide has no questions, so there is no result. Run `anteroom check`.";
    assert_eq!(said.json(), json!({"problems": [none]}));
    assert!(said.err.contains("screening.toml:1: error: The file could not be read"), "{}", said.err);
}

#[test]
fn nothing_in_the_answers_steers_the_terminal() {
    let clinic = Clinic::small();
    let said = clinic
        .runs_on("{\"remarks\": \"\\u001b[2Jgone\", \"pills\": \"red\"}", &["screen", "--answers", "-"]);
    said.exits(0);
    let said_wrong = clinic.runs_on("{\"\\u001b[2Jgone\": 1}", &["screen", "--answers", "-"]);
    said_wrong.exits(1);
    for text in [said.out, said.err, said_wrong.out, said_wrong.err] {
        assert!(!text.contains('\u{1b}'), "{text:?}");
    }
}
