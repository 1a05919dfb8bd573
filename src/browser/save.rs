//! Offers a text as a file.

use js_sys::Array;
use wasm_bindgen::JsCast;

/// Hands a file to the browser's downloads, as a calendar or as JSON by its name; `None` if the browser refuses.
pub fn save(name: &str, text: &str) -> Option<()> {
    let options = web_sys::BlobPropertyBag::new();
    let calendar = name.ends_with(".ics");
    options.set_type(if calendar { "text/calendar;charset=utf-8" } else { "application/json" });
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let document = web_sys::window()?.document()?;
    let link = document.create_element("a").ok()?.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The download holds the blob itself; the address is not needed after the click was handled.
    gloo::timers::callback::Timeout::new(1_000, move || {
        let _ = web_sys::Url::revoke_object_url(&address);
    })
    .forget();
    Some(())
}
