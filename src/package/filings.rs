//! The filings that a working copy carries, as rows of their table, and back: the other PC goes on counting from them.

use std::collections::{HashMap, HashSet};

use chrono::DateTime;

use super::Header;
use super::descriptor::rfc3339;
use super::hash::is_sha256;
use super::read::{Files, for_each_row};
use super::refusal::{CellProblem, Refusal};
use super::rows::Row;
use super::table;
use crate::record::{Filing, FilingKind, Revision};
use crate::text;

/// The cells of a filing, in the order of the table's columns.
pub(super) fn write(filing: &Filing) -> Vec<String> {
    vec![
        filing.id.clone(),
        filing.agency.clone(),
        filing.recipient.clone(),
        filing.period.to_string(),
        filing.kind.number().to_string(),
        text::clean(&filing.officer),
        filing.device.clone(),
        rfc3339(filing.time),
        filing.previous.clone().unwrap_or_default(),
        filing.answers.clone().unwrap_or_default(),
        filing.software.clone(),
        filing.limit.to_string(),
        filing.packages.join(SEPARATOR),
        filing.revisions.join(SEPARATOR),
    ]
}

/// The filings of a working copy, in the order of the table. What they reported has to be in the copy as well.
pub(super) fn read(files: &Files, header: &Header, revisions: &[Revision]) -> Result<Vec<Filing>, Refusal> {
    let known: HashSet<&str> = revisions.iter().map(|r| r.id.as_str()).collect();
    let mut filings: Vec<Filing> = Vec::new();
    let mut seen: HashMap<String, u64> = HashMap::new();
    for_each_row(files, &table::FILINGS, |row| {
        let filing = read_row(&row)?;
        row.must_be(&write(&filing))?;
        if filing.agency != header.agency {
            return Err(row.fault("agency", CellProblem::UnknownValue));
        }
        if !filing.revisions.iter().all(|id| known.contains(id.as_str())) || !filing.revisions.is_sorted() {
            return Err(row.fault("revisions", CellProblem::UnknownValue));
        }
        if let Some(first) = seen.insert(filing.id.clone(), row.place().row) {
            return Err(Refusal::DuplicateRow { first, place: row.place() });
        }
        filings.push(filing);
        Ok(())
    })?;
    Ok(filings)
}

const SEPARATOR: &str = " ";

fn read_row(row: &Row<'_>) -> Result<Filing, Refusal> {
    let text = |column| row.text(column).to_owned();
    let optional = |column| Some(row.text(column).to_owned()).filter(|t| !t.is_empty());
    let hashes = |column| {
        let found: Vec<String> = row.text(column).split(SEPARATOR).map(str::to_owned).collect();
        if found.iter().all(|h| is_sha256(h)) { Ok(found) } else { Err(row.fault(column, CellProblem::UnknownValue)) }
    };
    let number = u32::try_from(row.integer("filing")?).map_err(|_| row.fault("filing", CellProblem::NotANumber))?;
    Ok(Filing {
        id: text("submission"),
        agency: text("agency"),
        recipient: text("recipient"),
        period: row.text("period").parse().map_err(|_| row.fault("period", CellProblem::NotAPeriod))?,
        kind: FilingKind::from_number(number),
        officer: text("officer"),
        device: text("device"),
        time: DateTime::parse_from_rfc3339(row.text("time")).map_err(|_| row.fault("time", CellProblem::NotATime))?,
        previous: optional("previous"),
        answers: optional("answers"),
        software: text("software"),
        limit: row.integer("size_limit")?,
        packages: hashes("packages")?,
        revisions: hashes("revisions")?,
    })
}
