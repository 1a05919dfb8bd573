//! The drawn blocks of a page: icon arrays, the visit's timeline, a comparison, the glossary, figures and pictures.
//!
//! In a page each is a fenced code block whose first word names it and whose body is TOML. A slip costs the row, step
//! or text that it stands in; the rest of the block and of the page stays.

use crate::engine::guide::markdown::{self, Block, Inline};
use crate::engine::guide::pictures::{Drawing, Part, Picture, Scene};
use crate::engine::guide::reader::{self, Place, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::settings::Number;
use crate::engine::guide::words::Filler;
use crate::engine::guide::{Guide, problem_at};
use crate::engine::ids::NumberKey;
use crate::engine::problem::{Problem, Severity};

/// The names of the blocks.
pub const NAMES: [&str; 6] = ["icons", "timeline", "compare", "glossary", "figure", "picture"];

/// The largest group that is drawn as icons: more would be dust on a phone.
const MOST_ICONS: u32 = 200;

/// "54 of 100" as pictures: groups of the same size, with some of each group filled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Icons {
    /// What is counted; may be empty.
    pub title: String,
    /// How many are in each group.
    pub of: u32,
    /// The groups.
    pub rows: Vec<IconRow>,
    /// What should be known about the numbers; may be empty.
    pub note: Vec<Inline>,
}

/// A group of an icon array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IconRow {
    /// How many of the group are filled, at most [`Icons::of`].
    pub count: u32,
    /// Who or what they are.
    pub label: String,
}

/// The parts of a visit in order, with how long each takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// What it shows; may be empty.
    pub title: String,
    /// The steps.
    pub steps: Vec<TimelineStep>,
}

/// A step of a timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineStep {
    /// Its name.
    pub label: String,
    /// What happens; may be empty.
    pub text: Vec<Inline>,
    /// How long it takes; none if no number says so.
    pub length: Option<Length>,
}

/// How long something takes, by a number of the settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// The number, or the low end of a range, in the unit.
    pub from: f64,
    /// The high end of a range, in the unit.
    pub to: Option<f64>,
    /// The unit.
    pub unit: TimeUnit,
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// Days.
    Days,
    /// Weeks.
    Weeks,
}

impl TimeUnit {
    /// The unit with this name, as settings.toml has it.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "minutes" => Some(Self::Minutes),
            "hours" => Some(Self::Hours),
            "days" => Some(Self::Days),
            "weeks" => Some(Self::Weeks),
            _ => None,
        }
    }

    fn in_minutes(self) -> f64 {
        match self {
            Self::Minutes => 1.0,
            Self::Hours => 60.0,
            Self::Days => 24.0 * 60.0,
            Self::Weeks => 7.0 * 24.0 * 60.0,
        }
    }
}

impl Length {
    /// The least and the most it takes, in minutes.
    pub fn minutes(&self) -> (f64, f64) {
        let minutes = self.unit.in_minutes();
        (self.from * minutes, self.to.unwrap_or(self.from) * minutes)
    }
}

/// Several options side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compare {
    /// What is compared; may be empty.
    pub title: String,
    /// The options.
    pub options: Vec<CompareOption>,
    /// What is said about each of them.
    pub aspects: Vec<Aspect>,
}

/// One of the options that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompareOption {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// One thing that is said about every option.
#[derive(Clone, Debug, PartialEq)]
pub struct Aspect {
    /// Its id.
    pub id: String,
    /// Its name, such as "How long a visit takes".
    pub name: String,
    /// What a person can tick, such as "Short visits matter to me"; empty if the aspect cannot be chosen.
    pub matters: String,
    /// What to ask a clinician about it; empty if the name has to do.
    pub ask: String,
    /// What is said about each option, in their order; empty where nothing is.
    pub texts: Vec<Vec<Inline>>,
}

/// One of our own drawings, with its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Which drawing it is.
    pub drawing: Drawing,
    /// What it shows, in words that say all that the drawing says.
    pub caption: Vec<Inline>,
}

/// A fenced code block as it stands in a page.
#[derive(Clone, Copy)]
pub(super) struct Fence<'t> {
    /// The path of the page.
    pub path: &'t str,
    /// The name behind the opening fence, one of [`NAMES`].
    pub name: &'t str,
    /// What stands between the fences.
    pub body: &'t str,
    /// The line of the page on which the opening fence stands.
    pub line: usize,
}

/// Reads a block. None if nothing of it can be drawn; whatever is wrong is reported.
pub(super) fn read(
    fence: Fence,
    guide: &Guide,
    filler: &Filler,
    problems: &mut Vec<Problem>,
) -> Option<Block> {
    // As many lines in front as the page has there, so that a slip is said with its line of the page.
    let text = "\n".repeat(fence.line) + fence.body;
    let mut unfilled = Vec::new();
    let block = reader::read(fence.path, Text { base: &text, clinic: "" }, problems, |table| {
        let mut reading = Reading { path: fence.path, guide, filler, unfilled: &mut unfilled };
        match fence.name {
            "icons" => reading.icons(table).map(Block::Icons),
            "timeline" => reading.timeline(table).map(Block::Timeline),
            "compare" => reading.compare(table).map(Block::Compare),
            "figure" => reading.figure(table).map(Block::Figure),
            "picture" => reading.picture(table).map(Block::Picture),
            _ => Some(Block::Glossary),
        }
    });
    problems.append(&mut unfilled);
    if block.is_none() {
        problems.push(problem_at(
            Severity::Error,
            fence.path,
            Place::line(fence.line),
            format!("Nothing of this block `{}` can be drawn, so it is left out.", fence.name),
            "Write it as docs/content-format.html shows.",
        ));
    }
    block
}

struct Reading<'r> {
    path: &'r str,
    guide: &'r Guide,
    filler: &'r Filler<'r>,
    unfilled: &'r mut Vec<Problem>,
}

impl Reading<'_> {
    fn fill(&mut self, text: &str, at: Place) -> String {
        self.filler.fill(text, self.path, at, self.unfilled).trim().to_owned()
    }

    /// A text of a key; empty if it is not there.
    fn text(&mut self, table: &Table, key: &str) -> String {
        let text = table.text(key).unwrap_or_default();
        self.fill(&text, table.line_of(key))
    }

    /// A text that must be there.
    fn needed(&mut self, table: &Table, key: &str) -> Option<String> {
        let text = table.needed_text(key)?;
        Some(self.fill(&text, table.line_of(key)))
    }

    /// A text with links and emphasis; empty if it is not there.
    fn inlines(&mut self, table: &Table, key: &str) -> Vec<Inline> {
        let Some(text) = table.text(key) else { return Vec::new() };
        let at = table.line_of(key);
        let mut refused = Vec::new();
        let text = self.filler.fill(&text, self.path, at, self.unfilled);
        let inlines = markdown::inlines(&text, &mut |fault| refused.push(fault));
        for fault in refused {
            self.unfilled.push(fault.problem(self.path, at.line));
        }
        inlines
    }

    fn icons(&mut self, table: &Table) -> Option<Icons> {
        let title = self.text(table, "title");
        let note = self.inlines(table, "note");
        let of = table.needed_number("of").and_then(whole).filter(|of| (1..=MOST_ICONS).contains(of));
        if of.is_none() && table.has("of") {
            table.error_at(
                "of",
                format!("`of` must be a whole number from 1 to {MOST_ICONS}."),
                "Write how many are in each group, such as 100.",
            );
        }
        let mut rows = Vec::new();
        for row in table.tables("rows") {
            let label = self.needed(&row, "label");
            let count = row.needed_number("count");
            row.finish();
            let (Some(label), Some(count), Some(of)) = (label, count, of) else { continue };
            match whole(count).filter(|count| *count <= of) {
                Some(count) => rows.push(IconRow { count, label }),
                None => row.error_at(
                    "count",
                    format!("`count` must be a whole number from 0 to {of}."),
                    "Write how many of the group it is. All rows have the same group.",
                ),
            }
        }
        Some(Icons { title, of: of?, rows, note }).filter(|icons| !icons.rows.is_empty())
    }

    fn timeline(&mut self, table: &Table) -> Option<Timeline> {
        let title = self.text(table, "title");
        let mut steps = Vec::new();
        for step in table.tables("steps") {
            let label = self.needed(&step, "label");
            let text = self.inlines(&step, "text");
            let length = self.length(&step);
            step.finish();
            let Some(label) = label else { continue };
            steps.push(TimelineStep { label, text, length });
        }
        (!steps.is_empty()).then_some(Timeline { title, steps })
    }

    fn length(&self, step: &Table) -> Option<Length> {
        let key = step.text("number")?;
        let numbers = &self.guide.settings.numbers;
        let Some(Number { from, to, unit, .. }) = numbers.get(&NumberKey::from(key.as_str())) else {
            // Without any numbers the settings are not there or are broken, which is said elsewhere.
            if !numbers.is_empty() {
                step.error_at(
                    "number",
                    format!("There is no number `{key}` in settings.toml."),
                    &did_you_mean(
                        &key,
                        numbers.keys().map(NumberKey::as_str),
                        "Add it to settings.toml, or take `number` out.",
                    ),
                );
            }
            return None;
        };
        let unit = TimeUnit::from_name(unit);
        if unit.is_none() {
            step.error_at(
                "number",
                format!("`{key}` is no length of time."),
                "Name a number whose unit is minutes, hours, days or weeks.",
            );
        }
        Some(Length { from: *from, to: *to, unit: unit? })
    }

    fn compare(&mut self, table: &Table) -> Option<Compare> {
        let title = self.text(table, "title");
        let mut options: Vec<CompareOption> = Vec::new();
        for option in table.tables("option") {
            let id = option.needed_id("id");
            let name = self.needed(&option, "name");
            option.finish();
            let Some(id) = id else { continue };
            if ASPECT_KEYS.contains(&id.as_str()) || options.iter().any(|known| known.id == id) {
                option.error_at(
                    "id",
                    format!("`{id}` is taken already."),
                    "Give the option an id of its own.",
                );
                continue;
            }
            options.push(CompareOption { name: name.unwrap_or_else(|| id.clone()), id });
        }
        let mut aspects: Vec<Aspect> = Vec::new();
        for aspect in table.tables("aspect") {
            let id = aspect.needed_id("id");
            let name = self.needed(&aspect, "name");
            let (matters, ask) = (self.text(&aspect, "matters"), self.text(&aspect, "ask"));
            let mut texts = Vec::new();
            for option in &options {
                if !aspect.has(&option.id) {
                    let of = id.as_deref().unwrap_or("this aspect");
                    aspect.error(
                        format!("`{of}` says nothing about `{}`.", option.id),
                        &format!("Add a line `{} = \"...\"`.", option.id),
                    );
                }
                texts.push(self.inlines(&aspect, &option.id));
            }
            aspect.finish();
            let Some(id) = id else { continue };
            if aspects.iter().any(|known| known.id == id) {
                aspect.error_at(
                    "id",
                    format!("`{id}` is taken already."),
                    "Give the aspect an id of its own.",
                );
                continue;
            }
            aspects.push(Aspect { name: name.unwrap_or_else(|| id.clone()), id, matters, ask, texts });
        }
        (!options.is_empty() && !aspects.is_empty()).then_some(Compare { title, options, aspects })
    }

    fn figure(&mut self, table: &Table) -> Option<Figure> {
        let name = table.needed_text("name");
        if table.has("caption") {
            let caption = self.inlines(table, "caption");
            let name = name?;
            let drawing = Drawing::ALL.into_iter().find(|drawing| drawing.name() == name);
            if drawing.is_none() {
                table.error_at(
                    "name",
                    format!("There is no drawing `{name}`."),
                    &did_you_mean(
                        &name,
                        Drawing::ALL.map(Drawing::name),
                        "The drawings are `room`, `watched`, `ride` and `night`.",
                    ),
                );
            }
            return Some(Figure { drawing: drawing?, caption }).filter(|figure| !figure.caption.is_empty());
        }
        table.error(
            "`caption` is missing in this figure.".to_owned(),
            "Say in words all that the drawing shows.",
        );
        None
    }

    fn picture(&mut self, table: &Table) -> Option<Picture> {
        let name = table.needed_text("name")?;
        let title = self.text(table, "title");
        let Some(scene) = Scene::ALL.into_iter().find(|scene| scene.name() == name) else {
            let names = Scene::ALL.map(Scene::name);
            table.error_at(
                "name",
                format!("There is no picture `{name}`."),
                &did_you_mean(&name, names, &format!("The pictures are {}.", listed(&names))),
            );
            // Whether its parts are right could only be said if it were known.
            table.tables("parts");
            return None;
        };
        let known: Vec<&str> = scene.parts().collect();
        let mut parts: Vec<Part> = Vec::new();
        for part in table.tables("parts") {
            let id = part.needed_text("part");
            let label = self.needed(&part, "label");
            let text = self.inlines(&part, "text");
            part.finish();
            let Some(id) = id else { continue };
            let Some(known_id) = known.iter().find(|known| **known == id).copied() else {
                part.error_at(
                    "part",
                    format!("The picture `{name}` has no part `{id}`."),
                    &did_you_mean(&id, known.iter().copied(), &format!("Its parts are {}.", listed(&known))),
                );
                continue;
            };
            if parts.iter().any(|other| other.id == known_id) {
                part.error_at(
                    "part",
                    format!("The part `{id}` is there already."),
                    "Say all there is to it in one place.",
                );
                continue;
            }
            let Some(label) = label else { continue };
            parts.push(Part { id: known_id, label, text });
        }
        if parts.is_empty() && !table.has("parts") {
            table.error(
                "`parts` is missing in this picture.".to_owned(),
                &format!("Name what is to be seen, each with its words. The parts are {}.", listed(&known)),
            );
        }
        Some(Picture { scene, title, parts }).filter(|picture| !picture.parts.is_empty())
    }
}

/// Texts as a person lists them: "`a`, `b` and `c`".
fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => quoted.concat(),
    }
}

/// The keys of an aspect that are no option's text.
const ASPECT_KEYS: [&str; 4] = ["id", "name", "matters", "ask"];

/// A whole number that is not negative.
fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}
