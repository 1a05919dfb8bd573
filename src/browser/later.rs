//! The second file of the widget (docs/decisions/0020-two-files.md): what the engine, the screens and the browser's side need
//! only once the questions are under way. One table of functions leads into it; whatever is reached through that table alone
//! is in the second file, which scripts/split.mjs cuts off.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{clipboard, dispatch, host, keep, open, passphrase, save, seal, send, zones};
use crate::engine::handoff::delivery::{Heard, Step};
use crate::engine::handoff::sealed::SealEvent;
use crate::engine::keep::{KeepEffect, KeepMessage};
use crate::engine::own_file::OwnFileMessage;
use crate::engine::plan::state::{PlanEffect, PlanMessage};
use crate::engine::session::{self, Effect, Message, Moment, Notice, Screen, Session};

/// What the engine makes of a message.
pub type Update = fn(Session, Message, &Moment) -> (Session, Vec<Effect>);

/// The functions of the second file.
pub struct Later {
    pub(super) update: Update,
    #[cfg(in_parts)]
    draw: fn(crate::ui::context::Ui, Screen) -> AnyView,
    pub(super) carry_out: fn(RwSignal<Session>, Effect),
    pub(super) has_something_to_lose: fn(&Session) -> bool,
}

/// The one way into the second file.
pub static LATER: Later = Later {
    update: session::update,
    #[cfg(in_parts)]
    draw: crate::ui::later::draw,
    carry_out,
    has_something_to_lose: Session::has_something_to_lose,
};

#[cfg(not(in_parts))]
mod parts {
    use super::*;

    /// The functions of the second file; here, where there is one file alone, always.
    pub fn get() -> Option<&'static Later> {
        Some(&LATER)
    }

    /// Loads the second file.
    pub fn load(_: RwSignal<Session>) {}
}

#[cfg(in_parts)]
mod parts {
    use std::sync::OnceLock;

    use super::*;
    use crate::engine::part::PartMessage;

    static CAME: OnceLock<&'static Later> = OnceLock::new();
    static WAY: OnceLock<fn() -> &'static Later> = OnceLock::new();

    /// The functions of the second file, once it is there.
    pub fn get() -> Option<&'static Later> {
        CAME.get().copied()
    }

    /// Says how the second file is entered. It must not be called before that is there.
    pub fn enter_by(way: fn() -> &'static Later) {
        let _ = WAY.set(way);
    }

    /// Loads the second file, once.
    pub fn load(session: RwSignal<Session>) {
        spawn_local(async move {
            let message = match WAY.get() {
                Some(way) if get().is_some() || host::part().await => {
                    let later = *CAME.get_or_init(way);
                    crate::ui::later::came(later.draw);
                    PartMessage::Came
                }
                _ => PartMessage::Failed,
            };
            dispatch(session, Message::Part(message));
        });
    }
}

pub use parts::*;

/// Carries out what only follows of the second file's messages.
fn carry_out(session: RwSignal<Session>, effect: Effect) {
    match effect {
        Effect::Seal(purpose, request) => spawn_local(async move {
            let sealed = seal::seal(&request).await;
            dispatch(session, Message::Seal(SealEvent::Sealed(purpose, request, sealed)));
        }),
        Effect::Deliver(step) => deliver(session, step),
        Effect::Copy(text) => spawn_local(async move {
            let notice = if clipboard::copy(&text).await { Notice::Copied } else { Notice::CopyRefused };
            dispatch(session, Message::Noticed(notice));
        }),
        Effect::SaveFile { name, text } => {
            let notice = if save::save(&name, &text).is_some() { Notice::Saved } else { Notice::SaveRefused };
            dispatch(session, Message::Noticed(notice));
        }
        Effect::Plan(effect) => carry_out_plan(session, effect),
        Effect::Keep(effect) => carry_out_keep(session, effect),
        Effect::SaveLocked { name, text, passphrase } => spawn_local(async move {
            let message = match passphrase::lock(&text, &passphrase).await {
                Some(locked) if save::save(&name, &locked).is_some() => Message::Noticed(Notice::Saved),
                Some(_) => Message::Noticed(Notice::SaveRefused),
                None => Message::OwnFile(OwnFileMessage::LockRefused),
            };
            dispatch(session, message);
        }),
        Effect::ReadFile(field) => spawn_local(async move {
            if let Some(read) = open::read(&field).await {
                dispatch(session, Message::OwnFile(OwnFileMessage::FileRead(read)));
            }
        }),
        Effect::Unlock { text, passphrase } => spawn_local(async move {
            let unlocked = passphrase::unlock(&text, &passphrase).await;
            dispatch(session, Message::OwnFile(OwnFileMessage::Unlocked(unlocked)));
        }),
        Effect::Print => {
            // It comes back when the person is through with the browser's print window.
            let message = match window().print() {
                Ok(()) => Message::Printed,
                Err(_) => Message::Noticed(Notice::PrintRefused),
            };
            dispatch(session, message);
        }
        Effect::Count => host::count(move |deeds| {
            if session.with_untracked(|session| session.screen == Screen::Deeds) {
                dispatch(session, Message::Counted(deeds));
            }
        }),
        Effect::KeepForOffline(paths) => host::keep_for_offline(&paths),
        // These are the first part's.
        Effect::Load(_)
        | Effect::LoadPart
        | Effect::Focus(_)
        | Effect::Reveal(_)
        | Effect::Announce(_)
        | Effect::TellHost(_)
        | Effect::SendOnlyTo(_)
        | Effect::Theme(_)
        | Effect::Leave => {}
    }
}

fn carry_out_keep(session: RwSignal<Session>, effect: KeepEffect) {
    let tell = move |message| dispatch(session, Message::Keep(message));
    match effect {
        KeepEffect::Look => spawn_local(async move {
            let wish = host::options().await;
            tell(KeepMessage::Looked(keep::look(wish.alone, wish.many)));
        }),
        KeepEffect::Seal { text, passphrase } => spawn_local(async move {
            tell(KeepMessage::Sealed(passphrase::lock(&text, &passphrase).await.map(Arc::from)));
        }),
        KeepEffect::Store { text, over } => tell(KeepMessage::Stored(keep::store(&text, over.as_deref()))),
        KeepEffect::Open { text, passphrase } => spawn_local(async move {
            tell(KeepMessage::Opened(passphrase::unlock(&text, &passphrase).await));
        }),
        KeepEffect::Wipe => tell(KeepMessage::Wiped(keep::wipe())),
    }
}

fn carry_out_plan(session: RwSignal<Session>, effect: PlanEffect) {
    match effect {
        PlanEffect::NameZones => {
            let (own, all) = zones::named();
            dispatch(session, PlanMessage::ZonesNamed(own, all).into());
        }
        PlanEffect::SeeZone { zone, visits, from, until } => {
            let made = zones::seen(&zone, visits, from, until).map(Box::new);
            dispatch(session, PlanMessage::ZoneSeen(made).into());
        }
        PlanEffect::TellMinutes => {
            gloo::timers::callback::Interval::new(60_000, move || {
                // The session is gone when the widget is.
                if session.try_with_untracked(|_| ()).is_some() {
                    dispatch(session, PlanMessage::MinutePassed.into());
                }
            })
            .forget();
        }
    }
}

/// Sends, waits or stops. What comes back carries the step's ticket.
fn deliver(session: RwSignal<Session>, step: Step) {
    match step {
        Step::Send(ticket, request) => spawn_local(async move {
            let heard = match send::send(&request).await {
                Ok(reply) => Heard::Replied(ticket, reply),
                Err(failure) => Heard::Failed(ticket, failure),
            };
            dispatch(session, Message::Delivery(heard));
        }),
        Step::Wait(ticket, ms) => {
            gloo::timers::callback::Timeout::new(ms, move || {
                dispatch(session, Message::Delivery(Heard::Waited(ticket)));
            })
            .forget();
        }
        // A timer that still rings has a ticket that nobody waits for.
        Step::Stop => send::stop(),
    }
}
