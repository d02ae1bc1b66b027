//! A file that someone may still be writing while we read it: reading to its end fails where it changed meanwhile.
//!
//! Half an old report and half a new one would be kept, hashed and sent as evidence, and nobody would notice.

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::time::SystemTime;

/// Reads like the file it was made of.
#[derive(Debug)]
pub struct SteadyFile {
    file: File,
    opened: Mark,
}

/// What [`SteadyFile`] fails with at the end of a file that changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file changed while it was read")]
pub struct Unsteady;

/// What changes when a file is written to.
#[derive(Debug, PartialEq, Eq)]
struct Mark {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl SteadyFile {
    /// # Errors
    /// Where the file's size cannot be asked for.
    pub fn new(file: File) -> io::Result<SteadyFile> {
        let opened = Mark::of(&file.metadata()?);
        Ok(SteadyFile { file, opened })
    }

    /// Its size when it was opened.
    pub fn size(&self) -> u64 {
        self.opened.bytes
    }
}

impl Read for SteadyFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        let ended = read == 0 && !buffer.is_empty();
        if ended && Mark::of(&self.file.metadata()?) != self.opened {
            return Err(io::Error::other(Unsteady));
        }
        Ok(read)
    }
}

impl Mark {
    fn of(metadata: &Metadata) -> Mark {
        Mark { bytes: metadata.len(), modified: metadata.modified().ok() }
    }
}

/// True where this is why reading failed.
pub(super) fn is_unsteady(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Unsteady>())
}
