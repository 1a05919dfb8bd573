//! One person's way through the widget, as messages and what follows from them.

use anteroom::engine::guide::source::Source;
use anteroom::engine::guide::words::{Say, built_in};
use anteroom::engine::guide::{is_page, paths};
use anteroom::engine::handoff::delivery::{Heard, MOST_TRIES, Sending, Step};
use anteroom::engine::handoff::packet::Consent;
use anteroom::engine::handoff::send::{Reply, SendFailure, SendRequest};
use anteroom::engine::ids::{ChoiceId, Lang, PageId, QuestionId};
use anteroom::engine::screening::answer::{Answer, EntryError};
use anteroom::engine::screening::level::Level;
use anteroom::engine::session::Message::{self, *};
use anteroom::engine::session::{
    CONTACT_FIELD, ContactField, Effect, HandoffError, HostEvent, Moment, Notice, Screen, Session, Target,
    Wish, open, update,
};

use proptest::prelude::*;

use crate::support::{Folder, english, one, several};

/// A person at the widget. Every message comes at another moment with other dice.
pub struct Person {
    pub session: Session,
    pub effects: Vec<Effect>,
    dice: u128,
}

impl Person {
    /// Somebody who has opened the widget; its files have come.
    pub fn arrives() -> Self {
        Self::arrives_at(Folder::small())
    }

    pub fn arrives_at(folder: Folder) -> Self {
        let (session, effects) = open(Wish::default());
        let mut person = Self { session, effects, dice: 0 };
        person.does(FilesArrived(folder.sources));
        assert!(person.session.ready);
        person
    }

    /// Somebody for whom the widget was opened just now.
    pub fn at(session: Session, effects: Vec<Effect>) -> Self {
        Self { session, effects, dice: 0 }
    }

    pub fn does(&mut self, message: Message) -> &mut Self {
        self.dice = self.dice.wrapping_add(0x1234_5678_9abc_def0_1234_5678_9abc_def1);
        let moment = Moment { now: "2026-11-21T10:00:00Z".to_owned(), dice: self.dice, today: None };
        let (session, effects) = update(std::mem::take(&mut self.session), message, &moment);
        (self.session, self.effects) = (session, effects);
        self
    }

    pub fn chooses(&mut self, question: &str, choice: &str) -> &mut Self {
        self.does(ChoseOption(QuestionId::from(question), ChoiceId::from(choice)))
    }

    pub fn ticks(&mut self, question: &str, choice: &str) -> &mut Self {
        self.does(ToggledOption(QuestionId::from(question), ChoiceId::from(choice)))
    }

    pub fn types(&mut self, field: usize, text: &str) -> &mut Self {
        self.does(TypedField(field, text.to_owned()))
    }

    pub fn goes_on(&mut self) -> &mut Self {
        self.does(PressedContinue)
    }

    /// Answers everything, with nothing to worry about, and stands before the result.
    pub fn answers_all(&mut self) -> &mut Self {
        self.does(PressedStart).chooses("danger", "no").goes_on();
        self.chooses("smoke", "no").goes_on();
        self.types(0, "120").types(1, "80").goes_on();
        self.ticks("pills", "none").goes_on();
        self.types(0, "I have a dog.").goes_on();
        assert_eq!(self.session.screen, Screen::Review);
        self.does(PressedSeeResult);
        assert_eq!(self.session.screen, Screen::Result);
        self
    }

    /// Goes on to the preview, with a phone number and the consent to share.
    pub fn is_about_to_send(&mut self) -> &mut Self {
        self.answers_all().does(PressedShare).goes_on();
        self.does(TypedContact(ContactField::Phone, "+1 555 010 0101".to_owned())).goes_on();
        assert_eq!(self.session.screen, Screen::Preview);
        self.does(ToggledConsent(Consent::ShareAnswers))
    }

    /// Presses Send; gives what leaves.
    #[track_caller]
    pub fn sends(&mut self) -> SendRequest {
        self.does(PressedSend);
        let sent: Vec<&SendRequest> = self
            .effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Deliver(Step::Send(_, request)) => Some(request),
                _ => None,
            })
            .collect();
        assert_eq!(sent.len(), 1, "{:?}", self.effects);
        sent[0].clone()
    }

    pub fn hears(&mut self, status: u16, body: &str) -> &mut Self {
        let ticket = self.session.delivery.ticket().unwrap_or_default();
        self.does(Delivery(Heard::Replied(
            ticket,
            Reply { status, body: body.to_owned(), retry_after: None },
        )))
    }

    /// Every try of a request fails in this way.
    pub fn fails(&mut self, failure: &SendFailure) -> &mut Self {
        for _ in 0..MOST_TRIES {
            let ticket = self.session.delivery.ticket().unwrap_or_default();
            self.does(Delivery(Heard::Failed(ticket, failure.clone())));
            if let Sending::Waiting(..) = self.session.delivery.sending {
                let ticket = self.session.delivery.ticket().unwrap_or_default();
                self.does(Delivery(Heard::Waited(ticket)));
            }
        }
        self
    }

    pub fn hears_that_it_arrived(&mut self, reference: &str) -> &mut Self {
        self.hears(200, &format!(r#"{{"reference": "{reference}"}}"#))
    }

    #[track_caller]
    pub fn is_at(&mut self, screen: Screen) -> &mut Self {
        assert_eq!(self.session.screen, screen);
        self
    }

    #[track_caller]
    pub fn is_asked(&mut self, question: &str) -> &mut Self {
        self.is_at(Screen::Question(QuestionId::from(question)))
    }

    #[track_caller]
    pub fn sees(&mut self, effects: &[Effect]) -> &mut Self {
        assert_eq!(self.effects, effects);
        self
    }

    pub fn focus(&self) -> Option<&Target> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Focus(target) => Some(target),
            _ => None,
        })
    }

    pub fn host_hears(&self) -> Vec<&'static str> {
        self.effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::TellHost(event) => Some(event.name()),
                _ => None,
            })
            .collect()
    }

    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.session.answers.get(&QuestionId::from(question))
    }
}

fn heading() -> Effect {
    Effect::Focus(Target::Heading)
}

// Answering.

#[test]
fn continue_with_nothing_chosen_shows_the_error_and_moves_the_focus_to_it() {
    let mut person = Person::arrives();
    person.does(PressedStart).is_asked("danger");
    person.goes_on().is_asked("danger").sees(&[Effect::Focus(Target::ErrorSummary)]);
    assert_eq!(person.session.entry_error, Some((0, EntryError::NothingChosen)));
    // The error goes with the answer.
    person.chooses("danger", "no");
    assert_eq!(person.session.entry_error, None);
    person.goes_on().is_asked("smoke").sees(&[heading()]);
}

#[test]
fn what_cannot_be_read_stays_in_its_field() {
    let mut person = Person::arrives();
    person.does(PressedStart).chooses("danger", "no").goes_on().chooses("smoke", "yes").goes_on();
    person.is_asked("packs").types(0, "many").goes_on().is_asked("packs");
    assert_eq!(person.session.entry_error, Some((0, EntryError::NotANumber)));
    assert_eq!(person.session.fields, ["many"]);
    person.types(0, "25").goes_on().is_asked("pressure");
    person.types(1, "80").goes_on();
    assert_eq!(person.session.entry_error, Some((0, EntryError::HalfAPair)));
    person.types(0, "300.5").goes_on();
    assert_eq!(person.session.entry_error, Some((0, EntryError::TooHigh)));
    person.types(0, "").types(1, "").goes_on().is_asked("pills");
    assert_eq!(person.answer("pressure"), Some(&Answer::Blank));
}

#[test]
fn none_of_these_stands_alone() {
    let mut person = Person::arrives();
    person.ticks("pills", "red").ticks("pills", "blue");
    assert_eq!(person.answer("pills"), Some(&several(&["red", "blue"])));
    person.ticks("pills", "none");
    assert_eq!(person.answer("pills"), Some(&several(&["none"])));
    person.ticks("pills", "blue");
    assert_eq!(person.answer("pills"), Some(&several(&["blue"])));
    person.ticks("pills", "blue");
    assert_eq!(person.answer("pills"), None, "nothing ticked is no answer");
}

#[test]
fn back_and_change_keep_every_answer() {
    let mut person = Person::arrives();
    person.answers_all();
    let all = person.session.answers.clone();
    person.does(PressedBack).is_at(Screen::Review);
    for question in ["remarks", "pills", "pressure", "smoke", "danger"] {
        person.does(PressedBack).is_asked(question);
    }
    person.does(PressedBack).is_at(Screen::Start);
    assert_eq!(person.session.answers, all);
    // On again: what was typed stands in the fields.
    person.does(PressedReview).does(AskedToChange(QuestionId::from("pressure"))).is_asked("pressure");
    assert_eq!(person.session.fields, ["120", "80"]);
    person.goes_on().is_at(Screen::Review);
    assert_eq!(person.session.answers, all);
    person.does(AskedToChange(QuestionId::from("smoke"))).does(PressedBack).is_at(Screen::Review);
}

#[test]
fn a_change_that_opens_a_new_question_asks_it_before_the_review() {
    let mut person = Person::arrives();
    person.answers_all().does(PressedReview);
    person.does(AskedToChange(QuestionId::from("smoke"))).chooses("smoke", "yes").goes_on();
    person.is_asked("packs").types(0, "25").goes_on().is_at(Screen::Review);
    assert_eq!(person.session.outcome().level, Level::Review);
    // Changed back: the answer is kept and not counted.
    person.does(AskedToChange(QuestionId::from("smoke"))).chooses("smoke", "no").goes_on();
    person.is_at(Screen::Review);
    assert_eq!(person.answer("packs"), Some(&Answer::Number(25.0)));
    assert_eq!(person.session.outcome().level, Level::Clear);
}

#[test]
fn start_goes_on_where_the_person_was() {
    let mut person = Person::arrives();
    person.does(PressedStart);
    assert_eq!(person.host_hears(), ["started"]);
    person.chooses("danger", "no").goes_on().does(PressedHome).is_at(Screen::Start);
    person.does(OpenedPage(PageId::from("visit"))).does(PressedStart).is_asked("smoke");
    assert_eq!(person.host_hears(), [""; 0], "it was started already");
}

#[test]
fn the_result_waits_for_every_required_answer() {
    let mut person = Person::arrives();
    person.does(PressedStart).chooses("danger", "no").does(PressedSeeResult).is_at(Screen::Review);
    assert_eq!(person.host_hears(), [""; 0]);
    // Even a stop: the others may add reasons. Only help now ends the form.
    person.ticks("pills", "red").does(PressedSeeResult).is_at(Screen::Review);
}

#[test]
fn what_is_known_so_far_is_shown_as_no_result_with_each_open_question_to_go_to() {
    let mut person = Person::arrives();
    person.does(PressedStart).does(PressedSeeResult).does(PressedSeeSoFar).is_at(Screen::Review);
    person.chooses("danger", "no").chooses("smoke", "yes").does(PressedSeeSoFar).is_at(Screen::Result);
    assert_eq!(person.session.outcome().level, Level::Incomplete);
    assert_eq!(person.host_hears(), [""; 0], "the host page hears of a result only");
    person.does(PressedShare).is_at(Screen::Result).does(PressedBack).is_at(Screen::Review);
    let open = person.session.outcome().unanswered;
    assert_eq!(open.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["packs", "pills"]);
    // Each open question leads to the next one, and then back to the review.
    person.does(AskedToChange("packs".into())).types(0, "3").goes_on().is_asked("pressure");
    person.goes_on().is_asked("pills").ticks("pills", "none").goes_on().is_asked("remarks").goes_on();
    person.is_at(Screen::Review).does(PressedSeeSoFar).is_at(Screen::Result);
    assert_eq!(person.host_hears(), ["finished"], "nothing is missing any more");
}

// Help.

#[test]
fn a_crisis_answer_opens_the_panel_at_once_and_is_kept() {
    let mut person = Person::arrives();
    person.does(PressedStart).chooses("danger", "thoughts");
    assert!(person.session.help_open);
    // The host page hears nothing: it would learn the answer from it.
    person.sees(&[Effect::Focus(Target::Help)]);
    assert_eq!(person.answer("danger"), Some(&one("thoughts")));
    person.does(ClosedHelp).sees(&[heading()]).is_asked("danger");
    assert!(!person.session.help_open);
    person.goes_on().is_asked("smoke");
}

#[test]
fn an_arrow_key_that_passes_a_crisis_answer_offers_help_and_continue_opens_it() {
    let mut person = Person::arrives();
    let moved = |choice: &str| MovedToOption(QuestionId::from("danger"), ChoiceId::from(choice));
    person.does(PressedStart).does(moved("thoughts"));
    assert!(person.session.help_offered && !person.session.help_open);
    assert_eq!(person.answer("danger"), Some(&one("thoughts")));
    // Only passing by: nothing stays.
    person.does(moved("no"));
    assert!(!person.session.help_offered);
    // Staying there: Continue opens the panel first, and goes on the second time.
    person.does(moved("thoughts")).goes_on().is_asked("danger");
    assert!(person.session.help_open);
    person.does(ClosedHelp).goes_on().is_asked("smoke");
    assert!(!person.session.help_open);
}

#[test]
fn the_host_page_hears_of_help_only_from_the_button() {
    let mut person = Person::arrives();
    person.does(OpenedHelp);
    assert_eq!(person.host_hears(), ["help-opened"]);
}

#[test]
fn a_further_tick_does_not_open_the_panel_again() {
    let mut person = Person::arrives();
    person.ticks("pills", "voices");
    assert!(person.session.help_open);
    person.does(ClosedHelp).ticks("pills", "blue");
    assert!(!person.session.help_open);
    person.ticks("pills", "voices").ticks("pills", "voices");
    assert!(person.session.help_open, "ticked anew, it opens anew");
}

#[test]
fn help_now_leads_to_the_result_and_nowhere_else() {
    let mut person = Person::arrives();
    person.does(PressedStart).chooses("danger", "now").does(ClosedHelp).goes_on().is_at(Screen::Result);
    assert_eq!(person.session.outcome().level, Level::GetHelp);
    let before = person.session.clone();
    person.does(PressedShare).sees(&[]);
    assert_eq!(person.session, before, "nothing is shared, booked or sent");
    assert_eq!(person.session.packet(), None);
    person.does(PressedCopy).sees(&[]);
    person.does(PressedSave).sees(&[]);
    person.does(PressedSend).sees(&[]);
    // The way back to the answer is open, and honesty has cost nothing.
    person.does(PressedBack).is_asked("danger").chooses("danger", "no").goes_on().is_asked("smoke");
}

#[test]
fn the_host_page_cannot_tell_one_result_from_another() {
    let mut heard = Vec::new();
    for danger in ["no", "now"] {
        let mut person = Person::arrives();
        if danger == "now" {
            person.does(PressedStart).chooses("danger", "now").does(PressedSeeResult);
        } else {
            person.answers_all().does(PressedBack).does(PressedSeeResult);
        }
        person.is_at(Screen::Result);
        heard.push(person.host_hears());
    }
    assert_eq!(heard, [["finished"], ["finished"]]);
}

#[test]
fn no_reply_takes_the_crisis_panel_away() {
    let mut person = Person::arrives();
    person.is_about_to_send().sends();
    let reference = person.session.reference();
    person.does(OpenedHelp).fails(&SendFailure::TimedOut);
    assert!(person.session.help_open);
    assert_eq!(person.focus(), None);
    person.sends();
    person.does(OpenedHelp).hears_that_it_arrived(&reference);
    assert!(person.session.help_open);
    assert_eq!(person.focus(), None);
    person.does(ClosedHelp).is_at(Screen::Receipt);
}

// Handing over.

#[test]
fn what_is_shown_is_what_leaves() {
    let mut person = Person::arrives();
    person.is_about_to_send();
    let shown = person.session.packet().unwrap();
    let note = person.session.note().unwrap();
    let lines = person.session.chart_lines().unwrap();
    let request = person.sends();
    assert_eq!(request.body, shown.to_json());
    assert_eq!(request.endpoint, "https://clinic.example/requests");
    assert!(note.contains(&shown.reference) && lines.contains(&shown.reference));
    person.does(PressedCopy).sees(&[Effect::Copy(lines)]);
    let name = format!("anteroom-{}.json", shown.reference);
    person.does(PressedSave).sees(&[Effect::SaveFile { name, text: shown.to_json() }]);
    person.does(PressedPrint).sees(&[Effect::Print]);
}

#[test]
fn nothing_is_sent_without_consent_and_a_way_to_answer() {
    let mut person = Person::arrives();
    person.answers_all().does(PressedShare).goes_on().goes_on().does(PressedSend);
    assert_eq!(person.session.handoff_error, Some(HandoffError::NoContact));
    person.sees(&[Effect::Focus(Target::ErrorSummary)]);
    person.does(FollowedError(CONTACT_FIELD.to_owned()));
    assert_eq!(person.session.screen, Screen::Contact, "what is missing stands there");
    person.sees(&[Effect::Focus(Target::Field(CONTACT_FIELD.to_owned()))]);
    person.does(TypedContact(ContactField::Email, " ".to_owned())).goes_on();
    person.does(PressedSend);
    assert_eq!(person.session.handoff_error, Some(HandoffError::NoContact), "blanks are no address");
    person.does(PressedBack).does(TypedContact(ContactField::Email, "a@b.example".to_owned())).goes_on();
    person.does(PressedSend);
    assert_eq!(person.session.handoff_error, Some(HandoffError::NoConsent));
    person.does(ToggledConsent(Consent::ContactByEmail)).does(PressedSend);
    assert_eq!(
        person.session.handoff_error,
        Some(HandoffError::NoConsent),
        "another consent is not this one"
    );
    person.does(ToggledConsent(Consent::ShareAnswers)).sends();
    assert_eq!(person.session.handoff_error, None);
}

#[test]
fn a_clinic_without_an_endpoint_gets_nothing_sent() {
    let folder = Folder::small().replaced("settings.toml", "https://clinic.example/requests", "");
    let mut person = Person::arrives_at(folder);
    person.is_about_to_send().does(PressedSend).sees(&[]);
    assert_eq!(person.session.delivery.sending, Sending::Idle);
}

#[test]
fn a_failed_send_keeps_everything_and_a_retry_is_the_same_request() {
    let mut person = Person::arrives();
    person.is_about_to_send();
    let (answers, sharing) = (person.session.answers.clone(), person.session.sharing.clone());
    let first = person.sends();
    assert_eq!(person.session.delivery.sending, Sending::UnderWay);
    person.does(PressedSend).sees(&[]);
    for failure in [SendFailure::Offline, SendFailure::TimedOut, SendFailure::Unreachable] {
        person.fails(&failure).is_at(Screen::Preview);
        assert_eq!(person.session.delivery.sending, Sending::Failed(failure));
        assert_eq!((&person.session.answers, &person.session.sharing), (&answers, &sharing));
        assert!(person.session.has_something_to_lose());
        assert_eq!(person.sends(), first, "the same packet keeps its key");
    }
    person.hears(418, "").sees(&[Effect::Focus(Target::Notice)]).is_at(Screen::Preview);
    assert_eq!(person.session.delivery.sending, Sending::Failed(SendFailure::Refused(418)));
    // A changed packet is another request.
    person.does(ToggledConsent(Consent::ContactByPhone));
    let changed = person.sends();
    assert_ne!(changed.idempotency_key, first.idempotency_key);
    assert_ne!(changed.body, first.body);
    let reference = person.session.reference();
    person.hears_that_it_arrived(&reference).is_at(Screen::Receipt);
    person.sees(&[heading(), Effect::TellHost(HostEvent::HandedOff(reference))]);
    assert!(!person.session.has_something_to_lose());
}

#[test]
fn the_idempotency_key_is_a_random_uuid() {
    let mut person = Person::arrives();
    let key = person.is_about_to_send().sends().idempotency_key;
    let parts: Vec<&str> = key.split('-').collect();
    assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
    assert!(key.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit()), "{key}");
    assert!(parts[2].starts_with('4') && parts[3].starts_with(['8', '9', 'a', 'b']), "{key}");
}

#[test]
fn a_reply_that_confirms_nothing_is_unclear() {
    for (status, body) in
        [(200, "<html>Welcome</html>"), (200, ""), (200, r#"{"reference": "ZZZ-ZZZ"}"#), (204, "")]
    {
        let mut person = Person::arrives();
        person.is_about_to_send().sends();
        person.hears(status, body).is_at(Screen::Preview);
        assert_eq!(person.session.delivery.sending, Sending::Failed(SendFailure::Unclear), "{status} {body}");
        assert!(person.session.has_something_to_lose());
    }
}

#[test]
fn nothing_that_comes_late_is_taken_for_the_new_request() {
    let changes: [Message; 4] = [
        ToggledShared(QuestionId::from("smoke")),
        TypedContact(ContactField::Name, "Sam".to_owned()),
        ToggledConsent(Consent::ContactByPhone),
        ChoseOption(QuestionId::from("smoke"), ChoiceId::from("no")),
    ];
    for change in changes {
        let mut person = Person::arrives();
        let first = person.is_about_to_send().sends();
        let old_reference = person.session.reference();
        let old_ticket = person.session.delivery.ticket().unwrap();
        let arrived = format!(r#"{{"reference": "{old_reference}"}}"#);
        let late = [
            Heard::Replied(old_ticket, Reply { status: 200, body: arrived, retry_after: None }),
            Heard::Failed(old_ticket, SendFailure::TimedOut),
            Heard::Waited(old_ticket),
        ];
        person.does(change.clone());
        assert_eq!(person.effects.first(), Some(&Effect::Deliver(Step::Stop)), "{change:?}");
        assert_eq!(person.session.delivery.sending, Sending::Idle, "{change:?}");
        let before = person.session.clone();
        for late in &late {
            person.does(Delivery(late.clone())).sees(&[]);
            assert_eq!(person.session, before, "{change:?}");
        }
        // The new one is under way when they come.
        person.does(PressedShare);
        let second = person.sends();
        assert_ne!(second.idempotency_key, first.idempotency_key, "{change:?}");
        let new_reference = person.session.reference();
        assert_ne!(new_reference, old_reference, "{change:?}");
        for late in late {
            person.does(Delivery(late)).sees(&[]);
            assert_eq!(person.session.delivery.sending, Sending::UnderWay, "{change:?}");
        }
        person.hears_that_it_arrived(&new_reference).is_at(Screen::Receipt);
    }
}

#[test]
fn a_call_for_help_takes_every_way_to_book_and_to_ask_away() {
    let endpoint = "endpoint = \"https://clinic.example/requests\"";
    let more = "email = \"desk@clinic.example\"\nbooking = { url = \"https://book.example/\" }";
    let folder = Folder::small().replaced("settings.toml", endpoint, &format!("{endpoint}\n{more}"));
    let mut person = Person::arrives_at(folder);
    person.is_about_to_send();
    assert!(person.session.mail().is_some() && person.session.booking_address().is_some());
    person.chooses("danger", "now").does(ClosedHelp).does(PressedSeeResult).is_at(Screen::Result);
    for way in [PressedShare, PressedSend, PressedCopy, PressedSave] {
        person.does(way).is_at(Screen::Result).sees(&[]);
    }
    assert_eq!((person.session.mail(), person.session.booking_address()), (None, None));
    assert_eq!(person.session.payload(), None);
}

#[test]
fn a_call_for_help_puts_the_pages_about_price_away() {
    let folder = Folder::small().replaced("settings.toml", "[guide]", "[guide]\nabout_price = [\"visit\"]");
    assert_eq!(folder.errors(), []);
    let mut person = Person::arrives_at(folder);
    let visit = PageId::from("visit");
    let title = person.session.page(&visit).unwrap().1.title.clone();
    let finds = |person: &mut Person| {
        person.does(OpenedSearch).does(TypedSearch(title.clone()));
        let found = person.session.search.found.iter().any(|found| found.page == visit);
        person.does(PressedBack);
        found
    };
    assert!(person.session.offers_page(&visit) && finds(&mut person));
    person.does(PressedStart).chooses("danger", "now").does(ClosedHelp).does(PressedSeeResult);
    assert!(!person.session.offers_page(&visit) && !finds(&mut person));
    assert!(person.session.offers_page(&PageId::from("after")));
}

#[test]
fn a_bundle_is_made_from_the_packet_and_a_fhir_server_confirms_it() {
    let endpoint = "endpoint = \"https://clinic.example/requests\"";
    let fhir = format!(
        "{endpoint}\nformat = \"fhir\"\nfhir = {{ base = \"https://clinic.example/fhir/\", include = [\"patient\"], transaction = true }}"
    );
    let folder = Folder::small().replaced("settings.toml", endpoint, &fhir);
    assert_eq!(folder.errors(), []);
    let mut person = Person::arrives_at(folder);
    person.is_about_to_send();
    let shown = person.session.payload().unwrap();
    let request = person.sends();
    assert_eq!((request.content_type, &request.body), ("application/fhir+json", &shown.1));
    let bundle: serde_json::Value = serde_json::from_str(&request.body).unwrap();
    assert_eq!(bundle["type"], "transaction");
    person.hears(200, r#"{"resourceType": "Bundle", "type": "transaction-response", "entry": [{"response": {"status": "201"}}]}"#);
    person.is_at(Screen::Receipt);
}

#[test]
fn a_mail_and_a_booking_page_get_contact_and_reference_at_most() {
    let endpoint = "endpoint = \"https://clinic.example/requests\"";
    let settings = "email = \"desk@clinic.example\"\n\
                    booking = { service = \"cal.com\", url = \"https://cal.com/clinic/talk\" }";
    let folder = Folder::small().replaced("settings.toml", endpoint, settings);
    assert_eq!(folder.errors(), []);
    let mut person = Person::arrives_at(folder);
    person.is_about_to_send().does(TypedContact(ContactField::Name, "Sam Li".to_owned()));
    let reference = person.session.reference();
    let (address, text) = person.session.mail().unwrap();
    let phone = "+1 555 010 0101";
    assert!(text.contains(&reference) && text.contains("Sam Li") && text.contains(phone), "{text}");
    assert!(address.starts_with("mailto:desk@clinic.example?subject="), "{address}");
    for told in ["dog", "120", "No smoke", "No pills"] {
        assert!(!text.contains(told) && !address.contains(told), "{told}");
    }
    assert_eq!(
        person.session.booking_address().unwrap(),
        "https://cal.com/clinic/talk",
        "nothing unless ticked"
    );
    person.does(ToggledFillBooking);
    assert_eq!(
        person.session.booking_address().unwrap(),
        format!("https://cal.com/clinic/talk?name=Sam%20Li&notes={reference}")
    );
    // Switched off, they are not there.
    let off =
        Folder::small().replaced("settings.toml", endpoint, &format!("{settings}\nchannels = [\"phone\"]"));
    let mut person = Person::arrives_at(off);
    person.is_about_to_send();
    assert_eq!((person.session.mail(), person.session.booking_address()), (None, None));
}

proptest! {
    #[test]
    fn an_e_mail_stays_short_whatever_is_typed_and_never_breaks_a_letter(name in ".{0,300}", phone in ".{0,300}") {
        let settings = "email = \"desk@clinic.example\"";
        let folder = Folder::small().replaced("settings.toml", "endpoint = \"https://clinic.example/requests\"", settings);
        let mut person = Person::arrives_at(folder);
        person.is_about_to_send().does(TypedContact(ContactField::Name, name));
        person.does(TypedContact(ContactField::Phone, phone));
        let (address, text) = person.session.mail().unwrap();
        prop_assert!(address.len() < 2_000, "{}", address.len());
        prop_assert!(address.bytes().all(|byte| byte.is_ascii_graphic()), "{address}");
        prop_assert_eq!(address.matches("%0D%0A").count() + 1, text.lines().count());
    }
}

#[test]
fn what_was_unticked_stays_unticked_when_an_answer_changes() {
    let mut person = Person::arrives();
    person.answers_all().does(PressedShare);
    assert!(!person.session.sharing.answers.contains(&QuestionId::from("danger")), "private");
    person.does(ToggledShared(QuestionId::from("pills"))).does(ToggledShared(QuestionId::from("danger")));
    person.does(PressedBack).does(PressedReview);
    person.does(AskedToChange(QuestionId::from("smoke"))).chooses("smoke", "yes").goes_on();
    person.types(0, "25").goes_on().does(PressedSeeResult).does(PressedShare);
    let shared = &person.session.sharing.answers;
    assert!(!shared.contains(&QuestionId::from("pills")), "it was unticked by hand");
    assert!(shared.contains(&QuestionId::from("danger")), "it was ticked by hand");
    assert!(shared.contains(&QuestionId::from("packs")), "a new answer starts as the guide says");
}

#[test]
fn a_clipboard_that_refuses_is_said() {
    let mut person = Person::arrives();
    person.is_about_to_send().does(PressedCopy);
    person.does(Noticed(Notice::CopyRefused)).sees(&[Effect::Focus(Target::Notice)]);
    assert_eq!(person.session.notice, Some(Notice::CopyRefused));
    assert_ne!(person.session.words().say(Say::NoticeCopyRefused), "");
    person.does(ToggledConsent(Consent::ContactByPhone));
    assert_eq!(person.session.notice, None, "old news goes with the next act");
}

// Forgetting.

#[test]
fn clear_and_leave_forget_everything_of_the_person() {
    let fresh = Person::arrives().session;
    for leaving in [false, true] {
        let mut person = Person::arrives();
        person.is_about_to_send().sends();
        person.does(OpenedHelp).does(if leaving { PressedLeave } else { PressedClear });
        assert_eq!(person.session, fresh);
        assert!(!format!("{:?}", person.session.answers).contains("dog"));
        let stop = Effect::Deliver(Step::Stop);
        if leaving {
            person.sees(&[stop, Effect::Leave]);
        } else {
            let said = Effect::Announce(person.session.words().say(Say::Cleared).to_owned());
            person.sees(&[stop, heading(), said]);
        }
        let reference = "222-222".to_owned();
        person.hears_that_it_arrived(&reference).sees(&[]).is_at(Screen::Start);
        assert_eq!(person.session, fresh, "a late reply brings nothing back");
    }
}

#[test]
fn there_is_nothing_to_lose_before_the_first_answer() {
    let mut person = Person::arrives();
    assert!(!person.session.has_something_to_lose());
    assert!(person.does(PressedStart).chooses("danger", "no").session.has_something_to_lose());
    assert!(!person.does(PressedClear).session.has_something_to_lose());
}

// Files.

fn files(paths: &[String]) -> Vec<Source> {
    let all = Folder::small().sources;
    let file = |path: &String| {
        let found = all.iter().find(|source| source.path == *path).cloned();
        found.unwrap_or_else(|| Source::missing(path, "the server answered 404"))
    };
    paths.iter().map(file).collect()
}

fn load(effects: &[Effect]) -> Vec<String> {
    let mut paths = Vec::new();
    for effect in effects {
        if let Effect::Load(more) = effect {
            paths.extend(more.iter().cloned());
        }
    }
    paths
}

#[test]
fn the_first_files_are_enough_to_start_and_the_others_come_later() {
    let (session, effects) = open(Wish::default());
    let first = load(&effects);
    assert_eq!(first, ["settings.toml", "en/words.toml", "screening.toml", "en/screening.toml"]);
    let mut person = Person { session, effects, dice: 0 };
    assert!(!person.session.ready);
    person.does(FilesArrived(files(&first)));
    assert!(person.session.ready);
    assert_eq!(person.host_hears(), ["ready"]);
    assert_eq!(person.session.problems.len(), 0, "{:?}", person.session.problems);
    let later = load(&person.effects);
    // The small guide has no groups, so its pages are listed on the start page.
    let (pages, later): (Vec<String>, Vec<String>) = later.into_iter().partition(|path| is_page(path));
    assert_eq!(later, ["sources.toml", "plan.toml", "en/plan.toml", "en/glossary.toml"]);
    assert_eq!(pages, ["en/pages/visit.md", "en/pages/after.md"]);
    // Meanwhile the person has begun.
    person.does(PressedStart).chooses("danger", "no").goes_on();
    person.does(FilesArrived(files(&later))).is_asked("smoke");
    person.does(FilesArrived(files(&pages))).sees(&[]).is_asked("smoke");
    assert_eq!(person.answer("danger"), Some(&one("no")));
    assert_eq!(person.session.guide.pages.len(), 0, "nobody reads");
    person.does(PressedHome);
    assert_eq!(person.session.guide.pages.len(), 2);
    assert_eq!(person.session.problems.len(), 0, "{:?}", person.session.problems);
}

#[test]
fn the_first_files_may_come_one_by_one() {
    let (session, effects) = open(Wish::default());
    let first = load(&effects);
    let mut person = Person { session, effects, dice: 0 };
    let (last, before) = first.split_last().unwrap();
    for path in before {
        person.does(FilesArrived(files(std::slice::from_ref(path))));
        assert!(!person.session.ready, "{path}");
    }
    person.does(FilesArrived(files(std::slice::from_ref(last))));
    assert!(person.session.ready);
}

#[test]
fn a_guide_that_cannot_be_read_says_so_and_keeps_the_phone_and_the_crisis_words() {
    let (session, effects) = open(Wish { phone: "+1 555 010 0177".to_owned(), ..Wish::default() });
    let gone: Vec<Source> =
        load(&effects).iter().map(|path| Source::missing(path, "the server did not answer")).collect();
    let mut person = Person { session, effects, dice: 0 };
    person.does(FilesArrived(gone));
    assert!(person.session.ready);
    assert_eq!(person.host_hears(), ["failed"]);
    assert_eq!(person.session.phone(), "+1 555 010 0177");
    assert_eq!(person.session.words().say(Say::HelpCall), built_in().say(Say::HelpCall));
    person.does(PressedStart).is_at(Screen::Start).does(PressedSeeResult).is_at(Screen::Review);
    person.does(OpenedHelp);
    assert!(person.session.help_open);
    assert!(!person.session.errors().is_empty());
}

#[test]
fn a_page_that_the_host_wishes_for_comes_first() {
    let (session, _) = open(Wish { page: Some(PageId::from("visit")), ..Wish::default() });
    assert_eq!(session.screen, Screen::Page(PageId::from("visit")));
}

#[test]
fn another_language_is_loaded_once_and_keeps_the_answers() {
    let mut person = Person::arrives();
    let spanish = Lang::from("es");
    person.does(PressedStart).chooses("danger", "no").goes_on();
    person.session.lang = Some(english());
    person.does(ChoseLanguage(spanish.clone()));
    assert_eq!(person.session.lang(), &spanish, "its files were there already");
    person.is_asked("smoke");
    assert_eq!(person.session.words().question(&QuestionId::from("smoke")).ask, "¿Fuma?");
    assert_eq!(person.answer("danger"), Some(&one("no")));
    person.does(ChoseLanguage(Lang::from("fr"))).sees(&[]);
    assert_eq!(person.session.lang(), &spanish, "a language that the guide has not is not chosen");
}

#[test]
fn a_language_whose_words_are_gone_borrows_the_first_ones() {
    let spanish = Lang::from("es");
    let (session, effects) = open(Wish { lang: Some(spanish.clone()), ..Wish::default() });
    let mut person = Person { session, effects, dice: 0 };
    let gone = paths::screening_words(&spanish);
    let mut asked_for = load(&person.effects);
    // As the browser does: whatever is asked for comes, or does not.
    for _ in 0..5 {
        let arrived = files(&asked_for)
            .into_iter()
            .map(
                |file| {
                    if file.path == gone { Source::missing(&gone, "the server answered 404") } else { file }
                },
            )
            .collect();
        person.does(FilesArrived(arrived));
        asked_for = load(&person.effects);
        if asked_for.is_empty() {
            break;
        }
    }
    assert_eq!(asked_for, [""; 0], "nothing is asked for over and over");
    assert_eq!(person.session.lang(), &spanish);
    assert_eq!(person.session.words().question(&QuestionId::from("smoke")).ask, "Do you smoke?");
}

#[test]
fn a_search_finds_pages_opens_them_at_the_heading_and_comes_back() {
    let mut person = Person::arrives();
    person.does(OpenedSearch).is_at(Screen::Search);
    person.does(TypedSearch("visit".to_owned()));
    let found = person.session.search.found.clone();
    assert!(!found.is_empty());
    assert!(
        person.effects.iter().any(|effect| matches!(effect, Effect::Announce(_))),
        "{:?}",
        person.effects
    );
    person.does(OpenedPage(found[0].page.clone()));
    person.is_at(Screen::Page(found[0].page.clone()));
    person.does(PressedBack).is_at(Screen::Search);
    assert_eq!(person.session.search.found, found, "what was found is still there");
    person.does(PressedHome);
    assert_eq!(person.session.search.typed, "", "nothing is left on a shared computer");
}

#[test]
fn what_is_typed_to_search_for_goes_nowhere() {
    let mut person = Person::arrives();
    person.does(OpenedSearch);
    person.does(TypedSearch("suicide".to_owned()));
    let only_said = person.effects.iter().all(|effect| match effect {
        Effect::Announce(words) => !words.contains("suicide"),
        _ => false,
    });
    assert!(only_said, "{:?}", person.effects);
    person.does(PressedLeave);
    assert_eq!(person.session.search.typed, "");
}

#[test]
fn a_search_that_finds_nothing_says_so() {
    let mut person = Person::arrives();
    person.does(OpenedSearch).does(TypedSearch("qqqqqq".to_owned()));
    assert_eq!(person.session.search_words().as_deref(), Some(built_in().say(Say::SearchNone)));
    person.does(TypedSearch(String::new()));
    assert_eq!(person.session.search_words(), None);
}

/// The part of the page that the focus goes to.
fn part(person: &Person) -> Option<&str> {
    person.effects.iter().find_map(|effect| match effect {
        Effect::Focus(Target::Part(slug)) => Some(slug.as_str()),
        _ => None,
    })
}

#[test]
fn back_leads_from_a_page_to_where_it_was_opened() {
    let mut person = Person::arrives();
    let (visit, after) = (PageId::from("visit"), PageId::from("after"));
    person.does(OpenedPages(None)).does(OpenedPage(visit.clone())).does(OpenedPage(after));
    person.does(PressedBack);
    assert_eq!(person.session.screen, Screen::Page(visit));
    person.does(PressedBack);
    assert_eq!(person.session.screen, Screen::Pages);
    person.does(PressedBack);
    assert_eq!(person.session.screen, Screen::Start);
}

#[test]
fn a_link_to_a_heading_moves_the_focus_there_once_the_page_has_come() {
    let mut person = Person::arrives();
    person.does(FollowedLink(None, "here".to_owned()));
    assert_eq!(part(&person), Some("here"));
    person.does(FollowedLink(Some(PageId::from("after")), "there".to_owned()));
    assert_eq!(part(&person), Some("there"), "the page was there already");

    let (session, effects) = open(Wish { page: Some(PageId::from("visit")), ..Wish::default() });
    let first = load(&effects);
    let mut person = Person { session, effects, dice: 0 };
    person.does(FilesArrived(files(&first)));
    person.does(FollowedLink(Some(PageId::from("after")), "there".to_owned()));
    assert_eq!(part(&person), None);
    assert_eq!(load(&person.effects), ["en/pages/after.md"], "it is asked for at once");
    person.does(FilesArrived(files(&["en/pages/after.md".to_owned()])));
    assert_eq!(part(&person), Some("there"));
}

#[test]
fn a_page_that_a_language_lacks_is_shown_in_the_first_one() {
    let mut person = Person::arrives();
    let gone = "es/pages/visit.md";
    person.does(ChoseLanguage(Lang::from("es")));
    person.does(FilesArrived(vec![Source::missing(gone, "the server answered 404")]));
    let (lang, page) = person.session.page(&PageId::from("visit")).unwrap();
    assert_eq!((lang, page.title.as_str()), (&english(), "Page visit"));
}

#[test]
fn one_part_is_printed_alone_and_then_nothing_is() {
    let mut person = Person::arrives();
    person.does(PressedPrintPart("ar-list-1".to_owned()));
    assert_eq!(person.session.printing.as_deref(), Some("ar-list-1"));
    assert!(person.effects.contains(&Effect::Print));
    person.does(Printed);
    assert_eq!(person.session.printing, None);
}
