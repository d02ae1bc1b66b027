//! Why the file or an action was refused, in words for the officer.

use std::collections::BTreeSet;
use std::path::PathBuf;

use dti::catalogue::embedded;
use dti::ops::OpsError;
use dti::record::{Filing, FilingKind, Finding, Key, Operation, OperationKind, Problem};
use dti::store::{Damage, StoreError};
use dti::table::{Field, FieldError, Reason, Recognised, Sample, SheetError, TableError};
use dti::text::legacy::Encoding;
use dti::words;

use crate::support::{moment, period};

fn key() -> Key {
    "indicator:M05:tp-dong-ha:2023-Q4".parse().unwrap()
}

fn operation(kind: OperationKind, subject: &str) -> Operation {
    Operation {
        id: "id".to_owned(),
        number: 1,
        kind,
        author: "Nguyễn Văn A".to_owned(),
        time: moment("2023-12-01T08:00:00+07:00"),
        subject: subject.to_owned(),
        moves: Vec::new(),
        undoes: None,
        undone_by: None,
    }
}

fn boxed(kind: OperationKind) -> Box<Operation> {
    Box::new(operation(kind, "M05"))
}

fn filing() -> Box<Filing> {
    Box::new(Filing {
        id: "id".to_owned(),
        agency: "tp-dong-ha".to_owned(),
        recipient: "so-tttt".to_owned(),
        period: period("2023-Q4"),
        kind: FilingKind::Official,
        officer: String::new(),
        device: String::new(),
        time: moment("2023-12-01T08:00:00+07:00"),
        revisions: Vec::new(),
        packages: Vec::new(),
        previous: None,
        answers: None,
        software: String::new(),
        limit: 0,
    })
}

fn store_errors() -> Vec<StoreError> {
    let path = || PathBuf::from("D:/dti-so-noi-vu.dti");
    let detail = || "disk I/O error".to_owned();
    vec![
        StoreError::NotFound(path()),
        StoreError::Exists(path()),
        StoreError::IsFolder(path()),
        StoreError::DeviceName(path()),
        StoreError::NotAWorkspace(path()),
        StoreError::NewerSchema { path: path(), found: 9, known: 1 },
        StoreError::OlderSchema { path: path(), found: 1, known: 2 },
        StoreError::Locked { path: path(), holder: String::new() },
        StoreError::Locked { path: path(), holder: "MAY-02".to_owned() },
        StoreError::ReadOnly(path()),
        StoreError::Replaced(path()),
        StoreError::DiskFull(path()),
        StoreError::Damaged { path: path(), detail: detail() },
        StoreError::UnknownCatalogue { path: path(), plan: "khac-2024".to_owned(), version: 2 },
        StoreError::Io { path: path(), detail: detail() },
    ]
}

fn ops_errors() -> Vec<OpsError> {
    let text = || "0a1b".to_owned();
    vec![
        OpsError::Stale { key: key() },
        OpsError::Refused(vec![(key(), Finding::from(Problem::Negative))]),
        OpsError::UnknownItem("M99".to_owned()),
        OpsError::UnknownAgency("so-la".to_owned()),
        OpsError::NotAllowed(key()),
        OpsError::InConflict(key()),
        OpsError::NoConflict(key()),
        OpsError::UnknownRevision(text()),
        OpsError::AmbiguousRevision(text()),
        OpsError::UnknownOperation(text()),
        OpsError::AmbiguousOperation(text()),
        OpsError::NotUndoable(boxed(OperationKind::File)),
        OpsError::AlreadyUndone(boxed(OperationKind::Record)),
        OpsError::UndoBlocked {
            operation: boxed(OperationKind::Record),
            by: vec![operation(OperationKind::Load, "a.csv"), operation(OperationKind::Merge, "b.zip")],
        },
        OpsError::UndoFiled { operation: boxed(OperationKind::Record), filing: filing() },
        OpsError::FilingOutOfTurn {
            agency: "tp-dong-ha".to_owned(),
            period: period("2023-Q4"),
            kind: FilingKind::Official,
        },
        OpsError::EvidenceChanged { name: "bieu.pdf".to_owned() },
        OpsError::SourceChanging { name: "bieu.pdf".to_owned() },
        OpsError::UnknownEvidence("0".repeat(64)),
        OpsError::PackageChanged { file_name: "DTI_x.zip".to_owned() },
        OpsError::UnknownPackage("0".repeat(64)),
        OpsError::Stream { name: "bieu.pdf".to_owned(), detail: "broken pipe".to_owned() },
    ]
}

fn damages() -> Vec<Damage> {
    vec![
        Damage::File("malformed".to_owned()),
        Damage::Reference { table: "heads".to_owned() },
        Damage::Bytes { sha256: "0".repeat(64) },
        Damage::Revision { key: key(), revision: "r".to_owned() },
        Damage::Heads(key()),
        Damage::Log(key()),
    ]
}

fn say(error: &OpsError) -> String {
    words::ops_error(error, embedded())
}

#[test]
fn every_error_says_what_happened_and_what_to_do_in_words_of_its_own() {
    let (store, ops, damages) = (store_errors(), ops_errors(), damages());
    let sentences = store
        .iter()
        .map(words::store_error)
        .chain(ops.iter().map(say))
        .chain(damages.iter().map(|d| words::damage(d, embedded())));
    let mut seen = BTreeSet::new();
    for sentence in sentences {
        let (what, next) = sentence.rsplit_once(": ").unwrap_or_else(|| panic!("{sentence}"));
        assert!(!what.is_empty() && next.len() > 5 && !sentence.ends_with('.'), "{sentence}");
        assert!(dti::text::is_nfc(&sentence), "{sentence}");
        assert!(seen.insert(sentence.clone()), "said twice: {sentence}");
    }
}

#[test]
fn the_file_is_named_in_every_message_about_it() {
    for error in store_errors() {
        assert!(words::store_error(&error).contains("dti-so-noi-vu.dti"), "{error:?}");
        assert_eq!(say(&OpsError::Store(error.clone())), words::store_error(&error));
    }
}

#[test]
fn a_record_is_named_by_item_agency_and_period() {
    let agency = embedded().agency_name("tp-dong-ha");
    assert_eq!(words::record(embedded(), &key()), format!("M05 của {agency}, Quý IV/2023"));
    assert!(say(&OpsError::Stale { key: key() }).contains(&words::record(embedded(), &key())));
}

#[test]
fn many_refused_entries_are_named_in_part_and_counted() {
    let entries = vec![(key(), Finding::from(Problem::Negative)); 12];
    let sentence = say(&OpsError::Refused(entries));
    assert_eq!(sentence.matches("M05").count(), 3);
    assert!(sentence.ends_with("; và 9 mục khác"), "{sentence}");
}

#[test]
fn what_blocks_an_undo_is_named_newest_first() {
    let by = vec![operation(OperationKind::Load, "a.csv"), operation(OperationKind::Merge, "b.zip")];
    let blocked = OpsError::UndoBlocked { operation: boxed(OperationKind::Record), by };
    assert!(say(&blocked).ends_with("hoàn tác trước “Nhập gói b.zip”, “Nạp bảng a.csv”"));
}

#[test]
fn what_was_filed_is_mended_by_a_supplementary_report() {
    let filed = OpsError::UndoFiled { operation: boxed(OperationKind::Record), filing: filing() };
    let sentence = say(&filed);
    assert!(sentence.contains("báo cáo chính thức Quý IV/2023") && sentence.ends_with("nộp bổ sung"));
}

#[test]
fn what_outside_text_is_quoted_moves_no_cursor() {
    let hostile = || "M05\t\u{7}\u{202E}=item".to_owned();
    let sample = Sample { row: 3, before: hostile(), after: hostile() };
    let found = Recognised { encoding: Encoding::Vni, cells: 1, samples: vec![sample] };
    let (name, there) = (hostile(), vec![hostile()]);
    let tables = [
        TableError::NoSuchHeading(hostile()),
        TableError::NoHeading { ids_below: Some(hostile()) },
        TableError::SeveralSheets(vec![hostile(), hostile()]),
        TableError::NoSuchSheet { name, there },
        TableError::HeadingTwice(hostile()),
    ];
    let fields = [
        FieldError::Unfit { field: Field::Value, text: hostile() },
        FieldError::Status(hostile()),
        FieldError::Date(hostile()),
        FieldError::ShortYear { text: hostile(), readings: Vec::new() },
        FieldError::Completion(hostile()),
    ];
    let rows = [Reason::UnknownAgency { text: hostile() }, Reason::AlteredItem { original: hostile() }];
    let plan = StoreError::UnknownCatalogue { path: PathBuf::from("a.dti"), plan: hostile(), version: 1 };
    let said = [words::sheet_error(&SheetError::Legacy(vec![found])), words::store_error(&plan)];
    let said = said
        .into_iter()
        .chain(tables.iter().map(|e| words::table_error(e, embedded())))
        .chain(rows.iter().map(|e| words::row_reason(e, embedded())))
        .chain(fields.iter().map(words::field_error));
    for sentence in said {
        assert!(sentence.contains("M05") && !sentence.contains(['\t', '\u{7}', '\u{202E}']), "{sentence:?}");
    }
}
