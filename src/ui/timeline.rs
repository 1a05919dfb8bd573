//! The parts of a visit: a band with lengths to scale where there is room, and an ordered list that says it all.

use leptos::prelude::*;

use crate::engine::guide::blocks::{Length, TimeUnit, Timeline as Parts, TimelineStep};
use crate::engine::guide::shapes::{self, BandShape};

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
                            .then(|| view! { <span class="ar-pause">", "</span> <span class="ar-timeline__length">{words.length}</span> })}
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
            <ol role="list" class="ar-timeline__steps">{steps}</ol>
            {(longest > 0.0).then(|| view! { <p class="ar-timeline__scale">{scale}</p> })}
        </figure>
    }
}

/// All steps in one line, each as long as it takes; the part that some visits need and others do not is thinner.
fn band(steps: &[TimelineStep], mirrored: bool) -> AnyView {
    let shapes: Vec<_> = shapes::band(steps, mirrored)
        .into_iter()
        .enumerate()
        .map(|(place, step)| {
            let shape = match step.shape {
                BandShape::Bar { sure: (x, width), perhaps } => view! {
                    <rect class="ar-timeline__sure" x=x y="20" width=width height="24" rx="4"></rect>
                    {perhaps.map(|(x, width)| view! {
                        <rect class="ar-timeline__perhaps" x=x y="26" width=width height="12" rx="3"></rect>
                    })}
                }
                .into_any(),
                BandShape::Point(x) => {
                    view! { <circle class="ar-timeline__sure" cx=x cy="32" r="7"></circle> }.into_any()
                }
            };
            let number =
                view! { <text class="ar-timeline__number" x=step.number_x y="14">{place + 1}</text> };
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
    let (sure, perhaps) = shapes::bar(length, longest);
    view! {
        <svg class="ar-timeline__bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">
            <rect class="ar-timeline__sure" width=sure.clone() height="8"></rect>
            <rect class="ar-timeline__perhaps" x=sure y="2" width=perhaps height="4"></rect>
        </svg>
    }
    .into_any()
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
