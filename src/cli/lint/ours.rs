//! Calls of the check after a visit that no source gives: whoever signs the file must know which ones are a decision.

use crate::engine::guide::reader::Place;
use crate::engine::guide::{Guide, problem_at};
use crate::engine::problem::{Problem, Severity};

/// The source code of a decision that no source names.
const OURS: &str = "OURS";

/// Adds a warning for each sign whose call is a decision, for as long as nobody has signed `aftercare.toml`.
pub fn check(path: &str, raw: &str, guide: &Guide, problems: &mut Vec<Problem>) {
    let aftercare = &guide.aftercare;
    if !aftercare.review.reviewer.trim().is_empty() {
        return;
    }
    for sign in aftercare.signs.iter().filter(|sign| sign.sources.iter().any(|code| code.as_str() == OURS)) {
        let Some(line) = raw.lines().position(|line| line == format!("id = \"{}\"", sign.id)) else {
            continue;
        };
        problems.push(problem_at(
            Severity::Warning,
            path,
            Place::line(line + 1),
            format!(
                "How soon to call for `{}` ({}) is our decision: no source says it.",
                sign.id,
                sign.call.as_str()
            ),
            "A clinician must decide it. Whoever writes the name in `reviewer` signs this as well.",
        ));
    }
}
