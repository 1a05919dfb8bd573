//! The clinic's booking page, opened with contact and reference at most.
//!
//! Each service has parameters of its own; docs/handoff.md says where they are documented. No answer, level or reason
//! is ever among them: an address is kept in histories and logs.

use crate::engine::guide::reader::Table;
use crate::engine::handoff::channel::{filled, is_secure_address};
use crate::engine::handoff::packet::Contact;

/// The page on which a visit can be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Whose page it is.
    pub service: Service,
    /// Its https address.
    pub url: String,
    /// The parameter that takes the reference, such as `a1` or `field:123`; none leaves it out.
    pub reference_field: Option<String>,
}

/// A booking service whose parameters are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// calendly.com: `name`, `email`, and `a1`, `a2`, ... for questions.
    Calendly,
    /// cal.com: `name`, `email`, `notes`.
    CalCom,
    /// acuityscheduling.com: `firstName`, `lastName`, `email`, `phone`, and `field:123` for questions.
    Acuity,
    /// Any other: nothing goes along.
    Other,
}

impl Service {
    /// All services.
    pub const ALL: [Self; 4] = [Self::Calendly, Self::CalCom, Self::Acuity, Self::Other];

    /// The service's name in settings.toml.
    pub fn id(self) -> &'static str {
        match self {
            Self::Calendly => "calendly",
            Self::CalCom => "cal.com",
            Self::Acuity => "acuity",
            Self::Other => "other",
        }
    }

    /// What takes the reference if the clinic says nothing: only Cal.com has a field for notes.
    fn reference_field(self) -> Option<&'static str> {
        match self {
            Self::CalCom => Some("notes"),
            Self::Calendly | Self::Acuity | Self::Other => None,
        }
    }
}

/// Reads `[handoff.booking]`.
pub(super) fn read(handoff: &Table) -> Option<Booking> {
    let table = handoff.table("booking")?;
    let named = filled(&table, "service");
    let service = named
        .as_deref()
        .map_or(Some(Service::Other), |name| Service::ALL.into_iter().find(|service| service.id() == name));
    let reference_field = filled(&table, "reference_field");
    let url = filled(&table, "url");
    table.finish();
    let url = url?;
    let Some(service) = service else {
        table.error_at(
            "service",
            format!("The booking service `{}` is not known.", named.unwrap_or_default()),
            "Write \"calendly\", \"cal.com\", \"acuity\" or \"other\"; with \"other\" the page opens with nothing filled in.",
        );
        return None;
    };
    if !is_secure_address(&url) {
        table.error_at(
            "url",
            format!("The booking page `{url}` is not an https address, so it is not offered."),
            "Copy the address of your booking page from your browser; it begins with https://.",
        );
        return None;
    }
    let sound =
        |field: &String| field.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-:[]".contains(&byte));
    if let Some(field) = reference_field.as_ref().filter(|field| !sound(field)) {
        table.error_at(
            "reference_field",
            format!("`{field}` cannot be a parameter of a booking page, so the reference does not go along."),
            "Write a name such as \"a1\" for Calendly or \"field:123\" for Acuity, or take the line out.",
        );
    }
    let own = reference_field.filter(sound);
    let reference_field = own.or_else(|| service.reference_field().map(str::to_owned));
    Some(Booking { service, url, reference_field })
}

impl Booking {
    /// The names of the contact fields that the service can take.
    pub fn takes_contact(&self) -> bool {
        self.service != Service::Other
    }

    /// The page's address, with nothing in it but what the clinic wrote.
    pub fn plain(&self) -> String {
        self.url.clone()
    }

    /// The page's address with the contact and the reference filled in, as far as the service has a place for them.
    pub fn filled(&self, contact: &Contact, reference: &str) -> String {
        let name = contact.name.trim();
        let (first, last) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
        let fields: &[(&str, &str)] = match self.service {
            Service::Calendly | Service::CalCom => &[("name", name), ("email", contact.email.trim())],
            Service::Acuity => &[
                ("firstName", first),
                ("lastName", last.trim()),
                ("email", contact.email.trim()),
                ("phone", contact.phone.trim()),
            ],
            Service::Other => &[],
        };
        let reference =
            self.reference_field.as_deref().filter(|_| self.takes_contact()).map(|field| (field, reference));
        let mut pairs =
            fields.iter().copied().chain(reference).filter(|(_, value)| !value.is_empty()).peekable();
        let (page, fragment) = match self.url.split_once('#') {
            Some((page, fragment)) => (page, format!("#{fragment}")),
            None => (self.url.as_str(), String::new()),
        };
        let mut address = page.to_owned();
        if pairs.peek().is_some() && !page.ends_with(['?', '&']) {
            address.push(if page.contains('?') { '&' } else { '?' });
        }
        let pairs: Vec<String> =
            pairs.map(|(key, value)| format!("{}={}", encoded(key), encoded(value))).collect();
        address + &pairs.join("&") + &fragment
    }
}

/// A text in percent-encoding, so that it stands in an address as one value (RFC 3986, unreserved characters).
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn booking(service: Service, url: &str, field: Option<&str>) -> Booking {
        Booking { service, url: url.to_owned(), reference_field: field.map(str::to_owned) }
    }

    fn sam() -> Contact {
        Contact {
            name: " Sam O'Neil Jr ".to_owned(),
            phone: "+1 555 010 0101".to_owned(),
            email: "sam+x@mail.example".to_owned(),
            ..Contact::default()
        }
    }

    #[test]
    fn each_service_gets_its_own_parameters() {
        let table = [
            (
                booking(Service::Calendly, "https://calendly.com/clinic/talk", Some("a1")),
                "https://calendly.com/clinic/talk?name=Sam%20O%27Neil%20Jr&email=sam%2Bx%40mail.example&a1=K7Q-4MD",
            ),
            (
                booking(Service::CalCom, "https://cal.com/clinic/talk?month=2026-12#top", Some("notes")),
                "https://cal.com/clinic/talk?month=2026-12&name=Sam%20O%27Neil%20Jr&email=sam%2Bx%40mail.example&notes=K7Q-4MD#top",
            ),
            (
                booking(
                    Service::Acuity,
                    "https://app.acuityscheduling.com/schedule.php?owner=1&",
                    Some("field:123"),
                ),
                "https://app.acuityscheduling.com/schedule.php?owner=1&firstName=Sam&lastName=O%27Neil%20Jr&email=sam%2Bx%40mail.example&phone=%2B1%20555%20010%200101&field%3A123=K7Q-4MD",
            ),
            (booking(Service::Other, "https://book.example/", Some("a1")), "https://book.example/"),
        ];
        for (booking, expected) in table {
            assert_eq!(booking.filled(&sam(), "K7Q-4MD"), expected);
        }
        let none = booking(Service::Calendly, "https://calendly.com/clinic/talk", None);
        assert_eq!(none.filled(&Contact::default(), "K7Q-4MD"), none.url, "nothing was given");
    }

    #[test]
    fn no_text_of_the_person_breaks_out_of_its_value() {
        assert_eq!(encoded("a&b=c#d/?\n\u{e9}\"<"), "a%26b%3Dc%23d%2F%3F%0A%C3%A9%22%3C");
    }
}
