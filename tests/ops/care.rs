//! Check, backup and restore.

use std::fs;

use dti::ops::{self, OpsError};
use dti::store::{Access, Damage, Restored, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::workspace::{Desk, MACHINE, open};
use crate::support::{moment, ratio};

const NOW: &str = "2023-12-05T10:30:00+07:00";

#[test]
fn check_names_what_was_altered_behind_the_programs_back() {
    let tricks = [
        (
            "DROP TRIGGER revisions_are_never_changed; UPDATE revisions SET body = replace(body, '\"17\"', '\"19\"')",
            "revision",
        ),
        ("DELETE FROM heads", "log"),
        ("UPDATE operation_moves SET heads_after = '[]' WHERE operation = 1", "log"),
        ("INSERT INTO heads SELECT id FROM revisions WHERE id NOT IN (SELECT revision FROM heads)", "heads"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM operation_moves; UPDATE operations SET undoes = 'x'", "reference"),
    ];
    for (trick, expected) in tricks {
        let mut desk = Desk::new("so-noi-vu", MACHINE);
        desk.enter("M05", "2023-Q4", ratio(16, 20));
        desk.enter("M05", "2023-Q4", ratio(17, 20));
        assert_eq!(desk.check(), []);
        Connection::open(desk.path()).unwrap().execute_batch(trick).unwrap();
        let found = desk.check();
        let named = found.iter().any(|damage| match damage {
            Damage::Revision { .. } => expected == "revision",
            Damage::Log(_) => expected == "log",
            Damage::Heads(_) => expected == "heads",
            Damage::Reference { .. } => expected == "reference",
            Damage::File(_) | Damage::Bytes { .. } => false,
        });
        assert!(named, "{trick}: {found:?}");
    }
}

#[test]
fn a_backup_says_the_same_and_never_replaces_a_file() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    desk.attach("M05", "2023-Q4", "một.pdf", b"%PDF");
    let to = desk.folder.path().join("sao lưu.dti");
    ops::backup(&desk.store, &to).unwrap();
    let copy = open(&to, Access::Read, MACHINE).unwrap();
    assert_eq!(ops::digest(&copy).unwrap(), desk.digest());
    assert_eq!(ops::check(&copy).unwrap(), []);
    assert_eq!(ops::backup(&desk.store, &to), Err(StoreError::Exists(to).into()));
    let nowhere = desk.folder.path().join("không có").join("a.dti");
    let folder = nowhere.parent().unwrap().to_owned();
    assert_eq!(ops::backup(&desk.store, &nowhere), Err(StoreError::NotFound(folder).into()));
}

#[test]
fn restoring_keeps_the_file_that_was_there_and_goes_on_as_another_device() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let then = desk.digest();
    let backup = desk.folder.path().join("sao lưu.dti");
    ops::backup(&desk.store, &backup).unwrap();
    desk.enter("M05", "2023-Q4", ratio(18, 20));
    let later = desk.digest();
    let path = desk.path();
    let locked = ops::restore(&backup, &path, moment(NOW));
    assert!(matches!(locked, Err(OpsError::Store(StoreError::Locked { .. }))), "{locked:?}");
    let Desk { folder: _folder, store, .. } = desk;
    drop(store);

    let kept = ops::restore(&backup, &path, moment(NOW)).unwrap().kept.expect("the old file is kept");
    assert!(kept.ends_with("so-lieu.dti.bak-20231205-103000"), "{kept:?}");
    assert_eq!(ops::digest(&open(&kept, Access::Read, MACHINE).unwrap()).unwrap(), later);
    let store = open(&path, Access::Write, MACHINE).unwrap();
    assert_eq!(ops::digest(&store).unwrap(), then);
    // What was written after the backup carries the old device's next counter: it must not be counted twice.
    assert_eq!(store.device(), "device-PC-01-again");
}

#[test]
fn a_restore_that_was_cut_off_can_be_given_again_in_the_same_second() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let backup = desk.folder.path().join("sao lưu.dti");
    ops::backup(&desk.store, &backup).unwrap();
    let (path, then) = (desk.path(), desk.digest());
    let Desk { folder, store, .. } = desk;
    drop(store);
    let left = folder.path().join("so-lieu.dti.bak-20231205-103000");
    fs::hard_link(&path, &left).unwrap();
    let kept = ops::restore(&backup, &path, moment(NOW)).unwrap().kept.unwrap();
    assert!(kept.ends_with("so-lieu.dti.bak-20231205-103000-2"), "{kept:?}");
    assert!(left.exists());
    assert_eq!(ops::digest(&open(&path, Access::Read, MACHINE).unwrap()).unwrap(), then);
}

#[test]
fn a_journal_left_by_a_power_cut_is_not_played_into_the_restored_file() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let backup = desk.folder.path().join("sao lưu.dti");
    ops::backup(&desk.store, &backup).unwrap();
    let (path, digest) = (desk.path(), desk.digest());
    let Desk { folder, store, .. } = desk;
    drop(store);
    fs::write(folder.path().join("so-lieu.dti-journal"), "half a journal").unwrap();
    let kept = ops::restore(&backup, &path, moment(NOW)).unwrap().kept.unwrap();
    assert!(!folder.path().join("so-lieu.dti-journal").exists());
    assert_eq!(fs::read_to_string(format!("{}-journal", kept.display())).unwrap(), "half a journal");
    assert_eq!(ops::digest(&open(&path, Access::Read, MACHINE).unwrap()).unwrap(), digest);
}

#[test]
fn restoring_to_a_new_path_needs_no_old_file_and_a_spoilt_backup_changes_nothing() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let backup = desk.folder.path().join("sao lưu.dti");
    ops::backup(&desk.store, &backup).unwrap();
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("mới.dti");
    assert_eq!(ops::restore(&backup, &to, moment(NOW)), Ok(Restored::default()));
    assert_eq!(ops::digest(&open(&to, Access::Read, MACHINE).unwrap()).unwrap(), desk.digest());
    let same = ops::restore(&to, &to, moment(NOW));
    assert_eq!(same, Err(StoreError::Exists(to.clone()).into()));

    let before = fs::read(&to).unwrap();
    Connection::open(&backup).unwrap().execute("DELETE FROM heads", []).unwrap();
    let spoilt = ops::restore(&backup, &to, moment(NOW));
    assert!(matches!(spoilt, Err(OpsError::Store(StoreError::Damaged { path, .. })) if path == backup));
    fs::write(&backup, "không phải dữ liệu").unwrap();
    let other = ops::restore(&backup, &to, moment(NOW));
    assert_eq!(other, Err(StoreError::NotAWorkspace(backup).into()));
    assert_eq!(fs::read(&to).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
