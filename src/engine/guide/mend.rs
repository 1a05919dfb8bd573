//! Finds what of a broken TOML file is sound, so that one bracket that was forgotten costs one line and not every
//! question below it.
//!
//! The parser recovers within a line, but an open bracket or brace swallows all that follows. So a file with
//! errors is cut into its tables, and a table with errors into its keys; a key that would swallow the next one is
//! blanked out and said.

use toml::de::DeTable;

/// A text in which nothing swallows what follows it, of the same length and with the same lines.
pub(super) struct Mended {
    /// The text.
    pub text: String,
    /// What was blanked out: its offset, and what the parser said about it.
    pub faults: Vec<(usize, String)>,
}

/// Blanks out what would swallow the rest of the file.
pub(super) fn mend(text: &str) -> Mended {
    let mut mended = Mended { text: String::with_capacity(text.len()), faults: Vec::new() };
    for table in pieces(text, is_header) {
        if spill(table).is_some() {
            mend_table(table, &mut mended);
        } else {
            mended.text.push_str(table);
        }
    }
    mended
}

fn mend_table(table: &str, mended: &mut Mended) {
    let has_header = table.lines().next().is_some_and(is_header);
    let deepest = table.lines().find(|line| is_key(line)).map_or(0, indent);
    for (index, piece) in
        pieces(table, |line| is_key(line) && indent(line) <= deepest).into_iter().enumerate()
    {
        let Some(fault) = spill(piece) else {
            mended.text.push_str(piece);
            continue;
        };
        // An open bracket is found at the end, where the next key stands; what was meant is further up.
        let last = piece.trim_end().len().saturating_sub(1);
        let offset = mended.text.len() + fault.offset.min(last);
        mended.faults.push((offset, fault.message));
        if index == 0 && has_header {
            // Without its header nobody knows what the rest of the table is about.
            let rest = table.get(piece.len()..).unwrap_or_default();
            blank(piece, &mut mended.text);
            blank(rest, &mut mended.text);
            return;
        }
        blank(piece, &mut mended.text);
    }
}

struct Fault {
    offset: usize,
    message: String,
}

/// What is wrong with a piece of TOML, if it swallows what stands behind it.
fn spill(piece: &str) -> Option<Fault> {
    const PROBE: &str = "anteroom-probe";
    let probed = format!("{piece}\n[{PROBE}]\n");
    let (root, _) = DeTable::parse_recoverable(&probed);
    if root.get_ref().get(PROBE).is_some_and(|probe| probe.get_ref().is_table()) {
        return None;
    }
    let (_, errors) = DeTable::parse_recoverable(piece);
    let error = errors.first()?;
    Some(Fault { offset: error.span().map_or(0, |span| span.start), message: error.message().to_owned() })
}

/// The text cut before each line that `begins` a piece.
fn pieces(text: &str, begins: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut from, mut offset) = (0, 0);
    for line in text.split_inclusive('\n') {
        if begins(line) && offset > from {
            pieces.extend(text.get(from..offset));
            from = offset;
        }
        offset += line.len();
    }
    pieces.extend(text.get(from..).filter(|last| !last.is_empty()));
    pieces
}

/// Whether a line is a table's header, or means to be one.
fn is_header(line: &str) -> bool {
    let name = line.split('#').next().unwrap_or_default().trim_end();
    let inner = name.trim_start().trim_start_matches('[').trim_end_matches(']');
    let named = !inner.is_empty()
        && inner.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'));
    line.starts_with('[') || (name.trim_start().starts_with('[') && name.ends_with(']') && named)
}

/// Whether a line begins with a key and an equals sign.
fn is_key(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| {
        !key.trim().is_empty()
            && key.chars().all(|letter| {
                letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.' | '"' | '\'' | ' ' | '\t')
            })
    })
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

fn blank(piece: &str, text: &mut String) {
    text.extend(piece.chars().flat_map(|letter| {
        let (blank, count) = if letter == '\n' { ('\n', 1) } else { (' ', letter.len_utf8()) };
        std::iter::repeat_n(blank, count)
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str, offsets: &[usize]) {
        let mended = mend(text);
        assert_eq!(mended.text, expected);
        assert_eq!(mended.text.len(), text.len());
        assert_eq!(mended.faults.iter().map(|(offset, _)| *offset).collect::<Vec<_>>(), offsets);
    }

    #[test]
    fn an_open_bracket_costs_its_own_key_only() {
        check(
            "[[a]]\nid = 1\nlist = [\n  1,\nb = 2\n[[a]]\nid = 2\n",
            "[[a]]\nid = 1\n        \n    \nb = 2\n[[a]]\nid = 2\n",
            &[25],
        );
    }

    #[test]
    fn an_open_brace_and_an_open_text_cost_their_own_key_only() {
        check("a = { b = 1\nc = 2\n", "           \nc = 2\n", &[10]);
        check("a = \"\"\"e\nc = 2\n", "        \nc = 2\n", &[7]);
    }

    #[test]
    fn a_slip_that_stays_within_its_line_is_left_to_the_parser() {
        for text in ["a = \"open\nb = 1\n", "a = = 2\nb = 1\n", "a = no\nb = 1\n", "a = 1\na = 2\n"] {
            check(text, text, &[]);
        }
    }

    #[test]
    fn a_broken_header_takes_its_own_table_only() {
        let text = "[[a]]\nid = 1\n[[a]\nid = 2\n[[a]]\nid = 3\n";
        let mended = mend(text);
        assert!(mended.text.starts_with("[[a]]\nid = 1\n"), "{}", mended.text);
        assert!(mended.text.ends_with("[[a]]\nid = 3\n"), "{}", mended.text);
    }
}
