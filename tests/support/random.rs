//! Random guides: sections, questions of every kind, conditions over earlier answers, rules and floors, as the text of
//! screening.toml and of its words, so that they go through the same reader as a clinic's.

use std::fmt::Write;

use anteroom::engine::guide::source::Source;

/// Dice that fall the same way for the same seed.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`, by splitmix64.
    pub fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ bits >> 31) % sides as u64) as usize
    }

    pub fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    pub fn word(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    pub fn of<'t, T>(&mut self, things: &'t [T]) -> &'t T {
        &things[self.below(things.len())]
    }
}

/// What sort of guide is made.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// Whatever the format can say.
    Any,
    /// The same, but no condition names a "not sure".
    Definite,
    /// More worrying answers come later, and conditions only ask whether somebody is worried enough: of such a guide
    /// one can say that more worry is never milder.
    Ordered,
}

/// A question as far as conditions over it need to know.
struct Known {
    id: String,
    kind: &'static str,
    /// The choices that a condition may name.
    choices: Vec<String>,
}

/// The files of a random guide with about `size` questions.
pub fn sources(seed: u64, size: usize, sort: Sort) -> Vec<Source> {
    let (structure, words) = texts(seed, size, sort);
    let settings = "format = 1\n[guide]\nlanguages = [\"en\"]\npages = []\n[clinic]\nname = \"A \\\"clinic\\\"\"\n\
                    phone = \"+1 555 010 0199\"\n[numbers.five]\nvalue = 5\nunit = \"u\"\nleast = 1\nmost = 9\n";
    vec![
        Source::new("settings.toml", settings),
        Source::new("screening.toml", structure),
        Source::new("en/screening.toml", words),
    ]
}

/// screening.toml and its English words.
pub fn texts(seed: u64, size: usize, sort: Sort) -> (String, String) {
    let mut dice = Dice::new(seed);
    let mut structure =
        "format = 1\nreviewed_on = 2026-01-10\nreview_due = 2027-01-10\nreviewer = \"A\"\n".to_owned();
    let mut words = String::new();
    let sections = 1 + size / 5;
    for section in 0..sections {
        write!(structure, "[[section]]\nid = \"s{section}\"\n").unwrap();
        write!(words, "[section.s{section}]\ntitle = {}\n", text(&mut dice)).unwrap();
    }
    let mut known: Vec<Known> = Vec::new();
    for place in 0..size {
        let question =
            question(&mut dice, place, place * sections / size, &known, sort, &mut structure, &mut words);
        known.push(question);
    }
    for rule in 0..dice.below(size + 1) {
        let Some(when) = condition(&mut dice, &known, sort, 0) else { continue };
        let level = dice.word(&["note", "plan", "review", "stop", "stop", "get-help"]);
        let floor = if dice.one_in(3) { "floor = true\n" } else { "" };
        write!(structure, "[[rule]]\nid = \"r{rule}\"\nlevel = \"{level}\"\n{floor}when = {when}\n").unwrap();
        write!(words, "[rule.r{rule}]\nreason = {}\nnext = {}\n", text(&mut dice), text(&mut dice)).unwrap();
    }
    (structure, words)
}

fn question(
    dice: &mut Dice,
    place: usize,
    section: usize,
    known: &[Known],
    sort: Sort,
    structure: &mut String,
    words: &mut String,
) -> Known {
    let id = format!("q{place}");
    let kind = dice.word(&["one", "one", "several", "several", "number", "pair", "date", "text", "list"]);
    write!(structure, "[[question]]\nid = \"{id}\"\nsection = \"s{section}\"\nkind = \"{kind}\"\n").unwrap();
    write!(words, "[question.{id}]\nask = {}\nreason = {}\nnext = {}\n", text(dice), text(dice), text(dice))
        .unwrap();
    if dice.one_in(4) {
        write!(words, "hint = {}\nwhy = {}\n", text(dice), text(dice)).unwrap();
    }
    if sort != Sort::Ordered && dice.one_in(5) {
        structure.push_str("required = false\n");
    }
    if dice.one_in(5) {
        structure.push_str("private = true\nsources = [\"A\", \"B-1\"]\n");
    }
    if dice.one_in(3)
        && let Some(when) = condition(dice, known, sort, 0)
    {
        writeln!(structure, "ask_if = {when}").unwrap();
    }
    let mut choices = Vec::new();
    match kind {
        "one" | "several" => {
            let levels = levels(dice, sort);
            let mut list = String::new();
            let mut named = String::new();
            for (number, level) in levels.iter().enumerate() {
                let crisis = if *level == "get-help" || dice.one_in(9) { ", crisis = true" } else { "" };
                let floor = if dice.one_in(6) { ", floor = true" } else { "" };
                let level = if level.is_empty() { String::new() } else { format!(", level = \"{level}\"") };
                write!(list, "  {{ id = \"c{number}\"{level}{crisis}{floor} }},\n").unwrap();
                write!(named, "c{number} = {}\n", text(dice)).unwrap();
                // In an ordered guide only the worst choice of all is worried enough.
                let worst = number + 1 == levels.len();
                if sort != Sort::Ordered || worst || kind == "several" && number > 0 {
                    choices.push(format!("c{number}"));
                }
            }
            if dice.one_in(2) {
                let alone = if kind == "several" { ", exclusive = true" } else { "" };
                write!(list, "  {{ id = \"unsure\", level = \"review\", unsure = true{alone} }},\n").unwrap();
                write!(named, "unsure = {}\n", text(dice)).unwrap();
                if sort == Sort::Any {
                    choices.push("unsure".to_owned());
                }
            }
            if kind == "several" {
                list.push_str("  { id = \"none\", exclusive = true },\n");
                write!(named, "none = {}\n", text(dice)).unwrap();
            }
            write!(structure, "choices = [\n{list}]\n").unwrap();
            write!(words, "[question.{id}.choices]\n{named}").unwrap();
        }
        "number" if dice.one_in(3) => {
            structure.push_str(
                "least = 0\nmost = 10\nunits = [ { id = \"kg\", per = 1 }, { id = \"lb\", per = 0.5 } ]\n",
            );
        }
        "number" => structure.push_str("unit = \"u\"\nleast = 0\nmost = 10\n"),
        "pair" => {
            structure.push_str(
                "parts = [ { id = \"high\", unit = \"u\", least = 0, most = 10 }, { id = \"low\", unit = \"u\", least = 0, most = 9 } ]\n",
            );
            write!(words, "[question.{id}.parts]\nhigh = {}\nlow = {}\n", text(dice), text(dice)).unwrap();
        }
        "date" => structure.push_str(dice.word(&["", "earliest = 2026-01-01\nlatest = \"today+30\"\n"])),
        "text" => structure.push_str(dice.word(&["", "long = true\n", "most = 20\n"])),
        _ => {
            structure
                .push_str("entry = [ { id = \"name\" }, { id = \"dose\", required = true, most = 9 } ]\n");
            write!(words, "[question.{id}.parts]\nname = {}\ndose = {}\n", text(dice), text(dice)).unwrap();
        }
    }
    Known { id, kind, choices }
}

/// The levels of a question's choices, the first of which raises nothing; in an ordered guide each above the last.
fn levels(dice: &mut Dice, sort: Sort) -> Vec<&'static str> {
    const ALL: [&str; 6] = ["", "note", "plan", "review", "stop", "get-help"];
    let mut levels = vec![""];
    if sort == Sort::Ordered {
        levels.extend(
            ALL.into_iter().skip(1).filter(|level| dice.one_in(if *level == "get-help" { 6 } else { 2 })),
        );
        if levels.len() == 1 {
            levels.push("stop");
        }
    } else {
        for _ in 0..1 + dice.below(4) {
            levels.push(dice.word(&["", "", "note", "plan", "review", "stop", "stop", "get-help"]));
        }
    }
    levels
}

/// A condition over earlier questions; none if there is nothing to ask about.
fn condition(dice: &mut Dice, known: &[Known], sort: Sort, depth: usize) -> Option<String> {
    let nested = |dice: &mut Dice| -> Option<Vec<String>> {
        (0..1 + dice.below(3)).map(|_| condition(dice, known, sort, depth + 1)).collect()
    };
    if depth < 3 && dice.one_in(3) {
        let parts = nested(dice)?;
        let all = parts.join(", ");
        return Some(match dice.below(if sort == Sort::Ordered { 3 } else { 4 }) {
            0 => format!("{{ all = [{all}] }}"),
            1 => format!("{{ any = [{all}] }}"),
            2 => format!("{{ count = [{all}], at-least = {} }}", 1 + dice.below(parts.len())),
            _ => format!("{{ not = {} }}", parts[0]),
        });
    }
    let worried = |known: &&Known| match known.kind {
        "one" | "several" => !known.choices.is_empty(),
        "number" | "pair" => true,
        _ => sort != Sort::Ordered,
    };
    let candidates: Vec<&Known> = known.iter().filter(worried).collect();
    if candidates.is_empty() {
        return None;
    }
    let asked = *dice.of(&candidates);
    let id = &asked.id;
    let compare =
        |dice: &mut Dice, operand: String| match dice.below(if sort == Sort::Ordered { 2 } else { 4 }) {
            0 => format!("{{ question = \"{operand}\", at-least = \"five\" }}"),
            1 => format!("{{ question = \"{operand}\", at-least = {} }}", dice.below(11)),
            2 => format!("{{ question = \"{operand}\", at-most = {} }}", dice.below(11)),
            _ => format!("{{ question = \"{operand}\", between = [2, {}] }}", 2 + dice.below(9)),
        };
    if sort != Sort::Ordered && dice.one_in(8) {
        return Some(format!("{{ question = \"{id}\", answered = true }}"));
    }
    Some(match asked.kind {
        "one" => {
            let choice = dice.of(&asked.choices).clone();
            let word = if sort != Sort::Ordered && dice.one_in(3) { "is-not" } else { "is" };
            format!("{{ question = \"{id}\", {word} = \"{choice}\" }}")
        }
        "several" if dice.one_in(4) => format!("{{ question = \"{id}\", ticked-at-least = 1 }}"),
        "several" => format!("{{ question = \"{id}\", includes = \"{}\" }}", dice.of(&asked.choices).clone()),
        "number" => compare(dice, id.clone()),
        "pair" => {
            let part = dice.word(&["high", "low"]);
            compare(dice, format!("{id}.{part}"))
        }
        "date" => format!(
            "{{ question = \"{id}\", {} = 2026-0{}-01 }}",
            dice.word(&["before", "after"]),
            1 + dice.below(9)
        ),
        _ => format!("{{ question = \"{id}\", answered = true }}"),
    })
}

/// Words as people write them, quotes and all, as TOML.
fn text(dice: &mut Dice) -> String {
    dice.word(&[
        "\"Yes\"",
        "\"It's \\\"so\\\"\"",
        "\"¿Está bien? Ñandú, 95 %\"",
        "\"Two\\nlines, and a \\\\ too\"",
        "\"\"\"\nLong words\nthat go on.\"\"\"",
        "'C:\\temp'",
        "\"Tab\\t, \\u0001 and 🙂\"",
    ])
    .to_owned()
}
