//! What an agency reported for another period and may say again for this one, so that nobody types a document twice.
//!
//! Nothing is carried over by itself: a figure is of its period, and whoever takes it over says that it has not changed.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::{Body, Content, DocumentState, Key, Reporting, Snapshot, TaskStatus, findings, is_refused};
use crate::catalogue::{Catalogue, Measure, Period, PeriodId};

/// What could be said again for one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarryOver {
    /// Of the period that it would be entered for.
    pub key: Key,
    pub body: Body,
    pub holding: Holding,
}

/// How far what was reported for one period holds in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// Until something happens: the document was issued, the task is done, the item does not apply. With its evidence.
    Lasting,
    /// A document of another year, with its evidence: it holds unless it is one that every year has anew.
    OfItsYear,
    /// It was said of that period, and its evidence and note stay there.
    OfItsPeriod,
}

/// The periods with something to carry over into `to`, the likeliest first: the latest that ended by then, of the same type
/// where two ended together.
pub fn carry_over_sources(snapshot: &Snapshot, agency: &str, to: &Period) -> Vec<PeriodId> {
    let with_records: BTreeSet<&PeriodId> =
        snapshot.records.keys().filter(|key| key.agency == agency).map(|key| &key.period).collect();
    let earlier = |id: &PeriodId| *id != to.id && snapshot.catalogue.period(id).to <= to.to;
    let mut sources: Vec<PeriodId> = with_records.into_iter().filter(|id| earlier(id)).cloned().collect();
    sources.retain(|from| !carry_over(snapshot, agency, from, to).is_empty());
    let previous = to.id.previous();
    sources.sort_by_key(|id| Reverse((snapshot.catalogue.period(id).to, Some(id) == previous.as_ref())));
    sources
}

/// What `agency` owes in `to` and has not entered, as it reported it in `from`; in the catalogue's order.
pub fn carry_over(snapshot: &Snapshot, agency: &str, from: &PeriodId, to: &Period) -> Vec<CarryOver> {
    let catalogue = &snapshot.catalogue;
    let owed = catalogue.expected(agency, to).into_iter();
    let open = owed.filter(|item| is_open(snapshot, item, agency, &to.id));
    open.filter_map(|item| {
        let said = &snapshot.reported(item, agency, from)?.body;
        let same_year = from.year() == to.id.year();
        if !same_year && begins_anew(catalogue, item) {
            return None;
        }
        let holding = match holding(&said.content) {
            Holding::Lasting if !same_year && is_issued(&said.content) => Holding::OfItsYear,
            holding => holding,
        };
        let body = match holding {
            Holding::Lasting | Holding::OfItsYear => said.clone(),
            Holding::OfItsPeriod => Body::new(said.content.clone()),
        };
        let sound = !is_refused(&findings(catalogue, item, &body, snapshot.before(item, agency, &to.id)));
        let key = Key::of_item(catalogue, item, agency, &to.id)?;
        sound.then_some(CarryOver { key, body, holding })
    })
    .collect()
}

/// Nothing is entered, or it was taken back.
fn is_open(snapshot: &Snapshot, item: &str, agency: &str, period: &PeriodId) -> bool {
    snapshot.item(item, agency, period).is_none_or(|r| r.current().is_some_and(|head| head.body.is_withdrawn()))
}

/// A figure without a denominator counts up from the start of the year, and a task of every year is done again in each:
/// what another year said of them says nothing here.
fn begins_anew(catalogue: &Catalogue, item: &str) -> bool {
    let counts_up = catalogue.indicator(item).is_some_and(|i| i.measure == Measure::Value);
    counts_up || catalogue.task(item).is_some_and(|task| task.years.is_empty())
}

fn is_issued(content: &Content) -> bool {
    matches!(content, Content::Document(document) if document.state == DocumentState::Issued)
}

fn holding(content: &Content) -> Holding {
    let lasting = match content {
        Content::Document(document) => {
            matches!(document.state, DocumentState::Issued | DocumentState::NotApplicable)
        }
        Content::Indicator(value) => value.state == Reporting::NotApplicable,
        Content::Task(task) => task.status == TaskStatus::Done,
        Content::PlanItem(_) | Content::Withdrawn => false,
    };
    if lasting { Holding::Lasting } else { Holding::OfItsPeriod }
}
