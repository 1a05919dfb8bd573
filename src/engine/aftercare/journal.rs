//! The journal: how the days after a visit were, in the person's own file and nowhere else.

use crate::engine::map::Set;

use serde_json::{Map, Value, json};

use crate::engine::calendar::is_real;
use crate::engine::guide::reader::Date;
use crate::engine::ids::SignId;

/// The most characters of what stood out on one day.
pub const MOST_LETTERS: usize = 500;

/// The most days that are kept.
pub const MOST_DAYS: usize = 1000;

/// The best mood. The worst is 0.
pub const BEST_MOOD: u8 = 10;

/// One day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Which day.
    pub date: Date,
    /// The mood, 0 to [`BEST_MOOD`].
    pub mood: u8,
    /// How the night before was; none if it was not said.
    pub sleep: Option<Sleep>,
    /// Side effects that were ticked.
    pub effects: Set<SignId>,
    /// What stood out, in the person's words; may be empty.
    pub stood_out: String,
    /// Thoughts of self-harm. It is asked each time, and blank is no answer.
    pub self_harm: SelfHarm,
}

/// How a night was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sleep {
    /// Slept well.
    Well,
    /// So-so.
    SoSo,
    /// Slept badly.
    Badly,
}

impl Sleep {
    /// All, the best first.
    pub const ALL: [Self; 3] = [Self::Well, Self::SoSo, Self::Badly];

    /// Its name in a file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::SoSo => "so-so",
            Self::Badly => "badly",
        }
    }
}

/// Thoughts of self-harm on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SelfHarm {
    /// None.
    No,
    /// Thoughts, and the person would not act on them.
    Thoughts,
    /// Thoughts, and the person might act on them.
    MightAct,
    /// The person would rather not say.
    RatherNotSay,
}

impl SelfHarm {
    /// All, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::No, Self::Thoughts, Self::MightAct, Self::RatherNotSay];

    /// Its name in a file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Thoughts => "thoughts",
            Self::MightAct => "might-act",
            Self::RatherNotSay => "rather-not-say",
        }
    }

    /// Whether help opens at once: on anything but "none".
    pub fn opens_help(self) -> bool {
        self != Self::No
    }
}

impl Day {
    /// The day as it stands in a file.
    pub fn to_json(&self) -> Value {
        json!({
            "date": self.date.to_string(),
            "mood": self.mood,
            "sleep": self.sleep.map(Sleep::as_str),
            "effects": self.effects.iter().map(SignId::as_str).collect::<Vec<_>>(),
            "stood_out": self.stood_out,
            "self_harm": self.self_harm.as_str(),
        })
    }

    /// Reads a day of a file; none if a part that is needed is not there or is not what it should be.
    pub fn from_json(value: &Value) -> Option<Self> {
        let day = value.as_object()?;
        let text = |key: &str| day.get(key).and_then(Value::as_str);
        let date = text("date").filter(|date| date.len() == 10).and_then(Date::from_iso)?;
        let mood = day.get("mood")?.as_u64().and_then(|mood| u8::try_from(mood).ok())?;
        let named = text("self_harm")?;
        let self_harm = SelfHarm::ALL.into_iter().find(|answer| answer.as_str() == named)?;
        (is_real(date) && mood <= BEST_MOOD).then_some(())?;
        Some(Self {
            date,
            mood,
            sleep: text("sleep").and_then(|name| Sleep::ALL.into_iter().find(|night| night.as_str() == name)),
            effects: effects(day),
            stood_out: text("stood_out").unwrap_or_default().chars().take(MOST_LETTERS).collect(),
            self_harm,
        })
    }
}

fn effects(day: &Map<String, Value>) -> Set<SignId> {
    let listed = day.get("effects").and_then(Value::as_array).into_iter().flatten();
    listed.filter_map(Value::as_str).take(100).map(SignId::from).collect()
}
