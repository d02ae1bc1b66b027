//! What a person sees who opens the file in plain `sqlite3`.

use dti::ops;
use dti::record::{Content, IndicatorValue, TaskStatus};
use rusqlite::Connection;

use crate::support::workspace::{Desk, edit, key};
use crate::support::{issued, ratio, task, value};

const DISTRICTS: [&str; 3] = ["tp-dong-ha", "tx-quang-tri", "huyen-gio-linh"];

#[test]
fn the_provinces_m05_by_district_is_one_select() {
    let mut desk = Desk::new("so-tttt", "PC-B");
    let m05 = |district: &str| key("M05", district, "2023-Q4");
    let figures = [(17, 20), (5, 8), (1, 3)];
    let edits = DISTRICTS.iter().zip(figures).map(|(d, (n, of))| edit(m05(d), ratio(n, of))).collect();
    desk.save(edits).unwrap();
    let sql = "SELECT agency, percent FROM current_values
               WHERE item = 'M05' AND period = '2023-Q4' AND agency_kind = 'district' ORDER BY percent DESC";
    let found: Vec<(String, f64)> = all(&desk, sql);
    let expected = [("tp-dong-ha", 85.0), ("tx-quang-tri", 62.5), ("huyen-gio-linh", 100.0 / 3.0)];
    assert_eq!(found.len(), expected.len());
    for ((agency, percent), (expected_agency, expected_percent)) in found.iter().zip(expected) {
        assert_eq!(agency, expected_agency);
        assert!((percent - expected_percent).abs() < 1e-9, "{agency}: {percent}");
    }
    let sum: Vec<(f64, f64)> = all(
        &desk,
        "SELECT sum(numerator), sum(denominator) FROM current_values WHERE item = 'M05' AND NOT in_conflict",
    );
    assert_eq!(sum, [(23.0, 31.0)]);
}

#[test]
fn values_have_their_names_and_no_data_is_not_zero() {
    let mut desk = Desk::new("so-noi-vu", "PC-A");
    desk.enter("M05", "2023-Q4", Content::Indicator(IndicatorValue::no_data("Chưa khảo sát")));
    desk.enter("M06", "2023-Q4", value("12.5"));
    let sql = "SELECT item || '|' || (title IS NOT NULL) || '|' || pillar || '|' || agency_name || '|' || state
                 || '|' || coalesce(value, 'NULL') || '|' || reason, author FROM current_values ORDER BY item";
    let rows: Vec<(String, String)> = all(&desk, sql);
    assert!(
        rows[0].0.starts_with("M05|1|") && rows[0].0.ends_with("|Sở Nội vụ|no_data|NULL|Chưa khảo sát"),
        "{rows:?}"
    );
    assert!(rows[1].0.ends_with("|Sở Nội vụ|reported|12.5|"), "{rows:?}");
    desk.undo().unwrap();
    desk.enter("M05", "2023-Q4", Content::Withdrawn);
    assert_eq!(all::<(String, String)>(&desk, sql), []);
}

#[test]
fn tasks_and_documents_have_views_of_their_own() {
    let mut desk = Desk::new("so-noi-vu", "PC-A");
    desk.enter("IV.2", "2023-Q4", task(TaskStatus::InProgress, Some(60)));
    let tasks: Vec<(String, i64)> = all(&desk, "SELECT status, percent FROM current_tasks WHERE task = 'IV.2'");
    assert_eq!(tasks, [("in_progress".to_owned(), 60)]);
    let document = document_item();
    desk.enter(&document, "2023-Q4", issued());
    let documents: Vec<(String, String)> = all(&desk, "SELECT state, symbol FROM current_documents");
    assert_eq!(documents, [("issued".to_owned(), "12/2023/NQ-HĐND".to_owned())]);
}

#[test]
fn a_conflict_shows_both_sides_and_agreement_of_two_desks_shows_one() {
    let mut first = Desk::new("tp-dong-ha", "PC-A");
    let mut second = Desk::new("tp-dong-ha", "PC-B");
    first.enter("M05", "2023-Q4", ratio(17, 20));
    second.enter("M05", "2023-Q4", ratio(17, 20));
    first.enter("M04", "2023-Q4", ratio(1, 4));
    second.enter("M04", "2023-Q4", ratio(2, 4));
    let contents = second.contents("2023-Q4");
    first.merge(&contents).unwrap();
    assert_eq!(ops::heads(&first.store, &first.key("M05", "2023-Q4")).unwrap().len(), 2);
    let rows: Vec<(String, i64)> = all(&first, "SELECT item, in_conflict FROM current_values ORDER BY item");
    assert_eq!(rows, [("M04".to_owned(), 1), ("M04".to_owned(), 1), ("M05".to_owned(), 0)]);
    let sides: Vec<(String, String)> = all(&first, "SELECT item, device FROM conflicts ORDER BY device");
    assert_eq!(sides, [("M04", "device-PC-A"), ("M04", "device-PC-B")].map(|(i, d)| (i.to_owned(), d.to_owned())));
}

/// Runs a query of two columns on a connection that knows nothing of the program.
fn all<T: TwoColumns>(desk: &Desk, sql: &str) -> Vec<T> {
    let conn = Connection::open(desk.path()).unwrap();
    let mut statement = conn.prepare(sql).unwrap();
    statement.query_map([], |row| T::of(row)).unwrap().map(Result::unwrap).collect()
}

trait TwoColumns: Sized {
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self>;
}

impl<A: rusqlite::types::FromSql, B: rusqlite::types::FromSql> TwoColumns for (A, B) {
    fn of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok((row.get(0)?, row.get(1)?))
    }
}

fn document_item() -> String {
    let documents = |i: &&dti::catalogue::Indicator| i.measure == dti::catalogue::Measure::Document;
    dti::catalogue::embedded().indicators.iter().find(documents).unwrap().id.clone()
}
