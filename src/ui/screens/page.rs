//! An education page with its sources and its review.

use leptos::prelude::*;

use crate::engine::calm::pieces;
use crate::engine::guide::Review;
use crate::engine::guide::markdown::{self, Block, plain};
use crate::engine::guide::page::Page;
use crate::engine::guide::reader::Date;
use crate::engine::guide::words::Say;
use crate::engine::ids::{Lang, PageId, SourceCode};
use crate::engine::session::Message;
use crate::ui::about_page::{About, AboutPage};
use crate::ui::context::Ui;
use crate::ui::one_by_one::OneByOne;
use crate::ui::prose::Prose;
use crate::ui::screens::{Back, SearchLink};

/// An education page.
#[component]
pub fn PageScreen(
    /// The session.
    ui: Ui,
    /// The page.
    page: PageId,
) -> impl IntoView {
    // Drawn anew only when the page, its sources or the glossary come, not with every file: what is ticked, opened or
    // focused on it must stay.
    let shown = page.clone();
    let come = Memo::new(move |_| {
        ui.session.with(|session| {
            let lang = session.page(&shown).map(|(lang, _)| lang.clone());
            let terms = session.words_with_terms().term_ids().next().is_some();
            (lang, session.is_coming(&shown), session.guide.citations.is_empty(), terms)
        })
    });
    let spoken = Memo::new(move |_| {
        let lent = come.with(|(lang, ..)| lang.clone());
        lent.unwrap_or_else(|| ui.session.with_untracked(|session| session.lang().clone()))
    });
    let [titled, written, after] = [page.clone(), page.clone(), page];
    let can_ask = !ui.guide().questions.is_empty();
    view! {
        <Back ui />
        {move || draw_lent(ui, &spoken.get())}
        <article class="ar-page" lang=move || spoken.get().to_string() dir=move || spoken.get().direction()>
            // The focus is on it from when the page was opened, so it stays when the page comes.
            <h1 class="ar-title" id="ar-heading" tabindex="-1">
                {move || {
                    come.track();
                    title(ui, &titled)
                }}
            </h1>
            {move || {
                come.track();
                draw_page(ui, &written)
            }}
        </article>
        {move || {
            come.track();
            draw_after(ui, &after)
        }}
        // One next step; the search stands after it, for who looks for something else.
        {can_ask.then(|| view! {
            <div class="ar-actions">
                <button type="button" class=ui.unless_calm() on:click=move |_| ui.send.run(Message::PressedStart)>
                    {ui.say(Say::StartBegin)}
                </button>
            </div>
        })}
        <SearchLink ui />
    }
}

/// The page's title, which is there before the page is; or that the page can not be shown.
fn title(ui: Ui, id: &PageId) -> String {
    ui.session.with_untracked(|session| match session.page(id) {
        Some((_, page)) => page.title.clone(),
        None if session.is_coming(id) => session.words().page_title(id),
        None => session.words().say(Say::PageMissing).to_owned(),
    })
}

fn found(ui: Ui, id: &PageId) -> Option<(Lang, Page)> {
    ui.session.with_untracked(|session| session.page(id).map(|(lang, page)| (lang.clone(), page.clone())))
}

/// That the page is in another language than the rest.
fn draw_lent(ui: Ui, lang: &Lang) -> Option<AnyView> {
    let lent = ui.session.with_untracked(|session| session.lang() != lang);
    lent.then(|| {
        let words = ui.fill(Say::PageLent, &[("name", ui.guide().settings.language_name(lang))]);
        view! { <p class="ar-page__lent">{words}</p> }.into_any()
    })
}

fn draw_page(ui: Ui, id: &PageId) -> Option<AnyView> {
    let Some((lang, page)) = found(ui, id) else {
        let coming = ui.session.with_untracked(|session| session.is_coming(id));
        return coming.then(|| view! { <p>{ui.say(Say::CommonLoading)}</p> }.into_any());
    };
    let mirrored = lang.direction() == "rtl";
    Some(
        view! { <p class="ar-page__message">{page.summary}</p> {draw_body(ui, page.blocks, mirrored)} }
            .into_any(),
    )
}

/// What stands below the page.
fn draw_after(ui: Ui, id: &PageId) -> Option<AnyView> {
    let (_, page) = found(ui, id)?;
    let about = about_words(ui, &page);
    Some(view! { <AboutPage about /> {draw_neighbours(ui, id)} }.into_any())
}

/// The page as a whole, or in low-energy mode one sentence at a time.
fn draw_body(ui: Ui, blocks: Vec<Block>, mirrored: bool) -> AnyView {
    if !ui.session.with_untracked(|session| session.calm.on) {
        return view! { {draw_contents(ui, &blocks)} <Prose ui blocks mirrored /> }.into_any();
    }
    let pieces = pieces(&blocks);
    let total = pieces.len();
    let draw = Callback::new(move |place: usize| {
        let piece = pieces.get(place).cloned();
        let blocks: Vec<Block> =
            piece.into_iter().flat_map(|(heading, piece)| heading.into_iter().chain([piece])).collect();
        view! { <Prose ui blocks mirrored /> }.into_any()
    });
    view! { <OneByOne ui total draw /> }.into_any()
}

/// From how many parts on a page lists them at its top.
const PARTS_TO_LIST: usize = 4;

/// What is on a long page.
fn draw_contents(ui: Ui, blocks: &[Block]) -> Option<AnyView> {
    let parts: Vec<_> = markdown::headings(blocks).filter(|(level, ..)| *level == 2).collect();
    (parts.len() >= PARTS_TO_LIST).then(|| {
        let items: Vec<_> = parts
            .into_iter()
            .map(|(_, words, slug)| {
                let follow = ui.on(Message::FollowedLink(None, slug.to_owned()));
                view! {
                    <li>
                        <button type="button" class="ar-link-button" on:click=move |_| follow.run(())>
                            {plain(words)}
                        </button>
                    </li>
                }
            })
            .collect();
        view! {
            <details class="ar-details ar-contents">
                <summary class="ar-details__summary">{ui.say(Say::PageContents)}</summary>
                <ul role="list" class="ar-contents__list">{items}</ul>
            </details>
        }
        .into_any()
    })
}

/// The pages before and after this one in its group.
fn draw_neighbours(ui: Ui, id: &PageId) -> Option<AnyView> {
    let guide = ui.guide();
    let (before, after) = guide.settings.neighbours(id);
    let link = |page: Option<&PageId>, say| {
        let page = page.filter(|page| ui.session.with_untracked(|session| session.offers_page(page)))?;
        let title = ui.session.with_untracked(|session| match session.page(page) {
            Some((_, page)) => page.title.clone(),
            None => session.words().page_title(page),
        });
        let open = ui.on(Message::OpenedPage(page.clone()));
        let words = ui.fill(say, &[("name", &title)]);
        Some(view! {
            <li><button type="button" class="ar-link-button" on:click=move |_| open.run(())>{words}</button></li>
        })
    };
    let (after, before) = (link(after, Say::PageAfter), link(before, Say::PageBefore));
    (after.is_some() || before.is_some())
        .then(|| view! { <ul role="list" class="ar-page__next">{after} {before}</ul> }.into_any())
}

fn about_words(ui: Ui, page: &Page) -> About {
    let review = &page.review;
    let due = review.review_due.map(|date| ui.fill(Say::PageDue, &[("date", &in_words(ui, date))]));
    let reviewer = match page.reviewer_role.as_str() {
        "" => review.reviewer.clone(),
        role => format!("{}, {role}", review.reviewer),
    };
    let signed = Review {
        reviewer: if review.reviewer.is_empty() { String::new() } else { reviewer },
        ..review.clone()
    };
    let grade = page.reading_grade.map(|grade| ui.fill(Say::PageGrade, &[("number", &grade.to_string())]));
    About {
        title: ui.say(Say::PageAbout),
        not_advice: ui.say(Say::FooterNotAdvice),
        review: vec![review_words(ui, &signed), due.unwrap_or_default(), grade.unwrap_or_default()],
        facts: vec![
            (ui.say(Say::PageEvidence), page.evidence_level.clone()),
            (ui.say(Say::PageFunding), page.funding_note.clone()),
        ],
        sources_title: ui.say(Say::PageSources),
        sources: sources_of(ui, &page.sources),
    }
}

/// The title and address of each source; its code where the citations have not come.
pub fn sources_of(ui: Ui, codes: &[SourceCode]) -> Vec<(String, Option<String>)> {
    let guide = ui.guide();
    codes
        .iter()
        .map(|code| match guide.citations.get(code) {
            Some(citation) => (citation.title.clone(), citation.address.clone()),
            None => (code.as_str().to_owned(), None),
        })
        .collect()
}

fn in_words(ui: Ui, date: Date) -> String {
    ui.session.with_untracked(|session| session.words().date(date))
}

/// When something was checked against its sources, and who signed it.
pub fn review_words(ui: Ui, review: &Review) -> String {
    let reviewed = match review.reviewed_on {
        Some(date) => ui.fill(Say::PageReviewed, &[("date", &in_words(ui, date))]),
        None => String::new(),
    };
    let signed = if review.reviewer.is_empty() {
        ui.say(Say::PageUnsigned)
    } else {
        ui.fill(Say::PageSignedBy, &[("name", &review.reviewer)])
    };
    format!("{reviewed} {signed}").trim().to_owned()
}
