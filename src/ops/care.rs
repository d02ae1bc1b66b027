//! Care of the workspace file: check, backup, restore.

use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};

use super::OpsError;
use crate::store::{self, Damage, Store};

/// Looks at everything: the file, every byte of evidence, every revision, the heads, and whether the log leads to them.
/// Empty where it is sound.
pub fn check(store: &Store) -> Result<Vec<Damage>, OpsError> {
    Ok(store.read(|db| db.check())?)
}

/// Copies the workspace to a new file, which appears whole or not at all.
///
/// # Errors
/// `Exists`, `NotFound` (the folder), `ReadOnly`, `DiskFull`.
pub fn backup(store: &Store, to: &Path) -> Result<(), OpsError> {
    Ok(store.backup(to)?)
}

/// Puts a backup in the place of `to`, after checking it. Returns where the file that was there is kept
/// (`<to>.bak-<time>`), if there was one.
///
/// # Errors
/// `Damaged` and `NotAWorkspace` about the backup; `Locked` where `to` is open; `Exists` where both are the same file.
pub fn restore(from: &Path, to: &Path, now: DateTime<FixedOffset>) -> Result<Option<PathBuf>, OpsError> {
    Ok(store::restore(from, to, now)?)
}
