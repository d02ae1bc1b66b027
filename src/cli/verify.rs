//! `dti verify`: checks packages without a workspace.

use std::fs::File;
use std::io::{BufReader, ErrorKind};
use std::path::Path;

use serde_json::{Value, json};

use super::args::Arguments;
use super::{Command, Environment, Exit, Failure, output};
use crate::catalogue::{self, Catalogue};
use crate::package::{self, Package, Refusal};
use crate::words;

pub(super) const COMMAND: Command = Command {
    name: "verify",
    arguments: "GÓI... [--json]",
    about: "Kiểm tra gói dữ liệu, không cần tệp làm việc",
    options: &[],
    flags: &["json"],
    free: 1..=usize::MAX,
    run,
};

fn run(args: &Arguments, env: &mut Environment<'_>) -> Result<Exit, Failure> {
    let catalogue = catalogue::embedded();
    let mut packages = Vec::new();
    let mut refused = 0;
    for path in args.free().iter().map(Path::new) {
        let result = read(path, catalogue);
        if let Err(refusal) = &result {
            refused += 1;
            env.say(&format!("{}: {}.", path.display(), words::refusal(refusal)));
        }
        if args.flag("json") {
            packages.push(document(path, &result));
        } else if let Ok(package) = &result {
            env.print(&line(path, package, catalogue));
        }
    }
    if args.flag("json") {
        output::print_json(env, &json!({ "packages": packages }));
    }
    Ok(if refused == 0 { Exit::Done } else { Exit::Refused })
}

fn read(path: &Path, catalogue: &Catalogue) -> Result<Package, Refusal> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let unreadable = |e| Refusal::Unreadable(words::io_error(&e));
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.is_dir() {
        return Err(unreadable(ErrorKind::IsADirectory.into()));
    }
    package::read(BufReader::new(file), &name, catalogue)
}

fn document(path: &Path, result: &Result<Package, Refusal>) -> Value {
    match result {
        Ok(package) => json!({ "path": path, "valid": true, "reason": null, "signature": package.signature }),
        Err(refusal) => json!({
            "path": path,
            "valid": false,
            "reason": words::refusal(refusal),
            "code": refusal.code(),
            "signature": package::Signature::None,
        }),
    }
}

fn line(path: &Path, package: &Package, catalogue: &Catalogue) -> String {
    let header = &package.contents.header;
    if let Some(notice) = package.contents.notice() {
        return format!("{}: hợp lệ. {}.\n", path.display(), words::notice(catalogue, &notice));
    }
    format!(
        "{}: hợp lệ. {}, {}, {}; {} số liệu, {} tệp minh chứng; gửi {}.\n",
        path.display(),
        catalogue.agency_name(&header.agency),
        words::period(&header.period.id),
        words::filing(header.filing),
        package.contents.revisions.len(),
        package.contents.evidence.len(),
        catalogue.agency_name(&header.recipient)
    )
}
