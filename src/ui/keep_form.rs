//! Keeps the person's own file on this device: what that means, a new passphrase, and the button.

use leptos::prelude::*;

use crate::engine::keep::{AGAIN_FIELD, NEW_FIELD};
use crate::ui::fields::{Field, FieldKind};
use crate::ui::notice::NOTICE_ID;

/// The labels of the two fields, and the hint under the first.
#[derive(Clone)]
pub struct NewPassphrase {
    /// The label of the first.
    pub label: String,
    /// What a good one is.
    pub hint: String,
    /// The label of the second.
    pub again: String,
}

/// What is to be known before, the passphrase twice, and the button.
#[component]
pub fn KeepForm(
    /// What is to be known before.
    lines: Vec<String>,
    /// The words of the fields; none while the passphrase is known.
    fields: Option<NewPassphrase>,
    /// The words of the button.
    #[prop(into)]
    keep: Signal<String>,
    /// What is typed.
    #[prop(into)]
    passphrase: Signal<String>,
    /// Whether it is too easy to guess.
    #[prop(into)]
    weak: Signal<bool>,
    /// What is typed once more.
    #[prop(into)]
    again: Signal<String>,
    /// Whether that differs.
    #[prop(into)]
    differs: Signal<bool>,
    /// Something was typed as the passphrase.
    on_input: Callback<String>,
    /// Something was typed as the passphrase once more.
    on_again: Callback<String>,
    /// It is to be kept.
    on_keep: Callback<()>,
) -> impl IntoView {
    let lines: Vec<_> = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
    let fields = fields.map(|NewPassphrase { label, hint, again: label_again }| {
        view! {
            <Field
                id=NEW_FIELD.to_owned()
                label
                hint
                unit=""
                kind=FieldKind::Secret
                value=passphrase
                invalid=weak
                error=NOTICE_ID
                on_input
            />
            <Field
                id=AGAIN_FIELD.to_owned()
                label=label_again
                hint=""
                unit=""
                kind=FieldKind::Secret
                value=again
                invalid=differs
                error=NOTICE_ID
                on_input=on_again
            />
        }
    });
    view! {
        <form
            class="ar-keep"
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                on_keep.run(());
            }
        >
            <ul role="list" class="ar-keep__lines">{lines}</ul>
            {fields}
            <div class="ar-actions">
                <button type="submit" class="ar-button ar-button--quiet">{move || keep.get()}</button>
            </div>
        </form>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let example = |known: bool, weak: bool, differs: bool| {
        let fields = (!known).then(|| NewPassphrase {
            label: "Your passphrase".to_owned(),
            hint: "12 letters or more.".to_owned(),
            again: "The passphrase once more".to_owned(),
        });
        view! {
            <KeepForm
                lines=vec!["Only someone who knows the passphrase can read it.".to_owned()]
                fields
                keep=Signal::derive(|| "Keep it now".to_owned())
                passphrase=Signal::derive(String::new)
                weak=Signal::derive(move || weak)
                again=Signal::derive(String::new)
                differs=Signal::derive(move || differs)
                on_input=Callback::new(|_| ())
                on_again=Callback::new(|_| ())
                on_keep=Callback::new(|()| ())
            />
        }
        .into_any()
    };
    vec![
        ("keep, a new passphrase", example(false, false, false)),
        ("keep, a passphrase too easy to guess", example(false, true, false)),
        ("keep, two passphrases that differ", example(false, false, true)),
        ("keep, once more", example(true, false, false)),
    ]
}
