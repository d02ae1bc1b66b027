//! `form`: blank Excel forms out, filled ones back in by `load`.

use std::fs;
use std::io::{Cursor, Read, Write};

use serde_json::json;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::support::cli::Cli;

/// The form of `so-noi-vu`, made by the receiving department.
fn with_form() -> Cli {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.ok("form @so-tttt.dti --period 2023-Q4 --agency so-noi-vu --to @biểu");
    cli
}

const FORM: &str = "biểu/bieu_so-noi-vu_2023-Q4.xlsx";

fn part(file: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(file)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The workbook with one of its parts changed.
fn with_part(file: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let (entry_name, mut bytes) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut bytes).unwrap();
        if entry_name == name {
            bytes = change(String::from_utf8(bytes).unwrap()).into_bytes();
        }
        copy.start_file(entry_name, SimpleFileOptions::default()).unwrap();
        copy.write_all(&bytes).unwrap();
    }
    copy.finish().unwrap().into_inner()
}

/// The sheet's XML with a value in an empty cell.
fn fill(sheet: &str, cell: &str, value: &str) -> String {
    let start = sheet.find(&format!(r#"<c r="{cell}""#)).unwrap_or_else(|| panic!("no {cell}"));
    let end = start + sheet[start..].find("/>").unwrap();
    format!("{}><v>{value}</v></c>{}", &sheet[..end], &sheet[end + 2..])
}

/// The row of the first item that asks for numerator and denominator, and the item, from the hidden sheet's order.
fn first_ratio() -> (usize, String) {
    let catalogue = dti::catalogue::embedded();
    let period = catalogue.period(&"2023-Q4".parse().unwrap());
    let items = catalogue.expected("so-noi-vu", &period);
    let ratio = |item: &&str| catalogue.indicator(item).is_some_and(|i| i.measure == dti::catalogue::Measure::Ratio);
    let at = items.iter().position(ratio).unwrap();
    (at + 6, items[at].to_owned())
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn a_form_filled_in_is_loaded_as_the_agencys_figures_and_what_was_left_empty_is_not_reported() {
    let mut cli = with_form();
    let (row, item) = first_ratio();
    let form = fs::read(cli.path(FORM)).unwrap();
    let filled =
        with_part(&form, SHEET, |sheet| fill(&fill(&sheet, &format!("G{row}"), "17"), &format!("H{row}"), "20"));
    cli.write("nhập.xlsx", filled);
    cli.ok("load @so-tttt.dti --period 2023-Q4 @nhập.xlsx");
    let shown = cli.json("show @so-tttt.dti --json");
    assert_eq!(shown.as_array().unwrap().len(), 1);
    assert_eq!((&shown[0]["item"], &shown[0]["agency"]), (&json!(item), &json!("so-noi-vu")));
    assert_eq!((&shown[0]["numerator"], &shown[0]["denominator"]), (&json!(17), &json!(20)));
}

#[test]
fn a_form_is_taken_only_where_it_belongs() {
    let mut cli = with_form();
    cli.init("tp-dong-ha");
    let before = (cli.digest("so-tttt.dti"), cli.digest("tp-dong-ha.dti"));
    let message = cli.fails(3, &format!("load @so-tttt.dti --period 2023-Q3 @{FORM}"));
    assert!(message.contains("Quý IV/2023"), "{message}");
    let message = cli.fails(3, &format!("load @tp-dong-ha.dti --period 2023-Q4 @{FORM}"));
    assert!(message.contains("Sở Nội vụ"), "{message}");
    let form = fs::read(cli.path(FORM)).unwrap();
    let hash = dti::catalogue::embedded().hash.clone();
    let other = with_part(&form, "xl/sharedStrings.xml", |text| text.replace(&hash, &"0".repeat(64)));
    cli.write("khác.xlsx", other);
    let message = cli.fails(3, "load @so-tttt.dti --period 2023-Q4 @khác.xlsx");
    assert!(message.contains("danh mục khác"), "{message}");
    assert_eq!((cli.digest("so-tttt.dti"), cli.digest("tp-dong-ha.dti")), before);
}

#[test]
fn an_id_changed_in_a_form_is_refused_with_the_one_it_was() {
    let mut cli = with_form();
    let (row, item) = first_ratio();
    let form = fs::read(cli.path(FORM)).unwrap();
    let altered = with_part(&form, SHEET, |sheet| {
        let start = sheet.find(&format!(r#"<c r="A{row}""#)).unwrap();
        let end = start + sheet[start..].find("</c>").unwrap() + 4;
        let cell = format!(r#"<c r="A{row}" t="inlineStr"><is><t>M05</t></is></c>"#);
        fill(
            &fill(&format!("{}{cell}{}", &sheet[..start], &sheet[end..]), &format!("G{row}"), "1"),
            &format!("H{row}"),
            "2",
        )
    });
    cli.write("đổi.xlsx", altered);
    let message = cli.fails(3, "load @so-tttt.dti --period 2023-Q4 @đổi.xlsx");
    assert!(message.contains(&format!("dòng {row}")) && message.contains(&format!("({item})")), "{message}");
}

#[test]
fn the_sheet_is_locked_but_for_its_inputs_and_checks_what_is_typed() {
    let cli = with_form();
    let form = fs::read(cli.path(FORM)).unwrap();
    let sheet = part(&form, SHEET);
    assert!(sheet.contains("<sheetProtection"), "not protected");
    for kind in [r#"type="list""#, r#"type="decimal""#, r#"type="custom""#, r#"type="whole""#] {
        assert!(sheet.contains(kind), "no validation {kind}");
    }
    assert!(sheet.contains("Chưa triển khai,Đang triển khai"), "no list of states");
    assert!(sheet.contains(r#"state="frozen""#));
    assert!(part(&form, "xl/workbook.xml").contains(r#"state="veryHidden""#));
}

#[test]
fn the_receiver_makes_the_forms_of_all_who_have_not_filed_and_never_writes_over_one() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.ok("form @so-tttt.dti --period 2023-Q4 --to @biểu");
    let missing = cli.run("status @so-tttt.dti --period 2023-Q4 --json");
    let missing: serde_json::Value = serde_json::from_str(&missing.out).unwrap();
    let agencies = missing["agencies"].as_array().or(missing.as_array()).unwrap().len();
    assert_eq!(fs::read_dir(cli.path("biểu")).unwrap().count(), agencies - 1, "all but the receiver");
    let message = cli.fails(3, "form @so-tttt.dti --period 2023-Q4 --agency so-noi-vu --to @biểu");
    assert!(message.contains("Đã có"), "{message}");
}
