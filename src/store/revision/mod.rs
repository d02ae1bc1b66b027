//! Revisions, which only ever grow in number, and the heads among them.

use rusqlite::Row;

use super::db::{json, parsed, word};
use super::{Db, StoreError, Tx};
use crate::record::{Key, Kind, Revision, RevisionId, digest};

impl Db<'_> {
    /// The heads of one record, sorted by id.
    pub(crate) fn heads_of(&self, key: &Key) -> Result<Vec<Revision>, StoreError> {
        self.rows(include_str!("heads_of.sql"), [key.to_string()], row_to_revision)
    }

    /// The heads of all records; those of one record stand together, sorted by id.
    pub(crate) fn heads(&self) -> Result<Vec<Revision>, StoreError> {
        self.rows(include_str!("heads.sql"), [], row_to_revision)
    }

    /// SHA-256 (hex) over all heads.
    pub(crate) fn digest(&self) -> Result<String, StoreError> {
        let heads = self.heads()?;
        Ok(digest(heads.iter().map(|h| (&h.key, h.content_hash.as_str(), &h.vector))))
    }

    /// Every revision of one record, newest first.
    pub(crate) fn history(&self, key: &Key) -> Result<Vec<Revision>, StoreError> {
        self.rows(include_str!("history.sql"), [key.to_string()], row_to_revision)
    }

    /// The revisions whose id begins with `prefix`: two at most, enough to see that it is not the only one.
    pub(crate) fn revisions_by_prefix(&self, prefix: &str) -> Result<Vec<Revision>, StoreError> {
        self.rows(include_str!("by_prefix.sql"), [prefix], row_to_revision)
    }

    /// How often `device` has written the record, revisions that were taken back included.
    pub(crate) fn counter(&self, key: &Key, device: &str) -> Result<u64, StoreError> {
        let sql = include_str!("counter.sql");
        let counter = self.row(sql, [key.to_string().as_str(), device], |row| row.get::<_, i64>("counter"))?;
        Ok(counter.unwrap_or(0).unsigned_abs())
    }

    /// The revision stored as number `number`.
    pub(super) fn revision_at(&self, number: i64) -> Result<Option<Revision>, StoreError> {
        self.row(include_str!("at.sql"), [number], row_to_revision)
    }

    /// `count` revisions in the order of storing, from the `from`th on.
    pub(super) fn some_revisions(&self, count: i64, from: i64) -> Result<Vec<Revision>, StoreError> {
        self.rows(include_str!("all.sql"), [count, from], row_to_revision)
    }
}

impl Tx<'_> {
    /// Adds a revision; one that is here already stays as it is.
    pub(crate) fn add_revision(&self, revision: &Revision) -> Result<(), StoreError> {
        let Revision { id, key, body, content_hash, vector, author, origin, device, time } = revision;
        let body = serde_json::to_string(body).map_err(|e| self.damaged(e.to_string()))?;
        let (kind, period) = (key.kind.as_str(), key.period.to_string());
        let row = rusqlite::params![
            id,
            kind,
            key.item,
            key.agency,
            period,
            body,
            content_hash,
            vector.to_json(),
            author,
            origin,
            device,
            time.to_rfc3339()
        ];
        self.run(include_str!("add.sql"), row)
    }

    /// Makes these revisions the heads of a record, in place of those that it had.
    pub(crate) fn set_heads(&self, key: &Key, heads: &[RevisionId]) -> Result<(), StoreError> {
        self.run(include_str!("drop_heads.sql"), [key.to_string()])?;
        heads.iter().try_for_each(|id| self.run(include_str!("add_head.sql"), [id]))
    }
}

fn row_to_revision(row: &Row<'_>) -> rusqlite::Result<Revision> {
    Ok(Revision {
        id: row.get("id")?,
        key: Key {
            kind: word(row, "kind", Kind::parse)?,
            item: row.get("item")?,
            agency: row.get("agency")?,
            period: parsed(row, "period")?,
        },
        body: json(row, "body")?,
        content_hash: row.get("content_hash")?,
        vector: json(row, "vector")?,
        author: row.get("author")?,
        origin: row.get("origin")?,
        device: row.get("device")?,
        time: parsed(row, "time")?,
    })
}
