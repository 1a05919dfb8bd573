//! The clinic's command line: the same engine as the widget, over a folder on disk.
//!
//! A command reads files and gives a [`Report`]; only the binary prints. Text is for a nurse, JSON for a script.

pub mod check;
#[cfg(feature = "cli")]
mod docs;
#[cfg(feature = "cli")]
mod fhir;
pub mod folder;
#[cfg(feature = "cli")]
mod import;
mod lint;
#[cfg(feature = "cli")]
mod list;
#[cfg(feature = "cli")]
mod map;
#[cfg(feature = "cli")]
mod new;
#[cfg(feature = "cli")]
mod open;
pub mod pages;
#[cfg(feature = "cli")]
mod plan;
#[cfg(feature = "cli")]
mod pseudo;
#[cfg(feature = "cli")]
mod screen;
mod unsigned;

use std::process::ExitCode;

#[cfg(feature = "cli")]
use clap::{Parser, Subcommand, ValueEnum};
use serde::Serialize;
#[cfg(feature = "cli")]
use std::path::PathBuf;

#[cfg(feature = "cli")]
use crate::engine::guide::reader::Date;

/// What was typed after `anteroom`.
#[cfg(feature = "cli")]
#[derive(Debug, Parser)]
#[command(name = "anteroom", version, about = "Checks and tries out the content of an Anteroom widget")]
pub struct Arguments {
    /// The content folder
    #[arg(long, global = true, value_name = "DIR", default_value = "content")]
    content: PathBuf,

    /// A clinic's own folder, laid over the content folder key by key
    #[arg(long, global = true, value_name = "DIR")]
    clinic: Option<PathBuf>,

    /// How to write the answer
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,

    #[command(subcommand)]
    command: Command,
}

#[cfg(feature = "cli")]
#[derive(Debug, Subcommand)]
enum Command {
    /// Name every problem of the content folder, with its file, line and remedy
    Check {
        /// Write into each page how hard it is to read, then check
        #[arg(long)]
        write_grades: bool,
    },
    /// Write the documents of docs/ as a small site of plain HTML, with no script
    Docs {
        /// The folder that holds docs/
        #[arg(long, value_name = "DIR", default_value = ".")]
        from: PathBuf,

        /// The folder to write; what was written there before is replaced
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Write the guide as a FHIR R4 Questionnaire, or answers as a Bundle
    Fhir {
        /// The answers as JSON, all of them shared; `-` reads them from standard input. Without it, the Questionnaire
        #[arg(long, value_name = "FILE")]
        answers: Option<PathBuf>,

        /// The language, such as `en`; the guide's first one unless said otherwise
        #[arg(long)]
        lang: Option<String>,

        /// The Bundle as a transaction, for a FHIR server
        #[arg(long, requires = "answers")]
        transaction: bool,
    },
    /// Read a FHIR R4 Questionnaire as guide files, and name all that could not be carried over
    Import {
        /// The Questionnaire as JSON; `-` reads it from standard input
        #[arg(value_name = "FILE")]
        file: PathBuf,

        /// The folder to write the files into; without it they go to standard output
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,

        /// A content folder that the files are to be laid over: its ids are not given again
        #[arg(long, value_name = "DIR")]
        beside: Option<PathBuf>,
    },
    /// List every question with its choices and what each raises
    List,
    /// Draw the sections, questions, conditions and rules as a flow chart, in the language Mermaid
    Map,
    /// Write a folder for a clinic to begin with, which holds only what it changes
    New {
        /// The folder to write; it must not be there yet, or be empty
        #[arg(value_name = "DIR")]
        place: PathBuf,
    },
    /// Write the pages, the help and the questions on paper as plain HTML, with no script
    Pages {
        /// The folder to write; what was written there before is replaced
        #[arg(long, value_name = "DIR")]
        out: PathBuf,

        /// The widget's own page, which shows the clinic and the list of pages before the widget runs
        #[arg(long, value_name = "FILE")]
        index: Option<PathBuf>,

        /// The widget's address as the pages see it, to link to it
        #[arg(long, value_name = "ADDRESS")]
        widget: Option<String>,
    },
    /// Open a packet that was sealed with the clinic's key
    Open {
        /// The packet, sealed or in clear; `-` reads it from standard input
        #[arg(value_name = "PACKET")]
        packet: PathBuf,

        /// The key file that was saved when the pair of keys was made
        #[arg(long, value_name = "KEY")]
        key: Option<PathBuf>,

        /// A file with the passphrase of the key file on its first line
        #[arg(long, value_name = "FILE")]
        passphrase_file: Option<PathBuf>,

        /// The packet as a FHIR R4 Bundle
        #[arg(long)]
        fhir: bool,
    },
    /// Make a pair of keys: the private one into a locked file, the public one as a line for settings.toml
    Key {
        /// The key file to write; it must not be there yet
        #[arg(long, value_name = "FILE")]
        out: PathBuf,

        /// A file with the passphrase that is to lock it on its first line
        #[arg(long, value_name = "FILE")]
        passphrase_file: PathBuf,
    },
    /// Give the dated plan of one appointment or several
    Plan(plan::Asked),
    /// Write a language that nobody speaks, made of the English one, to see what is not translated or cut off
    Pseudo {
        /// The folder that gets the language's folder, `en-XA` or `ar-XB`
        #[arg(long, value_name = "DIR")]
        out: PathBuf,

        /// From right to left
        #[arg(long)]
        rtl: bool,
    },
    /// Give the result of a file of answers, with every reason
    Screen {
        /// The answers as JSON, {"question-id": "choice-id"}; `-` reads them from standard input
        #[arg(long, value_name = "FILE")]
        answers: PathBuf,

        /// The language of the reasons, such as `en`; the guide's first one unless said otherwise
        #[arg(long)]
        lang: Option<String>,
    },
}

/// How a command writes its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(ValueEnum))]
pub enum Format {
    /// Words for a person
    Text,
    /// JSON for a script
    Json,
}

/// What a command has to say.
#[derive(Debug, PartialEq, Eq)]
pub struct Report {
    /// What goes to standard output.
    pub out: String,
    /// What goes to standard error.
    pub err: String,
    /// How it ended.
    pub exit: Exit,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Fine.
    Fine,
    /// Problems were found.
    Problems,
    /// It was called the wrong way, or what it was pointed at is not there.
    WrongUse,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Fine => 0,
            Exit::Problems => 1,
            Exit::WrongUse => 2,
        })
    }
}

/// Carries out a command.
#[cfg(feature = "cli")]
pub fn run(arguments: &Arguments) -> Report {
    // These need no content folder.
    match &arguments.command {
        Command::Docs { from, out } => return docs::docs(from, out, arguments.format),
        Command::New { place } => return new::new(place, arguments.format),
        Command::Open { packet, key, passphrase_file, fhir } => {
            let passphrase = passphrase_file.as_deref();
            return open::open(packet, key.as_deref(), passphrase, *fhir, arguments.format);
        }
        Command::Import { file, out, beside } => {
            return import::import(file, out.as_deref(), beside.as_deref(), arguments.format);
        }
        Command::Key { out, passphrase_file } => {
            return open::key(out, passphrase_file, arguments.format);
        }
        Command::Check { .. }
        | Command::List
        | Command::Map
        | Command::Pages { .. }
        | Command::Plan(_)
        | Command::Fhir { .. }
        | Command::Pseudo { .. }
        | Command::Screen { .. } => {}
    }
    let folder = match folder::read(&arguments.content, arguments.clinic.as_deref()) {
        Ok(folder) => folder,
        Err(why) => return Report::wrong_use(&why),
    };
    match &arguments.command {
        Command::Check { write_grades: false } => check::check(&folder, today(), arguments.format),
        Command::Check { write_grades: true } => {
            let written = check::write_grades(&folder);
            // What is checked then is what stands in the files now.
            match written.and_then(|()| folder::read(&arguments.content, arguments.clinic.as_deref())) {
                Ok(folder) => check::check(&folder, today(), arguments.format),
                Err(why) => Report::wrong_use(&why),
            }
        }
        Command::Docs { from, out } => docs::docs(from, out, arguments.format),
        Command::Fhir { answers, lang, transaction } => {
            fhir::fhir(&folder, answers.as_deref(), lang.as_deref(), *transaction, arguments.format)
        }
        Command::Import { file, out, beside } => {
            import::import(file, out.as_deref(), beside.as_deref(), arguments.format)
        }
        Command::List => list::list(&folder, arguments.format),
        Command::Map => map::map(&folder, arguments.format),
        Command::New { place } => new::new(place, arguments.format),
        Command::Pages { out, index, widget } => {
            let places = pages::Places { out, index: index.as_deref(), widget: widget.as_deref() };
            pages::pages(&folder, &places, arguments.format)
        }
        Command::Open { packet, key, passphrase_file, fhir } => {
            open::open(packet, key.as_deref(), passphrase_file.as_deref(), *fhir, arguments.format)
        }
        Command::Key { out, passphrase_file } => open::key(out, passphrase_file, arguments.format),
        Command::Plan(asked) => plan::plan(&folder, asked, arguments.format),
        Command::Pseudo { out, rtl } => pseudo::pseudo(&folder, out, *rtl, arguments.format),
        Command::Screen { answers, lang } => {
            screen::screen(&folder, answers, lang.as_deref(), arguments.format)
        }
    }
}

#[cfg(feature = "cli")]
/// Today in UTC: a review date has no hour, and the clinic's folder may be checked anywhere.
fn today() -> Option<Date> {
    let date = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
    Some(Date {
        year: u16::try_from(date.year()).ok()?,
        month: u8::try_from(date.month()).ok()?,
        day: u8::try_from(date.day()).ok()?,
    })
}

impl Report {
    fn wrong_use(why: &str) -> Self {
        Self { out: String::new(), err: plain(why) + "\n", exit: Exit::WrongUse }
    }
}

/// The text without characters that steer a terminal: an answers file may come from anyone.
fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() && letter != '\n' { ' ' } else { letter }).collect()
}

/// A JSON document with a line break at its end.
///
/// Serialisation of plain data cannot fail; `null` is nothing that any script takes for an answer.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string_pretty(value).unwrap_or_else(|_| "null".to_owned()) + "\n"
}

/// A number of things in words: "1 error", "2 errors".
fn count(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}
