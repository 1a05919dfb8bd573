//! `anteroom list`.

use serde_json::json;

use crate::Clinic;
use crate::support::{Folder, shipped};

#[test]
fn every_question_is_listed_with_what_each_choice_raises() {
    let said = Clinic::small().runs(&["list", "--format", "json"]);
    said.exits(0);
    let listed = said.json();
    assert_eq!(
        listed["questions"][1],
        json!({
            "id": "smoke",
            "section": "health",
            "kind": "one",
            "words": "Do you smoke?",
            "sources": ["BOOK"],
            "choices": [
                {"id": "no", "words": "No smoke", "level": "clear"},
                {"id": "yes", "words": "I smoke", "level": "note"},
                {"id": "not-sure", "words": "Smoke unsure", "level": "review"},
            ],
        })
    );
    let kinds: Vec<&str> = listed["questions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| question["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["one", "one", "number", "pair", "several", "text"]);
    assert_eq!(listed["questions"][3]["choices"], json!([]));
    assert_eq!(listed["questions"][5]["sources"], json!([]));
}

#[test]
fn the_shipped_questions_are_all_there_the_medicines_among_them() {
    let listed = Clinic::shipped().runs(&["list", "--format", "json"]).json();
    let questions = listed["questions"].as_array().unwrap();
    assert_eq!(questions.len(), shipped().questions.len());
    let medicines = questions.iter().find(|question| question["id"] == "medicines").unwrap();
    let theophylline = medicines["choices"]
        .as_array()
        .unwrap()
        .iter()
        .find(|choice| choice["id"] == "theophylline")
        .unwrap();
    assert_eq!(theophylline["level"], "stop");
}

#[test]
fn the_list_reads_as_words() {
    let said = Clinic::small().runs(&["list"]);
    said.exits(0);
    assert_eq!(
        said.out.split("\n\n").take(4).collect::<Vec<_>>().join("\n\n"),
        "\
Safety first

  danger: Are you in danger?
    no: No danger
    thoughts: Thoughts only [review]
    now: Danger now [get-help]
    Sources: BOOK

Your health

  smoke: Do you smoke?
    no: No smoke
    yes: I smoke [note]
    not-sure: Smoke unsure [review]
    Sources: BOOK"
    );
    assert!(said.out.contains("  packs: How many packs?\n    (a number)\n"), "{}", said.out);
    assert!(said.out.contains("    (two numbers)\n"), "{}", said.out);
    assert!(said.out.contains("    (a few words)\n"), "{}", said.out);
}

#[test]
fn without_questions_there_is_nothing_to_list() {
    let clinic = Clinic::with(&Folder::small().without("screening.toml"));
    let said = clinic.runs(&["list", "--format", "json"]);
    said.exits(1);
    assert_eq!(said.json(), json!({"questions": []}));
    assert_eq!(said.err, "This guide has no questions. Run `anteroom check` to see what is wrong.\n");
}
