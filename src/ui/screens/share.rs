//! What to share: a tick for every answer, the private ones unticked.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::ids::QuestionId;
use crate::engine::session::Message;
use crate::ui::context::Ui;
use crate::ui::screens::{Back, Heading, Step};
use crate::ui::tick::Tick;

struct Row {
    question: QuestionId,
    ask: String,
    said: String,
}

/// The choice of what to share.
#[component]
pub fn Share(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let sections: Vec<(String, bool, Vec<Row>)> = ui.session.with_untracked(|session| {
        let words = session.words();
        let journey = session.journey();
        session
            .guide
            .sections
            .iter()
            .map(|section| {
                let questions = journey
                    .asked
                    .iter()
                    .filter(|question| question.section == *section && session.guide.may_leave(&question.id));
                let private = questions.clone().any(|question| question.private);
                let rows = questions
                    .filter_map(|question| {
                        let answer = session.answers.get(&question.id)?;
                        Some(Row {
                            question: question.id.clone(),
                            ask: words.question(&question.id).ask.clone(),
                            said: words.answer(question, answer),
                        })
                    })
                    .collect::<Vec<_>>();
                (words.section(section).title.clone(), private, rows)
            })
            .filter(|(_, _, rows)| !rows.is_empty())
            .collect()
    });
    let groups: Vec<_> = sections
        .into_iter()
        .map(|(title, private, rows)| {
            let rows: Vec<_> = rows.into_iter().map(|row| draw_row(ui, row)).collect();
            view! {
                <fieldset class="ar-share">
                    <legend class="ar-share__title">{title}</legend>
                    {private.then(|| view! { <p class="ar-share__private">{ui.say(Say::SharePrivate)}</p> })}
                    {rows}
                </fieldset>
            }
        })
        .collect();
    view! {
        <Back ui />
        <Heading words=ui.say(Say::ShareTitle) />
        <p class="ar-lead">{ui.say(Say::ShareLead)}</p>
        <Step ui>
            {groups}
        </Step>
    }
}

fn draw_row(ui: Ui, row: Row) -> AnyView {
    let question = row.question.clone();
    let shared = Memo::new(move |_| ui.session.with(|session| session.sharing.answers.contains(&question)));
    view! {
        <Tick id=format!("share-{}", row.question) ticked=shared on_change=ui.on(Message::ToggledShared(row.question))>
            <span class="ar-tick__ask">{row.ask}</span>
            " "
            <span class="ar-tick__said" class:ar-tick__said--off=move || !shared.get()>
                {move || if shared.get() { row.said.clone() } else { ui.say(Say::NotShared) }}
            </span>
        </Tick>
    }
    .into_any()
}
