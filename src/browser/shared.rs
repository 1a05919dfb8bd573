//! Listens for what matters on a shared computer: the Shift key pressed three times, nobody being there any more, and
//! the page being put away. What follows is the engine's to decide.

use std::cell::Cell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use gloo::timers::callback::{Interval, Timeout};
use leptos::prelude::*;

use crate::browser::dispatch;
use crate::engine::session::{Message, Session};
use crate::engine::shared::{GaveUp, Happened};

/// How often it is looked whether anybody is there, in milliseconds.
const LOOK: u32 = 10_000;
/// From when on the engine is told that nobody is there, in seconds; below, nothing can follow.
const SHORT: u32 = 60;
/// How long a press of Shift counts, in milliseconds.
const SHIFT: u32 = 5_000;

/// Begins to listen. It goes on as long as the page is there.
pub fn listen(session: RwSignal<Session>) {
    listen_for_the_way_out(session);
    listen_for_nobody(session);
    // The browser may keep the page as it is, for whoever presses Back.
    on("pagehide", move |_| tell(session, Happened::PutAway));
}

fn listen_for_the_way_out(session: RwSignal<Session>) {
    // Whether Shift is down and no other key was pressed with it, and how many presses there were.
    let alone = Rc::new(Cell::new(false));
    let presses = Rc::new(Cell::new(0_u32));
    let (down, pressed) = (alone.clone(), presses.clone());
    on("keydown", move |event| {
        let shift = key(event).as_deref() == Some("Shift");
        down.set(shift);
        if !shift && pressed.get() > 0 {
            pressed.set(0);
            tell(session, Happened::GaveUpShift(GaveUp::OtherKey));
        }
    });
    on("keyup", move |event| {
        if key(event).as_deref() != Some("Shift") || !alone.take() {
            return;
        }
        let count = presses.get() + 1;
        presses.set(count);
        tell(session, Happened::PressedShift);
        let presses = presses.clone();
        Timeout::new(SHIFT, move || {
            if presses.get() == count {
                presses.set(0);
                tell(session, Happened::GaveUpShift(GaveUp::TooLate));
            }
        })
        .forget();
    });
}

fn listen_for_nobody(session: RwSignal<Session>) {
    let last = Rc::new(Cell::new(js_sys::Date::now()));
    let look = {
        let last = last.clone();
        move || {
            let seconds = ((js_sys::Date::now() - last.get()) / 1000.0) as u32;
            if seconds >= SHORT {
                tell(session, Happened::TimePassed(seconds));
            }
        }
    };
    // Of one who only looks on, or of a hand that bumps into the table, it is known that somebody is there; to keep the
    // answers after the warning takes a key or a tap.
    for (name, keeps) in [
        ("keydown", true),
        ("pointerdown", true),
        ("pointermove", false),
        ("wheel", false),
        ("touchmove", false),
    ] {
        let (last, look) = (last.clone(), look.clone());
        on(name, move |event| {
            // The page around the frame tells of the Shift key; that is nobody in here.
            if !event.is_trusted() {
                return;
            }
            let warning = || session.try_with_untracked(|session| session.shared.is_warning()) == Some(true);
            if warning() {
                if keeps {
                    last.set(js_sys::Date::now());
                    tell(session, Happened::Stayed);
                }
                return;
            }
            // A computer that slept wakes with a key: then nobody looked yet, and the warning comes first.
            look();
            if !warning() {
                last.set(js_sys::Date::now());
            }
        });
    }
    Interval::new(LOOK, look).forget();
}

fn tell(session: RwSignal<Session>, what: Happened) {
    dispatch(session, Message::Shared(what));
}

/// The key of a keyboard event. A browser that fills in a form by itself makes events without one.
fn key(event: &web_sys::Event) -> Option<String> {
    js_sys::Reflect::get(event, &"key".into()).ok()?.as_string()
}

fn on(name: &'static str, heard: impl FnMut(&web_sys::Event) + 'static) {
    let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: true };
    EventListener::new_with_options(&window(), name, options, heard).forget();
}
