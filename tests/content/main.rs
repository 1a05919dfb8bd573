//! The shipped content is sound: it parses, every choice does what it says, and it can be read.

mod levels;
mod patients;
mod reading;
mod sound;

#[path = "../support/mod.rs"]
mod support;
