//! `load`: all rows or none, each rejection with its row.

use serde_json::json;

use crate::support::cli::Cli;

const GOOD: &str = "Mã chỉ tiêu;Tử số;Mẫu số;Ghi chú\nM05;850;1000;theo sổ\nM06;400,0;500;\n";

#[test]
fn a_table_is_recorded_as_one_operation() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.write("biểu.csv", GOOD);
    cli.ok("load @tp-dong-ha.dti --period 2023-Q4 @biểu.csv");
    let shown = cli.json("show @tp-dong-ha.dti --json");
    assert_eq!((&shown[0]["numerator"], &shown[1]["numerator"]), (&json!(850), &json!(400)));
    let log = cli.json("log @tp-dong-ha.dti --json");
    assert_eq!(log["operations"].as_array().unwrap().len(), 1);
    assert_eq!((&log["operations"][0]["kind"], &log["operations"][0]["subject"]), (&json!("load"), &json!("biểu.csv")));
    assert_eq!(log["operations"][0]["changes"].as_array().unwrap().len(), 2);
}

#[test]
fn a_dry_run_records_nothing() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.write("biểu.csv", GOOD);
    let ran = cli.ok("load @tp-dong-ha.dti --period 2023-Q4 @biểu.csv --dry-run");
    assert!(ran.out.contains("2 dòng hợp lệ"), "{ran:?}");
    assert_eq!(cli.json("show @tp-dong-ha.dti --json"), json!([]));
}

#[test]
fn one_bad_row_records_nothing_and_every_bad_row_is_named() {
    let mut cli = Cli::new();
    cli.with_m05();
    let before = cli.digest("tp-dong-ha.dti");
    cli.write("biểu.csv", "item;numerator;denominator\nM06;1;2\nM99;1;2\nM07;nhiều;2\nM08;1.234;2000\nM06;1;2\n");
    for dry in ["", " --dry-run"] {
        let message = cli.fails(3, &format!("load @tp-dong-ha.dti --period 2023-Q4 @biểu.csv{dry}"));
        for said in ["dòng 3 (M99)", "dòng 4 (M07)", "dòng 5 (M08)", "1,2340", "dòng 6 (M06)", "chưa ghi dòng nào"]
        {
            assert!(message.contains(said), "{said}: {message}");
        }
    }
    assert_eq!(cli.digest("tp-dong-ha.dti"), before);
}

#[test]
fn files_that_are_no_tables_are_refused_with_what_to_do() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.write("tcvn3.csv", b"item;note\nM05;\xB5\xFE\n");
    cli.write("không-tiêu-đề.csv", "M05;1;2\n");
    cli.write("trống.csv", "");
    cli.write("cũ.xls", [0xD0, 0xCF, 0x11, 0xE0, 0, 0]);
    for (file, said) in [
        ("tcvn3.csv", "Dòng 2"),
        ("không-tiêu-đề.csv", "tiêu đề"),
        ("trống.csv", "không có dòng nào"),
        ("cũ.xls", ".xlsx"),
        ("không-có.csv", "không-có.csv"),
    ] {
        let message = cli.fails(3, &format!("load @tp-dong-ha.dti --period 2023-Q4 @{file}"));
        assert!(message.contains(said), "{file}: {message}");
    }
}

#[test]
fn a_table_from_before_unicode_is_asked_about_and_then_converted() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.write("cũ.csv", include_bytes!("../data/legacy/table.tcvn3.csv"));
    let before = cli.digest("tp-dong-ha.dti");
    let message = cli.fails(3, "load @tp-dong-ha.dti --period 2023-Q4 @cũ.csv");
    for said in ["TCVN3", "“M· chØ tiªu” là “Mã chỉ tiêu”", "--legacy tcvn3", "--legacy none"] {
        assert!(message.contains(said), "{said}: {message}");
    }
    assert_eq!(cli.digest("tp-dong-ha.dti"), before);
    cli.ok("load @tp-dong-ha.dti --period 2023-Q4 @cũ.csv --legacy tcvn3");
    let shown = cli.json("show @tp-dong-ha.dti --json");
    assert_eq!(shown[0]["note"], json!("Số liệu đến hết quý, đã đối chiếu sổ theo dõi của phường"));
    cli.fails(2, "load @tp-dong-ha.dti --period 2023-Q4 @cũ.csv --legacy abc");
}

#[test]
fn a_sum_with_its_unit_is_recorded_in_the_indicators_unit_and_said() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.write("kinh-phí.csv", "mã;cơ quan;giá trị\nITEM;so-tttt;850 triệu đồng\n".replace("ITEM", money_item()));
    let dry = cli.ok("load @so-tttt.dti --period 2023 @kinh-phí.csv --dry-run");
    assert!(dry.err.contains("“850 triệu đồng” được ghi là 0,85 tỷ đồng"), "{dry:?}");
    cli.ok("load @so-tttt.dti --period 2023 @kinh-phí.csv");
    assert_eq!(cli.json("show @so-tttt.dti --json")[0]["value"], json!(0.85));
    cli.write("hai-cách.csv", "mã;cơ quan;giá trị\nITEM;so-tttt;1.234 triệu\n".replace("ITEM", money_item()));
    let message = cli.fails(3, "load @so-tttt.dti --period 2023 @hai-cách.csv");
    assert!(message.contains("1,234 hoặc 0,001234"), "{message}");
}

#[test]
fn a_table_that_writes_numbers_one_way_is_read_so_once_the_officer_says_it() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.write("số.csv", "Mã;Tử số;Mẫu số\nM05;1.234;2.000\n");
    let load = "load @tp-dong-ha.dti --period 2023-Q4 @số.csv";
    assert!(cli.fails(3, load).contains("--numbers vi"));
    cli.fails(2, &format!("{load} --numbers vn"));
    cli.ok(&format!("{load} --numbers vi"));
    let shown = cli.json("show @tp-dong-ha.dti --json");
    assert_eq!((&shown[0]["numerator"], &shown[0]["denominator"]), (&json!(1234), &json!(2000)));
}

#[test]
fn a_foreign_table_is_refused_with_the_word_that_reads_it_and_rows_of_sums_are_named() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.write("lạ.csv", "Ký hiệu CT;Tử số;Mẫu số\nM05;850;1000\nM06;1;2\nCộng;851;1002\n");
    let message = cli.fails(3, "load @tp-dong-ha.dti --period 2023-Q4 @lạ.csv");
    assert!(message.contains("--map \"Ký hiệu CT=item\""), "{message}");
    let ran = cli.ok("load @tp-dong-ha.dti --period 2023-Q4 @lạ.csv --map 'Ký hiệu CT=item' --dry-run");
    assert!(ran.err.contains("Bỏ qua dòng 4: dòng tổng cộng"), "{ran:?}");
    assert!(ran.out.contains("2 dòng hợp lệ"), "{ran:?}");
}

/// An indicator in tỷ đồng.
fn money_item() -> &'static str {
    &dti::catalogue::embedded().indicators.iter().find(|i| i.unit == "tỷ đồng").unwrap().id
}

#[test]
fn headings_of_a_foreign_table_are_mapped_by_the_officer() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    cli.write("lạ.csv", "Báo cáo quý\n\nKý hiệu CT;SL đạt;Tổng số;Giá trị\nM05;850;1000;x\n");
    let load = "load @tp-dong-ha.dti --period 2023-Q4 @lạ.csv";
    cli.fails(3, load);
    let mapped = "--map 'Ký hiệu CT=item' --map 'sl dat=numerator' --map 'Tổng số=Mẫu số'";
    let message = cli.fails(3, &format!("{load} {mapped} --map 'Cột khác=note'"));
    assert!(message.contains("“Cột khác”"), "{message}");
    cli.fails(2, &format!("{load} --map 'Tổng số=tổng'"));
    cli.fails(2, &format!("{load} --map 'Tổng số'"));
    let message = cli.fails(3, &format!("{load} {mapped}"));
    assert!(message.contains("Giá trị"), "the fourth column is still read: {message}");
    cli.write("lạ.csv", "Báo cáo quý\n\nKý hiệu CT;SL đạt;Tổng số;Giá trị\nM05;850;1000;85\n");
    cli.ok(&format!("{load} {mapped}"));
    let shown = cli.json("show @tp-dong-ha.dti --json");
    assert_eq!((&shown[0]["numerator"], &shown[0]["denominator"]), (&json!(850), &json!(1000)));
}
