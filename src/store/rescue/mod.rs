//! Saving what can still be read of a damaged workspace: row by row into a new one, which holds together in itself.
//!
//! The damaged file is only read. What its rows say is believed no further than it can be checked: revisions and bytes by
//! their hashes, heads by the log, references by what they lead to.

mod copy;
mod mend;

use std::fs;
use std::io;
use std::path::Path;

use rusqlite::Connection;
use tempfile::NamedTempFile;

use super::care::{Depth, must_be_sound};
use super::{Access, Db, StoreError, Tx, migrate, open};
use crate::record::{Key, Operation};
use crate::trust::SecretKey;

/// What came of a rescue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rescued {
    /// Revisions in the new file, and how many more were readable but not what had been saved.
    pub revisions: u64,
    pub altered: u64,
    /// Evidence files and packages whose bytes are whole, and the SHA-256 of those that are not.
    pub files: u64,
    pub missing: Vec<String>,
    /// Tables of which rows were lost, by name.
    pub broken: Vec<String>,
    /// Records whose present value could not be read or made sure of: an earlier one stands, or none.
    pub uncertain: Vec<Key>,
}

/// What the new file needs that the old one may have lost.
pub(crate) struct Fresh<'a> {
    /// A new key, for a file whose own cannot be read.
    pub key: &'a SecretKey,
    /// The entry of the log under which repaired records stand; its moves are filled in.
    pub operation: Operation,
}

/// Makes a sound workspace at `to` of what is readable at `from`. Opened, it takes a new device id.
///
/// # Errors
/// `Exists` where there is something at `to`; `Damaged` where not even its owner can be read; `NotAWorkspace` where the
/// file's head is gone. Nothing is left behind then.
pub(crate) fn rescue(from: &Path, to: &Path, fresh: Fresh<'_>) -> Result<Rescued, StoreError> {
    let found = open::schema_of(from)?;
    if found != migrate::KNOWN {
        return Err(StoreError::OlderSchema { path: from.to_owned(), found, known: migrate::KNOWN });
    }
    open::must_be_free(to)?;
    open::recover(from, "rescue");
    let padded = padded(from, to)?;
    let source = open::connect(padded.as_ref().map_or(from, |copy| copy.path()), Access::Read)?;
    let draft = open::draft_beside(to)?;
    let mut new = open::connect_draft(&draft, to)?;
    let named = |e: rusqlite::Error| StoreError::from_sqlite(to, &e);
    migrate::upgrade(&mut new, migrate::STEPS).map_err(named)?;
    new.pragma_update(None, "foreign_keys", false).map_err(named)?;

    let mut rescued = Rescued::default();
    let guards = drop_guards(&new).map_err(named)?;
    open::write(&mut new, to, |tx| {
        rescued.broken = copy::all(&source, tx)?;
        mend::mend(tx, from, fresh, &mut rescued)
    })?;
    new.execute_batch(&guards).map_err(named)?;
    new.pragma_update(None, "foreign_keys", true).map_err(named)?;
    must_be_sound(&Db { conn: &new, path: to }, Depth::All)?;
    open::close(new, to)?;
    open::publish(draft, to)?;
    Ok(rescued)
}

/// SQLite reads nothing of a file that is shorter than its head says. A copy is made as long as it should be, with nothing in
/// the end of it; none where the file is as long as it should be.
fn padded(from: &Path, to: &Path) -> Result<Option<NamedTempFile>, StoreError> {
    let named = |e: io::Error| StoreError::from_io(to, &e);
    let there = fs::metadata(from).map_err(|e| StoreError::from_io(from, &e))?.len();
    let promised = open::header(from)?.bytes;
    if there >= promised {
        return Ok(None);
    }
    let copy = open::draft_beside(to)?;
    fs::copy(from, copy.path()).map_err(named)?;
    copy.as_file().set_len(promised).map_err(named)?;
    Ok(Some(copy))
}

/// Takes off the triggers that forbid to delete rows; returns what puts them back.
fn drop_guards(conn: &Connection) -> rusqlite::Result<String> {
    let guards: Vec<(String, String)> = conn
        .prepare(include_str!("guards.sql"))?
        .query_map([], |row| Ok((row.get("name")?, row.get("sql")?)))?
        .collect::<Result<_, _>>()?;
    for (name, _) in &guards {
        conn.execute_batch(&format!("DROP TRIGGER \"{name}\""))?;
    }
    Ok(guards.into_iter().map(|(_, sql)| format!("{sql};\n")).collect())
}

impl Tx<'_> {
    fn count(&self, sql: &str) -> Result<u64, StoreError> {
        let count = self.row(sql, [], |row| row.get::<_, i64>(0))?;
        Ok(count.unwrap_or_default().unsigned_abs())
    }
}
