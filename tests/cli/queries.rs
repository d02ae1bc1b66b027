//! `catalogue`, `status`, `progress`, `log`, `undo`, `redo`: keys and figures.

use serde_json::{Value, json};

use crate::support::cli::Cli;

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

#[test]
fn the_catalogue_has_all_its_parts() {
    let catalogue = Cli::new().json("catalogue --json");
    for (part, count) in [("pillars", 8), ("tasks", 36), ("errata", 34)] {
        assert_eq!(catalogue[part].as_array().unwrap().len(), count, "{part}");
    }
    for part in ["indicators", "agencies", "groups", "calendar", "plan"] {
        assert!(!catalogue[part].is_null(), "{part}");
    }
    assert!(Cli::new().ok("catalogue").out.contains("M05"));
}

#[test]
fn status_counts_what_is_due_and_reported() {
    let mut cli = Cli::new();
    cli.with_m05();
    let ran = cli.run("status @tp-dong-ha.dti --period 2023-Q4 --json");
    assert_eq!(ran.code, 1, "incomplete");
    let status: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        status["period"],
        json!({ "id": "2023-Q4", "from": "2023-09-15", "to": "2023-12-14", "due_before": "2023-12-25" })
    );
    let agency = &status["agencies"][0];
    assert_eq!(
        (&agency["agency"], &agency["reported"], &agency["state"]),
        (&json!("tp-dong-ha"), &json!(1), &json!("draft"))
    );
    assert!(agency["expected"].as_u64().unwrap() > 10);
    assert_eq!(agency["filing"], json!(null));
}

#[test]
fn status_of_the_receiving_department_lists_every_agency_that_reports() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    let status = cli.json("status @so-tttt.dti --period 2023-Q4 --json");
    let agencies = status["agencies"].as_array().unwrap();
    assert!(agencies.len() >= 26, "{}", agencies.len());
    assert!(agencies.iter().all(|a| a["state"] == "missing"));
}

#[test]
fn progress_shows_values_attainment_and_an_estimated_score() {
    let mut cli = Cli::new();
    cli.with_m05();
    let progress = cli.json("progress @tp-dong-ha.dti --period 2023-Q4 --json");
    assert_eq!((&progress["period"], &progress["scope"]), (&json!("2023-Q4"), &json!("tp-dong-ha")));
    assert_eq!(progress["score"]["estimated"], true);
    assert_eq!(progress["pillars"].as_array().unwrap().len(), 8);
    let pillar = &progress["pillars"][2];
    assert_eq!((&pillar["pillar"], &pillar["weight"], &pillar["attainment"]), (&json!(3), &json!(100), &json!(0.85)));
    let indicators = pillar["indicators"].as_array().unwrap();
    let m05 = indicators.iter().find(|i| i["item"] == "M05").unwrap();
    assert_eq!((&m05["value"], &m05["attainment"], &m05["target"]), (&json!(85), &json!(0.85), &json!(100)));
    assert_eq!((&m05["numerator"], &m05["denominator"]), (&json!(850), &json!(1000)));
    assert_eq!((&m05["units_in"], &m05["units_expected"]), (&json!(1), &json!(1)));
    assert!(cli.ok("progress @tp-dong-ha.dti --period 2023-Q4").out.contains("ước tính"));
}

#[test]
fn an_operation_is_undone_redone_and_logged() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    let empty = cli.digest("tp-dong-ha.dti");
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 850 --denominator 1000");
    let full = cli.digest("tp-dong-ha.dti");
    let said = cli.ok("undo @tp-dong-ha.dti").out;
    assert!(said.contains("Nhập M05"), "{said}");
    assert_eq!(cli.digest("tp-dong-ha.dti"), empty);
    cli.ok("redo @tp-dong-ha.dti");
    assert_eq!(cli.digest("tp-dong-ha.dti"), full);
    let log = cli.json("log @tp-dong-ha.dti --json");
    let operations = log["operations"].as_array().unwrap();
    let kinds: Vec<&Value> = operations.iter().map(|o| &o["kind"]).collect();
    assert_eq!(kinds, ["redo", "undo", "record"]);
    assert_eq!(operations[1]["undoes"], operations[2]["id"]);
    assert_eq!(
        keys(&operations[2]),
        ["author", "changes", "id", "kind", "number", "subject", "time", "undoes", "undone_by"]
    );
    assert_eq!(operations[2]["changes"][0]["record"], "indicator:M05:tp-dong-ha:2023-Q4");
}

#[test]
fn a_whole_batch_is_undone_by_its_count_and_what_cannot_be_undone_ends_it() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    let empty = cli.digest("tp-dong-ha.dti");
    for numerator in 1..=3 {
        cli.ok(&format!("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator {numerator} --denominator 1000"));
    }
    cli.ok("undo @tp-dong-ha.dti --count 3");
    assert_eq!(cli.digest("tp-dong-ha.dti"), empty);
    assert_eq!(cli.run("undo @tp-dong-ha.dti --count 2").code, 3);
    cli.fails(2, "undo @tp-dong-ha.dti --count 0");
    cli.fails(2, "undo @tp-dong-ha.dti --count 2 --operation x");
}

#[test]
fn undo_takes_a_named_operation_and_refuses_an_unknown_one() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M06 --numerator 1 --denominator 2");
    let first = cli.json("log @tp-dong-ha.dti --json")["operations"][1]["id"].as_str().unwrap().to_owned();
    cli.ok(&format!("undo @tp-dong-ha.dti --operation {first}"));
    let shown = cli.json("show @tp-dong-ha.dti --json");
    assert_eq!(shown.as_array().unwrap().iter().map(|r| &r["item"]).collect::<Vec<_>>(), ["M06"]);
    cli.fails(2, "undo @tp-dong-ha.dti --operation khong-co");
}

#[test]
fn undo_with_nothing_to_undo_is_refused() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.fails(3, "undo @tp-dong-ha.dti");
    cli.fails(3, "redo @tp-dong-ha.dti");
}
