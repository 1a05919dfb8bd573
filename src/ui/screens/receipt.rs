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
    let (reference, may_reach, phone) = ui.session.with_untracked(|session| {
        let packet = session.packet();
        let may_reach = packet.is_some_and(|packet| packet.may_reach_by().next().is_some());
        (session.reference(), may_reach, session.guide.settings.clinic.phone_address())
    });
    // Whoever agreed to an answer waits for it; everyone else has one thing to do.
    let next = if may_reach {
        view! { <p>{ui.say(Say::ReceiptNext)}</p> }.into_any()
    } else {
        view! {
            <p>{ui.say(Say::ReceiptNoContact)}</p>
            {phone.map(|address| view! {
                <p><a class="ar-button" href=address>{ui.say(Say::PhoneCall)}</a></p>
            })}
        }
        .into_any()
    };
    view! {
        <Back ui />
        <div class="ar-receipt">
            <Heading words=ui.say(Say::ReceiptTitle) />
            <p class="ar-lead">{ui.say(Say::ReceiptLead)}</p>
            <p class="ar-receipt__slip">
                {ui.say(Say::ReceiptReferenceTitle)}
                " "
                <strong class="ar-receipt__reference">{reference}</strong>
                " "
                {ui.say(Say::ReceiptReference)}
            </p>
            {next}
            <p>{ui.say(Say::ReceiptWorse)}</p>
        </div>
    }
}
