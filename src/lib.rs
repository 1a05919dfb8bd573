//! Anteroom: the room before the room.
//!
//! A patient education and pre-screening widget that a clinic puts on its website. A prospective patient reads
//! what to expect, answers private questions that never leave the browser, sees an explained result, and, only
//! by choice, hands ticked answers to the clinic.
//!
//! # Layout
//!
//! - [`engine`]: pure. Content files and answers in, results and effects out. No clock, no randomness, no browser.
//! - `ui` (feature `view`): Leptos components that draw a [`engine::session::Session`] and send messages.
//! - `cli` (feature `cli`): the clinic's command line, over the same engine. Its check (feature `lint`) is also that of
//!   the page opened with `#check`.
//! - `desk` (feature `desk`): opens sealed packets with the clinic's key, for the command line and front-desk.html.
//! - `browser` (feature `ui`): the only folder that names `web_sys`. It carries out the engine's effects.
//!
//! `main -> ui -> engine` and `main -> browser -> engine`; the engine names neither. `cargo test
//! --no-default-features` compiles the engine with none of the browser's crates present.

#![forbid(unsafe_code)]
// A screen is one deep type of nested views; drawing them to HTML goes deeper than the compiler looks as it comes.
#![recursion_limit = "256"]

#[cfg(feature = "lint")]
pub mod cli;

#[cfg(feature = "desk")]
pub mod desk;

pub mod engine;

#[cfg(feature = "view")]
pub mod ui;

#[cfg(all(feature = "ui", target_arch = "wasm32"))]
pub mod browser;
