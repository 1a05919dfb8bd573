//! Instruments: which are asked, what they add up to, and that a score informs and decides nothing.

use anteroom::engine::map::Set;
use std::fs;
use std::path::Path;

use anteroom::engine::guide::Guide;
use anteroom::engine::handoff::note::chart_note;
use anteroom::engine::handoff::packet::{Packet, Sharing, Stamp, packet};
use anteroom::engine::ids::{Lang, QuestionId};
use anteroom::engine::problem::Severity;
use anteroom::engine::screening::answer::{Answer, Answers};
use anteroom::engine::screening::instrument::{Score, scores};
use anteroom::engine::screening::journey::{journey, seen};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::result::result;
use anteroom::engine::screening::rule::{Seen, Truth};
use anteroom::engine::session::{Effect, Screen, Target};
use proptest::prelude::*;

use crate::session::Person;
use crate::support::{Folder, all_clear, any_answer, cases, changed, english, one, shipped};

const ON: &str = "on = [\"phq2\", \"gad2\"]";
const ALL: &str = "on = [\"phq2\", \"gad2\", \"phq8\", \"phq9\", \"gad7\", \"pcptsd5\", \"auditc\"]";

fn with(on: &str) -> Folder {
    Folder::shipped().replaced("settings.toml", ON, on)
}

/// The clinic's own folder of `tests/support/moods` over the shipped guide.
fn moods() -> Folder {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/moods");
    let own = |file: &str| fs::read(place.join(file)).unwrap();
    Folder::shipped()
        .with("clinic:settings.toml", own("settings.toml"))
        .with("clinic:patients.toml", own("patients.toml"))
}

fn items(guide: &Guide, answers: &Answers) -> Vec<String> {
    let asked = journey(guide, answers).asked.into_iter();
    asked.filter(|question| guide.is_item(&question.id)).map(|question| question.id.to_string()).collect()
}

/// Somebody without worries who answers these items so.
fn person(guide: &Guide, said: &[(&str, &str)]) -> Answers {
    let mut answers = all_clear(guide);
    for question in guide.questions.iter().filter(|question| guide.is_item(&question.id)) {
        answers.clear(&question.id);
    }
    for (item, choice) in said {
        answers.set(QuestionId::from(*item), one(choice));
    }
    answers
}

fn score(guide: &Guide, said: &[(&str, &str)], instrument: &str) -> Score {
    let answers = person(guide, said);
    let all = scores(guide, &answers);
    all.into_iter().find(|(one, _)| one.id.as_str() == instrument).unwrap().1
}

#[test]
fn the_shipped_guide_asks_the_phq_2_and_the_gad_2_before_the_goals() {
    let guide = shipped();
    let answers = person(guide, &[]);
    assert_eq!(items(guide, &answers), ["phq-interest", "phq-down", "gad-nervous", "gad-control"]);
    let place = |id: &str| guide.place(&QuestionId::from(id)).unwrap();
    assert!(place("care_team") < place("phq-interest") && place("gad-control") < place("goal"));
    let outcome = result(guide, &answers);
    assert_eq!((outcome.level, outcome.unanswered), (Level::Clear, vec![]), "they may be passed by");
    for question in guide.questions.iter().filter(|question| guide.is_item(&question.id)) {
        assert!(question.private && !question.required, "{}", question.id);
    }
}

#[test]
fn what_is_off_adds_no_question_and_what_is_shared_is_asked_once() {
    let off = with("on = []");
    let before = off.guide().questions.len();
    assert_eq!(off.errors(), []);
    assert_eq!(shipped().questions.len(), before + 4);
    let guide = with("on = [\"phq2\", \"phq9\", \"phq8\"]").guide();
    let asked = items(&guide, &person(&guide, &[("phq-self-harm", "several-days")]));
    assert_eq!(asked.len(), 10, "{asked:?}");
    assert_eq!(asked[..2], ["phq-interest", "phq-down"]);
    assert_eq!(asked[8..], ["phq-self-harm", "phq-difficulty"]);
}

#[test]
fn instruments_whose_licence_does_not_allow_it_are_not_shipped() {
    let folder = Folder::shipped();
    let banned = ["c-ssrs", "cssrs", "columbia", "asq", "mdq", "rms", "peg"];
    for path in ["instruments.toml", "en/instruments.toml", "es/instruments.toml"] {
        let text = folder.text(path).to_lowercase();
        let names = text.lines().filter(|line| {
            line.starts_with("id =") || line.starts_with("[instrument") || line.starts_with("title")
        });
        for line in names {
            assert!(banned.iter().all(|name| !line.contains(name)), "{path}: {line}");
        }
    }
    let known: Set<String> =
        with(ALL).guide().instruments.iter().map(|instrument| instrument.id.to_string()).collect();
    let shipped = ["auditc", "gad2", "gad7", "pcptsd5", "phq2", "phq8", "phq9"].map(str::to_owned);
    assert_eq!(known, Set::from(shipped));
}

#[test]
fn the_official_words_are_unchanged() {
    let guide = with(ALL).guide();
    let words = |lang: &str, item: &str| {
        let said = guide.words(&Lang::from(lang)).question(&QuestionId::from(item));
        (said.stem.clone(), said.ask.clone())
    };
    let over = "Over the last 2 weeks, how often have you been bothered by any of the following problems?";
    let table = [
        ("phq-interest", "Little interest or pleasure in doing things"),
        ("phq-down", "Feeling down, depressed, or hopeless"),
        ("phq-sleep", "Trouble falling or staying asleep, or sleeping too much"),
        ("phq-tired", "Feeling tired or having little energy"),
        ("phq-appetite", "Poor appetite or overeating"),
        (
            "phq-failure",
            "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
        ),
        (
            "phq-concentrating",
            "Trouble concentrating on things, such as reading the newspaper or watching television",
        ),
        (
            "phq-moving",
            "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so \
             fidgety or restless that you have been moving around a lot more than usual",
        ),
        ("phq-self-harm", "Thoughts that you would be better off dead or of hurting yourself in some way"),
    ];
    for (item, ask) in table {
        assert_eq!(words("en", item), (over.to_owned(), ask.to_owned()));
    }
    let answers = guide.words(&english()).question(&QuestionId::from("phq-down")).clone();
    let said: Vec<&str> = guide
        .question(&QuestionId::from("phq-down"))
        .unwrap()
        .choices()
        .iter()
        .map(|choice| answers.choice(&choice.id))
        .collect();
    assert_eq!(said, ["Not at all", "Several days", "More than half the days", "Nearly every day"]);
    let spanish = "Durante las últimas 2 semanas, ¿qué tan seguido ha tenido molestias debido a los siguientes problemas?";
    assert_eq!(
        words("es", "phq-interest"),
        (spanish.to_owned(), "Poco interés o placer en hacer cosas".to_owned())
    );
}

#[test]
fn loinc_codes_stand_only_where_they_were_verified() {
    let guide = with(ALL).guide();
    let code = |id: &str| {
        let instrument = guide.instruments.iter().find(|one| one.id.as_str() == id).unwrap();
        (instrument.loinc_panel.clone(), instrument.loinc_total.clone())
    };
    let some = |code: &str| Some(code.to_owned());
    assert_eq!(code("phq2"), (some("55757-9"), some("55758-7")));
    assert_eq!(code("phq9"), (some("44249-1"), some("44261-6")));
    assert_eq!(code("gad7"), (None, some("70274-6")));
    assert_eq!(code("auditc"), (some("72109-2"), some("75626-2")));
    for id in ["gad2", "phq8", "pcptsd5"] {
        assert_eq!(code(id), (None, None), "{id}");
    }
}

#[test]
fn a_score_is_the_sum_of_all_items_and_names_its_band() {
    let guide = shipped();
    let both = [("phq-interest", "several-days"), ("phq-down", "nearly-every-day")];
    let whole = score(guide, &both, "phq2");
    assert_eq!((whole.score, whole.least, whole.most, whole.answered), (Some(4.0), 0.0, 6.0, 2));
    assert_eq!(whole.band.unwrap().as_str(), "at-or-above");
    let partly = score(guide, &both[..1], "phq2");
    assert_eq!((partly.score, partly.band, partly.answered, partly.open), (None, None, 1, 1));
    let mut passed = person(guide, &both[..1]);
    passed.set(QuestionId::from("phq-down"), Answer::Blank);
    assert_eq!(scores(guide, &passed)[0].1.open, 1, "a blank is no 0");
}

#[test]
fn every_score_has_a_band() {
    for instrument in &with(ALL).guide().instruments {
        for score in 0..=instrument.most() as u32 {
            let bands = instrument.bands.iter().filter(|band| (band.from..=band.to).contains(&score));
            assert_eq!(bands.count(), 1, "{} {score}", instrument.id);
        }
    }
}

#[test]
fn a_gate_settles_the_rest_and_an_open_gate_settles_nothing() {
    let guide = with(ALL).guide();
    let of = |said: &[(&str, &str)]| score(&guide, said, "pcptsd5");
    assert_eq!(of(&[("ptsd-event", "no")]).score, Some(0.0));
    assert_eq!((of(&[]).score, of(&[]).open), (None, 5));
    let mut passed = person(&guide, &[]);
    passed.set(QuestionId::from("ptsd-event"), Answer::Blank);
    assert!(
        !items(&guide, &passed).contains(&"ptsd-numb".to_owned()),
        "whoever passes the gate is not asked on"
    );
    assert_eq!(of(&[("ptsd-event", "yes"), ("ptsd-numb", "yes")]).open, 4);
    // A kept answer behind a gate that was closed again does not count.
    assert_eq!(of(&[("ptsd-event", "no"), ("ptsd-numb", "yes")]).score, Some(0.0));
}

#[test]
fn it_is_said_when_all_points_come_from_how_often_one_drinks() {
    let guide = with(ALL).guide();
    let line = |said: &[(&str, &str)]| {
        let answers = person(&guide, said);
        let all = scores(&guide, &answers);
        let (instrument, score) = all.iter().find(|(one, _)| one.id.as_str() == "auditc").unwrap();
        guide.words(&english()).score(instrument, score)
    };
    let alone = "All points come from how often you drink.";
    let rest = [("audit-drinks", "1-or-2"), ("audit-six", "never")];
    assert!(line(&[("audit-often", "4-or-more-a-week"), rest[0], rest[1]]).contains(alone));
    assert!(
        !line(&[("audit-often", "4-or-more-a-week"), ("audit-drinks", "3-or-4"), rest[1]]).contains(alone)
    );
    assert!(!line(&[("audit-often", "never")]).contains(alone));
    assert!(line(&[]).contains("3 of 3 are open, so there is no score."), "{}", line(&[]));
}

#[test]
fn a_score_is_never_a_bare_number_and_never_says_no_risk() {
    let guide = with(ALL).guide();
    for lang in &guide.settings.languages {
        let words = guide.words(lang);
        let lead = words.say(anteroom::engine::guide::words::Say::ScoreLead);
        assert!(lead.contains("not a diagnosis") || lead.contains("no un diagnóstico"), "{lead}");
        for instrument in guide.instruments.iter().filter(|one| words.has_instrument(one)) {
            for band in &instrument.bands {
                let said = words.instrument(&instrument.id).bands.get(&band.id);
                let said = said.unwrap_or_else(|| panic!("{} {} in {lang}", instrument.id, band.id));
                assert!(
                    said.len() > 8 && !said.contains("no risk") && !said.contains("sin riesgo"),
                    "{said}"
                );
            }
        }
    }
}

#[test]
fn any_answer_above_not_at_all_about_self_harm_opens_help_at_once() {
    for choice in ["several-days", "more-than-half", "nearly-every-day"] {
        let mut person = Person::arrives_at(with(ALL));
        person.session.screen = Screen::Question(QuestionId::from("phq-self-harm"));
        person.chooses("phq-self-harm", choice);
        assert!(person.session.help_open, "{choice}");
        assert!(person.effects.contains(&Effect::Focus(Target::Help)), "{choice}");
        assert!(person.session.outcome().crisis);
    }
    let mut person = Person::arrives_at(with(ALL));
    person.chooses("phq-self-harm", "not-at-all");
    assert!(!person.session.help_open);
}

#[test]
fn beside_help_now_there_is_no_score() {
    let guide = with(ALL).guide();
    let mut answers = person(&guide, &[("phq-interest", "several-days"), ("phq-down", "several-days")]);
    answers.set(QuestionId::from("safety_now"), one("yes-might-act"));
    assert_eq!(scores(&guide, &answers), []);
}

fn everything_shared(guide: &Guide, answers: &Answers) -> Packet {
    let sharing = Sharing {
        answers: guide.questions.iter().map(|question| question.id.clone()).collect(),
        ..Sharing::default()
    };
    let stamp = Stamp { reference: "222-222".to_owned(), created: String::new() };
    packet(guide, &english(), answers, &result(guide, answers), &sharing, &stamp)
}

const NINE: [(&str, &str); 9] = [
    ("phq-interest", "several-days"),
    ("phq-down", "several-days"),
    ("phq-sleep", "several-days"),
    ("phq-tired", "several-days"),
    ("phq-appetite", "several-days"),
    ("phq-failure", "several-days"),
    ("phq-concentrating", "several-days"),
    ("phq-moving", "several-days"),
    ("phq-self-harm", "several-days"),
];

#[test]
fn item_nine_and_its_score_leave_only_for_a_clinic_that_watches() {
    let folder = with(ALL);
    let guide = folder.guide();
    let answers = person(&guide, &NINE);
    let packet = everything_shared(&guide, &answers);
    let nine = packet.answers.iter().find(|answer| answer.question.as_str() == "phq-self-harm").unwrap();
    assert!(!nine.shared && nine.answer.is_none() && nine.answer_words.is_none());
    let ids: Vec<&str> = packet.scores.iter().map(|score| score.instrument.as_str()).collect();
    assert_eq!(ids, ["phq2", "phq8"], "without the item, its total does not leave either");
    assert_eq!(packet.level, Level::Clear, "what never leaves raises no level");
    assert!(!packet.complete);

    let watched =
        folder.replaced("settings.toml", "monitored_hours = \"\"", "monitored_hours = \"Weekdays, 9 to 5\"");
    let guide = watched.guide();
    let packet = everything_shared(&guide, &answers);
    let total = packet.scores.iter().find(|score| score.instrument.as_str() == "phq9").unwrap();
    assert_eq!(total.score, 9.0);
    let note = chart_note(&packet, guide.words(&english()));
    assert!(note.contains("Low mood, 9 questions: 9 of 27, some signs"), "{note}");
}

#[test]
fn a_score_leaves_only_with_all_of_its_items() {
    let guide = shipped();
    let answers = person(guide, &[("phq-interest", "several-days"), ("phq-down", "several-days")]);
    let mut sharing = Sharing::default();
    let stamp = Stamp { reference: String::new(), created: String::new() };
    let outcome = result(guide, &answers);
    sharing.answers.insert(QuestionId::from("phq-down"));
    let partly = packet(guide, &english(), &answers, &outcome, &sharing, &stamp);
    assert_eq!(partly.scores, []);
    sharing.answers.insert(QuestionId::from("phq-interest"));
    let whole = packet(guide, &english(), &answers, &outcome, &sharing, &stamp);
    assert_eq!(whole.scores.len(), 1);
}

#[test]
fn an_instrument_without_official_words_is_not_asked_in_that_language_and_the_check_says_so() {
    let folder = with(ALL);
    let mut guide = folder.guide();
    let asks = |guide: &Guide, item: &str| items(guide, &person(guide, &[])).contains(&item.to_owned());
    assert!(asks(&guide, "ptsd-event") && asks(&guide, "audit-often"));
    guide.speak(&Lang::from("es"));
    assert!(!asks(&guide, "ptsd-event") && !asks(&guide, "audit-often") && asks(&guide, "phq-self-harm"));
    let ids: Vec<String> =
        scores(&guide, &person(&guide, &[])).iter().map(|(one, _)| one.id.to_string()).collect();
    assert_eq!(ids, ["phq2", "gad2", "phq8", "phq9", "gad7"]);
    let said = folder.parse().1.into_iter().any(|problem| {
        problem.severity == Severity::Warning
            && problem.what.starts_with("`pcptsd5` is not available in `es`")
    });
    assert!(said);
}

#[test]
fn the_files_of_instruments_come_only_if_one_is_on() {
    let small = Folder::small().guide().settings;
    assert_eq!(anteroom::engine::guide::instrument_paths(&small, &english()), [""; 0]);
    let shipped = &shipped().settings;
    assert_eq!(
        anteroom::engine::guide::instrument_paths(shipped, &english()),
        ["instruments.toml", "en/instruments.toml"]
    );
}

#[test]
fn slips_in_instruments_are_said_with_a_remedy() {
    let path = "instruments.toml";
    let table = [
        (
            path,
            "{ id = \"several-days\", value = 1, loinc = \"LA6569-3\" }",
            "{ id = \"several-days\" }",
            "`value` is missing",
        ),
        (
            path,
            "loinc = \"44250-9\"",
            "loinc = \"70273-8\"",
            "`70273-8` of `phq-interest` is not among those that were verified",
        ),
        (
            path,
            "{ id = \"mild\", from = 5, to = 9 },\n  { id = \"moderate\", from = 10, to = 14 },\n  { id = \"severe\"",
            "{ id = \"mild\", from = 6, to = 9 },\n  { id = \"moderate\", from = 10, to = 14 },\n  { id = \"severe\"",
            "The bands of `gad7` do not fit: no band has the score 5.",
        ),
        (
            path,
            "{ id = \"moderate\", from = 10, to = 14 },\n  { id = \"severe\"",
            "{ id = \"moderate\", from = 9, to = 14 },\n  { id = \"severe\"",
            "the band `moderate` begins inside of the one before it",
        ),
        (
            path,
            "{ id = \"severe\", from = 15, to = 21 }",
            "{ id = \"severe\", from = 15, to = 20 }",
            "no band has the score 21",
        ),
        (
            path,
            "{ id = \"severe\", from = 15, to = 21 }",
            "{ id = \"severe\", from = 15, to = 22 }",
            "goes beyond the most, 21",
        ),
        (
            path,
            "id = \"gad2\"\nitems = [\"gad-nervous\"",
            "id = \"gad2\"\nitems = [\"gad-nervos\"",
            "names an item `gad-nervos` that does not exist",
        ),
        ("settings.toml", ON, "on = [\"phq2\", \"gad3\"]", "switches on an instrument `gad3`"),
    ];
    for (file, old, new, what) in table {
        let folder = if file == path { with(ALL) } else { Folder::shipped() };
        let errors = folder.replaced(file, old, new).errors();
        assert!(errors.iter().any(|error| error.what.contains(what)), "{new}: {errors:#?}");
        assert!(errors.iter().all(|error| !error.remedy.is_empty()));
    }
}

#[test]
fn a_score_can_choose_advice_and_no_rule() {
    let words = "\n[ask.new]\ntext = \"And now?\"\n";
    let folder = |list: &str, condition: &str| {
        Folder::shipped()
            .and("screening.toml", &format!("\n[[{list}]]\nid = \"new\"\nsources = [\"K\"]\n{condition}\n"))
            .and("en/screening.toml", words)
            .and("es/screening.toml", words)
    };
    let three = "{ score = \"phq2\", at-least = 3 }";
    let asks = folder("ask", &format!("show_if = {three}"));
    assert_eq!(asks.errors(), []);
    let guide = asks.guide();
    let shown = |said: &[(&str, &str)]| {
        let answers = person(&guide, said);
        let kind = anteroom::engine::screening::advice::AdviceKind::Ask;
        let outcome = result(&guide, &answers);
        let shown = anteroom::engine::screening::advice::advice(&guide, &answers, &outcome, kind);
        shown.iter().any(|advice| advice.id.as_str() == "new")
    };
    assert!(shown(&[("phq-interest", "nearly-every-day")]), "one answer is enough already");
    assert!(!shown(&[("phq-interest", "several-days")]) && !shown(&[]));
    let table = [
        ("rule", format!("level = \"stop\"\nwhen = {three}"), "a score never decides a level"),
        ("rule", format!("level = \"note\"\nwhen = {{ not = {three} }}"), "a score never decides a level"),
        ("ask", three.replace("3 }", "7 }"), "asks for a score of 7 of `phq2`, which goes from 0 to 6"),
        ("ask", three.replace("phq2", "phq3"), "an instrument `phq3` that does not exist"),
    ];
    for (list, condition, what) in table {
        let condition = if list == "ask" { format!("show_if = {condition}") } else { condition };
        let errors = folder(list, &condition).errors();
        assert!(errors.iter().any(|error| error.what.contains(what)), "{condition}: {errors:#?}");
    }
}

#[test]
fn a_question_that_waits_for_a_score_is_asked_of_everyone() {
    let scored = Folder::shipped().replaced(
        "screening.toml",
        "id = \"goal\"\n",
        "id = \"goal\"\nask_if = { score = \"phq2\", at-least = 3 }\n",
    );
    let errors = scored.errors();
    let what = "The condition of the question `goal` looks at a score, and a score decides nothing that is asked, so it is always asked.";
    assert!(errors.iter().any(|error| error.what == what), "{errors:#?}");
    assert!(scored.guide().question(&QuestionId::from("goal")).is_some_and(|goal| goal.ask_if.is_none()));
}

#[test]
fn a_score_is_as_high_as_every_way_to_answer_what_is_open() {
    let guide = shipped();
    let phq2 = guide.instruments.iter().find(|one| one.id.as_str() == "phq2").unwrap();
    let choices: Vec<Answer> =
        ["not-at-all", "several-days", "more-than-half", "nearly-every-day"].map(one).into();
    let open = [None, Some(0), Some(1), Some(2), Some(3)];
    for (first, second) in open.iter().flat_map(|first| open.iter().map(move |second| (*first, *second))) {
        let said = |id: &QuestionId| {
            let place = if id.as_str() == "phq-interest" { first } else { second };
            match place.and_then(|place| choices.get(place)) {
                Some(answer) => Seen::Answered { answer, unsure: false, ticked: 1 },
                None => Seen::Open,
            }
        };
        let (mut totals, every) =
            (Set::new(), |place: Option<usize>| place.map_or(0..=3, |place| place..=place));
        every(first).for_each(|a| totals.extend(every(second).map(|b| a + b)));
        for least in 0..=7 {
            let expected = match (
                totals.iter().all(|total| *total >= least),
                totals.iter().any(|total| *total >= least),
            ) {
                (true, _) => Truth::True,
                (false, false) => Truth::False,
                (false, true) => Truth::Unknown,
            };
            assert_eq!(
                phq2.at_least(least as f64, &said),
                expected,
                "{first:?} {second:?}, at least {least}"
            );
        }
    }
}

#[test]
fn a_clinic_switches_instruments_on_and_changes_none() {
    assert_eq!(moods().errors(), []);
    assert_eq!(moods().guide().instruments.len(), 7);
    let table = [
        (
            "clinic:instruments.toml",
            "[[item]]\nid = \"phq-self-harm\"\noff = true\n",
            "The item `phq-self-harm`",
        ),
        (
            "clinic:instruments.toml",
            "[[item]]\nid = \"phq-self-harm\"\nself_harm = false\n",
            "The item `phq-self-harm`",
        ),
        ("clinic:instruments.toml", "[[scale]]\nid = \"days\"\nchoices = []\n", "The scale `days`"),
        (
            "clinic:instruments.toml",
            "[[instrument]]\nid = \"phq9\"\nitems = [\"phq-down\"]\n",
            "The instrument `phq9`",
        ),
        ("clinic:en/instruments.toml", "[item.phq-self-harm]\nask = \"Sad?\"\n", "official"),
        ("clinic:en/instruments.toml", "[scale.days]\nnot-at-all = \"No\"\n", "official"),
    ];
    let sound = moods().guide();
    for (file, text, what) in table {
        let folder = moods().with(file, text);
        let errors = folder.errors();
        assert!(errors.iter().any(|error| error.what.contains(what)), "{text}: {errors:#?}");
        let guide = folder.guide();
        assert_eq!(guide.questions.len(), sound.questions.len(), "{text}");
        let harm = guide.question(&QuestionId::from("phq-self-harm")).unwrap();
        assert_eq!(harm.choices().iter().filter(|choice| choice.crisis && choice.floor).count(), 3, "{text}");
        let said = guide.words(&english()).question(&harm.id).ask.clone();
        assert!(said.starts_with("Thoughts that"), "{text}: {said}");
    }
}

#[test]
fn the_virtual_patients_of_the_moods_get_their_scores() {
    let folder = moods();
    assert!(folder.patients().iter().filter(|patient| patient.expected.scores.is_some()).count() >= 7);
    let errors: Vec<_> =
        folder.checked().into_iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert_eq!(errors, []);
    let text = String::from_utf8(
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/moods/patients.toml")).unwrap(),
    )
    .unwrap();
    let wrong = folder
        .with("clinic:patients.toml", text.replace("scores = { auditc = 4 }", "scores = { auditc = 3 }"));
    let said = wrong
        .checked()
        .into_iter()
        .any(|problem| problem.what.contains("the score of `auditc` must be 3 and is 4"));
    assert!(said);
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn no_score_changes_a_level_or_a_reason(
        dice in prop::collection::vec(any::<u64>(), 40),
        worry in (0..200_usize, any::<u64>()),
    ) {
        static GUIDE: std::sync::LazyLock<Guide> = std::sync::LazyLock::new(|| with(ALL).guide());
        let guide = &*GUIDE;
        let mut before = person(guide, &[]);
        let question = &guide.questions[worry.0 % guide.questions.len()];
        if !guide.is_item(&question.id) {
            before.set(question.id.clone(), any_answer(question, worry.1));
        }
        let mut after = before.clone();
        for (item, dice) in guide.questions.iter().filter(|one| guide.is_item(&one.id)).zip(&dice) {
            if dice % 5 > 0 {
                after = changed(&after, &item.id, any_answer(item, dice / 5));
            }
        }
        let (before, after) = (result(guide, &before), result(guide, &after));
        prop_assert_eq!(before.level, after.level);
        prop_assert_eq!(before.reasons, after.reasons);
        prop_assert_eq!(before.unanswered, after.unanswered);
    }

    /// What a threshold says of half an instrument holds however the rest is answered.
    #[test]
    fn a_threshold_on_half_an_instrument_is_never_wrong(
        dice in prop::collection::vec(any::<u64>(), 10), open: u16, least in 1..=27_u8,
    ) {
        static GUIDE: std::sync::LazyLock<Guide> = std::sync::LazyLock::new(|| with(ALL).guide());
        let guide = &*GUIDE;
        let instrument = guide.instruments.iter().find(|one| one.id.as_str() == "phq9").unwrap();
        let mut whole = Answers::default();
        let mut half = Answers::default();
        for (place, item) in instrument.items.iter().enumerate() {
            let answer = any_answer(guide.question(&item.question).unwrap(), dice[place]);
            whole.set(item.question.clone(), answer.clone());
            if open >> place & 1 == 0 {
                half.set(item.question.clone(), answer);
            }
        }
        let truth = |answers: &Answers| {
            instrument.at_least(f64::from(least), &|id: &QuestionId| -> Seen { seen(guide, answers, id) })
        };
        let (known, partly) = (truth(&whole), truth(&half));
        prop_assert_ne!(known, Truth::Unknown);
        prop_assert!(partly == known || partly == Truth::Unknown);
    }
}

#[test]
fn nobody_is_asked_about_their_mood_where_the_safety_questions_are_lost() {
    for folder in [Folder::shipped().without("screening.toml"), Folder::shipped().with("screening.toml", "")]
    {
        let guide = folder.guide();
        assert_eq!(guide.questions, []);
        assert_eq!(guide.instruments, []);
    }
}
