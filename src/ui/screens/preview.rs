//! Exactly what leaves, the consents to it, and the ways it can travel.
//!
//! What is shown here is the packet itself, made by the same function as what is sent.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::handoff::channel::Channel;
use crate::engine::handoff::packet::Consent;
use crate::engine::handoff::send::{SendFailure, Sending};
use crate::engine::session::{HandoffError, Message, Notice as Event};
use crate::ui::context::Ui;
use crate::ui::error_summary::ErrorSummary;
use crate::ui::notice::{Notice, Tone};
use crate::ui::screens::{Back, Heading};
use crate::ui::tick::Tick;

/// The preview and the channels.
#[component]
pub fn Preview(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let note = Memo::new(move |_| ui.session.with(|session| session.note().unwrap_or_default()));
    let raw = Memo::new(move |_| {
        ui.session.with(|session| session.packet().map(|packet| packet.to_json()).unwrap_or_default())
    });
    let can_send = ui.session.with_untracked(|session| session.guide.settings.handoff.offers(Channel::Send));
    view! {
        <Back ui />
        {move || ui.session.with(|session| session.handoff_error).map(|error| view! {
            <ErrorSummary
                title=ui.say(Say::CommonProblem)
                error=ui.say(match error {
                    HandoffError::NoConsent => Say::ConsentMissing,
                    HandoffError::NoContact => Say::ConsentNoContact,
                })
                on_follow=match error {
                    HandoffError::NoConsent => ui.on(Message::FollowedError("consent-0".to_owned())),
                    HandoffError::NoContact => ui.on(Message::PressedBack),
                }
            />
        })}
        <Heading words=ui.say(Say::PreviewTitle) />
        <p class="ar-lead">{ui.say(Say::PreviewLead)}</p>
        <section class="ar-preview">
            <h2 class="ar-section-title" id="ar-readable">{ui.say(Say::PreviewReadable)}</h2>
            <pre class="ar-preview__note" tabindex="0" role="region" aria-labelledby="ar-readable">{move || note.get()}</pre>
            <details class="ar-details">
                <summary class="ar-details__summary">{ui.say(Say::PreviewRaw)}</summary>
                <pre class="ar-preview__raw" tabindex="0" role="region" aria-label=ui.say(Say::PreviewRaw)>{move || raw.get()}</pre>
            </details>
        </section>
        <Consents ui />
        {move || draw_notice(ui)}
        <section class="ar-channel" aria-labelledby="ar-keep">
            <h2 class="ar-section-title" id="ar-keep">{ui.say(Say::PreviewKeepTitle)}</h2>
            <p>{ui.say(Say::PreviewKeepLead)}</p>
            <div class="ar-actions">
                {channel_button(ui, Say::PreviewPrint, Message::PressedPrint)}
                {channel_button(ui, Say::PreviewCopy, Message::PressedCopy)}
                {channel_button(ui, Say::PreviewSave, Message::PressedSave)}
            </div>
        </section>
        {if can_send { view! { <Send ui /> }.into_any() } else {
            view! { <p class="ar-channel__none">{ui.say(Say::PreviewNoEndpoint)}</p> }.into_any()
        }}
    }
}

fn channel_button(ui: Ui, say: Say, message: Message) -> impl IntoView {
    view! {
        <button type="button" class="ar-button ar-button--quiet" on:click=move |_| ui.send.run(message.clone())>
            {ui.say(say)}
        </button>
    }
}

/// The consents, each in a box of its own that starts unticked.
#[component]
fn Consents(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let contact = ui.session.with_untracked(|session| session.sharing.contact.clone());
    let boxes: Vec<_> = Consent::ALL
        .into_iter()
        .enumerate()
        .filter(|(_, consent)| consent.applies(&contact))
        .map(|(index, consent)| {
            let id = format!("consent-{index}");
            let given =
                Memo::new(move |_| ui.session.with(|session| session.sharing.consents.contains(&consent)));
            view! {
                <Tick id ticked=given on_change=ui.on(Message::ToggledConsent(consent))>{ui.say(consent.say())}</Tick>
            }
        })
        .collect();
    view! {
        <fieldset class="ar-share">
            <legend class="ar-share__title">{ui.say(Say::ConsentTitle)}</legend>
            <p>{ui.say(Say::ConsentLead)}</p>
            {boxes}
        </fieldset>
    }
}

/// The send button with what becomes of it.
#[component]
fn Send(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let under_way = Memo::new(move |_| ui.session.with(|session| session.sending == Sending::UnderWay));
    let failed = Memo::new(move |_| ui.session.with(|session| matches!(session.sending, Sending::Failed(_))));
    view! {
        <section class="ar-channel" aria-labelledby="ar-send">
            <h2 class="ar-section-title" id="ar-send">{ui.say(Say::PreviewSendTitle)}</h2>
            <p>{ui.say(Say::PreviewSendLead)}</p>
            <div class="ar-actions">
                // Not disabled while it is under way: a disabled button drops the focus and says nothing.
                <button
                    type="button"
                    class="ar-button"
                    aria-disabled=move || under_way.get().then_some("true")
                    on:click=move |_| ui.send.run(Message::PressedSend)
                >
                    {move || ui.say(if failed.get() { Say::PreviewSendAgain } else { Say::PreviewSend })}
                </button>
            </div>
            {move || under_way.get().then(|| view! { <p class="ar-channel__wait">{ui.say(Say::SendUnderWay)}</p> })}
        </section>
    }
}

fn draw_notice(ui: Ui) -> Option<AnyView> {
    let (event, sending) = ui.session.with(|session| (session.notice, session.sending.clone()));
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
    let Sending::Failed(failure) = sending else { return None };
    let why = match failure {
        SendFailure::Offline => ui.say(Say::SendOffline),
        SendFailure::Unreachable => ui.say(Say::SendUnreachable),
        SendFailure::TimedOut => ui.say(Say::SendTimedOut),
        SendFailure::Refused(status) => ui.fill(Say::SendRefused, &[("status", &status.to_string())]),
        SendFailure::Unclear => ui.say(Say::SendUnclear),
    };
    let reference = ui.session.with(|session| session.reference());
    let rest = ui.fill(Say::SendFailedRest, &[("reference", &reference)]);
    Some(
        view! { <Notice tone=Tone::Trouble title=ui.say(Say::SendFailedTitle) lines=vec![why, rest] /> }
            .into_any(),
    )
}
