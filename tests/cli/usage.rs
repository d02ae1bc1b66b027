//! Help, version, and wrong usage: exit code 2, with the usage line.

use std::ffi::OsStr;

use dti::cli::is_command;

use crate::support::cli::Cli;

#[test]
fn help_names_every_command_and_exit_code() {
    let help = Cli::new().ok("help").out;
    for command in [
        "demo",
        "catalogue",
        "init",
        "set",
        "load",
        "attach",
        "show",
        "status",
        "export",
        "verify",
        "import",
        "conflicts",
        "resolve",
        "log",
        "undo",
        "redo",
        "digest",
        "progress",
        "check",
        "backup",
        "restore",
        "DTI_NOW",
    ] {
        assert!(help.contains(command), "{command}");
    }
    assert_eq!(Cli::new().ok("--help").out, help);
    assert_eq!(Cli::new().ok("").out, help);
}

#[test]
fn help_for_one_command_shows_its_usage() {
    for line in ["help set", "set --help", "set @a.dti -h"] {
        assert!(Cli::new().ok(line).out.contains("Cách dùng: dti set FILE --period P"), "{line}");
    }
}

#[test]
fn the_version_is_one_line() {
    assert_eq!(Cli::new().ok("--version").out, format!("dti {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn wrong_usage_ends_with_2_and_says_how_to_do_it() {
    let mut cli = Cli::new();
    for (line, said) in [
        ("improt @a.dti", "Có phải là: import"),
        ("set @a.dti", "--period"),
        ("set @a.dti --period 2023-Q4 --item M05", "--numerator"),
        ("set @a.dti --period 2023-Q4 --item M05 --nominator 5", "--nominator"),
        ("set @a.dti --period 2023-Q4 --item M05 --value", "thiếu giá trị"),
        ("set @a.dti --period 2023-Q4 --period 2023-Q3 --item M05 --value 5", "một lần"),
        ("set @a.dti --period 2023-Q5 --item M05 --value 5", "2023-Q5"),
        ("set --period 2023-Q4 --item M05 --value 5", "Thiếu tham số"),
        ("digest @a.dti @b.dti", "Thừa tham số"),
        ("digest --json=1 @a.dti", "--json"),
        ("export @a.dti --period 2023-Q4 --limit-mb 0", "--limit-mb"),
        ("resolve @a.dti --record M05 --take abc", "indicator:M05"),
        ("init @a.dti --agency so-noi-vy", "so-noi-vu"),
        ("init @a.dti", "--agency"),
    ] {
        let message = cli.fails(2, line);
        assert!(message.contains(said), "{line}: {message}");
    }
    assert!(!cli.path("a.dti").exists());
}

#[test]
fn only_commands_and_options_go_to_the_command_line() {
    for word in ["import", "help", "--version", "--json"] {
        assert!(is_command(OsStr::new(word)), "{word}");
    }
    for word in ["so-lieu.dti", "/home/a/import.dti", "C:\\demo"] {
        assert!(!is_command(OsStr::new(word)), "{word}");
    }
}
