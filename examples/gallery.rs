//! Writes the gallery: every example of every component, each as a page of its own, and one page that shows them all.
//!
//! `make gallery` runs it and lays the widget's stylesheet beside them. The end-to-end tests hold each page against axe.

use std::{env, fs, io, path::PathBuf, process::ExitCode};

use anteroom::ui::examples;
use leptos::prelude::*;

fn main() -> ExitCode {
    let Some(folder) = env::args().nth(1).map(PathBuf::from) else {
        eprintln!(
            "anteroom: say where the gallery goes: cargo run --features html --example gallery -- FOLDER"
        );
        return ExitCode::FAILURE;
    };
    match write(&folder) {
        Ok(count) => {
            println!("{count} examples in {}", folder.join("index.html").display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("anteroom: the gallery could not be written to {}: {error}.", folder.display());
            ExitCode::FAILURE
        }
    }
}

/// Writes the pages; how many examples there are.
fn write(folder: &std::path::Path) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let drawn: Vec<(&str, String)> = Owner::new()
        .with(|| examples::all().into_iter().map(|(name, view)| (name, view.to_html())).collect());
    for (name, html) in &drawn {
        fs::write(folder.join(format!("{}.html", slug(name))), page(name, html))?;
    }
    fs::write(folder.join("index.html"), index(&drawn))?;
    Ok(drawn.len())
}

/// A name as a file is named: `field, empty` is `field-empty`.
fn slug(name: &str) -> String {
    let letters: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    letters.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-").to_ascii_lowercase()
}

/// One example as it stands in the widget.
fn page(name: &str, html: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{name}</title>\n\
         <link rel=\"stylesheet\" href=\"style.css\">\n<link rel=\"icon\" href=\"data:,\">\n</head>\n<body>\n\
         <div class=\"ar\">\n{html}\n</div>\n</body>\n</html>\n"
    )
}

/// All of them, each in a light and in a dark frame. A frame takes the look of the element that holds it.
fn index(drawn: &[(&str, String)]) -> String {
    let rows: String = drawn
        .iter()
        .map(|(name, _)| {
            let slug = slug(name);
            let frame = |look: &str| {
                format!("<iframe class=\"{look}\" src=\"{slug}.html\" title=\"{name}, {look}\" loading=\"lazy\"></iframe>")
            };
            format!(
                "<section id=\"{slug}\">\n<h2><a href=\"{slug}.html\">{name}</a></h2>\n<div>{}{}</div>\n</section>\n",
                frame("light"),
                frame("dark")
            )
        })
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Gallery</title>\n\
         <link rel=\"stylesheet\" href=\"gallery.css\">\n<link rel=\"icon\" href=\"data:,\">\n</head>\n<body>\n\
         <h1>Every component in each of its states</h1>\n\
         <p>Light beside dark. Pull a frame at its corner for another width. For forced colors, switch them on in the \
         system or in the browser's tools.</p>\n{rows}</body>\n</html>\n"
    )
}
