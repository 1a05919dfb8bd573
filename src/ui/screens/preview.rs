//! Exactly what leaves, the consents to it, and the ways it can travel.
//!
//! What is shown here is the packet itself, made by the same function as what is sent.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::handoff::channel::Channel;
use crate::engine::handoff::packet::{Consent, terms};
use crate::engine::session::{CONTACT_FIELD, HandoffError, Message};
use crate::ui::context::Ui;
use crate::ui::error_summary::ErrorSummary;
use crate::ui::screens::channels::Channels;
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
        ui.session.with(|session| session.payload().map(|(_, body)| body).unwrap_or_default())
    });
    let by_hand = ui.session.with_untracked(|session| !session.guide.settings.handoff.offers(Channel::Send));
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
                    HandoffError::NoContact => ui.on(Message::FollowedError(CONTACT_FIELD.to_owned())),
                }
            />
        })}
        <Heading words=ui.say(Say::PreviewTitle) />
        <p class="ar-lead">{ui.say(if by_hand { Say::PreviewLeadByHand } else { Say::PreviewLead })}</p>
        <section class="ar-preview">
            <h2 class="ar-section-title">{ui.say(Say::PreviewReadable)}</h2>
            <pre class="ar-preview__note" tabindex="0" role="group" aria-label=ui.say(Say::CommonScroll)>{move || note.get()}</pre>
            <details class="ar-details">
                <summary class="ar-details__summary">{ui.say(Say::PreviewRaw)}</summary>
                <pre class="ar-preview__raw" tabindex="0" role="group" aria-label=ui.say(Say::CommonScroll)>{move || raw.get()}</pre>
            </details>
        </section>
        <Consents ui />
        <Channels ui />
    }
}

/// The consents, each in a box of its own that starts unticked.
#[component]
fn Consents(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let (contact, terms, policy) = ui.session.with_untracked(|session| {
        let settings = &session.guide.settings;
        (
            session.sharing.contact.clone(),
            terms(&session.guide, session.words(), &session.answers, &session.sharing),
            settings.clinic.privacy_url.clone(),
        )
    });
    let terms: Vec<_> = terms
        .into_iter()
        .map(|(title, text)| view! { <div class="ar-terms__row"><dt>{title}</dt><dd>{text}</dd></div> })
        .collect();
    let mut boxes = Consent::ALL
        .into_iter()
        .enumerate()
        .filter(|(_, consent)| consent.applies(&contact))
        .map(|(index, consent)| {
            let id = format!("consent-{index}");
            let given =
                Memo::new(move |_| ui.session.with(|session| session.sharing.consents.contains(&consent)));
            let missing = Signal::derive(move || {
                let error = ui.session.with(|session| session.handoff_error);
                let here = consent == Consent::ShareAnswers && error == Some(HandoffError::NoConsent);
                here.then(|| ui.say(Say::ConsentMissing))
            });
            view! {
                <Tick id ticked=given on_change=ui.on(Message::ToggledConsent(consent)) error=missing>
                    {ui.say(consent.say())}
                </Tick>
            }
        });
    // The first is about what is shared; the others, about how the clinic may answer, stand by themselves.
    let share = boxes.next();
    let reach: Vec<_> = boxes.collect();
    view! {
        <fieldset class="ar-share" aria-describedby="ar-consent-lead">
            <legend class="ar-share__title">{ui.say(Say::ConsentTitle)}</legend>
            <p id="ar-consent-lead">{ui.say(Say::ConsentLead)}</p>
            {share}
            <dl class="ar-terms">{terms}</dl>
            {(!policy.is_empty()).then(|| view! {
                <p><a class="ar-link" href=policy target="_blank" rel="noopener noreferrer">{ui.say(Say::ConsentPolicy)}</a></p>
            })}
            {(!reach.is_empty()).then(|| view! {
                <div role="group" aria-labelledby="ar-consent-reach">
                    <p class="ar-share__reasons" id="ar-consent-reach">{ui.say(Say::ConsentReachLead)}</p>
                    {reach}
                </div>
            })}
        </fieldset>
    }
}
