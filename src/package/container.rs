//! The ZIP as a container, read strictly: one way to understand it, or none.
//!
//! The general reader of the `zip` crate forgives what another reader of the same file might understand differently
//! (two entries of one name, sizes that differ between headers, data between entries). A package is small and ours, so
//! here every byte of the file belongs to exactly one header or entry. No ZIP64, no comment, no encryption. Nothing is
//! unpacked before the whole directory was checked. Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Take, Write};

use flate2::Crc;
use flate2::bufread::DeflateDecoder;

use super::refusal::{NameProblem, Refusal};
use super::{limits, names};

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const LOCAL_LEN: u64 = 30;
const CENTRAL_LEN: usize = 46;
const END_LEN: u64 = 22;

const FLAG_DESCRIPTOR: u16 = 1 << 3;
/// Compression level (2 bits), data descriptor, UTF-8 name.
const FLAGS_KNOWN: u16 = 0b110 | FLAG_DESCRIPTOR | 1 << 11;
/// Encrypted, strongly encrypted, masked headers.
const FLAGS_ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const METHOD_AES: u16 = 99;
/// Extra fields by which a reader would see other sizes, another name or a cipher: ZIP64, Unicode path, AES.
const EXTRA_FORBIDDEN: [u16; 3] = [0x0001, 0x7075, 0x9901];

/// A ZIP whose directory passed every check.
pub(super) struct Archive<R> {
    source: R,
    /// In the order of the file.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub name: String,
    pub bytes: u64,
    packed: u64,
    crc: u32,
    method: Method,
    flags: u16,
    header: u64,
    data: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Method {
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
        let (end, length) = find_end(&mut source)?;
        let mut entries = read_directory(&mut source, &end)?;
        check_names(&entries)?;
        check_sizes(&entries, length)?;
        entries.sort_by_key(|e| e.header);
        for entry in &mut entries {
            read_local_header(&mut source, entry)?;
        }
        check_layout(&entries, end.offset)?;
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

/// Where the directory stands.
struct End {
    entries: u64,
    size: u64,
    offset: u64,
}

/// Finds the end record, which in a package is the last thing in the file, and gives the file's length.
fn find_end(source: &mut (impl Read + Seek)) -> Result<(End, u64), Refusal> {
    let length = source.seek(SeekFrom::End(0)).map_err(unreadable)?;
    if length == 0 {
        return Err(Refusal::Empty);
    }
    if length > limits::TOTAL_BYTES {
        return Err(Refusal::PackageTooBig { bytes: length, limit: limits::TOTAL_BYTES });
    }
    let mut start = [0; 4];
    let is_zip = length >= 4 && {
        read_at(source, 0, &mut start)?;
        start == LOCAL || start == END
    };
    if !is_zip {
        return Err(Refusal::NotZip);
    }
    let mut record = [0; END_LEN as usize];
    let at = length.checked_sub(END_LEN).ok_or(Refusal::CutShort)?;
    read_at(source, at, &mut record)?;
    if record[..4] != END || u16_at(&record, 20) != 0 {
        return Err(Refusal::CutShort);
    }
    let entries = u64::from(u16_at(&record, 10));
    let (size, offset) = (u64::from(u32_at(&record, 12)), u64::from(u32_at(&record, 16)));
    if entries > limits::ENTRIES as u64 {
        return Err(Refusal::TooManyEntries { found: entries, limit: limits::ENTRIES as u64 });
    }
    if u32_at(&record, 4) != 0 || u64::from(u16_at(&record, 8)) != entries {
        return Err(Refusal::DamagedDirectory("several disks"));
    }
    if offset + size != at {
        return Err(Refusal::DamagedDirectory("position"));
    }
    Ok((End { entries, size, offset }, length))
}

fn read_directory(source: &mut (impl Read + Seek), end: &End) -> Result<Vec<Entry>, Refusal> {
    let cut = || Refusal::DamagedDirectory("cut short");
    // Bounded: 5000 entries with the longest name, extra field and comment that the headers can say are 1 GiB; a
    // package's names are short, and extra fields of other packers small.
    if end.size > limits::ENTRIES as u64 * 1024 {
        return Err(Refusal::DamagedDirectory("too long"));
    }
    let mut bytes = vec![0; end.size as usize];
    read_at(source, end.offset, &mut bytes)?;
    let mut rest = bytes.as_slice();
    let mut entries = Vec::new();
    for _ in 0..end.entries {
        let header = rest.get(..CENTRAL_LEN).ok_or_else(cut)?;
        if header[..4] != CENTRAL {
            return Err(Refusal::DamagedDirectory("signature"));
        }
        let lengths = [28, 30, 32].map(|at| usize::from(u16_at(header, at)));
        let whole = CENTRAL_LEN + lengths.iter().sum::<usize>();
        let fields = rest.get(CENTRAL_LEN..whole).ok_or_else(cut)?;
        let (name, fields) = fields.split_at(lengths[0]);
        entries.push(read_central_header(header, name, &fields[..lengths[1]])?);
        rest = &rest[whole..];
    }
    if !rest.is_empty() {
        return Err(Refusal::DamagedDirectory("more entries than counted"));
    }
    Ok(entries)
}

fn read_central_header(header: &[u8], name: &[u8], extra: &[u8]) -> Result<Entry, Refusal> {
    let name = String::from_utf8(name.to_vec()).map_err(|_| Refusal::UnsafeName {
        name: String::from_utf8_lossy(name).into_owned(),
        problem: NameProblem::Character,
    })?;
    let (flags, method) = (u16_at(header, 8), u16_at(header, 10));
    if flags & FLAGS_ENCRYPTED != 0 || method == METHOD_AES {
        return Err(Refusal::Encrypted(name));
    }
    let method = match method {
        0 => Method::Stored,
        8 => Method::Deflated,
        _ => return Err(Refusal::Method { file: name, method }),
    };
    if flags & !FLAGS_KNOWN != 0 || !has_harmless_extra(extra) {
        return Err(Refusal::HeadersDisagree(name));
    }
    let mode = u32_at(header, 38) >> 16;
    match mode & 0o170_000 {
        0 | 0o100_000 => {}
        0o040_000 => return Err(Refusal::Folder(name)),
        _ => return Err(Refusal::Link(name)),
    }
    Ok(Entry {
        name,
        bytes: u64::from(u32_at(header, 24)),
        packed: u64::from(u32_at(header, 20)),
        crc: u32_at(header, 16),
        method,
        flags,
        header: u64::from(u32_at(header, 42)),
        data: 0,
    })
}

/// Finds where the entry's data begin, and that its own header says the same as the directory.
fn read_local_header(source: &mut (impl Read + Seek), entry: &mut Entry) -> Result<(), Refusal> {
    let disagree = |entry: &Entry| Refusal::HeadersDisagree(entry.name.clone());
    let mut header = [0; LOCAL_LEN as usize];
    read_at(source, entry.header, &mut header)?;
    let method = match entry.method {
        Method::Stored => 0,
        Method::Deflated => 8,
    };
    let same = header[..4] == LOCAL && u16_at(&header, 6) == entry.flags && u16_at(&header, 8) == method;
    let sizes = (u32_at(&header, 14), u64::from(u32_at(&header, 18)), u64::from(u32_at(&header, 22)));
    let later = entry.flags & FLAG_DESCRIPTOR != 0 && sizes == (0, 0, 0);
    if !same || !(later || sizes == (entry.crc, entry.packed, entry.bytes)) {
        return Err(disagree(entry));
    }
    let name_length = usize::from(u16_at(&header, 26));
    let extra_length = usize::from(u16_at(&header, 28));
    let mut fields = vec![0; name_length + extra_length];
    read_at(source, entry.header + LOCAL_LEN, &mut fields)?;
    let (name, extra) = fields.split_at(name_length);
    if name != entry.name.as_bytes() || !has_harmless_extra(extra) {
        return Err(disagree(entry));
    }
    entry.data = entry.header + LOCAL_LEN + fields.len() as u64;
    Ok(())
}

fn check_names(entries: &[Entry]) -> Result<(), Refusal> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for entry in entries {
        // As Windows and macOS would compare them.
        let folded = crate::text::nfc(&entry.name.to_lowercase());
        match seen.insert(folded, &entry.name) {
            Some(first) if first == entry.name => return Err(Refusal::DuplicateName(entry.name.clone())),
            Some(first) => {
                return Err(Refusal::CollidingNames { first: first.to_owned(), second: entry.name.clone() });
            }
            None => {}
        }
    }
    for entry in entries {
        names::check_entry(&entry.name).map_err(|problem| Refusal::UnsafeName { name: entry.name.clone(), problem })?;
        if entry.name.ends_with('/') {
            return Err(Refusal::Folder(entry.name.clone()));
        }
    }
    Ok(())
}

fn check_sizes(entries: &[Entry], length: u64) -> Result<(), Refusal> {
    for entry in entries {
        let file = || entry.name.clone();
        let limit = if is_text(&entry.name) { limits::TEXT_BYTES } else { limits::EVIDENCE_BYTES };
        if entry.bytes > limit {
            return Err(Refusal::EntryTooBig { file: file(), bytes: entry.bytes, limit });
        }
        if entry.packed > length || (entry.method == Method::Stored && entry.packed != entry.bytes) {
            return Err(Refusal::SizeLie { file: file(), declared: entry.bytes });
        }
        if limits::is_bomb(entry.bytes, entry.packed) {
            return Err(Refusal::Bomb { file: file(), bytes: entry.bytes, packed: entry.packed });
        }
    }
    let total = entries.iter().map(|e| e.bytes).sum();
    if total > limits::TOTAL_BYTES {
        return Err(Refusal::PackageTooBig { bytes: total, limit: limits::TOTAL_BYTES });
    }
    Ok(())
}

/// Entries (in file order) follow each other without overlap or gap; after one with a data descriptor comes that.
fn check_layout(entries: &[Entry], directory: u64) -> Result<(), Refusal> {
    const DIRECTORY: &str = "central directory";
    let starts = entries.iter().skip(1).map(|e| (e.header, e.name.as_str())).chain([(directory, DIRECTORY)]);
    if let Some(first) = entries.first().filter(|e| e.header != 0) {
        return Err(Refusal::HiddenBytes(first.name.clone()));
    }
    for (entry, (next, next_name)) in entries.iter().zip(starts) {
        let end = entry.data + entry.packed;
        let Some(gap) = next.checked_sub(end) else {
            return Err(Refusal::Overlap { first: entry.name.clone(), second: next_name.to_owned() });
        };
        let descriptor = entry.flags & FLAG_DESCRIPTOR != 0 && (gap == 12 || gap == 16);
        if gap != 0 && !descriptor {
            return Err(Refusal::HiddenBytes(next_name.to_owned()));
        }
    }
    Ok(())
}

/// Entries that are read into memory.
pub(super) fn is_text(name: &str) -> bool {
    let text =
        name.ends_with(".csv") || name.ends_with(".json") || name.ends_with(".txt") || name.ends_with(".minisig");
    text && !name.starts_with(names::EVIDENCE_FOLDER)
}

fn has_harmless_extra(mut extra: &[u8]) -> bool {
    while extra.len() >= 4 {
        let (id, length) = (u16_at(extra, 0), usize::from(u16_at(extra, 2)));
        if EXTRA_FORBIDDEN.contains(&id) || extra.len() < 4 + length {
            return false;
        }
        extra = &extra[4 + length..];
    }
    extra.is_empty()
}

fn read_at(source: &mut (impl Read + Seek), at: u64, buffer: &mut [u8]) -> Result<(), Refusal> {
    source.seek(SeekFrom::Start(at)).map_err(unreadable)?;
    source.read_exact(buffer).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Refusal::DamagedDirectory("points outside the file"),
        _ => unreadable(error),
    })
}

/// Little-endian; the caller has checked the length.
fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}
