//! `anteroom fhir`: the guide as a FHIR R4 Questionnaire, or a file of answers as a Bundle.

use std::path::Path;

use crate::cli::folder::Folder;
use crate::cli::screen::{answers_of, is_error, language, lines, said};
use crate::cli::{Exit, Format, Report};
use crate::engine::guide::{self, Guide};
use crate::engine::handoff::fhir::json::Json;
use crate::engine::handoff::fhir::{Wanted, bundle, questionnaire, translated};
use crate::engine::handoff::packet::{Packet, Sharing, Stamp, packet, reference_from};
use crate::engine::ids::{Lang, QuestionId};
use crate::engine::screening::answer::Answers;
use crate::engine::screening::result::result;

/// Writes the Questionnaire, with the words of the other languages beside its own; with `answers`, the Bundle of a packet that shares them all.
pub fn fhir(
    folder: &Folder,
    answers: Option<&Path>,
    lang: Option<&str>,
    transaction: bool,
    format: Format,
) -> Report {
    let (mut guide, problems) = guide::parse(&folder.sources, None);
    let lang = match language(&guide, lang) {
        Ok(lang) => lang,
        Err(why) => return Report::wrong_use(&why),
    };
    guide.speak(&lang);
    let mut err: Vec<String> = problems.iter().filter(|problem| is_error(problem)).map(said).collect();
    if guide.questions.is_empty() {
        err.push(
            "This guide has no questions, so there is no Questionnaire. Run `anteroom check`.".to_owned(),
        );
        return Report { out: String::new(), err: lines(&err), exit: Exit::Problems };
    }
    let wanted = Wanted { transaction, ..guide.settings.handoff.fhir.clone() };
    let exported = questionnaire(&guide, &lang, &wanted.base);
    err.extend(exported.asked_of_more.iter().map(|question| {
        format!("FHIR cannot say the whole condition of `{question}`, so it is asked of more people there.")
    }));
    let Some(file) = answers else {
        let others = others(&mut guide, &lang, &wanted.base);
        let form = translated(exported.resource, &others);
        return Report { out: form.to_text() + "\n", err: lines(&err), exit: Exit::Fine };
    };
    let answers = match answers_of(&guide, file, &mut err, format) {
        Ok(answers) => answers,
        Err(report) => return report,
    };
    let packet = all_shared(&guide, &lang, &answers);
    let withheld: Vec<&QuestionId> =
        packet.answers.iter().filter(|answer| !answer.shared).map(|answer| &answer.question).collect();
    err.extend(withheld.iter().map(|question| {
        format!(
            "The answer to `{question}` is masked: it leaves only for a clinic that names `monitored_hours`."
        )
    }));
    Report { out: bundle(&guide, &packet, &wanted).to_text() + "\n", err: lines(&err), exit: Exit::Fine }
}

/// The Questionnaires of the guide's other languages.
fn others(guide: &mut Guide, lang: &Lang, base: &str) -> Vec<(Lang, Json)> {
    let languages = guide.settings.languages.clone();
    let others = languages.into_iter().filter(|other| other != lang);
    others
        .map(|other| {
            guide.speak(&other);
            let form = questionnaire(guide, &other, base).resource;
            (other, form)
        })
        .collect()
}

/// A packet as if the person had ticked every answer.
fn all_shared(guide: &Guide, lang: &Lang, answers: &Answers) -> Packet {
    let now = jiff::Timestamp::now();
    let stamp = Stamp {
        reference: reference_from(now.as_nanosecond().unsigned_abs()),
        created: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    let sharing = Sharing {
        answers: guide.questions.iter().map(|question| question.id.clone()).collect(),
        ..Sharing::default()
    };
    packet(guide, lang, answers, &result(guide, answers), &sharing, &stamp)
}
