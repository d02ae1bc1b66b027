//! The backup as a file: every table of the workspace but the bytes, and a stamp that says what it was made of.

use std::path::Path;

use rusqlite::Connection;

use super::super::care;
use super::{Access, Db, StoreError, open};

/// "DTIB", big-endian: no program takes a backup for a workspace.
pub(super) const APPLICATION_ID: [u8; 4] = *b"DTIB";

/// The state of a workspace that a backup was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    pub digest: String,
    /// SQLite's file change counter: also what moves no head counts as a change.
    changes: u32,
}

impl Stamp {
    pub fn of(db: &Db<'_>) -> Result<Stamp, StoreError> {
        Ok(Stamp { digest: db.digest()?, changes: open::header(db.path)?.changes })
    }
}

/// The stamp of a backup.
pub(super) fn stamp_of(backup: &Path) -> Result<Stamp, StoreError> {
    let conn = open::connect(backup, Access::Read)?;
    let db = Db { conn: &conn, path: backup };
    let stamp = db.row(include_str!("get_stamp.sql"), [], |row| {
        Ok(Stamp { digest: row.get("digest")?, changes: row.get("changes")? })
    })?;
    stamp.ok_or_else(|| db.damaged("no stamp"))
}

/// Copies the workspace at `from`, all but the bytes, to a file that is looked through before it gets its name.
pub(super) fn write(from: &Path, to: &Path, stamp: &Stamp) -> Result<(), StoreError> {
    open::must_be_free(to)?;
    let draft = open::draft_beside(to)?;
    let conn = open::connect_draft(&draft, to)?;
    let db = Db { conn: &conn, path: to };
    db.named(copy_rows(&conn, from))?;
    db.named(conn.execute(include_str!("put_stamp.sql"), (&stamp.digest, stamp.changes)).map(drop))?;
    care::must_be_sound(&db, care::Depth::AllButBytes)?;
    if db.digest()? != stamp.digest {
        return Err(db.damaged("the copy does not say the same"));
    }
    open::close(conn, to)?;
    open::publish(draft, to)
}

/// Takes off what made it a backup.
pub(super) fn make_workspace(conn: &Connection, path: &Path) -> Result<(), StoreError> {
    let make = || {
        conn.execute_batch(include_str!("drop_stamp.sql"))?;
        conn.pragma_update(None, "application_id", u32::from_be_bytes(open::APPLICATION_ID))
    };
    make().map_err(|e| StoreError::from_sqlite(path, &e))
}

/// Row by row and not page by page, as SQLite's own backup would: a gigabyte of evidence is not read.
fn copy_rows(conn: &Connection, from: &Path) -> rusqlite::Result<()> {
    let list = |sql: &str| -> rusqlite::Result<Vec<(String, String)>> {
        conn.prepare(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    conn.pragma_update(None, "foreign_keys", false)?;
    conn.execute("ATTACH ?1 AS source", [open::for_sqlite(from).to_string_lossy()])?;
    conn.execute_batch("BEGIN")?;
    for (_, sql) in list(include_str!("tables.sql"))? {
        conn.execute_batch(&sql)?;
    }
    for (table, columns) in list(include_str!("columns.sql"))? {
        conn.execute_batch(&format!("INSERT INTO \"{table}\" ({columns}) SELECT {columns} FROM source.\"{table}\""))?;
    }
    conn.execute_batch(include_str!("counters.sql"))?;
    for (_, sql) in list(include_str!("rest.sql"))? {
        conn.execute_batch(&sql)?;
    }
    let schema: u32 = conn.pragma_query_value(Some("source"), "user_version", |row| row.get(0))?;
    conn.pragma_update(None, "user_version", schema)?;
    conn.pragma_update(None, "application_id", u32::from_be_bytes(APPLICATION_ID))?;
    conn.execute_batch(include_str!("make_stamp.sql"))?;
    conn.execute_batch("COMMIT; DETACH source")
}
