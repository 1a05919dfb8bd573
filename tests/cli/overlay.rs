//! A clinic's own folder on the command line: `--clinic`.

use serde_json::json;

use crate::Clinic;
use crate::check::problems;
use crate::support::{Folder, shipped_patients};

const OWN: [&str; 4] = ["--content", "content", "--clinic", "springfield"];

fn checks(clinic: &Clinic, more: &[&str]) -> crate::Said {
    clinic.runs(&[&["check"], &OWN[..], more].concat())
}

#[test]
fn the_report_names_safety_first_and_can_be_signed() {
    let clinic = Clinic::small();
    clinic
        .writes(
            "springfield/settings.toml",
            "files = [\"screening.toml\", \"en/screening.toml\"]\n[clinic]\nname = \"Springfield\"\n\n\
             [numbers.packs_most]\nvalue = 25\n",
        )
        .writes(
            "springfield/screening.toml",
            "[[question]]\nid = \"smoke\"\nchoices = [ { id = \"yes\", level = \"stop\" } ]\n\n\
             [[rule]]\nid = \"pressure_stop\"\nlevel = \"review\"\n",
        )
        .writes("springfield/en/screening.toml", "[question.smoke]\nask = \"Any\\nsmoke?\"\n");
    let said = checks(&clinic, &[]);
    said.exits(0);
    let old = crate::support::small().words[&"en".into()].question(&"smoke".into()).ask.clone();
    assert_eq!(
        problems(&said.out),
        format!(
            "springfield:screening.toml:7: warning: The level of the rule `pressure_stop` is lowered from `stop` to \
             `review`. Have the medical director sign what `anteroom check` prints.\n\
             3 virtual patients, all as expected\n\
             0 errors, 1 warning in content with springfield\n\
             \n\
             What this clinic changed\n\
             \n\
             Safety: levels, rules, questions, numbers\n\
             \x20 milder: rule.pressure_stop.level: stop -> review (springfield:screening.toml:7)\n\
             \x20 number: numbers.packs_most.value: 20 -> 25 (springfield:settings.toml:6)\n\
             \x20 stricter: question.smoke.choices.yes.level: note -> stop (springfield:screening.toml:3)\n\
             \n\
             Words, pages and the rest\n\
             \x20 settings: clinic.name: Small Clinic -> Springfield (springfield:settings.toml:3)\n\
             \x20 words: question.smoke.ask: {old} -> Any smoke? (springfield:en/screening.toml:2)\n\
             \n\
             Name:       ____________________\n\
             Date:       ____________________\n\
             Signature:  ____________________\n"
        )
    );
    let said = checks(&clinic, &["--format", "json"]);
    assert_eq!(
        said.json()["changes"][0],
        json!({
            "kind": "milder",
            "safety": true,
            "id": "rule.pressure_stop.level",
            "from": "stop",
            "to": "review",
            "file": "springfield:screening.toml",
            "line": 7,
        })
    );
}

#[test]
fn a_file_that_the_widget_would_not_read_is_said_with_the_line_to_write() {
    let clinic = Clinic::small();
    clinic
        .writes("springfield/settings.toml", "files = [\"plan.toml\"]\n")
        .writes("springfield/plan.toml", "")
        .writes("springfield/screening.toml", "[[question]]\nid = \"pills\"\noff = true\n");
    let said = checks(&clinic, &[]);
    assert!(
        said.out.contains(
            "springfield:settings.toml:1: warning: The widget will not read \"screening.toml\": `files` does not name \
             it. Name every file of this folder at the top of its settings.toml: files = [\"plan.toml\", \
             \"screening.toml\"]"
        ),
        "{}",
        said.out
    );
    clinic.writes(
        "springfield/settings.toml",
        "files = [\"plan.toml\", \"en/plan.toml\", \"screening.toml\"]\n",
    );
    let said = checks(&clinic, &[]);
    assert!(!said.out.contains("will not read"), "{}", said.out);
    assert!(
        said.out.contains("springfield:en/plan.toml:1: error: The file could not be read"),
        "{}",
        said.out
    );
}

#[test]
fn a_floor_that_is_lowered_is_an_error_and_no_change() {
    let clinic = Clinic::small();
    clinic.writes(
        "springfield/screening.toml",
        "[[question]]\nid = \"danger\"\nchoices = [ { id = \"now\", level = \"note\" } ]\n",
    );
    let said = checks(&clinic, &[]);
    said.exits(1);
    assert!(
        said.out.starts_with(
            "springfield:screening.toml:3: error: The level of the choice `now` of `danger` is a floor and cannot be \
             lowered to `note`; it stays `get-help`."
        ),
        "{}",
        said.out
    );
    assert!(said.out.ends_with("What this clinic changed\nNothing.\n"), "{}", said.out);
}

#[test]
fn list_and_screen_follow_the_clinics_own_folder() {
    let clinic = Clinic::small();
    clinic.writes(
        "springfield/screening.toml",
        "[[question]]\nid = \"smoke\"\nchoices = [ { id = \"yes\", level = \"stop\" } ]\n",
    );
    let said = clinic.runs(&[&["list"], &OWN[..]].concat());
    said.exits(0);
    assert!(said.out.contains("[stop]\n    not-sure"), "{}", said.out);
    let screen = [&["screen", "--answers", "-", "--format", "json"], &OWN[..]].concat();
    let said = clinic.runs_on(r#"{"smoke": "yes"}"#, &screen);
    assert_eq!(said.json()["level"], "stop");
}

#[test]
fn a_language_of_the_clinics_own_needs_nothing_in_the_content_folder() {
    let clinic = Clinic::small();
    clinic
        .writes(
            "springfield/settings.toml",
            "files = [\"fr/words.toml\", \"fr/screening.toml\", \"fr/pages/visit.md\", \"fr/pages/after.md\"]\n\
             [guide]\nlanguages = [\"en\", \"es\", \"fr\"]\n",
        )
        .writes("springfield/notes.txt", "");
    for file in ["words.toml", "screening.toml", "pages/visit.md", "pages/after.md"] {
        let from = if file == "words.toml" {
            "content/en/words.toml".to_owned()
        } else {
            format!("content/es/{file}")
        };
        let text =
            std::fs::read_to_string(clinic.path(&from)).unwrap().replace("lang = \"es\"", "lang = \"fr\"");
        clinic.writes(&format!("springfield/fr/{file}"), text);
    }
    let said = checks(&clinic, &[]);
    let said = problems(&said.out);
    let problems: Vec<&str> = said.lines().take_while(|line| !line.contains("virtual patients")).collect();
    assert_eq!(
        problems,
        [
            "springfield:fr/glossary.toml:1: warning: The file could not be read: there is no such file. It is not \
             translated then. Translate it from the first language into `fr`, as fr/glossary.toml.",
            "springfield:fr/plan.toml:1: warning: The file could not be read: there is no such file. It is not \
             translated then. Translate it from the first language into `fr`, as fr/plan.toml.",
            "springfield:notes.txt:1: warning: This file is not listed in settings.toml, so nobody sees it. Take the \
             file out of the folder.",
            "springfield:fr/words.toml:1: warning: Nobody has signed this translation yet. Have a clinician or a \
             medical translator read it, then write the name in `reviewer` under [translation].",
        ]
    );
}

#[test]
fn without_a_clinics_folder_nothing_is_said_of_changes() {
    let said = Clinic::small().runs(&["check"]);
    assert!(!said.out.contains("changed"), "{}", said.out);
}

#[test]
fn a_clinics_folder_that_is_not_there_is_wrong_use() {
    let said = Clinic::small().runs(&["check", "--clinic", "nowhere"]);
    said.exits(2);
    assert_eq!(said.err, "There is no folder `nowhere`. Give the clinic's own folder after --clinic.\n");
}

#[test]
fn a_patient_of_the_guide_shows_what_a_change_does_and_one_of_the_clinics_own_is_run() {
    let clinic = Clinic::small();
    clinic
        .writes("springfield/settings.toml", "files = [\"screening.toml\", \"patients.toml\"]\n")
        .writes(
            "springfield/screening.toml",
            "[[question]]\nid = \"pills\"\nchoices = [ { id = \"blue\", level = \"stop\" } ]\n",
        )
        .writes(
            "springfield/patients.toml",
            "[[patient]]\nid = \"only-blue\"\nabout = \"Kay takes the blue pill.\"\nfrom = \"well\"\n\
             answers = { pills = \"blue\" }\nlevel = \"note\"\nreasons = { note = [\"pills.blue\"] }\n",
        );
    let line = Folder::small().line("patients.toml", "red-and-high") - 1;
    let said = checks(&clinic, &[]);
    said.exits(1);
    let out = problems(&said.out);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(
        lines[..4],
        [
            format!(
                "patients.toml:{line}: warning: The patient `red-and-high` gets a stricter result, as the clinic wishes: \
                 the reason `pills.blue` must be `note` and is `stop`. Have the medical director sign what it does to \
                 this patient."
            )
            .as_str(),
            "springfield:patients.toml:1: error: The patient `only-blue` gets another result: the level must be `note` and \
             is `stop`; the reason `pills.blue` must be `note` and is `stop`. Change the rule back, or change the \
             patient if the change is meant and a clinician agrees.",
            "4 virtual patients, 2 not as expected",
            "1 error, 1 warning in content with springfield",
        ]
    );
    assert!(out.contains("\n  virtual patient: patient.only-blue: "), "{out}");
    let json = checks(&clinic, &["--format", "json"]).json();
    assert_eq!(json["patients"], 4);
    assert!(json["readability"].is_array() && json["changes"].is_array(), "{json}");
}

#[test]
fn what_a_change_does_to_the_guides_patients_is_signed_and_a_milder_result_is_an_error() {
    let stricter = "[[question]]\nid = \"pills\"\nchoices = [ { id = \"blue\", level = \"stop\" } ]\n";
    let clinic = Clinic::small();
    clinic.writes("springfield/screening.toml", stricter);
    let said = checks(&clinic, &[]);
    let report = said.exits(0).out.split_once("What this clinic changed\n").unwrap().1.to_owned();
    assert!(
        report.starts_with(
            "\nWhat it does to the guide's patients\n  The patient `red-and-high` gets a stricter result, as the clinic \
             wishes: "
        ),
        "{report}"
    );
    assert!(report.find("What it does").unwrap() < report.find("Safety: ").unwrap());
    for line in ["Name: ", "Date: ", "Signature: "] {
        assert!(report.contains(line), "{report}");
    }
    clinic.writes(
        "springfield/screening.toml",
        "[[question]]\nid = \"pills\"\nchoices = [ { id = \"red\", level = \"review\" }, { id = \"blue\", level = \"stop\" } ]\n",
    );
    let said = checks(&clinic, &[]);
    assert!(
        said.exits(1).out.contains(": error: The patient `red-and-high` gets a milder or another result: "),
        "{}",
        said.out
    );
}

#[test]
fn the_words_that_are_shown_are_looked_at_and_no_others() {
    let clinic = Clinic::shipped();
    clinic.writes("springfield/settings.toml", "[clinic]\nname = \"Springfield\"\n").writes(
        "springfield/en/screening.toml",
        "[question.breastfeeding]\nask = \"Do you breastfeed? It is a miracle!\"\n",
    );
    let said = checks(&clinic, &[]);
    said.exits(0);
    assert!(said.out.contains("springfield:en/screening.toml:2: warning: \"miracle\""), "{}", said.out);
    assert!(!said.out.contains("`name` is still that of the example clinic"), "{}", said.out);
    assert!(said.out.contains("`phone` is still that of the example clinic"), "{}", said.out);
    assert_eq!(said.out.matches("en/screening.toml: reads at grade").count(), 1, "{}", said.out);

    let page =
        |words: &str| format!("+++\ntitle = \"Ours\"\nlang = \"en\"\nsummary = \"S.\"\n+++\n{words}\n");
    let clinic = Clinic::small();
    clinic.writes("content/en/pages/visit.md", page("It is a miracle."));
    assert!(checks(clinic.writes("springfield/notes.txt", ""), &[]).out.contains("miracle"));
    let said = checks(clinic.writes("springfield/en/pages/visit.md", page("It cures all.")), &[]);
    assert!(!said.out.contains("miracle"), "{}", said.out);
    assert!(said.out.contains("springfield:en/pages/visit.md:6: warning: \"cures\""), "{}", said.out);
    assert!(said.out.contains("springfield:en/pages/visit.md: reads at grade"), "{}", said.out);
    assert!(!said.out.contains("\nen/pages/visit.md"), "{}", said.out);
}

#[test]
fn a_new_folder_can_be_laid_over_the_guide_as_it_is() {
    let clinic = Clinic::shipped();
    clinic.runs(&["new", "springfield"]).exits(0);
    let said = checks(&clinic, &[]);
    said.exits(0);
    assert!(!said.out.contains("README"), "{}", said.out);
    let line = format!("{} virtual patients, all as expected\n", shipped_patients().len());
    assert!(said.out.contains(&line), "{}", said.out);
    assert!(said.out.ends_with("What this clinic changed\nNothing.\n"), "{}", said.out);
}

#[test]
fn the_example_clinic_that_is_shipped_checks_without_errors() {
    let place = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let clinic = Clinic::shipped();
    let own = place.join("clinics/springfield");
    let said = clinic.runs(&["check", "--clinic", own.to_str().unwrap()]);
    assert!(!said.out.contains("will not read"), "{}", said.out);
    assert!(
        said.out.contains("stricter: question.breastfeeding.choices.yes.level: review -> stop"),
        "{}",
        said.out
    );
    said.exits(0);
}
