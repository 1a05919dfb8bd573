//! Content is fetched at run time and may be anything. Nothing panics, no link leads astray, and the words that a
//! frightened person needs stay.

use std::sync::LazyLock;

use anteroom::engine::guide::markdown::{Block, Inline, LinkTarget, parse, plain};
use anteroom::engine::guide::patients;
use anteroom::engine::guide::slug::slug;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::words::{Say, built_in};
use anteroom::engine::guide::{Guide, parse as parse_guide};
use anteroom::engine::ids::{Lang, PageId, is_id};
use anteroom::engine::plan::tasks;
use anteroom::engine::screening::journey::journey;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::result;
use anteroom::engine::session::{Effect, Message, Moment, Wish, open, update};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{Folder, TODAY, cases, english, full_answers};

const CRISIS: [Say; 8] = [
    Say::HeaderHelp,
    Say::HelpTitle,
    Say::HelpWarm,
    Say::HelpCall,
    Say::HelpText,
    Say::HelpEmergency,
    Say::LevelGetHelpTitle,
    Say::LevelGetHelpText,
];

fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| Folder::small().sources);
    &SOURCES
}

/// Uses every part of a guide that was made of anything.
fn use_guide(guide: &Guide, dice: &[u64]) -> Result<(), TestCaseError> {
    let answers = full_answers(guide, dice);
    let outcome = result(guide, &answers);
    journey(guide, &answers);
    tasks(guide, &answers);
    let words = guide.words(&english());
    for reason in &outcome.reasons {
        words.reason(reason);
        words.next_step(reason);
    }
    for say in Say::ALL {
        prop_assert_ne!(words.say(*say), "", "{}", say.key());
    }
    if guide.questions.is_empty() {
        prop_assert_eq!(outcome.level, Level::Incomplete);
    }
    Ok(())
}

fn replaced(place: Index, content: Vec<u8>) -> (String, Vec<Source>) {
    let mut files = sources().to_vec();
    let place = place.index(files.len());
    files[place].content = Ok(content);
    (files[place].path.clone(), files)
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn garbage_in_any_file_leaves_the_rest_and_the_crisis_words(
        place: Index,
        garbage in prop::collection::vec(any::<u8>(), 0..2_000),
        dice in prop::collection::vec(any::<u64>(), 10),
    ) {
        // A comment is sound TOML.
        prop_assume!(!garbage.first().is_some_and(|byte| *byte == b'#' || byte.is_ascii_whitespace()));
        let (path, files) = replaced(place, garbage);
        let (guide, mut problems) = parse_guide(&files, Some(TODAY));
        problems.extend(patients::read(&files, &guide).1);
        prop_assert!(problems.iter().any(|problem| problem.file == path), "{} is said to be fine", path);
        use_guide(&guide, &dice)?;
        for say in CRISIS {
            prop_assert_eq!(guide.words(&english()).say(say), built_in().say(say));
        }
        if path != "screening.toml" {
            prop_assert_eq!(guide.questions.len(), 6);
        }
        if path != "settings.toml" {
            prop_assert_eq!(guide.settings.clinic.phone.as_str(), "+1 555 010 0199");
        }
        let (session, _) = open(Wish { phone: "+1 555 010 0177".to_owned(), ..Wish::default() });
        let (session, _) = update(session, Message::FilesArrived(files), &Moment::default());
        prop_assert_ne!(session.phone(), "");
        prop_assert_ne!(session.words().say(Say::HelpCall), "");
    }

    #[test]
    fn a_slip_anywhere_in_any_file_does_no_harm(
        place: Index,
        at: Index,
        length in 0_usize..40,
        slip in prop::sample::select(vec!["", "\"", "[", "]", "{", "}", "=", "#", "\n", "+++", "<!--", "\u{0}", "é", "[[question]]\n"]),
        dice in prop::collection::vec(any::<u64>(), 10),
    ) {
        let mut files = sources().to_vec();
        let place = place.index(files.len());
        let mut content = files[place].content.clone().unwrap();
        let at = at.index(content.len());
        content.splice(at..(at + length).min(content.len()), slip.bytes());
        files[place].content = Ok(content);
        let (guide, _) = parse_guide(&files, Some(TODAY));
        use_guide(&guide, &dice)?;
        if files[place].path != "screening.toml" {
            prop_assert_eq!(guide.questions.len(), 6);
        }
    }
}

fn links<'b>(blocks: &'b [Block], found: &mut Vec<&'b LinkTarget>) {
    fn inlines<'b>(runs: &'b [Inline], found: &mut Vec<&'b LinkTarget>) {
        for run in runs {
            match run {
                Inline::Link(target, inner) => {
                    found.push(target);
                    inlines(inner, found);
                }
                Inline::Strong(inner) | Inline::Emphasis(inner) => inlines(inner, found),
                Inline::Text(_) | Inline::Break => {}
            }
        }
    }
    for block in blocks {
        match block {
            Block::Heading(_, runs, _) | Block::Paragraph(runs) => inlines(runs, found),
            Block::Bullets(items) | Block::Steps(items) | Block::Checklist(items) => {
                items.iter().for_each(|item| links(item, found));
            }
            Block::Quote(inner) => links(inner, found),
            Block::Table(head, rows) => {
                head.iter().chain(rows.iter().flatten()).for_each(|cell| inlines(cell, found));
            }
            Block::Rule => {}
            drawn => panic!("{drawn:?} comes of a fence, and `parse` draws none"),
        }
    }
}

fn words_of(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Heading(_, runs, _) | Block::Paragraph(runs) => text.push_str(&plain(runs)),
            Block::Bullets(items) | Block::Steps(items) | Block::Checklist(items) => {
                items.iter().for_each(|item| text.push_str(&words_of(item)));
            }
            Block::Quote(inner) => text.push_str(&words_of(inner)),
            Block::Table(head, rows) => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    text.push_str(&plain(cell));
                    text.push(' ');
                }
            }
            Block::Rule => {}
            drawn => panic!("{drawn:?} comes of a fence, and `parse` draws none"),
        }
        text.push(' ');
    }
    text
}

fn blocks(text: &str) -> Vec<Block> {
    parse(text, &|words, _| words.to_owned(), &mut |_, _| {})
}

/// Pieces of Markdown and of attacks, to be put together in any order.
fn markdown() -> impl Strategy<Value = String> {
    let marks = prop::sample::select(vec![
        "[a](",
        "](",
        ")",
        "<",
        ">",
        "[a]: ",
        "[a]",
        "![",
        "\n",
        "\n\n",
        "- ",
        "1. ",
        "> ",
        "    ",
        "# ",
        "| ",
        "|-|\n",
        "`",
        "```\n",
        "**",
        "_",
        "\\",
        "<!--",
        "-->",
        "<script>",
        "<a href=\"javascript:x\">",
        " \"title\"",
        "word",
        "é",
        "{clinic.name}",
    ]);
    let piece = prop_oneof![
        2 => marks.prop_map(str::to_owned),
        1 => address(),
        1 => address().prop_map(|address| format!("[words]({address})")),
        1 => address().prop_map(|address| format!("<{address}>")),
        1 => address().prop_map(|address| format!("[a][b]\n\n[b]: {address} 'title'\n\n")),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

/// Addresses as attacks write them: a scheme in disguise, control characters, ways out of the folder.
fn address() -> impl Strategy<Value = String> {
    let start = prop::sample::select(vec!["", "", " ", "&#x6a;", "\u{1}", "&#1;", "&Tab;", "%01"]);
    let scheme = prop::sample::select(vec![
        "javascript:",
        "JaVaScRiPt:",
        "javascript&colon;",
        "java&Tab;script:",
        "data:text/html,",
        "vbscript:",
        "file:///",
        "//evil.example/",
        "https://clinic.example/",
        "HTTPS://clinic.example/",
        "mailto:a@b.example",
        "tel:988",
        "sms:988",
        "#help",
        "#",
        "page.md",
        "../page.md",
        "/page.md",
        "blob:x",
        "ftp://x/",
    ]);
    let end = prop::sample::select(vec![
        "",
        "",
        "x",
        "alert%281%29",
        "&#1;",
        "&#10;",
        "&NewLine;",
        "?a=b",
        "\u{202e}",
    ]);
    (start, scheme, end).prop_map(|(start, scheme, end)| format!("{start}{scheme}{end}"))
}

proptest! {
    #![proptest_config(cases(5_000))]

    #[test]
    fn no_link_leads_anywhere_but_where_links_may(text in prop_oneof![markdown(), "\\PC{0,80}"]) {
        let blocks = blocks(&text);
        let mut found = Vec::new();
        links(&blocks, &mut found);
        for target in found {
            match target {
                LinkTarget::Help => {}
                LinkTarget::Page(page) => prop_assert!(is_id(page.as_str())),
                LinkTarget::Heading(page, name) => {
                    prop_assert!(page.as_ref().is_none_or(|page| is_id(page.as_str())));
                    prop_assert_eq!(&slug(name), name);
                }
                LinkTarget::Term(term) => prop_assert!(is_id(term.as_str())),
                LinkTarget::Address(address) => {
                    let (scheme, _) = address.split_once(':').unwrap();
                    let scheme = scheme.to_ascii_lowercase();
                    prop_assert!(["https", "http", "mailto", "tel", "sms"].contains(&scheme.as_str()), "{}", address);
                    prop_assert!(!address.chars().any(char::is_control), "{:?}", address);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn no_word_is_lost_however_deep_it_stands(
        prefixes in prop::collection::vec("(> |- |1\\. |  |   |    |\\| ){0,16}", 1..30)
    ) {
        let text: String = prefixes.iter().enumerate().map(|(line, prefix)| format!("{prefix}w{line}x\n")).collect();
        let words = words_of(&blocks(&text));
        for line in 0..prefixes.len() {
            let word = format!("w{line}x");
            prop_assert!(words.contains(&word), "{} is lost from\n{}", word, text);
        }
    }
}

#[test]
fn a_page_that_is_nested_beyond_reason_keeps_its_words() {
    let mut text = String::new();
    for depth in 0..60 {
        text.push_str(&format!("> {}- w{depth}x\n", "  ".repeat(depth)));
    }
    let words = words_of(&blocks(&text));
    for depth in 0..60 {
        assert!(words.contains(&format!("w{depth}x")), "{depth}");
    }
}

#[test]
fn placeholders_that_hold_a_link_are_checked_after_they_are_filled() {
    let filled = parse(
        "[call](tel:{phone}) [not](java{phone})",
        &|words, _| words.replace("{phone}", "script:x"),
        &mut |_, _| {},
    );
    let mut found = Vec::new();
    links(&filled, &mut found);
    assert_eq!(found, [&LinkTarget::Address("tel:script:x".to_owned())]);
}

#[test]
fn a_page_id_never_leads_out_of_the_pages() {
    for address in ["../screening.md", "a/b.md", "A.md", ".md", "%2e%2e.md", "a.md#b", "a.md?b"] {
        let found = blocks(&format!("[x]({address})"));
        let mut targets = Vec::new();
        links(&found, &mut targets);
        assert!(!targets.iter().any(|target| matches!(target, LinkTarget::Page(_))), "{address}");
    }
    let mut targets = Vec::new();
    let found = blocks("[x](myths.md)");
    links(&found, &mut targets);
    assert_eq!(targets, [&LinkTarget::Page(PageId::from("myths"))]);
}

#[test]
fn a_wish_for_a_language_leads_to_no_other_folder() {
    for lang in
        ["../../secret", "..", "en/../..", "red;background:url(/x)", "", "http://a.example", "e n", "%2e%2e"]
    {
        let (_, effects) = open(Wish { lang: Some(Lang::from(lang)), ..Wish::default() });
        let (_, plain) = open(Wish::default());
        assert_eq!(effects, plain, "{lang}");
    }
    let (_, effects) = open(Wish { lang: Some(Lang::from("pt-BR")), ..Wish::default() });
    let asked = |path: &str| {
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::Load(paths) if paths.iter().any(|asked| asked == path)))
    };
    assert!(asked("pt-BR/words.toml"));
}
