//! What every screen needs: the session to draw and a way to say what happened.

use leptos::prelude::*;

use crate::engine::guide::Guide;
use crate::engine::guide::words::Say;
use crate::engine::session::{Message, Session};
use std::sync::Arc;

/// The session as a signal, and the way back to the engine. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Ui {
    /// What is drawn.
    pub session: RwSignal<Session>,
    /// Says what happened.
    pub send: Callback<Message>,
}

impl Ui {
    /// The guide as it is now. A screen is drawn anew when it changes, so it need not be tracked.
    pub fn guide(self) -> Arc<Guide> {
        self.session.with_untracked(|session| session.guide.clone())
    }

    /// Changes when more of the guide has come. Read it in the smallest part that shows what came; with `track()`
    /// alone a memo that nobody has read yet would never hear of a change.
    pub fn version(self) -> Memo<String> {
        Memo::new(move |_| self.session.with(|session| session.guide.version.clone()))
    }

    /// Whether low-energy mode is on. The screen is drawn anew when that changes.
    pub fn calm(self) -> bool {
        self.session.with_untracked(|session| session.calm.on)
    }

    /// The class of a screen's next step. In low-energy mode the next step is "Next", and this button is a quiet one.
    pub fn unless_calm(self) -> &'static str {
        if self.calm() { "ar-button ar-button--quiet" } else { "ar-button" }
    }

    /// A session of nobody's, with the built-in words and nothing else; for examples.
    pub fn example() -> Self {
        Self { session: RwSignal::new(Session::default()), send: Callback::new(|_| ()) }
    }

    /// A phrase in the language in use.
    pub fn say(self, say: Say) -> String {
        self.session.with_untracked(|session| session.words().say(say).to_owned())
    }

    /// A phrase with its names filled in.
    pub fn fill(self, say: Say, values: &[(&str, &str)]) -> String {
        self.session.with_untracked(|session| session.words().fill(say, values))
    }

    /// A handler that sends always the same message.
    pub fn on(self, message: Message) -> Callback<()> {
        Callback::new(move |()| self.send.run(message.clone()))
    }
}
