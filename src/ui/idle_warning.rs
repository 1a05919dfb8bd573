//! Asks whether anybody is still there, in place of the screen, so that no answer is seen while nobody is.

use leptos::prelude::*;

use crate::ui::screens::Heading;

/// The warning. It is an alert, so that a screen reader says it without the focus being there.
#[component]
pub fn IdleWarning(
    /// The question.
    title: String,
    /// What will happen, and when.
    lead: String,
    /// That any key keeps the answers.
    any: String,
    /// The words of the button that keeps them.
    stay: String,
    /// The answers are to be kept.
    on_stay: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="ar-idle" role="alert">
            <Heading words=title />
            <p class="ar-lead">{lead}</p>
            <p>{any}</p>
            <div class="ar-actions">
                <button type="button" class="ar-button" on:click=move |_| on_stay.run(())>{stay}</button>
            </div>
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![("idle warning", view! {
        <IdleWarning
            title="Are you still there?".to_owned()
            lead="Nothing has been pressed here for a while. This page wipes your answers in 2 minutes.".to_owned()
            any="Any key or tap keeps them.".to_owned()
            stay="Keep my answers".to_owned()
            on_stay=Callback::new(|()| ())
        />
    }
    .into_any())]
}
