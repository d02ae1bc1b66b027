//! Workbooks with several sheets: the one with entries is read, and of several a person says which.

use dti::table::{Guessing, Preview, Reading, Remembered, TableError, preview};
use rust_xlsxwriter::Workbook;

use crate::support::{World, period, ratio};

/// Sheets by name; each row is its cells.
fn workbook(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        sheet.set_hidden(name.starts_with("ẩn"));
        for (r, row) in (0_u32..).zip(*rows) {
            for (c, text) in (0_u16..).zip(*row) {
                sheet.write_string(r, c, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

const NOTES: (&str, &[&[&str]]) = ("Thuyết minh", &[&["Cách lập biểu"]]);
const Q3: (&str, &[&[&str]]) = ("Quý III", &[&["Mã", "Tử số", "Mẫu số"], &["M05", "1", "2"]]);
const Q4: (&str, &[&[&str]]) = ("Quý IV", &[&["Mã", "Tử số", "Mẫu số"], &["M05", "850", "1000"]]);
const HIDDEN: (&str, &[&[&str]]) = ("ẩn", &[&["Mã", "Tử số", "Mẫu số"], &["M05", "3", "4"]]);

fn read(sheets: &[(&str, &[&[&str]])], sheet: Option<&str>, guessing: Guessing) -> Preview {
    let reading = Reading { sheet: sheet.map(str::to_owned), ..Reading::default() };
    let snapshot = World::of("tp-dong-ha").snapshot();
    preview(&workbook(sheets), &reading, guessing, &Remembered::new(), &snapshot, &period("2023-Q4")).unwrap()
}

#[test]
fn the_only_sheet_with_entries_is_read_wherever_it_stands_and_hidden_ones_never() {
    let found = read(&[NOTES, HIDDEN, Q4], None, Guessing::Refused);
    assert_eq!(found.sheet, "Quý IV");
    assert_eq!(found.sheets, ["Thuyết minh", "Quý IV"]);
    assert_eq!(found.result.unwrap().loading.rows[0].body.content, ratio(850, 1000));
}

#[test]
fn of_several_with_entries_a_person_says_which() {
    let names = || vec!["Quý III".to_owned(), "Quý IV".to_owned()];
    assert_eq!(read(&[NOTES, Q3, Q4], None, Guessing::Refused).result, Err(TableError::SeveralSheets(names())));
    let found = read(&[NOTES, Q3, Q4], Some("quy iv"), Guessing::Refused);
    assert_eq!(found.result.unwrap().loading.rows[0].body.content, ratio(850, 1000));
    // The window shows which one it is, and the others beside it.
    assert_eq!(read(&[NOTES, Q3, Q4], None, Guessing::Shown).sheet, "Quý III");
    let unknown = read(&[Q3, Q4], Some("Quý I"), Guessing::Refused);
    assert_eq!(unknown.result, Err(TableError::NoSuchSheet { name: "Quý I".to_owned(), there: names() }));
}
