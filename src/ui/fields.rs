//! Fields to type into: a number with its unit, the two numbers of a pair, the three of a date, a few words or many.

use leptos::prelude::*;

/// What a field is for; decides the keyboard and the width.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A number in digits.
    Number,
    /// A whole number in digits, such as a day or a year.
    Digits,
    /// A few words.
    Text,
    /// Many words, on several lines.
    Long,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A passphrase.
    Secret,
}

/// One labelled field. `autocomplete` is off: what is typed here must not turn up on a shared computer.
#[component]
pub fn Field(
    /// The input's id.
    id: String,
    /// Its label; empty where a heading above it is its label.
    label: String,
    /// A hint under the label; may be empty.
    #[prop(into)]
    hint: String,
    /// The unit behind it; may be empty.
    #[prop(into)]
    unit: String,
    /// What it is for.
    kind: FieldKind,
    /// What is typed.
    #[prop(into)]
    value: Signal<String>,
    /// Whether it holds the mistake.
    #[prop(into)]
    invalid: Signal<bool>,
    /// The ids of what stands above it and is read with it; may be empty.
    #[prop(optional, into)]
    above: String,
    /// The id of what is said about its mistake, so that whoever comes to the field hears it; empty where nothing can be.
    #[prop(optional)]
    error: &'static str,
    /// Something was typed.
    on_input: Callback<String>,
) -> impl IntoView {
    let (input_type, mode) = match kind {
        FieldKind::Number => ("text", "decimal"),
        FieldKind::Digits => ("text", "numeric"),
        FieldKind::Text | FieldKind::Long => ("text", "text"),
        FieldKind::Phone => ("tel", "tel"),
        FieldKind::Email => ("email", "email"),
        FieldKind::Secret => ("password", "text"),
    };
    let hint_id = format!("{id}-hint");
    let unit_id = format!("{id}-unit");
    let mut ids = vec![above];
    if !hint.is_empty() {
        ids.push(hint_id.clone());
    }
    if !unit.is_empty() {
        ids.push(unit_id.clone());
    }
    let described = Signal::derive(move || {
        let error = if invalid.get() { error } else { "" };
        described_by(ids.iter().map(String::as_str).chain([error]))
    });
    let input_id = id.clone();
    let input = if kind == FieldKind::Long {
        view! {
            <textarea
                class="ar-field__input"
                id=input_id
                rows="5"
                autocomplete="off"
                spellcheck="false"
                aria-describedby=move || described.get()
                aria-invalid=move || invalid.get().then_some("true")
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                class="ar-field__input"
                id=input_id
                type=input_type
                inputmode=mode
                autocomplete="off"
                spellcheck="false"
                aria-describedby=move || described.get()
                aria-invalid=move || invalid.get().then_some("true")
                prop:value=move || value.get()
                on:input=move |event| on_input.run(event_target_value(&event))
            />
        }
        .into_any()
    };
    view! {
        <div
            class="ar-field"
            class:ar-field--number=kind == FieldKind::Number
            class:ar-field--digits=kind == FieldKind::Digits
        >
            {(!label.is_empty()).then(|| view! { <label class="ar-field__label" for=id>{label}</label> })}
            {(!hint.is_empty()).then(|| view! { <p class="ar-field__hint" id=hint_id>{hint}</p> })}
            <div class="ar-field__row">
                {input}
                {(!unit.is_empty()).then(|| view! { <span class="ar-field__unit" id=unit_id>{unit}</span> })}
            </div>
        </div>
    }
}

/// The ids of what describes a field or a group, for `aria-describedby`; none if all are empty.
pub fn described_by<'i>(ids: impl Iterator<Item = &'i str>) -> Option<String> {
    let ids: Vec<&str> = ids.filter(|id| !id.is_empty()).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("field, empty", example("a", FieldKind::Text, "", "For example: weekdays.", "", false)),
        ("field, a number with its unit", example("b", FieldKind::Number, "120", "", "mmHg", false)),
        ("field, with a mistake", example("c", FieldKind::Number, "abc", "", "mmHg", true)),
        ("field, a phone number", example("d", FieldKind::Phone, "", "", "", false)),
        ("field, an e-mail address", example("e", FieldKind::Email, "", "", "", false)),
        ("field, a year", example("f", FieldKind::Digits, "1985", "", "", false)),
        (
            "field, many words",
            example("g", FieldKind::Long, "", "You can type up to 500 characters.", "", false),
        ),
    ]
}

fn example(id: &str, kind: FieldKind, value: &str, hint: &str, unit: &str, invalid: bool) -> AnyView {
    let value = value.to_owned();
    view! {
        <Field
            id=format!("example-field-{id}")
            label=format!("Label {id}")
            hint=hint
            unit=unit
            kind
            value=Signal::derive(move || value.clone())
            invalid=Signal::derive(move || invalid)
            on_input=Callback::new(|_| ())
        />
    }
    .into_any()
}
