//! What may be felt after a visit, and how soon to call. The most urgent sign decides; nothing makes it milder.

use crate::engine::map::{Map, Set};

use crate::engine::guide::Review;
use crate::engine::ids::{PromptId, SignId, SignListId, SourceCode};

/// How soon to call, and whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Call {
    /// Common after a visit; no call by these lists alone.
    ForNow,
    /// The clinic, within a few days.
    ThisWeek,
    /// The clinic, the same day.
    Today,
    /// 988.
    Lifeline,
    /// 911.
    Emergency,
}

impl Call {
    /// All, the least urgent first.
    pub const ALL: [Self; 5] = [Self::ForNow, Self::ThisWeek, Self::Today, Self::Lifeline, Self::Emergency];

    /// The name in aftercare.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ForNow => "for-now",
            Self::ThisWeek => "this-week",
            Self::Today => "today",
            Self::Lifeline => "988",
            Self::Emergency => "911",
        }
    }

    /// The call of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|call| call.as_str() == name)
    }
}

/// Everything that aftercare.toml says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Aftercare {
    /// The lists, in the order they are asked.
    pub lists: Vec<SignList>,
    /// The signs, in the order they are shown.
    pub signs: Vec<Sign>,
    /// What to talk over.
    pub prompts: Vec<Prompt>,
    /// Who reviewed it.
    pub review: Review,
}

/// Signs that are asked about together.
#[derive(Clone, Debug, PartialEq)]
pub struct SignList {
    /// Its id.
    pub id: SignListId,
    /// Whether it stays out of a summary until the person ticks it.
    pub private: bool,
}

/// Something that may be felt.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// Its id.
    pub id: SignId,
    /// The list it is asked in.
    pub list: SignListId,
    /// How soon to call.
    pub call: Call,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
}

/// Something to talk over.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// Its id.
    pub id: PromptId,
    /// When.
    pub about: About,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
}

/// What a prompt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// Therapy, or a talk with somebody who is trusted.
    Talk,
    /// The effect fades.
    Fade,
    /// The next visit.
    Visit,
}

impl About {
    /// All, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Talk, Self::Fade, Self::Visit];

    /// The name in aftercare.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Talk => "talk",
            Self::Fade => "fade",
            Self::Visit => "visit",
        }
    }
}

impl Aftercare {
    /// The signs of a list.
    pub fn signs_of(&self, list: &SignListId) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(move |sign| sign.list == *list)
    }

    /// A sign by its id.
    pub fn sign(&self, id: &SignId) -> Option<&Sign> {
        self.signs.iter().find(|sign| sign.id == *id)
    }

    /// The signs that are common after a visit, which the journal offers as side effects.
    pub fn common(&self) -> impl Iterator<Item = &Sign> {
        self.signs.iter().filter(|sign| sign.call == Call::ForNow)
    }

    fn most_urgent(&self, list: &SignListId) -> Option<Call> {
        self.signs_of(list).map(|sign| sign.call).max()
    }
}

/// What was said to one list. A list without a mark was not answered, which is never "none of these".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// These signs; never empty.
    Signs(Set<SignId>),
    /// None of them.
    None,
    /// Not sure.
    NotSure,
}

/// What was said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks(pub Map<SignListId, Mark>);

impl Marks {
    /// Ticks or unticks a sign. Whoever unticks the last one has not said "none of these".
    pub fn flip(&mut self, list: SignListId, sign: SignId) {
        let mut signs = match self.0.remove(&list) {
            Some(Mark::Signs(signs)) => signs,
            Some(Mark::None | Mark::NotSure) | None => Set::new(),
        };
        if !signs.remove(&sign) {
            signs.insert(sign);
        }
        if !signs.is_empty() {
            self.0.insert(list, Mark::Signs(signs));
        }
    }

    /// Ticks or unticks one that stands alone.
    pub fn flip_alone(&mut self, list: SignListId, mark: Mark) {
        if self.0.get(&list) == Some(&mark) {
            self.0.remove(&list);
        } else {
            self.0.insert(list, mark);
        }
    }

    /// Whether a sign is ticked.
    pub fn has(&self, sign: &SignId) -> bool {
        self.0.values().any(|mark| matches!(mark, Mark::Signs(signs) if signs.contains(sign)))
    }
}

/// How soon to call, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sorted {
    /// The most urgent call that is known; none while nothing is and a list is open.
    pub call: Option<Call>,
    /// The ticked signs, the most urgent first.
    pub signs: Vec<(SignId, Call)>,
    /// The lists that the person is not sure about. Each counts as its most urgent sign: "pick the more urgent one".
    pub unsure: Vec<(SignListId, Call)>,
    /// The lists that are not answered. Something more urgent may be in them.
    pub open: Vec<SignListId>,
}

/// Sorts what was said.
pub fn sort(aftercare: &Aftercare, marks: &Marks) -> Sorted {
    let mut sorted = Sorted { call: None, signs: Vec::new(), unsure: Vec::new(), open: Vec::new() };
    for list in &aftercare.lists {
        match marks.0.get(&list.id) {
            Some(Mark::Signs(ticked)) => {
                let signs = aftercare.signs_of(&list.id).filter(|sign| ticked.contains(&sign.id));
                let before = sorted.signs.len();
                sorted.signs.extend(signs.map(|sign| (sign.id.clone(), sign.call)));
                if sorted.signs.len() == before {
                    // Signs that the list does not have say nothing of it.
                    sorted.open.push(list.id.clone());
                }
            }
            Some(Mark::NotSure) => {
                let call = aftercare.most_urgent(&list.id).unwrap_or(Call::Today);
                sorted.unsure.push((list.id.clone(), call));
            }
            Some(Mark::None) => {}
            None => sorted.open.push(list.id.clone()),
        }
    }
    sorted.signs.sort_by_key(|(_, call)| std::cmp::Reverse(*call));
    let calls = sorted.signs.iter().map(|(_, call)| *call).chain(sorted.unsure.iter().map(|(_, call)| *call));
    let worst = calls.max().unwrap_or(Call::ForNow);
    // "For now" is said only when every list was looked at.
    sorted.call = (sorted.open.is_empty() || worst > Call::ForNow).then_some(worst);
    sorted
}
