//! The pages come when somebody begins to read.
//!
//! All of a language's pages are asked for at once, in the guide's order: whoever watches the line, or hands the files in as
//! the page around the widget does, learns that somebody reads, never what. A page that the host page itself wished for comes
//! alone. Of what came, only what a screen shows is made into a page.

use std::sync::Arc;

use super::files::ask_for;
use super::searching::search;
use super::{Effect, Screen, Session, Target};
use crate::engine::guide::overlay::clinic_path;
use crate::engine::guide::{self, paths};
use crate::engine::ids::{GroupId, Lang, PageId};

/// The pages whose words a screen shows.
fn shown(session: &Session) -> Vec<PageId> {
    let settings = &session.guide.settings;
    match &session.screen {
        Screen::Page(page) => {
            // The titles of the pages before and after it stand below it.
            let (before, after) = settings.neighbours(page);
            [Some(page), before, after].into_iter().flatten().cloned().collect()
        }
        Screen::Pages | Screen::Search => settings.pages.clone(),
        // Without groups the pages themselves are listed there.
        Screen::Start if settings.groups.is_empty() => settings.pages.clone(),
        _ => Vec::new(),
    }
}

/// What follows for the pages when a message was dealt with: they are asked for once, and read when they are shown.
pub(super) fn follow_up(session: &mut Session, effects: &mut Vec<Effect>) {
    if !session.ready {
        return;
    }
    let lang = session.lang().clone();
    let shown = shown(session);
    let files = |id: &PageId| session.guide.layered(vec![paths::page(id, &lang)]);
    let unasked = |id: &PageId| files(id).iter().any(|path| !session.asked_for.contains(path));
    let listed = |id: &&PageId| session.guide.settings.pages.contains(id);
    // Of a page, only itself counts: one that the host page wished for needs no other.
    let needed = if matches!(session.screen, Screen::Page(_)) { 1 } else { shown.len() };
    if shown.iter().take(needed).filter(listed).any(unasked) {
        ask(session, &lang, effects);
    }
    if read(session, &shown) && session.screen == Screen::Search {
        search(session);
    }
    if let Screen::Page(page) = &session.screen
        && session.page(page).is_some()
        && let Some(slug) = session.anchor.take()
    {
        effects.push(Effect::Focus(Target::Part(slug)));
    }
    if session.offline.as_ref() != Some(&lang) {
        let pages = session.guide.layered(guide::page_paths(&session.guide.settings, &lang));
        session.offline = Some(lang);
        effects.push(Effect::KeepForOffline(pages));
    }
}

/// Asks for every page, group by group, so that one does not wait for the last of all.
fn ask(session: &mut Session, lang: &Lang, effects: &mut Vec<Effect>) {
    let guide = session.guide.clone();
    let settings = &guide.settings;
    let group_of = |page: &PageId| settings.group_of(page).map(|group| &group.id);
    let groups: Vec<Option<&GroupId>> =
        settings.groups.iter().map(|group| Some(&group.id)).chain([None]).collect();
    for group in groups {
        let pages = settings.pages.iter().filter(|page| group_of(page) == group);
        ask_for(session, pages.map(|page| paths::page(page, lang)).collect(), effects);
    }
}

/// Reads what has come of these pages and was not read yet; whether there was anything.
pub(super) fn read(session: &mut Session, wanted: &[PageId]) -> bool {
    let come: Vec<String> = session
        .sources
        .iter()
        .map(|source| &source.path)
        .filter(|path| guide::is_page(path) && !session.read.contains(*path))
        .cloned()
        .collect();
    if come.is_empty() {
        return false;
    }
    let languages = &session.guide.settings.languages;
    let files = |id: &PageId| -> Vec<String> {
        let files = languages.iter().map(|lang| paths::page(id, lang));
        files.flat_map(|path| [clinic_path(&path), path]).collect()
    };
    let listed = |id: &&PageId| session.guide.settings.pages.contains(id);
    let mut unread = Vec::new();
    let mut theirs = Vec::new();
    for id in wanted.iter().filter(listed) {
        let files = files(id);
        if files.iter().any(|file| come.contains(file)) {
            unread.push(id.clone());
            theirs.extend(files);
        }
    }
    if unread.is_empty() {
        return false;
    }
    session.read.extend(come.into_iter().filter(|path| theirs.contains(path)));
    let problems = Arc::make_mut(&mut session.problems);
    problems.retain(|problem| !theirs.contains(&problem.file));
    let guide = Arc::make_mut(&mut session.guide);
    guide::read_pages(guide, &unread, &session.sources, session.today, problems);
    true
}

/// Reads the pages again that were read into the guide before this one.
pub(super) fn read_again(session: &mut Session, before: Vec<PageId>) {
    session.read.clear();
    read(session, &before);
}

/// Whoever opens a page that could not be loaded wants it tried again.
pub(super) fn try_again(session: &mut Session, page: &PageId) {
    if session.page(page).is_some() {
        return;
    }
    let files = session.guide.layered(vec![paths::page(page, session.lang())]);
    let failed =
        |path: &String| session.sources.iter().any(|source| source.path == *path && source.content.is_err());
    let failed: Vec<String> = files.into_iter().filter(failed).collect();
    if failed.is_empty() {
        return;
    }
    Arc::make_mut(&mut session.sources).retain(|source| !failed.contains(&source.path));
    Arc::make_mut(&mut session.problems).retain(|problem| !failed.contains(&problem.file));
    session.asked_for.retain(|path| !failed.contains(path));
    session.read.retain(|path| !failed.contains(path));
}
