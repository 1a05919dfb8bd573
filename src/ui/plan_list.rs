//! What to prepare, by the time around the visit.

use leptos::prelude::*;

/// A task as it is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskView {
    /// Its title.
    pub title: String,
    /// What to do and why.
    pub text: String,
    /// Whether the clinic decides it.
    pub ask: bool,
}

/// A group of tasks. Closed until it is opened, but for the first, so that a long list does not frighten.
#[component]
pub fn PlanList(
    /// The group's title.
    title: String,
    /// The tasks.
    tasks: Vec<TaskView>,
    /// "Ask your clinic".
    ask: String,
    /// Whether the group starts open.
    open: bool,
) -> impl IntoView {
    let tasks: Vec<_> = tasks
        .into_iter()
        .map(|task| {
            let ask = ask.clone();
            view! {
                <li class="ar-plan__task">
                    <p class="ar-plan__title">
                        {task.title}
                        {task.ask.then(|| view! { " " <span class="ar-plan__ask">{ask}</span> })}
                    </p>
                    <p class="ar-plan__text">{task.text}</p>
                </li>
            }
        })
        .collect();
    view! {
        <details class="ar-plan" open=open>
            <summary class="ar-plan__group"><h3 class="ar-plan__heading">{title}</h3></summary>
            <ul class="ar-plan__tasks">{tasks}</ul>
        </details>
    }
}
