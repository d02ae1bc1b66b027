//! Reading a package from outside: every check, and nothing stored or unpacked to disk.
//!
//! From the outside in: the container, then what the package says it is, then the manifests, then the tables row by row.
//! Whatever passes is one of our own types. A signature vouches for the tag manifest, which vouches for all the rest.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{Read, Seek, SeekFrom, Write};

use super::bag::{self, BagInfo};
use super::container::{self, Archive, EntryReader};
use super::descriptor::{self, Descriptor};
use super::hash::{Facts, Hashing, is_sha256};
use super::names::is_payload;
use super::refusal::{CellProblem, Place, Refusal};
use super::rfc4180::{self, RowFault};
use super::rows::{self, Row};
use super::table::{self, Table};
use super::{Contents, Header, Package, PackageKind, Signature, directory, filings, messages, names};
use crate::catalogue::{Agency, Catalogue, Edition, Measure, PeriodId};
use crate::record::{EvidenceRef, Key, Kind, Revision, Severity, findings};
use crate::text;

/// Reads a package and makes every check. Evidence is unpacked once, to be hashed, and kept nowhere.
///
/// `file_name` is for messages and for the record of what was received.
pub fn read<R: Read + Seek>(mut source: R, file_name: &str, catalogue: &Catalogue) -> Result<Package, Refusal> {
    source.seek(SeekFrom::Start(0)).map_err(container::unreadable)?;
    let file = Facts::of_stream(&mut source).map_err(container::unreadable)?;
    let mut archive = Archive::open(source)?;

    let entry = archive.entry(names::DESCRIPTOR).ok_or(Refusal::NotAPackage)?.clone();
    let descriptor = descriptor::read(&archive.text(&entry)?, &catalogue.plan.id)?;
    let files = Files::read(&mut archive)?;
    check_bag(&files, &descriptor)?;
    let signature = check_signature(&files, &descriptor)?;
    check_resources(&files, &descriptor)?;
    check_payload(&files, descriptor.header.kind)?;
    let edition = read_edition(&files, &descriptor.header)?;
    if edition.is_none() {
        must_not_be_newer(&descriptor.header, catalogue)?;
    }
    // Whoever issues an edition goes by the name that it has there.
    check_sender(&descriptor, edition.as_ref().map_or(catalogue, |edition| edition.catalogue()))?;

    let message = messages::read(&files, &descriptor.header, catalogue)?;
    let (revisions, evidence, evidence_entries) = match (&message, &edition) {
        (None, None) => read_tables(&files, &descriptor.header, catalogue)?,
        _ => Tables::default(),
    };
    let filings = match descriptor.header.kind {
        PackageKind::WorkingCopy => filings::read(&files, &descriptor.header, &revisions)?,
        _ => Vec::new(),
    };
    Ok(Package {
        file_name: file_name.to_owned(),
        sha256: file.sha256,
        bytes: file.bytes,
        signature,
        key: descriptor.key,
        contents: Contents { header: descriptor.header, revisions, evidence, filings, message, edition },
        evidence_entries,
    })
}

/// What a package says it is, before it is checked in full; none where it does not say so as the format has it.
pub fn peek<R: Read + Seek>(source: R, catalogue: &Catalogue) -> Option<Header> {
    let mut archive = Archive::open(source).ok()?;
    let entry = archive.entry(names::DESCRIPTOR)?.clone();
    Some(descriptor::read(&archive.text(&entry).ok()?, &catalogue.plan.id).ok()?.header)
}

/// Writes the bytes of an evidence file to `out`, checked against its SHA-256 at the end.
pub fn read_evidence<R: Read + Seek>(
    source: R,
    package: &Package,
    evidence: &EvidenceRef,
    out: &mut dyn Write,
) -> Result<(), Refusal> {
    let mut archive = Archive::open(source)?;
    let entry = evidence_entry(&archive, package, evidence)?;
    let mut hashing = Hashing::new(out);
    archive.copy(&entry, &mut hashing)?;
    if hashing.facts().sha256 != evidence.sha256 {
        return Err(Refusal::Altered(entry.name));
    }
    Ok(())
}

/// A reader of an evidence file's bytes. It checks size and CRC; whoever keeps the bytes checks the SHA-256.
pub fn open_evidence<R: Read + Seek>(
    source: R,
    package: &Package,
    evidence: &EvidenceRef,
) -> Result<impl Read + use<R>, Refusal> {
    let archive = Archive::open(source)?;
    let entry = evidence_entry(&archive, package, evidence)?;
    let reader: EntryReader<R> = archive.into_reader(entry)?;
    Ok(reader)
}

fn evidence_entry<R: Read + Seek>(
    archive: &Archive<R>,
    package: &Package,
    evidence: &EvidenceRef,
) -> Result<container::Entry, Refusal> {
    let missing = || Refusal::NoSuchEvidence(evidence.name.clone());
    let name = package.evidence_entries.get(&evidence.sha256).ok_or_else(missing)?;
    archive.entry(name).cloned().ok_or_else(missing)
}

/// Every entry unpacked once: size and SHA-256 of all, the text of those that are text.
pub(super) struct Files {
    facts: BTreeMap<String, Facts>,
    texts: HashMap<String, Vec<u8>>,
}

impl Files {
    fn read<R: Read + Seek>(archive: &mut Archive<R>) -> Result<Files, Refusal> {
        let mut files = Files { facts: BTreeMap::new(), texts: HashMap::new() };
        for entry in archive.entries().to_vec() {
            let facts = if directory::is_text(&entry.name) {
                let text = archive.text(&entry)?;
                let facts = Facts::of(&text);
                files.texts.insert(entry.name.clone(), text);
                facts
            } else {
                let mut hashing = Hashing::new(std::io::sink());
                archive.copy(&entry, &mut hashing)?;
                hashing.facts()
            };
            files.facts.insert(entry.name, facts);
        }
        Ok(files)
    }

    fn text(&self, name: &str) -> Result<&[u8], Refusal> {
        self.texts.get(name).map(Vec::as_slice).ok_or_else(|| Refusal::MissingFile(name.to_owned()))
    }

    fn payload(&self) -> impl Iterator<Item = (&String, &Facts)> {
        self.facts.iter().filter(|(name, _)| is_payload(name))
    }
}

/// The BagIt side: declaration, sender, both manifests against what is there.
fn check_bag(files: &Files, descriptor: &Descriptor) -> Result<(), Refusal> {
    if files.text(names::BAG_DECLARATION)? != bag::DECLARATION.as_bytes() {
        return Err(Refusal::BagDeclaration);
    }
    let info = BagInfo::read(files.text(names::BAG_INFO)?)?;
    let sender = bag::one_line(&descriptor.agency_name);
    if info.sender != sender {
        return Err(Refusal::SenderDiffers { bag_info: info.sender, descriptor: sender });
    }
    let tags = bag::read_manifest(names::TAG_MANIFEST, files.text(names::TAG_MANIFEST)?)?;
    let outside = [names::TAG_MANIFEST, names::SIGNATURE];
    let tag_files = files.facts.iter().filter(|(name, _)| !is_payload(name) && !outside.contains(&name.as_str()));
    check_manifest(&tags, tag_files, Refusal::TagAltered)?;
    let payload = bag::read_manifest(names::MANIFEST, files.text(names::MANIFEST)?)?;
    check_manifest(&payload, files.payload(), Refusal::Altered)?;

    let bytes: u64 = files.payload().map(|(_, f)| f.bytes).sum();
    if info.oxum != format!("{bytes}.{}", files.payload().count()) {
        return Err(Refusal::BagInfo(format!("Payload-Oxum {}", info.oxum)));
    }
    if info.submission != descriptor.header.submission {
        return Err(Refusal::BagInfo(format!("External-Identifier {}", info.submission)));
    }
    Ok(())
}

/// The signature is by the key that the descriptor names, on the tag manifest as it is. Whose key that is, is not known here.
fn check_signature(files: &Files, descriptor: &Descriptor) -> Result<Signature, Refusal> {
    let manifest = files.text(names::TAG_MANIFEST)?;
    match (&descriptor.key, files.text(names::SIGNATURE).ok()) {
        (None, None) => Ok(Signature::None),
        (Some(_), None) => Err(Refusal::MissingFile(names::SIGNATURE.to_owned())),
        (Some(key), Some(text)) if std::str::from_utf8(text).is_ok_and(|text| key.verifies(manifest, text)) => {
            Ok(Signature::UnknownKey)
        }
        (_, Some(_)) => Err(Refusal::BadSignature),
    }
}

/// Nothing missing, nothing extra, nothing altered.
fn check_manifest<'a>(
    manifest: &BTreeMap<String, String>,
    files: impl Iterator<Item = (&'a String, &'a Facts)>,
    altered: fn(String) -> Refusal,
) -> Result<(), Refusal> {
    let mut listed: BTreeSet<&String> = manifest.keys().collect();
    for (name, facts) in files {
        match manifest.get(name) {
            None => return Err(Refusal::ExtraFile(name.clone())),
            Some(sha256) if *sha256 != facts.sha256 => return Err(altered(name.clone())),
            Some(_) => listed.remove(name),
        };
    }
    match listed.first() {
        Some(missing) => Err(Refusal::MissingFile((*missing).clone())),
        None => Ok(()),
    }
}

/// An earlier edition of the plan is read with this one, which still has all that it had; a later one may have more.
fn must_not_be_newer(header: &Header, catalogue: &Catalogue) -> Result<(), Refusal> {
    let (found, known) = (header.catalogue_version, catalogue.plan.version);
    if found > known { Err(Refusal::NewerEdition { found, known }) } else { Ok(()) }
}

/// The sender and the recipient are agencies of the catalogue, and go by their own names.
fn check_sender(descriptor: &Descriptor, catalogue: &Catalogue) -> Result<(), Refusal> {
    let Header { agency, recipient, .. } = &descriptor.header;
    for id in [agency, recipient] {
        if catalogue.agency(id).is_none() {
            return Err(Refusal::UnknownAgency { agency: id.clone(), place: None });
        }
    }
    // Another edition may use another spelling; an alias of ours is good enough, another agency's name is not.
    let name = &descriptor.agency_name;
    let goes_by = |known: &Agency| {
        let names = [&known.name, &known.short].into_iter().chain(&known.aliases);
        names.map(|n| text::fold(n)).any(|n| n == text::fold(name))
    };
    match catalogue.agency(agency).filter(|known| !goes_by(known)) {
        Some(known) => {
            let (agency, known) = (agency.clone(), known.name.clone());
            Err(Refusal::AgencyRenamed { agency, name: name.clone(), known })
        }
        None => Ok(()),
    }
}

/// The edition of a catalogue package: whole, sound, and the one that the descriptor names.
fn read_edition(files: &Files, header: &Header) -> Result<Option<Edition>, Refusal> {
    if header.kind != PackageKind::Catalogue {
        return Ok(None);
    }
    for table in [&table::INDICATORS, &table::TASKS] {
        for_each_row(files, table, |_| Ok(()))?;
    }
    let texts =
        files.texts.iter().filter_map(|(name, text)| Some((name, name.strip_prefix(names::EDITION_FOLDER)?, text)));
    let texts = texts.map(|(path, name, text)| Ok((name.to_owned(), bag::utf8(path, text)?.to_owned())));
    let edition = Edition::read(texts.collect::<Result<_, Refusal>>()?).map_err(Refusal::BadEdition)?;
    let catalogue = edition.catalogue();
    let named = (&header.plan, header.catalogue_version, &header.catalogue_hash);
    if named != (&catalogue.plan.id, catalogue.plan.version, &catalogue.hash) {
        return Err(Refusal::DescriptorSyntax("dti.catalogue is not the edition in data/catalogue".to_owned()));
    }
    Ok(Some(edition))
}

/// The tables of the kind, the edition of a catalogue, evidence where figures are, a report on paper where there is one:
/// nothing else.
fn check_payload(files: &Files, kind: PackageKind) -> Result<(), Refusal> {
    let may_have_papers = kind == PackageKind::Submission;
    let tables: BTreeSet<String> = table::of(kind).iter().map(|t| t.file()).collect();
    let with_evidence = matches!(kind, PackageKind::Submission | PackageKind::WorkingCopy);
    let belongs = |name: &String| {
        tables.contains(name)
            || (kind == PackageKind::Catalogue && name.starts_with(names::EDITION_FOLDER))
            || (with_evidence && name.starts_with(names::EVIDENCE_FOLDER))
            || (may_have_papers && names::PAPERS.contains(&name.as_str()))
    };
    match files.payload().find(|(name, _)| !belongs(name)) {
        Some((extra, _)) => Err(Refusal::ExtraFile(extra.clone())),
        None => Ok(()),
    }
}

/// The descriptor lists the payload, all of it, as it is.
fn check_resources(files: &Files, descriptor: &Descriptor) -> Result<(), Refusal> {
    for (path, facts) in &descriptor.resources {
        match files.facts.get(path).filter(|_| is_payload(path)) {
            None => return Err(Refusal::MissingFile(path.clone())),
            Some(found) if found != facts => return Err(Refusal::ResourceDiffers(path.clone())),
            Some(_) => {}
        }
    }
    match files.payload().find(|(name, _)| !descriptor.resources.contains_key(*name)) {
        Some((extra, _)) => Err(Refusal::ExtraFile(extra.clone())),
        None => Ok(()),
    }
}

type Tables = (Vec<Revision>, Vec<EvidenceRef>, BTreeMap<String, String>);

/// Reads all rows: revisions by key and id, the evidence that travels here, and where its bytes are.
fn read_tables(files: &Files, header: &Header, catalogue: &Catalogue) -> Result<Tables, Refusal> {
    let mut evidence = read_evidence_table(files)?;
    for table in [&table::INDICATORS, &table::TASKS] {
        for_each_row(files, table, |_| Ok(()))?;
    }
    let mut revisions: Vec<Revision> = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for kind in Kind::ALL {
        for_each_row(files, rows::table_of(kind), |row| {
            let key = rows::read_key(&row, kind)?;
            check_key(&row, &key, header, catalogue)?;
            if let Some(first) = seen.insert(row.text("revision").to_owned(), row.place().row) {
                return Err(Refusal::DuplicateRow { first, place: row.place() });
            }
            let attached = evidence.of_revision.remove(row.text("revision")).unwrap_or_default();
            let revision = rows::read(&row, key, attached.into_keys().collect())?;
            let found = findings(catalogue, &revision.key.item, &revision.body, None);
            if let Some(finding) = found.into_iter().find(|f| f.severity == Severity::Error) {
                return Err(Refusal::Nonsense { problem: finding.problem, place: row.place() });
            }
            revisions.push(revision);
            Ok(())
        })?;
    }
    if let Some((_, place)) = evidence.of_revision.into_values().flatten().next() {
        return Err(Refusal::EvidenceWithoutRow { place });
    }
    revisions.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
    Ok((revisions, evidence.here, evidence.entries))
}

/// The record is one that the sender may bring, in the table where it belongs, for the period of the package.
fn check_key(row: &Row<'_>, key: &Key, header: &Header, catalogue: &Catalogue) -> Result<(), Refusal> {
    let place = || row.place();
    let item = key.base_item();
    let kind_of_item = match catalogue.indicator(item).map(|i| i.measure) {
        Some(Measure::Document) => Some([Kind::Document].as_slice()),
        Some(_) => Some([Kind::Indicator].as_slice()),
        None => catalogue.task(item).map(|_| [Kind::Task, Kind::PlanItem].as_slice()),
    };
    match kind_of_item {
        None => return Err(Refusal::UnknownItem { item: item.to_owned(), place: place() }),
        Some(kinds) if !kinds.contains(&key.kind) => {
            return Err(Refusal::WrongTable { item: item.to_owned(), place: place() });
        }
        Some(_) => {}
    }
    for agency in [key.agency.as_str(), row.text("origin")] {
        if catalogue.agency(agency).is_none() {
            return Err(Refusal::UnknownAgency { agency: agency.to_owned(), place: Some(place()) });
        }
    }
    if !catalogue.may_bring(&header.agency, item, &key.agency) {
        let (sender, agency) = (header.agency.clone(), key.agency.clone());
        return Err(Refusal::NotEntitled { sender, item: item.to_owned(), agency, place: place() });
    }
    // A working copy has all periods.
    if header.kind == PackageKind::WorkingCopy {
        return Ok(());
    }
    let expected = match key.kind {
        Kind::PlanItem => PeriodId::Year { year: header.period.id.year() },
        _ => header.period.id.clone(),
    };
    if key.period != expected {
        return Err(Refusal::OtherPeriod { found: key.period.clone(), expected, place: place() });
    }
    Ok(())
}

/// What `evidence.csv` says.
struct EvidenceTable {
    /// Revision to its evidence.
    of_revision: HashMap<String, BTreeMap<EvidenceRef, Place>>,
    /// Evidence whose bytes are here, each content once, sorted.
    here: Vec<EvidenceRef>,
    /// SHA-256 to entry.
    entries: BTreeMap<String, String>,
}

fn read_evidence_table(files: &Files) -> Result<EvidenceTable, Refusal> {
    let mut found = EvidenceTable { of_revision: HashMap::new(), here: Vec::new(), entries: BTreeMap::new() };
    let mut nameless: BTreeSet<&String> =
        files.facts.keys().filter(|name| name.starts_with(names::EVIDENCE_FOLDER)).collect();
    for_each_row(files, &table::EVIDENCE, |row| {
        let evidence = EvidenceRef {
            sha256: row.text("sha256").to_owned(),
            name: row.text("name").to_owned(),
            bytes: row.integer("bytes")?,
        };
        if !is_sha256(&evidence.sha256) {
            return Err(row.fault("sha256", CellProblem::UnknownValue));
        }
        if !names::is_plain_file_name(&evidence.name) {
            return Err(row.fault("name", CellProblem::NotClean));
        }
        let (revision, file) = (row.text("revision"), row.text("file"));
        if revision.is_empty() && file.is_empty() {
            return Err(row.fault("file", CellProblem::Missing));
        }
        if !file.is_empty() {
            let facts = files.facts.get(file).filter(|_| file.starts_with(names::EVIDENCE_FOLDER));
            let facts = facts.ok_or_else(|| Refusal::MissingFile(file.to_owned()))?;
            let other = found.entries.insert(evidence.sha256.clone(), file.to_owned()).is_some_and(|e| e != file);
            if other || facts.sha256 != evidence.sha256 || facts.bytes != evidence.bytes {
                return Err(Refusal::EvidenceDiffers { file: file.to_owned(), place: row.place() });
            }
            nameless.remove(&file.to_owned());
            found.here.push(evidence.clone());
        }
        if !revision.is_empty() {
            let attached = found.of_revision.entry(revision.to_owned()).or_default();
            if let Some(first) = attached.insert(evidence, row.place()) {
                return Err(Refusal::DuplicateRow { first: first.row, place: row.place() });
            }
        }
        Ok(())
    })?;
    if let Some(entry) = nameless.first() {
        return Err(Refusal::EvidenceWithoutName((*entry).clone()));
    }
    found.here.sort();
    found.here.dedup_by(|a, b| a.sha256 == b.sha256);
    Ok(found)
}

/// Calls `each` with every row of a table whose header is as the format has it.
pub(super) fn for_each_row(
    files: &Files,
    table: &'static Table,
    mut each: impl FnMut(Row<'_>) -> Result<(), Refusal>,
) -> Result<(), Refusal> {
    let file = table.file();
    let text = bag::utf8(&file, files.text(&file)?)?;
    let mut header = String::new();
    rfc4180::write_row(table.header(), &mut header);
    let Some(mut rest) = text.strip_prefix(header.as_str()) else {
        let found = text::elide(text.lines().next().unwrap_or_default(), 200);
        return Err(Refusal::Columns { file, expected: table.header().join(","), found });
    };
    let width = table.columns.len();
    let mut number = 2;
    loop {
        let place = || Place { file: file.clone(), row: number };
        let cells = rfc4180::take_row(&mut rest, width).map_err(|fault| match fault {
            RowFault::Form => Refusal::RowForm { place: place() },
            RowFault::Width(found) => Refusal::RowWidth { expected: width, found, place: place() },
        })?;
        let Some(cells) = cells else { return Ok(()) };
        let cells = table.unguard(cells).map_err(|(column, cell)| Refusal::Cell {
            column,
            value: text::elide(&cell, 60),
            problem: CellProblem::NotCanonical,
            place: place(),
        })?;
        each(Row::new(table, &cells, number)?)?;
        number += 1;
    }
}
