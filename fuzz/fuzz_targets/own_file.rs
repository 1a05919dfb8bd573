//! The person's own file: whatever is opened is a file or a trouble, and what is read is written back whole.
#![no_main]

use std::sync::LazyLock;

use anteroom::engine::guide::{self, Guide};
use anteroom::engine::own_file::{is_about_now, is_locked, read, to_json};
use anteroom_fuzz::{TODAY, with};
use libfuzzer_sys::fuzz_target;

static GUIDE: LazyLock<Guide> = LazyLock::new(|| guide::parse(&with("es/words.toml", b""), None).0);

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = is_locked(text);
    let Ok((file, _)) = read(&GUIDE, text, Some(TODAY)) else { return };
    for (question, _) in file.answers.iter() {
        assert!(GUIDE.question(question).is_some_and(|question| !is_about_now(question)), "{question}");
    }
    let (again, _) = read(&GUIDE, &to_json(&GUIDE, &file), Some(TODAY)).expect("what we wrote can be read");
    // A number of more digits than a double holds is read nearly, and nearly again.
    let longest = text.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
    if longest < Some(16) {
        assert_eq!(again, file);
    }
});
