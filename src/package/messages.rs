//! Receipts, returns and requests as rows of their tables, and back. As with revisions, writing is the definition: a row
//! is accepted only where writing what was read gives the same cells again.

use std::collections::BTreeMap;

use chrono::DateTime;

use super::descriptor::rfc3339;
use super::hash::is_sha256;
use super::read::{Files, for_each_row};
use super::refusal::{CellProblem, Refusal};
use super::rows::Row;
use super::table::{self, Table};
use super::{Header, PackageKind};
use crate::catalogue::Catalogue;
use crate::record::{Arrival, Arrived, Due, Message, Receipt, RequestedItem, ReturnedRow, RowCounts};
use crate::text;

/// The rows of one of the tables of a message, in the order of its columns; none of a table that it does not have.
pub(super) fn write(table: &Table, header: &Header, message: &Message) -> Vec<Vec<String>> {
    match message {
        Message::Receipt(receipt) | Message::Return { receipt, .. } if table.name == table::RECEIPT.name => {
            receipt.packages.iter().map(|p| arrived_row(header, p)).collect()
        }
        Message::Return { rows, .. } if table.name == table::RETURNED_ROWS.name => {
            rows.iter().map(|r| returned_row(header, r)).collect()
        }
        Message::Request(items) if table.name == table::REQUESTS.name => items.iter().map(requested_row).collect(),
        _ => Vec::new(),
    }
}

/// What a package of the header's kind says; none where it brings figures and no message.
pub(super) fn read(files: &Files, header: &Header, catalogue: &Catalogue) -> Result<Option<Message>, Refusal> {
    Ok(match header.kind {
        PackageKind::Receipt => Some(Message::Receipt(read_receipt(files, header)?)),
        PackageKind::Return => {
            let receipt = read_receipt(files, header)?;
            let write = |row: &ReturnedRow| returned_row(header, row);
            let rows = read_rows(files, &table::RETURNED_ROWS, |row| read_returned(row, catalogue), write)?;
            Some(Message::Return { receipt, rows })
        }
        PackageKind::Request => {
            let items = read_rows(files, &table::REQUESTS, |row| read_requested(row, catalogue), requested_row)?;
            Some(Message::Request(items))
        }
        PackageKind::Submission | PackageKind::WorkingCopy | PackageKind::Catalogue => None,
    })
}

fn read_receipt(files: &Files, header: &Header) -> Result<Receipt, Refusal> {
    let packages = read_rows(files, &table::RECEIPT, read_arrived, |p| arrived_row(header, p))?;
    // The descriptor has been checked: a receipt names what it answers.
    let submission = header.answers.clone().unwrap_or_default();
    Ok(Receipt { submission, filing: header.filing, packages })
}

/// All rows of a table that must have some, sorted; each as it is written, none twice.
fn read_rows<T: Ord>(
    files: &Files,
    table: &'static Table,
    read: impl Fn(&Row<'_>) -> Result<T, Refusal>,
    write: impl Fn(&T) -> Vec<String>,
) -> Result<Vec<T>, Refusal> {
    let mut found: BTreeMap<T, u64> = BTreeMap::new();
    for_each_row(files, table, |row| {
        let value = read(&row)?;
        row.must_be(&write(&value))?;
        match found.insert(value, row.place().row) {
            Some(first) => Err(Refusal::DuplicateRow { first, place: row.place() }),
            None => Ok(()),
        }
    })?;
    if found.is_empty() {
        return Err(Refusal::NoRows(table.file()));
    }
    Ok(found.into_keys().collect())
}

fn arrived_row(header: &Header, package: &Arrived) -> Vec<String> {
    let due = match package.arrival.due {
        Due::Timely => table::TIMELY,
        Due::Late => table::LATE,
    };
    let rows = package.rows;
    let counts = [rows.new, rows.changed, rows.same, rows.older, rows.conflict];
    let mut cells = vec![
        package.sha256.clone(),
        header.answers.clone().unwrap_or_default(),
        header.filing.number().to_string(),
        package.bytes.to_string(),
        rfc3339(package.arrival.time),
        package.arrival.filed.map(rfc3339).unwrap_or_default(),
        due.to_owned(),
    ];
    cells.extend(counts.map(|n| n.to_string()));
    cells
}

fn read_arrived(row: &Row<'_>) -> Result<Arrived, Refusal> {
    let sha256 = row.text("package");
    if !is_sha256(sha256) {
        return Err(row.fault("package", CellProblem::UnknownValue));
    }
    let count = |column| row.integer(column).map(|n| n as usize);
    let time =
        |column| DateTime::parse_from_rfc3339(row.text(column)).map_err(|_| row.fault(column, CellProblem::NotATime));
    let filed = Some("filed").filter(|column| !row.text(column).is_empty());
    Ok(Arrived {
        sha256: sha256.to_owned(),
        bytes: row.integer("bytes")?,
        arrival: Arrival {
            time: time("arrived")?,
            filed: filed.map(time).transpose()?,
            due: if row.text("due") == table::LATE { Due::Late } else { Due::Timely },
        },
        rows: RowCounts {
            new: count("new")?,
            changed: count("changed")?,
            same: count("same")?,
            older: count("older")?,
            conflict: count("conflict")?,
            refused: 0,
        },
    })
}

fn returned_row(header: &Header, row: &ReturnedRow) -> Vec<String> {
    vec![
        row.key.to_string(),
        row.key.base_item().to_owned(),
        row.key.agency.clone(),
        row.revision.clone(),
        row.reason.clone(),
        text::clean(&header.officer),
    ]
}

fn read_returned(row: &Row<'_>, catalogue: &Catalogue) -> Result<ReturnedRow, Refusal> {
    let key: crate::record::Key =
        row.text("record").parse().map_err(|_| row.fault("record", CellProblem::UnknownValue))?;
    must_be_known(row, key.base_item(), catalogue)?;
    if !is_sha256(row.text("revision")) {
        return Err(row.fault("revision", CellProblem::UnknownValue));
    }
    Ok(ReturnedRow { key, revision: row.text("revision").to_owned(), reason: row.text("reason").to_owned() })
}

fn requested_row(requested: &RequestedItem) -> Vec<String> {
    vec![requested.item.clone(), requested.note.clone()]
}

fn read_requested(row: &Row<'_>, catalogue: &Catalogue) -> Result<RequestedItem, Refusal> {
    let item = row.text("item");
    must_be_known(row, item, catalogue)?;
    Ok(RequestedItem { item: item.to_owned(), note: row.text("note").to_owned() })
}

fn must_be_known(row: &Row<'_>, item: &str, catalogue: &Catalogue) -> Result<(), Refusal> {
    match catalogue.indicator(item).is_some() || catalogue.task(item).is_some() {
        true => Ok(()),
        false => Err(Refusal::UnknownItem { item: item.to_owned(), place: row.place() }),
    }
}
