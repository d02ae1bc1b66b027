//! Care of the file: checking that it holds together, copying it, putting a copy back. What to tell the officer is not here.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;
use rusqlite::backup::Backup;
use tempfile::NamedTempFile;

use super::{Access, BlobError, Db, StoreError, backup, migrate, open};
use crate::record::{Key, RevisionId, VectorOrder};

/// Rows looked at in one go.
const PAGE: i64 = 500;
/// Files that SQLite may have left beside a database, and which belong to it alone.
const COMPANIONS: [&str; 3] = ["-journal", "-wal", "-shm"];

/// Something in a workspace that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// In SQLite's own words.
    #[error("the file: {0}")]
    File(String),
    /// A row that refers to one that is not there.
    #[error("table {table}: a reference leads nowhere")]
    Reference { table: String },
    /// Evidence or a received package whose bytes have changed.
    #[error("the bytes of {sha256} have changed")]
    Bytes { sha256: String },
    /// A revision whose content is not that which was saved.
    #[error("revision {revision} of {key} was altered")]
    Revision { key: Key, revision: RevisionId },
    /// A record one of whose heads supersedes another.
    #[error("the heads of {0} contradict each other")]
    Heads(Key),
    /// A record whose heads are not where the operation log leads.
    #[error("the log does not lead to the heads of {0}")]
    Log(Key),
}

/// How far a check goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    All,
    /// Not the bytes of evidence and packages, which a backup keeps elsewhere.
    AllButBytes,
}

impl Db<'_> {
    /// Everything that is wrong with the workspace; empty where it is sound.
    pub(crate) fn check(&self) -> Result<Vec<Damage>, StoreError> {
        self.check_to(Depth::All)
    }

    fn check_to(&self, depth: Depth) -> Result<Vec<Damage>, StoreError> {
        let mut found = self.check_file()?;
        // Where SQLite itself sees damage, the rest cannot be read for certain.
        if found.is_empty() {
            if depth == Depth::All {
                self.check_bytes(&mut found)?;
            }
            found.extend(self.check_figures()?);
        }
        Ok(found)
    }

    /// Revisions, heads and the log alone: not the pages of evidence, of which there may be a gigabyte.
    pub(crate) fn check_figures(&self) -> Result<Vec<Damage>, StoreError> {
        let mut found = Vec::new();
        self.check_revisions(&mut found)?;
        self.check_heads(&mut found)?;
        Ok(found)
    }

    fn check_file(&self) -> Result<Vec<Damage>, StoreError> {
        let lines: Vec<String> = self.rows("PRAGMA integrity_check", [], |row| row.get(0))?;
        let tables: BTreeSet<String> =
            self.rows("PRAGMA foreign_key_check", [], |row| row.get(0))?.into_iter().collect();
        let file = lines.into_iter().filter(|line| line != "ok").map(Damage::File);
        Ok(file.chain(tables.into_iter().map(|table| Damage::Reference { table })).collect())
    }

    fn check_bytes(&self, found: &mut Vec<Damage>) -> Result<(), StoreError> {
        for (_, sha256) in self.blobs()? {
            match self.read_blob(&sha256, &mut io::sink()) {
                Ok(_) => {}
                Err(BlobError::Store(StoreError::Damaged { .. })) => found.push(Damage::Bytes { sha256 }),
                Err(BlobError::Store(e)) => return Err(e),
                Err(BlobError::Stream(e)) => return Err(StoreError::from_io(self.path, &e)),
            }
        }
        Ok(())
    }

    fn check_revisions(&self, found: &mut Vec<Damage>) -> Result<(), StoreError> {
        for from in (0..).step_by(PAGE as usize) {
            let page = self.some_revisions(PAGE, from)?;
            if page.is_empty() {
                break;
            }
            let altered = page.into_iter().filter(|r| !r.is_intact());
            found.extend(altered.map(|r| Damage::Revision { key: r.key, revision: r.id }));
        }
        Ok(())
    }

    fn check_heads(&self, found: &mut Vec<Damage>) -> Result<(), StoreError> {
        let mut heads: BTreeMap<Key, Vec<_>> = BTreeMap::new();
        for head in self.heads()? {
            heads.entry(head.key.clone()).or_default().push(head);
        }
        for (key, heads) in &heads {
            let superseded = |a: &_| heads.iter().any(|b| b.vector.compare(a) == VectorOrder::After);
            if heads.iter().any(|a| superseded(&a.vector)) {
                found.push(Damage::Heads(key.clone()));
            }
        }
        let now = heads.into_iter().map(|(key, heads)| (key, heads.into_iter().map(|h| h.id).collect())).collect();
        found.extend(self.where_the_log_errs(now)?.into_iter().map(Damage::Log));
        Ok(())
    }

    /// Follows the log from its beginning: every move starts where the last one ended, and the last ends in `now`.
    pub(super) fn where_the_log_errs(&self, now: BTreeMap<Key, Vec<RevisionId>>) -> Result<BTreeSet<Key>, StoreError> {
        let mut errs = BTreeSet::new();
        let mut state: BTreeMap<Key, Vec<RevisionId>> = BTreeMap::new();
        for from in (0..).step_by(PAGE as usize) {
            let page = self.some_operations(PAGE, from)?;
            if page.is_empty() {
                break;
            }
            for step in page.into_iter().flat_map(|operation| operation.moves) {
                if state.remove(&step.key).unwrap_or_default() != step.before {
                    errs.insert(step.key.clone());
                }
                if !step.after.is_empty() {
                    state.insert(step.key, step.after);
                }
            }
        }
        let differs = |key: &&Key| state.get(*key) != now.get(*key);
        errs.extend(state.keys().chain(now.keys()).filter(differs).cloned());
        Ok(errs)
    }
}

/// Copies a database under a new name, and looks whether the copy is sound before giving it that name.
///
/// # Errors
/// `Exists` where there is something at `to`; nothing is left behind.
pub(super) fn copy(conn: &Connection, to: &Path) -> Result<(), StoreError> {
    open::must_be_free(to)?;
    let (draft, copy) = draft_of(conn, to)?;
    open::close(copy, to)?;
    open::publish(draft, to)
}

impl super::Store {
    /// Copies the workspace as it stands, also while others read it.
    pub(crate) fn backup(&self, to: &Path) -> Result<(), StoreError> {
        copy(&self.conn, to)
    }
}

/// What came of putting a backup back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Restored {
    /// Where the file that was in the place is now.
    pub kept: Option<PathBuf>,
    /// SHA-256 of evidence and packages whose bytes the backup folder no longer has.
    pub missing: Vec<String>,
}

/// Puts the backup at `from`, a copy of a workspace or one of [`super::backup`], in the place of `to`. A file that was
/// there is kept beside it.
///
/// The next opening takes a new device id: the restored file does not know what was written after the backup, and would
/// count on as if that had never been.
///
/// # Errors
/// `Damaged` where the backup itself is; `Locked` where `to` is open; `Exists` where both are one file.
pub(crate) fn restore(from: &Path, to: &Path, now: DateTime<FixedOffset>) -> Result<Restored, StoreError> {
    let slim = backup::is_backup(from);
    let schema = if slim { open::known_schema(from)? } else { open::schema_of(from)? };
    if to.is_dir() {
        return Err(StoreError::IsFolder(to.to_owned()));
    }
    if to.exists() && open::identify(from) == open::identify(to) {
        return Err(StoreError::Exists(to.to_owned()));
    }
    if !open::folder_of(to).is_dir() {
        return Err(StoreError::NotFound(open::folder_of(to)));
    }
    let _lock = open::lock(to, "restore")?;
    let source = open::connect(from, Access::Read)?;
    if schema == migrate::KNOWN {
        must_be_sound(&Db { conn: &source, path: from }, if slim { Depth::AllButBytes } else { Depth::All })?;
    }
    let (draft, mut copy) = draft_of(&source, to)?;
    let missing = if slim { backup::complete(from, &mut copy, to)? } else { Vec::new() };
    open::write(&mut copy, to, |tx| tx.forget_place())?;
    open::close(copy, to)?;
    let kept = set_aside(to, now)?;
    if let Err(error) = open::publish_over(draft, to) {
        if let Some(kept) = &kept {
            move_with_companions(kept, to)?;
        }
        return Err(error);
    }
    Ok(Restored { kept, missing })
}

/// A sound copy of the database in the folder of `to`, not yet named.
fn draft_of(conn: &Connection, to: &Path) -> Result<(NamedTempFile, Connection), StoreError> {
    let named = |e: rusqlite::Error| StoreError::from_sqlite(to, &e);
    let draft = open::draft_beside(to)?;
    let mut copy = open::connect_draft(&draft, to)?;
    // All pages in one step: from one state of the file.
    Backup::new(conn, &mut copy)
        .and_then(|b| b.run_to_completion(i32::MAX, Default::default(), None))
        .map_err(named)?;
    let verdict: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(named)?;
    if verdict != "ok" {
        return Err(StoreError::Damaged { path: to.to_owned(), detail: verdict });
    }
    Ok((draft, copy))
}

/// `Damaged` with the first thing found wrong.
pub(super) fn must_be_sound(db: &Db<'_>, depth: Depth) -> Result<(), StoreError> {
    match db.check_to(depth)?.first() {
        Some(damage) => Err(db.damaged(damage.to_string())),
        None => Ok(()),
    }
}

/// Keeps the file at `path`, if there is one, as `<path>.bak-<time>` too. It stays in its place until another takes that: a
/// crash leaves one of them there.
fn set_aside(path: &Path, now: DateTime<FixedOffset>) -> Result<Option<PathBuf>, StoreError> {
    if !path.exists() {
        return Ok(None);
    }
    let named = with_suffix(path, &format!(".bak-{}", now.format("%Y%m%d-%H%M%S")));
    // A restore that was cut off in the same second has left one already.
    let others = (2..=99).map(|number| with_suffix(&named, &format!("-{number}")));
    let free = std::iter::once(named.clone()).chain(others).find(|kept| open::must_be_free(kept).is_ok());
    let kept = free.ok_or(StoreError::Exists(named))?;
    move_companions(path, &kept)?;
    // Not every file system has links.
    let twice = fs::hard_link(path, &kept).or_else(|_| fs::copy(path, &kept).map(drop));
    twice.map_err(|e| StoreError::from_io(&kept, &e))?;
    Ok(Some(kept))
}

/// Renames a database.
fn move_with_companions(from: &Path, to: &Path) -> Result<(), StoreError> {
    move_companions(from, to)?;
    fs::rename(from, to).map_err(|e| StoreError::from_io(from, &e))
}

/// A journal that was left beside a database goes where it goes: it would be played into the next file of that name.
fn move_companions(from: &Path, to: &Path) -> Result<(), StoreError> {
    for suffix in COMPANIONS {
        let (from, to) = (with_suffix(from, suffix), with_suffix(to, suffix));
        if from.exists() {
            fs::rename(&from, &to).map_err(|e| StoreError::from_io(&from, &e))?;
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
