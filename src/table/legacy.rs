//! Text from before Unicode in a table: recognised with samples for a person to confirm, and converted cell by cell.
//!
//! The fonts of an Excel sheet say what each cell is; without such fonts the letters of the whole table do.

use std::collections::BTreeMap;

use super::sheet::{Book, Cell, Sheet, SheetError};
use crate::text::clean;
use crate::text::legacy::{Encoding, fits, recognise};

/// What to do with text that is not Unicode.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Legacy {
    /// Refuse it with what was recognised, for a person to confirm.
    #[default]
    Ask,
    /// A person said that it is text as it stands.
    Leave,
    /// A person confirmed these; each cell is converted by the one that fits it.
    Convert(Vec<Encoding>),
}

/// An encoding that was recognised, and what some of the cells would become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recognised {
    pub encoding: Encoding,
    /// How many cells would change.
    pub cells: usize,
    /// At most [`SAMPLES`], from the top.
    pub samples: Vec<Sample>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// As Excel counts.
    pub row: usize,
    pub before: String,
    pub after: String,
}

/// How many samples a person is shown.
pub const SAMPLES: usize = 4;

/// The encoding that each cell's font was made for, by row number and column; only cells with such a font.
pub(super) type Fonts = BTreeMap<(usize, usize), Encoding>;

/// Where a sheet's text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Unicode,
    /// Bytes that are no UTF-8 from this line on, as Latin letters.
    Bytes {
        line: usize,
    },
}

/// Makes sheets Unicode as a person decided.
///
/// # Errors
/// [`SheetError::Legacy`] for recognised text that nobody has decided on yet, [`SheetError::NotText`] for bytes that
/// nothing explains.
pub(super) fn settle(sheets: Vec<(Sheet, Fonts)>, source: Source, legacy: &Legacy) -> Result<Book, SheetError> {
    let mut book = Book::default();
    let mut found: Vec<Recognised> = Vec::new();
    for (mut sheet, fonts) in sheets {
        if let Legacy::Convert(encodings) = legacy {
            for &encoding in encodings {
                convert(&mut sheet, &fonts, encoding);
            }
        }
        if *legacy != Legacy::Leave {
            find(&sheet, &fonts).into_iter().for_each(|more| add(&mut found, more));
        }
        book.sheets.push(sheet);
    }
    match source {
        _ if !found.is_empty() => Err(SheetError::Legacy(found)),
        Source::Bytes { line } if !matches!(legacy, Legacy::Convert(_)) => Err(SheetError::NotText { line }),
        _ => Ok(book),
    }
}

/// Joins what several sheets have of one encoding.
fn add(found: &mut Vec<Recognised>, more: Recognised) {
    match found.iter_mut().find(|known| known.encoding == more.encoding) {
        Some(known) => {
            known.cells += more.cells;
            let room = SAMPLES - known.samples.len();
            known.samples.extend(more.samples.into_iter().take(room));
        }
        None => found.push(more),
    }
}

fn find(sheet: &Sheet, fonts: &Fonts) -> Vec<Recognised> {
    let mut encodings: Vec<Encoding> = fonts.values().map(|e| plain(*e)).collect();
    encodings.sort();
    encodings.dedup();
    if fonts.is_empty() {
        encodings = recognise(texts(sheet));
    }
    encodings.into_iter().filter_map(|encoding| recognised(sheet, fonts, encoding)).collect()
}

fn recognised(sheet: &Sheet, fonts: &Fonts, encoding: Encoding) -> Option<Recognised> {
    let mut found = Recognised { encoding, cells: 0, samples: Vec::new() };
    for row in &sheet.rows {
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(after) = converted(cell, fonts.get(&(row.number, column)).copied(), fonts, encoding) else {
                continue;
            };
            found.cells += 1;
            if let (true, Cell::Text(before)) = (found.samples.len() < SAMPLES, cell) {
                found.samples.push(Sample { row: row.number, before: clean(before), after: clean(&after) });
            }
        }
    }
    (found.cells > 0).then_some(found)
}

fn convert(sheet: &mut Sheet, fonts: &Fonts, encoding: Encoding) {
    for row in &mut sheet.rows {
        let number = row.number;
        for (column, cell) in row.cells.iter_mut().enumerate() {
            if let Some(after) = converted(cell, fonts.get(&(number, column)).copied(), fonts, encoding) {
                *cell = Cell::typed(after);
            }
        }
    }
}

/// The cell's text by this encoding; none where it is not written in it, or says the same.
fn converted(cell: &Cell, font: Option<Encoding>, fonts: &Fonts, encoding: Encoding) -> Option<String> {
    let Cell::Text(text) = cell else { return None };
    let by = match font {
        // A cell among fonts of old that has none of them is Unicode.
        None if !fonts.is_empty() => return None,
        None => encoding,
        Some(font) if plain(font) == encoding => font,
        Some(_) => return None,
    };
    let after = fits(by, text).then(|| by.decode(text))?;
    (after != *text).then_some(after)
}

/// A font of capitals is no encoding of its own to the person who confirms.
fn plain(encoding: Encoding) -> Encoding {
    if encoding == Encoding::Tcvn3Capitals { Encoding::Tcvn3 } else { encoding }
}

fn texts(sheet: &Sheet) -> impl Iterator<Item = &str> {
    let cells = sheet.rows.iter().flat_map(|row| &row.cells);
    cells.filter_map(|cell| if let Cell::Text(text) = cell { Some(text.as_str()) } else { None })
}
