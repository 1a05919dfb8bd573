//! Low-energy mode: a page in pieces says what the page says, and a pause loses nothing.

use anteroom::engine::aftercare::journal::SelfHarm;
use anteroom::engine::aftercare::state::{AfterMessage, AfterScreen, Missing};
use anteroom::engine::calm::{CalmMessage, Rest, pieces, sentences};
use anteroom::engine::guide::markdown::{Block, Inline, LinkTarget, parse, plain};
use anteroom::engine::ids::{PageId, QuestionId};
use anteroom::engine::one_by_one::{
    DayPiece, FormPiece, HomePiece, JournalPiece, ListPiece, PlanPiece, day_place, form_place, of_day,
    of_form, of_home, of_journal, of_list, of_plan,
};
use anteroom::engine::plan::schedule::{Visits, schedule};
use anteroom::engine::plan::state::PlanError;
use anteroom::engine::plan::zone::{Wall, Zone};
use anteroom::engine::screening::answer::Answers;
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

#[test]
fn the_plan_one_by_one_is_the_whole_plan_and_what_is_to_come_comes_first() {
    let times = ["2026-12-03T09:30", "2026-12-10T09:30"].map(|time| Wall::from_iso(time).unwrap()).to_vec();
    let visits = Visits { times, first: 1 };
    let plan = schedule(shipped(), &Answers::default(), &Zone::default(), &visits);
    for now in ["2026-11-01T00:00", "2026-12-03T10:00", "2027-02-01T00:00"] {
        let now = Zone::default().instant(Wall::from_iso(now).unwrap());
        let tasks: Vec<_> = of_plan(plan.clone(), now)
            .into_iter()
            .filter_map(|piece| match piece {
                PlanPiece::Task(dated) => Some(dated),
                PlanPiece::Lead | PlanPiece::Keep | PlanPiece::Calendar | PlanPiece::Sheets => None,
            })
            .collect();
        assert_eq!(tasks.len(), plan.len());
        assert!(plan.iter().all(|dated| tasks.contains(dated)), "nothing is left out");
        assert!(tasks.is_sorted_by_key(|dated| (dated.is_past(now), dated.unsure, dated.at)));
    }
}

#[test]
fn after_a_visit_nothing_is_left_out_one_by_one() {
    let guide = shipped();
    let aftercare = &guide.aftercare;
    let alone: Vec<HomePiece> = of_home(guide).iter().flat_map(HomePiece::one_by_one).collect();
    for prompt in &aftercare.prompts {
        assert!(alone.contains(&HomePiece::Prompts(prompt.about, vec![prompt.id.clone()])), "{}", prompt.id);
    }
    for list in &aftercare.lists {
        let pieces = of_list(aftercare, &list.id);
        assert_eq!(pieces.last(), Some(&ListPiece::Rest));
        for sign in aftercare.signs_of(&list.id) {
            assert!(pieces.contains(&ListPiece::Sign(sign.id.clone())), "{}", sign.id);
        }
    }
    assert_eq!(of_journal(0), []);
    assert_eq!(of_journal(2), [JournalPiece::Chart, JournalPiece::Day(1), JournalPiece::Day(0)]);
}

#[test]
fn what_is_to_be_mended_is_the_piece_that_is_shown() {
    for (error, piece) in [
        (PlanError::Day(1), FormPiece::Visit(1)),
        (PlanError::Time(0), FormPiece::Visit(0)),
        (PlanError::Twice(2), FormPiece::Visit(2)),
        (PlanError::Zone, FormPiece::Zone),
    ] {
        assert_eq!(of_form(3)[form_place(&error, 3)], piece);
    }
    let day = of_day(&shipped().aftercare);
    assert_eq!(day[day_place(Missing::Mood)], DayPiece::Mood);
    assert_eq!(day[day_place(Missing::SelfHarm)], DayPiece::SelfHarm);

    let mut person = Person::arrives();
    person.session.guide = std::sync::Arc::new(shipped().clone());
    person.does(Calm(CalmMessage::Switched));
    let after = anteroom::engine::session::Message::After;
    // A list that is left blank leads to the line that says "none", and is not answered by it.
    person.does(after(AfterMessage::StartedCheck)).does(after(AfterMessage::PressedContinue));
    let rest = of_list(&shipped().aftercare, &shipped().aftercare.lists[0].id).len() - 1;
    assert_eq!((person.session.calm.place, person.session.after.unanswered), (rest, true));
    assert_eq!(person.session.screen, Screen::After(AfterScreen::List(0)));
    person.does(after(AfterMessage::StartedDay(None)));
    person.does(after(AfterMessage::ChoseSelfHarm(SelfHarm::No))).does(after(AfterMessage::PressedKeepDay));
    assert_eq!(person.session.calm.place, day_place(Missing::Mood));
}
