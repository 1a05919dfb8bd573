//! The shipped content is sound: it parses, every choice does what it says.

mod documents;
mod facts;
mod languages;
mod levels;
mod medicines;
mod patients;
mod search;
mod sound;
mod timeline;

#[path = "../support/mod.rs"]
mod support;
