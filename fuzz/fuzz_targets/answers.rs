//! A file of answers: what cannot be used is said and answers nothing.
#![no_main]

use std::sync::LazyLock;

use anteroom::engine::guide::reader::Date;
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::screening::answer::Answers;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::result;
use anteroom_fuzz::with;
use libfuzzer_sys::fuzz_target;

static GUIDE: LazyLock<Guide> = LazyLock::new(|| guide::parse(&with("es/words.toml", b""), None).0);

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let _ = Date::from_iso(text);
    let (answers, problems) = Answers::from_json(&GUIDE, text);
    assert!(problems.iter().all(|problem| !problem.is_empty()));
    for (question, _) in answers.iter() {
        assert!(GUIDE.question(question).is_some(), "{question}");
    }
    let outcome = result(&GUIDE, &answers);
    assert_eq!(outcome, result(&GUIDE, &answers));
    assert!(outcome.reasons.iter().all(|reason| reason.level <= outcome.level || outcome.level == Level::Incomplete));
});
