//! The entries of a list, each with its buttons to change it and to take it out.

use leptos::prelude::*;

/// The entries so far. The heading can take the focus: it goes there when an entry is taken out.
#[component]
pub fn EntryList(
    /// The id of the heading.
    id: String,
    /// The heading.
    title: String,
    /// The entries in words, in order.
    entries: Vec<String>,
    /// The word of the Change button.
    change: String,
    /// The word of the Remove button.
    remove: String,
    /// An entry, counted from 0, is to be changed.
    on_change: Callback<usize>,
    /// An entry, counted from 0, is to be taken out.
    on_remove: Callback<usize>,
) -> impl IntoView {
    let button = move |word: String, entry: String, place: usize, told: Callback<usize>| {
        view! {
            <button type="button" class="ar-link-button" on:click=move |_| told.run(place)>
                {word}
                <span class="ar-pause">":"</span>
                <span class="ar-sr">{entry}</span>
            </button>
        }
    };
    let rows = entries
        .into_iter()
        .enumerate()
        .map(|(place, entry)| {
            view! {
                <li class="ar-entries__row">
                    <span class="ar-entries__entry">{entry.clone()}</span>
                    <span class="ar-entries__buttons">
                        {button(change.clone(), entry.clone(), place, on_change)}
                        {button(remove.clone(), entry, place, on_remove)}
                    </span>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="ar-entries">
            <h2 class="ar-entries__title" id=id tabindex="-1">{title}</h2>
            <ol role="list" class="ar-entries__list">{rows}</ol>
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![(
        "entry list",
        view! {
            <EntryList
                id="example-entries".to_owned()
                title="Your list so far".to_owned()
                entries=vec![
                    "Zoloft, 50 mg, every morning".to_owned(),
                    "A-medicine-with-a-name-that-does-not-fit-on-one-line-of-a-narrow-phone".to_owned(),
                ]
                change="Change".to_owned()
                remove="Remove".to_owned()
                on_change=Callback::new(|_| ())
                on_remove=Callback::new(|_| ())
            />
        }
        .into_any(),
    )]
}
