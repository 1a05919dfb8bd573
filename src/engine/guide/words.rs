//! The words of a guide in one language: buttons and messages, questions and reasons, tasks.
//!
//! Every phrase of the interface has a [`Say`], and the English ones are built in, so that a words file with a
//! mistake in it can never leave a frightened person before an empty button. The words of help are built in in
//! Spanish as well.

mod filler;
mod phrases;
mod read;

pub use filler::Filler;
pub use phrases::Say;
pub use read::UNSIGNED_TRANSLATION;
pub(super) use read::{read_glossary, read_instruments, read_interface, read_plan, read_screening};

use crate::engine::map::{Map, Set};
use std::sync::LazyLock;

use crate::engine::guide::aftercare::AftercareWords;
use crate::engine::guide::blocks::{Length, TimeUnit};
use crate::engine::guide::entry_words::entry_in_words;
use crate::engine::guide::reader::{Place, Text};
use crate::engine::guide::slug::folded;
use crate::engine::guide::{Guide, paths};
use crate::engine::ids::{
    AdviceId, BandId, ChoiceId, GroupId, InstrumentId, Lang, PageId, PartId, QuestionId, RuleId, SectionId,
    TaskId, TermId, UnitId,
};
use crate::engine::screening::advice::{Advice, AdviceKind};
use crate::engine::screening::answer::{Answer, Answers};
use crate::engine::screening::instrument::{Instrument, Score};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Bounds, Kind, Question};
use crate::engine::screening::result::{GUIDE_RULE, Reason};
use crate::engine::screening::rule::{Condition, Found, Operand, Step, Truth};

/// The words of a guide in one language.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// The language.
    pub lang: Lang,
    /// Whether this is a translation of which a part is not signed by anybody who read it.
    pub unsigned: bool,
    phrases: Map<Say, String>,
    pub(super) sections: Map<SectionId, SectionWords>,
    pub(super) questions: Map<QuestionId, QuestionWords>,
    pub(super) rules: Map<RuleId, ReasonWords>,
    pub(super) advice: Map<(AdviceKind, AdviceId), String>,
    pub(super) instruments: Map<InstrumentId, InstrumentWords>,
    /// The items that this language has all words of, its own and not borrowed.
    pub(super) items: Set<QuestionId>,
    pub(super) tasks: Map<TaskId, TaskWords>,
    /// The check after a visit.
    pub(super) aftercare: AftercareWords,
    terms: Map<TermId, Term>,
    groups: Map<GroupId, GroupWords>,
    titles: Map<PageId, String>,
}

/// A hard name and what it means.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// The name.
    pub word: String,
    /// Its meaning in plain words.
    pub meaning: String,
}

/// The words of a group of pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GroupWords {
    /// Its title.
    pub title: String,
    /// One line under it; may be empty.
    pub lead: String,
}

/// The words of an instrument.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InstrumentWords {
    /// What it is about, in plain words.
    pub title: String,
    /// What is said if all points come from one item; may be empty.
    pub alone: String,
    /// The words of its bands.
    pub bands: Map<BandId, String>,
}

/// The words of a section.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SectionWords {
    /// Its title.
    pub title: String,
    /// What is said before its first question; may be empty.
    pub intro: String,
}

/// The words of a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QuestionWords {
    /// The question itself.
    pub ask: String,
    /// The words that several items share and that stand before each; may be empty.
    pub stem: String,
    /// Whether it is an item of an instrument.
    pub(super) item: bool,
    /// One line under it; may be empty.
    pub hint: String,
    /// Why it is asked; may be empty.
    pub why: String,
    /// Hard names and their meanings.
    pub terms: Vec<(String, String)>,
    /// The words of its parts, or of the fields of its entries.
    pub parts: Map<PartId, String>,
    /// The words of its units; a unit without words is shown by its id.
    pub units: Map<UnitId, String>,
    /// What is said of a number or date that is too low; the general sentence if empty.
    pub too_low: String,
    /// What is said of a number or date that is too high; the general sentence if empty.
    pub too_high: String,
    /// Whether these are the words for who answers for a person they help.
    pub for_carer: bool,
    /// The line it begins on; 0 if the file has no words for it.
    pub(super) line: Place,
    pub(super) choices: Map<ChoiceId, String>,
    pub(super) reason: ReasonWords,
    pub(super) reasons: Map<ChoiceId, String>,
    pub(super) nexts: Map<ChoiceId, String>,
    /// What is said otherwise to who answers for a person they help.
    carer: Option<Box<QuestionWords>>,
}

/// The words of a reason.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReasonWords {
    /// Why it matters.
    pub reason: String,
    /// What the person can do next; may be empty.
    pub next: String,
}

/// The words of a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaskWords {
    /// Its title.
    pub title: String,
    /// What to do and why.
    pub text: String,
}

/// The words of a level.
pub struct LevelWords<'w> {
    /// Its title.
    pub title: &'w str,
    /// One warm paragraph.
    pub text: &'w str,
    /// One or two words for a single reason.
    pub tag: &'w str,
}

/// The English phrases that the widget carries in itself.
#[cfg(not(in_parts))]
pub fn built_in() -> &'static Words {
    static BUILT_IN: LazyLock<Words> =
        LazyLock::new(|| read_built_in("en", include_str!("../../../content/en/words.toml")));
    &BUILT_IN
}

#[cfg(in_parts)]
mod in_parts {
    use std::sync::OnceLock;

    use super::*;

    static FIRST: LazyLock<Words> =
        LazyLock::new(|| read_built_in("en", include_str!(concat!(env!("OUT_DIR"), "/first_words.toml"))));
    static ALL: OnceLock<Words> = OnceLock::new();

    /// The English phrases that the widget carries in itself: those of its first part, until the second has come.
    pub fn built_in() -> &'static Words {
        ALL.get().unwrap_or_else(|| &FIRST)
    }

    /// From now on those of the second part are there as well.
    pub fn all_came() {
        ALL.get_or_init(|| read_built_in("en", include_str!("../../../content/en/words.toml")));
    }
}

#[cfg(in_parts)]
pub use in_parts::{all_came, built_in};

/// The Spanish words of help that the widget carries in itself; all else in them is English.
fn built_in_spanish() -> &'static Words {
    static BUILT_IN: LazyLock<Words> = LazyLock::new(|| read_built_in("es", include_str!("help_es.toml")));
    &BUILT_IN
}

/// What the widget carries in itself for a person who reads this language.
pub fn built_in_for(lang: &Lang) -> &'static Words {
    if lang.as_str() == "es" || lang.as_str().starts_with("es-") { built_in_spanish() } else { built_in() }
}

fn read_built_in(lang: &str, text: &str) -> Words {
    let mut words = Words::for_language(&Lang::from(lang));
    let text = Text { base: text, clinic: "" };
    read_interface(&paths::words(&words.lang), text, &Guide::default(), &mut words, &mut Vec::new());
    words
}

impl Words {
    /// No words yet.
    pub(super) fn for_language(lang: &Lang) -> Self {
        Self {
            lang: lang.clone(),
            unsigned: false,
            phrases: Map::new(),
            sections: Map::new(),
            questions: Map::new(),
            rules: Map::new(),
            advice: Map::new(),
            instruments: Map::new(),
            items: Set::new(),
            tasks: Map::new(),
            aftercare: AftercareWords::default(),
            terms: Map::new(),
            groups: Map::new(),
            titles: Map::new(),
        }
    }

    /// Takes the words of `other` for the questions, reasons and tasks that have none in here. A question in
    /// another language can be answered; one without words can not.
    pub(super) fn borrow_missing(&mut self, other: &Self) {
        for (id, words) in &other.questions {
            match self.questions.get_mut(id) {
                Some(own) if !own.ask.is_empty() => {
                    add_missing(&mut own.choices, &words.choices);
                    add_missing(&mut own.parts, &words.parts);
                    add_missing(&mut own.units, &words.units);
                    // A reason for all choices says more to this reader than a foreign one for this choice.
                    if own.reason.reason.is_empty() {
                        add_missing(&mut own.reasons, &words.reasons);
                    }
                    if own.reason.next.is_empty() {
                        add_missing(&mut own.nexts, &words.nexts);
                    }
                    own.reason.borrow_missing(&words.reason);
                }
                Some(_) | None => {
                    self.questions.insert(id.clone(), words.clone());
                }
            }
        }
        for (id, words) in &other.rules {
            self.rules.entry(id.clone()).or_default().borrow_missing(words);
        }
        add_missing(&mut self.sections, &other.sections);
        add_missing(&mut self.tasks, &other.tasks);
        add_missing(&mut self.advice, &other.advice);
        add_missing(&mut self.instruments, &other.instruments);
        add_missing(&mut self.groups, &other.groups);
        self.aftercare.borrow_missing(&other.aftercare);
    }

    /// The words for who answers for a person they help: those of `carer` tables in place of the others.
    pub(super) fn for_carer(&self) -> Self {
        let mut words = self.clone();
        for question in words.questions.values_mut() {
            let Some(said) = question.carer.take() else { continue };
            let said = *said;
            let replace = |old: &mut String, new: String| {
                if !new.is_empty() {
                    *old = new;
                }
            };
            replace(&mut question.ask, said.ask);
            replace(&mut question.hint, said.hint);
            replace(&mut question.why, said.why);
            replace(&mut question.too_low, said.too_low);
            replace(&mut question.too_high, said.too_high);
            replace(&mut question.reason.reason, said.reason.reason);
            replace(&mut question.reason.next, said.reason.next);
            question.choices.extend(said.choices);
            question.reasons.extend(said.reasons);
            question.nexts.extend(said.nexts);
            question.parts.extend(said.parts);
            question.units.extend(said.units);
            question.for_carer = true;
        }
        words
    }

    /// A phrase of the interface; the built-in one if the file has none.
    pub fn say(&self, say: Say) -> &str {
        let own = self.phrases.get(&say).or_else(|| built_in_for(&self.lang).phrases.get(&say));
        own.or_else(|| built_in().phrases.get(&say)).map_or("", String::as_str)
    }

    /// A phrase with its `{names}` replaced.
    pub fn fill(&self, say: Say, values: &[(&str, &str)]) -> String {
        filled(self.say(say), values)
    }

    /// The words of a section.
    pub fn section(&self, id: &SectionId) -> &SectionWords {
        static NONE: LazyLock<SectionWords> = LazyLock::new(SectionWords::default);
        self.sections.get(id).unwrap_or(&NONE)
    }

    /// A term of the glossary.
    pub fn term(&self, id: &TermId) -> Option<&Term> {
        self.terms.get(id)
    }

    /// All terms of the glossary in the order of the alphabet.
    pub fn glossary(&self) -> Vec<&Term> {
        let mut terms: Vec<(String, &Term)> =
            self.terms.values().map(|term| (folded(&term.word), term)).collect();
        terms.sort();
        terms.into_iter().map(|(_, term)| term).collect()
    }

    /// The ids of the glossary.
    pub fn term_ids(&self) -> impl Iterator<Item = &str> {
        self.terms.keys().map(TermId::as_str)
    }

    /// The words of a group of pages; its title is made of its id if the file has none.
    pub fn group(&self, id: &GroupId) -> GroupWords {
        self.groups
            .get(id)
            .filter(|words| !words.title.is_empty())
            .cloned()
            .unwrap_or_else(|| GroupWords { title: spelled_out(id.as_str()), lead: String::new() })
    }

    /// The title of a page that has not come yet: from the words, or else made of its id.
    pub fn page_title(&self, id: &PageId) -> String {
        self.titles.get(id).cloned().unwrap_or_else(|| spelled_out(id.as_str()))
    }

    /// The words of a question.
    pub fn question(&self, id: &QuestionId) -> &QuestionWords {
        static NONE: LazyLock<QuestionWords> = LazyLock::new(QuestionWords::default);
        self.questions.get(id).unwrap_or(&NONE)
    }

    /// The words of the check after a visit.
    pub fn aftercare(&self) -> &AftercareWords {
        &self.aftercare
    }

    /// The words of a task.
    pub fn task(&self, id: &TaskId) -> &TaskWords {
        static NONE: LazyLock<TaskWords> = LazyLock::new(TaskWords::default);
        self.tasks.get(id).unwrap_or(&NONE)
    }

    /// The words of an instrument.
    pub fn instrument(&self, id: &InstrumentId) -> &InstrumentWords {
        static NONE: LazyLock<InstrumentWords> = LazyLock::new(InstrumentWords::default);
        self.instruments.get(id).unwrap_or(&NONE)
    }

    /// Whether the language has all official words of an instrument, and a title.
    pub fn has_instrument(&self, instrument: &Instrument) -> bool {
        let titled = self.instruments.get(&instrument.id).is_some_and(|words| !words.title.is_empty());
        titled && instrument.questions().all(|item| self.items.contains(item))
    }

    /// A score in one line: never a bare number, and with its range in words.
    pub fn score(&self, instrument: &Instrument, score: &Score) -> String {
        let words = self.instrument(&instrument.id);
        let most = score.most.to_string();
        let Some(number) = score.score else {
            let open = score.open.to_string();
            let all = (score.answered + score.open).to_string();
            return self.fill(Say::ScoreOpen, &[("what", &words.title), ("number", &open), ("total", &all)]);
        };
        let band = score.band.as_ref().and_then(|band| words.bands.get(band)).map_or("", String::as_str);
        let mut line = self.fill(
            Say::ScoreLine,
            &[("what", &words.title), ("found", &number.to_string()), ("most", &most), ("level", band)],
        );
        if score.alone && !words.alone.is_empty() {
            line.push(' ');
            line.push_str(&words.alone);
        }
        line
    }

    /// The words of a line of advice; empty if the file has none.
    pub fn advice(&self, advice: &Advice) -> &str {
        self.advice.get(&(advice.kind, advice.id.clone())).map_or("", String::as_str)
    }

    /// Whether a rule has nothing to say for itself.
    pub fn rule_has_no_reason(&self, id: &RuleId) -> bool {
        self.rules.get(id).is_none_or(|words| words.reason.is_empty())
    }

    /// Whether a rule does not say what to do next.
    pub fn rule_has_no_next(&self, id: &RuleId) -> bool {
        self.rules.get(id).is_none_or(|words| words.next.is_empty())
    }

    /// A length of time in words: "40 to 60 minutes".
    pub fn length(&self, length: &Length) -> String {
        let number = match length.to {
            Some(to) => format!("{} {} {to}", length.from, self.say(Say::CommonRangeTo)),
            None => length.from.to_string(),
        };
        let say = match length.unit {
            TimeUnit::Minutes => Say::LengthMinutes,
            TimeUnit::Hours => Say::LengthHours,
            TimeUnit::Days => Say::LengthDays,
            TimeUnit::Weeks => Say::LengthWeeks,
        };
        self.fill(say, &[("number", &number)])
    }

    /// The words of a level.
    pub fn level(&self, level: Level) -> LevelWords<'_> {
        let (title, text, tag) = match level {
            Level::Incomplete => {
                (Say::LevelIncompleteTitle, Say::LevelIncompleteText, Say::LevelIncompleteTag)
            }
            Level::Clear => (Say::LevelClearTitle, Say::LevelClearText, Say::LevelClearTag),
            Level::Note => (Say::LevelNoteTitle, Say::LevelNoteText, Say::LevelNoteTag),
            Level::Plan => (Say::LevelPlanTitle, Say::LevelPlanText, Say::LevelPlanTag),
            Level::Review => (Say::LevelReviewTitle, Say::LevelReviewText, Say::LevelReviewTag),
            Level::Stop => (Say::LevelStopTitle, Say::LevelStopText, Say::LevelStopTag),
            Level::GetHelp => (Say::LevelGetHelpTitle, Say::LevelGetHelpText, Say::LevelGetHelpTag),
        };
        LevelWords { title: self.say(title), text: self.say(text), tag: self.say(tag) }
    }

    /// The words of a reason of a result.
    pub fn reason(&self, reason: &Reason) -> &str {
        match (&reason.choice, reason.answers.first()) {
            (None, None) if reason.rule.as_str() == GUIDE_RULE => self.say(Say::ProblemsTitle),
            (Some(choice), Some(question)) => {
                let words = self.question(question);
                words.reasons.get(choice).unwrap_or(&words.reason.reason)
            }
            _ => self.rules.get(&reason.rule).map_or("", |words| &words.reason),
        }
    }

    /// What a reason is about, where its question had several things to tick: the ticked one's words.
    pub fn subject<'w>(&'w self, guide: &Guide, reason: &'w Reason) -> Option<&'w str> {
        let (choice, question) = (reason.choice.as_ref()?, reason.answers.first()?);
        match guide.question(question)?.kind {
            Kind::Several(_) => Some(self.question(question).choice(choice)),
            Kind::One(_)
            | Kind::Number(_)
            | Kind::Pair(_)
            | Kind::Date(_)
            | Kind::Text(_)
            | Kind::List(_) => None,
        }
    }

    /// A reason in one line, with what it is about.
    pub fn reason_line(&self, guide: &Guide, reason: &Reason) -> String {
        match self.subject(guide, reason) {
            Some(subject) => format!("{subject}: {}", self.reason(reason)),
            None => self.reason(reason).to_owned(),
        }
    }

    /// What the person can do next about a reason; may be empty.
    pub fn next_step(&self, reason: &Reason) -> &str {
        match (&reason.choice, reason.answers.first()) {
            (None, None) if reason.rule.as_str() == GUIDE_RULE => self.say(Say::ResultCallClinic),
            (Some(choice), Some(question)) => {
                let words = self.question(question);
                words.nexts.get(choice).unwrap_or(&words.reason.next)
            }
            _ => self.rules.get(&reason.rule).map_or("", |words| &words.next),
        }
    }

    /// One test of a rule in plain words, with what it found. Empty for what has no words.
    pub fn step(&self, guide: &Guide, answers: &Answers, step: &Step) -> String {
        let holds = step.truth == Truth::True;
        let number = if let Found::Number(number) = step.found { number.to_string() } else { String::new() };
        let compared = |operand: &Operand, yes: Say, no: Say, numbers: [(&str, f64); 2]| {
            let Some(question) = guide.question(&operand.question) else { return String::new() };
            let said = self.question(&question.id);
            let what = match operand.part.as_ref().and_then(|part| said.parts.get(part)) {
                Some(part) => format!("{part}:"),
                None => said.ask.clone(),
            };
            if number.is_empty() {
                return format!("{what} {}", self.say(Say::ReviewUnanswered));
            }
            let unit = match (&question.kind, &operand.part) {
                (Kind::Number(bounds), _) => said.unit_of(bounds),
                (Kind::Pair(parts), Some(part)) => {
                    parts.iter().find(|known| known.id == *part).map_or("", |part| part.bounds.unit.as_str())
                }
                _ => "",
            };
            let numbers = numbers.map(|(name, number)| (name, format!("{number} {unit}").trim().to_owned()));
            let [(name, first), (other, second)] = &numbers;
            let values = [("what", what.as_str()), ("found", &number), (*name, first), (*other, second)];
            self.fill(if holds { yes } else { no }, &values)
        };
        match &step.test {
            Condition::AtLeast(operand, least) => {
                compared(operand, Say::TraceAtLeast, Say::TraceLess, [("against", *least), ("least", *least)])
            }
            Condition::AtMost(operand, most) => {
                compared(operand, Say::TraceAtMost, Say::TraceMore, [("against", *most), ("most", *most)])
            }
            Condition::Between(operand, least, most) => {
                compared(operand, Say::TraceBetween, Say::TraceOutside, [("least", *least), ("most", *most)])
            }
            Condition::Count(_, least) => {
                self.fill(Say::TraceCount, &[("found", &number), ("against", &least.to_string())])
            }
            Condition::TickedAtLeast(_, least) if !number.is_empty() => {
                self.fill(Say::TraceTicked, &[("found", &number), ("against", &least.to_string())])
            }
            Condition::Is(id, _)
            | Condition::IsNot(id, _)
            | Condition::Includes(id, _)
            | Condition::Before(id, _)
            | Condition::After(id, _)
            | Condition::Answered(id)
            | Condition::TickedAtLeast(id, _) => {
                let Some(question) = guide.question(id) else { return String::new() };
                let said = match answers.get(id) {
                    Some(answer) => self.answer(question, answer),
                    None => self.say(Say::ReviewUnanswered).to_owned(),
                };
                format!("{} {said}", self.question(id).ask)
            }
            Condition::All(_) | Condition::Any(_) | Condition::Not(_) | Condition::Score(..) => String::new(),
        }
    }

    /// What a reason's rule found in numbers and counts, in plain words: what the answers themselves do not show.
    pub fn findings(&self, guide: &Guide, answers: &Answers, reason: &Reason) -> Vec<String> {
        let telling = |step: &&Step| matches!(step.found, Found::Number(_)) && step.speaks_for_it();
        reason.trace.iter().filter(telling).map(|step| self.step(guide, answers, step)).collect()
    }

    /// An answer in words, as the person chose or typed it. The entries of a list stand on lines of their own.
    pub fn answer(&self, question: &Question, answer: &Answer) -> String {
        let words = self.question(&question.id);
        match (answer, &question.kind) {
            (Answer::Blank, _) => self.say(Say::ReviewBlank).to_owned(),
            (Answer::Text(text), _) => text.clone(),
            (Answer::Date(date), _) => self.date(*date),
            (Answer::List(entries), _) => {
                let lines: Vec<String> = entries.iter().map(entry_in_words).collect();
                lines.join("\n")
            }
            (Answer::Number(number), Kind::Number(bounds)) => {
                format!("{number} {}", words.unit_of(bounds))
            }
            (Answer::Number(number), _) => number.to_string(),
            (Answer::Measured(measured), _) => {
                format!("{} {}", measured.typed, words.unit(&measured.unit))
            }
            (Answer::Pair([(_, high), (_, low)]), Kind::Pair([part, _])) => {
                format!("{high}/{low} {}", part.bounds.unit)
            }
            (Answer::Pair([(_, high), (_, low)]), _) => format!("{high}/{low}"),
            (Answer::One(_) | Answer::Several(_) | Answer::Named(..), _) => {
                let chosen: Vec<&str> = question
                    .choices()
                    .iter()
                    .filter(|choice| answer.has(&choice.id))
                    .map(|choice| words.choice(&choice.id))
                    .collect();
                let chosen = chosen.join("; ");
                if answer.names().is_empty() {
                    return chosen;
                }
                let names: Vec<&str> = answer.names().iter().map(|name| name.words.as_str()).collect();
                format!("{chosen}. {}: {}", self.say(Say::NamesSaid), names.join("; "))
            }
        }
    }
}

/// An id as words: `getting-ready` is "Getting ready".
pub fn spelled_out(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl ReasonWords {
    fn borrow_missing(&mut self, other: &Self) {
        if self.reason.is_empty() {
            self.reason.clone_from(&other.reason);
        }
        if self.next.is_empty() {
            self.next.clone_from(&other.next);
        }
    }
}

/// A text with its `{names}` replaced.
pub(super) fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut text = text.to_owned();
    for (name, value) in values {
        text = text.replace(&format!("{{{name}}}"), value);
    }
    text
}

fn add_missing<K: Ord + Clone, V: Clone>(own: &mut Map<K, V>, other: &Map<K, V>) {
    for (key, value) in other {
        own.entry(key.clone()).or_insert_with(|| value.clone());
    }
}

impl QuestionWords {
    /// The words of a choice; its id if the file has none, so that it can still be chosen.
    pub fn choice<'w>(&'w self, id: &'w ChoiceId) -> &'w str {
        self.choices.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The words of a part or of a field of an entry; its id if the file has none.
    pub fn part<'w>(&'w self, id: &'w PartId) -> &'w str {
        self.parts.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The words of a unit; its id if the file has none.
    pub fn unit<'w>(&'w self, id: &'w UnitId) -> &'w str {
        self.units.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The words of the unit that bounds and rules are in.
    pub fn unit_of<'w>(&'w self, bounds: &'w Bounds) -> &'w str {
        bounds.units.first().map_or(bounds.unit.as_str(), |unit| self.unit(&unit.id))
    }

    /// Whether the choice has words.
    pub fn has_choice(&self, id: &ChoiceId) -> bool {
        self.choices.contains_key(id)
    }

    /// Whether the choice has a reason to show.
    pub fn has_reason(&self, id: &ChoiceId) -> bool {
        self.reasons.contains_key(id) || !self.reason.reason.is_empty()
    }

    /// Whether the choice has a next step to show.
    pub fn has_next(&self, id: &ChoiceId) -> bool {
        self.nexts.contains_key(id) || !self.reason.next.is_empty()
    }
}
