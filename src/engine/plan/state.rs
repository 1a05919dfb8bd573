//! The part of the session that is about an appointment: what was typed, the plan made of it, what is ticked off.
//!
//! It lives in memory only, as all of the session does.

use crate::engine::map::Set;

use crate::engine::ids::TaskId;
use crate::engine::one_by_one::form_place;
use crate::engine::own_file::{OwnVisit, OwnVisits};
use crate::engine::plan::calendar::{Titles, calendar};
use crate::engine::plan::schedule::{Dated, Visits, schedule, stretch};
use crate::engine::plan::today::{Today, today};
use crate::engine::plan::zone::{Instant, Wall, Zone};
use crate::engine::screening::level::Level;
use crate::engine::session::{Effect, Message, Moment, Screen, Session, Target, go, open_help};

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
    /// What is ticked off, by the number of the visit.
    pub done: Set<(usize, TaskId)>,
    /// Whether a visit that something is ticked off for was put at another time since the plan was made first.
    pub moved: bool,
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

impl TypedVisit {
    /// A visit at this time.
    fn at(wall: Wall) -> Self {
        let text = wall.to_string();
        let (day, time) = text.split_once('T').unwrap_or_default();
        Self { day: day.to_owned(), time: time.to_owned() }
    }

    /// The time that is meant by what is typed for the visit at this place; or else which of its fields is to be mended.
    pub fn wall(&self, place: usize) -> Result<Wall, PlanError> {
        let day = self.day.trim();
        let midnight = Wall::from_iso(&format!("{day}T00:00"));
        midnight.filter(|wall| (1970..=9990).contains(&wall.date.year)).ok_or(PlanError::Day(place))?;
        // Some browsers add seconds.
        let time = self.time.trim().get(..5).unwrap_or_default();
        Wall::from_iso(&format!("{day}T{time}")).ok_or(PlanError::Time(place))
    }
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

impl Made {
    /// The year of a visit, by its number; none if there is no such visit.
    pub fn year_of(&self, visit: usize) -> Option<u16> {
        self.visits
            .numbered()
            .into_iter()
            .find(|(number, _)| *number == visit)
            .map(|(_, wall)| wall.date.year)
    }
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
            let wall = typed.wall(place)?;
            if times.contains(&wall) {
                return Err(PlanError::Twice(place));
            }
            times.push(wall);
        }
        Ok(Visits { times, first: 1 })
    }

    /// What goes into the person's own file: the visits that the plan is for, or else those that are typed so far; with
    /// the zone that they are meant in, where `clinic` is the clinic's own.
    pub fn own_visits(&self, clinic: &str) -> OwnVisits {
        let visits = match &self.made {
            Some(made) => made.visits.clone(),
            None => {
                let mut times: Vec<Wall> = Vec::new();
                for wall in self.typed.iter().filter_map(|typed| typed.wall(0).ok()) {
                    if !times.contains(&wall) {
                        times.push(wall);
                    }
                }
                Visits { times, first: 1 }
            }
        };
        if visits.times.is_empty() {
            return OwnVisits::default();
        }
        let numbered = visits.numbered();
        let done = |at: Wall| {
            let number = numbered.iter().find(|(_, wall)| *wall == at).map_or(0, |(number, _)| *number);
            self.done.iter().filter(|(visit, _)| *visit == number).map(|(_, task)| task.clone()).collect()
        };
        let zone = self.made.as_ref().map_or(self.zone_in_use(clinic), |made| &made.zone.name).to_owned();
        OwnVisits {
            zone,
            visits: visits.times.iter().map(|at| OwnVisit { at: *at, done: done(*at) }).collect(),
        }
    }

    /// Takes a plan for other visits into use. What is ticked off goes with its visit, wherever that is moved to and
    /// whatever its number is then. A visit that is over is not moved any more: what takes its place begins without ticks.
    fn take(&mut self, made: Made) {
        let Some(old) = self.made.take() else {
            self.made = Some(made);
            return;
        };
        let (were, are) = (old.visits.numbered(), made.visits.numbered());
        let number = |numbered: &[(usize, Wall)], at: Wall| {
            numbered.iter().find(|(_, wall)| *wall == at).map(|(number, _)| *number)
        };
        let mut done = Set::new();
        for (was, is) in old.visits.times.iter().zip(&made.visits.times) {
            let (Some(before), Some(after)) = (number(&were, *was), number(&are, *is)) else { continue };
            let (before_at, after_at) = (old.zone.instant(*was), made.zone.instant(*is));
            if before_at < self.now && self.now < after_at {
                continue;
            }
            let own = self.done.iter().filter(|(visit, _)| *visit == before);
            let own: Vec<(usize, TaskId)> = own.map(|(_, task)| (after, task.clone())).collect();
            self.moved |= before_at != after_at && !own.is_empty();
            done.extend(own);
        }
        self.done = done;
        self.made = Some(made);
    }
}

/// Goes on with the visits of the person's own file, in place of those that are here.
pub fn resume(session: &mut Session, own: OwnVisits, effects: &mut Vec<Effect>) {
    let mut plan = session.plan.forgotten();
    let times: Vec<Wall> = own.visits.iter().map(|visit| visit.at).collect();
    let visits = Visits { times, first: 1 };
    for (number, wall) in visits.numbered() {
        let ticked = own.visits.iter().filter(|visit| visit.at == wall).flat_map(|visit| visit.done.clone());
        plan.done.extend(ticked.map(|task| (number, task)));
    }
    plan.typed = visits.times.iter().map(|wall| TypedVisit::at(*wall)).collect();
    plan.chosen_zone = own.zone;
    let zone = plan.zone_in_use(&session.guide.settings.clinic.zone).to_owned();
    session.plan = plan;
    if let Some((from, until)) = stretch(&visits.times).filter(|_| !zone.is_empty()) {
        effects.push(Effect::Plan(PlanEffect::SeeZone { zone, visits, from, until }));
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
            session.plan.take(*made);
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
    let place = form_place(&error, session.plan.typed.len());
    session.plan.error = Some(error);
    // Of a file that was opened, the form says it when it is looked at.
    if !session.help_open && session.screen == Screen::Plan(PlanScreen::Form) {
        session.calm.place = place;
        effects.push(Effect::Focus(Target::ErrorSummary));
    }
}

impl From<PlanMessage> for Message {
    fn from(message: PlanMessage) -> Self {
        Self::Plan(message)
    }
}

impl Session {
    /// How many ticks are for tasks that this guide does not have any more.
    pub fn ticks_without_task(&self) -> usize {
        let tasks = &self.guide.tasks;
        let gone = |id: &TaskId| !tasks.is_empty() && tasks.iter().all(|task| task.id != *id);
        self.plan.done.iter().filter(|(_, task)| gone(task)).count()
    }

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
