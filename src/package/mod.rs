//! The data package: a flat ZIP that is a Data Package v2 and carries BagIt manifests. Reads and writes bytes only.
//!
//! [`write()`] and [`read()`] are each other's inverse; [`split`] cuts a submission into packages that fit an e-mail. What
//! a package changes in a workspace is for `merge`, which agency gets it and where it lies for `exchange`.

mod bag;
mod container;
mod descriptor;
mod directory;
mod filings;
mod hash;
mod json;
pub mod limits;
mod messages;
mod names;
mod read;
mod read_me;
mod refusal;
mod rfc4180;
mod rows;
mod split;
mod table;
mod until_failure;
mod write;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::catalogue::{Edition, Id, Period, Plan};
use crate::record::{EvidenceRef, Filing, FilingKind, Message, Notice, Revision};
use crate::trust::PublicKey;

pub use crate::record::PackageKind;
pub use hash::Facts;
pub use names::file_name;
pub use read::{open_evidence, peek, read, read_evidence};
pub use refusal::{CellProblem, DirectoryFault, NameProblem, Place, Refusal};
pub use split::split;
pub use write::{EvidenceSource, Papers, Signing, WriteError, write};

/// The format that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// Who sent what to whom: the `dti` block of `datapackage.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub kind: PackageKind,
    pub plan: Id,
    pub catalogue_version: u32,
    pub catalogue_hash: String,
    /// The sender.
    pub agency: Id,
    pub device: String,
    /// Of a catalogue, which is for all agencies, the sender.
    pub recipient: Id,
    /// Of a working copy, which has all periods, and of a catalogue: the one in which it was made.
    pub period: Period,
    /// Of a receipt or return, the filing that it is about; of no meaning in a working copy or request.
    pub filing: FilingKind,
    /// Submission id, UUIDv7; parts of one submission share it, and a notice has one of its own.
    pub submission: String,
    /// SHA-256 of the package filed before this one.
    pub previous: Option<String>,
    /// The submission id that this one answers: of a receipt or return, the filing; of a supplementary filing, the receipt
    /// or return of the filing before it, where there was one.
    pub answers: Option<String>,
    pub officer: String,
    pub software: String,
    pub created: DateTime<FixedOffset>,
    pub part: Part,
}

/// Part `number` of `of`, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub number: u32,
    pub of: u32,
}

impl Part {
    /// Of what is not split.
    pub const ONLY: Part = Part { number: 1, of: 1 };
}

/// What goes into one package: values, and the evidence whose bytes travel in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    pub header: Header,
    /// Sorted by key, then id.
    pub revisions: Vec<Revision>,
    /// Evidence whose bytes are in this package; a subset of what the revisions refer to, or (part 2..) of part 1's.
    pub evidence: Vec<EvidenceRef>,
    /// What was filed before, in a working copy only, the newest first.
    pub filings: Vec<Filing>,
    /// What a receipt, return or request says; such a package has neither revisions nor evidence.
    pub message: Option<Message>,
    /// The edition that a catalogue package brings; it has nothing else.
    pub edition: Option<Edition>,
}

/// A package that passed every check. Evidence bytes stay in the archive until asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    pub file_name: String,
    /// SHA-256 of the file.
    pub sha256: String,
    pub bytes: u64,
    pub signature: Signature,
    /// The key that the signature was made with; none without one.
    pub key: Option<PublicKey>,
    pub contents: Contents,
    /// SHA-256 of an evidence file to its entry in the archive.
    pub evidence_entries: BTreeMap<String, String>,
}

impl Header {
    /// True where it brings figures to another than the plan's receiver: a contribution to the lead of their tasks.
    pub fn contributes(&self, plan: &Plan) -> bool {
        self.kind == PackageKind::Submission && self.recipient != plan.receiver
    }
}

impl Contents {
    /// A package with nothing in it yet.
    pub fn new(header: Header) -> Contents {
        let (revisions, evidence, filings) = (Vec::new(), Vec::new(), Vec::new());
        Contents { header, revisions, evidence, filings, message: None, edition: None }
    }

    /// The notice that the package carries, if it is one.
    pub fn notice(&self) -> Option<Notice> {
        let header = &self.header;
        Some(Notice {
            id: header.submission.clone(),
            sender: header.agency.clone(),
            recipient: header.recipient.clone(),
            period: header.period.id.clone(),
            officer: header.officer.clone(),
            device: header.device.clone(),
            time: header.created,
            message: self.message.clone()?,
        })
    }
}

/// The signature's state. [`read()`] knows nobody's key: it finds [`None`](Signature::None) or
/// [`UnknownKey`](Signature::UnknownKey), and refuses a bad one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// By a key that a workspace knows as the sender's.
    Good,
    /// Not of this content, or not by the key that the package names.
    Bad,
    None,
    /// It holds, by the key that the package itself brings.
    UnknownKey,
}
