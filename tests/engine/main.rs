//! The engine as a whole: content files and answers in, results and effects out.

mod bad_input;
mod entries;
mod flow;
mod names;
mod overlay;
mod packets;
mod patients;
mod rules;
mod session;
mod untrusted;
mod worry;

#[path = "../support/mod.rs"]
mod support;
