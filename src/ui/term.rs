//! A hard name with its meaning: a button beside which the meaning opens in place, and the whole glossary as a list.

use leptos::prelude::*;

use crate::engine::guide::slug::folded;
use crate::engine::guide::words::{Say, Term};
use crate::engine::ids::Lang;
use crate::ui::context::Ui;

/// A hard name in a text. Press it, and the meaning stands behind it; press it again or Escape, and it is gone. The
/// focus never moves.
#[component]
pub fn TermTap(
    /// The name as the text has it.
    children: Children,
    /// Its meaning.
    meaning: String,
    /// The meaning's language, where it is another than the text's.
    lang: Option<Lang>,
    /// The words for screen readers behind the name: "what this means".
    more: String,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let lang = lang.map(|lang| lang.to_string());
    view! {
        <button
            type="button"
            class="ar-term"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            on:click=move |_| open.update(|open| *open = !*open)
            on:keydown=move |event| {
                if event.key() == "Escape" {
                    open.set(false);
                }
            }
        >
            {children()}
            <span class="ar-sr">", " {more}</span>
        </button>
        {move || open.get().then(|| view! {
            <span class="ar-term__meaning" lang=lang.clone()>{meaning.clone()}</span>
        })}
    }
}

/// Every term of the glossary, by its first letter.
#[component]
pub fn GlossaryList(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let terms: Vec<Term> = ui.session.with_untracked(|session| {
        session.words_with_terms().glossary().into_iter().cloned().collect()
    });
    let mut letters: Vec<(String, Vec<Term>)> = Vec::new();
    for term in terms {
        let letter = folded(&term.word).chars().next().map(|letter| letter.to_uppercase().to_string());
        let letter = letter.unwrap_or_default();
        match letters.last_mut() {
            Some((last, terms)) if *last == letter => terms.push(term),
            _ => letters.push((letter, vec![term])),
        }
    }
    let lists: Vec<_> = letters
        .into_iter()
        .map(|(letter, terms)| {
            let terms: Vec<_> =
                terms.into_iter().map(|term| view! { <dt>{term.word}</dt> <dd>{term.meaning}</dd> }).collect();
            view! {
                <section class="ar-glossary__part">
                    <h2 class="ar-glossary__letter">{letter}</h2>
                    <dl class="ar-terms">{terms}</dl>
                </section>
            }
        })
        .collect();
    view! { <div class="ar-glossary">{lists}</div> }
}

/// The meaning of a term for a text, and the language it is in where that is another.
pub fn tap(ui: Ui, term: &crate::engine::ids::TermId, children: Children) -> AnyView {
    let found = ui.session.with_untracked(|session| {
        let words = session.words_with_terms();
        words.term(term).map(|term| (term.meaning.clone(), words.lang.clone(), session.lang().clone()))
    });
    match found {
        Some((meaning, lang, spoken)) => view! {
            <TermTap meaning lang=(lang != spoken).then_some(lang) more=ui.say(Say::TermMeaning)>{children()}</TermTap>
        }
        .into_any(),
        // The glossary has not come, or has no such term: the name alone.
        None => children().into_any(),
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let tap = view! {
        <p>
            "This is called "
            <TermTap meaning="Not approved by the FDA for this use.".to_owned() lang=None more="what this means".to_owned()>
                "off-label"
            </TermTap>
            "."
        </p>
    };
    vec![("term", tap.into_any()), ("glossary", view! { <GlossaryList ui=Ui::example() /> }.into_any())]
}
