//! Official tables of component indices as workbooks: `book(&[HEADINGS, &["1", "Nhận thức số", "100"]])`.

use rust_xlsxwriter::{Format, Workbook};

/// The headings of the sets after QĐ 922.
pub const HEADINGS: &[&str] = &[
    "STT",
    "Chỉ số/Chỉ số thành phần",
    "Điểm tối đa",
    "Cách xác định và tính điểm",
    "Tài liệu kiểm chứng",
    "Nguồn thu thập dữ liệu",
    "Đơn vị phối hợp xác minh số liệu",
];

/// A workbook of one sheet. `#1.1` is a number, `@2024-01-01` a date, everything else text.
pub fn book(rows: &[&[&str]]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate().filter(|(_, text)| !text.is_empty()) {
            let (row, column) = (row as u32, column as u16);
            match (text.strip_prefix('#'), text.strip_prefix('@')) {
                (Some(number), _) => sheet.write_number(row, column, number.parse::<f64>().unwrap()),
                (_, Some(day)) => {
                    let day = rust_xlsxwriter::ExcelDateTime::parse_from_str(day).unwrap();
                    sheet.write_datetime_with_format(row, column, &day, &date)
                }
                _ => sheet.write_string(row, column, *text),
            }
            .unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// Two pillars whose indices come to 100 points each.
pub fn two_pillars() -> Vec<Vec<&'static str>> {
    let ratio = "a = Số văn bản do người đứng đầu ký;\nb = Tổng số văn bản;\nTỷ lệ = a/b;\nĐiểm = Tỷ lệ*Điểm tối đa";
    let steps = "4 lần/năm: 40 điểm; 3 lần/năm: 20 điểm; Còn lại: 0 điểm";
    let yes = "Đã ban hành: Điểm tối đa; Chưa ban hành: 0 điểm";
    let levels = "Bí thư: Điểm tối đa; Phó Bí thư: 1/2*Điểm tối đa; Còn lại: 0 điểm";
    vec![
        HEADINGS.to_vec(),
        vec!["I", "Nhóm chỉ số nền tảng chung", "500"],
        vec!["1", "Nhận thức số", "100"],
        vec!["1.1", "Ban Chỉ đạo họp", "40", steps, "Thông báo kết luận", "Sở Nội vụ cung cấp", "Sở TT&TT"],
        vec!["1.2", "Văn bản chỉ đạo chuyên đề", "35", ratio, "Văn bản", "UBND huyện, thị xã, thành phố cung cấp", ""],
        vec!["1.3", "Trưởng Ban Chỉ đạo", "25", levels, "Quyết định", "", ""],
        vec!["2", "Thể chế số", "100"],
        vec!["2.1", "Kế hoạch hành động 5 năm", "60", yes, "Kế hoạch", "Tỉnh, thành phố cung cấp", ""],
        vec!["2.2", "Mức chi cho chuyển đổi số", "40", "Theo hướng dẫn của Bộ", "", "", ""],
    ]
}

/// [`book`] of owned rows.
pub fn book_of(rows: &[Vec<&str>]) -> Vec<u8> {
    book(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
}
