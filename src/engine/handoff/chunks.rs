//! A long text in several numbered parts, for QR codes: each fits into one code, and they can be read in any order.

use crate::engine::map::Map;

/// What each part begins with.
const MARK: &str = "ar1/";

/// Why the parts do not make a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChunkFault {
    /// These parts, counted from 1, are still missing; of this many.
    Missing(Vec<usize>, usize),
    /// There are parts of two texts, or one part twice with different words.
    Mixed,
    /// A part is cut or changed.
    Changed,
}

/// The text in as many parts as needed, each at most `most` bytes long with what stands in front of it: `ar1/`, a mark
/// that all parts of one text share, the part's number, how many there are, and the part. The text is ASCII.
pub fn split(text: &str, most: usize) -> Vec<String> {
    let room = most.saturating_sub(MARK.len() + 6 + 8).max(1);
    // Of one size, so that no code is harder to scan than the others.
    let size = text.len().div_ceil(text.len().div_ceil(room).max(1)).max(1);
    let parts: Vec<&str> =
        text.as_bytes().chunks(size).filter_map(|part| std::str::from_utf8(part).ok()).collect();
    let mark: String = {
        let last: Vec<char> = text.chars().rev().filter(char::is_ascii_alphanumeric).take(5).collect();
        last.into_iter().collect()
    };
    let (count, number) = (parts.len(), 1..);
    number.zip(parts).map(|(number, part)| format!("{MARK}{mark}/{number}/{count}/{part}")).collect()
}

/// Whether the text is made of such parts.
pub fn is_split(text: &str) -> bool {
    text.trim_start().starts_with(MARK)
}

/// The text that these parts make, in whatever order they are, each on a line of its own or with spaces between.
pub fn join(text: &str) -> Result<String, ChunkFault> {
    let mut of: Option<(&str, usize)> = None;
    let mut parts: Map<usize, &str> = Map::new();
    for line in text.split_whitespace() {
        let read = || {
            let mut fields = line.strip_prefix(MARK)?.splitn(4, '/');
            let mark = fields.next()?;
            let number: usize = fields.next()?.parse().ok()?;
            let count: usize = fields.next()?.parse().ok()?;
            let part = fields.next()?;
            (1..=count).contains(&number).then_some((mark, number, count, part))
        };
        let (mark, number, count, part) = read().ok_or(ChunkFault::Changed)?;
        if *of.get_or_insert((mark, count)) != (mark, count) || *parts.entry(number).or_insert(part) != part {
            return Err(ChunkFault::Mixed);
        }
    }
    let count = of.map_or(0, |(_, count)| count);
    if parts.len() < count {
        // Whoever writes a million on a code gets a short list all the same.
        let missing = (1..=count).filter(|number| !parts.contains_key(number)).take(20);
        return Err(ChunkFault::Missing(missing.collect(), count));
    }
    Ok(parts.into_values().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_joined_in_any_order_and_none_may_be_missing() {
        let text: String = (0..1000).map(|place| char::from(b'a' + (place % 26) as u8)).collect();
        let mut parts = split(&text, 120);
        assert!(parts.iter().all(|part| part.len() <= 120));
        assert_eq!(split(&text, 2000).len(), 1);
        parts.reverse();
        parts.push(parts.first().cloned().unwrap_or_default());
        assert_eq!(join(&parts.join("\n")), Ok(text.clone()));
        let some: Vec<_> = parts.iter().filter(|part| !part.contains("/2/")).cloned().collect();
        assert_eq!(join(&some.join(" ")), Err(ChunkFault::Missing(vec![2], split(&text, 120).len())));
        let other = split(&text.to_uppercase(), 120);
        assert_eq!(join(&format!("{}\n{}", parts.join("\n"), other.join("\n"))), Err(ChunkFault::Mixed));
        assert_eq!(join("ar1/abcde/9/2/x"), Err(ChunkFault::Changed));
    }
}
