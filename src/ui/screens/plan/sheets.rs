//! Sheets for paper: for the person, for who drives, for the clinic's front desk. Each is printed alone.

use leptos::prelude::*;

use crate::engine::guide::words::{Say, Words};
use crate::engine::plan::schedule::{Dated, moments};
use crate::engine::plan::state::Made;
use crate::engine::plan::when::Start;
use crate::engine::screening::level::Level;
use crate::engine::session::{Message, Session};
use crate::ui::context::Ui;

/// Lines of a sheet under a heading.
struct Part {
    title: String,
    lead: String,
    lines: Vec<String>,
    /// Whether each line has a box to tick.
    boxes: bool,
}

impl Part {
    fn new(title: impl Into<String>, lead: impl Into<String>, lines: Vec<String>) -> Self {
        Self { title: title.into(), lead: lead.into(), lines, boxes: false }
    }
}

/// The sheets, folded.
pub(super) fn draw(ui: Ui) -> Option<AnyView> {
    let sheets = ui.session.with_untracked(|session| {
        let made = session.plan.made.as_ref()?;
        let plan = session.dated_plan();
        let (words, which) = (session.words(), next_visit(session, made));
        Some([
            ("you", words.say(Say::SheetYou).to_owned(), for_the_person(session, made, &plan)),
            ("driver", words.say(Say::SheetDriver).to_owned(), for_the_driver(session, made, &plan, which)),
            ("desk", words.say(Say::SheetDesk).to_owned(), for_the_desk(session, made, &plan)),
        ])
    })?;
    let sheets: Vec<_> =
        sheets.into_iter().map(|(id, title, parts)| draw_sheet(ui, id, title, parts)).collect();
    Some(
        view! {
            <section class="ar-sheets">
                <h2 class="ar-section-title">{ui.say(Say::SheetTitle)}</h2>
                {sheets}
            </section>
        }
        .into_any(),
    )
}

/// The visit that the driver's sheet is for: the next one, or the last if all are over.
fn next_visit(session: &Session, made: &Made) -> usize {
    let numbered = made.visits.numbered();
    let coming = numbered.iter().find(|(_, wall)| made.zone.instant(*wall) >= session.plan.now);
    coming.or(numbered.last()).map_or(1, |(number, _)| *number)
}

fn where_and_phone(session: &Session) -> Vec<String> {
    let clinic = &session.guide.settings.clinic;
    let lines = [clinic.name.as_str(), &clinic.address, session.phone()];
    lines.into_iter().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn visit_times(words: &Words, made: &Made) -> Vec<String> {
    made.visits.numbered().into_iter().map(|(_, wall)| words.moment(wall)).collect()
}

fn titled(words: &Words, made: &Made, dated: &Dated) -> String {
    let title = &words.task(&dated.task.id).title;
    let ask = if dated.task.firm { String::new() } else { format!(" ({})", words.say(Say::PlanAsk)) };
    let hours = words.hours_of(&made.zone, dated);
    if hours.is_empty() { format!("{title}{ask}") } else { format!("{title}{ask}: {hours}") }
}

/// One page: the visits, and by day what is to be done or left, titles only. What comes at each visit of a series stands
/// there once, for the first one.
fn for_the_person(session: &Session, made: &Made, plan: &[Dated]) -> Vec<Part> {
    let words = session.words();
    let first = made.visits.numbered().first().map_or(1, |(number, _)| *number);
    let mut parts = vec![
        Part::new(words.say(Say::SheetWhen), "", visit_times(words, made)),
        Part::new(words.say(Say::SheetWhere), "", where_and_phone(session)),
    ];
    let mut days: Vec<Part> = Vec::new();
    let own = plan.iter().filter(|dated| {
        !dated.unsure
            && (dated.visit == first || dated.task.when.visit != Default::default())
            && matches!(dated.task.level, Level::Plan | Level::Review | Level::Stop)
    });
    for dated in own {
        let day = words.days_of(&made.zone, dated, None);
        let line = titled(words, made, dated);
        match days.iter_mut().find(|part| part.title == day) {
            Some(part) => part.lines.push(line),
            None => days.push(Part { boxes: true, ..Part::new(day, "", vec![line]) }),
        }
    }
    parts.append(&mut days);
    parts
}

fn for_the_driver(session: &Session, made: &Made, plan: &[Dated], visit: usize) -> Vec<Part> {
    let words = session.words();
    let own: Vec<&Dated> = plan.iter().filter(|dated| dated.visit == visit).collect();
    let wall = made.visits.numbered().into_iter().find(|(number, _)| *number == visit).map(|(_, wall)| wall);
    let mut parts = Vec::new();
    if let Some(wall) = wall {
        let moments = moments(&session.guide, &session.answers, made.zone.instant(wall));
        let time = |at| words.time(made.zone.wall(at));
        let when = words.fill(
            Say::SheetWhenMore,
            &[("earliest", &time(moments.arrival)), ("latest", &time(moments.leave))],
        );
        parts.push(Part::new(
            words.say(Say::SheetWhen),
            words.say(Say::SheetDriverThanks),
            vec![words.moment(wall), when],
        ));
    }
    parts.push(Part::new(words.say(Say::SheetWhere), "", where_and_phone(session)));
    parts.push(Part::new(words.say(Say::SheetNormal), words.say(Say::SheetNormalMore), Vec::new()));
    // A line for each sentence.
    let list =
        words.say(Say::SheetStayList).split_inclusive('.').map(|line| line.trim().to_owned()).collect();
    // The latest of what may not be done is the end of it all.
    let until =
        own.iter().filter(|dated| dated.task.level == Level::Stop).filter_map(|dated| dated.until).max();
    let until = until.map(|until| words.moment(made.zone.wall(until))).unwrap_or_default();
    let until = words.fill(Say::SheetStayUntil, &[("date", &until)]);
    parts.push(Part::new(words.say(Say::SheetStay), until, list));
    for dated in own.iter().filter(|dated| dated.task.level == Level::GetHelp) {
        let said = words.task(&dated.task.id);
        parts.push(Part::new(said.title.clone(), said.text.clone(), Vec::new()));
    }
    parts
}

/// What the clinic must look at: the hours that were worked out, and what the person is to ask. No answer is on it.
fn for_the_desk(session: &Session, made: &Made, plan: &[Dated]) -> Vec<Part> {
    let words = session.words();
    let first = made.visits.numbered().first().map_or(1, |(number, _)| *number);
    let own = || plan.iter().filter(move |dated| dated.visit == first && !dated.unsure);
    let times = own().filter(|dated| matches!(dated.task.when.start, Start::HoursBefore(_)));
    let times = times.map(|dated| titled(words, made, dated)).collect();
    let asks = own().filter(|dated| dated.task.level == Level::Review);
    let asks = asks.map(|dated| words.task(&dated.task.id).title.clone()).collect();
    vec![
        Part::new(words.say(Say::SheetWhen), words.say(Say::SheetDeskLead), visit_times(words, made)),
        Part::new(words.say(Say::SheetDeskDriver), "", vec!["\u{a0}".to_owned()]),
        Part { boxes: true, ..Part::new(words.say(Say::SheetDeskTimes), "", times) },
        Part { boxes: true, ..Part::new(words.say(Say::SheetDeskAsk), "", asks) },
    ]
}

fn draw_sheet(ui: Ui, id: &'static str, title: String, parts: Vec<Part>) -> AnyView {
    let printing = move || ui.session.with(|session| session.printing.as_deref() == Some(id)).then_some("");
    let parts: Vec<_> = parts
        .into_iter()
        .map(|part| {
            let lines: Vec<_> = part.lines.into_iter().map(|line| view! { <li>{line}</li> }).collect();
            view! {
                <section class="ar-sheet__part">
                    <h4 class="ar-sheet__heading">{part.title}</h4>
                    {(!part.lead.is_empty()).then(|| view! { <p>{part.lead}</p> })}
                    {(!lines.is_empty()).then(|| view! {
                        <ul role="list" class="ar-sheet__lines" class:ar-sheet__lines--boxes=part.boxes>{lines}</ul>
                    })}
                </section>
            }
        })
        .collect();
    view! {
        <details class="ar-details ar-sheet">
            <summary class="ar-details__summary">{title.clone()}</summary>
            <div class="ar-sheet__page" id=format!("ar-sheet-{id}") data-printing=printing>
                <h3 class="ar-sheet__title">{title}</h3>
                {parts}
                <button
                    type="button"
                    class="ar-button ar-button--quiet"
                    on:click=move |_| ui.send.run(Message::PressedPrintPart(id.to_owned()))
                >
                    {ui.say(Say::SheetPrint)}
                </button>
            </div>
        </details>
    }
    .into_any()
}
