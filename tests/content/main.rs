//! The shipped content is sound: it parses, every choice does what it says.

mod documents;
mod facts;
mod languages;
mod levels;
mod patients;
mod sound;

#[path = "../support/mod.rs"]
mod support;
