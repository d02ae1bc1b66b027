//! `set`, `attach` and `show`.

use serde_json::json;

use crate::support::cli::Cli;

#[test]
fn a_value_is_recorded_shown_and_logged() {
    let mut cli = Cli::new();
    cli.with_m05();
    let shown = cli.json("show @tp-dong-ha.dti --period 2023-Q4 --item m05 --json");
    let record = &shown[0];
    assert_eq!(record["key"], "indicator:M05:tp-dong-ha:2023-Q4");
    assert_eq!(
        (&record["kind"], &record["item"], &record["agency"]),
        (&json!("indicator"), &json!("M05"), &json!("tp-dong-ha"))
    );
    assert_eq!((&record["period"], &record["conflict"]), (&json!("2023-Q4"), &json!(false)));
    assert_eq!(
        (&record["numerator"], &record["denominator"], &record["value"]),
        (&json!(850), &json!(1000), &json!(null))
    );
    assert_eq!(record["heads"].as_array().unwrap().len(), 1);
    assert_eq!(record["heads"][0]["author"], "Nguyễn Thị Hường");
    assert_eq!(record["heads"][0]["origin"], "tp-dong-ha");
    assert!(cli.ok("show @tp-dong-ha.dti").out.contains("85% (850/1.000)"));
}

#[test]
fn only_what_is_given_changes_and_the_history_stays() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 870 --note 'theo sổ'");
    let record = &cli.json("show @tp-dong-ha.dti --json")[0];
    assert_eq!((&record["numerator"], &record["denominator"]), (&json!(870), &json!(1000)));
    assert_eq!(record["note"], "theo sổ");
    let history: Vec<_> =
        record["history"].as_array().unwrap().iter().map(|r| r["content"]["numerator"].clone()).collect();
    assert_eq!(history, [json!(870), json!(850)]);
}

#[test]
fn the_same_value_again_changes_nothing() {
    let mut cli = Cli::new();
    cli.with_m05();
    let before = cli.digest("tp-dong-ha.dti");
    let said = cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 850").out;
    assert!(said.contains("Không có gì thay đổi"), "{said}");
    assert_eq!(cli.digest("tp-dong-ha.dti"), before);
    assert_eq!(cli.json("log @tp-dong-ha.dti --json")["operations"].as_array().unwrap().len(), 1);
}

#[test]
fn both_decimal_marks_are_read_alike() {
    let mut cli = Cli::new();
    cli.init("so-tai-chinh");
    for (typed, read) in [("2.5", json!(2.5)), ("1234,5", json!(1234.5)), ("3", json!(3))] {
        cli.ok(&format!("set @so-tai-chinh.dti --period 2023-Q4 --item M12 --value {typed}"));
        assert_eq!(cli.json("show @so-tai-chinh.dti --json")[0]["value"], read, "{typed}");
    }
}

#[test]
fn refused_input_ends_with_3_says_why_and_changes_nothing() {
    let mut cli = Cli::new();
    cli.with_m05();
    let before = cli.digest("tp-dong-ha.dti");
    for (given, said) in [
        ("--item M06 --numerator 1.234 --denominator 2000", "1.234"),
        ("--item M06 --numerator 1.234 --denominator 2000", "1,2340"),
        ("--item M06 --numerator nhiều --denominator 2000", "không phải là số"),
        ("--item M06 --numerator 5 --denominator 0", "Mẫu số bằng 0"),
        ("--item M06 --numerator=-5 --denominator 10", "âm"),
        ("--item M06 --numerator 5", "Chỉ có tử số hoặc mẫu số"),
        ("--item M06 --result tốt", "Kết quả"),
        ("--item I.5 --percent 101", "101"),
        ("--item I.5 --status gần-xong", "gần-xong"),
        ("--item M06 --status no-data --numerator 5 --note x", "chưa có số liệu"),
        ("--item M06 --agency huyen-vinh-linh --numerator 1 --denominator 2", "Vĩnh Linh"),
    ] {
        let message = cli.fails(3, &format!("set @tp-dong-ha.dti --period 2023-Q4 {given}"));
        assert!(message.contains(said), "{given}: {message}");
    }
    assert_eq!(cli.digest("tp-dong-ha.dti"), before);
}

#[test]
fn unknown_items_and_agencies_end_with_2_and_a_hint() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    assert!(cli.fails(2, "set @tp-dong-ha.dti --period 2023-Q4 --item M5 --value 1").contains("M05"));
    assert!(
        cli.fails(2, "set @tp-dong-ha.dti --period 2023-Q4 --item M05 --agency dong-ha --value 1")
            .contains("tp-dong-ha")
    );
    assert!(cli.fails(2, "show @tp-dong-ha.dti --item XYZ").contains("XYZ"));
}

#[test]
fn doubts_are_said_and_saved_all_the_same() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    let ran = cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 1200 --denominator 1000");
    assert!(ran.err.contains("lớn hơn mẫu số"), "{ran:?}");
    assert_eq!(cli.json("show @tp-dong-ha.dti --json")[0]["numerator"], 1200);
}

#[test]
fn an_item_of_others_is_recorded_with_a_word_on_it() {
    let mut cli = Cli::new();
    cli.init("so-noi-vu");
    let ran = cli.ok("set @so-noi-vu.dti --period 2023-Q4 --item M05 --numerator 1 --denominator 2");
    assert!(ran.err.contains("không thuộc phần báo cáo của Sở Nội vụ"), "{ran:?}");
    let own = cli.ok("set @so-noi-vu.dti --period 2023-Q4 --item IV.2 --percent 50");
    assert!(!own.err.contains("không thuộc"), "{own:?}");
}

#[test]
fn no_data_is_not_zero_and_carries_its_reason() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --status no-data --note 'chờ số điều tra'");
    let record = &cli.json("show @tp-dong-ha.dti --json")[0];
    assert_eq!((&record["state"], &record["reason"]), (&json!("no_data"), &json!("chờ số điều tra")));
    assert_eq!((&record["numerator"], &record["value"]), (&json!(null), &json!(null)));
}

#[test]
fn a_task_and_a_document_take_their_own_fields() {
    let mut cli = Cli::new();
    cli.init("so-noi-vu");
    cli.ok("set @so-noi-vu.dti --period 2023-Q4 --item IV.2 --status 'đang thực hiện' --percent 60 --result 'mở 2 lớp' --difficulty 'thiếu người' --proposal 'thêm biên chế'");
    cli.ok("set @so-noi-vu.dti --period 2023-Q4 --item V06 --status issued --symbol 12/NQ-HĐND --date 14/7/2023 --title 'Về chuyên gia'");
    let task = &cli.json("show @so-noi-vu.dti --item IV.2 --json")[0];
    assert_eq!(
        (&task["status"], &task["percent"], &task["result"]),
        (&json!("in_progress"), &json!(60), &json!("mở 2 lớp"))
    );
    let document = &cli.json("show @so-noi-vu.dti --item V06 --json")[0];
    assert_eq!((&document["state"], &document["symbol"]), (&json!("issued"), &json!("12/NQ-HĐND")));
    assert_eq!((&document["date"], &document["title"]), (&json!("2023-07-14"), &json!("Về chuyên gia")));
}

#[test]
fn the_receiving_department_corrects_and_the_origin_shows_it() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.ok(
        "set @so-tttt.dti --period 2023-Q4 --item M05 --agency 'UBND thành phố Đông Hà' --numerator 1 --denominator 2",
    );
    let record = &cli.json("show @so-tttt.dti --agency tp-dong-ha --json")[0];
    assert_eq!((&record["agency"], &record["heads"][0]["origin"]), (&json!("tp-dong-ha"), &json!("so-tttt")));
}

#[test]
fn evidence_is_attached_once() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.write("biểu số liệu.txt", "nội dung");
    cli.ok("attach @tp-dong-ha.dti --period 2023-Q4 --item M05 '@biểu số liệu.txt'");
    let again = cli.ok("attach @tp-dong-ha.dti --period 2023-Q4 --item M05 '@biểu số liệu.txt'").out;
    assert!(again.contains("đã có"), "{again}");
    let evidence = &cli.json("show @tp-dong-ha.dti --json")[0]["evidence"];
    assert_eq!(evidence.as_array().unwrap().len(), 1);
    assert_eq!((&evidence[0]["name"], &evidence[0]["bytes"]), (&json!("biểu số liệu.txt"), &json!(10)));
}

#[test]
fn evidence_that_cannot_be_read_attaches_nothing() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.write("có.txt", "x");
    std::fs::create_dir(cli.path("thư-mục")).unwrap();
    for file in ["không-có.txt", "thư-mục"] {
        let message = cli.fails(3, &format!("attach @tp-dong-ha.dti --period 2023-Q4 --item M05 @có.txt @{file}"));
        assert!(message.contains(file), "{message}");
    }
    assert_eq!(cli.json("show @tp-dong-ha.dti --json")[0]["evidence"], json!([]));
}

#[test]
fn what_was_reported_for_another_period_is_taken_over_where_this_one_is_still_open() {
    let mut cli = Cli::new();
    cli.with_m05();
    let taken = "set @tp-dong-ha.dti --period 2024-Q1 --item M05 --from-period 2023-Q4";
    cli.ok(&format!("{taken} --numerator 900"));
    let shown = cli.json("show @tp-dong-ha.dti --period 2024-Q1 --item M05 --json");
    assert_eq!((&shown[0]["numerator"], &shown[0]["denominator"]), (&json!(900), &json!(1000)));
    let digest = cli.digest("tp-dong-ha.dti");
    let message = cli.fails(3, taken);
    assert!(message.contains("không lấy lại được từ Quý IV/2023"), "{message}");
    assert_eq!(cli.digest("tp-dong-ha.dti"), digest);
}
