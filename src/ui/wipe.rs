//! Takes what is kept on this device away, after asking once.

use leptos::prelude::*;

use crate::engine::keep::WIPE_ASK;

/// The words of the wipe.
#[derive(Clone)]
pub struct WipeWords {
    /// The button that asks to wipe.
    pub wipe: String,
    /// The question.
    pub title: String,
    /// That it cannot be brought back.
    pub lead: String,
    /// The button that wipes.
    pub yes: String,
    /// The button that does not.
    pub no: String,
}

/// The button, and in its place the question once it was pressed.
#[component]
pub fn Wipe(
    /// The words.
    words: WipeWords,
    /// Whether it is asked back.
    #[prop(into)]
    asks: Signal<bool>,
    /// The button was pressed.
    on_wipe: Callback<()>,
    /// It is to be wiped for good.
    on_yes: Callback<()>,
    /// It is not.
    on_no: Callback<()>,
) -> impl IntoView {
    move || {
        let WipeWords { wipe, title, lead, yes, no } = words.clone();
        if asks.get() {
            view! {
                <div class="ar-callout" role="group" aria-labelledby=WIPE_ASK>
                    <h3 class="ar-section-title" id=WIPE_ASK tabindex="-1">{title}</h3>
                    <p>{lead}</p>
                    <div class="ar-actions">
                        <button type="button" class="ar-button" on:click=move |_| on_yes.run(())>{yes}</button>
                        <button type="button" class="ar-button ar-button--quiet" on:click=move |_| on_no.run(())>{no}</button>
                    </div>
                </div>
            }
            .into_any()
        } else {
            view! {
                <p>
                    <button type="button" class="ar-link-button" on:click=move |_| on_wipe.run(())>{wipe}</button>
                </p>
            }
            .into_any()
        }
    }
}

/// Words for examples.
pub(super) fn example_words() -> WipeWords {
    WipeWords {
        wipe: "Wipe it".to_owned(),
        title: "Wipe it for good?".to_owned(),
        lead: "No one can bring it back.".to_owned(),
        yes: "Yes, wipe it".to_owned(),
        no: "No, leave it there".to_owned(),
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let example = |asks: bool| {
        let nothing = Callback::new(|()| ());
        view! {
            <Wipe
                words=example_words()
                asks=Signal::derive(move || asks)
                on_wipe=nothing
                on_yes=nothing
                on_no=nothing
            />
        }
        .into_any()
    };
    vec![("wipe", example(false)), ("wipe, asked back", example(true))]
}
