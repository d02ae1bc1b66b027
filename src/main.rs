//! The program: a window on a workspace, or one command of the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(dti::cli::run_here(std::env::args_os().skip(1), None))
}
