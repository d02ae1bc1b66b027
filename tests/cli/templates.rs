//! `templates`: every letter's template listed, shown, changed and reset.

use std::fs;

use dti::report::Occasion;
use serde_json::{Value, json};

use crate::support::cli::Cli;

fn cli() -> Cli {
    let mut cli = Cli::new();
    cli.with_m05();
    cli
}

fn listed(cli: &mut Cli, name: &str) -> Value {
    let all = cli.json("templates @tp-dong-ha.dti --json");
    all["templates"].as_array().unwrap().iter().find(|t| t["name"] == name).unwrap().clone()
}

#[test]
fn every_template_is_listed_with_its_gaps_explained() {
    let mut cli = cli();
    let out = cli.ok("templates @tp-dong-ha.dti").out;
    for occasion in Occasion::ALL {
        assert!(out.contains(occasion.name()) && out.contains(occasion.title()), "{out}");
        for gap in occasion.placeholders() {
            assert!(out.contains(&format!("{{{}}}", gap.name())) && out.contains(gap.meaning()), "{gap:?}: {out}");
        }
    }
    let filing = listed(&mut cli, "filing");
    assert_eq!((&filing["own"], &filing["title"]), (&json!(false), &json!("Gửi báo cáo")));
    assert_eq!(filing["placeholders"][0]["name"], "đơn_vị");
}

#[test]
fn a_template_that_was_shown_and_changed_is_used_until_it_is_reset() {
    let mut cli = cli();
    let shown = cli.ok("templates @tp-dong-ha.dti --show filing").out;
    assert_eq!(shown.trim_end(), Occasion::Filing.original().trim_end());
    cli.write("mẫu.txt", "\u{feff}Gui bao cao\r\n\r\nKinh gui {nơi_nhận}\r\n");
    assert!(cli.ok("templates @tp-dong-ha.dti --set filing @mẫu.txt").out.contains("“Gửi báo cáo”"));
    assert_eq!(listed(&mut cli, "filing")["own"], true);
    assert_eq!(listed(&mut cli, "receipt")["own"], false);
    assert!(cli.ok("templates @tp-dong-ha.dti --show filing").out.starts_with("Gui bao cao"));
    let draft = |cli: &mut Cli, folder: &str| {
        cli.run(&format!("export @tp-dong-ha.dti --period 2023-Q4 --to @{folder} --eml"));
        fs::read_to_string(cli.path(folder).join("DTI_tp-dong-ha_2023-Q4_chinh-thuc.eml")).unwrap()
    };
    assert!(draft(&mut cli, "a").contains("Subject: Gui bao cao\r\n"));
    cli.write("gốc.txt", Occasion::Filing.original().replace('\n', "\r\n"));
    cli.ok("templates @tp-dong-ha.dti --set filing @gốc.txt");
    assert_eq!(listed(&mut cli, "filing")["own"], false, "it says what ours says");
    cli.ok("templates @tp-dong-ha.dti --set filing @mẫu.txt");
    cli.ok("templates @tp-dong-ha.dti --reset filing");
    assert_eq!(listed(&mut cli, "filing")["own"], false);
    assert!(!draft(&mut cli, "b").contains("Gui bao cao"));
}

#[test]
fn a_text_that_is_no_template_is_refused_and_the_one_in_use_stays() {
    let mut cli = cli();
    cli.write("mẫu.txt", "Tiêu đề\n\n{hạn} và {thiếu}");
    let message = cli.fails(3, "templates @tp-dong-ha.dti --set filing @mẫu.txt");
    assert!(message.contains("mẫu.txt") && message.contains("{thiếu}"), "{message}");
    cli.write("mẫu.txt", [b'T', 0xff, b'\n']);
    assert!(cli.fails(3, "templates @tp-dong-ha.dti --set filing @mẫu.txt").contains("UTF-8"));
    assert!(cli.fails(3, "templates @tp-dong-ha.dti --set filing @vắng.txt").contains("vắng.txt"));
    assert_eq!(listed(&mut cli, "filing")["own"], false);
}

#[test]
fn one_thing_at_a_time_by_a_name_that_there_is() {
    let mut cli = cli();
    assert!(cli.fails(2, "templates @tp-dong-ha.dti --show thu").contains("filing, contribution"));
    cli.fails(2, "templates @tp-dong-ha.dti --set filing");
    cli.fails(2, "templates @tp-dong-ha.dti @mẫu.txt");
    cli.fails(2, "templates @tp-dong-ha.dti --show filing --reset filing");
    cli.fails(2, "templates @tp-dong-ha.dti --show filing --json");
    cli.fails(2, "templates @tp-dong-ha.dti --set filing @mẫu.txt --json");
}
