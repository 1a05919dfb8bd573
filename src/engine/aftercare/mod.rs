//! What goes on after a visit: the journal that a person keeps.

pub mod journal;
