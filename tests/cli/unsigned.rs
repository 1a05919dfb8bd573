//! What nobody has signed: said once, with how many files and which.

use serde_json::{Value, json};

use crate::Clinic;
use crate::support::Folder;

const SIGNED: &str = "reviewer = \"Dr. Ada Reyes\"";

fn of<'a>(said: &'a Value, what: &str) -> Vec<&'a Value> {
    said["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["what"].as_str().unwrap().starts_with(what))
        .collect()
}

#[test]
fn all_files_without_a_signature_are_one_warning_that_counts_and_names_them() {
    let text = Clinic::shipped().runs(&["check"]).out;
    let lines: Vec<&str> = text.lines().filter(|line| line.contains("signed")).collect();
    assert_eq!(
        lines[..],
        [
            "52 files: warning: No clinician has signed these yet: aftercare.toml, instruments.toml, medicines.toml, \
             screening.toml, all 24 in en/pages, all 24 in es/pages. Have a licensed clinician read each, then write \
             the name in its `reviewer`.",
            "4 files: warning: Nobody has signed these translations yet: es/instruments.toml, es/plan.toml, \
             es/screening.toml, es/words.toml. Have a clinician or a medical translator read each, then write the \
             name in its `reviewer` under [translation].",
        ]
    );
    assert!(text.contains("0 errors, 7 warnings in content\n"), "{text}");
}

#[test]
fn a_script_gets_every_file_with_its_line() {
    let said = Clinic::shipped().runs(&["check", "--format", "json"]).json();
    let [signature] = of(&said, "No clinician")[..] else { panic!("{said}") };
    let files = signature["files"].as_array().unwrap();
    assert_eq!(files.len(), 52);
    assert!(files.contains(&json!({"file": "es/pages/risks.md", "line": 1})), "{signature}");
    assert_eq!((&signature["file"], &signature["line"]), (&files[0]["file"], &files[0]["line"]));
    let others = said["problems"].as_array().unwrap().iter().filter(|problem| problem.get("files").is_none());
    assert_eq!(others.count(), 5);
}

#[test]
fn of_nearly_all_pages_the_signed_ones_are_named() {
    let page = Folder::shipped().replaced("en/pages/costs.md", "reviewer = \"\"", SIGNED);
    let text = Clinic::with(&page).runs(&["check"]).out;
    assert!(text.contains("51 files: warning: No clinician has signed these yet: "), "{text}");
    assert!(
        text.contains("screening.toml, 23 in en/pages (all but costs.md), all 24 in es/pages."),
        "{text}"
    );
}

/// The small guide is signed; of two files that are not, each is named, and one alone is said as any other problem.
#[test]
fn few_files_are_named_and_one_alone_keeps_its_line() {
    let one = Folder::small();
    let files: Vec<String> = one
        .sources
        .iter()
        .filter(|source| source.path.starts_with("en/pages/"))
        .map(|source| source.path.clone())
        .collect();
    let unsigned = |folder: Folder, path: &str| {
        let text = folder.text(path);
        let line = text.lines().find(|line| line.starts_with("reviewer = ")).unwrap().to_owned();
        folder.replaced(path, &line, "reviewer = \"\"")
    };
    let one = unsigned(one, "screening.toml");
    let text = Clinic::with(&one).runs(&["check"]).out;
    assert!(text.contains("screening.toml:1: warning: No clinician has signed this yet. Have a"), "{text}");
    let two = unsigned(one, &files[0]);
    let text = Clinic::with(&two).runs(&["check"]).out;
    let expected =
        format!("2 files: warning: No clinician has signed these yet: screening.toml, {}. Have a", files[0]);
    assert!(text.contains(&expected), "{text}");
}

#[test]
fn a_page_of_the_clinics_own_takes_the_place_of_the_guides() {
    let clinic = Clinic::shipped();
    let page = Folder::shipped().text("en/pages/costs.md");
    clinic.writes("lakeside/en/pages/costs.md", page.clone());
    clinic.writes("lakeside/settings.toml", "files = [\"en/pages/costs.md\"]\n".to_owned());
    let text = clinic.runs(&["check", "--clinic", "lakeside"]).out;
    assert!(text.contains("all 23 in en/pages, all 24 in es/pages, lakeside:en/pages/costs.md."), "{text}");
    clinic.writes("lakeside/en/pages/costs.md", page.replace("reviewer = \"\"", SIGNED));
    let text = clinic.runs(&["check", "--clinic", "lakeside"]).out;
    assert!(
        text.contains("51 files: warning: ") && text.contains("all 23 in en/pages, all 24 in es/pages."),
        "{text}"
    );
}
