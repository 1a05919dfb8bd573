//! "Did you mean": the known name nearest to what was typed.

/// The candidate that is nearest to `typed`, if one is near enough to be a typing slip
/// (about a third of its letters may differ).
pub fn nearest<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = ((typed.chars().count() + 1) / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(typed, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters must be added, dropped or changed to turn one word into the other (Levenshtein).
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut previous: Vec<usize> = (0..=other.len()).collect();
    for (row, letter) in one.chars().enumerate() {
        let mut left = row + 1;
        let mut current = Vec::with_capacity(previous.len());
        current.push(left);
        for ((candidate, diagonal), above) in other.iter().zip(&previous).zip(previous.iter().skip(1)) {
            let changed = diagonal + usize::from(letter != *candidate);
            left = changed.min(above + 1).min(left + 1);
            current.push(left);
        }
        previous = current;
    }
    previous.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_name_that_was_meant() {
        assert_eq!(nearest("bp_histroy", ["bp_history", "bp_reading"]), Some("bp_history"));
        assert_eq!(nearest("levle", ["level", "crisis"]), Some("level"));
    }

    #[test]
    fn another_word_altogether_finds_nothing() {
        assert_eq!(nearest("weather", ["level", "crisis"]), None);
    }
}
