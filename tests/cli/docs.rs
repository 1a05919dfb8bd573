//! `anteroom docs`: the documents as a small site.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::Clinic;
use crate::support::Folder;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The values of an attribute.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    page.split(&format!(" {attribute}=\"")).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_document_is_a_page_that_needs_no_script_and_every_link_leads_to_something() {
    let clinic = Clinic::with(&Folder { sources: Vec::new() });
    let said = clinic.runs(&["docs", "--from", ROOT, "--out", "site", "--format", "json"]);
    assert_eq!(said.json()["problems"], serde_json::json!([]));
    said.exits(0);
    let answer = said.json();
    let pages: BTreeSet<&str> = answer["files"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|file| file.as_str()?.strip_suffix(".html"))
        .collect();
    for entry in fs::read_dir(Path::new(ROOT).join("docs")).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(name.strip_suffix(".md").is_none_or(|name| pages.contains(name)), "{name}");
    }
    let site = clinic.path("site");
    for page in pages {
        let html = fs::read_to_string(site.join(format!("{page}.html"))).unwrap();
        assert!(!html.contains("<script") && !html.contains(" style="), "{page}");
        let folder = site.join(page).parent().unwrap().to_path_buf();
        for address in values(&html, "href").into_iter().chain(values(&html, "src")) {
            if ["https:", "http:", "tel:", "mailto:", "data:"].iter().any(|start| address.starts_with(start))
            {
                continue;
            }
            let (path, name) = address.split_once('#').unwrap_or((address, ""));
            let place = if path.is_empty() { site.join(format!("{page}.html")) } else { folder.join(path) };
            assert!(place.is_file(), "{page}: {address}");
            let there = || fs::read_to_string(&place).unwrap();
            assert!(name.is_empty() || values(&there(), "id").contains(&name), "{page}: {address}");
        }
    }
}

/// Documents of which a sound one is called `a`.
fn documents(a: &str) -> Clinic {
    let clinic = Clinic::with(&Folder { sources: Vec::new() });
    clinic.writes("docs/index.md", "# Documents\n\n## For you\n\n- [A](a.md)\n- [B](b.md)\n");
    clinic.writes("docs/b.md", "# Bee\n\n## Two words\n");
    clinic.writes("docs/a.md", format!("# Ay\n\n{a}\n"));
    clinic
}

#[test]
fn what_is_wrong_is_said_with_its_line_and_the_rest_is_written() {
    for (a, problem) in [
        (
            "[C](c.md)",
            "docs/a.md:3: error: The link leads to `docs/c.md`, which does not exist. Write the path of the document as it is seen from this one.",
        ),
        (
            "Text.\n\nRead docs/c.md.",
            "docs/a.md:5: error: The link leads to `docs/c.md`, which does not exist. Write the path of the document as it is seen from this one.",
        ),
        (
            "[B](b.md#three-words)",
            "docs/a.md:3: error: The link leads to `#three-words`, and `docs/b.md` has no such heading. Write the words of the heading in small letters, with - in place of spaces.",
        ),
        (
            "![A start page.](pictures/start.webp)",
            "docs/a.md:3: error: There is no picture `docs/pictures/start.webp`. Name it in scripts/pictures.mjs and run: make pictures",
        ),
        (
            "<b>Read</b>",
            "docs/a.md:3: error: `<b>` is HTML. Write Markdown, or put it between backticks to show it.",
        ),
    ] {
        let clinic = documents(a);
        let said = clinic.runs(&["docs", "--out", "site"]);
        said.exits(1);
        assert_eq!(said.out.lines().next(), Some(problem));
        assert!(clinic.path("site/a.html").is_file());
    }
}

#[test]
fn a_picture_without_words_and_one_that_nobody_sees_are_problems() {
    let clinic = documents("![](pictures/one.webp)");
    let picture = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x9c\x01\x20\x03";
    clinic.writes("docs/pictures/one.webp", picture).writes("docs/pictures/two.webp", picture);
    let said = clinic.runs(&["docs", "--out", "site"]);
    said.exits(1);
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(
        lines[0].starts_with("docs/a.md:3: error: The picture `pictures/one.webp` has no words"),
        "{lines:?}"
    );
    assert!(
        lines[1].starts_with("docs/pictures/two.webp:1: error: No document shows this picture."),
        "{lines:?}"
    );
    let page = fs::read_to_string(clinic.path("site/a.html")).unwrap();
    assert!(page.contains("src=\"pictures/one.webp\" width=\"412\" height=\"800\""), "{page}");
    assert!(clinic.path("site/pictures/one.webp").is_file());
}

#[test]
fn a_document_that_no_reader_is_led_to_is_a_problem() {
    let clinic = documents("");
    clinic.writes("docs/c.md", "# Sea\n");
    let said = clinic.runs(&["docs", "--out", "site"]);
    said.exits(1);
    assert!(said.out.starts_with("docs/index.md:1: error: No reader is led to `docs/c.md`."), "{}", said.out);
    let said = clinic.runs(&["docs", "--from", "nowhere", "--out", "site"]);
    said.exits(2);
    assert!(said.err.contains("There is no `docs/index.md` below `nowhere`."), "{}", said.err);
}

#[test]
fn a_document_is_called_by_its_title_and_nothing_in_it_becomes_a_mark() {
    let clinic =
        documents("Read docs/b.md, [docs/b.md](b.md#two-words) and `docs/b.md`. `<script>` 1 < 2 & \"3\"");
    let said = clinic.runs(&["docs", "--out", "site"]);
    said.exits(0);
    let page = fs::read_to_string(clinic.path("site/a.html")).unwrap();
    assert_eq!(page.matches(">“Bee”</a>").count(), 3, "{page}");
    assert!(page.contains("<code>&lt;script&gt;</code> 1 &lt; 2 &amp; &quot;3&quot;"), "{page}");
    assert!(page.contains("<li aria-current=\"page\">Ay</li>"), "{page}");
}
