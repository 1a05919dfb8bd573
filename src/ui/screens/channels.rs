//! The ways a request can travel, as far as the clinic offers them, and what became of each.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::handoff::channel::{Channel, Format};
use crate::engine::handoff::delivery::Sending;
use crate::engine::session::{Message, Notice as Event};
use crate::ui::context::Ui;
use crate::ui::notice::{Notice, Tone};
use crate::ui::screens::sealed::{Fingerprint, SealedWays, seal_failure};
use crate::ui::tick::Tick;

/// Every channel that the clinic offers.
#[component]
pub fn Channels(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let (offered, phone) = ui.session.with_untracked(|session| {
        (session.guide.settings.handoff.channels.clone(), session.guide.settings.clinic.phone_address())
    });
    let has = |channel: Channel| offered.contains(&channel);
    let keeps = [
        (Channel::Print, Say::PreviewPrint, Message::PressedPrint),
        (Channel::Copy, Say::PreviewCopy, Message::PressedCopy),
        (Channel::File, Say::PreviewSave, Message::PressedSave),
        (Channel::File, Say::PreviewSaveFhir, Message::PressedSaveFhir),
    ];
    let keeps: Vec<_> = keeps
        .into_iter()
        .filter(|(channel, ..)| has(*channel))
        .map(|(_, say, message)| button(ui, say, message))
        .collect();
    view! {
        {move || draw_notice(ui)}
        {has(Channel::Send).then(|| view! { <Send ui /> })}
        <SealedWays ui />
        {(!keeps.is_empty()).then(|| view! {
            <section class="ar-channel" aria-labelledby="ar-keep">
                <h2 class="ar-section-title" id="ar-keep">{ui.say(Say::PreviewKeepTitle)}</h2>
                <p>{ui.say(Say::PreviewKeepLead)}</p>
                <div class="ar-actions">{keeps}</div>
                {has(Channel::Copy).then(|| view! { <Copied ui /> })}
            </section>
        })}
        {has(Channel::Booking).then(|| view! { <Booking ui /> })}
        {has(Channel::Email).then(|| view! { <Mail ui /> })}
        {phone.filter(|_| has(Channel::Phone)).map(|address| view! { <Phone ui address /> })}
    }
}

fn button(ui: Ui, say: Say, message: Message) -> impl IntoView {
    view! {
        <button type="button" class="ar-button ar-button--quiet" on:click=move |_| ui.send.run(message.clone())>
            {ui.say(say)}
        </button>
    }
}

/// Exactly what the copy button copies.
#[component]
fn Copied(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let lines = Memo::new(move |_| ui.session.with(|session| session.chart_lines().unwrap_or_default()));
    view! {
        <details class="ar-details">
            <summary class="ar-details__summary">{ui.say(Say::PreviewCopied)}</summary>
            <pre class="ar-preview__raw" tabindex="0" role="region" aria-label=ui.say(Say::PreviewCopied)>{move || lines.get()}</pre>
        </details>
    }
}

/// The send button with what becomes of it.
#[component]
fn Send(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let sending = Memo::new(move |_| ui.session.with(|session| session.delivery.sending.clone()));
    let seals = ui.session.with_untracked(|session| session.guide.settings.handoff.format == Format::Sealed);
    let label = move || match sending.get() {
        Sending::Failed(_) => Say::PreviewSendAgain,
        Sending::Waiting(..) => Say::SendNow,
        Sending::Idle | Sending::UnderWay | Sending::Received => Say::PreviewSend,
    };
    let under_way = move || sending.get() == Sending::UnderWay;
    let stoppable = move || matches!(sending.get(), Sending::UnderWay | Sending::Waiting(..));
    view! {
        <section class="ar-channel" aria-labelledby="ar-send">
            <h2 class="ar-section-title" id="ar-send">{ui.say(Say::PreviewSendTitle)}</h2>
            <p>{ui.say(Say::PreviewSendLead)}</p>
            {seals.then(|| view! { <p>{ui.say(Say::SealedSend)}</p> <Fingerprint ui /> })}
            <div class="ar-actions">
                // Not disabled while it is under way: a disabled button drops the focus and says nothing.
                <button
                    type="button"
                    class="ar-button"
                    aria-disabled=move || under_way().then_some("true")
                    on:click=move |_| ui.send.run(Message::PressedSend)
                >
                    {move || ui.say(label())}
                </button>
                {move || stoppable().then(|| button(ui, Say::SendStop, Message::PressedStop))}
            </div>
            {move || match sending.get() {
                Sending::UnderWay => Some(view! { <p class="ar-channel__wait">{ui.say(Say::SendUnderWay)}</p> }.into_any()),
                Sending::Waiting(..) => {
                    let words = ui.session.with(|session| session.waiting_words()).unwrap_or_default();
                    Some(view! {
                        <div class="ar-channel__wait">
                            <p><strong>{ui.say(Say::SendWaitingTitle)}</strong></p>
                            <p>{words}</p>
                        </div>
                    }.into_any())
                }
                Sending::Idle | Sending::Failed(_) | Sending::Received => None,
            }}
        </section>
    }
}

/// The clinic's booking page. It opens in a tab of its own, which learns no address of this page.
#[component]
fn Booking(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let takes = ui.session.with_untracked(|session| {
        session.guide.settings.handoff.booking.as_ref().is_some_and(|booking| booking.takes_contact())
    });
    let address =
        Memo::new(move |_| ui.session.with(|session| session.booking_address().unwrap_or_default()));
    let filled = Memo::new(move |_| ui.session.with(|session| session.sharing.fill_booking));
    view! {
        <section class="ar-channel" aria-labelledby="ar-booking">
            <h2 class="ar-section-title" id="ar-booking">{ui.say(Say::BookingTitle)}</h2>
            <p>{ui.say(Say::BookingWarning)}</p>
            {takes.then(|| view! {
                <Tick id="fill-booking".to_owned() ticked=filled on_change=ui.on(Message::ToggledFillBooking)>
                    {ui.say(Say::BookingFill)}
                </Tick>
            })}
            <p class="ar-channel__go">
                <a class="ar-button ar-button--quiet" href=move || address.get() target="_blank" rel="noopener noreferrer">
                    {ui.say(Say::BookingOpen)}
                </a>
            </p>
        </section>
    }
}

/// An e-mail without answers, in the person's own mail program.
#[component]
fn Mail(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let mail = Memo::new(move |_| ui.session.with(|session| session.mail().unwrap_or_default()));
    view! {
        <section class="ar-channel" aria-labelledby="ar-mail">
            <h2 class="ar-section-title" id="ar-mail">{ui.say(Say::MailTitle)}</h2>
            <p>{ui.say(Say::MailWarning)}</p>
            <pre class="ar-preview__raw" tabindex="0" role="region" aria-label=ui.say(Say::MailShown)>{move || mail.get().1}</pre>
            <p class="ar-channel__go">
                <a class="ar-button ar-button--quiet" href=move || mail.get().0>
                    {ui.say(Say::MailOpen)}
                </a>
            </p>
        </section>
    }
}

/// A call, with the reference to say.
#[component]
fn Phone(
    /// The session.
    ui: Ui,
    /// The number as a `tel:` address.
    address: String,
) -> impl IntoView {
    let lead = move || {
        let reference = ui.session.with(|session| session.reference());
        ui.fill(Say::PhoneLead, &[("reference", &reference)])
    };
    view! {
        <section class="ar-channel" aria-labelledby="ar-phone">
            <h2 class="ar-section-title" id="ar-phone">{ui.say(Say::PhoneTitle)}</h2>
            <p>{lead}</p>
            <p class="ar-channel__go">
                <a class="ar-button ar-button--quiet" href=address>{ui.say(Say::PhoneCall)}</a>
            </p>
        </section>
    }
}

fn draw_notice(ui: Ui) -> Option<AnyView> {
    let (event, sending) = ui.session.with(|session| (session.notice, session.delivery.sending.clone()));
    if let Some(event) = event {
        let (tone, say) = match event {
            Event::Copied => (Tone::Done, Say::NoticeCopied),
            Event::Saved => (Tone::Done, Say::NoticeSaved),
            Event::CopyRefused => (Tone::Trouble, Say::NoticeCopyRefused),
            Event::SaveRefused => (Tone::Trouble, Say::NoticeSaveRefused),
            Event::PrintRefused => (Tone::Trouble, Say::NoticePrintRefused),
        };
        return Some(view! { <Notice tone title="" lines=vec![ui.say(say)] /> }.into_any());
    }
    if let Some(why) = seal_failure(ui) {
        return Some(view! { <Notice tone=Tone::Trouble title="" lines=vec![why] /> }.into_any());
    }
    let Sending::Failed(failure) = sending else { return None };
    let (why, reference) =
        ui.session.with(|session| (failure.in_words(session.words()), session.reference()));
    let rest = ui.fill(Say::SendFailedRest, &[("reference", &reference)]);
    Some(
        view! { <Notice tone=Tone::Trouble title=ui.say(Say::SendFailedTitle) lines=vec![why, rest] /> }
            .into_any(),
    )
}
