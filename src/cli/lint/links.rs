//! Addresses that lead nowhere: not encrypted, mistyped, or a phone number that no phone can call.
//!
//! Whether a page, a heading or a term is there, the engine says; whether a web address answers, only a try shows.

use crate::cli::lint::texts::Text;
use crate::cli::lint::warning;
use crate::engine::problem::Problem;

/// Fewer digits than a help line has cannot be called, and more than an international number has neither.
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

/// Adds a warning for each address of a text that cannot work.
pub fn check(text: &Text, problems: &mut Vec<Problem>) {
    for address in &text.links {
        if let Some((what, remedy)) = fault(address.trim()) {
            problems.push(warning(text, format!("The link to `{address}` {what}."), remedy));
        }
    }
}

/// What is wrong with an address, as the end of a sentence, and a remedy.
fn fault(address: &str) -> Option<(&'static str, &'static str)> {
    let lower = address.to_ascii_lowercase();
    if lower.starts_with("http://") {
        return Some(("is not encrypted", "Write it with https:// in front, and try it."));
    }
    if let Some(rest) = lower.strip_prefix("https://") {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let named = host.split('.').filter(|part| !part.is_empty()).count() >= 2 && !host.contains("..");
        let sound = named && !host.contains('@') && !address.contains(char::is_whitespace);
        return (!sound).then_some((
            "names no website",
            "Copy the whole address from the browser, such as https://988lifeline.org.",
        ));
    }
    let number = lower.strip_prefix("tel:").or_else(|| lower.strip_prefix("sms:"))?;
    let number = number.split(['?', ';', '&']).next().unwrap_or_default();
    let digits = number.chars().filter(char::is_ascii_digit).count();
    let other = number.strip_prefix('+').unwrap_or(number);
    let sound = DIGITS.contains(&digits) && other.chars().all(|letter| "0123456789-.()".contains(letter));
    (!sound).then_some((
        "cannot be called",
        "Write digits alone, with + and the country in front where it has one: tel:+15550100142.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_cannot_work_is_known() {
        for sound in [
            "https://988lifeline.org/chat",
            "https://findahelpline.com",
            "tel:988",
            "tel:+15550100142",
            "tel:1-800-273-8255",
            "sms:988",
            "sms:838255?body=hello",
            "aftercare.md",
            "#help",
        ] {
            assert_eq!(fault(sound), None, "{sound}");
        }
        for broken in [
            "http://988lifeline.org",
            "https://",
            "https://lifeline",
            "https:// lifeline.org",
            "https://me@lifeline.org",
            "https://.org",
            "tel:",
            "tel:call us",
            "tel:98",
            "tel:+1555010014212345",
            "sms:HOME",
        ] {
            assert!(fault(broken).is_some(), "{broken}");
        }
    }
}
