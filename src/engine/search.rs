//! Finds what the pages and the glossary say about some words, in this browser alone.
//!
//! Words are compared by their stems, without accents, and with a typing slip where nothing fits better. A page's title
//! counts more than a heading, a heading more than a term of the glossary, and a term more than running text.

use crate::engine::find::{Finder, How, key};
use crate::engine::guide::Guide;
use crate::engine::guide::blocks::Compare;
use crate::engine::guide::markdown::{Block, Inline, plain};
use crate::engine::guide::page::Page;
use crate::engine::ids::{Lang, PageId};

/// How many pages are shown.
const MOST_PAGES: usize = 12;
/// How many places of one page are shown.
const MOST_PLACES: usize = 4;
/// How many words of a query are looked at.
const MOST_WORDS: usize = 8;
/// What it counts that the query is a title or a heading, times its weight: more than any number of words.
const NAMED: u32 = 100;
/// How many letters of a text are shown around what was found.
const SNIPPET: usize = 160;

/// What the pages say, ready to be searched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    pages: Vec<(PageId, String)>,
    lines: Vec<Line>,
    /// Every stem once, in order.
    stems: Vec<String>,
    finder: Finder,
    lang: Option<Lang>,
}

/// What a line of a page is; the weightiest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Running text.
    Text,
    /// A term of the glossary with its meaning.
    Term,
    /// A heading inside of a page.
    Heading,
    /// A page's title.
    Title,
}

impl Kind {
    fn weight(self) -> u32 {
        match self {
            Self::Text => 1,
            Self::Term => 3,
            Self::Heading => 5,
            Self::Title => 9,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Line {
    page: usize,
    /// The slug and the words of the heading that the line stands under; empty above the first.
    heading: (String, String),
    kind: Kind,
    text: String,
    /// Each word: its stem's place, and where it begins and ends in the text.
    words: Vec<(usize, usize, usize)>,
}

/// A page on which something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFound {
    /// The page.
    pub page: PageId,
    /// Its title.
    pub title: String,
    /// Where on it, the best first; never empty.
    pub places: Vec<PlaceFound>,
}

/// A place of a page where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceFound {
    /// The slug of the heading to go to; none for the page's beginning.
    pub slug: Option<String>,
    /// The heading's words; empty for the page's beginning.
    pub heading: String,
    /// A piece of the text; true where it is what was looked for.
    pub snippet: Vec<(String, bool)>,
}

impl Index {
    /// Reads the pages that have come in a language, in the order they are listed, and the glossary.
    pub fn new(guide: &Guide, lang: &Lang) -> Self {
        let mut index = Self { lang: Some(lang.clone()), ..Self::default() };
        for id in guide.settings.pages.iter().filter(|id| !guide.settings.hidden.contains(*id)) {
            // A page that is not there in this language is shown in the first one, and so is what it says here.
            let spoken = [Some(lang), guide.settings.languages.first()].into_iter().flatten();
            let page = spoken.into_iter().find_map(|lang| guide.pages.get(&(id.clone(), lang.clone())));
            if let Some(page) = page {
                index.add_page(guide, lang, id, page);
            }
        }
        let mut stems: Vec<String> = index
            .lines
            .iter()
            .flat_map(|line| words_of(&line.text).into_iter().map(|(word, ..)| stem(&word, lang)))
            .collect();
        stems.sort();
        stems.dedup();
        for line in &mut index.lines {
            line.words = words_of(&line.text)
                .into_iter()
                .filter_map(|(word, from, to)| {
                    Some((stems.binary_search(&stem(&word, lang)).ok()?, from, to))
                })
                .collect();
        }
        index.finder = Finder::new(stems.iter().map(String::as_str));
        index.stems = stems;
        index
    }

    fn add_page(&mut self, guide: &Guide, lang: &Lang, id: &PageId, page: &Page) {
        let place = self.pages.len();
        self.pages.push((id.clone(), page.title.clone()));
        let mut heading = (String::new(), String::new());
        let mut lines = vec![(Kind::Title, page.title.clone()), (Kind::Text, page.summary.clone())];
        for block in &page.blocks {
            if let Block::Heading(_, words, slug) = block {
                self.add_lines(place, &heading, std::mem::take(&mut lines));
                heading = (slug.clone(), plain(words));
                lines.push((Kind::Heading, heading.1.clone()));
            } else if *block == Block::Glossary {
                let terms = guide.words(lang).glossary();
                lines.extend(
                    terms.iter().map(|term| (Kind::Term, format!("{}: {}", term.word, term.meaning))),
                );
            } else {
                texts_of(block, &mut |text| lines.push((Kind::Text, text)));
            }
        }
        self.add_lines(place, &heading, lines);
    }

    fn add_lines(&mut self, page: usize, heading: &(String, String), lines: Vec<(Kind, String)>) {
        for (kind, text) in lines {
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if !text.is_empty() {
                self.lines.push(Line { page, heading: heading.clone(), kind, text, words: Vec::new() });
            }
        }
    }

    /// What the pages say about the words of a query, the best page first. Places with all of the words hide those with
    /// some of them.
    pub fn find(&self, query: &str) -> Vec<PageFound> {
        let Some(lang) = &self.lang else { return Vec::new() };
        let mut words: Vec<String> = words_of(query).into_iter().map(|(word, ..)| word).collect();
        let finished = !query.ends_with(|letter: char| letter.is_alphanumeric());
        if words.iter().any(|word| !is_small(word, lang)) {
            words.retain(|word| !is_small(word, lang));
        }
        words.truncate(MOST_WORDS);
        if words.iter().all(|word| word.chars().count() < 2) {
            return Vec::new();
        }
        let last = words.len().saturating_sub(1);
        let meant: Vec<Vec<(usize, u32)>> = words
            .iter()
            .enumerate()
            .map(|(place, word)| self.meant(&stem(word, lang), key(word), place == last && !finished))
            .collect();
        let places = self.places(&meant, &key(query));
        let most = places.iter().map(|place| place.words).max().unwrap_or(0);
        let mut found: Vec<(u32, usize, Vec<&Scored>)> = Vec::new();
        for place in places.iter().filter(|place| place.words == most && most > 0) {
            match found.iter_mut().find(|(_, page, _)| *page == place.line.page) {
                Some((score, _, others)) => {
                    *score = (*score).max(place.score);
                    let after = others.partition_point(|other| other.score >= place.score);
                    others.insert(after, place);
                }
                None => found.push((place.score, place.line.page, vec![place])),
            }
        }
        found.sort_by_key(|(score, page, _)| (u32::MAX - score, *page));
        found
            .into_iter()
            .take(MOST_PAGES)
            .filter_map(|(_, page, places)| {
                let (id, title) = self.pages.get(page)?.clone();
                let shown = places.into_iter().take(MOST_PLACES);
                Some(PageFound { page: id, title, places: shown.map(|place| place.shown(&meant)).collect() })
            })
            .collect()
    }

    /// The stems that a word of the query may mean, each with how well it fits: 4 exactly, 3 begins with it, 2 a slip.
    fn meant(&self, stem: &str, word: String, half: bool) -> Vec<(usize, u32)> {
        let mut meant: Vec<(usize, u32)> = Vec::new();
        for (place, other) in self.stems.iter().enumerate() {
            if other == stem {
                meant.push((place, 4));
            } else if half && word.chars().count() > 1 && other.starts_with(&word) {
                meant.push((place, 3));
            }
        }
        if meant.is_empty() {
            let near = self.finder.find(stem, 6);
            let best = near.first().map(|found| found.how);
            let slips =
                near.iter().filter(|found| matches!(found.how, How::Nearly(_)) && Some(found.how) == best);
            meant.extend(slips.map(|found| (found.place, 2)));
        }
        meant
    }

    /// The places with at least one of the words: all lines under one heading are one place.
    fn places(&self, meant: &[Vec<(usize, u32)>], query: &str) -> Vec<Scored<'_>> {
        let mut places: Vec<Scored> = Vec::new();
        let mut title: Vec<u32> = Vec::new();
        for lines in self.lines.chunk_by(|one, other| one.page == other.page && one.heading == other.heading)
        {
            let mut scores = vec![0; meant.len()];
            let mut named = 0;
            let mut best: Option<(usize, &Line)> = None;
            for line in lines {
                let mut words = 0;
                for (score, meant) in scores.iter_mut().zip(meant) {
                    let fit = |stem: usize| {
                        meant.iter().find(|(place, _)| *place == stem).map_or(0, |(_, fit)| *fit)
                    };
                    let fit = line.words.iter().map(|(stem, ..)| fit(*stem)).max().unwrap_or(0);
                    words += usize::from(fit > 0);
                    *score = (*score).max(fit * line.kind.weight());
                }
                // Who types a title or a heading as it stands means just that.
                if line.kind >= Kind::Heading && key(&line.text) == query {
                    named = NAMED * line.kind.weight();
                }
                if line.kind == Kind::Title {
                    title.clone_from(&scores);
                }
                // A heading stands above the text anyway, so the text is shown that says most.
                if best.is_none_or(|(most, shown)| words > most || shown.kind >= Kind::Heading) {
                    best = Some((words, line));
                }
            }
            let Some((_, line)) = best.filter(|_| scores.iter().any(|score| *score > 0)) else { continue };
            // A word of the page's title is understood in each of its parts.
            let all = scores.iter().zip(&title).map(|(own, title)| (*own).max(title.min(&1).to_owned()));
            let words = all.clone().filter(|score| *score > 0).count();
            places.push(Scored { line, words, score: named + all.sum::<u32>() });
        }
        places
    }
}

/// A place with how well it fits.
struct Scored<'i> {
    /// The line that is shown of it.
    line: &'i Line,
    /// How many of the words are found here.
    words: usize,
    score: u32,
}

impl Scored<'_> {
    fn shown(&self, meant: &[Vec<(usize, u32)>]) -> PlaceFound {
        let (slug, heading) = self.line.heading.clone();
        PlaceFound {
            slug: Some(slug).filter(|slug| !slug.is_empty()),
            heading,
            snippet: snippet(self.line, meant),
        }
    }
}

/// A piece of a line around the first word that was found, with all of them marked.
fn snippet(line: &Line, meant: &[Vec<(usize, u32)>]) -> Vec<(String, bool)> {
    let marked: Vec<(usize, usize)> = line
        .words
        .iter()
        .filter(|(stem, ..)| meant.iter().flatten().any(|(place, _)| place == stem))
        .map(|(_, from, to)| (*from, *to))
        .collect();
    let first = marked.first().map_or(0, |(from, _)| *from);
    let begins = |from: usize| line.words.iter().map(|(_, begin, _)| *begin).find(|begin| *begin >= from);
    let start = if first < SNIPPET / 2 { 0 } else { begins(first - SNIPPET / 3).unwrap_or(0) };
    let ends = line.words.iter().map(|(_, _, end)| *end);
    let end = match ends.filter(|end| *end <= start + SNIPPET).last() {
        Some(end) if line.text.len() > start + SNIPPET => end,
        Some(_) | None => line.text.len(),
    };
    let mut pieces = Vec::new();
    let mut add = |from: usize, to: usize, mark: bool| {
        if let Some(text) = line.text.get(from..to).filter(|text| !text.is_empty()) {
            pieces.push((text.to_owned(), mark));
        }
    };
    let mut at = start;
    for (from, to) in marked.into_iter().filter(|(from, to)| *from >= start && *to <= end) {
        add(at, from, false);
        add(from, to, true);
        at = to;
    }
    add(at, end, false);
    if start > 0 {
        pieces.insert(0, ("… ".to_owned(), false));
    }
    if end < line.text.len() {
        pieces.push((" …".to_owned(), false));
    }
    pieces
}

/// The words of a text as they are compared, each with where it begins and ends.
fn words_of(text: &str) -> Vec<(String, usize, usize)> {
    let mut words = Vec::new();
    let mut begin = None;
    let inside =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '’' | '\u{300}'..='\u{36f}');
    for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
        match begin {
            None if letter.is_alphanumeric() => begin = Some(at),
            Some(from) if !inside(letter) => {
                begin = None;
                words.push((key(text.get(from..at).unwrap_or_default()), from, at));
            }
            None | Some(_) => {}
        }
    }
    words
}

/// Words so common that they say nothing about what is looked for.
fn is_small(word: &str, lang: &Lang) -> bool {
    let small = if is_spanish(lang) {
        " a al con como de del el en es esta la las lo los me mi no o para por que se si su sus un una y ya "
    } else {
        " a an and are as at be can do does for from how i if in is it me my of on or that the this to what when \
          will with you your "
    };
    small.contains(&format!(" {word} "))
}

fn is_spanish(lang: &Lang) -> bool {
    lang.as_str().split('-').next() == Some("es")
}

/// A word without the ending that makes it plural or a form of a verb. Not a root: only the same for the forms of a word.
fn stem(word: &str, lang: &Lang) -> String {
    const ENGLISH: [&str; 10] = ["ingly", "edly", "ings", "ing", "ies", "ied", "es", "ed", "ly", "s"];
    const SPANISH: [&str; 22] = [
        "amente", "iendo", "mente", "ando", "adas", "ados", "idas", "idos", "aron", "ieron", "ada", "ado",
        "ida", "ido", "es", "ar", "er", "ir", "as", "os", "a", "o",
    ];
    let endings: &[&str] = if is_spanish(lang) { &SPANISH } else { &ENGLISH };
    let enough = |stem: &&str| stem.chars().count() >= 3;
    let stem = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(enough)).unwrap_or(word);
    // "stopping" and "stop", "drive" and "driving", "study" and "studies".
    let stem = stem.strip_suffix(['e', 'y', 's']).filter(enough).unwrap_or(stem);
    let mut letters: Vec<char> = stem.chars().collect();
    if let [.., one, other] = letters.as_slice()
        && one == other
        && letters.len() > 3
    {
        letters.pop();
    }
    letters.into_iter().collect()
}

/// The texts of a block, one by one.
fn texts_of(block: &Block, add: &mut dyn FnMut(String)) {
    let lists = |items: &[Vec<Block>], add: &mut dyn FnMut(String)| {
        items.iter().flatten().for_each(|block| texts_of(block, add));
    };
    match block {
        Block::Heading(_, words, _) | Block::Paragraph(words) => add(plain(words)),
        Block::Bullets(items) | Block::Steps(items) | Block::Checklist(items) => lists(items, add),
        Block::Quote(blocks) => blocks.iter().for_each(|block| texts_of(block, add)),
        Block::Table(head, rows) => {
            let row =
                |cells: &[Vec<Inline>]| cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(". ");
            add(row(head));
            rows.iter().for_each(|cells| add(row(cells)));
        }
        Block::Icons(icons) => {
            add(icons.title.clone());
            icons.rows.iter().for_each(|row| add(format!("{} of {}: {}", row.count, icons.of, row.label)));
            add(plain(&icons.note));
        }
        Block::Timeline(timeline) => {
            add(timeline.title.clone());
            timeline.steps.iter().for_each(|step| add(format!("{}: {}", step.label, plain(&step.text))));
        }
        Block::Compare(compare) => texts_of_comparison(compare, add),
        Block::Picture(picture) => {
            add(picture.title.clone());
            picture.parts.iter().for_each(|part| add(format!("{}: {}", part.label, plain(&part.text))));
        }
        Block::Figure(_) | Block::Glossary | Block::Rule => {}
    }
}

fn texts_of_comparison(compare: &Compare, add: &mut dyn FnMut(String)) {
    add(compare.title.clone());
    for aspect in &compare.aspects {
        for (option, text) in compare.options.iter().zip(&aspect.texts) {
            add(format!("{}, {}: {}", option.name, aspect.name, plain(text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_word_have_one_stem() {
        let same = |lang: &str, words: &[&str]| {
            let lang = Lang::from(lang);
            let stems: std::collections::BTreeSet<String> =
                words.iter().map(|word| stem(word, &lang)).collect();
            assert_eq!(stems.len(), 1, "{words:?}: {stems:?}");
        };
        same("en", &["drive", "drives", "driving"]);
        same("en", &["stop", "stops", "stopped", "stopping"]);
        same("en", &["medicine", "medicines"]);
        same("en", &["study", "studies"]);
        same("es", &["medicina", "medicinas"]);
        same("es", &["infusion", "infusiones"]);
        same("es", &["manejar", "manejando"]);
        same("es", &["clinica", "clinicas"]);
    }

    #[test]
    fn words_know_where_they_stand() {
        let text = "Don't, Qué: 24 h";
        let words: Vec<_> =
            words_of(text).into_iter().map(|(word, from, to)| (word, &text[from..to])).collect();
        let expected = [("dont", "Don't"), ("que", "Qué"), ("24", "24"), ("h", "h")];
        assert_eq!(words, expected.map(|(word, text)| (word.to_owned(), text)));
    }
}
