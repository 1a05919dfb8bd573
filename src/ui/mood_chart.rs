//! The mood over time as a line. The table beside it says the same in numbers, so the drawing itself is silent.

use leptos::prelude::*;

use crate::engine::aftercare::summary::Point;

/// The chart.
#[component]
pub fn MoodChart(
    /// The days, at their places: 0 to 100 from the left and from the top.
    points: Vec<Point>,
    /// What is drawn.
    caption: String,
    /// The first day, in words.
    first: String,
    /// The last day, in words; not shown if it is the first.
    last: String,
) -> impl IntoView {
    // The drawing has room for the numbers on its left.
    let place = |point: &Point| (24.0 + point.x * 2.6, 10.0 + point.y);
    let line: Vec<String> = points.iter().map(place).map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let dots: Vec<_> = points
        .iter()
        .map(place)
        .map(|(x, y)| view! { <circle class="ar-mood__dot" cx=format!("{x:.1}") cy=format!("{y:.1}") r="3" /> })
        .collect();
    let grid: Vec<_> = [(0, "10"), (50, "5"), (100, "0")]
        .into_iter()
        .map(|(y, number)| {
            let y = y + 10;
            view! {
                <line class="ar-mood__grid" x1="24" y1=y.to_string() x2="284" y2=y.to_string() />
                <text class="ar-mood__number" x="18" y=(y + 4).to_string()>{number}</text>
            }
        })
        .collect();
    let ends = if first == last { first } else { format!("{first} – {last}") };
    view! {
        <figure class="ar-mood">
            <svg class="ar-mood__drawing" viewBox="0 0 296 120" aria-hidden="true">
                {grid}
                <polyline class="ar-mood__line" points=line.join(" ") />
                {dots}
            </svg>
            <figcaption class="ar-mood__caption">{caption} ". " {ends}</figcaption>
        </figure>
    }
}
