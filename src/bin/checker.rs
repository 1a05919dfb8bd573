//! The check in a browser: what `anteroom check` says of the files on a web space, for whoever opens the widget's page
//! with `#check`. embed/check.js hands the files in and draws what comes back; nobody else loads this wasm but theme.html,
//! where a clinic tries its colours out.

use std::io::{Cursor, Write};

use anteroom::cli::Format;
use anteroom::cli::check::check;
use anteroom::cli::folder::Folder;
use anteroom::cli::pages::{File, to_upload};
use anteroom::engine::guide::reader::Date;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::theme::{Tried, try_out};
use anteroom::engine::guide::{self, paths};
use js_sys::{Array, Uint8Array};
use serde_json::json;
use wasm_bindgen::prelude::*;
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

fn main() {}

/// The paths of the files that are still to be read, given some that were: first the settings, then all that they
/// name. Empty when nothing is missing.
///
/// A file is `[path, bytes]`, or `[path, why]` with the end of a sentence ("the server answered 404"). The path of a file
/// of the clinic's own folder begins with `clinic:`.
#[wasm_bindgen]
pub fn wanted(files: Array, own: bool) -> Vec<String> {
    let sources = sources(&files);
    let mut first = vec![paths::SETTINGS.to_owned()];
    if own {
        first.push(guide::own_settings_path());
    }
    let there = |path: &String| sources.iter().any(|source| source.path == *path);
    if !first.iter().all(there) {
        return first;
    }
    let guide = guide::parse(&sources, None).0;
    let mut all = guide.layered(guide::all_paths(&guide.settings));
    all.retain(|path| !there(path));
    all
}

/// What `anteroom check --format json` prints for these files. `today` is a date such as `2026-12-01`; `clinic` is the
/// name of the clinic's own folder, or empty.
#[wasm_bindgen]
pub fn report(files: Array, today: &str, clinic: &str) -> String {
    let folder = Folder::of(sources(&files), Some(clinic).filter(|clinic| !clinic.is_empty()));
    check(&folder, Date::from_iso(today), Format::Json).out
}

/// The plain pages of these files as a zip, with the widget's own page that lists them: what `anteroom pages` writes, for
/// who can run no command. `index` is that page as the server sends it; `clinic` is as for [`report`].
#[wasm_bindgen(js_name = plainPages)]
pub fn plain_pages(files: Array, clinic: &str, index: &str) -> Result<Vec<u8>, JsError> {
    let folder = Folder::of(sources(&files), Some(clinic).filter(|clinic| !clinic.is_empty()));
    let files = to_upload(&folder, clinic, index).map_err(|why| JsError::new(&why))?;
    Ok(zipped(&files)?)
}

fn zipped(files: &[File]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for file in files {
        zip.start_file(&file.path, SimpleFileOptions::default())?;
        zip.write_all(file.content.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What the engine makes of the `[theme]` of a settings.toml, as JSON: `fields`, each key with what is `written`, the
/// guide's `own` and its `line`; `properties`, the custom properties that the widget would set, as `[name, value]`; and
/// `problems` with `line`, `what` and `remedy`, which are whole if the text holds `[theme]` alone.
#[wasm_bindgen]
pub fn theme(text: &str) -> String {
    let (tried, theme, problems) = try_out(text);
    let fields: Vec<_> = tried
        .into_iter()
        .map(|Tried { key, written, own, line }| {
            json!({ "key": key, "written": written, "own": own, "line": line })
        })
        .collect();
    let problems: Vec<_> = problems
        .into_iter()
        .map(|problem| json!({ "line": problem.line, "what": problem.what, "remedy": problem.remedy }))
        .collect();
    json!({ "fields": fields, "properties": theme.properties, "problems": problems }).to_string()
}

fn sources(files: &Array) -> Vec<Source> {
    let read = |file: JsValue| {
        let file = Array::from(&file);
        let path = file.get(0).as_string()?;
        Some(match file.get(1).as_string() {
            Some(why) => Source::missing(&path, &why),
            None => Source::new(&path, Uint8Array::new(&file.get(1)).to_vec()),
        })
    };
    files.iter().filter_map(read).collect()
}
