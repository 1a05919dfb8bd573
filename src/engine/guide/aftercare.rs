//! Reads aftercare.toml: signs with how soon to call, and what to talk over; and their words.

use crate::engine::map::{Map, Set};

use crate::engine::aftercare::signs::{About, Aftercare, Call, Prompt, Sign, SignList};
use crate::engine::guide::check::{Gaps, Weight};
use crate::engine::guide::reader::{self, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::words::{Filler, Words};
use crate::engine::guide::{Guide, Review, paths};
use crate::engine::ids::{PromptId, SignId, SignListId, SourceCode};
use crate::engine::problem::Problem;

/// The words of aftercare.toml in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AftercareWords {
    /// What is asked with a list.
    pub lists: Map<SignListId, String>,
    /// The signs.
    pub signs: Map<SignId, String>,
    /// What to talk over.
    pub prompts: Map<PromptId, String>,
}

impl AftercareWords {
    /// Takes the words of `other` for what has none in here.
    pub(super) fn borrow_missing(&mut self, other: &Self) {
        fn add<K: Ord + Clone>(own: &mut Map<K, String>, other: &Map<K, String>) {
            for (id, words) in other {
                own.entry(id.clone()).or_insert_with(|| words.clone());
            }
        }
        add(&mut self.lists, &other.lists);
        add(&mut self.signs, &other.signs);
        add(&mut self.prompts, &other.prompts);
    }

    /// What is asked with a list.
    pub fn list(&self, id: &SignListId) -> &str {
        self.lists.get(id).map_or("", String::as_str)
    }

    /// The words of a sign; its id if it has none, as a journal may hold one that is gone.
    pub fn sign<'w>(&'w self, id: &'w SignId) -> &'w str {
        self.signs.get(id).map_or(id.as_str(), String::as_str)
    }

    /// The words of a prompt.
    pub fn prompt(&self, id: &PromptId) -> &str {
        self.prompts.get(id).map_or("", String::as_str)
    }
}

fn sources(table: &Table) -> Vec<SourceCode> {
    table.texts("sources").iter().map(|(code, _)| SourceCode::from(code.as_str())).collect()
}

/// Reads the structure. A sign that cannot be read is as urgent as can be rather than lost.
pub(super) fn read(text: Text, problems: &mut Vec<Problem>) -> Aftercare {
    reader::read(paths::AFTERCARE, text, problems, |file| {
        file.number("format");
        let review = Review {
            reviewed_on: file.date("reviewed_on"),
            review_due: file.date("review_due"),
            reviewer: file.text("reviewer").unwrap_or_default(),
        };
        let mut lists: Vec<SignList> = Vec::new();
        for table in file.tables("sign_list") {
            let id = table.needed_id("id");
            let private = table.flag("private");
            table.finish();
            let Some(id) = id.map(|id| SignListId::from(id.as_str())) else { continue };
            if lists.iter().any(|list| list.id == id) {
                table.error(format!("The list `{id}` is there twice."), "Give one of the two another id.");
            } else {
                lists.push(SignList { id, private });
            }
        }
        let mut seen = Set::new();
        let mut signs = Vec::new();
        for table in file.tables("sign") {
            let Some(id) = table.needed_id("id") else { continue };
            let table = table.named(format!("the sign `{id}`"));
            let named = table.needed_text("call");
            let call = named.as_deref().and_then(Call::from_name);
            if let Some(named) = named.filter(|_| call.is_none()) {
                table.error_at(
                    "call",
                    format!("`{named}` is not a call, so the sign `{id}` counts as 911."),
                    &did_you_mean(
                        &named,
                        Call::ALL.map(Call::as_str),
                        "Write 911, 988, today, this-week or for-now.",
                    ),
                );
            }
            let list = table.needed_id("list").map(|list| SignListId::from(list.as_str()));
            let known = list.filter(|list| lists.iter().any(|known| known.id == *list));
            if known.is_none() && table.has("list") {
                table.error_at(
                    "list",
                    format!("The list of the sign `{id}` is not there; it is asked in the first list."),
                    "Correct the name, or add a [[sign_list]].",
                );
            }
            let sources = sources(&table);
            table.finish();
            if !seen.insert(id.clone()) {
                table.error(format!("The sign `{id}` is there twice."), "Give one of the two another id.");
                continue;
            }
            let Some(list) = known.or_else(|| lists.first().map(|list| list.id.clone())) else {
                table.error(
                    format!("The sign `{id}` is in no list, so it is not asked."),
                    "Add a [[sign_list]].",
                );
                continue;
            };
            let call = call.unwrap_or(Call::Emergency);
            signs.push(Sign { id: SignId::from(id.as_str()), list, call, sources });
        }
        let mut prompts: Vec<Prompt> = Vec::new();
        for table in file.tables("prompt") {
            let Some(id) = table.needed_id("id") else { continue };
            let table = table.named(format!("the prompt `{id}`"));
            let named = table.needed_text("about").unwrap_or_default();
            let about = About::ALL.into_iter().find(|about| about.as_str() == named);
            if about.is_none() && !named.is_empty() {
                table.error_at(
                    "about",
                    format!("`{named}` is nothing that a prompt can be about."),
                    &did_you_mean(&named, About::ALL.map(About::as_str), "Write talk, fade or visit."),
                );
            }
            let sources = sources(&table);
            table.finish();
            prompts.push(Prompt {
                id: PromptId::from(id.as_str()),
                about: about.unwrap_or(About::Talk),
                sources,
            });
        }
        // A list without signs would be a question without answers.
        lists.retain(|list| {
            let asked = signs.iter().any(|sign: &Sign| sign.list == list.id);
            if !asked {
                file.error(
                    format!("The list `{}` has no signs, so it is not asked.", list.id),
                    "Add a [[sign]] with this `list`, or take the list out.",
                );
            }
            asked
        });
        Aftercare { lists, signs, prompts, review }
    })
}

/// Reads the words of a language.
pub(super) fn read_words(
    path: &str,
    text: Text,
    guide: &Guide,
    words: &mut Words,
    problems: &mut Vec<Problem>,
) {
    let mut read = Vec::new();
    let aftercare = &guide.aftercare;
    let known = |kind: &str| -> Vec<&str> {
        match kind {
            "list" => aftercare.lists.iter().map(|list| list.id.as_str()).collect(),
            "sign" => aftercare.signs.iter().map(|sign| sign.id.as_str()).collect(),
            _ => aftercare.prompts.iter().map(|prompt| prompt.id.as_str()).collect(),
        }
    };
    reader::read(path, text, problems, |file| {
        for kind in ["list", "sign", "prompt"] {
            let Some(table) = file.table(kind) else { continue };
            let known = known(kind);
            for (id, phrase, line) in table.texts_by_key() {
                if !known.contains(&id.as_str()) {
                    table.error_at(
                        &id,
                        format!("There is no {kind} `{id}` in aftercare.toml."),
                        &did_you_mean(&id, known.iter().copied(), "Take the line out."),
                    );
                } else if phrase.trim().is_empty() {
                    table.error_at(
                        &id,
                        format!("The words of `{id}` are empty."),
                        "Write the words between the quotes.",
                    );
                } else {
                    read.push((kind, id, phrase, line));
                }
            }
        }
    });
    let filler = Filler::of_phrases(guide, Some(words));
    let mut unfilled = Vec::new();
    let mut own = AftercareWords::default();
    for (kind, id, phrase, line) in read {
        let filled = filler.fill(&phrase, path, line, &mut unfilled);
        match kind {
            "list" => own.lists.insert(SignListId::from(id.as_str()), filled),
            "sign" => own.signs.insert(SignId::from(id.as_str()), filled),
            _ => own.prompts.insert(PromptId::from(id.as_str()), filled),
        };
    }
    problems.append(&mut unfilled);
    let mut gaps = Gaps::new(guide, &words.lang, path.to_owned());
    let remedy = || "Add a line for it, as docs/content-format.html shows.".to_owned();
    for sign in &aftercare.signs {
        let weight = if sign.call >= Call::Lifeline { Weight::Safety } else { Weight::Plain };
        gaps.look(
            own.signs.contains_key(&sign.id),
            (format!("sign.{}", sign.id), weight),
            text.start(),
            || format!("The sign `{}` has no words.", sign.id),
            remedy,
        );
    }
    for list in &aftercare.lists {
        gaps.look(
            own.lists.contains_key(&list.id),
            (format!("list.{}", list.id), Weight::Safety),
            text.start(),
            || format!("The list `{}` has no words.", list.id),
            remedy,
        );
    }
    for prompt in &aftercare.prompts {
        gaps.look(
            own.prompts.contains_key(&prompt.id),
            (format!("prompt.{}", prompt.id), Weight::Plain),
            text.start(),
            || format!("The prompt `{}` has no words.", prompt.id),
            remedy,
        );
    }
    gaps.report(problems);
    words.aftercare = own;
}
