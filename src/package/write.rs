//! Writing a package: the same contents give the same bytes, on every machine.
//!
//! Fixed timestamps and permissions, ASCII names in sorted order, no extra fields, one level of compression.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufWriter, Seek, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::bag::{self, BagInfo};
use super::hash::{Facts, Hashing};
use super::table::{self, Table};
use super::until_failure::UntilFailure;
use super::{Contents, Header, descriptor, filings, limits, messages, names, read_me, rfc4180, rows};
use crate::catalogue::{Catalogue, Edition, Frequency, Indicator, Measure, Target};
use crate::record::{EvidenceRef, Revision};
use crate::text;
use crate::trust::{PublicKey, SecretKey};

/// Why a package could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("cannot write the package: {0}")]
    Io(#[from] io::Error),
    #[error("cannot write the package: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// A path, or with characters that no reader would accept as a file name.
    #[error("evidence {0:?} has a name that cannot travel")]
    EvidenceName(String),
    /// No reader would take it.
    #[error("{bytes} bytes of tables, more than {limit}")]
    TextsTooBig { bytes: u64, limit: u64 },
    /// The bytes that came are not those that the revision refers to.
    #[error("evidence {name} is not the file that was attached: {bytes} bytes with SHA-256 {sha256}")]
    EvidenceChanged { name: String, sha256: String, bytes: u64 },
}

/// Copies the bytes of an evidence file into a writer. May be called more than once for a file.
pub type EvidenceSource<'a> = dyn FnMut(&EvidenceRef, &mut dyn Write) -> io::Result<()> + 'a;

/// The report as a person without this program reads it: documents for Word and Excel. They say what the tables say, and
/// this program reads the tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Papers {
    pub docx: Vec<u8>,
    pub xlsx: Vec<u8>,
}

/// Whether a package is signed, and with which key.
#[derive(Clone, Copy)]
pub enum Signing<'a> {
    Unsigned,
    With(&'a SecretKey),
}

/// The level of zlib; part of what makes the bytes the same.
const LEVEL: u32 = 6;

/// Bytes of the tables together: what a reader takes, less the room for descriptor and manifests.
const LONGEST_TABLES: u64 = limits::TEXT_BYTES - 4 * limits::TAG_BYTES;

/// Kinds of file that are packed already; deflating them costs time and gains nothing.
const PACKED: &[&str] = &[
    "7z", "avif", "docx", "gif", "gz", "heic", "jpeg", "jpg", "m4a", "mp3", "mp4", "odp", "ods", "odt", "pdf", "png",
    "pptx", "rar", "webm", "webp", "xlsm", "xlsx", "zip",
];

/// Writes a package. `evidence` gives the bytes of the files that [`Contents::evidence`] lists.
///
/// Only a submission has papers.
pub fn write<W: Write + Seek>(
    contents: &Contents,
    catalogue: &Catalogue,
    papers: Option<&Papers>,
    signing: Signing<'_>,
    evidence: &mut EvidenceSource<'_>,
    out: W,
) -> Result<(), WriteError> {
    let named = contents.revisions.iter().flat_map(|r| &r.body.evidence).chain(&contents.evidence);
    if let Some(evidence) = named.into_iter().find(|e| !names::is_plain_file_name(&e.name)) {
        return Err(WriteError::EvidenceName(evidence.name.clone()));
    }
    let files = number_evidence(contents);
    let mut texts = payload_texts(contents, catalogue, papers, &files)?;
    let mut payload: BTreeMap<String, Facts> =
        texts.iter().map(|(name, text)| (name.clone(), Facts::of(text))).collect();
    payload.extend(files.iter().map(|f| (f.entry.clone(), f.facts())));
    texts.extend(tag_texts(contents, catalogue, signing, &payload, &files));

    let mut zip = ZipWriter::new(UntilFailure::new(out));
    let files: BTreeMap<&str, &Numbered> = files.iter().map(|f| (f.entry.as_str(), f)).collect();
    let mut entries: Vec<&str> = texts.keys().map(String::as_str).chain(files.keys().copied()).collect();
    entries.sort_unstable();
    for name in entries {
        match (texts.get(name), files.get(name)) {
            (Some(text), _) => write_text(&mut zip, name, text)?,
            (None, Some(file)) => write_evidence(&mut zip, file, evidence)?,
            (None, None) => {}
        }
    }
    zip.finish()?.flush()?;
    Ok(())
}

/// The CSV files of the revisions together, in bytes: what a package weighs without evidence, at most.
pub(super) fn rows_bytes(revisions: &[Revision]) -> u64 {
    revisions
        .iter()
        .map(|r| {
            let row: usize = rows::write(r).iter().map(|cell| cell.len() + 3).sum();
            let evidence: usize = r.body.evidence.iter().map(|e| e.name.len() + 250).sum();
            (row + evidence) as u64
        })
        .sum()
}

impl Papers {
    pub fn bytes(&self) -> u64 {
        (self.docx.len() + self.xlsx.len()) as u64
    }
}

impl Signing<'_> {
    fn key(self) -> Option<PublicKey> {
        match self {
            Signing::Unsigned => None,
            Signing::With(secret) => Some(secret.public()),
        }
    }
}

/// What goes into `data/`, apart from evidence: tables, the files of an edition, papers.
fn payload_texts(
    contents: &Contents,
    catalogue: &Catalogue,
    papers: Option<&Papers>,
    files: &[Numbered],
) -> Result<BTreeMap<String, Vec<u8>>, WriteError> {
    let tables = table::of(contents.header.kind).iter();
    let mut texts: BTreeMap<String, Vec<u8>> =
        tables.map(|table| (table.file(), csv_of(table, contents, catalogue, files))).collect();
    let bytes = texts.values().map(|text| text.len() as u64).sum();
    if bytes > LONGEST_TABLES {
        return Err(WriteError::TextsTooBig { bytes, limit: LONGEST_TABLES });
    }
    for (name, text) in contents.edition.iter().flat_map(Edition::files) {
        texts.insert(format!("{}{name}", names::EDITION_FOLDER), text.clone().into_bytes());
    }
    if let Some(Papers { docx, xlsx }) = papers {
        texts.extend(names::PAPERS.map(str::to_owned).into_iter().zip([docx.clone(), xlsx.clone()]));
    }
    Ok(texts)
}

/// What stands beside `data/`: descriptor, note, and the bag's own files, which name all the others; signed at the end.
fn tag_texts(
    contents: &Contents,
    catalogue: &Catalogue,
    signing: Signing<'_>,
    payload: &BTreeMap<String, Facts>,
    files: &[Numbered],
) -> BTreeMap<String, Vec<u8>> {
    let (header, key) = (&contents.header, signing.key());
    let titles = files.iter().map(|f| (f.entry.clone(), f.evidence.name.clone())).collect();
    let info = BagInfo::new(header, catalogue.agency_name(&header.agency), payload);
    let texts = [
        (names::DESCRIPTOR, descriptor::write(header, catalogue, key, payload, &titles)),
        (names::READ_ME_FIRST, read_me::write(contents, catalogue, key)),
        (names::BAG_DECLARATION, bag::DECLARATION.to_owned()),
        (names::BAG_INFO, info.write(header, &catalogue.plan)),
        (names::MANIFEST, bag::write_manifest(payload)),
    ];
    let mut tags: BTreeMap<String, Vec<u8>> =
        texts.into_iter().map(|(name, text)| (name.to_owned(), text.into_bytes())).collect();
    let facts: BTreeMap<String, Facts> = tags.iter().map(|(name, text)| (name.clone(), Facts::of(text))).collect();
    let manifest = bag::write_manifest(&facts).into_bytes();
    if let Signing::With(secret) = signing {
        let signature = secret.sign(&manifest, &trusted_comment(header));
        tags.insert(names::SIGNATURE.to_owned(), signature.into_bytes());
    }
    tags.insert(names::TAG_MANIFEST.to_owned(), manifest);
    tags
}

/// What `minisign -V` tells whoever checks the signature.
fn trusted_comment(header: &Header) -> String {
    let Header { agency, submission, part, .. } = header;
    format!("agency:{agency} submission:{submission} part:{}/{}", part.number, part.of)
}

/// An evidence file with its entry in this package.
struct Numbered {
    evidence: EvidenceRef,
    entry: String,
}

impl Numbered {
    fn facts(&self) -> Facts {
        Facts { sha256: self.evidence.sha256.clone(), bytes: self.evidence.bytes }
    }
}

/// Numbers the evidence that travels here in the order in which `evidence.csv` first names it; each content once.
fn number_evidence(contents: &Contents) -> Vec<Numbered> {
    let mut travelling: HashMap<&str, &EvidenceRef> = HashMap::new();
    for evidence in &contents.evidence {
        travelling.entry(&evidence.sha256).or_insert(evidence);
    }
    let named = contents.revisions.iter().flat_map(|r| &r.body.evidence).chain(&contents.evidence);
    let mut numbered: Vec<Numbered> = Vec::new();
    for evidence in named {
        if let Some(evidence) = travelling.remove(evidence.sha256.as_str()) {
            let entry = names::evidence_entry(numbered.len() + 1, &evidence.name);
            numbered.push(Numbered { evidence: evidence.clone(), entry });
        }
    }
    numbered
}

fn csv_of(table: &Table, contents: &Contents, catalogue: &Catalogue, files: &[Numbered]) -> Vec<u8> {
    let rows: Vec<Vec<String>> = match table.name {
        name if name == table::EVIDENCE.name => evidence_rows(contents, files),
        name if name == table::INDICATORS.name => catalogue.indicators.iter().map(indicator_row).collect(),
        name if name == table::TASKS.name => catalogue.tasks.iter().map(task_row).collect(),
        name if name == table::FILINGS.name => contents.filings.iter().map(filings::write).collect(),
        _ if contents.message.is_some() => {
            contents.message.iter().flat_map(|m| messages::write(table, &contents.header, m)).collect()
        }
        _ => {
            let here = contents.revisions.iter().filter(|r| rows::table_of(r.key.kind).name == table.name);
            here.map(rows::write).collect()
        }
    };
    let mut text = String::new();
    rfc4180::write_row(table.header(), &mut text);
    for row in rows {
        rfc4180::write_row(table.guard(&row).iter().map(String::as_str), &mut text);
    }
    text.into_bytes()
}

/// A row for each evidence of each revision, and one for each file that no revision here refers to.
fn evidence_rows(contents: &Contents, files: &[Numbered]) -> Vec<Vec<String>> {
    let entries: HashMap<&str, &str> = files.iter().map(|f| (f.evidence.sha256.as_str(), f.entry.as_str())).collect();
    let row = |revision: &str, e: &EvidenceRef| {
        let file = entries.get(e.sha256.as_str()).copied().unwrap_or_default();
        vec![revision.to_owned(), e.name.clone(), e.sha256.clone(), e.bytes.to_string(), file.to_owned()]
    };
    let referred = contents.revisions.iter().flat_map(|r| r.body.evidence.iter().map(move |e| (r.id.as_str(), e)));
    let mut rows: Vec<Vec<String>> = referred.clone().map(|(revision, e)| row(revision, e)).collect();
    let alone = files.iter().filter(|f| !referred.clone().any(|(_, e)| *e == f.evidence));
    rows.extend(alone.map(|f| row("", &f.evidence)));
    rows
}

fn indicator_row(i: &Indicator) -> Vec<String> {
    let measure = match i.measure {
        Measure::Ratio => "ratio",
        Measure::Rate => "rate",
        Measure::Value => "value",
        Measure::Document => "document",
    };
    let target = match i.target {
        Target::AtLeast(_) => "at_least",
        Target::All(_) => "all",
        Target::Increase => "increase",
        Target::Exists => "exists",
    };
    let frequency = match i.frequency {
        Frequency::Quarter => "quarter",
        Frequency::Year => "year",
    };
    vec![
        i.id.clone(),
        i.pillar.to_string(),
        text::clean(&i.title),
        measure.to_owned(),
        i.unit.clone(),
        text::clean(&i.numerator),
        text::clean(&i.denominator),
        target.to_owned(),
        i.target.threshold().map(|t| t.to_string()).unwrap_or_default(),
        frequency.to_owned(),
        i.task.clone().unwrap_or_default(),
    ]
}

fn task_row(t: &crate::catalogue::Task) -> Vec<String> {
    vec![t.id.clone(), t.pillar.to_string(), text::clean(&t.text), text::clean(&t.short), text::clean(&t.time)]
}

fn write_text<W: Write + Seek>(zip: &mut ZipWriter<W>, name: &str, text: &[u8]) -> Result<(), WriteError> {
    let packed = deflated_size(&mut |out| out.write_all(text))?;
    zip.start_file(name, options(packed, text.len() as u64))?;
    zip.write_all(text)?;
    Ok(())
}

fn write_evidence<W: Write + Seek>(
    zip: &mut ZipWriter<W>,
    file: &Numbered,
    source: &mut EvidenceSource<'_>,
) -> Result<(), WriteError> {
    let Numbered { evidence, entry } = file;
    let is_packed = names::extension(&evidence.name).is_some_and(|e| PACKED.contains(&e.as_str()));
    let packed = if is_packed { u64::MAX } else { deflated_size(&mut |out| source(evidence, out))? };
    zip.start_file(entry.as_str(), options(packed, evidence.bytes))?;
    let mut hashing = Hashing::new(zip);
    // Pieces of one size, however the source hands them over.
    let mut pieces = BufWriter::with_capacity(64 << 10, &mut hashing);
    source(evidence, &mut pieces)?;
    pieces.flush()?;
    drop(pieces);
    let found = hashing.facts();
    if found == file.facts() {
        return Ok(());
    }
    Err(WriteError::EvidenceChanged { name: evidence.name.clone(), sha256: found.sha256, bytes: found.bytes })
}

/// Deflates where that makes it smaller, but not by so much that a reader would take it for a bomb.
fn options(packed: u64, bytes: u64) -> SimpleFileOptions {
    let deflate = packed < bytes && !limits::is_bomb(bytes, packed / 2);
    let method = if deflate { CompressionMethod::Deflated } else { CompressionMethod::Stored };
    SimpleFileOptions::default()
        .compression_method(method)
        .compression_level(deflate.then_some(i64::from(LEVEL)))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .system(System::Unix)
}

/// What deflating would leave.
fn deflated_size(source: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>) -> io::Result<u64> {
    let counting = Hashing::new(io::sink());
    let mut encoder = DeflateEncoder::new(counting, Compression::new(LEVEL));
    source(&mut encoder)?;
    Ok(encoder.finish()?.facts().bytes)
}
