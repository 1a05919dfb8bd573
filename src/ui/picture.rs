//! A picture whose parts are numbered, with what each is in words beside or under it.

use leptos::prelude::*;

use crate::engine::guide::pictures::{HEIGHT, Part, Picture, Scene, WIDTH};

/// A picture with its list. The list says it all, so screen readers pass the picture by.
#[component]
pub fn PictureFigure(
    /// What is drawn.
    picture: Picture,
    /// What there is to know of each part, drawn; none where there is nothing.
    texts: Vec<Option<AnyView>>,
) -> impl IntoView {
    let drawn = draw(&picture);
    let parts: Vec<_> = picture
        .parts
        .into_iter()
        .zip(texts)
        .map(|(part, text)| {
            view! {
                <li class="ar-picture__part">
                    <p><strong>{part.label}</strong></p>
                    {text.map(|text| view! { <p>{text}</p> })}
                </li>
            }
        })
        .collect();
    view! {
        <figure class="ar-picture">
            {(!picture.title.is_empty()).then(|| view! { <figcaption class="ar-picture__title">{picture.title}</figcaption> })}
            {drawn}
            <ol role="list" class="ar-picture__parts">{parts}</ol>
        </figure>
    }
}

fn draw(picture: &Picture) -> impl IntoView + use<> {
    let path = |class: &'static str, d: &'static str| {
        (!d.is_empty()).then(|| view! { <path class=format!("ar-picture__{class}") d=d></path> })
    };
    let layers: Vec<_> = picture
        .layers()
        .flat_map(|layer| {
            [
                path("paper", layer.paper),
                path("tint", layer.tint),
                path("line", layer.line),
                path("dots", layer.dots),
            ]
        })
        .collect();
    let marks: Vec<_> = picture
        .marks()
        .map(|(number, (x, y))| {
            view! {
                <circle class="ar-picture__mark" cx=x.to_string() cy=y.to_string() r="13"></circle>
                <text class="ar-picture__number" x=x.to_string() y=(y + 6).to_string()>{number.to_string()}</text>
            }
        })
        .collect();
    view! {
        <svg class="ar-picture__drawing" viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true" focusable="false">
            {layers}
            {marks}
        </svg>
    }
}

/// Examples of the component in each of its states, by name.
pub fn examples() -> Vec<(&'static str, AnyView)> {
    let whole = |scene: Scene| Picture {
        scene,
        title: "What it shows".to_owned(),
        parts: scene.parts().map(|id| Part { id, label: format!("The {id}"), text: Vec::new() }).collect(),
    };
    let example = |picture: Picture| {
        let texts = picture.parts.iter().map(|_| Some("What there is to know.".into_any())).collect();
        view! { <PictureFigure picture texts /> }.into_any()
    };
    let label = "A label that is long, as labels of other languages are, and that takes several lines";
    let one = Picture {
        scene: Scene::Room,
        title: String::new(),
        parts: vec![Part { id: "screen", label: label.to_owned(), text: Vec::new() }],
    };
    vec![
        ("picture, the room", example(whole(Scene::Room))),
        ("picture, what is watched", example(whole(Scene::Watched))),
        ("picture, what it can feel like", example(whole(Scene::Feel))),
        ("picture, one part", view! { <PictureFigure picture=one texts=vec![None] /> }.into_any()),
    ]
}
