//! What protects a person whose computer others use: the way out by a key, and answers that do not stay when nobody is
//! there any more. The browser owns the keys and the timer and tells what happened; what follows is decided here.

use crate::engine::guide::words::Say;
use crate::engine::keep;
use crate::engine::plan::state::PlanScreen;
use crate::engine::session::{Effect, Screen, Session, Target};

/// How often the Shift key is pressed to leave.
pub const SHIFTS: u8 = 3;
/// How long nothing happens before the answers are wiped, in minutes, where the settings do not say.
pub const IDLE_MINUTES: f64 = 30.0;
/// How long before the wipe the person is warned, in seconds. WCAG 2.2.1 asks for 20 at least.
pub const WARNING_SECONDS: u32 = 120;

/// Where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// How often Shift was pressed by now.
    shifts: u8,
    /// For how many seconds nothing had happened when the warning was shown; none while it is not.
    warned: Option<u32>,
    /// Whether the answers were wiped because nobody was there. The start page says so until something else happens.
    pub wiped: bool,
}

impl Shared {
    /// Whether the warning stands in place of the screen.
    pub fn is_warning(&self) -> bool {
        self.warned.is_some()
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    /// Shift was pressed and let go, and no other key with it.
    PressedShift,
    /// Another key was pressed, or too much time went by after a press of Shift.
    GaveUpShift(GaveUp),
    /// Nobody has touched the page for so many seconds.
    TimePassed(u32),
    /// Somebody pressed a key or touched the page while the warning stood there.
    Stayed,
    /// The page was put away, and the browser may bring it back as it was.
    PutAway,
}

/// Why three presses of Shift did not come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GaveUp {
    /// Another key was pressed, as for a capital letter. Nothing is said: the person is typing.
    OtherKey,
    /// Too much time went by.
    TooLate,
}

/// What follows.
pub fn happened(session: &mut Session, what: Happened, effects: &mut Vec<Effect>) {
    match what {
        Happened::PressedShift => press_shift(session, effects),
        Happened::GaveUpShift(why) => {
            if session.shared.shifts > 0 && why == GaveUp::TooLate {
                effects.push(announce(session, Say::SharedShiftLate));
            }
            session.shared.shifts = 0;
        }
        Happened::TimePassed(seconds) => time_passed(session, seconds, effects),
        Happened::Stayed => {
            if session.shared.warned.take().is_some() {
                effects.push(Effect::Focus(Target::Heading));
                effects.push(announce(session, Say::SharedIdleKept));
            }
        }
        Happened::PutAway => *session = session.forgotten(),
    }
}

fn press_shift(session: &mut Session, effects: &mut Vec<Effect>) {
    session.shared.shifts = session.shared.shifts.saturating_add(1);
    match SHIFTS.saturating_sub(session.shared.shifts) {
        0 => {
            let leaving = announce(session, Say::SharedLeaving);
            *session = session.forgotten();
            effects.push(leaving);
            keep::leave(session, effects);
            effects.push(Effect::Leave);
        }
        1 => effects.push(announce(session, Say::SharedShiftOne)),
        _ => effects.push(announce(session, Say::SharedShiftTwo)),
    }
}

/// Warns, and later wipes. Nothing is ever wiped that was not warned of: a computer that slept for hours warns when it
/// wakes, and the warning hides the answers.
fn time_passed(session: &mut Session, seconds: u32, effects: &mut Vec<Effect>) {
    // Nothing takes the crisis panel away, and it shows no answer. The view of the day shows none either, and is meant to
    // be left open for hours. A request that is under way is not cut off.
    let stays_open = session.help_open || session.screen == Screen::Plan(PlanScreen::Today);
    if stays_open || session.delivery.is_under_way() || !session.holds_something() {
        session.shared.warned = None;
        return;
    }
    match session.shared.warned {
        Some(since) if seconds >= since.saturating_add(WARNING_SECONDS) => wipe(session, effects),
        // Somebody came back in between, and the browser did not say so.
        Some(since) if seconds < since => session.shared.warned = None,
        Some(_) => {}
        None if seconds.saturating_add(WARNING_SECONDS) >= idle_seconds(session) => {
            session.shared.warned = Some(seconds);
            effects.push(Effect::Focus(Target::Heading));
        }
        None => {}
    }
}

fn wipe(session: &mut Session, effects: &mut Vec<Effect>) {
    *session = session.forgotten();
    session.shared.wiped = true;
    effects.push(Effect::Focus(Target::Heading));
    effects.push(announce(session, Say::SharedWiped));
}

/// After how many minutes without a touch the answers are wiped.
pub fn idle_minutes(session: &Session) -> f64 {
    session.guide.settings.threshold("idle_minutes").unwrap_or(IDLE_MINUTES).max(5.0)
}

fn idle_seconds(session: &Session) -> u32 {
    (idle_minutes(session) * 60.0) as u32
}

fn announce(session: &Session, say: Say) -> Effect {
    Effect::Announce(session.words().say(say).to_owned())
}
