//! What became of a copy, a save, a print or a send.

use leptos::prelude::*;

/// How a notice is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Done,
    /// It did not, and there is something else to do.
    Trouble,
}

/// The id of a notice, for the field that it is about.
pub const NOTICE_ID: &str = "ar-notice";

/// A notice. The engine moves the focus to it, which makes a screen reader read it once.
#[component]
pub fn Notice(
    /// How it is meant.
    tone: Tone,
    /// A heading; may be empty.
    #[prop(into)]
    title: String,
    /// What became of it, and what to do.
    lines: Vec<String>,
) -> impl IntoView {
    let class = match tone {
        Tone::Done => "ar-notice ar-notice--done",
        Tone::Trouble => "ar-notice ar-notice--trouble",
    };
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect();
    view! {
        <div class=class id=NOTICE_ID tabindex="-1">
            {(!title.is_empty()).then(|| view! { <h2 class="ar-notice__title">{title}</h2> })}
            {lines}
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("notice, done", view! { <Notice tone=Tone::Done title="" lines=vec!["Copied.".to_owned()] /> }.into_any()),
        ("notice, trouble", view! {
            <Notice
                tone=Tone::Trouble
                title="It was not sent"
                lines=vec!["The clinic's system did not answer in time.".to_owned(), "Nothing is lost.".to_owned()]
            />
        }
        .into_any()),
    ]
}
