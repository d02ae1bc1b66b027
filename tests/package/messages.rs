//! Receipts, returns, requests and working copies: what is written is read, and what was tampered with is refused.

use dti::package::{CellProblem, Contents, Header, PackageKind, Place, Refusal, file_name};
use dti::record::Message;

use super::forge::{Forged, open};
use crate::support::packages::{catalogue, contents, issued, messages, notice, read, working_copy, write};

const RECEIPT: &str = "data/receipt.csv";
const RETURNED: &str = "data/returned_rows.csv";

fn of(kind: PackageKind) -> Contents {
    notice(messages().into_iter().find(|m| m.kind() == kind).unwrap())
}

fn returned() -> Forged {
    open(&write(&of(PackageKind::Return)))
}

#[test]
fn each_kind_is_read_as_it_was_written_in_the_same_bytes() {
    let kinds: Vec<Contents> = messages().into_iter().map(notice).chain([working_copy(), issued()]).collect();
    for contents in kinds {
        let bytes = write(&contents);
        assert_eq!(bytes, write(&contents));
        let package = read(&bytes).unwrap();
        assert_eq!(package.contents, contents);
        let said = package.contents.notice();
        assert_eq!(said.map(|n| (n.id, n.message)), contents.message.map(|m| (contents.header.submission, m)));
    }
}

#[test]
fn names_say_who_tells_whom_what() {
    let name = |kind| file_name(&of(kind).header, &catalogue().plan);
    assert_eq!(name(PackageKind::Receipt), "DTI_so-tttt_bao-nhan_so-noi-vu_2023-Q4_bo-sung-1.zip");
    assert_eq!(name(PackageKind::Return), "DTI_so-tttt_tra-lai_so-noi-vu_2023-Q4_bo-sung-1.zip");
    assert_eq!(name(PackageKind::Request), "DTI_so-tttt_yeu-cau_so-noi-vu_2023-Q4.zip");
    assert_eq!(file_name(&issued().header, &catalogue().plan), "DTI_so-tttt_danh-muc_an-ban-2.zip");
    assert_eq!(file_name(&working_copy().header, &catalogue().plan), "DTI_so-noi-vu_ban-lam-viec_20231220-1504.zip");
}

#[test]
fn a_person_without_the_program_is_told_what_it_is() {
    let note = returned().text("DOC-TRUOC.txt");
    for part in ["THÔNG BÁO TRẢ LẠI", "Sở Thông tin và Truyền thông", "bổ sung lần 1", "returned_rows.csv"]
    {
        assert!(note.contains(part), "{part}: {note}");
    }
    assert!(!note.contains(['{', '}']), "{note}");
}

#[test]
fn a_changed_reason_is_refused_at_every_depth() {
    let forged = || returned().edit(RETURNED, "Mẫu số", "Tử số");
    assert_eq!(forged().refusal(), Refusal::Altered(RETURNED.into()));
    assert_eq!(forged().rehash_descriptor().refusal(), Refusal::TagAltered("datapackage.json".into()));
    assert_eq!(forged().rehash_payload().rehash_tags().refusal(), Refusal::ResourceDiffers(RETURNED.into()));
}

#[test]
fn rows_that_say_nothing_or_not_what_the_header_says_are_refused() {
    let cell = |forged: Forged| match forged.rehash_all().refusal() {
        Refusal::Cell { column, problem, place, .. } => (column, problem, place),
        other => panic!("{other:?}"),
    };
    let place = |file: &str| Place { file: file.to_owned(), row: 2 };
    let reasonless = returned().edit(RETURNED, "\"Mẫu số \"\"thiếu\"\", xem lại\"", "");
    assert_eq!(cell(reasonless), ("reason", CellProblem::Missing, place(RETURNED)));
    let key = returned().edit(RETURNED, "indicator:M05:so-noi-vu:2023-Q4", "indicator:M05");
    assert_eq!(cell(key), ("record", CellProblem::UnknownValue, place(RETURNED)));
    let other_item = returned().edit(RETURNED, ",M05,", ",M06,");
    assert_eq!(cell(other_item), ("item", CellProblem::NotCanonical, place(RETURNED)));
    let other_officer = returned().edit(RETURNED, "Nguyễn Thị Hường", "Ai đó");
    assert_eq!(cell(other_officer), ("returned_by", CellProblem::NotCanonical, place(RETURNED)));
    let other_filing = returned().edit(RECEIPT, ",1,", ",2,");
    assert_eq!(cell(other_filing), ("filing", CellProblem::NotCanonical, place(RECEIPT)));
    let time = returned().edit(RECEIPT, "2023-12-19T16:30:00+07:00", "19/12/2023");
    assert_eq!(cell(time), ("arrived", CellProblem::NotATime, place(RECEIPT)));
    let unknown =
        returned().edit(RETURNED, "indicator:M05:so-noi-vu:2023-Q4,M05", "indicator:M99:so-noi-vu:2023-Q4,M99");
    assert_eq!(unknown.rehash_all().refusal(), Refusal::UnknownItem { item: "M99".into(), place: place(RETURNED) });
}

#[test]
fn an_empty_or_doubled_table_is_refused() {
    let text = returned().text(RETURNED);
    let head = text.lines().next().unwrap();
    let empty = returned().with(RETURNED, format!("{head}\r\n")).rehash_all();
    assert_eq!(empty.refusal(), Refusal::NoRows(RETURNED.into()));
    let row = text.trim_end().rsplit("\r\n").next().unwrap();
    let twice = returned().with(RETURNED, format!("{text}{row}\r\n")).rehash_all();
    assert!(matches!(twice.refusal(), Refusal::DuplicateRow { .. }));
}

#[test]
fn a_notice_brings_its_own_tables_and_nothing_else() {
    let figures = crate::package::forge::forge().text(crate::package::forge::VALUES);
    let smuggled = returned().list("data/indicator_values.csv", figures);
    assert_eq!(smuggled.rehash_all().refusal(), Refusal::ExtraFile("data/indicator_values.csv".into()));
    let evidence = returned().list("data/evidence/E0001.pdf", "x");
    assert_eq!(evidence.rehash_all().refusal(), Refusal::ExtraFile("data/evidence/E0001.pdf".into()));
    let as_report = returned().descriptor(|d| d["dti"]["kind"] = "submission".into()).rehash_all();
    assert!(matches!(as_report.refusal(), Refusal::ExtraFile(_)), "a notice is no report");
}

#[test]
fn a_receipt_says_what_it_answers() {
    let without = returned().descriptor(|d| d["dti"]["answers"] = serde_json::Value::Null).rehash_all();
    assert!(matches!(without.refusal(), Refusal::DescriptorSyntax(_)));
    let nonsense = returned().descriptor(|d| d["dti"]["answers"] = "cũ".into()).rehash_all();
    assert!(matches!(nonsense.refusal(), Refusal::DescriptorSyntax(_)));
}

#[test]
fn a_filing_that_the_working_copy_does_not_have_the_figures_of_is_refused() {
    const FILINGS: &str = "data/filings.csv";
    let copy = || open(&write(&working_copy()));
    let unknown = copy().edit(FILINGS, &working_copy().filings[0].revisions[0], &"e".repeat(64)).rehash_all();
    assert!(matches!(unknown.refusal(), Refusal::Cell { column: "revisions", .. }), "{:?}", unknown.refusal());
    let foreign = copy().edit(FILINGS, ",so-noi-vu,", ",so-tai-chinh,").rehash_all();
    assert!(matches!(foreign.refusal(), Refusal::Cell { column: "agency", .. }));
    let twice = Contents { filings: vec![working_copy().filings[0].clone(); 2], ..working_copy() };
    assert!(matches!(open(&write(&twice)).refusal(), Refusal::DuplicateRow { first: 2, .. }));
}

#[test]
fn only_a_working_copy_has_several_periods() {
    let copy = working_copy();
    let periods: std::collections::BTreeSet<_> = copy.revisions.iter().map(|r| r.key.period.clone()).collect();
    assert!(periods.len() > 2);
    let header = Header { kind: PackageKind::Submission, ..copy.header.clone() };
    let as_report = open(&write(&Contents { header, filings: Vec::new(), ..copy })).refusal();
    assert!(matches!(as_report, Refusal::OtherPeriod { .. }), "{as_report:?}");
    assert!(read(&write(&contents())).unwrap().contents.message.is_none());
}

#[test]
fn what_was_sent_back_keeps_marks_quotes_and_lines() {
    let contents = of(PackageKind::Return);
    let Some(Message::Return { rows, .. }) = &contents.message else { panic!("{contents:?}") };
    assert!(rows.iter().any(|r| r.reason.contains('\n') && r.reason.contains('"')), "the sample is odd enough");
}

#[test]
fn an_edition_that_was_tampered_with_or_is_none_is_refused() {
    const AGENCIES: &str = "data/catalogue/agencies.toml";
    let issued = || open(&write(&issued()));
    let missing = || {
        let listed = |r: &serde_json::Value| r["path"] != AGENCIES;
        issued().without(AGENCIES).descriptor(|d| d["resources"].as_array_mut().unwrap().retain(listed))
    };
    let renamed = || issued().edit(AGENCIES, "Sở Nội vụ và Lao động", "Sở Khác");
    assert_eq!(renamed().refusal(), Refusal::Altered(AGENCIES.into()));
    assert_eq!(renamed().rehash_all().refusal().code(), "descriptor-syntax", "not the edition that it names");
    let other = issued().descriptor(|d| d["dti"]["catalogue"]["version"] = 3.into()).rehash_all();
    assert_eq!(other.refusal().code(), "descriptor-syntax");
    let faulty = issued().edit(AGENCIES, "kind = \"department\"", "kind = \"ministry\"").rehash_all();
    assert!(matches!(faulty.refusal(), Refusal::BadEdition(_)));
    assert!(matches!(missing().rehash_all().refusal(), Refusal::BadEdition(_)), "one file is missing");
    let smuggled = issued().list("data/indicator_values.csv", "x");
    assert_eq!(smuggled.rehash_all().refusal(), Refusal::ExtraFile("data/indicator_values.csv".into()));
    let script = issued().list("data/catalogue/x.toml", "x = 1");
    assert!(matches!(script.rehash_all().refusal(), Refusal::BadEdition(_)));
}
