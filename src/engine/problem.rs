//! What is wrong in a content file: where, what, and what to do about it.

use std::fmt;

use serde::Serialize;

/// One thing wrong in the content, said so that the person who typed it can mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// The file, as named in the content folder, for example `en/screening.toml`.
    pub file: String,
    /// The line, counted from 1; 1 where the whole file is meant.
    pub line: usize,
    /// What is wrong, as a sentence.
    pub what: String,
    /// What to do, as a sentence.
    pub remedy: String,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Should be mended or signed before the guide is shown to patients; nothing is left out.
    Warning,
    /// Something that the file says cannot be used and was left out, or safety is at stake.
    Error,
}

impl Severity {
    /// What it is called before a sentence.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = self.severity.in_words();
        write!(out, "{}:{}: {severity}: {} {}", self.file, self.line, self.what, self.remedy)
    }
}
