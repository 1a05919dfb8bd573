//! What the test programs share: folders of content with one thing changed, and answers to their questions.

// Each test program uses a part of this.
#![allow(dead_code)]

pub mod random;

use anteroom::engine::map::Set;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anteroom::engine::calendar::plus_days;
use anteroom::engine::guide::patients::{self, Patient};
use anteroom::engine::guide::reader::Date;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::ids::{ChoiceId, Lang, PartId, QuestionId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::answer::{Answer, Answers, Entry, Measured};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Choice, Day, Kind, Question};
use anteroom::engine::screening::unit::converted;

/// The content folder that is shipped.
pub fn shipped_place() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("content")
}

/// The day the tests take for today: after every review, before any is due.
pub const TODAY: Date = Date { year: 2026, month: 12, day: 1 };

/// The files of a content folder, some of them changed.
#[derive(Clone)]
pub struct Folder {
    pub sources: Vec<Source>,
}

impl Folder {
    /// The shipped guide: every file that its settings name.
    pub fn shipped() -> Self {
        static SHIPPED: LazyLock<Vec<Source>> = LazyLock::new(|| {
            let read = |path: &str| Source::new(path, fs::read(shipped_place().join(path)).unwrap());
            let settings = guide::parse(&[read("settings.toml")], None).0.settings;
            guide::all_paths(&settings).iter().map(|path| read(path)).collect()
        });
        Self { sources: SHIPPED.clone() }
    }

    /// A small guide in two languages with a question of every kind: `tests/support/small`. Its interface speaks
    /// the shipped English in both.
    pub fn small() -> Self {
        static SMALL: LazyLock<Vec<Source>> = LazyLock::new(|| {
            let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/small");
            let words = fs::read(shipped_place().join("en/words.toml")).unwrap();
            let mut paths = vec!["settings.toml".to_owned()];
            for lang in ["en", "es"] {
                paths.extend(
                    ["screening.toml", "plan.toml", "glossary.toml", "pages/visit.md", "pages/after.md"]
                        .map(|name| format!("{lang}/{name}")),
                );
            }
            paths.extend(["screening.toml", "plan.toml", "sources.toml", "patients.toml"].map(str::to_owned));
            let mut sources: Vec<Source> =
                paths.iter().map(|path| Source::new(path, fs::read(place.join(path)).unwrap())).collect();
            let signed = [&words[..], b"\n[translation]\nreviewer = \"Ana Ruiz, RN\"\n"].concat();
            sources.push(Source::new("en/words.toml", words));
            sources.push(Source::new("es/words.toml", signed));
            sources
        });
        Self { sources: SMALL.clone() }
    }

    /// The small guide with more questions: units, dates, a long text, a list, and "not sure" beside what is typed.
    /// It has no patients.
    pub fn kinds() -> Self {
        let more = |name: &str| {
            let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/kinds");
            fs::read_to_string(place.join(name)).unwrap()
        };
        let mut folder = Self::small();
        folder.sources.retain(|source| source.path != "patients.toml");
        folder
            .and("screening.toml", &more("screening.toml"))
            .and("en/screening.toml", &more("words.toml"))
            .and("es/screening.toml", &more("words.toml"))
    }

    /// With another file in place of this one.
    pub fn with(mut self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.sources.retain(|source| source.path != path);
        self.sources.push(Source::new(path, content));
        self
    }

    /// With `old` replaced by `new` in a file; it must stand there exactly once.
    #[track_caller]
    pub fn replaced(self, path: &str, old: &str, new: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(old).count(), 1, "`{old}` must stand once in {path}");
        self.with(path, text.replace(old, new))
    }

    /// With something added at the end of a file.
    #[track_caller]
    pub fn and(self, path: &str, more: &str) -> Self {
        let text = self.text(path) + more;
        self.with(path, text)
    }

    /// With a file that should be there and is not.
    pub fn without(mut self, path: &str) -> Self {
        self.sources.retain(|source| source.path != path);
        self.sources.push(Source::missing(path, "there is no such file"));
        self
    }

    /// The text of a file.
    #[track_caller]
    pub fn text(&self, path: &str) -> String {
        let source = self.sources.iter().find(|source| source.path == path).unwrap();
        String::from_utf8(source.content.clone().unwrap()).unwrap()
    }

    /// The line of a file, counted from 1, on which `words` stand first.
    #[track_caller]
    pub fn line(&self, path: &str, words: &str) -> usize {
        1 + self.text(path).lines().position(|line| line.contains(words)).unwrap()
    }

    pub fn parse(&self) -> (Guide, Vec<Problem>) {
        guide::parse(&self.sources, Some(TODAY))
    }

    /// The virtual patients that are sound.
    pub fn patients(&self) -> Vec<Patient> {
        patients::read(&self.sources, &self.guide()).0
    }

    /// All that `anteroom check` finds: what is wrong with the files, and every patient with another result.
    pub fn checked(&self) -> Vec<Problem> {
        let (guide, mut problems) = self.parse();
        let (patients, unread) = patients::read(&self.sources, &guide);
        problems.extend(unread);
        problems.extend(patients::run(&guide, &patients));
        problems
    }

    pub fn guide(&self) -> Guide {
        self.parse().0
    }

    pub fn errors(&self) -> Vec<Problem> {
        let mut problems = self.parse().1;
        problems.retain(|problem| problem.severity == Severity::Error);
        problems
    }
}

/// The shipped guide.
pub fn shipped() -> &'static Guide {
    static GUIDE: LazyLock<Guide> = LazyLock::new(|| Folder::shipped().guide());
    &GUIDE
}

/// The virtual patients of the shipped guide.
pub fn shipped_patients() -> &'static [Patient] {
    static PATIENTS: LazyLock<Vec<Patient>> = LazyLock::new(|| Folder::shipped().patients());
    &PATIENTS
}

/// The small guide with more kinds of questions.
pub fn kinds() -> &'static Guide {
    static GUIDE: LazyLock<Guide> = LazyLock::new(|| Folder::kinds().guide());
    &GUIDE
}

/// The small guide.
pub fn small() -> &'static Guide {
    static GUIDE: LazyLock<Guide> = LazyLock::new(|| Folder::small().guide());
    &GUIDE
}

pub fn english() -> Lang {
    Lang::from("en")
}

/// Answers to the small or the shipped guide, as an answers file says them; every one must be sound.
#[track_caller]
pub fn answers(guide: &Guide, json: &str) -> Answers {
    let (answers, problems) = Answers::from_json(guide, json);
    assert_eq!(problems, [""; 0]);
    answers
}

pub fn one(choice: &str) -> Answer {
    Answer::One(ChoiceId::from(choice))
}

pub fn several(choices: &[&str]) -> Answer {
    Answer::Several(choices.iter().map(|choice| ChoiceId::from(*choice)).collect())
}

pub fn pair(question: &Question, high: f64, low: f64) -> Answer {
    let Kind::Pair([first, second]) = &question.kind else { panic!("{} is no pair", question.id) };
    Answer::Pair([(first.id.clone(), high), (second.id.clone(), low)])
}

/// The answers of a person about whom there is nothing to say: each the first choice that raises nothing.
pub fn all_clear(guide: &Guide) -> Answers {
    let mut answers = Answers::default();
    for question in &guide.questions {
        answers.set(question.id.clone(), clear_answer(question));
    }
    answers
}

fn clear_answer(question: &Question) -> Answer {
    let clear = |alone: bool| {
        question.choices().iter().find(|choice| {
            choice.level == Level::Clear && !choice.crisis && !choice.unsure && (choice.exclusive || !alone)
        })
    };
    match &question.kind {
        Kind::One(_) => Answer::One(clear(false).unwrap().id.clone()),
        Kind::Several(_) => Answer::Several(Set::from([clear(true).or(clear(false)).unwrap().id.clone()])),
        Kind::Number(bounds) => Answer::Number(bounds.least),
        Kind::Pair([first, second]) => {
            // The lowest that a healthy person may have, so that no rule over either number holds.
            pair(question, (first.bounds.least + 60.0).min(first.bounds.most), second.bounds.least + 40.0)
        }
        Kind::Date(days) => Answer::Date(days.earliest.and_then(|day| day.on(Some(TODAY))).unwrap_or(TODAY)),
        Kind::Text(_) | Kind::List(_) if !question.required => Answer::Blank,
        Kind::Text(_) => Answer::Text("words".to_owned()),
        Kind::List(list) => Answer::List(vec![vec![(list.fields[0].id.clone(), "words".to_owned())]]),
    }
}

/// A sound answer chosen by the bits of `dice`; zero gives the first choice or the least number.
pub fn any_answer(question: &Question, dice: u64) -> Answer {
    let choices = question.choices();
    let nth = |number: u64| choices[(number % choices.len() as u64) as usize].id.clone();
    if question.kind.is_typed() && !choices.is_empty() && dice.is_multiple_of(5) {
        return Answer::One(nth(dice / 5));
    }
    match &question.kind {
        Kind::One(_) => Answer::One(nth(dice)),
        Kind::Several(_) => {
            let ticked = |index: usize| dice >> (index % 64) & 1 == 1;
            let chosen: Set<ChoiceId> = choices
                .iter()
                .enumerate()
                .filter(|(index, choice)| ticked(*index) && !choice.exclusive)
                .map(|(_, choice)| choice.id.clone())
                .collect();
            let alone: Vec<&Choice> = choices.iter().filter(|choice| choice.exclusive).collect();
            if !alone.is_empty() && (chosen.is_empty() || dice.is_multiple_of(4)) {
                let place = (dice >> 2) % alone.len() as u64;
                Answer::Several(Set::from([alone[place as usize].id.clone()]))
            } else if chosen.is_empty() {
                Answer::Several(Set::from([nth(0)]))
            } else {
                Answer::Several(chosen)
            }
        }
        Kind::Number(bounds) if bounds.units.len() > 1 && dice.is_multiple_of(2) => {
            let unit = &bounds.units[1];
            let (least, most) = bounds.in_unit(unit);
            let typed = within(least, most, dice / 2);
            Answer::Measured(Measured { typed, unit: unit.id.clone(), number: converted(typed, unit) })
        }
        Kind::Number(bounds) => Answer::Number(within(bounds.least, bounds.most, dice)),
        Kind::Pair([first, second]) => {
            let low =
                within(second.bounds.least, second.bounds.most.min(first.bounds.most - 1.0), dice >> 32);
            let high = within(first.bounds.least.max(low + 1.0), first.bounds.most, dice & 0xffff_ffff);
            pair(question, high, low)
        }
        Kind::Date(days) => {
            let bound = |day: Option<Day>, far| {
                day.and_then(|day| day.on(Some(TODAY))).unwrap_or_else(|| plus_days(TODAY, far).unwrap())
            };
            let (earliest, latest) = (bound(days.earliest, -40_000), bound(days.latest, 4_000));
            let later = plus_days(earliest, (dice % 50_000) as i64).unwrap();
            Answer::Date(later.min(latest))
        }
        Kind::Text(_) => Answer::Text(format!("words {dice}")),
        Kind::List(list) => {
            let entry = |number: u64| -> Entry {
                let field = |(place, id): (usize, &PartId)| (id.clone(), format!("words {number} {place}"));
                list.fields.iter().map(|field| &field.id).enumerate().map(field).collect()
            };
            Answer::List((0..=dice % list.most.min(3) as u64).map(entry).collect())
        }
    }
}

fn within(least: f64, most: f64, dice: u64) -> f64 {
    let steps = (most - least) as u64 + 1;
    least + (dice % steps) as f64
}

/// An answer to every question, chosen by `dice`.
pub fn full_answers(guide: &Guide, dice: &[u64]) -> Answers {
    let mut answers = Answers::default();
    for (question, dice) in guide.questions.iter().zip(dice) {
        answers.set(question.id.clone(), any_answer(question, *dice));
    }
    answers
}

/// The same answers with one of them replaced.
pub fn changed(answers: &Answers, question: &QuestionId, answer: Answer) -> Answers {
    let mut answers = answers.clone();
    answers.set(question.clone(), answer);
    answers
}

/// The same answers without one of them.
pub fn removed(answers: &Answers, question: &QuestionId) -> Answers {
    let mut answers = answers.clone();
    answers.clear(question);
    answers
}

/// How many cases a property is tried on, unless `PROPTEST_CASES` says otherwise.
pub fn cases(number: u32) -> proptest::prelude::ProptestConfig {
    let mut config = proptest::prelude::ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = number;
    }
    // A failing case is printed and belongs into a test of its own; no file of seeds is kept.
    config.failure_persistence = None;
    config
}
