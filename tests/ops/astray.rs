//! What the world does to a workspace behind its back: a clock that goes back, a file that is copied over another.

use std::fs;

use chrono::TimeDelta;
use dti::ops;
use dti::store::Access;
use dti::store::backup::{self, Reason};
use rusqlite::Connection;

use crate::support::workspace::{Desk, MACHINE};
use crate::support::{moment, ratio};

#[test]
fn a_clock_set_back_changes_neither_the_order_of_the_history_nor_what_undo_takes_back() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(1, 20));
    let first = desk.digest();
    desk.set_clock(moment("2019-01-01T00:00:00+07:00"));
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    let history = ops::history(&desk.store, &desk.key("M05", "2023-Q4")).unwrap();
    assert!(history[0].time < history[1].time, "the newest stands first, whatever its time");
    assert_eq!(history[0].body.content, ratio(2, 20));
    let head = &desk.snapshot().records[&desk.key("M05", "2023-Q4")].heads[0];
    assert_eq!(head.body.content, ratio(2, 20));
    desk.undo().unwrap();
    assert_eq!(desk.digest(), first);
    assert_eq!(desk.check(), []);
}

#[test]
fn a_clock_set_back_does_not_make_the_newest_backup_look_like_the_oldest() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let now = moment("2023-12-20T08:00:00+07:00");
    desk.enter("M05", "2023-Q4", ratio(1, 20));
    ops::back_up(&desk.store, Reason::Hand, now).unwrap().expect("something changed");
    desk.enter("M05", "2023-Q4", ratio(2, 20));
    let newest =
        ops::back_up(&desk.store, Reason::Hand, now - TimeDelta::days(900)).unwrap().expect("something changed");
    assert_eq!(backup::list(&desk.path())[0], newest);
    let to = desk.folder.path().join("khôi phục.dti");
    ops::restore(&newest.path, &to, now).unwrap();
    let restored = crate::support::workspace::open(&to, Access::Read, MACHINE).unwrap();
    assert_eq!(ops::digest(&restored).unwrap(), desk.digest());
}

/// Someone copies the file to another PC of the same name, into the same folder: both count on under one device id.
#[test]
fn two_copies_that_cannot_know_of_each_other_end_in_a_conflict_and_not_in_silence() {
    let mut one = Desk::new("so-noi-vu", MACHINE);
    one.enter("M05", "2023-Q4", ratio(1, 20));
    let mut two = Desk::new("so-noi-vu", MACHINE);
    // The ids of operations and revisions are random in life; here they count on from where each desk is.
    (10..20).for_each(|n| drop(two.enter("M06", "2023-Q4", ratio(n, 20))));
    fs::copy(one.path(), two.path()).unwrap();
    let here = two.path().canonicalize().unwrap();
    let moved = "UPDATE meta SET value = ?1 WHERE name = 'path'";
    assert_eq!(Connection::open(two.path()).unwrap().execute(moved, [here.to_str().unwrap()]).unwrap(), 1);
    two = two.reopen(Access::Write);
    assert_eq!(two.store.device(), one.store.device(), "or the test shows nothing");

    one.enter("M05", "2023-Q4", ratio(2, 20));
    two.enter("M05", "2023-Q4", ratio(3, 20));
    let contents = two.contents("2023-Q4");
    one.merge(&contents).unwrap();
    let record = &one.snapshot().records[&one.key("M05", "2023-Q4")];
    assert!(record.in_conflict());
    let mut heads: Vec<_> = record.heads.iter().map(|h| h.body.content.clone()).collect();
    heads.sort_by_key(|content| format!("{content:?}"));
    assert_eq!(heads, [ratio(2, 20), ratio(3, 20)]);
}
