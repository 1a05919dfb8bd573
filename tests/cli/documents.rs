//! What the documents tell a clinic to write works as it stands there, and docs/customise.md names every setting.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::Clinic;
use crate::support::Folder;

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

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What the check says of a clinic's own folder of these files: its problems, and what the clinic changed.
fn checked(clinic: &Clinic, files: &BTreeMap<String, String>) -> (Vec<String>, String) {
    for (file, text) in files {
        clinic.writes(&format!("lakeside/{file}"), text);
    }
    let said = clinic.runs(&["check", "--content", "content", "--clinic", "lakeside"]);
    let (problems, changes) = said.out.split_once("What this clinic changed").unwrap();
    (problems.lines().map(str::to_owned).collect(), changes.to_owned())
}

fn errors(problems: &[String]) -> Vec<&String> {
    problems.iter().filter(|line| line.contains(": error: ")).collect()
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
fn the_page_of_write_a_page_has_nothing_to_mend_but_a_signature_and_its_spanish() {
    let document = read("docs/write-a-page.md");
    let mut files = examples(&document);
    let page = document.split("```md\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    files.insert("en/pages/parking.md".to_owned(), page.to_owned());
    let clinic = Clinic::shipped();
    let (problems, changes) = checked(&clinic, &files);
    let ours: Vec<&String> = problems.iter().filter(|line| line.contains("parking")).collect();
    let [spanish, signature, figures] = ours[..] else { panic!("{ours:#?}") };
    assert!(signature.contains("No clinician has signed these yet: "), "{signature}");
    assert!(signature.contains(", lakeside:en/pages/parking.md."), "{signature}");
    assert!(spanish.starts_with("lakeside:es/pages/parking.md:1: warning:"), "{spanish}");
    assert!(figures.contains("reads at grade"), "{figures}");
    assert!(changes.contains("page: en/pages/parking.md: a page of the clinic's own"), "{changes}");
    assert_eq!(errors(&problems), Vec::<&String>::new());
}

#[test]
fn the_question_of_add_a_question_has_nothing_to_mend_but_its_spanish() {
    let files = examples(&read("docs/add-a-question.md"));
    let clinic = Clinic::shipped();
    let (problems, changes) = checked(&clinic, &files);
    let ours: Vec<&String> = problems.iter().filter(|line| line.starts_with("lakeside:")).collect();
    let [spanish] = ours[..] else { panic!("{ours:#?}") };
    assert!(spanish.starts_with("lakeside:es/screening.toml:1: warning:"), "{spanish}");
    assert_eq!(errors(&problems), Vec::<&String>::new());
    assert!(changes.contains("question added: question.stairs"), "{changes}");
    // What it says of the answers is so: without the answer of the base, patients get another result.
    let mut without = files.clone();
    without.insert("patients.toml".to_owned(), String::new());
    assert!(!errors(&checked(&clinic, &without).0).is_empty());
}

/// The English files, copied and named as the document says, with its translated lines in place of theirs.
#[test]
fn the_language_of_add_a_language_has_no_error_when_the_steps_are_followed() {
    let mut files = examples(&read("docs/add-a-language.md"));
    let translated = files.remove("fr/words.toml").unwrap();
    let clinic = Clinic::shipped();
    let mut copied = BTreeSet::new();
    for source in Folder::shipped().sources {
        let (Some(path), Ok(text)) = (source.path.strip_prefix("en/"), source.content) else { continue };
        copied.insert(format!("fr/{path}"));
        let text = String::from_utf8(text).unwrap();
        files.insert(format!("fr/{path}"), text.replace("\nlang = \"en\"\n", "\nlang = \"fr\"\n"));
    }
    let words = files.get_mut("fr/words.toml").unwrap();
    let (signature, rest) = translated.split_once("\n\n").unwrap();
    words.insert_str(0, &format!("{signature}\n\n"));
    for table in rest.split("\n\n").filter(|table| !table.trim().is_empty()) {
        let (name, lines) = table.trim().split_once('\n').unwrap();
        let (before, after) = words.split_once(&format!("\n{name}\n")).unwrap();
        let mut after = after.to_owned();
        for line in lines.lines() {
            let key = line.split('=').next().unwrap();
            let old = after.lines().find(|other| other.starts_with(key)).unwrap().to_owned();
            after = after.replacen(&old, line, 1);
        }
        *words = format!("{before}\n{name}\n{after}");
    }
    let (_, named) = files["settings.toml"].split_once("files = [").unwrap();
    let named = named.split(']').next().unwrap().split('"').skip(1).step_by(2);
    let named: BTreeSet<String> = named.map(str::to_owned).collect();
    assert_eq!(named, copied, "the files that the document names are those that are copied");
    let (problems, _) = checked(&clinic, &files);
    assert_eq!(errors(&problems), Vec::<&String>::new());
}

#[test]
fn the_colors_of_theme_can_be_read_and_a_yellow_is_refused_in_the_words_that_stand_there() {
    let document = read("docs/theme.md");
    let clinic = Clinic::shipped();
    let files = examples(&document);
    let (problems, changes) = checked(&clinic, &files);
    assert_eq!(errors(&problems), Vec::<&String>::new());
    assert!(changes.contains("theme.dark_accent_text"), "{changes}");
    let yellow = BTreeMap::from([("settings.toml".to_owned(), "[theme]\naccent = \"#ffcc00\"\n".to_owned())]);
    let (problems, _) = checked(&clinic, &yellow);
    let said = document.split("```text\n").nth(1).and_then(|rest| rest.lines().next()).unwrap();
    assert!(errors(&problems)[0].ends_with(said), "{problems:#?}");
    let dark = "[theme]\naccent = \"#ffcc00\"\naccent_text = \"#2b2621\"\n".to_owned();
    assert!(document.contains("accent_text = \"#2b2621\""));
    let _ = checked(&clinic, &BTreeMap::from([("settings.toml".to_owned(), dark)]));
}

/// The keys of settings, with those of the lines that are examples: `clinic.zone`, `handoff.booking.url`.
fn keys(settings: &str) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut table = String::new();
    for line in settings.lines() {
        let line = line.strip_prefix('#').unwrap_or(line);
        if let Some(name) = line.strip_prefix('[') {
            table = name.trim_start_matches('[').split(']').next().unwrap().to_owned();
        } else if let Some((key, _)) = line.split_once(" = ")
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
            && !table.is_empty()
        {
            keys.insert(format!("{table}.{key}"));
        }
    }
    keys
}

#[test]
fn every_setting_has_an_example_in_customise_or_in_what_it_links_to_for_that() {
    let customise = read("docs/customise.md");
    let mut shown = BTreeSet::new();
    for path in ["customise.md", "handoff.md", "theme.md", "add-a-language.md", "content-format.md"] {
        assert!(path == "customise.md" || customise.contains(&format!("]({path}")), "{path} is not linked");
        let document = read(&format!("docs/{path}"));
        for block in document.split("```toml\n").skip(1) {
            shown.extend(keys(block.split("```").next().unwrap()));
        }
        shown.extend(document.lines().filter_map(|line| {
            let (key, _) = line.strip_prefix("| `")?.split_once('`')?;
            document.contains("### The hand-off, key by key").then(|| format!("handoff.{key}"))
        }));
    }
    let settings = read("content/settings.toml");
    let missing: Vec<String> = keys(&settings)
        .into_iter()
        .filter(|key| !key.starts_with("numbers.") && !shown.contains(key))
        .collect();
    assert_eq!(missing, Vec::<String>::new(), "settings without an example");

    // Each number is in the table, with what it is and its bounds.
    for block in settings.split("\n[numbers.").skip(1) {
        let (name, rest) = block.split_once("]\n").unwrap();
        let pairs: BTreeMap<&str, &str> = rest
            .lines()
            .map_while(|line| line.split_once(" = "))
            .map(|(key, value)| (key, value.trim_matches('"')))
            .collect();
        let value = pairs
            .get("value")
            .map_or_else(|| format!("{} to {}", pairs["from"], pairs["to"]), |value| (*value).to_owned());
        let row = format!("| {value} {} | {} to {} |", pairs["unit"], pairs["least"], pairs["most"]);
        let found =
            customise.lines().any(|line| line.starts_with(&format!("| `{name}` |")) && line.ends_with(&row));
        assert!(found, "docs/customise.md has no row | `{name}` | ... {row}");
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
