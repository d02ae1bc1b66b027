//! Hands files and folders to the desktop's own programs. Says only whether it could be started.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Opens a file with the program that the desktop has for it.
pub fn open(path: &Path) -> io::Result<()> {
    ::open::that_detached(path)
}

/// Opens the folder of a file, with the file selected where the desktop can do that.
pub fn show_in_folder(path: &Path) -> io::Result<()> {
    match selecting(path) {
        Some(mut command) => command.spawn().map(drop),
        None => open(&folder_of(path)),
    }
}

/// The folder itself, or the folder that a file is in.
pub fn folder_of(path: &Path) -> PathBuf {
    if path.is_dir() { path.to_path_buf() } else { path.parent().unwrap_or(path).to_path_buf() }
}

/// Explorer's and Finder's own way of showing a file in its folder.
fn selecting(path: &Path) -> Option<Command> {
    if path.is_dir() {
        return None;
    }
    let (program, arguments): (&str, Vec<OsString>) = if cfg!(windows) {
        let mut select = OsString::from("/select,");
        select.push(path);
        ("explorer", vec![select])
    } else if cfg!(target_os = "macos") {
        ("open", vec!["-R".into(), path.into()])
    } else {
        return None;
    };
    let mut command = Command::new(program);
    command.args(arguments);
    Some(command)
}
