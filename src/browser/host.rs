//! `window.anteroomHost`: what start.js offers. It knows whether the page is framed and where its files come from.

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::engine::deeds::Deeds;
use crate::engine::guide::source::Source;
use crate::engine::ids::{ChoiceId, is_id};
use crate::engine::session::HostEvent;
use crate::engine::session::early::Did;

/// What the host page wished for. Empty where it wished for nothing.
#[derive(Default)]
pub struct Wish {
    /// The page to show first.
    pub page: String,
    /// The language.
    pub lang: String,
    /// The clinic's phone number, for when the settings cannot be read.
    pub phone: String,
    /// The name of the clinic's own folder.
    pub clinic: String,
    /// Whether the page was opened by itself and stands in no frame.
    pub alone: bool,
    /// Whether it is opened on a computer for everybody.
    pub many: bool,
}

/// What the host page wished for.
pub async fn options() -> Wish {
    let Some(options) = host().and_then(|host| Reflect::get(&host, &"options".into()).ok()) else {
        return Wish::default();
    };
    let Ok(options) = JsFuture::from(Promise::resolve(&options)).await else { return Wish::default() };
    let text = |key: &str| {
        Reflect::get(&options, &key.into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
    };
    let is =
        |key: &str| Reflect::get(&options, &key.into()).ok().and_then(|value| value.as_bool()) == Some(true);
    Wish {
        page: text("page"),
        lang: text("lang"),
        phone: text("phone"),
        clinic: text("clinic"),
        alone: is("alone"),
        many: is("many"),
    }
}

/// Reads content files, all at once.
pub async fn files(paths: &[String]) -> Vec<Source> {
    let asked: Vec<_> = paths.iter().map(|path| (path, call("file", &path.as_str().into()))).collect();
    let mut sources = Vec::with_capacity(asked.len());
    for (path, coming) in asked {
        let read = match coming.and_then(|coming| coming.dyn_into::<Promise>().ok()) {
            Some(coming) => JsFuture::from(coming).await.map_err(|error| why(&error)),
            None => Err("this browser cannot load files here".to_owned()),
        };
        sources
            .push(Source { path: path.clone(), content: read.map(|bytes| Uint8Array::new(&bytes).to_vec()) });
    }
    sources
}

/// Waits until nothing is held down on the first screens: what is pressed there and let go elsewhere would be lost.
pub async fn settled() {
    if let Some(settled) = call("settled", &JsValue::UNDEFINED) {
        let _ = JsFuture::from(Promise::resolve(&settled)).await;
    }
}

/// What the person did before the widget ran. From here on the page is the widget's.
pub fn early() -> Vec<Did> {
    let did = call("early", &JsValue::UNDEFINED).and_then(|did| did.dyn_into::<Array>().ok());
    did.map(|did| did.iter().filter_map(|did| read_did(&did)).collect()).unwrap_or_default()
}

/// `[what, choice]`, as embed/early.js writes it down.
fn read_did(did: &JsValue) -> Option<Did> {
    let text = |at: u32| Reflect::get_u32(did, at).ok().and_then(|text| text.as_string());
    let choice = || text(1).filter(|choice| is_id(choice)).map(|choice| ChoiceId::from(choice.as_str()));
    Some(match text(0)?.as_str() {
        "start" => Did::Started,
        "chose" => Did::Chose(choice()?),
        "moved" => Did::MovedTo(choice()?),
        "help" => Did::OpenedHelp,
        "helped" => Did::ClosedHelp,
        "back" => Did::WentBack,
        "continue" => Did::Continued,
        _ => return None,
    })
}

/// The widget is drawn, with what was done before in it: the focus goes back to where it was.
pub fn resume() {
    call("resume", &JsValue::UNDEFINED);
}

/// Loads the second file of the widget into this one. Whether it is there.
#[cfg(in_parts)]
pub async fn part() -> bool {
    match call("part", &JsValue::UNDEFINED).and_then(|coming| coming.dyn_into::<Promise>().ok()) {
        Some(coming) => JsFuture::from(coming).await.is_ok(),
        None => false,
    }
}

/// Tells the host page what state the widget is in: a name, and the reference of a request; nothing else.
pub fn tell(event: &HostEvent) {
    let Some((host, function)) = function("tell") else { return };
    let reference = match event {
        HostEvent::HandedOff(reference) => JsValue::from_str(reference),
        HostEvent::Ready
        | HostEvent::Started
        | HostEvent::Finished
        | HostEvent::HelpOpened
        | HostEvent::Failed => JsValue::UNDEFINED,
    };
    // A host page that throws must not stop the widget.
    let _ = function.apply(&host, &Array::of2(&event.name().into(), &reference));
}

/// From now on lets nothing out of this page but to this address, and to the widget's own files where it loads them.
pub fn send_only_to(endpoint: Option<&str>) {
    call("only", &endpoint.unwrap_or_default().into());
}

/// Names files of the guide that may be fetched in the background, for when there is no network.
pub fn keep_for_offline(paths: &[String]) {
    let paths: Array = paths.iter().map(|path| JsValue::from_str(path)).collect();
    call("keep", &paths);
}

/// Counts what the page did, now and at every change from now on.
pub fn count(mut counted: impl FnMut(Deeds) + 'static) {
    let told = Closure::<dyn FnMut(u32, Array)>::new(move |files, others: Array| {
        counted(Deeds { files, others: others.iter().filter_map(|address| address.as_string()).collect() });
    });
    call("count", &told.into_js_value());
}

/// Wipes the page and leaves for a neutral one.
pub fn leave() {
    if let Some((host, function)) = function("leave") {
        let _ = function.call0(&host);
    }
}

fn host() -> Option<JsValue> {
    Reflect::get(&web_sys::window()?.into(), &"anteroomHost".into()).ok().filter(|host| host.is_object())
}

fn function(name: &str) -> Option<(JsValue, Function)> {
    let host = host()?;
    let function = Reflect::get(&host, &name.into()).ok()?.dyn_into().ok()?;
    Some((host, function))
}

fn call(name: &str, argument: &JsValue) -> Option<JsValue> {
    let (host, function) = function(name)?;
    function.call1(&host, argument).ok()
}

/// The message of an Error, which ends a sentence.
fn why(error: &JsValue) -> String {
    Reflect::get(error, &"message".into())
        .ok()
        .and_then(|message| message.as_string())
        .unwrap_or_else(|| "the browser gave no reason".to_owned())
}
