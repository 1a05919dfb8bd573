//! `anteroom import`: a FHIR R4 Questionnaire of somebody else as guide files.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use crate::cli::folder::{self, why};
use crate::cli::screen::{MOST_BYTES, lines, read};
use crate::cli::{Exit, Format, Report, json, plain};
use crate::engine::guide;
use crate::engine::guide::import::{Note, import as import_text};
use crate::engine::map::Set;

const TOO_BIG: &str =
    "The file is bigger than 20 MB, which no Questionnaire is. Give the file of one Questionnaire.";

#[derive(Serialize)]
struct Answer<'a> {
    language: &'a str,
    /// The languages that it is translated into.
    others: Vec<&'a str>,
    questions: usize,
    /// The files by their paths.
    files: BTreeMap<&'a str, &'a str>,
    /// What is gone.
    lost: Vec<GivenNote<'a>>,
    /// What is there in another form.
    changed: Vec<GivenNote<'a>>,
}

#[derive(Serialize)]
struct GivenNote<'a> {
    /// The item's `linkId`; null for the Questionnaire as a whole.
    item: Option<&'a str>,
    what: &'a str,
}

#[derive(Serialize)]
struct Refused<'a> {
    problems: [&'a str; 1],
}

/// Reads the Questionnaire of a file, `-` for standard input, and writes guide files into the folder `out`, or to standard
/// output. With `beside`, a content folder, no id of its guide is given again.
pub fn import(file: &Path, out: Option<&Path>, beside: Option<&Path>, format: Format) -> Report {
    let bytes = match read(file, MOST_BYTES + 1) {
        Ok(bytes) => bytes,
        Err(error) => {
            return Report::wrong_use(&format!(
                "The Questionnaire `{}` could not be read: {}.",
                file.display(),
                why(&error)
            ));
        }
    };
    let taken = match beside.map(|place| folder::read(place, None)).transpose() {
        Ok(folder) => folder.map(|folder| taken(&folder.sources)).unwrap_or_default(),
        Err(why) => return Report::wrong_use(&why),
    };
    let imported = if bytes.len() as u64 > MOST_BYTES { Err(TOO_BIG.to_owned()) } else { Ok(bytes) }
        .and_then(|bytes| {
            String::from_utf8(bytes).map_err(|_| {
                "The Questionnaire is not UTF-8 text. Save the file with the encoding UTF-8.".to_owned()
            })
        })
        .and_then(|text| import_text(text.trim_start_matches('\u{feff}'), &taken));
    let imported = match imported {
        Ok(imported) => imported,
        Err(what) => {
            let out =
                if format == Format::Json { json(&Refused { problems: [&what] }) } else { String::new() };
            return Report { out, err: plain(&what) + "\n", exit: Exit::Problems };
        }
    };
    if let Some(place) = out
        && let Err(what) = write(place, &imported.files)
    {
        return Report::wrong_use(&what);
    }
    let notes = |lost: bool| imported.notes.iter().filter(move |note| note.lost == lost);
    match format {
        Format::Json => {
            let given = |lost| {
                notes(lost).map(|note| GivenNote { item: note.item.as_deref(), what: &note.what }).collect()
            };
            let files = imported.files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
            let answer = Answer {
                language: imported.lang.as_str(),
                others: imported.others.iter().map(|lang| lang.as_str()).collect(),
                questions: imported.questions,
                files,
                lost: given(true),
                changed: given(false),
            };
            Report { out: json(&answer), err: String::new(), exit: Exit::Fine }
        }
        Format::Text => {
            let text: String = match out {
                Some(_) => imported.files.iter().map(|(path, _)| format!("{path}\n")).collect(),
                None => {
                    imported.files.iter().map(|(path, text)| format!("# ---- {path}\n\n{text}\n")).collect()
                }
            };
            let mut err = Vec::new();
            for (lost, title) in [(true, "Not carried over:"), (false, "Carried over in another form:")] {
                let said = together(notes(lost));
                if !said.is_empty() {
                    err.push(title.to_owned());
                    err.extend(said.iter().map(|line| format!("  {}", plain(line).replace('\n', " "))));
                }
            }
            Report { out: plain(&text), err: lines(&err), exit: Exit::Fine }
        }
    }
}

/// The notes as lines; what is said of several items stands once.
fn together<'n>(notes: impl Iterator<Item = &'n Note>) -> Vec<String> {
    let mut said: Vec<(&str, Vec<&str>)> = Vec::new();
    for note in notes {
        let item = note.item.as_deref();
        match said.iter_mut().find(|(what, items)| *what == note.what && !items.is_empty()) {
            Some((_, items)) => items.extend(item),
            None => said.push((&note.what, item.into_iter().collect())),
        }
    }
    let line = |(what, items): (&str, Vec<&str>)| match items.len() {
        0 => what.to_owned(),
        _ => format!("{}: {what}", items.join(", ")),
    };
    said.into_iter().map(line).collect()
}

/// The ids of a guide that a clinic's own folder would change, and not add to.
fn taken(sources: &[guide::source::Source]) -> Set<String> {
    let guide = guide::parse(sources, None).0;
    let questions = guide.questions.iter().map(|question| question.id.to_string());
    questions.chain(guide.sections.iter().map(ToString::to_string)).collect()
}

/// Writes the files. Nothing that is there already is ever touched.
fn write(place: &Path, files: &[(String, String)]) -> Result<(), String> {
    for (path, _) in files {
        if place.join(path).exists() {
            return Err(format!(
                "There is a file `{}` already, so nothing was written. Give the name of another folder.",
                place.join(path).display()
            ));
        }
    }
    for (path, text) in files {
        let file = place.join(path);
        let folder = file.parent().unwrap_or(place);
        let written: io::Result<()> = fs::create_dir_all(folder).and_then(|()| fs::write(&file, text));
        written.map_err(|error| format!("`{}` could not be written: {}.", file.display(), why(&error)))?;
    }
    Ok(())
}
