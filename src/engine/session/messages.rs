//! What can happen to a session: the messages, and what comes along with them.

use super::ContactField;
use crate::engine::aftercare::state::AfterMessage;
use crate::engine::calm::CalmMessage;
use crate::engine::deeds::Deeds;
use crate::engine::guide::reader::Date;
use crate::engine::guide::source::Source;
use crate::engine::handoff::delivery::Heard;
use crate::engine::handoff::packet::{Consent, PartOfDay, Weekday};
use crate::engine::handoff::sealed::SealEvent;
use crate::engine::ids::{ChoiceId, GroupId, Lang, PageId, QuestionId, RuleId};
use crate::engine::keep::KeepMessage;
use crate::engine::own_file::OwnFileMessage;
use crate::engine::part::PartMessage;
use crate::engine::plan::state::PlanMessage;
use crate::engine::shared;

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
    pub(super) fn is_in_the_background(&self) -> bool {
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

/// Today where the person is, or else in UTC.
pub(super) fn today(moment: &Moment) -> Option<Date> {
    moment.today.or_else(|| Date::from_iso(&moment.now))
}
