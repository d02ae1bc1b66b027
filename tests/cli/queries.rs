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

#[test]
fn figures_are_tried_without_being_stored() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    let before = cli.digest("so-tttt.dti");
    let line = "progress @so-tttt.dti --period 2023-Q4 --what-if M05=80/100 --what-if M06@tp-dong-ha=90/100";
    let progress = cli.json(&format!("{line} --json"));
    let what_if = &progress["what_if"];
    assert_eq!((&what_if["changes"][0]["item"], &what_if["changes"][0]["value"]), (&json!("M05"), &json!(80)));
    assert_eq!((&what_if["changes"][1]["agency"], &what_if["changes"][1]["value"]), (&json!("tp-dong-ha"), &json!(90)));
    let (real, tried) = (progress["score"]["total"].as_f64().unwrap(), what_if["score"]["total"].as_f64().unwrap());
    let moved = what_if["score"]["difference"].as_f64().unwrap();
    assert!(moved > 0.0 && (tried - real - moved).abs() < 1e-9, "{what_if}");
    assert_eq!(what_if["pillars"].as_array().unwrap().len(), 8);
    let said = cli.ok(line).out;
    assert!(said.contains("Thử nếu (không ghi vào tệp)") && said.contains("→ 0,8000"), "{said}");
    assert_eq!(cli.digest("so-tttt.dti"), before);
    assert_eq!(cli.json("progress @so-tttt.dti --period 2023-Q4 --json")["what_if"], json!(null));
}

#[test]
fn a_figure_that_cannot_be_tried_is_refused_with_its_reason() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    let mut tries =
        |code: u8, what: &str| cli.fails(code, &format!("progress @so-tttt.dti --period 2023-Q4 --what-if {what}"));
    assert!(tries(2, "M05").contains("M05=80/100"));
    assert!(tries(2, "M99=1").contains("M99"));
    assert!(tries(2, "M05@khong-co=1").contains("khong-co"));
    assert!(tries(3, "M05=1/0").contains("mẫu số"));
    assert!(tries(3, "I.1=1").contains("chỉ tiêu"));
    assert!(tries(2, "M05=1 --what-if M05=2").contains("một lần"));
}

#[test]
fn the_next_points_come_largest_first_and_name_who_can_bring_them() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    let progress = cli.json("progress @so-tttt.dti --period 2023-Q4 --json");
    let next = progress["next_points"].as_array().unwrap();
    let points: Vec<f64> = next.iter().map(|n| n["points"].as_f64().unwrap()).collect();
    assert!(points.is_sorted_by(|a, b| a >= b));
    let m28 = next.iter().find(|n| n["item"] == "M28").unwrap();
    assert_eq!((&m28["open"], &m28["agencies"][0]["agency"]), (&json!("no_figure"), &json!("ngan-hang-nha-nuoc")));
    assert!(m28["agencies"][0]["name"].as_str().unwrap().starts_with("Ngân hàng Nhà nước"));
    let said = cli.ok("progress @so-tttt.dti --period 2023-Q4").out;
    assert!(said.contains("Điểm còn có thể đạt") && said.contains("chưa có số liệu"), "{said}");
}

#[test]
fn breaks_and_completeness_are_told_and_units_stand_under_their_figure() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.ok("set @tp-dong-ha.dti --period 2023-Q3 --item M05 --numerator 100 --denominator 1000");
    let progress = cli.json("progress @tp-dong-ha.dti --period 2023-Q4 --json");
    let jump = json!({ "item": "M05", "agency": "tp-dong-ha", "kind": "ratio", "from": 10, "to": 85 });
    assert_eq!(progress["jumps"], json!([jump]));
    let units =
        &progress["pillars"][2]["indicators"].as_array().unwrap().iter().find(|i| i["item"] == "M05").unwrap()["units"];
    assert_eq!(
        (&units[0]["state"], &units[0]["numerator"], &units[0]["evidence"]),
        (&json!("counted"), &json!(850), &json!([]))
    );
    assert!(cli.ok("progress @tp-dong-ha.dti --period 2023-Q4").out.contains("Cần xem lại"));
    let status: Value = serde_json::from_str(&cli.run("status @tp-dong-ha.dti --period 2023-Q4 --json").out).unwrap();
    let m05 = json!({ "item": "M05", "expected": 1, "reported": 1, "late": 0, "missing": 0, "returned": 0 });
    assert!(status["completeness"]["items"].as_array().unwrap().contains(&m05), "{status}");
    assert_eq!(status["completeness"]["all"]["reported"], json!(1));
}

#[test]
fn json_and_text_round_a_half_alike() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 12345 --denominator 100000");
    let progress = cli.json("progress @tp-dong-ha.dti --period 2023-Q4 --json");
    let m05 = progress["pillars"][2]["indicators"].as_array().unwrap().iter().find(|i| i["item"] == "M05").unwrap();
    assert_eq!((&m05["attainment"], &m05["points"]), (&json!(0.1235), &json!(0.1235)));
    assert!(cli.ok("progress @tp-dong-ha.dti --period 2023-Q4").out.contains("0,1235"));
}
