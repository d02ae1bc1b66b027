//! Tables that are read in: their fields, and what cannot be taken, with what to do about it.

use super::finding;
use super::harmless::harmless;
use crate::catalogue::{Catalogue, Id};
use crate::record::{DocumentState, Finding, Reporting, Severity, TaskStatus};
use crate::table::{
    Column, Field, FieldError, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Reason, Recognised, Row, Sample, SheetError, Skip,
    TableError,
};
use crate::text::bytes::format_size;
use crate::text::date::format_date;
use crate::text::legacy::Encoding;
use crate::text::number::{NumberError, format_decimal, format_for_edit, rounded};

pub fn field(field: Field) -> &'static str {
    match field {
        Field::Numerator => "Tử số",
        Field::Denominator => "Mẫu số",
        Field::Value => "Giá trị",
        Field::Status => "Trạng thái",
        Field::Percent => "Tỷ lệ %",
        Field::Result => "Kết quả",
        Field::Difficulty => "Khó khăn",
        Field::Cause => "Nguyên nhân",
        Field::Proposal => "Kiến nghị",
        Field::Note => "Ghi chú",
        Field::Reason => "Lý do",
        Field::Symbol => "Số, ký hiệu",
        Field::Date => "Ngày",
        Field::Title => "Trích yếu",
    }
}

pub fn number_error(text: &str, error: &NumberError) -> String {
    let text = harmless(text);
    match error {
        NumberError::Empty => "thiếu số".to_owned(),
        NumberError::NotANumber => format!("“{text}” không phải là số: chỉ nhập chữ số, ví dụ 1234,5"),
        NumberError::Ambiguous { as_thousands, as_decimal } => format!(
            "“{text}” đọc được hai cách, {} hoặc {}: nhập lại là {} hoặc {}",
            format_decimal(*as_thousands),
            format_decimal(*as_decimal),
            format_for_edit(*as_thousands),
            format_for_edit(*as_decimal)
        ),
        NumberError::Bracketed { size } => {
            let size = format_for_edit(*size);
            format!("“{text}” trong ngoặc đơn có thể là số âm: nhập lại là -{size} hoặc {size}")
        }
        NumberError::TooBig => format!("“{text}” quá lớn: kiểm tra lại đơn vị tính"),
        NumberError::TooPrecise => format!("“{text}” có quá 9 chữ số thập phân: làm tròn lại"),
    }
}

pub fn field_error(error: &FieldError) -> String {
    match error {
        FieldError::Number { field: name, text, error } => format!("{}: {}", field(*name), number_error(text, error)),
        FieldError::Unfit { field: name, text } if text.starts_with('=') => format!(
            "{}: công thức “{}” chưa có kết quả trong tệp: mở tệp bằng Excel, lưu lại rồi nạp lại",
            field(*name),
            harmless(text)
        ),
        FieldError::Unfit { field: name, text } => {
            let text = harmless(text);
            format!("{}: ô “{text}” không dùng được ở đây: sửa ô thành số hoặc chữ thông thường", field(*name))
        }
        FieldError::Status(text) => format!(
            "Trạng thái “{}” không có: nhiệm vụ dùng {}; chỉ tiêu dùng {}; văn bản dùng {}",
            harmless(text),
            TaskStatus::ALL.map(super::task_status).join(", "),
            [Reporting::Reported, Reporting::NoData, Reporting::NotApplicable].map(super::reporting).join(", "),
            DocumentState::ALL.map(super::document_state).join(", "),
        ),
        FieldError::Date(text) => format!("“{}” không phải ngày: viết dạng 05/10/2023", harmless(text)),
        FieldError::ShortYear { text, readings } => {
            let readings: Vec<String> = readings.iter().map(|date| format_date(*date)).collect();
            let text = harmless(text);
            format!("“{text}” có năm hai chữ số: nhập lại đủ bốn chữ số, ví dụ {}", readings.join(" hoặc "))
        }
        FieldError::Completion(text) => {
            format!("“{}” không phải tỷ lệ hoàn thành: nhập số nguyên từ 0 đến 100", harmless(text))
        }
        FieldError::NotForItem(name) => {
            format!("{} không dùng cho loại chỉ tiêu, nhiệm vụ này: bỏ trống", field(*name))
        }
        FieldError::PartsDisagree { given, derived } => format!(
            "Giá trị {} khác với kết quả tính từ tử số và mẫu số ({}): bỏ giá trị, hoặc sửa tử số, mẫu số",
            format_decimal(*given),
            format_decimal(rounded(*derived, given.scale().max(2)))
        ),
        FieldError::FigureWithoutReport => {
            "Có số liệu mà trạng thái lại là chưa có số liệu hoặc không áp dụng: bỏ một trong hai".to_owned()
        }
    }
}

pub fn row_reason(reason: &Reason, catalogue: &Catalogue) -> String {
    match reason {
        Reason::MissingItem => "Thiếu mã chỉ tiêu hoặc nhiệm vụ".to_owned(),
        Reason::UnknownItem { near } => format!("Mã không có trong danh mục{}", suggestion(near)),
        Reason::UnknownAgency { text } => format!("Cơ quan “{}” không có trong danh mục", harmless(text)),
        Reason::MissingAgency { above } => format!(
            "Thiếu cơ quan: không rõ là “{}” như dòng trên hay đơn vị lập bảng; ô gộp chỉ có tên ở dòng đầu: ghi tên cơ quan \
             vào từng dòng",
            harmless(above)
        ),
        Reason::OtherUnit { stated, asked } => format!(
            "Bảng tính bằng {}, chỉ tiêu tính bằng {asked}: đổi số liệu sang {asked}, hoặc ghi đơn vị ngay sau số, ví dụ \
             “850 triệu đồng”",
            harmless(stated)
        ),
        Reason::BeyondHeadings => {
            "Dòng có nhiều ô hơn tiêu đề: dấu phẩy trong số hoặc trong câu bị hiểu là dấu tách ô; \
                                   đặt ô đó trong ngoặc kép, hoặc thêm tiêu đề cho cột"
                .to_owned()
        }
        Reason::NotYours { agency } => format!(
            "Số liệu của {} không do đơn vị này báo cáo: xóa dòng, hoặc để đơn vị đó tự nhập",
            catalogue.agency_name(agency)
        ),
        Reason::Duplicate { first } => format!("Trùng với dòng {first}: chỉ giữ một dòng cho mỗi mã"),
        Reason::NothingGiven => "Không có ô nào được nhập".to_owned(),
        Reason::AlteredItem { original } => {
            let original = harmless(original);
            format!("Mã đã bị đổi so với biểu mẫu gửi đi ({original}): sửa lại mã, hoặc nhập vào biểu mới")
        }
        Reason::Undecided => "Đang có mâu thuẫn chờ chọn: xử lý mâu thuẫn trước, rồi nạp lại".to_owned(),
        Reason::Field(error) => field_error(error),
        Reason::Findings(found) => refusing(found),
    }
}

pub fn table_error(error: &TableError, catalogue: &Catalogue) -> String {
    match error {
        TableError::NoSuchHeading(heading) => {
            format!("Dòng tiêu đề không có cột “{}”: xem lại tên cột trong bảng", harmless(heading))
        }
        TableError::FormOfPeriod(period) => {
            format!("Đây là biểu mẫu của kỳ {}: chọn đúng kỳ đó rồi nạp lại", super::period(period))
        }
        TableError::FormOfAgency(agency) => format!(
            "Đây là biểu mẫu của {}: nạp vào tệp làm việc của đơn vị đó, hoặc của nơi tổng hợp",
            catalogue.agency_name(agency)
        ),
        TableError::FormOfEdition => {
            "Biểu mẫu lập theo ấn bản danh mục khác: lập lại biểu mẫu bằng danh mục hiện hành".to_owned()
        }
        TableError::Empty => "Bảng không có dòng nào".to_owned(),
        TableError::NoHeading { ids_below: None } => {
            "Không tìm thấy dòng tiêu đề có cột “Mã chỉ tiêu” (hoặc “item”): thêm dòng tiêu đề vào đầu bảng".to_owned()
        }
        TableError::NoHeading { ids_below: Some(heading) } => format!(
            "Không có cột nào tên “Mã chỉ tiêu” (hoặc “item”); dưới tiêu đề “{0}” có mã chỉ tiêu, nhiệm vụ: \
             nếu đúng, chọn cột đó làm cột mã (lệnh dti load: --map \"{0}=item\")",
            harmless(heading)
        ),
        TableError::SeveralSheets(names) => format!(
            "Tệp có nhiều trang có số liệu ({}): chọn một trang (lệnh dti load: --sheet \"{}\")",
            harmless(&names.join(", ")),
            harmless(names.first().map_or("", String::as_str))
        ),
        TableError::NoSuchSheet { name, there } => {
            format!("Tệp không có trang “{}”: chọn một trong các trang {}", harmless(name), harmless(&there.join(", ")))
        }
        TableError::HeadingTwice(heading) => format!("Cột “{}” có hai lần: giữ lại một cột", harmless(heading)),
    }
}

/// What a column of a table holds.
pub fn column(column: Column) -> &'static str {
    match column {
        Column::Item => "Mã chỉ tiêu, nhiệm vụ",
        Column::Agency => "Cơ quan",
        Column::Unit => "Đơn vị tính",
        Column::Field(name) => field(name),
    }
}

/// Why a row is passed over.
pub fn skip(what: Skip) -> &'static str {
    match what {
        Skip::Heading => "dòng tiêu đề lặp lại",
        Skip::Title => "không có mã và số liệu",
        Skip::Total => "dòng tổng cộng",
        Skip::ColumnNumbers => "dòng đánh số cột",
        Skip::Units => "dòng ghi đơn vị tính",
    }
}

/// A sum that was typed with its unit, and what is recorded: "“850 triệu đồng” được ghi là 0,85 tỷ đồng".
pub fn converted(catalogue: &Catalogue, row: &Row) -> Option<String> {
    let (typed, value) = row.converted.as_ref()?;
    let indicator = catalogue.indicator(row.key.base_item())?;
    Some(format!("“{}” được ghi là {}", harmless(typed), super::value(indicator, *value)))
}

pub fn sheet_error(error: &SheetError) -> String {
    match error {
        SheetError::TooLarge => format!("Tệp quá lớn (hơn {}): chia nhỏ ra", format_size(MAX_BYTES)),
        SheetError::TooManyRows => format!("Bảng có hơn {MAX_ROWS} dòng: chia nhỏ ra"),
        SheetError::TooManyColumns { row } => format!("Dòng {row} có hơn {MAX_COLUMNS} cột: xóa các cột thừa"),
        SheetError::NotText { line } => format!(
            "Dòng {line} không phải chữ Unicode (UTF-8): trong Excel, lưu lại bằng “CSV UTF-8” hoặc “Excel Workbook (.xlsx)”"
        ),
        SheetError::Legacy(found) => {
            let found: Vec<String> = found.iter().map(recognised).collect();
            format!("Chữ trong bảng không phải Unicode. {}", found.join(". "))
        }
        SheetError::OpenQuote { row } => format!("Dấu ngoặc kép mở ở dòng {row} không được đóng: sửa lại dòng đó"),
        SheetError::OtherWorkbook => {
            "Định dạng bảng tính này không đọc được: trong Excel, lưu lại dạng “Excel Workbook (.xlsx)”".to_owned()
        }
        SheetError::Encrypted => {
            "Tệp Excel có mật khẩu: mở bằng Excel, bỏ mật khẩu (Tệp, Thông tin, Bảo vệ sổ làm việc) rồi lưu lại"
                .to_owned()
        }
        SheetError::Workbook(_) => "Tệp Excel bị hỏng: mở bằng Excel, lưu lại dạng .xlsx rồi thử lại".to_owned(),
    }
}

/// The name of an encoding, as people know it.
pub fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Tcvn3 | Encoding::Tcvn3Capitals => "TCVN3 (ABC)",
        Encoding::Vni => "VNI Windows",
        Encoding::Viscii => "VISCII",
        Encoding::Windows1258 => "Windows 1258",
        Encoding::MisreadUtf8 => "UTF-8 bị đọc nhầm",
    }
}

/// "Có vẻ là TCVN3 (ABC), 12 ô; ví dụ dòng 1: “M· chØ tiªu” là “Mã chỉ tiêu”".
fn recognised(found: &Recognised) -> String {
    let sample = |s: &Sample| format!("dòng {}: “{}” là “{}”", s.row, harmless(&s.before), harmless(&s.after));
    let samples: Vec<String> = found.samples.iter().map(sample).collect();
    format!("Có vẻ là {}, {} ô; ví dụ {}", encoding(found.encoding), found.cells, samples.join(", "))
}

/// The findings that refuse an entry, in one sentence.
pub fn refusing(findings: &[Finding]) -> String {
    let errors = findings.iter().filter(|f| f.severity == Severity::Error);
    errors.map(finding).collect::<Vec<_>>().join("; ")
}

fn suggestion(near: &[Id]) -> String {
    if near.is_empty() { String::new() } else { format!(": có phải là {}?", near.join(", ")) }
}
