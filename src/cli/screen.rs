//! `anteroom screen`: the result of a file of answers.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;

use serde::Serialize;

use crate::cli::folder::{Folder, why};
use crate::cli::{Exit, Format, Report, json, plain};
use crate::engine::guide::words::{Say, Words};
use crate::engine::guide::{self, Guide};
use crate::engine::ids::{AdviceId, Lang, PartId, QuestionId, RuleId, SourceCode};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::advice::{AdviceKind, advice};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::instrument::{Score, scores};
use crate::engine::screening::level::Level;
use crate::engine::screening::result::{Outcome, Reason, result};
use crate::engine::screening::rule::{Condition, Found, Step, Truth};

#[derive(Serialize)]
struct Answer<'a> {
    level: Level,
    crisis: bool,
    reasons: Vec<GivenReason<'a>>,
    unanswered: &'a [QuestionId],
    next: Option<&'a QuestionId>,
    /// The scores of the instruments that are asked, by id.
    scores: BTreeMap<&'a str, Score>,
    ask: Vec<GivenAdvice<'a>>,
    next_steps: Vec<GivenAdvice<'a>>,
    alternatives: Vec<GivenAdvice<'a>>,
}

/// A question to ask, a next step or other care.
#[derive(Serialize)]
struct GivenAdvice<'a> {
    id: &'a AdviceId,
    text: &'a str,
    sources: &'a [SourceCode],
}

#[derive(Serialize)]
struct GivenReason<'a> {
    rule: &'a RuleId,
    level: Level,
    answers: &'a [QuestionId],
    text: &'a str,
    sources: &'a [SourceCode],
    trace: Vec<GivenStep<'a>>,
}

/// One test that a rule made.
#[derive(Serialize)]
struct GivenStep<'a> {
    question: Option<&'a QuestionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a PartId>,
    test: &'static str,
    /// What the test asks for.
    against: serde_json::Value,
    /// What it found: the chosen choices, a number, or nothing.
    found: serde_json::Value,
    /// Whether the test holds; null where that is not known.
    holds: Option<bool>,
    /// Whether the rule asks for the opposite.
    denied: bool,
    words: String,
}

#[derive(Serialize)]
pub(super) struct Refused<'a> {
    pub problems: &'a [String],
}

/// Gives the result of the answers in a file; `-` stands for standard input.
///
/// An answer that cannot be read may be the one that matters, so with any of them there is no result at all.
pub fn screen(folder: &Folder, file: &Path, lang: Option<&str>, format: Format) -> Report {
    let (mut guide, problems) = guide::parse(&folder.sources, None);
    let lang = match language(&guide, lang) {
        Ok(lang) => lang,
        Err(why) => return Report::wrong_use(&why),
    };
    guide.speak(&lang);
    let mut err: Vec<String> = problems.iter().filter(|problem| is_error(problem)).map(said).collect();
    let answers = match answers_of(&guide, file, &mut err, format) {
        Ok(answers) => answers,
        Err(report) => return report,
    };
    let outcome = result(&guide, &answers);
    let words = guide.words_for(&lang, &answers);
    let out = match format {
        Format::Json => json(&answer(&guide, words, &answers, &outcome)),
        Format::Text => plain(&in_words(&guide, words, &answers, &outcome)),
    };
    Report { out, err: lines(&err), exit: Exit::Fine }
}

/// The answers of a file. `Err` is the report for a file that cannot be used as it is; `err` is what was said before it.
pub(super) fn answers_of(
    guide: &Guide,
    file: &Path,
    err: &mut Vec<String>,
    format: Format,
) -> Result<Answers, Report> {
    let (answers, refused) = read_answers(guide, file).map_err(|why| Report::wrong_use(&why))?;
    if refused.is_empty() {
        return Ok(answers);
    }
    err.extend(refused.iter().map(|problem| plain(problem)));
    let out = if format == Format::Json { json(&Refused { problems: &refused }) } else { String::new() };
    Err(Report { out, err: lines(err), exit: Exit::Problems })
}

/// The answers of a file, and what is wrong with it. `Err` says in a sentence why it could not be read at all.
fn read_answers(guide: &Guide, file: &Path) -> Result<(Answers, Vec<String>), String> {
    let bytes = read(file, MOST_BYTES)
        .map_err(|error| format!("The answers `{}` could not be read: {}.", file.display(), why(&error)))?;
    if guide.questions.is_empty() {
        let none = "This guide has no questions, so there is no result. Run `anteroom check`.".to_owned();
        return Ok((Answers::default(), vec![none]));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Answers::from_json_on(guide, text.trim_start_matches('\u{feff}'), super::today()),
        Err(_) => {
            let what = "The answers are not UTF-8 text. Save the file with the encoding UTF-8.".to_owned();
            (Answers::default(), vec![what])
        }
    })
}

/// The language that was wished for, or the guide's first one. `Err` names those that there are.
pub(super) fn language(guide: &Guide, wished: Option<&str>) -> Result<Lang, String> {
    let known = &guide.settings.languages;
    let found = match wished {
        Some(wished) => known.iter().find(|lang| lang.as_str() == wished),
        None => known.first(),
    };
    found.cloned().ok_or_else(|| {
        let known: Vec<&str> = known.iter().map(Lang::as_str).collect();
        format!("This guide has no language `{}`. It has: {}.", wished.unwrap_or_default(), known.join(", "))
    })
}

/// The most that a file of somebody else may be, in bytes: some hundred times what a long one is.
pub(super) const MOST_BYTES: u64 = 20_000_000;

/// At most so many bytes of a file; `-` is standard input.
pub(super) fn read(file: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if file.as_os_str() == "-" {
        io::stdin().take(most).read_to_end(&mut bytes)?;
    } else {
        fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}

pub(super) fn is_error(problem: &Problem) -> bool {
    problem.severity == Severity::Error
}

pub(super) fn said(problem: &Problem) -> String {
    plain(&problem.to_string())
}

pub(super) fn lines(sentences: &[String]) -> String {
    sentences.iter().map(|sentence| format!("{sentence}\n")).collect()
}

fn answer<'a>(guide: &'a Guide, words: &'a Words, answers: &Answers, outcome: &'a Outcome) -> Answer<'a> {
    let reasons = outcome.reasons.iter().map(|reason| GivenReason {
        rule: &reason.rule,
        level: reason.level,
        answers: &reason.answers,
        text: words.reason(reason),
        sources: &reason.sources,
        trace: reason.trace.iter().map(|step| given(step, words.step(guide, answers, step))).collect(),
    });
    let advised = |kind| {
        let given = advice(guide, answers, outcome, kind).into_iter().map(|advice| GivenAdvice {
            id: &advice.id,
            text: words.advice(advice),
            sources: &advice.sources,
        });
        given.collect()
    };
    Answer {
        level: outcome.level,
        crisis: outcome.crisis,
        reasons: reasons.collect(),
        unanswered: &outcome.unanswered,
        next: outcome.next.as_ref(),
        scores: scores(guide, answers)
            .into_iter()
            .map(|(instrument, score)| (instrument.id.as_str(), score))
            .collect(),
        ask: advised(AdviceKind::Ask),
        next_steps: advised(AdviceKind::NextStep),
        alternatives: advised(AdviceKind::Alternative),
    }
}

fn given(step: &Step, words: String) -> GivenStep<'_> {
    use serde_json::json;
    let (question, part, test, against) = match &step.test {
        Condition::Is(question, choice) => (Some(question), None, "is", json!(choice)),
        Condition::IsNot(question, choice) => (Some(question), None, "is-not", json!(choice)),
        Condition::Includes(question, choice) => (Some(question), None, "includes", json!(choice)),
        Condition::Answered(question) => (Some(question), None, "answered", json!(true)),
        Condition::AtLeast(operand, least) => {
            (Some(&operand.question), operand.part.as_ref(), "at-least", json!(least))
        }
        Condition::AtMost(operand, most) => {
            (Some(&operand.question), operand.part.as_ref(), "at-most", json!(most))
        }
        Condition::Between(operand, least, most) => {
            (Some(&operand.question), operand.part.as_ref(), "between", json!([least, most]))
        }
        Condition::Before(question, day) => (Some(question), None, "before", json!(day.to_string())),
        Condition::After(question, day) => (Some(question), None, "after", json!(day.to_string())),
        Condition::TickedAtLeast(question, least) => (Some(question), None, "ticked-at-least", json!(least)),
        Condition::Score(of, least) => (None, None, "score", json!([of.id, least])),
        Condition::Count(_, least) => (None, None, "count", json!(least)),
        Condition::All(_) => (None, None, "all", json!(null)),
        Condition::Any(_) => (None, None, "any", json!(null)),
        Condition::Not(_) => (None, None, "not", json!(null)),
    };
    GivenStep {
        question,
        part,
        test,
        against,
        found: match &step.found {
            Found::Nothing => json!(null),
            Found::Choices(choices) => json!(choices),
            Found::Number(number) => json!(number),
            Found::Date(date) => json!(date.to_string()),
        },
        holds: match step.truth {
            Truth::True => Some(true),
            Truth::False => Some(false),
            Truth::Unknown => None,
        },
        denied: step.denied,
        words,
    }
}

/// The result as a person sees it: the level, help if it is called for, every reason, what is open.
fn in_words(guide: &Guide, words: &Words, answers: &Answers, outcome: &Outcome) -> String {
    let level = words.level(outcome.level);
    let mut lines = vec![level.title.to_owned(), level.text.to_owned(), String::new()];
    if outcome.crisis {
        lines.push(words.say(Say::HelpTitle).to_owned());
        for line in [Say::HelpCall, Say::HelpText, Say::HelpEmergency, Say::HelpAbroadLink] {
            lines.push(format!("  {}", words.say(line)));
        }
        lines.push(String::new());
    }
    if !outcome.reasons.is_empty() {
        lines.push(words.say(Say::ResultReasons).to_owned());
        for reason in &outcome.reasons {
            lines.extend(reason_in_words(guide, words, answers, reason));
        }
        lines.push(String::new());
    }
    for (kind, title) in [
        (AdviceKind::NextStep, Say::AdviceNext),
        (AdviceKind::Alternative, Say::AdviceOther),
        (AdviceKind::Ask, Say::AdviceAsk),
    ] {
        let advice = advice(guide, answers, outcome, kind);
        if !advice.is_empty() {
            lines.push(words.say(title).to_owned());
            lines.extend(advice.into_iter().map(|advice| format!("  {}", words.advice(advice))));
            lines.push(String::new());
        }
    }
    if !outcome.unanswered.is_empty() {
        lines.push(words.say(Say::ReviewMissing).to_owned());
        for id in &outcome.unanswered {
            lines.push(format!("  {id}: {}", words.question(id).ask));
        }
        lines.push(String::new());
    }
    lines.push(words.say(Say::ResultOnlyClinician).to_owned());
    lines.join("\n") + "\n"
}

fn reason_in_words(guide: &Guide, words: &Words, answers: &Answers, reason: &Reason) -> Vec<String> {
    let mut lines = vec![format!("  [{}] {}", words.level(reason.level).tag, words.reason(reason))];
    let next = words.next_step(reason);
    if !next.is_empty() {
        lines.push(format!("    {}: {next}", words.say(Say::ResultNext)));
    }
    for id in &reason.answers {
        if let (Some(question), Some(answer)) = (guide.question(id), answers.get(id)) {
            let said = words.answer(question, answer);
            lines.push(format!("    {}: {} {said}", words.say(Say::ResultYouSaid), words.question(id).ask));
        }
    }
    for found in words.findings(guide, answers, reason) {
        lines.push(format!("    {}: {found}", words.say(Say::ResultWhy)));
    }
    let sources: Vec<&str> = reason.sources.iter().map(SourceCode::as_str).collect();
    lines.push(match sources.as_slice() {
        [] => format!("    {}: {}", words.say(Say::ResultRule), reason.rule),
        some => format!(
            "    {}: {}. {}: {}",
            words.say(Say::ResultRule),
            reason.rule,
            words.say(Say::ResultSources),
            some.join(", ")
        ),
    });
    lines
}
