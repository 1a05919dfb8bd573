//! What is handed to the clinic, and how: the packet, the consent to it, and the words of a chart note.

pub mod base64url;
pub mod booking;
pub mod channel;
pub mod chunks;
pub mod coded;
pub mod delivery;
pub mod fhir;
pub mod key;
pub mod mail;
pub mod note;
pub mod packet;
pub mod qr;
pub mod read;
pub mod seal;
pub mod sealed;
pub mod send;
pub mod sha256;
