//! What to prepare: tasks chosen by the answers. Each belongs to a time around the visit; [`schedule`] gives it its date.

pub mod calendar;
pub mod in_words;
pub mod schedule;
pub mod state;
pub mod today;
pub mod when;
pub mod zone;

use crate::engine::guide::Guide;
use crate::engine::guide::reader::Place;
use crate::engine::ids::{QuestionId, SourceCode, TaskId};
use crate::engine::plan::when::{Quantity, When};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::journey::journey;
use crate::engine::screening::level::Level;
use crate::engine::screening::rule::{Condition, Look, Seen, Trace, Truth};

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
    /// When it is to be done, or holds.
    pub when: When,
    /// What it asks of the person, in the words of a result: `get-help` whom to call, `stop` what not to do, `review` what to
    /// ask the clinic, `plan` what to arrange or do, `note` what to know.
    pub level: Level,
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

/// A length that a drip may have, and for whom.
#[derive(Clone, Debug, PartialEq)]
pub struct DripLength {
    /// Its minutes.
    pub minutes: Quantity,
    /// For whom it counts; none means for everyone. An unknown condition counts.
    pub show_if: Option<Condition>,
}

/// The tasks that fit these answers, by group in order; within a group in the guide's order.
pub fn tasks<'g>(guide: &'g Guide, answers: &Answers) -> Vec<(Group, Vec<&'g Task>)> {
    let fitting = fitting(guide, answers);
    Group::ALL
        .into_iter()
        .map(|group| {
            (group, fitting.iter().map(|(task, _)| *task).filter(|task| task.group == group).collect())
        })
        .filter(|(_, tasks): &(Group, Vec<&Task>)| !tasks.is_empty())
        .collect()
}

/// The tasks that fit these answers, in the guide's order, and whether it is known that they do.
pub fn fitting<'g>(guide: &'g Guide, answers: &Answers) -> Vec<(&'g Task, Truth)> {
    let look = look(guide, answers);
    let tasks = guide.tasks.iter().map(|task| (task, holds(task.show_if.as_ref(), &look)));
    tasks.filter(|(_, truth)| *truth != Truth::False).collect()
}

/// What the answers say to the conditions of the plan.
fn look<'a>(guide: &'a Guide, answers: &'a Answers) -> impl Fn(&QuestionId) -> Seen<'a> {
    let journey = journey(guide, answers);
    move |id| journey.look(id)
}

/// Whether a condition holds; none always does.
fn holds<'a>(condition: Option<&Condition>, look: &Look<'_, 'a>) -> Truth {
    condition.map_or(Truth::True, |condition| condition.evaluate(look, &mut Trace::default()))
}
