//! `anteroom check`: every problem of a content folder.

use std::path::Path;

use serde::Serialize;

use crate::cli::folder::Folder;
use crate::cli::lint::readability::Readability;
use crate::cli::{Exit, Format, Report, count, json, lint, plain};
use crate::engine::guide::reader::Date;
use crate::engine::guide::settings::Settings;
use crate::engine::guide::{self, Guide, patients, problem_at};
use crate::engine::ids::is_id;
use crate::engine::problem::{Problem, Severity};

#[derive(Serialize)]
struct Answer<'a> {
    problems: &'a [Problem],
    /// How many virtual patients were run.
    patients: usize,
    readability: &'a [Readability],
}

/// Names every problem. Warnings alone are fine.
pub fn check(folder: &Folder, place: &Path, today: Option<Date>, format: Format) -> Report {
    let (guide, mut problems) = guide::parse(&folder.sources, today);
    let (patients, unread) = patients::read(&folder.sources, &guide);
    let failing = patients::run(&guide, &patients);
    let patients = Patients { all: patients.len(), failing: failing.len() };
    problems.extend(unread);
    problems.extend(failing);
    let (of_words, readability) = lint::lint(folder, &guide);
    problems.extend(of_words);
    problems.extend(folder.unlisted.iter().map(|path| unlisted(path, &folder.settings)));
    problems.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let out = match format {
        Format::Json => {
            json(&Answer { problems: &problems, patients: patients.all, readability: &readability })
        }
        Format::Text => {
            let mut lines: Vec<String> = problems.iter().map(|problem| plain(&problem.to_string())).collect();
            lines.extend(readability.iter().map(figures));
            lines.push(patients.in_words(&guide));
            let warnings = problems.len() - errors;
            lines.push(format!(
                "{}, {} in {}",
                count(errors, "error"),
                count(warnings, "warning"),
                place.display()
            ));
            lines.join("\n") + "\n"
        }
    };
    Report { out, err: String::new(), exit: if errors == 0 { Exit::Fine } else { Exit::Problems } }
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
    let Readability { file, flesch_kincaid, smog, smog_topic } = reading;
    plain(&format!(
        "{file}: reads at grade {flesch_kincaid:.1} (Flesch-Kincaid), {smog:.1} (SMOG), {smog_topic:.1} (SMOG without \
         the words of the topic)"
    ))
}

fn unlisted(path: &str, settings: &Settings) -> Problem {
    let (lang, rest) = path.split_once('/').unwrap_or(("", path));
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
        1,
        "This file is not listed in settings.toml, so nobody sees it.".to_owned(),
        &remedy,
    )
}
