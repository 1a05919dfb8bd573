//! The measures of what is drawn, so that the widget and the plain pages draw the same picture.

use std::fmt::Write;

use crate::engine::guide::blocks::{Length, TimelineStep};

/// How many icons stand in a line of an icon array.
const IN_A_LINE: u32 = 10;
/// The width of a timeline's band, in its own units.
const WIDTH: f64 = 700.0;
/// The place that a step without a length takes in the band.
const POINT: f64 = 28.0;
/// The air between two steps.
const GAP: f64 = 4.0;

/// An icon array as two paths, not a hundred circles: a phone draws them at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IconPaths {
    /// Large discs for those who are counted.
    pub filled: String,
    /// Small rings for the others.
    pub empty: String,
    /// The height of the picture whose width is 100.
    pub height: u32,
}

/// The icons of a group of `of`, of whom `count` are filled; `mirrored` fills from the right.
pub fn icon_paths(count: u32, of: u32, mirrored: bool) -> IconPaths {
    let mut paths = IconPaths { height: of.div_ceil(IN_A_LINE) * 10, ..IconPaths::default() };
    for place in 0..of {
        let column = place % IN_A_LINE;
        let column = if mirrored { IN_A_LINE - 1 - column } else { column };
        let (x, y) = (column * 10 + 5, place / IN_A_LINE * 10 + 5);
        // Writing to a text cannot fail.
        let _ = if place < count {
            write!(paths.filled, "M{} {y}a4 4 0 1 0 8 0a4 4 0 1 0-8 0", x.saturating_sub(4))
        } else {
            write!(paths.empty, "M{} {y}a2 2 0 1 0 4 0a2 2 0 1 0-4 0", x.saturating_sub(2))
        };
    }
    paths
}

/// A step of a timeline in its band, a picture of 700 by 46. Lengths are in its units, written as SVG takes them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BandStep {
    /// Where its number stands.
    pub number_x: String,
    /// What is drawn.
    pub shape: BandShape,
}

/// What stands for a step in the band. Bars are their left edge and their width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BandShape {
    /// A step with a length: the part that every visit needs, and the part that some need besides.
    Bar {
        /// The part that every visit needs.
        sure: (String, String),
        /// The part that some visits need besides; none if there is none.
        perhaps: Option<(String, String)>,
    },
    /// A step without a length: the middle of a point.
    Point(String),
}

/// All steps in one line, each as long as it takes. Only for steps of which at least one has a length.
pub fn band(steps: &[TimelineStep], mirrored: bool) -> Vec<BandStep> {
    let all: f64 = steps.iter().filter_map(|step| step.length).map(|length| length.minutes().1).sum();
    let points = steps.iter().filter(|step| step.length.is_none()).count() as f64;
    let gaps = GAP * (steps.len() as f64 - 1.0);
    let minute = (WIDTH - points * POINT - gaps) / all;
    let mut left = 0.0;
    let x = |from: f64, wide: f64| rounded(if mirrored { WIDTH - from - wide } else { from });
    let mut drawn = Vec::with_capacity(steps.len());
    for step in steps {
        let (least, most) = step.length.map_or((0.0, 0.0), |length| length.minutes());
        let (least, most) = (least * minute, most * minute);
        let wide = if step.length.is_some() { most } else { POINT };
        let shape = if step.length.is_some() {
            BandShape::Bar {
                sure: (x(left, least), rounded(least)),
                perhaps: (most > least).then(|| (x(left + least, most - least), rounded(most - least))),
            }
        } else {
            BandShape::Point(x(left + POINT / 2.0, 0.0))
        };
        drawn.push(BandStep { number_x: x(left + wide / 2.0, 0.0), shape });
        left += wide + GAP;
    }
    drawn
}

/// One step on a scale of 100 on which the longest takes the whole width: the width of the sure part, and of the rest.
pub fn bar(length: Length, longest: f64) -> (String, String) {
    let (least, most) = length.minutes();
    let (least, most) = (least / longest * 100.0, most / longest * 100.0);
    (rounded(least), rounded(most - least))
}

fn rounded(length: f64) -> String {
    ((length * 10.0).round() / 10.0).to_string()
}
