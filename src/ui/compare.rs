//! Options side by side: a table where there is room, cards of two picked options where there is not, and ticks for
//! what matters, which move those aspects to the top and make a list to ask about. Nothing of it is kept or sent.

use crate::engine::map::Set;
use std::sync::Arc;

use leptos::prelude::*;

use crate::engine::guide::blocks::{Aspect, Compare as Comparison, CompareOption};
use crate::engine::guide::markdown::Inline;
use crate::ui::tick::Tick;

/// The words around a comparison.
#[derive(Clone, Default)]
pub struct CompareWords {
    /// The heading of the ticks.
    pub matters: String,
    /// What ticks do.
    pub matters_lead: String,
    /// The mark of an aspect that matters.
    pub chosen: String,
    /// What the two fields are for.
    pub pick: String,
    /// The name of the first field.
    pub first: String,
    /// The name of the second field.
    pub second: String,
    /// The heading of the list to ask about.
    pub list_title: String,
    /// What to ask about each aspect, in their order.
    pub asks: Vec<String>,
    /// The words of the print button.
    pub print: String,
}

/// A comparison.
#[component]
pub fn Compare(
    /// Its id, which the ids inside of it begin with.
    id: String,
    /// What is compared.
    compare: Comparison,
    /// The words around it.
    words: CompareWords,
    /// Draws a text.
    draw: Callback<Vec<Inline>, AnyView>,
    /// Whether the list to ask about is being printed, alone.
    #[prop(into)]
    printing: Signal<bool>,
    /// Printing that list was asked for.
    on_print: Callback<()>,
) -> impl IntoView {
    let chosen = RwSignal::new(Set::<usize>::new());
    let picked = RwSignal::new([0, 1_usize.min(compare.options.len().saturating_sub(1))]);
    let compare = Arc::new(compare);
    let order = {
        let count = compare.aspects.len();
        Memo::new(move |_| {
            let chosen = chosen.get();
            let (mut first, rest): (Vec<usize>, Vec<usize>) =
                (0..count).partition(|place| chosen.contains(place));
            first.extend(rest);
            (first, chosen)
        })
    };
    let title = compare.title.clone();
    let ticks = draw_ticks(&id, &compare, &words, chosen);
    let list = {
        let (asks, title, print) = (words.asks.clone(), words.list_title.clone(), words.print.clone());
        move || {
            let chosen = chosen.get();
            let items: Vec<_> = asks
                .iter()
                .enumerate()
                .filter(|(place, _)| chosen.contains(place))
                .map(|(_, ask)| view! { <li>{ask.clone()}</li> })
                .collect();
            (!items.is_empty()).then(|| {
                view! {
                    <div class="ar-compare__list" data-printing=move || printing.get().then_some("")>
                        <p class="ar-compare__legend">{title.clone()}</p>
                        <ul>{items}</ul>
                        <button type="button" class="ar-button ar-button--quiet" on:click=move |_| on_print.run(())>
                            {print.clone()}
                        </button>
                    </div>
                }
            })
        }
    };
    let pick = draw_pick(&id, &compare, &words, picked);
    let mark = words.chosen;
    let table = {
        let (compare, mark, name) = (compare.clone(), mark.clone(), title.clone());
        move || {
            let (order, chosen) = order.get();
            draw_table(&compare, &order, &chosen, &mark, &name, draw)
        }
    };
    let cards = move || {
        let (order, chosen) = order.get();
        draw_cards(&compare, &order, &chosen, &mark, picked.get(), draw)
    };
    view! {
        <section class="ar-compare">
            {(!title.is_empty()).then(|| view! { <p class="ar-compare__title">{title}</p> })}
            {ticks}
            {list}
            {table}
            <div class="ar-compare__narrow">{pick} {cards}</div>
        </section>
    }
}

fn draw_ticks(
    id: &str,
    compare: &Comparison,
    words: &CompareWords,
    chosen: RwSignal<Set<usize>>,
) -> Option<AnyView> {
    let ticks: Vec<_> = compare
        .aspects
        .iter()
        .enumerate()
        .filter(|(_, aspect)| !aspect.matters.is_empty())
        .map(|(place, aspect)| {
            let ticked = Signal::derive(move || chosen.with(|chosen| chosen.contains(&place)));
            let on_change = Callback::new(move |()| {
                chosen.update(|chosen| {
                    if !chosen.remove(&place) {
                        chosen.insert(place);
                    }
                });
            });
            let matters = aspect.matters.clone();
            view! { <Tick id=format!("{id}-{}", aspect.id) ticked on_change>{matters}</Tick> }
        })
        .collect();
    (!ticks.is_empty()).then(|| {
        let lead = format!("{id}-lead");
        let lead_id = lead.clone();
        view! {
            <fieldset class="ar-compare__matters" aria-describedby=lead_id>
                <legend class="ar-compare__legend">{words.matters.clone()}</legend>
                <p class="ar-compare__lead" id=lead>{words.matters_lead.clone()}</p>
                {ticks}
            </fieldset>
        }
        .into_any()
    })
}

fn draw_pick(
    id: &str,
    compare: &Comparison,
    words: &CompareWords,
    picked: RwSignal<[usize; 2]>,
) -> Option<AnyView> {
    let field = |place: usize, name: &str| {
        let field_id = format!("{id}-pick-{place}");
        let options: Vec<_> = compare
            .options
            .iter()
            .enumerate()
            .map(|(index, option)| {
                let selected = move || picked.with(|picked| picked.get(place) == Some(&index));
                view! { <option value=index.to_string() selected=selected()>{option.name.clone()}</option> }
            })
            .collect();
        view! {
            <div class="ar-compare__field">
                <label class="ar-compare__label" for=field_id.clone()>{name.to_owned()}</label>
                <select
                    class="ar-compare__select"
                    id=field_id
                    autocomplete="off"
                    on:change:target=move |event| {
                        if let Ok(index) = event.target().value().parse::<usize>() {
                            picked.update(|picked| picked.iter_mut().skip(place).take(1).for_each(|one| *one = index));
                        }
                    }
                >
                    {options}
                </select>
            </div>
        }
    };
    (compare.options.len() > 2).then(|| {
        view! {
            <fieldset class="ar-compare__pick">
                <legend class="ar-compare__legend">{words.pick.clone()}</legend>
                {field(0, &words.first)}
                {field(1, &words.second)}
            </fieldset>
        }
        .into_any()
    })
}

/// The aspects in this order.
fn ordered<'a>(compare: &'a Comparison, order: &'a [usize]) -> impl Iterator<Item = (usize, &'a Aspect)> {
    order.iter().filter_map(|place| compare.aspects.get(*place).map(|aspect| (*place, aspect)))
}

fn draw_name(aspect: &Aspect, chosen: bool, mark: &str) -> AnyView {
    let mark = chosen.then(|| view! { " " <span class="ar-compare__mark">{mark.to_owned()}</span> });
    view! { {aspect.name.clone()} {mark} }.into_any()
}

fn draw_table(
    compare: &Comparison,
    order: &[usize],
    chosen: &Set<usize>,
    mark: &str,
    name: &str,
    draw: Callback<Vec<Inline>, AnyView>,
) -> AnyView {
    let head: Vec<_> =
        compare.options.iter().map(|option| view! { <th scope="col">{option.name.clone()}</th> }).collect();
    let rows: Vec<_> = ordered(compare, order)
        .map(|(place, aspect)| {
            let matters = chosen.contains(&place);
            let cells: Vec<_> =
                aspect.texts.iter().map(|text| view! { <td>{draw.run(text.clone())}</td> }).collect();
            view! {
                <tr class:ar-compare__row--chosen=matters>
                    <th scope="row">{draw_name(aspect, matters, mark)}</th>
                    {cells}
                </tr>
            }
        })
        .collect();
    let name = if name.is_empty() {
        compare.options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join(", ")
    } else {
        name.to_owned()
    };
    view! {
        <div class="ar-table ar-compare__wide" tabindex="0" role="region" aria-label=name>
            <table>
                <thead><tr><td></td>{head}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn draw_cards(
    compare: &Comparison,
    order: &[usize],
    chosen: &Set<usize>,
    mark: &str,
    picked: [usize; 2],
    draw: Callback<Vec<Inline>, AnyView>,
) -> AnyView {
    let cards: Vec<_> = ordered(compare, order)
        .map(|(place, aspect)| {
            let matters = chosen.contains(&place);
            let texts: Vec<_> = compare
                .options
                .iter()
                .zip(&aspect.texts)
                .enumerate()
                .map(|(index, (option, text))| {
                    // Paper has room for all of them.
                    let other = !picked.contains(&index);
                    view! {
                        <div class="ar-compare__text" class:ar-compare__text--other=other>
                            <dt>{option.name.clone()}</dt>
                            <dd>{draw.run(text.clone())}</dd>
                        </div>
                    }
                })
                .collect();
            view! {
                <li class="ar-compare__card" class:ar-compare__card--chosen=matters>
                    <p class="ar-compare__aspect">{draw_name(aspect, matters, mark)}</p>
                    <dl class="ar-compare__texts">{texts}</dl>
                </li>
            }
        })
        .collect();
    view! { <ul role="list" class="ar-compare__cards">{cards}</ul> }.into_any()
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let option = |id: &str, name: &str| CompareOption { id: id.to_owned(), name: name.to_owned() };
    let text = |words: &str| vec![Inline::Text(words.to_owned())];
    let aspect = |id: &str, name: &str, matters: &str, texts| Aspect {
        id: id.to_owned(),
        name: name.to_owned(),
        matters: matters.to_owned(),
        ask: String::new(),
        texts,
    };
    let compare = Comparison {
        title: "Two ways".to_owned(),
        options: vec![option("drip", "Drip"), option("spray", "Spray"), option("talk", "Talk therapy")],
        aspects: vec![
            aspect(
                "time",
                "Time",
                "Short visits matter to me",
                vec![text("2 hours"), text("2 hours"), text("1 hour")],
            ),
            aspect("ride", "Ride", "", vec![text("Needed"), text("Needed"), text("Not needed")]),
        ],
    };
    let words = CompareWords {
        matters: "What matters to you".to_owned(),
        matters_lead: "Tick what matters most.".to_owned(),
        chosen: "Matters to you".to_owned(),
        pick: "Pick two".to_owned(),
        first: "First".to_owned(),
        second: "Second".to_owned(),
        list_title: "My list".to_owned(),
        asks: vec!["Time: what would this be like?".to_owned(), "Ride: what would this be like?".to_owned()],
        print: "Print my list".to_owned(),
    };
    let draw = Callback::new(|text: Vec<Inline>| crate::engine::guide::markdown::plain(&text).into_any());
    let example = view! {
        <Compare
            id="example-compare".to_owned()
            compare
            words
            draw
            printing=Signal::derive(|| false)
            on_print=Callback::new(|()| ())
        />
    };
    vec![("compare", example.into_any())]
}
