//! Builders of package contents: a submission of Sở Nội vụ for 2023-Q4, with every kind of record and odd texts.

use std::io::{Cursor, Write};

use chrono::{DateTime, FixedOffset, NaiveDate};
use dti::catalogue::{Amendment, Catalogue, Edition, PeriodId, amend};
use dti::package::{self, Contents, Header, PackageKind, Papers, Part, Signing, WriteError};
use dti::record::{
    Arrival, Arrived, Body, Content, DocumentFacts, DocumentState, Due, EvidenceRef, Filing, FilingKind,
    IndicatorValue, Key, Message, PlanItem, Receipt, RequestedItem, ReturnedRow, Revision, RowCounts, TaskProgress,
    TaskStatus, Vector,
};
use dti::trust::SecretKey;
use rust_decimal::Decimal;
use sha2::{Digest, Sha256};

pub const SENDER: &str = "so-noi-vu";
pub const OTHER_DEVICE: &str = "0190f7a4-6b1e-7c55-8d11-0000000000b2";
pub const DEVICE: &str = "0190f7a4-6b1e-7c55-8d11-0000000000a1";

pub fn catalogue() -> &'static Catalogue {
    dti::catalogue::embedded()
}

pub fn quarter() -> PeriodId {
    "2023-Q4".parse().unwrap()
}

pub fn time(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

pub fn header() -> Header {
    let catalogue = catalogue();
    Header {
        kind: PackageKind::Submission,
        plan: catalogue.plan.id.clone(),
        catalogue_version: catalogue.plan.version,
        catalogue_hash: catalogue.hash.clone(),
        agency: SENDER.to_owned(),
        device: DEVICE.to_owned(),
        recipient: catalogue.plan.receiver.clone(),
        period: catalogue.period(&quarter()),
        filing: FilingKind::Official,
        submission: "0190f7a4-6b1e-7c55-8d11-4b7d6f3a2c10".to_owned(),
        previous: None,
        answers: None,
        officer: "Nguyễn Thị Hường".to_owned(),
        software: "DTI Quảng Trị 0.1.0".to_owned(),
        created: time("2023-12-20T15:04:05+07:00"),
        part: Part { number: 1, of: 1 },
    }
}

/// The bytes of the `number`-th evidence file: not compressible where `number` is odd.
pub fn evidence_bytes(name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut block = Sha256::digest(name.as_bytes());
    for _ in 0..200 {
        bytes.extend_from_slice(&block);
        if !name.ends_with(".txt") {
            block = Sha256::digest(block);
        }
    }
    bytes
}

pub fn evidence(name: &str) -> EvidenceRef {
    let bytes = evidence_bytes(name);
    let sha256 = Sha256::digest(&bytes).iter().map(|b| format!("{b:02x}")).collect();
    EvidenceRef { sha256, name: name.to_owned(), bytes: bytes.len() as u64 }
}

pub fn vector(counts: &[(&str, u64)]) -> Vector {
    Vector(counts.iter().map(|(device, count)| ((*device).to_owned(), *count)).collect())
}

pub fn seal(key: Key, body: Body, counts: &[(&str, u64)]) -> Revision {
    let device = counts[0].0;
    seal_by(key, body, vector(counts), device)
}

pub fn seal_by(key: Key, body: Body, vector: Vector, device: &str) -> Revision {
    Revision::seal(key, body, vector, "Lê Văn Đức", SENDER, device, time("2023-12-19T08:00:00.250+07:00"))
}

pub fn key(item: &str) -> Key {
    Key::of_item(catalogue(), item, SENDER, &quarter()).unwrap()
}

pub fn figure(numerator: i64, denominator: i64) -> Body {
    Body::new(Content::Indicator(IndicatorValue::ratio(numerator.into(), denominator.into())))
}

/// Every kind of record, a withdrawal, two concurrent heads, quotes, commas, line breaks, formulas and marks.
pub fn revisions() -> Vec<Revision> {
    let mut m05 = figure(1_204, 1_312);
    m05.note = "Theo \"biểu 02\", cột 3;\nđã đối chiếu".to_owned();
    m05.evidence = vec![evidence("Báo cáo số 12 (bản ký).pdf"), evidence("ghi chú.txt")];
    let m06 = Body::new(Content::Indicator(IndicatorValue::value(Decimal::new(-5, 1).abs())));
    let m07 = Body::new(Content::Indicator(IndicatorValue::no_data("=CMD|' /C calc'!A0")));
    let m10 = Body::new(Content::Indicator(IndicatorValue::not_applicable("Không có hệ thống, đã báo cáo")));
    let task = TaskProgress {
        status: TaskStatus::InProgress,
        percent: Some(60),
        result: "Đã tập huấn 3 lớp\r\ncho 120 người".to_owned(),
        difficulty: "Thiếu kinh phí, chưa có hướng dẫn".to_owned(),
        cause: String::new(),
        proposal: "Đề nghị cấp bổ sung".to_owned(),
    };
    let mut task = Body::new(Content::Task(task));
    task.evidence = vec![evidence("ghi chú.txt")];
    let plan = PlanItem {
        work: "Mở lớp bồi dưỡng".to_owned(),
        coordinating: "Sở TT&TT".to_owned(),
        from: NaiveDate::from_ymd_opt(2023, 3, 1),
        to: None,
        output: "Kế hoạch".to_owned(),
    };
    let document = DocumentFacts {
        state: DocumentState::Issued,
        symbol: "12/2023/NQ-HĐND".to_owned(),
        date: NaiveDate::from_ymd_opt(2023, 7, 1),
        summary: "Quy định chính sách thuê chuyên gia".to_owned(),
        reason: String::new(),
    };
    let document_item = catalogue()
        .indicators
        .iter()
        .find(|i| i.measure == dti::catalogue::Measure::Document)
        .map(|i| i.id.clone())
        .unwrap();
    let mut found = vec![
        seal(key("M05"), m05, &[(DEVICE, 3)]),
        seal(key("M06"), m06, &[(DEVICE, 1)]),
        seal(key("M07"), m07, &[(DEVICE, 1)]),
        seal(key("M10"), m10, &[(DEVICE, 2), (OTHER_DEVICE, 1)]),
        seal(key("IV.2"), task, &[(OTHER_DEVICE, 7), (DEVICE, 1)]),
        seal(key("II.2"), Body::new(Content::Withdrawn), &[(DEVICE, 2)]),
        seal(Key::of_plan_item("IV.2", "0a1b2c3d", SENDER, 2023), Body::new(Content::PlanItem(plan)), &[(DEVICE, 1)]),
        seal(key(&document_item), Body::new(Content::Document(document)), &[(DEVICE, 1)]),
        // Two desks disagree: both stand until a person decides.
        seal(key("M04"), figure(1, 4), &[(DEVICE, 2), (OTHER_DEVICE, 1)]),
        seal(key("M04"), figure(2, 4), &[(OTHER_DEVICE, 2), (DEVICE, 1)]),
    ];
    found.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
    found
}

/// A submission whose evidence travels with it.
pub fn contents() -> Contents {
    let revisions = revisions();
    let mut evidence: Vec<EvidenceRef> = revisions.iter().flat_map(|r| r.body.evidence.clone()).collect();
    evidence.sort();
    evidence.dedup();
    Contents { revisions, evidence, ..Contents::new(header()) }
}

/// One message of each kind from the receiver to the sender of [`contents`], with odd texts.
pub fn messages() -> Vec<Message> {
    let rows = RowCounts { new: 8, conflict: 2, ..RowCounts::default() };
    let arrived = |sha256: &str, at: &str, due| Arrived {
        sha256: sha256.repeat(64),
        bytes: 123_456,
        arrival: Arrival { time: time(at), filed: None, due },
        rows,
    };
    let receipt = Receipt {
        submission: header().submission,
        filing: FilingKind::Supplementary(1),
        packages: vec![
            arrived("a", "2023-12-19T16:30:00+07:00", Due::Timely),
            arrived("b", "2023-12-26T08:00:00.5+07:00", Due::Late),
        ],
    };
    let row = |item: &str, reason: &str| {
        let revision = revisions().into_iter().find(|r| r.key == key(item)).unwrap();
        ReturnedRow { key: revision.key, revision: revision.id, reason: reason.to_owned() }
    };
    let mut rows =
        vec![row("M05", "Mẫu số \"thiếu\", xem lại"), row("IV.2", "=HYPERLINK(\"x\")\nThiếu minh chứng của \"lớp 3\"")];
    rows.sort();
    let item = |item: &str, note: &str| RequestedItem { item: item.to_owned(), note: note.to_owned() };
    vec![
        Message::Receipt(receipt.clone()),
        Message::Return { receipt, rows },
        Message::Request(vec![item("IV.2", ""), item("M05", "theo biểu 02, \"cột 3\"")]),
    ]
}

/// The package of a message.
pub fn notice(message: Message) -> Contents {
    let receipt = message.receipt();
    let header = Header {
        kind: message.kind(),
        agency: catalogue().plan.receiver.clone(),
        recipient: SENDER.to_owned(),
        filing: receipt.map_or(FilingKind::Official, |r| r.filing),
        submission: "0190f7a4-6b1e-7c55-8d11-4b7d6f3a2c11".to_owned(),
        answers: receipt.map(|r| r.submission.clone()),
        ..header()
    };
    Contents { message: Some(message), ..Contents::new(header) }
}

/// The edition after the built-in one, in which Sở Nội vụ has another name, for all agencies.
pub fn issued() -> Contents {
    let amendment = Amendment::Rename {
        agency: SENDER.to_owned(),
        name: "Sở Nội vụ và Lao động".to_owned(),
        short: "SNV&LĐ".to_owned(),
    };
    let edition = Edition::after(catalogue(), amend(catalogue(), &[amendment]).unwrap()).unwrap();
    let receiver = &catalogue().plan.receiver;
    let header = Header {
        kind: PackageKind::Catalogue,
        catalogue_version: 2,
        catalogue_hash: edition.catalogue().hash.clone(),
        agency: receiver.clone(),
        recipient: receiver.clone(),
        ..header()
    };
    let edition = Some(edition);
    Contents { edition, ..Contents::new(header) }
}

/// Everything of Sở Nội vụ: what it reports, and figures of two more quarters.
pub fn working_copy() -> Contents {
    let mut contents = contents();
    contents.header = Header { kind: PackageKind::WorkingCopy, recipient: SENDER.to_owned(), ..contents.header };
    for quarter in ["2023-Q2", "2023-Q3"] {
        let key = Key { period: quarter.parse().unwrap(), ..key("M05") };
        contents.revisions.push(seal(key, figure(1, 3), &[(DEVICE, 1)]));
    }
    contents.revisions.sort_by(|a, b| (&a.key, &a.id).cmp(&(&b.key, &b.id)));
    let mut reported: Vec<String> =
        contents.revisions.iter().filter(|r| r.key.period == quarter()).map(|r| r.id.clone()).collect();
    reported.sort();
    let filing = |kind, id: &str, previous: Option<String>| Filing {
        id: id.to_owned(),
        agency: SENDER.to_owned(),
        recipient: header().recipient,
        period: quarter(),
        kind,
        officer: header().officer,
        device: DEVICE.to_owned(),
        time: header().created,
        revisions: reported.clone(),
        packages: vec!["c".repeat(64), "d".repeat(64)],
        answers: previous.clone().map(|_| "0190f7a4-6b1e-7c55-8d11-4b7d6f3a2c12".to_owned()),
        previous,
        software: header().software,
        limit: 20 << 20,
    };
    contents.filings = vec![
        filing(FilingKind::Supplementary(1), "0190f7a4-6b1e-7c55-8d11-4b7d6f3a2c13", Some("c".repeat(64))),
        filing(FilingKind::Official, &header().submission, None),
    ];
    contents
}

pub fn write(contents: &Contents) -> Vec<u8> {
    try_write(contents).unwrap()
}

pub fn try_write(contents: &Contents) -> Result<Vec<u8>, WriteError> {
    write_as(contents, None, Signing::Unsigned)
}

/// The sender's key.
pub fn secret_key() -> SecretKey {
    SecretKey::new([1; 32])
}

pub fn write_signed(contents: &Contents) -> Vec<u8> {
    write_as(contents, None, Signing::With(&secret_key())).unwrap()
}

/// With a report for people, whatever is in it.
pub fn write_with_papers(contents: &Contents, papers: &Papers) -> Vec<u8> {
    write_as(contents, Some(papers), Signing::Unsigned).unwrap()
}

fn write_as(contents: &Contents, papers: Option<&Papers>, signing: Signing<'_>) -> Result<Vec<u8>, WriteError> {
    let mut out = Cursor::new(Vec::new());
    let mut source = |e: &EvidenceRef, out: &mut dyn Write| out.write_all(&evidence_bytes(&e.name));
    package::write(contents, catalogue(), papers, signing, &mut source, &mut out)?;
    Ok(out.into_inner())
}

pub fn read(bytes: &[u8]) -> Result<package::Package, package::Refusal> {
    package::read(Cursor::new(bytes), "gói.zip", catalogue())
}
