//! What the browser must do: the effects, where the focus goes, and what the host page may know.

use crate::engine::handoff::delivery::Step;
use crate::engine::handoff::seal::SealRequest;
use crate::engine::handoff::sealed::Purpose;
use crate::engine::keep::KeepEffect;
use crate::engine::plan::state::PlanEffect;

/// What the browser must do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Read these content files and answer with [`Message::FilesArrived`](super::Message::FilesArrived).
    Load(Vec<String>),
    /// Load the rest of the widget, and answer with [`PartMessage::Came`] or [`PartMessage::Failed`].
    ///
    /// [`PartMessage::Came`]: crate::engine::part::PartMessage::Came
    /// [`PartMessage::Failed`]: crate::engine::part::PartMessage::Failed
    LoadPart,
    /// Move the focus, after the screen is drawn.
    Focus(Target),
    /// Bring an element into view by its id, and leave the focus where it is.
    Reveal(String),
    /// From now on let nothing out of this page but to this address; to none if there is none.
    SendOnlyTo(Option<String>),
    /// Count what the page did and answer with [`Message::Counted`](super::Message::Counted).
    Count,
    /// Say something to screen readers.
    Announce(String),
    /// Send a request, wait for its next try, or stop it.
    Deliver(Step),
    /// Seal a packet and answer with [`SealEvent::Sealed`].
    ///
    /// [`SealEvent::Sealed`]: crate::engine::handoff::sealed::SealEvent::Sealed
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
    ///
    /// [`OwnFileMessage::FileRead`]: crate::engine::own_file::OwnFileMessage::FileRead
    ReadFile(String),
    /// Something for what is kept on this device.
    Keep(KeepEffect),
    /// Open a locked file, and answer with [`OwnFileMessage::Unlocked`].
    ///
    /// [`OwnFileMessage::Unlocked`]: crate::engine::own_file::OwnFileMessage::Unlocked
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
