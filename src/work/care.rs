//! The desk's care of files: backups, putting one back, saving what is readable of a damaged file, the key's own backup.

use std::path::{Path, PathBuf};

use super::desk::{Desk, OpenFile};
use super::event::{Event, Failure, OpenedFor, Stored, WrittenFile};
use super::fault::Fault;
use crate::catalogue;
use crate::exchange;
use crate::ops::{self, Context, OpsError};
use crate::platform::here;
use crate::platform::identity::FileId;
use crate::store::backup::{self, Reason};
use crate::store::{Access, Backup, StoreError};
use crate::trust::SecretKey;
use crate::words;

impl Desk {
    /// No reason not to go on where it fails: that is said, and the work goes on. A file that is found damaged as it is
    /// opened is from then on only read.
    pub(super) fn back_up(&mut self, reason: Reason) -> Result<Event, Fault> {
        let now = self.now();
        let file = self.file()?;
        let path = file.store.path().to_path_buf();
        let made = ops::back_up(&file.store, reason, now);
        if reason == Reason::Opening
            && let Some(why) = damage_at_opening(file, &made)
        {
            self.close();
            let fault = StoreError::Damaged { path: path.clone(), detail: why.clone() };
            let opened = self.open_for(&path, Access::Read, OpenedFor::Rescuing(why));
            return opened.or_else(|_| self.unreadable(&path, fault.into()));
        }
        match made {
            Ok(made) => Ok(Event::BackedUp { reason, made: made.is_some(), backups: backup::list(&path) }),
            Err(error) => {
                let why = words::ops_error(&error, &file.snapshot.catalogue);
                Ok(Event::Failed(Failure { text: words::backup_failed(&why) }))
            }
        }
    }

    pub(super) fn backups(&mut self) -> Result<Event, Fault> {
        Ok(Event::Backups(backup::list(self.file()?.store.path())))
    }

    /// What to do about a file that cannot even be read: said where there is something to do, else the fault stands.
    pub(super) fn unreadable(&mut self, path: &Path, fault: Fault) -> Result<Event, Fault> {
        let backups = backup::list(path);
        let rescuable = match fault.store_error() {
            Some(StoreError::Damaged { .. }) => true,
            Some(StoreError::NotAWorkspace(_) | StoreError::NotFound(_)) if !backups.is_empty() => false,
            _ => return Err(fault),
        };
        self.close();
        Ok(Event::Unreadable { path: path.to_path_buf(), why: fault.in_words(None), rescuable, backups })
    }

    /// Puts a backup in the place of a file, open or not. It is not open after that.
    pub(super) fn restore(&mut self, file: &Path, from: &Path) -> Result<Event, Fault> {
        let was_open = self.has_open(file);
        if was_open {
            self.close();
        }
        match ops::restore(from, file, self.now()) {
            Ok(restored) => {
                Ok(Event::Restored { path: file.to_path_buf(), kept: restored.kept, missing: restored.missing })
            }
            Err(error) if was_open => match self.open(file) {
                Ok(Event::Opened { .. }) => Err(error.into()),
                otherwise => otherwise,
            },
            Err(error) => Err(error.into()),
        }
    }

    /// The damaged file is only read; what comes of it is not opened yet.
    pub(super) fn rescue(&mut self, from: &Path, to: PathBuf) -> Result<Event, Fault> {
        let key = SecretKey::new(here::seed()?);
        let mut ctx = Context { officer: "", now: self.now(), new_id: &mut here::new_id };
        let rescued = ops::rescue(from, &to, &mut ctx, &key)?;
        let lost = words::lost(&rescued, catalogue::embedded());
        Ok(Event::Rescued { path: to, saved: words::saved(&rescued), lost })
    }

    pub(super) fn export_key(&mut self, to: PathBuf) -> Result<Event, Fault> {
        exchange::write_key(&self.file()?.store, &to)?;
        Ok(Event::Written { path: to, file: WrittenFile::Key })
    }

    pub(super) fn import_key(&mut self, from: &Path) -> Result<Event, Fault> {
        let key = exchange::read_key(from)?;
        let now = self.now();
        ops::set_own_key(&mut self.file()?.store, &key, now)?;
        self.reload()?;
        self.stored(Stored::OwnKey { code: key.public().code() })
    }

    /// True where this very file is open here, by whatever path.
    pub(super) fn has_open(&mut self, path: &Path) -> bool {
        let Ok(open) = self.file() else { return false };
        match (FileId::at(open.store.path()), FileId::at(path)) {
            (Ok(open), Ok(other)) => open == other,
            // Gone, or out of reach: the paths decide.
            _ => open.store.path() == path,
        }
    }
}

/// What is wrong with a file, in words. A backup is looked through before it counts; where none was needed, or none could be
/// made, the file itself is.
fn damage_at_opening(file: &OpenFile, made: &Result<Option<Backup>, OpsError>) -> Option<String> {
    if let Ok(Some(_)) = made {
        return None;
    }
    match (ops::check_figures(&file.store), made) {
        (Ok(found), _) if !found.is_empty() => Some(words::damage(&found[0], &file.snapshot.catalogue)),
        (Err(OpsError::Store(error @ StoreError::Damaged { .. })), _) => Some(words::store_error(&error)),
        (_, Err(OpsError::Store(error @ StoreError::Damaged { .. }))) => Some(words::store_error(error)),
        _ => None,
    }
}
