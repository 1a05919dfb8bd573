//! An education page with its sources and its review.

use leptos::prelude::*;

use crate::engine::calm::pieces;
use crate::engine::guide::Review;
use crate::engine::guide::markdown::{self, Block, plain};
use crate::engine::guide::page::Page;
use crate::engine::guide::words::Say;
use crate::engine::ids::{PageId, SourceCode};
use crate::engine::session::Message;
use crate::ui::about_page::{About, AboutPage};
use crate::ui::context::Ui;
use crate::ui::one_by_one::OneByOne;
use crate::ui::prose::Prose;
use crate::ui::screens::{Back, Heading, SearchLink};

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
    let can_ask = !ui.guide().questions.is_empty();
    view! {
        <Back ui />
        {move || {
            come.get();
            draw_page(ui, &page)
        }}
        <SearchLink ui />
        {can_ask.then(|| view! {
            <div class="ar-actions">
                <button type="button" class=ui.unless_calm() on:click=move |_| ui.send.run(Message::PressedStart)>
                    {ui.say(Say::StartBegin)}
                </button>
            </div>
        })}
    }
}

fn draw_page(ui: Ui, id: &PageId) -> AnyView {
    let found = ui.session.with_untracked(|session| {
        session.page(id).map(|(lang, page)| (lang.clone(), page.clone(), session.lang().clone()))
    });
    let Some((lang, page, spoken)) = found else {
        // Its title is there before it is.
        let (title, coming) =
            ui.session.with_untracked(|session| (session.words().page_title(id), session.is_coming(id)));
        return if coming {
            view! { <Heading words=title /> <p>{ui.say(Say::CommonLoading)}</p> }.into_any()
        } else {
            view! { <Heading words=ui.say(Say::PageMissing) /> }.into_any()
        };
    };
    let lent = (lang != spoken).then(|| {
        let guide = ui.guide();
        ui.fill(Say::PageLent, &[("name", guide.settings.language_name(&lang))])
    });
    let mirrored = lang.direction() == "rtl";
    let about = about_words(ui, &page);
    view! {
        {lent.map(|words| view! { <p class="ar-page__lent">{words}</p> })}
        <article class="ar-page" lang=lang.to_string() dir=lang.direction()>
            <Heading words=page.title />
            <p class="ar-page__message">{page.summary}</p>
            {draw_body(ui, page.blocks, mirrored)}
        </article>
        <AboutPage about />
        {draw_neighbours(ui, id)}
    }
    .into_any()
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
                <ul class="ar-contents__list">{items}</ul>
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
        .then(|| view! { <ul class="ar-page__next">{after} {before}</ul> }.into_any())
}

fn about_words(ui: Ui, page: &Page) -> About {
    let review = &page.review;
    let due = review.review_due.map(|date| ui.fill(Say::PageDue, &[("date", &date.to_string())]));
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

/// When something was checked against its sources, and who signed it.
pub fn review_words(ui: Ui, review: &Review) -> String {
    let reviewed = match review.reviewed_on {
        Some(date) => ui.fill(Say::PageReviewed, &[("date", &date.to_string())]),
        None => String::new(),
    };
    let signed = if review.reviewer.is_empty() {
        ui.say(Say::PageUnsigned)
    } else {
        ui.fill(Say::PageSignedBy, &[("name", &review.reviewer)])
    };
    format!("{reviewed} {signed}").trim().to_owned()
}
