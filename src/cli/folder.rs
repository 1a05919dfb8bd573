//! Reads a content folder: every file that its settings name, and which files they do not name.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use crate::engine::guide::settings::Settings;
use crate::engine::guide::source::Source;
use crate::engine::guide::{self, paths};

/// A content folder as it was found on disk.
pub struct Folder {
    /// The files that the settings name; those that could not be read say why.
    pub sources: Vec<Source>,
    /// The files that lie in the folder and are not named, by their path in it.
    pub unlisted: Vec<String>,
    /// What the settings say.
    pub settings: Settings,
}

/// Reads a folder. `Err` says in a sentence why there is nothing to read.
pub fn read(folder: &Path) -> Result<Folder, String> {
    let name = folder.display();
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(format!("`{name}` is a file. Give the content folder after --content.")),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(format!("There is no folder `{name}`. Give the content folder after --content."));
        }
        Err(error) => return Err(format!("The folder `{name}` could not be opened: {}.", why(&error))),
    }
    let settings_file = read_file(folder, paths::SETTINGS);
    let there = files_below(folder);
    let readable = settings_file.content.as_ref().is_ok_and(|text| !text.trim_ascii().is_empty());
    if !readable {
        // Nothing names the files then, so those that are there stand in.
        let files = there.iter().filter(|path| *path != paths::SETTINGS);
        let mut sources: Vec<Source> = files.map(|path| read_file(folder, path)).collect();
        sources.push(settings_file);
        let settings = guide::parse(&sources, None).0.settings;
        return Ok(Folder { sources, unlisted: Vec::new(), settings });
    }
    let mut sources = vec![settings_file];
    let settings = guide::parse(&sources, None).0.settings;
    let named = guide::all_paths(&settings);
    sources.extend(named.iter().filter(|path| *path != paths::SETTINGS).map(|path| read_file(folder, path)));
    let unlisted = there.into_iter().filter(|path| !named.contains(path)).collect();
    Ok(Folder { sources, unlisted, settings })
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
