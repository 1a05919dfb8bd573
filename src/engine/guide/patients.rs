//! The virtual patients: named answers with the result they must get.
//!
//! They are for whoever changes a rule. A level that was lowered by a slip is sound TOML still; only a patient whose
//! result changes tells of it. The widget never fetches the file, and `guide::parse` passes it by, so that nothing of
//! this weighs on a phone.
//!
//! A clinic's own folder may add patients. Those of the guide stay as they are: whoever of them gets another result
//! shows what the clinic's changes do.

use crate::engine::map::{Map, Set};

use serde_json::Value;

use crate::engine::guide::overlay::clinic_path;
use crate::engine::guide::reader::{self, Place, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::settings::check_format;
use crate::engine::guide::source::Source;
use crate::engine::guide::{Guide, paths, problem_at};
use crate::engine::ids::{InstrumentId, PatientId, QuestionId, RuleId};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::answer::{Answer, Answers, read_answer};
use crate::engine::screening::instrument::scores;
use crate::engine::screening::level::Level;
use crate::engine::screening::question::Question;
use crate::engine::screening::result::{Outcome, result};

/// A made-up person: what they answer, and what must come of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Patient {
    /// Their id, for example `maria-pregnant`.
    pub id: PatientId,
    /// One sentence about them.
    pub about: String,
    /// What they answer.
    pub answers: Answers,
    /// What must come of it.
    pub expected: Expected,
    /// The line of patients.toml they begin on.
    pub line: Place,
}

/// The result that a patient must get, no more and no less.
#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    /// The level.
    pub level: Level,
    /// Whether the crisis panel opens.
    pub crisis: bool,
    /// Every rule that gives a reason, with the level of that reason: beside a worse one, a reason that became milder
    /// leaves the level of the result as it was.
    pub reasons: Map<RuleId, Level>,
    /// The question that is asked next; none when the journey is at its end.
    pub next: Option<QuestionId>,
    /// The required questions without an answer; `None` where the patient does not say.
    pub unanswered: Option<Set<QuestionId>>,
    /// Every score that is there; `None` where the patient does not say.
    pub scores: Option<Map<InstrumentId, f64>>,
}

/// Reads the patients among the files of a content folder, whose guide is parsed already.
///
/// Gives the patients that are sound, and what is wrong with the file. There are none over a screening that lost a
/// part: most would fail, and none would say anything new.
pub fn read<'s>(sources: &'s [Source], guide: &Guide) -> (Vec<Patient>, Vec<Problem>) {
    let mut problems = Vec::new();
    let find = |path: &str| sources.iter().find(|source| source.path == path);
    let (base, own) = (find(paths::PATIENTS), find(&clinic_path(paths::PATIENTS)));
    if let Some(why) = base.and_then(|base| base.content.as_ref().err()) {
        // A warning: a guide works without patients.
        let what = format!(
            "There are no virtual patients, so nobody notices a level that was lowered by a slip: {why}."
        );
        let remedy = "Copy patients.toml from the guide you started from.";
        problems.push(problem_at(Severity::Warning, paths::PATIENTS, Place::line(1), what, remedy));
    }
    let mut text_of = |source: &'s Source| source.text(&mut problems);
    let base = base.filter(|base| base.content.is_ok()).map(&mut text_of).unwrap_or_default();
    let own = own.map(&mut text_of).unwrap_or_default();
    let text = Text { base: &base, clinic: &own };
    if text.is_empty() || guide.partly_read || guide.questions.is_empty() {
        return (Vec::new(), problems);
    }
    let patients = read_file(text, guide, &mut problems);
    (patients, problems)
}

/// Runs patients through the guide: one error for each whose result is not the one expected.
pub fn run(guide: &Guide, patients: &[Patient]) -> Vec<Problem> {
    let failing = patients.iter().filter_map(|patient| {
        let differences = patient.differences(guide);
        (!differences.is_empty()).then(|| {
            problem_at(
                Severity::Error,
                paths::PATIENTS,
                patient.line,
                format!("The patient `{}` gets another result: {}.", patient.id, in_words(&differences)),
                "Change the rule back, or change the patient if the change is meant and a clinician agrees.",
            )
        })
    });
    failing.collect()
}

/// Runs patients through a guide that a clinic laid its own folder over. The guide's patients are not the clinic's to
/// change: one with a stricter result is a warning, for that is what a clinic may wish; one with a milder or just
/// another result is an error. Patients of the clinic's own are run as by [`run`].
pub fn run_under_clinic(guide: &Guide, patients: &[Patient]) -> Vec<Problem> {
    let (own, of_guide): (Vec<Patient>, Vec<Patient>) =
        patients.iter().cloned().partition(|patient| patient.line.clinic);
    let changed = of_guide.iter().filter_map(|patient| {
        let differences = patient.differences(guide);
        let stricter = differences.iter().all(|difference| difference.shift == Shift::Stricter);
        let said = in_words(&differences);
        let (severity, what, remedy) = match differences.is_empty() {
            true => return None,
            false if stricter => (
                Severity::Warning,
                "gets a stricter result, as the clinic wishes",
                "Have the medical director sign what it does to this patient.",
            ),
            false => (
                Severity::Error,
                "gets a milder or another result",
                "Take the change back, or show the medical director what it does to this patient.",
            ),
        };
        let what = format!("The patient `{}` {what}: {said}.", patient.id);
        Some(problem_at(severity, paths::PATIENTS, patient.line, what, remedy))
    });
    changed.chain(run(guide, &own)).collect()
}

/// One thing in which a result is not the one expected.
struct Difference {
    shift: Shift,
    said: String,
}

/// Which way a result moved.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shift {
    /// More is asked, said or stopped than expected.
    Stricter,
    /// Less, or it cannot be told.
    Milder,
}

fn in_words(differences: &[Difference]) -> String {
    differences.iter().map(|difference| difference.said.as_str()).collect::<Vec<_>>().join("; ")
}

impl Patient {
    fn differences(&self, guide: &Guide) -> Vec<Difference> {
        let mut differences = self.expected.differences(guide, &result(guide, &self.answers));
        let Some(expected) = &self.expected.scores else { return differences };
        let came: Map<&InstrumentId, f64> = scores(guide, &self.answers)
            .into_iter()
            .filter_map(|(instrument, score)| Some((&instrument.id, score.score?)))
            .collect();
        let said = |score: Option<&f64>| score.map_or_else(|| "open".to_owned(), f64::to_string);
        let names: Set<&InstrumentId> = expected.keys().chain(came.keys().copied()).collect();
        for name in names.into_iter().filter(|name| expected.get(*name) != came.get(name)) {
            let (must, is) = (said(expected.get(name)), said(came.get(name)));
            differences.push(Difference {
                shift: Shift::Milder,
                said: format!("the score of `{name}` must be {must} and is {is}"),
            });
        }
        differences
    }
}

impl Expected {
    /// What was expected and what came, for everything in which the two differ.
    fn differences(&self, guide: &Guide, outcome: &Outcome) -> Vec<Difference> {
        let mut differences = Vec::new();
        let mut add = |stricter: bool, said: String| {
            let shift = if stricter { Shift::Stricter } else { Shift::Milder };
            differences.push(Difference { shift, said });
        };
        if outcome.level != self.level {
            // What is not settled is no stricter than anything.
            add(
                outcome.level > self.level,
                format!("the level must be `{}` and is `{}`", self.level.as_str(), outcome.level.as_str()),
            );
        }
        let came: Map<&RuleId, Level> =
            outcome.reasons.iter().map(|reason| (&reason.rule, reason.level)).collect();
        for (rule, level) in &self.reasons {
            match came.get(rule) {
                None => add(
                    self.is_outdone(guide, outcome, rule, *level),
                    format!("the reason `{rule}` must be given and is not"),
                ),
                Some(came) if came != level => add(
                    came > level,
                    format!("the reason `{rule}` must be `{}` and is `{}`", level.as_str(), came.as_str()),
                ),
                Some(_) => {}
            }
        }
        for rule in came.keys().filter(|rule| !self.reasons.contains_key(**rule)) {
            add(true, format!("the reason `{rule}` is given and must not be"));
        }
        match (self.crisis, outcome.crisis) {
            (true, false) => add(false, "the crisis panel must open and does not".to_owned()),
            (false, true) => add(true, "the crisis panel opens and must not".to_owned()),
            (true, true) | (false, false) => {}
        }
        let helped = outcome.level == Level::GetHelp && self.level != Level::GetHelp;
        if outcome.next != self.next {
            let name = |id: &Option<QuestionId>| match id {
                Some(id) => format!("`{id}`"),
                None => "none".to_owned(),
            };
            add(
                helped || self.next.is_none(),
                format!("the next question must be {} and is {}", name(&self.next), name(&outcome.next)),
            );
        }
        let open: Set<QuestionId> = outcome.unanswered.iter().cloned().collect();
        if let Some(expected) = self.unanswered.as_ref().filter(|expected| **expected != open) {
            add(
                helped || expected.is_subset(&open),
                format!("the open questions must be {} and are {}", list(expected), list(&open)),
            );
        }
        differences
    }

    /// Whether a reason is missing only because a stricter one over the same answers speaks in its place, or because
    /// the form ended before with help.
    fn is_outdone(&self, guide: &Guide, outcome: &Outcome, rule: &RuleId, level: Level) -> bool {
        if outcome.level == Level::GetHelp && self.level != Level::GetHelp {
            return true;
        }
        let Some(rule) = guide.rule(rule) else { return false };
        let read = rule.when.questions();
        outcome.reasons.iter().any(|reason| {
            let new = !self.reasons.contains_key(&reason.rule);
            new && reason.level > level && read.iter().all(|question| reason.answers.contains(question))
        })
    }
}

fn list(ids: &Set<QuestionId>) -> String {
    if ids.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    names.join(", ")
}

/// Reads the file's patients. One that cannot be read is said and left out.
fn read_file(text: Text, guide: &Guide, problems: &mut Vec<Problem>) -> Vec<Patient> {
    reader::read(paths::PATIENTS, text, problems, |file| {
        check_format(file);
        let bases: Map<String, Option<Answers>> = file
            .table("base")
            .map(|bases| bases.tables_by_id())
            .unwrap_or_default()
            .into_iter()
            .map(|(name, table)| (name.clone(), read_base(&name, &table, guide)))
            .collect();
        let mut patients: Vec<Patient> = Vec::new();
        let mut seen = Set::new();
        let tables = file.tables("patient");
        if tables.is_empty() {
            file.error_on(
                text.start(),
                "There are no patients in this file.".to_owned(),
                "Copy the file again from the guide you started from.",
            );
        }
        for table in tables {
            if let Some(id) = table.glance("id")
                && !seen.insert(id.clone())
            {
                table.error(
                    format!("The patient `{id}` is there twice."),
                    "Give one of the two another id, or take it out. The first one is used.",
                );
                continue;
            }
            patients.extend(read_patient(table, guide, &bases));
        }
        patients
    })
}

/// A base must answer every question, so that a question that is added is said once and not by each patient.
fn read_base(name: &str, table: &Table, guide: &Guide) -> Option<Answers> {
    let mut answers = Answers::default();
    let sound = read_answers(table, guide, &mut answers);
    let mut open: Vec<&Question> =
        guide.questions.iter().filter(|question| !table.has(question.id.as_str())).collect();
    // An instrument that a clinic switches on asks more; who was made up before passes that by.
    for item in open.extract_if(.., |question| guide.is_item(&question.id)) {
        answers.set(item.id.clone(), Answer::Blank);
    }
    if !open.is_empty() {
        let names: Vec<String> = open.iter().map(|question| format!("`{}`", question.id)).collect();
        // A question of the clinic's own is answered in the clinic's own file.
        let whose = match open.iter().all(|question| question.line.clinic) {
            true => format!(" to [base.{name}] of the clinic's own patients.toml"),
            false => String::new(),
        };
        table.error(
            format!("The base `{name}` has no answer to {}.", names.join(", ")),
            &format!("Add a line for each{whose}; \"\" passes by a question that is not required."),
        );
    }
    (sound && open.is_empty()).then_some(answers)
}

/// `None` if anything about the patient cannot be read: half a patient would fail for the wrong reason.
fn read_patient(table: Table, guide: &Guide, bases: &Map<String, Option<Answers>>) -> Option<Patient> {
    let id = table.needed_id("id");
    let table = match &id {
        Some(id) => table.named(format!("the patient `{id}`")),
        None => table,
    };
    let about = table.needed_text("about");
    let answers = read_changed_base(&table, guide, bases);
    let level = read_level(&table);
    let crisis = table.flag("crisis");
    let reasons = read_reasons(&table, guide);
    let next = match table.text("next").filter(|next| !next.is_empty()) {
        Some(next) => known_question(&table, table.line_of("next"), &next, guide).map(Some),
        None => Some(None),
    };
    let unanswered =
        read_questions(&table, "unanswered", guide).map(|open| table.has("unanswered").then_some(open));
    let scores = table.table("scores").map(|table| read_scores(&table, guide));
    table.finish();
    Some(Patient {
        id: PatientId::from(id?.as_str()),
        about: about?,
        answers: answers?,
        expected: Expected {
            level: level?,
            crisis,
            reasons: reasons?,
            next: next?,
            unanswered: unanswered?,
            scores,
        },
        line: table.line(),
    })
}

fn read_scores(table: &Table, guide: &Guide) -> Map<InstrumentId, f64> {
    let known = || guide.instruments.iter().map(|instrument| instrument.id.as_str());
    let mut scores = Map::new();
    for (name, value, line) in table.values_by_key() {
        match value.as_f64().filter(|_| known().any(|known| known == name)) {
            Some(score) => {
                scores.insert(InstrumentId::from(name.as_str()), score);
            }
            None => table.error_on(
                line,
                format!("`{name}` is no instrument that is switched on, or its score is no number."),
                &did_you_mean(&name, known(), "Write `scores = { phq2 = 3 }`."),
            ),
        }
    }
    scores
}

/// The answers of the base, without those that are taken out, and with the patient's own.
fn read_changed_base(table: &Table, guide: &Guide, bases: &Map<String, Option<Answers>>) -> Option<Answers> {
    let base = read_from(table, bases);
    let without = read_questions(table, "without", guide);
    let mut answers = base.clone().unwrap_or_default();
    for question in without.iter().flatten() {
        answers.clear(question);
    }
    let sound = match table.table("answers") {
        Some(own) => read_answers(&own, guide, &mut answers),
        None => !table.has("answers"),
    };
    (sound && base.is_some() && without.is_some()).then_some(answers)
}

/// The answers that the patient begins with: those of the base named in `from`, or none at all.
fn read_from(table: &Table, bases: &Map<String, Option<Answers>>) -> Option<Answers> {
    let name = table.text("from");
    if !table.has("from") {
        return Some(Answers::default());
    }
    let name = name?;
    match bases.get(&name) {
        // A base that is not sound was reported where it stands.
        Some(base) => base.clone(),
        None => {
            table.error_at(
                "from",
                format!("There is no base `{name}`."),
                &did_you_mean(
                    &name,
                    bases.keys().map(String::as_str),
                    &format!("Add it as [base.{name}], or take the line out to begin with no answers."),
                ),
            );
            None
        }
    }
}

/// Reads answers by question id over those that are there. Whether all of them could be read.
fn read_answers(table: &Table, guide: &Guide, answers: &mut Answers) -> bool {
    let mut sound = true;
    for (id, value, line) in table.values_by_key() {
        if guide.off.contains(&id) {
            continue;
        }
        let answer = known_question(table, line, &id, guide).and_then(|id| {
            let question = guide.question(&id)?;
            read_said(table, line, question, &value).map(|answer| (id, answer))
        });
        match answer {
            Some((id, answer)) => answers.set(id, answer),
            None => sound = false,
        }
    }
    sound
}

fn read_said(table: &Table, line: Place, question: &Question, value: &Value) -> Option<Answer> {
    let unknown = |said: &&str| question.choices().iter().all(|choice| choice.id.as_str() != *said);
    let said = match value {
        Value::Array(several) => several.iter().filter_map(Value::as_str).collect(),
        one => Vec::from_iter(one.as_str()),
    };
    let mistyped = said.into_iter().find(unknown).filter(|said| !said.is_empty());
    if let Some(mistyped) = mistyped.filter(|_| !question.choices().is_empty()) {
        let known: Vec<&str> = question.choices().iter().map(|choice| choice.id.as_str()).collect();
        table.error_on(
            line,
            format!("The question `{}` has no choice `{mistyped}`.", question.id),
            &did_you_mean(
                mistyped,
                known.iter().copied(),
                &format!("The choices are `{}`.", known.join("`, `")),
            ),
        );
        return None;
    }
    // TOML has no null: an empty text passes by, as an empty field does.
    let passed_by = value.as_str().is_some_and(str::is_empty);
    match read_answer(question, if passed_by { &Value::Null } else { value }, None) {
        Ok(answer) => Some(answer),
        Err(problem) => {
            table.error_on(
                line,
                format!("The answer to `{}` cannot be used: {problem}", question.id),
                "Write it as docs/content-format.html shows.",
            );
            None
        }
    }
}

fn read_level(table: &Table) -> Option<Level> {
    let name = table.needed_text("level")?;
    let level = Level::ALL.into_iter().find(|level| level.as_str() == name);
    if level.is_none() {
        table.error_at(
            "level",
            format!("`{name}` is not the level of a result."),
            &did_you_mean(
                &name,
                Level::ALL.map(Level::as_str),
                "The levels are get-help, stop, review, plan, note, clear and incomplete.",
            ),
        );
    }
    level
}

fn read_reasons(table: &Table, guide: &Guide) -> Option<Map<RuleId, Level>> {
    let mut reasons = Map::new();
    let Some(by_level) = table.table("reasons") else { return (!table.has("reasons")).then_some(reasons) };
    let by_level = by_level.named("the reasons, which stand by their level".to_owned());
    let mut known: Set<RuleId> = guide.rules.iter().map(|rule| rule.id.clone()).collect();
    for question in &guide.questions {
        // A choice that raises nothing is known too: that a level was taken away is for the run to say.
        known.extend(question.choices().iter().map(|choice| question.choice_rule(&choice.id)));
    }
    // So is what the clinic switched off.
    let off = |name: &str| name.split('.').next().is_some_and(|id| guide.off.contains(id));
    let mut sound = true;
    for level in Level::RAISING {
        for (name, line) in by_level.texts(level.as_str()) {
            let off = off(&name).then(|| RuleId::from(name.as_str()));
            let Some(rule) = known.get(name.as_str()).or(off.as_ref()) else {
                sound = false;
                by_level.error_on(
                    line,
                    format!("There is no rule `{name}`."),
                    &did_you_mean(
                        &name,
                        known.iter().map(RuleId::as_str),
                        "Name a rule of screening.toml, or a choice as `question.choice`.",
                    ),
                );
                continue;
            };
            if reasons.insert(rule.clone(), level).is_some() {
                sound = false;
                by_level.error_on(
                    line,
                    format!("The reason `{name}` is there twice."),
                    "Take one of the two out.",
                );
            }
        }
    }
    by_level.finish();
    sound.then_some(reasons)
}

fn read_questions(table: &Table, key: &str, guide: &Guide) -> Option<Set<QuestionId>> {
    // A question that the clinic switched off is neither answered nor open.
    let named = table.texts(key).into_iter().filter(|(name, _)| !guide.off.contains(name));
    let questions: Vec<Option<QuestionId>> =
        named.map(|(name, line)| known_question(table, line, &name, guide)).collect();
    questions.into_iter().collect()
}

fn known_question(table: &Table, line: Place, name: &str, guide: &Guide) -> Option<QuestionId> {
    let id = QuestionId::from(name);
    let found = (guide.question(&id).is_some() || guide.off.contains(name)).then_some(id);
    if found.is_none() {
        table.error_on(
            line,
            format!("There is no question `{name}`."),
            &did_you_mean(
                name,
                guide.questions.iter().map(|question| question.id.as_str()),
                "`anteroom list` names them all.",
            ),
        );
    }
    found
}
