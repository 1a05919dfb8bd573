//! How the clinic may reach the person. Nothing has to be filled in to print or save.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::session::{ContactField, Message};
use crate::ui::context::Ui;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::screens::{Back, Heading};

/// The contact fields.
#[component]
pub fn ContactScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let fields: Vec<_> = ContactField::ALL.into_iter().map(|field| draw_field(ui, field)).collect();
    view! {
        <Back ui />
        <Heading words=ui.say(Say::ContactTitle) />
        <p class="ar-lead">{ui.say(Say::ContactLead)}</p>
        <form
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                ui.send.run(Message::PressedContinue);
            }
        >
            {fields}
            <div class="ar-actions">
                <button type="submit" class="ar-button">{ui.say(Say::CommonContinue)}</button>
            </div>
        </form>
    }
}

fn draw_field(ui: Ui, field: ContactField) -> AnyView {
    let (id, label, hint, kind) = match field {
        ContactField::Name => ("contact-name", Say::ContactName, None, FieldKind::Text),
        ContactField::Phone => ("contact-phone", Say::ContactPhone, None, FieldKind::Phone),
        ContactField::Email => ("contact-email", Say::ContactEmail, None, FieldKind::Email),
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
