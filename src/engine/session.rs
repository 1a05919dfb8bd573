//! The session: what one person sees and has said, and what happens next.
//!
//! What happened is a [`Message`] in the past tense. [`update`] turns a session and a message into the next session
//! and the [`Effect`]s that the browser must carry out. It asks neither clock nor dice: they come in a [`Moment`].

use crate::engine::map::Set;
use std::sync::Arc;

use crate::engine::aftercare::signs::Call;
use crate::engine::aftercare::state::{self as aftercare, AfterMessage, AfterScreen};
use crate::engine::calm::{self, CalmMessage, Rest};
use crate::engine::deeds::Deeds;
use crate::engine::guide::entry_words::entry_in_words;
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::page::Page;
use crate::engine::guide::reader::Date;
use crate::engine::guide::settings::is_language;
use crate::engine::guide::source::Source;
use crate::engine::guide::words::{Say, Words};
use crate::engine::guide::{self, Guide};
use crate::engine::handoff::channel::{Channel, Format};
use crate::engine::handoff::delivery::{Delivery, Heard, Outgoing, Sending, Step};
use crate::engine::handoff::fhir::{self, bundle};
use crate::engine::handoff::mail::{mail_address, mail_text};
use crate::engine::handoff::note::{chart_lines, chart_note};
use crate::engine::handoff::packet::{
    Consent, Contact, Packet, PartOfDay, Sharing, Stamp, Weekday, packet, reference_from, ticked_at_first,
};
use crate::engine::handoff::seal::SealRequest;
use crate::engine::handoff::sealed::{Purpose, SealEvent, Sealed, Sealing};
use crate::engine::handoff::send::{FHIR_JSON, JSON};
use crate::engine::handoff::{chunks, qr, seal};
use crate::engine::ids::{ChoiceId, GroupId, Lang, PageId, QuestionId, RuleId};
use crate::engine::keep::{self, KeepEffect, KeepMessage};
use crate::engine::own_file::{self, OwnFileMessage};
use crate::engine::part::{self, Part, PartMessage};
use crate::engine::plan::state::{self, PlanEffect, PlanMessage, PlanScreen, Planning};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::answer::{Answer, Answers, Entry, EntryError, parse_entry};
use crate::engine::screening::journey::{Journey, journey};
use crate::engine::screening::level::Level;
use crate::engine::screening::names::{Offer, Offered, names_of, with_name, without_name};
use crate::engine::screening::question::{Entries, EntryField, Kind, Question};
use crate::engine::screening::result::{Outcome, opens_crisis_panel, result};
use crate::engine::search::{Index, PageFound};
use crate::engine::shared::{self, Shared};

mod first;
mod reading;

pub use first::update_first;
use first::{Depth, Whole};

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

/// A search over the pages. What is typed is kept here and nowhere else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// What is typed.
    pub typed: String,
    /// The pages that were found.
    pub found: Vec<PageFound>,
    /// What the pages say, and what it was read from: the guide's version, how many pages of it, and the language. None until
    /// something is typed.
    index: Option<((String, usize, Lang), Arc<Index>)>,
}

/// A name that is being looked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lookup {
    /// What is typed.
    pub typed: String,
    /// What may be meant by it.
    pub offers: Vec<Offer>,
    /// Which of the offers Enter would choose, counted from 0. None until an arrow key came to one.
    pub active: Option<usize>,
    /// Whether the offers were put away with Escape.
    pub shut: bool,
}

impl Lookup {
    /// Whether offers are shown.
    pub fn is_open(&self) -> bool {
        !self.shut && !self.offers.is_empty()
    }

    /// Whether nothing of the list was found for what is typed.
    pub fn found_nothing(&self) -> bool {
        let unlisted = |offer: &Offer| matches!(offer.what, Offered::Unlisted(_));
        !self.offers.is_empty() && self.offers.iter().all(unlisted)
    }
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// What this is, how long it takes, who sees it.
    #[default]
    Start,
    /// The search over the education pages.
    Search,
    /// The list of the education pages.
    Pages,
    /// An education page.
    Page(PageId),
    /// One question.
    Question(QuestionId),
    /// What this page did since it was opened.
    Deeds,
    /// The person's own file: opened, looked at, saved.
    OwnFile,
    /// A pause, or no more for now.
    Rest(Rest),
    /// The time after a visit.
    After(AfterScreen),
    /// All answers with Change links.
    Review,
    /// The result with its reasons and the preparation list.
    Result,
    /// The dated plan around an appointment.
    Plan(PlanScreen),
    /// Which answers to share.
    Share,
    /// How the clinic may reach the person.
    Contact,
    /// Exactly what leaves, the consents, and the ways it can travel.
    Preview,
    /// The clinic's system confirmed the request.
    Receipt,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// Content files came, or could not be had.
    FilesArrived(Vec<Source>),
    /// Something about the second file of the widget.
    Part(PartMessage),
    /// A language was chosen.
    ChoseLanguage(Lang),
    /// The way to the questions was taken.
    PressedStart,
    /// The way back to the start page was taken.
    PressedHome,
    /// The search over the pages was opened.
    OpenedSearch,
    /// Something was typed to search the pages for.
    TypedSearch(String),
    /// The list of pages was opened, perhaps at one of its groups.
    OpenedPages(Option<GroupId>),
    /// A page was opened.
    OpenedPage(PageId),
    /// A link to a heading, by its slug, of this page or of another was followed.
    FollowedLink(Option<PageId>, String),
    /// What this page did was asked for.
    OpenedDeeds,
    /// The browser counted what the page did.
    Counted(Deeds),
    /// Something happened that matters on a shared computer.
    Shared(shared::Happened),
    /// A choice of a one-choice question was chosen.
    ChoseOption(QuestionId, ChoiceId),
    /// An arrow key came to a choice of a one-choice question, perhaps on the way to another.
    MovedToOption(QuestionId, ChoiceId),
    /// A choice of a several-choices question, or a "not sure" beside a field, was ticked or unticked.
    ToggledOption(QuestionId, ChoiceId),
    /// Something was typed into a field of the question that is shown.
    TypedField(usize, String),
    /// Something was typed to find a name by.
    TypedName(String),
    /// An arrow key went through the names that were found: to the next, or back.
    MovedInNames(Direction),
    /// One of the names that were found was chosen, counted from 0.
    ChoseName(usize),
    /// The names that were found were put away; a second time, what was typed is.
    ShutNames,
    /// A name beside the answer was taken out, counted from 0.
    RemovedName(usize),
    /// The entry in the fields is to go into the list.
    PressedAddEntry,
    /// An entry of the list, counted from 0, is to be changed.
    AskedToChangeEntry(usize),
    /// An entry of the list, counted from 0, was taken out.
    RemovedEntry(usize),
    /// Continue was pressed.
    PressedContinue,
    /// The error summary was followed to a field, by its id.
    FollowedError(String),
    /// Back was pressed.
    PressedBack,
    /// A Change link was followed.
    AskedToChange(QuestionId),
    /// The result was asked for.
    PressedSeeResult,
    /// What is known of a result while answers are missing was asked for.
    PressedSeeSoFar,
    /// The review was asked for.
    PressedReview,
    /// Something happened in low-energy mode.
    Calm(CalmMessage),
    /// Something happened after a visit.
    After(AfterMessage),
    /// Something happened around the person's own file.
    OwnFile(OwnFileMessage),
    /// Something happened around what is kept on this device.
    Keep(KeepMessage),
    /// Help was asked for.
    OpenedHelp,
    /// The crisis panel was closed.
    ClosedHelp,
    /// Something about the appointment or its plan.
    Plan(PlanMessage),
    /// The way to the hand-off was taken.
    PressedShare,
    /// The tick of an answer to share was changed.
    ToggledShared(QuestionId),
    /// A contact field was typed into.
    TypedContact(ContactField, String),
    /// The tick of a reason to share, by its rule, was changed.
    ToggledReason(RuleId),
    /// The tick of a day that suits was changed.
    ToggledDay(Weekday),
    /// The tick of a part of the day that suits was changed.
    ToggledTime(PartOfDay),
    /// The tick that lets the contact go along to the booking page was changed.
    ToggledFillBooking,
    /// The tick of a consent was changed.
    ToggledConsent(Consent),
    /// Print was pressed.
    PressedPrint,
    /// One part of the screen, by its id, is to be printed alone.
    PressedPrintPart(String),
    /// The browser has printed, or the person decided against it.
    Printed,
    /// Copy was pressed.
    PressedCopy,
    /// Save was pressed.
    PressedSave,
    /// The person saves the same as a FHIR Bundle, for the clinic's system.
    PressedSaveFhir,
    /// Send was pressed, for the first time or again.
    PressedSend,
    /// The browser told what became of a copy, save or print.
    Noticed(Notice),
    /// Something about the sealed packet or its codes.
    Seal(SealEvent),
    /// The person stopped a request that is under way, or the wait for its next try.
    PressedStop,
    /// The browser told of a request that is under way.
    Delivery(Heard),
    /// All answers are to be forgotten.
    PressedClear,
    /// The person wants to be gone from here at once.
    PressedLeave,
}

impl Message {
    /// Whether it comes by itself, while a person reads: then what stands on the screen about what they pressed last stays.
    fn is_in_the_background(&self) -> bool {
        matches!(
            self,
            Self::FilesArrived(_)
                | Self::Part(_)
                | Self::Counted(_)
                | Self::Shared(_)
                | Self::Keep(KeepMessage::Looked(_))
                | Self::Plan(
                    PlanMessage::ZonesNamed(..) | PlanMessage::ZoneSeen(_) | PlanMessage::MinutePassed
                )
        )
    }
}

/// Which way an arrow key goes through a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the next entry; from the last one to the first.
    Next,
    /// To the one before; from the first one to the last.
    Back,
}

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

    fn of_mut(self, contact: &mut Contact) -> &mut String {
        match self {
            Self::Name => &mut contact.name,
            Self::Phone => &mut contact.phone,
            Self::Email => &mut contact.email,
            Self::BestTime => &mut contact.best_time,
            Self::Language => &mut contact.language,
        }
    }
}

/// Why a request cannot be sent as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandoffError {
    /// The consent to share is not ticked.
    NoConsent,
    /// There is neither a phone number nor an e-mail address to answer to.
    NoContact,
}

/// What became of a copy, save or print.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The text is on the clipboard.
    Copied,
    /// The browser refused the clipboard; the text is shown to be copied by hand.
    CopyRefused,
    /// The file was handed to the browser.
    Saved,
    /// The browser refused to save; the text is shown to be copied by hand.
    SaveRefused,
    /// The browser refused to print.
    PrintRefused,
}

/// What the browser must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read these content files and answer with [`Message::FilesArrived`].
    Load(Vec<String>),
    /// Load the rest of the widget, and answer with [`PartMessage::Came`] or [`PartMessage::Failed`].
    LoadPart,
    /// Move the focus, after the screen is drawn.
    Focus(Target),
    /// Bring an element into view by its id, and leave the focus where it is.
    Reveal(String),
    /// From now on let nothing out of this page but to this address; to none if there is none.
    SendOnlyTo(Option<String>),
    /// Count what the page did and answer with [`Message::Counted`].
    Count,
    /// Say something to screen readers.
    Announce(String),
    /// Send a request, wait for its next try, or stop it.
    Deliver(Step),
    /// Seal a packet and answer with [`SealEvent::Sealed`].
    Seal(Purpose, Box<SealRequest>),
    /// Put a text on the clipboard.
    Copy(String),
    /// Offer a text as a file.
    SaveFile {
        /// The file's name.
        name: String,
        /// Its text.
        text: String,
    },
    /// Something for the plan.
    Plan(PlanEffect),
    /// Offer a text as a file that is locked with a passphrase.
    SaveLocked {
        /// The file's name.
        name: String,
        /// Its text.
        text: String,
        /// The passphrase; never empty.
        passphrase: String,
    },
    /// Read the file that was chosen in the field of this id, and answer with [`OwnFileMessage::FileRead`].
    ReadFile(String),
    /// Something for what is kept on this device.
    Keep(KeepEffect),
    /// Open a locked file, and answer with [`OwnFileMessage::Unlocked`].
    Unlock {
        /// The file's text.
        text: String,
        /// The passphrase.
        passphrase: String,
    },
    /// Print what is shown.
    Print,
    /// Tell the host page what state the widget is in; never an answer or a level.
    TellHost(HostEvent),
    /// Set custom properties of CSS on the page's root: names and values.
    Theme(Vec<(String, String)>),
    /// These files of the guide may be fetched in the background, for when there is no network.
    KeepForOffline(Vec<String>),
    /// Replace this page by a neutral one.
    Leave,
}

/// Where the focus goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An input, by its id.
    Field(String),
    /// The screen's heading.
    Heading,
    /// A heading of the page that is shown, by its slug.
    Part(String),
    /// The list of what is wrong.
    ErrorSummary,
    /// The crisis panel's heading.
    Help,
    /// The message about what became of a copy, save, print or send.
    Notice,
}

/// What the host page may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HostEvent {
    /// The widget can be used.
    Ready,
    /// The questions were begun.
    Started,
    /// A result was shown.
    Finished,
    /// A request was confirmed, with its reference.
    HandedOff(String),
    /// The crisis panel was opened.
    HelpOpened,
    /// The content could not be read.
    Failed,
}

impl HostEvent {
    /// The event's name after `anteroom:`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::HandedOff(_) => "handed-off",
            Self::HelpOpened => "help-opened",
            Self::Failed => "failed",
        }
    }
}

/// The clock and the dice of one message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Now, as an RFC 3339 time in UTC.
    pub now: String,
    /// Random bits.
    pub dice: u128,
    /// Today where the person is; none if only the time in UTC is known.
    pub today: Option<Date>,
}

/// The id of a question's input: the first choice, or a field counted from 0.
pub fn input_id(question: &QuestionId, field: usize) -> String {
    if field == 0 { format!("q-{question}") } else { format!("q-{question}-{field}") }
}

/// The id of the heading over the entries of a list.
pub fn list_id(question: &QuestionId) -> String {
    format!("q-{question}-list")
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

/// What follows of everything that the first part does not do, or does otherwise.
fn rest(session: &mut Session, message: Message, moment: &Moment, effects: &mut Vec<Effect>) {
    match message {
        Message::FilesArrived(files) => files_arrived::<Whole>(session, files, moment, effects),
        Message::Part(message) => part::after(session, message, moment, effects),
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
        Message::ChoseLanguage(_)
        | Message::PressedStart
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

fn today(moment: &Moment) -> Option<Date> {
    moment.today.or_else(|| Date::from_iso(&moment.now))
}

fn type_field(session: &mut Session, index: usize, text: String) {
    if session.fields.len() <= index {
        session.fields.resize(index + 1, String::new());
    }
    if let Some(field) = session.fields.get_mut(index) {
        *field = text;
    }
    typed_instead(session);
}

fn files_arrived<D: Depth>(
    session: &mut Session,
    files: Vec<Source>,
    moment: &Moment,
    effects: &mut Vec<Effect>,
) {
    let pages_alone = session.ready
        && session.part == Part::Whole
        && !files.is_empty()
        && files.iter().all(|file| guide::is_page(&file.path));
    session.read.retain(|path| files.iter().all(|new| new.path != *path));
    let sources = Arc::make_mut(&mut session.sources);
    sources.retain(|old| files.iter().all(|new| new.path != old.path));
    sources.extend(files);
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    // Pages change nothing of the guide but themselves, and are read when they are shown.
    let before: Vec<PageId> = session.guide.pages.keys().map(|(page, _)| page.clone()).collect();
    if !pages_alone {
        let (guide, problems) = D::parse(&session.sources, Date::from_iso(&moment.now));
        if guide.settings.theme != session.guide.settings.theme {
            effects.push(Effect::Theme(guide.settings.theme.properties.clone()));
        }
        session.guide = Arc::new(guide);
        session.problems = Arc::new(problems);
    }

    // The words change when they have come, not before.
    let wanted = session.lang_wanted.take();
    let arrived = wanted.clone().filter(|lang| session.has_all(&guide::first_paths(lang)));
    session.lang_wanted = wanted.filter(|_| arrived.is_none());
    let turned = arrived.is_some();
    let settings = &session.guide.settings;
    let wished = arrived.or_else(|| session.lang.clone()).filter(|lang| settings.languages.contains(lang));
    let lang = wished.or_else(|| settings.languages.first().cloned());
    session.lang = lang.clone();
    if !pages_alone {
        D::look_again(session, before);
    }
    let Some(lang) = lang else { return };
    Arc::make_mut(&mut session.guide).speak(&lang);
    if session.own_folder && session.sources.iter().all(|source| source.path != guide::own_settings_path()) {
        // What the clinic made stricter must be known before anything is asked.
        return;
    }
    ask_for(session, guide::first_paths(&lang), effects);
    if !session.has_all(&guide::first_paths(&lang)) {
        return;
    }
    if turned {
        effects.push(Effect::Focus(Target::Heading));
    }
    if !session.ready {
        session.ready = true;
        let usable = !session.guide.questions.is_empty();
        if session.part == Part::Whole {
            effects.push(send_only_to_the_clinic(session));
        }
        effects.push(Effect::TellHost(if usable { HostEvent::Ready } else { HostEvent::Failed }));
        if session.part != Part::Whole {
            effects.push(Effect::LoadPart);
        }
    }
    // What is looked at, and what the result needs. Of the pages only one that the host page wished for comes alone
    // (reading.rs).
    let mut later = guide::instrument_paths(&session.guide.settings, &lang);
    later.extend(guide::later_paths(&session.guide.settings, &lang));
    if let (Screen::Page(page), true) = (&session.screen, session.trail.is_empty()) {
        later.extend(Some(guide::paths::page(page, &lang)).filter(|_| session.is_coming(page)));
    }
    later.extend(stand_in_paths(session, &lang));
    ask_for(session, later, effects);
}

/// From here on nothing goes out but to the clinic's endpoint. Where the clinic takes requests only the whole guide says.
pub(super) fn send_only_to_the_clinic(session: &Session) -> Effect {
    Effect::SendOnlyTo(session.guide.settings.handoff.endpoint.clone())
}

/// Asks for the files that nobody has asked for yet, of the guide's folder and of the clinic's own.
fn ask_for(session: &mut Session, named: Vec<String>, effects: &mut Vec<Effect>) {
    let mut paths = session.guide.layered(named);
    paths.retain(|path| session.asked_for.insert(path.clone()));
    if !paths.is_empty() {
        effects.push(Effect::Load(paths));
    }
}

/// The files whose words stand in for those that this language lacks: the first language's.
fn stand_in_paths(session: &Session, lang: &Lang) -> Vec<String> {
    let failed = |path: &String| {
        session.sources.iter().any(|source| {
            source.path.strip_prefix(CLINIC).unwrap_or(&source.path) == path && source.content.is_err()
        })
    };
    let settings = &session.guide.settings;
    let Some(first) = settings.languages.first().filter(|first| *first != lang) else { return Vec::new() };
    let mut paths = Vec::new();
    if guide::first_paths(lang).iter().any(failed) {
        paths.extend(guide::first_paths(first));
    }
    let pages = settings.pages.iter().filter(|page| failed(&guide::paths::page(page, lang)));
    paths.extend(pages.map(|page| guide::paths::page(page, first)));
    paths
}

fn choose_language(session: &mut Session, lang: Lang, effects: &mut Vec<Effect>) {
    if !session.guide.settings.languages.contains(&lang) {
        return;
    }
    let paths = guide::first_paths(&lang);
    if session.has_all(&paths) {
        Arc::make_mut(&mut session.guide).speak(&lang);
        ask_for(session, guide::instrument_paths(&session.guide.settings.clone(), &lang), effects);
        session.lang = Some(lang);
        session.lookup = Lookup::default();
        session.lang_wanted = None;
        effects.push(Effect::Focus(Target::Heading));
        return;
    }
    effects.push(Effect::Announce(session.words().say(Say::CommonLoading).to_owned()));
    session.lang_wanted = Some(lang);
    ask_for(session, paths, effects);
}

fn open_page(session: &mut Session, page: PageId, slug: Option<String>, effects: &mut Vec<Effect>) {
    remember(session);
    reading::try_again(session, &page);
    reading::read(session, std::slice::from_ref(&page));
    let there = session.page(&page).is_some();
    go(session, Screen::Page(page), effects);
    match slug {
        Some(slug) if there => {
            effects.pop();
            follow(session, slug, effects);
        }
        // The heading takes the focus until the part has come.
        slug => session.anchor = slug,
    }
}

/// Goes to a heading of the page that is shown; in low-energy mode to the first piece under it.
fn follow(session: &mut Session, slug: String, effects: &mut Vec<Effect>) {
    let place = match &session.screen {
        Screen::Page(id) if session.calm.on => {
            session.page(id).and_then(|(_, page)| calm::place_of(&page.blocks, &slug))
        }
        _ => None,
    };
    session.calm.place = place.unwrap_or(session.calm.place);
    let target = if place.is_some() { Target::Field(calm::PIECE.to_owned()) } else { Target::Part(slug) };
    effects.push(Effect::Focus(target));
}

fn open_search(session: &mut Session, effects: &mut Vec<Effect>) {
    remember(session);
    go(session, Screen::Search, effects);
}

/// Searches anew. The pages are read into an index the first time, and again when more of them have come.
fn search(session: &mut Session) {
    if session.search.typed.trim().is_empty() {
        session.search.found.clear();
        return;
    }
    let lang = session.lang().clone();
    let version = (session.guide.version.clone(), session.guide.pages.len(), lang.clone());
    let index = match &session.search.index {
        Some((of, index)) if *of == version => index.clone(),
        Some(_) | None => Arc::new(Index::new(&session.guide, &lang)),
    };
    session.search.found = index.find(&session.search.typed);
    let put_away: Vec<PageId> = session.put_away().cloned().collect();
    session.search.found.retain(|found| !put_away.contains(&found.page));
    session.search.index = Some((version, index));
}

fn open_pages(session: &mut Session, group: Option<GroupId>, effects: &mut Vec<Effect>) {
    remember(session);
    go(session, Screen::Pages, effects);
    if let Some(group) = group {
        effects.pop();
        effects.push(Effect::Focus(Target::Part(group.as_str().to_owned())));
    }
}

/// How many screens back the way is remembered.
const MOST_TRAIL: usize = 30;

/// Remembers the screen that is shown, since a page is about to be opened from it.
fn remember(session: &mut Session) {
    if session.trail.len() < MOST_TRAIL {
        session.trail.push(session.screen.clone());
    }
}

/// Shows a screen; one that Back leads away from to where it was opened is remembered.
pub(in crate::engine) fn show(session: &mut Session, screen: Screen, effects: &mut Vec<Effect>) {
    let apart = |screen: &Screen| matches!(screen, Screen::OwnFile | Screen::After(AfterScreen::Home));
    if apart(&screen) && session.screen != screen && !matches!(session.screen, Screen::After(_)) {
        remember(session);
    }
    go(session, screen, effects);
}

/// Puts other answers in the place of those that are there.
pub(in crate::engine) fn replace_answers(session: &mut Session, answers: Answers) {
    session.answers = answers;
    session.offered.clear();
    session.sharing.answers.clear();
    session.editing = None;
    session.set_aside = None;
    (session.asking_again, session.asked_again) = (false, false);
    answers_changed(session);
}

pub(crate) fn go(session: &mut Session, screen: Screen, effects: &mut Vec<Effect>) {
    session.help_open = false;
    session.help_offered = false;
    session.entry_error = None;
    session.handoff_error = None;
    session.changing = false;
    session.lookup = Lookup::default();
    session.editing = None;
    session.set_aside = None;
    session.fields = match &screen {
        Screen::Question(question) => session.typed(question),
        _ => Vec::new(),
    };
    session.anchor = None;
    session.calm.place = 0;
    if !matches!(
        screen,
        Screen::Page(_)
            | Screen::Pages
            | Screen::Deeds
            | Screen::Search
            | Screen::OwnFile
            | Screen::After(_)
            | Screen::Rest(_)
    ) {
        session.trail.clear();
    }
    if screen == Screen::Start {
        session.search = Search::default();
    }
    session.screen = screen;
    effects.push(Effect::Focus(Target::Heading));
}

fn typed_name(session: &mut Session, typed: String, effects: &mut Vec<Effect>) {
    let before = session.lookup.offers.len();
    session.lookup = Lookup { offers: session.offers(&typed), typed, ..Lookup::default() };
    let lookup = &session.lookup;
    if lookup.offers.len() != before {
        effects.extend(session.lookup_words().map(Effect::Announce));
    }
}

fn move_in_names(session: &mut Session, direction: Direction, effects: &mut Vec<Effect>) {
    let lookup = &mut session.lookup;
    lookup.shut = false;
    let Some(last) = lookup.offers.len().checked_sub(1) else { return };
    let place = match (direction, lookup.active) {
        (Direction::Next, Some(active)) if active < last => active + 1,
        (Direction::Next, _) => 0,
        (Direction::Back, Some(active)) if active > 0 => active - 1,
        (Direction::Back, _) => last,
    };
    lookup.active = Some(place);
    if let Screen::Question(id) = &session.screen {
        effects.push(Effect::Reveal(offer_id(id, place)));
    }
}

fn choose_name(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let (guide, Screen::Question(id)) = (session.guide.clone(), session.screen.clone()) else { return };
    let (Some(question), Some(offer)) = (guide.question(&id), session.lookup.offers.get(place).cloned())
    else {
        return;
    };
    let (words, groups) = match offer.what {
        Offered::Listed { kept, groups, .. } => (kept, groups),
        Offered::Unlisted(words) => {
            let unlisted = guide.names_of(&id, session.lang()).and_then(|list| list.unlisted.clone());
            (words, unlisted.into_iter().collect())
        }
    };
    let added = session.words().fill(Say::NamesAdded, &[("name", &words)]);
    if let Some(changed) = with_name(question, session.answers.get(&id), words, &groups) {
        answer(session, id.clone(), changed, effects);
    }
    session.lookup = Lookup { offers: session.offers(&offer.rest), typed: offer.rest, ..Lookup::default() };
    if !session.help_open {
        effects.push(Effect::Focus(Target::Field(name_field_id(&id))));
    }
    effects.push(Effect::Announce(added));
}

fn remove_name(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let Screen::Question(id) = session.screen.clone() else { return };
    let Some(before) = session.answers.get(&id) else { return };
    let Some(name) = before.names().get(place) else { return };
    let removed = session.words().fill(Say::NamesRemoved, &[("name", &name.words)]);
    match without_name(before, place) {
        Some(changed) => answer(session, id.clone(), changed, effects),
        None => {
            session.answers.clear(&id);
            answers_changed(session);
        }
    }
    effects.push(Effect::Focus(Target::Field(name_field_id(&id))));
    effects.push(Effect::Announce(removed));
}

/// The id of the field that a question's names are typed into.
pub fn name_field_id(question: &QuestionId) -> String {
    format!("n-{question}")
}

/// The id of one of the names that are offered, counted from 0.
pub fn offer_id(question: &QuestionId, place: usize) -> String {
    format!("n-{question}-{place}")
}

fn press_start(session: &mut Session, effects: &mut Vec<Effect>) {
    let begun = !session.answers.is_empty();
    let journey = session.journey();
    let screen = match (&journey.next, journey.asked.first()) {
        (Some(next), _) => Screen::Question(next.clone()),
        (None, Some(_)) if begun && journey.ended_by_get_help => Screen::Result,
        (None, Some(_)) => Screen::Review,
        // Without questions there is nothing to start; the start page says so.
        (None, None) => return,
    };
    go(session, screen, effects);
    if !begun {
        effects.push(Effect::TellHost(HostEvent::Started));
    }
}

fn answer(session: &mut Session, question: QuestionId, answer: Answer, effects: &mut Vec<Effect>) {
    if keep_answer(session, question, answer) {
        open_help(session, effects);
    }
}

/// Keeps an answer. Whether it asks for help, and the answer before it did not.
fn keep_answer(session: &mut Session, question: QuestionId, answer: Answer) -> bool {
    let opens = opens_crisis_panel(&session.guide, &question, &answer, session.answers.get(&question));
    session.answers.set(question, answer);
    session.entry_error = None;
    session.help_offered = false;
    answers_changed(session);
    opens
}

/// Another answer may change what is shared and what was made of it.
fn answers_changed(session: &mut Session) {
    session.delivery.forget();
    session.sealed = Sealed::default();
    session.stamp = None;
}

/// The packet changed. A request that is under way no longer speaks for it, so the packet gets a reference of its
/// own: the clinic may have filed the old one.
fn packet_changed(session: &mut Session, moment: &Moment) {
    session.sealed = Sealed::default();
    let abandoned = session.delivery.forget();
    if let Some(stamp) = session.stamp.as_mut().filter(|_| abandoned) {
        stamp.reference = reference_from(moment.dice);
    }
}

fn toggle(session: &mut Session, id: QuestionId, choice: ChoiceId, effects: &mut Vec<Effect>) {
    let guide = session.guide.clone();
    let Some(question) = guide.question(&id) else { return };
    if question.kind.is_typed() {
        toggle_beside(session, id, choice, effects);
        return;
    }
    let exclusive = |id: &ChoiceId| question.choice(id).is_some_and(|choice| choice.exclusive);
    let before = session.answers.get(&id);
    let mut chosen = Set::new();
    chosen.extend(before.map(Answer::chosen).unwrap_or_default().into_iter().cloned());
    let names = before.map(Answer::names).unwrap_or_default().to_vec();
    if !chosen.remove(&choice) {
        if exclusive(&choice) {
            chosen.clear();
        } else {
            chosen.retain(|other| !exclusive(other));
        }
        chosen.insert(choice);
    }
    let names = names_of(&chosen, &names);
    match Answer::ticked(chosen, names) {
        Some(changed) => answer(session, id, changed, effects),
        None => {
            session.answers.clear(&id);
            answers_changed(session);
        }
    }
}

/// Ticks or unticks a "not sure" beside what is typed. Only one of them stands, and nothing typed beside it; what was
/// typed comes back when it is unticked.
fn toggle_beside(session: &mut Session, id: QuestionId, choice: ChoiceId, effects: &mut Vec<Effect>) {
    let before = session.answers.get(&id).cloned();
    session.entry_error = None;
    session.editing = None;
    match before {
        Some(Answer::One(ticked)) if ticked == choice => {
            let (fields, answer) = session.set_aside.take().unwrap_or_default();
            session.fields = fields;
            session.answers.clear(&id);
            if let Some(answer) = answer {
                session.answers.set(id, answer);
            }
            answers_changed(session);
        }
        Some(Answer::One(_)) => answer(session, id, Answer::One(choice), effects),
        before => {
            session.set_aside = Some((std::mem::take(&mut session.fields), before));
            answer(session, id, Answer::One(choice), effects);
        }
    }
}

/// Whoever types is not "not sure" any more.
fn typed_instead(session: &mut Session) {
    let Screen::Question(id) = session.screen.clone() else { return };
    let typed = session.guide.question(&id).is_some_and(|question| question.kind.is_typed());
    if typed && matches!(session.answers.get(&id), Some(Answer::One(_))) {
        session.answers.clear(&id);
        // The entries of a list were not typed anew: they are there again.
        if let Some((_, Some(entries @ Answer::List(_)))) = session.set_aside.take() {
            session.answers.set(id, entries);
        }
        answers_changed(session);
    }
}

/// The list that is asked for on the screen, and its entries.
fn list_on_screen(session: &Session) -> Option<(QuestionId, Entries, Vec<Entry>)> {
    let Screen::Question(id) = &session.screen else { return None };
    let Kind::List(list) = &session.guide.question(id)?.kind else { return None };
    let entries = match session.answers.get(id) {
        Some(Answer::List(entries)) => entries.clone(),
        _ => Vec::new(),
    };
    Some((id.clone(), list.clone(), entries))
}

fn press_add_entry(session: &mut Session, effects: &mut Vec<Effect>) {
    let Some((id, ..)) = list_on_screen(session) else { return };
    let changing = session.editing.is_some();
    match keep_entry(session) {
        Ok(entry) => {
            let (say, place) =
                if changing { (Say::ListChanged, list_id(&id)) } else { (Say::ListAdded, input_id(&id, 0)) };
            let words = session.words().fill(say, &[("entry", &entry_in_words(&entry))]);
            effects.push(Effect::Announce(words));
            effects.push(Effect::Focus(Target::Field(place)));
        }
        Err(error) => {
            session.entry_error = Some(error);
            effects.push(Effect::Focus(Target::ErrorSummary));
        }
    }
}

/// Puts the entry in the fields into the list, at its old place if it is being changed.
fn keep_entry(session: &mut Session) -> Result<Entry, (usize, EntryError)> {
    let Some((id, list, mut entries)) = list_on_screen(session) else {
        return Err((0, EntryError::NothingTyped));
    };
    let entry = list.entry(&session.fields)?;
    let full = entries.len() >= list.most;
    match session.editing.and_then(|place| entries.get_mut(place)) {
        Some(old) => *old = entry.clone(),
        None if full => return Err((0, EntryError::ListFull)),
        None => entries.push(entry.clone()),
    }
    keep_answer(session, id, Answer::List(entries));
    session.fields = Vec::new();
    session.editing = None;
    Ok(entry)
}

fn change_entry(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let Some((id, list, entries)) = list_on_screen(session) else { return };
    let Some(entry) = entries.get(place) else { return };
    let typed =
        |field: &EntryField| entry.iter().find(|(id, _)| *id == field.id).map(|(_, text)| text.clone());
    session.fields = list.fields.iter().map(|field| typed(field).unwrap_or_default()).collect();
    session.editing = Some(place);
    session.entry_error = None;
    effects
        .push(Effect::Announce(session.words().fill(Say::ListEntry, &[("entry", &entry_in_words(entry))])));
    effects.push(Effect::Focus(Target::Field(input_id(&id, 0))));
}

fn remove_entry(session: &mut Session, place: usize, effects: &mut Vec<Effect>) {
    let Some((id, _, mut entries)) = list_on_screen(session) else { return };
    if place >= entries.len() {
        return;
    }
    let entry = entries.remove(place);
    match session.editing {
        Some(editing) if editing == place => {
            session.editing = None;
            session.fields = Vec::new();
        }
        Some(editing) if editing > place => session.editing = Some(editing - 1),
        Some(_) | None => {}
    }
    session.entry_error = None;
    // The button is gone with its entry: the focus goes to what is left of the list.
    let focus = if entries.is_empty() { input_id(&id, 0) } else { list_id(&id) };
    if entries.is_empty() {
        session.answers.clear(&id);
        answers_changed(session);
    } else {
        keep_answer(session, id, Answer::List(entries));
    }
    let words = session.words().fill(Say::ListRemoved, &[("entry", &entry_in_words(&entry))]);
    effects.push(Effect::Announce(words));
    effects.push(Effect::Focus(Target::Field(focus)));
}

/// Takes what is typed into a question's fields as its answer.
fn take_typed(session: &mut Session, question: &Question) -> Result<Option<Answer>, (usize, EntryError)> {
    let id = &question.id;
    let blank = session.fields.iter().all(|typed| typed.trim().is_empty());
    match (&question.kind, session.answers.get(id)) {
        (_, Some(Answer::One(_))) => Ok(None),
        (Kind::List(_), Some(Answer::List(_))) if blank && session.editing.is_none() => Ok(None),
        // What is typed and not yet added is not lost.
        (Kind::List(_), _) if !blank || session.editing.is_some() => keep_entry(session).map(|_| None),
        _ => {
            let read = parse_entry(question, &session.fields, session.today)?;
            Ok((session.answers.get(id) != Some(&read)).then_some(read))
        }
    }
}

fn press_continue(session: &mut Session, effects: &mut Vec<Effect>) {
    match session.screen.clone() {
        Screen::Question(id) => continue_from_question(session, &id, effects),
        Screen::Share => go(session, Screen::Contact, effects),
        Screen::Contact => go(session, Screen::Preview, effects),
        Screen::Start
        | Screen::Search
        | Screen::Pages
        | Screen::Page(_)
        | Screen::Deeds
        | Screen::OwnFile
        | Screen::After(_)
        | Screen::Rest(_)
        | Screen::Review
        | Screen::Result
        | Screen::Preview
        | Screen::Plan(_)
        | Screen::Receipt => {}
    }
}

fn continue_from_question(session: &mut Session, id: &QuestionId, effects: &mut Vec<Effect>) {
    let guide = session.guide.clone();
    let Some(question) = guide.question(id) else {
        go(session, Screen::Review, effects);
        return;
    };
    if session.help_offered {
        open_help(session, effects);
        return;
    }
    let outcome = match &question.kind {
        Kind::One(_) | Kind::Several(_) => match session.answers.get(id) {
            Some(_) => Ok(()),
            None if question.required => Err((0, EntryError::NothingChosen)),
            None => {
                answer(session, id.clone(), Answer::Blank, effects);
                Ok(())
            }
        },
        Kind::Number(_) | Kind::Pair(_) | Kind::Date(_) | Kind::Text(_) | Kind::List(_) => {
            take_typed(session, question).map(|read| {
                if let Some(read) = read {
                    answer(session, id.clone(), read, effects);
                }
            })
        }
    };
    if let Err(error) = outcome {
        session.entry_error = Some(error);
        effects.push(Effect::Focus(Target::ErrorSummary));
        return;
    }
    if let Some(screen) = after_who_answers(session, id) {
        go(session, screen, effects);
        return;
    }
    let changing = session.changing;
    let journey = session.journey();
    let screen = if journey.ended_by_get_help {
        Screen::Result
    } else if changing {
        // A change can open new questions; they come before the review.
        journey.next.map_or(Screen::Review, Screen::Question)
    } else {
        let after = journey.position(id).and_then(|place| journey.asked.get(place + 1));
        match after {
            Some(next) => Screen::Question(next.id.clone()),
            None => Screen::Review,
        }
    };
    if screen == Screen::Result {
        press_result(session, effects);
    } else {
        go(session, screen.clone(), effects);
        session.changing = changing && matches!(screen, Screen::Question(_));
    }
}

/// Where the question on who answers leads, if it is this one and leads anywhere but on. What was answered before it
/// may have been about the one who answers, so it is asked once more about the one who is helped; the answers are kept.
fn after_who_answers(session: &mut Session, id: &QuestionId) -> Option<Screen> {
    if session.guide.carer.as_ref().is_none_or(|(question, _)| question != id) {
        return None;
    }
    if !session.guide.is_for_another(&session.answers) {
        (session.asking_again, session.asked_again) = (false, false);
        return None;
    }
    let journey = session.journey();
    if session.asking_again {
        let screen = journey.next.map_or(Screen::Review, Screen::Question);
        session.asking_again = false;
        return Some(screen);
    }
    let first = journey.asked.first().filter(|first| first.id != *id).map(|first| first.id.clone());
    let first = first.filter(|_| !session.asked_again)?;
    (session.asking_again, session.asked_again) = (true, true);
    Some(Screen::Question(first))
}

fn press_back(session: &mut Session, effects: &mut Vec<Effect>) {
    if matches!(session.screen, Screen::Rest(_)) {
        calm::go_on(session, effects);
        return;
    }
    let screen = match &session.screen {
        Screen::Question(_) if session.changing => Screen::Review,
        Screen::Question(id) => {
            let journey = session.journey();
            let before = journey.position(id).and_then(|place| place.checked_sub(1));
            match before.and_then(|place| journey.asked.get(place)) {
                Some(question) => Screen::Question(question.id.clone()),
                None => Screen::Start,
            }
        }
        Screen::Deeds => session.trail.pop().unwrap_or_default(),
        Screen::Review => match session.journey().asked.last() {
            Some(last) => Screen::Question(last.id.clone()),
            None => Screen::Start,
        },
        Screen::Result => match session.journey() {
            Journey { ended_by_get_help: true, asked, .. } => match asked.last() {
                Some(last) => Screen::Question(last.id.clone()),
                None => Screen::Start,
            },
            _ => Screen::Review,
        },
        Screen::Share | Screen::Receipt => Screen::Result,
        Screen::Plan(screen) => session.plan.back_from(*screen),
        Screen::Contact => Screen::Share,
        Screen::Preview => Screen::Contact,
        Screen::After(screen) if let Some(screen) = aftercare::before(*screen) => Screen::After(screen),
        Screen::After(_) | Screen::OwnFile | Screen::Search | Screen::Pages | Screen::Page(_) => {
            session.trail.pop().unwrap_or_default()
        }
        Screen::Rest(_) | Screen::Start => Screen::Start,
    };
    go(session, screen, effects);
}

fn press_result(session: &mut Session, effects: &mut Vec<Effect>) {
    let outcome = session.outcome();
    let settled = outcome.level == Level::GetHelp
        || (outcome.unanswered.is_empty() && outcome.level != Level::Incomplete);
    if settled {
        go(session, Screen::Result, effects);
        // Nothing more, even for `get-help`: the host page would know the level from it.
        effects.push(Effect::TellHost(HostEvent::Finished));
    } else {
        go(session, Screen::Review, effects);
    }
}

/// Shows what is known already. It is no result: the host page hears of none, and nothing is handed over from it.
fn press_so_far(session: &mut Session, effects: &mut Vec<Effect>) {
    if session.outcome().unanswered.is_empty() {
        press_result(session, effects);
    } else if !session.answers.is_empty() {
        go(session, Screen::Result, effects);
    }
}

pub(crate) fn open_help(session: &mut Session, effects: &mut Vec<Effect>) {
    session.help_open = true;
    session.help_offered = false;
    effects.push(Effect::Focus(Target::Help));
}

fn press_share(session: &mut Session, moment: &Moment, effects: &mut Vec<Effect>) {
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

fn press_send(session: &mut Session, moment: &Moment, effects: &mut Vec<Effect>) {
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

/// What the packet is sealed to; none if the browser has still to do it, which it is then asked for.
fn seal_for(session: &mut Session, purpose: Purpose, effects: &mut Vec<Effect>) -> Option<String> {
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

fn seal_event(session: &mut Session, event: SealEvent, moment: &Moment, effects: &mut Vec<Effect>) {
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

/// The id of the field for a phone number.
pub const CONTACT_FIELD: &str = "contact-phone";

/// The id of the button that shows the codes.
pub const CODES_ID: &str = "show-codes";

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

fn hear(session: &mut Session, heard: Heard, moment: &Moment, effects: &mut Vec<Effect>) {
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

/// Moves the focus to the notice, unless the crisis panel stands in front of it.
pub(crate) fn focus_notice(session: &Session, effects: &mut Vec<Effect>) {
    if !session.help_open {
        effects.push(Effect::Focus(Target::Notice));
    }
}

fn flip<T: Ord>(set: &mut crate::engine::map::Set<T>, entry: T) {
    if !set.remove(&entry) {
        set.insert(entry);
    }
}

impl Session {
    /// Whether these files of the guide have come, from the guide's folder and from the clinic's own.
    fn has_all(&self, named: &[String]) -> bool {
        let wanted = self.guide.layered(named.to_vec());
        wanted.iter().all(|path| self.sources.iter().any(|source| source.path == *path))
    }

    /// The words in the language in use, for whoever answers.
    pub fn words(&self) -> &Words {
        self.guide.words_for(self.lang(), &self.answers)
    }

    /// The words that have a glossary: those in the language in use, or else those of the first language.
    pub fn words_with_terms(&self) -> &Words {
        let own = self.words();
        let first = self.guide.settings.languages.first().and_then(|first| self.guide.words.get(first));
        if own.term_ids().next().is_some() { own } else { first.unwrap_or(own) }
    }

    /// The language in use.
    pub fn lang(&self) -> &Lang {
        static ENGLISH: std::sync::LazyLock<Lang> = std::sync::LazyLock::new(|| Lang::from("en"));
        self.lang.as_ref().unwrap_or(&ENGLISH)
    }

    /// The pages that are not offered now: a person whose answers call for help is sold nothing.
    pub fn put_away(&self) -> impl Iterator<Item = &PageId> {
        let called = self.outcome().level == Level::GetHelp;
        self.guide.settings.about_price.iter().filter(move |_| called)
    }

    /// Whether a page is offered: it is neither hidden nor put away.
    pub fn offers_page(&self, page: &PageId) -> bool {
        !self.guide.settings.hidden.contains(page) && self.put_away().all(|away| away != page)
    }

    /// The clinic's phone number: from the settings, or else from the host page; empty if neither has one.
    pub fn phone(&self) -> &str {
        let phone = &self.guide.settings.clinic.phone;
        if phone.is_empty() { &self.fallback_phone } else { phone }
    }

    /// Whether an answer tells of signs that need an ambulance, so that the emergency number comes first.
    pub fn emergency(&self) -> bool {
        let after = matches!(self.screen, Screen::After(_));
        let signs = || self.sorted().signs.iter().any(|(_, call)| *call == Call::Emergency);
        (after && signs())
            || self.journey().asked.iter().any(|question| {
                self.answers.get(&question.id).is_some_and(|answer| {
                    question.choices().iter().any(|choice| choice.emergency && answer.has(&choice.id))
                })
            })
    }

    /// The errors of the content as sentences; warnings are for the clinic's own check.
    pub fn errors(&self) -> Vec<String> {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(ToString::to_string)
            .collect()
    }

    /// A page in the language in use, or in the guide's first language if it has not been put into this one.
    pub fn page(&self, id: &PageId) -> Option<(&Lang, &Page)> {
        let first = self.guide.settings.languages.first().filter(|_| !self.is_coming(id));
        [Some(self.lang()), first]
            .into_iter()
            .flatten()
            .find_map(|lang| self.guide.pages.get_key_value(&(id.clone(), lang.clone())))
            .map(|((_, lang), page)| (lang, page))
    }

    /// Whether a page's file has not come yet, or could not be asked for yet.
    pub fn is_coming(&self, page: &PageId) -> bool {
        let path = guide::paths::page(page, self.lang());
        let listed = !self.ready || self.guide.settings.pages.contains(page);
        listed && !self.has_all(&[path])
    }

    /// What may be meant by a name that is typed for the question that is shown.
    fn offers(&self, typed: &str) -> Vec<Offer> {
        let Screen::Question(id) = &self.screen else { return Vec::new() };
        self.guide.names_of(id, self.lang()).map_or_else(Vec::new, |list| list.offers(typed))
    }

    /// How many pages were found, or that there are none, for the eye and the ear; none while nothing is typed.
    pub fn search_words(&self) -> Option<String> {
        if self.search.typed.trim().chars().count() < 2 {
            return None;
        }
        let words = self.words();
        let found = self.search.found.len();
        let coming = self.guide.settings.pages.iter().any(|page| self.is_coming(page));
        Some(match found {
            0 if coming => words.say(Say::CommonLoading).to_owned(),
            0 => words.say(Say::SearchNone).to_owned(),
            _ => words.fill(Say::SearchFound, &[("number", &found.to_string())]),
        })
    }

    /// How many names were found, or that there are none, for the eye and the ear; none while nothing is typed.
    pub fn lookup_words(&self) -> Option<String> {
        let Screen::Question(id) = &self.screen else { return None };
        let words = self.words();
        if self.lookup.found_nothing() {
            let unlisted = self.guide.names_of(id, self.lang()).and_then(|list| list.unlisted.as_ref());
            let name = unlisted.map_or("", |choice| words.question(id).choice(choice));
            return Some(words.fill(Say::NamesNotListed, &[("name", name)]));
        }
        let listed = |offer: &&Offer| matches!(offer.what, Offered::Listed { .. });
        let found = self.lookup.offers.iter().filter(listed).count();
        (found > 0).then(|| words.fill(Say::NamesFound, &[("number", &found.to_string())]))
    }

    /// The journey for the answers so far.
    pub fn journey(&self) -> Journey<'_> {
        journey(&self.guide, &self.answers)
    }

    /// The result of the answers so far.
    pub fn outcome(&self) -> Outcome {
        result(&self.guide, &self.answers)
    }

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

    /// Why the last try failed and when the next one comes; none if no try is waited for.
    pub fn waiting_words(&self) -> Option<String> {
        let Sending::Waiting(failure, seconds) = &self.delivery.sending else { return None };
        let words = self.words();
        let wait = words.fill(Say::SendWaiting, &[("number", &seconds.to_string())]);
        Some(format!("{} {wait}", failure.in_words(words)))
    }

    /// Whether leaving now would lose something that the person typed.
    pub fn has_something_to_lose(&self) -> bool {
        (self.has_something_of_its_own() && !keep::is_up_to_date(self)) || self.after.draft.mood.is_some()
    }

    /// Whether there is anything that was not handed over. For as long as only the first part of the widget is there, this is
    /// what would be lost: nothing can have been kept yet.
    pub fn has_something_of_its_own(&self) -> bool {
        let handed_over = self.delivery.sending == Sending::Received;
        (!self.answers.is_empty() && !handed_over)
            || !self.own.journal.is_empty()
            || self.plan.has_something_to_lose()
    }

    /// Whether anything of the person is kept in memory.
    pub fn holds_something(&self) -> bool {
        let typed = self.fields.iter().any(|field| !field.is_empty());
        typed
            || !self.answers.is_empty()
            || !self.search.typed.is_empty()
            || self.sharing.contact != Contact::default()
            || self.own != own_file::State::default()
            || self.keep.holds_something()
            || self.plan.made.is_some()
            || self.after != aftercare::State::default()
    }

    /// The same guide and language, and nothing of the person.
    pub(super) fn forgotten(&self) -> Self {
        Self {
            guide: self.guide.clone(),
            problems: self.problems.clone(),
            ready: self.ready,
            part: self.part.clone(),
            lang: self.lang.clone(),
            fallback_phone: self.fallback_phone.clone(),
            sources: self.sources.clone(),
            today: self.today,
            calm: self.calm.kept(),
            keep: self.keep.forgotten(),
            plan: self.plan.forgotten(),
            asked_for: self.asked_for.clone(),
            read: self.read.clone(),
            offline: self.offline.clone(),
            lang_wanted: self.lang_wanted.clone(),
            ..Self::default()
        }
    }

    /// What the fields of a question show when it is opened.
    fn typed(&self, id: &QuestionId) -> Vec<String> {
        match self.answers.get(id) {
            Some(Answer::Number(number)) => {
                let units = match self.guide.question(id).map(|question| &question.kind) {
                    Some(Kind::Number(bounds)) => bounds.units.first().map(|unit| unit.id.to_string()),
                    _ => None,
                };
                [number.to_string()].into_iter().chain(units).collect()
            }
            Some(Answer::Measured(measured)) => vec![measured.typed.to_string(), measured.unit.to_string()],
            Some(Answer::Date(date)) => {
                vec![date.day.to_string(), date.month.to_string(), date.year.to_string()]
            }
            Some(Answer::Pair(parts)) => parts.iter().map(|(_, number)| number.to_string()).collect(),
            Some(Answer::Text(text)) => vec![text.clone()],
            Some(
                Answer::One(_) | Answer::Several(_) | Answer::Named(..) | Answer::List(_) | Answer::Blank,
            )
            | None => Vec::new(),
        }
    }
}
