//! Brings a file up to the present schema, one numbered step after the other, counted by `user_version`.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, care};

/// Step n makes schema n out of schema n-1. A step that was released is never edited.
pub(super) const STEPS: &[&str] = &[include_str!("schema/0001.sql")];

/// The schema that this program writes.
pub(super) const KNOWN: u32 = STEPS.len() as u32;

/// Takes the steps that the file has not had; each is kept whole or not at all.
pub(super) fn upgrade(conn: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let done: u32 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for (number, step) in (1_u32..).zip(steps).filter(|(number, _)| *number > done) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}

/// [`upgrade`], after a backup of the file as it was: `so-noi-vu.dti.schema-1.bak` beside it.
pub(super) fn upgrade_file(conn: &mut Connection, path: &Path, found: u32) -> Result<(), StoreError> {
    let mut backup = path.as_os_str().to_owned();
    backup.push(format!(".schema-{found}.bak"));
    match care::copy(conn, Path::new(&backup)) {
        // Left by an attempt that was cut short after it: no step was taken since.
        Ok(()) | Err(StoreError::Exists(_)) => {}
        Err(e) => return Err(e),
    }
    upgrade(conn, STEPS).map_err(|e| StoreError::from_sqlite(path, &e))
}
