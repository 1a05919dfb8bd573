//! The person's own file: open it, see what is in it and what has changed since, go on from it, save it.

use leptos::prelude::*;

use crate::engine::guide::reader::Date;
use crate::engine::guide::words::{Say, Words};
use crate::engine::own_file::{
    ASK_HEADING, FILE_NAME, Opened, OwnFileMessage, Remark, Trouble, UNLOCK_FIELD, Waiting, changes,
};
use crate::engine::plan::state::PlanMessage;
use crate::engine::session::{Message, Notice as Event, Session};
use crate::ui::context::Ui;
use crate::ui::fields::{Field, FieldKind};
use crate::ui::notice::{NOTICE_ID, Notice, Tone};
use crate::ui::screens::keep::{Keep, Kept, draw_said};
use crate::ui::screens::{Back, Heading};

/// The id of the field that a file is chosen in.
const OPEN_FIELD: &str = "own-file-open";

/// The screen of the person's own file.
#[component]
pub fn OwnFileScreen(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let waiting = Memo::new(move |_| {
        ui.session
            .with(|session| session.own.waiting.as_ref().map(|waiting| matches!(waiting, Waiting::Locked(_))))
    });
    // Drawn anew only when it says something else: a notice that is drawn anew loses the focus.
    let said = Memo::new(move |_| ui.session.with(Saying::of));
    let has_answers = Memo::new(move |_| ui.session.with(|session| !session.answers.is_empty()));
    let has_plan = Memo::new(move |_| ui.session.with(|session| session.plan.has_something_to_lose()));
    view! {
        <Back ui />
        <Heading words=ui.say(Say::OwnFileTitle) />
        <p class="ar-lead">{ui.say(Say::OwnFileLead)}</p>
        {move || draw_notice(ui, said.get())}
        {move || match waiting.get() {
            Some(true) => view! { <Locked ui /> }.into_any(),
            Some(false) => view! { <AskFirst ui /> }.into_any(),
            None => ().into_any(),
        }}
        {move || has_plan.get().then(|| view! {
            <div class="ar-actions">
                {button(ui, "ar-button ar-button--quiet", Say::DatedMake, Message::Plan(PlanMessage::Opened))}
            </div>
        })}
        {move || has_answers.get().then(|| view! { <Next ui /> })}
        <section class="ar-own-file">
            <h2 class="ar-section-title">{ui.say(Say::OwnFileOpen)}</h2>
            <label class="ar-own-file__label" for=OPEN_FIELD>{ui.say(Say::OwnFileOpenHint)}</label>
            <input
                class="ar-own-file__input"
                type="file"
                id=OPEN_FIELD
                accept=".json,.jwe,application/json"
                on:change=move |_| ui.send.run(own(OwnFileMessage::ChoseFile(OPEN_FIELD.to_owned())))
            />
        </section>
        <Save ui />
        {draw_said(ui)}
        <Kept ui />
        <Keep ui />
    }
}

fn own(message: OwnFileMessage) -> Message {
    Message::OwnFile(message)
}

fn button(ui: Ui, class: &'static str, say: Say, message: Message) -> impl IntoView {
    view! {
        <button type="button" class=class on:click=move |_| ui.send.run(message.clone())>{ui.say(say)}</button>
    }
}

/// A button that is filled only while it is the next step of this screen: what is waiting to be answered, then to go on
/// with a file that was opened, then to save.
fn step(ui: Ui, say: Say, message: Message) -> impl IntoView {
    let class = move || {
        ui.session.with(|session| {
            let opened = session.own.before.is_some() && !session.answers.is_empty();
            let next = if opened { Say::OwnFileGoOn } else { Say::OwnFileSave };
            if session.own.waiting.is_none() && say == next {
                "ar-button"
            } else {
                "ar-button ar-button--quiet"
            }
        })
    };
    view! {
        <button type="button" class=class on:click=move |_| ui.send.run(message.clone())>{ui.say(say)}</button>
    }
}

/// The field for the passphrase of a locked file.
#[component]
fn Locked(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <section class="ar-callout">
            <h2 class="ar-section-title">{ui.say(Say::OwnFileLockedTitle)}</h2>
            <form
                novalidate
                autocomplete="off"
                on:submit=move |event| {
                    event.prevent_default();
                    ui.send.run(own(OwnFileMessage::PressedUnlock));
                }
            >
                {passphrase(ui, UNLOCK_FIELD, String::new())}
                <div class="ar-actions">
                    <button type="submit" class="ar-button">{ui.say(Say::OwnFileUnlock)}</button>
                    {button(ui, "ar-link-button", Say::OwnFileAskKeep, own(OwnFileMessage::PressedKeep))}
                </div>
            </form>
        </section>
    }
}

fn passphrase(ui: Ui, id: &'static str, hint: String) -> impl IntoView {
    view! {
        <Field
            id=id.to_owned()
            label=ui.say(Say::OwnFilePassphrase)
            hint
            unit=""
            kind=FieldKind::Secret
            value=Signal::derive(move || ui.session.with(|session| session.own.passphrase.clone()))
            invalid=Signal::derive(move || {
                ui.session.with(|session| session.own.trouble == Some(Trouble::WrongPassphrase))
            })
            error=NOTICE_ID
            on_input=Callback::new(move |typed| ui.send.run(own(OwnFileMessage::TypedPassphrase(typed))))
        />
    }
}

/// The question whether a file may replace what is here.
#[component]
fn AskFirst(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <section class="ar-callout">
            <h2 class="ar-section-title" id=ASK_HEADING tabindex="-1">{ui.say(Say::OwnFileAskTitle)}</h2>
            <p>{ui.say(Say::OwnFileAskLead)}</p>
            <div class="ar-actions">
                {button(ui, "ar-button", Say::OwnFileAskKeep, own(OwnFileMessage::PressedKeep))}
                {button(ui, "ar-button ar-button--quiet", Say::OwnFileAskReplace, own(OwnFileMessage::PressedReplace))}
            </div>
        </section>
    }
}

/// The ways on from a file, and what has changed since it was saved.
#[component]
fn Next(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    view! {
        <section>
            <h2 class="ar-section-title">{ui.say(Say::OwnFileNextTitle)}</h2>
            <div class="ar-actions">
                {step(ui, Say::OwnFileGoOn, own(OwnFileMessage::PressedGoOn))}
                {button(ui, "ar-button ar-button--quiet", Say::OwnFileLook, Message::PressedReview)}
                {button(ui, "ar-button ar-button--quiet", Say::OwnFileAgain, own(OwnFileMessage::PressedAskAgain))}
            </div>
            <p class="ar-own-file__more">{ui.say(Say::OwnFileAgainLead)}</p>
        </section>
        {move || draw_since(ui)}
    }
}

/// What has changed since the file was saved; nothing if none was opened.
pub fn draw_since(ui: Ui) -> Option<AnyView> {
    ui.session.with(|session| {
        let before = session.own.before.as_ref()?;
        let words = session.words();
        let title = words.fill(Say::OwnFileSinceTitle, &[("date", &day(words, &before.saved))]);
        let changes = changes(&session.guide, session.lang(), &before.answers, &session.answers);
        let said = |text: &str| {
            if text.is_empty() { words.say(Say::OwnFileSinceNothing) } else { text }.to_owned()
        };
        let rows: Vec<_> = changes
            .iter()
            .map(|change| {
                let ask = words.question(&change.question).ask.clone();
                view! {
                    <div class="ar-since__row">
                        <dt>{ask}</dt>
                        <dd><span class="ar-since__when">{words.say(Say::OwnFileSinceWas).to_owned()} ": "</span>{said(&change.was)}</dd>
                        <dd><span class="ar-since__when">{words.say(Say::OwnFileSinceIs).to_owned()} ": "</span>{said(&change.is)}</dd>
                    </div>
                }
            })
            .collect();
        let list = if rows.is_empty() {
            view! { <p>{words.say(Say::OwnFileSinceNone).to_owned()}</p> }.into_any()
        } else {
            view! { <dl class="ar-since">{rows}</dl> }.into_any()
        };
        Some(view! {
            <section>
                <h2 class="ar-section-title">{title}</h2>
                {list}
            </section>
        }
        .into_any())
    })
}

/// The day of an RFC 3339 time in words; the text itself if it is none.
pub(super) fn day(words: &Words, time: &str) -> String {
    Date::from_iso(time).map_or_else(|| time.to_owned(), |date| words.date(date))
}

/// What is in the file, the passphrase, and the button that saves it.
#[component]
fn Save(
    /// The session.
    ui: Ui,
) -> impl IntoView {
    let locked = Memo::new(move |_| {
        ui.session.with(|session| matches!(session.own.waiting, Some(Waiting::Locked(_))))
    });
    view! {
        <section class="ar-own-file">
            <h2 class="ar-section-title">{ui.say(Say::OwnFileSaveTitle)}</h2>
            <p>{ui.say(Say::OwnFileSaveLead)}</p>
            <p>{ui.say(Say::OwnFileSaveCare)}</p>
            // One passphrase is typed at a time: while a file is being unlocked, that one.
            {move || (!locked.get()).then(|| view! {
                <details class="ar-details">
                    <summary class="ar-details__summary">{ui.say(Say::OwnFileLockTitle)}</summary>
                    {passphrase(ui, "own-file-lock", ui.say(Say::OwnFileLockHint))}
                </details>
            })}
            <div class="ar-actions">
                {step(ui, Say::OwnFileSave, own(OwnFileMessage::PressedSave))}
            </div>
            <details class="ar-details">
                <summary class="ar-details__summary">{ui.say(Say::OwnFileByHand)}</summary>
                <pre class="ar-preview__raw" tabindex="0" role="group" aria-label=ui.say(Say::CommonScroll)>
                    {move || ui.session.with(|session| session.own_file_json(""))}
                </pre>
            </details>
        </section>
    }
}

/// What there is to say.
#[derive(Clone, PartialEq)]
struct Saying {
    elsewhere: bool,
    event: Option<Event>,
    trouble: Option<Trouble>,
    opened: Option<Opened>,
    ticks: usize,
}

impl Saying {
    fn of(session: &Session) -> Self {
        Self {
            elsewhere: session.keep.said.is_some(),
            event: session.notice,
            trouble: session.own.trouble,
            opened: session.own.opened.clone(),
            ticks: session.ticks_without_task(),
        }
    }
}

fn draw_notice(ui: Ui, said: Saying) -> Option<AnyView> {
    let Saying { elsewhere, event, trouble, opened, ticks } = said;
    if elsewhere {
        // It is said where it was pressed.
        return None;
    }
    if let Some(event) = event {
        let (tone, say) = match event {
            Event::Copied => (Tone::Done, Say::NoticeCopied),
            Event::Saved => (Tone::Done, Say::NoticeSaved),
            Event::CopyRefused => (Tone::Trouble, Say::NoticeCopyRefused),
            Event::SaveRefused => (Tone::Trouble, Say::NoticeSaveRefused),
            Event::PrintRefused => (Tone::Trouble, Say::NoticePrintRefused),
        };
        return Some(view! { <Notice tone title="" lines=vec![ui.say(say)] /> }.into_any());
    }
    if let Some(trouble) = trouble {
        let lines = vec![trouble_words(ui, trouble), ui.say(Say::OwnFileNoRest)];
        return Some(view! { <Notice tone=Tone::Trouble title="" lines /> }.into_any());
    }
    let lines = opened_words(ui, &opened?, ticks);
    Some(view! { <Notice tone=Tone::Done title="" lines /> }.into_any())
}

fn trouble_words(ui: Ui, trouble: Trouble) -> String {
    let named = |say| ui.fill(say, &[("name", FILE_NAME)]);
    match trouble {
        Trouble::Unreadable => ui.say(Say::OwnFileNoUnreadable),
        Trouble::Empty => ui.say(Say::OwnFileNoEmpty),
        Trouble::TooBig => named(Say::OwnFileNoTooBig),
        Trouble::Cut => ui.say(Say::OwnFileNoCut),
        Trouble::NotJson => named(Say::OwnFileNoNotJson),
        Trouble::Foreign => named(Say::OwnFileNoForeign),
        Trouble::WrongPassphrase => ui.say(Say::OwnFileNoPassphrase),
        Trouble::CannotUnlock => ui.say(Say::OwnFileNoUnlock),
        Trouble::CannotLock => ui.say(Say::OwnFileNoLock),
    }
}

/// What is said of a file that was opened, and of ticks for tasks that are not in the plan any more.
fn opened_words(ui: Ui, opened: &Opened, ticks: usize) -> Vec<String> {
    let mut lines = vec![ui.fill(Say::OwnFileOpened, &[("number", &opened.answers.to_string())])];
    if opened.days > 0 {
        lines.push(ui.fill(Say::OwnFileOpenedDays, &[("number", &opened.days.to_string())]));
    }
    if opened.visits > 0 {
        lines.push(ui.fill(Say::OwnFileOpenedVisits, &[("number", &opened.visits.to_string())]));
    }
    if !opened.saved.is_empty() {
        let date = ui.session.with_untracked(|session| day(session.words(), &opened.saved));
        lines.push(ui.fill(Say::OwnFileSavedOn, &[("date", &date)]));
    }
    for remark in &opened.remarks {
        match remark {
            Remark::Newer => lines.push(ui.say(Say::OwnFileWasNewer)),
            Remark::Older => lines.push(ui.say(Say::OwnFileWasOlder)),
            Remark::Packet => lines.push(ui.say(Say::OwnFileWasPacket)),
            Remark::OtherClinic(name) => lines.push(ui.fill(Say::OwnFileWasOther, &[("name", name)])),
            Remark::QuestionsChanged => lines.push(ui.say(Say::OwnFileWasChanged)),
            Remark::Gone(number) => {
                lines.push(ui.fill(Say::OwnFileWasGone, &[("number", &number.to_string())]));
            }
            Remark::AskAgain(questions) => lines.extend(questions.iter().map(|question| {
                let ask = ui.session.with_untracked(|session| session.words().question(question).ask.clone());
                ui.fill(Say::OwnFileWasAgain, &[("name", &ask)])
            })),
            Remark::JournalUnread(number) => {
                lines.push(ui.fill(Say::OwnFileWasJournal, &[("number", &number.to_string())]));
            }
            Remark::VisitsUnread(number) => {
                lines.push(ui.fill(Say::OwnFileWasVisits, &[("number", &number.to_string())]));
            }
        }
    }
    if ticks > 0 {
        lines.push(ui.fill(Say::OwnFileWasTicks, &[("number", &ticks.to_string())]));
    }
    lines
}
