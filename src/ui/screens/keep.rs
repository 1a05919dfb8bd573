//! What is kept on this device, wherever it is shown: the offer to open it on the start page, keeping and wiping on the
//! screen of the person's own file, wiping on the page of what this page did.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::keep::{self, KeepMessage, Said, Store, Trouble};
use crate::engine::session::Message;
use crate::ui::context::Ui;
use crate::ui::keep_form::{KeepForm, NewPassphrase};
use crate::ui::kept_offer::KeptOffer;
use crate::ui::notice::{Notice, Tone};
use crate::ui::screens::own_file::day;
use crate::ui::wipe::{Wipe, WipeWords};

fn send(ui: Ui, message: KeepMessage) -> Callback<()> {
    ui.on(Message::Keep(message))
}

fn typed(ui: Ui, message: fn(String) -> KeepMessage) -> Callback<String> {
    Callback::new(move |text| ui.send.run(Message::Keep(message(text))))
}

fn has_trouble(ui: Ui, trouble: Trouble) -> Signal<bool> {
    Signal::derive(move || ui.session.with(|session| session.keep.trouble() == Some(trouble)))
}

/// What became of what was pressed last; nothing if there is nothing to say.
pub fn draw_said(ui: Ui) -> AnyView {
    // Drawn anew only when it says something else: a notice that is drawn anew loses the focus.
    let said = Memo::new(move |_| ui.session.with(|session| session.keep.said));
    (move || said.get().map(|said| notice(ui, said))).into_any()
}

fn notice(ui: Ui, said: Said) -> AnyView {
    let (tone, say) = match said {
        Said::Kept => (Tone::Done, Say::KeepDone),
        Said::Wiped => (Tone::Done, Say::KeepWiped),
        Said::Trouble(trouble) => (
            Tone::Trouble,
            match trouble {
                Trouble::Weak => Say::KeepNoWeak,
                Trouble::NotSame => Say::KeepNoSame,
                Trouble::CannotSeal => Say::KeepNoSeal,
                Trouble::NotStored => Say::KeepNoStore,
                Trouble::Other => Say::KeepNoOther,
                Trouble::Passphrase => Say::KeepNoPassphrase,
                Trouble::CannotOpen => Say::KeepNoOpen,
                Trouble::NotOurs => Say::KeepNoOurs,
                Trouble::NotWiped => Say::KeepNoWipe,
            },
        ),
    };
    view! { <Notice tone title="" lines=vec![ui.say(say)] /> }.into_any()
}

/// The button that wipes, and its question.
#[component]
pub fn WipeKept(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let words = WipeWords {
        wipe: ui.say(Say::KeepWipe),
        title: ui.say(Say::KeepWipeTitle),
        lead: ui.say(Say::KeepWipeLead),
        yes: ui.say(Say::KeepWipeYes),
        no: ui.say(Say::KeepWipeNo),
    };
    let asks = Memo::new(move |_| ui.session.with(|session| session.keep.asks_to_wipe));
    view! {
        <Wipe
            words
            asks
            on_wipe=send(ui, KeepMessage::PressedWipe)
            on_yes=send(ui, KeepMessage::PressedWipeForGood)
            on_no=send(ui, KeepMessage::PressedLeaveIt)
        />
    }
}

/// The offer to open or wipe what stands there and is not open; nothing if there is nothing.
#[component]
pub fn Kept(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    // Whether something is there that is not open, and whether it can be opened.
    let there = Memo::new(move |_| {
        ui.session.with(|session| {
            let keep = &session.keep;
            (keep.there().is_some() && keep.kept_at().is_none()).then(|| keep.can_be_opened())
        })
    });
    move || {
        let can_be_opened = there.get()?;
        let opening =
            can_be_opened.then(|| (ui.say(Say::KeepPassphrase), pressed(ui, ui.say(Say::KeepOpen))));
        let lead = ui.say(if can_be_opened { Say::KeepOfferLead } else { Say::KeepOfferOther });
        Some(view! {
            <KeptOffer
                title=ui.say(Say::KeepOfferTitle)
                lead
                opening
                passphrase=Signal::derive(move || ui.session.with(|session| session.keep.passphrase.clone()))
                invalid=has_trouble(ui, Trouble::Passphrase)
                on_input=typed(ui, KeepMessage::TypedPassphrase)
                on_open=send(ui, KeepMessage::PressedOpen)
            >
                <WipeKept ui />
            </KeptOffer>
        })
    }
}

/// What the section on keeping shows.
#[derive(Clone, PartialEq)]
enum Shown {
    /// The browser refuses.
    Refused,
    /// There is nothing to keep yet.
    Nothing,
    /// A new passphrase, and whether something stands there already.
    New(bool),
    /// It was kept or opened: when, whether something changed since, and whether more may be kept.
    Open(String, bool, bool),
}

fn shown(ui: Ui) -> Option<Shown> {
    ui.session.with(|session| {
        let (keep, offered) = (&session.keep, keep::is_offered(session));
        match keep.kept_at() {
            Some(at) => Some(Shown::Open(at.to_owned(), !keep::is_up_to_date(session), offered)),
            None if !offered => None,
            None if keep.store == Store::Refused => Some(Shown::Refused),
            None if !keep::has_something(session) => Some(Shown::Nothing),
            None => Some(Shown::New(keep.there().is_some())),
        }
    })
}

/// Keeping the person's own file on this device; nothing where that is not offered.
#[component]
pub fn Keep(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let shown = Memo::new(move |_| shown(ui));
    move || {
        let inner = match shown.get()? {
            Shown::Refused => view! { <p>{ui.say(Say::KeepRefused)}</p> }.into_any(),
            Shown::Nothing => {
                view! { <p>{ui.say(Say::KeepLead)}</p> <p>{ui.say(Say::KeepNothingYet)}</p> }.into_any()
            }
            Shown::New(over) => {
                let fields = NewPassphrase {
                    label: ui.say(Say::KeepPassphrase),
                    hint: ui.say(Say::KeepHint),
                    again: ui.say(Say::KeepAgain),
                };
                let lines = [Say::KeepSee, Say::KeepForgot, Say::KeepShared].map(|say| ui.say(say));
                let lines = lines.into_iter().chain([leave(ui)]).collect();
                let keep = ui.say(if over { Say::KeepKeepOver } else { Say::KeepKeep });
                view! { <p>{ui.say(Say::KeepLead)}</p> {form(ui, lines, Some(fields), keep)} }.into_any()
            }
            Shown::Open(at, changed, offered) => {
                let date = ui.session.with_untracked(|session| day(session.words(), &at));
                let mut lines = vec![ui.say(if changed { Say::KeepChanged } else { Say::KeepSame })];
                if !at.is_empty() {
                    lines.insert(0, ui.fill(Say::KeepKeptOn, &[("date", &date)]));
                }
                lines.push(leave(ui));
                let form = offered.then(|| form(ui, lines, None, ui.say(Say::KeepKeepAgain)));
                view! { {form} <WipeKept ui /> }.into_any()
            }
        };
        Some(view! {
            <section class="ar-own-file">
                <h2 class="ar-section-title">{ui.say(Say::KeepTitle)}</h2>
                {inner}
            </section>
        })
    }
}

/// That the way out wipes it too.
fn leave(ui: Ui) -> String {
    ui.fill(Say::KeepLeave, &[("what", &ui.say(Say::HeaderLeave))])
}

/// The words of a button, and in their place that it takes a moment while it does.
fn pressed(ui: Ui, words: String) -> Signal<String> {
    let busy = Memo::new(move |_| ui.session.with(|session| session.keep.is_busy()));
    Signal::derive(move || if busy.get() { ui.say(Say::CommonLoading) } else { words.clone() })
}

fn form(ui: Ui, lines: Vec<String>, fields: Option<NewPassphrase>, keep: String) -> impl IntoView {
    view! {
        <KeepForm
            lines
            fields
            keep=pressed(ui, keep)
            passphrase=Signal::derive(move || ui.session.with(|session| session.keep.passphrase.clone()))
            weak=has_trouble(ui, Trouble::Weak)
            again=Signal::derive(move || ui.session.with(|session| session.keep.again.clone()))
            differs=has_trouble(ui, Trouble::NotSame)
            on_input=typed(ui, KeepMessage::TypedPassphrase)
            on_again=typed(ui, KeepMessage::TypedAgain)
            on_keep=send(ui, KeepMessage::PressedKeep)
        />
    }
}
