//! Merging real package files: the preview is the merge, order does not matter, and one bad file stops nothing.

use std::path::{Path, PathBuf};

use dti::exchange::{Eml, ExchangeError, Finality, Flow, ImportOutcome, SendOptions, expand, import, preview, receipt};
use dti::ops::Context;
use dti::package::Refusal;
use dti::progress::{AgencyState, agency_status};
use dti::record::{Arrival, Due, ReceivedState, RowCounts};
use dti::store::Store;
use dti::words;

use super::{PERIOD, act, bytes, desk, file, m05, merge, merge_all, packages, take_in};
use crate::support::packages::{read, write};
use crate::support::workspace::{Desk, edit};
use crate::support::{moment, period, ratio};

fn filed(agency: &str, numerator: i64) -> (Desk, PathBuf) {
    let mut desk = desk(agency);
    desk.enter("M05", PERIOD, ratio(numerator, 1000));
    let package = file(&mut desk).remove(0);
    (desk, package)
}

#[test]
fn the_previews_counts_are_the_merges_counts_also_within_a_batch() {
    let (mut one, first) = filed("tp-dong-ha", 850);
    one.enter("M05", PERIOD, ratio(860, 1000));
    one.enter("M06", PERIOD, ratio(1, 2));
    let second = file(&mut one).remove(0);
    let (_two, other) = filed("huyen-vinh-linh", 700);
    // The older filing comes last: by then its row is known.
    let batch = [second, other, first];

    let mut receiver = desk("so-tttt");
    let before = receiver.digest();
    let shown = take_in(&mut receiver, &batch, Finality::Preview);
    assert_eq!(receiver.digest(), before);
    assert_eq!(receiver.snapshot().received, []);
    let did = merge_all(&mut receiver, &batch);
    let counts = |all: &[dti::exchange::Imported]| all.iter().map(|i| i.rows).collect::<Vec<_>>();
    assert_eq!(counts(&shown), counts(&did));
    assert_eq!(did[0].rows, RowCounts { new: 2, ..RowCounts::default() });
    assert_eq!(did[2].rows, RowCounts { older: 1, ..RowCounts::default() });
}

#[test]
fn any_order_of_packages_ends_in_the_same_digest() {
    let (mut one, first) = filed("tp-dong-ha", 850);
    one.enter("M05", PERIOD, ratio(860, 1000));
    let second = file(&mut one).remove(0);
    let (_two, other) = filed("huyen-vinh-linh", 700);
    let orders: [[&PathBuf; 3]; 4] =
        [[&first, &second, &other], [&second, &first, &other], [&other, &second, &first], [&first, &other, &second]];
    let digests = orders.map(|order| {
        let mut receiver = desk("so-tttt");
        for package in order {
            merge_all(&mut receiver, std::slice::from_ref(package));
        }
        receiver.digest()
    });
    assert!(digests.iter().all(|d| *d == digests[0]), "{digests:?}");
}

#[test]
fn the_same_package_again_is_known_and_logs_nothing() {
    let (_one, package) = filed("tp-dong-ha", 850);
    let mut receiver = desk("so-tttt");
    let batch = [package.clone(), package.clone()];
    assert_eq!(expand(&batch).unwrap(), std::slice::from_ref(&package), "named twice, read once");
    merge_all(&mut receiver, std::slice::from_ref(&package));
    let again = merge(&mut receiver, std::slice::from_ref(&package)).remove(0);
    assert_eq!((again.outcome, again.done.operation), (ImportOutcome::Known, None));
    assert_eq!(again.rows, RowCounts { same: 1, ..RowCounts::default() });
    assert_eq!(receiver.snapshot().operations.len(), 1);
    assert_eq!(take_in(&mut receiver, &[package], Finality::Preview)[0].outcome, ImportOutcome::Known);
}

#[test]
fn after_an_undo_the_same_package_merges_again() {
    let (_one, package) = filed("tp-dong-ha", 850);
    let mut receiver = desk("so-tttt");
    let before = receiver.digest();
    merge_all(&mut receiver, std::slice::from_ref(&package));
    receiver.undo().unwrap();
    assert_eq!(receiver.digest(), before);
    let again = merge(&mut receiver, &[package]).remove(0);
    assert_eq!((again.outcome, again.rows.new), (ImportOutcome::Merged, 1));
}

#[test]
fn a_refused_package_is_kept_aside_with_its_reason_and_the_others_merge() {
    let (_one, good) = filed("tp-dong-ha", 850);
    let mut receiver = desk("so-tttt");
    let bad = receiver.folder.path().join("hỏng.zip");
    std::fs::write(&bad, b"khong phai ZIP").unwrap();
    let gone = receiver.folder.path().join("không-có.zip");
    let did = merge(&mut receiver, &[bad, gone, good]);
    let outcomes: Vec<ImportOutcome> = did.iter().map(|i| i.outcome).collect();
    assert_eq!(outcomes, [ImportOutcome::Refused, ImportOutcome::Refused, ImportOutcome::Merged]);
    assert_eq!(did[0].reason, Some(Refusal::NotZip));
    assert!(matches!(did[1].reason, Some(Refusal::Unreadable(_))));

    let snapshot = receiver.snapshot();
    let kept: Vec<(&str, bool)> = snapshot
        .received
        .iter()
        .map(|r| (r.file_name.as_str(), matches!(&r.state, ReceivedState::Refused(why) if why.contains("ZIP"))))
        .collect();
    assert!(kept.contains(&("hỏng.zip", true)), "{kept:?}");
    assert_eq!(kept.len(), 2, "a file that is not there leaves nothing");
    assert_eq!(snapshot.operations.len(), 1, "a refusal is no undo step");
}

#[test]
fn a_package_for_somebody_else_is_refused() {
    let (_one, package) = filed("tp-dong-ha", 850);
    let mut bystander = desk("so-noi-vu");
    let before = bystander.digest();
    let refused = merge(&mut bystander, &[package]).remove(0);
    assert_eq!(refused.reason, Some(Refusal::OtherRecipient { recipient: "so-tttt".to_owned() }));
    assert_eq!(bystander.digest(), before);
}

#[test]
fn a_folder_stands_for_its_packages_sorted() {
    let mut receiver = desk("so-tttt");
    let folder = packages(&receiver);
    std::fs::create_dir_all(folder.join("thư-mục-con.zip")).unwrap();
    let empty = preview(&receiver.store, std::slice::from_ref(&folder), &mut |_| Flow::Continue);
    assert!(matches!(empty, Err(ExchangeError::NoPackages(_))), "{empty:?}");
    for (agency, numerator) in [("tp-dong-ha", 850), ("huyen-vinh-linh", 700)] {
        let (_desk, package) = filed(agency, numerator);
        std::fs::copy(&package, folder.join(package.file_name().unwrap())).unwrap();
    }
    std::fs::write(folder.join("thư.eml"), "không phải gói").unwrap();
    let did = merge(&mut receiver, &[folder]);
    let agencies: Vec<_> = did.iter().map(|i| i.agency.as_deref().unwrap()).collect();
    assert_eq!(agencies, ["huyen-vinh-linh", "tp-dong-ha"]);
}

#[test]
fn both_values_of_a_conflict_stay_and_evidence_travels() {
    let (mut one, first) = filed("tp-dong-ha", 850);
    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &[first]);
    receiver.save(vec![edit(m05("tp-dong-ha"), ratio(840, 1000))]).unwrap();
    one.enter("M05", PERIOD, ratio(860, 1000));
    one.attach("M05", PERIOD, "biểu.pdf", b"noi dung minh chung");
    let second = file(&mut one).remove(0);
    let did = merge(&mut receiver, &[second]).remove(0);
    assert_eq!(did.rows, RowCounts { conflict: 1, ..RowCounts::default() });
    let snapshot = receiver.snapshot();
    assert_eq!(snapshot.record(&m05("tp-dong-ha")).unwrap().heads.len(), 2);
    let evidence = one.snapshot().record(&m05("tp-dong-ha")).unwrap().heads[0].body.evidence[0].clone();
    let mut bytes = Vec::new();
    dti::ops::read_evidence(&receiver.store, &evidence.sha256, &mut bytes).unwrap();
    assert_eq!(bytes, b"noi dung minh chung");
}

/// A package of a report filed at a moment, and what its arrival at another one is.
fn arrive(receiver: &mut Desk, package: &Path, time: &str) -> Arrival {
    let now = moment(time);
    act(receiver, |store, ctx| {
        ctx.now = now;
        import(store, ctx, &[package.to_owned()], Finality::Final, &mut |_| Flow::Continue).unwrap();
    });
    receiver.snapshot().received[0].arrival
}

const LAST_DAY: &str = "2023-12-24T16:00:00+07:00";
const TOO_LATE: &str = "2023-12-26T08:00:00+07:00";

#[test]
fn mail_that_lay_unopened_makes_nobody_late() {
    let mut agency = desk("tp-dong-ha");
    agency.set_clock(moment(LAST_DAY));
    agency.enter("M05", PERIOD, ratio(850, 1000));
    let package = file(&mut agency).remove(0);
    let mut receiver = desk("so-tttt");
    let arrival = arrive(&mut receiver, &package, TOO_LATE);
    assert_eq!((arrival.due, arrival.time), (Due::Timely, moment(TOO_LATE)));
    assert_eq!(arrival.filed_on_another_day(), Some(moment(LAST_DAY).date_naive()));
    let status = agency_status(&receiver.snapshot(), "tp-dong-ha", &period(PERIOD), moment(TOO_LATE));
    assert_eq!((status.state, status.arrival), (AgencyState::Received, Some(arrival)));
    let both_days = "nộp ngày 24/12/2023, nhận ngày 26/12/2023, đúng hạn";
    assert_eq!(words::agency_standing(&status), "Đúng hạn (nộp ngày 24/12/2023, nhận ngày 26/12/2023)");

    let options = SendOptions { to: packages(&receiver), eml: Eml::Skip };
    let sent = act(&mut receiver, |store, ctx| receipt(store, ctx, "tp-dong-ha", &period(PERIOD), &options)).unwrap();
    assert!(sent.letter.body.contains(both_days), "{}", sent.letter.body);
    merge_all(&mut agency, &[sent.file.path]);
    let snapshot = agency.snapshot();
    let said = snapshot.answer(&snapshot.filings[0].id).map(words::answer).unwrap();
    assert_eq!(said, format!("đã nhận {both_days}"));
}

#[test]
fn without_a_signature_the_day_of_arrival_counts() {
    let mut agency = desk("tp-dong-ha");
    agency.set_clock(moment(LAST_DAY));
    agency.enter("M05", PERIOD, ratio(850, 1000));
    let package = file(&mut agency).remove(0);
    let unsigned = super::signatures::stripped(&agency, &package).remove(0);
    let arrival = arrive(&mut desk("so-tttt"), &unsigned, TOO_LATE);
    assert_eq!((arrival.due, arrival.filed), (Due::Late, None));
}

#[test]
fn a_clock_that_is_ahead_makes_nobody_late_and_the_first_arrival_stays() {
    let mut agency = desk("tp-dong-ha");
    agency.set_clock(moment(TOO_LATE));
    agency.enter("M05", PERIOD, ratio(850, 1000));
    let package = file(&mut agency).remove(0);
    assert_eq!(arrive(&mut desk("so-tttt"), &package, TOO_LATE).due, Due::Late);
    let mut receiver = desk("so-tttt");
    assert_eq!(arrive(&mut receiver, &package, LAST_DAY).due, Due::Timely, "it was here before its own date");
    receiver.undo().unwrap();
    let again = arrive(&mut receiver, &package, TOO_LATE);
    assert_eq!((again.due, again.time), (Due::Timely, moment(LAST_DAY)), "it had arrived before");
}

#[test]
fn a_cancel_keeps_what_was_merged_before_it() {
    let (_one, first) = filed("tp-dong-ha", 850);
    let (_two, second) = filed("huyen-vinh-linh", 700);
    let mut receiver = desk("so-tttt");
    let cancelled = act(&mut receiver, |store, ctx| {
        import(store, ctx, &[first, second], Finality::Final, &mut |step| match step.done {
            0 => Flow::Continue,
            _ => Flow::Stop,
        })
    });
    assert!(matches!(cancelled, Err(ExchangeError::Cancelled)), "{cancelled:?}");
    assert_eq!(receiver.snapshot().records.len(), 1);
}

#[test]
fn whether_a_report_is_late_is_for_the_receivers_calendar_to_say() {
    let (_one, package) = filed("tp-dong-ha", 850);
    let mut contents = read(&bytes(&package)).unwrap().contents;
    contents.header.period.due_before = "2099-12-31".parse().unwrap();
    let mut receiver = desk("so-tttt");
    let path = receiver.folder.path().join("trễ.zip");
    std::fs::write(&path, write(&contents)).unwrap();
    // Past the plan's 25th.
    let days_later = moment("2023-12-28T08:00:00+07:00");
    let import_then = |store: &mut Store, ctx: &mut Context<'_>| {
        let mut ctx = Context { officer: ctx.officer, now: days_later, new_id: ctx.new_id };
        import(store, &mut ctx, &[path], Finality::Final, &mut |_| Flow::Continue)
    };
    let merged = act(&mut receiver, import_then).unwrap().remove(0);
    assert_eq!((merged.outcome, merged.reason), (ImportOutcome::Merged, None));
    assert_eq!(receiver.snapshot().received[0].arrival.due, Due::Late);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_opens_and_cannot_be_read_stops_none_of_the_others() {
    let (_one, good) = filed("tp-dong-ha", 850);
    let mut receiver = desk("so-tttt");
    // Its first byte is nowhere: reading fails as on a network drive that has gone.
    let imported = merge(&mut receiver, &[PathBuf::from("/proc/self/mem"), good]);
    let outcomes: Vec<ImportOutcome> = imported.iter().map(|i| i.outcome).collect();
    assert_eq!(outcomes, [ImportOutcome::Refused, ImportOutcome::Merged]);
    assert!(matches!(imported[0].reason, Some(Refusal::Unreadable(_))), "{:?}", imported[0].reason);
    assert_eq!(receiver.check(), []);
}
