//! The widget's first screens in its own page: what a person reads and answers while the widget is still on its way.

use serde_json::json;

use crate::cli::folder::Folder;
use crate::cli::pages::html::{Html, element, nothing};
use crate::engine::guide::source::Source;
use crate::engine::guide::words::Say;
use crate::engine::guide::{self, Guide, first_paths, own_settings_path};
use crate::engine::ids::Lang;
use crate::engine::problem::{Problem, Severity};
use crate::engine::session::{Session, early};

/// A template for each language, with a template for each screen in it, for the guide or for the clinic's own folder over it.
/// embed/early.js reads them.
///
/// Nothing where the guide has errors, which the widget says on every screen.
pub fn templates(guide: &Guide, folder: &Folder, problems: &[Problem]) -> Html {
    if problems.iter().any(|problem| problem.severity == Severity::Error) {
        return nothing();
    }
    guide.settings.languages.iter().filter_map(|lang| of_language(guide, folder, lang)).collect()
}

fn of_language(guide: &Guide, folder: &Folder, lang: &Lang) -> Option<Html> {
    let clinic = folder.clinic.as_ref().map(|name| name.trim_end_matches(':')).unwrap_or_default();
    let mut files = guide.layered(first_paths(lang));
    if !clinic.is_empty() && !files.contains(&own_settings_path()) {
        files.push(own_settings_path());
    }
    let prints: Vec<String> =
        files.iter().map(|path| fingerprint(&folder.sources, path)).collect::<Option<_>>()?;
    // As the first part of the widget knows the guide: it counts no question of which it has not heard.
    let named = |source: &&Source| files.contains(&source.path);
    let first: Vec<Source> = folder.sources.iter().filter(named).cloned().collect();
    let screens = early::screens(&guide::parse_first(&first, None).0, lang);
    let template = |(name, session): (String, Session)| {
        element("template", &[("data-screen", &name)], Html::of_widget(session))
    };
    let words = guide.words(lang);
    let shift = [Say::SharedShiftLate, Say::SharedShiftTwo, Say::SharedShiftOne].map(|say| words.say(say));
    let about = [
        ("data-lang", lang.as_str()),
        ("data-clinic", clinic),
        ("data-files", &files.join(" ")),
        ("data-print", &prints.join(" ")),
        ("data-moment", words.say(Say::CommonLoading)),
        ("data-shift", &json!(shift).to_string()),
        ("data-theme", &json!(guide.settings.theme.properties).to_string()),
    ];
    (!screens.is_empty())
        .then(|| element("template", &about, screens.into_iter().map(template).collect::<Html>()))
}

/// What tells whether a file is the one that the screens were drawn from: FNV-1a of 32 bits over its bytes, as embed/early.js
/// takes it. None where it is missing.
fn fingerprint(sources: &[Source], path: &str) -> Option<String> {
    let source = sources.iter().find(|source| source.path == path)?;
    let taken = |hash: u32, byte: &u8| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193);
    let hash = source.content.as_ref().ok()?.iter().fold(0x811c_9dc5, taken);
    Some(format!("{hash:08x}"))
}
