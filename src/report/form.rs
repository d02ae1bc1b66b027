//! A blank Excel form for an agency and period: what it owes, to be filled in and loaded by whoever runs the program.
//!
//! Headings and ids are locked, inputs are open and checked by Excel as far as it can; the loader checks them all again.

use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, ProtectionOptions, Workbook, Worksheet, XlsxError,
};

use chrono::{DateTime, FixedOffset};

use super::ReportError;
use crate::catalogue::{Catalogue, Indicator, Measure, PeriodId};
use crate::record::{DocumentState, FormMark, Key, Reporting, Snapshot, TaskStatus};
use crate::words;

const FACE: &str = "Times New Roman";
/// Excel's number of A4.
const A4: u8 = 9;
/// The row of the headings, counted from 0; title, agency and a note stand above.
const HEAD_ROW: u32 = 4;
/// A row of one line, in points, and the letters that fit into the widest column.
const LINE_HEIGHT: f64 = 15.0;
const NAME_WIDTH: usize = 46;

/// The columns: heading, width, and what may be typed there.
const COLUMNS: [(&str, f64, Input); 19] = [
    ("Mã", 8.0, Input::Locked),
    ("Chỉ tiêu, nhiệm vụ", 48.0, Input::Locked),
    ("Đơn vị tính", 12.0, Input::Locked),
    ("Mục tiêu", 14.0, Input::Locked),
    ("Kỳ trước", 22.0, Input::Locked),
    ("Trạng thái", 18.0, Input::Status),
    ("Tử số", 12.0, Input::Numerator),
    ("Mẫu số", 12.0, Input::Denominator),
    ("Giá trị", 12.0, Input::Value),
    ("Tỷ lệ %", 9.0, Input::Completion),
    ("Kết quả thực hiện", 32.0, Input::OfTask),
    ("Khó khăn, vướng mắc", 26.0, Input::OfTask),
    ("Nguyên nhân", 22.0, Input::OfTask),
    ("Kiến nghị", 22.0, Input::OfTask),
    ("Số, ký hiệu", 18.0, Input::OfDocument),
    ("Ngày ban hành", 13.0, Input::Date),
    ("Trích yếu", 26.0, Input::OfDocument),
    ("Lý do", 24.0, Input::Reason),
    ("Ghi chú", 26.0, Input::Note),
];

const GUIDE: [&str; 9] = [
    "Chỉ nhập vào các ô nền trắng. Ô nền xám đã khóa: không cần nhập, hoặc không dùng cho mục đó.",
    "Không đổi mã, không thêm, xóa hay chuyển chỗ các dòng: tệp bị đổi mã sẽ bị từ chối.",
    "Trạng thái: chọn trong danh sách. Có số liệu thì không cần chọn; chưa có số liệu hoặc không áp dụng thì ghi lý do.",
    "Tử số, mẫu số: nhập số, không nhập chữ. Mẫu số phải lớn hơn 0; tử số lớn hơn mẫu số được tô đỏ để kiểm tra lại.",
    "Giá trị: nhập theo đơn vị tính ghi ở dòng đó.",
    "Tỷ lệ %: mức hoàn thành của nhiệm vụ, số nguyên từ 0 đến 100.",
    "Ngày ban hành: nhập dạng ngày/tháng/năm, ví dụ 05/10/2023.",
    "Mục chưa nhập gì được coi là chưa báo cáo; không có số liệu không phải là 0.",
    "Nhập xong, lưu tệp và gửi lại nguyên tệp cho nơi đã gửi biểu này.",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Input {
    Locked,
    Status,
    Numerator,
    Denominator,
    Value,
    Completion,
    OfTask,
    OfDocument,
    Date,
    Reason,
    Note,
}

/// What a row asks for.
enum Asked<'a> {
    Indicator(&'a Indicator),
    Task,
}

/// Writes the form of an agency and period as an `.xlsx` workbook, with last period's values where they are known.
///
/// # Errors
/// [`ReportError::Xlsx`] where a part cannot be written.
pub fn form(
    snapshot: &Snapshot,
    agency: &str,
    period: &PeriodId,
    made: DateTime<FixedOffset>,
) -> Result<Vec<u8>, ReportError> {
    let catalogue = &snapshot.catalogue;
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::parse_from_str(&made.to_utc().format("%Y-%m-%dT%H:%M:%S").to_string())?;
    let author = catalogue.agency_name(&snapshot.agency);
    workbook.set_properties(&DocProperties::new().set_author(author).set_creation_datetime(&created));
    let window = catalogue.period(period);
    let items = catalogue.expected(agency, &window);
    let first = HEAD_ROW + 1;
    let mark = FormMark {
        catalogue: catalogue.hash.clone(),
        agency: agency.to_owned(),
        period: period.clone(),
        // Excel counts from 1.
        items: (first as usize + 1..).zip(&items).map(|(row, item)| (row, (*item).to_owned())).collect(),
    };

    let sheet = workbook.add_worksheet();
    sheet.set_name("Biểu nhập")?;
    let title = base().set_bold().set_font_size(14);
    sheet.write_string_with_format(
        0,
        0,
        format!("BIỂU SỐ LIỆU CHUYỂN ĐỔI SỐ, {}", words::period(period).to_uppercase()),
        &title,
    )?;
    let owner = format!("{}, {}", catalogue.agency_name(agency), words::due_before(&window));
    sheet.write_string_with_format(1, 0, owner, &base().set_bold())?;
    let note = "Chỉ nhập vào ô nền trắng; xem trang “Hướng dẫn”.";
    sheet.write_string_with_format(2, 0, note, &base().set_italic())?;
    for (column, (heading, width, _)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEAD_ROW, column, heading, &head())?;
    }
    for (row, item) in (first..).zip(&items) {
        entry(sheet, row, item, snapshot, agency, period)?;
    }
    let inputs = ProtectionOptions { format_columns: true, format_rows: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&inputs);
    sheet.set_freeze_panes(first, 2)?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&CTrang &P/&N");

    let guide = workbook.add_worksheet();
    guide.set_name("Hướng dẫn")?;
    guide.set_column_width(0, 110)?;
    for (row, line) in (0_u32..).zip(GUIDE) {
        guide.write_string_with_format(row, 0, format!("{}. {line}", row + 1), &base().set_text_wrap())?;
    }
    guide.protect();

    let hidden = workbook.add_worksheet();
    hidden.set_name(FormMark::SHEET)?;
    for (row, (name, fact)) in (0_u32..).zip(mark.lines()) {
        hidden.write_string(row, 0, name)?;
        hidden.write_string(row, 1, fact)?;
    }
    hidden.protect();
    hidden.set_very_hidden(true);
    Ok(workbook.save_to_buffer()?)
}

/// The name that a form is given: `bieu_so-noi-vu_2023-Q4.xlsx`.
pub fn form_name(agency: &str, period: &PeriodId) -> String {
    format!("bieu_{agency}_{period}.xlsx")
}

fn entry(
    sheet: &mut Worksheet,
    row: u32,
    item: &str,
    snapshot: &Snapshot,
    agency: &str,
    period: &PeriodId,
) -> Result<(), XlsxError> {
    let catalogue = &snapshot.catalogue;
    let then = catalogue.indicator(item).map(|i| catalogue.then(i, period));
    let asked = then.as_deref().map_or(Asked::Task, Asked::Indicator);
    let (unit, target) = match &asked {
        Asked::Indicator(i) => (i.unit.clone(), words::target(i)),
        Asked::Task => (String::new(), catalogue.task(item).map(|t| t.time.clone()).unwrap_or_default()),
    };
    let before = snapshot.before(item, agency, period).zip(Key::of_item(catalogue, item, agency, period));
    let before = before.map(|(body, key)| words::content(catalogue, &key, body)).unwrap_or_default();
    let name = name(catalogue, item, &asked);
    let lines: usize = name.split('\n').map(|line| line.chars().count().div_ceil(NAME_WIDTH).max(1)).sum();
    sheet.set_row_height(row, lines as f64 * LINE_HEIGHT)?;
    for (column, text) in (0_u16..).zip([item.to_owned(), name, unit, target, before]) {
        sheet.write_string_with_format(row, column, text, &locked())?;
    }
    for (column, (_, _, input)) in (0_u16..).zip(COLUMNS) {
        if input == Input::Locked {
            continue;
        }
        if !is_open(input, &asked) {
            sheet.write_blank(row, column, &locked())?;
            continue;
        }
        let format = if input == Input::Date { open().set_num_format("dd/mm/yyyy") } else { open() };
        sheet.write_blank(row, column, &format)?;
        if let Some(validation) = validation(input, &asked, row)? {
            sheet.add_data_validation(row, column, row, column, &validation)?;
        }
        if input == Input::Numerator {
            let doubtful = Format::new().set_background_color(Color::RGB(0xF8_CB_C6));
            let rule = ConditionalFormatFormula::new().set_rule(exceeds(row).as_str()).set_format(doubtful);
            sheet.add_conditional_format(row, column, row, column + 1, &rule)?;
        }
    }
    Ok(())
}

/// The item in full; what its numerator and denominator count stands below.
fn name(catalogue: &Catalogue, item: &str, asked: &Asked<'_>) -> String {
    match asked {
        Asked::Indicator(i) => {
            let part =
                |label: &str, text: &str| if text.is_empty() { String::new() } else { format!("\n{label}: {text}") };
            format!("{}{}{}", i.title, part("Tử số", &i.numerator), part("Mẫu số", &i.denominator))
        }
        Asked::Task => catalogue.task(item).map(|t| t.text.clone()).unwrap_or_default(),
    }
}

fn is_open(input: Input, asked: &Asked<'_>) -> bool {
    let measure = if let Asked::Indicator(i) = asked { Some(i.measure) } else { None };
    match input {
        Input::Locked => false,
        Input::Status | Input::Note => true,
        Input::Numerator | Input::Denominator => matches!(measure, Some(Measure::Ratio | Measure::Rate)),
        Input::Value => measure == Some(Measure::Value),
        Input::Completion | Input::OfTask => measure.is_none(),
        Input::OfDocument | Input::Date => measure == Some(Measure::Document),
        Input::Reason => measure.is_some(),
    }
}

/// What Excel checks while typing; texts have nothing to check.
fn validation(input: Input, asked: &Asked<'_>, row: u32) -> Result<Option<DataValidation>, XlsxError> {
    let refusing =
        |rule: DataValidation, message: &str| rule.set_error_title("Kiểm tra lại")?.set_error_message(message);
    Ok(Some(match input {
        Input::Status => {
            let states: Vec<&str> = match asked {
                Asked::Task => TaskStatus::ALL.map(words::task_status).to_vec(),
                Asked::Indicator(i) if i.measure == Measure::Document => {
                    DocumentState::ALL.map(words::document_state).to_vec()
                }
                Asked::Indicator(_) => {
                    [Reporting::Reported, Reporting::NoData, Reporting::NotApplicable].map(words::reporting).to_vec()
                }
            };
            refusing(DataValidation::new().allow_list_strings(&states)?, "Chọn một trạng thái trong danh sách.")?
        }
        Input::Numerator | Input::Value => {
            let rule = DataValidation::new().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0));
            refusing(rule, "Nhập số từ 0 trở lên, không kèm chữ hay đơn vị.")?
        }
        Input::Denominator => {
            let (numerator, denominator) = parts(row);
            let ratio = matches!(asked, Asked::Indicator(i) if i.measure == Measure::Ratio);
            let above = if ratio { format!(",{numerator}<={denominator}") } else { String::new() };
            let rule = format!("=AND(ISNUMBER({denominator}),{denominator}>0{above})");
            let rule = DataValidation::new().allow_custom(Formula::new(rule));
            let message = "Mẫu số phải là số lớn hơn 0 và không nhỏ hơn tử số. Giữ nguyên số vừa nhập?";
            refusing(rule, message)?.set_error_style(DataValidationErrorStyle::Warning)
        }
        Input::Completion => {
            let rule = DataValidation::new().allow_whole_number(DataValidationRule::Between(0, 100));
            refusing(rule, "Nhập số nguyên từ 0 đến 100.")?
        }
        Input::Date => {
            let earliest = ExcelDateTime::from_ymd(2000, 1, 1)?;
            let rule = DataValidation::new().allow_date(DataValidationRule::GreaterThanOrEqualTo(earliest));
            refusing(rule, "Nhập ngày dạng ngày/tháng/năm, ví dụ 05/10/2023.")?
        }
        Input::Locked | Input::OfTask | Input::OfDocument | Input::Reason | Input::Note => return Ok(None),
    }))
}

/// The cells of numerator and denominator in a row counted from 0.
fn parts(row: u32) -> (String, String) {
    (format!("$G{}", row + 1), format!("$H{}", row + 1))
}

fn exceeds(row: u32) -> String {
    let (numerator, denominator) = parts(row);
    format!("=AND(ISNUMBER({numerator}),ISNUMBER({denominator}),{numerator}>{denominator})")
}

fn base() -> Format {
    Format::new().set_font_name(FACE).set_font_size(11)
}

fn head() -> Format {
    let centred =
        base().set_bold().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
    centred.set_border(FormatBorder::Thin).set_background_color(Color::RGB(0xDD_E6_F0))
}

fn locked() -> Format {
    open().set_locked().set_background_color(Color::RGB(0xEE_EE_EE))
}

fn open() -> Format {
    base().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin).set_unlocked()
}
