//! One piece at a time, for low-energy mode: the piece, how far it is, and the way to the next and the one before.

use leptos::prelude::*;

use crate::engine::calm::{CalmMessage, PIECE};
use crate::engine::guide::words::Say;
use crate::engine::session::Message;
use crate::ui::context::Ui;

/// One of several pieces.
#[component]
pub fn OneByOne(
    /// The session.
    ui: Ui,
    /// How many pieces there are.
    #[prop(into)]
    total: Signal<usize>,
    /// Draws the piece of this place, counted from 0.
    draw: Callback<usize, AnyView>,
) -> impl IntoView {
    let place =
        Memo::new(move |_| ui.session.with(|session| session.calm.place.min(total.get().saturating_sub(1))));
    let words = move || {
        let number = (place.get() + 1).to_string();
        ui.fill(Say::CalmPiece, &[("number", &number), ("total", &total.get().to_string())])
    };
    let button = move |class: &'static str, say: Say, message: CalmMessage| {
        let send = ui.on(Message::Calm(message));
        view! { <button type="button" class=class on:click=move |_| send.run(())>{ui.say(say)}</button> }
    };
    view! {
        <div class="ar-one">
            <div class="ar-one__piece" id=PIECE tabindex="-1">{move || draw.run(place.get())}</div>
            <p class="ar-one__place">{words}</p>
            <div class="ar-actions">
                {move || (place.get() + 1 < total.get()).then(|| button("ar-button", Say::CalmNext, CalmMessage::PressedNext(total.get_untracked())))}
                {move || (place.get() > 0).then(|| button("ar-button ar-button--quiet", Say::CalmBefore, CalmMessage::PressedBefore))}
                {move || (place.get() + 1 >= total.get()).then(|| view! { <p>{ui.say(Say::CalmEnd)}</p> })}
            </div>
        </div>
    }
}
