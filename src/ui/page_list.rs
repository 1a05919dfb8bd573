//! Things to open: groups of pages on the start page, pages in the list of pages.

use leptos::prelude::*;

use crate::engine::session::Message;

/// A thing to open.
pub struct Entry {
    /// Its title.
    pub title: Signal<String>,
    /// One line under it; empty until it has come.
    pub lead: Signal<String>,
    /// What is said when it is opened.
    pub opens: Message,
}

/// Cards, each of which opens as a whole.
#[component]
pub fn PageList(
    /// What can be opened, in order.
    entries: Vec<Entry>,
    /// Says what was opened.
    on_open: Callback<Message>,
) -> impl IntoView {
    let cards: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            let (opens, lead) = (entry.opens, entry.lead);
            // The card stays as it is while its line comes: the focus may be on it.
            let said = move || lead.with(|lead| !lead.is_empty());
            view! {
                <li class="ar-card">
                    <button type="button" class="ar-card__open" on:click=move |_| on_open.run(opens.clone())>
                        {entry.title}
                    </button>
                    {move || said().then(|| view! { <p class="ar-card__summary">{lead.get()}</p> })}
                </li>
            }
        })
        .collect();
    view! { <ul role="list" class="ar-cards__list">{cards}</ul> }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let entry = |title: &str, lead: &str| Entry {
        title: Signal::stored(title.to_owned()),
        lead: Signal::stored(lead.to_owned()),
        opens: Message::OpenedPages(None),
    };
    let entries = vec![entry("The visit", "Before, during and after."), entry("Costs", "")];
    vec![("page_list", view! { <PageList entries on_open=Callback::new(|_| ()) /> }.into_any())]
}
