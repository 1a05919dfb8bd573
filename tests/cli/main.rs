//! The command line, run as a clinic or a script runs it.

mod check;
mod docs;
mod documents;
mod fhir;
mod lint;
mod list;
mod map;
mod new;
mod open;
mod overlay;
mod pages;
mod plan;
mod pseudo;
mod screen;
mod unsigned;
mod usage;

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::support::Folder;

/// A content folder on disk, and the command line over it.
struct Clinic {
    place: TempDir,
}

/// What a command said.
#[derive(Debug)]
struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Clinic {
    fn with(folder: &Folder) -> Self {
        let place = tempfile::tempdir().unwrap();
        for source in &folder.sources {
            if let Ok(content) = &source.content {
                let path = place.path().join("content").join(&source.path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, content).unwrap();
            }
        }
        Self { place }
    }

    fn small() -> Self {
        Self::with(&Folder::small())
    }

    fn shipped() -> Self {
        Self::with(&Folder::shipped())
    }

    fn path(&self, path: &str) -> PathBuf {
        self.place.path().join(path)
    }

    /// Puts a file beside or into the content folder.
    fn writes(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_anteroom"));
        command.args(arguments).current_dir(self.place.path());
        command
    }

    fn runs(&self, arguments: &[&str]) -> Said {
        said(self.command(arguments).stdin(Stdio::null()).output().unwrap())
    }

    /// Runs a command with something on its standard input.
    fn runs_on(&self, input: &str, arguments: &[&str]) -> Said {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        said(child.wait_with_output().unwrap())
    }

    /// The JSON that `anteroom screen` gives for these answers.
    #[track_caller]
    fn screens(&self, answers: &str) -> Value {
        let said = self.runs_on(answers, &["screen", "--answers", "-", "--format", "json"]);
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
        said.json()
    }
}

impl Said {
    #[track_caller]
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    #[track_caller]
    fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{self:?}");
        self
    }
}

fn said(output: Output) -> Said {
    Said {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
