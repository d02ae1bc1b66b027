//! Tables from before Unicode: refused with samples until a person says what they are, then converted cell by cell.

use dti::table::{Cell, Legacy, Sheet, SheetError};
use dti::text::legacy::Encoding;
use rust_xlsxwriter::{Format, Workbook};

use super::first_sheet;

const TCVN3: &[u8] = include_bytes!("../data/legacy/table.tcvn3.csv");

/// The first sheet, with a person's word on its text.
fn read_as(bytes: &[u8], legacy: &Legacy) -> Result<Sheet, SheetError> {
    dti::table::read(bytes, legacy).map(|book| book.sheets[0].clone())
}

fn texts(sheet: &Sheet) -> Vec<&str> {
    let cells = sheet.rows.iter().flat_map(|r| &r.cells);
    cells.filter_map(|c| if let Cell::Text(text) = c { Some(text.as_str()) } else { None }).collect()
}

#[test]
fn a_file_of_bytes_is_refused_with_what_it_seems_to_be_and_samples() {
    let Err(SheetError::Legacy(found)) = first_sheet(TCVN3) else { panic!("not recognised") };
    assert_eq!(found.iter().map(|f| f.encoding).collect::<Vec<_>>(), [Encoding::Tcvn3]);
    assert_eq!((found[0].samples[0].row, found[0].samples[0].after.as_str()), (1, "Mã chỉ tiêu"));
    assert_eq!(found[0].samples[0].before, "M· chØ tiªu");
    assert_eq!(found[0].cells, 6);
}

#[test]
fn every_encoding_gives_the_same_table_once_it_is_confirmed() {
    let files: [(Encoding, &[u8]); 5] = [
        (Encoding::Tcvn3, TCVN3),
        (Encoding::Viscii, include_bytes!("../data/legacy/table.viscii.csv")),
        (Encoding::Vni, include_bytes!("../data/legacy/table.vni.csv")),
        (Encoding::Windows1258, include_bytes!("../data/legacy/table.windows-1258.csv")),
        (Encoding::MisreadUtf8, include_bytes!("../data/legacy/table.misread-utf8.csv")),
    ];
    for (encoding, bytes) in files {
        let sheet = read_as(bytes, &Legacy::Convert(vec![encoding])).unwrap();
        let texts = texts(&sheet);
        assert_eq!(texts[..4], ["Mã chỉ tiêu", "Tử số", "Mẫu số", "Ghi chú"], "{encoding:?}");
        assert_eq!(texts[11], "Ước tính: chưa đủ báo cáo từ các xã vùng sâu, vùng xa", "{encoding:?}");
    }
}

#[test]
fn a_wrong_word_on_it_is_no_answer() {
    assert!(matches!(read_as(TCVN3, &Legacy::Leave), Err(SheetError::NotText { line: 1 })));
    assert!(matches!(read_as(TCVN3, &Legacy::Convert(vec![Encoding::Vni])), Err(SheetError::Legacy(_))));
}

#[test]
fn in_a_workbook_each_cell_goes_by_its_font() {
    let font = |name: &str| Format::new().set_font_name(name);
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, (text, name)) in [
        ("M· chØ tiªu", ".VnTime"),
        ("tö sè", ".VnTimeH"),
        ("Ghi chuù", "VNI-Times"),
        ("Mẫu số", ".VnTime"),
        ("Café Nestlé", "Times New Roman"),
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write_string_with_format(0, column as u16, text, &font(name)).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    let Err(SheetError::Legacy(found)) = first_sheet(&bytes) else { panic!("not recognised") };
    assert_eq!(
        found.iter().map(|f| (f.encoding, f.cells)).collect::<Vec<_>>(),
        [(Encoding::Tcvn3, 2), (Encoding::Vni, 1)]
    );
    let sheet = read_as(&bytes, &Legacy::Convert(vec![Encoding::Tcvn3, Encoding::Vni])).unwrap();
    assert_eq!(texts(&sheet), ["Mã chỉ tiêu", "TỬ SỐ", "Ghi chú", "Mẫu số", "Café Nestlé"]);
    let left = read_as(&bytes, &Legacy::Leave).unwrap();
    assert_eq!(texts(&left)[0], "M· chØ tiªu");
}
