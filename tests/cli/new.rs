//! `anteroom new`.

use std::fs;

use serde_json::json;
use toml::de::DeTable;

use crate::Clinic;
use crate::support::{Folder, shipped};

#[test]
fn a_new_folder_is_written_and_never_over_another() {
    let clinic = Clinic::small();
    let said = clinic.runs(&["new", "ours"]);
    said.exits(0);
    for file in ["README.txt", "settings.toml", "screening.toml", "en/screening.toml"] {
        assert!(clinic.path("ours").join(file).is_file(), "{file}");
        assert!(said.out.contains(file), "{}", said.out);
    }
    let before = fs::read(clinic.path("ours/settings.toml")).unwrap();
    fs::remove_file(clinic.path("ours/README.txt")).unwrap();
    let said = clinic.runs(&["new", "ours"]);
    said.exits(2);
    assert_eq!(
        said.err,
        "The folder `ours` is not empty, so nothing was written. Give the name of a new folder.\n"
    );
    assert_eq!(fs::read(clinic.path("ours/settings.toml")).unwrap(), before);
    assert!(!clinic.path("ours/README.txt").exists());
}

#[test]
fn an_empty_folder_is_taken_and_a_file_is_not() {
    let clinic = Clinic::small();
    fs::create_dir(clinic.path("empty")).unwrap();
    let said = clinic.runs(&["new", "empty", "--format", "json"]);
    said.exits(0);
    assert_eq!(
        said.json(),
        json!({"files": ["README.txt", "settings.toml", "screening.toml", "en/screening.toml"]})
    );
    clinic.writes("taken", "");
    let said = clinic.runs(&["new", "taken"]);
    said.exits(2);
    assert_eq!(said.err, "`taken` is a file. Give the name of a new folder.\n");
    clinic.runs(&["new"]).exits(2);
}

#[test]
fn it_needs_no_content_folder() {
    let clinic = Clinic::small();
    clinic.runs(&["new", "ours", "--content", "nowhere"]).exits(0);
}

/// A file of the new folder, and the same with its examples in use.
fn file(path: &str) -> [String; 2] {
    let clinic = Clinic::small();
    clinic.runs(&["new", "ours"]).exits(0);
    let text = fs::read_to_string(clinic.path("ours").join(path)).unwrap();
    let used: Vec<&str> = text
        .lines()
        .map(|line| match line.strip_prefix('#') {
            // A `#` with a space is a note; the choices of an example are indented by two.
            Some(example)
                if !example.is_empty() && (!example.starts_with(' ') || example.starts_with("  {")) =>
            {
                example
            }
            _ => line,
        })
        .collect();
    [text.clone(), used.join("\n")]
}

#[test]
fn the_examples_name_what_the_shipped_guide_has() {
    for path in ["settings.toml", "screening.toml", "en/screening.toml"] {
        for text in file(path) {
            DeTable::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        }
    }
    let guide = shipped();
    let folder = Folder::shipped();
    let settings = folder.text("settings.toml");
    let [settings_alone, _] = file("settings.toml");
    for key in ["name", "phone", "address", "hours"] {
        let line = settings_alone.lines().find(|line| line.starts_with(&format!("{key} = "))).unwrap();
        assert!(settings.contains(line), "{line}");
    }
    // The example of a number is stricter, and within its bounds.
    let seizure = &guide.settings.numbers[&"seizure_months".into()];
    assert!(seizure.from < 12.0);
    let stricter =
        settings.replace("[numbers.seizure_months]\nvalue = 6\n", "[numbers.seizure_months]\nvalue = 12\n");
    assert_ne!(stricter, settings);
    assert_eq!(folder.with("settings.toml", stricter).errors(), []);
    let question = guide.questions.iter().find(|question| question.id.as_str() == "breastfeeding").unwrap();
    let choice = question.choices().iter().find(|choice| choice.id.as_str() == "yes").unwrap();
    assert_eq!(choice.level.as_str(), "review");
    let [_, words] = file("en/screening.toml");
    assert!(words.contains("\n[question.breastfeeding]\nnext = \""), "{words}");
}
