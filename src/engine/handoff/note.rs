//! The chart note: a packet as lines that a nurse can read, print or paste.

use crate::engine::guide::words::{Say, Words};
use crate::engine::handoff::packet::Packet;
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
    line(Say::ContactTime, &contact.best_time);
    for consent in &packet.consents {
        lines.push(format!("{}: {}", words.say(Say::NoteAgreed), consent.words));
    }
    if packet.level != Level::Incomplete {
        lines.push(format!("{}: {}", words.say(Say::NoteLevel), words.level(packet.level).title));
    }
    if !packet.complete {
        lines.push(words.say(Say::NoteWithheld).to_owned());
    }
    lines.push(String::new());
    if !packet.reasons.is_empty() {
        lines.push(words.say(Say::NoteReasons).to_owned());
        for reason in &packet.reasons {
            lines.push(format!("- [{}] {}", level_mark(words, reason.level), reason.words));
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
    lines.push(words.say(Say::NoteFoot).to_owned());
    lines.join("\n")
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
