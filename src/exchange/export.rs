//! Filing: the report of one period, or a contribution to a lead agency's, as one package, or several where the mail's size limit asks for it.
//!
//! What has not changed since its last filing is not filed again: the same package is written once more.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use tempfile::NamedTempFile;

use super::{ExchangeError, Flow, Stage, Step, paperwork, step};
use crate::catalogue::{Id, PeriodId};
use crate::ops::{self, Context, Done};
use crate::package::{self, Contents, Facts, Header, PackageKind, Papers, Part, Signing};
use crate::platform::whole;
use crate::record::{EvidenceRef, Filing, FilingKind, Record, Revision, Snapshot};
use crate::report;
use crate::report::eml::{self, Letter};
use crate::report::{Cover, File as Enclosed, Purpose, Templates};
use crate::store::Store;

/// What an e-mail may carry where nothing else is set: 20 MB.
pub const DEFAULT_LIMIT: u64 = 20 << 20;

pub(super) const SOFTWARE: &str = concat!("dti ", env!("CARGO_PKG_VERSION"));

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

/// Whether to write a mail draft beside each package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eml {
    Write,
    Skip,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub files: Vec<ExportedFile>,
    pub filing: Filing,
    pub novelty: Novelty,
    /// Mail drafts, one for each file, where they were asked for.
    pub eml: Vec<PathBuf>,
    /// What the drafts say.
    pub letters: Vec<Letter>,
    /// Records of the period that wait for a choice; all their heads are in the package.
    pub conflicts: usize,
    /// Expected items without a value; of a contribution, those that were asked for.
    pub missing: Vec<Id>,
    pub done: Done,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    pub path: PathBuf,
    pub sha256: String,
    pub bytes: u64,
}

impl ExportedFile {
    /// Its name without the folder.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// As a letter names it.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> Enclosed<'a> {
        Enclosed { name, bytes: self.bytes, sha256: &self.sha256 }
    }
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
    let agency = snapshot.agency.clone();
    let receiver = &snapshot.catalogue.plan.receiver;
    let recipient = options.recipient.as_ref().unwrap_or(receiver);
    let report = recipient == receiver;
    if !report && *recipient == agency {
        return Err(ExchangeError::ToOneself(agency));
    }
    let revisions = snapshot.filing_revisions_for(recipient, &agency, period);
    let revisions: Vec<Revision> = revisions.into_iter().cloned().collect();
    if revisions.is_empty() {
        return Err(match report {
            true => ExchangeError::NothingToFile { agency, period: period.clone() },
            false => ExchangeError::NothingToContribute { lead: recipient.clone(), period: period.clone() },
        });
    }
    let last = snapshot.last_filing_for(recipient, &agency, period).cloned();
    let unchanged = last.filter(|f| f.revisions == ids(&revisions));
    let again = unchanged.is_some();
    let mut filing = match unchanged {
        Some(filing) => Filing { limit: options.limit_bytes, ..filing },
        None => next_filing(&snapshot, ctx, (recipient, period), &revisions, options.limit_bytes),
    };

    fs::create_dir_all(&options.to).map_err(ExchangeError::io(&options.to))?;
    let papers = if report { Some(papers(&snapshot, &filing, &revisions)?) } else { None };
    let room = papers.as_ref().map_or(0, Papers::bytes);
    let device = ops::signing_device(store, &filing.device)?;
    let parts = package::split(contents(&snapshot, &filing, device, revisions), room, options.limit_bytes);
    let mut written = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let name = package::file_name(&part.header, &snapshot.catalogue.plan);
        step(progress, Step { stage: Stage::Writing, name, done: index, of: parts.len() })?;
        let papers = papers.as_ref().filter(|_| part.header.part.number == 1);
        written.push(write(store, part, papers, &options.to)?);
    }

    let hashes: Vec<String> = written.iter().map(|w| w.facts.sha256.clone()).collect();
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
        let file = package.keep(&options.to, &package::file_name(&part.header, &snapshot.catalogue.plan))?;
        if options.eml == Eml::Write {
            let (draft, letter) = write_draft(&templates, &snapshot, &part.header, &file)?;
            exported.eml.push(draft);
            exported.letters.push(letter);
        }
        exported.files.push(file);
    }
    Ok(exported)
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
fn contents(snapshot: &Snapshot, filing: &Filing, device: String, revisions: Vec<Revision>) -> Contents {
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
        part: Part { number: 1, of: 1 },
    };
    let evidence = travelling(snapshot, &revisions);
    Contents { revisions, evidence, ..Contents::new(header) }
}

/// The report that travels in the filing's package, for whoever opens that without this program.
fn papers(snapshot: &Snapshot, filing: &Filing, revisions: &[Revision]) -> Result<Papers, ExchangeError> {
    let document = report::of_filing(snapshot, filing, revisions);
    Ok(Papers { docx: report::docx(&document)?, xlsx: report::xlsx(&document)? })
}

/// The evidence of revisions whose bytes are here, each content once.
pub(super) fn travelling(snapshot: &Snapshot, revisions: &[Revision]) -> Vec<EvidenceRef> {
    let mut evidence: BTreeMap<&str, &EvidenceRef> = BTreeMap::new();
    for reference in revisions.iter().flat_map(|r| &r.body.evidence) {
        if !snapshot.missing_evidence.contains(&reference.sha256) {
            evidence.entry(&reference.sha256).or_insert(reference);
        }
    }
    evidence.into_values().cloned().collect()
}

/// A package under a temporary name in its folder, synced.
pub(super) struct Written {
    file: NamedTempFile,
    facts: Facts,
}

pub(super) fn write(
    store: &Store,
    contents: &Contents,
    papers: Option<&Papers>,
    folder: &Path,
) -> Result<Written, ExchangeError> {
    let io = || ExchangeError::io(folder);
    let key = ops::own_key_at(store, contents.header.created)?;
    let mut file = whole::draft_in(folder).map_err(io())?;
    let mut read = |evidence: &EvidenceRef, out: &mut dyn Write| {
        ops::read_evidence(store, &evidence.sha256, out).map_err(io::Error::other)
    };
    let mut buffered = BufWriter::new(file.as_file_mut());
    package::write(contents, store.catalogue(), papers, Signing::With(&key), &mut read, &mut buffered)?;
    buffered.flush().map_err(io())?;
    drop(buffered);
    file.as_file().sync_all().map_err(io())?;
    file.rewind().map_err(io())?;
    let facts = Facts::of_stream(&mut file).map_err(io())?;
    Ok(Written { file, facts })
}

impl Written {
    /// Gives the file its name. One of that name with other bytes is never overwritten: the new one gets a number.
    pub fn keep(self, folder: &Path, name: &str) -> Result<ExportedFile, ExchangeError> {
        let Written { mut file, facts } = self;
        let kept = |path| ExportedFile { path, sha256: facts.sha256.clone(), bytes: facts.bytes };
        let stem = name.strip_suffix(".zip").unwrap_or(name);
        let mut number = 1;
        loop {
            let name = if number == 1 { name.to_owned() } else { format!("{stem} ({number}).zip") };
            let path = folder.join(name);
            match file.persist_noclobber(&path) {
                Ok(_) => return Ok(kept(path)),
                Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => file = e.file,
                Err(e) => return Err(ExchangeError::Io { path, error: e.error }),
            }
            if File::open(&path).and_then(|mut f| Facts::of_stream(&mut f)).is_ok_and(|there| there == facts) {
                return Ok(kept(path));
            }
            number += 1;
        }
    }
}

fn write_draft(
    templates: &Templates,
    snapshot: &Snapshot,
    header: &Header,
    file: &ExportedFile,
) -> Result<(PathBuf, Letter), ExchangeError> {
    let catalogue = &snapshot.catalogue;
    let letter = templates.filing(&Cover {
        sender: catalogue.agency_name(&header.agency),
        recipient: catalogue.agency_name(&header.recipient),
        officer: &header.officer,
        period: &header.period,
        purpose: if header.contributes(&catalogue.plan) { Purpose::Contribution } else { Purpose::Report },
        filing: header.filing,
        file: file.named(&file.name()),
        part: (header.part.number, header.part.of),
        time: header.created,
    });
    let id = format!("{}-{}", header.submission, header.part.number);
    Ok((draft_beside(&letter, file, &id, header.created)?, letter))
}

/// Writes the mail draft that carries a package beside it.
pub(super) fn draft_beside(
    letter: &Letter,
    file: &ExportedFile,
    id: &str,
    time: DateTime<FixedOffset>,
) -> Result<PathBuf, ExchangeError> {
    let io = || ExchangeError::io(&file.path);
    let name = file.path.file_name().unwrap_or_default().to_string_lossy();
    let mut bytes = Vec::new();
    File::open(&file.path).and_then(|mut f| f.read_to_end(&mut bytes)).map_err(io())?;
    let attachment = eml::Attachment { name: &name, media: eml::ZIP, bytes: &bytes };
    let draft = eml::draft(letter, Some(attachment), id, time).map_err(io())?;
    let path = file.path.with_extension("eml");
    whole::write(&path, |out| out.write_all(&draft)).map_err(ExchangeError::io(&path))?;
    Ok(path)
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
