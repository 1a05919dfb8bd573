//! One box to tick, with its words: an answer to share, or a consent. Drawn as the choices of a question are, so its
//! look stands in their stylesheet.

use leptos::prelude::*;

/// A box to tick.
#[component]
pub fn Tick(
    /// The box's id.
    id: String,
    /// Whether it is ticked.
    #[prop(into)]
    ticked: Signal<bool>,
    /// It was ticked or unticked.
    on_change: Callback<()>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="ar-tick">
            <input
                class="ar-tick__input"
                type="checkbox"
                id=id.clone()
                autocomplete="off"
                prop:checked=move || ticked.get()
                on:change=move |_| on_change.run(())
            />
            <label class="ar-tick__label" for=id>{children()}</label>
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![("tick, unticked", example("a", false)), ("tick, ticked", example("b", true))]
}

fn example(id: &str, ticked: bool) -> AnyView {
    view! {
        <Tick id=format!("example-tick-{id}") ticked=Signal::derive(move || ticked) on_change=Callback::new(|()| ())>
            "The clinic may call me."
        </Tick>
    }
    .into_any()
}
