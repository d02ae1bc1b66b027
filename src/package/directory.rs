//! The directory of a ZIP, read strictly: its end record, its entries, and that each entry's own header says the same.
//!
//! Everything here is a claim of whoever made the file: it is checked against the others and against the limits before
//! one byte is unpacked. Unpacking is `container`'s. Source: PKWARE APPNOTE 6.3.10, sections 4.3 to 4.5.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek, SeekFrom};

use super::container::{Entry, Method, unreadable};
use super::refusal::{DirectoryFault, NameProblem, Refusal};
use super::{limits, names};

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
const ZIP64_LOCATOR: [u8; 4] = *b"PK\x06\x07";
const LOCAL_LEN: u64 = 30;
const CENTRAL_LEN: usize = 46;
const END_LEN: usize = 22;
const ZIP64_LOCATOR_LEN: u64 = 20;
/// A comment behind the end record is at most this long.
const COMMENT_LEN: usize = u16::MAX as usize;
/// A size or position that stands in a ZIP64 field instead.
const ELSEWHERE: u32 = u32::MAX;

const FLAG_DESCRIPTOR: u16 = 1 << 3;
/// Compression level (2 bits), data descriptor, UTF-8 name.
const FLAGS_KNOWN: u16 = 0b110 | FLAG_DESCRIPTOR | 1 << 11;
/// Encrypted, strongly encrypted, masked headers.
const FLAGS_ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
const METHOD_AES: u16 = 99;
const EXTRA_ZIP64: u16 = 0x0001;
/// Extra fields by which a reader would see another name or a cipher: Unicode path, AES.
const EXTRA_FORBIDDEN: [u16; 2] = [0x7075, 0x9901];
/// File attributes of DOS and Windows, low byte: a folder, the name of the disk.
const ATTRIBUTE_FOLDER: u32 = 0x10;
const ATTRIBUTE_LABEL: u32 = 0x08;

/// The entries in the order of the file, each with the place of its bytes. Every check that needs no unpacking is made.
pub(super) fn read(source: &mut (impl Read + Seek)) -> Result<Vec<Entry>, Refusal> {
    let (end, length) = find_end(source)?;
    let mut entries = read_directory(source, &end)?;
    check_names(&entries)?;
    check_sizes(&entries, length)?;
    entries.sort_by_key(|e| e.header);
    for entry in &mut entries {
        read_local_header(source, entry)?;
    }
    check_layout(source, &entries, end.offset)?;
    Ok(entries)
}

/// Entries that are read into memory.
pub(super) fn is_text(name: &str) -> bool {
    let text =
        name.ends_with(".csv") || name.ends_with(".json") || name.ends_with(".txt") || name.ends_with(".minisig");
    let edition = name.starts_with(names::EDITION_FOLDER) && name.ends_with(".toml");
    (text && !name.starts_with(names::EVIDENCE_FOLDER)) || edition
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
    if length >= 4 {
        read_at(source, 0, &mut start)?;
    }
    let begins = start == LOCAL || start == END;
    let at = match length.checked_sub(END_LEN as u64) {
        Some(at) => at,
        None if begins => return Err(Refusal::CutShort),
        None => return Err(Refusal::NotZip),
    };
    let mut record = [0; END_LEN];
    read_at(source, at, &mut record)?;
    if record[..4] != END || u16_at(&record, 20) != 0 {
        return Err(without_end(source, length, begins)?);
    }
    if !begins {
        return Err(Refusal::LeadingBytes);
    }
    if is_zip64(source, at, &record)? {
        return Err(Refusal::Zip64(None));
    }
    let entries = u64::from(u16_at(&record, 10));
    let (size, offset) = (u64::from(u32_at(&record, 12)), u64::from(u32_at(&record, 16)));
    if entries > limits::ENTRIES as u64 {
        return Err(Refusal::TooManyEntries { found: entries, limit: limits::ENTRIES as u64 });
    }
    if u16_at(&record, 4) != 0 || u16_at(&record, 6) != 0 || u64::from(u16_at(&record, 8)) != entries {
        return Err(Refusal::DamagedDirectory(DirectoryFault::SeveralDisks));
    }
    if offset + size != at {
        return Err(Refusal::DamagedDirectory(DirectoryFault::Position));
    }
    Ok((End { entries, size, offset }, length))
}

fn is_zip64(source: &mut (impl Read + Seek), at: u64, record: &[u8]) -> Result<bool, Refusal> {
    if u32_at(record, 12) == ELSEWHERE || u32_at(record, 16) == ELSEWHERE {
        return Ok(true);
    }
    let Some(at) = at.checked_sub(ZIP64_LOCATOR_LEN) else { return Ok(false) };
    let mut locator = [0; 4];
    read_at(source, at, &mut locator)?;
    Ok(locator == ZIP64_LOCATOR)
}

/// Why the file does not end as a package does: broken off, or with something behind the ZIP that it was.
fn without_end(source: &mut (impl Read + Seek), length: u64, begins: bool) -> Result<Refusal, Refusal> {
    let start = length.saturating_sub((END_LEN + COMMENT_LEN) as u64);
    let mut tail = vec![0; (length - start) as usize];
    read_at(source, start, &mut tail)?;
    for at in (0..=tail.len() - END_LEN).rev() {
        let record = &tail[at..];
        // A ZIP within the ZIP has an end record of its own; only ours says where our directory is.
        let position = u64::from(u32_at(record, 12)) + u64::from(u32_at(record, 16));
        if record[..4] != END || (begins && position != start + at as u64) {
            continue;
        }
        let behind = (record.len() - END_LEN) as u64;
        return Ok(match u64::from(u16_at(record, 20)) {
            _ if !begins => Refusal::LeadingBytes,
            comment if comment == behind => Refusal::Comment(None),
            _ => Refusal::TrailingBytes(behind),
        });
    }
    Ok(if begins { Refusal::CutShort } else { Refusal::NotZip })
}

fn read_directory(source: &mut (impl Read + Seek), end: &End) -> Result<Vec<Entry>, Refusal> {
    let damaged = Refusal::DamagedDirectory;
    // Bounded: 5000 entries with the longest name, extra field and comment that the headers can say are 1 GiB; a
    // package's names are short, and extra fields of other packers small.
    if end.size > limits::ENTRIES as u64 * 1024 {
        return Err(damaged(DirectoryFault::TooLong));
    }
    let mut bytes = vec![0; end.size as usize];
    read_at(source, end.offset, &mut bytes)?;
    let mut rest = bytes.as_slice();
    let mut entries = Vec::new();
    for _ in 0..end.entries {
        let header = rest.get(..CENTRAL_LEN).ok_or(damaged(DirectoryFault::CutShort))?;
        if header[..4] != CENTRAL {
            return Err(damaged(DirectoryFault::NoHeader));
        }
        let lengths = [28, 30, 32].map(|at| usize::from(u16_at(header, at)));
        let whole = CENTRAL_LEN + lengths.iter().sum::<usize>();
        let fields = rest.get(CENTRAL_LEN..whole).ok_or(damaged(DirectoryFault::CutShort))?;
        let (name, fields) = fields.split_at(lengths[0]);
        let (extra, comment) = fields.split_at(lengths[1]);
        entries.push(read_central_header(header, name, extra, comment)?);
        rest = &rest[whole..];
    }
    if !rest.is_empty() {
        return Err(damaged(DirectoryFault::MoreEntries));
    }
    Ok(entries)
}

fn read_central_header(header: &[u8], name: &[u8], extra: &[u8], comment: &[u8]) -> Result<Entry, Refusal> {
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
    let (packed, bytes, start) = (u32_at(header, 20), u32_at(header, 24), u32_at(header, 42));
    if [packed, bytes].contains(&ELSEWHERE) || extra_fields(extra).contains(&Some(EXTRA_ZIP64)) {
        return Err(Refusal::Zip64(Some(name)));
    }
    if flags & !FLAGS_KNOWN != 0 || u16_at(header, 34) != 0 || !is_harmless(extra) {
        return Err(Refusal::HeadersDisagree(name));
    }
    if !comment.is_empty() {
        return Err(Refusal::Comment(Some(name)));
    }
    let attributes = u32_at(header, 38);
    match (attributes >> 16) & 0o170_000 {
        0o040_000 => return Err(Refusal::Folder(name)),
        _ if attributes & ATTRIBUTE_FOLDER != 0 => return Err(Refusal::Folder(name)),
        0 | 0o100_000 if attributes & ATTRIBUTE_LABEL == 0 => {}
        _ => return Err(Refusal::Link(name)),
    }
    Ok(Entry {
        name,
        bytes: u64::from(bytes),
        packed: u64::from(packed),
        crc: u32_at(header, 16),
        method,
        flags,
        header: u64::from(start),
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
    if extra_fields(extra).contains(&Some(EXTRA_ZIP64)) {
        return Err(Refusal::Zip64(Some(entry.name.clone())));
    }
    if name != entry.name.as_bytes() || !is_harmless(extra) {
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
        let limit = match &entry.name {
            name if names::PAPERS.contains(&name.as_str()) => limits::TEXT_BYTES,
            name if name.starts_with(names::EDITION_FOLDER) => limits::TAG_BYTES,
            name if !is_text(name) => limits::EVIDENCE_BYTES,
            name if names::is_payload(name) => limits::TEXT_BYTES,
            _ => limits::TAG_BYTES,
        };
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
    let texts = entries.iter().filter(|e| is_text(&e.name)).map(|e| e.bytes).sum();
    if texts > limits::TEXT_BYTES {
        return Err(Refusal::TextsTooBig { bytes: texts, limit: limits::TEXT_BYTES });
    }
    let total = entries.iter().map(|e| e.bytes).sum();
    if total > limits::TOTAL_BYTES {
        return Err(Refusal::PackageTooBig { bytes: total, limit: limits::TOTAL_BYTES });
    }
    Ok(())
}

/// Entries (in file order) follow each other without overlap or gap; after one with a data descriptor comes that.
fn check_layout(source: &mut (impl Read + Seek), entries: &[Entry], directory: u64) -> Result<(), Refusal> {
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
        match gap {
            0 => {}
            12 | 16 if entry.flags & FLAG_DESCRIPTOR != 0 => {
                let mut descriptor = vec![0; gap as usize];
                read_at(source, end, &mut descriptor)?;
                check_descriptor(entry, &descriptor)?;
            }
            _ => return Err(Refusal::HiddenBytes(next_name.to_owned())),
        }
    }
    Ok(())
}

/// The data descriptor behind an entry repeats what the directory says.
fn check_descriptor(entry: &Entry, descriptor: &[u8]) -> Result<(), Refusal> {
    let facts = match descriptor.strip_prefix(&DESCRIPTOR) {
        Some(facts) if facts.len() == 12 => facts,
        _ => descriptor,
    };
    let said = (u32_at(facts, 0), u64::from(u32_at(facts, 4)), u64::from(u32_at(facts, 8)));
    match facts.len() == 12 && said == (entry.crc, entry.packed, entry.bytes) {
        true => Ok(()),
        false => Err(Refusal::HeadersDisagree(entry.name.clone())),
    }
}

/// The ids of the extra fields; none for one that is longer than its room.
fn extra_fields(mut extra: &[u8]) -> Vec<Option<u16>> {
    let mut ids = Vec::new();
    while !extra.is_empty() {
        let whole = extra.get(2..4).map_or(usize::MAX, |length| 4 + usize::from(u16_at(length, 0)));
        let Some(rest) = extra.get(whole..) else {
            ids.push(None);
            break;
        };
        ids.push(Some(u16_at(extra, 0)));
        extra = rest;
    }
    ids
}

fn is_harmless(extra: &[u8]) -> bool {
    extra_fields(extra).iter().all(|id| id.is_some_and(|id| !EXTRA_FORBIDDEN.contains(&id)))
}

fn read_at(source: &mut (impl Read + Seek), at: u64, buffer: &mut [u8]) -> Result<(), Refusal> {
    source.seek(SeekFrom::Start(at)).map_err(unreadable)?;
    source.read_exact(buffer).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => Refusal::DamagedDirectory(DirectoryFault::Outside),
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
