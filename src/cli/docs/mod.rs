//! `anteroom docs`: the documents of docs/ as a small site of plain HTML, with no script: served from anywhere, or opened
//! from a disk by a double click.
//!
//! `docs/index.md` is its first page and its order: each of its headings names a reader, and the links below it are that
//! reader's documents. A link, heading or picture that is not there, and a document or picture that nobody is led to, is a
//! problem with its file and line; what is sound is written all the same.

mod links;
mod prose;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::docs::links::relative;
use crate::cli::docs::prose::{Drawn, heading_names};
use crate::cli::folder::why;
use crate::cli::pages::html::{Html, element, nothing, text, void};
use crate::cli::pages::{File, style, write};
use crate::cli::{Exit, Format, Report, count, json, plain};
use crate::engine::problem::{Problem, Severity};

/// The folder of the documents below the one that is read.
const DOCS: &str = "docs/";
/// The folder of the decisions.
const DECISIONS: &str = "docs/decisions/";
/// The folder of the pictures.
const PICTURES: &str = "docs/pictures/";
/// The first page.
const INDEX: &str = "docs/index.md";
/// The documents that stand beside docs/.
const BESIDE: [&str; 3] = ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"];
/// From how many parts on a document lists them at its top.
const PARTS_TO_LIST: usize = 4;
const STYLE: &str = "style.css";

/// A document.
struct Document {
    /// Its path below the folder that is read, such as `docs/set-up.md`.
    path: String,
    /// Its page below the site, such as `set-up.html`.
    page: String,
    /// Its first heading.
    title: String,
    /// All of it.
    text: String,
    /// The names of its headings, by which links find them.
    names: BTreeSet<String>,
}

/// The documents of one reader.
struct Group {
    title: String,
    /// Their paths.
    documents: Vec<String>,
}

/// The documents, and who they are for.
struct Site<'s> {
    root: &'s Path,
    documents: BTreeMap<String, Document>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Answer<'a> {
    files: Vec<&'a str>,
    problems: &'a [Problem],
}

/// Writes the site of the documents below `root` into `out`.
pub fn docs(root: &Path, out: &Path, format: Format) -> Report {
    let mut problems = Vec::new();
    let site = match Site::read(root, &mut problems) {
        Ok(site) => site,
        Err(why) => return Report::wrong_use(&why),
    };
    let mut files = vec![File { path: STYLE.to_owned(), content: style::docs() }];
    let mut beside = BTreeSet::new();
    for document in site.documents.values() {
        let drawn = prose::draw(&site, document);
        problems.extend(drawn.problems.iter().cloned());
        beside.extend(drawn.files.iter().cloned());
        files.push(File { path: document.page.clone(), content: site.page(document, drawn) });
    }
    problems.extend(site.pictures_of_nobody(&beside));
    problems.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
    let written = write(out, &files).and_then(|()| {
        for path in &beside {
            let place = out.join(path.trim_start_matches(DOCS));
            place.parent().map_or(Ok(()), fs::create_dir_all)?;
            fs::copy(root.join(path), place)?;
        }
        Ok(())
    });
    if let Err(error) = written {
        return Report::wrong_use(&format!(
            "The documents could not be written into `{}`: {}.",
            out.display(),
            why(&error)
        ));
    }
    let said = match format {
        Format::Json => json(&Answer {
            files: files.iter().map(|file| file.path.as_str()).collect(),
            problems: &problems,
        }),
        Format::Text => {
            let mut said: String = problems.iter().map(|problem| format!("{problem}\n")).collect();
            let documents = count(site.documents.len(), "document");
            said.push_str(&format!("{documents} written into {}.\n", out.display()));
            plain(&said)
        }
    };
    let exit = if problems.is_empty() { Exit::Fine } else { Exit::Problems };
    Report { out: said, err: String::new(), exit }
}

/// A problem of a document.
fn problem(file: &str, line: usize, what: String, remedy: &str) -> Problem {
    Problem { severity: Severity::Error, file: file.to_owned(), line, what, remedy: remedy.to_owned() }
}

impl<'s> Site<'s> {
    fn read(root: &'s Path, problems: &mut Vec<Problem>) -> Result<Self, String> {
        let mut site = Self { root, documents: BTreeMap::new(), groups: Vec::new() };
        let mut paths: Vec<String> = BESIDE.map(str::to_owned).into();
        for folder in [DOCS, DECISIONS] {
            paths.extend(names(&root.join(folder)).into_iter().map(|name| format!("{folder}{name}")));
        }
        for path in paths.into_iter().filter(|path| path.ends_with(".md") && root.join(path).is_file()) {
            let text = fs::read_to_string(root.join(&path))
                .map_err(|error| format!("`{path}` could not be read: {}.", why(&error)))?;
            site.add(path, text, problems);
        }
        if !site.documents.contains_key(INDEX) {
            return Err(format!(
                "There is no `{INDEX}` below `{}`. Give the folder that holds docs/ after --from.",
                root.display()
            ));
        }
        // The list of decisions is made here, so that none is forgotten.
        let list: String = site
            .documents
            .values()
            .filter(|document| document.path.starts_with(DECISIONS))
            .map(|decision| {
                let file = decision.path.trim_start_matches(DECISIONS);
                format!("- [{}]({file})\n", decision.title)
            })
            .collect();
        if !list.is_empty() {
            let text = format!("# Decisions\n\nWhat was decided, why, and what was not taken.\n\n{list}");
            site.add(format!("{DECISIONS}index.md"), text, problems);
        }
        site.groups = site.read_groups();
        let led_to: BTreeSet<&String> = site.groups.iter().flat_map(|group| &group.documents).collect();
        for path in site.documents.keys() {
            let has_list = path == INDEX || site.parent(path).is_some();
            if !has_list && !led_to.contains(path) {
                problems.push(problem(
                    INDEX,
                    1,
                    format!("No reader is led to `{path}`."),
                    "Write a link to it below the heading of the reader whom it is for.",
                ));
            }
        }
        Ok(site)
    }

    fn add(&mut self, path: String, text: String, problems: &mut Vec<Problem>) {
        let page = path.trim_start_matches(DOCS).replace(".md", ".html").to_lowercase();
        let title = text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or_default();
        let title = title.replace('`', "");
        if title.is_empty() {
            problems.push(problem(
                &path,
                1,
                "The document has no title.".to_owned(),
                "Begin it with a line such as: # Set up in ten minutes",
            ));
        }
        let names = heading_names(&text);
        self.documents.insert(path.clone(), Document { path, page, title, text, names });
    }

    /// The readers and their documents, as the first page lists them.
    fn read_groups(&self) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let Some(index) = self.documents.get(INDEX) else { return groups };
        for line in index.text.lines() {
            if let Some(title) = line.strip_prefix("## ") {
                groups.push(Group { title: title.to_owned(), documents: Vec::new() });
            }
            let Some(group) = groups.last_mut() else { continue };
            for (_, rest) in line.match_indices("](").map(|(at, found)| line.split_at(at + found.len())) {
                let Some((address, _)) = rest.split_once(')') else { continue };
                if let Some(document) = self.document(&links::joined(INDEX, address))
                    && !group.documents.contains(&document.path)
                {
                    group.documents.push(document.path.clone());
                }
            }
        }
        groups
    }

    /// A document by its path, or the list of a folder by the folder's.
    fn document(&self, path: &str) -> Option<&Document> {
        self.documents
            .get(path)
            .or_else(|| self.documents.get(&format!("{}/index.md", path.trim_end_matches('/'))))
    }

    /// The document whose list a document stands in, other than the first page.
    fn parent(&self, path: &str) -> Option<&Document> {
        let list = format!("{DECISIONS}index.md");
        if path.starts_with(DECISIONS) && path != list { self.documents.get(&list) } else { None }
    }

    fn pictures_of_nobody(&self, shown: &BTreeSet<String>) -> Vec<Problem> {
        names(&self.root.join(PICTURES))
            .into_iter()
            .map(|name| format!("{PICTURES}{name}"))
            .filter(|path| path.ends_with(".webp") && !shown.contains(path))
            .map(|path| {
                let what = "No document shows this picture.".to_owned();
                problem(
                    &path,
                    1,
                    what,
                    "Show it in a document, or take it out of scripts/pictures.mjs and delete it.",
                )
            })
            .collect()
    }

    // ---- a page ----

    fn page(&self, document: &Document, drawn: Drawn) -> String {
        let to = |page: &str| relative(&document.page, page);
        let is_first = document.path == INDEX;
        let title = if is_first { document.title.clone() } else { format!("{} | Anteroom", document.title) };
        let head = element(
            "head",
            &[],
            [
                void("meta", &[("charset", "utf-8")]),
                element("title", &[], text(&title)),
                void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
                void("meta", &[("name", "color-scheme"), ("content", "light dark")]),
                void("link", &[("rel", "icon"), ("href", "data:,")]),
                void("link", &[("rel", "stylesheet"), ("href", &to(STYLE))]),
            ],
        );
        let main = element(
            "main",
            &[("class", "ar-docs__main"), ("id", "text")],
            [
                element("h1", &[], text(&document.title)),
                if is_first { nothing() } else { parts(&drawn.headings) },
                element("div", &[("class", "ar-prose")], drawn.html),
                self.neighbours(document),
            ],
        );
        let all = if is_first { nothing() } else { self.all(document) };
        let body = element(
            "body",
            &[("class", "ar ar-docs")],
            [
                element("a", &[("class", "ar-docs__skip"), ("href", "#text")], text("To the text")),
                element("header", &[("class", "ar-docs__head")], self.crumbs(document)),
                element("div", &[("class", "ar-docs__columns")], [main, all]),
                element("footer", &[("class", "ar-docs__foot")], foot()),
            ],
        );
        let html = element("html", &[("lang", "en")], [head, body]);
        format!("<!DOCTYPE html>\n{}\n", html.as_str())
    }

    /// Where a document stands: the first page, the reader, a list, itself.
    fn crumbs(&self, document: &Document) -> Html {
        let first = self.documents.get(INDEX);
        let home = first.map_or("Documents", |first| first.title.as_str());
        let step = |address: &str, words: &str| {
            element("li", &[], element("a", &[("class", "ar-link"), ("href", address)], text(words)))
        };
        let mut steps = Vec::new();
        if document.path != INDEX {
            let index = relative(&document.page, "index.html");
            steps.push(step(&index, home));
            let listed = self.parent(&document.path).unwrap_or(document);
            if let Some(group) = self.group(&listed.path) {
                steps.push(step(&format!("{index}#{}", prose::name(&group.title)), &group.title));
            }
            if listed.path != document.path {
                steps.push(step(&relative(&document.page, &listed.page), &listed.title));
            }
        }
        steps.push(element("li", &[("aria-current", "page")], text(&document.title)));
        let steps: Html = steps.into_iter().collect();
        element(
            "nav",
            &[("aria-label", "Where you are")],
            element("ol", &[("class", "ar-docs__crumbs")], steps),
        )
    }

    fn group(&self, path: &str) -> Option<&Group> {
        self.groups.iter().find(|group| group.documents.iter().any(|document| document == path))
    }

    /// Every document, by reader.
    fn all(&self, here: &Document) -> Html {
        let groups: Html = self
            .groups
            .iter()
            .map(|group| {
                let items: Html = group
                    .documents
                    .iter()
                    .filter_map(|path| self.documents.get(path))
                    .map(|document| {
                        let current = if document.path == here.path { "page" } else { "" };
                        let address = relative(&here.page, &document.page);
                        let attributes =
                            [("class", "ar-link"), ("href", address.as_str()), ("aria-current", current)];
                        element("li", &[], element("a", &attributes, text(&document.title)))
                    })
                    .collect();
                Html::from([element("h2", &[], text(&group.title)), element("ul", &[], items)])
            })
            .collect();
        element("nav", &[("class", "ar-docs__all"), ("aria-label", "All documents")], groups)
    }

    /// What comes before and after for the same reader.
    fn neighbours(&self, document: &Document) -> Html {
        let Some(group) = self.group(&document.path) else { return nothing() };
        let at = group.documents.iter().position(|path| *path == document.path).unwrap_or_default();
        let link = |place: Option<usize>, words: &str| {
            let other =
                place.and_then(|place| group.documents.get(place)).and_then(|path| self.documents.get(path));
            other.map_or_else(nothing, |other| {
                let address = relative(&document.page, &other.page);
                let link = element("a", &[("class", "ar-link"), ("href", &address)], text(&other.title));
                element("li", &[], [text(words), link])
            })
        };
        let items = [link(at.checked_sub(1), "Before: "), link(at.checked_add(1), "Next: ")];
        element(
            "nav",
            &[("class", "ar-docs__next"), ("aria-label", "Before and next")],
            element("ul", &[], items),
        )
    }
}

fn parts(headings: &[(String, String)]) -> Html {
    if headings.len() < PARTS_TO_LIST {
        return nothing();
    }
    let items: Html = headings
        .iter()
        .map(|(name, words)| {
            let address = format!("#{name}");
            element("li", &[], element("a", &[("class", "ar-link"), ("href", &address)], text(words)))
        })
        .collect();
    element(
        "nav",
        &[("class", "ar-docs__parts"), ("aria-label", "On this page")],
        [element("p", &[], text("On this page")), element("ul", &[], items)],
    )
}

fn foot() -> Html {
    element("p", &[], text(&format!("Anteroom {}.", env!("CARGO_PKG_VERSION"))))
}

/// The names of the files in a folder, in order; none if there is no such folder.
fn names(folder: &PathBuf) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}
