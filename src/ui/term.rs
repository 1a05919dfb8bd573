//! A hard name with its meaning: a button behind which the meaning opens in place, and the whole glossary as a list.

use leptos::prelude::*;

use crate::engine::guide::slug::folded;
use crate::engine::guide::words::{Say, Term};
use crate::engine::ids::TermId;
use crate::ui::context::Ui;

/// A hard name in a text. Press it, and the meaning stands behind it; press it again or Escape, and it is gone. The
/// focus never moves.
#[component]
pub fn TermTap(
    /// The name as the text has it.
    word: AnyView,
    /// Its meaning.
    meaning: String,
    /// The meaning's language; empty if it is that of the text.
    lang: String,
    /// The words for screen readers behind the name: "what this means".
    more: String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <button
            type="button"
            class="ar-term"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|open| *open = !*open)
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    // Used up here: a dialog around the widget stays open.
                    event.prevent_default();
                    open.set(false);
                }
            }
        >
            {word}
            <span class="ar-pause">","</span>
            <span class="ar-sr">{more}</span>
        </button>
        <span class="ar-term__meaning" hidden=move || !open.get() lang=(!lang.is_empty()).then_some(lang)>
            {meaning}
        </span>
    }
}

/// A hard name with its meaning out of the glossary; the name alone where the glossary has not come or lacks it.
pub fn tap(ui: Ui, term: &TermId, word: AnyView) -> AnyView {
    let found = ui.session.with_untracked(|session| {
        let words = session.words_with_terms();
        let lang = if words.lang == *session.lang() { "" } else { words.lang.as_str() };
        words.term(term).map(|term| (term.meaning.clone(), lang.to_owned()))
    });
    match found {
        Some((meaning, lang)) => {
            view! { <TermTap word meaning lang more=ui.say(Say::TermMeaning) /> }.into_any()
        }
        None => word,
    }
}

/// Terms in the order of the alphabet, by their first letter.
#[component]
pub fn GlossaryList(
    /// The terms, in order.
    terms: Vec<Term>,
) -> impl IntoView {
    let mut letters: Vec<(String, Vec<AnyView>)> = Vec::new();
    for term in terms {
        let letter = folded(&term.word).chars().next().into_iter().flat_map(char::to_uppercase).collect();
        let row = view! { <dt>{term.word}</dt> <dd>{term.meaning}</dd> }.into_any();
        match letters.last_mut() {
            Some((last, rows)) if *last == letter => rows.push(row),
            _ => letters.push((letter, vec![row])),
        }
    }
    let parts: Vec<_> = letters
        .into_iter()
        .map(|(letter, rows)| {
            view! {
                <div class="ar-glossary__part">
                    <p class="ar-glossary__letter" aria-hidden="true">{letter}</p>
                    <dl class="ar-terms">{rows}</dl>
                </div>
            }
        })
        .collect();
    view! { <div class="ar-glossary">{parts}</div> }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let tap = view! {
        <p>
            "This is called "
            <TermTap
                word="off-label".into_any()
                meaning="Not approved by the FDA for this use.".to_owned()
                lang=String::new()
                more="what this means".to_owned()
            />
            "."
        </p>
    };
    let term = |word: &str, meaning: &str| Term { word: word.to_owned(), meaning: meaning.to_owned() };
    let terms = vec![term("IV", "Into a vein."), term("infusion", "A slow drip."), term("nurse", "A carer.")];
    vec![("term", tap.into_any()), ("glossary", view! { <GlossaryList terms /> }.into_any())]
}
