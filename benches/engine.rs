//! Figures, never a judgement: how long the engine takes over the shipped guide, and over many more rules.
//!
//! `cargo bench --bench engine`

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
#[cfg(feature = "cli")]
use std::process::Command;

use anteroom::engine::guide::reader::Place;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, Guide, patients};
use anteroom::engine::ids::{ChoiceId, QuestionId, RuleId, SectionId};
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Choice, Kind, Question};
use anteroom::engine::screening::result::result;
use anteroom::engine::screening::rule::{Condition, Rule};
use divan::Bencher;

fn main() {
    divan::main();
}

fn shipped_sources() -> Vec<Source> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    // A page that is not translated yet is not there.
    let read = |path: &str| match fs::read(content.join(path)) {
        Ok(bytes) => Source::new(path, bytes),
        Err(error) => Source::missing(path, &error.to_string()),
    };
    let settings = guide::parse(&[read("settings.toml")], None).0.settings;
    guide::all_paths(&settings).iter().map(|path| read(path)).collect()
}

/// An answer to every question; the last choice of each, which is seldom the mildest.
fn full_answers(guide: &Guide) -> Answers {
    let mut answers = Answers::default();
    for question in &guide.questions {
        let mildest_that_goes_on = |choice: &&Choice| choice.level < Level::GetHelp;
        let answer = match &question.kind {
            Kind::One(choices) => Answer::One(choices.iter().rfind(mildest_that_goes_on).unwrap().id.clone()),
            // Everything that is not "none of these" or "not sure": the most reasons that can be given.
            Kind::Several(choices) => Answer::Several(
                choices.iter().filter(|choice| !choice.exclusive).map(|choice| choice.id.clone()).collect(),
            ),
            Kind::Number(bounds) => Answer::Number(bounds.most),
            Kind::Pair([first, second]) => {
                Answer::Pair([(first.id.clone(), first.bounds.most), (second.id.clone(), second.bounds.most)])
            }
            Kind::Text(_) => Answer::Text("words".to_owned()),
            Kind::Date(_) | Kind::List(_) => Answer::Blank,
        };
        answers.set(question.id.clone(), answer);
    }
    answers
}

/// Parses and checks every file of the shipped guide.
#[divan::bench]
fn parse_the_shipped_content(bencher: Bencher) {
    let sources = shipped_sources();
    bencher.bench_local(|| guide::parse(divan::black_box(&sources), None));
}

/// The files that must be parsed before the first question can be asked.
#[divan::bench]
fn parse_the_first_files(bencher: Bencher) {
    let all = shipped_sources();
    let settings = guide::parse(&all, None).0.settings;
    let first = guide::first_paths(&settings.languages[0]);
    let sources: Vec<Source> = all.into_iter().filter(|source| first.contains(&source.path)).collect();
    bencher.bench_local(|| guide::parse(divan::black_box(&sources), None));
}

/// Parses, checks, and runs every virtual patient.
#[divan::bench]
fn check_the_shipped_content(bencher: Bencher) {
    let sources = shipped_sources();
    bencher.bench_local(|| {
        let (guide, problems) = guide::parse(divan::black_box(&sources), None);
        let (patients, unread) = patients::read(&sources, &guide);
        (problems, unread, patients::run(&guide, &patients))
    });
}

/// `anteroom check` over the shipped content, as a clinic runs it, with all lints of words. It should take less than a
/// second.
#[cfg(feature = "cli")]
#[divan::bench(sample_count = 10)]
fn anteroom_check(bencher: Bencher) {
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anteroom"));
        command.arg("check").current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap()
    };
    assert!(String::from_utf8(run().stdout).unwrap().contains(" in content"));
    bencher.bench_local(run);
}

/// The result of full answers to the shipped guide, with a reason for nearly every question.
#[divan::bench]
fn result_of_the_shipped_guide(bencher: Bencher) {
    let guide = guide::parse(&shipped_sources(), None).0;
    let answers = full_answers(&guide);
    bencher.bench_local(|| result(divan::black_box(&guide), divan::black_box(&answers)));
}

const QUESTIONS: usize = 50;

/// Fifty questions, and this many rules over three of them each.
fn synthetic(rules: usize) -> (Guide, Answers) {
    let choice = |id: &str| Choice {
        id: ChoiceId::from(id),
        level: Level::Clear,
        crisis: false,
        emergency: false,
        unsure: false,
        floor: false,
        exclusive: false,
        sources: Vec::new(),
    };
    let id = |place: usize| QuestionId::from(format!("q{}", place % QUESTIONS).as_str());
    let questions = (0..QUESTIONS)
        .map(|place| Question {
            unsure_choices: Vec::new(),
            id: id(place),
            section: SectionId::from("s"),
            kind: Kind::One(vec![choice("no"), choice("yes"), choice("maybe")]),
            required: true,
            ask_if: None,
            private: false,
            changes: false,
            sources: Vec::new(),
            line: Place::line(1),
        })
        .collect();
    let is = |place: usize, choice: &str| Condition::Is(id(place), ChoiceId::from(choice));
    let rules = (0..rules)
        .map(|place| Rule {
            id: RuleId::from(format!("r{place}").as_str()),
            level: Level::RAISING[place % 4],
            when: Condition::All(vec![
                is(place, "yes"),
                Condition::Any(vec![is(place + 1, "yes"), Condition::Not(Box::new(is(place + 7, "maybe")))]),
            ]),
            floor: false,
            sources: Vec::new(),
            line: Place::line(1),
        })
        .collect();
    let mut answers = Answers::default();
    for place in 0..QUESTIONS {
        let choice = if place % 3 == 0 { "yes" } else { "no" };
        answers.set(id(place), Answer::One(ChoiceId::from(choice)));
    }
    (Guide::of_questions(questions, rules), answers)
}

/// Whether the time grows with the rules and no faster.
#[divan::bench(args = [100, 1_000, 10_000])]
fn result_over_rules(bencher: Bencher, rules: usize) {
    let (guide, answers) = synthetic(rules);
    let levels: BTreeSet<Level> =
        result(&guide, &answers).reasons.iter().map(|reason| reason.level).collect();
    assert!(levels.len() > 1, "some of the rules hold");
    bencher.bench_local(|| result(divan::black_box(&guide), divan::black_box(&answers)));
}
