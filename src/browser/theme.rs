//! The clinic's colours and sizes, as custom properties on the page's root.

use wasm_bindgen::JsCast;

/// Sets custom properties. Through the object model, which a strict Content Security Policy allows: a style
/// attribute in the page would be refused.
pub fn set(properties: &[(String, String)]) {
    let root = web_sys::window().and_then(|window| window.document()?.document_element());
    let Some(root) = root.and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok()) else { return };
    for (name, value) in properties {
        // What a browser does not know stays as the stylesheet has it.
        let _ = root.style().set_property(name, value);
    }
}
