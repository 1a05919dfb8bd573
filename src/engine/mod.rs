//! The engine: everything that is true, and nothing that is drawn.
//!
//! Pure functions over plain data. The same files and the same answers give the same result, on a phone and in
//! a test. The words used here are fixed: guide, page, question, choice, answer, rule, level, reason, result,
//! journey, plan, packet, channel, virtual patient, crisis panel.
//!
//! Nothing in here may panic: a content file is somebody's typing, and an answer is somebody's life.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unreachable,
    clippy::todo
)]

pub mod aftercare;
pub mod calendar;
pub mod calm;
pub mod deeds;
pub mod find;
pub mod guide;
pub mod handoff;
pub mod ids;
pub mod keep;
pub mod map;
pub mod nearest;
pub mod one_by_one;
pub mod own_file;
pub mod part;
pub mod plan;
pub mod problem;
pub mod screening;
pub mod search;
pub mod session;
pub mod shared;
