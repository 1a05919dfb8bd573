//! The plain pages as HTML: the frame of every page, the lists, help, and each page of the guide in it.

use crate::cli::lint::is_example;
use crate::cli::pages::html::{Html, element, nothing, text, void};
use crate::cli::pages::prose::{Pen, link, some};
use crate::cli::pages::{File, INDEX, paper, style};
use crate::engine::guide::Guide;
use crate::engine::guide::markdown::{self, Block};
use crate::engine::guide::page::Page;
use crate::engine::guide::settings::PageGroup;
use crate::engine::guide::words::{Say, Words};
use crate::engine::ids::{Lang, PageId};

/// The file of help.
pub(super) const HELP: &str = "help.html";
/// The file of the questions on paper.
const PAPER: &str = "paper.html";
/// The stylesheet, above the languages' folders.
const STYLE: &str = "style.css";
/// From how many parts on a page lists them at its top.
const PARTS_TO_LIST: usize = 4;
/// Everything of it may be shown, nothing may run.
const POLICY: &str =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";
/// What is said on each page while the settings are those of the example: to a reader, in each language that is built in, so
/// that nobody goes by numbers that are not their clinic's; and to the clinic.
const EXAMPLE: [(&str, &str); 3] = [
    (
        "en",
        "These pages are an example. The clinic, its phone number, the hours and the numbers in them are not your clinic's. \
         Call your own clinic and ask.",
    ),
    (
        "es",
        "Estas páginas son un ejemplo. La clínica, su teléfono, los horarios y los números que dicen no son los de su \
         clínica. Llame a su propia clínica y pregunte.",
    ),
    (
        "en",
        "For the clinic: make the pages anew with your own name, or take them away. See docs/hosting.html, “The plain pages”.",
    ),
];

/// What the pages are made of, and where each stands.
pub struct Book<'b> {
    guide: &'b Guide,
    /// Whether the clinic is that of the example.
    example: bool,
    /// The address of the widget as the languages' folders see it; empty if there is none beside the pages.
    widget: &'b str,
}

impl<'b> Book<'b> {
    /// The pages of a guide; `widget` is its address as the languages' folders see it, or empty.
    pub fn of(guide: &'b Guide, widget: &'b str) -> Self {
        Self { guide, example: is_example(&guide.settings.clinic), widget }
    }

    /// The widget's own page with the clinic and the list of the pages in it, which lie in a folder beside it, and with the
    /// widget's first screens, if there is a place for them.
    pub fn filled(&self, index: &str, folder: &str, first_screens: &Html) -> Result<String, String> {
        let mut filled = index.to_owned();
        for (key, inner) in [("clinic", self.static_clinic()), ("pages", self.static_pages(folder))] {
            filled = fill(&filled, key, "div", &inner).ok_or_else(|| {
                format!("has no element with data-fill=\"{key}\", so it is not the widget's page.")
            })?;
        }
        Ok(fill(&filled, "first-screens", "ar-early", first_screens).unwrap_or(filled))
    }

    /// Every file, in order.
    pub fn files(&self) -> Vec<File> {
        let mut files = vec![
            File { path: STYLE.to_owned(), content: style::sheet(&self.guide.settings.theme) },
            File { path: INDEX.to_owned(), content: self.languages() },
        ];
        for lang in &self.guide.settings.languages {
            let mut spoken = self.guide.clone();
            spoken.speak(lang);
            let words = self.guide.words(lang);
            let mut add = |file: &str, content: String| {
                files.push(File { path: format!("{lang}/{file}"), content });
            };
            add(INDEX, self.contents(lang, words));
            add(HELP, self.help(lang, words));
            if !spoken.questions.is_empty() {
                add(PAPER, self.paper(&spoken, lang, words));
            }
            for id in &self.guide.settings.pages {
                if let (Some(file), Some(content)) = (self.file_of(id), self.page(id, lang, words)) {
                    add(&file, content);
                }
            }
        }
        files
    }

    /// The file of a page; none if no language has it.
    pub(super) fn file_of(&self, id: &PageId) -> Option<String> {
        let shown =
            self.guide.settings.pages.contains(id) && self.guide.pages.keys().any(|(page, _)| page == id);
        let file = format!("{id}.html");
        let taken = [INDEX, HELP, PAPER].contains(&file.as_str());
        shown.then(|| if taken { format!("page-{file}") } else { file })
    }

    /// A page in a language, or in the first one that has it.
    fn read(&self, id: &PageId, lang: &Lang) -> Option<(&Lang, &Page)> {
        std::iter::once(lang)
            .chain(&self.guide.settings.languages)
            .find_map(|lang| self.guide.pages.get_key_value(&(id.clone(), lang.clone())))
            .map(|((_, lang), page)| (lang, page))
    }

    /// The file that holds the glossary of a language, if it has one.
    pub(super) fn glossary(&self, lang: &Lang) -> Option<String> {
        let holds = |id: &&PageId| {
            self.guide
                .pages
                .get(&((*id).clone(), lang.clone()))
                .is_some_and(|page| page.blocks.contains(&Block::Glossary))
        };
        self.guide.settings.pages.iter().find(holds).and_then(|id| self.file_of(id))
    }

    /// The clinic as a patient may call it; empty while it is the example's.
    fn clinic(&self) -> &str {
        &self.guide.settings.clinic.name
    }

    // ---- the frame of every page ----

    fn shell(&self, lang: &Lang, words: &Words, file: &str, head: (&str, &str), main: Html) -> String {
        let (title, description) = head;
        let clinic = self.clinic();
        let title = if clinic.is_empty() { title.to_owned() } else { format!("{title} | {clinic}") };
        let mut marks = vec![
            void("meta", &[("charset", "utf-8")]),
            void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]),
            element("title", &[], text(&title)),
            void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
            void("meta", &[("name", "referrer"), ("content", "no-referrer")]),
            void("meta", &[("name", "color-scheme"), ("content", "light dark")]),
            void("link", &[("rel", "icon"), ("href", "data:,")]),
            void("link", &[("rel", "stylesheet"), ("href", &format!("../{STYLE}"))]),
        ];
        if !description.is_empty() {
            marks.push(void("meta", &[("name", "description"), ("content", description)]));
        }
        if self.example {
            marks.push(void("meta", &[("name", "robots"), ("content", "noindex")]));
        }
        let languages = &self.guide.settings.languages;
        if languages.len() > 1 {
            marks.extend(languages.iter().map(|lang| alternate(lang.as_str(), &format!("../{lang}/{file}"))));
            marks.extend(languages.first().map(|lang| alternate("x-default", &format!("../{lang}/{file}"))));
        }
        let header = element(
            "header",
            &[("class", "ar-header")],
            element(
                "p",
                &[("class", "ar-header__static")],
                [
                    element("strong", &[], text(words.say(Say::HeaderHelp))),
                    text(" "),
                    self.help_links(words, false),
                ],
            ),
        );
        let body = [
            header,
            self.nav(lang, words, file),
            element("main", &[("class", "ar-main")], [self.notice(), main]),
            self.footer(words),
        ];
        document(lang, marks.into_iter().collect(), body.into())
    }

    fn notice(&self) -> Html {
        if self.example {
            let sentences = EXAMPLE.map(|(lang, said)| element("p", &[("lang", lang)], text(said)));
            element("div", &[("class", "ar-plain__example")], sentences)
        } else {
            nothing()
        }
    }

    fn nav(&self, lang: &Lang, words: &Words, file: &str) -> Html {
        let item = |address: &str, words: &str, lang: &str, current: bool| {
            let current = if current { "page" } else { "" };
            element(
                "li",
                &[],
                element(
                    "a",
                    &[
                        ("class", "ar-link"),
                        ("href", address),
                        ("hreflang", lang),
                        ("lang", lang),
                        ("aria-current", current),
                    ],
                    text(words),
                ),
            )
        };
        let home = match self.clinic() {
            "" => words.say(Say::StartTitle).to_owned(),
            clinic => format!("{clinic}: {}", words.say(Say::PagesAll)),
        };
        let mut items = vec![item(INDEX, &home, "", file == INDEX)];
        if !self.guide.questions.is_empty() {
            items.push(item(PAPER, words.say(Say::PaperTitle), "", file == PAPER));
        }
        let others = self.guide.settings.languages.iter().filter(|other| *other != lang);
        items.extend(others.map(|other| {
            item(
                &format!("../{other}/{file}"),
                self.guide.settings.language_name(other),
                other.as_str(),
                false,
            )
        }));
        element(
            "nav",
            &[("class", "ar-plain__nav"), ("aria-label", words.say(Say::PagesTitle))],
            element("ul", &[], items.into_iter().collect::<Html>()),
        )
    }

    fn footer(&self, words: &Words) -> Html {
        let clinic = &self.guide.settings.clinic;
        let call = clinic.phone_address().map_or_else(nothing, |address| {
            element("p", &[], link(&address, text(words.say(Say::FooterCall))))
        });
        element(
            "footer",
            &[("class", "ar-footer")],
            [
                call,
                some("p", "ar-footer__small", text(&clinic.address)),
                some("p", "ar-footer__small", text(&clinic.hours)),
                element("p", &[("class", "ar-footer__small")], text(words.say(Say::FooterNotAdvice))),
            ],
        )
    }

    // ---- help ----

    /// Whether 988 answers where the clinic is.
    fn has_lifeline(&self) -> bool {
        matches!(self.guide.settings.region.as_str(), "" | "US" | "CA")
    }

    /// The help lines in a row; the call for an ambulance alone, or behind them.
    pub(super) fn help_links(&self, words: &Words, emergency: bool) -> Html {
        let say = |say| text(words.say(say));
        let call = if self.has_lifeline() {
            link("tel:911", say(Say::HelpEmergency))
        } else {
            element("strong", &[], say(Say::HelpEmergencyAbroad))
        };
        if emergency {
            return call;
        }
        let mut links = if self.has_lifeline() {
            vec![
                link("tel:988", say(Say::HelpCall)),
                link("sms:988", say(Say::HelpText)),
                link("https://988lifeline.org/chat", say(Say::HelpChat)),
            ]
        } else {
            vec![link("https://findahelpline.com", say(Say::HelpAbroadLink))]
        };
        links.push(call);
        let places = links.len();
        links
            .into_iter()
            .enumerate()
            .map(|(place, link)| Html::from([link, text(if place + 1 < places { " · " } else { "" })]))
            .collect()
    }

    fn help(&self, lang: &Lang, words: &Words) -> String {
        let say = |say| text(words.say(say));
        let line = |address: &str, class: &str, said| {
            element("li", &[], element("a", &[("class", class), ("href", address)], say(said)))
        };
        let (first, other) = ("ar-help__line ar-help__line--first", "ar-help__line");
        let (lines, emergency, what) = if self.has_lifeline() {
            let lines = [
                line("tel:988", first, Say::HelpCall),
                line("sms:988", other, Say::HelpText),
                line("https://988lifeline.org/chat", other, Say::HelpChat),
            ];
            let more = [
                element("ul", &[("class", "ar-help__lines")], lines),
                element("p", &[("lang", "es")], say(Say::HelpSpanish)),
                element("p", &[], say(Say::HelpVeterans)),
            ];
            let what = [
                element("h2", &[("class", "ar-help__what")], say(Say::HelpWhat)),
                element("p", &[], say(Say::HelpWhatMore)),
            ];
            let call = element("a", &[("class", other), ("href", "tel:911")], say(Say::HelpEmergency));
            (Html::from(more), call, Html::from(what))
        } else {
            let lines = line("https://findahelpline.com", first, Say::HelpAbroadLink);
            let more = [
                element("p", &[], say(Say::HelpAbroad)),
                element("ul", &[("class", "ar-help__lines")], lines),
            ];
            (Html::from(more), element("strong", &[], say(Say::HelpEmergencyAbroad)), nothing())
        };
        let main = element(
            "section",
            &[("class", "ar-help"), ("aria-labelledby", "ar-help")],
            [
                element("h1", &[("class", "ar-help__title"), ("id", "ar-help")], say(Say::HelpTitle)),
                element("p", &[("class", "ar-help__warm")], say(Say::HelpWarm)),
                lines,
                element(
                    "p",
                    &[("class", "ar-help__emergency")],
                    [emergency, element("span", &[], say(Say::HelpEmergencyMore))],
                ),
                what,
                element("p", &[], say(Say::HelpNear)),
                element("p", &[("class", "ar-help__nobody")], say(Say::HelpNobody)),
            ],
        );
        self.shell(lang, words, HELP, (words.say(Say::HelpTitle), words.say(Say::HelpWarm)), main)
    }

    // ---- the lists ----

    /// The way into each language.
    fn languages(&self) -> String {
        let languages = &self.guide.settings.languages;
        let links: Html = languages
            .iter()
            .map(|lang| {
                let words = self.guide.words(lang);
                let address = format!("{lang}/{INDEX}");
                let name = self.guide.settings.language_name(lang);
                let link = element(
                    "a",
                    &[("class", "ar-link"), ("href", &address), ("hreflang", lang.as_str())],
                    text(&format!("{name}: {}", words.say(Say::StartTitle))),
                );
                element("li", &[("lang", lang.as_str()), ("dir", lang.direction())], link)
            })
            .collect();
        let Some(lang) = languages.first() else { return String::new() };
        let words = self.guide.words(lang);
        let title = words.say(Say::StartTitle);
        let head: Html = [
            void("meta", &[("charset", "utf-8")]),
            void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", POLICY)]),
            element("title", &[], text(title)),
            void("meta", &[("name", "viewport"), ("content", "width=device-width, initial-scale=1")]),
            void("meta", &[("name", "referrer"), ("content", "no-referrer")]),
            void("meta", &[("name", "color-scheme"), ("content", "light dark")]),
            void("link", &[("rel", "icon"), ("href", "data:,")]),
            void("link", &[("rel", "stylesheet"), ("href", STYLE)]),
        ]
        .into_iter()
        .chain(self.example.then(|| void("meta", &[("name", "robots"), ("content", "noindex")])))
        .collect();
        let header = element(
            "header",
            &[("class", "ar-header")],
            languages
                .iter()
                .map(|lang| {
                    let words = self.guide.words(lang);
                    element(
                        "p",
                        &[("class", "ar-header__static"), ("lang", lang.as_str()), ("dir", lang.direction())],
                        [
                            element("strong", &[], text(words.say(Say::HeaderHelp))),
                            text(" "),
                            self.help_links(words, false),
                        ],
                    )
                })
                .collect::<Html>(),
        );
        let main = [
            self.notice(),
            element("h1", &[("class", "ar-title")], text(title)),
            element("ul", &[("class", "ar-plain__list")], links),
        ];
        document(
            lang,
            head,
            [header, element("main", &[("class", "ar-main")], main), self.footer(words)].into(),
        )
    }

    fn contents(&self, lang: &Lang, words: &Words) -> String {
        let settings = &self.guide.settings;
        let groups: Html = settings
            .groups
            .iter()
            .map(|group| {
                let said = words.group(&group.id);
                element(
                    "section",
                    &[("class", "ar-plain__group")],
                    [
                        element("h2", &[("id", group.id.as_str())], text(&said.title)),
                        some("p", "", text(&said.lead)),
                        self.list(&group.pages, lang),
                    ],
                )
            })
            .collect();
        let others: Vec<PageId> =
            settings.pages.iter().filter(|page| settings.group_of(page).is_none()).cloned().collect();
        let paper = if self.guide.questions.is_empty() {
            nothing()
        } else {
            let link = |address: &str, said: &str| {
                element("p", &[], element("a", &[("class", "ar-link"), ("href", address)], text(said)))
            };
            let widget = match self.widget {
                "" => nothing(),
                address => link(&format!("{address}?lang={lang}"), words.say(Say::StartBegin)),
            };
            element("div", &[("class", "ar-plain__ways")], [widget, link(PAPER, words.say(Say::PaperTitle))])
        };
        let (title, lead) = (words.say(Say::StartTitle), words.say(Say::StartLead));
        let main = [
            element("h1", &[("class", "ar-title")], text(title)),
            element("p", &[("class", "ar-lead")], text(lead)),
            paper,
            groups,
            self.list(&others, lang),
        ];
        self.shell(lang, words, INDEX, (title, lead), main.into())
    }

    fn list(&self, pages: &[PageId], lang: &Lang) -> Html {
        let items: Html = pages
            .iter()
            .filter_map(|id| {
                let (written, page) = self.read(id, lang)?;
                let file = self.file_of(id)?;
                let lent = if written == lang { "" } else { written.as_str() };
                let link = element("a", &[("class", "ar-link"), ("href", &file)], text(&page.title));
                Some(element("li", &[("lang", lent)], [link, some("p", "", text(&page.summary))]))
            })
            .collect();
        some("ul", "ar-plain__list", items)
    }

    // ---- the pages ----

    fn page(&self, id: &PageId, lang: &Lang, words: &Words) -> Option<String> {
        let (written, page) = self.read(id, lang)?;
        let file = self.file_of(id)?;
        let lent = if written == lang {
            nothing()
        } else {
            let name = self.guide.settings.language_name(written);
            element("p", &[("class", "ar-page__lent")], text(&words.fill(Say::PageLent, &[("name", name)])))
        };
        let pen = Pen { book: self, lang: written, words: self.guide.words(written) };
        let article = element(
            "article",
            &[("class", "ar-page"), ("lang", written.as_str()), ("dir", written.direction())],
            [
                element("h1", &[("class", "ar-title")], text(&page.title)),
                some("p", "ar-page__message", text(&page.summary)),
                parts(pen.words, &page.blocks),
                pen.prose(&page.blocks),
            ],
        );
        let main = [lent, article, self.about(words, page), self.neighbours(id, lang, words)];
        Some(self.shell(lang, words, &file, (&page.title, &page.summary), main.into()))
    }

    /// Where a page comes from, who checked it and when.
    fn about(&self, words: &Words, page: &Page) -> Html {
        let review = &page.review;
        let reviewed = review
            .reviewed_on
            .map(|date| words.fill(Say::PageReviewed, &[("date", &words.date(date))]))
            .unwrap_or_default();
        let signed = match (review.reviewer.as_str(), page.reviewer_role.as_str()) {
            ("", _) => words.say(Say::PageUnsigned).to_owned(),
            (name, "") => words.fill(Say::PageSignedBy, &[("name", name)]),
            (name, role) => words.fill(Say::PageSignedBy, &[("name", &format!("{name}, {role}"))]),
        };
        let due = review.review_due.map(|date| words.fill(Say::PageDue, &[("date", &words.date(date))]));
        let fact = |say, fact: &str| {
            if fact.is_empty() {
                return nothing();
            }
            element("p", &[], [element("strong", &[], text(&format!("{}: ", words.say(say)))), text(fact)])
        };
        let sources: Html = page
            .sources
            .iter()
            .map(|code| {
                let citation = self.guide.citations.get(code);
                let title = text(citation.map_or(code.as_str(), |citation| &citation.title));
                let address = citation.and_then(|citation| citation.address.as_deref());
                element(
                    "li",
                    &[],
                    address.map_or_else(|| title.clone(), |address| link(address, title.clone())),
                )
            })
            .collect();
        let sources = if sources.is_empty() {
            nothing()
        } else {
            element(
                "details",
                &[("class", "ar-details")],
                [
                    element(
                        "summary",
                        &[("class", "ar-details__summary")],
                        text(words.say(Say::PageSources)),
                    ),
                    element("ul", &[("class", "ar-about__sources")], sources),
                ],
            )
        };
        element(
            "section",
            &[("class", "ar-about"), ("aria-labelledby", "ar-about")],
            [
                element(
                    "h2",
                    &[("class", "ar-about__title"), ("id", "ar-about")],
                    text(words.say(Say::PageAbout)),
                ),
                element("p", &[], text(format!("{reviewed} {signed}").trim())),
                some("p", "", text(&due.unwrap_or_default())),
                fact(Say::PageEvidence, &page.evidence_level),
                fact(Say::PageFunding, &page.funding_note),
                sources,
            ],
        )
    }

    fn neighbours(&self, id: &PageId, lang: &Lang, words: &Words) -> Html {
        let (before, after) = self.guide.settings.neighbours(id);
        let item = |page: Option<&PageId>, say| {
            let found = page.and_then(|page| Some((self.file_of(page)?, self.read(page, lang)?.1)));
            found.map_or_else(nothing, |(file, page)| {
                let words = words.fill(say, &[("name", &page.title)]);
                element("li", &[], element("a", &[("class", "ar-link"), ("href", &file)], text(&words)))
            })
        };
        some("ul", "ar-page__next", [item(after, Say::PageAfter), item(before, Say::PageBefore)].into())
    }

    fn paper(&self, guide: &Guide, lang: &Lang, words: &Words) -> String {
        let title = words.say(Say::PaperTitle);
        let main = element(
            "article",
            &[("class", "ar-paper")],
            [element("h1", &[("class", "ar-title")], text(title)), paper::paper(self, guide, words)],
        );
        self.shell(lang, words, PAPER, (title, words.say(Say::PaperLead)), main)
    }

    // ---- the widget's own page before the widget runs ----

    fn static_clinic(&self) -> Html {
        let clinic = &self.guide.settings.clinic;
        if self.example || clinic.name.is_empty() {
            return nothing();
        }
        let phone = clinic
            .phone_address()
            .map_or_else(nothing, |address| Html::from([text(" · "), link(&address, text(&clinic.phone))]));
        element("p", &[], [element("strong", &[], text(&clinic.name)), phone])
    }

    /// The groups of pages in the first language, and the way into the other ones.
    fn static_pages(&self, folder: &str) -> Html {
        let settings = &self.guide.settings;
        let Some(first) = settings.languages.first() else { return nothing() };
        let words = self.guide.words(first);
        let item = |address: &str, lang: &str, words: &str| {
            element(
                "li",
                &[],
                element("a", &[("class", "ar-link"), ("href", address), ("lang", lang)], text(words)),
            )
        };
        let group = |group: &PageGroup| {
            item(&format!("{folder}/{first}/{INDEX}#{}", group.id), "", &words.group(&group.id).title)
        };
        let mut items: Vec<Html> = settings.groups.iter().map(group).collect();
        if items.is_empty() && !settings.pages.is_empty() {
            items.push(item(&format!("{folder}/{first}/{INDEX}"), "", words.say(Say::PagesAll)));
        }
        if !self.guide.questions.is_empty() {
            items.push(item(&format!("{folder}/{first}/{PAPER}"), "", words.say(Say::PaperTitle)));
        }
        items.extend(settings.languages.iter().skip(1).map(|lang| {
            item(&format!("{folder}/{lang}/{INDEX}"), lang.as_str(), settings.language_name(lang))
        }));
        Html::from([
            element("h2", &[("class", "ar-cards__title")], text(words.say(Say::StartRead))),
            element("ul", &[("class", "ar-plain__list")], items.into_iter().collect::<Html>()),
        ])
    }
}

/// What is on a long page.
fn parts(words: &Words, blocks: &[Block]) -> Html {
    let parts: Vec<_> = markdown::headings(blocks).filter(|(level, ..)| *level == 2).collect();
    if parts.len() < PARTS_TO_LIST {
        return nothing();
    }
    let items: Html = parts
        .into_iter()
        .map(|(_, said, slug)| {
            let address = format!("#{slug}");
            let said = text(&markdown::plain(said));
            element("li", &[], element("a", &[("class", "ar-link"), ("href", &address)], said))
        })
        .collect();
    element(
        "details",
        &[("class", "ar-details ar-contents")],
        [
            element("summary", &[("class", "ar-details__summary")], text(words.say(Say::PageContents))),
            element("ul", &[("class", "ar-contents__list")], items),
        ],
    )
}

fn alternate(lang: &str, address: &str) -> Html {
    void("link", &[("rel", "alternate"), ("hreflang", lang), ("href", address)])
}

fn document(lang: &Lang, head: Html, body: Html) -> String {
    let html = element(
        "html",
        &[("lang", lang.as_str()), ("dir", lang.direction())],
        [element("head", &[], head), element("body", &[], element("div", &[("class", "ar ar-plain")], body))],
    );
    format!("<!DOCTYPE html>\n{}\n", html.as_str())
}

/// Replaces what is inside of the element of this name and kind. There is no other of its kind in it.
fn fill(page: &str, key: &str, kind: &str, inner: &Html) -> Option<String> {
    let (before, rest) = page.split_once(&format!("data-fill=\"{key}\">"))?;
    let (_, after) = rest.split_once(&format!("</{kind}>"))?;
    Some(format!("{before}data-fill=\"{key}\">{}</{kind}>{after}", inner.as_str()))
}
