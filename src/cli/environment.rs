//! What a command gets from outside: where to print, the time, new ids, this machine's name, and a window to open.

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::Failure;
use crate::platform::here::{self, NOW};

/// Everything that a command does not get by its arguments. Tests give their own.
pub struct Environment<'a> {
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
    pub now: DateTime<FixedOffset>,
    /// Makes a new UUIDv7 text.
    pub new_id: &'a mut dyn FnMut() -> String,
    /// 32 random bytes for a new key.
    pub new_seed: &'a mut dyn FnMut() -> io::Result<[u8; 32]>,
    /// Tells this machine from others that open the same file.
    pub machine: String,
    /// Opens the window on a file and returns its exit code; none where there is no display.
    pub open_window: Option<&'a dyn Fn(&Path) -> u8>,
}

impl Environment<'_> {
    /// Prints on stdout. A reader that has gone away is no error of ours.
    pub(super) fn print(&mut self, text: &str) {
        let _ = self.out.write_all(text.as_bytes()).and_then(|()| self.out.flush());
    }

    /// Says a line on stderr.
    pub(super) fn say(&mut self, line: &str) {
        let _ = writeln!(self.err, "{line}");
    }
}

/// The machine's clock, or the time set by [`NOW`].
///
/// # Errors
/// Where the variable is not a time.
fn now() -> Result<DateTime<FixedOffset>, Failure> {
    let Ok(text) = std::env::var(NOW) else { return Ok(here::now()) };
    DateTime::parse_from_rfc3339(text.trim()).map_err(|_| {
        Failure::usage(format!(
            "Biến {NOW}=\"{text}\" không phải thời điểm dạng RFC 3339. Ví dụ đúng: 2023-12-20T08:00:00+07:00."
        ))
    })
}

/// Runs one command in this process: its output, its clock, this machine. Returns the exit code.
///
/// `open_window` opens the window on a file; none where there is no display.
pub fn run_here(args: impl Iterator<Item = OsString>, open_window: Option<&dyn Fn(&Path) -> u8>) -> u8 {
    let (mut out, mut err) = (std::io::stdout().lock(), std::io::stderr().lock());
    let now = match now() {
        Ok(now) => now,
        Err(failure) => {
            let _ = writeln!(err, "{}", failure.message);
            return failure.exit as u8;
        }
    };
    let mut env = Environment {
        out: &mut out,
        err: &mut err,
        now,
        new_id: &mut here::new_id,
        new_seed: &mut here::seed,
        machine: here::machine(),
        open_window,
    };
    super::run(args, &mut env)
}
