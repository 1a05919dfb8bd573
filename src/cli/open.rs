//! `anteroom open` and `anteroom key`: what front-desk.html does, on the command line.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

use serde::Serialize;

use crate::cli::folder::why;
use crate::cli::{Exit, Format, Report, json, plain};
use crate::desk::fault::Fault;
use crate::desk::key::{FEWEST_LETTERS, PrivateKey, settings_line};
use crate::desk::{self, jwe};

#[derive(Serialize)]
struct Refused {
    problems: [String; 1],
}

#[derive(Serialize)]
struct Made<'a> {
    file: String,
    fingerprint: String,
    kid: String,
    key: serde_json::Value,
    settings: &'a str,
}

/// Prints a packet in clear: the chart note, its JSON as it was written, or with `fhir` the Bundle.
pub fn open(
    packet: &Path,
    key: Option<&Path>,
    passphrase_file: Option<&Path>,
    fhir: bool,
    format: Format,
) -> Report {
    let passphrase = match passphrase_file.map(passphrase_in).transpose() {
        Ok(passphrase) => passphrase,
        Err(report) => return report,
    };
    let key = match key.map(|file| read("key file", file)).transpose() {
        Ok(key) => key,
        Err(report) => return report,
    };
    let packet = match read("packet", packet) {
        Ok(packet) => packet,
        Err(report) => return report,
    };
    let opened = key
        .map(|key| PrivateKey::read(&key, passphrase.as_deref()))
        .transpose()
        .and_then(|key| desk::open(&packet, key.as_ref()));
    match opened {
        Ok(opened) => {
            let out = match format {
                _ if fhir => opened.fhir() + "\n",
                Format::Json => opened.json.trim_end().to_owned() + "\n",
                Format::Text => plain(&opened.note()) + "\n",
            };
            Report { out, err: String::new(), exit: Exit::Fine }
        }
        Err(fault @ Fault::NeedsKey) => {
            Report::wrong_use(&format!("{} Give it with --key FILE.", fault.sentence()))
        }
        Err(fault @ Fault::NeedsPassphrase) => Report::wrong_use(&format!(
            "{} Write it into a file and give that with --passphrase-file FILE.",
            fault.sentence()
        )),
        Err(fault) => {
            let problem = fault.sentence();
            let err = plain(&problem) + "\n";
            let out = match format {
                Format::Json => json(&Refused { problems: [problem] }),
                Format::Text => String::new(),
            };
            Report { out, err, exit: Exit::Problems }
        }
    }
}

/// Makes a pair of keys. A file that is there already is never touched: it may be the only key to old packets.
pub fn key(out: &Path, passphrase_file: &Path, format: Format) -> Report {
    let passphrase = match passphrase_in(passphrase_file) {
        Ok(passphrase) => passphrase,
        Err(report) => return report,
    };
    if passphrase.chars().count() < FEWEST_LETTERS {
        return Report::wrong_use(&format!(
            "The passphrase is too short. Choose one of {FEWEST_LETTERS} letters or more, such as four words."
        ));
    }
    let made = || -> Option<(PrivateKey, String)> {
        let mut random = [0; 92];
        getrandom::fill(&mut random).ok()?;
        let (secret, rest) = random.split_first_chunk::<32>()?;
        let key = PrivateKey::from_random(secret)?;
        let file = key.locked(&passphrase, rest.first_chunk::<60>()?)?;
        Some((key, file))
    };
    let Some((key, file)) = made() else {
        return Report::wrong_use("This computer gave no random numbers, so no key was made. Try it again.");
    };
    let written = private_file(out).and_then(|mut place| place.write_all((file + "\n").as_bytes()));
    if let Err(error) = written {
        let why = match error.kind() {
            io::ErrorKind::AlreadyExists => "it is there already, and a key is never written over".to_owned(),
            _ => why(&error),
        };
        return Report::wrong_use(&format!("The key file `{}` could not be written: {why}.", out.display()));
    }
    let public = key.public();
    let line = settings_line(public);
    let out = match format {
        Format::Json => json(&Made {
            file: out.display().to_string(),
            fingerprint: public.fingerprint(),
            kid: public.kid(),
            key: serde_json::from_str(&public.to_jwk()).unwrap_or_default(),
            settings: &line,
        }),
        Format::Text => plain(&format!(
            "The key file {} is there, locked with your passphrase. Keep two copies of it where only your clinic gets \
             at them. Without the file and the passphrase nobody can open what is sealed with this key.\n\n\
             Fingerprint: {}\n\nPut this line under [handoff] in settings.toml:\n\n{line}\n",
            out.display(),
            public.fingerprint(),
        )),
    };
    Report { out, err: String::new(), exit: Exit::Fine }
}

/// A new file that, where the system can say so, only its owner may read.
fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// The first line of a file, without its line break.
fn passphrase_in(file: &Path) -> Result<String, Report> {
    let text = read("passphrase file", file)?;
    Ok(text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_owned())
}

fn read(what: &str, file: &Path) -> Result<String, Report> {
    let mut bytes = Vec::new();
    let most = jwe::MOST_BYTES as u64 + 1;
    let done = if file.as_os_str() == "-" {
        io::stdin().take(most).read_to_end(&mut bytes)
    } else {
        fs::File::open(file).and_then(|open| open.take(most).read_to_end(&mut bytes))
    };
    match done {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Err(Report::wrong_use(&format!(
            "The {what} `{}` could not be read: {}.",
            file.display(),
            why(&error)
        ))),
    }
}
