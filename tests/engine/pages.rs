//! Pages: their drawn blocks, anchors, terms and groups. A slip costs what it stands in and is said in a sentence.

use anteroom::engine::guide::Guide;
use anteroom::engine::guide::blocks::{Compare, Icons, Length, TimeUnit, Timeline};
use anteroom::engine::guide::markdown::{Block, plain};
use anteroom::engine::guide::page::Page;
use anteroom::engine::ids::{GroupId, PageId, TermId};
use anteroom::engine::problem::Problem;
use proptest::prelude::*;

use crate::support::{Folder, cases, english};

const PAGE: &str = "en/pages/visit.md";

fn page(guide: &Guide) -> &Page {
    &guide.pages[&(PageId::from("visit"), english())]
}

/// The last block of the page with this fence at its end, and what is wrong.
fn drawn(fence: &str) -> (Option<Block>, Vec<Problem>) {
    let folder = Folder::small().and(PAGE, &format!("\nBefore.\n\n{fence}\n"));
    let errors = folder.errors();
    let last = page(&folder.guide()).blocks.last().cloned();
    (last, errors)
}

fn icons(fence: &str) -> (Icons, Vec<Problem>) {
    match drawn(fence) {
        (Some(Block::Icons(icons)), problems) => (icons, problems),
        other => panic!("{other:?}"),
    }
}

fn timeline(fence: &str) -> (Timeline, Vec<Problem>) {
    match drawn(fence) {
        (Some(Block::Timeline(timeline)), problems) => (timeline, problems),
        other => panic!("{other:?}"),
    }
}

fn compare(fence: &str) -> (Compare, Vec<Problem>) {
    match drawn(fence) {
        (Some(Block::Compare(compare)), problems) => (compare, problems),
        other => panic!("{other:?}"),
    }
}

/// What is said about a slip: the line's text in the page, what, and the remedy.
#[track_caller]
fn slip(fence: &str, line: &str, what: &str, remedy: &str) -> Option<Block> {
    let folder = Folder::small().and(PAGE, &format!("\nBefore.\n\n{fence}\n\n## Afterwards\n"));
    let errors = folder.errors();
    let error =
        errors.iter().find(|error| error.what.contains(what)).unwrap_or_else(|| panic!("{errors:#?}"));
    assert_eq!((error.file.as_str(), error.line), (PAGE, folder.line(PAGE, line)), "{error}");
    assert!(error.remedy.contains(remedy), "{error}");
    let guide = folder.guide();
    let blocks = &page(&guide).blocks;
    assert!(matches!(blocks.last(), Some(Block::Heading(..))), "the rest of the page stays");
    blocks.iter().rev().nth(1).cloned()
}

const ICONS: &str = "```icons\nof = 100\ntitle = \"After {packs_most} packs\"\nrows = [\n  { count = 54, label = \"felt better\" },\n  \
                     { count = 29, label = \"close to normal\" },\n]\nnote = \"See [after](after.md).\"\n```";

#[test]
fn icons_have_rows_of_one_group() {
    let (icons, problems) = icons(ICONS);
    assert_eq!(problems, []);
    assert_eq!((icons.title.as_str(), icons.of), ("After 20 packs", 100));
    let rows: Vec<_> = icons.rows.iter().map(|row| (row.count, row.label.as_str())).collect();
    assert_eq!(rows, [(54, "felt better"), (29, "close to normal")]);
    assert_eq!(plain(&icons.note), "See after.");
}

#[test]
fn a_row_that_cannot_be_costs_the_row() {
    let block = slip(
        &ICONS.replace("count = 29", "count = 129"),
        "count = 129",
        "`count` must be a whole number from 0 to 100",
        "same group",
    );
    assert!(matches!(block, Some(Block::Icons(icons)) if icons.rows.len() == 1));
    slip(&ICONS.replace("label = \"close", "lable = \"close"), "lable", "`label` is missing", "Add a line");
}

#[test]
fn a_block_of_which_nothing_is_left_is_left_out() {
    let (last, problems) = drawn(&ICONS.replace("of = 100", "of = 0"));
    assert!(matches!(last, Some(Block::Paragraph(_))), "{last:?}");
    assert_eq!(problems.len(), 2, "{problems:#?}");
    assert!(problems.iter().any(|problem| problem.what.contains("Nothing of this block `icons`")));
}

#[test]
fn a_line_of_a_block_that_is_not_toml_is_said_with_its_line_of_the_page() {
    let folder =
        Folder::small().and(PAGE, &format!("\n{}\n", ICONS.replace("of = 100", "of = 100\ntext = \"open")));
    let line = folder.line(PAGE, "text = \"open");
    let errors = folder.errors();
    assert!(errors.iter().any(|problem| problem.line == line), "{errors:#?}");
    assert!(matches!(page(&folder.guide()).blocks.last(), Some(Block::Icons(_))));
}

#[test]
fn a_timeline_follows_the_settings() {
    let fence = "```timeline\ntitle = \"Your visit\"\nsteps = [{ label = \"Check-in\", text = \"You sign.\" }, { label = \"Visit\", \
                 number = \"visit_minutes\" }]\n```";
    let (timeline, problems) = timeline(fence);
    assert_eq!(problems, []);
    assert_eq!(timeline.steps[0].length, None);
    let length = Length { from: 40.0, to: Some(60.0), unit: TimeUnit::Minutes };
    assert_eq!(timeline.steps[1].length, Some(length));
    slip(
        &fence.replace("visit_minutes", "visit_minuts"),
        "visit_minuts",
        "no number `visit_minuts`",
        "`visit_minutes`",
    )
    .map(|block| assert!(matches!(block, Block::Timeline(timeline) if timeline.steps.len() == 2)))
    .unwrap();
    slip(
        &fence.replace("visit_minutes", "packs_most"),
        "number",
        "`packs_most` is no length of time",
        "minutes",
    );
}

const PICTURE: &str = "```picture\nname = \"room\"\ntitle = \"The room\"\nparts = [\n  { part = \"screen\", label = \"A screen\", \
                       text = \"For {packs_most}, see [after](after.md).\" },\n  { part = \"chair\", label = \"A chair\" },\n]\n```";

#[test]
fn a_picture_shows_the_parts_that_are_named_in_their_order() {
    let Some((Some(Block::Picture(picture)), problems)) = Some(drawn(PICTURE)) else { panic!("no picture") };
    assert_eq!(problems, []);
    let parts: Vec<_> =
        picture.parts.iter().map(|part| (part.id, part.label.as_str(), plain(&part.text))).collect();
    assert_eq!(
        parts,
        [("screen", "A screen", "For 20, see after.".to_owned()), ("chair", "A chair", String::new())]
    );
    assert_eq!(picture.title, "The room");
}

#[test]
fn a_slip_in_a_picture_costs_the_part_or_the_picture_and_is_said() {
    let left = |block: Option<Block>| match block {
        Some(Block::Picture(picture)) => picture.parts.iter().map(|part| part.id).collect(),
        _ => Vec::new(),
    };
    let slip =
        |from: &str, to: &str, line, what, remedy| left(slip(&PICTURE.replace(from, to), line, what, remedy));
    let gone = slip("\"room\"", "\"rom\"", "name = \"rom\"", "There is no picture `rom`", "`room`");
    assert_eq!(gone, Vec::<&str>::new());
    let gone = slip(
        "\"room\"",
        "\"waiting area\"",
        "waiting area",
        "There is no picture",
        "`room`, `watched` and `feel`",
    );
    assert_eq!(gone, Vec::<&str>::new());
    let left = slip("\"screen\"", "\"scren\"", "scren", "The picture `room` has no part `scren`", "`screen`");
    assert_eq!(left, ["chair"]);
    let left =
        slip("label = \"A chair\"", "text = \"A chair\"", "A chair", "`label` is missing", "Add a line");
    assert_eq!(left, ["screen"]);
    let left = slip(
        "part = \"chair\"",
        "part = \"screen\"",
        "A chair",
        "The part `screen` is there already",
        "one place",
    );
    assert_eq!(left, ["screen"]);
}

const COMPARE: &str = "```compare\n[[option]]\nid = \"drip\"\nname = \"Drip\"\n[[option]]\nid = \"spray\"\nname = \"Spray\"\n\n\
                       [[aspect]]\nid = \"time\"\nname = \"Time\"\nmatters = \"Short visits matter to me\"\ndrip = \"An hour\"\n\
                       spray = \"Two hours\"\n```";

#[test]
fn a_comparison_says_something_about_each_option() {
    let (compare, problems) = compare(COMPARE);
    assert_eq!(problems, []);
    assert_eq!(compare.options.len(), 2);
    let aspect = &compare.aspects[0];
    assert_eq!((aspect.name.as_str(), aspect.matters.as_str()), ("Time", "Short visits matter to me"));
    let texts: Vec<String> = aspect.texts.iter().map(|text| plain(text)).collect();
    assert_eq!(texts, ["An hour", "Two hours"]);
    slip(&COMPARE.replace("spray =", "spary ="), "spary", "`spary` is not known", "Did you mean `spray`?");
}

#[test]
fn an_aspect_that_leaves_an_option_out_is_said() {
    let block = slip(
        &COMPARE.replace("spray = \"Two hours\"\n", ""),
        "[[aspect]]",
        "`time` says nothing about `spray`",
        "Add a line `spray",
    );
    assert!(matches!(block, Some(Block::Compare(compare)) if compare.aspects[0].texts.len() == 2));
}

#[test]
fn a_block_that_is_not_known_is_shown_as_text_and_said() {
    let block = slip("```icnos\nof = 1\n```", "```icnos", "no block `icnos`", "Did you mean `icons`?");
    assert!(matches!(block, Some(Block::Paragraph(_))));
    let (last, problems) = drawn("```\nof = {packs_most}\n```");
    assert_eq!(problems, []);
    assert!(matches!(last, Some(Block::Paragraph(words)) if plain(&words) == "of = 20\n"));
}

#[test]
fn links_lead_to_headings_that_are_there() {
    let more = "\n## Red flags\n\n[Down](#red-flags), [there](after.md#what-now), [kept](#kept).\n\n## Renamed {#kept}\n";
    let folder = Folder::small().and(PAGE, more).and("en/pages/after.md", "\n## What now?\n");
    assert_eq!(folder.errors(), []);
    for (wrong, right) in [("#red-flag", "#red-flags"), ("after.md#what-no", "after.md#what-now")] {
        let folder = folder.clone().replaced(PAGE, &format!("({right})"), &format!("({wrong})"));
        let errors = folder.errors();
        assert_eq!(errors.len(), 1, "{errors:#?}");
        assert_eq!(errors[0].line, folder.line(PAGE, wrong));
        assert!(errors[0].what.contains(wrong), "{}", errors[0]);
        let slug = right.rsplit('#').next().unwrap();
        assert_eq!(errors[0].remedy, format!("Did you mean `{slug}`?"));
    }
}

#[test]
fn a_term_that_the_glossary_does_not_have_is_said() {
    let glossary = "[term.drip]\nword = \"drip\"\nmeaning = \"It runs for {visit_minutes} minutes.\"\n";
    let folder = Folder::small()
        .with("en/glossary.toml", glossary)
        .and(PAGE, "\nThe [drip](term:drip) and the [line](term:dripp).\n");
    let errors = folder.errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert_eq!((errors[0].file.as_str(), errors[0].remedy.as_str()), (PAGE, "Did you mean `drip`?"));
    let guide = folder.guide();
    let term = guide.words(&english()).term(&TermId::from("drip")).unwrap();
    assert_eq!(term.meaning, "It runs for 40 to 60 minutes.");
}

const GROUPS: &str = "\n[[page_group]]\nid = \"one\"\npages = [\"after\", \"visit\"]\n";
const TITLES: &str = "\n[page_group.one]\ntitle = \"One\"\n";

fn grouped() -> Folder {
    Folder::small().and("settings.toml", GROUPS).and("en/words.toml", TITLES).and("es/words.toml", TITLES)
}

fn pages(guide: &Guide) -> Vec<&str> {
    guide.settings.pages.iter().map(PageId::as_str).collect()
}

#[test]
fn groups_give_the_order_of_the_pages() {
    assert_eq!(grouped().errors(), []);
    let guide = grouped().guide();
    assert_eq!(pages(&guide), ["after", "visit"]);
    assert_eq!(guide.words(&english()).group(&GroupId::from("one")).title, "One");
    let (before, after) = guide.settings.neighbours(&PageId::from("after"));
    assert_eq!((before, after.map(PageId::as_str)), (None, Some("visit")));
}

#[test]
fn slips_in_the_groups_cost_the_group_or_the_page() {
    let twice = grouped().and("settings.toml", "\n[[page_group]]\nid = \"two\"\npages = [\"visit\"]\n");
    assert!(twice.errors()[0].what.contains("`visit` is in the group `one` already"), "{:?}", twice.errors());
    assert_eq!(pages(&twice.guide()), ["after", "visit"]);
    let untitled = Folder::small().and("settings.toml", GROUPS).and("es/words.toml", TITLES);
    let errors = untitled.errors();
    assert!(errors[0].what.contains("`one` has no title"), "{errors:?}");
    assert_eq!(untitled.guide().words(&english()).group(&GroupId::from("one")).title, "One");
}

#[test]
fn a_clinic_hides_adds_and_reorders_pages() {
    let own = |text: &str| grouped().with("clinic:settings.toml", text);
    let hidden = own("[guide]\noff = [\"after\"]\n");
    assert_eq!(hidden.errors(), [], "a link to a hidden page is its words");
    assert_eq!(pages(&hidden.guide()), ["visit"]);
    let turned = own("[[page_group]]\nid = \"one\"\npages = [\"visit\", \"after\"]\n");
    assert_eq!(turned.errors(), []);
    assert_eq!(pages(&turned.guide()), ["visit", "after"]);
    let gone = own("[[page_group]]\nid = \"one\"\noff = true\n").with(
        "settings.toml",
        grouped().text("settings.toml").replace("pages = [\"visit\", \"after\"]", "pages = []"),
    );
    assert_eq!(pages(&gone.guide()), [""; 0]);
    let title = own("[[page_group]]\nid = \"two\"\npages = [\"ours\"]\n")
        .with("clinic:en/words.toml", "[page_group.two]\ntitle = \"Ours\"\n")
        .with("clinic:es/words.toml", "[page_group.two]\ntitle = \"Lo nuestro\"\n");
    assert_eq!(title.errors(), []);
    assert_eq!(pages(&title.guide()), ["after", "visit", "ours"]);
}

proptest! {
    #![proptest_config(cases(500))]

    /// Whatever stands in a block: no panic, every problem has a line of the page, and the rest of it stays.
    #[test]
    fn whatever_stands_in_a_block_the_rest_of_the_page_stays(
        name in prop::sample::select(anteroom::engine::guide::blocks::NAMES.to_vec()),
        lines in prop::collection::vec(
            prop::sample::select(vec![
                "of = 100", "of = -1", "of = 1e400", "title = \"t\"", "rows = [{ count = 5, label = \"x\" }]", "rows = 1",
                "rows = [1]", "rows = [{}]", "steps = [{ label = \"a\", number = \"nope\" }]", "steps = [{ label = 1 }]",
                "[[option]]", "[[aspect]]", "id = \"a\"", "name = \"room\"", "name = \"n\"", "a = \"text\"",
                "caption = \"[x](javascript:y)\"", "text = \"\"\"", "= =", "{", "\u{202e}",
            ]),
            0..12,
        ),
    ) {
        let folder = Folder::small().and(PAGE, &format!("\n```{name}\n{}\n```\n\nAfterwards.\n", lines.join("\n")));
        let most = folder.text(PAGE).lines().count();
        let (guide, problems) = folder.parse();
        for problem in problems {
            prop_assert_eq!(&problem.file, PAGE);
            prop_assert!((1..=most).contains(&problem.line), "{}", problem);
        }
        let last = page(&guide).blocks.last();
        prop_assert!(matches!(last, Some(Block::Paragraph(words)) if plain(words) == "Afterwards."));
    }
}
