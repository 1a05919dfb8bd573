//! Why a packet or a key cannot be opened, each with a sentence of its own that says what to do.

/// Why something cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing was given.
    Nothing,
    /// It is neither a packet nor sealed.
    NotAPacket,
    /// A packet that ends too early.
    Cut,
    /// A sealed packet of which something was changed.
    Changed,
    /// A packet in clear with a part missing or changed.
    PlainChanged,
    /// Sealed for another key: the fingerprint it is sealed for, if that is known, and the one of the key at hand.
    WrongKey(Option<String>, String),
    /// Sealed without naming a key; this one, by its fingerprint, does not open it.
    WrongKeyOrChanged(String),
    /// Sealed in a way that is not ours.
    OtherSeal,
    /// Of a newer format.
    Newer,
    /// Too big for any packet.
    TooBig,
    /// Sealed, and no key was given.
    NeedsKey,
    /// A key, where a packet was asked for.
    KeyForPacket,
    /// A packet, where a key was asked for.
    PacketForKey,
    /// Neither a key nor a locked key.
    NotAKey,
    /// The public half alone.
    PublicKey,
    /// A key file that ends too early.
    KeyCut,
    /// A key file of which something was changed.
    KeyChanged,
    /// A key file that is locked in a way that is not ours.
    OtherKey,
    /// The key file is locked, and no passphrase was given.
    NeedsPassphrase,
    /// The passphrase does not open the key file.
    WrongPassphrase,
    /// These parts of this many from QR codes are missing.
    MissingCodes(Vec<usize>, usize),
    /// Parts from the codes of two packets.
    MixedCodes,
    /// A part from a QR code is cut or changed.
    ChangedCode,
}

impl Fault {
    /// What is wrong, and what to do.
    pub fn sentence(&self) -> String {
        match self {
            Self::Nothing => "There is nothing to open. Give the packet as a file, or paste all of it.".to_owned(),
            Self::NotAPacket => "This is not a packet of Anteroom. Check that you took the right file; its name begins with anteroom-.".to_owned(),
            Self::Cut => "The end of this packet is missing, so it was cut on its way. Ask for the whole file, or copy all of it again.".to_owned(),
            Self::Changed => "Something in this packet was changed after it was sealed, so none of it is shown. Ask for it again, by another way if you can.".to_owned(),
            Self::PlainChanged => "A part of this packet is missing or changed, so none of it is shown. Ask for it again.".to_owned(),
            Self::WrongKey(Some(sealed), have) => format!("This packet is sealed for another key. It needs the key with the fingerprint {sealed}; this one is {have}. Look for the older key file."),
            Self::WrongKey(None, have) => format!("This packet is sealed for another key; this one is {have}. Look for the older key file."),
            Self::WrongKeyOrChanged(have) => format!("This key, {have}, does not open this packet. Either it is sealed for another key, or something in it was changed. Try your other keys, or ask for it again."),
            Self::OtherSeal => "This is sealed in another way than Anteroom does it. It may be from another program; ask who sent it.".to_owned(),
            Self::Newer => "This packet was made by a newer version of Anteroom than this one. Get front-desk.html or the program anew from where the widget is.".to_owned(),
            Self::TooBig => "This is too big to be a packet. Check that you took the right file.".to_owned(),
            Self::NeedsKey => "This packet is sealed. Open your key file first, then open the packet.".to_owned(),
            Self::KeyForPacket => "This is a key, not a packet. Open the key where the key is asked for, and send it to nobody.".to_owned(),
            Self::PacketForKey => "This is a packet, not a key. Open your key file first; its name begins with anteroom-key-.".to_owned(),
            Self::NotAKey => "This is not a key of Anteroom. Check that you took the right file; its name begins with anteroom-key-.".to_owned(),
            Self::PublicKey => "This is the public half of a key, which seals and cannot open. Look for the key file that was saved when the pair was made.".to_owned(),
            Self::KeyCut => "The end of this key file is missing. Take another copy of it.".to_owned(),
            Self::KeyChanged => "Something in this key file was changed. Take another copy of it.".to_owned(),
            Self::OtherKey => "This key is of another kind than Anteroom uses. Look for the key file that was saved when the pair was made.".to_owned(),
            Self::NeedsPassphrase => "This key file is locked. Type the passphrase that was chosen when it was made.".to_owned(),
            Self::WrongPassphrase => "This passphrase does not open the key file. Try it again; small and capital letters are not the same. If you are sure of it, the file may be changed: take another copy.".to_owned(),
            Self::MissingCodes(missing, count) => {
                let numbers: Vec<String> = missing.iter().map(usize::to_string).collect();
                format!("Of {count} codes these are still missing: {}. Scan them too, in any order.", numbers.join(", "))
            }
            Self::MixedCodes => "These are codes of more than one packet. Empty the field and scan the codes of one packet.".to_owned(),
            Self::ChangedCode => "One of these codes was not read whole. Empty the field and scan them again.".to_owned(),
        }
    }
}
