//! Making and opening a workspace: each thing that can be wrong with a path or a file has its own error.

use std::fs;

use dti::catalogue::embedded;
use dti::ops;
use dti::store::{Access, Store, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::ratio;
use crate::support::workspace::{Desk, MACHINE, OFFICER, create, open};

#[test]
fn a_new_workspace_opens_again_as_it_was() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let digest = desk.digest();
    let desk = desk.reopen(Access::Write);
    assert_eq!(desk.store.agency(), "so-noi-vu");
    assert_eq!(desk.store.officer(), OFFICER);
    assert_eq!(desk.store.device(), "device-PC-01");
    assert_eq!(desk.digest(), digest);
    assert_eq!(desk.check(), []);
}

#[test]
fn a_new_workspace_never_replaces_a_file_and_leaves_nothing_behind() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("có sẵn.dti");
    fs::write(&path, "của người khác").unwrap();
    assert_eq!(create(&path, "so-noi-vu", MACHINE).err(), Some(StoreError::Exists(path.clone())));
    assert_eq!(fs::read_to_string(&path).unwrap(), "của người khác");
    assert_eq!(names_in(&folder), ["có sẵn.dti"]);
}

#[test]
fn a_new_workspace_needs_a_folder_and_an_agency_of_the_plan() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("không có");
    assert_eq!(create(&missing.join("a.dti"), "so-noi-vu", MACHINE).err(), Some(StoreError::NotFound(missing)));
    let taken = folder.path().to_owned();
    assert_eq!(create(&taken, "so-noi-vu", MACHINE).err(), Some(StoreError::IsFolder(taken)));
    let device = folder.path().join("aux.dti");
    assert_eq!(create(&device, "so-noi-vu", MACHINE).err(), Some(StoreError::DeviceName(device)));
    let path = folder.path().join("a.dti");
    assert_eq!(create(&path, "so-lạ", MACHINE).err(), Some(StoreError::UnknownAgency("so-lạ".to_owned())));
    assert!(names_in(&folder).is_empty());
}

#[test]
fn only_a_workspace_is_opened_and_other_files_are_not_touched() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("trống.dti"), "").unwrap();
    fs::write(at("văn bản.dti"), "Kính gửi Sở Thông tin và Truyền thông. ".repeat(100)).unwrap();
    Connection::open(at("khác.db")).unwrap().execute_batch("CREATE TABLE t (x); PRAGMA application_id = 7").unwrap();
    let before = names_in(&folder);
    for access in [Access::Read, Access::Write] {
        for name in ["trống.dti", "văn bản.dti", "khác.db"] {
            assert_eq!(open(&at(name), access, MACHINE).err(), Some(StoreError::NotAWorkspace(at(name))), "{name}");
        }
        assert_eq!(open(&at("vắng.dti"), access, MACHINE).err(), Some(StoreError::NotFound(at("vắng.dti"))));
        let here = folder.path().to_owned();
        assert_eq!(open(&here, access, MACHINE).err(), Some(StoreError::IsFolder(here)));
    }
    assert_eq!(names_in(&folder), before);
}

#[test]
fn a_workspace_of_a_newer_program_is_refused() {
    let desk = Desk::new("so-noi-vu", MACHINE);
    let (path, Desk { folder: _folder, store, .. }) = (desk.path(), desk);
    drop(store);
    Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let refused = StoreError::NewerSchema { path: path.clone(), found: 99, known: 1 };
    assert_eq!(open(&path, Access::Read, MACHINE).err(), Some(refused));
}

#[test]
fn a_workspace_of_a_plan_that_this_program_lacks_is_refused() {
    let desk = Desk::new("so-noi-vu", MACHINE);
    let (path, Desk { folder: _folder, store, .. }) = (desk.path(), desk);
    drop(store);
    let conn = Connection::open(&path).unwrap();
    conn.execute("UPDATE meta SET value = '2' WHERE name = 'catalogue_version'", []).unwrap();
    drop(conn);
    let (plan, version) = (embedded().plan.id.clone(), 2);
    let refused = StoreError::UnknownCatalogue { path: path.clone(), plan, version };
    assert_eq!(open(&path, Access::Write, MACHINE).err(), Some(refused));
}

#[test]
fn a_workspace_cut_short_is_damaged_and_not_something_else() {
    let desk = Desk::new("so-noi-vu", MACHINE);
    let (path, Desk { folder: _folder, store, .. }) = (desk.path(), desk);
    drop(store);
    let file = fs::File::options().write(true).open(&path).unwrap();
    file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    assert!(matches!(open(&path, Access::Write, MACHINE), Err(StoreError::Damaged { .. })));
}

#[test]
fn a_second_writer_is_told_who_holds_the_file_while_readers_are_welcome() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    match open(&desk.path(), Access::Write, "PC-02") {
        Err(StoreError::Locked { path, holder }) => {
            assert_eq!(path, desk.path());
            assert!(holder.starts_with(&format!("{MACHINE}, pid {}", std::process::id())), "{holder}");
        }
        other => panic!("opened twice: {:?}", other.err()),
    }
    let reader = open(&desk.path(), Access::Read, "PC-02").unwrap();
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    assert_eq!(ops::digest(&reader).unwrap(), desk.digest());
}

#[test]
fn the_lock_goes_with_its_holder_and_its_files_too() {
    let desk = Desk::new("so-noi-vu", MACHINE);
    assert_eq!(names_in(&desk.folder), ["so-lieu.dti", "so-lieu.dti.lock", "so-lieu.dti.lock.txt"]);
    let path = desk.path();
    let Desk { folder, store, .. } = desk;
    drop(store);
    assert_eq!(names_in(&folder), ["so-lieu.dti"]);
    // Left by a computer that lost power: nobody holds it.
    fs::write(folder.path().join("so-lieu.dti.lock"), "").unwrap();
    assert!(open(&path, Access::Write, MACHINE).is_ok());
}

#[test]
fn a_reader_takes_no_lock_and_changes_nothing() {
    let desk = Desk::new("so-noi-vu", MACHINE).reopen(Access::Read);
    assert_eq!(names_in(&desk.folder), ["so-lieu.dti"]);
    let mut store = open(&desk.path(), Access::Read, "another PC").unwrap();
    assert_eq!(store.device(), "device-PC-01");
    let refused = ops::set_setting(&mut store, "mail-limit", "10");
    assert_eq!(refused, Err(StoreError::ReadOnly(desk.path()).into()));
}

#[test]
fn a_workspace_on_another_machine_or_path_takes_a_new_device_id_once() {
    let desk = Desk::new("so-noi-vu", MACHINE);
    let Desk { folder, store, .. } = desk;
    drop(store);
    let copy = folder.path().join("bản sao.dti");
    fs::copy(folder.path().join("so-lieu.dti"), &copy).unwrap();
    assert_eq!(open(&copy, Access::Write, MACHINE).unwrap().device(), "device-PC-01-again");
    let unused = &mut || panic!("it is where it was");
    let place = dti::store::Place { machine: MACHINE, new_device: unused };
    assert_eq!(Store::open(&copy, Access::Write, place).unwrap().device(), "device-PC-01-again");
    let original = folder.path().join("so-lieu.dti");
    assert_eq!(open(&original, Access::Write, MACHINE).unwrap().device(), "device-PC-01");
    assert_eq!(open(&original, Access::Write, "PC-02").unwrap().device(), "device-PC-02-again");
    let devices: i64 =
        Connection::open(&original).unwrap().query_row("SELECT count(*) FROM devices", [], |r| r.get(0)).unwrap();
    assert_eq!(devices, 2);
}

#[test]
fn a_link_to_an_open_workspace_does_not_open_it_twice() {
    let desk = Desk::new("so-noi-vu", MACHINE);
    let detour = desk.folder.path().join(".").join("so-lieu.dti");
    assert!(matches!(open(&detour, Access::Write, MACHINE), Err(StoreError::Locked { .. })));
}

/// Names of the files in a folder, sorted.
pub fn names_in(folder: &TempDir) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
