//! `anteroom new`: a folder for a clinic to begin with. It holds only what the clinic changes.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::cli::folder::why;
use crate::cli::{Exit, Format, Report, json, plain};

/// The files of a new folder, in the order they are best read.
const FILES: [(&str, &str); 4] = [
    ("README.txt", include_str!("starter/README.txt")),
    ("settings.toml", include_str!("starter/settings.toml")),
    ("screening.toml", include_str!("starter/screening.toml")),
    ("en/screening.toml", include_str!("starter/en/screening.toml")),
];

#[derive(Serialize)]
struct Answer {
    files: Vec<&'static str>,
}

/// Writes the folder. Nothing that is there already is ever touched.
pub fn new(place: &Path, format: Format) -> Report {
    let name = place.display();
    match fs::read_dir(place) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Report::wrong_use(&format!(
                    "The folder `{name}` is not empty, so nothing was written. Give the name of a new folder."
                ));
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Report::wrong_use(&format!("`{name}` is a file. Give the name of a new folder."));
        }
        Err(error) => {
            return Report::wrong_use(&format!("The folder `{name}` could not be opened: {}.", why(&error)));
        }
    }
    for (path, content) in FILES {
        if let Err(error) = write(&place.join(path), content) {
            return Report::wrong_use(&format!("`{name}/{path}` could not be written: {}.", why(&error)));
        }
    }
    let files = FILES.map(|(path, _)| path).to_vec();
    let out = match format {
        Format::Json => json(&Answer { files }),
        Format::Text => plain(&format!(
            "The folder {name} is there, with:\n  {}\n\nWrite your clinic's name and phone into settings.toml. README.txt \
             says how to change the rest.\n",
            files.join("\n  ")
        )),
    };
    Report { out, err: String::new(), exit: Exit::Fine }
}

fn write(place: &Path, content: &str) -> io::Result<()> {
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::File::create_new(place)?.write_all(content.as_bytes())
}
