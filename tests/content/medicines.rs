//! The shipped names of medicines: each can be found, and none passes for another.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use anteroom::engine::find::{How, key};
use anteroom::engine::ids::{ChoiceId, Lang, QuestionId};
use anteroom::engine::screening::names::{NameList, Offered};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{Folder, shipped};

fn question() -> QuestionId {
    QuestionId::from("medicines")
}

/// The list in one language of the shipped guide.
fn list_in(lang: &str) -> &'static NameList {
    shipped().names_of(&question(), &Lang::from(lang)).unwrap()
}

/// Every list, by language.
fn lists() -> &'static [&'static NameList] {
    static LISTS: LazyLock<Vec<&'static NameList>> =
        LazyLock::new(|| shipped().settings.languages.iter().map(|lang| list_in(lang.as_str())).collect());
    &LISTS
}

/// The descriptions that are offered for what is typed in English.
fn described(typed: &str) -> Vec<String> {
    list_in("en")
        .offers(typed)
        .into_iter()
        .map(|offer| match offer.what {
            Offered::Listed { described, .. } => described,
            Offered::Unlisted(words) => format!("other: {words}"),
        })
        .collect()
}

/// The generic name of the first thing that is offered; none if it is not on the list.
fn first_medicine(list: &NameList, typed: &str) -> Option<String> {
    medicines(list, typed).into_iter().next()
}

/// The generic names of what is offered, each once, in order.
fn medicines(list: &NameList, typed: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for offer in list.offers(typed) {
        let Offered::Listed { kept, .. } = offer.what else { continue };
        let generic = match kept.rsplit_once(" (") {
            Some((_, generic)) => generic.trim_end_matches(')').to_owned(),
            None => kept,
        };
        // A generic name in another language is kept with the English one behind it.
        let medicine = list.medicines.iter().find(|medicine| key(&medicine.name) == key(&generic)).unwrap();
        if !names.contains(&medicine.name) {
            names.push(medicine.name.clone());
        }
    }
    names
}

#[test]
fn there_are_names_for_every_group() {
    let list = list_in("en");
    let listed = list.names.iter().filter(|name| name.medicine.is_some()).count();
    assert!(listed >= 350, "{listed}");
    let named: BTreeSet<&ChoiceId> = list.medicines.iter().flat_map(|medicine| &medicine.groups).collect();
    for choice in shipped().question(&question()).unwrap().choices() {
        let needs_none = choice.exclusive || Some(&choice.id) == list.unlisted.as_ref();
        assert!(needs_none || named.contains(&choice.id), "no name for {}", choice.id);
    }
}

#[test]
fn each_name_finds_itself_first() {
    for list in lists() {
        for (place, name) in list.names.iter().enumerate() {
            let found = list.offers(&name.words);
            match (&found[0].what, name.medicine) {
                (Offered::Listed { described, .. }, Some(medicine)) => {
                    let medicine = &list.medicines[medicine];
                    let own = described.starts_with(&name.words) || described.starts_with(&medicine.shown);
                    assert!(own, "{} gives {described}", name.words);
                    let groups: Vec<&str> =
                        medicine.groups.iter().map(|group| list.groups[group].as_str()).collect();
                    assert!(described.ends_with(&groups.join("; ")), "{} gives {described}", name.words);
                }
                (Offered::Unlisted(words), None) => assert_eq!(words, &name.words),
                (what, _) => panic!("{} ({place}) gives {what:?}", name.words),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Names of fewer than four letters are left out: one letter more or less makes another of them.
    #[test]
    fn each_name_with_one_slip_finds_itself_among_the_first_three(
        which in any::<Index>(),
        at in any::<Index>(),
        letter in proptest::char::range('a', 'z'),
        kind in 0..4,
    ) {
        let list = *which.get(lists());
        let name = which.get(&list.names);
        let mut letters: Vec<char> = key(&name.words).chars().collect();
        prop_assume!(letters.len() >= 4 && name.medicine.is_some());
        let place = at.index(letters.len());
        match kind {
            0 => { letters.insert(place, letter); }
            1 => { letters.remove(place); }
            2 => letters[place] = letter,
            _ => {
                let place = place.min(letters.len() - 2);
                letters.swap(place, place + 1);
            }
        }
        let typed: String = letters.into_iter().collect();
        // Without its last letter, "Zyrtec-D" is another medicine.
        prop_assume!(list.names.iter().all(|other| key(&other.words) != typed));
        let medicine = &list.medicines[name.medicine.unwrap()].name;
        let found = medicines(list, &typed);
        prop_assert!(found.iter().take(3).any(|found| found == medicine), "{typed} for {}: {found:?}", name.words);
    }
}

#[test]
fn real_misspellings_find_what_was_meant() {
    let table = [
        ("zanax", "alprazolam"),
        ("xanex", "alprazolam"),
        ("xanacks", "alprazolam"),
        ("alprazolan", "alprazolam"),
        ("adivan", "lorazepam"),
        ("atavan", "lorazepam"),
        ("lorazapam", "lorazepam"),
        ("clonopin", "clonazepam"),
        ("klonipin", "clonazepam"),
        ("valum", "diazepam"),
        ("ambian", "zolpidem"),
        ("lunestra", "eszopiclone"),
        ("gabapentine", "gabapentin"),
        ("gabapenten", "gabapentin"),
        ("nurontin", "gabapentin"),
        ("lirica", "pregabalin"),
        ("flexaril", "cyclobenzaprine"),
        ("benedril", "diphenhydramine"),
        ("vicoden", "hydrocodone-acetaminophen"),
        ("percoset", "oxycodone-acetaminophen"),
        ("oxycotin", "oxycodone"),
        ("oxicodone", "oxycodone"),
        ("hydrocodon", "hydrocodone"),
        ("tramadal", "tramadol"),
        ("methodone", "methadone"),
        ("suboxin", "buprenorphine-naloxone"),
        ("naltrexon", "naltrexone"),
        ("vivatrol", "naltrexone"),
        ("lamictol", "lamotrigine"),
        ("lamotragine", "lamotrigine"),
        ("lithum", "lithium"),
        ("depacote", "divalproex"),
        ("zoloff", "sertraline"),
        ("sertralin", "sertraline"),
        ("prozak", "fluoxetine"),
        ("lexipro", "escitalopram"),
        ("selexa", "citalopram"),
        ("cimbalta", "duloxetine"),
        ("effexer", "venlafaxine"),
        ("welbutrin", "bupropion"),
        ("wellbutron", "bupropion"),
        ("buproprion", "bupropion"),
        ("remron", "mirtazapine"),
        ("trazadone", "trazodone"),
        ("adderal", "amphetamine salts"),
        ("aderall", "amphetamine salts"),
        ("ritilan", "methylphenidate"),
        ("vivance", "lisdexamfetamine"),
        ("conserta", "methylphenidate"),
        ("theophiline", "theophylline"),
        ("sinthroid", "levothyroxine"),
        ("levothyroxin", "levothyroxine"),
        ("lisinipril", "lisinopril"),
        ("amlodapine", "amlodipine"),
        ("metropolol", "metoprolol"),
        ("plavics", "clopidogrel"),
        ("tegratol", "carbamazepine"),
        ("saint johns wort", "St. John's wort"),
        ("ozempick", "semaglutide"),
        ("wegovey", "semaglutide"),
        ("monjaro", "tirzepatide"),
        ("trulisity", "dulaglutide"),
        ("metphormin", "metformin"),
        ("jardience", "empagliflozin"),
        ("farxega", "dapagliflozin"),
        ("sudaphed", "pseudoephedrine"),
        ("abilfy", "aripiprazole"),
        ("seraquel", "quetiapine"),
        ("seroquil", "quetiapine"),
        ("zyprexia", "olanzapine"),
        ("risperdol", "risperidone"),
    ];
    let missed: Vec<_> = table
        .iter()
        .map(|(typed, meant)| (typed, meant, first_medicine(list_in("en"), typed)))
        .filter(|(_, meant, found)| found.as_deref() != Some(meant))
        .collect();
    assert!(missed.is_empty(), "{missed:?}");
}

#[test]
fn what_is_in_no_group_is_never_taken_for_what_is() {
    for name in list_in("en").names.iter().filter(|name| name.medicine.is_none()) {
        let found = described(&name.words);
        assert_eq!(found[0], format!("other: {}", name.words));
        // What begins with it is another kind of it: Zyrtec and Zyrtec-D.
        let kinds = found[1..].iter().all(|other| key(other).contains(&key(&name.words)));
        assert!(kinds, "{}: {found:?}", name.words);
    }
    assert_eq!(
        described("zyrtec")[1],
        "Zyrtec-D (cetirizine-pseudoephedrine): stuffy-nose pills, diet pills, energy shots"
    );
    // Nor is what nobody has listed.
    for typed in
        ["skyrizi", "dupixent", "ocrevus", "xolair", "biktarvy", "truvada", "repatha", "zzyzx", "creatine"]
    {
        assert_eq!(medicines(list_in("en"), typed), [""; 0], "{typed}");
    }
}

#[test]
fn a_name_is_shown_with_what_it_is() {
    assert_eq!(described("xanax")[0], "Xanax (alprazolam): sleep or nerve pills");
    assert_eq!(described("sertraline")[0], "sertraline: antidepressants");
    assert_eq!(
        described("contrave"),
        [
            "Contrave (bupropion-naltrexone): naltrexone; antidepressants; stuffy-nose pills, diet pills, energy shots"
        ]
    );
    assert_eq!(described("ibuprofen"), ["other: ibuprofen"]);
    assert_eq!(described("metformin")[0], "metformin: insulin or diabetes pills");
}

#[test]
fn look_alikes_are_offered_together_and_in_full() {
    let table = [
        ("hydroxyzine", "hydralazine"),
        ("clonidine", "clonazepam"),
        ("bupropion", "buspirone"),
        ("tramadol", "trazodone"),
        ("Adderall", "propranolol"),
        ("Paxil", "clopidogrel"),
        ("zyprexa", "citalopram"),
    ];
    for (typed, other) in table {
        let found = medicines(list_in("en"), typed);
        assert!(found.iter().any(|found| found == other), "{typed}: {found:?}");
        assert!(described(typed).len() > 1);
    }
}

#[test]
fn half_a_name_finds_it_while_it_is_typed() {
    for (typed, meant) in
        [("al", "alprazolam"), ("oze", "semaglutide"), ("wellb", "bupropion"), ("clonop", "clonazepam")]
    {
        let found = medicines(list_in("en"), typed);
        assert!(found.iter().any(|found| found == meant), "{typed}: {found:?}");
    }
    assert!(described("x").is_empty());
    assert!(described("").is_empty());
}

#[test]
fn several_names_are_found_at_once() {
    for typed in
        ["xanax, prozac and ozempic", "Xanax 0.5 mg; Prozac 20mg daily + ozempic", "xanax prozac ozempic"]
    {
        assert_eq!(medicines(list_in("en"), typed)[..1], ["alprazolam"], "{typed}");
        let found = medicines(list_in("en"), typed);
        for meant in ["alprazolam", "fluoxetine", "semaglutide"] {
            assert!(found.iter().any(|found| found == meant), "{typed}: {found:?}");
        }
    }
    let offers = list_in("en").offers("xanax, prozac and ozempic");
    assert_eq!(offers[0].rest, "prozac, ozempic");
}

#[test]
fn the_dose_and_the_kind_of_pill_do_not_hide_the_name() {
    for (typed, meant) in [
        ("lithium carbonate 300 mg", "lithium"),
        ("wellbutrin xl", "bupropion"),
        ("Theo-24", "theophylline"),
        ("tylenol #3", "codeine-acetaminophen"),
        ("5 hour energy", "energy shot"),
        ("hydrocodone/acetaminophen", "hydrocodone-acetaminophen"),
        ("insulin glargine", "insulin glargine"),
    ] {
        assert_eq!(first_medicine(list_in("en"), typed).as_deref(), Some(meant), "{typed}");
    }
}

#[test]
fn a_slip_is_not_said_to_be_exact() {
    assert!(How::Exactly < How::Begins && How::Begins < How::Nearly(1));
    assert_eq!(described("zanax").last().unwrap(), "other: zanax");
    assert!(described("xanax").iter().all(|words| !words.starts_with("other")));
}

#[test]
fn slips_in_the_list_are_said_with_their_line() {
    let errors = |old: &str, new: &str| {
        let folder = Folder::shipped().replaced("medicines.toml", old, new);
        let line = folder.line("medicines.toml", new.lines().last().unwrap());
        let errors = folder.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert_eq!((errors[0].file.as_str(), errors[0].line), ("medicines.toml", line), "{:?}", errors[0]);
        format!("{} {}", errors[0].what, errors[0].remedy)
    };
    let table = [
        (
            "quazepam = [\"Doral\"]",
            "quazepam = [\"Zoloft\"]",
            "The name `Zoloft` stands twice, under `sertraline` and under",
        ),
        ("quazepam = [\"Doral\"]", "quazepam = [\"this and that\"]", "`this and that` cannot be found"),
        ("quazepam = [\"Doral\"]", "quazepam = [\"!\"]", "`!` cannot be found"),
        (
            "  \"Xanax, Zanaflex\",",
            "  \"Xanax, Zanaflec\",",
            "`Zanaflec` is a look-alike, but is not on the list. Did you mean `Zanaflex`?",
        ),
        (
            "groups = [\"psychedelics\", \"maoi\"]",
            "groups = [\"psychedelics\", \"moai\"]",
            "has no choice `moai`",
        ),
        (
            "groups = [\"psychedelics\", \"maoi\"]",
            "groups = [\"psychedelics\", \"none\"]",
            "`none` stands alone",
        ),
        ("unlisted = \"other\"", "unlisted = \"others\"", "has no choice `others`"),
    ];
    for (old, new, said) in table {
        let found = errors(old, new);
        assert!(found.contains(said), "{new}: {found}");
    }
}
