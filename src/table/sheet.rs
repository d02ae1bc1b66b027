//! A sheet of cells with the row numbers that Excel shows, from a file's bytes or from the clipboard.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::legacy::{self, Fonts, Legacy, Recognised};
use super::{decode, delimited, workbook};
use crate::record::FormMark;
use crate::text;
use crate::text::date::format_date;
use crate::text::number::format_decimal;

/// Larger files are refused unread (bytes).
pub const MAX_BYTES: u64 = 64 << 20;
/// Sheets with more rows are refused.
pub const MAX_ROWS: usize = 100_000;
/// Sheets with more columns are refused.
pub const MAX_COLUMNS: usize = 200;

/// The sheets of a file that have anything in them and are not hidden; a text file is one sheet without a name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Book {
    pub sheets: Vec<Sheet>,
}

/// The cells of one sheet; empty rows are left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub name: String,
    pub rows: Vec<SheetRow>,
    /// What form it is, where it is one that this program gave out.
    pub form: Option<FormMark>,
    pub origin: Origin,
}

/// What a sheet was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Origin {
    #[default]
    Workbook,
    /// Text with separators: a comma inside a number may have been taken for one.
    Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRow {
    /// As Excel counts: from 1, the heading included.
    pub number: usize,
    pub cells: Vec<Cell>,
}

/// What stands in one cell. A number that Excel stored is exact and never ambiguous; typed text may be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(Decimal),
    /// A number formatted as a percentage, in percent: 0.855 shown as `85,5%` is 85.5.
    Percent(Decimal),
    Date(NaiveDate),
    /// A formula's error, as Excel shows it: `#DIV/0!`; the formula itself where the file has no result of it: `=A1+B1`.
    Fault(String),
}

/// Why a file cannot be read as a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetError {
    #[error("larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("more than {MAX_ROWS} rows")]
    TooManyRows,
    #[error("more than {MAX_COLUMNS} columns at row {row}")]
    TooManyColumns { row: usize },
    #[error("not UTF-8 at line {line}")]
    NotText { line: usize },
    /// Vietnamese from before Unicode, and nobody has said yet what to do about it: what it seems to be, best first.
    #[error("text from before Unicode")]
    Legacy(Vec<Recognised>),
    /// A quotation mark opened in this row has no end.
    #[error("open quotation mark at row {row}")]
    OpenQuote { row: usize },
    /// A kind of workbook that does not say which numbers are percentages: .xls, .xlsb, .ods.
    #[error("old or foreign workbook format")]
    OtherWorkbook,
    /// A workbook that opens with a password only.
    #[error("encrypted workbook")]
    Encrypted,
    #[error("damaged workbook: {0}")]
    Workbook(String),
}

/// Reads a CSV file (UTF-8 or UTF-16; `;`, `,` or tab) or an .xlsx workbook, by its content, with a person's word on text
/// from before Unicode. Of a form that this program gave out only the sheet to fill in.
///
/// # Errors
/// [`SheetError`], naming the line or row where there is one.
pub fn read(bytes: &[u8], legacy: &Legacy) -> Result<Book, SheetError> {
    const OLD_EXCEL: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
    if bytes.len() as u64 > MAX_BYTES {
        return Err(SheetError::TooLarge);
    }
    if bytes.starts_with(b"PK") {
        return legacy::settle(workbook::read(bytes)?, legacy::Source::Unicode, legacy);
    }
    if bytes.starts_with(OLD_EXCEL) {
        return Err(if is_encrypted(bytes) { SheetError::Encrypted } else { SheetError::OtherWorkbook });
    }
    let (text, source) = decode::text(bytes)?;
    let sheet = sheet(delimited::parse(&text, delimited::separator(&text))?)?;
    legacy::settle(vec![(sheet, Fonts::new())], source, legacy)
}

/// Reads a block copied from Excel: tabs between cells, quotation marks around cells with line breaks.
///
/// # Errors
/// As [`read`].
pub fn parse_block(text: &str) -> Result<Sheet, SheetError> {
    sheet(delimited::parse(text, '\t')?)
}

/// True where a compound file has the stream that holds an encrypted workbook (MS-OFFCRYPTO 2.3.4), by its name.
fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|part| part == name)
}

fn sheet(lines: Vec<Vec<String>>) -> Result<Sheet, SheetError> {
    if lines.len() > MAX_ROWS {
        return Err(SheetError::TooManyRows);
    }
    let mut rows = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        let number = index + 1;
        if line.len() > MAX_COLUMNS {
            return Err(SheetError::TooManyColumns { row: number });
        }
        let cells: Vec<Cell> = line.into_iter().map(Cell::typed).collect();
        if cells.iter().any(|c| *c != Cell::Empty) {
            rows.push(SheetRow { number, cells });
        }
    }
    Ok(Sheet { name: String::new(), rows, form: None, origin: Origin::Text })
}

impl Book {
    pub fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|sheet| sheet.name.clone()).collect()
    }
}

impl Cell {
    /// What a person reads in it.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Fault(text) => text::clean(text),
            Cell::Number(number) => format_decimal(*number),
            Cell::Percent(number) => format!("{}%", format_decimal(*number)),
            Cell::Date(date) => format_date(*date),
            Cell::Empty => String::new(),
        }
    }

    /// A cell of typed text; blank text is an empty cell.
    pub fn typed(text: String) -> Cell {
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text) }
    }
}
