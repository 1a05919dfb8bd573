//! One reason of a result: what it says, what to do next, and why it is shown.

use leptos::prelude::*;

/// A reason as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReasonView {
    /// The level's name in files; chooses the colour.
    pub level: &'static str,
    /// The level in a word or two.
    pub tag: String,
    /// What it is about, where one of several things was ticked; may be empty.
    pub subject: String,
    /// The reason's words.
    pub words: String,
    /// What to do next; may be empty.
    pub next: String,
    /// The answers that the rule read: question and answer.
    pub said: Vec<(String, String)>,
    /// What the rule is.
    pub rule: String,
    /// The rule's id, said so that a person knows what it is for.
    pub name: String,
    /// What the rule found in numbers and counts.
    pub found: Vec<String>,
    /// The sources: title and address.
    pub sources: Vec<(String, Option<String>)>,
    /// When the rule was checked, and by whom.
    pub reviewed: String,
}

/// The headings within a reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReasonHeadings {
    /// "What you can do next".
    pub next: String,
    /// "Why you see this".
    pub why: String,
    /// "You said".
    pub said: String,
    /// "The rule".
    pub rule: String,
    /// "Source".
    pub sources: String,
}

/// A reason.
#[component]
pub fn ReasonCard(
    /// The reason.
    reason: ReasonView,
    /// The headings within it.
    headings: ReasonHeadings,
) -> impl IntoView {
    let said: Vec<_> = reason
        .said
        .into_iter()
        .map(|(ask, said)| view! { <dd>{ask} " " <strong>{said}</strong></dd> })
        .collect();
    let sources: Vec<_> = reason
        .sources
        .into_iter()
        .map(|(title, address)| {
            let source = match address {
                Some(address) => view! {
                    <a class="ar-link" href=address target="_blank" rel="noopener noreferrer">{title}</a>
                }
                .into_any(),
                None => view! { {title} }.into_any(),
            };
            view! { <dd>{source}</dd> }
        })
        .collect();
    let next = (!reason.next.is_empty()).then(|| {
        view! {
            <p class="ar-reason__next">
                <strong class="ar-reason__next-title">{headings.next}</strong>
                {reason.next}
            </p>
        }
    });
    view! {
        <li class=format!("ar-reason ar-reason--{}", reason.level)>
            <p class="ar-reason__tag">{reason.tag}</p>
            {(!reason.subject.is_empty()).then(|| view! { <p class="ar-reason__subject">{reason.subject}</p> })}
            <p class="ar-reason__words">{reason.words}</p>
            {next}
            <details class="ar-details">
                <summary class="ar-details__summary">{headings.why}</summary>
                <dl class="ar-reason__trace">
                    <dt>{headings.said}</dt>
                    {said}
                    <dt>{headings.rule}</dt>
                    {reason.found.into_iter().map(|found| view! { <dd>{found}</dd> }).collect::<Vec<_>>()}
                    <dd>{reason.rule}</dd>
                    <dd class="ar-reason__reviewed">{reason.name}</dd>
                    <dt>{headings.sources}</dt>
                    {sources}
                    <dd class="ar-reason__reviewed">{reason.reviewed}</dd>
                </dl>
            </details>
        </li>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("reason, talk it over", example("review", "Talk it over", "Bring your records.")),
        ("reason, not right now", example("stop", "Not right now", "Call your own doctor.")),
        ("reason, a note without a next step", example("note", "Tell the clinic", "")),
    ]
}

fn example(level: &'static str, tag: &str, next: &str) -> AnyView {
    let reason = ReasonView {
        level,
        tag: tag.to_owned(),
        subject: if level == "stop" { "Theophylline or aminophylline".to_owned() } else { String::new() },
        words: "This drug can raise blood pressure for an hour or two.".to_owned(),
        next: next.to_owned(),
        said: vec![("High blood pressure?".to_owned(), "Not sure".to_owned())],
        rule: "This answer counts as “talk it over” in this guide.".to_owned(),
        name: "Its name, to ask the clinic about it: bp_history.not-sure".to_owned(),
        found: if level == "stop" {
            vec!["Top number (systolic): 190 is at least 180 mmHg.".to_owned()]
        } else {
            Vec::new()
        },
        sources: vec![
            ("FDA label".to_owned(), None),
            ("Yale 2024".to_owned(), Some("https://doi.org/10.1016/j.genhosppsych.2024.07.001".to_owned())),
        ],
        reviewed: "Checked against its sources on 2026-11-21.".to_owned(),
    };
    let headings = ReasonHeadings {
        next: "What you can do next".to_owned(),
        why: "Why you see this".to_owned(),
        said: "You said".to_owned(),
        rule: "The rule".to_owned(),
        sources: "Source".to_owned(),
    };
    view! { <ul role="list" class="ar-reasons__list"><ReasonCard reason headings /></ul> }.into_any()
}
