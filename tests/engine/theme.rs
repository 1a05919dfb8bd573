//! The clinic's own colours and sizes: what can be seen is used, what cannot is said and left to the guide.

use anteroom::engine::guide::theme::{contrast, parse};
use anteroom::engine::problem::Severity;
use anteroom::engine::session::{Effect, Message, Moment, Wish, open, update};

use crate::support::Folder;

fn with(theme: &str) -> Folder {
    Folder::small().and("settings.toml", &format!("\n[theme]\n{theme}\n"))
}

#[track_caller]
fn properties(folder: &Folder) -> Vec<String> {
    let theme = folder.guide().settings.theme;
    theme.properties.iter().map(|(name, value)| format!("{name}: {value}")).collect()
}

#[test]
fn a_theme_that_can_be_seen_is_used_as_it_is() {
    let folder = with(
        "accent = \"#7a1f4b\"\naccent_text = \"#fff\"\ndark_accent = \"#f0b0d0\"\nradius = 4\nfont_size = 20",
    );
    assert_eq!(folder.parse().1, []);
    assert_eq!(
        properties(&folder),
        [
            "--ar-theme-accent: #7a1f4b",
            "--ar-theme-accent-text: #ffffff",
            "--ar-theme-dark-accent: #f0b0d0",
            "--ar-theme-radius: 0.25rem",
            "--ar-theme-font-size: 1.25rem",
        ]
    );
}

#[test]
fn a_colour_that_cannot_be_seen_is_said_with_the_nearest_that_can() {
    let folder = with("accent = \"#7fd4cc\"\nradius = 4");
    let problems = folder.parse().1;
    let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
    assert_eq!(problem.severity, Severity::Error);
    assert_eq!(
        (problem.file.as_str(), problem.line),
        ("settings.toml", folder.line("settings.toml", "accent = "))
    );
    assert_eq!(
        problem.what,
        "`accent_text` on `accent` has a contrast of 1.72, and 4.5 is needed to see it; the guide's own `accent` is used."
    );
    // The rest of the theme stays.
    assert_eq!(properties(&folder), ["--ar-theme-radius: 0.25rem"]);
    let offered = problem.remedy.split('"').nth(1).unwrap();
    assert!(contrast(parse(offered).unwrap(), 0xff_ff_ff) >= 4.5, "{offered}");
    let mended = with(&format!("accent = \"{offered}\""));
    assert_eq!(mended.parse().1, []);
}

#[test]
fn every_sort_of_pair_is_held_by_day_and_by_night() {
    for (theme, what) in [
        ("text = \"#bbbbbb\"", "`text` on `background`"),
        ("muted = \"#a9a9a9\"", "`muted` on `background`"),
        ("border = \"#dddddd\"", "`border` on `background`"),
        ("focus = \"#eeeeee\"", "`focus` on `background`"),
        ("background = \"#333333\"", "`text` on `background`"),
        ("surface = \"#9a9a9a\"", "on `surface`"),
        ("sunken = \"#777777\"", "on `sunken`"),
        ("accent_text = \"#2f7f7a\"", "`accent_text` on `accent`"),
        ("dark_text = \"#444444\"", "`dark_text` on `dark_background`"),
        ("dark_focus = \"#333333\"", "`dark_focus` on `dark_background`"),
        ("dark_accent = \"#224444\"", "on `dark_"),
    ] {
        let folder = with(theme);
        let errors = folder.errors();
        let [error] = errors.as_slice() else { panic!("{theme}: {errors:#?}") };
        assert!(error.what.contains(what), "{theme}: {error}");
        assert_eq!(properties(&folder), [""; 0], "{theme}");
    }
    // A tint of the accent lies behind a chosen answer, and the words of warnings lie on the clinic's surface.
    let errors = with("surface = \"#d9c9c9\"\nsunken = \"#e9e0e0\"").errors();
    assert!(
        errors[0].what.contains("the guide's colour for \"") || errors[0].what.contains("tint"),
        "{}",
        errors[0]
    );
}

#[test]
fn what_is_no_colour_or_size_is_said() {
    for theme in ["accent = \"teal\"", "text = \"#12\"", "radius = 90", "font_size = 9", "radius = -1"] {
        let errors = with(theme).errors();
        let [error] = errors.as_slice() else { panic!("{theme}: {errors:#?}") };
        assert!(error.what.contains("the guide's own is used"), "{error}");
        assert_eq!(properties(&with(theme)), [""; 0]);
    }
    let errors = with("acent = \"#7a1f4b\"").errors();
    assert!(errors[0].remedy.contains("`accent`"), "{}", errors[0]);
}

#[test]
fn a_clinics_own_folder_sets_a_theme_and_is_held_as_well() {
    let own = |theme: &str| Folder::small().with("clinic:settings.toml", format!("[theme]\n{theme}\n"));
    assert_eq!(properties(&own("accent = \"#7a1f4b\"")), ["--ar-theme-accent: #7a1f4b"]);
    let errors = own("accent = \"#eeeeee\"").errors();
    assert_eq!((errors[0].file.as_str(), errors[0].line), ("clinic:settings.toml", 2));
}

#[test]
fn the_theme_is_set_when_the_settings_have_come() {
    let arrive = |folder: &Folder| {
        let (session, _) = open(Wish::default());
        update(session, Message::FilesArrived(folder.sources.clone()), &Moment::default()).1
    };
    let set = |effects: Vec<Effect>| {
        effects.into_iter().filter(|effect| matches!(effect, Effect::Theme(_))).collect::<Vec<_>>()
    };
    let theme = vec![("--ar-theme-accent".to_owned(), "#7a1f4b".to_owned())];
    assert_eq!(set(arrive(&with("accent = \"#7a1f4b\""))), [Effect::Theme(theme)]);
    // Nothing is done to the page where nothing is wished.
    assert_eq!(set(arrive(&Folder::small())), []);
}
