//! Help that is one key away everywhere and opens by itself when an answer asks for it.
//!
//! It stands in place of the screen, not over it: in a frame that grows with its content an overlay could open
//! where nobody looks. The answers stay, and nothing is sent (clinical-facts.md 4.3).

use leptos::prelude::*;

/// The words of the crisis panel, in the order of clinical-facts.md 4.3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CrisisWords {
    /// Whether the emergency number comes before the help lines.
    pub emergency_first: bool,
    /// The heading.
    pub title: String,
    /// One warm line.
    pub warm: String,
    /// The help lines of the region.
    pub lines: Lines,
    /// The words of the emergency call.
    pub emergency: String,
    /// When to make it.
    pub emergency_more: String,
    /// "What happens when you contact 988".
    pub what: String,
    /// What happens then.
    pub what_more: String,
    /// Tell someone near you.
    pub near: String,
    /// No one at the clinic sees this.
    pub nobody: String,
}

/// Which help lines are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lines {
    /// 988, as in the US and Canada.
    Lifeline {
        /// Call.
        call: String,
        /// Text.
        text: String,
        /// Chat.
        chat: String,
        /// In Spanish.
        spanish: String,
        /// For veterans.
        veterans: String,
    },
    /// A directory of help lines for everywhere else.
    Directory {
        /// What it is.
        lead: String,
        /// The link's words.
        link: String,
    },
}

impl Default for Lines {
    fn default() -> Self {
        Self::Directory { lead: String::new(), link: String::new() }
    }
}

/// The help lines and what to know, without the way back; also stands in a `get-help` result.
#[component]
pub fn CrisisLines(
    /// The words.
    words: CrisisWords,
) -> impl IntoView {
    // Outside the US the emergency number differs, so there is no number to dial.
    let dial = matches!(words.lines, Lines::Lifeline { .. });
    let (lines_first, emergency_line) = if words.emergency_first {
        ("ar-help__line", "ar-help__line ar-help__line--first")
    } else {
        ("ar-help__line ar-help__line--first", "ar-help__line")
    };
    let lines = match words.lines {
        Lines::Lifeline { call, text, chat, spanish, veterans } => view! {
            <ul role="list" class="ar-help__lines">
                <li><a class=lines_first href="tel:988">{call}</a></li>
                <li><a class="ar-help__line" href="sms:988">{text}</a></li>
                <li>
                    <a class="ar-help__line" href="https://988lifeline.org/chat" target="_blank" rel="noopener noreferrer">
                        {chat}
                    </a>
                </li>
            </ul>
            <p lang="es">{spanish}</p>
            <p>{veterans}</p>
        }
        .into_any(),
        Lines::Directory { lead, link } => view! {
            <p>{lead}</p>
            <ul role="list" class="ar-help__lines">
                <li>
                    <a class=lines_first href="https://findahelpline.com" target="_blank" rel="noopener noreferrer">
                        {link}
                    </a>
                </li>
            </ul>
        }
        .into_any(),
    };
    let emergency_words = words.emergency;
    let emergency_call = if dial {
        view! { <a class=emergency_line href="tel:911">{emergency_words}</a> }.into_any()
    } else {
        view! { <strong>{emergency_words}</strong> }.into_any()
    };
    let emergency = view! {
        <p class="ar-help__emergency">
            {emergency_call}
            <span>{words.emergency_more}</span>
        </p>
    }
    .into_any();
    let (first, second) = if words.emergency_first { (emergency, lines) } else { (lines, emergency) };
    view! {
        <p class="ar-help__warm">{words.warm}</p>
        {first}
        {second}
        {dial.then(|| view! {
            <h2 class="ar-help__what">{words.what}</h2>
            <p>{words.what_more}</p>
        })}
        {(!words.emergency_first).then(|| view! { <p>{words.near}</p> })}
        <p class="ar-help__nobody">{words.nobody}</p>
    }
}

/// The crisis panel, in place of the screen.
#[component]
pub fn CrisisPanel(
    /// The words.
    words: CrisisWords,
    /// The words of the way back.
    back: String,
    /// The words of the way out.
    leave: String,
    /// The way back was taken.
    on_back: Callback<()>,
    /// The way out was taken.
    on_leave: Callback<()>,
) -> impl IntoView {
    let title = words.title.clone();
    view! {
        <section class="ar-help" role="alertdialog" aria-labelledby="ar-help">
            <h1 class="ar-help__title" id="ar-help" tabindex="-1">{title}</h1>
            <CrisisLines words />
            <div class="ar-actions">
                <button type="button" class="ar-button ar-button--quiet" on:click=move |_| on_back.run(())>{back}</button>
                <button type="button" class="ar-link-button" on:click=move |_| on_leave.run(())>{leave}</button>
            </div>
        </section>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("crisis panel, US", example(lifeline(), false)),
        ("crisis panel, US, emergency first", example(lifeline(), true)),
        (
            "crisis panel, elsewhere",
            example(
                Lines::Directory {
                    lead: "Find a line near you.".to_owned(),
                    link: "findahelpline.com".to_owned(),
                },
                false,
            ),
        ),
    ]
}

fn lifeline() -> Lines {
    Lines::Lifeline {
        call: "Call 988".to_owned(),
        text: "Text 988".to_owned(),
        chat: "Chat".to_owned(),
        spanish: "En español: oprima 2.".to_owned(),
        veterans: "Veterans: press 1.".to_owned(),
    }
}

fn example(lines: Lines, emergency_first: bool) -> AnyView {
    let words = CrisisWords {
        emergency_first,
        title: "You deserve help now".to_owned(),
        warm: "A trained person can talk with you.".to_owned(),
        lines,
        emergency: "Call 911".to_owned(),
        emergency_more: "If someone is in danger right now.".to_owned(),
        what: "What happens when you contact 988".to_owned(),
        what_more: "A counselor comes on.".to_owned(),
        near: "Tell someone near you.".to_owned(),
        nobody: "No one at the clinic sees this.".to_owned(),
    };
    view! {
        <CrisisPanel
            words
            back="Back to where I was".to_owned()
            leave="Clear my answers and leave".to_owned()
            on_back=Callback::new(|()| ())
            on_leave=Callback::new(|()| ())
        />
    }
    .into_any()
}
