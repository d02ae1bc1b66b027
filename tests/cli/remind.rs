//! `remind`: a draft for each agency that has not reported, from a template that is remembered.

use std::fs;

use crate::support::cli::Cli;

fn cli() -> Cli {
    let mut cli = Cli::new();
    cli.init("so-tttt");
    cli
}

const DRAFT: &str = "don-doc_so-noi-vu_2023-Q4.eml";

#[test]
fn every_agency_that_has_not_reported_gets_a_draft_and_none_is_written_over() {
    let mut cli = cli();
    let ran = cli.ok("remind @so-tttt.dti --period 2023-Q4 --to @thư --form");
    let drafts = fs::read_dir(cli.path("thư")).unwrap().count();
    assert!(drafts > 20 && ran.out.contains(&format!("Đã soạn {drafts} thư")), "{ran:?}");
    let draft = fs::read_to_string(cli.path("thư").join(DRAFT)).unwrap();
    assert!(draft.contains("X-Unsent: 1") && draft.contains("bieu_so-noi-vu_2023-Q4.xlsx"), "{draft}");
    assert!(!cli.path("thư/don-doc_so-tttt_2023-Q4.eml").exists(), "the receiver reminds itself");
    let message = cli.fails(3, "remind @so-tttt.dti --period 2023-Q4 --to @thư");
    assert!(message.contains("Đã có"), "{message}");
}

#[test]
fn a_template_given_once_is_remembered_until_it_is_reset() {
    let mut cli = cli();
    cli.write("mẫu.txt", "Nhac bao cao\n\nXin chao\n{hạn}\n");
    let only = "remind @so-tttt.dti --period 2023-Q4 --agency so-noi-vu";
    cli.ok(&format!("{only} --to @a --template @mẫu.txt"));
    cli.ok(&format!("{only} --to @b"));
    for folder in ["a", "b"] {
        let draft = fs::read_to_string(cli.path(folder).join(DRAFT)).unwrap();
        assert!(draft.contains("Subject: Nhac bao cao\r\n") && draft.contains("25/12/2023"), "{draft}");
    }
    cli.ok(&format!("{only} --to @c --default-template"));
    let draft = fs::read_to_string(cli.path("c").join(DRAFT)).unwrap();
    assert!(!draft.contains("Nhac bao cao"), "{draft}");
}

#[test]
fn a_template_that_asks_for_what_there_is_not_is_refused_and_not_remembered() {
    let mut cli = cli();
    for (template, said) in [
        ("Tiêu đề\n\nGửi {tên_đơn_vị}", "{tên_đơn_vị}"),
        ("Tiêu đề {kỳ\n\nNội dung", "ngoặc nhọn"),
        ("Chỉ có tiêu đề", "thiếu tiêu đề hoặc nội dung"),
    ] {
        cli.write("mẫu.txt", template);
        let message = cli.fails(3, "remind @so-tttt.dti --period 2023-Q4 --to @thư --template @mẫu.txt");
        assert!(message.contains(said) && !cli.path("thư").exists(), "{message}");
    }
    cli.ok("remind @so-tttt.dti --period 2023-Q4 --to @thư");
}

#[test]
fn only_the_receiver_reminds() {
    let mut cli = Cli::new();
    cli.init("tp-dong-ha");
    let message = cli.fails(3, "remind @tp-dong-ha.dti --period 2023-Q4 --to @thư");
    assert!(message.contains("Sở Thông tin và Truyền thông"), "{message}");
}
