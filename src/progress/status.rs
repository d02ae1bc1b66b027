//! Completeness and timeliness: what an agency owes in a period, what is there, and whether its report came in time.
//!
//! The day that counts is that of filing, by the signed package, and at the latest that of arrival: mail that lay unopened
//! makes nobody late.

use chrono::{DateTime, FixedOffset};

use super::{AgencyState, AgencyStatus};
use crate::catalogue::{Id, Period, PeriodId};
use crate::record::{Arrival, Content, Due, Filing, FilingKind, Notice, Record, Reporting, Snapshot};

/// This workspace's agency; where it receives, all agencies that owe a report, in catalogue order.
pub fn status(snapshot: &Snapshot, period: &PeriodId, now: DateTime<FixedOffset>) -> Vec<AgencyStatus> {
    if !snapshot.receives() {
        return vec![agency_status(snapshot, &snapshot.agency, period, now)];
    }
    let window = snapshot.catalogue.period(period);
    let agencies = snapshot.catalogue.reporting_agencies(&window);
    agencies.into_iter().map(|a| agency_status(snapshot, &a.id, period, now)).collect()
}

/// One agency's standing: its own filings in its own file, its packages where this file receives.
pub fn agency_status(snapshot: &Snapshot, agency: &str, period: &PeriodId, now: DateTime<FixedOffset>) -> AgencyStatus {
    let window = snapshot.catalogue.period(period);
    let expected: Vec<Id> = snapshot.catalogue.expected(agency, &window).into_iter().map(str::to_owned).collect();
    let record = |item: &Id| snapshot.item(item, agency, period);
    let reported: Vec<Id> = expected.iter().filter(|i| record(i).is_some_and(is_reported)).cloned().collect();
    let missing =
        expected.iter().filter(|i| !record(i).is_some_and(|r| is_reported(r) || r.in_conflict())).cloned().collect();
    let of_agency = || snapshot.of_agency(agency, period);
    let conflicts = of_agency().filter(|r| r.in_conflict()).map(|r| r.key.item.clone()).collect();
    let submissions = submissions(snapshot, agency, period);
    let first = submissions.iter().min_by_key(|s| s.counting);
    let latest = submissions.iter().max_by_key(|s| (s.kind, s.filed, s.id, s.time));
    let returned = latest.and_then(|s| snapshot.answer(s.id)).is_some_and(Notice::is_return);
    let state = match first {
        _ if returned => AgencyState::Returned,
        Some(first) if Due::of(first.counting, &window) == Due::Timely => AgencyState::Received,
        Some(_) => AgencyState::Late,
        None if of_agency().any(|r| r.in_conflict() || is_reported(r)) => AgencyState::Draft,
        None => AgencyState::Missing,
    };
    AgencyStatus {
        agency: agency.to_owned(),
        expected,
        reported,
        missing,
        conflicts,
        state,
        filing: latest.map(|s| s.kind),
        filed_at: latest.map(|s| s.time),
        arrival: first.and_then(|s| s.arrival),
        days_left: days_left(&window, now),
    }
}

impl AgencyStatus {
    /// True where there is a report, and it came late. One that was sent back came in time or late all the same.
    pub fn is_late(&self, window: &Period) -> bool {
        let arrived_late = || self.arrival.is_some_and(|a| Due::of(a.counting(), window) == Due::Late);
        self.state == AgencyState::Late || (self.state == AgencyState::Returned && arrived_late())
    }

    /// True where there is a report, whatever has become of it.
    pub fn is_in(&self) -> bool {
        matches!(self.state, AgencyState::Received | AgencyState::Late | AgencyState::Returned)
    }
}

/// A report of the agency for the period, as this file knows it.
struct Submission<'a> {
    id: &'a str,
    kind: FilingKind,
    /// When its agency filed it, where that is known: of two under one number the later one counts, as for
    /// [`Snapshot::last_received`].
    filed: Option<DateTime<FixedOffset>>,
    /// Filed, in the agency's own file, or arrived.
    time: DateTime<FixedOffset>,
    /// The moment that counts against the due date.
    counting: DateTime<FixedOffset>,
    arrival: Option<Arrival>,
}

/// A supplementary report after the due date does not make a timely one late: the first to come decides.
fn submissions<'a>(snapshot: &'a Snapshot, agency: &str, period: &PeriodId) -> Vec<Submission<'a>> {
    if agency == snapshot.agency {
        let receiver = &snapshot.catalogue.plan.receiver;
        let reports = |f: &&Filing| f.agency == agency && f.recipient == *receiver && f.period == *period;
        let own = snapshot.filings.iter().filter(reports);
        let filed = |f: &'a Filing| Submission {
            id: &f.id,
            kind: f.kind,
            filed: Some(f.time),
            time: f.time,
            counting: f.time,
            arrival: None,
        };
        return own.map(filed).collect();
    }
    snapshot
        .received
        .iter()
        .filter(|r| r.is_merged_submission() && r.agency == agency && r.period.as_ref() == Some(period))
        .map(|r| Submission {
            id: &r.submission,
            kind: r.filing.unwrap_or(FilingKind::Official),
            filed: r.arrival.filed,
            time: r.arrival.time,
            counting: r.arrival.counting(),
            arrival: Some(r.arrival),
        })
        .collect()
}

/// A value, *no data* or *not applicable*, not withdrawn and not in conflict.
fn is_reported(record: &Record) -> bool {
    record.reported().is_some_and(|r| match &r.body.content {
        Content::Indicator(v) => {
            v.state != Reporting::Reported || [v.numerator, v.denominator, v.value].iter().any(Option::is_some)
        }
        Content::Task(_) | Content::PlanItem(_) | Content::Document(_) => true,
        Content::Withdrawn => false,
    })
}

fn days_left(window: &Period, now: DateTime<FixedOffset>) -> i64 {
    (window.due_before - now.date_naive()).num_days()
}
