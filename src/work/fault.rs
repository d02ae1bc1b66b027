//! Why a job failed, until it is put into words: once, here, for the window.

use std::io;
use std::path::{Path, PathBuf};

use crate::catalogue::Catalogue;
use crate::demo::DemoError;
use crate::exchange::ExchangeError;
use crate::ops::OpsError;
use crate::store::StoreError;
use crate::words;

#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error(transparent)]
    Ops(#[from] OpsError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Exchange(ExchangeError),
    #[error("{path}: {error}")]
    Io { path: PathBuf, error: io::Error },
    /// The packages on disk are not those that were previewed.
    #[error("{0} changed after the preview")]
    PackageChanged(PathBuf),
    /// A job that needs a workspace, and none is open.
    #[error("no file is open")]
    NoFile,
    #[error("cancelled")]
    Cancelled,
}

impl From<ExchangeError> for Fault {
    fn from(error: ExchangeError) -> Fault {
        match error {
            ExchangeError::Cancelled => Fault::Cancelled,
            error => Fault::Exchange(error),
        }
    }
}

impl From<DemoError> for Fault {
    fn from(error: DemoError) -> Fault {
        match error {
            DemoError::Exchange(error) => error.into(),
            DemoError::Ops(error) => error.into(),
            DemoError::Store(error) => error.into(),
            DemoError::Folder { path, error } => Fault::Io { path, error },
        }
    }
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Fault {
        Fault::Io { path: PathBuf::new(), error }
    }
}

impl Fault {
    /// Names the file, where that is not known yet.
    pub fn at(self, path: &Path) -> Fault {
        match self {
            Fault::Io { path: unknown, error } if unknown.as_os_str().is_empty() => {
                Fault::Io { path: path.to_path_buf(), error }
            }
            fault => fault,
        }
    }

    /// What the store says, where it is the store that refused.
    pub fn store_error(&self) -> Option<&StoreError> {
        match self {
            Fault::Store(error) | Fault::Ops(OpsError::Store(error)) => Some(error),
            _ => None,
        }
    }

    /// What happened, to which file, and what to do.
    pub fn in_words(&self, catalogue: Option<&Catalogue>) -> String {
        let catalogue = catalogue.unwrap_or_else(|| crate::catalogue::embedded());
        match self {
            Fault::Ops(error) => words::ops_error(error, catalogue),
            Fault::Store(error) => words::store_error(error),
            Fault::Exchange(error) => words::exchange_error(error, catalogue),
            Fault::Io { path, error } => words::file_error(path, error),
            Fault::PackageChanged(path) => format!(
                "Gói {} đã thay đổi sau khi xem trước; chưa nhập gói nào. Hãy xem trước lại rồi nhập",
                path.display()
            ),
            Fault::NoFile => "Chưa mở tệp nào: hãy mở hoặc tạo tệp trước".to_owned(),
            Fault::Cancelled => "Đã huỷ".to_owned(),
        }
    }
}
