//! The name of a heading inside of its page, made from its words, so that a link can lead there.

/// The words in small letters without accents, with `-` between them: "Qué hacer, ahora" is `que-hacer-ahora`.
/// Empty if there is no letter or digit in them.
pub fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    let mut gap = false;
    for letter in words.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            push_folded(&mut slug, letter);
        } else if !matches!(letter, '\'' | '\u{2019}') && !is_mark(letter) {
            // An apostrophe stands inside of a word: "don't" is `dont`.
            gap = true;
        }
    }
    slug
}

/// The words in small letters without accents, to sort them by or to compare what somebody types with them.
pub fn folded(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars().flat_map(char::to_lowercase).filter(|letter| !is_mark(*letter)) {
        push_folded(&mut text, letter);
    }
    text
}

/// A slug that is not among `taken` yet: with `-2`, `-3` and so on behind it, if need be.
pub(super) fn unique(slug: String, taken: &mut crate::engine::map::Set<String>) -> String {
    let slug = if slug.is_empty() { "part".to_owned() } else { slug };
    let mut name = slug.clone();
    let mut count = 1;
    while !taken.insert(name.clone()) {
        count += 1;
        name = format!("{slug}-{count}");
    }
    name
}

/// An accent that stands on its own behind its letter.
fn is_mark(letter: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&letter)
}

fn push_folded(text: &mut String, letter: char) {
    let plain = match letter {
        'à'..='å' | 'ā' | 'ă' | 'ą' => 'a',
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => 'e',
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => 'g',
        'ĥ' | 'ħ' => 'h',
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => 'i',
        'ĵ' => 'j',
        'ķ' => 'k',
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => 'l',
        'ñ' | 'ń' | 'ņ' | 'ň' => 'n',
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => 'o',
        'ŕ' | 'ŗ' | 'ř' => 'r',
        'ś' | 'ŝ' | 'ş' | 'š' => 's',
        'ţ' | 'ť' | 'ŧ' => 't',
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => 'u',
        'ŵ' => 'w',
        'ý' | 'ÿ' | 'ŷ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ß' => return text.push_str("ss"),
        'æ' => return text.push_str("ae"),
        'œ' => return text.push_str("oe"),
        other => other,
    };
    text.push(plain);
}

#[cfg(test)]
mod tests {
    use crate::engine::map::Set;

    use super::*;

    #[test]
    fn a_slug_is_made_of_small_letters_without_accents() {
        for (words, expected) in [
            ("What you can do now", "what-you-can-do-now"),
            ("Qué puede hacer ahora", "que-puede-hacer-ahora"),
            ("¿Y si no me ayuda?", "y-si-no-me-ayuda"),
            ("  Don't drive -- 24 hours! ", "dont-drive-24-hours"),
            ("Que\u{301}", "que"),
            ("ماذا تفعل", "ماذا-تفعل"),
            ("...", ""),
        ] {
            assert_eq!(slug(words), expected, "{words:?}");
        }
    }

    #[test]
    fn a_slug_of_a_slug_is_itself() {
        for words in ["Before the visit", "Straße œuvre", "a  b", "É"] {
            assert_eq!(slug(&slug(words)), slug(words));
        }
    }

    #[test]
    fn two_headings_of_the_same_words_get_two_names() {
        let mut taken = Set::new();
        let names: Vec<String> =
            ["risks", "risks", "risks-2", ""].map(|name| unique(name.to_owned(), &mut taken)).into();
        assert_eq!(names, ["risks", "risks-2", "risks-2-2", "part"]);
    }
}
