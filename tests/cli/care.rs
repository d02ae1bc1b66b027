//! `check`, `backup`, `restore`.

use crate::support::cli::Cli;

#[test]
fn a_backup_restores_to_the_same_digest() {
    let mut cli = Cli::new();
    cli.with_m05();
    let before = cli.digest("tp-dong-ha.dti");
    cli.ok("backup @tp-dong-ha.dti --to @sao-lưu.dti");
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 1");
    let ran = cli.ok("restore @sao-lưu.dti --to @tp-dong-ha.dti");
    assert!(ran.err.contains("Tệp cũ được giữ tại"), "{ran:?}");
    assert_eq!(cli.digest("tp-dong-ha.dti"), before);
}

#[test]
fn a_backup_never_overwrites() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.write("quan-trọng.txt", "giữ lại");
    cli.fails(4, "backup @tp-dong-ha.dti --to @quan-trọng.txt");
    assert_eq!(std::fs::read_to_string(cli.path("quan-trọng.txt")).unwrap(), "giữ lại");
}

#[test]
fn a_sound_file_checks_and_a_broken_one_does_not() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.write("a.txt", "minh chứng cần giữ nguyên".repeat(1000));
    cli.ok("attach @tp-dong-ha.dti --period 2023-Q4 --item M05 @a.txt");
    cli.ok("check @tp-dong-ha.dti");
    let mut bytes = std::fs::read(cli.path("tp-dong-ha.dti")).unwrap();
    let wanted = "minh chứng cần giữ".as_bytes();
    let at = bytes.windows(wanted.len()).position(|w| w == wanted).unwrap();
    bytes[at] ^= 1;
    cli.write("tp-dong-ha.dti", bytes);
    let ran = cli.run("check @tp-dong-ha.dti");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("restore"), "{ran:?}");
}

#[test]
fn backups_beside_the_file_are_made_listed_and_put_back() {
    let mut cli = Cli::new();
    cli.with_m05();
    assert!(cli.ok("backup @tp-dong-ha.dti --list").out.contains("Chưa có bản sao lưu"));
    let before = cli.digest("tp-dong-ha.dti");
    cli.ok("backup @tp-dong-ha.dti");
    assert!(cli.ok("backup @tp-dong-ha.dti").out.contains("Không có gì thay đổi"));
    cli.ok("set @tp-dong-ha.dti --period 2023-Q4 --item M05 --numerator 1 --denominator 2");
    let listed = cli.json("backup @tp-dong-ha.dti --list --json");
    let made = &listed["backups"][0];
    assert_eq!((made["reason"].as_str(), made["made"].as_str()), (Some("hand"), Some("2023-12-20T08:00:00")));
    assert_eq!(listed["backups"].as_array().unwrap().len(), 1);
    assert!(cli.ok("backup @tp-dong-ha.dti --list").out.contains("theo yêu cầu"));
    cli.ok(&format!("restore '{}' --to @tp-dong-ha.dti", made["path"].as_str().unwrap()));
    assert_eq!(cli.digest("tp-dong-ha.dti"), before);
    cli.fails(2, "backup @tp-dong-ha.dti --list --to @x.dti");
    cli.fails(2, "backup @tp-dong-ha.dti --json");
}

#[test]
fn importing_backs_up_first_and_goes_on_where_that_fails() {
    let mut cli = Cli::new();
    cli.with_m05();
    cli.init("so-tttt");
    cli.run("export @tp-dong-ha.dti --period 2023-Q4 --to @gói");
    cli.ok("import @so-tttt.dti @gói --dry-run");
    assert_eq!(cli.json("backup @so-tttt.dti --list --json")["backups"].as_array().unwrap().len(), 0);
    cli.ok("import @so-tttt.dti @gói");
    assert_eq!(cli.json("backup @so-tttt.dti --list --json")["backups"][0]["reason"], "merge");

    cli.ok("undo @so-tttt.dti");
    std::fs::remove_dir_all(cli.path("so-tttt.dti.backup")).unwrap();
    cli.write("so-tttt.dti.backup", "một tệp ở chỗ của thư mục");
    let ran = cli.ok("import @so-tttt.dti @gói");
    assert!(ran.err.contains("Chưa sao lưu tự động được"), "{ran:?}");
    assert!(ran.out.contains("Đã nhập"), "{ran:?}");
}
