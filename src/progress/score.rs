//! The estimated score ("ước tính"): points per indicator, pillar and in all, and where the next points are.
//!
//! The rules are the catalogue's. No indicator of the plan is an official component index, so no score here is official.

use rust_decimal::Decimal;

use super::pillars::{is_scored, pillars};
use super::{IndicatorProgress, PillarProgress, Scope, Score, UnitState};
use crate::catalogue::{Id, Indicator, PeriodId, Rule};
use crate::record::Snapshot;

/// Points still open on one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    pub item: Id,
    /// The units that it waits for: without a usable figure; where all have one, all of them.
    pub agencies: Vec<Id>,
    /// What full points on it would add to the total, 0 to 1.
    pub gain: Decimal,
}

/// The score over the pillars of which the period and scope ask anything.
pub fn score(snapshot: &Snapshot, scope: &Scope, period: &PeriodId) -> Score {
    let pillars = pillars(snapshot, scope, period);
    Score { total: weighted_total(&weighted(snapshot, &pillars)), pillars }
}

/// The weighted mean; with QĐ 922's weights, which come to 1000, the sum of weight × score over 1000. 0 without weights.
pub fn weighted_total(scores: &[(u32, Decimal)]) -> Decimal {
    let weights: Decimal = scores.iter().map(|(weight, _)| Decimal::from(*weight)).sum();
    let points: Decimal = scores.iter().map(|(weight, score)| Decimal::from(*weight) * score).sum();
    points.checked_div(weights).unwrap_or_default()
}

/// Points of one indicator over its maximum, 0 to 1, by its rule; without a value 0.
pub fn points(of: &Indicator, progress: &IndicatorProgress) -> Decimal {
    let full_if = |holds: bool| if holds { Decimal::ONE } else { Decimal::ZERO };
    let reached = progress.reached == Some(true);
    match of.rule {
        Rule::Proportional => progress.attainment.unwrap_or(full_if(reached)),
        Rule::Threshold => full_if(reached),
        Rule::YesNo => full_if(reached && has_evidence(progress)),
        Rule::Unscored => Decimal::ZERO,
    }
}

/// Where the province's next points are, the largest gain first.
pub fn next_points(snapshot: &Snapshot, period: &PeriodId) -> Vec<Gap> {
    let pillars = pillars(snapshot, &Scope::Province, period);
    let weights = weighted(snapshot, &pillars);
    let total: Decimal = weights.iter().map(|(weight, _)| Decimal::from(*weight)).sum();
    let mut gaps: Vec<Gap> = pillars
        .iter()
        .flat_map(|pillar| pillar.indicators.iter().map(move |progress| (pillar, progress)))
        .filter_map(|(pillar, progress)| {
            let of = snapshot.catalogue.indicator(&progress.item)?;
            if !is_scored(&snapshot.catalogue, of, progress, period) {
                return None;
            }
            let weight = Decimal::from(snapshot.catalogue.pillar(pillar.pillar)?.weight);
            let share = weight.checked_div(total * Decimal::from(pillar.indicators_scored))?;
            let gain = share * (Decimal::ONE - points(of, progress));
            (!gain.is_zero()).then(|| Gap { item: of.id.clone(), agencies: open_units(progress), gain })
        })
        .collect();
    // A stable sort: equal gains stay in the plan's order.
    gaps.sort_by_key(|gap| std::cmp::Reverse(gap.gain));
    gaps
}

fn weighted(snapshot: &Snapshot, pillars: &[PillarProgress]) -> Vec<(u32, Decimal)> {
    pillars
        .iter()
        .filter(|p| p.indicators_scored > 0)
        .filter_map(|p| Some((snapshot.catalogue.pillar(p.pillar)?.weight, p.score)))
        .collect()
}

/// Every figure that counts has a file to prove it.
fn has_evidence(progress: &IndicatorProgress) -> bool {
    progress.units.iter().filter(|u| u.state == UnitState::Counted).all(|u| u.evidence > 0)
}

fn open_units(progress: &IndicatorProgress) -> Vec<Id> {
    let ids = |open: fn(UnitState) -> bool| -> Vec<Id> {
        progress.units.iter().filter(|u| open(u.state)).map(|u| u.agency.clone()).collect()
    };
    let waiting = ids(|s| !matches!(s, UnitState::Counted | UnitState::NotApplicable));
    if waiting.is_empty() { ids(|s| s == UnitState::Counted) } else { waiting }
}
