//! Draws a session and sends messages. No rule, no sum and no date is decided here, and no browser is named.
//!
//! One component a file, with its stylesheet of the same stem in `style/components/` and its examples beside it.
//! Screens put components together; [`app::App`] chooses the screen.

pub mod about_page;
pub mod advice_list;
pub mod answer_list;
pub mod app;
pub mod calm_bar;
pub mod checklist;
pub mod choices;
pub mod compare;
pub mod context;
pub mod crisis_panel;
pub mod drawing;
#[cfg(feature = "html")]
pub mod early;
pub mod entry_list;
pub mod error_summary;
pub mod examples;
pub mod fields;
pub mod footer;
pub mod header;
pub mod icon_array;
pub mod idle_warning;
pub mod keep_form;
pub mod kept_offer;
pub mod languages;
pub mod later;
pub mod missing;
pub mod mood_chart;
pub mod name_search;
pub mod notice;
pub mod one_by_one;
pub mod page_list;
pub mod picture;
pub mod plan_list;
pub mod problems;
pub mod progress;
pub mod prose;
pub mod reason_card;
pub mod screens;
pub mod term;
pub mod tick;
pub mod timeline;
pub mod wipe;
