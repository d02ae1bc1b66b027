//! The command line: the same use cases as the window, for batch work, automation and tests.
//!
//! One file per subcommand. Names, JSON keys and exit codes are a contract. `--json` prints one JSON document on stdout
//! and nothing else; messages go to stderr in Vietnamese: what happened, to which row or file, what to do next.

mod args;
mod attach;
mod backup;
mod catalogue;
mod check;
mod common;
mod components;
mod conflicts;
mod copy;
mod demo;
mod digest;
mod environment;
mod export;
mod failure;
mod form;
mod help;
mod import;
mod init;
mod keys;
mod load;
mod log;
mod notices;
mod output;
mod progress;
mod remind;
mod report;
mod rescue;
mod resolve;
mod restore;
mod set;
mod show;
mod status;
mod templates;
mod undo;
mod verify;
mod what_if;

use std::ffi::{OsStr, OsString};
use std::ops::RangeInclusive;

use args::Arguments;

pub use environment::{Environment, run_here};
pub use failure::{Exit, Failure};

/// A subcommand: what it takes, what it is for, and the function that does it.
struct Command {
    name: &'static str,
    /// Its arguments, as the help shows them.
    arguments: &'static str,
    /// One line in Vietnamese; what follows it is for the command's own help.
    about: &'static str,
    /// Long options that take a value; one that ends in `...` may be given several times.
    options: &'static [&'static str],
    /// Long options that take none.
    flags: &'static [&'static str],
    /// How many free arguments.
    free: RangeInclusive<usize>,
    run: fn(&Arguments, &mut Environment<'_>) -> Result<Exit, Failure>,
}

/// In the order of the work.
const COMMANDS: &[Command] = &[
    demo::COMMAND,
    catalogue::COMMAND,
    init::COMMAND,
    set::COMMAND,
    load::COMMAND,
    form::COMMAND,
    attach::COMMAND,
    show::COMMAND,
    status::COMMAND,
    export::COMMAND,
    verify::COMMAND,
    import::COMMAND,
    keys::COMMAND,
    notices::RECEIPT,
    notices::RETURN,
    notices::REQUEST,
    copy::COMMAND,
    conflicts::COMMAND,
    resolve::COMMAND,
    log::COMMAND,
    undo::UNDO,
    undo::REDO,
    digest::COMMAND,
    progress::COMMAND,
    report::COMMAND,
    remind::COMMAND,
    templates::COMMAND,
    check::COMMAND,
    backup::COMMAND,
    restore::COMMAND,
    rescue::COMMAND,
];

/// True where the first argument asks for the command line and not for the window on a file.
pub fn is_command(first: &OsStr) -> bool {
    first.to_str().is_some_and(|word| help::WORDS.contains(&word) || word.starts_with("--") || command(word).is_some())
}

/// Runs one command; `args` are those after the program's name. Returns the exit code.
pub fn run(args: impl Iterator<Item = OsString>, env: &mut Environment<'_>) -> u8 {
    let exit = dispatch(args.collect(), env).unwrap_or_else(|failure| {
        env.say(&failure.message);
        failure.exit
    });
    exit as u8
}

fn dispatch(mut args: Vec<OsString>, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let first = if args.is_empty() { OsString::from("help") } else { args.remove(0) };
    let word = first.to_string_lossy();
    if help::WORDS.contains(&word.as_ref()) {
        return help::run(&word, &args, env);
    }
    let Some(command) = command(&word) else { return Err(help::unknown(&word)) };
    if args.iter().take_while(|a| *a != "--").any(|a| a == "--help" || a == "-h") {
        env.print(&help::of(command));
        return Ok(Exit::Done);
    }
    let arguments = Arguments::parse(command, args)?;
    (command.run)(&arguments, env)
}

fn command(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|c| c.name == name)
}
