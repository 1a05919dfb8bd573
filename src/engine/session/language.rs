//! The language: chosen by the person, and the words in it.

use super::files::ask_for;
use super::first::Depth;
use super::{Effect, Lookup, Session, Target};
use crate::engine::guide;
use crate::engine::guide::words::{Say, Words};
use crate::engine::ids::Lang;

pub(super) fn choose_language<D: Depth>(session: &mut Session, lang: Lang, effects: &mut Vec<Effect>) {
    if !session.guide.settings.languages.contains(&lang) {
        return;
    }
    let paths = guide::first_paths(&lang);
    if session.has_all(&paths) {
        D::speak(session, &lang);
        let paths = guide::instrument_paths(&session.guide.settings, &lang);
        ask_for(session, paths, effects);
        session.lang = Some(lang);
        session.lookup = Lookup::default();
        session.lang_wanted = None;
        effects.push(Effect::Focus(Target::Heading));
        return;
    }
    effects.push(Effect::Announce(session.words().say(Say::CommonLoading).to_owned()));
    session.lang_wanted = Some(lang);
    ask_for(session, paths, effects);
}

impl Session {
    /// The words in the language in use, for whoever answers.
    pub fn words(&self) -> &Words {
        self.guide.words_for(self.lang(), &self.answers)
    }

    /// The words that have a glossary: those in the language in use, or else those of the first language.
    pub fn words_with_terms(&self) -> &Words {
        let own = self.words();
        let first = self.guide.settings.languages.first().and_then(|first| self.guide.words.get(first));
        if own.term_ids().next().is_some() { own } else { first.unwrap_or(own) }
    }

    /// The language in use.
    pub fn lang(&self) -> &Lang {
        static ENGLISH: std::sync::LazyLock<Lang> = std::sync::LazyLock::new(|| Lang::from("en"));
        self.lang.as_ref().unwrap_or(&ENGLISH)
    }
}
