//! What docs/customise.md tells a clinic to write works as it stands there.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::Clinic;

/// The examples of a document by the file that they belong to: the first line of each names it.
fn examples(document: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::<String, String>::new();
    for block in document.split("```toml\n").skip(1) {
        let (example, _) = block.split_once("```").unwrap();
        let file = example.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap();
        let file = file.split(',').next().unwrap().to_owned();
        let text = files.entry(file).or_default();
        text.push_str(example);
        text.push('\n');
    }
    files
}

#[test]
fn all_changes_of_the_document_together_are_a_folder_without_an_error() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = examples(&fs::read_to_string(root.join("docs/customise.md")).unwrap());
    let page = fs::read_to_string(root.join("content/en/pages/costs.md")).unwrap();
    let (title, parking) = ("title = \"Costs and insurance\"", "title = \"Where to park\"");
    assert!(page.contains(title));
    files.insert("en/pages/parking.md".to_owned(), page.replace(title, parking));
    let others: Vec<String> =
        files.keys().filter(|file| *file != "settings.toml").map(|file| format!("{file:?}")).collect();
    assert_eq!(others.len(), 5, "{others:?}");
    let settings = format!("files = [{}]\n{}", others.join(", "), files["settings.toml"]);
    files.insert("settings.toml".to_owned(), settings);

    let clinic = Clinic::shipped();
    for (file, text) in &files {
        clinic.writes(&format!("lakeside/{file}"), text);
    }
    let said = clinic.runs(&["check", "--content", "content", "--clinic", "lakeside"]);
    let wrong: Vec<&str> = said.out.lines().filter(|line| line.contains(": error: ")).collect();
    let [taken_away] = wrong[..] else { panic!("{wrong:#?}") };
    assert!(
        taken_away.contains("the reason `medicine_list.not-sure` must be given and is not"),
        "{taken_away}"
    );
    let (_, changes) = said.out.split_once("What this clinic changed").unwrap();
    for change in [
        "clinic.name",
        "fast_solids_hours",
        "start.lead",
        "bp_history",
        "interpreter_name",
        "medicine_list",
        "parking",
        "theme.accent",
    ] {
        assert!(changes.contains(change), "{change} is not among the changes: {changes}");
    }
}

#[test]
fn the_hand_off_key_by_key_is_read_as_it_stands() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let document = fs::read_to_string(root.join("docs/content-format.md")).unwrap();
    let (_, part) = document.split_once("### The hand-off, key by key").unwrap();
    let example = part.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let key = fs::read_to_string(root.join("tests/others/sealed/public.json")).unwrap();
    let example = example.replace(r#"{"crv":"P-256","kty":"EC","x":"...","y":"..."}"#, key.trim());
    let clinic = Clinic::shipped();
    clinic.writes("lakeside/settings.toml", format!("format = 1\n{example}"));
    let said = clinic.runs(&["check", "--content", "content", "--clinic", "lakeside"]);
    said.exits(0);
    let (problems, changes) = said.out.split_once("What this clinic changed").unwrap();
    assert!(!problems.contains("lakeside:settings.toml"), "{problems}");
    assert!(changes.contains("handoff.booking.reference_field: a1"), "{changes}");
}
