//! A document as an Excel workbook: a sheet of facts, a sheet per table, and native charts on the figures they show.
//!
//! Texts are written as text whatever they begin with (`=`, `+`, `-`, `@`), numbers as numbers with a Vietnamese-neutral
//! format: Excel shows the separators of its own region.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use rust_xlsxwriter::{
    Chart as NativeChart, ChartDataLabel, ChartFont, ChartFormat, ChartSolidFill, ChartType, Color, DocProperties,
    ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::ReportError;
use super::document::{Align, Authenticity, Block, Cell, Chart, Column, Document, Medium, Number, Row, Table};
use super::repack::repack;
use crate::text::date::format_date;
use crate::text::number::rounded;

const FACE: &str = "Times New Roman";
/// Excel's number of A4.
const A4: u8 = 9;
/// Rows above a table: title, file, and an empty one.
const HEAD_ROW: u32 = 3;
const MARK: &str = "SỐ LIỆU MẪU";
const CHART_SHEET: &str = "Biểu đồ";
/// Characters per unit of a column's width on paper.
const WIDTH_SCALE: f64 = 0.9;
/// Letters, with the room lost where words do not fit, against the digit that column widths are counted in.
const LETTER_WIDTH: f64 = 1.0;
/// Characters of the sheet of facts' wide column.
const FACTS_WIDTH: f64 = 90.0;
/// Points of a line of text, and the most that Excel gives a row.
const LINE_HEIGHT: f64 = 15.0;
const TALLEST_ROW: f64 = 409.0;
/// Pixels of a chart's frame, and of each bar.
const CHART_FRAME: u32 = 130;
const CHART_BAR: u32 = 34;
const CHART_WIDTH: u32 = 760;

/// Writes the document as an `.xlsx` workbook.
///
/// # Errors
/// [`ReportError::Xlsx`] and [`ReportError::Packing`] where a part cannot be written.
pub fn xlsx(document: &Document) -> Result<Vec<u8>, ReportError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(document)?);
    let styles = Styles::new();
    facts(workbook.add_worksheet(), document, &styles)?;
    let mut names = BTreeSet::new();
    for block in document.blocks() {
        if let Block::Table(table) = block
            && names.insert(table.sheet)
        {
            sheet(workbook.add_worksheet(), table, document, &styles)?;
        }
    }
    let charts: Vec<&Chart> =
        document.blocks().filter_map(|b| if let Block::Chart(c) = b { Some(c) } else { None }).collect();
    if !charts.is_empty() {
        chart_sheet(workbook.add_worksheet(), &charts, document, &styles)?;
    }
    Ok(repack(&workbook.save_to_buffer()?, |_, bytes| bytes)?)
}

fn properties(document: &Document) -> Result<DocProperties, XlsxError> {
    let properties = &document.properties;
    // Nothing but the time that the document gives: the same document is the same bytes.
    let created = ExcelDateTime::parse_from_str(&properties.created.to_utc().format("%Y-%m-%dT%H:%M:%S").to_string())?;
    Ok(DocProperties::new()
        .set_title(&properties.title)
        .set_author(&properties.author)
        .set_company(&properties.author)
        .set_creation_datetime(&created))
}

struct Styles {
    title: Format,
    mark: Format,
    head: Format,
    wrapped: Format,
}

impl Styles {
    fn new() -> Styles {
        let base = || Format::new().set_font_name(FACE).set_font_size(11);
        let head = base()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Center)
            .set_align(FormatAlign::VerticalCenter)
            .set_border(FormatBorder::Thin)
            .set_background_color(Color::RGB(0xEE_F1_F5));
        Styles {
            title: base().set_bold().set_font_size(14),
            mark: base().set_bold().set_font_color(Color::RGB(0xB3_26_1E)),
            head,
            wrapped: base().set_text_wrap().set_align(FormatAlign::Top),
        }
    }

    fn cell(&self, align: Align, number_format: Option<&str>) -> Format {
        let horizontal = match align {
            Align::Start => FormatAlign::Left,
            Align::Center => FormatAlign::Center,
            Align::End => FormatAlign::Right,
        };
        let format = self.wrapped.clone().set_align(horizontal).set_border(FormatBorder::Thin);
        match number_format {
            Some(number_format) => format.set_num_format(number_format),
            None => format,
        }
    }
}

/// What the workbook is, for whoever opens it without the letter.
fn facts(sheet: &mut Worksheet, document: &Document, styles: &Styles) -> Result<(), XlsxError> {
    let properties = &document.properties;
    sheet.set_name("Thông tin")?;
    sheet.set_column_width(0, 28)?;
    sheet.set_column_width(1, FACTS_WIDTH)?;
    let mut lines = vec![
        ("Tên báo cáo", properties.title.clone()),
        ("Cơ quan lập", properties.author.clone()),
        ("Ngày lập", format_date(properties.created.date_naive())),
    ];
    if let Some(letter) = &document.letter {
        lines.push(("Kính gửi", letter.addressees.join("; ")));
    }
    if properties.authenticity == Authenticity::Sample {
        lines.push(("Lưu ý", MARK.to_owned()));
    }
    let label = styles.wrapped.clone().set_bold();
    for (row, (name, value)) in (0_u32..).zip(&lines) {
        sheet.write_string_with_format(row, 0, *name, &label)?;
        let format = if value == MARK { &styles.mark } else { &styles.wrapped };
        sheet.write_string_with_format(row, 1, value, format)?;
    }
    let mut row = lines.len() as u32 + 1;
    for block in document.blocks() {
        let (text, format) = match block {
            Block::Section(text) | Block::Heading(text) => (text.clone(), &label),
            Block::Paragraph(text) => (text.clone(), &styles.wrapped),
            Block::Point(text) => (format!("- {text}"), &styles.wrapped),
            Block::Table(_) | Block::Chart(_) => continue,
        };
        sheet.set_row_height(row, height([(text.as_str(), FACTS_WIDTH)]))?;
        sheet.write_string_with_format(row, 1, text, format)?;
        row += 1;
    }
    print_setup(sheet, document);
    Ok(())
}

fn sheet(sheet: &mut Worksheet, table: &Table, document: &Document, styles: &Styles) -> Result<(), XlsxError> {
    sheet.set_name(table.sheet)?;
    heading(sheet, document, styles)?;
    let shown: Vec<(usize, &Column)> =
        table.columns.iter().enumerate().filter(|(_, c)| c.medium != Medium::Paper).collect();
    for (at, (_, column)) in (0_u16..).zip(&shown) {
        sheet.set_column_width(at, column_width(column))?;
        sheet.write_string_with_format(HEAD_ROW, at, column.title, &styles.head)?;
    }
    let widths: Vec<f64> = shown.iter().map(|(_, column)| column_width(column)).collect();
    let head = shown.iter().map(|(_, column)| column.title);
    sheet.set_row_height(HEAD_ROW, height(head.zip(widths.iter().copied())))?;
    let rows = table.rows.iter().filter_map(|row| if let Row::Cells(cells) = row { Some(cells) } else { None });
    let mut last = HEAD_ROW;
    for cells in rows {
        last += 1;
        let texts: Vec<String> =
            shown.iter().map(|(index, _)| cells.get(*index).map_or_else(String::new, Cell::written)).collect();
        sheet.set_row_height(last, height(texts.iter().map(String::as_str).zip(widths.iter().copied())))?;
        for (at, (index, column)) in (0_u16..).zip(&shown) {
            cell(sheet, last, at, cells.get(*index).unwrap_or(&Cell::Empty), column.align, styles)?;
        }
    }
    let columns = shown.len() as u16;
    if columns > 0 && last > HEAD_ROW {
        sheet.autofilter(HEAD_ROW, 0, last, columns - 1)?;
    }
    sheet.set_freeze_panes(HEAD_ROW + 1, 0)?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    print_setup(sheet, document);
    Ok(())
}

fn column_width(column: &Column) -> f64 {
    f64::from(column.width.max(8)) * WIDTH_SCALE + 2.0
}

/// Points that a row of wrapped texts needs, each with its column's width: not every program fits rows by itself.
fn height<'a>(texts: impl IntoIterator<Item = (&'a str, f64)>) -> f64 {
    let lines = |text: &str, width: f64| -> f64 {
        text.split('\n').map(|line| (line.chars().count() as f64 * LETTER_WIDTH / width).ceil().max(1.0)).sum()
    };
    let most = texts.into_iter().map(|(text, width)| lines(text, width)).fold(1.0, f64::max);
    (most * LINE_HEIGHT).min(TALLEST_ROW)
}

fn heading(sheet: &mut Worksheet, document: &Document, styles: &Styles) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, &document.properties.title, &styles.title)?;
    if document.properties.authenticity == Authenticity::Sample {
        sheet.write_string_with_format(1, 0, MARK, &styles.mark)?;
    }
    Ok(())
}

fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell,
    align: Align,
    styles: &Styles,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, &styles.cell(align, None))?,
        Cell::Text(text) => sheet.write_string_with_format(row, column, text, &styles.cell(align, None))?,
        Cell::Number(number, form) => {
            let (value, number_format) = number_cell(*number, *form);
            sheet.write_number_with_format(row, column, value, &styles.cell(align, Some(number_format)))?
        }
    };
    Ok(())
}

/// The value to store and its format. Excel's percentages are fractions.
fn number_cell(number: Decimal, form: Number) -> (f64, &'static str) {
    let float = |n: Decimal| n.to_f64().unwrap_or(0.0);
    match form {
        Number::Plain | Number::Exact if number.fract().is_zero() => (float(number), "#,##0"),
        Number::Plain => (float(number), "#,##0.00"),
        Number::Exact => (float(number), "#,##0.00#######"),
        // What is short of all never reads as all.
        Number::Percent if number < Decimal::ONE_HUNDRED && rounded(number, 2) == Decimal::ONE_HUNDRED => {
            (float(number / Decimal::ONE_HUNDRED), "0.00######%")
        }
        Number::Percent => (float(number / Decimal::ONE_HUNDRED), "0.00%"),
        Number::Score => (float(number), "0.0000"),
    }
}

/// The figures of all charts in two columns, each chart beside its own.
fn chart_sheet(
    sheet: &mut Worksheet,
    charts: &[&Chart],
    document: &Document,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(CHART_SHEET)?;
    heading(sheet, document, styles)?;
    sheet.set_column_width(0, 52)?;
    sheet.set_column_width(1, 14)?;
    sheet.set_column_width(2, 4)?;
    let mut row = HEAD_ROW;
    for chart in charts {
        let first = row + 1;
        let last = row + chart.bars.len() as u32;
        let height = CHART_FRAME + CHART_BAR * chart.bars.len() as u32;
        sheet.write_string_with_format(row, 0, &chart.title, &styles.head)?;
        sheet.write_string_with_format(row, 1, "Mức đạt", &styles.head)?;
        for (at, bar) in (first..).zip(&chart.bars) {
            cell(sheet, at, 0, &Cell::text(&bar.label), Align::Start, styles)?;
            cell(sheet, at, 1, &Cell::number(bar.percent, Number::Percent), Align::End, styles)?;
        }
        sheet.insert_chart(row, 3, &native(chart, first, last, height))?;
        // A row is 20 pixels high: the next chart begins below this one.
        row = last.max(row + height / 20) + 2;
    }
    print_setup(sheet, document);
    Ok(())
}

fn native(chart: &Chart, first: u32, last: u32, height: u32) -> NativeChart {
    let mut native = NativeChart::new(ChartType::Bar);
    native
        .add_series()
        .set_name(chart.measure.as_str())
        .set_categories((CHART_SHEET, first, 0, last, 0))
        .set_values((CHART_SHEET, first, 1, last, 1))
        .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(Color::RGB(0x0B_5C_AD))))
        .set_gap(60)
        .set_data_label(ChartDataLabel::new().show_value().set_num_format("0.0%"));
    native
        .title()
        .set_name(format!("{}\n{}", chart.title, chart.measure).as_str())
        .set_font(ChartFont::new().set_size(11));
    native.legend().set_hidden();
    // Bars lie: the categories are on the upright axis, the first on top as in the table.
    native.y_axis().set_reverse();
    native.x_axis().set_min(0).set_max(1).set_num_format("0%");
    native.set_width(CHART_WIDTH).set_height(height).set_alt_text(format!("{}. {}", chart.title, chart.measure));
    native
}

/// A4 landscape, one page wide, number of pages below, sample figures marked above.
fn print_setup(sheet: &mut Worksheet, document: &Document) {
    sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0).set_margins(0.6, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&CTrang &P/&N");
    if document.properties.authenticity == Authenticity::Sample {
        sheet.set_header(format!("&C{MARK}"));
    }
}
