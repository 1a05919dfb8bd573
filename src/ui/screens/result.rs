//! The result: the level, every reason with why it is shown, what to do next, and how to get ready.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::ids::QuestionId;
use crate::engine::plan::{self, Group};
use crate::engine::screening::advice::{AdviceKind, advice};
use crate::engine::screening::instrument::scores;
use crate::engine::screening::level::Level;
use crate::engine::screening::result::{Outcome, Reason};
use crate::engine::session::Message;
use crate::ui::advice_list::AdviceList;
use crate::ui::app::crisis_words;
use crate::ui::context::Ui;
use crate::ui::crisis_panel::CrisisLines;
use crate::ui::missing::Missing;
use crate::ui::one_by_one::OneByOne;
use crate::ui::plan_list::{PlanList, TaskView};
use crate::ui::reason_card::{ReasonCard, ReasonHeadings, ReasonView};
use crate::ui::screens::page::{review_words, sources_of};
use crate::ui::screens::plan::PlanLink;
use crate::ui::screens::{Back, Heading};

/// The result page. With `get-help` nothing stands on it that sells or books.
#[component]
pub fn ResultScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let outcome = ui.session.with_untracked(|session| session.outcome());
    let version = ui.version();
    let help_now = outcome.level == Level::GetHelp;
    let (title, text) = ui.session.with_untracked(|session| {
        let level = session.words().level(outcome.level);
        (level.title.to_owned(), level.text.to_owned())
    });
    let headings = ReasonHeadings {
        next: ui.say(Say::ResultNext),
        why: ui.say(Say::ResultWhy),
        said: ui.say(Say::ResultYouSaid),
        rule: ui.say(Say::ResultRule),
        sources: ui.say(Say::ResultSources),
    };
    let cards: Vec<_> = outcome
        .reasons
        .iter()
        .map(|reason| view! { <ReasonCard reason=draw_reason(ui, reason) headings=headings.clone() /> })
        .collect();
    let none = cards.is_empty();
    let list = if ui.session.with_untracked(|session| session.calm.on) && !none {
        let reasons = outcome.reasons.clone();
        let (total, headings) = (reasons.len(), headings.clone());
        let draw = Callback::new(move |place: usize| {
            let reason = reasons.get(place).map(|reason| draw_reason(ui, reason));
            let card = reason.map(|reason| view! { <ReasonCard reason headings=headings.clone() /> });
            view! { <ul role="list" class="ar-reasons__list">{card}</ul> }.into_any()
        });
        view! { <OneByOne ui total draw /> }.into_any()
    } else {
        view! { <ul role="list" class="ar-reasons__list">{cards}</ul> }.into_any()
    };
    let whole = outcome.level != Level::Incomplete;
    let missing: Vec<(String, String)> = ui.session.with_untracked(|session| {
        let ask = |id: &QuestionId| session.words().question(id).ask.clone();
        let open = if help_now { &[][..] } else { &outcome.unanswered };
        open.iter().map(|id| (id.to_string(), ask(id))).collect()
    });
    let missing = (!missing.is_empty()).then(|| {
        let on_follow = Callback::new(move |id: String| {
            ui.send.run(Message::AskedToChange(QuestionId::from(id.as_str())));
        });
        view! {
            <Missing
                title=ui.say(Say::ReviewMissing)
                lead=ui.say(Say::ReviewMissingLead)
                questions=missing
                on_follow
            />
        }
    });
    let reasons = if none && !whole {
        // Nothing raised so far is not "nothing raised".
        ().into_any()
    } else if none {
        view! { <p>{ui.say(Say::ResultNoReasons)}</p> }.into_any()
    } else {
        view! {
            <section class="ar-reasons">
                <h2 class="ar-section-title">{ui.say(Say::ResultReasons)}</h2>
                {list}
            </section>
        }
        .into_any()
    };
    let phone =
        ui.session.with_untracked(|session| crate::engine::guide::settings::phone_address(session.phone()));
    let call = (!help_now).then_some(phone).flatten().map(|address| {
        view! { <a class="ar-button ar-button--quiet" href=address>{ui.say(Say::ResultCallClinic)}</a> }
    });
    view! {
        <Back ui />
        <div class=format!("ar-result ar-result--{}", outcome.level.as_str())>
            <Heading words=title caption=ui.say(Say::ResultYourResult) />
            <p class="ar-lead">{text}</p>
        </div>
        {help_now.then(|| view! { <section class="ar-help ar-help--inline"><CrisisLines words=crisis_words(ui) /></section> })}
        {missing}
        {reasons}
        {advice_lists(ui, &outcome)}
        <p class="ar-result__only">{ui.say(Say::ResultOnlyClinician)}</p>
        {unsigned(ui).into_iter().map(|words| view! { <p class="ar-result__only">{words}</p> }).collect_view()}
        {(!help_now && whole).then(|| view! {
            <section class="ar-result__share">
                <h2 class="ar-section-title">{ui.say(Say::ResultShareTitle)}</h2>
                <p>{ui.say(Say::ResultShareLead)}</p>
                <div class="ar-actions">
                    <button type="button" class="ar-button" on:click=move |_| ui.send.run(Message::PressedShare)>
                        {ui.say(Say::ResultShare)}
                    </button>
                    {call}
                </div>
            </section>
            <PlanLink ui />
            {move || {
                version.get();
                view! { <Preparation ui /> }
            }}
        })}
        <p>
            <button type="button" class="ar-link-button" on:click=move |_| ui.send.run(Message::PressedReview)>
                {ui.say(Say::ResultChange)}
            </button>
        </p>
    }
}

/// The scores in words, where the clinic shows them.
fn scores_list(ui: Ui) -> Option<AnyView> {
    let lines: Vec<String> = ui.session.with_untracked(|session| {
        let shown = session.guide.settings.instruments.show_scores;
        let words = session.words();
        let scores = if shown { scores(&session.guide, &session.answers) } else { Vec::new() };
        scores.iter().map(|(instrument, score)| words.score(instrument, score)).collect()
    });
    let (title, lead) = (ui.say(Say::ScoreTitle), ui.say(Say::ScoreLead));
    (!lines.is_empty()).then(|| view! { <AdviceList title lead lines /> }.into_any())
}

/// Next steps, other care and questions to ask; of each kind only what the answers call for.
fn advice_lists(ui: Ui, outcome: &Outcome) -> Vec<AnyView> {
    let lists = [
        (AdviceKind::NextStep, Say::AdviceNext, None),
        (AdviceKind::Alternative, Say::AdviceOther, Some(Say::AdviceOtherLead)),
        (AdviceKind::Ask, Say::AdviceAsk, Some(Say::AdviceAskLead)),
    ];
    let list = |(kind, title, lead): (AdviceKind, Say, Option<Say>)| {
        let lines: Vec<String> = ui.session.with_untracked(|session| {
            let advice = advice(&session.guide, &session.answers, outcome, kind);
            let words = session.words();
            advice.into_iter().map(|advice| words.advice(advice).to_owned()).collect()
        });
        let lead = lead.map(|lead| ui.say(lead)).unwrap_or_default();
        (!lines.is_empty()).then(|| view! { <AdviceList title=ui.say(title) lead lines /> }.into_any())
    };
    // `scores` gives none beside a call for help.
    scores_list(ui).into_iter().chain(lists.into_iter().filter_map(list)).collect()
}

/// What nobody has signed yet: the rules, and the words where they are a translation.
fn unsigned(ui: Ui) -> Vec<String> {
    let rules = ui.guide().review.reviewer.trim().is_empty();
    let words = ui.session.with_untracked(|session| session.words().unsigned);
    let said = [(rules, Say::ResultUnsigned), (words, Say::ResultTranslation)];
    said.into_iter().filter(|(open, _)| *open).map(|(_, say)| ui.say(say)).collect()
}

/// The preparation list made from the answers. Empty until its files have come.
#[component]
fn Preparation(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let groups: Vec<_> = ui.session.with_untracked(|session| {
        let words = session.words();
        plan::tasks(&session.guide, &session.answers)
            .into_iter()
            .map(|(group, tasks)| {
                let tasks: Vec<TaskView> = tasks
                    .into_iter()
                    .map(|task| {
                        let said = words.task(&task.id);
                        TaskView { title: said.title.clone(), text: said.text.clone(), ask: !task.firm }
                    })
                    .collect();
                (group, tasks)
            })
            .collect()
    });
    let lists: Vec<_> = groups
        .into_iter()
        .map(|(group, tasks)| {
            view! {
                <PlanList title=ui.say(group_title(group)) tasks ask=ui.say(Say::PlanAsk) />
            }
        })
        .collect();
    (!lists.is_empty()).then(|| {
        view! {
            <section class="ar-preparation">
                <h2 class="ar-section-title">{ui.say(Say::PlanTitle)}</h2>
                <p>{ui.say(Say::PlanLead)}</p>
                {lists}
            </section>
        }
    })
}

fn group_title(group: Group) -> Say {
    match group {
        Group::Before => Say::PlanBefore,
        Group::Eating => Say::PlanEating,
        Group::Bring => Say::PlanBring,
        Group::Day => Say::PlanDay,
        Group::After => Say::PlanAfter,
    }
}

fn draw_reason(ui: Ui, reason: &Reason) -> ReasonView {
    let guide = ui.guide();
    ui.session.with_untracked(|session| {
        let words = session.words();
        let tag = words.level(reason.level).tag.to_owned();
        let said = reason
            .answers
            .iter()
            .filter_map(|id| {
                let (question, answer) = (guide.question(id)?, session.answers.get(id)?);
                Some((words.question(id).ask.clone(), words.answer(question, answer)))
            })
            .collect();
        let rule = if reason.unsure {
            words.say(Say::ResultRuleUnsure).to_owned()
        } else {
            words.fill(Say::ResultRuleText, &[("level", &tag)])
        };
        ReasonView {
            level: reason.level.as_str(),
            subject: words.subject(&guide, reason).unwrap_or_default().to_owned(),
            words: words.reason(reason).to_owned(),
            next: words.next_step(reason).to_owned(),
            said,
            rule,
            name: words.fill(Say::ResultRuleName, &[("what", reason.rule.as_str())]),
            found: words.findings(&guide, &session.answers, reason),
            sources: sources_of(ui, &reason.sources),
            reviewed: review_words(ui, &guide.review),
            tag,
        }
    })
}
