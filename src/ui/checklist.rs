//! Things to tick off, on the screen or on paper. The ticks are kept nowhere.

use leptos::prelude::*;

use crate::ui::tick::Tick;

/// A list to tick and to print.
#[component]
pub fn Checklist(
    /// The list's id, which its boxes' ids begin with.
    id: String,
    /// The things, drawn.
    items: Vec<AnyView>,
    /// What becomes of the ticks.
    note: String,
    /// The words of the print button.
    print: String,
    /// Whether this list alone is being printed.
    #[prop(into)]
    printing: Signal<bool>,
    /// Print was pressed.
    on_print: Callback<()>,
) -> impl IntoView {
    let items: Vec<_> = items
        .into_iter()
        .enumerate()
        .map(|(place, item)| {
            let ticked = RwSignal::new(false);
            let on_change = Callback::new(move |()| ticked.update(|ticked| *ticked = !*ticked));
            view! {
                <li class="ar-checklist__item">
                    <Tick id=format!("{id}-{place}") ticked=ticked on_change>{item}</Tick>
                </li>
            }
        })
        .collect();
    view! {
        <div class="ar-checklist" data-printing=move || printing.get().then_some("")>
            <ul role="list" class="ar-checklist__items">{items}</ul>
            <p class="ar-checklist__note">{note}</p>
            <button type="button" class="ar-button ar-button--quiet ar-checklist__print" on:click=move |_| on_print.run(())>
                {print}
            </button>
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let example = |printing: bool| {
        view! {
            <Checklist
                id="example-list".to_owned()
                items=vec!["Book a ride.".into_any(), "Ask about food.".into_any()]
                note="Your ticks are not kept.".to_owned()
                print="Print this list".to_owned()
                printing=Signal::derive(move || printing)
                on_print=Callback::new(|()| ())
            />
        }
        .into_any()
    };
    vec![("checklist", example(false)), ("checklist, while it is printed", example(true))]
}
