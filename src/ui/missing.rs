//! Questions that are still open, as a list to jump from: on the review and on a result that is not whole.

use leptos::prelude::*;

/// The open questions. Each is a button, not a link to a fragment: that would leave an entry in the browser's history.
#[component]
pub fn Missing(
    /// "Still to answer".
    title: String,
    /// One line on what the list is for.
    lead: String,
    /// The open questions: id and words.
    questions: Vec<(String, String)>,
    /// A question was followed, by its id.
    on_follow: Callback<String>,
) -> impl IntoView {
    let items = questions
        .into_iter()
        .map(|(id, ask)| {
            view! {
                <li>
                    <button type="button" class="ar-link-button" on:click=move |_| on_follow.run(id.clone())>
                        {ask}
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="ar-missing">
            <h2 class="ar-missing__title">{title}</h2>
            <p>{lead}</p>
            <ul role="list" class="ar-missing__list">{items}</ul>
        </section>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![(
        "missing answers",
        view! {
            <Missing
                title="Still to answer".to_owned()
                lead="Your result needs an answer to each of these.".to_owned()
                questions=vec![
                    ("age".to_owned(), "How old are you?".to_owned()),
                    ("liver".to_owned(), "Do you have liver disease?".to_owned()),
                ]
                on_follow=Callback::new(|_| ())
            />
        }
        .into_any(),
    )]
}
