//! Reads a content folder: every file that its settings name, and which files they do not name.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::engine::guide::overlay::{CLINIC, clinic_path};
use crate::engine::guide::settings::Settings;
use crate::engine::guide::source::Source;
use crate::engine::guide::{self, paths};

/// Notes that `anteroom new` writes into a clinic's own folder, for the clinic alone.
const README: &str = "README.txt";

/// A content folder as it was found on disk, with the clinic's own laid over it.
pub struct Folder {
    /// The files that the settings name; those that could not be read say why.
    pub sources: Vec<Source>,
    /// The files that lie in the folders and are not named, by their path.
    pub unlisted: Vec<String>,
    /// The files of the clinic's own folder that its settings do not name in `files`, so that the widget, which cannot
    /// look into a folder, would not read them.
    pub unnamed: Vec<String>,
    /// What the settings say.
    pub settings: Settings,
    /// The folder, or both, for a sentence.
    pub name: String,
    /// The clinic's own folder as its files are named in a report: its name and a colon.
    pub clinic: Option<String>,
    content_place: PathBuf,
    clinic_place: Option<PathBuf>,
}

impl Folder {
    /// A folder whose files were read elsewhere. Which files lie in it and are not named cannot be told then.
    ///
    /// `clinic` is the name of the clinic's own folder.
    pub fn of(sources: Vec<Source>, clinic: Option<&str>) -> Self {
        Self {
            settings: guide::parse(&sources, None).0.settings,
            sources,
            unlisted: Vec::new(),
            unnamed: Vec::new(),
            name: clinic.map_or_else(|| "content".to_owned(), |clinic| format!("content with {clinic}")),
            clinic: clinic.map(|clinic| format!("{clinic}:")),
            content_place: PathBuf::new(),
            clinic_place: None,
        }
    }

    /// Where a file of the folder, or of the clinic's own, lies on this computer.
    pub fn place(&self, path: &str) -> PathBuf {
        match (path.strip_prefix(CLINIC), &self.clinic_place) {
            (Some(rest), Some(clinic)) => clinic.join(rest),
            _ => self.content_place.join(path),
        }
    }

    /// A path as the clinic knows it: the engine calls every clinic's folder the same.
    pub fn named(&self, path: &str) -> String {
        match (path.strip_prefix(CLINIC), &self.clinic) {
            (Some(rest), Some(name)) => format!("{name}{rest}"),
            _ => path.to_owned(),
        }
    }
}

/// Reads a folder and what a clinic lays over it. `Err` says in a sentence why there is nothing to read.
pub fn read(content: &Path, clinic: Option<&Path>) -> Result<Folder, String> {
    check_folder(content, "content folder after --content")?;
    let there = files_below(content);
    let own = match clinic {
        Some(clinic) => {
            check_folder(clinic, "clinic's own folder after --clinic")?;
            files_below(clinic)
        }
        None => BTreeSet::new(),
    };
    let read_own = |path: &str| {
        let file = clinic.map_or_else(|| Source::missing(path, ""), |clinic| read_file(clinic, path));
        Source { path: clinic_path(path), ..file }
    };
    let mut name = content.display().to_string();
    if let Some(clinic) = clinic {
        name = format!("{name} with {}", clinic.display());
    }
    let folder_name = |clinic: &Path| {
        let clinic = clinic.canonicalize().unwrap_or_else(|_| clinic.to_path_buf());
        clinic.file_name().map_or_else(|| "clinic".to_owned(), |name| name.to_string_lossy().into_owned())
            + ":"
    };
    let mut folder = Folder {
        sources: vec![read_file(content, paths::SETTINGS)],
        unlisted: Vec::new(),
        unnamed: Vec::new(),
        settings: Settings::default(),
        name,
        clinic: clinic.map(folder_name),
        content_place: content.to_path_buf(),
        clinic_place: clinic.map(Path::to_path_buf),
    };
    let readable = |file: &Source| file.content.as_ref().is_ok_and(|text| !text.trim_ascii().is_empty());
    let named_by_base =
        folder.sources.iter().any(readable).then(|| guide::parse(&folder.sources, None).0.settings);
    if own.contains(paths::SETTINGS) {
        folder.sources.push(read_own(paths::SETTINGS));
    }
    let Some(base_settings) = named_by_base else {
        // Nothing names the files then, so those that are there stand in.
        let files = |all: BTreeSet<String>| all.into_iter().filter(|path| path != paths::SETTINGS);
        folder.sources.extend(files(there).map(|path| read_file(content, &path)));
        folder.sources.extend(files(own).map(|path| read_own(&path)));
        folder.settings = guide::parse(&folder.sources, None).0.settings;
        return Ok(folder);
    };
    folder.settings = guide::parse(&folder.sources, None).0.settings;
    let named = guide::all_paths(&folder.settings);
    let named_by_base = guide::all_paths(&base_settings);
    for path in named.iter().filter(|path| *path != paths::SETTINGS) {
        let is_own = own.contains(path);
        if is_own {
            folder.sources.push(read_own(path));
        }
        if there.contains(path) || (named_by_base.contains(path) && !is_own) {
            folder.sources.push(read_file(content, path));
        } else if !is_own {
            // Only the clinic's own settings name it, so it is missing there.
            folder.sources.push(read_own(path));
        }
        let named = folder.settings.own_files.contains(path);
        if is_own && !named {
            folder.unnamed.push(path.clone());
        }
        if named && !is_own && folder.sources.iter().all(|source| source.path != clinic_path(path)) {
            folder.sources.push(read_own(path));
        }
    }
    // What only the clinic's own settings leave out is no slip of the guide's.
    let unlisted = there.into_iter().filter(|path| {
        !named.contains(path)
            && !named_by_base.contains(path)
            && !path.ends_with("/glossary.toml")
            && !path.ends_with(paths::INSTRUMENTS)
    });
    folder.unlisted = unlisted.collect();
    folder.unlisted.extend(
        own.iter().filter(|path| !named.contains(path) && *path != README).map(|path| clinic_path(path)),
    );
    Ok(folder)
}

fn check_folder(folder: &Path, wanted: &str) -> Result<(), String> {
    let name = folder.display();
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(format!("`{name}` is a file. Give the {wanted}.")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(format!("There is no folder `{name}`. Give the {wanted}."))
        }
        Err(error) => Err(format!("The folder `{name}` could not be opened: {}.", why(&error))),
    }
}

fn read_file(folder: &Path, path: &str) -> Source {
    let place = folder.join(path);
    let content = fs::metadata(&place).and_then(|found| {
        // A pipe or a device would wait for ever.
        if found.is_file() { fs::read(&place) } else { Err(io::ErrorKind::IsADirectory.into()) }
    });
    match content {
        Ok(content) => Source::new(path, content),
        Err(error) => Source::missing(path, &why(&error)),
    }
}

/// Why a file could not be read, as the end of a sentence.
pub fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => "it is not a file".to_owned(),
        io::ErrorKind::PermissionDenied => "this computer does not allow it to be read".to_owned(),
        _ => error.to_string(),
    }
}

/// Every file below a folder, as a path with `/`, in order. Hidden ones are the computer's own, not the clinic's.
fn files_below(folder: &Path) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut waiting = vec![(folder.to_path_buf(), String::new())];
    while let Some((place, prefix)) = waiting.pop() {
        // A folder that cannot be opened holds nothing that could be served; its files are reported as missing.
        let Ok(entries) = fs::read_dir(&place) else { continue };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            // A link to a folder is not followed: it may lead back here.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                waiting.push((entry.path(), format!("{path}/")));
            } else {
                files.insert(path);
            }
        }
    }
    files
}
