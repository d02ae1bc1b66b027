//! Entering values: what moves, what does not, and what is refused.

use dti::ops::{self, Edit, OpsError};
use dti::record::{Body, Content, OperationKind, Problem, VectorOrder};
use proptest::prelude::*;

use crate::support::workspace::{Desk, MACHINE, OFFICER, edit, key};
use crate::support::{ratio, value};

#[test]
fn a_saved_figure_is_the_head_and_an_entry_of_the_log() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let done = desk.enter("M05", "2023-Q4", ratio(17, 20));
    let key = desk.key("M05", "2023-Q4");
    assert_eq!(done.changed, std::slice::from_ref(&key));
    let snapshot = desk.snapshot();
    let head = snapshot.reported("M05", "so-noi-vu", &key.period).unwrap();
    assert_eq!(head.body.content, ratio(17, 20));
    assert_eq!((head.author.as_str(), head.origin.as_str()), (OFFICER, "so-noi-vu"));
    assert_eq!(head.vector.count("device-PC-01"), 1);
    let operation = &snapshot.operations[0];
    assert_eq!((operation.kind, operation.number), (OperationKind::Record, 1));
    assert_eq!(Some(&operation.id), done.operation.as_ref());
    assert_eq!(operation.moves[0].after, std::slice::from_ref(&head.id));
    assert!(operation.moves[0].before.is_empty());
}

#[test]
fn saving_what_is_there_already_changes_nothing() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let again = desk.enter("M05", "2023-Q4", ratio(17, 20));
    assert_eq!(again, ops::Done::default());
    assert_eq!(desk.snapshot().operations.len(), 1);
    assert_eq!(desk.enter("M06", "2023-Q4", Content::Withdrawn), ops::Done::default());
}

#[test]
fn a_form_that_saw_older_heads_overwrites_nothing() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let key = desk.key("M05", "2023-Q4");
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let seen = Some(vec![ops::heads(&desk.store, &key).unwrap()[0].id.clone()]);
    desk.enter("M05", "2023-Q4", ratio(18, 20));
    let late = Edit { key: key.clone(), body: Body::new(ratio(1, 20)), seen };
    let digest = desk.digest();
    assert_eq!(desk.save(vec![late]), Err(OpsError::Stale { key }));
    assert_eq!(desk.digest(), digest);
}

#[test]
fn nonsense_refuses_the_whole_batch_and_names_each_row() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let batch = vec![
        edit(desk.key("M04", "2023-Q4"), ratio(1, 2)),
        edit(desk.key("M05", "2023-Q4"), ratio(-1, 20)),
        edit(desk.key("M06", "2023-Q4"), ratio(5, 0)),
    ];
    match desk.save(batch) {
        Err(OpsError::Refused(found)) => {
            let found: Vec<_> = found.iter().map(|(key, f)| (key.item.as_str(), &f.problem)).collect();
            assert!(found.contains(&("M05", &Problem::Negative)), "{found:?}");
            assert!(found.iter().any(|(item, _)| *item == "M06"), "{found:?}");
            assert!(found.iter().all(|(item, _)| *item != "M04"), "{found:?}");
        }
        other => panic!("{other:?}"),
    }
    assert!(desk.snapshot().records.is_empty());
    assert!(desk.snapshot().operations.is_empty());
}

#[test]
fn unknown_items_and_other_agencies_records_are_refused() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let mut unknown = desk.key("M05", "2023-Q4");
    unknown.item = "M99".to_owned();
    assert_eq!(desk.save(vec![edit(unknown, ratio(1, 2))]), Err(OpsError::UnknownItem("M99".to_owned())));
    let other = key("M05", "tp-dong-ha", "2023-Q4");
    assert_eq!(desk.save(vec![edit(other.clone(), ratio(1, 2))]), Err(OpsError::NotAllowed(other)));
    let nobody = key("M05", "so-lạ", "2023-Q4");
    assert_eq!(desk.save(vec![edit(nobody, ratio(1, 2))]), Err(OpsError::UnknownAgency("so-lạ".to_owned())));
}

#[test]
fn the_receiving_department_corrects_for_another_agency_and_the_origin_stays_visible() {
    let mut desk = Desk::new("so-tttt", MACHINE);
    let key = key("M05", "tp-dong-ha", "2023-Q4");
    desk.save(vec![edit(key.clone(), ratio(17, 20))]).unwrap();
    let head = &ops::heads(&desk.store, &key).unwrap()[0];
    assert_eq!((head.key.agency.as_str(), head.origin.as_str()), ("tp-dong-ha", "so-tttt"));
}

#[test]
fn two_rows_for_one_record_in_a_batch_end_as_one_move() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let key = desk.key("M05", "2023-Q4");
    desk.save(vec![edit(key.clone(), ratio(1, 20)), edit(key.clone(), ratio(2, 20))]).unwrap();
    let moves = &desk.snapshot().operations[0].moves;
    assert_eq!(moves.len(), 1);
    assert!(moves[0].before.is_empty());
    assert_eq!(ops::heads(&desk.store, &key).unwrap()[0].body.content, ratio(2, 20));
    assert_eq!(desk.check(), []);
}

#[test]
fn a_counter_is_never_used_twice_even_after_an_undo() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let key = desk.key("M05", "2023-Q4");
    desk.enter("M05", "2023-Q4", ratio(1, 20));
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    let taken_back = ops::heads(&desk.store, &key).unwrap().remove(0);
    desk.undo().unwrap();
    desk.enter("M05", "2023-Q4", ratio(3, 20));
    let head = ops::heads(&desk.store, &key).unwrap().remove(0);
    assert_eq!(head.vector.count("device-PC-01"), 3);
    assert_eq!(head.vector.compare(&taken_back.vector), VectorOrder::After);
    let history = ops::history(&desk.store, &key).unwrap();
    assert_eq!(history.iter().map(|r| r.body.content.clone()).collect::<Vec<_>>(), [3, 2, 1].map(|n| ratio(n, 20)));
}

#[test]
fn numbers_and_texts_come_back_as_they_were_meant() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let key = desk.key("M06", "2023-Q4");
    let body = Body { note: "  Theo biểu \"02\"; cột 3\r\n".to_owned(), ..Body::new(value("85.500")) };
    desk.save(vec![Edit { key: key.clone(), body, seen: Some(Vec::new()) }]).unwrap();
    let head = ops::heads(&desk.store, &key).unwrap().remove(0);
    assert_eq!(head.body.content, value("85.5"));
    assert_eq!(head.body.note, "Theo biểu \"02\"; cột 3");
    assert_eq!(ops::revision(&desk.store, &head.id[..12]).unwrap(), Some(head.clone()));
    assert_eq!(ops::revision(&desk.store, "").unwrap(), Some(head));
    assert_eq!(ops::revision(&desk.store, "0000").unwrap(), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Saves and undos in any order: the file stays sound, an undo gives the digest from before, refresh equals snapshot.
    #[test]
    fn every_undo_gives_back_what_was_before(steps in prop::collection::vec((0_usize..4, 0_i64..4), 1..20)) {
        let items = ["M04", "M05", "M06"];
        let mut desk = Desk::new("so-noi-vu", MACHINE);
        let mut before = Vec::new();
        let mut seen = desk.snapshot();
        for (choice, figure) in steps {
            let done = match items.get(choice) {
                Some(item) => {
                    let digest = desk.digest();
                    let done = desk.enter(item, "2023-Q4", ratio(figure, 20));
                    if done.operation.is_some() {
                        before.push(digest);
                    }
                    done
                }
                None => match before.pop() {
                    Some(digest) => {
                        let done = desk.undo().unwrap();
                        prop_assert_eq!(desk.digest(), digest);
                        done
                    }
                    None => {
                        prop_assert_eq!(desk.undo(), Err(OpsError::NothingToUndo));
                        continue;
                    }
                },
            };
            seen = ops::refresh(&desk.store, &seen, &done).unwrap();
            prop_assert_eq!(format!("{:?}", seen), format!("{:?}", desk.snapshot()));
        }
        prop_assert_eq!(desk.check(), []);
    }
}
