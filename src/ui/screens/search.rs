//! The search over the pages and the glossary. What is typed stays in the session.

use leptos::prelude::*;

use crate::engine::guide::settings::phone_address;
use crate::engine::guide::words::Say;
use crate::engine::ids::PageId;
use crate::engine::search::{PageFound, PlaceFound};
use crate::engine::session::Message;
use crate::ui::context::Ui;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::screens::{Back, Heading};

/// The search.
#[component]
pub fn SearchScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let typed = Memo::new(move |_| ui.session.with(|session| session.search.typed.clone()));
    let status = Memo::new(move |_| ui.session.with(|session| session.search_words().unwrap_or_default()));
    view! {
        <Back ui />
        <Heading words=ui.say(Say::SearchTitle) />
        <p class="ar-lead">{ui.say(Say::SearchLead)}</p>
        <form role="search" novalidate autocomplete="off" on:submit=move |event| event.prevent_default()>
            <Field
                id="ar-search".to_owned()
                label=ui.say(Say::SearchLabel)
                hint=""
                unit=""
                kind=FieldKind::Text
                value=typed
                invalid=Signal::derive(|| false)
                on_input=Callback::new(move |typed| ui.send.run(Message::TypedSearch(typed)))
            />
        </form>
        <p class="ar-search__status" id="ar-search-status">{move || status.get()}</p>
        {move || {
            // Drawn anew with what is typed and with pages that come later.
            status.track();
            typed.track();
            draw_results(ui)
        }}
    }
}

fn draw_results(ui: Ui) -> AnyView {
    let (found, nothing, phone) = ui.session.with(|session| {
        let nothing = session.search.found.is_empty() && session.search_words().is_some();
        (session.search.found.clone(), nothing, phone_address(session.phone()))
    });
    if nothing {
        let call = phone.map(|address| {
            view! { <a class="ar-button ar-button--quiet" href=address>{ui.say(Say::ResultCallClinic)}</a> }
        });
        return view! {
            <div class="ar-actions">
                <button
                    type="button"
                    class="ar-button ar-button--quiet"
                    on:click=move |_| ui.send.run(Message::OpenedPages(None))
                >
                    {ui.say(Say::PagesAll)}
                </button>
                {call}
            </div>
        }
        .into_any();
    }
    let pages: Vec<_> = found.into_iter().map(|page| draw_page(ui, page)).collect();
    view! { <ol role="list" class="ar-search__pages">{pages}</ol> }.into_any()
}

fn draw_page(ui: Ui, found: PageFound) -> AnyView {
    let open = ui.on(Message::OpenedPage(found.page.clone()));
    let places: Vec<_> = found.places.into_iter().map(|place| draw_place(ui, &found.page, place)).collect();
    view! {
        <li class="ar-search__page">
            <h2 class="ar-search__title">
                <button type="button" class="ar-link-button" on:click=move |_| open.run(())>{found.title}</button>
            </h2>
            <ul role="list" class="ar-search__places">{places}</ul>
        </li>
    }
    .into_any()
}

fn draw_place(ui: Ui, page: &PageId, place: PlaceFound) -> AnyView {
    let pieces: Vec<_> = place
        .snippet
        .into_iter()
        .map(|(text, mark)| if mark { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() })
        .collect();
    let heading = place.slug.map(|slug| {
        let open = ui.on(Message::FollowedLink(Some(page.clone()), slug));
        view! {
            <button type="button" class="ar-link-button" on:click=move |_| open.run(())>{place.heading}</button>
        }
    });
    view! { <li class="ar-search__place">{heading} <p class="ar-search__snippet">{pieces}</p></li> }
        .into_any()
}
