//! Checks where the links of the pages lead: to pages that are listed, headings that are there, terms that are
//! explained.

use crate::engine::map::Set;

use crate::engine::guide::markdown::{self, LinkTarget};
use crate::engine::guide::overlay::clinic_path;
use crate::engine::guide::page::Page;
use crate::engine::guide::reader::{Lines, MOST_PROBLEMS, Place, Text};
use crate::engine::guide::screening::did_you_mean;
use crate::engine::guide::{Guide, paths, problem_at};
use crate::engine::ids::{Lang, PageId};
use crate::engine::problem::{Problem, Severity};

/// Says which links of the pages that are looked at lead nowhere. Links into files that have not come are not checked, nor are links to pages that a
/// clinic hides on purpose.
pub(super) fn check<'t>(
    guide: &Guide,
    looked_at: &dyn Fn(&PageId) -> bool,
    text_of: &dyn Fn(&str) -> Option<Text<'t>>,
    problems: &mut Vec<Problem>,
) {
    for ((id, lang), page) in guide.pages.iter().filter(|((id, _), _)| looked_at(id)) {
        let path = paths::page(id, lang);
        let Some(text) = text_of(&path) else { continue };
        let (path, text) =
            if text.clinic.is_empty() { (path, text.base) } else { (clinic_path(&path), text.clinic) };
        let lines = Lines::of(text);
        let mut seen = Set::new();
        for target in markdown::links(&page.blocks) {
            let Some((address, what, remedy)) = fault(guide, lang, page, target) else { continue };
            if seen.len() >= MOST_PROBLEMS || !seen.insert(address.clone()) {
                continue;
            }
            let line = lines.line(text.find(&format!("({address}")).unwrap_or(0));
            problems.push(problem_at(Severity::Error, &path, Place::line(line), what, &remedy));
        }
    }
}

/// What is wrong with a link: its address, the fault and the remedy.
fn fault(guide: &Guide, lang: &Lang, page: &Page, target: &LinkTarget) -> Option<(String, String, String)> {
    match target {
        LinkTarget::Page(id) => unlisted(guide, id),
        LinkTarget::Heading(id, slug) => {
            if let Some(fault) = id.as_ref().and_then(|id| unlisted(guide, id)) {
                return Some(fault);
            }
            let there = match id {
                Some(id) => guide.pages.get(&(id.clone(), lang.clone()))?,
                None => page,
            };
            let slugs = || markdown::headings(&there.blocks).map(|(_, _, slug)| slug);
            if slugs().any(|known| known == slug) {
                return None;
            }
            let file = id.as_ref().map(|id| format!("{id}.md")).unwrap_or_default();
            Some((
                format!("{file}#{slug}"),
                format!("The link to `{file}#{slug}` leads to a heading that is not there."),
                did_you_mean(
                    slug,
                    slugs(),
                    "Write the heading's words in small letters with `-` between them, or give the heading that name: \
                     `## Its words {#its-name}`.",
                ),
            ))
        }
        LinkTarget::Term(id) => {
            let words = guide.words.get(lang)?;
            if words.term(id).is_some() || words.term_ids().next().is_none() {
                return None;
            }
            Some((
                format!("term:{id}"),
                format!("The glossary has no term `{id}`, so the word is shown without its meaning."),
                did_you_mean(
                    id.as_str(),
                    words.term_ids(),
                    &format!("Add [term.{id}] with `word` and `meaning` to {}.", paths::glossary(lang)),
                ),
            ))
        }
        LinkTarget::Help | LinkTarget::Address(_) => None,
    }
}

fn unlisted(guide: &Guide, id: &PageId) -> Option<(String, String, String)> {
    let settings = &guide.settings;
    // Without a list the settings are not there or are broken, which was said already.
    if settings.pages.is_empty() || settings.pages.contains(id) || settings.hidden.contains(id) {
        return None;
    }
    Some((
        format!("{id}.md"),
        format!("The link to `{id}.md` leads to a page that settings.toml does not list."),
        did_you_mean(
            id.as_str(),
            settings.pages.iter().map(PageId::as_str),
            "Add the page to `pages`, or take the link out.",
        ),
    ))
}
