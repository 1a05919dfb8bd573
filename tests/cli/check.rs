//! `anteroom check`.

use std::fs;

use serde_json::json;

use crate::Clinic;
use crate::support::{Folder, shipped_patients};

const PATIENTS: &str = "3 virtual patients, all as expected\n";

/// What was said without the figures of how hard the pages are to read and of how much is translated.
pub fn problems(out: &str) -> String {
    let figure = |line: &&str| !line.contains("reads at ") && !line.ends_with(" in this language\n");
    out.split_inclusive('\n').filter(figure).collect()
}

#[test]
fn the_shipped_content_is_fine() {
    let said = Clinic::shipped().runs(&["check"]);
    said.exits(0);
    assert_eq!(said.err, "");
    let last = said.out.lines().last().unwrap();
    assert!(last.starts_with("0 errors, ") && last.ends_with(" in content"), "{last}");
    assert_eq!(said.out.lines().filter(|line| line.contains(": error: ")).count(), 0);
}

#[test]
fn the_folder_of_this_project_is_fine() {
    let content = crate::support::shipped_place();
    let said = Clinic::small().runs(&["check", "--content", content.to_str().unwrap()]);
    said.exits(0);
    assert!(!said.out.contains("is not listed"), "{}", said.out);
}

#[test]
fn a_slip_is_said_with_its_place_and_remedy() {
    let folder = Folder::small().replaced(
        "screening.toml",
        "level = \"note\" },\n  { id = \"not-sure\"",
        "levle = \"note\" },\n  { id = \"not-sure\"",
    );
    let clinic = Clinic::with(&folder);
    let said = clinic.runs(&["check"]);
    said.exits(1);
    assert_eq!(
        problems(&said.out),
        "screening.toml:31: error: `levle` is not known in this `choices`. Did you mean `level`? Otherwise take the \
         line out.\nno virtual patients were run: mend screening.toml first\n1 error, 0 warnings in content\n"
    );
    let said = clinic.runs(&["check", "--format", "json"]);
    said.exits(1);
    assert_eq!(
        said.json()["problems"],
        json!([{
            "severity": "error",
            "file": "screening.toml",
            "line": 31,
            "what": "`levle` is not known in this `choices`.",
            "remedy": "Did you mean `level`? Otherwise take the line out.",
        }])
    );
}

#[test]
fn nothing_wrong_is_an_empty_list() {
    let said = Clinic::small().runs(&["check", "--format", "json"]);
    said.exits(0);
    assert_eq!(said.json()["problems"], json!([]));
    assert_eq!(said.json()["patients"], 3);
}

#[test]
fn the_patients_are_counted() {
    let said = Clinic::shipped().runs(&["check"]);
    let line = format!("{} virtual patients, all as expected", shipped_patients().len());
    assert_eq!(said.exits(0).out.lines().rev().nth(1), Some(line.as_str()));
    let said = Clinic::shipped().runs(&["check", "--format", "json"]);
    assert_eq!(said.exits(0).json()["patients"], shipped_patients().len());
}

#[test]
fn a_patient_who_gets_another_result_is_an_error() {
    let folder = Folder::small().replaced("screening.toml", "id = \"red\", level = \"stop\"", "id = \"red\"");
    let line = folder.line("patients.toml", "red-and-high") - 1;
    let said = Clinic::with(&folder).runs(&["check"]);
    said.exits(1);
    assert_eq!(
        problems(&said.out),
        format!(
            "patients.toml:{line}: error: The patient `red-and-high` gets another result: the level must be `stop` and is \
             `review`; the reason `pills.red` must be given and is not. Change the rule back, or change the patient if \
             the change is meant and a clinician agrees.\n3 virtual patients, 1 not as expected\n1 error, 0 warnings \
             in content\n"
        )
    );
    let said = Clinic::with(&folder).runs(&["check", "--format", "json"]);
    assert_eq!(said.exits(1).json()["patients"], 3);
}

#[test]
fn a_folder_without_patients_is_a_warning() {
    let said = Clinic::with(&Folder::small().without("patients.toml")).runs(&["check"]);
    said.exits(0);
    assert_eq!(
        problems(&said.out),
        "patients.toml:1: warning: There are no virtual patients, so nobody notices a level that was lowered by a slip: \
         there is no such file. Copy patients.toml from the guide you started from.\nno virtual patients were run\n0 \
         errors, 1 warning in content\n"
    );
}

#[test]
fn a_file_that_is_missing_is_said_once() {
    let said = Clinic::with(&Folder::small().without("en/pages/visit.md")).runs(&["check"]);
    said.exits(1);
    assert_eq!(
        problems(&said.out),
        format!(
            "en/pages/visit.md:1: error: The file could not be read: there is no such file. Put the file back into the \
             content folder, or take its name out of settings.toml.\n{PATIENTS}1 error, 0 warnings in content\n"
        )
    );
}

#[test]
fn a_folder_in_place_of_a_file_is_said() {
    let clinic = Clinic::with(&Folder::small().without("en/plan.toml"));
    fs::create_dir(clinic.path("content/en/plan.toml")).unwrap();
    let said = clinic.runs(&["check"]);
    said.exits(1);
    assert!(
        said.out.starts_with("en/plan.toml:1: error: The file could not be read: it is not a file."),
        "{}",
        said.out
    );
}

#[test]
fn a_page_that_nobody_sees_is_a_warning() {
    let clinic = Clinic::small();
    clinic
        .writes("content/en/pages/costs.md", "# Costs\n")
        .writes("content/en/pages/Our Costs.md", "# Costs\n")
        .writes("content/fr/words.toml", "")
        .writes("content/notes.txt", "")
        .writes("content/.DS_Store", "");
    let said = clinic.runs(&["check"]);
    said.exits(0);
    let nobody = "warning: This file is not listed in settings.toml, so nobody sees it.";
    assert_eq!(
        problems(&said.out),
        format!(
            "en/pages/Our Costs.md:1: {nobody} Give the file a name of small letters, digits, `-` and `_` instead of \
             \"Our Costs\", then add it to `pages` in settings.toml.\n\
             en/pages/costs.md:1: {nobody} Add \"costs\" to `pages` in settings.toml, or take the file out of the folder.\n\
             fr/words.toml:1: {nobody} Add \"fr\" to `languages` in settings.toml, or take the folder out.\n\
             notes.txt:1: {nobody} Take the file out of the folder.\n\
             {PATIENTS}0 errors, 4 warnings in content\n"
        )
    );
}

#[test]
fn without_settings_the_other_files_are_still_checked() {
    let folder = Folder::small().without("settings.toml").replaced(
        "es/plan.toml",
        "title = \"Pida su viaje\"",
        "titel = \"Pida su viaje\"",
    );
    let said = Clinic::with(&folder).runs(&["check"]);
    said.exits(1);
    assert!(
        said.out.contains("settings.toml:1: error: The file could not be read: there is no such file."),
        "{}",
        said.out
    );
    assert!(said.out.contains("es/plan.toml:2: error: `titel` is not known"), "{}", said.out);
    assert!(!said.out.contains("is not listed"), "{}", said.out);
}

#[test]
fn a_review_that_has_lapsed_is_a_warning() {
    let folder =
        Folder::small().replaced("screening.toml", "review_due = 2027-01-10", "review_due = 2020-01-10");
    let said = Clinic::with(&folder).runs(&["check"]);
    said.exits(0);
    assert!(
        said.out.contains("screening.toml:1: warning: The review was due on 2020-01-10."),
        "{}",
        said.out
    );
}

#[test]
fn an_empty_folder_says_what_is_missing() {
    let clinic = Clinic::small();
    fs::create_dir(clinic.path("empty")).unwrap();
    let said = clinic.runs(&["check", "--content", "empty"]);
    said.exits(1);
    assert!(said.out.contains("settings.toml:1: error: The file could not be read"), "{}", said.out);
    assert!(said.out.ends_with(" in empty\n"), "{}", said.out);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_round_in_a_circle_does_no_harm() {
    let clinic = Clinic::small();
    std::os::unix::fs::symlink(clinic.path("content"), clinic.path("content/en/again")).unwrap();
    let said = clinic.runs(&["check"]);
    said.exits(0);
    assert_eq!(problems(&said.out).lines().count(), 3, "{}", said.out);
}

#[test]
fn the_texts_and_pages_of_a_further_language_are_counted() {
    let counted = |folder: &Folder, file: &str| {
        let said = Clinic::with(folder).runs(&["check", "--format", "json"]).json();
        let translations = said["translations"].as_array().unwrap().clone();
        let found = translations.into_iter().find(|translation| translation["file"] == file).unwrap();
        assert_eq!(found["lang"], "es");
        (found["there"].as_u64().unwrap(), found["of"].as_u64().unwrap())
    };
    let small = Folder::small();
    let (there, of) = counted(&small, "es/screening.toml");
    assert_eq!(there, of);
    assert_eq!(counted(&small, "es/pages"), (2, 2));
    let gaps =
        small.replaced("es/screening.toml", "next = \"Cuente otra vez.\"\n", "").without("es/pages/visit.md");
    assert_eq!(counted(&gaps, "es/screening.toml"), (there - 1, of));
    assert_eq!(counted(&gaps, "es/pages"), (1, 2));
    let said = Clinic::with(&gaps).runs(&["check"]);
    said.exits(0);
    assert!(said.out.contains("es/pages: 1 of 2 pages in this language\n"), "{}", said.out);
    // A guide in one language has nothing to count.
    let one = Folder::small().replaced("settings.toml", "[\"en\", \"es\"]", "[\"en\"]");
    assert_eq!(Clinic::with(&one).runs(&["check", "--format", "json"]).json()["translations"], json!([]));
}
