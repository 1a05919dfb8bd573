//! Says that part of the guide could not be read: one calm line for the patient, the list for the clinic.

use leptos::prelude::*;

/// The problems of the content.
#[component]
pub fn Problems(
    /// The heading.
    title: String,
    /// What it means for the patient.
    lead: String,
    /// The words that open the list.
    more: String,
    /// Each problem as a sentence with file, line and remedy.
    problems: Vec<String>,
) -> impl IntoView {
    let problems: Vec<_> = problems.into_iter().map(|problem| view! { <li>{problem}</li> }).collect();
    view! {
        <aside class="ar-problems">
            <h2 class="ar-problems__title">{title}</h2>
            <p>{lead}</p>
            <details class="ar-details">
                <summary class="ar-details__summary">{more}</summary>
                <ul role="list" class="ar-problems__list">{problems}</ul>
            </details>
        </aside>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("problems", view! {
            <Problems
                title="Part of this guide could not be read".to_owned()
                lead="If something is missing, please call the clinic.".to_owned()
                more="For the clinic: what to mend".to_owned()
                problems=vec!["settings.toml:7: error: This line is not TOML. Compare it with the lines around it.".to_owned()]
            />
        }
        .into_any()),
    ]
}
