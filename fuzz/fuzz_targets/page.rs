//! The body of a page: links lead only where they may, and nothing of it is lost.
#![no_main]

use anteroom::engine::guide::markdown::link_target;
use anteroom_fuzz::{parse, with};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    parse(&with("en/pages/visit.md", data));
    if let Ok(text) = std::str::from_utf8(data) {
        let target = link_target(text);
        let forbidden = ["javascript:", "data:", "vbscript:", "file:", "blob:"];
        let lower = text.trim().to_ascii_lowercase();
        assert!(target.is_none() || forbidden.iter().all(|scheme| !lower.starts_with(scheme)), "{text}");
    }
});
