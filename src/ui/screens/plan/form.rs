//! When the visits are, and by which clock.

use leptos::prelude::*;

use crate::engine::guide::words::{Say, Words};
use crate::engine::one_by_one::{FormPiece, of_form};
use crate::engine::plan::in_words::zone_words;
use crate::engine::plan::state::{
    MOST_VISITS, PlanError, PlanMessage, Planning, TypedVisit, ZONE_ID, day_id, time_id,
};
use crate::engine::session::{Message, Session};
use crate::ui::context::Ui;
use crate::ui::error_summary::ErrorSummary;
use crate::ui::one_by_one::OneByOne;
use crate::ui::screens::{Back, Heading};

/// The form.
pub(super) fn draw(ui: Ui) -> AnyView {
    let count = Memo::new(move |_| ui.session.with(|session| session.plan.typed.len().max(1)));
    let error = Memo::new(move |_| {
        ui.session.with(|session| {
            let error = session.plan.error.as_ref()?;
            Some((error.field(), error_words(session.words(), error)))
        })
    });
    let summary = move || {
        error.get().map(|(field, words)| {
            view! {
                <ErrorSummary
                    title=ui.say(Say::CommonProblem)
                    error=words
                    on_follow=Callback::new(move |()| ui.send.run(Message::FollowedError(field.clone())))
                />
            }
        })
    };
    view! {
        <Back ui />
        {summary}
        <Heading words=ui.say(Say::DatedFormTitle) />
        <p class="ar-lead">{ui.say(Say::DatedFormLead)}</p>
        <form
            class="ar-plan-form"
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                ui.send.run(PlanMessage::PressedMake.into());
            }
        >
            {if ui.calm() { draw_pieces(ui, count) } else { draw_all(ui, count) }}
        </form>
    }
    .into_any()
}

fn draw_all(ui: Ui, count: Memo<usize>) -> AnyView {
    view! {
        {draw_count(ui, count)}
        <For each=move || 0..count.get() key=|visit| *visit children=move |visit| draw_visit(ui, visit, count) />
        {draw_zone(ui)}
        {draw_make(ui)}
    }
    .into_any()
}

fn draw_make(ui: Ui) -> impl IntoView {
    view! {
        <div class="ar-actions">
            <button type="submit" class="ar-button">{ui.say(Say::DatedMake)}</button>
        </div>
    }
}

/// In low-energy mode, one field or visit at a time.
fn draw_pieces(ui: Ui, count: Memo<usize>) -> AnyView {
    let total = Signal::derive(move || of_form(count.get()).len());
    let draw = Callback::new(move |place: usize| match of_form(count.get_untracked()).get(place) {
        Some(FormPiece::Count) => draw_count(ui, count),
        Some(FormPiece::Visit(visit)) => draw_visit(ui, *visit, count),
        Some(FormPiece::Zone) => view! { {draw_zone(ui)} {draw_make(ui)} }.into_any(),
        None => ().into_any(),
    });
    view! { <OneByOne ui total draw /> }.into_any()
}

/// What is wrong with the field of this id.
fn wrong(ui: Ui, id: String) -> Memo<Option<String>> {
    Memo::new(move |_| {
        ui.session.with(|session| {
            let error = session.plan.error.as_ref().filter(|error| error.field() == id)?;
            Some(error_words(session.words(), error))
        })
    })
}

/// One field at most is wrong, so one id is enough.
const ERROR_ID: &str = "ar-plan-error";

fn draw_error(wrong: Memo<Option<String>>) -> impl Fn() -> Option<AnyView> + Send + 'static {
    move || {
        wrong.get().map(|words| view! { <p class="ar-question__error" id=ERROR_ID>{words}</p> }.into_any())
    }
}

/// What describes a field: its hint, and what is wrong with it.
fn describes(hint: &str, wrong: Memo<Option<String>>) -> String {
    if wrong.get().is_some() { format!("{hint} {ERROR_ID}") } else { hint.to_owned() }
}

fn error_words(words: &Words, error: &PlanError) -> String {
    let numbered = |say, visit: &usize| words.fill(say, &[("number", &(visit + 1).to_string())]);
    match error {
        PlanError::Day(visit) => numbered(Say::DatedErrorDay, visit),
        PlanError::Time(visit) => numbered(Say::DatedErrorTime, visit),
        PlanError::Twice(visit) => numbered(Say::DatedErrorTwice, visit),
        PlanError::Zone => words.say(Say::DatedErrorZone).to_owned(),
    }
}

fn draw_count(ui: Ui, count: Memo<usize>) -> AnyView {
    let options: Vec<_> = (1..=MOST_VISITS)
        .map(|number| view! { <option value=number.to_string() selected=move || count.get() == number>{number.to_string()}</option> })
        .collect();
    view! {
        <div class="ar-field">
            <label class="ar-field__label" for="ar-plan-count">{ui.say(Say::DatedCount)}</label>
            <div class="ar-field__row">
                <select
                    class="ar-field__input ar-plan-form__count"
                    id="ar-plan-count"
                    on:change=move |event| {
                        let count = event_target_value(&event).parse().unwrap_or(1);
                        ui.send.run(PlanMessage::ChoseCount(count).into());
                    }
                >
                    {options}
                </select>
            </div>
        </div>
    }
    .into_any()
}

fn draw_visit(ui: Ui, visit: usize, count: Memo<usize>) -> AnyView {
    let typed = move |part: fn(&TypedVisit) -> &String| {
        Signal::derive(move || {
            ui.session.with(|session| session.plan.typed.get(visit).map(part).cloned().unwrap_or_default())
        })
    };
    let title = ui.fill(Say::DatedVisit, &[("number", &(visit + 1).to_string())]);
    view! {
        <fieldset class="ar-plan-form__visit">
            // One visit needs no number.
            <legend class="ar-field__label" class:ar-sr=move || count.get() == 1>{title}</legend>
            {draw_input(ui, ("date", day_id(visit), Say::DatedDay, Say::DatedDayHint), typed(|visit| &visit.day), Callback::new(move |text| {
                ui.send.run(PlanMessage::TypedDay(visit, text).into());
            }))}
            {draw_input(ui, ("time", time_id(visit), Say::DatedTime, Say::DatedTimeHint), typed(|visit| &visit.time), Callback::new(move |text| {
                ui.send.run(PlanMessage::TypedTime(visit, text).into());
            }))}
        </fieldset>
    }
    .into_any()
}

/// A field for a day or a time. The browser's own picker knows the person's way of writing both; where it has none, the
/// hint says how to type it.
fn draw_input(
    ui: Ui,
    (kind, id, label, hint): (&'static str, String, Say, Say),
    value: Signal<String>,
    on_input: Callback<String>,
) -> AnyView {
    let hint_id = format!("{id}-hint");
    let wrong = wrong(ui, id.clone());
    view! {
        <div class="ar-field">
            <label class="ar-field__label" for=id.clone()>{ui.say(label)}</label>
            <p class="ar-field__hint" id=hint_id.clone()>{ui.say(hint)}</p>
            {draw_error(wrong)}
            <div class="ar-field__row">
                <input
                    class="ar-field__input ar-plan-form__input"
                    id=id
                    type=kind
                    autocomplete="off"
                    aria-describedby=move || describes(&hint_id, wrong)
                    aria-invalid=move || wrong.get().map(|_| "true")
                    prop:value=move || value.get()
                    on:input=move |event| on_input.run(event_target_value(&event))
                />
            </div>
        </div>
    }
    .into_any()
}

fn draw_zone(ui: Ui) -> AnyView {
    let in_use =
        move |session: &Session| session.plan.zone_in_use(&session.guide.settings.clinic.zone).to_owned();
    let chosen = Memo::new(move |_| ui.session.with(in_use));
    let names = Memo::new(move |_| {
        ui.session.with(|session| {
            let Planning { zones, own_zone, .. } = &session.plan;
            let clinic = &session.guide.settings.clinic.zone;
            let first = [clinic, own_zone].into_iter().filter(|zone| !zone.is_empty());
            let mut names: Vec<String> = Vec::new();
            for zone in first.chain(zones) {
                if !names.contains(zone) {
                    names.push(zone.clone());
                }
            }
            names
        })
    });
    let wrong = wrong(ui, PlanError::Zone.field());
    let options = move || {
        let name = |name: String| {
            let words = zone_words(&name);
            let is = name.clone();
            view! { <option value=name selected=move || chosen.get() == is>{words}</option> }
        };
        names.get().into_iter().map(name).collect_view()
    };
    view! {
        <div class="ar-field">
            <label class="ar-field__label" for=ZONE_ID>{ui.say(Say::DatedZone)}</label>
            <p class="ar-field__hint" id="ar-plan-zone-hint">{ui.say(Say::DatedZoneHint)}</p>
            {draw_error(wrong)}
            <div class="ar-field__row">
                <select
                    class="ar-field__input"
                    id=ZONE_ID
                    aria-describedby=move || describes("ar-plan-zone-hint", wrong)
                    aria-invalid=move || wrong.get().map(|_| "true")
                    on:change=move |event| ui.send.run(PlanMessage::ChoseZone(event_target_value(&event)).into())
                >
                    {options}
                </select>
            </div>
        </div>
    }
    .into_any()
}
