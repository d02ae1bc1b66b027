//! A package on its way out, of whatever kind: written under a temporary name, then kept under its own, with a mail draft
//! beside it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use tempfile::NamedTempFile;

use super::ExchangeError;
use crate::ops;
use crate::package::{self, Contents, Facts, Papers, Signing};
use crate::platform::whole;
use crate::record::EvidenceRef;
use crate::report::File as Enclosed;
use crate::report::eml::{self, Letter};
use crate::store::Store;

/// What packages say that they were written by.
pub(super) const SOFTWARE: &str = concat!("dti ", env!("CARGO_PKG_VERSION"));

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    pub path: PathBuf,
    pub sha256: String,
    pub bytes: u64,
}

impl ExportedFile {
    /// Its name without the folder.
    pub fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// As a letter names it.
    pub(super) fn named<'a>(&'a self, name: &'a str) -> Enclosed<'a> {
        Enclosed { name, bytes: self.bytes, sha256: &self.sha256 }
    }
}

/// Whether to write a mail draft beside each package.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Eml {
    Write,
    Skip,
}

/// A package under a temporary name in its folder, synced.
pub(super) struct Written {
    file: NamedTempFile,
    facts: Facts,
}

/// Writes a package into a folder, which is made where it is missing. It has no name yet.
pub(super) fn write(
    store: &Store,
    contents: &Contents,
    papers: Option<&Papers>,
    folder: &Path,
) -> Result<Written, ExchangeError> {
    let io = || ExchangeError::io(folder);
    fs::create_dir_all(folder).map_err(io())?;
    let key = ops::own_key_at(store, contents.header.created)?;
    let mut file = whole::draft_in(folder).map_err(io())?;
    let mut read = |evidence: &EvidenceRef, out: &mut dyn Write| {
        ops::read_evidence(store, &evidence.sha256, out).map_err(io::Error::other)
    };
    let mut buffered = BufWriter::new(file.as_file_mut());
    package::write(contents, store.catalogue(), papers, Signing::With(&key), &mut read, &mut buffered)?;
    buffered.flush().map_err(io())?;
    drop(buffered);
    file.as_file().sync_all().map_err(io())?;
    file.rewind().map_err(io())?;
    let facts = Facts::of_stream(&mut file).map_err(io())?;
    Ok(Written { file, facts })
}

impl Written {
    pub fn sha256(&self) -> &str {
        &self.facts.sha256
    }

    /// Gives the file its name. One of that name with other bytes is never overwritten: the new one gets a number.
    pub fn keep(self, folder: &Path, name: &str) -> Result<ExportedFile, ExchangeError> {
        let Written { mut file, facts } = self;
        let kept = |path| ExportedFile { path, sha256: facts.sha256.clone(), bytes: facts.bytes };
        let stem = name.strip_suffix(".zip").unwrap_or(name);
        let mut number = 1;
        loop {
            let name = if number == 1 { name.to_owned() } else { format!("{stem} ({number}).zip") };
            let path = folder.join(name);
            match file.persist_noclobber(&path) {
                Ok(_) => return Ok(kept(path)),
                Err(e) if e.error.kind() == io::ErrorKind::AlreadyExists => file = e.file,
                Err(e) => return Err(ExchangeError::Io { path, error: e.error }),
            }
            if File::open(&path).and_then(|mut f| Facts::of_stream(&mut f)).is_ok_and(|there| there == facts) {
                return Ok(kept(path));
            }
            number += 1;
        }
    }
}

/// Writes the mail draft that carries a package beside it, where one is wanted.
pub(super) fn draft(
    wanted: Eml,
    letter: &Letter,
    file: &ExportedFile,
    id: &str,
    time: DateTime<FixedOffset>,
) -> Result<Option<PathBuf>, ExchangeError> {
    if wanted == Eml::Skip {
        return Ok(None);
    }
    let io = || ExchangeError::io(&file.path);
    let bytes = fs::read(&file.path).map_err(io())?;
    let attachment = eml::Attachment { name: &file.name(), media: eml::ZIP, bytes: &bytes };
    let draft = eml::draft(letter, Some(attachment), id, time).map_err(io())?;
    let path = file.path.with_extension("eml");
    whole::write(&path, |out| out.write_all(&draft)).map_err(ExchangeError::io(&path))?;
    Ok(Some(path))
}
