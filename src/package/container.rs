//! The ZIP as a container, read strictly: one way to understand it, or none.
//!
//! The general reader of the `zip` crate forgives what another reader of the same file might understand differently
//! (two entries of one name, sizes that differ between headers, data between entries). A package is small and ours, so
//! here every byte of the file belongs to exactly one header or entry. No ZIP64, no comment, no encryption. Nothing is
//! unpacked before [`directory`](super::directory) has checked the whole of it.

use std::io::{self, BufReader, Read, Seek, SeekFrom, Take, Write};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::directory;
use super::refusal::Refusal;

/// A ZIP whose directory passed every check.
pub(super) struct Archive<R> {
    source: R,
    /// In the order of the file.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub name: String,
    /// Unpacked.
    pub bytes: u64,
    pub packed: u64,
    pub crc: u32,
    pub method: Method,
    pub flags: u16,
    /// Where its header begins in the file.
    pub header: u64,
    /// Where its packed bytes begin in the file.
    pub data: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Stored,
    Deflated,
}

/// Unpacks one entry and checks size and CRC as it goes; what does not fit ends in an error, never in wrong bytes.
pub(super) struct EntryReader<R: Read> {
    entry: Entry,
    packed: Packed<R>,
    crc: Crc,
    /// Bytes unpacked so far.
    seen: u64,
}

enum Packed<R: Read> {
    Stored(Take<R>),
    Deflated(DeflateDecoder<BufReader<Take<R>>>),
}

impl<R: Read + Seek> Archive<R> {
    /// Reads and checks the directory; unpacks nothing.
    pub fn open(mut source: R) -> Result<Archive<R>, Refusal> {
        let entries = directory::read(&mut source)?;
        Ok(Archive { source, entries })
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.name == name)
    }

    /// Unpacks an entry into `out`.
    pub fn copy(&mut self, entry: &Entry, out: &mut dyn Write) -> Result<(), Refusal> {
        let mut reader = EntryReader::new(&mut self.source, entry.clone())?;
        let mut buffer = vec![0; 64 << 10];
        loop {
            match reader.fill(&mut buffer)? {
                0 => return Ok(()),
                n => out.write_all(&buffer[..n]).map_err(unreadable)?,
            }
        }
    }

    /// The whole of a text entry.
    pub fn text(&mut self, entry: &Entry) -> Result<Vec<u8>, Refusal> {
        let mut text = Vec::new();
        self.copy(entry, &mut text)?;
        Ok(text)
    }

    /// Turns the archive into a reader of one entry.
    pub fn into_reader(self, entry: Entry) -> Result<EntryReader<R>, Refusal> {
        EntryReader::new(self.source, entry)
    }
}

impl<R: Read> EntryReader<R> {
    fn new(mut source: R, entry: Entry) -> Result<Self, Refusal>
    where
        R: Seek,
    {
        source.seek(SeekFrom::Start(entry.data)).map_err(unreadable)?;
        let packed = source.take(entry.packed);
        let packed = match entry.method {
            Method::Stored => Packed::Stored(packed),
            Method::Deflated => Packed::Deflated(DeflateDecoder::new(BufReader::with_capacity(64 << 10, packed))),
        };
        Ok(EntryReader { entry, packed, crc: Crc::new(), seen: 0 })
    }

    /// The next bytes; 0 only at a proper end.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, Refusal> {
        let read = match &mut self.packed {
            Packed::Stored(source) => source.read(buffer).map_err(unreadable)?,
            Packed::Deflated(source) => source.read(buffer).map_err(|_| Refusal::Corrupt(self.entry.name.clone()))?,
        };
        self.crc.update(&buffer[..read]);
        self.seen += read as u64;
        let lie = || Refusal::SizeLie { file: self.entry.name.clone(), declared: self.entry.bytes };
        if self.seen > self.entry.bytes {
            return Err(lie());
        }
        if read == 0 && !buffer.is_empty() {
            let unread = match &self.packed {
                Packed::Stored(_) => 0,
                Packed::Deflated(source) => self.entry.packed - source.total_in().min(self.entry.packed),
            };
            if self.seen != self.entry.bytes || unread != 0 {
                return Err(lie());
            }
            if self.crc.sum() != self.entry.crc {
                return Err(Refusal::Corrupt(self.entry.name.clone()));
            }
        }
        Ok(read)
    }
}

impl<R: Read> Read for EntryReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill(buffer).map_err(io::Error::other)
    }
}

pub(super) fn unreadable(error: io::Error) -> Refusal {
    Refusal::Unreadable(error.to_string())
}
