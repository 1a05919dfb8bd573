//! The clock and the dice that each message carries, and a turn for the browser.

use gloo::timers::callback::Timeout;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::engine::guide::reader::Date;
use crate::engine::session::Moment;

/// Now, in UTC, today where the person is, and 128 random bits.
pub fn moment() -> Moment {
    let now = js_sys::Date::new_0();
    Moment { now: String::from(now.to_iso_string()), dice: dice(), today: today(&now) }
}

fn today(now: &js_sys::Date) -> Option<Date> {
    Some(Date {
        year: now.get_full_year().try_into().ok()?,
        month: (now.get_month() + 1).try_into().ok()?,
        day: now.get_date().try_into().ok()?,
    })
}

fn dice() -> u128 {
    let mut bytes = [0_u8; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let random = crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
    if random.is_none() {
        // Only uniqueness is asked of these bits, not secrecy.
        for byte in &mut bytes {
            *byte = (js_sys::Math::random() * 256.0) as u8;
        }
    }
    u128::from_le_bytes(bytes)
}

/// Lets the browser do what it has waiting, such as a scroll; then it goes on.
pub async fn next_turn() {
    let turn = Promise::new(&mut |resolve, _| {
        Timeout::new(0, move || {
            // A promise takes whatever it is given.
            let _ = resolve.call0(&JsValue::UNDEFINED);
        })
        .forget();
    });
    let _ = JsFuture::from(turn).await;
}
