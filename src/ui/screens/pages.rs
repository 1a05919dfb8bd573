//! The list of all pages, by their groups.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::ids::PageId;
use crate::engine::session::Message;
use crate::ui::context::Ui;
use crate::ui::page_list::{Entry, PageList};
use crate::ui::prose::part_id;
use crate::ui::screens::{Back, Heading, SearchLink};

/// The list of pages.
#[component]
pub fn Pages(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <Back ui />
        <Heading words=ui.say(Say::PagesTitle) />
        <p class="ar-lead">{ui.say(Say::PagesLead)}</p>
        <SearchLink ui />
        {draw_groups(ui)}
    }
}

fn draw_groups(ui: Ui) -> Vec<AnyView> {
    let guide = ui.guide();
    let settings = &guide.settings;
    let mut drawn: Vec<AnyView> = settings
        .groups
        .iter()
        .map(|group| {
            let words = ui.session.with_untracked(|session| session.words().group(&group.id));
            view! {
                <section class="ar-cards">
                    <h2 class="ar-cards__title" id=part_id(group.id.as_str()) tabindex="-1">{words.title}</h2>
                    <PageList entries=entries(ui, &group.pages) on_open=ui.send />
                </section>
            }
            .into_any()
        })
        .collect();
    let others: Vec<PageId> =
        settings.pages.iter().filter(|page| settings.group_of(page).is_none()).cloned().collect();
    if !others.is_empty() {
        drawn.push(view! { <PageList entries=entries(ui, &others) on_open=ui.send /> }.into_any());
    }
    drawn
}

/// Pages as things to open. One that has not come has its title already.
pub fn entries(ui: Ui, pages: &[PageId]) -> Vec<Entry> {
    let away: Vec<PageId> = ui.session.with_untracked(|session| session.put_away().cloned().collect());
    pages
        .iter()
        .filter(|id| !away.contains(id))
        .map(|id| {
            let words = {
                let id = id.clone();
                Memo::new(move |_| {
                    ui.session.with(|session| match session.page(&id) {
                        Some((_, page)) => (page.title.clone(), page.summary.clone()),
                        None => (session.words().page_title(&id), String::new()),
                    })
                })
            };
            Entry {
                title: Signal::derive(move || words.with(|(title, _)| title.clone())),
                lead: Signal::derive(move || words.with(|(_, lead)| lead.clone())),
                opens: Message::OpenedPage(id.clone()),
            }
        })
        .collect()
}
