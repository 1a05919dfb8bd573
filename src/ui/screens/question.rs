//! One question a page.

use leptos::prelude::*;

use crate::engine::guide::words::{QuestionWords, Say};
use crate::engine::ids::{ChoiceId, QuestionId};
use crate::engine::part::Part;
use crate::engine::screening::answer::EntryError;
use crate::engine::screening::question::{Kind, Question, Unit};
use crate::engine::session::{Message, Screen, input_id};
use crate::ui::choices::{Choices, Many, Option as ChoiceOption};
use crate::ui::context::Ui;
use crate::ui::error_summary::ErrorSummary;
use crate::ui::fields::{Field, FieldKind, described_by};
use crate::ui::later;
use crate::ui::progress::Progress;
use crate::ui::screens::{Back, Heading, Step};
use crate::ui::term::TermTap;

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
    let (number, total) = ui.session.with_untracked(|session| session.step(&question.id));
    let say = if total.is_some() { Say::QuestionProgress } else { Say::QuestionSoFar };
    let progress =
        ui.fill(say, &[("number", &number.to_string()), ("total", &total.unwrap_or_default().to_string())]);
    let done = number.saturating_sub(1);

    // Where the words speak to the person themselves, a line says whom the answer is for.
    let for_another = ui.session.with_untracked(|session| {
        let switch = session.guide.carer.as_ref().is_some_and(|(id, _)| *id == question.id);
        if switch || !session.guide.is_for_another(&session.answers) {
            None
        } else if session.asking_again {
            Some(Say::QuestionCarerAgain)
        } else {
            (!words.for_carer).then_some(Say::QuestionCarer)
        }
    });
    let for_another = for_another.map(|say| view! { <p class="ar-question__for">{ui.say(say)}</p> });
    let hint = match (&question.kind, words.hint.is_empty()) {
        (_, false) => words.hint.clone(),
        (Kind::Several(_), true) => ui.say(Say::QuestionSeveral),
        (_, true) if !question.required => ui.say(Say::QuestionOptional),
        (_, true) => String::new(),
    };
    let has_hint = !hint.is_empty();
    let wrong = Memo::new(move |_| ui.session.with(|session| session.entry_error));
    let terms: Vec<_> = words
        .terms
        .iter()
        .map(|(name, meaning)| {
            let (word, meaning) = (name.clone().into_any(), meaning.clone());
            view! { <li><TermTap word meaning lang=String::new() more=ui.say(Say::TermMeaning) /></li> }
        })
        .collect();
    let stem = (!words.stem.is_empty())
        .then(|| view! { <span class="ar-question__stem" id="ar-stem">{words.stem.clone()}</span> });
    let hint = has_hint.then(|| view! { <p class="ar-question__hint" id="ar-hint">{hint}</p> });
    let error = draw_error(ui, &question, |question, error| !is_of_units(question, error));
    let summary_question = question.clone();
    let summary = move || {
        wrong.get().map(|error| {
            let id = input_id(&summary_question.id, error.0);
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
    let entry = draw_entry(ui, &question);
    let names = (guide.settings.medicines.as_ref() == Some(&question.id)).then(|| draw_more(ui, &question));
    let inner = view! { {for_another} {hint} {error} {names} {entry} };
    let group = if has_one_field(&question.kind) {
        // The heading is the label of the field: a group around it would only say the same once more.
        view! {
            <div class="ar-question">
                <div class="ar-question__legend">
                    {stem}
                    <h1 class="ar-title" id="ar-heading" tabindex="-1">
                        <label for=input_id(&question.id, 0)>{words.ask.clone()}</label>
                    </h1>
                </div>
                {inner}
            </div>
        }
        .into_any()
    } else {
        // A mistake in one of several fields is said of that field, and of the group only where it is about the group.
        let typed = question.kind.is_typed();
        let invalid = Memo::new(move |_| !typed && wrong.get().is_some());
        let described = move || {
            let (hint, error) = (has_hint.then_some("ar-hint"), invalid.get().then_some(ERROR_ID));
            described_by([hint, error].into_iter().flatten())
        };
        view! {
            <fieldset class="ar-question" aria-describedby=described aria-invalid=move || invalid.get().then_some("true")>
                <legend class="ar-question__legend">{stem} <Heading words=words.ask.clone() /></legend>
                {inner}
            </fieldset>
        }
        .into_any()
    };
    view! {
        <Back ui />
        {summary}
        <Progress section=section.title done total words=progress />
        {(first_of_section && !section.intro.is_empty()).then(|| view! { <p class="ar-question__intro">{section.intro}</p> })}
        <Step ui>
            {group}
            {move || offered.get().then(|| view! { <HelpOffer ui /> })}
            {(!terms.is_empty()).then(|| view! {
                <div class="ar-question__terms">
                    <p id="ar-terms">{ui.say(Say::QuestionTerms)}</p>
                    <ul role="list" class="ar-question__terms-list" aria-labelledby="ar-terms">{terms}</ul>
                </div>
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

/// What the second part of the widget adds to a question: the search for names, the entries of a list. Whoever gets here before
/// it came waits for it.
fn draw_more(ui: Ui, question: &Question) -> AnyView {
    let id = question.id.clone();
    let is_list = matches!(question.kind, Kind::List(_));
    let whole = Memo::new(move |_| ui.session.with(|session| session.part == Part::Whole));
    (move || match whole.get().then(later::drawer).flatten() {
        Some(draw) => draw(ui, Screen::Question(id.clone())),
        // A choice below can be ticked without the search.
        None if is_list => view! { <p>{ui.say(Say::CommonLoading)}</p> }.into_any(),
        None => ().into_any(),
    })
    .into_any()
}

/// The id of what is said about a mistake.
const ERROR_ID: &str = "ar-entry-error";

/// Whether a kind of question is answered in one field, of which the question is the label. Units and "not sure" have groups of
/// their own below it.
fn has_one_field(kind: &Kind) -> bool {
    matches!(kind, Kind::Number(_) | Kind::Text(_))
}

/// Whether a mistake is about the units, which say it themselves.
fn is_of_units(question: &Question, (_, error): (usize, EntryError)) -> bool {
    error == EntryError::NoUnit && matches!(question.kind, Kind::Number(_))
}

/// What is said about a mistake, where `here` says that it belongs there.
fn draw_error(
    ui: Ui,
    question: &Question,
    here: fn(&Question, (usize, EntryError)) -> bool,
) -> impl Fn() -> Option<AnyView> + Clone + Send + Sync + 'static {
    let question = question.clone();
    // What is typed after it changes nothing that is said.
    let wrong = Memo::new(move |_| ui.session.with(|session| session.entry_error));
    move || {
        let error = wrong.get().filter(|error| here(&question, *error))?;
        Some(
            view! { <p class="ar-question__error" id=ERROR_ID>{error_words(ui, &question, error)}</p> }
                .into_any(),
        )
    }
}

fn draw_entry(ui: Ui, question: &Question) -> AnyView {
    let words = ui.session.with_untracked(|session| session.words().question(&question.id).clone());
    let field = |index: usize, label: String, unit: &str, hint: String, kind: FieldKind| {
        draw_field(ui, question, index, label, unit, hint, kind)
    };
    let none = String::new;
    let entry = match &question.kind {
        Kind::One(_) => return draw_choices(ui, question, Many::One),
        Kind::Several(_) => return draw_choices(ui, question, Many::Several),
        Kind::Number(bounds) if bounds.units.is_empty() => {
            field(0, none(), &bounds.unit, none(), FieldKind::Number)
        }
        Kind::Number(bounds) => view! {
            {field(0, none(), "", none(), FieldKind::Number)}
            {draw_units(ui, question, &words, &bounds.units)}
        }
        .into_any(),
        Kind::Pair(parts) => {
            let parts = parts.iter().enumerate().map(|(index, part)| {
                let label = words.part(&part.id).to_owned();
                field(index, label, &part.bounds.unit, none(), FieldKind::Number)
            });
            view! { <div class="ar-pair">{parts.collect_view()}</div> }.into_any()
        }
        Kind::Date(_) => {
            let order = ui.session.with_untracked(|session| session.words().date_order());
            let parts = order.into_iter().map(|index| {
                let label = match index {
                    0 => Say::DateDay,
                    1 => Say::DateMonth,
                    _ => Say::DateYear,
                };
                field(index, ui.say(label), "", none(), FieldKind::Digits)
            });
            view! { <div class="ar-pair">{parts.collect_view()}</div> }.into_any()
        }
        Kind::Text(letters) if letters.long => {
            let hint = ui.fill(Say::QuestionLetters, &[("most", &letters.most.to_string())]);
            field(0, none(), "", hint, FieldKind::Long)
        }
        Kind::Text(_) => field(0, none(), "", none(), FieldKind::Text),
        Kind::List(_) => draw_more(ui, question),
    };
    if question.unsure_choices.is_empty() {
        return entry;
    }
    view! {
        {entry}
        <fieldset class="ar-question__or">
            <legend class="ar-question__or-legend">{ui.say(Say::QuestionOr)}</legend>
            {draw_choices(ui, question, Many::Several)}
        </fieldset>
    }
    .into_any()
}

/// The units to choose from. None is chosen at first: 150 pounds must not become 150 kilograms by an oversight.
fn draw_units(ui: Ui, question: &Question, words: &QuestionWords, units: &[Unit]) -> impl IntoView {
    let options = units
        .iter()
        .map(|unit| ChoiceOption {
            value: unit.id.as_str().to_owned(),
            words: words.unit(&unit.id).to_owned(),
            apart: false,
        })
        .collect();
    let choose = Callback::new(move |unit: String| ui.send.run(Message::TypedField(1, unit)));
    let of_units = question.clone();
    let invalid = Memo::new(move |_| {
        ui.session.with(|session| session.entry_error.is_some_and(|error| is_of_units(&of_units, error)))
    });
    view! {
        <fieldset
            class="ar-units"
            aria-describedby=move || invalid.get().then_some(ERROR_ID)
            aria-invalid=move || invalid.get().then_some("true")
        >
            <legend class="ar-units__legend">{ui.say(Say::QuestionUnit)}</legend>
            {draw_error(ui, question, is_of_units)}
            <Choices
                name=format!("{}-1", question.id)
                options
                many=Many::One
                chosen=Callback::new(move |unit: String| {
                    ui.session.with(|session| session.fields.get(1).is_some_and(|chosen| *chosen == unit))
                })
                on_change=choose
                on_move=choose
            />
        </fieldset>
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
    let name = if question.kind.is_typed() { format!("{}-or", question.id) } else { question.id.to_string() };
    view! { <Choices name options many chosen on_change on_move /> }.into_any()
}

/// One field of a question.
pub fn draw_field(
    ui: Ui,
    question: &Question,
    index: usize,
    label: String,
    unit: &str,
    hint: String,
    kind: FieldKind,
) -> AnyView {
    let value = Signal::derive(move || {
        ui.session.with(|session| session.fields.get(index).cloned().unwrap_or_default())
    });
    let invalid = Signal::derive(move || {
        ui.session.with(|session| session.entry_error.is_some_and(|(field, _)| field == index))
    });
    let (has_stem, has_hint) = ui.session.with_untracked(|session| {
        let words = session.words().question(&question.id);
        (!words.stem.is_empty(), !words.hint.is_empty() || !question.required)
    });
    // What stands under the heading describes the one field, as it describes a group of several.
    let one = has_one_field(&question.kind);
    let above =
        [(has_stem, "ar-stem"), (has_hint, "ar-hint")].map(|(has, id)| if one && has { id } else { "" });
    let above = described_by(above.into_iter()).unwrap_or_default();
    view! {
        <Field
            id=input_id(&question.id, index)
            label=label
            hint=hint
            unit=unit
            kind=kind
            value=value
            invalid=invalid
            above
            error=ERROR_ID
            on_input=Callback::new(move |text| ui.send.run(Message::TypedField(index, text)))
        />
    }
    .into_any()
}

fn error_words(ui: Ui, question: &Question, error: (usize, EntryError)) -> String {
    ui.session.with_untracked(|session| {
        session.words().entry_error(question, error, &session.fields, session.today)
    })
}
