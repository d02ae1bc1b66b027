//! What the schema itself forbids and tells.

use rusqlite::Connection;

use crate::support::ratio;
use crate::support::workspace::{Desk, MACHINE};

#[test]
fn revisions_and_the_log_can_only_grow() {
    let mut desk = Desk::new("so-noi-vu", MACHINE);
    desk.enter("M05", "2023-Q4", ratio(17, 20));
    let conn = Connection::open(desk.path()).unwrap();
    for forbidden in
        ["UPDATE revisions SET author = 'x'", "DELETE FROM revisions", "DELETE FROM operations WHERE number = 1"]
    {
        let refused = conn.execute(forbidden, []).unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{forbidden}: {refused}");
    }
}

#[test]
fn the_file_says_whose_it_is_and_which_schema_it_has() {
    let desk = Desk::new("so-noi-vu", MACHINE);
    let conn = Connection::open(desk.path()).unwrap();
    let pragma = |name: &str| conn.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(pragma("application_id"), i64::from(u32::from_be_bytes(*b"DTI1")));
    assert_eq!(pragma("user_version"), 1);
    let journal: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(journal, "delete");
}
