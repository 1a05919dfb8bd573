//! `anteroom check`: every problem of a content folder.

use std::fs;

use serde::Serialize;

use crate::cli::folder::{self, Folder};
use crate::cli::lint::Words;
use crate::cli::lint::readability::Readability;
use crate::cli::lint::translations::Translation;
use crate::cli::unsigned::{self, Entry};
use crate::cli::{Exit, Format, Report, count, json, lint, plain};
use crate::engine::guide::changes::{self, Change};
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::{Date, Place};
use crate::engine::guide::settings::Settings;
use crate::engine::guide::{self, Guide, paths, patients, problem_at};
use crate::engine::ids::is_id;
use crate::engine::problem::{Problem, Severity};

#[derive(Serialize)]
struct Answer<'a> {
    problems: &'a [Entry],
    /// How many virtual patients were run.
    patients: usize,
    readability: &'a [Readability],
    /// How much of the guide each further language has.
    translations: &'a [Translation],
    /// Not there without a clinic's own folder.
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<&'a [Change]>,
}

/// Names every problem, then what the clinic's own folder changed. Warnings alone are fine, and so are changes.
pub fn check(folder: &Folder, today: Option<Date>, format: Format) -> Report {
    let (guide, mut problems) = guide::parse(&folder.sources, today);
    let (patients, unread) = patients::read(&folder.sources, &guide);
    let failing = match folder.clinic {
        Some(_) => patients::run_under_clinic(&guide, &patients),
        None => patients::run(&guide, &patients),
    };
    let of_guide: Vec<Problem> =
        failing.iter().filter(|problem| problem.file == paths::PATIENTS).cloned().collect();
    let patients = Patients { all: patients.len(), failing: failing.len() };
    problems.extend(unread);
    problems.extend(failing);
    let Words { problems: of_words, mut readability, translations, .. } = lint::lint(folder, &guide);
    problems.extend(of_words);
    for reading in &mut readability {
        reading.file = folder.named(&reading.file);
    }
    problems.extend(folder.unlisted.iter().map(|path| unlisted(path, &folder.settings)));
    problems.extend(unnamed(folder));
    for problem in &mut problems {
        problem.file = folder.named(&problem.file);
    }
    problems.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    let changes = folder.clinic.as_ref().map(|_| {
        let mut changes = changes::changes(&folder.sources);
        changes.iter_mut().for_each(|change| change.file = folder.named(&change.file));
        changes
    });
    let problems = unsigned::entries(problems, folder);
    let errors = problems.iter().filter(|entry| entry.is_error()).count();
    let out = match format {
        Format::Json => json(&Answer {
            problems: &problems,
            patients: patients.all,
            readability: &readability,
            translations: &translations,
            changes: changes.as_deref(),
        }),
        Format::Text => {
            let mut lines: Vec<String> = problems.iter().map(Entry::in_words).collect();
            lines.extend(readability.iter().map(figures));
            lines.extend(translations.iter().map(|translation| plain(&translation.in_words())));
            lines.push(patients.in_words(&guide));
            let warnings = problems.len() - errors;
            lines.push(format!(
                "{}, {} in {}",
                count(errors, "error"),
                count(warnings, "warning"),
                plain(&folder.name)
            ));
            if let Some(changes) = &changes {
                lines.extend(to_sign(changes, of_guide));
            }
            lines.join("\n") + "\n"
        }
    };
    Report { out, err: String::new(), exit: if errors == 0 { Exit::Fine } else { Exit::Problems } }
}

/// Writes into each page of the folder, or of the clinic's own, how hard it is to read. `Err` says which file cannot
/// be written.
pub fn write_grades(folder: &Folder) -> Result<(), String> {
    let (guide, _) = guide::parse(&folder.sources, None);
    for (path, text) in lint::lint(folder, &guide).graded {
        let place = folder.place(&path);
        fs::write(&place, text).map_err(|error| {
            format!(
                "`{}` could not be written: {}. No later page was written.",
                place.display(),
                folder::why(&error)
            )
        })?;
    }
    Ok(())
}

/// What the clinic changed, as a text that a medical director can sign.
fn to_sign(changes: &[Change], mut patients: Vec<Problem>) -> Vec<String> {
    let mut lines = vec![String::new(), "What this clinic changed".to_owned()];
    if changes.is_empty() && patients.is_empty() {
        lines.push("Nothing.".to_owned());
        return lines;
    }
    // Those who get a milder result come first: they are what a director must see.
    patients.sort_by(|one, other| (other.severity, one.line).cmp(&(one.severity, other.line)));
    if !patients.is_empty() {
        lines.extend([String::new(), "What it does to the guide's patients".to_owned()]);
        lines.extend(patients.iter().map(|patient| format!("  {}", plain(&patient.what))));
    }
    for (safety, title) in
        [(true, "Safety: levels, rules, questions, numbers"), (false, "Words, pages and the rest")]
    {
        let mut these = changes.iter().filter(|change| change.safety == safety).peekable();
        if these.peek().is_some() {
            lines.extend([String::new(), title.to_owned()]);
            lines.extend(these.map(in_words));
        }
    }
    lines.extend([String::new(), "Name:       ____________________".to_owned()]);
    lines.push("Date:       ____________________".to_owned());
    lines.push("Signature:  ____________________".to_owned());
    lines
}

fn in_words(change: &Change) -> String {
    let Change { kind, id, from, to, file, line, .. } = change;
    // One change is one line, whatever stands in it.
    let one_line = |text: &str| plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let said = match (one_line(from), one_line(to)) {
        (from, to) if from.is_empty() => to,
        (from, to) => format!("{from} -> {to}"),
    };
    format!("  {}: {}: {said} ({}:{line})", kind.in_words(), plain(id), plain(file))
}

/// How many virtual patients were run, and how many got another result.
struct Patients {
    all: usize,
    failing: usize,
}

impl Patients {
    fn in_words(&self, guide: &Guide) -> String {
        let all = count(self.all, "virtual patient");
        match (self.all, self.failing) {
            (0, _) if guide.partly_read => {
                "no virtual patients were run: mend screening.toml first".to_owned()
            }
            (0, _) => "no virtual patients were run".to_owned(),
            (_, 0) => format!("{all}, all as expected"),
            (_, failing) => format!("{all}, {failing} not as expected"),
        }
    }
}

fn figures(reading: &Readability) -> String {
    plain(&format!("{}: {}", reading.file, reading.figures.in_words()))
}

/// The files that the clinic's own settings should name: a browser cannot look into a folder.
fn unnamed(folder: &Folder) -> Option<Problem> {
    let list =
        |paths: &[String]| paths.iter().map(|path| format!("\"{path}\"")).collect::<Vec<_>>().join(", ");
    let all = [folder.settings.own_files.as_slice(), &folder.unnamed].concat();
    (!folder.unnamed.is_empty()).then(|| {
        problem_at(
            Severity::Warning,
            &guide::own_settings_path(),
            Place::line(1),
            format!("The widget will not read {}: `files` does not name it.", list(&folder.unnamed)),
            &format!(
                "Name every file of this folder at the top of its settings.toml: files = [{}]",
                list(&all)
            ),
        )
    })
}

fn unlisted(path: &str, settings: &Settings) -> Problem {
    let (lang, rest) = path.strip_prefix(CLINIC).unwrap_or(path).split_once('/').unwrap_or(("", path));
    let page = rest.strip_prefix("pages/").and_then(|name| name.strip_suffix(".md"));
    let known_language = settings.languages.iter().any(|known| known.as_str() == lang);
    let remedy = match page {
        Some(page) if known_language && is_id(page) => {
            format!("Add \"{page}\" to `pages` in settings.toml, or take the file out of the folder.")
        }
        Some(page) if known_language => format!(
            "Give the file a name of small letters, digits, `-` and `_` instead of \"{page}\", then add it to \
             `pages` in settings.toml."
        ),
        _ if !lang.is_empty() && !known_language => {
            format!("Add \"{lang}\" to `languages` in settings.toml, or take the folder out.")
        }
        _ => "Take the file out of the folder.".to_owned(),
    };
    problem_at(
        Severity::Warning,
        path,
        Place::line(1),
        "This file is not listed in settings.toml, so nobody sees it.".to_owned(),
        &remedy,
    )
}
