//! The sealed packet: sealed when it is needed, and then sent, saved, copied or shown as codes.

use super::screens::focus_notice;
use super::sending::press_send;
use super::{Effect, Moment, Session, Target};
use crate::engine::guide::words::Say;
use crate::engine::handoff::mail::mail_text;
use crate::engine::handoff::seal::SealRequest;
use crate::engine::handoff::sealed::{Purpose, SealEvent, Sealing};
use crate::engine::handoff::{chunks, qr};

/// The id of the button that shows the codes.
pub const CODES_ID: &str = "show-codes";

/// What the packet is sealed to; none if the browser has still to do it, which it is then asked for.
pub(super) fn seal_for(session: &mut Session, purpose: Purpose, effects: &mut Vec<Effect>) -> Option<String> {
    let key = session.guide.settings.handoff.key.clone()?;
    let packet = session.packet()?;
    let small = purpose == Purpose::Show;
    let request = SealRequest { packet: packet.to_json(), reference: packet.reference, key, small };
    if let Some(text) = session.sealed.text(&request) {
        return Some(text.to_owned());
    }
    if session.sealed.sealing != Sealing::UnderWay {
        session.sealed.sealing = Sealing::UnderWay;
        effects.push(Effect::Seal(purpose, Box::new(request)));
    }
    None
}

pub(super) fn seal_event(
    session: &mut Session,
    event: SealEvent,
    moment: &Moment,
    effects: &mut Vec<Effect>,
) {
    match event {
        SealEvent::Pressed(purpose) => use_sealed(session, purpose, moment, effects),
        SealEvent::Sealed(purpose, request, sealed) => {
            // What was sealed of another packet, or before all was forgotten, is of no use.
            let same = session.packet().is_some_and(|packet| packet.to_json() == request.packet);
            if session.sealed.sealing != Sealing::UnderWay || !same {
                return;
            }
            match sealed {
                Ok(text) => {
                    session.sealed.sealing = Sealing::Idle;
                    session.sealed.keep(*request, text);
                    use_sealed(session, purpose, moment, effects);
                }
                Err(failure) => {
                    session.sealed.sealing = Sealing::Failed(failure);
                    focus_notice(session, effects);
                }
            }
        }
        SealEvent::TurnedOn => turn_codes(session, 1, effects),
        SealEvent::TurnedBack => turn_codes(session, session.sealed.codes.len().saturating_sub(1), effects),
        SealEvent::ToggledLarger => session.sealed.larger = !session.sealed.larger,
        SealEvent::PutAway => {
            session.sealed.show(Vec::new());
            effects.push(Effect::Focus(Target::Field(CODES_ID.to_owned())));
        }
    }
}

fn turn_codes(session: &mut Session, by: usize, effects: &mut Vec<Effect>) {
    session.sealed.turn(by);
    let number = (session.sealed.code + 1).to_string();
    let of = session.sealed.codes.len().to_string();
    let words = session.words().fill(Say::QrNumber, &[("number", &number), ("total", &of)]);
    effects.push(Effect::Announce(words));
}

/// Does with the sealed packet what it is for, or has it sealed first.
fn use_sealed(session: &mut Session, purpose: Purpose, moment: &Moment, effects: &mut Vec<Effect>) {
    if purpose == Purpose::Send {
        press_send(session, moment, effects);
        return;
    }
    if purpose == Purpose::Show && session.guide.settings.handoff.key.is_none() {
        let text = session.packet().map(|packet| mail_text(&packet, session.words()));
        session.sealed.show(text.into_iter().collect());
        return;
    }
    let Some(text) = seal_for(session, purpose, effects) else { return };
    match purpose {
        Purpose::Send => {}
        Purpose::Save => {
            effects.push(Effect::SaveFile { name: format!("anteroom-{}.jwe", session.reference()), text })
        }
        Purpose::Copy => effects.push(Effect::Copy(text)),
        Purpose::Show => {
            session.sealed.show(chunks::split(&text, qr::MOST_BYTES));
            let count = session.sealed.codes.len().to_string();
            let words = session.words().fill(Say::QrShown, &[("total", &count)]);
            effects.push(Effect::Announce(words));
        }
    }
}
