//! The clinic's system confirmed the request: a receipt with a reference to quote.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::ui::context::Ui;
use crate::ui::screens::{Back, Heading};

/// The receipt.
#[component]
pub fn Receipt(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let (reference, may_reach) = ui.session.with_untracked(|session| {
        let packet = session.packet();
        (session.reference(), packet.is_some_and(|packet| packet.may_reach_by().next().is_some()))
    });
    view! {
        <Back ui />
        <div class="ar-receipt">
            <Heading words=ui.say(Say::ReceiptTitle) />
            <p class="ar-lead">{ui.say(Say::ReceiptLead)}</p>
            <p class="ar-receipt__reference">{ui.fill(Say::ReceiptReference, &[("reference", &reference)])}</p>
            {(!may_reach).then(|| view! { <p>{ui.say(Say::ReceiptNoContact)}</p> })}
            <p>{ui.say(Say::ReceiptNext)}</p>
        </div>
    }
}
