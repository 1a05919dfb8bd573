//! The packet: exactly what leaves. The preview, the print, the file, the note and the send are all made from it.

use crate::engine::map::{Map, Set};

use serde::{Deserialize, Serialize};

use crate::engine::guide::Guide;
use crate::engine::guide::words::{Say, Words};
use crate::engine::handoff::channel::Spoken;
use crate::engine::handoff::coded::{Coded, CodedScore, Coder, ForFhir};
use crate::engine::handoff::read;
use crate::engine::ids::{BandId, InstrumentId, Lang, QuestionId, RuleId};
use crate::engine::screening::answer::{Answer, Answers};
use crate::engine::screening::instrument::scores;
use crate::engine::screening::journey::journey;
use crate::engine::screening::level::Level;
use crate::engine::screening::result::{Outcome, Reason};

/// The name and version of the packet's format, documented in docs/packet.md.
pub const FORMAT: &str = "anteroom-packet/1";

/// What the person chose to share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sharing {
    /// The answers that are ticked.
    pub answers: Set<QuestionId>,
    /// The reasons that are unticked. Every other one goes along with its answers.
    pub reasons_off: Set<RuleId>,
    /// How the clinic may reach the person.
    pub contact: Contact,
    /// The consents that are ticked.
    pub consents: Set<Consent>,
    /// Whether the contact and the reference may go along to the booking page.
    pub fill_booking: bool,
}

impl Sharing {
    /// Whether a reason goes along: all of its answers do, and it is not unticked.
    pub fn shares(&self, reason: &Reason) -> bool {
        self.could_share(reason) && !self.reasons_off.contains(&reason.rule)
    }

    /// Whether all answers that a reason read are ticked. Without them the reason would give them away.
    pub fn could_share(&self, reason: &Reason) -> bool {
        reason.answers.iter().all(|question| self.answers.contains(question))
    }
}

/// How the clinic may reach the person. Empty texts were not given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Contact {
    /// The name to ask for.
    pub name: String,
    /// A phone number.
    pub phone: String,
    /// An e-mail address.
    pub email: String,
    /// When it suits, in the person's words.
    pub best_time: String,
    /// The days that suit; empty if none was named.
    #[serde(default, skip_serializing_if = "Set::is_empty")]
    pub days: Set<Weekday>,
    /// The parts of the day that suit; empty if none was named.
    #[serde(default, skip_serializing_if = "Set::is_empty")]
    pub times: Set<PartOfDay>,
    /// The language to talk in, in the person's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Weekday {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// All days, as they are shown.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// The day's name.
    pub fn say(self) -> Say {
        match self {
            Self::Monday => Say::DayMonday,
            Self::Tuesday => Say::DayTuesday,
            Self::Wednesday => Say::DayWednesday,
            Self::Thursday => Say::DayThursday,
            Self::Friday => Say::DayFriday,
            Self::Saturday => Say::DaySaturday,
            Self::Sunday => Say::DaySunday,
        }
    }
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartOfDay {
    /// Until noon.
    Morning,
    /// From noon to about five.
    Afternoon,
    /// From about five.
    Evening,
}

impl PartOfDay {
    /// All parts, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// The part's name.
    pub fn say(self) -> Say {
        match self {
            Self::Morning => Say::TimeMorning,
            Self::Afternoon => Say::TimeAfternoon,
            Self::Evening => Say::TimeEvening,
        }
    }
}

impl Contact {
    /// Whether days, times, or a language were named.
    pub fn says_when_or_language(&self) -> bool {
        !self.days.is_empty()
            || !self.times.is_empty()
            || !self.best_time.is_empty()
            || !self.language.is_empty()
    }

    /// When it suits: days, parts of the day and the person's own words, in one line; empty if nothing was said.
    pub fn when_in_words(&self, words: &Words) -> String {
        let days: Vec<&str> = self.days.iter().map(|day| words.say(day.say())).collect();
        let times: Vec<&str> = self.times.iter().map(|time| words.say(time.say())).collect();
        let parts = [days.join(", "), times.join(", "), self.best_time.trim().to_owned()];
        parts.iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join("; ")
    }
}

/// A consent, each with a box of its own that starts unticked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Hand these answers to this clinic.
    ShareAnswers,
    /// The clinic may call.
    ContactByPhone,
    /// The clinic may send text messages.
    ContactByText,
    /// The clinic may write e-mails.
    ContactByEmail,
}

impl Consent {
    /// All consents, in the order they are shown.
    pub const ALL: [Self; 4] =
        [Self::ShareAnswers, Self::ContactByPhone, Self::ContactByText, Self::ContactByEmail];

    /// The words of the consent.
    pub fn say(self) -> Say {
        match self {
            Self::ShareAnswers => Say::ConsentShare,
            Self::ContactByPhone => Say::ConsentPhone,
            Self::ContactByText => Say::ConsentText,
            Self::ContactByEmail => Say::ConsentEmail,
        }
    }

    /// Whether the consent means anything with this contact: no call without a number.
    pub fn applies(self, contact: &Contact) -> bool {
        match self {
            Self::ShareAnswers => true,
            Self::ContactByPhone | Self::ContactByText => !contact.phone.trim().is_empty(),
            Self::ContactByEmail => !contact.email.trim().is_empty(),
        }
    }
}

/// What is handed to the clinic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Packet {
    /// [`FORMAT`].
    #[serde(deserialize_with = "read::format")]
    pub format: String,
    /// A short reference to quote on the phone; it means nothing to anyone else.
    pub reference: String,
    /// When it was made, as an RFC 3339 time in UTC.
    pub created: String,
    /// The clinic it is for.
    pub clinic: String,
    /// The version of the guide that was answered.
    pub guide_version: String,
    /// The language it was answered in.
    pub language: Lang,
    /// How to reach the person.
    pub contact: Contact,
    /// What the person agreed to, in the words that were shown.
    pub consents: Vec<GivenConsent>,
    /// The worst level among the reasons that are shared; `Incomplete` while an answer is withheld, unless a
    /// `stop` is shared, which nothing withheld could make milder.
    pub level: Level,
    /// Whether every answer is shared.
    pub complete: bool,
    /// The reasons whose answers are all shared, worst first.
    pub reasons: Vec<SharedReason>,
    /// Reasons that the person left out though their answers are shared.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reasons_not_shared: Vec<WithheldReason>,
    /// The scores whose items are all answered and shared. They say how somebody feels, and decide nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scores: Vec<SharedScore>,
    /// The words of the groups that the answers stand in, by their `linkId`s.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub groups: Map<String, String>,
    /// What the clinic's settings say about FHIR.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fhir: Option<ForFhir>,
    /// Every question that applied, in order; those withheld are marked, not dropped.
    pub answers: Vec<SharedAnswer>,
}

/// A consent that was ticked, with the words that were shown beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenConsent {
    /// Which consent it is.
    pub consent: Consent,
    /// The words that the person read.
    pub words: String,
}

/// A reason that is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SharedReason {
    /// The rule.
    pub rule: RuleId,
    /// The level it raised.
    pub level: Level,
    /// The words that the person read.
    pub words: String,
    /// The answers that it read.
    pub answers: Vec<QuestionId>,
}

/// The mark that a reason is not shared. A reason whose answers are not all shared is not even marked: the mark would
/// tell that there is one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldReason {
    /// The shared answers that it read.
    pub answers: Vec<QuestionId>,
}

/// A score that is shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedScore {
    /// The instrument.
    pub instrument: InstrumentId,
    /// The score.
    pub score: f64,
    /// The least that the instrument can give.
    pub least: f64,
    /// The most that it can give.
    pub most: f64,
    /// The range that the score is in.
    pub band: Option<BandId>,
    /// The score in words.
    pub words: String,
    /// What it is called, and where it stands; absent in packets of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coded: Option<CodedScore>,
}

/// A question with its answer, or the mark that the answer is not shared.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedAnswer {
    /// The question's id.
    pub question: QuestionId,
    /// The question's words.
    pub words: String,
    /// Whether the person shares the answer.
    pub shared: bool,
    /// The answer by ids; absent when it is not shared or was not given.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "read::answer")]
    pub answer: Option<Answer>,
    /// The answer's words; absent when it is not shared or was not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer_words: Option<String>,
    /// What the ids of the answer mean; absent in packets of before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coded: Option<Coded>,
}

/// The answers that start ticked: all that apply and were given, but for the private ones.
pub fn ticked_at_first(guide: &Guide, answers: &Answers) -> Set<QuestionId> {
    journey(guide, answers)
        .asked
        .iter()
        .filter(|question| !question.private && answers.get(&question.id).is_some())
        .map(|question| question.id.clone())
        .collect()
}

/// A short reference made of `dice`: six letters and digits that cannot be mistaken for one another.
pub fn reference_from(dice: u128) -> String {
    const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    let mut left = dice;
    let mut reference = String::new();
    for place in 0..6 {
        if place == 3 {
            reference.push('-');
        }
        let letter = LETTERS.get((left % 32) as usize).copied().unwrap_or(b'X');
        reference.push(char::from(letter));
        left /= 32;
    }
    reference
}

/// Who and when a packet is made for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The reference to quote.
    pub reference: String,
    /// When, as an RFC 3339 time in UTC.
    pub created: String,
}

/// Makes the packet. The one function that decides what leaves: a preview and a payload with the same inputs are
/// the same packet.
pub fn packet(
    guide: &Guide,
    lang: &Lang,
    answers: &Answers,
    outcome: &Outcome,
    sharing: &Sharing,
    stamp: &Stamp,
) -> Packet {
    let words = guide.words_for(lang, answers);
    let coder = Coder::new(guide, guide.words(lang));
    let asked = journey(guide, answers).asked;
    let is_shared = |question: &QuestionId| sharing.answers.contains(question) && guide.may_leave(question);
    let shared_answers: Vec<SharedAnswer> = asked
        .iter()
        .map(|question| {
            let answer = answers.get(&question.id).filter(|_| is_shared(&question.id));
            SharedAnswer {
                question: question.id.clone(),
                words: words.question(&question.id).ask.clone(),
                shared: is_shared(&question.id),
                answer: answer.cloned(),
                answer_words: answer.map(|answer| words.answer(question, answer)),
                coded: Some(coder.answer(question, answer)),
            }
        })
        .collect();
    let reasons: Vec<SharedReason> = outcome
        .reasons
        .iter()
        .filter(|reason| sharing.shares(reason))
        .map(|reason| SharedReason {
            rule: reason.rule.clone(),
            level: reason.level,
            words: words.reason_line(guide, reason),
            answers: reason.answers.clone(),
        })
        .collect();
    let reasons_not_shared: Vec<WithheldReason> = outcome
        .reasons
        .iter()
        .filter(|reason| sharing.could_share(reason) && !sharing.shares(reason))
        .map(|reason| WithheldReason { answers: reason.answers.clone() })
        .collect();
    let complete = shared_answers.iter().all(|answer| answer.shared);
    // What never leaves raises no level, so a level without it is whole.
    let settled = reasons_not_shared.is_empty()
        && shared_answers.iter().all(|answer| answer.shared || !guide.may_leave(&answer.question));
    let scores: Vec<SharedScore> = scores(guide, answers)
        .into_iter()
        .filter(|(instrument, _)| {
            let mut asked = instrument.questions();
            asked.all(|question| {
                is_shared(question) || (answers.get(question).is_none() && guide.may_leave(question))
            })
        })
        .filter_map(|(instrument, score)| {
            Some(SharedScore {
                instrument: instrument.id.clone(),
                score: score.score?,
                least: score.least,
                most: score.most,
                words: words.score(instrument, &score),
                band: score.band,
                coded: Some(coder.score(instrument)),
            })
        })
        .collect();
    let groups = coder.titles(
        shared_answers.iter().filter_map(|answer| answer.coded.as_ref()),
        scores.iter().filter_map(|score| score.coded.as_ref()),
    );
    let worst = reasons.iter().map(|reason| reason.level).max().unwrap_or(Level::Clear);
    Packet {
        format: FORMAT.to_owned(),
        reference: stamp.reference.clone(),
        created: stamp.created.clone(),
        clinic: guide.settings.clinic.name.clone(),
        guide_version: guide.version.clone(),
        language: lang.clone(),
        contact: trimmed(&sharing.contact),
        consents: given(guide, words, answers, sharing),
        // What is withheld is unknown to the clinic, as what is unanswered is to a result.
        level: if settled || worst >= Level::Stop { worst } else { Level::Incomplete },
        complete,
        reasons,
        reasons_not_shared,
        scores,
        groups,
        fhir: ForFhir::of(&guide.settings.handoff.fhir),
        answers: shared_answers,
    }
}

fn given(guide: &Guide, words: &Words, answers: &Answers, sharing: &Sharing) -> Vec<GivenConsent> {
    Consent::ALL
        .into_iter()
        .filter(|consent| sharing.consents.contains(consent) && consent.applies(&sharing.contact))
        .map(|consent| {
            let mut said = vec![words.say(consent.say()).to_owned()];
            if consent == Consent::ShareAnswers {
                let terms = terms(guide, words, answers, sharing).into_iter();
                said.extend(terms.map(|(title, text)| format!("{title}: {text}")));
            }
            GivenConsent { consent, words: said.join(" ") }
        })
        .collect()
}

/// What the consent to share rests on, by title: what goes along, by section; who gets it, what for, how long it is kept,
/// how to take it back. The clinic's own words where its settings have them.
pub fn terms(guide: &Guide, words: &Words, answers: &Answers, sharing: &Sharing) -> Vec<(String, String)> {
    let handoff = &guide.settings.handoff;
    let mut about: Vec<&str> = Vec::new();
    for question in journey(guide, answers).asked {
        let title = words.section(&question.section).title.as_str();
        let goes = sharing.answers.contains(&question.id) && guide.may_leave(&question.id);
        if goes && !about.contains(&title) {
            about.push(title);
        }
    }
    let what = if about.is_empty() {
        words.say(Say::ConsentWhatNone).to_owned()
    } else {
        words.fill(Say::ConsentWhat, &[("what", &about.join("; "))])
    };
    let kept =
        if guide.settings.clinic.privacy_url.is_empty() { Say::ConsentKeptAsk } else { Say::ConsentKept };
    let table = [
        (Say::ConsentWhoTitle, &handoff.received_by, Say::ConsentWho),
        (Say::ConsentPurposeTitle, &handoff.purpose, Say::ConsentPurpose),
        (Say::ConsentKeptTitle, &handoff.kept_for, kept),
        (Say::ConsentWithdrawTitle, &handoff.withdraw_by, Say::ConsentWithdraw),
    ];
    let said = |own: &Spoken, usual: Say| own.in_language(&words.lang).unwrap_or(words.say(usual)).to_owned();
    let first = (words.say(Say::ConsentWhatTitle).to_owned(), what);
    let rest = table.into_iter().map(|(title, own, usual)| (words.say(title).to_owned(), said(own, usual)));
    std::iter::once(first).chain(rest).collect()
}

fn trimmed(contact: &Contact) -> Contact {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    Contact {
        name: line(&contact.name),
        phone: line(&contact.phone),
        email: line(&contact.email),
        best_time: line(&contact.best_time),
        days: contact.days.clone(),
        times: contact.times.clone(),
        language: line(&contact.language),
    }
}

impl Packet {
    /// The ways in which the clinic may answer.
    pub fn may_reach_by(&self) -> impl Iterator<Item = Consent> {
        self.consents.iter().map(|given| given.consent).filter(|consent| *consent != Consent::ShareAnswers)
    }

    /// The packet as JSON, indented for a reader.
    ///
    /// Serialisation of plain data cannot fail; an empty object would be refused by every receiver.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_has_two_groups_of_plain_letters() {
        assert_eq!(reference_from(0), "222-222");
        let reference = reference_from(u128::MAX);
        assert_eq!(reference.len(), 7);
        assert!(!reference.contains(['0', 'O', '1', 'I']), "{reference}");
    }
}
