//! The documents for a clinic's director and lawyer say what the shipped guide does, and name tests that exist.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anteroom::engine::screening::level::Level;

use crate::support::{english, shipped};

fn place(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    std::fs::read_to_string(place(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// The rows of a document's tables that begin with a name in backticks: the name, and the rest of the row.
fn rows(document: &str) -> Vec<(&str, &str)> {
    document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`')).collect()
}

#[test]
fn every_question_has_its_reason_in_the_list_of_inputs() {
    let document = read("docs/inputs-and-why.md");
    let (_, list) = document.split_once("## Every question").unwrap();
    let rows = rows(list);
    for question in &shipped().questions {
        let row = rows.iter().find(|(name, _)| *name == question.id.as_str());
        let (_, row) = row
            .unwrap_or_else(|| panic!("docs/inputs-and-why.md does not say why `{}` is asked", question.id));
        for choice in question.choices().iter().filter(|choice| choice.level > Level::Clear) {
            assert!(
                row.contains(&format!("`{}`", choice.level.as_str())),
                "docs/inputs-and-why.md: `{}` can raise `{}`",
                question.id,
                choice.level.as_str()
            );
        }
    }
    for (name, _) in rows {
        assert!(
            shipped().questions.iter().any(|question| question.id.as_str() == name),
            "docs/inputs-and-why.md: `{name}` is not asked"
        );
    }
}

#[test]
fn nothing_is_asked_about_race_or_money() {
    let words = shipped().words(&english());
    for question in &shipped().questions {
        let asked = words.question(&question.id).ask.to_lowercase();
        let asked: BTreeSet<&str> = asked.split(|letter: char| !letter.is_alphabetic()).collect();
        for word in [
            "race",
            "ethnic",
            "ethnicity",
            "hispanic",
            "insurance",
            "insured",
            "medicaid",
            "income",
            "pay",
            "salary",
            "zip",
        ] {
            assert!(!asked.contains(word), "`{}` asks about `{word}`", question.id);
        }
    }
}

/// A line that names files of tests names its tests “like this”.
#[test]
fn the_documents_name_tests_that_exist() {
    for path in ["docs/privacy-for-lawyers.md", "docs/inputs-and-why.md", "docs/intended-use.md"] {
        for line in read(path).lines() {
            let quoted: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
            let files: Vec<&str> = quoted.iter().copied().filter(|word| word.starts_with("tests/")).collect();
            for file in &files {
                assert!(place(file).exists(), "{path}: {file} does not exist");
            }
            let proofs: String =
                files.iter().filter(|file| place(file).is_file()).map(|file| read(file)).collect();
            for name in line.split('“').skip(1).filter_map(|rest| Some(rest.split_once('”')?.0)) {
                assert!(
                    files.is_empty() || proofs.replace("\\'", "'").contains(name),
                    "{path}: there is no test “{name}” in {files:?}"
                );
            }
        }
    }
}
