//! The ways a request can reach the clinic, and what the clinic's settings say about them.

use crate::engine::map::{Map, Set};

use crate::engine::guide::reader::Table;
use crate::engine::guide::screening::did_you_mean;
use crate::engine::handoff::booking::{self, Booking};
use crate::engine::handoff::fhir::{Extra, Wanted};
use crate::engine::handoff::key::PublicKey;
use crate::engine::ids::Lang;

/// A way a request can reach the clinic, in the order in which they are offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Channel {
    /// The note on paper, or as a PDF.
    Print,
    /// Ten lines to paste into a chart.
    Copy,
    /// The packet as a file that the person keeps.
    File,
    /// The packet over https to the clinic's endpoint.
    Send,
    /// The packet as a file or a text that the clinic's key alone opens.
    Sealed,
    /// Codes to scan at the front desk: the sealed packet; without a key the reference and the contact.
    Qr,
    /// A message in the person's own mail program: name, phone and reference, never an answer.
    Email,
    /// The clinic's booking page: contact and reference at most.
    Booking,
    /// A call, with the reference to say.
    Phone,
    /// An event on the host page, with the reference alone, when the clinic's system confirmed a request.
    HostPage,
}

impl Channel {
    /// All channels, in order.
    pub const ALL: [Self; 10] = [
        Self::Print,
        Self::Copy,
        Self::File,
        Self::Send,
        Self::Sealed,
        Self::Qr,
        Self::Email,
        Self::Booking,
        Self::Phone,
        Self::HostPage,
    ];

    /// The channel's name in `channels` of settings.toml.
    pub fn id(self) -> &'static str {
        match self {
            Self::Print => "print",
            Self::Copy => "copy",
            Self::File => "file",
            Self::Send => "send",
            Self::Sealed => "sealed",
            Self::Qr => "qr",
            Self::Email => "email",
            Self::Booking => "booking",
            Self::Phone => "phone",
            Self::HostPage => "host-page",
        }
    }

    /// The key under `[handoff]` that the channel cannot do without.
    pub fn needs(self) -> Option<&'static str> {
        match self {
            Self::Print | Self::Copy | Self::File | Self::Qr | Self::Phone | Self::HostPage => None,
            Self::Send => Some("endpoint"),
            Self::Sealed => Some("key"),
            Self::Email => Some("email"),
            Self::Booking => Some("booking"),
        }
    }
}

/// What is sent to the endpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// The packet of docs/packet.md.
    #[default]
    Json,
    /// A FHIR R4 Bundle.
    Fhir,
    /// The packet sealed with the clinic's key.
    Sealed,
}

/// What `[handoff]` says.
#[derive(Clone, Debug, PartialEq)]
pub struct Handoff {
    /// The channels that are offered. Each has what it needs.
    pub channels: Set<Channel>,
    /// The https address that takes a request.
    pub endpoint: Option<String>,
    /// What is sent there.
    pub format: Format,
    /// The clinic's public key.
    pub key: Option<PublicKey>,
    /// What a Bundle holds, and whether a FHIR server carries it out.
    pub fhir: Wanted,
    /// The e-mail address that takes a request without answers.
    pub email: Option<String>,
    /// The page on which a visit can be booked.
    pub booking: Option<Booking>,
    /// Who gets what is sent, in place of the guide's own words: the clinic, and whoever passes it on to the clinic.
    pub received_by: Spoken,
    /// What the clinic does with what it gets, in place of the guide's own words.
    pub purpose: Spoken,
    /// How long the clinic keeps it.
    pub kept_for: Spoken,
    /// How to take the consent back.
    pub withdraw_by: Spoken,
}

impl Default for Handoff {
    fn default() -> Self {
        let mut handoff = Self {
            channels: Set::new(),
            endpoint: None,
            format: Format::default(),
            key: None,
            fhir: Wanted::default(),
            email: None,
            booking: None,
            received_by: Spoken::default(),
            purpose: Spoken::default(),
            kept_for: Spoken::default(),
            withdraw_by: Spoken::default(),
        };
        handoff.channels = handoff.able();
        handoff
    }
}

impl Handoff {
    /// Whether a channel is offered.
    pub fn offers(&self, channel: Channel) -> bool {
        self.channels.contains(&channel)
    }

    /// Forgets every address: they are another clinic's.
    pub fn forget_addresses(&mut self) {
        (self.endpoint, self.key, self.email, self.booking) = (None, None, None, None);
        self.fhir.base.clear();
        let able = self.able();
        self.channels.retain(|channel| able.contains(channel));
    }

    /// Whether the settings say what the channel needs.
    fn is_able(&self, channel: Channel) -> bool {
        match channel {
            Channel::Print
            | Channel::Copy
            | Channel::File
            | Channel::Qr
            | Channel::Phone
            | Channel::HostPage => true,
            Channel::Send => self.endpoint.is_some(),
            Channel::Sealed => self.key.is_some(),
            Channel::Email => self.email.is_some(),
            Channel::Booking => self.booking.is_some(),
        }
    }

    /// What is offered where the settings name no channels. A code without a key says so little that it has to be named.
    fn able(&self) -> Set<Channel> {
        let usual = |channel: &Channel| *channel != Channel::Qr || self.key.is_some();
        Channel::ALL.into_iter().filter(|channel| self.is_able(*channel)).filter(usual).collect()
    }
}

/// A text of the clinic: one for every language, or one for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spoken {
    every: String,
    each: Map<Lang, String>,
}

impl Spoken {
    /// The text for a language; none if the clinic wrote none.
    pub fn in_language(&self, lang: &Lang) -> Option<&str> {
        let text = self.each.get(lang).unwrap_or(&self.every).as_str();
        (!text.is_empty()).then_some(text)
    }
}

/// Reads `[handoff]`. A channel that cannot work is left out and said; the others stay.
pub fn read(table: &Table) -> Handoff {
    let mut handoff = Handoff {
        endpoint: read_endpoint(table),
        format: Format::Json,
        key: None,
        fhir: read_fhir(table),
        email: read_email(table),
        booking: booking::read(table),
        received_by: read_spoken(table, "received_by"),
        purpose: read_spoken(table, "purpose"),
        kept_for: read_spoken(table, "kept_for"),
        withdraw_by: read_spoken(table, "withdraw_by"),
        ..Handoff::default()
    };
    read_seal(table, &mut handoff);
    handoff.channels = handoff.able();
    if table.has("channels") {
        let named = read_channels(table, &handoff);
        if named.is_empty() {
            table.error_at(
                "channels",
                "No channel is left, so nobody could hand anything over; the usual ones are offered."
                    .to_owned(),
                "Name at least one, such as channels = [\"print\", \"phone\"], or take the line out.",
            );
        } else {
            handoff.channels = named;
        }
    }
    handoff
}

fn read_channels(table: &Table, handoff: &Handoff) -> Set<Channel> {
    let mut named = Set::new();
    for (id, place) in table.texts("channels") {
        let Some(channel) = Channel::ALL.into_iter().find(|channel| channel.id() == id) else {
            let ids: Vec<String> =
                Channel::ALL.iter().map(|channel| format!("\"{}\"", channel.id())).collect();
            table.error_on(
                place,
                format!("There is no channel `{id}`."),
                &did_you_mean(
                    &id,
                    Channel::ALL.iter().map(|channel| channel.id()),
                    &format!("Write some of {}.", ids.join(", ")),
                ),
            );
            continue;
        };
        match channel.needs().filter(|_| !handoff.is_able(channel)) {
            Some(key) => table.error_on(
                place,
                format!("The channel `{id}` needs `{key}`, so it is not offered."),
                &format!("Fill in `{key}` under [handoff], or take \"{id}\" out of the list."),
            ),
            None => _ = named.insert(channel),
        }
    }
    named
}

/// An endpoint must be https, since it receives health answers. The loopback address may be http, for trying out.
fn read_endpoint(table: &Table) -> Option<String> {
    let endpoint = filled(table, "endpoint")?;
    if is_secure_address(&endpoint) {
        return Some(endpoint);
    }
    table.error_at(
        "endpoint",
        format!("The endpoint `{endpoint}` is not an https address, so nothing will be sent to it."),
        "Write an address that begins with https://, or leave it empty to switch sending off.",
    );
    None
}

/// The key, and what is sent. Where a packet is to be sealed and cannot be, nothing is sent at all.
fn read_seal(table: &Table, handoff: &mut Handoff) {
    let key = read_key(table);
    let refused = matches!(key, Some(Err(())));
    handoff.key = key.and_then(Result::ok);
    handoff.format = match table.text("format").as_deref() {
        None if handoff.key.is_some() => Format::Sealed,
        None | Some("json") => Format::Json,
        Some("fhir") => Format::Fhir,
        Some("sealed") => Format::Sealed,
        Some(other) => {
            let (format, how) =
                if handoff.key.is_some() { (Format::Sealed, "sealed") } else { (Format::Json, "as JSON") };
            table.error_at(
                "format",
                format!("There is no format `{other}`, so the packet is sent {how}."),
                "Write \"json\", \"fhir\" or \"sealed\".",
            );
            format
        }
    };
    if handoff.format == Format::Sealed && handoff.key.is_none() && !refused {
        table.error_at(
            "format",
            "The format \"sealed\" needs `key`, so nothing will be sent.".to_owned(),
            "Make a key on front-desk.html and paste its line here.",
        );
    }
    if refused || (handoff.format == Format::Sealed && handoff.key.is_none()) {
        handoff.endpoint = None;
    }
}

/// The public key, as a text or as a table of its own; an error if it is none.
fn read_key(table: &Table) -> Option<Result<PublicKey, ()>> {
    if !table.has("key") {
        return None;
    }
    let read = if table.glance("key").is_some() {
        PublicKey::from_jwk(&filled(table, "key")?)
    } else {
        let members = table.table("key").map(|key| key.texts_by_key()).unwrap_or_default();
        PublicKey::from_value(&members.into_iter().map(|(name, text, _)| (name, text)).collect())
    };
    Some(read.map_err(|fault| {
        let (what, remedy) = fault.sentences();
        table.error_at("key", format!("{what} Nothing will be sealed or sent."), remedy);
    }))
}

fn read_fhir(handoff: &Table) -> Wanted {
    let Some(table) = handoff.table("fhir") else { return Wanted::default() };
    let mut base = filled(&table, "base").unwrap_or_default();
    if !base.is_empty() && !is_secure_address(&base) {
        table.error_at(
            "base",
            format!("`{base}` is not an https address, so it is left out."),
            "Write your own address for FHIR, which begins with https://, or leave it empty.",
        );
        base.clear();
    }
    let mut include = Vec::new();
    for (name, place) in table.texts("include") {
        let known = Extra::ALL.into_iter().find(|extra| extra.name() == name);
        match known {
            Some(extra) if include.contains(&extra) => {}
            Some(extra) => include.push(extra),
            None => table.error_on(
                place,
                format!("There is no resource `{name}` to include."),
                &did_you_mean(
                    &name,
                    Extra::ALL.map(Extra::name),
                    "Write some of \"patient\", \"service-request\", \"appointment\".",
                ),
            ),
        }
    }
    let transaction = table.flag("transaction");
    table.finish();
    Wanted { base: base.trim_end_matches('/').to_owned(), include, transaction }
}

fn read_email(table: &Table) -> Option<String> {
    let email = filled(table, "email")?;
    if is_email(&email) {
        return Some(email);
    }
    table.error_at(
        "email",
        format!("`{email}` is not one e-mail address, so none is offered."),
        "Write one address, such as \"front-desk@clinic.example\", or leave it empty.",
    );
    None
}

fn read_spoken(table: &Table, key: &str) -> Spoken {
    if table.has(key) && table.glance(key).is_none() {
        let each = table.table(key).map(|texts| texts.texts_by_key()).unwrap_or_default();
        let each = each.into_iter().map(|(tag, text, _)| (Lang::from(tag.as_str()), text.trim().to_owned()));
        return Spoken { each: each.collect(), ..Spoken::default() };
    }
    Spoken { every: filled(table, key).unwrap_or_default(), ..Spoken::default() }
}

/// A text that says something.
pub(super) fn filled(table: &Table, key: &str) -> Option<String> {
    table.text(key).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Whether this is an https address with a host and without a user's name, or a loopback address over http.
pub(super) fn is_secure_address(address: &str) -> bool {
    let loopback = ["http://127.0.0.1", "http://localhost", "http://[::1]"].iter().any(|start| {
        address.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    });
    loopback
        || address.strip_prefix("https://").is_some_and(|rest| {
            let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
            !host.is_empty() && !host.contains('@') && !host.contains(char::is_whitespace)
        })
}

/// Whether this can stand in a `mailto:` address as one recipient.
fn is_email(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte))
    };
    text.split_once('@').is_some_and(|(name, host)| plain(name) && plain(host) && host.contains('.'))
}
