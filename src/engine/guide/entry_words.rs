//! What is typed, in words: dates, the entries of a list, and why an entry is not an answer.

use crate::engine::guide::reader::Date;
use crate::engine::guide::words::{QuestionWords, Say, Words, filled};
use crate::engine::screening::answer::{Entry, EntryError};
use crate::engine::screening::question::{Day, Kind, Question};

/// One entry of a list in words: its fields in order.
pub fn entry_in_words(entry: &Entry) -> String {
    let fields: Vec<&str> = entry.iter().map(|(_, text)| text.as_str()).collect();
    fields.join(", ")
}

impl Words {
    /// A day in words, as the language writes it.
    pub fn date(&self, date: Date) -> String {
        self.date_as(Say::DateShown, date)
    }

    /// A day in words without its year, for where that is known.
    pub fn short_date(&self, date: Date) -> String {
        self.date_as(Say::DateShort, date)
    }

    fn date_as(&self, form: Say, date: Date) -> String {
        let months = self.say(Say::DateMonths);
        let month = months.split(',').nth(usize::from(date.month.saturating_sub(1))).map(str::trim);
        let (day, number, year) = (date.day.to_string(), date.month.to_string(), date.year.to_string());
        self.fill(form, &[("day", &day), ("month", month.unwrap_or(&number)), ("year", &year)])
    }

    /// The order in which the language writes a day (0), a month (1) and a year (2).
    pub fn date_order(&self) -> [usize; 3] {
        let shown = self.say(Say::DateShown);
        let mut order = [0, 1, 2];
        let names = ["{day}", "{month}", "{year}"];
        order.sort_by_key(|field| names.get(*field).and_then(|name| shown.find(name)));
        order
    }

    /// Why what was typed into a field, counted from 0, is not an answer, as a sentence with a remedy. `fields` is
    /// all that is typed.
    pub fn entry_error(
        &self,
        question: &Question,
        (field, error): (usize, EntryError),
        fields: &[String],
        today: Option<Date>,
    ) -> String {
        let words = self.question(&question.id);
        let own = match error {
            EntryError::TooLow => &words.too_low,
            EntryError::TooHigh => &words.too_high,
            _ => "",
        };
        let say = |say: Say, values: &[(&str, &str)]| {
            let text = if own.is_empty() { self.say(say) } else { own };
            filled(text, values)
        };
        let date_part = || {
            let label = [Say::DateDay, Say::DateMonth, Say::DateYear].get(field).map(|say| self.say(*say));
            label.unwrap_or_default()
        };
        match (error, &question.kind) {
            (EntryError::NothingChosen, _) => say(Say::ErrorNothingChosen, &[]),
            (EntryError::NothingTyped, _) => say(Say::ErrorNothingTyped, &[]),
            (EntryError::HalfAPair, _) => say(Say::ErrorHalfAPair, &[]),
            (EntryError::PairReversed, _) => say(Say::ErrorPairReversed, &[]),
            (EntryError::NoUnit, _) => say(Say::ErrorNoUnit, &[]),
            (EntryError::HalfADate, _) => say(Say::ErrorHalfADate, &[("part", date_part())]),
            (EntryError::NotADay, _) => say(Say::ErrorNotADay, &[]),
            (EntryError::NotAMonth, _) => say(Say::ErrorNotAMonth, &[]),
            (EntryError::NotAYear, _) => say(Say::ErrorNotAYear, &[]),
            (EntryError::NoSuchDate, _) => say(Say::ErrorNoSuchDate, &[]),
            (EntryError::TooLow | EntryError::TooHigh, Kind::Date(days)) => {
                let bound = |bound: Option<Day>| bound.and_then(|bound| bound.on(today));
                let bound = |day| bound(day).map(|date| self.date(date)).unwrap_or_default();
                let general =
                    if error == EntryError::TooLow { Say::ErrorTooEarly } else { Say::ErrorTooLate };
                say(general, &[("earliest", &bound(days.earliest)), ("latest", &bound(days.latest))])
            }
            (EntryError::NotANumber | EntryError::TooLow | EntryError::TooHigh, kind) => {
                let general = if error == EntryError::NotANumber {
                    Say::ErrorNotANumber
                } else {
                    Say::ErrorOutOfBounds
                };
                let (least, most, unit) = self.bounds_in_words(words, kind, field, fields);
                say(general, &[("least", &least), ("most", &most), ("unit", &unit)])
            }
            (EntryError::TooLong, kind) => {
                let most = match kind {
                    Kind::Text(letters) => letters.most,
                    Kind::List(list) => list.fields.get(field).map_or(0, |field| field.most),
                    _ => 0,
                };
                let typed = fields.get(field).map_or(0, |typed| typed.trim().chars().count());
                say(Say::ErrorTooLong, &[("most", &most.to_string()), ("typed", &typed.to_string())])
            }
            (EntryError::EntryNeeds, kind) => {
                let part = match kind {
                    Kind::List(list) => list.fields.get(field).map_or("", |field| words.part(&field.id)),
                    _ => "",
                };
                say(Say::ErrorEntryNeeds, &[("part", part)])
            }
            (EntryError::ListFull, kind) => {
                let most = if let Kind::List(list) = kind { list.most } else { 0 };
                say(Say::ErrorListFull, &[("most", &most.to_string())])
            }
        }
    }

    /// The bounds of a number in the unit that was chosen, and that unit.
    fn bounds_in_words(
        &self,
        words: &QuestionWords,
        kind: &Kind,
        field: usize,
        fields: &[String],
    ) -> (String, String, String) {
        let bounds = match kind {
            Kind::Number(bounds) => bounds,
            Kind::Pair([first, second]) => &if field == 0 { first } else { second }.bounds,
            Kind::One(_) | Kind::Several(_) | Kind::Date(_) | Kind::Text(_) | Kind::List(_) => {
                return Default::default();
            }
        };
        let chosen =
            fields.get(1).and_then(|chosen| bounds.units.iter().find(|unit| unit.id.as_str() == chosen));
        match chosen.or(bounds.units.first()) {
            Some(unit) => {
                let (least, most) = bounds.in_unit(unit);
                (least.to_string(), most.to_string(), words.unit(&unit.id).to_owned())
            }
            None => (bounds.least.to_string(), bounds.most.to_string(), bounds.unit.clone()),
        }
    }
}
