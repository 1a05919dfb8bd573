//! A short list of advice under a heading: questions to ask, next steps, other care.

use leptos::prelude::*;

/// Lines of advice.
#[component]
pub fn AdviceList(
    /// The heading.
    title: String,
    /// A sentence under it; may be empty.
    lead: String,
    /// The lines.
    lines: Vec<String>,
) -> impl IntoView {
    view! {
        <section class="ar-advice">
            <h2 class="ar-section-title">{title}</h2>
            {(!lead.is_empty()).then(|| view! { <p class="ar-advice__lead">{lead}</p> })}
            <ul role="list" class="ar-advice__lines">
                {lines.into_iter().map(|line| view! { <li class="ar-advice__line">{line}</li> }).collect_view()}
            </ul>
        </section>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        (
            "advice, questions to ask",
            example("Questions to ask this clinic", "These come from your answers."),
        ),
        ("advice, next steps", example("What you can do next", "")),
    ]
}

fn example(title: &str, lead: &str) -> AnyView {
    let lines = ["Who watches me the whole time?", "What is the total cost, in writing?"].map(str::to_owned);
    view! { <AdviceList title=title.to_owned() lead=lead.to_owned() lines=lines.to_vec() /> }.into_any()
}
