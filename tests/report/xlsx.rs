//! The workbook: bare numbers, text that stays text, native charts, and pages that print.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use dti::record::{Body, Content, TaskProgress, TaskStatus};
use dti::report::{Block, Document, Kind, document, xlsx};

use super::sample::{
    DISTRICT, QUARTER, district_report, district_with_sample_figures, part, parts, province_report, request,
};
use crate::support::{World, ratio};

/// The row of a table's headings, counted from 0.
const HEAD: u32 = 3;

fn written(document: &Document) -> Vec<u8> {
    xlsx(document).expect("a workbook")
}

fn sheet(file: &[u8], name: &str) -> calamine::Range<Data> {
    Xlsx::new(Cursor::new(file.to_vec())).unwrap().worksheet_range(name).unwrap()
}

/// The cell in the row whose column `key_title` reads `key`.
fn cell(range: &calamine::Range<Data>, key_title: &str, key: &str, title: &str) -> Data {
    let (end_row, end_column) = range.end().unwrap();
    let at = |row, column| range.get_value((row, column)).cloned().unwrap_or(Data::Empty);
    let column = |title: &str| (0..=end_column).find(|c| at(HEAD, *c) == Data::String(title.to_owned())).unwrap();
    let row = (HEAD + 1..=end_row).find(|r| at(*r, column(key_title)) == Data::String(key.to_owned())).unwrap();
    at(row, column(title))
}

#[test]
fn every_table_has_its_sheet() {
    let file = written(&district_report());
    let names = Xlsx::new(Cursor::new(file)).unwrap().sheet_names();
    assert_eq!(names, ["Thông tin", "Trụ cột", "Chỉ tiêu", "Nhiệm vụ", "Biểu đồ"]);
}

#[test]
fn figures_are_numbers_to_reckon_with() {
    let range = sheet(&written(&district_report()), "Chỉ tiêu");
    assert_eq!(cell(&range, "Mã", "M05", "Tử số"), Data::Float(1_074.0));
    assert_eq!(cell(&range, "Mã", "M05", "Mẫu số"), Data::Float(1_404.0));
    let Data::Float(value) = cell(&range, "Mã", "M05", "Kỳ này (số)") else { panic!("a number") };
    assert!((value - 107_400.0 / 1_404.0).abs() < 1e-9, "{value}");
    assert_eq!(cell(&range, "Mã", "A9", "Kỳ này (số)"), Data::Empty, "no data is not 0");
    assert_eq!(cell(&range, "Mã", "M05", "Trụ cột"), Data::String("III. Hạ tầng số".to_owned()));
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    for result in ["=1+1", "+84 233", "-5", "@SUM(A1)", "=HYPERLINK(\"http://a\")"] {
        let progress = TaskProgress { result: result.to_owned(), status: TaskStatus::Done, ..TaskProgress::default() };
        let body = Body::new(Content::Task(progress));
        let snapshot = World::of(DISTRICT).enter("I.5", DISTRICT, QUARTER, body).snapshot();
        let file = written(&document(&snapshot, &request(Kind::Agency(DISTRICT.to_owned()))));
        let range = sheet(&file, "Nhiệm vụ");
        assert_eq!(cell(&range, "Mã", "I.5", "Kết quả thực hiện"), Data::String(result.to_owned()));
        for name in parts(&file).iter().filter(|n| n.starts_with("xl/worksheets/sheet")) {
            assert!(!part(&file, name).contains("<f>"), "{name}");
        }
    }
}

#[test]
fn every_chart_is_a_native_one_on_its_own_figures() {
    let document = province_report();
    let charts = document.blocks().filter(|b| matches!(b, Block::Chart(_))).count();
    let file = written(&document);
    let native: Vec<String> = parts(&file).into_iter().filter(|n| n.starts_with("xl/charts/chart")).collect();
    assert_eq!(native.len(), charts);
    for name in native {
        let chart = part(&file, &name);
        assert!(chart.contains("<c:barChart>") && chart.contains("'Biểu đồ'!$B$"), "{chart}");
    }
    let Data::Float(share) = sheet(&file, "Biểu đồ").get_value((HEAD + 1, 1)).cloned().unwrap() else {
        panic!("a number")
    };
    assert!((0.0..=1.0).contains(&share));
}

#[test]
fn charts_read_from_the_left_and_from_the_top() {
    let chart = part(&written(&province_report()), "xl/charts/chart1.xml");
    let axis = |name: &str| chart.split(&format!("<c:{name}>")).nth(1).unwrap().split("</c:scaling>").next().unwrap();
    assert!(axis("catAx").contains(r#"<c:orientation val="maxMin"/>"#), "the first item is on top");
    let values = axis("valAx");
    assert!(values.contains(r#"<c:orientation val="minMax"/>"#), "{values}");
    assert!(values.contains(r#"<c:max val="1"/>"#) && values.contains(r#"<c:min val="0"/>"#), "{values}");
}

#[test]
fn a_row_is_as_high_as_its_longest_text() {
    let sheet = part(&written(&district_report()), "xl/worksheets/sheet4.xml");
    let height = |row: u32| -> f64 {
        let row = sheet.split(&format!(r#"<row r="{row}" "#)).nth(1).unwrap();
        row.split(r#" ht=""#).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    assert!(height(5) >= 60.0, "a task's text has several lines: {}", height(5));
    assert!(height(5) < 200.0);
}

#[test]
fn tables_print_on_a4_with_their_headings_on_every_page() {
    let file = written(&district_report());
    let workbook = part(&file, "xl/workbook.xml");
    for name in ["Trụ cột", "Chỉ tiêu", "Nhiệm vụ"] {
        assert!(workbook.contains(&format!("'{name}'!$4:$4")), "{name}: {workbook}");
    }
    for number in 2..=4 {
        let sheet = part(&file, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(sheet.contains(r#"ySplit="4""#) && sheet.contains(r#"state="frozen""#), "{number}");
        assert!(sheet.contains(r#"paperSize="9""#) && sheet.contains(r#"orientation="landscape""#), "{number}");
        assert!(sheet.contains("<autoFilter "), "{number}");
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    assert!(written(&province_report()) == written(&province_report()));
    let core = part(&written(&district_report()), "docProps/core.xml");
    assert!(core.contains("2024-01-05T01:30:00Z") && core.contains("UBND huyện Hải Lăng"), "{core}");
}

#[test]
fn sample_figures_are_marked_on_every_sheet() {
    let sample = document(&district_with_sample_figures(), &request(Kind::Agency(DISTRICT.to_owned())));
    let file = written(&sample);
    for name in parts(&file).iter().filter(|n| n.starts_with("xl/worksheets/sheet")) {
        assert!(part(&file, name).contains("SỐ LIỆU MẪU</oddHeader>"), "{name}");
    }
    let range = sheet(&file, "Chỉ tiêu");
    assert_eq!(range.get_value((1, 0)), Some(&Data::String("SỐ LIỆU MẪU".to_owned())));
}

#[test]
fn what_is_short_of_all_does_not_read_as_all() {
    let with = |numerator| {
        let world = World::of(DISTRICT).report("M05", DISTRICT, QUARTER, ratio(numerator, 100_000));
        let file = written(&document(&world.snapshot(), &request(Kind::Agency(DISTRICT.to_owned()))));
        part(&file, "xl/styles.xml").contains("0.00######%")
    };
    assert!(with(99_996), "0.00% would show 100,00%");
    assert!(!with(99_994) && !with(100_000));
}
