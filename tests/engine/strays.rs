//! A line that is added at a file's end belongs to its last part in TOML. The check says where it belongs instead.

use anteroom::engine::problem::{Problem, Severity};

use crate::support::Folder;

const TOP: &str = "It belongs at the top of the file. Move the line above the first part in [ ], since all that stands below \
                   such a heading is part of it.";

/// The one error of the small guide with this beside it.
#[track_caller]
fn error(folder: &Folder) -> Problem {
    let errors = folder.errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    errors.into_iter().next().unwrap()
}

#[track_caller]
fn check(folder: &Folder, (file, line): (&str, usize), what: &str, remedy: &str) {
    let (file, what, remedy) = (file.to_owned(), what.to_owned(), remedy.to_owned());
    assert_eq!(error(folder), Problem { severity: Severity::Error, file, line, what, remedy });
}

/// A nurse changes a number, adds a page of her own, and writes the list of her files below it.
#[test]
fn the_list_of_files_at_the_end_of_a_clinics_settings_belongs_at_the_top() {
    let settings = "[clinic]\nname = \"Lakeside\"\n\n# We ask for a year.\n[numbers.packs_most]\nvalue = 15\n\n\
                    # Our files\nfiles = [\"screening.toml\"]\n";
    let folder = Folder::small().with("clinic:settings.toml", settings);
    check(&folder, ("clinic:settings.toml", 9), "`files` is not known in `packs_most`.", TOP);
    // Where it belongs, nothing is wrong.
    let mended =
        format!("files = [\"screening.toml\"]\n{}", settings.replace("files = [\"screening.toml\"]\n", ""));
    assert_eq!(Folder::small().with("clinic:settings.toml", mended).errors(), []);
}

/// Under a heading whose keys are names, no key is unknown; what is wrong there is its kind.
#[test]
fn it_does_so_below_a_heading_that_takes_any_key() {
    for heading in ["numbers", "languages"] {
        let settings = format!("[{heading}]\nfiles = [\"screening.toml\"]\n");
        let folder = Folder::small().with("clinic:settings.toml", settings);
        check(&folder, ("clinic:settings.toml", 2), &format!("`files` is not known in `{heading}`."), TOP);
    }
}

#[test]
fn a_key_of_another_part_is_led_to_its_heading() {
    let below = "It belongs in another part of the file. Move the line below the heading [guide].";
    let folder =
        Folder::small().with("clinic:settings.toml", "[crisis]\nregion = \"US\"\nkeep_on_device = true\n");
    check(&folder, ("clinic:settings.toml", 3), "`keep_on_device` is not known in `crisis`.", below);
    let folder =
        Folder::small().with("clinic:settings.toml", "keep_on_device = true\n[crisis]\nregion = \"US\"\n");
    check(&folder, ("clinic:settings.toml", 1), "`keep_on_device` is not known in this file.", below);
    // A list of languages is a key of [guide]; the file has a part of this name, and that is not meant.
    let folder = Folder::small().with("clinic:settings.toml", "[crisis]\nlanguages = [\"en\", \"es\"]\n");
    check(&folder, ("clinic:settings.toml", 2), "`languages` is not known in `crisis`.", below);
}

#[test]
fn it_does_so_in_every_file() {
    let text = Folder::small().text("screening.toml");
    let reviewed = text.lines().find(|line| line.starts_with("reviewer = ")).unwrap().to_owned();
    let moved = text.replace(&format!("{reviewed}\n"), "") + &reviewed + "\n";
    let folder = Folder::small().with("screening.toml", moved.as_str());
    let error = error(&folder);
    assert_eq!((error.line, error.remedy.as_str()), (moved.lines().count(), TOP));
    assert!(error.what.starts_with("`reviewer` is not known in "), "{error}");
}

#[test]
fn a_slip_of_the_pen_is_still_taken_for_the_nearest_key_of_its_part() {
    let folder = Folder::small().with("clinic:settings.toml", "[clinic]\nphnoe = \"+1 555 010 0199\"\n");
    let error = error(&folder);
    assert_eq!(error.remedy, "Did you mean `phone`? Otherwise take the line out.");
}
