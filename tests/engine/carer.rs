//! Answering for a person whom one helps: other words, the same levels.

use anteroom::engine::guide::words::Say;
use anteroom::engine::ids::QuestionId;
use anteroom::engine::screening::answer::Answers;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::result;
use anteroom::engine::session::Message::*;
use anteroom::engine::session::Screen;
use proptest::prelude::*;

use crate::session::Person;
use crate::support::{Folder, cases, changed, english, full_answers, one, shipped};

fn for_another(answers: &Answers) -> Answers {
    changed(answers, &"who".into(), one("someone-i-help"))
}

fn asks(answers: &Answers, id: &str) -> String {
    shipped().words_for(&english(), answers).question(&QuestionId::from(id)).ask.clone()
}

#[test]
fn who_answers_for_another_is_asked_about_that_person() {
    let own = Answers::default();
    let others = for_another(&own);
    assert!(shipped().is_for_another(&others) && !shipped().is_for_another(&own));
    assert!(asks(&others, "safety_now").contains("are they thinking about ending their life"));
    assert!(asks(&own, "safety_now").contains("are you thinking about ending your life"));
    let question = QuestionId::from("ride");
    assert_eq!(asks(&others, "ride"), asks(&own, "ride"), "what has no other words keeps its own");
    assert!(!shipped().words_for(&english(), &others).question(&question).for_carer);
}

#[test]
fn every_shipped_question_from_safety_to_medicines_has_words_for_another() {
    let words = shipped().words_for(&english(), &for_another(&Answers::default()));
    let sections = [
        "safety",
        "about-you",
        "heart",
        "brain",
        "mental-health",
        "other-health",
        "allergy",
        "substances",
        "medicines",
    ];
    for question in &shipped().questions {
        if question.id.as_str() == "who" || !sections.contains(&question.section.as_str()) {
            continue;
        }
        let said = words.question(&question.id);
        assert!(said.for_carer, "{}", question.id);
        let ask = format!(" {} ", said.ask.to_lowercase().replace(['?', ',', '.'], " "));
        for word in [" you ", " your ", " yours ", " i ", " my "] {
            // "If you know it" and the like speak to the one who answers.
            assert!(!ask.replace("if you know it", "").contains(word), "{}: {}", question.id, said.ask);
        }
        for choice in question.choices() {
            let choice = said.choice(&choice.id);
            let first_person = choice
                .split(|letter: char| !letter.is_alphabetic())
                .any(|word| word == "me" || word == "my" || word == "am");
            assert!(!first_person || choice.contains("not sure"), "{}: {choice}", question.id);
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn answering_for_another_changes_no_level_and_no_floor(dice in prop::collection::vec(any::<u64>(), 70)) {
        let mut plain = shipped().clone();
        plain.carer = None;
        let answers = for_another(&full_answers(shipped(), &dice));
        prop_assert_eq!(result(&plain, &answers), result(shipped(), &answers));
    }
}

#[test]
fn the_help_that_a_safety_answer_opens_is_the_same_for_another() {
    for question in shipped().questions.iter().filter(|question| question.section.as_str() == "safety") {
        for choice in question.choices().iter().filter(|choice| choice.crisis) {
            let mut answers = for_another(&Answers::default());
            answers.set(question.id.clone(), one(choice.id.as_str()));
            let outcome = result(shipped(), &answers);
            assert!(outcome.crisis, "{}", choice.id);
            assert!(outcome.reasons.iter().any(|reason| reason.level == choice.level));
            let words = shipped().words_for(&english(), &answers);
            for reason in outcome.reasons.iter().filter(|reason| reason.level == Level::GetHelp) {
                assert!(words.next_step(reason).contains("988") || words.next_step(reason).contains("911"));
            }
        }
    }
}

#[test]
fn what_was_answered_before_is_asked_once_more_and_kept() {
    let mut person = Person::arrives_at(Folder::shipped());
    person.does(PressedStart);
    for id in ["safety_now", "med_emergency", "voices_harm"] {
        person.is_asked(id).chooses(id, "no").goes_on();
    }
    person.is_asked("who").chooses("who", "someone-i-help").goes_on();
    person.is_asked("safety_now");
    assert!(person.session.asking_again);
    assert_eq!(person.answer("safety_now"), Some(&one("no")), "nothing is lost");
    person.chooses("safety_now", "yes-would-not-act").does(ClosedHelp).goes_on();
    person.is_asked("med_emergency").goes_on().is_asked("voices_harm").goes_on().is_asked("who").goes_on();
    person.is_asked("age");
    assert!(!person.session.asking_again);
    person.does(PressedBack).is_asked("who").goes_on().is_asked("age");
    // For oneself after all, and then again for another: asked again.
    person.does(PressedBack).chooses("who", "me").goes_on().is_asked("age");
    person.does(PressedBack).chooses("who", "someone-i-help").goes_on().is_asked("safety_now");
    person.does(PressedClear).is_at(Screen::Start);
    assert!(!person.session.asking_again);
}

#[test]
fn the_packet_says_what_was_asked() {
    let mut person = Person::arrives_at(Folder::shipped());
    person.does(ChoseOption("who".into(), "someone-i-help".into())).chooses("chest_pain", "yes");
    person.does(PressedShare);
    let packet = person.session.packet().unwrap();
    let asked = packet.answers.iter().find(|answer| answer.question.as_str() == "chest_pain").unwrap();
    assert_eq!(asked.words, "Do they get chest pain or tightness at rest or with light effort?");
    assert!(person.session.note().unwrap().contains(&asked.words));
}

#[test]
fn a_choice_that_is_not_there_cannot_say_who_answers() {
    for (old, new) in [
        ("choice = \"someone-i-help\"", "choice = \"someone\""),
        ("[carer]\nquestion = \"who\"", "[carer]\nquestion = \"whom\""),
        (
            "[carer]\nquestion = \"who\"\nchoice = \"someone-i-help\"",
            "[carer]\nquestion = \"medicines\"\nchoice = \"none\"",
        ),
    ] {
        let folder = Folder::shipped().replaced("screening.toml", old, new);
        assert!(
            folder.errors().iter().any(|problem| problem.what.contains("cannot say who answers")),
            "{new}"
        );
        assert_eq!(folder.guide().carer, None);
    }
    let words = Folder::shipped().guide().words(&english()).say(Say::QuestionCarer).to_owned();
    assert_eq!(words, "Answer for the person you help.");
}
