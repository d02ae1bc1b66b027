//! One writer at a time: a lock file that the system releases by itself when its process ends, however it ends.
//!
//! Beside it stands a text that says who holds it, for the message to the second one. It is a file of its own because
//! Windows lets no other process read a locked one.

use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local};

use super::identity::FileId;

/// A held lock. Dropping it releases it and takes its files away.
#[derive(Debug)]
pub struct Lock {
    /// Closed, and so released, after the files were taken away.
    _file: File,
    path: PathBuf,
}

#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Someone else has it: machine, process and since when, as far as known.
    #[error("held by {0}")]
    Held(String),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl Lock {
    /// Takes the lock file at `path`, or says who has it. `machine` is this computer's name.
    ///
    /// # Errors
    /// `Held` at once, without waiting; `Io` where the lock file cannot be made.
    pub fn take(path: &Path, machine: &str) -> Result<Lock, LockError> {
        loop {
            let file = File::options().create(true).truncate(false).read(true).write(true).open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(LockError::Held(holder(path))),
                Err(TryLockError::Error(e)) => return Err(e.into()),
            }
            // Its last holder may have taken the file away between our opening it and our locking it; by now another
            // process may even hold a new one of that name.
            if FileId::at(path).is_ok_and(|there| FileId::of_open(&file).is_ok_and(|ours| ours == there)) {
                // Only for the message: a lock without it is a lock all the same.
                let _ = fs::write(note_of(path), format!("{machine}, pid {}", std::process::id()));
                return Ok(Lock { _file: file, path: path.to_owned() });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        let _ = fs::remove_file(note_of(&self.path));
        let _ = fs::remove_file(&self.path);
    }
}

fn note_of(path: &Path) -> PathBuf {
    let mut name: OsString = path.into();
    name.push(".txt");
    name.into()
}

/// `PC-01, pid 4312, 05/10/2023 08:15`; empty where it cannot be read.
fn holder(path: &Path) -> String {
    let note = note_of(path);
    let who = fs::read_to_string(&note).unwrap_or_default();
    match fs::metadata(&note).and_then(|m| m.modified()) {
        Ok(since) => format!("{who}, {}", DateTime::<Local>::from(since).format("%d/%m/%Y %H:%M")),
        Err(_) => who,
    }
}
