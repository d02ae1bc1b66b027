//! Packages in: read, planned against the workspace, shown or merged, one after the other.
//!
//! The preview and the merge run the same loop; only the last step differs. A package that is refused changes nothing,
//! is kept aside with its reason, and never stops the others.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::reading::{Reading, file_name, filing_of, noted, period_of, read, unreadable};
use super::signatures::{key_of, remember, signer_of};
use super::{ExchangeError, Flow, Stage, Step, step};
use crate::catalogue::{Catalogue, Edition, Id, Kinship, PeriodId};
use crate::merge::MergePlan;
use crate::ops::{self, Adoption, Context, Done, Incoming, OpsError};
use crate::package::{self, Package, PackageKind, Refusal};
use crate::record::{
    Arrival, Due, EvidenceRef, Filing, FilingKind, Received, ReceivedState, Record, RowCounts, Snapshot,
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
        let mut reading = read(path, store, &snapshot);
        let done = match apply(store, ctx, &reading, &snapshot) {
            Err(error) => {
                // Nothing of it was taken in: it is refused like one that could not be read from the start.
                reading.result = Err(refusal_of(error, path)?);
                Done::default()
            }
            Ok(done) => done,
        };
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

/// Merges the package, or keeps it aside with the reason of its refusal.
fn apply(
    store: &mut Store,
    ctx: &mut Context<'_>,
    reading: &Reading,
    snapshot: &Snapshot,
) -> Result<Done, ExchangeError> {
    let path = &reading.path;
    let (package, plan) = match &reading.result {
        Ok(result) => result,
        Err(refusal) => {
            keep_aside(store, ctx, reading, refusal)?;
            return Ok(Done::default());
        }
    };
    let received = received(reading, package, plan, snapshot, ctx.now);
    let mut file = File::open(path).map_err(ExchangeError::io(path))?;
    if let Some(edition) = &package.contents.edition {
        return Ok(ops::adopt(store, ctx, Adoption { received, edition, package: &mut file })?);
    }
    if let Some(notice) = package.contents.notice() {
        return Ok(ops::accept(store, ctx, received, &notice, &mut file)?);
    }
    let evidence = package.contents.evidence.iter();
    let evidence = evidence
        .map(|e| (e.sha256.clone(), Box::new(LazyEvidence::Closed { path, package, evidence: e }) as Box<dyn Read>));
    let incoming = Incoming {
        received,
        plan,
        package: &mut file,
        evidence: evidence.collect(),
        filings: &package.contents.filings,
    };
    Ok(ops::merge(store, ctx, incoming)?)
}

/// The refusal of a package whose file could not be read to its end, or was replaced, after it had been read once. Any
/// other error is about the workspace.
fn refusal_of(error: ExchangeError, file: &Path) -> Result<Refusal, ExchangeError> {
    match error {
        ExchangeError::Io { path, error } if path == file => Ok(unreadable(error)),
        ExchangeError::Ops(OpsError::Stream { detail, .. }) => Ok(Refusal::Unreadable(detail)),
        ExchangeError::Ops(OpsError::PackageChanged { .. } | OpsError::EvidenceChanged { .. }) => {
            Ok(Refusal::Unreadable(words::changed_while_read().to_owned()))
        }
        error => Err(error),
    }
}

/// Keeps a refused package with its reason, but for one that cannot be read at all, or that no mail carries.
fn keep_aside(store: &mut Store, ctx: &Context<'_>, reading: &Reading, refusal: &Refusal) -> Result<(), ExchangeError> {
    let path = &reading.path;
    if matches!(refusal, Refusal::Unreadable(_)) {
        return Ok(());
    }
    let Ok(mut file) = File::open(path) else { return Ok(()) };
    let bytes = file.metadata().map_err(ExchangeError::io(path))?.len();
    if bytes > KEPT_ASIDE {
        return Ok(());
    }
    let signer = signer_of(reading);
    let received = Received {
        sha256: reading.sha256.clone(),
        file_name: file_name(path),
        bytes,
        kind: None,
        arrival: Arrival { time: ctx.now, filed: None, due: Due::Timely },
        state: ReceivedState::Refused(words::refusal(refusal)),
        rows: RowCounts::default(),
        agency: signer.as_ref().map(|s| s.agency.clone()).unwrap_or_default(),
        period: None,
        filing: None,
        submission: String::new(),
        signature: reading.standing,
        signer,
    };
    Ok(ops::refuse(store, received, &mut file)?)
}

/// The package as it is noted when it is taken in at `now`.
fn received(
    reading: &Reading,
    package: &Package,
    plan: &MergePlan,
    snapshot: &Snapshot,
    now: DateTime<FixedOffset>,
) -> Received {
    // It may have been kept aside at first, or its merge undone: it came when it came first.
    let earlier = snapshot.received.iter().find(|r| r.sha256 == package.sha256);
    let arrived = earlier.map_or(now, |r| r.arrival.time);
    Received { rows: plan.counts, ..noted(package, reading.standing, &snapshot.catalogue, arrived) }
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
