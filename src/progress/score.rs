//! The estimated score ("ước tính"): points per indicator, pillar and in all, and where the next points are.
//!
//! The rules are the catalogue's, what they give is in `points`. No score here is official: the ministry's is measured on its
//! own evidence.

use rust_decimal::Decimal;

use super::pillars::{pillars, scored, weight};
use super::{IndicatorProgress, PillarProgress, Points, Scope, Score, UnitState};
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::record::Snapshot;
use crate::text::number::rounded;

/// Points still open on one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    pub item: Id,
    /// The units that it waits for: without a usable figure; where all have one, all of them.
    pub agencies: Vec<Id>,
    /// What full points on it would add to the total, 0 to 1.
    pub gain: Decimal,
    /// What it brings now, or why nothing yet.
    pub points: Points,
}

/// The score over the pillars of which the period and scope ask anything.
pub fn score(snapshot: &Snapshot, scope: &Scope, period: &PeriodId) -> Score {
    let pillars = pillars(snapshot, scope, period);
    let extra: Decimal = pillars.iter().map(|p| p.extra).sum();
    let total = weighted_total(&weighted(snapshot, &pillars)) + of_all(&snapshot.catalogue, extra);
    Score { total: total.clamp(Decimal::ZERO, Decimal::ONE), extra, pillars }
}

/// Points over those of all pillars: over 1000.
fn of_all(catalogue: &Catalogue, points: Decimal) -> Decimal {
    let all: Decimal = catalogue.pillars.iter().map(|p| Decimal::from(p.weight)).sum();
    points.checked_div(all).unwrap_or_default()
}

/// The weighted mean; with QĐ 922's weights, which come to 1000, the sum of weight × score over 1000. 0 without weights.
pub fn weighted_total(scores: &[(u32, Decimal)]) -> Decimal {
    let weights: Decimal = scores.iter().map(|(weight, _)| Decimal::from(*weight)).sum();
    let points: Decimal = scores.iter().map(|(weight, score)| Decimal::from(*weight) * score).sum();
    points.checked_div(weights).unwrap_or_default()
}

/// By how much a score moves as it is shown: with four decimals before and after, so that the three figures agree.
pub fn score_moved(before: Decimal, after: Decimal) -> Decimal {
    rounded(after, 4) - rounded(before, 4)
}

/// Where the next points are in a score of this period, the largest gain first.
pub fn next_points(snapshot: &Snapshot, score: &Score, period: &PeriodId) -> Vec<Gap> {
    let pillars = &score.pillars;
    let weights = weighted(snapshot, pillars);
    let total: Decimal = weights.iter().map(|(weight, _)| Decimal::from(*weight)).sum();
    let mut gaps: Vec<Gap> = Vec::new();
    for pillar in pillars {
        let scored = scored(&snapshot.catalogue, &pillar.indicators, period);
        let maximum: Decimal = scored.iter().map(|(of, _)| weight(of)).sum();
        let points = snapshot.catalogue.pillar(pillar.pillar).map_or(Decimal::ZERO, |p| p.weight.into());
        gaps.extend(scored.into_iter().filter_map(|(of, progress)| {
            let gain = points * weight(&of) * (Decimal::ONE - progress.points.share());
            let gain = gain.checked_div(total * maximum).filter(|gain| !gain.is_zero())?;
            Some(Gap { item: of.id.clone(), agencies: open_units(progress), gain, points: progress.points })
        }));
    }
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

fn open_units(progress: &IndicatorProgress) -> Vec<Id> {
    let ids = |open: fn(UnitState) -> bool| -> Vec<Id> {
        progress.units.iter().filter(|u| open(u.state)).map(|u| u.agency.clone()).collect()
    };
    let waiting = ids(|s| !matches!(s, UnitState::Counted | UnitState::NotApplicable));
    if waiting.is_empty() { ids(|s| s == UnitState::Counted) } else { waiting }
}
