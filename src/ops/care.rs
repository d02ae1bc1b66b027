//! Care of the workspace file: check, backup, restore.

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::{Context, OpsError};
use crate::record::{Operation, OperationKind};
use crate::store::backup::Reason;
use crate::store::{self, Backup, Damage, Fresh, Rescued, Restored, Store};
use crate::trust::SecretKey;

/// Looks at everything: the file, every byte of evidence, every revision, the heads, and whether the log leads to them.
/// Empty where it is sound.
pub fn check(store: &Store) -> Result<Vec<Damage>, OpsError> {
    Ok(store.read(|db| db.check())?)
}

/// Looks at revisions, heads and the log alone: quick enough for every opening, whatever evidence there is.
///
/// # Errors
/// `Damaged` where even that cannot be read.
pub fn check_figures(store: &Store) -> Result<Vec<Damage>, OpsError> {
    Ok(store.read(|db| db.check_figures())?)
}

/// Copies the workspace to a new file, which appears whole or not at all.
///
/// # Errors
/// `Exists`, `NotFound` (the folder), `ReadOnly`, `DiskFull`.
pub fn backup(store: &Store, to: &Path) -> Result<(), OpsError> {
    Ok(store.backup(to)?)
}

/// Makes a backup in the folder that the workspace has for them, and thins the earlier ones by age. None where nothing
/// has changed since the newest.
///
/// # Errors
/// `DiskFull`, `ReadOnly`, `Damaged`. They are no reason not to go on: the caller says so, and goes on.
pub fn back_up(store: &Store, reason: Reason, now: DateTime<FixedOffset>) -> Result<Option<Backup>, OpsError> {
    Ok(store.back_up(reason, now)?)
}

/// Saves what is readable of a damaged workspace into a new one at `to`, which is sound. The damaged file is not touched.
///
/// # Errors
/// `Exists`, `DiskFull`; `Damaged` and `NotAWorkspace` where too little can be read: a backup is the way then.
pub fn rescue(from: &Path, to: &Path, ctx: &mut Context<'_>, key: &SecretKey) -> Result<Rescued, OpsError> {
    let operation = Operation {
        id: (ctx.new_id)(),
        number: 0,
        kind: OperationKind::Rescue,
        author: ctx.officer.to_owned(),
        time: ctx.now,
        subject: from.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        moves: Vec::new(),
        undoes: None,
        undone_by: None,
    };
    Ok(store::rescue(from, to, Fresh { key, operation })?)
}

/// Puts a backup, of either kind, in the place of `to`, after checking it. The file that was there is kept as
/// `<to>.bak-<time>`.
///
/// # Errors
/// `Damaged` and `NotAWorkspace` about the backup; `Locked` where `to` is open; `Exists` where both are the same file.
pub fn restore(from: &Path, to: &Path, now: DateTime<FixedOffset>) -> Result<Restored, OpsError> {
    Ok(store::restore(from, to, now)?)
}
