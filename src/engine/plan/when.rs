//! When a task belongs: data in a closed vocabulary, with numbers that are the clinic's.

use crate::engine::guide::settings::{Number, Settings};
use crate::engine::ids::NumberKey;

/// When a task begins, when it ends, and at which visits.
#[derive(Clone, Debug, PartialEq)]
pub struct When {
    /// When it begins.
    pub start: Start,
    /// When it ends; none if it has no end. A start of whole days ends with the last of them.
    pub until: Option<Until>,
    /// At which visits of a series.
    pub visit: Which,
}

/// When a task begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// Whole days of the calendar, counted from the day of the visit: from the first to the last, less than zero before it.
    Days(i64, i64),
    /// Elapsed hours before the person comes in.
    HoursBefore(Quantity),
    /// A moment of the visit.
    At(Anchor),
}

/// When a task ends.
#[derive(Clone, Debug, PartialEq)]
pub enum Until {
    /// A moment of the visit.
    At(Anchor),
    /// The later of elapsed hours after the drip and the morning after a night's sleep; either may be missing.
    After {
        /// Hours after the drip.
        hours: Option<Quantity>,
        /// Whether a night must lie between.
        sleep: bool,
    },
}

/// A moment of the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anchor {
    /// The person comes in: the time of the appointment.
    Arrival,
    /// The drip begins.
    Drip,
    /// The drip ends.
    End,
    /// The person may leave.
    Leave,
}

impl Anchor {
    /// All moments in order.
    pub const ALL: [Self; 4] = [Self::Arrival, Self::Drip, Self::End, Self::Leave];

    /// The moment's name in plan.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Arrival => "arrival",
            Self::Drip => "drip",
            Self::End => "end",
            Self::Leave => "leave",
        }
    }
}

/// At which visits of a series a task is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// At each.
    #[default]
    Each,
    /// At the first.
    First,
    /// At the one of this number.
    Number(usize),
    /// At the last, if there are several.
    Last,
}

impl Which {
    /// Whether it means the visit of this number in a series that goes up to `last`.
    pub fn includes(self, number: usize, last: usize) -> bool {
        match self {
            Self::Each => true,
            Self::First => number == 1,
            Self::Number(wanted) => number == wanted,
            Self::Last => number == last && last > 1,
        }
    }
}

/// A number that stands in the file, or the name of one of the settings'.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// The number itself.
    Plain(f64),
    /// The name of one in `[numbers]`.
    Named(NumberKey),
}

impl Quantity {
    /// The number; of a range the high end. None if the settings have no such number.
    pub fn of(&self, settings: &Settings) -> Option<f64> {
        match self {
            Self::Plain(number) => Some(*number),
            Self::Named(key) => settings.numbers.get(key).map(|Number { from, to, .. }| to.unwrap_or(*from)),
        }
    }
}

/// How long the parts of a visit are, by the names of the settings' numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VisitLengths {
    /// Minutes from coming in to the drip.
    pub check_in: Option<Quantity>,
    /// Minutes of rest after it.
    pub rest: Option<Quantity>,
    /// The hour of the day, 0 to 23, at which a night's sleep is over at the earliest.
    pub night_ends: Option<Quantity>,
}
