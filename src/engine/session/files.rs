//! The guide's files: which are asked for when, and what becomes of those that come.

use std::sync::Arc;

use super::first::Depth;
use super::{Effect, HostEvent, Moment, Screen, Session, Target};
use crate::engine::guide;
use crate::engine::guide::overlay::CLINIC;
use crate::engine::guide::reader::Date;
use crate::engine::guide::source::Source;
use crate::engine::ids::{Lang, PageId, QuestionId};
use crate::engine::part::Part;
use crate::engine::problem::Severity;

pub(super) fn files_arrived<D: Depth>(
    session: &mut Session,
    files: Vec<Source>,
    moment: &Moment,
    effects: &mut Vec<Effect>,
) {
    let pages_alone = session.ready
        && session.part == Part::Whole
        && !files.is_empty()
        && files.iter().all(|file| guide::is_page(&file.path));
    session.read.retain(|path| files.iter().all(|new| new.path != *path));
    let sources = Arc::make_mut(&mut session.sources);
    sources.retain(|old| files.iter().all(|new| new.path != old.path));
    sources.extend(files);
    sources.sort_by(|one, other| one.path.cmp(&other.path));
    // Pages change nothing of the guide but themselves, and are read when they are shown.
    let before: Vec<PageId> = session.guide.pages.keys().map(|(page, _)| page.clone()).collect();
    if !pages_alone {
        let (guide, problems) = D::parse(&session.sources, Date::from_iso(&moment.now));
        if guide.settings.theme != session.guide.settings.theme {
            effects.push(Effect::Theme(guide.settings.theme.properties.clone()));
        }
        session.guide = Arc::new(guide);
        session.problems = Arc::new(problems);
    }

    // The words change when they have come, not before.
    let wanted = session.lang_wanted.take();
    let arrived = wanted.clone().filter(|lang| session.has_all(&guide::first_paths(lang)));
    session.lang_wanted = wanted.filter(|_| arrived.is_none());
    let turned = arrived.is_some();
    let settings = &session.guide.settings;
    let wished = arrived.or_else(|| session.lang.clone()).filter(|lang| settings.languages.contains(lang));
    let lang = wished.or_else(|| settings.languages.first().cloned());
    session.lang = lang.clone();
    if !pages_alone {
        D::look_again(session, before);
    }
    let Some(lang) = lang else { return };
    D::speak(session, &lang);
    if session.own_folder && session.sources.iter().all(|source| source.path != guide::own_settings_path()) {
        // What the clinic made stricter must be known before anything is asked.
        return;
    }
    ask_for(session, guide::first_paths(&lang), effects);
    if !session.has_all(&guide::first_paths(&lang)) {
        return;
    }
    if turned {
        effects.push(Effect::Focus(Target::Heading));
    }
    if !session.ready {
        session.ready = true;
        let usable = !session.guide.questions.is_empty();
        if session.part == Part::Whole {
            effects.push(send_only_to_the_clinic(session));
        }
        effects.push(Effect::TellHost(if usable { HostEvent::Ready } else { HostEvent::Failed }));
        if session.part != Part::Whole {
            effects.push(Effect::LoadPart);
        }
    }
    // What is looked at, and what the result needs. Of the pages only one that the host page wished for comes alone
    // (reading.rs).
    let mut later = guide::instrument_paths(&session.guide.settings, &lang);
    later.extend(guide::later_paths(&session.guide.settings, &lang));
    if let (Screen::Page(page), true) = (&session.screen, session.trail.is_empty()) {
        later.extend(Some(guide::paths::page(page, &lang)).filter(|_| session.is_coming(page)));
    }
    later.extend(stand_in_paths(session, &lang));
    ask_for(session, later, effects);
}

/// From here on nothing goes out but to the clinic's endpoint. Where the clinic takes requests only the whole guide says.
pub(in crate::engine) fn send_only_to_the_clinic(session: &Session) -> Effect {
    Effect::SendOnlyTo(session.guide.settings.handoff.endpoint.clone())
}

/// Asks for the files that nobody has asked for yet, of the guide's folder and of the clinic's own.
pub(super) fn ask_for(session: &mut Session, named: Vec<String>, effects: &mut Vec<Effect>) {
    let mut paths = session.guide.layered(named);
    paths.retain(|path| session.asked_for.insert(path.clone()));
    if !paths.is_empty() {
        effects.push(Effect::Load(paths));
    }
}

/// The files whose words stand in for those that this language lacks: the first language's.
fn stand_in_paths(session: &Session, lang: &Lang) -> Vec<String> {
    let failed = |path: &String| {
        session.sources.iter().any(|source| {
            source.path.strip_prefix(CLINIC).unwrap_or(&source.path) == path && source.content.is_err()
        })
    };
    let settings = &session.guide.settings;
    let Some(first) = settings.languages.first().filter(|first| *first != lang) else { return Vec::new() };
    let mut paths = Vec::new();
    if guide::first_paths(lang).iter().any(failed) {
        paths.extend(guide::first_paths(first));
    }
    let pages = settings.pages.iter().filter(|page| failed(&guide::paths::page(page, lang)));
    paths.extend(pages.map(|page| guide::paths::page(page, first)));
    paths
}

impl Session {
    /// Whether these files of the guide have come, from the guide's folder and from the clinic's own.
    pub(super) fn has_all(&self, named: &[String]) -> bool {
        let wanted = self.guide.layered(named.to_vec());
        wanted.iter().all(|path| self.sources.iter().any(|source| source.path == *path))
    }

    /// The place of a question, counted from 1, and how many there are at most; none while the files that hold more of
    /// them are on their way, and where an answer asks for help now: what comes behind it is not what counts then.
    pub fn step(&self, question: &QuestionId) -> (usize, Option<usize>) {
        let journey = self.journey();
        let (number, total) = journey.step(question);
        let more = guide::instrument_paths(&self.guide.settings, self.lang());
        let is_known = more.is_empty() || self.part == Part::Whole && self.has_all(&more);
        (number, (is_known && !journey.ended_by_get_help).then_some(total))
    }

    /// The errors of the content as sentences; warnings are for the clinic's own check.
    pub fn errors(&self) -> Vec<String> {
        self.problems
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .map(ToString::to_string)
            .collect()
    }
}
