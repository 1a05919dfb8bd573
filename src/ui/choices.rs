//! Radios and checkboxes: native inputs with the whole row as the target.

use leptos::prelude::*;

/// One option of a question as it is drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Option {
    /// The value that is sent when it is chosen.
    pub value: String,
    /// Its words.
    pub words: String,
    /// Whether a line sets it apart from the ones before it ("none of these").
    pub apart: bool,
}

/// Whether one or several may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Radios.
    One,
    /// Checkboxes.
    Several,
}

/// The options of a question.
#[component]
pub fn Choices(
    /// The id of the question; the inputs' ids are made from it.
    name: String,
    /// The options, in order.
    options: Vec<Option>,
    /// One or several.
    many: Many,
    /// Whether an option is chosen now.
    chosen: Callback<String, bool>,
    /// An option was chosen or unchosen.
    on_change: Callback<String>,
    /// An arrow key came to an option, perhaps on the way to another.
    on_move: Callback<String>,
) -> impl IntoView {
    // A radio reached by an arrow key is chosen at once; only the key before it tells passing by from choosing.
    let by_arrow = StoredValue::new(false);
    let kind = match many {
        Many::One => "radio",
        Many::Several => "checkbox",
    };
    let rows: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            let id =
                if index == 0 { field_id(&name) } else { format!("{}-{}", field_id(&name), option.value) };
            let (value, changed) = (option.value.clone(), option.value.clone());
            view! {
                <div class="ar-choice" class:ar-choice--apart=option.apart>
                    <input
                        class="ar-choice__input"
                        type=kind
                        id=id.clone()
                        name=name.clone()
                        value=option.value
                        autocomplete="off"
                        prop:checked=move || chosen.run(value.clone())
                        on:change=move |_| {
                            let told = if by_arrow.get_value() { on_move } else { on_change };
                            told.run(changed.clone());
                        }
                    />
                    <label class="ar-choice__label" for=id>{option.words}</label>
                </div>
            }
        })
        .collect();
    view! {
       <div
           class="ar-choices"
           on:keydown=move |event| by_arrow.set_value(event.key().starts_with("Arrow"))
           on:pointerdown=move |_| by_arrow.set_value(false)
       >
           {rows}
       </div>
    }
}

/// The id of a question's first input: where an error links to.
pub fn field_id(question: &str) -> String {
    format!("q-{question}")
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("radios, none chosen", example(Many::One, &[])),
        ("radios, one chosen", example(Many::One, &["yes"])),
        ("checkboxes, two ticked", example(Many::Several, &["yes", "not-sure"])),
    ]
}

fn example(many: Many, chosen: &'static [&'static str]) -> AnyView {
    let option =
        |value: &str, words: &str, apart| Option { value: value.to_owned(), words: words.to_owned(), apart };
    view! {
        <fieldset>
            <legend>"Do you have sleep apnea?"</legend>
            <Choices
                name=format!("example-{}", chosen.join("-"))
                options=vec![
                    option("no", "No", false),
                    option("yes", "Yes, I use my machine", false),
                    option("not-sure", "Not sure, because nobodyhaseverlookedatmysleepinalaboratoryforsleepmedicine", false),
                    option("none", "None of these", true),
                ]
                many
                chosen=Callback::new(move |value: String| chosen.contains(&value.as_str()))
                on_change=Callback::new(|_| ())
                on_move=Callback::new(|_| ())
            />
        </fieldset>
    }
    .into_any()
}
