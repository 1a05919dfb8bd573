//! Our own line drawings: small ones beside a caption, and pictures whose parts are numbered and explained.
//!
//! All of it is hand-made paths without a colour, so that the stylesheet draws them in the colours in use. They stand here
//! and not in files beside the pages: what is fetched is untrusted, and an SVG can hold a script
//! (docs/decisions/0022-pictures.md).

use crate::engine::guide::markdown::Inline;

/// One of our small drawings, a picture of 128 by 96.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The chair, the drip and the screen.
    Room,
    /// What staff watch: the heart and its beat on a screen.
    Watched,
    /// Somebody else at the wheel.
    Ride,
    /// A bed and the moon: a night of sleep.
    Night,
}

impl Drawing {
    /// All drawings.
    pub const ALL: [Self; 4] = [Self::Room, Self::Watched, Self::Ride, Self::Night];

    /// Its name in a page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Watched => "watched",
            Self::Ride => "ride",
            Self::Night => "night",
        }
    }

    /// Its lines, as the `d` of an SVG path.
    pub fn line(self) -> &'static str {
        match self {
            // A chair that leans back, a bag on its pole with the line, and a screen with a heartbeat.
            Self::Room => {
                "M6 90h116M24 34l14 32h30l14 8M38 66l-6 24M66 66l4 24M34 56h26M96 90V12H84M84 12v4M79 16h10v16l-5 5-5-5z\
                 M84 37v14l-16 12M104 30h18v16h-18zM106 39h4l2-5 3 8 2-3h3M113 46v44"
            }
            Self::Watched => {
                "M10 10h108v62H10zM50 72l-4 16M78 72l4 16M38 88h52M20 34h22l5-12 8 24 6-12h10\
                 M84 40c-6-5-9-8-9-12a5 5 0 0 1 9-3 5 5 0 0 1 9 3c0 4-3 7-9 12zM20 58h30M60 58h12M84 58h22"
            }
            // A car with somebody at the wheel and somebody beside.
            Self::Ride => {
                "M6 82h116M22 74H12V58c0-4 3-6 7-7l15-3 14-18c2-2 4-3 7-3h22c4 0 6 1 8 4l12 17 12 3c5 1 7 4 7 8v15h-10\
                 M44 74h40M36 48h62M65 27v21M24 74a9 9 0 1 0 18 0a9 9 0 1 0-18 0M86 74a9 9 0 1 0 18 0a9 9 0 1 0-18 0\
                 M50 38a5 5 0 1 0 10 0a5 5 0 1 0-10 0M74 38a5 5 0 1 0 10 0a5 5 0 1 0-10 0"
            }
            Self::Night => {
                "M10 88V44M10 76h108v12M118 76V64c0-5-3-8-8-8H46v20M10 76V62h36\
                 M106 8a16 16 0 1 0 14 24 13 13 0 0 1-14-24zM21 58a7 7 0 1 0 14 0a7 7 0 1 0-14 0"
            }
        }
    }
}

/// A picture with the parts that a page names, in the page's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// What is drawn.
    pub scene: Scene,
    /// What it shows; may be empty.
    pub title: String,
    /// The parts that are numbered and explained.
    pub parts: Vec<Part>,
}

/// A part of a picture with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The id of its layer in [`Scene::layers`].
    pub id: &'static str,
    /// What it is, such as "A chair that leans back".
    pub label: String,
    /// What there is to know of it; may be empty.
    pub text: Vec<Inline>,
}

/// A layer of a picture of [`WIDTH`] by [`HEIGHT`]. Layers are drawn one over the other; each path may be empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layer {
    /// The id of the part it shows; empty if it is no part, and always drawn.
    pub part: &'static str,
    /// Where the part's number stands.
    pub mark: (u16, u16),
    /// What hides the layers behind it.
    pub paper: &'static str,
    /// What is filled with a warm tint, which hides the layers behind it too.
    pub tint: &'static str,
    /// Its lines.
    pub line: &'static str,
    /// Its lines of dots.
    pub dots: &'static str,
}

/// The width of a picture, in its own units.
pub const WIDTH: u16 = 320;
/// The height of a picture, in its own units.
pub const HEIGHT: u16 = 200;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scene {
    /// The room: who is treated leans back under a lamp, between the drip and the screen.
    Room,
    /// What staff watch: an arm with a cuff and a clip, and a screen with three lines.
    Watched,
    /// What it can feel like.
    Feel,
}

impl Scene {
    /// All scenes.
    pub const ALL: [Self; 3] = [Self::Room, Self::Watched, Self::Feel];

    /// Its name in a page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Room => "room",
            Self::Watched => "watched",
            Self::Feel => "feel",
        }
    }

    /// Its layers, from the back to the front.
    pub fn layers(self) -> &'static [Layer] {
        match self {
            Self::Room => &ROOM,
            Self::Watched => &WATCHED,
            Self::Feel => &FEEL,
        }
    }

    /// The parts that a page can name.
    pub fn parts(self) -> impl Iterator<Item = &'static str> {
        self.layers().iter().map(|layer| layer.part).filter(|part| !part.is_empty())
    }
}

impl Picture {
    /// What is to be drawn, from the back to the front: what is no part, and the parts that are named. What a page says
    /// nothing of is not there to be seen.
    pub fn layers(&self) -> impl Iterator<Item = &'static Layer> {
        let named = |part: &str| part.is_empty() || self.parts.iter().any(|named| named.id == part);
        self.scene.layers().iter().filter(move |layer| named(layer.part))
    }

    /// Each part's number and where it stands.
    pub fn marks(&self) -> impl Iterator<Item = (usize, (u16, u16))> {
        let place =
            |id: &str| self.scene.layers().iter().find(|layer| layer.part == id).map(|layer| layer.mark);
        self.parts.iter().enumerate().filter_map(move |(index, part)| Some((index + 1, place(part.id)?)))
    }
}

const NONE: Layer = Layer { part: "", mark: (0, 0), paper: "", tint: "", line: "", dots: "" };

const CHAIR: &str =
    "M80 88c-5-10 9-18 15-9l34 53h62c4 0 8 1 11 3l40 24c10 7 2 20-9 15l-38-20h-78c-4 0-7-2-9-5z";
const LEANING: &str = "M99 75c5-8 15-6 19 1l22 34h46c5 0 8 1 12 3l38 22c7 5 1 15-6 11l-38-18h-60c-4 0-7-2-9-5l-25-41c-1-2-1-5 1-7z\
                       M92 58a12 12 0 1 0 24 0a12 12 0 1 0-24 0";

const ROOM: [Layer; 10] = [
    Layer { line: "M8 188h304M130 160v28M198 164v24M118 188h24M186 188h24", ..NONE },
    // The chair is there for who lies in it, so that naming it gives it its number alone.
    Layer { tint: CHAIR, line: CHAIR, ..NONE },
    Layer { part: "chair", mark: (88, 152), ..NONE },
    Layer {
        part: "light",
        mark: (222, 30),
        tint: "M154 44c0-14 8-24 22-24s22 10 22 24z",
        line: "M176 0v20M154 44c0-14 8-24 22-24s22 10 22 24zM168 44a8 6 0 0 0 16 0",
        ..NONE
    },
    // Whoever is treated.
    Layer { paper: LEANING, line: LEANING, ..NONE },
    Layer {
        part: "blanket",
        mark: (232, 108),
        tint: "M160 106c10-4 24-2 34 2l48 28c6 5 3 12-3 12l-45-15c-12-2-22-2-34 0z",
        line: "M160 106c10-4 24-2 34 2l48 28c6 5 3 12-3 12l-45-15c-12-2-22-2-34 0zM174 106v24M191 108l-1 22M210 119l-4 15",
        ..NONE
    },
    Layer {
        part: "drip",
        mark: (78, 42),
        tint: "M44 40h20v24l-6 8h-8l-6-8z",
        line: "M22 188h24M34 188V26h20v14M44 40h20v24l-6 8h-8l-6-8zM44 52h20M54 72v20c0 42 52 4 78 26",
        ..NONE
    },
    // The arm, over the end of the tube.
    Layer { line: "M114 88l16 30h26", ..NONE },
    Layer {
        part: "screen",
        mark: (274, 38),
        tint: "M248 60h52v38h-52z",
        line: "M252 60h44c3 0 4 1 4 4v30c0 3-1 4-4 4h-44c-3 0-4-1-4-4V64c0-3 1-4 4-4zM254 80h8l4-9 7 18 4-9h17M274 98v90M260 188h28",
        ..NONE
    },
    Layer {
        part: "music",
        mark: (126, 28),
        tint: "M100 60a4 5 0 1 0 8 0a4 5 0 1 0-8 0",
        line: "M90 58a14 14 0 0 1 28 0M100 60a4 5 0 1 0 8 0a4 5 0 1 0-8 0",
        ..NONE
    },
];

const WATCHED: [Layer; 6] = [
    Layer {
        line: "M6 172h250M26 172v16M232 172v16M214 116v56M196 20h88c5 0 8 3 8 8v80c0 5-3 8-8 8h-88c-5 0-8-3-8-8V28c0-5 3-8 8-8z",
        ..NONE
    },
    // An arm that lies on its rest.
    Layer {
        paper: "M6 112c46-8 96 2 130 12l50 10c12 2 22 2 32 4l34 4c8 1 8 13 0 13h-26c2 5 0 8-4 9-16 3-32 2-44-4l-52-8c-40-6-80-8-120-6",
        line: "M6 112c46-8 96 2 130 12l50 10c12 2 22 2 32 4l34 4c8 1 8 13 0 13h-38M226 155c2 5 0 8-4 9-16 3-32 2-44-4l-52-8c-40-6-80-8-120-6",
        ..NONE
    },
    Layer {
        part: "heart",
        mark: (306, 43),
        tint: "M204 51c-7-5-10-8-10-12a5 5 0 0 1 10-2 5 5 0 0 1 10 2c0 4-3 7-10 12z",
        line: "M204 51c-7-5-10-8-10-12a5 5 0 0 1 10-2 5 5 0 0 1 10 2c0 4-3 7-10 12zM222 43h14l5-10 8 20 5-10h30",
        ..NONE
    },
    Layer {
        part: "pressure",
        mark: (20, 90),
        tint: "M36 104c16-2 32-2 48 2l-3 46c-14-3-30-4-45-4z",
        line: "M36 104c16-2 32-2 48 2l-3 46c-14-3-30-4-45-4zM52 104v43M72 104c0-5 3-7 8-7h92c10 0 8-22 16-23\
               M198 74a6 6 0 1 1 12 0M204 74l4-4M222 70h40M270 70h14",
        ..NONE
    },
    Layer {
        part: "oxygen",
        mark: (286, 168),
        tint: "M234 138h24c4 0 6 2 6 6v9c0 4-2 6-6 6h-24z",
        line: "M234 138h24c4 0 6 2 6 6v9c0 4-2 6-6 6h-24zM264 148h8c6 0 8-3 8-8v-24M204 90c5 6 6 8 6 10a6 6 0 0 1-12 0c0-2 1-4 6-10z\
               M222 99c5-9 9-9 13 0s8 9 13 0 9-9 13 0 8 9 13 0h10",
        ..NONE
    },
    Layer {
        part: "staff",
        mark: (160, 30),
        tint: "M88 80c0-22 10-34 28-34s28 12 28 34z",
        line: "M103 26a13 13 0 1 0 26 0a13 13 0 1 0-26 0M88 80c0-22 10-34 28-34s28 12 28 34zM108 47l8 11 8-11",
        ..NONE
    },
];

const FEEL: [Layer; 8] = [
    Layer { line: "M48 178h216M64 178v14M248 178v14M56 178c-10-2-12-18-2-20h40", ..NONE },
    Layer {
        part: "apart",
        mark: (50, 122),
        dots: "M80 116a11 11 0 1 0 22 0a11 11 0 1 0-22 0M106 108h64l74 8c8 1 8 13 0 13H108c-10 0-12-19-2-21z",
        ..NONE
    },
    // Whoever is treated.
    Layer {
        paper: "M106 146h64l74 8c8 1 8 15 0 15H108c-10 0-12-21-2-23z",
        line: "M80 154a11 11 0 1 0 22 0a11 11 0 1 0-22 0M106 146h64l74 8c8 1 8 15 0 15H108c-10 0-12-21-2-23z",
        ..NONE
    },
    Layer {
        part: "float",
        mark: (76, 66),
        tint: "M34 78c-8-20 6-46 32-58 6 28-4 52-26 60z",
        line: "M34 78c-8-20 6-46 32-58 6 28-4 52-26 60M26 94l26-48M40 68l-8-4M42 68h10M47 54l-9-4M48 56h12",
        ..NONE
    },
    Layer {
        part: "time",
        mark: (104, 78),
        tint: "M112 46a26 26 0 1 0 52 0a26 26 0 1 0-52 0",
        line: "M112 46a26 26 0 1 0 52 0a26 26 0 1 0-52 0M138 46V30M138 46l10 8M138 24v-1M138 69v-1M116 46h-1M161 46h-1\
               M173 28c6 12 6 24 0 36M180 24c8 14 8 30 0 44",
        ..NONE
    },
    Layer {
        part: "senses",
        mark: (258, 80),
        tint: "M206 48c14-18 40-18 54 0-14 18-40 18-54 0z",
        line: "M206 48c14-18 40-18 54 0-14 18-40 18-54 0zM225 48a8 8 0 1 0 16 0a8 8 0 1 0-16 0\
               M270 38c5 7 5 13 0 20M278 32c8 11 8 21 0 32M286 26c11 15 11 29 0 44",
        ..NONE
    },
    Layer {
        part: "sign",
        mark: (236, 104),
        paper: "M169 150l18-26 23-2-22 32z",
        tint: "M186 112v-22c0-4 6-4 6 0v-6c0-4 6-4 6 0v3c0-4 6-4 6 0v6c0-4 6-4 6 0v17c0 9-4 13-11 13h-5c-5 0-9-3-11-7l-7-10c-2-4 3-7 6-4z",
        line: "M186 112v-22c0-4 6-4 6 0v12-18c0-4 6-4 6 0v18-15c0-4 6-4 6 0v15-9c0-4 6-4 6 0v17c0 9-4 13-11 13h-5c-5 0-9-3-11-7\
               l-7-10c-2-4 3-7 6-4zM187 124l-18 26M210 122l-22 32",
        ..NONE
    },
    Layer {
        part: "tired",
        mark: (302, 168),
        tint: "M292 110a19 19 0 1 0 14 28 16 16 0 0 1-14-28z",
        line: "M292 110a19 19 0 1 0 14 28 16 16 0 0 1-14-28z",
        ..NONE
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drawing_is_small_enough_to_look_at_by_hand() {
        for scene in Scene::ALL {
            let bytes: usize = scene
                .layers()
                .iter()
                .map(|layer| [layer.paper, layer.tint, layer.line, layer.dots].concat().len())
                .sum();
            assert!(bytes < 2560, "{}: {bytes}", scene.name());
        }
    }

    #[test]
    fn every_part_of_a_scene_has_a_name_of_its_own_a_drawing_and_a_place_in_the_picture() {
        for scene in Scene::ALL {
            let parts: Vec<&str> = scene.parts().collect();
            for (place, part) in parts.iter().enumerate() {
                assert!(!parts[..place].contains(part), "{}: {part} is there twice", scene.name());
            }
            for layer in scene.layers().iter().filter(|layer| !layer.part.is_empty()) {
                let lines = layer.line.len() + layer.dots.len();
                assert!(lines > 0 || layer.part == "chair", "{} is not to be seen", layer.part);
                let (x, y) = layer.mark;
                assert!(
                    (14..=WIDTH - 14).contains(&x) && (14..=HEIGHT - 14).contains(&y),
                    "{} has its number outside",
                    layer.part
                );
            }
        }
    }

    #[test]
    fn no_number_stands_on_another() {
        for scene in Scene::ALL {
            let marks: Vec<_> = scene
                .layers()
                .iter()
                .filter(|layer| !layer.part.is_empty())
                .map(|layer| layer.mark)
                .collect();
            for (place, one) in marks.iter().enumerate() {
                for other in &marks[..place] {
                    let apart = f64::from(one.0.abs_diff(other.0)).hypot(f64::from(one.1.abs_diff(other.1)));
                    assert!(apart >= 28.0, "{}: {one:?} and {other:?}", scene.name());
                }
            }
        }
    }

    /// A path is nothing but commands and numbers, so that none can end the attribute that it stands in.
    #[test]
    fn a_path_is_nothing_but_a_path() {
        let layers = Scene::ALL.into_iter().flat_map(|scene| {
            scene.layers().iter().flat_map(|layer| [layer.paper, layer.tint, layer.line, layer.dots])
        });
        for path in layers.chain(Drawing::ALL.map(Drawing::line)) {
            assert!(
                path.chars().all(|letter| letter.is_ascii_digit() || "MmLlHhVvCcSsAaZz .-".contains(letter)),
                "{path}"
            );
        }
    }

    #[test]
    fn what_is_not_named_is_not_drawn() {
        let part = |id| Part { id, label: "A label".to_owned(), text: Vec::new() };
        let picture =
            Picture { scene: Scene::Room, title: String::new(), parts: vec![part("screen"), part("chair")] };
        let drawn: Vec<&str> =
            picture.layers().map(|layer| layer.part).filter(|part| !part.is_empty()).collect();
        assert_eq!(drawn, ["chair", "screen"]);
        let numbers: Vec<usize> = picture.marks().map(|(number, _)| number).collect();
        assert_eq!(numbers, [1, 2], "in the order of the page");
    }
}
