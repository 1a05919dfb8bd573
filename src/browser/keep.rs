//! What a person keeps on this device: the only place of the widget that touches a storage.
//!
//! A browser may refuse any part of it, by an error or without one; each refusal comes back as a message.

use std::sync::Arc;

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::keep::{KEY, Store, Trouble};

/// Looks what stands in the storage. Nothing is written, not even to try whether that would work.
///
/// `opened_by_itself` is whether the page stands in no frame; otherwise the storage is not even asked for.
pub fn look(opened_by_itself: bool, many: bool) -> Store {
    if !opened_by_itself {
        return Store::Closed;
    }
    match there() {
        Some(there) => Store::Open { there: there.map(Arc::from), many },
        None => Store::Refused,
    }
}

/// Stores a sealed text in the place of `over`, and looks whether it is there.
pub fn store(text: &Arc<str>, over: Option<&str>) -> Result<Arc<str>, Trouble> {
    if there().ok_or(Trouble::NotStored)?.as_deref() != over {
        return Err(Trouble::Other);
    }
    // Where there is no room the browser leaves what was there.
    storage("setItem", &[KEY, text]).ok_or(Trouble::NotStored)?;
    if there().flatten().as_deref() == Some(text) { Ok(text.clone()) } else { Err(Trouble::NotStored) }
}

/// Takes it out of the storage; whether nothing is there any more.
pub fn wipe() -> bool {
    let _ = storage("removeItem", &[KEY]);
    there() == Some(None)
}

/// What stands in the storage, if anything; `None` where the browser refuses to say.
fn there() -> Option<Option<String>> {
    storage("getItem", &[KEY]).map(|there| there.as_string())
}

/// Calls a function of the storage; none where the browser refuses. The mere question for it is an error in a sandbox.
fn storage(function: &str, arguments: &[&str]) -> Option<JsValue> {
    let storage = Reflect::get(&web_sys::window()?.into(), &"localStorage".into()).ok()?;
    let function = Reflect::get(&storage, &function.into()).ok()?.dyn_into::<Function>().ok()?;
    function.apply(&storage, &arguments.iter().map(|text| JsValue::from_str(text)).collect::<Array>()).ok()
}
