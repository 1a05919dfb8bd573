//! Numbers typed in another unit: converted so that no rounding carries one over a bound or a threshold.
//!
//! Two decimal numbers of at most [`MOST_DIGITS`] digits that differ, differ as `f64` as well, and in the same order.
//! The product of what was typed and a unit's `per` can have more digits. It is worked out exactly, and its `f64` lies
//! on the same side of every number of that many digits as the product itself.

use std::cmp::Ordering;

use crate::engine::screening::answer::EntryError;
use crate::engine::screening::question::{Bounds, Unit};

/// How many digits a typed number may have.
pub const MOST_DIGITS: usize = 15;

/// A decimal number: `digits` divided by ten to the power of `scale`.
#[derive(Clone, Copy)]
struct Decimal {
    digits: i128,
    scale: usize,
}

impl Decimal {
    /// The shortest decimal that reads as this number; none if it is longer than any that is typed.
    fn of(number: f64) -> Option<Self> {
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { digits, scale: fraction.len() })
    }

    fn times(self, other: Self) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(other.digits)?, scale: self.scale + other.scale })
    }

    fn compare(self, other: Self) -> Option<Ordering> {
        let scaled = |one: Self, by: usize| one.digits.checked_mul(10_i128.checked_pow(by.try_into().ok()?)?);
        let one = scaled(self, other.scale.saturating_sub(self.scale))?;
        let other = scaled(other, self.scale.saturating_sub(other.scale))?;
        Some(one.cmp(&other))
    }

    /// The nearest number.
    fn nearest(self) -> Option<f64> {
        format!("{}e-{}", self.digits, self.scale).parse().ok()
    }
}

/// What `typed` in a unit is in the first unit.
pub fn converted(typed: f64, unit: &Unit) -> f64 {
    exactly(typed, unit.per).unwrap_or(typed * unit.per)
}

fn exactly(typed: f64, per: f64) -> Option<f64> {
    let product = Decimal::of(typed)?.times(Decimal::of(per)?)?;
    let nearest = product.nearest()?;
    let rounded = Decimal::of(nearest)?;
    let short = rounded.digits.unsigned_abs().to_string().len() <= MOST_DIGITS;
    Some(match rounded.compare(product)? {
        // A neighbour of a short number has more digits itself, so it is no threshold.
        Ordering::Greater if short => nearest.next_down(),
        Ordering::Less if short => nearest.next_up(),
        Ordering::Equal | Ordering::Greater | Ordering::Less => nearest,
    })
}

impl Bounds {
    /// The number in the first unit, if it is finite and within the bounds.
    pub fn check(&self, number: f64) -> Result<f64, EntryError> {
        if number < self.least {
            Err(EntryError::TooLow)
        } else if number <= self.most {
            Ok(number)
        } else {
            Err(EntryError::TooHigh)
        }
    }

    /// The least and the greatest number to name in a unit: rounded inwards, so that both are taken.
    pub fn in_unit(&self, unit: &Unit) -> (f64, f64) {
        let range = (self.most - self.least) / unit.per;
        let places: i32 = if range >= 100.0 {
            0
        } else if range >= 10.0 {
            1
        } else {
            3
        };
        let step = 10_f64.powi(places);
        let rounded = |number: f64| number / step;
        let (mut least, mut most) =
            ((self.least / unit.per * step).ceil(), (self.most / unit.per * step).floor());
        if converted(rounded(least), unit) < self.least {
            least += 1.0;
        }
        if converted(rounded(most), unit) > self.most {
            most -= 1.0;
        }
        (rounded(least), rounded(most))
    }
}
