//! A sheet's rows as entries for one period: each row checked, each rejection with its reason.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::layout::{Heading, Layout, numbers_columns};
use super::{Cell, Column, Field, FieldError, Fields, Origin, Sheet, SheetRow, find_item};
use crate::catalogue::{Catalogue, Id, PeriodId};
use crate::record::{Body, Finding, FormMark, Key, RevisionId, Snapshot, findings, is_refused};
use crate::text;
use crate::text::money;

/// What a table would record, and what cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loading {
    pub rows: Vec<Row>,
    pub rejected: Vec<Rejected>,
    /// Rows that are no entries and no faults.
    pub skipped: Vec<Skipped>,
    /// Headings that name no field, as written.
    pub ignored: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// As Excel counts.
    pub number: usize,
    pub what: Skip,
}

/// What a row is that is none of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skip {
    /// The headings again, for the next printed page.
    Heading,
    /// A text without item and figures.
    Title,
    Total,
    /// "(1)", "(2)" below the headings.
    ColumnNumbers,
    /// Units of measurement below the headings.
    Units,
}

const VALUE: Column = Column::Field(Field::Value);

/// What the rows above and the headings say about a row.
#[derive(Clone, Copy)]
struct Said<'a> {
    /// The agency that was named last.
    above: Option<&'a str>,
    /// The unit of money in which the table says it is.
    unit: Option<&'a str>,
}

/// Whether a row stands between the headings and the first entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    Yes,
    No,
}

impl Loading {
    fn above(&self) -> Above {
        if self.rows.is_empty() && self.rejected.is_empty() { Above::Yes } else { Above::No }
    }
}

/// One row that can be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As Excel counts.
    pub number: usize,
    pub key: Key,
    /// The present value.
    pub before: Option<Body>,
    /// The heads that the row was read on, sorted.
    pub seen: Vec<RevisionId>,
    /// The present value with the row's fields in it.
    pub body: Body,
    /// Warnings only.
    pub findings: Vec<Finding>,
    /// A sum that was typed with its unit, and what it is in the indicator's.
    pub converted: Option<(String, Decimal)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// As Excel counts.
    pub number: usize,
    /// The item as written; empty where there is none.
    pub item: String,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    MissingItem,
    UnknownItem {
        near: Vec<Id>,
    },
    UnknownAgency {
        text: String,
    },
    /// No agency, below a row that names one: of a merged cell only the first row has the name.
    MissingAgency {
        above: String,
    },
    /// The table says that its money is in another unit than the indicator's.
    OtherUnit {
        stated: String,
        asked: String,
    },
    /// A line of text with more cells than there are headings: a comma of a number or a sentence was taken for a separator.
    BeyondHeadings,
    /// Another agency's figure, which this one may not bring.
    NotYours {
        agency: Id,
    },
    Duplicate {
        first: usize,
    },
    /// No field filled in.
    NothingGiven,
    /// The id in a row of a form is not the one that the form was given out with.
    AlteredItem {
        original: Id,
    },
    /// Several values wait for a choice first.
    Undecided,
    Field(FieldError),
    Findings(Vec<Finding>),
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TableError {
    #[error("no rows")]
    Empty,
    /// None of the first rows has a heading for the item; a column of the plan's ids may show which it is.
    #[error("no heading for the item")]
    NoHeading { ids_below: Option<String> },
    #[error("heading twice: {0}")]
    HeadingTwice(String),
    /// The officer named a heading that the table does not have.
    #[error("no heading {0}")]
    NoSuchHeading(String),
    /// Several sheets have entries, and nobody said which is meant.
    #[error("several sheets: {0:?}")]
    SeveralSheets(Vec<String>),
    #[error("no sheet {name}")]
    NoSuchSheet { name: String, there: Vec<String> },
    /// A form of another period.
    #[error("form of {0}")]
    FormOfPeriod(PeriodId),
    /// A form of an agency whose figures this workspace does not bring.
    #[error("form of {0}")]
    FormOfAgency(Id),
    /// A form of another edition of the plan.
    #[error("form of another edition")]
    FormOfEdition,
}

/// Reads the rows below a sheet's headings as entries of `period`, by default of the workspace's own agency or the form's,
/// on top of the present values.
///
/// # Errors
/// [`TableError`] where the sheet as a whole is no table of entries; single rows are rejected one by one.
pub fn load_as(sheet: &Sheet, layout: &Layout, snapshot: &Snapshot, period: &PeriodId) -> Result<Loading, TableError> {
    if layout.at(Column::Item).is_none() {
        return Err(TableError::NoHeading { ids_below: None });
    }
    let mut loading = Loading { ignored: ignored(layout)?, ..Loading::default() };
    let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
    let (mut above, mut unit) = (None, stated_unit(sheet, layout));
    for row in &sheet.rows[layout.first..] {
        let number = row.number;
        if let Some(what) = skipped(row, layout, &snapshot.catalogue, loading.above()) {
            if what == Skip::Units {
                unit = money_in(&cell_text(row, layout, VALUE)).or(unit);
            }
            loading.skipped.push(Skipped { number, what });
            continue;
        }
        // A row of a form that nobody filled in is not reported, and no fault.
        if sheet.form.is_some() && fields(row, layout).is_empty() {
            continue;
        }
        let entry = match sheet.origin == Origin::Text && goes_beyond(row, layout) {
            true => Err(Reason::BeyondHeadings),
            false => entry(
                row,
                layout,
                sheet.form.as_ref(),
                snapshot,
                period,
                Said { above: above.as_deref(), unit: unit.as_deref() },
                &mut seen,
            ),
        };
        above = Some(cell_text(row, layout, Column::Agency)).filter(|agency| !agency.is_empty()).or(above);
        match entry {
            Ok(entry) => loading.rows.push(entry),
            Err(reason) => {
                let item = cell_text(row, layout, Column::Item);
                loading.rejected.push(Rejected { number, item, reason });
            }
        }
    }
    if sheet.form.is_some() {
        // Its locked columns and its title are not for reading.
        loading.ignored.clear();
        loading.skipped.clear();
    }
    Ok(loading)
}

/// Refuses a form that belongs elsewhere.
pub(super) fn check_form(form: &FormMark, snapshot: &Snapshot, period: &PeriodId) -> Result<(), TableError> {
    if form.period != *period {
        return Err(TableError::FormOfPeriod(form.period.clone()));
    }
    if form.catalogue != snapshot.catalogue.hash {
        return Err(TableError::FormOfEdition);
    }
    if form.agency != snapshot.agency && !snapshot.receives() {
        return Err(TableError::FormOfAgency(form.agency.clone()));
    }
    Ok(())
}

fn entry(
    row: &SheetRow,
    layout: &Layout,
    form: Option<&FormMark>,
    snapshot: &Snapshot,
    period: &PeriodId,
    said: Said<'_>,
    seen: &mut BTreeMap<Key, usize>,
) -> Result<Row, Reason> {
    let catalogue = &snapshot.catalogue;
    let typed = cell_text(row, layout, Column::Item);
    if typed.is_empty() {
        return Err(Reason::MissingItem);
    }
    if let Some(original) = form.and_then(|f| f.item(row.number)).filter(|original| **original != typed) {
        return Err(Reason::AlteredItem { original: original.clone() });
    }
    let item = find_item(catalogue, &typed).map_err(|near| Reason::UnknownItem { near })?;
    let agency = cell_text(row, layout, Column::Agency);
    let agency = match (agency.as_str(), said.above) {
        ("", Some(above)) => return Err(Reason::MissingAgency { above: above.to_owned() }),
        ("", None) => form.map_or(&snapshot.agency, |f| &f.agency).clone(),
        (text, _) => match catalogue.find_agency(text) {
            Some(found) => found.id.clone(),
            None => return Err(Reason::UnknownAgency { text: agency }),
        },
    };
    if !catalogue.may_bring(&snapshot.agency, &item, &agency) {
        return Err(Reason::NotYours { agency });
    }
    let fields = fields(row, layout);
    if fields.is_empty() {
        return Err(Reason::NothingGiven);
    }
    let key = Key::of_item(catalogue, &item, &agency, period).ok_or(Reason::UnknownItem { near: Vec::new() })?;
    let record = snapshot.record(&key);
    if record.is_some_and(|r| r.in_conflict()) {
        return Err(Reason::Undecided);
    }
    if let Some(first) = seen.get(&key) {
        return Err(Reason::Duplicate { first: *first });
    }
    seen.insert(key.clone(), row.number);
    let present = record.and_then(|r| r.current()).map(|r| &r.body);
    let body = fields.apply(catalogue, &key, present).map_err(Reason::Field)?;
    let found = findings(catalogue, &item, &body, snapshot.before(&item, &agency, period));
    if is_refused(&found) {
        return Err(Reason::Findings(found));
    }
    let converted = fields.converted(catalogue, &key);
    if converted.is_none() && fields.0.contains_key(&Field::Value) {
        in_its_unit(catalogue, &item, &cell_text(row, layout, Column::Unit), said.unit)?;
    }
    let seen = record.map(|r| r.heads.iter().map(|head| head.id.clone()).collect()).unwrap_or_default();
    Ok(Row { number: row.number, key, before: present.cloned(), seen, body, findings: found, converted })
}

/// Refuses a bare figure of money where the row, else the table, names another unit than the indicator's.
fn in_its_unit(catalogue: &Catalogue, item: &str, of_row: &str, of_table: Option<&str>) -> Result<(), Reason> {
    let stated = Some(of_row).filter(|unit| !unit.is_empty()).or(of_table).unwrap_or_default();
    let asked = catalogue.indicator(item).map_or("", |i| &i.unit);
    match money::differ(stated, asked) {
        true => Err(Reason::OtherUnit { stated: stated.to_owned(), asked: asked.to_owned() }),
        false => Ok(()),
    }
}

/// The unit of money that the heading of the values names, else a line above the headings.
fn stated_unit(sheet: &Sheet, layout: &Layout) -> Option<String> {
    let value = layout.at(VALUE);
    let is_heading = |(cell, heading): (&Cell, &Heading)| !heading.text.is_empty() && cell.shown() == heading.text;
    let titles = sheet.rows[..layout.first].iter().map(|row| &row.cells);
    let titles = titles.filter(|cells| !cells.iter().zip(&layout.columns).any(is_heading));
    let of_heading = value.and_then(|at| money_in(&layout.columns[at].text));
    of_heading.or_else(|| titles.flatten().find_map(|cell| money_in(&cell.shown())))
}

fn money_in(text: &str) -> Option<String> {
    money::named_in(text).map(str::to_owned)
}

fn goes_beyond(row: &SheetRow, layout: &Layout) -> bool {
    row.cells.iter().skip(layout.columns.len()).any(|cell| *cell != Cell::Empty)
}

fn fields(row: &SheetRow, layout: &Layout) -> Fields {
    let given = row.cells.iter().zip(&layout.columns).filter_map(|(cell, heading)| match heading.column {
        Some(Column::Field(field)) if *cell != Cell::Empty => Some((field, cell.clone())),
        _ => None,
    });
    Fields(given.collect())
}

fn cell_text(row: &SheetRow, layout: &Layout, wanted: Column) -> String {
    layout.at(wanted).and_then(|i| row.cells.get(i)).map(Cell::shown).unwrap_or_default()
}

/// Why a row is none of entries and no fault either.
fn skipped(row: &SheetRow, layout: &Layout, catalogue: &Catalogue, above_entries: Above) -> Option<Skip> {
    let item = cell_text(row, layout, Column::Item);
    if find_item(catalogue, &item).is_ok() {
        return None;
    }
    let same = |(cell, heading): (&Cell, &Heading)| text::ascii_slug(&cell.shown()) == text::ascii_slug(&heading.text);
    if row.cells.iter().zip(&layout.columns).filter(|(cell, _)| **cell != Cell::Empty).all(same) {
        return Some(Skip::Heading);
    }
    let is_name = |(cell, heading): (&Cell, &Heading)| {
        !matches!(heading.column, Some(Column::Field(_)))
            && (item.is_empty() || *cell.shown() == *item)
            && is_total(cell)
    };
    if row.cells.iter().zip(&layout.columns).any(is_name) {
        return Some(Skip::Total);
    }
    if above_entries == Above::Yes && numbers_columns(row) {
        return Some(Skip::ColumnNumbers);
    }
    let given = fields(row, layout);
    match (item.is_empty(), given.is_empty()) {
        (true, true) => Some(Skip::Title),
        (true, false) if above_entries == Above::Yes && given.0.iter().all(is_unit) => Some(Skip::Units),
        _ => None,
    }
}

/// "Tổng cộng", "Cộng toàn tỉnh": the sums of a table are no entries.
fn is_total(cell: &Cell) -> bool {
    const TOTALS: [&str; 7] =
        ["tong", "cong", "tong-so", "toan-tinh", "tong-toan-tinh", "cong-toan-tinh", "cong-chung"];
    let Cell::Text(text) = cell else { return false };
    let slug = text::ascii_slug(text);
    TOTALS.contains(&slug.as_str()) || slug.starts_with("tong-cong")
}

/// A text without any digit where a number belongs.
fn is_unit((field, cell): (&Field, &Cell)) -> bool {
    let number = matches!(field, Field::Numerator | Field::Denominator | Field::Value | Field::Percent);
    number && matches!(cell, Cell::Text(text) if !text.contains(char::is_numeric))
}

/// The headings that name no field.
///
/// # Errors
/// `HeadingTwice` where two name the same.
fn ignored(layout: &Layout) -> Result<Vec<String>, TableError> {
    for (index, heading) in layout.columns.iter().enumerate() {
        if heading.column.is_some_and(|column| layout.at(column) != Some(index)) {
            return Err(TableError::HeadingTwice(heading.text.clone()));
        }
    }
    let unused = layout.columns.iter().filter(|h| h.column.is_none() && !h.text.is_empty());
    Ok(unused.map(|h| h.text.clone()).collect())
}
