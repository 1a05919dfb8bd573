//! How the clinic may reach the person. Nothing has to be filled in to print or save.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::session::{ContactField, Message};
use crate::ui::context::Ui;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::screens::{Back, Heading, Step};

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
        <Step ui>
            {fields}
        </Step>
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
