//! What is wrong in a content file is said with its file, line and remedy, and everything else still works.

use crate::support::{Folder, all_clear};
#[test]
fn print() {
    let s = "screening.toml";
    let show = |name: &str, f: &Folder| {
        println!("== {name}");
        for e in f.errors().iter().take(12) { println!("{e}"); }
        let g = f.guide();
        println!("   {:?} phone {} partly {}", g.questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), g.settings.clinic.phone, g.partly_read);
        let _ = std::panic::catch_unwind(|| println!("   level {:?}", anteroom::engine::screening::result::result(&g, &all_clear(&g)).level));
    };
    let f = Folder::small;
    show("fine", &f());
    for p in f().parse().1 { println!("{p}"); }
    show("brace", &f().replaced(s, "is-not = \"no\" }", "is-not = \"no\""));
    show("quote", &f().replaced(s, "id = \"packs\"", "id = \"packs"));
    show("bracket", &f().replaced(s, "  { id = \"none\", exclusive = true },\n]", "  { id = \"none\", exclusive = true },\n"));
    show("key", &f().replaced(s, "{ id = \"yes\", level = \"note\" }", "{ id = \"yes\", levle = \"note\" }"));
    show("level", &f().replaced(s, "{ id = \"yes\", level = \"note\" }", "{ id = \"yes\", level = \"notes\" }"));
    show("twice", &f().and(s, "\n[[question]]\nid = \"smoke\"\nsection = \"health\"\nkind = \"text\"\n"));
    show("words for none", &f().and("en/screening.toml", "\n[question.smok]\nask = \"Do you smok?\"\n"));
    show("cond", &f().replaced(s, "question = \"packs\"", "question = \"pack\""));
    show("choice", &f().replaced("en/screening.toml", "  none = \"No pills\"\n", ""));
    show("missing", &f().without("es/screening.toml"));
    show("front", &f().with("en/pages/visit.md", "# The visit\n\nIt takes an hour.\n"));
    show("empty", &f().with("en/plan.toml", ""));
    show("utf", &f().with("en/plan.toml", b"[task.ride]\ntitle = \"Caf\xe9\"\ntext = \"x\"\n".to_vec()));
    show("endpoint", &f().replaced("settings.toml", "https://clinic", "http://clinic"));
    show("settings", &f().without("settings.toml"));
    show("screening gone", &f().without("screening.toml"));
    show("sources gone", &f().without("sources.toml"));
    let t = f().text("settings.toml"); let at = t.find("[handoff]").unwrap();
    show("cut", &f().with("settings.toml", &t[..at+20]));
    show("cut2", &f().with("settings.toml", &t[..t.find("phone").unwrap()+3]));
    show("big", &f().and("en/pages/visit.md", &"x ".repeat(5_000_000)));
}
