//! One package read and judged: whether it is for this workspace, what it would change, and how it is noted.
//!
//! Nothing is written here: `import` shows or merges what was read.

use std::fs::File;
use std::io::{self, BufReader, Seek};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::notices::leads;
use super::signatures::{must_be_trusted, signer, standing};
use crate::catalogue::{Catalogue, Edition, Kinship, PeriodId};
use crate::merge::{self, MergePlan};
use crate::ops;
use crate::package::{self, Contents, Facts, Header, Package, PackageKind, Refusal};
use crate::record::{
    Arrival, Filing, FilingKind, Key, Message, Notice, Received, ReceivedState, ReturnedRow, RowCounts, Snapshot,
};
use crate::store::Store;
use crate::trust::Standing;
use crate::words;

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

/// Reads one package and plans its merge into the workspace of `snapshot`.
pub(super) fn read(path: &Path, store: &Store, snapshot: &Snapshot) -> Reading {
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

/// The package as it is noted where it came at `arrived`, before what it changes is counted.
pub(super) fn noted(
    package: &Package,
    standing: Option<Standing>,
    catalogue: &Catalogue,
    arrived: DateTime<FixedOffset>,
) -> Received {
    let header = &package.contents.header;
    // By the calendar of whoever receives: the dates in the package are only what its sender says.
    let due_here = catalogue.period(&header.period.id);
    // Without a signature anybody may have written the date.
    let signed = package.key.is_some() && header.kind == PackageKind::Submission;
    let filed = signed.then_some(header.created);
    Received {
        sha256: package.sha256.clone(),
        file_name: package.file_name.clone(),
        bytes: package.bytes,
        kind: Some(header.kind),
        arrival: Arrival::of_report(arrived, filed, &due_here),
        state: ReceivedState::Merged,
        rows: RowCounts::default(),
        agency: header.agency.clone(),
        period: period_of(header),
        filing: filing_of(header),
        submission: header.submission.clone(),
        signature: standing,
        signer: signer(package),
    }
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

pub(super) fn unreadable(error: io::Error) -> Refusal {
    Refusal::Unreadable(words::io_error(&error))
}

fn read_package(
    path: &Path,
    store: &Store,
    snapshot: &Snapshot,
    sha256: &mut String,
) -> Result<(Package, MergePlan), Refusal> {
    let mut file = File::open(path).map_err(unreadable)?;
    *sha256 = Facts::of_stream(&mut file).map_err(unreadable)?.sha256;
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
pub(super) fn must_continue(edition: &Edition, sender: &str, present: &Catalogue) -> Result<(), Refusal> {
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

/// The latest filing received from the package's sender for its period, or filed here, where that is a later one.
fn newer_filing(header: &Header, snapshot: &Snapshot) -> Option<FilingKind> {
    let Header { agency, recipient, period, .. } = header;
    let last = match *agency == snapshot.agency {
        true => snapshot.last_filing_for(recipient, agency, &period.id)?.kind,
        false => snapshot.last_received(agency, &period.id)?.filing?,
    };
    (header.kind == PackageKind::Submission && last > header.filing).then_some(last)
}
