//! The operation log: what was done, how it moved heads, and what was taken back.

use rusqlite::Row;

use super::db::{json, parsed, word};
use super::{Db, StoreError, Tx};
use crate::record::{HeadMove, Key, Operation, OperationKind};

impl Db<'_> {
    /// The newest operations, newest first.
    pub(crate) fn latest_operations(&self, count: i64) -> Result<Vec<Operation>, StoreError> {
        self.with_moves(self.rows(include_str!("latest.sql"), [count], row_to_operation)?)
    }

    /// The operations whose id begins with `prefix`: two at most, enough to see that it is not the only one.
    pub(crate) fn operations_by_prefix(&self, prefix: &str) -> Result<Vec<Operation>, StoreError> {
        self.with_moves(self.rows(include_str!("by_prefix.sql"), [prefix], row_to_operation)?)
    }

    /// What an undo without further words takes back.
    pub(crate) fn last_undoable(&self) -> Result<Option<Operation>, StoreError> {
        let found = self.rows(include_str!("undoable.sql"), [], row_to_operation)?;
        Ok(self.with_moves(found)?.pop())
    }

    /// The undo that a redo takes back.
    pub(crate) fn last_redoable(&self) -> Result<Option<Operation>, StoreError> {
        let found = self.rows(include_str!("redoable.sql"), [], row_to_operation)?;
        Ok(self.with_moves(found)?.pop())
    }

    /// The operations after number `after` that moved the record and still stand, oldest first.
    pub(crate) fn later_operations(&self, key: &Key, after: i64) -> Result<Vec<Operation>, StoreError> {
        let found = self.rows(include_str!("later.sql"), (key.to_string(), after), row_to_operation)?;
        self.with_moves(found)
    }

    /// `count` operations, oldest first, from the `from`th on.
    pub(super) fn some_operations(&self, count: i64, from: i64) -> Result<Vec<Operation>, StoreError> {
        self.with_moves(self.rows(include_str!("all.sql"), [count, from], row_to_operation)?)
    }

    fn with_moves(&self, mut operations: Vec<Operation>) -> Result<Vec<Operation>, StoreError> {
        for operation in &mut operations {
            operation.moves = self.rows(include_str!("moves.sql"), [operation.number], row_to_move)?;
            operation.moves.sort_by(|a, b| a.key.cmp(&b.key));
        }
        Ok(operations)
    }
}

impl Tx<'_> {
    /// Writes an operation at the end of the log and returns its number. Moving the heads is up to the caller.
    pub(crate) fn log(&self, operation: &Operation) -> Result<i64, StoreError> {
        let Operation { id, kind, author, time, subject, undoes, .. } = operation;
        self.run(include_str!("add.sql"), (id, kind.as_str(), author, time.to_rfc3339(), subject, undoes))?;
        let number = self.conn.last_insert_rowid();
        for HeadMove { key, before, after } in &operation.moves {
            let (before, after) = (ids(before), ids(after));
            self.run(include_str!("add_move.sql"), (number, key.to_string(), before, after))?;
        }
        Ok(number)
    }

    /// Notes on an operation that another one took it back, or that it stands again.
    pub(crate) fn set_undone(&self, operation: &str, by: Option<&str>) -> Result<(), StoreError> {
        self.run(include_str!("set_undone.sql"), (operation, by))
    }
}

fn ids(ids: &[String]) -> String {
    serde_json::Value::from(ids).to_string()
}

fn row_to_operation(row: &Row<'_>) -> rusqlite::Result<Operation> {
    Ok(Operation {
        id: row.get("id")?,
        number: row.get("number")?,
        kind: word(row, "kind", OperationKind::parse)?,
        author: row.get("author")?,
        time: parsed(row, "time")?,
        subject: row.get("subject")?,
        moves: Vec::new(),
        undoes: row.get("undoes")?,
        undone_by: row.get("undone_by")?,
    })
}

fn row_to_move(row: &Row<'_>) -> rusqlite::Result<HeadMove> {
    Ok(HeadMove { key: parsed(row, "record")?, before: json(row, "heads_before")?, after: json(row, "heads_after")? })
}
