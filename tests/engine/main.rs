//! The engine as a whole: content files and answers in, results and effects out.

mod bad_input;
mod entries;
mod rules;

#[path = "../support/mod.rs"]
mod support;
