//! Excel workbooks as sheets. The workbooks are put together here part by part, as Excel would.

use std::io::{Cursor, Write};

use chrono::NaiveDate;
use dti::table::{Cell, SheetError};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::first_sheet;
use crate::support::decimal;

/// A workbook of one sheet, with its rows as XML. Style 1 is a percentage, 2 a date, 3 a format that only quotes `%`,
/// 4 one that hides 0, 5 one that writes it as a dash.
fn workbook(rows: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                r#"<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>"#
            ),
        ),
        (
            "_rels/.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Biểu" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                r#"<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>"#
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                r#"<styleSheet xmlns="{main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="0&quot;%&quot;"/><numFmt numFmtId="165" formatCode="0;-0;[Red]_-&quot;&quot;"/><numFmt numFmtId="166" formatCode="0;-0;&quot;-&quot;"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>"#
            ),
        ),
        ("xl/worksheets/sheet1.xml", format!(r#"<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>"#)),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, xml) in parts {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn cell(xml: &str) -> Cell {
    let sheet = first_sheet(&workbook(&format!(r#"<row r="1">{xml}</row>"#))).unwrap();
    sheet.rows[0].cells[0].clone()
}

#[test]
fn numbers_come_as_excel_shows_them_and_are_never_ambiguous() {
    assert_eq!(cell(r#"<c r="A1"><v>1.234</v></c>"#), Cell::Number(decimal("1.234")));
    assert_eq!(cell(r#"<c r="A1"><v>0.30000000000000004</v></c>"#), Cell::Number(decimal("0.3")));
    assert_eq!(cell(r#"<c r="A1"><v>68250</v></c>"#), Cell::Number(decimal("68250")));
    assert_eq!(cell(r#"<c r="A1"><v>1E-3</v></c>"#), Cell::Number(decimal("0.001")));
}

#[test]
fn a_percentage_comes_in_percent() {
    assert_eq!(cell(r#"<c r="A1" s="1"><v>0.855</v></c>"#), Cell::Percent(decimal("85.5")));
    assert_eq!(cell(r#"<c r="A1" s="1"><v>1</v></c>"#), Cell::Percent(decimal("100")));
    assert_eq!(cell(r#"<c r="A1" s="3"><v>85</v></c>"#), Cell::Number(decimal("85")));
}

#[test]
fn dates_texts_and_errors_come_as_what_they_are() {
    assert_eq!(cell(r#"<c r="A1" s="2"><v>45204</v></c>"#), Cell::Date(NaiveDate::from_ymd_opt(2023, 10, 5).unwrap()));
    assert_eq!(cell(r#"<c r="A1" s="2"><v>0</v></c>"#), Cell::Fault("0".to_owned()), "no day at all");
    assert_eq!(cell(r#"<c r="A1" t="inlineStr"><is><t>Đã xong</t></is></c>"#), Cell::Text("Đã xong".to_owned()));
    assert_eq!(cell(r#"<c r="A1" t="e"><v>#DIV/0!</v></c>"#), Cell::Fault("#DIV/0!".to_owned()));
}

#[test]
fn a_stray_cell_far_down_costs_nothing_and_keeps_its_row_number() {
    let sheet = first_sheet(&workbook(
        r#"<row r="2"><c r="B2"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>"#,
    ))
    .unwrap();
    assert_eq!(sheet.rows.iter().map(|r| r.number).collect::<Vec<_>>(), [2, 1_048_576]);
    assert_eq!(sheet.rows[0].cells, [Cell::Empty, Cell::Number(decimal("1"))]);
}

#[test]
fn a_stray_cell_far_right_is_refused() {
    let far = workbook(r#"<row r="3"><c r="XFD3"><v>1</v></c></row>"#);
    assert_eq!(first_sheet(&far), Err(SheetError::TooManyColumns { row: 3 }));
}

#[test]
fn a_workbook_with_a_password_is_told_from_an_old_one() {
    let compound = |name: &str| {
        let name = name.encode_utf16().flat_map(u16::to_le_bytes);
        [0xD0, 0xCF, 0x11, 0xE0].into_iter().chain([0; 16]).chain(name).collect::<Vec<u8>>()
    };
    assert_eq!(first_sheet(&compound("EncryptedPackage")), Err(SheetError::Encrypted));
    assert_eq!(first_sheet(&compound("Workbook")), Err(SheetError::OtherWorkbook));
}

#[test]
fn a_zip_that_is_no_workbook_and_a_broken_one_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.txt", SimpleFileOptions::default()).unwrap();
    assert_eq!(first_sheet(&zip.finish().unwrap().into_inner()), Err(SheetError::OtherWorkbook));
    let whole = workbook("");
    assert!(matches!(first_sheet(&whole[..whole.len() / 2]), Err(SheetError::Workbook(_))));
}

#[test]
fn a_formula_without_a_result_is_not_empty() {
    assert_eq!(cell(r#"<c r="A1"><f>B1/C1</f></c>"#), Cell::Fault("=B1/C1".to_owned()));
    assert_eq!(cell(r#"<c r="A1"><f>B1/C1</f><v></v></c>"#), Cell::Fault("=B1/C1".to_owned()));
    assert_eq!(cell(r#"<c r="A1"><f>B1/C1</f><v>0.5</v></c>"#), Cell::Number(decimal("0.5")));
    let blank = r#"<c r="A1" t="str"><f>IF(B1=0,"","x")</f><v></v></c><c r="B1"><v>1</v></c>"#;
    assert_eq!(cell(blank), Cell::Empty, "its result is no text");
}

#[test]
fn a_zero_that_its_format_hides_is_no_figure() {
    let beside = r#"<c r="B1"><v>1</v></c>"#;
    assert_eq!(cell(&format!(r#"<c r="A1" s="4"><v>0</v></c>{beside}"#)), Cell::Empty);
    assert_eq!(cell(r#"<c r="A1" s="4"><v>5</v></c>"#), Cell::Number(decimal("5")));
    assert_eq!(cell(r#"<c r="A1" s="5"><v>0</v></c>"#), Cell::Number(decimal("0")));
    assert_eq!(cell(r#"<c r="A1"><v>0</v></c>"#), Cell::Number(decimal("0")));
}
