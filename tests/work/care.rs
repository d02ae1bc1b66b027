//! The worker's care of files: damaged ones are only read, backups come back, what is readable is saved.

use std::fs;
use std::path::Path;

use dti::ops::Edit;
use dti::record::Body;
use dti::store::backup::Reason;
use dti::work::{Event, Job, OpenedFor, Stored, WrittenFile};

use super::{Pc, key, progress};
use crate::support::ratio;

const NOTE: &str = "ghi chú đúng như đã nhập";
const OTHER: &str = "ghi chú đúng như bị sửaa";

/// A workspace with one figure, closed.
fn with_a_note() -> Pc {
    let mut pc = Pc::of("so-noi-vu");
    let mut body = Body::new(ratio(1, 20));
    body.note = NOTE.to_owned();
    pc.stored(Job::Save(vec![Edit { key: key("M05", "so-noi-vu"), body, seen: Some(Vec::new()) }]));
    pc
}

/// Alters what was stored, as a failing disk would.
fn alter(path: &Path) {
    assert_eq!(NOTE.len(), OTHER.len());
    let mut bytes = fs::read(path).unwrap();
    let found: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(NOTE.as_bytes())).collect();
    assert!(!found.is_empty());
    for at in found {
        bytes[at..at + OTHER.len()].copy_from_slice(OTHER.as_bytes());
    }
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_file_found_damaged_as_it_is_opened_is_only_read_from_then_on() {
    let mut pc = with_a_note();
    let path = pc.path("so-lieu.dti");
    pc.ask(Job::Close);
    alter(&path);
    assert!(matches!(pc.ask(Job::Open(path)), Event::Opened { access: OpenedFor::Writing, .. }));
    match pc.ask(Job::BackUp(Reason::Opening)) {
        Event::Opened { access: OpenedFor::Rescuing(why), state, .. } => {
            assert!(why.contains("M05") && why.contains("bản sao lưu"), "{why}");
            assert_eq!(state.snapshot.records.len(), 1, "it can be looked at");
        }
        other => panic!("{other:?}"),
    }
    pc.refused(Job::Save(vec![progress()]));
}

#[test]
fn a_file_that_was_altered_after_its_last_backup_is_noticed_all_the_same() {
    let mut pc = with_a_note();
    let path = pc.path("so-lieu.dti");
    assert!(matches!(pc.ask(Job::BackUp(Reason::Opening)), Event::BackedUp { made: true, .. }));
    assert!(matches!(pc.ask(Job::BackUp(Reason::Opening)), Event::BackedUp { made: false, .. }));
    pc.ask(Job::Close);
    alter(&path);
    assert!(matches!(pc.ask(Job::Open(path)), Event::Opened { .. }));
    let event = pc.ask(Job::BackUp(Reason::Opening));
    assert!(matches!(event, Event::Opened { access: OpenedFor::Rescuing(_), .. }), "{event:?}");
}

#[test]
fn what_is_readable_of_a_damaged_file_is_saved_and_what_is_not_is_named() {
    let mut pc = with_a_note();
    let (path, to) = (pc.path("so-lieu.dti"), pc.path("cứu được.dti"));
    pc.ask(Job::Close);
    alter(&path);
    let damaged = fs::read(&path).unwrap();
    match pc.ask(Job::Rescue { from: path.clone(), to: to.clone() }) {
        Event::Rescued { path, lost, .. } => {
            assert_eq!(path, to);
            assert!(lost.iter().any(|l| l.contains("M05")), "{lost:?}");
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read(&path).unwrap(), damaged, "the damaged file is not touched");
    assert!(matches!(pc.ask(Job::Open(to)), Event::Opened { access: OpenedFor::Writing, .. }));
    assert!(matches!(pc.ask(Job::Check), Event::Checked(found) if found.is_empty()));
}

#[test]
fn a_backup_comes_back_in_place_of_the_open_file_which_is_kept() {
    let mut pc = with_a_note();
    let path = pc.path("so-lieu.dti");
    let Event::BackedUp { made: true, backups, .. } = pc.ask(Job::BackUp(Reason::Hand)) else { panic!("not made") };
    pc.stored(Job::Save(vec![progress()]));
    let event = pc.ask(Job::Restore { file: path.clone(), backup: backups[0].path.clone() });
    let Event::Restored { kept: Some(kept), missing, .. } = event else { panic!("{event:?}") };
    assert!(missing.is_empty());
    match pc.ask(Job::Open(path)) {
        Event::Opened { state, .. } => assert_eq!(state.snapshot.records.len(), 1),
        other => panic!("{other:?}"),
    }
    match pc.ask(Job::Open(kept)) {
        Event::Opened { state, .. } => assert_eq!(state.snapshot.records.len(), 2, "nothing is lost"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_backup_that_is_itself_damaged_leaves_the_file_open_as_it_was() {
    let mut pc = with_a_note();
    let path = pc.path("so-lieu.dti");
    let Event::BackedUp { backups, .. } = pc.ask(Job::BackUp(Reason::Hand)) else { panic!("not made") };
    alter(&backups[0].path);
    let text = pc.refused(Job::Restore { file: path, backup: backups[0].path.clone() });
    assert!(text.contains("bị hỏng"), "{text}");
    pc.stored(Job::Save(vec![progress()]));
}

#[test]
fn a_file_that_cannot_even_be_read_is_named_with_the_backups_that_there_are() {
    let mut pc = with_a_note();
    let path = pc.path("so-lieu.dti");
    pc.ask(Job::BackUp(Reason::Hand));
    pc.ask(Job::Close);
    for ruin in [|p: &Path| fs::write(p, "không phải tệp số liệu").unwrap(), |p: &Path| fs::remove_file(p).unwrap()]
    {
        ruin(&path);
        match pc.ask(Job::Open(path.clone())) {
            Event::Unreadable { path: named, rescuable, backups, .. } => {
                assert_eq!((named, rescuable, backups.len()), (path.clone(), false, 1));
            }
            other => panic!("{other:?}"),
        }
    }
    let Event::Unreadable { backups, .. } = pc.ask(Job::Open(path.clone())) else { panic!("opened") };
    let event = pc.ask(Job::Restore { file: path.clone(), backup: backups[0].path.clone() });
    assert!(matches!(event, Event::Restored { kept: None, .. }), "{event:?}");
    assert!(matches!(pc.ask(Job::Open(path)), Event::Opened { access: OpenedFor::Writing, .. }));
}

#[test]
fn another_file_that_does_not_open_leaves_the_one_that_is_open() {
    let mut pc = with_a_note();
    let missing = pc.path("không có.dti");
    pc.refused(Job::Open(missing));
    pc.stored(Job::Save(vec![progress()]));
}

#[test]
fn the_own_key_goes_out_and_comes_back_and_never_over_a_file() {
    let mut pc = Pc::of("so-noi-vu");
    let (own, to) = (pc.state().snapshot.trust.own, pc.path("khóa.key"));
    assert!(matches!(pc.ask(Job::ExportKey(to.clone())), Event::Written { file: WrittenFile::Key, .. }));
    assert!(pc.refused(Job::ExportKey(to.clone())).contains("chọn tên khác"));
    let mut other = Pc::of("so-noi-vu");
    assert_ne!(other.state().snapshot.trust.own, own);
    let (outcome, state) = other.stored(Job::ImportKey(to));
    assert_eq!(outcome, Stored::OwnKey { code: own.code() });
    assert_eq!(state.snapshot.trust.own, own);
    let text = other.refused(Job::ImportKey(pc.path("so-lieu.dti")));
    assert!(text.contains("không phải tệp khóa"), "{text}");
}
