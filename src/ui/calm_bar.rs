//! The switch of low-energy mode, and while it is on a pause and a way out.

use leptos::prelude::*;

/// The bar under the header.
#[component]
pub fn CalmBar(
    /// The words of the switch.
    switch: String,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// Whether its words are short enough to stand in one line with "Back", where that follows.
    beside: bool,
    /// The words of the pause.
    pause: String,
    /// The words of "I can't do this now".
    not_now: String,
    /// The switch was pressed.
    on_switch: Callback<()>,
    /// A pause was asked for.
    on_pause: Callback<()>,
    /// No more for now.
    on_not_now: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="ar-calm-bar" class:ar-calm-bar--beside=beside>
            <button
                type="button"
                class="ar-calm-bar__switch"
                aria-pressed=move || if on.get() { "true" } else { "false" }
                on:click=move |_| on_switch.run(())
            >
                {switch}
            </button>
            {move || on.get().then(|| view! {
                <button type="button" class="ar-link-button" on:click=move |_| on_pause.run(())>{pause.clone()}</button>
                <button type="button" class="ar-link-button" on:click=move |_| on_not_now.run(())>{not_now.clone()}</button>
            })}
        </div>
    }
}
