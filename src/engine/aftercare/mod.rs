//! What goes on after a visit: how soon to call whom, the journal that a person keeps, the summary for the next visit.

pub mod journal;
pub mod signs;
pub mod state;
pub mod summary;
