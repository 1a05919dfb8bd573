use anteroom::engine::guide::{self, source::Source};
#[test]
fn shipped() {
    let mut sources = vec![];
    for p in ["settings.toml","en/words.toml","screening.toml","en/screening.toml","sources.toml","plan.toml","en/plan.toml","en/pages/what-to-expect.md","en/pages/myths.md","en/pages/aftercare.md"] {
        sources.push(Source::new(p, std::fs::read(format!("content/{p}")).unwrap()));
    }
    let (g, problems) = guide::parse(&sources, None);
    for p in &problems { println!("{p}"); }
    println!("{} questions {} tasks {} pages", g.questions.len(), g.tasks.len(), g.pages.len());
}
