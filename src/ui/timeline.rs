//! The parts of a visit: a band with lengths to scale where there is room, and an ordered list that says it all.

use leptos::prelude::*;

use crate::engine::guide::blocks::{Length, TimeUnit, Timeline as Parts, TimelineStep};

/// The width of the band, in its own units.
const WIDTH: f64 = 700.0;
/// The place that a step without a length takes in the band.
const POINT: f64 = 28.0;
/// The air between two steps.
const GAP: f64 = 4.0;

/// A step as the list says it.
pub struct StepWords {
    /// How long it takes; empty if nothing says so.
    pub length: String,
    /// What happens, drawn; none if nothing is said.
    pub text: Option<AnyView>,
}

/// A timeline. Drawings are for the eye alone: the list has every word and number.
#[component]
pub fn Timeline(
    /// The parts.
    timeline: Parts,
    /// The words of each part.
    words: Vec<StepWords>,
    /// What the bars mean.
    scale: String,
    /// Whether time runs from right to left.
    mirrored: bool,
) -> impl IntoView {
    let longest = timeline.steps.iter().filter_map(|step| step.length).map(|length| length.minutes().1);
    let longest = longest.fold(0.0, f64::max);
    let band = (longest > 0.0).then(|| band(&timeline.steps, mirrored));
    let steps: Vec<_> = timeline
        .steps
        .into_iter()
        .zip(words)
        .map(|(step, words)| {
            let bar = step.length.filter(|_| longest > 0.0).map(|length| bar(length, longest));
            view! {
                <li class="ar-timeline__step">
                    <p class="ar-timeline__label">
                        <strong>{step.label}</strong>
                        {(!words.length.is_empty())
                            .then(|| view! { " " <span class="ar-timeline__length">{words.length}</span> })}
                    </p>
                    {bar}
                    {words.text.map(|text| view! { <p class="ar-timeline__text">{text}</p> })}
                </li>
            }
        })
        .collect();
    view! {
        <figure class="ar-timeline">
            {(!timeline.title.is_empty())
                .then(|| view! { <figcaption class="ar-timeline__title">{timeline.title}</figcaption> })}
            {band}
            <ol class="ar-timeline__steps">{steps}</ol>
            {(longest > 0.0).then(|| view! { <p class="ar-timeline__scale">{scale}</p> })}
        </figure>
    }
}

/// All steps in one line, each as long as it takes; the part that some visits need and others do not is thinner.
fn band(steps: &[TimelineStep], mirrored: bool) -> AnyView {
    let all: f64 = steps.iter().filter_map(|step| step.length).map(|length| length.minutes().1).sum();
    let points = steps.iter().filter(|step| step.length.is_none()).count() as f64;
    let gaps = GAP * (steps.len() as f64 - 1.0);
    let minute = (WIDTH - points * POINT - gaps) / all;
    let mut left = 0.0;
    let shapes: Vec<_> = steps
        .iter()
        .enumerate()
        .map(|(place, step)| {
            let (least, most) = step.length.map_or((0.0, 0.0), |length| length.minutes());
            let (least, most) = (least * minute, most * minute);
            let wide = if step.length.is_some() { most } else { POINT };
            let x = |from: f64, wide: f64| rounded(if mirrored { WIDTH - from - wide } else { from });
            let shape = if step.length.is_some() {
                view! {
                    <rect class="ar-timeline__sure" x=x(left, least) y="20" width=rounded(least) height="24" rx="4"></rect>
                    {(most > least).then(|| view! {
                        <rect
                            class="ar-timeline__perhaps"
                            x=x(left + least, most - least)
                            y="26"
                            width=rounded(most - least)
                            height="12"
                            rx="3"
                        ></rect>
                    })}
                }
                .into_any()
            } else {
                view! { <circle class="ar-timeline__sure" cx=x(left + POINT / 2.0, 0.0) cy="32" r="7"></circle> }.into_any()
            };
            let number = view! { <text class="ar-timeline__number" x=x(left + wide / 2.0, 0.0) y="14">{place + 1}</text> };
            left += wide + GAP;
            view! { {shape} {number} }
        })
        .collect();
    view! {
        <svg class="ar-timeline__band" viewBox="0 0 700 46" aria-hidden="true" focusable="false">{shapes}</svg>
    }
    .into_any()
}

/// One step on a scale on which the longest takes the whole width.
fn bar(length: Length, longest: f64) -> AnyView {
    let (least, most) = length.minutes();
    let (least, most) = (least / longest * 100.0, most / longest * 100.0);
    view! {
        <svg class="ar-timeline__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="ar-timeline__sure" width=rounded(least) height="8"></rect>
            <rect class="ar-timeline__perhaps" x=rounded(least) y="2" width=rounded(most - least) height="4"></rect>
        </svg>
    }
    .into_any()
}

fn rounded(length: f64) -> String {
    ((length * 10.0).round() / 10.0).to_string()
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let length = |from, to| Some(Length { from, to, unit: TimeUnit::Minutes });
    let step = |label: &str, length| TimelineStep { label: label.to_owned(), text: Vec::new(), length };
    let example = |mirrored| {
        let steps = vec![
            step("Check-in", None),
            step("The drip", length(40.0, Some(60.0))),
            step("Rest", length(60.0, None)),
            step("Ride home", None),
        ];
        let said = |length: &str, text: Option<&'static str>| StepWords {
            length: length.to_owned(),
            text: text.map(IntoAny::into_any),
        };
        let words = vec![
            said("", Some("You sign in.")),
            said("40 to 60 minutes", None),
            said("60 minutes", None),
            said("", Some("Someone takes you.")),
        ];
        let timeline = Parts { title: "A visit".to_owned(), steps };
        view! { <Timeline timeline words scale="A longer bar takes longer.".to_owned() mirrored /> }
            .into_any()
    };
    let bare = Parts { title: String::new(), steps: vec![step("Only this", None)] };
    let words = vec![StepWords { length: String::new(), text: None }];
    vec![
        ("timeline", example(false)),
        ("timeline, mirrored", example(true)),
        (
            "timeline, without lengths",
            view! { <Timeline timeline=bare words scale=String::new() mirrored=false /> }.into_any(),
        ),
    ]
}
