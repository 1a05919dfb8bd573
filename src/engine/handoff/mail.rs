//! An e-mail that asks for a call: name, phone and reference, and never an answer. It is written in the person's own
//! mail program, which is no private channel.

use crate::engine::guide::words::{Say, Words};
use crate::engine::handoff::booking::encoded;
use crate::engine::handoff::packet::Packet;

/// How long a name and a number in the e-mail may be, in letters. Mail programs take addresses of about 2,000 bytes, and
/// a letter can take twelve of them.
const MOST_LETTERS: usize = 50;

/// The text of the e-mail.
pub fn mail_text(packet: &Packet, words: &Words) -> String {
    let mut lines = vec![words.say(Say::MailText).to_owned(), String::new()];
    let fields = [
        (Say::ContactName, &packet.contact.name),
        (Say::ContactPhone, &packet.contact.phone),
        (Say::MailReference, &packet.reference),
    ];
    let given = fields.into_iter().filter(|(_, value)| !value.is_empty());
    lines.extend(given.map(|(say, value)| {
        let short: String = value.chars().take(MOST_LETTERS).collect();
        let cut = if short.len() < value.len() { "…" } else { "" };
        format!("{}: {short}{cut}", words.say(say))
    }));
    lines.join("\n")
}

/// The `mailto:` address that opens the e-mail in the person's mail program (RFC 6068).
pub fn mail_address(to: &str, packet: &Packet, words: &Words) -> String {
    let body = mail_text(packet, words).replace('\n', "\r\n");
    format!("mailto:{to}?subject={}&body={}", encoded(words.say(Say::MailSubject)), encoded(&body))
}
