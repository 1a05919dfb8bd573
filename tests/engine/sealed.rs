//! Sealed ways to the clinic: what the settings may say, what the browser is asked to seal, and what then leaves.

use anteroom::engine::handoff::channel::{Channel, Format};
use anteroom::engine::handoff::delivery::Step;
use anteroom::engine::handoff::seal::SealFailure;
use anteroom::engine::handoff::sealed::{Purpose, SealEvent, Sealing};
use anteroom::engine::session::Message::{PressedSend, Seal, TypedContact};
use anteroom::engine::session::{ContactField, Effect};

use crate::session::Person;
use crate::support::Folder;

const X: &str = "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4";
const Y: &str = "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM";
const SECRET: &str = "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE";
const ENDPOINT: &str = "endpoint = \"https://clinic.example/requests\"";

fn jwk(more: &str) -> String {
    format!(r#"{{"kty":"EC","crv":"P-256","x":"{X}","y":"{Y}"{more}}}"#)
}

fn clinic(lines: &str) -> Folder {
    Folder::small().replaced("settings.toml", ENDPOINT, lines)
}

fn with_key() -> Folder {
    clinic(&format!("{ENDPOINT}\nkey = '{}'", jwk("")))
}

#[test]
fn a_key_is_read_as_a_text_or_as_a_table_and_what_is_sent_is_sealed_from_then_on() {
    let text = with_key();
    let table = clinic(&format!(
        "{ENDPOINT}\n[handoff.key]\nkty = \"EC\"\ncrv = \"P-256\"\nx = \"{X}\"\ny = \"{Y}\""
    ));
    for folder in [text, table] {
        assert_eq!(folder.errors(), []);
        let handoff = folder.guide().settings.handoff;
        assert_eq!(handoff.format, Format::Sealed);
        assert!(
            handoff.offers(Channel::Sealed) && handoff.offers(Channel::Qr) && handoff.offers(Channel::Send)
        );
    }
    let json = clinic(&format!("{ENDPOINT}\nformat = \"json\"\nkey = '{}'", jwk("")));
    assert_eq!(json.guide().settings.handoff.format, Format::Json);
    let none = Folder::small().guide().settings.handoff;
    assert!(!none.offers(Channel::Sealed) && !none.offers(Channel::Qr));
}

#[test]
fn a_private_key_in_the_settings_is_said_loudly_is_never_repeated_and_nothing_is_sent() {
    let secret = format!(r#","d":"{SECRET}""#);
    for key in [jwk(&secret), jwk(&secret).replace('}', "")] {
        let folder = clinic(&format!("{ENDPOINT}\nkey = '{key}'"));
        let errors = folder.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].what.starts_with("STOP: this is the PRIVATE key"), "{}", errors[0].what);
        assert_eq!(errors[0].line, folder.line("settings.toml", "key = "));
        assert!(!format!("{errors:?}").contains(SECRET));
        let handoff = folder.guide().settings.handoff;
        assert_eq!((handoff.key, handoff.endpoint), (None, None));
    }
}

#[test]
fn a_key_that_cannot_seal_is_said_and_nothing_is_sent_in_clear_instead() {
    for (lines, said) in [
        (format!("key = '{}'", jwk("").replace("MKBC", "MKBD")), "not on the curve"),
        (format!("key = '{}'", jwk("").replace("EC", "OKP")), "`kty` must be"),
        ("key = 'hello'".to_owned(), "not written as a JWK"),
        ("format = \"sealed\"".to_owned(), "needs `key`"),
    ] {
        let folder = clinic(&format!("{ENDPOINT}\n{lines}"));
        let errors = folder.errors();
        assert!(errors.len() == 1 && errors[0].what.contains(said), "{errors:?}");
        assert_eq!(folder.guide().settings.handoff.endpoint, None, "{lines}");
    }
}

/// What the browser was last asked to seal.
fn asked(person: &Person) -> Option<(Purpose, Box<anteroom::engine::handoff::seal::SealRequest>)> {
    person.effects.iter().rev().find_map(|effect| match effect {
        Effect::Seal(purpose, request) => Some((*purpose, request.clone())),
        _ => None,
    })
}

fn sent(person: &Person) -> Option<(&'static str, String)> {
    person.effects.iter().rev().find_map(|effect| match effect {
        Effect::Deliver(Step::Send(_, request)) => Some((request.content_type, request.body.clone())),
        _ => None,
    })
}

#[test]
fn send_seals_what_is_shown_and_then_sends_that() {
    let mut person = Person::arrives_at(with_key());
    person.is_about_to_send().does(PressedSend);
    assert_eq!(sent(&person), None, "nothing in clear");
    let (purpose, request) = asked(&person).expect("something to seal");
    assert_eq!(purpose, Purpose::Send);
    assert_eq!(request.packet, person.session.packet().unwrap().to_json());
    person.does(Seal(SealEvent::Sealed(purpose, request, Ok("sealed text".to_owned()))));
    assert_eq!(sent(&person), Some(("application/jose", "sealed text".to_owned())));
}

#[test]
fn what_was_sealed_of_another_packet_is_of_no_use() {
    let mut person = Person::arrives_at(with_key());
    person.is_about_to_send().does(PressedSend);
    let (purpose, request) = asked(&person).expect("something to seal");
    person.does(TypedContact(ContactField::Name, "Sam".to_owned()));
    person.does(Seal(SealEvent::Sealed(purpose, request, Ok("sealed text".to_owned()))));
    assert_eq!(sent(&person), None);
    assert_eq!(person.session.sealed.sealing, Sealing::Idle);
}

#[test]
fn a_browser_that_cannot_seal_sends_nothing_and_loses_nothing() {
    let mut person = Person::arrives_at(with_key());
    person.is_about_to_send().does(PressedSend);
    let (purpose, request) = asked(&person).expect("something to seal");
    let answers = person.session.answers.clone();
    person.does(Seal(SealEvent::Sealed(purpose, request, Err(SealFailure::NoCrypto))));
    assert_eq!(person.session.sealed.sealing, Sealing::Failed(SealFailure::NoCrypto));
    assert_eq!((sent(&person), &person.session.answers), (None, &answers));
    person.does(PressedSend);
    assert!(asked(&person).is_some(), "it is tried again");
}

#[test]
fn a_second_save_is_the_same_file_and_codes_are_turned_round_and_round() {
    let mut person = Person::arrives_at(with_key());
    person.is_about_to_send().does(Seal(SealEvent::Pressed(Purpose::Save)));
    let (purpose, request) = asked(&person).expect("something to seal");
    person.does(Seal(SealEvent::Sealed(purpose, request, Ok("sealed text".to_owned()))));
    let name = format!("anteroom-{}.jwe", person.session.reference());
    let file = Effect::SaveFile { name, text: "sealed text".to_owned() };
    person.sees(std::slice::from_ref(&file));
    person.does(Seal(SealEvent::Pressed(Purpose::Save))).sees(&[file]);

    person.does(Seal(SealEvent::Pressed(Purpose::Show)));
    let (purpose, request) = asked(&person).expect("something to seal");
    assert!(request.small);
    person.does(Seal(SealEvent::Sealed(purpose, request, Ok("x".repeat(2000)))));
    assert_eq!(person.session.sealed.codes.len(), 3);
    for code in [1, 2, 0] {
        person.does(Seal(SealEvent::TurnedOn));
        assert_eq!(person.session.sealed.code, code);
    }
    person.does(Seal(SealEvent::TurnedBack));
    assert_eq!(person.session.sealed.code, 2);
    person.does(Seal(SealEvent::PutAway));
    assert_eq!(person.session.sealed.codes.len(), 0);
}

#[test]
fn a_code_without_a_key_holds_the_reference_and_the_contact_and_no_answer() {
    let mut person = Person::arrives_at(clinic("channels = [\"qr\", \"phone\"]"));
    person.is_about_to_send().does(Seal(SealEvent::Pressed(Purpose::Show)));
    assert_eq!(asked(&person), None);
    let [code] = person.session.sealed.codes.as_slice() else { panic!("one code") };
    assert!(code.contains(&person.session.reference()), "{code}");
    for told in ["dog", "120", "No smoke", "No pills"] {
        assert!(!code.contains(told), "{code}");
    }
}
