//! Pages to read: opened, followed to a heading, and offered or not.

use super::screens::{go, remember};
use super::{Effect, Screen, Session, Target, reading};
use crate::engine::calm;
use crate::engine::guide;
use crate::engine::guide::page::Page;
use crate::engine::ids::{GroupId, Lang, PageId};
use crate::engine::screening::level::Level;

pub(super) fn open_page(
    session: &mut Session,
    page: PageId,
    slug: Option<String>,
    effects: &mut Vec<Effect>,
) {
    remember(session);
    reading::try_again(session, &page);
    reading::read(session, std::slice::from_ref(&page));
    let there = session.page(&page).is_some();
    go(session, Screen::Page(page), effects);
    match slug {
        Some(slug) if there => {
            effects.pop();
            follow(session, slug, effects);
        }
        // The heading takes the focus until the part has come.
        slug => session.anchor = slug,
    }
}

/// Goes to a heading of the page that is shown; in low-energy mode to the first piece under it.
pub(super) fn follow(session: &mut Session, slug: String, effects: &mut Vec<Effect>) {
    let place = match &session.screen {
        Screen::Page(id) if session.calm.on => {
            session.page(id).and_then(|(_, page)| calm::place_of(&page.blocks, &slug))
        }
        _ => None,
    };
    session.calm.place = place.unwrap_or(session.calm.place);
    let target = if place.is_some() { Target::Field(calm::PIECE.to_owned()) } else { Target::Part(slug) };
    effects.push(Effect::Focus(target));
}

pub(super) fn open_pages(session: &mut Session, group: Option<GroupId>, effects: &mut Vec<Effect>) {
    remember(session);
    go(session, Screen::Pages, effects);
    if let Some(group) = group {
        effects.pop();
        effects.push(Effect::Focus(Target::Part(group.as_str().to_owned())));
    }
}

impl Session {
    /// The pages that are not offered now: a person whose answers call for help is sold nothing.
    pub fn put_away(&self) -> impl Iterator<Item = &PageId> {
        let called = self.outcome().level == Level::GetHelp;
        self.guide.settings.about_price.iter().filter(move |_| called)
    }

    /// Whether a page is offered: it is neither hidden nor put away.
    pub fn offers_page(&self, page: &PageId) -> bool {
        !self.guide.settings.hidden.contains(page) && self.put_away().all(|away| away != page)
    }

    /// A page in the language in use, or in the guide's first language if it has not been put into this one.
    pub fn page(&self, id: &PageId) -> Option<(&Lang, &Page)> {
        let first = self.guide.settings.languages.first().filter(|_| !self.is_coming(id));
        [Some(self.lang()), first]
            .into_iter()
            .flatten()
            .find_map(|lang| self.guide.pages.get_key_value(&(id.clone(), lang.clone())))
            .map(|((_, lang), page)| (lang, page))
    }

    /// Whether a page's file has not come yet, or could not be asked for yet.
    pub fn is_coming(&self, page: &PageId) -> bool {
        let path = guide::paths::page(page, self.lang());
        let listed = !self.ready || self.guide.settings.pages.contains(page);
        listed && !self.has_all(&[path])
    }
}
