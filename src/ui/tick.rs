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
    /// What is wrong with it as it is; nothing where nothing can be.
    #[prop(optional)]
    error: Option<Signal<Option<String>>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let described = error_id.clone();
    let is_wrong = move || error.is_some_and(|error| error.get().is_some());
    let said = error.map(|error| {
        move || error.get().map(|error| view! { <p class="ar-tick__error" id=error_id.clone()>{error}</p> })
    });
    view! {
        <div class="ar-tick">
            <input
                class="ar-tick__input"
                type="checkbox"
                id=id.clone()
                autocomplete="off"
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=move || is_wrong().then(|| described.clone())
                prop:checked=move || ticked.get()
                on:change=move |_| on_change.run(())
            />
            <label class="ar-tick__label" for=id>{children()}</label>
            {said}
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("tick, unticked", example("a", false, None)),
        ("tick, ticked", example("b", true, None)),
        ("tick, missing", example("c", false, Some("Tick the box if you want to send this."))),
    ]
}

fn example(id: &str, ticked: bool, error: Option<&'static str>) -> AnyView {
    view! {
        <Tick
            id=format!("example-tick-{id}")
            ticked=Signal::derive(move || ticked)
            on_change=Callback::new(|()| ())
            error=Signal::derive(move || error.map(str::to_owned))
        >
            "The clinic may call me."
        </Tick>
    }
    .into_any()
}
