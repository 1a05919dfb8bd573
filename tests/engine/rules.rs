//! Conditions over answers: what each says, and that not knowing can raise a level and never lower one.

use anteroom::engine::guide::Guide;
use anteroom::engine::ids::{QuestionId, RuleId};
use anteroom::engine::screening::answer::Answers;
use anteroom::engine::screening::journey::{journey, seen};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::{Outcome, result};
use anteroom::engine::screening::rule::Truth::{self, False, True, Unknown};
use anteroom::engine::screening::rule::{Condition, Found, Seen, Step, Trace};

use crate::support::{Folder, answers, removed, small};

/// The small guide with one more rule, of the level `stop`, under this condition.
#[track_caller]
fn guide_with(condition: &str) -> Guide {
    let rule = format!("\n[[rule]]\nid = \"new\"\nlevel = \"stop\"\nwhen = {condition}\n");
    let words = "\n[rule.new]\nreason = \"New.\"\nnext = \"Next.\"\n";
    let folder = Folder::small()
        .and("screening.toml", &rule)
        .and("en/screening.toml", words)
        .and("es/screening.toml", words);
    assert_eq!(folder.errors(), [], "{condition}");
    folder.guide()
}

fn condition_of(guide: &Guide) -> &Condition {
    &guide.rule(&RuleId::from("new")).unwrap().when
}

/// The truth of a condition for these answers, and the questions whose answers it read.
#[track_caller]
fn check(condition: &str, json: &str, expected: Truth, read: &[&str]) {
    let guide = guide_with(condition);
    let answers = answers(&guide, json);
    let journey = journey(&guide, &answers);
    let look = |id: &QuestionId| {
        if journey.position(id).is_some() { seen(&guide, &answers, id) } else { Seen::NotAsked }
    };
    let mut trace = Trace::default();
    assert_eq!(condition_of(&guide).evaluate(&look, &mut trace), expected, "{condition} of {json}");
    assert_eq!(trace.read.iter().map(QuestionId::as_str).collect::<Vec<_>>(), read, "{condition} of {json}");
}

#[test]
fn is_and_is_not_know_the_choice_or_do_not_know() {
    let table = [
        (r#"{ question = "smoke", is = "yes" }"#, True, False),
        (r#"{ question = "smoke", is-not = "yes" }"#, False, True),
        (r#"{ not = { question = "smoke", is = "yes" } }"#, False, True),
    ];
    for (condition, for_yes, for_no) in table {
        check(condition, r#"{"smoke": "yes"}"#, for_yes, &["smoke"]);
        check(condition, r#"{"smoke": "no"}"#, for_no, &["smoke"]);
        check(condition, r#"{"smoke": "not-sure"}"#, Unknown, &["smoke"]);
        check(condition, "{}", Unknown, &[]);
    }
    check(r#"{ question = "smoke", is = "not-sure" }"#, r#"{"smoke": "not-sure"}"#, True, &["smoke"]);
}

#[test]
fn includes_looks_among_the_ticked_choices() {
    let red = r#"{ question = "pills", includes = "red" }"#;
    check(red, r#"{"pills": ["red", "blue"]}"#, True, &["pills"]);
    check(red, r#"{"pills": ["blue"]}"#, False, &["pills"]);
    check(red, r#"{"pills": ["none"]}"#, False, &["pills"]);
    check(red, r#"{"pills": ["not-sure"]}"#, Unknown, &["pills"]);
    check(red, "{}", Unknown, &[]);
}

#[test]
fn comparisons_hold_at_their_bounds() {
    let table = [
        (r#"{ question = "packs", at-least = 20 }"#, [False, True, True, True]),
        (r#"{ question = "packs", at-least = "packs_most" }"#, [False, True, True, True]),
        (r#"{ question = "packs", at-most = 30 }"#, [True, True, True, False]),
        (r#"{ question = "packs", between = [20, 30] }"#, [False, True, True, False]),
        (r#"{ question = "packs", between = ["packs_most", 30] }"#, [False, True, True, False]),
        (r#"{ not = { question = "packs", between = [20, 30] } }"#, [True, False, False, True]),
    ];
    for (condition, expected) in table {
        for (packs, expected) in [19.5, 20.0, 30.0, 30.5].into_iter().zip(expected) {
            let json = format!(r#"{{"smoke": "yes", "packs": {packs}}}"#);
            check(condition, &json, expected, &["packs"]);
        }
        check(condition, r#"{"smoke": "yes"}"#, Unknown, &[]);
    }
}

#[test]
fn a_part_of_a_pair_is_compared_by_itself() {
    let low = r#"{ question = "pressure.low", at-least = 100 }"#;
    check(low, r#"{"pressure": {"high": 190, "low": 99}}"#, False, &["pressure"]);
    check(low, r#"{"pressure": {"high": 101, "low": 100}}"#, True, &["pressure"]);
    check(low, r#"{"pressure": null}"#, Unknown, &["pressure"]);
}

#[test]
fn answered_is_true_of_anything_but_a_blank() {
    let answered = r#"{ question = "remarks", answered = true }"#;
    check(answered, r#"{"remarks": "words"}"#, True, &["remarks"]);
    check(answered, r#"{"remarks": null}"#, False, &["remarks"]);
    check(answered, "{}", False, &[]);
    check(r#"{ question = "remarks", answered = false }"#, "{}", True, &[]);
    check(r#"{ question = "smoke", answered = true }"#, r#"{"smoke": "not-sure"}"#, True, &["smoke"]);
}

#[test]
fn all_and_any_read_every_answer_even_when_one_settles_it() {
    let all = r#"{ all = [{ question = "smoke", is = "yes" }, { question = "pills", includes = "red" }] }"#;
    check(all, r#"{"smoke": "yes", "pills": ["red"]}"#, True, &["smoke", "pills"]);
    check(all, r#"{"smoke": "no", "pills": ["red"]}"#, False, &["smoke", "pills"]);
    check(all, r#"{"smoke": "no", "pills": ["not-sure"]}"#, False, &["smoke", "pills"]);
    check(all, r#"{"smoke": "yes"}"#, Unknown, &["smoke"]);
    let any = all.replace("all =", "any =");
    check(&any, r#"{"smoke": "yes", "pills": ["not-sure"]}"#, True, &["smoke", "pills"]);
    check(&any, r#"{"smoke": "no", "pills": ["not-sure"]}"#, Unknown, &["smoke", "pills"]);
    check(&any, r#"{"smoke": "no", "pills": ["blue"]}"#, False, &["smoke", "pills"]);
    check(&any, r#"{"pills": ["red"]}"#, True, &["pills"]);
}

#[test]
fn nothing_about_a_question_that_was_not_asked_holds() {
    let at_most = r#"{ question = "packs", at-most = 100 }"#;
    // The answer is kept, and not counted while the person says they do not smoke.
    check(at_most, r#"{"smoke": "no", "packs": 5}"#, False, &[]);
    check(at_most, r#"{"smoke": "yes", "packs": 5}"#, True, &["packs"]);
    check(r#"{ question = "packs", answered = true }"#, r#"{"smoke": "no", "packs": 5}"#, False, &[]);
}

#[test]
fn a_condition_that_cannot_be_meant_is_said_and_not_used() {
    let table = [
        (r#"{ question = "smoke", is = "maybe" }"#, "asks for a choice `maybe` that `smoke` does not have"),
        (r#"{ question = "pills", is = "red" }"#, "uses `is` on `pills`, which is of the kind several"),
        (
            r#"{ question = "smoke", includes = "yes" }"#,
            "uses `includes` on `smoke`, which is of the kind one",
        ),
        (r#"{ question = "smoke", at-least = 3 }"#, "compares `smoke` as a number, which it is not"),
        (r#"{ question = "pressure", at-least = 3 }"#, "compares `pressure` as a number, which it is not"),
        (r#"{ question = "pressure.middle", at-least = 3 }"#, "compares `pressure` as a number"),
        (r#"{ all = [] }"#, "has an empty list"),
        (r#"{ question = "packs" }"#, "says nothing about it"),
        (r#"{ question = "packs", at-least = "packs_mots" }"#, "settings.toml has no number `packs_mots`"),
        (r#"{ question = "packs", between = [1] }"#, "must be two numbers in brackets"),
        (r#"{ question = "packs", at-least = 3, at-most = 4 }"#, "`at-most` is not known"),
        (r#"{ question = "packs", at-lest = 3 }"#, "`at-lest` is not known"),
        (r#"{ count = [], at-least = 1 }"#, "counts to 1 and lists only 0"),
        (r#"{ count = [{ question = "smoke", is = "yes" }], at-least = 2 }"#, "counts to 2 and lists only 1"),
        (r#"{ count = [{ question = "smoke", is = "yes" }] }"#, "`at-least` is missing in `when`"),
        (
            r#"{ count = [{ question = "smoke", is = "yes" }], at-least = 0.5 }"#,
            "must be a whole number from 1 up",
        ),
        (r#"{ count = [{ question = "smoke", is = "maybe" }], at-least = 1 }"#, "asks for a choice `maybe`"),
        (
            r#"{ question = "smoke", ticked-at-least = 1 }"#,
            "uses `ticked-at-least` on `smoke`, which is of the kind one",
        ),
        (r#"{ question = "pills", ticked-at-least = 4 }"#, "of which only 3 can be ticked together"),
        (r#"{ question = "pillz", ticked-at-least = 1 }"#, "a question `pillz` that does not exist"),
    ];
    for (condition, what) in table {
        let rule = format!("\n[[rule]]\nid = \"new\"\nlevel = \"stop\"\nwhen = {condition}\n");
        let folder = Folder::small().and("screening.toml", &rule);
        let errors = folder.errors();
        assert!(errors.iter().any(|error| error.what.contains(what)), "{condition}: {errors:#?}");
        assert!(folder.guide().partly_read, "{condition}");
    }
}

#[test]
fn a_condition_nested_too_deep_is_refused() {
    let deep = |levels: usize| {
        let condition = "{ question = \"smoke\", is = \"yes\" }".to_owned();
        (0..levels).fold(condition, |inner, _| format!("{{ not = {inner} }}"))
    };
    guide_with(&deep(8));
    let rule = format!("\n[[rule]]\nid = \"new\"\nlevel = \"stop\"\nwhen = {}\n", deep(9));
    let errors = Folder::small().and("screening.toml", &rule).errors();
    assert!(errors.iter().any(|error| error.what.contains("nested more than 8 deep")), "{errors:#?}");
}

const FINE: &str = r#"{"danger": "no", "smoke": "no", "pressure": null, "pills": ["none"], "remarks": null}"#;

fn outcome(guide: &Guide, json: &str) -> Outcome {
    result(guide, &answers(guide, json))
}

fn rules(outcome: &Outcome) -> Vec<&str> {
    outcome.reasons.iter().map(|reason| reason.rule.as_str()).collect()
}

#[test]
fn an_unsure_answer_raises_review_where_a_rule_reads_it() {
    let guide = guide_with(r#"{ question = "smoke", is = "yes" }"#);
    let unsure = outcome(&guide, &FINE.replace(r#""smoke": "no""#, r#""smoke": "not-sure", "packs": 1"#));
    assert_eq!(unsure.level, Level::Review);
    assert_eq!(rules(&unsure), ["smoke.not-sure", "new"]);
    assert!(unsure.reasons.iter().all(|reason| reason.unsure && reason.level == Level::Review));
    // A blank is unknown as well, and no "not sure": it is the answers that are still missing that count.
    let mut partly = answers(&guide, FINE);
    partly.clear(&QuestionId::from("smoke"));
    assert_eq!(result(&guide, &partly).level, Level::Incomplete);
}

#[test]
fn an_unsure_answer_raises_no_more_than_the_rule_itself() {
    let rule = "\n[[rule]]\nid = \"new\"\nlevel = \"note\"\nwhen = { question = \"smoke\", is = \"yes\" }\n";
    let guide = Folder::small().and("screening.toml", rule).guide();
    let unsure = outcome(&guide, &FINE.replace(r#""smoke": "no""#, r#""smoke": "not-sure", "packs": 1"#));
    assert_eq!(
        unsure.reasons.iter().find(|reason| reason.rule.as_str() == "new").unwrap().level,
        Level::Note
    );
}

#[test]
fn an_unknown_condition_asks_the_question_and_shows_the_task() {
    let guide = small();
    for (smoke, packs_asked, lighter_shown) in
        [("yes", true, true), ("no", false, false), ("not-sure", true, true)]
    {
        let answers = answers(guide, &format!(r#"{{"smoke": "{smoke}"}}"#));
        let asked = journey(guide, &answers).position(&QuestionId::from("packs")).is_some();
        assert_eq!(asked, packs_asked, "{smoke}");
        let tasks = anteroom::engine::plan::tasks(guide, &answers);
        let shown = tasks.iter().flat_map(|(_, tasks)| tasks).any(|task| task.id.as_str() == "lighter");
        assert_eq!(shown, lighter_shown, "{smoke}");
    }
    let shown = anteroom::engine::plan::tasks(guide, &Answers::default());
    assert_eq!(shown.len(), 2, "nothing known: both tasks are shown");
}

#[test]
fn of_two_thresholds_on_one_reading_only_the_stricter_speaks() {
    let guide = small();
    let table = [
        (120, 80, &[][..], Level::Clear),
        (139, 89, &[], Level::Clear),
        (140, 80, &["pressure_review"], Level::Review),
        (120, 90, &["pressure_review"], Level::Review),
        (180, 80, &["pressure_stop"], Level::Stop),
        (120, 100, &["pressure_stop"], Level::Stop),
        (300, 200, &["pressure_stop"], Level::Stop),
    ];
    for (high, low, expected, level) in table {
        let reading = format!(r#""pressure": {{"high": {high}, "low": {low}}}"#);
        let outcome = outcome(guide, &FINE.replace(r#""pressure": null"#, &reading));
        assert_eq!(rules(&outcome), expected, "{high}/{low}");
        assert_eq!(outcome.level, level, "{high}/{low}");
    }
}

#[test]
fn thresholds_on_different_numbers_each_speak() {
    let guide = guide_with(r#"{ question = "packs", at-least = 50 }"#);
    let json = r#"{"danger": "no", "smoke": "yes", "packs": 60, "pressure": {"high": 150, "low": 80},
        "pills": ["none"], "remarks": null}"#;
    assert_eq!(rules(&outcome(&guide, json)), ["new", "pressure_review", "smoke.yes"]);
}

#[test]
fn every_reason_is_shown_the_worst_first_then_in_the_order_of_the_guide() {
    let guide = small();
    let json = r#"{"danger": "thoughts", "smoke": "yes", "packs": 25, "pressure": {"high": 190, "low": 80},
        "pills": ["blue", "red", "voices"], "remarks": "none"}"#;
    let outcome = outcome(guide, json);
    assert_eq!(outcome.level, Level::Stop);
    assert!(outcome.crisis);
    assert_eq!(
        rules(&outcome),
        ["pills.red", "pressure_stop", "danger.thoughts", "many_packs", "smoke.yes", "pills.blue"]
    );
    let reason = &outcome.reasons[3];
    assert_eq!(reason.answers, [QuestionId::from("packs")]);
    assert_eq!(reason.sources.iter().map(|code| code.as_str()).collect::<Vec<_>>(), ["BOOK"]);
    assert_eq!(reason.reviewed_on.unwrap().to_string(), "2026-01-10");
}

#[test]
fn with_an_answer_missing_only_a_stop_or_help_is_settled() {
    let guide = small();
    let table = [
        ("{}", Level::Incomplete),
        (r#"{"smoke": "not-sure"}"#, Level::Incomplete),
        (r#"{"pills": ["red"]}"#, Level::Stop),
        (r#"{"danger": "now"}"#, Level::GetHelp),
        // An optional question that was never come to holds nothing up.
        (r#"{"danger": "no", "smoke": "no", "pills": ["none"]}"#, Level::Clear),
    ];
    for (json, level) in table {
        assert_eq!(outcome(guide, json).level, level, "{json}");
    }
}

#[test]
fn help_now_ends_the_journey_wherever_it_is_answered() {
    let guide = small();
    let json = FINE.replace(r#""danger": "no""#, r#""danger": "now""#).replace("none", "red");
    let answers = answers(guide, &json);
    let journey = journey(guide, &answers);
    assert!(journey.ended_by_get_help);
    assert_eq!(journey.next, None);
    assert_eq!(journey.asked.len(), 1);
    let outcome = result(guide, &answers);
    assert_eq!(rules(&outcome), ["danger.now"], "what comes after it is not counted");
    assert!(outcome.crisis);
}

#[test]
fn a_guide_without_questions_never_says_that_all_is_clear() {
    assert_eq!(result(&Guide::default(), &Answers::default()).level, Level::Incomplete);
}

#[test]
fn changing_an_early_answer_keeps_the_later_ones() {
    let guide = small();
    let smoker = answers(guide, r#"{"smoke": "yes", "packs": 25}"#);
    let mut stopped = smoker.clone();
    stopped.set(QuestionId::from("smoke"), crate::support::one("no"));
    assert!(rules(&result(guide, &stopped)).is_empty());
    assert_eq!(stopped.get(&QuestionId::from("packs")), smoker.get(&QuestionId::from("packs")));
    let again = crate::support::changed(&stopped, &QuestionId::from("smoke"), crate::support::one("yes"));
    assert_eq!(result(guide, &again), result(guide, &smoker));
    assert_eq!(removed(&again, &QuestionId::from("smoke")).len(), 1);
}

#[test]
fn a_count_and_a_number_of_ticks_read_every_answer() {
    let two = r#"{ count = [{ question = "smoke", is = "yes" }, { question = "pills", includes = "red" },
        { question = "packs", at-least = 20 }], at-least = 2 }"#
        .replace('\n', " ");
    check(&two, r#"{"smoke": "yes", "packs": 30}"#, True, &["smoke", "packs"]);
    check(&two, r#"{"smoke": "yes", "packs": 3, "pills": ["blue"]}"#, False, &["smoke", "pills", "packs"]);
    check(&two, r#"{"smoke": "not-sure", "packs": 30}"#, Unknown, &["smoke", "packs"]);
    let ticks = r#"{ question = "pills", ticked-at-least = 2 }"#;
    check(ticks, r#"{"pills": ["red", "blue"]}"#, True, &["pills"]);
    check(ticks, r#"{"pills": ["none"]}"#, False, &["pills"]);
}

#[test]
fn a_reason_says_which_test_found_what() {
    let guide = small();
    let reading = FINE.replace(r#""pressure": null"#, r#""pressure": {"high": 190, "low": 80}"#);
    let outcome = outcome(guide, &reading);
    let [reason] = &outcome.reasons[..] else { panic!("{outcome:#?}") };
    let found: Vec<_> = reason.trace.iter().map(|step| (step.found.clone(), step.truth)).collect();
    assert_eq!(found, [(Found::Number(190.0), True), (Found::Number(80.0), False)]);
    let words = guide.words(&crate::support::english());
    let answers = answers(guide, &reading);
    assert_eq!(words.findings(guide, &answers, reason), ["Top number: 190 is at least 180 mmHg."]);
}

#[test]
fn a_test_under_not_speaks_for_the_rule_when_it_fails() {
    let guide = guide_with(r#"{ not = { question = "packs", between = [20, 30] } }"#);
    let json = FINE.replace(r#""smoke": "no""#, r#""smoke": "yes", "packs": 3"#);
    let outcome = outcome(&guide, &json);
    let reason = outcome.reasons.iter().find(|reason| reason.rule.as_str() == "new").unwrap();
    let [step] = &reason.trace[..] else { panic!("{reason:#?}") };
    assert!(step.denied && step.truth == False && step.speaks_for_it());
    let words = guide.words(&crate::support::english());
    assert_eq!(words.findings(&guide, &answers(&guide, &json), reason).len(), 1);
}

#[test]
fn every_reason_of_the_small_guide_names_a_test_that_speaks_for_it() {
    let json = r#"{"danger": "thoughts", "smoke": "yes", "packs": 25, "pressure": {"high": 190, "low": 80},
        "pills": ["blue", "red", "voices"], "remarks": "none"}"#;
    for reason in outcome(small(), json).reasons {
        assert!(reason.trace.iter().any(Step::speaks_for_it), "{}", reason.rule);
    }
}

/// What a slip took away may have been a stop: nothing passes as mild, and what is grave enough says so by itself.
#[test]
fn a_guide_that_is_partly_read_is_never_mild() {
    let mut guide = small().clone();
    guide.partly_read = true;
    let level_and_rules = |json: &str| {
        let outcome = outcome(&guide, json);
        let rules: Vec<String> = outcome.reasons.iter().map(|reason| reason.rule.to_string()).collect();
        (outcome.level, rules)
    };
    let of = |old: &str, new: &str| {
        assert!(FINE.contains(old), "{old}");
        level_and_rules(&FINE.replace(old, new))
    };
    let rule = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    assert_eq!(level_and_rules(FINE), (Level::Review, rule(&["guide.partly-read"])));
    let noted = of(r#""smoke": "no""#, r#""smoke": "yes", "packs": 3"#);
    assert_eq!(noted, (Level::Review, rule(&["guide.partly-read", "smoke.yes"])));
    let reviewed = of(r#""smoke": "no""#, r#""smoke": "yes", "packs": 25"#);
    assert_eq!(reviewed, (Level::Review, rule(&["many_packs", "smoke.yes"])));
    let stopped = of(r#""pressure": null"#, r#""pressure": {"high": 190, "low": 80}"#);
    assert_eq!(stopped, (Level::Stop, rule(&["pressure_stop"])));
}

#[test]
fn of_two_thresholds_with_one_level_the_first_speaks() {
    let mut guide = guide_with(r#"{ question = "packs", at-least = 1 }"#);
    guide.rules.iter_mut().for_each(|rule| rule.level = Level::Review);
    let json = FINE.replace(r#""smoke": "no""#, r#""smoke": "yes", "packs": 25"#);
    let rules: Vec<String> =
        outcome(&guide, &json).reasons.iter().map(|reason| reason.rule.to_string()).collect();
    assert!(rules.contains(&"many_packs".to_owned()) && !rules.contains(&"new".to_owned()), "{rules:?}");
}

#[test]
fn a_choice_that_is_ticked_beside_others_is_found_among_them() {
    let ticked = outcome(small(), &FINE.replace(r#"["none"]"#, r#"["red", "blue"]"#));
    let red = ticked.reasons.iter().find(|reason| reason.rule.as_str() == "pills.red").unwrap();
    assert!(matches!(&red.trace[0].test, Condition::Includes(..)), "{red:?}");
    let chosen = outcome(small(), &FINE.replace(r#""smoke": "no""#, r#""smoke": "yes", "packs": 3"#));
    assert!(matches!(&chosen.reasons[0].trace[0].test, Condition::Is(..)), "{:?}", chosen.reasons);
}

/// Thresholds on one number are one reading; rules over one choice are two things to say.
#[test]
fn two_rules_over_one_choice_both_speak() {
    let mut guide = guide_with(r#"{ question = "smoke", is = "yes" }"#);
    let mut other = guide.rules.last().unwrap().clone();
    other.id = RuleId::from("other");
    other.level = Level::Review;
    guide.rules.push(other);
    let outcome = outcome(&guide, &FINE.replace(r#""smoke": "no""#, r#""smoke": "yes", "packs": 3"#));
    assert_eq!(rules(&outcome), ["new", "other", "smoke.yes"]);
}
