//! Filing: official, again, supplementary; the files that it writes, and those that it never touches.

use std::path::PathBuf;

use dti::catalogue::embedded;
use dti::exchange::{Eml, ExchangeError, ExportOptions, Flow, Novelty, export, last_limit};
use dti::package::{self, Package};
use dti::record::FilingKind;
use dti::store::Access;

use super::{PERIOD, bytes, desk, export_now, file, merge_all, options, packages, try_export};
use crate::report::sample::part;
use crate::support::workspace::{Desk, edit, open, sha256};
use crate::support::{period, ratio};

fn read(path: &PathBuf) -> Package {
    let name = path.file_name().unwrap().to_str().unwrap();
    package::read(std::fs::File::open(path).unwrap(), name, embedded()).unwrap()
}

fn reporting() -> Desk {
    let mut desk = desk("tp-dong-ha");
    desk.enter("M05", PERIOD, ratio(850, 1000));
    desk
}

/// Bytes that do not compress, the same in every run.
fn noise(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn the_first_filing_is_official_and_its_file_is_what_it_says() {
    let mut desk = reporting();
    let exported = export_now(&mut desk).unwrap();
    assert_eq!((exported.novelty, exported.filing.kind), (Novelty::New, FilingKind::Official));
    assert!(exported.done.operation.is_some());
    let [only] = exported.files.as_slice() else { panic!("{exported:?}") };
    assert_eq!(only.path, packages(&desk).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip"));
    assert_eq!((only.sha256.clone(), only.bytes), (sha256(&bytes(&only.path)), bytes(&only.path).len() as u64));
    assert_eq!(exported.filing.packages, std::slice::from_ref(&only.sha256));

    let package = read(&only.path);
    assert_eq!(package.contents.revisions.len(), 1);
    let header = package.contents.header;
    assert_eq!((header.agency.as_str(), header.recipient.as_str()), ("tp-dong-ha", "so-tttt"));
    assert_eq!((header.submission, header.previous), (exported.filing.id, None));
}

#[test]
fn nothing_new_writes_the_same_bytes_and_files_nothing() {
    let mut desk = reporting();
    desk.attach("M05", PERIOD, "biểu.pdf", b"noi dung");
    let first = file(&mut desk);
    let elsewhere = ExportOptions { to: desk.folder.path().join("nơi khác"), ..options(&desk) };
    let again = try_export(&mut desk, &elsewhere).unwrap();
    assert_eq!((again.novelty, again.done.operation), (Novelty::Again, None));
    assert_ne!(again.files[0].path, first[0]);
    assert_eq!(bytes(&again.files[0].path), bytes(&first[0]));
    assert_eq!(desk.snapshot().filings.len(), 1);
}

#[test]
fn the_report_for_people_says_what_was_filed_and_nothing_that_came_later() {
    let mut desk = reporting();
    let first = file(&mut desk);
    let files = crate::package::forge::open(&bytes(&first[0])).files;
    let paper = part(&files["data/bao-cao.docx"], "word/document.xml");
    for said in ["THÀNH PHỐ ĐÔNG HÀ", "850/1.000", "Quý IV/2023"] {
        assert!(paper.to_uppercase().contains(&said.to_uppercase()), "{said} is not in {paper}");
    }
    assert!(!paper.contains("Kỳ trước"), "another period is another report's");
    assert!(files.contains_key("data/bao-cao.xlsx"));

    // The period before, another officer, a clock that went on: the package stays what it was.
    desk.enter("M05", "2023-Q3", ratio(800, 1000));
    desk.act(|store, _| dti::ops::set_officer(store, "Người khác")).unwrap();
    let elsewhere = ExportOptions { to: desk.folder.path().join("nơi khác"), ..options(&desk) };
    let again = try_export(&mut desk, &elsewhere).unwrap();
    assert_eq!(again.novelty, Novelty::Again);
    assert_eq!(bytes(&again.files[0].path), bytes(&first[0]));
}

#[test]
fn a_workspace_that_moved_to_another_pc_still_writes_the_same_bytes() {
    let mut desk = reporting();
    let first = file(&mut desk);
    let device = desk.store.device().to_owned();
    let copy = desk.folder.path().join("bản chép.dti");
    std::fs::copy(desk.path(), &copy).unwrap();
    let mut moved = super::desk("tp-dong-ha");
    moved.store = open(&copy, Access::Write, "PC-khác").unwrap();
    assert_ne!(moved.store.device(), device);
    let again = export_now(&mut moved).unwrap();
    assert_eq!(again.novelty, Novelty::Again);
    assert_eq!(bytes(&again.files[0].path), bytes(&first[0]));
}

#[test]
fn writing_again_into_the_same_folder_leaves_one_file() {
    let mut desk = reporting();
    let first = file(&mut desk);
    assert_eq!(file(&mut desk), first);
    assert_eq!(std::fs::read_dir(packages(&desk)).unwrap().count(), 1);
}

#[test]
fn a_change_files_a_supplement_that_names_the_package_before() {
    let mut desk = reporting();
    let first = file(&mut desk);
    desk.enter("M05", PERIOD, ratio(870, 1000));
    let second = export_now(&mut desk).unwrap();
    assert_eq!((second.novelty, second.filing.kind), (Novelty::New, FilingKind::Supplementary(1)));
    assert_eq!(read(&second.files[0].path).contents.header.previous, Some(sha256(&bytes(&first[0]))));
    desk.enter("M06", PERIOD, ratio(1, 2));
    let third = export_now(&mut desk).unwrap();
    assert_eq!(third.filing.kind, FilingKind::Supplementary(2));
    assert_eq!(read(&third.files[0].path).contents.revisions.len(), 2, "a snapshot, not a delta");
}

#[test]
fn another_file_of_that_name_is_never_overwritten() {
    let mut desk = reporting();
    std::fs::create_dir(packages(&desk)).unwrap();
    let taken = packages(&desk).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip");
    std::fs::write(&taken, "của người khác").unwrap();
    let written = file(&mut desk);
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "của người khác");
    assert_eq!(written, [packages(&desk).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc (2).zip")]);
    read(&written[0]);
}

#[test]
fn a_report_over_the_limit_is_split_and_its_parts_merge_in_any_order() {
    let mut desk = reporting();
    for number in 0..3 {
        desk.attach("M05", PERIOD, &format!("ảnh {number}.jpg"), &noise(300_000, number));
    }
    let limit = ExportOptions { limit_bytes: 500_000, eml: Eml::Write, ..options(&desk) };
    let exported = try_export(&mut desk, &limit).unwrap();
    assert!(exported.files.len() > 1, "{exported:?}");
    assert!(exported.files.iter().all(|f| f.bytes <= 500_000), "{exported:?}");
    assert_eq!(exported.eml.len(), exported.files.len(), "one mail a part");

    let parts: Vec<PathBuf> = exported.files.iter().map(|f| f.path.clone()).collect();
    let reversed: Vec<PathBuf> = parts.iter().rev().cloned().collect();
    for order in [parts, reversed] {
        let mut receiver = super::desk("so-tttt");
        merge_all(&mut receiver, &order);
        assert_eq!(receiver.digest(), desk.digest());
        assert_eq!(receiver.snapshot().missing_evidence, Vec::<String>::new());
    }
}

#[test]
fn the_last_limit_splits_the_same_again_and_another_one_only_rewrites() {
    let mut desk = reporting();
    desk.attach("M05", PERIOD, "ảnh 1.jpg", &noise(300_000, 1));
    desk.attach("M05", PERIOD, "ảnh 2.jpg", &noise(300_000, 2));
    let whole = options(&desk);
    try_export(&mut desk, &whole).unwrap();
    assert_eq!(last_limit(&desk.snapshot(), &period(PERIOD), None), Some(whole.limit_bytes));
    let split = ExportOptions { limit_bytes: 400_000, ..whole.clone() };
    let rewritten = try_export(&mut desk, &split).unwrap();
    assert_eq!((rewritten.novelty, rewritten.filing.kind), (Novelty::Rewritten, FilingKind::Official));
    assert!(rewritten.files.len() > 1);
    assert_eq!(desk.snapshot().filings.len(), 1);
    assert_eq!(try_export(&mut desk, &whole).unwrap().novelty, Novelty::Again);
}

#[test]
fn a_conflict_is_reported_with_all_its_heads() {
    let mut one = reporting();
    let mut two = Desk::new("tp-dong-ha", "PC-hai");
    two.enter("M05", PERIOD, ratio(860, 1000));
    let package = file(&mut one);
    merge_all(&mut two, &package);
    let exported = export_now(&mut two).unwrap();
    assert_eq!(exported.conflicts, 1);
    assert!(!exported.missing.contains(&"M05".to_owned()), "a value in conflict is not missing");
    assert_eq!(read(&exported.files[0].path).contents.revisions.len(), 2);
}

#[test]
fn a_report_without_a_value_or_on_a_cancel_changes_nothing() {
    let mut empty = desk("tp-dong-ha");
    let nothing = export_now(&mut empty);
    assert!(matches!(nothing, Err(ExchangeError::NothingToFile { .. })), "{nothing:?}");

    let mut desk = reporting();
    let options = options(&desk);
    let cancelled =
        super::act(&mut desk, |store, ctx| export(store, ctx, &period(PERIOD), &options, &mut |_| Flow::Stop));
    assert!(matches!(cancelled, Err(ExchangeError::Cancelled)), "{cancelled:?}");
    assert_eq!(desk.snapshot().filings, []);
    assert!(!packages(&desk).exists(), "nothing was written");
}

#[test]
fn what_the_receiver_entered_for_another_is_no_part_of_its_own_missing_items() {
    let mut receiver = desk("so-tttt");
    let key = super::m05("tp-dong-ha");
    receiver.save(vec![edit(key, ratio(1, 2))]).unwrap();
    let exported = export_now(&mut receiver).unwrap();
    assert!(exported.missing.contains(&"M01".to_owned()));
    assert!(!exported.missing.contains(&"M05".to_owned()));
}

#[test]
fn the_mail_draft_opens_for_editing_and_carries_the_package() {
    let mut desk = reporting();
    let with_mail = ExportOptions { eml: Eml::Write, ..options(&desk) };
    let exported = try_export(&mut desk, &with_mail).unwrap();
    let draft = String::from_utf8(bytes(&exported.eml[0])).unwrap();
    assert!(draft.contains("X-Unsent: 1\r\n"), "{draft}");
    assert!(draft.contains("DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip"));
    assert!(!draft.contains("\nTo:"), "only the officer knows the address");
    assert!(draft.is_ascii());
}
