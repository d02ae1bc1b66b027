//! What belongs to the workspace as such.

use dti::ops;
use dti::store::Access;

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
