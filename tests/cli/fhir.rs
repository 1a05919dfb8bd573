//! `anteroom fhir` and `anteroom import`.

use serde_json::json;

use crate::Clinic;

const ANSWERS: &str = r#"{"danger": "no", "smoke": "yes", "packs": 3, "pressure": null, "pills": ["none"], "remarks": "Hello"}"#;

#[test]
fn the_questionnaire_comes_in_each_language() {
    let clinic = Clinic::small();
    let form = clinic.runs(&["fhir"]).exits(0).json();
    assert_eq!((&form["resourceType"], &form["language"]), (&json!("Questionnaire"), &json!("en")));
    let spanish = clinic.runs(&["fhir", "--lang", "es", "--format", "json"]).exits(0).json();
    assert_eq!(spanish["language"], "es");
    assert_ne!(form["url"], spanish["url"]);
    // Each has the words of the other beside its own.
    let beside = |form: &serde_json::Value| {
        form["item"][0]["_text"]["extension"][0]["extension"][0]["valueCode"].clone()
    };
    assert_eq!([beside(&form), beside(&spanish)], [json!("es"), json!("en")]);
    assert!(clinic.runs(&["fhir", "--lang", "fr"]).exits(2).err.contains("no language `fr`"));
}

#[test]
fn answers_come_as_a_bundle_with_all_of_them_shared() {
    let clinic = Clinic::small();
    let bundle = clinic.runs_on(ANSWERS, &["fhir", "--answers", "-"]).exits(0).json();
    assert_eq!((&bundle["resourceType"], &bundle["type"]), (&json!("Bundle"), &json!("collection")));
    let kinds: Vec<_> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]["resourceType"]).collect();
    assert_eq!(kinds, ["Questionnaire", "QuestionnaireResponse"]);
    assert!(bundle.to_string().contains("Hello") && !bundle.to_string().contains("masked"));
    let transaction = clinic.runs_on(ANSWERS, &["fhir", "--answers", "-", "--transaction"]).exits(0).json();
    assert_eq!(transaction["type"], "transaction");
    assert_eq!(transaction["entry"][1]["request"]["method"], "POST");
    let wrong = clinic.runs_on(r#"{"smoke": "perhaps"}"#, &["fhir", "--answers", "-", "--format", "json"]);
    assert!(wrong.exits(1).json()["problems"][0].as_str().unwrap().contains("smoke"));
}

#[test]
fn the_settings_say_what_a_bundle_holds_besides() {
    let with = |more: &str| {
        let folder = crate::support::Folder::small();
        let settings = folder.text("settings.toml") + more;
        Clinic::with(&folder.with("settings.toml", settings))
    };
    let clinic =
        with("\n[handoff.fhir]\ninclude = [\"service-request\"]\nbase = \"https://clinic.example/fhir/\"\n");
    let bundle = clinic.runs_on(ANSWERS, &["fhir", "--answers", "-"]).exits(0).json();
    assert_eq!(bundle["entry"][2]["resource"]["resourceType"], "ServiceRequest");
    assert_eq!(
        bundle["entry"][0]["resource"]["url"],
        "https://clinic.example/fhir/Questionnaire/anteroom-en"
    );
    let slips =
        with("\n[handoff.fhir]\ninclude = [\"patiant\"]\nbase = \"ftp://clinic.example\"\nmore = 1\n");
    let said = slips.runs(&["check"]).exits(1).out.clone();
    for words in ["`patiant`", "Did you mean `patient`?", "not an https address", "`more`"] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn a_questionnaire_of_others_becomes_files() {
    let clinic = Clinic::small();
    let form = json!({"resourceType": "Questionnaire", "title": "Sleep", "language": "en", "item": [
        {"linkId": "sleep", "type": "boolean", "text": "Do you sleep well?"},
        {"linkId": "smoke", "type": "boolean", "text": "Do you smoke at night?"},
        {"linkId": "photo", "type": "attachment", "text": "A photo"},
    ]});
    clinic.writes("sleep.json", form.to_string());
    let said = clinic.runs(&["import", "sleep.json", "--format", "json"]).exits(0).json();
    assert_eq!(said["questions"], 2);
    assert_eq!(said["lost"], json!([{"item": "photo", "what": "A file cannot be given here."}]));
    assert!(said["files"]["en/screening.toml"].as_str().unwrap().contains("Do you sleep well?"));
    // Beside the guide, an id that it has is not given again.
    let beside = clinic.runs(&["import", "sleep.json", "--out", "mine", "--beside", "content"]);
    assert!(beside.exits(0).err.contains("`smoke-2`") && beside.err.contains("photo: A file"), "{beside:?}");
    let structure = std::fs::read_to_string(clinic.path("mine/screening.toml")).unwrap();
    assert!(structure.contains("id = \"smoke-2\""));
    clinic.writes("mine/settings.toml", "format = 1\nfiles = [\"screening.toml\", \"en/screening.toml\"]\n");
    let listed = clinic.runs(&["list", "--clinic", "mine", "--format", "json"]).exits(0).json();
    assert!(listed["questions"].as_array().unwrap().iter().any(|question| question["id"] == "sleep"));
    // Nothing that is there is overwritten.
    assert!(clinic.runs(&["import", "sleep.json", "--out", "mine"]).exits(2).err.contains("already"));
}

#[test]
fn what_cannot_be_imported_is_said() {
    let clinic = Clinic::small();
    assert!(clinic.runs(&["import", "nowhere.json"]).exits(2).err.contains("no such file"));
    assert!(clinic.runs_on("{]", &["import", "-"]).exits(1).err.contains("not JSON"));
    assert!(
        clinic.runs_on("\u{feff}<Questionnaire/>", &["import", "-"]).exits(1).err.contains("This is XML")
    );
    let huge = clinic.writes("huge.json", vec![b' '; 20_000_001]).runs(&["import", "huge.json"]);
    assert!(huge.exits(1).err.contains("bigger than 20 MB"));
    let refused = clinic.runs_on(r#"{"resourceType": "Patient"}"#, &["import", "-", "--format", "json"]);
    assert!(refused.exits(1).json()["problems"][0].as_str().unwrap().contains("Patient"));
    let bytes = clinic.writes("bytes.json", [0xff, 0xfe, 0x00]).runs(&["import", "bytes.json"]);
    assert!(bytes.exits(1).err.contains("UTF-8"));
}
