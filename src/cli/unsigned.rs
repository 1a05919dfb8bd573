//! What nobody has signed yet: said once with all of its files, so that it does not bury what has to be mended.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::folder::Folder;
use crate::cli::{count, plain};
use crate::engine::guide::check::UNSIGNED;
use crate::engine::guide::overlay::clinic_path;
use crate::engine::guide::words::UNSIGNED_TRANSLATION;
use crate::engine::problem::{Problem, Severity};

/// One entry of the check: a problem, or one that several files have in common.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// How bad it is.
    severity: Severity,
    /// The file; of several the first.
    file: String,
    /// The line in it, counted from 1.
    line: usize,
    /// What is wrong, as a sentence.
    what: String,
    /// What to do, as a sentence.
    remedy: String,
    /// All files that have it, if it is more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    files: Vec<At>,
}

/// A place in a file.
#[derive(Debug, Serialize)]
struct At {
    file: String,
    /// Counted from 1.
    line: usize,
}

/// What is said of several files in place of what the engine says of one.
struct Kind {
    of_one: &'static str,
    of_several: &'static str,
    remedy: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind {
        of_one: UNSIGNED,
        of_several: "No clinician has signed these yet",
        remedy: "Have a licensed clinician read each, then write the name in its `reviewer`.",
    },
    Kind {
        of_one: UNSIGNED_TRANSLATION,
        of_several: "Nobody has signed these translations yet",
        remedy: "Have a clinician or a medical translator read each, then write the name in its `reviewer` under \
                 [translation].",
    },
];

/// The problems as they are said: each for itself, and at the end what several files lack alike, a signature.
pub fn entries(problems: Vec<Problem>, folder: &Folder) -> Vec<Entry> {
    let mut rest = problems;
    let mut gathered = Vec::new();
    for kind in &KINDS {
        let (unsigned, others): (Vec<Problem>, Vec<Problem>) =
            rest.into_iter().partition(|problem| problem.what == kind.of_one);
        rest = others;
        match unsigned.first() {
            Some(first) if unsigned.len() > 1 => gathered.push(Entry {
                what: format!("{}: {}.", kind.of_several, listed(&unsigned, folder)),
                remedy: kind.remedy.to_owned(),
                files: unsigned
                    .iter()
                    .map(|Problem { file, line, .. }| At { file: file.clone(), line: *line })
                    .collect(),
                ..Entry::from(first.clone())
            }),
            _ => gathered.extend(unsigned.into_iter().map(Entry::from)),
        }
    }
    rest.into_iter().map(Entry::from).chain(gathered).collect()
}

impl From<Problem> for Entry {
    fn from(Problem { severity, file, line, what, remedy }: Problem) -> Self {
        Self { severity, file, line, what, remedy, files: Vec::new() }
    }
}

impl Entry {
    /// Whether something cannot be used, or safety is at stake.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The entry in one line: where, how bad, what, and what to do.
    pub fn in_words(&self) -> String {
        let Self { severity, file, line, what, remedy, files } = self;
        if files.is_empty() {
            let (file, what, remedy) = (file.clone(), what.clone(), remedy.clone());
            return plain(&Problem { severity: *severity, file, line: *line, what, remedy }.to_string());
        }
        plain(&format!("{}: {}: {what} {remedy}", count(files.len(), "file"), severity.in_words()))
    }
}

/// The names of the files, those of pages by their folder where all of it, or nearly all, is meant.
fn listed(unsigned: &[Problem], folder: &Folder) -> String {
    let mut names = Vec::new();
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for problem in unsigned {
        match problem.file.rsplit_once('/') {
            Some((place, name)) if place.ends_with("/pages") => folders.entry(place).or_default().push(name),
            _ => names.push(problem.file.clone()),
        }
    }
    let pages = pages_of(folder);
    for (place, theirs) in folders {
        let number = theirs.len();
        let signed: Vec<&str> = pages
            .iter()
            .filter_map(|page| page.rsplit_once('/').filter(|(of, _)| *of == place))
            .map(|(_, name)| name)
            .filter(|name| !theirs.contains(name))
            .collect();
        match signed.len() {
            _ if number == 1 => names.extend(theirs.iter().map(|name| format!("{place}/{name}"))),
            0 => names.push(format!("all {number} in {place}")),
            few if few < number => {
                names.push(format!("{number} in {place} (all but {})", signed.join(", ")));
            }
            _ => names.push(format!("{number} in {place} ({})", theirs.join(", "))),
        }
    }
    names.join(", ")
}

/// The pages that are read, as the clinic knows their files; of two that are laid over each other the upper one.
fn pages_of(folder: &Folder) -> Vec<String> {
    let there =
        |path: &str| folder.sources.iter().any(|source| source.path == path && source.content.is_ok());
    let all = folder.sources.iter().map(|source| source.path.as_str());
    all.filter(|path| path.contains("/pages/") && there(path) && !there(&clinic_path(path)))
        .map(|path| folder.named(path))
        .collect()
}
