//! The search over the pages. What is typed stands here and nowhere else.

use std::sync::Arc;

use super::screens::{go, remember};
use super::{Effect, Screen, Session};
use crate::engine::guide::words::Say;
use crate::engine::ids::{Lang, PageId};
use crate::engine::search::{Index, PageFound};

/// A search over the pages. What is typed is kept here and nowhere else.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// What is typed.
    pub typed: String,
    /// The pages that were found.
    pub found: Vec<PageFound>,
    /// What the pages say, and what it was read from: the guide's version, how many pages of it, and the language. None until
    /// something is typed.
    index: Option<((String, usize, Lang), Arc<Index>)>,
}

pub(super) fn open_search(session: &mut Session, effects: &mut Vec<Effect>) {
    remember(session);
    go(session, Screen::Search, effects);
}

/// Searches anew. The pages are read into an index the first time, and again when more of them have come.
pub(super) fn search(session: &mut Session) {
    if session.search.typed.trim().is_empty() {
        session.search.found.clear();
        return;
    }
    let lang = session.lang().clone();
    let version = (session.guide.version.clone(), session.guide.pages.len(), lang.clone());
    let index = match &session.search.index {
        Some((of, index)) if *of == version => index.clone(),
        Some(_) | None => Arc::new(Index::new(&session.guide, &lang)),
    };
    session.search.found = index.find(&session.search.typed);
    let put_away: Vec<PageId> = session.put_away().cloned().collect();
    session.search.found.retain(|found| !put_away.contains(&found.page));
    session.search.index = Some((version, index));
}

impl Session {
    /// How many pages were found, or that there are none, for the eye and the ear; none while nothing is typed.
    pub fn search_words(&self) -> Option<String> {
        if self.search.typed.trim().chars().count() < 2 {
            return None;
        }
        let words = self.words();
        let found = self.search.found.len();
        let coming = self.guide.settings.pages.iter().any(|page| self.is_coming(page));
        Some(match found {
            0 if coming => words.say(Say::CommonLoading).to_owned(),
            0 => words.say(Say::SearchNone).to_owned(),
            _ => words.fill(Say::SearchFound, &[("number", &found.to_string())]),
        })
    }
}
