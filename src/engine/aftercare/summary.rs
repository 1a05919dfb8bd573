//! The summary for the next visit: the days of the journal, the signs that were ticked, and what has changed. The same
//! text is shown, printed, copied and saved.

use crate::engine::aftercare::journal::{BEST_MOOD, Day, SelfHarm, Sleep};
use crate::engine::aftercare::signs::{Call, Mark};
use crate::engine::guide::reader::Date;
use crate::engine::guide::words::{Say, Words};
use crate::engine::own_file::changes;
use crate::engine::session::Session;

/// A private part of the summary. None is in it until the person ticks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What stood out, day by day.
    StoodOut,
    /// Thoughts of self-harm, day by day.
    SelfHarm,
    /// The signs of private lists: use, and the mind.
    PrivateSigns,
}

impl Part {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::StoodOut, Self::SelfHarm, Self::PrivateSigns];

    /// Its words.
    pub fn say(self) -> Say {
        match self {
            Self::StoodOut => Say::AfterPartStoodOut,
            Self::SelfHarm => Say::AfterPartSelfHarm,
            Self::PrivateSigns => Say::AfterPartPrivateSigns,
        }
    }
}

/// The words of a night.
pub fn sleep_words(words: &Words, sleep: Sleep) -> &str {
    words.say(match sleep {
        Sleep::Well => Say::AfterSleepWell,
        Sleep::SoSo => Say::AfterSleepSoSo,
        Sleep::Badly => Say::AfterSleepBadly,
    })
}

/// The words of an answer about thoughts of self-harm.
pub fn self_harm_words(words: &Words, answer: SelfHarm) -> &str {
    words.say(match answer {
        SelfHarm::No => Say::AfterSelfHarmNo,
        SelfHarm::Thoughts => Say::AfterSelfHarmThoughts,
        SelfHarm::MightAct => Say::AfterSelfHarmMightAct,
        SelfHarm::RatherNotSay => Say::AfterSelfHarmRatherNotSay,
    })
}

/// The words of a call, as a heading.
pub fn call_say(call: Option<Call>) -> (Say, Say) {
    match call {
        Some(Call::Emergency) => (Say::AfterEmergencyTitle, Say::AfterEmergencyText),
        Some(Call::Lifeline) => (Say::AfterLifelineTitle, Say::AfterLifelineText),
        Some(Call::Today) => (Say::AfterTodayTitle, Say::AfterTodayText),
        Some(Call::ThisWeek) => (Say::AfterWeekTitle, Say::AfterWeekText),
        Some(Call::ForNow) => (Say::AfterForNowTitle, Say::AfterForNowText),
        None => (Say::AfterOpenTitle, Say::AfterOpenText),
    }
}

/// The side effects of a day in words.
pub fn effect_words(words: &Words, day: &Day) -> String {
    let effects: Vec<&str> = day.effects.iter().map(|sign| words.aftercare().sign(sign)).collect();
    effects.join(", ")
}

pub(super) fn summary(session: &Session, now: &str) -> String {
    let words = session.words();
    let parts = &session.after.parts;
    let mut lines = vec![words.say(Say::AfterSummaryHead).to_owned()];
    if let Some(today) = Date::from_iso(now).or(session.today) {
        lines.push(words.date(today));
    }
    lines.push(String::new());
    for day in &session.own.journal {
        let mood = format!("{}/{BEST_MOOD}", day.mood);
        let mut said = vec![format!("{} {mood}", words.say(Say::AfterMood))];
        if let Some(sleep) = day.sleep {
            said.push(format!("{}: {}", words.say(Say::AfterSleep), sleep_words(words, sleep)));
        }
        if !day.effects.is_empty() {
            said.push(effect_words(words, day));
        }
        if parts.contains(&Part::SelfHarm) {
            let answer = self_harm_words(words, day.self_harm);
            said.push(format!("{}: {answer}", words.say(Say::AfterSelfHarmShort)));
        }
        if parts.contains(&Part::StoodOut) && !day.stood_out.is_empty() {
            said.push(format!("\"{}\"", day.stood_out.replace('\n', " ")));
        }
        lines.push(format!("{}: {}", words.date(day.date), said.join("; ")));
    }
    if session.own.journal.is_empty() {
        lines.push(words.say(Say::AfterJournalNone).to_owned());
    }
    let aftercare = &session.guide.aftercare;
    let told = aftercare.lists.iter().filter(|list| !list.private || parts.contains(&Part::PrivateSigns));
    let mut signs = Vec::new();
    for list in told {
        match session.after.marks.0.get(&list.id) {
            Some(Mark::Signs(ticked)) => {
                let ticked = aftercare.signs_of(&list.id).filter(|sign| ticked.contains(&sign.id));
                signs.extend(ticked.map(|sign| format!("- {}", words.aftercare().sign(&sign.id))));
            }
            Some(Mark::NotSure) => {
                let asked = words.aftercare().list(&list.id);
                signs.push(format!("- {asked} {}", words.say(Say::AfterNotSure)));
            }
            Some(Mark::None) | None => {}
        }
    }
    if !signs.is_empty() {
        lines.extend([String::new(), words.say(Say::AfterSummarySigns).to_owned()]);
        lines.append(&mut signs);
    }
    if let Some(before) = &session.own.before {
        let changed = changes(&session.guide, session.lang(), &before.answers, &session.answers);
        // What was not answered again says nothing, and what is private is shared with the answers, not here.
        let told = changed.iter().filter(|change| {
            let private = session.guide.question(&change.question).is_none_or(|question| question.private);
            !private && !change.is.is_empty()
        });
        let mut told: Vec<String> = told
            .map(|change| {
                format!("- {}: {} > {}", words.question(&change.question).ask, change.was, change.is)
            })
            .collect();
        if !told.is_empty() {
            lines.extend([String::new(), words.say(Say::AfterSummaryChanged).to_owned()]);
            lines.append(&mut told);
        }
    }
    lines.push(String::new());
    lines.push(words.say(Say::AfterSummaryFoot).to_owned());
    lines.join("\n")
}

#[derive(Clone, Copy, Debug, PartialEq)]
/// A day as a point of the chart.
pub struct Point {
    /// From the left, 0 to 100.
    pub x: f64,
    /// From the top, 0 to 100: the best mood is 0.
    pub y: f64,
}

/// The moods as points, at their places in time.
pub fn points(journal: &[Day]) -> Vec<Point> {
    let number = |date: Date| {
        // Days of the year as if every month had 31: near enough to place a point.
        f64::from(date.year) * 372.0 + f64::from(date.month) * 31.0 + f64::from(date.day)
    };
    let (Some(first), Some(last)) = (journal.first(), journal.last()) else { return Vec::new() };
    let (start, length) = (number(first.date), (number(last.date) - number(first.date)).max(1.0));
    let across = |day: &Day| {
        if journal.len() == 1 { 50.0 } else { (number(day.date) - start) / length * 100.0 }
    };
    let down = |day: &Day| f64::from(BEST_MOOD.saturating_sub(day.mood)) * 100.0 / f64::from(BEST_MOOD);
    journal.iter().map(|day| Point { x: across(day), y: down(day) }).collect()
}
