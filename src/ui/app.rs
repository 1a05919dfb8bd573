//! The widget: header, one screen, footer. It draws whatever the session says and decides nothing.

use std::cell::Cell;

use leptos::either::Either;
use leptos::prelude::*;

use crate::engine::calm::{CalmMessage, Rest};
use crate::engine::guide::settings::phone_address;
use crate::engine::guide::words::Say;
use crate::engine::ids::Lang;
use crate::engine::own_file::OwnFileMessage;
use crate::engine::session::{Message, Screen, Session};
use crate::engine::shared::Happened;
use crate::ui::calm_bar::CalmBar;
use crate::ui::context::Ui;
use crate::ui::crisis_panel::{CrisisPanel, CrisisWords, Lines};
use crate::ui::footer::Footer;
use crate::ui::header::Header;
use crate::ui::idle_warning::IdleWarning;
use crate::ui::languages::Languages;
use crate::ui::later;
use crate::ui::problems::Problems;
use crate::ui::screens::question::QuestionScreen;
use crate::ui::screens::start::Start;
use crate::ui::screens::wait::Wait;

/// What decides that a screen is drawn anew.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    lang: Lang,
    ready: bool,
    help_open: bool,
    calm: bool,
    warning: bool,
    waits: bool,
    screen: Screen,
}

/// The whole widget.
#[component]
pub fn App(
    /// The session and the way back to the engine.
    ui: Ui,
) -> impl IntoView {
    // A screen is built anew only when one of these changes. Choosing an option does not redraw the page, and of
    // files that come later only the parts that they hold are drawn: a button must not vanish under a finger.
    let base = Memo::new(move |_| ui.session.with(|session| (session.lang().clone(), session.ready)));
    let screen = Memo::new(move |_| ui.session.with(|session| (session.help_open, session.screen.clone())));
    let calm = Memo::new(move |_| ui.session.with(|session| session.calm.on));
    let warning = Memo::new(move |_| ui.session.with(|session| session.shared.is_warning()));
    let waits = Memo::new(move |_| ui.session.with(Session::waits_for_part));
    let shown = Memo::new(move |_| {
        let (lang, ready) = base.get();
        let (help_open, screen) = screen.get();
        let calm = calm.get();
        let warning = warning.get();
        let waits = waits.get();
        Shown { lang, ready, help_open, calm, warning, waits, screen }
    });
    // Drawn from nothing each time, so that nothing of one screen (an opened "Why we ask") stays on the next.
    let turn = Cell::new(false);
    let anew = move |view| {
        turn.set(!turn.get());
        if turn.get() { Either::Left(view) } else { Either::Right(view) }
    };
    view! {
        <div class="ar" class:ar--calm=move || calm.get() lang=move || base.get().0.to_string() dir=move || base.get().0.direction()>
            // First, since at the end it would make the page a pixel longer than its content.
            <p class="ar-sr" id="ar-live" role="status"></p>
            <header class="ar-top">
                {move || {
                    base.get();
                    draw_header(ui)
                }}
                {move || {
                    base.get();
                    draw_calm(ui, calm)
                }}
            </header>
            <main class="ar-main">
                {move || anew(draw(ui, shown.get()))}
            </main>
            {move || {
                base.get();
                draw_footer(ui)
            }}
        </div>
    }
}

fn draw(ui: Ui, shown: Shown) -> AnyView {
    match shown {
        Shown { help_open: true, .. } => draw_help(ui),
        Shown { warning: true, .. } => draw_warning(ui),
        Shown { waits: true, .. } => draw_wait(ui),
        Shown { screen, .. } => draw_screen(ui, screen),
    }
}

fn draw_header(ui: Ui) -> AnyView {
    let clinic = ui.session.with_untracked(|session| session.guide.settings.clinic.name.clone());
    view! {
        <Header
            clinic
            help=ui.say(Say::HeaderHelp)
            leave=ui.say(Say::HeaderLeave)
            leave_key=ui.say(Say::HeaderLeaveKey)
            home=ui.say(Say::HeaderHome)
            on_help=ui.on(Message::OpenedHelp)
            on_leave=ui.on(Message::PressedLeave)
            on_home=ui.on(Message::PressedHome)
            languages=draw_languages(ui)
        />
    }
    .into_any()
}

/// The switch of low-energy mode.
fn draw_calm(ui: Ui, on: Memo<bool>) -> AnyView {
    let rest = |rest| ui.on(Message::Calm(CalmMessage::PressedRest(rest)));
    let switch = ui.say(Say::CalmSwitch);
    // What a line of the smallest phones (320 px) holds of the two.
    let beside = switch.chars().count() + ui.say(Say::CommonBack).chars().count() <= 28;
    view! {
        <CalmBar
            switch
            on
            beside
            pause=ui.say(Say::CalmPause)
            not_now=ui.say(Say::CalmNotNow)
            on_switch=ui.on(Message::Calm(CalmMessage::Switched))
            on_pause=rest(Rest::Pause)
            on_not_now=rest(Rest::NotNow)
        />
    }
    .into_any()
}

/// The other languages that the guide has; none if there are none.
fn draw_languages(ui: Ui) -> Option<AnyView> {
    let others: Vec<(Lang, String)> = ui.session.with_untracked(|session| {
        let settings = &session.guide.settings;
        let others = settings.languages.iter().filter(|lang| *lang != session.lang());
        others.map(|lang| (lang.clone(), settings.language_name(lang).to_owned())).collect()
    });
    (!others.is_empty()).then(|| {
        let on_choose = Callback::new(move |lang| ui.send.run(Message::ChoseLanguage(lang)));
        view! { <Languages label=ui.say(Say::CommonLanguage) others on_choose /> }.into_any()
    })
}

fn draw_footer(ui: Ui) -> AnyView {
    let errors = Memo::new(move |_| ui.session.with(Session::errors));
    let phone = ui.session.with_untracked(|session| {
        let words = if session.guide.settings.clinic.phone.is_empty() {
            session.fallback_phone.clone()
        } else {
            session.words().say(Say::FooterCall).to_owned()
        };
        phone_address(session.phone()).map(|address| (words, address))
    });
    let clear = Memo::new(move |_| {
        ui.session.with(|session| {
            let something = !session.answers.is_empty() || session.plan.has_something_to_lose();
            something.then(|| session.words().say(Say::FooterClear).to_owned())
        })
    });
    view! {
        {move || draw_problems(ui, errors.get())}
        <Footer
            private=ui.say(Say::FooterPrivate)
            deeds=ui.say(Say::DeedsTitle)
            on_deeds=ui.on(Message::OpenedDeeds)
            not_advice=ui.say(Say::FooterNotAdvice)
            phone
            own_file=ui.say(Say::OwnFileLink)
            on_own_file=ui.on(Message::OwnFile(OwnFileMessage::OpenedScreen))
            clear
            on_clear=ui.on(Message::PressedClear)
        />
    }
    .into_any()
}

fn draw_problems(ui: Ui, errors: Vec<String>) -> Option<AnyView> {
    (!errors.is_empty()).then(|| {
        view! {
            <Problems
                title=ui.say(Say::ProblemsTitle)
                lead=ui.say(Say::ProblemsLead)
                more=ui.say(Say::ProblemsMore)
                problems=errors
            />
        }
        .into_any()
    })
}

fn draw_warning(ui: Ui) -> AnyView {
    view! {
        <IdleWarning
            title=ui.say(Say::SharedIdleTitle)
            lead=ui.say(Say::SharedIdleLead)
            any=ui.say(Say::SharedIdleAny)
            stay=ui.say(Say::SharedIdleStay)
            on_stay=ui.on(Message::Shared(Happened::Stayed))
        />
    }
    .into_any()
}

fn draw_help(ui: Ui) -> AnyView {
    view! {
        <CrisisPanel
            words=crisis_words(ui)
            back=ui.say(Say::HelpBack)
            leave=ui.say(Say::HelpLeave)
            on_back=ui.on(Message::ClosedHelp)
            on_leave=ui.on(Message::PressedLeave)
        />
    }
    .into_any()
}

/// The words of the crisis panel for the clinic's region.
pub fn crisis_words(ui: Ui) -> CrisisWords {
    let region = ui.session.with_untracked(|session| session.guide.settings.region.clone());
    // 988 answers in the US and Canada; before the settings have come it is the best guess.
    let lines = if matches!(region.as_str(), "" | "US" | "CA") {
        Lines::Lifeline {
            call: ui.say(Say::HelpCall),
            text: ui.say(Say::HelpText),
            chat: ui.say(Say::HelpChat),
            spanish: ui.say(Say::HelpSpanish),
            veterans: ui.say(Say::HelpVeterans),
        }
    } else {
        Lines::Directory { lead: ui.say(Say::HelpAbroad), link: ui.say(Say::HelpAbroadLink) }
    };
    let emergency_first = ui.session.with_untracked(|session| session.emergency());
    let at_home = matches!(lines, Lines::Lifeline { .. });
    let (title, warm) = match (emergency_first, at_home) {
        (true, true) => (Say::HelpEmergencyTitle, Say::HelpEmergencyWarm),
        (true, false) => (Say::HelpEmergencyAbroadTitle, Say::HelpEmergencyWarm),
        (false, _) => (Say::HelpTitle, Say::HelpWarm),
    };
    CrisisWords {
        emergency_first,
        title: ui.say(title),
        warm: ui.say(warm),
        lines,
        emergency: ui.say(if at_home { Say::HelpEmergency } else { Say::HelpEmergencyAbroad }),
        emergency_more: ui.say(Say::HelpEmergencyMore),
        what: ui.say(Say::HelpWhat),
        what_more: ui.say(Say::HelpWhatMore),
        near: ui.say(Say::HelpNear),
        nobody: ui.say(Say::HelpNobody),
    }
}

/// The screens of the first part; the others if they are there.
fn draw_screen(ui: Ui, screen: Screen) -> AnyView {
    match screen {
        Screen::Start => view! { <Start ui /> }.into_any(),
        Screen::Question(question) => view! { <QuestionScreen ui question /> }.into_any(),
        other => match later::drawer() {
            Some(draw) => draw(ui, other),
            None => draw_wait(ui),
        },
    }
}

/// In place of a screen that has not come yet.
fn draw_wait(ui: Ui) -> AnyView {
    let failed = Memo::new(move |_| ui.session.with(Session::lacks_part));
    view! { <Wait ui failed /> }.into_any()
}
