//! Two PCs of one agency, and a working copy that goes to and fro between them.

use std::path::PathBuf;

use dti::exchange::{Eml, ExchangeError, Flow, ImportOutcome, Objection, SendOptions, send_back, working_copy};
use dti::package::Refusal;
use dti::record::{FilingKind, NextFiling, RowCounts};

use super::{PERIOD, act, desk, export_now, file, m05, merge, merge_all, packages};
use crate::support::workspace::Desk;
use crate::support::{period, ratio};

const AGENCY: &str = "tp-dong-ha";

fn copy(desk: &mut Desk) -> Vec<PathBuf> {
    let to = packages(desk);
    let files = act(desk, |store, ctx| working_copy(store, ctx, &to, &mut |_| Flow::Continue)).unwrap();
    files.into_iter().map(|f| f.path).collect()
}

/// A PC that has filed M05 for the quarter, has figures of another quarter and evidence, and a second, empty PC.
fn two() -> (Desk, Desk) {
    let mut one = desk(AGENCY);
    one.enter("M05", PERIOD, ratio(850, 1000));
    one.attach("M05", PERIOD, "biểu.pdf", b"noi dung");
    one.enter("M06", "2023-Q3", ratio(1, 2));
    file(&mut one);
    (one, Desk::new(AGENCY, "PC-hai"))
}

#[test]
fn the_other_pc_has_everything_and_both_go_on() {
    let (mut one, mut two) = two();
    let log = one.snapshot().operations.len();
    let package = copy(&mut one);
    assert_eq!(one.snapshot().operations.len(), log, "the workspace has not changed");
    merge_all(&mut two, &package);
    assert_eq!(two.digest(), one.digest());
    assert_eq!(two.snapshot().missing_evidence, Vec::<String>::new());

    one.enter("M05", PERIOD, ratio(860, 1000));
    two.enter("M06", "2023-Q3", ratio(2, 2));
    merge_all(&mut one, &copy(&mut two));
    merge_all(&mut two, &copy(&mut one));
    assert_eq!(two.digest(), one.digest());
    assert_eq!(one.snapshot().conflicts().count(), 0);
    assert_eq!((one.check(), two.check()), (vec![], vec![]));
}

#[test]
fn what_both_pcs_write_of_one_filing_is_taken_in_any_order_and_their_keys_are_no_changed_ones() {
    let (mut one, mut two) = two();
    let first = packages(&one).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip");
    merge_all(&mut two, &copy(&mut one));
    let again = export_now(&mut two).unwrap().files.remove(0).path;
    one.enter("M05", PERIOD, ratio(860, 1000));
    let later = export_now(&mut one).unwrap().files.remove(0).path;
    let mut digests = Vec::new();
    for order in [[&first, &again, &later], [&again, &later, &first], [&later, &again, &first]] {
        let mut receiver = desk("so-tttt");
        let files: Vec<PathBuf> = order.into_iter().cloned().collect();
        let imported = merge_all(&mut receiver, &files);
        assert!(imported.iter().all(|i| i.outcome != ImportOutcome::Refused), "{imported:?}");
        digests.push(receiver.digest());
    }
    digests.dedup();
    assert_eq!(digests.len(), 1);
}

#[test]
fn the_other_pc_counts_its_filings_on_and_knows_an_answer_to_the_first() {
    let (mut one, mut two) = two();
    let filed = packages(&one).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip");
    // What was filed has been replaced since: the copy has both.
    one.enter("M05", PERIOD, ratio(860, 1000));
    let imported = merge_all(&mut two, &copy(&mut one)).remove(0);
    assert_eq!(imported.rows, RowCounts { new: 2, older: 1, ..RowCounts::default() });
    assert_eq!(two.snapshot().filings, one.snapshot().filings);
    let next = NextFiling::New(FilingKind::Supplementary(1));
    assert_eq!(two.snapshot().next_filing(AGENCY, &period(PERIOD)), next);

    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &[filed]);
    let options = SendOptions { to: packages(&receiver), eml: Eml::Skip };
    let objection = [Objection { key: m05(AGENCY), reason: "sai".to_owned() }];
    let sent =
        act(&mut receiver, |store, ctx| send_back(store, ctx, AGENCY, &period(PERIOD), &objection, &options)).unwrap();
    assert_eq!(merge_all(&mut two, &[sent.file.path])[0].outcome, ImportOutcome::Merged);
    let again = export_now(&mut two).unwrap();
    assert_eq!((again.filing.kind, again.filing.answers), (FilingKind::Supplementary(1), Some(sent.notice.id)));
}

#[test]
fn two_pcs_that_filed_unknown_to_each_other_both_keep_their_filings() {
    let (mut one, mut two) = two();
    two.enter("M06", PERIOD, ratio(1, 2));
    file(&mut two);
    merge_all(&mut two, &copy(&mut one));
    assert_eq!(two.snapshot().filings.len(), 2);
    two.enter("M05", PERIOD, ratio(870, 1000));
    assert_eq!(export_now(&mut two).unwrap().filing.kind, FilingKind::Supplementary(1));
    assert_eq!(two.check(), vec![]);
}

#[test]
fn a_working_copy_again_is_known_and_undone_it_is_gone() {
    let (mut one, mut two) = two();
    let before = two.digest();
    let package = copy(&mut one);
    merge_all(&mut two, &package);
    assert_eq!(merge_all(&mut two, &package)[0].outcome, ImportOutcome::Known);
    two.undo().unwrap();
    assert_eq!((two.digest(), two.snapshot().filings.len()), (before, 0));
    assert_eq!(merge_all(&mut two, &package)[0].outcome, ImportOutcome::Merged);
    assert_eq!(two.snapshot().filings, one.snapshot().filings);
    assert_eq!(two.check(), vec![]);
}

#[test]
fn another_agencys_working_copy_is_refused() {
    let (mut one, _) = two();
    let package = copy(&mut one);
    for agency in ["so-tttt", "huyen-vinh-linh"] {
        let refused = merge(&mut desk(agency), &package).remove(0);
        assert_eq!(refused.reason, Some(Refusal::ForeignWorkingCopy { agency: AGENCY.to_owned() }));
    }
    let mut empty = desk(AGENCY);
    let to = packages(&empty);
    let nothing = act(&mut empty, |store, ctx| working_copy(store, ctx, &to, &mut |_| Flow::Continue));
    assert!(matches!(nothing, Err(ExchangeError::NothingToCopy)), "{nothing:?}");
}

#[test]
fn evidence_lost_with_a_figure_that_was_filed_and_replaced_since_holds_no_copy_back() {
    let (mut one, mut two) = two();
    // As after the way back from a backup whose folder has lost a file.
    let lost = "DELETE FROM blob_chunks WHERE blob = (SELECT id FROM blobs WHERE bytes = 8); DELETE FROM blobs WHERE bytes = 8";
    rusqlite::Connection::open(one.path()).unwrap().execute_batch(lost).unwrap();
    assert_eq!(one.snapshot().missing_evidence.len(), 1);
    let body = dti::record::Body::new(ratio(860, 1000));
    one.save(vec![dti::ops::Edit { key: m05(AGENCY), body, seen: None }]).unwrap();
    assert_eq!(one.snapshot().missing_evidence.len(), 0, "the present figure has no evidence");
    merge_all(&mut two, &copy(&mut one));
    assert_eq!(two.digest(), one.digest());
}
