//! How far along the questions are, in words and as a bar.

use leptos::prelude::*;

/// The progress line. The bar repeats the words, so it is hidden from screen readers.
#[component]
pub fn Progress(
    /// The section's title.
    section: String,
    /// The words, for example "Question 3 of 57".
    words: String,
    /// How many are done, 0 or more.
    done: usize,
    /// How many there are.
    total: usize,
) -> impl IntoView {
    view! {
        <div class="ar-progress">
            <p class="ar-progress__words">
                <span class="ar-progress__section">{section}</span>
                <span class="ar-progress__count">{words}</span>
            </p>
            <progress class="ar-progress__bar" max=total.to_string() value=done.to_string() aria-hidden="true"></progress>
        </div>
    }
}
