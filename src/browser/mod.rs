//! The outside: the only folder that names `web_sys`. It mounts the widget and carries out the engine's effects.
//!
//! Everything a browser can refuse (storage, clipboard, printing, a file, a connection) comes back as a message;
//! nothing in here panics.

mod clipboard;
mod clock;
mod focus;
mod host;
mod keep;
mod open;
mod passphrase;
mod save;
mod seal;
mod send;
mod shared;
mod theme;
mod zones;

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;

use crate::engine::handoff::delivery::{Heard, Step};
use crate::engine::handoff::sealed::SealEvent;
use crate::engine::ids::{Lang, PageId, is_id};
use crate::engine::keep::{KeepEffect, KeepMessage};
use crate::engine::own_file::OwnFileMessage;
use crate::engine::plan::state::{PlanEffect, PlanMessage};
use crate::engine::session::{self, Effect, Message, Notice, Screen, Session};
use crate::ui::app::App;
use crate::ui::context::Ui;

/// Mounts the widget into `#anteroom`, in place of the static page that stands there until now.
///
/// Without that element, or without a window, there is nothing to mount and nothing happens.
pub fn start() {
    // Leptos' own `spawn_local` only works after something was mounted.
    wasm_bindgen_futures::spawn_local(async {
        let Some(root) = element("anteroom").and_then(|root| root.dyn_into::<web_sys::HtmlElement>().ok())
        else {
            return;
        };
        let wish = host::options().await;
        root.set_text_content(None);
        let mounted = mount_to(root, move || {
            let (session, effects) = session::open(session::Wish {
                page: Some(wish.page).filter(|page| is_id(page)).map(|page| PageId::from(page.as_str())),
                lang: Some(wish.lang).filter(|lang| !lang.is_empty()).map(|lang| Lang::from(lang.as_str())),
                phone: wish.phone,
                clinic: !wish.clinic.is_empty(),
            });
            let session = RwSignal::new(session);
            let ui = Ui { session, send: Callback::new(move |message| dispatch(session, message)) };
            warn_before_losing_answers(session);
            shared::listen(session);
            run(session, effects);
            view! { <App ui /> }
        });
        mounted.forget();
    });
}

/// Takes a message through the engine and carries out what follows, after the screen is drawn.
fn dispatch(session: RwSignal<Session>, message: Message) {
    let (next, effects) = session::update(session.get_untracked(), message, &clock::moment());
    session.set(next);
    run(session, effects);
}

fn run(session: RwSignal<Session>, effects: Vec<Effect>) {
    if effects.is_empty() {
        return;
    }
    spawn_local(async move {
        tick().await;
        for effect in effects {
            carry_out(session, effect);
        }
    });
}

fn carry_out(session: RwSignal<Session>, effect: Effect) {
    match effect {
        Effect::Load(paths) => spawn_local(async move {
            dispatch(session, Message::FilesArrived(host::files(&paths).await));
        }),
        Effect::Focus(target) => focus::focus(&target),
        Effect::Reveal(id) => focus::reveal(&id),
        Effect::Announce(words) => {
            if let Some(live) = element("ar-live") {
                live.set_text_content(Some(&words));
            }
        }
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
        Effect::Keep(effect) => carry_out_keep(session, effect),
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
        Effect::TellHost(event) => host::tell(&event),
        Effect::SendOnlyTo(endpoint) => host::send_only_to(endpoint.as_deref()),
        Effect::Count => host::count(move |deeds| {
            if session.with_untracked(|session| session.screen == Screen::Deeds) {
                dispatch(session, Message::Counted(deeds));
            }
        }),
        Effect::Theme(properties) => theme::set(&properties),
        Effect::Leave => host::leave(),
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

/// A reload or a closed tab asks first while there are answers that are not handed over.
fn warn_before_losing_answers(session: RwSignal<Session>) {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    gloo::events::EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
        if session.try_with_untracked(Session::has_something_to_lose) == Some(true) {
            event.prevent_default();
        }
    })
    .forget();
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
