//! What the fuzz targets share: a small sound guide, with one file of it replaced by what the fuzzer made.

use anteroom::engine::guide::reader::Date;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::problem::Problem;
use anteroom::engine::screening::answer::Answers;
use anteroom::engine::screening::journey::journey;
use anteroom::engine::screening::result::result;

/// A day after every review of the small guide, before any is due.
pub const TODAY: Date = Date { year: 2026, month: 12, day: 1 };

macro_rules! files {
    ($($path:literal),* $(,)?) => {
        /// The files of `tests/support/small`.
        pub const SMALL: &[(&str, &str)] = &[$(($path, include_str!(concat!("../tests/support/small/", $path)))),*];
    };
}

files![
    "settings.toml",
    "screening.toml",
    "plan.toml",
    "sources.toml",
    "patients.toml",
    "en/screening.toml",
    "en/plan.toml",
    "en/glossary.toml",
    "en/pages/visit.md",
    "en/pages/after.md",
    "es/screening.toml",
    "es/plan.toml",
    "es/glossary.toml",
    "es/pages/visit.md",
    "es/pages/after.md",
];

/// The small guide's files, with `path` replaced or added.
pub fn with(path: &str, content: &[u8]) -> Vec<Source> {
    let kept = SMALL.iter().filter(|(small, _)| *small != path);
    let mut sources: Vec<Source> = kept.map(|(path, text)| Source::new(path, text.as_bytes())).collect();
    sources.push(Source::new(path, content));
    sources
}

/// What the fuzzer made, as a path on the first line and a file below it.
pub fn named(data: &[u8]) -> Option<(&str, &[u8])> {
    let end = data.iter().position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(&data[..end]).ok()?, &data[end + 1..]))
}

/// Parses, and holds what must be so of any files: the same files give the same guide, every problem says something,
/// and a journey through the guide can be replayed.
pub fn parse(sources: &[Source]) -> (Guide, Vec<Problem>) {
    let (guide, problems) = guide::parse(sources, Some(TODAY));
    for problem in &problems {
        assert!(!problem.what.is_empty() && !problem.remedy.is_empty() && problem.line > 0, "{problem:?}");
    }
    let nothing = Answers::default();
    assert!(journey(&guide, &nothing).asked.len() <= guide.questions.len());
    assert_eq!(result(&guide, &nothing), result(&guide, &nothing));
    (guide, problems)
}
