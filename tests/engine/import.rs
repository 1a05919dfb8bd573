//! FHIR Questionnaires of others as guide files: what is carried, what is said, and that nothing panics.

use std::collections::BTreeMap;

use anteroom::engine::map::Set;

use anteroom::engine::guide::import::{Imported, import};
use anteroom::engine::guide::reader::Date;
use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::{self, Guide, paths};
use anteroom::engine::handoff::fhir::{questionnaire, translated};
use anteroom::engine::ids::{Lang, QuestionId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::journey::journey;
use anteroom::engine::screening::question::{Kind, Question};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::fhir::{filled_in, item};
use crate::support::random::{Dice, Sort, sources};
use crate::support::{TODAY, any_answer, cases, english, kinds, one, several, small};

fn imports(text: &str) -> Imported {
    import(text, &Set::new()).unwrap()
}

fn refusal(text: &str) -> String {
    import(text, &Set::new()).unwrap_err()
}

/// The files with the settings that they need, as a folder of their own.
fn parsed(imported: &Imported) -> (Guide, Vec<Problem>) {
    let tags: Vec<&Lang> = std::iter::once(&imported.lang).chain(&imported.others).collect();
    let tags: Vec<&str> = tags.into_iter().map(Lang::as_str).collect();
    let settings = format!(
        "format = 1\n[guide]\nlanguages = {tags:?}\npages = []\n[clinic]\nname = \"A\"\nphone = \"+1 555 010 0199\"\n"
    );
    let mut files = vec![Source::new("settings.toml", settings)];
    files.extend(imported.files.iter().map(|(path, text)| Source::new(path, text.as_str())));
    let (guide, mut problems) = guide::parse(&files, Some(TODAY));
    problems.retain(|problem| problem.severity == Severity::Error);
    (guide, problems)
}

/// The guide of the files, in which no error may be but that a condition can never hold as it was.
#[track_caller]
fn sound(imported: &Imported) -> Guide {
    let (guide, mut problems) = parsed(imported);
    problems.retain(|problem| {
        !problem.what.contains("can never be asked") && !problem.what.contains("can never hold")
    });
    assert_eq!(problems, []);
    assert_eq!(guide.questions.len(), imported.questions);
    guide
}

fn file(name: &str) -> String {
    std::fs::read_to_string(format!("{}/tests/fhir/{name}.json", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn form(items: Value) -> String {
    json!({"resourceType": "Questionnaire", "language": "en", "title": "T", "status": "active", "item": items}).to_string()
}

fn said(imported: &Imported, link: &str) -> String {
    let notes = imported.notes.iter().filter(|note| note.item.as_deref() == Some(link));
    notes.map(|note| note.what.as_str()).collect::<Vec<_>>().join(" ")
}

fn condition(guide: &Guide, imported: &Imported, id: &str) -> String {
    assert!(guide.question(&id.into()).is_some(), "no question {id}");
    let text = &imported.files[0].1;
    let block = text.split("[[question]]").find(|block| block.contains(&format!("id = \"{id}\"\n"))).unwrap();
    block.lines().find_map(|line| line.strip_prefix("ask_if = ")).unwrap_or_default().to_owned()
}

#[test]
fn a_phq_9_as_lhc_forms_writes_it_is_read() {
    let imported = imports(&file("phq9"));
    let guide = sound(&imported);
    let ids: Vec<&str> = guide.questions.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids.len(), 10);
    assert_eq!((ids[0], ids[9]), ("44250-9", "69722-7"));
    let first = &guide.questions[0];
    assert_eq!(
        first.choices().iter().map(|choice| choice.id.as_str()).collect::<Vec<_>>(),
        ["la6568-5", "la6569-3", "la6570-1", "la6571-9"]
    );
    assert!(said(&imported, "/44250-9").contains("count (0, 1, 2, 3)"));
    assert!(said(&imported, "/44261-6").contains("only be read"));
    let any = condition(&guide, &imported, "69722-7");
    assert!(any.starts_with("{ any = [{ question = \"44255-8\", is-not = \"la6568-5\" }, "), "{any}");
    assert_eq!(any.matches("is-not").count(), 8);
    // With one test that cannot be said, and any of them being enough, everyone is asked.
    let unsaid = imports(&file("phq9").replacen("\"operator\": \"!=\"", "\"operator\": \">\"", 1));
    assert_eq!(condition(&sound(&unsaid), &unsaid, "69722-7"), "");
    assert!(said(&unsaid, "/69722-7").contains("asked of more people"));
    assert!(guide.words(&english()).section(&guide.sections[0]).intro.starts_with("Over the last 2 weeks"));
}

#[test]
fn nested_groups_and_every_type_are_read() {
    let imported = imports(&file("nested"));
    let guide = sound(&imported);
    let kinds: Vec<(&str, &str)> =
        guide.questions.iter().map(|question| (question.id.as_str(), question.kind.name())).collect();
    assert_eq!(
        kinds,
        [
            ("1-1", "text"),
            ("1-2", "date"),
            ("1-3", "number"),
            ("1-4-1", "one"),
            ("1-4-2", "text"),
            ("1-4-3", "text"),
            ("1-5", "number"),
            ("2-1", "one"),
            ("2-1-1", "text"),
            ("2-2", "several"),
            ("2-3", "date"),
            ("3", "list"),
        ]
    );
    let group = "{ any = [{ not = { question = \"1-5\", at-most = 2 } }, { question = \"1-3\", at-least = 136.077711 }, \
                 { question = \"1-2\", before = 1960-01-01 }] }";
    assert_eq!(condition(&guide, &imported, "2-1"), group);
    assert_eq!(condition(&guide, &imported, "1-4-2"), "{ question = \"1-4-1\", is = \"yes\" }");
    let inner = condition(&guide, &imported, "2-1-1");
    for part in [group, "{ question = \"2-1\", answered = true }", "{ question = \"2-1\", is = \"yes\" }"] {
        assert!(inner.contains(part), "{inner}");
    }
    assert!(
        condition(&guide, &imported, "2-3").contains("{ not = { question = \"2-2\", includes = \"none\" } }")
    );
    let words = guide.words(&english());
    assert_eq!(words.question(&"2-1".into()).why, "A reading from home counts.");
    assert_eq!(words.question(&"1-5".into()).ask, "5. How many children live with you?");
    assert_eq!(words.section(&"1".into()).title, "About you");
    assert_eq!(words.section(&"1-4".into()).title, "Contact");
    for (link, why) in [
        ("4", "A file cannot be given"),
        ("5", "link to something"),
        ("6", "hidden"),
        ("7", "No question follows"),
        ("1.5", "filled in beforehand"),
        ("1.3", "stone"),
    ] {
        assert!(said(&imported, link).contains(why), "{link}: {}", said(&imported, link));
    }
}

#[test]
fn a_single_choice_gets_one_beside_it_that_says_something_else() {
    for (only, beside) in [("I agree", "No"), ("No", "Yes"), ("no", "Yes")] {
        let options = json!([{ "valueString": only }]);
        let item = json!([{ "linkId": "1", "type": "choice", "text": "Agreed?", "answerOption": options }]);
        let imported = imports(&form(item));
        assert_eq!(sound(&imported).questions[0].choices().len(), 2, "{only}");
        assert_eq!(
            said(&imported, "1"),
            format!("It has a single choice, so `{beside}` stands beside it here.")
        );
    }
}

#[test]
fn contained_lists_of_choices_are_read() {
    let imported = imports(&file("value-sets"));
    let guide = sound(&imported);
    assert_eq!(imported.lang.as_str(), "es-MX");
    let choices = |id: &str| -> Vec<String> {
        guide.question(&id.into()).unwrap().choices().iter().map(|choice| choice.id.to_string()).collect()
    };
    assert_eq!(choices("alcohol-frecuencia"), ["never", "some", "daily"]);
    assert_eq!(choices("alcohol_frecuencia"), ["beer", "wine"]);
    assert_eq!(
        condition(&guide, &imported, "alcohol_frecuencia"),
        "{ question = \"alcohol-frecuencia\", is-not = \"never\" }"
    );
    assert_eq!(guide.question(&"alcohol-frecuencia-2".into()).unwrap().kind.name(), "text");
    assert_eq!(guide.words(&imported.lang).question(&"ok".into()).choice(&"yes".into()), "Sí");
}

#[test]
fn each_operator_is_carried_to_each_kind_that_has_it() {
    let items = json!([
        {"linkId": "b", "type": "boolean", "text": "B"},
        {"linkId": "n", "type": "decimal", "text": "N"},
        {"linkId": "d", "type": "date", "text": "D"},
        {"linkId": "t", "type": "string", "text": "T"},
        {"linkId": "x", "type": "string", "text": "X", "enableWhen": []},
    ]);
    for (question, operator, key, answer, wanted) in [
        ("b", "=", "answerBoolean", json!(true), r#"{ question = "b", is = "yes" }"#),
        ("b", "!=", "answerBoolean", json!(false), r#"{ question = "b", is-not = "no" }"#),
        ("b", "exists", "answerBoolean", json!(true), r#"{ question = "b", answered = true }"#),
        ("b", "exists", "answerBoolean", json!(false), r#"{ not = { question = "b", answered = true } }"#),
        ("n", ">", "answerDecimal", json!(3.5), r#"{ not = { question = "n", at-most = 3.5 } }"#),
        ("n", "<", "answerInteger", json!(3), r#"{ not = { question = "n", at-least = 3 } }"#),
        ("n", ">=", "answerDecimal", json!(3), r#"{ question = "n", at-least = 3 }"#),
        ("n", "<=", "answerDecimal", json!(3), r#"{ question = "n", at-most = 3 }"#),
        ("n", "=", "answerDecimal", json!(3), r#"{ question = "n", between = [3, 3] }"#),
        ("n", "!=", "answerDecimal", json!(3), r#"{ not = { question = "n", between = [3, 3] } }"#),
        ("d", ">", "answerDate", json!("2020-01-01"), r#"{ question = "d", after = 2020-01-01 }"#),
        ("d", "<=", "answerDate", json!("2020-01-01"), r#"{ not = { question = "d", after = 2020-01-01 } }"#),
        ("t", "exists", "answerBoolean", json!(true), r#"{ question = "t", answered = true }"#),
        // Lost, each with a sentence.
        ("t", "=", "answerString", json!("yes"), ""),
        ("b", ">", "answerBoolean", json!(true), ""),
        ("nowhere", "=", "answerBoolean", json!(true), ""),
        ("x", "=", "answerString", json!("x"), ""),
    ] {
        let mut items = items.clone();
        items[4]["enableWhen"] = json!([{"question": question, "operator": operator, key: answer}]);
        let imported = imports(&form(items));
        assert_eq!(condition(&sound(&imported), &imported, "x"), wanted, "{question} {operator}");
        assert_eq!(said(&imported, "x").is_empty(), !wanted.is_empty(), "{question} {operator}");
    }
}

#[test]
fn items_that_wait_for_each_other_are_asked_and_it_is_said() {
    let wait = |link: &str, on: &str| json!({"linkId": link, "type": "boolean", "text": link, "enableWhen": [{"question": on, "operator": "=", "answerBoolean": true}]});
    let imported = imports(&form(json!([wait("a", "b"), wait("b", "a"), wait("c", "c")])));
    let guide = sound(&imported);
    assert_eq!(condition(&guide, &imported, "a"), "");
    assert_eq!(condition(&guide, &imported, "b"), "{ question = \"a\", is = \"yes\" }");
    assert!(said(&imported, "a").contains("only later") && said(&imported, "c").contains("the item itself"));
}

#[test]
fn ids_are_made_valid_and_unique() {
    let links = ["/A.1", "a-1", "Ä ö", "", "x".repeat(300).as_str(), "no\u{202e}no"].map(str::to_owned);
    let items: Vec<Value> = links
        .iter()
        .chain(&links)
        .map(|link| json!({"linkId": link, "type": "string", "text": "T"}))
        .collect();
    let guide = sound(&imports(&form(json!(items))));
    let ids: Set<&QuestionId> = guide.questions.iter().map(|question| &question.id).collect();
    assert_eq!(ids.len(), 12);
    let taken = Set::from(["a-1".to_owned(), "questions".to_owned()]);
    let beside = import(&form(json!([{"linkId": "a-1", "type": "string", "text": "T"}])), &taken).unwrap();
    assert_eq!(sound(&beside).questions[0].id.as_str(), "a-1-2");
    assert_eq!(sound(&beside).sections[0].as_str(), "questions-2");
}

#[test]
fn what_is_no_questionnaire_of_r4_is_refused_in_a_sentence() {
    let deep = format!("{}{}", "[".repeat(500), "]".repeat(500));
    let nest = |depth: usize| {
        let start = r#"{"linkId":"a","type":"group","item":["#.repeat(depth);
        format!(r#"{{"resourceType":"Questionnaire","item":[{start}{}]}}"#, "]}".repeat(depth))
    };
    for (text, sentence) in [
        ("", "The file is empty"),
        ("{\"resourceType\": \"Questionnaire\",", "The end of the file is missing"),
        ("{\"resourceType\": Questionnaire}", "not JSON (line 1, column 18)"),
        ("{}\n{}", "something follows in line 2"),
        ("<?xml version=\"1.0\"?><Questionnaire xmlns=\"http://hl7.org/fhir\"/>", "This is XML"),
        ("<!DOCTYPE html><title>Sign in</title>", "a web page"),
        ("[]", "no `resourceType`"),
        ("null", "no `resourceType`"),
        (deep.as_str(), "nested too deeply"),
        (nest(3000).as_str(), "nested too deeply"),
        (r#"{"resourceType": "Patient"}"#, "This is a FHIR Patient"),
        (r#"{"resourceType": "Bundle", "entry": []}"#, "holds no Questionnaire"),
        (r#"{"resourceType": "Questionnaire"}"#, "nothing to write"),
        (
            r#"{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "display", "text": "A"}]}"#,
            "nothing to write",
        ),
        (r#"{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "coding"}]}"#, "FHIR R5"),
        (r#"{"resourceType": "Questionnaire", "copyrightLabel": "A"}"#, "FHIR R5"),
        (
            r#"{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "choice", "option": []}]}"#,
            "FHIR STU3",
        ),
        (
            r#"{"resourceType": "Questionnaire", "item": [{"linkId": "a", "type": "string", "enableWhen": [{"question": "b", "hasAnswer": true}]}]}"#,
            "FHIR STU3",
        ),
    ] {
        let said = refusal(text);
        assert!(said.contains(sentence) && said.ends_with('.'), "{said}");
    }
    // Deep, but not absurdly so.
    let deepest =
        nest(20).replace("\"item\":[]", "\"item\":[{\"linkId\":\"q\",\"type\":\"string\",\"text\":\"Q\"}]");
    assert_eq!(imports(&deepest).questions, 1);
}

#[test]
fn the_questionnaire_of_a_bundle_is_read() {
    let bundle = json!({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient"}}, {"resource": serde_json::from_str::<Value>(&file("nested")).unwrap()}]});
    assert_eq!(imports(&bundle.to_string()), imports(&file("nested")));
}

#[test]
fn ten_thousand_items_are_read() {
    let items: Vec<Value> = (0..10_000)
        .map(|place| json!({"linkId": format!("i{place}"), "type": "boolean", "text": "T", "enableWhen": [{"question": format!("i{}", place / 2), "operator": "=", "answerBoolean": true}]}))
        .collect();
    let imported = imports(&form(json!(items)));
    assert_eq!(imported.questions, 10_000);
    assert_eq!(imported.notes.len(), 1, "the first waits for itself");
}

/// What an export and an import must leave as it was.
fn shape(question: &Question) -> Value {
    let choices = |alone: bool| -> Vec<Value> {
        question.choices().iter().map(|choice| json!([choice.id, alone && choice.exclusive])).collect()
    };
    let rest = match &question.kind {
        Kind::One(_) => json!(choices(false)),
        Kind::Several(_) => json!(choices(true)),
        Kind::Number(bounds) => json!([
            bounds.unit,
            bounds.least,
            bounds.most,
            bounds.units.iter().map(|unit| &unit.id).collect::<Vec<_>>(),
            choices(true)
        ]),
        Kind::Pair(parts) => json!([
            parts.each_ref().map(|part| json!([
                part.id,
                part.bounds.unit,
                part.bounds.least,
                part.bounds.most
            ])),
            choices(true)
        ]),
        Kind::Date(days) => json!([format!("{days:?}"), choices(true)]),
        Kind::Text(letters) => json!([letters.long, letters.most, choices(true)]),
        Kind::List(entries) => json!([
            entries.most,
            entries
                .fields
                .iter()
                .map(|field| json!([field.id, field.required, field.most]))
                .collect::<Vec<_>>(),
            choices(true)
        ]),
    };
    json!([question.id, question.section, question.kind.name(), question.required, rest])
}

/// Words as they are after a journey through FHIR, in which control characters have no place.
fn plain(words: &str) -> String {
    let words: String =
        words.chars().filter(|letter| !letter.is_control() || letter.is_whitespace()).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn there_and_back(guide: &Guide) -> Guide {
    let exported = questionnaire(guide, &english(), "").resource.to_text();
    let again = sound(&imports(&exported));
    let shapes = |guide: &Guide| -> Vec<Value> { guide.questions.iter().map(shape).collect() };
    assert_eq!(shapes(guide), shapes(&again));
    let (old, new) = (guide.words(&english()), again.words(&english()));
    for question in &guide.questions {
        let (one, other) = (old.question(&question.id), new.question(&question.id));
        assert_eq!(
            (plain(&one.ask), plain(&one.hint), plain(&one.why)),
            (plain(&other.ask), plain(&other.hint), plain(&other.why))
        );
        for choice in question.choices() {
            assert_eq!(plain(one.choice(&choice.id)), plain(other.choice(&choice.id)));
        }
    }
    again
}

#[test]
fn our_own_guides_come_back() {
    there_and_back(small());
    there_and_back(kinds());
    // The items of instruments stand in a file of their own, and their ids are the paths of their codes in FHIR.
    let bare = crate::support::Folder::shipped()
        .replaced("settings.toml", "on = [\"phq2\", \"gad2\"]", "on = []")
        .guide();
    let guide = there_and_back(&bare);
    let condition = &guide.question(&"medicine_list".into()).unwrap().ask_if;
    assert_eq!(condition, &bare.question(&"medicine_list".into()).unwrap().ask_if);
}

#[test]
fn what_is_translated_comes_back_in_every_language() {
    let mut guide = crate::support::Folder::shipped()
        .replaced("settings.toml", "on = [\"phq2\", \"gad2\"]", "on = []")
        .guide();
    let languages = guide.settings.languages.clone();
    assert!(languages.len() > 1);
    let mut forms: Vec<_> = languages
        .iter()
        .map(|lang| {
            guide.speak(lang);
            (lang.clone(), questionnaire(&guide, lang, "").resource)
        })
        .collect();
    let form = translated(forms.remove(0).1, &forms).to_text();
    let imported = imports(&form);
    assert_eq!((&imported.lang, &imported.others[..]), (&languages[0], &languages[1..]));
    let again = sound(&imported);
    for lang in &languages {
        let (old, new) = (guide.words(lang), again.words(lang));
        for question in &guide.questions {
            let (one, other) = (old.question(&question.id), new.question(&question.id));
            assert_eq!(
                (plain(&one.ask), plain(&one.hint), plain(&one.why)),
                (plain(&other.ask), plain(&other.hint), plain(&other.why))
            );
            assert_eq!(one.parts, other.parts);
            for choice in question.choices() {
                assert_eq!(plain(one.choice(&choice.id)), plain(other.choice(&choice.id)));
            }
        }
        for section in &again.sections {
            let (one, other) = (old.section(section), new.section(section));
            assert_eq!((&one.title, plain(&one.intro)), (&other.title, plain(&other.intro)));
        }
    }
    // What lacks a translation is said, and stands as it is.
    let mut form: Value = serde_json::from_str(&form).unwrap();
    form["item"][0].as_object_mut().unwrap().remove("_text");
    let whole = form.to_string();
    let imported = imports(&whole);
    assert!(imported.notes.iter().any(|note| note.what.contains("Not translated into `es`")));
}

#[test]
fn translations_change_no_id_and_markdown_is_plain_words() {
    let translation = |lang: &str, text: &str| json!({"url": "http://hl7.org/fhir/StructureDefinition/translation", "extension": [{"url": "lang", "valueCode": lang}, {"url": "content", "valueString": text}]});
    let markdown = |text: &str| json!({"url": "http://hl7.org/fhir/StructureDefinition/rendering-markdown", "valueMarkdown": text});
    let imported = imports(&form(json!([
        {"linkId": "a", "type": "choice", "text": "Which?", "_text": {"extension": [translation("fr", "Lequel ?"), translation("not a tag", "x")]},
         "answerOption": [
            {"valueCoding": {"display": "Red", "_display": {"extension": [translation("fr", "Rouge")]}}},
            {"valueCoding": {"display": "Blue"}}]},
        {"linkId": "b", "type": "string", "_text": {"extension": [markdown("How **much**?\n\n- [see](https://a.example)\n- two")]}},
        {"linkId": "c", "type": "string", "text": "*Why*?", "_text": {"extension": [markdown("*Why*?"), translation("fr", "*Pourquoi* ?")]}},
        {"linkId": "d", "type": "string", "text": "Plain", "_text": {"extension": [markdown("**Plain**")]}},
    ])));
    assert_eq!(imported.others, [Lang::from("fr")]);
    let guide = sound(&imported);
    let asked = |lang: &str, id: &str| guide.words(&lang.into()).question(&id.into()).ask.clone();
    assert_eq!(asked("fr", "a"), "Lequel ?");
    assert_eq!(asked("en", "b"), "How much?\n- see (https://a.example)\n- two");
    assert_eq!((asked("en", "c"), asked("fr", "c")), ("Why?".to_owned(), "Pourquoi ?".to_owned()));
    assert_eq!(asked("en", "d"), "Plain");
    let french = guide.words(&"fr".into()).question(&"a".into());
    assert_eq!([french.choice(&"red".into()), french.choice(&"blue".into())], ["Rouge", "Blue"]);
    let said: Vec<&str> = imported.notes.iter().map(|note| note.what.as_str()).collect();
    assert!(said.iter().any(|what| what.contains("Markdown there")), "{said:?}");
    assert!(
        said.iter().any(|what| what.starts_with("Not translated into `fr`, and as in `en` there: 2 texts")),
        "{said:?}"
    );
}

#[test]
fn what_is_denied_is_not_said_of_a_question_that_more_are_asked() {
    // Its `q1` waits for what FHIR cannot say, `q3` for `q1`, and `q5` for no answer to `q3`.
    let guide = guide::parse(&sources(8_404_973_513_700_590_073, 6, Sort::Any), Some(TODAY)).0;
    let exported = questionnaire(&guide, &english(), "");
    assert!(exported.asked_of_more.contains(&"q5".into()), "{:?}", exported.asked_of_more);
    assert!(guide.questions[5].ask_if.is_some());
    let again = imports(&exported.resource.to_text());
    assert_eq!(condition(&guide, &again, "q5"), "");
    // Its `q3` waits for what FHIR cannot say, and `q4` for another answer than one to `q3`.
    let guide = guide::parse(&sources(5_099_221_428_094_084_423, 5, Sort::Any), Some(TODAY)).0;
    let exported = questionnaire(&guide, &english(), "");
    assert_eq!(exported.asked_of_more, ["q3".into(), "q4".into()]);
}

/// Something that looks like a Questionnaire, with anything anywhere.
fn wild(dice: &mut Dice, depth: usize) -> Value {
    let scalar = |dice: &mut Dice| match dice.below(9) {
        0 => json!(null),
        1 => json!(dice.one_in(2)),
        2 => json!(dice.below(100)),
        3 => json!(-1.5e300),
        4 => json!("2026-02-31"),
        5 => json!(""),
        6 => {
            json!({"code": dice.word(&["a", "kg", "{x}", ""]), "display": "D {name} \u{1}\"", "system": "http://unitsofmeasure.org", "value": dice.below(9)})
        }
        7 => json!([dice.below(3), "x"]),
        _ => json!(dice.word(&[
            "a",
            "b",
            "a/unsure",
            "a.b",
            "{clinic.name}",
            "\"\"\"",
            "ÄÖ",
            "today() + 3 days"
        ])),
    };
    let mut item = serde_json::Map::new();
    let types = [
        "group",
        "display",
        "boolean",
        "choice",
        "open-choice",
        "integer",
        "decimal",
        "quantity",
        "date",
        "dateTime",
        "time",
        "string",
        "text",
        "url",
        "attachment",
        "reference",
        "wrong",
    ];
    item.insert(
        "linkId".to_owned(),
        json!(dice.word(&["a", "b", "c", "a.b", "a/unsure", "/1-2", "section/x", "", "Ä"])),
    );
    item.insert("type".to_owned(), json!(dice.word(&types)));
    for key in [
        "text",
        "prefix",
        "required",
        "repeats",
        "maxLength",
        "enableBehavior",
        "answerValueSet",
        "readOnly",
        "initial",
        "code",
    ] {
        if dice.one_in(3) {
            item.insert(
                key.to_owned(),
                if key == "text" && dice.one_in(2) { json!("Words") } else { scalar(dice) },
            );
        }
    }
    if dice.one_in(2) {
        let options: Vec<Value> = (0..dice.below(5))
            .map(|_| json!({dice.word(&["valueCoding", "valueString", "valueInteger", "valueReference"]): scalar(dice), "extension": scalar(dice)}))
            .collect();
        item.insert("answerOption".to_owned(), json!(options));
    }
    if dice.one_in(3) {
        let tests: Vec<Value> = (0..dice.below(3)).map(|_| json!({
            "question": dice.word(&["a", "b", "c", "a.b", "a/unsure", "nowhere"]),
            "operator": dice.word(&["=", "!=", ">", "<", ">=", "<=", "exists", "like"]),
            dice.word(&["answerBoolean", "answerCoding", "answerDecimal", "answerDate", "answerQuantity", "other"]): scalar(dice),
        })).collect();
        item.insert("enableWhen".to_owned(), json!(tests));
    }
    if dice.one_in(2) {
        let extensions: Vec<Value> = (0..dice.below(4)).map(|_| {
            let name = dice.word(&["minValue", "maxValue", "questionnaire-unit", "questionnaire-unitOption", "questionnaire-maxOccurs",
                "questionnaire-hidden", "questionnaire-constraint", "sdc-questionnaire-enableWhenExpression", "other"]);
            let inner = json!([{"url": "key", "valueId": "first-is-greater"}, {"url": "cqf-calculatedValue", "valueExpression": {"expression": scalar(dice)}}]);
            json!({"url": format!("http://hl7.org/fhir/StructureDefinition/{name}"), "extension": inner.clone(), "_valueDate": {"extension": inner},
                dice.word(&["valueDecimal", "valueInteger", "valueDate", "valueCoding", "valueBoolean"]): scalar(dice)})
        }).collect();
        item.insert("extension".to_owned(), json!(extensions));
    }
    if depth < 4 && dice.one_in(2) {
        let below: Vec<Value> = (0..dice.below(4)).map(|_| wild(dice, depth + 1)).collect();
        item.insert("item".to_owned(), json!(below));
    }
    Value::Object(item)
}

/// A Questionnaire that is sound, whose items look at those before them.
fn conditional(dice: &mut Dice, size: usize) -> Value {
    fn test(dice: &mut Dice, before: &[(String, &str)]) -> Value {
        let (link, kind) = &before[dice.below(before.len())];
        let day = dice.word(&["2026-01-02", "2026-01-03", "2026-01-02T12:00:00Z"]);
        let (operators, key, answer): (&[&str], _, _) = match *kind {
            "boolean" => (&["=", "!=", "exists", ">"], "answerBoolean", json!(dice.one_in(2))),
            "choice" => {
                let code = dice.word(&["a", "b"]);
                (&["=", "!=", "exists", ">"], "answerCoding", json!({"code": code, "display": code}))
            }
            "decimal" => {
                (&["=", "!=", "<", "<=", ">", ">=", "exists"], "answerDecimal", json!(dice.below(4)))
            }
            "date" => (&["=", "!=", "<", "<=", ">", ">=", "exists"], "answerDate", json!(&day[..10])),
            "dateTime" => (&["=", "!=", "<", "<=", ">", ">=", "exists"], "answerDateTime", json!(day)),
            _ => (&["exists", "="], "answerString", json!("x")),
        };
        match dice.word(operators) {
            "exists" => json!({"question": link, "operator": "exists", "answerBoolean": dice.one_in(2)}),
            operator => json!({"question": link, "operator": operator, key: answer}),
        }
    }
    fn branch(
        dice: &mut Dice,
        left: &mut usize,
        before: &mut Vec<(String, &'static str)>,
        depth: usize,
    ) -> Value {
        *left -= 1;
        let kinds = ["group", "boolean", "choice", "choice", "decimal", "date", "dateTime", "string"];
        let kind = kinds[dice.below(kinds.len())];
        let link = format!("i{left}");
        let mut item = json!({"linkId": link, "text": "T", "type": kind, "required": dice.one_in(2)});
        if kind == "choice" {
            item["repeats"] = json!(dice.one_in(3));
            let codes = if dice.one_in(6) { &["a"][..] } else { &["a", "b", "c"] };
            item["answerOption"] =
                codes.iter().map(|code| json!({"valueCoding": {"code": code, "display": code}})).collect();
        }
        if !before.is_empty() && dice.one_in(2) {
            let tests = 1 + dice.below(2);
            item["enableWhen"] = (0..tests).map(|_| test(dice, before)).collect();
            item["enableBehavior"] = json!(dice.word(&["any", "all"]));
        }
        if dice.one_in(8) {
            let url = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-enableWhenExpression";
            item["extension"] = json!([{"url": url, "valueExpression": {"language": "text/fhirpath", "expression": "false"}}]);
        }
        if kind != "group" {
            before.push((link, kind));
        }
        let mut below = Vec::new();
        while depth < 3 && *left > 0 && dice.one_in(if kind == "group" { 1 } else { 5 }) && below.len() < 3 {
            below.push(branch(dice, left, before, depth + 1));
        }
        if !below.is_empty() {
            item["item"] = json!(below);
        }
        item
    }
    let (mut left, mut before, mut items) = (size, Vec::new(), Vec::new());
    while left > 0 {
        items.push(branch(dice, &mut left, &mut before, 0));
    }
    json!({"resourceType": "Questionnaire", "language": "en", "title": "T", "status": "active", "item": items})
}

proptest! {
    #![proptest_config(cases(200))]

    /// Of nobody is less asked than by the Questionnaire.
    #[test]
    fn no_question_is_hidden_that_the_questionnaire_asks(seed in any::<u64>(), size in 1..12_usize) {
        let mut dice = Dice::new(seed);
        let form = conditional(&mut dice, size);
        let Ok(imported) = import(&form.to_string(), &Set::new()) else { return Ok(()) };
        let guide = sound(&imported);
        let mut said = Answers::default();
        let mut would = BTreeMap::new();
        for question in &guide.questions {
            let id = question.id.clone();
            if !question.required && dice.one_in(2) {
                said.set(id, Answer::Blank);
                continue;
            }
            let [first, second] = [dice.below(4), dice.below(4)];
            let item = item(&form, id.as_str());
            let codes: Vec<Value> = item["answerOption"].as_array().into_iter().flatten().map(|option| option["valueCoding"].clone()).collect();
            let (answer, values) = match (&question.kind, item["type"].as_str().unwrap()) {
                (Kind::One(_), "boolean") => (one(if first < 2 { "yes" } else { "no" }), vec![json!(first < 2)]),
                (Kind::One(_), _) => {
                    // Beside a single choice stands one that is none there.
                    match codes.get(first % question.choices().len()) {
                        Some(code) => (one(code["code"].as_str().unwrap()), vec![code.clone()]),
                        None => (one(question.choices().last().unwrap().id.as_str()), Vec::new()),
                    }
                }
                (Kind::Several(_), _) => {
                    let places: Set<usize> = [first, second].into_iter().map(|place| place % codes.len()).collect();
                    let ticked: Vec<Value> = places.iter().map(|place| codes[*place].clone()).collect();
                    let ids: Vec<&str> = ticked.iter().map(|code| code["code"].as_str().unwrap()).collect();
                    (several(&ids), ticked)
                }
                (Kind::Number(_), _) => (Answer::Number(first as f64), vec![json!(first)]),
                (Kind::Date(_), kind) => {
                    let day = Date { year: 2026, month: 1, day: 1 + u8::try_from(first).unwrap() };
                    let hour = ["", "T08:00:00Z", "T16:00:00Z"][if kind == "date" { 0 } else { 1 + second % 2 }];
                    (Answer::Date(day), vec![json!(format!("{day}{hour}"))])
                }
                _ => (Answer::Text("x".to_owned()), vec![json!("x")]),
            };
            said.set(id, answer);
            if !values.is_empty() {
                would.insert(question.id.to_string(), values);
            }
        }
        let asked: Set<QuestionId> = journey(&guide, &said).asked.iter().map(|question| question.id.clone()).collect();
        for open_differs in [false, true] {
            let (_, shown) = filled_in(&form, &would, open_differs);
            for question in &guide.questions {
                prop_assert!(
                    asked.contains(&question.id) || !shown.contains(question.id.as_str()),
                    "{} is asked there and not here, with {would:?} in {form:#}, as {:#?}", question.id, guide.questions.iter().map(|question| (&question.id, &question.ask_if)).collect::<Vec<_>>()
                );
            }
        }
    }

    #[test]
    fn any_guide_comes_back(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>()) {
        let guide = guide::parse(&sources(seed, size, Sort::Any), Some(TODAY)).0;
        let again = there_and_back(&guide);
        let mut dice = Dice::new(said);
        let mut said = Answers::default();
        for question in &guide.questions {
            said.set(question.id.clone(), any_answer(question, dice.below(usize::MAX) as u64));
        }
        let asked: Set<QuestionId> = journey(&again, &said).asked.iter().map(|question| question.id.clone()).collect();
        for question in journey(&guide, &said).asked {
            prop_assert!(asked.contains(&question.id), "{} is asked by the guide and not after the journey", question.id);
        }
    }

    #[test]
    fn whatever_comes_is_read_or_refused_and_what_is_written_is_sound(seed in any::<u64>(), size in 0..9_usize) {
        let mut dice = Dice::new(seed);
        let items: Vec<Value> = (0..size).map(|_| wild(&mut dice, 0)).collect();
        match import(&form(json!(items)), &Set::new()) {
            Ok(imported) => {
                let guide = sound(&imported);
                let known: BTreeMap<&str, usize> = guide.questions.iter().map(|question| (question.id.as_str(), 1)).collect();
                prop_assert_eq!(known.len(), guide.questions.len());
                prop_assert!(imported.notes.iter().all(|note| note.what.ends_with('.')), "{:?}", imported.notes);
                prop_assert_eq!(paths::SCREENING, &imported.files[0].0);
            }
            Err(why) => prop_assert!(why.ends_with('.')),
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in ".{0,200}") {
        let _ = import(&text, &Set::new());
        let _ = import(&format!("{{\"resourceType\": \"Questionnaire\", \"item\": {text}}}"), &Set::new());
    }
}
