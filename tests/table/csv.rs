//! Text files and pasted blocks as sheets.

use proptest::prelude::*;

use dti::table::{Cell, MAX_COLUMNS, MAX_ROWS, Sheet, SheetError, parse_block};

use super::first_sheet;

fn texts(sheet: &Sheet) -> Vec<(usize, Vec<&str>)> {
    sheet.rows.iter().map(|row| (row.number, row.cells.iter().map(text).collect())).collect()
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        _ => "",
    }
}

#[test]
fn every_separator_and_line_end_of_excel_is_read() {
    let expected = vec![(1, vec!["item", "value"]), (2, vec!["M02", "1,5"])];
    for text in [
        "item;value\nM02;1,5\n",
        "item;value\r\nM02;1,5",
        "item;value\rM02;1,5\r",
        "item\tvalue\nM02\t1,5\n",
        "item,value\nM02,\"1,5\"\n",
        "\u{FEFF}item;value\nM02;1,5\n",
    ] {
        assert_eq!(texts(&first_sheet(text.as_bytes()).unwrap()), expected, "{text:?}");
    }
}

#[test]
fn utf_16_with_a_mark_is_read() {
    let text = "mã\tghi chú\nM02\tđã đủ\n";
    for (mark, unit) in [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)] {
        let bytes: Vec<u8> = mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect();
        assert_eq!(texts(&first_sheet(&bytes).unwrap())[1], (2, vec!["M02", "đã đủ"]));
    }
}

#[test]
fn rows_keep_the_numbers_that_excel_shows() {
    let sheet = first_sheet("item;note\n\n\"M02\";\"hai\ndòng\"\nM03;x\n".as_bytes()).unwrap();
    let numbers: Vec<usize> = sheet.rows.iter().map(|r| r.number).collect();
    assert_eq!(numbers, [1, 3, 4]);
    assert_eq!(texts(&sheet)[1].1, ["M02", "hai\ndòng"]);
}

#[test]
fn the_line_by_which_excel_names_the_separator_is_obeyed() {
    let sheet = first_sheet(b"sep=,\nitem,note\nM02,a;b\n").unwrap();
    assert_eq!(texts(&sheet), [(2, vec!["item", "note"]), (3, vec!["M02", "a;b"])]);
}

#[test]
fn quotation_marks_inside_a_field_stay() {
    let sheet = first_sheet("item;note\nM02;\"nói \"\"được\"\"\"\nM03;5\" màn\n".as_bytes()).unwrap();
    assert_eq!(texts(&sheet)[1].1[1], "nói \"được\"");
    assert_eq!(texts(&sheet)[2].1[1], "5\" màn");
}

#[test]
fn a_quotation_mark_without_an_end_names_its_row() {
    assert_eq!(first_sheet(b"item;note\nM02;\"x\nM03;y\n"), Err(SheetError::OpenQuote { row: 2 }));
}

#[test]
fn a_file_that_is_no_unicode_names_the_line() {
    assert_eq!(first_sheet(b"item;note\r\nM02;x\r\nM03;\xFEo\r\n"), Err(SheetError::NotText { line: 3 }));
    assert_eq!(first_sheet(b"item\0"), Err(SheetError::NotText { line: 1 }));
    assert_eq!(first_sheet(&[0xFF, 0xFE, b'a', 0, b'\n', 0, b'b']), Err(SheetError::NotText { line: 2 }));
}

#[test]
fn too_many_rows_or_columns_are_refused() {
    assert_eq!(first_sheet("x\n".repeat(MAX_ROWS + 1).as_bytes()), Err(SheetError::TooManyRows));
    let wide = format!("a\n{}", ";".repeat(MAX_COLUMNS));
    assert_eq!(parse_block(&wide.replace(';', "\t")), Err(SheetError::TooManyColumns { row: 2 }));
}

#[test]
fn a_pasted_block_splits_at_tabs_only() {
    let sheet = parse_block("M02\t1;5\t\"a\nb\"\r\nM03\t\t\r\n").unwrap();
    assert_eq!(texts(&sheet), [(1, vec!["M02", "1;5", "a\nb"]), (2, vec!["M03", "", ""])]);
}

#[test]
fn an_old_workbook_is_refused_by_its_content() {
    assert_eq!(first_sheet(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]), Err(SheetError::OtherWorkbook));
}

proptest! {
    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = first_sheet(&bytes);
    }

    #[test]
    fn what_is_quoted_is_read_back(cells in prop::collection::vec("[a-zđ\"\n;\t ]{1,8}x", 1..6)) {
        let quoted: Vec<String> = cells.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect();
        let sheet = parse_block(&quoted.join("\t")).unwrap();
        prop_assert_eq!(texts(&sheet), [(1, cells.iter().map(String::as_str).collect::<Vec<_>>())]);
    }
}
