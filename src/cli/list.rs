//! `anteroom list`: every question, its choices, and what each raises.

use serde::Serialize;

use crate::cli::folder::Folder;
use crate::cli::{Exit, Format, Report, json, plain};
use crate::engine::guide::words::Words;
use crate::engine::guide::{self, Guide};
use crate::engine::ids::{ChoiceId, QuestionId, SectionId, SourceCode};
use crate::engine::screening::level::Level;

#[derive(Serialize)]
struct Answer<'a> {
    questions: Vec<ListedQuestion<'a>>,
}

#[derive(Serialize)]
struct ListedQuestion<'a> {
    id: &'a QuestionId,
    section: &'a SectionId,
    kind: &'static str,
    words: &'a str,
    sources: &'a [SourceCode],
    choices: Vec<ListedChoice<'a>>,
}

#[derive(Serialize)]
struct ListedChoice<'a> {
    id: &'a ChoiceId,
    words: &'a str,
    level: Level,
}

/// Lists the questions in the words of the guide's first language.
pub fn list(folder: &Folder, format: Format) -> Report {
    let (guide, _) = guide::parse(&folder.sources, None);
    let Some(lang) = guide.settings.languages.first() else {
        return Report::wrong_use("This guide has no language. Run `anteroom check` to see what is wrong.");
    };
    if guide.questions.is_empty() {
        return Report {
            out: if format == Format::Json { json(&Answer { questions: Vec::new() }) } else { String::new() },
            err: "This guide has no questions. Run `anteroom check` to see what is wrong.\n".to_owned(),
            exit: Exit::Problems,
        };
    }
    let words = guide.words(lang);
    let questions = listed(&guide, words);
    let out = match format {
        Format::Json => json(&Answer { questions }),
        Format::Text => plain(&in_words(&questions, words)),
    };
    Report { out, err: String::new(), exit: Exit::Fine }
}

fn listed<'a>(guide: &'a Guide, words: &'a Words) -> Vec<ListedQuestion<'a>> {
    guide
        .questions
        .iter()
        .map(|question| {
            let said = words.question(&question.id);
            let choices = question.choices().iter().map(|choice| ListedChoice {
                id: &choice.id,
                words: said.choice(&choice.id),
                level: choice.level,
            });
            ListedQuestion {
                id: &question.id,
                section: &question.section,
                kind: question.kind.name(),
                words: &said.ask,
                sources: &question.sources,
                choices: choices.collect(),
            }
        })
        .collect()
}

fn in_words(questions: &[ListedQuestion], words: &Words) -> String {
    let mut lines = Vec::new();
    let mut section = None;
    for question in questions {
        if section != Some(question.section) {
            section = Some(question.section);
            let title = &words.section(question.section).title;
            lines.push(if title.is_empty() { question.section.to_string() } else { title.clone() });
            lines.push(String::new());
        }
        lines.push(format!("  {}: {}", question.id, question.words));
        lines.extend(kind_in_words(question.kind).map(|kind| format!("    ({kind})")));
        for choice in &question.choices {
            lines.push(match choice.level {
                Level::Clear => format!("    {}: {}", choice.id, choice.words),
                level => format!("    {}: {} [{}]", choice.id, choice.words, level.as_str()),
            });
        }
        if !question.sources.is_empty() {
            let codes: Vec<&str> = question.sources.iter().map(SourceCode::as_str).collect();
            lines.push(format!("    Sources: {}", codes.join(", ")));
        }
        lines.push(String::new());
    }
    lines.join("\n")
}

/// What is typed as an answer; none for a question of choices alone.
fn kind_in_words(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "one" | "several" => return None,
        "number" => "a number",
        "pair" => "two numbers",
        "date" => "a date",
        "list" => "a list",
        _ => "a few words",
    })
}
