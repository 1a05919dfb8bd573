//! A session drawn to HTML: the widget's first screens, as they stand in the page before the widget runs.

use leptos::prelude::*;

use crate::engine::session::Session;
use crate::ui::app::App;
use crate::ui::context::Ui;

/// The whole widget as it shows a session. What is pressed there does nothing.
pub fn draw(session: Session) -> String {
    Owner::new().with(|| {
        let ui = Ui { session: RwSignal::new(session), send: Callback::new(|_| ()) };
        // The marks are for a widget that goes on from this HTML; ours draws itself anew.
        view! { <App ui /> }.to_html().replace("<!>", "")
    })
}
