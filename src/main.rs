//! The program: a window on a workspace, or one command of the command line. Everything else is in the library.

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;

use dti::platform::{Directories, console, crash, log, renderer};
use dti::{app, cli};

fn main() -> ExitCode {
    console::attach();
    let directories = Directories::find();
    log::start(&directories.log_file());
    crash::install(directories.crash_folder());
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let code = match arguments.as_slice() {
        [] => app::open(None),
        [file] if !is_command(file) => app::open(Some(Path::new(file))),
        _ => cli::run_here(arguments.into_iter(), renderer::has_display().then_some(open)),
    };
    ExitCode::from(code)
}

fn open(file: &Path) -> u8 {
    app::open(Some(file))
}

/// A first argument that is no file: a command's name, an option, or a slip for the command line to explain.
fn is_command(first: &OsStr) -> bool {
    cli::is_command(first) || !(first.to_string_lossy().contains(['.', '/', '\\']) || Path::new(first).exists())
}
