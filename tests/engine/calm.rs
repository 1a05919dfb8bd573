//! Low-energy mode: a page in pieces says what the page says, and a pause loses nothing.

use anteroom::engine::calm::{CalmMessage, Rest, pieces, sentences};
use anteroom::engine::guide::markdown::{Block, Inline, LinkTarget, parse, plain};
use anteroom::engine::ids::{PageId, QuestionId};
use anteroom::engine::session::Message::{Calm, OpenedPage, PressedBack};
use anteroom::engine::session::{Effect, Screen, Target};
use proptest::prelude::*;

use crate::session::Person;
use crate::support::{cases, shipped};

fn letters(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn said(blocks: &[Block]) -> String {
    let all = |items: &[Vec<Block>]| items.iter().map(|item| said(item)).collect::<String>();
    blocks
        .iter()
        .map(|block| match block {
            Block::Heading(..) | Block::Rule => String::new(),
            Block::Paragraph(inlines) => letters(&plain(inlines)),
            Block::Bullets(items) | Block::Steps(items) | Block::Checklist(items) => all(items),
            Block::Quote(inner) => said(inner),
            other => letters(&format!("{other:?}")),
        })
        .collect()
}

#[test]
fn every_page_in_pieces_says_what_the_page_says() {
    for ((id, lang), page) in &shipped().pages {
        let pieces: Vec<Block> = pieces(&page.blocks).into_iter().map(|(_, piece)| piece).collect();
        assert_eq!(said(&pieces), said(&page.blocks), "{id} {lang}");
        assert!(!pieces.is_empty(), "{id} {lang}");
        for piece in &pieces {
            if let Block::Paragraph(inlines) = piece {
                let words = plain(inlines);
                assert!(words.split_whitespace().count() <= 30, "{id} {lang}: {words}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_letter_is_lost_between_sentences(text in "([A-Za-zñ¿.?! 0-9*]|\\. ){0,80}") {
        let blocks = parse(&text, &|words, _| words.to_owned(), &mut |_, _| {});
        let pieces: Vec<Block> = pieces(&blocks).into_iter().map(|(_, piece)| piece).collect();
        prop_assert_eq!(said(&pieces), said(&blocks));
    }
}

#[test]
fn sentences_end_where_a_reader_stops() {
    let cut = |text: &str| -> Vec<String> {
        let inlines = [Inline::Text(text.to_owned())];
        sentences(&inlines).iter().map(|sentence| plain(sentence).trim().to_owned()).collect()
    };
    assert_eq!(cut("Rest. Sip fluids. Eat?"), ["Rest.", "Sip fluids.", "Eat?"]);
    assert_eq!(cut("It takes 3.5 hours at 9 a.m. or so."), ["It takes 3.5 hours at 9 a.m. or so."]);
    assert_eq!(cut("Espere. ¿Le duele?"), ["Espere.", "¿Le duele?"]);
    let link = Inline::Link(LinkTarget::Help, vec![Inline::Text("open help.".to_owned())]);
    let both = [Inline::Text("Or ".to_owned()), link, Inline::Text(" It is free.".to_owned())];
    assert_eq!(sentences(&both).len(), 2);
}

#[test]
fn a_pause_anywhere_leads_back_with_what_was_typed() {
    let mut person = Person::arrives();
    person.does(Calm(CalmMessage::Switched));
    assert!(person.session.calm.on);
    let typed =
        person.session.guide.questions.iter().find(|question| question.kind.is_typed()).unwrap().id.clone();
    person.does(anteroom::engine::session::Message::AskedToChange(typed.clone()));
    person.types(0, "12");
    for back in [Calm(CalmMessage::PressedGoOn), PressedBack] {
        person.does(Calm(CalmMessage::PressedRest(Rest::Pause)));
        assert_eq!(person.session.screen, Screen::Rest(Rest::Pause));
        person.does(Calm(CalmMessage::PressedRest(Rest::NotNow)));
        person.does(back);
        assert_eq!(person.session.screen, Screen::Question(typed.clone()));
        assert_eq!(person.session.fields[0], "12");
        assert!(person.session.changing);
    }
    let _ = QuestionId::from("x");
}

#[test]
fn the_next_piece_takes_the_focus_and_the_last_stays_the_last() {
    let mut person = Person::arrives();
    person.does(OpenedPage(PageId::from("visit"))).does(Calm(CalmMessage::Switched));
    person.does(Calm(CalmMessage::PressedNext(2)));
    assert!(person.effects.contains(&Effect::Focus(Target::Field("ar-piece".to_owned()))));
    person.does(Calm(CalmMessage::PressedNext(2)));
    assert_eq!(person.session.calm.place, 1);
    person.does(Calm(CalmMessage::PressedRest(Rest::Pause))).does(Calm(CalmMessage::PressedGoOn));
    assert_eq!(person.session.calm.place, 1);
    person.does(Calm(CalmMessage::PressedBefore)).does(Calm(CalmMessage::PressedBefore));
    assert_eq!(person.session.calm.place, 0);
}
