//! The start page: what this is, how long it takes, who sees it (no one), and what can be read first.

use leptos::prelude::*;

use crate::engine::aftercare::state::{AfterMessage, AfterScreen};
use crate::engine::guide::settings::PageGroup;
use crate::engine::guide::words::Say;
use crate::engine::own_file::OwnFileMessage;
use crate::engine::part::Part;
use crate::engine::session::{Message, Screen};
use crate::ui::context::Ui;
use crate::ui::later;
use crate::ui::page_list::{Entry, PageList};
use crate::ui::screens::plan::PlanLink;
use crate::ui::screens::{Heading, SearchLink, pages};

/// The start page.
#[component]
pub fn Start(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let fact = |title, more| {
        view! {
            <li class="ar-facts__fact">
                <strong class="ar-facts__title">{ui.say(title)}</strong>
                <span class="ar-facts__more">{ui.say(more)}</span>
            </li>
        }
    };
    let (ready, can_ask, begun) = ui.session.with_untracked(|session| {
        (session.ready, !session.guide.questions.is_empty(), !session.answers.is_empty())
    });
    let begin = ui.say(if begun { Say::StartGoOn } else { Say::StartBegin });
    let action = if can_ask {
        view! {
            <div class="ar-actions">
                <button type="button" class="ar-button ar-button--start" on:click=move |_| ui.send.run(Message::PressedStart)>
                    {begin}
                </button>
            </div>
            <p class="ar-start__agree">{ui.say(Say::StartAgree)}</p>
            <p class="ar-actions">
                <button
                    type="button"
                    class="ar-link-button"
                    on:click=move |_| ui.send.run(Message::OwnFile(OwnFileMessage::OpenedScreen))
                >
                    {ui.say(Say::OwnFileOpen)}
                </button>
                <button
                    type="button"
                    class="ar-link-button"
                    on:click=move |_| ui.send.run(Message::After(AfterMessage::Opened(AfterScreen::Home)))
                >
                    {ui.say(Say::AfterLink)}
                </button>
            </p>
        }
        .into_any()
    } else if ready {
        view! { <p class="ar-start__none">{ui.say(Say::StartNoQuestions)}</p> }.into_any()
    } else {
        view! { <p class="ar-start__none">{ui.say(Say::CommonLoading)}</p> }.into_any()
    };
    // What is kept on this device is drawn by the second part, once that is there.
    let whole = Memo::new(move |_| ui.session.with(|session| session.part == Part::Whole));
    let wiped = Memo::new(move |_| ui.session.with(|session| session.shared.wiped));
    view! {
        <div class="ar-start">
            <Heading words=ui.say(Say::StartTitle) />
            {move || wiped.get().then(|| view! { <p class="ar-start__wiped">{ui.say(Say::SharedWiped)}</p> })}
            <p class="ar-lead">{ui.say(Say::StartLead)}</p>
            {move || whole.get().then(later::drawer).flatten().map(|draw| draw(ui, Screen::Start))}
            <ul role="list" class="ar-facts">
                {fact(Say::StartTime, Say::StartTimeMore)}
                {fact(Say::StartPrivate, Say::StartPrivateMore)}
                {fact(Say::StartResult, Say::StartResultMore)}
            </ul>
            {action}
            {ready.then(|| view! { <PlanLink ui /> })}
            <p class="ar-start__not">{ui.say(Say::StartNot)}</p>
            <PageCards ui />
        </div>
    }
}

/// The groups of pages as cards; the pages themselves where there are no groups.
#[component]
fn PageCards(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let guide = ui.guide();
    let settings = &guide.settings;
    let entries = if settings.groups.is_empty() {
        pages::entries(ui, &settings.pages)
    } else {
        let group = |group: &PageGroup| {
            let words = ui.session.with_untracked(|session| session.words().group(&group.id));
            let opens = Message::OpenedPages(Some(group.id.clone()));
            Entry { title: Signal::stored(words.title), lead: Signal::stored(words.lead), opens }
        };
        settings.groups.iter().map(group).collect()
    };
    let all = (!settings.groups.is_empty()).then(|| {
        view! {
            <p class="ar-cards__all">
                <button
                    type="button"
                    class="ar-link-button"
                    on:click=move |_| ui.send.run(Message::OpenedPages(None))
                >
                    {ui.say(Say::PagesAll)}
                </button>
            </p>
        }
    });
    (!entries.is_empty()).then(|| {
        view! {
            <section class="ar-cards">
                <h2 class="ar-cards__title">{ui.say(Say::StartRead)}</h2>
                <PageList entries on_open=ui.send />
                {all}
                <SearchLink ui />
            </section>
        }
    })
}
