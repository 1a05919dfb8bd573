//! Every row of the clinical facts' section 5 is in the content: the tasks, the numbers, the signs at their levels.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anteroom::engine::aftercare::signs::Call;
use anteroom::engine::ids::{NumberKey, PageId, TaskId};

use crate::support::shipped;

/// The rows of docs/plan.md: id, names, numbers.
fn rows() -> Vec<(String, Vec<String>, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/plan.md");
    let document = std::fs::read_to_string(path).unwrap();
    let ticked = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    let table = document.lines().filter(|line| line.starts_with("| 5."));
    table
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [row, _, names, numbers] = cells.as_slice() else { panic!("four cells: {line}") };
            ((*row).to_owned(), ticked(names), ticked(numbers))
        })
        .collect()
}

#[test]
fn every_row_is_there_once_and_stands_in_the_content_in_every_language() {
    let guide = shipped();
    let rows = rows();
    let named: Vec<&str> = rows.iter().map(|(row, ..)| row.as_str()).collect();
    let expected = [(1, 13), (2, 9), (3, 6), (4, 12)];
    let expected: Vec<String> = expected
        .iter()
        .flat_map(|(table, rows)| (1..=*rows).map(move |row| format!("5.{table}-{row}")))
        .collect();
    assert_eq!(named, expected);
    for (row, names, numbers) in &rows {
        assert!(!names.is_empty(), "{row} stands nowhere");
        for name in names {
            let task = guide.tasks.iter().any(|task| task.id == TaskId::from(name.as_str()));
            for lang in &guide.settings.languages {
                let page = guide.pages.contains_key(&(PageId::from(name.as_str()), lang.clone()));
                assert!(task || page, "{row}: there is no {name} in `{lang}`");
                let words = guide.words[lang].task(&TaskId::from(name.as_str()));
                assert!(
                    page || (!words.title.is_empty() && !words.text.is_empty()),
                    "{row}: {name} in `{lang}`"
                );
            }
        }
        for number in numbers {
            let key = NumberKey::from(number.as_str());
            assert!(guide.settings.numbers.contains_key(&key), "{row}: {number}");
        }
    }
}

#[test]
fn every_red_flag_has_exactly_its_level() {
    let levels: [(Call, &[&str]); 4] = [
        (
            Call::Emergency,
            &[
                "chest-pain",
                "trouble-breathing",
                "face-droop",
                "weak-arm",
                "slurred-speech",
                "worst-headache",
                "seizure",
                "faint",
                "swelling",
                "suicide-might-act",
            ],
        ),
        (Call::Lifeline, &["suicide-thoughts", "mental-crisis"]),
        (
            Call::Today,
            &[
                "vomiting",
                "high-pressure",
                "badly-confused",
                "confused-after-a-day",
                "seeing-hearing",
                "panic",
                "wired",
                "vein-red",
                "fall",
            ],
        ),
        (
            Call::ThisWeek,
            &[
                "hurts-to-pee",
                "blood-in-pee",
                "pee-often",
                "yellow",
                "dark-pee",
                "pale-stool",
                "belly-pain",
                "mood-worse",
                "urge",
                "own-use",
                "more-than-planned",
            ],
        ),
    ];
    let mut expected: BTreeMap<Call, BTreeSet<&str>> = BTreeMap::new();
    let mut found: BTreeMap<Call, BTreeSet<&str>> = BTreeMap::new();
    for (call, signs) in levels {
        expected.entry(call).or_default().extend(signs);
    }
    for sign in shipped().aftercare.signs.iter().filter(|sign| sign.call != Call::ForNow) {
        found.entry(sign.call).or_default().insert(sign.id.as_str());
    }
    assert_eq!(found, expected);
}

/// The facts give no call for two signs of misuse. They carry a code that says so, and no other sign does.
#[test]
fn a_level_that_no_source_gives_says_so() {
    let signs = shipped().aftercare.signs.iter();
    let ours = signs.filter(|sign| sign.sources.iter().any(|code| code.as_str() == "OURS"));
    assert_eq!(ours.map(|sign| sign.id.as_str()).collect::<Vec<_>>(), ["own-use", "more-than-planned"]);
}
