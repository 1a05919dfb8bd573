//! What is wrong in a content file is said with its file, line and remedy, and everything else still works.

use anteroom::engine::guide::markdown::{Block, Inline, plain};
use anteroom::engine::guide::source::{MOST_BYTES, Source};
use anteroom::engine::guide::words::{Say, built_in};
use anteroom::engine::guide::{self, Guide};
use anteroom::engine::handoff::channel::Channel;
use anteroom::engine::ids::{Lang, PageId, QuestionId, RuleId, TaskId};
use anteroom::engine::problem::{Problem, Severity};
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::question::Question;
use anteroom::engine::screening::result::{GUIDE_RULE, result};

use crate::support::{Folder, all_clear, changed, english, one, several};

const SCREENING: &str = "screening.toml";
const WORDS: &str = "en/screening.toml";
const ALL: [&str; 6] = ["danger", "smoke", "packs", "pressure", "pills", "remarks"];

/// A slip in the small guide: the one error it gives, and what is left of the questions.
struct Slip<'a> {
    folder: Folder,
    file: &'a str,
    line: usize,
    what: &'a str,
    remedy: &'a str,
    questions: &'a [&'a str],
}

#[track_caller]
fn check(slip: &Slip) -> Guide {
    let expected = Problem {
        severity: Severity::Error,
        file: slip.file.to_owned(),
        line: slip.line,
        what: slip.what.to_owned(),
        remedy: slip.remedy.to_owned(),
    };
    assert_eq!(slip.folder.errors(), [expected]);
    check_the_rest(&slip.folder, slip.questions)
}

/// Whatever is wrong with one file: the phone, the crisis words, the other questions and pages are there.
#[track_caller]
fn check_the_rest(folder: &Folder, questions: &[&str]) -> Guide {
    let guide = folder.guide();
    assert_eq!(guide.settings.clinic.phone, "+1 555 010 0199");
    for lang in ["en", "es"] {
        let words = guide.words(&Lang::from(lang));
        assert_eq!(words.say(Say::HelpCall), built_in().say(Say::HelpCall));
        for question in &guide.questions {
            assert_ne!(words.question(&question.id).ask, "", "{} in {lang}", question.id);
        }
    }
    assert_eq!(guide.questions.iter().map(|question| question.id.as_str()).collect::<Vec<_>>(), questions);
    assert!(guide.pages.contains_key(&(PageId::from("after"), english())));
    // The one answer that must never be lost.
    let help = changed(&all_clear(&guide), &QuestionId::from("danger"), one("now"));
    assert_eq!(result(&guide, &help).level, Level::GetHelp);
    guide
}

fn without(lost: &str) -> Vec<&'static str> {
    ALL.into_iter().filter(|id| *id != lost).collect()
}

fn question(guide: &Guide, id: &str) -> Question {
    guide.question(&QuestionId::from(id)).unwrap().clone()
}

const COMPARE: &str = "Compare it with the lines around it: a quote, a comma or a bracket is often missing.";

#[test]
fn the_small_guide_is_sound() {
    let (_, problems) = Folder::small().parse();
    assert_eq!(problems, []);
}

#[test]
fn a_line_that_is_not_toml() {
    let guide = check(&Slip {
        folder: Folder::small().replaced(SCREENING, "id = \"packs\"", "id = \"packs"),
        file: SCREENING,
        line: 36,
        what: "This line is not TOML: invalid basic string, expected `\"`.",
        remedy: COMPARE,
        questions: &ALL,
    });
    assert!(guide.partly_read);
}

#[test]
fn a_brace_that_is_left_open_costs_only_its_own_key() {
    let guide = check(&Slip {
        folder: Folder::small().replaced(SCREENING, "is-not = \"no\" }", "is-not = \"no\""),
        file: SCREENING,
        line: 43,
        what: "This line is not TOML: unclosed inline table, expected `}`.",
        remedy: COMPARE,
        questions: &ALL,
    });
    // The condition is lost, so the question is asked of everyone; the rules far below are still there.
    assert_eq!(question(&guide, "packs").ask_if, None);
    assert_eq!(guide.rules.len(), 3);
}

#[test]
fn a_bracket_that_is_left_open_costs_only_its_own_question() {
    let open = "  { id = \"none\", exclusive = true },\n]";
    let folder = Folder::small().replaced(SCREENING, open, open.trim_end_matches(']'));
    let errors = folder.errors();
    assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [56, 66]);
    assert_eq!(errors[1].what, "This line is not TOML: unclosed array, expected `]`.");
    let guide = check_the_rest(&folder, &without("pills"));
    assert_eq!(guide.rules.len(), 3);
}

#[test]
fn a_header_that_is_left_open_costs_only_its_own_question() {
    let folder = Folder::small().replaced(
        SCREENING,
        "[[question]]\nid = \"pressure\"",
        "[[question]\nid = \"pressure\"",
    );
    let guide = check_the_rest(&folder, &without("pressure"));
    assert!(guide.rule(&RuleId::from("many_packs")).is_some());
    assert!(folder.errors().iter().any(|error| error.file == SCREENING && error.line == 45));
}

#[test]
fn a_key_that_is_not_known() {
    let guide = check(&Slip {
        folder: Folder::small().replaced(
            SCREENING,
            "{ id = \"yes\", level = \"note\" }",
            "{ id = \"yes\", levle = \"note\" }",
        ),
        file: SCREENING,
        line: 31,
        what: "`levle` is not known in this `choices`.",
        remedy: "Did you mean `level`? Otherwise take the line out.",
        questions: &ALL,
    });
    // The level is lost with its key, so nobody is told that nothing was raised.
    let smoker = changed(&all_clear(&guide), &QuestionId::from("smoke"), one("yes"));
    assert_eq!(result(&guide, &smoker).level, Level::Review);
}

#[test]
fn a_level_that_is_not_one_counts_as_review() {
    let guide = check(&Slip {
        folder: Folder::small().replaced(
            SCREENING,
            "{ id = \"red\", level = \"stop\" }",
            "{ id = \"red\", level = \"stpo\" }",
        ),
        file: SCREENING,
        line: 62,
        what: "`stpo` is not a level; `review` is used instead.",
        remedy: "Did you mean `stop`?",
        questions: &ALL,
    });
    let red = changed(&all_clear(&guide), &QuestionId::from("pills"), several(&["red"]));
    assert_eq!(result(&guide, &red).level, Level::Review);
}

#[test]
fn an_id_used_twice() {
    let more = "\n[[question]]\nid = \"smoke\"\nsection = \"health\"\nkind = \"text\"\n";
    let folder = Folder::small().and(SCREENING, more);
    let line = folder.text(SCREENING).trim_end().lines().count() - 3;
    let guide = check(&Slip {
        folder,
        file: SCREENING,
        line,
        what: "The id `smoke` is there twice.",
        remedy: "Give one of the two another id, or take it out. The first one is used.",
        questions: &ALL,
    });
    assert_eq!(question(&guide, "smoke").kind.name(), "one");
}

#[test]
fn the_words_of_one_question_given_twice() {
    let folder = Folder::small().and(WORDS, "\n[question.smoke]\nask = \"Do you smoke a pipe?\"\n");
    let errors = folder.errors();
    let last = folder.text(WORDS).lines().count();
    assert_eq!(errors.iter().map(|error| error.line).collect::<Vec<_>>(), [last - 1, last]);
    assert_eq!(errors[0].what, "This line names something that the file has already.");
    let guide = check_the_rest(&folder, &ALL);
    assert_eq!(guide.words(&english()).question(&QuestionId::from("smoke")).ask, "Do you smoke?");
}

#[test]
fn curly_quotation_marks_are_called_so_where_they_are_the_slip() {
    let curly = "The quotation marks on this line are curly ones.";
    let line = Folder::small().line(WORDS, "ask = \"Do you smoke?\"");
    let errors = Folder::small().replaced(WORDS, "\"Do you smoke?\"", "“Do you smoke?”").errors();
    assert!(errors.iter().any(|error| error.line == line && error.what == curly), "{errors:?}");
    // Within a text they may stand; what is lost there is another mark.
    let errors = Folder::small().replaced(WORDS, "\"Do you smoke?\"", "\"Do you “smoke”?").errors();
    assert!(errors.iter().all(|error| error.what != curly), "{errors:?}");
    assert!(!errors.is_empty());
}

#[test]
fn words_for_an_id_that_does_not_exist() {
    let folder = Folder::small().and(WORDS, "\n[question.smok]\nask = \"Do you smoke?\"\n");
    let line = folder.line(WORDS, "[question.smok]");
    check(&Slip {
        folder,
        file: WORDS,
        line,
        what: "There are words for a question `smok`, which does not exist.",
        remedy: "Did you mean `smoke`?",
        questions: &ALL,
    });
    let folder = Folder::small().replaced(WORDS, "  low = \"Bottom number\"", "  lower = \"Bottom number\"");
    let said: Vec<String> = folder.errors().into_iter().map(|error| error.what).collect();
    assert_eq!(
        said,
        [
            "The part `low` of `pressure` has no label.",
            "There are words for a part `lower`, which does not exist.",
        ]
    );
}

#[test]
fn a_condition_on_a_question_that_does_not_exist() {
    let guide = check(&Slip {
        folder: Folder::small().replaced(SCREENING, "question = \"packs\"", "question = \"pack\""),
        file: SCREENING,
        line: 75,
        what: "The rule `many_packs` asks about a question `pack` that does not exist, so it is not used.",
        remedy: "Did you mean `packs`?",
        questions: &ALL,
    });
    assert_eq!(guide.rules.len(), 2);
    // The lost rule may have been a stop.
    let outcome = result(&guide, &all_clear(&guide));
    assert_eq!(outcome.level, Level::Review);
    assert_eq!(outcome.reasons[0].rule.as_str(), GUIDE_RULE);
    let words = guide.words(&english());
    assert_eq!(words.reason(&outcome.reasons[0]), words.say(Say::ProblemsTitle));
    assert!(words.next_step(&outcome.reasons[0]).contains("+1 555 010 0199"));
}

#[test]
fn a_condition_on_what_is_asked_later_never_hides_a_question() {
    let later = "{ question = \"pills\", includes = \"red\" }";
    let guide = check(&Slip {
        folder: Folder::small().replaced(SCREENING, "{ question = \"smoke\", is-not = \"no\" }", later),
        file: SCREENING,
        line: 35,
        what: "The condition of the question `packs` asks about `pills`, which is asked later or is the question \
               itself, so it is always asked.",
        remedy: "Move that question before this one.",
        questions: &ALL,
    });
    assert_eq!(question(&guide, "packs").ask_if, None);
}

#[test]
fn a_choice_without_words_is_shown_by_its_id() {
    let guide = check(&Slip {
        folder: Folder::small().replaced(WORDS, "  none = \"No pills\"\n", ""),
        file: WORDS,
        line: 34,
        what: "The choice `none` of `pills` has no words.",
        remedy: "Add it under [question.pills.choices].",
        questions: &ALL,
    });
    let pills = question(&guide, "pills");
    let words = guide.words(&english()).answer(&pills, &several(&["none"]));
    assert_eq!(words, "none");
}

const PUT_BACK: &str = "Put the file back into the content folder, or take its name out of settings.toml.";

#[test]
fn a_language_file_that_is_missing_leaves_the_first_language() {
    let guide = check(&Slip {
        folder: Folder::small().without("es/screening.toml"),
        file: "es/screening.toml",
        line: 1,
        what: "The file could not be read: there is no such file.",
        remedy: PUT_BACK,
        questions: &ALL,
    });
    let words = guide.words(&Lang::from("es"));
    assert_eq!(words.question(&QuestionId::from("smoke")).ask, "Do you smoke?");
    assert_eq!(words.task(&TaskId::from("ride")).title, "Pida su viaje");
}

#[test]
fn any_one_file_that_is_missing_or_empty_is_one_problem() {
    for source in &Folder::small().sources {
        let path = source.path.as_str();
        // Without the settings their numbers are gone too, and without the screening there is nothing to ask.
        let more = if ["settings.toml", SCREENING].contains(&path) { 1 } else { 0 };
        for folder in [Folder::small().without(path), Folder::small().with(path, " \n\n")] {
            let problems = folder.checked();
            assert_eq!(problems.len(), 1 + more, "{path}: {problems:#?}");
            assert!(problems.iter().any(|problem| problem.file == path && problem.line == 1), "{path}");
        }
    }
}

#[test]
fn an_empty_file() {
    let guide = check(&Slip {
        folder: Folder::small().with("en/plan.toml", ""),
        file: "en/plan.toml",
        line: 1,
        what: "The file is empty.",
        remedy: "Copy it again from the guide you started from.",
        questions: &ALL,
    });
    assert_eq!(guide.words(&Lang::from("es")).task(&TaskId::from("ride")).title, "Pida su viaje");
}

#[test]
fn settings_that_are_missing_keep_the_questions_and_their_words() {
    let guide = Folder::small().without("settings.toml").guide();
    assert_eq!(guide.questions.len(), ALL.len());
    for lang in ["en", "es"] {
        let words = guide.words(&Lang::from(lang));
        assert_eq!(words.lang.as_str(), lang);
        assert_ne!(words.question(&QuestionId::from("smoke")).ask, "");
        assert_eq!(words.say(Say::HelpCall), built_in().say(Say::HelpCall));
    }
    // A rule has lost its number, so nothing mild is promised.
    assert_eq!(result(&guide, &all_clear(&guide)).level, Level::Review);
}

#[test]
fn settings_that_are_cut_in_the_middle_keep_the_phone_number() {
    let whole = Folder::small().text("settings.toml");
    let from = whole.find("0199\"").unwrap() + 6;
    for end in from..=whole.len() {
        let cut = Source::new("settings.toml", &whole.as_bytes()[..end]);
        let settings = guide::parse(&[cut], None).0.settings;
        assert_eq!(settings.clinic.phone, "+1 555 010 0199", "cut at byte {end}");
        assert_eq!(settings.languages.len(), 2, "cut at byte {end}");
        assert_eq!(settings.pages.len(), 2, "cut at byte {end}");
    }
    let cut = whole.find("[handoff]").unwrap() + 12;
    check_the_rest(&Folder::small().with("settings.toml", &whole[..cut]), &ALL);
}

#[test]
fn a_page_with_no_front_matter() {
    let guide = check(&Slip {
        folder: Folder::small().with("en/pages/visit.md", "## The visit\n\nIt takes an hour.\n"),
        file: "en/pages/visit.md",
        line: 1,
        what: "This page has no front matter, so it has no title, sources or review date.",
        remedy: "Begin the file with a line +++, the keys that docs/content-format.html names, and a second line +++.",
        questions: &ALL,
    });
    let page = &guide.pages[&(PageId::from("visit"), english())];
    assert_eq!(page.title, "visit");
    assert_eq!(page.blocks.len(), 2);
}

#[test]
fn a_front_matter_that_is_broken_keeps_the_body_and_the_other_keys() {
    let text = Folder::small().text("en/pages/visit.md");
    let folder = Folder::small()
        .with("en/pages/visit.md", text.replace("sources = [\"BOOK\"]", "sources = [\"BOOK\""));
    let guide = check(&Slip {
        folder,
        file: "en/pages/visit.md",
        line: 4,
        what: "This line is not TOML: unclosed array, expected `]`.",
        remedy: COMPARE,
        questions: &ALL,
    });
    let page = &guide.pages[&(PageId::from("visit"), english())];
    assert_eq!((page.title.as_str(), page.review.reviewer.as_str()), ("Page visit", "A. Clinician"));
    assert!(!page.blocks.is_empty());
}

#[test]
fn a_file_of_10_megabytes() {
    let text = Folder::small().text("en/pages/visit.md");
    let guide = check(&Slip {
        folder: Folder::small().with("en/pages/visit.md", text.clone() + &"word ".repeat(2_000_000)),
        file: "en/pages/visit.md",
        line: 1,
        what: &format!(
            "The file has {} bytes; only the first {MOST_BYTES} were read.",
            text.len() + 10_000_000
        ),
        remedy: "Check that it is the right file, and split it if it is.",
        questions: &ALL,
    });
    assert_eq!(guide.pages[&(PageId::from("visit"), english())].title, "Page visit");
}

#[test]
fn a_file_of_junk_does_not_drown_the_rest() {
    let junk: [(&str, Vec<u8>); 5] = [
        ("lines that are no TOML", b"a\n".repeat(100_000)),
        ("keys that are not known", (0..20_000).flat_map(|key| format!("k{key}=1\n").into_bytes()).collect()),
        ("tables that are empty", b"[[question]]\n".repeat(20_000)),
        ("brackets", vec![b'['; 200_000]),
        ("zeros", vec![0; 200_000]),
    ];
    for (name, bytes) in junk {
        for path in [SCREENING, WORDS, "en/words.toml", "en/pages/visit.md"] {
            let folder = Folder::small().with(path, bytes.clone());
            let (guide, problems) = folder.parse();
            let here = problems.iter().filter(|problem| problem.file == path).count();
            // Two hundred slips and the sentence on the rest; of a file of words also each phrase that is missing.
            let most = 201 + if path == "en/words.toml" { Say::ALL.len() } else { 200 };
            assert!(here <= most, "{name} in {path}: {here} problems");
            assert_eq!(guide.settings.clinic.phone, "+1 555 010 0199", "{name} in {path}");
            let help = guide.words(&english()).say(Say::HelpCall);
            assert_eq!(help, built_in().say(Say::HelpCall), "{name} in {path}");
        }
    }
}

#[test]
fn bytes_that_are_not_utf_8() {
    let mut text = Folder::small().text("en/plan.toml").into_bytes();
    let place = text.windows(5).position(|window| window == b"smoke").unwrap();
    text[place] = 0xe9;
    let guide = check(&Slip {
        folder: Folder::small().with("en/plan.toml", text),
        file: "en/plan.toml",
        line: 7,
        what: "This line holds bytes that are not UTF-8 text.",
        remedy: "Open the file in a text editor and save it with the encoding UTF-8.",
        questions: &ALL,
    });
    let words = guide.words(&english());
    assert_eq!(words.task(&TaskId::from("ride")).title, "Book your ride");
    assert_eq!(words.task(&TaskId::from("lighter")).text, "No \u{fffd}moke here.");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_no_problem() {
    for path in ["settings.toml", SCREENING, WORDS, "en/pages/visit.md"] {
        let text = "\u{feff}".to_owned() + &Folder::small().text(path).replace('\n', "\r\n");
        assert_eq!(Folder::small().with(path, text).errors(), [], "{path}");
    }
}

#[test]
fn scripts_in_a_page_are_words() {
    let script =
        "\n<script>steal()</script>\n\n<img src=x onerror=steal()> ![alt](https://evil.example/p.png)\n";
    let folder = Folder::small().and("en/pages/visit.md", script);
    assert_eq!(folder.errors(), []);
    let guide = check_the_rest(&folder, &ALL);
    let page = &guide.pages[&(PageId::from("visit"), english())];
    let last_two: Vec<String> = page.blocks[1..]
        .iter()
        .map(|block| match block {
            Block::Paragraph(inlines) => {
                assert!(inlines.iter().all(|inline| matches!(inline, Inline::Text(_))), "{inlines:?}");
                plain(inlines)
            }
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(last_two, ["<script>steal()</script>", "<img src=x onerror=steal()> alt"]);
}

#[test]
fn a_link_that_runs_a_script() {
    let folder = Folder::small().and("en/pages/visit.md", "\nPress [here](JavaScript:steal()).\n");
    let line = folder.line("en/pages/visit.md", "Press");
    let guide = check(&Slip {
        folder,
        file: "en/pages/visit.md",
        line,
        what: "The link to `JavaScript:steal()` is not allowed, so its words are shown without it.",
        remedy: "Link to https:, mailto:, tel: or sms:, to another page as `name.md`, to a heading as `#its-words`, to a term as \
                 `term:name`, or to `#help`.",
        questions: &ALL,
    });
    let page = &guide.pages[&(PageId::from("visit"), english())];
    let Some(Block::Paragraph(inlines)) = page.blocks.last() else { panic!("{:?}", page.blocks) };
    assert_eq!(inlines.as_slice(), [Inline::Text("Press ".to_owned()), Inline::Text("here.".to_owned()),]);
}

#[test]
fn a_comment_that_is_never_closed_keeps_the_rest_of_the_page() {
    let folder = Folder::small().and("en/pages/visit.md", "\n<!-- BOOK\n\n## Afterwards\n");
    let line = folder.line("en/pages/visit.md", "<!-- BOOK");
    let guide = check(&Slip {
        folder,
        file: "en/pages/visit.md",
        line,
        what: "The comment that begins with `<!--` is never closed, so patients see it.",
        remedy: "Put `-->` behind it.",
        questions: &ALL,
    });
    let page = &guide.pages[&(PageId::from("visit"), english())];
    assert_eq!(
        page.blocks.last(),
        Some(&Block::Heading(2, vec![Inline::Text("Afterwards".to_owned())], "afterwards".to_owned()))
    );
}

#[test]
fn a_link_to_a_page_that_is_not_there() {
    let folder = Folder::small().and("en/pages/visit.md", "\nSee [the costs](cost.md).\n");
    let line = folder.line("en/pages/visit.md", "the costs");
    check(&Slip {
        folder,
        file: "en/pages/visit.md",
        line,
        what: "The link to `cost.md` leads to a page that settings.toml does not list.",
        remedy: "Add the page to `pages`, or take the link out.",
        questions: &ALL,
    });
}

#[test]
fn an_endpoint_that_is_not_https_gets_nothing() {
    let bad = [
        "http://clinic.example/requests",
        "clinic.example/requests",
        "https://",
        "https://user@clinic.example/",
        "http://localhost.evil.example/",
        "javascript:alert(1)",
    ];
    for endpoint in bad {
        let guide = check(&Slip {
            folder: Folder::small().replaced("settings.toml", "https://clinic.example/requests", endpoint),
            file: "settings.toml",
            line: 12,
            what: &format!(
                "The endpoint `{endpoint}` is not an https address, so nothing will be sent to it."
            ),
            remedy: "Write an address that begins with https://, or leave it empty to switch sending off.",
            questions: &ALL,
        });
        assert_eq!(guide.settings.handoff.endpoint, None);
    }
    for fine in ["https://clinic.example/requests", "http://127.0.0.1:8080/requests", "http://localhost/x"] {
        let folder = Folder::small().replaced("settings.toml", "https://clinic.example/requests", fine);
        assert_eq!(folder.errors(), [], "{fine}");
        assert_eq!(folder.guide().settings.handoff.endpoint.as_deref(), Some(fine));
    }
}

#[test]
fn a_channel_that_cannot_work_is_left_out_and_said() {
    let endpoint = "endpoint = \"https://clinic.example/requests\"";
    let of = |lines: &str| Folder::small().replaced("settings.toml", endpoint, lines);
    let table = [
        (
            "channels = [\"print\", \"emial\"]",
            "There is no channel `emial`.",
            "Did you mean `email`?",
            &[Channel::Print][..],
        ),
        (
            "channels = [\"phone\", \"send\"]",
            "The channel `send` needs `endpoint`, so it is not offered.",
            "Fill in `endpoint` under [handoff], or take \"send\" out of the list.",
            &[Channel::Phone],
        ),
        (
            "channels = []",
            "No channel is left, so nobody could hand anything over; the usual ones are offered.",
            "Name at least one, such as channels = [\"print\", \"phone\"], or take the line out.",
            &USUAL,
        ),
        (
            "format = \"xml\"",
            "There is no format `xml`, so the packet is sent as JSON.",
            "Write \"json\", \"fhir\" or \"sealed\".",
            &USUAL,
        ),
        (
            "email = \"a@clinic.example, b@clinic.example\"",
            "`a@clinic.example, b@clinic.example` is not one e-mail address, so none is offered.",
            "Write one address, such as \"front-desk@clinic.example\", or leave it empty.",
            &USUAL,
        ),
        (
            "booking = { service = \"calendar\", url = \"https://calendly.com/x\" }",
            "The booking service `calendar` is not known.",
            "Write \"calendly\", \"cal.com\", \"acuity\" or \"other\"; with \"other\" the page opens with nothing filled in.",
            &USUAL,
        ),
        (
            "booking = { service = \"calendly\", url = \"calendly.com/x\" }",
            "The booking page `calendly.com/x` is not an https address, so it is not offered.",
            "Copy the address of your booking page from your browser; it begins with https://.",
            &USUAL,
        ),
    ];
    for (lines, what, remedy, left) in table {
        let folder = of(lines);
        let errors = folder.errors();
        let said: Vec<_> = errors
            .iter()
            .map(|problem| (problem.line, problem.what.as_str(), problem.remedy.as_str()))
            .collect();
        assert_eq!(said, [(12, what, remedy)]);
        let guide = check_the_rest(&folder, &ALL);
        assert_eq!(guide.settings.handoff.channels, left.iter().copied().collect(), "{lines}");
    }
    // What is filled in is offered, and a list says which of it.
    let all = "endpoint = \"https://clinic.example/r\"\nemail = \"desk@clinic.example\"\nbooking = { url = \"https://book.example/\" }\nkey = '{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4\",\"y\":\"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM\"}'\n";
    assert_eq!(of(all).errors(), []);
    assert_eq!(of(all).guide().settings.handoff.channels, Channel::ALL.into());
    let some = format!("{all}channels = [\"phone\", \"send\"]");
    assert_eq!(of(&some).guide().settings.handoff.channels, [Channel::Send, Channel::Phone].into());
}

/// What is offered with nothing filled in.
const USUAL: [Channel; 5] = [Channel::Print, Channel::Copy, Channel::File, Channel::Phone, Channel::HostPage];

#[test]
fn a_number_outside_of_its_bounds_is_brought_back_in() {
    let guide = check(&Slip {
        folder: Folder::small().replaced("settings.toml", "value = 20", "value = 2000"),
        file: "settings.toml",
        line: 15,
        what: "`packs_most` is outside of its bounds, 10 to 30 packs; the nearest allowed number is used.",
        remedy: "Write a number within the bounds. The bounds come from clinical-facts.md and are not the clinic's \
                 to change.",
        questions: &ALL,
    });
    assert_eq!(guide.settings.threshold("packs_most"), Some(30.0));
}

#[test]
fn a_phone_number_without_quotes_is_said() {
    let folder = Folder::small().replaced("settings.toml", "\"+1 555 010 0199\"", "5550100199");
    let errors = folder.errors();
    assert_eq!(errors.len(), 1);
    assert_eq!(errors[0].line, 9);
    assert_eq!(errors[0].what, "`phone` in `clinic` must be a text in quotes, but it is a number.");
}

#[test]
fn a_placeholder_that_nothing_fills() {
    let guide = check(&Slip {
        folder: Folder::small().replaced("en/plan.toml", "{visit_minutes}", "{visit_minuets}"),
        file: "en/plan.toml",
        line: 1,
        what: "Nothing is known under `{visit_minuets}`.",
        remedy: "Did you mean `visit_minutes`?",
        questions: &ALL,
    });
    let text = &guide.words(&english()).task(&TaskId::from("ride")).text;
    assert_eq!(text, "The visit takes {visit_minuets} minutes.");
}

#[test]
fn all_problems_of_all_files_are_said_at_once_in_order() {
    let folder = Folder::small()
        .replaced("settings.toml", "https://clinic", "http://clinic")
        .replaced(SCREENING, "kind = \"number\"", "kind = \"numbr\"")
        .replaced(WORDS, "ask = \"Which pills?\"\n", "")
        .without("es/screening.toml");
    let places: Vec<(String, usize)> =
        folder.errors().into_iter().map(|error| (error.file, error.line)).collect();
    let expected =
        [(WORDS, 34), (WORDS, 34), ("es/screening.toml", 1), (SCREENING, 38), ("settings.toml", 12)];
    let seen: Vec<(&str, usize)> = places.iter().map(|(file, line)| (file.as_str(), *line)).collect();
    for place in expected {
        assert!(seen.contains(&place), "{place:?} in {seen:?}");
    }
    assert!(seen.is_sorted(), "{seen:?}");
}

#[test]
fn a_review_that_has_lapsed_is_a_warning() {
    let folder = Folder::small().replaced(SCREENING, "review_due = 2027-01-10", "review_due = 2026-11-30");
    let (guide, problems) = folder.parse();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].severity, Severity::Warning);
    assert_eq!(problems[0].what, "The review was due on 2026-11-30.");
    assert!(!guide.partly_read);
}

#[test]
fn a_phone_number_is_found_even_where_its_table_or_its_quotes_are_broken() {
    for broken in [
        "format = 1\n[clinic\nname = \"A\nphone = \"+1 555 010 0199\"\n",
        "[clinic]\nname = \"A\"\nphone = +1 555 010 0199\n",
        "phone = '+1 555 010 0199' # the front desk\n",
    ] {
        let (guide, problems) = guide::parse(&[Source::new("settings.toml", broken)], None);
        assert_eq!(guide.settings.clinic.phone, "+1 555 010 0199", "{broken}");
        assert!(!problems.is_empty(), "{broken}");
    }
}
