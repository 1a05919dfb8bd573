//! What to prepare: tasks chosen by the answers. Undated; each belongs to a time around the visit.

use crate::engine::guide::Guide;
use crate::engine::guide::reader::Place;
use crate::engine::ids::{SourceCode, TaskId};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::journey::{journey, seen};
use crate::engine::screening::rule::{Condition, Seen, Trace, Truth};

/// A thing to prepare.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// When it belongs.
    pub group: Group,
    /// Whether it is fixed; otherwise it is shown as "ask your clinic".
    pub firm: bool,
    /// When it is shown; none means always. An unknown condition shows it.
    pub show_if: Option<Condition>,
    /// Where it comes from.
    pub sources: Vec<SourceCode>,
    /// The line of plan.toml it begins on.
    pub line: Place,
}

/// The time around the visit that a task belongs to, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The days and weeks before.
    Before,
    /// Eating and drinking before the visit.
    Eating,
    /// What to bring and wear.
    Bring,
    /// The visit itself.
    Day,
    /// After the visit.
    After,
}

impl Group {
    /// All groups in order.
    pub const ALL: [Self; 5] = [Self::Before, Self::Eating, Self::Bring, Self::Day, Self::After];

    /// The group's name in plan.toml.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Eating => "eating",
            Self::Bring => "bring",
            Self::Day => "day",
            Self::After => "after",
        }
    }
}

/// The tasks that fit these answers, by group in order; within a group in the guide's order.
pub fn tasks<'g>(guide: &'g Guide, answers: &Answers) -> Vec<(Group, Vec<&'g Task>)> {
    let journey = journey(guide, answers);
    let look = |id: &_| {
        if journey.position(id).is_some() { seen(guide, answers, id) } else { Seen::NotAsked }
    };
    let fits = |task: &&Task| {
        task.show_if
            .as_ref()
            .is_none_or(|condition| condition.evaluate(&look, &mut Trace::default()) != Truth::False)
    };
    Group::ALL
        .into_iter()
        .map(|group| (group, guide.tasks.iter().filter(|task| task.group == group).filter(fits).collect()))
        .filter(|(_, tasks): &(Group, Vec<&Task>)| !tasks.is_empty())
        .collect()
}
