//! A field to find a name by, the names that are found, and the names that were chosen.
//!
//! A combobox with a list (ARIA 1.2): the focus stays in the field, the arrow keys go through the list, Enter takes what
//! they came to, Escape puts the list away. Nothing is taken without having been pointed at.

use leptos::prelude::*;

use crate::engine::session::Direction;

/// The words around the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSearchWords {
    /// The field's label.
    pub label: String,
    /// What can be typed.
    pub hint: String,
    /// The title of the names that were chosen.
    pub chosen: String,
    /// What a press on a chosen name does.
    pub remove: String,
    /// What is said under the chosen names.
    pub caution: String,
}

/// The field, its list and the chosen names.
#[component]
pub fn NameSearch(
    /// The field's id; the ids of the list and its entries begin with it.
    id: String,
    /// The words around the field.
    words: NameSearchWords,
    /// What is typed.
    #[prop(into)]
    typed: Signal<String>,
    /// The names that were found, each with what it is.
    #[prop(into)]
    offers: Signal<Vec<String>>,
    /// Whether they are shown.
    #[prop(into)]
    open: Signal<bool>,
    /// Which of them an arrow key came to, counted from 0.
    #[prop(into)]
    active: Signal<Option<usize>>,
    /// How many were found, or that there are none.
    #[prop(into)]
    status: Signal<Option<String>>,
    /// The names that were chosen.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// Something was typed.
    on_type: Callback<String>,
    /// An arrow key was pressed.
    on_move: Callback<Direction>,
    /// A name was chosen.
    on_choose: Callback<usize>,
    /// Escape was pressed.
    on_shut: Callback<()>,
    /// A chosen name is to be taken out.
    on_remove: Callback<usize>,
) -> impl IntoView {
    let list = format!("{id}-list");
    let (hint, count) = (format!("{id}-hint"), format!("{id}-status"));
    let entry_id = StoredValue::new(id.clone());
    let entry_id = move |place: usize| format!("{}-{place}", entry_id.get_value());
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        let something_typed = !typed.get_untracked().trim().is_empty();
        match (event.key().as_str(), active.get_untracked()) {
            ("ArrowDown", _) => on_move.run(Direction::Next),
            ("ArrowUp", _) => on_move.run(Direction::Back),
            ("Enter", Some(place)) if open.get_untracked() => on_choose.run(place),
            // With something typed, Enter must not leave the question behind.
            ("Enter", _) if something_typed => on_move.run(Direction::Next),
            ("Escape", _) if something_typed => on_shut.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    let title = words.chosen.clone();
    let chips = move || {
        let names = chosen.get();
        (!names.is_empty()).then(|| {
            let chips: Vec<_> = names
                .into_iter()
                .enumerate()
                .map(|(place, name)| view! {
                    <li>
                        <button type="button" class="ar-names__chip" on:click=move |_| on_remove.run(place)>
                            <span class="ar-sr">{words.remove.clone()} ": "</span>
                            {name}
                        </button>
                    </li>
                })
                .collect();
            view! {
                <div class="ar-names__chosen">
                    <p class="ar-names__title" id="ar-names-chosen">{title.clone()}</p>
                    <ul class="ar-names__chips" aria-labelledby="ar-names-chosen">{chips}</ul>
                    <p class="ar-names__caution">{words.caution.clone()}</p>
                </div>
            }
        })
    };
    view! {
        <div class="ar-names">
            <label class="ar-field__label" for=id.clone()>{words.label}</label>
            <p class="ar-field__hint" id=hint.clone()>{words.hint}</p>
            <input
                class="ar-field__input ar-names__input"
                id=id
                type="text"
                role="combobox"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                enterkeyhint="search"
                aria-autocomplete="list"
                aria-controls=list.clone()
                aria-describedby=format!("{hint} {count}")
                aria-expanded=move || open.get().to_string()
                aria-activedescendant=move || active.get().filter(|_| open.get()).map(entry_id)
                prop:value=move || typed.get()
                on:input=move |event| on_type.run(event_target_value(&event))
                on:keydown=on_key
            />
            <p class="ar-names__status" id=count>{move || status.get()}</p>
            <ul class="ar-names__list" id=list role="listbox" aria-label=words.chosen hidden=move || !open.get()>
                {move || offers.get().into_iter().enumerate().map(|(place, offer)| view! {
                    <li
                        class="ar-names__offer"
                        id=entry_id(place)
                        role="option"
                        aria-selected=move || (active.get() == Some(place)).to_string()
                        // The focus stays in the field, so that typing can go on.
                        on:mousedown=|event| event.prevent_default()
                        on:click=move |_| on_choose.run(place)
                    >
                        {offer}
                    </li>
                }).collect::<Vec<_>>()}
            </ul>
            {chips}
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("name search, empty", example("a", "", &[], None, None, &[])),
        (
            "name search, with names that were found and chosen",
            example(
                "b",
                "zanax",
                &[
                    "Xanax (alprazolam): sleep or nerve pills",
                    "“zanax” is another medicine: keep it for the team",
                ],
                Some(0),
                Some("1 found. Use the arrow keys, then Enter, or tap one."),
                &["Prozac (fluoxetine)"],
            ),
        ),
    ]
}

fn example(
    id: &str,
    typed: &'static str,
    offers: &'static [&'static str],
    active: Option<usize>,
    status: Option<&'static str>,
    chosen: &'static [&'static str],
) -> AnyView {
    let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>();
    view! {
        <NameSearch
            id=format!("example-names-{id}")
            words=NameSearchWords {
                label: "Find a medicine by its name".to_owned(),
                hint: "Brand or generic.".to_owned(),
                chosen: "The names you chose".to_owned(),
                remove: "Take out".to_owned(),
                caution: "Do not stop or skip any medicine unless your prescriber tells you to.".to_owned(),
            }
            typed=Signal::derive(move || typed.to_owned())
            offers=Signal::derive(move || all(offers))
            open=Signal::derive(move || !offers.is_empty())
            active=Signal::derive(move || active)
            status=Signal::derive(move || status.map(str::to_owned))
            chosen=Signal::derive(move || all(chosen))
            on_type=Callback::new(|_| ())
            on_move=Callback::new(|_| ())
            on_choose=Callback::new(|_| ())
            on_shut=Callback::new(|()| ())
            on_remove=Callback::new(|_| ())
        />
    }
    .into_any()
}
