//! The screens of the second file of the widget (docs/decisions/0020-two-files.md): everything but the start page and the
//! questions.

use leptos::prelude::*;

use crate::engine::session::Screen;
use crate::ui::context::Ui;
use crate::ui::screens::after::AfterScreens;
use crate::ui::screens::contact::ContactScreen;
use crate::ui::screens::deeds::DeedsScreen;
use crate::ui::screens::keep::{Kept, draw_said};
use crate::ui::screens::own_file::OwnFileScreen;
use crate::ui::screens::page::PageScreen;
use crate::ui::screens::pages::Pages;
use crate::ui::screens::plan::Plan;
use crate::ui::screens::preview::Preview;
use crate::ui::screens::question_more::draw_more;
use crate::ui::screens::receipt::Receipt;
use crate::ui::screens::rest::RestScreen;
use crate::ui::screens::result::ResultScreen;
use crate::ui::screens::review::Review;
use crate::ui::screens::search::SearchScreen;
use crate::ui::screens::share::Share;

/// Draws a screen that is not of the first part; for those that are, what this part adds to them.
pub fn draw(ui: Ui, screen: Screen) -> AnyView {
    match screen {
        Screen::Start => view! { {draw_said(ui)} <Kept ui /> }.into_any(),
        Screen::Question(id) => draw_more(ui, &id),
        Screen::Search => view! { <SearchScreen ui /> }.into_any(),
        Screen::Pages => view! { <Pages ui /> }.into_any(),
        Screen::Page(page) => view! { <PageScreen ui page /> }.into_any(),
        Screen::Deeds => view! { <DeedsScreen ui /> }.into_any(),
        Screen::Rest(rest) => view! { <RestScreen ui rest /> }.into_any(),
        Screen::After(screen) => view! { <AfterScreens ui screen /> }.into_any(),
        Screen::OwnFile => view! { <OwnFileScreen ui /> }.into_any(),
        Screen::Review => view! { <Review ui /> }.into_any(),
        Screen::Result => view! { <ResultScreen ui /> }.into_any(),
        Screen::Plan(screen) => view! { <Plan ui screen /> }.into_any(),
        Screen::Share => view! { <Share ui /> }.into_any(),
        Screen::Contact => view! { <ContactScreen ui /> }.into_any(),
        Screen::Preview => view! { <Preview ui /> }.into_any(),
        Screen::Receipt => view! { <Receipt ui /> }.into_any(),
    }
}

/// What draws these screens; none while they have not come.
#[cfg(not(in_parts))]
pub fn drawer() -> Option<fn(Ui, Screen) -> AnyView> {
    Some(draw)
}

/// What draws these screens; none while they have not come.
#[cfg(in_parts)]
pub fn drawer() -> Option<fn(Ui, Screen) -> AnyView> {
    DRAWER.get().copied()
}

#[cfg(in_parts)]
static DRAWER: std::sync::OnceLock<fn(Ui, Screen) -> AnyView> = std::sync::OnceLock::new();

/// From now on they are there.
#[cfg(in_parts)]
pub fn came(drawer: fn(Ui, Screen) -> AnyView) {
    let _ = DRAWER.set(drawer);
}
