//! The widget's components in a real browser: what only a browser can show, such as focus, typing and checked radios.
//!
//! `wasm-pack`-free: `cargo test --target wasm32-unknown-unknown --no-default-features --features ui --test browser`
//! with `wasm-bindgen-test-runner`, which drives headless Chromium.
#![cfg(target_arch = "wasm32")]

mod page;

use anteroom::engine::ids::QuestionId;
use anteroom::engine::screening::answer::Answer;
use anteroom::engine::session::{Message, Screen};
use page::Page;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_start_page_leads_to_the_first_question() {
    let page = Page::open().await;
    assert_eq!(page.heading(), "Get ready");
    page.press("Start").await;
    assert_eq!(page.heading(), "Do you feel well?");
}

#[wasm_bindgen_test]
async fn choosing_an_option_is_kept_without_redrawing_the_question() {
    let page = Page::open().await;
    page.press("Start").await;
    let before = page.element("ar-heading");
    page.choose("Yes").await;
    assert!(page.is_checked("Yes"));
    assert!(!page.is_checked("No"));
    assert!(before.is_same_node(Some(&page.element("ar-heading"))), "the question was drawn anew");
    page.choose("No").await;
    assert!(page.is_checked("No"), "the last choice counts");
}

#[wasm_bindgen_test]
async fn a_going_back_shows_the_earlier_choice() {
    let page = Page::open().await;
    page.press("Start").await;
    page.choose("Yes").await;
    page.press("Continue").await;
    assert_eq!(page.heading(), "Your blood pressure?");
    page.press("Back").await;
    assert!(page.is_checked("Yes"));
}

#[wasm_bindgen_test]
async fn typed_numbers_become_an_answer_and_a_slip_becomes_an_error_at_its_field() {
    let page = Page::open().await;
    page.press("Start").await;
    page.choose("Yes").await;
    page.press("Continue").await;
    page.type_into("q-pressure", "abc").await;
    page.type_into("q-pressure-1", "80").await;
    page.press("Continue").await;
    assert!(page.text().contains("There is a problem"));
    assert_eq!(page.element("q-pressure").get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(page.element("q-pressure-1").get_attribute("aria-invalid"), None);
    page.type_into("q-pressure", "120").await;
    page.press("Continue").await;
    let answer = page.session(|session| session.answers.get(&QuestionId::from("pressure")).cloned());
    assert!(matches!(answer, Some(Answer::Pair(_))), "{answer:?}");
}

#[wasm_bindgen_test]
async fn a_crisis_answer_puts_help_in_place_of_the_question_and_the_way_back_keeps_it() {
    let page = Page::open().await;
    page.press("Start").await;
    page.choose("No, help").await;
    assert!(page.text().contains("Call 988"));
    assert!(!page.text().contains("Do you feel well?"));
    page.press("Back to where I was").await;
    assert!(page.is_checked("No, help"));
}

#[wasm_bindgen_test]
async fn a_tick_to_share_changes_the_preview_at_once() {
    let page = Page::open().await;
    page.press("Start").await;
    page.choose("Yes").await;
    page.send(Message::PressedContinue).await;
    page.send(Message::PressedContinue).await;
    page.send(Message::PressedSeeResult).await;
    page.send(Message::PressedShare).await;
    assert_eq!(page.session(|session| session.screen.clone()), Screen::Share);
    page.send(Message::PressedContinue).await;
    page.send(Message::PressedContinue).await;
    assert!(page.text().contains("Do you feel well? Yes"), "{}", page.text());
    page.send(Message::ToggledShared(QuestionId::from("well"))).await;
    assert!(page.text().contains("Do you feel well? Not shared"), "{}", page.text());
}
