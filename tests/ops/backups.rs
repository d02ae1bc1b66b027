//! The backups beside the workspace: small, checked, evidence once for all, thinned by age, and put back whole.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset, TimeDelta};
use dti::ops::{self, OpsError};
use dti::store::backup::{self, Reason};
use dti::store::{Access, Backup, Damage, StoreError};

use crate::support::workspace::{Desk, MACHINE, open, sha256};
use crate::support::{moment, ratio};

const NOW: &str = "2023-12-05T10:30:00+07:00";

fn now() -> DateTime<FixedOffset> {
    moment(NOW)
}

fn back_up(desk: &Desk, now: DateTime<FixedOffset>) -> Backup {
    ops::back_up(&desk.store, Reason::Hand, now).unwrap().expect("something has changed")
}

/// A megabyte of evidence.
fn scan() -> Vec<u8> {
    (0..1_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect()
}

fn desk_with_evidence() -> Desk {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    desk.attach("M05", "2023-Q4", "quyết định.pdf", &scan());
    desk
}

fn blob(desk: &Desk, sha256: &str) -> PathBuf {
    backup::folder(&desk.path()).join("blobs").join(&sha256[..2]).join(&sha256[2..])
}

#[test]
fn evidence_is_copied_once_and_not_with_every_backup() {
    let mut desk = desk_with_evidence();
    let first = back_up(&desk, now());
    let copy = blob(&desk, &sha256(&scan()));
    assert_eq!(fs::read(&copy).unwrap(), scan());
    let written = fs::metadata(&copy).unwrap().modified().unwrap();
    desk.enter("M05", "2023-Q4", ratio(18, 20));
    let second = back_up(&desk, now());
    assert_eq!((first.number, second.number), (1, 2));
    assert!(second.bytes < 400_000, "{} bytes", second.bytes);
    assert_eq!(fs::metadata(&copy).unwrap().modified().unwrap(), written);
    assert_eq!(backup::list(&desk.path()), [second, first]);
}

#[test]
fn nothing_new_is_not_backed_up_again() {
    let mut desk = desk_with_evidence();
    back_up(&desk, now());
    assert_eq!(ops::back_up(&desk.store, Reason::Merge, now()).unwrap(), None);
    // A setting moves no head, but it is something new.
    ops::set_setting(&mut desk.store, "cỡ gói", "20").unwrap();
    assert!(ops::back_up(&desk.store, Reason::Merge, now()).unwrap().is_some());
}

#[test]
fn a_backup_is_put_back_whole_with_its_evidence_history_and_numbers() {
    let mut desk = desk_with_evidence();
    desk.file("2023-Q4");
    let (then, operations) = (desk.digest(), desk.snapshot().operations);
    let made = back_up(&desk, now());
    desk.enter("M05", "2023-Q4", ratio(18, 20));
    let path = desk.path();
    let Desk { folder, store, .. } = desk;
    drop(store);

    let restored = ops::restore(&made.path, &path, now()).unwrap();
    assert!(restored.kept.is_some_and(|kept| kept.exists()));
    assert_eq!(restored.missing, [""; 0]);
    let store = open(&path, Access::Write, MACHINE).unwrap();
    assert_eq!(ops::digest(&store).unwrap(), then);
    assert_eq!(ops::check(&store).unwrap(), []);
    let snapshot = ops::snapshot(&store).unwrap();
    assert_eq!(snapshot.operations, operations);
    assert_eq!(snapshot.filings.len(), 1);
    let mut evidence = Vec::new();
    ops::read_evidence(&store, &sha256(&scan()), &mut evidence).unwrap();
    assert_eq!(evidence, scan());
    assert_eq!(store.device(), "device-PC-01-again");
    drop(folder);
}

#[test]
fn a_backup_does_not_open_as_a_workspace() {
    let desk = desk_with_evidence();
    let made = back_up(&desk, now());
    let opened = open(&made.path, Access::Read, MACHINE).map(drop);
    assert_eq!(opened, Err(StoreError::NotAWorkspace(made.path)));
}

#[test]
fn lost_or_spoilt_evidence_does_not_keep_the_figures_from_being_put_back() {
    let mut desk = desk_with_evidence();
    desk.attach("M05", "2023-Q4", "hai.pdf", b"%PDF hai");
    let then = desk.digest();
    let made = back_up(&desk, now());
    fs::remove_file(blob(&desk, &sha256(&scan()))).unwrap();
    fs::write(blob(&desk, &sha256(b"%PDF hai")), "%PDF hại").unwrap();
    let to = desk.folder.path().join("lại.dti");
    let mut missing = ops::restore(&made.path, &to, now()).unwrap().missing;
    missing.sort();
    let mut expected = vec![sha256(&scan()), sha256(b"%PDF hai")];
    expected.sort();
    assert_eq!(missing, expected);
    let store = open(&to, Access::Read, MACHINE).unwrap();
    assert_eq!(ops::digest(&store).unwrap(), then);
    assert_eq!(ops::check(&store).unwrap(), []);
    assert_eq!(ops::snapshot(&store).unwrap().missing_evidence, expected);
}

#[test]
fn damaged_evidence_in_the_workspace_does_not_stop_the_backup_of_the_rest() {
    let desk = desk_with_evidence();
    let conn = rusqlite::Connection::open(desk.path()).unwrap();
    conn.execute("UPDATE blob_chunks SET data = x'00'", []).unwrap();
    let made = back_up(&desk, now());
    assert!(matches!(desk.check()[..], [Damage::Bytes { .. }]));
    let to = desk.folder.path().join("lại.dti");
    assert_eq!(ops::restore(&made.path, &to, now()).unwrap().missing, [sha256(&scan())]);
}

#[test]
fn a_spoilt_backup_is_refused_and_the_file_stays() {
    let desk = desk_with_evidence();
    let made = back_up(&desk, now());
    let conn = rusqlite::Connection::open(&made.path).unwrap();
    conn.execute("DELETE FROM heads", []).unwrap();
    drop(conn);
    let (path, digest) = (desk.path(), desk.digest());
    let Desk { folder, store, .. } = desk;
    drop(store);
    let spoilt = ops::restore(&made.path, &path, now());
    assert!(matches!(spoilt, Err(OpsError::Store(StoreError::Damaged { .. }))), "{spoilt:?}");
    assert_eq!(ops::digest(&open(&path, Access::Read, MACHINE).unwrap()).unwrap(), digest);
    drop(folder);
}

#[test]
fn older_ones_are_thinned_and_numbers_go_on_though_the_clock_is_set_back() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    for (day, hour) in (0..20).flat_map(|day| [(day, 0), (day, 3)]) {
        desk.enter("M05", "2023-Q4", ratio(day * 10 + hour, 300));
        back_up(&desk, now() + TimeDelta::days(day) + TimeDelta::hours(hour));
    }
    let left = backup::list(&desk.path());
    // The day before counts twice: what is a day old and less, and its own last one before that.
    assert_eq!(left.len(), 2 + 2 + 13 + 1, "{left:#?}");
    assert_eq!(left[0].number, 40);
    desk.enter("M05", "2023-Q4", ratio(299, 300));
    let back = back_up(&desk, now() - TimeDelta::days(400));
    assert_eq!(back.number, 41);
    assert_eq!(backup::list(&desk.path())[0], back);
    assert_eq!(backup::list(&desk.path()).len(), left.len() + 1);
}

#[test]
fn where_no_backup_can_be_made_the_error_says_why_and_nothing_is_lost() {
    let desk = desk_with_evidence();
    let folder = backup::folder(&desk.path());
    fs::write(&folder, "a file where the folder should be").unwrap();
    let failed = ops::back_up(&desk.store, Reason::Work, now());
    assert!(matches!(failed, Err(OpsError::Store(_))), "{failed:?}");
    assert_eq!(desk.check(), []);
    assert_eq!(backup::list(Path::new("không có.dti")), []);
}
