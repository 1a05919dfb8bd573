//! All tasks by their days, the calendar file, and the sheets.

use leptos::prelude::*;

use crate::engine::guide::words::{Say, Words};
use crate::engine::ids::TaskId;
use crate::engine::one_by_one::{PlanPiece, of_plan};
use crate::engine::own_file::OwnFileMessage;
use crate::engine::plan::calendar::Titles;
use crate::engine::plan::in_words::zone_words;
use crate::engine::plan::schedule::Dated;
use crate::engine::plan::state::{Made, PlanMessage};
use crate::engine::plan::zone::{Instant, Wall};
use crate::engine::screening::level::Level;
use crate::engine::session::{Message, Notice as What, Session};
use crate::ui::context::Ui;
use crate::ui::notice::{Notice, Tone};
use crate::ui::one_by_one::OneByOne;
use crate::ui::screens::plan::sheets;
use crate::ui::screens::{Back, Heading};
use crate::ui::tick::Tick;

/// A task as it is drawn.
#[derive(Clone)]
pub(super) struct Shown {
    pub visit: usize,
    pub task: TaskId,
    pub title: String,
    pub text: String,
    /// Its hours; empty for whole days.
    pub hours: String,
    /// By the person's own clock, if that is another.
    pub yours: Option<String>,
    pub ask: bool,
    pub past: bool,
    /// Whether it can be ticked off: something to do, not something to know or to leave.
    pub to_do: bool,
    pub unsure: bool,
}

impl Shown {
    pub(super) fn of(words: &Words, made: &Made, dated: &Dated, now: Instant) -> Self {
        let said = words.task(&dated.task.id);
        let own = made.own.as_ref().filter(|_| !dated.whole_days);
        Self {
            visit: dated.visit,
            task: dated.task.id.clone(),
            title: said.title.clone(),
            text: said.text.clone(),
            hours: words.hours_of(&made.zone, dated),
            yours: words.your_time(&made.zone, own, dated.at),
            ask: !dated.task.firm,
            past: dated.is_past(now),
            to_do: matches!(dated.task.level, Level::Plan | Level::Review),
            unsure: dated.unsure,
        }
    }
}

/// A visit as it is drawn.
struct ShownVisit {
    title: String,
    when: String,
    yours: Option<String>,
    /// Whether it is over, tasks after it included.
    past: bool,
    days: Vec<(String, Vec<Shown>)>,
}

fn visits(session: &Session, made: &Made) -> Vec<ShownVisit> {
    let (words, now) = (session.words(), session.plan.now);
    let plan = session.dated_plan();
    let visit = |(number, wall): (usize, Wall)| {
        let mut days: Vec<(String, Vec<Shown>)> = Vec::new();
        let own: Vec<&Dated> = plan.iter().filter(|dated| dated.visit == number).collect();
        for dated in &own {
            let day = words.days_of(&made.zone, dated, Some(wall.date.year));
            let shown = Shown::of(words, made, dated, now);
            match days.iter_mut().find(|(other, _)| *other == day) {
                Some((_, tasks)) => tasks.push(shown),
                None => days.push((day, vec![shown])),
            }
        }
        ShownVisit {
            title: words.fill(Say::DatedVisit, &[("number", &number.to_string())]),
            when: words.moment(wall),
            yours: words.your_time(&made.zone, made.own.as_ref(), made.zone.instant(wall)),
            past: own.iter().all(|dated| dated.is_past(now)),
            days,
        }
    };
    made.visits.numbered().into_iter().map(visit).collect()
}

/// The whole plan.
pub(super) fn draw(ui: Ui) -> AnyView {
    let Some(made) = ui.session.with_untracked(|session| session.plan.made.clone()) else {
        return view! { <Back ui /><Heading words=ui.say(Say::DatedTitle) /> }.into_any();
    };
    let version = ui.version();
    let for_pieces = made.clone();
    let moved = ui.session.with_untracked(|session| session.plan.moved);
    let plan = move || {
        version.get();
        let visits = ui.session.with_untracked(|session| visits(session, &made));
        let next = visits.iter().position(|visit| !visit.past).unwrap_or_default();
        let several = visits.len() > 1;
        let visits = visits.into_iter().enumerate();
        visits.map(|(place, visit)| draw_visit(ui, visit, several, place == next)).collect_view()
    };
    let notice = move || {
        let notice = ui.session.with(|session| session.notice)?;
        let (tone, say) = match notice {
            What::Saved => (Tone::Done, Say::NoticeSaved),
            What::SaveRefused => (Tone::Trouble, Say::NoticeSaveRefused),
            What::PrintRefused => (Tone::Trouble, Say::NoticePrintRefused),
            _ => return None,
        };
        Some(view! { <Notice tone title="" lines=vec![ui.say(say)] /> })
    };
    view! {
        <Back ui />
        <Heading words=ui.say(Say::DatedTitle) />
        {(!ui.calm()).then(|| draw_lead(ui, &for_pieces))}
        <div class="ar-actions">
            <button
                type="button"
                class=ui.unless_calm()
                on:click=move |_| ui.send.run(PlanMessage::OpenedToday.into())
            >
                {ui.say(Say::DatedToday)}
            </button>
            <button
                type="button"
                class="ar-button ar-button--quiet"
                on:click=move |_| ui.send.run(PlanMessage::PressedChange.into())
            >
                {ui.say(Say::DatedChange)}
            </button>
        </div>
        {notice}
        {moved.then(|| view! { <p class="ar-callout">{ui.say(Say::DatedMoved)}</p> })}
        {if ui.calm() {
            draw_pieces(ui, for_pieces.clone())
        } else {
            view! {
                {plan}
                {draw_keep(ui)}
                {draw_calendar(ui)}
                {move || {
                    version.get();
                    sheets::draw(ui)
                }}
            }
            .into_any()
        }}
    }
    .into_any()
}

fn draw_lead(ui: Ui, made: &Made) -> AnyView {
    let zone = zone_words(&made.zone.name);
    let unasked = ui.session.with_untracked(|session| session.answers.is_empty());
    view! {
        <p class="ar-lead">{ui.fill(Say::DatedLead, &[("name", &zone)])}</p>
        {unasked.then(|| view! { <p class="ar-dated__note">{ui.say(Say::DatedUnasked)}</p> })}
    }
    .into_any()
}

/// How to keep it: what is ticked off stays only where the person keeps it.
fn draw_keep(ui: Ui) -> AnyView {
    view! {
        <p class="ar-dated__note">{ui.say(Say::DatedTicks)}</p>
        <div class="ar-actions">
            <button
                type="button"
                class="ar-button ar-button--quiet"
                on:click=move |_| ui.send.run(Message::OwnFile(OwnFileMessage::OpenedScreen))
            >
                {ui.say(Say::OwnFileSave)}
            </button>
        </div>
    }
    .into_any()
}

/// In low-energy mode, one task at a time.
fn draw_pieces(ui: Ui, made: Made) -> AnyView {
    let version = ui.version();
    let look = |session: &Session| of_plan(session.dated_plan(), session.plan.now).len();
    let total = Signal::derive(move || {
        version.get();
        ui.session.with_untracked(look)
    });
    let draw = Callback::new(move |place: usize| {
        version.get();
        ui.session.with_untracked(|session| {
            match of_plan(session.dated_plan(), session.plan.now).into_iter().nth(place) {
                Some(PlanPiece::Lead) => draw_lead(ui, &made),
                Some(PlanPiece::Task(dated)) => draw_alone(ui, session, &made, &dated),
                Some(PlanPiece::Keep) => draw_keep(ui),
                Some(PlanPiece::Calendar) => draw_calendar(ui),
                Some(PlanPiece::Sheets) => sheets::draw(ui).into_any(),
                None => ().into_any(),
            }
        })
    });
    view! { <OneByOne ui total draw /> }.into_any()
}

/// A task by itself, with its visit and its day.
fn draw_alone(ui: Ui, session: &Session, made: &Made, dated: &Dated) -> AnyView {
    let words = session.words();
    let several = made.visits.times.len() > 1;
    let visit = several.then(|| words.fill(Say::DatedVisit, &[("number", &dated.visit.to_string())]) + " · ");
    let day = words.days_of(&made.zone, dated, made.year_of(dated.visit));
    let unsure = dated.unsure.then(|| words.say(Say::DatedIfYou).to_owned());
    view! {
        <h2 class="ar-dated__date">{visit} {day}</h2>
        {unsure.map(|unsure| view! { <p class="ar-dated__note">{unsure}</p> })}
        <ul role="list" class="ar-dated__tasks">{draw_task(ui, Shown::of(words, made, dated, session.plan.now))}</ul>
    }
    .into_any()
}

fn draw_visit(ui: Ui, visit: ShownVisit, several: bool, open: bool) -> AnyView {
    let yours = visit.yours.map(|yours| view! { <p class="ar-dated__note">{yours}</p> });
    let days: Vec<_> = visit.days.into_iter().map(|(day, tasks)| draw_day(ui, day, tasks)).collect();
    if several {
        view! {
            <details class="ar-dated" open=open>
                <summary class="ar-dated__visit">
                    <h2 class="ar-dated__title">{visit.title}</h2>
                    <p class="ar-dated__when">{visit.when}</p>
                    {yours}
                </summary>
                {days}
            </details>
        }
        .into_any()
    } else {
        view! {
            <section class="ar-dated ar-dated--only">
                <h2 class="ar-dated__when">{visit.when}</h2>
                {yours}
                {days}
            </section>
        }
        .into_any()
    }
}

fn draw_day(ui: Ui, day: String, tasks: Vec<Shown>) -> AnyView {
    let past = tasks.iter().any(|task| task.past && task.to_do);
    let (unsure, sure): (Vec<_>, Vec<_>) = tasks.into_iter().partition(|task| task.unsure);
    let count = unsure.len();
    let draw = |tasks: Vec<Shown>| tasks.into_iter().map(|task| draw_task(ui, task)).collect_view();
    view! {
        <section class="ar-dated__day">
            <h3 class="ar-dated__date">{day}</h3>
            {past.then(|| view! { <p class="ar-dated__note">{ui.say(Say::DatedPastMore)}</p> })}
            {(!sure.is_empty()).then(|| view! { <ul role="list" class="ar-dated__tasks">{draw(sure)}</ul> })}
            {(count > 0).then(|| view! {
                <details class="ar-details">
                    <summary class="ar-details__summary">{ui.fill(Say::DatedUnsure, &[("number", &count.to_string())])}</summary>
                    <ul role="list" class="ar-dated__tasks">{draw(unsure)}</ul>
                </details>
            })}
        </section>
    }
    .into_any()
}

fn draw_task(ui: Ui, shown: Shown) -> AnyView {
    let Shown { visit, task, title, text, hours, yours, ask, past, to_do, .. } = shown;
    let id = format!("ar-task-{visit}-{task}");
    let tags = view! {
        {ask.then(|| view! { <span class="ar-pause">". "</span> " " <span class="ar-plan__ask">{ui.say(Say::PlanAsk)}</span> })}
        {past.then(|| view! { <span class="ar-pause">". "</span> <span class="ar-dated__past">{ui.say(Say::DatedPast)}</span> })}
    };
    let more = view! {
        {(!hours.is_empty()).then(|| view! { <p class="ar-dated__hours">{hours}</p> })}
        {yours.map(|yours| view! { <p class="ar-dated__note">{yours}</p> })}
        <p class="ar-plan__text">{text}</p>
    };
    let key = (visit, task.clone());
    let ticked = Signal::derive(move || ui.session.with(|session| session.plan.done.contains(&key)));
    let head = if to_do {
        let on_change = Callback::new(move |()| ui.send.run(PlanMessage::Ticked(visit, task.clone()).into()));
        view! { <Tick id ticked on_change>{title} {tags}</Tick> }.into_any()
    } else {
        view! { <p class="ar-plan__title">{title} {tags}</p> }.into_any()
    };
    view! {
        <li class="ar-dated__task" class:ar-dated__task--past=past class:ar-dated__task--done=move || ticked.get()>
            {head} <div class="ar-dated__more">{more}</div>
        </li>
    }
    .into_any()
}

fn draw_calendar(ui: Ui) -> AnyView {
    let plain = Signal::derive(move || ui.session.with(|session| session.plan.titles == Titles::Plain));
    view! {
        <section class="ar-dated__calendar">
            <h2 class="ar-section-title">{ui.say(Say::DatedCalendarTitle)}</h2>
            <p>{ui.say(Say::DatedCalendarLead)}</p>
            <Tick
                id="ar-plan-titles".to_owned()
                ticked=plain
                on_change=Callback::new(move |()| ui.send.run(PlanMessage::ToggledTitles.into()))
            >
                {ui.say(Say::DatedCalendarPlain)}
            </Tick>
            <div class="ar-actions">
                <button
                    type="button"
                    class="ar-button ar-button--quiet"
                    on:click=move |_| ui.send.run(PlanMessage::PressedCalendar.into())
                >
                    {ui.say(Say::DatedCalendarSave)}
                </button>
            </div>
        </section>
    }
    .into_any()
}
