//! Whether a file is a Questionnaire of FHIR R4, and if it is not, what it is and what to do, in a sentence.

use serde_json::Value;

use crate::engine::guide::import::{entries, one_line, text_of};

/// Why a text is not JSON, in a sentence.
pub(super) fn not_json(text: &str, error: &serde_json::Error) -> String {
    const EXPORT: &str = "Export the Questionnaire as FHIR R4 JSON";
    if error.to_string().contains("recursion limit") {
        return "The items are nested too deeply to be a form that anybody fills in. Take some levels out."
            .to_owned();
    }
    let begins = text.trim_start().get(..200).unwrap_or(text.trim_start()).to_ascii_lowercase();
    if begins.is_empty() {
        "The file is empty. Give the file of a Questionnaire.".to_owned()
    } else if begins.starts_with("<!doctype html") || begins.starts_with("<html") {
        format!("This is a web page, not a Questionnaire. {EXPORT}, and save that file.")
    } else if begins.starts_with('<') {
        format!("This is XML. FHIR can be written as XML and as JSON, and only JSON is read here. {EXPORT}.")
    } else if begins.starts_with('{') && error.is_eof() {
        "The end of the file is missing, so it was cut on its way. Export or copy the whole file again."
            .to_owned()
    } else if begins.starts_with('{') && error.to_string().starts_with("trailing characters") {
        format!(
            "After the first resource something follows in line {}. Give a file with one Questionnaire, and nothing else.",
            error.line()
        )
    } else {
        format!("The file is not JSON (line {}, column {}). {EXPORT}.", error.line(), error.column())
    }
}

/// The Questionnaire of a file: the file itself, or the first one of a Bundle, with the number of others in it.
pub(super) fn questionnaire_in(value: &Value) -> Result<(&Value, usize), String> {
    match value.get("resourceType").and_then(Value::as_str) {
        Some("Questionnaire") => Ok((value, 0)),
        Some("Bundle") => {
            let resources = entries(value, "entry").iter().filter_map(|entry| entry.get("resource"));
            let mut forms =
                resources.filter(|resource| text_of(resource, "resourceType") == Some("Questionnaire"));
            let first = forms.next().ok_or_else(|| {
                "This Bundle holds no Questionnaire. Give the file of a Questionnaire.".to_owned()
            })?;
            Ok((first, forms.count()))
        }
        Some(other) => Err(format!(
            "This is a FHIR {}, not a Questionnaire. Give the file of a Questionnaire.",
            one_line(other)
        )),
        None => Err("This is not a FHIR Questionnaire: it has no `resourceType`. Export it as FHIR R4 JSON."
            .to_owned()),
    }
}

/// Refuses what another version of FHIR alone has: read as R4, it would be read wrongly.
pub(super) fn check_version(form: &Value) -> Result<(), String> {
    let mut waiting = vec![form];
    let wrong = |version: &str, sign: &str| {
        Err(format!("This Questionnaire is of FHIR {version}: it has {sign}. Export it as FHIR R4 (4.0.1)."))
    };
    if let Some(version) = text_of(form, "fhirVersion")
        && !version.starts_with("4.")
    {
        return wrong(&one_line(version), "`fhirVersion`");
    }
    while let Some(item) = waiting.pop() {
        for (key, version) in [
            ("option", "STU3"),
            ("options", "STU3"),
            ("answerConstraint", "R5"),
            ("disabledDisplay", "R5"),
            ("versionAlgorithmString", "R5"),
            ("copyrightLabel", "R5"),
        ] {
            if item.get(key).is_some() {
                return wrong(version, &format!("`{key}`"));
            }
        }
        match text_of(item, "type") {
            Some("coding") => return wrong("R5", "an item of the type `coding`"),
            Some("question") => return wrong("R5", "an item of the type `question`"),
            _ => {}
        }
        if entries(item, "enableWhen").iter().any(|test| test.get("hasAnswer").is_some()) {
            return wrong("STU3", "`hasAnswer`");
        }
        waiting.extend(entries(item, "item"));
    }
    Ok(())
}
