//! `anteroom pages`: the guide as plain HTML, with no script: for a browser that refuses the widget, for search engines,
//! and for paper. The pages, help, the glossary and the questions to fill in with a pen, in every language.
//!
//! The pages are made of the same typed blocks as the widget's, with its class names and its stylesheets, and a folder of
//! them stands by itself: it can be served from anywhere, or opened from a disk.

mod book;
mod early;
pub mod html;
mod paper;
mod prose;
pub mod style;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use crate::cli::folder::{Folder, why};
use crate::cli::lint::is_example;
use crate::cli::pages::book::Book;
use crate::cli::pages::html::Html;
use crate::cli::{Exit, Format, Report, count, json, plain};
use crate::engine::guide;
use crate::engine::ids::Lang;
use crate::engine::problem::Severity;

/// The file of the list of pages, in each language's folder and above them.
const INDEX: &str = "index.html";
/// The list of what was written, so that a page that is no longer in the guide goes away when it is written anew.
const LIST: &str = "files.txt";

/// A file to write, by its path below the folder of the pages.
pub struct File {
    /// Its path, with `/`.
    pub path: String,
    /// What it holds.
    pub content: String,
}

/// Where the pages go.
pub struct Places<'p> {
    /// The folder of the pages.
    pub out: &'p Path,
    /// The widget's own page, which gets the clinic's name and the list of pages; none leaves it alone.
    pub index: Option<&'p Path>,
    /// The widget's address as the languages' folders see it; none if it is not beside them.
    pub widget: Option<&'p str>,
}

#[derive(Serialize)]
struct Answer<'a> {
    languages: Vec<&'a str>,
    files: Vec<String>,
    example: bool,
    errors: usize,
}

/// Writes the pages. What `anteroom check` calls an error is counted and the rest is written all the same.
pub fn pages(folder: &Folder, places: &Places, format: Format) -> Report {
    let (guide, problems) = guide::parse(&folder.sources, None);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error).count();
    let example = is_example(&guide.settings.clinic);
    let book = Book::of(&guide, places.widget.unwrap_or_default());
    let files = book.files();
    let name = places.out.display();
    if let Err(error) = write(places.out, &files) {
        return Report::wrong_use(&format!("The pages could not be written into `{name}`: {}.", why(&error)));
    }
    if let Some(index) = places.index
        && let Err(why) = fill_index(&book, index, places.out, &early::templates(&guide, folder, &problems))
    {
        return Report::wrong_use(&why);
    }
    let paths: Vec<String> = files.into_iter().map(|file| file.path).collect();
    let out = match format {
        Format::Json => json(&Answer {
            languages: guide.settings.languages.iter().map(Lang::as_str).collect(),
            files: paths,
            example,
            errors,
        }),
        Format::Text => {
            let written = count(paths.len(), "file");
            plain(&format!(
                "{written} for {} written into {name}.\n",
                count(guide.settings.languages.len(), "language")
            ))
        }
    };
    let mut err = String::new();
    if errors > 0 {
        err = format!(
            "The guide has {}, so something may be missing on the pages. Run `anteroom check`.\n",
            count(errors, "error")
        );
    }
    Report { out, err, exit: if errors > 0 { Exit::Problems } else { Exit::Fine } }
}

/// Writes files and their list; a page of the list of before that is not among them goes away.
pub fn write(out: &Path, files: &[File]) -> io::Result<()> {
    fs::create_dir_all(out)?;
    let list: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let before = fs::read_to_string(out.join(LIST)).unwrap_or_default();
    for path in before.lines().filter(|path| is_ours(path) && !list.contains(path)) {
        // What is not there any more is as it should be.
        let _ = fs::remove_file(out.join(path));
    }
    for file in files {
        let place = out.join(&file.path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(place, &file.content)?;
    }
    fs::write(out.join(LIST), list_of(files))
}

/// The paths of files, each on its line.
fn list_of(files: &[File]) -> String {
    let paths: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    paths.into_iter().map(|path| format!("{path}\n")).collect()
}

/// Whether a line of the list can be a page that was written here: anybody may have edited the list.
fn is_ours(path: &str) -> bool {
    path.ends_with(".html")
        && path.split('/').all(|part| {
            !part.starts_with('.')
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
        })
}

/// Puts the clinic, the list of pages and the first screens into the widget's own page, for the time before the widget runs.
fn fill_index(book: &Book, index: &Path, out: &Path, first_screens: &Html) -> Result<(), String> {
    let name = index.display();
    let page =
        fs::read_to_string(index).map_err(|error| format!("`{name}` could not be read: {}.", why(&error)))?;
    let folder = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let filled = book.filled(&page, &folder, first_screens).map_err(|why| format!("`{name}` {why}"))?;
    fs::write(index, filled).map_err(|error| format!("`{name}` could not be written: {}.", why(&error)))
}

/// The pages, their list, and the widget's own page with the clinic and the list in it, for who can run no command: by
/// their paths below the folder that the clinic uploaded.
///
/// `clinic` is the name of the clinic's own folder, or empty; `index` is the widget's own page as it is. What is no such page
/// is said in a sentence.
pub fn to_upload(folder: &Folder, clinic: &str, index: &str) -> Result<Vec<File>, String> {
    const PAGES: &str = "pages";
    let (guide, problems) = guide::parse(&folder.sources, None);
    let widget = if clinic.is_empty() {
        "../../index.html".to_owned()
    } else {
        format!("../../index.html?clinic={clinic}")
    };
    let book = Book::of(&guide, &widget);
    let mut files = book.files();
    files.push(File { path: LIST.to_owned(), content: list_of(&files) });
    for file in &mut files {
        file.path = format!("{PAGES}/{}", file.path);
    }
    let content = book
        .filled(index, PAGES, &early::templates(&guide, folder, &problems))
        .map_err(|why| format!("index.html {why}"))?;
    files.push(File { path: INDEX.to_owned(), content });
    Ok(files)
}
