//! A file of a clinic's own folder: whatever it says, the guide's floors hold.
#![no_main]

use anteroom::engine::guide::changes::changes;
use anteroom::engine::guide::overlay::clinic_path;
use anteroom::engine::screening::level::Level;
use anteroom_fuzz::{named, parse, with};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((path, content)) = named(data) else { return };
    if path.starts_with("clinic:") || path.is_empty() {
        return;
    }
    let sources = with(&clinic_path(path), content);
    let (guide, _) = parse(&sources);
    let danger = guide.question(&"danger".into()).expect("the floor is asked");
    let now = danger.choice(&"now".into()).expect("the floor can be chosen");
    assert!(now.level == Level::GetHelp && now.crisis && now.floor && danger.required);
    assert_eq!(danger.ask_if, None);
    changes(&sources);
});
