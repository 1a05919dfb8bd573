//! One question a page.

use leptos::prelude::*;

use crate::engine::guide::words::Say;
use crate::engine::ids::{ChoiceId, QuestionId};
use crate::engine::screening::answer::{Answer, EntryError};
use crate::engine::screening::names::{Offer, Offered};
use crate::engine::screening::question::{Bounds, Kind, Question};
use crate::engine::session::{Message, Session, name_field_id};
use crate::ui::choices::{Choices, Many, Option as ChoiceOption, field_id};
use crate::ui::context::Ui;
use crate::ui::error_summary::ErrorSummary;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::name_search::{NameSearch, NameSearchState, NameSearchWords};
use crate::ui::progress::Progress;
use crate::ui::screens::{Back, Heading, Step};

/// A question with its way on.
#[component]
pub fn QuestionScreen(
    /// The session.
    ui: Ui,
    /// The question.
    question: QuestionId,
) -> impl IntoView {
    let guide = ui.guide();
    let Some(question) = guide.question(&question).cloned() else {
        return view! { <Back ui /> <Heading words=ui.say(Say::QuestionGone) /> }.into_any();
    };
    let words = ui.session.with_untracked(|session| session.words().question(&question.id).clone());
    let section = ui.session.with_untracked(|session| session.words().section(&question.section).clone());
    let first_of_section = guide
        .questions
        .iter()
        .find(|other| other.section == question.section)
        .is_some_and(|first| first.id == question.id);
    let (number, total) = ui.session.with_untracked(|session| {
        let journey = session.journey();
        (journey.position(&question.id).map_or(0, |place| place + 1), journey.asked.len())
    });
    let progress =
        ui.fill(Say::QuestionProgress, &[("number", &number.to_string()), ("total", &total.to_string())]);

    let hint = match (&question.kind, words.hint.is_empty()) {
        (_, false) => words.hint.clone(),
        (Kind::Several(_), true) => ui.say(Say::QuestionSeveral),
        (_, true) if !question.required => ui.say(Say::QuestionOptional),
        (_, true) => String::new(),
    };
    let has_hint = !hint.is_empty();
    let invalid = Memo::new(move |_| ui.session.with(|session| session.entry_error.is_some()));
    let described = move || {
        let mut ids = Vec::new();
        if has_hint {
            ids.push("ar-hint");
        }
        if invalid.get() {
            ids.push("ar-entry-error");
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    let terms: Vec<_> = words
        .terms
        .iter()
        .map(|(name, meaning)| view! { <dt>{name.clone()}</dt> <dd>{meaning.clone()}</dd> })
        .collect();
    let label = view! { <Heading words=words.ask.clone() /> };
    let hint = has_hint.then(|| view! { <p class="ar-question__hint" id="ar-hint">{hint}</p> });
    let error_question = question.clone();
    let error = move || {
        let error = ui.session.with(|session| session.entry_error);
        error.map(|(_, error)| view! {
            <p class="ar-question__error" id="ar-entry-error">{error_words(ui, &error_question, error)}</p>
        })
    };
    let summary_question = question.clone();
    let summary = move || {
        let error = ui.session.with(|session| session.entry_error);
        error.map(|(field, error)| {
            let id = input_id(&summary_question, field);
            view! {
                <ErrorSummary
                    title=ui.say(Say::CommonProblem)
                    error=error_words(ui, &summary_question, error)
                    on_follow=ui.on(Message::FollowedError(id))
                />
            }
        })
    };
    let offered = Memo::new(move |_| ui.session.with(|session| session.help_offered));
    // A group needs a name of its own: fieldset and legend for choices and pairs, a label for a single field.
    let entry = draw_entry(ui, &question);
    let names =
        (guide.settings.medicines.as_ref() == Some(&question.id)).then(|| draw_names(ui, &question.id));
    let group = view! {
        <fieldset class="ar-question" aria-describedby=described aria-invalid=move || invalid.get().then_some("true")>
            <legend class="ar-question__legend">{label}</legend>
            {hint}
            {error}
            {names}
            {entry}
        </fieldset>
    };
    view! {
        <Back ui />
        {summary}
        <Progress section=section.title done=number.saturating_sub(1) total words=progress />
        {(first_of_section && !section.intro.is_empty()).then(|| view! { <p class="ar-question__intro">{section.intro}</p> })}
        <Step ui>
            {group}
            {move || offered.get().then(|| view! { <HelpOffer ui /> })}
            {(!terms.is_empty()).then(|| view! {
                <details class="ar-details">
                    <summary class="ar-details__summary">{ui.say(Say::QuestionTerms)}</summary>
                    <dl class="ar-terms">{terms}</dl>
                </details>
            })}
            {(!words.why.is_empty()).then(|| view! {
                <details class="ar-details">
                    <summary class="ar-details__summary">{ui.say(Say::QuestionWhy)}</summary>
                    <p>{words.why.clone()}</p>
                </details>
            })}
        </Step>
    }
    .into_any()
}

/// Help beside the question, for who came to an answer by an arrow key.
#[component]
fn HelpOffer(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <div class="ar-help-offer">
            <p>{ui.say(Say::HelpOffered)}</p>
            <button type="button" class="ar-help__line" on:click=move |_| ui.send.run(Message::OpenedHelp)>
                {ui.say(Say::HeaderHelp)}
            </button>
        </div>
    }
}

/// The search for a name that ticks choices. The choices below can be ticked without it.
fn draw_names(ui: Ui, question: &QuestionId) -> AnyView {
    let asked = question.clone();
    let state = Memo::new(move |_| {
        ui.session.with(|session| {
            let names = session.answers.get(&asked).map(Answer::names).unwrap_or_default();
            let lookup = &session.lookup;
            NameSearchState {
                typed: lookup.typed.clone(),
                offers: lookup.offers.iter().map(|offer| offer_words(session, offer)).collect(),
                open: lookup.is_open(),
                active: lookup.active,
                status: session.lookup_words(),
                chosen: names.iter().map(|name| name.words.clone()).collect(),
            }
        })
    });
    view! {
        <NameSearch
            id=name_field_id(question)
            words=NameSearchWords {
                label: ui.say(Say::NamesLabel),
                hint: ui.say(Say::NamesHint),
                chosen: ui.say(Say::NamesChosen),
                remove: ui.say(Say::NamesRemove),
                caution: ui.say(Say::NamesDoNotStop),
            }
            state
            on_type=Callback::new(move |typed| ui.send.run(Message::TypedName(typed)))
            on_move=Callback::new(move |direction| ui.send.run(Message::MovedInNames(direction)))
            on_choose=Callback::new(move |place| ui.send.run(Message::ChoseName(place)))
            on_shut=ui.on(Message::ShutNames)
            on_remove=Callback::new(move |place| ui.send.run(Message::RemovedName(place)))
        />
    }
    .into_any()
}

fn offer_words(session: &Session, offer: &Offer) -> String {
    match &offer.what {
        Offered::Listed { described, .. } => described.clone(),
        Offered::Unlisted(name) => session.words().fill(Say::NamesKeep, &[("name", name)]),
    }
}

fn draw_entry(ui: Ui, question: &Question) -> AnyView {
    match &question.kind {
        Kind::One(_) => draw_choices(ui, question, Many::One),
        Kind::Several(_) => draw_choices(ui, question, Many::Several),
        Kind::Number(bounds) => draw_field(
            ui,
            question,
            0,
            ui.session.with_untracked(|session| session.words().question(&question.id).ask.clone()),
            &bounds.unit,
            FieldKind::Number,
        ),
        Kind::Pair(parts) => {
            let fields: Vec<_> = parts
                .iter()
                .enumerate()
                .map(|(index, part)| {
                    let label = ui.session.with_untracked(|session| {
                        let words = session.words().question(&question.id);
                        words.parts.get(&part.id).cloned().unwrap_or_else(|| part.id.as_str().to_owned())
                    });
                    draw_field(ui, question, index, label, &part.bounds.unit, FieldKind::Number)
                })
                .collect();
            view! { <div class="ar-pair">{fields}</div> }.into_any()
        }
        Kind::Text => {
            let label =
                ui.session.with_untracked(|session| session.words().question(&question.id).ask.clone());
            draw_field(ui, question, 0, label, "", FieldKind::Text)
        }
    }
}

fn draw_choices(ui: Ui, question: &Question, many: Many) -> AnyView {
    let words = ui.session.with_untracked(|session| session.words().question(&question.id).clone());
    let options = question
        .choices()
        .iter()
        .map(|choice| ChoiceOption {
            value: choice.id.as_str().to_owned(),
            words: words.choice(&choice.id).to_owned(),
            apart: choice.exclusive,
        })
        .collect();
    let id = question.id.clone();
    let chosen = Callback::new(move |value: String| {
        let choice = ChoiceId::from(value.as_str());
        ui.session.with(|session| session.answers.get(&id).is_some_and(|answer| answer.has(&choice)))
    });
    let id = question.id.clone();
    let moved_id = question.id.clone();
    let on_move = Callback::new(move |value: String| {
        ui.send.run(Message::MovedToOption(moved_id.clone(), ChoiceId::from(value.as_str())));
    });
    let on_change = Callback::new(move |value: String| {
        let choice = ChoiceId::from(value.as_str());
        ui.send.run(match many {
            Many::One => Message::ChoseOption(id.clone(), choice),
            Many::Several => Message::ToggledOption(id.clone(), choice),
        });
    });
    view! { <Choices name=question.id.as_str().to_owned() options many chosen on_change on_move /> }
        .into_any()
}

fn draw_field(
    ui: Ui,
    question: &Question,
    index: usize,
    label: String,
    unit: &str,
    kind: FieldKind,
) -> AnyView {
    let value = Signal::derive(move || {
        ui.session.with(|session| session.fields.get(index).cloned().unwrap_or_default())
    });
    let invalid = Signal::derive(move || {
        ui.session.with(|session| session.entry_error.is_some_and(|(field, _)| field == index))
    });
    view! {
        <Field
            id=input_id(question, index)
            label=label
            hint=""
            unit=unit
            kind=kind
            value=value
            invalid=invalid
            on_input=Callback::new(move |text| ui.send.run(Message::TypedField(index, text)))
        />
    }
    .into_any()
}

/// The id of a question's input: the first choice, or the field counted from 0.
fn input_id(question: &Question, field: usize) -> String {
    let id = field_id(question.id.as_str());
    if field == 0 { id } else { format!("{id}-{field}") }
}

fn error_words(ui: Ui, question: &Question, error: EntryError) -> String {
    let (say, bounds) = match (error, &question.kind) {
        (EntryError::NothingChosen, _) => (Say::ErrorNothingChosen, None),
        (EntryError::NothingTyped, _) => (Say::ErrorNothingTyped, None),
        (EntryError::HalfAPair, _) => (Say::ErrorHalfAPair, None),
        (EntryError::PairReversed, _) => (Say::ErrorPairReversed, None),
        (EntryError::NotANumber, kind) => (Say::ErrorNotANumber, bounds_of(kind, field_of(ui))),
        (EntryError::OutOfBounds, kind) => (Say::ErrorOutOfBounds, bounds_of(kind, field_of(ui))),
    };
    match bounds {
        Some(bounds) => ui.fill(
            say,
            &[
                ("least", &bounds.least.to_string()),
                ("most", &bounds.most.to_string()),
                ("unit", &bounds.unit),
            ],
        ),
        None => ui.say(say),
    }
}

fn field_of(ui: Ui) -> usize {
    ui.session.with_untracked(|session| session.entry_error.map_or(0, |(field, _)| field))
}

fn bounds_of(kind: &Kind, field: usize) -> Option<&Bounds> {
    match kind {
        Kind::Number(bounds) => Some(bounds),
        Kind::Pair([first, second]) => Some(if field == 0 { &first.bounds } else { &second.bounds }),
        Kind::One(_) | Kind::Several(_) | Kind::Text => None,
    }
}
