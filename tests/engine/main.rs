//! The engine as a whole: content files and answers in, results and effects out.

mod bad_input;
mod entries;
mod flow;
mod names;
mod overlay;
mod packets;
mod pages;
mod patients;
mod reviews;
mod rules;
mod session;
mod theme;
mod translations;
mod truth_table;
mod untrusted;
mod worry;

#[path = "../support/mod.rs"]
mod support;
