//! Copying tables of a damaged file: from both ends as far as they can be read, then what lies between, row by row.

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, Row, params_from_iter};

use super::super::{StoreError, Tx};

/// The last rows of a gap that are tried one by one, where its other end is not known.
const BLIND: i64 = 1_000;
/// The most rows of a gap that are tried one by one.
const WIDEST_GAP: i64 = 100_000;

struct Shape {
    name: String,
    columns: String,
    width: usize,
    order: Order,
}

enum Order {
    Rowid,
    /// The primary key's columns; there is no rowid.
    Key(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Up,
    Down,
}

/// How far a walk through a table came.
struct Walk {
    /// The rowid of the last row read.
    last: Option<i64>,
    to_the_end: bool,
}

/// Copies all tables. Returns the names of those of which something could not be read, or not be kept.
pub(super) fn all(source: &Connection, tx: &Tx<'_>) -> Result<Vec<String>, StoreError> {
    let shapes = tx.rows(include_str!("shapes.sql"), [], |row| {
        let order = if row.get("without_rowid")? { Order::Key(row.get("key")?) } else { Order::Rowid };
        let width: i64 = row.get("width")?;
        Ok(Shape { name: row.get("name")?, columns: row.get("columns")?, width: width.unsigned_abs() as usize, order })
    })?;
    let mut broken = Vec::new();
    for shape in shapes {
        let mut table = Table { source, tx, shape: &shape, lossless: true };
        table.copy()?;
        if !table.lossless {
            broken.push(shape.name);
        }
    }
    Ok(broken)
}

struct Table<'a, 'b> {
    source: &'a Connection,
    tx: &'a Tx<'b>,
    shape: &'a Shape,
    lossless: bool,
}

impl Table<'_, '_> {
    fn copy(&mut self) -> Result<(), StoreError> {
        let up = self.walk(Direction::Up)?;
        if up.to_the_end {
            return Ok(());
        }
        self.lossless = false;
        let down = self.walk(Direction::Down)?;
        if let Order::Rowid = self.shape.order {
            let from = up.last.unwrap_or(0).saturating_add(1);
            let to = down.last.unwrap_or(from.saturating_add(BLIND)).min(from.saturating_add(WIDEST_GAP));
            (from..to).try_for_each(|rowid| self.copy_one(rowid))?;
        }
        Ok(())
    }

    /// Reads from one end until the other, or until a page cannot be read.
    fn walk(&mut self, direction: Direction) -> Result<Walk, StoreError> {
        let Shape { name, columns, order, .. } = self.shape;
        let word = if direction == Direction::Up { "" } else { " DESC" };
        let (rowid, by) = match order {
            Order::Rowid => ("rowid", format!("rowid{word}")),
            Order::Key(key) => ("NULL", key.split(", ").map(|c| format!("{c}{word}")).collect::<Vec<_>>().join(", ")),
        };
        let sql = format!("SELECT {rowid}, {columns} FROM \"{name}\" NOT INDEXED ORDER BY {by}");
        let mut walk = Walk { last: None, to_the_end: false };
        let Ok(mut statement) = self.source.prepare(&sql) else { return Ok(walk) };
        let Ok(mut rows) = statement.query([]) else { return Ok(walk) };
        loop {
            match rows.next() {
                Ok(Some(row)) => {
                    walk.last = row.get(0).unwrap_or(walk.last);
                    self.keep(row)?;
                }
                Ok(None) => {
                    walk.to_the_end = true;
                    return Ok(walk);
                }
                Err(_) => return Ok(walk),
            }
        }
    }

    fn copy_one(&mut self, rowid: i64) -> Result<(), StoreError> {
        let Shape { name, columns, .. } = self.shape;
        let sql = format!("SELECT rowid, {columns} FROM \"{name}\" NOT INDEXED WHERE rowid = ?1");
        let Ok(mut statement) = self.source.prepare_cached(&sql) else { return Ok(()) };
        let Ok(mut rows) = statement.query([rowid]) else { return Ok(()) };
        match rows.next() {
            Ok(Some(row)) => self.keep(row),
            Ok(None) | Err(_) => Ok(()),
        }
    }

    /// Keeps a row that the schema accepts. One that is there already came from the other end.
    fn keep(&mut self, row: &Row<'_>) -> Result<(), StoreError> {
        let Shape { name, columns, width, .. } = self.shape;
        let values: Result<Vec<Value>, _> = (1..=*width).map(|column| row.get(column)).collect();
        let Ok(values) = values else {
            self.lossless = false;
            return Ok(());
        };
        let places = vec!["?"; *width].join(", ");
        let sql = format!("INSERT OR IGNORE INTO \"{name}\" ({columns}) VALUES ({places})");
        let kept = self.tx.conn.prepare_cached(&sql).and_then(|mut s| s.execute(params_from_iter(values)));
        match kept {
            Ok(_) => Ok(()),
            // A value that its column cannot have.
            Err(e) if e.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
                self.lossless = false;
                Ok(())
            }
            Err(e) => self.tx.named(Err(e)),
        }
    }
}
