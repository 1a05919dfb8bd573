//! The plan at this moment: what to do now, what next, what not to any more. Large and with little on it.

use leptos::prelude::*;

use crate::engine::guide::settings::phone_address;
use crate::engine::guide::words::{Say, Words};
use crate::engine::plan::schedule::Dated;
use crate::engine::plan::state::{Made, PlanMessage};
use crate::engine::plan::today::Phase;
use crate::ui::context::Ui;
use crate::ui::screens::plan::days::Shown;
use crate::ui::screens::{Back, Heading};
use crate::ui::tick::Tick;

/// What is on the screen; it is drawn anew when this changes.
#[derive(Clone, Default, PartialEq)]
struct View {
    title: String,
    lead: String,
    now: Vec<Line>,
    not_now: Vec<Line>,
    next_at: String,
    next: Vec<Line>,
    calls: Vec<Line>,
}

#[derive(Clone, PartialEq)]
struct Line {
    visit: usize,
    task: crate::engine::ids::TaskId,
    title: String,
    text: String,
    time: String,
    ask: bool,
    to_do: bool,
}

fn line(words: &Words, made: &Made, dated: &Dated) -> Line {
    let Shown { visit, task, title, text, hours, ask, to_do, .. } = Shown::of(words, made, dated, dated.at);
    Line { visit, task, title, text, time: hours, ask, to_do }
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
        let lines = |tasks: &[Dated]| tasks.iter().map(|dated| line(words, made, dated)).collect();
        let next_at = today.next.first().map(|dated| {
            if dated.whole_days {
                words.days_of(&made.zone, dated)
            } else {
                words.moment(made.zone.wall(dated.at))
            }
        });
        View {
            title,
            lead,
            now: lines(&today.now),
            not_now: lines(&today.not_now),
            next_at: next_at.unwrap_or_default(),
            next: lines(&today.next),
            calls: lines(&today.calls),
        }
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
            <p class="ar-result__kicker">{ui.say(Say::DatedToday)}</p>
            // The heading stays while its words change, so that the focus does.
            {move || title.with(|title| view! { <Heading words=title.clone() /> })}
            {move || draw_parts(ui, shown.get())}
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
    let View { lead, now, not_now, next_at, next, calls, .. } = shown;
    let nothing = now.is_empty().then(|| view! { <p>{ui.say(Say::DatedNothing)}</p> });
    let next = if next.is_empty() {
        view! { <p>{ui.say(Say::DatedNoneLeft)}</p> }.into_any()
    } else {
        view! { <p class="ar-today__at">{next_at}</p> {draw_lines(ui, next, false)} }.into_any()
    };
    view! {
        {(!lead.is_empty()).then(|| view! { <p class="ar-lead">{lead}</p> })}
        {draw_part("now", ui.say(Say::DatedNow), view! { {nothing} {draw_lines(ui, now, true)} }.into_any())}
        {(!not_now.is_empty()).then(|| draw_part("not", ui.say(Say::DatedNotNow), draw_lines(ui, not_now, false)))}
        {draw_part("next", ui.say(Say::DatedNext), next)}
        {(!calls.is_empty()).then(|| draw_part("calls", ui.say(Say::DatedCalls), draw_lines(ui, calls, false)))}
    }
    .into_any()
}

fn draw_part(kind: &'static str, title: String, inside: AnyView) -> AnyView {
    let id = format!("ar-today-{kind}");
    view! {
        <section class=format!("ar-today__part ar-today__part--{kind}") aria-labelledby=id.clone()>
            <h2 class="ar-today__title" id=id.clone()>{title}</h2>
            {inside}
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
            let Line { visit, task, title, text, time, ask, to_do } = line;
            let ask = ask.then(|| view! { " " <span class="ar-plan__ask">{ui.say(Say::PlanAsk)}</span> });
            let head = if tick && to_do {
                let id = format!("ar-now-{visit}-{task}");
                let key = (visit, task.clone());
                // Not simply false: the box of a task that is gone is used again for the next one.
                let ticked =
                    Signal::derive(move || ui.session.with(|session| session.plan.done.contains(&key)));
                let on_change =
                    Callback::new(move |()| ui.send.run(PlanMessage::Ticked(visit, task.clone()).into()));
                view! { <Tick id ticked on_change>{title} {ask}</Tick> }.into_any()
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
    view! { <ul class="ar-today__lines">{lines}</ul> }.into_any()
}
