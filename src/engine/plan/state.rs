//! The part of the session that is about an appointment: what was typed, the plan made of it, what is ticked off.
//!
//! It lives in memory only, as all of the session does.

use std::collections::BTreeSet;

use crate::engine::ids::TaskId;
use crate::engine::plan::calendar::{Titles, calendar};
use crate::engine::plan::schedule::{Dated, Visits, schedule, stretch};
use crate::engine::plan::today::{Today, today};
use crate::engine::plan::zone::{Instant, Wall, Zone};
use crate::engine::screening::level::Level;
use crate::engine::session::{Effect, Message, Moment, Screen, Session, Target, focus_notice, go, open_help};

/// The most visits that can be typed.
pub const MOST_VISITS: usize = 12;

/// What is known of the person's appointments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Planning {
    /// What is typed for each visit.
    pub typed: Vec<TypedVisit>,
    /// The name of the clinic's zone as it was chosen; empty until then.
    pub chosen_zone: String,
    /// The zones that the browser knows.
    pub zones: Vec<String>,
    /// The zone that the person's own clock is in; empty if the browser does not tell.
    pub own_zone: String,
    /// Why no plan was made of what is typed.
    pub error: Option<PlanError>,
    /// The appointments that the plan is for; none until there is one.
    pub made: Option<Made>,
    /// What is ticked off, by visit.
    pub done: BTreeSet<(usize, TaskId)>,
    /// What the calendar file gives away.
    pub titles: Titles,
    /// Now, as the last message told.
    pub now: Instant,
    /// The screen from which the plan was opened.
    came_from: Screen,
    /// Whether the browser tells already when a minute has passed.
    ticking: bool,
}

/// What is typed for one visit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedVisit {
    /// The day, as `2026-12-03`.
    pub day: String,
    /// The time, as `09:30`.
    pub time: String,
}

/// Appointments that a plan can be made for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// When the visits are, by the clinic's clocks.
    pub visits: Visits,
    /// The clinic's zone around them.
    pub zone: Zone,
    /// The zone of the person's own clock, if it is known.
    pub own: Option<Zone>,
}

/// Why no plan was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanError {
    /// The day of a visit, counted from 0, is missing or is none.
    Day(usize),
    /// Its time is missing or is none.
    Time(usize),
    /// It is there already.
    Twice(usize),
    /// No zone is chosen, or the browser does not know it.
    Zone,
}

impl PlanError {
    /// The id of the field to mend.
    pub fn field(&self) -> String {
        match self {
            Self::Day(visit) | Self::Twice(visit) => day_id(*visit),
            Self::Time(visit) => time_id(*visit),
            Self::Zone => ZONE_ID.to_owned(),
        }
    }
}

/// The id of the field for a zone.
pub const ZONE_ID: &str = "ar-plan-zone";

/// The id of the field for the day of a visit, counted from 0.
pub fn day_id(visit: usize) -> String {
    format!("ar-plan-day-{visit}")
}

/// The id of the field for the time of a visit, counted from 0.
pub fn time_id(visit: usize) -> String {
    format!("ar-plan-time-{visit}")
}

/// The screens of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PlanScreen {
    /// When the visits are.
    Form,
    /// All tasks by their days.
    Days,
    /// What to do now, what next, what not to any more.
    Today,
}

/// What happened about the plan.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanMessage {
    /// The way to the plan was taken.
    Opened,
    /// The browser told the zone of the person's own clock and those that it knows.
    ZonesNamed(String, Vec<String>),
    /// The day of a visit was typed.
    TypedDay(usize, String),
    /// The time of a visit was typed.
    TypedTime(usize, String),
    /// A number of visits was chosen.
    ChoseCount(usize),
    /// The clinic's zone was chosen.
    ChoseZone(String),
    /// A plan is to be made of what is typed.
    PressedMake,
    /// The browser told the zone of the clinic and of the person's own clock around these visits; none if it does not know
    /// the clinic's.
    ZoneSeen(Option<Box<Made>>),
    /// The appointments are to be changed.
    PressedChange,
    /// A task of a visit was ticked off, or not any more.
    Ticked(usize, TaskId),
    /// What the calendar file gives away was changed.
    ToggledTitles,
    /// The calendar file was asked for.
    PressedCalendar,
    /// The view of the day was opened.
    OpenedToday,
    /// The view of all days was opened.
    OpenedDays,
    /// A minute has passed.
    MinutePassed,
}

/// What the browser must do for the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlanEffect {
    /// Name the zones, and answer with [`PlanMessage::ZonesNamed`].
    NameZones,
    /// See what the clocks of a zone do around these visits, and answer with [`PlanMessage::ZoneSeen`].
    SeeZone {
        /// The zone's name.
        zone: String,
        /// The visits.
        visits: Visits,
        /// From when.
        from: Instant,
        /// Until when.
        until: Instant,
    },
    /// Say from now on when a minute has passed.
    TellMinutes,
}

impl Planning {
    /// The zone that stands in the field: the chosen one, or else the clinic's own, or else that of the person's clock.
    pub fn zone_in_use<'s>(&'s self, clinic: &'s str) -> &'s str {
        [self.chosen_zone.as_str(), clinic, &self.own_zone]
            .into_iter()
            .find(|zone| !zone.is_empty())
            .unwrap_or_default()
    }

    /// Nothing of the person; what the browser knows stays.
    #[must_use]
    pub fn forgotten(&self) -> Self {
        Self {
            zones: self.zones.clone(),
            own_zone: self.own_zone.clone(),
            now: self.now,
            ticking: self.ticking,
            ..Self::default()
        }
    }

    /// Whether leaving now would lose something that the person typed.
    pub fn has_something_to_lose(&self) -> bool {
        self.typed.iter().any(|visit| !visit.day.is_empty())
    }

    /// The screen that Back leads to.
    pub fn back_from(&self, screen: PlanScreen) -> Screen {
        match screen {
            PlanScreen::Form => self.came_from.clone(),
            PlanScreen::Days => Screen::Plan(PlanScreen::Form),
            PlanScreen::Today => Screen::Plan(PlanScreen::Days),
        }
    }

    /// The visits that are typed.
    fn visits(&self) -> Result<Visits, PlanError> {
        let mut times = Vec::new();
        for (place, typed) in self.typed.iter().enumerate() {
            let day = typed.day.trim();
            let midnight = Wall::from_iso(&format!("{day}T00:00"))
                .filter(|wall| (1970..=9990).contains(&wall.date.year));
            midnight.ok_or(PlanError::Day(place))?;
            // Some browsers add seconds.
            let time = typed.time.trim().get(..5).unwrap_or_default();
            let wall = Wall::from_iso(&format!("{day}T{time}")).ok_or(PlanError::Time(place))?;
            if times.contains(&wall) {
                return Err(PlanError::Twice(place));
            }
            times.push(wall);
        }
        Ok(Visits { times, first: 1 })
    }
}

/// What follows when something happened about the plan.
pub fn update(session: &mut Session, message: PlanMessage, moment: &Moment, effects: &mut Vec<Effect>) {
    session.plan.now = Instant::from_utc(&moment.now).unwrap_or(session.plan.now);
    let plan = &mut session.plan;
    match message {
        PlanMessage::Opened => open(session, effects),
        PlanMessage::ZonesNamed(own, all) => (plan.own_zone, plan.zones) = (own, all),
        PlanMessage::TypedDay(visit, text) => {
            if let Some(visit) = plan.typed.get_mut(visit) {
                visit.day = text;
            }
        }
        PlanMessage::TypedTime(visit, text) => {
            if let Some(typed) = plan.typed.get_mut(visit) {
                typed.time = text;
            }
        }
        PlanMessage::ChoseCount(count) => {
            // Most series are at the same time of day.
            let time = plan.typed.first().map(|first| first.time.clone()).unwrap_or_default();
            plan.typed.resize(count.clamp(1, MOST_VISITS), TypedVisit { day: String::new(), time });
            plan.error = None;
        }
        PlanMessage::ChoseZone(zone) => plan.chosen_zone = zone,
        PlanMessage::PressedMake => make(session, effects),
        PlanMessage::ZoneSeen(None) => fail(session, PlanError::Zone, effects),
        PlanMessage::ZoneSeen(Some(made)) => {
            session.plan.made = Some(*made);
            // Nothing that a browser answers takes the crisis panel away.
            if !session.help_open && session.screen == Screen::Plan(PlanScreen::Form) {
                go(session, Screen::Plan(PlanScreen::Days), effects);
            }
        }
        PlanMessage::PressedChange => go(session, Screen::Plan(PlanScreen::Form), effects),
        PlanMessage::Ticked(visit, task) => {
            if !plan.done.remove(&(visit, task.clone())) {
                plan.done.insert((visit, task));
            }
        }
        PlanMessage::ToggledTitles => {
            plan.titles = match plan.titles {
                Titles::Private => Titles::Plain,
                Titles::Plain => Titles::Private,
            };
        }
        PlanMessage::PressedCalendar => effects.extend(
            session.plan_calendar().map(|text| Effect::SaveFile { name: "appointment.ics".to_owned(), text }),
        ),
        PlanMessage::OpenedToday => {
            if !plan.ticking {
                plan.ticking = true;
                effects.push(Effect::Plan(PlanEffect::TellMinutes));
            }
            go(session, Screen::Plan(PlanScreen::Today), effects);
        }
        PlanMessage::OpenedDays => go(session, Screen::Plan(PlanScreen::Days), effects),
        PlanMessage::MinutePassed => {}
    }
}

fn open(session: &mut Session, effects: &mut Vec<Effect>) {
    // Whoever needs help now is shown help and no appointment.
    if session.outcome().level == Level::GetHelp {
        open_help(session, effects);
        return;
    }
    session.plan.came_from = session.screen.clone();
    if session.plan.typed.is_empty() {
        session.plan.typed.push(TypedVisit::default());
    }
    if session.plan.zones.is_empty() {
        effects.push(Effect::Plan(PlanEffect::NameZones));
    }
    let screen = if session.plan.made.is_some() { PlanScreen::Days } else { PlanScreen::Form };
    go(session, Screen::Plan(screen), effects);
}

fn make(session: &mut Session, effects: &mut Vec<Effect>) {
    session.plan.error = None;
    let zone = session.plan.zone_in_use(&session.guide.settings.clinic.zone).to_owned();
    match session.plan.visits() {
        Err(error) => fail(session, error, effects),
        Ok(_) if zone.is_empty() => fail(session, PlanError::Zone, effects),
        Ok(visits) => {
            if let Some((from, until)) = stretch(&visits.times) {
                effects.push(Effect::Plan(PlanEffect::SeeZone { zone, visits, from, until }));
            }
        }
    }
}

fn fail(session: &mut Session, error: PlanError, effects: &mut Vec<Effect>) {
    session.plan.error = Some(error);
    if session.help_open {
        focus_notice(session, effects);
    } else {
        effects.push(Effect::Focus(Target::ErrorSummary));
    }
}

impl From<PlanMessage> for Message {
    fn from(message: PlanMessage) -> Self {
        Self::Plan(message)
    }
}

impl Session {
    /// The dated plan; empty until appointments are known.
    pub fn dated_plan(&self) -> Vec<Dated<'_>> {
        let made = self.plan.made.as_ref();
        made.map_or_else(Vec::new, |made| schedule(&self.guide, &self.answers, &made.zone, &made.visits))
    }

    /// What to do now, what next, and what not to any more; none until appointments are known.
    pub fn plan_today(&self) -> Option<Today<'_>> {
        let made = self.plan.made.as_ref()?;
        Some(today(&self.guide, &self.answers, made, &self.plan.done, self.plan.now))
    }

    /// The plan as a calendar file; none until appointments are known.
    pub fn plan_calendar(&self) -> Option<String> {
        let made = self.plan.made.as_ref()?;
        let plan = self.dated_plan();
        let Planning { titles, now, .. } = self.plan;
        let when = (&made.zone, &made.visits);
        Some(calendar(&self.guide, self.words(), &self.answers, when, &plan, titles, now))
    }
}
