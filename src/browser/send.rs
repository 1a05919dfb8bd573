//! Sends a request to the clinic's endpoint. The only code of the widget that sends anything of the person.

use std::cell::RefCell;

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::engine::handoff::send::{Reply, SendFailure, SendRequest};

thread_local! {
    /// What stops the request that is under way.
    static UNDER_WAY: RefCell<Option<web_sys::AbortController>> = const { RefCell::new(None) };
}

/// Sends a request and waits for the whole answer, at most for the request's timeout.
///
/// No cookies go along, nothing is cached, no address of the page is given away, and a redirect counts as failed:
/// health answers go where the clinic said or nowhere.
pub async fn send(request: &SendRequest) -> Result<Reply, SendFailure> {
    let window = web_sys::window().ok_or(SendFailure::Unreachable)?;
    if !window.navigator().on_line() {
        return Err(SendFailure::Offline);
    }
    let abort = web_sys::AbortController::new().map_err(|_| SendFailure::Unreachable)?;
    let signal = abort.signal();
    UNDER_WAY.with(|under_way| *under_way.borrow_mut() = Some(abort.clone()));
    let timeout = gloo::timers::callback::Timeout::new(request.timeout_ms, move || abort.abort());
    let answer = exchange(&window, request, &signal).await;
    drop(timeout);
    answer.map_err(|failure| match failure {
        SendFailure::Redirected => SendFailure::Redirected,
        _ if signal.aborted() => SendFailure::TimedOut,
        _ if !window.navigator().on_line() => SendFailure::Offline,
        failure => failure,
    })
}

/// Stops the request that is under way, if there is one.
pub fn stop() {
    UNDER_WAY.with(|under_way| {
        if let Some(abort) = under_way.borrow_mut().take() {
            abort.abort();
        }
    });
}

async fn exchange(
    window: &web_sys::Window,
    request: &SendRequest,
    signal: &web_sys::AbortSignal,
) -> Result<Reply, SendFailure> {
    let outgoing = outgoing(request, signal).ok_or(SendFailure::Unreachable)?;
    let response = JsFuture::from(window.fetch_with_request(&outgoing)).await;
    let response = response.ok().and_then(|response| response.dyn_into::<web_sys::Response>().ok());
    let response = response.ok_or(SendFailure::Unreachable)?;
    if response.type_() == web_sys::ResponseType::Opaqueredirect {
        return Err(SendFailure::Redirected);
    }
    let text = response.text().map_err(|_| SendFailure::CutOff)?;
    let body = JsFuture::from(text).await.map_err(|_| SendFailure::CutOff)?;
    Ok(Reply {
        status: response.status(),
        body: body.as_string().unwrap_or_default(),
        retry_after: response.headers().get("Retry-After").ok().flatten().and_then(|text| seconds(&text)),
    })
}

fn outgoing(request: &SendRequest, signal: &web_sys::AbortSignal) -> Option<web_sys::Request> {
    let headers = web_sys::Headers::new().ok()?;
    headers.set("Content-Type", request.content_type).ok()?;
    headers.set("Idempotency-Key", &request.idempotency_key).ok()?;
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(&request.body));
    init.set_headers(&headers);
    init.set_mode(web_sys::RequestMode::Cors);
    init.set_credentials(web_sys::RequestCredentials::Omit);
    init.set_cache(web_sys::RequestCache::NoStore);
    // Not followed, and told apart from an address that cannot be reached.
    init.set_redirect(web_sys::RequestRedirect::Manual);
    init.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    init.set_signal(Some(signal));
    web_sys::Request::new_with_str_and_init(&request.endpoint, &init).ok()
}

/// The seconds that `Retry-After` asks for: a number of them, or a date (RFC 9110).
fn seconds(text: &str) -> Option<u32> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(seconds);
    }
    let from_now = (js_sys::Date::parse(text) - js_sys::Date::now()) / 1000.0;
    // A conversion to a whole number stays within its bounds; a date that is none is no wait.
    (from_now > 0.0).then_some(from_now.ceil() as u32)
}
