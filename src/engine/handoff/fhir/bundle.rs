//! A packet as a FHIR Bundle: a collection for a file, a transaction for a FHIR server.

use crate::engine::guide::Guide;
use crate::engine::guide::words::{Say, built_in};
use crate::engine::handoff::channel::is_secure_address;
use crate::engine::handoff::fhir::json::{Json, Object, texts};
use crate::engine::handoff::fhir::questionnaire::{canonical, questionnaire};
use crate::engine::handoff::fhir::response::response;
use crate::engine::handoff::fhir::{LOINC, UCUM, concept, uuid};
use crate::engine::handoff::packet::{
    Consent, Contact, GivenConsent, Packet, PartOfDay, SharedScore, Weekday,
};

/// A resource that a clinic can ask for besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extra {
    /// Who asks, as far as they said it.
    Patient,
    /// That a consultation is asked for.
    ServiceRequest,
    /// That a time is looked for.
    Appointment,
}

impl Extra {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Patient, Self::ServiceRequest, Self::Appointment];

    /// Its name in the settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::ServiceRequest => "service-request",
            Self::Appointment => "appointment",
        }
    }
}

/// What a clinic wants of a Bundle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The clinic's own address for FHIR, without a slash at its end; empty if it has none.
    pub base: String,
    /// Which resources are there besides.
    pub include: Vec<Extra>,
    /// Whether a FHIR server is to carry it out, and not a person to keep it.
    pub transaction: bool,
}

/// Whether the answer of a FHIR server says that every resource of a transaction is filed.
pub fn is_filed(body: &str) -> bool {
    let Ok(reply) = serde_json::from_str::<serde_json::Value>(body) else { return false };
    let says = |key: &str, wanted: &str| reply.get(key).and_then(serde_json::Value::as_str) == Some(wanted);
    let entries =
        reply.get("entry").and_then(serde_json::Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let is_fine = |entry: &serde_json::Value| {
        let status = entry.get("response").and_then(|response| response.get("status"));
        status.and_then(serde_json::Value::as_str).is_some_and(|status| status.starts_with('2'))
    };
    says("resourceType", "Bundle")
        && says("type", "transaction-response")
        && !entries.is_empty()
        && entries.iter().all(is_fine)
}

impl Wanted {
    /// What the clinic wants of the Bundle of a packet that was handed over: what its settings said then.
    pub fn of(packet: &Packet) -> Self {
        let Some(said) = &packet.fhir else { return Self::default() };
        let include = Extra::ALL.into_iter().filter(|extra| said.include.iter().any(|it| it == extra.name()));
        // A packet comes from anyone.
        let base = if is_secure_address(&said.base) { said.base.clone() } else { String::new() };
        Self { base, include: include.collect(), transaction: false }
    }
}

/// Makes the Bundle of a packet where the guide is at hand: with the guide as a Questionnaire in it.
pub fn bundle(guide: &Guide, packet: &Packet, wanted: &Wanted) -> Json {
    bundle_of(packet, wanted, Some(questionnaire(guide, &packet.language, &wanted.base).resource))
}

/// Makes the Bundle of a packet, which decides what is in it, as it decides what the preview shows. Without the `form`,
/// the Questionnaire, the response names it by its address and version.
pub fn bundle_of(packet: &Packet, wanted: &Wanted, form: Option<Json>) -> Json {
    let maker = Maker { packet, wanted };
    let mut entries = Vec::new();
    let address = canonical(&packet.clinic, &packet.language, &wanted.base);
    if let Some(form) = form {
        // The same for everyone, so a server keeps it once.
        let once = format!("url={}&version={}", escaped(&address), escaped(&packet.guide_version));
        let id = uuid(&[&address, &packet.guide_version]);
        entries.push(maker.entry("Questionnaire", &format!("urn:uuid:{id}"), &once, form));
    }
    let subject = maker.patient().map(|patient| {
        entries.push(maker.named("Patient", "patient", patient));
        maker.reference("Patient", "patient")
    });
    let identifier = maker.identifier("response");
    let resource = response(packet, &address, identifier, subject.clone());
    entries.push(maker.named("QuestionnaireResponse", "response", resource));
    for score in &packet.scores {
        entries.extend(maker.observation(score, subject.clone()));
    }
    for given in &packet.consents {
        entries.push(maker.consent(given, subject.clone()));
    }
    if maker.wants(Extra::ServiceRequest) {
        entries.push(maker.service_request(subject.clone()));
    }
    if maker.wants(Extra::Appointment) {
        entries.push(maker.appointment(subject));
    }
    texts(&[("resourceType", "Bundle"), ("language", packet.language.as_str())])
        .with("identifier", maker.identifier(""))
        .with("type", if wanted.transaction { "transaction" } else { "collection" })
        .with("timestamp", packet.created.as_str())
        .with("entry", entries)
        .into()
}

struct Maker<'a> {
    packet: &'a Packet,
    wanted: &'a Wanted,
}

impl Maker<'_> {
    fn may_reach_by(&self, consent: Consent) -> bool {
        self.packet.may_reach_by().any(|given| given == consent)
    }

    /// When it suits, in words, for whoever reads the resource: FHIR has no field for the whole of it. With the language to
    /// talk in, unless the Patient says it.
    fn wishes(&self, subject: Option<&Json>) -> String {
        let contact = &self.packet.contact;
        let mut said = vec![contact.when_in_words(built_in())];
        if subject.is_none() && !contact.language.is_empty() {
            said.push(format!("{}: {}", built_in().say(Say::ContactLanguage), contact.language));
        }
        said.retain(|part| !part.is_empty());
        said.join(". ")
    }

    fn wants(&self, extra: Extra) -> bool {
        self.wanted.include.contains(&extra)
    }

    /// The `fullUrl` of a resource of this packet.
    fn url(&self, what: &str) -> String {
        format!("urn:uuid:{}", uuid(&[&self.packet.reference, &self.packet.created, what]))
    }

    fn reference(&self, kind: &str, what: &str) -> Json {
        texts(&[("reference", &self.url(what)), ("type", kind)]).into()
    }

    fn system(&self) -> String {
        match self.wanted.base.as_str() {
            "" => format!("urn:uuid:{}", uuid(&["reference", &self.packet.clinic])),
            base => format!("{base}/reference"),
        }
    }

    /// The reference and the time: what to quote on the phone, and what no other packet has. `what` tells several
    /// resources of one kind apart.
    fn identifier(&self, what: &str) -> Object {
        texts(&[("system", &self.system()), ("value", &self.identifier_value(what))])
    }

    fn identifier_value(&self, what: &str) -> String {
        let Packet { reference, created, .. } = self.packet;
        if what.is_empty() {
            format!("{reference}/{created}")
        } else {
            format!("{reference}/{created}/{what}")
        }
    }

    fn named(&self, kind: &'static str, what: &str, resource: Object) -> Object {
        let once =
            format!("identifier={}%7C{}", escaped(&self.system()), escaped(&self.identifier_value(what)));
        self.entry(kind, &self.url(what), &once, resource.into())
    }

    /// An entry of the Bundle. In a transaction, a resource that is there already (`once`) is not made again.
    fn entry(&self, kind: &'static str, url: &str, once: &str, resource: Json) -> Object {
        let entry = texts(&[("fullUrl", url)]).with("resource", resource);
        if self.wanted.transaction {
            entry.with("request", texts(&[("method", "POST"), ("url", kind), ("ifNoneExist", once)]))
        } else {
            entry
        }
    }

    /// The person, if the clinic wants it and anything was said. A number or address stands only where the clinic may use
    /// it, and for what it may be used: software reminds and calls by itself.
    fn patient(&self) -> Option<Object> {
        let contact = &self.packet.contact;
        let telecom: Vec<Object> = CHANNELS
            .into_iter()
            .filter(|(consent, _)| self.may_reach_by(*consent))
            .map(|(consent, system)| (system, reached_at(contact, consent)))
            .filter(|(_, value)| !value.is_empty())
            .map(|(system, value)| texts(&[("system", system), ("value", value)]))
            .collect();
        if !self.wants(Extra::Patient) || (contact.name.is_empty() && telecom.is_empty()) {
            return None;
        }
        let name = texts(&[("text", &contact.name)]);
        // In the person's own words, if they said so, and else the language that they read the guide in.
        let spoken = match (contact.language.as_str(), tag_of(&contact.language)) {
            ("", _) => concept(BCP_47, self.packet.language.as_str(), ""),
            (own, Some(tag)) => concept(BCP_47, tag, "").with("text", own),
            (own, None) => texts(&[("text", own)]),
        };
        let speaks = Object::default().with("language", spoken).with("preferred", true);
        let mut patient =
            texts(&[("resourceType", "Patient")]).with("identifier", vec![self.identifier("patient")]);
        if !contact.name.is_empty() {
            patient.put("name", vec![name]);
        }
        Some(patient.with("telecom", telecom).with("communication", vec![speaks]))
    }

    /// The person where FHIR needs one and nothing is known of them: whoever has the reference.
    fn someone(&self, subject: Option<Json>) -> Json {
        subject.unwrap_or_else(|| Object::default().with("identifier", self.identifier("patient")).into())
    }

    /// A score whose code is verified.
    fn observation(&self, score: &SharedScore, subject: Option<Json>) -> Option<Object> {
        let coded = score.coded.as_ref()?;
        let code = coded.loinc.as_ref()?;
        let what = format!("score-{}", score.instrument);
        let survey =
            concept("http://terminology.hl7.org/CodeSystem/observation-category", "survey", "Survey");
        let points = |number: f64| {
            Object::default()
                .with("value", number)
                .with("unit", "{score}")
                .with("system", UCUM)
                .with("code", "{score}")
        };
        let mut observation = texts(&[("resourceType", "Observation")])
            .with("identifier", vec![self.identifier(&what)])
            .with("status", "final")
            .with("category", vec![survey])
            .with("code", concept(LOINC, code, "").with("text", coded.title.as_str()));
        if let Some(subject) = subject {
            observation.put("subject", subject.clone());
            observation.put("effectiveDateTime", self.packet.created.as_str());
            observation.put("performer", Json::List(vec![subject]));
        } else {
            observation.put("effectiveDateTime", self.packet.created.as_str());
        }
        let range = Object::default().with("low", points(score.least)).with("high", points(score.most));
        let observation = observation
            .with("valueQuantity", points(score.score))
            .with("note", vec![texts(&[("text", &score.words)])])
            .with("referenceRange", vec![range.with("text", format!("{} to {}", score.least, score.most))])
            .with("derivedFrom", Json::List(vec![self.reference("QuestionnaireResponse", "response")]));
        Some(self.named("Observation", &what, observation))
    }

    /// What was agreed to, in the words that were read.
    fn consent(&self, given: &GivenConsent, subject: Option<Json>) -> Object {
        let (what, code, display) = match given.consent {
            Consent::ShareAnswers => ("consent-share-answers", "64292-6", "Release of information consent"),
            Consent::ContactByPhone => ("consent-contact-by-phone", "59284-0", "Patient Consent"),
            Consent::ContactByText => ("consent-contact-by-text", "59284-0", "Patient Consent"),
            Consent::ContactByEmail => ("consent-contact-by-email", "59284-0", "Patient Consent"),
        };
        let scope = concept(
            "http://terminology.hl7.org/CodeSystem/consentscope",
            "patient-privacy",
            "Privacy Consent",
        );
        let mut consent = texts(&[("resourceType", "Consent"), ("language", self.packet.language.as_str())])
            .with("identifier", vec![self.identifier(what)])
            .with("status", "active")
            .with("scope", scope);
        let mut category = vec![concept(LOINC, code, display)];
        // By what the clinic may answer.
        let channel = CHANNELS.into_iter().find(|(consent, _)| *consent == given.consent);
        category.extend(channel.map(|(_, system)| concept(CONTACT_POINTS, system, "")));
        consent.put("category", category);
        if let Some(subject) = subject {
            consent.put("patient", subject.clone());
            consent.put("dateTime", self.packet.created.as_str());
            consent.put("performer", Json::List(vec![subject]));
        } else {
            consent.put("dateTime", self.packet.created.as_str());
        }
        let clinic = texts(&[("display", &self.packet.clinic)]);
        let mut provision = texts(&[("type", "permit")]);
        if given.consent == Consent::ShareAnswers {
            let data = texts(&[("meaning", "instance")])
                .with("reference", self.reference("QuestionnaireResponse", "response"));
            provision.put("data", vec![data]);
        }
        let consent = consent
            .with("organization", vec![clinic])
            .with("policyRule", texts(&[("text", &given.words)]))
            .with("provision", provision);
        self.named("Consent", what, consent)
    }

    /// That a consultation is asked for. Nobody has ordered it, so it is a proposal.
    fn service_request(&self, subject: Option<Json>) -> Object {
        let wishes = self.wishes(subject.as_ref());
        let mut request = texts(&[("resourceType", "ServiceRequest")])
            .with("identifier", vec![self.identifier("service-request")])
            .with("status", "active")
            .with("intent", "proposal")
            .with("code", texts(&[("text", "Consultation requested")]))
            .with("subject", self.someone(subject.clone()))
            .with("occurrenceTiming", suits(&self.packet.contact))
            .with("authoredOn", self.packet.created.as_str());
        if let Some(subject) = subject {
            request.put("requester", subject);
        }
        request.put("supportingInfo", Json::List(vec![self.reference("QuestionnaireResponse", "response")]));
        if !wishes.is_empty() {
            request.put("note", vec![texts(&[("text", &wishes)])]);
        }
        self.named("ServiceRequest", "service-request", request)
    }

    /// That a time is looked for: none is proposed but the person's own words.
    fn appointment(&self, subject: Option<Json>) -> Object {
        let wishes = self.wishes(subject.as_ref());
        let someone = Object::default().with("actor", self.someone(subject)).with("status", "accepted");
        let mut appointment = texts(&[("resourceType", "Appointment")])
            .with("identifier", vec![self.identifier("appointment")])
            .with("status", "proposed")
            .with("description", "Consultation requested")
            .with("created", self.packet.created.as_str())
            .with("comment", wishes);
        if self.wants(Extra::ServiceRequest) {
            appointment.put("basedOn", Json::List(vec![self.reference("ServiceRequest", "service-request")]));
        }
        self.named("Appointment", "appointment", appointment.with("participant", vec![someone]))
    }
}

/// The ways of answering that have a consent of their own, with the name of each in [`CONTACT_POINTS`].
const CHANNELS: [(Consent, &str); 3] =
    [(Consent::ContactByPhone, "phone"), (Consent::ContactByText, "sms"), (Consent::ContactByEmail, "email")];

/// FHIR's kinds of numbers and addresses.
const CONTACT_POINTS: &str = "http://hl7.org/fhir/contact-point-system";

/// The code system of languages.
const BCP_47: &str = "urn:ietf:bcp:47";

/// The number or address that a consent is about; empty if it is about none.
fn reached_at(contact: &Contact, consent: Consent) -> &str {
    match consent {
        Consent::ContactByPhone | Consent::ContactByText => &contact.phone,
        Consent::ContactByEmail => &contact.email,
        Consent::ShareAnswers => "",
    }
}

/// The tag of a language that is named in one of the ways in which the two that are most spoken in the US are.
fn tag_of(language: &str) -> Option<&'static str> {
    match language.trim().to_lowercase().as_str() {
        "english" | "inglés" | "ingles" => Some("en"),
        "spanish" | "español" | "espanol" => Some("es"),
        _ => None,
    }
}

/// The days and parts of the day that suit, for one talk: empty if none was named.
fn suits(contact: &Contact) -> Object {
    let day = |day: &Weekday| match day {
        Weekday::Monday => "mon",
        Weekday::Tuesday => "tue",
        Weekday::Wednesday => "wed",
        Weekday::Thursday => "thu",
        Weekday::Friday => "fri",
        Weekday::Saturday => "sat",
        Weekday::Sunday => "sun",
    };
    let time = |time: &PartOfDay| match time {
        PartOfDay::Morning => "MORN",
        PartOfDay::Afternoon => "AFT",
        PartOfDay::Evening => "EVE",
    };
    let days: Vec<Json> = contact.days.iter().map(|it| Json::from(day(it))).collect();
    let times: Vec<Json> = contact.times.iter().map(|it| Json::from(time(it))).collect();
    if days.is_empty() && times.is_empty() {
        return Object::default();
    }
    // Once, and not on each of these days.
    let repeat = Object::default().with("count", 1.0);
    let repeat = repeat.with("dayOfWeek", Json::List(days)).with("when", Json::List(times));
    Object::default().with("repeat", repeat)
}

/// A text as it may stand in a query.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}
