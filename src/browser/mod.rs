//! The outside: the only folder that names `web_sys`. It mounts the widget and carries out the engine's effects.
//!
//! Everything a browser can refuse (storage, clipboard, printing, a file, a connection) comes back as a message;
//! nothing in here panics.

mod clipboard;
mod clock;
mod focus;
mod host;
mod keep;
pub mod later;
mod open;
mod passphrase;
mod save;
mod seal;
mod send;
mod shared;
mod theme;
mod zones;

use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;

use crate::engine::ids::{Lang, PageId, is_id};
use crate::engine::keep::KeepEffect;
use crate::engine::session::early::catch_up;
use crate::engine::session::{self, Effect, Message, Session, Target};
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
        let (mut session, mut effects) = session::open(session::Wish {
            page: Some(wish.page).filter(|page| is_id(page)).map(|page| PageId::from(page.as_str())),
            lang: Some(wish.lang).filter(|lang| !lang.is_empty()).map(|lang| Lang::from(lang.as_str())),
            phone: wish.phone,
            clinic: !wish.clinic.is_empty(),
            in_parts: later::get().is_none(),
        });
        // The static page stands until there is something to show, so that nothing is drawn twice.
        while !session.ready
            && let Some(paths) = take_load(&mut effects)
        {
            let come = Message::FilesArrived(host::files(&paths).await);
            let (next, more) = update()(session, come, &clock::moment());
            session = next;
            effects.extend(more);
        }
        // Reading and drawing each take a while on an old phone; between the two a touch or a scroll gets its turn.
        clock::next_turn().await;
        host::settled().await;
        let early = host::early();
        let (session, more) = catch_up(session, &early, update(), &clock::moment());
        effects.extend(more);
        root.set_text_content(None);
        let mounted = mount_to(root, move || {
            let session = RwSignal::new(session);
            let ui = Ui { session, send: Callback::new(move |message| dispatch(session, message)) };
            warn_before_losing_answers(session);
            shared::listen(session);
            run(session, effects);
            view! { <App ui /> }
        });
        mounted.forget();
        tick().await;
        host::resume();
    });
}

/// Takes the first files that are to be loaded out of what is to be done.
fn take_load(effects: &mut Vec<Effect>) -> Option<Vec<String>> {
    let at = effects.iter().position(|effect| matches!(effect, Effect::Load(_)))?;
    match effects.remove(at) {
        Effect::Load(paths) => Some(paths),
        _ => None,
    }
}

/// What follows of messages, with as much of the widget as is there.
fn update() -> later::Update {
    later::get().map_or(session::update_first, |later| later.update)
}

/// Takes a message through the engine and carries out what follows, after the screen is drawn.
fn dispatch(session: RwSignal<Session>, message: Message) {
    let (next, effects) = update()(session.get_untracked(), message, &clock::moment());
    session.set(next);
    run(session, effects);
}

fn run(session: RwSignal<Session>, effects: Vec<Effect>) {
    if effects.is_empty() {
        return;
    }
    spawn_local(async move {
        tick().await;
        // On another screen, what was said last is old: nobody who reads from the top should hear it again.
        let moves =
            effects.iter().any(|effect| matches!(effect, Effect::Focus(Target::Heading | Target::Help)));
        if moves && !effects.iter().any(|effect| matches!(effect, Effect::Announce(_))) {
            announce("");
        }
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
        Effect::Announce(words) => announce(&words),
        Effect::LoadPart => later::load(session),
        Effect::TellHost(event) => host::tell(&event),
        Effect::SendOnlyTo(endpoint) => host::send_only_to(endpoint.as_deref()),
        Effect::Theme(properties) => theme::set(&properties),
        Effect::Leave => host::leave(),
        // Whoever leaves before the rest is there leaves nothing behind either.
        Effect::Keep(KeepEffect::Wipe) if later::get().is_none() => {
            keep::wipe();
        }
        other => {
            if let Some(later) = later::get() {
                (later.carry_out)(session, other);
            }
        }
    }
}

/// Says something to who listens to the page.
fn announce(words: &str) {
    if let Some(live) = element("ar-live") {
        live.set_text_content(Some(words));
    }
}

/// A reload or a closed tab asks first while there are answers that are not handed over.
fn warn_before_losing_answers(session: RwSignal<Session>) {
    let options = gloo::events::EventListenerOptions::enable_prevent_default();
    gloo::events::EventListener::new_with_options(&window(), "beforeunload", options, move |event| {
        let would_lose = later::get()
            .map_or(Session::has_something_of_its_own as fn(&Session) -> bool, |later| {
                later.has_something_to_lose
            });
        if session.try_with_untracked(would_lose) == Some(true) {
            event.prevent_default();
        }
    })
    .forget();
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}
