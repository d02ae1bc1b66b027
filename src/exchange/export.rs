//! Filing: the report of one period, or a contribution to a lead agency's, as one package, or several where the mail's size limit asks for it.
//!
//! What has not changed since its last filing is not filed again: the same package is written once more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::delivery::{self, Eml, ExportedFile, SOFTWARE, Written};
use super::{ExchangeError, Flow, Stage, Step, paperwork, step};
use crate::catalogue::{Id, PeriodId};
use crate::ops::{self, Context, Done};
use crate::package::{self, Contents, Header, PackageKind, Papers, Part};
use crate::record::{EvidenceRef, Filing, FilingKind, Record, Revision, Snapshot};
use crate::report::eml::Letter;
use crate::report::{self, Cover, Purpose, Templates};
use crate::store::Store;

/// What an e-mail may carry where nothing else is set: 20 MB.
pub const DEFAULT_LIMIT: u64 = 20 << 20;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportOptions {
    /// Packages are split so that none is larger (bytes), where that is possible.
    pub limit_bytes: u64,
    /// The folder to write into; made where it is missing.
    pub to: PathBuf,
    pub eml: Eml,
    /// The lead agency that gets a contribution; none: the receiving department, which gets the report.
    pub recipient: Option<Id>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub files: Vec<ExportedFile>,
    pub filing: Filing,
    pub novelty: Novelty,
    /// Mail drafts, one for each file, where they were asked for.
    pub eml: Vec<PathBuf>,
    /// What drafts say, one for each file.
    pub letters: Vec<Letter>,
    /// Records of the period that wait for a choice; all their heads are in the package.
    pub conflicts: usize,
    /// Expected items without a value; of a contribution, those that were asked for.
    pub missing: Vec<Id>,
    pub done: Done,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Novelty {
    /// Filed now.
    New,
    /// Nothing changed since the last filing: its packages, byte for byte.
    Again,
    /// Nothing changed, but the bytes did: another size limit, or a newer version of the program or catalogue.
    Rewritten,
}

/// The size limit that the last filing of this agency and period for a recipient (none: the receiving department) was
/// split by: the default for writing it again.
pub fn last_limit(snapshot: &Snapshot, period: &PeriodId, recipient: Option<&str>) -> Option<u64> {
    let recipient = recipient.unwrap_or(&snapshot.catalogue.plan.receiver);
    snapshot.last_filing_for(recipient, &snapshot.agency, period).map(|f| f.limit)
}

/// Files the workspace's report for `period`, or its contribution to a lead agency's, and writes the package(s).
///
/// The filing is stored before the files get their names: after a crash in between, exporting again writes the same bytes.
///
/// # Errors
/// [`ExchangeError`]; before the filing is stored nothing has changed.
pub fn export(
    store: &mut Store,
    ctx: &mut Context<'_>,
    period: &PeriodId,
    options: &ExportOptions,
    progress: &mut dyn FnMut(Step) -> Flow,
) -> Result<Exported, ExchangeError> {
    let snapshot = ops::snapshot(store)?;
    let receiver = &snapshot.catalogue.plan.receiver;
    let recipient = options.recipient.as_ref().unwrap_or(receiver);
    let revisions = to_file(&snapshot, recipient, period)?;
    let last = snapshot.last_filing_for(recipient, &snapshot.agency, period).cloned();
    let unchanged = last.filter(|f| f.revisions == ids(&revisions));
    let again = unchanged.is_some();
    let mut filing = match unchanged {
        Some(filing) => Filing { limit: options.limit_bytes, ..filing },
        None => next_filing(&snapshot, ctx, (recipient, period), &revisions, options.limit_bytes),
    };

    let papers = if recipient == receiver { Some(papers(&snapshot, &filing, &revisions)?) } else { None };
    let room = papers.as_ref().map_or(0, Papers::bytes);
    let device = ops::signing_device(store, &filing.device)?;
    let evidence = travelling(store, &revisions)?;
    let parts = package::split(contents(&snapshot, &filing, device, revisions, evidence), room, options.limit_bytes);
    let written = write_parts(store, &parts, papers.as_ref(), &options.to, progress)?;

    let hashes: Vec<String> = written.iter().map(|w| w.sha256().to_owned()).collect();
    let (novelty, done) = match again {
        true if hashes == filing.packages => (Novelty::Again, Done::default()),
        true => (Novelty::Rewritten, Done::default()),
        false => {
            filing.packages = hashes;
            (Novelty::New, ops::file(store, ctx, filing.clone())?)
        }
    };
    let templates = paperwork::templates(store);
    let mut exported = Exported {
        files: Vec::new(),
        conflicts: conflicts(&snapshot, &filing),
        missing: missing(&snapshot, &filing),
        filing,
        novelty,
        eml: Vec::new(),
        letters: Vec::new(),
        done,
    };
    for (part, package) in parts.iter().zip(written) {
        let header = &part.header;
        let file = package.keep(&options.to, &package::file_name(header, &snapshot.catalogue.plan))?;
        let letter = letter(&templates, &snapshot, header, &file);
        let id = format!("{}-{}", header.submission, header.part.number);
        exported.eml.extend(delivery::draft(options.eml, &letter, &file, &id, header.created)?);
        exported.letters.push(letter);
        exported.files.push(file);
    }
    Ok(exported)
}

/// What is filed for a recipient: something, or the reason why there is nothing.
fn to_file(snapshot: &Snapshot, recipient: &str, period: &PeriodId) -> Result<Vec<Revision>, ExchangeError> {
    let agency = &snapshot.agency;
    let report = recipient == snapshot.catalogue.plan.receiver;
    if !report && recipient == agency {
        return Err(ExchangeError::ToOneself(agency.clone()));
    }
    let revisions = snapshot.filing_revisions_for(recipient, agency, period);
    match (revisions.is_empty(), report) {
        (false, _) => Ok(revisions.into_iter().cloned().collect()),
        (true, true) => Err(ExchangeError::NothingToFile { agency: agency.clone(), period: period.clone() }),
        (true, false) => Err(ExchangeError::NothingToContribute { lead: recipient.to_owned(), period: period.clone() }),
    }
}

/// The first part has the papers.
fn write_parts(
    store: &Store,
    parts: &[Contents],
    papers: Option<&Papers>,
    folder: &Path,
    progress: &mut dyn FnMut(Step) -> Flow,
) -> Result<Vec<Written>, ExchangeError> {
    let mut written = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let name = package::file_name(&part.header, &store.catalogue().plan);
        step(progress, Step { stage: Stage::Writing, name, done: index, of: parts.len() })?;
        written.push(delivery::write(store, part, papers.filter(|_| part.header.part.number == 1), folder)?);
    }
    Ok(written)
}

fn ids(revisions: &[Revision]) -> Vec<String> {
    let mut ids: Vec<String> = revisions.iter().map(|r| r.id.clone()).collect();
    ids.sort();
    ids
}

fn next_filing(
    snapshot: &Snapshot,
    ctx: &mut Context<'_>,
    (recipient, period): (&str, &PeriodId),
    revisions: &[Revision],
    limit: u64,
) -> Filing {
    let last = snapshot.last_filing_for(recipient, &snapshot.agency, period);
    Filing {
        id: (ctx.new_id)(),
        agency: snapshot.agency.clone(),
        recipient: recipient.to_owned(),
        period: period.clone(),
        kind: last.map_or(FilingKind::Official, |f| FilingKind::Supplementary(f.kind.number() + 1)),
        officer: ctx.officer.to_owned(),
        device: snapshot.device.clone(),
        time: ctx.now,
        revisions: ids(revisions),
        packages: Vec::new(),
        previous: last.and_then(|f| f.packages.first().cloned()),
        answers: last.and_then(|f| snapshot.answer(&f.id)).map(|n| n.id.clone()),
        software: SOFTWARE.to_owned(),
        limit,
    }
}

/// Everything but the filing itself and the device that signs follows from the revisions and the catalogue.
fn contents(
    snapshot: &Snapshot,
    filing: &Filing,
    device: String,
    revisions: Vec<Revision>,
    evidence: Vec<EvidenceRef>,
) -> Contents {
    let catalogue = &snapshot.catalogue;
    let header = Header {
        kind: PackageKind::Submission,
        plan: catalogue.plan.id.clone(),
        catalogue_version: catalogue.plan.version,
        catalogue_hash: catalogue.hash.clone(),
        agency: filing.agency.clone(),
        device,
        recipient: filing.recipient.clone(),
        period: catalogue.period(&filing.period),
        filing: filing.kind,
        submission: filing.id.clone(),
        previous: filing.previous.clone(),
        answers: filing.answers.clone(),
        officer: filing.officer.clone(),
        // The running program, not the one that filed: a package never claims to be written by another version.
        software: SOFTWARE.to_owned(),
        created: filing.time,
        part: Part::ONLY,
    };
    Contents { revisions, evidence, ..Contents::new(header) }
}

/// The report that travels in the filing's package, for whoever opens that without this program.
fn papers(snapshot: &Snapshot, filing: &Filing, revisions: &[Revision]) -> Result<Papers, ExchangeError> {
    let document = report::of_filing(snapshot, filing, revisions);
    Ok(Papers { docx: report::docx(&document)?, xlsx: report::xlsx(&document)? })
}

/// The evidence of revisions whose bytes are here, each content once.
pub(super) fn travelling(store: &Store, revisions: &[Revision]) -> Result<Vec<EvidenceRef>, ExchangeError> {
    let mut evidence: BTreeMap<&str, &EvidenceRef> = BTreeMap::new();
    for reference in revisions.iter().flat_map(|r| &r.body.evidence) {
        evidence.entry(&reference.sha256).or_insert(reference);
    }
    let hashes: Vec<&str> = evidence.keys().copied().collect();
    let here = ops::evidence_here(store, &hashes)?;
    Ok(evidence
        .into_iter()
        .filter(|(sha256, _)| here.contains(*sha256))
        .map(|(_, reference)| reference.clone())
        .collect())
}

fn letter(templates: &Templates, snapshot: &Snapshot, header: &Header, file: &ExportedFile) -> Letter {
    let catalogue = &snapshot.catalogue;
    templates.filing(&Cover {
        sender: catalogue.agency_name(&header.agency),
        recipient: catalogue.agency_name(&header.recipient),
        officer: &header.officer,
        period: &header.period,
        purpose: if header.contributes(&catalogue.plan) { Purpose::Contribution } else { Purpose::Report },
        filing: header.filing,
        file: file.named(&file.name()),
        part: (header.part.number, header.part.of),
        time: header.created,
    })
}

/// The agency's own records in the filing that wait for a choice.
fn conflicts(snapshot: &Snapshot, filing: &Filing) -> usize {
    let filed = |r: &&Record| r.heads.iter().any(|h| filing.revisions.contains(&h.id));
    snapshot.of_agency(&filing.agency, &filing.period).filter(|r| r.in_conflict()).filter(filed).count()
}

/// Expected items without any value; one that waits for a choice has one. Of a contribution, the items asked for.
fn missing(snapshot: &Snapshot, filing: &Filing) -> Vec<Id> {
    let (catalogue, period) = (&snapshot.catalogue, &filing.period);
    let expected = match filing.recipient == catalogue.plan.receiver {
        true => catalogue.expected(&snapshot.agency, &catalogue.period(period)),
        false => snapshot.requested(&filing.recipient, &snapshot.agency, period),
    };
    let has_value = |item: &&str| {
        snapshot.item(item, &snapshot.agency, period).is_some_and(|r| r.in_conflict() || r.reported().is_some())
    };
    expected.into_iter().filter(|item| !has_value(item)).map(str::to_owned).collect()
}
