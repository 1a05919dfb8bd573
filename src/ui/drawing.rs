//! Our own line drawings, each with its words. The pictures stand in the stylesheet.

use leptos::prelude::*;

use crate::engine::guide::blocks::Drawing;

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
            <div class=format!("ar-drawing__picture ar-drawing__picture--{}", drawing.name()) aria-hidden="true"></div>
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
