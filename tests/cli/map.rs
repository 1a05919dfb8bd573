//! `anteroom map`.

use serde_json::json;

use crate::Clinic;
use crate::support::Folder;

#[test]
fn the_map_shows_sections_questions_conditions_levels_and_rules() {
    let said = Clinic::small().runs(&["map"]);
    said.exits(0);
    assert_eq!(said.err, "");
    let lines: Vec<&str> = said.out.lines().map(str::trim).collect();
    assert_eq!(lines[1], "flowchart TD");
    let has = |line: &str| assert!(lines.iter().any(|found| found.starts_with(line)), "{line}\n{}", said.out);
    has("subgraph s1[\"");
    has("q1[\"<b>danger</b><br/>");
    has("q1 --> q2");
    has("q1 --- q1_get_help([\"<b>get-help, ends the form</b><br/>");
    has("q2 --- q2_note([\"<b>note</b><br/>");
    has("q2 -.-> q3");
    has("r1{{\"<b>many_packs: review</b><br/>if packs at least 20 packs\"}}:::review");
    has("q3 -.-> r1");
    has("classDef get_help ");
    assert!(said.out.contains("<i>asked if smoke is not #quot;"), "{}", said.out);
    assert!(
        said.out.contains("if pressure.high at least 180 mmHg or pressure.low at least 100 mmHg"),
        "{}",
        said.out
    );
    assert_eq!(lines.iter().filter(|line| line.starts_with("subgraph")).count(), 2);
    assert_eq!(lines.iter().filter(|line| **line == "end").count(), 2);
}

#[test]
fn words_cannot_break_out_of_their_box() {
    let folder = Folder::small().replaced(
        "en/screening.toml",
        "ask = \"Anything else?\"",
        "ask = 'A \"] <b> `#x` --> z?'",
    );
    let said = Clinic::with(&folder).runs(&["map"]);
    assert!(said.out.contains("A #quot;] #lt;b#gt; '#35;x' --#gt; z?"), "{}", said.out);
}

#[test]
fn every_question_and_rule_of_the_shipped_guide_is_on_the_map() {
    let clinic = Clinic::shipped();
    let map = clinic.runs(&["map", "--format", "json"]).json();
    let list = clinic.runs(&["list", "--format", "json"]).json();
    let mapped: usize = map["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| section["questions"].as_array().unwrap().len())
        .sum();
    assert_eq!(mapped, list["questions"].as_array().unwrap().len());
    let rule = map["rules"].as_array().unwrap().iter().find(|rule| rule["id"] == "bp_reading_stop").unwrap();
    assert_eq!(
        *rule,
        json!({
            "id": "bp_reading_stop",
            "level": "stop",
            "when": "bp_reading.systolic at least 180 mmHg or bp_reading.diastolic at least 100 mmHg",
            "reads": ["bp_reading"],
        })
    );
}

#[test]
fn without_questions_there_is_no_map() {
    let said = Clinic::with(&Folder::small().without("screening.toml")).runs(&["map"]);
    said.exits(1);
    assert_eq!(said.out, "");
}
