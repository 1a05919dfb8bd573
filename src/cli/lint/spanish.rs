//! Counts the syllables of Spanish words, for the formulas of readability.
//!
//! Spanish is written as it is spoken, so rules are enough, those of the Real Academia (Ortografía, 2010): a syllable
//! for each group of vowels, where
//!
//! - `a`, `e`, `o` never share a syllable with one another ("le-er", "ca-os");
//! - `i` and `u` share one with the vowel beside them ("cie-lo", "cui-da-do"), unless they bear the accent ("dí-a",
//!   "ba-úl") or meet themselves ("chi-i-ta"); an accent on one of two of them parts nothing ("cuí-da-te");
//! - between two of `a`, `e`, `o` an `i` or `u` goes with the second ("pa-ra-no-ia");
//! - an `h` parts nothing ("ahu-mar"), and `u` is silent in "que", "qui", "gue", "gui" and sounds in "güe", "güi";
//! - `y` is a vowel at the end of a word or alone ("muy", "y"), and a consonant before a vowel.

/// How many syllables a word has; 1 at least, and 0 without any letter of a vowel or consonant.
pub fn syllables(word: &str) -> usize {
    let letters: Vec<char> =
        word.chars().flat_map(char::to_lowercase).filter(|letter| letter.is_alphabetic()).collect();
    if letters.is_empty() {
        return 0;
    }
    let mut count = 0;
    // What the group of vowels so far ends in; none between groups.
    let mut last: Option<Vowel> = None;
    // Whether the syllable has one of a, e, o already.
    let mut open = false;
    for (place, letter) in letters.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| letters.get(place)).copied();
        let after = letters.get(place + 1).copied();
        if *letter == 'h' && last.is_some() {
            continue;
        }
        let Some(vowel) = Vowel::of(*letter, before, after) else {
            last = None;
            continue;
        };
        let apart = match last {
            None => true,
            Some(last) => match (last.strong, vowel.strong) {
                (true, true) => true,
                (false, true) => last.accented || open,
                (true, false) => vowel.accented,
                (false, false) => last.sound == vowel.sound,
            },
        };
        if apart {
            count += 1;
            open = false;
        }
        open |= vowel.strong;
        last = Some(vowel);
    }
    count.max(1)
}

#[derive(Clone, Copy)]
struct Vowel {
    /// Its sound, without an accent.
    sound: char,
    /// Whether it is one of a, e, o.
    strong: bool,
    accented: bool,
}

impl Vowel {
    /// A letter as a vowel, if it sounds as one between these two.
    fn of(letter: char, before: Option<char>, after: Option<char>) -> Option<Self> {
        let front = |letter: Option<char>| matches!(letter, Some('e' | 'é' | 'i' | 'í'));
        let (sound, strong, accented) = match letter {
            'a' | 'e' | 'o' => (letter, true, false),
            'á' => ('a', true, true),
            'é' => ('e', true, true),
            'ó' => ('o', true, true),
            'u' if matches!(before, Some('q' | 'g')) && front(after) => return None,
            'i' | 'u' => (letter, false, false),
            'ü' => ('u', false, false),
            'í' => ('i', false, true),
            'ú' => ('u', false, true),
            'y' if !after.is_some_and(is_vowel) => ('i', false, false),
            _ => return None,
        };
        Some(Self { sound, strong, accented })
    }
}

fn is_vowel(letter: char) -> bool {
    "aeiouáéíóúü".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_the_syllables_of_the_dictionary() {
        // Parted by hand with the Diccionario de la lengua española.
        let words = [
            "sol",
            "y",
            "hoy",
            "muy",
            "rey",
            "ca-sa",
            "vi-si-ta",
            "clí-ni-ca",
            "in-fu-sión",
            "ke-ta-mi-na",
            "me-di-ca-men-to",
            "me-di-ca-men-tos",
            "de-pre-sión",
            "do-lor",
            "co-ra-zón",
            "san-gre",
            "pre-sión",
            "ciu-dad",
            "cui-da-do",
            "cuí-da-te",
            "viu-da",
            "rui-do",
            "dí-a",
            "tí-o",
            "ba-úl",
            "pa-ís",
            "ma-íz",
            "rí-o",
            "le-er",
            "ca-os",
            "po-e-ta",
            "ha-réis",
            "a-é-re-o",
            "cie-lo",
            "bien",
            "tam-bién",
            "des-pués",
            "an-te-rior",
            "a-gua",
            "len-gua",
            "pin-güi-no",
            "ver-güen-za",
            "que",
            "quie-ro",
            "gue-rra",
            "gui-tar-ra",
            "si-guien-te",
            "buey",
            "U-ru-guay",
            "es-tu-diáis",
            "le-í-a-mos",
            "cons-truí-a",
            "pa-ra-no-ia",
            "ma-yo",
            "a-yu-da",
            "a-ho-ra",
            "a-hí",
            "bú-ho",
            "ahu-mar",
            "al-co-hol",
            "ve-hí-cu-lo",
            "an-sie-dad",
            "psi-quia-tra",
            "in-yec-ción",
            "chi-i-ta",
            "reu-nión",
            "a-e-ro",
            "hués-ped",
            "i-de-a",
            "pe-rio-do",
            "pe-rí-o-do",
            "far-ma-céu-ti-co",
            "ho-ra",
            "ni-ño",
            "a-ño",
            "o-í-do",
        ];
        for word in words {
            assert_eq!(syllables(&word.replace('-', "")), word.split('-').count(), "{word}");
        }
        assert!(words.len() >= 60);
    }

    #[test]
    fn what_is_no_word_has_none() {
        assert_eq!(["", "12", "-", "…"].map(syllables), [0; 4]);
        assert_eq!(["s", "Sr", "PSICOLOGÍA"].map(syllables), [1, 1, 5]);
    }
}
