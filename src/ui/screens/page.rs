//! An education page with its sources and its review.

use leptos::prelude::*;

use crate::engine::guide::Review;
use crate::engine::guide::words::Say;
use crate::engine::ids::{PageId, SourceCode};
use crate::engine::session::Message;
use crate::ui::context::Ui;
use crate::ui::prose::{Links, Prose};
use crate::ui::screens::{Back, Heading};

/// An education page.
#[component]
pub fn PageScreen(
    /// The session.
    ui: Ui,
    /// The page.
    page: PageId,
) -> impl IntoView {
    let version = ui.version();
    let can_ask = !ui.guide().questions.is_empty();
    view! {
        <Back ui />
        {move || {
            version.get();
            draw_page(ui, &page)
        }}
        {can_ask.then(|| view! {
            <div class="ar-actions">
                <button type="button" class="ar-button" on:click=move |_| ui.send.run(Message::PressedStart)>
                    {ui.say(Say::StartBegin)}
                </button>
            </div>
        })}
    }
}

fn draw_page(ui: Ui, id: &PageId) -> AnyView {
    let guide = ui.guide();
    let (lang, coming) = ui.session.with_untracked(|session| (session.lang().clone(), session.is_coming(id)));
    let links = Links {
        on_page: Callback::new(move |page| ui.send.run(Message::OpenedPage(page))),
        on_help: ui.on(Message::OpenedHelp),
    };
    match guide.pages.get(&(id.clone(), lang)) {
        Some(page) => view! {
            <article class="ar-page">
                <Heading words=page.title.clone() />
                <p class="ar-lead">{page.summary.clone()}</p>
                <Prose blocks=page.blocks.clone() links />
                <details class="ar-details">
                    <summary class="ar-details__summary">{ui.say(Say::PageSources)}</summary>
                    <ul class="ar-page__sources">{draw_sources(ui, &page.sources)}</ul>
                </details>
                <p class="ar-page__review">{review_words(ui, &page.review)}</p>
            </article>
        }
        .into_any(),
        None => {
            let say = if coming { Say::CommonLoading } else { Say::PageMissing };
            view! { <Heading words=ui.say(say) /> }.into_any()
        }
    }
}

/// The citations of these codes as list items.
fn draw_sources(ui: Ui, codes: &[SourceCode]) -> Vec<AnyView> {
    sources_of(ui, codes)
        .into_iter()
        .map(|(title, address)| match address {
            Some(address) => view! {
                <li><a class="ar-link" href=address target="_blank" rel="noopener noreferrer">{title}</a></li>
            }
            .into_any(),
            None => view! { <li>{title}</li> }.into_any(),
        })
        .collect()
}

/// The title and address of each source; its code where the citations have not come.
pub fn sources_of(ui: Ui, codes: &[SourceCode]) -> Vec<(String, Option<String>)> {
    let guide = ui.guide();
    codes
        .iter()
        .map(|code| match guide.citations.get(code) {
            Some(citation) => (citation.title.clone(), citation.address.clone()),
            None => (code.as_str().to_owned(), None),
        })
        .collect()
}

/// When something was checked against its sources, and who signed it.
pub fn review_words(ui: Ui, review: &Review) -> String {
    let reviewed = match review.reviewed_on {
        Some(date) => ui.fill(Say::PageReviewed, &[("date", &date.to_string())]),
        None => String::new(),
    };
    let signed = if review.reviewer.is_empty() {
        ui.say(Say::PageUnsigned)
    } else {
        ui.fill(Say::PageSignedBy, &[("name", &review.reviewer)])
    };
    format!("{reviewed} {signed}").trim().to_owned()
}
