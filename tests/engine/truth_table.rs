//! Holds every row of docs/truth-table.md against the engine, and sees to it that no row is missing.

use std::collections::BTreeMap;

use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::ids::{QuestionId, RuleId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::answer::Answer;
use anteroom::engine::screening::journey::seen;
use anteroom::engine::screening::rule::{Seen, Trace, Truth};

const TABLE: &str = include_str!("../../docs/truth-table.md");

const QUESTIONS: &str = r#"
format = 1

[[section]]
id = "all"

[[question]]
id = "one"
section = "all"
kind = "one"
required = false
choices = [{ id = "this" }, { id = "another" }, { id = "not-sure", unsure = true }]

[[question]]
id = "several"
section = "all"
kind = "several"
required = false
choices = [
  { id = "this" }, { id = "another" }, { id = "third" },
  { id = "not-sure", unsure = true }, { id = "none", exclusive = true },
]

[[question]]
id = "number"
section = "all"
kind = "number"
unit = "packs"
least = 0
most = 100
required = false
"#;

/// The rows of the document: what stands before "is", and the truth it names.
fn rows() -> Vec<((String, String), Truth)> {
    let mut rows = Vec::new();
    for line in TABLE.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [condition, of, is] = cells[..] else { continue };
        let truth = match is {
            "true" => Truth::True,
            "false" => Truth::False,
            "unknown" => Truth::Unknown,
            // The table of what comes of a condition begins with a backtick too.
            _ => continue,
        };
        rows.push(((condition.trim_matches('`').to_owned(), of.to_owned()), truth));
    }
    rows
}

/// Every row that must be there: each operator with all that it can meet.
fn expected() -> Vec<(String, String)> {
    let truths = ["true", "false", "unknown"];
    let absent = ["blank", "open", "not asked"];
    let mut expected = Vec::new();
    let mut add = |condition: &str, of: &[&str]| {
        expected.extend(of.iter().map(|of| (condition.to_owned(), (*of).to_owned())));
    };
    add("not", &truths);
    for one in truths {
        for other in truths {
            add("all", &[&format!("{one}, {other}")]);
            add("any", &[&format!("{one}, {other}")]);
            for third in truths {
                for least in 1..=3 {
                    add(&format!("count at-least {least}"), &[&format!("{one}, {other}, {third}")]);
                }
            }
        }
    }
    for condition in ["is", "is-not"] {
        add(condition, &["this choice", "another choice", "not sure"]);
    }
    add("includes", &["this choice", "another choice", "this choice, not sure", "another choice, not sure"]);
    add("includes", &["not sure", "none of these"]);
    add("ticked-at-least 2", &["one", "two", "three", "one, not sure", "two, not sure", "not sure"]);
    add("ticked-at-least 2", &["none of these"]);
    for condition in ["at-least", "at-most"] {
        add(condition, &["less", "equal", "more"]);
    }
    add("between", &["below", "the low end", "inside", "the high end", "above"]);
    add("answered", &["an answer", "not sure"]);
    let on_a_question =
        ["is", "is-not", "includes", "ticked-at-least 2", "at-least", "at-most", "between", "answered"];
    for condition in on_a_question {
        add(condition, &absent);
    }
    add("score", &["all answered, less", "all answered, equal", "all answered, more"]);
    add("score", &["one answered, enough already", "one answered, the rest decides"]);
    add("score", &["one answered, the other blank", "switched off"]);
    add("score", &absent);
    expected
}

/// The condition of a row as it stands in a content file.
fn written(condition: &str, of: &str) -> String {
    // A condition of each truth: nothing is known of the open question `number`.
    let operand = |truth: &str| match truth {
        "true" => r#"{ question = "one", is = "this" }"#,
        "false" => r#"{ question = "one", is = "another" }"#,
        "unknown" => r#"{ question = "number", at-least = 1 }"#,
        other => panic!("`{other}` is no truth"),
    };
    let operands = || of.split(", ").map(operand).collect::<Vec<_>>().join(", ");
    match condition {
        "not" => format!("{{ not = {} }}", operand(of)),
        "all" | "any" => format!("{{ {condition} = [{}] }}", operands()),
        "is" | "is-not" => format!(r#"{{ question = "one", {condition} = "this" }}"#),
        "includes" => r#"{ question = "several", includes = "this" }"#.to_owned(),
        "ticked-at-least 2" => r#"{ question = "several", ticked-at-least = 2 }"#.to_owned(),
        "at-least" | "at-most" => format!(r#"{{ question = "number", {condition} = 20 }}"#),
        "between" => r#"{ question = "number", between = [20, 30] }"#.to_owned(),
        "answered" => r#"{ question = "one", answered = true }"#.to_owned(),
        count => match count.strip_prefix("count at-least ") {
            Some(least) => format!("{{ count = [{}], at-least = {least} }}", operands()),
            None => panic!("`{condition}` is no condition"),
        },
    }
}

/// The answers of a row; none for a question that was not asked.
fn answers_of(condition: &str, of: &str) -> Option<&'static str> {
    if matches!(condition, "not" | "all" | "any") || condition.starts_with("count") {
        return Some(r#"{"one": "this"}"#);
    }
    Some(match (condition, of) {
        (_, "not asked") => return None,
        (_, "open") => "{}",
        (_, "blank") => r#"{"one": null, "several": null, "number": null}"#,
        ("is" | "is-not", "this choice") | ("answered", "an answer") => r#"{"one": "this"}"#,
        ("is" | "is-not", "another choice") => r#"{"one": "another"}"#,
        ("is" | "is-not" | "answered", "not sure") => r#"{"one": "not-sure"}"#,
        ("includes", "this choice") | ("ticked-at-least 2", "one") => r#"{"several": ["this"]}"#,
        ("includes", "another choice") => r#"{"several": ["another", "third"]}"#,
        ("includes", "this choice, not sure") | ("ticked-at-least 2", "one, not sure") => {
            r#"{"several": ["this", "not-sure"]}"#
        }
        ("includes", "another choice, not sure") => r#"{"several": ["another", "not-sure"]}"#,
        ("ticked-at-least 2", "two") => r#"{"several": ["this", "third"]}"#,
        ("ticked-at-least 2", "two, not sure") => r#"{"several": ["this", "third", "not-sure"]}"#,
        ("ticked-at-least 2", "three") => r#"{"several": ["this", "another", "third"]}"#,
        (_, "none of these") => r#"{"several": ["none"]}"#,
        (_, "not sure") => r#"{"several": ["not-sure"]}"#,
        (_, "less") | ("between", "below") => r#"{"number": 19.5}"#,
        (_, "equal") | ("between", "the low end") => r#"{"number": 20}"#,
        (_, "more") | ("between", "inside") => r#"{"number": 20.5}"#,
        ("between", "the high end") => r#"{"number": 30}"#,
        ("between", "above") => r#"{"number": 30.5}"#,
        other => panic!("{other:?} names no answer"),
    })
}

fn guide_with(condition: &str) -> (Guide, Vec<Problem>) {
    let rule = format!("\n[[rule]]\nid = \"row\"\nlevel = \"note\"\nwhen = {condition}\n");
    let (guide, mut problems) =
        guide::parse(&[Source::new("screening.toml", QUESTIONS.to_owned() + &rule)], None);
    problems.retain(|problem| problem.severity == Severity::Error);
    (guide, problems)
}

/// The score of the shipped PHQ-2, whose threshold here is 3.
fn evaluated_score(of: &str) -> Truth {
    use crate::support::{Folder, one};
    let words = "\n[ask.row]\ntext = \"Row?\"\n";
    let ask = "\n[[ask]]\nid = \"row\"\nshow_if = { score = \"phq2\", at-least = 3 }\n";
    let mut folder = Folder::shipped().and("screening.toml", ask);
    folder = folder.and("en/screening.toml", words).and("es/screening.toml", words);
    if of == "switched off" {
        folder = folder.replaced("settings.toml", "on = [\"phq2\", \"gad2\"]", "on = [\"gad2\"]");
    }
    let guide = folder.guide();
    let mut answers = anteroom::engine::screening::answer::Answers::default();
    let said = match of {
        "all answered, less" => ["several-days", "several-days"],
        "all answered, equal" => ["several-days", "more-than-half"],
        "all answered, more" => ["nearly-every-day", "nearly-every-day"],
        "one answered, enough already" => ["nearly-every-day", ""],
        "one answered, the rest decides" => ["more-than-half", ""],
        "one answered, the other blank" => ["more-than-half", "blank"],
        "blank" => ["blank", "blank"],
        "open" | "not asked" | "switched off" => ["", ""],
        other => panic!("{other} names no answers"),
    };
    for (item, said) in ["phq-interest", "phq-down"].into_iter().zip(said) {
        match said {
            "" => {}
            "blank" => answers.set(QuestionId::from(item), Answer::Blank),
            choice => answers.set(QuestionId::from(item), one(choice)),
        }
    }
    let look = |id: &QuestionId| match of {
        "not asked" => Seen::NotAsked,
        _ => seen(&guide, &answers, id),
    };
    let advice = guide.advice.iter().find(|advice| advice.id.as_str() == "row").unwrap();
    advice.show_if.as_ref().unwrap().evaluate(&look, &mut Trace::default())
}

fn evaluated(condition: &str, of: &str) -> Truth {
    if condition == "score" {
        return evaluated_score(of);
    }
    let written = written(condition, of);
    let (guide, problems) = guide_with(&written);
    assert_eq!(problems, [], "{written}");
    let json = answers_of(condition, of);
    let answers = crate::support::answers(&guide, json.unwrap_or("{}"));
    let look = |id: &QuestionId| match json {
        Some(_) => seen(&guide, &answers, id),
        None => Seen::NotAsked,
    };
    let rule = guide.rule(&RuleId::from("row")).unwrap();
    rule.when.evaluate(&look, &mut Trace::default())
}

#[test]
fn every_row_of_the_truth_table_is_what_the_engine_says() {
    for ((condition, of), truth) in rows() {
        assert_eq!(evaluated(&condition, &of), truth, "`{condition}` of {of}");
    }
}

#[test]
fn the_truth_table_has_every_row_once() {
    let mut times: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (row, _) in rows() {
        *times.entry(row).or_default() += 1;
    }
    for row in expected() {
        assert_eq!(times.remove(&row), Some(1), "{row:?} must stand there once");
    }
    assert_eq!(times, BTreeMap::new(), "these rows say nothing about the engine");
}
