//! The file of virtual patients, the guide's and a clinic's own.
#![no_main]

use anteroom::engine::guide::patients::{read, run, run_under_clinic};
use anteroom_fuzz::{parse, with};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    for path in ["patients.toml", "clinic:patients.toml"] {
        let sources = with(path, data);
        let (guide, _) = parse(&sources);
        let (patients, problems) = read(&sources, &guide);
        assert!(problems.iter().all(|problem| !problem.what.is_empty()));
        run(&guide, &patients);
        run_under_clinic(&guide, &patients);
    }
});
