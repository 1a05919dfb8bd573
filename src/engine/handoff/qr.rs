//! QR codes (ISO/IEC 18004): a text as dark and light squares.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The most that one code says, in bytes. A code of version 20 has 97 squares on a side: on a small phone each is then
/// three points wide, which the scanners at a front desk still read.
pub const MOST_BYTES: usize = 858;

/// The largest version that is drawn.
const MOST_VERSION: u8 = 20;

/// A code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// How many squares a side has, with the light border of four that a scanner needs.
    pub side: usize,
    /// The dark squares as a path of SVG, in units of one square.
    pub path: String,
}

/// The light border, in squares.
const BORDER: i32 = 4;

/// Draws a text; none if it has more than [`MOST_BYTES`]. The least level of correction is asked for, for room, and a
/// higher one is taken where it costs none.
pub fn code(text: &str) -> Option<Code> {
    if text.len() > MOST_BYTES {
        return None;
    }
    let segment = QrSegment::make_bytes(text.as_bytes());
    let most = Version::new(MOST_VERSION);
    let drawn =
        QrCode::encode_segments_advanced(&[segment], QrCodeEcc::Low, Version::MIN, most, None, true).ok()?;
    let size = drawn.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let from = x;
            while x < size && drawn.get_module(x, y) {
                x += 1;
            }
            if x > from {
                let (left, top, width) = (from + BORDER, y + BORDER, x - from);
                path.push_str(&format!("M{left} {top}h{width}v1h-{width}z"));
            }
            x += 1;
        }
    }
    Some(Code { side: usize::try_from(size + 2 * BORDER).ok()?, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fits_or_is_refused() {
        let small = code("K7Q-4MD").expect("a code");
        assert_eq!(small.side, 21 + 8);
        let large = code(&"x".repeat(MOST_BYTES)).expect("a code");
        assert_eq!(large.side, 97 + 8);
        assert_eq!(code(&"x".repeat(MOST_BYTES + 1)), None);
    }
}
