//! A pause, or no more for now: nothing is lost, there is a number to call, and a file to come back with.

use leptos::prelude::*;

use crate::engine::calm::{CalmMessage, Rest};
use crate::engine::guide::settings::phone_address;
use crate::engine::guide::words::Say;
use crate::engine::own_file::OwnFileMessage;
use crate::engine::session::Message;
use crate::ui::context::Ui;
use crate::ui::screens::Heading;

/// The screen of a pause.
#[component]
pub fn RestScreen(
    /// The session.
    ui: Ui,
    /// Why.
    rest: Rest,
) -> impl IntoView {
    let (title, text) = match rest {
        Rest::Pause => (Say::CalmPauseTitle, Say::CalmPauseText),
        Rest::NotNow => (Say::CalmNotNowTitle, Say::CalmNotNowText),
    };
    let phone = ui.session.with_untracked(|session| phone_address(session.phone()));
    let call = phone.map(|address| {
        view! { <li><a class="ar-button ar-button--quiet" href=address>{ui.say(Say::ResultCallClinic)}</a></li> }
    });
    let button = move |class: &'static str, say: Say, message: Message| {
        let send = ui.on(message);
        view! { <li><button type="button" class=class on:click=move |_| send.run(())>{ui.say(say)}</button></li> }
    };
    let keep = || {
        button("ar-button ar-button--quiet", Say::CalmKeep, Message::OwnFile(OwnFileMessage::OpenedScreen))
    };
    view! {
        <Heading words=ui.say(title) />
        <p class="ar-lead">{ui.say(text)}</p>
        <ul role="list" class="ar-rest">
            {button("ar-button", Say::CalmGoOn, Message::Calm(CalmMessage::PressedGoOn))}
            {(rest == Rest::NotNow).then(keep)}
            {call}
            {button("ar-button ar-button--quiet", Say::HeaderHelp, Message::OpenedHelp)}
        </ul>
    }
}
