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

/// How many slips turn one word into the other: a letter added, dropped or changed, or two neighbours swapped
/// (the optimal string alignment distance).
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut previous: Vec<usize> = (0..=other.len()).collect();
    let mut last_letter = None;
    for (row, letter) in one.chars().enumerate() {
        let mut left = row + 1;
        let mut current = Vec::with_capacity(previous.len());
        current.push(left);
        let mut last_candidate = None;
        let diagonals = previous.iter().zip(previous.iter().skip(1));
        for (column, (candidate, (diagonal, above))) in other.iter().zip(diagonals).enumerate() {
            let changed = diagonal + usize::from(letter != *candidate);
            left = changed.min(above + 1).min(left + 1);
            let swapped = last_letter == Some(*candidate) && last_candidate == Some(letter);
            if let Some(two_back) =
                column.checked_sub(1).and_then(|column| before.get(column)).filter(|_| swapped)
            {
                left = left.min(two_back + 1);
            }
            current.push(left);
            last_candidate = Some(*candidate);
        }
        before = std::mem::replace(&mut previous, current);
        last_letter = Some(letter);
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
        assert_eq!(nearest("stpo", ["note", "stop"]), Some("stop"));
    }

    #[test]
    fn every_kind_of_slip_counts_once() {
        let table = [
            ("", "", 0),
            ("", "abc", 3),
            ("abc", "abc", 0),
            ("abc", "ab", 1),
            ("ab", "abc", 1),
            ("abc", "axc", 1),
            ("abc", "acb", 1),
            ("abcd", "badc", 2),
            ("ca", "abc", 3),
            ("é", "e", 1),
        ];
        for (one, other, expected) in table {
            assert_eq!(distance(one, other), expected, "{one} and {other}");
            assert_eq!(distance(other, one), expected, "{other} and {one}");
        }
    }

    #[test]
    fn another_word_altogether_finds_nothing() {
        assert_eq!(nearest("weather", ["level", "crisis"]), None);
    }
}
