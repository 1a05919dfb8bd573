//! What the second part of the widget adds to a question: the search for names of medicines, and the entries of a list.

use leptos::prelude::*;

use crate::engine::guide::entry_words::entry_in_words;
use crate::engine::guide::words::Say;
use crate::engine::ids::QuestionId;
use crate::engine::screening::answer::Answer;
use crate::engine::screening::names::{Offer, Offered};
use crate::engine::screening::question::{Kind, Question};
use crate::engine::session::{Message, Session, list_id, name_field_id};
use crate::ui::context::Ui;
use crate::ui::entry_list::EntryList;
use crate::ui::fields::FieldKind;
use crate::ui::name_search::{NameSearch, NameSearchState, NameSearchWords};
use crate::ui::screens::question::draw_field;

/// Draws it; nothing for a question of which the first part has all.
pub fn draw_more(ui: Ui, id: &QuestionId) -> AnyView {
    let guide = ui.guide();
    let Some(question) = guide.question(id) else { return ().into_any() };
    match &question.kind {
        Kind::List(_) => draw_list(ui, question),
        _ if guide.settings.medicines.as_ref() == Some(id) => draw_names(ui, id),
        _ => ().into_any(),
    }
}

fn draw_list(ui: Ui, question: &Question) -> AnyView {
    let Kind::List(list) = &question.kind else { return ().into_any() };
    let words = ui.session.with_untracked(|session| session.words().question(&question.id).clone());
    let fields = list.fields.iter().enumerate().map(|(index, part)| {
        draw_field(ui, question, index, words.part(&part.id).to_owned(), "", String::new(), FieldKind::Text)
    });
    let fields = fields.collect_view();
    view! { <EntriesEntry ui question=question.id.clone()>{fields}</EntriesEntry> }.into_any()
}

/// The search for a name that ticks choices. The choices below can be ticked without it.
fn draw_names(ui: Ui, question: &QuestionId) -> AnyView {
    let asked = question.clone();
    let state = Memo::new(move |_| {
        ui.session.with(|session| {
            let names = session.answers.get(&asked).map(Answer::names).unwrap_or_default();
            let lookup = &session.lookup;
            NameSearchState {
                typed: lookup.typed.clone(),
                offers: lookup.offers.iter().map(|offer| offer_words(session, offer)).collect(),
                open: lookup.is_open(),
                active: lookup.active,
                status: session.lookup_words(),
                chosen: names.iter().map(|name| name.words.clone()).collect(),
            }
        })
    });
    view! {
        <NameSearch
            id=name_field_id(question)
            words=NameSearchWords {
                label: ui.say(Say::NamesLabel),
                hint: ui.say(Say::NamesHint),
                chosen: ui.say(Say::NamesChosen),
                remove: ui.say(Say::NamesRemove),
                caution: ui.say(Say::NamesDoNotStop),
            }
            state
            on_type=Callback::new(move |typed| ui.send.run(Message::TypedName(typed)))
            on_move=Callback::new(move |direction| ui.send.run(Message::MovedInNames(direction)))
            on_choose=Callback::new(move |place| ui.send.run(Message::ChoseName(place)))
            on_shut=ui.on(Message::ShutNames)
            on_remove=Callback::new(move |place| ui.send.run(Message::RemovedName(place)))
        />
    }
    .into_any()
}

fn offer_words(session: &Session, offer: &Offer) -> String {
    match &offer.what {
        Offered::Listed { described, .. } => described.clone(),
        Offered::Unlisted(name) => session.words().fill(Say::NamesKeep, &[("name", name)]),
    }
}

/// The entries of a list, and the fields for one more.
#[component]
fn EntriesEntry(
    /// The session.
    ui: Ui,
    /// The question.
    question: QuestionId,
    /// The fields of one entry.
    children: Children,
) -> impl IntoView {
    let id = question.clone();
    let entries = Memo::new(move |_| {
        ui.session.with(|session| match session.answers.get(&question) {
            Some(Answer::List(entries)) => entries.iter().map(entry_in_words).collect(),
            _ => Vec::<String>::new(),
        })
    });
    let editing = Memo::new(move |_| ui.session.with(|session| session.editing));
    let title = move || match editing.get() {
        Some(place) => {
            let entry = entries.with_untracked(|entries| entries.get(place).cloned()).unwrap_or_default();
            ui.fill(Say::ListEntry, &[("entry", &entry)])
        }
        None => ui.say(Say::ListNew),
    };
    view! {
        {move || {
            let entries = entries.get();
            (!entries.is_empty()).then(|| view! {
                <EntryList
                    id=list_id(&id)
                    title=ui.say(Say::ListSoFar)
                    entries
                    change=ui.say(Say::ListChange)
                    remove=ui.say(Say::ListRemove)
                    on_change=Callback::new(move |place| ui.send.run(Message::AskedToChangeEntry(place)))
                    on_remove=Callback::new(move |place| ui.send.run(Message::RemovedEntry(place)))
                />
            })
        }}
        <div class="ar-entry">
            <h2 class="ar-entry__title">{title}</h2>
            {children()}
            // The first submit button is the one that Enter in a field presses.
            <button
                type="submit"
                class="ar-button ar-button--quiet"
                on:click=move |event| {
                    event.prevent_default();
                    ui.send.run(Message::PressedAddEntry);
                }
            >
                {move || ui.say(if editing.get().is_some() { Say::ListSave } else { Say::ListAdd })}
            </button>
        </div>
    }
}
