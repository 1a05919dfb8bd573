//! What `anteroom check` says about words: promises, hard sentences, claims without a source, an example left in.

use serde_json::Value;

use crate::Clinic;
use crate::support::Folder;

/// The warnings for one more paragraph on a page.
#[track_caller]
fn said_about(paragraph: &str) -> Vec<String> {
    let folder = Folder::small().and("en/pages/visit.md", &format!("\n{paragraph}\n"));
    let line = folder.line("en/pages/visit.md", paragraph.lines().next().unwrap());
    let said = Clinic::with(&folder).runs(&["check"]);
    said.exits(0);
    let place = format!("en/pages/visit.md:{line}: warning: ");
    said.out.lines().filter_map(|said| said.strip_prefix(&place)).map(str::to_owned).collect()
}

#[track_caller]
fn is_fine(paragraph: &str) {
    assert_eq!(said_about(paragraph), [""; 0], "{paragraph}");
}

#[track_caller]
fn is_said(paragraph: &str, start: &str) {
    let said = said_about(paragraph);
    assert!(said.iter().any(|said| said.starts_with(start)), "{paragraph}: {said:?}");
}

#[test]
fn a_promise_is_a_warning_with_its_place_sentence_and_remedy() {
    assert_eq!(
        said_about("It is calm. It cures low mood."),
        [
            "\"cures\" promises what nobody can: \"It cures low mood.\". Say what is known, with its numbers and its risks."
        ]
    );
    for promise in [
        "A miracle for many.",
        "This is a breakthrough.",
        "We guarantee relief.",
        "It has no side effects.",
        "It is not new and it cures low mood.",
        "Ketamine is non-addictive.",
        "It is safe and effective.",
        "You are eligible.",
        "A good candidate feels calm.",
        "Read our testimonials.",
        "★★★★★ from all.",
    ] {
        is_said(promise, "\"");
    }
    for approval in ["Ketamine is FDA-approved for low mood.", "The infusion was approved by the FDA."] {
        is_said(approval, "The FDA has not approved ketamine for this use");
    }
}

#[test]
fn honest_words_are_left_alone() {
    for honest in [
        "It is not a cure.",
        "It does not cure low mood.",
        "There is no miracle here.",
        "## \"It cures depression\"",
        "Some say \"it has no side effects\", and they are wrong.",
        "The FDA approved ketamine to put people to sleep for surgery.",
        "Spravato is FDA-approved for some adults, and the drip is not.",
        "Ketamine is not FDA-approved for low mood.",
        "Tell us about breakthrough pain.",
        "It is not safe for everyone to drive.",
        "Go to a safe place.",
        "Bring headphones.",
    ] {
        is_fine(honest);
    }
}

#[test]
fn safe_and_rare_need_a_number() {
    is_said("That is rare.", "\"rare\" stands without a number: \"That is rare.\".");
    is_said("The drip is safe.", "\"safe\" stands without a number");
    is_fine("That is rare: 1 in 100 people. <!-- BOOK -->");
}

#[test]
fn a_loud_or_long_sentence_is_said() {
    is_said("Call us now!", "There is an exclamation mark in \"Call us now!\".");
    let long = "one two three four five six seven eight nine ten ".repeat(2);
    is_fine(&format!("{}.", long.trim()));
    is_said(&format!("{long} more."), "This sentence has 21 words: ");
}

#[test]
fn a_number_needs_a_source() {
    let warning = "This has a number in it and names no source";
    is_said("About 54 of 100 felt better.", warning);
    is_said("About 54 of 100 felt better.\n\n<!-- fact 23 -->", warning);
    is_said("- Calm.\n- About 54 of 100.\n\nThe end. <!-- BOOK -->", warning);
    is_fine("About 54 of 100 felt better.\n\n<!-- fact 23; BOOK -->");
    is_fine("- Calm.\n\n- About 54 of 100.\n\n<!-- BOOK -->");
    is_fine("About 54 of 100 felt better.\n\n<!-- fact 23;\n\n12 more; BOOK -->");
    is_fine("It takes {visit_minutes} minutes.");
    is_fine("1. You come in.\n2. You leave.");
    is_fine("[Call 988](tel:988) or 911.");
    let drawing = "```icons\nof = 100\n\ntitle = \"Felt better\"\nrows = [ { count = 54, label = \"with it\" } ]\n```\n";
    is_said(drawing, warning);
    is_fine(&format!("{drawing}\n<!-- BOOK -->"));
}

#[test]
fn the_words_of_a_drawing_are_looked_at_too() {
    let of = |title: &str| {
        format!(
            "```icons\nof = 100\ntitle = \"{title}\"\nrows = [ {{ count = 54, label = \"with it\" }} ]\n```\n\n<!-- BOOK -->"
        )
    };
    let said = |title: &str| {
        let folder = Folder::small().and("en/pages/visit.md", &format!("\n{}\n", of(title)));
        Clinic::with(&folder).runs(&["check"]).out
    };
    assert!(said("It cures low mood.").contains("\"cures\" promises what nobody can"));
    assert!(said("[clinic name] today").contains("is still to be filled in"));
    assert!(!said("Felt better").contains("promises"));
}

#[test]
fn a_link_that_is_not_encrypted_is_said() {
    is_said(
        "See [them](http://clinic.example/).",
        "The link to `http://clinic.example/` is not encrypted. Write it with https:// in front",
    );
    is_fine("See [them](https://clinic.example/).");
    let folder =
        Folder::small().and("sources.toml", "\n[OLD]\ntitle = \"Old\"\naddress = \"http://old.example/\"\n");
    let said = Clinic::with(&folder).runs(&["check"]);
    let line = folder.line("sources.toml", "http://");
    assert!(said.out.contains(&format!("sources.toml:{line}: warning: The link to")), "{}", said.out);
}

#[test]
fn a_link_that_cannot_work_is_said() {
    is_said("[Call](tel:call-us).", "The link to `tel:call-us` cannot be called. Write digits alone");
    is_said("[Text](sms:12).", "The link to `sms:12` cannot be called.");
    is_said("[See](https://lifeline).", "The link to `https://lifeline` names no website.");
    is_fine("[Call](tel:+15550100142), [text](sms:988) or [see](https://988lifeline.org/chat).");
}

#[test]
fn a_gap_that_is_left_to_fill_is_said() {
    is_said(
        "Come to [clinic name].",
        "\"[clinic name]\" is still to be filled in: \"Come to [clinic name].\".",
    );
    is_said("TODO write this.", "\"TODO\" is still to be filled in");
    is_said("Lorem ipsum dolor sit amet.", "\"lorem ipsum\" is still to be filled in");
    is_said("It costs XXX dollars.", "\"XXX\" is still to be filled in");
    is_fine("See [what to bring](after.md).");
    let folder = Folder::small().replaced("en/plan.toml", "title = \"Book your ride\"", "title = \"XXX\"");
    let said = Clinic::with(&folder).runs(&["check"]);
    assert!(said.out.contains("en/plan.toml:2: warning: \"XXX\" is still to be filled in"), "{}", said.out);
    let folder =
        Folder::small().and("settings.toml", "").replaced("settings.toml", "name = \"", "name = \"[name] ");
    let said = Clinic::with(&folder).runs(&["check"]);
    assert!(said.out.contains("warning: \"[name]\" is still to be filled in"), "{}", said.out);
}

#[test]
fn a_threshold_in_another_unit_than_its_question_is_an_error() {
    let folder = Folder::small().replaced("settings.toml", "unit = \"packs\"", "unit = \"cartons\"");
    let line = folder.line("screening.toml", "at-least = \"packs_most\"");
    let said = Clinic::with(&folder).runs(&["check"]);
    said.exits(1);
    let error = format!(
        "screening.toml:{line}: error: `packs` is asked in packs and compared with `packs_most`, which is in cartons."
    );
    assert!(said.out.contains(&error), "{}", said.out);
}

#[test]
fn the_example_clinic_is_to_be_replaced() {
    let folder = Folder::shipped();
    let said = Clinic::with(&folder).runs(&["check"]);
    for key in ["name", "phone", "address"] {
        let line = folder.line("settings.toml", &format!("{key} = "));
        let warning = format!("settings.toml:{line}: warning: `{key}` is still that of the example clinic");
        assert!(said.out.contains(&warning), "{}", said.out);
    }
}

/// What a patient hopes for, and every page as it is shipped.
#[test]
fn the_shipped_words_have_no_other_warnings() {
    let said = Clinic::shipped().runs(&["check", "--format", "json"]);
    let said = said.json();
    let mut ours = Vec::new();
    for problem in said["problems"].as_array().unwrap() {
        let what = problem["what"].as_str().unwrap();
        // Two calls of the check after a visit are named, so that whoever signs knows that no source gives them.
        if let Some(sign) = what.strip_prefix("How soon to call for `") {
            ours.push(sign.split('`').next().unwrap());
            continue;
        }
        assert!(
            what.starts_with("No clinician has signed these yet: ")
                || what.starts_with("Nobody has signed these translations yet: ")
                || what.contains("the example clinic"),
            "{problem}"
        );
    }
    assert_eq!(ours, ["own-use", "more-than-planned"]);
}

#[test]
fn every_english_page_has_its_figures() {
    let said = Clinic::shipped().runs(&["check", "--format", "json"]).json();
    let grade = |reading: &Value, key: &str| reading[key].as_f64().unwrap();
    let readings = said["readability"].as_array().unwrap();
    let files: Vec<&str> = readings.iter().map(|reading| reading["file"].as_str().unwrap()).collect();
    for file in ["en/pages/myths.md", "en/plan.toml", "en/screening.toml"] {
        assert!(files.contains(&file), "{files:?}");
    }
    for reading in readings.iter().filter(|reading| reading["file"].as_str().unwrap().starts_with("en/")) {
        let (raw, topic) = (grade(reading, "smog"), grade(reading, "smog_topic"));
        assert!((0.5..=6.0).contains(&grade(reading, "flesch_kincaid")), "{reading}");
        assert!((3.1..=9.0).contains(&raw) && topic <= raw, "{reading}");
    }
    let text = Clinic::shipped().runs(&["check"]).out;
    assert!(text.contains("en/pages/myths.md: reads at grade 2."), "{text}");
    // Spanish has formulas of its own.
    let small = Clinic::small().runs(&["check"]).out;
    assert!(small.contains("en/pages/visit.md: reads at grade"), "{small}");
    assert!(small.contains("es/pages/visit.md: reads at ") && small.contains("(INFLESZ, "), "{small}");
}

#[test]
fn a_spanish_page_that_is_hard_to_read_is_said() {
    let hard = "La administración concomitante requiere monitorización anestesiológica especializada.\n\n"
        .repeat(12);
    let folder = Folder::small().and("es/pages/visit.md", &format!("\n{hard}"));
    let said = Clinic::with(&folder).runs(&["check"]);
    said.exits(0);
    assert!(said.out.contains("(INFLESZ); 65 is the least, \"bastante fácil\""), "{}", said.out);
    let readings = Clinic::with(&folder).runs(&["check", "--format", "json"]).json();
    let readings = readings["readability"].as_array().unwrap().clone();
    let page = readings.iter().find(|reading| reading["file"] == "es/pages/visit.md").unwrap();
    assert!(page["inflesz"].as_f64().unwrap() < 40.0 && page["fernandez_huerta"].is_number(), "{page}");
}

#[test]
fn spanish_promises_are_said_and_honest_words_are_not() {
    let said_about = |paragraph: &str| {
        let folder = Folder::small().and("es/pages/visit.md", &format!("\n{paragraph}\n"));
        let line = folder.line("es/pages/visit.md", paragraph);
        let said = Clinic::with(&folder).runs(&["check"]);
        let place = format!("es/pages/visit.md:{line}: warning: ");
        said.out.lines().filter_map(|said| said.strip_prefix(&place)).map(str::to_owned).collect::<Vec<_>>()
    };
    for promise in [
        "Esto cura la depresión.",
        "Es un milagro.",
        "El alivio está garantizado.",
        "No tiene efectos secundarios.",
        "Es un tratamiento sin efectos secundarios.",
        "La ketamina no es adictiva.",
        "Es segura y eficaz.",
        "Usted califica.",
        "Es poco común y raro.",
        "La infusión es segura.",
        "La ketamina está aprobada por la FDA para la depresión.",
        "La FDA aprobó la infusión para el dolor.",
    ] {
        assert!(!said_about(promise).is_empty(), "{promise}");
    }
    for honest in [
        "No es una cura.",
        "No cura la depresión.",
        "No hay milagros.",
        "La FDA aprobó la ketamina para cirugía.",
        "La ketamina no está aprobada por la FDA para la depresión.",
        "Pregunte a su seguro médico.",
        "Vaya a un lugar seguro.",
        "Si no está segura, llame.",
    ] {
        assert_eq!(said_about(honest), [""; 0], "{honest}");
    }
    let long = "una palabra más ".repeat(7);
    assert!(
        said_about(&format!("{long}.")).iter().any(|said| said.starts_with("This sentence has 21 words"))
    );
}

#[test]
fn each_file_of_words_has_one_figure() {
    let folder = Folder::small().and("settings.toml", "");
    let clinic = Clinic::with(&folder);
    let readings = clinic.runs(&["check", "--format", "json"]).json()["readability"].clone();
    for file in ["en/screening.toml", "en/plan.toml", "en/words.toml", "es/screening.toml", "es/plan.toml"] {
        let count = readings.as_array().unwrap().iter().filter(|reading| reading["file"] == file).count();
        assert_eq!(count, 1, "{file}");
    }
}

#[test]
fn a_page_says_how_hard_it_is_to_read_and_is_held_to_it() {
    let grade = |folder: &Folder, path: &str| {
        folder
            .text(path)
            .lines()
            .find_map(|line| line.strip_prefix("reading_grade = ").map(str::to_owned))
            .unwrap()
    };
    let small = Folder::small();
    for (path, figure) in [("en/pages/visit.md", "(Flesch-Kincaid)"), ("es/pages/visit.md", "(INFLESZ)")] {
        let right = grade(&small, path);
        let wrong = small.clone().replaced(path, &format!("reading_grade = {right}"), "reading_grade = 15");
        let line = wrong.line(path, "reading_grade");
        let said = Clinic::with(&wrong).runs(&["check"]);
        let warning = format!(
            "{path}:{line}: warning: `reading_grade` says 15, and the page reads at {right} {figure}. Write \
             `reading_grade = {right}`; `anteroom check --write-grades` does it for all pages."
        );
        assert!(said.exits(0).out.contains(&warning), "{}", said.out);
        let none = small.clone().replaced(path, &format!("reading_grade = {right}\n"), "");
        let clinic = Clinic::with(&none);
        let said = clinic.runs(&["check"]);
        assert!(
            said.out.contains(&format!(
                "{path}:1: warning: The page does not say how hard it is to read: {right}"
            )),
            "{}",
            said.out
        );
        // Once it is written, nothing is left to say.
        let said = clinic.runs(&["check", "--write-grades"]);
        assert!(!said.exits(0).out.contains("hard it is to read"), "{}", said.out);
        let text = std::fs::read_to_string(clinic.path(&format!("content/{path}"))).unwrap();
        assert!(text.contains(&format!("\nreading_grade = {right}\n+++\n")), "{text}");
    }
}

#[test]
fn a_clinics_grades_are_written_into_its_own_pages_alone() {
    let clinic = Clinic::small();
    let page = Folder::small().text("en/pages/visit.md");
    let own = page.replace("\n+++\n\n", "\n+++\n\nThe administration necessitates monitoring.\n\n");
    clinic.writes("springfield/en/pages/visit.md", &own);
    clinic.runs(&["check", "--write-grades", "--clinic", "springfield"]).exits(0);
    let read = |path: &str| std::fs::read_to_string(clinic.path(path)).unwrap();
    assert_eq!(read("content/en/pages/visit.md"), page);
    assert_ne!(read("springfield/en/pages/visit.md"), own);
}

#[test]
fn a_page_that_is_hard_to_read_is_said() {
    let hard = "Contemporaneous administration necessitates physiological monitoring.\n\n".repeat(12);
    let folder = Folder::small().and("en/pages/visit.md", &format!("\n{hard}"));
    let said = Clinic::with(&folder).runs(&["check"]);
    said.exits(0);
    for name in ["(Flesch-Kincaid); 6 is", "(SMOG); 9 is", "(SMOG without the words of the topic); 7 is"] {
        assert!(said.out.contains(name), "{}", said.out);
    }
}
