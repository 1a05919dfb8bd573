//! How far along the questions are, in words and as a bar.

use leptos::prelude::*;

/// The progress line. The bar repeats the words, so it is hidden from screen readers.
#[component]
pub fn Progress(
    /// The section's title.
    section: String,
    /// The words, for example "Question 3 of 57", or "Question 3" while it is not known of how many.
    words: String,
    /// How many are done, 0 or more.
    done: usize,
    /// How many there are; none while it is not known, and then there is no bar.
    total: Option<usize>,
) -> impl IntoView {
    view! {
        <div class="ar-progress">
            <p class="ar-progress__words">
                <span class="ar-progress__section">{section}</span>
                <span class="ar-progress__count">{words}</span>
            </p>
            <progress
                class="ar-progress__bar"
                max=total.unwrap_or(1).to_string()
                value=done.to_string()
                hidden=total.is_none()
                aria-hidden="true"
            ></progress>
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("progress, before all questions have come", example(0, None, "Question 1")),
        ("progress, the first of three", example(0, Some(3), "Question 1 of 3")),
        ("progress, the last of three", example(2, Some(3), "Question 3 of 3")),
    ]
}

fn example(done: usize, total: Option<usize>, words: &str) -> AnyView {
    view! { <Progress section="Heart and blood vessels".to_owned() words=words.to_owned() done total /> }
        .into_any()
}
