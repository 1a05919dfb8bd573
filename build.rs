//! With ANTEROOM_PARTS=1 (the release build) the widget is made to be cut into two files: `cfg(in_parts)`, and what
//! scripts/split.mjs needs to know of where each function is named (docs/decisions/0020-two-files.md).

use std::path::Path;
use std::{env, fs};

/// The tables of the English words that the first part shows, and single phrases of other tables; the second part carries
/// all of them in itself.
const FIRST: [&str; 16] = [
    "header", "footer", "common", "part", "start", "question", "error", "names", "list", "shared", "help",
    "calm", "problems", "date", "pages", "term",
];
const SINGLE: [&str; 8] = [
    "after.link",
    "deeds.title",
    "own_file.link",
    "own_file.open",
    "search.open",
    "dated.open",
    "dated.open_title",
    "dated.open_lead",
];

fn main() {
    println!("cargo::rustc-check-cfg=cfg(in_parts)");
    println!("cargo::rerun-if-env-changed=ANTEROOM_PARTS");
    println!("cargo::rerun-if-changed=build.rs");
    let wanted = env::var("ANTEROOM_PARTS").is_ok_and(|parts| parts == "1");
    if wanted && env::var_os("CARGO_FEATURE_UI").is_some() {
        println!("cargo::rustc-cfg=in_parts");
        write_first_words();
        println!("cargo::rustc-link-arg-bin=widget=--emit-relocs");
    }
}

/// Writes `first_words.toml`: those tables of content/en/words.toml.
fn write_first_words() {
    let path = "content/en/words.toml";
    println!("cargo::rerun-if-changed={path}");
    let words = fs::read_to_string(path).expect("content/en/words.toml is not there");
    let mut table = "";
    let mut first = String::new();
    for line in words.lines() {
        let header = line.strip_prefix('[').and_then(|line| line.split(']').next());
        table = header.unwrap_or(table);
        let key = line.split(" =").next().unwrap_or_default();
        if header.is_some() || FIRST.contains(&table) || SINGLE.contains(&format!("{table}.{key}").as_str()) {
            first.push_str(line);
            first.push('\n');
        }
    }
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("first_words.toml"), first).expect("first_words.toml cannot be written");
}
