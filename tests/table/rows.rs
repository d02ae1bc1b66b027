//! Rows as entries: headings, rejections with number and reason, and what is on record already.

use dti::record::{Problem, Severity};
use dti::table::{FieldError, Guessing, Loading, Reading, Reason, Remembered, TableError, preview};

use crate::support::{World, period, ratio};

fn load_into(world: World, csv: &str) -> Result<Loading, TableError> {
    let (reading, none) = (Reading::default(), Remembered::new());
    let snapshot = world.snapshot();
    let found = preview(csv.as_bytes(), &reading, Guessing::Refused, &none, &snapshot, &period("2023-Q4")).unwrap();
    found.result.map(|entries| entries.loading)
}

fn loaded(csv: &str) -> Loading {
    load_into(World::of("tp-dong-ha"), csv).unwrap()
}

/// The only rejection: row number and reason.
fn rejected(csv: &str) -> (usize, Reason) {
    let loading = loaded(csv);
    assert_eq!(loading.rejected.len(), 1, "{loading:?}");
    (loading.rejected[0].number, loading.rejected[0].reason.clone())
}

#[test]
fn vietnamese_and_english_headings_are_recognised_below_a_title() {
    let forms = [
        "Biểu số liệu quý IV;;\nMã chỉ tiêu;Tử số;Mẫu số\nM05;850;1000\n",
        "item,numerator,denominator\nm05,850,1000\n",
        "MÃ SỐ\tTU SO\tMẪU SỐ\nM05\t850\t1000\n",
    ];
    for form in forms {
        let loading = loaded(form);
        assert_eq!(loading.rejected, [], "{form:?}");
        assert_eq!(loading.rows[0].key.to_string(), "indicator:M05:tp-dong-ha:2023-Q4");
        assert_eq!(loading.rows[0].body.content, ratio(850, 1000));
    }
}

#[test]
fn a_heading_that_names_no_field_is_named_and_ignored() {
    let loading = loaded("TT;Mã;Tên chỉ tiêu;Tử số;Mẫu số\n1;M05;Điện thoại;850;1000\n");
    assert_eq!(loading.ignored, ["TT", "Tên chỉ tiêu"]);
    assert_eq!(loading.rows.len(), 1);
}

#[test]
fn each_bad_row_has_its_number_and_reason() {
    let head = "item;agency;numerator;denominator;note\nM05;;850;1000;\n";
    let row = |row: &str| rejected(&format!("{head}{row}\n"));
    assert_eq!(row("M99;;1;2;"), (3, Reason::UnknownItem { near: vec!["M09".to_owned(), "M19".to_owned()] }));
    assert_eq!(row(";;1;2;"), (3, Reason::MissingItem));
    assert_eq!(row("M06;;;;"), (3, Reason::NothingGiven));
    assert_eq!(row("M05;;1;2;"), (3, Reason::Duplicate { first: 2 }));
    assert_eq!(row("M06;huyen-vinh-linh;1;2;"), (3, Reason::NotYours { agency: "huyen-vinh-linh".to_owned() }));
    assert_eq!(row("M06;huyện Sao Hỏa;1;2;"), (3, Reason::UnknownAgency { text: "huyện Sao Hỏa".to_owned() }));
    assert!(matches!(row("M06;;nhiều;2;"), (3, Reason::Field(FieldError::Number { .. }))));
    assert!(matches!(row("M06;;1.234;2000;"), (3, Reason::Field(FieldError::Number { .. }))));
}

#[test]
fn nonsense_is_rejected_and_doubt_only_noted() {
    let (number, reason) = rejected("item;numerator;denominator\nM05;1;0\n");
    let Reason::Findings(found) = reason else { panic!("{reason:?}") };
    assert_eq!(number, 2);
    assert!(found.iter().any(|f| f.problem == Problem::ZeroDenominator && f.severity == Severity::Error));

    let doubtful = loaded("item;numerator;denominator\nM05;1200;1000\n");
    assert_eq!(doubtful.rejected, []);
    assert!(doubtful.rows[0].findings.iter().any(|f| matches!(f.problem, Problem::NumeratorOverDenominator { .. })));
}

#[test]
fn a_row_fills_in_what_is_on_record_already() {
    let world = World::of("tp-dong-ha").report("M05", "tp-dong-ha", "2023-Q4", ratio(850, 1000));
    let loading = load_into(world, "item;numerator\nM05;870\n").unwrap();
    assert_eq!(loading.rows[0].body.content, ratio(870, 1000));
}

#[test]
fn a_record_in_conflict_is_rejected_until_someone_chose() {
    let world = World::of("tp-dong-ha").report("M05", "tp-dong-ha", "2023-Q4", ratio(850, 1000)).report(
        "M05",
        "tp-dong-ha",
        "2023-Q4",
        ratio(860, 1000),
    );
    let loading = load_into(world, "item;numerator\nM05;870\n").unwrap();
    assert_eq!(loading.rejected[0].reason, Reason::Undecided);
}

#[test]
fn the_receiving_department_may_name_the_agency_by_any_of_its_names() {
    let loading = load_into(
        World::of("so-tttt"),
        "item;agency;numerator;denominator\nM05;tp-dong-ha;1;2\nM05;UBND huyện Vĩnh Linh;1;2\n",
    )
    .unwrap();
    let agencies: Vec<&str> = loading.rows.iter().map(|r| r.key.agency.as_str()).collect();
    assert_eq!(agencies, ["tp-dong-ha", "huyen-vinh-linh"], "{loading:?}");
}

#[test]
fn titles_between_rows_and_repeated_headings_are_passed_over() {
    let loading = loaded("item;name;note\n;III. Hạ tầng số;\nM05;x;một\nitem;name;note\nM06;y;hai\n");
    assert_eq!(loading.rejected, []);
    assert_eq!(loading.rows.iter().map(|r| r.number).collect::<Vec<_>>(), [3, 5]);
}

#[test]
fn a_sheet_without_a_heading_for_the_item_or_with_one_twice_is_refused() {
    assert_eq!(load_into(World::of("tp-dong-ha"), "M05;850;1000\n"), Err(TableError::NoHeading { ids_below: None }));
    assert_eq!(load_into(World::of("tp-dong-ha"), "\n\n"), Err(TableError::Empty));
    let twice = "item;value;giá trị\nM05;1;2\n";
    assert_eq!(load_into(World::of("tp-dong-ha"), twice), Err(TableError::HeadingTwice("giá trị".to_owned())));
}

#[test]
fn an_empty_agency_below_a_named_one_is_asked_about() {
    // As a merged cell comes: the name stands in its first row only.
    let merged = "item;agency;numerator;denominator\nM10;UBND huyện Cam Lộ;1;2\nA4;;3;4\nM10;;3;4\n";
    let loading = load_into(World::of("so-tttt"), merged).unwrap();
    let reason = Reason::MissingAgency { above: "UBND huyện Cam Lộ".to_owned() };
    let rejected: Vec<_> = loading.rejected.iter().map(|r| (r.number, &r.reason)).collect();
    assert_eq!(rejected, [(3, &reason), (4, &reason)]);
    let own = load_into(World::of("tp-dong-ha"), "item;agency;numerator;denominator\nM05;;1;2\nM06;;3;4\n").unwrap();
    assert_eq!((own.rows.len(), own.rejected.len()), (2, 0), "{own:?}");
}

#[test]
fn a_line_with_more_cells_than_headings_is_asked_about() {
    for line in ["M05,85,5,100", "M05,85,100,,x"] {
        assert_eq!(rejected(&format!("item,numerator,denominator\n{line}\n")), (2, Reason::BeyondHeadings), "{line}");
    }
    for line in ["M05,85,100,,", "M05,\"85,5\",100"] {
        assert_eq!(loaded(&format!("item,numerator,denominator\n{line}\n")).rejected, [], "{line}");
    }
}

#[test]
fn money_in_another_unit_than_the_indicators_is_asked_about() {
    let finance = |csv: &str| load_into(World::of("so-tai-chinh"), csv).unwrap();
    let other = Reason::OtherUnit { stated: "triệu đồng".to_owned(), asked: "tỷ đồng".to_owned() };
    for table in [
        "Đơn vị tính: triệu đồng;;\nitem;value;note\nM12;150;x\n",
        "item;ĐVT;value\nM12;triệu đồng;150\n",
        "item;note;value\n;;triệu đồng\nM12;x;150\n",
    ] {
        let loading = finance(table);
        assert_eq!(loading.rejected.iter().map(|r| &r.reason).collect::<Vec<_>>(), [&other], "{table}");
    }
    for table in [
        "Đơn vị tính: tỷ đồng;;\nitem;value;note\nM12;1,5;x\n",
        "Đơn vị tính: triệu đồng;;\nitem;value;note\nM12;150 triệu đồng;x\n",
        "item;ĐVT;value\nM12;tỷ đồng;1,5\n",
        "item;Dự toán (triệu đồng);value\nM12;150;1,5\n",
    ] {
        assert_eq!(finance(table).rejected, [], "{table}");
    }
}
