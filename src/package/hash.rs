//! SHA-256 of what passes by.

use std::fmt::Write as _;
use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

/// SHA-256 and size of some bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// 64 lower-case hex digits.
    pub sha256: String,
    pub bytes: u64,
}

/// Counts and hashes what is written to it, and hands it on.
pub(super) struct Hashing<W> {
    inner: W,
    hash: Sha256,
    bytes: u64,
}

impl<W: Write> Hashing<W> {
    pub fn new(inner: W) -> Self {
        Hashing { inner, hash: Sha256::new(), bytes: 0 }
    }

    pub fn facts(self) -> Facts {
        Facts { sha256: hex(&self.hash.finalize()), bytes: self.bytes }
    }
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let taken = self.inner.write(buffer)?;
        self.hash.update(&buffer[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Facts {
    pub(super) fn of(bytes: &[u8]) -> Facts {
        Facts { sha256: hex(&Sha256::digest(bytes)), bytes: bytes.len() as u64 }
    }

    /// Of the rest of a stream, which is read to its end.
    pub fn of_stream(source: &mut impl Read) -> io::Result<Facts> {
        let mut hashing = Hashing::new(io::sink());
        io::copy(source, &mut hashing)?;
        Ok(hashing.facts())
    }
}

/// True for 64 lower-case hex digits.
pub(super) fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, b| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{b:02x}");
        text
    })
}
