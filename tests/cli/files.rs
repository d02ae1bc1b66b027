//! Workspace files that cannot be used: exit code 4, a message that says what next, and nothing changed.

use rusqlite::Connection;

use crate::support::cli::Cli;

const SET: &str = "--period 2023-Q4 --item M05 --numerator 1 --denominator 2";

#[test]
fn a_path_that_is_no_workspace_is_named() {
    let mut cli = Cli::new();
    std::fs::create_dir(cli.path("thư-mục")).unwrap();
    cli.write("văn-bản.dti", "không phải SQLite, dài hơn một trang đầu".repeat(100));
    for name in ["không-có.dti", "thư-mục", "văn-bản.dti"] {
        for command in
            [format!("set @{name} {SET}"), format!("digest @{name}"), format!("export @{name} --period 2023-Q4")]
        {
            let message = cli.fails(4, &command);
            assert!(message.contains(name), "{command}: {message}");
        }
    }
    assert!(!cli.path("không-có.dti").exists());
}

#[test]
fn init_never_touches_what_is_there() {
    let mut cli = Cli::new();
    cli.with_m05();
    let before = std::fs::read(cli.path("tp-dong-ha.dti")).unwrap();
    cli.fails(4, "init @tp-dong-ha.dti --agency so-noi-vu");
    assert_eq!(std::fs::read(cli.path("tp-dong-ha.dti")).unwrap(), before);
    std::fs::create_dir(cli.path("thư-mục")).unwrap();
    cli.fails(4, "init @thư-mục --agency so-noi-vu");
    cli.fails(4, "init @không-có/a.dti --agency so-noi-vu");
}

#[test]
fn a_newer_schema_is_refused() {
    let mut cli = Cli::new();
    cli.with_m05();
    Connection::open(cli.path("tp-dong-ha.dti")).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let message = cli.fails(4, "show @tp-dong-ha.dti");
    assert!(message.contains("99") || message.contains("mới hơn"), "{message}");
}

#[test]
fn a_file_open_elsewhere_is_refused() {
    let mut cli = Cli::new();
    cli.with_m05();
    let before = cli.digest("tp-dong-ha.dti");
    let held = dti::store::Store::open(
        &cli.path("tp-dong-ha.dti"),
        dti::store::Access::Write,
        dti::store::Place { machine: "PC-01", new_device: &mut || "thiết-bị".to_owned() },
    )
    .unwrap();
    let message = cli.fails(4, &format!("set @tp-dong-ha.dti {SET}"));
    assert!(message.contains("tp-dong-ha.dti"), "{message}");
    cli.ok("show @tp-dong-ha.dti");
    drop(held);
    assert_eq!(cli.digest("tp-dong-ha.dti"), before);
}
