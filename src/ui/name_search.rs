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

/// What is typed, found and chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameSearchState {
    /// What is typed.
    pub typed: String,
    /// The names that were found, each with what it is.
    pub offers: Vec<String>,
    /// Whether they are shown.
    pub open: bool,
    /// Which of them an arrow key came to, counted from 0.
    pub active: Option<usize>,
    /// How many were found, or that there are none.
    pub status: Option<String>,
    /// The names that were chosen.
    pub chosen: Vec<String>,
}

/// The field, its list and the chosen names.
#[component]
pub fn NameSearch(
    /// The field's id; the ids of the list and its entries begin with it.
    id: String,
    /// The words around the field.
    words: NameSearchWords,
    /// What is typed, found and chosen.
    #[prop(into)]
    state: Signal<NameSearchState>,
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
        let now = state.get_untracked();
        let something_typed = !now.typed.trim().is_empty();
        match (event.key().as_str(), now.active) {
            ("ArrowDown", _) => on_move.run(Direction::Next),
            ("ArrowUp", _) => on_move.run(Direction::Back),
            ("Enter", Some(place)) if now.open => on_choose.run(place),
            // With something typed, Enter must not leave the question behind.
            ("Enter", _) if something_typed => on_move.run(Direction::Next),
            ("Escape", _) if something_typed => on_shut.run(()),
            _ => return,
        }
        event.prevent_default();
    };
    let title = words.chosen.clone();
    let list_label = words.label.clone();
    let title_id = StoredValue::new(format!("{id}-chosen"));
    let chips = move || {
        let names = state.get().chosen;
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
                    <p class="ar-names__title" id=title_id.get_value()>{title.clone()}</p>
                    <ul role="list" class="ar-names__chips" aria-labelledby=title_id.get_value()>{chips}</ul>
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
                aria-expanded=move || state.get().open.to_string()
                aria-activedescendant=move || {
                    let now = state.get();
                    now.active.filter(|_| now.open).map(entry_id)
                }
                prop:value=move || state.get().typed
                on:input=move |event| on_type.run(event_target_value(&event))
                on:keydown=on_key
            />
            <p class="ar-names__status" id=count>{move || state.get().status}</p>
            <ul class="ar-names__list" id=list role="listbox" aria-label=list_label hidden=move || !state.get().open>
                {move || state.get().offers.into_iter().enumerate().map(|(place, offer)| view! {
                    <li
                        class="ar-names__offer"
                        id=entry_id(place)
                        role="option"
                        aria-selected=move || (state.get().active == Some(place)).to_string()
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
            state=Signal::derive(move || NameSearchState {
                typed: typed.to_owned(),
                offers: all(offers),
                open: !offers.is_empty(),
                active,
                status: status.map(str::to_owned),
                chosen: all(chosen),
            })
            on_type=Callback::new(|_| ())
            on_move=Callback::new(|_| ())
            on_choose=Callback::new(|_| ())
            on_shut=Callback::new(|()| ())
            on_remove=Callback::new(|_| ())
        />
    }
    .into_any()
}
