//! Takes a text apart into sentences and words.

/// The sentences of a text, with their marks.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let ends = matches!(letter, '.' | '!' | '?')
            && next.is_none_or(|next| next.is_whitespace() || "”\")".contains(next));
        if letter == '\n' || ends {
            let end = place + letter.len_utf8();
            sentences.extend(text.get(start..end));
            start = end;
        }
    }
    sentences.extend(text.get(start..));
    // What follows the last mark of a quotation is no sentence.
    let spoken = |sentence: &&str| sentence.chars().any(char::is_alphanumeric);
    sentences.into_iter().map(str::trim).filter(spoken).collect()
}

/// The words of a sentence. A phone number is one word, however it is grouped.
pub fn words(sentence: &str) -> Vec<&str> {
    let mut words: Vec<&str> = sentence
        .split(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '\'' | '’')))
        .map(|word| word.trim_matches(['\'', '’']))
        .filter(|word| !word.is_empty())
        .collect();
    let number = |word: &str| word.chars().all(|letter| letter.is_ascii_digit());
    words.dedup_by(|word, before| number(word) && number(before));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_falls_into_sentences_and_words() {
        assert_eq!(
            sentences("It is 2.5 hours. Is it? \"Yes!\" he said.\nEnd"),
            ["It is 2.5 hours.", "Is it?", "\"Yes!", "\" he said.", "End"]
        );
        assert_eq!(words("Call 1 555 010 0142, or don’t."), ["Call", "1", "or", "don’t"]);
        assert_eq!(sentences(""), [""; 0]);
    }
}
