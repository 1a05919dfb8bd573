//! What stands at the foot of a page: where it comes from, who checked it and when, and what it cannot be.

use leptos::prelude::*;

/// What is known about a page, in words. Empty texts are not shown.
#[derive(Clone, Default)]
pub struct About {
    /// The heading.
    pub title: String,
    /// That it is no medical advice.
    pub not_advice: String,
    /// When it was checked, by whom, and when it must be checked again.
    pub review: Vec<String>,
    /// Labels and what they stand for: how strong the proof is, who paid.
    pub facts: Vec<(String, String)>,
    /// The label of the sources.
    pub sources_title: String,
    /// The title of each source, and its address if there is one.
    pub sources: Vec<(String, Option<String>)>,
}

/// About this page.
#[component]
pub fn AboutPage(
    /// What is known about it.
    about: About,
) -> impl IntoView {
    let review: Vec<_> = about
        .review
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p>{line}</p> })
        .collect();
    let facts: Vec<_> = about
        .facts
        .into_iter()
        .filter(|(_, fact)| !fact.is_empty())
        .map(|(label, fact)| view! { <p><strong>{label} ": "</strong> {fact}</p> })
        .collect();
    let sources: Vec<_> = about
        .sources
        .into_iter()
        .map(|(title, address)| match address {
            Some(address) => view! {
                <li><a class="ar-link" href=address target="_blank" rel="noopener noreferrer">{title}</a></li>
            }
            .into_any(),
            None => view! { <li>{title}</li> }.into_any(),
        })
        .collect();
    view! {
        <section class="ar-about">
            <h2 class="ar-about__title">{about.title}</h2>
            <p class="ar-about__not">{about.not_advice}</p>
            {review}
            {facts}
            {(!sources.is_empty()).then(|| view! {
                <details class="ar-details">
                    <summary class="ar-details__summary">{about.sources_title}</summary>
                    <ul role="list" class="ar-about__sources">{sources}</ul>
                </details>
            })}
        </section>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let about = About {
        title: "About this page".to_owned(),
        not_advice: "It is not medical advice.".to_owned(),
        review: vec!["A clinician has not signed this yet.".to_owned(), String::new()],
        facts: vec![("How strong the proof is".to_owned(), "Some trials".to_owned())],
        sources_title: "Where this comes from".to_owned(),
        sources: vec![
            ("A study".to_owned(), Some("https://doi.org/10.1".to_owned())),
            ("A book".to_owned(), None),
        ],
    };
    let bare = About {
        title: "About this page".to_owned(),
        not_advice: "Not advice.".to_owned(),
        ..About::default()
    };
    vec![
        ("about_page", view! { <AboutPage about /> }.into_any()),
        ("about_page, without sources", view! { <AboutPage about=bare /> }.into_any()),
    ]
}
