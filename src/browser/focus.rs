//! Moves the focus where the engine says, and brings it into view.

use wasm_bindgen::JsCast;

use crate::browser::element;
use crate::engine::session::Target;

/// Moves the focus. If the place is not there, the focus stays where it is.
pub fn focus(target: &Target) {
    let (id, from_top) = match target {
        Target::Heading => ("ar-heading", true),
        Target::Help => ("ar-help", true),
        Target::ErrorSummary => ("ar-errors", false),
        Target::Notice => ("ar-notice", false),
        Target::Part(slug) => return part(slug),
        Target::Field(id) => (id.as_str(), false),
    };
    let Some(place) = element(id).and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    // A new screen begins at the widget's top. Scrolling comes first: the focus alone would put the heading at the
    // edge of the window, with the way back and the help button out of sight.
    match element("anteroom").filter(|_| from_top) {
        Some(root) => root.scroll_into_view_with_bool(true),
        None => {
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Center);
            place.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = place.focus_with_options(&options);
}

/// Brings an element into view, no further than it must. If it is not there, nothing moves.
pub fn reveal(id: &str) {
    if let Some(place) = element(id) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        place.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Moves the focus to a part of a page and brings it to the top.
fn part(slug: &str) {
    let id = format!("ar-part-{slug}");
    let Some(place) = element(&id).and_then(|place| place.dyn_into::<web_sys::HtmlElement>().ok()) else {
        return;
    };
    place.scroll_into_view_with_bool(true);
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = place.focus_with_options(&options);
}
