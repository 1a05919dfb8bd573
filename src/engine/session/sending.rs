//! The request on its way: sent, tried again, and confirmed.

use super::screens::{focus_notice, go};
use super::sealing::seal_for;
use super::{Effect, HostEvent, Moment, Screen, Session, Target};
use crate::engine::guide::words::Say;
use crate::engine::handoff::channel::{Channel, Format};
use crate::engine::handoff::delivery::{Heard, Outgoing, Sending};
use crate::engine::handoff::packet::Consent;
use crate::engine::handoff::seal;
use crate::engine::handoff::sealed::Purpose;

/// Why a request cannot be sent as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoffError {
    /// The consent to share is not ticked.
    NoConsent,
    /// There is neither a phone number nor an e-mail address to answer to.
    NoContact,
}

pub(super) fn press_send(session: &mut Session, moment: &Moment, effects: &mut Vec<Effect>) {
    let handoff = &session.guide.settings.handoff;
    if session.delivery.sending == Sending::UnderWay || !handoff.offers(Channel::Send) {
        return;
    }
    let (Some(endpoint), Some(packet)) = (handoff.endpoint.clone(), session.packet()) else {
        return;
    };
    let missing = if packet.contact.phone.is_empty() && packet.contact.email.is_empty() {
        Some(HandoffError::NoContact)
    } else if !session.sharing.consents.contains(&Consent::ShareAnswers) {
        Some(HandoffError::NoConsent)
    } else {
        None
    };
    if let Some(error) = missing {
        session.handoff_error = Some(error);
        effects.push(Effect::Focus(Target::ErrorSummary));
        return;
    }
    session.handoff_error = None;
    let (content_type, body) = match session.guide.settings.handoff.format {
        // Not sealed yet: the browser is asked, and then it is sent.
        Format::Sealed => match seal_for(session, Purpose::Send, effects) {
            Some(body) => (seal::MEDIA_TYPE, body),
            None => return,
        },
        Format::Json | Format::Fhir => match session.payload() {
            Some(payload) => payload,
            None => return,
        },
    };
    let outgoing = Outgoing { endpoint, content_type, body, packet: packet.to_json() };
    let steps = session.delivery.send(outgoing, moment.dice);
    session.handoff_error = None;
    effects.push(Effect::Announce(session.words().say(Say::SendUnderWay).to_owned()));
    effects.extend(steps.into_iter().map(Effect::Deliver));
}

pub(super) fn hear(session: &mut Session, heard: Heard, moment: &Moment, effects: &mut Vec<Effect>) {
    let reference = session.reference();
    let before = session.delivery.sending.clone();
    let steps = session.delivery.hear(heard, &reference, moment.dice);
    effects.extend(steps.into_iter().map(Effect::Deliver));
    if session.delivery.sending == before {
        return;
    }
    match session.delivery.sending {
        Sending::Received => received(session, reference, effects),
        Sending::Failed(_) => focus_notice(session, effects),
        Sending::Waiting(..) => effects.extend(session.waiting_words().map(Effect::Announce)),
        Sending::UnderWay => {
            effects.push(Effect::Announce(session.words().say(Say::SendUnderWay).to_owned()));
        }
        Sending::Idle => {}
    }
}

fn received(session: &mut Session, reference: String, effects: &mut Vec<Effect>) {
    if session.help_open {
        // Nothing that a system answers takes the crisis panel away.
        session.screen = Screen::Receipt;
    } else {
        go(session, Screen::Receipt, effects);
    }
    if session.guide.settings.handoff.offers(Channel::HostPage) {
        effects.push(Effect::TellHost(HostEvent::HandedOff(reference)));
    }
}

impl Session {
    /// Why the last try failed and when the next one comes; none if no try is waited for.
    pub fn waiting_words(&self) -> Option<String> {
        let Sending::Waiting(failure, seconds) = &self.delivery.sending else { return None };
        let words = self.words();
        let wait = words.fill(Say::SendWaiting, &[("number", &seconds.to_string())]);
        Some(format!("{} {wait}", failure.in_words(words)))
    }
}
