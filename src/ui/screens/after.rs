//! After a visit: how soon to call whom, the journal with its chart, the summary for the next visit.

use leptos::prelude::*;

use crate::engine::aftercare::journal::{BEST_MOOD, Day, MOST_LETTERS, SelfHarm, Sleep};
use crate::engine::aftercare::signs::{About, Call, Mark};
use crate::engine::aftercare::state::{AfterMessage, AfterScreen, Missing};
use crate::engine::aftercare::summary::{call_say, effect_words, points, self_harm_words, sleep_words};
use crate::engine::guide::settings::phone_address;
use crate::engine::guide::words::{Say, Words};
use crate::engine::ids::{PromptId, SignId, SignListId, SourceCode};
use crate::engine::one_by_one::{
    DayPiece, HomePiece, JournalPiece, ListPiece, SummaryPiece, of_day, of_home, of_journal, of_list,
    of_summary,
};
use crate::engine::own_file::OwnFileMessage;
use crate::engine::session::{Message, Notice as Event};
use crate::ui::app::crisis_words;
use crate::ui::choices::{Choices, Many, Option as ChoiceOption};
use crate::ui::context::Ui;
use crate::ui::crisis_panel::CrisisLines;
use crate::ui::error_summary::ErrorSummary;
use crate::ui::fields::{Field, FieldKind, described_by};
use crate::ui::mood_chart::MoodChart;
use crate::ui::notice::{Notice, Tone};
use crate::ui::one_by_one::OneByOne;
use crate::ui::screens::page::sources_of;
use crate::ui::screens::{Back, Heading};
use crate::ui::tick::Tick;

/// What stands for "none of these" and "not sure" among the signs' ids; neither can be an id.
const NONE: &str = "=none";
const NOT_SURE: &str = "=not-sure";

/// One of the screens of the time after a visit.
#[component]
pub fn AfterScreens(
    /// The session.
    ui: Ui,
    /// Which.
    screen: AfterScreen,
) -> impl IntoView {
    match screen {
        AfterScreen::Home => view! { <Home ui /> }.into_any(),
        AfterScreen::List(place) => view! { <ListScreen ui place /> }.into_any(),
        AfterScreen::Sorted => view! { <SortedScreen ui /> }.into_any(),
        AfterScreen::Journal => view! { <Journal ui /> }.into_any(),
        AfterScreen::Day => view! { <DayScreen ui /> }.into_any(),
        AfterScreen::Summary => view! { <Summary ui /> }.into_any(),
    }
}

fn after(message: AfterMessage) -> Message {
    Message::After(message)
}

fn button(ui: Ui, class: &'static str, say: Say, message: Message) -> AnyView {
    view! {
        <button type="button" class=class on:click=move |_| ui.send.run(message.clone())>{ui.say(say)}</button>
    }
    .into_any()
}

/// What can be done here.
#[component]
fn Home(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let guide = ui.guide();
    let pieces = of_home(&guide);
    let draw = move |piece: &HomePiece| -> AnyView {
        let open = |screen| after(AfterMessage::Opened(screen));
        let quiet = "ar-button ar-button--quiet";
        match piece {
            HomePiece::Lead => view! {
                <p class="ar-lead">{ui.say(Say::AfterLead)}</p>
                <p>{ui.say(Say::AfterClinicPlan)}</p>
            }
            .into_any(),
            HomePiece::Check => draw_part(
                ui,
                (Say::AfterCheck, Say::AfterCheckLead),
                button(ui, "ar-button", Say::AfterCheckStart, after(AfterMessage::StartedCheck)),
            ),
            HomePiece::Journal => draw_part(
                ui,
                (Say::AfterJournal, Say::AfterJournalLead),
                button(ui, quiet, Say::AfterJournalOpen, open(AfterScreen::Journal)),
            ),
            HomePiece::Visit => draw_part(
                ui,
                (Say::AfterVisit, Say::AfterVisitLead),
                view! {
                    {button(ui, quiet, Say::OwnFileAgain, Message::OwnFile(OwnFileMessage::PressedAskAgain))}
                    {button(ui, quiet, Say::AfterSummaryOpen, open(AfterScreen::Summary))}
                }
                .into_any(),
            ),
            HomePiece::Prompts(about, prompts) => draw_prompts(ui, *about, prompts),
        }
    };
    view! {
        <Back ui />
        <Heading words=ui.say(Say::AfterTitle) />
        {if ui.calm() {
            let pieces: Vec<HomePiece> = pieces.iter().flat_map(HomePiece::one_by_one).collect();
            let total = pieces.len();
            let draw = Callback::new(move |place: usize| pieces.get(place).map(draw).into_any());
            view! { <OneByOne ui total draw /> }.into_any()
        } else {
            pieces.iter().map(draw).collect_view().into_any()
        }}
    }
}

fn draw_part(ui: Ui, (title, lead): (Say, Say), go: AnyView) -> AnyView {
    view! {
        <section class="ar-after__part">
            <h2 class="ar-section-title">{ui.say(title)}</h2>
            <p>{ui.say(lead)}</p>
            <div class="ar-actions">{go}</div>
        </section>
    }
    .into_any()
}

/// What to talk over; nothing where the language has no words for it.
fn draw_prompts(ui: Ui, about: About, prompts: &[PromptId]) -> AnyView {
    let title = match about {
        About::Talk => Say::AfterTalk,
        About::Fade => Say::AfterFade,
        About::Visit => Say::AfterNextVisit,
    };
    let lines: Vec<_> = ui.session.with_untracked(|session| {
        let words = session.words().aftercare();
        let lines = prompts.iter().map(|prompt| words.prompt(prompt).to_owned());
        lines.filter(|line| !line.is_empty()).map(|line| view! { <li>{line}</li> }).collect()
    });
    if lines.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="ar-prose">
            <h2>{ui.say(title)}</h2>
            <ul>{lines}</ul>
        </section>
    }
    .into_any()
}

/// One list of signs.
#[component]
fn ListScreen(
    /// The session.
    ui: Ui,
    /// Which list, counted from 0.
    place: usize,
) -> impl IntoView {
    let guide = ui.guide();
    let Some(list) = guide.aftercare.lists.get(place).cloned() else {
        return view! { <Back ui /> <Heading words=ui.say(Say::QuestionGone) /> }.into_any();
    };
    let id = list.id.clone();
    let total = guide.aftercare.lists.len();
    let (ask, mut options): (String, Vec<ChoiceOption>) = ui.session.with_untracked(|session| {
        let words = session.words().aftercare();
        let option = |sign: &SignId| ChoiceOption {
            value: sign.as_str().to_owned(),
            words: words.sign(sign).to_owned(),
            apart: false,
        };
        let signs = guide.aftercare.signs_of(&id).map(|sign| option(&sign.id)).collect();
        (words.list(&id).to_owned(), signs)
    });
    let alone = |value: &str, say| ChoiceOption { value: value.to_owned(), words: ui.say(say), apart: true };
    options.extend([alone(NONE, Say::AfterNone), alone(NOT_SURE, Say::AfterNotSure)]);
    let pieces = of_list(&guide.aftercare, &id);
    let chosen_list = id.clone();
    let chosen = Callback::new(move |value: String| {
        ui.session.with(|session| match session.after.marks.0.get(&chosen_list) {
            Some(Mark::Signs(signs)) => signs.contains(value.as_str()),
            Some(Mark::None) => value == NONE,
            Some(Mark::NotSure) => value == NOT_SURE,
            None => false,
        })
    });
    let toggled = id.clone();
    let on_change = Callback::new(move |value: String| {
        let list = toggled.clone();
        ui.send.run(after(match value.as_str() {
            NONE => AfterMessage::ToggledNone(list),
            NOT_SURE => AfterMessage::ToggledNotSure(list),
            sign => AfterMessage::ToggledSign(list, SignId::from(sign)),
        }));
    });
    let name = format!("sign-{id}");
    let field = crate::ui::choices::field_id(&name);
    let progress =
        ui.fill(Say::AfterProgress, &[("number", &(place + 1).to_string()), ("total", &total.to_string())]);
    let wrong = Memo::new(move |_| ui.session.with(|session| session.after.unanswered));
    view! {
        <Back ui />
        {move || wrong.get().then(|| view! {
            <ErrorSummary
                title=ui.say(Say::CommonProblem)
                error=ui.say(Say::AfterTickFirst)
                on_follow=ui.on(Message::FollowedError(field.clone()))
            />
        })}
        <p class="ar-after__progress">{progress}</p>
        <form
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                ui.send.run(after(AfterMessage::PressedContinue));
            }
        >
            <fieldset
                class="ar-question"
                aria-describedby=move || if wrong.get() { "ar-hint ar-entry-error" } else { "ar-hint" }
                aria-invalid=move || wrong.get().then_some("true")
            >
                <legend class="ar-question__legend"><Heading words=ask /></legend>
                <p class="ar-question__hint" id="ar-hint">{ui.say(Say::AfterTick)} " " {ui.say(Say::AfterNotSureHint)}</p>
                {move || wrong.get().then(|| view! {
                    <p class="ar-question__error" id="ar-entry-error">{ui.say(Say::AfterTickFirst)}</p>
                })}
                {if ui.calm() {
                    let total = pieces.len();
                    let draw = Callback::new(move |place: usize| {
                        let piece = pieces.get(place);
                        let is = |option: &ChoiceOption| match piece {
                            Some(ListPiece::Sign(sign)) => option.value == sign.as_str(),
                            Some(ListPiece::Rest) => option.apart,
                            None => false,
                        };
                        let options = options.iter().filter(|option| is(option)).cloned().collect();
                        let go = (piece == Some(&ListPiece::Rest)).then(|| draw_continue(ui));
                        view! {
                            <Choices name=name.clone() options many=Many::Several chosen on_change on_move=on_change />
                            {go}
                        }
                        .into_any()
                    });
                    view! { <OneByOne ui total draw /> }.into_any()
                } else {
                    view! { <Choices name options many=Many::Several chosen on_change on_move=on_change /> }.into_any()
                }}
            </fieldset>
            {(!ui.calm()).then(|| draw_continue(ui))}
        </form>
    }
    .into_any()
}

fn draw_continue(ui: Ui) -> AnyView {
    view! {
        <div class="ar-actions">
            <button type="submit" class="ar-button">{ui.say(Say::CommonContinue)}</button>
        </div>
    }
    .into_any()
}

/// How soon to call, and why.
#[component]
fn SortedScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let guide = ui.guide();
    let sorted = ui.session.with_untracked(|session| session.sorted());
    let (title, text) = call_say(sorted.call);
    let help = matches!(sorted.call, Some(Call::Lifeline | Call::Emergency));
    let phone = ui.session.with_untracked(|session| phone_address(session.phone()));
    let call = (!help).then_some(phone).flatten().map(|address| {
        view! { <a class="ar-button" href=address>{ui.say(Say::ResultCallClinic)}</a> }
    });
    let sources = |codes: &[SourceCode]| {
        let titles: Vec<String> = sources_of(ui, codes).into_iter().map(|(title, _)| title).collect();
        (!titles.is_empty()).then(|| {
            view! {
                <details class="ar-details">
                    <summary class="ar-details__summary">{ui.say(Say::ResultSources)}</summary>
                    <p>{titles.join("; ")}</p>
                </details>
            }
        })
    };
    let signs: Vec<_> = sorted
        .signs
        .iter()
        .filter_map(|(id, call)| Some((guide.aftercare.sign(id)?, *call)))
        .map(|(sign, call)| {
            let words =
                ui.session.with_untracked(|session| session.words().aftercare().sign(&sign.id).to_owned());
            view! {
                <li>
                    <strong>{words}</strong>
                    <p class="ar-after__call">{ui.say(call_say(Some(call)).0)}</p>
                    {sources(&sign.sources)}
                </li>
            }
        })
        .collect();
    let list_words = |id: &SignListId| {
        ui.session.with_untracked(|session| session.words().aftercare().list(id).to_owned())
    };
    let unsure: Vec<_> = sorted
        .unsure
        .iter()
        .map(|(id, call)| {
            view! {
                <li>
                    <strong>{list_words(id)}</strong>
                    <p class="ar-after__call">{ui.say(call_say(Some(*call)).0)}</p>
                </li>
            }
        })
        .collect();
    let open: Vec<_> = sorted
        .open
        .iter()
        .filter_map(|id| {
            let place = guide.aftercare.lists.iter().position(|list| list.id == *id)?;
            let words = ui.fill(Say::AfterAnswerList, &[("name", &list_words(id))]);
            let go = after(AfterMessage::Opened(AfterScreen::List(place)));
            Some(view! {
                <li>
                    <button type="button" class="ar-link-button" on:click=move |_| ui.send.run(go.clone())>{words}</button>
                </li>
            })
        })
        .collect();
    let part = |title: Say, items: Vec<AnyView>| {
        (!items.is_empty()).then(|| {
            view! {
                <section class="ar-prose">
                    <h2>{ui.say(title)}</h2>
                    <ul>{items}</ul>
                </section>
            }
        })
    };
    let any = |items: Vec<_>| -> Vec<AnyView> { items };
    view! {
        <Back ui />
        <p class="ar-after__progress">{ui.say(Say::AfterSorted)}</p>
        <Heading words=ui.say(title) />
        <p class="ar-lead">{ui.say(text)}</p>
        {help.then(|| view! { <section class="ar-help"><CrisisLines words=crisis_words(ui) /></section> })}
        <div class="ar-actions">{call}</div>
        {part(Say::AfterBecause, any(signs.into_iter().map(IntoAny::into_any).collect()))}
        {part(Say::AfterNotSureAbout, any(unsure.into_iter().map(IntoAny::into_any).collect()))}
        {part(Say::AfterOpenMore, any(open.into_iter().map(IntoAny::into_any).collect()))}
        <div class="ar-actions">
            {button(ui, "ar-button ar-button--quiet", Say::AfterJournalOpen, after(AfterMessage::Opened(AfterScreen::Journal)))}
            {button(ui, "ar-link-button", Say::AfterAgain, after(AfterMessage::StartedCheck))}
        </div>
    }
}

/// The days, as a chart and a table.
#[component]
fn Journal(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <Back ui />
        <Heading words=ui.say(Say::AfterJournal) />
        <p class="ar-lead">{ui.say(Say::AfterJournalLead)}</p>
        <div class="ar-actions">
            {button(ui, "ar-button", Say::AfterDayNew, after(AfterMessage::StartedDay(None)))}
            {button(ui, "ar-button ar-button--quiet", Say::AfterSummaryOpen, after(AfterMessage::Opened(AfterScreen::Summary)))}
        </div>
        {move || {
            let days = ui.session.with(|session| session.own.journal.clone());
            if days.is_empty() {
                view! { <p>{ui.say(Say::AfterJournalNone)}</p> }.into_any()
            } else {
                if ui.calm() { draw_days_alone(ui, days) } else { draw_days(ui, &days) }
            }
        }}
        <p>{ui.say(Say::AfterJournalKeep)}</p>
        <div class="ar-actions">
            {button(ui, "ar-button ar-button--quiet", Say::OwnFileSave, Message::OwnFile(OwnFileMessage::OpenedScreen))}
        </div>
    }
}

fn draw_chart(words: &Words, days: &[Day]) -> AnyView {
    let (first, last) = (days.first().map(|day| day.date), days.last().map(|day| day.date));
    let end = |date| Option::map_or(date, String::new(), |date| words.date(date));
    view! {
        <MoodChart points=points(days) caption=words.say(Say::AfterChart).to_owned() first=end(first) last=end(last) />
    }
    .into_any()
}

/// In low-energy mode, the chart and then one day at a time.
fn draw_days_alone(ui: Ui, days: Vec<Day>) -> AnyView {
    let pieces = of_journal(days.len());
    let total = pieces.len();
    let draw = Callback::new(move |place: usize| {
        ui.session.with_untracked(|session| match pieces.get(place) {
            Some(JournalPiece::Chart) => draw_chart(session.words(), &days),
            Some(JournalPiece::Day(place)) => {
                days.get(*place).map(|day| draw_day(ui, session.words(), day)).into_any()
            }
            None => ().into_any(),
        })
    });
    view! { <OneByOne ui total draw /> }.into_any()
}

fn draw_day(ui: Ui, words: &Words, day: &Day) -> AnyView {
    let date = words.date(day.date);
    let lines = [
        (Say::AfterMood, format!("{}/{BEST_MOOD}", day.mood)),
        (Say::AfterSleep, day.sleep.map_or("", |sleep| sleep_words(words, sleep)).to_owned()),
        (Say::AfterEffects, effect_words(words, day)),
        (Say::AfterStoodOut, day.stood_out.clone()),
        (Say::AfterSelfHarmShort, self_harm_words(words, day.self_harm).to_owned()),
    ];
    let lines: Vec<_> = lines
        .into_iter()
        .filter(|(_, line)| !line.is_empty())
        .map(|(say, line)| view! { <li>{words.say(say).to_owned()} ": " {line}</li> })
        .collect();
    // Named with the day: who goes from button to button hears nothing else.
    let button = |say, message| {
        let (name, press) = (format!("{}: {date}", words.say(say)), ui.on(message));
        let words = words.say(say).to_owned();
        view! {
            <button type="button" class="ar-link-button" aria-label=name on:click=move |_| press.run(())>{words}</button>
        }
    };
    view! {
        <h2 class="ar-section-title">{date.clone()}</h2>
        <ul role="list">{lines}</ul>
        <div class="ar-actions">
            {button(Say::AfterDayChange, after(AfterMessage::StartedDay(Some(day.date))))}
            {button(Say::AfterDayRemove, after(AfterMessage::RemovedDay(day.date)))}
        </div>
    }
    .into_any()
}

/// The days, the last one first. Not a table: on a phone its last columns, self-harm among them, would be out of sight.
fn draw_days(ui: Ui, days: &[Day]) -> AnyView {
    ui.session.with_untracked(|session| {
        let words = session.words();
        let days_drawn: Vec<_> = days
            .iter()
            .rev()
            .map(|day| view! { <section class="ar-after__day">{draw_day(ui, words, day)}</section> })
            .collect();
        view! { {draw_chart(words, days)} {days_drawn} }.into_any()
    })
}

fn missing_words(missing: Missing) -> Say {
    match missing {
        Missing::Mood => Say::AfterDayMissingMood,
        Missing::SelfHarm => Say::AfterDayMissingSelfHarm,
    }
}

/// One day of the journal is written.
#[component]
fn DayScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let date = ui.session.with_untracked(|session| {
        session.after.draft.date.map_or_else(String::new, |date| session.words().date(date))
    });
    let option = |value: &str, words: String| ChoiceOption { value: value.to_owned(), words, apart: false };
    let moods: Vec<_> = (0..=BEST_MOOD).map(|mood| option(&mood.to_string(), mood.to_string())).collect();
    let (nights, harms, effects) = ui.session.with_untracked(|session| {
        let words = session.words();
        let nights: Vec<_> = Sleep::ALL
            .into_iter()
            .map(|night| option(night.as_str(), sleep_words(words, night).to_owned()))
            .collect();
        let harms: Vec<_> = SelfHarm::ALL
            .into_iter()
            .map(|answer| option(answer.as_str(), self_harm_words(words, answer).to_owned()))
            .collect();
        let effects: Vec<_> = session
            .guide
            .aftercare
            .common()
            .map(|sign| option(sign.id.as_str(), words.aftercare().sign(&sign.id).to_owned()))
            .collect();
        (nights, harms, effects)
    });
    let (moods, nights) = (StoredValue::new(moods), StoredValue::new(nights));
    let (harms, effects) = (StoredValue::new(harms), StoredValue::new(effects));
    let missing = Memo::new(move |_| ui.session.with(|session| session.after.missing));
    let draft = move |is: fn(&crate::engine::aftercare::state::Draft, &str) -> bool| {
        Callback::new(move |value: String| ui.session.with(|session| is(&session.after.draft, &value)))
    };
    let send = move |to: fn(&str) -> Option<AfterMessage>| {
        Callback::new(move |value: String| {
            if let Some(message) = to(&value) {
                ui.send.run(after(message));
            }
        })
    };
    let on_mood = send(|value| value.parse().ok().map(AfterMessage::ChoseMood));
    let on_night = send(|value| {
        Sleep::ALL.into_iter().find(|night| night.as_str() == value).map(AfterMessage::ChoseSleep)
    });
    let on_effect = send(|value| Some(AfterMessage::ToggledEffect(SignId::from(value))));
    let on_harm = send(|value| {
        SelfHarm::ALL.into_iter().find(|answer| answer.as_str() == value).map(AfterMessage::ChoseSelfHarm)
    });
    let group = move |ask: Say, hint: Option<Say>, needs: Option<Missing>, choices: AnyView| {
        let wrong = Memo::new(move |_| missing.get().filter(|missing| needs == Some(*missing)));
        let hint_id = hint.map_or("", |_| "ar-day-hint");
        let described =
            move || described_by([hint_id, wrong.get().map_or("", |_| "ar-day-error")].into_iter());
        view! {
            <fieldset
                class="ar-question ar-after__group"
                aria-describedby=described
                aria-invalid=move || wrong.get().map(|_| "true")
            >
                <legend class="ar-section-title">{ui.say(ask)}</legend>
                {hint.map(|hint| view! { <p class="ar-question__hint" id=hint_id>{ui.say(hint)}</p> })}
                {move || wrong.get().map(|missing| view! {
                    <p class="ar-question__error" id="ar-day-error">{ui.say(missing_words(missing))}</p>
                })}
                {choices}
            </fieldset>
        }
        .into_any()
    };
    let pieces = of_day(&ui.guide().aftercare);
    let draw = move |piece: DayPiece| -> AnyView {
        match piece {
            DayPiece::SelfHarm => group(Say::AfterSelfHarmAsk, None, Some(Missing::SelfHarm), view! {
                <Choices name="day-self-harm".to_owned() options=harms.get_value() many=Many::One
                    chosen=draft(|draft, value| draft.self_harm.is_some_and(|answer| answer.as_str() == value))
                    on_change=on_harm on_move=on_harm />
            }.into_any()),
            DayPiece::Mood => group(Say::AfterMoodAsk, Some(Say::AfterMoodHint), Some(Missing::Mood), view! {
                <div class="ar-after__moods">
                    <Choices name="day-mood".to_owned() options=moods.get_value() many=Many::One
                        chosen=draft(|draft, value| draft.mood.is_some_and(|mood| mood.to_string() == value))
                        on_change=on_mood on_move=on_mood />
                </div>
            }.into_any()),
            DayPiece::Sleep => group(Say::AfterSleepAsk, None, None, view! {
                <Choices name="day-sleep".to_owned() options=nights.get_value() many=Many::One
                    chosen=draft(|draft, value| draft.sleep.is_some_and(|night| night.as_str() == value))
                    on_change=on_night on_move=on_night />
            }.into_any()),
            DayPiece::Effects => group(Say::AfterEffectsAsk, None, None, view! {
                <Choices name="day-effects".to_owned() options=effects.get_value() many=Many::Several
                    chosen=draft(|draft, value| draft.effects.contains(value))
                    on_change=on_effect on_move=on_effect />
            }.into_any()),
            DayPiece::StoodOut => view! {
                <Field
                    id="day-stood-out".to_owned()
                    label=ui.say(Say::AfterStoodOutAsk)
                    hint=ui.fill(Say::AfterStoodOutHint, &[("most", &MOST_LETTERS.to_string())])
                    unit=""
                    kind=FieldKind::Long
                    value=Signal::derive(move || ui.session.with(|session| session.after.draft.stood_out.clone()))
                    invalid=Signal::derive(|| false)
                    on_input=Callback::new(move |text| ui.send.run(after(AfterMessage::TypedStoodOut(text))))
                />
                <div class="ar-actions">
                    <button type="submit" class="ar-button">{ui.say(Say::AfterDayKeep)}</button>
                </div>
            }
            .into_any(),
        }
    };
    view! {
        <Back ui />
        {move || missing.get().map(|missing| {
            let field = match missing {
                Missing::Mood => "q-day-mood",
                Missing::SelfHarm => "q-day-self-harm",
            };
            view! {
                <ErrorSummary
                    title=ui.say(Say::CommonProblem)
                    error=ui.say(missing_words(missing))
                    on_follow=ui.on(Message::FollowedError(field.to_owned()))
                />
            }
        })}
        <Heading words=ui.say(Say::AfterDayTitle) />
        <p class="ar-lead">{date}</p>
        <form
            novalidate
            autocomplete="off"
            on:submit=move |event| {
                event.prevent_default();
                ui.send.run(after(AfterMessage::PressedKeepDay));
            }
        >
            {if ui.calm() {
                let (total, pieces) = (pieces.len(), pieces);
                let draw = Callback::new(move |place: usize| pieces.get(place).map(|piece| draw(*piece)).into_any());
                view! { <OneByOne ui total draw /> }.into_any()
            } else {
                pieces.into_iter().map(draw).collect_view().into_any()
            }}
        </form>
    }
}

/// What can be taken along to the next visit.
#[component]
fn Summary(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let text = Memo::new(move |_| ui.session.with(|session| session.summary("")));
    let draw = move |piece: SummaryPiece| -> AnyView {
        match piece {
            SummaryPiece::Part(part) => {
                let ticked = Memo::new(move |_| ui.session.with(|session| session.after.parts.contains(&part)));
                let id = format!("summary-{part:?}").to_lowercase();
                view! {
                    <Tick id ticked on_change=ui.on(after(AfterMessage::ToggledPart(part)))>{ui.say(part.say())}</Tick>
                }
                .into_any()
            }
            SummaryPiece::Text => view! {
                {move || draw_notice(ui)}
                <pre class="ar-preview__note" tabindex="0" role="group" aria-label=ui.say(Say::CommonScroll)>{move || text.get()}</pre>
                <div class="ar-actions">
                    {button(ui, "ar-button", Say::PreviewPrint, Message::PressedPrint)}
                    {button(ui, "ar-button ar-button--quiet", Say::PreviewCopy, after(AfterMessage::PressedCopySummary))}
                    {button(ui, "ar-button ar-button--quiet", Say::AfterSummarySave, after(AfterMessage::PressedSaveSummary))}
                </div>
            }
            .into_any(),
        }
    };
    let private = move |inside: AnyView| {
        view! {
            <fieldset class="ar-share">
                <legend class="ar-share__title">{ui.say(Say::SharePrivate)}</legend>
                {inside}
            </fieldset>
        }
        .into_any()
    };
    let body = if ui.calm() {
        let draw = Callback::new(move |place: usize| match of_summary().get(place) {
            Some(piece @ SummaryPiece::Part(_)) => private(draw(*piece)),
            Some(piece @ SummaryPiece::Text) => draw(*piece),
            None => ().into_any(),
        });
        view! { <OneByOne ui total=of_summary().len() draw /> }.into_any()
    } else {
        let (parts, text): (Vec<_>, Vec<_>) =
            of_summary().into_iter().partition(|piece| matches!(piece, SummaryPiece::Part(_)));
        let all = |pieces: Vec<SummaryPiece>| pieces.into_iter().map(draw).collect_view().into_any();
        view! { {private(all(parts))} {all(text)} }.into_any()
    };
    view! {
        <Back ui />
        <Heading words=ui.say(Say::AfterSummary) />
        <p class="ar-lead">{ui.say(Say::AfterSummaryLead)}</p>
        {body}
    }
}

fn draw_notice(ui: Ui) -> Option<AnyView> {
    let (tone, say) = match ui.session.with(|session| session.notice)? {
        Event::Copied => (Tone::Done, Say::NoticeCopied),
        Event::Saved => (Tone::Done, Say::NoticeSaved),
        Event::CopyRefused => (Tone::Trouble, Say::NoticeCopyRefused),
        Event::SaveRefused => (Tone::Trouble, Say::NoticeSaveRefused),
        Event::PrintRefused => (Tone::Trouble, Say::NoticePrintRefused),
    };
    Some(view! { <Notice tone title="" lines=vec![ui.say(say)] /> }.into_any())
}
