//! The stylesheets of the plain pages and of the documents: the widget's own for what stands on them, and one of theirs
//! behind it.

use crate::engine::guide::theme::Theme;

macro_rules! sheets {
    ($($name:literal),* $(,)?) => { [$(include_str!(concat!("../../../style/", $name))),*] };
}

/// The stylesheets in the order of style/main.css.
const SHEETS: [&str; 22] = sheets![
    "tokens.css",
    "icons.css",
    "base.css",
    "prose.css",
    "components/header.css",
    "components/details.css",
    "components/crisis_panel.css",
    "components/footer.css",
    "components/term.css",
    "components/icon_array.css",
    "components/timeline.css",
    "components/compare.css",
    "components/checklist.css",
    "components/drawing.css",
    "components/picture.css",
    "components/about_page.css",
    "components/buttons.css",
    "screens/start.css",
    "screens/page.css",
    "screens/question.css",
    "print.css",
    "plain.css",
];

/// What the documents take of the widget's, and theirs.
const OF_DOCS: [&str; 6] =
    sheets!["tokens.css", "base.css", "prose.css", "components/buttons.css", "print.css", "docs.css"];

/// The stylesheet of the documents.
pub fn docs() -> String {
    layered(&OF_DOCS)
}

fn layered(sheets: &[&str]) -> String {
    sheets
        .iter()
        .enumerate()
        .map(|(place, css)| format!("@layer ar.l{place} {{\n{}}}\n", without_comments(css)))
        .collect()
}

/// The stylesheet, with the clinic's colours and sizes.
pub fn sheet(theme: &Theme) -> String {
    let mut sheet = layered(&SHEETS);
    let properties: Vec<String> = theme
        .properties
        .iter()
        .filter(|(name, value)| [name, value].iter().all(|text| is_plain(text)))
        .map(|(name, value)| format!("{name}: {value};"))
        .collect();
    if !properties.is_empty() {
        sheet.push_str(&format!(":root {{ {} }}\n", properties.join(" ")));
    }
    sheet
}

/// Whether a text can stand in a declaration without ending it.
fn is_plain(text: &str) -> bool {
    !text.contains([';', '{', '}', '<', '\\', '"', '\'', '@', '/'])
}

/// Comments are for readers of the source. No string of the stylesheets holds the marks of one.
fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut kept = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, behind)| behind);
    }
    kept.push_str(rest);
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}
