//! How and when the clinic may reach the person. Nothing has to be filled in to print or save.

use leptos::prelude::*;

use crate::engine::map::Set;

use crate::engine::guide::words::Say;
use crate::engine::handoff::packet::{Contact, PartOfDay, Weekday};
use crate::engine::session::{CONTACT_FIELD, ContactField, Message};
use crate::ui::context::Ui;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::screens::{Back, Heading, Step};
use crate::ui::tick::Tick;

/// The contact fields.
#[component]
pub fn ContactScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    // Who and how is all that most people need; when and in which language is folded away until it is wanted.
    let draw =
        |fields: &[ContactField]| fields.iter().map(|field| draw_field(ui, *field)).collect::<Vec<_>>();
    let first = draw(&[ContactField::Name, ContactField::Phone, ContactField::Email]);
    let more = draw(&[ContactField::BestTime, ContactField::Language]);
    let open = ui.session.with_untracked(|session| session.sharing.contact.says_when_or_language());
    view! {
        <Back ui />
        <Heading words=ui.say(Say::ContactTitle) />
        <p class="ar-lead">{ui.say(Say::ContactLead)}</p>
        <Step ui>
            {first}
            <details class="ar-details" open=open>
                <summary class="ar-details__summary">{ui.say(Say::ContactWhenTitle)}</summary>
                <div class="ar-when">
                    {draw_ticks(ui, Say::ContactDays, "day", Weekday::ALL, Weekday::say, |contact| &contact.days, Message::ToggledDay)}
                    {draw_ticks(ui, Say::ContactTimes, "time", PartOfDay::ALL, PartOfDay::say, |contact| &contact.times, Message::ToggledTime)}
                    {more}
                </div>
            </details>
        </Step>
    }
}

/// A group of ticks, one for each day or part of the day.
fn draw_ticks<T: Copy + Ord + Send + Sync + 'static, const N: usize>(
    ui: Ui,
    title: Say,
    id: &str,
    all: [T; N],
    say: fn(T) -> Say,
    ticked: fn(&Contact) -> &Set<T>,
    toggled: fn(T) -> Message,
) -> AnyView {
    let ticks: Vec<_> = all
        .into_iter()
        .enumerate()
        .map(|(place, one)| {
            let is_ticked = Memo::new(move |_| {
                ui.session.with(|session| ticked(&session.sharing.contact).contains(&one))
            });
            view! {
                <Tick id=format!("contact-{id}-{place}") ticked=is_ticked on_change=ui.on(toggled(one))>
                    {ui.say(say(one))}
                </Tick>
            }
        })
        .collect();
    view! {
        <fieldset class="ar-times">
            <legend class="ar-times__title">{ui.say(title)}</legend>
            <div class="ar-times__row">{ticks}</div>
        </fieldset>
    }
    .into_any()
}

fn draw_field(ui: Ui, field: ContactField) -> AnyView {
    let (id, label, hint, kind) = match field {
        ContactField::Name => ("contact-name", Say::ContactName, None, FieldKind::Text),
        ContactField::Phone => (CONTACT_FIELD, Say::ContactPhone, None, FieldKind::Phone),
        ContactField::Email => ("contact-email", Say::ContactEmail, None, FieldKind::Email),
        ContactField::Language => {
            ("contact-language", Say::ContactLanguage, Some(Say::ContactLanguageHint), FieldKind::Text)
        }
        ContactField::BestTime => {
            ("contact-time", Say::ContactTime, Some(Say::ContactTimeHint), FieldKind::Text)
        }
    };
    view! {
        <Field
            id=id.to_owned()
            label=ui.say(label)
            hint=hint.map(|hint| ui.say(hint)).unwrap_or_default()
            unit=""
            kind=kind
            value=Signal::derive(move || ui.session.with(|session| field.of(&session.sharing.contact).to_owned()))
            invalid=Signal::derive(|| false)
            on_input=Callback::new(move |text| ui.send.run(Message::TypedContact(field, text)))
        />
    }
    .into_any()
}
