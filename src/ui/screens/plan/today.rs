//! The plan at this moment: what to do now, what next, what not to any more. Large and with little on it.

use leptos::prelude::*;

use crate::engine::guide::settings::phone_address;
use crate::engine::guide::words::{Say, Words};
use crate::engine::plan::schedule::Dated;
use crate::engine::plan::state::{Made, PlanMessage};
use crate::engine::plan::today::{Phase, TodayPart};
use crate::engine::plan::zone::Instant;
use crate::ui::context::Ui;
use crate::ui::one_by_one::OneByOne;
use crate::ui::screens::plan::days::Shown;
use crate::ui::screens::{Back, Heading};
use crate::ui::tick::Tick;

/// What is on the screen; it is drawn anew when this changes.
#[derive(Clone, Default, PartialEq)]
struct View {
    title: String,
    lead: String,
    parts: Vec<Part>,
}

/// A part of it, with what is said where nothing is in it.
#[derive(Clone, PartialEq)]
struct Part {
    which: TodayPart,
    title: String,
    at: String,
    lines: Vec<Line>,
}

#[derive(Clone, PartialEq)]
struct Line {
    visit: usize,
    task: crate::engine::ids::TaskId,
    title: String,
    text: String,
    time: String,
    ask: bool,
    past: bool,
    to_do: bool,
}

fn line(words: &Words, made: &Made, dated: &Dated, now: Instant) -> Line {
    let Shown { visit, task, title, text, hours, ask, past, to_do, .. } = Shown::of(words, made, dated, now);
    Line { visit, task, title, text, time: hours, ask, past, to_do }
}

fn look(ui: Ui) -> View {
    ui.session.with(|session| {
        let (Some(today), Some(made)) = (session.plan_today(), session.plan.made.as_ref()) else {
            return View::default();
        };
        let words = session.words();
        let arrival = made.zone.wall(today.moments.arrival);
        let (title, lead) = match today.phase {
            Phase::Before(left) => {
                (words.fill(Say::DatedBefore, &[("number", &words.left(left))]), words.moment(arrival))
            }
            Phase::There => {
                (words.say(Say::DatedThere).to_owned(), words.say(Say::DatedThereLead).to_owned())
            }
            Phase::After => (words.say(Say::DatedAfter).to_owned(), String::new()),
        };
        let part = |(which, tasks): (TodayPart, &[Dated])| {
            let say = match which {
                TodayPart::Now => Say::DatedNow,
                TodayPart::NotNow => Say::DatedNotNow,
                TodayPart::Next => Say::DatedNext,
                TodayPart::Calls => Say::DatedCalls,
            };
            let at = match (which, tasks.first()) {
                (TodayPart::Now, None) => words.say(Say::DatedNothing).to_owned(),
                (TodayPart::Next, None) => words.say(Say::DatedNoneLeft).to_owned(),
                (TodayPart::Next, Some(first)) if first.whole_days => {
                    words.days_of(&made.zone, first, Some(arrival.date.year))
                }
                (TodayPart::Next, Some(first)) => {
                    words.moment_in(made.zone.wall(first.at), Some(arrival.date.year))
                }
                _ => String::new(),
            };
            let lines = tasks.iter().map(|dated| line(words, made, dated, session.plan.now)).collect();
            Part { which, title: words.say(say).to_owned(), at, lines }
        };
        View { title, lead, parts: today.parts().into_iter().map(part).collect() }
    })
}

/// The view of the day.
pub(super) fn draw(ui: Ui) -> AnyView {
    let shown = Memo::new(move |_| look(ui));
    let title = Memo::new(move |_| shown.get().title);
    let phone = ui.session.with_untracked(|session| phone_address(session.phone()));
    let call = phone.map(|address| {
        view! { <a class="ar-button ar-button--quiet" href=address>{ui.say(Say::ResultCallClinic)}</a> }
    });
    view! {
        <Back ui />
        <div class="ar-today">
            // The heading stays while its words change, so that the focus does.
            {move || title.with(|title| view! { <Heading words=title.clone() caption=ui.say(Say::DatedToday) /> })}
            {if ui.calm() { draw_pieces(ui, shown) } else { (move || draw_parts(ui, shown.get())).into_any() }}
            <div class="ar-actions">
                <button
                    type="button"
                    class="ar-button ar-button--quiet"
                    on:click=move |_| ui.send.run(PlanMessage::OpenedDays.into())
                >
                    {ui.say(Say::DatedWhole)}
                </button>
                {call}
            </div>
        </div>
    }
    .into_any()
}

fn draw_parts(ui: Ui, shown: View) -> AnyView {
    let View { lead, parts, .. } = shown;
    view! {
        {(!lead.is_empty()).then(|| view! { <p class="ar-lead">{lead}</p> })}
        {parts.into_iter().map(|part| draw_part(ui, part)).collect_view()}
    }
    .into_any()
}

/// In low-energy mode, one thing at a time.
fn draw_pieces(ui: Ui, shown: Memo<View>) -> AnyView {
    let pieces = Memo::new(move |_| {
        let each = |part: Part| -> Vec<Part> {
            if part.lines.is_empty() {
                return vec![part];
            }
            part.lines.iter().map(|line| Part { lines: vec![line.clone()], ..part.clone() }).collect()
        };
        shown.get().parts.into_iter().flat_map(each).collect::<Vec<Part>>()
    });
    let total = Signal::derive(move || pieces.with(Vec::len));
    let draw = Callback::new(move |place: usize| {
        pieces.with(|pieces| pieces.get(place).cloned()).map(|part| draw_part(ui, part)).into_any()
    });
    let lead = move || shown.with(|shown| shown.lead.clone());
    view! {
        <p class="ar-lead">{lead}</p>
        <OneByOne ui total draw />
    }
    .into_any()
}

fn draw_part(ui: Ui, part: Part) -> AnyView {
    let Part { which, title, at, lines } = part;
    let (kind, tick) = match which {
        TodayPart::Now => ("now", true),
        TodayPart::NotNow => ("not", false),
        TodayPart::Next => ("next", false),
        TodayPart::Calls => ("calls", false),
    };
    view! {
        <section class=format!("ar-today__part ar-today__part--{kind}")>
            <h2 class="ar-today__title">{title}</h2>
            {(!at.is_empty()).then(|| view! { <p class="ar-today__at">{at}</p> })}
            {draw_lines(ui, lines, tick)}
        </section>
    }
    .into_any()
}

fn draw_lines(ui: Ui, lines: Vec<Line>, tick: bool) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let Line { visit, task, title, text, time, ask, past, to_do } = line;
            let ask = ask.then(|| view! { <span class="ar-pause">". "</span> " " <span class="ar-plan__ask">{ui.say(Say::PlanAsk)}</span> });
            let head = if tick && to_do {
                let id = format!("ar-now-{visit}-{task}");
                let key = (visit, task.clone());
                // Not simply false: the box of a task that is gone is used again for the next one.
                let ticked =
                    Signal::derive(move || ui.session.with(|session| session.plan.done.contains(&key)));
                let on_change =
                    Callback::new(move |()| ui.send.run(PlanMessage::Ticked(visit, task.clone()).into()));
                let past =
                    past.then(|| view! { <span class="ar-pause">". "</span> <span class="ar-dated__past">{ui.say(Say::DatedPast)}</span> });
                view! { <Tick id ticked on_change>{title} {ask} {past}</Tick> }.into_any()
            } else {
                view! { <p class="ar-plan__title">{title} {ask}</p> }.into_any()
            };
            view! {
                <li class="ar-today__line">
                    {head}
                    {(!time.is_empty()).then(|| view! { <p class="ar-dated__hours">{time}</p> })}
                    <p class="ar-plan__text">{text}</p>
                </li>
            }
        })
        .collect();
    view! { <ul role="list" class="ar-today__lines">{lines}</ul> }.into_any()
}
