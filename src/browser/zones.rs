//! Time zones, from the browser's own data: no time-zone data is in the widget.

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::plan::schedule::Visits;
use crate::engine::plan::state::Made;
use crate::engine::plan::zone::{Instant, Wall, Zone};

/// The zone of the person's own clock, and all that the browser knows. Either is empty where it does not tell.
pub fn named() -> (String, Vec<String>) {
    let own = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    let own = Reflect::get(&own, &"timeZone".into()).ok().and_then(|name| name.as_string());
    (own.unwrap_or_default(), all().unwrap_or_default())
}

/// Older browsers do not tell them.
fn all() -> Option<Vec<String>> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let tell: Function = Reflect::get(&intl, &"supportedValuesOf".into()).ok()?.dyn_into().ok()?;
    let zones: Array = tell.call1(&intl, &"timeZone".into()).ok()?.dyn_into().ok()?;
    Some(zones.iter().filter_map(|zone| zone.as_string()).collect())
}

/// What the clocks of a zone do around these visits, and those of the person; `None` if the browser does not know the zone.
pub fn seen(name: &str, visits: Visits, from: Instant, until: Instant) -> Option<Made> {
    let format = format_of(name)?;
    let zone = Zone::seen(name, from, until, &mut |at| ahead(&format, at))?;
    let own = Zone::seen("", from, until, &mut |at| {
        let minutes = Date::new(&JsValue::from_f64(at.0 as f64 * 1000.0)).get_timezone_offset();
        minutes.is_finite().then_some(-(minutes * 60.0) as i64)
    });
    Some(Made { visits, zone, own })
}

/// `new Intl.DateTimeFormat`, which throws for a zone that it does not know; js-sys's own constructor cannot say so.
fn format_of(name: &str) -> Option<Intl::DateTimeFormat> {
    let options = Object::new();
    let two = JsValue::from_str("2-digit");
    for (key, value) in [
        ("timeZone", &JsValue::from_str(name)),
        ("calendar", &"gregory".into()),
        ("numberingSystem", &"latn".into()),
        ("hourCycle", &"h23".into()),
        ("year", &"numeric".into()),
        ("month", &two),
        ("day", &two),
        ("hour", &two),
        ("minute", &two),
        ("second", &two),
    ] {
        Reflect::set(&options, &key.into(), value).ok()?;
    }
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let make: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    // Called as a function it makes a format as well.
    make.call2(&JsValue::UNDEFINED, &"en".into(), &options).ok()?.dyn_into().ok()
}

/// How many seconds the clocks of a zone are ahead of UTC: what they show, read as if it were UTC, less the moment.
fn ahead(format: &Intl::DateTimeFormat, at: Instant) -> Option<i64> {
    let parts = format.format_to_parts(&Date::new(&JsValue::from_f64(at.0 as f64 * 1000.0)));
    let part = |wanted: &str| {
        parts.iter().find_map(|part| {
            let text = |key: &str| Reflect::get(&part, &key.into()).ok().and_then(|text| text.as_string());
            text("type").filter(|kind| kind == wanted).and_then(|_| text("value"))
        })
    };
    let year: u16 = part("year")?.parse().ok()?;
    let shown =
        format!("{year:04}-{}-{}T{}:{}", part("month")?, part("day")?, part("hour")?, part("minute")?);
    let seconds: i64 = part("second")?.parse().ok()?;
    Some(Zone::default().instant(Wall::from_iso(&shown)?).0 + seconds - at.0)
}
