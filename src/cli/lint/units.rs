//! Thresholds in another unit than the question they are compared with.
//!
//! The engine compares bare numbers, as a phone must; here the names of the numbers are still known.

use toml::de::{DeTable, DeValue};

use crate::engine::guide::reader::{Lines, Place};
use crate::engine::guide::{Guide, problem_at};
use crate::engine::ids::{NumberKey, PartId, QuestionId};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::question::{Kind, Question};

/// Adds an error for each comparison of a question with a number of another unit.
pub fn check(path: &str, raw: &str, guide: &Guide, problems: &mut Vec<Problem>) {
    let Ok(table) = DeTable::parse(raw) else { return };
    let mut looker = Looker { path, guide, lines: Lines::of(raw), problems };
    looker.walk_table(table.get_ref());
}

struct Looker<'a> {
    path: &'a str,
    guide: &'a Guide,
    lines: Lines,
    problems: &'a mut Vec<Problem>,
}

impl Looker<'_> {
    fn walk_table(&mut self, table: &DeTable) {
        let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str());
        if let Some(operand) = text("question") {
            for key in ["at-least", "at-most", "between"] {
                let Some(value) = table.get(key) else { continue };
                let place = self.lines.line(value.span().start);
                match value.get_ref() {
                    DeValue::String(name) => self.compare(operand, name, place),
                    DeValue::Array(both) => {
                        both.iter()
                            .filter_map(|one| one.get_ref().as_str())
                            .for_each(|name| self.compare(operand, name, place));
                    }
                    _ => {}
                }
            }
        }
        for (_, value) in table {
            self.walk(value.get_ref());
        }
    }

    fn walk(&mut self, value: &DeValue) {
        match value {
            DeValue::Table(table) => self.walk_table(table),
            DeValue::Array(values) => values.iter().for_each(|value| self.walk(value.get_ref())),
            _ => {}
        }
    }

    fn compare(&mut self, operand: &str, name: &str, line: usize) {
        let (id, part) = operand.split_once('.').map_or((operand, None), |(id, part)| (id, Some(part)));
        let question = self.guide.question(&QuestionId::from(id));
        let asked = question.and_then(|question| unit(question, part.map(PartId::from)));
        let number = self.guide.settings.numbers.get(&NumberKey::from(name));
        let (Some(asked), Some(number)) = (asked, number) else { return };
        if !asked.eq_ignore_ascii_case(&number.unit) {
            self.problems.push(problem_at(
                Severity::Error,
                self.path,
                Place::line(line),
                format!(
                    "`{operand}` is asked in {asked} and compared with `{name}`, which is in {}.",
                    number.unit
                ),
                "Write both in the same unit: the number in settings.toml in that of the question.",
            ));
        }
    }
}

fn unit(question: &Question, part: Option<PartId>) -> Option<&str> {
    match (&question.kind, part) {
        (Kind::Number(bounds), None) => Some(&bounds.unit),
        (Kind::Pair(parts), Some(name)) => {
            parts.iter().find(|part| part.id == name).map(|part| part.bounds.unit.as_str())
        }
        _ => None,
    }
}
