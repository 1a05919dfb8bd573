//! How much a number may be, in which units, and which days a date may be.

use serde_json::Value;

use crate::engine::calendar::is_real;
use crate::engine::guide::import::items::Reader;
use crate::engine::guide::import::{clean, entries, extension_name, one_line, slug, text_of};
use crate::engine::guide::reader::Date;
use crate::engine::handoff::fhir::UCUM_NAMES;
use crate::engine::ids::UnitId;
use crate::engine::screening::question::{Bounds, Day, Days, Unit};

/// What a number may be at most where the Questionnaire does not say.
const MOST: f64 = 1_000_000.0;

impl Reader<'_> {
    /// The unit and the bounds of a number.
    pub(super) fn bounds(&mut self, item: &Value, link: &str) -> Bounds {
        let named = |name: &'static str| {
            entries(item, "extension").iter().filter(move |ext| extension_name(ext) == name)
        };
        let bound = |names: [&'static str; 2]| {
            names.iter().flat_map(|name| named(name)).find_map(|extension| {
                let number = |key: &str| extension.get(key).and_then(Value::as_f64);
                let quantity = extension.get("valueQuantity").and_then(|quantity| quantity.get("value"));
                number("valueDecimal").or(number("valueInteger")).or(quantity.and_then(Value::as_f64))
            })
        };
        let (least, most) = (
            bound(["minValue", "sdc-questionnaire-minQuantity"]),
            bound(["maxValue", "sdc-questionnaire-maxQuantity"]),
        );
        let mut codings: Vec<&Value> =
            named("questionnaire-unitOption").filter_map(|ext| ext.get("valueCoding")).collect();
        if codings.is_empty() {
            codings.extend(named("questionnaire-unit").filter_map(|ext| ext.get("valueCoding")));
        }
        let mut units: Vec<Unit> = Vec::new();
        let names: Vec<String> = codings.iter().filter_map(|coding| unit_name(coding)).collect();
        let mut said = Vec::new();
        for name in &names {
            let id = slug(name, "unit");
            let per = names.first().and_then(|first| per(name, first));
            match per {
                _ if units.iter().any(|unit| unit.id.as_str() == id) => {}
                Some(per) => units.push(Unit { id: UnitId::from(id.as_str()), per }),
                None => said.push(format!(
                    "The unit `{}` cannot be worked out in the first one, so it is left out.",
                    one_line(name)
                )),
            }
        }
        let unit = match (units.as_slice(), names.first()) {
            ([first, _, ..], _) => first.id.to_string(),
            (_, Some(name)) => clean(name),
            (_, None) => {
                said.push("It has no unit; `(number)` is shown behind it. Write what is counted.".to_owned());
                "(number)".to_owned()
            }
        };
        if units.len() < 2 {
            units.clear();
        }
        let sound = |number: f64| number.is_finite() && number.abs() < 1e15;
        let (mut low, mut high) =
            (least.filter(|n| sound(*n)).unwrap_or(0.0), most.filter(|n| sound(*n)).unwrap_or(MOST));
        if least.is_none() || most.is_none() {
            if low >= high {
                (low, high) = if least.is_some() { (low, low + MOST) } else { (high - MOST, high) };
            }
            said.push(format!(
                "It does not say its bounds; {low} to {high} is taken. Write what can be true."
            ));
        } else if low >= high {
            said.push("Its least number is not below its greatest, so both are left out.".to_owned());
            (low, high) = (0.0, MOST);
        }
        for what in said {
            self.note(link, false, what);
        }
        Bounds { unit, least: low, most: high, units }
    }

    /// The days that a date may be.
    pub(super) fn days(&mut self, item: &Value, link: &str) -> Days {
        let mut said = Vec::new();
        let mut bound = |name: &str| {
            let extension =
                entries(item, "extension").iter().find(|extension| extension_name(extension) == name)?;
            let found = day(extension);
            if found.is_none() {
                said.push(format!("Its bound `{name}` is not a day that a guide can say."));
            }
            found
        };
        let days = Days { earliest: bound("minValue"), latest: bound("maxValue") };
        for what in said {
            self.note(link, true, what);
        }
        match (days.earliest, days.latest) {
            (Some(Day::On(one)), Some(Day::On(other))) if one > other => self.no_days(link),
            (Some(Day::FromToday(one)), Some(Day::FromToday(other))) if one > other => self.no_days(link),
            _ => days,
        }
    }

    fn no_days(&mut self, link: &str) -> Days {
        self.note(link, true, "Its first day is behind its last, so both are left out.");
        Days::default()
    }
}

/// A bound of a date: a day, or so many days from today.
fn day(extension: &Value) -> Option<Day> {
    let text = text_of(extension, "valueDate").or_else(|| text_of(extension, "valueDateTime"));
    if let Some(text) = text {
        let date = Date::from_iso(text.get(..10)?).filter(|date| is_real(*date))?;
        return Some(Day::On(date));
    }
    let value = extension.get("_valueDate").or_else(|| extension.get("valueDate"))?;
    let expression = entries(value, "extension")
        .iter()
        .find_map(|ext| text_of(ext.get("valueExpression")?, "expression"))?;
    let rest = expression.trim().strip_prefix("today()")?.trim();
    if rest.is_empty() {
        return Some(Day::FromToday(0));
    }
    let (sign, rest) = match rest.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, rest.strip_prefix('+')?),
    };
    let number = rest.trim().strip_suffix("days").or_else(|| rest.trim().strip_suffix("day"))?.trim();
    let days: i32 = number.parse().ok().filter(|days| (0..=40_000).contains(days))?;
    Some(Day::FromToday(sign * days))
}

/// A unit as the guide names it.
pub(super) fn unit_name(coding: &Value) -> Option<String> {
    let code = text_of(coding, "code");
    let known =
        code.and_then(|code| UCUM_NAMES.iter().find(|(_, ucum)| *ucum == code)).map(|(name, _)| *name);
    known.or(text_of(coding, "display")).or(code).map(str::to_owned)
}

/// The words of a unit of an item.
pub(super) fn unit_words(item: &Value, id: &str) -> String {
    let codings = entries(item, "extension").iter().filter_map(|extension| extension.get("valueCoding"));
    let mut named = codings.filter(|coding| unit_name(coding).is_some_and(|name| slug(&name, "unit") == id));
    named.find_map(|coding| text_of(coding, "display")).map_or_else(|| id.to_owned(), clean)
}

/// How many of the unit `first` one of `unit` is, as far as that is known.
pub(super) fn per(unit: &str, first: &str) -> Option<f64> {
    if unit == first {
        return Some(1.0);
    }
    const TABLE: [(&str, &str, f64); 14] = [
        ("lb", "kg", 0.453_592_37),
        ("lbs", "kg", 0.453_592_37),
        ("g", "kg", 0.001),
        ("oz", "g", 28.349_523_125),
        ("mg", "g", 0.001),
        ("in", "cm", 2.54),
        ("m", "cm", 100.0),
        ("ft", "cm", 30.48),
        ("ft", "in", 12.0),
        ("L", "mL", 1000.0),
        ("hours", "minutes", 60.0),
        ("days", "hours", 24.0),
        ("weeks", "days", 7.0),
        ("years", "months", 12.0),
    ];
    TABLE.iter().find_map(|(one, other, factor)| {
        if unit == *one && first == *other {
            Some(*factor)
        } else if unit == *other && first == *one {
            Some(1.0 / factor)
        } else {
            None
        }
    })
}
