//! The visits in the person's own file: when each is, and what is ticked off for it.
//!
//! The session keeps them in its plan and nowhere else; here they are only on their way into a file and out of it.

use crate::engine::map::Set;

use serde_json::{Map, Value, json};

use crate::engine::ids::{TaskId, is_id};
use crate::engine::own_file::text_of;
use crate::engine::plan::state::{MOST_VISITS, TypedVisit};
use crate::engine::plan::zone::Wall;

/// The visits of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnVisits {
    /// The clinic's time zone, for example `America/New_York`; empty if none is known.
    pub zone: String,
    /// The visits in the order in which they were typed.
    pub visits: Vec<OwnVisit>,
}

/// A visit of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnVisit {
    /// When it is, by the clinic's clock; no two visits of a file are at the same time.
    pub at: Wall,
    /// What is ticked off for it.
    pub done: Set<TaskId>,
}

impl OwnVisits {
    /// The visits as they stand in a file, `unread` among them again.
    pub(super) fn to_json(&self, unread: &[Value]) -> Value {
        let visits = self.visits.iter().map(|visit| {
            let done: Vec<&str> = visit.done.iter().map(TaskId::as_str).collect();
            json!({ "local": visit.at.to_string(), "done": done })
        });
        let visits: Vec<Value> = visits.chain(unread.iter().cloned()).collect();
        json!({ "zone": self.zone, "visits": visits })
    }

    /// Takes the visits out of a file, and those that cannot be read.
    ///
    /// The first version of the format had one `appointment`, and one list of what was `done`.
    pub(super) fn take_from(object: &mut Map<String, Value>) -> (Self, Vec<Value>) {
        let plan = object.remove("plan");
        let (appointment, done) = (object.remove("appointment"), object.remove("done"));
        let (mut plan, visits) = match (plan, appointment) {
            (Some(Value::Object(mut plan)), _) => {
                let visits = plan.remove("visits");
                (plan, visits)
            }
            (_, Some(Value::Object(mut one))) => {
                let visit = json!({ "local": one.remove("local"), "done": done });
                (one, Some(Value::Array(vec![visit])))
            }
            _ => return Default::default(),
        };
        let mut read = Self { zone: text_of(&mut plan, "zone"), visits: Vec::new() };
        let mut unread = Vec::new();
        let Some(Value::Array(visits)) = visits else { return (read, unread) };
        for value in visits {
            let at = value.get("local").and_then(Value::as_str).and_then(visit_time);
            let known = |at: &Wall| read.visits.iter().any(|visit| visit.at == *at);
            match at.filter(|at| read.visits.len() < MOST_VISITS && !known(at)) {
                Some(at) => read.visits.push(OwnVisit { at, done: ticked(&value) }),
                None => unread.push(value),
            }
        }
        (read, unread)
    }
}

fn ticked(visit: &Value) -> Set<TaskId> {
    let done = visit.get("done").and_then(Value::as_array).into_iter().flatten();
    done.filter_map(Value::as_str).filter(|id| is_id(id)).map(TaskId::from).collect()
}

/// A time at which a visit can be.
fn visit_time(local: &str) -> Option<Wall> {
    let (day, time) = local.split_once('T')?;
    TypedVisit { day: day.to_owned(), time: time.to_owned() }.wall(0).ok()
}
