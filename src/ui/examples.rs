//! The examples of every component, for the snapshots, the accessibility checks and the gallery.

use leptos::prelude::*;

use crate::ui::{
    about_page, advice_list, answer_list, checklist, choices, compare, crisis_panel, drawing, entry_list,
    error_summary, fields, footer, header, icon_array, idle_warning, keep_form, kept_offer, languages,
    missing, name_search, notice, page_list, picture, plan_list, problems, progress, prose, reason_card,
    term, tick, timeline, wipe,
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
        idle_warning::examples(),
        kept_offer::examples(),
        keep_form::examples(),
        wipe::examples(),
        answer_list::examples(),
        missing::examples(),
        reason_card::examples(),
        advice_list::examples(),
        plan_list::examples(),
        notice::examples(),
        problems::examples(),
        prose::examples(),
        term::examples(),
        icon_array::examples(),
        timeline::examples(),
        compare::examples(),
        checklist::examples(),
        drawing::examples(),
        picture::examples(),
        page_list::examples(),
        about_page::examples(),
        languages::examples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
