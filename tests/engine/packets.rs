//! The packet: what is ticked, no more; and what is shown is what leaves.

use anteroom::engine::map::Set;

use anteroom::engine::guide::Guide;
use anteroom::engine::guide::words::Say;
use anteroom::engine::handoff::note::{chart_lines, chart_note};
use anteroom::engine::handoff::packet::{
    Consent, Contact, Packet, Sharing, Stamp, WithheldReason, packet, reference_from, terms, ticked_at_first,
};
use anteroom::engine::ids::QuestionId;
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::journey::journey;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::result;
use proptest::prelude::*;

use crate::support::{Folder, answers, any_answer, cases, english, small};

const EVERYTHING: &str = r#"{"danger": "thoughts", "smoke": "yes", "packs": 25,
    "pressure": {"high": 190, "low": 80}, "pills": ["blue", "red"], "remarks": "My dog is called Rex."}"#;

pub fn make(guide: &Guide, answers: &Answers, shared: &Set<QuestionId>) -> Packet {
    let sharing = Sharing { answers: shared.clone(), ..Sharing::default() };
    let stamp = Stamp { reference: "K7Q-4MD".to_owned(), created: "2026-11-21T10:00:00Z".to_owned() };
    packet(guide, &english(), answers, &result(guide, answers), &sharing, &stamp)
}

fn ids(ids: &[&str]) -> Set<QuestionId> {
    ids.iter().map(|id| QuestionId::from(*id)).collect()
}

#[test]
fn what_was_not_ticked_is_marked_and_not_told() {
    let guide = small();
    let packet = make(guide, &answers(guide, EVERYTHING), &ids(&["smoke", "packs"]));
    let json: serde_json::Value = serde_json::from_str(&packet.to_json()).unwrap();
    let danger = &json["answers"][0];
    assert_eq!(danger["question"], "danger");
    assert_eq!(danger["shared"], false);
    assert_eq!(danger.get("answer"), None);
    assert_eq!(danger.get("answer_words"), None);
    assert_eq!(json["answers"][1]["answer"], "yes");
    assert_eq!(json["answers"][1]["answer_words"], "I smoke");
    assert_eq!(json["complete"], false);
    // What is withheld is unknown, so the packet says no level; the person's own stop stays theirs.
    assert_eq!(json["level"], "incomplete");
    let note = chart_note(&packet, guide.words(&english()));
    assert!(note.contains("Are you in danger? Not shared"), "{note}");
    assert!(note.contains(guide.words(&english()).say(Say::NoteWithheld)), "{note}");
    for secret in ["Thoughts", "Rex", "Red", "190"] {
        assert!(!note.contains(secret) && !packet.to_json().contains(secret), "{secret} is told");
    }
}

#[test]
fn what_starts_ticked_leaves_out_the_private_answers() {
    let guide = small();
    assert_eq!(
        ticked_at_first(guide, &answers(guide, EVERYTHING)),
        ids(&["smoke", "packs", "pressure", "pills", "remarks"])
    );
    // An answer that no longer applies is not offered.
    let stopped = answers(guide, &EVERYTHING.replace(r#""smoke": "yes""#, r#""smoke": "no""#));
    assert!(!ticked_at_first(guide, &stopped).contains(&QuestionId::from("packs")));
}

#[test]
fn a_reason_is_shared_only_with_every_answer_that_it_read() {
    let rule = "\n[[rule]]\nid = \"both\"\nlevel = \"stop\"\nwhen = { all = [{ question = \"smoke\", is = \"yes\" }, \
                { question = \"pills\", includes = \"red\" }] }\n";
    let guide = Folder::small().and("screening.toml", rule).guide();
    let answers = answers(&guide, EVERYTHING);
    let shared = |ticked: &[&str]| {
        let packet = make(&guide, &answers, &ids(ticked));
        packet.reasons.iter().map(|reason| reason.rule.to_string()).collect::<Vec<_>>()
    };
    assert!(shared(&["smoke", "pills"]).contains(&"both".to_owned()));
    assert!(!shared(&["smoke"]).contains(&"both".to_owned()));
    assert!(!shared(&["pills"]).contains(&"both".to_owned()));
}

#[test]
fn a_reason_that_is_unticked_is_marked_and_not_told() {
    let guide = small();
    let answers = answers(guide, EVERYTHING);
    let all = ids(&["danger", "smoke", "packs", "pressure", "pills", "remarks"]);
    let whole = make(guide, &answers, &all);
    assert_eq!(whole.reasons_not_shared, []);
    for off in &whole.reasons {
        let sharing =
            Sharing { answers: all.clone(), reasons_off: [off.rule.clone()].into(), ..Sharing::default() };
        let stamp = Stamp { reference: "K7Q-4MD".to_owned(), created: "2026-11-21T10:00:00Z".to_owned() };
        let packet = packet(guide, &english(), &answers, &result(guide, &answers), &sharing, &stamp);
        assert_eq!(packet.reasons_not_shared, [WithheldReason { answers: off.answers.clone() }]);
        assert_eq!(packet.reasons.len(), whole.reasons.len() - 1);
        assert!(
            packet.level == Level::Incomplete || packet.level >= Level::Stop,
            "what is left out is not known"
        );
        let told = packet.to_json() + &chart_note(&packet, guide.words(&english()));
        assert!(!told.contains(&off.words), "{told}");
        let asked = &guide.words(&english()).question(&off.answers[0]).ask;
        assert!(told.contains(&format!("Not shared: a reason that comes from “{asked}")), "{told}");
        // With one of its answers withheld, not even the mark is there.
        let fewer =
            Sharing { answers: all.iter().filter(|id| **id != off.answers[0]).cloned().collect(), ..sharing };
        let packet =
            crate::packets::packet(guide, &english(), &answers, &result(guide, &answers), &fewer, &stamp);
        assert_eq!(packet.reasons_not_shared, []);
    }
}

#[test]
fn the_consent_says_what_goes_to_whom_what_for_how_long_and_how_to_take_it_back() {
    let endpoint = "endpoint = \"https://clinic.example/requests\"";
    let own = "purpose = { en = \"To call me.\", es = \"Para llamarme.\" }\nkept_for = \"90 days.\"";
    let guide = Folder::small().replaced("settings.toml", endpoint, own).guide();
    let answers = answers(&guide, EVERYTHING);
    let sharing = Sharing { consents: [Consent::ShareAnswers].into(), ..Sharing::default() };
    let said = |lang: &str| {
        let stamp = Stamp { reference: String::new(), created: String::new() };
        let made = packet(&guide, &lang.into(), &answers, &result(&guide, &answers), &sharing, &stamp);
        made.consents[0].words.clone()
    };
    let english = said("en");
    for part in ["Small Clinic", "What for: To call me.", "How long it is kept: 90 days.", "+1 555 010 0199"]
    {
        assert!(english.contains(part), "{part}: {english}");
    }
    assert!(said("es").contains("Para llamarme.") && said("es").contains("90 days."));
    assert!(english.contains("Who gets it: Small Clinic, and no one else."), "{english}");
    assert!(english.contains("What goes along: How to reach you. None of your answers."), "{english}");

    let handed_on = endpoint.to_owned() + "\nreceived_by = \"Us, and Example Forms.\"";
    let guide = Folder::small().replaced("settings.toml", endpoint, &handed_on).guide();
    let words = guide.words(&"en".into());
    // Each section of which anything is shared is named once, and no other.
    for question in journey(&guide, &answers).asked.into_iter().filter(|asked| guide.may_leave(&asked.id)) {
        let sharing = Sharing { answers: [question.id.clone()].into(), ..Sharing::default() };
        let said = terms(&guide, words, &answers, &sharing);
        let here = words.section(&question.section).title.as_str();
        for section in &guide.sections {
            let title = words.section(section).title.as_str();
            assert_eq!(said[0].1.matches(title).count(), usize::from(title == here), "{said:?}");
        }
        assert_eq!(said[1].1, "Us, and Example Forms.");
    }
}

#[test]
fn a_consent_means_something_only_with_the_way_to_reach_the_person() {
    let guide = small();
    let answers = answers(guide, EVERYTHING);
    let given = |contact: Contact| {
        let sharing = Sharing { contact, consents: Consent::ALL.into(), ..Sharing::default() };
        let stamp = Stamp { reference: String::new(), created: String::new() };
        let packet = packet(guide, &english(), &answers, &result(guide, &answers), &sharing, &stamp);
        packet.consents.iter().map(|given| given.consent).collect::<Vec<_>>()
    };
    assert_eq!(given(Contact::default()), [Consent::ShareAnswers]);
    let phone = Contact { phone: " 555 ".to_owned(), email: "  ".to_owned(), ..Contact::default() };
    assert_eq!(given(phone), [Consent::ShareAnswers, Consent::ContactByPhone, Consent::ContactByText]);
}

#[test]
fn the_note_is_readable_from_top_to_bottom() {
    let guide = small();
    let answers = answers(guide, EVERYTHING);
    let sharing = Sharing {
        answers: ticked_at_first(guide, &answers),
        contact: Contact {
            name: "Sam".to_owned(),
            phone: "+1 555 010 0101".to_owned(),
            ..Contact::default()
        },
        consents: [Consent::ShareAnswers].into(),
        ..Sharing::default()
    };
    let stamp = Stamp { reference: reference_from(77), created: "2026-11-21T10:00:00Z".to_owned() };
    let packet = packet(guide, &english(), &answers, &result(guide, &answers), &sharing, &stamp);
    let note = chart_note(&packet, guide.words(&english()));
    // The most needed first.
    let in_order = [
        "Small Clinic",
        &packet.reference,
        "Sam",
        "+1 555 010 0101",
        guide.words(&english()).level(Level::Stop).title,
        "Pills matter.",
        "Far too high.",
        "More than 20 packs.",
        "Are you in danger? Not shared",
        "Do you smoke? I smoke",
        "How many packs? 25 packs",
        "Your blood pressure? 190/80 mmHg",
        "Which pills? Red pills; Blue pills",
        "Anything else? My dog is called Rex.",
    ];
    let places: Vec<Option<usize>> = in_order.iter().map(|words| note.find(*words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{note}");
}

/// A guide in which every choice has an id and words that stand nowhere else.
pub fn marked_guide() -> Guide {
    let mut screening = "format = 1\nreviewed_on = 2026-01-10\nreview_due = 2027-01-10\nreviewer = \"A\"\n\n[[section]]\nid = \"s\"\n".to_owned();
    let mut words = "[section.s]\ntitle = \"S\"\n".to_owned();
    for question in 0..12 {
        let kind = if question % 3 == 0 { "several" } else { "one" };
        let choices: String = (0..4)
            .map(|choice| {
                format!(
                    "{{ id = \"mark-{question}-{choice}-\", level = \"{}\" }}, ",
                    ["note", "plan", "review", "stop"][choice]
                )
            })
            .collect();
        screening += &format!(
            "\n[[question]]\nid = \"q{question}\"\nsection = \"s\"\nkind = \"{kind}\"\nsources = [\"BOOK\"]\nchoices = [{choices}]\n"
        );
        words += &format!(
            "\n[question.q{question}]\nask = \"Ask {question}\"\nreason = \"Reason {question}\"\nnext = \"Next\"\n[question.q{question}.choices]\n"
        );
        for choice in 0..4 {
            words += &format!("mark-{question}-{choice}- = \"Words {question}/{choice}.\"\n");
        }
        words += &format!("[question.q{question}.reasons]\n");
        for choice in 0..4 {
            words += &format!("mark-{question}-{choice}- = \"Because {question}/{choice}.\"\n");
        }
    }
    let folder = Folder::small()
        .replaced("settings.toml", "\"en\", \"es\"", "\"en\"")
        .with("screening.toml", screening)
        .with("en/screening.toml", words)
        .with("plan.toml", "# nothing\n")
        .with("en/plan.toml", "# nothing\n");
    assert_eq!(folder.errors(), []);
    folder.guide()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn an_answer_that_is_not_ticked_never_leaves(dice in prop::collection::vec(any::<u64>(), 12), ticks: u16) {
        static GUIDE: std::sync::LazyLock<Guide> = std::sync::LazyLock::new(marked_guide);
        let guide = &*GUIDE;
        let mut answers = Answers::default();
        for (question, dice) in guide.questions.iter().zip(&dice) {
            answers.set(question.id.clone(), any_answer(question, *dice));
        }
        let shared: Set<QuestionId> = guide
            .questions
            .iter()
            .enumerate()
            .filter(|(place, _)| ticks >> place & 1 == 1)
            .map(|(_, question)| question.id.clone())
            .collect();
        let packet = make(guide, &answers, &shared);
        let told = packet.to_json() + &chart_note(&packet, guide.words(&english())) + &chart_lines(&packet, guide.words(&english()));
        for (place, question) in guide.questions.iter().enumerate() {
            let is_shared = shared.contains(&question.id);
            for (index, choice) in question.choices().iter().enumerate() {
                let chosen = answers.get(&question.id).unwrap().has(&choice.id);
                for mark in [choice.id.to_string(), format!("Words {place}/{index}."), format!("Because {place}/{index}.")] {
                    prop_assert_eq!(told.contains(&mark), is_shared && chosen, "{}", mark);
                }
            }
            prop_assert_eq!(packet.answers[place].shared, is_shared);
            prop_assert_eq!(packet.answers[place].answer.is_some(), is_shared);
        }
        let worst = packet.reasons.iter().map(|reason| reason.level).max().unwrap_or(Level::Clear);
        prop_assert_eq!(packet.complete, shared.len() == guide.questions.len());
        let lines = chart_lines(&packet, guide.words(&english()));
        prop_assert!(lines.lines().count() <= 10, "{}", lines);
        prop_assert!(lines.lines().all(|line| !line.trim().is_empty()), "{}", lines);
        for reason in &packet.reasons {
            prop_assert!(lines.contains(&reason.words), "{}", lines);
        }
        let settled = packet.complete || worst >= Level::Stop;
        prop_assert_eq!(packet.level, if settled { worst } else { Level::Incomplete });
    }

    #[test]
    fn the_same_choices_make_the_same_packet(dice in prop::collection::vec(any::<u64>(), 6), ticks: u8) {
        let guide = small();
        let mut answers = Answers::default();
        for (question, dice) in guide.questions.iter().zip(&dice) {
            answers.set(question.id.clone(), any_answer(question, *dice));
        }
        let shared = guide
            .questions
            .iter()
            .enumerate()
            .filter(|(place, _)| ticks >> place & 1 == 1)
            .map(|(_, question)| question.id.clone())
            .collect();
        let one = make(guide, &answers, &shared);
        prop_assert_eq!(&one, &make(guide, &answers, &shared));
        let asked: Vec<QuestionId> = journey(guide, &answers).asked.iter().map(|question| question.id.clone()).collect();
        let listed: Vec<QuestionId> = one.answers.iter().map(|answer| answer.question.clone()).collect();
        prop_assert_eq!(asked, listed, "each question that applies, in order");
    }
}

#[test]
fn a_text_of_the_person_is_told_as_it_was_typed() {
    let guide = small();
    let mut said = answers(guide, EVERYTHING);
    let typed = "\"quotes\", <b>marks</b> & {braces} \u{202e}";
    said.set(QuestionId::from("remarks"), Answer::Text(typed.to_owned()));
    let packet = make(guide, &said, &ids(&["remarks"]));
    let json: serde_json::Value = serde_json::from_str(&packet.to_json()).unwrap();
    assert_eq!(json["answers"][5]["answer"], typed);
}
