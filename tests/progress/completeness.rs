//! Reports counted in all, by pillar and by item: expected, reported, late, missing, returned.

use dti::progress::{Completeness, Tally, completeness, status};
use dti::record::{FilingKind, Message, Receipt, ReceivedState, ReturnedRow, Snapshot};

use crate::support::{World, moment, period, ratio};

const AT: &str = "2023-Q4";

fn of(snapshot: &Snapshot) -> Completeness {
    let now = moment("2023-12-28T08:00:00+07:00");
    completeness(snapshot, &period(AT), &status(snapshot, &period(AT), now))
}

fn item(completeness: &Completeness, id: &str) -> Tally {
    completeness.items.iter().find(|(item, _)| item == id).unwrap().1
}

fn two_districts() -> World {
    World::of("so-tttt")
        .report("M05", "tp-dong-ha", AT, ratio(1, 2))
        .report("M05", "huyen-gio-linh", AT, ratio(1, 4))
        .receive("tp-dong-ha", AT, FilingKind::Official, "2023-12-20T08:00:00+07:00", ReceivedState::Merged)
        .receive("huyen-gio-linh", AT, FilingKind::Official, "2023-12-26T08:00:00+07:00", ReceivedState::Merged)
}

#[test]
fn an_item_is_expected_of_each_agency_that_reports_it() {
    let found = of(&two_districts().snapshot());
    let m05 = Tally { expected: 10, reported: 2, late: 1, missing: 8, returned: 0 };
    assert_eq!(item(&found, "M05"), m05);
}

#[test]
fn what_waits_for_a_decision_is_neither_reported_nor_missing() {
    let found = of(&two_districts().report("M05", "tp-dong-ha", AT, ratio(2, 3)).snapshot());
    let m05 = item(&found, "M05");
    assert_eq!((m05.expected, m05.reported, m05.missing), (10, 1, 8));
}

#[test]
fn what_was_sent_back_is_counted_until_it_is_changed() {
    let returned = |world: World| {
        let snapshot = two_districts().snapshot();
        let record = snapshot.item("M05", "tp-dong-ha", &period(AT)).unwrap();
        let row =
            ReturnedRow { key: record.key.clone(), revision: record.heads[0].id.clone(), reason: "sai".to_owned() };
        let receipt = Receipt { submission: String::new(), filing: FilingKind::Official, packages: Vec::new() };
        world.notice("so-tttt", "tp-dong-ha", AT, Message::Return { receipt, rows: vec![row] })
    };
    assert_eq!(item(&of(&returned(two_districts()).snapshot()), "M05").returned, 1);
    assert_eq!(item(&of(&returned(returned(two_districts())).snapshot()), "M05").returned, 1, "waits once");
    let mended = returned(two_districts()).change("M05", "tp-dong-ha", AT, ratio(1, 3)).snapshot();
    assert_eq!(item(&of(&mended), "M05").returned, 0);
}

#[test]
fn pillars_and_items_both_come_to_the_whole() {
    let found = of(&two_districts().snapshot());
    let sum = |tallies: Vec<Tally>| {
        let of = |count: fn(&Tally) -> usize| tallies.iter().map(count).sum::<usize>();
        (of(|t| t.expected), of(|t| t.reported), of(|t| t.late), of(|t| t.missing))
    };
    let all = (found.all.expected, found.all.reported, found.all.late, found.all.missing);
    assert_eq!(sum(found.pillars.iter().map(|(_, t)| *t).collect()), all);
    assert_eq!(sum(found.items.iter().map(|(_, t)| *t).collect()), all);
    assert_eq!((found.pillars.len(), found.all.reported, found.all.late), (8, 2, 1));
}
