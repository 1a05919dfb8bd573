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

/// A group of tasks. Closed until it is opened, so that a long list does not frighten; print shows it all.
#[component]
pub fn PlanList(
    /// The group's title.
    title: String,
    /// The tasks.
    tasks: Vec<TaskView>,
    /// "Ask your clinic".
    ask: String,
) -> impl IntoView {
    let tasks: Vec<_> = tasks
        .into_iter()
        .map(|task| {
            let ask = ask.clone();
            view! {
                <li class="ar-plan__task">
                    <p class="ar-plan__title">
                        {task.title}
                        {task.ask.then(|| view! { <span class="ar-pause">". "</span> " " <span class="ar-plan__ask">{ask}</span> })}
                    </p>
                    <p class="ar-plan__text">{task.text}</p>
                </li>
            }
        })
        .collect();
    view! {
        <details class="ar-plan">
            <summary class="ar-plan__group"><h3 class="ar-plan__heading">{title}</h3></summary>
            <ul role="list" class="ar-plan__tasks">{tasks}</ul>
        </details>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("plan list", view! {
            <PlanList
                title="In the days before".to_owned()
                tasks=vec![
                    TaskView { title: "Book your ride".to_owned(), text: "An adult takes you home.".to_owned(), ask: false },
                    TaskView { title: "Last light meal".to_owned(), text: "No food for 6 hours.".to_owned(), ask: true },
                ]
                ask="Ask your clinic".to_owned()
            />
        }
        .into_any()),
    ]
}
