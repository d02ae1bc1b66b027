//! The loop by e-mail: filed, received, sent back with reasons, mended, filed again, acknowledged; each step a file.

use std::path::PathBuf;

use dti::exchange::{
    Eml, ExchangeError, Finality, ImportOutcome, Novelty, Objection, SendOptions, Sent, receipt, send_back,
};
use dti::package::Refusal;
use dti::progress::{AgencyState, agency_status};
use dti::record::{Due, FilingKind, Key, PackageKind};

use super::{PERIOD, act, bytes, desk, export_now, file, m05, merge, merge_all, packages, take_in};
use crate::support::workspace::Desk;
use crate::support::{moment, period, ratio};

const AGENCY: &str = "tp-dong-ha";

fn to(desk: &Desk, eml: Eml) -> SendOptions {
    SendOptions { to: packages(desk), eml }
}

fn acknowledge(receiver: &mut Desk) -> Result<Sent, ExchangeError> {
    let options = to(receiver, Eml::Skip);
    act(receiver, |store, ctx| receipt(store, ctx, AGENCY, &period(PERIOD), &options))
}

fn object(receiver: &mut Desk, key: Key, reason: &str) -> Result<Sent, ExchangeError> {
    let options = to(receiver, Eml::Skip);
    let objections = [Objection { key, reason: reason.to_owned() }];
    act(receiver, |store, ctx| send_back(store, ctx, AGENCY, &period(PERIOD), &objections, &options))
}

fn state(desk: &Desk) -> AgencyState {
    agency_status(&desk.snapshot(), AGENCY, &period(PERIOD), moment("2023-12-10T08:00:00+07:00")).state
}

/// An agency that has filed M05 and M06, and a receiver that has its report.
fn filed_and_received() -> (Desk, Desk) {
    let mut agency = desk(AGENCY);
    agency.enter("M05", PERIOD, ratio(850, 1000));
    agency.enter("M06", PERIOD, ratio(1, 2));
    let mut receiver = desk("so-tttt");
    merge_all(&mut receiver, &file(&mut agency));
    (agency, receiver)
}

fn path(sent: &Sent) -> Vec<PathBuf> {
    vec![sent.file.path.clone()]
}

/// Why the only package of these was refused.
fn refused(desk: &mut Desk, files: &[PathBuf]) -> Refusal {
    let before = (desk.digest(), desk.snapshot().notices);
    let refusal = merge(desk, files).remove(0).reason.expect("a refusal");
    assert_eq!((desk.digest(), desk.snapshot().notices), before, "a refused package changes nothing");
    refusal
}

#[test]
fn a_report_is_sent_back_mended_filed_again_and_acknowledged() {
    let (mut agency, mut receiver) = filed_and_received();
    assert_eq!((state(&agency), state(&receiver)), (AgencyState::Received, AgencyState::Received));

    let returned = object(&mut receiver, m05(AGENCY), "  Mẫu số chưa gồm 3 phường  ").unwrap();
    assert_eq!(state(&receiver), AgencyState::Returned);
    assert_eq!(state(&agency), AgencyState::Received, "the agency has not heard of it yet");

    let digest = agency.digest();
    let taken = merge_all(&mut agency, &path(&returned)).remove(0);
    assert_eq!((taken.outcome, taken.kind), (ImportOutcome::Merged, Some(PackageKind::Return)));
    assert_eq!(agency.digest(), digest, "a notice moves no heads");
    assert_eq!(state(&agency), AgencyState::Returned);
    let snapshot = agency.snapshot();
    let (notice, row) = snapshot.returned_of(&m05(AGENCY)).unwrap();
    assert_eq!((row.reason.as_str(), notice.sender.as_str()), ("Mẫu số chưa gồm 3 phường", "so-tttt"));
    assert_eq!(snapshot.returned().count(), 1);

    agency.enter("M05", PERIOD, ratio(870, 1100));
    assert_eq!(agency.snapshot().returned().count(), 0, "mended");
    assert_eq!(state(&agency), AgencyState::Returned, "but not filed again");

    let again = export_now(&mut agency).unwrap();
    assert_eq!(again.filing.kind, FilingKind::Supplementary(1));
    assert_eq!(again.filing.answers.as_ref(), Some(&returned.notice.id), "it says what it answers");
    assert_eq!(state(&agency), AgencyState::Received);

    merge_all(&mut receiver, &again.files.iter().map(|f| f.path.clone()).collect::<Vec<_>>());
    assert_eq!(state(&receiver), AgencyState::Received);
    assert_eq!(receiver.snapshot().returned().count(), 0);

    let acknowledged = acknowledge(&mut receiver).unwrap();
    merge_all(&mut agency, &path(&acknowledged));
    let snapshot = agency.snapshot();
    let answer = snapshot.answer(&again.filing.id).unwrap().receipt().unwrap();
    assert_eq!((answer.filing, answer.due()), (FilingKind::Supplementary(1), Due::Timely));
    assert_eq!(answer.packages[0].sha256, again.filing.packages[0]);
    assert_eq!((answer.packages[0].rows.changed, answer.packages[0].rows.same), (1, 1));
    assert_eq!(agency.digest(), receiver.digest());
    assert_eq!((agency.check(), receiver.check()), (vec![], vec![]));
}

#[test]
fn a_return_is_taken_back_and_comes_again() {
    let (mut agency, mut receiver) = filed_and_received();
    let returned = object(&mut receiver, m05(AGENCY), "sai mẫu số").unwrap();
    merge_all(&mut agency, &path(&returned));
    agency.undo().unwrap();
    assert_eq!((state(&agency), agency.snapshot().notices.len()), (AgencyState::Received, 0));
    agency.redo().unwrap();
    assert_eq!(state(&agency), AgencyState::Returned);
    agency.undo().unwrap();
    assert_eq!(merge_all(&mut agency, &path(&returned))[0].outcome, ImportOutcome::Merged);
    assert_eq!(state(&agency), AgencyState::Returned);
    assert_eq!(merge_all(&mut agency, &path(&returned))[0].outcome, ImportOutcome::Known);
    assert_eq!(take_in(&mut agency, &path(&returned), Finality::Preview)[0].outcome, ImportOutcome::Known);

    receiver.undo().unwrap();
    assert_eq!(state(&receiver), AgencyState::Received, "a return that was not meant");
}

#[test]
fn a_receipt_after_the_return_settles_it() {
    let (mut agency, mut receiver) = filed_and_received();
    let returned = object(&mut receiver, m05(AGENCY), "sai mẫu số").unwrap();
    let accepted = acknowledge(&mut receiver).unwrap();
    // Whichever comes first.
    for order in [[&returned, &accepted], [&accepted, &returned]] {
        for sent in order {
            merge_all(&mut agency, &path(sent));
        }
        assert_eq!((state(&agency), agency.snapshot().returned().count()), (AgencyState::Received, 0));
        agency.undo().unwrap();
        agency.undo().unwrap();
    }
}

#[test]
fn the_same_word_twice_is_one_word_byte_for_byte() {
    let (_, mut receiver) = filed_and_received();
    let first = acknowledge(&mut receiver).unwrap();
    let again = acknowledge(&mut receiver).unwrap();
    assert_eq!((first.novelty, again.novelty), (Novelty::New, Novelty::Again));
    assert_eq!((again.file, again.done.operation), (first.file, None));
    let one = object(&mut receiver, m05(AGENCY), "một").unwrap();
    let two = object(&mut receiver, m05(AGENCY), "hai").unwrap();
    assert_ne!(bytes(&one.file.path), bytes(&two.file.path));
    assert_eq!(receiver.snapshot().notices.len(), 3);
}

#[test]
fn nothing_is_sent_back_without_report_row_or_reason() {
    let (_, mut receiver) = filed_and_received();
    let log = receiver.snapshot().operations.len();
    assert!(matches!(object(&mut receiver, m05(AGENCY), " \n"), Err(ExchangeError::NoReason(_))));
    let unreported = crate::support::workspace::key("M07", AGENCY, PERIOD);
    assert!(matches!(object(&mut receiver, unreported, "thiếu"), Err(ExchangeError::NotInReport(_))));
    let options = to(&receiver, Eml::Skip);
    let none = act(&mut receiver, |store, ctx| send_back(store, ctx, AGENCY, &period(PERIOD), &[], &options));
    assert!(matches!(none, Err(ExchangeError::NothingNamed)));
    let other = act(&mut receiver, |store, ctx| receipt(store, ctx, "huyen-vinh-linh", &period(PERIOD), &options));
    assert!(matches!(other, Err(ExchangeError::NothingReceived { .. })));
    assert_eq!((receiver.snapshot().operations.len(), receiver.snapshot().notices.len()), (log, 0));
}

#[test]
fn what_the_receiver_corrected_meanwhile_is_sent_back_as_it_was_filed() {
    let (mut agency, mut receiver) = filed_and_received();
    let key = m05(AGENCY);
    receiver.save(vec![crate::support::workspace::edit(key.clone(), ratio(1, 3))]).unwrap();
    let returned = object(&mut receiver, key.clone(), "sai").unwrap();
    let filed = agency.snapshot().record(&key).unwrap().heads[0].id.clone();
    assert_eq!(returned.notice.returned_rows()[0].revision, filed);
    merge_all(&mut agency, &path(&returned));
    assert_eq!(agency.snapshot().returned().count(), 1);
}

#[test]
fn word_about_a_report_that_was_not_filed_here_is_refused() {
    let (agency, mut receiver) = filed_and_received();
    let sent = acknowledge(&mut receiver).unwrap();
    let mut other_pc = Desk::new(AGENCY, "PC-hai");
    let unknown = Refusal::UnknownFiling { period: period(PERIOD), filing: FilingKind::Official };
    assert_eq!(refused(&mut other_pc, &path(&sent)), unknown);
    let mut other_agency = desk("huyen-vinh-linh");
    assert_eq!(refused(&mut other_agency, &path(&sent)), Refusal::OtherRecipient { recipient: AGENCY.into() });
    assert_eq!(refused(&mut receiver, &path(&sent)), Refusal::OtherRecipient { recipient: AGENCY.into() });
    drop(agency);
}

#[test]
fn word_about_a_report_from_anyone_but_its_receiver_is_refused() {
    let mut agency = desk(AGENCY);
    agency.enter("M05", PERIOD, ratio(850, 1000));
    let filed = file(&mut agency);
    // Another PC of the agency may read its report; it has no say in it.
    let mut other_pc = Desk::new(AGENCY, "PC-hai");
    merge_all(&mut other_pc, &filed);
    let sent = acknowledge(&mut other_pc).unwrap();
    assert_eq!(refused(&mut agency, &path(&sent)), Refusal::NotTheReceiver { sender: AGENCY.into() });
}

#[test]
fn an_older_report_after_a_newer_one_is_recognised() {
    let (mut agency, mut receiver) = filed_and_received();
    agency.enter("M05", PERIOD, ratio(860, 1000));
    agency.enter("M06", PERIOD, ratio(2, 2));
    let newer = file(&mut agency);
    let mut late = desk("so-tttt");
    merge_all(&mut late, &newer);
    let older = packages(&agency).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip");
    let digest = late.digest();
    for finality in [Finality::Preview, Finality::Final] {
        let replayed = take_in(&mut late, std::slice::from_ref(&older), finality).remove(0);
        assert_eq!(replayed.older_than, Some(FilingKind::Supplementary(1)));
        assert_eq!((replayed.rows.older, replayed.rows.total()), (2, 2));
    }
    assert_eq!(late.digest(), digest);
    let status = agency_status(&late.snapshot(), AGENCY, &period(PERIOD), moment("2023-12-10T08:00:00+07:00"));
    assert_eq!(status.filing, Some(FilingKind::Supplementary(1)));
    assert_eq!(merge_all(&mut receiver, &newer)[0].older_than, None);
}

#[test]
fn a_preview_of_a_whole_batch_says_of_each_package_what_its_import_will() {
    let (mut agency, _) = filed_and_received();
    agency.enter("M05", PERIOD, ratio(860, 1000));
    let newer = file(&mut agency).remove(0);
    let older = packages(&agency).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip");
    let copy = packages(&agency).join("DTI_tp-dong-ha_2023-Q4_bo-sung-1 (2).zip");
    std::fs::copy(&newer, &copy).unwrap();
    let mut receiver = desk("so-tttt");
    let batch = [newer, older, copy];
    for finality in [Finality::Preview, Finality::Final] {
        let said: Vec<_> =
            take_in(&mut receiver, &batch, finality).into_iter().map(|i| (i.outcome, i.older_than)).collect();
        let newest = Some(FilingKind::Supplementary(1));
        let expected = [(ImportOutcome::Merged, None), (ImportOutcome::Merged, newest), (ImportOutcome::Known, None)];
        assert_eq!(said, expected, "{finality:?}");
    }
}

#[test]
fn the_draft_names_every_row_and_its_reason() {
    let (_, mut receiver) = filed_and_received();
    let options = to(&receiver, Eml::Write);
    let objections = [Objection { key: m05(AGENCY), reason: "Mẫu số chưa gồm 3 phường".to_owned() }];
    let sent =
        act(&mut receiver, |store, ctx| send_back(store, ctx, AGENCY, &period(PERIOD), &objections, &options)).unwrap();
    assert_eq!(sent.letter.subject.split(": ").last(), Some("trả lại 1 mục trong báo cáo Quý IV/2023, chính thức"));
    for part in ["M05", "Mẫu số chưa gồm 3 phường", "bổ sung lần 1", &sent.file.sha256] {
        assert!(sent.letter.body.contains(part), "{part}: {}", sent.letter.body);
    }
    let draft = String::from_utf8(bytes(sent.eml.as_ref().unwrap())).unwrap();
    assert!(draft.contains("DTI_so-tttt_tra-lai_tp-dong-ha_2023-Q4_chinh-thuc.zip"), "{draft}");
}

#[test]
fn of_two_reports_filed_under_one_number_the_later_one_is_answered_whichever_came_first() {
    let mut one = desk(AGENCY);
    one.enter("M05", PERIOD, ratio(850, 1000));
    let earlier = export_now(&mut one).unwrap();
    let mut two = Desk::new(AGENCY, "PC-hai");
    two.set_clock(moment("2023-12-05T08:00:00+07:00"));
    two.enter("M06", PERIOD, ratio(1, 2));
    let later = export_now(&mut two).unwrap();
    assert_eq!(later.filing.kind, earlier.filing.kind);
    let files = [&earlier, &later].map(|e| e.files[0].path.clone());
    for order in [[0, 1], [1, 0]] {
        let mut receiver = desk("so-tttt");
        for at in order {
            merge_all(&mut receiver, std::slice::from_ref(&files[at]));
        }
        let sent = acknowledge(&mut receiver).unwrap();
        assert_eq!(sent.notice.receipt().unwrap().submission, later.filing.id, "{order:?}");
        let m06 = crate::support::workspace::key("M06", AGENCY, PERIOD);
        object(&mut receiver, m06, "Chưa khớp biểu 02").unwrap();
        assert_eq!(state(&receiver), AgencyState::Returned, "{order:?}");
    }
}

#[test]
fn rows_sent_back_stand_though_the_receivers_clock_was_ahead_when_it_answered_the_filing_before() {
    let (mut agency, mut receiver) = filed_and_received();
    receiver.set_clock(moment("2033-12-10T08:00:00+07:00"));
    let early = acknowledge(&mut receiver).unwrap();
    merge_all(&mut agency, &path(&early));
    agency.enter("M05", PERIOD, ratio(860, 1000));
    merge_all(&mut receiver, &file(&mut agency));
    receiver.set_clock(moment("2023-12-12T08:00:00+07:00"));
    let back = object(&mut receiver, m05(AGENCY), "Chưa khớp biểu 02").unwrap();
    merge_all(&mut agency, &path(&back));
    assert_eq!(agency.snapshot().returned().count(), 1);
}
