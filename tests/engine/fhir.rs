//! FHIR: the guide as a Questionnaire, a packet as a Bundle. What others say of them is in tests/e2e/fhir.spec.mjs.

use std::collections::{BTreeMap, BTreeSet};

use anteroom::engine::map::Set;
use std::sync::LazyLock;

use anteroom::engine::guide::{self, Guide};
use anteroom::engine::handoff::fhir::{Extra, Wanted, bundle, bundle_of, is_filed, questionnaire};
use anteroom::engine::handoff::packet::{
    Consent, Contact, Packet, PartOfDay, Sharing, Stamp, Weekday, packet,
};
use anteroom::engine::handoff::read::read;
use anteroom::engine::ids::{Lang, QuestionId};
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::journey::journey;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::Kind;
use anteroom::engine::screening::result::result;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::packets::{make, marked_guide};
use crate::support::random::{Dice, Sort, sources};
use crate::support::{
    Folder, TODAY, all_clear, answers, any_answer, cases, changed, english, full_answers, kinds, one, pair,
    several, shipped, small,
};

fn form(guide: &Guide) -> Value {
    let resource = questionnaire(guide, &english(), "").resource;
    serde_json::from_str(&resource.to_text()).unwrap()
}

fn bundled(guide: &Guide, packet: &Packet, wanted: &Wanted) -> Value {
    serde_json::from_str(&bundle(guide, packet, wanted).to_text()).unwrap()
}

fn everything() -> Wanted {
    Wanted { base: "https://clinic.example/fhir".to_owned(), include: Extra::ALL.to_vec(), transaction: true }
}

/// All answers shared, by somebody who left a name and a phone number.
fn shared(guide: &Guide, answers: &Answers) -> Packet {
    let sharing = Sharing {
        answers: guide.questions.iter().map(|question| question.id.clone()).collect(),
        contact: Contact {
            name: "Sam".to_owned(),
            phone: "+1 555 010 0101".to_owned(),
            best_time: "Mornings".to_owned(),
            ..Contact::default()
        },
        consents: [Consent::ShareAnswers, Consent::ContactByPhone].into(),
        ..Sharing::default()
    };
    let stamp = Stamp { reference: "K7Q-4MD".to_owned(), created: "2026-11-21T10:00:00Z".to_owned() };
    packet(guide, &english(), answers, &result(guide, answers), &sharing, &stamp)
}

fn resources<'b>(bundle: &'b Value, kind: &str) -> Vec<&'b Value> {
    let entries = bundle["entry"].as_array().unwrap().iter();
    entries.map(|entry| &entry["resource"]).filter(|resource| resource["resourceType"] == kind).collect()
}

fn response(bundle: &Value) -> &Value {
    resources(bundle, "QuestionnaireResponse")[0]
}

/// Every item below a resource, in order.
fn items(resource: &Value) -> Vec<&Value> {
    let below = |key: &str| resource[key].as_array().map(Vec::as_slice).unwrap_or_default();
    below("item").iter().flat_map(|item| std::iter::once(item).chain(items(item))).collect()
}

pub(crate) fn item<'r>(resource: &'r Value, link: &str) -> &'r Value {
    items(resource)
        .into_iter()
        .find(|item| item["linkId"] == link)
        .unwrap_or_else(|| panic!("no item {link}"))
}

fn links(resource: &Value) -> Vec<String> {
    items(resource).iter().map(|item| item["linkId"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_question_is_asked_once_in_the_order_of_the_guide() {
    for guide in [small(), kinds(), shipped()] {
        let form = form(guide);
        let links = links(&form);
        let unique: Set<&String> = links.iter().collect();
        assert_eq!(unique.len(), links.len(), "{links:?}");
        let asked: Vec<&str> = guide
            .questions
            .iter()
            .filter(|question| !guide.is_item(&question.id))
            .map(|question| question.id.as_str())
            .collect();
        let found: Vec<&str> = links.iter().map(String::as_str).filter(|link| asked.contains(link)).collect();
        assert_eq!(asked, found);
        assert_eq!(form["version"], guide.version.as_str());
    }
}

#[test]
fn each_kind_has_its_type_and_its_bounds() {
    let form = form(kinds());
    let types: Vec<&Value> =
        ["danger", "packs", "pressure", "pills", "remarks", "mass", "born", "story", "meds"]
            .map(|link| &item(&form, link)["type"])
            .to_vec();
    assert_eq!(
        types,
        ["choice", "decimal", "group", "choice", "string", "quantity", "date", "text", "group"]
    );
    let bounds = |link: &str| -> Vec<Value> {
        item(&form, link)["extension"]
            .as_array()
            .unwrap()
            .iter()
            .map(|extension| {
                let mut extension = extension.clone();
                extension.as_object_mut().unwrap().remove("url");
                extension
            })
            .collect()
    };
    assert_eq!(
        bounds("pressure.high"),
        [
            json!({"valueCoding": {"system": "http://unitsofmeasure.org", "code": "mm[Hg]", "display": "mmHg"}}),
            json!({"valueDecimal": 50}),
            json!({"valueDecimal": 300})
        ]
    );
    assert_eq!(bounds("born")[0], json!({"valueDate": "1900-01-01"}));
    assert_eq!(
        bounds("visit")[1]["_valueDate"]["extension"][0]["valueExpression"]["expression"],
        "today() + 90 days"
    );
    assert_eq!(item(&form, "meds")["repeats"], true);
    assert_eq!(item(&form, "story")["maxLength"], 60);
    // "None of these" stands alone; "I smoke" does not.
    let options = item(&form, "pills")["answerOption"].as_array().unwrap();
    let alone: Vec<bool> = options.iter().map(|option| option.get("extension").is_some()).collect();
    assert_eq!(alone, [false, false, false, true, true]);
}

#[test]
fn a_condition_is_enable_when() {
    let form = form(small());
    assert_eq!(
        item(&form, "packs")["enableWhen"],
        json!([{"question": "smoke", "operator": "!=", "answerCoding": {"code": "no", "display": "No smoke"}}])
    );
    let shipped = questionnaire(shipped(), &english(), "");
    assert_eq!(shipped.asked_of_more, []);
}

#[test]
fn items_of_an_instrument_have_their_codes_and_what_each_answer_counts() {
    let form = form(shipped());
    let interest = item(&form, "/44250-9");
    assert_eq!(interest["code"][0]["code"], "44250-9");
    assert_eq!(interest["answerOption"][3]["extension"][0]["valueDecimal"], 3);
    assert_eq!(interest["answerOption"][3]["valueCoding"]["code"], "LA6571-9");
    assert_eq!(interest["answerOption"][3]["valueCoding"]["system"], "http://loinc.org");
    // Scores are hidden unless the clinic shows them.
    assert_eq!(item(&form, "/55758-7")["readOnly"], true);
    assert_eq!(item(&form, "/55758-7")["extension"][0]["valueBoolean"], true);
    let loud =
        Folder::shipped().replaced("settings.toml", "show_scores = false", "show_scores = true").guide();
    assert_eq!(item(&self::form(&loud), "/55758-7").get("extension"), None);
}

#[test]
fn an_instrument_without_official_words_is_not_in_that_language() {
    let mut guide = Folder::shipped()
        .replaced("settings.toml", "on = [\"phq2\", \"gad2\"]", "on = [\"phq2\", \"pcptsd5\"]")
        .guide();
    assert!(form(&guide).to_string().contains("score/pcptsd5"));
    let spanish = Lang::from("es");
    guide.speak(&spanish);
    let told = questionnaire(&guide, &spanish, "").resource.to_text();
    assert!(told.contains("/44250-9") && !told.contains("ptsd-") && !told.contains("pcptsd5"));
}

#[test]
fn answers_of_every_kind_are_in_the_response() {
    let guide = kinds();
    let said = answers(
        guide,
        r#"{"danger": "no", "smoke": "yes", "packs": 12.5, "pressure": {"high": 120, "low": 80}, "pills": ["blue", "red"],
            "remarks": null, "mass": {"value": 150, "unit": "lb"}, "born": "1980-02-29", "visit": "not-sure",
            "reading": {"high": 130, "low": 70}, "story": "Two\nlines", "meds": [{"name": "A", "dose": "1 mg"}, {"name": "B"}]}"#,
    );
    let bundle = bundled(guide, &shared(guide, &said), &Wanted::default());
    let response = response(&bundle);
    let answer = |link: &str| item(response, link)["answer"].clone();
    assert_eq!(answer("smoke"), json!([{"valueCoding": {"code": "yes", "display": "I smoke"}}]));
    assert_eq!(answer("packs"), json!([{"valueDecimal": 12.5}]));
    assert_eq!(answer("pressure.low"), json!([{"valueDecimal": 80}]));
    assert_eq!(answer("pills").as_array().unwrap().len(), 2);
    let pounds =
        json!({"value": 150, "unit": "pounds", "system": "http://unitsofmeasure.org", "code": "[lb_av]"});
    assert_eq!(answer("mass"), json!([{"valueQuantity": pounds}]));
    assert_eq!(answer("born"), json!([{"valueDate": "1980-02-29"}]));
    assert_eq!(answer("visit/unsure")[0]["valueCoding"]["code"], "not-sure");
    assert_eq!(item(response, "visit")["extension"][0]["valueCode"], "asked-unknown");
    assert_eq!(answer("story"), json!([{"valueString": "Two\nlines"}]));
    assert_eq!(links(response).iter().filter(|link| *link == "meds").count(), 2);
    assert_eq!(item(response, "remarks")["extension"][0]["valueCode"], "asked-declined");
    assert_eq!(response["status"], "completed");
    // Whatever is in the response is in the Questionnaire.
    let known: Set<String> = links(resources(&bundle, "Questionnaire")[0]).into_iter().collect();
    assert!(links(response).iter().all(|link| known.contains(link)));
    let form = resources(&bundle, "Questionnaire")[0];
    assert_eq!(
        response["questionnaire"],
        format!("{}|{}", form["url"].as_str().unwrap(), form["version"].as_str().unwrap())
    );
}

#[test]
fn what_is_not_shared_is_marked_as_masked() {
    let guide = small();
    let said =
        answers(guide, r#"{"danger": "thoughts", "smoke": "no", "pressure": {"high": 190, "low": 80}}"#);
    let packet = make(guide, &said, &[QuestionId::from("smoke")].into());
    let bundle = bundled(guide, &packet, &everything());
    let response = response(&bundle);
    for link in ["danger", "pressure", "pills"] {
        let item = item(response, link);
        assert_eq!(item["extension"][0]["valueCode"], "masked", "{link}");
        assert!(item.get("answer").is_none() && item.get("item").is_none(), "{link}");
    }
    assert!(item(response, "smoke").get("extension").is_none());
}

#[test]
fn only_scores_with_a_verified_code_are_observations() {
    let guide = Folder::shipped()
        .replaced(
            "settings.toml",
            "on = [\"phq2\", \"gad2\"]",
            "on = [\"phq2\", \"phq8\", \"gad2\", \"gad7\", \"auditc\"]",
        )
        .guide();
    let bundle = bundled(&guide, &shared(&guide, &all_clear(&guide)), &everything());
    let codes: Vec<&str> = resources(&bundle, "Observation")
        .iter()
        .map(|observation| observation["code"]["coding"][0]["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["55758-7", "70274-6", "75626-2"]);
    let url = bundle["entry"]
        .as_array()
        .unwrap()
        .iter()
        .find(|entry| entry["resource"]["resourceType"] == "QuestionnaireResponse")
        .unwrap()["fullUrl"]
        .clone();
    for observation in resources(&bundle, "Observation") {
        assert_eq!(observation["derivedFrom"][0]["reference"], url);
    }
}

#[test]
fn a_consent_holds_the_words_that_were_read() {
    let guide = small();
    let packet = shared(guide, &all_clear(guide));
    let bundle = bundled(guide, &packet, &Wanted::default());
    let consents = resources(&bundle, "Consent");
    let words: Vec<&str> =
        consents.iter().map(|consent| consent["policyRule"]["text"].as_str().unwrap()).collect();
    assert_eq!(words, packet.consents.iter().map(|given| given.words.as_str()).collect::<Vec<_>>());
    let said = guide.words(&english());
    let read = [Consent::ShareAnswers, Consent::ContactByPhone].map(|consent| said.say(consent.say()));
    assert!(words.iter().zip(read).all(|(words, read)| words.starts_with(read)), "{words:?}");
}

#[test]
fn who_asks_and_when_is_there_only_where_the_clinic_wants_it() {
    let guide = small();
    let packet = shared(guide, &all_clear(guide));
    let bare = bundled(guide, &packet, &Wanted::default());
    for kind in ["Patient", "ServiceRequest", "Appointment"] {
        assert_eq!(resources(&bare, kind).len(), 0);
        assert_eq!(resources(&bundled(guide, &packet, &everything()), kind).len(), 1);
    }
    assert!(!bare.to_string().contains("555 010 0101"), "the file beside it has no contact");
    let full = bundled(guide, &packet, &everything());
    assert_eq!(
        resources(&full, "Patient")[0]["telecom"],
        json!([{"system": "phone", "value": "+1 555 010 0101"}])
    );
    assert_eq!(resources(&full, "Appointment")[0]["comment"], "Mornings");
    assert_eq!(resources(&full, "ServiceRequest")[0]["intent"], "proposal");
    // Nobody who said nothing is made up.
    let nameless = make(guide, &all_clear(guide), &Set::new());
    assert_eq!(resources(&bundled(guide, &nameless, &everything()), "Patient").len(), 0);
}

fn with_contact(guide: &Guide, contact: Contact, consents: &[Consent]) -> Packet {
    let consents = consents.iter().copied().collect();
    let sharing = Sharing { contact, consents, ..Sharing::default() };
    let stamp = Stamp { reference: "K7Q-4MD".to_owned(), created: "2026-11-21T10:00:00Z".to_owned() };
    let said = all_clear(guide);
    packet(guide, &english(), &said, &result(guide, &said), &sharing, &stamp)
}

#[test]
fn a_number_stands_only_where_the_clinic_may_use_it() {
    let guide = small();
    let contact = Contact {
        name: "Sam".to_owned(),
        phone: "555 0101".to_owned(),
        email: "sam@home.example".to_owned(),
        ..Contact::default()
    };
    let telecom = |consents: &[Consent]| {
        let bundle = bundled(guide, &with_contact(guide, contact.clone(), consents), &everything());
        resources(&bundle, "Patient")[0]["telecom"].clone()
    };
    assert_eq!(telecom(&[]), Value::Null);
    assert_eq!(telecom(&[Consent::ContactByPhone]), json!([{"system": "phone", "value": "555 0101"}]));
    assert_eq!(
        telecom(&[Consent::ContactByText, Consent::ContactByEmail]),
        json!([{"system": "sms", "value": "555 0101"}, {"system": "email", "value": "sam@home.example"}])
    );
    let packet = with_contact(guide, contact, &[Consent::ShareAnswers, Consent::ContactByText]);
    let bundle = bundled(guide, &packet, &everything());
    let channels: Vec<&Value> = resources(&bundle, "Consent")
        .iter()
        .map(|consent| &consent["category"][1]["coding"][0]["code"])
        .collect();
    assert_eq!(channels, [&Value::Null, &json!("sms")]);
}

#[test]
fn days_and_times_are_one_timing_and_the_language_is_said_once() {
    let guide = small();
    let contact = Contact {
        name: "Sam".to_owned(),
        phone: "555 0101".to_owned(),
        best_time: "after 4".to_owned(),
        days: [Weekday::Tuesday, Weekday::Monday].into(),
        times: [PartOfDay::Evening].into(),
        language: "Español".to_owned(),
        ..Contact::default()
    };
    let bundle =
        bundled(guide, &with_contact(guide, contact.clone(), &[Consent::ContactByPhone]), &everything());
    let request = resources(&bundle, "ServiceRequest")[0];
    assert_eq!(
        request["occurrenceTiming"],
        json!({"repeat": {"count": 1, "dayOfWeek": ["mon", "tue"], "when": ["EVE"]}})
    );
    assert_eq!(request["note"][0]["text"], "Monday, Tuesday; Evening; after 4");
    assert_eq!(resources(&bundle, "Appointment")[0]["comment"], "Monday, Tuesday; Evening; after 4");
    assert_eq!(
        resources(&bundle, "Patient")[0]["communication"],
        json!([{
            "language": {"coding": [{"system": "urn:ietf:bcp:47", "code": "es"}], "text": "Español"},
            "preferred": true
        }])
    );
    // Where there is no Patient, the language is said in words.
    let wanted = Wanted { include: vec![Extra::ServiceRequest], ..everything() };
    let bundle = bundled(guide, &with_contact(guide, contact, &[]), &wanted);
    let note = resources(&bundle, "ServiceRequest")[0]["note"][0]["text"].as_str().unwrap();
    assert!(note.contains("after 4") && note.ends_with(": Español"), "{note}");
    // Nothing is made up for who said nothing.
    let bundle = bundled(guide, &with_contact(guide, Contact::default(), &[]), &everything());
    let request = resources(&bundle, "ServiceRequest")[0];
    assert!(request.get("occurrenceTiming").is_none() && request.get("note").is_none());
}

#[test]
fn a_packet_of_before_is_told_in_words_and_claims_no_questionnaire() {
    let packet = read(include_str!("../others/sealed/packet.json")).unwrap();
    let bundle: Value = serde_json::from_str(&bundle_of(&packet, &everything(), None).to_text()).unwrap();
    let response = response(&bundle);
    assert!(response.get("questionnaire").is_none());
    assert_eq!(item(response, "bp_history")["answer"], json!([{"valueString": "Yes"}]));
    assert_eq!(item(response, "alcohol")["extension"][0]["valueCode"], "masked");
    assert_eq!(
        resources(&bundle, "ServiceRequest")[0]["occurrenceTiming"]["repeat"]["when"],
        json!(["MORN"])
    );
}

#[test]
fn what_a_stranger_wrote_into_a_packet_breaks_nothing() {
    let guide = shipped();
    let packet = shared(guide, &all_clear(guide));
    let mut json: Value = serde_json::from_str(&packet.to_json()).unwrap();
    json["fhir"] = json!({"base": "javascript:alert(1)", "include": ["patient", "everything"]});
    json["answers"][0]["coded"]["groups"] = json!(vec!["deep"; 100_000]);
    let packet = read(&json.to_string()).unwrap();
    let wanted = Wanted::of(&packet);
    assert_eq!(wanted, Wanted { include: vec![Extra::Patient], ..Wanted::default() });
    let text = bundle_of(&packet, &wanted, None).to_text();
    let bundle: Value = serde_json::from_str(&text).unwrap();
    assert!(links(response(&bundle)).len() > 50);
}

#[test]
fn a_packet_that_comes_twice_is_filed_once() {
    let guide = shipped();
    let packet = shared(guide, &all_clear(guide));
    let bundle = bundled(guide, &packet, &everything());
    assert_eq!(bundle, bundled(guide, &packet, &everything()));
    let mut once = Set::new();
    let mut urls = Set::new();
    for entry in bundle["entry"].as_array().unwrap() {
        assert_eq!(entry["request"]["method"], "POST");
        assert_eq!(entry["request"]["url"], entry["resource"]["resourceType"]);
        assert!(
            once.insert((entry["request"]["url"].to_string(), entry["request"]["ifNoneExist"].to_string()))
        );
        assert!(urls.insert(entry["fullUrl"].to_string()));
    }
    // Another packet is another one, though somebody else had the same reference at another time.
    let later = Packet { created: "2026-11-22T10:00:00Z".to_owned(), ..packet };
    let of = |bundle: &Value| response(bundle)["identifier"].clone();
    assert_ne!(of(&bundled(guide, &later, &everything())), of(&bundle));
    // Every reference inside leads to an entry.
    fn references(value: &Value) -> Vec<String> {
        match value {
            Value::Object(object) => {
                let own = object.get("reference").and_then(Value::as_str).map(str::to_owned);
                own.into_iter().chain(object.values().flat_map(references)).collect()
            }
            Value::Array(list) => list.iter().flat_map(references).collect(),
            _ => Vec::new(),
        }
    }
    let references = references(&bundle);
    assert!(references.len() > 5);
    assert!(references.iter().all(|reference| urls.contains(&format!("\"{reference}\""))), "{references:?}");
}

#[test]
fn an_answer_about_self_harm_stays_here_unless_the_clinic_watches() {
    let on = |hours: &str| {
        Folder::shipped()
            .replaced("settings.toml", "on = [\"phq2\", \"gad2\"]", "on = [\"phq9\"]")
            .replaced("settings.toml", "monitored_hours = \"\"", &format!("monitored_hours = \"{hours}\""))
            .guide()
    };
    for (hours, leaves) in [("", false), ("Weekdays 9 to 5", true)] {
        let guide = on(hours);
        let said = changed(&all_clear(&guide), &QuestionId::from("phq-self-harm"), one("several-days"));
        let bundle = bundled(&guide, &shared(&guide, &said), &everything());
        assert_eq!(item(response(&bundle), "/44260-8").get("answer").is_some(), leaves);
        assert_eq!(resources(&bundle, "Observation").len(), usize::from(leaves));
    }
}

/// What FHIR makes of `enableWhen`. A question without an answer equals nothing; whether it differs from everything is
/// read in two ways, so `open_differs` says it.
pub(crate) fn is_enabled(item: &Value, given: &BTreeMap<String, Vec<Value>>, open_differs: bool) -> bool {
    let Some(tests) = item["enableWhen"].as_array() else { return true };
    let holds = |test: &Value| {
        let found = given.get(test["question"].as_str().unwrap()).map(Vec::as_slice).unwrap_or_default();
        let wanted = test.as_object().unwrap().iter().find(|(key, _)| key.starts_with("answer")).unwrap().1;
        let number = |value: &Value| {
            let factor = if value["code"] == "[lb_av]" { 0.5 } else { 1.0 };
            value.as_f64().or_else(|| value["value"].as_f64().map(|number| number * factor))
        };
        let order = |answer: &Value| match (number(answer), number(wanted)) {
            (Some(one), Some(other)) => one.total_cmp(&other),
            _ => answer.as_str().cmp(&wanted.as_str()),
        };
        match test["operator"].as_str().unwrap() {
            "exists" => found.is_empty() != (*wanted == true),
            "=" => found.iter().any(|answer| answer == wanted),
            "!=" => (open_differs || !found.is_empty()) && found.iter().all(|answer| answer != wanted),
            ">" => found.iter().any(|answer| order(answer).is_gt()),
            "<" => found.iter().any(|answer| order(answer).is_lt()),
            ">=" => found.iter().any(|answer| order(answer).is_ge()),
            "<=" => found.iter().any(|answer| order(answer).is_le()),
            other => panic!("{other}"),
        }
    };
    if item["enableBehavior"] == "any" { tests.iter().any(holds) } else { tests.iter().all(holds) }
}

/// The answers of a response by `linkId`.
fn given(response: &Value) -> BTreeMap<String, Vec<Value>> {
    let mut given: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for item in items(response) {
        for answer in item["answer"].as_array().into_iter().flatten() {
            let value = answer.as_object().unwrap().values().next().unwrap().clone();
            given.entry(item["linkId"].as_str().unwrap().to_owned()).or_default().push(value);
        }
    }
    given
}

/// What is in a form that somebody has filled in who would answer so, by `linkId`, and all items that were shown. Items
/// below a question are shown once it has an answer.
pub(crate) fn filled_in(
    form: &Value,
    would: &BTreeMap<String, Vec<Value>>,
    open_differs: bool,
) -> (BTreeMap<String, Vec<Value>>, BTreeSet<String>) {
    fn fill(
        item: &Value,
        would: &BTreeMap<String, Vec<Value>>,
        open_differs: bool,
        given: &mut BTreeMap<String, Vec<Value>>,
        shown: &mut BTreeSet<String>,
    ) {
        if !is_enabled(item, given, open_differs) {
            return;
        }
        let link = item["linkId"].as_str().unwrap();
        shown.insert(link.to_owned());
        match would.get(link) {
            Some(answers) => drop(given.insert(link.to_owned(), answers.clone())),
            None if item["type"] != "group" => return,
            None => {}
        }
        for below in item["item"].as_array().into_iter().flatten() {
            fill(below, would, open_differs, given, shown);
        }
    }
    let (mut given, mut shown) = (BTreeMap::new(), BTreeSet::new());
    for item in form["item"].as_array().unwrap() {
        fill(item, would, open_differs, &mut given, &mut shown);
    }
    (given, shown)
}

proptest! {
    #![proptest_config(cases(200))]

    /// The Questionnaire is the same for everyone; the rest holds nothing of what was not ticked.
    #[test]
    fn nothing_that_is_not_shared_is_in_a_bundle(dice in prop::collection::vec(any::<u64>(), 12), ticks: u16) {
        static GUIDE: LazyLock<Guide> = LazyLock::new(marked_guide);
        let guide = &*GUIDE;
        let said = full_answers(guide, &dice);
        let shared: Set<QuestionId> = guide.questions.iter().enumerate()
            .filter(|(place, _)| ticks >> place & 1 == 1)
            .map(|(_, question)| question.id.clone())
            .collect();
        let packet = make(guide, &said, &shared);
        let mut bundle = bundled(guide, &packet, &everything());
        let entries = bundle["entry"].as_array_mut().unwrap();
        let form = entries.remove(0);
        let nobody = make(guide, &Answers::default(), &Set::new());
        prop_assert_eq!(&form, &bundled(guide, &nobody, &everything())["entry"][0]);
        let told = bundle.to_string();
        for (place, question) in guide.questions.iter().enumerate() {
            for (index, choice) in question.choices().iter().enumerate() {
                let is_told = shared.contains(&question.id) && said.get(&question.id).unwrap().has(&choice.id);
                for mark in [choice.id.to_string(), format!("Words {place}/{index}.")] {
                    prop_assert_eq!(told.contains(&mark), is_told, "{}", mark);
                }
            }
        }
    }

    #[test]
    fn no_answer_of_any_kind_is_in_a_bundle_unless_it_is_shared(dice in prop::collection::vec(any::<u64>(), 13), ticks: u16) {
        let guide = kinds();
        let mut said = full_answers(guide, &dice);
        said.set("remarks".into(), Answer::Text("Zebra one".to_owned()));
        said.set("story".into(), Answer::Text("Zebra two".to_owned()));
        said.set("packs".into(), Answer::Number(61.61));
        said.set("reading".into(), pair(guide.question(&"reading".into()).unwrap(), 171.71, 71.17));
        said.set("pills".into(), several(&["blue", "red"]));
        let ticked = |id: &str| ticks >> guide.place(&id.into()).unwrap() & 1 == 1;
        let shared: Set<QuestionId> =
            guide.questions.iter().map(|question| question.id.clone()).filter(|id| ticked(id.as_str())).collect();
        let packet = make(guide, &said, &shared);
        let applies = |id: &str| packet.answers.iter().any(|answer| answer.question.as_str() == id);
        let mut bundle = bundled(guide, &packet, &everything());
        bundle["entry"].as_array_mut().unwrap().remove(0);
        let told = bundle.to_string();
        for (id, mark) in [("remarks", "Zebra one"), ("story", "Zebra two"), ("packs", "61.61"), ("reading", "171.71"),
            ("reading", "71.17"), ("pills", "Blue pills")] {
            prop_assert_eq!(told.contains(mark), ticked(id) && applies(id), "{} {}", id, mark);
        }
    }

    /// The clinic's side has the packet alone, and makes the same of it as the widget, but for the Questionnaire.
    #[test]
    fn a_packet_that_was_read_is_the_same_bundle(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>(), ticks: u16) {
        let guide = guide::parse(&sources(seed, size, Sort::Any), Some(TODAY)).0;
        let mut dice = Dice::new(said);
        let mut said = Answers::default();
        for question in &guide.questions {
            let blank = !question.required && dice.one_in(3);
            let answer = any_answer(question, dice.below(usize::MAX) as u64);
            said.set(question.id.clone(), if blank { Answer::Blank } else { answer });
        }
        let ticked: Set<QuestionId> = guide.questions.iter().enumerate()
            .filter(|(place, _)| ticks >> place & 1 == 1)
            .map(|(_, question)| question.id.clone())
            .collect();
        let packet = make(&guide, &said, &ticked);
        let mut by_widget = bundled(&guide, &packet, &everything());
        by_widget["entry"].as_array_mut().unwrap().remove(0);
        let packet = read(&packet.to_json()).unwrap();
        let by_desk: Value = serde_json::from_str(&bundle_of(&packet, &everything(), None).to_text()).unwrap();
        prop_assert_eq!(by_desk, by_widget);
    }

    /// FHIR may ask more than the guide, never less.
    #[test]
    fn no_question_is_hidden_that_the_guide_asks(seed in any::<u64>(), size in 1..14_usize, said in any::<u64>()) {
        let guide = guide::parse(&sources(seed, size, Sort::Any), Some(TODAY)).0;
        let mut dice = Dice::new(said);
        let mut said = Answers::default();
        for question in &guide.questions {
            let blank = !question.required && dice.one_in(3);
            let answer = any_answer(question, dice.below(usize::MAX) as u64);
            said.set(question.id.clone(), if blank { Answer::Blank } else { answer });
        }
        let form = form(&guide);
        let bundle = bundled(&guide, &shared(&guide, &said), &Wanted::default());
        let known: Set<String> = links(&form).into_iter().collect();
        // What somebody would answer who is asked everything.
        let mut bare = guide.clone();
        for question in &mut bare.questions {
            question.ask_if = None;
            let offered = match &mut question.kind {
                Kind::One(choices) | Kind::Several(choices) => choices,
                _ => &mut question.unsure_choices,
            };
            for choice in offered {
                (choice.level, choice.crisis, choice.emergency) = (Level::Clear, false, false);
            }
        }
        bare.rules.clear();
        let by_all = given(response(&bundled(&bare, &shared(&bare, &said), &Wanted::default())));
        for open_differs in [false, true] {
            // Who fills in the form answers all that it asks, which may be more than the guide asks.
            let (_, shown) = filled_in(&form, &by_all, open_differs);
            for question in journey(&guide, &said).asked {
                let hidden = || item(&form, question.id.as_str())["enableWhen"].clone();
                prop_assert!(shown.contains(question.id.as_str()), "{}: {}", question.id, hidden());
            }
        }
        for item in items(&form) {
            for test in item["enableWhen"].as_array().into_iter().flatten() {
                prop_assert!(known.contains(test["question"].as_str().unwrap()));
            }
        }
        for link in links(response(&bundle)) {
            prop_assert!(known.contains(&link), "{link}");
        }
    }
}

#[test]
fn a_fhir_server_confirms_only_when_every_resource_is_filed() {
    let reply = |entries: Value| {
        json!({"resourceType": "Bundle", "type": "transaction-response", "entry": entries}).to_string()
    };
    let filed = |status: &str| json!({"response": {"status": status}});
    assert!(is_filed(&reply(json!([filed("201 Created"), filed("200 OK")]))));
    for body in [
        reply(json!([filed("201 Created"), filed("412 Precondition Failed")])),
        reply(json!([])),
        reply(json!([{}])),
        json!({"resourceType": "OperationOutcome"}).to_string(),
        json!({"resourceType": "Bundle", "type": "collection", "entry": [filed("201")]}).to_string(),
        "<html>Welcome</html>".to_owned(),
    ] {
        assert!(!is_filed(&body), "{body}");
    }
}
