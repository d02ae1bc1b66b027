//! `catalogue --apply`, `--export`, and `import` of an edition: a merger and a split in the middle of a year, from end to end.

use serde_json::json;

use crate::support::cli::Cli;

/// Gio Linh and Cam Lộ become one district and Hải Lăng two, on 1 July 2024.
const CHANGES: &str = r#"
[[change]]
kind = "merge"
agencies = ["huyen-gio-linh", "huyen-cam-lo"]
into = { id = "huyen-gio-cam", name = "UBND huyện Gio Cam", code = "901" }
from = 2024-07-01

[[change]]
kind = "split"
agency = "huyen-hai-lang"
into = [
  { id = "huyen-hai-bac", name = "UBND huyện Hải Bắc", code = "902" },
  { id = "huyen-hai-nam", name = "UBND huyện Hải Nam", code = "903" },
]
from = 2024-07-01
"#;

const PACKAGE: &str = "DTI_so-tttt_danh-muc_an-ban-2.zip";

/// Files M05 of an agency's own file and returns the package's name.
fn report(cli: &mut Cli, agency: &str, period: &str, numerator: u32, denominator: u32) -> String {
    cli.ok(&format!(
        "set @{agency}.dti --period {period} --item M05 --numerator {numerator} --denominator {denominator}"
    ));
    cli.run(&format!("export @{agency}.dti --period {period} --to @"));
    format!("@DTI_{agency}_{period}_chinh-thuc.zip")
}

/// Numerator, denominator, units that are in and units that are expected of M05 in the province.
fn m05(cli: &mut Cli, period: &str) -> serde_json::Value {
    let progress = cli.json(&format!("progress @so-tttt.dti --period {period} --json"));
    let indicators = progress["pillars"].as_array().unwrap().iter().flat_map(|p| p["indicators"].as_array().unwrap());
    let found = indicators.into_iter().find(|i| i["item"] == "M05").unwrap();
    json!([found["numerator"], found["denominator"], found["units_in"], found["units_expected"]])
}

#[test]
fn districts_that_merge_and_split_in_the_middle_of_a_year_keep_the_sums_and_file_under_the_new_edition() {
    let mut cli = Cli::new();
    cli.now = crate::support::moment("2024-09-20T08:00:00+07:00");
    for agency in ["so-tttt", "huyen-gio-linh", "huyen-cam-lo", "huyen-hai-lang", "tp-dong-ha"] {
        cli.init(agency);
    }
    let mut before = vec![
        report(&mut cli, "huyen-gio-linh", "2024-Q2", 30, 100),
        report(&mut cli, "huyen-cam-lo", "2024-Q2", 20, 50),
        report(&mut cli, "huyen-hai-lang", "2024-Q2", 40, 80),
    ];

    cli.write("thay-doi.toml", CHANGES);
    let shown = cli.ok("catalogue @so-tttt.dti --apply @thay-doi.toml --dry-run").out;
    assert!(
        shown.contains("Sáp nhập UBND huyện Gio Linh, UBND huyện Cam Lộ vào UBND huyện Gio Cam từ ngày 01/07/2024")
    );
    assert!(shown.contains("Tách UBND huyện Hải Lăng thành UBND huyện Hải Bắc, UBND huyện Hải Nam"), "{shown}");
    assert!(cli.json("catalogue @so-tttt.dti --json")["plan"]["version"] == 1, "only shown");
    let applied = cli.json("catalogue @so-tttt.dti --apply @thay-doi.toml --json");
    assert_eq!((&applied["version"], applied["changes"].as_array().unwrap().len()), (&json!(2), 2));
    let written = cli.json("catalogue @so-tttt.dti --export @ --eml --json");
    assert!(written["packages"][0]["path"].as_str().unwrap().ends_with(PACKAGE), "{written}");
    let again = cli.json("catalogue @so-tttt.dti --export @ --json");
    assert_eq!(again["packages"], written["packages"], "the same bytes");
    assert!(cli.ok(&format!("verify @{PACKAGE}")).out.contains("Danh mục ấn bản 2"));

    // Made under the first edition, and taken in under the second, also in the quarter after.
    before.push(report(&mut cli, "tp-dong-ha", "2024-Q3", 5, 10));
    cli.ok(&format!("import @so-tttt.dti {}", before.join(" ")));
    assert_eq!(m05(&mut cli, "2024-Q2"), json!([90, 230, 3, 10]));
    assert_eq!(m05(&mut cli, "2024-Q3"), json!([5, 10, 1, 10]), "two became one and one became two");

    // An agency that was there goes on to the edition, sees what changes, and can take it back.
    let preview = cli.ok(&format!("import @tp-dong-ha.dti @{PACKAGE} --dry-run")).out;
    assert!(preview.contains("Sáp nhập") && preview.contains("Sẽ nhập"), "{preview}");
    let imported = cli.json(&format!("import @tp-dong-ha.dti @{PACKAGE} --json"));
    assert_eq!(
        (&imported["packages"][0]["outcome"], &imported["packages"][0]["kind"]),
        (&json!("merged"), &json!("catalogue"))
    );
    assert_eq!(imported["packages"][0]["catalogue"]["version"], 2);
    cli.ok("undo @tp-dong-ha.dti");
    assert_eq!(cli.json("catalogue @tp-dong-ha.dti --json")["plan"]["version"], 1);
    assert_eq!(cli.json(&format!("import @tp-dong-ha.dti @{PACKAGE} --json"))["packages"][0]["outcome"], "merged");
    assert_eq!(cli.json(&format!("import @tp-dong-ha.dti @{PACKAGE} --json"))["packages"][0]["outcome"], "known");

    // New agencies begin with the edition that names them; their reports wait where it has not come yet.
    let unknown = cli.fails(2, "init @huyen-gio-cam.dti --agency huyen-gio-cam");
    assert!(unknown.contains("huyen-gio-cam"), "{unknown}");
    let foreign = cli.fails(3, &format!("init @huyen-gio-cam.dti --agency huyen-gio-cam --catalogue {}", before[0]));
    assert!(foreign.contains("không phải gói danh mục"), "{foreign}");
    cli.fails(2, &format!("init @huyen-gio-cam.dti --agency huyen-moi --catalogue @{PACKAGE}"));
    assert!(!cli.path("huyen-gio-cam.dti").exists());
    for agency in ["huyen-gio-cam", "huyen-hai-bac", "huyen-hai-nam"] {
        cli.ok(&format!("init @{agency}.dti --agency {agency} --catalogue @{PACKAGE}"));
    }
    let after = [
        report(&mut cli, "huyen-gio-cam", "2024-Q3", 50, 150),
        report(&mut cli, "huyen-hai-bac", "2024-Q3", 10, 30),
        report(&mut cli, "huyen-hai-nam", "2024-Q3", 30, 50),
    ];
    let refused = cli.run(&format!("verify {}", after[0]));
    assert!(refused.code == 3 && refused.err.contains("danh mục ấn bản 2, mới hơn"), "{refused:?}");
    cli.ok(&format!("import @so-tttt.dti {}", after.join(" ")));
    assert_eq!(m05(&mut cli, "2024-Q2"), json!([90, 230, 3, 10]), "history stays");
    assert_eq!(m05(&mut cli, "2024-Q3"), json!([95, 240, 4, 10]), "as in the quarter before, with Đông Hà's");

    // The edition has gone out, and figures stand on it.
    let editions = cli.json("log @so-tttt.dti --json");
    let operations = editions["operations"].as_array().unwrap();
    let amend = operations.iter().find(|o| o["kind"] == "amend").unwrap()["id"].as_str().unwrap().to_owned();
    let kept = cli.fails(3, &format!("undo @so-tttt.dti --operation {amend}"));
    assert!(kept.contains("đã xuất"), "{kept}");
}

#[test]
fn an_edition_in_one_batch_with_reports_made_under_it_is_taken_first() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.write("thay-doi.toml", CHANGES);
    cli.ok("catalogue @so-tttt.dti --apply @thay-doi.toml");
    cli.ok("catalogue @so-tttt.dti --export @");
    cli.ok("set @so-tttt.dti --period 2023-Q4 --item M05 --numerator 1 --denominator 2");
    cli.run("export @so-tttt.dti --period 2023-Q4 --to @");
    cli.machine = "PC-02".to_owned();
    cli.ok("init @hai.dti --agency so-tttt");
    let batch = format!("import @hai.dti @DTI_so-tttt_2023-Q4_chinh-thuc.zip @{PACKAGE} --json");
    for line in [format!("{batch} --dry-run"), batch] {
        let imported = cli.json(&line);
        let outcomes: Vec<_> = imported["packages"].as_array().unwrap().iter().map(|p| p["outcome"].clone()).collect();
        assert_eq!(outcomes, ["merged", "merged"], "{imported}");
    }
}

#[test]
fn changes_that_make_no_sense_change_nothing_and_say_why() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.init("so-noi-vu");
    cli.write("thay-doi.toml", CHANGES);
    let foreign = cli.fails(3, "catalogue @so-noi-vu.dti --apply @thay-doi.toml --dry-run");
    assert!(foreign.contains("Chỉ Sở Thông tin và Truyền thông"), "{foreign}");
    for (text, said) in [
        ("[[change]]\nkind = \"x\"", "Thay đổi thứ 1"),
        ("change = 1", "TOML"),
        ("[[change]]\nkind = \"close\"\nagency = \"so-x\"\nto = 2024-01-01", "so-x"),
        (
            "[[change]]\nkind = \"open\"\nagency = { id = \"SO X\", name = \"Sở X\" }\nfrom = 2024-01-01",
            "mã “SO X” không đúng dạng",
        ),
    ] {
        cli.write("sai.toml", text);
        let refused = cli.fails(3, "catalogue @so-tttt.dti --apply @sai.toml");
        assert!(refused.contains(said), "{refused}");
    }
    assert_eq!(cli.json("catalogue @so-tttt.dti --json")["plan"]["version"], 1);
    let nothing = cli.fails(3, "catalogue @so-tttt.dti --export @");
    assert!(nothing.contains("không cần xuất gói"), "{nothing}");
    cli.fails(2, "catalogue --apply @thay-doi.toml");
    cli.fails(2, "catalogue @so-tttt.dti --dry-run");
}
