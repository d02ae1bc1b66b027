//! Word between agencies about figures: that a report arrived, that rows of it are sent back, that figures are asked for.
//!
//! A notice moves no heads; it counts as long as the operation that sent it or took it in stands.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{Arrival, Due, FilingKind, Key, PackageKind, RevisionId, RowCounts};
use crate::catalogue::{Id, PeriodId};

/// A receipt, a return or a request, sent from here or received here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// UUIDv7, the submission id of its package.
    pub id: String,
    pub sender: Id,
    pub recipient: Id,
    pub period: PeriodId,
    /// The officer who wrote it.
    pub officer: String,
    pub device: String,
    pub time: DateTime<FixedOffset>,
    pub message: Message,
}

/// What a notice says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Message {
    /// A filing arrived.
    Receipt(Receipt),
    /// A filing arrived, and rows of it are sent back.
    Return { receipt: Receipt, rows: Vec<ReturnedRow> },
    /// Figures are asked for, by a lead agency of the agencies that coordinate with it.
    Request(Vec<RequestedItem>),
}

/// Which filing arrived, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The filing's submission id.
    pub submission: String,
    pub filing: FilingKind,
    /// Its packages that have come, sorted by hash.
    pub packages: Vec<Arrived>,
}

/// One package of a filing, as it came in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Arrived {
    pub sha256: String,
    pub bytes: u64,
    pub arrival: Arrival,
    pub rows: RowCounts,
}

/// A row sent back.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ReturnedRow {
    pub key: Key,
    /// The revision that was filed.
    pub revision: RevisionId,
    /// Why; never empty.
    pub reason: String,
}

/// An indicator or task on which a contribution is asked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RequestedItem {
    pub item: Id,
    pub note: String,
}

impl Notice {
    /// The receipt in it: of a receipt, and of a return.
    pub fn receipt(&self) -> Option<&Receipt> {
        self.message.receipt()
    }

    /// The rows that it sends back.
    pub fn returned_rows(&self) -> &[ReturnedRow] {
        match &self.message {
            Message::Return { rows, .. } => rows,
            Message::Receipt(_) | Message::Request(_) => &[],
        }
    }

    /// The items that it asks for.
    pub fn requested(&self) -> &[RequestedItem] {
        match &self.message {
            Message::Request(items) => items,
            Message::Receipt(_) | Message::Return { .. } => &[],
        }
    }

    /// The items that it asks for, without the notes.
    pub fn requested_items(&self) -> impl Iterator<Item = &str> {
        self.requested().iter().map(|r| r.item.as_str())
    }

    /// True where it sends rows back.
    pub fn is_return(&self) -> bool {
        matches!(self.message, Message::Return { .. })
    }
}

impl Message {
    /// The kind of package that carries it.
    pub fn kind(&self) -> PackageKind {
        match self {
            Message::Receipt(_) => PackageKind::Receipt,
            Message::Return { .. } => PackageKind::Return,
            Message::Request(_) => PackageKind::Request,
        }
    }

    /// The receipt in it: of a receipt, and of a return.
    pub fn receipt(&self) -> Option<&Receipt> {
        match self {
            Message::Receipt(receipt) | Message::Return { receipt, .. } => Some(receipt),
            Message::Request(_) => None,
        }
    }
}

impl Receipt {
    /// The arrival that counts, of the packages: the earliest; none where there is none.
    pub fn arrival(&self) -> Option<Arrival> {
        self.packages.iter().map(|p| p.arrival).min_by_key(|a| (a.counting(), a.time))
    }

    /// Late only where its first package was.
    pub fn due(&self) -> Due {
        self.arrival().map_or(Due::Timely, |a| a.due)
    }
}
