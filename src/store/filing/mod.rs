//! Reports and contributions filed: what each reported, and the packages that were written.

use rusqlite::Row;

use super::db::parsed;
use super::{Db, StoreError, Tx};
use crate::record::{Filing, FilingKind};

impl Db<'_> {
    /// The filings that stand, newest first.
    pub(crate) fn filings(&self) -> Result<Vec<Filing>, StoreError> {
        self.with_lists(self.rows(include_str!("list.sql"), [], row_to_filing)?)
    }

    /// The filings that reported a revision, newest first, but for those that came with operation number `apart`.
    pub(crate) fn filings_of(&self, revision: &str, apart: i64) -> Result<Vec<Filing>, StoreError> {
        self.with_lists(self.rows(include_str!("of_revision.sql"), (revision, apart), row_to_filing)?)
    }

    fn with_lists(&self, mut filings: Vec<Filing>) -> Result<Vec<Filing>, StoreError> {
        for filing in &mut filings {
            filing.revisions = self.rows(include_str!("revisions.sql"), [&filing.id], |row| row.get(0))?;
            filing.packages = self.rows(include_str!("packages.sql"), [&filing.id], |row| row.get(0))?;
        }
        Ok(filings)
    }
}

impl Tx<'_> {
    /// Keeps a filing under the operation that filed it, or that brought it from another PC.
    pub(crate) fn add_filing(&self, operation: i64, filing: &Filing) -> Result<(), StoreError> {
        let row = (
            &filing.id,
            operation,
            &filing.agency,
            &filing.recipient,
            filing.period.to_string(),
            filing.kind.number(),
            &filing.officer,
            &filing.device,
            filing.time.to_rfc3339(),
            &filing.previous,
            &filing.answers,
            &filing.software,
            i64::try_from(filing.limit).unwrap_or(i64::MAX),
        );
        self.run(include_str!("add.sql"), row)?;
        for revision in &filing.revisions {
            self.run(include_str!("add_revision.sql"), [&filing.id, revision])?;
        }
        for (part, sha256) in (1_i64..).zip(&filing.packages) {
            self.run(include_str!("add_package.sql"), (&filing.id, part, sha256))?;
        }
        Ok(())
    }
}

fn row_to_filing(row: &Row<'_>) -> rusqlite::Result<Filing> {
    Ok(Filing {
        id: row.get("id")?,
        agency: row.get("agency")?,
        recipient: row.get("recipient")?,
        period: parsed(row, "period")?,
        kind: FilingKind::from_number(row.get("filing")?),
        officer: row.get("officer")?,
        device: row.get("device")?,
        time: parsed(row, "time")?,
        revisions: Vec::new(),
        packages: Vec::new(),
        previous: row.get("previous")?,
        answers: row.get("answers")?,
        software: row.get("software")?,
        limit: row.get::<_, i64>("size_limit")?.unsigned_abs(),
    })
}
