//! The workspace's own key as files: its backup, in the form of `minisign`, and its way back.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::ExchangeError;
use crate::ops;
use crate::platform::whole;
use crate::store::Store;
use crate::trust::{KeyFileError, SecretKey};

/// A secret key file is a few lines; more is something else.
const LONGEST: u64 = 4096;

/// Writes the secret key to `path`, without a password, and the public one beside it under `.pub`, whose path is returned.
///
/// # Errors
/// `Exists` where either is there already: neither is replaced. `Io`.
pub fn write_key(store: &Store, path: &Path) -> Result<PathBuf, ExchangeError> {
    let key = ops::own_key(store)?;
    let mut public = path.as_os_str().to_owned();
    public.push(".pub");
    let public = PathBuf::from(public);
    if let Some(there) = [path, &public].into_iter().find(|p| p.exists()) {
        return Err(ExchangeError::Exists(there.to_path_buf()));
    }
    whole::write_secret(path, key.to_file().as_bytes()).map_err(ExchangeError::io(path))?;
    whole::write(&public, |file| file.write_all(key.public().to_file().as_bytes()))
        .map_err(ExchangeError::io(&public))?;
    Ok(public)
}

/// Reads a secret key from a file that [`write_key`] wrote, or `minisign -G -W`.
///
/// # Errors
/// `KeyFile` where it is none, has a password or is damaged; `Io`.
pub fn read_key(path: &Path) -> Result<SecretKey, ExchangeError> {
    let refused = |reason| ExchangeError::KeyFile { path: path.to_path_buf(), reason };
    let mut text = String::new();
    match File::open(path).and_then(|file| file.take(LONGEST).read_to_string(&mut text)) {
        Ok(_) => SecretKey::from_file(&text).map_err(refused),
        Err(e) if e.kind() == io::ErrorKind::InvalidData => Err(refused(KeyFileError::NotAKeyFile)),
        Err(e) => Err(ExchangeError::io(path)(e)),
    }
}
