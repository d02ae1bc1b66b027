//! A sheet's rows as entries for one period: headings recognised, each row checked, each rejection with its reason.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Cell, Field, FieldError, Fields, Sheet, SheetRow, find_item};
use crate::catalogue::{Id, PeriodId};
use crate::record::{Body, Finding, FormMark, Key, Snapshot, findings, is_refused};
use crate::text;

/// What a table would record, and what cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loading {
    pub rows: Vec<Row>,
    pub rejected: Vec<Rejected>,
    /// Headings that name no field, as written.
    pub ignored: Vec<String>,
}

/// One row that can be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As Excel counts.
    pub number: usize,
    pub key: Key,
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
    /// None of the first rows has a heading for the item.
    #[error("no heading for the item")]
    NoHeading,
    #[error("heading twice: {0}")]
    HeadingTwice(String),
    /// The officer named a heading that the table does not have.
    #[error("no heading {0}")]
    NoSuchHeading(String),
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

/// What the officer says that headings of a foreign table mean, where they are not ours. Headings compare as when they are
/// recognised: without case and diacritics.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mapping(BTreeMap<String, Mapped>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mapped {
    /// As the officer wrote it.
    heading: String,
    column: Column,
}

/// A form may have a title above its headings: this many filled rows are searched for them.
const HEADING_ROWS: usize = 20;

impl Mapping {
    /// Takes a heading for one of ours, named in English or Vietnamese: "SL đạt" for "numerator".
    ///
    /// # Errors
    /// The name, where it is none of our columns.
    pub fn add(&mut self, heading: &str, column: &str) -> Result<(), String> {
        let known = named(&text::ascii_slug(column)).ok_or_else(|| column.to_owned())?;
        let heading = text::clean(heading);
        self.0.insert(text::ascii_slug(&heading), Mapped { heading, column: known });
        Ok(())
    }

    /// The column of a heading: what the officer said, else what we know. A heading of ours whose column was given to
    /// another heading is nothing.
    fn column(&self, cell: &Cell) -> Option<Column> {
        let Cell::Text(text) = cell else { return None };
        let slug = text::ascii_slug(text);
        match self.0.get(&slug) {
            Some(mapped) => Some(mapped.column),
            None => named(&slug).filter(|column| self.0.values().all(|mapped| mapped.column != *column)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Item,
    Agency,
    Field(Field),
}

/// Reads a sheet as entries of `period`, by default of the workspace's own agency or the form's, on top of the present
/// values.
///
/// # Errors
/// [`TableError`] where the sheet as a whole is no table of entries; single rows are rejected one by one.
pub fn load(sheet: &Sheet, snapshot: &Snapshot, period: &PeriodId) -> Result<Loading, TableError> {
    load_mapped(sheet, snapshot, period, &Mapping::default())
}

/// Reads a sheet like [`load`], with the officer's word on its headings.
///
/// # Errors
/// As [`load`], and [`TableError::NoSuchHeading`].
pub fn load_mapped(
    sheet: &Sheet,
    snapshot: &Snapshot,
    period: &PeriodId,
    mapping: &Mapping,
) -> Result<Loading, TableError> {
    if sheet.rows.is_empty() {
        return Err(TableError::Empty);
    }
    if let Some(form) = &sheet.form {
        check_form(form, snapshot, period)?;
    }
    let heading =
        sheet.rows.iter().take(HEADING_ROWS).position(|row| is_heading(row, mapping)).ok_or(TableError::NoHeading)?;
    let (columns, ignored) = columns(&sheet.rows[heading], mapping)?;
    let mut loading = Loading { ignored, ..Loading::default() };
    let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
    for row in &sheet.rows[heading + 1..] {
        // A row of a form that nobody filled in is not reported, and no fault.
        if says_nothing(row, &columns, mapping) || (sheet.form.is_some() && fields(row, &columns).is_empty()) {
            continue;
        }
        match entry(row, &columns, sheet.form.as_ref(), snapshot, period, &mut seen) {
            Ok(entry) => loading.rows.push(entry),
            Err(reason) => {
                let item = cell_text(row, &columns, Column::Item);
                loading.rejected.push(Rejected { number: row.number, item, reason });
            }
        }
    }
    if sheet.form.is_some() {
        // Its locked columns are not for reading.
        loading.ignored.clear();
    }
    Ok(loading)
}

fn check_form(form: &FormMark, snapshot: &Snapshot, period: &PeriodId) -> Result<(), TableError> {
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
    columns: &[Option<Column>],
    form: Option<&FormMark>,
    snapshot: &Snapshot,
    period: &PeriodId,
    seen: &mut BTreeMap<Key, usize>,
) -> Result<Row, Reason> {
    let catalogue = &snapshot.catalogue;
    let typed = cell_text(row, columns, Column::Item);
    if typed.is_empty() {
        return Err(Reason::MissingItem);
    }
    if let Some(original) = form.and_then(|f| f.item(row.number)).filter(|original| **original != typed) {
        return Err(Reason::AlteredItem { original: original.clone() });
    }
    let item = find_item(catalogue, &typed).map_err(|near| Reason::UnknownItem { near })?;
    let agency = cell_text(row, columns, Column::Agency);
    let agency = match agency.as_str() {
        "" => form.map_or(&snapshot.agency, |f| &f.agency).clone(),
        text => match catalogue.find_agency(text) {
            Some(found) => found.id.clone(),
            None => return Err(Reason::UnknownAgency { text: agency }),
        },
    };
    if !catalogue.may_bring(&snapshot.agency, &item, &agency) {
        return Err(Reason::NotYours { agency });
    }
    let fields = fields(row, columns);
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
    Ok(Row { number: row.number, key, body, findings: found, converted })
}

fn fields(row: &SheetRow, columns: &[Option<Column>]) -> Fields {
    let given = row.cells.iter().zip(columns).filter_map(|(cell, column)| match column {
        Some(Column::Field(field)) if *cell != Cell::Empty => Some((*field, cell.clone())),
        _ => None,
    });
    Fields(given.collect())
}

fn cell_text(row: &SheetRow, columns: &[Option<Column>], wanted: Column) -> String {
    let at = columns.iter().position(|c| *c == Some(wanted));
    match at.and_then(|i| row.cells.get(i)) {
        Some(Cell::Text(text) | Cell::Fault(text)) => text::clean(text),
        Some(Cell::Number(number) | Cell::Percent(number)) => number.to_string(),
        Some(Cell::Date(date)) => text::date::format_date(*date),
        Some(Cell::Empty) | None => String::new(),
    }
}

/// A heading repeated for the next printed page, or a title between the rows: no item and no field.
fn says_nothing(row: &SheetRow, columns: &[Option<Column>], mapping: &Mapping) -> bool {
    let items = row.cells.iter().zip(columns).find(|(_, column)| **column == Some(Column::Item)).map(|(cell, _)| cell);
    match items {
        None | Some(Cell::Empty) => fields(row, columns).is_empty(),
        Some(cell) => mapping.column(cell) == Some(Column::Item),
    }
}

fn is_heading(row: &SheetRow, mapping: &Mapping) -> bool {
    row.cells.iter().any(|c| mapping.column(c) == Some(Column::Item))
}

fn columns(row: &SheetRow, mapping: &Mapping) -> Result<(Vec<Option<Column>>, Vec<String>), TableError> {
    let there = |slug: &String| row.cells.iter().any(|c| matches!(c, Cell::Text(t) if text::ascii_slug(t) == *slug));
    if let Some((_, missing)) = mapping.0.iter().find(|(slug, _)| !there(slug)) {
        return Err(TableError::NoSuchHeading(missing.heading.clone()));
    }
    let mut columns: Vec<Option<Column>> = Vec::new();
    let mut ignored = Vec::new();
    for cell in &row.cells {
        let column = mapping.column(cell);
        if let Cell::Text(text) = cell {
            match column {
                None => ignored.push(text::clean(text)),
                Some(_) if columns.contains(&column) => return Err(TableError::HeadingTwice(text::clean(text))),
                Some(_) => {}
            }
        }
        columns.push(column);
    }
    Ok((columns, ignored))
}

/// The column that a heading names, in English as on the command line or in Vietnamese with or without diacritics.
fn named(slug: &str) -> Option<Column> {
    let field = match slug {
        "item" | "ma" | "ma-chi-tieu" | "ma-so" | "ma-nhiem-vu" | "ma-chi-tieu-nhiem-vu" => {
            return Some(Column::Item);
        }
        "agency" | "co-quan" | "ma-co-quan" | "don-vi" | "ma-don-vi" | "co-quan-don-vi" => return Some(Column::Agency),
        "numerator" | "tu-so" => Field::Numerator,
        "denominator" | "mau-so" => Field::Denominator,
        "value" | "gia-tri" | "so-lieu" => Field::Value,
        "status" | "trang-thai" | "tinh-trang" | "tinh-hinh" => Field::Status,
        "percent" | "ty-le" | "ti-le" | "phan-tram" | "tien-do" => Field::Percent,
        "result" | "ket-qua" | "ket-qua-thuc-hien" => Field::Result,
        "difficulty" | "kho-khan" | "kho-khan-vuong-mac" | "vuong-mac" => Field::Difficulty,
        "cause" | "nguyen-nhan" => Field::Cause,
        "proposal" | "kien-nghi" | "de-xuat" | "de-xuat-kien-nghi" | "kien-nghi-de-xuat" => Field::Proposal,
        "note" | "ghi-chu" => Field::Note,
        "reason" | "ly-do" | "li-do" => Field::Reason,
        "symbol" | "so-ky-hieu" | "so-hieu" | "ky-hieu" => Field::Symbol,
        "date" | "ngay" | "ngay-ban-hanh" => Field::Date,
        "title" | "trich-yeu" => Field::Title,
        _ => return None,
    };
    Some(Column::Field(field))
}
