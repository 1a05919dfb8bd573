//! A content file as it came: perhaps missing, perhaps huge, perhaps not text. Whatever is readable is kept.

use std::borrow::Cow;

use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::paths;
use crate::engine::problem::{Problem, Severity};

/// The largest content file that is read, in bytes. A longer one is cut, so that a stray video cannot stall a phone.
pub const MOST_BYTES: usize = 1_000_000;

/// A file of the content folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path inside the content folder, with `/`, for example `en/pages/myths.md`.
    pub path: String,
    /// What was read, or why nothing was, as the end of a sentence ("the server answered 404").
    pub content: Result<Vec<u8>, String>,
}

impl Source {
    /// A file that was read.
    pub fn new(path: &str, content: impl Into<Vec<u8>>) -> Self {
        Self { path: path.to_owned(), content: Ok(content.into()) }
    }

    /// A file that could not be read. `why` ends the sentence "could not be read: ...".
    pub fn missing(path: &str, why: &str) -> Self {
        Self { path: path.to_owned(), content: Err(why.to_owned()) }
    }

    /// The file's text, as much of it as can be read. What could not be read is a problem, not a failure:
    /// a settings file with one bad byte still gives the clinic's phone number.
    pub fn text(&self, problems: &mut Vec<Problem>) -> Cow<'_, str> {
        let mut report = |line: usize, what: String, remedy: &str| {
            problems.push(Problem {
                severity: Severity::Error,
                file: self.path.clone(),
                line,
                what,
                remedy: remedy.to_owned(),
            });
        };
        let bytes = match &self.content {
            Ok(bytes) => bytes.as_slice(),
            Err(why) => {
                let remedy = match self.path.strip_prefix(CLINIC) {
                    Some(paths::SETTINGS) => {
                        "Check that the clinic's folder is uploaded, and that the page names it rightly."
                    }
                    Some(_) => {
                        "Put the file into the clinic's folder, or take its name out of settings.toml there."
                    }
                    None => {
                        "Put the file back into the content folder, or take its name out of settings.toml."
                    }
                };
                report(1, format!("The file could not be read: {why}."), remedy);
                return Cow::Borrowed("");
            }
        };
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let kept = bytes.get(..MOST_BYTES).unwrap_or(bytes);
        if kept.len() < bytes.len() {
            report(
                1,
                format!("The file has {} bytes; only the first {MOST_BYTES} were read.", bytes.len()),
                "Check that it is the right file, and split it if it is.",
            );
        }
        if kept.iter().all(u8::is_ascii_whitespace) {
            // A file of the clinic's own that says nothing changes nothing.
            if !(self.path.starts_with(CLINIC) && self.path.ends_with(".toml")) {
                report(1, "The file is empty.".to_owned(), "Copy it again from the guide you started from.");
            }
            return Cow::Borrowed("");
        }
        match std::str::from_utf8(kept) {
            Ok(text) => Cow::Borrowed(text),
            Err(error) => {
                let before = kept.get(..error.valid_up_to()).unwrap_or_default();
                // A cut can fall inside a letter; that was said above already.
                if kept.len() == bytes.len() || error.error_len().is_some() {
                    report(
                        1 + before.iter().filter(|byte| **byte == b'\n').count(),
                        "This line holds bytes that are not UTF-8 text.".to_owned(),
                        "Open the file in a text editor and save it with the encoding UTF-8.",
                    );
                }
                String::from_utf8_lossy(kept)
            }
        }
    }
}
