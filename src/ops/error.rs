//! Why a use case was refused. Nothing was changed in any of these cases. No wording for officers.

use crate::catalogue::{AmendError, EditionError, Id, PeriodId};
use crate::record::{Filing, FilingKind, Finding, Key, Operation};
use crate::store::StoreError;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpsError {
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record's heads are no longer those that were seen.
    #[error("{key} has changed meanwhile")]
    Stale { key: Key },
    /// Entries that are nonsense; none of the batch was saved.
    #[error("{} findings refuse the entry", .0.len())]
    Refused(Vec<(Key, Finding)>),
    #[error("no item {0}")]
    UnknownItem(Id),
    #[error("no agency {0}")]
    UnknownAgency(Id),
    /// A record of another agency, for whose item this one does not lead.
    #[error("{0} is another agency's")]
    NotAllowed(Key),
    /// A new value for a record whose conflict has not been looked at.
    #[error("{0} is in conflict")]
    InConflict(Key),
    #[error("{0} is not in conflict")]
    NoConflict(Key),
    #[error("no revision {0}")]
    UnknownRevision(String),
    #[error("several revisions begin with {0}")]
    AmbiguousRevision(String),
    #[error("nothing to undo")]
    NothingToUndo,
    #[error("nothing to redo")]
    NothingToRedo,
    #[error("no operation {0}")]
    UnknownOperation(String),
    #[error("several operations begin with {0}")]
    AmbiguousOperation(String),
    /// A filing has gone out; an undo or redo is itself taken back by its opposite.
    #[error("operation {} cannot be undone", .0.id)]
    NotUndoable(Box<Operation>),
    #[error("operation {} was undone before", .0.id)]
    AlreadyUndone(Box<Operation>),
    /// `by` moved some of the same records later, oldest first: they have to be undone first.
    #[error("operation {} has later ones on it", .operation.id)]
    UndoBlocked { operation: Box<Operation>, by: Vec<Operation> },
    /// What it entered has been reported: a supplementary filing is the way.
    #[error("operation {} has been filed in {}", .operation.id, .filing.id)]
    UndoFiled { operation: Box<Operation>, filing: Box<Filing> },
    /// An edition of the catalogue whose package was written: others may follow it by now.
    #[error("the edition of {} has gone out", .0.id)]
    UndoPublished(Box<Operation>),
    /// Only the receiving department makes editions of the catalogue.
    #[error("this agency does not receive the reports")]
    NotTheReceiver,
    #[error(transparent)]
    Amend(AmendError),
    #[error(transparent)]
    Edition(EditionError),
    /// The workspace follows the edition that came with the program.
    #[error("no edition was made here")]
    NothingToPublish,
    /// The number is taken, or leaves one out.
    #[error("{agency} cannot file {kind:?} for {period} now")]
    FilingOutOfTurn { agency: Id, period: PeriodId, kind: FilingKind },
    /// The bytes are not those that the hash promises.
    #[error("evidence {name} has changed")]
    EvidenceChanged { name: String },
    /// The file to attach was written to while it was read.
    #[error("{name} changed while it was read")]
    SourceChanging { name: String },
    #[error("no evidence {0}")]
    UnknownEvidence(String),
    /// No package of the agency came with that key.
    #[error("{agency} has no key {code}")]
    UnknownKey { agency: Id, code: String },
    /// The bytes are not those that were looked at.
    #[error("package {file_name} has changed")]
    PackageChanged { file_name: String },
    #[error("no package {0}")]
    UnknownPackage(String),
    /// The other side of a copy failed: the file that was read, or the one that was written.
    #[error("{name}: {detail}")]
    Stream { name: String, detail: String },
}
