//! Our own line drawings, each with its words.

use leptos::prelude::*;

use crate::engine::guide::pictures::Drawing;

/// A drawing with its words.
#[component]
pub fn DrawingFigure(
    /// Which drawing it is.
    drawing: Drawing,
    /// What it shows, in words, drawn.
    caption: AnyView,
) -> impl IntoView {
    view! {
        <figure class="ar-drawing">
            <svg class="ar-drawing__picture" viewBox="0 0 128 96" aria-hidden="true" focusable="false">
                <path d=drawing.line()></path>
            </svg>
            <figcaption class="ar-drawing__caption">{caption}</figcaption>
        </figure>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let example = |name, drawing| {
        (name, view! { <DrawingFigure drawing caption="What it shows.".into_any() /> }.into_any())
    };
    vec![
        example("drawing, the room", Drawing::Room),
        example("drawing, what is watched", Drawing::Watched),
        example("drawing, the ride", Drawing::Ride),
        example("drawing, the night", Drawing::Night),
    ]
}
