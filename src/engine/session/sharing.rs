//! What is shared: the contact, the packet, and all that is made of it for the clinic and the person.

use super::screens::go;
use super::{Effect, Moment, Screen, Session};
use crate::engine::handoff::channel::{Channel, Format};
use crate::engine::handoff::fhir::bundle;
use crate::engine::handoff::mail::{mail_address, mail_text};
use crate::engine::handoff::note::{chart_lines, chart_note};
use crate::engine::handoff::packet::{Contact, Packet, Stamp, packet, reference_from, ticked_at_first};
use crate::engine::handoff::sealed::Sealed;
use crate::engine::handoff::send::{FHIR_JSON, JSON};
use crate::engine::ids::QuestionId;
use crate::engine::screening::level::Level;

/// The id of the field for a phone number.
pub const CONTACT_FIELD: &str = "contact-phone";

/// A field of the contact screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContactField {
    /// The name to ask for.
    Name,
    /// A phone number.
    Phone,
    /// An e-mail address.
    Email,
    /// When it suits.
    BestTime,
    /// The language to talk in.
    Language,
}

impl ContactField {
    /// All fields in order.
    pub const ALL: [Self; 5] = [Self::Name, Self::Phone, Self::Email, Self::BestTime, Self::Language];

    /// The field's text in a contact.
    pub fn of(self, contact: &Contact) -> &str {
        match self {
            Self::Name => &contact.name,
            Self::Phone => &contact.phone,
            Self::Email => &contact.email,
            Self::BestTime => &contact.best_time,
            Self::Language => &contact.language,
        }
    }

    pub(super) fn of_mut(self, contact: &mut Contact) -> &mut String {
        match self {
            Self::Name => &mut contact.name,
            Self::Phone => &mut contact.phone,
            Self::Email => &mut contact.email,
            Self::BestTime => &mut contact.best_time,
            Self::Language => &mut contact.language,
        }
    }
}

pub(super) fn press_share(session: &mut Session, moment: &Moment, effects: &mut Vec<Effect>) {
    if matches!(session.outcome().level, Level::GetHelp | Level::Incomplete) {
        return;
    }
    if session.stamp.is_none() {
        let first: Vec<QuestionId> = ticked_at_first(&session.guide, &session.answers)
            .into_iter()
            .filter(|question| !session.offered.contains(question))
            .collect();
        session.sharing.answers.extend(first);
        session.offered = session.answers.iter().map(|(question, _)| question.clone()).collect();
        session.stamp = Some(Stamp { reference: reference_from(moment.dice), created: moment.now.clone() });
    }
    go(session, Screen::Share, effects);
}

/// The packet changed. A request that is under way no longer speaks for it, so the packet gets a reference of its
/// own: the clinic may have filed the old one.
pub(super) fn packet_changed(session: &mut Session, moment: &Moment) {
    session.sealed = Sealed::default();
    let abandoned = session.delivery.forget();
    if let Some(stamp) = session.stamp.as_mut().filter(|_| abandoned) {
        stamp.reference = reference_from(moment.dice);
    }
}

impl Session {
    /// The packet as it would leave now; none before the hand-off was begun.
    pub fn packet(&self) -> Option<Packet> {
        let stamp = self.stamp.as_ref()?;
        Some(packet(&self.guide, self.lang(), &self.answers, &self.outcome(), &self.sharing, stamp))
    }

    /// What is sent, and what it is sent as: the packet itself, or made from nothing but the packet.
    pub fn payload(&self) -> Option<(&'static str, String)> {
        let handoff = &self.guide.settings.handoff;
        let packet = self.packet()?;
        Some(match handoff.format {
            Format::Fhir if handoff.offers(Channel::Send) => {
                (FHIR_JSON, bundle(&self.guide, &packet, &handoff.fhir).to_text())
            }
            // Of what is sealed, this is what is inside of the seal.
            Format::Fhir | Format::Json | Format::Sealed => (JSON, packet.to_json()),
        })
    }

    /// The packet as a chart note.
    pub fn note(&self) -> Option<String> {
        self.packet().map(|packet| chart_note(&packet, self.words()))
    }

    /// The packet in ten lines, to paste into a chart.
    pub fn chart_lines(&self) -> Option<String> {
        self.packet().map(|packet| chart_lines(&packet, self.words()))
    }

    /// The e-mail that asks for a call: its address and its text; none if the clinic takes none.
    pub fn mail(&self) -> Option<(String, String)> {
        let handoff = &self.guide.settings.handoff;
        let to = handoff.email.as_ref().filter(|_| handoff.offers(Channel::Email))?;
        let packet = self.packet()?;
        Some((mail_address(to, &packet, self.words()), mail_text(&packet, self.words())))
    }

    /// The address of the booking page, with the contact and the reference in it only if that is ticked; none if the
    /// clinic has none.
    pub fn booking_address(&self) -> Option<String> {
        let handoff = &self.guide.settings.handoff;
        let booking = handoff.booking.as_ref().filter(|_| handoff.offers(Channel::Booking))?;
        let packet = self.packet()?;
        Some(if self.sharing.fill_booking {
            booking.filled(&packet.contact, &packet.reference)
        } else {
            booking.plain()
        })
    }

    /// The reference to quote; empty before the hand-off was begun.
    pub fn reference(&self) -> String {
        self.stamp.as_ref().map_or_else(String::new, |stamp| stamp.reference.clone())
    }
}
