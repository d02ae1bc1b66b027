//! What can go wrong with a workspace file, each named so that a message can say what to do next. No wording for officers.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::catalogue::Id;

/// Why a workspace cannot be opened, read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The file, or the folder that it should be in.
    #[error("{0} does not exist")]
    NotFound(PathBuf),
    #[error("{0} exists already")]
    Exists(PathBuf),
    #[error("{0} is a folder")]
    IsFolder(PathBuf),
    /// A name that Windows keeps for a device (`CON`, `aux.dti`): no Windows PC could open the file.
    #[error("{0} is the name of a device")]
    DeviceName(PathBuf),
    /// Another kind of file, or another program's database.
    #[error("{0} is not a workspace")]
    NotAWorkspace(PathBuf),
    /// Written by a newer version of this program.
    #[error("{path} has schema {found}, newer than {known}")]
    NewerSchema { path: PathBuf, found: u32, known: u32 },
    /// Written by an older version, and opened for reading only: it has to be opened for writing once.
    #[error("{path} has schema {found}, older than {known}")]
    OlderSchema { path: PathBuf, found: u32, known: u32 },
    /// Open elsewhere. `holder` says where (machine, process, since when); empty where that is not known.
    #[error("{path} is in use: {holder}")]
    Locked { path: PathBuf, holder: String },
    /// The file or its folder cannot be written.
    #[error("{0} is read-only")]
    ReadOnly(PathBuf),
    /// Removed, renamed or replaced by another file since it was opened.
    #[error("{0} is not the file that was opened")]
    Replaced(PathBuf),
    #[error("no room left to write {0}")]
    DiskFull(PathBuf),
    #[error("{path} is damaged: {detail}")]
    Damaged { path: PathBuf, detail: String },
    /// Made for a plan, or an edition of it, that this program does not have.
    #[error("{path} belongs to the catalogue {plan} v{version}")]
    UnknownCatalogue { path: PathBuf, plan: Id, version: u32 },
    /// The owner of a new workspace is not in the catalogue.
    #[error("no agency {0}")]
    UnknownAgency(Id),
    /// A package would be refused with so long a name of its officer (characters).
    #[error("the officer's name is longer than {limit}")]
    OfficerTooLong { limit: usize },
    #[error("{path}: {detail}")]
    Io { path: PathBuf, detail: String },
}

impl StoreError {
    pub(super) fn from_sqlite(path: &Path, error: &rusqlite::Error) -> StoreError {
        let path = path.to_owned();
        let detail = error.to_string();
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => StoreError::DiskFull(path),
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                StoreError::ReadOnly(path)
            }
            Some(ErrorCode::NotADatabase) => StoreError::NotAWorkspace(path),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::FileLockingProtocolFailed) => {
                StoreError::Locked { path, holder: String::new() }
            }
            Some(ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory | ErrorCode::OperationInterrupted) => {
                StoreError::Io { path, detail }
            }
            // Corrupt, a broken constraint, a missing table, or a value that is not what its column promises.
            _ => StoreError::Damaged { path, detail },
        }
    }

    pub(crate) fn from_io(path: &Path, error: &io::Error) -> StoreError {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => StoreError::NotFound(path),
            io::ErrorKind::AlreadyExists => StoreError::Exists(path),
            io::ErrorKind::IsADirectory => StoreError::IsFolder(path),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly(path),
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull(path),
            _ => StoreError::Io { path, detail: error.to_string() },
        }
    }
}
