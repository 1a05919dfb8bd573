//! The typed blocks of a page as plain HTML, with the classes of the widget's own components, so that one stylesheet
//! draws both. What can be tapped in the widget is a link or plain words here.

use crate::cli::pages::book::{self, Book};
use crate::cli::pages::html::{Html, element, nothing, text, void};
use crate::engine::guide::blocks::{Compare, Figure, Icons, Timeline};
use crate::engine::guide::markdown::{Block, Inline, LinkTarget, plain};
use crate::engine::guide::pictures::{HEIGHT, Picture, WIDTH};
use crate::engine::guide::shapes::{self, BandShape, IconPaths};
use crate::engine::guide::slug::folded;
use crate::engine::guide::words::{Say, Term, Words};
use crate::engine::ids::{Lang, TermId};

/// Draws blocks in the words of a language.
#[derive(Clone, Copy)]
pub struct Pen<'b> {
    /// What is linked to.
    pub book: &'b Book<'b>,
    /// The language that the blocks are written in.
    pub lang: &'b Lang,
    /// The phrases and terms.
    pub words: &'b Words,
}

impl Pen<'_> {
    /// The blocks of a page.
    pub fn prose(self, blocks: &[Block]) -> Html {
        element("div", &[("class", "ar-prose")], self.blocks(blocks))
    }

    fn blocks(self, blocks: &[Block]) -> Html {
        blocks.iter().map(|block| self.block(block)).collect()
    }

    fn block(self, block: &Block) -> Html {
        match block {
            Block::Heading(2, inlines, slug) => element("h2", &[("id", slug)], self.inlines(inlines)),
            Block::Heading(_, inlines, slug) => element("h3", &[("id", slug)], self.inlines(inlines)),
            Block::Paragraph(inlines) => element("p", &[], self.inlines(inlines)),
            Block::Bullets(items) => element("ul", &[], self.items(items, "")),
            Block::Steps(items) => element("ol", &[], self.items(items, "")),
            Block::Checklist(items) => {
                element("ul", &[("class", "ar-plain__boxes")], self.items(items, "ar-plain__box"))
            }
            Block::Quote(blocks) => element("div", &[("class", "ar-callout")], self.blocks(blocks)),
            Block::Table(head, rows) => self.table(head, rows),
            Block::Rule => void("hr", &[]),
            Block::Icons(icons) => self.icons(icons),
            Block::Timeline(timeline) => self.timeline(timeline),
            Block::Compare(compare) => self.compare(compare),
            Block::Glossary => self.glossary(),
            Block::Figure(figure) => self.figure(figure),
            Block::Picture(picture) => self.picture(picture),
        }
    }

    fn items(self, items: &[Vec<Block>], class: &str) -> Html {
        items
            .iter()
            .map(|blocks| match blocks.as_slice() {
                // A tight item is its text, without a paragraph around it.
                [Block::Paragraph(inlines)] => element("li", &[("class", class)], self.inlines(inlines)),
                blocks => element("li", &[("class", class)], self.blocks(blocks)),
            })
            .collect()
    }

    fn table(self, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>]) -> Html {
        let name = head.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(", ");
        let head: Html =
            head.iter().map(|cell| element("th", &[("scope", "col")], self.inlines(cell))).collect();
        let rows: Html = rows
            .iter()
            .map(|row| {
                let cells: Html = row.iter().map(|cell| element("td", &[], self.inlines(cell))).collect();
                element("tr", &[], cells)
            })
            .collect();
        let table = element(
            "table",
            &[],
            [element("thead", &[], element("tr", &[], head)), element("tbody", &[], rows)],
        );
        element(
            "div",
            &[("class", "ar-table"), ("tabindex", "0"), ("role", "region"), ("aria-label", &name)],
            table,
        )
    }

    fn icons(self, icons: &Icons) -> Html {
        let total = icons.of.to_string();
        let rows: Html = icons
            .rows
            .iter()
            .map(|row| {
                let IconPaths { filled, empty, height } =
                    shapes::icon_paths(row.count, icons.of, self.mirrored());
                let picture = element(
                    "svg",
                    &[
                        ("class", "ar-icons__picture"),
                        ("viewBox", &format!("0 0 100 {height}")),
                        ("aria-hidden", "true"),
                        ("focusable", "false"),
                    ],
                    [
                        element("path", &[("class", "ar-icons__filled"), ("d", &filled)], nothing()),
                        element("path", &[("class", "ar-icons__empty"), ("d", &empty)], nothing()),
                    ],
                );
                let count =
                    self.words.fill(Say::IconsOf, &[("number", &row.count.to_string()), ("total", &total)]);
                let words = [
                    element("strong", &[("class", "ar-icons__count")], text(&count)),
                    text(" "),
                    text(&row.label),
                ];
                element(
                    "li",
                    &[("class", "ar-icons__row")],
                    [picture, element("p", &[("class", "ar-icons__words")], words)],
                )
            })
            .collect();
        element(
            "figure",
            &[("class", "ar-icons")],
            [
                some("figcaption", "ar-icons__title", text(&icons.title)),
                element("ul", &[("class", "ar-icons__rows")], rows),
                some("p", "ar-icons__note", self.inlines(&icons.note)),
            ],
        )
    }

    fn timeline(self, timeline: &Timeline) -> Html {
        let longest = timeline.steps.iter().filter_map(|step| step.length).map(|length| length.minutes().1);
        let longest = longest.fold(0.0, f64::max);
        let steps: Html = timeline
            .steps
            .iter()
            .map(|step| {
                let length = step.length.map(|length| self.words.length(&length)).unwrap_or_default();
                let length = match length.as_str() {
                    "" => nothing(),
                    length => {
                        [text(" "), element("span", &[("class", "ar-timeline__length")], text(length))].into()
                    }
                };
                let label = [element("strong", &[], text(&step.label)), length];
                let bar = step.length.filter(|_| longest > 0.0).map_or_else(nothing, |length| {
                    let (sure, perhaps) = shapes::bar(length, longest);
                    element(
                        "svg",
                        &[
                            ("class", "ar-timeline__bar"),
                            ("viewBox", "0 0 100 8"),
                            ("preserveAspectRatio", "none"),
                            ("aria-hidden", "true"),
                            ("focusable", "false"),
                        ],
                        [
                            rect("ar-timeline__sure", "0", "0", &sure, "8", "0"),
                            rect("ar-timeline__perhaps", &sure, "2", &perhaps, "4", "0"),
                        ],
                    )
                });
                element(
                    "li",
                    &[("class", "ar-timeline__step")],
                    [
                        element("p", &[("class", "ar-timeline__label")], label),
                        bar,
                        some("p", "ar-timeline__text", self.inlines(&step.text)),
                    ],
                )
            })
            .collect();
        let (band, scale) = if longest > 0.0 {
            (self.band(timeline), text(self.words.say(Say::TimelineScale)))
        } else {
            (nothing(), nothing())
        };
        element(
            "figure",
            &[("class", "ar-timeline")],
            [
                some("figcaption", "ar-timeline__title", text(&timeline.title)),
                band,
                element("ol", &[("class", "ar-timeline__steps")], steps),
                some("p", "ar-timeline__scale", scale),
            ],
        )
    }

    fn band(self, timeline: &Timeline) -> Html {
        let shapes: Html = shapes::band(&timeline.steps, self.mirrored())
            .into_iter()
            .enumerate()
            .map(|(place, step)| {
                let shape = match step.shape {
                    BandShape::Bar { sure: (x, width), perhaps } => Html::from([
                        rect("ar-timeline__sure", &x, "20", &width, "24", "4"),
                        perhaps.map_or_else(nothing, |(x, width)| {
                            rect("ar-timeline__perhaps", &x, "26", &width, "12", "3")
                        }),
                    ]),
                    BandShape::Point(x) => element(
                        "circle",
                        &[("class", "ar-timeline__sure"), ("cx", &x), ("cy", "32"), ("r", "7")],
                        nothing(),
                    ),
                };
                let number = element(
                    "text",
                    &[("class", "ar-timeline__number"), ("x", &step.number_x), ("y", "14")],
                    text(&(place + 1).to_string()),
                );
                Html::from([shape, number])
            })
            .collect();
        element(
            "svg",
            &[
                ("class", "ar-timeline__band"),
                ("viewBox", "0 0 700 46"),
                ("aria-hidden", "true"),
                ("focusable", "false"),
            ],
            shapes,
        )
    }

    /// One table. Where it is narrow, and on paper, each row stands as a card, so its cells say which option they are of;
    /// the roles stay, since a browser forgets them with the layout of a table.
    fn compare(self, compare: &Compare) -> Html {
        let name = if compare.title.is_empty() {
            compare.options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join(", ")
        } else {
            compare.title.clone()
        };
        let head: Html = compare
            .options
            .iter()
            .map(|option| element("th", &[("scope", "col"), ("role", "columnheader")], text(&option.name)))
            .collect();
        let rows: Html = compare
            .aspects
            .iter()
            .map(|aspect| {
                let cells: Html = compare
                    .options
                    .iter()
                    .zip(&aspect.texts)
                    .map(|(option, said)| {
                        element(
                            "td",
                            &[("role", "cell")],
                            [
                                element(
                                    "span",
                                    &[("class", "ar-plain__option"), ("aria-hidden", "true")],
                                    text(&option.name),
                                ),
                                self.inlines(said),
                            ],
                        )
                    })
                    .collect();
                let name = element("th", &[("scope", "row"), ("role", "rowheader")], text(&aspect.name));
                element("tr", &[("role", "row")], [name, cells])
            })
            .collect();
        let head = element("tr", &[("role", "row")], [element("td", &[("role", "cell")], nothing()), head]);
        let table = element(
            "table",
            &[("class", "ar-plain__compare"), ("role", "table"), ("aria-label", &name)],
            [
                element("thead", &[("role", "rowgroup")], head),
                element("tbody", &[("role", "rowgroup")], rows),
            ],
        );
        element(
            "div",
            &[("class", "ar-compare")],
            [some("p", "ar-compare__title", text(&compare.title)), table],
        )
    }

    /// Every term, by its first letter, each with an id that links find it by.
    fn glossary(self) -> Html {
        let mut letters: Vec<(String, Html)> = Vec::new();
        for (id, term) in terms(self.words) {
            let letter = folded(&term.word).chars().next().into_iter().flat_map(char::to_uppercase).collect();
            let row = Html::from([
                element("dt", &[("id", &term_anchor(&id))], text(&term.word)),
                element("dd", &[], text(&term.meaning)),
            ]);
            match letters.last_mut() {
                Some((last, rows)) if *last == letter => rows.push(row),
                _ => letters.push((letter, row)),
            }
        }
        let parts: Html = letters
            .into_iter()
            .map(|(letter, rows)| {
                element(
                    "div",
                    &[("class", "ar-glossary__part")],
                    [
                        element(
                            "p",
                            &[("class", "ar-glossary__letter"), ("aria-hidden", "true")],
                            text(&letter),
                        ),
                        element("dl", &[("class", "ar-terms")], rows),
                    ],
                )
            })
            .collect();
        element("div", &[("class", "ar-glossary")], parts)
    }

    fn figure(self, figure: &Figure) -> Html {
        let line = element("path", &[("d", figure.drawing.line())], nothing());
        element(
            "figure",
            &[("class", "ar-drawing")],
            [
                svg("ar-drawing__picture", "0 0 128 96", line),
                element("figcaption", &[("class", "ar-drawing__caption")], self.inlines(&figure.caption)),
            ],
        )
    }

    fn picture(self, picture: &Picture) -> Html {
        let layers: Html = picture
            .layers()
            .flat_map(|layer| {
                let paths = [
                    ("paper", layer.paper),
                    ("tint", layer.tint),
                    ("line", layer.line),
                    ("dots", layer.dots),
                ];
                paths.into_iter().filter(|(_, path)| !path.is_empty())
            })
            .map(|(class, path)| {
                element("path", &[("class", &format!("ar-picture__{class}")), ("d", path)], nothing())
            })
            .collect();
        let marks: Html = picture
            .marks()
            .map(|(number, (x, y))| {
                let (x, middle, foot) = (x.to_string(), y.to_string(), (y + 6).to_string());
                let circle = [("class", "ar-picture__mark"), ("cx", &x), ("cy", &middle), ("r", "13")];
                let place = [("class", "ar-picture__number"), ("x", &x), ("y", &foot)];
                Html::from([
                    element("circle", &circle, nothing()),
                    element("text", &place, text(&number.to_string())),
                ])
            })
            .collect();
        let parts: Html = picture
            .parts
            .iter()
            .map(|part| {
                let label = element("p", &[], element("strong", &[], text(&part.label)));
                element(
                    "li",
                    &[("class", "ar-picture__part")],
                    [label, some("p", "", self.inlines(&part.text))],
                )
            })
            .collect();
        element(
            "figure",
            &[("class", "ar-picture")],
            [
                some("figcaption", "ar-picture__title", text(&picture.title)),
                svg("ar-picture__drawing", &format!("0 0 {WIDTH} {HEIGHT}"), [layers, marks]),
                element("ol", &[("class", "ar-picture__parts")], parts),
            ],
        )
    }

    /// A run of text.
    pub fn inlines(self, inlines: &[Inline]) -> Html {
        inlines.iter().map(|inline| self.inline(inline)).collect()
    }

    fn inline(self, inline: &Inline) -> Html {
        match inline {
            Inline::Text(words) => text(words),
            Inline::Strong(inner) => element("strong", &[], self.inlines(inner)),
            Inline::Emphasis(inner) => element("em", &[], self.inlines(inner)),
            Inline::Break => void("br", &[]),
            Inline::Link(target, inner) => self.link(target, self.inlines(inner)),
        }
    }

    fn link(self, target: &LinkTarget, words: Html) -> Html {
        let address = match target {
            LinkTarget::Term(term) => return self.term(term, words),
            LinkTarget::Address(address) => return link(address, words),
            // The address is one of this guide's own pages, or the words stand alone.
            LinkTarget::Page(page) => self.book.file_of(page),
            LinkTarget::Heading(Some(page), slug) => {
                self.book.file_of(page).map(|file| format!("{file}#{slug}"))
            }
            LinkTarget::Heading(None, slug) => Some(format!("#{slug}")),
            LinkTarget::Help => Some(book::HELP.to_owned()),
        };
        match address {
            Some(address) => element("a", &[("class", "ar-link"), ("href", &address)], words),
            None => words,
        }
    }

    /// A hard name leads to its meaning, which its title says as well.
    fn term(self, id: &TermId, words: Html) -> Html {
        let Some(term) = self.words.term(id) else { return words };
        match self.book.glossary(self.lang) {
            Some(file) => {
                let address = format!("{file}#{}", term_anchor(id));
                element("a", &[("class", "ar-term"), ("href", &address), ("title", &term.meaning)], words)
            }
            None => element("abbr", &[("class", "ar-term"), ("title", &term.meaning)], words),
        }
    }

    fn mirrored(self) -> bool {
        self.lang.direction() == "rtl"
    }
}

/// A link to the web, a phone, a mail address or a text message.
pub fn link(address: &str, words: Html) -> Html {
    let rel = if address.starts_with("http") { "noopener noreferrer" } else { "" };
    element("a", &[("class", "ar-link"), ("href", address), ("rel", rel)], words)
}

/// An element with a class, or nothing if it would be empty.
pub fn some(name: &str, class: &str, inner: Html) -> Html {
    if inner.is_empty() { nothing() } else { element(name, &[("class", class)], inner) }
}

/// A picture that says nothing that is not in words beside it.
fn svg(class: &str, view_box: &str, inner: impl Into<Html>) -> Html {
    let place = [("class", class), ("viewBox", view_box), ("aria-hidden", "true"), ("focusable", "false")];
    element("svg", &place, inner)
}

fn rect(class: &str, x: &str, y: &str, width: &str, height: &str, corner: &str) -> Html {
    let place = [("class", class), ("x", x), ("y", y), ("width", width), ("height", height), ("rx", corner)];
    element("rect", &place, nothing())
}

/// The terms in the order of the alphabet.
fn terms(words: &Words) -> Vec<(TermId, &Term)> {
    let mut terms: Vec<(TermId, &Term)> =
        words.term_ids().map(TermId::from).filter_map(|id| words.term(&id).map(|term| (id, term))).collect();
    terms.sort_by_key(|(_, term)| folded(&term.word));
    terms
}

fn term_anchor(id: &TermId) -> String {
    format!("term-{id}")
}
