//! `export`, `verify`, `import`, `conflicts`, `resolve`: the contract of their JSON and exit codes.

use serde_json::{Value, json};

use crate::support::cli::Cli;

/// `tp-dong-ha` filed 2023-Q4 into `@gói`; returns the package's path under the test's folder.
fn filed(cli: &mut Cli) -> String {
    cli.with_m05();
    let exported = cli.json("export @tp-dong-ha.dti --period 2023-Q4 --to @gói --json");
    let path = exported["packages"][0]["path"].as_str().unwrap().to_owned();
    format!("gói/{}", std::path::Path::new(&path).file_name().unwrap().to_str().unwrap())
}

#[test]
fn export_files_writes_and_says_what_is_missing() {
    let mut cli = Cli::new();
    cli.with_m05();
    let ran = cli.run("export @tp-dong-ha.dti --period 2023-Q4 --to @gói --eml --json");
    assert_eq!(ran.code, 1, "incomplete: {ran:?}");
    assert!(ran.err.contains("M06"), "{ran:?}");
    let exported: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(exported["filing"], json!({ "type": "official", "number": 0 }));
    assert!(exported["submission"].as_str().unwrap().len() == 36);
    let package = &exported["packages"][0];
    let bytes = std::fs::read(package["path"].as_str().unwrap()).unwrap();
    assert_eq!(package["bytes"], bytes.len());
    assert_eq!(package["sha256"].as_str().unwrap().len(), 64);
    assert!(cli.path("gói/DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip").exists());
    assert!(cli.path("gói/DTI_tp-dong-ha_2023-Q4_chinh-thuc.eml").exists());
}

#[test]
fn exporting_again_files_nothing_and_a_change_files_a_supplement() {
    let mut cli = Cli::new();
    let first = filed(&mut cli);
    let bytes = std::fs::read(cli.path(&first)).unwrap();
    cli.now += chrono::TimeDelta::days(1);
    let again = cli.json("export @tp-dong-ha.dti --period 2023-Q4 --to @lại --json");
    assert_eq!(again["filing"]["type"], "official");
    assert_eq!(std::fs::read(cli.path("lại/DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip")).unwrap(), bytes);
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 900");
    let supplement = cli.json("export @tp-dong-ha.dti --period 2023-Q4 --to @gói --json");
    assert_eq!(supplement["filing"], json!({ "type": "supplementary", "number": 1 }));
    assert!(cli.path("gói/DTI_tp-dong-ha_2023-Q4_bo-sung-1.zip").exists());
}

#[test]
fn nothing_to_report_is_refused() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    let message = cli.fails(3, "export @tp-dong-ha.dti --period 2023-Q4 --to @gói");
    assert!(message.contains("Đông Hà"), "{message}");
    assert!(!cli.path("gói").exists());
}

#[test]
fn a_folder_that_cannot_be_written_ends_with_4_and_files_nothing() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.write("tệp", "không phải thư mục");
    let message = cli.fails(4, "export @tp-dong-ha.dti --period 2023-Q4 --to @tệp/con");
    assert!(message.contains("tệp"), "{message}");
    assert_eq!(cli.json("log @tp-dong-ha.dti --json")["operations"].as_array().unwrap().len(), 1);
}

#[test]
fn verify_tells_good_from_bad_without_a_workspace() {
    let mut cli = Cli::new();
    let package = filed(&mut cli);
    let good = cli.ok(&format!("verify @{package} --json")).out;
    let good: Value = serde_json::from_str(&good).unwrap();
    assert_eq!(
        (&good["packages"][0]["valid"], &good["packages"][0]["signature"]),
        (&json!(true), &json!("unknown-key"))
    );
    assert_eq!(good["packages"][0]["reason"], json!(null));

    let bytes = std::fs::read(cli.path(&package)).unwrap();
    cli.write("cụt.zip", &bytes[..bytes.len() / 2]);
    cli.write("chữ.zip", "không phải ZIP");
    let ran = cli.run(&format!("verify @{package} @cụt.zip @chữ.zip @không-có.zip --json"));
    assert_eq!(ran.code, 3);
    let checked: Value = serde_json::from_str(&ran.out).unwrap();
    let valid: Vec<&Value> = checked["packages"].as_array().unwrap().iter().map(|p| &p["valid"]).collect();
    assert_eq!(valid, [true, false, false, false]);
    assert!(checked["packages"][1]["reason"].is_string());
    assert!(ran.err.contains("cụt.zip") && ran.err.contains("không-có.zip"), "{ran:?}");
}

#[test]
fn import_shows_first_merges_then_and_knows_the_package_again() {
    let mut cli = Cli::new();
    let package = filed(&mut cli);
    cli.init("so-tttt");
    let empty = cli.digest("so-tttt.dti");
    let preview = cli.json(&format!("import @so-tttt.dti @{package} --dry-run --json"));
    assert_eq!(preview["digest"], empty.trim());
    assert_eq!(cli.digest("so-tttt.dti"), empty);

    let ran = cli.ok(&format!("import @so-tttt.dti @{package} --json"));
    let merged: Value = serde_json::from_str(&ran.out).unwrap();
    let row = &merged["packages"][0];
    assert_eq!(row["rows"], json!({ "new": 1, "changed": 0, "same": 0, "older": 0, "conflict": 0, "refused": 0 }));
    assert_eq!(row["rows"], preview["packages"][0]["rows"]);
    assert_eq!(
        (&row["agency"], &row["period"], &row["outcome"]),
        (&json!("tp-dong-ha"), &json!("2023-Q4"), &json!("merged"))
    );
    assert_eq!((&row["filing"]["type"], &row["reason"]), (&json!("official"), &json!(null)));
    assert_eq!(merged["digest"], cli.digest("so-tttt.dti").trim());
    assert_eq!(cli.digest("so-tttt.dti"), cli.digest("tp-dong-ha.dti"));

    let again = cli.json(&format!("import @so-tttt.dti @{package} --json"));
    assert_eq!((&again["packages"][0]["outcome"], &again["packages"][0]["rows"]["same"]), (&json!("known"), &json!(1)));
    assert_eq!(cli.json("log @so-tttt.dti --json")["operations"].as_array().unwrap().len(), 1);

    cli.ok("undo @so-tttt.dti");
    assert_eq!(cli.digest("so-tttt.dti"), empty);
    let back = cli.json(&format!("import @so-tttt.dti @{package} --json"));
    assert_eq!(back["packages"][0]["outcome"], "merged");
}

#[test]
fn one_bad_package_never_stops_the_others() {
    let mut cli = Cli::new();
    filed(&mut cli);
    cli.write("gói/A.zip", "hỏng");
    cli.init("so-tttt");
    let ran = cli.run("import @so-tttt.dti @gói --json");
    assert_eq!(ran.code, 3);
    let imported: Value = serde_json::from_str(&ran.out).unwrap();
    let outcomes: Vec<&Value> = imported["packages"].as_array().unwrap().iter().map(|p| &p["outcome"]).collect();
    assert_eq!(outcomes, ["refused", "merged"]);
    assert!(imported["packages"][0]["reason"].as_str().unwrap().contains("ZIP"));
    assert!(ran.err.contains("A.zip"), "{ran:?}");
}

#[test]
fn a_package_for_another_agency_is_refused() {
    let mut cli = Cli::new();
    let package = filed(&mut cli);
    cli.init("so-noi-vu");
    let before = cli.digest("so-noi-vu.dti");
    let ran = cli.run(&format!("import @so-noi-vu.dti @{package} --json"));
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("so-tttt"), "{ran:?}");
    assert_eq!(cli.digest("so-noi-vu.dti"), before);
}

#[test]
fn the_same_agencys_package_merges_on_its_other_pc() {
    let mut cli = Cli::new();
    let package = filed(&mut cli);
    cli.ok("init @máy-hai.dti --agency tp-dong-ha");
    cli.ok(&format!("import @máy-hai.dti @{package}"));
    assert_eq!(cli.digest("máy-hai.dti"), cli.digest("tp-dong-ha.dti"));
}

#[test]
fn a_folder_without_packages_and_a_file_that_is_not_there_are_named() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    std::fs::create_dir(cli.path("trống")).unwrap();
    assert!(cli.fails(3, "import @so-tttt.dti @trống").contains("trống"));
    let ran = cli.run("import @so-tttt.dti @không-có.zip --json");
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("không-có.zip"), "{ran:?}");
}

#[test]
fn a_conflict_waits_until_somebody_takes_a_side() {
    let mut cli = Cli::new();
    let package = filed(&mut cli);
    cli.init("so-tttt");
    cli.ok(&format!("import @so-tttt.dti @{package}"));
    cli.ok("set @so-tttt.dti --period 2023-Q4 --item M05 --agency tp-dong-ha --numerator 840");
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 860");
    cli.run("export @tp-dong-ha.dti --period 2023-Q4 --to @gói");
    let supplement = "@gói/DTI_tp-dong-ha_2023-Q4_bo-sung-1.zip";
    let ran = cli.run(&format!("import @so-tttt.dti {supplement} --json"));
    assert_eq!(ran.code, 1, "{ran:?}");
    let merged: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(merged["packages"][0]["rows"]["conflict"], 1);

    let ran = cli.run("conflicts @so-tttt.dti --json");
    assert_eq!(ran.code, 1);
    let waiting: Value = serde_json::from_str(&ran.out).unwrap();
    let conflict = &waiting["conflicts"][0];
    assert_eq!(conflict["record"], "indicator:M05:tp-dong-ha:2023-Q4");
    let heads = conflict["heads"].as_array().unwrap();
    assert_eq!(heads.len(), 2);
    let theirs = heads.iter().find(|h| h["origin"] == "tp-dong-ha").unwrap();
    assert_eq!(theirs["content"]["numerator"], 860);
    for key in ["revision", "agency", "author", "time", "content"] {
        assert!(!theirs[key].is_null(), "{key}");
    }

    let record = "--record indicator:M05:tp-dong-ha:2023-Q4";
    cli.fails(3, "set @so-tttt.dti --period 2023-Q4 --item M05 --agency tp-dong-ha --numerator 850");
    cli.fails(2, &format!("resolve @so-tttt.dti {record} --take ffff"));
    let take = &theirs["revision"].as_str().unwrap()[..12];
    cli.ok(&format!("resolve @so-tttt.dti {record} --take {take}"));
    cli.ok("conflicts @so-tttt.dti");
    assert_eq!(cli.json("show @so-tttt.dti --agency tp-dong-ha --json")[0]["numerator"], 860);
    cli.fails(3, &format!("resolve @so-tttt.dti {record} --take {take}"));

    cli.ok("undo @so-tttt.dti");
    assert_eq!(cli.run("conflicts @so-tttt.dti").code, 1);
}
