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
