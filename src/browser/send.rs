//! Sends a request to the clinic's endpoint. The only code of the widget that sends anything of the person.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::engine::handoff::send::{Reply, SendFailure, SendRequest};

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
    let timeout = gloo::timers::callback::Timeout::new(request.timeout_ms, move || abort.abort());
    let answer = exchange(&window, request, &signal).await;
    drop(timeout);
    match answer {
        Some(reply) => Ok(reply),
        None if signal.aborted() => Err(SendFailure::TimedOut),
        None if !window.navigator().on_line() => Err(SendFailure::Offline),
        None => Err(SendFailure::Unreachable),
    }
}

async fn exchange(
    window: &web_sys::Window,
    request: &SendRequest,
    signal: &web_sys::AbortSignal,
) -> Option<Reply> {
    let headers = web_sys::Headers::new().ok()?;
    headers.set("Content-Type", request.format.content_type()).ok()?;
    headers.set("Idempotency-Key", &request.idempotency_key).ok()?;
    let init = web_sys::RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(&request.body));
    init.set_headers(&headers);
    init.set_mode(web_sys::RequestMode::Cors);
    init.set_credentials(web_sys::RequestCredentials::Omit);
    init.set_cache(web_sys::RequestCache::NoStore);
    init.set_redirect(web_sys::RequestRedirect::Error);
    init.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    init.set_signal(Some(signal));
    let outgoing = web_sys::Request::new_with_str_and_init(&request.endpoint, &init).ok()?;
    let response = JsFuture::from(window.fetch_with_request(&outgoing)).await.ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok()?;
    let body = JsFuture::from(response.text().ok()?).await.ok()?;
    Some(Reply { status: response.status(), body: body.as_string().unwrap_or_default() })
}
