//! Documents for people outside the program, as bytes: reports for Word and Excel, and mail drafts. Touches no disk.
//!
//! A report is one document tree ([`Document`]), written by [`docx`] and [`xlsx`].
//! The figures come from `progress` and their wording from `words`; the layout follows NĐ 30/2020/NĐ-CP. The same
//! snapshot and request give the same bytes: the clock is an argument.

mod agency;
mod document;
mod docx;
pub mod eml;
mod form;
mod letterhead;
mod letters;
mod picture;
mod province;
mod repack;
mod tables;
mod template;
mod xlsx;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use crate::catalogue::{Id, PeriodId};
use crate::record::{Filing, Key, Record, Revision, Snapshot};

pub use document::{
    Align, Annex, Authenticity, Bar, Block, Cell, Chart, Column, Document, Letter, Letterhead, Medium, Number,
    Properties, Row, Signature, Table,
};
pub use docx::docx;
pub use form::{form, form_name};
pub use letters::{Cover, File, Purpose};
pub use template::{Occasion, Placeholder, Template, TemplateError, Templates};
pub use xlsx::xlsx;

/// The reports that there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// An agency's report to the receiving department.
    Agency(Id),
    /// The receiving department's consolidated report to UBND tỉnh and Bộ.
    Province,
    /// The plan's appendix with progress columns, over the whole province.
    Appendix,
    /// Who is late and who has not reported.
    Late,
}

/// What to write, and what the figures do not say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub kind: Kind,
    pub period: PeriodId,
    /// The date under the letterhead, and the files' creation time.
    pub issued: DateTime<FixedOffset>,
    /// None: the head of the agency, unnamed.
    pub signer: Option<Signer>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// "KT. GIÁM ĐỐC": by whose authority, where not by one's own.
    pub authority: Option<String>,
    pub title: String,
    pub name: String,
}

/// Why a file could not be written. Both mean a fault of this program: every text and number is made fit before.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("docx: {0}")]
    Docx(String),
    #[error("xlsx: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error("packing: {0}")]
    Packing(#[from] zip::result::ZipError),
}

impl Request {
    /// The report that the workspace's owner sends: its own, or the province's where it receives.
    pub fn of(snapshot: &Snapshot, period: &PeriodId, issued: DateTime<FixedOffset>) -> Request {
        let kind = if snapshot.receives() { Kind::Province } else { Kind::Agency(snapshot.agency.clone()) };
        Request { kind, period: period.clone(), issued, signer: None }
    }
}

/// The report of one filing, for its package: it follows from the filing and the catalogue alone, whatever else the
/// workspace holds by now, so that writing the package again gives the same bytes. The period before is not in it.
pub fn of_filing(snapshot: &Snapshot, filing: &Filing, revisions: &[Revision]) -> Document {
    let mut records: BTreeMap<Key, Record> = BTreeMap::new();
    for revision in revisions {
        let record = || Record { key: revision.key.clone(), heads: Vec::new() };
        records.entry(revision.key.clone()).or_insert_with(record).heads.push(revision.clone());
    }
    let filed = Snapshot {
        catalogue: snapshot.catalogue.clone(),
        agency: filing.agency.clone(),
        officer: filing.officer.clone(),
        device: filing.device.clone(),
        records: records.into_iter().map(|(key, record)| (key, Arc::new(record))).collect(),
        filings: Vec::new(),
        received: Vec::new(),
        notices: Vec::new(),
        operations: Vec::new(),
        editions: Vec::new(),
        missing_evidence: Vec::new(),
        trust: snapshot.trust.clone(),
    };
    let kind = Kind::Agency(filing.agency.clone());
    document(&filed, &Request { kind, period: filing.period.clone(), issued: filing.time, signer: None })
}

/// The report as a tree, ready for [`docx`] and [`xlsx`].
pub fn document(snapshot: &Snapshot, request: &Request) -> Document {
    match &request.kind {
        Kind::Agency(agency) => agency::report(snapshot, agency, request),
        Kind::Province => province::report(snapshot, request),
        Kind::Appendix => province::appendix(snapshot, request),
        Kind::Late => province::late_list(snapshot, request),
    }
}
