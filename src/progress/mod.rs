//! Arithmetic over a snapshot: attainment, aggregation, completeness and the estimated score. Pure.
//!
//! *No data* is never 0, percentages are never averaged, and a record in conflict is left out and named.

use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;

use crate::catalogue::{Id, PeriodId};
use crate::record::FilingKind;

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
    /// 0 to 1 against the target; none without value, or without threshold and baseline.
    pub attainment: Option<Decimal>,
    pub reached: Option<bool>,
    /// Units whose figures are in the value, of those expected.
    pub units_in: usize,
    pub units_expected: usize,
    /// Each expected unit, in catalogue order.
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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// Mean attainment of the pillar's scored indicators that have one, 0 to 1; none where none has.
    pub attainment: Option<Decimal>,
    /// Estimated points / maximum, 0 to 1: indicators without a value count as 0.
    pub score: Decimal,
    pub indicators_expected: usize,
    pub indicators_with_value: usize,
    pub tasks_expected: usize,
    pub tasks_reported: usize,
    pub tasks_done: usize,
    /// Mean percent of the tasks reported.
    pub tasks_percent: Option<Decimal>,
    pub indicators: Vec<IndicatorProgress>,
}

/// Estimated score ("ước tính"), 0 to 1 with 4 decimals as on dti.gov.vn.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    pub total: Decimal,
    pub pillars: Vec<PillarProgress>,
}

/// One agency's standing in one period.
#[derive(Debug, Clone, PartialEq)]
pub struct AgencyStatus {
    pub agency: Id,
    pub expected: Vec<Id>,
    /// Expected items with a value, including *no data* and *not applicable*.
    pub reported: Vec<Id>,
    pub missing: Vec<Id>,
    pub conflicts: Vec<Id>,
    pub state: AgencyState,
    pub filing: Option<FilingKind>,
    pub filed_at: Option<DateTime<FixedOffset>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgencyState {
    Missing,
    /// Entered here, not filed.
    Draft,
    /// Filed (in the agency's own file) or received (where this file receives) in time.
    Received,
    Late,
    Returned,
}

/// One point of a trend.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    pub period: PeriodId,
    /// None where there is no figure: a gap, not a zero.
    pub value: Option<Decimal>,
}
