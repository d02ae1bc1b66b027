//! What agencies contribute to the tasks that another one leads: asked for, sent, merged there, answered; no report to anyone.

use std::path::PathBuf;

use dti::exchange::{
    Eml, ExchangeError, ExportOptions, Exported, ImportOutcome, Novelty, Objection, SendOptions, receipt, request,
    send_back, working_copy,
};
use dti::ops::OpsError;
use dti::package::Refusal;
use dti::progress::{AgencyState, agency_status};
use dti::record::{Content, FilingKind, NextFiling, RequestedItem, TaskProgress, TaskStatus};

use super::{PERIOD, act, bytes, desk, file, merge, merge_all, options, packages, try_export};
use crate::support::packages::{contents, write};
use crate::support::workspace::{Desk, key};
use crate::support::{moment, period, ratio};

/// Leads IV.2.
const LEAD: &str = "so-noi-vu";
const COORDINATOR: &str = "tp-dong-ha";
const TASK: &str = "IV.2";

fn progress(percent: u8) -> Content {
    Content::Task(TaskProgress { status: TaskStatus::InProgress, percent: Some(percent), ..TaskProgress::default() })
}

/// A coordinator that has something to say on the lead's task, and a figure of its own.
fn coordinator() -> Desk {
    let mut desk = desk(COORDINATOR);
    desk.enter(TASK, PERIOD, progress(40));
    desk.enter("M05", PERIOD, ratio(850, 1000));
    desk
}

fn try_contribute(desk: &mut Desk, lead: &str) -> Result<Exported, ExchangeError> {
    let options = ExportOptions { recipient: Some(lead.to_owned()), ..options(desk) };
    try_export(desk, &options)
}

fn contribute(desk: &mut Desk) -> Exported {
    try_contribute(desk, LEAD).unwrap()
}

fn paths(exported: &Exported) -> Vec<PathBuf> {
    exported.files.iter().map(|f| f.path.clone()).collect()
}

fn to(desk: &Desk) -> SendOptions {
    SendOptions { to: packages(desk), eml: Eml::Skip }
}

#[test]
fn a_contribution_has_only_what_the_lead_leads_and_says_so_in_its_name() {
    let mut desk = coordinator();
    let sent = contribute(&mut desk);
    let name = sent.files[0].path.file_name().unwrap().to_string_lossy().into_owned();
    assert_eq!(name, "DTI_tp-dong-ha_phoi-hop_so-noi-vu_2023-Q4_chinh-thuc.zip");
    let mut lead = super::desk(LEAD);
    let taken = merge_all(&mut lead, &paths(&sent)).remove(0);
    assert_eq!((taken.outcome, taken.rows.new, taken.rows.total()), (ImportOutcome::Merged, 1, 1));
    let snapshot = lead.snapshot();
    let came = snapshot.item(TASK, COORDINATOR, &period(PERIOD)).unwrap().current().unwrap();
    assert_eq!(came.origin, COORDINATOR, "whose figure it is stays with it");
    assert_eq!(lead.check(), vec![]);
}

#[test]
fn a_contribution_is_no_report() {
    let mut desk = coordinator();
    contribute(&mut desk);
    let state = |desk: &Desk| {
        agency_status(&desk.snapshot(), COORDINATOR, &period(PERIOD), moment("2023-12-10T08:00:00+07:00")).state
    };
    assert_eq!(state(&desk), AgencyState::Draft, "nothing was reported yet");
    assert_eq!(desk.snapshot().next_filing(COORDINATOR, &period(PERIOD)), NextFiling::New(FilingKind::Official));
    file(&mut desk);
    assert_eq!(state(&desk), AgencyState::Received);
    desk.enter(TASK, PERIOD, progress(60));
    let second = contribute(&mut desk);
    assert_eq!(second.filing.kind, FilingKind::Supplementary(1));
    let report = desk.snapshot().last_filing(COORDINATOR, &period(PERIOD)).unwrap().kind;
    assert_eq!(report, FilingKind::Official, "each recipient has its own count");

    // Sent to the receiving department by mistake.
    let mut receiver = super::desk("so-tttt");
    let refused = merge(&mut receiver, &paths(&second)).remove(0);
    assert_eq!(refused.reason, Some(Refusal::OtherRecipient { recipient: LEAD.to_owned() }));
    assert_eq!(state(&receiver), AgencyState::Missing);
}

#[test]
fn an_unchanged_contribution_is_written_again_byte_for_byte() {
    let mut desk = coordinator();
    let first = contribute(&mut desk);
    desk.enter("M05", PERIOD, ratio(851, 1000));
    let again = contribute(&mut desk);
    assert_eq!((again.novelty, bytes(&again.files[0].path)), (Novelty::Again, bytes(&first.files[0].path)));
    assert_eq!(desk.snapshot().filings.len(), 1);
}

#[test]
fn there_must_be_something_to_contribute_and_someone_else_to_get_it() {
    let mut desk = desk(COORDINATOR);
    desk.enter("M05", PERIOD, ratio(850, 1000));
    assert!(
        matches!(try_contribute(&mut desk, LEAD), Err(ExchangeError::NothingToContribute { lead, .. }) if lead == LEAD)
    );
    assert!(matches!(try_contribute(&mut desk, COORDINATOR), Err(ExchangeError::ToOneself(_))));
    assert_eq!(desk.snapshot().filings, []);
    // The receiving department leads tasks as well: what it gets is the report.
    let report = try_contribute(&mut desk, "so-tttt").unwrap();
    assert!(report.files[0].path.ends_with("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip"));
}

#[test]
fn what_was_contributed_is_mended_and_not_undone() {
    let mut desk = desk(COORDINATOR);
    desk.enter(TASK, PERIOD, progress(40));
    let sent = contribute(&mut desk);
    assert!(matches!(desk.undo(), Err(OpsError::UndoFiled { filing, .. }) if filing.id == sent.filing.id));
}

#[test]
fn the_lead_asks_gets_sends_back_and_acknowledges() {
    let mut lead = super::desk(LEAD);
    let items = [
        RequestedItem { item: TASK.to_owned(), note: String::new() },
        RequestedItem { item: "D08".to_owned(), note: String::new() },
    ];
    let folder = to(&lead);
    let asked =
        act(&mut lead, |store, ctx| request(store, ctx, COORDINATOR, &period(PERIOD), &items, &folder)).unwrap();
    let mut agency = coordinator();
    merge_all(&mut agency, &[asked.file.path]);
    let sent = contribute(&mut agency);
    assert_eq!(sent.missing, ["D08"], "what was asked for and is not there");
    merge_all(&mut lead, &paths(&sent));

    let reason = "Chưa nêu số lớp";
    let objections = [Objection { key: key(TASK, COORDINATOR, PERIOD), reason: reason.to_owned() }];
    let returned =
        act(&mut lead, |store, ctx| send_back(store, ctx, COORDINATOR, &period(PERIOD), &objections, &folder)).unwrap();
    assert!(returned.letter.subject.contains("trong số liệu phối hợp Quý IV/2023"), "{}", returned.letter.subject);
    merge_all(&mut agency, &[returned.file.path]);
    let snapshot = agency.snapshot();
    let (notice, row) = snapshot.returned().next().unwrap();
    assert_eq!((notice.sender.as_str(), row.reason.as_str()), (LEAD, reason));
    let status = agency_status(&snapshot, COORDINATOR, &period(PERIOD), moment("2023-12-10T08:00:00+07:00"));
    assert_eq!(status.state, AgencyState::Draft, "its report was not returned: there is none");

    agency.enter(TASK, PERIOD, progress(70));
    let second = contribute(&mut agency);
    assert_eq!(second.filing.answers, Some(returned.notice.id));
    merge_all(&mut lead, &paths(&second));
    let accepted = act(&mut lead, |store, ctx| receipt(store, ctx, COORDINATOR, &period(PERIOD), &folder)).unwrap();
    merge_all(&mut agency, &[accepted.file.path]);
    assert_eq!(agency.snapshot().answer(&second.filing.id).unwrap().sender, LEAD);
    assert_eq!((agency.check(), lead.check()), (vec![], vec![]));
}

#[test]
fn an_older_contribution_after_a_newer_one_is_recognised() {
    let mut agency = coordinator();
    let first = contribute(&mut agency);
    agency.enter(TASK, PERIOD, progress(60));
    let second = contribute(&mut agency);
    let mut lead = super::desk(LEAD);
    merge_all(&mut lead, &paths(&second));
    assert_eq!(merge_all(&mut lead, &paths(&first))[0].older_than, Some(FilingKind::Supplementary(1)));
}

#[test]
fn contributions_reports_and_copies_in_any_order_end_in_one_digest() {
    let mut agency = coordinator();
    let mut other = super::desk("huyen-vinh-linh");
    other.enter(TASK, PERIOD, progress(10));
    let mut all = paths(&contribute(&mut agency));
    all.extend(paths(&contribute(&mut other)));
    let mut lead = super::desk(LEAD);
    lead.enter(TASK, PERIOD, progress(30));
    merge_all(&mut lead, &all);
    let folder = packages(&lead);
    let copied = act(&mut lead, |store, ctx| working_copy(store, ctx, &folder, &mut |_| dti::exchange::Flow::Continue));
    all.extend(copied.unwrap().into_iter().map(|f| f.path));
    agency.enter(TASK, PERIOD, progress(60));
    all.extend(paths(&contribute(&mut agency)));
    merge_all(&mut lead, &all);
    all.extend(file(&mut lead));

    let digest = lead.digest();
    for (number, turn) in (0..all.len()).enumerate() {
        let mut order = all.clone();
        order.rotate_left(turn);
        if turn % 2 == 1 {
            order.reverse();
        }
        order.push(all[turn].clone());
        let mut second_pc = Desk::new(LEAD, &format!("PC-{number}"));
        merge_all(&mut second_pc, &order);
        assert_eq!(second_pc.digest(), digest, "order {turn}");
        assert_eq!(second_pc.check(), vec![]);
    }
}

#[test]
fn foreign_figures_and_foreign_tasks_are_no_contribution() {
    // Written without the program: Sở Nội vụ sends its own report to Sở Tài chính, which leads none of it.
    let mut forged = contents();
    forged.header.recipient = "so-tai-chinh".to_owned();
    let mut receiver = super::desk("so-tai-chinh");
    let path = receiver.folder.path().join("gia.zip");
    std::fs::write(&path, write(&forged)).unwrap();
    let before = receiver.digest();
    let refused = merge(&mut receiver, &[path]).remove(0);
    assert!(matches!(refused.reason, Some(Refusal::NotAContribution { sender, .. }) if sender == LEAD));
    assert_eq!(receiver.digest(), before);
}
