//! Taking back: exact, in any sensible order, and refused where someone built on it.

use dti::ops::{self, Done, OpsError};
use dti::record::OperationKind;
use dti::store::Access;

use crate::support::ratio;
use crate::support::workspace::{Desk, MACHINE, edit};

#[test]
fn undo_and_redo_give_the_digest_of_before_and_after() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let empty = desk.digest();
    desk.enter("M05", "2023-Q4", ratio(1, 20));
    let one = desk.digest();
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    let two = desk.digest();
    for _ in 0..2 {
        desk.undo().unwrap();
        assert_eq!(desk.digest(), one);
        desk.undo().unwrap();
        assert_eq!(desk.digest(), empty);
        assert!(desk.snapshot().records.is_empty());
        desk.redo().unwrap();
        assert_eq!(desk.digest(), one);
        desk.redo().unwrap();
        assert_eq!(desk.digest(), two);
        assert_eq!(desk.redo(), Err(OpsError::NothingToRedo));
    }
    assert_eq!(desk.check(), []);
}

#[test]
fn undo_outlives_closing_the_file() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let empty = desk.digest();
    desk.enter("M05", "2023-Q4", ratio(1, 20));
    let mut desk = desk.reopen(Access::Write);
    desk.undo().unwrap();
    assert_eq!(desk.digest(), empty);
    let mut desk = desk.reopen(Access::Write);
    desk.redo().unwrap();
    assert_eq!(desk.snapshot().records.len(), 1);
}

#[test]
fn the_log_tells_what_took_back_what() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let saved = id(desk.enter("M05", "2023-Q4", ratio(1, 20)));
    let undone = id(desk.undo().unwrap());
    let operations = desk.snapshot().operations;
    assert_eq!(operations[0].kind, OperationKind::Undo);
    assert_eq!(operations[0].undoes.as_ref(), Some(&saved));
    assert_eq!(operations[1].undone_by.as_ref(), Some(&undone));
    let redone = id(desk.redo().unwrap());
    let operations = desk.snapshot().operations;
    assert_eq!((operations[0].kind, operations[0].undoes.as_ref()), (OperationKind::Redo, Some(&undone)));
    assert_eq!(operations[1].undone_by.as_ref(), Some(&redone));
    assert_eq!(operations[2].undone_by, None);
    assert!(operations.iter().all(|o| o.subject == "M05"));
}

#[test]
fn an_earlier_operation_is_undone_by_the_beginning_of_its_id() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let first = id(desk.enter("M04", "2023-Q4", ratio(1, 20)));
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    let undo = |desk: &mut Desk, prefix: &str| desk.act(|store, ctx| ops::undo(store, ctx, Some(prefix)));
    let common = &first[..first.len() - 1];
    assert_eq!(undo(&mut desk, common), Err(OpsError::AmbiguousOperation(common.to_owned())));
    assert_eq!(undo(&mut desk, "zz"), Err(OpsError::UnknownOperation("zz".to_owned())));
    let done = undo(&mut desk, &first).unwrap();
    assert_eq!(done.changed, [desk.key("M04", "2023-Q4")]);
    assert!(matches!(undo(&mut desk, &first), Err(OpsError::AlreadyUndone(o)) if o.id == first));
    let itself = id(done);
    assert!(matches!(undo(&mut desk, &itself), Err(OpsError::NotUndoable(o)) if o.id == itself));
    assert_eq!(desk.undo().unwrap().changed, [desk.key("M05", "2023-Q4")]);
    assert_eq!(desk.check(), []);
}

#[test]
fn an_operation_that_others_built_on_is_not_undone_and_they_are_named() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let first = id(desk.enter("M05", "2023-Q4", ratio(1, 20)));
    desk.enter("M04", "2023-Q4", ratio(1, 20));
    let second = id(desk.enter("M05", "2023-Q4", ratio(2, 20)));
    let third = id(desk.enter("M05", "2023-Q4", ratio(3, 20)));
    let before = desk.digest();
    match desk.act(|store, ctx| ops::undo(store, ctx, Some(&first))) {
        Err(OpsError::UndoBlocked { operation, by }) => {
            assert_eq!(operation.id, first);
            assert_eq!(by.into_iter().map(|o| o.id).collect::<Vec<_>>(), [second, third]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(desk.digest(), before);
    assert_eq!(desk.snapshot().operations.len(), 4);
}

#[test]
fn with_what_stands_on_it_an_operation_is_undone_exactly() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let empty = desk.digest();
    let first = id(desk.enter("M05", "2023-Q4", ratio(1, 20)));
    // Not on it at all.
    desk.enter("M06", "2023-Q4", ratio(1, 20));
    let (m04, m05) = (desk.key("M04", "2023-Q4"), desk.key("M05", "2023-Q4"));
    desk.save(vec![edit(m05.clone(), ratio(2, 20)), edit(m04.clone(), ratio(3, 20))]).unwrap();
    // Only by way of the one before.
    desk.enter("M04", "2023-Q4", ratio(4, 20));
    let log = desk.snapshot().operations;
    let named: Vec<i64> =
        log.iter().find(|o| o.id == first).unwrap().stood_on_by(&log).iter().map(|o| o.number).collect();
    assert_eq!(named, [log[0].number, log[1].number]);
    let done = desk.act(|store, ctx| ops::undo_with_later(store, ctx, &first)).unwrap();
    assert_eq!(done.changed, [m04, m05]);
    assert_eq!(desk.snapshot().records.keys().collect::<Vec<_>>(), [&desk.key("M06", "2023-Q4")]);
    let undos = desk.snapshot().operations.iter().filter(|o| o.kind == OperationKind::Undo).count();
    assert_eq!(undos, 3, "each is in the log");
    for _ in 0..3 {
        desk.redo().unwrap();
    }
    assert_eq!(desk.snapshot().records.len(), 3);
    desk.act(|store, ctx| ops::undo_with_later(store, ctx, &first)).unwrap();
    desk.undo().unwrap();
    assert_eq!(desk.digest(), empty);
    assert_eq!(desk.check(), []);
}

#[test]
fn a_batch_is_taken_back_whole_or_not_at_all() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let empty = desk.digest();
    let batch = ["M04", "M05", "M06"].map(|item| id(desk.enter(item, "2023-Q4", ratio(1, 20))));
    let newest_first: Vec<String> = batch.iter().rev().cloned().collect();
    let standing = desk.digest();
    desk.enter("M04", "2023-Q4", ratio(2, 20));
    let before = (desk.digest(), desk.snapshot().operations.len());
    let blocked = desk.act(|store, ctx| ops::undo_all(store, ctx, &newest_first));
    assert!(matches!(blocked, Err(OpsError::UndoBlocked { .. })), "{blocked:?}");
    assert_eq!((desk.digest(), desk.snapshot().operations.len()), before, "M06 and M05 stand as well");
    desk.undo().unwrap();
    let done = desk.act(|store, ctx| ops::undo_all(store, ctx, &newest_first)).unwrap();
    assert_eq!((done.changed.len(), desk.digest()), (3, empty));
    for _ in 0..3 {
        desk.redo().unwrap();
    }
    assert_eq!((desk.digest(), desk.check()), (standing, vec![]));
}

#[test]
fn where_what_stands_on_it_was_filed_nothing_is_undone() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let first = id(desk.enter("M05", "2023-Q4", ratio(1, 20)));
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    desk.file("2023-Q4");
    desk.enter("M05", "2023-Q4", ratio(3, 20));
    let before = (desk.digest(), desk.snapshot().operations.len());
    let undone = desk.act(|store, ctx| ops::undo_with_later(store, ctx, &first));
    assert!(matches!(undone, Err(OpsError::UndoFiled { .. })), "{undone:?}");
    assert_eq!((desk.digest(), desk.snapshot().operations.len()), before);
}

#[test]
fn what_was_filed_is_not_undone() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(1, 20));
    desk.file("2023-Q4");
    match desk.undo() {
        Err(OpsError::UndoFiled { filing, .. }) => assert_eq!(filing.id, "so-noi-vu-2023-Q4-chinh-thuc"),
        other => panic!("{other:?}"),
    }
    // What came after the filing is nobody's business yet.
    let filed = desk.digest();
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    desk.undo().unwrap();
    assert_eq!(desk.digest(), filed);
}

#[test]
fn something_new_leaves_nothing_to_redo() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    assert_eq!(desk.undo(), Err(OpsError::NothingToUndo));
    assert_eq!(desk.redo(), Err(OpsError::NothingToRedo));
    desk.enter("M05", "2023-Q4", ratio(1, 20));
    desk.undo().unwrap();
    desk.enter("M04", "2023-Q4", ratio(2, 20));
    assert_eq!(desk.redo(), Err(OpsError::NothingToRedo));
}

#[test]
fn a_filing_is_passed_over_and_refused_by_name() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M04", "2023-Q3", ratio(1, 20));
    let filed = id(desk.file("2023-Q4"));
    assert_eq!(desk.undo().unwrap().changed, [desk.key("M04", "2023-Q3")]);
    let refused = desk.act(|store, ctx| ops::undo(store, ctx, Some(&filed)));
    assert!(matches!(refused, Err(OpsError::NotUndoable(o)) if o.kind == OperationKind::File));
}

fn id(done: Done) -> String {
    done.operation.expect("an operation")
}
