//! The person's own file: what is saved comes back, and whatever else is opened is answered with a sentence.

use anteroom::engine::aftercare::journal::{Day, SelfHarm, Sleep};
use anteroom::engine::guide::reader::Date;
use anteroom::engine::ids::{Lang, QuestionId, SignId, TaskId};
use anteroom::engine::own_file::{
    Before, FILE_NAME, LOCKED_FILE_NAME, OwnFile, OwnFileMessage, OwnVisit, OwnVisits, Remark, Trouble,
    Waiting, changes, is_about_now, keepable, put_day, read, to_json, without_changeable,
};
use anteroom::engine::plan::zone::Wall;
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::result;
use anteroom::engine::session::Message::{OwnFile as Own, *};
use anteroom::engine::session::{Effect, Screen, Target};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::session::Person;
use crate::support::{TODAY, cases, changed, english, full_answers, kinds, one, shipped};

fn file_of(answers: Answers) -> OwnFile {
    OwnFile {
        saved: "2026-11-21T10:00:00Z".to_owned(),
        clinic: shipped().settings.clinic.name.clone(),
        language: Some(english()),
        answers,
        ..OwnFile::default()
    }
}

fn opened(json: &Value) -> (OwnFile, Vec<Remark>) {
    read(shipped(), &json.to_string(), Some(TODAY)).unwrap()
}

/// A file of the shipped guide with these answers, as it stands on a disk.
fn written(answers: &Answers) -> Value {
    let mut file = file_of(answers.clone());
    file.questions_version = anteroom::engine::own_file::questions_version(shipped());
    serde_json::from_str(&to_json(shipped(), &file)).unwrap()
}

fn day(number: u8, mood: u8) -> Day {
    Day {
        date: Date { year: 2026, month: 11, day: number },
        mood,
        sleep: Some(Sleep::SoSo),
        effects: [SignId::from("nausea")].into(),
        stood_out: "A quiet \"day\", ñandú\nand rain".to_owned(),
        self_harm: SelfHarm::No,
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn what_is_saved_comes_back(
        dice in prop::collection::vec(any::<u64>(), 100),
        moods in prop::collection::vec((1_u8..=28, 0_u8..=10), 0..20),
    ) {
        for guide in [shipped(), kinds()] {
            let answers = full_answers(guide, &dice);
            let mut file = file_of(answers.clone());
            file.clinic = guide.settings.clinic.name.clone();
            file.guide_version = guide.version.clone();
            file.questions_version = anteroom::engine::own_file::questions_version(guide);
            let at = Wall::from_iso("2026-12-03T09:30").unwrap();
            let visits = vec![OwnVisit { at, done: [TaskId::from("ride")].into() }];
            file.plan = OwnVisits { zone: "America/New_York".into(), visits };
            file.before = Some(Before { saved: "2026-11-01T10:00:00Z".into(), answers: keepable(guide, &answers) });
            for (number, mood) in &moods {
                put_day(&mut file.journal, day(*number, *mood));
            }
            let (back, remarks) = read(guide, &to_json(guide, &file), Some(TODAY)).unwrap();
            prop_assert_eq!(&remarks, &vec![]);
            file.answers = keepable(guide, &file.answers);
            prop_assert_eq!(&back, &file);
            prop_assert_eq!(to_json(guide, &back), to_json(guide, &file));
            for (id, answer) in answers.iter() {
                let now = is_about_now(guide.question(id).unwrap());
                prop_assert_eq!(back.answers.get(id), Some(answer).filter(|_| !now), "{}", id);
            }
        }
    }

    #[test]
    fn any_text_is_a_file_or_a_trouble(text in ".{0,200}") {
        let _ = read(shipped(), &text, Some(TODAY));
    }

    #[test]
    fn any_json_under_our_name_is_read_and_loses_no_answer(
        value in any_json(),
        answers in any_json(),
        journal in any_json(),
        plan in any_json(),
    ) {
        let mut file = json!({ "format": "anteroom-own-file", "version": value });
        file["answers"] = answers.clone();
        file["journal"] = journal;
        file["before"] = value.clone();
        file["done"] = value.clone();
        file["appointment"] = value.clone();
        file["plan"] = plan;
        file["something-new"] = value.clone();
        let (read_once, remarks) = opened(&file);
        prop_assert!(remarks.len() < 9);
        if let Value::Object(answers) = answers {
            let now = |id: &str| {
                shipped().question(&QuestionId::from(id)).is_some_and(is_about_now)
            };
            let kept = read_once.answers.len() + read_once.kept.answers.len();
            prop_assert_eq!(kept, answers.keys().filter(|id| !now(id)).count());
        }
        if !value.is_null() {
            prop_assert_eq!(read_once.kept.more.get("something-new"), Some(&value));
        }
        // What is written back says the same once more.
        let again = read(shipped(), &to_json(shipped(), &read_once), Some(TODAY)).unwrap().0;
        prop_assert_eq!(again, read_once);
    }

    #[test]
    fn a_file_that_is_cut_says_so(dice in prop::collection::vec(any::<u64>(), 100), part in 2_usize..10_000) {
        let text = to_json(shipped(), &file_of(full_answers(shipped(), &dice)));
        let end = text.char_indices().map(|(place, _)| place).filter(|place| *place > 0).nth(part % 1000).unwrap();
        prop_assert_eq!(read(shipped(), &text[..end], None), Err(Trouble::Cut));
    }

    #[test]
    fn nobody_passes_a_safety_question_by_a_file(dice in prop::collection::vec(any::<u64>(), 100)) {
        let answers = full_answers(shipped(), &dice);
        let (file, _) = opened(&written(&answers));
        let outcome = result(shipped(), &file.answers);
        prop_assert!(outcome.level == Level::Incomplete || outcome.level == Level::Stop, "{:?}", outcome.level);
        prop_assert!(!outcome.unanswered.is_empty());
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let ids: Vec<String> = shipped().questions.iter().map(|question| question.id.to_string()).collect();
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-4_000_i32..4_000).prop_map(|quarters| Value::from(f64::from(quarters) / 4.0)),
        "[a-z0-9-]{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 8, move |inner| {
        let name = prop_oneof![prop::sample::select(ids.clone()), "[a-z_]{1,8}"];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

#[test]
fn what_is_no_file_of_ours_is_named() {
    let trouble = |text: &str| read(shipped(), text, None).unwrap_err();
    assert_eq!(trouble(""), Trouble::Empty);
    assert_eq!(trouble(" \n\u{feff} "), Trouble::Empty);
    assert_eq!(trouble(&"[".repeat(3_000_000)), Trouble::TooBig);
    assert_eq!(trouble(&"[".repeat(100_000)), Trouble::NotJson, "too deep for a reader, and for us");
    assert_eq!(trouble("{\"format\": \"anteroom-own"), Trouble::Cut);
    assert_eq!(trouble("<!DOCTYPE html>"), Trouble::NotJson);
    assert_eq!(trouble("{\"resourceType\": \"Bundle\"}"), Trouble::Foreign);
    assert_eq!(trouble("[1, 2]"), Trouble::Foreign);
    assert_eq!(trouble("{\"format\": \"anteroom-own-file\", \"a\": 1, \"a\": 2}"), Trouble::Foreign);
}

#[test]
fn a_newer_file_is_read_as_far_as_it_is_understood_and_nothing_of_it_is_lost() {
    let mut json = written(&Answers::default());
    json["version"] = 9.into();
    json["visits"] = json!([{ "local": "2026-12-03T09:30" }]);
    json["answers"] = json!({ "age": "25-to-64", "a_new_question": { "grade": 3 } });
    let (file, remarks) = opened(&json);
    assert_eq!(remarks, [Remark::Newer, Remark::Gone(1)]);
    let again: Value = serde_json::from_str(&to_json(shipped(), &file)).unwrap();
    assert_eq!(again["visits"], json["visits"]);
    assert_eq!(again["answers"]["a_new_question"], json!({ "grade": 3 }));
}

#[test]
fn an_answer_that_no_longer_fits_is_asked_again_and_kept() {
    let mut json = written(&Answers::default());
    json["answers"] = json!({ "bp_history": "a-choice-that-is-gone", "age": "also-gone", "seizures": "no" });
    let (file, remarks) = opened(&json);
    assert_eq!(remarks, [Remark::AskAgain(vec![QuestionId::from("age"), QuestionId::from("bp_history")])]);
    assert_eq!(file.answers.len(), 1);
    assert_eq!(file.kept.answers.len(), 2);
}

#[test]
fn a_file_for_another_clinic_or_of_other_questions_says_so() {
    let mut json = written(&Answers::default());
    json["clinic"] = "Elsewhere".into();
    json["questions_version"] = "0123456789abcdef".into();
    assert_eq!(opened(&json).1, [Remark::OtherClinic("Elsewhere".to_owned()), Remark::QuestionsChanged]);
}

#[test]
fn a_packet_for_the_clinic_gives_back_what_was_shared() {
    let packet = json!({
        "format": "anteroom-packet/1", "created": "2026-11-21T10:00:00Z",
        "answers": [
            { "question": "seizures", "shared": true, "answer": "no" },
            { "question": "alcohol", "shared": false },
        ],
    });
    let (file, remarks) = opened(&packet);
    assert_eq!(remarks, [Remark::Packet]);
    assert_eq!(file.answers.get(&QuestionId::from("seizures")), Some(&one("no")));
    assert_eq!(file.answers.len(), 1);
}

#[test]
fn what_a_file_says_about_itself_is_cut_alike_in_a_packet_and_in_a_file() {
    let long = "2026-11-21 ".repeat(40);
    let packet = json!({ "format": "anteroom-packet/1", "created": long, "answers": [] });
    let (file, _) = opened(&packet);
    assert_eq!(file.saved.chars().count(), 200);
    let again: Value = serde_json::from_str(&to_json(shipped(), &file)).unwrap();
    assert_eq!(opened(&again).0, file);
}

#[test]
fn a_day_that_cannot_be_read_stays_in_the_file() {
    let mut json = written(&Answers::default());
    let bad = json!({ "date": "2026-02-30", "mood": 5, "self_harm": "no" });
    // Blank is never "no": a day that does not say it is not read as one without such thoughts.
    let blank = json!({ "date": "2026-02-03", "mood": 5 });
    json["journal"] =
        json!([day(3, 4).to_json(), bad, blank, { "date": "2026-02-01", "mood": 11, "self_harm": "no" }]);
    let (file, remarks) = opened(&json);
    assert_eq!(remarks, [Remark::JournalUnread(3)]);
    assert_eq!(file.journal, [day(3, 4)]);
    let again: Value = serde_json::from_str(&to_json(shipped(), &file)).unwrap();
    assert_eq!(again["journal"].as_array().unwrap().len(), 4);
}

#[test]
fn a_file_of_the_first_version_gives_back_its_appointment_and_ticks() {
    let mut json = written(&Answers::default());
    json["version"] = 1.into();
    json["done"] = json!(["ride", "Not An Id"]);
    json["appointment"] = json!({ "local": "2026-12-03T09:30", "zone": "America/New_York" });
    let (file, remarks) = opened(&json);
    assert_eq!(remarks, []);
    let at = Wall::from_iso("2026-12-03T09:30").unwrap();
    let visits = vec![OwnVisit { at, done: [TaskId::from("ride")].into() }];
    assert_eq!(file.plan, OwnVisits { zone: "America/New_York".into(), visits });
    let again: Value = serde_json::from_str(&to_json(shipped(), &file)).unwrap();
    assert_eq!(
        again["plan"],
        json!({ "zone": "America/New_York", "visits": [{ "local": "2026-12-03T09:30", "done": ["ride"] }] })
    );
    assert!(again.get("appointment").is_none() && again.get("done").is_none(), "there is no second copy");
}

#[test]
fn a_visit_that_cannot_be_read_stays_in_the_file() {
    let mut json = written(&Answers::default());
    let visit = json!({ "local": "2028-02-29T00:30", "done": ["ride"] });
    let (none, twice) = (json!({ "local": "2027-02-29T09:30" }), json!({ "local": "2028-02-29T00:30" }));
    json["plan"] = json!({ "zone": "Europe/Madrid", "visits": [visit, none, twice, 7] });
    let (file, remarks) = opened(&json);
    assert_eq!(remarks, [Remark::VisitsUnread(3)]);
    assert_eq!(file.plan.visits.len(), 1);
    let again: Value = serde_json::from_str(&to_json(shipped(), &file)).unwrap();
    assert_eq!(again["plan"], json["plan"]);
}

#[test]
fn only_what_can_change_is_asked_again() {
    let guide = shipped();
    let answers = full_answers(guide, &[0; 100]);
    let left = without_changeable(guide, &answers);
    for id in [
        "bp_reading",
        "medicines",
        "medicine_list",
        "pregnant",
        "cold_now",
        "psychosis",
        "mania_now",
        "safety_now",
    ] {
        assert_eq!(left.get(&QuestionId::from(id)), None, "{id}");
    }
    for id in ["age", "goal", "icp", "who", "anesthesia"] {
        assert!(left.get(&QuestionId::from(id)).is_some(), "{id}");
    }
    assert!(
        guide.questions.iter().filter(|question| is_about_now(question)).all(|question| question.changes)
    );
}

#[test]
fn what_changed_is_said_in_words_and_in_order() {
    let before = full_answers(shipped(), &[0; 100]);
    let (liver, seizures) = (QuestionId::from("liver"), QuestionId::from("seizures"));
    let now =
        changed(&changed(&before, &liver, one("mild")), &QuestionId::from("safety_now"), one("yes-no-act"));
    let found = changes(shipped(), &english(), &before, &now);
    assert_eq!(found.iter().map(|change| &change.question).collect::<Vec<_>>(), [&liver]);
    assert_ne!(found[0].was, found[0].is);
    let gone = crate::support::removed(&now, &seizures);
    assert_eq!(changes(shipped(), &english(), &now, &gone)[0].is, "");
}

fn small_file() -> String {
    json!({
        "format": "anteroom-own-file", "version": 1, "saved": "2026-11-01T10:00:00Z",
        "answers": { "heart": "yes" },
    })
    .to_string()
}

/// Any question of the small guide that is not about danger right now, with its first choice.
fn some_answer(person: &Person) -> (QuestionId, Answer) {
    let guide = person.session.guide.clone();
    let fits = |question: &&anteroom::engine::screening::question::Question| {
        !is_about_now(question) && question.choices().first().is_some() && !question.kind.is_typed()
    };
    let question = guide.questions.iter().find(fits).unwrap();
    (question.id.clone(), crate::support::any_answer(question, 0))
}

#[test]
fn a_file_never_takes_the_place_of_what_is_here_unasked() {
    let mut person = Person::arrives();
    let (id, answer) = some_answer(&person);
    person.session.answers.set(id.clone(), answer.clone());
    person.does(Own(OwnFileMessage::OpenedScreen)).does(Own(OwnFileMessage::FileRead(Ok(small_file()))));
    assert!(matches!(person.session.own.waiting, Some(Waiting::Asks(..))));
    assert_eq!(person.session.answers.get(&id), Some(&answer));
    person.does(Own(OwnFileMessage::PressedKeep));
    assert_eq!(person.session.answers.get(&id), Some(&answer));
    assert_eq!(person.session.own.waiting, None);

    person.does(Own(OwnFileMessage::FileRead(Ok(small_file())))).does(Own(OwnFileMessage::PressedReplace));
    assert!(person.session.own.opened.is_some());
    assert!(person.effects.contains(&Effect::Focus(Target::Notice)));
}

#[test]
fn a_file_that_cannot_be_read_changes_nothing() {
    let mut person = Person::arrives();
    let (id, answer) = some_answer(&person);
    person.session.answers.set(id, answer);
    let before = person.session.answers.clone();
    for text in ["", "{", "<html>", "{\"format\": 1}"] {
        person.does(Own(OwnFileMessage::FileRead(Ok(text.to_owned()))));
        assert!(person.session.own.trouble.is_some(), "{text}");
        assert_eq!(person.session.answers, before);
    }
    person.does(Own(OwnFileMessage::FileRead(Err(Trouble::Unreadable))));
    assert_eq!(person.session.own.trouble, Some(Trouble::Unreadable));
}

#[test]
fn a_passphrase_locks_the_file_and_is_forgotten_at_once() {
    let mut person = Person::arrives();
    person.does(Own(OwnFileMessage::PressedSave));
    assert!(matches!(&person.effects[..], [Effect::SaveFile { name, .. }] if name == FILE_NAME));
    person.does(Own(OwnFileMessage::TypedPassphrase("four small words".to_owned())));
    person.does(Own(OwnFileMessage::PressedSave));
    assert!(matches!(
        &person.effects[..],
        [Effect::SaveLocked { name, passphrase, .. }] if name == LOCKED_FILE_NAME && passphrase == "four small words"
    ));
    assert_eq!(person.session.own.passphrase, "");

    let locked = "eyJhbGciOiJ4In0.aa.bb.cc.dd".to_owned();
    person.does(Own(OwnFileMessage::FileRead(Ok(locked.clone()))));
    assert_eq!(person.session.own.waiting, Some(Waiting::Locked(locked)));
    person.does(Own(OwnFileMessage::PressedUnlock));
    assert!(matches!(&person.effects[..], [Effect::Unlock { .. }]));
    person.does(Own(OwnFileMessage::Unlocked(Err(Trouble::WrongPassphrase))));
    assert!(matches!(person.session.own.waiting, Some(Waiting::Locked(_))), "one can try again");
    person.does(Own(OwnFileMessage::Unlocked(Ok(small_file()))));
    assert_eq!(person.session.own.waiting, None);
    assert!(person.session.own.opened.is_some());
}

#[test]
fn going_on_from_a_file_asks_what_has_no_answer_and_back_leads_out() {
    let mut person = Person::arrives();
    person.does(Own(OwnFileMessage::OpenedScreen));
    assert_eq!(person.session.screen, Screen::OwnFile);
    person.does(PressedBack);
    assert_eq!(person.session.screen, Screen::Start);
    let (id, answer) = some_answer(&person);
    person.session.answers.set(id.clone(), answer);
    person.does(Own(OwnFileMessage::PressedGoOn));
    let Screen::Question(next) = &person.session.screen else { panic!("{:?}", person.session.screen) };
    assert_ne!(*next, id);
    assert!(person.session.changing);
}

#[test]
fn clearing_forgets_the_file_too() {
    let mut person = Person::arrives();
    person.session.own.journal.push(day(1, 5));
    assert!(person.session.has_something_to_lose());
    person.does(PressedClear);
    assert_eq!(person.session.own, Default::default());
    assert!(!person.session.has_something_to_lose());
    let _ = Lang::from("en");
}
