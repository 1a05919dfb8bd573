//! The foot of every view: that answers stay here, the clinic's phone, and a way to clear.

use leptos::prelude::*;

/// The footer.
#[component]
pub fn Footer(
    /// That answers stay in this browser.
    private: String,
    /// The words of the way to what this page did.
    deeds: String,
    /// The way to what this page did was taken.
    on_deeds: Callback<()>,
    /// That this is not medical advice.
    not_advice: String,
    /// The words and the `tel:` address of the clinic's phone, if there is one.
    phone: Option<(String, String)>,
    /// The words of the way to the person's own file.
    own_file: String,
    /// That way was taken.
    on_own_file: Callback<()>,
    /// The words of the clear button; none while there is nothing to clear.
    #[prop(into)]
    clear: Signal<Option<String>>,
    /// Clear was pressed.
    on_clear: Callback<()>,
) -> impl IntoView {
    view! {
        <footer class="ar-footer">
            <p class="ar-footer__private">{private}</p>
            <p>
                <button type="button" class="ar-link-button" on:click=move |_| on_deeds.run(())>{deeds}</button>
            </p>
            {phone.map(|(words, address)| view! {
                <p><a class="ar-link" href=address>{words}</a></p>
            })}
            <p>
                <button type="button" class="ar-link-button" on:click=move |_| on_own_file.run(())>
                    {own_file}
                </button>
            </p>
            {move || clear.get().map(|words| view! {
                <p>
                    <button type="button" class="ar-link-button" on:click=move |_| on_clear.run(())>
                        {words}
                    </button>
                </p>
            })}
            <p class="ar-footer__small">{not_advice}</p>
        </footer>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("footer, nothing to clear", example(None, None)),
        (
            "footer, with a phone and answers",
            example(
                Some(("Call Harbor Light Clinic: +1 555 010 0142".to_owned(), "tel:+15550100142".to_owned())),
                Some("Clear my answers".to_owned()),
            ),
        ),
    ]
}

fn example(phone: Option<(String, String)>, clear: Option<String>) -> AnyView {
    let clear = Signal::derive(move || clear.clone());
    view! {
        <Footer
            private="Your answers stay in this browser.".to_owned()
            deeds="What this page did".to_owned()
            on_deeds=Callback::new(|()| ())
            not_advice="This is not medical advice.".to_owned()
            phone
            own_file="My file".to_owned()
            on_own_file=Callback::new(|()| ())
            clear
            on_clear=Callback::new(|()| ())
        />
    }
    .into_any()
}
