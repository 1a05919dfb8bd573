//! What is kept on this device: only where it may be, only when it is asked for, gone when it is to be gone, and nothing
//! of it is ever lost unasked.

use std::sync::Arc;

use anteroom::engine::keep::{
    FEWEST_LETTERS, KeepEffect, KeepMessage, KeepMessage::*, Said, Store, Trouble, is_offered, is_up_to_date,
};
use anteroom::engine::own_file::{self, OwnFileMessage, Waiting};
use anteroom::engine::plan::state::PlanMessage;
use anteroom::engine::session::Message::{Keep, OwnFile, *};
use anteroom::engine::session::{Effect, Screen};
use anteroom::engine::shared::Happened;
use proptest::prelude::*;

use crate::session::Person;
use crate::support::{Folder, cases};

const PASSPHRASE: &str = "seven odd green spoons";

fn text(text: &str) -> Arc<str> {
    Arc::from(text)
}

/// Something that looks as what is sealed does.
fn sealed() -> Arc<str> {
    text("eyJhbGciOiJQQkVTMiJ9.a.b.c.d")
}

fn open(there: Option<Arc<str>>) -> Store {
    Store::Open { there, many: false }
}

fn allowing() -> Folder {
    Folder::small().replaced("settings.toml", "[guide]\n", "[guide]\nkeep_on_device = true\n")
}

/// Somebody on the full page of a clinic that allows it, with an answer.
fn with_an_answer() -> Person {
    let mut person = Person::arrives_at(allowing());
    person.keeps(Looked(open(None)));
    person.does(PressedStart).chooses("danger", "no").goes_on().chooses("smoke", "no").goes_on();
    person
}

impl Person {
    fn keeps(&mut self, what: KeepMessage) -> &mut Self {
        self.does(Keep(what))
    }

    fn types_passphrase(&mut self, passphrase: &str) -> &mut Self {
        self.keeps(TypedPassphrase(passphrase.to_owned())).keeps(TypedAgain(passphrase.to_owned()))
    }

    /// What the browser was asked to do about it.
    fn asked(&self) -> Vec<&KeepEffect> {
        let mut asked = Vec::new();
        for effect in &self.effects {
            if let Effect::Keep(effect) = effect {
                asked.push(effect);
            }
        }
        asked
    }

    fn has_kept(&mut self) -> &mut Self {
        self.types_passphrase(PASSPHRASE).keeps(PressedKeep).keeps(Sealed(Some(sealed())));
        self.keeps(Stored(Ok(sealed())))
    }

    fn said(&self) -> Option<Said> {
        self.session.keep.said
    }

    fn leave_ends_with_a_wipe(&self) -> bool {
        let wipe = self.effects.iter().position(|effect| *effect == Effect::Keep(KeepEffect::Wipe));
        let leave = self.effects.iter().position(|effect| *effect == Effect::Leave);
        wipe.zip(leave).is_some_and(|(wipe, leave)| wipe < leave)
    }
}

#[test]
fn without_the_setting_in_a_frame_or_on_a_computer_for_everybody_nothing_is_offered_or_stored() {
    for (folder, store) in [
        (Folder::small(), open(None)),
        (allowing(), Store::Closed),
        (allowing(), Store::Open { there: None, many: true }),
    ] {
        let mut person = Person::arrives_at(folder);
        person.keeps(Looked(store));
        person.does(PressedStart).chooses("danger", "no").goes_on().chooses("smoke", "no").goes_on();
        assert!(!is_offered(&person.session));
        person.types_passphrase(PASSPHRASE).keeps(PressedKeep);
        assert_eq!(person.asked(), Vec::<&KeepEffect>::new());
    }
}

#[test]
fn the_shipped_guide_does_not_offer_it() {
    assert_eq!(crate::support::shipped().settings.keep_on_device, None);
}

#[test]
fn the_own_file_is_sealed_first_and_stored_only_then() {
    let mut person = with_an_answer();
    let file = person.session.own_file_json("2026-11-21T10:00:00Z");
    person.types_passphrase(PASSPHRASE).keeps(PressedKeep);
    assert_eq!(person.asked(), [&KeepEffect::Seal { text: file, passphrase: PASSPHRASE.to_owned() }]);
    person.keeps(Sealed(Some(sealed())));
    assert_eq!(person.asked(), [&KeepEffect::Store { text: sealed(), over: None }]);
    assert!(person.session.has_something_to_lose());
    person.keeps(Stored(Ok(sealed())));
    assert_eq!(person.said(), Some(Said::Kept));
    assert_eq!(person.session.keep.kept_at(), Some("2026-11-21T10:00:00Z"));
    assert!(person.session.keep.passphrase.is_empty() && person.session.keep.again.is_empty());
}

#[test]
fn a_passphrase_that_is_easy_to_guess_or_typed_in_two_ways_keeps_nothing() {
    for (first, again, trouble) in [
        ("", "", Trouble::Weak),
        ("elevenchars", "elevenchars", Trouble::Weak),
        ("abababababababab", "abababababababab", Trouble::Weak),
        (PASSPHRASE, "seven odd green spoon", Trouble::NotSame),
    ] {
        let mut person = with_an_answer();
        person
            .keeps(TypedPassphrase(first.to_owned()))
            .keeps(TypedAgain(again.to_owned()))
            .keeps(PressedKeep);
        assert_eq!(person.said(), Some(Said::Trouble(trouble)), "{first}");
        assert_eq!(person.asked(), Vec::<&KeepEffect>::new());
        // What is wrong stays to be read while it is typed anew.
        person.keeps(TypedAgain("s".to_owned()));
        assert_eq!(person.said(), Some(Said::Trouble(trouble)));
        // And while more of the guide comes, or a minute goes by.
        person.does(FilesArrived(Vec::new())).does(Plan(PlanMessage::MinutePassed));
        assert_eq!(person.said(), Some(Said::Trouble(trouble)));
        person.does(OpenedDeeds);
        assert_eq!(person.said(), None);
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn letters_count_and_not_bytes(passphrase in "[ñáéíóúü漢字가나다]{1,11}") {
        prop_assert!(passphrase.chars().count() < FEWEST_LETTERS);
        let mut person = with_an_answer();
        person.types_passphrase(&passphrase).keeps(PressedKeep);
        prop_assert_eq!(person.said(), Some(Said::Trouble(Trouble::Weak)));
    }
}

#[test]
fn who_left_or_cleared_everything_while_it_was_sealed_has_nothing_stored() {
    for gone in [PressedLeave, PressedClear, Shared(Happened::PutAway)] {
        let mut person = with_an_answer();
        person.types_passphrase(PASSPHRASE).keeps(PressedKeep).does(gone);
        person.keeps(Sealed(Some(sealed())));
        assert_eq!(person.asked(), Vec::<&KeepEffect>::new());
    }
}

#[test]
fn who_left_or_cleared_everything_while_it_was_opened_gets_nothing_back() {
    let file = with_an_answer().session.own_file_json("2026-11-20T10:00:00Z");
    for gone in [PressedLeave, PressedClear, Shared(Happened::PutAway)] {
        let mut person = Person::arrives_at(allowing());
        person.keeps(Looked(open(Some(sealed())))).keeps(TypedPassphrase(PASSPHRASE.to_owned()));
        person.keeps(PressedOpen).does(gone).keeps(Opened(Ok(file.clone())));
        assert!(!person.session.holds_something());
    }
}

#[test]
fn what_was_kept_is_opened_on_the_screen_of_the_own_file_and_then_nothing_is_lost_by_leaving() {
    let before = with_an_answer();
    let file = before.session.own_file_json("2026-11-20T10:00:00Z");
    let mut person = Person::arrives_at(allowing());
    person
        .keeps(Looked(open(Some(sealed()))))
        .keeps(TypedPassphrase(PASSPHRASE.to_owned()))
        .keeps(PressedOpen);
    assert_eq!(person.asked(), [&KeepEffect::Open { text: sealed(), passphrase: PASSPHRASE.to_owned() }]);
    person.keeps(Opened(Ok(file)));
    assert_eq!(person.session.screen, Screen::OwnFile);
    assert!(person.session.own.opened.is_some() && !person.session.answers.is_empty());
    assert!(is_up_to_date(&person.session) && !person.session.has_something_to_lose());
    assert_eq!(person.session.keep.kept_at(), Some("2026-11-20T10:00:00Z"));

    person.chooses("smoke", "yes");
    assert!(!is_up_to_date(&person.session) && person.session.has_something_to_lose());
    // Once more without typing, over what stood there.
    person.does(OwnFile(OwnFileMessage::OpenedScreen)).keeps(PressedKeep);
    assert!(matches!(person.asked()[..], [KeepEffect::Seal { passphrase, .. }] if passphrase == PASSPHRASE));
    let newer = text("eyJ.new.er.a.b");
    person.keeps(Sealed(Some(newer.clone())));
    assert_eq!(person.asked(), [&KeepEffect::Store { text: newer.clone(), over: Some(sealed()) }]);
    person.keeps(Stored(Ok(newer)));
    assert!(is_up_to_date(&person.session) && !person.session.has_something_to_lose());
}

#[test]
fn opening_never_takes_the_place_of_answers_unasked() {
    let mut person = with_an_answer();
    let file = person.session.own_file_json("2026-11-20T10:00:00Z");
    person
        .keeps(Looked(open(Some(sealed()))))
        .keeps(TypedPassphrase(PASSPHRASE.to_owned()))
        .keeps(PressedOpen);
    person.keeps(Opened(Ok(file)));
    assert!(matches!(person.session.own.waiting, Some(Waiting::Asks(..))));
    assert!(!person.session.answers.is_empty());
}

#[test]
fn what_cannot_be_opened_is_a_sentence_and_stays_where_it_is() {
    for (opened, trouble) in [
        (Err(own_file::Trouble::WrongPassphrase), Trouble::Passphrase),
        (Err(own_file::Trouble::CannotUnlock), Trouble::CannotOpen),
        (Ok("{}".to_owned()), Trouble::NotOurs),
        (Ok(String::new()), Trouble::NotOurs),
    ] {
        let mut person = Person::arrives_at(allowing());
        person.keeps(Looked(open(Some(sealed())))).keeps(TypedPassphrase("x".to_owned())).keeps(PressedOpen);
        person.keeps(Opened(opened));
        assert_eq!(person.said(), Some(Said::Trouble(trouble)));
        assert_eq!(person.asked(), Vec::<&KeepEffect>::new());
        assert_eq!(person.session.keep.there(), Some(&sealed()));
        assert!(!person.session.keep.is_busy());
    }
    // Something of somebody else stands under our name: it can be wiped and not opened.
    for other in ["", "{}", "eyJ.two", "a.b.c.d.e"] {
        let mut person = Person::arrives_at(allowing());
        person.keeps(Looked(open(Some(text(other)))));
        assert!(!person.session.keep.can_be_opened());
        assert_eq!(person.keeps(PressedOpen).asked(), Vec::<&KeepEffect>::new());
    }
}

#[test]
fn what_another_window_kept_in_the_meantime_is_not_written_over_unasked() {
    let mut person = with_an_answer();
    person.types_passphrase(PASSPHRASE).keeps(PressedKeep).keeps(Sealed(Some(sealed())));
    person.keeps(Stored(Err(Trouble::Other)));
    assert_eq!(person.said(), Some(Said::Trouble(Trouble::Other)));
    assert_eq!(person.asked(), [&KeepEffect::Look]);
    let theirs = text("eyJ.th.ei.r.s");
    person.keeps(Looked(open(Some(theirs.clone()))));
    assert_eq!(person.said(), Some(Said::Trouble(Trouble::Other)), "the sentence stays");
    person.keeps(PressedKeep).keeps(Sealed(Some(sealed())));
    assert_eq!(person.asked(), [&KeepEffect::Store { text: sealed(), over: Some(theirs) }]);
}

#[test]
fn a_browser_that_refuses_is_a_sentence_and_the_answers_stay() {
    let mut person = with_an_answer();
    person.types_passphrase(PASSPHRASE).keeps(PressedKeep).keeps(Sealed(None));
    assert_eq!(person.said(), Some(Said::Trouble(Trouble::CannotSeal)));
    person.keeps(PressedKeep).keeps(Sealed(Some(sealed()))).keeps(Stored(Err(Trouble::NotStored)));
    assert_eq!(person.said(), Some(Said::Trouble(Trouble::NotStored)));
    assert!(person.session.keep.kept_at().is_none() && !person.session.answers.is_empty());
    assert!(person.session.has_something_to_lose());
}

#[test]
fn a_wipe_asks_first_and_leaves_the_answers_on_the_screen() {
    let mut person = with_an_answer();
    person.has_kept().keeps(PressedWipe);
    assert!(person.session.keep.asks_to_wipe);
    assert_eq!(person.asked(), Vec::<&KeepEffect>::new());
    person.keeps(PressedLeaveIt);
    assert!(!person.session.keep.asks_to_wipe && person.session.keep.there().is_some());
    person.keeps(PressedWipe).keeps(PressedWipeForGood);
    assert_eq!(person.asked(), [&KeepEffect::Wipe]);
    person.keeps(Wiped(true));
    assert_eq!(person.said(), Some(Said::Wiped));
    assert!(person.session.keep.there().is_none() && person.session.keep.kept_at().is_none());
    assert!(!person.session.answers.is_empty() && person.session.has_something_to_lose());
}

#[test]
fn a_wipe_that_the_browser_refuses_is_told() {
    let mut person = with_an_answer();
    person.has_kept().keeps(PressedWipe).keeps(PressedWipeForGood).keeps(Wiped(false));
    assert_eq!(person.said(), Some(Said::Trouble(Trouble::NotWiped)));
    assert!(person.session.keep.there().is_some());
}

#[test]
fn leaving_in_a_hurry_wipes_it_too_by_button_and_by_key() {
    for store in [open(None), open(Some(sealed()))] {
        let mut person = Person::arrives_at(Folder::small());
        person.keeps(Looked(store.clone())).does(PressedLeave);
        assert!(person.leave_ends_with_a_wipe());
        let mut person = Person::arrives_at(Folder::small());
        person.keeps(Looked(store));
        for _ in 0..3 {
            person.does(Shared(Happened::PressedShift));
        }
        assert!(person.leave_ends_with_a_wipe());
    }
    let mut person = Person::arrives();
    assert_eq!(
        person.does(PressedLeave).asked(),
        Vec::<&KeepEffect>::new(),
        "in a frame there is nothing to wipe"
    );
}

#[test]
fn answers_that_are_wiped_for_want_of_a_touch_leave_what_is_sealed_and_no_passphrase() {
    let mut person = with_an_answer();
    person.has_kept();
    person.does(Shared(Happened::TimePassed(10_000))).does(Shared(Happened::TimePassed(20_000)));
    assert!(person.session.shared.wiped && !person.session.holds_something());
    assert_eq!(person.session.keep.there(), Some(&sealed()));
    assert_eq!(person.session.keep.kept_at(), None);
}

#[test]
fn a_passphrase_that_was_typed_does_not_stay_when_nobody_is_there() {
    let mut person = Person::arrives_at(allowing());
    person.keeps(Looked(open(Some(sealed())))).keeps(TypedPassphrase("seven odd".to_owned()));
    person.does(Shared(Happened::TimePassed(10_000))).does(Shared(Happened::TimePassed(20_000)));
    assert!(person.session.keep.passphrase.is_empty());
}
