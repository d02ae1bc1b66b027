//! Tables in: what is read, what is rejected, and with which row number and reason.

mod components;
mod csv;
mod fields;
mod layout;
mod legacy;
mod rows;
mod several;
mod workbook;

use dti::table::{Legacy, Sheet, SheetError, read};

/// The only sheet of a file, or the first.
fn first_sheet(bytes: &[u8]) -> Result<Sheet, SheetError> {
    Ok(read(bytes, &Legacy::Ask)?.sheets.into_iter().next().unwrap_or_default())
}
