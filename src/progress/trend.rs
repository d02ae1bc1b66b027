//! One indicator over the periods up to a given one.

use super::indicator::together;
use super::{Scope, TrendPoint, indicator};
use crate::catalogue::{Indicator, PeriodId};
use crate::record::Snapshot;

/// At most `count` periods of the same type, oldest first; an ad hoc period stands alone.
///
/// The line of an agency goes back to those that have come to it whole: their figures together. A period without a figure
/// is a gap; those from before the plan are left out, unless something was entered for them.
pub fn trend(snapshot: &Snapshot, scope: &Scope, of: &Indicator, upto: &PeriodId, count: usize) -> Vec<TrendPoint> {
    let catalogue = &snapshot.catalogue;
    let first_year = catalogue.plan.first_year;
    let value = |period: &PeriodId| match scope {
        Scope::Agency(id) => together(snapshot, catalogue.whole_sources(id, &catalogue.period(period)), of, period),
        Scope::Province => indicator(snapshot, scope, of, period).value,
    };
    let mut points: Vec<TrendPoint> = std::iter::successors(Some(upto.clone()), PeriodId::previous)
        .take(count)
        .map(|period| TrendPoint { value: value(&period), period })
        .filter(|point| point.value.is_some() || point.period.year() >= first_year)
        .collect();
    points.reverse();
    points
}
