//! What the window shows: everything that a frame reads, filled by `app`. Plain data; nothing here acts.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDateTime};

use super::theme::{TextSize, Theme};
use crate::catalogue::{Catalogue, Id, Period, PeriodId, Takeover};
use crate::merge::PlanRow;
use crate::progress::{AgencyStatus, Completeness, Gap, Jump, Score, Tally};
use crate::record::{Filing, FilingKind, Key, Notice, PackageKind, Revision, RowCounts, Snapshot};
use crate::report::Templates;
use crate::table::{ComponentReading, ComponentTable, ComponentsError, Preview, Reading, SheetError};
use crate::trust::{PublicKey, Signer, Standing};

/// One frame's worth of what is so.
#[derive(Debug, Clone)]
pub struct View {
    /// None until a file is created or opened: the window shows the first run.
    pub workspace: Option<Workspace>,
    /// The embedded plan, for choosing an agency before there is a file.
    pub catalogue: Arc<Catalogue>,
    pub now: DateTime<FixedOffset>,
    /// Long work that is going on.
    pub busy: Option<Busy>,
    /// The last thing to tell.
    pub message: Option<Message>,
    /// How many [`super::Command::Save`] were answered, well or badly, since the window opened. It must count up in the
    /// same frame in which the snapshot shows the result: drafts are compared with it then.
    pub answered: u64,
    pub settings: Settings,
    /// Files opened before, newest first.
    pub recent: Vec<PathBuf>,
    /// What the window asks before anything else goes on.
    pub question: Option<Question>,
    /// A file that could not be opened, where something can be done about it.
    pub trouble: Option<Trouble>,
    /// What the last rescue saved.
    pub rescued: Option<Rescued>,
    /// The catalogue package that a new file would begin with.
    pub first_edition: Option<FirstEdition>,
}

/// A catalogue package that was read before there is a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FirstEdition {
    pub file: PathBuf,
    pub sha256: String,
    /// What a file that begins with it follows.
    pub catalogue: Arc<Catalogue>,
    /// What its signature is to somebody who has met nobody yet.
    pub standing: Standing,
    pub key: Option<PublicKey>,
}

/// A file that could not be opened, though it or backups of it are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub file: PathBuf,
    /// In words, with what to do.
    pub why: String,
    /// True where some of it may be readable.
    pub rescuable: bool,
    /// The newest first.
    pub backups: Vec<Backup>,
}

/// One backup that the program made of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    /// Local time.
    pub made: NaiveDateTime,
    /// What it was made for, in words.
    pub reason: String,
    /// Without the evidence, which all backups share.
    pub bytes: u64,
}

/// A new file with what was readable of a damaged one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescued {
    pub file: PathBuf,
    /// In words.
    pub saved: String,
    /// What was not, a sentence each.
    pub lost: Vec<String>,
}

/// The open file.
#[derive(Debug, Clone)]
pub struct Workspace {
    pub file: PathBuf,
    pub snapshot: Arc<Snapshot>,
    /// The period that screens show.
    pub period: Period,
    /// To choose from, newest first.
    pub periods: Vec<PeriodId>,
    /// This agency's own figures in `period`.
    pub own: Score,
    /// The province's, where this agency receives.
    pub province: Option<Score>,
    /// Where the province's next points are, the largest first.
    pub next_points: Vec<Gap>,
    /// This agency's standing in `period`; every reporting agency's where this one receives.
    pub statuses: Vec<AgencyStatus>,
    /// How many reports of those agencies are due, and what became of them.
    pub completeness: Completeness,
    /// Figures to look at again: the province's where this agency receives, else its own.
    pub jumps: Vec<Jump>,
    /// Revisions of the record last asked for with [`super::Command::LoadHistory`], newest first.
    pub history: Option<(Key, Vec<Revision>)>,
    /// Packages chosen and read, waiting for a decision.
    pub preview: Option<Vec<PreviewPackage>>,
    /// The letters as they are written here.
    pub templates: Arc<Templates>,
    /// Forms or reminders that were written last.
    pub papers: Option<PapersWritten>,
    /// A table that was read, waiting for a decision.
    pub table: Option<TablePreview>,
    /// What the last filing wrote.
    pub exported: Option<Exported>,
    /// An official table of component indices that was read, waiting for a decision.
    pub components: Option<ComponentPreview>,
    /// The catalogue's package that was written last.
    pub issued: Option<Issued>,
    /// What the editions that stand changed, once asked for with [`super::Command::LoadEditions`]; newest first.
    pub editions: Option<Vec<EditionChanges>>,
    /// The last word written to another agency, or to several at once.
    pub sent: Vec<Sent>,
    /// The latest periods with every reporting agency's standing, oldest first; empty where this agency does not receive.
    pub matrix: Vec<PeriodStatuses>,
    /// What the operation last asked for with [`super::Command::LoadChanges`] changed.
    pub changes: Option<(String, Vec<Change>)>,
    /// What the last check of the file found, in words; empty where it is sound.
    pub checked: Option<Vec<String>>,
    /// Its backups, the newest first.
    pub backups: Vec<Backup>,
    /// When something was last stored.
    pub saved_at: Option<DateTime<FixedOffset>>,
    pub access: Access,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    #[default]
    Write,
    /// Open elsewhere, or on a medium that cannot be written: to look at only.
    Read,
    /// Damaged: to look at, and to save what is readable.
    Damaged,
}

/// One column of the matrix agency x period.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodStatuses {
    pub period: PeriodId,
    pub statuses: Vec<AgencyStatus>,
    pub all: Tally,
}

/// How one record moved in an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub key: Key,
    pub before: Vec<Revision>,
    pub after: Vec<Revision>,
}

/// A question over the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// The desktop has no file dialogs: the path is typed in.
    Path(PathQuestion),
    /// Something typed could not be stored, and the file is to be left: [`super::Command::Leave`] or `Stay`.
    Unsaved,
}

/// A path to be typed in; answered with [`super::Command::AnswerPath`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathQuestion {
    /// Tells one question from the next.
    pub number: u64,
    pub title: String,
    /// The path to begin with.
    pub suggestion: String,
}

/// Long work with progress.
#[derive(Debug, Clone, PartialEq)]
pub struct Busy {
    /// "Nhập gói"
    pub title: String,
    pub done: u64,
    /// 0 where it is not known.
    pub total: u64,
}

/// A short message at the foot of the window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub kind: MessageKind,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MessageKind {
    Info,
    Done,
    Warning,
    /// Stays until it is dismissed.
    Error,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    pub theme: Theme,
    pub text_size: TextSize,
    /// Where packages go.
    pub export_folder: Option<PathBuf>,
    /// Packages larger than this are split.
    pub limit_mb: u32,
    pub backup_folder: Option<PathBuf>,
    pub graphics: Graphics,
    /// What this PC lets one choose from; empty where there is no choice.
    pub graphics_offered: Vec<Graphics>,
}

/// What draws the window.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Graphics {
    /// What works: the program finds out.
    #[default]
    Automatic,
    OpenGl,
    DirectX,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            theme: Theme::default(),
            text_size: TextSize::default(),
            export_folder: None,
            limit_mb: 20,
            backup_folder: None,
            graphics: Graphics::default(),
            graphics_offered: Vec::new(),
        }
    }
}

/// One package that was chosen, and what merging it would do.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviewPackage {
    pub path: PathBuf,
    pub sha256: String,
    pub bytes: u64,
    /// Unknown where it could not be read that far.
    pub kind: Option<PackageKind>,
    pub agency: Option<Id>,
    pub period: Option<PeriodId>,
    pub filing: Option<FilingKind>,
    /// What its signature is here; none where it could not be read that far.
    pub standing: Option<Standing>,
    pub signer: Option<Signer>,
    pub verdict: Verdict,
    /// What it says, where it is a receipt, a return or a request.
    pub notice: Option<Notice>,
    /// What it changes of the catalogue, a sentence each, where it is an edition of that.
    pub edition: Option<Vec<String>>,
    /// The later filing that is here already.
    pub older_than: Option<FilingKind>,
    /// In key order; empty where refused.
    pub rows: Vec<PlanRow>,
    pub counts: RowCounts,
}

/// Papers for agencies that have not filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Papers {
    Forms,
    Reminders,
}

/// Papers that were written, one file each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PapersWritten {
    pub papers: Papers,
    pub files: Vec<PathBuf>,
}

/// A table that was read, and what loading it would record.
#[derive(Debug, Clone, PartialEq)]
pub struct TablePreview {
    pub path: PathBuf,
    /// How it was to be read.
    pub reading: Reading,
    pub preview: Result<Preview, SheetError>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Ok,
    /// Nothing in it is new here.
    Known,
    /// With the reason and what to do, in words.
    Refused(String),
}

/// What filing wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    pub filing: Filing,
    pub files: Vec<PathBuf>,
    /// The mail draft.
    pub mail: Option<PathBuf>,
    /// Subject and body, to copy into any mail program.
    pub mail_text: String,
}

/// An official table that was read, and what it would change of a catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct ComponentPreview {
    pub path: PathBuf,
    /// How it was to be read, and to be taken over.
    pub reading: ComponentReading,
    pub how: Takeover,
    pub base: Arc<Catalogue>,
    pub table: Result<ComponentTable, ComponentsError>,
}

/// What an edition of the catalogue changed of the one before it, a sentence each.
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
    pub file: PathBuf,
    /// The mail draft.
    pub mail: Option<PathBuf>,
    /// Subject and body, to copy into any mail program.
    pub mail_text: String,
}

/// What a word to another agency wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Sent {
    pub notice: Notice,
    pub file: PathBuf,
    /// The mail draft.
    pub mail: Option<PathBuf>,
    /// Subject and body, to copy into any mail program.
    pub mail_text: String,
}

impl View {
    /// The catalogue of the open file; before there is one, that of the package it would begin with, else the embedded one.
    pub fn catalogue(&self) -> &Catalogue {
        let first = || self.first_edition.as_ref().map_or(&self.catalogue, |first| &first.catalogue);
        self.workspace.as_ref().map_or_else(first, |w| &w.snapshot.catalogue)
    }
}

impl Workspace {
    pub fn catalogue(&self) -> &Catalogue {
        &self.snapshot.catalogue
    }

    /// The agency that owns the file.
    pub fn agency(&self) -> &str {
        &self.snapshot.agency
    }

    /// The own agency's standing.
    pub fn own_status(&self) -> Option<&AgencyStatus> {
        self.statuses.iter().find(|s| s.agency == self.snapshot.agency)
    }

    /// How many things wait for a person: own values missing, rows sent back, and conflicts.
    pub fn waiting(&self) -> usize {
        let returned = self.snapshot.returned().filter(|(notice, _)| notice.recipient == self.agency()).count();
        self.own_status().map_or(0, |s| s.missing.len()) + self.snapshot.conflicts().count() + returned
    }

    /// Days from today to the due date, which is itself too late: `words::days_left` says it.
    pub fn days_left(&self, now: DateTime<FixedOffset>) -> i64 {
        (self.period.due_before - now.date_naive()).num_days()
    }
}
