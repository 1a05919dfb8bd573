//! Draws the typed blocks of a page. There is no `inner_html` here: what is not a block cannot be drawn.

use std::cell::Cell;

use leptos::prelude::*;

use crate::engine::guide::blocks::{Compare as Comparison, Icons, Timeline as Parts};
use crate::engine::guide::markdown::{Block, Inline, LinkTarget, plain};
use crate::engine::guide::pictures::Picture;
use crate::engine::guide::words::Say;
use crate::engine::ids::PageId;
use crate::engine::session::Message;
use crate::ui::checklist::Checklist;
use crate::ui::compare::{Compare, CompareWords};
use crate::ui::context::Ui;
use crate::ui::drawing::DrawingFigure;
use crate::ui::icon_array::IconArray;
use crate::ui::picture::PictureFigure;
use crate::ui::term::{GlossaryList, tap};
use crate::ui::timeline::{StepWords, Timeline};

/// The body of a page.
#[component]
pub fn Prose(
    /// The session, for links, terms and phrases.
    ui: Ui,
    /// The blocks.
    blocks: Vec<Block>,
    /// Whether the page is written from right to left.
    mirrored: bool,
) -> impl IntoView {
    let ids = Cell::new(0);
    let pen = Pen { ui, mirrored, ids: &ids };
    let drawn = pen.blocks(&blocks);
    view! { <div class="ar-prose">{drawn}</div> }
}

/// The id of the element of a heading, by its slug.
pub fn part_id(slug: &str) -> String {
    format!("ar-part-{slug}")
}

/// What drawing a block needs.
#[derive(Clone, Copy)]
struct Pen<'p> {
    ui: Ui,
    mirrored: bool,
    /// How many blocks with an id of their own there are.
    ids: &'p Cell<usize>,
}

impl Pen<'_> {
    /// An id for a block that can be printed alone.
    fn id(self, what: &str) -> String {
        self.ids.set(self.ids.get() + 1);
        format!("ar-{what}-{}", self.ids.get())
    }

    /// Whether the block of this id is being printed alone, and what asks for it.
    fn print(self, id: &str) -> (Signal<bool>, Callback<()>) {
        let (ui, id) = (self.ui, id.to_owned());
        let on_print = ui.on(Message::PressedPrintPart(id.clone()));
        let printing =
            Signal::derive(move || ui.session.with(|session| session.printing.as_ref() == Some(&id)));
        (printing, on_print)
    }

    fn blocks(self, blocks: &[Block]) -> Vec<AnyView> {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(self, block: &Block) -> AnyView {
        match block {
            Block::Heading(2, inlines, slug) => {
                view! { <h2 id=part_id(slug) tabindex="-1">{self.inlines(inlines)}</h2> }.into_any()
            }
            Block::Heading(_, inlines, slug) => {
                view! { <h3 id=part_id(slug) tabindex="-1">{self.inlines(inlines)}</h3> }.into_any()
            }
            Block::Paragraph(inlines) => view! { <p>{self.inlines(inlines)}</p> }.into_any(),
            Block::Bullets(items) => view! { <ul>{self.items(items)}</ul> }.into_any(),
            Block::Steps(items) => view! { <ol>{self.items(items)}</ol> }.into_any(),
            Block::Checklist(items) => self.checklist(items),
            Block::Quote(blocks) => view! { <div class="ar-callout">{self.blocks(blocks)}</div> }.into_any(),
            Block::Table(head, rows) => self.table(head, rows),
            Block::Rule => view! { <hr /> }.into_any(),
            Block::Icons(icons) => self.icons(icons),
            Block::Timeline(timeline) => self.timeline(timeline),
            Block::Compare(compare) => self.compare(compare),
            Block::Glossary => {
                let terms = self.ui.session.with_untracked(|session| {
                    session.words_with_terms().glossary().into_iter().cloned().collect()
                });
                view! { <GlossaryList terms /> }.into_any()
            }
            Block::Figure(figure) => {
                let caption = self.run(&figure.caption);
                view! { <DrawingFigure drawing=figure.drawing caption /> }.into_any()
            }
            Block::Picture(picture) => self.picture(picture),
        }
    }

    /// A run of text, or none if it says nothing.
    fn some_run(self, inlines: &[Inline]) -> Option<AnyView> {
        (!inlines.is_empty()).then(|| self.run(inlines))
    }

    fn run(self, inlines: &[Inline]) -> AnyView {
        self.inlines(inlines).into_any()
    }

    fn items(self, items: &[Vec<Block>]) -> Vec<AnyView> {
        items
            .iter()
            .map(|blocks| match blocks.as_slice() {
                // A tight item is its text, without a paragraph around it.
                [Block::Paragraph(inlines)] => view! { <li>{self.inlines(inlines)}</li> }.into_any(),
                blocks => view! { <li>{self.blocks(blocks)}</li> }.into_any(),
            })
            .collect()
    }

    fn checklist(self, items: &[Vec<Block>]) -> AnyView {
        let id = self.id("list");
        let items = items
            .iter()
            .map(|blocks| match blocks.as_slice() {
                [Block::Paragraph(inlines)] => self.run(inlines),
                blocks => self.blocks(blocks).into_any(),
            })
            .collect();
        let (printing, on_print) = self.print(&id);
        let (note, print) = (self.ui.say(Say::ChecklistNote), self.ui.say(Say::ChecklistPrint));
        view! { <Checklist id items note print printing on_print /> }.into_any()
    }

    fn icons(self, icons: &Icons) -> AnyView {
        let count = |count: u32| {
            self.ui.fill(Say::IconsOf, &[("number", &count.to_string()), ("total", &icons.of.to_string())])
        };
        let counts = icons.rows.iter().map(|row| count(row.count)).collect();
        let note = self.some_run(&icons.note);
        view! { <IconArray icons=icons.clone() counts note mirrored=self.mirrored /> }.into_any()
    }

    fn timeline(self, timeline: &Parts) -> AnyView {
        let words = timeline
            .steps
            .iter()
            .map(|step| StepWords {
                length: step
                    .length
                    .map(|length| self.ui.session.with_untracked(|session| session.words().length(&length)))
                    .unwrap_or_default(),
                text: self.some_run(&step.text),
            })
            .collect();
        let scale = self.ui.say(Say::TimelineScale);
        view! { <Timeline timeline=timeline.clone() words scale mirrored=self.mirrored /> }.into_any()
    }

    fn picture(self, picture: &Picture) -> AnyView {
        let texts = picture.parts.iter().map(|part| self.some_run(&part.text)).collect();
        view! { <PictureFigure picture=picture.clone() texts /> }.into_any()
    }

    fn compare(self, compare: &Comparison) -> AnyView {
        let id = self.id("compare");
        let (ui, mirrored) = (self.ui, self.mirrored);
        let say = |say| ui.say(say);
        let asks = compare.aspects.iter().map(|aspect| match aspect.ask.as_str() {
            "" => ui.fill(Say::CompareAsk, &[("name", &aspect.name)]),
            ask => ask.to_owned(),
        });
        let words = CompareWords {
            matters: say(Say::CompareMatters),
            matters_lead: say(Say::CompareMattersLead),
            chosen: say(Say::CompareChosen),
            pick: say(Say::ComparePick),
            first: say(Say::CompareFirst),
            second: say(Say::CompareSecond),
            list_title: say(Say::CompareListTitle),
            asks: asks.collect(),
            print: say(Say::ComparePrint),
        };
        let draw =
            Callback::new(move |text: Vec<Inline>| Pen { ui, mirrored, ids: &Cell::new(0) }.run(&text));
        let (printing, on_print) = self.print(&id);
        view! { <Compare id compare=compare.clone() words draw printing on_print /> }.into_any()
    }

    fn table(self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> AnyView {
        let name = head.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(", ");
        let head: Vec<_> =
            head.iter().map(|cell| view! { <th scope="col">{self.inlines(cell)}</th> }).collect();
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                let cells: Vec<_> = row.iter().map(|cell| view! { <td>{self.inlines(cell)}</td> }).collect();
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

    fn inlines(self, inlines: &[Inline]) -> Vec<AnyView> {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(self, inline: &Inline) -> AnyView {
        match inline {
            Inline::Text(text) => text.clone().into_any(),
            Inline::Strong(inner) => view! { <strong>{self.inlines(inner)}</strong> }.into_any(),
            Inline::Emphasis(inner) => view! { <em>{self.inlines(inner)}</em> }.into_any(),
            Inline::Break => view! { <br /> }.into_any(),
            Inline::Link(target, inner) => self.link(target, self.run(inner)),
        }
    }

    fn link(self, target: &LinkTarget, words: AnyView) -> AnyView {
        let message = match target {
            LinkTarget::Term(term) => return tap(self.ui, term, words),
            LinkTarget::Address(address) => {
                let web = address.starts_with("http");
                return view! {
                    <a
                        class="ar-link"
                        href=address.clone()
                        target=web.then_some("_blank")
                        rel=web.then_some("noopener noreferrer")
                    >
                        {words}
                    </a>
                }
                .into_any();
            }
            LinkTarget::Page(page) | LinkTarget::Heading(Some(page), _) if !self.is_shown(page) => {
                return words;
            }
            LinkTarget::Page(page) => Message::OpenedPage(page.clone()),
            LinkTarget::Heading(page, slug) => Message::FollowedLink(page.clone(), slug.clone()),
            LinkTarget::Help => Message::OpenedHelp,
        };
        let (send, pressed) = (self.ui.send, message.clone());
        // A link and no button, so that it breaks with its line and is read as what it is. It always opens in here: in
        // another tab nobody would know the clinic, and in a sealed frame nothing would come. The address stays as it is.
        view! {
            <a
                class="ar-link"
                href="#"
                on:click=move |event| {
                    event.prevent_default();
                    send.run(message.clone());
                }
                on:auxclick=move |event| {
                    if event.button() == 1 {
                        event.prevent_default();
                        send.run(pressed.clone());
                    }
                }
            >
                {words}
            </a>
        }
        .into_any()
    }

    /// Whether a page can be opened. A clinic may have hidden it.
    fn is_shown(self, page: &PageId) -> bool {
        self.ui.session.with_untracked(|session| session.offers_page(page))
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let text = "Some **strong** and *soft* words, a [page](aftercare.md), [its part](aftercare.md#part), [down](#smaller), \
                [help](#help), a [call](tel:988), \
                [the web](https://988lifeline.org) and a [trap](javascript:alert(1)).\n\n## A heading\n\n- one\n- two\n\n\
                > A call-out.\n\n1. first\n2. second\n\n### Smaller\n\n| When | What |\n|---|---|\n| before | eat |\n\n---\n\n\
                - [ ] tick\n\n<script>alert(1)</script>\n";
    let blocks = crate::engine::guide::markdown::parse(text, &|words, _| words.to_owned(), &mut |_, _| {});
    vec![("prose", view! { <Prose ui=Ui::example() blocks mirrored=false /> }.into_any())]
}
