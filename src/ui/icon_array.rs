//! "54 of 100" as pictures: large discs for those who are counted, small rings for the others.

use std::fmt::Write;

use leptos::prelude::*;

use crate::engine::guide::blocks::{IconRow, Icons};

/// How many icons stand in a line.
const IN_A_LINE: u32 = 10;

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
            <ul class="ar-icons__rows">{rows}</ul>
            {note.map(|note| view! { <p class="ar-icons__note">{note}</p> })}
        </figure>
    }
}

/// Two paths, not a hundred circles: a phone draws them at once.
fn draw(count: u32, of: u32, mirrored: bool) -> impl IntoView {
    let (mut filled, mut empty) = (String::new(), String::new());
    for place in 0..of {
        let column = place % IN_A_LINE;
        let column = if mirrored { IN_A_LINE - 1 - column } else { column };
        let (x, y) = (column * 10 + 5, place / IN_A_LINE * 10 + 5);
        // Writing to a text cannot fail.
        let _ = if place < count {
            write!(filled, "M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0", x.saturating_sub(4))
        } else {
            write!(empty, "M{} {y}a2 2 0 1 0 4 0a2 2 0 1 0-4 0", x.saturating_sub(2))
        };
    }
    let lines = of.div_ceil(IN_A_LINE);
    view! {
        <svg class="ar-icons__picture" viewBox=format!("0 0 100 {}", lines * 10) aria-hidden="true" focusable="false">
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
