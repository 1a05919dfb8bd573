//! Reads the words of a guide from its files.

use crate::engine::map::Map;

use crate::engine::guide::check::{Gaps, Weight};
use crate::engine::guide::reader::{self, Place, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::words::{
    Filler, GroupWords, InstrumentWords, QuestionWords, ReasonWords, Say, SectionWords, TaskWords, Term,
    Words,
};
use crate::engine::guide::{Guide, problem_at};
use crate::engine::ids::{
    AdviceId, BandId, ChoiceId, GroupId, InstrumentId, PageId, PartId, QuestionId, RuleId, SectionId, TaskId,
    TermId, UnitId,
};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::advice::AdviceKind;
use crate::engine::screening::question::{Kind, Question};

/// Reads the phrases of the interface.
pub(in crate::engine::guide) fn read_interface(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let mut read = Vec::new();
    let mut unsigned = Vec::new();
    let phrases: Map<&str, Say> = Say::ALL.iter().map(|say| (say.key(), *say)).collect();
    reader::read(path, text, problems, |file| {
        read_groups(file, guide, words);
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        for (name, table) in file.tables_by_id() {
            if [PAGE_GROUP, PAGE_TITLE, TRANSLATION].contains(&name.as_str()) {
                continue;
            }
            for (key, phrase, line) in table.texts_by_key() {
                let key = format!("{name}.{key}");
                match phrases.get(key.as_str()) {
                    Some(_) if phrase.trim().is_empty() => table.error_at(
                        key.rsplit('.').next().unwrap_or_default(),
                        format!("The words of `{key}` are empty."),
                        "Write the words between the quotes.",
                    ),
                    Some(say) => read.push((*say, phrase, line)),
                    None => table.error_at(
                        key.rsplit('.').next().unwrap_or_default(),
                        format!("There is no phrase `{key}`."),
                        &did_you_mean(&key, Say::ALL.iter().map(|say| say.key()), "Take the line out."),
                    ),
                }
            }
        }
    });
    problems.append(&mut unsigned);
    // These two are needed to fill the others.
    for (say, phrase, _) in &read {
        if matches!(say, Say::CommonRangeTo | Say::CommonTheClinic) {
            words.phrases.insert(*say, phrase.clone());
        }
    }
    let filler = Filler::of_phrases(guide, Some(words));
    let mut unfilled = Vec::new();
    let filled: Vec<(Say, String)> = read
        .into_iter()
        .map(|(say, phrase, line)| (say, filler.fill(&phrase, path, line, &mut unfilled)))
        .collect();
    words.phrases.extend(filled);
    problems.append(&mut unfilled);
    let mut gaps = Gaps::new(guide, &words.lang, path.to_owned());
    for say in Say::ALL {
        let weight = if say.is_about_safety() { Weight::Safety } else { Weight::Plain };
        gaps.look(
            words.phrases.contains_key(say),
            (say.key().to_owned(), weight),
            text.start(),
            || format!("The phrase `{}` is missing; the English one is shown.", say.key()),
            || {
                "Copy it from en/words.toml of the guide you started from, and put it into this language."
                    .to_owned()
            },
        );
    }
    gaps.report(problems);
}

/// Where the words of page groups stand in `words.toml`.
const PAGE_GROUP: &str = "page_group";
/// Where the titles of pages stand in `words.toml`, for as long as the pages have not come.
const PAGE_TITLE: &str = "page_title";

/// Reads the words of the groups of pages, and the titles of pages.
fn read_groups(file: &Table, guide: &Guide, words: &mut Words) {
    for (id, table) in file.table(PAGE_GROUP).iter().flat_map(Table::tables_by_id) {
        let group = GroupWords {
            title: table.needed_text("title").unwrap_or_default(),
            lead: table.text("lead").unwrap_or_default(),
        };
        table.finish();
        words.groups.insert(GroupId::from(id.as_str()), group);
    }
    let groups = &guide.settings.groups;
    for group in groups.iter().filter(|group| !words.groups.contains_key(&group.id)) {
        file.error(
            format!("The group of pages `{}` has no title.", group.id),
            &format!("Add [{PAGE_GROUP}.{}] with a `title`.", group.id),
        );
    }
    if let Some(titles) = file.table(PAGE_TITLE) {
        for (id, title, _) in titles.texts_by_key() {
            words.titles.insert(PageId::from(id.as_str()), title);
        }
    }
}

/// Reads the glossary.
pub(in crate::engine::guide) fn read_glossary(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let filler = Filler::of_phrases(guide, Some(words));
    let mut unfilled = Vec::new();
    words.terms = reader::read(path, text, problems, |file| {
        let mut fill = |text: String, line: Place| filler.fill(&text, path, line, &mut unfilled);
        let mut terms = Map::new();
        for (id, table) in file.table("term").iter().flat_map(Table::tables_by_id) {
            let line = table.line();
            let (word, meaning) = (table.needed_text("word"), table.needed_text("meaning"));
            table.finish();
            if let (Some(word), Some(meaning)) = (word, meaning) {
                let term = Term { word: fill(word, line), meaning: fill(meaning, line) };
                terms.insert(TermId::from(id.as_str()), term);
            }
        }
        terms
    });
    problems.append(&mut unfilled);
}

/// Reads the words of the screening; those of the end, reasons of rules and advice, only if the `WHOLE` of the widget is there.
pub(in crate::engine::guide) fn read_screening<const WHOLE: bool>(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let filler = Filler::of_phrases(guide, Some(words));
    let lost = guide.lost.iter().chain(&guide.off).map(String::as_str);
    let mut unfilled = Vec::new();
    let mut unsigned = Vec::new();
    let (sections, questions, rules, advice) = reader::read(path, text, problems, |file| {
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        let mut fill = |text: String, line: Place| filler.fill(&text, path, line, &mut unfilled);
        let mut sections = Map::new();
        for (id, table) in file.table("section").iter().flat_map(Table::tables_by_id) {
            let line = table.line();
            let section = SectionWords {
                title: table.needed_text("title").map(|text| fill(text, line)).unwrap_or_default(),
                intro: table.text("intro").map(|text| fill(text, line)).unwrap_or_default(),
            };
            table.finish();
            known_or_report(&table, &id, "section", guide.sections.iter().map(SectionId::as_str));
            sections.insert(SectionId::from(id.as_str()), section);
        }
        let mut questions = Map::new();
        for (id, table) in file.table("question").iter().flat_map(Table::tables_by_id) {
            let table = table.named(format!("the words of `{id}`"));
            let known = known_or_report(
                &table,
                &id,
                "question",
                guide.questions.iter().map(|question| question.id.as_str()).chain(lost.clone()),
            );
            let id = QuestionId::from(id.as_str());
            let question = read_question_words(&table, guide.question(&id).filter(|_| known), &mut fill);
            table.finish();
            questions.insert(id, question);
        }
        let mut rules = Map::new();
        for (id, table) in file.table("rule").filter(|_| WHOLE).iter().flat_map(Table::tables_by_id) {
            let rule = read_reason_words(&table, &mut fill);
            table.finish();
            known_or_report(
                &table,
                &id,
                "rule",
                guide.rules.iter().map(|rule| rule.id.as_str()).chain(lost.clone()),
            );
            rules.insert(RuleId::from(id.as_str()), rule);
        }
        let mut advice = Map::new();
        for kind in AdviceKind::ALL {
            for (id, table) in
                file.table(kind.as_str()).filter(|_| WHOLE).iter().flat_map(Table::tables_by_id)
            {
                let text = table.needed_text("text").map(|text| fill(text, table.line()));
                table.finish();
                let known = guide.advice.iter().filter(|advice| advice.kind == kind);
                let known = known.map(|advice| advice.id.as_str());
                known_or_report(&table, &id, kind.in_words(), known.chain(lost.clone()));
                advice.insert((kind, AdviceId::from(id.as_str())), text.unwrap_or_default());
            }
        }
        (sections, questions, rules, advice)
    });
    problems.append(&mut unfilled);
    problems.append(&mut unsigned);
    words.sections = sections;
    words.questions = questions;
    words.rules = rules;
    words.advice = advice;
}

fn read_reason_words(table: &Table, fill: &mut impl FnMut(String, Place) -> String) -> ReasonWords {
    let line = table.line();
    ReasonWords {
        reason: table.text("reason").map(|text| fill(text, line)).unwrap_or_default(),
        next: table.text("next").map(|text| fill(text, line)).unwrap_or_default(),
    }
}

fn read_question_words(
    table: &Table,
    question: Option<&Question>,
    fill: &mut impl FnMut(String, Place) -> String,
) -> QuestionWords {
    let carer = table.table("carer").map(|carer| {
        let words = read_said_words(&carer, question, false, fill);
        carer.finish();
        Box::new(words)
    });
    QuestionWords { carer, ..read_said_words(table, question, true, fill) }
}

/// Reads what is said of a question; `whole` if it must say what is asked.
fn read_said_words(
    table: &Table,
    question: Option<&Question>,
    whole: bool,
    fill: &mut impl FnMut(String, Place) -> String,
) -> QuestionWords {
    let line = table.line();
    let mut by_choice = |key: &str| {
        let mut entries = Map::new();
        let Some(choices) = table.table(key) else { return entries };
        for (id, text, line) in choices.texts_by_key() {
            if let Some(question) = question {
                let known = question.choices().iter().map(|choice| choice.id.as_str());
                known_or_report(&choices, &id, "choice", known);
            }
            if text.trim().is_empty() {
                choices.error_at(
                    &id,
                    format!("The words of `{id}` are empty."),
                    "Write the words between the quotes.",
                );
            } else {
                entries.insert(ChoiceId::from(id.as_str()), fill(text, line));
            }
        }
        choices.finish();
        entries
    };
    let choices = by_choice("choices");
    let reasons = by_choice("reasons");
    let nexts = by_choice("nexts");
    let kind = question.map(|question| &question.kind);
    let known_parts: Vec<&str> = match kind {
        Some(Kind::Pair(known)) => known.iter().map(|part| part.id.as_str()).collect(),
        Some(Kind::List(known)) => known.fields.iter().map(|field| field.id.as_str()).collect(),
        _ => Vec::new(),
    };
    let known_units: Vec<&str> = match kind {
        Some(Kind::Number(bounds)) => bounds.units.iter().map(|unit| unit.id.as_str()).collect(),
        _ => Vec::new(),
    };
    let mut labels_of = |key: &str, what: &str, known: &[&str]| {
        let mut found = Vec::new();
        let Some(labels) = table.table(key) else { return found };
        for (id, label, line) in labels.texts_by_key() {
            known_or_report(&labels, &id, what, known.iter().copied());
            found.push((id, fill(label, line)));
        }
        found
    };
    let parts = labels_of("parts", "part", &known_parts);
    let units = labels_of("units", "unit", &known_units);
    let terms = table.table("terms").map_or_else(Vec::new, |terms| {
        terms.texts_by_key().into_iter().map(|(name, meaning, line)| (name, fill(meaning, line))).collect()
    });
    QuestionWords {
        stem: String::new(),
        item: false,
        ask: if whole { table.needed_text("ask") } else { table.text("ask") }
            .map(|text| fill(text, line))
            .unwrap_or_default(),
        hint: table.text("hint").map(|text| fill(text, line)).unwrap_or_default(),
        why: table.text("why").map(|text| fill(text, line)).unwrap_or_default(),
        too_low: table.text("too_low").map(|text| fill(text, line)).unwrap_or_default(),
        too_high: table.text("too_high").map(|text| fill(text, line)).unwrap_or_default(),
        terms,
        parts: parts.into_iter().map(|(id, label)| (PartId::from(id.as_str()), label)).collect(),
        units: units.into_iter().map(|(id, label)| (UnitId::from(id.as_str()), label)).collect(),
        line,
        choices,
        reason: read_reason_words(table, fill),
        reasons,
        nexts,
        for_carer: false,
        carer: None,
    }
}

/// Reads the words of the instruments. The official ones of an item are its stem, its own words and its answers.
pub(in crate::engine::guide) fn read_instruments(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let defined = &guide.defined;
    let mut unsigned = Vec::new();
    let (questions, instruments) = reader::read(path, text, problems, |file| {
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        let stems: Map<String, String> = file
            .table("stem")
            .iter()
            .flat_map(Table::texts_by_key)
            .map(|(key, text, _)| (key, text))
            .collect();
        let mut scales: Map<String, Map<ChoiceId, String>> = Map::new();
        for (id, table) in file.table("scale").iter().flat_map(Table::tables_by_id) {
            known_or_report(&table, &id, "scale", defined.scales.keys().map(String::as_str));
            let known = defined.scales.get(&id);
            let choices = table.texts_by_key().into_iter().filter(|(choice, text, _)| {
                let known = known.into_iter().flatten().map(ChoiceId::as_str);
                known_or_report(&table, choice, "choice", known) && !text.trim().is_empty()
            });
            scales.insert(
                id,
                choices.map(|(choice, text, _)| (ChoiceId::from(choice.as_str()), text)).collect(),
            );
        }
        let mut questions = Map::new();
        for (id, table) in file.table("item").iter().flat_map(Table::tables_by_id) {
            known_or_report(&table, &id, "item", defined.items.iter().map(QuestionId::as_str));
            let (ask, why) = (table.needed_text("ask"), table.text("why"));
            table.finish();
            let id = QuestionId::from(id.as_str());
            let scale = defined.scale_of.get(&id);
            let stem = defined.stem_of.get(&id);
            let question = QuestionWords {
                ask: ask.unwrap_or_default(),
                why: why.unwrap_or_default(),
                stem: stem.and_then(|stem| stems.get(stem)).cloned().unwrap_or_default(),
                choices: scale.and_then(|scale| scales.get(scale)).cloned().unwrap_or_default(),
                line: table.line(),
                item: true,
                ..QuestionWords::default()
            };
            let answers = scale.and_then(|scale| defined.scales.get(scale));
            let whole = !question.ask.is_empty()
                && (stem.is_none() || !question.stem.is_empty())
                && answers.is_some_and(|all| all.iter().all(|choice| question.has_choice(choice)));
            if guide.is_item(&id) {
                questions.insert(id, (question, whole));
            }
        }
        let mut instruments = Map::new();
        for (id, table) in file.table("instrument").iter().flat_map(Table::tables_by_id) {
            known_or_report(&table, &id, "instrument", defined.most.keys().map(InstrumentId::as_str));
            let bands = table.table("bands").iter().flat_map(Table::texts_by_key).collect::<Vec<_>>();
            let instrument = InstrumentWords {
                title: table.needed_text("title").unwrap_or_default(),
                alone: table.text("alone").unwrap_or_default(),
                bands: bands.into_iter().map(|(band, text, _)| (BandId::from(band.as_str()), text)).collect(),
            };
            table.finish();
            instruments.insert(InstrumentId::from(id.as_str()), instrument);
        }
        (questions, instruments)
    });
    problems.append(&mut unsigned);
    for (id, (question, whole)) in questions {
        if whole {
            words.items.insert(id.clone());
        }
        words.questions.insert(id, question);
    }
    words.instruments = instruments;
}

/// Reads the words of the tasks.
pub(in crate::engine::guide) fn read_plan(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let filler = Filler::of_phrases(guide, Some(words));
    let mut unfilled = Vec::new();
    let mut unsigned = Vec::new();
    let tasks = reader::read(path, text, problems, |file| {
        read_signature(file, (path, text.start()), guide, words, &mut unsigned);
        let mut fill = |text: String, line: Place| filler.fill(&text, path, line, &mut unfilled);
        let mut tasks = Map::new();
        for (id, table) in file.table("task").iter().flat_map(Table::tables_by_id) {
            let line = table.line();
            let task = TaskWords {
                title: table.needed_text("title").map(|text| fill(text, line)).unwrap_or_default(),
                text: table.text("text").map(|text| fill(text, line)).unwrap_or_default(),
            };
            table.finish();
            let known = guide.tasks.iter().map(|task| task.id.as_str());
            known_or_report(&table, &id, "task", known.chain(guide.off.iter().map(String::as_str)));
            tasks.insert(TaskId::from(id.as_str()), task);
        }
        tasks
    });
    problems.append(&mut unfilled);
    problems.append(&mut unsigned);
    words.tasks = tasks;
}

/// The table of a words file that says who read the translation.
const TRANSLATION: &str = "translation";

/// What is said of a translation that nobody has signed.
pub const UNSIGNED_TRANSLATION: &str = "Nobody has signed this translation yet.";

/// Reads who read a translation and signed it. The guide's first language is no translation, unless it says so.
fn read_signature(
    file: &Table,
    (path, start): (&str, Place),
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let table = file.table(TRANSLATION);
    let signed = table.as_ref().is_some_and(|table| {
        table.date("reviewed_on");
        let reviewer = table.text("reviewer");
        table.finish();
        reviewer.is_some_and(|reviewer| !reviewer.trim().is_empty())
    });
    let translated = guide.settings.languages.first().is_some_and(|first| *first != words.lang);
    if signed || (table.is_none() && !translated) {
        return;
    }
    words.unsigned = true;
    problems.push(problem_at(
        Severity::Warning,
        path,
        table.map_or(start, |table| table.line()),
        UNSIGNED_TRANSLATION.to_owned(),
        "Have a clinician or a medical translator read it, then write the name in `reviewer` under [translation].",
    ));
}

/// Whether words belong to something that exists; says so if they do not.
fn known_or_report<'a>(
    table: &Table,
    id: &str,
    what: &str,
    known: impl Iterator<Item = &'a str> + Clone,
) -> bool {
    // With nothing known the structure file is not there or is broken, which is said elsewhere.
    if known.clone().next().is_none() || known.clone().any(|known| known == id) {
        return true;
    }
    table.error(
        format!("There are words for a {what} `{id}`, which does not exist."),
        &did_you_mean(id, known, "Correct the id, or take the words out."),
    );
    false
}
