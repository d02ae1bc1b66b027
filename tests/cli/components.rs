//! `catalogue --components`: an official table, shown row by row, taken over as one step, and scored.

use serde_json::json;

use crate::support::cli::Cli;
use crate::support::official::{book_of, two_pillars};

fn desk() -> Cli {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.write("bang.xlsx", book_of(&two_pillars()));
    cli
}

#[test]
fn a_dry_run_shows_what_becomes_of_every_row_and_changes_nothing() {
    let mut cli = desk();
    let before = cli.digest("so-tttt.dti");
    let ran = cli.run("catalogue @so-tttt.dti --components @bang.xlsx --dry-run");
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "one rule waits for a person");
    for said in [
        "Dòng 4  1.1 Ban Chỉ đạo họp\n    thêm C101, 40 điểm, từ 4: 40 điểm; từ 3: 20 điểm; còn lại: 0 điểm, Sở Nội vụ báo cáo\n",
        "thêm C102, 35 điểm, tỷ lệ nhân điểm tối đa, UBND cấp huyện báo cáo\n",
        "thêm C202, 40 điểm, chờ người phụ trách quyết định cách tính (không ghi điểm được tính thế nào), Sở Thông tin và \
         Truyền thông báo cáo (bảng không nêu rõ cơ quan nào)\n",
        "Nhận thức số: 3 chỉ số, 100 điểm\n",
        "Danh mục ấn bản 2, bảng có hiệu lực từ ngày 01/01/2023:\n  Thêm chỉ tiêu",
        "Chưa ghi gì (--dry-run).",
    ] {
        assert!(ran.out.contains(said), "{said}\n---\n{}", ran.out);
    }
    assert_eq!(cli.digest("so-tttt.dti"), before);
    assert_eq!(cli.json("catalogue @so-tttt.dti --json")["plan"]["version"], 1);
}

#[test]
fn a_table_is_one_step_that_scores_the_year_and_can_be_taken_back() {
    let mut cli = desk();
    assert_eq!(cli.run("catalogue @so-tttt.dti --components @bang.xlsx --from 01/01/2023").code, 1);
    cli.ok("set @so-tttt.dti --period 2023 --agency so-noi-vu --item C101 --value 3");
    cli.ok("set @so-tttt.dti --period 2023 --item C103 --value 1");
    cli.ok("set @so-tttt.dti --period 2023 --agency tp-dong-ha --item C102 --numerator 30 --denominator 60");
    cli.ok("set @so-tttt.dti --period 2023 --agency huyen-gio-linh --item C102 --numerator 10 --denominator 40");
    let progress = cli.json("progress @so-tttt.dti --period 2023 --json");
    // 20 of 40, 40/100 of 35, 25 of 25: 59 of 100.
    assert_eq!(progress["pillars"][0]["score"], json!(0.59));
    let quarter = cli.json("progress @so-tttt.dti --period 2023-Q4 --json");
    assert_eq!(quarter["pillars"][0]["score"], json!(0), "a quarter goes by the plan's own indicators");

    let again = cli.json("catalogue @so-tttt.dti --components @bang.xlsx --from 01/01/2024 --json");
    assert_eq!((&again["applied"], &again["changes"]), (&json!(false), &json!([])));
    let outcomes: Vec<_> = again["rows"].as_array().unwrap().iter().filter_map(|r| r["outcome"].as_str()).collect();
    assert_eq!(outcomes, ["same"; 5]);

    let log = cli.json("log @so-tttt.dti --json");
    let amend: Vec<_> = log["operations"].as_array().unwrap().iter().filter(|o| o["kind"] == "amend").collect();
    assert_eq!(amend.len(), 1);
    let id = amend[0]["id"].as_str().unwrap().to_owned();
    cli.ok(&format!("undo @so-tttt.dti --operation {id} --with-later"));
    assert_eq!(cli.json("catalogue @so-tttt.dti --json")["plan"]["version"], 1);
}

#[test]
fn a_table_with_a_wrong_row_changes_nothing_and_names_it() {
    let mut cli = desk();
    let mut rows = two_pillars();
    rows[4][2] = "ba lăm";
    cli.write("sai.xlsx", book_of(&rows));
    let ran = cli.run("catalogue @so-tttt.dti --components @sai.xlsx");
    assert_eq!(ran.code, 3);
    assert!(ran.out.contains("PHẢI SỬA: điểm tối đa “ba lăm” không phải số điểm"), "{}", ran.out);
    assert!(ran.out.contains("CẦN XEM LẠI: Nhận thức số: 2 chỉ số, 65 điểm; nhưng dòng 3 ghi 100 điểm"), "{}", ran.out);
    assert!(ran.err.contains("phải sửa trước các dòng 5. Chưa có gì thay đổi."), "{}", ran.err);
    rows[4][2] = "30";
    cli.write("thieu.xlsx", book_of(&rows));
    let short = cli.run("catalogue @so-tttt.dti --components @thieu.xlsx");
    assert_eq!(short.code, 3);
    assert!(
        short.err.contains("điểm tối đa của các chỉ số trong trụ cột Nhận thức số cộng lại là 95, phải là 100"),
        "{}",
        short.err
    );
    assert_eq!(cli.json("catalogue @so-tttt.dti --json")["plan"]["version"], 1);
}

#[test]
fn next_years_table_asks_about_a_number_with_another_title() {
    let mut cli = desk();
    cli.run("catalogue @so-tttt.dti --components @bang.xlsx --from 01/01/2023");
    let mut rows = two_pillars();
    rows[3][1] = "Ban Chỉ đạo họp định kỳ";
    cli.write("2024.xlsx", book_of(&rows));
    let asked = cli.run("catalogue @so-tttt.dti --components @2024.xlsx --from 01/01/2024");
    assert_eq!(asked.code, 3);
    assert!(asked.err.contains("--same-number rename"), "{}", asked.err);
    let kept = cli.run("catalogue @so-tttt.dti --components @2024.xlsx --from 01/01/2024 --same-number new");
    assert!(kept.code == 3 && kept.err.contains("--close-gone"), "{kept:?}");
    let renamed =
        cli.json("catalogue @so-tttt.dti --components @2024.xlsx --from 01/01/2024 --same-number rename --json");
    assert_eq!((&renamed["applied"], renamed["changes"].as_array().unwrap().len()), (&json!(true), 1));
}

#[test]
fn what_is_no_table_or_not_ones_own_to_change_is_refused() {
    let mut cli = desk();
    cli.init("so-noi-vu");
    let foreign = cli.fails(3, "catalogue @so-noi-vu.dti --components @bang.xlsx");
    assert!(foreign.contains("Chỉ Sở Thông tin và Truyền thông"), "{foreign}");
    cli.write("khac.csv", "item;numerator\nM05;1\n");
    let other = cli.fails(3, "catalogue @so-tttt.dti --components @khac.csv");
    assert!(other.contains("Cách xác định và tính điểm"), "{other}");
    cli.fails(3, "catalogue @so-tttt.dti --components @khong-co.xlsx");
    cli.fails(2, "catalogue @so-tttt.dti --components @bang.xlsx --from mai");
    cli.fails(2, "catalogue @so-tttt.dti --components @bang.xlsx --same-number x");
    cli.fails(2, "catalogue @so-tttt.dti --sheet A");
    cli.fails(2, "catalogue @so-tttt.dti --components @bang.xlsx --export @");
}
