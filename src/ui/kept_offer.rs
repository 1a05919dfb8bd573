//! Opens what was kept on this device on another day.

use leptos::prelude::*;

use crate::engine::keep::OPEN_FIELD;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::notice::NOTICE_ID;

/// The offer: a heading, what it is, the passphrase, and what else belongs to it. It says nothing of what is kept, since
/// anybody who opens the page sees it.
#[component]
pub fn KeptOffer(
    /// The heading.
    title: String,
    /// What it is, and what can be done.
    lead: String,
    /// The label of the field and the words of the button; none if it cannot be opened.
    opening: Option<(String, Signal<String>)>,
    /// What is typed.
    #[prop(into)]
    passphrase: Signal<String>,
    /// Whether the passphrase did not fit.
    #[prop(into)]
    invalid: Signal<bool>,
    /// Something was typed.
    on_input: Callback<String>,
    /// It is to be opened.
    on_open: Callback<()>,
    /// What else belongs to it: how to wipe it.
    children: Children,
) -> impl IntoView {
    let form = opening.map(|(label, open)| {
        view! {
            <form
                class="ar-kept__form"
                novalidate
                autocomplete="off"
                on:submit=move |event| {
                    event.prevent_default();
                    on_open.run(());
                }
            >
                <Field
                    id=OPEN_FIELD.to_owned()
                    label
                    hint=""
                    unit=""
                    kind=FieldKind::Secret
                    value=passphrase
                    invalid
                    error=NOTICE_ID
                    on_input
                />
                <div class="ar-actions">
                    <button type="submit" class="ar-button ar-button--quiet">{move || open.get()}</button>
                </div>
            </form>
        }
    });
    view! {
        <section class="ar-kept">
            <h2 class="ar-kept__title">{title}</h2>
            <p>{lead}</p>
            {form}
            {children()}
        </section>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let example = |lead: &str, can_be_opened: bool, invalid: bool| {
        let opening = can_be_opened
            .then(|| ("Your passphrase".to_owned(), Signal::derive(|| "Open what you kept here".to_owned())));
        view! {
            <KeptOffer
                title="Kept on this device".to_owned()
                lead=lead.to_owned()
                opening
                passphrase=Signal::derive(String::new)
                invalid=Signal::derive(move || invalid)
                on_input=Callback::new(|_| ())
                on_open=Callback::new(|()| ())
            >
                <p>"How to wipe it."</p>
            </KeptOffer>
        }
        .into_any()
    };
    let lead = "Something is kept here. Only its passphrase opens it.";
    vec![
        ("kept, to open", example(lead, true, false)),
        ("kept, a passphrase that does not fit", example(lead, true, true)),
        ("kept, cannot be opened", example("What is kept here can not be opened.", false, false)),
    ]
}
