//! Low-energy mode: one sentence at a time, larger, with a pause anywhere, and a way out that loses nothing.

use crate::engine::guide::markdown::{Block, Inline, plain};
use crate::engine::session::{Effect, Screen, Session, Target, show};

/// Where a person is in low-energy mode.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Whether it is on.
    pub on: bool,
    /// Which piece of the screen is shown, counted from 0.
    pub place: usize,
    /// The screen that was left for a pause.
    left: Option<Left>,
}

impl State {
    /// What stays when everything of the person is forgotten: how the widget is drawn.
    pub fn kept(&self) -> Self {
        Self { on: self.on, ..Self::default() }
    }
}

/// What was on a screen that was left for a pause.
#[derive(Clone, Debug, PartialEq)]
struct Left {
    screen: Screen,
    place: usize,
    fields: Vec<String>,
    changing: bool,
}

/// Why the person stops for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rest {
    /// A pause.
    Pause,
    /// "I can't do this now".
    NotNow,
}

/// What happened in low-energy mode.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalmMessage {
    /// The switch was pressed.
    Switched,
    /// On to the next piece, of so many.
    PressedNext(usize),
    /// Back to the piece before.
    PressedBefore,
    /// A pause, or no more for now.
    PressedRest(Rest),
    /// On from a pause.
    PressedGoOn,
}

/// What follows.
pub fn update(session: &mut Session, message: CalmMessage, effects: &mut Vec<Effect>) {
    match message {
        CalmMessage::Switched => {
            session.calm.on = !session.calm.on;
            session.calm.place = 0;
        }
        CalmMessage::PressedNext(total) => {
            session.calm.place = (session.calm.place + 1).min(total.saturating_sub(1));
            effects.push(Effect::Focus(Target::Field(PIECE.to_owned())));
        }
        CalmMessage::PressedBefore => {
            session.calm.place = session.calm.place.saturating_sub(1);
            effects.push(Effect::Focus(Target::Field(PIECE.to_owned())));
        }
        CalmMessage::PressedRest(rest) => {
            if !matches!(session.screen, Screen::Rest(_)) {
                session.calm.left = Some(Left {
                    screen: session.screen.clone(),
                    place: session.calm.place,
                    fields: session.fields.clone(),
                    changing: session.changing,
                });
            }
            show(session, Screen::Rest(rest), effects);
        }
        CalmMessage::PressedGoOn => go_on(session, effects),
    }
}

/// The id of the piece that is shown.
pub const PIECE: &str = "ar-piece";

/// Back to where the pause was taken, with everything as it was.
pub fn go_on(session: &mut Session, effects: &mut Vec<Effect>) {
    let Some(left) = session.calm.left.take() else {
        show(session, Screen::Start, effects);
        return;
    };
    show(session, left.screen, effects);
    session.calm.place = left.place;
    session.fields = left.fields;
    session.changing = left.changing;
}

/// A page in pieces: each a sentence, or a drawing or table whole, with the heading it stands under.
pub fn pieces(blocks: &[Block]) -> Vec<(Option<Block>, Block)> {
    let mut pieces = Vec::new();
    let mut heading = None;
    for block in blocks {
        match block {
            // Alone over its piece, each heading is of the same level.
            Block::Heading(_, words, slug) => heading = Some(Block::Heading(2, words.clone(), slug.clone())),
            Block::Rule => {}
            Block::Paragraph(inlines) => {
                let sentences = sentences(inlines).into_iter().map(Block::Paragraph);
                pieces.extend(sentences.map(|sentence| (heading.clone(), sentence)));
            }
            Block::Quote(inner) => {
                pieces.extend(
                    self::pieces(inner).into_iter().map(|(own, piece)| (own.or(heading.clone()), piece)),
                );
            }
            Block::Bullets(items) => {
                let items = items.iter().map(|item| Block::Bullets(vec![item.clone()]));
                pieces.extend(items.map(|item| (heading.clone(), item)));
            }
            // Steps keep their numbers, checklists, tables and drawings their whole.
            Block::Steps(_)
            | Block::Checklist(_)
            | Block::Table(..)
            | Block::Icons(_)
            | Block::Timeline(_)
            | Block::Compare(_)
            | Block::Glossary
            | Block::Figure(_)
            | Block::Picture(_) => pieces.push((heading.clone(), block.clone())),
        }
    }
    pieces
}

/// A paragraph cut behind its sentences. A link or a strong word is never cut, so that nothing of it is lost.
pub fn sentences(inlines: &[Inline]) -> Vec<Vec<Inline>> {
    let mut sentences = Vec::new();
    let mut current = Vec::new();
    for inline in inlines {
        let Inline::Text(text) = inline else {
            // "... your medicines. **Do not stop ...**": the strong words begin a sentence of their own.
            let words = plain(std::slice::from_ref(inline));
            let ended = matches!(current.last(), Some(Inline::Text(before)) if ends_before_more(before));
            if ended && words.chars().next().is_some_and(begins_a_sentence) {
                sentences.push(std::mem::take(&mut current));
            }
            current.push(inline.clone());
            continue;
        };
        if text.starts_with(char::is_whitespace) && current.last().is_some_and(ends_a_sentence) {
            sentences.push(std::mem::take(&mut current));
        }
        let mut rest = text.as_str();
        while let Some(end) = sentence_end(rest) {
            let (sentence, after) = rest.split_at(end);
            current.push(Inline::Text(sentence.to_owned()));
            sentences.push(std::mem::take(&mut current));
            rest = after.trim_start();
        }
        if !rest.is_empty() {
            current.push(Inline::Text(rest.to_owned()));
        }
    }
    let says_something = |inline: &Inline| match inline {
        Inline::Text(text) => !text.trim().is_empty(),
        Inline::Break => false,
        Inline::Strong(_) | Inline::Emphasis(_) | Inline::Link(..) => true,
    };
    if current.iter().any(says_something) {
        sentences.push(current);
    }
    sentences
}

/// Whether strong words or a link end a sentence themselves.
fn ends_a_sentence(inline: &Inline) -> bool {
    match inline {
        Inline::Strong(inner) | Inline::Emphasis(inner) | Inline::Link(_, inner) => {
            plain(inner).trim_end().ends_with(['.', '?', '!'])
        }
        Inline::Text(_) | Inline::Break => false,
    }
}

fn begins_a_sentence(letter: char) -> bool {
    letter.is_uppercase() || letter.is_numeric() || matches!(letter, '¿' | '¡' | '"' | '«')
}

/// Whether a text ends with a sentence's end and a space.
fn ends_before_more(text: &str) -> bool {
    text.ends_with(char::is_whitespace) && text.trim_end().ends_with(['.', '?', '!'])
}

/// Where the first sentence of a text ends: behind a full stop, a question mark or a colon's like, before a space and
/// what can begin a sentence. `a.m. to` and `3.5` end none.
fn sentence_end(text: &str) -> Option<usize> {
    let mut letters = text.char_indices().peekable();
    while let Some((_, letter)) = letters.next() {
        if !matches!(letter, '.' | '?' | '!') {
            continue;
        }
        let Some((end, next)) = letters.peek().copied() else { continue };
        if !next.is_whitespace() {
            continue;
        }
        let begins = text.get(end..)?.trim_start().chars().next()?;
        if begins_a_sentence(begins) {
            return Some(end);
        }
    }
    None
}

/// The place of the first piece under a heading, by its slug.
pub fn place_of(blocks: &[Block], wanted: &str) -> Option<usize> {
    let under =
        |heading: &Option<Block>| matches!(heading, Some(Block::Heading(_, _, slug)) if slug == wanted);
    pieces(blocks).iter().position(|(heading, _)| under(heading))
}
