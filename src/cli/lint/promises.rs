//! Words that promise what nobody can (clinical-facts.md 8.2, and 2.1 rule 3), and "safe" or "rare" without a number.
//!
//! Honest uses are left alone: "not a cure", a myth in quotation marks, what a patient hopes for.

use crate::cli::lint::sentence::sentences;
use crate::cli::lint::texts::{Kind, Text, quoted};
use crate::cli::lint::warning;
use crate::engine::problem::Problem;

/// Promises, in the languages that guides were written in so far. `*` stands for the rest of a word.
const PROMISES: &[&str] = &[
    "cure",
    "cures",
    "cured",
    "miracle*",
    "breakthrough*",
    "revolutionary",
    "guarantee*",
    "risk-free",
    "no risks",
    "no side effects",
    "without side effects",
    "side-effect free",
    "non-addictive",
    "nonaddictive",
    "not addictive",
    "safe and effective",
    "clinically proven",
    "100% effective",
    "works for everyone",
    "five-star",
    "5-star",
    "testimonial*",
    "★*",
    "⭐*",
    "you are eligible",
    "you qualify",
    "you are approved",
    "approved for you",
    "good candidate",
    "safe for you",
    "cura",
    "curan",
    "curar",
    "curará*",
    "milagro*",
    "gran avance",
    "revolucionari*",
    "garantiza*",
    "garantía*",
    "sin riesgo",
    "sin riesgos",
    "sin efectos secundarios",
    "ningún efecto secundario",
    "no tiene efectos secundarios",
    "no es adictiv*",
    "no crea adicción",
    "no causa adicción",
    "segur* y eficaz",
    "segur* y efectiv*",
    "totalmente segur*",
    "100% efectiv*",
    "funciona para todos",
    "clínicamente probad*",
    "testimonio*",
    "usted califica",
    "usted es elegible",
    "aprobad* para usted",
    "buen candidato",
    "buena candidata",
    "segur* para usted",
];

/// Ways to say that the FDA approved something.
const APPROVALS: &[&str] = &[
    "fda-approved",
    "fda approved",
    "approved by the fda",
    "fda has approved",
    "aprobad* por la fda",
    "fda aprobó",
    "fda ha aprobado",
];

/// What the FDA did approve: the drug for surgery, and its sister drug.
const APPROVED: &[&str] =
    &["surgery", "sleep", "anesthe*", "spravato", "esketamine", "cirugía", "anest*", "esketamina"];

/// What makes "approved" a claim about this treatment.
const TREATMENT: &[&str] = &["ketamine", "drip", "infusion*", "it", "ketamina", "infusi*"];

/// Words that turn a promise round if they stand just before it.
const NOT: &[&str] = &[
    "not",
    "no",
    "never",
    "cannot",
    "nor",
    "without",
    "isn't",
    "isn’t",
    "doesn't",
    "doesn’t",
    "can't",
    "can’t",
    "won't",
    "won’t",
    "nobody",
    "nunca",
    "tampoco",
    "ni",
    "sin",
    "nadie",
    "ningún",
    "ninguna",
];

/// Words that begin a new thought, which a "not" before them does not reach.
const JOINING: &[&str] = &["and", "but", "y", "pero"];

/// How many words before a promise may turn it round.
const NEAR: usize = 4;

const MEASURES: &[&str] =
    &["safe", "safer", "safest", "rare", "rarely", "segur*", "raro", "rara", "raros", "raras", "rarament*"];

/// Uses of the measures that are about a person's safety and not about a risk.
const PLACES: &[&str] = &[
    "safe place",
    "safe ride",
    "safe way home",
    "safe home",
    "keep you safe",
    "keep yourself safe",
    "stay safe",
    "safe at home",
    "feel safe",
    "safe right now",
    "lugar seguro",
    "está segur*",
    "esté segur*",
    "estoy segur*",
    "sentirse segur*",
    "seguro médico",
    "seguro de salud",
    "su seguro",
    "el seguro",
    "un seguro",
    "seguridad",
    "seguramente",
];

/// Adds a warning for each promise in a text.
pub fn check(text: &Text, problems: &mut Vec<Problem>) {
    // A choice is what a patient says or hopes for.
    if let Kind::Words(key) = &text.kind
        && key.split('.').any(|part| part == "choices")
    {
        return;
    }
    for sentence in sentences(&without_quotations(&text.said)) {
        let words = words_of(sentence);
        if let Some(promise) = PROMISES.iter().find(|promise| promised(&words, promise)) {
            let word = promise.trim_end_matches('*');
            problems.push(warning(
                text,
                format!("\"{word}\" promises what nobody can: {}.", quoted(sentence)),
                "Say what is known, with its numbers and its risks.",
            ));
        }
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| place_of(&words, phrase).is_some());
        if APPROVALS.iter().any(|approval| promised(&words, approval)) && says(TREATMENT) && !says(APPROVED) {
            problems.push(warning(
                text,
                format!("The FDA has not approved ketamine for this use: {}.", quoted(sentence)),
                "Say that the use is off-label, and what the FDA did approve.",
            ));
        }
        let number = sentence.contains(|letter: char| letter.is_ascii_digit());
        if let Some(measure) = MEASURES.iter().find(|measure| promised(&words, measure))
            && !number
            && !says(PLACES)
        {
            problems.push(warning(
                text,
                format!("\"{measure}\" stands without a number: {}.", quoted(sentence)),
                "Say how often it happens, for example \"1 in 100 people\", or leave the word out.",
            ));
        }
    }
}

/// The text without what stands in quotation marks: the words of somebody else.
fn without_quotations(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(['"', '“']) {
        let Some((_, behind)) = after.split_once(['"', '”']) else { break };
        kept.push_str(before);
        rest = behind;
    }
    kept.push_str(rest);
    kept
}

/// Small letters, with `-`, `%` and stars as parts of words.
fn words_of(sentence: &str) -> Vec<String> {
    sentence
        .to_lowercase()
        .split(|letter: char| !(letter.is_alphanumeric() || "'’-%★⭐".contains(letter)))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Where a phrase begins among the words.
fn place_of(words: &[String], phrase: &str) -> Option<usize> {
    let parts: Vec<&str> = phrase.split(' ').collect();
    words.windows(parts.len()).position(|window| {
        window.iter().zip(&parts).all(|(word, part)| match part.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == part,
        })
    })
}

/// Whether a phrase is there and nothing just before it turns it round.
fn promised(words: &[String], phrase: &str) -> bool {
    let Some(place) = place_of(words, phrase) else { return false };
    // Pain that breaks through a medicine has this name.
    let pain = phrase == "breakthrough*" && words.get(place + 1).is_some_and(|next| next == "pain");
    let before = words.get(place.saturating_sub(NEAR)..place).unwrap_or_default();
    // "It is not new and it cures" promises after all.
    let clause = before.rsplit(|word| JOINING.contains(&word.as_str())).next().unwrap_or_default();
    let turned = clause.iter().any(|word| NOT.contains(&word.as_str()));
    !turned && !pain
}
