//! `report`.

use std::fs;
use std::io::Cursor;

use calamine::{Reader, Xlsx};

use crate::support::cli::Cli;

/// The document's XML.
fn word(cli: &Cli, name: &str) -> String {
    let file = fs::File::open(cli.path(name)).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap()
}

#[test]
fn an_agency_gets_its_own_report_in_word_and_excel() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.ok("report @tp-dong-ha.dti --period 2023-Q4 --format docx --to @báo-cáo.docx");
    let text = word(&cli, "báo-cáo.docx");
    assert!(text.contains("Kính gửi: Sở Thông tin và Truyền thông") && text.contains("THÀNH PHỐ ĐÔNG HÀ"));
    cli.ok("report @tp-dong-ha.dti --period 2023-Q4 --format xlsx --to @báo-cáo.xlsx");
    let workbook = Xlsx::new(Cursor::new(fs::read(cli.path("báo-cáo.xlsx")).unwrap())).unwrap();
    assert!(workbook.sheet_names().contains(&"Chỉ tiêu".to_owned()));
}

#[test]
fn the_receiving_department_gets_the_provinces_reports() {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli.ok("report @so-tttt.dti --period 2023-Q4 --format docx --to @tinh.docx");
    assert!(word(&cli, "tinh.docx").contains("TÌNH HÌNH GỬI BÁO CÁO"));
    cli.ok("report @so-tttt.dti --period 2023-Q4 --format docx --to @cham.docx --kind late");
    assert!(word(&cli, "cham.docx").contains("DANH SÁCH CƠ QUAN CHƯA GỬI"));
    cli.ok("report @so-tttt.dti --period 2023-Q4 --format docx --to @phu-luc.docx --kind appendix");
    assert!(word(&cli, "phu-luc.docx").contains("TIẾN ĐỘ THỰC HIỆN CÁC NHIỆM VỤ"));
    cli.ok("report @so-tttt.dti --period 2023-Q4 --format docx --to @huyen.docx --agency huyen-hai-lang");
    assert!(word(&cli, "huyen.docx").contains("HUYỆN HẢI LĂNG"));
}

#[test]
fn an_agency_cannot_speak_for_others() {
    let mut cli = Cli::new();
    cli.with_m05();
    for more in ["--kind province", "--kind late", "--agency huyen-hai-lang"] {
        let line = format!("report @tp-dong-ha.dti --period 2023-Q4 --format docx --to @a.docx {more}");
        assert!(cli.fails(3, &line).contains("Sở Thông tin và Truyền thông"));
    }
    assert!(!cli.path("a.docx").exists());
}

#[test]
fn a_report_never_replaces_a_file() {
    let mut cli = Cli::new();
    cli.with_m05();
    let before = fs::read(cli.path("tp-dong-ha.dti")).unwrap();
    let said = cli.fails(4, "report @tp-dong-ha.dti --period 2023-Q4 --format docx --to @tp-dong-ha.dti");
    assert!(said.contains("đã có"), "{said}");
    assert_eq!(fs::read(cli.path("tp-dong-ha.dti")).unwrap(), before);
}

#[test]
fn the_signer_is_named() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.ok(
        "report @tp-dong-ha.dti --period 2023-Q4 --format docx --to @a.docx --title 'Chủ tịch' --signer 'Nguyễn Văn C'",
    );
    let text = word(&cli, "a.docx");
    assert!(text.contains("CHỦ TỊCH") && text.contains("Nguyễn Văn C"));
    cli.fails(2, "report @tp-dong-ha.dti --period 2023-Q4 --format docx --to @b.docx --signer C");
    cli.fails(2, "report @tp-dong-ha.dti --period 2023-Q4 --format pdf --to @b.pdf");
}
