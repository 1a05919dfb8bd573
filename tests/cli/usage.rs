//! How the command line is called, and how it says that it was called the wrong way.

use std::process::Stdio;

use crate::Clinic;

#[test]
fn wrong_use_is_said_and_is_not_a_problem_of_the_content() {
    let clinic = Clinic::small();
    let table: [&[&str]; 7] = [
        &[],
        &["chekc"],
        &["check", "--format", "yaml"],
        &["check", "--frmat", "json"],
        &["screen"],
        &["screen", "--answers"],
        &["list", "more"],
    ];
    for arguments in table {
        let said = clinic.runs(arguments);
        said.exits(2);
        assert_eq!(said.out, "", "{arguments:?}");
        assert_ne!(said.err, "", "{arguments:?}");
    }
}

#[test]
fn a_content_folder_that_is_not_there_is_wrong_use() {
    let clinic = Clinic::small();
    clinic.writes("answers.json", "{}");
    for command in [&["check"][..], &["list"], &["screen", "--answers", "answers.json"]] {
        for (folder, why) in [
            ("nowhere", "There is no folder `nowhere`. Give the content folder after --content.\n"),
            ("answers.json", "`answers.json` is a file. Give the content folder after --content.\n"),
        ] {
            let mut arguments = command.to_vec();
            arguments.extend(["--content", folder, "--format", "json"]);
            let said = clinic.runs(&arguments);
            said.exits(2);
            assert_eq!((said.out.as_str(), said.err.as_str()), ("", why), "{command:?}");
        }
    }
}

#[test]
fn the_options_may_stand_before_or_after_the_command() {
    let clinic = Clinic::small();
    let after = clinic.runs(&["check", "--format", "json", "--content", "content"]);
    let before = clinic.runs(&["--format", "json", "--content", "content", "check"]);
    assert_eq!((after.code, &after.out), (before.code, &before.out));
}

#[test]
fn help_names_every_command() {
    let said = Clinic::small().runs(&["--help"]);
    said.exits(0);
    for word in ["check", "list", "map", "new", "screen", "--content", "--format"] {
        assert!(said.out.contains(word), "{word}");
    }
    Clinic::small().runs(&["--version"]).exits(0);
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let clinic = Clinic::shipped();
    let mut child = clinic.command(&["list"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty());
}
