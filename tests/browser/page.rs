//! The widget on a page of its own, driven as a person would: by the words on its buttons and labels.

use anteroom::engine::guide::source::Source;
use anteroom::engine::session::{self, Message, Moment, Session};
use anteroom::ui::app::App;
use anteroom::ui::context::Ui;
use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// A mounted widget with a small guide; it is taken away again when this is dropped.
pub struct Page {
    root: HtmlElement,
    session: RwSignal<Session>,
    send: Callback<Message>,
    _mounted: Box<dyn std::any::Any>,
}

impl Drop for Page {
    fn drop(&mut self) {
        self.root.remove();
    }
}

const SETTINGS: &str = r#"
format = 1
[guide]
languages = ["en"]
pages = []
[clinic]
name = "Test Clinic"
phone = "+1 555 010 0142"
"#;

const SCREENING: &str = r#"
format = 1
[[section]]
id = "health"
[[question]]
id = "well"
section = "health"
kind = "one"
choices = [{ id = "yes" }, { id = "no" }, { id = "help", level = "review", crisis = true }]
[[question]]
id = "pressure"
section = "health"
kind = "pair"
required = false
parts = [
  { id = "systolic", unit = "mmHg", least = 50, most = 300 },
  { id = "diastolic", unit = "mmHg", least = 30, most = 200 },
]
"#;

const WORDS: &str = r#"
[section.health]
title = "Health"
[question.well]
ask = "Do you feel well?"
reason = "A reason."
next = "A next step."
[question.well.choices]
yes = "Yes"
no = "No"
help = "No, help"
[question.pressure]
ask = "Your blood pressure?"
[question.pressure.parts]
systolic = "Top"
diastolic = "Bottom"
"#;

const INTERFACE: &str = "[start]\ntitle = \"Get ready\"\nbegin = \"Start\"\n";

impl Page {
    /// Mounts the widget with its files already there.
    pub async fn open() -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root: HtmlElement = document.create_element("div").unwrap().dyn_into().unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let files = [
            ("settings.toml", SETTINGS),
            ("screening.toml", SCREENING),
            ("en/screening.toml", WORDS),
            ("en/words.toml", INTERFACE),
        ];
        let files = files.iter().map(|(path, text)| Source::new(path, *text)).collect();
        let (session, _) = session::update(
            session::open(session::Wish::default()).0,
            Message::FilesArrived(files),
            &Moment::default(),
        );
        let session = ArcRwSignal::new(session);
        let inner = session.clone();
        let handle = std::rc::Rc::new(std::cell::RefCell::new(None));
        let keep = handle.clone();
        let mounted: UnmountHandle<_> = mount_to(root.clone(), move || {
            let session = RwSignal::from(inner);
            let send = Callback::new(move |message| {
                let (next, _) = session::update(session.get_untracked(), message, &Moment::default());
                session.set(next);
            });
            *keep.borrow_mut() = Some((session, send));
            view! { <App ui=Ui { session, send } /> }
        });
        let (session, send) = handle.borrow_mut().take().unwrap();
        tick().await;
        Self { root, session, send, _mounted: Box::new(mounted) }
    }

    /// Looks at the session.
    pub fn session<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.session.with_untracked(look)
    }

    /// Says that something happened, past the screen.
    pub async fn send(&self, message: Message) {
        self.send.run(message);
        tick().await;
    }

    /// All words on the page.
    pub fn text(&self) -> String {
        self.root.text_content().unwrap_or_default()
    }

    /// The words of the screen's heading.
    pub fn heading(&self) -> String {
        self.element("ar-heading").text_content().unwrap_or_default()
    }

    /// An element by its id.
    pub fn element(&self, id: &str) -> Element {
        self.root
            .query_selector(&format!("#{id}"))
            .unwrap()
            .unwrap_or_else(|| panic!("no #{id} in {}", self.text()))
    }

    /// Presses the button with these words.
    pub async fn press(&self, words: &str) {
        let buttons = self.root.query_selector_all("button").unwrap();
        let button = (0..buttons.length())
            .filter_map(|index| buttons.get(index)?.dyn_into::<HtmlElement>().ok())
            .find(|button| button.text_content().unwrap_or_default().trim() == words)
            .unwrap_or_else(|| panic!("no button {words} in {}", self.text()));
        button.click();
        tick().await;
    }

    /// Chooses the option with these words.
    pub async fn choose(&self, words: &str) {
        self.option(words).click();
        tick().await;
    }

    /// Whether the option with these words is chosen.
    pub fn is_checked(&self, words: &str) -> bool {
        self.option(words).checked()
    }

    /// Types into a field, in place of what it holds.
    pub async fn type_into(&self, id: &str, text: &str) {
        let input: HtmlInputElement = self.element(id).dyn_into().unwrap();
        input.set_value(text);
        let options = web_sys::EventInit::new();
        options.set_bubbles(true);
        input.dispatch_event(&web_sys::Event::new_with_event_init_dict("input", &options).unwrap()).unwrap();
        tick().await;
    }

    fn option(&self, words: &str) -> HtmlInputElement {
        let labels = self.root.query_selector_all("label").unwrap();
        let label = (0..labels.length())
            .filter_map(|index| labels.get(index)?.dyn_into::<Element>().ok())
            .find(|label| label.text_content().unwrap_or_default().trim() == words)
            .unwrap_or_else(|| panic!("no option {words} in {}", self.text()));
        self.element(&label.get_attribute("for").unwrap()).dyn_into().unwrap()
    }
}
