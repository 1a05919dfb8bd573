//! What to share: a tick for every answer and every reason, the private ones unticked.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::ids::{QuestionId, RuleId, SectionId};
use crate::engine::screening::result::Reason;
use crate::engine::session::{Message, Session};
use crate::ui::context::Ui;
use crate::ui::screens::{Back, Heading, Step};
use crate::ui::tick::Tick;

/// A section of the questions.
struct Group {
    section: SectionId,
    title: String,
    private: bool,
    answers: Vec<AnswerRow>,
    reasons: Vec<ReasonRow>,
}

struct AnswerRow {
    question: QuestionId,
    ask: String,
    said: String,
}

struct ReasonRow {
    rule: RuleId,
    words: String,
    /// The words of the questions that it read.
    asked: String,
    reason: Reason,
}

/// The choice of what to share.
#[component]
pub fn Share(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let groups: Vec<_> =
        ui.session.with_untracked(groups).into_iter().map(|group| draw_group(ui, group)).collect();
    view! {
        <Back ui />
        <Heading words=ui.say(Say::ShareTitle) />
        <p class="ar-lead">{ui.say(Say::ShareLead)}</p>
        <Step ui>
            {groups}
        </Step>
    }
}

/// The answers that were given and may leave, by section, with the reasons that come from them.
fn groups(session: &Session) -> Vec<Group> {
    let (guide, words, journey) = (&session.guide, session.words(), session.journey());
    let outcome = session.outcome();
    let section_of = |reason: &Reason| {
        let first = reason.answers.first().and_then(|question| guide.question(question));
        first.map(|question| question.section.clone())
    };
    let group = |section: &SectionId| {
        let questions = journey
            .asked
            .iter()
            .filter(|question| question.section == *section && guide.may_leave(&question.id));
        let answers = questions.clone().filter_map(|question| {
            Some(AnswerRow {
                question: question.id.clone(),
                ask: words.question(&question.id).ask.clone(),
                said: words.answer(question, session.answers.get(&question.id)?),
            })
        });
        let here = outcome.reasons.iter().filter(|reason| section_of(reason).as_ref() == Some(section));
        let reasons = here
            .filter(|reason| reason.answers.iter().all(|question| guide.may_leave(question)))
            .map(|reason| {
                let asked = reason.answers.iter().map(|question| words.question(question).ask.as_str());
                ReasonRow {
                    rule: reason.rule.clone(),
                    words: words.reason_line(guide, reason),
                    asked: asked.collect::<Vec<_>>().join(" "),
                    reason: reason.clone(),
                }
            });
        Group {
            section: section.clone(),
            title: words.section(section).title.clone(),
            private: questions.clone().any(|question| question.private),
            answers: answers.collect(),
            reasons: reasons.collect(),
        }
    };
    guide.sections.iter().map(group).filter(|group| !group.answers.is_empty()).collect()
}

fn draw_group(ui: Ui, group: Group) -> impl IntoView {
    let answers: Vec<_> = group.answers.into_iter().map(|row| draw_answer(ui, row)).collect();
    let reasons: Vec<_> = group.reasons.into_iter().map(|row| draw_reason(ui, row)).collect();
    // What stands beside the boxes is told to whoever goes from box to box.
    let private = group.private.then(|| format!("private-{}", group.section));
    let described = private.clone();
    let lead = format!("reasons-{}", group.section);
    let labelled = lead.clone();
    view! {
        <fieldset class="ar-share" aria-describedby=described>
            <legend class="ar-share__title">{group.title}</legend>
            {private.map(|id| view! { <p class="ar-share__private" id=id>{ui.say(Say::SharePrivate)}</p> })}
            {answers}
            {(!reasons.is_empty()).then(|| view! {
                <div role="group" aria-labelledby=labelled>
                    <p class="ar-share__reasons" id=lead>{ui.say(Say::ShareReasons)}</p>
                    {reasons}
                </div>
            })}
        </fieldset>
    }
}

fn draw_answer(ui: Ui, row: AnswerRow) -> AnyView {
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

/// A tick, once all answers that the reason read are ticked; until then a line that says why there is none.
fn draw_reason(ui: Ui, row: ReasonRow) -> AnyView {
    let ReasonRow { rule, words, asked, reason } = row;
    let read = reason.clone();
    let possible = Memo::new(move |_| ui.session.with(|session| session.sharing.could_share(&read)));
    let shared = Memo::new(move |_| ui.session.with(|session| session.sharing.shares(&reason)));
    let tick = move || {
        let (words, rule) = (words.clone(), rule.clone());
        view! {
            <Tick id=format!("reason-{rule}") ticked=shared on_change=ui.on(Message::ToggledReason(rule))>
                <span class="ar-tick__said" class:ar-tick__said--off=move || !shared.get()>{words}</span>
            </Tick>
        }
    };
    let blocked = move || {
        let said = ui.fill(Say::ShareReasonBlocked, &[("what", &asked)]);
        view! { <p class="ar-share__blocked">{said}</p> }
    };
    view! { {move || if possible.get() { tick().into_any() } else { blocked().into_any() }} }.into_any()
}
