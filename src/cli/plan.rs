//! `anteroom plan`: the dated plan of one appointment or several.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use crate::cli::folder::{Folder, why};
use crate::cli::screen::{answers_of, is_error, language, lines, said};
use crate::cli::{Exit, Format, Report, json, plain};
use crate::engine::guide::words::{Say, Words};
use crate::engine::guide::{self, Guide};
use crate::engine::ids::{SourceCode, TaskId};
use crate::engine::plan::Group;
use crate::engine::plan::calendar::{Titles, calendar};
use crate::engine::plan::schedule::{Dated, Visits, schedule, stretch};
use crate::engine::plan::zone::{Instant, Wall, Zone};
use crate::engine::screening::level::Level;

/// What was asked for.
#[derive(Debug, Args)]
pub struct Asked {
    /// When the visit begins, by the clock of the clinic, such as 2026-12-03T09:30; once for each visit of a series
    #[arg(long, required = true, value_name = "TIME")]
    appointment: Vec<String>,

    /// The clinic's time zone by its IANA name, such as America/New_York; the one of settings.toml unless said otherwise
    #[arg(long)]
    zone: Option<String>,

    /// The number of the first of these visits in its series
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=100))]
    visit: u16,

    /// The answers as JSON, {"question-id": "choice-id"}; `-` reads them from standard input. Without them every task
    /// that may be meant is there
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,

    /// A calendar file to write, such as plan.ics
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,

    /// Say in the calendar file what each entry is about; without it the titles give nothing away
    #[arg(long, requires = "ics")]
    plain_titles: bool,

    /// The language of the titles, such as `en`; the guide's first one unless said otherwise
    #[arg(long)]
    lang: Option<String>,
}

#[derive(Serialize)]
struct Given<'a> {
    tasks: Vec<GivenTask<'a>>,
}

#[derive(Serialize)]
struct GivenTask<'a> {
    id: &'a TaskId,
    /// When it begins.
    at: String,
    /// When it ends, or null.
    until: Option<String>,
    title: &'a str,
    level: Level,
    text: &'a str,
    group: &'static str,
    /// The number of the visit.
    visit: usize,
    whole_days: bool,
    /// Whether it is fixed; otherwise the clinic is to be asked.
    firm: bool,
    /// Whether it is there because an answer is missing or unsure.
    unsure: bool,
    sources: &'a [SourceCode],
}

/// The most visits that a plan is made for.
const MOST_VISITS: usize = 60;

/// Gives the dated plan.
pub fn plan(folder: &Folder, asked: &Asked, format: Format) -> Report {
    let (mut guide, problems) = guide::parse(&folder.sources, None);
    let lang = match language(&guide, asked.lang.as_deref()) {
        Ok(lang) => lang,
        Err(why) => return Report::wrong_use(&why),
    };
    guide.speak(&lang);
    let visits = match visits(asked) {
        Ok(visits) => visits,
        Err(why) => return Report::wrong_use(&why),
    };
    let zone = match zone(&guide, asked.zone.as_deref(), &visits.times) {
        Ok(zone) => zone,
        Err(why) => return Report::wrong_use(&why),
    };
    let mut err: Vec<String> = problems.iter().filter(|problem| is_error(problem)).map(said).collect();
    let read = asked.answers.as_ref().map(|file| answers_of(&guide, file, &mut err, format));
    let answers = match read.transpose() {
        Ok(answers) => answers.unwrap_or_default(),
        Err(report) => return report,
    };
    let words = guide.words_for(&lang, &answers);
    let tasks = schedule(&guide, &answers, &zone, &visits);
    if let Some(file) = &asked.ics {
        let titles = if asked.plain_titles { Titles::Plain } else { Titles::Private };
        let now = Instant(Timestamp::now().as_second());
        let text = calendar(&guide, words, &answers, (&zone, &visits), &tasks, titles, now);
        if let Err(why) = write(file, &text) {
            return Report::wrong_use(&why);
        }
    }
    let out = match format {
        Format::Json => json(&Given { tasks: tasks.iter().map(|task| given(words, &zone, task)).collect() }),
        Format::Text => plain(&in_words(words, &zone, &tasks)),
    };
    Report { out, err: lines(&err), exit: Exit::Fine }
}

fn visits(asked: &Asked) -> Result<Visits, String> {
    if asked.appointment.len() > MOST_VISITS {
        return Err(format!("These are more visits than a plan is made for. Name at most {MOST_VISITS}."));
    }
    let mut times = Vec::new();
    for text in &asked.appointment {
        let time = Wall::from_iso(text).filter(|time| (1970..=9990).contains(&time.date.year)).ok_or_else(|| {
            format!("`{text}` is not a day and a time. Write it as 2026-12-03T09:30, by the clock of the clinic.")
        })?;
        if times.contains(&time) {
            return Err(format!("The visit `{text}` is there twice. Take one of the two out."));
        }
        times.push(time);
    }
    Ok(Visits { times, first: usize::from(asked.visit) })
}

/// The zone with the changes that its clocks make around the visits.
fn zone(guide: &Guide, wished: Option<&str>, times: &[Wall]) -> Result<Zone, String> {
    let name = wished.unwrap_or(&guide.settings.clinic.zone);
    if name.is_empty() {
        return Err("The time zone of the clinic is not known. Name it with --zone, such as \
                    --zone America/New_York, or write `zone` under [clinic] in settings.toml."
            .to_owned());
    }
    let unknown = || {
        format!(
            "There is no time zone `{name}`. Write its IANA name, such as America/New_York or Europe/Madrid."
        )
    };
    let zone = TimeZone::get(name).map_err(|_| unknown())?;
    let (from, until) = stretch(times).ok_or_else(unknown)?;
    let mut ahead =
        |at: Instant| Some(i64::from(zone.to_offset(Timestamp::from_second(at.0).ok()?).seconds()));
    Zone::seen(name, from, until, &mut ahead).ok_or_else(unknown)
}

fn given<'a>(words: &'a Words, zone: &Zone, dated: &'a Dated) -> GivenTask<'a> {
    let task = dated.task;
    let said = words.task(&task.id);
    GivenTask {
        id: &task.id,
        at: zone.rfc3339(dated.at),
        until: dated.until.map(|until| zone.rfc3339(until)),
        title: &said.title,
        level: task.level,
        text: &said.text,
        group: task.group.as_str(),
        visit: dated.visit,
        whole_days: dated.whole_days,
        firm: task.firm,
        unsure: dated.unsure,
        sources: &task.sources,
    }
}

/// The plan for a person: a line of time, a line of words.
fn in_words(words: &Words, zone: &Zone, tasks: &[Dated]) -> String {
    let mut lines = vec![words.say(Say::PlanTitle).to_owned(), words.say(Say::PlanLead).to_owned()];
    let mut last: Option<(usize, Group)> = None;
    for dated in tasks {
        let here = Some((dated.visit, dated.task.group));
        if last != here {
            lines.push(String::new());
            last = here;
        }
        let time = |at: Instant| {
            let wall = zone.wall(at);
            if dated.whole_days { wall.date.to_string() } else { wall.to_string().replace('T', " ") }
        };
        let until = dated
            .until
            .map(|until| format!(" - {}", time(until)))
            .filter(|_| dated.until.map(time) != Some(time(dated.at)));
        let ask = if dated.task.firm { String::new() } else { format!(" [{}]", words.say(Say::PlanAsk)) };
        let said = words.task(&dated.task.id);
        lines.push(format!("{}{}: {}{ask}", time(dated.at), until.unwrap_or_default(), said.title));
        lines.push(format!("    {}", said.text));
    }
    lines.push(String::new());
    lines.push(words.say(Say::ResultOnlyClinician).to_owned());
    lines.join("\n") + "\n"
}

/// Writes a file, or says why not.
fn write(file: &Path, text: &str) -> Result<(), String> {
    fs::write(file, text)
        .map_err(|error| format!("`{}` could not be written: {}.", file.display(), why(&error)))
}
