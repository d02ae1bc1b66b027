//! What the screens show of one period, worked out once per change on the worker: standings, scores, the matrix.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};

use crate::catalogue::{Period, PeriodId};
use crate::progress::{self, AgencyStatus, Completeness, Gap, Jump, Scope, Score, Tally};
use crate::record::Snapshot;

/// Columns of the matrix agency x period.
const MATRIX_PERIODS: usize = 6;

/// The figures of one workspace for one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    pub period: Period,
    /// To choose from, newest first.
    pub periods: Vec<PeriodId>,
    pub own: Score,
    /// The province's, where this workspace receives.
    pub province: Option<Score>,
    /// Where the province's next points are, the largest first.
    pub next_points: Vec<Gap>,
    /// The own standing; every reporting agency's where this workspace receives.
    pub statuses: Vec<AgencyStatus>,
    /// How many reports of those agencies are due, and what became of them.
    pub completeness: Completeness,
    /// Figures to look at again: the province's where this workspace receives, else the own.
    pub jumps: Vec<Jump>,
    /// The latest periods with their standings, oldest first; empty where this workspace does not receive.
    pub matrix: Vec<PeriodStatuses>,
}

/// One column of the matrix.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodStatuses {
    pub period: PeriodId,
    pub statuses: Vec<AgencyStatus>,
    pub all: Tally,
}

impl Figures {
    pub fn of(snapshot: &Snapshot, period: &PeriodId, now: DateTime<FixedOffset>) -> Figures {
        let own = Scope::Agency(snapshot.agency.clone());
        let periods = periods(snapshot, period, now.date_naive());
        let province = snapshot.receives().then(|| progress::score(snapshot, &Scope::Province, period));
        let statuses = progress::status(snapshot, period, now);
        let scope = if snapshot.receives() { Scope::Province } else { own.clone() };
        let gaps = |score| progress::next_points(snapshot, score, period);
        Figures {
            period: snapshot.catalogue.period(period),
            own: progress::score(snapshot, &own, period),
            next_points: province.as_ref().map(gaps).unwrap_or_default(),
            province,
            completeness: progress::completeness(snapshot, period, &statuses),
            jumps: progress::jumps(snapshot, &scope, period),
            statuses,
            matrix: matrix(snapshot, &periods, now),
            periods,
        }
    }
}

/// The period to show first: the one that falls due. A file whose newest work fell due more than a year ago is of another
/// time, and opens there: at its newest quarter with records.
pub fn first_period(snapshot: &Snapshot, today: NaiveDate) -> PeriodId {
    let due_before = |p: &PeriodId| snapshot.catalogue.period(p).due_before;
    let quarters = snapshot.records.keys().map(|k| &k.period).filter(|p| matches!(p, PeriodId::Quarter { .. }));
    match quarters.max_by_key(|p| due_before(p)) {
        Some(newest) if today - due_before(newest) > TimeDelta::days(365) => newest.clone(),
        _ => snapshot.catalogue.opening_period(&snapshot.agency, today),
    }
}

/// The quarters and years from the first with records to the one that falls due next, and every ad hoc period with records.
fn periods(snapshot: &Snapshot, shown: &PeriodId, today: NaiveDate) -> Vec<PeriodId> {
    let current = PeriodId::current(today);
    let mut found: BTreeSet<PeriodId> = snapshot.records.keys().map(|k| k.period.clone()).collect();
    found.extend(snapshot.received.iter().filter_map(|r| r.period.clone()));
    found.insert(shown.clone());
    let (first, last) = years(&found, current.year());
    for year in first..=last {
        found.extend((1..=4).map(|quarter| PeriodId::Quarter { year, quarter }));
        found.insert(PeriodId::Year { year });
    }
    let mut periods: Vec<PeriodId> = found.into_iter().collect();
    periods.sort_by_key(|p| {
        let due = snapshot.catalogue.period(p).due_before;
        (std::cmp::Reverse(due), p.to_string())
    });
    periods
}

/// The years to offer: those with records, and this year; a gap of more than ten years is a slip, not a list.
fn years(found: &BTreeSet<PeriodId>, this_year: i32) -> (i32, i32) {
    let last = found.iter().map(PeriodId::year).max().unwrap_or(this_year).max(this_year);
    let first = found.iter().map(PeriodId::year).min().unwrap_or(this_year).min(this_year);
    (first.max(last - 10), last)
}

fn matrix(snapshot: &Snapshot, periods: &[PeriodId], now: DateTime<FixedOffset>) -> Vec<PeriodStatuses> {
    if !snapshot.receives() {
        return Vec::new();
    }
    let reached = |p: &&PeriodId| snapshot.catalogue.period(p).from <= now.date_naive();
    let mut columns: Vec<PeriodStatuses> = periods
        .iter()
        .filter(reached)
        .take(MATRIX_PERIODS)
        .map(|p| {
            let statuses = progress::status(snapshot, p, now);
            let all = progress::completeness(snapshot, p, &statuses).all;
            PeriodStatuses { period: p.clone(), statuses, all }
        })
        .collect();
    columns.reverse();
    columns
}
