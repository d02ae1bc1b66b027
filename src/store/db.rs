//! The two handles that the nouns hang their statements on: [`Db`] reads, [`Tx`] writes. Errors leave as [`StoreError`].

use std::error::Error;
use std::ops::Deref;
use std::path::Path;
use std::str::FromStr;

use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use serde::de::DeserializeOwned;

use super::StoreError;

/// Reads, all from one state of the file.
pub(crate) struct Db<'a> {
    pub(super) conn: &'a Connection,
    pub(super) path: &'a Path,
}

/// Writes, kept together or not at all. Reads see what was written before.
pub(crate) struct Tx<'a>(pub(super) Db<'a>);

impl<'a> Deref for Tx<'a> {
    type Target = Db<'a>;

    fn deref(&self) -> &Db<'a> {
        &self.0
    }
}

impl Db<'_> {
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = || self.conn.prepare_cached(sql)?.query_map(params, read)?.collect();
        self.named(rows())
    }

    pub(super) fn row<T>(
        &self,
        sql: &str,
        params: impl Params,
        read: fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, StoreError> {
        let row = || self.conn.prepare_cached(sql)?.query_row(params, read).optional();
        self.named(row())
    }

    /// Names the file that the error came from.
    pub(super) fn named<T>(&self, result: rusqlite::Result<T>) -> Result<T, StoreError> {
        result.map_err(|e| StoreError::from_sqlite(self.path, &e))
    }

    pub(super) fn damaged(&self, detail: impl Into<String>) -> StoreError {
        StoreError::Damaged { path: self.path.to_owned(), detail: detail.into() }
    }
}

impl Tx<'_> {
    pub(super) fn run(&self, sql: &str, params: impl Params) -> Result<(), StoreError> {
        let run = || self.conn.prepare_cached(sql)?.execute(params);
        self.named(run()).map(drop)
    }
}

/// Reads a column's text as one of our types.
pub(super) fn parsed<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<T>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    let text: String = row.get(column)?;
    text.parse().map_err(|e: T::Err| unreadable(row, column, Box::new(e)))
}

/// Reads a column's text, where there is one, as one of our types.
pub(super) fn optional<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    row.get::<_, Option<String>>(column)?.map(|_| parsed(row, column)).transpose()
}

/// Reads a column's JSON as one of our types.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|e| unreadable(row, column, Box::new(e)))
}

/// Reads a column's text as one of a list of words.
pub(super) fn word<T>(row: &Row<'_>, column: &str, parse: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    parse(&text).ok_or_else(|| unreadable(row, column, format!("{text:?} is not known").into()))
}

fn unreadable(row: &Row<'_>, column: &str, why: Box<dyn Error + Send + Sync>) -> rusqlite::Error {
    let index = row.as_ref().column_index(column).unwrap_or_default();
    rusqlite::Error::FromSqlConversionFailure(index, Type::Text, format!("{column}: {why}").into())
}
