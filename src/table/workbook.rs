//! The filled sheets of an .xlsx workbook, streamed: a stray cell in the last corner costs nothing.
//!
//! Only .xlsx: of the formats that Excel writes it alone tells us which numbers are shown as percentages, and 0,855
//! where the officer sees 85,5 % would be a wrong number.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, Reader, SheetVisible, Xlsx, XlsxFormulaMetadata};
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::legacy::Fonts;
use super::{Cell, MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Origin, Sheet, SheetError, SheetRow};
use crate::record::FormMark;
use crate::text;
use crate::text::legacy::Encoding;

/// Unpacked, the sheets may be this many times larger than the largest file.
const MAX_UNPACKED: u64 = 8 * MAX_BYTES;

/// Excel's days count from its beginning.
const FIRST_YEAR: i32 = 1900;

type Rows = BTreeMap<u32, BTreeMap<u32, Cell>>;

/// The filled sheets that are not hidden, each with the cells whose fonts were made for text from before Unicode. Of a
/// form only the first: the others are not for reading.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<(Sheet, Fonts)>, SheetError> {
    check_size(bytes)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let form = form(&mut workbook)?;
    let visible = |sheet: &&calamine::Sheet| sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = workbook.sheets_metadata().iter().filter(visible).map(|s| s.name.clone()).collect();
    let mut sheets = Vec::new();
    let mut total = 0;
    for name in names {
        let (mut rows, fonts) = cells(&mut workbook, &name)?;
        uncalculated(&mut workbook, &name, &mut rows)?;
        total += rows.len();
        if total > MAX_ROWS {
            return Err(SheetError::TooManyRows);
        }
        if rows.is_empty() {
            continue;
        }
        let name = text::clean(&name);
        let rows = rows.into_iter().map(dense).collect();
        sheets.push((Sheet { name, rows, form: form.clone(), origin: Origin::Workbook }, fonts));
        if form.is_some() {
            break;
        }
    }
    Ok(sheets)
}

/// What the hidden sheet of a form says; none in a workbook of other making.
fn form(workbook: &mut Xlsx<Cursor<&[u8]>>) -> Result<Option<FormMark>, SheetError> {
    if !workbook.sheet_names().iter().any(|name| name == FormMark::SHEET) {
        return Ok(None);
    }
    let (rows, _) = cells(workbook, FormMark::SHEET)?;
    let text = |cells: &BTreeMap<u32, Cell>, column| match cells.get(&column) {
        Some(Cell::Text(text)) => text.clone(),
        Some(Cell::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let lines: Vec<(String, String)> = rows.values().map(|cells| (text(cells, 0), text(cells, 1))).collect();
    Ok(FormMark::parse(&lines))
}

fn check_size(bytes: &[u8]) -> Result<(), SheetError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| SheetError::Workbook(e.to_string()))?;
    if archive.index_for_name("[Content_Types].xml").is_none() || archive.index_for_name("xl/workbook.bin").is_some() {
        return Err(SheetError::OtherWorkbook);
    }
    let mut unpacked = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|e| SheetError::Workbook(e.to_string()))?;
        unpacked = unpacked.saturating_add(entry.size());
    }
    if unpacked > MAX_UNPACKED { Err(SheetError::TooLarge) } else { Ok(()) }
}

fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<(Rows, Fonts), SheetError> {
    // A chart sheet has no cells.
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return Ok((Rows::new(), Fonts::new())) };
    let formats = |is: fn(&str) -> bool| -> Vec<bool> {
        let formats = reader.styles().iter().map(|s| s.number_format.as_ref());
        formats.map(|format| format.is_some_and(|f| is(&f.format_code))).collect()
    };
    let (percent, zero_hidden) = (formats(shows_percent), formats(hides_zero));
    let encodings: Vec<Option<Encoding>> = reader
        .styles()
        .iter()
        .map(|s| s.font.as_ref().and_then(|f| f.name.as_deref()).and_then(Encoding::of_font))
        .collect();
    let (mut rows, mut fonts) = (Rows::new(), Fonts::new());
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
        let (row, column) = cell.get_position();
        let shown = convert(cell.get_value(), percent.get(style).copied().unwrap_or(false));
        // What nobody can see is no figure: a sheet that hides its zeros shows them where nothing was entered.
        let zero = matches!(shown, Cell::Number(n) | Cell::Percent(n) if n.is_zero());
        if shown == Cell::Empty || (zero && zero_hidden.get(style).copied().unwrap_or(false)) {
            continue;
        }
        if column as usize >= MAX_COLUMNS {
            return Err(SheetError::TooManyColumns { row: row as usize + 1 });
        }
        if let Some(encoding) = encodings.get(style).copied().flatten() {
            fonts.insert((row as usize + 1, column as usize), encoding);
        }
        rows.entry(row).or_default().insert(column, shown);
        if rows.len() > MAX_ROWS {
            return Err(SheetError::TooManyRows);
        }
    }
    Ok((rows, fonts))
}

/// Marks the cells whose formula has no result in the file, as some programs write them: they are not empty.
fn uncalculated(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, rows: &mut Rows) -> Result<(), SheetError> {
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return Ok(()) };
    while let Ok(Some(cell)) = reader.next_cell_with_formula_metadata() {
        let (Some(formula), DataRef::Empty, (row, column)) = (cell.formula, cell.value, cell.pos) else { continue };
        if column as usize >= MAX_COLUMNS {
            continue;
        }
        let text = match formula {
            XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } => formula,
            _ => "…".to_owned(),
        };
        rows.entry(row).or_default().insert(column, Cell::Fault(format!("={text}")));
        if rows.len() > MAX_ROWS {
            return Err(SheetError::TooManyRows);
        }
    }
    Ok(())
}

fn dense((row, cells): (u32, BTreeMap<u32, Cell>)) -> SheetRow {
    let width = cells.last_key_value().map_or(0, |(column, _)| *column as usize + 1);
    let mut dense = vec![Cell::Empty; width];
    for (column, cell) in cells {
        dense[column as usize] = cell;
    }
    SheetRow { number: row as usize + 1, cells: dense }
}

fn convert(value: &DataRef<'_>, percent: bool) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::String(s) => Cell::typed(s.clone()),
        DataRef::SharedString(s) => Cell::typed((*s).to_owned()),
        DataRef::Int(i) => number(Decimal::from(*i), percent),
        DataRef::Float(f) => match decimal(*f) {
            Some(d) => number(d, percent),
            None => Cell::Fault(f.to_string()),
        },
        DataRef::DateTime(d) if d.is_datetime() => {
            let (year, month, day, ..) = d.to_ymd_hms_milli();
            match NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day)) {
                // Before the first day of Excel: a time of day, or the 0 of a formula on an empty cell.
                Some(date) if date.year() >= FIRST_YEAR => Cell::Date(date),
                _ => Cell::Fault(d.as_f64().to_string()),
            }
        }
        DataRef::DateTime(d) => Cell::Fault(d.as_f64().to_string()),
        DataRef::DateTimeIso(s) => match s.get(..10).and_then(|day| day.parse().ok()) {
            Some(date) => Cell::Date(date),
            None => Cell::Fault(s.clone()),
        },
        DataRef::DurationIso(s) => Cell::Fault(s.clone()),
        DataRef::Bool(b) => Cell::Fault(if *b { "TRUE" } else { "FALSE" }.to_owned()),
        DataRef::Error(e) => Cell::Fault(e.to_string()),
    }
}

fn number(value: Decimal, percent: bool) -> Cell {
    match percent {
        true => value
            .checked_mul(Decimal::ONE_HUNDRED)
            .map_or(Cell::Fault(value.to_string()), |d| Cell::Percent(d.normalize())),
        false => Cell::Number(value.normalize()),
    }
}

/// The number with the 15 significant digits that Excel keeps and shows: 0.1 + 0.2 is 0.3.
fn decimal(value: f64) -> Option<Decimal> {
    Decimal::from_scientific(&format!("{value:.14e}")).ok()
}

/// True where a number format shows a percentage: a `%` outside quotation marks and not escaped.
fn shows_percent(format: &str) -> bool {
    let mut quoted = false;
    let mut escaped = false;
    format.chars().any(|c| {
        if std::mem::take(&mut escaped) {
            return false;
        }
        match c {
            '"' => quoted = !quoted,
            '\\' if !quoted => escaped = true,
            _ => {}
        }
        c == '%' && !quoted
    })
}

/// True where a number format shows nothing for 0: its third section is empty, as in `#,##0;-#,##0;`.
fn hides_zero(format: &str) -> bool {
    let mut sections = vec![false];
    let mut quoted = false;
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        let visible = match c {
            '"' => {
                quoted = !quoted;
                false
            }
            _ if quoted => true,
            ';' => {
                sections.push(false);
                false
            }
            // As wide as a character, filled with one, a colour: nothing to read.
            '_' | '*' => chars.next().is_none(),
            '[' => chars.by_ref().all(|c| c != ']'),
            c => !c.is_whitespace(),
        };
        if let Some(section) = sections.last_mut() {
            *section |= visible;
        }
    }
    sections.get(2) == Some(&false)
}

fn damaged(error: calamine::XlsxError) -> SheetError {
    SheetError::Workbook(error.to_string())
}
