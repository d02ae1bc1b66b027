//! The eight pillars: indicators and tasks counted, attainment and estimated points.
//!
//! Where the report of a period asks for component indices with official points ("điểm tối đa"), the pillar's score is
//! theirs alone: the plan's own indicators are still asked for and shown, and bring no points beside them. Component
//! indices are asked for once a year, so in a quarter the plan's own make the score.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::indicator::answering;
use super::{IndicatorProgress, Open, PillarProgress, Points, Scope, TaskStanding, indicator};
use crate::catalogue::{Catalogue, Indicator, PeriodId, Pillar, Task};
use crate::record::{Content, Snapshot, TaskProgress, TaskStatus};

/// Each pillar of the catalogue, in its order.
pub fn pillars(snapshot: &Snapshot, scope: &Scope, period: &PeriodId) -> Vec<PillarProgress> {
    snapshot.catalogue.pillars.iter().map(|p| pillar(snapshot, scope, period, p)).collect()
}

/// The mean of the numbers; none of none.
pub(super) fn mean(numbers: &[Decimal]) -> Option<Decimal> {
    let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, n| sum.checked_add(*n))?;
    sum.checked_div(Decimal::from(numbers.len()))
}

/// The indicators of a pillar that its score counts in this period and scope, out of all of them.
pub(super) fn scored<'a>(
    catalogue: &'a Catalogue,
    indicators: &'a [IndicatorProgress],
    period: &PeriodId,
) -> Vec<(Cow<'a, Indicator>, &'a IndicatorProgress)> {
    let mut due: Vec<_> = indicators
        .iter()
        .filter(|p| p.points.is_scored())
        .filter_map(|p| Some((catalogue.then(catalogue.indicator(&p.item)?, period), p)))
        .filter(|(of, _)| catalogue.is_due(of, period))
        .collect();
    // Whether there are official points is not the scope's affair: an agency without any has no part in the score.
    let official = due.iter().any(|(of, _)| of.max_points.is_some());
    due.retain(|(of, p)| p.units_expected > 0 && (!official || of.max_points.is_some()));
    due
}

/// True where the period's score can count the indicator, or its extra points.
pub(super) fn counts(catalogue: &Catalogue, of: &Indicator, period: &PeriodId) -> bool {
    let official = |i: &Indicator| {
        let then = catalogue.then(i, period);
        i.pillar == of.pillar && then.max_points.is_some() && then.rule.is_scored() && catalogue.is_due(i, period)
    };
    let beside = of.rule.is_scored() && of.max_points.is_none() && catalogue.indicators.iter().any(official);
    catalogue.is_due(of, period) && !beside
}

fn is_expected(catalogue: &Catalogue, of: &Indicator, progress: &IndicatorProgress, period: &PeriodId) -> bool {
    catalogue.is_due(of, period) && progress.units_expected > 0
}

fn pillar(snapshot: &Snapshot, scope: &Scope, period: &PeriodId, pillar: &Pillar) -> PillarProgress {
    let catalogue = &snapshot.catalogue;
    let of_pillar: Vec<&Indicator> = catalogue.indicators.iter().filter(|i| i.pillar == pillar.id).collect();
    let indicators: Vec<IndicatorProgress> = of_pillar.iter().map(|i| indicator(snapshot, scope, i, period)).collect();
    let pairs = of_pillar.into_iter().zip(&indicators);
    let expected: Vec<_> = pairs.filter(|(i, p)| is_expected(catalogue, i, p, period)).collect();
    let scored = scored(catalogue, &indicators, period);
    let attainments: Vec<Decimal> = scored.iter().filter_map(|(_, p)| p.attainment).collect();
    let open = |p: &IndicatorProgress| matches!(p.points, Points::Open(why) if why != Open::NoFigure);
    let tasks: Vec<TaskStanding> = catalogue
        .tasks
        .iter()
        .filter(|t| t.pillar == pillar.id)
        .map(|t| task(snapshot, scope, t, period))
        .filter(|t| !t.leads.is_empty())
        .collect();
    let percents: Vec<Decimal> = tasks.iter().filter_map(TaskStanding::percent).collect();
    PillarProgress {
        pillar: pillar.id,
        attainment: mean(&attainments),
        score: share(&scored),
        extra: expected.iter().map(|(_, p)| p.points.extra()).sum(),
        indicators_open: scored.iter().filter(|(_, p)| open(p)).count(),
        indicators_scored: scored.len(),
        indicators_expected: expected.len(),
        indicators_with_value: expected.iter().filter(|(_, p)| p.value.is_some()).count(),
        tasks_expected: tasks.len(),
        tasks_reported: tasks.iter().filter(|t| t.reports.len() == t.leads.len()).count(),
        tasks_done: tasks.iter().filter(|t| t.is_done()).count(),
        tasks_percent: mean(&percents),
        indicators,
    }
}

/// What an indicator weighs inside its pillar: its official points; where there are none, as much as any other.
pub(super) fn weight(of: &Indicator) -> Decimal {
    of.max_points.unwrap_or(Decimal::ONE)
}

/// Points over the maximum, 0 to 1; 0 of none.
fn share(scored: &[(Cow<'_, Indicator>, &IndicatorProgress)]) -> Decimal {
    let points: Decimal = scored.iter().map(|(i, p)| weight(i) * p.points.share()).sum();
    let maximum: Decimal = scored.iter().map(|(i, _)| weight(i)).sum();
    points.checked_div(maximum).unwrap_or_default()
}

impl TaskStanding<'_> {
    /// Every lead reports it as done.
    pub fn is_done(&self) -> bool {
        self.reports.len() == self.leads.len() && self.reports.iter().all(|(_, r)| r.status == TaskStatus::Done)
    }

    /// Mean of the percents that the leads report, 0 to 100.
    pub fn percent(&self) -> Option<Decimal> {
        mean(&self.reports.iter().filter_map(|(_, r)| percent(r)).collect::<Vec<_>>())
    }
}

/// The percent as entered; where it was left open, what the status says by itself.
fn percent(report: &TaskProgress) -> Option<Decimal> {
    match (report.percent, report.status) {
        (Some(percent), _) => Some(percent.into()),
        (None, TaskStatus::Done) => Some(Decimal::ONE_HUNDRED),
        (None, TaskStatus::NotStarted) => Some(Decimal::ZERO),
        (None, TaskStatus::InProgress | TaskStatus::Paused) => None,
    }
}

/// One task in this scope and period: who leads it, and what they report. No leads where it is not the scope's or year's.
pub fn task<'a>(snapshot: &'a Snapshot, scope: &Scope, task: &'a Task, period: &PeriodId) -> TaskStanding<'a> {
    if !task.is_due(period) {
        return TaskStanding { leads: Vec::new(), reports: Vec::new() };
    }
    let leads = answering(snapshot, scope, &task.lead, &task.id, period);
    let reports = leads
        .iter()
        .filter_map(|(agency, record)| match &record.as_ref()?.reported()?.body.content {
            Content::Task(report) => Some((*agency, report)),
            _ => None,
        })
        .collect();
    TaskStanding { leads: leads.into_iter().map(|(agency, _)| agency).collect(), reports }
}
