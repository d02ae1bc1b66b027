//! A writer that tries nothing more after it has failed once.
//!
//! Where a write fails, its caller gives up; `ZipWriter` then still tries to finish the archive as it is dropped, and where
//! that fails too it complains on stderr, in words that no officer understands.

use std::io::{self, Seek, SeekFrom, Write};

pub(super) struct UntilFailure<W> {
    out: W,
    failed: bool,
}

impl<W> UntilFailure<W> {
    pub fn new(out: W) -> Self {
        UntilFailure { out, failed: false }
    }

    /// The first failure is told; what comes after it is swallowed.
    fn attempt<T>(&mut self, swallowed: T, act: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.failed {
            return Ok(swallowed);
        }
        let done = act(&mut self.out);
        self.failed = done.as_ref().is_err_and(|e| e.kind() != io::ErrorKind::Interrupted);
        done
    }
}

impl<W: Write> Write for UntilFailure<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.attempt(bytes.len(), |out| out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.attempt((), W::flush)
    }
}

impl<W: Seek> Seek for UntilFailure<W> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.attempt(0, |out| out.seek(to))
    }
}
