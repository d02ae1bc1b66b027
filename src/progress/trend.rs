//! One indicator over the periods up to a given one.

use super::{Scope, TrendPoint, indicator};
use crate::catalogue::{Indicator, PeriodId};
use crate::record::Snapshot;

/// At most `count` periods of the same type, oldest first; an ad hoc period stands alone.
///
/// A period without a figure is a gap; those from before the plan are left out, unless something was entered for them.
pub fn trend(snapshot: &Snapshot, scope: &Scope, of: &Indicator, upto: &PeriodId, count: usize) -> Vec<TrendPoint> {
    let first_year = snapshot.catalogue.plan.first_year;
    let mut points: Vec<TrendPoint> = std::iter::successors(Some(upto.clone()), PeriodId::previous)
        .take(count)
        .map(|period| TrendPoint { value: indicator(snapshot, scope, of, &period).value, period })
        .filter(|point| point.value.is_some() || point.period.year() >= first_year)
        .collect();
    points.reverse();
    points
}
