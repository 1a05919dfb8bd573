//! A Questionnaire of somebody else: read or refused in a sentence, and what is written is read again.
#![no_main]

use anteroom::engine::guide::import::import;
use anteroom::engine::guide::source::Source;
use anteroom::engine::map::Set;
use anteroom_fuzz::parse;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    match import(text, &Set::new()) {
        Ok(imported) => {
            assert!(imported.notes.iter().all(|note| note.what.ends_with('.')));
            let settings = format!(
                "format = 1\n[guide]\nlanguages = [\"{}\"]\npages = []\n[clinic]\nname = \"A\"\nphone = \"+1 555 010 0199\"\n",
                imported.lang
            );
            let mut files = vec![Source::new("settings.toml", settings)];
            files.extend(imported.files.iter().map(|(path, text)| Source::new(path, text.as_str())));
            assert_eq!(parse(&files).0.questions.len(), imported.questions);
        }
        Err(why) => assert!(why.ends_with('.')),
    }
});
