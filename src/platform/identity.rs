//! Whether a name still leads to the file that it led to.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::Path;

/// Which file it is on its disk, whatever it is called.
///
/// On Windows all files are alike here: there, nobody can rename, delete or replace a file that SQLite or we have open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileId {
    #[cfg(unix)]
    device: u64,
    #[cfg(unix)]
    inode: u64,
}

impl FileId {
    /// The file that the name leads to. It is not opened: closing it again would release SQLite's locks on it
    /// (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
    ///
    /// # Errors
    /// `NotFound` where there is none.
    pub fn at(path: &Path) -> io::Result<FileId> {
        fs::metadata(path).map(|metadata| FileId::of(&metadata))
    }

    /// An open file.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn of_open(file: &File) -> io::Result<FileId> {
        file.metadata().map(|metadata| FileId::of(&metadata))
    }

    #[cfg(unix)]
    fn of(metadata: &Metadata) -> FileId {
        use std::os::unix::fs::MetadataExt;
        FileId { device: metadata.dev(), inode: metadata.ino() }
    }

    #[cfg(not(unix))]
    fn of(_metadata: &Metadata) -> FileId {
        FileId {}
    }
}
