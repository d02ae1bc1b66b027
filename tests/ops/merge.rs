//! Merging planned packages into a workspace: the plan as shown, or nothing.

use dti::merge;
use dti::ops::{self, Done, Incoming, OpsError};
use dti::package::Contents;
use dti::record::{ReceivedState, RowCounts};
use proptest::prelude::*;

use crate::support::ratio;
use crate::support::workspace::{Desk, package_bytes, sha256};

const EVIDENCE: &[u8] = b"%PDF-1.7 minh chung";

#[test]
fn a_merged_package_moves_the_heads_and_is_kept_as_it_came() {
    let contents = submission();
    let mut desk = Desk::new("so-tttt", "PC-B");
    let done = desk.merge(&contents).unwrap();
    assert_eq!(done.changed.len(), 2);
    let snapshot = desk.snapshot();
    let received = &snapshot.received[0];
    assert_eq!(received.state, ReceivedState::Merged);
    assert_eq!(received.rows, RowCounts { new: 2, ..RowCounts::default() });
    assert_eq!(snapshot.missing_evidence, [sha256(EVIDENCE)]);
    let mut kept = Vec::new();
    ops::received_package(&desk.store, &received.sha256, &mut kept).unwrap();
    assert_eq!(kept, package_bytes(&contents));
    assert_eq!(desk.check(), []);
}

#[test]
fn the_same_package_again_is_known_and_logs_nothing() {
    let contents = submission();
    let mut desk = Desk::new("so-tttt", "PC-B");
    desk.merge(&contents).unwrap();
    let before = (desk.digest(), desk.snapshot().operations.len());
    assert_eq!(desk.merge(&contents).unwrap(), Done::default());
    assert_eq!((desk.digest(), desk.snapshot().operations.len()), before);
}

#[test]
fn undoing_a_merge_gives_the_digest_of_before_and_the_package_merges_again() {
    let contents = submission();
    let mut desk = Desk::new("so-tttt", "PC-B");
    let before = desk.digest();
    desk.merge(&contents).unwrap();
    let merged = desk.digest();
    desk.undo().unwrap();
    assert_eq!(desk.digest(), before);
    assert_eq!(desk.snapshot().received[0].state, ReceivedState::Undone);
    desk.redo().unwrap();
    assert_eq!(desk.snapshot().received[0].state, ReceivedState::Merged);
    desk.undo().unwrap();
    assert_eq!(desk.merge(&contents).unwrap().changed.len(), 2);
    assert_eq!(desk.digest(), merged);
    let snapshot = desk.snapshot();
    assert_eq!((snapshot.received.len(), &snapshot.received[0].state), (1, &ReceivedState::Merged));
    assert_eq!(desk.check(), []);
}

#[test]
fn a_plan_made_before_the_heads_moved_is_refused() {
    let contents = submission();
    let mut desk = Desk::new("so-tttt", "PC-B");
    let plan = merge::plan(&contents, &|_| Vec::new());
    desk.merge(&contents).unwrap();
    let digest = desk.digest();
    let package = package_bytes(&contents);
    let received = desk.received(&contents, &package);
    let key = plan.rows[0].incoming.key.clone();
    let refused = desk.act(|store, ctx| {
        let incoming =
            Incoming { received, plan: &plan, package: &mut package.as_slice(), evidence: Vec::new(), filings: &[] };
        ops::merge(store, ctx, incoming)
    });
    assert_eq!(refused, Err(OpsError::Stale { key }));
    assert_eq!(desk.digest(), digest);
}

#[test]
fn evidence_comes_with_the_package_or_the_whole_merge_is_refused() {
    let contents = submission();
    let mut desk = Desk::new("so-tttt", "PC-B");
    let before = desk.digest();
    let merge_with = |desk: &mut Desk, bytes: &'static [u8], package: &[u8]| {
        let plan = merge::plan(&contents, &|key| ops::heads(&desk.store, key).unwrap());
        let received = desk.received(&contents, &package_bytes(&contents));
        let mut package = package;
        desk.act(|store, ctx| {
            let evidence: Vec<(String, Box<dyn std::io::Read>)> = vec![(sha256(EVIDENCE), Box::new(bytes))];
            ops::merge(store, ctx, Incoming { received, plan: &plan, package: &mut package, evidence, filings: &[] })
        })
    };
    let package = package_bytes(&contents);
    let changed = merge_with(&mut desk, b"%PDF-1.7 khac", &package);
    assert_eq!(changed, Err(OpsError::EvidenceChanged { name: "minh chứng.pdf".to_owned() }));
    let swapped = merge_with(&mut desk, EVIDENCE, b"another file under this name");
    let file_name = "DTI_tp-dong-ha_2023-Q4.zip".to_owned();
    assert_eq!(swapped, Err(OpsError::PackageChanged { file_name }));
    assert_eq!(desk.digest(), before);
    assert!(desk.snapshot().received.is_empty());
    merge_with(&mut desk, EVIDENCE, &package).unwrap();
    assert!(desk.snapshot().missing_evidence.is_empty());
    assert_eq!(desk.check(), []);
}

#[test]
fn a_refused_package_is_kept_with_its_reason_and_merges_once_it_can() {
    let contents = submission();
    let mut desk = Desk::new("so-tttt", "PC-B");
    let before = desk.digest();
    let package = package_bytes(&contents);
    let state = ReceivedState::Refused("Gói ở định dạng mới hơn phần mềm này".to_owned());
    let refused = dti::record::Received { state: state.clone(), ..desk.received(&contents, &package) };
    ops::refuse(&mut desk.store, refused.clone(), &mut package.as_slice()).unwrap();
    ops::refuse(&mut desk.store, refused.clone(), &mut package.as_slice()).unwrap();
    let snapshot = desk.snapshot();
    assert_eq!(snapshot.received, std::slice::from_ref(&refused));
    assert!(snapshot.operations.is_empty());
    assert_eq!(desk.digest(), before);
    desk.merge(&contents).unwrap();
    ops::refuse(&mut desk.store, refused.clone(), &mut package.as_slice()).unwrap();
    let snapshot = desk.snapshot();
    assert_eq!(snapshot.received.len(), 1);
    assert_eq!(snapshot.received[0].state, ReceivedState::Merged);
    // It arrived when it arrived, not when it could be read.
    assert_eq!(snapshot.received[0].arrival, refused.arrival);
    assert_eq!(desk.check(), []);
}

#[test]
fn an_undone_package_still_counts_where_another_merge_of_it_stands() {
    let contents = submission();
    let mut desk = Desk::new("so-tttt", "PC-B");
    desk.merge(&contents).unwrap();
    desk.undo().unwrap();
    let second = desk.merge(&contents).unwrap().operation.unwrap();
    assert!(matches!(desk.redo(), Err(OpsError::NothingToRedo)));
    assert_eq!(desk.snapshot().received[0].state, ReceivedState::Merged);
    desk.act(|store, ctx| ops::undo(store, ctx, Some(&second))).unwrap();
    assert_eq!(desk.snapshot().received[0].state, ReceivedState::Undone);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Packages of three desks, of several moments, in any order and with repeats: one digest, and undo leads back.
    #[test]
    fn the_order_of_packages_does_not_matter(
        steps in prop::collection::vec((0_usize..3, 0_i64..3), 2..8),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
        shuffled in any::<u64>(),
    ) {
        let mut desks = [Desk::new("tp-dong-ha", "PC-A"), Desk::new("tp-dong-ha", "PC-B"), Desk::new("so-tttt", "PC-C")];
        let mut packages: Vec<Contents> = Vec::new();
        for (desk, figure) in steps {
            let key = crate::support::workspace::key("M05", "tp-dong-ha", "2023-Q4");
            // A desk first reads what the last package said, every other time.
            if figure == 0 && let Some(last) = packages.last() {
                desks[desk].merge(last).unwrap();
            }
            let seen = Some(ops::heads(&desks[desk].store, &key).unwrap().into_iter().map(|h| h.id).collect());
            let body = dti::record::Body::new(ratio(10 + figure, 20));
            desks[desk].save(vec![ops::Edit { key, body, seen }]).unwrap();
            packages.push(desks[desk].contents("2023-Q4"));
        }
        let mut straight = Desk::new("so-tttt", "PC-D");
        let mut digests = vec![straight.digest()];
        for contents in &packages {
            if straight.merge(contents).unwrap().operation.is_some() {
                digests.push(straight.digest());
            }
        }
        let mut crooked: Vec<&Contents> = packages.iter().collect();
        crooked.extend(order.iter().map(|i| i.get(&packages)));
        let by = |n: usize| shuffled.rotate_left(n as u32 * 7).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut numbered: Vec<_> = crooked.into_iter().enumerate().collect();
        numbered.sort_by_key(|(n, _)| by(*n));
        let mut other = Desk::new("so-tttt", "PC-E");
        for (_, contents) in numbered {
            other.merge(contents).unwrap();
        }
        prop_assert_eq!(straight.digest(), other.digest());
        prop_assert_eq!(straight.check(), []);
        prop_assert_eq!(other.check(), []);
        while let Some(digest) = digests.pop() {
            prop_assert_eq!(straight.digest(), digest);
            if !digests.is_empty() {
                straight.undo().unwrap();
            }
        }
    }
}

/// Đông Hà's report: a figure with evidence, and another one.
fn submission() -> Contents {
    let mut sender = Desk::new("tp-dong-ha", "PC-A");
    sender.enter("M05", "2023-Q4", ratio(17, 20));
    sender.attach("M05", "2023-Q4", "minh chứng.pdf", EVIDENCE);
    sender.enter("M04", "2023-Q4", ratio(3, 4));
    sender.contents("2023-Q4")
}
