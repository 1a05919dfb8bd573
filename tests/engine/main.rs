//! The engine as a whole: content files and answers in, results and effects out.

mod advice;
mod bad_input;
mod entries;
mod flow;
mod instruments;
mod kinds;
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
