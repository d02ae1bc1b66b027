//! Packages in: read, planned against the workspace, shown or merged, one after the other.
//!
//! The preview and the merge run the same loop; only the last step differs. A package that is refused changes nothing,
//! is kept aside with its reason, and never stops the others.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use sha2::{Digest, Sha256};

use super::notices::leads;
use super::signatures::{key_of, must_be_trusted, remember, signer_of, standing};
use super::{ExchangeError, Flow, Stage, Step, step};
use crate::catalogue::{Catalogue, Edition, Id, Kinship, PeriodId};
use crate::merge::{self, MergePlan};
use crate::ops::{self, Context, Done, Incoming};
use crate::package::{self, Contents, Header, Package, PackageKind, Refusal};
use crate::record::{
    Arrival, Due, EvidenceRef, Filing, FilingKind, Key, Message, Notice, Received, ReceivedState, Record, ReturnedRow,
    RowCounts, Snapshot,
};
use crate::store::Store;
use crate::trust::{PublicKey, Standing};
use crate::words;

/// Refused files larger than this (bytes) are not kept: anybody can send anything.
const KEPT_ASIDE: u64 = 100 << 20;

/// Show, or do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finality {
    Preview,
    Final,
}

/// A package read, and what merging it would do.
#[derive(Debug, Clone)]
pub struct Reading {
    pub path: PathBuf,
    /// Empty where the file could not be read at all.
    pub sha256: String,
    pub result: Result<(Package, MergePlan), Refusal>,
    /// What its signature is here; none where it could not be read that far.
    pub standing: Option<Standing>,
    /// It was taken in before and would change nothing.
    pub known: bool,
    /// The latest filing of its sender for its period that is here already, where that is a later one.
    pub older_than: Option<FilingKind>,
}

/// What became of one package.
#[derive(Debug, Clone)]
pub struct Imported {
    pub path: PathBuf,
    pub sha256: String,
    /// None where it could not be read that far; so with agency, period and filing.
    pub kind: Option<PackageKind>,
    pub agency: Option<Id>,
    pub period: Option<PeriodId>,
    pub filing: Option<FilingKind>,
    /// What a catalogue package makes of the catalogue: before, and after.
    pub edition: Option<(Arc<Catalogue>, Arc<Catalogue>)>,
    /// A later filing of the agency for the period that is here already: this package is an older one.
    pub older_than: Option<FilingKind>,
    pub outcome: ImportOutcome,
    pub reason: Option<Refusal>,
    pub rows: RowCounts,
    /// What its signature was here when it came; none where it could not be read that far.
    pub standing: Option<Standing>,
    /// The key that it is signed with.
    pub key: Option<PublicKey>,
    pub done: Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportOutcome {
    Merged,
    /// Everything in it was here already.
    Known,
    Refused,
}

/// The package files behind paths: a folder stands for its `.zip` files (not those of its folders), sorted by name.
///
/// # Errors
/// Where a folder cannot be listed or holds no package.
pub fn expand(paths: &[PathBuf]) -> Result<Vec<PathBuf>, ExchangeError> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut found: Vec<PathBuf> =
            entries.map_err(ExchangeError::io(path))?.iter().map(fs::DirEntry::path).collect();
        found.retain(|p| p.extension().is_some_and(|e| e.eq_ignore_ascii_case("zip")) && p.is_file());
        if found.is_empty() {
            return Err(ExchangeError::NoPackages(path.clone()));
        }
        found.sort();
        files.extend(found);
    }
    let mut seen = BTreeSet::new();
    files.retain(|p| seen.insert(fs::canonicalize(p).unwrap_or_else(|_| p.clone())));
    Ok(files)
}

/// Reads packages and plans their merges, each against the heads as the ones before it in the batch leave them.
///
/// # Errors
/// Only where the workspace or a folder cannot be read; a bad package is a [`Reading`] with its refusal.
pub fn preview(
    store: &Store,
    paths: &[PathBuf],
    progress: &mut dyn FnMut(Step) -> Flow,
) -> Result<Vec<Reading>, ExchangeError> {
    let mut snapshot = ops::snapshot(store)?;
    let files = in_order(expand(paths)?, &snapshot);
    let mut readings = Vec::new();
    for (index, path) in files.iter().enumerate() {
        step(progress, Step { stage: Stage::Reading, name: file_name(path), done: index, of: files.len() })?;
        let reading = read(path, store, &snapshot);
        if let Ok((package, plan)) = &reading.result {
            foresee(&mut snapshot, &reading, package, plan);
            snapshot.catalogue = after(package, &snapshot);
        }
        readings.push(reading);
    }
    Ok(readings)
}

/// Merges packages one after the other, each in its own operation; with [`Finality::Preview`], says what that would do.
///
/// # Errors
/// Where the workspace cannot be read or written. Packages merged until then stay merged.
pub fn import(
    store: &mut Store,
    ctx: &mut Context<'_>,
    paths: &[PathBuf],
    finality: Finality,
    progress: &mut dyn FnMut(Step) -> Flow,
) -> Result<Vec<Imported>, ExchangeError> {
    if finality == Finality::Preview {
        let snapshot = ops::snapshot(store)?;
        let readings = preview(store, paths, progress)?;
        return Ok(readings.into_iter().map(|r| report(&r, &snapshot)).collect());
    }
    let mut snapshot = ops::snapshot(store)?;
    let files = in_order(expand(paths)?, &snapshot);
    let mut imported = Vec::new();
    for (index, path) in files.iter().enumerate() {
        step(progress, Step { stage: Stage::Merging, name: file_name(path), done: index, of: files.len() })?;
        let reading = read(path, store, &snapshot);
        let done = apply(store, ctx, &reading, &snapshot)?;
        remember(store, ctx, &reading, &snapshot)?;
        let mut report = report(&reading, &snapshot);
        if report.outcome != ImportOutcome::Refused {
            report.outcome = if done.operation.is_some() { ImportOutcome::Merged } else { ImportOutcome::Known };
        }
        snapshot = ops::refresh(store, &snapshot, &done)?;
        report.done = done;
        imported.push(report);
    }
    Ok(imported)
}

/// Editions of the catalogue come first, the oldest of them before the others: packages may have been made under them.
fn in_order(mut files: Vec<PathBuf>, snapshot: &Snapshot) -> Vec<PathBuf> {
    files.sort_by_cached_key(|path| {
        let header = File::open(path).ok().and_then(|f| package::peek(BufReader::new(f), &snapshot.catalogue));
        let edition = header.filter(|h| h.kind == PackageKind::Catalogue).map(|h| h.catalogue_version);
        edition.map_or((true, 0), |version| (false, version))
    });
    files
}

/// The catalogue that the workspace follows once the package is taken in.
fn after(package: &Package, snapshot: &Snapshot) -> Arc<Catalogue> {
    let edition = package.contents.edition.as_ref().map(Edition::catalogue);
    let later = edition.filter(|c| snapshot.catalogue.kinship(c) == Kinship::Later);
    Arc::clone(later.unwrap_or(&snapshot.catalogue))
}

/// Reads one package and plans its merge into the workspace of `snapshot`.
fn read(path: &Path, store: &Store, snapshot: &Snapshot) -> Reading {
    let mut sha256 = String::new();
    let result = read_package(path, store, snapshot, &mut sha256);
    let standing = match &result {
        Ok((package, _)) => Some(standing(package, snapshot)),
        Err(Refusal::Untrusted { standing, .. }) => Some(*standing),
        Err(Refusal::BadSignature) => Some(Standing::Broken),
        Err(_) => None,
    };
    let (known, older_than) = match &result {
        Ok((package, plan)) => (is_known(package, plan, snapshot), newer_filing(&package.contents.header, snapshot)),
        Err(_) => (false, None),
    };
    Reading { path: path.to_owned(), sha256, result, standing, known, older_than }
}

fn read_package(
    path: &Path,
    store: &Store,
    snapshot: &Snapshot,
    sha256: &mut String,
) -> Result<(Package, MergePlan), Refusal> {
    let unreadable = |e: io::Error| Refusal::Unreadable(words::io_error(&e));
    let mut file = File::open(path).map_err(unreadable)?;
    *sha256 = hash(&mut file).map_err(unreadable)?.0;
    file.rewind().map_err(unreadable)?;
    let package = package::read(BufReader::new(file), &file_name(path), &snapshot.catalogue)?;
    must_be_for_us(&package.contents, snapshot)?;
    must_be_a_contribution(&package.contents, &snapshot.catalogue)?;
    if let Some(edition) = &package.contents.edition {
        must_continue(edition, &package.contents.header.agency, &snapshot.catalogue)?;
    }
    if let Some(message) = &package.contents.message {
        must_concern_us(message, &package.contents.header, store, snapshot)?;
    }
    must_be_trusted(&package, snapshot)?;
    let plan = merge::plan(&package.contents, &|key| snapshot.record(key).map(|r| r.heads.clone()).unwrap_or_default());
    Ok((package, plan))
}

/// Refuses what is addressed to someone else. An agency may read its own report again, but nobody else's working copy.
fn must_be_for_us(contents: &Contents, snapshot: &Snapshot) -> Result<(), Refusal> {
    let Header { kind, agency, recipient, .. } = &contents.header;
    let (from_us, to_us) = (*agency == snapshot.agency, *recipient == snapshot.agency);
    match kind {
        PackageKind::WorkingCopy if !(from_us && to_us) => Err(Refusal::ForeignWorkingCopy { agency: agency.clone() }),
        PackageKind::Submission if from_us => Ok(()),
        PackageKind::Catalogue => Ok(()),
        _ if to_us => Ok(()),
        _ => Err(Refusal::OtherRecipient { recipient: recipient.clone() }),
    }
}

/// Refuses a contribution with anything but the sender's own figures on what the recipient leads: with others the
/// recipient's workspace could not be copied to another PC.
fn must_be_a_contribution(Contents { header, revisions, .. }: &Contents, catalogue: &Catalogue) -> Result<(), Refusal> {
    if !header.contributes(&catalogue.plan) {
        return Ok(());
    }
    let fits = |k: &Key| k.agency == header.agency && catalogue.leads(&header.recipient, k.base_item());
    match revisions.iter().find(|r| !fits(&r.key)) {
        Some(r) => Err(Refusal::NotAContribution { sender: header.agency.clone(), item: r.key.item.clone() }),
        None => Ok(()),
    }
}

/// Refuses an edition that does not come from the receiving department, or does not follow the present one.
fn must_continue(edition: &Edition, sender: &str, present: &Catalogue) -> Result<(), Refusal> {
    if sender != present.plan.receiver {
        return Err(Refusal::NotTheIssuer { sender: sender.to_owned() });
    }
    let (found, known) = (edition.catalogue().plan.version, present.plan.version);
    match present.kinship(edition.catalogue()) {
        Kinship::Same | Kinship::Earlier => Ok(()),
        Kinship::Stranger => Err(Refusal::StrangeEdition { found, known }),
        Kinship::Later => edition.must_keep(present).map_err(Refusal::EditionLoses),
    }
}

/// Refuses word about a report that was not filed here, or from an agency that has no say in it.
fn must_concern_us(message: &Message, header: &Header, store: &Store, snapshot: &Snapshot) -> Result<(), Refusal> {
    let (catalogue, sender) = (&snapshot.catalogue, &header.agency);
    if let Message::Request(items) = message {
        return match items.iter().find(|i| !leads(catalogue, sender, &i.item)) {
            Some(i) => Err(Refusal::NotTheLead { sender: sender.clone(), item: i.item.clone() }),
            None => Ok(()),
        };
    }
    let about = |f: &&Filing| header.answers.as_ref() == Some(&f.id);
    let filing =
        snapshot.filings.iter().filter(about).find(|f| (&f.period, f.kind) == (&header.period.id, header.filing));
    let Some(filing) = filing else {
        return Err(Refusal::UnknownFiling { period: header.period.id.clone(), filing: header.filing });
    };
    if *sender != filing.recipient {
        return Err(Refusal::NotTheReceiver { sender: sender.clone() });
    }
    let Message::Return { rows, .. } = message else { return Ok(()) };
    let was_filed = |row: &&ReturnedRow| {
        let revision = filing.revisions.contains(&row.revision).then(|| ops::revision(store, &row.revision));
        revision.is_some_and(|found| matches!(found, Ok(Some(r)) if r.key == row.key))
    };
    match rows.iter().find(|row| !was_filed(row)) {
        Some(row) => Err(Refusal::NotFiled { item: row.key.item.clone() }),
        None => Ok(()),
    }
}

/// Leaves `snapshot` as merging would, as far as the packages after this one are read by it. The clock has no part in a
/// preview: everything comes when it was made.
fn foresee(snapshot: &mut Snapshot, reading: &Reading, package: &Package, plan: &MergePlan) {
    let time = package.contents.header.created;
    let received = received(reading, package, plan, snapshot, time);
    snapshot.received.insert(0, received);
    snapshot.notices.extend(package.contents.notice());
    let new = package.contents.filings.iter().filter(|f| snapshot.filings.iter().all(|known| known.id != f.id));
    let new: Vec<Filing> = new.cloned().collect();
    snapshot.filings.extend(new);
    snapshot.trust.known.extend(key_of(reading, time));
    for row in &plan.rows {
        let key = row.incoming.key.clone();
        snapshot.records.insert(key.clone(), Arc::new(Record { key, heads: row.after.clone() }));
    }
}

fn report(reading: &Reading, snapshot: &Snapshot) -> Imported {
    let mut imported = Imported {
        path: reading.path.clone(),
        sha256: reading.sha256.clone(),
        kind: None,
        agency: None,
        period: None,
        filing: None,
        edition: None,
        older_than: None,
        outcome: ImportOutcome::Refused,
        reason: None,
        rows: RowCounts::default(),
        standing: reading.standing,
        key: None,
        done: Done::default(),
    };
    match &reading.result {
        Err(refusal) => {
            if let Refusal::Untrusted { agency, key, .. } = refusal {
                imported.agency = Some(agency.clone());
                imported.key = *key;
            }
            imported.reason = Some(refusal.clone());
        }
        Ok((package, plan)) => {
            let header = &package.contents.header;
            imported.agency = Some(header.agency.clone());
            imported.period = period_of(header);
            imported.kind = Some(header.kind);
            imported.filing = filing_of(header);
            imported.edition =
                package.contents.edition.as_ref().map(|_| (Arc::clone(&snapshot.catalogue), after(package, snapshot)));
            imported.older_than = reading.older_than;
            imported.rows = plan.counts;
            imported.key = package.key;
            imported.outcome = if reading.known { ImportOutcome::Known } else { ImportOutcome::Merged };
        }
    }
    imported
}

/// True where the package was taken in before and would change nothing.
fn is_known(package: &Package, plan: &MergePlan, snapshot: &Snapshot) -> bool {
    let merged = |r: &Received| r.sha256 == package.sha256 && r.state == ReceivedState::Merged;
    let stands = |n: &Notice| n.id == package.contents.header.submission;
    if let Some(edition) = &package.contents.edition {
        return snapshot.catalogue.kinship(edition.catalogue()) != Kinship::Later;
    }
    match &package.contents.message {
        Some(_) => snapshot.notices.iter().any(stands),
        None => snapshot.received.iter().any(merged) && plan.rows.iter().all(|row| row.local == row.after),
    }
}

/// The filing that a package is, or is about; a working copy and a request are not about one.
pub fn filing_of(header: &Header) -> Option<FilingKind> {
    match header.kind {
        PackageKind::Submission | PackageKind::Receipt | PackageKind::Return => Some(header.filing),
        PackageKind::WorkingCopy | PackageKind::Request | PackageKind::Catalogue => None,
    }
}

/// The period of a package; a catalogue is about none.
pub fn period_of(header: &Header) -> Option<PeriodId> {
    (header.kind != PackageKind::Catalogue).then(|| header.period.id.clone())
}

/// The latest filing received from the package's sender for its period, or filed here, where that is a later one.
fn newer_filing(header: &Header, snapshot: &Snapshot) -> Option<FilingKind> {
    let Header { agency, recipient, period, .. } = header;
    let last = match *agency == snapshot.agency {
        true => snapshot.last_filing_for(recipient, agency, &period.id)?.kind,
        false => snapshot.last_received(agency, &period.id)?.filing?,
    };
    (header.kind == PackageKind::Submission && last > header.filing).then_some(last)
}

/// Merges the package, or keeps it aside with the reason of its refusal.
fn apply(
    store: &mut Store,
    ctx: &mut Context<'_>,
    reading: &Reading,
    snapshot: &Snapshot,
) -> Result<Done, ExchangeError> {
    let path = &reading.path;
    let io = || ExchangeError::io(path);
    let (package, plan) = match &reading.result {
        Ok(result) => result,
        Err(refusal) => {
            // A file that cannot be read leaves nothing to keep, and one that no mail carries is not worth its room.
            let opened = File::open(path).ok().map(|file| file.metadata().map(|m| (file, m.len())));
            let opened = opened.transpose().map_err(io())?;
            if let Some((mut file, bytes)) = opened.filter(|(_, bytes)| *bytes <= KEPT_ASIDE) {
                let state = ReceivedState::Refused(words::refusal(refusal));
                let signer = signer_of(reading);
                let received = Received {
                    sha256: reading.sha256.clone(),
                    file_name: file_name(path),
                    bytes,
                    kind: None,
                    arrival: Arrival { time: ctx.now, filed: None, due: Due::Timely },
                    state,
                    rows: RowCounts::default(),
                    agency: signer.as_ref().map(|s| s.agency.clone()).unwrap_or_default(),
                    period: None,
                    filing: None,
                    submission: String::new(),
                    signature: reading.standing,
                    signer,
                };
                ops::refuse(store, received, &mut file)?;
            }
            return Ok(Done::default());
        }
    };
    let received = received(reading, package, plan, snapshot, ctx.now);
    if let Some(edition) = &package.contents.edition {
        let mut file = File::open(path).map_err(io())?;
        return Ok(ops::adopt(store, ctx, received, edition, &mut file)?);
    }
    if let Some(notice) = package.contents.notice() {
        let mut file = File::open(path).map_err(io())?;
        return Ok(ops::accept(store, ctx, received, &notice, &mut file)?);
    }
    let evidence = package.contents.evidence.iter();
    let evidence = evidence
        .map(|e| (e.sha256.clone(), Box::new(LazyEvidence::Closed { path, package, evidence: e }) as Box<dyn Read>));
    let mut file = File::open(path).map_err(io())?;
    let incoming = Incoming {
        received,
        plan,
        package: &mut file,
        evidence: evidence.collect(),
        filings: &package.contents.filings,
    };
    Ok(ops::merge(store, ctx, incoming)?)
}

/// The package as it is noted when it is taken in at `now`.
fn received(
    reading: &Reading,
    package: &Package,
    plan: &MergePlan,
    snapshot: &Snapshot,
    now: DateTime<FixedOffset>,
) -> Received {
    let header = &package.contents.header;
    // By the calendar of whoever receives: the dates in the package are only what its sender says.
    let due_here = snapshot.catalogue.period(&header.period.id);
    // Without a signature anybody may have written the date.
    let signed = package.key.is_some() && header.kind == PackageKind::Submission;
    let filed = signed.then_some(header.created);
    // It may have been kept aside at first, or its merge undone: it came when it came first.
    let earlier = snapshot.received.iter().find(|r| r.sha256 == package.sha256);
    let arrived = earlier.map_or(now, |r| r.arrival.time);
    Received {
        sha256: package.sha256.clone(),
        file_name: package.file_name.clone(),
        bytes: package.bytes,
        kind: Some(header.kind),
        arrival: Arrival::of_report(arrived, filed, &due_here),
        state: ReceivedState::Merged,
        rows: plan.counts,
        agency: header.agency.clone(),
        period: period_of(header),
        filing: filing_of(header),
        submission: header.submission.clone(),
        signature: reading.standing,
        signer: signer_of(reading),
    }
}

/// Evidence that opens when it is first read and closes at its end: a package with a thousand files opens one at a time.
enum LazyEvidence<'a> {
    Closed { path: &'a Path, package: &'a Package, evidence: &'a EvidenceRef },
    Open(Box<dyn Read>),
    Ended,
}

impl Read for LazyEvidence<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let LazyEvidence::Closed { path, package, evidence } = self {
            let source = BufReader::new(File::open(path)?);
            let reader = package::open_evidence(source, package, evidence).map_err(io::Error::other)?;
            *self = LazyEvidence::Open(Box::new(reader));
        }
        let LazyEvidence::Open(reader) = self else { return Ok(0) };
        let count = reader.read(buffer)?;
        if count == 0 && !buffer.is_empty() {
            *self = LazyEvidence::Ended;
        }
        Ok(count)
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// SHA-256 (hex) and length of the rest of a stream.
pub(super) fn hash(source: &mut impl Read) -> io::Result<(String, u64)> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 16];
    let mut bytes = 0_u64;
    loop {
        match source.read(&mut buffer)? {
            0 => break,
            count => {
                hasher.update(&buffer[..count]);
                bytes += count as u64;
            }
        }
    }
    let hex = hasher.finalize().iter().map(|b| format!("{b:02x}")).collect();
    Ok((hex, bytes))
}
