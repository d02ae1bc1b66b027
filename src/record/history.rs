//! What happened to a workspace: operations with their head moves, filings, and packages received.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Key, Outcome, RevisionId};
use crate::catalogue::{Id, Period, PeriodId};
use crate::trust::{Signer, Standing};

/// One stored change: one transaction, one undo step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// UUIDv7.
    pub id: String,
    /// Counts up from 1 in the order of storing.
    pub number: i64,
    pub kind: OperationKind,
    pub author: String,
    pub time: DateTime<FixedOffset>,
    /// The file, item or package concerned, for people: `M05`, `so-lieu.csv`, `DTI_so-noi-vu_2023-Q4_chinh-thuc.zip`.
    pub subject: String,
    pub moves: Vec<HeadMove>,
    /// The operation that this one takes back.
    pub undoes: Option<String>,
    /// The operation that took this one back.
    pub undone_by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    Record,
    Load,
    Attach,
    File,
    Merge,
    Resolve,
    /// A receipt, return or request was written for another agency ...
    Receipt,
    Return,
    Request,
    /// ... or taken in from one.
    Notice,
    /// Records were put right as the workspace was saved from a damaged file.
    Rescue,
    /// The receiving department made the next edition of the catalogue ...
    Amend,
    /// ... wrote it out for the agencies ...
    Publish,
    /// ... or an agency took it in.
    Adopt,
    Undo,
    Redo,
}

/// How one record's heads moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadMove {
    pub key: Key,
    /// Sorted.
    pub before: Vec<RevisionId>,
    /// Sorted.
    pub after: Vec<RevisionId>,
}

/// A report filed for a period; or a contribution to the work of an agency that leads tasks, which is filed like one but
/// counts as none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// Submission id, UUIDv7.
    pub id: String,
    pub agency: Id,
    /// Whom it was written for: the plan's receiver, or the lead of the tasks that a contribution is about.
    pub recipient: Id,
    pub period: PeriodId,
    /// Counted apart for each recipient.
    pub kind: FilingKind,
    pub officer: String,
    /// The device that filed it: needed to write the same bytes again after the file has moved to another one.
    pub device: String,
    pub time: DateTime<FixedOffset>,
    /// The heads that it reported, sorted.
    pub revisions: Vec<RevisionId>,
    /// SHA-256 of the package written; of all parts, where it was split.
    pub packages: Vec<String>,
    /// SHA-256 of the filing's package before this one for the same agency, recipient and period.
    pub previous: Option<String>,
    /// The receipt or return of the filing before this one, where there was one when it was filed.
    pub answers: Option<String>,
    /// The program version that wrote it: needed to write the same bytes again.
    pub software: String,
    /// Size limit in bytes that it was split by.
    pub limit: u64,
}

/// *Chính thức* first, then *bổ sung lần n*.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "type", content = "number", rename_all = "snake_case")]
pub enum FilingKind {
    Official,
    /// Counted from 1.
    Supplementary(u32),
}

/// The kinds of package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PackageKind {
    /// A report, or a contribution to one.
    Submission,
    /// Everything of one workspace, for another PC of the same agency.
    WorkingCopy,
    Receipt,
    Return,
    Catalogue,
    Request,
}

/// An edition of the catalogue that was made or taken in here, and stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEdition {
    pub version: u32,
    pub hash: String,
    /// The operation that made it or took it in.
    pub operation: String,
    pub author: String,
    pub time: DateTime<FixedOffset>,
    /// When its package was first written, and under which id.
    pub published: Option<Published>,
}

/// How an edition's package was first written: needed to write the same bytes again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The operation, whose id is the package's submission id.
    pub operation: String,
    pub officer: String,
    pub device: String,
    pub time: DateTime<FixedOffset>,
}

/// A package that came in, kept as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Received {
    pub sha256: String,
    pub file_name: String,
    pub bytes: u64,
    /// None where it could not be read that far.
    pub kind: Option<PackageKind>,
    pub arrival: Arrival,
    pub state: ReceivedState,
    /// Rows when it was last merged.
    pub rows: RowCounts,
    /// Empty where it could not be read that far.
    pub agency: Id,
    pub period: Option<PeriodId>,
    /// Of a submission, and of a notice about one.
    pub filing: Option<FilingKind>,
    pub submission: String,
    /// What its signature was when it came; none where it could not be read that far.
    pub signature: Option<Standing>,
    /// The key of a signature that holds.
    pub signer: Option<Signer>,
}

/// When a package came, and whether the report in it is in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Arrival {
    pub time: DateTime<FixedOffset>,
    /// When its sender filed it, where a signature vouches for that.
    pub filed: Option<DateTime<FixedOffset>>,
    pub due: Due,
}

/// Against the period's due date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    Timely,
    Late,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceivedState {
    Merged,
    /// Its merge was undone; the package is still here and can be merged again.
    Undone,
    /// With the reason in words for the officer.
    Refused(String),
}

/// Rows of a package by what they are to this workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct RowCounts {
    pub new: usize,
    pub changed: usize,
    pub same: usize,
    pub older: usize,
    pub conflict: usize,
    pub refused: usize,
}

impl Operation {
    /// True where it stands and can be taken back: what went out to others or was rescued cannot, and an undo is taken
    /// back by a redo.
    pub fn is_undoable(&self) -> bool {
        let out = matches!(self.kind, OperationKind::File | OperationKind::Publish | OperationKind::Rescue);
        let opposite = matches!(self.kind, OperationKind::Undo | OperationKind::Redo);
        self.undone_by.is_none() && !out && !opposite
    }

    /// The operations that stand on this one, newest first as they would have to be taken back: later ones that moved a
    /// record which it moved, or which one of them moved.
    pub fn stood_on_by<'a>(&self, log: &'a [Operation]) -> Vec<&'a Operation> {
        let mut later: Vec<&Operation> = log.iter().filter(|o| o.number > self.number && o.is_standing()).collect();
        if later.is_empty() {
            return later;
        }
        let keys = |o: &'a Operation| o.moves.iter().map(|m| &m.key);
        let mut moved: BTreeSet<&Key> = self.moves.iter().map(|m| &m.key).collect();
        later.sort_by_key(|o| o.number);
        later.retain(|o| {
            let on_it = keys(o).any(|key| moved.contains(key));
            if on_it {
                moved.extend(keys(o));
            }
            on_it
        });
        later.reverse();
        later
    }

    /// True where what it moved is as it left it, or as later ones left it.
    fn is_standing(&self) -> bool {
        self.undone_by.is_none() && !matches!(self.kind, OperationKind::Undo | OperationKind::Redo)
    }
}

impl Due {
    /// "Trước ngày 25" is strict: the due date itself is late. The day is that of the moment's own offset.
    pub fn of(time: DateTime<FixedOffset>, period: &Period) -> Due {
        if time.date_naive() < period.due_before { Due::Timely } else { Due::Late }
    }
}

impl Arrival {
    /// The arrival at `time` of a report that says it was filed at `filed`.
    pub fn of_report(time: DateTime<FixedOffset>, filed: Option<DateTime<FixedOffset>>, period: &Period) -> Arrival {
        let due = Due::of(counting(time, filed), period);
        Arrival { time, filed, due }
    }

    /// The moment that counts: mail that was opened late makes no late report, and a clock that is ahead none that is.
    pub fn counting(&self) -> DateTime<FixedOffset> {
        counting(self.time, self.filed)
    }

    /// The day of filing, where it is another than that of the arrival.
    pub fn filed_on_another_day(&self) -> Option<NaiveDate> {
        let counting = self.counting().date_naive();
        (counting != self.time.date_naive()).then_some(counting)
    }
}

/// The earlier of both, on the clock of the place of arrival.
fn counting(time: DateTime<FixedOffset>, filed: Option<DateTime<FixedOffset>>) -> DateTime<FixedOffset> {
    filed.map_or(time, |filed| filed.min(time)).with_timezone(time.offset())
}

impl RowCounts {
    pub fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::New => self.new += 1,
            Outcome::Changed => self.changed += 1,
            Outcome::Same => self.same += 1,
            Outcome::Older => self.older += 1,
            Outcome::Conflict => self.conflict += 1,
        }
    }

    pub fn total(&self) -> usize {
        self.new + self.changed + self.same + self.older + self.conflict + self.refused
    }
}

impl FilingKind {
    /// 0 for the official filing, n for supplementary n.
    pub fn number(self) -> u32 {
        match self {
            FilingKind::Official => 0,
            FilingKind::Supplementary(n) => n,
        }
    }

    pub fn from_number(number: u32) -> FilingKind {
        if number == 0 { FilingKind::Official } else { FilingKind::Supplementary(number) }
    }

    /// As in a package's name: `chinh-thuc`, `bo-sung-1`.
    pub fn slug(self) -> String {
        match self {
            FilingKind::Official => "chinh-thuc".to_owned(),
            FilingKind::Supplementary(n) => format!("bo-sung-{n}"),
        }
    }

    /// The kind of which this is the [`slug`](FilingKind::slug).
    pub fn from_slug(slug: &str) -> Option<FilingKind> {
        let number = match slug.strip_prefix("bo-sung-") {
            Some(number) => number.parse().ok()?,
            None => 0,
        };
        Some(FilingKind::from_number(number)).filter(|kind| kind.slug() == slug)
    }
}

impl OperationKind {
    pub const ALL: [OperationKind; 16] = [
        OperationKind::Record,
        OperationKind::Load,
        OperationKind::Attach,
        OperationKind::File,
        OperationKind::Merge,
        OperationKind::Resolve,
        OperationKind::Receipt,
        OperationKind::Return,
        OperationKind::Request,
        OperationKind::Notice,
        OperationKind::Rescue,
        OperationKind::Amend,
        OperationKind::Publish,
        OperationKind::Adopt,
        OperationKind::Undo,
        OperationKind::Redo,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            OperationKind::Record => "record",
            OperationKind::Load => "load",
            OperationKind::Attach => "attach",
            OperationKind::File => "file",
            OperationKind::Merge => "merge",
            OperationKind::Resolve => "resolve",
            OperationKind::Receipt => "receipt",
            OperationKind::Return => "return",
            OperationKind::Request => "request",
            OperationKind::Notice => "notice",
            OperationKind::Rescue => "rescue",
            OperationKind::Amend => "amend",
            OperationKind::Publish => "publish",
            OperationKind::Adopt => "adopt",
            OperationKind::Undo => "undo",
            OperationKind::Redo => "redo",
        }
    }

    pub fn parse(text: &str) -> Option<OperationKind> {
        OperationKind::ALL.into_iter().find(|k| k.as_str() == text)
    }
}

impl PackageKind {
    pub const ALL: [PackageKind; 6] = [
        PackageKind::Submission,
        PackageKind::WorkingCopy,
        PackageKind::Receipt,
        PackageKind::Return,
        PackageKind::Catalogue,
        PackageKind::Request,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            PackageKind::Submission => "submission",
            PackageKind::WorkingCopy => "working-copy",
            PackageKind::Receipt => "receipt",
            PackageKind::Return => "return",
            PackageKind::Catalogue => "catalogue",
            PackageKind::Request => "request",
        }
    }

    pub fn parse(text: &str) -> Option<PackageKind> {
        PackageKind::ALL.into_iter().find(|k| k.as_str() == text)
    }
}

impl Received {
    /// True where it is a report that stands merged, and not word about one.
    pub fn is_merged_submission(&self) -> bool {
        self.kind == Some(PackageKind::Submission) && self.state == ReceivedState::Merged
    }
}
