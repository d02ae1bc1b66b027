//! What the worker answers. Every event carries the number of its job; all but [`Event::Progress`] are the last word on it.

use std::path::PathBuf;
use std::sync::Arc;

use super::figures::Figures;
use super::queue::Request;
use crate::catalogue::{Catalogue, Id, PeriodId, Takeover};
use crate::exchange::{FirstEdition, ImportOutcome, Novelty};
use crate::merge::PlanRow;
use crate::platform::place::Concern;
use crate::record::{Filing, FilingKind, Key, Notice, PackageKind, Revision, RowCounts, Snapshot};
use crate::report::Templates;
use crate::store::Backup;
use crate::store::backup::Reason;
use crate::table::{self, ComponentReading, ComponentTable, ComponentsError, SheetError};
use crate::trust::{Signer, Standing};

#[derive(Debug)]
pub struct Report {
    pub request: Request,
    pub event: Event,
}

#[derive(Debug)]
pub enum Event {
    Opened {
        path: PathBuf,
        access: OpenedFor,
        /// What speaks against the place where the file lies.
        concern: Option<Concern>,
        state: State,
    },
    Closed,
    /// A catalogue package that a new workspace can begin with.
    EditionRead(Box<FirstEdition>),
    /// It cannot be opened, not even to look at; there is something to do about that.
    Unreadable {
        path: PathBuf,
        /// In words.
        why: String,
        /// True where some of it may be readable.
        rescuable: bool,
        /// The newest first.
        backups: Vec<Backup>,
    },
    /// A backup was asked for: whether one was made, and all there are now, the newest first.
    BackedUp {
        reason: Reason,
        made: bool,
        backups: Vec<Backup>,
    },
    Backups(Vec<Backup>),
    /// A backup lies in the place of the file, which is not open.
    Restored {
        path: PathBuf,
        /// Where the file that was there is kept.
        kept: Option<PathBuf>,
        /// Hashes of the evidence and packages that the backup could not bring back.
        missing: Vec<String>,
    },
    /// A new file with what was readable of a damaged one, and what was not, in words.
    Rescued {
        path: PathBuf,
        saved: String,
        lost: Vec<String>,
    },
    /// Something was stored, or nothing needed to be.
    Stored {
        outcome: Stored,
        state: State,
    },
    /// The figures of the period asked for.
    Shown(State),
    History {
        key: Key,
        revisions: Vec<Revision>,
    },
    Changes {
        operation: String,
        changes: Vec<Change>,
    },
    /// The editions that stand, newest first.
    Editions(Vec<EditionChanges>),
    Previewed(Vec<Previewed>),
    /// What a table would record, row by row; an error where it is no table.
    TableRead {
        path: PathBuf,
        preview: Box<Result<table::Preview, SheetError>>,
    },
    /// What an official table would change of a catalogue, row by row; an error where it is none.
    ComponentsRead(Box<ComponentsRead>),
    /// Forms or mail drafts were written, one file each.
    PapersWritten {
        papers: Papers,
        files: Vec<PathBuf>,
    },
    /// A file was written outside the workspace.
    Written {
        path: PathBuf,
        file: WrittenFile,
    },
    /// What is wrong with the file, in words; nothing where it is sound.
    Checked(Vec<String>),
    Progress {
        done: u64,
        total: u64,
    },
    /// Done, and nothing to tell.
    Quiet,
    /// Stopped on request before anything was stored.
    Cancelled,
    /// Stopped, or failed, after part of it had been stored: why and how much, in words, and the workspace as it is now.
    Interrupted {
        text: String,
        state: State,
    },
    /// A newer job of the same kind was done instead.
    Superseded,
    Failed(Failure),
}

/// How a workspace could be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenedFor {
    Writing,
    /// With the reason in words.
    Reading(String),
    /// It is damaged, but can be looked at. With what to do in words.
    Rescuing(String),
}

/// What the officer may be told after something was stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    Entries,
    /// So many records were changed by a table.
    Loaded {
        records: usize,
    },
    /// The next edition of the catalogue.
    Amended,
    Undone,
    Redone,
    Resolved,
    Officer,
    /// A key was confirmed.
    Key,
    /// The workspace signs with another key from now on.
    OwnKey {
        code: String,
    },
    Policy,
    /// A letter's template.
    Template,
    Exported(Box<Exported>),
    /// The catalogue's package was written.
    Issued(Box<Issued>),
    Imported(Vec<Imported>),
    /// To one agency; requests to several.
    Sent(Vec<Sent>),
}

/// The whole state of the workspace, with the figures of one period. Cheap to clone.
#[derive(Debug, Clone)]
pub struct State {
    pub snapshot: Arc<Snapshot>,
    pub figures: Arc<Figures>,
    pub templates: Arc<Templates>,
}

/// Papers for agencies that have not filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Papers {
    Forms,
    Reminders,
}

/// How one record moved in an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub key: Key,
    pub before: Vec<Revision>,
    pub after: Vec<Revision>,
}

/// One package that was read, and what merging it would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Previewed {
    pub path: PathBuf,
    pub sha256: String,
    pub bytes: u64,
    pub kind: Option<PackageKind>,
    pub agency: Option<Id>,
    pub period: Option<PeriodId>,
    pub filing: Option<FilingKind>,
    /// What it says, where it is a receipt, a return or a request.
    pub notice: Option<Notice>,
    /// What it changes of the catalogue, a sentence each, where it is an edition of that.
    pub edition: Option<Vec<String>>,
    /// The later filing that is here already.
    pub older_than: Option<FilingKind>,
    /// What its signature is here; none where it could not be read that far.
    pub standing: Option<Standing>,
    pub signer: Option<Signer>,
    /// The reason in words, where it is refused.
    pub refused: Option<String>,
    /// It was merged before and would change nothing.
    pub known: bool,
    pub rows: Vec<PlanRow>,
    pub counts: RowCounts,
}

/// What filing wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub filing: Filing,
    pub novelty: Novelty,
    pub files: Vec<PathBuf>,
    pub mail: Option<PathBuf>,
    /// Subject and body of the mail.
    pub mail_text: String,
}

/// An official table as it was read.
#[derive(Debug)]
pub struct ComponentsRead {
    pub path: PathBuf,
    pub reading: ComponentReading,
    pub how: Takeover,
    /// What it would change.
    pub base: Arc<Catalogue>,
    pub table: Result<ComponentTable, ComponentsError>,
}

/// What an edition changed of the catalogue before it, a sentence each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditionChanges {
    /// That made it or took it in.
    pub operation: String,
    pub changes: Vec<String>,
}

/// What issuing the catalogue wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The edition.
    pub version: u32,
    pub novelty: Novelty,
    pub file: PathBuf,
    pub mail: Option<PathBuf>,
    /// Subject and body of the mail.
    pub mail_text: String,
}

/// What a word to another agency wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub notice: Notice,
    pub file: PathBuf,
    pub mail: Option<PathBuf>,
    /// Subject and body of the mail.
    pub mail_text: String,
}

/// What came of one package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    pub path: PathBuf,
    pub rows: RowCounts,
    /// The reason in words, where it was refused.
    pub refused: Option<String>,
    pub outcome: ImportOutcome,
    /// The later filing that was here already.
    pub older_than: Option<FilingKind>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WrittenFile {
    /// A copy of evidence, to be opened now.
    ForViewing,
    Evidence,
    Package,
    Backup,
    WorkingCopy,
    /// The own secret key, and the public one beside it.
    Key,
    Picture,
}

/// Why a job failed, in words for the officer: what happened, to which row or file, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub text: String,
}
