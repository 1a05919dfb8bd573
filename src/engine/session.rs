//! The session: what one person sees and has said, and what happens next.
//!
//! What happened is a [`Message`] in the past tense. [`update`] turns a session and a message into the next session
//! and the [`Effect`]s that the browser must carry out. It asks neither clock nor dice: they come in a [`Moment`].
//!
//! What a session is, how it opens and what it answers to a message stands here; the rest is told by what a person does:
//!
//! - `messages`, `effects`, `screens`: what can happen, what the browser must do, what is shown and the ways between.
//! - `first`, `whole`: where a message goes while only the first part of the widget is there, and afterwards.
//! - `early`: what was done before the widget ran.
//! - `files`, `language`, `reading`: what is asked for when, and what is made of what comes.
//! - `questions`, `entries`, `names`: answers that are chosen, ticked and typed; lists; names found as they are typed.
//! - `result`, `sharing`, `sending`, `sealing`: from the answers to what the clinic has of them.
//! - `pages`, `searching`: pages opened and followed, and the search over them.
//! - `help`, `leaving`: the crisis panel and whom to call; what would be lost, and what stays.

use std::sync::Arc;

use crate::engine::aftercare::state as aftercare;
use crate::engine::calm;
use crate::engine::deeds::Deeds;
use crate::engine::guide::reader::Date;
use crate::engine::guide::settings::is_language;
use crate::engine::guide::source::Source;
use crate::engine::guide::{self, Guide};
use crate::engine::handoff::delivery::{Delivery, Sending, Step};
use crate::engine::handoff::packet::{Sharing, Stamp};
use crate::engine::handoff::sealed::Sealed;
use crate::engine::ids::{Lang, PageId, QuestionId};
use crate::engine::keep::{self, KeepEffect, KeepMessage};
use crate::engine::map::Set;
use crate::engine::own_file;
use crate::engine::part::{self, Part};
use crate::engine::plan::state::Planning;
use crate::engine::problem::Problem;
use crate::engine::screening::answer::{Answer, Answers, EntryError};
use crate::engine::shared::Shared;

pub mod early;
mod effects;
mod entries;
mod files;
mod first;
mod help;
mod language;
mod leaving;
mod messages;
mod names;
mod pages;
mod questions;
mod reading;
mod result;
mod screens;
mod sealing;
mod searching;
mod sending;
mod sharing;
mod whole;

pub use effects::{Effect, HostEvent, Target};
pub use entries::list_id;
pub use first::update_first;
pub use messages::{Direction, Message, Moment, Notice};
pub use names::{Lookup, name_field_id, offer_id};
pub use questions::input_id;
pub use screens::Screen;
pub use sealing::CODES_ID;
pub use searching::Search;
pub use sending::HandoffError;
pub use sharing::{CONTACT_FIELD, ContactField};

pub(in crate::engine) use files::send_only_to_the_clinic;
pub(in crate::engine) use help::open_help;
pub(in crate::engine) use questions::replace_answers;
pub(in crate::engine) use screens::{go, show};

use files::ask_for;
use messages::today;
use whole::rest;

/// Everything about one person's visit. It lives in memory only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// The guide, as far as its files have come.
    pub guide: Arc<Guide>,
    /// What is wrong in the guide's files.
    pub problems: Arc<Vec<Problem>>,
    /// Whether the first files have come, so that the questions can be asked.
    pub ready: bool,
    /// How much of the widget is there.
    pub part: Part,
    /// The language in use.
    pub lang: Option<Lang>,
    /// What is shown.
    pub screen: Screen,
    /// Whether the crisis panel stands in front of the screen.
    pub help_open: bool,
    /// Whether help is offered beside the question: an arrow key came to an answer that asks for it. The panel
    /// itself would be in the way of who only passes by, so it opens with Continue.
    pub help_offered: bool,
    /// What was answered.
    pub answers: Answers,
    /// What is typed into the fields of the question that is shown.
    pub fields: Vec<String>,
    /// What is typed to search the pages for, and what it finds.
    pub search: Search,
    /// What is typed to find a name by, and what it finds.
    pub lookup: Lookup,
    /// Which entry of a list is in the fields to be changed, counted from 0; none if they hold a new one.
    pub editing: Option<usize>,
    /// What was typed and answered before a "not sure" beside it was ticked, in case it is unticked again.
    set_aside: Option<(Vec<String>, Option<Answer>)>,
    /// Whether the questions before the one on who answers are asked once more, for the person who is helped.
    pub asking_again: bool,
    /// Whether they were.
    asked_again: bool,
    /// Today where the person is, as the last message told.
    pub today: Option<Date>,
    /// Why Continue did not go on: the field, counted from 0, and what is wrong with it.
    pub entry_error: Option<(usize, EntryError)>,
    /// Whether the question that is shown was reached by a Change link, so that Continue goes back to the review.
    pub changing: bool,
    /// Low-energy mode.
    pub calm: calm::State,
    /// The time after a visit.
    pub after: aftercare::State,
    /// What is in the person's own file beside the answers.
    pub own: own_file::State,
    /// What is kept on this device.
    pub keep: keep::State,
    /// What is shared, with whom and how.
    pub sharing: Sharing,
    /// The appointment and the plan made of it.
    pub plan: Planning,
    /// Why the request was not sent.
    pub handoff_error: Option<HandoffError>,
    /// The reference and time of the packet.
    pub stamp: Option<Stamp>,
    /// The way out by a key, and whether anybody is still there.
    pub shared: Shared,
    /// What the page did, as the browser counts it.
    pub deeds: Deeds,
    /// The request's way to the clinic.
    pub delivery: Delivery,
    /// The sealed packet and its codes.
    pub sealed: Sealed,
    /// The part of the screen that is being printed alone, by its id.
    pub printing: Option<String>,
    /// What became of the last copy, save or print.
    pub notice: Option<Notice>,
    /// A phone number that the host page gave, for when the settings cannot be read.
    pub fallback_phone: String,
    lang_wanted: Option<Lang>,
    /// Whether a clinic's own folder is laid over the guide.
    own_folder: bool,
    /// The heading to go to when the page that is shown has come.
    anchor: Option<String>,
    /// The screens that pages were opened from, for the way back.
    trail: Vec<Screen>,
    sources: Arc<Vec<Source>>,
    /// The files that were asked for; each is asked for once.
    asked_for: Set<String>,
    /// The files of pages that were read.
    read: Set<String>,
    /// The language whose pages were named to be kept for when there is no network.
    offline: Option<Lang>,
    /// The answers whose ticks were shown already; from then on the person's own ticks stand.
    offered: Set<QuestionId>,
}

/// What the host page wished for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// The language.
    pub lang: Option<Lang>,
    /// The page to show first, if the guide has it.
    pub page: Option<PageId>,
    /// The clinic's phone number, for when the settings cannot be read.
    pub phone: String,
    /// Whether a clinic's own folder is laid over the guide.
    pub clinic: bool,
    /// Whether only the first part of the widget is there.
    pub in_parts: bool,
}

/// Begins a session: what the host page wished for, and the first files to load.
pub fn open(mut wish: Wish) -> (Session, Vec<Effect>) {
    // It becomes part of the files' addresses, and anybody can write a link with it.
    wish.lang = wish.lang.filter(|lang| is_language(lang.as_str()));
    let mut first = guide::first_paths(wish.lang.as_ref().unwrap_or(&Lang::from("en")));
    if wish.clinic {
        first.push(guide::own_settings_path());
    }
    let mut session = Session {
        lang: wish.lang,
        screen: wish.page.map_or(Screen::Start, Screen::Page),
        fallback_phone: wish.phone,
        own_folder: wish.clinic,
        part: if wish.in_parts { Part::First(part::Waiting::default()) } else { Part::Whole },
        ..Session::default()
    };
    let mut effects = Vec::new();
    if session.waits_for_part() {
        effects.push(Effect::LoadPart);
    }
    if session.part == Part::Whole {
        effects.push(Effect::Keep(KeepEffect::Look));
    }
    ask_for(&mut session, first, &mut effects);
    (session, effects)
}

/// What follows when something happened.
pub fn update(mut session: Session, message: Message, moment: &Moment) -> (Session, Vec<Effect>) {
    let mut effects = Vec::new();
    if !message.is_in_the_background() {
        session.notice = None;
        session.shared.wiped = false;
        // What is wrong with a passphrase stays while it is typed anew.
        if !matches!(message, Message::Keep(KeepMessage::TypedPassphrase(_) | KeepMessage::TypedAgain(_))) {
            session.keep.said = None;
        }
    }
    let was_under_way = session.delivery.is_under_way();
    session.today = today(moment).or(session.today);
    if let Some(message) = first::alike(&mut session, message, &mut effects) {
        rest(&mut session, message, moment, &mut effects);
    }
    reading::follow_up(&mut session, &mut effects);
    if was_under_way && session.delivery.sending == Sending::Idle {
        // The packet is another one, or forgotten.
        effects.insert(0, Effect::Deliver(Step::Stop));
    }
    (session, effects)
}
