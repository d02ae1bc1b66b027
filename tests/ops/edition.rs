//! Editions of the catalogue in a workspace: made, kept, taken back, and by whom.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use dti::catalogue::{Amendment, Catalogue, Edition, Heir, amend, embedded};
use dti::ops::{self, Adoption, Context, OpsError};
use dti::record::{Arrival, Due, OperationKind, PackageKind, Received, ReceivedState, RowCounts};
use dti::store::{Access, NewWorkspace, Store};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::workspace::{Desk, MACHINE, OFFICER, edit, key, secret_key, sha256};
use crate::support::{moment, ratio};

fn rename(name: &str) -> Amendment {
    Amendment::Rename { agency: "so-noi-vu".to_owned(), name: name.to_owned(), short: String::new() }
}

fn open_agency() -> Amendment {
    let agency = Heir { id: "so-moi".to_owned(), name: "Sở Mới".to_owned(), ..Heir::default() };
    Amendment::Open { agency, from: "2023-01-01".parse().unwrap() }
}

fn receiver() -> Desk {
    Desk::new("so-tttt", MACHINE)
}

fn make(desk: &mut Desk, amendment: Amendment) {
    desk.act(|store, ctx| ops::amend(store, ctx, &[amendment])).unwrap();
}

fn name(desk: &Desk) -> String {
    desk.snapshot().catalogue.agency_name("so-noi-vu").to_owned()
}

/// The name in the rows for readers of the file.
fn row_name(desk: &Desk) -> String {
    let conn = Connection::open(desk.path()).unwrap();
    conn.query_row("SELECT name FROM agencies WHERE id = 'so-noi-vu'", [], |row| row.get(0)).unwrap()
}

#[test]
fn an_edition_is_one_operation_and_outlives_closing_the_file() {
    let mut desk = receiver();
    make(&mut desk, rename("Sở Hai"));
    make(&mut desk, rename("Sở Ba"));
    let mut desk = desk.reopen(Access::Write);
    assert_eq!((name(&desk), row_name(&desk)), ("Sở Ba".to_owned(), "Sở Ba".to_owned()));
    let snapshot = desk.snapshot();
    assert_eq!(snapshot.catalogue.plan.version, 3);
    let kinds: Vec<_> = snapshot.operations.iter().map(|o| o.kind).collect();
    assert_eq!(kinds, [OperationKind::Amend; 2]);
    let known: Vec<u32> = snapshot.editions.iter().map(|e| e.version).collect();
    assert_eq!(known, [3, 2]);
    desk.undo().unwrap();
    assert_eq!((name(&desk), row_name(&desk)), ("Sở Hai".to_owned(), "Sở Hai".to_owned()));
    desk.undo().unwrap();
    assert_eq!((name(&desk), row_name(&desk)), ("Sở Nội vụ".to_owned(), "Sở Nội vụ".to_owned()));
    desk.redo().unwrap();
    let desk = desk.reopen(Access::Read);
    assert_eq!((name(&desk), row_name(&desk)), ("Sở Hai".to_owned(), "Sở Hai".to_owned()));
    assert_eq!(desk.check(), []);
}

#[test]
fn only_the_receiving_department_makes_editions() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let refused = desk.act(|store, ctx| ops::amend(store, ctx, &[rename("Sở Khác")]));
    assert_eq!(refused, Err(OpsError::NotTheReceiver));
    assert_eq!(name(&desk), "Sở Nội vụ");
}

#[test]
fn a_checked_catalogue_from_elsewhere_becomes_the_next_edition() {
    let mut desk = receiver();
    let mut changed = Catalogue::clone(&desk.snapshot().catalogue);
    changed.pillars[0].short = "Nhận thức".to_owned();
    let same = changed.clone();
    desk.act(|store, ctx| ops::replace_edition(store, ctx, changed)).unwrap();
    assert_eq!(desk.snapshot().catalogue.pillar(1).unwrap().short, "Nhận thức");
    let again = desk.act(|store, ctx| ops::replace_edition(store, ctx, same)).unwrap();
    assert_eq!(again.operation, None, "it says what the present one says");
    let mut faulty = Catalogue::clone(&desk.snapshot().catalogue);
    faulty.pillars[0].weight = 1;
    let refused = desk.act(|store, ctx| ops::replace_edition(store, ctx, faulty));
    assert!(matches!(refused, Err(OpsError::Edition(_))), "{refused:?}");
    assert_eq!(desk.snapshot().catalogue.plan.version, 2);
}

#[test]
fn an_edition_that_records_need_is_not_taken_back_before_them() {
    let mut desk = receiver();
    make(&mut desk, open_agency());
    let amended = amend(embedded(), &[open_agency()]).unwrap();
    let known = amended.agency("so-moi").is_some();
    assert!(known && embedded().agency("so-moi").is_none());
    let mut entry =
        edit(key("IV.1", "so-noi-vu", "2023-Q4"), crate::support::task(dti::record::TaskStatus::Done, None));
    desk.save(vec![entry.clone()]).unwrap();
    entry.key.agency = "so-moi".to_owned();
    desk.save(vec![entry]).unwrap();
    let edition = desk.snapshot().editions[0].operation.clone();
    let undo = |desk: &mut Desk| desk.act(|store, ctx| ops::undo(store, ctx, Some(&edition)));
    let Err(OpsError::UndoBlocked { by, .. }) = undo(&mut desk) else { panic!("taken back under a record") };
    assert_eq!(by.len(), 1, "what the earlier edition has a place for does not need this one: {by:?}");
    desk.undo().unwrap();
    undo(&mut desk).unwrap();
    assert!(desk.snapshot().catalogue.agency("so-moi").is_none());
    assert_eq!(desk.check(), []);
}

#[test]
fn of_several_editions_the_last_is_taken_back_first() {
    let mut desk = receiver();
    make(&mut desk, rename("Sở Hai"));
    let first = desk.snapshot().editions[0].operation.clone();
    make(&mut desk, rename("Sở Ba"));
    let refused = desk.act(|store, ctx| ops::undo(store, ctx, Some(&first)));
    assert!(matches!(&refused, Err(OpsError::UndoBlocked { by, .. }) if by.len() == 1), "{refused:?}");
    assert_eq!(name(&desk), "Sở Ba");
    desk.act(|store, ctx| ops::undo_with_later(store, ctx, &first)).unwrap();
    assert_eq!(name(&desk), "Sở Nội vụ");
}

#[test]
fn a_backup_keeps_the_editions() {
    let mut desk = receiver();
    make(&mut desk, rename("Sở Hai"));
    desk.enter("M25", "2023-Q4", ratio(1, 2));
    let to = desk.folder.path().join("ban-sao.dti");
    ops::backup(&desk.store, &to).unwrap();
    let copy = crate::support::workspace::open(&to, Access::Read, MACHINE).unwrap();
    assert_eq!(copy.catalogue().agency_name("so-noi-vu"), "Sở Hai");
}

/// The bytes of a package; while they are read, the workspace that they go into is not there yet.
struct Bytes<'a> {
    left: &'a [u8],
    workspace: PathBuf,
    /// As when the stick is pulled out.
    fails: bool,
}

impl Read for Bytes<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        assert!(!self.workspace.exists(), "a workspace without its edition");
        if self.fails && self.left.is_empty() {
            return Err(io::Error::other("gone"));
        }
        self.left.read(buffer)
    }
}

fn begin(path: &Path, fails: bool) -> Result<Store, OpsError> {
    let edition = Edition::after(embedded(), amend(embedded(), &[open_agency()]).unwrap()).unwrap();
    let now = moment("2023-12-01T08:00:00+07:00");
    let bytes = [7; 100_000];
    let received = Received {
        sha256: sha256(&bytes),
        file_name: "DTI_so-tttt_danh-muc_an-ban-2.zip".to_owned(),
        bytes: bytes.len() as u64,
        kind: Some(PackageKind::Catalogue),
        arrival: Arrival { time: now, filed: None, due: Due::Timely },
        state: ReceivedState::Merged,
        rows: RowCounts::default(),
        agency: "so-tttt".to_owned(),
        period: None,
        filing: None,
        submission: "gui-1".to_owned(),
        signature: None,
        signer: None,
    };
    let new = NewWorkspace {
        agency: "so-moi",
        officer: OFFICER,
        device: "device".to_owned(),
        created: now,
        machine: MACHINE,
        key: &secret_key(MACHINE),
    };
    let mut package = Bytes { left: &bytes, workspace: path.to_owned(), fails };
    let adoption = Adoption { received, edition: &edition, package: &mut package };
    let mut new_id = || "thao-tac-1".to_owned();
    ops::begin(path, &new, &mut Context { officer: OFFICER, now, new_id: &mut new_id }, adoption, None)
}

#[test]
fn a_new_workspace_appears_only_with_its_edition_in_it() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("mới.dti");
    assert!(matches!(begin(&path, true).err(), Some(OpsError::Stream { .. })));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing half-made");
    let store = begin(&path, false).unwrap();
    assert_eq!((store.agency(), store.catalogue().plan.version), ("so-moi", 2));
}

#[test]
fn every_edition_that_stands_is_beside_the_one_before_it() {
    let mut desk = receiver();
    for name in ["Sở Hai", "Sở Ba", "Sở Bốn"] {
        make(&mut desk, rename(name));
    }
    desk.undo().unwrap();
    let names: Vec<(String, String)> = ops::editions(&desk.store)
        .unwrap()
        .iter()
        .map(|e| [&e.before, &e.after].map(|c| c.agency_name("so-noi-vu").to_owned()).into())
        .collect();
    let pair = |before: &str, after: &str| (before.to_owned(), after.to_owned());
    assert_eq!(names, [pair("Sở Hai", "Sở Ba"), pair("Sở Nội vụ", "Sở Hai")]);
}
