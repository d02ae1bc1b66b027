//! Arithmetic over a snapshot: attainment, aggregation, completeness and the estimated score. Pure.
//!
//! *No data* is never 0, percentages are never averaged, and a record in conflict is left out and named.

mod completeness;
mod indicator;
mod jumps;
mod pillars;
mod points;
mod score;
mod status;
mod trend;
mod trial;
mod value;

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;

use crate::catalogue::{Agency, Id, PeriodId};
use crate::record::{Arrival, FilingKind, TaskProgress};

pub use completeness::{Completeness, Tally, completeness};
pub use indicator::indicator;
pub use jumps::{DENOMINATOR_SHARE, Jump, JumpKind, MULTIPLE, RATIO_POINTS, jumps};
pub use pillars::{pillars, task};
pub use points::{Open, Points};
pub use score::{Gap, next_points, score, score_moved, weighted_total};
pub use status::{agency_status, status};
pub use trend::trend;
pub use trial::{Trial, TrialError, Whose, tried};
pub use value::{attainment, document_value, reached, value_of};

/// Whose figures: one agency's, or the province's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    Agency(Id),
    Province,
}

/// One indicator in one scope and period.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorProgress {
    pub item: Id,
    /// In the indicator's unit; none where nothing usable was reported.
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    /// 0 to 1 against the target; none without value, or without threshold.
    pub attainment: Option<Decimal>,
    /// None where that cannot be said yet: no value, no earlier one to compare with, or units still out.
    pub reached: Option<bool>,
    /// What its scoring rule gives.
    pub points: Points,
    /// Units whose figures are in the value, of those expected. A unit to which it does not apply is not expected.
    pub units_in: usize,
    pub units_expected: usize,
    /// Each unit that reports it, in catalogue order; also those to which it does not apply.
    pub units: Vec<UnitFigure>,
}

/// One unit's part of an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitFigure {
    pub agency: Id,
    pub state: UnitState,
    pub value: Option<Decimal>,
    pub numerator: Option<Decimal>,
    pub denominator: Option<Decimal>,
    /// Files of evidence that it refers to.
    pub evidence: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitState {
    Counted,
    Missing,
    NoData,
    NotApplicable,
    /// Several heads wait for a person: left out.
    Conflict,
    /// A percentage without its parts: cannot be summed.
    WithoutParts,
}

/// One pillar in one scope and period.
#[derive(Debug, Clone, PartialEq)]
pub struct PillarProgress {
    pub pillar: u8,
    /// Mean attainment of the indicators that the score counts and that have one, 0 to 1; none where none has.
    pub attainment: Option<Decimal>,
    /// Estimated points / maximum, 0 to 1: indicators whose points are still open count as 0.
    pub score: Decimal,
    /// Bonus less minus points, of the 1000 of all pillars: outside the maximum.
    pub extra: Decimal,
    /// Indicators that the score counts as 0 until something else than their own figure is known.
    pub indicators_open: usize,
    /// Indicators that the score counts: due in the period, with a unit to report them, and not for information only.
    pub indicators_scored: usize,
    /// Indicators due in the period that some unit of the scope has to report.
    pub indicators_expected: usize,
    /// Of those expected.
    pub indicators_with_value: usize,
    /// Tasks of the plan that some unit of the scope leads; for the province a task of several leads counts once.
    pub tasks_expected: usize,
    /// Tasks on which every lead has reported.
    pub tasks_reported: usize,
    /// Tasks that every lead reports as done.
    pub tasks_done: usize,
    /// Mean over the tasks of the mean percent that their leads report, 0 to 100.
    pub tasks_percent: Option<Decimal>,
    /// Every indicator of the pillar in catalogue order, also those not due; no units where it is not the scope's.
    pub indicators: Vec<IndicatorProgress>,
}

/// One task in one scope and period.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskStanding<'a> {
    /// The agencies of the scope that lead it, in catalogue order.
    pub leads: Vec<&'a Agency>,
    /// What those say that have reported.
    pub reports: Vec<(&'a Agency, &'a TaskProgress)>,
}

/// Estimated score ("ước tính"), 0 to 1 as on dti.gov.vn, which shows 4 decimals.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Exact; round it only to show it. Pillars of which the period and scope ask nothing are left out.
    pub total: Decimal,
    /// Bonus less minus points that are in the total, of the 1000 of all pillars.
    pub extra: Decimal,
    pub pillars: Vec<PillarProgress>,
}

/// One agency's standing in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencyStatus {
    pub agency: Id,
    pub expected: Vec<Id>,
    /// Expected items with a value, including *no data* and *not applicable*.
    pub reported: Vec<Id>,
    /// Expected items that are neither reported nor in conflict.
    pub missing: Vec<Id>,
    /// Items of the period whose versions wait for a person, expected or not.
    pub conflicts: Vec<Id>,
    pub state: AgencyState,
    /// The latest filing, and when it was filed (in the agency's own file) or arrived (where this file receives).
    pub filing: Option<FilingKind>,
    pub filed_at: Option<DateTime<FixedOffset>>,
    /// Where this file receives: the arrival that decides whether the report is in time.
    pub arrival: Option<Arrival>,
    /// Days until the due date, which is itself too late: from 0 down the time is over.
    pub days_left: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgencyState {
    Missing,
    /// Entered here, not filed.
    Draft,
    /// Filed (in the agency's own file) or received (where this file receives) in time.
    Received,
    Late,
    /// The receiver sent rows of the latest filing back, and nothing has been filed since.
    Returned,
}

/// One point of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    pub period: PeriodId,
    /// None where there is no figure: a gap, not a zero.
    pub value: Option<Decimal>,
}
