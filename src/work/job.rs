//! What the window may ask of the worker. One enum; each job is answered by exactly one final [`super::Event`].

use std::path::PathBuf;
use std::sync::Arc;

use crate::catalogue::{Amendment, Catalogue, Id, PeriodId, Takeover};
use crate::exchange::{Enclosure, Objection};
use crate::ops::{Decision, Edit};
use crate::platform::Settings;
use crate::record::{EvidenceRef, Key, RequestedItem};
use crate::report::Occasion;
use crate::store::backup::Reason;
use crate::table::{ComponentReading, Reading, Remembered};
use crate::trust::{Answer, Case, Signer};

#[derive(Debug, Clone)]
pub enum Job {
    // The file
    Create {
        path: PathBuf,
        agency: Id,
        officer: String,
        /// The catalogue package to begin with, as it was read; none: the program's own catalogue.
        edition: Option<ChosenPackage>,
    },
    /// Reads a catalogue package that a new workspace can begin with.
    ReadEdition(PathBuf),
    Open(PathBuf),
    /// Makes the sample workspaces in a folder and opens the receiving department's.
    Sample(PathBuf),
    Close,
    Check,
    Backup(PathBuf),
    /// One more in the workspace's own backup folder, if anything has changed.
    BackUp(Reason),
    /// What lies in that folder.
    Backups,
    /// Puts a backup in the place of the file, which is kept beside it.
    Restore {
        file: PathBuf,
        backup: PathBuf,
    },
    /// Saves what is readable of a damaged file into a new one.
    Rescue {
        from: PathBuf,
        to: PathBuf,
    },
    /// The own key's backup, and its way back.
    ExportKey(PathBuf),
    ImportKey(PathBuf),
    /// A working copy for another PC of the agency, into a folder.
    Copy(PathBuf),
    SetOfficer(String),
    /// The officer says that the key is the agency's.
    ConfirmKey(Signer),
    SetPolicy(Case, Answer),
    // Looking
    /// The figures of another period.
    Show(PeriodId),
    History(Key),
    /// What one operation changed, before and after.
    Changes(String),
    /// What each edition of the catalogue changed.
    Editions,
    /// A copy of the file, to be opened with the desktop's program.
    ViewEvidence(EvidenceRef),
    SaveEvidence {
        evidence: EvidenceRef,
        to: PathBuf,
    },
    SavePackage {
        sha256: String,
        to: PathBuf,
    },
    SavePicture {
        picture: Pixels,
        to: PathBuf,
    },
    StoreSettings {
        settings: Settings,
        to: PathBuf,
    },
    // Recording
    Save(Vec<Edit>),
    Attach {
        key: Key,
        paths: Vec<PathBuf>,
    },
    /// Reads a table and says row by row what it would record.
    ReadTable {
        path: PathBuf,
        reading: Reading,
        remembered: Remembered,
    },
    /// Reads an official table of component indices and says row by row what it would change of a catalogue.
    ReadComponents {
        path: PathBuf,
        reading: ComponentReading,
        how: Takeover,
        base: Arc<Catalogue>,
    },
    /// Records the rows of a table as they were seen; the subject is its file's name.
    Load {
        subject: String,
        edits: Vec<Edit>,
    },
    Resolve(Decision),
    /// Makes the next edition of the catalogue.
    Amend(Vec<Amendment>),
    Undo(Option<String>),
    /// The operation, and before it all that stand on it.
    UndoWithLater(String),
    /// Several operations, newest first: all or none.
    UndoAll(Vec<String>),
    Redo,
    // Exchanging
    Export {
        period: PeriodId,
        /// The lead agency that gets a contribution; none: the report.
        recipient: Option<Id>,
        to: PathBuf,
        limit_bytes: u64,
    },
    /// Tells an agency about its report for a period.
    Answer {
        agency: Id,
        period: PeriodId,
        word: Word,
        to: PathBuf,
    },
    /// Tells each agency that its report for a period arrived.
    Acknowledge {
        period: PeriodId,
        agencies: Vec<Id>,
        to: PathBuf,
    },
    /// Writes blank forms for the period that is shown, into a folder.
    MakeForms {
        agencies: Vec<Id>,
        to: PathBuf,
    },
    /// Writes reminders for the period that is shown, into a folder.
    Remind {
        agencies: Vec<Id>,
        enclosure: Enclosure,
        to: PathBuf,
    },
    /// Keeps the officer's own template of a letter; empty: ours again.
    SetTemplate {
        occasion: Occasion,
        text: String,
    },
    /// Asks each agency for its part of items that this one leads.
    Request {
        period: PeriodId,
        asked: Vec<(Id, Vec<RequestedItem>)>,
        to: PathBuf,
    },
    /// Writes the present edition of the catalogue as a package for all agencies, into a folder.
    Issue {
        to: PathBuf,
    },
    Preview(Vec<PathBuf>),
    /// The packages of a preview, as they were then.
    Import(Vec<ChosenPackage>),
}

/// What to tell an agency about its report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    Receipt,
    Return(Vec<Objection>),
}

/// A package that the officer saw a preview of: the file must still be the one that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChosenPackage {
    pub path: PathBuf,
    pub sha256: String,
}

/// A picture, row by row from the top, four bytes a pixel: red, green, blue, alpha.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({}x{})", self.width, self.height)
    }
}

impl Job {
    /// True where this job makes an earlier one of the same kind, still waiting, pointless.
    pub fn supersedes(&self, earlier: &Job) -> bool {
        matches!(
            (self, earlier),
            (Job::Show(_), Job::Show(_))
                | (Job::History(_), Job::History(_))
                | (Job::Changes(_), Job::Changes(_))
                | (Job::Preview(_), Job::Preview(_))
                | (Job::ReadTable { .. }, Job::ReadTable { .. })
                | (Job::ReadComponents { .. }, Job::ReadComponents { .. })
                | (Job::Editions, Job::Editions)
                | (Job::Check, Job::Check)
        )
    }
}
