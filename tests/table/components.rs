//! Official tables: which rows are taken, and why the others are not.

use dti::catalogue::{Gone, Outcome, Rule, SameNumber, Takeover, embedded};
use dti::table::{ComponentReading, ComponentTable, ComponentsError, Pass, Remark, RowFault, RowKind, components};

use crate::support::decimal;
use crate::support::official::{HEADINGS, book, book_of, two_pillars};

const YES: &str = "Có: Điểm tối đa; Không: 0 điểm";

fn read(bytes: &[u8]) -> Result<ComponentTable, ComponentsError> {
    let how = Takeover { from: "2023-01-01".parse().unwrap(), same_number: SameNumber::Ask, gone: Gone::Keep };
    components(bytes, &ComponentReading::default(), embedded(), how)
}

fn table(rows: &[&[&str]]) -> ComponentTable {
    read(&book(rows)).unwrap()
}

/// What became of each row: its id, or what it was passed over or refused as.
fn short(table: &ComponentTable) -> Vec<(usize, String)> {
    let what = |kind: &RowKind| match kind {
        RowKind::Component { fate, .. } => match &fate.outcome {
            Outcome::New(id) => id.clone(),
            other => format!("{other:?}"),
        },
        RowKind::Main(pillar) => format!("main {pillar}"),
        RowKind::Passed(pass) => format!("{pass:?}"),
        RowKind::Refused(fault) => format!("{fault:?}"),
    };
    table.rows.iter().map(|row| (row.number, what(&row.what))).collect()
}

fn kinds(table: &ComponentTable) -> Vec<String> {
    short(table).into_iter().map(|(_, what)| what).collect()
}

fn faults(rows: &[&[&str]]) -> Vec<RowFault> {
    let table = table(rows);
    assert!(!table.is_ready());
    let fault = |kind: &RowKind| if let RowKind::Refused(fault) = kind { Some(fault.clone()) } else { None };
    table.rows.iter().filter_map(|row| fault(&row.what)).collect()
}

const MAIN: &[&str] = &["1", "Nhận thức số", "100"];

#[test]
fn seven_columns_become_component_indices_of_the_plans_pillars() {
    let table = read(&book_of(&two_pillars())).unwrap();
    assert_eq!(kinds(&table), ["Section", "main 1", "C101", "C102", "C103", "main 2", "C201", "C202"]);
    assert!(table.is_ready() && table.sums.iter().all(|sum| sum.agrees()), "{:?}", table.sums);
    let RowKind::Component { component, fate, remark: None } = &table.rows[3].what else { panic!() };
    assert_eq!((component.label.as_str(), component.max_points), ("1.2", Some(35.into())));
    assert_eq!(
        (component.source.as_str(), fate.reading.rule.clone()),
        ("UBND huyện, thị xã, thành phố cung cấp", Rule::Ratio)
    );
    assert_eq!(table.amendments.len(), 5);
}

#[test]
fn five_columns_other_headings_and_points_in_the_heading_of_a_pillar_do_as_well() {
    // TP. Cao Lãnh: "Nhận thức số: 60 điểm", then STT, Tên, Điểm tối đa, Cách tính, Minh chứng.
    let table = table(&[
        &["Bộ chỉ số đánh giá chuyển đổi số"],
        &["STT", "Tên", "Điểm tối đa", "Cách tính", "Minh chứng"],
        &["Nhận thức số: 60 điểm"],
        &["1.1", "Trưởng ban", "#10", YES, "Có trích dẫn số hiệu"],
        &["1.2", "Chủ trì", "50 điểm", YES],
    ]);
    assert_eq!(kinds(&table), ["main 1", "C101", "C102"]);
    let sum = &table.sums[0];
    assert_eq!((sum.stated, sum.sum, sum.weight), (Some(60.into()), 60.into(), 100.into()));
    assert!(!sum.agrees(), "the plan's pillar has 100");
}

#[test]
fn headings_of_two_rows_and_numbered_columns_are_known() {
    let table = table(&[
        &["", "Biểu 1"],
        &["TT", "Chỉ số", "Thang", "Hướng dẫn", "Minh", "Nguồn số liệu", "Cơ quan"],
        &["", "", "điểm", "cách tính", "chứng", "", "phối hợp"],
        &["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
        &["2", "Thể chế số", "100"],
        &["2.1", "Kế hoạch", "100", YES, "", "Sở Nội vụ", "Sở Tài chính"],
    ]);
    assert_eq!(kinds(&table), ["ColumnNumbers", "main 2", "C201"]);
    let RowKind::Component { component, .. } = &table.rows[2].what else { panic!() };
    assert_eq!((component.source.as_str(), component.coordinating.as_str()), ("Sở Nội vụ", "Sở Tài chính"));
}

#[test]
fn every_row_that_is_none_is_named_with_what_it_is() {
    let table = table(&[
        HEADINGS,
        &["I", "Nhóm chỉ số nền tảng chung", "500"],
        MAIN,
        &["1.1", "Họp", "100", "4 lần/năm: 100 điểm"],
        &["", "", "", "3 lần/năm: 50 điểm", "Thông báo"],
        &["", "", "", "Còn lại: 0 điểm"],
        HEADINGS,
        &["6", "Đô thị thông minh", "0", "Không tính điểm"],
        &["6.1", "Trung tâm giám sát", "0", YES],
        &["II", "Nhóm chỉ số hoạt động", "500"],
        &["7", "Hoạt động chính quyền số", "200"],
        &["7.1", "Hồ sơ", "200", YES],
        &["", "Tổng cộng", "1000"],
        &["", "Ghi chú: số liệu đến 31/12"],
    ]);
    let city = r#"Outside("Đô thị thông minh")"#;
    let expected = [
        "Section",
        "main 1",
        "C101",
        "Continues(4)",
        "Continues(4)",
        "Heading",
        city,
        city,
        "Section",
        "main 6",
        "C601",
        "Total",
        "Footnote",
    ];
    assert_eq!(kinds(&table), expected);
    let RowKind::Component { component, fate, .. } = &table.rows[2].what else { panic!() };
    assert!(matches!(&fate.reading.rule, Rule::Steps(steps) if steps.len() == 2), "{:?}", fate.reading);
    assert_eq!(component.evidence, "Thông báo");
    assert!(table.is_ready());
}

#[test]
fn a_zero_that_excel_dropped_and_a_date_that_it_made_are_said_and_not_merged() {
    let mut rows: Vec<Vec<String>> =
        (1..=11).map(|n| vec![format!("#1.{n}"), format!("Chỉ số thứ {n}"), "#5".to_owned(), YES.to_owned()]).collect();
    rows[9][0] = "#1.1".to_owned();
    rows[10][0] = "@2024-11-01".to_owned();
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let mut all: Vec<&[&str]> = vec![HEADINGS, MAIN];
    all.extend(rows.iter().map(Vec::as_slice));
    let table = table(&all);
    let remark = |at: usize| match &table.rows[at].what {
        RowKind::Component { remark, .. } => remark.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        (table.rows[10].label.as_str(), remark(10)),
        ("1.10", Some(Remark::LostZero { shown: "1.1".to_owned() }))
    );
    assert_eq!(
        (table.rows[11].label.as_str(), remark(11)),
        ("1.11", Some(Remark::ShownAsDate { shown: "01/11/2024".to_owned() }))
    );
    assert_eq!(remark(1), None);
    assert_eq!(table.sums[0].rows, 11);
}

#[test]
fn what_cannot_be_taken_is_refused_by_row() {
    let points = |text: &str| faults(&[HEADINGS, MAIN, &["1.1", "Họp", text, YES]]);
    for text in ["mười", "-5", "1.234", "5000", "10-20"] {
        assert_eq!(points(text), [RowFault::Points(text.to_owned())], "{text}");
    }
    let same =
        |label: &str, title: &str| faults(&[HEADINGS, MAIN, &["1.1", "Họp", "50", YES], &[label, title, "50", YES]]);
    assert_eq!(same("1.1", "Ký"), [RowFault::SameLabel { first: 3 }]);
    assert_eq!(same("1.2", "HỌP"), [RowFault::SameTitle { first: 3 }]);
    assert_eq!(same("2.2", "Ký"), [RowFault::OtherMain { main: 1 }]);
    assert_eq!(same("a)", "Ký"), [RowFault::Label("a".to_owned())]);
    assert_eq!(same("", "Ký"), [RowFault::Label(String::new())]);
    assert_eq!(same("1.2", ""), [RowFault::NoTitle]);
    assert_eq!(faults(&[HEADINGS, &["1.1", "Họp", "50", YES]]), [RowFault::NoMain]);
    assert_eq!(same("1.100", "Ký"), [RowFault::Label("1.100".to_owned())]);
    let again =
        faults(&[HEADINGS, MAIN, &["1.1", "Họp", "100", YES], &["2", "Thể chế số"], MAIN, &["1.2", "Ký", "5", YES]]);
    assert_eq!(again, [RowFault::SameMain { first: 2 }, RowFault::NoMain]);
    let twice = same("#1.1", "Ký");
    assert_eq!(twice, [RowFault::SameLabel { first: 3 }], "not 1.10: nine are missing");
}

#[test]
fn a_pillar_is_known_by_its_title_and_not_by_its_number() {
    let table = table(&[
        HEADINGS,
        &["4", "NHÂN LỰC SỐ", "100"],
        &["4.1", "Đào tạo", "100", YES],
        &["7", "Chỉ số An toàn, thông tin mạng (100 điểm)"],
        &["7.1", "Cấp độ", "100", YES],
        &["VIII", "Xã hội số", "150"],
        &["1", "Tài khoản thanh toán", "150", YES],
    ]);
    assert_eq!(kinds(&table), ["main 4", "C401", "main 5", "C501", "main 8", "C801"]);
    assert!(table.sums.iter().all(|sum| sum.agrees()), "{:?}", table.sums);
    assert_eq!(table.sums[1].stated, Some(decimal("100")));
}

#[test]
fn a_file_that_is_no_such_table_says_why() {
    assert_eq!(read(&book(&[&["Mã", "Tử số"], &["M05", "1"]])), Err(ComponentsError::NoHeading));
    assert_eq!(read(&book(&[HEADINGS, &["6", "Đô thị thông minh"]])), Err(ComponentsError::NoComponents));
    assert_eq!(read(b""), Err(ComponentsError::NoHeading));
    assert!(matches!(read(b"PK\x03\x04"), Err(ComponentsError::Sheet(_))));
    let passed = table(&[HEADINGS, MAIN, &["1.1", "Họp", "100", YES], &["", "Nhóm chỉ tiêu về họp"]]);
    assert_eq!(passed.rows[2].what, RowKind::Passed(Pass::Text));
}

/// Written by openpyxl (`tests/data/bang_chi_so.py`): merged cells, headings over two rows, points as text, numbers that
/// lost their zero, a section pasted from Word with a row for each paragraph.
#[test]
fn ninety_eight_rows_of_another_program_are_taken_as_they_were_written() {
    let table = read(include_bytes!("../data/bang-chi-so-98.xlsx")).unwrap();
    assert!(table.is_ready(), "{:?}", short(&table));
    let sums: Vec<(u8, usize)> = table.sums.iter().map(|sum| (sum.pillar, sum.rows)).collect();
    // QĐ 922, Bảng I.1, without the three of Đô thị thông minh.
    assert_eq!(sums, [(1, 10), (2, 11), (3, 7), (4, 13), (5, 12), (6, 22), (7, 12), (8, 8)]);
    assert!(table.sums.iter().all(|sum| sum.agrees() && sum.stated.is_some()), "{:?}", table.sums);
    let city = |row: &&dti::table::ComponentRow| matches!(&row.what, RowKind::Passed(Pass::Outside(_)));
    assert_eq!(table.rows.iter().filter(city).count(), 4);
    let mut kinds = std::collections::BTreeMap::new();
    for row in &table.rows {
        let RowKind::Component { fate, .. } = &row.what else { continue };
        let rule = format!("{:?}", fate.reading.rule);
        *kinds.entry(rule.split(['(', ' ']).next().unwrap().to_owned()).or_insert(0) += 1;
    }
    // Of 14 wordings in turn one says nothing, one leaves out its bounds; of "the best unit" one reporter is no best.
    let expected = [
        ("Central", 7),
        ("Conditions", 7),
        ("Levels", 7),
        ("Proportional", 7),
        ("Ratio", 13),
        ("Steps", 21),
        ("Threshold", 7),
        ("Undecided", 16),
        ("YesNo", 7),
        ("BestUnit", 3),
    ];
    assert_eq!(kinds, expected.map(|(kind, count)| (kind.to_owned(), count)).into());
}
