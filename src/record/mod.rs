//! What an agency reports: keys, contents, revisions with version vectors, operations, filings and findings.
//!
//! Pure values and rules. Nothing here reads a clock, makes an id or touches a file: those are arguments.

mod carry_over;
mod content;
mod finding;
mod form;
mod history;
mod notice;
mod revision;
mod snapshot;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::catalogue::{Catalogue, Id, Measure, PeriodId};

pub use carry_over::{CarryOver, Holding, carry_over, carry_over_sources};
pub use content::{
    Body, Content, DocumentFacts, DocumentState, EvidenceRef, IndicatorValue, PlanItem, Reporting, TaskProgress,
    TaskStatus,
};
pub use finding::{Finding, NAME_LIMIT, Previous, Problem, Severity, TEXT_LIMIT, findings, is_refused};
pub use form::FormMark;
pub use history::{
    Arrival, Due, Filing, FilingKind, HeadMove, KnownEdition, Operation, OperationKind, PackageKind, Published,
    Received, ReceivedState, RowCounts,
};
pub use notice::{Arrived, Message, Notice, Receipt, RequestedItem, ReturnedRow};
pub use revision::{
    Outcome, Placement, Record, Revision, RevisionId, Vector, VectorOrder, digest, frontier, place, revision_id,
};
pub use snapshot::{NextFiling, Snapshot};

/// The kinds of record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A figure of one indicator.
    Indicator,
    /// Progress of one task.
    Task,
    /// One line of the agency's own detailed plan for a task (plan line 132).
    PlanItem,
    /// Whether a document was issued, and which.
    Document,
}

/// What a record is about. Text form: `indicator:M05:so-tttt:2023-Q4`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    pub kind: Kind,
    /// Indicator or task id; for a plan item `<task>/<tag>`, the tag being 8 hex digits.
    pub item: Id,
    pub agency: Id,
    pub period: PeriodId,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a record key: {0}")]
pub struct KeyParseError(pub String);

impl Key {
    /// The key of an indicator, document or task by its id; none where the catalogue has no such item.
    pub fn of_item(catalogue: &Catalogue, item: &str, agency: &str, period: &PeriodId) -> Option<Key> {
        let kind = match catalogue.indicator(item) {
            Some(i) if i.measure == Measure::Document => Kind::Document,
            Some(_) => Kind::Indicator,
            None if catalogue.task(item).is_some() => Kind::Task,
            None => return None,
        };
        Some(Key { kind, item: item.to_owned(), agency: agency.to_owned(), period: period.clone() })
    }

    /// The key of one line of an agency's detailed plan. It belongs to the year.
    pub fn of_plan_item(task: &str, tag: &str, agency: &str, year: i32) -> Key {
        Key {
            kind: Kind::PlanItem,
            item: format!("{task}/{tag}"),
            agency: agency.to_owned(),
            period: PeriodId::Year { year },
        }
    }

    /// The indicator or task id without a plan item's tag.
    pub fn base_item(&self) -> &str {
        self.item.split('/').next().unwrap_or(&self.item)
    }
}

impl Kind {
    pub const ALL: [Kind; 4] = [Kind::Indicator, Kind::Task, Kind::PlanItem, Kind::Document];

    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Indicator => "indicator",
            Kind::Task => "task",
            Kind::PlanItem => "plan_item",
            Kind::Document => "document",
        }
    }

    pub fn parse(text: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|k| k.as_str() == text)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}:{}", self.kind.as_str(), self.item, self.agency, self.period)
    }
}

impl FromStr for Key {
    type Err = KeyParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fault = || KeyParseError(text.to_owned());
        let mut parts = text.splitn(4, ':');
        let mut next = || parts.next().filter(|p| !p.is_empty()).ok_or_else(fault);
        let kind = Kind::parse(next()?).ok_or_else(fault)?;
        let (item, agency, period) = (next()?.to_owned(), next()?.to_owned(), next()?);
        let period = period.parse().map_err(|_| fault())?;
        Ok(Key { kind, item, agency, period })
    }
}
