//! What Markdown becomes, and what it never becomes.

use super::*;

fn blocks(text: &str) -> Vec<Block> {
    parse(text, &|words, _| words.to_owned(), &mut |_, _| {})
}

fn text(words: &str) -> Vec<Inline> {
    vec![Inline::Text(words.to_owned())]
}

#[test]
fn a_page_becomes_blocks() {
    assert_eq!(
        blocks("# Big\n\n## Next\n\nOne\ntwo **three**.\n\n- a\n- b\n\n> Mind this.\n\n1. first\n"),
        [
            Block::Heading(2, text("Big"), "big".to_owned()),
            Block::Heading(2, text("Next"), "next".to_owned()),
            Block::Paragraph(vec![
                Inline::Text("One two ".to_owned()),
                Inline::Strong(text("three")),
                Inline::Text(".".to_owned()),
            ]),
            Block::Bullets(vec![vec![Block::Paragraph(text("a"))], vec![Block::Paragraph(text("b"))]]),
            Block::Quote(vec![Block::Paragraph(text("Mind this."))]),
            Block::Steps(vec![vec![Block::Paragraph(text("first"))]]),
        ]
    );
}

#[test]
fn a_nested_list_stays_nested() {
    assert_eq!(
        blocks("- a\n  - b\n"),
        [Block::Bullets(vec![vec![
            Block::Paragraph(text("a")),
            Block::Bullets(vec![vec![Block::Paragraph(text("b"))]]),
        ]])]
    );
}

#[test]
fn items_with_a_box_are_a_checklist() {
    let items = [vec![Block::Paragraph(text("a"))], vec![Block::Paragraph(text("b"))]];
    assert_eq!(blocks("- [ ] a\n- [x] b\n"), [Block::Checklist(items.to_vec())]);
    assert_eq!(blocks("- [ ] a\n\n- [ ] b\n"), [Block::Checklist(items.to_vec())]);
    assert_eq!(
        blocks("- a\n  - [ ] b\n"),
        [Block::Bullets(vec![vec![
            Block::Paragraph(text("a")),
            Block::Checklist(vec![vec![Block::Paragraph(text("b"))]]),
        ]])]
    );
}

#[test]
fn every_heading_has_a_slug_of_its_own() {
    let blocks = blocks("## Help\n\n## Risks\n\n### Risks\n\n## Before you come {#before}\n\n## {#}\n");
    let slugs: Vec<&str> = headings(&blocks).map(|(_, _, slug)| slug).collect();
    assert_eq!(slugs, ["help-2", "risks", "risks-2", "before", "part"]);
    assert!(matches!(blocks.get(3), Some(Block::Heading(2, words, _)) if plain(words) == "Before you come"));
}

#[test]
fn the_name_of_a_heading_does_not_change_with_the_settings() {
    let fill = |words: &str, _| words.replace("{clinic.phone}", "+1 555 010 0142");
    let blocks = parse("## Call {clinic.phone} today\n", &fill, &mut |_, _| {});
    let names: Vec<_> = headings(&blocks).map(|(_, words, slug)| (plain(words), slug.to_owned())).collect();
    assert_eq!(names, [("Call +1 555 010 0142 today".to_owned(), "call-today".to_owned())]);
}

#[test]
fn a_fence_that_names_a_block_is_drawn_and_any_other_is_text() {
    let source = "one\n\n```icons\nof = 1\n```\n\n```\nplain\n```\n\n```icnos\nx\n```\n";
    let (mut faults, mut drawn) = (Vec::new(), Vec::new());
    let blocks = parse_with(
        source,
        &|words, _| words.to_owned(),
        &mut |fault, line| faults.push((fault, line)),
        &mut |name, body, line| {
            drawn.push((name.to_owned(), body.to_owned(), line));
            Some(Block::Glossary)
        },
    );
    assert_eq!(drawn, [("icons".to_owned(), "of = 1\n".to_owned(), 3)]);
    assert_eq!(faults, [(Fault::Block("icnos".to_owned()), 11)]);
    assert_eq!(
        blocks,
        [
            Block::Paragraph(text("one")),
            Block::Glossary,
            Block::Paragraph(text("plain\n")),
            Block::Paragraph(text("x\n")),
        ]
    );
}

#[test]
fn a_table_has_a_head_and_rows() {
    assert_eq!(
        blocks("| a | b |\n|---|---|\n| 1 | 2 |\n"),
        [Block::Table(vec![text("a"), text("b")], vec![vec![text("1"), text("2")]])]
    );
}

#[test]
fn raw_html_is_text_and_comments_are_dropped() {
    assert_eq!(
        blocks("<script>alert(1)</script>\n\nHi <b>there</b> <!-- MUR13 -->\n\n<!-- ASAF23 -->\n"),
        [Block::Paragraph(text("<script>alert(1)</script>")), Block::Paragraph(text("Hi <b>there</b>")),]
    );
}

#[test]
fn a_comment_takes_nothing_with_it() {
    let table = [
        ("<!-- one\ntwo -->\nafter\n", "after"),
        ("<!-- MUR13 --> Some text\n", "Some text"),
        ("Some <!-- MUR13 -->text", "Some text"),
        ("<!---->a<!-->b<!--->c", "abc"),
    ];
    for (source, expected) in table {
        assert_eq!(blocks(source), [Block::Paragraph(text(expected))], "{source:?}");
    }
}

#[test]
fn a_comment_that_is_left_open_is_shown_and_the_rest_of_the_page_stays() {
    let mut faults = Vec::new();
    let source = "One.\n\n<!-- MUR13\n\n## More\n";
    let blocks = parse(source, &|words, _| words.to_owned(), &mut |fault, line| faults.push((fault, line)));
    assert_eq!(faults, [(Fault::OpenComment, 3)]);
    assert_eq!(
        blocks,
        [
            Block::Paragraph(text("One.")),
            Block::Paragraph(text("<!-- MUR13")),
            Block::Heading(2, text("More"), "more".to_owned()),
        ]
    );
}

#[test]
fn only_harmless_addresses_are_links() {
    for bad in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " data:text/html,x",
        "vbscript:x",
        "//evil.example",
        "https://a\u{1}b",
        "../up.md",
        "file:///etc/passwd",
    ] {
        assert_eq!(link_target(bad), None, "{bad}");
    }
    assert_eq!(link_target("#help"), Some(LinkTarget::Help));
    assert_eq!(link_target("aftercare.md"), Some(LinkTarget::Page(PageId::from("aftercare"))));
    for bad in ["#", "#Not a slug", "aftercare.md#", "Big.md#x", "term:", "term:Not an id"] {
        assert_eq!(link_target(bad), None, "{bad}");
    }
    assert_eq!(link_target("#red-flags"), Some(LinkTarget::Heading(None, "red-flags".to_owned())));
    assert_eq!(
        link_target("aftercare.md#red-flags"),
        Some(LinkTarget::Heading(Some(PageId::from("aftercare")), "red-flags".to_owned()))
    );
    assert_eq!(link_target("term:off-label"), Some(LinkTarget::Term(TermId::from("off-label"))));
    assert_eq!(link_target("tel:988"), Some(LinkTarget::Address("tel:988".to_owned())));
}

#[test]
fn a_refused_link_keeps_its_words() {
    let mut faults = Vec::new();
    let blocks =
        parse("See [this](javascript:alert(1)).", &|words, _| words.to_owned(), &mut |fault, line| {
            faults.push((fault, line));
        });
    assert_eq!(faults, [(Fault::Link("javascript:alert(1)".to_owned()), 1)]);
    assert_eq!(
        blocks,
        [Block::Paragraph(vec![Inline::Text("See ".to_owned()), Inline::Text("this.".to_owned()),])]
    );
}

#[test]
fn a_thousand_nested_quotes_do_not_overflow() {
    let text = "> ".repeat(5_000) + "deep";
    assert!(!blocks(&text).is_empty());
}
