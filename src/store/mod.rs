//! The workspace file: one SQLite database owned by one agency. All SQL of the program is here, a folder per noun.
//!
//! No use cases: what a change means, and its entry in the operation log, is up to `ops`. No public rusqlite type.

pub mod backup;
mod blob;
mod care;
mod catalogue;
mod db;
mod error;
mod filing;
mod key;
mod meta;
mod migrate;
mod notice;
mod open;
mod operation;
mod received;
mod rescue;
mod revision;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, TransactionBehavior};

use crate::catalogue::{Catalogue, Id};
use crate::platform::identity::FileId;
use crate::platform::lock::Lock;
use crate::trust::SecretKey;

pub use backup::Backup;
pub use care::{Damage, Restored};
pub use error::StoreError;
pub use rescue::Rescued;

pub(crate) use blob::BlobError;
pub(crate) use care::restore;
pub(crate) use db::{Db, Tx};
pub(crate) use key::OwnKey;
pub(crate) use rescue::{Fresh, rescue};

/// An open workspace. One opened for writing holds the lock until it is dropped.
pub struct Store {
    conn: Connection,
    path: PathBuf,
    identity: Identity,
    catalogue: Arc<Catalogue>,
    lock: Option<Lock>,
    /// Which file it was when it was opened.
    file: FileId,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Write,
    /// Takes no lock and works in a read-only folder.
    Read,
}

/// What a new workspace starts with.
pub struct NewWorkspace<'a> {
    pub agency: &'a str,
    pub officer: &'a str,
    /// A new device id.
    pub device: String,
    pub created: DateTime<FixedOffset>,
    /// The computer's name.
    pub machine: &'a str,
    /// A new key, to sign its packages with.
    pub key: &'a SecretKey,
}

/// Where a workspace is opened. On another machine or path than last time it takes a new device id: were it a copy, the
/// two would otherwise count on under one id, and one's work would look like the other's past.
pub struct Place<'a> {
    /// The computer's name.
    pub machine: &'a str,
    pub new_device: &'a mut dyn FnMut() -> String,
}

/// Whose workspace it is, and which device writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    pub agency: Id,
    pub officer: String,
    pub device: String,
}

impl Store {
    /// Makes a workspace that appears whole or not at all, and opens it for writing.
    ///
    /// # Errors
    /// `Exists`, `IsFolder`, `DeviceName`, `NotFound` (the folder), `UnknownAgency`, `ReadOnly`, `DiskFull`; nothing is
    /// left behind.
    pub fn create(path: &Path, new: &NewWorkspace<'_>) -> Result<Store, StoreError> {
        open::create(path, new, |_| Ok(()))
    }

    /// As [`create`](Self::create), with more in the first transaction, such as an edition that alone names the agency.
    ///
    /// # Errors
    /// As `create`, and those of `more`; nothing is left behind.
    pub(crate) fn create_with<E: From<StoreError>>(
        path: &Path,
        new: &NewWorkspace<'_>,
        more: impl FnOnce(&Tx<'_>) -> Result<(), E>,
    ) -> Result<Store, E> {
        open::create(path, new, more)
    }

    /// Opens a workspace, after bringing an older one up to the present schema (a backup of it stays beside the file).
    ///
    /// # Errors
    /// As named in [`StoreError`]; a file that is no workspace is not touched.
    pub fn open(path: &Path, access: Access, place: Place<'_>) -> Result<Store, StoreError> {
        open::open(path, access, place)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The agency that owns the workspace.
    pub fn agency(&self) -> &str {
        &self.identity.agency
    }

    pub fn officer(&self) -> &str {
        &self.identity.officer
    }

    pub fn device(&self) -> &str {
        &self.identity.device
    }

    pub fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    pub fn access(&self) -> Access {
        if self.lock.is_some() { Access::Write } else { Access::Read }
    }

    /// Reads from one state of the file, whatever another process writes meanwhile.
    pub(crate) fn read<T, E: From<StoreError>>(&self, read: impl FnOnce(&Db<'_>) -> Result<T, E>) -> Result<T, E> {
        let named = |e: rusqlite::Error| StoreError::from_sqlite(&self.path, &e);
        let tx = self.conn.unchecked_transaction().map_err(named)?;
        read(&Db { conn: &tx, path: &self.path })
    }

    /// The one door for writes: all of them are kept, or none where the closure fails or panics.
    pub(crate) fn transact<T, E: From<StoreError>>(
        &mut self,
        write: impl FnOnce(&Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        if self.access() == Access::Read {
            return Err(StoreError::ReadOnly(self.path.clone()).into());
        }
        // SQLite would go on writing into a file that has no name any more, or that another one stands in the place of.
        if FileId::at(&self.path).ok() != Some(self.file) {
            return Err(StoreError::Replaced(self.path.clone()).into());
        }
        let named = |e: rusqlite::Error| StoreError::from_sqlite(&self.path, &e);
        let tx = self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(named)?;
        let done = write(&Tx(Db { conn: &tx, path: &self.path }))?;
        tx.commit().map_err(named)?;
        Ok(done)
    }

    /// Goes on with another edition of the catalogue, which the last transaction put in the file.
    pub(crate) fn follow(&mut self, catalogue: Option<Arc<Catalogue>>) {
        if let Some(catalogue) = catalogue {
            self.catalogue = catalogue;
        }
    }

    /// Changes who works here; the next revisions carry the name.
    pub(crate) fn set_officer(&mut self, officer: &str) -> Result<(), StoreError> {
        let officer = open::officer_name(officer)?;
        self.transact(|tx| tx.set_meta("officer", &officer))?;
        self.identity.officer = officer;
        Ok(())
    }
}
