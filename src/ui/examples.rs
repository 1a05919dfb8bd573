//! The examples of every component, for the snapshots, the accessibility checks and the gallery.

use leptos::prelude::*;

use crate::ui::{
    advice_list, answer_list, choices, crisis_panel, entry_list, error_summary, fields, footer, header,
    name_search, notice, plan_list, problems, progress, prose, reason_card, tick,
};

/// Every example of every component, by name.
pub fn all() -> Vec<(&'static str, AnyView)> {
    [
        header::examples(),
        footer::examples(),
        progress::examples(),
        error_summary::examples(),
        choices::examples(),
        tick::examples(),
        fields::examples(),
        name_search::examples(),
        entry_list::examples(),
        crisis_panel::examples(),
        answer_list::examples(),
        reason_card::examples(),
        advice_list::examples(),
        plan_list::examples(),
        notice::examples(),
        problems::examples(),
        prose::examples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
