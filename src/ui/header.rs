//! The line at the top of every view: whose guide this is, help, and the way out. The landmark around it is the app's.

use leptos::prelude::*;

/// The header. Help comes first in the tab order: it is one key away everywhere.
#[component]
pub fn Header(
    /// The clinic's name; leads to the start page.
    clinic: String,
    /// The words of the help button.
    help: String,
    /// The words of the quick exit.
    leave: String,
    /// That a key does the same as the quick exit.
    leave_key: String,
    /// The name of the way to the start page, for screen readers.
    home: String,
    /// Help was asked for.
    on_help: Callback<()>,
    /// The quick exit was pressed.
    on_leave: Callback<()>,
    /// The clinic's name was pressed.
    on_home: Callback<()>,
    /// The way to other languages, drawn; none if there are none.
    languages: Option<AnyView>,
) -> impl IntoView {
    view! {
        <div class="ar-header">
            <button type="button" class="ar-header__help" accesskey="h" on:click=move |_| on_help.run(())>
                {help}
            </button>
            <button type="button" class="ar-header__home" on:click=move |_| on_home.run(())>
                <span class="ar-sr">{home} ": "</span>
                {clinic}
            </button>
            <button type="button" class="ar-header__leave" title=leave_key on:click=move |_| on_leave.run(())>
                {leave}
            </button>
            {languages}
        </div>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    vec![
        ("header", view! {
            <Header
                clinic="Harbor Light Clinic".to_owned()
                help="Need help now?".to_owned()
                leave="Leave this page".to_owned()
                leave_key="You can also press the Shift key 3 times.".to_owned()
                home="Start page".to_owned()
                on_help=Callback::new(|()| ())
                on_leave=Callback::new(|()| ())
                on_home=Callback::new(|()| ())
                languages=None
            />
        }
        .into_any()),
        ("header, long name", view! {
            <Header
                clinic="The Very Long-Named Interdisciplinary Infusion and Anesthesiologist-Supervised Clinic of Springfield".to_owned()
                help="¿Necesita ayuda ahora mismo?".to_owned()
                leave="Salir de esta página".to_owned()
                leave_key="También puede oprimir 3 veces la tecla Mayús (Shift).".to_owned()
                home="Inicio".to_owned()
                on_help=Callback::new(|()| ())
                on_leave=Callback::new(|()| ())
                on_home=Callback::new(|()| ())
                languages=None
            />
        }
        .into_any()),
    ]
}
