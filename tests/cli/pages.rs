//! `anteroom pages`: what stands in the place of the widget where no script runs.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anteroom::engine::guide::words::Say;
use anteroom::engine::screening::question::Question;

use crate::Clinic;
use crate::support::Folder;

/// A shipped guide of a clinic that is not the example's.
fn own() -> Folder {
    Folder::shipped()
        .replaced("settings.toml", "Example Infusion Clinic", "Harbor <Light> & 'Sons'")
        .replaced("settings.toml", "+1 555 010 0142", "+1 555 010 0177")
}

fn read(clinic: &Clinic, path: &str) -> String {
    fs::read_to_string(clinic.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder, by its path in it.
fn files_below(place: &Path) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    let mut waiting = vec![place.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            if entry.path().is_dir() {
                waiting.push(entry.path());
            } else {
                files.insert(entry.path().strip_prefix(place).unwrap().to_string_lossy().into_owned());
            }
        }
    }
    files
}

/// The values of an attribute, unescaped.
fn values(page: &str, attribute: &str) -> Vec<String> {
    page.split(&format!(" {attribute}=\""))
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&").replace("&#39;", "'"))
        .collect()
}

fn escaped(words: &str) -> String {
    words
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

#[test]
fn every_page_of_every_language_is_written_and_every_link_leads_to_something() {
    let clinic = Clinic::with(&own());
    let said = clinic.runs(&["pages", "--out", "plain", "--format", "json"]);
    said.exits(0);
    let answer = said.json();
    assert_eq!(answer["example"], false);
    let files = files_below(&clinic.path("plain"));
    let listed: BTreeSet<String> =
        answer["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap().to_owned()).collect();
    assert_eq!(files, listed.into_iter().chain(["files.txt".to_owned()]).collect());
    let guide = own().guide();
    for lang in &guide.settings.languages {
        for page in &guide.settings.pages {
            assert!(files.contains(&format!("{lang}/{page}.html")), "{lang}/{page}");
        }
    }
    for file in files.iter().filter(|file| file.ends_with(".html")) {
        let page = read(&clinic, &format!("plain/{file}"));
        let folder = Path::new(file).parent().unwrap();
        for address in values(&page, "href") {
            if ["https:", "http:", "tel:", "sms:", "mailto:", "data:"]
                .iter()
                .any(|start| address.starts_with(start))
            {
                continue;
            }
            let (path, anchor) = address.split_once('#').unwrap_or((&address, ""));
            let target = if path.is_empty() {
                clinic.path("plain").join(file)
            } else {
                clinic.path("plain").join(folder).join(path)
            };
            let there =
                fs::read_to_string(&target).unwrap_or_else(|error| panic!("{file}: {address}: {error}"));
            assert!(
                anchor.is_empty() || values(&there, "id").contains(&anchor.to_owned()),
                "{file}: {address}"
            );
        }
        let mut ids = values(&page, "id");
        let all = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), all, "{file}: an id stands there twice");
    }
}

#[test]
fn a_page_says_its_language_its_title_and_its_other_languages_and_has_help_and_the_phone() {
    let clinic = Clinic::with(&own());
    clinic.runs(&["pages", "--out", "plain"]).exits(0);
    let name = "Harbor &lt;Light&gt; &amp; &#39;Sons&#39;";
    for (lang, title) in [("en", "What to expect"), ("es", "Qué esperar")] {
        let page = read(&clinic, &format!("plain/{lang}/what-to-expect.html"));
        assert!(page.starts_with(&format!("<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"ltr\">")), "{page}");
        assert!(
            page.contains(&format!("<title>{title}")) && page.contains(&format!("| {name}</title>")),
            "{page}"
        );
        for part in [
            "<meta name=\"description\" content=\"",
            "<link rel=\"alternate\" hreflang=\"en\" href=\"../en/what-to-expect.html\">",
            "<link rel=\"alternate\" hreflang=\"es\" href=\"../es/what-to-expect.html\">",
            "href=\"tel:988\"",
            "href=\"tel:911\"",
            "href=\"tel:+15550100177\"",
        ] {
            assert!(page.contains(part), "{lang}: {part}");
        }
        assert!(!page.contains("noindex"));
    }
}

#[test]
fn nothing_on_a_page_can_run_whatever_the_guide_says() {
    let evil = "<script>alert(1)</script>";
    let folder = own()
        .replaced("settings.toml", "12 Example Street, Springfield", evil)
        .and(
            "en/pages/costs.md",
            &format!("\n{evil} [x](javascript:alert(1)) <img src=x onerror=alert(1)>\n"),
        )
        .replaced("en/pages/costs.md", "summary = \"", "summary = \"</title><script>alert(1)</script>");
    let asks = folder.text("en/screening.toml").replace("\nask = \"", "\nask = \"<iframe onload=alert(1)>");
    let folder = folder.with("en/screening.toml", asks);
    let clinic = Clinic::with(&folder);
    clinic.runs(&["pages", "--out", "plain"]);
    for file in files_below(&clinic.path("plain")).iter().filter(|file| file.ends_with(".html")) {
        let page = read(&clinic, &format!("plain/{file}"));
        for mark in ["<script", "<iframe", "<img", "<style", "<form", "<input", "javascript:", " style=\""] {
            // Words that name a scheme are no link to it.
            assert!(
                !page.contains(mark) || (mark == "javascript:" && !page.contains("=\"javascript:")),
                "{file}: {mark}"
            );
        }
        let unquoted: String = page.split('"').step_by(2).collect();
        assert!(!unquoted.split('<').any(|tag| tag.split('>').next().unwrap().contains(" on")), "{file}");
        assert!(page.contains("default-src &#39;none&#39;"), "{file}");
    }
    assert!(read(&clinic, "plain/en/costs.html").contains(&escaped(evil)));
}

#[test]
fn the_paper_asks_every_question_with_every_choice_and_says_no_level_and_no_score() {
    let folder = own();
    let clinic = Clinic::with(&folder);
    clinic.runs(&["pages", "--out", "plain"]).exits(0);
    let guide = folder.guide();
    for lang in &guide.settings.languages {
        let words = guide.words(lang);
        let page = read(&clinic, &format!("plain/{lang}/paper.html"));
        let spoken = {
            let mut guide = guide.clone();
            guide.speak(lang);
            guide
        };
        let asked: Vec<&Question> = guide
            .questions
            .iter()
            .filter(|question| {
                !guide.is_item(&question.id)
                    || spoken.instruments.iter().any(|instrument| {
                        spoken.speaks(instrument) && instrument.questions().any(|item| *item == question.id)
                    })
            })
            .collect();
        let mut rest = page.as_str();
        for question in asked {
            let said = words.question(&question.id);
            let (_, behind) = rest
                .split_once(&format!("</span>{}</h3>", escaped(&said.ask)))
                .unwrap_or_else(|| panic!("{lang}: {}", question.id));
            rest = behind;
            let part = behind.split("<h3").next().unwrap();
            for choice in question.choices() {
                assert!(
                    part.contains(&format!("\">{}</li>", escaped(said.choice(&choice.id)))),
                    "{lang}: {}.{}",
                    question.id,
                    choice.id
                );
                if choice.crisis {
                    let call = if choice.emergency { "tel:911" } else { "tel:988" };
                    assert!(
                        part.contains(call),
                        "{lang}: {}.{} is answered with help",
                        question.id,
                        choice.id
                    );
                }
            }
            assert_eq!(part.contains("ar-paper__only"), question.ask_if.is_some(), "{lang}: {}", question.id);
        }
        for level in ["get-help", "review", "score"] {
            assert!(!page.contains(&format!("\"{level}\"")), "{lang}: {level}");
        }
        for say in [Say::LevelStopTitle, Say::LevelClearTitle, Say::LevelReviewTitle] {
            assert!(!page.contains(&escaped(words.say(say))), "{lang}: {say:?}");
        }
    }
}

#[test]
fn a_condition_is_a_sentence_and_one_that_no_sentence_says_asks_everyone() {
    let with = |condition: &str| {
        let old = "ask_if = { question = \"smoke\", is-not = \"no\" }";
        let folder = Folder::small().replaced("screening.toml", old, &format!("ask_if = {condition}"));
        let clinic = Clinic::with(&folder);
        clinic.runs(&["pages", "--out", "plain"]);
        let page = read(&clinic, "plain/en/paper.html");
        let part = page.split("id=\"q3\"").nth(1).unwrap().split("</section>").next().unwrap();
        part.split("ar-paper__only\">")
            .nth(1)
            .map(|rest| rest.split("</p>").next().unwrap().replace("&quot;", "\""))
    };
    let smoke = "question = \"smoke\"";
    for (condition, said) in [
        (
            format!("{{ {smoke}, is-not = \"no\" }}"),
            Some("Only if you did not tick \"No smoke\" in question 2."),
        ),
        (format!("{{ {smoke}, is = \"yes\" }}"), Some("Only if you ticked \"I smoke\" in question 2.")),
        (
            format!("{{ not = {{ {smoke}, is = \"yes\" }} }}"),
            Some("Only if you did not tick \"I smoke\" in question 2."),
        ),
        (
            format!("{{ not = {{ any = [{{ {smoke}, is = \"no\" }}, {{ {smoke}, is = \"yes\" }}] }} }}"),
            Some(
                "Only if you did not tick \"No smoke\" in question 2, and you did not tick \"I smoke\" in question 2.",
            ),
        ),
        (format!("{{ any = [{{ {smoke}, is = \"no\" }}, {{ not = {{ answered = \"danger\" }} }}] }}"), None),
        ("{ not = { answered = \"smoke\" } }".to_owned(), None),
    ] {
        let found = with(&condition);
        assert_eq!(found, said.map(|said| format!("{said} If you are not sure, answer it.")), "{condition}");
    }
}

#[test]
fn the_example_clinic_is_never_given_to_a_search_engine_or_to_the_first_view() {
    let clinic = Clinic::shipped();
    clinic.writes(
        "index.html",
        "<p>a</p><div data-fill=\"clinic\"></div><div data-fill=\"pages\">old</div><p>z</p>",
    );
    let said = clinic.runs(&["pages", "--out", "plain", "--index", "index.html", "--format", "json"]);
    said.exits(0);
    assert_eq!(said.json()["example"], true);
    for file in files_below(&clinic.path("plain")).iter().filter(|file| file.ends_with(".html")) {
        let page = read(&clinic, &format!("plain/{file}"));
        assert!(page.contains("noindex") && page.contains("ar-plain__example"), "{file}");
        // Who reads it is told not to go by its numbers.
        for said in ["are not your clinic&#39;s.", "no son los de su clínica."] {
            assert!(page.contains(said), "{file}: {said}");
        }
    }
    let index = read(&clinic, "index.html");
    assert!(
        index.starts_with("<p>a</p><div data-fill=\"clinic\"></div>") && index.ends_with("</div><p>z</p>"),
        "{index}"
    );
    assert!(!index.contains("old") && index.contains("plain/en/index.html#about"), "{index}");
}

#[test]
fn the_first_view_names_the_clinic_and_is_filled_anew_each_time() {
    let clinic = Clinic::with(&own());
    clinic.writes("index.html", "<div data-fill=\"clinic\"></div><div data-fill=\"pages\"></div>");
    let arguments = ["pages", "--out", "plain", "--index", "index.html"];
    clinic.runs(&arguments).exits(0);
    let once = read(&clinic, "index.html");
    assert!(once.contains("Harbor &lt;Light&gt;") && once.contains("href=\"tel:+15550100177\""), "{once}");
    clinic.runs(&arguments).exits(0);
    assert_eq!(read(&clinic, "index.html"), once);
}

/// The widget's own page with its three places.
const PLACES: &str = "<div data-fill=\"clinic\"></div><div data-fill=\"pages\"></div><ar-early data-fill=\"first-screens\"></ar-early>";

#[test]
fn the_first_screens_stand_in_the_widgets_page_in_every_language_and_are_filled_anew_each_time() {
    let clinic = Clinic::with(&own());
    clinic.writes("index.html", PLACES);
    let arguments = ["pages", "--out", "plain", "--index", "index.html"];
    clinic.runs(&arguments).exits(0);
    let once = read(&clinic, "index.html");
    assert_eq!(values(&once, "data-lang"), ["en", "es"]);
    let screens = values(&once, "data-screen");
    for name in ["start", "question", "help", "offer", "help-yes-might-act"] {
        assert_eq!(screens.iter().filter(|screen| *screen == name).count(), 2, "{name}");
    }
    for said in [
        "Harbor &lt;Light&gt; &amp; 'Sons'",
        "Right now, are you thinking about ending your life",
        "En este momento",
    ] {
        assert!(once.contains(said), "{said}: {once}");
    }
    assert!(!once.contains("Harbor <Light>"));
    clinic.runs(&arguments).exits(0);
    assert_eq!(read(&clinic, "index.html"), once);

    // Another file is another print, and the language that it is not of keeps its own.
    let prints = values(&once, "data-print");
    let words = read(&clinic, "content/es/words.toml");
    clinic.writes("content/es/words.toml", words + "\n# Changed.\n");
    clinic.runs(&arguments).exits(0);
    let changed = values(&read(&clinic, "index.html"), "data-print");
    assert_eq!(changed[0], prints[0]);
    assert_ne!(changed[1], prints[1]);
}

#[test]
fn the_first_screens_are_those_of_a_clinics_own_folder() {
    let clinic = Clinic::with(&own());
    clinic
        .writes("index.html", PLACES)
        .writes("mine/settings.toml", "format = 1\nfiles = [\"en/words.toml\"]\n[clinic]\nname = \"Mine\"\n");
    clinic.writes("mine/en/words.toml", "[start]\nbegin = \"Let us begin\"\n");
    clinic.runs(&["pages", "--out", "plain", "--index", "index.html", "--clinic", "mine"]).exits(0);
    let page = read(&clinic, "index.html");
    assert_eq!(values(&page, "data-clinic"), ["mine", "mine"]);
    let files = values(&page, "data-files");
    for file in [
        "settings.toml",
        "clinic:settings.toml",
        "en/words.toml",
        "clinic:en/words.toml",
        "en/screening.toml",
    ] {
        assert!(files[0].split(' ').any(|named| named == file), "{file}: {files:?}");
    }
    assert!(!files[1].contains("clinic:en/words.toml"), "{files:?}");
    assert!(page.contains(">Let us begin<") && page.contains("Mine"), "{page}");
}

#[test]
fn there_are_no_first_screens_of_a_guide_with_errors() {
    let clinic = Clinic::with(&own());
    clinic.writes("index.html", PLACES);
    let arguments = ["pages", "--out", "plain", "--index", "index.html"];
    clinic.runs(&arguments).exits(0);
    assert!(read(&clinic, "index.html").contains("data-screen"));
    let page = read(&clinic, "content/en/pages/costs.md").replace("title =", "tittle =");
    clinic.writes("content/en/pages/costs.md", page);
    clinic.runs(&arguments).exits(1);
    assert!(!read(&clinic, "index.html").contains("data-screen"));
}

#[test]
fn a_page_that_is_switched_off_goes_away_and_nothing_else_does() {
    let clinic = Clinic::with(&own());
    clinic.writes("plain/mine.html", "mine").writes("plain/en/mine.html", "mine");
    clinic.runs(&["pages", "--out", "plain"]).exits(0);
    assert!(clinic.path("plain/en/costs.html").exists());
    let settings = read(&clinic, "content/settings.toml").replace("off = []", "off = [\"costs\"]");
    clinic.writes("content/settings.toml", settings);
    clinic.writes(
        "plain/files.txt",
        read(&clinic, "plain/files.txt") + "../content/settings.toml\n../content/en/pages/../x.html\n",
    );
    clinic.runs(&["pages", "--out", "plain"]);
    assert!(!clinic.path("plain/en/costs.html").exists());
    assert!(clinic.path("plain/mine.html").exists() && clinic.path("plain/en/mine.html").exists());
    assert!(clinic.path("content/settings.toml").exists());
}

#[test]
fn an_error_of_the_guide_is_told_and_the_rest_is_written() {
    let clinic = Clinic::with(&own().replaced("en/pages/costs.md", "title =", "tittle ="));
    let said = clinic.runs(&["pages", "--out", "plain"]);
    said.exits(1);
    assert!(said.err.contains("Run `anteroom check`."), "{said:?}");
    assert!(clinic.path("plain/en/costs.html").exists() && clinic.path("plain/en/aftercare.html").exists());
}

#[test]
fn what_cannot_be_written_or_read_is_wrong_use() {
    let clinic = Clinic::with(&own());
    clinic.writes("file", "in the way");
    let said = clinic.runs(&["pages", "--out", "file"]);
    said.exits(2);
    assert!(said.err.contains("could not be written into `file`"), "{said:?}");
    let said = clinic.runs(&["pages", "--out", "plain", "--index", "file"]);
    said.exits(2);
    assert!(said.err.contains("no element with data-fill"), "{said:?}");
    clinic.runs(&["pages"]).exits(2);
    clinic.runs(&["pages", "--out", "plain", "--content", "nowhere"]).exits(2);
}

#[test]
fn a_clinics_own_folder_and_its_colours_are_used() {
    let clinic = Clinic::with(&own());
    clinic.writes("mine/settings.toml", "format = 1\n[clinic]\nname = \"Own Clinic\"\nphone = \"+1 555 010 0199\"\n[theme]\naccent = \"#1f5e5a\"\n");
    clinic.runs(&["pages", "--out", "plain", "--clinic", "mine"]).exits(0);
    assert!(read(&clinic, "plain/en/index.html").contains("href=\"tel:+15550100199\""));
    assert!(read(&clinic, "plain/style.css").contains("--ar-theme-accent: #1f5e5a;"));
}
