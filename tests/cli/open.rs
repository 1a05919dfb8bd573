//! `anteroom open` and `anteroom key`. What is opened was sealed by JOSE libraries of others: npm `jose` and PyPI
//! `jwcrypto`, see tests/others/sealed/make.mjs.

use anteroom::desk::fault::Fault;
use anteroom::desk::key::PrivateKey;
use anteroom::desk::open;
use anteroom::engine::handoff::base64url::{decode, encode};
use anteroom::engine::handoff::chunks;
use anteroom::engine::handoff::key::PublicKey;
use proptest::prelude::*;

use crate::Clinic;

const PASSPHRASE: &str = "four quiet blue lamps";

fn file(name: &str) -> String {
    let path = format!("{}/tests/others/sealed/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn key() -> PrivateKey {
    PrivateKey::read(&file("key.json"), None).ok().expect("the key")
}

fn other_key() -> PrivateKey {
    PrivateKey::from_random(&[7; 32]).expect("a key")
}

fn fault(text: &str, key: &PrivateKey) -> Fault {
    open(text, Some(key)).expect_err("it is not to be opened")
}

#[test]
fn what_libraries_of_others_sealed_is_opened() {
    for name in ["jose.jwe", "jose-small.jwe", "jose-nameless.jwe", "jwcrypto.jwe", "jwcrypto-small.jwe"] {
        let opened = open(&file(name), Some(&key())).unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
        assert_eq!(opened.json, file("packet.json"), "{name}");
        assert!(opened.sealed);
    }
}

#[test]
fn keys_that_libraries_of_others_locked_are_unlocked() {
    for name in ["jose-key-256.txt", "jose-key-512.txt", "jwcrypto-key.txt"] {
        let unlocked = PrivateKey::read(&file(name), Some(PASSPHRASE)).map_err(|fault| fault.sentence());
        assert_eq!(unlocked.map(|key| key.public().kid()), Ok(key().public().kid()), "{name}");
        let wrong = PrivateKey::read(&file(name), Some("four quiet blue lamp")).err();
        assert_eq!(wrong, Some(Fault::WrongPassphrase), "{name}");
        assert_eq!(PrivateKey::read(&file(name), None).err(), Some(Fault::NeedsPassphrase), "{name}");
    }
}

#[test]
fn a_locked_key_is_unlocked_again_by_its_passphrase_alone() {
    let key = other_key();
    let locked = key.locked(PASSPHRASE, &[3; 60]).expect("a file");
    let again = PrivateKey::read(&locked, Some(PASSPHRASE)).ok().expect("the same key");
    assert_eq!(again.public(), key.public());
    assert_eq!(PrivateKey::read(&locked[..locked.len() - 9], Some(PASSPHRASE)).err(), Some(Fault::KeyCut));
    assert!(!locked.contains("\"d\""));
}

#[test]
fn each_thing_that_goes_wrong_has_a_sentence_of_its_own() {
    let (key, other) = (key(), other_key());
    let (sealed, plain) = (file("jose.jwe"), file("packet.json"));
    let print = (key.public().fingerprint(), other.public().fingerprint());
    let header = encode(br#"{"alg":"RSA-OAEP","enc":"A256GCM"}"#);
    let parts = chunks::split(&sealed, 300);
    let found = [
        (fault("  \n", &key), Fault::Nothing),
        (fault("Dear clinic, please call me.", &key), Fault::NotAPacket),
        (fault("{\"resourceType\":\"Bundle\"}", &key), Fault::NotAPacket),
        (fault(&sealed[..sealed.len() / 2], &key), Fault::Cut),
        (fault(&sealed[..sealed.len() - 3], &key), Fault::Cut),
        (fault(&plain[..plain.len() / 2], &key), Fault::Cut),
        (fault(&plain.replace("anteroom-packet/1", "anteroom-packet/2"), &key), Fault::Newer),
        (fault(&plain.replace("\"reference\"", "\"refrence\""), &key), Fault::PlainChanged),
        (fault(&sealed, &other), Fault::WrongKey(Some(print.0), print.1.clone())),
        (fault(&file("jose-nameless.jwe"), &other), Fault::WrongKeyOrChanged(print.1)),
        (fault(&format!("{header}....AAAAAAAAAAAAAAAAAAAAAA"), &key), Fault::OtherSeal),
        (fault(&file("key.json"), &key), Fault::KeyForPacket),
        (fault(&file("jose-key-512.txt"), &key), Fault::KeyForPacket),
        (fault(&parts[1..].join("\n"), &key), Fault::MissingCodes(vec![1], parts.len())),
        (open(&sealed, None).expect_err("no key"), Fault::NeedsKey),
        (PrivateKey::read(&sealed, None).err().expect("no key"), Fault::PacketForKey),
        (PrivateKey::read(&plain, None).err().expect("no key"), Fault::PacketForKey),
        (PrivateKey::read(&file("public.json"), None).err().expect("no key"), Fault::PublicKey),
        (PrivateKey::read("hello", None).err().expect("no key"), Fault::NotAKey),
        (
            PrivateKey::read(&file("key.json").replacen("\"x\":\"", "\"x\":\"A", 1), None)
                .err()
                .expect("no key"),
            Fault::KeyChanged,
        ),
    ];
    let mut sentences = std::collections::BTreeSet::new();
    for (found, expected) in &found {
        assert_eq!(found, expected);
        sentences.insert(found.sentence());
    }
    let kinds: std::collections::BTreeSet<String> =
        found.iter().map(|(found, _)| format!("{found:?}")).collect();
    assert_eq!(sentences.len(), kinds.len(), "no two faults share a sentence");
}

#[test]
fn the_parts_of_qr_codes_are_opened_in_any_order() {
    let mut parts = chunks::split(&file("jose-small.jwe"), 200);
    assert!(parts.len() > 2);
    parts.reverse();
    assert_eq!(open(&parts.join("\n"), Some(&key())).expect("it opens").json, file("packet.json"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_changed_letter_of_a_sealed_packet_is_refused(place in any::<prop::sample::Index>(), letter in "[A-Za-z0-9_.-]") {
        let sealed = file("jose.jwe");
        let place = place.index(sealed.len());
        prop_assume!(sealed[place..=place] != letter);
        let changed = format!("{}{letter}{}", &sealed[..place], &sealed[place + 1..]);
        prop_assert!(open(&changed, Some(&key())).is_err());
    }

    #[test]
    fn any_changed_bit_of_a_sealed_packet_is_refused(part in 0..5_usize, place in any::<prop::sample::Index>(), bit in 0..8) {
        let sealed = file("jose.jwe");
        let mut parts: Vec<String> = sealed.split('.').map(str::to_owned).collect();
        let mut bytes = decode(&parts[part]).expect("base64url");
        prop_assume!(!bytes.is_empty());
        let place = place.index(bytes.len());
        bytes[place] ^= 1_u8 << bit;
        parts[part] = encode(&bytes);
        prop_assert!(open(&parts.join("."), Some(&key())).is_err());
    }

    #[test]
    fn any_cut_of_a_sealed_packet_is_refused(length in any::<prop::sample::Index>()) {
        let sealed = file("jose.jwe");
        let cut = &sealed[..length.index(sealed.len())];
        let found = fault(cut, &key());
        prop_assert!(matches!(found, Fault::Cut | Fault::Nothing | Fault::NotAPacket), "{found:?}");
    }
}

#[test]
fn a_packet_that_is_read_and_written_again_is_the_same() {
    let packet = open(&file("packet.json"), None).expect("a packet in clear needs no key").packet;
    assert_eq!(packet.to_json(), file("packet.json").trim_end());
}

#[test]
fn the_command_line_opens_packets_and_says_why_not() {
    let clinic = Clinic::small();
    clinic.writes("packet.jwe", &file("jose.jwe"));
    clinic.writes("plain.json", &file("packet.json"));
    clinic.writes("key.txt", &file("jose-key-512.txt"));
    clinic.writes("passphrase.txt", &format!("{PASSPHRASE}\n"));
    clinic.writes("wrong.txt", "nothing of the kind\n");

    let said =
        clinic.runs(&["open", "packet.jwe", "--key", "key.txt", "--passphrase-file", "passphrase.txt"]);
    said.exits(0);
    assert!(said.out.contains("Rosa Nuñez"), "{}", said.out);
    assert!(said.out.contains("How often do you drink alcohol? Not shared"), "{}", said.out);
    let arguments =
        ["open", "packet.jwe", "--key", "key.txt", "--passphrase-file", "passphrase.txt", "--format", "json"];
    let said = clinic.runs(&arguments);
    said.exits(0);
    assert_eq!(said.out.trim_end(), file("packet.json").trim_end());
    clinic.runs(&["open", "plain.json"]).exits(0);

    let said = clinic.runs(&[
        "open",
        "packet.jwe",
        "--key",
        "key.txt",
        "--passphrase-file",
        "wrong.txt",
        "--format",
        "json",
    ]);
    said.exits(1);
    assert_eq!(said.err.trim_end(), Fault::WrongPassphrase.sentence());
    assert!(said.out.contains("\"problems\""));
    for arguments in [
        &["open", "packet.jwe"][..],
        &["open", "packet.jwe", "--key", "key.txt"],
        &["open", "nowhere.jwe"],
        &["open", "plain.json", "--key", "nowhere.txt"],
    ] {
        let said = clinic.runs(arguments);
        said.exits(2);
        assert_eq!(said.out, "", "{arguments:?}");
    }
}

#[test]
fn the_command_line_makes_a_pair_of_keys_and_never_writes_over_one() {
    let clinic = Clinic::small();
    clinic.writes("passphrase.txt", PASSPHRASE);
    clinic.writes("short.txt", "lamps");
    let arguments = ["key", "--out", "key.txt", "--passphrase-file", "passphrase.txt", "--format", "json"];
    let said = clinic.runs(&arguments);
    said.exits(0);
    let made: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let text = std::fs::read_to_string(clinic.path("key.txt")).expect("a file");
    // That the passphrase opens it is a test above: it takes a while.
    let public = PublicKey::from_value(&made["key"]).expect("a public key");
    assert_eq!(made["fingerprint"], public.fingerprint());
    let header = decode(text.split('.').next().expect("a header")).expect("base64url");
    let header: serde_json::Value = serde_json::from_slice(&header).expect("JSON");
    assert_eq!(header["kid"], public.kid());
    assert_eq!(header["p2c"], 600_000);
    assert!(!said.out.contains("\"d\""));
    clinic.runs(&arguments).exits(2);
    assert_eq!(std::fs::read_to_string(clinic.path("key.txt")).expect("a file"), text);
    clinic.runs(&["key", "--out", "other.txt", "--passphrase-file", "short.txt"]).exits(2);
}

#[test]
fn a_packet_comes_as_a_bundle_with_whom_it_is_about() {
    let clinic = Clinic::small();
    let packet = clinic.writes("packet.json", file("packet.json"));
    let bundle = packet.runs(&["open", "packet.json", "--fhir"]).exits(0).json();
    let kinds: Vec<_> =
        bundle["entry"].as_array().unwrap().iter().map(|entry| &entry["resource"]["resourceType"]).collect();
    assert_eq!(kinds, ["Patient", "QuestionnaireResponse", "Consent"]);
    assert!(bundle.to_string().contains("masked"));
}
