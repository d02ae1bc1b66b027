//! Brings a file up to the present schema, one numbered step after the other, counted by `user_version`.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, care};

/// Step n makes schema n out of schema n-1. A step that was released is never edited.
pub(super) const STEPS: &[&str] = &[include_str!("schema/0001.sql")];

/// The schema that this program writes.
pub(super) const KNOWN: u32 = STEPS.len() as u32;

/// The schema that the file has.
pub(super) fn version(conn: &Connection) -> rusqlite::Result<u32> {
    conn.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes the steps that the file has not had; each is kept whole or not at all.
pub(super) fn upgrade(conn: &mut Connection, steps: &[&str]) -> rusqlite::Result<()> {
    let done = version(conn)?;
    for (number, step) in (1_u32..).zip(steps).filter(|(number, _)| *number > done) {
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", number)?;
        tx.commit()?;
    }
    Ok(())
}

/// [`upgrade`], after a backup of the file as it was: `so-noi-vu.dti.schema-1.bak` beside it.
pub(super) fn upgrade_file(conn: &mut Connection, path: &Path, steps: &[&str]) -> Result<(), StoreError> {
    let named = |e| StoreError::from_sqlite(path, &e);
    let found = version(conn).map_err(named)?;
    let mut backup = path.as_os_str().to_owned();
    backup.push(format!(".schema-{found}.bak"));
    match care::copy(conn, Path::new(&backup)) {
        // Left by an attempt that was cut short after it: no step was taken since.
        Ok(()) | Err(StoreError::Exists(_)) => {}
        Err(e) => return Err(e),
    }
    upgrade(conn, steps).map_err(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &[&str] = &["CREATE TABLE notes (text TEXT); INSERT INTO notes VALUES ('kept')"];
    const NEW: &[&str] = &[OLD[0], "ALTER TABLE notes ADD COLUMN colour TEXT", "CREATE TABLE extra (x)"];

    #[test]
    fn only_the_steps_that_are_missing_are_taken() {
        let mut conn = Connection::open_in_memory().unwrap();
        upgrade(&mut conn, OLD).unwrap();
        upgrade(&mut conn, NEW).unwrap();
        upgrade(&mut conn, NEW).unwrap();
        assert_eq!(version(&conn).unwrap(), 3);
        let kept: String = conn.query_row("SELECT text FROM notes WHERE colour IS NULL", [], |r| r.get(0)).unwrap();
        assert_eq!(kept, "kept");
    }

    #[test]
    fn the_file_as_it_was_stays_beside_the_upgraded_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cũ.dti");
        let mut conn = Connection::open(&path).unwrap();
        upgrade(&mut conn, OLD).unwrap();
        upgrade_file(&mut conn, &path, NEW).unwrap();
        assert_eq!(version(&conn).unwrap(), 3);
        let backup = Connection::open(folder.path().join("cũ.dti.schema-1.bak")).unwrap();
        assert_eq!(version(&backup).unwrap(), 1);
        let kept: String = backup.query_row("SELECT text FROM notes", [], |r| r.get(0)).unwrap();
        assert_eq!(kept, "kept");
    }

    #[test]
    fn a_step_that_fails_leaves_the_schema_before_it() {
        let mut conn = Connection::open_in_memory().unwrap();
        upgrade(&mut conn, OLD).unwrap();
        let broken = [OLD[0], "CREATE TABLE half (x); CREATE TABLE notes (y)"];
        assert!(upgrade(&mut conn, &broken).is_err());
        assert_eq!(version(&conn).unwrap(), 1);
        assert!(conn.prepare("SELECT * FROM half").is_err());
    }
}
