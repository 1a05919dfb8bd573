//! In place of a screen that is still loading: one moment, or that it could not be loaded and how to go on.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::part::PartMessage;
use crate::engine::session::Message;
use crate::ui::context::Ui;
use crate::ui::screens::{Back, Heading};

/// The screen of who waits for the rest of the widget.
#[component]
pub fn Wait(
    /// The session.
    ui: Ui,
    /// Whether it could not be loaded.
    failed: Memo<bool>,
) -> impl IntoView {
    move || {
        if !failed.get() {
            return view! { <Back ui /><Heading words=ui.say(Say::CommonLoading) /> }.into_any();
        }
        let again = ui.on(Message::Part(PartMessage::PressedAgain));
        view! {
            <Back ui />
            <Heading words=ui.say(Say::PartTitle) />
            <p class="ar-lead">{ui.say(Say::PartLead)}</p>
            <div class="ar-actions">
                <button type="button" class="ar-button" on:click=move |_| again.run(())>{ui.say(Say::PartAgain)}</button>
            </div>
        }
        .into_any()
    }
}
