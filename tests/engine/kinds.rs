//! The kinds of questions that are typed into: units, dates, texts, lists, and "not sure" beside them.

use std::cmp::Ordering;

use anteroom::engine::guide::reader::Date;
use anteroom::engine::guide::words::Say;
use anteroom::engine::handoff::note::chart_note;
use anteroom::engine::handoff::packet::{Sharing, Stamp, packet};
use anteroom::engine::ids::{PartId, QuestionId, UnitId};
use anteroom::engine::problem::Severity;
use anteroom::engine::screening::answer::EntryError::{self, *};
use anteroom::engine::screening::answer::{Answer, Answers, parse_entry};
use anteroom::engine::screening::journey::journey;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::{Bounds, Kind, Question, Unit};
use anteroom::engine::screening::result::{Outcome, result};
use anteroom::engine::screening::unit::converted;
use anteroom::engine::session::Message::*;
use anteroom::engine::session::{Effect, Screen, Target};
use proptest::prelude::*;

use crate::session::Person;
use crate::support::{
    Folder, TODAY, answers, any_answer, cases, changed, english, full_answers, kinds, one, shipped,
};

fn question(id: &str) -> &'static Question {
    kinds().question(&QuestionId::from(id)).unwrap()
}

fn fields(typed: &[&str]) -> Vec<String> {
    typed.iter().map(|field| (*field).to_owned()).collect()
}

fn parse(id: &str, typed: &[&str]) -> Result<Answer, (usize, EntryError)> {
    parse_entry(question(id), &fields(typed), Some(TODAY))
}

/// The sentence for what is wrong with an entry.
#[track_caller]
fn sentence(id: &str, typed: &[&str]) -> String {
    let error = parse(id, typed).unwrap_err();
    kinds().words(&english()).entry_error(question(id), error, &fields(typed), Some(TODAY))
}

fn said(id: &str, answer: &Answer) -> String {
    kinds().words(&english()).answer(question(id), answer)
}

fn outcome(json: &str) -> Outcome {
    result(kinds(), &answers(kinds(), json))
}

fn rules(outcome: &Outcome) -> Vec<(&str, Level)> {
    outcome.reasons.iter().map(|reason| (reason.rule.as_str(), reason.level)).collect()
}

fn day(year: u16, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

#[test]
fn the_guide_of_all_kinds_is_sound() {
    let errors: Vec<String> = Folder::kinds().errors().iter().map(ToString::to_string).collect();
    assert_eq!(errors, [""; 0]);
}

// Units.

#[test]
fn a_number_keeps_the_unit_it_was_typed_in_and_counts_in_the_first() {
    assert_eq!(parse("mass", &["70", "kg"]), Ok(Answer::Number(70.0)));
    let typed = parse("mass", &["150,5", "lb"]).unwrap();
    let number = 150.5 * 0.453_592_37;
    let Answer::Measured(measured) = &typed else { panic!("{typed:?}") };
    assert_eq!((measured.typed, measured.unit.as_str()), (150.5, "lb"));
    assert!((measured.number - number).abs() < 1e-9);
    assert_eq!(said("mass", &typed), "150.5 pounds");
    assert_eq!(said("mass", &Answer::Number(70.0)), "70 kilograms");
    assert_eq!(parse("mass", &["70", ""]), Err((1, NoUnit)), "150 pounds must not become 150 kilograms");
    assert_eq!(parse("mass", &["", "lb"]), Err((0, NothingTyped)));
    assert_eq!(parse("mass", &["many", "lb"]), Err((0, NotANumber)));
}

#[test]
fn a_comma_before_three_digits_is_asked_about_and_no_other_comma_is() {
    assert_eq!(parse("mass", &["100,125", "kg"]), Err((0, NotANumber)), "a hundred or a hundred thousand");
    for typed in ["100,5", "100,50", "100,5000", "100,5e0", "1005e-1"] {
        assert_eq!(parse("mass", &[typed, "kg"]), parse("mass", &["100.5", "kg"]), "{typed}");
        assert!(parse("mass", &[typed, "kg"]).is_ok());
    }
}

#[test]
fn an_error_names_the_bounds_in_the_unit_that_was_chosen() {
    assert_eq!(
        sentence("mass", &["29", "kg"]),
        "Type a number from 30 to 300 kilograms. Check it once more."
    );
    assert_eq!(sentence("mass", &["66", "lb"]), "Type a number from 67 to 661 pounds. Check it once more.");
    assert_eq!(sentence("mass", &["662", "lb"]), "That is more than our chairs hold. Type up to 661 pounds.");
    assert_eq!(parse("mass", &["66", "lb"]), Err((0, TooLow)), "66 pounds are 29.94 kg");
}

#[test]
fn a_rule_sees_the_number_in_the_first_unit() {
    let heavy = |json: &str| rules(&outcome(json)).iter().any(|(rule, _)| *rule == "heavy");
    assert!(heavy(r#"{"mass": 100}"#));
    assert!(!heavy(r#"{"mass": 99.9}"#));
    assert!(heavy(r#"{"mass": {"value": 221, "unit": "lb"}}"#));
    assert!(!heavy(r#"{"mass": {"value": 220, "unit": "lb"}}"#));
}

#[test]
fn an_answers_file_may_name_the_unit() {
    let read = answers(kinds(), r#"{"mass": {"value": 150, "unit": "lb"}}"#);
    let written = serde_json::to_string(&read).unwrap();
    assert_eq!(written, r#"{"mass":{"value":150.0,"unit":"lb"}}"#);
    assert_eq!(answers(kinds(), &written), read);
    for (json, words) in [
        (r#"{"value": 150}"#, "`unit` must be one of `kg`, `lb`."),
        (r#"{"value": 150, "unit": "stone"}"#, "`unit` must be one of `kg`, `lb`."),
        (r#"{"unit": "lb"}"#, "`value` must be a number."),
        (r#"{"value": 1500, "unit": "lb"}"#, "1500 lb is outside of 30 to 300 kg."),
        (r#"{"value": 150, "unit": "lb", "more": 1}"#, "`more` is not one of `value` and `unit`."),
        ("10", "10 is outside of 30 to 300 kg."),
    ] {
        let (read, problems) = Answers::from_json(kinds(), &format!(r#"{{"mass": {json}}}"#));
        assert!(read.is_empty());
        assert!(problems[0].ends_with(words), "{json}: {problems:?}");
    }
}

/// How `digits / 10^scale * per / 10^per_scale` compares with `against / 10^against_scale`, in whole numbers.
fn exactly(typed: (i64, u32), per: (i64, u32), against: (i64, u32)) -> Ordering {
    let scale = typed.1 + per.1;
    let common = scale.max(against.1);
    let one = i128::from(typed.0) * i128::from(per.0) * 10_i128.pow(common - scale);
    one.cmp(&(i128::from(against.0) * 10_i128.pow(common - against.1)))
}

fn decimal((digits, scale): (i64, u32)) -> f64 {
    format!("{digits}e-{scale}").parse().unwrap()
}

#[test]
fn a_long_number_just_over_a_short_threshold_stays_over_it() {
    for (typed, per, threshold) in [
        (729.8, 0.8989916813717787, 656.084129065124),
        (378.3, 2.1305456195499235, 805.985407875736),
        (461.0, 0.1542789509214152, 71.1225963747724),
    ] {
        assert!(converted(typed, &Unit { id: UnitId::from("u"), per }) > threshold, "{typed} * {per}");
    }
}

proptest! {
    #![proptest_config(cases(5_000))]

    /// The threshold is a number near the product, so that rounding has a chance to go wrong.
    #[test]
    fn no_rounding_carries_a_number_over_a_threshold(
        typed in (1_i64..10_000_000_000, 0_u32..8),
        per in (1_i64..10_000_000_000, 0_u32..11),
        off in -2_i64..3,
        digits in 3_u32..15,
    ) {
        let product = i128::from(typed.0) * i128::from(per.0);
        // Cut to a number of digits that can be typed, and put a little beside it.
        let length = product.to_string().len() as u32;
        let cut = length.saturating_sub(digits).min(typed.1 + per.1);
        let near = product / 10_i128.pow(cut) + i128::from(off);
        prop_assume!(near > 0 && near < 1_000_000_000_000_000);
        let against = (near as i64, typed.1 + per.1 - cut);
        let number = converted(decimal(typed), &Unit { id: UnitId::from("u"), per: decimal(per) });
        let ordering = number.partial_cmp(&decimal(against)).unwrap();
        prop_assert_eq!(ordering, exactly(typed, per, against), "{:?} {:?} {:?}", typed, per, against);
    }

    /// Too many digits to be worked out in whole numbers: nobody weighs that much, but no answer may be lost to it.
    #[test]
    fn a_number_beyond_all_digits_is_converted_as_well_as_can_be(exponent in 31_i32..300, per in 0.001..1_000.0_f64) {
        let typed = 10_f64.powi(exponent);
        let number = converted(typed, &Unit { id: UnitId::from("u"), per });
        prop_assert!((number / typed / per - 1.0).abs() < 1e-12, "{number}");
    }

    #[test]
    fn the_bounds_that_a_sentence_names_can_be_typed(
        least in 0_i64..1_000, range in 1_i64..1_000, per in (1_i64..100_000_000, 4_u32..9),
    ) {
        let unit = Unit { id: UnitId::from("u"), per: decimal(per) };
        let (least, most) = (least as f64, (least + range) as f64);
        if (most - least) / unit.per < 1.0 {
            // Nobody offers a unit in which not even one fits between the bounds.
            return Ok(());
        }
        let bounds = Bounds { unit: String::new(), least, most, units: Vec::new() };
        let (low, high) = bounds.in_unit(&unit);
        prop_assert!(bounds.check(converted(low, &unit)).is_ok(), "{low} of {bounds:?} {unit:?}");
        prop_assert!(bounds.check(converted(high, &unit)).is_ok(), "{high} of {bounds:?} {unit:?}");
        prop_assert!(low <= high);
    }
}

// Dates.

#[test]
fn a_date_is_typed_as_a_day_a_month_and_a_year() {
    assert_eq!(parse("born", &["29", "2", "1984"]), Ok(Answer::Date(day(1984, 2, 29))));
    assert_eq!(parse("born", &["1", "12", "2026"]), Ok(Answer::Date(TODAY)), "the latest day is taken");
    assert_eq!(parse("visit", &["", "", ""]), Ok(Answer::Blank));
    for (typed, field, error) in [
        (["", "", ""], 0, NothingTyped),
        (["", "2", "1984"], 0, HalfADate),
        (["29", "", "1984"], 1, HalfADate),
        (["29", "2", ""], 2, HalfADate),
        (["32", "2", "1984"], 0, NotADay),
        (["0", "2", "1984"], 0, NotADay),
        (["first", "2", "1984"], 0, NotADay),
        (["1", "13", "1984"], 1, NotAMonth),
        (["1", "March", "1984"], 1, NotAMonth),
        (["1", "3", "84"], 2, NotAYear),
        (["29", "2", "1985"], 0, NoSuchDate),
        (["31", "12", "1899"], 0, TooLow),
        (["2", "12", "2026"], 0, TooHigh),
    ] {
        assert_eq!(parse("born", &typed), Err((field, error)), "{typed:?}");
    }
}

#[test]
fn each_slip_in_a_date_has_a_sentence() {
    assert_eq!(sentence("born", &["29", "", "1984"]), "Month is missing. Type the whole date.");
    assert_eq!(
        sentence("born", &["31", "4", "1984"]),
        "That month does not have this day. Check the date once more."
    );
    assert_eq!(
        sentence("born", &["2", "12", "2026"]),
        "Type a date that is not after December 1, 2026. Check it once more."
    );
    assert_eq!(
        sentence("visit", &["1", "12", "2026"]),
        "Type a date that is not before December 2, 2026. Check it once more.",
        "tomorrow, from the day that is handed in"
    );
}

#[test]
fn the_order_of_a_date_is_the_languages() {
    let spanish = Folder::shipped().guide();
    let words = spanish.words(&"es".into());
    assert_eq!(words.date(day(2026, 3, 1)), "1 de marzo de 2026");
    assert_eq!(words.date_order(), [0, 1, 2]);
    assert_eq!(kinds().words(&english()).date_order(), [1, 0, 2]);
    assert_eq!(said("born", &Answer::Date(day(1984, 2, 29))), "February 29, 1984");
}

#[test]
fn a_date_in_an_answers_file_is_year_month_day() {
    let read = answers(kinds(), r#"{"born": "1984-02-29"}"#);
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"born":"1984-02-29"}"#);
    for wrong in ["\"1985-02-29\"", "\"29.2.1984\"", "\"1984-02-29T10:00\"", "1984", "\"1899-12-31\""] {
        let (read, problems) = Answers::from_json(kinds(), &format!(r#"{{"born": {wrong}}}"#));
        assert!(read.is_empty() && problems.len() == 1, "{wrong}: {problems:?}");
    }
    let (_, problems) = Answers::from_json(kinds(), r#"{"born": "1899-12-31"}"#);
    assert_eq!(problems, ["`born`: 1899-12-31 is before 1900-01-01, the earliest day that is taken."]);
    assert_eq!(answers(kinds(), r#"{"born": "1900-01-01"}"#).len(), 1, "the earliest day itself is taken");
    let tomorrow = r#"{"born": "2026-12-02"}"#;
    let (_, problems) = Answers::from_json_on(kinds(), tomorrow, Some(TODAY));
    assert_eq!(problems, ["`born`: 2026-12-02 is after 2026-12-01, the latest day that is taken."]);
    assert_eq!(Answers::from_json(kinds(), tomorrow).1, [""; 0], "without a day nothing goes by it");
}

#[test]
fn a_date_is_compared_with_a_day() {
    let young = |date: &str| {
        rules(&outcome(&format!(r#"{{"born": "{date}"}}"#))).iter().any(|(rule, _)| *rule == "young")
    };
    assert!(young("2008-01-02"));
    assert!(!young("2008-01-01"), "after is after");
    let before =
        Folder::kinds().replaced("screening.toml", "after = 2008-01-01", "before = \"2008-01-01\"").guide();
    let old = |date: &str| {
        let outcome = result(&before, &answers(&before, &format!(r#"{{"born": "{date}"}}"#)));
        rules(&outcome).iter().any(|(rule, _)| *rule == "young")
    };
    assert!(old("2007-12-31") && !old("2008-01-01"));
}

// Texts.

#[test]
fn a_text_that_is_too_long_is_said_with_how_long_it_is() {
    assert_eq!(parse("story", &[&"é".repeat(60)]), Ok(Answer::Text("é".repeat(60))), "letters, not bytes");
    assert_eq!(sentence("story", &[&"é".repeat(61)]), "Shorten this to 60 characters. It has 61 now.");
    let (read, problems) = Answers::from_json(kinds(), &format!(r#"{{"story": "{}"}}"#, "a".repeat(61)));
    assert!(read.is_empty());
    assert_eq!(problems, ["`story`: the text has more than 60 characters."]);
    let longest = answers(kinds(), &format!(r#"{{"story": "{}"}}"#, "é".repeat(60)));
    assert_eq!(longest.get(&"story".into()), Some(&Answer::Text("é".repeat(60))));
    assert_eq!(parse("remarks", &[&"a".repeat(201)]), Err((0, TooLong)), "a short text has a bound as well");
}

#[test]
fn a_text_of_spaces_in_an_answers_file_is_no_words() {
    for (id, read) in [("remarks", Some(Answer::Blank)), ("story", None)] {
        let (answers, problems) = Answers::from_json(kinds(), &format!(r#"{{"{id}": "  "}}"#));
        assert_eq!(question(id).required, read.is_none(), "one may be left empty and one may not");
        assert_eq!(answers.get(&id.into()), read.as_ref());
        let said = if read.is_none() { vec![format!("`{id}`: the text is empty.")] } else { vec![] };
        assert_eq!(problems, said);
    }
}

#[test]
fn no_rule_reads_what_is_in_a_text_or_a_list() {
    for when in [
        r#"{ question = "story", is = "words" }"#,
        r#"{ question = "story", is = "no" }"#,
        r#"{ question = "story", includes = "words" }"#,
        r#"{ question = "story", at-least = 1 }"#,
        r#"{ question = "meds", includes = "aspirin" }"#,
        r#"{ question = "meds.name", at-least = 1 }"#,
        r#"{ question = "story", before = 2020-01-01 }"#,
    ] {
        let folder = Folder::kinds()
            .and("screening.toml", &format!("\n[[rule]]\nid = \"new\"\nlevel = \"stop\"\nwhen = {when}\n"));
        let said = folder.errors().iter().any(|problem| problem.what.contains("`new`"));
        assert!(said, "{when}");
        assert!(folder.guide().rules.iter().all(|rule| rule.id.as_str() != "new"), "{when}");
    }
}

#[test]
fn what_is_typed_on_many_lines_cannot_pass_for_another_answer_in_the_note() {
    let guide = kinds();
    let mut said = answers(guide, r#"{"meds": [{"name": "Zoloft", "dose": "50 mg"}, {"name": "Advil"}]}"#);
    said.set("story".into(), Answer::Text("I fell.\n- Are you in danger? No danger".to_owned()));
    let sharing = Sharing { answers: said.iter().map(|(id, _)| id.clone()).collect(), ..Sharing::default() };
    let stamp = Stamp { reference: "222-222".to_owned(), created: String::new() };
    let packet = packet(guide, &english(), &said, &result(guide, &said), &sharing, &stamp);
    let note = chart_note(&packet, guide.words(&english()));
    assert!(note.contains("- What happened?\n    I fell.\n    - Are you in danger? No danger\n"), "{note}");
    assert!(note.contains("- Which medicines do you take?\n    Zoloft, 50 mg\n    Advil\n"), "{note}");
}

// "Not sure" beside what is typed.

#[test]
fn not_sure_beside_a_number_is_unknown_and_raises_what_it_says() {
    let unsure = outcome(r#"{"mass": "not-sure"}"#);
    let said = rules(&unsure);
    assert!(said.contains(&("mass.not-sure", Level::Review)), "{said:?}");
    assert!(
        said.contains(&("heavy", Level::Review)),
        "a rule over an unknown number asks for a talk: {said:?}"
    );
    assert!(said.contains(&("mass.not-sure", Level::Review)));
    let reading = outcome(r#"{"reading": "not-sure"}"#);
    assert!(rules(&reading).contains(&("reading_high", Level::Review)));
    assert!(outcome(r#"{"story": "rather-not-say"}"#).crisis);
    assert_eq!(rules(&outcome(r#"{"meds": "not-sure"}"#)), [("meds.not-sure", Level::Review)]);
    assert_eq!(said_of("visit", "not-sure"), "I do not know yet");
}

fn said_of(id: &str, choice: &str) -> String {
    said(id, &one(choice))
}

#[test]
fn not_sure_and_what_is_typed_stand_for_one_another() {
    let mut person = Person::arrives_at(Folder::kinds());
    person.does(AskedToChange("mass".into())).types(0, "70").types(1, "kg");
    person.ticks("mass", "not-sure");
    assert_eq!(person.answer("mass"), Some(&one("not-sure")));
    assert_eq!(person.session.fields, [""; 0], "nothing typed stands beside it");
    person.ticks("mass", "rather-not-say");
    assert_eq!(person.answer("mass"), Some(&one("rather-not-say")), "one of the two");
    person.ticks("mass", "rather-not-say");
    assert_eq!(person.answer("mass"), None);
    assert_eq!(person.session.fields, ["70", "kg"], "what was typed is there again");
    person.ticks("mass", "not-sure").types(0, "8");
    assert_eq!(person.answer("mass"), None, "who types is not unsure");
    person.types(0, "80").types(1, "kg").goes_on();
    assert_eq!(person.answer("mass"), Some(&Answer::Number(80.0)));
    person.does(AskedToChange("mass".into()));
    assert_eq!(person.session.fields, ["80", "kg"]);
    person.ticks("mass", "not-sure").goes_on();
    assert_eq!(person.answer("mass"), Some(&one("not-sure")));
    assert_ne!(person.session.screen, Screen::Question("mass".into()), "it is an answer to go on with");
}

#[test]
fn a_crisis_choice_beside_a_text_opens_help_at_once() {
    let mut person = Person::arrives_at(Folder::kinds());
    person.does(AskedToChange("story".into())).types(0, "I").ticks("story", "rather-not-say");
    assert!(person.session.help_open);
    assert_eq!(person.focus(), Some(&Target::Help));
}

#[test]
fn a_question_that_is_typed_into_takes_only_unsure_choices() {
    for (old, new, what) in [
        (
            "unsure_choices = [{ id = \"not-sure\" }]",
            "unsure_choices = [{ id = \"not-sure\", exclusive = false }]",
            "always unsure",
        ),
        (
            "id = \"smoke\"\n",
            "id = \"smoke\"\nunsure_choices = [{ id = \"no-idea\" }]\n",
            "has no `unsure_choices`",
        ),
    ] {
        let errors = Folder::kinds().replaced("screening.toml", old, new).errors();
        assert!(errors.iter().any(|problem| problem.what.contains(what)), "{new}: {errors:?}");
    }
}

// Lists.

#[test]
fn a_field_of_an_entry_takes_as_many_letters_as_it_says() {
    let Kind::List(list) = &question("meds").kind else { panic!("a list") };
    let typed = |letters: usize| list.entry(&fields(&["Zoloft", &"é".repeat(letters)]));
    assert_eq!(typed(20), Ok(entry("Zoloft", &"é".repeat(20))));
    assert_eq!(typed(21), Err((1, TooLong)));
}

fn entry(name: &str, dose: &str) -> Vec<(PartId, String)> {
    let mut entry = vec![(PartId::from("name"), name.to_owned())];
    if !dose.is_empty() {
        entry.push((PartId::from("dose"), dose.to_owned()));
    }
    entry
}

#[test]
fn entries_are_added_changed_and_taken_out_each_said_and_focused() {
    let mut person = Person::arrives_at(Folder::kinds());
    let announced = |words: &str| Effect::Announce(words.to_owned());
    let focus = |id: &str| Effect::Focus(Target::Field(id.to_owned()));
    person.does(AskedToChange("meds".into())).types(0, " Zoloft ").types(1, "50 mg").does(PressedAddEntry);
    person.sees(&[announced("Added: Zoloft, 50 mg. You can add another, or continue."), focus("q-meds")]);
    assert_eq!(person.session.fields, [""; 0]);
    person.types(0, "Advil").does(PressedAddEntry);
    assert_eq!(
        person.answer("meds"),
        Some(&Answer::List(vec![entry("Zoloft", "50 mg"), entry("Advil", "")]))
    );
    person.does(AskedToChangeEntry(0)).sees(&[announced("Change Zoloft, 50 mg"), focus("q-meds")]);
    assert_eq!(person.session.fields, ["Zoloft", "50 mg"]);
    person.types(1, "100 mg").does(PressedAddEntry);
    person.sees(&[announced("Changed: Zoloft, 100 mg."), focus("q-meds-list")]);
    assert_eq!(
        person.answer("meds"),
        Some(&Answer::List(vec![entry("Zoloft", "100 mg"), entry("Advil", "")]))
    );
    person.does(RemovedEntry(0)).sees(&[announced("Removed: Zoloft, 100 mg."), focus("q-meds-list")]);
    person.does(RemovedEntry(5)).sees(&[]);
    person.does(RemovedEntry(0)).sees(&[announced("Removed: Advil."), focus("q-meds")]);
    assert_eq!(person.answer("meds"), None);
}

#[test]
fn continue_takes_what_is_typed_into_the_list_and_asks_for_what_is_missing() {
    let mut person = Person::arrives_at(Folder::kinds());
    person.does(AskedToChange("meds".into())).types(1, "50 mg").goes_on();
    assert_eq!(person.session.entry_error, Some((0, EntryNeeds)));
    person.sees(&[Effect::Focus(Target::ErrorSummary)]);
    let error = person.session.entry_error.unwrap();
    let words = person.session.words().entry_error(question("meds"), error, &person.session.fields, None);
    assert_eq!(words, "Medicine is missing. Fill it in, then add it.");
    person.types(0, "Zoloft").goes_on();
    assert_eq!(person.answer("meds"), Some(&Answer::List(vec![entry("Zoloft", "50 mg")])));
    assert_ne!(person.session.screen, Screen::Question("meds".into()));
    person.does(AskedToChange("meds".into())).does(AskedToChangeEntry(0)).types(1, "").goes_on();
    assert_eq!(person.answer("meds"), Some(&Answer::List(vec![entry("Zoloft", "")])));
    let mut other = Person::arrives_at(Folder::kinds());
    other.does(AskedToChange("meds".into())).goes_on();
    assert_eq!(other.answer("meds"), Some(&Answer::Blank), "it is optional");
}

#[test]
fn a_full_list_says_so_and_an_entry_in_the_fields_follows_its_place() {
    let mut person = Person::arrives_at(Folder::kinds());
    person.does(AskedToChange("meds".into()));
    for name in ["A", "B", "C"] {
        person.types(0, name).does(PressedAddEntry);
    }
    person.types(0, "D").does(PressedAddEntry);
    assert_eq!(person.session.entry_error, Some((0, ListFull)));
    person.does(AskedToChangeEntry(2)).does(RemovedEntry(0)).types(0, "Z").does(PressedAddEntry);
    assert_eq!(person.answer("meds"), Some(&Answer::List(vec![entry("B", ""), entry("Z", "")])));
    person.does(AskedToChangeEntry(1)).does(RemovedEntry(1));
    assert_eq!((person.session.editing, person.session.fields.len()), (None, 0));
}

#[test]
fn not_sure_beside_a_list_keeps_its_entries_in_case() {
    let mut person = Person::arrives_at(Folder::kinds());
    person.does(AskedToChange("meds".into())).types(0, "Zoloft").does(PressedAddEntry);
    let list = Some(Answer::List(vec![entry("Zoloft", "")]));
    person.ticks("meds", "not-sure");
    assert_eq!(person.answer("meds"), Some(&one("not-sure")));
    person.ticks("meds", "not-sure");
    assert_eq!(person.answer("meds"), list.as_ref());
    person.ticks("meds", "not-sure").types(0, "A");
    assert_eq!(person.answer("meds"), list.as_ref(), "a new entry joins the others");
}

#[test]
fn a_list_in_an_answers_file_is_objects() {
    let json = r#"{"meds":[{"name":"Zoloft","dose":"50 mg"},{"name":"Advil"}]}"#;
    let read = answers(kinds(), json);
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    let list = read.get(&QuestionId::from("meds")).unwrap();
    assert_eq!(said("meds", list), "Zoloft, 50 mg\nAdvil");
    for (json, words) in [
        ("[]", "the list is empty"),
        (r#"["Zoloft"]"#, "each entry must be an object"),
        (r#"[{"dose": "50 mg"}]"#, "`name` is missing."),
        (r#"[{"name": "A", "often": "daily"}]"#, "`often` is not one of `name`, `dose`."),
        (r#"[{"name": 5}]"#, "`name` must be a text in quotes."),
        (r#"[{"name": "A", "dose": "123456789012345678901"}]"#, "`dose` has more than 20 characters."),
        (r#"[{"name":"A"},{"name":"B"},{"name":"C"},{"name":"D"}]"#, "there are more than 3 entries."),
        (r#""Zoloft""#, "the answer must be a list"),
    ] {
        let (read, problems) = Answers::from_json(kinds(), &format!(r#"{{"meds": {json}}}"#));
        assert!(read.is_empty());
        assert!(problems[0].contains(words), "{json}: {problems:?}");
    }
}

// Content files.

#[test]
fn a_slip_in_these_questions_is_said_with_its_line() {
    for (old, new, what) in [
        ("{ id = \"kg\", per = 1 }", "{ id = \"kg\", per = 2 }", "`per` must be 1"),
        ("per = 0.45359237", "per = 0", "must be above zero"),
        ("per = 0.45359237", "per = \"half\"", "must be a number"),
        ("id = \"lb\", per", "id = \"kg\", per", "`kg` is there twice"),
        ("  { id = \"lb\", per = 0.45359237 },\n", "", "fewer than two `units`"),
        (
            "least = 30\nmost = 300\nunits",
            "unit = \"lb\"\nleast = 30\nmost = 300\nunits",
            "the first of `units` is another one",
        ),
        ("earliest = 1900-01-01", "earliest = \"soon\"", "must be a date such as"),
        ("earliest = 1900-01-01", "earliest = \"today 30\"", "must be a date such as"),
        ("earliest = \"today+1\"", "earliest = \"today+91\"", "`latest` is before `earliest`"),
        ("after = 2008-01-01", "after = \"today\"", "cannot go by today"),
        ("after = 2008-01-01", "at-least = 18", "Use `before` or `after`"),
        ("long = true\nmost = 60", "long = true\nmost = 0", "a whole number from 1"),
        ("long = true\nmost = 60", "long = \"yes\"", "must be `true` or `false`"),
        (
            "{ id = \"dose\", kind = \"text\", most = 20 }",
            "{ id = \"name\" }",
            "The field `name` is there twice.",
        ),
        ("{ id = \"name\", kind = \"text\" }", "{ id = \"name\", kind = \"number\" }", "takes a text"),
    ] {
        let problems = Folder::kinds().replaced("screening.toml", old, new).errors();
        let found =
            problems.iter().find(|problem| problem.what.contains(what) || problem.remedy.contains(what));
        let problem = found.unwrap_or_else(|| panic!("{new}: {problems:?}"));
        assert!(
            problem.file == "screening.toml" && problem.line > 97 && !problem.remedy.is_empty(),
            "{problem}"
        );
    }
}

#[test]
fn words_for_a_unit_or_a_field_that_is_not_there_are_said() {
    for (old, new) in
        [("kg = \"kilograms\"", "stone = \"stones\""), ("dose = \"How much\"", "doze = \"How much\"")]
    {
        let problems = Folder::kinds().replaced("en/screening.toml", old, new).errors();
        assert!(problems.iter().any(|problem| problem.what.contains("which does not exist")), "{problems:?}");
    }
}

#[test]
fn a_clinic_loosens_nothing_of_a_safety_question() {
    let folder =
        Folder::kinds().replaced("screening.toml", "id = \"heavy\"\n", "id = \"heavy\"\nfloor = true\n");
    for (line, stays) in [
        ("most = 400", true),
        ("units = [{ id = \"kg\", per = 1 }, { id = \"lb\", per = 0.1 }]", true),
        ("unsure_choices = [{ id = \"not-sure\", unsure = false }]", true),
        ("unsure_choices = [{ id = \"skip\" }]", true),
        ("unsure_choices = [{ id = \"skip\", level = \"note\" }]", true),
        ("unsure_choices = [{ id = \"not-sure\", level = \"stop\" }]", false),
    ] {
        let own = format!("[[question]]\nid = \"mass\"\n{line}\n");
        let with = folder.clone().with("clinic:screening.toml", own);
        let refused =
            with.parse().1.into_iter().any(|problem| {
                problem.severity == Severity::Error && problem.file == "clinic:screening.toml"
            });
        assert_eq!(refused, stays, "{line}");
        let kind = |guide: &anteroom::engine::guide::Guide| {
            let question = guide.question(&"mass".into()).unwrap();
            (question.kind.clone(), question.unsure_choices.clone())
        };
        assert_eq!(kind(&with.guide()) == kind(&folder.guide()), stays, "{line}");
    }
    let looser = "[[question]]\nid = \"born\"\nlatest = \"today+9\"\n[[question]]\nid = \"story\"\nlong = false\n\
                  [[question]]\nid = \"meds\"\nmost = 50\nentry = [{ id = \"x\" }]\n";
    let with = folder.clone().with("clinic:screening.toml", looser);
    for id in ["born", "story", "meds"] {
        let kind = |guide: anteroom::engine::guide::Guide| guide.question(&id.into()).unwrap().kind.clone();
        assert_eq!(kind(with.guide()), kind(folder.guide()), "{id}");
    }
}

// Answers that stay, and progress that is honest.

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_answer_is_written_and_read_again(dice in prop::collection::vec(any::<u64>(), 20)) {
        let answers = full_answers(kinds(), &dice);
        let json = serde_json::to_string(&answers).unwrap();
        let (read, problems) = Answers::from_json_on(kinds(), &json, Some(TODAY));
        prop_assert_eq!(problems, Vec::<String>::new());
        prop_assert_eq!(read, answers);
    }

    /// Through the session, as a person does it: each question answered, one changed, all others as they were.
    #[test]
    fn changing_any_answer_keeps_all_others(
        dice in prop::collection::vec(any::<u64>(), 70), place in 0_usize..70, new in any::<u64>(), shipped_one in any::<bool>(),
    ) {
        let guide = if shipped_one { shipped() } else { kinds() };
        let answers = full_answers(guide, &dice);
        let question = &guide.questions[place % guide.questions.len()];
        let after = changed(&answers, &question.id, any_answer(question, new));
        for (id, answer) in answers.iter().filter(|(id, _)| **id != question.id) {
            prop_assert_eq!(after.get(id), Some(answer));
        }
        // What no longer applies is not counted: without it the result is the same.
        let mut counted = Answers::default();
        for asked in journey(guide, &after).asked {
            if let Some(answer) = after.get(&asked.id) {
                counted.set(asked.id.clone(), answer.clone());
            }
        }
        prop_assert_eq!(result(guide, &counted), result(guide, &after));
    }

    #[test]
    fn progress_never_runs_backwards_by_answering(
        dice in prop::collection::vec(any::<u64>(), 70), which in 0_usize..3,
    ) {
        let branching = branching();
        let guide = [shipped(), kinds(), &branching][which];
        let mut answers = Answers::default();
        let mut before = (0, 1);
        for dice in dice {
            let journey = journey(guide, &answers);
            let Some(next) = journey.next.clone() else { break };
            let (number, total) = journey.step(&next);
            prop_assert!(number <= total);
            // number / total, the share that is reached, without a fraction.
            prop_assert!(number * before.1 > before.0 * total, "{before:?} then {number} of {total}");
            before = (number, total);
            answers.set(next.clone(), any_answer(guide.question(&next).unwrap(), dice));
        }
    }
}

/// A guide in which one answer opens many questions, by every sort of condition.
fn branching() -> anteroom::engine::guide::Guide {
    let mut text = Folder::kinds().text("screening.toml");
    let conditions = [
        "{ question = \"smoke\", answered = true }",
        "{ not = { question = \"smoke\", answered = true } }",
        "{ question = \"more0\", is = \"yes\" }",
        "{ all = [{ question = \"more1\", answered = true }, { question = \"mass\", at-least = 80 }] }",
        "{ question = \"more2\", answered = true }",
        "{ question = \"born\", after = 1990-01-01 }",
        "{ question = \"mass\", is = \"not-sure\" }",
    ];
    for (place, condition) in conditions.iter().enumerate() {
        text += &format!(
            "\n[[question]]\nid = \"more{place}\"\nsection = \"health\"\nkind = \"one\"\nask_if = {condition}\n\
             choices = [{{ id = \"no\" }}, {{ id = \"yes\" }}]\n"
        );
    }
    let guide = Folder::kinds().with("screening.toml", text).guide();
    assert_eq!(
        guide.questions.iter().filter(|question| question.ask_if.is_some()).count(),
        conditions.len() + 1
    );
    guide
}

#[test]
fn the_number_of_questions_counts_what_an_open_answer_may_call_for() {
    let guide = branching();
    let none = Answers::default();
    let journey = journey(&guide, &none);
    assert_eq!(journey.step(&"danger".into()), (1, guide.questions.len()));
    assert_eq!(guide.words(&english()).say(Say::QuestionProgress), "Question {number} of {total}");
}
