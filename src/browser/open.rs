//! Reads a file that the person chose.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

use crate::browser::element;
use crate::engine::own_file::{MOST_BYTES, Trouble};

/// The text of the file that was chosen in a field; none if none was.
///
/// A file that is too big is not read at all.
pub async fn read(field: &str) -> Option<Result<String, Trouble>> {
    let field = element(field)?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    let file = field.files()?.get(0)?;
    let read = if file.size() > MOST_BYTES as f64 {
        Err(Trouble::TooBig)
    } else {
        let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        text.ok_or(Trouble::Unreadable)
    };
    // So that the same file can be chosen again.
    field.set_value("");
    Some(read)
}
