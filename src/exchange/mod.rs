//! The use cases that join packages and the store: filing a report as packages, merging packages that came in, answering
//! them, issuing the catalogue, beginning a workspace, and copying one's own work to another PC.
//!
//! Used by the window's worker and the command line. Every write goes through [`crate::ops`]; files are written to a
//! temporary name in their folder, synced and renamed. No wording but the reason kept with a refused package.

mod beginning;
mod catalogue;
mod copy;
mod delivery;
mod export;
mod import;
mod key_file;
mod notices;
mod paperwork;
mod reading;
mod signatures;

use std::io;
use std::path::{Path, PathBuf};

use crate::catalogue::{Id, PeriodId};
use crate::ops::OpsError;
use crate::package::{Refusal, WriteError};
use crate::record::Key;
use crate::report::ReportError;
use crate::trust::KeyFileError;

pub use beginning::{FirstEdition, create};
pub use catalogue::{Issued, issue};
pub use copy::working_copy;
pub use delivery::{Eml, ExportedFile};
pub use export::{DEFAULT_LIMIT, ExportOptions, Exported, Novelty, export, last_limit};
pub use import::{Finality, ImportOutcome, Imported, expand, import, preview};
pub use key_file::{read_key, write_key};
pub use notices::{Objection, SendOptions, Sent, receipt, request, send_back};
pub use paperwork::{Enclosure, forms, not_filed, reminders, templates};
pub use reading::{Reading, filing_of, period_of};
pub use signatures::standing;

/// How far a long piece of work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub stage: Stage,
    /// The file at hand.
    pub name: String,
    /// Files done, of `of`.
    pub done: usize,
    pub of: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Reading,
    Writing,
    Merging,
}

/// The answer to a [`Step`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    Continue,
    /// Cancel: nothing more is done; what was finished stays.
    Stop,
}

#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    #[error(transparent)]
    Ops(#[from] OpsError),
    #[error("writing the package: {0}")]
    Write(#[from] WriteError),
    #[error("writing the report in the package: {0}")]
    Report(#[from] ReportError),
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
    /// A file that is never replaced.
    #[error("{0} exists")]
    Exists(PathBuf),
    #[error("{path}: {reason:?}")]
    KeyFile { path: PathBuf, reason: KeyFileError },
    /// Nothing was recorded for this agency and period.
    #[error("nothing to file for {agency} in {period}")]
    NothingToFile { agency: Id, period: PeriodId },
    /// Nothing was recorded on what the lead agency leads.
    #[error("nothing to contribute to {lead} in {period}")]
    NothingToContribute { lead: Id, period: PeriodId },
    /// A contribution for the agency's own tasks.
    #[error("{0} contributes to itself")]
    ToOneself(Id),
    /// No report of the agency for the period has been merged: there is nothing to answer.
    #[error("nothing received from {agency} for {period}")]
    NothingReceived { agency: Id, period: PeriodId },
    /// The agency's latest report has no value of the record.
    #[error("{0} was not reported")]
    NotInReport(Key),
    #[error("no reason for {0}")]
    NoReason(Key),
    /// No row to send back, or no item to ask for.
    #[error("nothing named")]
    NothingNamed,
    /// This agency does not lead the item: it cannot ask others for it.
    #[error("{0} is not led by this agency")]
    NotLed(Id),
    /// A package that was kept can no longer be read.
    #[error("{file_name} can no longer be read: {reason}")]
    KeptPackage { file_name: String, reason: Box<Refusal> },
    /// A package that no workspace can begin with.
    #[error("{path}: {reason}")]
    FirstEdition { path: PathBuf, reason: Box<Refusal> },
    #[error("nothing to copy")]
    NothingToCopy,
    /// A folder without any package.
    #[error("no packages in {0}")]
    NoPackages(PathBuf),
    /// An agency that has nothing to report needs no form.
    #[error("{agency} owes nothing for {period}")]
    NothingOwed { agency: Id, period: PeriodId },
    /// Everybody has filed.
    #[error("all have filed for {0}")]
    NobodyLate(PeriodId),
    /// Only the receiving department reminds others.
    #[error("not the receiver")]
    OnlyReceiver,
    #[error("cancelled")]
    Cancelled,
}

impl ExchangeError {
    fn io(path: &Path) -> impl FnOnce(io::Error) -> ExchangeError {
        let path = path.to_owned();
        move |error| ExchangeError::Io { path, error }
    }
}

/// Reports a step; an error where the answer is to stop.
fn step(progress: &mut dyn FnMut(Step) -> Flow, step: Step) -> Result<(), ExchangeError> {
    match progress(step) {
        Flow::Continue => Ok(()),
        Flow::Stop => Err(ExchangeError::Cancelled),
    }
}
