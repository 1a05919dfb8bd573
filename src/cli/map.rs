//! `anteroom map`: the sections, questions, conditions and rules as a flow chart in the language Mermaid.
//!
//! Each question has its own boxes for the levels that its answers raise. One box a level for the whole guide was
//! tried and is unreadable: a hundred lines cross each other.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::folder::Folder;
use crate::cli::{Exit, Format, Report, json, plain};
use crate::engine::guide::words::Words;
use crate::engine::guide::{self, Guide};
use crate::engine::ids::{ChoiceId, QuestionId, RuleId, SectionId};
use crate::engine::screening::level::Level;
use crate::engine::screening::question::{Kind, Question};
use crate::engine::screening::rule::{Condition, Operand};

/// How many letters of a question or a choice stand in a box.
const MOST_LETTERS: usize = 90;

#[derive(Serialize)]
struct Map<'a> {
    sections: Vec<MappedSection<'a>>,
    rules: Vec<MappedRule<'a>>,
}

#[derive(Serialize)]
struct MappedSection<'a> {
    id: &'a SectionId,
    title: &'a str,
    questions: Vec<MappedQuestion<'a>>,
}

#[derive(Serialize)]
struct MappedQuestion<'a> {
    id: &'a QuestionId,
    words: &'a str,
    required: bool,
    /// The condition it is asked under, in words.
    ask_if: Option<String>,
    /// The questions that the condition reads.
    reads: Vec<&'a QuestionId>,
    choices: Vec<MappedChoice<'a>>,
}

#[derive(Serialize)]
struct MappedChoice<'a> {
    id: &'a ChoiceId,
    words: &'a str,
    level: Level,
    crisis: bool,
}

#[derive(Serialize)]
struct MappedRule<'a> {
    id: &'a RuleId,
    level: Level,
    when: String,
    reads: Vec<&'a QuestionId>,
}

/// Draws the guide in the words of its first language.
pub fn map(folder: &Folder, format: Format) -> Report {
    let (guide, _) = guide::parse(&folder.sources, None);
    let Some(lang) = guide.settings.languages.first() else {
        return Report::wrong_use("This guide has no language. Run `anteroom check` to see what is wrong.");
    };
    if guide.questions.is_empty() {
        let err = "This guide has no questions. Run `anteroom check` to see what is wrong.\n".to_owned();
        return Report { out: String::new(), err, exit: Exit::Problems };
    }
    let map = mapped(&guide, guide.words(lang));
    let out = match format {
        Format::Json => json(&map),
        Format::Text => plain(&mermaid(&map)),
    };
    Report { out, err: String::new(), exit: Exit::Fine }
}

fn mapped<'a>(guide: &'a Guide, words: &'a Words) -> Map<'a> {
    let section = |id: &'a SectionId| MappedSection {
        id,
        title: &words.section(id).title,
        questions: guide
            .questions
            .iter()
            .filter(|question| question.section == *id)
            .map(|question| mapped_question(guide, words, question))
            .collect(),
    };
    let rule = guide.rules.iter().map(|rule| MappedRule {
        id: &rule.id,
        level: rule.level,
        when: in_words(guide, words, &rule.when),
        reads: reads(&rule.when),
    });
    Map { sections: guide.sections.iter().map(section).collect(), rules: rule.collect() }
}

fn mapped_question<'a>(guide: &'a Guide, words: &'a Words, question: &'a Question) -> MappedQuestion<'a> {
    let said = words.question(&question.id);
    let choices = question.choices().iter().map(|choice| MappedChoice {
        id: &choice.id,
        words: said.choice(&choice.id),
        level: choice.level,
        crisis: choice.crisis,
    });
    MappedQuestion {
        id: &question.id,
        words: &said.ask,
        required: question.required,
        ask_if: question.ask_if.as_ref().map(|condition| in_words(guide, words, condition)),
        reads: question.ask_if.as_ref().map(reads).unwrap_or_default(),
        choices: choices.collect(),
    }
}

fn reads(condition: &Condition) -> Vec<&QuestionId> {
    let mut reads = Vec::new();
    for id in condition.questions() {
        if !reads.contains(&id) {
            reads.push(id);
        }
    }
    reads
}

/// A condition as a clinician would say it.
fn in_words(guide: &Guide, words: &Words, condition: &Condition) -> String {
    let choice =
        |question: &QuestionId, choice: &ChoiceId| format!("\"{}\"", words.question(question).choice(choice));
    let unit = |operand: &Operand| {
        let unit = match (guide.question(&operand.question).map(|question| &question.kind), &operand.part) {
            (Some(Kind::Number(bounds)), _) => bounds.unit.as_str(),
            (Some(Kind::Pair(parts)), Some(part)) => {
                parts.iter().find(|known| known.id == *part).map_or("", |part| part.bounds.unit.as_str())
            }
            _ => "",
        };
        if unit.is_empty() { String::new() } else { format!(" {unit}") }
    };
    let name = |operand: &Operand| match &operand.part {
        Some(part) => format!("{}.{part}", operand.question),
        None => operand.question.to_string(),
    };
    let joined = |parts: &[Condition], with: &str| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| match part {
                Condition::All(_) | Condition::Any(_) => format!("({})", in_words(guide, words, part)),
                _ => in_words(guide, words, part),
            })
            .collect();
        parts.join(with)
    };
    match condition {
        Condition::Is(question, id) => format!("{question} is {}", choice(question, id)),
        Condition::IsNot(question, id) => format!("{question} is not {}", choice(question, id)),
        Condition::Includes(question, id) => format!("{question} includes {}", choice(question, id)),
        Condition::AtLeast(operand, least) => format!("{} at least {least}{}", name(operand), unit(operand)),
        Condition::AtMost(operand, most) => format!("{} at most {most}{}", name(operand), unit(operand)),
        Condition::Between(operand, least, most) => {
            format!("{} from {least} to {most}{}", name(operand), unit(operand))
        }
        Condition::Before(question, day) => format!("{question} is before {day}"),
        Condition::After(question, day) => format!("{question} is after {day}"),
        Condition::Answered(question) => format!("{question} is answered"),
        Condition::TickedAtLeast(question, least) => format!("{question} has at least {least} ticked"),
        Condition::Score(of, least) => format!("the score of {} is at least {least}", of.id),
        Condition::Count(parts, least) => format!("at least {least} of ({})", joined(parts, ", ")),
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
        Condition::Not(part) => format!("not ({})", in_words(guide, words, part)),
    }
}

fn mermaid(map: &Map) -> String {
    let mut lines = vec![
        "%% The questions in the order they are asked. A dotted line leads from an answer that a condition reads.".to_owned(),
        "flowchart TD".to_owned(),
    ];
    let questions = map.sections.iter().flat_map(|section| &section.questions);
    let nodes: BTreeMap<&QuestionId, String> = questions
        .clone()
        .enumerate()
        .map(|(place, question)| (question.id, format!("q{}", place + 1)))
        .collect();
    let node = |id: &QuestionId| nodes.get(id).map_or("", String::as_str);
    for (place, section) in map.sections.iter().enumerate() {
        lines.push(format!("  subgraph s{}[\"{}\"]", place + 1, label(section.title)));
        for question in &section.questions {
            let mut said = vec![format!("<b>{}</b>", label(question.id.as_str())), label(question.words)];
            if !question.required {
                said.push("(may be passed by)".to_owned());
            }
            if let Some(condition) = &question.ask_if {
                said.push(format!("<i>asked if {}, or if that is not known</i>", escaped(condition)));
            }
            lines.push(format!("    {}[\"{}\"]", node(question.id), said.join("<br/>")));
        }
        lines.push("  end".to_owned());
    }
    let order: Vec<&str> = questions.clone().map(|question| node(question.id)).collect();
    for pair in order.windows(2) {
        if let [one, next] = pair {
            lines.push(format!("  {one} --> {next}"));
        }
    }
    for question in questions {
        lines
            .extend(question.reads.iter().map(|read| format!("  {} -.-> {}", node(read), node(question.id))));
        for level in Level::RAISING.into_iter().rev() {
            let raising = question.choices.iter().filter(|choice| choice.level == level);
            let said: Vec<String> = raising
                .map(|choice| {
                    let help = if choice.crisis { " (opens help)" } else { "" };
                    format!("{}{help}", label(choice.words))
                })
                .collect();
            if !said.is_empty() {
                let from = node(question.id);
                let ends = if level == Level::GetHelp { ", ends the form" } else { "" };
                lines.push(format!(
                    "  {from} --- {from}_{class}([\"<b>{}{ends}</b><br/>{}\"]):::{class}",
                    level.as_str(),
                    said.join("<br/>"),
                    class = class(level),
                ));
            }
        }
    }
    for (place, rule) in map.rules.iter().enumerate() {
        let name = format!("r{}", place + 1);
        lines.push(format!(
            "  {name}{{{{\"<b>{}: {}</b><br/>if {}\"}}}}:::{}",
            label(rule.id.as_str()),
            rule.level.as_str(),
            escaped(&rule.when),
            class(rule.level)
        ));
        lines.extend(rule.reads.iter().map(|read| format!("  {} -.-> {name}", node(read))));
    }
    for (level, style) in [
        (Level::GetHelp, "fill:#5b1a4a,stroke:#2e0d25,color:#ffffff"),
        (Level::Stop, "fill:#f6d5cf,stroke:#8a2f1d,color:#3a130c"),
        (Level::Review, "fill:#fbe6bf,stroke:#8a5a00,color:#3a2600"),
        (Level::Plan, "fill:#d8e6f5,stroke:#2b5a8a,color:#10263c"),
        (Level::Note, "fill:#eceae6,stroke:#6b665e,color:#2a2824"),
    ] {
        lines.push(format!("  classDef {} {style}", class(level)));
    }
    lines.join("\n") + "\n"
}

/// A level's name as Mermaid takes it for a class.
fn class(level: Level) -> String {
    level.as_str().replace('-', "_")
}

/// A text that fits into a box.
fn label(text: &str) -> String {
    match text.char_indices().nth(MOST_LETTERS) {
        Some((end, _)) => escaped(text.get(..end).unwrap_or(text).trim_end()) + "…",
        None => escaped(text),
    }
}

/// A text without the signs that mean something to Mermaid.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("#quot;"),
            '#' => escaped.push_str("#35;"),
            '<' => escaped.push_str("#lt;"),
            '>' => escaped.push_str("#gt;"),
            '&' => escaped.push_str("#amp;"),
            '`' => escaped.push('\''),
            letter if letter.is_control() => escaped.push(' '),
            letter => escaped.push(letter),
        }
    }
    escaped
}
