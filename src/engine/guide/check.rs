//! Checks that the parts of a guide fit together: nothing without words, sources or a review.

use crate::engine::guide::medicines::{self, Medicines};
use crate::engine::guide::overlay::clinic_path;
use crate::engine::guide::reader::{Date, Place, Text};
use crate::engine::guide::words::Words;
use crate::engine::guide::{Guide, Review, paths, problem_at};
use crate::engine::guide::{flow, instruments};
use crate::engine::ids::{Lang, PageId, PartId, SourceCode};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Choice, Kind, Question};

/// Adds what is wrong between the parts of a guide. `text_of` gives the text of a file that has come, which is
/// empty if nothing of it could be read. Parts whose file is not there or unreadable are not checked: a missing
/// file is one problem, not one for each thing that it should hold.
pub(super) fn check<'t>(
    guide: &Guide,
    medicines: Option<&Medicines>,
    text_of: &dyn Fn(&str) -> Option<Text<'t>>,
    today: Option<Date>,
    problems: &mut Vec<Problem>,
) {
    let has = |path: &str| text_of(path).is_some_and(|text| !text.is_empty());
    if text_of(paths::SCREENING).is_some() && guide.questions.is_empty() {
        problems.push(problem_at(
            Severity::Error,
            paths::SCREENING,
            Place::line(1),
            "There are no questions, so nobody can be asked anything.".to_owned(),
            "Copy screening.toml again from the guide you started from.",
        ));
    }
    if has(paths::SCREENING) {
        check_sections(guide, problems);
        flow::check(guide, problems);
        check_review(paths::SCREENING, Place::line(1), &guide.review, today, problems);
        if !guide.aftercare.lists.is_empty() {
            check_review(paths::AFTERCARE, Place::line(1), &guide.aftercare.review, today, problems);
        }
        if let Some(review) = &guide.instruments_review {
            check_review(paths::INSTRUMENTS, Place::line(1), review, today, problems);
        }
        if has(paths::SOURCES) {
            check_sources(guide, problems);
        }
    }
    for lang in &guide.settings.languages {
        let Some(words) = guide.words.get(lang) else { continue };
        if has(&paths::screening_words(lang)) {
            let mut gaps = Gaps::new(guide, lang, paths::screening_words(lang));
            check_screening_words(guide, words, &mut gaps);
            gaps.report(problems);
        }
        if has(paths::INSTRUMENTS) && text_of(&paths::instrument_words(lang)).is_some() {
            check_instrument_words(guide, lang, words, problems);
        }
        if has(&paths::plan_words(lang)) {
            let mut gaps = Gaps::new(guide, lang, paths::plan_words(lang));
            check_plan_words(guide, words, &mut gaps);
            gaps.report(problems);
        }
    }
    if has(paths::SCREENING)
        && let Some((what, remedy)) = medicines::check_question(guide)
    {
        problems.push(problem_at(Severity::Error, paths::SETTINGS, Place::line(1), what, &remedy));
    }
    if let Some(medicines) = medicines {
        check_review(paths::MEDICINES, Place::line(1), &medicines.review, today, problems);
        for (group, codes, at) in medicines.sources.iter().filter(|_| has(paths::SOURCES)) {
            let what = format!("The group `{group}` of medicines");
            check_codes(guide, codes, paths::MEDICINES, *at, &what, problems);
        }
    }
    check_pages(guide, &|_| true, text_of, today, problems);
}

/// Adds what is wrong with the pages that are looked at, beside what their own files say.
pub(super) fn check_pages<'t>(
    guide: &Guide,
    looked_at: &dyn Fn(&PageId) -> bool,
    text_of: &dyn Fn(&str) -> Option<Text<'t>>,
    today: Option<Date>,
    problems: &mut Vec<Problem>,
) {
    let has_sources = text_of(paths::SOURCES).is_some_and(|text| !text.is_empty());
    for ((id, lang), page) in guide.pages.iter().filter(|((id, _), _)| looked_at(id)) {
        let path = paths::page(id, lang);
        let own = text_of(&path).is_some_and(|text| !text.clinic.is_empty());
        let path = if own { clinic_path(&path) } else { path };
        check_review(&path, Place::line(1), &page.review, today, problems);
        if page.sources.is_empty() {
            problems.push(problem_at(
                Severity::Warning,
                &path,
                Place::line(1),
                "This page names no sources.".to_owned(),
                "List the codes of sources.toml that it rests on in `sources`.",
            ));
        }
        if has_sources {
            check_codes(guide, &page.sources, &path, Place::line(1), "This page", problems);
        }
    }
}

/// An instrument without its official words in a language is not asked in it.
fn check_instrument_words(guide: &Guide, lang: &Lang, words: &Words, problems: &mut Vec<Problem>) {
    let path = paths::instrument_words(lang);
    for instrument in &guide.instruments {
        let id = &instrument.id;
        if !words.has_instrument(instrument) {
            problems.push(problem_at(
                Severity::Warning,
                &path,
                Place { line: 1, ..instrument.line },
                format!(
                    "`{id}` is not available in `{lang}`: it lacks official words, so it is not asked there."
                ),
                "Add its title, items and answers in the official translation, never in one of your own.",
            ));
            continue;
        }
        let said = &words.instrument(id).bands;
        if let Some(band) = instrument.bands.iter().find(|band| !said.contains_key(&band.id)) {
            problems.push(problem_at(
                Severity::Error,
                &path,
                Place { line: 1, ..instrument.line },
                format!("The band `{}` of `{id}` has no words.", band.id),
                &format!("Add it under [instrument.{id}.bands]: a score is never shown as a bare number."),
            ));
        }
    }
}

fn check_sections(guide: &Guide, problems: &mut Vec<Problem>) {
    for section in &guide.sections {
        // The instruments may all be switched off.
        let asks = section.as_str() == instruments::SECTION
            || guide.questions.iter().any(|question| question.section == *section);
        if !asks {
            problems.push(problem_at(
                Severity::Warning,
                paths::SCREENING,
                // Only a clinic that switched questions off can have emptied a section of a sound guide.
                Place { clinic: !guide.off.is_empty(), line: 1 },
                format!("The section `{section}` has no questions."),
                "Take the section out, or give it a question.",
            ));
        }
    }
}

/// What is said of a file that no clinician has signed.
pub const UNSIGNED: &str = "No clinician has signed this yet.";

fn check_review(path: &str, line: Place, review: &Review, today: Option<Date>, problems: &mut Vec<Problem>) {
    let mut warn = |what: String, remedy: &str| {
        problems.push(problem_at(Severity::Warning, path, line, what, remedy));
    };
    if review.reviewed_on.is_none() {
        warn("It is not said when this was last reviewed.".to_owned(), "Add `reviewed_on = 2026-11-21`.");
    }
    if review.reviewer.trim().is_empty() {
        warn(UNSIGNED.to_owned(), "Have a licensed clinician read it, then write the name in `reviewer`.");
    }
    if let (Some(on), Some(today)) = (review.reviewed_on, today)
        && on > today
    {
        warn(
            format!("`reviewed_on` is {on}, which is still to come."),
            "Write the day on which it was held against its sources.",
        );
    }
    if let (Some(on), Some(due)) = (review.reviewed_on, review.review_due) {
        let latest = Date { year: on.year.saturating_add(1), ..on };
        if due > latest {
            warn(
                format!("The next review, on {due}, is more than twelve months after the last, on {on}."),
                &format!("Set `review_due` to {latest} or earlier: what is known changes."),
            );
        } else if due < on {
            warn(
                format!("The next review, on {due}, is before the last, on {on}."),
                &format!("Set `review_due` to {latest} or earlier."),
            );
        }
    }
    match (review.review_due, today) {
        (None, _) => warn("It is not said when this must be reviewed again.".to_owned(), "Add `review_due`."),
        (Some(due), Some(today)) if due < today => warn(
            format!("The review was due on {due}."),
            "Have it reviewed, then set `reviewed_on` and `review_due`.",
        ),
        (Some(_), _) => {}
    }
}

fn check_sources(guide: &Guide, problems: &mut Vec<Problem>) {
    for instrument in &guide.instruments {
        let what = format!("The instrument `{}`", instrument.id);
        check_codes(guide, &instrument.sources, paths::INSTRUMENTS, instrument.line, &what, problems);
    }
    for question in guide.questions.iter().filter(|question| !guide.is_item(&question.id)) {
        let what = format!("The question `{}`", question.id);
        let line = question.line;
        if question.sources.is_empty()
            && question
                .choices()
                .iter()
                .any(|choice| choice.level > Level::Clear && choice.sources.is_empty())
        {
            problems.push(problem_at(
                Severity::Warning,
                paths::SCREENING,
                line,
                format!("{what} raises a level and names no source."),
                "List the codes of sources.toml that it rests on in `sources`.",
            ));
        }
        check_codes(guide, &question.sources, paths::SCREENING, line, &what, problems);
        for choice in question.choices() {
            check_codes(guide, &choice.sources, paths::SCREENING, line, &what, problems);
        }
    }
    for rule in &guide.rules {
        let what = format!("The rule `{}`", rule.id);
        if rule.sources.is_empty() {
            problems.push(problem_at(
                Severity::Warning,
                paths::SCREENING,
                rule.line,
                format!("{what} names no source."),
                "List the codes of sources.toml that it rests on in `sources`.",
            ));
        }
        check_codes(guide, &rule.sources, paths::SCREENING, rule.line, &what, problems);
    }
    for advice in &guide.advice {
        let what = format!("The {} `{}`", advice.kind.in_words(), advice.id);
        if advice.sources.is_empty() {
            problems.push(problem_at(
                Severity::Warning,
                paths::SCREENING,
                advice.line,
                format!("{what} names no source."),
                "List the codes of sources.toml that it rests on in `sources`.",
            ));
        }
        check_codes(guide, &advice.sources, paths::SCREENING, advice.line, &what, problems);
    }
    let aftercare = &guide.aftercare;
    let signs = aftercare.signs.iter().map(|sign| (format!("The sign `{}`", sign.id), &sign.sources));
    let prompts =
        aftercare.prompts.iter().map(|prompt| (format!("The prompt `{}`", prompt.id), &prompt.sources));
    for (what, sources) in signs.chain(prompts) {
        if sources.is_empty() {
            problems.push(problem_at(
                Severity::Warning,
                paths::AFTERCARE,
                Place::line(1),
                format!("{what} names no source."),
                "List the codes of sources.toml that it rests on in `sources`.",
            ));
        }
        check_codes(guide, sources, paths::AFTERCARE, Place::line(1), &what, problems);
    }
    for task in &guide.tasks {
        check_codes(
            guide,
            &task.sources,
            paths::PLAN,
            task.line,
            &format!("The task `{}`", task.id),
            problems,
        );
    }
}

fn check_codes(
    guide: &Guide,
    codes: &[SourceCode],
    path: &str,
    line: Place,
    what: &str,
    problems: &mut Vec<Problem>,
) {
    for code in codes {
        if !guide.citations.contains_key(code) {
            let remedy = super::screening::did_you_mean(
                code.as_str(),
                guide.citations.keys().map(SourceCode::as_str),
                "Add the source to sources.toml.",
            );
            problems.push(problem_at(
                Severity::Error,
                path,
                line,
                format!("{what} names a source `{code}` that sources.toml does not have."),
                &remedy,
            ));
        }
    }
}

/// The words that one file of a language lacks.
///
/// In the guide's first language nothing stands in for them, so each is an error. In a further language the first
/// one's words are lent: that is an error where safety hangs on them, and otherwise one warning for the whole file.
pub(super) struct Gaps<'g> {
    path: String,
    /// The language of the words that stand in, if this is not the first one.
    lent_by: Option<&'g Lang>,
    problems: Vec<Problem>,
    /// What the first language lends, by its keys, and where that is looked for.
    lent: Vec<(Place, String)>,
    /// How many words were looked for.
    all: usize,
}

/// How much hangs on words that may be missing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Somebody who does not understand them may come to harm.
    Safety,
    /// All other words.
    Plain,
}

/// How many missing words are named.
const MOST_NAMED: usize = 5;

impl<'g> Gaps<'g> {
    pub(super) fn new(guide: &'g Guide, lang: &Lang, path: String) -> Self {
        let lent_by = guide.settings.languages.first().filter(|first| *first != lang);
        Self { path, lent_by, problems: Vec::new(), lent: Vec::new(), all: 0 }
    }

    /// Looks whether words are there. `key` names them in the file; `what` and `remedy` say that they are missing.
    pub(super) fn look(
        &mut self,
        there: bool,
        (key, weight): (String, Weight),
        at: Place,
        what: impl FnOnce() -> String,
        remedy: impl FnOnce() -> String,
    ) {
        self.all += 1;
        if there {
            return;
        }
        let at = Place { line: at.line.max(1), ..at };
        match self.lent_by {
            Some(_) if weight == Weight::Plain => self.lent.push((at, key)),
            Some(first) => {
                let what = format!("{} A person in danger may not understand \"{first}\".", what());
                self.problems.push(problem_at(Severity::Error, &self.path, at, what, &remedy()));
            }
            None => self.problems.push(problem_at(Severity::Error, &self.path, at, what(), &remedy())),
        }
    }

    pub(super) fn report(self, problems: &mut Vec<Problem>) {
        problems.extend(self.problems);
        // Words that the clinic's own questions need belong into its own file.
        for clinic in [false, true] {
            let mut lent = self.lent.iter().filter(|(at, _)| at.clinic == clinic);
            let count = lent.clone().count();
            let Some(first) = self.lent_by.filter(|_| count > 0) else { continue };
            let named: Vec<String> =
                lent.by_ref().take(MOST_NAMED).map(|(_, key)| format!("`{key}`")).collect();
            let more = match count - named.len() {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            problems.push(problem_at(
                Severity::Warning,
                &self.path,
                Place { clinic, line: 1 },
                format!(
                    "{count} of {} texts are not translated, so they are shown in \"{first}\": {}{more}.",
                    self.all,
                    named.join(", ")
                ),
                "Add them to this file.",
            ));
        }
    }
}

/// Whether somebody in danger must understand a question: it may open the crisis panel, or stands with one that may
/// ask for help now.
fn is_about_safety(guide: &Guide, question: &Question) -> bool {
    let helps = |choice: &Choice| choice.level == Level::GetHelp;
    let beside = guide.questions.iter().filter(|other| other.section == question.section);
    question.choices().iter().any(|choice| choice.crisis) || beside.flat_map(Question::choices).any(helps)
}

fn weight(safety: bool) -> Weight {
    if safety { Weight::Safety } else { Weight::Plain }
}

fn check_screening_words(guide: &Guide, words: &Words, gaps: &mut Gaps) {
    for section in &guide.sections {
        let mut asked = guide.questions.iter().filter(|question| question.section == *section).peekable();
        let own = asked.peek().is_some() && asked.all(|question| question.line.clinic);
        gaps.look(
            !words.section(section).title.is_empty(),
            (format!("section.{section}.title"), Weight::Plain),
            Place { clinic: own, line: 1 },
            || format!("The section `{section}` has no title."),
            || format!("Add [section.{section}] with a `title`."),
        );
    }
    for question in guide.questions.iter().filter(|question| !guide.is_item(&question.id)) {
        check_question_words(question, is_about_safety(guide, question), words, gaps);
    }
    for advice in &guide.advice {
        let (list, id) = (advice.kind.as_str(), &advice.id);
        gaps.look(
            !words.advice(advice).is_empty(),
            (format!("{list}.{id}.text"), Weight::Plain),
            Place { line: 1, ..advice.line },
            || format!("The {} `{id}` has no words.", advice.kind.in_words()),
            || format!("Add [{list}.{id}] with `text`."),
        );
    }
    for rule in &guide.rules {
        let weight = weight(rule.level >= Level::Stop);
        // Words that the clinic's own rule needs belong into its own file.
        let at = Place { line: 1, ..rule.line };
        let reason = !words.rule_has_no_reason(&rule.id);
        gaps.look(
            reason,
            (format!("rule.{}.reason", rule.id), weight),
            at,
            || format!("The rule `{}` has no reason to show.", rule.id),
            || format!("Add [rule.{}] with `reason` and `next`.", rule.id),
        );
        if reason && rule.level >= Level::Review {
            gaps.look(
                !words.rule_has_no_next(&rule.id),
                (format!("rule.{}.next", rule.id), weight),
                at,
                || format!("The rule `{}` does not say what to do next.", rule.id),
                || format!("Add a `next` to [rule.{}].", rule.id),
            );
        }
    }
}

fn check_question_words(question: &Question, in_safety: bool, words: &Words, gaps: &mut Gaps) {
    let id = &question.id;
    let said = words.question(id);
    // What the clinic's own folder asks or raises needs words in that folder.
    let at = if question.line.clinic && !said.line.clinic {
        Place { line: 1, ..question.line }
    } else {
        said.line
    };
    let asks = weight(in_safety);
    gaps.look(
        !said.ask.is_empty(),
        (format!("question.{id}.ask"), asks),
        at,
        || format!("The question `{id}` has no words."),
        || format!("Add [question.{id}] with `ask`."),
    );
    let parts: Vec<&PartId> = match &question.kind {
        Kind::Pair(parts) => parts.iter().map(|part| &part.id).collect(),
        Kind::List(list) => list.fields.iter().map(|field| &field.id).collect(),
        Kind::One(_) | Kind::Several(_) | Kind::Number(_) | Kind::Date(_) | Kind::Text(_) => Vec::new(),
    };
    for part in parts {
        gaps.look(
            said.parts.contains_key(part),
            (format!("question.{id}.parts.{part}"), asks),
            at,
            || format!("The part `{part}` of `{id}` has no label."),
            || format!("Add it under [question.{id}.parts]."),
        );
    }
    for choice in question.choices() {
        let name = &choice.id;
        gaps.look(
            said.has_choice(name),
            (format!("question.{id}.choices.{name}"), asks),
            at,
            || format!("The choice `{name}` of `{id}` has no words."),
            || format!("Add it under [question.{id}.choices]."),
        );
        if choice.level == Level::Clear {
            continue;
        }
        let weight = weight(in_safety || choice.level >= Level::Stop);
        gaps.look(
            said.has_reason(name),
            (format!("question.{id}.reasons.{name}"), weight),
            at,
            || format!("The choice `{name}` of `{id}` raises a level and has no reason to show."),
            || format!("Add a `reason` to [question.{id}], or one under [question.{id}.reasons]."),
        );
        if choice.level >= Level::Review {
            gaps.look(
                said.has_next(name),
                (format!("question.{id}.nexts.{name}"), weight),
                at,
                || format!("The choice `{name}` of `{id}` does not say what to do next."),
                || format!("Add a `next` to [question.{id}], or one under [question.{id}.nexts]."),
            );
        }
    }
}

fn check_plan_words(guide: &Guide, words: &Words, gaps: &mut Gaps) {
    for task in &guide.tasks {
        gaps.look(
            !words.task(&task.id).title.is_empty(),
            (format!("task.{}.title", task.id), Weight::Plain),
            Place { line: 1, ..task.line },
            || format!("The task `{}` has no words.", task.id),
            || format!("Add [task.{}] with `title` and `text`.", task.id),
        );
    }
}
