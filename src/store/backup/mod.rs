//! The backups that the program makes by itself, in a folder beside the workspace; which of them stay; putting one back.
//!
//! `so-noi-vu.dti.backup/00012_20231220-080000_merge.dtib` is the workspace without the bytes of its evidence and received
//! packages. Those never change, and lie once for all backups in `blobs/`, by their SHA-256. A backup is no workspace
//! (its application id is another): it is put back, not worked in.

mod keep;
mod slim;

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use rusqlite::Connection;

use super::{Access, BlobError, Db, Store, StoreError, Tx, open};
use crate::platform::whole;

const EXTENSION: &str = "dtib";
const BLOBS: &str = "blobs";
const TIME: &str = "%Y%m%d-%H%M%S";

/// One backup in the folder of its workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    /// Counts up in the order of making, whatever the clock says.
    pub number: u32,
    /// Local time.
    pub made: NaiveDateTime,
    pub reason: Reason,
    /// Without the evidence, which all backups share.
    pub bytes: u64,
}

/// What a backup was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// The file was opened, and had changed since the last backup.
    Opening,
    /// Half an hour of work.
    Work,
    /// Packages were about to be merged.
    Merge,
    /// Someone asked for it.
    Hand,
}

impl Reason {
    const ALL: [Reason; 4] = [Reason::Opening, Reason::Work, Reason::Merge, Reason::Hand];

    /// As file names say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Opening => "open",
            Reason::Work => "work",
            Reason::Merge => "merge",
            Reason::Hand => "hand",
        }
    }
}

/// The folder of a workspace's backups, which need not exist.
pub fn folder(workspace: &Path) -> PathBuf {
    let mut name: OsString = open::identify(workspace).into();
    name.push(".backup");
    name.into()
}

/// The backups of a workspace, the newest first.
pub fn list(workspace: &Path) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder(workspace)) else { return Vec::new() };
    let mut found: Vec<Backup> = entries.flatten().filter_map(|entry| backup_at(entry.path())).collect();
    found.sort_by_key(|b| std::cmp::Reverse(b.number));
    found
}

impl Store {
    /// Makes a backup and throws away older ones that are not needed any more. None where the newest says the same.
    ///
    /// Evidence whose bytes have changed is left out: it must not keep the rest from being backed up.
    ///
    /// # Errors
    /// `DiskFull`, `ReadOnly`, `Damaged`; the earlier backups are all there then.
    pub(crate) fn back_up(&self, reason: Reason, now: DateTime<FixedOffset>) -> Result<Option<Backup>, StoreError> {
        let folder = folder(&self.path);
        fs::create_dir_all(&folder).map_err(|e| StoreError::from_io(&folder, &e))?;
        let earlier = list(&self.path);
        let stamp = self.read(slim::Stamp::of)?;
        let same = |newest: &Backup| slim::stamp_of(&newest.path).is_ok_and(|made_of| made_of == stamp);
        if earlier.first().is_some_and(same) {
            return Ok(None);
        }
        self.read(|db| put_blobs(db, &folder.join(BLOBS)))?;
        let number = earlier.first().map_or(1, |newest| newest.number + 1);
        let name = format!("{number:05}_{}_{}.{EXTENSION}", now.format(TIME), reason.as_str());
        let path = folder.join(name);
        slim::write(&self.path, &path, &stamp)?;
        thin(&self.path, now.naive_local());
        Ok(backup_at(path))
    }
}

/// True where the file is a backup made by [`Store::back_up`], and not a copy of a workspace.
pub(super) fn is_backup(path: &Path) -> bool {
    open::header(path).is_ok_and(|header| header.application_id == slim::APPLICATION_ID)
}

/// Makes a workspace of a copy of the backup at `from`. Returns the hashes of the blobs whose bytes are gone.
pub(super) fn complete(from: &Path, copy: &mut Connection, to: &Path) -> Result<Vec<String>, StoreError> {
    let blobs = open::folder_of(from).join(BLOBS);
    let stamp = slim::stamp_of(from)?;
    let mut gone = Vec::new();
    open::write(copy, to, |tx| {
        for (id, sha256) in tx.blobs()? {
            if !put_back(tx, id, &sha256, &blobs)? {
                tx.forget_blob(id)?;
                gone.push(sha256);
            }
        }
        Ok::<(), StoreError>(())
    })?;
    slim::make_workspace(copy, to)?;
    if (Db { conn: copy, path: to }).digest()? != stamp.digest {
        return Err(StoreError::Damaged { path: from.to_owned(), detail: "not what was backed up".to_owned() });
    }
    Ok(gone)
}

fn backup_at(path: PathBuf) -> Option<Backup> {
    let name = path.file_name()?.to_str()?.strip_suffix(EXTENSION)?.strip_suffix('.')?;
    let mut parts = name.split('_');
    let (number, made, reason) = (parts.next()?, parts.next()?, parts.next()?);
    let bytes = fs::metadata(&path).ok()?.len();
    Some(Backup {
        number: number.parse().ok()?,
        made: NaiveDateTime::parse_from_str(made, TIME).ok()?,
        reason: Reason::ALL.into_iter().find(|r| r.as_str() == reason)?,
        bytes,
        path,
    })
}

fn thin(workspace: &Path, now: NaiveDateTime) {
    let mut all = list(workspace);
    all.reverse();
    let made: Vec<NaiveDateTime> = all.iter().map(|b| b.made).collect();
    for gone in keep::superfluous(&made, now) {
        // One that cannot be removed takes room, and does no harm.
        let _ = fs::remove_file(&all[gone].path);
    }
}

/// Where the bytes of a hash lie. Two letters of folder: no folder with thousands of files.
fn blob_path(blobs: &Path, sha256: &str) -> PathBuf {
    let (folder, name) = sha256.split_at_checked(2).unwrap_or(("", sha256));
    blobs.join(folder).join(name)
}

/// Copies the bytes that no earlier backup has copied.
fn put_blobs(db: &Db<'_>, blobs: &Path) -> Result<(), StoreError> {
    for (_, sha256) in db.blobs()? {
        let path = blob_path(blobs, &sha256);
        if path.exists() {
            continue;
        }
        match whole::write(&path, |out| db.read_blob(&sha256, out).map(drop)) {
            Ok(()) | Err(BlobError::Store(StoreError::Damaged { .. })) => {}
            Err(BlobError::Store(e)) => return Err(e),
            Err(BlobError::Stream(e)) => return Err(StoreError::from_io(&path, &e)),
        }
    }
    Ok(())
}

/// False where the bytes are not there, or are others.
fn put_back(tx: &Tx<'_>, id: i64, sha256: &str, blobs: &Path) -> Result<bool, StoreError> {
    let Ok(mut file) = File::open(blob_path(blobs, sha256)) else { return Ok(false) };
    match tx.fill_blob(id, &mut file) {
        Ok(stored) => Ok(stored.sha256 == sha256),
        Err(BlobError::Store(e)) => Err(e),
        Err(BlobError::Stream(_)) => Ok(false),
    }
}
