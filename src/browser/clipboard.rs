//! The clipboard, which a browser or a frame may refuse.

use wasm_bindgen_futures::JsFuture;

/// Puts a text on the clipboard; `false` if the browser refuses.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // On a page that is not secure `navigator.clipboard` is undefined, and a call on it would throw.
    let navigator = window.navigator();
    let has =
        js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|clipboard| clipboard.is_object());
    has && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
