//! The chart note: a packet as lines that a nurse can read, print or paste.

use crate::engine::guide::words::{Say, Words};
use crate::engine::handoff::packet::{Consent, Packet};
use crate::engine::screening::level::Level;

/// The packet in plain text, the most needed first: who, how to reach them, what to talk about, then every answer.
pub fn chart_note(packet: &Packet, words: &Words) -> String {
    let mut lines = vec![
        words.fill(Say::NoteTitle, &[("clinic", &packet.clinic)]),
        words.fill(
            Say::NoteReference,
            &[("reference", &packet.reference), ("created", &readable_time(&packet.created))],
        ),
    ];
    let contact = &packet.contact;
    let mut line = |say: Say, value: &str| {
        if !value.is_empty() {
            lines.push(format!("{}: {value}", words.say(say)));
        }
    };
    line(Say::ContactName, &contact.name);
    line(Say::ContactPhone, &contact.phone);
    line(Say::ContactEmail, &contact.email);
    line(Say::NoteWhen, &contact.when_in_words(words));
    line(Say::ContactLanguage, &contact.language);
    // The consent to share says all that it rests on, so it stands at the end.
    let agreed = |shares: bool| {
        let given =
            packet.consents.iter().filter(move |given| (given.consent == Consent::ShareAnswers) == shares);
        given.map(|given| format!("{}: {}", words.say(Say::NoteAgreed), given.words))
    };
    lines.extend(agreed(false));
    if packet.may_reach_by().next().is_none() {
        lines.push(words.say(Say::NoteNoContact).to_owned());
    }
    if packet.level != Level::Incomplete {
        lines.push(format!("{}: {}", words.say(Say::NoteLevel), words.level(packet.level).title));
    }
    if !packet.complete {
        lines.push(words.say(Say::NoteWithheld).to_owned());
    }
    lines.push(String::new());
    if !packet.reasons.is_empty() || !packet.reasons_not_shared.is_empty() {
        lines.push(words.say(Say::NoteReasons).to_owned());
        for reason in &packet.reasons {
            lines.push(format!("- [{}] {}", level_mark(words, reason.level), reason.words));
        }
        for reason in &packet.reasons_not_shared {
            let asked = packet.answers.iter().filter(|answer| reason.answers.contains(&answer.question));
            let asked: Vec<&str> = asked.map(|answer| answer.words.as_str()).collect();
            let about = words.fill(Say::NoteReasonWithheld, &[("what", &asked.join(" / "))]);
            lines.push(format!("- {about}"));
        }
        lines.push(String::new());
    }
    if !packet.scores.is_empty() {
        lines.push(words.say(Say::ScoreTitle).to_owned());
        lines.extend(packet.scores.iter().map(|score| format!("- {}", score.words)));
        lines.push(String::new());
    }
    lines.push(words.say(Say::NoteAnswers).to_owned());
    for answer in &packet.answers {
        let said = match (&answer.answer_words, answer.shared) {
            (Some(said), true) => said.as_str(),
            (None, true) => words.say(Say::ReviewUnanswered),
            (_, false) => words.say(Say::NotShared),
        };
        // What was typed on lines of its own stays under its question: none of it can pass for another answer.
        let said: Vec<&str> = said.lines().collect();
        lines.push(match said.as_slice() {
            [said] => format!("- {} {said}", answer.words),
            several => format!("- {}\n    {}", answer.words, several.join("\n    ")),
        });
    }
    lines.push(String::new());
    lines.extend(agreed(true));
    lines.push(words.say(Say::NoteFoot).to_owned());
    lines.join("\n")
}

/// The packet in ten lines at most, to paste into a chart: who, how and when to reach them, the result, what to talk
/// about by level, and what is missing.
pub fn chart_lines(packet: &Packet, words: &Words) -> String {
    let contact = &packet.contact;
    let titled = |say: Say, value: &str| match value {
        "" => None,
        value => Some(format!("{}: {value}", words.say(say))),
    };
    let one_line = |parts: [Option<String>; 3]| {
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join("; "))
    };
    let made = [("reference", packet.reference.as_str()), ("created", &readable_time(&packet.created))];
    let ways: Vec<&str> = packet
        .may_reach_by()
        .map(|consent| match consent {
            Consent::ContactByText => words.say(Say::NoteByText),
            Consent::ContactByEmail => words.say(Say::ContactEmail),
            Consent::ContactByPhone | Consent::ShareAnswers => words.say(Say::ContactPhone),
        })
        .collect();
    let reach = match ways.as_slice() {
        [] => Some(words.say(Say::NoteNoContact).to_owned()),
        ways => titled(Say::NoteMayReach, &ways.join(", ")),
    };
    let level = if packet.level == Level::Incomplete { "" } else { &words.level(packet.level).title };
    let scores: Vec<&str> = packet.scores.iter().map(|score| score.words.as_str()).collect();
    let mut lines: Vec<String> = [
        Some(format!(
            "{}. {}",
            words.fill(Say::NoteTitle, &[("clinic", &packet.clinic)]),
            words.fill(Say::NoteReference, &made)
        )),
        one_line([
            titled(Say::ContactName, &contact.name),
            titled(Say::ContactPhone, &contact.phone),
            titled(Say::ContactEmail, &contact.email),
        ]),
        one_line([
            titled(Say::NoteWhen, &contact.when_in_words(words)),
            titled(Say::ContactLanguage, &contact.language),
            None,
        ]),
        reach,
        one_line([titled(Say::NoteLevel, level), titled(Say::ScoreTitle, &scores.join(" ")), None]),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut levels: Vec<Level> = packet.reasons.iter().map(|reason| reason.level).collect();
    levels.dedup();
    for level in levels {
        let of_level = packet.reasons.iter().filter(|reason| reason.level == level);
        let said: Vec<&str> = of_level.map(|reason| reason.words.as_str()).collect();
        lines.push(format!("{}: {}", level_mark(words, level), said.join(" ")));
    }
    let withheld = packet.answers.iter().filter(|answer| !answer.shared).count();
    let missing = words.fill(
        Say::NoteMissing,
        &[("number", &withheld.to_string()), ("total", &packet.answers.len().to_string())],
    );
    lines.push(format!("{missing} {}", words.say(Say::NoteFoot)));
    // What was typed or written on several lines stays on its own one.
    let line = |line: &String| line.split_whitespace().collect::<Vec<_>>().join(" ");
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn level_mark(words: &Words, level: Level) -> &str {
    words.level(level).tag
}

/// An RFC 3339 time in UTC as a person writes it: day, hour and minute.
fn readable_time(time: &str) -> String {
    match (time.get(..10), time.get(11..16)) {
        (Some(day), Some(minute)) => format!("{day} {minute} UTC"),
        _ => time.to_owned(),
    }
}
