//! Draws the typed blocks of a page. There is no `inner_html` here: what is not a block cannot be drawn.

use leptos::prelude::*;

use crate::engine::guide::markdown::{self, Block, Inline, LinkTarget, plain};
use crate::engine::ids::PageId;

/// Where links inside of the guide lead.
#[derive(Clone, Copy)]
pub struct Links {
    /// A page was asked for.
    pub on_page: Callback<PageId>,
    /// Help was asked for.
    pub on_help: Callback<()>,
}

/// The body of a page.
#[component]
pub fn Prose(
    /// The blocks.
    blocks: Vec<Block>,
    /// Where links inside of the guide lead.
    links: Links,
) -> impl IntoView {
    view! { <div class="ar-prose">{draw_blocks(&blocks, links)}</div> }
}

fn draw_blocks(blocks: &[Block], links: Links) -> Vec<AnyView> {
    blocks.iter().map(|block| draw_block(block, links)).collect()
}

fn draw_block(block: &Block, links: Links) -> AnyView {
    match block {
        Block::Heading(2, inlines, _) => view! { <h2>{draw_inlines(inlines, links)}</h2> }.into_any(),
        Block::Heading(_, inlines, _) => view! { <h3>{draw_inlines(inlines, links)}</h3> }.into_any(),
        Block::Paragraph(inlines) => view! { <p>{draw_inlines(inlines, links)}</p> }.into_any(),
        Block::Icons(_) | Block::Timeline(_) | Block::Compare(_) | Block::Glossary | Block::Figure(_) => {
            markdown::texts(std::slice::from_ref(block))
                .into_iter()
                .map(|text| view! { <p>{text}</p> })
                .collect_view()
                .into_any()
        }
        Block::Bullets(items) | Block::Checklist(items) => {
            view! { <ul>{draw_items(items, links)}</ul> }.into_any()
        }
        Block::Steps(items) => view! { <ol>{draw_items(items, links)}</ol> }.into_any(),
        Block::Quote(blocks) => {
            view! { <div class="ar-callout">{draw_blocks(blocks, links)}</div> }.into_any()
        }
        Block::Table(head, rows) => draw_table(head, rows, links),
        Block::Rule => view! { <hr /> }.into_any(),
    }
}

fn draw_items(items: &[Vec<Block>], links: Links) -> Vec<AnyView> {
    items
        .iter()
        .map(|blocks| match blocks.as_slice() {
            // A tight item is its text, without a paragraph around it.
            [Block::Paragraph(inlines)] => view! { <li>{draw_inlines(inlines, links)}</li> }.into_any(),
            blocks => view! { <li>{draw_blocks(blocks, links)}</li> }.into_any(),
        })
        .collect()
}

fn draw_table(head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], links: Links) -> AnyView {
    let name = head.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(", ");
    let head: Vec<_> =
        head.iter().map(|cell| view! { <th scope="col">{draw_inlines(cell, links)}</th> }).collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            let cells: Vec<_> =
                row.iter().map(|cell| view! { <td>{draw_inlines(cell, links)}</td> }).collect();
            view! { <tr>{cells}</tr> }
        })
        .collect();
    view! {
        <div class="ar-table" tabindex="0" role="region" aria-label=name>
            <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>
        </div>
    }
    .into_any()
}

fn draw_inlines(inlines: &[Inline], links: Links) -> Vec<AnyView> {
    inlines.iter().map(|inline| draw_inline(inline, links)).collect()
}

fn draw_inline(inline: &Inline, links: Links) -> AnyView {
    match inline {
        Inline::Text(text) => text.clone().into_any(),
        Inline::Strong(inner) => view! { <strong>{draw_inlines(inner, links)}</strong> }.into_any(),
        Inline::Emphasis(inner) => view! { <em>{draw_inlines(inner, links)}</em> }.into_any(),
        Inline::Break => view! { <br /> }.into_any(),
        Inline::Link(LinkTarget::Term(_) | LinkTarget::Heading(None, _), inner) => {
            draw_inlines(inner, links).into_any()
        }
        Inline::Link(LinkTarget::Page(page) | LinkTarget::Heading(Some(page), _), inner) => {
            let page = page.clone();
            view! {
                <button type="button" class="ar-link-button" on:click=move |_| links.on_page.run(page.clone())>
                    {draw_inlines(inner, links)}
                </button>
            }
            .into_any()
        }
        Inline::Link(LinkTarget::Help, inner) => view! {
            <button type="button" class="ar-link-button" on:click=move |_| links.on_help.run(())>
                {draw_inlines(inner, links)}
            </button>
        }
        .into_any(),
        Inline::Link(LinkTarget::Address(address), inner) => {
            let web = address.starts_with("http");
            view! {
                <a
                    class="ar-link"
                    href=address.clone()
                    target=web.then_some("_blank")
                    rel=web.then_some("noopener noreferrer")
                >
                    {draw_inlines(inner, links)}
                </a>
            }
            .into_any()
        }
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let text = "Some **strong** and *soft* words, a [page](aftercare.md), [help](#help), a [call](tel:988), \
                [the web](https://988lifeline.org) and a [trap](javascript:alert(1)).\n\n## A heading\n\n- one\n- two\n\n\
                > A call-out.\n\n1. first\n2. second\n\n### Smaller\n\n| When | What |\n|---|---|\n| before | eat |\n\n---\n\n\
                <script>alert(1)</script>\n";
    let blocks = crate::engine::guide::markdown::parse(text, &|words, _| words.to_owned(), &mut |_, _| {});
    let links = Links { on_page: Callback::new(|_| ()), on_help: Callback::new(|()| ()) };
    vec![("prose", view! { <Prose blocks links /> }.into_any())]
}
