//! What the columns of a sheet are: headings that we know, that a person explained, or that are guessed for a person to see.
//!
//! A heading stands in one row or two, and not always in the first. Guesses are never taken unseen: the caller says
//! whether there is somebody to show them to ([`Guessing`]).

use std::collections::BTreeMap;

use super::names::{Column, beginning, named};
use super::rows::TableError;
use super::{Cell, Sheet, SheetRow, find_item};
use crate::catalogue::Catalogue;
use crate::text;

/// What a person says that headings of a foreign table mean, where they are not ours. Headings compare as when they are
/// recognised: without case and diacritics.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping(BTreeMap<String, Mapped>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mapped {
    /// As it was written.
    heading: String,
    /// None: not used.
    column: Option<Column>,
}

/// Mappings of earlier tables, by the signature of their headings.
pub type Remembered = BTreeMap<String, Mapping>;

/// Whether a person will see what was guessed before anything is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guessing {
    Shown,
    Refused,
}

/// One column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Empty where nothing stands over the column.
    pub text: String,
    /// None: not used.
    pub column: Option<Column>,
    pub basis: Basis,
    /// The first texts below, three at most.
    pub samples: Vec<String>,
}

/// How it is known what a column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// The heading is one of ours, or none that says anything.
    Named,
    Told,
    /// Told for an earlier table with the same headings.
    Remembered,
    Guessed,
}

/// Where the headings of a sheet stand, and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    pub columns: Vec<Heading>,
    /// The first row below the headings, as an index of the sheet's rows.
    pub(super) first: usize,
}

/// A form may have a title above its headings: this many filled rows are searched for them.
const HEADING_ROWS: usize = 20;
/// Texts below a heading that a person is shown.
const SAMPLES: usize = 3;
/// The word of `--map` for a column that is not used.
const UNUSED: &str = "none";

impl Mapping {
    /// Takes a heading for one of ours, named in English or Vietnamese: "SL đạt" for "numerator"; for "none" it is not used.
    ///
    /// # Errors
    /// The name, where it is none of our columns.
    pub fn add(&mut self, heading: &str, column: &str) -> Result<(), String> {
        let slug = text::ascii_slug(column);
        let known = if slug == UNUSED { None } else { Some(named(&slug).ok_or_else(|| column.to_owned())?) };
        self.set(heading, known);
        Ok(())
    }

    /// Takes a heading for a column, or for nothing.
    pub fn set(&mut self, heading: &str, column: Option<Column>) {
        let heading = text::clean(heading);
        self.0.insert(text::ascii_slug(&heading), Mapped { heading, column });
    }

    /// Heading and column, both as [`Mapping::add`] takes them.
    pub fn names(&self) -> BTreeMap<String, String> {
        let name = |mapped: &Mapped| mapped.column.map_or(UNUSED, Column::name).to_owned();
        self.0.values().map(|mapped| (mapped.heading.clone(), name(mapped))).collect()
    }

    /// The column of a heading: what a person said, else what we know. A heading of ours whose column was given to
    /// another heading is nothing.
    pub(super) fn column(&self, heading: &str) -> Option<Column> {
        let slug = text::ascii_slug(heading);
        match self.0.get(&slug) {
            Some(mapped) => mapped.column,
            None => named(&slug).filter(|column| self.0.values().all(|mapped| mapped.column != Some(*column))),
        }
    }

    fn says(&self, heading: &str) -> bool {
        self.0.contains_key(&text::ascii_slug(heading))
    }
}

impl Layout {
    /// Finds the headings of a sheet.
    ///
    /// # Errors
    /// `Empty`; `NoHeading` where no row names the item, and none may be guessed; `NoSuchHeading` for a heading of the
    /// mapping that is not there.
    pub fn of(
        sheet: &Sheet,
        catalogue: &Catalogue,
        mapping: &Mapping,
        guessing: Guessing,
    ) -> Result<Layout, TableError> {
        if sheet.rows.is_empty() {
            return Err(TableError::Empty);
        }
        let ids = Ids::of(sheet, catalogue);
        let at = match named_row(sheet, mapping) {
            Some(at) => at,
            None => match (&ids, guessing) {
                (Some(ids), Guessing::Shown) => ids.heading,
                (Some(ids), Guessing::Refused) => {
                    return Err(TableError::NoHeading { ids_below: Some(ids.text(sheet)) });
                }
                (None, _) => return Err(TableError::NoHeading { ids_below: None }),
            },
        };
        let (texts, first) = headings(sheet, at, mapping);
        if let Some(missing) = mapping.0.values().find(|m| texts.iter().all(|t| !same(t, &m.heading))) {
            return Err(TableError::NoSuchHeading(missing.heading.clone()));
        }
        let mut layout = Layout { columns: Vec::new(), first };
        for text in texts {
            let basis = if mapping.says(&text) { Basis::Told } else { Basis::Named };
            let column = if text.is_empty() { None } else { mapping.column(&text) };
            let samples = samples(sheet, first, layout.columns.len());
            layout.columns.push(Heading { text, column, basis, samples });
        }
        if guessing == Guessing::Shown {
            layout.guess(ids.as_ref());
        }
        Ok(layout)
    }

    /// The column that a heading is for; of two the first.
    pub(super) fn at(&self, column: Column) -> Option<usize> {
        self.columns.iter().position(|heading| heading.column == Some(column))
    }

    /// What tells this set of headings from others.
    pub fn signature(&self) -> String {
        let slugs: Vec<String> = self.columns.iter().map(|h| text::ascii_slug(&h.text)).collect();
        slugs.join("|")
    }

    /// What a person has seen and not changed, to be remembered; empty where every heading is ours.
    pub fn mapping(&self) -> Mapping {
        let mut mapping = Mapping::default();
        for heading in self.columns.iter().filter(|h| h.basis != Basis::Named && !h.text.is_empty()) {
            mapping.set(&heading.text, heading.column);
        }
        mapping
    }

    /// Fills in what neither we nor a person named: the item from the ids below, a field from how its heading begins.
    fn guess(&mut self, ids: Option<&Ids>) {
        if self.at(Column::Item).is_none()
            && let Some(heading) = ids.and_then(|ids| self.columns.get_mut(ids.column))
            && heading.basis == Basis::Named
        {
            heading.column = Some(Column::Item);
            heading.basis = Basis::Guessed;
        }
        let guesses: Vec<Option<Column>> = self.columns.iter().map(|h| beginning(&text::ascii_slug(&h.text))).collect();
        for (index, guess) in guesses.iter().enumerate() {
            let heading = &self.columns[index];
            let open = heading.column.is_none() && heading.basis == Basis::Named;
            let alone = guesses.iter().filter(|other| *other == guess).count() == 1;
            if let (true, true, Some(column)) = (open, alone, *guess)
                && self.at(column).is_none()
            {
                self.columns[index].column = Some(column);
                self.columns[index].basis = Basis::Guessed;
            }
        }
    }
}

/// The row that names the item.
pub(super) fn named_row(sheet: &Sheet, mapping: &Mapping) -> Option<usize> {
    sheet.rows.iter().take(HEADING_ROWS).position(|row| names_item(row, mapping))
}

fn names_item(row: &SheetRow, mapping: &Mapping) -> bool {
    row.cells.iter().any(|cell| mapping.column(text_of(cell)) == Some(Column::Item))
}

/// A column of ids of the plan, and the row over it.
struct Ids {
    column: usize,
    heading: usize,
}

impl Ids {
    /// The column with the most ids, where there is a row of texts above the first of them.
    fn of(sheet: &Sheet, catalogue: &Catalogue) -> Option<Ids> {
        let is_id = |cell: &Cell| matches!(cell, Cell::Text(text) if find_item(catalogue, text).is_ok());
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for (index, row) in sheet.rows.iter().enumerate() {
            for (column, _) in row.cells.iter().enumerate().filter(|(_, cell)| is_id(cell)) {
                counts.entry(column).or_insert((0, index)).0 += 1;
            }
        }
        // Of equals the leftmost.
        let (column, (_, first)) = counts.into_iter().rev().max_by_key(|(_, (count, _))| *count)?;
        let is_text = |row: &SheetRow| !text_of(row.cells.get(column).unwrap_or(&Cell::Empty)).is_empty();
        let heading = sheet.rows[..first].iter().rposition(|row| is_text(row) && !numbers_columns(row))?;
        Some(Ids { column, heading })
    }

    fn text(&self, sheet: &Sheet) -> String {
        sheet.rows[self.heading].cells.get(self.column).map(|cell| text::clean(text_of(cell))).unwrap_or_default()
    }
}

/// The text over each column, and the first row below. A second row of headings, under merged ones, goes with the first.
fn headings(sheet: &Sheet, at: usize, mapping: &Mapping) -> (Vec<String>, usize) {
    let clean = |row: &SheetRow| row.cells.iter().map(|cell| text::clean(text_of(cell))).collect::<Vec<_>>();
    let upper = clean(&sheet.rows[at]);
    let Some(lower) = sheet.rows.get(at + 1).filter(|row| is_second(row, &upper, mapping)).map(clean) else {
        return (upper, at + 1);
    };
    let width = upper.len().max(lower.len());
    let mut group = String::new();
    let mut texts = Vec::new();
    for column in 0..width {
        let over = upper.get(column).cloned().unwrap_or_default();
        let under = lower.get(column).cloned().unwrap_or_default();
        if !over.is_empty() {
            group.clone_from(&over);
        }
        let twice = !under.is_empty() && lower.iter().filter(|other| same(other, &under)).count() > 1;
        texts.push(match (under.is_empty(), twice) {
            (true, _) => over,
            // The same words in two groups: "Quý III Tử số", "Quý IV Tử số".
            (false, true) => format!("{group} {under}").trim().to_owned(),
            (false, false) => under,
        });
    }
    (texts, at + 2)
}

/// True where a row goes on with the headings: texts only, one of them a heading, and nothing under the item's.
fn is_second(row: &SheetRow, upper: &[String], mapping: &Mapping) -> bool {
    let under_item = upper
        .iter()
        .zip(&row.cells)
        .any(|(over, cell)| mapping.column(over) == Some(Column::Item) && *cell != Cell::Empty);
    let texts_only = row.cells.iter().all(|cell| matches!(cell, Cell::Text(_) | Cell::Empty));
    // "Tử số" stays a heading where a person gave its column to "Quý IV Tử số".
    let is_field = |cell: &Cell| {
        let known = mapping.column(text_of(cell)).or_else(|| named(&text::ascii_slug(text_of(cell))));
        matches!(known, Some(Column::Field(_)))
    };
    let fields = row.cells.iter().any(is_field);
    texts_only && fields && !under_item
}

/// True for the row in which forms number their columns: "(1)", "2", "A", "(3)=(1)/(2)".
pub(super) fn numbers_columns(row: &SheetRow) -> bool {
    let mut cells = row.cells.iter().filter(|cell| **cell != Cell::Empty).peekable();
    let plain = |text: &str| {
        let bare: String = text.chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']' | ' ')).collect();
        let letter = bare.len() == 1 && bare.starts_with(|c: char| c.is_ascii_alphabetic());
        let numbers = bare.len() <= 12
            && bare.starts_with(|c: char| c.is_ascii_digit())
            && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '=' | '/' | '*' | '+' | '-' | ':' | 'x' | '%'));
        letter || (numbers && bare.split(|c: char| !c.is_ascii_digit()).all(|number| number.len() <= 3))
    };
    row.cells.iter().filter(|cell| **cell != Cell::Empty).count() > 1
        && cells.all(|cell| match cell {
            Cell::Text(text) => plain(text.trim()),
            Cell::Number(number) => number.is_integer() && number.abs() < 100.into(),
            _ => false,
        })
}

fn samples(sheet: &Sheet, first: usize, column: usize) -> Vec<String> {
    let rows = sheet.rows[first..].iter().skip_while(|row| numbers_columns(row));
    let cells = rows.filter_map(|row| row.cells.get(column)).filter(|cell| **cell != Cell::Empty);
    cells.take(SAMPLES).map(Cell::shown).collect()
}

fn text_of(cell: &Cell) -> &str {
    if let Cell::Text(text) = cell { text } else { "" }
}

fn same(a: &str, b: &str) -> bool {
    text::ascii_slug(a) == text::ascii_slug(b)
}
