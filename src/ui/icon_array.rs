//! "54 of 100" as pictures: large discs for those who are counted, small rings for the others.

use leptos::prelude::*;

use crate::engine::guide::blocks::{IconRow, Icons};
use crate::engine::guide::shapes::{IconPaths, icon_paths};

/// Icon arrays under each other, each with its number in words beside it. The pictures say nothing that the words do
/// not, so screen readers pass them by.
#[component]
pub fn IconArray(
    /// The groups.
    icons: Icons,
    /// "54 of 100", for each group.
    counts: Vec<String>,
    /// The note, drawn; none if there is none.
    note: Option<AnyView>,
    /// Whether the pictures are filled from the right.
    mirrored: bool,
) -> impl IntoView {
    let of = icons.of;
    let rows: Vec<_> = icons
        .rows
        .into_iter()
        .zip(counts)
        .map(|(row, count)| {
            view! {
                <li class="ar-icons__row">
                    {draw(row.count, of, mirrored)}
                    <p class="ar-icons__words"><strong class="ar-icons__count">{count}</strong> " " {row.label}</p>
                </li>
            }
        })
        .collect();
    view! {
        <figure class="ar-icons">
            {(!icons.title.is_empty()).then(|| view! { <figcaption class="ar-icons__title">{icons.title}</figcaption> })}
            <ul role="list" class="ar-icons__rows">{rows}</ul>
            {note.map(|note| view! { <p class="ar-icons__note">{note}</p> })}
        </figure>
    }
}

fn draw(count: u32, of: u32, mirrored: bool) -> impl IntoView {
    let IconPaths { filled, empty, height } = icon_paths(count, of, mirrored);
    view! {
        <svg class="ar-icons__picture" viewBox=format!("0 0 100 {height}") aria-hidden="true" focusable="false">
            <path class="ar-icons__filled" d=filled></path>
            <path class="ar-icons__empty" d=empty></path>
        </svg>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let row = |count, label: &str| IconRow { count, label: label.to_owned() };
    let icons = |title: &str, of, rows| Icons { title: title.to_owned(), of, rows, note: Vec::new() };
    let hundred =
        icons("After a series of visits", 100, vec![row(54, "felt much better"), row(0, "were cured")]);
    let twelve = icons("", 12, vec![row(12, "came back")]);
    vec![
        (
            "icon_array, of 100",
            view! {
                <IconArray
                    icons=hundred
                    counts=vec!["54 of 100".to_owned(), "0 of 100".to_owned()]
                    note=Some("From one study.".into_any())
                    mirrored=false
                />
            }
            .into_any(),
        ),
        (
            "icon_array, mirrored",
            view! { <IconArray icons=twelve counts=vec!["12 of 12".to_owned()] note=None mirrored=true /> }
                .into_any(),
        ),
    ]
}
