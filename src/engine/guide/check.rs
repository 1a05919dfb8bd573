//! Checks that the parts of a guide fit together: nothing without words, sources or a review.

use crate::engine::guide::flow;
use crate::engine::guide::medicines::{self, Medicines};
use crate::engine::guide::overlay::clinic_path;
use crate::engine::guide::reader::{Date, Place, Text};
use crate::engine::guide::words::Words;
use crate::engine::guide::{Guide, Review, paths, problem_at};
use crate::engine::ids::{Lang, SourceCode};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Kind, Question};

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
        if has(paths::SOURCES) {
            check_sources(guide, problems);
        }
    }
    for lang in &guide.settings.languages {
        let Some(words) = guide.words.get(lang) else { continue };
        if has(&paths::screening_words(lang)) {
            check_screening_words(guide, lang, words, problems);
        }
        if has(&paths::plan_words(lang)) {
            check_plan_words(guide, lang, words, problems);
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
    for ((id, lang), page) in &guide.pages {
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
        if has(paths::SOURCES) {
            check_codes(guide, &page.sources, &path, Place::line(1), "This page", problems);
        }
    }
}

fn check_sections(guide: &Guide, problems: &mut Vec<Problem>) {
    for section in &guide.sections {
        if guide.questions.iter().all(|question| question.section != *section) {
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

fn check_review(path: &str, line: Place, review: &Review, today: Option<Date>, problems: &mut Vec<Problem>) {
    let mut warn = |what: String, remedy: &str| {
        problems.push(problem_at(Severity::Warning, path, line, what, remedy));
    };
    if review.reviewed_on.is_none() {
        warn("It is not said when this was last reviewed.".to_owned(), "Add `reviewed_on = 2026-11-21`.");
    }
    if review.reviewer.trim().is_empty() {
        warn(
            "No clinician has signed this yet.".to_owned(),
            "Have a licensed clinician read it, then write the name in `reviewer`.",
        );
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
    for question in &guide.questions {
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

fn check_screening_words(guide: &Guide, lang: &Lang, words: &Words, problems: &mut Vec<Problem>) {
    let path = paths::screening_words(lang);
    let mut missing = |at: Place, what: String, remedy: &str| {
        let at = Place { line: at.line.max(1), ..at };
        problems.push(problem_at(Severity::Error, &path, at, what, remedy));
    };
    for section in &guide.sections {
        if words.section(section).title.is_empty() {
            let mut asked = guide.questions.iter().filter(|question| question.section == *section).peekable();
            let own = asked.peek().is_some() && asked.all(|question| question.line.clinic);
            missing(
                Place { clinic: own, line: 1 },
                format!("The section `{section}` has no title."),
                &format!("Add [section.{section}] with a `title`."),
            );
        }
    }
    for question in &guide.questions {
        check_question_words(question, words, &mut missing);
    }
    for rule in &guide.rules {
        if words.rule_has_no_reason(&rule.id) {
            missing(
                // Words that the clinic's own rule needs belong into its own file.
                Place { line: 1, ..rule.line },
                format!("The rule `{}` has no reason to show.", rule.id),
                &format!("Add [rule.{}] with `reason` and `next`.", rule.id),
            );
        } else if rule.level >= Level::Review && words.rule_has_no_next(&rule.id) {
            missing(
                Place { line: 1, ..rule.line },
                format!("The rule `{}` does not say what to do next.", rule.id),
                &format!("Add a `next` to [rule.{}].", rule.id),
            );
        }
    }
}

fn check_question_words(question: &Question, words: &Words, missing: &mut impl FnMut(Place, String, &str)) {
    let id = &question.id;
    let said = words.question(id);
    // What the clinic's own folder asks or raises needs words in that folder.
    let at = if question.line.clinic && !said.line.clinic {
        Place { line: 1, ..question.line }
    } else {
        said.line
    };
    if said.ask.is_empty() {
        missing(
            at,
            format!("The question `{id}` has no words."),
            &format!("Add [question.{id}] with `ask`."),
        );
    }
    if let Kind::Pair(parts) = &question.kind {
        for part in parts {
            if !said.parts.contains_key(&part.id) {
                missing(
                    at,
                    format!("The part `{}` of `{id}` has no label.", part.id),
                    &format!("Add it under [question.{id}.parts]."),
                );
            }
        }
    }
    for choice in question.choices() {
        if !said.has_choice(&choice.id) {
            missing(
                at,
                format!("The choice `{}` of `{id}` has no words.", choice.id),
                &format!("Add it under [question.{id}.choices]."),
            );
        }
        if choice.level == Level::Clear {
            continue;
        }
        if !said.has_reason(&choice.id) {
            missing(
                at,
                format!("The choice `{}` of `{id}` raises a level and has no reason to show.", choice.id),
                &format!("Add a `reason` to [question.{id}], or one under [question.{id}.reasons]."),
            );
        }
        if choice.level >= Level::Review && !said.has_next(&choice.id) {
            missing(
                at,
                format!("The choice `{}` of `{id}` does not say what to do next.", choice.id),
                &format!("Add a `next` to [question.{id}], or one under [question.{id}.nexts]."),
            );
        }
    }
}

fn check_plan_words(guide: &Guide, lang: &Lang, words: &Words, problems: &mut Vec<Problem>) {
    for task in &guide.tasks {
        if words.task(&task.id).title.is_empty() {
            problems.push(problem_at(
                Severity::Error,
                &paths::plan_words(lang),
                Place { line: 1, ..task.line },
                format!("The task `{}` has no words.", task.id),
                &format!("Add [task.{}] with `title` and `text`.", task.id),
            ));
        }
    }
}
