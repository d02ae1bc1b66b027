//! Completeness and timeliness of a period's reports, counted in item and agency: in all, by pillar and by item.

use std::collections::{BTreeMap, BTreeSet};

use super::AgencyStatus;
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::record::{Key, Snapshot};

/// How many reports of an item by an agency are due, and what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub expected: usize,
    /// With a value, *no data* or *not applicable*. What waits for a decision between versions is neither reported nor
    /// missing.
    pub reported: usize,
    /// Of those reported: in a report that was filed late.
    pub late: usize,
    pub missing: usize,
    /// Of those reported: sent back, and not changed since.
    pub returned: usize,
}

/// The tallies of one period, each group in catalogue order and only where something is expected.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Completeness {
    pub all: Tally,
    pub pillars: Vec<(u8, Tally)>,
    pub items: Vec<(Id, Tally)>,
}

/// The tallies of the agencies whose standing in the period is given.
pub fn completeness(snapshot: &Snapshot, period: &PeriodId, statuses: &[AgencyStatus]) -> Completeness {
    let catalogue = &snapshot.catalogue;
    let window = catalogue.period(period);
    let mut of_items: BTreeMap<&str, Tally> = BTreeMap::new();
    for status in statuses {
        let late = usize::from(status.is_late(&window));
        for item in &status.expected {
            of_items.entry(item).or_default().expected += 1;
        }
        for item in &status.missing {
            of_items.entry(item).or_default().missing += 1;
        }
        for item in &status.reported {
            let tally = of_items.entry(item).or_default();
            tally.reported += 1;
            tally.late += late;
        }
    }
    // What was sent back twice waits once.
    let returned: BTreeSet<&Key> =
        snapshot.returned().map(|(_, row)| &row.key).filter(|key| key.period == *period).collect();
    for key in returned {
        let status = statuses.iter().find(|s| s.agency == key.agency);
        if status.is_some_and(|s| s.reported.contains(&key.item))
            && let Some(tally) = of_items.get_mut(key.item.as_str())
        {
            tally.returned += 1;
        }
    }
    let (mut all, mut pillars) = (Tally::default(), BTreeMap::<u8, Tally>::new());
    let mut items = Vec::new();
    for (item, pillar) in in_order(catalogue) {
        if let Some(tally) = of_items.get(item) {
            all.add(tally);
            pillars.entry(pillar).or_default().add(tally);
            items.push((item.to_owned(), *tally));
        }
    }
    Completeness { all, pillars: pillars.into_iter().collect(), items }
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.expected += other.expected;
        self.reported += other.reported;
        self.late += other.late;
        self.missing += other.missing;
        self.returned += other.returned;
    }
}

/// Every item with its pillar: by pillar, indicators before tasks.
fn in_order(catalogue: &Catalogue) -> impl Iterator<Item = (&str, u8)> {
    catalogue.pillars.iter().flat_map(|pillar| {
        let indicators = catalogue.indicators.iter().filter(|i| i.pillar == pillar.id).map(|i| i.id.as_str());
        let tasks = catalogue.tasks.iter().filter(|t| t.pillar == pillar.id).map(|t| t.id.as_str());
        indicators.chain(tasks).map(|item| (item, pillar.id))
    })
}
