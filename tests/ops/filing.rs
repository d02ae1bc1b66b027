//! Filing: in turn, and only what stands.

use dti::ops::{self, OpsError};
use dti::record::{FilingKind, OperationKind};

use crate::support::ratio;
use crate::support::workspace::{Desk, MACHINE};

#[test]
fn a_filing_comes_back_as_it_was_and_stands_in_the_log() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M04", "2023-Q4", ratio(1, 20));
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    let filing = desk.filing("2023-Q4");
    assert_eq!(filing.revisions.len(), 2);
    let done = desk.act(|store, ctx| ops::file(store, ctx, filing.clone())).unwrap();
    assert!(done.changed.is_empty());
    desk.enter("M05", "2023-Q4", ratio(3, 20));
    desk.file("2023-Q4");
    let snapshot = desk.snapshot();
    assert_eq!(snapshot.filings.len(), 2);
    assert_eq!(snapshot.filings[1], filing);
    assert_eq!(snapshot.filings[0].kind, FilingKind::Supplementary(1));
    assert_eq!(snapshot.operations[0].kind, OperationKind::File);
    assert_eq!(snapshot.operations[0].subject, "2023-Q4 bo-sung-1");
    assert_eq!(desk.check(), []);
}

#[test]
fn filings_are_numbered_without_gaps_or_repeats() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    for kind in [FilingKind::Supplementary(1), FilingKind::Official, FilingKind::Official] {
        let filing = dti::record::Filing { kind, ..desk.filing("2023-Q4") };
        let expected = desk.filing("2023-Q4").kind == kind;
        let result = desk.act(|store, ctx| ops::file(store, ctx, filing));
        assert_eq!(result.is_ok(), expected, "{kind:?}: {result:?}");
    }
    assert_eq!(desk.snapshot().filings.len(), 1);
}

#[test]
fn a_filing_of_figures_that_have_changed_meanwhile_is_refused() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    let filing = desk.filing("2023-Q4");
    desk.enter("M05", "2023-Q4", ratio(3, 20));
    let key = desk.key("M05", "2023-Q4");
    assert_eq!(desk.act(|store, ctx| ops::file(store, ctx, filing)), Err(OpsError::Stale { key }));
    assert!(desk.snapshot().filings.is_empty());
}
