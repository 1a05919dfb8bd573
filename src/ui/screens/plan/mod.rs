//! The plan around an appointment: when it is, all tasks by their days, what to do now, and sheets for paper.

mod days;
mod form;
mod sheets;
mod today;

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::plan::state::{PlanMessage, PlanScreen};
use crate::engine::session::Message;
use crate::ui::context::Ui;

/// A screen of the plan.
#[component]
pub fn Plan(
    /// The session.
    ui: Ui,
    /// Which one.
    screen: PlanScreen,
) -> impl IntoView {
    match screen {
        PlanScreen::Form => form::draw(ui),
        PlanScreen::Days => days::draw(ui),
        PlanScreen::Today => today::draw(ui),
    }
}

/// The way to the plan, with one sentence on what it is.
#[component]
pub fn PlanLink(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <section class="ar-plan-link">
            <h2 class="ar-section-title">{ui.say(Say::DatedOpenTitle)}</h2>
            <p>{ui.say(Say::DatedOpenLead)}</p>
            <div class="ar-actions">
                <button
                    type="button"
                    class="ar-button ar-button--quiet"
                    on:click=move |_| ui.send.run(Message::Plan(PlanMessage::Opened))
                >
                    {ui.say(Say::DatedOpen)}
                </button>
            </div>
        </section>
    }
}
