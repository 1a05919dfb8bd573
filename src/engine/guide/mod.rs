//! The guide: everything a clinic's folder says, parsed and checked.
//!
//! [`parse`] never fails. It gives the guide that can be made of what is sound, and every problem that was found.

mod advice;
pub mod aftercare;
pub mod blocks;
pub mod changes;
pub mod check;
mod conditions;
pub mod entry_words;
mod flow;
pub mod import;
mod instruments;
mod links;
pub mod markdown;
pub mod medicines;
mod mend;
pub mod overlay;
pub mod page;
pub mod patients;
pub mod pictures;
pub mod reader;
pub mod screening;
pub mod settings;
pub mod shapes;
pub mod slug;
pub mod source;
pub mod tasks;
pub mod theme;
mod tree;
pub mod words;
pub mod write;

use crate::engine::map::{Map, Set};
use std::sync::Arc;

use crate::engine::aftercare::signs::Aftercare;
pub use crate::engine::guide::instruments::SECTION as MOOD_SECTION;
use crate::engine::guide::overlay::clinic_path;
use crate::engine::guide::page::Page;
use crate::engine::guide::reader::{Date, Place, Text};
use crate::engine::guide::settings::Settings;
use crate::engine::guide::source::Source;
use crate::engine::guide::words::Words;
use crate::engine::ids::{
    ChoiceId, InstrumentId, Lang, PageId, QuestionId, RuleId, SectionId, SourceCode, TaskId,
};
use crate::engine::plan::when::VisitLengths;
use crate::engine::plan::{DripLength, Task};
use crate::engine::problem::{Problem, Severity};
use crate::engine::screening::advice::Advice;
use crate::engine::screening::answer::Answers;
use crate::engine::screening::instrument::Instrument;
use crate::engine::screening::names::NameList;
use crate::engine::screening::question::Question;
use crate::engine::screening::rule::Rule;

/// The version of the content folder's format that this engine reads.
pub const FORMAT: f64 = 1.0;

/// A parsed content folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guide {
    /// The clinic's own settings.
    pub settings: Settings,
    /// The sections, in the order they are asked.
    pub sections: Vec<SectionId>,
    /// The questions, in the order they are asked.
    pub questions: Vec<Question>,
    /// Rules over several answers or numbers.
    pub rules: Vec<Rule>,
    /// The choice that says that somebody answers for a person they help. It changes words and nothing else.
    pub carer: Option<(QuestionId, ChoiceId)>,
    /// Whether something that screening.toml says could not be used. A question, a choice's level or a rule may
    /// be lost then, so no result is milder than `review`.
    pub partly_read: bool,
    /// Who reviewed the screening, and when.
    pub review: Review,
    /// Questions to ask, next steps and other care, in the order they are shown.
    pub advice: Vec<Advice>,
    /// The instruments that are switched on, in the order of their file.
    pub instruments: Vec<Arc<Instrument>>,
    /// What may be felt after a visit, and how soon to call.
    pub aftercare: Aftercare,
    /// What to prepare.
    pub tasks: Vec<Task>,
    /// How long the parts of a visit are.
    pub visit_lengths: VisitLengths,
    /// How long a drip may run, and for whom.
    pub drip_lengths: Vec<DripLength>,
    /// What each source code stands for.
    pub citations: Map<SourceCode, Citation>,
    /// The words, by language.
    pub words: Map<Lang, Words>,
    /// The names of medicines that can be typed, by language. Empty until their files have come.
    pub names: Map<Lang, NameList>,
    /// The education pages that were read, by id and language.
    pub pages: Map<(PageId, Lang), Page>,
    /// Sixteen hexadecimal digits that change when any structure or word changes, but for those of the pages, which come
    /// only when somebody reads; tells versions apart, no more.
    pub version: String,
    /// The words for who answers for a person they help.
    carer_words: Map<Lang, Words>,
    places: Map<QuestionId, usize>,
    /// The questions that are items of instruments.
    items: Set<QuestionId>,
    /// What instruments.toml defines, switched on or off.
    defined: instruments::Defined,
    /// Who reviewed it.
    instruments_review: Option<Review>,
    /// The instruments that the language in use has words for.
    spoken: Set<InstrumentId>,
    /// The items that it has none for.
    unspoken: Set<QuestionId>,
    /// The ids of questions and rules that are in screening.toml and could not be used.
    lost: Set<String>,
    /// The ids of questions and rules that the clinic's own folder switched off.
    off: Set<String>,
    /// The files that the guide's own settings name, where a clinic's own folder is laid over them.
    in_base: Option<Set<String>>,
}

/// Who reviewed a file, and until when the review stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    /// When it was last held against its sources.
    pub reviewed_on: Option<Date>,
    /// When it must be reviewed again.
    pub review_due: Option<Date>,
    /// The clinician who signed it; empty until one has.
    pub reviewer: String,
}

/// What a source code stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// A short citation.
    pub title: String,
    /// Its address, where one is known to be right.
    pub address: Option<String>,
}

/// The paths of a guide's files.
pub mod paths {
    use crate::engine::ids::{Lang, PageId};

    /// The clinic's settings.
    pub const SETTINGS: &str = "settings.toml";
    /// The structure of the screening.
    pub const SCREENING: &str = "screening.toml";
    /// The structure of the preparation list.
    pub const PLAN: &str = "plan.toml";
    /// The instruments.
    pub const INSTRUMENTS: &str = "instruments.toml";
    /// The source codes.
    pub const SOURCES: &str = "sources.toml";
    /// The names of medicines.
    pub const MEDICINES: &str = "medicines.toml";
    /// What may be felt after a visit.
    pub const AFTERCARE: &str = "aftercare.toml";
    /// The virtual patients.
    pub const PATIENTS: &str = "patients.toml";

    /// The interface's words in a language.
    pub fn words(lang: &Lang) -> String {
        format!("{lang}/words.toml")
    }
    /// The words of the screening in a language.
    pub fn screening_words(lang: &Lang) -> String {
        format!("{lang}/screening.toml")
    }
    /// What medicines are called in a language.
    pub fn medicine_names(lang: &Lang) -> String {
        format!("{lang}/{MEDICINES}")
    }
    /// The words of the preparation list in a language.
    pub fn plan_words(lang: &Lang) -> String {
        format!("{lang}/plan.toml")
    }
    /// The glossary in a language.
    pub fn glossary(lang: &Lang) -> String {
        format!("{lang}/glossary.toml")
    }
    /// The words of the check after a visit in a language.
    pub fn aftercare_words(lang: &Lang) -> String {
        format!("{lang}/{AFTERCARE}")
    }
    /// The words of the instruments in a language.
    pub fn instrument_words(lang: &Lang) -> String {
        format!("{lang}/instruments.toml")
    }
    /// An education page in a language.
    pub fn page(page: &PageId, lang: &Lang) -> String {
        format!("{lang}/pages/{page}.md")
    }
}

/// The files that the first view and the questions need, for a guide in one language.
pub fn first_paths(lang: &Lang) -> Vec<String> {
    vec![
        paths::SETTINGS.to_owned(),
        paths::words(lang),
        paths::SCREENING.to_owned(),
        paths::screening_words(lang),
    ]
}

/// The files that can come after the first view: sources, the preparation list, the glossary and the names of
/// medicines.
pub fn later_paths(settings: &Settings, lang: &Lang) -> Vec<String> {
    let mut later = vec![
        paths::SOURCES.to_owned(),
        paths::PLAN.to_owned(),
        paths::plan_words(lang),
        paths::glossary(lang),
    ];
    if settings.medicines.is_some() {
        later.extend([paths::MEDICINES.to_owned(), paths::medicine_names(lang)]);
    }
    if settings.aftercare {
        later.extend([paths::AFTERCARE.to_owned(), paths::aftercare_words(lang)]);
    }
    later
}

/// The files of the instruments; none if all are switched off.
pub fn instrument_paths(settings: &Settings, lang: &Lang) -> Vec<String> {
    if settings.instruments.on.is_empty() {
        return Vec::new();
    }
    vec![paths::INSTRUMENTS.to_owned(), paths::instrument_words(lang)]
}

/// The files of the pages, which come last or when one is opened.
pub fn page_paths(settings: &Settings, lang: &Lang) -> Vec<String> {
    settings.pages.iter().map(|page| paths::page(page, lang)).collect()
}

/// Every file that a guide with these settings names, in all of its languages, and the virtual patients.
pub fn all_paths(settings: &Settings) -> Vec<String> {
    let mut all = Vec::new();
    for lang in &settings.languages {
        let pages = page_paths(settings, lang);
        let more = instrument_paths(settings, lang).into_iter().chain(pages);
        for path in first_paths(lang).into_iter().chain(later_paths(settings, lang)).chain(more) {
            if !all.contains(&path) {
                all.push(path);
            }
        }
    }
    all.push(paths::PATIENTS.to_owned());
    all
}

/// The path of the clinic's own settings, as a [`Source`] has it.
pub fn own_settings_path() -> String {
    clinic_path(paths::SETTINGS)
}

/// Parses the files of a content folder.
///
/// Files that are not among `sources` are simply not there yet; the parts of the guide that they hold are empty,
/// and references into them are not checked. A file that should be there and is not comes as
/// [`Source::missing`]. A file whose path begins with [`overlay::CLINIC`] is from the clinic's own folder and is
/// laid over the one of the same name. `today` decides whether a review has lapsed; without it none has.
///
/// Gives the guide made of all that is sound, and every problem, in the order of the files and lines. The virtual
/// patients are no part of it: see [`patients`].
pub fn parse(sources: &[Source], today: Option<Date>) -> (Guide, Vec<Problem>) {
    parse_as::<true>(sources, true, today)
}

/// As [`parse`], but for the pages, which [`read_pages`] reads when somebody wants them.
pub fn parse_without_pages(sources: &[Source], today: Option<Date>) -> (Guide, Vec<Problem>) {
    parse_as::<true>(sources, false, today)
}

/// Reads of a guide what it takes to ask the questions, for the first part of the widget: the settings, the questions and
/// the words of both. The checks that follow conditions through the whole guide are made by [`parse`], before any result.
pub fn parse_first(sources: &[Source], today: Option<Date>) -> (Guide, Vec<Problem>) {
    parse_as::<false>(sources, false, today)
}

/// Two copies of this are made, so that in the first part of the widget is nothing that only the whole reads.
fn parse_as<const WHOLE: bool>(
    sources: &[Source],
    with_pages: bool,
    today: Option<Date>,
) -> (Guide, Vec<Problem>) {
    let mut problems = Vec::new();
    let mut guide = Guide { version: version_of(sources), ..Guide::default() };
    let texts: Map<&str, _> = sources
        .iter()
        .filter(|source| !is_patients(&source.path) && (with_pages || !is_page(&source.path)))
        .map(|source| (source.path.as_str(), source.text(&mut problems)))
        .collect();
    let said = |path: &str| texts.get(path).map_or("", |text| text.as_ref());
    let text_of = |path: &str| {
        let text = Text { base: said(path), clinic: said(&clinic_path(path)) };
        (!text.is_empty()).then_some(text)
    };

    match text_of(paths::SETTINGS) {
        Some(text) => guide.settings = settings::read::<WHOLE>(paths::SETTINGS, text, &mut problems),
        // Settings that are lost must not take the questions with them.
        None if texts.contains_key(paths::SETTINGS) => guide.settings.languages = languages_among(sources),
        None => {}
    }
    let own_settings = own_settings_path();
    let clinic_lost = sources.iter().any(|source| source.path == own_settings && source.content.is_err());
    if clinic_lost {
        // Whoever called the number of the guide's clinic would reach somebody else.
        guide.settings.clinic = settings::Clinic::default();
        if WHOLE {
            guide.settings.handoff.forget_addresses();
        }
    }
    if !said(&own_settings).is_empty() {
        let base = Text { base: said(paths::SETTINGS), clinic: "" };
        let base = settings::read::<WHOLE>(paths::SETTINGS, base, &mut Vec::new());
        let own = &guide.settings;
        let more = !own.own_files.is_empty() || own.languages != base.languages || own.pages != base.pages;
        guide.in_base = more.then(|| all_paths(&base).into_iter().collect());
    }
    soften_untranslated(&guide.settings, sources, &mut problems);
    if WHOLE && let Some(text) = text_of(paths::SOURCES) {
        guide.citations = read_citations(text, &mut problems);
    }
    if let Some(text) = text_of(paths::SCREENING) {
        screening::read::<WHOLE>(text, &mut guide, &mut problems);
    }
    // Scored questions alone, without those about safety before them, are not asked.
    let screening_lost = texts.contains_key(paths::SCREENING) && guide.questions.is_empty();
    if WHOLE && let Some(text) = text_of(paths::INSTRUMENTS).filter(|_| !screening_lost) {
        guide.instruments_review = Some(instruments::read(text, &mut guide, &mut problems));
        instruments::check_on(&guide, &mut problems);
    }
    guide.places =
        guide.questions.iter().enumerate().map(|(place, question)| (question.id.clone(), place)).collect();
    conditions::check(&mut guide, &mut problems);
    if WHOLE {
        advice::check(&mut guide, &mut problems);
    }
    // The clinic's own folder may have been stricter.
    guide.partly_read = clinic_lost
        || problems.iter().any(|problem| problem.severity == Severity::Error && is_screening(&problem.file));
    if WHOLE && let Some(text) = text_of(paths::PLAN) {
        let read = tasks::read(text, &guide, &mut problems);
        guide.tasks = read.tasks;
        guide.visit_lengths = read.visit_lengths;
        guide.drip_lengths = read.drip_lengths;
        guide.off.extend(read.off);
    }
    if WHOLE && let Some(text) = text_of(paths::AFTERCARE) {
        guide.aftercare = aftercare::read(text, &mut problems);
    }
    let listed = guide.settings.medicines.as_ref().and_then(|_| text_of(paths::MEDICINES));
    let medicines = listed.filter(|_| WHOLE).map(|text| medicines::read(text, &guide, &mut problems));
    for lang in guide.settings.languages.clone() {
        if WHOLE && let Some(medicines) = &medicines {
            let path = paths::medicine_names(&lang);
            let text = text_of(&path).unwrap_or_default();
            let names = medicines::read_names(&path, text, &guide, medicines, &mut problems);
            guide.names.insert(lang.clone(), names);
        }
        let mut spoken = Words::for_language(&lang);
        if let Some(text) = text_of(&paths::words(&lang)) {
            words::read_interface(&paths::words(&lang), text, &guide, &mut spoken, &mut problems);
        }
        if let Some(text) = text_of(&paths::screening_words(&lang)) {
            words::read_screening::<WHOLE>(
                &paths::screening_words(&lang),
                text,
                &guide,
                &mut spoken,
                &mut problems,
            );
        }
        if WHOLE && let Some(text) = text_of(&paths::plan_words(&lang)) {
            words::read_plan(&paths::plan_words(&lang), text, &guide, &mut spoken, &mut problems);
        }
        if WHOLE && let Some(text) = text_of(&paths::aftercare_words(&lang)) {
            let path = paths::aftercare_words(&lang);
            aftercare::read_words(&path, text, &guide, &mut spoken, &mut problems);
        }
        if WHOLE && let Some(text) = text_of(&paths::instrument_words(&lang)) {
            let path = paths::instrument_words(&lang);
            words::read_instruments(&path, text, &guide, &mut spoken, &mut problems);
        }
        if WHOLE && let Some(text) = text_of(&paths::glossary(&lang)) {
            words::read_glossary(&paths::glossary(&lang), text, &guide, &mut spoken, &mut problems);
        }
        guide.words.insert(lang.clone(), spoken);
        for id in guide.settings.pages.clone().into_iter().filter(|_| WHOLE) {
            read_page(&mut guide, &id, &lang, &text_of, &mut problems);
        }
    }
    let text_come = |path: &str| {
        let come = texts.contains_key(path) || texts.contains_key(clinic_path(path).as_str());
        come.then(|| text_of(path).unwrap_or_default())
    };
    if WHOLE {
        links::check(&guide, &|_| true, &text_come, &mut problems);
        check::check(&guide, medicines.as_ref(), &text_come, today, &mut problems);
    }
    if let Some(first) = guide.settings.languages.first().cloned() {
        guide.speak(&first);
    }
    lend_words(&mut guide);
    if guide.carer.is_some() {
        guide.carer_words =
            guide.words.iter().map(|(lang, words)| (lang.clone(), words.for_carer())).collect();
    }
    sort(&mut problems);
    (guide, problems)
}

/// Reads a page in a language, if its file has come.
fn read_page<'t>(
    guide: &mut Guide,
    id: &PageId,
    lang: &Lang,
    text_of: &dyn Fn(&str) -> Option<Text<'t>>,
    problems: &mut Vec<Problem>,
) {
    let path = paths::page(id, lang);
    let Some(text) = text_of(&path) else { return };
    // A page is one text: the clinic's own stands in for the guide's.
    let (path, text) = match text.clinic {
        "" => (path, text.base),
        own => (clinic_path(&path), own),
    };
    let page = page::read(&path, text, guide, lang, problems);
    guide.pages.insert((id.clone(), lang.clone()), page);
}

/// Reads pages whose files are among `sources` into a guide that was parsed without them, in all of its languages, and adds
/// what is wrong with them to `problems`. Links of pages that were read before are not looked at again.
///
/// A guide with every page read in is the one that [`parse`] makes of all files at once.
pub fn read_pages(
    guide: &mut Guide,
    wanted: &[PageId],
    sources: &[Source],
    today: Option<Date>,
    problems: &mut Vec<Problem>,
) {
    let mut news = Vec::new();
    let languages = guide.settings.languages.clone();
    let named: Set<String> = languages
        .iter()
        .flat_map(|lang| wanted.iter().map(|id| paths::page(id, lang)))
        .flat_map(|path| [clinic_path(&path), path])
        .chain([paths::SOURCES.to_owned()])
        .collect();
    let texts: Map<&str, _> = sources
        .iter()
        .filter(|source| named.contains(&source.path))
        .map(|source| (source.path.as_str(), source.text(&mut news)))
        .collect();
    let text_of = |path: &str| {
        let own = clinic_path(path);
        let said = |path: &str| texts.get(path).map(|text| text.as_ref());
        let (base, clinic) = (said(path), said(&own));
        (base.is_some() || clinic.is_some())
            .then(|| Text { base: base.unwrap_or_default(), clinic: clinic.unwrap_or_default() })
    };
    let there = |path: &str| text_of(path).filter(|text| !text.is_empty());
    for lang in &languages {
        for id in wanted {
            guide.pages.remove(&(id.clone(), lang.clone()));
            read_page(guide, id, lang, &there, &mut news);
        }
    }
    let looked_at = |id: &PageId| wanted.contains(id);
    links::check(guide, &looked_at, &text_of, &mut news);
    check::check_pages(guide, &looked_at, &text_of, today, &mut news);
    news.retain(|problem| problem.file != paths::SOURCES);
    soften_untranslated(&guide.settings, sources, &mut news);
    problems.append(&mut news);
    sort(problems);
}

fn sort(problems: &mut [Problem]) {
    problems.sort_by(|one, other| (&one.file, one.line).cmp(&(&other.file, other.line)));
}

/// The languages that a screening's words have come in, or else those that they were asked for in, or else English.
fn languages_among(sources: &[Source]) -> Vec<Lang> {
    let among = |come: bool| -> Vec<Lang> {
        sources
            .iter()
            .filter(|source| source.content.is_ok() || !come)
            .filter_map(|source| {
                let path = source.path.strip_prefix(overlay::CLINIC).unwrap_or(&source.path);
                path.strip_suffix("/screening.toml")
            })
            .filter(|tag| settings::is_language(tag))
            .map(Lang::from)
            .collect()
    };
    let mut languages = among(true);
    if languages.is_empty() {
        languages = among(false);
    }
    if languages.is_empty() {
        languages.push(Lang::from("en"));
    }
    languages
}

/// A page or a list that a further language does not have yet takes nothing from the first one: a warning.
fn soften_untranslated(settings: &Settings, sources: &[Source], problems: &mut [Problem]) {
    let missing = |file: &str| sources.iter().any(|source| source.path == file && source.content.is_err());
    for problem in problems.iter_mut().filter(|problem| missing(&problem.file)) {
        let bare = problem.file.strip_prefix(overlay::CLINIC).unwrap_or(&problem.file);
        let Some((lang, name)) = bare.split_once('/') else { continue };
        let further = settings.languages.iter().skip(1).any(|further| further.as_str() == lang);
        if further && !matches!(name, "words.toml" | "screening.toml") {
            problem.severity = Severity::Warning;
            problem.what = format!("{} It is not translated then.", problem.what);
            problem.remedy = format!("Translate it from the first language into `{lang}`, as {bare}.");
        }
    }
}

/// Where a language has no words for something, the words of the guide's first language stand in.
fn lend_words(guide: &mut Guide) {
    let Some(first) = guide.settings.languages.first().and_then(|first| guide.words.get(first)).cloned()
    else {
        return;
    };
    for words in guide.words.values_mut().filter(|words| words.lang != first.lang) {
        words.borrow_missing(&first);
    }
}

impl Guide {
    /// What must be read for these files: the guide's own file, the clinic's, or both. Without a clinic's own folder,
    /// these are the paths as they are.
    pub fn layered(&self, named: Vec<String>) -> Vec<String> {
        let Some(in_base) = &self.in_base else { return named };
        let mut layered = Vec::with_capacity(named.len());
        for path in named {
            let own = self.settings.own_files.contains(&path);
            // Pages and languages that only the clinic names are nowhere in the guide's folder.
            let base = in_base.contains(&path);
            // A page is one text: the clinic's own stands in for the guide's.
            if base && !(own && path.ends_with(".md")) {
                layered.push(path.clone());
            }
            if (own || !base) && !path.starts_with(overlay::CLINIC) {
                layered.push(clinic_path(&path));
            }
        }
        layered
    }

    /// A question by its id.
    pub fn question(&self, id: &QuestionId) -> Option<&Question> {
        self.places.get(id).and_then(|place| self.questions.get(*place))
    }

    /// The place of a question in the asking order, counted from 0.
    pub fn place(&self, id: &QuestionId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The place of each question in the asking order, counted from 0.
    pub(in crate::engine) fn places(&self) -> &Map<QuestionId, usize> {
        &self.places
    }

    /// The names that can be typed for a question, in a language; none if it has none or they have not come.
    pub fn names_of(&self, question: &QuestionId, lang: &Lang) -> Option<&NameList> {
        let named = self.settings.medicines.as_ref() == Some(question);
        self.names.get(lang).filter(|list| named && !list.names.is_empty())
    }

    /// A rule by its id.
    pub fn rule(&self, id: &RuleId) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == *id)
    }

    /// A task by its id.
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id)
    }

    /// Takes a language into use: an instrument is asked only in a language that has all of its official words. Those of
    /// another one must not stand in for them, and a translation of our own must not either.
    pub fn speak(&mut self, lang: &Lang) {
        let Some(words) = self.words.get(lang) else { return };
        let whole = |instrument: &&Arc<Instrument>| words.has_instrument(instrument);
        let spoken: Vec<&Arc<Instrument>> = self.instruments.iter().filter(whole).collect();
        let asked: Set<&QuestionId> = spoken.iter().flat_map(|instrument| instrument.questions()).collect();
        self.unspoken = self.items.iter().filter(|item| !asked.contains(item)).cloned().collect();
        self.spoken = spoken.into_iter().map(|instrument| instrument.id.clone()).collect();
    }

    /// Whether the language in use has the words of an instrument.
    pub fn speaks(&self, instrument: &Instrument) -> bool {
        self.spoken.contains(&instrument.id)
    }

    /// Whether a question is an item that the language in use has no words for.
    pub(crate) fn is_unspoken(&self, question: &QuestionId) -> bool {
        self.unspoken.contains(question)
    }

    /// Whether a question is an item of an instrument.
    pub fn is_item(&self, question: &QuestionId) -> bool {
        self.items.contains(question)
    }

    /// Whether an answer may leave at all: one about harm to oneself only for a clinic that watches for it.
    pub fn may_leave(&self, question: &QuestionId) -> bool {
        !self.settings.instruments.monitored_hours.is_empty() || !self.defined.self_harm.contains(question)
    }

    /// The words of a language, or of the guide's first language if it has none of this one.
    pub fn words(&self, lang: &Lang) -> &Words {
        self.words
            .get(lang)
            .or_else(|| self.settings.languages.first().and_then(|first| self.words.get(first)))
            .unwrap_or_else(|| words::built_in_for(lang))
    }

    /// Whether these answers are given for a person that somebody helps.
    pub fn is_for_another(&self, answers: &Answers) -> bool {
        self.carer
            .as_ref()
            .is_some_and(|(question, choice)| answers.get(question).is_some_and(|answer| answer.has(choice)))
    }

    /// The words of a language for whoever gave these answers.
    pub fn words_for(&self, lang: &Lang, answers: &Answers) -> &Words {
        let words = self.words(lang);
        if self.is_for_another(answers) { self.carer_words.get(&words.lang).unwrap_or(words) } else { words }
    }

    /// Builds a guide of these questions and rules alone; for tests and benchmarks.
    pub fn of_questions(questions: Vec<Question>, rules: Vec<Rule>) -> Self {
        let places =
            questions.iter().enumerate().map(|(place, question)| (question.id.clone(), place)).collect();
        Self { questions, rules, places, ..Self::default() }
    }
}

/// Whether a file is the screening, the guide's or the clinic's own.
fn is_screening(file: &str) -> bool {
    file.strip_prefix(overlay::CLINIC).unwrap_or(file) == paths::SCREENING
}

/// Whether a file holds virtual patients, the guide's or the clinic's own.
/// Whether a path is that of a page.
pub fn is_page(file: &str) -> bool {
    let file = file.strip_prefix(overlay::CLINIC).unwrap_or(file);
    matches!(file.split_once("/pages/"), Some((_, name)) if name.ends_with(".md"))
}

fn is_patients(file: &str) -> bool {
    file.strip_prefix(overlay::CLINIC).unwrap_or(file) == paths::PATIENTS
}

fn read_citations(text: Text, problems: &mut Vec<Problem>) -> Map<SourceCode, Citation> {
    reader::read(paths::SOURCES, text, problems, |file| {
        let mut citations = Map::new();
        for (code, table) in file.tables_by_id() {
            let title = table.needed_text("title");
            let address = table.text("address").filter(|address| {
                let sound = address.starts_with("https://") || address.starts_with("http://");
                if !sound {
                    table.error_at(
                        "address",
                        format!("The address of `{code}` is not a web address."),
                        "Write it with https:// in front, or take the line out.",
                    );
                }
                sound
            });
            table.finish();
            if let Some(title) = title {
                citations.insert(SourceCode::from(code.as_str()), Citation { title, address });
            }
        }
        citations
    })
}

/// FNV-1a over all files but the pages, by path. It tells versions of a guide apart and protects nothing. The patients say
/// what the guide must do and change nothing of it. Which pages somebody read must not be told by a version.
fn version_of(sources: &[Source]) -> String {
    let counts = |path: &str| !is_patients(path) && !is_page(path);
    let mut sorted: Vec<&Source> = sources.iter().filter(|source| counts(&source.path)).collect();
    sorted.sort_by(|one, other| one.path.cmp(&other.path));
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for source in sorted {
        let content = source.content.as_deref().unwrap_or_default();
        for byte in source.path.bytes().chain([0]).chain(content.iter().copied()).chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

/// Reports a problem at a line of a file.
pub(crate) fn problem_at(severity: Severity, file: &str, at: Place, what: String, remedy: &str) -> Problem {
    Problem { severity, file: at.file(file), line: at.line, what, remedy: remedy.to_owned() }
}
