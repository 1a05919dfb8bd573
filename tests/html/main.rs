//! Every example of every component, drawn to HTML and compared with what was drawn before.
//!
//! `INSTA_UPDATE=always cargo test --no-default-features --features html --test html` accepts a change.

use anteroom::ui::examples;
use leptos::prelude::*;

#[test]
fn every_example_is_drawn_as_before() {
    Owner::new().with(|| {
        for (name, view) in examples::all() {
            let html = view.to_html().replace("><", ">\n<");
            insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(name.replace([' ', ','], "_"), html);
            });
        }
    });
}

#[test]
fn no_example_carries_an_inline_style_or_script() {
    Owner::new().with(|| {
        for (name, view) in examples::all() {
            let html = view.to_html();
            for forbidden in [" style=", "<script", "javascript:", " onclick="] {
                assert!(!html.contains(forbidden), "{name} carries {forbidden}: {html}");
            }
        }
    });
}

#[test]
fn every_component_with_a_stylesheet_has_an_example() {
    let examples = std::fs::read_to_string("src/ui/examples.rs").unwrap();
    for entry in std::fs::read_dir("src/ui").unwrap() {
        let path = entry.unwrap().path();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) else { continue };
        if std::path::Path::new(&format!("style/components/{stem}.css")).exists() {
            assert!(
                examples.contains(&format!("{stem}::examples()")),
                "{stem} has a stylesheet and no examples"
            );
        }
    }
}

/// theme.html shows pieces of the widget that are written there by hand.
#[test]
fn the_pieces_of_the_theme_page_are_those_of_the_components() {
    let page = std::fs::read_to_string("embed/theme.html").unwrap();
    let (_, pieces) = page.split_once("<template").unwrap();
    let drawn: String =
        Owner::new().with(|| examples::all().into_iter().map(|(_, view)| view.to_html()).collect());
    let shown = pieces.split("class=\"").skip(1).flat_map(|rest| rest.split('"').next().unwrap().split(' '));
    for class in shown.filter(|class| class.starts_with("ar-")) {
        assert!(drawn.contains(class), "no component has the class {class}");
    }
}
