//! What a clinic's endpoint answers: only a success that repeats the reference confirms a request.
#![no_main]

use anteroom::engine::handoff::send::{Reply, confirm};
use libfuzzer_sys::fuzz_target;

const REFERENCE: &str = "K7Q-4MD";

fuzz_target!(|data: &[u8]| {
    let Some((status, body)) = data.split_first_chunk::<2>() else { return };
    let body = String::from_utf8_lossy(body).into_owned();
    for status in [200, u16::from_le_bytes(*status)] {
        let confirmed = confirm(&Reply { status, body: body.clone(), retry_after: None }, REFERENCE).is_ok();
        assert!(!confirmed || (200..300).contains(&status));
    }
});
