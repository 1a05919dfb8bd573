//! The clinic's own colours, roundness and size of letters, held against WCAG 2.2 AA.
//!
//! A colour that somebody could not read on another is a problem with the nearest one that can be read, and the
//! guide's own stands instead: no clinic can make the way to help invisible by a slip.

use crate::engine::guide::paths;
use crate::engine::guide::reader::{self, Table, Text};
use crate::engine::problem::Problem;

/// What the clinic wishes: custom properties of CSS with their values, in which every pair can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    /// Names such as `--ar-theme-accent`, and values such as `#1f5e5a`.
    pub properties: Vec<(String, String)>,
}

/// A colour as 0xRRGGBB.
type Colour = u32;

/// A colour of the look: its key under `[theme]`, and what it is by day and by night. They are those of
/// style/tokens.css.
type Named = (&'static str, [Colour; 2]);

const ACCENT: usize = 0;
const ACCENT_TEXT: usize = 1;
const BACKGROUND: usize = 2;
const SURFACE: usize = 3;
const SUNKEN: usize = 4;
const TEXT: usize = 5;
const MUTED: usize = 6;
const BORDER: usize = 8;
const FOCUS: usize = 9;

/// How many of [`COLOURS`] are the clinic's to choose.
const CHOSEN: usize = 10;

/// Every colour that is put on another. The last five say what they always say, and are nobody's to choose.
pub const COLOURS: [Named; 15] = [
    ("accent", [0x1f_5e_5a, 0x93_cf_c4]),
    ("accent_text", [0xff_ff_ff, 0x0f_21_1f]),
    ("background", [0x00f8_f4ed, 0x001b_1916]),
    ("surface", [0xff_fd_f9, 0x26_23_20]),
    ("sunken", [0xf1_eb_e1, 0x15_13_11]),
    ("text", [0x2b_26_21, 0xf0_e9_de]),
    ("muted", [0x5f_56_4b, 0xc5_bb_ad]),
    ("line", [0xe0_d7_c9, 0x40_3a_34]),
    ("border", [0x87_7a_69, 0x96_8a_7b]),
    ("focus", [0x2b_26_21, 0xf0_e9_de]),
    ("error", [0xa0_2a_45, 0xf4_a6_b4]),
    ("help", [0x8f_40_1a, 0xf0_b5_8c]),
    ("plan", [0x3a_58_80, 0xa9_c4_ea]),
    ("review", [0x75_57_11, 0xe2_c5_72]),
    ("stop", [0x6e_40_65, 0xdc_b3_d3]),
];

/// How much of the accent is in its tint, in percent, by day and by night.
pub const TINT: [u32; 2] = [10, 12];

/// How much of the text's colour is in a button under the pointer, in percent.
const POINTED_AT: u32 = 18;

/// What another colour is put on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    /// A colour of [`COLOURS`], by its place.
    Plain(usize),
    /// A surface with a tint of the accent, such as a chosen answer.
    Tint,
    /// The accent under the pointer.
    PointedAt,
}

/// Text needs a contrast of 4.5, the edge of a control or the mark of the focus one of 3 (WCAG 2.2, 1.4.3 and 1.4.11).
const PAIRS: [(usize, Ground, f64); 34] = {
    use Ground::{Plain, PointedAt, Tint};
    [
        (TEXT, Plain(BACKGROUND), 4.5),
        (TEXT, Plain(SURFACE), 4.5),
        (TEXT, Plain(SUNKEN), 4.5),
        (TEXT, Tint, 4.5),
        (MUTED, Plain(BACKGROUND), 4.5),
        (MUTED, Plain(SURFACE), 4.5),
        (MUTED, Plain(SUNKEN), 4.5),
        (MUTED, Tint, 4.5),
        (ACCENT_TEXT, Plain(ACCENT), 4.5),
        (ACCENT_TEXT, PointedAt, 4.5),
        (ACCENT, Plain(BACKGROUND), 4.5),
        (ACCENT, Plain(SURFACE), 4.5),
        (ACCENT, Plain(SUNKEN), 4.5),
        (ACCENT, Tint, 4.5),
        (BORDER, Plain(BACKGROUND), 3.0),
        (BORDER, Plain(SURFACE), 3.0),
        (FOCUS, Plain(BACKGROUND), 3.0),
        (FOCUS, Plain(SURFACE), 3.0),
        (FOCUS, Plain(SUNKEN), 3.0),
        (10, Plain(BACKGROUND), 4.5),
        (10, Plain(SURFACE), 4.5),
        (10, Plain(SUNKEN), 4.5),
        (11, Plain(BACKGROUND), 4.5),
        (11, Plain(SURFACE), 4.5),
        (11, Plain(SUNKEN), 4.5),
        (12, Plain(BACKGROUND), 4.5),
        (12, Plain(SURFACE), 4.5),
        (12, Plain(SUNKEN), 4.5),
        (13, Plain(BACKGROUND), 4.5),
        (13, Plain(SURFACE), 4.5),
        (13, Plain(SUNKEN), 4.5),
        (14, Plain(BACKGROUND), 4.5),
        (14, Plain(SURFACE), 4.5),
        (14, Plain(SUNKEN), 4.5),
    ]
};

/// The roundness of corners: its least and most, in pixels.
const RADIUS: [f64; 2] = [0.0, 28.0];

/// The size of letters: its least and most, in pixels. Smaller ones are hard to read for those who come here.
const FONT_SIZE: [f64; 2] = [18.0, 24.0];

/// Reads `[theme]`.
pub(super) fn read(table: &Table) -> Theme {
    let mut theme = Theme::default();
    for (mode, prefix) in ["", "dark_"].into_iter().enumerate() {
        let mut palette = Palette::of(mode);
        for (place, (name, _)) in COLOURS.iter().enumerate().take(CHOSEN) {
            palette.wish(place, read_colour(table, &format!("{prefix}{name}")));
        }
        while let Some(fault) = palette.fault() {
            report(table, prefix, &palette, &fault);
            palette.wish(fault.blamed, None);
        }
        for (place, (name, _)) in COLOURS.iter().enumerate().take(CHOSEN) {
            if let Some(colour) = palette.wished(place) {
                let name = format!("--ar-theme-{prefix}{name}").replace('_', "-");
                theme.properties.push((name, hex(colour)));
            }
        }
    }
    for (key, [least, most]) in [("radius", RADIUS), ("font_size", FONT_SIZE)] {
        let Some(number) = table.number(key) else { continue };
        if (least..=most).contains(&number) {
            // In rem, so that whoever made letters larger in the browser has them larger here.
            let name = format!("--ar-theme-{key}").replace('_', "-");
            theme.properties.push((name, format!("{}rem", number / 16.0)));
        } else {
            table.error_at(
                key,
                format!(
                    "`{key}` is {number}, and can be {least} to {most} (pixels); the guide's own is used."
                ),
                "Write a number within these bounds, without a unit.",
            );
        }
    }
    theme
}

/// A key of `[theme]`, for the page where a clinic tries colours out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// The key, such as `dark_accent`.
    pub key: String,
    /// What is written for it; empty if nothing is.
    pub written: String,
    /// The guide's own; empty for a size, which the guide fits to the screen.
    pub own: String,
    /// Its line in the text, counted from 1; 0 if it is not there.
    pub line: usize,
}

/// Reads `[theme]` out of a settings.toml and nothing else of it: each key with what is written, and what is made of it
/// by [`read`], with every problem of a text that holds `[theme]` alone.
pub fn try_out(text: &str) -> (Vec<Tried>, Theme, Vec<Problem>) {
    let text = Text { base: text, clinic: "" };
    let tried = reader::read(paths::SETTINGS, text, &mut Vec::new(), |file| {
        let table = file.table("theme");
        let tried = |key: String, own: String, written: &dyn Fn(&Table) -> Option<String>| {
            let table = table.as_ref().filter(|table| table.has(&key));
            Tried {
                written: table.and_then(written).unwrap_or_default(),
                line: table.map(|table| table.line_of(&key).line).unwrap_or_default(),
                own,
                key,
            }
        };
        let chosen = COLOURS.iter().take(CHOSEN);
        let colours = chosen.flat_map(|(name, modes)| {
            ["", "dark_"]
                .into_iter()
                .zip(modes)
                .map(move |(prefix, own)| (format!("{prefix}{name}"), hex(*own)))
        });
        let mut all: Vec<Tried> =
            colours.map(|(key, own)| tried(key.clone(), own, &|table| table.glance(&key))).collect();
        for key in ["radius", "font_size"] {
            let written = |table: &Table| Some(table.number(key)?.to_string());
            all.push(tried(key.to_owned(), String::new(), &written));
        }
        all
    });
    let mut problems = Vec::new();
    let theme = reader::read(paths::SETTINGS, text, &mut problems, |file| {
        let table = file.table("theme");
        let theme = table.as_ref().map(read).unwrap_or_default();
        if let Some(table) = table {
            table.finish();
        }
        theme
    });
    (tried, theme, problems)
}

fn read_colour(table: &Table, key: &str) -> Option<Colour> {
    let text = table.text(key)?;
    let colour = parse(text.trim());
    if colour.is_none() {
        table.error_at(
            key,
            format!("`{text}` is not a colour that can be read here; the guide's own is used."),
            "Write it as # and six digits from 0 to f, such as \"#1f5e5a\".",
        );
    }
    colour
}

/// A colour written as `#rgb` or `#rrggbb`.
pub fn parse(text: &str) -> Option<Colour> {
    let digits =
        text.strip_prefix('#').filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
    let number = Colour::from_str_radix(digits, 16).ok()?;
    match digits.len() {
        6 => Some(number),
        3 => Some((number >> 8) * 0x11_00_00 + (number >> 4 & 0xf) * 0x11_00 + (number & 0xf) * 0x11),
        _ => None,
    }
}

/// A colour as it is written.
pub fn hex(colour: Colour) -> String {
    format!("#{colour:06x}")
}

fn report(table: &Table, prefix: &str, palette: &Palette, fault: &Fault) {
    let name = |place: usize| {
        let name = COLOURS.get(place).map_or("", |(name, _)| name);
        if place < CHOSEN {
            format!("`{prefix}{name}`")
        } else {
            format!("the guide's colour for \"{name}\"")
        }
    };
    let ground = match fault.ground {
        Ground::Plain(place) => name(place),
        Ground::Tint => format!("{} with a tint of {}", name(SURFACE), name(ACCENT)),
        Ground::PointedAt => format!("{} under the pointer", name(ACCENT)),
    };
    let key = format!("{prefix}{}", COLOURS.get(fault.blamed).map_or("", |(name, _)| name));
    table.error_at(
        &key,
        format!(
            "{} on {ground} has a contrast of {:.2}, and {} is needed to see it; the guide's own `{key}` is used.",
            name(fault.ink),
            // Never rounded up to what is needed.
            (fault.contrast * 100.0).trunc() / 100.0,
            fault.needed,
        ),
        &match palette.nearest(fault.blamed) {
            Some(colour) => {
                format!("Write `{key} = \"{}\"`, the nearest that can be seen, or take the line out.", hex(colour))
            }
            None => "Take the line out, or choose it and the colours that go with it anew.".to_owned(),
        },
    );
}

/// The colours of one mode, day or night, as they would be.
#[derive(Clone)]
struct Palette {
    mode: usize,
    wished: [Option<Colour>; CHOSEN],
}

/// A pair that cannot be seen, and the wish that it comes from.
struct Fault {
    ink: usize,
    ground: Ground,
    contrast: f64,
    needed: f64,
    blamed: usize,
}

impl Palette {
    fn of(mode: usize) -> Self {
        Self { mode, wished: [None; CHOSEN] }
    }

    fn wish(&mut self, place: usize, colour: Option<Colour>) {
        if let Some(wish) = self.wished.get_mut(place) {
            *wish = colour;
        }
    }

    fn wished(&self, place: usize) -> Option<Colour> {
        self.wished.get(place).copied().flatten()
    }

    fn colour(&self, place: usize) -> Colour {
        let own = COLOURS.get(place).and_then(|(_, modes)| modes.get(self.mode)).copied();
        self.wished(place).or(own).unwrap_or_default()
    }

    fn ground(&self, ground: Ground) -> Colour {
        match ground {
            Ground::Plain(place) => self.colour(place),
            Ground::Tint => {
                let tint = TINT.get(self.mode).copied().unwrap_or_default();
                mix(self.colour(ACCENT), self.colour(SURFACE), tint)
            }
            Ground::PointedAt => mix(self.colour(TEXT), self.colour(ACCENT), POINTED_AT),
        }
    }

    /// The first pair that cannot be seen because of a wish.
    fn fault(&self) -> Option<Fault> {
        PAIRS.into_iter().find_map(|(ink, ground, needed)| {
            let contrast = contrast(self.colour(ink), self.ground(ground));
            let mixed: [usize; 3] = match ground {
                Ground::Plain(place) => [ink, place, place],
                Ground::Tint => [ink, SURFACE, ACCENT],
                Ground::PointedAt => [ink, ACCENT, TEXT],
            };
            let blamed = mixed.into_iter().find(|place| self.wished(*place).is_some())?;
            (contrast < needed).then_some(Fault { ink, ground, contrast, needed, blamed })
        })
    }

    /// The nearest colour in place of a wish with which all pairs can be seen, lighter or darker.
    fn nearest(&self, place: usize) -> Option<Colour> {
        let wished = self.wished(place)?;
        (1..=100).flat_map(|share| [mix(0, wished, share), mix(0xff_ff_ff, wished, share)]).find(|colour| {
            let mut tried = self.clone();
            tried.wish(place, Some(*colour));
            tried.fault().is_none()
        })
    }
}

/// `share` percent of one colour in another, as `color-mix(in srgb, ...)` does it.
fn mix(one: Colour, other: Colour, share: u32) -> Colour {
    [16, 8, 0].into_iter().fold(0, |mixed, shift| {
        let [one, other] = [one, other].map(|colour| colour >> shift & 0xff);
        mixed << 8 | (one * share + other * (100 - share) + 50) / 100
    })
}

/// The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let [one, other] = [one, other].map(luminance);
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The relative luminance of a colour, 0 to 1 (WCAG 2.2).
fn luminance(colour: Colour) -> f64 {
    [(16, 0.2126), (8, 0.7152), (0, 0.0722)]
        .into_iter()
        .map(|(shift, weight)| weight * linear(f64::from(colour >> shift & 0xff) / 255.0))
        .sum()
}

fn linear(channel: f64) -> f64 {
    if channel <= 0.04045 {
        return channel / 12.92;
    }
    let base = (channel + 0.055) / 1.055;
    base * base * fifth_root(base * base)
}

/// The fifth root of a number from 0.001 to 1, by Newton's method: the whole of `powf` would weigh more than this file.
fn fifth_root(number: f64) -> f64 {
    (0..24).fold(1.0, |root: f64, _| {
        let fourth = root * root * root * root;
        root - (fourth * root - number) / (5.0 * fourth)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn contrasts_are_those_that_are_known() {
        let table = [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#949494", "#ffffff", 3.03),
            ("#ff0000", "#ffffff", 4.0),
            ("#00ff00", "#ffffff", 1.37),
            ("#0000ff", "#ffffff", 8.59),
            ("#0000ff", "#000000", 2.44),
            ("#595959", "#ffffff", 7.0),
            ("#f00", "#00f", 2.15),
        ];
        for (one, other, expected) in table {
            let found = contrast(parse(one).unwrap(), parse(other).unwrap());
            assert!((found - expected).abs() < 0.01, "{one} on {other}: {found}");
        }
    }

    #[test]
    fn colours_are_read_as_they_are_written() {
        assert_eq!(parse("#1f5e5a"), Some(0x1f_5e_5a));
        assert_eq!(parse("#1F5"), Some(0x11_ff_55));
        for text in ["1f5e5a", "#1f5e5", "#1f5e5a0", "teal", "#", "", "#+12345", "#12345g", "rgb(0,0,0)"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(hex(0x00_0a_ff), "#000aff");
    }

    #[test]
    fn every_pair_of_the_guides_own_colours_can_be_seen() {
        for mode in [0, 1] {
            let palette = Palette::of(mode);
            for (ink, ground, needed) in PAIRS {
                let contrast = contrast(palette.colour(ink), palette.ground(ground));
                assert!(contrast >= needed, "{} by mode {mode}: {contrast}", COLOURS[ink].0);
            }
        }
    }

    #[test]
    fn what_is_tried_out_is_told_key_by_key_with_what_is_said_of_it() {
        let text = "[theme]\naccent = \"#eeeeee\"\ndark_text = \"#ffffff\"\nradius = 40\nfont_size = 20\n";
        let (tried, theme, problems) = try_out(text);
        assert_eq!(tried.len(), 2 * CHOSEN + 2);
        let one = |key: &str| tried.iter().find(|tried| tried.key == key).unwrap();
        assert_eq!(
            (one("accent").written.as_str(), one("accent").own.as_str(), one("accent").line),
            ("#eeeeee", "#1f5e5a", 2)
        );
        assert_eq!((one("focus").written.as_str(), one("focus").line), ("", 0));
        assert_eq!((one("radius").written.as_str(), one("font_size").line), ("40", 5));
        let used: Vec<&str> = theme.properties.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(used, ["--ar-theme-dark-text", "--ar-theme-font-size"]);
        let said: Vec<usize> = problems.iter().map(|problem| problem.line).collect();
        assert_eq!(said, [2, 4], "{problems:#?}");
        let (tried, theme, _) = try_out("[clinic]\nname = \"X\"\n[numbers.a]\nvalue = 1\n");
        assert_eq!((tried.len(), theme), (2 * CHOSEN + 2, Theme::default()));
    }

    /// The table in here and the stylesheet are one and the same.
    #[test]
    fn the_guides_own_colours_are_those_of_the_stylesheet() {
        let tokens = include_str!("../../../style/tokens.css");
        let css = |name: &str| match name {
            "background" => "page".to_owned(),
            "muted" => "text-soft".to_owned(),
            other => other.replace('_', "-"),
        };
        for (place, (name, colours)) in COLOURS.iter().enumerate() {
            for (prefix, colour) in ["", "dark-"].into_iter().zip(colours) {
                let theme = format!("--ar-theme-{prefix}{}", name.replace('_', "-"));
                let line = if place < CHOSEN {
                    format!("--ar-colour-{}: var({theme}, {});", css(name), hex(*colour))
                } else {
                    format!("--ar-colour-{}: {};", css(name), hex(*colour))
                };
                assert!(tokens.contains(&line), "style/tokens.css lacks `{line}`");
            }
        }
        for line in
            ["--ar-tint: 10%;", "--ar-tint: 12%;", "var(--ar-theme-radius, ", "var(--ar-theme-font-size, "]
        {
            assert!(tokens.contains(line), "{line}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_root_is_near_enough(number in 0.001..=1.0_f64) {
            prop_assert!((fifth_root(number) - number.powf(0.2)).abs() < 1e-9);
        }

        #[test]
        fn contrast_is_the_same_both_ways_and_within_its_bounds(one in 0..=0xff_ff_ff_u32, other in 0..=0xff_ff_ff_u32) {
            let found = contrast(one, other);
            prop_assert_eq!(found, contrast(other, one));
            prop_assert!((1.0..=21.0).contains(&found));
        }

        /// Whatever is wished, what is used can be seen, and the colour that is offered too.
        #[test]
        fn what_is_left_of_any_wish_can_be_seen(
            mode in 0..2_usize,
            wishes in prop::collection::vec(prop::option::of(0..=0xff_ff_ff_u32), CHOSEN),
        ) {
            let mut palette = Palette::of(mode);
            for (place, wish) in wishes.into_iter().enumerate() {
                palette.wish(place, wish);
            }
            while let Some(fault) = palette.fault() {
                if let Some(nearest) = palette.nearest(fault.blamed) {
                    let mut mended = palette.clone();
                    mended.wish(fault.blamed, Some(nearest));
                    prop_assert!(mended.fault().is_none());
                }
                prop_assert!(palette.wished(fault.blamed).is_some());
                palette.wish(fault.blamed, None);
            }
            for (ink, ground, needed) in PAIRS {
                prop_assert!(contrast(palette.colour(ink), palette.ground(ground)) >= needed);
            }
        }
    }
}
