//! `receipt`, `return`, `request` and `copy`: word between agencies, and one agency's two PCs.

use crate::support::cli::Cli;

/// Đông Hà has filed, and the receiving department has merged it.
fn received() -> Cli {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.init("so-tttt");
    cli.run("export @tp-dong-ha.dti --period 2023-Q4 --to @gui");
    cli.ok("import @so-tttt.dti @gui");
    cli
}

fn state(cli: &mut Cli, file: &str) -> String {
    let status = cli.json(&format!("status @{file} --period 2023-Q4 --json"));
    let agencies = status["agencies"].as_array().unwrap();
    let of = agencies.iter().find(|a| a["agency"] == "tp-dong-ha").unwrap();
    format!("{} {}", of["state"].as_str().unwrap(), of["returned"])
}

#[test]
fn a_row_goes_back_with_its_reason_and_shows_on_both_sides() {
    let mut cli = received();
    let line = "return @so-tttt.dti --agency tp-dong-ha --period 2023-Q4 --row 'm05=Mẫu số = 1.100' --to @tra --json";
    let sent = cli.json(line);
    assert_eq!((sent["kind"].as_str(), sent["rows"][0]["reason"].as_str()), (Some("return"), Some("Mẫu số = 1.100")));
    let row = r#"returned [{"reason":"Mẫu số = 1.100","record":"indicator:M05:tp-dong-ha:2023-Q4"}]"#;
    assert_eq!(state(&mut cli, "so-tttt.dti"), row);
    assert_eq!(state(&mut cli, "tp-dong-ha.dti"), "received []");

    let verified = cli.ok(&format!("verify {}", sent["packages"][0]["path"].as_str().unwrap()));
    assert!(verified.out.contains("trả lại 1 mục trong báo cáo chính thức Quý IV/2023"), "{verified:?}");
    let imported = cli.json("import @tp-dong-ha.dti @tra --json");
    assert_eq!(
        (&imported["packages"][0]["outcome"], &imported["packages"][0]["kind"]),
        (&"merged".into(), &"return".into())
    );
    assert_eq!(state(&mut cli, "tp-dong-ha.dti"), row);
    let log = cli.ok("log @so-tttt.dti").out;
    assert!(log.contains("Trả lại UBND thành phố Đông Hà, chính thức Quý IV/2023"), "{log}");

    cli.ok("undo @tp-dong-ha.dti");
    assert_eq!(state(&mut cli, "tp-dong-ha.dti"), "received []");
}

#[test]
fn a_receipt_says_when_and_whether_in_time() {
    let mut cli = received();
    let out = cli.ok("receipt @so-tttt.dti --agency tp-dong-ha --period 2023-Q4 --to @nhan --eml").out;
    assert!(out.contains("lúc 08:00 20/12/2023, đúng hạn") && out.contains(".eml"), "{out}");
    cli.ok("import @tp-dong-ha.dti @nhan");
    assert_eq!(state(&mut cli, "tp-dong-ha.dti"), "received []");
}

#[test]
fn wrong_usage_and_what_cannot_be_answered_have_their_own_exit_codes() {
    let mut cli = received();
    let send_back = "return @so-tttt.dti --agency tp-dong-ha --period 2023-Q4 --to @tra";
    assert!(cli.fails(2, send_back).contains("--row"));
    assert!(cli.fails(2, &format!("{send_back} --row M05")).contains("MỤC=LÝ_DO"));
    assert!(cli.fails(3, &format!("{send_back} --row M05=")).contains("lý do"));
    assert!(cli.fails(3, &format!("{send_back} --row M06=sai")).contains("không có M06"));
    let other = cli.fails(3, "receipt @so-tttt.dti --agency so-noi-vu --period 2023-Q4 --to @nhan");
    assert!(other.contains("Chưa nhập gói"), "{other}");
    let twice = format!("{send_back} --row M05=một --to @khac");
    assert!(cli.fails(2, &twice).contains("một lần"), "only --row may come twice");
}

#[test]
fn an_older_report_is_called_older() {
    let mut cli = received();
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 900 --denominator 1000");
    cli.run("export @tp-dong-ha.dti --period 2023-Q4 --to @gui2");
    cli.init("huyen-cam-lo");
    let mut fresh = "so-tttt.dti".to_owned();
    fresh.insert_str(0, "moi-");
    cli.ok(&format!("init @{fresh} --agency so-tttt"));
    cli.ok(&format!("import @{fresh} @gui2"));
    let ran = cli.ok(&format!("import @{fresh} @gui"));
    assert!(ran.err.contains("gói cũ hơn lần nộp đã nhận (bổ sung lần 1)"), "{ran:?}");
}

#[test]
fn a_working_copy_goes_to_the_other_pc_of_the_agency_and_nowhere_else() {
    let mut cli = received();
    cli.ok("set @tp-dong-ha.dti --period 2023-Q3 --item M05 --numerator 1 --denominator 2");
    cli.ok("copy @tp-dong-ha.dti --to @usb");
    cli.ok("init @hai.dti --agency tp-dong-ha");
    cli.ok("import @hai.dti @usb");
    assert_eq!(cli.digest("hai.dti"), cli.digest("tp-dong-ha.dti"));
    let before = cli.digest("so-tttt.dti");
    let ran = cli.run("import @so-tttt.dti @usb");
    assert!(ran.code == 3 && ran.err.contains("bản sao làm việc"), "{ran:?}");
    assert_eq!(cli.digest("so-tttt.dti"), before);
}

#[test]
fn a_request_names_its_items_and_shows_at_the_other_agency() {
    let mut cli = received();
    cli.init("so-noi-vu");
    let ask = "request @so-noi-vu.dti --to-agency tp-dong-ha --period 2023-Q4 --note 'theo biểu 02' --to @yc";
    assert!(cli.fails(2, ask).contains("--item"));
    assert!(cli.fails(3, &format!("{ask} --item M05")).contains("không chủ trì M05"));
    let sent = cli.json(&format!("{ask} --item iv.2 --json"));
    assert_eq!((&sent["items"][0], &sent["kind"]), (&"IV.2".into(), &"request".into()));
    let imported = cli.json("import @tp-dong-ha.dti @yc --json");
    assert_eq!(imported["packages"][0]["kind"], "request");
    assert!(cli.ok("log @tp-dong-ha.dti").out.contains("Nhập thông báo DTI_so-noi-vu_yeu-cau_tp-dong-ha_2023-Q4.zip"));
}

#[test]
fn a_contribution_goes_to_the_lead_and_is_no_report() {
    let mut cli = received();
    cli.init("so-noi-vu");
    let contribute = "export @tp-dong-ha.dti --period 2023-Q4 --for so-noi-vu --to @ph";
    assert!(cli.fails(3, contribute).contains("do Sở Nội vụ chủ trì"));
    assert!(cli.fails(3, "export @tp-dong-ha.dti --period 2023-Q4 --for tp-dong-ha --to @ph").contains("chính mình"));
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item IV.2 --status in-progress --percent 40");
    let sent = cli.json(&format!("{contribute} --json"));
    assert_eq!((&sent["recipient"], &sent["filing"]["type"]), (&"so-noi-vu".into(), &"official".into()));
    assert!(sent["packages"][0]["path"].as_str().unwrap().ends_with("phoi-hop_so-noi-vu_2023-Q4_chinh-thuc.zip"));
    let imported = cli.json("import @so-noi-vu.dti @ph --json");
    assert_eq!(
        (&imported["packages"][0]["agency"], &imported["packages"][0]["rows"]["new"]),
        (&"tp-dong-ha".into(), &1.into())
    );
    let package = "DTI_tp-dong-ha_phoi-hop_so-noi-vu_2023-Q4_chinh-thuc.zip";
    assert!(cli.ok(&format!("verify @ph/{package}")).out.contains("số liệu phối hợp Quý IV/2023"));
    let shown = cli.json("show @so-noi-vu.dti --item IV.2 --agency tp-dong-ha --json");
    let head = &shown[0]["heads"][0];
    assert_eq!((&head["origin"], &head["package"]), (&"tp-dong-ha".into(), &package.into()));
    assert!(cli.ok("log @tp-dong-ha.dti").out.contains("Gửi số liệu phối hợp cho Sở Nội vụ, chính thức Quý IV/2023"));
    let elsewhere = cli.run("import @so-tttt.dti @ph");
    assert!(elsewhere.code == 3 && elsewhere.err.contains("không phải cho đơn vị này"), "{elsewhere:?}");
    let receipt = cli.ok("receipt @so-noi-vu.dti --agency tp-dong-ha --period 2023-Q4 --to @bn");
    assert!(receipt.out.contains("Sở Nội vụ đã nhận số liệu phối hợp chính thức Quý IV/2023"), "{receipt:?}");
    cli.ok("import @tp-dong-ha.dti @bn");
}

#[test]
fn every_report_that_waits_for_an_answer_gets_its_receipt_in_one_go_and_only_once() {
    let mut cli = received();
    let all = "receipt @so-tttt.dti --all --period 2023-Q4 --to @nhan --eml --json";
    let sent = cli.json(all);
    let agencies: Vec<_> = sent["receipts"].as_array().unwrap().iter().map(|r| r["agency"].as_str().unwrap()).collect();
    assert_eq!(agencies, ["tp-dong-ha"]);
    assert!(sent["receipts"][0]["eml"].as_str().unwrap().ends_with(".eml"));
    assert_eq!(cli.json(all)["receipts"].as_array().unwrap().len(), 0);
    cli.fails(2, "receipt @so-tttt.dti --all --agency tp-dong-ha --period 2023-Q4");
}
