//! What a person types, and what an answers file says: read whole, or refused in words.

use anteroom::engine::ids::QuestionId;
use anteroom::engine::screening::answer::EntryError::{
    self, HalfAPair, NotANumber, NothingTyped, PairReversed, TooHigh, TooLow,
};
use anteroom::engine::screening::answer::{Answer, Answers, parse_entry};
use anteroom::engine::screening::question::{Kind, Question};
use proptest::prelude::*;

use crate::support::{TODAY, cases, pair, several, small};

fn question(id: &str) -> Question {
    small().question(&QuestionId::from(id)).unwrap().clone()
}

#[track_caller]
fn check(question: &Question, fields: &[&str], expected: Result<Answer, (usize, EntryError)>) {
    let fields: Vec<String> = fields.iter().map(|field| (*field).to_owned()).collect();
    assert_eq!(parse_entry(question, &fields, Some(TODAY)), expected, "{fields:?}");
}

#[test]
fn a_number_is_read_as_people_type_it() {
    let packs = question("packs");
    for typed in ["20", " 20 ", "20.0", "20,0", "+20", "2e1"] {
        check(&packs, &[typed], Ok(Answer::Number(20.0)));
    }
    check(&packs, &["0"], Ok(Answer::Number(0.0)));
    check(&packs, &["100"], Ok(Answer::Number(100.0)));
    for typed in ["100.5", "1e300", "inf", "NaN", "100.000000000001"] {
        check(&packs, &[typed], Err((0, TooHigh)));
    }
    for typed in ["-1", "-inf", "-0.00000000001"] {
        check(&packs, &[typed], Err((0, TooLow)));
    }
    // Nobody can tell a thousand from one, and of too many digits the last would be lost.
    for typed in ["1,000", "100.00000000000000001", "two", "20 packs", "1 0", "0x10", "½", "²"] {
        check(&packs, &[typed], Err((0, NotANumber)));
    }
    for typed in [&[][..], &[""], &["  \n"]] {
        check(&packs, typed, Err((0, NothingTyped)));
    }
}

#[test]
fn a_pair_needs_both_numbers_the_greater_one_first() {
    let pressure = question("pressure");
    check(&pressure, &["120", "80"], Ok(pair(&pressure, 120.0, 80.0)));
    check(&pressure, &[], Ok(Answer::Blank));
    check(&pressure, &["120"], Err((1, HalfAPair)));
    check(&pressure, &["", "80"], Err((0, HalfAPair)));
    check(&pressure, &["80", "120"], Err((0, PairReversed)));
    check(&pressure, &["100", "100"], Err((0, PairReversed)));
    check(&pressure, &["120", "low"], Err((1, NotANumber)));
    check(&pressure, &["400", "80"], Err((0, TooHigh)));
    check(&pressure, &["120", "20"], Err((1, TooLow)));
}

#[test]
fn a_text_that_may_be_blank_is_blank() {
    let remarks = question("remarks");
    check(&remarks, &["  "], Ok(Answer::Blank));
    check(&remarks, &[" I have a dog. "], Ok(Answer::Text("I have a dog.".to_owned())));
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn nothing_that_is_typed_panics_and_every_number_is_within_bounds(
        fields in prop::collection::vec("\\PC{0,8}|[0-9.,eE+-]{0,12}", 0..4)
    ) {
        for question in &small().questions {
            match (parse_entry(question, &fields, Some(TODAY)), &question.kind) {
                (Ok(Answer::Number(number)), Kind::Number(bounds)) => {
                    prop_assert!((bounds.least..=bounds.most).contains(&number));
                }
                (Ok(Answer::Pair([(_, high), (_, low)])), Kind::Pair([first, second])) => {
                    prop_assert!((first.bounds.least..=first.bounds.most).contains(&high));
                    prop_assert!((second.bounds.least..=second.bounds.most).contains(&low));
                    prop_assert!(low < high);
                }
                (Ok(Answer::Text(text)), Kind::Text(_)) => prop_assert!(!text.trim().is_empty()),
                (Ok(Answer::Blank), _) => prop_assert!(!question.required),
                (Ok(other), kind) => prop_assert!(false, "{:?} for {}", other, kind.name()),
                (Err((field, _)), _) => prop_assert!(field < 2),
            }
        }
    }
}

#[track_caller]
fn check_refused(json: &str, expected: &[&str]) {
    let (_, problems) = Answers::from_json(small(), json);
    assert_eq!(problems, expected, "{json}");
}

#[test]
fn an_answers_file_is_read_by_ids() {
    let guide = small();
    let json = r#"{"smoke": "yes", "packs": 20, "pressure": {"high": 120, "low": 80.5}, "pills": ["red", "blue"],
        "remarks": " words "}"#;
    let (answers, problems) = Answers::from_json(guide, json);
    assert_eq!(problems, [""; 0]);
    assert_eq!(answers.len(), 5);
    assert_eq!(answers.get(&QuestionId::from("pills")), Some(&several(&["red", "blue"])));
    assert_eq!(answers.get(&QuestionId::from("remarks")), Some(&Answer::Text("words".to_owned())));
    let written = serde_json::to_string(&answers).unwrap();
    assert_eq!(Answers::from_json(guide, &written), (answers, vec![]), "what is written is read again");
}

#[test]
fn a_wrong_answer_is_refused_in_words_and_the_others_are_read() {
    let one_object = "The answers must be one JSON object: {\"question-id\": \"choice-id\"}.";
    check_refused("[]", &[one_object]);
    check_refused("3", &[one_object]);
    check_refused("", &["The answers are not JSON (line 1, column 0). Check the quotes and commas there."]);
    check_refused(
        "{\"smoke\": \"no\"\n \"packs\": 3}",
        &["The answers are not JSON (line 2, column 2). Check the quotes and commas there."],
    );
    check_refused(r#"{"smok": "no"}"#, &["There is no question `smok`. Did you mean `smoke`?"]);
    check_refused(
        r#"{"weather": "no"}"#,
        &["There is no question `weather`. `anteroom list` names them all."],
    );
    check_refused(
        r#"{"smoke": "maybe"}"#,
        &["`smoke`: there is no choice `maybe`. The choices are `no`, `yes`, `not-sure`."],
    );
    check_refused(r#"{"smoke": 1}"#, &["`smoke`: the answer must be one of `no`, `yes`, `not-sure`."]);
    check_refused(
        r#"{"smoke": null}"#,
        &["`smoke`: this question needs an answer; leave it out if there is none yet."],
    );
    check_refused(r#"{"packs": "20"}"#, &["`packs`: the answer must be a number."]);
    check_refused(r#"{"packs": 200}"#, &["`packs`: 200 is outside of 0 to 100 packs."]);
    check_refused(r#"{"pills": []}"#, &["`pills`: the list is empty; give at least one choice."]);
    check_refused(
        r#"{"pills": ["none", "red"]}"#,
        &["`pills`: a choice that stands alone, such as `none`, was given together with others."],
    );
    check_refused(r#"{"pressure": {"high": 120}}"#, &["`pressure`: `low` is missing."]);
    check_refused(
        r#"{"pressure": {"high": 80, "low": 120}}"#,
        &["`pressure`: `high` must be greater than `low`."],
    );
    check_refused(
        r#"{"pressure": {"high": 120, "low": 80, "hihg": 190}}"#,
        &["`pressure`: `hihg` is not one of `high` and `low`."],
    );
    check_refused(r#"{"remarks": 3}"#, &["`remarks`: the answer must be a text in quotes."]);
    let guide = small();
    let (answers, problems) = Answers::from_json(guide, r#"{"smoke": "no", "packs": -1, "pils": "red"}"#);
    assert_eq!((answers.len(), problems.len()), (1, 2));
}

#[test]
fn an_answer_given_twice_is_refused() {
    let (answers, problems) =
        Answers::from_json(small(), r#"{"pills": "red", "smoke": "no", "pills": "none"}"#);
    assert_eq!(problems, ["`pills` is there twice at line 1 column 48. Take one of the two out."]);
    assert!(answers.is_empty());
    check_refused(
        r#"{"pressure": {"high": 190, "high": 120, "low": 80}}"#,
        &["`high` is there twice at line 1 column 38. Take one of the two out."],
    );
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn no_answers_file_panics(json in "\\PC{0,40}|[\\[\\]{}\":,a-z0-9 .-]{0,80}") {
        let (answers, problems) = Answers::from_json(small(), &json);
        prop_assert!(answers.is_empty() || problems.len() < json.len());
    }
}
