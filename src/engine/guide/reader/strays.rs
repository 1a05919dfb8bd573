//! Keys that stand in the wrong part of a file. In TOML a line below a heading in [ ] belongs to that part, so a line that is
//! added at a file's end is in its last part, where nothing knows it. What knows it is known when the whole file was read.

use std::cell::RefCell;

use crate::engine::map::Set;
use crate::engine::problem::Problem;

/// Where a table is in its file.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Home {
    /// The file itself, above its first part.
    Top,
    /// A part with a heading, by its name: `[clinic]`.
    Part(String),
    /// Further in, or one of several.
    Deeper,
}

/// What was found where nothing asks for it, and what was asked for where.
#[derive(Default)]
pub(super) struct Strays {
    found: RefCell<Vec<Stray>>,
    asked_for: RefCell<Vec<(Home, Set<String>)>>,
}

struct Stray {
    key: String,
    /// What the table is that it stands in, for sentences.
    table: String,
    /// Whether its problem is one of the clinic's own file.
    clinic: bool,
    /// The place of its problem among those of its file.
    problem: usize,
    /// Whether another key is meant, as it seems.
    meant: bool,
}

impl Strays {
    /// Notes a key that its table does not take, whose problem is the last one of its file.
    pub(super) fn found(&self, key: &str, table: &str, clinic: bool, problem: usize, meant: bool) {
        let (key, table) = (key.to_owned(), table.to_owned());
        self.found.borrow_mut().push(Stray { key, table, clinic, problem, meant });
    }

    /// Notes the keys that were asked for in a table, without those of tables.
    pub(super) fn asked_for(&self, home: &Home, keys: Set<String>) {
        if *home != Home::Deeper {
            self.asked_for.borrow_mut().push((home.clone(), keys));
        }
    }

    /// Says of each stray of one of the two files where it belongs, if one place alone knows it.
    pub(super) fn settle(&self, clinic: bool, problems: &mut [Problem]) {
        let asked_for = self.asked_for.borrow();
        for stray in self.found.borrow().iter().filter(|stray| stray.clinic == clinic) {
            let Some(problem) = problems.get_mut(stray.problem) else { continue };
            let mut homes =
                asked_for.iter().filter(|(_, keys)| keys.contains(&stray.key)).map(|(home, _)| home);
            let remedy = match (homes.next(), homes.next()) {
                (Some(Home::Top), _) => {
                    "It belongs at the top of the file. Move the line above the first part in [ ], since all that \
                     stands below such a heading is part of it."
                        .to_owned()
                }
                (Some(Home::Part(part)), None) if !stray.meant => {
                    format!("It belongs in another part of the file. Move the line below the heading [{part}].")
                }
                _ => continue,
            };
            problem.what = unknown(&stray.key, &stray.table);
            problem.remedy = remedy;
        }
    }
}

/// The sentence on a key that its table does not take.
pub(super) fn unknown(key: &str, table: &str) -> String {
    format!("`{key}` is not known in {table}.")
}
