//! What belongs to the workspace as such.

use dti::ops::{self, OpsError};
use dti::store::{Access, StoreError};

use crate::support::workspace::{Desk, MACHINE};

#[test]
fn settings_and_the_officer_outlive_the_program() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    assert_eq!(ops::setting(&desk.store, "mail-limit"), None);
    ops::set_setting(&mut desk.store, "mail-limit", "20").unwrap();
    ops::set_setting(&mut desk.store, "mail-limit", "10").unwrap();
    ops::set_officer(&mut desk.store, "Lê Văn Đức").unwrap();
    assert_eq!(desk.store.officer(), "Lê Văn Đức");
    let desk = desk.reopen(Access::Read);
    assert_eq!(ops::setting(&desk.store, "mail-limit").as_deref(), Some("10"));
    assert_eq!(desk.store.officer(), "Lê Văn Đức");
    assert_eq!(desk.snapshot().officer, "Lê Văn Đức");
}

#[test]
fn an_officers_name_is_kept_as_packages_carry_it_and_refused_where_no_receiver_would_take_it() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    let decomposed = "  Lê Văn\tĐu\u{31b}\u{301}c ";
    ops::set_officer(&mut desk.store, decomposed).unwrap();
    assert_eq!(desk.store.officer(), "Lê Văn Đức");
    let long = "a".repeat(256);
    let refused = ops::set_officer(&mut desk.store, &long).unwrap_err();
    assert!(matches!(refused, OpsError::Store(StoreError::OfficerTooLong { limit: 255 })), "{refused:?}");
    assert_eq!(desk.store.officer(), "Lê Văn Đức");
}
