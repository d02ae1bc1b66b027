//! `dti keys`, and what `verify` and `import` say about signatures.

use std::io::Read;

use serde_json::{Value, json};

use crate::support::cli::Cli;

const PACKAGE: &str = "@gói/DTI_tp-dong-ha_2023-Q4_chinh-thuc.zip";
const SUPPLEMENT: &str = "@gói/DTI_tp-dong-ha_2023-Q4_bo-sung-1.zip";

/// Đông Hà has filed, and the receiving department has a file.
fn filed() -> Cli {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.run("export @tp-dong-ha.dti --period 2023-Q4 --to @gói");
    cli.init("so-tttt");
    cli
}

/// Đông Hà has another key, and filed once more.
fn changed() -> Cli {
    let mut cli = filed();
    cli.ok(&format!("import @so-tttt.dti {PACKAGE}"));
    cli.init("so-noi-vu");
    cli.ok("keys @so-noi-vu.dti --export @khóa");
    cli.ok("keys @tp-dong-ha.dti --import @khóa");
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 860");
    cli.run("export @tp-dong-ha.dti --period 2023-Q4 --to @gói");
    cli
}

fn signature(cli: &mut Cli, line: &str) -> Value {
    let ran = cli.run(&format!("verify {line} --json"));
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    document["packages"][0]["signature"].clone()
}

/// The text of a report in Word.
fn report(cli: &mut Cli, name: &str) -> String {
    cli.run(&format!("report @tp-dong-ha.dti --period 2023-Q4 --format docx --to @{name}"));
    let mut zip = zip::ZipArchive::new(std::fs::File::open(cli.path(name)).unwrap()).unwrap();
    let mut text = String::new();
    zip.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

fn code(cli: &mut Cli, file: &str) -> String {
    cli.json(&format!("keys @{file} --json"))["own"]["code"].as_str().unwrap().to_owned()
}

#[test]
fn verify_knows_a_key_only_by_a_workspace() {
    let mut cli = filed();
    assert_eq!(signature(&mut cli, PACKAGE), "unknown-key");
    assert_eq!(signature(&mut cli, &format!("{PACKAGE} --file @so-tttt.dti")), "unknown-key");
    cli.ok(&format!("import @so-tttt.dti {PACKAGE}"));
    assert_eq!(signature(&mut cli, &format!("{PACKAGE} --file @so-tttt.dti")), "good");
    assert_eq!(signature(&mut cli, PACKAGE), "unknown-key");
    let said = cli.ok(&format!("verify {PACKAGE}")).out;
    assert!(said.contains(&code(&mut cli, "tp-dong-ha.dti")), "{said}");
}

#[test]
fn a_first_key_is_said_with_its_code_and_a_known_one_is_not() {
    let mut cli = filed();
    let code = code(&mut cli, "tp-dong-ha.dti");
    let ran = cli.ok(&format!("import @so-tttt.dti {PACKAGE}"));
    assert!(ran.err.contains(&code) && ran.err.contains("lần đầu"), "{ran:?}");
    assert_eq!(cli.ok(&format!("import @so-tttt.dti {PACKAGE}")).err, "");
    let keys = cli.json("keys @so-tttt.dti --json");
    assert_eq!(keys["known"].as_array().unwrap().len(), 1);
    assert_eq!((&keys["known"][0]["agency"], &keys["known"][0]["state"]), (&json!("tp-dong-ha"), &json!("seen")));
    assert_eq!(keys["known"][0]["code"], code);
    assert_eq!(keys["policy"], json!({ "new": "warn", "changed": "refuse", "unsigned": "warn" }));
}

#[test]
fn a_changed_key_waits_for_a_person_who_confirms_it() {
    let mut cli = changed();
    let ran = cli.run(&format!("import @so-tttt.dti {SUPPLEMENT} --json"));
    assert_eq!(ran.code, 3);
    let code = code(&mut cli, "tp-dong-ha.dti");
    let imported: Value = serde_json::from_str(&ran.out).unwrap();
    let reason = imported["packages"][0]["reason"].as_str().unwrap();
    assert!(reason.contains(&code) && reason.contains("đổi khóa"), "{reason}");
    assert_eq!(imported["packages"][0]["outcome"], "refused");
    assert_eq!(signature(&mut cli, &format!("{SUPPLEMENT} --file @so-tttt.dti")), "unknown-key");

    assert_eq!(cli.run("keys @so-tttt.dti").code, 1, "a key waits");
    cli.fails(3, "keys @so-tttt.dti --trust tp-dong-ha --code '00000 00000 00000 00000'");
    // The old key is not confirmed either: which of the two is meant has to be said.
    assert!(cli.fails(2, "keys @so-tttt.dti --trust tp-dong-ha").contains("--code"));
    let ran = cli.ok(&format!("keys @so-tttt.dti --trust tp-dong-ha --code '{code}'"));
    assert!(ran.out.contains("Nguyễn Thị Hường xác nhận"), "{ran:?}");
    assert_eq!(cli.ok(&format!("import @so-tttt.dti {SUPPLEMENT}")).err, "");
    assert_eq!(signature(&mut cli, &format!("{SUPPLEMENT} --file @so-tttt.dti")), "good");
}

#[test]
fn the_policy_can_let_a_changed_key_pass_with_a_warning() {
    let mut cli = changed();
    cli.ok("keys @so-tttt.dti --policy changed=warn");
    let ran = cli.ok(&format!("import @so-tttt.dti {SUPPLEMENT}"));
    assert!(ran.err.contains("khóa ký đã đổi"), "{ran:?}");
    assert_eq!(cli.json("keys @so-tttt.dti --json")["policy"]["changed"], "warn");
    cli.fails(2, "keys @so-tttt.dti --policy changed=maybe");
    cli.fails(2, "keys @so-tttt.dti --policy bad=warn");
}

#[test]
fn a_forged_signature_is_bad() {
    let mut cli = filed();
    let package = std::fs::read(cli.path(&PACKAGE[1..])).unwrap();
    let forged = crate::package::forge::open(&package).edit("DOC-TRUOC.txt", "Người lập:", "Người ký:").rehash_tags();
    cli.write("giả.zip", forged.pack());
    assert_eq!(signature(&mut cli, "@giả.zip"), "bad");
    let ran = cli.run("import @so-tttt.dti @giả.zip");
    assert_eq!(ran.code, 3);
    assert!(ran.err.contains("Chữ ký không khớp"), "{ran:?}");
}

#[test]
fn a_key_is_backed_up_and_restored() {
    let mut cli = filed();
    let code_before = code(&mut cli, "tp-dong-ha.dti");
    let ran = cli.ok("keys @tp-dong-ha.dti --export @khóa");
    assert!(ran.err.contains("không có mật khẩu"), "{ran:?}");
    assert!(cli.path("khóa").exists() && cli.path("khóa.pub").exists());
    assert!(cli.fails(3, "keys @tp-dong-ha.dti --export @khóa").contains("khóa"));

    cli.ok("init @mới.dti --agency tp-dong-ha");
    assert_ne!(code(&mut cli, "mới.dti"), code_before);
    cli.ok("keys @mới.dti --import @khóa");
    assert_eq!(code(&mut cli, "mới.dti"), code_before);

    cli.write("không phải khóa", "xin chào");
    assert!(cli.fails(3, "keys @mới.dti --import '@không phải khóa'").contains("minisign"));
    cli.write("nhị phân", [0xff_u8, 0xfe, 0]);
    cli.fails(3, "keys @mới.dti --import '@nhị phân'");
    cli.fails(4, "keys @mới.dti --import @không-có");
    assert_eq!(code(&mut cli, "mới.dti"), code_before);
}

#[test]
fn the_report_names_the_package_and_the_code_of_its_key_until_the_figures_change() {
    let mut cli = filed();
    let package = std::fs::read(cli.path(&PACKAGE[1..])).unwrap();
    let code = code(&mut cli, "tp-dong-ha.dti");
    let text = report(&mut cli, "một.docx");
    assert!(text.contains(&crate::support::workspace::sha256(&package)) && text.contains(&code));
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 870");
    assert!(!report(&mut cli, "hai.docx").contains(&code));
}

#[test]
fn one_thing_at_a_time() {
    let mut cli = filed();
    cli.fails(2, "keys @so-tttt.dti --trust tp-dong-ha --policy new=warn");
    cli.fails(2, "keys @so-tttt.dti --code 123");
    cli.fails(2, "keys @so-tttt.dti --trust không-có");
    assert!(cli.fails(3, "keys @so-tttt.dti --trust tp-dong-ha").contains("Đông Hà"));
}
