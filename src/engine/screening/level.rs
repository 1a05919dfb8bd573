//! The levels of a result, from clinical-facts.md section 2.1.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How far a reason, or a whole result, goes. The order is the precedence: the worst wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// A required answer is missing, and nothing known so far settles the result. Never a rule's level.
    Incomplete,
    /// Nothing was raised.
    Clear,
    /// The clinic should know.
    Note,
    /// Fixable logistics: blocks booking, not suitability.
    Plan,
    /// Discuss with a clinician first.
    Review,
    /// May not be right now. Never "never".
    Stop,
    /// Help now; ends the form.
    GetHelp,
}

impl Level {
    /// All levels, in their order.
    pub const ALL: [Self; 7] =
        [Self::Incomplete, Self::Clear, Self::Note, Self::Plan, Self::Review, Self::Stop, Self::GetHelp];

    /// The levels that a choice or a rule can raise, mildest first.
    pub const RAISING: [Self; 5] = [Self::Note, Self::Plan, Self::Review, Self::Stop, Self::GetHelp];

    /// The level as it stands in files and packets.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::Clear => "clear",
            Self::Note => "note",
            Self::Plan => "plan",
            Self::Review => "review",
            Self::Stop => "stop",
            Self::GetHelp => "get-help",
        }
    }

    /// The level that a choice or a rule names, if it is one that can be raised.
    pub fn raising_from(text: &str) -> Option<Self> {
        Self::RAISING.into_iter().find(|level| level.as_str() == text)
    }
}

impl<'de> Deserialize<'de> for Level {
    fn deserialize<D: Deserializer<'de>>(text: D) -> Result<Self, D::Error> {
        let text = String::deserialize(text)?;
        let known = Self::ALL.into_iter().find(|level| level.as_str() == text);
        known.ok_or_else(|| serde::de::Error::custom("no level"))
    }
}

impl Serialize for Level {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.as_str())
    }
}
