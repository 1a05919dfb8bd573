//! Reads medicines.toml: the names behind the choices of one question, so that a person can type what is on the bottle.
//!
//! A name only ticks choices. No rule reads it, so a slip in this file changes no level.

use crate::engine::map::Map;

use crate::engine::find::{Finder, key};
use crate::engine::guide::reader::{self, Place, Table, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::settings::check_format;
use crate::engine::guide::{Guide, Review, paths};
use crate::engine::ids::{ChoiceId, SourceCode};
use crate::engine::problem::Problem;
use crate::engine::screening::names::{Medicine, Name, NameList, segments};
use crate::engine::screening::question::{Kind, Question};

/// What medicines.toml says, for all languages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Medicines {
    /// The choice for a name that is not listed.
    pub unlisted: Option<ChoiceId>,
    /// Who reviewed the list, and when.
    pub review: Review,
    /// Where each group comes from, with the line that says so.
    pub sources: Vec<(ChoiceId, Vec<SourceCode>, Place)>,
    medicines: Vec<Medicine>,
    names: Vec<Name>,
    look_alikes: Vec<Vec<String>>,
}

/// Every name that was seen, by its key, with what it stands for.
type Seen = Map<String, String>;

/// Reads the list. Names for choices that the question does not have are reported and left out.
pub(super) fn read(text: Text, guide: &Guide, problems: &mut Vec<Problem>) -> Medicines {
    let question = guide.settings.medicines.as_ref().and_then(|id| guide.question(id));
    reader::read(paths::MEDICINES, text, problems, |file| {
        check_format(file);
        let mut list = Medicines {
            unlisted: file.id("unlisted").and_then(|id| known_choice(file, "unlisted", &id, question)),
            review: Review {
                reviewed_on: file.date("reviewed_on"),
                review_due: file.date("review_due"),
                reviewer: file.text("reviewer").unwrap_or_default(),
            },
            ..Medicines::default()
        };
        let mut seen = Seen::new();
        for (group, table) in file.table("group").iter().flat_map(Table::tables_by_id) {
            let choice = known_choice(&table, "names", &group, question);
            let codes = table.texts("sources");
            let codes = codes.iter().map(|(code, _)| SourceCode::from(code.as_str())).collect();
            list.sources.push((ChoiceId::from(group.as_str()), codes, table.line()));
            for (generic, brands) in table.table("names").iter().flat_map(Table::lists_by_key) {
                let groups: Vec<ChoiceId> = choice.iter().cloned().collect();
                list.add(&table, &mut seen, &generic, &brands, groups);
            }
            table.finish();
        }
        for (generic, table) in file.table("several").iter().flat_map(Table::tables_by_id) {
            let mut groups: Vec<ChoiceId> = Vec::new();
            for (group, _) in table.texts("groups") {
                groups.extend(known_choice(&table, "groups", &group, question));
            }
            if groups.is_empty() {
                table.error_at(
                    "groups",
                    format!("`{generic}` has no group, so its names tick nothing."),
                    "Write at least one group: `groups = [\"antidepressants\"]`.",
                );
            }
            let brands = table.texts("brands");
            list.add(&table, &mut seen, &generic, &brands, groups);
            table.finish();
        }
        for (name, at) in file.texts("elsewhere") {
            if is_new(file, &mut seen, &name, at, "no group") {
                list.names.push(Name { words: name, medicine: None });
            }
        }
        for (line, at) in file.texts("look_alikes") {
            let names: Vec<String> = line.split(',').map(|name| name.trim().to_owned()).collect();
            for name in names.iter().filter(|name| !seen.contains_key(&key(name))) {
                file.error_on(
                    at,
                    format!("`{name}` is a look-alike, but is not on the list."),
                    &did_you_mean(
                        name,
                        list.names.iter().map(|name| name.words.as_str()),
                        "Add it to its group, or take it out of `look_alikes`.",
                    ),
                );
            }
            list.look_alikes.push(names);
        }
        list
    })
}

impl Medicines {
    fn add(
        &mut self,
        table: &Table,
        seen: &mut Seen,
        generic: &str,
        brands: &[(String, Place)],
        groups: Vec<ChoiceId>,
    ) {
        // Without a group, which was reported, a name would tick nothing: better not to find it.
        if groups.is_empty() {
            return;
        }
        let medicine = self.medicines.len();
        self.medicines.push(Medicine { name: generic.to_owned(), shown: generic.to_owned(), groups });
        let all = std::iter::once((generic.to_owned(), table.line())).chain(brands.iter().cloned());
        for (words, at) in all {
            if is_new(table, seen, &words, at, generic) {
                self.names.push(Name { words, medicine: Some(medicine) });
            }
        }
    }

    /// How many names there are, without those that are in no group.
    pub fn len(&self) -> usize {
        self.names.iter().filter(|name| name.medicine.is_some()).count()
    }

    /// Whether nothing can be found.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }
}

/// The choice of this id, if the question has it and it can stand with others; says so if not.
fn known_choice(table: &Table, at: &str, id: &str, question: Option<&Question>) -> Option<ChoiceId> {
    // Without the question its choices are not known; that was said where it is missing.
    let Some(question) = question else { return Some(ChoiceId::from(id)) };
    match question.choice(&ChoiceId::from(id)) {
        Some(choice) if !choice.exclusive => Some(choice.id.clone()),
        Some(_) => {
            table.error_at(
                at,
                format!("`{id}` stands alone, so no name can tick it."),
                "Put the names under another choice.",
            );
            None
        }
        None => {
            let known = question.choices().iter().map(|choice| choice.id.as_str());
            table.error_at(
                at,
                format!("The question `{}` has no choice `{id}`, so these names are left out.", question.id),
                &did_you_mean(id, known, "Add the choice to screening.toml, or correct the id."),
            );
            None
        }
    }
}

/// Whether a name can be found and is not taken; says so if not.
fn is_new(table: &Table, seen: &mut Seen, name: &str, at: Place, of: &str) -> bool {
    if key(name).chars().count() < 2 || segments(name).len() != 1 {
        table.error_on(
            at,
            format!("`{name}` cannot be found: it is too short, or it reads as several names."),
            "Write it with two letters or more, and without a comma, `and` or `or` in it.",
        );
        return false;
    }
    match seen.insert(key(name), of.to_owned()) {
        None => true,
        Some(first) => {
            table.error_on(
                at,
                format!("The name `{name}` stands twice, under `{first}` and under `{of}`."),
                "Take one out. What belongs to several groups stands once, under [several].",
            );
            seen.insert(key(name), first);
            false
        }
    }
}

/// Makes the list of one language: the names of medicines.toml with what `LANG/medicines.toml` adds.
pub(super) fn read_names(
    path: &str,
    text: Text,
    guide: &Guide,
    medicines: &Medicines,
    problems: &mut Vec<Problem>,
) -> NameList {
    let question = guide.settings.medicines.as_ref().and_then(|id| guide.question(id));
    let mut list = NameList {
        medicines: medicines.medicines.clone(),
        names: medicines.names.clone(),
        unlisted: medicines.unlisted.clone(),
        ..NameList::default()
    };
    if !text.is_empty() {
        reader::read(path, text, problems, |file| {
            if let Some(groups) = file.table("group") {
                for (id, words, at) in groups.texts_by_key() {
                    if let Some(question) = question.filter(|question| !has(question, &id)) {
                        let known = question.choices().iter().map(|choice| choice.id.as_str());
                        groups.error_on(
                            at,
                            format!("There is a short name for a group `{id}`, which does not exist."),
                            &did_you_mean(&id, known, "Correct the id, or take the line out."),
                        );
                    }
                    list.groups.insert(ChoiceId::from(id.as_str()), words);
                }
            }
            for (choice, _, _) in &medicines.sources {
                if !list.groups.contains_key(choice) {
                    file.error(
                        format!("The group `{choice}` has no short name, which stands behind a name that is found."),
                        &format!("Add `{choice} = \"...\"` under [group]."),
                    );
                }
            }
            let mut seen = Seen::new();
            for name in &list.names {
                let of = name.medicine.and_then(|place| list.medicines.get(place));
                seen.insert(key(&name.words), of.map_or("no group", |medicine| &medicine.name).to_owned());
            }
            if let Some(shown) = file.table("shown") {
                for (generic, words, at) in shown.texts_by_key() {
                    let Some(place) = list.place_or_report(&shown, &generic, at) else { continue };
                    // Another language often calls it the same, but for an accent.
                    let same = seen.get(&key(&words)).is_some_and(|of| *of == generic);
                    if same || is_new(&shown, &mut seen, &words, at, &generic) {
                        if let Some(medicine) = list.medicines.get_mut(place) {
                            medicine.shown.clone_from(&words);
                        }
                        if !same {
                            list.names.push(Name { words, medicine: Some(place) });
                        }
                    }
                }
            }
            if let Some(more) = file.table("names") {
                for (generic, names) in more.lists_by_key() {
                    let at = names.first().map_or_else(|| more.line(), |(_, at)| *at);
                    let Some(place) = list.place_or_report(&more, &generic, at) else { continue };
                    for (words, at) in names {
                        if is_new(&more, &mut seen, &words, at, &generic) {
                            list.names.push(Name { words, medicine: Some(place) });
                        }
                    }
                }
            }
            for (words, at) in file.texts("elsewhere") {
                if is_new(file, &mut seen, &words, at, "no group") {
                    list.names.push(Name { words, medicine: None });
                }
            }
        });
    }
    list.finder = Finder::new(list.names.iter().map(|name| name.words.as_str()));
    list.look_alikes = medicines
        .look_alikes
        .iter()
        .map(|names| names.iter().filter_map(|name| list.finder.exact(name)).collect())
        .collect();
    list
}

fn has(question: &Question, id: &str) -> bool {
    question.choice(&ChoiceId::from(id)).is_some()
}

impl NameList {
    /// The place of a medicine by its generic name, or a sentence that there is none.
    fn place_or_report(&self, table: &Table, generic: &str, at: Place) -> Option<usize> {
        let place = self.medicines.iter().position(|medicine| medicine.name == generic);
        // Without medicines.toml there is nothing to compare with.
        if place.is_none() && !self.medicines.is_empty() {
            let known = self.medicines.iter().map(|medicine| medicine.name.as_str());
            table.error_on(
                at,
                format!("medicines.toml has no `{generic}`."),
                &did_you_mean(generic, known, "Write the generic name as it stands there."),
            );
        }
        place
    }
}

/// Says what is wrong with the question that settings.toml names for the medicines.
pub(super) fn check_question(guide: &Guide) -> Option<(String, String)> {
    let id = guide.settings.medicines.as_ref()?;
    match guide.question(id).map(|question| &question.kind) {
        // With no questions at all the screening is not there yet or is broken, which is said elsewhere.
        None if guide.questions.is_empty() || guide.off.contains(id.as_str()) => None,
        None => Some((
            format!("`medicines` names a question `{id}`, which screening.toml does not have."),
            did_you_mean(
                id.as_str(),
                guide.questions.iter().map(|question| question.id.as_str()),
                "Take the line out, or correct the id.",
            ),
        )),
        Some(Kind::Several(_)) => None,
        Some(
            Kind::One(_) | Kind::Number(_) | Kind::Pair(_) | Kind::Date(_) | Kind::Text(_) | Kind::List(_),
        ) => Some((
            format!("`medicines` names the question `{id}`, which is not of the kind `several`."),
            "Only a question with several choices can have names behind them.".to_owned(),
        )),
    }
}
