//! The sealed ways to the clinic: a file, a text, codes to scan; and whose key they are sealed with.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::handoff::qr;
use crate::engine::handoff::seal::SealFailure;
use crate::engine::handoff::sealed::{Purpose, SealEvent, Sealing};
use crate::engine::session::{CODES_ID, Message};
use crate::ui::context::Ui;

/// The sealed file and the sealed text.
#[component]
pub fn SealedFile(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <p>{ui.say(Say::SealedLead)}</p>
        <Fingerprint ui />
        <div class="ar-actions">
            {button(ui, Say::SealedSave, press(Purpose::Save))}
            {button(ui, Say::SealedCopy, press(Purpose::Copy))}
        </div>
    }
}

fn press(purpose: Purpose) -> Message {
    Message::Seal(SealEvent::Pressed(purpose))
}

/// Whose key seals, for the person to compare.
#[component]
pub fn Fingerprint(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let fingerprint = ui
        .session
        .with_untracked(|session| session.guide.settings.handoff.key.as_ref().map(|key| key.fingerprint()));
    fingerprint.map(|fingerprint| {
        view! {
            <p class="ar-channel__print">
                {ui.say(Say::SealedFingerprint)} " " <span class="ar-channel__key">{fingerprint}</span>
            </p>
        }
    })
}

/// What the person is told where a packet could not be sealed.
pub fn seal_failure(ui: Ui) -> Option<String> {
    match ui.session.with(|session| session.sealed.sealing) {
        Sealing::Failed(SealFailure::NoCrypto) => Some(ui.say(Say::SealedNoCrypto)),
        Sealing::Failed(SealFailure::Refused) => Some(ui.say(Say::SealedRefused)),
        Sealing::Idle | Sealing::UnderWay => None,
    }
}

/// The button that shows the codes, and the codes, one at a time.
#[component]
pub fn Codes(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let has_key = ui.session.with_untracked(|session| session.guide.settings.handoff.key.is_some());
    let count = Memo::new(move |_| ui.session.with(|session| session.sealed.codes.len()));
    let event = |event| Message::Seal(event);
    // Drawn once for each packet: the buttons stay where the focus is while the codes change.
    let draw = move |count: usize| {
        let at = Memo::new(move |_| ui.session.with(|session| session.sealed.code));
        let larger = Memo::new(move |_| ui.session.with(|session| session.sealed.larger));
        let code = Memo::new(move |_| {
            ui.session.with(|session| session.sealed.shown().and_then(qr::code).unwrap_or_default())
        });
        let numbered = move |say| {
            let (number, of) = ((at.get() + 1).to_string(), count.to_string());
            ui.fill(say, &[("number", &number), ("total", &of)])
        };
        let larger_say = move || if larger.get() { Say::QrSmaller } else { Say::QrLarger };
        view! {
            <div class="ar-qr" class:ar-qr--larger=move || larger.get()>
                {(count > 1).then(|| view! { <p class="ar-qr__number">{move || numbered(Say::QrNumber)}</p> })}
                <svg
                    class="ar-qr__code"
                    viewBox=move || format!("0 0 {0} {0}", code.get().side)
                    role="img"
                    aria-label=move || numbered(Say::QrName)
                >
                    <rect class="ar-qr__light" width="100%" height="100%" />
                    <path class="ar-qr__dark" d=move || code.get().path />
                </svg>
                <div class="ar-actions">
                    {(count > 1).then(|| button(ui, Say::QrNext, event(SealEvent::TurnedOn)))}
                    {(count > 1).then(|| button(ui, Say::QrBack, event(SealEvent::TurnedBack)))}
                    <button
                        type="button"
                        class="ar-button ar-button--quiet"
                        on:click=move |_| ui.send.run(event(SealEvent::ToggledLarger))
                    >
                        {move || ui.say(larger_say())}
                    </button>
                    {button(ui, Say::QrHide, event(SealEvent::PutAway))}
                </div>
            </div>
        }
    };
    view! {
        <p>{ui.say(if has_key { Say::QrLead } else { Say::QrLeadPlain })}</p>
        <div class="ar-actions">
            <button
                type="button"
                class="ar-button ar-button--quiet"
                id=CODES_ID
                on:click=move |_| ui.send.run(press(Purpose::Show))
            >
                {ui.say(Say::QrShow)}
            </button>
        </div>
        {move || Some(count.get()).filter(|count| *count > 0).map(draw)}
    }
}

fn button(ui: Ui, say: Say, message: Message) -> impl IntoView {
    view! {
        <button type="button" class="ar-button ar-button--quiet" on:click=move |_| ui.send.run(message.clone())>
            {ui.say(say)}
        </button>
    }
}
