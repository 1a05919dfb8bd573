//! What this page did since it was opened: a live count of what it asked for, what it keeps, and where answers can go.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::shared::idle_minutes;
use crate::ui::context::Ui;
use crate::ui::screens::keep::{WipeKept, draw_said};
use crate::ui::screens::{Back, Heading};

/// The count.
#[component]
pub fn DeedsScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let endpoint = ui.session.with_untracked(|session| session.guide.settings.handoff.endpoint.clone());
    let counted = {
        let endpoint = endpoint.clone();
        Memo::new(move |_| {
            let endpoint = endpoint.as_deref();
            ui.session.with(|session| {
                let deeds = &session.deeds;
                (
                    deeds.files.to_string(),
                    deeds.sent(endpoint).to_string(),
                    deeds.strangers(endpoint).to_string(),
                )
            })
        })
    };
    let kept = Memo::new(move |_| ui.session.with(|session| session.keep.there().is_some()));
    let minutes = ui.session.with_untracked(idle_minutes).to_string();
    let leave = ui.fill(Say::DeedsLeaveHow, &[("what", &ui.say(Say::HeaderLeave)), ("number", &minutes)]);
    let goes = match &endpoint {
        Some(address) => ui.fill(Say::DeedsWhereTo, &[("what", address)]),
        None => ui.say(Say::DeedsWhereNone),
    };
    view! {
        <Back ui />
        <Heading words=ui.say(Say::DeedsTitle) />
        <p class="ar-lead">{ui.say(Say::DeedsLead)}</p>
        <dl class="ar-deeds">
            <div class="ar-deeds__deed">
                <dt>{ui.say(Say::DeedsSent)}</dt>
                <dd class="ar-deeds__number" data-count="sent">{move || counted.get().1}</dd>
            </div>
            <div class="ar-deeds__deed">
                <dt>{ui.say(Say::DeedsStrangers)}</dt>
                <dd class="ar-deeds__number" data-count="strangers">{move || counted.get().2}</dd>
            </div>
            <div class="ar-deeds__deed">
                <dt>{ui.say(Say::DeedsFiles)}</dt>
                <dd class="ar-deeds__number" data-count="files">{move || counted.get().0}</dd>
            </div>
        </dl>
        {draw_said(ui)}
        {move || {
            let say = if kept.get() { Say::DeedsKeptSealed } else { Say::DeedsKeptNothing };
            view! { <Part title=ui.say(Say::DeedsKept) text=ui.say(say) /> }
        }}
        {move || kept.get().then(|| view! { <WipeKept ui /> })}
        <Part title=ui.say(Say::DeedsWhere) text=goes />
        <Part title=ui.say(Say::DeedsCheck) text=ui.say(Say::DeedsCheckHow) />
        <Part title=ui.say(Say::DeedsPage) text=ui.say(Say::DeedsPageMore) />
        <Part title=ui.say(Say::DeedsLeave) text=leave />
    }
}

/// A heading with what is to be said under it.
#[component]
fn Part(
    /// The heading.
    title: String,
    /// The text.
    text: String,
) -> impl IntoView {
    view! {
        <section class="ar-deeds__part">
            <h2 class="ar-deeds__title">{title}</h2>
            <p class="ar-deeds__text">{text}</p>
        </section>
    }
}
