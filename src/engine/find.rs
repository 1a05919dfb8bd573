//! Finds names as people type them: half of a word, without accents, with a slip, or as it sounds.
//!
//! Pure and generic: the medicines of a question are found with it, and the words of the pages. Better too few than too
//! many: a name that is two slips away from another must never pass for it, so short names allow few slips, and every
//! finding says how it was found.

/// How a name was found, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// Letter by letter, but for case, accents, blanks and punctuation.
    Exactly,
    /// The name begins with what was typed.
    Begins,
    /// With slips, or as it sounds; the greater the number, the less alike. Four is one slip.
    Nearly(u32),
}

/// A name that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its place in the list that the finder was made of, counted from 0.
    pub place: usize,
    /// How it was found.
    pub how: How,
}

/// A list of names that can be searched.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Finder {
    entries: Vec<Entry>,
}

/// A name as it is compared.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    letters: Spelling,
    sound: Spelling,
}

/// Letters, and which of them there are, so that most names are told apart without a look at each letter.
#[derive(Clone, Debug, PartialEq)]
struct Spelling {
    letters: Vec<char>,
    kinds: u64,
}

impl Entry {
    fn of(name: &str) -> Self {
        let letters: Vec<char> = key(name).chars().collect();
        Self { sound: Spelling::of(sound(&letters)), letters: Spelling::of(letters) }
    }

    fn len(&self) -> usize {
        self.letters.letters.len()
    }
}

impl Spelling {
    fn of(letters: Vec<char>) -> Self {
        let kinds = letters.iter().fold(0, |kinds, letter| kinds | 1 << (u32::from(*letter) % 64));
        Self { letters, kinds }
    }

    /// What it costs to turn this into the other, and into the beginning of the other that is nearest. None if both are
    /// sure to be more than `most`: each letter that the other does not have costs at least a vowel.
    fn cost(&self, other: &Self, most: u32) -> Option<(u32, u32)> {
        let missing = (self.kinds & !other.kinds).count_ones();
        (missing * VOWEL <= most).then(|| cost(&self.letters, &other.letters))
    }
}

/// What one slip costs: a letter added, left out or changed, or two neighbours swapped.
const SLIP: u32 = 4;
/// What one vowel in place of another costs: the commonest slip in names that are known by ear.
const VOWEL: u32 = 3;
/// What it costs that a name is found by its sound alone.
const BY_SOUND: u32 = 2;
/// What it costs that only the name's beginning was compared.
const BY_BEGINNING: u32 = 3;

impl Finder {
    /// A finder over these names, in this order.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { entries: names.into_iter().map(Entry::of).collect() }
    }

    /// The names that `typed` may mean, the likeliest first, at most `most`. Nothing for fewer than two letters.
    pub fn find(&self, typed: &str, most: usize) -> Vec<Found> {
        let typed = Entry::of(typed);
        if typed.len() < 2 {
            return Vec::new();
        }
        let mut found: Vec<(u32, usize, Found)> = Vec::new();
        for (place, entry) in self.entries.iter().enumerate() {
            let Some(how) = compare(&typed, entry) else { continue };
            let rank = (rank(how, entry.len().saturating_sub(typed.len())), entry.len());
            // Kept in order as it grows: a sort of its own would weigh more than all the rest of this file.
            let after = found.partition_point(|other| (other.0, other.1) <= rank);
            if after < most {
                found.truncate(most.saturating_sub(1));
                found.insert(after, (rank.0, rank.1, Found { place, how }));
            }
        }
        found.into_iter().map(|(_, _, found)| found).collect()
    }

    /// The place of the name that is this one letter by letter.
    pub fn exact(&self, typed: &str) -> Option<usize> {
        let typed: Vec<char> = key(typed).chars().collect();
        self.entries.iter().position(|entry| !typed.is_empty() && entry.letters.letters == typed)
    }

    /// How many names there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn compare(typed: &Entry, name: &Entry) -> Option<How> {
    if typed.letters.letters == name.letters.letters {
        return Some(How::Exactly);
    }
    if name.letters.letters.starts_with(&typed.letters.letters) {
        return Some(How::Begins);
    }
    let most_whole = most_cost(typed.len().max(name.len()));
    let most_begun = most_cost_of_beginning(typed.len());
    let letters = typed.letters.cost(&name.letters, most_whole.max(most_begun));
    // Of letters that are one sound many times, hardly anything is left to be heard.
    let heard = Some(&typed.sound).filter(|sound| sound.letters.len() >= 3);
    let heard = heard.and_then(|sound| sound.cost(&name.sound, most_whole.max(most_begun)));
    let heard = heard.map(|(whole, begun)| (whole + BY_SOUND, begun + BY_SOUND));
    let (whole, begun) = match (letters, heard) {
        (Some(one), Some(other)) => (one.0.min(other.0), one.1.min(other.1)),
        (one, other) => one.or(other)?,
    };
    if whole <= most_whole {
        return Some(How::Nearly(whole));
    }
    (begun <= most_begun).then_some(How::Nearly(begun + BY_BEGINNING))
}

/// What comes first. A name with a slip comes before one of which much is not typed yet.
fn rank(how: How, untyped: usize) -> u32 {
    match how {
        How::Exactly => 0,
        How::Begins if untyped <= 5 => 1,
        How::Begins => SLIP + 1,
        How::Nearly(cost) if untyped <= 5 => cost,
        How::Nearly(cost) => cost + SLIP,
    }
}

/// What a name of this length may differ, in the measure of [`SLIP`].
fn most_cost(length: usize) -> u32 {
    match length {
        0..=3 => 0,
        4 | 5 => SLIP,
        6 | 7 => SLIP + BY_SOUND,
        8..=11 => 2 * SLIP,
        _ => 2 * SLIP + BY_SOUND,
    }
}

/// What the beginning of a name may differ from this many typed letters: less than a whole name, since whoever is
/// still typing will type more.
fn most_cost_of_beginning(length: usize) -> u32 {
    match length {
        0..=3 => 0,
        4 | 5 => VOWEL,
        6..=8 => SLIP,
        _ => SLIP + BY_SOUND,
    }
}

/// What it costs to turn one word into the other, and into the part of the other that is nearest.
fn cost(one: &[char], other: &[char]) -> (u32, u32) {
    // What is further on than this can only be missing.
    let other = other.get(..one.len() + 4).unwrap_or(other);
    let step = |count: usize| u32::try_from(count).unwrap_or(u32::MAX / 8).saturating_mul(SLIP);
    let mut before: Vec<u32> = Vec::new();
    let mut previous: Vec<u32> = (0..=other.len()).map(step).collect();
    let mut last_letter = None;
    for (row, letter) in one.iter().enumerate() {
        let mut left = step(row + 1);
        let mut current = Vec::with_capacity(previous.len());
        current.push(left);
        let mut last_candidate = None;
        for (column, (candidate, pair)) in other.iter().zip(previous.windows(2)).enumerate() {
            let (diagonal, above) = match pair {
                [diagonal, above] => (*diagonal, *above),
                _ => (0, 0),
            };
            left = (diagonal + changed(*letter, *candidate)).min(above + SLIP).min(left + SLIP);
            let swapped = last_letter == Some(candidate) && last_candidate == Some(letter);
            let two_back = column.checked_sub(1).and_then(|column| before.get(column));
            if let Some(two_back) = two_back.filter(|_| swapped) {
                left = left.min(two_back + SLIP);
            }
            current.push(left);
            last_candidate = Some(candidate);
        }
        before = std::mem::replace(&mut previous, current);
        last_letter = Some(letter);
    }
    let whole = previous.last().copied().unwrap_or(0);
    (whole, previous.iter().copied().min().unwrap_or(whole))
}

fn changed(one: char, other: char) -> u32 {
    let vowel = |letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    match one == other {
        true => 0,
        false if vowel(one) && vowel(other) => VOWEL,
        false => SLIP,
    }
}

/// A text as it is compared: small letters and digits alone, without accents, blanks or punctuation.
///
/// ```
/// # use anteroom::engine::find::key;
/// assert_eq!(key("St. John's Wort"), "stjohnswort");
/// assert_eq!(key("Ácido Valproico"), "acidovalproico");
/// ```
pub fn key(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .flat_map(plain)
        .filter(|letter| letter.is_alphanumeric())
        .collect()
}

/// A small letter without its accent. Combining marks are no letters and fall away in [`key`].
fn plain(letter: char) -> impl Iterator<Item = char> {
    let plain = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'è'..='ë' | 'ē' | 'ę' | 'ě' => 'e',
        'ì'..='ï' | 'ī' | 'į' => 'i',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ù'..='ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ś' | 'š' => 's',
        'ź' | 'ż' | 'ž' => 'z',
        other => other,
    };
    let (first, second) = match plain {
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ß' => ('s', Some('s')),
        other => (other, None),
    };
    std::iter::once(first).chain(second)
}

/// How a key sounds: letters that are heard alike become one, and a doubled letter counts once. "zanacks" and "xanax"
/// sound the same, "zantac" does not.
fn sound(letters: &[char]) -> Vec<char> {
    let mut heard: Vec<char> = Vec::with_capacity(letters.len());
    let mut say = |letter: char| {
        if heard.last() != Some(&letter) {
            heard.push(letter);
        }
    };
    let mut before = None;
    let mut rest = letters.iter().copied().peekable();
    while let Some(letter) = rest.next() {
        let next = rest.peek().copied();
        match letter {
            'p' if next == Some('h') => {
                rest.next();
                say('f');
            }
            'h' if before.is_some() => {}
            'c' if matches!(next, Some('e' | 'i' | 'y')) => say('s'),
            'c' | 'q' => say('k'),
            'x' if before.is_none() => say('s'),
            'x' => {
                say('k');
                say('s');
            }
            'z' => say('s'),
            'y' => say('i'),
            'w' if before.is_some_and(|letter| matches!(letter, 'a' | 'o')) => say('u'),
            other => say(other),
        }
        before = Some(letter);
    }
    heard
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(names: &[&str], typed: &str) -> Option<usize> {
        Finder::new(names.iter().copied()).find(typed, 1).first().map(|found| found.place)
    }

    #[test]
    fn an_exact_name_comes_first_and_one_that_is_half_typed_after_a_slip() {
        let finder = Finder::new(["Lamictal", "Lamictal starter", "Lomictal"]);
        let found = finder.find("lamictal", 9);
        let how: Vec<How> = found.iter().map(|found| found.how).collect();
        assert_eq!(how, [How::Exactly, How::Nearly(VOWEL), How::Begins]);
        assert_eq!(found.iter().map(|found| found.place).collect::<Vec<_>>(), [0, 2, 1]);
    }

    #[test]
    fn a_name_that_is_nearly_typed_comes_before_one_with_a_slip() {
        let finder = Finder::new(["Lamocta", "Lamictal"]);
        let places: Vec<usize> = finder.find("lamicta", 9).iter().map(|found| found.place).collect();
        assert_eq!(places, [1, 0]);
    }

    #[test]
    fn accents_case_blanks_and_marks_do_not_count() {
        assert_eq!(best(&["St. John's wort"], "ST JOHNS-WORT"), Some(0));
        assert_eq!(best(&["ácido valproico"], "acido valproico"), Some(0));
        assert_eq!(best(&["nin\u{303}o"], "niño"), Some(0));
    }

    #[test]
    fn names_that_sound_alike_are_found() {
        let table = [
            ("Xanax", "zanacks"),
            ("Vyvanse", "vivance"),
            ("Klonopin", "clonopin"),
            ("metformin", "metphormin"),
            ("Percocet", "percoset"),
            ("Wellbutrin", "welbutrin"),
            ("Synthroid", "sintroid"),
        ];
        for (name, typed) in table {
            assert_eq!(best(&[name], typed), Some(0), "{typed} for {name}");
        }
    }

    #[test]
    fn another_name_is_not_taken_for_it() {
        let table = [
            ("Zoloft", "Zocor"),
            ("Xanax", "Zantac"),
            ("Lamictal", "Lamisil"),
            ("Celexa", "Celebrex"),
            ("Adderall", "Inderal"),
            ("bupropion", "buspirone"),
            ("hydroxyzine", "hydralazine"),
            ("tramadol", "trazodone"),
            ("LSD", "TMS"),
            ("Soma", "Sonata"),
            ("Keppra", "qqqqqq"),
        ];
        for (name, typed) in table {
            assert_eq!(best(&[name], typed), None, "{typed} for {name}");
            assert_eq!(best(&[typed], name), None, "{name} for {typed}");
        }
    }

    #[test]
    fn one_letter_finds_nothing_and_an_empty_list_holds_nothing() {
        assert_eq!(best(&["Xanax"], "x"), None);
        assert_eq!(best(&["Xanax"], "!?"), None);
        assert_eq!(best(&[], "xanax"), None);
        assert_eq!(best(&[""], "xanax"), None);
    }
}
