//! The session once the whole widget is there: where each message goes that the first part (first.rs) leaves to it.

use std::sync::Arc;

use super::entries::{change_entry, press_add_entry, remove_entry};
use super::files::files_arrived;
use super::first::Depth;
use super::language::choose_language;
use super::names::{choose_name, move_in_names, remove_name, typed_name};
use super::pages::{follow, open_page, open_pages};
use super::result::{press_result, press_so_far};
use super::screens::{focus_notice, go, press_back, press_continue, remember};
use super::sealing::seal_event;
use super::searching::{open_search, search};
use super::sending::{hear, press_send};
use super::sharing::{packet_changed, press_share};
use super::{Effect, HandoffError, Lookup, Message, Moment, Screen, Session, Target, reading};
use crate::engine::aftercare::state as aftercare;
use crate::engine::calm;
use crate::engine::guide::reader::Date;
use crate::engine::guide::source::Source;
use crate::engine::guide::{self, Guide};
use crate::engine::handoff::fhir;
use crate::engine::ids::{Lang, PageId};
use crate::engine::keep;
use crate::engine::own_file;
use crate::engine::part;
use crate::engine::plan::state;
use crate::engine::problem::Problem;

/// Everything.
pub(super) struct Whole;

impl Depth for Whole {
    fn parse(sources: &[Source], today: Option<Date>) -> (Guide, Vec<Problem>) {
        guide::parse_without_pages(sources, today)
    }

    fn speak(session: &mut Session, lang: &Lang) {
        Arc::make_mut(&mut session.guide).speak(lang);
    }

    fn look_again(session: &mut Session, pages: Vec<PageId>) {
        reading::read_again(session, pages);
        session.lookup.offers = session.offers(&session.lookup.typed);
        session.take_kept_answers();
        if session.screen == Screen::Search {
            search(session);
        }
    }
}

/// What follows of everything that the first part does not do, or does otherwise.
pub(super) fn rest(session: &mut Session, message: Message, moment: &Moment, effects: &mut Vec<Effect>) {
    match message {
        Message::FilesArrived(files) => files_arrived::<Whole>(session, files, moment, effects),
        Message::Part(message) => part::after(session, message, moment, effects),
        Message::ChoseLanguage(lang) => choose_language::<Whole>(session, lang, effects),
        Message::OpenedSearch => open_search(session, effects),
        Message::TypedSearch(typed) => {
            session.search.typed = typed;
            let before = session.search_words();
            search(session);
            let after = session.search_words();
            effects.extend(after.filter(|after| before.as_ref() != Some(after)).map(Effect::Announce));
        }
        Message::OpenedPages(group) => open_pages(session, group, effects),
        Message::OpenedPage(page) => open_page(session, page, None, effects),
        Message::FollowedLink(None, slug) => follow(session, slug, effects),
        Message::FollowedLink(Some(page), slug) => {
            open_page(session, page, Some(slug), effects);
        }
        Message::TypedName(typed) => typed_name(session, typed, effects),
        Message::MovedInNames(direction) => move_in_names(session, direction, effects),
        Message::ChoseName(place) => choose_name(session, place, effects),
        Message::ShutNames => {
            if session.lookup.is_open() {
                session.lookup.shut = true;
                session.lookup.active = None;
            } else {
                session.lookup = Lookup::default();
            }
        }
        Message::RemovedName(place) => remove_name(session, place, effects),
        Message::PressedAddEntry => press_add_entry(session, effects),
        Message::AskedToChangeEntry(place) => change_entry(session, place, effects),
        Message::RemovedEntry(place) => remove_entry(session, place, effects),
        Message::PressedContinue => press_continue(session, effects),
        Message::FollowedError(field) => {
            // What is missing stands on the screen before.
            if session.handoff_error == Some(HandoffError::NoContact) {
                go(session, Screen::Contact, effects);
                effects.retain(|effect| *effect != Effect::Focus(Target::Heading));
            }
            effects.push(Effect::Focus(Target::Field(field)));
        }
        Message::PressedBack => press_back(session, effects),
        Message::AskedToChange(question) => {
            go(session, Screen::Question(question), effects);
            session.changing = true;
        }
        Message::PressedSeeResult => press_result(session, effects),
        Message::PressedSeeSoFar => press_so_far(session, effects),
        Message::PressedReview => go(session, Screen::Review, effects),
        Message::Calm(message) => calm::update(session, message, effects),
        Message::After(message) => aftercare::update(session, message, moment, effects),
        Message::OwnFile(message) => own_file::update(session, message, moment, effects),
        Message::Keep(message) => keep::update(session, message, moment, effects),
        Message::Plan(message) => state::update(session, message, moment, effects),
        Message::PressedShare => press_share(session, moment, effects),
        Message::ToggledShared(question) => {
            flip(&mut session.sharing.answers, question);
            packet_changed(session, moment);
        }
        Message::TypedContact(field, text) => {
            *field.of_mut(&mut session.sharing.contact) = text;
            packet_changed(session, moment);
        }
        Message::ToggledReason(rule) => {
            flip(&mut session.sharing.reasons_off, rule);
            packet_changed(session, moment);
        }
        Message::ToggledDay(day) => {
            flip(&mut session.sharing.contact.days, day);
            packet_changed(session, moment);
        }
        Message::ToggledTime(time) => {
            flip(&mut session.sharing.contact.times, time);
            packet_changed(session, moment);
        }
        Message::ToggledFillBooking => session.sharing.fill_booking = !session.sharing.fill_booking,
        Message::ToggledConsent(consent) => {
            flip(&mut session.sharing.consents, consent);
            session.handoff_error = None;
            packet_changed(session, moment);
        }
        Message::PressedPrint => effects.push(Effect::Print),
        Message::PressedPrintPart(id) => {
            session.printing = Some(id);
            effects.push(Effect::Print);
        }
        Message::Printed => session.printing = None,
        Message::OpenedDeeds => {
            remember(session);
            go(session, Screen::Deeds, effects);
            effects.push(Effect::Count);
        }
        Message::Counted(deeds) => session.deeds = deeds,
        Message::PressedCopy => effects.extend(session.chart_lines().map(Effect::Copy)),
        Message::PressedSave => effects.extend(session.packet().map(|packet| Effect::SaveFile {
            name: format!("anteroom-{}.json", packet.reference),
            text: packet.to_json(),
        })),
        Message::PressedSaveFhir => effects.extend(session.packet().map(|packet| Effect::SaveFile {
            name: format!("anteroom-{}-fhir.json", packet.reference),
            text: fhir::file(&session.guide, &packet),
        })),
        Message::PressedSend => press_send(session, moment, effects),
        Message::Noticed(notice) => {
            session.printing = None;
            session.notice = Some(notice);
            focus_notice(session, effects);
        }
        Message::Seal(event) => seal_event(session, event, moment, effects),
        Message::PressedStop => {
            let steps = session.delivery.stop();
            let stopped = !steps.is_empty();
            effects.extend(steps.into_iter().map(Effect::Deliver));
            if stopped {
                focus_notice(session, effects);
            }
        }
        Message::Delivery(heard) => hear(session, heard, moment, effects),
        // Both parts do these alike.
        Message::PressedStart
        | Message::PressedHome
        | Message::ChoseOption(..)
        | Message::MovedToOption(..)
        | Message::ToggledOption(..)
        | Message::TypedField(..)
        | Message::OpenedHelp
        | Message::ClosedHelp
        | Message::Shared(_)
        | Message::PressedClear
        | Message::PressedLeave => {}
    }
}

fn flip<T: Ord>(set: &mut crate::engine::map::Set<T>, entry: T) {
    if !set.remove(&entry) {
        set.insert(entry);
    }
}
