//! What is wrong with an entry: a box at the top that takes the focus and links to the field, after GOV.UK.

use leptos::prelude::*;

/// The error summary. It is drawn only while there is an error, and the engine then moves the focus to it, which
/// makes a screen reader read it once; so it is no live region of its own.
#[component]
pub fn ErrorSummary(
    /// "There is a problem".
    title: String,
    /// The error's words.
    error: String,
    /// The error was followed to its field.
    on_follow: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="ar-error-summary" id="ar-errors" tabindex="-1" role="group" aria-labelledby="ar-errors-title">
            <h2 class="ar-error-summary__title" id="ar-errors-title">{title}</h2>
            // A button, not a link to a fragment: that would leave an entry in the browser's history.
            <p>
                <button type="button" class="ar-error-summary__link" on:click=move |_| on_follow.run(())>{error}</button>
            </p>
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![(
        "error summary",
        view! {
            <ErrorSummary
                title="There is a problem".to_owned()
                error="Choose the answer that fits best.".to_owned()
                on_follow=Callback::new(|()| ())
            />
        }
        .into_any(),
    )]
}
