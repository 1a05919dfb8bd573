//! Ids are types, so that a choice's id cannot be looked up where a question's is meant.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id as it stands in the content files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(Arc::from(text))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(text: D) -> Result<Self, D::Error> {
                Ok(Self::from(String::deserialize(text)?.as_str()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                out.serialize_str(&self.0)
            }
        }
    };
}

id!(
    /// A question, for example `bp_history`.
    QuestionId
);
id!(
    /// A choice of one question, for example `not-sure`.
    ChoiceId
);
id!(
    /// One of the two numbers of a pair, for example `systolic`, or one field of a list's entries.
    PartId
);
id!(
    /// A unit of a number, for example `lb`.
    UnitId
);
id!(
    /// A rule. A choice that raises a level is the rule `question.choice`.
    RuleId
);
id!(
    /// A group of questions, for example `heart`.
    SectionId
);
id!(
    /// An education page, by its file's stem, for example `what-to-expect`.
    PageId
);
id!(
    /// A thing to prepare, for example `ride`.
    TaskId
);
id!(
    /// A question to ask, a next step or other care, for example `rescue-gear`.
    AdviceId
);
id!(
    /// An instrument, for example `phq2`.
    InstrumentId
);
id!(
    /// A range of an instrument's score, for example `mild`.
    BandId
);
id!(
    /// A virtual patient, for example `maria-pregnant`.
    PatientId
);
id!(
    /// Something that may be felt after a visit, for example `chest-pain`.
    SignId
);
id!(
    /// Signs that are asked about together, for example `same-day`.
    SignListId
);
id!(
    /// Something to talk over, for example `stood-out`.
    PromptId
);
id!(
    /// A source, by its code in clinical-facts.md, for example `MUR13`.
    SourceCode
);
id!(
    /// A configured number, for example `fast_solids_hours`.
    NumberKey
);
id!(
    /// A term of the glossary, for example `off-label`.
    TermId
);
id!(
    /// A group of pages, for example `visit`.
    GroupId
);
id!(
    /// A language by its BCP 47 tag, for example `en`.
    Lang
);

impl Lang {
    /// The direction that the language is written in: `rtl` or `ltr`.
    pub fn direction(&self) -> &'static str {
        const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
        let primary = self.0.split('-').next().unwrap_or_default();
        if RIGHT_TO_LEFT.contains(&primary) { "rtl" } else { "ltr" }
    }
}

/// Whether `text` may serve as an id: `a-z`, `0-9`, `-` and `_`, one to 64 of them.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}
