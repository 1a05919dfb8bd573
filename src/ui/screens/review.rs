//! All answers, section by section, each with a Change link; what is missing comes first.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::ids::QuestionId;
use crate::engine::session::Message;
use crate::ui::answer_list::{AnswerList, AnswerRow};
use crate::ui::context::Ui;
use crate::ui::missing::Missing;
use crate::ui::screens::{Back, Heading};

/// The review page.
#[component]
pub fn Review(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let on_change =
        Callback::new(move |id: String| ui.send.run(Message::AskedToChange(QuestionId::from(id.as_str()))));
    let (sections, missing) = ui.session.with_untracked(|session| {
        let words = session.words();
        let journey = session.journey();
        let row = |id: &QuestionId, said: String| AnswerRow {
            question: id.as_str().to_owned(),
            ask: words.question(id).ask.clone(),
            said,
        };
        let sections: Vec<_> = session
            .guide
            .sections
            .iter()
            .map(|section| {
                let rows: Vec<AnswerRow> = journey
                    .asked
                    .iter()
                    .filter(|question| question.section == *section)
                    .filter_map(|question| {
                        let answer = session.answers.get(&question.id)?;
                        Some(row(&question.id, words.answer(question, answer)))
                    })
                    .collect();
                (words.section(section).title.clone(), rows)
            })
            .filter(|(_, rows)| !rows.is_empty())
            .collect();
        let missing: Vec<AnswerRow> = journey
            .unanswered
            .iter()
            .map(|id| row(id, words.say(Say::ReviewUnanswered).to_owned()))
            .collect();
        (sections, missing)
    });
    let complete = missing.is_empty();
    let missing_list = (!complete).then(|| {
        let questions = missing.into_iter().map(|row| (row.question, row.ask)).collect();
        let some = !sections.is_empty();
        view! {
            <Missing
                title=ui.say(Say::ReviewMissing)
                lead=ui.say(Say::ReviewMissingLead)
                questions
                on_follow=on_change
            />
            {some.then(|| view! {
                <p class="ar-review__so-far">
                    <button type="button" class="ar-link-button" on:click=move |_| ui.send.run(Message::PressedSeeSoFar)>
                        {ui.say(Say::ReviewSoFar)}
                    </button>
                </p>
            })}
        }
    });
    let lists: Vec<_> = sections
        .into_iter()
        .map(|(title, rows)| view! { <AnswerList title rows change=ui.say(Say::ReviewChange) on_change /> })
        .collect();
    let see_result = move || {
        complete.then(|| {
            view! {
                <div class="ar-actions">
                    <button type="button" class="ar-button" on:click=move |_| ui.send.run(Message::PressedSeeResult)>
                        {ui.say(Say::ReviewSeeResult)}
                    </button>
                </div>
            }
        })
    };
    view! {
        <Back ui />
        <Heading words=ui.say(Say::ReviewTitle) />
        <p class="ar-lead">{ui.say(Say::ReviewLead)}</p>
        {missing_list}
        {see_result()}
        {lists}
        {see_result()}
    }
}
