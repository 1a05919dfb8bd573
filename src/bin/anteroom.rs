//! The clinic's command line. What it can do is in [`anteroom::cli`].

use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use anteroom::cli::{self, Arguments, Exit};
use clap::Parser;

fn main() -> ExitCode {
    let report = cli::run(&Arguments::parse());
    let written = io::stdout()
        .write_all(report.out.as_bytes())
        .and_then(|()| io::stdout().flush())
        .and_then(|()| io::stderr().write_all(report.err.as_bytes()));
    match written {
        Ok(()) => report.exit.into(),
        // Whoever reads along has seen enough, as in `anteroom list | head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => report.exit.into(),
        Err(_) => Exit::WrongUse.into(),
    }
}
