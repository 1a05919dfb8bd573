//! Answers under their section's title, each with a Change link.

use leptos::prelude::*;

/// One answered question as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerRow {
    /// The question's id.
    pub question: String,
    /// The question's words.
    pub ask: String,
    /// The answer's words.
    pub said: String,
}

/// A section of answers.
#[component]
pub fn AnswerList(
    /// The section's title.
    title: String,
    /// The answers.
    rows: Vec<AnswerRow>,
    /// The word of the Change link.
    change: String,
    /// A Change link was followed.
    on_change: Callback<String>,
) -> impl IntoView {
    let rows: Vec<_> = rows
        .into_iter()
        .map(|row| {
            let change = change.clone();
            let ask = row.ask.clone();
            view! {
                <div class="ar-answers__row">
                    <dt class="ar-answers__ask">{row.ask}</dt>
                    <dd class="ar-answers__said">{row.said}</dd>
                    <dd class="ar-answers__change">
                        <button type="button" class="ar-link-button" on:click=move |_| on_change.run(row.question.clone())>
                            {change}
                            <span class="ar-pause">":"</span>
                            <span class="ar-sr">{ask}</span>
                        </button>
                    </dd>
                </div>
            }
        })
        .collect();
    view! {
        <section class="ar-answers">
            <h2 class="ar-answers__title">{title}</h2>
            <dl class="ar-answers__list">{rows}</dl>
        </section>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![(
        "answer list",
        view! {
            <AnswerList
                title="Heart and blood vessels".to_owned()
                rows=vec![AnswerRow {
                    question: "bp_history".to_owned(),
                    ask: "Has a doctor told you that you have high blood pressure?".to_owned(),
                    said: "No".to_owned(),
                }]
                change="Change".to_owned()
                on_change=Callback::new(|_| ())
            />
        }
        .into_any(),
    )]
}
