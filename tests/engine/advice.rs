//! Questions to ask, next steps and other care: chosen by the answers, and never beside a call for help.

use anteroom::engine::map::Set;

use anteroom::engine::guide::Guide;
use anteroom::engine::handoff::packet::{Sharing, Stamp, packet};
use anteroom::engine::ids::QuestionId;
use anteroom::engine::problem::Severity;
use anteroom::engine::screening::advice::{Advice, AdviceKind, advice};
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::Kind;
use anteroom::engine::screening::result::result;
use proptest::prelude::*;

use crate::support::{
    Folder, all_clear, answers, cases, changed, english, full_answers, pair, shipped, shipped_patients,
};

const FINE: &str = r#"{"danger": "no", "smoke": "no", "pressure": null, "pills": ["none"], "remarks": null}"#;

fn all(guide: &Guide, answers: &Answers) -> Vec<String> {
    let outcome = result(guide, answers);
    let shown = AdviceKind::ALL.into_iter().flat_map(|kind| advice(guide, answers, &outcome, kind)).map(name);
    shown.collect()
}

fn name(advice: &Advice) -> String {
    format!("{}.{}", advice.kind.as_str(), advice.id)
}

/// The small guide with one more line of advice.
fn folder_with(line: &str) -> Folder {
    let words = "\n[ask.new]\ntext = \"Who?\"\n";
    Folder::small()
        .and("screening.toml", &format!("\n[[ask]]\nid = \"new\"\nsources = [\"BOOK\"]\n{line}\n"))
        .and("en/screening.toml", words)
        .and("es/screening.toml", words)
}

#[track_caller]
fn shows(line: &str, json: &str, expected: bool) {
    let folder = folder_with(line);
    assert_eq!(folder.errors(), [], "{line}");
    let guide = folder.guide();
    assert_eq!(!all(&guide, &answers(&guide, json)).is_empty(), expected, "{line} for {json}");
}

#[test]
fn advice_is_called_by_a_reason_a_question_or_a_level() {
    let red = FINE.replace("none", "red");
    shows(r#"for = ["pills.red"]"#, &red, true);
    shows(r#"for = ["pills.blue", "pills.red"]"#, &red, true);
    shows(r#"for = ["pills.blue"]"#, &red, false);
    shows(r#"for = ["pills"]"#, &red, true);
    shows(r#"for = ["pills"]"#, FINE, false);
    shows(r#"for = ["stop"]"#, &red, true);
    shows(r#"for = ["stop"]"#, FINE, false);
    shows(r#"for = ["clear"]"#, FINE, true);
    let high = FINE.replace("null, \"pills\"", "{\"high\": 190, \"low\": 80}, \"pills\"");
    shows(r#"for = ["pressure_stop"]"#, &high, true);
    // A rule that reads a question is a reason of its own, and none of the question's choices.
    shows(r#"for = ["pressure"]"#, &high, false);
    shows("", FINE, true);
}

#[test]
fn a_condition_and_a_reason_must_both_fit() {
    let line = "for = [\"stop\"]\nshow_if = { question = \"smoke\", is = \"yes\" }";
    let smoker = FINE.replace("\"smoke\": \"no\"", "\"smoke\": \"yes\", \"packs\": 1");
    shows(line, &smoker.replace("none", "red"), true);
    shows(line, &smoker, false);
    shows(line, &FINE.replace("none", "red"), false);
}

#[test]
fn not_sure_shows_advice_and_what_is_open_does_not() {
    let line = r#"show_if = { question = "smoke", is = "yes" }"#;
    shows(line, &FINE.replace("\"smoke\": \"no\"", "\"smoke\": \"not-sure\", \"packs\": 1"), true);
    shows(line, "{}", false);
    shows(line, FINE, false);
    shows(r#"show_if = { question = "pressure.high", at-least = 1 }"#, FINE, false);
}

#[test]
fn beside_help_now_there_is_no_advice() {
    shows("", r#"{"danger": "now"}"#, false);
    let mut in_danger = all_clear(shipped());
    in_danger.set(QuestionId::from("safety_now"), crate::support::one("yes-might-act"));
    assert_eq!(all(shipped(), &in_danger), [""; 0]);
}

#[test]
fn advice_that_refers_to_nothing_is_said_and_not_shown() {
    let table = [
        (r#"for = ["pills.rde"]"#, "is for a reason `pills.rde` that no answer gives"),
        (r#"for = ["danger.no"]"#, "is for a reason `danger.no` that no answer gives"),
        (r#"for = ["get-help"]"#, "is for `get-help`, beside which no advice is shown"),
        (r#"for = "stop""#, "must be a list of texts"),
        (r#"show_if = { question = "smok", is = "yes" }"#, "asks about a question `smok`"),
        (r#"show_if = { question = "smoke" }"#, "says nothing about it"),
        (r#"showif = { question = "smoke", is = "yes" }"#, "Did you mean `show_if`?"),
    ];
    for (line, what) in table {
        let folder = folder_with(line);
        let errors = folder.errors();
        assert!(errors.iter().any(|error| error.to_string().contains(what)), "{line}: {errors:#?}");
        if !line.starts_with("showif") {
            assert_eq!(folder.guide().advice, [], "{line}");
            assert_eq!(errors.len(), 1, "one slip, one problem: {errors:#?}");
        }
    }
    let remedy = &folder_with(r#"for = ["pills.rde"]"#).errors()[0].remedy;
    assert_eq!(remedy, "Did you mean `pills.red`?");
    let twice = folder_with("").and("screening.toml", "\n[[ask]]\nid = \"new\"\nsources = [\"BOOK\"]\n");
    assert!(twice.errors()[0].what.contains("is there twice"), "{:#?}", twice.errors());
    assert_eq!(twice.guide().advice.len(), 1);
}

#[test]
fn advice_without_words_or_sources_is_said() {
    let folder = Folder::small().and("screening.toml", "\n[[next_step]]\nid = \"new\"\n");
    let problems = folder.parse().1;
    let said = |severity: Severity, what: &str| {
        problems.iter().any(|problem| problem.severity == severity && problem.what.contains(what))
    };
    assert!(said(Severity::Error, "The next step `new` has no words."), "{problems:#?}");
    assert!(said(Severity::Warning, "The next step `new` names no source."), "{problems:#?}");
}

#[test]
fn a_clinic_adds_changes_and_switches_off_advice() {
    let clinic = r#"
[[ask]]
id = "new"
off = true

[[ask]]
id = "own"
sources = ["BOOK"]
for = ["stop"]
"#;
    let words = "[ask.own]\ntext = \"And then?\"\n";
    let folder = folder_with("")
        .with("clinic:screening.toml", clinic)
        .with("clinic:en/screening.toml", words)
        .with("clinic:es/screening.toml", words);
    assert_eq!(folder.errors(), []);
    let guide = folder.guide();
    assert_eq!(guide.advice.iter().map(name).collect::<Vec<_>>(), ["ask.own"]);
    assert_eq!(guide.words(&english()).advice(&guide.advice[0]), "And then?");
    let warned = folder.parse().1.into_iter().any(|problem| problem.what == "The ask `new` is switched off.");
    assert!(warned);
}

/// Answers that together give every reason of the shipped guide that a single answer can give.
fn every_single_answer() -> Vec<Answers> {
    let guide = shipped();
    let fine = all_clear(guide);
    let mut every = vec![fine.clone()];
    for question in &guide.questions {
        for choice in question.choices() {
            let answer = match question.kind {
                Kind::Several(_) => Answer::Several(Set::from([choice.id.clone()])),
                _ => Answer::One(choice.id.clone()),
            };
            every.push(changed(&fine, &question.id, answer));
        }
        if let Kind::Pair(_) = question.kind {
            every.push(changed(&fine, &question.id, pair(question, 190.0, 110.0)));
        }
    }
    every.extend(shipped_patients().iter().map(|patient| patient.answers.clone()));
    every
}

#[test]
fn every_line_of_the_shipped_advice_is_shown_to_somebody() {
    let guide = shipped();
    let mut shown: Set<String> =
        every_single_answer().iter().flat_map(|answers| all(guide, answers)).collect();
    let stopped = changed(
        &all_clear(guide),
        &QuestionId::from("goal"),
        Answer::Several(
            guide
                .question(&QuestionId::from("goal"))
                .unwrap()
                .choices()
                .iter()
                .filter(|choice| !choice.exclusive)
                .map(|choice| choice.id.clone())
                .collect(),
        ),
    );
    let stopped = changed(&stopped, &QuestionId::from("age"), crate::support::one("under-18"));
    shown.extend(all(guide, &stopped));
    for advice in &guide.advice {
        assert!(shown.contains(&name(advice)), "nobody is shown {}", name(advice));
    }
}

#[test]
fn everyone_who_stops_has_a_next_step_and_other_care_to_ask_about() {
    let guide = shipped();
    for answers in every_single_answer() {
        let outcome = result(guide, &answers);
        let of = |kind| advice(guide, &answers, &outcome, kind).len();
        match outcome.level {
            Level::GetHelp => {}
            Level::Stop => assert!(of(AdviceKind::NextStep) > 1 && of(AdviceKind::Alternative) > 0),
            _ => assert_eq!(of(AdviceKind::Alternative), 0, "{:?}", outcome.level),
        }
    }
}

#[test]
fn the_shipped_advice_is_whole() {
    let guide = shipped();
    let of = |kind| guide.advice.iter().filter(|advice| advice.kind == kind).count();
    assert!(of(AdviceKind::Ask) >= 20 && of(AdviceKind::NextStep) >= 10 && of(AdviceKind::Alternative) > 0);
    for advice in &guide.advice {
        assert!(!advice.sources.is_empty(), "{}", name(advice));
        for lang in &guide.settings.languages {
            assert!(!guide.words(lang).advice(advice).is_empty(), "{} in {lang}", name(advice));
        }
    }
}

proptest! {
    #![proptest_config(cases(300))]

    /// What is asked because of a private answer would give that answer away.
    #[test]
    fn a_packet_holds_no_advice(dice in prop::collection::vec(any::<u64>(), 200)) {
        let guide = shipped();
        let answers = full_answers(guide, &dice);
        let outcome = result(guide, &answers);
        let everything = Sharing {
            answers: guide.questions.iter().map(|question| question.id.clone()).collect(),
            ..Sharing::default()
        };
        let stamp = Stamp { reference: String::new(), created: String::new() };
        let json = packet(guide, &english(), &answers, &outcome, &everything, &stamp).to_json();
        for advice in &guide.advice {
            prop_assert!(!json.contains(guide.words(&english()).advice(advice)), "{}", name(advice));
        }
    }
}
