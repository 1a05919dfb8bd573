//! Any file of a content folder: a path on the first line, the file below it.
#![no_main]

use anteroom_fuzz::{named, parse, with};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((path, content)) = named(data) else { return };
    let sources = with(path, content);
    let (guide, problems) = parse(&sources);
    let again = parse(&sources);
    assert!(guide == again.0 && problems == again.1, "parsing twice gives two guides");
});
