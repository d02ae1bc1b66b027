//! Making and opening the file: what it is, whose lock it takes, which device it is on, which catalogue it follows.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use tempfile::{NamedTempFile, PersistError};

use super::{Access, Db, Identity, NewWorkspace, Place, Store, StoreError, Tx, migrate};
use crate::catalogue::Catalogue;
use crate::platform::identity::FileId;
use crate::platform::lock::{Lock, LockError};
use crate::platform::whole;
use crate::record::NAME_LIMIT;
use crate::text;

/// "DTI1", big-endian, as SQLite keeps it at byte 68 of the header.
pub(super) const APPLICATION_ID: [u8; 4] = *b"DTI1";
/// The part of SQLite's header that we look at (<https://www.sqlite.org/fileformat2.html#the_database_header>).
const HEADER_BYTES: usize = 100;
/// How long a statement waits for another process that is writing (a backup program, `sqlite3`).
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) fn create<E: From<StoreError>>(
    path: &Path,
    new: &NewWorkspace<'_>,
    more: impl FnOnce(&Tx<'_>) -> Result<(), E>,
) -> Result<Store, E> {
    must_be_free(path)?;
    let draft = draft_beside(path)?;
    let mut conn = connect_draft(&draft, path)?;
    migrate::upgrade(&mut conn, migrate::STEPS).map_err(|e| StoreError::from_sqlite(path, &e))?;
    write_first_rows(&mut conn, path, new, more)?;
    close(conn, path)?;
    publish(draft, path)?;
    let lock = lock(path, new.machine)?;
    let conn = connect(path, Access::Write)?;
    let catalogue = Db { conn: &conn, path }.present_catalogue()?;
    Ok(assemble(conn, path, Some(lock), catalogue)?)
}

pub(super) fn open(path: &Path, access: Access, mut place: Place<'_>) -> Result<Store, StoreError> {
    schema_of(path)?;
    let lock = match access {
        Access::Write => Some(lock(path, place.machine)?),
        Access::Read => {
            recover(path, place.machine);
            None
        }
    };
    let mut conn = connect(path, access)?;
    // Asked again: the header may have been half-written.
    let schema = migrate::version(&conn).map_err(|e| StoreError::from_sqlite(path, &e))?;
    if schema < migrate::KNOWN {
        match access {
            Access::Write => migrate::upgrade_file(&mut conn, path, migrate::STEPS)?,
            Access::Read => {
                return Err(StoreError::OlderSchema { path: path.to_owned(), found: schema, known: migrate::KNOWN });
            }
        }
    }
    let catalogue = catalogue_for(&mut conn, path, access)?;
    if access == Access::Write {
        settle(&mut conn, path, &mut place)?;
    }
    assemble(conn, path, lock, catalogue)
}

/// What SQLite's header tells of a database.
pub(super) struct Header {
    pub application_id: [u8; 4],
    schema: u32,
    /// Goes up with every transaction that changes the file.
    pub changes: u32,
    /// How long the file was when it was last written.
    pub bytes: u64,
}

/// Reads the header alone: what is no workspace is never opened as one.
pub(super) fn header(path: &Path) -> Result<Header, StoreError> {
    if path.is_dir() {
        return Err(StoreError::IsFolder(path.to_owned()));
    }
    let mut header = [0; HEADER_BYTES];
    let file = File::open(path).map_err(|e| unreadable(path, &e))?;
    match (&file).read_exact(&mut header) {
        Ok(()) => {}
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Err(StoreError::NotAWorkspace(path.to_owned())),
        Err(e) => return Err(unreadable(path, &e)),
    }
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(StoreError::NotAWorkspace(path.to_owned()));
    }
    let word = |at: usize| [header[at], header[at + 1], header[at + 2], header[at + 3]];
    let number = |at| u32::from_be_bytes(word(at));
    let page = match u16::from_be_bytes([header[16], header[17]]) {
        1 => 65_536,
        page => u64::from(page),
    };
    Ok(Header {
        application_id: word(68),
        schema: number(60),
        changes: number(24),
        bytes: page * u64::from(number(28)),
    })
}

/// The schema version of a workspace.
pub(super) fn schema_of(path: &Path) -> Result<u32, StoreError> {
    if header(path)?.application_id != APPLICATION_ID {
        return Err(StoreError::NotAWorkspace(path.to_owned()));
    }
    known_schema(path)
}

/// The schema version of a workspace or a backup of one.
pub(super) fn known_schema(path: &Path) -> Result<u32, StoreError> {
    let found = header(path)?.schema;
    if found > migrate::KNOWN {
        return Err(StoreError::NewerSchema { path: path.to_owned(), found, known: migrate::KNOWN });
    }
    Ok(found)
}

/// Opens the file and sets what every connection of ours has.
pub(super) fn connect(path: &Path, access: Access) -> Result<Connection, StoreError> {
    let mode = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Read => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let open = || {
        let conn = Connection::open_with_flags(for_sqlite(path), mode | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        conn.busy_timeout(PATIENCE)?;
        conn.set_prepared_statement_cache_capacity(64);
        conn.pragma_update(None, "foreign_keys", true)?;
        conn.pragma_update(None, "trusted_schema", false)?;
        if access == Access::Write {
            conn.pragma_update(None, "journal_mode", "DELETE")?;
            conn.pragma_update(None, "synchronous", "FULL")?;
        }
        Ok(conn)
    };
    let conn = open().map_err(|e| StoreError::from_sqlite(path, &e))?;
    // SQLite quietly opens a write-protected file for reading.
    match (access, conn.is_readonly(rusqlite::MAIN_DB)) {
        (Access::Write, Ok(true)) => Err(StoreError::ReadOnly(path.to_owned())),
        (_, Err(e)) => Err(StoreError::from_sqlite(path, &e)),
        _ => Ok(conn),
    }
}

pub(super) fn close(conn: Connection, path: &Path) -> Result<(), StoreError> {
    conn.close().map_err(|(_, e)| StoreError::from_sqlite(path, &e))
}

/// Refuses a path at which there is something, or can be nothing.
pub(super) fn must_be_free(path: &Path) -> Result<(), StoreError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match path {
        _ if text::is_device_name(&name) => Err(StoreError::DeviceName(path.to_owned())),
        _ if path.is_dir() => Err(StoreError::IsFolder(path.to_owned())),
        _ if path.exists() => Err(StoreError::Exists(path.to_owned())),
        _ => Ok(()),
    }
}

/// An empty file in the folder of `path`, which [`publish`] puts in its place; dropped before that, it vanishes.
pub(super) fn draft_beside(path: &Path) -> Result<NamedTempFile, StoreError> {
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(StoreError::NotFound(folder));
    }
    whole::draft_in(&folder).map_err(|e| StoreError::from_io(&folder, &e))
}

/// Opens a draft for filling. It vanishes on failure, so no journal file may stay behind it.
pub(super) fn connect_draft(draft: &NamedTempFile, path: &Path) -> Result<Connection, StoreError> {
    let conn = connect(draft.path(), Access::Write).map_err(|e| at(path, e))?;
    conn.pragma_update(None, "journal_mode", "MEMORY").map_err(|e| StoreError::from_sqlite(path, &e))?;
    Ok(conn)
}

/// Gives a finished draft its name. An existing file is never replaced.
pub(super) fn publish(draft: NamedTempFile, path: &Path) -> Result<(), StoreError> {
    name(draft, path, NamedTempFile::persist_noclobber)
}

/// Puts a finished draft in the place of a file, in one step.
pub(super) fn publish_over(draft: NamedTempFile, path: &Path) -> Result<(), StoreError> {
    name(draft, path, NamedTempFile::persist)
}

fn name<'p>(
    draft: NamedTempFile,
    path: &'p Path,
    how: fn(NamedTempFile, &'p Path) -> Result<File, PersistError>,
) -> Result<(), StoreError> {
    let named = |e: &io::Error| StoreError::from_io(path, e);
    draft.as_file().sync_all().map_err(|e| named(&e))?;
    how(draft, path).map_err(|e| named(&e.error))?;
    // The name itself survives a power cut only once the folder is written; not every system can be asked for that.
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Takes the lock that every writer takes. It lies beside the file itself, whatever link or relative path led here.
pub(super) fn lock(path: &Path, machine: &str) -> Result<Lock, StoreError> {
    let mut name: OsString = identify(path).into();
    name.push(".lock");
    Lock::take(Path::new(&name), machine).map_err(|error| match error {
        LockError::Held(holder) => StoreError::Locked { path: path.to_owned(), holder },
        LockError::Io(e) if e.kind() == io::ErrorKind::PermissionDenied => StoreError::ReadOnly(folder_of(path)),
        LockError::Io(e) => StoreError::from_io(path, &e),
    })
}

/// Takes back what a power cut left half-written, which a reader's connection cannot do.
///
/// Whoever is writing right now holds the lock, and needs no help. Where this fails, the reader says why it cannot read.
pub(super) fn recover(path: &Path, machine: &str) {
    let mut journal = path.as_os_str().to_owned();
    journal.push("-journal");
    if Path::new(&journal).exists()
        && let Ok(_lock) = lock(path, machine)
        && let Ok(conn) = connect(path, Access::Write)
    {
        let _ = migrate::version(&conn);
    }
}

pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// On Windows, SQLite takes a path of more than 260 characters only in the verbatim form (`\\?\C:\...`).
pub(super) fn for_sqlite(path: &Path) -> PathBuf {
    if cfg!(windows) { identify(path) } else { path.to_owned() }
}

/// A file that this user may not even read is not merely read-only.
fn unreadable(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::PermissionDenied => StoreError::Io { path: path.to_owned(), detail: error.to_string() },
        _ => StoreError::from_io(path, error),
    }
}

/// The one absolute path of a file.
pub(super) fn identify(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn write_first_rows<E: From<StoreError>>(
    conn: &mut Connection,
    path: &Path,
    new: &NewWorkspace<'_>,
    more: impl FnOnce(&Tx<'_>) -> Result<(), E>,
) -> Result<(), E> {
    // What `identify` will say once the file has its name.
    let here = identify(&folder_of(path)).join(path.file_name().unwrap_or_default());
    write(conn, path, |tx| {
        tx.move_to(&new.device, new.machine, &here.to_string_lossy())?;
        tx.set_meta("agency", new.agency)?;
        tx.set_meta("officer", &officer_name(new.officer)?)?;
        tx.set_meta("created", &new.created.to_rfc3339())?;
        tx.add_own_key(new.key, new.created)?;
        tx.put_catalogue(&*tx.present_catalogue()?)?;
        more(tx)?;
        match tx.present_catalogue()?.agency(new.agency) {
            Some(_) => Ok(()),
            None => Err(StoreError::UnknownAgency(new.agency.to_owned()).into()),
        }
    })
}

/// The name as it travels in every package: one line, in NFC, without blanks around it.
///
/// # Errors
/// `OfficerTooLong`
pub(super) fn officer_name(typed: &str) -> Result<String, StoreError> {
    let name = text::clean(typed).split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        length if length > NAME_LIMIT => Err(StoreError::OfficerTooLong { limit: NAME_LIMIT }),
        _ => Ok(name),
    }
}

/// Runs a transaction before there is a [`Store`].
pub(super) fn write<E: From<StoreError>>(
    conn: &mut Connection,
    path: &Path,
    work: impl FnOnce(&Tx<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let tx = conn.transaction().map_err(|e| StoreError::from_sqlite(path, &e))?;
    work(&Tx(Db { conn: &tx, path }))?;
    Ok(tx.commit().map_err(|e| StoreError::from_sqlite(path, &e))?)
}

/// Takes a new device id where the file is not where it was.
fn settle(conn: &mut Connection, path: &Path, place: &mut Place<'_>) -> Result<(), StoreError> {
    let here = identify(path).to_string_lossy().into_owned();
    let db = Db { conn, path };
    let same = db.meta("machine")?.as_deref() == Some(place.machine) && db.meta("path")? == Some(here.clone());
    if same && db.meta("device")?.is_some() {
        return Ok(());
    }
    let device = (place.new_device)();
    write(conn, path, |tx| tx.move_to(&device, place.machine, &here))
}

/// The edition that the workspace follows: the last one made or taken in, or that of the program.
///
/// A newer edition of the same plan comes with a newer program: the rows in the file follow it. Another plan, or an
/// edition from the future, is refused.
fn catalogue_for(conn: &mut Connection, path: &Path, access: Access) -> Result<Arc<Catalogue>, StoreError> {
    let db = Db { conn, path };
    let plan = db.require_meta("plan")?;
    let version: u32 =
        db.require_meta("catalogue_version")?.parse().map_err(|_| db.damaged("catalogue_version is not a number"))?;
    let same_text = |hash: &str| db.meta("catalogue_hash").map(|h| h.as_deref() == Some(hash));
    let present = db.present_catalogue()?;
    if present.plan.id != plan || present.plan.version < version {
        return Err(StoreError::UnknownCatalogue { path: path.to_owned(), plan, version });
    }
    if access == Access::Write && !same_text(&present.hash)? {
        write(conn, path, |tx| tx.put_catalogue(&present))?;
    }
    Ok(present)
}

fn assemble(conn: Connection, path: &Path, lock: Option<Lock>, catalogue: Arc<Catalogue>) -> Result<Store, StoreError> {
    let db = Db { conn: &conn, path };
    let identity = Identity {
        agency: db.require_meta("agency")?,
        officer: db.require_meta("officer")?,
        device: db.require_meta("device")?,
    };
    let file = FileId::at(path).map_err(|e| StoreError::from_io(path, &e))?;
    Ok(Store { conn, path: path.to_owned(), identity, catalogue, lock, file })
}

/// The same error about the file that the officer named, not about its draft.
fn at(path: &Path, error: StoreError) -> StoreError {
    match error {
        StoreError::ReadOnly(_) => StoreError::ReadOnly(path.to_owned()),
        StoreError::DiskFull(_) => StoreError::DiskFull(path.to_owned()),
        other => other,
    }
}
