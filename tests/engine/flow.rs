//! What follows from the conditions: questions that are never asked, rules that never or always hold, safety
//! questions that can be passed by, levels without words.

use proptest::prelude::*;

use anteroom::engine::guide::Guide;
use anteroom::engine::ids::{QuestionId, RuleId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::journey::{journey, seen};
use anteroom::engine::screening::rule::{Seen, Trace, Truth};

use crate::support::{Folder, cases, full_answers};

/// The small guide with more questions and rules, and its problems.
fn guide_with(structure: &str) -> (Guide, Vec<Problem>) {
    let mut words = String::new();
    for part in structure.split("[[").skip(1) {
        let id = part.split("id = \"").nth(1).unwrap().split('"').next().unwrap();
        words += &if part.starts_with("rule") {
            format!("\n[rule.{id}]\nreason = \"So.\"\nnext = \"Do.\"\n")
        } else {
            format!(
                "\n[question.{id}]\nask = \"So?\"\nreason = \"So.\"\nnext = \"Do.\"\n[question.{id}.choices]\n\
                 no = \"No\"\nyes = \"Yes\"\n"
            )
        };
    }
    let folder = Folder::small()
        .and("screening.toml", &format!("\n{structure}"))
        .and("en/screening.toml", &words)
        .and("es/screening.toml", &words);
    folder.parse()
}

fn problems_with(structure: &str) -> Vec<Problem> {
    guide_with(structure).1
}

fn rule(level: &str, when: &str) -> String {
    format!("[[rule]]\nid = \"new\"\nlevel = \"{level}\"\nsources = [\"BOOK\"]\nwhen = {when}\n")
}

fn question(id: &str, choice: &str, more: &str) -> String {
    format!(
        "[[question]]\nid = \"{id}\"\nsection = \"health\"\nkind = \"one\"\nsources = [\"BOOK\"]\n{more}\n\
         choices = [ {{ id = \"no\" }}, {{ id = \"yes\"{choice} }} ]\n"
    )
}

/// The severities and the ends of what is said, for a rule of the level `review` with this condition.
#[track_caller]
fn says(when: &str, expected: &[&str]) {
    let said: Vec<String> =
        problems_with(&rule("review", when)).into_iter().map(|problem| problem.what).collect();
    assert_eq!(said.len(), expected.len(), "{when}: {said:?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.contains(expected), "{when}: {said}");
    }
}

#[test]
fn a_rule_that_can_never_hold_is_said() {
    let never = ["The rule `new` can never hold"];
    says(r#"{ question = "pressure.high", at-least = 301 }"#, &never);
    says(r#"{ question = "packs", at-most = -1 }"#, &never);
    says(r#"{ question = "packs", between = [30, 20] }"#, &never);
    says(
        r#"{ all = [{ question = "packs", at-least = 30 }, { question = "packs", at-most = 29.5 }] }"#,
        &never,
    );
    says(r#"{ all = [{ question = "smoke", is = "yes" }, { question = "smoke", is = "no" }] }"#, &never);
    says(
        r#"{ all = [{ question = "pills", includes = "none" }, { question = "pills", includes = "red" }] }"#,
        &never,
    );
    // The packs are asked of those who smoke or are not sure.
    says(r#"{ all = [{ question = "smoke", is = "no" }, { question = "packs", at-least = 5 }] }"#, &never);
    says(r#"{ not = { question = "danger", answered = true } }"#, &never);
}

#[test]
fn a_rule_that_always_holds_is_said() {
    let always = ["The rule `new` always holds"];
    says(r#"{ question = "smoke", answered = true }"#, &always);
    says(
        r#"{ any = [{ question = "danger", is = "no" }, { question = "danger", is-not = "no" }] }"#,
        &always,
    );
    says(r#"{ question = "pressure.high", at-least = 50 }"#, &always);
}

#[test]
fn a_rule_that_sometimes_holds_is_left_alone() {
    let nothing: [&str; 0] = [];
    for when in [
        r#"{ question = "smoke", is = "not-sure" }"#,
        r#"{ question = "smoke", is-not = "not-sure" }"#,
        r#"{ question = "pressure", answered = true }"#,
        r#"{ question = "remarks", answered = true }"#,
        r#"{ question = "packs", between = [20, 21] }"#,
        r#"{ question = "packs", at-most = 0 }"#,
        r#"{ question = "danger", is = "now" }"#,
        // Nothing is asked after an answer that asks for help now.
        r#"{ not = { question = "smoke", answered = true } }"#,
        r#"{ all = [{ question = "pills", includes = "red" }, { question = "pills", includes = "blue" }] }"#,
        r#"{ all = [{ question = "smoke", is = "yes" }, { question = "packs", at-least = 100 }] }"#,
        r#"{ all = [{ question = "pressure.high", at-least = 180 }, { question = "pressure.low", at-most = 40 }] }"#,
    ] {
        says(when, &nothing);
    }
}

#[test]
fn a_stop_that_can_never_hold_is_an_error_with_its_line() {
    let problems = problems_with(&rule("stop", r#"{ question = "packs", at-least = 101 }"#));
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(problem.severity, Severity::Error);
    assert_eq!(problem.file, "screening.toml");
    assert_eq!(problem.line, 2 + Folder::small().text("screening.toml").lines().count());
    assert_eq!(
        problem.what,
        "The rule `new` can never hold: no answers that can be given together make its `when` true."
    );
}

#[test]
fn a_question_that_is_never_asked_is_said() {
    let never = |ask_if: &str| {
        let problems = problems_with(&question("late", "", &format!("ask_if = {ask_if}")));
        problems.iter().any(|problem| problem.what.starts_with("The question `late` can never be asked"))
    };
    assert!(never(r#"{ question = "packs", at-least = 200 }"#));
    // The form ends with the answer that asks for help now.
    assert!(never(r#"{ question = "danger", is = "now" }"#));
    assert!(!never(r#"{ question = "danger", is = "thoughts" }"#));
    // Someone who is not sure whether they smoke is asked about packs, and may be one who does not.
    assert!(!never(r#"{ all = [{ question = "smoke", is = "no" }, { question = "packs", at-least = 1 }] }"#));
    assert!(!never(r#"{ question = "smoke", is = "yes" }"#));
    assert!(!never(r#"{ question = "packs", at-least = 100 }"#));
}

#[test]
fn a_safety_question_that_can_be_passed_by_is_said() {
    let severity = |choice: &str, more: &str| {
        let problems = problems_with(&question("late", choice, more));
        problems
            .iter()
            .find(|problem| problem.what.contains("The safety question `late`"))
            .map(|p| p.severity)
    };
    let optional = "required = false";
    let sometimes = r#"ask_if = { question = "smoke", is = "yes" }"#;
    for grave in [
        r#", crisis = true"#,
        r#", level = "review", floor = true"#,
        r#", level = "get-help", crisis = true"#,
    ] {
        assert_eq!(severity(grave, optional), Some(Severity::Error), "{grave}");
        assert_eq!(severity(grave, sometimes), Some(Severity::Warning), "{grave}");
        assert_eq!(severity(grave, ""), None, "{grave}");
    }
    assert_eq!(severity(r#", level = "stop""#, optional), Some(Severity::Warning));
    assert_eq!(severity(r#", level = "review""#, optional), None);
    assert_eq!(severity(r#", level = "review""#, sometimes), None);
}

#[test]
fn what_would_take_too_long_is_left_unsaid() {
    let all: Vec<String> =
        (0..12).map(|number| format!(r#"{{ question = "many{number}", is = "yes" }}"#)).collect();
    let mut structure: String = (0..12).map(|number| question(&format!("many{number}"), "", "")).collect();
    let never = format!(r#"{{ all = [{}, {{ not = {} }}] }}"#, all.join(", "), all[0]);
    structure += &rule("review", &never);
    assert_eq!(problems_with(&structure), []);
}

#[test]
fn a_rule_from_review_up_says_what_to_do_next() {
    let folder = Folder::small().replaced("en/screening.toml", "next = \"Count again.\"", "");
    let problems = folder.parse().1;
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(
        problem.to_string(),
        "en/screening.toml:1: error: The rule `many_packs` does not say what to do next. Add a `next` to [rule.many_packs]."
    );
}

#[test]
fn a_part_of_an_any_that_catches_nobody_is_said() {
    let when = r#"{ any = [{ question = "packs", at-least = 50 }, { question = "pressure.high", at-least = 301 }] }"#;
    says(when, &["Part 2 of the `any` of the rule `new` can never hold, so it catches nobody"]);
    says(
        r#"{ any = [{ question = "packs", at-least = 50 }, { question = "pressure.high", at-least = 300 }] }"#,
        &[],
    );
    // None of them can: that is said once.
    says(
        r#"{ any = [{ question = "packs", at-least = 101 }, { question = "pressure.high", at-least = 301 }] }"#,
        &["The rule `new` can never hold"],
    );
}

/// Each of the parts can be tried alone where there are too many answers to try them together.
#[test]
fn a_long_any_that_never_holds_is_said_by_its_parts() {
    let never: Vec<String> = (0..12)
        .map(|number| {
            let [yes, no] =
                ["yes", "no"].map(|choice| format!(r#"{{ question = "many{number}", is = "{choice}" }}"#));
            format!("{{ all = [{yes}, {no}] }}")
        })
        .collect();
    let mut structure: String = (0..12).map(|number| question(&format!("many{number}"), "", "")).collect();
    structure += &rule("review", &format!("{{ any = [{}] }}", never.join(", ")));
    let problems = problems_with(&structure);
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(problem.what.starts_with("The rule `new` can never hold"), "{problem}");
}

#[test]
fn a_question_at_which_the_journey_ends_for_all_is_said() {
    let all = r#", level = "get-help" }, { id = "maybe", level = "get-help""#;
    let with = |first: &str| {
        let text = question("wall", all, "").replace("{ id = \"no\" }", first);
        problems_with(&(text + &question("late", "", "")))
            .into_iter()
            .filter(|problem| problem.what.contains("The journey of everyone ends"))
            .collect::<Vec<_>>()
    };
    let problems = with("{ id = \"no\", level = \"get-help\" }");
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(problem.severity, Severity::Error);
    assert!(problem.what.contains("`wall`"), "{problem}");
    assert_eq!(with("{ id = \"no\" }"), []);
}

#[test]
fn a_pair_that_nobody_can_answer_is_said() {
    let folder = Folder::small().replaced(
        "screening.toml",
        "{ id = \"low\", unit = \"mmHg\", least = 30, most = 200 }",
        "{ id = \"low\", unit = \"mmHg\", least = 300, most = 400 }",
    );
    let errors = folder.errors();
    let line = folder.line("screening.toml", "id = \"pressure\"") - 1;
    assert!(
        errors.iter().any(|problem| problem.line == line
            && problem.what
                == "Nobody can answer the question `pressure`: `high` must be greater than `low`, and its \
                                bounds are not."),
        "{errors:?}"
    );
}

#[test]
fn questions_that_wait_for_each_other_are_said() {
    let ask_if = |id: &str| format!("ask_if = {{ question = \"{id}\", is = \"yes\" }}");
    let structure = question("one", "", &ask_if("three"))
        + &question("two", "", &ask_if("one"))
        + &question("three", "", &ask_if("two"));
    let problems = problems_with(&structure);
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!(
        problem.what,
        "The condition of the question `one` waits for itself (`one`, which waits for `three`, which waits for `two`, \
         which waits for `one`), so it is always asked."
    );
    assert_eq!(problem.severity, Severity::Error);
}

#[test]
fn a_question_that_waits_for_a_later_one_is_said() {
    let structure =
        question("one", "", "ask_if = { question = \"two\", is = \"yes\" }") + &question("two", "", "");
    let problems = problems_with(&structure);
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert!(problem.what.contains("asks about `two`, which is asked later"), "{problem}");
}

#[test]
fn a_threshold_without_a_unit_is_said() {
    for (file, old) in [
        ("settings.toml", "value = 20\nunit = \"packs\""),
        ("screening.toml", "kind = \"number\"\nunit = \"packs\""),
    ] {
        let new = old.replace("\"packs\"", "\"\"");
        let errors = Folder::small().replaced(file, old, &new).errors();
        assert!(
            errors.iter().any(|problem| problem.file == file && problem.what.starts_with("`unit` is empty")),
            "{errors:?}"
        );
    }
}

/// Conditions of every sort over the small guide.
fn any_condition() -> impl Strategy<Value = String> {
    let plain = prop::sample::select(vec![
        r#"{ question = "danger", is = "thoughts" }"#,
        r#"{ question = "danger", is = "now" }"#,
        r#"{ question = "smoke", is = "yes" }"#,
        r#"{ question = "smoke", is-not = "no" }"#,
        r#"{ question = "smoke", is = "not-sure" }"#,
        r#"{ question = "packs", at-least = 50 }"#,
        r#"{ question = "packs", at-most = 20 }"#,
        r#"{ question = "packs", between = [40, 60] }"#,
        r#"{ question = "packs", answered = true }"#,
        r#"{ question = "pressure.high", at-least = 180 }"#,
        r#"{ question = "pressure.low", at-most = 70 }"#,
        r#"{ question = "pills", includes = "red" }"#,
        r#"{ question = "pills", includes = "none" }"#,
        r#"{ question = "pills", includes = "not-sure" }"#,
        r#"{ question = "remarks", answered = true }"#,
    ])
    .prop_map(str::to_owned);
    plain.prop_recursive(3, 8, 3, |part| {
        let list = |key: &'static str| {
            prop::collection::vec(part.clone(), 1..4)
                .prop_map(move |parts| format!("{{ {key} = [{}] }}", parts.join(", ")))
        };
        prop_oneof![list("all"), list("any"), part.clone().prop_map(|part| format!("{{ not = {part} }}"))]
    })
}

proptest! {
    #![proptest_config(cases(150))]

    /// What is said to hold never or always does so for whatever is answered.
    #[test]
    fn what_is_said_of_a_rule_is_so(
        condition in any_condition(),
        dice in prop::collection::vec(prop::collection::vec(any::<u64>(), 6), 60),
    ) {
        let (guide, problems) = guide_with(&rule("review", &condition));
        let said = |end: &str| {
            problems.iter().any(|problem| problem.what.starts_with(&format!("The rule `new` {end}")))
        };
        let (never, always) = (said("can never hold"), said("always holds"));
        let when = &guide.rule(&RuleId::from("new")).unwrap().when;
        for dice in dice {
            let answers = full_answers(&guide, &dice);
            let journey = journey(&guide, &answers);
            let look = |id: &QuestionId| {
                if journey.position(id).is_some() { seen(&guide, &answers, id) } else { Seen::NotAsked }
            };
            let truth = when.evaluate(&look, &mut Trace::default());
            prop_assert!(!(never && truth == Truth::True), "{condition} holds for {answers:?}");
            prop_assert!(
                !(always && truth == Truth::False && !journey.ended_by_get_help),
                "{condition} does not hold for {answers:?}"
            );
        }
    }
}
