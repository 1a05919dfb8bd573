//! What is handed to the clinic, and how: the packet, the consent to it, and the words of a chart note.

pub mod booking;
pub mod channel;
pub mod delivery;
pub mod mail;
pub mod note;
pub mod packet;
pub mod send;
