//! Names that are typed and chosen: what they tick, what they leave alone, and what is handed over.

use anteroom::engine::guide::Guide;
use anteroom::engine::guide::words::Say;
use anteroom::engine::handoff::note::chart_note;
use anteroom::engine::handoff::packet::{Sharing, Stamp, packet};
use anteroom::engine::ids::{ChoiceId, QuestionId};
use anteroom::engine::screening::answer::Answers;
use anteroom::engine::screening::level::Level;
use anteroom::engine::screening::names::{ChosenName, Offered};
use anteroom::engine::screening::result::result;
use anteroom::engine::session::Message::{self, *};
use anteroom::engine::session::{Direction, Effect, Moment, Screen, Session, Target, Wish, open, update};

use crate::support::{Folder, answers, english};

const LIST: &str = r#"
format = 1
unlisted = "voices"
look_alikes = ["Rubitol, Rubinex"]
elsewhere = ["Plainol"]
[group.red.names]
rubidine = ["Rubitol"]
[group.blue.names]
azurine = ["Azurol"]
rubinate = ["Rubinex"]
[several]
"azurine-rubidine" = { brands = ["Violex"], groups = ["red", "blue"] }
"#;

/// The small guide with names for its pills.
fn folder() -> Folder {
    Folder::small()
        .replaced(
            "settings.toml",
            "pages = [\"visit\", \"after\"]",
            "pages = [\"visit\", \"after\"]\nmedicines = \"pills\"",
        )
        .with("medicines.toml", LIST)
        .with("en/medicines.toml", "[group]\nred = \"red ones\"\nblue = \"blue ones\"\n")
        .with(
            "es/medicines.toml",
            "[group]\nred = \"rojas\"\nblue = \"azules\"\n[shown]\nrubidine = \"rubidina\"\n",
        )
}

struct Person {
    session: Session,
    effects: Vec<Effect>,
}

impl Person {
    /// Somebody who stands before the question about pills.
    fn at_the_pills() -> Self {
        Self::at_the_pills_of(folder())
    }

    fn at_the_pills_of(folder: Folder) -> Self {
        let (session, effects) = open(Wish::default());
        let mut person = Self { session, effects };
        person.does(FilesArrived(folder.sources)).does(PressedStart).does(AskedToChange(pills()));
        assert_eq!(person.session.screen, Screen::Question(pills()));
        person
    }

    fn does(&mut self, message: Message) -> &mut Self {
        let moment = Moment { now: "2026-11-21T10:00:00Z".to_owned(), dice: 7, ..Moment::default() };
        (self.session, self.effects) = update(std::mem::take(&mut self.session), message, &moment);
        self
    }

    fn types(&mut self, typed: &str) -> &mut Self {
        self.does(TypedName(typed.to_owned()))
    }

    fn ticks(&mut self, choice: &str) -> &mut Self {
        self.does(ToggledOption(pills(), ChoiceId::from(choice)))
    }

    /// What is ticked and which names stand beside it, as an answers file says it.
    fn said(&self) -> String {
        self.session
            .answers
            .get(&pills())
            .map_or_else(String::new, |answer| serde_json::to_string(answer).unwrap())
    }

    fn offered(&self) -> Vec<String> {
        self.session
            .lookup
            .offers
            .iter()
            .map(|offer| match &offer.what {
                Offered::Listed { described, .. } => described.clone(),
                Offered::Unlisted(words) => format!("other: {words}"),
            })
            .collect()
    }

    fn announced(&self) -> Option<&str> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Announce(words) => Some(words.as_str()),
            _ => None,
        })
    }
}

fn pills() -> QuestionId {
    QuestionId::from("pills")
}

#[test]
fn typing_ticks_nothing_and_a_chosen_name_ticks_its_choices() {
    let mut person = Person::at_the_pills();
    person.types("violex");
    assert_eq!(person.offered(), ["Violex (azurine-rubidine): red ones; blue ones"]);
    assert_eq!(person.said(), "");
    assert_eq!(person.announced(), Some("1 found. Use the arrow keys, then Enter, or tap one."));
    person.does(ChoseName(0));
    assert_eq!(person.said(), r#"{"choices":["blue","red"],"names":["Violex (azurine-rubidine)"]}"#);
    assert_eq!(person.session.lookup.typed, "");
    assert!(
        person.effects.contains(&Effect::Focus(Target::Field("n-pills".to_owned()))),
        "{:?}",
        person.effects
    );
    assert!(person.announced().unwrap().starts_with("Violex (azurine-rubidine)"));
}

#[test]
fn a_name_that_looks_like_another_is_offered_with_it() {
    let mut person = Person::at_the_pills();
    person.types("rubitol");
    assert_eq!(person.offered(), ["Rubitol (rubidine): red ones", "Rubinex (rubinate): blue ones"]);
}

#[test]
fn a_common_medicine_is_never_taken_for_one_like_it() {
    let folder = folder().replaced("medicines.toml", "\"Azurol\"", "\"Azurol\", \"Plainal\", \"Plainol-D\"");
    let mut person = Person::at_the_pills_of(folder);
    // What begins with its name is another kind of it.
    person.types("plainol");
    assert_eq!(person.offered(), ["other: Plainol", "Plainol-D (azurine): blue ones"]);
    // Who wrote neither of the two may mean each.
    person.types("plainul");
    let offered = person.offered();
    for name in ["other: Plainol", "Plainal (azurine): blue ones"] {
        assert!(offered.iter().any(|other| other == name), "{offered:?}");
    }
}

/// The small guide with a dozen red names that begin alike, and a dozen that begin so and belong to no choice.
fn crowded() -> Folder {
    let red: Vec<String> = (b'a'..=b'l').map(|letter| format!("\"Rub{}idor\"", letter as char)).collect();
    let none: Vec<String> = (b'a'..=b'l').map(|letter| format!("\"Pla{}\"", letter as char)).collect();
    let list = format!(
        "format = 1\nunlisted = \"voices\"\nelsewhere = [{}]\n[group.red.names]\nrubidine = [{}]\n\
         [group.blue.names]\nazurine = [\"Azurol\", \"Plaquenol\"]\n",
        none.join(", "),
        red.join(", ")
    );
    folder().with("medicines.toml", list).replaced(
        "es/medicines.toml",
        "[shown]\nrubidine = \"rubidina\"\n",
        "",
    )
}

#[test]
fn one_name_is_offered_with_eight_and_each_of_several_with_three() {
    let mut person = Person::at_the_pills_of(crowded());
    person.types("rub");
    assert_eq!(person.offered().len(), 8);
    person.types("rub, azurol");
    let offered = person.offered();
    assert_eq!((offered.len(), offered.last().map(String::as_str)), (4, Some("Azurol (azurine): blue ones")));
}

#[test]
fn of_three_letters_only_what_belongs_to_a_choice_is_offered_and_of_four_all() {
    let mut person = Person::at_the_pills_of(crowded());
    // The names of no choice that begin so are shorter, and would come first.
    person.types("pla");
    assert_eq!(person.offered(), ["Plaquenol (azurine): blue ones"]);
    let mut person = Person::at_the_pills();
    person.types("pla");
    assert_eq!(person.offered(), ["other: pla"]);
    person.types("plai");
    assert_eq!(person.offered(), ["other: Plainol"]);
}

#[test]
fn two_letters_are_no_name_to_be_kept() {
    let mut person = Person::at_the_pills();
    person.types("zq");
    assert_eq!(person.offered(), [""; 0]);
    person.types("zqx");
    assert_eq!(person.offered(), ["other: zqx"]);
}

#[test]
fn a_dose_and_the_kind_of_pill_are_no_names() {
    let mut person = Person::at_the_pills();
    for typed in ["azurol 50 mg", "azurol 50mg tablets", "Azurol XR 50", "50 mg azurol twice daily"] {
        person.types(typed);
        assert_eq!(person.offered(), ["Azurol (azurine): blue ones"], "{typed}");
        assert_eq!(person.session.lookup.offers[0].rest, "", "{typed}");
    }
}

#[test]
fn a_dose_is_no_beginning_of_a_name_and_stands_in_one_where_it_belongs() {
    let folder = folder().replaced("medicines.toml", "\"Azurol\"", "\"Azurol\", \"Azurol XR\", \"Mgenol\"");
    let mut person = Person::at_the_pills_of(folder);
    person.types("rubitol 50 mg");
    assert_eq!(person.offered(), ["Rubitol (rubidine): red ones", "Rubinex (rubinate): blue ones"]);
    person.types("azurol xr");
    assert_eq!(person.offered().first().map(String::as_str), Some("Azurol XR (azurine): blue ones"));
}

#[test]
fn two_words_make_a_name_only_where_they_are_much_like_it() {
    let folder = folder().replaced("medicines.toml", "\"Azurol\"", "\"Welbutrinal\"");
    let mut person = Person::at_the_pills_of(folder);
    person.types("wel butrinel");
    assert_eq!(person.offered(), ["Welbutrinal (azurine): blue ones", "other: wel butrinel"]);
    person.types("wil butrinel");
    assert_eq!(person.offered(), ["other: wil butrinel"]);
}

#[test]
fn an_answer_keeps_a_name_once_and_sixty_of_them() {
    let mut person = Person::at_the_pills();
    for _ in 0..2 {
        person.types("azurol").does(ChoseName(0));
        assert_eq!(person.said(), r#"{"choices":["blue"],"names":["Azurol (azurine)"]}"#);
    }
    for place in 0..70 {
        let letters = [b'a' + place / 26, b'a' + place % 26];
        person.types(&format!("zzz{}", String::from_utf8_lossy(&letters))).does(ChoseName(0));
    }
    let names = person.session.answers.get(&pills()).unwrap().names();
    assert_eq!((names.len(), names[59].words.as_str()), (60, "zzzcg"));
}

#[test]
fn a_name_of_a_file_is_cut_where_it_is_too_long_to_be_one() {
    let name = |letters: usize| ChosenName::from_file("é".repeat(letters)).words.chars().count();
    assert_eq!([name(159), name(160), name(161)], [159, 160, 160]);
}

#[test]
fn enter_takes_only_what_an_arrow_key_came_to() {
    let mut person = Person::at_the_pills();
    person.types("rubi");
    let last = person.session.lookup.offers.len() - 1;
    assert_eq!(person.session.lookup.active, None);
    person.does(MovedInNames(Direction::Back));
    assert_eq!(person.session.lookup.active, Some(last));
    assert!(person.effects.contains(&Effect::Reveal(format!("n-pills-{last}"))));
    person.does(MovedInNames(Direction::Next));
    assert_eq!(person.session.lookup.active, Some(0));
    person.types("rubit");
    assert_eq!(person.session.lookup.active, None);
    assert_eq!(person.said(), "");
}

#[test]
fn escape_puts_the_list_away_and_then_the_words() {
    let mut person = Person::at_the_pills();
    person.types("violex");
    assert!(person.session.lookup.is_open());
    person.does(ShutNames);
    assert!(!person.session.lookup.is_open());
    assert_eq!(person.session.lookup.typed, "violex");
    person.does(ShutNames);
    assert_eq!(person.session.lookup.typed, "");
}

#[test]
fn of_several_names_the_others_stay_typed() {
    let mut person = Person::at_the_pills();
    person.types("azurol, violex and plainol");
    person.does(ChoseName(0));
    assert_eq!(person.session.lookup.typed, "violex, plainol");
    person.does(ChoseName(0)).does(ChoseName(0));
    assert_eq!(person.session.lookup.typed, "");
    let said = r#"{"choices":["blue","red","voices"],"names":["Azurol (azurine)","Violex (azurine-rubidine)","Plainol"]}"#;
    assert_eq!(person.said(), said);
}

#[test]
fn a_name_that_is_not_listed_says_so_and_is_kept_beside_other() {
    let mut person = Person::at_the_pills();
    person.types("something else");
    assert_eq!(person.offered(), ["other: something else"]);
    assert!(person.session.lookup.found_nothing());
    assert_eq!(person.announced(), Some("Not on our list. Tick “Pills for voices” and tell the team."));
    person.does(ChoseName(0));
    assert_eq!(person.said(), r#"{"choices":["voices"],"names":["something else"]}"#);
    person.types(&"x".repeat(1000)).does(ChoseName(0));
    assert!(person.said().len() < 200, "a name is cut");
}

#[test]
fn a_name_that_goes_takes_only_its_own_ticks_along() {
    let mut person = Person::at_the_pills();
    person.ticks("blue").types("violex").does(ChoseName(0));
    person.does(RemovedName(0));
    assert_eq!(person.said(), r#"["blue"]"#);

    let mut person = Person::at_the_pills();
    person.types("rubitol").does(ChoseName(0)).types("violex").does(ChoseName(0));
    person.does(RemovedName(0));
    assert_eq!(person.said(), r#"{"choices":["blue","red"],"names":["Violex (azurine-rubidine)"]}"#);
    person.does(RemovedName(0));
    assert_eq!(person.said(), "");
    person.does(RemovedName(0));
    assert_eq!(person.said(), "");
}

#[test]
fn a_choice_that_is_unticked_takes_the_names_that_belong_nowhere_else() {
    let mut person = Person::at_the_pills();
    person.types("violex").does(ChoseName(0)).types("rubitol").does(ChoseName(0));
    person.ticks("red");
    assert_eq!(person.said(), r#"{"choices":["blue"],"names":["Violex (azurine-rubidine)"]}"#);
    person.ticks("red").does(RemovedName(0));
    // Ticked by hand the second time, so it stays.
    assert_eq!(person.said(), r#"["red"]"#);
}

#[test]
fn none_of_these_and_a_name_shut_each_other_out() {
    let mut person = Person::at_the_pills();
    person.ticks("none").types("azurol").does(ChoseName(0));
    assert_eq!(person.said(), r#"{"choices":["blue"],"names":["Azurol (azurine)"]}"#);
    person.ticks("none");
    assert_eq!(person.said(), r#"["none"]"#);
}

#[test]
fn a_name_changes_no_result_that_its_ticks_do_not() {
    let guide = folder().guide();
    let level = |json: &str| result(&guide, &answers(&guide, json));
    let plain = level(r#"{"pills": ["red", "blue"]}"#);
    let named =
        level(r#"{"pills": {"choices": ["red", "blue"], "names": ["Rubitol (rubidine)", "anything"]}}"#);
    assert_eq!(plain, named);
    assert_eq!(named.level, Level::Stop);
}

#[test]
fn names_in_an_answers_file_come_back_as_they_were() {
    let guide = folder().guide();
    let json = r#"{"pills":{"choices":["blue","red"],"names":["Azurol (azurine)","my own"]}}"#;
    let read = answers(&guide, json);
    assert_eq!(serde_json::to_string(&read).unwrap(), json);
    // No names is the same as none said.
    let bare = answers(&guide, r#"{"pills": {"choices": ["red"], "names": []}}"#);
    assert_eq!(serde_json::to_string(&bare).unwrap(), r#"{"pills":["red"]}"#);
}

#[test]
fn names_that_cannot_be_used_are_said_in_a_sentence() {
    let table = [
        (r#"{"choices": ["none"], "names": ["Azurol"]}"#, "stands alone"),
        (r#"{"choices": [], "names": ["Azurol"]}"#, "the list is empty"),
        (r#"{"names": ["Azurol"]}"#, "the list is empty"),
        (r#"{"choices": ["red"], "names": "Azurol"}"#, "`names` must be a list"),
        (r#"{"choices": ["red"], "names": [1]}"#, "`names` must be a list"),
        (r#"{"choices": ["red"], "name": []}"#, "`name` is not one of"),
    ];
    let guide = folder().guide();
    for (answer, said) in table {
        let (read, problems) = Answers::from_json(&guide, &format!(r#"{{"pills": {answer}}}"#));
        assert!(read.is_empty(), "{answer}");
        assert!(problems.len() == 1 && problems[0].contains(said), "{answer}: {problems:?}");
    }
}

/// The packet with these answers shared, as JSON and as a note.
fn handed_over(guide: &Guide, shared: &[&str]) -> String {
    let all = answers(guide, r#"{"pills": {"choices": ["red"], "names": ["Rubitol (rubidine)", "my own"]}}"#);
    let sharing =
        Sharing { answers: shared.iter().map(|id| QuestionId::from(*id)).collect(), ..Sharing::default() };
    let stamp = Stamp { reference: "K7Q-4MD".to_owned(), created: "2026-11-21T10:00:00Z".to_owned() };
    let packet = packet(guide, &english(), &all, &result(guide, &all), &sharing, &stamp);
    packet.to_json() + &chart_note(&packet, guide.words(&english()))
}

#[test]
fn names_are_handed_over_with_their_answer_and_never_without_it() {
    let guide = folder().guide();
    let shared = handed_over(&guide, &["pills"]);
    let said = guide.words(&english()).say(Say::NamesSaid);
    assert_eq!(
        shared.matches(&format!("Red pills. {said}: Rubitol (rubidine); my own")).count(),
        2,
        "{shared}"
    );
    let withheld = handed_over(&guide, &[]);
    assert!(!withheld.contains("Rubitol") && !withheld.contains("my own"), "{withheld}");
}

#[test]
fn the_names_come_after_the_first_view_and_the_choices_do_without_them() {
    let needed = ["medicines.toml", "en/medicines.toml"];
    let loads = |effects: &[Effect]| -> Vec<String> {
        let paths = effects.iter().filter_map(|effect| match effect {
            Effect::Load(paths) => Some(paths.clone()),
            _ => None,
        });
        paths.flatten().collect()
    };
    let (session, effects) = open(Wish::default());
    let mut person = Person { session, effects };
    let mut early = folder().sources;
    early.retain(|source| !source.path.ends_with("medicines.toml"));
    person.does(FilesArrived(early));
    assert!(
        needed.iter().all(|path| loads(&person.effects).contains(&(*path).to_owned())),
        "{:?}",
        person.effects
    );
    person.does(PressedStart);
    assert_eq!(loads(&person.effects), [""; 0]);
    // Without them, the list of choices does it.
    person.does(AskedToChange(pills())).types("violex").ticks("red");
    assert_eq!(person.said(), r#"["red"]"#);
    let mut late = folder().sources;
    late.retain(|source| needed.contains(&source.path.as_str()));
    person.does(FilesArrived(late));
    assert_eq!(person.offered(), ["Violex (azurine-rubidine): red ones; blue ones"]);
}

#[test]
fn another_language_shows_its_own_names_and_keeps_the_clinics() {
    let mut person = Person::at_the_pills();
    person.does(ChoseLanguage("es".into())).types("rubidina");
    // Found by its name in the other language as well, which is shown with its own.
    assert_eq!(person.offered(), ["rubidina: rojas"]);
    person.does(ChoseName(0));
    assert_eq!(person.said(), r#"{"choices":["red"],"names":["rubidina (rubidine)"]}"#);
}

#[test]
fn settings_that_name_no_such_question_are_reported() {
    for (id, said) in [("pils", "screening.toml does not have"), ("smoke", "is not of the kind `several`")] {
        let folder =
            folder().replaced("settings.toml", "medicines = \"pills\"", &format!("medicines = \"{id}\""));
        let errors = folder.errors();
        assert!(errors.iter().any(|error| error.what.contains(said)), "{errors:?}");
    }
}

#[test]
fn a_group_without_a_short_name_is_reported_in_its_language() {
    let errors = folder()
        .with("es/medicines.toml", "[group]\nred = \"rojas\"\n[names]\nrubidin = [\"Rojol\"]\n")
        .errors();
    let said: Vec<_> = errors.iter().map(|error| (error.file.as_str(), error.what.as_str())).collect();
    assert_eq!(
        said,
        [
            (
                "es/medicines.toml",
                "The group `blue` has no short name, which stands behind a name that is found."
            ),
            ("es/medicines.toml", "medicines.toml has no `rubidin`."),
        ]
    );
}
