//! The ways a request can travel, as far as the clinic offers them, and what became of each.
//!
//! One way stands first, with the one filled button: to send it, or, where a clinic takes nothing, to print it. What
//! needs a word of warning or explanation before it is folded behind its name.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::handoff::channel::{Channel, Format};
use crate::engine::handoff::delivery::Sending;
use crate::engine::session::{Message, Notice as Event};
use crate::ui::context::Ui;
use crate::ui::notice::{Notice, Tone};
use crate::ui::screens::sealed::{Codes, Fingerprint, SealedFile, seal_failure};
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
    ];
    let sends = has(Channel::Send);
    let keeps: Vec<_> = keeps
        .into_iter()
        .filter(|(channel, ..)| has(*channel))
        .enumerate()
        .map(|(place, (_, say, message))| {
            let class = if place == 0 && !sends { "ar-button" } else { QUIET };
            button(ui, class, say, message)
        })
        .collect();
    let ways: Vec<_> = [
        has(Channel::Booking).then(|| way(ui, Say::BookingTitle, view! { <Booking ui /> }.into_any())),
        has(Channel::Email).then(|| way(ui, Say::MailTitle, view! { <Mail ui /> }.into_any())),
        has(Channel::Sealed).then(|| way(ui, Say::SealedTitle, view! { <SealedFile ui /> }.into_any())),
        has(Channel::Qr).then(|| way(ui, Say::QrTitle, view! { <Codes ui /> }.into_any())),
    ]
    .into_iter()
    .flatten()
    .collect();
    view! {
        {move || draw_notice(ui)}
        {sends.then(|| view! { <Send ui /> })}
        {(!keeps.is_empty()).then(|| view! {
            <section class="ar-channel">
                <h2 class="ar-section-title">{ui.say(Say::PreviewKeepTitle)}</h2>
                <p>{ui.say(Say::PreviewKeepLead)}</p>
                <div class="ar-actions">{keeps}</div>
                {has(Channel::File).then(|| button(ui, "ar-link-button", Say::PreviewSaveFhir, Message::PressedSaveFhir))}
                {has(Channel::Copy).then(|| view! { <Copied ui /> })}
            </section>
        })}
        {(!ways.is_empty()).then(|| view! {
            <section class="ar-channel">
                <h2 class="ar-section-title">{ui.say(Say::PreviewOthers)}</h2>
                <div class="ar-ways">{ways}</div>
            </section>
        })}
        {phone.filter(|_| has(Channel::Phone)).map(|address| view! { <Phone ui address /> })}
    }
}

/// The class of a button that is not the one next step.
const QUIET: &str = "ar-button ar-button--quiet";

fn button(ui: Ui, class: &'static str, say: Say, message: Message) -> impl IntoView {
    view! {
        <button type="button" class=class on:click=move |_| ui.send.run(message.clone())>
            {ui.say(say)}
        </button>
    }
}

/// A way by its name, which opens to what has to be read before it is gone.
fn way(ui: Ui, name: Say, body: AnyView) -> AnyView {
    view! {
        <details class="ar-way">
            <summary class="ar-way__name">{ui.say(name)}</summary>
            <div class="ar-way__body">{body}</div>
        </details>
    }
    .into_any()
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
            <pre class="ar-preview__raw" tabindex="0" role="group" aria-label=ui.say(Say::CommonScroll)>{move || lines.get()}</pre>
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
        <section class="ar-channel">
            <h2 class="ar-section-title">{ui.say(Say::PreviewSendTitle)}</h2>
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
                {move || stoppable().then(|| button(ui, QUIET, Say::SendStop, Message::PressedStop))}
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
    let (takes, plain) = ui.session.with_untracked(|session| {
        let booking = session.guide.settings.handoff.booking.as_ref();
        booking.map(|booking| (booking.takes_contact(), booking.plain())).unwrap_or_default()
    });
    let address =
        Memo::new(move |_| ui.session.with(|session| session.booking_address().unwrap_or_default()));
    let filled = Memo::new(move |_| ui.session.with(|session| session.sharing.fill_booking));
    view! {
        <p>{ui.say(Say::BookingWarning)}</p>
        {takes.then(|| view! {
            <Tick id="fill-booking".to_owned() ticked=filled on_change=ui.on(Message::ToggledFillBooking)>
                {ui.say(Say::BookingFill)}
            </Tick>
        })}
        <p>
            <a class=QUIET href=move || address.get() target="_blank" rel="noopener noreferrer">
                {ui.say(Say::BookingOpen)}
            </a>
        </p>
        // Some frames and browsers open no tab, and say nothing.
        <p class="ar-way__small">{ui.say(Say::BookingAddress)} " " <span class="ar-way__address">{plain}</span></p>
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
        <p>{ui.say(Say::MailWarning)}</p>
        <pre class="ar-way__sheet" tabindex="0" role="region" aria-label=ui.say(Say::MailShown)>{move || mail.get().1}</pre>
        <p><a class=QUIET href=move || mail.get().0>{ui.say(Say::MailOpen)}</a></p>
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
        <section class="ar-channel">
            <h2 class="ar-section-title">{ui.say(Say::PhoneTitle)}</h2>
            <p>{lead}</p>
            <p class="ar-channel__go">
                <a class=QUIET href=address>{ui.say(Say::PhoneCall)}</a>
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
