//! The program: a window on a workspace, or one command of the command line. Everything else is in the library.

#![cfg_attr(windows, windows_subsystem = "windows")]

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use dti::platform::{Directories, console, crash, log, renderer};
use dti::{app, cli, words};

/// The exit code of wrong usage, as on the command line.
const WRONG_USAGE: u8 = 2;

fn main() -> ExitCode {
    console::attach();
    let directories = Directories::find();
    log::start(&directories.log_file());
    crash::install(directories.crash_folder());
    let mut arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let asked = match renderer::asked_for(&mut arguments) {
        Ok(asked) => asked,
        Err(error) => {
            eprintln!("{}", words::unknown_renderer(&error));
            return ExitCode::from(WRONG_USAGE);
        }
    };
    let open = |file: &Path| app::open(Some(file), asked);
    let code = match arguments.as_slice() {
        [] => app::open(None, asked),
        [file] if !is_command(file) => open(Path::new(file)),
        _ => cli::run_here(arguments.into_iter(), renderer::has_display().then_some(&open)),
    };
    ExitCode::from(code)
}

/// A first argument that is no file: a command's name, an option, or a slip for the command line to explain.
fn is_command(first: &OsStr) -> bool {
    cli::is_command(first) || !(first.to_string_lossy().contains(['.', '/', '\\']) || Path::new(first).exists())
}
