//! A document's Markdown as HTML. It may hold more than a page of the guide (code, tables of any width, pictures), so it is
//! drawn from the parser's events; the escaping is that of the plain pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::cli::docs::links::{Target, follow, joined};
use crate::cli::docs::{Document, Site, problem};
use crate::cli::pages::html::{Html, element, nothing, text, void};
use crate::engine::problem::Problem;

/// A document as HTML, without its title.
#[derive(Default)]
pub struct Drawn {
    /// The HTML.
    pub html: Html,
    /// The headings below the title: the name of each, and its words.
    pub headings: Vec<(String, String)>,
    /// The files that go along, by their paths.
    pub files: BTreeSet<String>,
    /// What is wrong.
    pub problems: Vec<Problem>,
}

/// An element that has not been closed.
struct Open<'t> {
    tag: Option<Tag<'t>>,
    html: Html,
    /// The same without marks.
    words: String,
}

struct Pen<'s, 't> {
    site: &'s Site<'s>,
    document: &'s Document,
    line: usize,
    open: Vec<Open<'t>>,
    taken: BTreeMap<String, usize>,
    /// The head of the table that is open, and its words.
    head: (Html, Vec<String>),
    drawn: Drawn,
}

fn events(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES).into_offset_iter()
}

/// The name of a heading, as code hosts make it, so that a link works there and here.
pub fn name(words: &str) -> String {
    let letters = words.trim().chars().flat_map(char::to_lowercase);
    letters
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

/// A name that is not taken: with `-1`, `-2` and so on behind it, if need be.
fn unique(name: String, taken: &mut BTreeMap<String, usize>) -> String {
    let count = taken.entry(name.clone()).and_modify(|count| *count += 1).or_default();
    if *count == 0 { name } else { format!("{name}-{count}") }
}

/// The names of all headings of a document.
pub fn heading_names(markdown: &str) -> BTreeSet<String> {
    let (mut names, mut taken) = (BTreeSet::new(), BTreeMap::new());
    let mut heading: Option<String> = None;
    for (event, _) in events(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                names.extend(heading.take().map(|words| unique(name(&words), &mut taken)));
            }
            Event::Text(words) | Event::Code(words) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&words);
                }
            }
            _ => {}
        }
    }
    names
}

/// Draws a document.
pub fn draw(site: &Site<'_>, document: &Document) -> Drawn {
    let mut pen = Pen {
        site,
        document,
        line: 1,
        open: vec![Open { tag: None, html: nothing(), words: String::new() }],
        taken: BTreeMap::new(),
        head: (nothing(), Vec::new()),
        drawn: Drawn::default(),
    };
    for (event, place) in events(&document.text) {
        pen.line = 1 + document.text.get(..place.start).unwrap_or_default().matches('\n').count();
        pen.draw(event);
    }
    let Pen { mut open, mut drawn, .. } = pen;
    drawn.html = open.pop().map(|all| all.html).unwrap_or_default();
    drawn
}

impl<'t> Pen<'_, 't> {
    fn draw(&mut self, event: Event<'t>) {
        match event {
            Event::Start(tag) => {
                self.open.push(Open { tag: Some(tag), html: nothing(), words: String::new() });
            }
            Event::End(_) => self.close(),
            Event::Text(words) => {
                let html = if self.is_in(|tag| {
                    matches!(
                        tag,
                        Tag::Link { .. } | Tag::CodeBlock(_) | Tag::Image { .. } | Tag::Heading { .. }
                    )
                }) {
                    text(&words)
                } else {
                    self.with_mentions(&words)
                };
                self.push(html, &words);
            }
            Event::Code(code) => {
                let html = if !self.is_in(|tag| matches!(tag, Tag::Link { .. } | Tag::Heading { .. }))
                    && mention(&code) == Some(&code)
                {
                    self.mentioned(&code)
                } else {
                    element("code", &[], text(&code))
                };
                self.push(html, &code);
            }
            Event::SoftBreak => self.push(text("\n"), " "),
            Event::HardBreak => self.push(void("br", &[]), " "),
            Event::Rule => self.push(void("hr", &[]), ""),
            Event::Html(html) | Event::InlineHtml(html) => {
                if !html.trim_start().starts_with("<!--") {
                    let what = format!("`{}` is HTML.", html.trim());
                    self.wrong(what, "Write Markdown, or put it between backticks to show it.");
                }
            }
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn is_in(&self, of: impl Fn(&Tag) -> bool) -> bool {
        self.open.iter().filter_map(|open| open.tag.as_ref()).any(of)
    }

    fn wrong(&mut self, what: String, remedy: &str) {
        self.drawn.problems.push(problem(&self.document.path, self.line, what, remedy));
    }

    fn push(&mut self, html: Html, words: &str) {
        if let Some(last) = self.open.last_mut() {
            last.html.push(html);
            last.words.push_str(words);
        }
    }

    fn close(&mut self) {
        let Some(Open { tag: Some(tag), html, words }) = self.open.pop() else { return };
        let html = match tag {
            Tag::Paragraph => element("p", &[], html),
            Tag::Heading { level, .. } => self.heading(level, html, &words),
            Tag::BlockQuote(_) => element("div", &[("class", "ar-callout")], html),
            Tag::CodeBlock(_) => element(
                "pre",
                &[
                    ("class", "ar-docs__code"),
                    ("tabindex", "0"),
                    ("role", "group"),
                    ("aria-label", "Text to copy"),
                ],
                element("code", &[], html),
            ),
            Tag::List(Some(1)) => element("ol", &[], html),
            Tag::List(Some(start)) => element("ol", &[("start", &start.to_string())], html),
            Tag::List(None) => element("ul", &[], html),
            Tag::Item => element("li", &[], html),
            Tag::Table(_) => {
                let (head, names) = std::mem::take(&mut self.head);
                let rows = [head, element("tbody", &[], html)];
                let name = names.into_iter().filter(|name| !name.is_empty()).collect::<Vec<_>>().join(", ");
                let name = if name.is_empty() { "Table".to_owned() } else { name };
                element(
                    "div",
                    &[("class", "ar-table"), ("tabindex", "0"), ("role", "group"), ("aria-label", &name)],
                    element("table", &[], rows),
                )
            }
            Tag::TableHead => {
                self.head.0 = element("thead", &[], element("tr", &[], html));
                return;
            }
            Tag::TableRow => element("tr", &[], html),
            Tag::TableCell => {
                let in_head = matches!(self.open.last().map(|open| &open.tag), Some(Some(Tag::TableHead)));
                let is_named = !words.is_empty();
                if in_head {
                    self.head.1.push(words);
                    return match is_named {
                        true => self.push(element("th", &[("scope", "col")], html), ""),
                        false => self.push(element("td", &[], nothing()), ""),
                    };
                }
                element("td", &[], html)
            }
            Tag::Emphasis => element("em", &[], html),
            Tag::Strong => element("strong", &[], html),
            Tag::Link { dest_url, .. } => self.link(&dest_url, html, &words),
            Tag::Image { dest_url, .. } => {
                let html = self.picture(&dest_url, &words);
                return self.push(html, "");
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => return,
            Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => html,
        };
        self.push(html, &words);
    }

    fn heading(&mut self, level: HeadingLevel, html: Html, words: &str) -> Html {
        let name = unique(name(words), &mut self.taken);
        match level {
            // The title stands above it all.
            HeadingLevel::H1 => nothing(),
            HeadingLevel::H2 => {
                self.drawn.headings.push((name.clone(), words.to_owned()));
                element("h2", &[("id", &name)], html)
            }
            _ => element("h3", &[("id", &name)], html),
        }
    }

    /// A link. One whose words are a path is called by the title of what is there.
    fn link(&mut self, address: &str, html: Html, words: &str) -> Html {
        match follow(self.site, self.document, address) {
            Ok(Target::Address(address, document)) => {
                let rel = if address.starts_with("http") { "noopener noreferrer" } else { "" };
                let html = match document {
                    Some(document) if words.ends_with(".md") => text(&format!("“{}”", document.title)),
                    _ => html,
                };
                element("a", &[("class", "ar-link"), ("href", &address), ("rel", rel)], html)
            }
            Ok(Target::File(path, address)) => {
                self.drawn.files.insert(path);
                element("a", &[("class", "ar-link"), ("href", &address)], html)
            }
            Ok(Target::Words) => html,
            Err((what, remedy)) => {
                self.wrong(what, remedy);
                html
            }
        }
    }

    /// A text in which a document may be named by its path.
    fn with_mentions(&mut self, words: &str) -> Html {
        let mut html = nothing();
        let mut rest = words;
        while let Some(path) = mention(rest) {
            let Some((before, after)) = rest.split_once(path) else { break };
            html.push(text(before));
            let path = path.to_owned();
            html.push(self.mentioned(&path));
            rest = after;
        }
        html.push(text(rest));
        html
    }

    fn mentioned(&mut self, path: &str) -> Html {
        let up = "../".repeat(self.document.path.matches('/').count());
        if self.document.path == path {
            return text(&format!("“{}”", self.document.title));
        }
        self.link(&format!("{up}{path}"), element("code", &[], text(path)), path)
    }

    fn picture(&mut self, address: &str, alt: &str) -> Html {
        if alt.is_empty() {
            let what = format!("The picture `{address}` has no words for who cannot see it.");
            self.wrong(what, "Say between ![ and ] what is to be seen.");
        }
        match follow(self.site, self.document, address) {
            Ok(Target::File(path, address)) => {
                let size = fs::read(self.site.root.join(&path)).ok().and_then(|bytes| size_of_webp(&bytes));
                self.drawn.files.insert(path);
                let (width, height) =
                    size.map(|(width, height)| (width.to_string(), height.to_string())).unwrap_or_default();
                void("img", &[("src", &address), ("alt", alt), ("width", &width), ("height", &height)])
            }
            Ok(Target::Address(..) | Target::Words) => {
                let what = format!("The picture `{address}` does not lie in docs/.");
                self.wrong(
                    what,
                    "Put it into docs/pictures: scripts/pictures.mjs makes those that are there.",
                );
                nothing()
            }
            Err(_) => {
                let path = joined(&self.document.path, address);
                let what = format!("There is no picture `{path}`.");
                self.wrong(what, "Name it in scripts/pictures.mjs and run: make pictures");
                nothing()
            }
        }
    }
}

/// The first document that a text names by its path.
fn mention(words: &str) -> Option<&str> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | '.' | '/');
    words
        .split(|letter| !is_part(letter))
        .map(|word| word.trim_end_matches('.'))
        .find(|word| word.ends_with(".md") && (word.starts_with(super::DOCS) || super::BESIDE.contains(word)))
}

/// Width and height of a picture in WebP, which stand in its first part.
fn size_of_webp(bytes: &[u8]) -> Option<(u16, u16)> {
    // The highest two bits say how to scale it, which no browser does.
    let number = |place: Range<usize>| Some(u16::from_le_bytes(bytes.get(place)?.try_into().ok()?) & 0x3fff);
    (bytes.get(8..16)? == b"WEBPVP8 ").then_some(())?;
    Some((number(26..28)?, number(28..30)?))
}
