//! The screens: each puts components together for one thing a person does.

pub mod after;
pub mod channels;
pub mod contact;
pub mod deeds;
pub mod keep;
pub mod own_file;
pub mod page;
pub mod pages;
pub mod plan;
pub mod preview;
pub mod question;
pub mod question_more;
pub mod receipt;
pub mod rest;
pub mod result;
pub mod review;
pub mod sealed;
pub mod search;
pub mod share;
pub mod start;
pub mod wait;

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::session::Message;
use crate::ui::context::Ui;

/// The Back link that stands above every screen but the first.
#[component]
pub fn Back(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <button type="button" class="ar-back" on:click=move |_| ui.send.run(Message::PressedBack)>
            {ui.say(Say::CommonBack)}
        </button>
    }
}

/// The way to the search over the pages.
#[component]
pub fn SearchLink(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <p class="ar-search-link">
            <button type="button" class="ar-link-button" on:click=move |_| ui.send.run(Message::OpenedSearch)>
                {ui.say(Say::SearchOpen)}
            </button>
        </p>
    }
}

/// The heading of a screen. It can take the focus, so that a screen reader starts there.
#[component]
pub fn Heading(
    /// Its words.
    words: String,
    /// What it is, in small above its words and read with them; may be empty.
    #[prop(optional)]
    caption: String,
) -> impl IntoView {
    let caption = (!caption.is_empty()).then(|| {
        view! { <span class="ar-title__caption"><span>{caption}</span><span class="ar-pause">":"</span></span> " " }
    });
    view! { <h1 class="ar-title" id="ar-heading" tabindex="-1">{caption} {words}</h1> }
}

/// One step of the way: what is to be filled in, and Continue. Enter in a field goes on as well.
#[component]
pub fn Step(
    /// The session.
    ui: Ui,
    /// What is to be filled in.
    children: Children,
) -> impl IntoView {
    view! {
        <form
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                ui.send.run(Message::PressedContinue);
            }
        >
            {children()}
            <div class="ar-actions">
                <button type="submit" class="ar-button">{ui.say(Say::CommonContinue)}</button>
            </div>
        </form>
    }
}
