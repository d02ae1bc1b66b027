//! The file is taken away, or another is put in its place, while it is open: noticed before anything is lost.
//!
//! Not on Windows, which lets nobody do that to an open database.
#![cfg(unix)]

use std::fs;

use dti::ops::{self, OpsError};
use dti::store::{Access, StoreError};

use crate::support::ratio;
use crate::support::workspace::{Desk, MACHINE, edit, open};

#[test]
fn a_file_that_was_replaced_is_not_written_to_and_neither_is_the_new_one() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(16, 20));
    let (path, aside) = (desk.path(), desk.folder.path().join("cũ.dti"));
    let stranger = Desk::new("so-y-te", MACHINE);
    fs::rename(&path, &aside).unwrap();
    fs::copy(stranger.path(), &path).unwrap();
    let as_put = fs::read(&path).unwrap();

    let key = desk.key("M05", "2023-Q4");
    let refused = desk.save(vec![edit(key.clone(), ratio(17, 20))]);
    assert_eq!(refused.unwrap_err(), OpsError::Store(StoreError::Replaced(path.clone())));
    assert_eq!(fs::read(&path).unwrap(), as_put);
    let rescued = desk.folder.path().join("sao lưu.dti");
    ops::backup(&desk.store, &rescued).unwrap();
    assert_eq!(ops::digest(&open(&rescued, Access::Read, MACHINE).unwrap()).unwrap(), desk.digest());

    fs::remove_file(&path).unwrap();
    fs::rename(&aside, &path).unwrap();
    desk.save(vec![edit(key, ratio(17, 20))]).expect("the file is back");
    let store = desk.reopen(Access::Read);
    assert_eq!(store.check(), []);
}

#[test]
fn a_file_that_was_deleted_or_renamed_is_missed_at_the_next_save() {
    for take_away in
        [|path: &_| fs::remove_file(path), |path: &std::path::Path| fs::rename(path, path.with_extension("x"))]
    {
        let mut desk = Desk::new("so-noi-vu", MACHINE);
        let key = desk.key("M05", "2023-Q4");
        take_away(&desk.path()).unwrap();
        let refused = desk.save(vec![edit(key, ratio(17, 20))]);
        assert_eq!(refused.unwrap_err(), OpsError::Store(StoreError::Replaced(desk.path())));
    }
}
