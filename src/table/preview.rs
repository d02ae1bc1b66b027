//! A table as a person sees it before anything is recorded: which sheet, what its columns are, and what each row would do.
//!
//! The window and the command line record exactly these rows.

use super::Basis;
use super::layout::{Guessing, Heading, Layout, Mapping, Remembered, named_row};
use super::legacy::Legacy;
use super::marks::{self, Marks};
use super::rows::{Loading, TableError, check_form, load_as};
use super::sheet::{Book, Sheet, SheetError, read};
use crate::catalogue::PeriodId;
use crate::record::{FormMark, Snapshot};
use crate::text;

/// A person's word on how a table is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// None: the one with entries.
    pub sheet: Option<String>,
    pub legacy: Legacy,
    /// None: as it was told for the same headings before, else as it can be guessed.
    pub mapping: Option<Mapping>,
    /// How the table writes numbers.
    pub marks: Marks,
}

/// What was found in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The sheets to choose from; none but in a workbook with several.
    pub sheets: Vec<String>,
    /// The sheet that was read.
    pub sheet: String,
    /// What form it is, where it is one that this program gave out.
    pub form: Option<FormMark>,
    /// The columns, as far as headings were found.
    pub columns: Vec<Heading>,
    pub result: Result<Entries, TableError>,
}

/// The rows, and what to remember once they are recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entries {
    pub loading: Loading,
    /// The set of headings, and what they were taken for; none where every one of them is ours.
    pub mapping: Option<(String, Mapping)>,
}

/// Reads a file of bytes as entries of `period`.
///
/// # Errors
/// [`SheetError`] where it cannot be read as a table at all; a table without entries says so in its `result`.
pub fn preview(
    bytes: &[u8],
    reading: &Reading,
    guessing: Guessing,
    remembered: &Remembered,
    snapshot: &Snapshot,
    period: &PeriodId,
) -> Result<Preview, SheetError> {
    let book = read(bytes, &reading.legacy)?;
    let several = if book.sheets.len() > 1 { book.names() } else { Vec::new() };
    let mut preview = Preview {
        sheets: several,
        sheet: String::new(),
        form: None,
        columns: Vec::new(),
        result: Err(TableError::Empty),
    };
    let named = reading.mapping.clone().unwrap_or_default();
    match choose(&book, reading.sheet.as_deref(), &named, guessing) {
        Ok(sheet) => {
            preview.sheet.clone_from(&sheet.name);
            preview.form.clone_from(&sheet.form);
            preview.result = entries(sheet, reading, guessing, remembered, snapshot, period, &mut preview.columns);
        }
        Err(error) => preview.result = Err(error),
    }
    Ok(preview)
}

fn entries(
    sheet: &Sheet,
    reading: &Reading,
    guessing: Guessing,
    remembered: &Remembered,
    snapshot: &Snapshot,
    period: &PeriodId,
    columns: &mut Vec<Heading>,
) -> Result<Entries, TableError> {
    if let Some(form) = &sheet.form {
        check_form(form, snapshot, period)?;
    }
    let layout = layout(sheet, reading, guessing, remembered, snapshot)?;
    columns.clone_from(&layout.columns);
    let loading = match reading.marks {
        Marks::Ask => load_as(sheet, &layout, snapshot, period)?,
        marks => load_as(&marks::settle(sheet, &layout, marks), &layout, snapshot, period)?,
    };
    let mapping = layout.mapping();
    let told = mapping != Mapping::default();
    Ok(Entries { loading, mapping: told.then(|| (layout.signature(), mapping)) })
}

/// The columns as they were told, else as they were told for the same headings before, else as they are known or guessed.
fn layout(
    sheet: &Sheet,
    reading: &Reading,
    guessing: Guessing,
    remembered: &Remembered,
    snapshot: &Snapshot,
) -> Result<Layout, TableError> {
    let catalogue = &snapshot.catalogue;
    if let Some(mapping) = &reading.mapping {
        return Layout::of(sheet, catalogue, mapping, guessing);
    }
    let fresh = Layout::of(sheet, catalogue, &Mapping::default(), guessing)?;
    let Some(mapping) = remembered.get(&fresh.signature()) else { return Ok(fresh) };
    let mut layout = Layout::of(sheet, catalogue, mapping, guessing)?;
    for heading in layout.columns.iter_mut().filter(|h| h.basis == Basis::Told) {
        heading.basis = Basis::Remembered;
    }
    Ok(layout)
}

/// The sheet that was asked for, else the only one whose headings name the item. Of several the first, where a person is
/// there to choose another.
fn choose<'a>(
    book: &'a Book,
    wanted: Option<&str>,
    mapping: &Mapping,
    guessing: Guessing,
) -> Result<&'a Sheet, TableError> {
    if let Some(wanted) = wanted {
        let slug = text::ascii_slug(wanted);
        let there = || TableError::NoSuchSheet { name: wanted.to_owned(), there: book.names() };
        let exact = book.sheets.iter().find(|sheet| sheet.name == wanted);
        return exact.or_else(|| book.sheets.iter().find(|s| text::ascii_slug(&s.name) == slug)).ok_or_else(there);
    }
    let with_entries: Vec<&Sheet> = book.sheets.iter().filter(|s| named_row(s, mapping).is_some()).collect();
    match (with_entries.as_slice(), guessing) {
        ([_, _, ..], Guessing::Refused) => {
            Err(TableError::SeveralSheets(with_entries.iter().map(|s| s.name.clone()).collect()))
        }
        ([first, ..], _) => Ok(first),
        ([], _) => book.sheets.first().ok_or(TableError::Empty),
    }
}
