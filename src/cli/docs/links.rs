//! Where the links of the documents lead.

use crate::cli::docs::{Document, Site};

/// What a link leads to on the site.
pub enum Target<'s> {
    /// A page of the site or a place elsewhere, by the address that the page writes.
    Address(String, Option<&'s Document>),
    /// A file that is copied beside the pages, by its path and the address that the page writes.
    File(String, String),
    /// A file of the sources that is not on the site: its words stand alone.
    Words,
}

/// Follows a link of a document. `Err` says what is wrong and what to do.
pub fn follow<'s>(
    site: &'s Site<'_>,
    from: &'s Document,
    address: &str,
) -> Result<Target<'s>, (String, &'static str)> {
    if ["https://", "http://", "mailto:", "tel:", "sms:"].iter().any(|start| address.starts_with(start)) {
        return Ok(Target::Address(address.to_owned(), None));
    }
    let (path, name) = address.split_once('#').unwrap_or((address, ""));
    let joined = joined(&from.path, path);
    let document = if path.is_empty() { Some(from) } else { site.document(&joined) };
    if let Some(document) = document {
        if name.is_empty() {
            return Ok(Target::Address(relative(&from.page, &document.page), Some(document)));
        }
        if !document.names.contains(name) {
            let what = format!("The link leads to `#{name}`, and `{}` has no such heading.", document.path);
            return Err((
                what,
                "Write the words of the heading in small letters, with - in place of spaces.",
            ));
        }
        let page = if path.is_empty() { String::new() } else { relative(&from.page, &document.page) };
        return Ok(Target::Address(format!("{page}#{name}"), Some(document)));
    }
    let place = site.root.join(&joined);
    if !place.exists() {
        let what = format!("The link leads to `{joined}`, which does not exist.");
        return Err((what, "Write the path of the document as it is seen from this one."));
    }
    match joined.strip_prefix(super::DOCS) {
        Some(file) if place.is_file() => {
            let address = relative(&from.page, file);
            Ok(Target::File(joined, address))
        }
        _ => Ok(Target::Words),
    }
}

/// The path that an address in a document means.
pub fn joined(document: &str, address: &str) -> String {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The address of a file of the site as a page of it sees it.
pub fn relative(from: &str, to: &str) -> String {
    let (mut from, mut to) = (from, to);
    while let (Some((one, rest)), Some((other, more))) = (from.split_once('/'), to.split_once('/'))
        && one == other
    {
        (from, to) = (rest, more);
    }
    "../".repeat(from.matches('/').count()) + to
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_sees_the_others_from_where_it_stands() {
        for (from, to, address) in [
            ("index.html", "set-up.html", "set-up.html"),
            ("index.html", "decisions/index.html", "decisions/index.html"),
            ("decisions/one.html", "set-up.html", "../set-up.html"),
            ("decisions/one.html", "decisions/index.html", "index.html"),
        ] {
            assert_eq!(relative(from, to), address);
        }
    }

    #[test]
    fn an_address_is_read_from_where_its_document_stands() {
        for (document, address, path) in [
            ("docs/set-up.md", "embed.md", "docs/embed.md"),
            ("docs/set-up.md", "../content/settings.toml", "content/settings.toml"),
            ("docs/decisions/one.md", "./two.md", "docs/decisions/two.md"),
            ("README.md", "docs/decisions/", "docs/decisions"),
        ] {
            assert_eq!(joined(document, address), path);
        }
    }
}
