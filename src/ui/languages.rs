//! The way to the guide's other languages, each by the name that its speakers give it.

use leptos::prelude::*;

use crate::engine::ids::Lang;

/// A button for each other language.
#[component]
pub fn Languages(
    /// What they are, for screen readers.
    label: String,
    /// The other languages and their names.
    others: Vec<(Lang, String)>,
    /// A language was chosen.
    on_choose: Callback<Lang>,
) -> impl IntoView {
    let buttons: Vec<_> = others
        .into_iter()
        .map(|(lang, name)| {
            let (tag, direction) = (lang.to_string(), lang.direction());
            view! {
                <button
                    type="button"
                    class="ar-languages__one"
                    lang=tag
                    dir=direction
                    on:click=move |_| on_choose.run(lang.clone())
                >
                    {name}
                </button>
            }
        })
        .collect();
    view! { <div class="ar-languages" role="group" aria-label=label>{buttons}</div> }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let others = vec![(Lang::from("es"), "Español".to_owned()), (Lang::from("ar"), "العربية".to_owned())];
    let example = view! { <Languages label="Language".to_owned() others on_choose=Callback::new(|_| ()) /> };
    vec![("languages", example.into_any())]
}
