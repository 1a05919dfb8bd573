//! What the page did since it was opened, for the person to see: what it asked for, and of whom.

/// The browser's own count. It grows while the page is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deeds {
    /// How many files of the widget's own folder were asked for, the page itself among them.
    pub files: u32,
    /// The addresses of everything else that was asked for, once for each time.
    pub others: Vec<String>,
}

impl Deeds {
    /// How often the clinic's endpoint was asked, that is how often answers were sent.
    pub fn sent(&self, endpoint: Option<&str>) -> usize {
        self.others.iter().filter(|address| Some(address.as_str()) == endpoint).count()
    }

    /// How often anybody else was asked. It is 0, or something is wrong.
    pub fn strangers(&self, endpoint: Option<&str>) -> usize {
        self.others.len() - self.sent(endpoint)
    }
}
