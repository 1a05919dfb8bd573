//! The engine as a whole: content files and answers in, results and effects out.

mod advice;
mod aftercare;
mod bad_input;
mod calm;
mod carer;
mod delivery;
mod early;
mod entries;
mod fhir;
mod flow;
mod import;
mod instruments;
mod keep;
mod kinds;
mod maps;
mod names;
mod overlay;
mod own_file;
mod own_folder;
mod packets;
mod pages;
mod parts;
mod patients;
mod plan;
mod planning;
mod random;
mod reading;
mod reviews;
mod rules;
mod sealed;
mod session;
mod shared;
mod strays;
mod theme;
mod translations;
mod truth_table;
mod untrusted;
mod worry;
// The widget writes no guide.
#[cfg(feature = "cli")]
mod written;

#[path = "../support/mod.rs"]
mod support;
