//! Real damage: pages overwritten, the file cut short, rows altered. What is readable is saved; nothing panics or hangs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use dti::ops::{self, Context, OpsError};
use dti::record::OperationKind;
use dti::store::{Access, Rescued, StoreError};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::support::workspace::{Desk, MACHINE, key, open, secret_key};
use crate::support::{moment, ratio};

const ITEMS: [&str; 6] = ["M05", "M06", "M08", "M17", "M18", "M19"];

#[test]
fn of_a_sound_file_everything_is_saved() {
    let desk = busy();
    let (rescued, to) = rescue(&desk.path()).unwrap();
    assert_eq!(Rescued { revisions: 0, files: 0, ..rescued.clone() }, Rescued::default());
    assert!(rescued.revisions > 20 && rescued.files == 2, "{rescued:?}");
    let saved = open(&to, Access::Write, MACHINE).unwrap();
    assert_eq!(ops::digest(&saved).unwrap(), desk.digest());
    assert_eq!(ops::check(&saved).unwrap(), []);
    let before = desk.snapshot();
    let after = ops::snapshot(&saved).unwrap();
    assert_eq!((after.operations, after.filings, after.received), (before.operations, before.filings, before.received));
    assert_eq!(saved.device(), "device-PC-01-again", "it does not count on under the old one");
}

#[test]
fn whichever_page_is_overwritten_what_is_left_is_saved_and_sound() {
    let desk = busy();
    let original = fs::read(desk.path()).unwrap();
    let known: BTreeSet<String> = ITEMS
        .iter()
        .flat_map(|item| ops::history(&desk.store, &desk.key(item, "2023-Q4")).unwrap())
        .map(|r| r.id)
        .collect();
    let page = usize::from(u16::from_be_bytes([original[16], original[17]]));
    let pages = original.len() / page;
    let folder = TempDir::new().unwrap();
    let mut saved = 0;
    for number in 1..pages {
        let path = folder.path().join(format!("hong-{number}.dti"));
        let mut bytes = original.clone();
        bytes[number * page..][..page].fill(if number % 2 == 0 { 0x00 } else { 0xA5 });
        fs::write(&path, &bytes).unwrap();
        // Whatever they say, they end.
        if let Ok(store) = open(&path, Access::Read, MACHINE) {
            let _ = (ops::check(&store), ops::snapshot(&store), ops::digest(&store));
        }
        match rescue(&path) {
            Ok((_, to)) => {
                let store = open(&to, Access::Write, MACHINE).unwrap();
                assert_eq!(ops::check(&store).unwrap(), [], "page {number}");
                let snapshot = ops::snapshot(&store).unwrap();
                let mut heads = snapshot.records.values().flat_map(|record| &record.heads);
                assert!(heads.all(|head| known.contains(&head.id)), "page {number} made something up");
                saved += 1;
            }
            Err(OpsError::Store(StoreError::Damaged { .. })) => {}
            Err(e) => panic!("page {number}: {e}"),
        }
    }
    assert!(saved * 10 > pages * 9, "saved {saved} times with {pages} pages");
}

#[test]
fn of_a_file_cut_short_the_part_that_is_there_is_saved() {
    let desk = busy();
    let path = desk.folder.path().join("cụt.dti");
    let bytes = fs::read(desk.path()).unwrap();
    let mut most = 0;
    for tenths in 1..10 {
        fs::write(&path, &bytes[..bytes.len() * tenths / 10]).unwrap();
        if let Ok((rescued, to)) = rescue(&path) {
            most = most.max(rescued.revisions);
            assert_eq!(ops::check(&open(&to, Access::Read, MACHINE).unwrap()).unwrap(), []);
            fs::remove_file(to).unwrap();
        }
    }
    assert!(most > 0);
}

#[test]
fn an_altered_figure_gives_way_to_the_one_before_it_and_is_named() {
    let desk = busy();
    let path = desk.folder.path().join("sửa.dti");
    ops::backup(&desk.store, &path).unwrap();
    let history = ops::history(&desk.store, &desk.key("M05", "2023-Q4")).unwrap();
    let alter = "DROP TRIGGER revisions_are_never_changed; UPDATE revisions SET author = 'x' WHERE 0;";
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(alter).unwrap();
    conn.execute("UPDATE revisions SET body = replace(body, '\"20\"', '\"21\"') WHERE id = ?1", [&history[0].id])
        .unwrap();
    drop(conn);
    let (rescued, to) = rescue(&path).unwrap();
    let m05 = key("M05", "so-noi-vu", "2023-Q4");
    assert_eq!((rescued.altered, rescued.uncertain.as_slice()), (1, std::slice::from_ref(&m05)));
    let store = open(&to, Access::Write, MACHINE).unwrap();
    let heads = ops::heads(&store, &m05).unwrap();
    assert_eq!(heads.iter().map(|h| &h.id).collect::<Vec<_>>(), [&history[1].id]);
    assert_eq!(ops::snapshot(&store).unwrap().operations[0].kind, OperationKind::Rescue);
    assert_eq!(ops::check(&store).unwrap(), []);
}

#[test]
fn a_file_whose_head_is_gone_is_said_to_be_none_and_nothing_is_left_behind() {
    let desk = busy();
    let path = desk.folder.path().join("mất đầu.dti");
    let mut bytes = fs::read(desk.path()).unwrap();
    bytes[..100].fill(0);
    fs::write(&path, &bytes).unwrap();
    let before = fs::read_dir(desk.folder.path()).unwrap().count();
    assert_eq!(rescue(&path).unwrap_err(), OpsError::Store(StoreError::NotAWorkspace(path)));
    assert_eq!(fs::read_dir(desk.folder.path()).unwrap().count(), before);
}

/// A workspace with history, evidence, an undo, a filing and a package from another.
fn busy() -> Desk {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    for round in 1..5 {
        for item in ITEMS {
            desk.enter(item, "2023-Q4", ratio(round, 20));
        }
    }
    desk.attach("M05", "2023-Q4", "một.pdf", &vec![7; 20_000]);
    desk.file("2023-Q4");
    desk.enter("M06", "2023-Q4", ratio(19, 20));
    desk.undo().unwrap();
    let other = Desk::new("so-noi-vu", "PC-02");
    desk.merge(&other.contents("2023-Q4")).unwrap();
    desk
}

fn rescue(from: &Path) -> Result<(Rescued, PathBuf), OpsError> {
    let to = from.with_extension("cuu.dti");
    let mut new_id = || "0-rescue".to_owned();
    let mut ctx = Context { officer: "", now: moment("2024-01-02T08:00:00+07:00"), new_id: &mut new_id };
    ops::rescue(from, &to, &mut ctx, &secret_key("new")).map(|rescued| (rescued, to))
}
