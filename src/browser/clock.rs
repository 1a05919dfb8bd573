//! The clock and the dice that each message carries.

use crate::engine::session::Moment;

/// Now, in UTC, and 128 random bits.
pub fn moment() -> Moment {
    Moment { now: String::from(js_sys::Date::new_0().to_iso_string()), dice: dice() }
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
